"""Rankings that name states by number: refused, with the code to write."""

from pathlib import Path

import pytest

import offramp

TEXT = """
offramp: 1
title: Numbers
decision_makers: {a: {options: {x: {}, y: {}}}}
rules: {one: {require: "at_most_one(x, y)"}}
readings: {a: {r: {ranking: RANKING}}}
"""


def refused(folder: Path, ranking: str) -> list[str]:
    (folder / "case.yaml").write_text(TEXT.replace("RANKING", ranking))
    with pytest.raises(offramp.OfframpError) as caught:
        offramp.load_case(folder / "case.yaml")
    return str(caught.value).splitlines()


@pytest.mark.parametrize("ranking", ["[1, 3, [2]]", '["1", "3", ["2"]]'])
def test_a_number_is_refused_with_its_code(tmp_path: Path, ranking: str) -> None:
    lines = refused(tmp_path, ranking)
    # NN 1, YN 2, NY 3; YY breaks the rule
    assert [line.split("; write ")[1][:2] for line in lines] == ["NN", "NY", "YN"]
    assert "ranking[2]: the state '3'; expected 2 letters of Y and N" in lines[1]
    assert lines[1].endswith("write NY, which has the number 3 under the rules as they are")


def test_a_number_that_no_state_has(tmp_path: Path) -> None:
    assert "there are 3 states" in refused(tmp_path, "[NN, NY, 4]")[0]
    assert "there are 3 states" in refused(tmp_path, "[0, NN, NY]")[0]


def test_a_case_with_other_faults_says_why_numbers_are_none(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(TEXT.replace("RANKING", "[1]").replace("at_most_one(x, y)", "at_most_one(x, z)"))
    with pytest.raises(offramp.OfframpError, match="a state goes by its code, since its number changes with the rules"):
        offramp.read_case(tmp_path)

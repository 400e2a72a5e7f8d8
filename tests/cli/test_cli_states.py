"""`offramp states`: the table, the lines below it, and what a spreadsheet needs to make the model again."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

import offramp
from casetext import GRAPH
from offramp.cli import app


def run(*arguments: str) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["states", *arguments])
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def as_json(*arguments: str) -> dict[str, Any]:
    return json.loads(run(*arguments, "--format", "json"))


def as_rows(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv"))))


def test_the_table_has_every_state_with_its_options_and_places() -> None:
    lines = run("garrison-23").splitlines()
    # state 1, the status quo, by the case: NYNNNYNNN is 2 + 32; places by the print: in the third tier of US Support
    assert lines[3].split() == ["1", "*", "NYNNNYNNN", "34", *"NYNNNYNNN", "3", "17", "11", "1"]
    assert lines[25].split() == ["23", "NYNYYNNNY", "282", *"NYNYYNNNY", "21", "2", "1", "1"]
    assert lines[1].split() == ["A", "B", "C", "D", "Place"]
    assert lines[2].split() == ["State", "Code", "Value", *"123456789", "A", "B", "C", "D"]
    text = " ".join(" ".join(lines).split())
    assert "B: us_opposition (US Opposition), read as published: 4 legal_challenge (challenges the project in court)" in text
    assert "C 23 > 20 ~ 21 > 19 > 16 ~ 17 > 11 > 9 ~ 10 > 15 > 12 ~ 13 > 2 > 4 > 1 > 8 > 5 ~ 6 > 22 > 18 > 14 > 3 > 7" in text
    assert "Moves" not in text


def test_moves_are_told_where_they_are_asked_for() -> None:
    text = " ".join(run("syria-iraq-1975", "--moves").split())
    # the print's tree: iraq 1 to 4, 2 to 5, 3 to 6 and back; of these 1 to 4, 3 to 6, 5 to 2 are improvements
    assert "B 1 to 4+; 2 to 5; 3 to 6+; 4 to 1; 5 to 2+; 6 to 3" in text


@pytest.mark.parametrize("case", ["garrison-23", "two-prisoners", "elmira-9-xu"])
@pytest.mark.parametrize("more", [[], ["--moves"], ["--limit", "3"]])
def test_lines_fit_the_terminal(case: str, more: list[str]) -> None:
    assert max(map(cell_len, run(case, *more).splitlines())) <= 100


def test_a_wide_model_keeps_its_codes(tmp_path: Path) -> None:
    makers = "".join(f"  d{k}: {{options: {{a{k}: {{}}, b{k}: {{}}}}}}\n" for k in range(20))
    rules = "".join(f"  r{k}: {{require: not a{k} and not b{k}}}\n" for k in range(18))
    readings = "".join(f"  d{k}: {{r: {{prefers: [{{that: a19}}]}}}}\n" for k in range(20))
    (tmp_path / "w.yaml").write_text(f"offramp: 1\ntitle: w\ndecision_makers:\n{makers}rules:\n{rules}readings:\n{readings}")
    lines = run(str(tmp_path / "w.yaml")).splitlines()
    assert any(line.split()[1:2] == ["N" * 36 + "YNNN"] for line in lines)
    assert max(map(cell_len, lines)) <= 100


def test_a_graph_goes_by_names(tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_text(GRAPH)
    text = run("north-korea-2017-irreversible", "--moves")
    assert " s6 > s14 > s2 > s10 > s0 > s4 > s12 > s5 > s1 > s13 > s8 > s9" in text
    assert "s10 to s2+, s6+, s14+" in " ".join(text.split())
    assert "Value" not in text
    assert as_json(str(tmp_path / "g.yaml"))["states"][0]["value"] is None


def test_a_limit_says_what_it_leaves_out() -> None:
    text = run("two-prisoners", "--limit", "5")
    assert "339 more states: --limit shows more" in text
    record = as_json("two-prisoners", "--limit", "5")
    assert [state["number"] for state in record["states"]] == [1, 2, 3, 4, 5]
    assert record["num_states"] == 344
    assert all(maker["tiers"] == [] for maker in record["decision_makers"])


def test_json_has_what_makes_the_model_again() -> None:
    record = as_json("syria-iraq-1975")
    assert record["schema"] == "offramp.states/1"
    syria = record["decision_makers"][0]
    assert syria["tiers"] == [[1], [3], [6], [2], [4], [5]]  # as printed
    assert (syria["great_steps"], syria["unplaced"], syria["num_unknown"], syria["compared"]) == ([], [], 0, [])
    four = record["states"][3]
    assert (four["number"], four["state"], four["value"]) == (4, "NNY", 4)
    assert [(there["dm"], there["place"], there["moves_to"], there["improvements"]) for there in four["decision_makers"]] == [
        ("syria", 5, [5, 6], [6]),  # as printed
        ("iraq", 2, [1], []),
    ]


def test_csv_gives_the_same_answer_as_the_case(tmp_path: Path) -> None:
    """A case written from nothing but the rows has the same equilibria."""
    rows = as_rows("garrison-23")
    makers = ["us_support", "us_opposition", "canadian_opposition", "ijc"]
    code = [row["state"] for row in rows]
    moves = {dm: [f"[{row['state']}, {code[int(to) - 1]}]" for row in rows for to in row[f"moves_to_{dm}"].split()] for dm in makers}
    tiers = {dm: sorted({int(row[f"place_{dm}"]) for row in rows}) for dm in makers}
    ranking = {dm: [[row["state"] for row in rows if int(row[f"place_{dm}"]) == place] for place in tiers[dm]] for dm in makers}
    text = "offramp: 1\ntitle: again\n"
    text += "decision_makers: {" + ", ".join(f"{dm}: {{}}" for dm in makers) + "}\n"
    text += f"states: [{', '.join(row['state'] for row in rows)}]\n"
    text += "moves: {" + ", ".join(f"{dm}: [{', '.join(pairs)}]" for dm, pairs in moves.items()) + "}\n"
    text += "readings:\n" + "".join(f"  {dm}: {{r: {{ranking: {json.dumps(ranking[dm])}}}}}\n" for dm in makers)
    (tmp_path / "again.yaml").write_text(text)
    again, own = offramp.solve(offramp.load_case(tmp_path / "again.yaml")), offramp.solve(offramp.load_case("garrison-23"))
    for concept in ("nash", "smr", "seq"):
        assert again.equilibria(concept).tolist() == own.equilibria(concept).tolist()
    assert (again.equilibria("nash").nonzero()[0] + 1).tolist() == [2, 3, 11, 17, 18, 21, 22]  # as printed


def test_a_reading_changes_the_places() -> None:
    first, second = (as_rows("two-prisoners", "--reading", f"ukraine={name}") for name in ("law_first", "would_swap"))
    assert [row["place_ukraine"] for row in first] != [row["place_ukraine"] for row in second]
    assert [row["moves_to_ukraine"] for row in first] == [row["moves_to_ukraine"] for row in second]


def test_the_table_withholds_what_the_public_brief_does() -> None:
    hidden = as_json("two-prisoners")["options"][9]
    assert hidden.startswith("north_korea.")
    text = run("two-prisoners")
    assert "10 kin.1 (kin may face reprisals)" in " ".join(text.split())
    assert f" {hidden.split('.')[1]} " not in text

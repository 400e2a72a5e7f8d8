"""`--coalition` and `--merge`: members one by one, or a coalition that the case names; against print."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import offramp
from casetext import ELMIRA
from offramp.case.yaml_reader import read_yaml
from offramp.cli import app

PRINTED: dict[str, Any] = read_yaml(Path(offramp.__file__).parent / "catalogue" / "elmira-12" / "expected.yaml").data["merged"]
WAYS = ["moe,uniroyal", " uniroyal , moe ", "moe_and_uniroyal"]


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, arguments)
    assert result.exit_code == code, result.output
    return result.stderr if code else result.stdout


def as_json(*arguments: str) -> dict[str, Any]:
    return json.loads(run(*arguments, "--format", "json"))


@pytest.mark.parametrize("who", WAYS)
def test_merged_as_printed(who: str) -> None:
    """R. A. Kinsara, A Simple Guide to GMCR+ (2014), section 5.2."""
    asked = [flag for concept in PRINTED["stable"] for flag in ("--concept", concept)]
    record = as_json("solve", "elmira-12", "--merge", who, *asked)
    assert record["stability"] == PRINTED["stable"]
    assert record["equilibria"] == PRINTED["equilibria"]
    assert record["settings"]["coalitions"] != "members keep their own stabilities"


@pytest.mark.parametrize("who", WAYS)
def test_a_coalition_whose_members_stay_who_they_are(who: str) -> None:
    """The guide: from 7 the two have one improvement, to 10."""
    record = as_json("explain", "elmira-12", "7", "--concept", "coalition_nash", "--coalition", who)
    (account,) = record["decision_makers"]
    assert account["coalition"] == ["moe", "uniroyal"]
    assert [way["to"] for way in account["improvements"]] == [10]
    asked = ["elmira-12", "--concept", "coalition_nash", "--coalition"]
    assert 7 not in as_json("solve", *asked, who)["stability"]["coalition_nash"]["moe+uniroyal"]
    assert as_json("compare", *asked, who) == as_json("compare", *asked, "moe,uniroyal")


def test_explain_of_merged_ones_by_name() -> None:
    told = run("explain", "elmira-12", "7", "--concept", "nash", "--merge", "moe_and_uniroyal")
    assert "Ministry of the Environment and Uniroyal as one" in told


def test_a_name_that_is_none() -> None:
    message = run("solve", "elmira-12", "--merge", "province", code=2)
    known = "moe, uniroyal, local_government, moe_and_uniroyal"
    assert message == f"offramp: no decision maker or coalition is called 'province'; there are: {known}\n"


def test_a_name_and_one_of_its_members(tmp_path: Path) -> None:
    message = run("solve", "elmira-12", "--concept", "coalition_nash", "--coalition", "moe_and_uniroyal,moe", code=2)
    assert "the coalition names 'moe' twice; name every member once" in message


def test_a_coalition_of_one_is_refused_in_a_case(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(f"{ELMIRA}\ncoalitions:\n  alone: [moe]\n")
    assert "coalitions.alone: a list of 1; expected at least 2 entries" in run("solve", str(path), code=1)


@pytest.mark.parametrize(("letters", "name"), [("R", "nash"), ("SEQ", "seq")])
def test_concepts_go_by_the_letters_of_the_field(letters: str, name: str) -> None:
    for verb in ("solve", "compare", "statusquo"):
        assert as_json(verb, "elmira-12", "--concept", letters) == as_json(verb, "elmira-12", "--concept", name)

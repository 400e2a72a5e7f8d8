"""`--as-of` on every verb that analyses: the case at another date, and a brief that is verified at its own."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from offramp.cli import app

# Until 9 June 2025 a council refuses; then a mayor wants to open the bridge, which a ban forbids until the end of July.
CASE = """
offramp: 1
title: A bridge
as_of: 2025-08-15
decision_makers:
  town:
    name: The town
    options:
      open: {name: opens the bridge}
      toll: {name: asks a toll, since: 2025-07}
rules: {paid: {name: Bridges pay for themselves, require: open -> toll, since: 2026}}
readings:
  town:
    council: {name: The old council, until: 2025-06-09, note: NOTECOUNCIL, prefers: [{that: not open, basis: stated}]}
    mayor: {name: The mayor, since: 2025-06-10, prefers: [{that: open}, {that: not toll, since: 2025-07}]}
conditions: {dry: {name: The river is low, holds: true, since: 2025-08}}
norms: {ban: {name: The ban, binds: [town], forbids: open, until: 2025-07}}
people: {anna: {name: Anna, wish: open, since: 2025-08}}
harms: [{to: anna, that: not open, grade: slight, name: a long way round, until: 2025-05}]
claims: {easy: {name: They only need to want it, possible: {end: open}, since: 2025-08}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> str:
    (tmp_path / "bridge").mkdir()
    (tmp_path / "bridge" / "case.yaml").write_text(CASE)
    return str(tmp_path / "bridge")


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, list(arguments))
    assert result.exit_code == code, result.output
    return " ".join(result.stdout.split())


def test_solve_and_ways_at_another_date(folder: str) -> None:
    now, then = (json.loads(run("ways", folder, *date, "--format", "json")) for date in ([], ["--as-of", "2025-06-30"]))
    assert [(record["as_of"], list(record["claims"])) for record in (now, then)] == [("2025-08-15", ["easy"]), ("2025-06-30", [])]
    (way,) = then["cells"][0]["ways_out"]
    assert [breach["norm"] for breach in way["breaches"]] == ["ban"]
    assert now["cells"][0]["ways_out"][0]["breaches"] == []
    record = json.loads(run("solve", folder, "--as-of", "2025-05", "--format", "json"))
    assert (record["as_of"], record["readings"], record["num_states"]) == ("2025-05", {"town": "council"}, 2)  # no toll yet
    assert json.loads(run("solve", folder, "--format", "json"))["num_states"] == 4
    told = run("solve", folder, "--as-of", "2025-05")
    assert "Told as of 2025-05; the case itself is as of 2025-08-15. Of the time before 2025-06-10" in told
    assert "Told as of" not in run("solve", folder, "--as-of", "2025-08-15")


def test_a_claim_out_of_force_at_the_date_of_the_case_itself(folder: str) -> None:
    path = Path(folder) / "case.yaml"
    path.write_text(CASE.replace("as_of: 2025-08-15", "as_of: 2025-06-30"))
    assert json.loads(run("ways", folder, "--format", "json"))["claims"] == {}
    assert "They only need to want it" not in run("ways", folder)
    assert "Claims" not in run("ways", folder)


def test_a_reading_out_of_force_is_not_there(folder: str) -> None:
    result = CliRunner().invoke(app, ["ways", folder, "--reading", "town=council"])
    assert (result.exit_code, result.stderr) == (2, "offramp: no reading of town is called 'council'; there are: mayor\n")
    assert "Nobody has a way out." in run("ways", folder, "--reading", "town=council", "--as-of", "2025-05")


def test_explain_at_another_date(folder: str) -> None:
    told = run("explain", folder, "--as-of", "2025-05-01")
    assert told.startswith("A bridge, as of 1 May 2025: state 1 of 2, NN, the status quo")
    assert "a long way round" in told
    assert "read as" not in told  # one reading is in force then
    now = run("explain", folder)
    assert now.startswith("A bridge: state 1 of 4")
    assert "a long way round" not in now
    assert json.loads(run("explain", folder, "--as-of", "2025-05-01", "--format", "json"))["as_of"] == "2025-05-01"
    assert "Told as of 2025-05-01" in run("explain", folder, "--as-of", "2025-05-01", "--tableau")


def brief(folder: str, *more: str) -> tuple[Path, str]:
    out = Path(folder) / "out"
    run("brief", folder, "--for", "public", "--to", str(out), *more)
    return out, (out / "brief.md").read_text()


def test_a_brief_lists_what_is_not_in_force_apart_and_counts_it_nowhere(folder: str) -> None:
    _, text = brief(folder)
    assert "As of 15 August 2025 · " in text
    # two options, the mayor's two wishes, a condition, a person and a claim are in force
    assert "It rests on 7 judgements: 0 stated, 0 inferred and 7 assumed." in text
    above, apart = text.split("### What counts at other dates")
    for words in ("The ban", "Bridges pay", "a long way round", "The old council"):
        assert words not in above
        assert words in apart
    assert "- The norm “The ban”. (assumed) Until July 2025." in apart
    assert "- The town read as “The old council”. (assumed) Until 9 June 2025." in apart
    assert "NOTECOUNCIL" not in text
    assert "1 combination: one account of each decision maker, and no contested point." in text
    assert "It breaches" not in text.split("## The answer")[1].split("## ")[0]


def test_a_brief_at_another_date(folder: str) -> None:
    _, text = brief(folder, "--as-of", "2025-05-20")
    assert "As of 20 May 2025 (the case itself: 15 August 2025) · " in text
    above, apart = text.split("### What counts at other dates")
    assert "The ban" in above
    assert "The mayor" not in above
    assert "They only need to want it" not in above
    assert "- The option that The town asks a toll: it stays as it is now. (assumed) Since July 2025." in apart
    assert "- The condition “The river is low”: it counts as not true. (assumed) Since August 2025." in apart
    assert "- The wish of Anna." in apart
    assert "- The claim “They only need to want it”. (assumed) Since August 2025." in apart


def test_a_brief_at_the_date_of_the_case_is_the_same_to_the_byte(folder: str) -> None:
    assert brief(folder)[1] == brief(folder, "--as-of", "2025-08-15")[1]


@pytest.mark.parametrize("name", ["brief.html", "brief.md"])
@pytest.mark.parametrize("date", [[], ["--as-of", "2025-05-20"], ["--as-of", "2025-05"], ["--as-of", "2025"]])
def test_a_brief_is_verified_at_its_own_date(folder: str, name: str, date: list[str]) -> None:
    out, _ = brief(folder, *date)
    assert run("verify", folder, "--brief", str(out / name)).endswith("brief: every figure and every word follows from the case")


def test_a_brief_that_says_another_date_than_it_was_made_at(folder: str) -> None:
    out, text = brief(folder)
    forged = text.replace("As of 15 August 2025 · ", "As of 20 May 2025 (the case itself: 15 August 2025) · ")
    (out / "brief.md").write_text(forged)
    assert "differs from what the case gives" in run("verify", folder, "--brief", str(out / "brief.md"), code=1)
    (Path(folder) / "case.yaml").write_text(CASE.replace("prefers: [{that: not open", "since: 2024, prefers: [{that: not open"))
    (out / "brief.md").write_text(text.replace("As of 15 August 2025", "As of 20 May 1999"))
    told = run("verify", folder, "--brief", str(out / "brief.md"), code=1)
    assert "it says that it is told as of 1999-05-20, and then: no reading of town is in force at 1999-05-20" in told


def test_a_brief_whose_case_got_another_date_differs(folder: str) -> None:
    out, _ = brief(folder)
    (Path(folder) / "case.yaml").write_text(CASE.replace("as_of: 2025-08-15", "as_of: 2025-08-16"))
    assert "line 3 differs" in run("verify", folder, "--brief", str(out / "brief.md"), code=1)


VERBS = [["solve"], ["ways"], ["ways", "--all-readings"], ["statusquo"], ["explain"], ["brief", "--for", "public", "--to", "out"]]


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
@pytest.mark.parametrize("date", ["2025-3", "yesterday", "2025-02-30", "20250301", ""])
def test_what_is_no_date(verb: list[str], date: str, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, [verb[0], folder, *verb[1:], "--as-of", date])
    assert (result.exit_code, result.stderr) == (2, f"offramp: --as-of {date!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD\n")


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_a_date_before_every_reading(verb: list[str], folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (Path(folder) / "case.yaml").write_text(CASE.replace("prefers: [{that: not open", "since: 2024, prefers: [{that: not open"))
    result = CliRunner().invoke(app, [verb[0], folder, *verb[1:], "--as-of", "1999"])
    assert (result.exit_code, result.stderr) == (2, "offramp: no reading of town is in force at 1999; its readings are council, mayor\n")


def test_a_case_without_a_date_can_be_told_at_one(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("offramp: 1\ntitle: t\ndecision_makers: {a: {options: {x: {}}}}\nreadings: {a: {r: {prefers: []}}}\n")
    assert "Told as of 2025." in run("solve", str(tmp_path / "x.yaml"), "--as-of", "2025")

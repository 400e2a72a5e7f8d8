"""`offramp timeline`: its JSON, its CSV, its tables and its picture; and what it refuses."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from offramp.cli import app

# As in tests/unit/test_timeline.py: the town can open a bridge from March on, wants to since 10 June, lawfully from August.
CASE = """
offramp: 1
title: A bridge
as_of: 2025-08-15
decision_makers: {town: {name: The town, options: {open: {name: opens the bridge, since: 2025-03, until: 2025}}}}
readings:
  town:
    council: {name: The old council, until: 2025-06-09, prefers: [{that: not open}]}
    mayor: {name: The mayor, since: 2025-06-10, prefers: [{that: open}]}
conditions: {dry: {holds: true, contested: true}}
norms: {ban: {name: The ban, binds: [town], forbids: open, until: 2025-07}}
people: {anna: {wish: open}}
"""


@pytest.fixture
def case(tmp_path: Path) -> str:
    (tmp_path / "bridge.yaml").write_text(CASE)
    return str(tmp_path / "bridge.yaml")


def run(*arguments: str) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["timeline", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["timeline", *arguments])
    assert "Traceback" not in result.output
    return result.exit_code, result.stderr


def test_json_key_by_key(case: str) -> None:
    record: dict[str, Any] = json.loads(run(case, "--headline", "lawful", "--format", "json"))
    moments = record.pop("moments")
    assert record == {"schema": "offramp.timeline/1", "case": "A bridge", "as_of": "2025-08-15", "headlines": ["lawful"]}
    assert [moment["date"] for moment in moments] == ["2025-03", "2025-06-10", "2025-08", "2025-08-15", "2026"]
    assert moments[2] == {
        "date": "2025-08",
        "is_now": False,
        "num_cells": 2,
        "shares": {"lawful": 1.0},
        "levels": {"lawful": "all"},
        "reason": "",
        "events": [
            {
                "label": "norms.ban",
                "begins": False,
                "reason": "",
                "moves": [{"headline": "lawful", "without": 0.0, "with": 1.0, "turns": True}],
            }
        ],
    }
    assert moments[3]["is_now"]
    assert moments[1]["events"][1]["reason"].startswith("no reading of town is in force")


def test_json_has_every_headline_unless_some_are_asked_for(case: str) -> None:
    record = json.loads(run(case, "--format", "json"))
    assert record["headlines"] == ["can_move", "lawful", "clear", "mover.town"]
    assert set(record["moments"][1]["shares"]) > {"can_move", "rests.nash", "wish.anna", "mover.town", "end.open"}


def test_csv_has_a_row_for_each_date(case: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run(case, "--format", "csv"))))
    assert rows[1] == {
        "date": "2025-06-10",
        "begins": "readings.town.mayor",
        "ends": "readings.town.council",
        "num_cells": "2",
        "can_move": "1.0",
        "lawful": "0.0",
        "clear": "0.0",
        "mover.town": "1.0",
        "reason": "",
    }
    assert [row["date"] for row in rows] == ["2025-03", "2025-06-10", "2025-08", "2025-08-15", "2026"]


def test_the_tables_and_the_sentences(case: str) -> None:
    text = " ".join(run(case).split())
    assert "A bridge: who could move when" in text
    assert "2025-03 2 0 0 0 nobody" in text
    assert "2025-06-10 2 2 0 0 The town: 2" in text
    assert "2025-08-15 (the case) 2 2 2 2 The town: 2" in text
    assert "− the norm “The ban”" in text
    assert "Some way out is lawful throughout: from August 2025 until 2026, in 100% of the combinations." in text
    assert "Opened by the end of the norm “The ban”." in text


def test_headlines_by_kind(case: str) -> None:
    text = " ".join(run(case, "--headline", "wish", "--headline", "rests.nash").split())
    assert "2025-06-10 2 wish.anna: 2 rests.nash: 0" in text
    assert "Some way out meets the wish of anna in every end: from 10 June 2025 until 2026" in text


def test_one_side_of_a_contested_entry_at_all_dates(case: str) -> None:
    assert {moment["num_cells"] for moment in json.loads(run(case, "--contested", "dry=off", "--format", "json"))["moments"]} == {1}


def test_a_picture(case: str, tmp_path: Path) -> None:
    run(case, "--plot", str(tmp_path / "t.svg"))
    svg = (tmp_path / "t.svg").read_text()
    assert "A bridge: who has a way out, over time" in svg
    for words in ("somebody, 0 %", "lawfully, 0 %", "town, 0 %", "10 June 2025", "the case", "+1 −1"):
        assert words in svg, words
    first = (tmp_path / "t.svg").read_bytes()
    run(case, "--plot", str(tmp_path / "t.svg"))
    assert (tmp_path / "t.svg").read_bytes() == first
    run(case, "--plot", str(tmp_path / "t.png"), "--headline", "wish")
    assert (tmp_path / "t.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--reading", "town=mayor"], 2, "the reading town=mayor is not in force at 2025-03, a date of the timeline; leave it out"),
        (["--reading", "town=king"], 2, "no reading of town is called 'king'; there are: council, mayor"),
        (["--reading", "village=king"], 2, "no decision maker is called 'village'"),
        (["--contested", "ban=on"], 2, "no contested rule, condition or norm is called 'ban'; there are: dry"),
        (["--contested", "dry"], 2, "'dry' should read NAME=on or NAME=off"),
        (["--headline", "mover.king"], 2, "no headline is called 'mover.king' at any of the dates; there are: rests.nash"),
        (["--plot", "t.pdf"], 2, "t.pdf: a picture is written as .svg or .png"),
    ],
)
def test_what_is_refused(case: str, arguments: list[str], code: int, message: str) -> None:
    found, said = refused(case, *arguments)
    assert (found, message in said) == (code, True), said


def test_a_case_without_a_date() -> None:
    code, said = refused("elmira-12")
    assert (code, said) == (2, "offramp: the case has no date; give it an as_of date, and its judgements since and until\n")


def test_since_after_until(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(CASE.replace("since: 2025-06-10", "since: 2025-06-10, until: 2025-05"))
    code, said = refused(str(tmp_path / "x.yaml"))
    assert code == 1
    assert "readings.town.mayor: until 2025-05 is before since 2025-06-10; expected since no later than until" in said


def test_the_bundled_case_fits_the_width_and_says_who_could_move_when() -> None:
    lines = run("two-prisoners").splitlines()
    assert max(map(cell_len, lines)) <= 100
    text = " ".join(" ".join(lines).split())
    assert "Ukraine alone has a way out: from October 2025 on" in text
    assert "Opened by the condition “Both men want to go to South Korea”." in text


WIDE = "捕虜二名と四つの国" * 12


def test_wide_letters_stay_within_the_width(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(CASE.replace("A bridge", WIDE).replace("The mayor", WIDE), encoding="utf-8")
    for line in run(str(tmp_path / "x.yaml")).splitlines():
        assert cell_len(line) <= 100, line

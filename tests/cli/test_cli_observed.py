"""`offramp observed`: its tables, the contract of its JSON and CSV, what it refuses."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from casetext import DESIGN, ELMIRA, GRAPH, SMALL
from offramp.analysis.observed import FORESIGHT
from offramp.cli import app
from offramp.cli.observed import Foresight
from offramp.report.sure_words import ASSUMES
from test_docs import REFERENCE, keys, rows, section

TAKE = """\
offramp: 1
title: Taking and hitting
decision_makers: {ann: {options: {take: {irreversible: true}}}, bob: {options: {hit: {}}}}
rules: {after: {require: hit -> take}}
readings:
  ann:
    keen: {prefers: [{that: take}]}
    wary: {prefers: [{that: not hit}, {that: take}]}
    loath: {weight: 2, prefers: [{that: not take}]}
  bob:
    proud: {prefers: [{that: hit <-> take}]}
    meek: {prefers: [{that: not hit}]}
"""
"""Worked out in tests/unit/test_observed.py: 2, 3 and 4 of 6 cells remain."""


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["observed", *arguments])
    assert result.exit_code == code, result.output
    return result.stderr if code else result.stdout


def flat(*arguments: str) -> str:
    return " ".join(run(*arguments).split())


def as_json(*arguments: str) -> dict[str, Any]:
    return json.loads(run(*arguments, "--format", "json"))


def as_rows(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv"))))


def written(folder: Path, text: str) -> str:
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture
def take(tmp_path: Path) -> str:
    return written(tmp_path, TAKE)


def test_the_assumptions_are_those_of_the_analysis() -> None:
    assert [each.value for each in Foresight] == list(FORESIGHT) == list(ASSUMES)


# -- JSON and CSV --------------------------------------------------------------------------------------------------------


def test_json_key_by_key(take: str) -> None:
    record = as_json(take, "--foresight", "replies")
    assert record["settings"].pop("sequences") == "legal"
    (found,) = record["assumptions"]
    assert {key: record[key] for key in ("schema", "case", "as_of", "num_cells")} == {
        "schema": "offramp.observed/1",
        "case": "Taking and hitting",
        "as_of": None,
        "num_cells": 6,
    }
    headlines = {turn["headline"]: turn for turn in found.pop("headlines")}
    assert found == {
        "foresight": "replies",
        "assumes": "everybody foresees the replies that the others would want to make",
        "concept": "seq",
        "together": False,
        "against": 3,
        "remaining": 3,
        "by_reading": [
            {"dm": "ann", "reading": "keen", "cells": 2, "remaining": 0},
            {"dm": "ann", "reading": "wary", "cells": 2, "remaining": 1},
            {"dm": "ann", "reading": "loath", "cells": 2, "remaining": 2},
            {"dm": "bob", "reading": "proud", "cells": 3, "remaining": 2},
            {"dm": "bob", "reading": "meek", "cells": 3, "remaining": 1},
        ],
        "by_side": [],
        "combinations": [
            {"readings": {"ann": "wary", "bob": "proud"}, "cells": 1, "remaining": 1},
            {"readings": {"ann": "loath", "bob": "proud"}, "cells": 1, "remaining": 1},
            {"readings": {"ann": "loath", "bob": "meek"}, "cells": 1, "remaining": 1},
        ],
    }
    turn = headlines["can_move"]
    assert (turn["before"], turn["levels"]) == (pytest.approx(0.5), ["some", "some"])
    assert turn["after"] == pytest.approx(0.2)


def test_all_three_by_default(take: str) -> None:
    record = as_json(take)
    assert [each["foresight"] for each in record["assumptions"]] == ["one-move", "replies", "caution"]
    assert [each["remaining"] for each in record["assumptions"]] == [2, 3, 4]
    for each in record["assumptions"]:
        assert each == as_json(take, "--foresight", each["foresight"])["assumptions"][0]


def test_together(take: str) -> None:
    record = as_json(take, "--together")
    assert [(each["together"], each["remaining"]) for each in record["assumptions"]] == [(True, 2)] * 3
    assert "or some together could have agreed to" in flat(take, "--together")


def test_readings_and_sides_stand_in_file_order() -> None:
    (found,) = as_json("two-prisoners", "--foresight", "caution")["assumptions"]
    dms = [each["dm"] for each in found["by_reading"]]
    assert list(dict.fromkeys(dms)) == ["ukraine", "south_korea", "russia", "north_korea", "european_union"]
    assert dms == sorted(dms, key=list(dict.fromkeys(dms)).index)
    assert [(each["name"], each["side"]) for each in found["by_side"]][:2] == [("leaders", True), ("leaders", False)]
    assert sum(each["remaining"] for each in found["combinations"]) == found["remaining"]


def test_only_headlines_that_move(take: str) -> None:
    for found in as_json("two-prisoners")["assumptions"]:
        assert found["headlines"]
        assert all(abs(turn["after"] - turn["before"]) > 0.005 for turn in found["headlines"])


@pytest.mark.parametrize("text", [DESIGN, ELMIRA, GRAPH, SMALL, TAKE])
def test_every_key_is_in_the_reference(tmp_path: Path, text: str) -> None:
    assert keys(as_json(written(tmp_path, text))) <= set(rows(section(REFERENCE / "verbs.md", "`offramp.observed/1`")))


def test_csv_says_what_the_json_says(take: str) -> None:
    record, found = as_json(take), as_rows(take)
    for each in record["assumptions"]:
        there = [row for row in found if row["foresight"] == each["foresight"]]
        kinds = {what: [row for row in there if row["what"] == what] for what in ("grid", "reading", "combination", "headline")}
        assert [(row["cells"], row["remaining"]) for row in kinds["grid"]] == [("6", str(each["remaining"]))]
        assert [row["name"] for row in kinds["reading"]] == [f"{one['dm']}={one['reading']}" for one in each["by_reading"]]
        assert [int(row["remaining"]) for row in kinds["combination"]] == [one["remaining"] for one in each["combinations"]]
        assert [float(row["after"]) for row in kinds["headline"]] == [one["after"] for one in each["headlines"]]


def test_a_part_of_the_grid(take: str) -> None:
    record = as_json(take, "--reading", "ann=wary")
    assert (record["num_cells"], record["settings"]["readings"]) == (2, {"ann": "wary"})
    assert [each["remaining"] for each in record["assumptions"]] == [0, 1, 2]


def test_another_date() -> None:
    assert as_json("two-prisoners", "--as-of", "2026-01-10")["as_of"] == "2026-01-10"
    assert "Told as of 2026-01-10; the case itself is as of 2026-05-31." in flat("two-prisoners", "--as-of", "2026-01-10")


# -- tables --------------------------------------------------------------------------------------------------------------


def test_the_three_side_by_side(take: str) -> None:
    text = flat(take)
    assert "one-move: nobody sees further than one own move 4 of 6 2 ann=keen ann=wary" in text
    assert "ann wary none 1 of 2 2 of 2" in text
    assert "ann=wary, bob=meek none none 1 of 1" in text
    assert "is an assumption" in text
    assert "rests.nash under one-move, rests.seq under replies, rests.gmr under caution" in text


def test_one_assumption_alone(take: str) -> None:
    text = flat(take, "--foresight", "replies")
    assert "one-move" not in text
    assert "replies: everybody foresees the replies that the 3 of 6 3 ann=keen others would want to make" in text


def test_who_makes_no_difference_is_left_out() -> None:
    text = flat("two-prisoners")
    assert "It makes no difference how north_korea is read." in text
    assert "ukraine=law_first, south_korea=willing 32 of 32" in text
    record = as_json("two-prisoners", "--foresight", "replies")
    assert f"{512 - record['assumptions'][0]['remaining']} of 512" in text


def test_nothing_remains(take: str) -> None:
    text = flat(take, "--reading", "ann=keen", "--foresight", "one-move")
    assert "2 of 2 0 all of them" in text
    assert "Under one-move nothing remains: the assumption does not hold, or a judgement of the case does not." in text
    assert "What it changes" not in text


def test_what_remains_weighs_nothing(tmp_path: Path) -> None:
    case = written(tmp_path, TAKE.replace("weight: 2", "weight: 0"))
    assert "Under one-move only cells remain that weigh nothing." in flat(case, "--foresight", "one-move")
    assert as_json(case, "--foresight", "one-move")["assumptions"][0]["headlines"] == []


WIDE = "捕虜二名と四つの国" * 12


@pytest.mark.parametrize("text", [DESIGN, ELMIRA, GRAPH, SMALL, TAKE])
def test_no_line_is_wider_than_a_hundred_columns(tmp_path: Path, text: str) -> None:
    first = next(line for line in text.splitlines() if line.startswith("title:"))
    told = run(written(tmp_path, text.replace(first, f"title: {WIDE}")))
    assert max(map(cell_len, told.splitlines())) <= 100


def test_the_bundled_case_fits_the_width() -> None:
    assert max(map(cell_len, run("two-prisoners").splitlines())) <= 100


# -- misuse, and the picture ---------------------------------------------------------------------------------------------


def test_misuse(take: str) -> None:
    assert "'hindsight'" in run(take, "--foresight", "hindsight", code=2)
    assert "no reading of ann is called 'mild'" in run(take, "--reading", "ann=mild", code=2)
    assert "a picture is written as .svg or .png" in run(take, "--plot", "x", code=2)


@pytest.mark.parametrize("name", ["observed.svg", "observed.png"])
def test_a_picture_beside_the_answer(take: str, tmp_path: Path, name: str) -> None:
    assert run(take, "--plot", str(tmp_path / name)) == run(take)
    data = (tmp_path / name).read_bytes()
    assert data.startswith(b"\x89PNG\r\n" if name.endswith("png") else b"<?xml")
    if name.endswith("svg"):
        assert all(f"({each})" in data.decode() for each in FORESIGHT)

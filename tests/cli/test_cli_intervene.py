"""`offramp intervene`: the contract of its JSON and CSV, its words, and its refusals."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from offramp.analysis.solve import SETTINGS
from offramp.cli import app

# Bert has two readings: he will not pay, or he does not mind. Anna wants him to pay. Two cells; nobody has a way out.
CASE = """\
offramp: 1
title: Two at a door
decision_makers:
  anna: {name: Anna, options: {leave: {name: leaves}}}
  bert: {name: Bert, options: {pay: {name: pays}}}
readings:
  anna: {only: {prefers: [{that: pay}, {that: not leave}]}}
  bert: {mean: {prefers: [{that: not pay}]}, easy: {prefers: [{that: leave}, {that: not pay}]}}
norms: {promise: {name: No hush money, binds: [bert], forbids: pay}}
people: {child: {wish: pay}}
harms: [{id: cold, to: child, that: pay, by: [bert], grade: slight}]
interventions:
  grant: {name: Somebody pays Bert back, by: the bank, basis: assumed, prefers: {bert: [{that: pay}]}}
  pardon: {name: The promise is waived, basis: stated, because: [s1], lifts: {norms: [promise]}}
  coat: {basis: inferred, because: [s1], lifts: {harms: [cold]}}
  never: {name: Anna is out, rules: {gone: {require: leave}}}
"""


@pytest.fixture
def case(tmp_path: Path) -> str:
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    return str(path)


def invoke(*arguments: str) -> Result:
    return CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["intervene", *arguments])


def run(*arguments: str) -> str:
    result = invoke(*arguments)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def told(*arguments: str) -> str:
    return " ".join(run(*arguments).split())


def as_json(*arguments: str) -> dict[str, Any]:
    return json.loads(run(*arguments, "--format", "json"))


def effects(before: tuple[int, int, int], after: tuple[int, int, int]) -> list[dict[str, Any]]:
    """Return effects by which nothing that was there is lost."""
    names = ("can_move", "lawful", "clear")
    return [
        {"headline": name, "before": b, "after": a, "opened": max(0, a - b), "closed": max(0, b - a)}
        for name, b, a in zip(names, before, after, strict=True)
    ]


# In the reading `easy` both together leave and pay: unlawful, and a harm. The grant lets Bert pay alone in both.
BEFORE = (1, 0, 0)


def test_json_key_by_key(case: str) -> None:
    record = as_json(case)
    tried = {tuple(one.pop("added")): one for one in record.pop("tried")}
    assert record.pop("settings") == SETTINGS
    assert record.pop("shares")["can_move"] == 0.5
    assert record.pop("interventions")[1:3] == [
        {"id": "pardon", "name": "The promise is waived", "by": "", "basis": "stated", "because": ["s1"]},
        {"id": "coat", "name": "", "by": "", "basis": "inferred", "because": ["s1"]},
    ]
    assert record == {
        "schema": "offramp.intervene/1",
        "case": "Two at a door",
        "as_of": None,
        "readings": {},
        "contested": {},
        "most": 2,
        "num_cells": 2,
    }
    assert tried["grant",]["effects"] == effects(BEFORE, (2, 0, 0))
    assert tried["pardon",]["effects"] == effects(BEFORE, (1, 1, 0))
    assert tried["coat",]["effects"] == effects(BEFORE, BEFORE)
    assert tried["grant", "pardon"]["effects"] == effects(BEFORE, (2, 2, 0))
    assert tried["pardon", "coat"]["effects"] == effects(BEFORE, (1, 1, 1))
    assert tried["grant", "coat"]["effects"] == effects(BEFORE, (2, 0, 0))
    assert tried["grant",]["shares"]["can_move"] == 1
    assert tried["grant",]["reason"] is None
    assert tried["never",] == {"effects": [], "shares": None, "reason": "the status quo NN breaks never.gone"}
    assert len(tried) == 4 + 6


def test_csv_has_a_row_for_everything_that_was_tried(case: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run(case, "--format", "csv"))))
    record = as_json(case)
    assert [row["added"].split() for row in rows] == [one["added"] for one in record["tried"]]
    for row, one in zip(rows, record["tried"], strict=True):
        assert row["reason"] == (one["reason"] or "")
        counts = {f"{e['headline']}_{what}": str(e[what]) for e in one["effects"] for what in ("before", "after", "opened", "closed")}
        assert {name: value for name, value in row.items() if value and name not in ("added", "reason")} == counts


def test_part_of_the_grid_and_one_at_a_time(case: str) -> None:
    record = as_json(case, "--reading", "bert=mean", "--most", "1")
    assert (record["num_cells"], record["readings"], record["most"]) == (1, {"bert": "mean"}, 1)
    assert [one["added"] for one in record["tried"]] == [["grant"], ["pardon"], ["coat"], ["never"]]


def test_a_grid_without_weight_has_counts_and_no_shares(case: str) -> None:
    Path(case).write_text(CASE.replace("easy: {prefers", "easy: {weight: 0, prefers"), encoding="utf-8")
    record = as_json(case, "--reading", "bert=easy")
    assert record["shares"] is None
    assert record["tried"][0]["effects"][0]["after"] == 1


# Words.


def test_the_lead_says_which_opens_most(case: str) -> None:
    words = told(case)
    assert "Added alone, “The promise is waived” opens a lawful way out in the most cells: in 1 of the 2 that have none." in words
    assert "Of pairs, “Somebody pays Bert back” together with “The promise is waived” opens a lawful way out in the most cells" in words
    assert "in 2 of the 2 that have none" in words
    assert "Cannot be added: never; the status quo NN breaks never.gone." in words
    assert "Nor can anything together with what cannot be added alone." in words
    assert "grant Somebody pays Bert back the bank" in words
    assert "coat Coat nobody is named" in words
    assert "grant + pardon 0 -> 2 (+2) 0 -> 0 1 -> 2 (+1) assumed, stated" in words


def test_it_is_said_where_nothing_opens(case: str, tmp_path: Path) -> None:
    Path(case).write_text(
        CASE.replace("  pardon: {name: The promise is waived", "  pardon: {name: Nothing").replace("norms: [promise]", "harms: [cold]")
    )
    assert "None of them alone opens a lawful way out where there is none. No pair opens a lawful way out" in told(case)
    Path(case).write_text(CASE[: CASE.index("  grant:")] + CASE[CASE.index("  never:") :], encoding="utf-8")
    assert "None of them can be added." in told(case)
    Path(case).write_text(CASE.replace("forbids: pay", "forbids: false").replace("that: not pay}]}, easy", "that: pay}]}, easy"))
    assert "There is a lawful way out in all 2 cells as the case stands; none can be opened." in told(case)


def test_what_closes_is_told(case: str) -> None:
    Path(case).write_text(
        CASE.replace("forbids: pay", "forbids: leave").replace("prefers: {bert: [{that: pay}]}", "prefers: {bert: [{that: not pay}]}")
    )
    record = as_json(case)
    closed = [effect["closed"] for one in record["tried"] for effect in one["effects"]]
    assert any(closed)
    assert "(-1)" in told(case)


def test_names_that_may_repeat_restricted_words_are_withheld() -> None:
    words = run("two-prisoners")
    assert "intervention 4 (name withheld)" in words
    assert "scrutiny" not in words


def test_no_outcome_is_called_by_a_word_that_promises(case: str) -> None:
    for words in (run(case), run("two-prisoners")):
        assert not re.search(r"\b(un)?safe(ly|ty)?\b", words, re.IGNORECASE)


@pytest.mark.parametrize("arguments", [[], ["--as-of", "2025-06"], ["--reading", "south_korea=unwilling", "--most", "3"], ["--limit", "2"]])
def test_the_bundled_case_fits_the_width(arguments: list[str]) -> None:
    assert max(map(cell_len, run("two-prisoners", *arguments).splitlines())) <= 100


def test_the_limit_cuts_the_table() -> None:
    assert "19 more rows are not shown: --limit shows more." in told("two-prisoners", "--limit", "2")
    assert len(as_json("two-prisoners", "--limit", "2")["tried"]) == 21


# The picture.


def test_a_picture_beside_the_answer(case: str, tmp_path: Path) -> None:
    for name in ("i.svg", "i.png"):
        assert run(case, "--plot", str(tmp_path / name)) == run(case)
    svg = (tmp_path / "i.svg").read_text(encoding="utf-8")
    for words in ("Two at a door: what somebody outside could add", "grant + pardon", "0 → 2 (+2)", "as it stands: 0", "cannot be added"):
        assert words in svg, words
    assert (tmp_path / "i.png").read_bytes().startswith(b"\x89PNG")
    run("two-prisoners", "--plot", str(tmp_path / "t.svg"))
    assert "intervention 4 (name withheld)" in (tmp_path / "t.svg").read_text(encoding="utf-8")
    assert "scrutiny" not in (tmp_path / "t.svg").read_text(encoding="utf-8")


# Refusals.


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--reading", "bert=kind"], "no reading of bert is called 'kind'"),
        (["--contested", "promise=on"], "no contested rule, condition or norm is called 'promise'"),
        (["--most", "0"], ""),
        (["--limit", "0"], ""),
        (["--as-of", "now"], "--as-of 'now' is no date"),
        (["--plot", "i.pdf"], "i.pdf: a picture is written as .svg or .png"),
    ],
)
def test_misuse_exits_2(case: str, arguments: list[str], said: str) -> None:
    result = invoke(case, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_case_without_interventions() -> None:
    result = invoke("elmira-12")
    assert result.exit_code == 2
    assert result.stderr == "offramp: the case declares no intervention; add an entry under interventions, see 'offramp schema'\n"

"""`offramp compare`: its table, the contract of its JSON and CSV, what it refuses."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from casetext import DESIGN
from offramp.cli import app
from offramp.stability.settings import DEFAULT

TAKE = """\
offramp: 1
title: Taking and hitting
decision_makers: {ann: {options: {take: {irreversible: true}}}, bob: {options: {hit: {irreversible: true}}}}
rules: {after: {require: hit -> take, contested: true}}
readings:
  ann:
    keen: {prefers: [{that: take}]}
    wary: {prefers: [{that: not hit}, {that: take}]}
    loath: {prefers: [{that: not take}]}
  bob:
    proud: {prefers: [{that: hit <-> take}]}
norms: {peace: {binds: [bob], forbids: hit and take}}
people: {cyd: {wish: not take}}
harms: [{to: cyd, that: hit, by: [bob], grade: grave}]
"""
"""Worked out in tests/unit/test_compare.py."""


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["compare", *arguments])
    assert result.exit_code == code, result.output
    return result.stderr if code else result.stdout


def flat(*arguments: str) -> str:
    return " ".join(run(*arguments).split())


def as_json(*arguments: str) -> dict[str, Any]:
    return json.loads(run(*arguments, "--format", "json"))


@pytest.fixture
def take(tmp_path: Path) -> str:
    path = tmp_path / "case.yaml"
    path.write_text(TAKE, encoding="utf-8")
    return str(path)


NASH_SEQ = ("--concept", "nash", "--concept", "seq")


def test_the_table(take: str) -> None:
    lines = [line.rstrip() for line in run(take, *NASH_SEQ).splitlines()]
    assert lines[0] == "Taking and hitting: equilibria over 12 combinations, 6 cells"
    assert [" ".join(line.split()) for line in [lines[2], *lines[4:8]]] == [
        "State Code Nash SEQ When, and what it means",
        "3 YY 6 6 everywhere. NOBODY CAN LEAVE; CANNOT BE UNDONE: ann.take, bob.hit;",
        "UNLAWFUL: peace; harm grave:cyd",
        "1 NN 2 4 Nash only where ann: loath; SEQ everywhere but where ann: keen. wish of",
        "cyd",
    ]
    assert "NY 1 1 only where ann: loath; exists in 3 of 6 cells. CANNOT BE UNDONE: bob.hit; harm grave:cyd" in flat(take, *NASH_SEQ)
    assert "1 of 4 states are an equilibrium in no combination." in lines
    assert all(cell_len(line) <= 100 for line in lines)
    assert "Settings" not in " ".join(lines)


def test_settings_in_the_table() -> None:
    told = run("garrison-23", "--concept", "gmr", "--concept", "nash", "--set", "sequences=legal,once,one_step")
    rows = [line.split() for line in told.splitlines()]
    assert ["the", "default", "settings", "15", "7"] in rows
    assert ["sequences=once", "14", "7"] in rows
    assert ["sequences=one_step", "12", "7"] in rows
    assert "With sequences=once: lost under GMR: 6; unchanged under Nash." in told
    assert "With sequences=one_step: lost under GMR: 4, 6, 10; unchanged under Nash." in told
    assert "6 NNYNYYNNN yes* only under GMR with sequences=legal" in " ".join(told.split())


def test_one_state() -> None:
    told = flat("garrison-23", "--concept", "gmr", "--state", "6")
    assert "Cells in which 6 is an equilibrium Settings GMR" in told
    assert "the default settings 1 sequences=once 0 sequences=one_step 0" in told
    assert "With sequences" not in told
    assert flat("garrison-23", "--concept", "gmr", "--state", "NNYNYYNNN") == told
    assert "1 NYNNNYNNN never" in flat("garrison-23", "--concept", "gmr", "--state", "1")


def test_a_part_of_the_grid(take: str) -> None:
    told = flat(take, *NASH_SEQ, "--reading", "ann=wary", "--contested", "after=on")
    assert "equilibria over 2 combinations, 1 cell" in told
    assert "1 NN yes only under SEQ. wish of cyd" in told
    assert "Only cells with ann=wary, after on." in told
    assert "yes: an equilibrium; empty: none." in told


def test_a_coalition_as_one(take: str) -> None:
    """Elmira: as one the two give up 7, and Uniroyal no longer leaves 9 alone."""
    asked = ("elmira-12", "--concept", "nash", "--merge", "moe_and_uniroyal", "--set", "coalitions=apart,merged")
    told = flat(*asked)
    assert "the default settings 6 coalitions=merged 6" in told
    assert "With coalitions=merged: gained under Nash: 9; lost under Nash: 7." in told
    assert "Merged into one decision maker: moe+uniroyal." in told
    record = as_json(*asked)
    assert record["asked"]["merged"] == ["moe+uniroyal"]
    assert [column["changed"] for column in record["columns"]] == [{}, {"coalitions": "merged"}]
    own, one = (column["settings"]["coalitions"] for column in record["columns"])
    assert (own, one) == (DEFAULT.record()["coalitions"], "moe+uniroyal as one decision maker")
    rows = list(csv.DictReader(io.StringIO(run(*asked, "--format", "csv"))))
    assert {row["settings"] for row in rows} == {"default", "merged=moe+uniroyal"}
    alone = as_json("elmira-12", "--concept", "nash", "--merge", "moe,uniroyal")
    assert [outcome["state"] for outcome in alone["outcomes"]] == [5, 6, 9, 10, 11, 12]
    assert "coalitions=" not in flat("elmira-12", "--concept", "nash", "--merge", "moe,uniroyal")
    assert "none is named" in run(take, "--set", "coalitions=merged", code=2)
    assert "coalitions is 'one'; expected apart or merged" in run(take, "--merge", "ann,bob", "--set", "coalitions=one", code=2)
    twice = run(take, "--merge", "ann,bob", "--set", "coalitions=apart", "--set", "coalitions=merged", code=2)
    assert "--set coalitions=apart,merged" in twice


def test_what_is_not_shown_is_counted() -> None:
    told = flat("garrison-23", "--concept", "gmr", "--limit", "2")
    assert "13 more outcomes are equilibria in some combination: --limit tells more." in told
    assert "more outcomes" not in flat("garrison-23", "--concept", "gmr", "--limit", "15")


def test_json(take: str) -> None:
    record = as_json(take, *NASH_SEQ)
    assert record["schema"] == "offramp.compare/1"
    assert record["asked"] == {"coalition": None, "horizon": None, "merged": None, "limit": 1000}
    assert record["readings"] == {"ann": ["keen", "wary", "loath"], "bob": ["proud"]}
    assert record["contested"] == {"after": [True, False]}
    assert [record[f"num_{what}"] for what in ("cells", "models", "combinations", "states", "outcomes")] == [6, 6, 12, 4, 3]
    assert record["columns"] == [
        {"concept": name, "settings": DEFAULT.record(), "changed": {}, "undefined": [], "num_outcomes": 3} for name in ("nash", "seq")
    ]
    assert record["left_out"] == []
    stuck, begin, harm = record["outcomes"]
    assert (stuck["code"], stuck["state"], stuck["holds"], stuck["num_holds"], stuck["num_asked"]) == ("YY", 3, [6, 6], 12, 12)
    assert (stuck["nobody_can_leave"], stuck["no_way_back"], stuck["final"]) == (6, 6, {"ann.take": 6, "bob.hit": 6})
    assert stuck["breaches"] == [{"norm": "peace", "by": ["bob"], "absolute": False, "cite": "", "cells": 6}]
    assert stuck["harms"] == [{"to": "cyd", "name": "", "by": ["bob"], "grade": "grave", "cells": 6}]
    assert stuck["apart"]["when"] == {"concepts": [], "settings": {}, "readings": {}, "contested": {}, "ever": True, "always": True}
    assert begin["by_concept"]["nash"]["when"]["readings"] == {"ann": ["loath"]}
    assert begin["by_concept"]["seq"]["but"]["readings"] == {"ann": ["keen"]}
    assert begin["wishes_met"] == {"cyd": 6}
    assert (harm["state"], harm["cells"], harm["asked_in"], harm["holds"]) == (None, 3, [3, 3], [1, 1])
    assert len(as_json(take, *NASH_SEQ, "--limit", "1")["outcomes"]) == 1


def test_json_has_settings_spelled_out_and_reasons() -> None:
    record = as_json("elmira-9-xu", "--set", "sequences=once", "--set", "unknown=a,c")
    assert [column["changed"] for column in record["columns"][:2]] == [{"sequences": "once"}, {"sequences": "once", "unknown": "c"}]
    assert record["columns"][0]["settings"]["return_to_start"] == "sanctions"
    assert [entry["concept"] for entry in record["left_out"]] == ["sim", "limited", "nonmyopic"]
    record = as_json("elmira-9-xu", "--concept", "nash", "--set", "strength=general,strong")
    general, strong = (column["undefined"] for column in record["columns"])
    assert general == []
    assert [(entry["reason"].partition(" of ")[0], entry["cells"]) for entry in strong] == [("strength=strong needs degrees", 1)]


def test_what_settings_gain_and_lose_in_data() -> None:
    """The three answers that are printed of Garrison: 6 by legal sequences only, 4 and 10 by each opponent once as well."""
    for values, holds, gained, lost in (
        ("legal,once,one_step", [1, 0, 0], [0, 0, 0], [0, 1, 1]),
        ("one_step,once,legal", [0, 0, 1], [0, 0, 1], [0, 0, 0]),
    ):
        asked = ("garrison-23", "--concept", "gmr", "--set", f"sequences={values}")
        (six,) = [outcome for outcome in as_json(*asked)["outcomes"] if outcome["state"] == 6]
        assert (six["num_holds"], six["num_asked"], six["holds"], six["asked_in"]) == (1, 3, holds, [1, 1, 1])
        assert (six["gained"], six["lost"]) == (gained, lost)
        rows = [row for row in csv.DictReader(io.StringIO(run(*asked, "--format", "csv"))) if row["state"] == "6"]
        assert [[int(row[key]) for row in rows] for key in ("holds", "gained", "lost")] == [holds, gained, lost]


def test_a_line_that_holds_now_and_then_in_data(take: str) -> None:
    """NN is an equilibrium where Ann is wary or loath, but where she is wary not by Nash."""
    (nothing,) = [outcome for outcome in as_json(take, *NASH_SEQ)["outcomes"] if outcome["code"] == "NN"]
    when, by_nash = nothing["apart"]["when"], nothing["by_concept"]["nash"]["when"]
    assert (when["readings"], when["ever"], when["always"]) == ({"ann": ["wary", "loath"]}, True, False)
    assert (by_nash["readings"], by_nash["ever"], by_nash["always"]) == ({"ann": ["loath"]}, True, True)


def test_csv(take: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run(take, *NASH_SEQ, "--format", "csv"))))
    assert [(row["code"], row["state"], row["concept"], row["cells"], row["asked"], row["holds"]) for row in rows] == [
        ("YY", "3", "nash", "6", "6", "6"),
        ("YY", "3", "seq", "6", "6", "6"),
        ("NN", "1", "nash", "6", "6", "2"),
        ("NN", "1", "seq", "6", "6", "4"),
        ("NY", "", "nash", "3", "3", "1"),
        ("NY", "", "seq", "3", "3", "1"),
    ]
    assert rows[0]["breaches"] == "peace"
    assert rows[0]["harms"] == "grave:cyd"
    assert rows[0]["nobody_can_leave"] == "6"
    assert {row["settings"] for row in rows} == {"default"}


def test_breaches_that_depend_on_a_side_have_their_number_of_cells(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(DESIGN, encoding="utf-8")
    told = flat(str(path), "--concept", "nash")
    assert "UNLAWFUL: non_refoulement (in 4); harm grave:pow_a" in told
    row = next(row for row in csv.DictReader(io.StringIO(run(str(path), "--concept", "nash", "--format", "csv"))) if row["code"] == "NYN")
    assert (row["cells"], row["breaches"], row["harms"]) == ("8", "non_refoulement(4)", "grave:pow_a")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--concept", "nahs"], "no concept is called 'nahs'; there are: nash, "),
        (["--set", "sequences"], "'sequences' should read --set NAME=VALUE,VALUE"),
        (["--set", "sequence=legal"], "no setting is called 'sequence'; there are: sequences, "),
        (["--set", "sequences=legal,two"], "the setting sequences is 'two'; expected legal, once or one_step"),
        (["--set", "sequences=legal,"], "the setting sequences is ''; expected legal, once or one_step"),
        (["--set", "unknown=a", "--set", "unknown=b"], "--set says unknown twice; say it once, with all values: --set unknown=a,b"),
        (["--concept", "limited"], "limited needs the number of moves to look ahead; give a horizon, such as --horizon 3"),
        (["--state", "99"], "no state is called '99'; there are: numbers 1 to 23, "),
        (["--reading", "ijc=x"], "no reading of ijc is called 'x'"),
        (["--coalition", "ijc,x", "--concept", "coalition_gmr"], "no decision maker is called 'x'"),
        (["--concept", "nonmyopic"], "nonmyopic needs two decision makers"),
        (["--set", "strength=strong"], "strength=strong needs degrees of preference"),
    ],
)
def test_misuse(arguments: list[str], message: str) -> None:
    assert message in run("garrison-23", *arguments, code=2)


def test_misuse_of_numbers() -> None:
    for option in ("--limit", "--horizon"):
        assert "greater than or equal to 1" in " ".join(run("garrison-23", option, "0", code=2).split())

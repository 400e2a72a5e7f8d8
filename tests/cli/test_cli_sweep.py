"""`offramp sweep`: the contract of its JSON, its CSV, its table and its messages."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

import offramp
from offramp.analysis.sweep import parts, run, sweep
from offramp.cli import app
from offramp.cli import sweep as verb

CASE = """
offramp: 1
title: Two switches
decision_makers: {anna: {name: Anna, options: {leave: {}}}, bert: {options: {pay: {}}}}
rules: {tie: {require: pay -> leave, contested: true}, loose: {require: leave or not leave, basis: inferred}}
readings:
  anna:
    one: {weight: 3, prefers: [{that: leave, basis: stated}, {any_order: [{that: pay}, {that: not pay}]}]}
    two: {prefers: [{that: not leave}]}
  bert: {only: {prefers: [{that: pay, basis: stated}]}}
people: {carl: {wish: leave}}
claims: {moves: {possible: {end: leave}}}
"""


@pytest.fixture
def case(tmp_path: Path) -> str:
    path = tmp_path / "case.yaml"
    path.write_text(CASE)
    return str(path)


def ran(*arguments: str, traceback: str = "1") -> Result:
    return CliRunner(env={"OFFRAMP_TRACEBACK": traceback}).invoke(app, ["sweep", *arguments])


def told(*arguments: str) -> str:
    result = ran(*arguments)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def refused(*arguments: str) -> str:
    result = ran(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    return result.stderr


def as_json(*arguments: str) -> Any:
    return json.loads(told(*arguments, "--format", "json"))


# -- what is told --------------------------------------------------------------------------------------------------------


def test_json_key_by_key(case: str) -> None:
    record = as_json(case)
    top = "schema case as_of settings num_variants method num_solved num_void seed points factors shares importance"
    assert list(record) == top.split()
    assert record["schema"] == "offramp.sweep/1"
    assert record["case"] == "Two switches"
    assert record["settings"]["weights"] == {"anna": {"one": 3.0, "two": 1.0}, "bert": {"only": 1.0}}
    assert record["settings"]["vary"] is None
    assert (record["num_variants"], record["method"], record["num_solved"], record["num_void"]) == (40, "all", 40, 0)
    assert [(factor["label"], factor["kind"], factor["num_levels"], factor["basis"]) for factor in record["factors"]] == [
        ("readings.anna", "reading", 2, "rival"),
        ("rules.tie", "side", 2, "contested"),
        ("rules.loose", "rule", 2, "inferred"),
        ("readings.anna.one.prefers[2].any_order[1]", "statement", 2, "assumed"),
        ("readings.anna.one.prefers[2].any_order[2]", "statement", 2, "assumed"),
        ("readings.anna.one.prefers[2].any_order", "order", 2, "any order"),
        ("readings.anna.two.prefers[1]", "statement", 2, "assumed"),
    ]
    assert record["factors"][0]["says"] == "Anna: which reading holds, one or two"
    assert record["factors"][5]["says"] == "the order of 2 wishes, left open in the file"
    assert record["shares"]["clear"]["share"] == record["shares"]["clear"]["low"] >= 0.75  # by the first reading she leaves
    assert set(record["importance"]) <= set(record["shares"])
    assert all(len(there) == 7 and set(there[0]) == {"first", "total"} for there in record["importance"].values())


def test_a_sample_has_intervals(case: str) -> None:
    record = as_json(case, "--sample", "500", "--seed", "3")
    assert (record["method"], record["num_variants"], record["num_solved"], record["seed"]) == ("sample", 40, 500, 3)
    share = record["shares"]["clear"]
    assert share["low"] < share["share"] < share["high"]
    assert record == as_json(case, "--sample", "500", "--seed", "3", "--workers", "2")
    assert record != as_json(case, "--sample", "500", "--seed", "4")


def test_csv_has_one_row_a_headline(case: str) -> None:
    record = as_json(case)
    rows = list(csv.DictReader(io.StringIO(told(case, "--format", "csv"))))
    assert [row["headline"] for row in rows] == list(record["shares"])
    assert all(float(row["share"]) == record["shares"][row["headline"]]["share"] for row in rows)


def test_the_table_begins_with_what_was_solved(case: str) -> None:
    assert told(case).startswith("Two switches: 40 variants, all solved; none of them void.\n")
    few = " ".join(told(case, "--most", "39").split())
    assert few.startswith("Two switches: 40 variants, of which a sample of 20,000 was solved (seed 0); none of them void.")
    assert told(case, "--most", "39", "--all").startswith("Two switches: 40 variants, all solved")
    elmira = told("elmira-12")
    assert elmira.startswith("Elmira groundwater contamination, twelve states: 16 variants, all solved; 15 of them void.")
    assert "What decides clear: nothing that varies here" in elmira


def test_the_table_of_the_bundled_case() -> None:
    text = told("two-prisoners")
    words = " ".join(text.split())
    assert "96,636,764,160 variants, of which a sample of 20,000 was solved (seed 0)" in words
    assert max(map(cell_len, text.splitlines())) <= 100
    assert "Where a way out may end, by what is done there (15 of " in words
    assert "Not shown: 53 factors with a total of 0.05 or less (--limit)." in words
    assert "It is no probability of an event." in words
    assert "Both are estimates, from a design of 256 points (17,920 variants)." in words
    assert "1 readings.north_korea rival" in words


def test_a_headline_and_a_limit(case: str) -> None:
    text = told(case, "--headline", "rests.nash", "--limit", "2")
    assert "What decides rests.nash (holds in" in text
    assert "Not shown: 5 factors with a total " in text
    assert "What decides" not in told(case, "--points", "0")


def test_weights_readings_sides_and_dates(case: str) -> None:
    share = lambda *arguments: as_json(case, "--points", "0", *arguments)["shares"]["clear"]["share"]  # noqa: E731
    first, second = share("--reading", "anna=one"), share("--reading", "anna=two")
    assert first != second
    assert share("--weight", "anna.one=1") == pytest.approx((first + second) / 2)
    assert share("--weight", "anna.one=0") == pytest.approx(second)
    assert as_json(case, "--contested", "tie=off")["num_variants"] == 20
    assert as_json(case, "--vary", "rules", "--as-of", "2026")["num_variants"] == 2 * 2 * 3
    assert as_json(case, "--weight", "anna.two=0.5")["settings"]["weights"]["anna"] == {"one": 3.0, "two": 0.5}


# -- where it is kept ----------------------------------------------------------------------------------------------------


def test_a_case_folder_keeps_what_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "case.yaml").write_text(CASE)
    first = told(str(tmp_path))
    assert (tmp_path / "build" / "sweeps.sqlite").is_file()
    with monkeypatch.context() as patched:
        patched.setattr(parts.Worker, "answer", lambda worker, part: pytest.fail("worked out again"))
        assert told(str(tmp_path)) == first
    (tmp_path / "build" / "sweeps.sqlite").unlink()
    assert told(str(tmp_path)) == first


def test_a_bare_file_and_the_catalogue_keep_nothing(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told(case)
    told("elmira-12")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["case.yaml"]
    told(case, "--store", "kept.sqlite")
    assert (tmp_path / "kept.sqlite").is_file()


def test_a_store_that_is_none(case: str, tmp_path: Path) -> None:
    result = ran(case, "--store", case)
    assert result.exit_code == 1
    assert "case.yaml is no store of sweeps, or cannot be used: file is not a database; name another file with --store" in result.stderr


def test_a_disk_that_fills_up(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 10)
    prepare = verb._store

    def small(stack: Any, name: str, path: Path | None) -> Any:
        store = prepare(stack, name, path)
        store._connection.execute("PRAGMA max_page_count = 4")
        return store

    monkeypatch.setattr(verb, "_store", small)
    result = ran(case, "--store", str(tmp_path / "kept.sqlite"), "--sample", "5000")
    assert result.exit_code == 1
    assert "kept.sqlite: database or disk is full; " in result.stderr
    assert "of 500 parts are done and stay done: make room, then run the same command again to go on" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_ctrl_c(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = parts.Worker.answer

    def stop(worker: parts.Worker, part: int) -> str:
        if part == 2:
            raise KeyboardInterrupt
        return answer(worker, part)

    monkeypatch.setattr(parts, "PART", 10)
    with monkeypatch.context() as patched:
        patched.setattr(parts.Worker, "answer", stop)
        result = ran(case, "--store", str(tmp_path / "kept.sqlite"))
    assert result.exit_code == 130
    assert result.stderr == "offramp: stopped: 2 of 4 parts are done and stay done; the same command goes on from there\n"
    assert told(case, "--store", str(tmp_path / "kept.sqlite")) == told(case)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_real_ctrl_c(tmp_path: Path, workers: str) -> None:
    store = tmp_path / "kept.sqlite"
    line = ["sweep", "two-prisoners", "--sample", "3000000", "--workers", workers, "--store", str(store)]
    script = "import sys; from offramp.cli import main; main()"
    begun = subprocess.Popen([sys.executable, "-c", script, *line], stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not store.exists() and begun.poll() is None:
        time.sleep(0.05)
    time.sleep(2.5)
    os.killpg(begun.pid, signal.SIGINT)
    _, said = begun.communicate(timeout=30)
    assert begun.returncode == 130
    assert said.count("\n") == 1, said
    assert " of 92 parts are done and stay done; the same command goes on from there" in said


# -- what cannot be asked ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (["--sample", "5", "--all"], "--sample draws some of the variants, --all solves all; leave one of them out"),
        (["--vary", "rules.tie"], "--vary rules.tie names no statement in force and no uncontested rule"),
        (["--points", "100"], "100 base points; a power of two, such as 256, or 0 for none"),
        (["--weight", "anna.one"], "'anna.one' should read DM.READING=NUMBER, such as ukraine.law_first=2"),
        (["--weight", "anna=1"], "'anna=1' should read DM.READING=NUMBER"),
        (["--weight", "anna.one=much"], "'anna.one=much': 'much' is no number"),
        (["--weight", "anna.one=-1"], "anna.one: the weight -1.0; expected a number from 0 to 1,000,000,000,000"),
        (["--weight", "anna.one=nan"], "anna.one: the weight nan; expected a number from 0 to 1,000,000,000,000"),
        (["--weight", "anna.one=inf"], "anna.one: the weight inf; expected a number from 0 to 1,000,000,000,000"),
        (["--weight", "anna.three=1"], "no reading of anna is called 'three'; there are: one, two"),
        (["--weight", "carl.one=1"], "no decision maker is called 'carl'; there are: anna, bert"),
        (["--weight", "bert.only=0"], "the readings of bert that are looked at (only) weigh nothing together"),
        (["--weight", "anna.one=0", "--weight", "anna.two=0"], "the readings of anna that are looked at (one, two) weigh nothing together"),
        (["--headline", "luck"], "no headline is called 'luck'; there are: rests.nash, "),
        (["--headline", "end.leave"], "end.leave: what decides it is worked out for all headlines but ends"),
        (["--headline", "mover.bert+anna"], "no headline is called 'mover.bert+anna'; there are: rests.nash, "),
        (["--plot", "picture.pdf"], "picture.pdf: a picture is written as .svg or .png"),
        (["--reading", "anna=three"], "no reading of anna is called 'three'"),
        (["--as-of", "soon"], "--as-of 'soon' is no date"),
    ],
)
def test_misuse(case: str, asked: list[str], message: str) -> None:
    said = refused(case, *asked)
    assert f"offramp: {message}" in said
    assert len(said.splitlines()) == 1


def test_all_of_too_many() -> None:
    said = refused("two-prisoners", "--all")
    assert "there are 96,636,764,160 variants; at most 100,000,000 are solved one and all: draw a sample with --sample 20000" in said


def test_the_defaults_are_those_of_python() -> None:
    import inspect

    verb_of, function = inspect.signature(verb.sweep).parameters, inspect.signature(sweep).parameters
    assert verb_of["most"].default == function["most"].default == run.MOST
    assert verb_of["points"].default == function["base_points"].default == run.POINTS
    assert verb_of["seed"].default == function["seed"].default
    assert verb_of["workers"].default == function["workers"].default
    assert offramp.sweep is sweep


# -- pictures ------------------------------------------------------------------------------------------------------------


def test_pictures(case: str, tmp_path: Path) -> None:
    for number, arguments in enumerate(([], ["--sample", "50"], ["--points", "0"], ["--vary", "rules.loose"])):
        svg, png = tmp_path / f"{number}.svg", tmp_path / f"{number}.png"
        told(case, "--plot", str(svg), *arguments)
        told(case, "--plot", str(png), *arguments)
        assert "How often each headline holds" in svg.read_text()
        assert png.read_bytes().startswith(b"\x89PNG")
    again = tmp_path / "again.svg"
    told(case, "--plot", str(again))
    assert again.read_bytes() == (tmp_path / "0.svg").read_bytes()

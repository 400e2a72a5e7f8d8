"""`offramp ways`: the contract of its JSON, its CSV and its table."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from casetext import DESIGN, ELMIRA, GRAPH
from offramp.cli import app

# As in the design, but Seoul wants a transfer for itself and Kyiv wants to be asked: together they have a way out.
# Kyiv: no exchange, then a transfer once asked, then to be asked. Seoul: no exchange, then a transfer.
# From NNN: Seoul asking (NNY) is worse for Kyiv than NNN? no: its second statement fails there, so yes, worse. Together YNY:
# Kyiv: statements 1, 2, 3 hold against 1, 2 at NNN; Seoul: 1, 2 against 1. With `leaders` the request comes first.
CASE = (
    DESIGN.replace("        - {that: ask -> transfer}\n", "        - {that: ask -> transfer}\n        - {that: ask}\n")
    .replace("{that: ask -> transfer, basis: inferred, because: [s18]}", "{that: transfer, basis: inferred, because: [s18]}")
    .replace("when: risk_on_return", "when: risk_on_return and transfer or exchange")
)


@pytest.fixture
def case(tmp_path: Path) -> str:
    path = tmp_path / "case.yaml"
    path.write_text(CASE)
    return str(path)


def run(*arguments: str) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["ways", *arguments])
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def as_json(*arguments: str) -> dict[str, Any]:
    return json.loads(run(*arguments, "--format", "json"))


NOTHING: dict[str, list[Any]] = {"breaches": [], "collisions": [], "permissions": [], "harms": [], "wishes_met": []}


def test_json_key_by_key(case: str) -> None:
    record = as_json(case)
    assert record.pop("settings")["sequences"] == "legal"
    (cell,) = record.pop("cells")
    assert record == {
        "schema": "offramp.ways/1",
        "case": "Two prisoners of war held by Ukraine",
        "as_of": "2026-05-31",
        "from": 1,
        "from_code": "NNN",
        "options": ["ukraine.transfer", "ukraine.exchange", "south_korea.ask"],
        "num_cells": 1,
        "claims": {
            "leaders_essential": {"supported": 1, "refuted": 0, "undecided": 0},
            "law_allows": {"supported": 1, "refuted": 0, "undecided": 0},
            "forced_handover": {"supported": 0, "refuted": 1, "undecided": 0},
        },
    }
    (way,) = cell.pop("ways_out")
    rests = {**NOTHING, "wishes_met": ["pow_a"]}
    assert cell == {
        "readings": {"ukraine": "law_first", "south_korea": "willing"},
        "contested": {"leaders": True, "risk_on_return": True},
        "num_states": 5,
        "from": 1,
        # nobody gains alone: Kyiv has no move but an exchange, Seoul's asking changes nothing that it wants
        "equilibrium": dict.fromkeys(("nash", "gmr", "smr", "seq", "sseq"), True),
        "status_quo": NOTHING,
        "num_ways_out": 1,
        "claims": {"leaders_essential": "supported", "law_allows": "supported", "forced_handover": "refuted"},
    }
    (end,) = way.pop("then")
    assert way == {
        "coalition": ["ukraine", "south_korea"],
        "to": 4,
        "code": "YNY",
        "moves": [{"dm": "south_korea", "set": {"ask": True}, "to": 3}, {"dm": "ukraine", "set": {"transfer": True}, "to": 4}],
        **rests,
        "equilibrium": ["nash", "gmr", "smr", "seq", "sseq"],
    }
    assert end == {"states": [4], "codes": ["YNY"], "kind": "rest", **rests, "equilibrium": way["equilibrium"]}


def test_breaches_and_harms_key_by_key(case: str) -> None:
    """Kyiv would swap: alone it gives them up, unlawfully, to their harm."""
    text = CASE.replace("        - {that: not exchange}\n", "        - {that: exchange}\n")
    Path(case).write_text(text)
    (way,) = as_json(case)["cells"][0]["ways_out"]
    assert (way["coalition"], way["code"]) == (["ukraine"], "NYN")
    assert way["breaches"] == [
        {"norm": "non_refoulement", "by": ["ukraine"], "absolute": True, "cite": "CAT art. 3; ICRC commentary (2020) on GC III art. 118"}
    ]
    assert way["harms"] == [{"to": "pow_a", "name": "", "by": ["ukraine"], "grade": "grave"}]
    assert way["wishes_met"] == []
    assert way["then"][0]["breaches"] == way["breaches"]
    assert way["then"][0]["harms"] == way["harms"]


def test_all_readings_lists_every_cell(case: str) -> None:
    record = as_json(case, "--all-readings")
    assert record["num_cells"] == len(record["cells"]) == 8
    choices = [
        (cell["readings"]["south_korea"], cell["contested"]["leaders"], cell["contested"]["risk_on_return"]) for cell in record["cells"]
    ]
    assert choices == [(r, a, b) for r in ("willing", "unwilling") for a in (True, False) for b in (True, False)]
    for name, counts in record["claims"].items():
        assert sum(counts.values()) == 8
        for verdict, number in counts.items():
            assert number == sum(cell["claims"][name] == verdict for cell in record["cells"])
    first = as_json(case)["cells"][0]
    assert record["cells"][0] == first


def test_one_cell_by_choice(case: str) -> None:
    (cell,) = as_json(case, "--reading", "south_korea=unwilling", "--contested", "leaders=off")["cells"]
    assert cell["readings"]["south_korea"] == "unwilling"
    assert cell["contested"] == {"leaders": False, "risk_on_return": True}


def test_json_of_a_graph(tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_text(GRAPH)
    record = as_json(str(tmp_path / "g.yaml"))
    # moe goes from s1 to s2 only with uniroyal's further move in mind: moe likes s3 best; uniroyal is better off in s2 and s3
    ways = {(tuple(way["coalition"]), way["code"]): way["moves"] for way in record["cells"][0]["ways_out"]}
    assert ways == {(("moe", "uniroyal"), "s3"): [{"dm": "moe", "set": {}, "to": 2}, {"dm": "uniroyal", "set": {}, "to": 3}]}
    assert (record["from_code"], record["options"]) == ("s1", [])


def test_a_cycle_in_json(tmp_path: Path) -> None:
    """One leaves s0; then one and two chase each other through s1, s2, s3. What any of them breaches, the end breaches."""
    (tmp_path / "g.yaml").write_text(
        "offramp: 1\ntitle: t\ndecision_makers: {one: {}, two: {}}\nstates: [s0, s1, s2, s3]\n"
        "moves: {one: [[s0, s1], [s1, s2], [s3, s1]], two: [[s2, s3]]}\n"
        "readings: {one: {r: {ranking: [s2, s1, s3, s0]}}, two: {r: {ranking: [s3, s2, [s1, s0]]}}}\n"
        "norms: {n: {binds: [two], forbids: s2 or s3}}\npeople: {kim: {wish: s1 or s2}, lee: {wish: not s0}}\n"
    )
    (way,) = as_json(str(tmp_path / "g.yaml"))["cells"][0]["ways_out"]
    (end,) = way["then"]
    assert (way["code"], way["wishes_met"], way["breaches"]) == ("s1", ["kim", "lee"], [])
    assert (end["states"], end["codes"], end["kind"]) == ([2, 3, 4], ["s1", "s2", "s3"], "cycle")
    assert end["wishes_met"] == ["lee"]
    assert [breach["norm"] for breach in end["breaches"]] == ["n"]
    (row,) = csv.DictReader(io.StringIO(run(str(tmp_path / "g.yaml"), "--format", "csv")))
    assert (row["end"], row["end_kind"], row["end_breaches"], row["end_wishes_met"]) == ("s1 s2 s3", "cycle", "n", "lee")


def test_limit_cuts_the_list_and_not_the_count(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(
        "offramp: 1\ntitle: t\ndecision_makers: {a: {options: {x: {}, y: {}}}}\nreadings: {a: {r: {prefers: [{that: x or y}]}}}\n"
    )
    (cell,) = as_json(str(tmp_path / "x.yaml"), "--limit", "2")["cells"]
    assert (len(cell["ways_out"]), cell["num_ways_out"]) == (2, 3)


# CSV.


def test_csv_key_by_key(case: str) -> None:
    (row,) = csv.DictReader(io.StringIO(run(case, "--format", "csv")))
    assert row == {
        "cell": "1",
        "ukraine": "law_first",
        "south_korea": "willing",
        "leaders": "1",
        "risk_on_return": "1",
        "coalition": "ukraine south_korea",
        "to": "4",
        "code": "YNY",
        "moves": "south_korea ask ukraine transfer",
        "breaches": "",
        "harms": "",
        "wishes_met": "pow_a",
        "equilibrium": "nash gmr smr seq sseq",
        "end": "YNY",
        "end_kind": "rest",
        "end_breaches": "",
        "end_harms": "",
        "end_wishes_met": "pow_a",
        "end_equilibrium": "nash gmr smr seq sseq",
    }


def test_csv_has_a_row_for_every_way_and_end_of_the_json(case: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run(case, "--all-readings", "--format", "csv"))))
    record = as_json(case, "--all-readings")
    wanted = [
        (str(number), way["code"], " ".join(end["codes"]), end["kind"])
        for number, cell in enumerate(record["cells"], 1)
        for way in cell["ways_out"]
        for end in way["then"]
    ]
    assert [(row["cell"], row["code"], row["end"], row["end_kind"]) for row in rows] == wanted


def test_csv_cells_that_a_spreadsheet_would_run(tmp_path: Path) -> None:
    text = GRAPH.replace("s1", "'=1'").replace("s2", "'+2'").replace("{that: '+2' or s3}", "{that: s3}").replace("s3", "z3")
    (tmp_path / "g.yaml").write_text(text)
    rows = list(csv.reader(io.StringIO(run(str(tmp_path / "g.yaml"), "--format", "csv"))))
    assert rows[1:]
    assert all(cell[:1] not in ("=", "+", "-", "@") for row in rows for cell in row)


# The table.


def told(*arguments: str) -> str:
    return " ".join(run(*arguments).split())


def test_table_of_one_cell(case: str) -> None:
    text = told(case)
    assert "Two prisoners of war held by Ukraine: ways out of NNN" in text
    assert "ukraine + south_korea: south_korea ask, then" in text
    assert "rests at transfer+ask" in text
    assert "CANNOT BE UNDONE:" in text
    assert "wish of pow_a" in text
    assert "leaders_essential 1 0 0" in text
    assert "forced_handover 0 1 0" in text


def test_table_of_the_grid_counts_cells(case: str) -> None:
    text = told(case, "--all-readings")
    assert "of 8 cells" in text
    assert "Counted over 8 cells." in text
    record = as_json(case, "--all-readings")
    leaders = record["claims"]["leaders_essential"]
    assert f"leaders_essential {leaders['supported']} {leaders['refuted']} {leaders['undecided']}" in text
    able = sum(bool(cell["ways_out"]) for cell in record["cells"])
    assert f"somebody has a way out in {able};" in text


def test_an_unlawful_end_is_told_as_such_in_its_row(case: str) -> None:
    Path(case).write_text(CASE.replace("        - {that: not exchange}\n", "        - {that: exchange}\n"))
    text = told(case)
    assert "UNLAWFUL: non_refoulement" in text
    assert "harm grave:pow_a" in text
    # the one that is listed is not lawful; both together still have a hand-over, which is
    assert "Some way out, of these or of a larger coalition, is lawful throughout" in text
    Path(case).write_text(
        CASE.replace("        - {that: not exchange}\n", "        - {that: exchange}\n").replace("{that: ask}\n", "{that: not ask}\n")
    )
    assert "No way out, of whatever coalition, is lawful throughout." in told(case)


def test_nobody_has_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(
        "offramp: 1\ntitle: t\ndecision_makers: {a: {options: {x: {}}}}\nreadings: {a: {r: {prefers: [{that: not x}]}}}\n"
        "norms: {n: {binds: [a], forbids: x}}\n"
    )
    assert "Nobody has a way out." in told(str(tmp_path / "x.yaml"))


WIDE = "捕虜二名と四つの国" * 12


@pytest.mark.parametrize("base", [CASE, ELMIRA, GRAPH])
@pytest.mark.parametrize("grid", [[], ["--all-readings"]])
def test_no_line_is_wider_than_a_hundred_columns(tmp_path: Path, base: str, grid: list[str]) -> None:
    first = next(line for line in base.splitlines() if line.startswith("title:"))
    (tmp_path / "x.yaml").write_text(base.replace(first, f"title: {WIDE}"), encoding="utf-8")
    for line in run(str(tmp_path / "x.yaml"), *grid).splitlines():
        assert cell_len(line) <= 100, line


def test_the_bundled_case_fits_the_width_and_its_numbers_agree() -> None:
    lines = run("two-prisoners", "--all-readings").splitlines()
    assert max(map(cell_len, lines)) <= 100
    record = as_json("two-prisoners", "--all-readings")
    assert record["num_cells"] == 512 == len(record["cells"])
    assert "of 512 cells" in " ".join(lines)
    assert set(record["cells"][0]["contested"]) == {"leaders", "hostilities_over", "risk_on_return", "rok_art_3"}

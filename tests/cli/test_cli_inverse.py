"""`offramp inverse`: its tables, the contract of its data, its refusals, and what it withholds."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from test_cli_withheld import make as make
from test_cli_withheld import secrets
from typer.testing import CliRunner

from casetext import GRAPH
from offramp.cli import app


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["inverse", *arguments])
    assert result.exit_code == code, result.output
    return result.stderr if code else result.stdout


def told(*arguments: str) -> str:
    return " ".join(run(*arguments).split())


def as_json(*arguments: str) -> dict[str, Any]:
    return json.loads(run(*arguments, "--format", "json"))


def test_json_key_by_key() -> None:
    record = as_json("syria-iraq-1975", "--stable", "2", "--for", "syria")
    record.pop("settings")
    (part,) = record.pop("conditions")
    count = {"num": "384", "of": "720", "share": 384 / 720, "reason": None}
    demands = part.pop("demands")
    assert part == {
        "dm": "syria", "state": 2, "code": "YNN", "wanted": True, "holds": False, "moves": [1, 3], "void": [], "implied": [],
        "count": count,
    }  # fmt: skip
    assert demands == [
        {"move": 1, "code": "NNN", "met": True, "one_of": {"states": [1, 4], "patterns": ["NN-"]}, "or_all_of": []},
        {"move": 3, "code": "NYN", "met": False, "one_of": {"states": [3, 6], "patterns": ["-Y-"]}, "or_all_of": []},
    ]
    order = {"dm": "syria", "reading": "published", "swaps": 1, "places": [1, 3, 2, 4]}
    order["statements"] = [f"readings.syria.published.prefers[{place}]" for place in (1, 3, 2, 4)]
    nearest = {"swaps": 1, "is_complete": True, "num_orders": [24], "orders": [order]}
    (ranking,) = record.pop("rankings")
    assert ranking.pop("ranking").index(2) < 6
    assert ranking == {"dm": "syria", "exists": True, "clash": [], "reason": None}
    reranked = {"swaps": 1, "at_least": 1, "is_complete": True, "reason": None}
    reranked["changes"] = [{"dm": "syria", "ranking": [[1], [3], [2], [6], [4], [5]], "now_above": [[2, 6]]}]
    assert record.pop("nearest_rankings") == {"alone": [{"dm": "syria", **reranked}], "together": reranked}
    assert record == {
        "schema": "offramp.inverse/1",
        "case": "Syria and Iraq over the Euphrates, 1975",
        "as_of": None,
        "readings": {"syria": "published", "iraq": "published"},
        "contested": {},
        "options": ["syria.release_water", "syria.escalate", "iraq.attack"],
        "num_states": 6,
        "concept": "seq",
        "for": "syria",
        "stable": [2],
        "unstable": [],
        "varied": None,
        "joint": count,
        "attainable": True,
        "undecided": None,
        "leavers": [],
        "alone": [{"dm": "syria", **nearest}],
        "together": nearest,
    }


def test_sets_of_states_by_smr() -> None:
    parts = as_json("syria-iraq-1975", "--stable", "2", "--concept", "smr")["conditions"]
    assert parts[0]["demands"][0]["or_all_of"] == [{"states": [4, 5, 6], "patterns": ["--Y"]}]
    rows = list(csv.DictReader(io.StringIO(run("syria-iraq-1975", "--stable", "2", "--concept", "smr", "--format", "csv"))))
    assert [(row["dm"], row["move"], row["met"], row["singles"], row["sets"]) for row in rows] == [
        ("syria", "1", "0", "1", "4+5+6"), ("syria", "3", "0", "3", "4+5+6"), ("iraq", "5", "1", "5", "1+4 3+6"),
    ]  # fmt: skip
    assert {(row["num"], row["of"]) for row in rows if row["dm"] == "syria"} == {("300", "720")}


def test_words() -> None:
    words = told("syria-iraq-1975", "--stable", "2", "--concept", "smr")
    assert "what makes 2 YNN an equilibrium (SMR)" in words
    assert "1 NNN, or all of 4 NNY, 5 YNY and 6 NYY [--Y] no" in words
    assert "syria 2 YNN not stable 300 of 720 (41.7 %) iraq" in words
    assert "how far the nearest that does it is ranking of order of statements ranking of states" in words.lower()
    assert "Syria does not release water" in words


def test_varied_places() -> None:
    record = as_json("syria-iraq-1975", "--stable", "1", "--vary", "syria=1-4", "--vary", "iraq=1-4")
    assert (record["joint"]["num"], record["joint"]["of"]) == ("160", "576")
    assert record["varied"] == {"syria": [1, 2, 3, 4], "iraq": [1, 2, 3, 4]}
    assert "any order: syria 1-4; all others stay." in told("syria-iraq-1975", "--stable", "1", "--vary", "syria=1-4")


def test_what_excludes_each_other_is_told() -> None:
    words = told("syria-iraq-1975", "--stable", "1", "--stable", "3", "--concept", "nash")
    said = "No strict ranking of syria does it, whatever the others rank; these exclude each other: 1 NNN above 3 NYN; 3 NYN above 1 NNN."
    assert said in words
    assert "No order of the statements in the file attains it; all 24 × 120 orders of statements were tried." in words
    record = as_json("syria-iraq-1975", "--stable", "1", "--stable", "3", "--concept", "nash")
    assert record["rankings"][0]["clash"] == [{"state": 1, "is_stable": True, "move": 3}, {"state": 3, "is_stable": True, "move": 1}]
    assert (record["attainable"], record["joint"]["num"]) == (False, "0")


def test_a_state_that_is_not_to_hold() -> None:
    record = as_json("syria-iraq-1975", "--unstable", "6", "--concept", "nash")
    assert record["leavers"] == [{"state": 6, "by": ["syria", "iraq"]}]
    assert (record["rankings"], record["alone"]) == ([], [])
    assert (record["together"]["swaps"], record["together"]["is_complete"]) == (None, True), "every statement on 6 against 3, 4, 5 is for 6"
    assert "what keeps 6 NYY from being an equilibrium (Nash)" in told("syria-iraq-1975", "--unstable", "6", "--concept", "nash")


def test_graphs_go_by_names(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(GRAPH, encoding="utf-8")
    words = told(str(path), "--stable", "s2", "--concept", "nash")
    assert "uniroyal 2 s2 3 s3 yes" in words
    assert "moe 2 s2 anything: stable whatever the ranking yes" in words
    assert "A code has one letter" not in words
    assert as_json(str(path), "--stable", "s2")["conditions"][1]["demands"][0]["one_of"]["patterns"] is None


def test_the_bundled_case_fits_the_width_and_says_what_a_state_means() -> None:
    text = run("two-prisoners", "--stable", "5")
    assert max(map(cell_len, text.splitlines())) <= 100
    assert "5 YNNNYNNNNNN: CANNOT BE UNDONE: ukraine.transfer" in text
    assert "kin.1" in text
    record = as_json("two-prisoners", "--stable", "5")
    assert record["conditions"][0]["count"]["num"] == record["conditions"][0]["count"]["of"]
    assert record["joint"]["reason"]


def test_no_withheld_word(make: Callable[..., str]) -> None:
    case = make()
    assert secrets(run(case, "--stable", "4")) == []
    assert secrets(run(case, "--stable", "2", "--concept", "nash")) == []
    assert secrets(run(case, "--stable", "4", "--format", "json"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "no state is given; --stable STATE says which is to be stable"),
        (["--stable", "7"], "no state is called '7'"),
        (["--stable", "2", "--unstable", "YNN"], "state 2 is to be stable and not stable"),
        (["--stable", "2", "--for", "iran"], "no decision maker is called 'iran'; there are: syria, iraq"),
        (["--stable", "2", "--concept", "core"], "no concept is called 'core'"),
        (["--stable", "2", "--vary", "syria"], "--vary 'syria' should read DM=FIRST-LAST"),
        (["--stable", "2", "--vary", "syria=0-3"], "'0-3' names no places of a ranking"),
        (["--stable", "2", "--for", "iraq", "--vary", "syria=1-3"], "with --for only the ranking of iraq is counted"),
        (["--stable", "2", "--as-of", "soon"], "--as-of 'soon' is no date"),
    ],
)
def test_misuse_exits_2(arguments: list[str], said: str) -> None:
    assert said in run("syria-iraq-1975", *arguments, code=2)


def test_a_state_that_is_not_wanted_is_told_apart() -> None:
    """By Nash 6 holds for Iraq in half of its rankings; as it is unwanted, the other half is told, and what has to fail."""
    words = told("syria-iraq-1975", "--unstable", "6", "--concept", "nash")
    assert "of each state, for at least one decision maker, at least one of these has to fail" in words
    assert "Ranking of puts at least as high as Now" in words
    assert "has to put" not in words
    assert "make it stable" not in words
    assert "Rankings that keep it from that" in words
    assert "iraq 6 NYY stable 360 of 720 (50.0 %)" in words


def test_ties_and_large_counts_are_told() -> None:
    words = told("garrison-23", "--stable", "3")
    assert "us_support 3 YNNYNYNNN stable 1.293 × 10^22 of 2.585 × 10^22 (50.0 %)" in words
    assert "The rankings of the case attain it as they are." in words
    assert "Nobody whose ranking counts" not in words


def test_rankings_have_a_nearest_one() -> None:
    """Uniroyal has to sink 5 below 3, which stands five places lower."""
    words = told("elmira-12", "--stable", "3")
    assert "uniroyal no list 5 swaps" in words
    assert "uniroyal 5 NNNYN below 5 states: 2, 3, 6, 11 and 12" in words


def test_settings_of_a_source() -> None:
    record = as_json("garrison-23", "--stable", "6", "--concept", "gmr", "--set", "sequences=one_step")
    assert record["settings"]["sequences"] == "one_step"
    assert [part["holds"] for part in record["conditions"]] != [
        part["holds"] for part in as_json("garrison-23", "--stable", "6", "--concept", "gmr")["conditions"]
    ], "6 is an equilibrium by legal sequences alone"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--concept", "limited"], "the inverse question cannot be asked by limited: it looks ahead over several moves"),
        (["--concept", "coalition_seq"], "it is about what all members of a coalition want at once"),
        (["--set", "unknown=c"], "the inverse question has no setting unknown=c"),
        (["--set", "simultaneous=unstable", "--concept", "sim"], "hangs on whether the state is sequentially stable for opponents"),
    ],
)
def test_what_no_condition_is_on(arguments: list[str], said: str) -> None:
    assert said in run("syria-iraq-1975", "--stable", "2", *arguments, code=2)


def test_sim_needs_options() -> None:
    assert "sim needs option form" in run("elmira-9-xu", "--stable", "5", "--concept", "sim", code=2)

"""`offramp explain --tableau` for SIM, for those who look ahead, and for coalitions."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from offramp.cli import app

TOGETHER = ["elmira-12", "--tableau", "--concept", "coalition_nash", "--coalition", "moe,uniroyal"]

WEAK = """
offramp: 1
title: Weak
decision_makers: {anna: {options: {leave: {}}}, bert: {options: {pay: {}}}}
readings:
  anna: {only: {ranking: [YY, NN, YN, NY], great_steps: [YY]}}
  bert: {only: {ranking: [NN, NY, YN, YY]}}
"""


def run(*arguments: str) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["explain", *arguments])
    assert result.exit_code == 0, result.output
    assert max(map(len, result.stdout.splitlines())) <= 100 or "--format" in arguments
    return result.stdout


def as_json(*arguments: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(run(*arguments, "--format", "json"))
    return record


def as_rows(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv"))))


def lines(*arguments: str) -> list[str]:
    return [re.sub(r" {2,}", "  ", line) for line in run(*arguments).splitlines()]


def test_the_improvements_of_a_coalition_in_one_table() -> None:
    """As printed in a tutorial for the Ministry and Uniroyal: 7 to 10, 8 to 10, 2 to 4; from 7 by way of 8."""
    states = as_json(*TOGETHER)["tableau"]["states"]
    there = {state["state"]: [one["to"] for one in state["decision_makers"][0]["improvements"]] for state in states}
    assert {state: to for state, to in there.items() if to} == {7: [10], 8: [10], 2: [4]}
    assert len(there) == 12
    told = lines(*TOGETHER)
    assert told[told.index("7  NYNNY") + 1] == "moe + uniroyal  10: moe>8, uniroyal>10  nothing  leaves"
    assert sum("none  stays" in line for line in told) == 9
    rows = [row for row in as_rows(*TOGETHER) if row["to"]]
    assert [(row["dm"], row["state"], row["to"], row["way"]) for row in rows] == [
        ("moe+uniroyal", "2", "4", "uniroyal>YNYNN"),
        ("moe+uniroyal", "7", "10", "moe>YYNNY uniroyal>YNYNY"),
        ("moe+uniroyal", "8", "10", "uniroyal>YNYNY"),
    ]


def test_every_coalition_that_something_tempts() -> None:
    asked = ["elmira-12", "--tableau", "--concept", "coalition_gmr"]
    told = lines(*asked)
    place = told.index("1  NYNNN  (status quo)")
    assert told[place + 1 : place + 3] == [
        "local_government  7: local_government>7  moe>8  stays",
        "moe + local_government  7: local_government>7  uniroyal>11  stays",
    ]
    assert "every coalition  none  stays" in told
    assert "Coalitions that nothing tempts are left out." in told
    (first, *_) = as_json(*asked)["tableau"]["states"]
    assert [account["coalition"] for account in first["decision_makers"]] == [["local_government"], ["moe", "local_government"]]
    assert first["decision_makers"][0]["improvements"][0]["answers"][0]["end"]["to"] == 8


def test_where_those_who_look_ahead_see_it_end() -> None:
    """Three moves ahead Syria leaves 6 for 1, by way of 5 and 2: see the tests of what is foreseen."""
    told = lines("syria-iraq-1975", "--tableau", "--concept", "limited", "--horizon", "3")
    place = told.index("6  NYY")
    assert told[place + 1 : place + 3] == ["syria  3  5  iraq>2, syria>1  1: better  leaves", "  4  4: worse"]
    assert "Told by L_h, 3 moves ahead." in " ".join(told)
    told = lines("syria-iraq-1975", "--tableau", "--concept", "nonmyopic", "--dm", "syria")
    assert "for the first of 4 horizons, which come round again" in " ".join(told)
    assert not [line for line in told if line.startswith("iraq  ")]
    (account,) = as_json("syria-iraq-1975", "--tableau", "--concept", "nonmyopic", "--dm", "syria")["tableau"]["states"][5][
        "decision_makers"
    ]
    assert (account["horizon"], account["improvements"][0]["answers"][0]["end"]["to"]) == (3, 1)


def test_sim_beside_the_five() -> None:
    told = lines("north-korea-2017", "--tableau", "--concept", "sim", "--concept", "seq")
    place = told.index("4  NNYN")
    assert told[place + 1 : place + 3] == ["us  5  5, 6  5: I by 2  I -", "north_korea  6  1, 7, 10  1: I by 2  I -"]
    assert "by I SIM, S SEQ" in " ".join(told)
    assert as_rows("north-korea-2017", "--tableau", "--concept", "sim")[6]["sanctions_sim"] == "5: 2"


def test_weak_stability_is_not_called_staying(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(WEAK)
    asked = [str(tmp_path / "case.yaml"), "--tableau", "--concept", "coalition_gmr", "--set", "strength=weak"]
    told = lines(*asked)
    assert told[told.index("1  NN  (status quo)") + 1] == "every coalition  none  not weak"
    assert told[told.index("2  YN") + 1] == "anna  1: anna>1  bert>3  weak"
    assert not any("stays" in line or "leaves" in line for line in told)
    assert "Settings: strength=weak" in told


def test_what_a_state_means_stands_beside_the_verdict() -> None:
    asked = ["two-prisoners", "--tableau", "--concept", "coalition_seq", "--states", "3"]
    assert "leaves  UNLAWFUL;" in " ".join(lines(*asked))
    assert "More states matter than these 3: --states shows more." in lines(*asked)
    assert as_json(*asked)["tableau"]["is_cut"]

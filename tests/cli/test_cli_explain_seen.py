"""`offramp explain --as-seen-by`: the verdicts of a hypergame, each in the game that somebody takes to be real."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from offramp.cli import app

BRIDGE = """
offramp: 1
title: Bridge
decision_makers: {ann: {options: {left: {}}}, bob: {options: {right: {}}}}
readings:
  ann: {bold: {ranking: [NY, YY, YN, NN]}, stubborn: {ranking: [NY, NN, YY, YN]}}
  bob: {bold: {ranking: [YN, YY, NY, NN]}, stubborn: {ranking: [YN, NN, YY, NY]}}
beliefs: {bob: {ann: stubborn}}
"""

UNSEEN = ["syria-iraq-misperception", "--as-seen-by", "iraq"]


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["explain", *arguments])
    assert result.exit_code == code, result.output
    return " ".join((result.stderr if code else result.stdout).replace("│", " ").split())


def as_json(*arguments: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(CliRunner().invoke(app, ["explain", *arguments, "--format", "json"]).stdout)
    return record


@pytest.fixture
def bridge(tmp_path: Path) -> str:
    (tmp_path / "case.yaml").write_text(BRIDGE)
    return str(tmp_path / "case.yaml")


def test_why_bob_does_not_expect_that_ann_gives_way(bridge: str) -> None:
    """Bob takes Ann for stubborn: in YN she would no longer give way, place 2 of 4 rather than place 4. In fact it is place 3 over 4."""
    told = run(bridge, "YN", "--as-seen-by", "bob", "--concept", "nash")
    assert "Bridge, as Bob sees it: state 2 of 4, YN" in told
    assert "Ann, read as “Stubborn” Tempted by 1 move. Nothing holds it back (by Nash)." in told
    assert "place 2 of 4 rather than place 4" in told
    assert "In the game that bob takes to be real: bob takes ann for stubborn." in told
    assert "Everybody stays (an equilibrium by Nash)" in run(bridge, "YN", "--as-seen-by", "ann", "--concept", "nash")
    assert "ann sees every state and believes what is so." in run(bridge, "YN", "--as-seen-by", "ann")


def test_a_belief_is_tried(bridge: str) -> None:
    record = as_json(bridge, "YN", "--as-seen-by", "ann", "--belief", "ann:bob=stubborn", "--concept", "nash")
    assert record["readings"] == {"ann": "bold", "bob": "stubborn"}
    assert record["as_seen_by"] == {"dm": "ann", "wrong_of": ["bob"], "num_unseen": 0}
    assert as_json(bridge, "YN", "--as-seen-by", "bob", "--belief", "bob:ann=bold")["as_seen_by"]["wrong_of"] == []
    assert "as_seen_by" not in as_json(bridge, "YN")


def test_states_that_are_not_seen_have_no_moves_to_them_and_no_row() -> None:
    """Iraq does not see 1 and 4, nor that Syria overlooks 2: in Iraq's game Syria moves from 2 to 3, and not to 1."""
    record = as_json(*UNSEEN, "2", "--tableau", "--concept", "nash")
    assert record["as_seen_by"] == {"dm": "iraq", "wrong_of": [], "num_unseen": 2}
    seen = [state["state"] for state in record["tableau"]["states"]]
    assert seen == [2, 3, 5, 6]
    assert record["tableau"]["states"][0]["decision_makers"][0]["moves_to"] == [3]
    moves = {to for state in record["tableau"]["states"] for dm in state["decision_makers"] for to in dm["moves_to"]}
    assert moves <= set(seen)
    told = run(*UNSEEN, "6", "--tableau")
    assert "In the game that iraq takes to be real: iraq does not see 2 of 6 states." in told
    assert "NO WAY BACK" not in told  # that is told of the game that there is


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([*UNSEEN, "1"], "iraq does not see state 1, NNN: it is not in its own game, so that iraq makes no move there"),
        (UNSEEN, "iraq does not see state 1, NNN"),
        (["elmira-12", "--as-seen-by", "province"], "no decision maker is called 'province'"),
        (["elmira-12", "--belief", "moe:uniroyal=published"], "--belief goes with --as-seen-by"),
        (["elmira-12", "--as-seen-by", "moe", "--belief", "moe:moe=published"], "a belief of moe about itself"),
        (["elmira-12", "--as-seen-by", "moe", "--merge", "moe,uniroyal"], "--merge and --as-seen-by do not go together"),
        (["elmira-12", "--as-seen-by", "moe", "--concept", "coalition_seq"], "and coalition_seq is asked for; leave out --as-seen-by"),
    ],
)
def test_misuse(arguments: list[str], message: str) -> None:
    assert message in run(*arguments, code=2)

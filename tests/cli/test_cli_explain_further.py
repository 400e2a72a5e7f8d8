"""`offramp explain` for the concepts beyond the five, under settings, and where preferences are no ranking."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from offramp.cli import app

DOUBT = """
offramp: 1
title: Doubt
decision_makers: {anna: {options: {leave: {}}}, bert: {options: {pay: {}}}}
readings:
  anna: {only: {prefers: [{that: pay, greatly: true}, {that: leave, doubtful: true}]}}
  bert: {only: {pairs: ["NN > NY"], unlisted: unknown}}
"""


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["explain", *arguments])
    assert result.exit_code == code, result.output
    return " ".join((result.stderr if code else result.stdout).replace("│", " ").split())


def as_json(*arguments: str) -> dict:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["explain", *arguments, "--format", "json"])
    return json.loads(result.stdout)


@pytest.fixture
def doubt(tmp_path: Path) -> str:
    (tmp_path / "case.yaml").write_text(DOUBT)
    return str(tmp_path / "case.yaml")


def test_what_nobody_knows_is_told(doubt: str) -> None:
    told = run(doubt, "NY", "--concept", "gmr", "--dm", "anna")
    assert "Anna takes the option “leave” (leads to state 4; nobody knows whether it prefers that)." in told
    assert "held back: Bert no longer takes the option “pay”; state 2 is greatly worse than here for it." in told
    assert "Settings: unknown=a: a state of unknown merit tempts, and does not deter." in told
    told = run(doubt, "NY", "--concept", "gmr", "--dm", "anna", "--set", "unknown=d")
    assert "It is not tempted where nobody knows whether it would gain by this: Anna takes the option “leave”." in told
    told = run(doubt, "NY", "--concept", "gmr", "--dm", "bert")
    assert "For its pairs (assumed): NN > NY." in told
    assert "not held back: nothing that they can do holds it back." in told


def test_weak_stability(doubt: str) -> None:
    told = run(doubt, "NY", "--concept", "gmr", "--dm", "anna", "--set", "strength=weak")
    assert "Not weakly by GMR. What follows is told of general stability." in told
    assert "no weak equilibrium by GMR" in told


def test_data_without_a_ranking(doubt: str) -> None:
    record = as_json(doubt, "NY", "--concept", "smr", "--dm", "anna", "--set", "sequences=once")
    assert record["settings"]["sequences"] == "once"
    (account,) = record["decision_makers"]
    (improvement,) = account["improvements"]
    assert (account["rank"], improvement["rank"], improvement["compared"]) == (None, None, "unknown")
    assert improvement["answers"][0]["end"] == {"to": 2, "code": "YN", "rank": None, "compared": "greatly worse"}
    assert improvement["answers"][0]["escape"]["to"] == 2


def test_simultaneous() -> None:
    told = run("north-korea-2017", "NNYN", "--concept", "sim", "--concept", "seq", "--dm", "us")
    assert "If the others move at the same time (SIM): held back: North Korea no longer invades the South; state 2 is worse" in told
    assert "If the others do only what they want (SEQ): not held back" in told


def test_looking_ahead() -> None:
    """Three moves ahead Syria leaves 6; the ends have period 4."""
    told = run("syria-iraq-1975", "6", "--concept", "limited", "--horizon", "3", "--dm", "syria")
    assert "Looking 3 moves ahead, it leaves: the best end that it sees is better than here." in told
    assert "What follows: Iraq no longer attacks, then Syria no longer releases water. It ends in state 1: better than here" in told
    assert "it stays: no end that it sees is better than here." in run(
        "syria-iraq-1975", "6", "--concept", "limited", "--horizon", "2", "--dm", "syria"
    )
    record = as_json("syria-iraq-1975", "6", "--concept", "nonmyopic", "--dm", "syria")
    assert [account["horizon"] for account in record["decision_makers"]] == [3]
    assert "and so it is again every 4 moves further" in run("syria-iraq-1975", "6", "--concept", "nonmyopic", "--dm", "syria")


def test_coalitions() -> None:
    told = run("elmira-9-xu", "s5", "--concept", "coalition_gmr")
    assert "1 of 7 coalitions would leave (no equilibrium by coalitional GMR)." in told
    assert "Temptation: Ministry of the Environment moves to “s6”, then Uniroyal moves to “s8” (leads to state s8)." in told
    assert "6 other coalitions have no way to anything that every member wants." in told
    record = as_json("elmira-9-xu", "s5", "--concept", "coalition_gmr", "--coalition", "uniroyal,moe")
    (account,) = record["decision_makers"]
    assert account["coalition"] == ["moe", "uniroyal"]
    assert account["improvements"][0]["compared"] == ["better", "better"]
    found = CliRunner().invoke(app, ["explain", "elmira-9-xu", "s5", "--concept", "coalition_gmr", "--format", "csv"]).stdout
    rows = list(csv.DictReader(io.StringIO(found)))
    assert [(row["dm"], row["to"], row["to_compared"]) for row in rows if row["to"]] == [("moe+uniroyal", "8", "better; better")]
    assert len(rows) == 7


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--concept", "sim", "--tableau"], "a tableau has the concepts nash, gmr, smr, seq, sseq, and sim is asked for"),
        (["--concept", "nonmyopic", "--set", "strength=strong"], "nonmyopic has no setting strength, and strength=strong is asked for"),
        (["--set", "strength=strong"], "strength=strong needs degrees of preference; nobody in this case prefers anything greatly"),
        (["--set", "unknown=e"], "the setting unknown is 'e'; expected a, b, c or d"),
        (["--set", "order=a"], "no setting is called 'order'"),
        (["--set", "unknown=a", "--set", "unknown=b"], "--set says unknown=a and unknown=b; say it once"),
    ],
)
def test_misuse(arguments: list[str], message: str) -> None:
    assert message in run("prisoners-dilemma", *arguments, code=2)


def test_weak_stability_of_coalitions_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("""
offramp: 1
title: Weak
decision_makers: {anna: {options: {leave: {}}}, bert: {options: {pay: {}}}}
readings:
  anna: {only: {ranking: [YY, NN, YN, NY], great_steps: [YY]}}
  bert: {only: {ranking: [NN, NY, YN, YY]}}
""")
    weak = [str(path), "--concept", "coalition_gmr", "--set", "strength=weak"]
    told = run(*weak[:1], "NN", *weak[1:])  # nobody wants anything: nothing has to hold them back, strongly or not
    assert "Not held back weakly, that is in general and not strongly: 3 of 3 coalitions (no weak equilibrium by coalitional GMR)." in told
    assert "3 coalitions have no way to anything that every member wants." in told
    assert "leave" not in told
    # Anna would go back to NN; Bert then pays, which is worse for her than here, and not greatly.
    told = run(*weak[:1], "YN", *weak[1:], "--coalition", "anna")
    assert "Anna alone: held back weakly, that is in general and not strongly (by coalitional GMR)" in told
    assert "held back weakly. In general, which is told here: the others hold them back." in told
    told = run(*weak[:1], "NN", *weak[1:], "--coalition", "anna")
    assert "Anna alone: not held back weakly" in told

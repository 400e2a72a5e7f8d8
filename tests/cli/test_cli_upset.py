"""Who upsets a state: the column of `offramp solve`, its JSON and CSV, against the table in print and the plain references."""

import csv
import io
import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from typer.testing import CliRunner

import further
import offramp
from bridge import to_model
from further import coalitions
from generators import random_graph_spec, random_option_spec, to_game
from offramp.cli import app
from offramp.report.upset import MAX_COALITIONS, upset_label

ELMIRA = {7: [10], 8: [10], 2: [4]}
"""Where the Ministry and Uniroyal go together, as printed in a tutorial on coalitions: legal sequences, all members better off."""


def run(*arguments: str) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["solve", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def as_json(*arguments: str) -> dict[str, Any]:
    return json.loads(run(*arguments, "--format", "json"))


def test_state_7_of_elmira_is_upset_by_two_together() -> None:
    assert "Upset by" in run("elmira-12", "--concept", "coalition_nash")
    row = next(line.split() for line in run("elmira-12", "--concept", "coalition_nash").splitlines() if line.startswith(" 7 "))
    assert row[:3] == ["7", "NYNNY", "moe+uniroyal"]
    upset = {one["state"]: one["coalitions"] for one in as_json("elmira-12", "--concept", "coalition_nash")["upset_by"]["coalition_nash"]}
    assert upset[7] == [["moe", "uniroyal"]]
    assert {state for state, whom in upset.items() if ["moe", "uniroyal"] in whom} == set(ELMIRA)


def test_the_csv_says_the_same() -> None:
    rows = list(csv.DictReader(io.StringIO(run("elmira-12", "--concept", "coalition_nash", "--format", "csv"))))
    upset = {one["state"]: one["coalitions"] for one in as_json("elmira-12", "--concept", "coalition_nash")["upset_by"]["coalition_nash"]}
    for row in rows:
        assert row["upset_by_coalition_nash"] == " ".join("+".join(members) for members in upset.get(int(row["number"]), []))


def test_one_coalition_is_told_as_before() -> None:
    asked = ["elmira-12", "--concept", "coalition_nash", "--coalition", "moe,uniroyal"]
    assert "Upset by" not in run(*asked)
    assert "upset_by" not in as_json(*asked)
    assert "upset_by" not in run(*asked, "--format", "csv")
    assert "upset_by" not in as_json("elmira-12")


def test_states_above_the_limit_are_left_out() -> None:
    record = as_json("elmira-12", "--concept", "coalition_nash", "--limit", "2")
    assert [one["state"] for one in record["upset_by"]["coalition_nash"]] == [1, 2]


def test_weak_stability_has_no_such_column(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("""
offramp: 1
title: Weak
decision_makers: {anna: {options: {leave: {}}}, bert: {options: {pay: {}}}}
readings:
  anna: {only: {ranking: [YY, NN, YN, NY], great_steps: [YY]}}
  bert: {only: {ranking: [NN, NY, YN, YY]}}
""")
    assert "Upset by" not in run(str(path), "--concept", "coalition_gmr", "--set", "strength=weak")
    assert "Upset by" in run(str(path), "--concept", "coalition_gmr", "--set", "strength=strong")


@pytest.mark.parametrize("seed", range(24))
def test_all_who_upset_a_state_and_the_smallest_of_them(seed: int) -> None:
    rng = Random(seed)
    spec = random_option_spec(rng, 4) if seed % 2 else random_graph_spec(rng)
    game, model = to_game(spec), to_model(spec)
    concept = rng.choice(["nash", "gmr", "smr", "seq"])
    solution = offramp.solve(model, [f"coalition_{concept}"])
    stable = {members: further.coalition_stable(game, concept, members) for members in coalitions(game.names)}
    for state, label in enumerate(model.states.labels):
        upset = {members for members, there in stable.items() if label not in there}
        assert {frozenset(members) for members in solution.upset_by(f"coalition_{concept}", state)} == upset
        smallest = sum(not any(part < members for part in upset) for members in upset)
        told = upset_label(solution, state)
        assert told.count("+") == 0 or len(game.names) > 1
        assert len([name for name in told.replace(" and", ",").split(", ") if name]) == min(smallest, MAX_COALITIONS + 1)


def test_the_period_is_in_the_json() -> None:
    """The ends of Syria and Iraq come round every 4 moves; those of the prisoners' dilemma settle."""
    assert as_json("syria-iraq-1975", "--concept", "nonmyopic")["period"] == 4
    assert as_json("prisoners-dilemma", "--concept", "nonmyopic", "--concept", "nash")["period"] == 1
    assert "period" not in as_json("prisoners-dilemma")
    assert "every 4 moves that they look further" in " ".join(run("syria-iraq-1975", "--concept", "nonmyopic").split())

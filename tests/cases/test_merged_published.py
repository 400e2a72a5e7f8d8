"""Elmira with the Ministry and Uniroyal together: as one decision maker (GMCR+), and as a coalition whose members stay who they are."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import offramp
from offramp.analysis.explain import explain
from offramp.analysis.solve import solve
from offramp.case.yaml_reader import read_yaml
from offramp.model.merge import merged
from offramp.stability.coalition_nash import coalition_nash_stability
from offramp.stability.sim import sim_stability

EXPECTED: dict[str, Any] = read_yaml(Path(offramp.__file__).parent / "catalogue" / "elmira-12" / "expected.yaml").data["merged"]
ELMIRA = offramp.load_case("elmira-12")
MERGED = merged(ELMIRA, EXPECTED["members"])
FLAGS = [(concept, dm) for concept, by_dm in EXPECTED["stable"].items() for dm in by_dm]


def found(concept: str, dm: str) -> list[int]:
    stable = sim_stability(MERGED, dm).stable if concept == "sim" else offramp.CONCEPTS[concept](MERGED, dm).stable
    return (np.flatnonzero(stable) + 1).tolist()


@pytest.mark.parametrize(("concept", "dm"), FLAGS)
def test_every_flag(concept: str, dm: str) -> None:
    assert found(concept, dm) == EXPECTED["stable"][concept][dm]


@pytest.mark.parametrize("concept", EXPECTED["equilibria"])
def test_equilibria(concept: str) -> None:
    assert (np.flatnonzero(solve(MERGED, [concept]).equilibria(concept)) + 1).tolist() == EXPECTED["equilibria"][concept]


def test_the_moves_and_improvements_of_the_two_together() -> None:
    """The guide: from 7 five moves, of which only that to 10 is an improvement."""
    assert [[state, len(MERGED.moves.successors(0, state - 1))] for state, _ in EXPECTED["num_moves"]] == EXPECTED["num_moves"]
    for state in range(1, 13):
        printed = [to for start, to in EXPECTED["improvements"] if start == state]
        (account,) = explain(ELMIRA, state - 1, ["coalition_nash"], coalition=EXPECTED["members"]).accounts
        assert [improvement.to + 1 for improvement in account.improvements] == printed
        (one,) = explain(MERGED, state - 1, ["nash"], ["moe+uniroyal"]).accounts
        assert [improvement.to + 1 for improvement in one.improvements] == printed
    seven = explain(ELMIRA, 7 - 1, ["coalition_nash"], coalition=EXPECTED["members"]).accounts[0].improvements[0]
    assert [(ELMIRA.decision_makers[move.dm], move.to + 1) for move in seven.moves] == [("moe", 8), ("uniroyal", 10)]


def test_a_coalition_whose_members_stay_who_they_are_destabilises_7_and_makes_no_equilibrium_of_9() -> None:
    """Kilgour, Hipel, Fang, Peng (2001): the stabilities of single decision makers are kept, so that Uniroyal still leaves 9."""
    single = solve(ELMIRA, ["nash"]).equilibria("nash")
    together = coalition_nash_stability(ELMIRA, EXPECTED["members"]).stable
    assert [bool(single[state - 1]) for state in (7, 9)] == [True, False]
    assert [bool(together[state - 1]) for state in (7, 9)] == [False, True]
    assert (np.flatnonzero(single & together) + 1).tolist() == [5, 6, 10, 11, 12]

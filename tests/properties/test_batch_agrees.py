"""Many plays at once answer as each play does by itself: stability, ways out, minimal coalitions, ends."""

from random import Random

import numpy as np
import pytest

from bridge import to_model
from generators import random_graph_spec, random_option_spec
from offramp.analysis.batch import Batch, Ground, Table
from offramp.analysis.evolution import Evolution
from offramp.analysis.net import Net
from offramp.analysis.solve import solve
from offramp.analysis.ways import Reach, minimal, ways_out
from offramp.model.bits import unpacked
from offramp.model.conflict import ConflictModel
from offramp.model.preference import dense
from offramp.stability import CONCEPTS

NUM_RANKINGS = 3
NUM_PLAYS = 70  # more than one word


def drawn(seed: int) -> tuple[ConflictModel, list[np.ndarray], np.ndarray]:
    """Return a random model, rankings for each decision maker, and plays among them."""
    rng = Random(seed)
    model = to_model(random_graph_spec(rng) if seed % 3 == 0 else random_option_spec(rng))
    numbers = np.random.default_rng(seed)
    shape = (NUM_RANKINGS, model.num_states)
    tables = [numbers.integers(0, rng.choice([2, 4, 9]), shape) for _ in model.decision_makers]
    tables = [np.stack([dense(row) for row in table]) for table in tables]
    return model, tables, numbers.integers(0, NUM_RANKINGS, (NUM_PLAYS, len(tables)))


def played(model: ConflictModel, tables: list[np.ndarray], play: np.ndarray) -> ConflictModel:
    ranks = np.stack([table[k] for table, k in zip(tables, play, strict=True)])
    return ConflictModel(model.title, model.decision_makers, model.states, model.moves, ranks, model.status_quo)


@pytest.mark.parametrize("seed", range(60))
def test_every_play_is_answered_as_by_itself(seed: int) -> None:
    model, tables, plays = drawn(seed)
    ground = Ground(Net(model.moves), model.status_quo)
    batch = Batch(ground, [Table(table, arcs) for table, arcs in zip(tables, ground.net.arcs, strict=True)], plays)
    rests = {
        (concept, state): unpacked(batch.equilibrium(concept, state), NUM_PLAYS)
        for concept in CONCEPTS
        for state in range(model.num_states)
    }
    ways = unpacked(batch.ways.bits, NUM_PLAYS)
    movers = {coalition: unpacked(bits, NUM_PLAYS) for coalition, bits in batch.movers.items()}
    final = unpacked(batch.final, NUM_PLAYS)
    for number, play in enumerate(plays):
        one = played(model, tables, play)
        solution = solve(one)
        for concept in CONCEPTS:
            there = solution.equilibria(concept)
            assert [rests[concept, state][number] for state in range(model.num_states)] == there.tolist(), concept
        found = ways_out(one, Reach(one.moves, one.status_quo))
        told = {
            (ground.coalitions[c], s) for c, s, holds in zip(batch.ways.coalition, batch.ways.state, ways[:, number], strict=True) if holds
        }
        assert told == {(coalition, int(state)) for coalition, mask in found.items() for state in np.flatnonzero(mask)}
        assert {coalition for coalition, holds in movers.items() if holds[number]} == set(minimal(found))
        evolution = Evolution(one)
        ends = {state for _, way in told for end in evolution.ends(way) for state in end.states}
        assert set(batch.active[final[:, number]].tolist()) == ends


def test_cycles_come_up() -> None:
    """The draws above hold plays whose ends are cycles, so that these are tested too."""
    cycles = 0
    for seed in range(0, 60, 3):
        model, tables, plays = drawn(seed)
        for play in plays[:20]:
            one = played(model, tables, play)
            found = ways_out(one, Reach(one.moves, one.status_quo))
            evolution = Evolution(one)
            cycles += any(end.is_cycle for mask in found.values() for state in np.flatnonzero(mask) for end in evolution.ends(int(state)))
    assert cycles > 5

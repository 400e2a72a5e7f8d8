"""The engine against the plain reference, on random models of every kind.

The reference knows sets and definitions only and shares no code with the
engine. Each path of the engine is compared: sweeps along lines, the settling
kernel in plain Python and compiled, and arcs.
"""

import itertools
from random import Random

import numpy as np
import pytest

import reference
from bridge import to_model
from generators import random_graph_spec, random_option_spec, to_game
from offramp.analysis.evolution import Evolution
from offramp.analysis.ways import Reach, minimal, ways_out
from offramp.model import lines
from offramp.stability import CONCEPTS

NUM_MODELS = 5_000
CHUNK = 500


def spec_of(seed: int):
    """Return a random model: two in three in option form, the others graphs."""
    rng = Random(seed)
    return random_option_spec(rng, rng.choice([3, 4, 5])) if seed % 3 else random_graph_spec(rng)


def engine_sets(model, concept):
    """Return, by decision maker, the labels of the states that the engine calls stable."""
    return {dm: {model.states.label(s) for s in np.nonzero(CONCEPTS[concept](model, dm).stable)[0]} for dm in model.decision_makers}


def assert_same_stability(spec) -> None:
    game, model = to_game(spec), to_model(spec)
    for concept in CONCEPTS:
        assert engine_sets(model, concept) == reference.stable(game, concept), (concept, spec)


@pytest.mark.parametrize("start", range(0, NUM_MODELS, CHUNK))
def test_stability(start):
    for seed in range(start, start + CHUNK):
        assert_same_stability(spec_of(seed))


def test_stability_where_sweeps_do_not_settle(monkeypatch):
    monkeypatch.setattr(lines, "ROUNDS", 0)
    for seed in range(10_000, 10_600):
        assert_same_stability(spec_of(seed))


def test_stability_after_one_round_of_sweeps(monkeypatch):
    """One round settles some models and not others: both ways of going on are taken."""
    monkeypatch.setattr(lines, "ROUNDS", 1)
    for seed in range(11_000, 11_400):
        assert_same_stability(spec_of(seed))


def test_stability_compiled(monkeypatch):
    pytest.importorskip("numba")
    monkeypatch.setattr(lines, "ROUNDS", 0)
    monkeypatch.setattr(lines, "COMPILED_FROM", 0)
    for seed in range(12_000, 12_600):
        assert_same_stability(spec_of(seed))


def test_ways_out_of_every_coalition():
    for seed in range(20_000, 20_600):
        spec = spec_of(seed)
        game, model = to_game(spec), to_model(spec)
        ways = ways_out(model, Reach(model.moves, model.status_quo))
        assert_same_ways(game, model, ways, spec)


def assert_same_ways(game, model, ways, spec) -> None:
    names = model.decision_makers
    found = {frozenset(names[dm] for dm in members): {model.states.label(s) for s in np.nonzero(mask)[0]} for members, mask in ways.items()}
    for members in Reach(model.moves, model.status_quo).coalitions:
        coalition = frozenset(names[dm] for dm in members)
        assert found.get(coalition, set()) == reference.ways_out(game, spec["status_quo"], coalition), (coalition, spec)
    assert {frozenset(names[dm] for dm in members) for members in minimal(ways)} == set(
        reference.minimal_coalitions(game, spec["status_quo"])
    )


def test_sequences_are_legal_and_shortest():
    for seed in range(21_000, 21_300):
        spec = spec_of(seed)
        game, model = to_game(spec), to_model(spec)
        reach = Reach(model.moves, model.status_quo)
        for members, mask in ways_out(model, reach).items():
            for state in np.nonzero(mask)[0].tolist():
                assert_legal(game, model, reach.sequence(members, state), members, state, spec)


def assert_legal(game, model, sequence, members, state, spec) -> None:
    label, names = model.states.label, model.decision_makers
    assert label(sequence[0].start) == spec["status_quo"]
    assert sequence[-1].to == state
    for before, after in itertools.pairwise(sequence):
        assert before.to == after.start
        assert before.dm != after.dm, "nobody moves twice in succession"
    for move in sequence:
        assert move.dm in members
        assert label(move.to) in game.moves[names[move.dm]][label(move.start)]
    coalition = frozenset(names[dm] for dm in members)
    assert len(sequence) == reference.shortest_length(game, coalition, spec["status_quo"], label(state))


def test_ties_between_shortest_sequences_go_by_file_order():
    """Every shortest sequence is listed by brute force; the engine's is the first by mover, then by number of state."""
    for seed in range(22_000, 22_150):
        spec = spec_of(seed)
        model = to_model(spec)
        reach = Reach(model.moves, model.status_quo)
        for members, mask in ways_out(model, reach).items():
            for state in np.nonzero(mask)[0].tolist():
                told = tuple((move.dm, move.to) for move in reach.sequence(members, state))
                assert told == min(all_sequences(model, members, state, len(told)))


def all_sequences(model, members, state, length, so_far=()):
    """Yield every legal sequence of `length` moves that ends at `state`."""
    here = so_far[-1][1] if so_far else model.status_quo
    if len(so_far) == length:
        if here == state:
            yield so_far
        return
    for dm in members:
        if not so_far or so_far[-1][0] != dm:
            for to in model.moves.successors(dm, here).tolist():
                yield from all_sequences(model, members, state, length, (*so_far, (dm, to)))


def test_ends():
    for seed in range(23_000, 23_600):
        spec = spec_of(seed)
        game, model = to_game(spec), to_model(spec)
        evolution = Evolution(model)
        for state in range(model.num_states):
            ends = evolution.ends(state)
            found = {frozenset(model.states.label(s) for s in end.states) for end in ends}
            assert found == reference.ends(game, model.states.label(state)), (state, spec)
            assert all(end.is_cycle == (len(end.states) > 1) for end in ends)

"""Moves of explicit graphs, which need not be transitive, against sets built one by one."""

import time
from random import Random

import numpy as np
import pytest

import reference
from bridge import to_model
from generators import random_graph_spec, to_game
from offramp.model import arcs
from offramp.model.arcs import ArcMoves
from offramp.model.conflict import States


def some_values(rng: Random, number: int) -> np.ndarray:
    return np.array([rng.randint(-3, 9) for _ in range(number)], dtype=np.int64)


def test_random_graphs() -> None:
    for seed in range(4_000, 4_400):
        rng = Random(seed)
        spec = random_graph_spec(rng)
        game, moves = to_game(spec), to_model(spec).moves
        values = some_values(rng, len(game.states))
        worth = dict(zip(game.states, values.tolist(), strict=True))
        for dm, name in enumerate(game.names):
            for state, label in enumerate(game.states):
                assert [game.states[to] for to in moves.successors(dm, state)] == sorted(game.moves[name][label])
            wanted = [max([worth[s], *(worth[t] for t in game.moves[name][s])]) for s in game.states]
            assert moves.best(dm, values).tolist() == wanted
        assert values.tolist() == list(worth.values())


@pytest.mark.parametrize("rounds", [0, 1, arcs.ROUNDS])
def test_lowest_and_reached_by_legal_sequences(rounds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arcs, "ROUNDS", rounds)  # without sweeps, or with too few, states are settled one by one
    for seed in range(4_000, 4_400):
        rng = Random(seed)
        spec = random_graph_spec(rng)
        game, model = to_game(spec), to_model(spec)
        values = some_values(rng, len(game.states))
        worth = dict(zip(game.states, values.tolist(), strict=True))
        movers = sorted(rng.sample(range(len(game.names)), rng.randint(0, len(game.names))))
        names = [game.names[dm] for dm in movers]
        for ranks in (None, model.ranks):
            wanted = [min([worth[s], *(worth[t] for t in reference.reach(game, names, s, ranks is not None))]) for s in game.states]
            assert model.moves.lowest(movers, values, ranks).tolist() == wanted, spec
        start = rng.randrange(len(game.states))
        reached = {game.states[s] for s in np.nonzero(model.moves.reached(movers, start))[0]}
        assert reached == reference.reach(game, names, game.states[start]) | {game.states[start]}


def test_nobody_moves_twice_in_succession() -> None:
    """s1 to s2 and s2 to s3 are both moves of the first: alone it gets no further than s2, with another between to s3."""
    moved = [np.array([[0, 1], [1, 2]]), np.array([[1, 1 + 2]]), np.array([[3, 1]])]
    moves = ArcMoves(4, moved)
    assert moves.reached([0], 0).tolist() == [True, True, False, False]
    assert moves.reached([0, 1], 0).tolist() == [True, True, False, True]
    assert moves.reached([0, 1, 2], 0).tolist() == [True, True, True, True]
    values = np.array([9, 8, 0, 7], dtype=np.int64)
    assert moves.lowest([0], values).tolist() == [8, 0, 0, 7]
    assert moves.lowest([0, 1, 2], values).tolist() == [0, 0, 0, 0]


def test_no_arcs_and_doubled_arcs() -> None:
    moves = ArcMoves(3, [np.array([], dtype=np.int64), np.array([[0, 2], [0, 2], [0, 1]])])
    assert moves.successors(0, 0).tolist() == []
    assert moves.successors(1, 0).tolist() == [1, 2]
    assert moves.best(0, np.array([1, 2, 3])).tolist() == [1, 2, 3]
    assert moves.lowest([0], np.array([1, 2, 3])).tolist() == [1, 2, 3]
    assert moves.num_decision_makers == 2


def test_a_large_graph_is_walked_without_delay() -> None:
    """A ring of 20,000 states: looking through all arcs at every step would take minutes."""
    number = 20_000
    ring = np.array([[k, (k + 1) % number] for k in range(number)])
    start = time.monotonic()
    moves = ArcMoves(number, [ring[::2], ring[1::2]])
    assert moves.reached([0, 1], 0).all()
    assert moves.lowest([0, 1], np.arange(number, dtype=np.int64)).max() == 0
    assert time.monotonic() - start < 5


def test_states_of_a_graph_go_by_name() -> None:
    states = States(names=("peace", "war", "truce"))
    assert len(states) == 3
    assert states.labels == ("peace", "war", "truce")
    assert [states.index(name) for name in ("truce", "peace", "Peace", "")] == [2, 0, None, None]
    assert {name: column.tolist() for name, column in states.columns().items()} == {
        "peace": [True, False, False],
        "war": [False, True, False],
        "truce": [False, False, True],
    }

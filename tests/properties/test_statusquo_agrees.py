"""Status-quo analysis against a second, plain search over pairs of a state and its last mover.

The plain search knows the sets of the reference only; it keeps for each pair the
first of its shortest sequences, found by comparing all of them.
"""

from random import Random

import pytest

from bridge import to_model
from generators import random_graph_spec, random_option_spec, to_game
from offramp.analysis.statusquo import KINDS, statusquo
from offramp.analysis.undo import can_return, final_options, undoing
from reference import Game

NUM_MODELS = 600
CHUNK = 100


def spec_of(seed):
    rng = Random(seed)
    return random_option_spec(rng, rng.choice([3, 4, 5])) if seed % 3 else random_graph_spec(rng)


def steps(game: Game, kind, by, state, last):
    """Return the moves that are legal after `last` has moved to `state`, as (position of the mover, state)."""
    return [
        (dm, after)
        for dm, name in enumerate(game.names)
        if name in by and dm != last
        for after in game.moves[name][state]
        if kind == "moves" or game.rank[name][after] > game.rank[name][state]
    ]


def levels(game: Game, kind, by, start):
    """Yield level by level, by pair, the first of all shortest sequences to it; then what is new at that level."""
    place = {state: number for number, state in enumerate(game.states)}
    level, seen = {(start, None): ()}, {(start, None)}
    while level:
        yield level
        found = {}
        for (state, last), path in level.items():
            for dm, after in steps(game, kind, by, state, last):
                longer = (*path, (dm, place[after]))
                if (after, dm) not in seen and ((after, dm) not in found or longer < found[after, dm]):
                    found[after, dm] = longer
        seen |= found.keys()
        level = found


def plain(game: Game, kind, by, start):
    """Return by state its first shortest sequence, in order, and by move the earliest place it has."""
    first, places = {}, {}
    for depth, level in enumerate(levels(game, kind, by, start)):
        for (state, last), path in sorted(level.items(), key=lambda item: item[1]):
            first.setdefault(state, path)
            for dm, after in steps(game, kind, by, state, last):
                places.setdefault((state, dm, after), depth + 1)
    return first, places


@pytest.mark.parametrize("chunk", range(NUM_MODELS // CHUNK))
def test_what_is_reached_and_how(chunk: int) -> None:
    for seed in range(chunk * CHUNK, (chunk + 1) * CHUNK):
        spec, rng = spec_of(seed), Random(-1 - seed)
        game, model = to_game(spec), to_model(spec)
        by = [name for name in game.names if rng.random() < 0.8] if rng.random() < 0.5 else list(game.names)
        start = rng.randrange(model.num_states) if rng.random() < 0.5 else model.status_quo
        for kind in KINDS:
            first, places = plain(game, kind, by, game.states[start])
            ours = statusquo(model, kind, start, [game.names.index(name) for name in by])
            told = {arrival.state: tuple((move.dm, move.to) for move in arrival.moves) for arrival in ours.arrivals}
            assert list(told.items()) == [(game.states.index(s), path) for s, path in first.items() if path], (seed, kind)
            arcs = {(game.states[a.move.start], a.move.dm, game.states[a.move.to]): a.place for a in ours.arcs}
            assert arcs == places, (seed, kind)
            order = [(arc.move.start, arc.move.dm, arc.move.to) for arc in ours.arcs]
            assert order == sorted(order)
            assert not ours.is_cut
            assert all(pair[0].to == pair[1].start for a in ours.arrivals for pair in zip(a.moves, a.moves[1:], strict=False))


@pytest.mark.parametrize("chunk", range(NUM_MODELS // CHUNK))
def test_a_limit_keeps_the_nearest(chunk: int) -> None:
    for seed in range(chunk * CHUNK, (chunk + 1) * CHUNK):
        model = to_model(spec_of(seed))
        for kind in KINDS:
            whole = statusquo(model, kind)
            for limit in range(1, len(whole.arrivals) + 2):
                part = statusquo(model, kind, limit=limit)
                assert part.arrivals == whole.arrivals[:limit], (seed, kind, limit)
                assert part.is_cut == (limit < len(whole.arrivals))
                assert {arc.move for arc in part.arcs} <= {arc.move for arc in whole.arcs}
                assert {state for arc in part.arcs for state in (arc.move.start, arc.move.to)} <= set(part.states)
                assert {move for arrival in part.arrivals for move in arrival.moves} <= {arc.move for arc in part.arcs}


@pytest.mark.parametrize("chunk", range(NUM_MODELS // CHUNK))
def test_what_can_be_taken_back_of_all_states_at_once(chunk: int) -> None:
    for seed in range(chunk * CHUNK, (chunk + 1) * CHUNK):
        model = to_model(spec_of(seed))
        found = undoing(model)
        for state in range(model.num_states):
            assert bool(found.returns[state]) == can_return(model, [state]), (seed, state)
            assert found.final_at(state) == final_options(model, [state]), (seed, state)

"""Status-quo analysis against a second, plain search over pairs of a state and its last mover.

The plain search knows the sets of the reference only; it keeps for each pair the
first of its shortest sequences, found by comparing all of them. On preferences
that are no ranking it is held to every legal sequence of a few moves, one by one.
"""

import json
from random import Random

import numpy as np
import pytest

import relational
from bridge import to_model
from generators import random_graph_spec, random_option_spec, to_game
from offramp.analysis.solve import solve
from offramp.analysis.statusquo import KINDS, statusquo
from offramp.analysis.undo import can_return, final_options, undoing
from offramp.case.load import read_case_text
from offramp.model.build import Builder
from offramp.stability.settings import Settings
from reference import Game
from relations import random_case

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


def steps_of_sequences(game, wanted, state, last, length):
    """Yield every step of every legal sequence of at most `length` moves, as (place, state, who, state after)."""
    for name in game.names if length else ():
        for after in game.moves[name][state] if name != last else ():
            if wanted(name, state, after):
                yield 1, state, name, after
                yield from ((place + 1, *step) for place, *step in steps_of_sequences(game, wanted, after, name, length - 1))


def may_want(game, unknown, kind):
    """Return who wants which move: by the table of the extensions, in the relational reference."""
    rules = relational.Rules(unknown=unknown)
    return lambda name, s, t: kind == "moves" or relational.tempts(rules, relational.sign(game, name, s, t))


@pytest.mark.parametrize("seed", range(150))
def test_unknown_preference_and_depth(seed: int) -> None:
    rng = Random(f"status quo {seed}")
    drawn = random_case(rng)
    builder = Builder(read_case_text(json.dumps(drawn.case)))
    model = builder.model(builder.choice())
    label, game = model.states.label, drawn.game
    for unknown in "abcd":
        for kind in KINDS:
            depth, wanted = rng.randint(1, 4), may_want(game, unknown, kind)
            found = statusquo(model, kind, depth=depth, settings=Settings(unknown=unknown))
            there = list(steps_of_sequences(game, wanted, label(model.status_quo), None, depth))
            places = {(s, name, t): min(place for place, *step in there if step == [s, name, t]) for _, s, name, t in there}
            moves = [(label(arc.move.start), model.decision_makers[arc.move.dm], label(arc.move.to)) for arc in found.arcs]
            assert dict(zip(moves, [arc.place for arc in found.arcs], strict=True)) == places, (seed, kind, unknown)
            nearest = {t: min(place for place, _, _, to in there if to == t) for *_, t in there if t != label(model.status_quo)}
            assert {label(arrival.state): len(arrival.moves) for arrival in found.arrivals} == nearest, (seed, kind, unknown)
            for arc, (s, name, t) in zip(found.arcs, moves, strict=True):
                assert found.is_wanted(arc.move) == may_want(game, unknown, "improvements")(name, s, t)
                assert found.is_unknown(arc.move) == (relational.sign(game, name, s, t) == "?")


@pytest.mark.parametrize("unknown", list("abcd"))
def test_what_no_wanted_move_leaves_is_stable_by_nash(unknown: str) -> None:
    settings = Settings(unknown=unknown)
    for seed in range(100):
        drawn = random_case(Random(f"rest {seed}"))
        builder = Builder(read_case_text(json.dumps(drawn.case)))
        model = builder.model(builder.choice())
        rest = [not statusquo(model, "improvements", state, settings=settings).arrivals for state in range(model.num_states)]
        plain = [relational.stable(drawn.game, relational.Rules(unknown=unknown), "nash", name) for name in drawn.game.names]
        assert rest == [all(model.states.label(state) in stable for stable in plain) for state in range(model.num_states)], seed
        assert np.array_equal(rest, solve(model, ["nash"], settings).equilibria("nash")), seed

"""Moves on lines against sets of states built one by one."""

import time
from random import Random

import numpy as np
import pytest

import reference
from bridge import to_model
from generators import OptionSpec, random_option_spec, to_game
from offramp.errors import TooManyStatesError
from offramp.model import lines
from offramp.model.lines import LineMoves, cells_of
from offramp.model.states import label_code

ALL = range(3_000, 3_300)


def drawn(seed: int) -> tuple[Random, OptionSpec]:
    rng = Random(seed)
    return rng, random_option_spec(rng, rng.choice([3, 4, 5, 6]))


def some_values(rng: Random, number: int) -> np.ndarray:
    return np.array([rng.randint(-3, 12) for _ in range(number)], dtype=np.int64)


def test_successors() -> None:
    for seed in ALL:
        _, spec = drawn(seed)
        game, model = to_game(spec), to_model(spec)
        for dm, name in enumerate(game.names):
            for state, label in enumerate(game.states):
                found = model.moves.successors(dm, state).tolist()
                assert found == sorted(found)
                assert {game.states[to] for to in found} == game.moves[name][label], (name, label, spec)


def test_best() -> None:
    for seed in ALL:
        rng, spec = drawn(seed)
        game, model = to_game(spec), to_model(spec)
        values = some_values(rng, len(game.states))
        worth = dict(zip(game.states, values.tolist(), strict=True))
        for dm, name in enumerate(game.names):
            wanted = [max([worth[s], *(worth[t] for t in game.moves[name][s])]) for s in game.states]
            assert model.moves.best(dm, values).tolist() == wanted, spec
        assert values.tolist() == list(worth.values()), "the values are left alone"


def lowest_by_sets(game: reference.Game, movers: list[str], values: np.ndarray, improving: bool) -> list[int]:
    worth = dict(zip(game.states, values.tolist(), strict=True))
    return [min([worth[s], *(worth[t] for t in reference.reach(game, movers, s, improving))]) for s in game.states]


@pytest.mark.parametrize(("rounds", "compiled_from"), [(6, 1 << 40), (0, 1 << 40), (1, 1 << 40), (0, 0)])
def test_lowest(rounds: int, compiled_from: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """By sweeps, by settling, by settling after a round, and compiled."""
    monkeypatch.setattr(lines, "ROUNDS", rounds)
    monkeypatch.setattr(lines, "COMPILED_FROM", compiled_from)
    for seed in range(3_000, 3_120):
        rng, spec = drawn(seed)
        game, model = to_game(spec), to_model(spec)
        movers = sorted(rng.sample(range(len(game.names)), rng.randint(0, len(game.names))))
        names = [game.names[dm] for dm in movers]
        values = some_values(rng, len(game.states))
        assert model.moves.lowest(movers, values).tolist() == lowest_by_sets(game, names, values, False), spec
        assert model.moves.lowest(movers, values, model.ranks).tolist() == lowest_by_sets(game, names, values, True), spec


def test_reached() -> None:
    for seed in ALL:
        rng, spec = drawn(seed)
        game, model = to_game(spec), to_model(spec)
        start = rng.randrange(len(game.states))
        for number in range(len(game.names) + 1):
            movers = sorted(rng.sample(range(len(game.names)), number))
            found = {game.states[s] for s in np.nonzero(model.moves.reached(movers, start))[0]}
            assert found == reference.reach(game, [game.names[dm] for dm in movers], game.states[start]) | {game.states[start]}


def moves_of(labels: list[str], own: list[str], forward: list[str], backward: list[str]) -> LineMoves:
    """Return moves from patterns of Y for the options that are one's own, that only go forward, only backward."""
    codes = np.array(sorted(label_code(label) for label in labels), dtype=np.int64)
    return LineMoves(codes, *([label_code(pattern) for pattern in patterns] for patterns in (own, forward, backward)))


def test_by_hand_what_is_done_stays_done() -> None:
    """One decision maker: the first option goes forward only, the second backward only. States NN, YN, NY, YY."""
    moves = moves_of(["NN", "YN", "NY", "YY"], ["YY"], ["YN"], ["NY"])
    assert [moves.successors(0, state).tolist() for state in range(4)] == [[1], [], [0, 1, 3], [1]]


def test_a_decision_maker_without_options_never_moves() -> None:
    moves = moves_of(["NN", "YN"], ["YY", "NN"], ["NN", "NN"], ["NN", "NN"])
    values = np.array([5, 1], dtype=np.int64)
    assert [moves.successors(1, state).tolist() for state in (0, 1)] == [[], []]
    assert moves.best(1, values).tolist() == [5, 1]
    assert moves.lowest([1], values).tolist() == [5, 1]
    assert moves.reached([1], 0).tolist() == [True, False]
    assert moves.reached([], 1).tolist() == [False, True]


def test_a_single_state() -> None:
    moves = moves_of(["YNY"], ["YYY"], ["YNN"], ["NNN"])
    values = np.array([3], dtype=np.int64)
    assert moves.successors(0, 0).tolist() == []
    assert moves.best(0, values).tolist() == moves.lowest([0], values).tolist() == [3]


def test_nothing_hangs_on_how_high_unbounded_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prefixes of sorted lists are told apart by a shift; one that grows with UNBOUNDED would overflow in a large model."""
    wanted = {}
    for height in (1 << 40, 1 << 60):
        monkeypatch.setattr(lines, "UNBOUNDED", np.int64(height))
        for seed in range(3_000, 3_060):
            rng, spec = drawn(seed)
            model = to_model(spec)
            values = some_values(rng, model.num_states)
            found = model.moves.lowest(range(len(model.decision_makers)), values, model.ranks).tolist()
            assert wanted.setdefault(seed, found) == found


# One-way options: many patterns.


@pytest.mark.parametrize("number", [1, 3, 6])
def test_a_full_lattice_and_one_with_a_hole_carry_the_same(number: int) -> None:
    """All patterns pass values bit by bit, some patterns along their covers: both are compared with pairs of states."""
    rng = Random(number)
    full = 1 << number
    for codes in (range(full), sorted(rng.sample(range(full), max(1, full - 2)))):
        array = np.array(list(codes), dtype=np.int64)
        cells = cells_of(array, full - 1, full - 1, 0)
        values = some_values(rng, len(array))
        for forward in (False, True):
            reached = [[t for t in codes if (s & t == t if forward else s & t == s)] for s in codes]
            place = {code: k for k, code in enumerate(codes)}
            for operation, choose in ((np.maximum, max), (np.minimum, min)):
                assert cells.fold(values, operation, forward).tolist() == [choose(values[place[t]] for t in there) for there in reached]


def one_way(number: int, free: int = 1) -> LineMoves:
    """Return the moves of one with `number` irreversible options and of another with `free` options."""
    codes = np.arange(1 << (number + free), dtype=np.int64)
    mine = (1 << number) - 1
    return LineMoves(codes, [mine, int(codes[-1]) & ~mine], [mine, 0], [0, 0])


def test_eleven_irreversible_options_take_no_minute() -> None:
    start = time.monotonic()
    moves = one_way(11)
    values = np.arange(1 << 12, dtype=np.int64)[::-1].copy()
    assert moves.best(0, np.arange(1 << 12, dtype=np.int64))[0] == (1 << 11) - 1
    assert moves.lowest([0, 1], values).tolist() == [0] * (1 << 12)
    assert moves.reached([0], 5).sum() == 1 << 9  # nine of eleven are still open
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(("number", "free", "words"), [(13, 1, "8,192 ways; at most 4,096"), (12, 8, "136,048,896 pairs")])
def test_too_many_patterns_are_refused_before_memory_is_spent(number: int, free: int, words: str) -> None:
    start = time.monotonic()
    with pytest.raises(TooManyStatesError, match=words) as caught:
        one_way(number, free)
    assert "merge options, or leave some out" in str(caught.value)
    assert time.monotonic() - start < 5

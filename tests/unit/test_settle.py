"""The settling kernel, plain and compiled, against a search from every state."""

from random import Random

import numpy as np
import pytest

from offramp.model.lines import Cells, cells_of
from offramp.model.settle import has_compiler, settle

COMPILED = [False, pytest.param(True, marks=pytest.mark.skipif(not has_compiler(), reason="needs Numba"))]


def drawn(seed: int) -> tuple[list[int], list[tuple[int, int, int]], np.ndarray, np.ndarray]:
    """Return codes, the bits of each mover (own, forward, backward), values and ranks."""
    rng = Random(seed)
    num_options = rng.randint(1, 6)
    codes = sorted(rng.sample(range(1 << num_options), rng.randint(1, 1 << num_options)))
    movers = []
    left = list(range(num_options))
    rng.shuffle(left)
    for _ in range(rng.randint(1, 3)):
        own = [left.pop() for _ in range(rng.randint(0, len(left)))]
        forward = [k for k in own if rng.random() < 0.3]
        backward = [k for k in own if k not in forward and rng.random() < 0.3]
        movers.append(tuple(sum(1 << k for k in bits) for bits in (own, forward, backward)))
    values = np.array([rng.randint(0, 9) for _ in codes], dtype=np.int64)
    ranks = np.array([[rng.randint(0, 5) for _ in codes] for _ in movers], dtype=np.int64)
    return codes, movers, values, ranks


def moves(code: int, to: int, own: int, forward: int, backward: int) -> bool:
    changed = code ^ to
    return bool(changed) and not changed & ~own and not code & changed & forward and not to & changed & backward


def searched(codes: list[int], movers: list[tuple[int, int, int]], values: np.ndarray, ranks: np.ndarray | None) -> list[int]:
    """Return the lowest value that any chain of moves reaches from each state."""
    found = []
    for start in range(len(codes)):
        seen, waiting = {start}, [start]
        for here in waiting:
            for mover, bits in enumerate(movers):
                for to in range(len(codes)):
                    improves = ranks is None or ranks[mover, to] > ranks[mover, here]
                    if to not in seen and improves and moves(codes[here], codes[to], *bits):
                        seen.add(to)
                        waiting.append(to)
        found.append(min(int(values[s]) for s in seen))
    return found


def cells(codes: list[int], movers: list[tuple[int, int, int]]) -> list[Cells]:
    return [cells_of(np.array(codes, dtype=np.int64), *bits) for bits in movers]


@pytest.mark.parametrize("compiled", COMPILED)
def test_random(compiled: bool) -> None:
    for seed in range(250):
        codes, movers, values, ranks = drawn(seed)
        there = cells(codes, movers)
        none = np.zeros((0, len(codes)), dtype=np.int64)
        assert settle(there, values, none, compiled).tolist() == searched(codes, movers, values, None), seed
        assert settle(there, values, ranks, compiled).tolist() == searched(codes, movers, values, ranks), seed


@pytest.mark.parametrize("compiled", COMPILED)
def test_values_and_ranks_are_left_alone(compiled: bool) -> None:
    codes, movers, values, ranks = drawn(3)
    before = values.copy(), ranks.copy()
    result = settle(cells(codes, movers), values, ranks, compiled)
    result[:] = -1
    assert np.array_equal(values, before[0])
    assert np.array_equal(ranks, before[1])


@pytest.mark.parametrize("compiled", COMPILED)
def test_nobody_moves(compiled: bool) -> None:
    values = np.array([3, 1, 2], dtype=np.int64)
    found = settle([], values, np.zeros((0, 3), dtype=np.int64), compiled)
    assert found.tolist() == [3, 1, 2]
    found[0] = 9
    assert values[0] == 3


@pytest.mark.parametrize("compiled", COMPILED)
def test_a_chain_as_long_as_there_are_states(compiled: bool) -> None:
    """Two movers climb alternately through a Gray code: each state improves only to the next."""
    number = 10
    gray = [k ^ (k >> 1) for k in range(1 << number)]
    step = {code: place for place, code in enumerate(gray)}
    codes = list(range(1 << number))
    half = (1 << (number // 2)) - 1
    movers = [(half, 0, 0), (half << (number // 2), 0, 0)]
    ranks = np.array([[step[code] for code in codes]] * 2, dtype=np.int64)
    values = np.array([len(codes) - step[code] for code in codes], dtype=np.int64)
    assert set(settle(cells(codes, movers), values, ranks, compiled).tolist()) == {1}

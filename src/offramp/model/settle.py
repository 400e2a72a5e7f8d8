"""The kernel: settle states in the order of their sanction, lowest first.

Every state starts with a value. A state takes over the value of any state that
can be entered from it, if that is lower. Taken in ascending order of value, each
state is settled once and each list of a cell is walked once, so the work is
linear in states times movers (times the patterns that a pattern contains).

The one function runs as plain Python, or compiled by Numba where that is
installed; both give the same numbers.
"""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from offramp.model.lines import Cells

Ints = NDArray[np.int64]


@functools.cache
def has_compiler() -> bool:
    """Return whether Numba is installed."""
    return importlib.util.find_spec("numba") is not None


def settle(cells: Sequence[Cells], values: Ints, limits: Ints, compiled: bool) -> Ints:
    """Return the lowest value that the movers can bring about from each state.

    Parameters
    ----------
    cells : sequence of Cells
        One a mover.
    values : ndarray of int64, shape (num_states,)
        Value of each state.
    limits : ndarray of int64, shape (num_movers, num_states), or no rows
        Ranks: a mover enters a state only from states that it ranks lower.
        Without rows every move counts.
    compiled : bool
        Whether to run the kernel compiled by Numba.
    """
    lowest = np.empty_like(values)
    if not len(cells):
        return values.copy()
    ranked = len(limits) > 0
    rows = limits if ranked else np.zeros((len(cells), len(values)), dtype=np.int64)
    orders = [np.lexsort((row, c.cell)) for row, c in zip(rows, cells, strict=True)]
    bounds = [np.searchsorted(c.cell[order], np.arange(c.num_lines * c.num_patterns + 1)) for c, order in zip(cells, orders, strict=True)]
    subsets = [np.nonzero(c.contains[pattern])[0] for c in cells for pattern in range(c.num_patterns)]
    arguments: tuple[Any, ...] = (
        np.argsort(values, kind="stable"),
        values,
        rows,
        ranked,
        np.stack([c.line for c in cells]),
        np.stack([c.pattern for c in cells]),
        np.array([c.num_patterns for c in cells], dtype=np.int64),
        np.stack(orders),
        np.concatenate(bounds),
        _offsets(bounds),
        np.concatenate(subsets),
        _offsets(subsets),
        _offsets([range(c.num_patterns) for c in cells]),
        lowest,
    )
    if compiled:
        _compiled()(*arguments)
    else:
        plain: list[Any] = [part.tolist() if isinstance(part, np.ndarray) else part for part in arguments[:-1]]
        kernel: Callable[..., None] = _settle
        kernel(*plain, lowest)
    return lowest


def _offsets(pieces: Sequence[Any]) -> Ints:
    """Return where each piece begins once they are joined, and the end."""
    return np.concatenate([[0], np.cumsum([len(piece) for piece in pieces])]).astype(np.int64)


@functools.cache
def _compiled() -> Callable[..., None]:
    from numba import njit

    compiled: Callable[..., None] = njit(cache=True)(_settle)
    return compiled


def _settle(
    seeds: Any,
    values: Any,
    rows: Any,
    ranked: bool,
    line: Any,
    pattern: Any,
    num_patterns: Any,
    orders: Any,
    bounds: Any,
    bound_start: Any,
    subsets: Any,
    subset_start: Any,
    pattern_start: Any,
    lowest: Any,
) -> None:
    """Fill `lowest`; `bounds` is walked as one pointer a cell."""
    num_movers = len(num_patterns)
    pointer = bounds.copy()
    settled = [False] * len(values)
    waiting = [0] * len(values)
    for seed in seeds:
        if settled[seed]:
            continue
        value = values[seed]
        settled[seed] = True
        lowest[seed] = value
        waiting[0] = seed
        num_waiting = 1
        while num_waiting:
            num_waiting -= 1
            state = waiting[num_waiting]
            for mover in range(num_movers):
                which = pattern_start[mover] + pattern[mover][state]
                for place in range(subset_start[which], subset_start[which + 1]):
                    cell = bound_start[mover] + line[mover][state] * num_patterns[mover] + subsets[place]
                    last = bounds[cell + 1]
                    while pointer[cell] < last:
                        other = orders[mover][pointer[cell]]
                        if ranked and rows[mover][other] >= rows[mover][state]:
                            break
                        pointer[cell] += 1
                        if not settled[other]:
                            settled[other] = True
                            lowest[other] = value
                            waiting[num_waiting] = other
                            num_waiting += 1

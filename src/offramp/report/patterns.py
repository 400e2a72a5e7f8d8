"""Codes of states, and sets of states in short: patterns over Y, N and -."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from offramp.model.conflict import States
from offramp.model.states import code_label

MAX_TOLD = 64
"""Number of patterns beyond which states are not summarised."""


def code_note(states: States, options: Sequence[str]) -> str:
    """Return how a code is read; `options` is what they are called."""
    either = "" if states.codes is not None else "; -: either way, in states that count as one"
    return f"A code has one letter an option: {', '.join(options)}{either}"


def state_patterns(states: States, chosen: Sequence[int]) -> tuple[str, ...] | None:
    """Return patterns that match exactly the chosen ones among the states that exist, `-` matching both.

    Parameters
    ----------
    states : States
        All that exist; what does not exist may match or not.
    chosen : sequence of int
        Their positions.

    Returns
    -------
    patterns : tuple of str, optional
        None for a graph, whose states have names only, and where more than
        `MAX_TOLD` would be needed. None of them is needless; fewer may be possible.

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("syria-iraq-1975")  # never YY-
    >>> state_patterns(model.states, [1, 4]), state_patterns(model.states, [0, 3, 5])
    (('Y--',), ('NN-', '-YY'))
    """
    if states.codes is None:
        return None
    is_chosen = np.zeros(len(states), dtype=np.bool_)
    is_chosen[list(chosen)] = True
    found: list[tuple[int, int]] = []
    left = is_chosen.copy()
    while left.any():
        if len(found) == MAX_TOLD:
            return None
        found.append(_widest(states, is_chosen, int(states.codes[np.flatnonzero(left)[0]])))
        left &= ~_matched(states.codes, found[-1])
    return tuple(_label(pattern, len(states.options)) for pattern in _needed(states.codes, is_chosen, found))


def _widest(states: States, is_chosen: NDArray[np.bool_], code: int) -> tuple[int, int]:
    """Return the options that have to be as in `code`, and what they are: options are freed one by one in file order."""
    assert states.codes is not None
    fixed = (1 << len(states.options)) - 1
    for place in range(len(states.options)):
        tried = fixed & ~(1 << place)
        if not (_matched(states.codes, (tried, code & tried)) & ~is_chosen).any():
            fixed = tried
    return fixed, code & fixed


def _matched(codes: NDArray[np.int64], pattern: tuple[int, int]) -> NDArray[np.bool_]:
    return (codes & np.int64(pattern[0])) == np.int64(pattern[1])


def _needed(codes: NDArray[np.int64], is_chosen: NDArray[np.bool_], found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the patterns without those of which others match everything."""
    for pattern in list(found):
        others = [other for other in found if other != pattern]
        if others and np.array_equal(np.logical_or.reduce([_matched(codes, other) for other in others]), is_chosen):
            found = others
    return found


def _label(pattern: tuple[int, int], num_options: int) -> str:
    fixed, value = (code_label(part, num_options) for part in pattern)
    return "".join(letter if is_fixed == "Y" else "-" for is_fixed, letter in zip(fixed, value, strict=True))

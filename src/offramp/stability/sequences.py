"""Sequences of moves for many departures at once: from where they lead to a wanted state.

What holds for each state of departure is one bit, as in `offramp.model.bits`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from offramp.model.arcs import arcs_of
from offramp.model.bits import Bits
from offramp.model.conflict import ConflictModel

Indices = NDArray[np.int64]

GATHERED = 1 << 24
"""Number of words that are gathered at a time, 8 bytes each; more only where one word a move is more."""

MAX_ONCE = 12
"""Number of opponents of whom each answers at most once; their sets number two to that power."""


@dataclass(frozen=True, eq=False)
class Arcs:
    """The moves of one decision maker as pairs, sorted by departure."""

    num_states: int
    start: Indices
    to: Indices

    @cached_property
    def _rows(self) -> tuple[Indices, Indices]:
        begins = np.flatnonzero(np.r_[True, self.start[1:] != self.start[:-1]]) if len(self.start) else np.zeros(0, dtype=np.int64)
        return self.start[begins], begins

    def some(self, bits: Bits) -> Bits:
        """Return, for every state, what holds in some state that a move leads to; nothing where there is no move."""
        found = np.zeros((self.num_states, bits.shape[1]), dtype=np.uint64)
        states, begins = self._rows
        width = max(1, GATHERED // max(len(self.to), 1))
        for first in range(0, bits.shape[1] if len(states) else 0, width):
            words = np.ascontiguousarray(bits[:, first : first + width])
            found[states, first : first + width] = np.bitwise_or.reduceat(words[self.to], begins, axis=0)
        return found


@dataclass(frozen=True, eq=False)
class Turns:
    """The moves of a coalition: what its members reach by taking turns, nobody twice in succession."""

    members: Sequence[Arcs]

    def some(self, bits: Bits) -> Bits:
        """Return, for every state, what holds in some state that the members lead to."""
        return led(self.members, bits, "legal")


def listed(model: ConflictModel, dm: int) -> Arcs:
    """Return all moves of the decision maker at position `dm`.

    Raises
    ------
    TooManyStatesError
        If there are too many to list.
    """
    arcs = arcs_of(model.moves, dm, model.decision_makers[dm])
    return Arcs(model.num_states, arcs[:, 0], arcs[:, 1])


def led(movers: Sequence[Arcs], wanted: Bits, sequences: str) -> Bits:
    """Return from where movers lead to a wanted state by at least one move.

    Parameters
    ----------
    movers : sequence of Arcs
        The moves of each.
    wanted : ndarray of uint64, shape (num_states, num_words)
        Which states are wanted, one bit a departure.
    sequences : str
        As in `Settings`.
    """
    if sequences == "one_step":
        return _either(wanted, [arcs.some(wanted) for arcs in movers])
    if sequences == "once":
        return _once(movers, frozenset(range(len(movers))), wanted, {})
    return _legally(movers, wanted)


def _either(like: Bits, bits: Sequence[Bits]) -> Bits:
    found: Bits = np.bitwise_or.reduce(bits, axis=0) if len(bits) else np.zeros_like(like)
    return found


def _legally(movers: Sequence[Arcs], wanted: Bits) -> Bits:
    """Return from where the movers lead to a wanted state by a sequence in which nobody moves twice in succession."""
    led = [np.zeros_like(wanted) for _ in movers]  # by a sequence that this mover begins
    while True:
        before = [bits.copy() for bits in led]
        for mover, arcs in enumerate(movers):
            others = [bits for other, bits in enumerate(led) if other != mover]
            led[mover] = arcs.some(_either(wanted, [wanted, *others]))
        if all(np.array_equal(one, other) for one, other in zip(before, led, strict=True)):
            return _either(wanted, led)


def _once(movers: Sequence[Arcs], left: frozenset[int], wanted: Bits, known: dict[frozenset[int], Bits]) -> Bits:
    """Return from where those who are left lead to a wanted state, each moving at most once."""
    if left not in known:
        first = [movers[one].some(wanted | _once(movers, left - {one}, wanted, known)) for one in left]
        known[left] = _either(wanted, first)
    return known[left]

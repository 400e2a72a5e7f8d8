"""All unilateral moves of a world as arcs, along which many variants are followed at once.

A world has one set of moves; variants differ in who improves by which of them.
What holds in a variant is one bit (see `offramp.model.bits`), so one pass
over the arcs carries all variants one move further.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from offramp.model.arcs import arcs_of
from offramp.model.bits import Bits
from offramp.model.conflict import Moves
from offramp.model.lines import LineMoves

Indices = NDArray[np.int64]

MAX_ARCS = 1 << 24
"""Number of unilateral moves of one decision maker that are listed one by one."""


@dataclass(frozen=True, eq=False)
class Arcs:
    """The moves of one decision maker: `src` ascending, `starts` where each of `origins` begins."""

    src: Indices
    dst: Indices

    @cached_property
    def origins(self) -> tuple[Indices, Indices]:
        """The states that can be left, and where each begins among the arcs."""
        return _runs(self.src)

    @cached_property
    def arrivals(self) -> tuple[Indices, Indices, Indices]:
        """The arcs by where they lead: their order, the states that can be entered, where each begins in that order."""
        order = np.argsort(self.dst, kind="stable")
        return (order, *_runs(self.dst[order]))

    def back(self, values: Bits, open_: Bits | None) -> tuple[Indices, Bits]:
        """Return the states from which an open arc leads to where `values` holds, with the variants in which."""
        states, starts = self.origins
        there = values[self.dst] if open_ is None else values[self.dst] & open_
        return states, np.bitwise_or.reduceat(there, starts, axis=0)

    def forth(self, values: Bits, open_: Bits | None) -> tuple[Indices, Bits]:
        """Return the states to which an open arc leads from where `values` holds, with the variants in which."""
        order, states, starts = self.arrivals
        here = values[self.src] if open_ is None else values[self.src] & open_
        return states, np.bitwise_or.reduceat(here[order], starts, axis=0)


class Net:
    """The moves of all decision makers in one world.

    Parameters
    ----------
    moves : Moves
        Lines or arcs.

    Raises
    ------
    TooManyStatesError
        If one decision maker has more than `MAX_ARCS` moves.
    """

    def __init__(self, moves: Moves) -> None:
        self.num_states = moves.num_states
        self.is_transitive = isinstance(moves, LineMoves)
        self.arcs = tuple(_arcs(moves, dm) for dm in range(moves.num_decision_makers))

    def reaching(self, movers: Sequence[int], goal: Bits, opens: Sequence[Bits | None]) -> Bits:
        """Return from where a legal sequence of `movers` along open arcs leads to `goal`, or is there.

        Parameters
        ----------
        movers : sequence of int
            Decision makers; none of them moves twice in succession, which on
            lines rules nothing out.
        goal : ndarray of uint64, shape (num_states, num_words)
            Where to.
        opens : sequence of ndarray of uint64, shape (num_arcs, num_words), or None
            For each decision maker, in which variants each arc is open; None for all.
        """
        movers = [dm for dm in movers if len(self.arcs[dm].src)]
        if self.is_transitive or len(movers) < 2:
            return self._closed(movers, goal, opens) if self.is_transitive else self._single(movers, goal, opens)
        by_mover = {dm: np.zeros_like(goal) for dm in movers}
        changed = True
        while changed:
            changed = False
            for dm in movers:
                entered = goal.copy()
                for other in movers:
                    if other != dm:
                        entered |= by_mover[other]
                states, found = self.arcs[dm].back(entered, opens[dm])
                changed |= not np.array_equal(by_mover[dm][states], found)
                by_mover[dm][states] = found
        return np.bitwise_or.reduce([goal, *by_mover.values()])

    def _single(self, movers: Sequence[int], goal: Bits, opens: Sequence[Bits | None]) -> Bits:
        result = goal.copy()
        for dm in movers:
            states, found = self.arcs[dm].back(goal, opens[dm])
            result[states] |= found
        return result

    def _closed(self, movers: Sequence[int], goal: Bits, opens: Sequence[Bits | None]) -> Bits:
        result = goal.copy()
        waiting = list(movers)
        while waiting:  # until every mover has been tried since anything changed
            dm = waiting.pop(0)
            states, found = self.arcs[dm].back(result, opens[dm])
            found |= result[states]
            if not np.array_equal(found, result[states]):
                result[states] = found
                waiting = [other for other in movers if other != dm]
        return result

    def reached(self, start: int, allowed: Bits, within: Sequence[NDArray[np.bool_]] = ()) -> list[Bits]:
        """Return where legal sequences lead from `start`, one bit a set of movers.

        Parameters
        ----------
        start : int
            The state they begin at.
        allowed : ndarray of uint64, shape (num_decision_makers, num_words)
            In which sets each decision maker is.
        within : sequence of ndarray of bool, shape (num_states,), optional
            The states that a sequence may pass besides `start`; by default all.

        Returns
        -------
        reached : list of ndarray of uint64, shape (num_states, num_words)
            One for each of `within`; `start` is in all.
        """
        number, words = max(1, len(within)), allowed.shape[1]
        allowed = np.tile(allowed, (1, number))
        first = np.zeros((self.num_states, allowed.shape[1]), dtype=np.uint64)
        first[start] = np.bitwise_or.reduce(allowed)
        passable = np.full_like(first, ~np.uint64(0))
        for place, mask in enumerate(within):
            passable[~mask, place * words : (place + 1) * words] = 0
        passable[start] = ~np.uint64(0)
        reached = self._reached_anyhow(first, allowed, passable) if self.is_transitive else self._reached_by_turns(first, allowed, passable)
        return np.split(reached, number, axis=1)

    def _reached_anyhow(self, result: Bits, allowed: Bits, passable: Bits) -> Bits:
        movers = [dm for dm, arcs in enumerate(self.arcs) if len(arcs.src)]
        waiting = list(movers)
        while waiting:
            dm = waiting.pop(0)
            states, found = self.arcs[dm].forth(result & allowed[dm], None)
            found = (found & passable[states]) | result[states]
            if not np.array_equal(found, result[states]):
                result[states] = found
                waiting = [other for other in movers if other != dm]
        return result

    def _reached_by_turns(self, first: Bits, allowed: Bits, passable: Bits) -> Bits:
        last = [np.zeros_like(first) for _ in self.arcs]
        changed = True
        while changed:
            changed = False
            for dm, arcs in enumerate(self.arcs):
                if not len(arcs.src):
                    continue
                before = np.bitwise_or.reduce([first, *(there for k, there in enumerate(last) if k != dm)])
                states, found = arcs.forth(before & allowed[dm], None)
                found = (found & passable[states]) | last[dm][states]
                changed |= not np.array_equal(last[dm][states], found)
                last[dm][states] = found
        return np.bitwise_or.reduce([first, *last])


def following(arcs: Arcs, start: Bits, open_: Bits) -> Bits:
    """Return where open arcs lead from `start`, in any number of moves, `start` included."""
    result = start.copy()
    while True:
        states, found = arcs.forth(result, open_)
        found |= result[states]
        if np.array_equal(found, result[states]):
            return result
        result[states] = found


def leading(arcs: Arcs, goal: Bits, open_: Bits) -> Bits:
    """Return from where open arcs lead to `goal`, in any number of moves, `goal` included."""
    result = goal.copy()
    while True:
        states, found = arcs.back(result, open_)
        found |= result[states]
        if np.array_equal(found, result[states]):
            return result
        result[states] = found


def _arcs(moves: Moves, dm: int) -> Arcs:
    pairs = arcs_of(moves, dm, "one decision maker", MAX_ARCS)
    return Arcs(pairs[:, 0], pairs[:, 1])


def _runs(ascending: Indices) -> tuple[Indices, Indices]:
    """Return the distinct values of a sorted array, and where each begins."""
    if not len(ascending):
        return ascending, ascending
    starts = np.flatnonzero(np.concatenate([[True], ascending[1:] != ascending[:-1]]))
    return ascending[starts], starts

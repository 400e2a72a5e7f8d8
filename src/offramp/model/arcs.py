"""Moves of an explicit graph: arcs, with the last mover remembered.

Moves of a graph need not be transitive, so a legal sequence has to know who
moved last. The same two questions as for lines, `best` and `lowest`, are
answered over pairs of a state and its last mover.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from offramp.errors import TooManyStatesError
from offramp.model.preference import UNBOUNDED

if TYPE_CHECKING:
    from offramp.model.conflict import Moves
    from offramp.model.lines import LineMoves

Values = NDArray[np.int64]
Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]

MAX_MOVES = 1 << 25
"""Number of moves of one decision maker that are listed; some 50 bytes each."""

ROUNDS = 24
"""Rounds of sweeps before states are settled in the order of their sanction."""


class ArcMoves:
    """All unilateral moves of an explicit graph.

    Parameters
    ----------
    num_states : int
        Number of states.
    arcs : sequence of ndarray of int64, shape (num_arcs, 2)
        For each decision maker its moves, from and to.
    plain : LineMoves, optional
        The moves in option form, over the states by themselves, that these were made from.
    reduced : frozenset of int, optional
        The decision makers from whom moves were taken.
    """

    def __init__(
        self, num_states: int, arcs: Sequence[Indices], plain: LineMoves | None = None, reduced: frozenset[int] = frozenset()
    ) -> None:
        self.plain, self.reduced = plain, reduced
        self.num_states = num_states
        self.num_decision_makers = len(arcs)
        self.arcs = tuple(_ascending(np.asarray(pairs, dtype=np.int64).reshape(-1, 2), num_states) for pairs in arcs)

    def unseeing(self, unseen: Sequence[Bools]) -> ArcMoves:
        """Return these moves without those of each decision maker to or from the states that it does not see."""
        arcs = [pairs[~mask[pairs].any(axis=1)] for pairs, mask in zip(self.arcs, unseen, strict=True)]
        return ArcMoves(self.num_states, arcs, self.plain, self.reduced.union(dm for dm, mask in enumerate(unseen) if mask.any()))

    def within(self, kept: Bools) -> ArcMoves:
        """Return the moves among the states in `kept` alone, numbered anew in their order."""
        place = np.cumsum(kept) - 1
        return ArcMoves(int(kept.sum()), [place[pairs[kept[pairs].all(axis=1)]] for pairs in self.arcs])

    def best(self, dm: int, values: Values) -> Values:
        """Return the highest of `values` that `dm` can move to from each state, or stay at."""
        best = values.copy()
        np.maximum.at(best, self.arcs[dm][:, 0], values[self.arcs[dm][:, 1]])
        return best

    def lowest(self, movers: Sequence[int], values: Values, ranks: Values | None = None) -> Values:
        """Return the lowest of `values` that `movers` can bring about from each state.

        Parameters
        ----------
        movers : sequence of int
            They move in legal sequences: nobody twice in succession.
        values : ndarray of int64, shape (num_states,)
            What is to be minimised.
        ranks : ndarray of int64, shape (num_decision_makers, num_states), optional
            When given, each move has to be an improvement of its mover.

        Returns
        -------
        lowest : ndarray of int64, shape (num_states,)
            Over the states reached and the state itself.

        Notes
        -----
        Sweeps over the arcs, a mover at a time; where these do not settle in
        `ROUNDS` rounds, pairs (state, last mover) are settled in ascending order
        of value, each once, searching backwards: linear in arcs times movers.
        """
        lowest = self._sweep(movers, values, ranks)
        return self._settle(movers, values, ranks) if lowest is None else lowest

    def _sweep(self, movers: Sequence[int], values: Values, ranks: Values | None) -> Values | None:
        """Return the lowest values once a round changes nothing, or None after `ROUNDS` rounds."""
        open_arcs = [self._leaving(dm, ranks) for dm in movers]
        led = [np.full(self.num_states, UNBOUNDED) for _ in movers]  # by sequences that this mover begins
        for _ in range(ROUNDS):
            is_settled = True
            for mover, (states, begins, to) in enumerate(open_arcs):
                entered = np.minimum.reduce([values, *(there for other, there in enumerate(led) if other != mover)])
                found = led[mover].copy()
                if len(to):
                    found[states] = np.minimum.reduceat(entered[to], begins)
                is_settled &= np.array_equal(found, led[mover])
                led[mover] = found
            if is_settled:
                return np.minimum.reduce([values, *led])
        return None

    def _leaving(self, dm: int, ranks: Values | None) -> tuple[Indices, Indices, Indices]:
        """Return the states that `dm` leaves, where the moves of each begin, and where the moves lead; with ranks, improvements only."""
        arcs = self.arcs[dm]
        if ranks is not None:
            arcs = arcs[ranks[dm, arcs[:, 1]] > ranks[dm, arcs[:, 0]]]
        states, begins = np.unique(arcs[:, 0], return_index=True)
        return states, begins, arcs[:, 1]

    def _settle(self, movers: Sequence[int], values: Values, ranks: Values | None) -> Values:
        entering = [self._entering(dm, ranks) for dm in movers]
        anybody = len(movers)
        lowest = np.full((self.num_states, anybody + 1), UNBOUNDED)
        for seed in np.argsort(values, kind="stable").tolist():
            value = values[seed]
            waiting = [(seed, last) for last in range(anybody + 1) if lowest[seed, last] == UNBOUNDED]
            for pair in waiting:
                lowest[pair] = value
            while waiting:
                state, mover = waiting.pop()
                if mover == anybody:
                    continue
                for before in entering[mover].get(state, ()):
                    for last in range(anybody + 1):
                        if last != mover and lowest[before, last] == UNBOUNDED:
                            lowest[before, last] = value
                            waiting.append((before, last))
        return lowest[:, anybody].copy()

    def _entering(self, dm: int, ranks: Values | None) -> dict[int, list[int]]:
        """Return, by state, the states from which `dm` enters it."""
        entering: dict[int, list[int]] = {}
        for before, after in self.arcs[dm].tolist():
            if ranks is None or ranks[dm, after] > ranks[dm, before]:
                entering.setdefault(after, []).append(before)
        return entering

    def num_pairs(self, dm: int) -> int:
        """Return how many moves `dm` has."""
        return len(self.arcs[dm])

    def pairs(self, dm: int) -> Indices:
        """Return all moves of `dm`, from and to, ascending, shape (num_arcs, 2)."""
        return self.arcs[dm]

    def successors(self, dm: int, state: int) -> Indices:
        """Return R_dm(state): the states that `dm` reaches in one move, ascending."""
        first, last = np.searchsorted(self.arcs[dm][:, 0], [state, state + 1])
        return self.arcs[dm][first:last, 1]

    def reached(self, coalition: Sequence[int], start: int, within: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
        """Return which states `coalition` reaches from `start` by a legal sequence of moves, `start` among them.

        With `within`, only by sequences all of whose states lie in it.
        """
        seen = {(start, -1)}
        waiting = deque(seen)
        while waiting:
            state, last = waiting.popleft()
            for dm in coalition:
                for after in self.successors(dm, state).tolist() if dm != last else ():
                    if (after, dm) not in seen and (within is None or within[after] or after == start):
                        seen.add((after, dm))
                        waiting.append((after, dm))
        mask = np.zeros(self.num_states, dtype=bool)
        mask[[state for state, _ in seen]] = True
        return mask


def _ascending(pairs: Indices, num_states: int) -> Indices:
    """Return the distinct pairs, ascending."""
    keys = np.unique(pairs[:, 0] * num_states + pairs[:, 1])
    return np.stack([keys // num_states, keys % num_states], axis=1)


def arcs_of(moves: Moves, dm: int, name: str, limit: int = MAX_MOVES) -> Indices:
    """Return the moves of the decision maker at position `dm`, from and to, ascending, shape (num_arcs, 2).

    Raises
    ------
    TooManyStatesError
        If there may be more than `limit`; `name` is how the message calls the decision maker.
    """
    if moves.num_pairs(dm) > limit:
        raise TooManyStatesError(
            f"{name} has up to {moves.num_pairs(dm):,} moves; at most {limit:,} can be listed: merge options, or leave some out"
        )
    return moves.pairs(dm)

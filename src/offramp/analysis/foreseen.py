"""Witnesses where two look ahead: the moves that each of them foresees, until somebody stays."""

from __future__ import annotations

from itertools import count

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.ways import Move
from offramp.analysis.witness import Answer, Turn
from offramp.errors import TooManyStatesError
from offramp.stability.limited import LimitedResult
from offramp.stability.nonmyopic import NonmyopicResult
from offramp.stability.turns import TurnByTurn

Ends = NDArray[np.int64]

MAX_KEPT = 1 << 24
"""Number of anticipated ends that are kept, states times horizons; 16 bytes each."""


class Foreseen:
    """Finds what one decision maker foresees after each of its moves.

    Parameters
    ----------
    result : LimitedResult or NonmyopicResult
        The solver's verdicts.

    Raises
    ------
    TooManyStatesError
        If there are too many states for so long a horizon.

    Examples
    --------
    >>> import offramp
    >>> from offramp.stability.limited import limited_move_stability
    >>> model = offramp.load_case("syria-iraq-1975")
    >>> ahead = Foreseen(limited_move_stability(model, "syria", 3))
    >>> answer = ahead.answer(model.state(6), model.state(5), 3)
    >>> answer.deters, [(model.decision_makers[move.dm], move.to + 1) for move in answer.moves]
    (False, [('iraq', 2), ('syria', 1)])
    """

    def __init__(self, result: LimitedResult | NonmyopicResult) -> None:
        self.model, self.concept, self.focal = result.model, result.concept, result.model.dm(result.focal)
        self.ranks = self.model.ranks
        self.turns = TurnByTurn(self.model)
        self.ends: list[Ends] = [self.turns.nobody_moves]
        self.cycle = range(result.horizon, result.horizon + 1) if isinstance(result, LimitedResult) else self._cycle(result.period)

    def _cycle(self, period: int) -> range:
        """Return the first horizons, from 1, that come round again: one period of them."""
        for first in count(1):
            self._up_to(first + period)
            if np.array_equal(self.ends[first], self.ends[first + period]):
                return range(first, first + period)
        raise AssertionError("horizons go on for ever")

    def _up_to(self, horizon: int) -> None:
        needed = (horizon + 1) * self.model.num_states
        if needed > MAX_KEPT:
            raise TooManyStatesError(
                f"to tell what is foreseen over {horizon:,} moves takes {needed:,} ends; at most {MAX_KEPT:,} are kept: "
                "ask for limited with a smaller horizon"
            )
        while len(self.ends) <= horizon:
            self.ends.append(self.turns.one_more(self.ends[-1]))

    def horizon(self, start: int) -> int:
        """Return the horizon that is told: the first at which the verdict on non-myopic stability shows, or the one asked for.

        For a state that is left, the first horizon of the period at which it is
        left; for one that holds, the first of the period.
        """
        for horizon in self.cycle:
            self._up_to(horizon)
            if self.ends[horizon][self.focal, start] != start:
                return horizon
        return self.cycle[0]

    def answer(self, start: int, to: int, horizon: int) -> Answer:
        """Return what `focal`, who has `horizon` moves to look at, foresees once it has moved from `start` to `to`.

        The move is held back where the end is no better than staying.
        """
        self._up_to(horizon)
        moves = self._onward(to, horizon - 1)
        end = moves[-1].to if moves else to
        rank = self.ranks[self.focal]
        compared = (int(self.model.preference(self.focal).compared(np.array([start]), np.array([end]))[0]),)
        turns = tuple(Turn((move.dm,), (move,)) for move in moves)
        return Answer(self.concept, bool(rank[end] <= rank[start]), turns, end, int(rank[end]), compared)

    def _onward(self, state: int, left: int) -> list[Move]:
        """Return the moves from `state` on, where the other is to move and `left` moves are left; of equal ends the first state."""
        moves: list[Move] = []
        dm = 1 - self.focal
        while left > 0 and (end := self.ends[left][dm, state]) != state:
            there = self.model.moves.successors(dm, state)
            to = int(there[self.ends[left - 1][1 - dm, there] == end][0])
            moves.append(Move(dm, state, to))
            dm, state, left = 1 - dm, to, left - 1
        return moves

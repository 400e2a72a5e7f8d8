"""Witnesses under SIM: who changes what at the same time, and where that ends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.ways import Move
from offramp.analysis.witness import Answer, Turn, best_first, generally
from offramp.stability.sim import SimResult, Simultaneous

Indices = NDArray[np.int64]


class SimWitnesses:
    """Finds what comes of the improvements of one decision maker if opponents improve at the same time.

    Among sanctions that are equally bad, or where preferences are no ranking
    among all, the first by number of the state.

    Parameters
    ----------
    result : SimResult
        The solver's verdicts.

    Examples
    --------
    >>> import offramp
    >>> from offramp.stability.sim import sim_stability
    >>> model = offramp.load_case("north-korea-2017")
    >>> answer = SimWitnesses(sim_stability(model, "us")).answer(model.state("NNYN"), model.state("YNYN"))
    >>> answer.deters, [(model.decision_makers[move.dm], model.states.label(move.to)) for move in answer.moves]
    (True, [('north_korea', 'NNNN')])
    >>> model.states.label(answer.state)
    'YNNN'
    """

    def __init__(self, result: SimResult) -> None:
        self.model, self.focal = result.model, result.model.dm(result.focal)
        self.at_once = Simultaneous(self.model, self.focal, generally(result.settings))
        self.preference = self.model.preference(self.focal)
        self.rank = self.preference.rank

    def tempting(self, start: int) -> tuple[int, ...]:
        """Return the states that one move leads to and that tempt, the best first, then by number."""
        there = self.at_once.tempting(start)
        return best_first(there, self.rank, self.preference.compared(np.array([start]), there))

    def answer(self, start: int, to: int) -> Answer:
        """Return what comes of the improvement from `start` to `to`."""
        deterring = self.at_once.sanctions(start, to)
        if len(deterring):
            return self._told(start, to, True, self._worst(deterring))
        ends = self.at_once.ends(start, to)
        is_worse = self.rank is not None and len(ends) > 0 and self.rank[ends].min() < self.rank[to]
        return self._told(start, to, False, self._worst(ends) if is_worse else to)

    def sanctions(self, start: int, to: int) -> tuple[int, ...]:
        """Return all states that deter from the improvement from `start` to `to`, ascending."""
        return tuple(self.at_once.sanctions(start, to).tolist())

    def _worst(self, ends: Indices) -> int:
        return int(ends[0] if self.rank is None else ends[np.argmin(self.rank[ends])])

    def _told(self, start: int, to: int, deters: bool, end: int) -> Answer:
        movers = self.at_once.movers(start, to, end) if end != to else {}
        turns = tuple(Turn((dm,), (Move(dm, start, state),)) for dm, state in movers.items())
        compared = (int(self.preference.compared(np.array([start]), np.array([end]))[0]),)
        rank = None if self.rank is None else int(self.rank[end])
        return Answer("sim", deters, turns, end, rank, compared, None, deters or self.rank is not None)

"""All combinations of some rankings at once: which of them make which states stable for whom.

Opponents matter to a decision maker by which of their moves are improvements,
and to Nash, GMR and SMR not even by that: rankings with the same improvements
make one *pattern*, and a verdict is worked out once for each combination of the
others' patterns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import product
from operator import or_

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.inverse.aim import Aim
from offramp.analysis.inverse.condition import BY_IMPROVEMENTS, condition
from offramp.model.conflict import ConflictModel

Rows = NDArray[np.int64]
Bools = NDArray[np.bool_]
Patterns = tuple[int, ...]


class Field:
    """Some rankings of each decision maker, and what they make stable.

    Parameters
    ----------
    model : ConflictModel
        Its rankings are not looked at.
    aim : Aim
        The states and the concept.
    rankings : sequence of ndarray of int64, shape (num_rankings, num_states)
        For each decision maker.
    """

    def __init__(self, model: ConflictModel, aim: Aim, rankings: Sequence[Rows]) -> None:
        self.model, self.aim, self.rankings = model, aim, rankings
        self.concerned = aim.concerned(len(model.decision_makers))
        grouped = [self._patterns(dm, rows) for dm, rows in enumerate(rankings)]
        self.first = [first for first, _ in grouped]
        self.pattern = [pattern for _, pattern in grouped]
        self._known: dict[tuple[int, Patterns], Bools] = {}

    def _patterns(self, dm: int, rows: Rows) -> tuple[Rows, Rows]:
        """Return the first ranking of each pattern, in their order, and the pattern of each ranking."""
        if self.aim.concept not in BY_IMPROVEMENTS or self.concerned == (dm,):
            return np.zeros(1, dtype=np.int64), np.zeros(len(rows), dtype=np.int64)
        arcs = [(a, b) for a in range(self.model.num_states) for b in self.model.moves.successors(dm, a).tolist()]
        src, dst = np.array(arcs, dtype=np.int64).reshape(-1, 2).T
        known: dict[bytes, int] = {}
        pattern = [known.setdefault(np.packbits(row[dst] > row[src]).tobytes(), len(known)) for row in rows]
        return np.unique(pattern, return_index=True)[1], np.array(pattern, dtype=np.int64)

    def stable(self, dm: int, patterns: Patterns) -> Bools:
        """Return which rankings of `dm` make which states of the aim stable for it, shape (num_rankings, num_asked)."""
        others = tuple(-1 if other == dm else pattern for other, pattern in enumerate(patterns))
        if (dm, others) not in self._known:
            ranks = np.stack([rows[first[k]] for rows, first, k in zip(self.rankings, self.first, patterns, strict=True)])
            model, rows = replace(self.model, wants=ranks), self.rankings[dm]
            focal = model.decision_makers[dm]
            met = [condition(model, focal, s, self.aim.concept, self.aim.settings).holds_each(rows > rows[:, [s]]) for s in self.aim.states]
            self._known[dm, others] = np.stack(met, axis=1)
        return self._known[dm, others]

    def _failing(self, dm: int, patterns: Patterns) -> dict[int, Rows]:
        """Return the rankings of `dm` with its pattern that keep what is to be stable, by which other states they leave unstable.

        These are the digits of a whole number, the first state of ``aim.unstable`` the lowest digit.
        """
        chosen = np.flatnonzero(self.pattern[dm] == patterns[dm])
        if dm not in self.concerned:
            return {0: chosen}
        stable = self.stable(dm, patterns)[chosen]
        number = len(self.aim.stable)
        kept = stable[:, :number].all(axis=1)
        fails = ~stable[:, number:] @ (1 << np.arange(len(self.aim.unstable), dtype=np.int64))
        return {int(digits): chosen[kept & (fails == digits)] for digits in np.unique(fails[kept])}

    def attaining(self, patterns: Patterns) -> Iterator[tuple[Rows, ...]]:
        """Yield boxes: for each decision maker rankings with its pattern, of which any combination attains the aim."""
        everything = (1 << len(self.aim.unstable)) - 1
        choices = [self._failing(dm, patterns) for dm in range(len(self.rankings))]
        for digits in product(*choices):
            if reduce(or_, digits, 0) == everything:
                yield tuple(there[k] for there, k in zip(choices, digits, strict=True))

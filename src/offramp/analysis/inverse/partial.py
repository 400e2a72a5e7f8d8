"""What is known of a strict ranking: some states above others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from offramp.analysis.inverse.condition import Mask

Pair = tuple[int, int]
"""Two states, the better one first."""


@dataclass(frozen=True)
class PartialOrder:
    """A strict partial order: by state, the states below it.

    Examples
    --------
    >>> order = PartialOrder().added([(2, 0), (0, 1)])
    >>> order.has(2, 1), order.added([(1, 2)])
    (True, None)
    """

    below: Mapping[int, Mask] = field(default_factory=dict)

    def has(self, better: int, worse: int) -> bool:
        """Return whether one state is above another."""
        return bool(self.below.get(better, 0) >> worse & 1)

    def added(self, pairs: Sequence[Pair]) -> PartialOrder | None:
        """Return the order with comparisons added; None if that makes a circle."""
        below = dict(self.below)
        for better, worse in pairs:
            lower = below.get(worse, 0) | 1 << worse
            if lower >> better & 1:
                return None
            for state in [better, *(state for state, there in below.items() if there >> better & 1)]:
                below[state] = below.get(state, 0) | lower
        return PartialOrder(below)

"""What a sweep varies: factors, and the ways in which one reading can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import shake_128
from math import factorial, prod
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from offramp.case.standing import Statement
from offramp.case.yaml_reader import Path_, dotted
from offramp.model.conflict import Ranks
from offramp.model.preference import prioritization

Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]
Points = NDArray[np.float64]
Kind = Literal["reading", "side", "rule", "statement", "order"]

MAX_EXACT = 62
"""Number of statements in a reading up to which their importance is weighed in one whole number."""

MAX_WHOLE = 1 << 62
"""Number of variations up to which they are numbered by whole numbers of fixed size."""

MAX_EVEN = 1 << 20
"""Number of levels up to which points of 30 bits fall on all of them alike."""


@dataclass(frozen=True)
class Factor:
    """One thing that a sweep varies.

    Parameters
    ----------
    kind : str
        ``reading`` (which of a decision maker), ``side`` (of a contested
        entry), ``rule`` (on or off), ``statement`` (present or absent) or
        ``order`` (of a group).
    path : path
        Of the judgement; for an order, of the group.
    num_levels : int
        How many ways it can be.
    """

    kind: Kind
    path: Path_
    num_levels: int

    @property
    def label(self) -> str:
        """The path as text."""
        return dotted(self.path)


@dataclass(frozen=True, eq=False)
class Local:
    """One reading with what varies in it.

    Parameters
    ----------
    dm, reading : str
        Whose, and which.
    statements : tuple of Statement
        In force, in file order; none for a ranking or weights.
    uncertain : tuple of int
        Places of the statements that may be absent.
    groups : tuple of tuple of int
        Places of statements that may stand in any order among themselves.
    """

    dm: str
    reading: str
    statements: tuple[Statement, ...]
    uncertain: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...]

    @property
    def num_variations(self) -> int:
        """How many ways the reading can be."""
        return int(2 ** len(self.uncertain) * prod(factorial(len(group)) for group in self.groups))

    def factors(self) -> Iterator[Factor]:
        """Yield what varies in the reading, in the order of the digits of a variation."""
        yield from (Factor("statement", self.statements[place].path, 2) for place in self.uncertain)
        yield from (Factor("order", self.statements[group[0]].path[:-1], factorial(len(group))) for group in self.groups)

    def at(self, points: Points) -> Indices:
        """Return the variation at each point of the unit cube, shape (num_points, num_factors), one coordinate a factor."""
        kind, scale = (np.int64 if self.num_variations <= MAX_WHOLE else object), 1
        drawn = np.zeros(len(points), dtype=kind)
        for column, factor in zip(points.T, self.factors(), strict=True):
            drawn = drawn + scale * levels(column, factor.num_levels).astype(kind)
            scale *= factor.num_levels
        return drawn

    def ranks(self, variations: Indices, holds: Sequence[Bools], num_states: int) -> Ranks:
        """Return the ranks under each variation, ndarray of int64, shape (num_variations, num_states); only their order counts."""
        weights = [self.places(int(variation)) for variation in variations]
        if len(self.statements) > MAX_EXACT:
            return np.stack([prioritization(num_states, [holds[k] for k in order]) for order in weights])
        table = np.zeros((len(weights), len(self.statements)), dtype=np.int64)
        for row, order in enumerate(weights):
            table[row, list(order)] = [1 << (len(order) - 1 - place) for place in range(len(order))]
        return table @ np.array(holds, dtype=np.int64).reshape(len(self.statements), num_states)

    def places(self, variation: int) -> list[int]:
        """Return the statements that are present, by place, the most important first; 0 is the reading as it stands."""
        order = list(range(len(self.statements)))
        absent = {place for bit, place in enumerate(self.uncertain) if variation >> bit & 1}
        rest = variation >> len(self.uncertain)
        for group in self.groups:
            rest, number = divmod(rest, factorial(len(group)))
            for place, member in zip(group, permutation(number, len(group)), strict=True):
                order[place] = group[member]
        return [place for place in order if place not in absent]


@lru_cache(maxsize=1 << 14)
def permutation(number: int, size: int) -> tuple[int, ...]:
    """Return the permutation of this number; 0 leaves the order as it is.

    Examples
    --------
    >>> [permutation(k, 3) for k in (0, 1, 5)]
    [(0, 1, 2), (0, 2, 1), (2, 1, 0)]
    """
    left, found = list(range(size)), []
    for place in range(size, 0, -1):
        first, number = divmod(number, factorial(place - 1))
        found.append(left.pop(first))
    return tuple(found)


def levels(points: Points, number: int) -> Indices:
    """Return on which of so many equal levels each point from 0 to 1 lies.

    Where there are more levels than a point has digits, those digits are
    scattered over all of them.

    Examples
    --------
    >>> levels(np.array([0.0, 0.4, 0.5, 0.99]), 2)
    array([0, 0, 1, 1])
    """
    if number <= MAX_EVEN:
        return np.minimum((points * number).astype(np.int64), number - 1)
    size = number.bit_length() // 8 + 9
    scattered = [int.from_bytes(shake_128(float(point).hex().encode()).digest(size), "big") % number for point in points]
    return np.array(scattered, dtype=np.int64 if number <= MAX_WHOLE else object)

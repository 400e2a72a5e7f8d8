"""How many rankings meet a condition, exactly: which states rank above the one that is to be stable, counted by how many they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.inverse.condition import Condition
from offramp.analysis.inverse.families import Clause, num_sets
from offramp.errors import ChoiceError, TooManyStatesError

MAX_STATES = 1_000
"""Number of tiers of a ranking that is counted: the number of rankings then has 2,568 digits."""


@dataclass(frozen=True)
class Count:
    """How many rankings meet a condition, and of how many.

    Parameters
    ----------
    num, of : int
        Exact, of any size.
    """

    num: int
    of: int

    @property
    def share(self) -> Fraction:
        """The first as a part of the second."""
        return Fraction(self.num, self.of)


def tiers_of(ranks: NDArray[np.int64] | Sequence[int]) -> list[tuple[int, ...]]:
    """Return the states of a ranking in tiers, best first.

    Examples
    --------
    >>> tiers_of([1, 0, 2, 1])
    [(2,), (0, 3), (1,)]
    """
    tiers: dict[int, list[int]] = {}
    for state, rank in enumerate(ranks):
        tiers.setdefault(int(rank), []).append(state)
    return [tuple(tiers[rank]) for rank in sorted(tiers, reverse=True)]


def num_rankings(found: Condition, num_states: int) -> Count:
    """Return how many strict rankings of all states meet a condition.

    Parameters
    ----------
    found : Condition
        What they have to meet.
    num_states : int
        Number of states of the model.

    Raises
    ------
    TooManyStatesError
        If there are more than `MAX_STATES`, or the demands are too entangled.

    Notes
    -----
    Only the set of states that rank above the state counts. The sets that meet the
    condition are counted by their size k; each stands for k!(n-1-k)! rankings. States
    that are named alike count together, demands that share no state by themselves.

    Examples
    --------
    >>> import offramp
    >>> from offramp.analysis.inverse.condition import condition
    >>> model = offramp.load_case("syria-iraq-1975")
    >>> num_rankings(condition(model, "syria", 1, "seq"), model.num_states)
    Count(num=384, of=720)
    """
    return num_arrangements(found, [(state,) for state in range(num_states)], range(num_states))


def num_arrangements(found: Condition, tiers: Sequence[Sequence[int]], places: Iterable[int]) -> Count:
    """Return how many orders of some tiers among their places meet a condition, all others being where they are.

    Parameters
    ----------
    found : Condition
        What the ranking has to meet.
    tiers : sequence of sequence of int
        The ranking, best first; states in one tier are tied.
    places : iterable of int
        The places in it, from 0, whose tiers are put in every order among them.

    Raises
    ------
    ChoiceError
        For a place that the ranking does not have.
    TooManyStatesError
        If there are more than `MAX_STATES` tiers, or the demands are too entangled.
    """
    varied = sorted(set(places))
    if varied and not (varied[0] >= 0 and varied[-1] < len(tiers)):
        raise ChoiceError(f"place {varied[-1] + 1} of a ranking with {len(tiers)} tiers; places go from 1, the best")
    if len(tiers) > MAX_STATES:
        raise TooManyStatesError(f"rankings of {len(tiers):,} tiers are not counted, at most {MAX_STATES:,}; the condition itself is exact")
    return Count(_Arrangements(found, tiers, varied).num, factorial(len(varied)))


class _Arrangements:
    """The orders of the tiers at some places."""

    def __init__(self, found: Condition, tiers: Sequence[Sequence[int]], varied: Sequence[int]) -> None:
        self.found, self.varied = found, varied
        self.place = {state: place for place, tier in enumerate(tiers) for state in tier}
        self.home = self.place[found.state]
        self.items = frozenset(varied) - {self.home}
        self._families: dict[frozenset[int], list[int]] = {}

    @property
    def num(self) -> int:
        """How many meet the condition: by where the state then is, and how many varied places are above it."""
        homes = self.varied if self.home in self.varied else [self.home]
        total = len(self.items)
        above = [sum(place < home for place in self.varied) for home in homes]
        return sum(self._sets(home)[k] * factorial(k) * factorial(total - k) for home, k in zip(homes, above, strict=True))

    def _sets(self, home: int) -> list[int]:
        """Return by size how many sets of varied tiers may rank above the state if it is at `home`."""
        named = {self.place[state] for state in self.found.named}
        above = frozenset(place for place in named if place < home and place not in self.varied)
        if above not in self._families:
            clauses = self._clauses(above)
            self._families[above] = [0] * (len(self.items) + 1) if clauses is None else num_sets(clauses, self.items)
        return self._families[above]

    def _clauses(self, above: frozenset[int]) -> list[Clause] | None:
        """Return the condition over varied tiers, those `above` being better; None where it cannot be met."""
        clauses = []
        for demand in self.found.demands:
            places = [frozenset(self.place[state] for state in there) for there in demand.alternatives]
            left = [there & self.items for there in places if not there & above]
            if not left:
                return None
            if all(left):
                clauses.append(frozenset(left))
        return clauses

"""How many rankings do several things at once, exactly: from the best place down, by the set of what is already placed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from math import factorial

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.inverse.asked import Asked
from offramp.analysis.inverse.condition import Condition
from offramp.analysis.inverse.count import Count, num_arrangements, num_rankings
from offramp.errors import TooManyStatesError

Bools = NDArray[np.bool_]
Indices = NDArray[np.int64]

MAX_ITEMS = 18
"""Number of states, or tiers, that may be in any order and matter: each set of them is looked at, 262,144 of them."""


def num_doing(asked: Asked, tiers: Sequence[Sequence[int]], places: Iterable[int]) -> Count:
    """Return how many orders of some tiers among their places do what is asked, all others being where they are.

    Parameters
    ----------
    asked : Asked
        Without conditions to fail.
    tiers : sequence of sequence of int
        The ranking, best first; states in one tier are tied.
    places : iterable of int
        The places in it, from 0, whose tiers are put in every order among them.

    Raises
    ------
    TooManyStatesError
        If more than `MAX_ITEMS` tiers that matter are put in every order.

    Notes
    -----
    Of all strict rankings states that nothing is said about are left out, and what shares no state is counted
    by itself: each order of some states stands for equally many rankings.

    Examples
    --------
    >>> num_doing(Asked(above=frozenset({(0, 1), (1, 2)})), [(0,), (1,), (2,), (3,)], range(4))
    Count(num=4, of=24)
    """
    varied = sorted(set(places))
    if len(varied) == len(tiers) == len({state for tier in tiers for state in tier}):
        return _strict(asked, len(tiers))
    if not (asked.above or asked.level) and len(asked.stable) == 1:
        return num_arrangements(asked.stable[0], tiers, varied)
    return Count(_arranged(asked, tiers, varied), factorial(len(varied)))


def _strict(asked: Asked, num_states: int) -> Count:
    """Return how many strict rankings do what is asked: parts that share no state do so independently of each other."""
    share = Fraction(1)
    for part in parts(asked):
        if part.above or part.level or len(part.stable) > 1:
            size = len(part.states)
            share *= Fraction(_arranged(part, [(state,) for state in part.states], range(size)), factorial(size))
        else:
            share *= num_rankings(part.stable[0], num_states).share
    return Count(int(share * factorial(num_states)), factorial(num_states))


def _arranged(asked: Asked, tiers: Sequence[Sequence[int]], varied: Sequence[int]) -> int:
    if len(varied) > MAX_ITEMS:
        raise TooManyStatesError(
            f"{len(varied)} states or places matter at once and can be in any order; at most {MAX_ITEMS} are counted: ask for one state, "
            "or vary fewer places (--vary)"
        )
    return _Arrangements(asked, tiers, varied).num


def parts(asked: Asked) -> Iterator[Asked]:
    """Yield what is asked in parts that share no state.

    Examples
    --------
    >>> [part.states for part in parts(Asked(above=frozenset({(0, 1), (2, 3), (3, 4)})))]
    [(0, 1), (2, 3, 4)]
    """
    groups: list[set[int]] = []
    said = [{*pair} for pair in (*asked.above, *asked.level)]
    said += [{found.state, *found.named} for found in asked.stable if found.demands]
    for states in said:
        for group in [group for group in groups if group & states]:
            groups.remove(group)
            states |= group
        groups.append(states)
    for group in sorted(groups, key=min):
        stable = tuple(found for found in asked.stable if found.state in group and found.demands)
        above, level = (frozenset(pair for pair in pairs if pair[0] in group) for pairs in (asked.above, asked.level))
        yield Asked(stable, (), above, level)


class _Arrangements:
    """The orders of the tiers at some places; a set of varied tiers is a whole number, as are sets of states that matter."""

    def __init__(self, asked: Asked, tiers: Sequence[Sequence[int]], varied: Sequence[int]) -> None:
        self.asked, self.tiers, self.varied = asked, tiers, varied
        self.bit = {state: 1 << place for place, state in enumerate(asked.states)}
        self.above = np.zeros(1, dtype=object if len(asked.states) > 62 else np.int64)
        for place in varied:
            self.above = np.concatenate([self.above, self.above | self._bits(tiers[place])])

    def _bits(self, states: Iterable[int]) -> int:
        return sum(self.bit.get(state, 0) for state in states)

    @property
    def num(self) -> int:
        """How many there are."""
        size = len(self.varied)
        number = np.zeros(1 << size, dtype=np.int64)
        number[0] = 1
        used = fixed = 0
        for place, tier in enumerate(self.tiers):
            sets = _by_size(size)[used]
            if place in self.varied:
                self._place_each(number, sets, fixed)
                used += 1
            else:
                number[sets[~self._fits(tier, self.above[sets] | fixed)]] = 0
                fixed |= self._bits(tier)
        return int(number[-1])

    def _place_each(self, number: Indices, sets: Indices, fixed: int) -> None:
        """Put each varied tier next, after each of the `sets`."""
        for k, source in enumerate(self.varied):
            free = sets[(sets >> k & 1 == 0) & (number[sets] > 0)]
            fits = free[self._fits(self.tiers[source], self.above[free] | fixed)]
            number[fits | 1 << k] += number[fits]

    def _fits(self, tier: Sequence[int], above: Indices) -> Bools:
        """Return for which sets of states above it a tier does what is asked of it."""
        fits = np.ones(len(above), dtype=np.bool_)
        for better, worse in self.asked.above:
            fits &= (above & self.bit[better] != 0) if worse in tier else True
        for better, worse in self.asked.level:
            fits &= (above & self.bit[better] == 0) if worse in tier else True
        for condition in self.asked.stable:
            fits &= self._holds(condition, above) if condition.state in tier else True
        return fits

    def _holds(self, condition: Condition, above: Indices) -> Bools:
        met = np.ones(len(above), dtype=np.bool_)
        for demand in condition.demands:
            met &= np.logical_or.reduce([above & self._bits(there) == 0 for there in demand.alternatives])
        return met


@lru_cache
def _by_size(number: int) -> list[Indices]:
    """Return all sets of some things by how many they hold."""
    sets = np.arange(1 << number, dtype=np.int64)
    sizes = np.bitwise_count(sets)
    return [sets[sizes == size] for size in range(number + 1)]

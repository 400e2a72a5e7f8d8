"""The ranking nearest to one that is given that does what is asked: fewest pairs of states that it orders otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import accumulate, combinations, groupby
from math import inf

from offramp.analysis.inverse.asked import Asked
from offramp.analysis.inverse.condition import Mask

Tiers = tuple[tuple[int, ...], ...]
"""A ranking, best first; states in one tier are tied."""

MAX_SETS = 5_000
"""Number of ways to go on that are looked at for one ranking; of fewer where many states matter."""

MAX_ITEMS = 60
"""Number of states that matter, with the rest between them, up to which another ranking is looked for."""

MAX_TIED = 8
"""Number of tied states that matter whose every part is tried as a tier of its own."""

HASTE = 5
"""How much more the swaps still to come weigh than those made, where any ranking is looked for and not the nearest."""


@dataclass(frozen=True)
class Near:
    """The nearest ranking that does what is asked.

    Parameters
    ----------
    tiers : tuple of tuple of int, optional
        It, or one that does it; None where none was found.
    swaps : int, optional
        How many pairs it orders otherwise.
    least : float
        Every ranking that does it has that many; infinite where there is none.
    num_sets : int
        Number of ways to go on that were looked at.
    """

    tiers: Tiers | None
    swaps: int | None
    least: float
    num_sets: int = field(default=0, compare=False)


def nearest_ranking(asked: Asked, tiers: Sequence[Sequence[int]]) -> Near:
    """Return the ranking nearest to the one given that does what is asked.

    Parameters
    ----------
    asked : Asked
        What it has to do.
    tiers : sequence of sequence of int
        The ranking that is given, best first; states in one tier are tied.

    Notes
    -----
    A pair of states counts one where the two rankings put it in opposite order, and one where it is tied
    in the given one alone; no states are tied that were not. Rankings are made from the best place down (A*): the
    cost of a set of best states is what they passed, and what is still to come at least is what any one state
    has to rise or sink. States that nothing is said about stay together where they were next to each other.

    Examples
    --------
    >>> nearest_ranking(Asked(above=frozenset({(2, 0)})), [(0,), (1,), (2,)])
    Near(tiers=((1,), (2,), (0,)), swaps=2, least=2, num_sets=4)
    >>> nearest_ranking(Asked(above=frozenset({(2, 0)})), [(0, 1, 2)])
    Near(tiers=((1, 2), (0,)), swaps=2, least=2, num_sets=4)
    """
    search = _Search(asked, tiers)
    if len(search.items) > MAX_ITEMS:
        return search.as_given()
    found = search.run(1)
    if found.tiers is not None or found.least == inf:
        return found
    hasty = search.run(HASTE)
    return Near(hasty.tiers, hasty.swaps, found.least, found.num_sets + hasty.num_sets)


@dataclass(frozen=True)
class _Item:
    """States that are placed together: one that matters, or others that are next to each other."""

    tiers: Tiers
    mask: Mask
    weight: int
    state: int | None


class _Search:
    """The search for one ranking. A set of items that are placed is a whole number; rows are the tiers of the given ranking."""

    def __init__(self, asked: Asked, tiers: Sequence[Sequence[int]]) -> None:
        self.asked = asked
        self.given = tuple(map(tuple, tiers))
        rows = list(_rows(frozenset(asked.states), tiers))
        self.items = [item for row in rows for item in row]
        self.row_of = [place for place, row in enumerate(rows) for _ in row]
        self.rows = [[place for place, row in enumerate(self.row_of) if row == number] for number in range(len(rows))]
        self.matters = [place for place, item in enumerate(self.items) if item.state is not None]
        self.tried = [(k, state) for k in self.matters if (state := self.items[k].state) in asked.tried and state is not None]
        self.size = 1 + len(self.items) ** 2 // 100
        self.is_whole = all(sum(self.items[k].state is not None for k in row) <= MAX_TIED for row in self.rows)

    def as_given(self) -> Near:
        """Return the given ranking if it does what is asked; else only how many pairs have to change at least."""
        least = self._ahead(0)
        return Near(self.given, 0, 0, MAX_SETS) if not least else Near(None, None, least, MAX_SETS)

    def run(self, haste: int) -> Near:
        """Look at sets of best items, the most promising first."""
        root, whole = 0, (1 << len(self.items)) - 1
        start = self._ahead(root)
        cost: dict[int, int] = {root: 0}
        before: dict[int, tuple[int, tuple[int, ...]]] = {root: (root, ())}
        heap: list[tuple[float, int, int]] = [(start * haste, 0, root)] if start < inf else []
        done: set[int] = set()
        looked = 0
        while heap and looked * self.size < MAX_SETS:
            bound, _, placed = heappop(heap)
            if placed == whole:
                return Near(self._ranking(whole, before), cost[whole], bound if haste == 1 and self.is_whole else start, looked * self.size)
            if placed in done:
                continue
            done.add(placed)
            for group, passed in self._next(placed):
                looked += 1
                after, total = placed | sum(1 << k for k in group), cost[placed] + passed
                if total < cost.get(after, inf) and (ahead := self._ahead(after)) < inf:
                    cost[after], before[after] = total, (placed, group)
                    done.discard(after)
                    heappush(heap, (total + haste * ahead, -after.bit_count(), after))
        return Near(None, None, _reached(heap, self.is_whole, start), len(done))

    def _left(self, placed: int) -> list[list[int]]:
        return [[k for k in row if not placed >> k & 1] for row in self.rows]

    def _above(self, placed: int) -> Mask:
        return sum(self.items[k].mask for k in self.matters if placed >> k & 1)

    def _next(self, placed: int) -> Iterator[tuple[tuple[int, ...], int]]:
        """Yield the groups that can come next, tied if several, with the number of pairs that this orders otherwise."""
        above, passed = self._above(placed), 0
        for row in self._left(placed):
            weight = self._weight(row)
            for group in _groups(row):
                if all(self._fits(self.items[k].state, above) for k in group):
                    own = self._weight(group)
                    yield group, own * (passed + weight - own)
            passed += weight

    def _fits(self, state: int | None, above: Mask) -> bool:
        return state is None or (self.asked.allows(state, above) and self.asked.requires(state, above))

    def _weight(self, places: Sequence[int]) -> int:
        return sum(self.items[k].weight for k in places)

    def _ahead(self, placed: int) -> float:
        """Return how many pairs are ordered otherwise at least by what is placed later: what any one state has to rise or sink."""
        left, above = self._left(placed), self._above(placed)
        upto = [*accumulate((sum(self.items[k].mask for k in row) for row in left), initial=0)]
        weights = [self._weight(row) for row in left]
        ahead: float = 0
        for k, state in self.tried:
            if not placed >> k & 1 and ahead < inf:
                ahead = max(ahead, self._rise(state, self.row_of[k], above, upto, weights))
                ahead = max(ahead, self._sink(state, self.row_of[k], above, upto, weights))
        return ahead

    def _rise(self, state: int, row: int, above: Mask, upto: Sequence[Mask], weights: Sequence[int]) -> float:
        """Return how many states a state has to pass upwards, or leave, so that none too many is above it."""
        for top in range(row, -1, -1):
            if self.asked.allows(state, above | upto[top]):
                return 0 if top == row else sum(weights[top : row + 1]) - 1
        return inf

    def _sink(self, state: int, row: int, above: Mask, upto: Sequence[Mask], weights: Sequence[int]) -> float:
        """Return how many states a state has to pass downwards, or leave, so that none too few is above it."""
        for low in range(row, len(upto)):
            passed = above | (upto[low] & ~(1 << state))
            if self.asked.requires(state, passed):
                return 0 if low == row else sum(weights[row:low]) - 1
        return inf

    def _ranking(self, whole: int, before: dict[int, tuple[int, tuple[int, ...]]]) -> Tiers:
        tiers: list[tuple[int, ...]] = []
        while whole:
            whole, group = before[whole]
            first = self.items[group[0]].tiers
            tied = tuple(sorted(state for k in group for tier in self.items[k].tiers for state in tier))
            tiers += reversed(first) if len(group) == 1 else [tied]
        return tuple(reversed(tiers))


def _reached(heap: Sequence[tuple[float, int, int]], is_whole: bool, start: float) -> float:
    """Return how many pairs are ordered otherwise at least where a search has ended without a ranking."""
    if not is_whole:
        return start
    return heap[0][0] if heap else inf


def _rows(matter: frozenset[int], tiers: Sequence[Sequence[int]]) -> Iterator[list[_Item]]:
    """Yield what is placed together in each tier, tiers in which nothing matters being one."""
    for is_idle, run in groupby(tiers, lambda tier: not matter & set(tier)):
        if is_idle:
            there = tuple(tuple(tier) for tier in run)
            yield [_Item(there, 0, sum(map(len, there)), None)]
        else:
            yield from (_split(matter, tier) for tier in run)


def _split(matter: frozenset[int], tier: Sequence[int]) -> list[_Item]:
    items = [_Item(((state,),), 1 << state, 1, state) for state in tier if state in matter]
    idle = tuple(state for state in tier if state not in matter)
    return [*items, _Item((idle,), 0, len(idle), None)] if idle else items


def _groups(row: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the parts of a tier that can become one: all, of many things each alone and all together."""
    sizes = range(1, len(row) + 1) if len(row) <= MAX_TIED + 1 else sorted({1, len(row) - 1, len(row)})
    return [group for size in sizes for group in combinations(row, size)]

"""Counting by their size the sets that meet clauses: the kernel of the counts of rankings.

A set is of *items* that rank above the state in question; a clause is met where
all items of one of its alternatives stay below.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from offramp.errors import TooManyStatesError

Item = int
Alternative = frozenset[Item]
Clause = frozenset[Alternative]
Clauses = frozenset[Clause]

MAX_NODES = 50_000
"""Number of partial conditions that are worked out for one count."""


def num_sets(clauses: Iterable[Clause], items: frozenset[Item]) -> list[int]:
    """Return by size how many sets of `items` meet all clauses.

    Raises
    ------
    TooManyStatesError
        If more than `MAX_NODES` partial conditions would have to be worked out.

    Notes
    -----
    A count by size is one whole number, its digits in a base that no digit reaches.
    Clauses that share no item are counted by themselves; others are split by whether
    the item that occurs most is above, and what is left is worked out once.

    Examples
    --------
    >>> num_sets([frozenset({frozenset({0}), frozenset({1, 2})})], frozenset({0, 1, 2, 3}))
    [1, 4, 4, 1, 0]
    """
    digits = len(items) + 1
    try:
        packed = _Family(1 << digits, items).number_of(frozenset(clauses))
    except RecursionError:
        raise _entangled() from None
    return [packed >> digits * size & (1 << digits) - 1 for size in range(len(items) + 1)]


class _Family:
    """Counts sets; of an item, or a class of items, `below` and `above` count the sets within it that leave it there."""

    def __init__(self, base: int, items: frozenset[Item]) -> None:
        self.items = items
        self.below = dict.fromkeys(items, 1)
        self.above = dict.fromkeys(items, base)
        self.known: dict[Clauses, int] = {}

    def number_of(self, clauses: Clauses) -> int:
        """Return the sets of all items that meet the clauses."""
        free = self._free(self.items - _items(clauses))
        return self._number(self._merged(self._merged(clauses, together=True), together=False)) * free

    def _free(self, items: Iterable[Item]) -> int:
        """Return the number of all sets of `items`."""
        number = 1
        for item in items:
            number *= self.below[item] + self.above[item]
        return number

    def _merged(self, clauses: Clauses, together: bool) -> Clauses:
        """Return the clauses with one item for each class.

        With `together`, items of the same alternatives: a class is above as soon as one of them is. Else
        items that stand alone, in the same clauses: a class is above when all of them are.
        """
        groups = _alike(clauses) if together else _alone_alike(clauses)
        for first, *others in groups:
            whole = self._free([first, *others])
            one, other = (self.below, self.above) if together else (self.above, self.below)
            for item in others:
                one[first] *= one[item]
            other[first] = whole - one[first]
        gone = {item for _, *others in groups for item in others}
        return frozenset(frozenset(there - gone for there in clause if there - gone) for clause in clauses)

    def _number(self, clauses: Clauses) -> int:
        """Return the sets of the items in `clauses` that meet them."""
        if clauses not in self.known:
            if len(self.known) >= MAX_NODES:
                raise _entangled()
            number = 1
            parts = _components(clauses)
            for part in parts:
                number *= self._number(part) if len(parts) > 1 else self._branched(part)
            self.known[clauses] = number
        return self.known[clauses]

    def _branched(self, clauses: Clauses) -> int:
        """Return the same, by whether the item that occurs most is above or below."""
        item = _most_frequent(clauses)
        rest, below = _items(clauses) - {item}, _with_below(clauses, item)
        number = self.below[item] * self._number(below) * self._free(rest - _items(below))
        above = _with_above(clauses, item)
        if all(above):
            number += self.above[item] * self._number(above) * self._free(rest - _items(above))
        return number


def _items(clauses: Iterable[Clause]) -> frozenset[Item]:
    return frozenset(item for clause in clauses for there in clause for item in there)


def _most_frequent(clauses: Iterable[Clause]) -> Item:
    number = Counter(item for clause in clauses for there in clause for item in there)
    return min(number, key=lambda item: (-number[item], item))


def _with_above(clauses: Clauses, item: Item) -> Clauses:
    """Return what is left to be met where `item` is above; an empty clause cannot be met."""
    return frozenset(frozenset(there for there in clause if item not in there) for clause in clauses)


def _with_below(clauses: Clauses, item: Item) -> Clauses:
    """Return what is left to be met where `item` is below."""
    alone = frozenset([item])
    return frozenset(frozenset(there - alone for there in clause) for clause in clauses if alone not in clause)


def _alike(clauses: Clauses) -> list[list[Item]]:
    """Return the items in classes that stand in the same alternatives."""
    places: dict[Item, set[tuple[int, Alternative]]] = {}
    for number, clause in enumerate(clauses):
        for there in clause:
            for item in there:
                places.setdefault(item, set()).add((number, there))
    return _classes(places)


def _alone_alike(clauses: Clauses) -> list[list[Item]]:
    """Return the items that only stand alone in classes that do so in the same clauses."""
    places: dict[Item, set[int]] = {}
    beside: set[Item] = set()
    for number, clause in enumerate(clauses):
        for there in clause:
            if len(there) > 1:
                beside |= there
            else:
                places.setdefault(next(iter(there)), set()).add(number)
    return _classes({item: there for item, there in places.items() if item not in beside})


def _classes(places: dict[Item, set[int]] | dict[Item, set[tuple[int, Alternative]]]) -> list[list[Item]]:
    classes: dict[frozenset[object], list[Item]] = {}
    for item in sorted(places):
        classes.setdefault(frozenset(places[item]), []).append(item)
    return list(classes.values())


def _components(clauses: Collection[Clause]) -> list[Clauses]:
    """Return the clauses in groups that share no item."""
    groups: list[tuple[frozenset[Item], frozenset[Clause]]] = []
    for clause in clauses:
        items, group = _items([clause]), frozenset([clause])
        for there in [there for there in groups if there[0] & items]:
            groups.remove(there)
            items, group = items | there[0], group | there[1]
        groups.append((items, group))
    return [group for _, group in groups]


def _entangled() -> TooManyStatesError:
    return TooManyStatesError(
        f"the demands are too entangled for an exact count, more than {MAX_NODES:,} parts of them; no estimate is made: "
        "the condition itself is exact, and counts by nash, gmr and seq are easier than by smr and sseq"
    )

"""Which sayings render one utterance: few of all pairs are compared, and weak links do not chain.

Sayings meet over their rarest concepts. Where many share one, they meet over two at a time; where many share even these, each meets
those next to it by date. So the number of comparisons grows with the number of sayings, not with its square.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from offramp.sayings.likeness import DATE, SPEAKER, Likeness, Rarity, likeness, points
from offramp.sayings.records import Saying

KEYS = 7
"""Concepts of a saying, the rarest, over which it meets others."""

CROWD = 60
"""Sayings up to which all that share a key are compared with each other."""

WINDOW = 12
"""Sayings by date, in a crowd, with which each is compared."""

WITNESSES = 6
"""Members of each side, the earliest, by which it is judged whether a weak link may join two groups."""

MEMBERS = 24
"""Members of a group, the earliest, that another one is held to."""

THRESHOLD, SURE, DAYS = 0.5, 0.75, 60

Watch = Callable[[int, int], None]
Pair = tuple[int, int]
Places = tuple[int, ...]


@dataclass(frozen=True)
class Settings:
    """What links two sayings: the least score, from where one link is enough, days between two occasions."""

    threshold: float = THRESHOLD
    sure: float = SURE
    days: int = DAYS


@dataclass(frozen=True)
class Link:
    """Two sayings, by their places, and why they may render one utterance; within a group, `other` is the one that is told."""

    one: int
    other: int
    likeness: Likeness


@dataclass(frozen=True)
class Linked:
    """Groups of sayings, by their places, and what holds them together.

    ``links`` has for every member but the first its strongest link. Where these alone would leave several groups, ``joins`` are the
    links that make it one. ``num_comparisons`` says how many pairs were compared; ``refused`` are links that would have been chains.
    """

    groups: tuple[tuple[int, ...], ...]
    links: tuple[Link, ...]
    num_comparisons: int
    refused: tuple[Link, ...]
    joins: tuple[Link, ...] = ()


def link(sayings: Sequence[Saying], settings: Settings | None = None, watch: Watch | None = None) -> Linked:
    """Return which sayings render one utterance.

    Parameters
    ----------
    sayings : sequence of Saying
        In any order; groups and links come in the order of the reports.
    settings : Settings, optional
        What links two.
    watch : callable, optional
        Told how many sayings are compared, and how many there are.

    Returns
    -------
    linked : Linked
        Only groups with sayings of two sources at least.

    Notes
    -----
    Sayings of one report are not compared with each other, and two facts are not: what an outlet or a law lays down in its own voice is
    nobody's utterance, but may be somebody's without the name. Groups are joined from the strongest link down. A link below
    ``settings.sure`` joins two groups only where their members are alike on average, too, so that a chain of weak links breaks.
    """
    settings = settings or Settings()
    order = sorted(range(len(sayings)), key=lambda place: sayings[place].order)
    matcher = _Matcher([sayings[place] for place in order], settings, watch)
    groups, joined, refused = _joined(matcher)
    sourced = [group for group in groups if len({matcher.sayings[place].source for place in group}) > 1]
    links = [found for group in sourced for found in matcher.within(group)]
    members = {place for group in sourced for place in group}
    joins = _needed([pair for pair in joined if pair[0] in members], links)

    def placed(found: Link) -> Link:
        return Link(order[found.one], order[found.other], found.likeness)

    def made(pairs: Iterable[Pair]) -> tuple[Link, ...]:
        return tuple(placed(Link(one, other, matcher.likeness(one, other))) for one, other in pairs)

    there = tuple(tuple(order[place] for place in group) for group in sourced)
    return Linked(there, tuple(map(placed, links)), matcher.num_comparisons, made(refused), made(joins))


class _Matcher:
    """Compares sayings, and counts the pairs among which links are looked for."""

    def __init__(self, sayings: list[Saying], settings: Settings, watch: Watch | None) -> None:
        self.sayings, self.settings, self._watch = sayings, settings, watch
        self.rarity = Rarity(sayings)
        self.copies = self._copies()
        self.num_comparisons = 0

    def _copies(self) -> dict[int, list[int]]:
        """Return, by the first of them, sayings with the same words, speaker and date."""
        found: dict[object, list[int]] = {}
        for place, saying in enumerate(self.sayings):
            fact = saying.source if saying.kind == "fact" else ""
            key = (saying.gist.words, saying.speaker_id or saying.who, saying.said_on, fact, saying.is_withheld)
            found.setdefault(key if saying.gist.words else place, []).append(place)
        return {places[0]: places for places in found.values()}

    def links(self) -> list[tuple[float, int, int]]:
        """Return the points of every link of two sayings that stand for their copies, and of each copy to the first."""
        copies = ((first, copy) for first, there in self.copies.items() for copy in there[1:])
        others = ((one, other) for one, other in self._pairs() if self._may_link(one, other))
        return [(score, one, other) for one, other in (*copies, *others) if (score := self._compared(one, other))]

    def _may_link(self, one: int, other: int) -> bool:
        a, b = self.sayings[one], self.sayings[other]
        return a.source != b.source and not a.kind == b.kind == "fact"

    def _compared(self, one: int, other: int) -> float:
        """Return the points of two sayings, counted, or 0 where they are not linked."""
        self.num_comparisons += 1
        least = self.settings.threshold
        score = points(self.sayings[one], self.sayings[other], self.rarity, self.settings.days, least)
        return score if score >= least else 0.0

    def alike(self, one: int, other: int) -> float | None:
        """Return the points of two sayings; None where they cannot render one utterance for us."""
        if not self._may_link(one, other):
            return None
        return points(self.sayings[one], self.sayings[other], self.rarity, self.settings.days)

    def likeness(self, one: int, other: int) -> Likeness:
        """Return how alike two sayings are, and why."""
        one, other = min(one, other), max(one, other)
        return likeness(self.sayings[one], self.sayings[other], self.rarity, self.settings.days)

    def _pairs(self) -> Iterator[tuple[int, int]]:
        index = _Index({place: self._rarest(place) for place in self.copies})
        for done, one in enumerate(self.copies):
            if self._watch is not None and done % 200 == 0:
                self._watch(done, len(self.copies))
            yield from ((one, other) for other in sorted({other for key in index.keys(one) for other in index.after(key, one)}))

    def _rarest(self, place: int) -> list[str]:
        return sorted(self.sayings[place].gist.about, key=lambda concept: (self.rarity.counts[concept], concept))[:KEYS]

    def within(self, group: Sequence[int]) -> list[Link]:
        """Return for every member but the first its strongest link: to one before it, where any of these is strong enough."""
        found = []
        for place in group[1:]:
            scores = [(other, self.alike(other, place)) for other in group[:MEMBERS] if other != place]
            ranked = [(other < place and score >= self.settings.threshold, score, -other) for other, score in scores if score is not None]
            if ranked:
                other = -max(ranked)[2]
                found.append(Link(other, place, self.likeness(other, place)))
        return found


class _Index:
    """Sayings by the keys over which they meet; single concepts, or pairs of them where one is in many sayings.

    Parameters
    ----------
    concepts : mapping of int to list of str
        The rarest concepts of each saying, by its place, in order.
    """

    def __init__(self, concepts: Mapping[int, list[str]]) -> None:
        self._concepts = concepts
        self._counts = Counter(concept for there in concepts.values() for concept in there)
        self._places: dict[object, list[int]] = {}
        for place in concepts:
            for key in self.keys(place):
                self._places.setdefault(key, []).append(place)

    def keys(self, place: int) -> Iterator[object]:
        """Yield the keys of a saying: concepts that are not crowded, and pairs in which both are."""
        concepts = self._concepts[place]
        yield from (concept for concept in concepts if self._counts[concept] <= CROWD)
        yield from combinations(sorted(concept for concept in concepts if self._counts[concept] > CROWD), 2)

    def after(self, key: object, place: int) -> list[int]:
        """Return the sayings under a key that come after one: all, or in a crowd the next."""
        there = self._places[key]
        start = bisect.bisect_right(there, place)
        return there[start:] if len(there) <= CROWD else there[start : start + WINDOW]


class _Groups:
    """Sayings in groups, of which two can be made one; the first few of each are at hand."""

    def __init__(self) -> None:
        self._group_of: dict[int, list[int]] = {}
        self._first: dict[int, tuple[int, ...]] = {}

    def of(self, place: int) -> list[int]:
        """Return the group of a saying, in no order; the same list for all its members."""
        if place not in self._group_of:
            self._group_of[place] = group = [place]
            self._first[id(group)] = (place,)
        return self._group_of[place]

    def first(self, group: list[int]) -> tuple[int, ...]:
        """Return the earliest members of a group."""
        return self._first[id(group)]

    def join(self, one: int, other: int) -> None:
        """Make the groups of two sayings one."""
        less, more = sorted((self.of(one), self.of(other)), key=len)
        if less is not more:
            self._first[id(more)] = tuple(sorted(self.first(less) + self.first(more))[:WITNESSES])
            more += less
            self._group_of |= dict.fromkeys(less, more)

    def all(self) -> list[list[int]]:
        """Return the groups of several, in order."""
        groups = {id(group): group for group in self._group_of.values() if len(group) > 1}
        return sorted(map(sorted, groups.values()))


def _joined(matcher: _Matcher) -> tuple[list[list[int]], list[Pair], list[Pair]]:
    """Join sayings from the strongest link down; return the groups, the links that made them, and those that were refused."""
    groups = _Groups()
    joined, refused = [], []
    dense: dict[frozenset[Places], bool] = {}
    for score, one, other in sorted(matcher.links(), key=lambda found: (-found[0], *found[1:])):
        a, b = groups.of(one), groups.of(other)
        if a is b:
            continue
        if score < matcher.settings.sure and not _is_dense(matcher, groups.first(a), groups.first(b), dense):
            refused.append((one, other))
            continue
        joined.append((one, other))
        groups.join(one, other)
    return groups.all(), joined, refused


def _is_dense(matcher: _Matcher, one: Places, other: Places, known: dict[frozenset[Places], bool]) -> bool:
    """Return whether members of two groups are alike on average; those that cannot be compared do not count."""
    key = frozenset((one, other))
    if key not in known:
        scores = [score for score in (matcher.alike(a, b) for a in one for b in other) if score is not None]
        known[key] = bool(scores) and sum(scores) / len(scores) >= 0.8 * matcher.settings.threshold
    return known[key]


def _needed(joined: Sequence[Pair], links: Iterable[Link]) -> list[Pair]:
    """Return which of the links that made the groups are needed beside those that are told, the strongest first."""
    groups = _Groups()
    for found in links:
        groups.join(found.one, found.other)
    needed = []
    for one, other in joined:
        if groups.of(one) is not groups.of(other):
            needed.append((one, other))
            groups.join(one, other)
    return needed


__all__ = ["DATE", "SPEAKER", "Link", "Linked", "Settings", "link"]

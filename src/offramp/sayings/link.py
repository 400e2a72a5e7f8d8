"""Which sayings render one utterance: few of all pairs are compared, and weak links do not chain.

Sayings meet over their rarest concepts. Where many share one, they meet over two at a time; where many share even these, each meets
those next to it by date. So the number of comparisons grows with the number of sayings, not with its square.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from offramp.sayings.likeness import DATE, SPEAKER, Likeness, Rarity, likeness
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
    """Groups of sayings, by their places; all links between members; how many pairs were compared; links refused as chains."""

    groups: tuple[tuple[int, ...], ...]
    links: tuple[Link, ...]
    num_comparisons: int
    refused: tuple[Link, ...]


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
    groups, refused = _joined(matcher)
    sourced = [group for group in groups if len({matcher.sayings[place].source for place in group}) > 1]
    links = [found for group in sourced for found in matcher.within(group)]

    def placed(found: Link) -> Link:
        return Link(order[found.one], order[found.other], found.likeness)

    there = tuple(tuple(order[place] for place in group) for group in sourced)
    return Linked(there, tuple(map(placed, links)), matcher.num_comparisons, tuple(map(placed, refused)))


class _Matcher:
    """Compares sayings, each pair once, and counts."""

    def __init__(self, sayings: list[Saying], settings: Settings, watch: Watch | None) -> None:
        self.sayings, self.settings, self._watch = sayings, settings, watch
        self.rarity = Rarity(sayings)
        self._known: dict[tuple[int, int], Likeness] = {}
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

    def links(self) -> list[Link]:
        """Return every link of two sayings that stand for their copies, and of each copy to the first."""
        copies = [Link(first, copy, self._compared(first, copy)) for first, there in self.copies.items() for copy in there[1:]]
        others = [Link(one, other, alike) for one, other in self._pairs() if (alike := self.alike(one, other)) is not None]
        return [found for found in (*copies, *others) if found.likeness.score >= self.settings.threshold]

    def alike(self, one: int, other: int) -> Likeness | None:
        """Return how alike two sayings are; None where they cannot render one utterance for us."""
        a, b = self.sayings[one], self.sayings[other]
        if a.source == b.source or a.kind == b.kind == "fact":
            return None
        return self._compared(min(one, other), max(one, other))

    def _compared(self, one: int, other: int) -> Likeness:
        if (one, other) not in self._known:
            self.num_comparisons += 1
            found = likeness(self.sayings[one], self.sayings[other], self.rarity, self.settings.days)
            if found.score < self.settings.threshold / 2:
                return found
            self._known[one, other] = found
        return self._known[one, other]

    def _pairs(self) -> Iterator[tuple[int, int]]:
        index = self._index()
        keys_of = index.keys
        for done, (one, keys) in enumerate(keys_of.items()):
            if self._watch is not None and done % 200 == 0:
                self._watch(done, len(keys_of))
            yield from ((one, other) for other in sorted({other for key in keys for other in index.after(key, one)}))

    def _index(self) -> _Index:
        index = _Index()
        for place in self.copies:
            concepts = sorted(set(self.sayings[place].gist.concepts), key=lambda concept: (self.rarity.counts[concept], concept))
            index.add(place, concepts[:KEYS])
        return index

    def within(self, group: Sequence[int]) -> list[Link]:
        """Return for every member but the first its strongest link: to one before it, where any of these is strong enough."""
        found = []
        for place in group[1:]:
            others = [(other, self.alike(other, place)) for other in group[:MEMBERS] if other != place]
            links = [Link(other, place, alike) for other, alike in others if alike is not None]
            found += [max(links, key=self._told_first)] if links else []
        return found

    def _told_first(self, link: Link) -> tuple[bool, float, int]:
        score = link.likeness.score
        return link.one < link.other and score >= self.settings.threshold, score, -link.one


class _Index:
    """Sayings by the keys over which they meet; single concepts, or pairs of them where one is in many sayings."""

    def __init__(self) -> None:
        self._concepts: dict[int, list[str]] = {}
        self._places: dict[object, list[int]] = {}

    def add(self, place: int, concepts: list[str]) -> None:
        """Enter a saying, which comes after all that are there, under its concepts."""
        self._concepts[place] = concepts
        for concept in concepts:
            self._places.setdefault(concept, []).append(place)
        for pair in combinations(sorted(concepts), 2):
            self._places.setdefault(pair, []).append(place)

    @property
    def keys(self) -> dict[int, list[object]]:
        """The keys of every saying: concepts that are not crowded, and pairs in which both are."""
        return {place: list(self._keys(concepts)) for place, concepts in self._concepts.items()}

    def _keys(self, concepts: list[str]) -> Iterator[object]:
        crowded = [concept for concept in concepts if len(self._places[concept]) > CROWD]
        yield from (concept for concept in concepts if concept not in crowded)
        yield from combinations(sorted(crowded), 2)

    def after(self, key: object, place: int) -> list[int]:
        """Return the sayings under a key that come after one: all, or in a crowd the next."""
        there = self._places[key]
        start = bisect.bisect_right(there, place)
        return there[start:] if len(there) <= CROWD else there[start : start + WINDOW]


def _joined(matcher: _Matcher) -> tuple[list[list[int]], list[Link]]:
    """Join sayings from the strongest link down; return the groups and the links that were refused."""
    group_of: dict[int, list[int]] = {}
    refused = []
    for found in sorted(matcher.links(), key=lambda found: (-found.likeness.score, found.one, found.other)):
        one, other = (group_of.setdefault(place, [place]) for place in (found.one, found.other))
        if one is other:
            continue
        if found.likeness.score < matcher.settings.sure and not _is_dense(matcher, one, other):
            refused.append(found)
            continue
        together = sorted([*one, *other])
        group_of |= dict.fromkeys(together, together)
    groups = {id(group): group for group in group_of.values() if len(group) > 1}
    return sorted(groups.values()), refused


def _is_dense(matcher: _Matcher, one: Iterable[int], other: Iterable[int]) -> bool:
    """Return whether members of two groups are alike on average; those that cannot be compared do not count."""
    pairs = [(a, b) for a in sorted(one)[:WITNESSES] for b in sorted(other)[:WITNESSES]]
    scores = [alike.score for alike in (matcher.alike(a, b) for a, b in pairs) if alike is not None]
    return bool(scores) and sum(scores) / len(scores) >= 0.8 * matcher.settings.threshold


__all__ = ["DATE", "SPEAKER", "Link", "Linked", "Settings", "link"]

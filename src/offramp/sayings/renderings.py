"""One utterance, several renderings: side by side, with what differs, who has it from whom, and what contradicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from offramp.sayings.contradictions import Contradiction, contradictions
from offramp.sayings.descent import Descent, descent, precedence
from offramp.sayings.likeness import Likeness
from offramp.sayings.link import MEMBERS, Link, Linked, Settings, Watch, link
from offramp.sayings.records import Saying
from offramp.sayings.wording import QUOTED, Wording, are_comparable, between, quoted, wording


@dataclass(frozen=True)
class Rendering:
    """An utterance as one report has it.

    ``base`` is the place in the group of the rendering that this one is told against, never one that is known to be later: the first
    quotation that it can be held to word by word, else the one it is most like; None where there is none. ``wording`` tells the
    difference. ``is_later`` says whether it is known that the words of ``base`` came first. ``verdict`` is ``altered``, ``differs``
    (the same, but which words came first is not known), ``translated?`` (the wording is another throughout), ``excerpt``, ``same``,
    or empty where the two are no quotations of one speaker in one language. ``likeness`` is that to ``linked_to``, the place of the
    member that it is most like.
    """

    saying: Saying
    base: int | None = None
    linked_to: int | None = None
    likeness: Likeness | None = None
    wording: Wording | None = None
    is_later: bool = False
    verdict: str = ""

    @property
    def is_altered(self) -> bool:
        """Whether words between quotation marks are not what an earlier report has between them."""
        return self.verdict in ("altered", "translated?")

    @property
    def is_different(self) -> bool:
        """Whether words between quotation marks are not what another report has between them, whichever came first."""
        return self.is_altered or self.verdict == "differs"


@dataclass(frozen=True)
class Utterance:
    """The renderings of one utterance, the earliest report first; ``joins`` are links, by places, without which it would be several."""

    renderings: tuple[Rendering, ...]
    descent: Descent
    contradictions: tuple[Contradiction, ...]
    joins: tuple[Link, ...] = ()

    @property
    def score(self) -> float:
        """The weakest of the links that hold it together."""
        members = [one.likeness for one in self.renderings if one.likeness is not None]
        return min((alike.score for alike in [*members, *(one.likeness for one in self.joins)]), default=0.0)

    @property
    def num_reports(self) -> int:
        """How many sources have it."""
        return len({one.saying.source for one in self.renderings})

    @property
    def is_altered(self) -> bool:
        """Whether a quotation was altered on the way."""
        return any(one.is_altered for one in self.renderings)

    @property
    def is_different(self) -> bool:
        """Whether two quotations differ, whichever came first."""
        return any(one.is_different for one in self.renderings)

    @property
    def unattributed(self) -> tuple[int, ...]:
        """The renderings in an outlet's own voice, where others name who said it."""
        named = any(one.saying.speaker for one in self.renderings)
        return tuple(place for place, one in enumerate(self.renderings) if named and one.saying.kind == "fact")


@dataclass(frozen=True)
class Renderings:
    """All utterances with several renderings, those that most speaks for first; and how they were looked for."""

    utterances: tuple[Utterance, ...]
    sayings: tuple[Saying, ...]
    linked: Linked
    settings: Settings


def renderings(sayings: Sequence[Saying], settings: Settings | None = None, watch: Watch | None = None) -> Renderings:
    """Return which sayings render one utterance, and how they differ.

    Parameters
    ----------
    sayings : sequence of Saying
        From `offramp.sayings.gather.gather`.
    settings : Settings, optional
        What links two sayings.
    watch : callable, optional
        Told how many sayings are compared, and how many there are.

    Returns
    -------
    found : Renderings
        Altered quotations come first, then those that differ, then what is linked most strongly.

    Examples
    --------
    >>> one = Saying("a", "post", "We found cracks in nine gates.", "direct", "The Post", reported="2031-03-01", speaker="Jo Eide")
    >>> two = Saying("b", "echo", "We found cracks in ten gates.", "direct", "Echo", reported="2031-03-02", speaker="Jo Eide",
    ...     via=("The Post",))
    >>> (found,) = renderings([two, one]).utterances
    >>> found.renderings[1].verdict, found.renderings[1].wording.changes[0].after, found.descent.num_sources
    ('altered', 'ten', 1)
    """
    settings = settings or Settings()
    linked = link(sayings, settings, watch)
    links = {found.other: found for found in linked.links}
    joins = {place: [found for found in linked.joins if found.one == place] for place in {found.one for found in linked.joins}}
    utterances = [_utterance(sayings, group, links, joins) for group in linked.groups]
    utterances.sort(key=lambda one: (not one.is_altered, not one.is_different, -one.score, one.renderings[0].saying.order))
    return Renderings(tuple(utterances), tuple(sayings), linked, settings)


def _utterance(sayings: Sequence[Saying], group: Sequence[int], links: Mapping[int, Link], joins: Mapping[int, list[Link]]) -> Utterance:
    places = {place: number for number, place in enumerate(group)}

    def within(found: Link) -> Link:
        return Link(places[found.one], places[found.other], found.likeness)

    there = [sayings[place] for place in group]
    told = tuple(_rendering(there, number, within(links[place]) if place in links else None) for place, number in places.items())
    joined = tuple(within(found) for place in group for found in joins.get(place, ()))
    return Utterance(told, descent(there), tuple(contradictions(there)), joined)


def _rendering(sayings: Sequence[Saying], place: int, link: Link | None) -> Rendering:
    saying = sayings[place]
    likeness, linked_to = (link.likeness, link.one) if link else (None, None)
    held_to = _held_to(sayings, place)
    base = held_to if held_to is not None else _told_against(sayings, place, linked_to)
    if base is None:
        return Rendering(saying, None, linked_to, likeness)
    before = sayings[base]
    differs = wording(before.words, saying.words) if held_to is None else wording(quoted(before), quoted(saying))
    is_later = precedence(before, saying) > 0 and not _may_be_older(sayings, base, place)
    return Rendering(saying, base, linked_to, likeness, differs, is_later, _verdict(differs, is_later) if held_to is not None else "")


def _held_to(sayings: Sequence[Saying], place: int) -> int | None:
    """Return the first quotation that another one is held to word by word: one that is known to be earlier, or else may be."""
    saying = sayings[place]
    if saying.kind not in QUOTED:
        return None
    others = [other for other in range(min(len(sayings), MEMBERS)) if other != place and are_comparable(sayings[other], saying)]
    earlier = (other for other in others if precedence(sayings[other], saying) > 0)
    unknown = (other for other in others if other < place and precedence(sayings[other], saying) == 0)
    return next((other for there in (earlier, unknown) for other in there), None)


def _told_against(sayings: Sequence[Saying], place: int, linked_to: int | None) -> int | None:
    """Return what a retelling is told against: what it is most like, or else the first, unless that is known to be later."""
    for other in () if linked_to is None else dict.fromkeys((linked_to, 0)):
        order = precedence(sayings[other], sayings[place])
        if other != place and (order > 0 or (order == 0 and other < place)):
            return other
    return None


def _may_be_older(sayings: Sequence[Saying], base: int, place: int) -> bool:
    """Return whether the words of a quotation stand in a third report that may be as old as the one it is told against."""
    others = [other for number, other in enumerate(sayings[:MEMBERS]) if number not in (base, place)]
    words = between(sayings[place])
    same = (other for other in others if words and between(other) == words and are_comparable(other, sayings[place]))
    return any(precedence(sayings[base], other) <= 0 for other in same)


def _verdict(differs: Wording, is_later: bool) -> str:
    if differs.changes:
        return "translated?" if differs.is_reworded else "altered" if is_later else "differs"
    return "excerpt" if differs.is_excerpt else "same"

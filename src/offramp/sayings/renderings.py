"""One utterance, several renderings: side by side, with what differs, who has it from whom, and what contradicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from offramp.sayings.descent import Descent, descent
from offramp.sayings.likeness import Likeness, speakers_agree
from offramp.sayings.link import MEMBERS, Link, Linked, Settings, Watch, link
from offramp.sayings.records import Saying
from offramp.sayings.wording import Wording, are_comparable, quoted, wording


@dataclass(frozen=True)
class Rendering:
    """An utterance as one report has it.

    ``base`` is the place in the group of the rendering that this one is told against: the first quotation that it can be held to
    word by word, else the one it is most like, an earlier one where there is any; None for the earliest. ``wording`` tells the
    difference. ``verdict`` is ``altered``, ``translated?`` (altered, but the wording is another throughout), ``excerpt``, ``same``,
    or empty where the two are no quotations of one speaker in one language.
    """

    saying: Saying
    base: int | None = None
    likeness: Likeness | None = None
    wording: Wording | None = None
    verdict: str = ""

    @property
    def is_altered(self) -> bool:
        """Whether words between quotation marks are not what another report has between them."""
        return self.verdict in ("altered", "translated?")


@dataclass(frozen=True)
class Contradiction:
    """What renderings say otherwise: dates, speakers, numbers, whether something is denied; each value with who has it.

    ``about`` is ``date``, ``speaker``, ``number`` or ``negation``; ``of`` is what a number counts. ``values`` are pairs of a value and
    the places of the renderings.
    """

    about: str
    of: str
    values: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Utterance:
    """The renderings of one utterance, the earliest report first."""

    renderings: tuple[Rendering, ...]
    descent: Descent
    contradictions: tuple[Contradiction, ...]

    @property
    def score(self) -> float:
        """The weakest of the links that hold it together."""
        return min((one.likeness.score for one in self.renderings if one.likeness is not None), default=0.0)

    @property
    def num_reports(self) -> int:
        """How many sources have it."""
        return len({one.saying.source for one in self.renderings})

    @property
    def is_altered(self) -> bool:
        """Whether a quotation was altered on the way."""
        return any(one.is_altered for one in self.renderings)

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
        Altered quotations come first, then what is linked most strongly.

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
    utterances = [_utterance([sayings[place] for place in group], _within(group, links)) for group in linked.groups]
    utterances.sort(key=lambda one: (not one.is_altered, -one.score, one.renderings[0].saying.order))
    return Renderings(tuple(utterances), tuple(sayings), linked, settings)


def _within(group: Sequence[int], links: dict[int, Link]) -> dict[int, tuple[int, Likeness]]:
    """Return the link of each member but the first, by places in the group."""
    places = {place: number for number, place in enumerate(group)}
    return {places[place]: (places[links[place].one], links[place].likeness) for place in group if place in links}


def _utterance(sayings: Sequence[Saying], links: dict[int, tuple[int, Likeness]]) -> Utterance:
    told = tuple(_rendering(sayings, place, links.get(place)) for place in range(len(sayings)))
    return Utterance(told, descent(sayings), tuple(_contradictions(sayings)))


def _rendering(sayings: Sequence[Saying], place: int, found: tuple[int, Likeness] | None) -> Rendering:
    saying = sayings[place]
    quoted_before = next((before for before in range(min(place, MEMBERS)) if are_comparable(sayings[before], saying)), None)
    base = quoted_before if quoted_before is not None else found[0] if found else None
    if base is None:
        return Rendering(saying)
    before = sayings[base]
    differs = wording(before.words, saying.words) if quoted_before is None else wording(quoted(before), quoted(saying))
    return Rendering(saying, base, found[1] if found else None, differs, _verdict(differs) if quoted_before is not None else "")


def _verdict(differs: Wording) -> str:
    if differs.changes:
        return "translated?" if differs.is_reworded else "altered"
    return "excerpt" if differs.is_excerpt else "same"


# -- what contradicts ----------------------------------------------------------------------------------------------------


def _contradictions(sayings: Sequence[Saying]) -> Iterator[Contradiction]:
    """Yield what the renderings say otherwise; nothing of it is resolved."""
    dated = [(place, one) for place, one in enumerate(sayings) if one.said is not None]
    dates = {one.said for _, one in dated if one.said is not None}
    if any(one.gap(other) for one in dates for other in dates):
        yield Contradiction("date", "", _values((one.said_on, place) for place, one in dated))
    named = [(place, one) for place, one in enumerate(sayings) if one.speaker]
    speakers = {(one.speaker_id, one.speaker): one for _, one in named}.values()
    if any(speakers_agree(one, other) == "different" for one in speakers for other in speakers):
        yield Contradiction("speaker", "", _values((one.speaker, place) for place, one in named))
    yield from _numbers(sayings)
    yield from _denials(sayings)


def _denials(sayings: Sequence[Saying]) -> Iterator[Contradiction]:
    """Yield who denies what another says without anything that may be a denial; where one just has less of it, that is none."""
    denied = [place for place, one in enumerate(sayings) if one.gist.is_negated]
    plain = [place for place, one in enumerate(sayings) if not one.gist.may_deny]
    if any(wording(sayings[a].words, sayings[b].words).changes for a in denied[:MEMBERS] for b in plain[:MEMBERS]):
        yield Contradiction("negation", "", (("denied", tuple(denied)), ("not denied", tuple(plain))))


def _numbers(sayings: Sequence[Saying]) -> Iterator[Contradiction]:
    """Yield numbers of one thing that differ: each of two renderings has one that the other has not."""
    told: dict[str, dict[int, set[str]]] = {}
    for place, one in enumerate(sayings):
        for number, concept in one.gist.numbers:
            if concept:
                told.setdefault(concept, {}).setdefault(place, set()).add(number)
    for concept, there in sorted(told.items()):
        values = set(map(frozenset, there.values()))
        if any(one - other and other - one for one in values for other in values):
            common = frozenset.intersection(*values)
            pairs = ((number, place) for place, numbers in there.items() for number in sorted(numbers - common))
            teller = min(there, key=lambda place: (sayings[place].is_withheld, not sayings[place].is_confirmed, place))
            yield Contradiction("number", sayings[teller].gist.said[concept], _values(pairs))


def _values(pairs: Iterator[tuple[str, int]] | Sequence[tuple[str, int]]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    found: dict[str, list[int]] = {}
    for value, place in pairs:
        found.setdefault(value, []).append(place)
    return tuple((value, tuple(places)) for value, places in found.items())

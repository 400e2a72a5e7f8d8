"""What renderings of one utterance say otherwise: dates, speakers, numbers, denials."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from offramp.sayings.counts import Count, counts
from offramp.sayings.likeness import speakers_agree
from offramp.sayings.link import MEMBERS
from offramp.sayings.records import Saying
from offramp.sayings.wording import wording

MOST = 100
"""Different tellings of one number, the earliest, that are held to each other."""


@dataclass(frozen=True)
class Contradiction:
    """What renderings say otherwise: dates, speakers, numbers, whether something is denied; each value with who has it.

    ``about`` is ``date``, ``speaker``, ``number`` or ``negation``; ``of`` is what a number counts. ``values`` are pairs of a value and
    the places of the renderings.
    """

    about: str
    of: str
    values: tuple[tuple[str, tuple[int, ...]], ...]


def contradictions(sayings: Sequence[Saying]) -> Iterator[Contradiction]:
    """Yield what the renderings of one utterance say otherwise; nothing of it is resolved.

    Parameters
    ----------
    sayings : sequence of Saying
        The renderings of one utterance.

    Examples
    --------
    >>> one, two = (Saying(place, place, f"Cracks in {number} gates.", "direct") for place, number in (("a", "nine"), ("b", "ten")))
    >>> next(contradictions([one, two]))
    Contradiction(about='number', of='gates', values=(('9', (0,)), ('10', (1,))))
    """
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
    """Yield numbers of one thing, in one state, that differ; where one report has the number of the other, too, none does."""
    told: dict[tuple[str, ...], dict[int, list[Count]]] = {}
    for place, one in enumerate(sayings):
        for count in counts(one.words):
            told.setdefault(tuple(sorted(count.about)), {}).setdefault(place, []).append(count)
    for _, there in sorted(told.items()):
        clear = {place: some for place, some in there.items() if len({count.value for count in some}) == 1}
        clashing = _clashing(clear, sayings)
        if clashing:
            pairs = [(count.number, place) for place, some in there.items() for count in some if (place, count) in clashing]
            places = sorted({place for place, _ in clashing})
            teller = min(places, key=lambda place: (sayings[place].is_withheld, not sayings[place].is_confirmed, place))
            of = next(count.of for count in there[teller] if (teller, count) in clashing)
            yield Contradiction("number", of, _values(pairs))


def _clashing(there: Mapping[int, list[Count]], sayings: Sequence[Saying]) -> set[tuple[int, Count]]:
    """Return the numbers, with their places, that another rendering excludes."""
    alike: dict[tuple[frozenset[Count], frozenset[str]], list[int]] = {}
    for place, some in there.items():
        alike.setdefault((frozenset(some), frozenset(number for number, _ in sayings[place].gist.numbers)), []).append(place)
    found: set[tuple[int, Count]] = set()
    for (one, has), (other, has_too) in combinations(list(alike)[:MOST], 2):
        for a, b in product(one, other):
            if a.excludes(b) and a.value not in has_too and b.value not in has:
                found |= {(place, a) for place in alike[one, has]} | {(place, b) for place in alike[other, has_too]}
    return found


def _values(pairs: Iterator[tuple[str, int]] | Sequence[tuple[str, int]]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    found: dict[str, list[int]] = {}
    for value, place in pairs:
        found.setdefault(value, []).append(place)
    return tuple((value, tuple(places)) for value, places in found.items())

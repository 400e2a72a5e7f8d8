"""What the numbers of a saying count, and in which state: three workers that died are not the sixteen that were hurt.

Only what is clear is told: a number of which it is not clear what it counts, or what is said of that, is left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from offramp.sayings.tables import (
    AUXILIARIES,
    BREAKS,
    COPULA,
    DETERMINERS,
    FUTURE,
    HAPPENING,
    IRREGULAR,
    NEGATIVE,
    NO_VERBS,
    PAST,
    PREPOSITIONS,
    REPORTING,
)
from offramp.sayings.words import is_light, spotted, stem, tokens

_BREAK = re.compile(r"[,;:.!?()\[\]…–—\n]")
_REPORTING = frozenset(map(stem, REPORTING))
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "%": "percent"}

NEAR = 0.2
"""How far off a number may be that is said to be about so much."""

_HEDGES = {
    "low": ("at least", "more than", "over", "not less than", "no fewer than", "above"),
    "high": ("at most", "up to", "fewer than", "less than", "no more than", "under", "below"),
    "near": ("about", "around", "some", "nearly", "almost", "roughly", "approximately", "close to"),
}


@dataclass(frozen=True)
class Count:
    """A number with what it counts.

    ``number`` is as it is told, ``value`` the bare number, ``low`` and ``high`` are how many that may be. ``of`` are the words for what
    is counted; ``about`` are the concepts of that and of what is said of it, which two numbers have to share if they are to contradict
    each other. ``time`` is ``past``, ``future`` or empty.
    """

    number: str
    value: str
    low: float
    high: float
    of: str
    about: frozenset[str]
    time: str

    def excludes(self, other: Count) -> bool:
        """Return whether both are about one thing and cannot both be right."""
        is_apart = self.low > other.high or other.low > self.high
        return is_apart and self.about == other.about and {self.time, other.time} != {"past", "future"}


@dataclass(frozen=True)
class _Unit:
    """A word, or several that are one concept or one number; ``ends`` says whether a clause ends before it."""

    words: tuple[str, ...]
    concept: str
    start: int
    end: int
    ends: bool

    @property
    def is_number(self) -> bool:
        return self.concept.startswith("#")

    @property
    def is_verb(self) -> bool:
        """Whether it looks like one, or says what happens."""
        word = self.words[-1]
        return self.concept in HAPPENING or (len(word) > 4 and word.endswith("ed")) or (word in IRREGULAR and word not in NO_VERBS)


@lru_cache(10_000)
def counts(text: str) -> tuple[Count, ...]:
    """Return the numbers of a saying of which it is clear what they count and what is said of it.

    Examples
    --------
    >>> [(one.number, one.of, sorted(one.about)) for one in counts("16 workers had been hurt, and the crane killed three port workers")]
    [('16', 'workers', ['harm', 'worker']), ('3', 'port workers', ['death', 'port', 'worker'])]
    >>> [(one.number, one.low, one.high) for one in counts("They hold at least 3,000 captives.")]
    [('at least 3000', 3000.0, inf)]
    """
    units = _units(text)
    found = [one for place, unit in enumerate(units) if unit.is_number for one in _count(units, place, text)]
    unclear = {one.of for one in found if not one.about}
    return tuple(one for one in found if one.of not in unclear)


def _units(text: str) -> list[_Unit]:
    there = tokens(text)
    words = [token.text for token in there]
    found: list[_Unit] = []
    for concept, place, size in spotted(words):
        start, end = there[place].start, there[place + size - 1].end
        before = text[found[-1].end : start] if found and found[-1].end <= start else ""
        ends = words[place] in BREAKS or bool(_BREAK.search(before))
        found.append(_Unit(tuple(words[place : place + size]), concept, start, end, ends))
    return found


def _count(units: Sequence[_Unit], place: int, text: str) -> Iterator[Count]:
    """Yield a number with what it counts; about nothing if it is not clear what is said of it."""
    value = _value(units[place])
    if value is None or _is_range(units, place, text):
        return
    before, after, signs = _before(units, place), _after(units, place), _signs(units[place], text)
    hedge, low, high = _hedged(before, value)
    counted, state = _told_of(after)
    if not counted and before and before[-1].concept and text[before[-1].start].isupper():
        return  # Article 118, Resolution 2417: a name, and no count
    if state is None and (counted or signs):
        state = _said_before(before[: len(before) - len(hedge.split())])
    if state is None:
        if counted:
            yield Count("", "", low, high, _words(counted), frozenset(), "")
        return
    said = {word for unit in (*before, *after) for word in unit.words}
    marks = {"#not": not NEGATIVE.isdisjoint(said), "#whole": _is_whole(before)}
    about = {unit.concept for unit in (*counted, state)} | signs | {mark for mark, holds in marks.items() if holds}
    of = _words(counted) or next(iter(signs), _words([state]))
    time = "future" if said & FUTURE else "past" if said & PAST else ""
    number = units[place].concept[1:]
    yield Count(f"{hedge} {number}".strip(), number, low, high, of, frozenset(about), time)


def _words(units: Sequence[_Unit]) -> str:
    return " ".join(word for unit in units for word in unit.words)


def _value(unit: _Unit) -> float | None:
    """Return how many that is; None for a rank and a time of day."""
    try:
        return float(unit.concept[1:]) if not unit.concept.endswith(".") else None
    except ValueError:
        return None


def _is_range(units: Sequence[_Unit], place: int, text: str) -> bool:
    """Return whether a number is one end of "five to ten"."""
    return any(_are_range(units[max(0, at) : at + 3], text) for at in (place, place - 1, place - 2) if place - at < 3)


def _are_range(three: Sequence[_Unit], text: str) -> bool:
    """Return whether the first of these is a number, and the next or the one after "to" another."""
    if len(three) < 2 or not three[0].is_number:
        return False
    if three[1].is_number:
        return text[three[0].end : three[1].start].strip() in ("-", "–", "—")
    return len(three) > 2 and three[2].is_number and three[1].words[0] in ("to", "or", "and")


def _before(units: Sequence[_Unit], place: int) -> list[_Unit]:
    """Return what stands in the clause before a number."""
    first = place
    while first > 0 and not units[first].ends:
        first -= 1
    return list(units[first:place])


def _after(units: Sequence[_Unit], place: int) -> list[_Unit]:
    """Return what stands in the clause after a number: nine *gates* of the dam, nine of the fourteen *gates*."""
    there = [*units[place + 1 :]]
    is_of = bool(there) and there[0].words == ("of",) and not there[0].ends
    while is_of and there and not there[0].ends and (there[0].is_number or there[0].words[0] in ("of", *DETERMINERS)):
        there.pop(0)
    ends = (at for at, unit in enumerate(there) if unit.ends or unit.is_number or unit.words[0] in PREPOSITIONS)
    return there[: next(ends, len(there))]


def _told_of(after: Sequence[_Unit]) -> tuple[list[_Unit], _Unit | None]:
    """Return the words for what is counted, and what is said of it, if that stands after them: workers, had been hurt."""
    counted: list[_Unit] = []
    is_helped = False
    for at, unit in enumerate(after):
        if not unit.concept:
            is_helped |= unit.words[0] in AUXILIARIES
        elif not (counted and unit.words[-1].endswith("ly")):
            is_last = at + 1 == len(after) or not after[at + 1].concept
            if is_helped or (unit.is_verb and (counted or is_last)):
                return _weighty(counted), unit
            counted.append(unit)
    return _weighty(counted), None


def _weighty(counted: list[_Unit]) -> list[_Unit]:
    """Return the words that say what is counted, without those that say little: three *more* people."""
    return [unit for unit in counted if not is_light(unit.concept)] or counted[-1:]


def _said_before(before: Sequence[_Unit]) -> _Unit | None:
    """Return what is said of what is counted, where it stands before the number: *killed* three, *cracks* in nine of the gates."""
    for unit in reversed(before):
        if unit.words[0] in AUXILIARIES - COPULA:
            return None
        if unit.concept and not unit.is_number and unit.concept not in _REPORTING:
            return unit
    return None


def _is_whole(before: Sequence[_Unit]) -> bool:
    """Return whether a number is that of which another one is a part: nine of the *fourteen*."""
    there = [unit for unit in before if unit.words[0] not in DETERMINERS]
    return len(there) > 1 and there[-1].words == ("of",) and there[-2].is_number


def _signs(unit: _Unit, text: str) -> set[str]:
    """Return the units that signs before and after a number stand for."""
    around = text[max(0, unit.start - 2) : unit.start].strip()[-1:] + text[unit.end : unit.end + 2].strip()[:1]
    return {_SIGNS[sign] for sign in around if sign in _SIGNS}


def _hedged(before: Sequence[_Unit], value: float) -> tuple[str, float, float]:
    """Return how a number is made less exact by what stands before it, and between which numbers it lies then."""
    words = " " + _words(before[-3:])
    bounds = {"low": (value, math.inf), "high": (0.0, value), "near": (value * (1 - NEAR), value * (1 + NEAR))}
    found = [(hedge, kind) for kind, hedges in _HEDGES.items() for hedge in hedges if words.endswith(" " + hedge)]
    hedge, kind = max(found, key=lambda one: len(one[0]), default=("", ""))
    return (hedge, *bounds[kind]) if hedge else ("", value, value)

"""How alike two sayings are, in points that can be told one by one.

Words count most: the concepts that both hold, rare ones more than common ones. The same order, the same speaker and near dates add;
another speaker, distant dates take away. Whether one denies what the other says takes nothing away: that is told, not judged.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from offramp.sayings.records import Saying, SpeakerKey
from offramp.sayings.words import is_light

WORDS, ORDER = 0.70, 0.10
SPEAKER: Mapping[str, float] = {"same": 0.20, "similar": 0.12, "unknown": 0.0, "different": -0.15}
DATE: Mapping[str, float] = {"same": 0.05, "near": 0.02, "unknown": 0.0, "apart": -0.05, "distant": -0.30}
RELAY = 0.05
"""Points: for words in common and for their order, at most; for speaker and dates; where one names the other's outlet."""

_REST = ORDER + max(DATE.values()) + RELAY + 0.001
"""The most that can come to words and speaker, and a little for rounding."""

SHORTER = 0.6
"""How much the shorter saying counts for what could have been in common, against the longer one: excerpts are frequent."""

LEAST = 2
"""Concepts that two sayings must share, unless one speaker says the same words within days: "yes" is said by many."""

THEME = 0.25
"""Points taken where all that two sayings share is two words that stand side by side in both: the coast guard is a theme, no saying."""

SMOOTH = 20
"""Sayings added to those of the case when rarity is reckoned, so that a small case does not take chance for rarity."""

LOWEST = 0.3
"""The least score that may link; below it nobody is told what was shared."""

NEAR = 4
"""Days between two dates up to which they are near."""


@dataclass(frozen=True)
class Likeness:
    """Why two sayings may render one utterance: the points, and what they were given for.

    ``shared`` are the words of the first saying whose concepts the second has as well, the rarest first.
    """

    score: float
    words: float
    order: float
    speaker: str
    date: str
    is_relayed: bool
    is_copy: bool
    shared: tuple[str, ...]


NOTHING = Likeness(0.0, 0.0, 0.0, "unknown", "unknown", False, False, ())
"""Of two sayings that share too little."""


class Rarity:
    """How much each concept says in one case: what few utterances hold weighs more."""

    def __init__(self, sayings: Iterable[Saying]) -> None:
        texts = {saying.gist.words: saying.gist.concepts for saying in sayings}
        self.counts = Counter(concept for concepts in texts.values() for concept in set(concepts))
        self._weights = _Weights(self.counts, len(texts) + SMOOTH)
        self._sizes: dict[frozenset[str], float] = {}

    def weight(self, concept: str) -> float:
        """Return the weight of a concept."""
        return self._weights[concept]

    def size(self, saying: Saying) -> float:
        """Return the weight of all that a saying holds."""
        about = saying.gist.about
        if about not in self._sizes:
            self._sizes[about] = self.total(about)
        return self._sizes[about]

    def total(self, concepts: Iterable[str]) -> float:
        """Return the weight of several, in an order that does not depend on theirs."""
        return math.fsum(map(self._weights.__getitem__, concepts))


class _Weights(dict[str, float]):
    """The weight of each concept, reckoned once."""

    def __init__(self, counts: Mapping[str, int], total: int) -> None:
        super().__init__()
        self._counts, self._total = counts, total

    def __missing__(self, concept: str) -> float:
        rarity = math.log(1 + self._total / max(1, self._counts[concept]))
        self[concept] = weight = rarity * (0.5 if is_light(concept) else 1.0)
        return weight


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a score is made of."""

    score: float
    words: float
    order: float
    speaker: str
    date: str
    is_relayed: bool
    is_copy: bool
    shared: frozenset[str]


def likeness(one: Saying, other: Saying, rarity: Rarity, days: int) -> Likeness:
    """Return how alike two sayings are.

    Parameters
    ----------
    one, other : Saying
        Their order makes no difference to the score.
    rarity : Rarity
        Of the concepts in the case.
    days : int
        Days between two dates from which they are distant: another occasion.
    """
    found = _parts(one, other, rarity, days, 0.0)
    if found is None:
        return NOTHING
    told = sorted(found.shared, key=lambda concept: (-rarity.weight(concept), concept)) if found.score >= LOWEST else []
    words = tuple(one.gist.said[concept] for concept in told)
    return Likeness(found.score, found.words, found.order, found.speaker, found.date, found.is_relayed, found.is_copy, words)


def points(one: Saying, other: Saying, rarity: Rarity, days: int, least: float = 0.0) -> float:
    """Return the score of two sayings alone, and 0 as soon as it is clear that it stays below `least`."""
    found = _parts(one, other, rarity, days, least)
    return found.score if found else 0.0


def _parts(one: Saying, other: Saying, rarity: Rarity, days: int, least: float) -> _Parts | None:
    """Return what the score of two sayings is made of; None where they share too little, or stay below `least`."""
    is_copy = one.gist.words == other.gist.words and bool(one.gist.words)
    shared = one.gist.about & other.gist.about
    if len(shared) < LEAST and not is_copy:
        return None
    words = 1.0 if is_copy else _overlap(one, other, shared, rarity)
    speaker = speakers_agree(one, other)
    if WORDS * words + SPEAKER[speaker] + _REST < least:
        return None
    date, order = dates_agree(one, other, days), 1.0 if is_copy else _order(one, other)
    is_enough = len(shared) >= LEAST or (is_copy and SPEAKER[speaker] > 0 and DATE[date] > DATE["apart"])
    is_relayed = not (one.relays.isdisjoint(other.outlets) and other.relays.isdisjoint(one.outlets))
    score = WORDS * words + ORDER * order + SPEAKER[speaker] + DATE[date] + RELAY * is_relayed
    is_theme = len(shared) == LEAST and words < 1 and order > 0
    score -= THEME * is_theme
    score = round(min(1.0, max(0.0, score)), 6) if is_enough else 0.0
    return _Parts(score, words, order, speaker, date, is_relayed, is_copy, shared)


def _overlap(one: Saying, other: Saying, shared: frozenset[str], rarity: Rarity) -> float:
    """Return the share of words in common, between that of the shorter and that of the longer saying."""
    sizes = rarity.size(one), rarity.size(other)
    possible = SHORTER * min(sizes) + (1 - SHORTER) * max(sizes)
    return min(1.0, rarity.total(shared) / possible) if possible else 0.0


def _order(one: Saying, other: Saying) -> float:
    """Return how many neighbours in the shorter saying are neighbours in the other as well."""
    first, second = one.gist.neighbours, other.gist.neighbours
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def speakers_agree(one: Saying, other: Saying) -> str:
    """Return whether two sayings have the same speaker: same, similar, unknown or different.

    Similar are names of which one holds all words of the other. Whether "the minister" is somebody with a name is unknown.
    """
    return _agree(one.speaker_key, other.speaker_key)


@lru_cache(100_000)
def _agree(one: SpeakerKey, other: SpeakerKey) -> str:
    (one_id, one_who, one_named), (other_id, other_who, other_named) = one, other
    if not one_who or not other_who:
        return "unknown"
    if (one_id and one_id == other_id) or one_who & other_who:
        return "same"
    if one_id and other_id:
        return "different"
    if any(set(a) <= set(b) or set(b) <= set(a) for a in one_who for b in other_who):
        return "similar"
    return "different" if one_named == other_named else "unknown"


def dates_agree(one: Saying, other: Saying, days: int) -> str:
    """Return whether two sayings may be of one day: same, near, apart, distant or unknown.

    A report that appeared before the words were said, as the other report dates them, is as far from them as that.
    """
    if one.said is not None and other.said is not None:
        gap = one.said.gap(other.said)
        return "same" if gap == 0 else "near" if gap <= NEAR else "apart" if gap <= days else "distant"
    known, unknown = (one, other) if one.said is not None else (other, one)
    if known.said is None or known.said.first is None or unknown.published is None or unknown.published.last is None:
        return "unknown"
    return "distant" if known.said.first - unknown.published.last > days else "unknown"

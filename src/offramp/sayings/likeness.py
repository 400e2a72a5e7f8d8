"""How alike two sayings are, in points that can be told one by one.

Words count most: the concepts that both hold, rare ones more than common ones. The same order, the same speaker and near dates add;
another speaker, distant dates take away. Whether one denies what the other says takes nothing away: that is told, not judged.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from offramp.sayings.records import Saying
from offramp.sayings.words import is_light

WORDS, ORDER = 0.70, 0.10
SPEAKER: Mapping[str, float] = {"same": 0.20, "similar": 0.12, "unknown": 0.0, "different": -0.15}
DATE: Mapping[str, float] = {"same": 0.05, "near": 0.02, "unknown": 0.0, "apart": -0.05, "distant": -0.30}
RELAY = 0.05
"""Points: for words in common and for their order, at most; for speaker and dates; where one names the other's outlet."""

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
        self._total = len(texts) + SMOOTH
        self._weights: dict[str, float] = {}
        self._sizes: dict[frozenset[str], float] = {}

    def weight(self, concept: str) -> float:
        """Return the weight of a concept."""
        if concept not in self._weights:
            rarity = math.log(1 + self._total / max(1, self.counts[concept]))
            self._weights[concept] = rarity * (0.5 if is_light(concept) else 1.0)
        return self._weights[concept]

    def size(self, saying: Saying) -> float:
        """Return the weight of all that a saying holds."""
        about = saying.gist.about
        if about not in self._sizes:
            self._sizes[about] = self.total(about)
        return self._sizes[about]

    def total(self, concepts: Iterable[str]) -> float:
        """Return the weight of several, in an order that does not depend on theirs."""
        return math.fsum(self.weight(concept) for concept in concepts)


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
    is_copy = one.gist.words == other.gist.words and bool(one.gist.words)
    shared = one.gist.about & other.gist.about
    if len(shared) < LEAST and not is_copy:
        return NOTHING
    speaker, date = speakers_agree(one, other), dates_agree(one, other, days)
    words = 1.0 if is_copy else _overlap(one, other, shared, rarity)
    order = 1.0 if is_copy else _order(one.gist.concepts, other.gist.concepts)
    is_enough = len(shared) >= LEAST or (is_copy and SPEAKER[speaker] > 0 and DATE[date] > DATE["apart"])
    is_relayed = bool(one.relays & other.outlets or other.relays & one.outlets)
    score = WORDS * words + ORDER * order + SPEAKER[speaker] + DATE[date] + RELAY * is_relayed
    is_theme = len(shared) == LEAST and words < 1 and order > 0
    score -= THEME * is_theme
    score = round(min(1.0, max(0.0, score)), 6) if is_enough else 0.0
    told = sorted(shared, key=lambda concept: (-rarity.weight(concept), concept)) if score >= LOWEST else []
    return Likeness(score, words, order, speaker, date, is_relayed, is_copy, tuple(one.gist.said[concept] for concept in told))


def _overlap(one: Saying, other: Saying, shared: frozenset[str], rarity: Rarity) -> float:
    """Return the share of words in common, between that of the shorter and that of the longer saying."""
    sizes = rarity.size(one), rarity.size(other)
    possible = SHORTER * min(sizes) + (1 - SHORTER) * max(sizes)
    return min(1.0, rarity.total(shared) / possible) if possible else 0.0


def _order(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Return how many neighbours in the shorter saying are neighbours in the other as well."""
    first, second = set(pairwise(one)), set(pairwise(other))
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def speakers_agree(one: Saying, other: Saying) -> str:
    """Return whether two sayings have the same speaker: same, similar, unknown or different.

    Similar are names of which one holds all words of the other. Whether "the minister" is somebody with a name is unknown.
    """
    if not one.who or not other.who:
        return "unknown"
    if (one.speaker_id and one.speaker_id == other.speaker_id) or one.who & other.who:
        return "same"
    if one.speaker_id and other.speaker_id:
        return "different"
    if any(set(a) <= set(b) or set(b) <= set(a) for a in one.who for b in other.who):
        return "similar"
    return "different" if one.is_named == other.is_named else "unknown"


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

"""The day of a saying, as the words of its attribution give it: "told DW on Monday", "in a letter sent last week"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from offramp.reading.dates import is_bound, is_closed
from offramp.reading.frames import Finding
from offramp.reading.lexicon import listed
from offramp.reading.records import DateMention
from offramp.reading.words import NOUNS, VERBS, Words

_AT = listed("in at during on for to by with before from through via into over ago earlier late early as of")
_DONE = listed(
    """published released issued posted broadcast aired printed sent handed held given carried dated signed recorded made read delivered
    speaking talking appearing writing testifying asked interviewed reached contacted quoted cited presented written addressed"""
)
_OWN = _DONE - {"dated", "recorded", "signed", "held", "presented", "written"}
"""Participles beside the speaker that tell when something was said: "Keller, speaking on Monday, said"."""


class Days:
    """The dates of a text that can be the day of a saying."""

    def __init__(self, text: str, dates: Sequence[DateMention]) -> None:
        self.dates = [date for date in dates if is_closed(date.iso) and not is_bound(text, date.span[0])]
        self.starts = [date.span[0] for date in self.dates]

    def of(self, finding: Finding) -> str:
        """Return the day that the attribution of a statement tells, or an empty text.

        Parameters
        ----------
        finding : Finding
            A statement, as found.
        """
        words = finding.words
        begin, end = words.sentence_of(finding.near if finding.verb is None else finding.verb)
        low, high = words.places[begin][0], words.places[end - 1][1]
        for number in range(bisect_left(self.starts, low), bisect_left(self.starts, high)):
            date = self.dates[number]
            if not any(start <= date.span[0] < stop for start, stop in finding.pieces):
                head = _head(words, begin, end, date)
                if head is not None and _leads_to(words, head, finding):
                    return date.iso
        return ""


def _head(words: Words, begin: int, end: int, date: DateMention) -> int | None:
    """Return the word of a date that hangs on a word outside it."""
    own = [word for word in range(begin, end) if date.span[0] <= words.places[word][0] < date.span[1]]
    return next((word for word in own if words.head[word] not in own), None)


def _leads_to(words: Words, index: int, finding: Finding) -> bool:
    """Whether nothing but occasions stands between a date and the verb of the attribution."""
    goals = _goals(words, finding)
    for _ in range(12):
        above = words.head[index]
        if above in goals:
            return words.dep[index] not in {"nsubj", "nsubjpass", "ccomp", "relcl", "csubj", "conj"}
        if above == finding.subject:
            return words.lower[index] in _OWN and words.dep[index] in {"acl", "advcl", "relcl"}
        if above == index or not _may_pass(words, above):
            return False
        index = above
    return False


def _may_pass(words: Words, index: int) -> bool:
    """Whether a word can stand between a date and a verb of saying: a preposition, an occasion, a participle of one."""
    if words.lower[index] in _AT or words.lower[index] in _DONE or words.dep[index] in {"npadvmod", "advmod"}:
        return True
    return words.tag[index] in NOUNS and words.dep[index] in {"pobj", "dobj", "dative", "npadvmod", "appos", "compound", "nummod"}


def _goals(words: Words, finding: Finding) -> set[int]:
    """Return the verb of a saying, and the verbs above it whose day is its own: "quoted as saying", "met him and said"."""
    verb = finding.verb
    if verb is None:
        return {finding.near}
    goals = {verb}
    while words.dep[verb] in {"pcomp", "prep", "conj", "xcomp"} and words.kid(verb, "nsubj", "nsubjpass") is None:
        verb = words.head[verb]
        if words.tag[verb] in VERBS:
            goals.add(verb)
    return goals

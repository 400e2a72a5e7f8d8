"""Reports of one occasion: what is said in a hearing, a debate or a talk is said on its day, what a release quotes on its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from offramp.reading.cues import LEMMA
from offramp.reading.flags import flags
from offramp.reading.frames import Finding
from offramp.reading.lexicon import listed
from offramp.reading.records import DateMention
from offramp.reading.words import FINITE, SUBJECTS, Words

_SITTINGS = listed("hearing session debate sitting meeting conversation hustings briefing")
"""What is over in a day; trials, inquests and talks may last for weeks."""
_HOUSES = listed("court tribunal committee parliament chamber house council commission inquiry assembly senate mps deputies")
_SITS = listed("heard hears sat met convened opened resumed told asked was gathered questioned")
_MEETS = listed("opened resumed began started met sat heard convened took was continued closed ended lasted told asked discussed")
_BODIES = listed("ministry office department government secretariat embassy mission network newsroom federation commission council")
_TODAY = re.compile(r"\b[Tt]oday\b")
_EARLY = 3
"""In how many paragraphs the occasion of a report is told."""
_RECENT = 14
_OPENING = 600


class Sittings:
    """The day of the occasion that a text reports, as far as it has told it.

    Parameters
    ----------
    text : str
        The text.
    dates : sequence of DateMention
        Its dates.
    dated : str
        The day of the report.
    outlet : str
        Who published it.
    """

    def __init__(self, text: str, dates: Sequence[DateMention], dated: str, outlet: str) -> None:
        self.day, self.read = "", 0
        self.dated = dated
        self.dates = [one for one in dates if len(one.iso) == 10 and _is_recent(one.iso, dated)]
        body = {word.strip("’'s") for word in outlet.lower().split()} & _BODIES
        head = text[:_OPENING]
        marked = any(one.span[1] <= _OPENING and one.iso == dated and text[one.span[0] - 1 : one.span[0]] == "(" for one in self.dates)
        self.release = dated if body and marked and _TODAY.search(head) else ""

    def see(self, words: Words) -> None:
        """Look in a paragraph for the occasion and its day."""
        if self.day or self.read >= _EARLY or (words.view.heading and words.text[-1:] != ["."]):
            return
        self.read += 1
        for one in self.dates:
            inside = [word for word in range(len(words)) if one.span[0] <= words.places[word][0] < one.span[1]]
            if inside and words.quotation[inside[0]] is None and _is_of_sitting(words, inside[0]):
                self.day = one.iso
                return

    def of(self, finding: Finding) -> str:
        """Return the day of what is plainly said on the occasion, or in the release."""
        if finding.via or finding.within is not None or not _is_there(finding):
            return ""
        return self.day or (self.release if flags(finding) == (False, False, False) else "")


def _is_recent(day: str, dated: str) -> bool:
    try:
        return 0 <= (date.fromisoformat(dated) - date.fromisoformat(day)).days <= _RECENT
    except ValueError:
        return False


def _is_there(finding: Finding) -> bool:
    """Whether something is told in the simple past, as what happened there: "said", "would not say", and not "has said" or "had said"."""
    words, verb = finding.words, finding.verb
    if verb is None:
        return finding.rule.startswith("direct")
    if words.tag[verb] in {"VBD", "VBG"}:
        return not any(words.lower[child] in {"had", "has", "have"} for child in words.kids(verb, "aux"))
    asked = words.tag[verb] == "VBN" and any(words.lower[child] in {"was", "were"} for child in words.kids(verb, "auxpass"))
    return asked or any(words.lower[child] in {"did", "would"} for child in words.kids(verb, "aux"))


def _is_of_sitting(words: Words, index: int) -> bool:
    """Whether a day is that of a sitting: "the committee heard evidence on Wednesday", "told MPs yesterday", "the talks on Monday"."""
    begin, end = words.sentence_of(index)
    verb = next((word for word in (index, *words.ancestors(index)) if words.tag[word] in FINITE), None)
    if verb is None or LEMMA.get(words.lower[verb]) in {"order", "rule", "find"}:
        return False
    low = words.lower
    who = words.kid(verb, *SUBJECTS)
    if who is not None and low[who] in _SITTINGS | _HOUSES:
        return low[verb] in (_MEETS if low[who] in _SITTINGS else _SITS)
    told = [thing for thing in words.kids(verb, "dobj", "dative") if low[thing] in _HOUSES | _SITTINGS]
    at = [words.kid(link, "pobj") for link in words.kids(verb, "prep") if low[link] in {"at", "during", "in", "to", "before"}]
    return bool(told) or any(thing is not None and begin <= thing < end and low[thing] in _SITTINGS for thing in at)

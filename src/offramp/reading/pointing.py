"""Phrases that point back to a body or person the text names: "the ministry", "her office", "this newspaper", "the spokesman"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from offramp.reading.memory import Memory
from offramp.reading.nametables import BODIES, words
from offramp.reading.parsed import Parsed
from offramp.reading.patterns import compiled
from offramp.reading.records import Mention

SHORT = compiled(r"[\"”’]?\s*\((?:the\s+|or\s+)?[\"“‘]?([A-Z][A-Za-z.&-]{1,11})[\"”’]?\)")
"""An abbreviation in parentheses behind a name."""
_SAYS_NO_MORE = words(
    """
    group network militia movement organisation organization newspaper agency broadcaster outlet magazine company
    """
)
"""Nouns that after a name add nothing to it: the Islamic State group."""
_OUTLETS = words("newspaper paper magazine website site agency gazette post times herald journal news broadcaster channel station")
_DEFINITE = ("the", "this", "that")
_OF_ALL = words("government cabinet parliament army police navy country administration regime court")
"""Bodies of a land, which are not those of the person that "his" stands for."""
_BESIDE = compiled(r", (?:the )?| ")
_NEAR = 800


class Pointing:
    """Resolves phrases by what a text names.

    Parameters
    ----------
    parsed : Parsed
        The parsed text.
    memory : Memory
        Who and what it names.
    short : mapping
        Abbreviations that it introduces, and what they stand for.
    outlet : str
        Who published it.
    """

    def __init__(self, parsed: Parsed, memory: Memory, short: Mapping[str, str], outlet: str) -> None:
        self.parsed, self.memory, self.short, self.outlet = parsed, memory, short, outlet

    def is_named_next(self, mention: Mention) -> bool:
        """Say whether the name of a body follows the phrase: "the newspaper Hankook Ilbo", "the parliament, the Verkhovna Rada,"."""
        end = mention.span[1]
        ahead = _BESIDE.match(self.parsed.text, end) if mention.kind == "organisation" else None
        other = self.memory.at.get(ahead.end()) if ahead else None
        if ahead is None or other is None or other.kind != "organisation":
            return False
        return ahead[0] in (" ", ", ") or self.parsed.text[other.span[1] : other.span[1] + 1] in (",", ".", ";")

    def pointed(self, mention: Mention) -> Mention:
        """Give a phrase that points back the name of the body or person it points to."""
        name = self.memory.apposed(mention)
        if not name and mention.kind != "group":
            phrase = self.parsed.text[slice(*mention.span)].lower().split()
            name = self._pointed_body(mention, phrase) if mention.kind == "organisation" else ""
            name = name or self._owned(mention, phrase) or self._told_before(mention, phrase) or self._told_next(mention, phrase)
        return replace(mention, name=name or mention.name)

    def _pointed_body(self, mention: Mention, phrase: Sequence[str]) -> str:
        """Return the outlet for "this newspaper", the letters behind the phrase, and the name inside for "the Islamic State group"."""
        own = self.outlet.lower().split()[-1:] == phrase[-1:] or (phrase[-1] == "agency" and "agence" in self.outlet.lower())
        if self.outlet and phrase[-1] in _OUTLETS and (phrase[:1] == ["this"] or own):
            return self.outlet
        told = SHORT.match(self.parsed.text, mention.span[1])
        if told and sum(letter.isupper() for letter in told[1]) > 1:
            return self.short.get(told[1], told[1])
        named = [self.memory.at[token.idx] for token in self.parsed.within(mention.span) if token.idx in self.memory.at]
        return named[-1].name if phrase[-1] in _SAYS_NO_MORE and named and named[-1].kind == "organisation" else ""

    def _owned(self, mention: Mention, phrase: Sequence[str]) -> str:
        """Return the name of "her office": that of the person named last, with the office."""
        if mention.kind != "organisation" or phrase[0] not in ("his", "her") or len(phrase) < 2 or phrase[-1] in _OF_ALL:
            return ""
        if phrase[-1] == "party":
            return self.memory.of_that_sort(phrase[-1], mention.span[0])
        owner = self.memory.person_before(mention.span[0])
        return f"{owner}’s {' '.join(phrase[1:])}" if owner else ""

    def _told_before(self, mention: Mention, phrase: Sequence[str]) -> str:
        """Return who was named with the noun of a definite phrase."""
        if (len(phrase) == 1 and not self.parsed.text[mention.span[0]].isupper()) or (len(phrase) > 1 and phrase[0] not in _DEFINITE):
            return ""
        wanted = "organisation" if phrase[-1] in BODIES else "person"
        nouns = [noun for noun in phrase[1:] or phrase if noun != "same"]
        told = {self.memory.last(wanted, noun, mention.span[0]) or self.memory.only(wanted, noun) for noun in nouns}
        only = told.pop() if len(told) == 1 else ""
        return only or (self.memory.of_that_sort(phrase[-1], mention.span[0]) if len(phrase) == 2 and wanted == "organisation" else "")

    def _told_next(self, mention: Mention, phrase: Sequence[str]) -> str:
        """Return the person for "a spokesman", where the text goes on with "the spokesman, Odo Brand"."""
        if mention.kind != "person" or phrase[0] not in ("a", "an"):
            return ""
        noun = mention.name.lower().split()[-1]
        ahead = compiled(rf"\s[Tt]he {re.escape(noun)}, ").search(self.parsed.text, mention.span[1], mention.span[1] + _NEAR)
        other = self.memory.at.get(ahead.end()) if ahead else None
        return other.name if other and other.kind == "person" else ""

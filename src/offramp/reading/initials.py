"""Names by their initials: "Salt and Bread (SB)" is one body, since the letters in parentheses tell its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from offramp.reading.namewords import Name, Word, words_of
from offramp.reading.patterns import compiled
from offramp.reading.spans import Spans

_LETTERS = compiled(r"[\"”’]?\s*\([\"“‘]?([A-Z][A-Za-z&]{1,9})[\"”’]?\)")
_SMALL = frozenset({"of", "and", "for", "the", "on", "in", "to", "against", "at", "&", "de", "la", "du", "des"})
_LONGEST = 160


def spelled_out(text: str, names: Sequence[Name]) -> list[Name]:
    """Join names to the phrase whose initials stand behind it in parentheses.

    Parameters
    ----------
    text : str
        The text.
    names : sequence of Name
        Its names, in order.

    Returns
    -------
    list of Name
        In order; what a joined phrase holds is left out.

    Examples
    --------
    >>> [one.text for one in spelled_out("the group Salt and Bread (SB)", [])]
    ['Salt and Bread']
    """
    joined = [one for match in _LETTERS.finditer(text) if (one := _phrase(text, match)) is not None]
    whole = Spans(one.span for one in joined)
    kept = [one for one in names if not whole.cover(one.span)]
    others = Spans(one.span for one in kept)
    fits = [one for one in joined if not others.touch(one.span)]
    return sorted([*kept, *fits], key=lambda one: one.span) if fits else list(names)


def _phrase(text: str, match: re.Match[str]) -> Name | None:
    """Walk back from the parenthesis over capitalised words, one for each capital letter."""
    begin = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _LONGEST)
    wanted = [letter for letter in match[1] if letter.isupper()]
    first: Word | None = None
    last: Word | None = None
    for word in reversed(words_of(text[begin : match.start()])):
        if not wanted:
            break
        if word.text[0] == wanted[-1]:
            wanted.pop()
            first, last = word, last or word
        elif word.text.lower() not in _SMALL or first is None:
            return None
        elif word.text[0].upper() == wanted[-1]:
            wanted.pop()
    if wanted or first is None or last is None or first is last:
        return None
    span = (begin + first.start, begin + last.end)
    return Name(span, " ".join(text[slice(*span)].split()), "organisation", is_sure=True)

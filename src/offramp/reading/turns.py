"""Transcripts: paragraphs that begin with the name of whoever speaks, and a colon."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from offramp.reading.nametables import PEOPLE
from offramp.reading.phrases import TITLES
from offramp.reading.records import Span

_NAME = r"((?:[A-Z][\w.’'\-]+)(?: [A-Z][\w.’'\-]*){0,3})"
_LABEL = re.compile(rf"^[ \t]*(?:\d{{1,2}}[:.]\d\d\s+(?:[–—-]\s+)?)?[“\"]?{_NAME}(?: \([^()\n]{{1,40}}\))?:[ \t]+(?=\S)", re.MULTILINE)
_FEWEST = 3
_CAPITALS = re.compile(r"^[ \t]*([A-Z][A-Z.’'\- ]{4,60}[A-Z])(, [^:\n“”\"]{1,80})?:[ \t]+(?=[“\"])", re.MULTILINE)
_CARRIED = re.compile(r"\b(?:quoted|cited|reported|carried) by (?:the )?(?:[a-z]+ )*([A-Z]\w+(?: [A-Z]\w+)*)")


@dataclass(frozen=True)
class Turn:
    """What one speaker says in a transcript."""

    label: Span
    content: Span


def turns(text: str) -> dict[int, Turn]:
    """Return the turns of a transcript, by where their paragraph begins.

    Parameters
    ----------
    text : str
        The text. It counts as a transcript if three paragraphs begin with a label and labels come back.

    Examples
    --------
    >>> len(turns("Lee: Where?\\nRay: Here.\\nLee: When?\\n"))
    3
    """
    found = [(match.start(), match.span(1), match.end()) for match in _LABEL.finditer(text) if _has_words(text, match.end())]
    count = Counter(text[slice(*label)].split()[-1] for _, label, _ in found)
    if len(found) < _FEWEST or max(count.values()) < 2 or len(count) > len(found) / 2 + 1:
        return {}
    return {start: Turn(label, (content, _line_end(text, content))) for start, label, content in found}


def _has_words(text: str, start: int) -> bool:
    """Whether there are words after a label, and not a mere number."""
    return any(sign.isalpha() for sign in text[start : _line_end(text, start)])


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    while end > start and (text[end - 1].isspace() or text[end - 1] in '”"'):
        end -= 1
    return end


@dataclass(frozen=True)
class Reaction:
    """Whose words follow a label in capitals, where the words begin, and who carried them."""

    label: Span
    name: str
    start: int
    via: tuple[str, ...]


def reactions(text: str) -> dict[int, Reaction]:
    """Return the labels of a round-up of reactions, by where their paragraph begins.

    Examples
    --------
    >>> found = reactions("PRESIDENT ANN LEE, quoted by agency OTA: “No.”\\nTOM RAY: “Yes.”\\n")
    >>> [(one.name, one.via) for one in found.values()]
    [('Ann Lee', ('OTA',)), ('Tom Ray', ())]
    """
    found = list(_CAPITALS.finditer(text))
    if len(found) < 2:
        return {}
    return {one.start(): Reaction(one.span(1), _person(one[1]), one.end(), tuple(_CARRIED.findall(one[2] or ""))) for one in found}


def _person(label: str) -> str:
    """Return the name in a label without what somebody is: "OSTRELL FOREIGN MINISTER KARST OLEN"."""
    words = label.split()
    titles = [place for place, word in enumerate(words) if word.lower() in TITLES | PEOPLE]
    return " ".join(words[titles[-1] + 1 if titles and titles[-1] + 1 < len(words) else 0 :]).title()

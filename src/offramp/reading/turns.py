"""Transcripts: paragraphs that begin with the name of whoever speaks, and a colon."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from offramp.reading.records import Span

_NAME = r"((?:[A-Z][\w.’'\-]+)(?: [A-Z][\w.’'\-]*){0,3})"
_LABEL = re.compile(rf"^[ \t]*(?:\d{{1,2}}[:.]\d\d\s+(?:[–—-]\s+)?)?[“\"]?{_NAME}(?: \([^()\n]{{1,40}}\))?:[ \t]+(?=\S)", re.MULTILINE)
_FEWEST = 3


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

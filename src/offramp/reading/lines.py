"""Lines that a text only broke for width are joined again, so that a paragraph is one line; no place moves.

Mails, PDF and plain texts break lines at a width. A break inside a sentence is then no end of a
paragraph, and a quotation goes on behind it. Each sign of such a break becomes a space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

WIDTHS = range(40, 131)
"""How wide lines are that were broken for width, in characters."""

_LINE = re.compile(r"[^\n]+")
_QUOTED = re.compile(r"^[ \t]*>(?:[ \t]?>)*", re.MULTILINE)
_UNENDED = re.compile(r"[^\s.!?:;…\"'”’»)\]][\"'”’»)\]]*$|,[\"'”’»]?$")
_ITEM = re.compile(r"(?:[-–—•*·#|>]|\(?\w{1,3}[.)]\s|\d{1,2}:\d\d|[A-Z][\w.’'\- ]{1,40}:\s)")
_WORD = re.compile(r"\S+")
_FULL, _LAST = 0.75, 0.9
"""Shares of the width that a line has with the next word, where it was broken: inside a sentence; after one."""


@dataclass(frozen=True)
class _Break:
    """Where one line ends and the next begins."""

    end: int
    start: int
    before: str
    after: str
    is_blank: bool

    @property
    def is_unended(self) -> bool:
        """Whether no sentence ends here."""
        return bool(_UNENDED.search(self.before))

    @property
    def goes_on(self) -> bool:
        """Whether the next line begins as none begins a sentence."""
        return self.after[:1].islower()

    @property
    def reach(self) -> int:
        """How long the line would be with the next word."""
        first = _WORD.match(self.after)
        return len(self.before) + 1 + len(first.group() if first else "")


def unwrapped(text: str) -> str:
    """Return a text of the same length, spaces where it broke lines only for width, and for the marks of a quoted mail.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    unwrapped : str
        As long as `text`; a soft hyphen for the break after a hyphen within a word, so that both parts stay one word.

    Notes
    -----
    A text was broken for width if after half of its full lines or more no sentence ends, and the next line goes on. A line ends a paragraph
    where the next word would have had room, before items of a list, and after headings.

    Examples
    --------
    >>> unwrapped("The harbour master told us on the quay that it\\nwould stay shut until the cracks were sealed,\\nas he said.\\nHe left.")
    'The harbour master told us on the quay that it would stay shut until the cracks were sealed, as he said.\\nHe left.'
    """
    text = _QUOTED.sub(lambda match: " " * len(match.group()), text)
    breaks = _breaks(text)
    width = _width(breaks)
    if width not in WIDTHS or not _is_wrapped(breaks, width):
        return text
    parts, done, is_joined = [], 0, False
    for one in breaks:
        is_joined = _joins(one, width, is_first=not is_joined)
        if is_joined:
            parts += [text[done : one.end], _filled(one)]
            done = one.start
    return "".join([*parts, text[done:]])


def _breaks(text: str) -> list[_Break]:
    """Return the breaks between lines that hold anything, blanks at their ends left out."""
    lines = [_solid(text, *match.span()) for match in _LINE.finditer(text) if match.group().strip()]
    return [
        _Break(end, start, text[begin:end], text[start:after], text.count("\n", end, start) > 1)
        for (begin, end), (start, after) in pairwise(lines)
    ]


def _solid(text: str, start: int, end: int) -> tuple[int, int]:
    line = text[start:end]
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())


def _width(breaks: list[_Break]) -> int:
    """Return the width at which a text breaks lines: few of its lines that go on are longer."""
    lengths = sorted(len(one.before) for one in breaks if not one.is_blank)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def _is_wrapped(breaks: list[_Break], width: int) -> bool:
    """Whether half of the full lines or more end inside a sentence."""
    full = [one for one in breaks if not one.is_blank and one.reach > _FULL * width]
    inside = [one for one in full if one.is_unended and not _ITEM.match(one.after) and (one.goes_on or one.before[-1:].islower())]
    return 2 * len(inside) >= len(full) and any(one.goes_on for one in inside)


def _joins(one: _Break, width: int, is_first: bool) -> bool:
    """Whether a paragraph goes on over a break; `is_first` if its line begins one."""
    if _ITEM.match(one.after) or (is_first and _is_heading(one.before) and not one.goes_on):
        return False
    if one.is_blank:
        return one.is_unended and one.goes_on and one.reach > _FULL * width
    if not one.is_unended:
        return one.reach > _LAST * width
    return one.goes_on or one.reach > _FULL * width


def _is_heading(line: str) -> bool:
    words = re.findall(r"[^\W\d_]+", line)
    big = [word for word in words if len(word) > 3]
    return len(big) > 1 and words[-1][0].isupper() and all(word[0].isupper() for word in big)


def _filled(one: _Break) -> str:
    """Return what stands for a break; after a hyphen within a word, what joins its parts."""
    is_within = one.before[-1:] in ("-", "‐") and one.before[-2:-1].isalpha() and one.goes_on
    return ("\u00ad" if is_within else " ") * (one.start - one.end)

"""Finding what stands between quotation marks, of whatever kind, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from offramp.reading.cues import LEMMA

CLOSERS = {"“": "”", "„": "“”", "«": "»", "‹": "›", "「": "」", "『": "』", "”": "”", "»": "«", "‘": "’", "‚": "‘’"}
_DOUBLED = {"''": '"', "``": '"', "’’": "”", "‘‘": "“", ",,": "„", "‚‚": "„"}
_MARK = re.compile(r"''|``|’’|‘‘|‚‚|,,(?=\w)|[“”„«»‹›「」『』\"‘’‚'＂]")
_ELIDED = re.compile(r"['’](?:em|til|tis|twas|cause|n|\d\ds?)\b", re.IGNORECASE)
_DASH = re.compile(r"\s*[—–-]\s+(?=\w)")
_BREAK = re.compile(r"(?<=[,.!?…])\s+[—–-]\s+")
_LONGEST_SINGLE = 2000


@dataclass(frozen=True)
class Quotation:
    """An outermost quotation: `start` and `end` with its marks, `inner` without them."""

    start: int
    end: int
    inner: tuple[int, int]
    opened: bool = True
    closed: bool = True


@dataclass(frozen=True)
class _Mark:
    start: int
    end: int
    sign: str
    can_open: bool
    can_close: bool


def scan(text: str, start: int, end: int) -> list[Quotation]:
    """Return the outermost quotations of one paragraph.

    Parameters
    ----------
    text : str
        The whole text.
    start, end : int
        Where the paragraph stands in it.

    Returns
    -------
    list of Quotation
        In text order, without overlap. A mark that opens and is not closed reaches to the end
        of the paragraph; one that closes what was not opened reaches back to its start or to
        the quotation before.

    Examples
    --------
    >>> text = 'He said “no”.'
    >>> [text[q.start:q.end] for q in scan(text, 0, len(text))]
    ['“no”']
    """
    spoken = _dialogue(text, start, end)
    if spoken:
        return spoken
    marks = list(_marks(text, start, end))
    found: list[Quotation] = []
    index = 0
    while index < len(marks):
        quotation, index = _from_mark(text, marks, index, found[-1].end if found else start, end)
        if quotation and any(sign.isalnum() for sign in text[slice(*quotation.inner)]):
            found.append(quotation)
    return found


def _dialogue(text: str, start: int, end: int) -> list[Quotation]:
    """Return the speech of a paragraph of dialogue: "— We stay, — said the guard. — For now."."""
    first = _DASH.match(text, start, end)
    breaks = [match.span() for match in _BREAK.finditer(text, first.end(), end)] if first else []
    if first is None or not breaks:
        return []
    told = text[breaks[0][1] : breaks[1][0] if len(breaks) > 1 else end]
    if not told[:1].islower() or not any(word in LEMMA for word in re.findall(r"\w+", told[:80])):
        return []
    spoken = [_quotation(first.end(), breaks[0][0], (first.end(), breaks[0][0]), text)]
    if len(breaks) > 1:
        spoken.append(_quotation(breaks[1][1], end, (breaks[1][1], end), text))
    return [one for one in spoken if one.inner[0] < one.inner[1]]


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    for match in _MARK.finditer(text, start, end):
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        sign = _DOUBLED.get(match.group(), match.group()).replace("＂", '"')
        opens = not before.isalnum() and before not in ".,!?%" and not after.isspace()
        closes = not before.isspace() and not after.isalnum() and match.start() > start
        if sign in "'’" and (_ELIDED.match(text, match.start()) or (before.isalnum() and after.isalnum())):
            continue
        yield _Mark(match.start(), match.end(), sign, opens, closes)


def _from_mark(text: str, marks: list[_Mark], index: int, floor: int, end: int) -> tuple[Quotation | None, int]:
    """Read the quotation that begins at one mark; return it and where to go on."""
    mark = marks[index]
    if mark.sign in "'‘’‚":
        return _single(text, marks, index)
    if not _begins(mark):
        if mark.sign == "”" and mark.can_close and text[floor : mark.start].strip():
            return _quotation(floor, mark.end, (floor, mark.start), text, opened=False), index + 1
        return None, index + 1
    depth = 0
    for later in range(index + 1, len(marks)):
        other = marks[later]
        if _begins_same(mark, other):
            if _resumes(marks, later):
                return _quotation(mark.start, other.start, (mark.end, other.start), text, closed=False), later
            depth += 1
        elif _ends(mark, other):
            depth -= 1
            if depth < 0:
                return _quotation(mark.start, other.end, (mark.end, other.start), text), later + 1
    return _quotation(mark.start, end, (mark.end, end), text, closed=False), len(marks)


def _begins(mark: _Mark) -> bool:
    if mark.sign == '"':
        return mark.can_open or not mark.can_close
    return mark.sign in CLOSERS and (mark.sign not in "”»" or (mark.can_open and not mark.can_close))


def _ends(opener: _Mark, mark: _Mark) -> bool:
    if opener.sign == '"':
        return mark.sign in '"”' and (mark.can_close or not mark.can_open)
    if opener.sign == "“":
        return mark.sign == "”" or (mark.sign == '"' and mark.can_close and not mark.can_open)
    return mark.sign in CLOSERS[opener.sign]


def _begins_same(opener: _Mark, mark: _Mark) -> bool:
    """Whether a mark opens another quotation of the same kind."""
    return mark.sign == opener.sign and (mark.sign in "“„«" or (mark.sign == '"' and mark.can_open and not mark.can_close))


def _resumes(marks: list[_Mark], later: int) -> bool:
    """Whether a second opening mark begins a new quotation because the first was never closed."""
    rest = [mark for mark in marks[later : later + 40] if mark.sign in '"“”„«»']
    closers = sum(mark.sign in "”»" or (mark.sign == '"' and mark.can_close and not mark.can_open) for mark in rest)
    openers = sum(mark.sign in "“«„" or (mark.sign == '"' and mark.can_open and not mark.can_close) for mark in rest)
    return closers <= openers


def _single(text: str, marks: list[_Mark], index: int) -> tuple[Quotation | None, int]:
    """Read a quotation in single marks, which look like apostrophes."""
    mark = marks[index]
    if not mark.can_open or (mark.sign == "’" and mark.can_close):
        return None, index + 1
    close = {"'": "'", "‘": "’", "’": "’", "‚": "‘’"}[mark.sign]
    best = None
    for later in range(index + 1, len(marks)):
        other = marks[later]
        if other.start - mark.end > _LONGEST_SINGLE or other.sign in '“”"«»':
            break
        if other.sign in "'‘" and other.can_open and not other.can_close and best is not None:
            break
        if other.sign in close and other.can_close:
            best = later
            if not _is_possessive(text, other):
                break
    if best is None:
        return None, index + 1
    return _quotation(mark.start, marks[best].end, (mark.end, marks[best].start), text), best + 1


def _is_possessive(text: str, mark: _Mark) -> bool:
    """Whether a closing single mark may be the apostrophe of "the soldiers' families"."""
    return text[mark.start - 1] == "s" and bool(re.match(r"\s+\w", text[mark.end : mark.end + 3]))


def _quotation(start: int, end: int, inner: tuple[int, int], text: str, opened: bool = True, closed: bool = True) -> Quotation:
    """Make a record whose edges are no spaces."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    first, last = max(inner[0], start), min(inner[1], end)
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return Quotation(start, end, (first, last), opened, closed)

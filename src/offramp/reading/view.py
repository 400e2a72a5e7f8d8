"""What the parser sees of a paragraph: cleaned, long quotations folded, every place mapped back.

A full quotation, one that is a sentence of its own, is shown as the word ``Yes`` between
its marks: the frame around it then parses as what it is, and marks decide what is quoted.
Only the first sentence of a longer quoted fragment is shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from offramp.reading.cues import LEMMA
from offramp.reading.lexicon import listed
from offramp.reading.marks import Quotation, scan

MAX_BLOCK = 2500
"""Code points that are parsed in one piece; a longer paragraph is cut between sentences or words."""
MAX_RUN = 100
"""Code points without a space that are parsed in one piece: the time to find the words in them grows with their square."""
STAND_IN = "Yes"

_PLAIN = str.maketrans({"’": "'", "‘": "'", "\xa0": " ", "\u2009": " ", "\u202f": " ", "\t": " "})
_NOTE = r"\[\d{1,3}(?:[,–-] ?\d{1,3}){0,8}\]"
_ENDLESS = re.compile(rf"\S{{{MAX_RUN}}}(?=\S)")
_UNREAD = re.compile(rf"(?<=\s)\s+|\u00ad+|(?:(?<=[\w.,;:!?…”\"’'»)\]])|^){_NOTE}|(?<=[.,;:!?…”\"»)])[⁰¹²³⁴-⁹]+")
"""What is left out: all spaces in a row but the first, soft hyphens, and the marks of footnotes."""
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_SMALL = listed("a an the of and or in on to for at by with from as is are vs his her its your our my")
_STAMPED = r"(?:updated?|corrected?|correction|published|posted|last (?:updated|modified))"
_UPDATED = rf"{_STAMPED}\b[^.\n]{{0,60}}?(?:\d{{1,2}}:\d\d[^.\n]{{0,20}}|\d{{4}})[.:]?\s+"
_MONTH = r"(?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_PLACE = r"[A-Z][A-Z.’'\-]{1,30}(?:[ ,]{1,2}[A-Z][A-Za-z.’'\-]{1,30}){0,4}"
_DATELINE = re.compile(
    rf"\s*(?:{_UPDATED})?(?:(?:{_PLACE})(?:,? {_MONTH} \d{{1,2}})?(?:,? ?\d{{4}})?"
    rf"\s*(?:\((?:(?:[A-Z]\w+|[A-Z]+)(?:[ /][A-Z]\w*){{0,3}}|\d{{1,2}} {_MONTH}(?: \d{{4}})?)\)\s*)?(?:—|–|--|-)\s+)"
    rf"|\s*{_MONTH} \d{{1,2}}(?:, \d{{4}})? \([A-Z]+\)\s*(?:—|–|--|-)\s+",
)
_CLOCK = re.compile(
    r"\s*(?:\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)(?:\s*[–—-]\s+|\s*:\s+|\s+)(?=[“\"‘'«A-Z])", re.IGNORECASE
)
_STAMP = re.compile(rf"\s*{_UPDATED}", re.IGNORECASE)
_LINKED = re.compile(r"\b(?:that|and|but|because|which|who|or)[,\-]$", re.IGNORECASE)
_ENDS = re.compile(r"[.!?…]['\"”’»)]*\s+(?=[A-Z“\"'‘«])")
_FOLLOWS = " \t\n\xa0.,;:!?…)]–—/-"
_SPLIT = re.compile(r"[.!?…;]['\"”’»)]*\s+|\s+")


@dataclass
class View:
    """A piece of text as the parser sees it; `origin` tells where each part came from."""

    start: int
    end: int
    text: str = ""
    quotations: list[Quotation] = field(default_factory=list)
    folded: dict[int, Quotation] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)
    _origins: list[int] = field(default_factory=list)
    heading: bool = False
    low: set[int] = field(default_factory=set)

    def append(self, words: str, origin: int) -> None:
        """Add words that stand at `origin` in the text, without what is not read."""
        position = 0
        for unread in _UNREAD.finditer(words):
            self._part(words[position : unread.start()], origin + position)
            position = unread.end()
        self._part(words[position:], origin + position)

    def _part(self, words: str, origin: int) -> None:
        self._starts.append(len(self.text))
        self._origins.append(origin)
        self.text += words.translate(_PLAIN)

    def fold(self, quotation: Quotation, low: bool) -> None:
        """Add a stand-in for a full quotation; `low` if it begins with a small letter."""
        self.folded[len(self.text)] = quotation
        if low:
            self.low.add(quotation.start)
        self.append(STAND_IN, quotation.inner[0])

    def begins_low(self, quotation: Quotation) -> bool:
        """Whether a full quotation begins with a small letter."""
        return quotation.start in self.low

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Map a stretch of the view to the text; a stand-in maps to all that it stands for."""
        if start in self.folded:
            return self.folded[start].inner
        return self._back(start), self._back(end - 1) + 1

    def _back(self, position: int) -> int:
        part = bisect_right(self._starts, position) - 1
        return self._origins[part] + position - self._starts[part]


def views(text: str) -> Iterator[View]:
    """Yield the paragraphs of a text, long ones in pieces, each ready to be parsed."""
    first = True
    for line in _LINE.finditer(text):
        for start, end in pieces(text, line.start(), line.end()):
            if text[start:end].strip():
                yield _view(text, start, end, first)
                first = False


def pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the places of the parts of a paragraph that can be parsed in one piece; together they are all of it."""
    for last in [*(match.end() for match in _ENDLESS.finditer(text, start, end)), end]:
        while last - start > MAX_BLOCK:
            cut = _cut(text, start)
            yield start, cut
            start = cut
        yield start, last
        start = last


def _cut(text: str, start: int) -> int:
    """Return where to cut a long paragraph: after a sentence, else after a word, else anywhere."""
    window = range(start + MAX_BLOCK // 2, start + MAX_BLOCK)
    ends = [match.end() for match in _SPLIT.finditer(text, window.start, window.stop)]
    sentences = [match.end() for match in _ENDS.finditer(text, window.start, window.stop)]
    return (sentences or ends or [window.stop])[-1]


def _view(text: str, start: int, end: int, first: bool) -> View:
    """Cut what is no sentence, fold full quotations, and keep where all came from."""
    begin = _after_dateline(text, start, end)
    view = View(begin, end)
    view.quotations = scan(text, begin, end)
    view.heading = _is_heading(text[begin:end], first)
    position = begin
    before: Quotation | None = None
    for quotation in view.quotations:
        if is_full(text, quotation, begin) or (before is not None and _takes_up(text, before, quotation)):
            before = quotation
            position = _add_folded(view, text, position, quotation)
        else:
            position = _add_fragment(view, text, position, quotation)
    view.append(text[position:end], position)
    return view


def _after_dateline(text: str, start: int, end: int) -> int:
    stamp = _STAMP.match(text, start, end)
    begin = stamp.end() if stamp else start
    dateline = _DATELINE.match(text, begin, end) or _CLOCK.match(text, begin, end)
    return dateline.end() if dateline else begin


def _is_heading(words: str, first: bool) -> bool:
    """Whether a line looks like a heading: short, without a full stop, or with capitals throughout."""
    if len(words) > 160 or words.rstrip().endswith((":", ",")):
        return False
    big = [word for word in words.split() if len(word) > 3 and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in big)
    return (len(big) > 2 and capitals > 0.75 * len(big)) or (first and len(words) < 120)


def _takes_up(text: str, before: Quotation, quotation: Quotation) -> bool:
    """Whether a quotation takes up again the full one before it, after nothing but an attribution."""
    gap = text[before.end : quotation.start]
    if len(gap) > 200 or " that " in gap or not gap.rstrip().endswith(",") or _LINKED.search(gap.rstrip()) or _ENDS.search(gap):
        return False
    return any(word.lower() in LEMMA for word in re.findall(r"\w+", gap))


def is_full(text: str, quotation: Quotation, begin: int) -> bool:
    """Whether a quotation is a sentence of its own, and not a few words in somebody else's.

    Parameters
    ----------
    text : str
        The whole text.
    quotation : Quotation
        The quotation.
    begin : int
        Where its paragraph begins.
    """
    words = text[slice(*quotation.inner)]
    if quotation.start == quotation.inner[0] and quotation.opened:
        return True
    if _is_title(words):
        return False
    before = text[max(begin, quotation.start - 60) : quotation.start].rstrip()
    after = text[quotation.end : quotation.end + 60]
    final = words.rstrip("'’\"” ")[-1:]
    if not before or before[-1] in '.!?…:)”"»—–':
        return _closes_clause(words, final, after) or (not quotation.closed)
    if before[-1] in ",-":
        ends = final in ",.!?…—-–" or not quotation.closed or after[:1] in (",", ".")
        return ends and not _LINKED.search(before) and (not words[:1].islower() or _resumes(before))
    return words[:1].isupper() and final in ",.!?…" and before.split()[-1].lower() in LEMMA


def _resumes(before: str) -> bool:
    """Whether the words before a comma are an attribution: "he added," or "said the minister,"."""
    tail = re.split(r"[,.!?;:”\"»]", before[:-1].rstrip(" ,-"))[-1].lower().split()
    return len(tail) < 9 and any(word in LEMMA for word in (tail[-2:] + tail[:2]))


def _closes_clause(words: str, final: str, after: str) -> bool:
    """Whether a quotation ends as a sentence does, or an attribution follows it."""
    if final in ",.!?…—-–" or after[:1] in (",", "."):
        return len(words.split()) > 1 or final in ",!?."
    return any(word in LEMMA for word in re.findall(r"\w+", re.split(r"[,.;:]", after)[0])[:6])


def _is_title(words: str) -> bool:
    """Whether a quotation is the title of a work: capitals throughout, and no sentence."""
    parts = re.findall(r"[^\W\d_][\w'’\-]*", words)
    solid = [part for part in parts if part.lower() not in _SMALL]
    return 1 < len(parts) < 9 and len(solid) > 0 and all(part[0].isupper() for part in solid) and words[-1:] not in "!?"


def _add_folded(view: View, text: str, position: int, quotation: Quotation) -> int:
    _open(view, text, position, quotation)
    view.fold(quotation, text[quotation.inner[0]].islower())
    last = text[quotation.inner[1] - 1]
    if last in ",.!?…":
        view.append(last if last != "…" else ".", quotation.inner[1] - 1)
    return _close(view, text, quotation)


def _add_fragment(view: View, text: str, position: int, quotation: Quotation) -> int:
    """Show a quoted fragment up to the end of its first sentence."""
    _open(view, text, position, quotation)
    stop = _ENDS.search(text, quotation.inner[0], quotation.inner[1])
    last = stop.start() + 1 if stop else quotation.inner[1]
    view.append(text[quotation.inner[0] : last], quotation.inner[0])
    return _close(view, text, quotation)


def _open(view: View, text: str, position: int, quotation: Quotation) -> None:
    """Show what stands before a quotation, and its mark, set apart from what touches it."""
    view.append(text[position : quotation.start], position)
    if quotation.inner[0] > quotation.start:
        if text[quotation.start - 1 : quotation.start].strip():
            view.append(" ", quotation.start)
        view.append("“", quotation.start)


def _close(view: View, text: str, quotation: Quotation) -> int:
    """Show the closing mark, set apart from a word or mark that touches it, and return where the quotation ends."""
    if quotation.end > quotation.inner[1]:
        view.append("”", quotation.end - 1)
        if text[quotation.end : quotation.end + 1].strip(_FOLLOWS):
            view.append(" ", quotation.end - 1)
    return quotation.end

"""The passage of a text that is closest to given words, and how it differs.

For words that do not stand in a text exactly. The work is bounded: a text of
ten million characters takes a few seconds, whatever is asked of it.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

MAX_WORDS = 500
"""How many characters of the words are compared when they stand nowhere, not even loosely."""
_SAMPLES, _HITS, _WINDOWS = 40, 50, 5
_ALIKE = 0.6
_CUT = 12

_MARKS = str.maketrans(dict.fromkeys("‘’‚‛′ʼ`´＇", "'") | dict.fromkeys("“”„‟″«»＂", '"'))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_UNSEEN = dict.fromkeys([0xAD, 0x61C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)])
_CHUNK = re.compile(r"(?s).{1,400}(?!\S)|.{1,400}")

_STEPS: dict[str, Callable[[str], str]] = {
    "invisible characters": lambda text: text.translate(_UNSEEN),
    "curly against straight quotation marks": lambda text: text.translate(_MARKS),
    "the kind of dash": lambda text: text.translate(_DASHES),
    "Unicode form (letters that look alike but are encoded differently)": lambda text: unicodedata.normalize("NFKC", text),
    "letter case": str.casefold,
    "spaces or line breaks": lambda text: " ".join(text.split()),
}


@dataclass(frozen=True)
class Passage:
    """A place in a text: its words, and what sets them apart from those looked for."""

    start: int
    end: int
    words: str
    differences: tuple[str, ...]


class Passages:
    """A text made ready to be searched loosely; preparing it is the costly part."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._chunks = [match.span() for match in _CHUNK.finditer(text)]
        pieces = list(self._pieces())
        self._offsets = [0, *accumulate(len(piece) for piece in pieces)]
        self._folded = "".join(pieces)

    def closest(self, words: str) -> Passage | None:
        """Return the passage most like `words`, or None if nothing is like them."""
        needle = _loose(words)
        if not needle:
            return None
        place = self._folded.find(needle)
        start, end = (place, place + len(needle)) if place >= 0 else self._roughly(needle[:MAX_WORDS])
        if start == end:
            return None
        first, last = self._origin(start, False), self._origin(end, True)
        found = self.text[first:last]
        return Passage(first, last, found, _differences(words, found))

    def _pieces(self) -> Iterator[str]:
        """Yield each chunk folded, a space before it where white space parts it from the last."""
        before = ""
        for start, end in self._chunks:
            piece = _loose(self.text[start:end])
            parted = self.text[start].isspace() or (start > 0 and self.text[start - 1].isspace())
            yield f" {piece}" if before and piece and parted else piece
            before = piece or before

    def _origin(self, place: int, is_end: bool) -> int:
        """Return where in the text a place in the folded text comes from."""
        chunk = bisect.bisect_right(self._offsets, place - is_end) - 1
        start, end = self._chunks[min(chunk, len(self._chunks) - 1)]
        text, local = self.text[start:end], place - self._offsets[chunk]
        piece = self._folded[self._offsets[chunk] : self._offsets[chunk + 1]]
        local -= piece.startswith(" ")
        wanted = local if is_end else local + 1
        reach = bisect.bisect_left(range(len(text)), wanted, lo=min(1, len(text)), key=lambda size: len(_loose(text[:size])))
        if not is_end:
            return start + reach - 1
        while reach < len(text) and unicodedata.combining(text[reach]):
            reach += 1
        return start + reach

    def _roughly(self, needle: str) -> tuple[int, int]:
        """Return the span of the folded text that shares most with `needle`; (0, 0) if none does."""
        best, span = _ALIKE, (0, 0)
        for shift in self._shifts(needle):
            alike, start, end = self._compared(needle, shift)
            if alike > best:
                best, span = alike, (start, end)
        return span

    def _shifts(self, needle: str) -> list[int]:
        """Return by how much `needle` is shifted where most of its samples stand."""
        for size in (8, 5, 3, 2):
            votes: Counter[int] = Counter()
            width = max(20, len(needle) // 4)
            near: dict[int, int] = {}
            for shift in self._hits(needle, size):
                votes[shift // width] += 1
                near.setdefault(shift // width, shift)
            if votes:
                return [near[bucket] for bucket, _ in votes.most_common(_WINDOWS)]
        return [0] if len(self._folded) < 2 * len(needle) else []

    def _hits(self, needle: str, size: int) -> Iterator[int]:
        last = len(needle) - size
        for place in sorted({round(k * last / (_SAMPLES - 1)) for k in range(_SAMPLES)}) if last >= 0 else ():
            sample, found = needle[place : place + size], -1
            for _ in range(_HITS):
                found = self._folded.find(sample, found + 1)
                if found < 0:
                    break
                yield found - place

    def _compared(self, needle: str, shift: int) -> tuple[float, int, int]:
        import difflib

        slack = max(20, len(needle) // 4)
        low = max(0, shift - slack)
        window = self._folded[low : max(0, shift) + len(needle) + slack]
        matcher = difflib.SequenceMatcher(None, needle, window, autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size > 2] or matcher.get_matching_blocks()
        start = max(0, blocks[0].b - blocks[0].a)
        end = min(len(window), blocks[-1].b + len(needle) - blocks[-1].a)
        start, end = _whole_words(window, min(start, end), end)
        matcher.set_seq2(window[start:end])
        return matcher.ratio(), low + start, low + end


def visible(text: str) -> str:
    """Return `text` with everything that cannot be seen as escapes.

    Examples
    --------
    >>> visible("one\\ntwo\\u200b")
    'one\\\\ntwo\\\\u200b'
    """
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)


def _loose(text: str) -> str:
    for step in _STEPS.values():
        text = step(text)
    return text


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space at its ends, and with the rest of a word that it cuts."""
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    low, high = max(0, start - _CUT), min(len(text), end + _CUT)
    while low < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < high and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


def _differences(words: str, found: str) -> tuple[str, ...]:
    """Return what sets `found` apart: kinds of difference if they suffice, else the first other words."""
    if _loose(words) != _loose(found):
        return _other_words(words, found)
    return tuple(name for name in _STEPS if _without(name, words) != _without(name, found))


def _without(name: str, text: str) -> str:
    for other, step in _STEPS.items():
        text = step(text) if other != name else text
    return text


def _other_words(words: str, found: str) -> tuple[str, ...]:
    import difflib

    asked, there = words[: 2 * MAX_WORDS].split(), found.split()
    told = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, asked, there, autojunk=False).get_opcodes():
        if kind != "equal":
            mine, theirs = (visible(" ".join(part)[:80]) for part in (asked[a:b], there[c:d]))
            one = f"{theirs!r} is more" if theirs else f"{mine!r} is missing"
            told.append(f"{theirs!r} instead of {mine!r}" if mine and theirs else one)
    return tuple(told[:3])

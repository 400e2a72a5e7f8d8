"""Text reduced to its letters and digits, so that spellings of one name meet.

Case, accents, width, punctuation, white space and invisible characters go;
Cyrillic and Greek letters that look like Latin ones become these; Hangul
written as separate Jamo becomes syllables.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Letters by what they look like; capitals and small letters may look different (Greek Η and η).
_SHAPES = {
    **dict(zip("АВЕЅІЈКМНОРСТУХҮҺԀԚԜӀ", "abesijkmhopctyxyhdqwl", strict=True)),
    **dict(zip("авеѕіјкмнорстухүһԁԛԝӏ", "abesijkmhopctyxyhdqwl", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϳ", "abezhikmnoptyxcj", strict=True)),
    **dict(zip("αβεηικνορτυχγωϲ", "abenikvoptuxywc", strict=True)),
    **dict(zip("ɑɡıɩƖ", "agiil", strict=True)),
}  # fmt: skip
_SPELT = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
_APOSTROPHES = frozenset("\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02c0\u02c1\u02c8\u02ca\u02cb\u02cc\u02cd\u0640\ua78c")


class _Letters(dict[int, str]):
    """What each character leaves, worked out when it first occurs."""

    def __missing__(self, code: int) -> str:
        self[code] = left = "".join(_left(chr(code)))
        return left


_TABLE = _Letters()


@dataclass(frozen=True)
class Trace:
    """The letters of a text, and for each where it begins and ends there."""

    letters: str
    starts: list[int]
    ends: list[int]


def letters(text: str) -> str:
    """Return the letters and digits of `text` in one plain form.

    Examples
    --------
    >>> letters("Zoë O'Neill-Smith"), letters("Аdа\u200b ２０01"), letters("홍·길동")
    ('zoeoneillsmith', 'ada2001', '홍길동')
    """
    return unicodedata.normalize("NFC", text.translate(_TABLE))


def trace(text: str) -> Trace:
    """Return the same as `letters`, with the places in `text`."""
    kept: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, character in enumerate(text):
        for letter in _TABLE[ord(character)]:
            joined = unicodedata.normalize("NFC", kept[-1] + letter) if kept and "\u1160" <= letter <= "\u11ff" else ""
            if len(joined) == 1:
                kept[-1], ends[-1] = joined, place + 1
            else:
                kept.append(letter)
                starts.append(place)
                ends.append(place + 1)
    return Trace("".join(kept), starts, ends)


def is_unseen(character: str) -> bool:
    """Return whether a character leaves no mark of its own: accents, joiners, invisible ones."""
    return unicodedata.category(character) in ("Cf", "Mn", "Me", "Mc") or character in _FILLERS


def is_wide(letter: str) -> bool:
    """Return whether a letter belongs to Hangul, Han or Kana, where no space parts words reliably."""
    return (
        "\u1100" <= letter <= "\u11ff"
        or "\u3040" <= letter <= "\u30ff"
        or "\u3400" <= letter <= "\u9fff"
        or is_hangul(letter)
        or letter >= "\U00020000"
    )


def is_hangul(letter: str) -> bool:
    """Return whether a letter is a Hangul syllable."""
    return "\uac00" <= letter <= "\ud7a3"


def _left(character: str) -> Iterator[str]:
    if is_hangul(character):
        yield character
        return
    for part in unicodedata.normalize("NFKD", character):
        for letter in [_SHAPES[part]] if part in _SHAPES else unicodedata.normalize("NFKD", part.casefold()):
            if unicodedata.category(letter)[0] in "LN" and letter not in _FILLERS and letter not in _APOSTROPHES:
                digit = unicodedata.decimal(letter, None)
                yield _SPELT.get(letter, letter) if digit is None else str(digit)

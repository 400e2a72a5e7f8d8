"""Text reduced to its letters and digits, so that spellings of one name meet.

Case, accents, width, punctuation, white space and invisible characters go;
letters of other scripts that look like Latin ones become these; Hangul written
as separate Jamo becomes syllables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_ENCLOSED = (0x1F150, 0x1F170, 0x1F1E6)
"""Where the letters A to Z begin that stand in filled circles, in filled squares, and as flags."""

# Letters by what they look like; capitals and small letters may look different (Greek Η and η).
_SHAPES = {
    **dict(zip("АВЕЅІЈКМНОРСТУХҮҺԀԚԜӀ", "abesijkmhopctyxyhdqwl", strict=True)),
    **dict(zip("авеѕіјкмнорстухүһԁԛԝӏ", "abesijkmhopctyxyhdqwl", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϳ", "abezhikmnoptyxcj", strict=True)),
    **dict(zip("αβεηικνορτυχγωϲ", "abenikvoptuxywc", strict=True)),
    **dict(zip("ɑɡıɩƖɓɗɠɦƙƥƭʋ", "agiilbdghkptv", strict=True)),
    **dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True)),
    **dict(zip("ՕՍՏԼօոռսզցյհւլ", "ousl" + "onnuqgjhil", strict=True)),
    **dict(zip("ᎠᎡᎢᎥᎪᎫᎬᎳᎷᎻᎽᏀᏂᏃᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏴ", "drtiajewmhyghzrwsvslcpkdb", strict=True)),
    **dict(zip("ꭰꭱꭲꭵꭺꭻꭼꮃꮇꮋꮍꮐꮒꮓꮢꮤꮥꮩꮪꮮꮯꮲꮶꮷᏼ", "drtiajewmhyghzrwsvslcpkdb", strict=True)),
    **dict(zip("ⲀⲂⲈⲌⲎⲒⲔⲘⲚⲞⲢⲤⲦⲨⲬ", "abezhikmnopctyx", strict=True)),
    **dict(zip("ⲁⲃⲉⲍⲏⲓⲕⲙⲛⲟⲣⲥⲧⲩⲭ", "abezhikmnopctyx", strict=True)),
    **dict(zip("ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "bpdtgkjczfmnlsrvhwxyaeiou", strict=True)),
    **{chr(first + place): letter for first in _ENCLOSED for place, letter in enumerate("abcdefghijklmnopqrstuvwxyz")},
}  # fmt: skip
_SPELT = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
_ALIKE = str.maketrans("1l0", "iio")
_SPELT_OUT = re.compile(r"[\u3131-\u3163\uffa1-\uffdc]")
_FINALS = {
    initial: chr(0x11A7 + place)
    for initial, place in zip(
        map(chr, range(0x1100, 0x1113)), (1, 2, 4, 7, 0, 8, 16, 17, 0, 19, 20, 21, 22, 0, 23, 24, 25, 26, 27), strict=True
    )
    if place
}
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
    if _SPELT_OUT.search(text):
        return trace(text).letters
    return unicodedata.normalize("NFC", text.translate(_TABLE))


def skeleton(letters: str) -> str:
    """Return plain letters with those made alike that are written for each other: 1, l and i; 0 and o."""
    return letters.translate(_ALIKE)


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
    if _SPELT_OUT.search(text):
        return _with_finals(text, kept, starts, ends)
    return Trace("".join(kept), starts, ends)


def _with_finals(text: str, kept: list[str], starts: list[int], ends: list[int]) -> Trace:
    """Return the trace with consonants as finals of the syllables before them, where both are spelt out: ㅎㅗㅇ."""
    found: list[tuple[str, int, int]] = []
    for letter, start, end in zip(kept, starts, ends, strict=True):
        if "\u1100" <= letter <= "\u1112" and found and _is_spelt(text[start]) and _is_spelt(text[found[-1][1]]):
            before, first, _ = found[-1]
            whole = unicodedata.normalize("NFC", before + _FINALS.get(letter, letter))
            if len(whole) == 1:
                found[-1] = (whole, first, end)
                continue
        found.append((letter, start, end))
    return Trace("".join(item[0] for item in found), [item[1] for item in found], [item[2] for item in found])


def _is_spelt(character: str) -> bool:
    return _SPELT_OUT.match(character) is not None


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

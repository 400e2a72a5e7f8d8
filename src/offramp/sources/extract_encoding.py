"""Bytes to characters: the encoding of a text, and how it is known.

In this order: what the caller says; a byte order mark; UTF-8, if all bytes are
that; what the file declares; what a detector finds, if nothing else is nearly
as likely. Where nearly all bytes are UTF-8 it is damaged UTF-8, and refused.
Every byte is decoded or the file is refused; none is replaced.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from offramp.sources.extract_limits import Refused

How = Literal["as you said", "by its mark", "as all its bytes are", "as it declares", "as detected"]

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "latin_1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "euc_kr": "cp949", "johab": "johab", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932",
}  # fmt: skip
_LABELS = {"ks_c_5601-1987": "cp949", "ks_c_5601-1989": "cp949", "windows-949": "cp949", "x-sjis": "cp932", "x-euc-jp": "euc_jp",
           "x-gbk": "gb18030", "x-cp1251": "cp1251", "windows-874": "cp874", "unicode": "utf-16", "utf8": "utf-8"}  # fmt: skip
_CANDIDATES = ("cp1252", "cp1250", "cp1251", "koi8_u", "cp1253", "cp1254", "cp1255", "cp1256", "cp949", "euc_jp", "cp932",
               "gb18030", "big5hkscs", "cp866", "iso8859_2")  # fmt: skip
_COMMON = {"cp949": "euc_kr", "cp932": "shift_jis", "euc_jp": "euc_jp", "gb18030": "gb2312", "big5hkscs": "big5"}
"""The older set of letters inside each, which nearly all texts keep to."""

_QUOTATION_MARKS = frozenset([0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97])
"""Bytes that mean the same in all code pages of Windows with few letters."""

_PUNCTUATION = re.compile("[\u2010-\u2026]")
_PER_MARK, _PER_FAULT = 6, 4
"""What a dash or a curly quotation mark of UTF-8 counts for, beside the bytes that go on with a letter, and how much a fault asks for."""

_FEW = 4
_SAMPLE = 200_000
_NEAR_CHAOS, _NEAR_COHERENCE = 0.05, 0.2
_SAY = "say it with --encoding (CP949 is frequent for Korean, WINDOWS-1251 for Russian and Ukrainian, WINDOWS-1252 for western Europe)"


@dataclass(frozen=True)
class Decoded:
    """A text, the name of its encoding, and how that is known."""

    text: str
    encoding: str
    how: How


def decode(raw: bytes, *, given: str | None = None, declared: str | None = None) -> Decoded:
    """Return the characters of a text.

    Parameters
    ----------
    raw : bytes
        The whole text.
    given : str, optional
        The encoding that the caller says; nothing else is tried then.
    declared : str, optional
        What the file says about itself; names that nobody knows are passed over.

    Returns
    -------
    decoded : Decoded
        The text without a byte order mark.

    Raises
    ------
    Refused
        If any byte has no meaning, or the encoding cannot be told.

    Examples
    --------
    >>> decode("ja".encode("utf-16"))
    Decoded(text='ja', encoding='utf-16', how='by its mark')
    """
    for encoding, how in _ways(raw, given, declared):
        text = _strict(raw, encoding)
        if text is not None:
            return Decoded(text, "utf-8" if encoding == "utf-8-sig" else encoding, how)
        if how in ("as you said", "by its mark"):
            raise _undecodable(raw, encoding)
        if encoding == "utf-8" and _is_nearly_utf_8(raw):
            raise _damaged(raw)
    return _detected(raw)


def decode_as(raw: bytes, encoding: str) -> str:
    """Return the text of bytes that were decoded before; raise Refused where it is no such text."""
    if encoding_of(encoding) is None:
        raise Refused(f"there is no encoding {encoding[:40]!r}")
    text = _strict(raw, "utf-8-sig" if encoding == "utf-8" else encoding)
    if text is None:
        raise _undecodable(raw, encoding)
    return text


def encoding_of(label: str) -> str | None:
    """Return the codec that a page or a mail means by `label`, as browsers take it; None where there is none.

    Examples
    --------
    >>> encoding_of("EUC-KR"), encoding_of("latin1"), encoding_of("rot13")
    ('cp949', 'cp1252', None)
    """
    label = label.strip(" \t\n\r\"'").lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9_.:-]{0,39}", label):
        return None
    try:
        found = codecs.lookup(_LABELS.get(label, label))
    except (LookupError, ValueError):
        return None
    return _MEANT.get(found.name, found.name) if getattr(found, "_is_text_encoding", True) and found.name not in _NO_TEXT else None


_NO_TEXT = frozenset(["idna", "punycode", "unicode_escape", "unicode-escape", "raw_unicode_escape", "raw-unicode-escape",
                      "undefined", "utf-7", "mbcs", "oem"])  # fmt: skip


def _ways(raw: bytes, given: str | None, declared: str | None) -> Iterator[tuple[str, How]]:
    if given is not None:
        encoding = encoding_of(given)
        if encoding is None:
            raise Refused(f"there is no encoding {given[:40]!r}", "say one such as utf-8, cp1251, euc-kr or utf-16")
        yield ("utf-8-sig" if encoding == "utf-8" else encoding), "as you said"
    mark = next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), None)
    if mark is not None:
        yield mark, "by its mark"
    if b"\0" in raw:
        wide = _wide(raw)
        if wide is None:
            raise _with_nul(raw)
        yield wide, "as detected"
    yield "utf-8", "as all its bytes are"
    if declared is not None and (encoding := encoding_of(declared)) is not None and not encoding.startswith(("utf-16", "utf-32")):
        yield encoding, "as it declares"


def _wide(raw: bytes) -> str | None:
    """Return the kind of UTF-16 without a mark in which every other byte is mostly NUL."""
    head = raw[:4096]
    even, odd = (sum(byte == 0 for byte in head[start::2]) * 2 / len(head) for start in (0, 1))
    if len(raw) % 2 == 0 and max(even, odd) > 0.3 and min(even, odd) < 0.02:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _strict(raw: bytes, encoding: str) -> str | None:
    try:
        text = raw.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None
    return None if "\0" in text else text


def _undecodable(raw: bytes, encoding: str) -> Refused:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        where = f"byte {error.start + 1:,}"
        return Refused(f"{where} has no meaning in {encoding}", "say another encoding with --encoding, or save it as UTF-8")
    except (LookupError, ValueError):
        return Refused(f"it is no text in {encoding}", "say another with --encoding, or save it as UTF-8")
    place = text.index("\0") + 1
    return Refused(f"character {place:,} is NUL, so it is no text", "save the report as text in UTF-8 and add that")


def _is_nearly_utf_8(raw: bytes) -> bool:
    """Return whether bytes that are not all UTF-8 were meant as that: other encodings have next to no sequence of it by chance."""
    text = raw.decode("utf-8", "replace")
    faults = text.count("\ufffd") - raw.count("\ufffd".encode())
    sound = text.replace("\ufffd", "")
    going_on = len(sound.encode()) - len(sound)
    return going_on + _PER_MARK * len(_PUNCTUATION.findall(sound)) >= _PER_FAULT * faults


def _with_nul(raw: bytes) -> Refused:
    return Refused(f"byte {raw.index(0) + 1:,} is NUL, so it is no text", "save the report as text in UTF-8 and add that")


def _damaged(raw: bytes) -> Refused:
    if b"\0" in raw:
        return _with_nul(raw)
    where, error = _first_fault(raw)
    told = "it is UTF-8 that breaks off there" if error.reason == "unexpected end of data" else "nearly all else is, so it is damaged UTF-8"
    return Refused(f"{where}, and {told}", "get a sound copy or mend the file; if it is in another encoding, say it with --encoding")


def _first_fault(raw: bytes) -> tuple[str, UnicodeDecodeError]:
    """Return where bytes are no UTF-8, in words, and the fault; there has to be one."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return f"byte {error.start + 1:,} (line {line:,}) is {raw[error.start]:#04x}, which is no UTF-8 there", error
    raise AssertionError("all bytes are UTF-8")


def _detected(raw: bytes) -> Decoded:
    high = [byte for byte in raw if byte > 0x7F]
    if set(high) <= _QUOTATION_MARKS:
        return Decoded(raw.decode("cp1252"), "cp1252", "as detected")
    found = _likely(raw) if len(high) >= _FEW else []
    if len(found) != 1 or (text := _strict(raw, found[0])) is None:
        raise _unknown(raw, found)
    return Decoded(text, found[0], "as detected")


def _likely(raw: bytes) -> list[str]:
    """Return the likeliest encoding, and with it those that say another thing and are nearly as likely."""
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        raise _unknown(raw, [], "; pip install 'offramp[documents]' brings a detector") from None
    start = max(0, next(place for place, byte in enumerate(raw) if byte > 0x7F) - 1000)
    sample = raw if len(raw) <= _SAMPLE else raw[start : start + _SAMPLE].rpartition(b"\n")[0]
    found = from_bytes(sample, cp_isolation=list(_CANDIDATES), preemptive_behaviour=False, enable_fallback=False)
    matches = [match for match in found if _is_plausible(str(match), match.encoding)]
    if not matches:
        return []
    best = matches[0]
    near = [
        match
        for match in matches
        if match.chaos - best.chaos < _NEAR_CHAOS and best.coherence - match.coherence < _NEAR_COHERENCE and str(match) != str(best)
    ]
    same = [encoding for encoding in _CANDIDATES if _strict(sample, encoding) == str(best)]
    return [same[0] if same else best.encoding, *(match.encoding for match in near)]


def _is_plausible(text: str, encoding: str) -> bool:
    """Return whether a text is like those that are written in an encoding of many letters; bytes of another may fit by chance."""
    if encoding not in _COMMON:
        return True
    wide = [letter for letter in text if letter.isalpha() and letter > "\u1100"]
    kana = sum("\u3041" <= letter <= "\u30ff" for letter in wide)
    hangul = sum("\uac00" <= letter <= "\ud7a3" for letter in wide)
    common = sum(_encodes(letter, _COMMON[encoding]) for letter in wide)
    if len(wide) < _FEW or common < 0.95 * len(wide):
        return False
    if encoding == "cp949":
        return hangul > 0.5 * len(wide)
    return kana > 0.15 * len(wide) if encoding in ("cp932", "euc_jp") else kana + hangul < 0.1 * len(wide)


def _encodes(letter: str, encoding: str) -> bool:
    try:
        return len(letter.encode(encoding)) <= 3 and letter < "\uff61"  # a rare syllable of Hangul is spelt out in eight bytes
    except UnicodeEncodeError:
        return False


def _unknown(raw: bytes, found: list[str], more: str = "") -> Refused:
    where, _ = _first_fault(raw)
    told = f"it may be {' or '.join(found[:3])}" if len(found) > 1 else "which encoding it is cannot be told"
    return Refused(f"{where}, and {told}", _SAY + more)

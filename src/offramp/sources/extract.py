"""A file to its text: plain text, saved pages, PDF, Word documents and mails.

An extractor is named and versioned; what it gives for the same bytes never
changes under the same name. Plain text is read here; what has to be parsed is
read in a child process (`offramp.sources.child`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from offramp.errors import SourceError, StorageError
from offramp.files import read_regular
from offramp.sources.child import Suggestion, read_in_child
from offramp.sources.extract_encoding import Decoded, decode, decode_as
from offramp.sources.extract_kind import CALLED, SUFFIXES, Kind, is_page, kind_of, suffix_kind
from offramp.sources.extract_limits import LIMITS, MAX_BYTES, MAX_DOCUMENT_BYTES, Limits, Refused

__all__ = ["MAX_BYTES", "MAX_DOCUMENT_BYTES", "PLAIN", "Extract", "encoding_in", "extract", "extract_again", "plain_text", "spelled"]

PLAIN = "plain/1"

_DECLARED = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})""",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Extract:
    """The bytes of a file, the text in them, and which extractor took it out.

    ``suffix`` is the one that the file is stored under; ``encoding`` and
    ``how`` it is known are "" for what says so itself; ``notes`` tell what was
    not read, ``suggestions`` what the file says about itself.
    """

    raw: bytes
    text: str
    extractor: str = PLAIN
    kind: Kind = "text"
    suffix: str = ".txt"
    encoding: str = ""
    how: str = ""
    notes: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


def extract(file: Path, *, encoding: str | None = None, limits: Limits = LIMITS, stop: Event | None = None) -> Extract:
    """Return the bytes and the text of a file.

    Parameters
    ----------
    file : Path
        A txt, md, html, pdf, docx or eml file; a link is followed. What it is
        is told by its content.
    encoding : str, optional
        Of a text or a page; by default it is detected.
    limits : Limits
        What reading it may take.
    stop : threading.Event, optional
        Set by another thread to have the reading broken off soon.

    Returns
    -------
    extract : Extract
        The bytes as they are. A plain text is without its byte order mark, its
        line ends are LF, nothing else is changed; for the others see
        `offramp.sources.extract_rules`.

    Raises
    ------
    SourceError
        If the file is missing, empty, of another kind, damaged, encrypted,
        without text or beyond a limit, or what reads it is not installed.

    Notes
    -----
    The text depends on the bytes, on `encoding` and on the extractor named in
    the result, and on nothing else: no locale, time zone or hash seed.
    """
    named, suffix = spelled(str(file)), file.suffix.lower()
    most = MAX_DOCUMENT_BYTES if suffix_kind(suffix) in ("pdf", "docx", "eml") else MAX_BYTES
    try:
        raw = read_regular(file, most, follow=True)
    except StorageError as error:
        raise SourceError(str(error).replace(str(file), named)) from None
    except ValueError:
        raise SourceError(f"there is no file {named}; no name has a NUL in it") from None
    try:
        return _read(raw, suffix, encoding, limits, stop)
    except Refused as refused:
        raise _refusal(named, refused) from None
    except SourceError as error:
        raise SourceError(f"{named} is not read: {error}") from None


def plain_text(raw: bytes, name: str, encoding: str = "utf-8") -> str:
    """Return the text in `raw`, the bytes of the file that errors call `name`.

    Examples
    --------
    >>> plain_text(b"\\xef\\xbb\\xbfone\\r\\ntwo\\r", "note.txt")
    'one\\ntwo\\n'
    """
    try:
        return _plain(decode_as(raw, encoding))
    except Refused as refused:
        raise _refusal(spelled(name), refused) from None


def extract_again(raw: bytes, extractor: str, file: str, limits: Limits = LIMITS) -> str | None:
    """Return the text of stored bytes by the extractor that took it out before.

    Parameters
    ----------
    raw : bytes
        The file.
    extractor : str
        As the entry of the source says.
    file : str
        The name of the stored file.
    limits : Limits
        What reading it may take.

    Returns
    -------
    text : str or None
        None where that extractor, in that version, is not installed here.

    Raises
    ------
    SourceError
        If the bytes cannot be read.
    """
    if extractor.partition(" ")[0] == PLAIN:
        return plain_text(raw, file, encoding_in(extractor) or "utf-8")
    if suffix_kind(Path(file).suffix) in (None, "text"):
        return None
    try:
        found = _read(raw, Path(file).suffix, encoding_in(extractor) or None, limits)
    except Refused as refused:
        raise _refusal(spelled(file), refused) from None
    return found.text if found.extractor == extractor else None


def encoding_in(extractor: str) -> str:
    """Return the encoding that stands behind the name of an extractor; "" for UTF-8 and for what says it itself.

    Examples
    --------
    >>> encoding_in("plain/1 cp866"), encoding_in("html/1 trafilatura 2.3.1 lxml 6.1.3 in cp1251"), encoding_in("plain/1")
    ('cp866', 'cp1251', '')
    """
    name, _, more = extractor.partition(" ")
    return more if name == PLAIN else extractor.rpartition(" in ")[2] if " in " in extractor else ""


def spelled(name: str) -> str:
    """Return the name of a file as something that can be shown: on one line, nothing in it that acts.

    Examples
    --------
    >>> spelled("a\\nb\\x1b[2J\\u202etxt.exe")
    'a\\\\nb\\\\x1b[2J\\\\u202etxt.exe'
    """
    acting = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return "".join(letter.encode("unicode_escape").decode() if unicodedata.category(letter) in acting else letter for letter in name)


def _read(raw: bytes, suffix: str, encoding: str | None, limits: Limits, stop: Event | None = None) -> Extract:
    if not raw.strip(b" \t\r\n\xef\xbb\xbf"):
        raise Refused("it is empty", "add a file that has words in it")
    kind = kind_of(raw, suffix)
    if kind in ("text", "html"):
        return _read_text(raw, suffix, encoding, limits, stop)
    if encoding is not None:
        raise Refused(f"it is {CALLED[kind]}, which says its encoding itself", "leave --encoding out")
    taken = read_in_child(kind, raw, limits, stop)
    return Extract(raw, taken.text, taken.extractor, kind, _suffix(kind, suffix), "", "", taken.notes, taken.suggestions)


def _read_text(raw: bytes, suffix: str, encoding: str | None, limits: Limits, stop: Event | None) -> Extract:
    if len(raw) > MAX_BYTES:
        raise Refused(f"it is larger than {MAX_BYTES:,} bytes", "split it, or keep only the part that matters")
    declared = _DECLARED.search(raw[:4096])
    named = (declared[1] or declared[2]).decode() if declared else None
    decoded = decode(raw, given=encoding, declared=named)
    if not is_page(decoded.text, suffix):
        return _of_text(raw, decoded, suffix)
    taken = read_in_child("html", decoded.text.encode(), limits, stop)
    extractor = taken.extractor if decoded.encoding == "utf-8" else f"{taken.extractor} in {decoded.encoding}"
    kept = _suffix("html", suffix)
    return Extract(raw, taken.text, extractor, "html", kept, decoded.encoding, decoded.how, taken.notes, taken.suggestions)


def _of_text(raw: bytes, decoded: Decoded, suffix: str) -> Extract:
    extractor = PLAIN if decoded.encoding == "utf-8" else f"{PLAIN} {decoded.encoding}"
    return Extract(raw, _plain(decoded.text), extractor, "text", _suffix("text", suffix), decoded.encoding, decoded.how)


def _plain(text: str) -> str:
    if not text.strip():
        raise Refused("it is empty", "add a file that has words in it")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _suffix(kind: Kind, suffix: str) -> str:
    """Return the end of the stored file's name: its own where it fits, else the usual one; nothing else of the name is kept."""
    return suffix.lower() if suffix.lower() in SUFFIXES[kind] else SUFFIXES[kind][0]


def _refusal(named: str, refused: Refused) -> SourceError:
    return SourceError("; ".join(part for part in (f"{named} is not read: {refused.found}", refused.remedy) if part))

"""What a file is, by what is in it; its name only decides where that leaves it open."""

from __future__ import annotations

import re
from typing import Literal

from offramp.sources.extract_limits import Refused

Kind = Literal["text", "html", "pdf", "docx", "eml"]

SUFFIXES: dict[Kind, tuple[str, ...]] = {
    "text": (".txt", ".md"),
    "html": (".html", ".htm", ".xhtml"),
    "pdf": (".pdf",),
    "docx": (".docx",),
    "eml": (".eml", ".mht", ".mhtml"),
}
"""The first of each is given to a file whose own does not fit."""

CALLED: dict[Kind, str] = {"text": "text", "html": "a saved page", "pdf": "PDF", "docx": "a Word document", "eml": "a mail"}
READ = "Offramp reads txt, md, html, pdf, docx and eml"

_OTHERS = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old or an encrypted Office file",
        "open it, with its password, and save it as docx without one",
    ),
    (b"{\\rtf", "an RTF file", "save it as docx or txt"),
    (b"\x89PNG", "a picture", "write down its words in a txt file"),
    (b"\xff\xd8\xff", "a picture", "write down its words in a txt file"),
    (b"GIF8", "a picture", "write down its words in a txt file"),
    (b"II*\0", "a picture", "write down its words in a txt file"),
    (b"MM\0*", "a picture", "write down its words in a txt file"),
    (b"RIFF", "a picture or a recording", "write down its words in a txt file"),
    (b"%!PS", "a PostScript file", "save it as PDF"),
    (b"\x1f\x8b", "a packed file", "unpack it and add what is in it"),
    (b"BZh", "a packed file", "unpack it and add what is in it"),
    (b"7z\xbc\xaf\x27\x1c", "a packed file", "unpack it and add what is in it"),
    (b"Rar!", "a packed file", "unpack it and add what is in it"),
    (b"\xfd7zXZ", "a packed file", "unpack it and add what is in it"),
    (b"bplist00", "a web archive of Safari", "save the page as HTML"),
)
_PAGE = re.compile(r"\A(?:\s|<!--.{0,2000}?-->|<\?xml[^>]{0,200}\?>)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<(?:[a-z][a-z0-9]{0,10}|!doctype)(?=[\s/>])", re.IGNORECASE)
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]")
_SENT = frozenset([b"received", b"message-id", b"mime-version", b"return-path", b"delivered-to", b"dkim-signature"])
_WRITTEN = frozenset([b"from", b"to", b"date", b"subject", b"cc", b"sender", b"content-type"])


def suffix_kind(suffix: str) -> Kind | None:
    """Return what a file is called by the end of its name; None where that says nothing known."""
    return next((kind for kind, suffixes in SUFFIXES.items() if suffix.lower() in suffixes), None)


def kind_of(raw: bytes, suffix: str) -> Kind:
    """Return what the bytes of a file are.

    Parameters
    ----------
    raw : bytes
        The whole file.
    suffix : str
        The end of its name, with the dot.

    Returns
    -------
    kind : str
        ``text`` may still turn out to be a page, once its encoding is known;
        see `is_page`.

    Raises
    ------
    Refused
        If it is something else, or not what its name says.

    Examples
    --------
    >>> kind_of(b"%PDF-1.7 ...", ".txt"), kind_of(b"words", ".md")
    ('pdf', 'text')
    """
    called = suffix_kind(suffix)
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-") or (called == "pdf" and b"%PDF-" in raw[:1024]):
        return "pdf"
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx"
    for start, what, remedy in _OTHERS:
        if raw.startswith(start):
            raise Refused(f"it is {what}; {READ}", remedy)
    if is_mail(raw, called == "eml"):
        return "eml"
    if called in ("pdf", "docx", "eml"):
        raise Refused(f"it is damaged, or no {called}: it does not begin as one", "get a sound copy, or save its text and add that")
    if called is None and suffix:
        raise Refused(f"it is no kind of document that is known; {READ}", "save it as one of these and add that")
    return "html" if called == "html" else "text"


def is_page(text: str, suffix: str) -> bool:
    """Return whether a text is a page: it begins as one, or it is called one and has tags.

    Examples
    --------
    >>> is_page("<!-- saved --><!DOCTYPE html><p>Words", ".txt"), is_page("a < b", ".html")
    (True, False)
    """
    return bool(_PAGE.match(text)) or (suffix_kind(suffix) == "html" and bool(_TAG.search(text)))


def is_mail(raw: bytes, is_called_so: bool) -> bool:
    """Return whether bytes begin with the header of a mail; what is not called one needs a line that only programs write."""
    names, head = set(), raw[:65_536].lstrip(b"\xef\xbb\xbf\r\n")
    for line in re.split(rb"\r\n|\n|\r", head):
        found = _HEADER.match(line)
        if found:
            names.add(found[1].lower())
        elif not (line.startswith((b" ", b"\t")) or (line.startswith((b"From ", b">From ")) and not names)):
            break
    return bool(names & (_SENT | _WRITTEN)) if is_called_so else bool(names & _SENT) and bool(names & _WRITTEN)

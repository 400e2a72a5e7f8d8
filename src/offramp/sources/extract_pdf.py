"""PDF: the text of its pages, by pypdf within limits. Runs in the child."""

from __future__ import annotations

import functools
import importlib
import logging
import re
from importlib.metadata import version
from io import BytesIO
from typing import Any

from offramp.sources.child_main import Found, Reading, load_codecs
from offramp.sources.extract_limits import LIMITS, Limits, Refused
from offramp.sources.extract_rules import checked, cut, has_words, strange, tidy

RULES = "pdf/1"
_SCAN = "make its words readable (OCR) with a program you trust, check them, and add that"
_DAMAGED = "get a sound copy, or save its text and add that"
_SHARE = 0.2
"""Of characters that nobody can read, above which the text is none."""


def read(raw: bytes, limits: Limits) -> Reading:
    """Return the text of all pages, one after the other, a blank line between two."""
    from pypdf import PdfReader, apply_configuration
    from pypdf.errors import LimitReachedError

    if b"%%EOF" not in raw[-2048:]:
        raise Refused("it is damaged: its end is missing", _DAMAGED)
    told = _Told()
    size = limits.stream
    with apply_configuration(
        zlib_maximum_output_length=size, lzw_maximum_output_length=size, run_length_maximum_output_length=size,
        array_based_stream_maximum_output_length=size,
    ), told:  # fmt: skip
        try:
            document = PdfReader(BytesIO(raw), strict=False)
            if document.is_encrypted:
                raise Refused("it is encrypted", "open it with its password, print it to a new PDF and add that")
            pages = _pages(document, limits)
            suggestions = _suggestions(document)
        except NotImplementedError:
            raise Refused("it is encrypted, or built in a way that is not supported", "print it to a new PDF and add that") from None
        except LimitReachedError:
            raise Refused("a part of it unpacks to more than it may", "save its text and add that") from None
    text = tidy("\n\n".join(pages), ligatures=True)
    if not has_words(text):
        raise Refused("there is no text in it, as in a scan", _SCAN)
    if (odd := strange(text)) > _SHARE * len(text):
        raise Refused("its fonts do not say which letters they show", _SCAN)
    return Reading(checked(text, limits), _names(), list(_notes(pages, odd, told.count)), suggestions)


@functools.cache
def _names() -> str:
    return f"{RULES} pypdf {version('pypdf')} fonttools {version('fonttools')}"


def warm_up() -> None:
    """Load all that will be needed."""
    for name in ("fontTools.cffLib", "fontTools.encodings.StandardEncoding", "pypdf._codecs.core_font_metrics"):
        importlib.import_module(name)
    load_codecs()
    read(_sample(), LIMITS)


def _sample() -> bytes:
    """Return a small PDF."""
    content = b"BT /F 12 Tf 9 9 Td (Words) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]  # fmt: skip
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)


class _Told(logging.Handler):
    """Counts what the library repairs, and keeps its words to itself."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count, self.logger = 0, logging.getLogger("pypdf")

    def __enter__(self) -> None:
        self.logger.handlers, self.logger.propagate = [self], False

    def __exit__(self, *_: object) -> None:
        self.logger.handlers = []

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        self.count += 1


def _pages(document: Any, limits: Limits) -> list[str]:
    if len(document.pages) > limits.pages:
        raise Refused(f"it has more than {limits.pages:,} pages", "split it, or keep only the part that matters")
    pages, left = [], limits.characters
    for page in document.pages:
        pages.append(page.extract_text(extraction_mode="plain").strip("\n"))
        left -= len(pages[-1])
        if left < 0:
            raise Refused(f"there are more than {limits.characters:,} characters in it", "split it, or keep only the part that matters")
    return pages


def _notes(pages: list[str], odd: int, repairs: int) -> Any:
    empty = [str(number) for number, page in enumerate(pages, 1) if not has_words(page)]
    if empty:
        listed = ", ".join(empty[:10]) + (f" and {len(empty) - 10} more" if len(empty) > 10 else "")
        yield f"no text on {'page' if len(empty) == 1 else 'pages'} {listed} of {len(pages)}: a picture or a scan there was not read"
    if odd:
        yield f"{odd:,} characters stand for no letter, because a font does not say which: compare the text with the pages"
    if repairs:
        yield f"it breaks the rules of PDF in {repairs:,} {'place' if repairs == 1 else 'places'}: compare the text with the pages"


def _suggestions(document: Any) -> list[Found]:
    """Return title and date of the file's own description."""
    try:
        told = document.metadata or {}
        title, date = str(told.get("/Title") or ""), str(told.get("/CreationDate") or "")
    except Exception:
        return []  # a description that cannot be read is none
    found = [("title", cut(title), "PDF /Title")] if has_words(title) else []
    day = re.match(r"D:(\d{4})(\d{2})(\d{2})", date)
    return [*found, ("date", "-".join(day.groups()), "PDF /CreationDate, when the file was made")] if day else found

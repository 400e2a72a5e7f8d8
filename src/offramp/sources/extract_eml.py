"""Mails and pages saved as one mail (eml, mht): the words of the body. Runs in the child.

The plain part is preferred, else the HTML part goes the way of saved pages.
What is attached is named and not read; what lies elsewhere is not fetched.
"""

from __future__ import annotations

import email
import email.errors
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, Message
from typing import Any

from offramp.sources import extract_html
from offramp.sources.child_main import Found, Reading, load_codecs
from offramp.sources.extract_encoding import decode
from offramp.sources.extract_limits import LIMITS, Limits, Refused
from offramp.sources.extract_rules import checked, cut, has_words, tidy

RULES = "eml/1"
_DAMAGED = "save the mail again from the program that has it, or save its text"
_BROKEN = (
    email.errors.NoBoundaryInMultipartDefect, email.errors.StartBoundaryNotFoundDefect, email.errors.CloseBoundaryNotFoundDefect,
    email.errors.MultipartInvariantViolationDefect, email.errors.InvalidBase64LengthDefect, email.errors.InvalidBase64CharactersDefect,
)  # fmt: skip
_SAMPLE = (
    b"From: =?utf-8?q?a?= <a@example.org>\nDate: Mon, 1 Jan 2024 10:00:00 +0000\nSubject: s\n"
    b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n"
    b'Content-Transfer-Encoding: base64\n\nV29yZHM=\n--b\nContent-Disposition: attachment; filename="a"\n\nb\n--b--\n'
)


def read(raw: bytes, limits: Limits) -> Reading:
    """Return the words of a mail's body."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    parts = list(_parts(message, limits))
    bodies, attached = _sorted(parts)
    texts, names, notes, pages = [], [RULES], [], list[Found]()
    for kind, part in bodies:
        text = _decoded(part)
        if kind == "html":
            text, more, found = extract_html.article(text, limits)
            notes += more
            pages += found
        texts.append(text)
    if any(kind == "html" for kind, _ in bodies):
        names.append(extract_html.names())
    text = tidy("\n\n".join(texts))
    if not has_words(text):
        raise Refused("there is no text in it" + ("; what is attached is not read" if attached else ""), "add what is attached by itself")
    if attached:
        listed = ", ".join(attached[:20]) + (f" and {len(attached) - 20} more" if len(attached) > 20 else "")
        notes.append(f"attached and not read: {listed}")
    return Reading(checked(text, limits), " ".join(names), notes, [*_suggestions(message), *pages])


def warm_up() -> None:
    """Load all that will be needed."""
    import contextlib

    load_codecs()
    extract_html.warm_up()
    with contextlib.suppress(ImportError):
        from charset_normalizer import from_bytes

        from_bytes("слова, которые уже никому не нужны".encode("cp1251")).best()
    read(_SAMPLE, LIMITS)


def _parts(message: Message, limits: Limits) -> Iterator[tuple[Message, bool]]:
    """Yield the parts that hold something, and whether each is one of several renderings; nothing inside an attached mail."""
    stack, count = [(message, 0, False)], 0
    while stack:
        part, depth, is_rendering = stack.pop()
        count += 1
        if depth > limits.part_depth or count > limits.parts:
            raise Refused(f"its parts are nested more than {limits.part_depth} deep, or more than {limits.parts:,}", _DAMAGED)
        if any(isinstance(defect, _BROKEN) for defect in part.defects):
            raise Refused("it is damaged: its parts do not end where they should", _DAMAGED)
        if part.get_content_maintype() == "multipart":
            inner: Any = part.get_payload()
            one_of = part.get_content_subtype() == "alternative"
            stack.extend((item, depth + 1, one_of or is_rendering) for item in reversed(inner) if isinstance(item, Message))
        else:
            yield part, is_rendering


def _sorted(parts: list[tuple[Message, bool]]) -> tuple[list[tuple[str, Message]], list[str]]:
    """Return the bodies to read, and the names of what is not read."""
    plain = [part for part, _ in parts if _is_body(part, "text/plain") and has_words(_decoded(part))]
    pages = [part for part, _ in parts if _is_body(part, "text/html") or _is_body(part, "application/xhtml+xml")]
    renderings = {id(part) for part, is_rendering in parts if is_rendering}
    others = [part for part, _ in parts if not any(part is body for body in (*plain, *pages)) and not _is_body(part, "text/plain")]
    if plain:
        others += [part for part in pages if id(part) not in renderings]
        return [("plain", part) for part in plain], [_label(part) for part in others]
    return [("html", part) for part in pages[:1]], [_label(part) for part in (*others, *pages[1:])]


def _is_body(part: Message, kind: str) -> bool:
    return part.get_content_type() == kind and part.get_content_disposition() != "attachment" and not part.get_filename()


def _label(part: Message) -> str:
    """Return the name of what is attached, or its kind, as something to be shown."""
    try:
        name = part.get_filename() or ""
    except Exception:
        name = ""  # a header that cannot be read names nothing
    return cut(str(name).encode(errors="replace").decode(), 100) or cut(part.get_content_type(), 100)


def _decoded(part: Message) -> str:
    """Return the text of a part; raise Refused where a byte of it has no meaning."""
    data = part.get_payload(decode=True)
    if any(isinstance(defect, _BROKEN) for defect in part.defects):
        raise Refused("it is damaged: a part of it is packed wrongly", _DAMAGED)
    raw = data if isinstance(data, bytes) else b""
    declared = part.get_content_charset()
    return decode(raw, declared=declared).text if raw.strip() else ""


def _suggestions(message: Message) -> Iterator[Found]:
    """Yield what the headers say; a header that cannot be read says nothing."""
    for what, header in (("title", "Subject"), ("date", "Date"), ("outlet", "From"), ("url", "Snapshot-Content-Location")):
        try:
            value: Any = message[header]
            if what == "date":
                value = value.datetime.date().isoformat() if value is not None and value.datetime is not None else ""
            elif what == "outlet" and isinstance(message, EmailMessage):
                value = ", ".join(address.display_name or address.domain for address in value.addresses[:3]) if value is not None else ""
        except Exception:
            continue
        if value and (told := cut(str(value).encode(errors="replace").decode())):
            yield what, told, f"header {header}"

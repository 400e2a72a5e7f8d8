"""Word documents (docx): words of the main text and of the notes. Runs in the child.

A docx is a ZIP archive of XML. Only the parts that hold the words are
unpacked, in memory; links, templates, pictures and embedded files are not.
"""

from __future__ import annotations

import functools
import posixpath
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from io import BytesIO
from typing import Any

from offramp.sources.child_main import Found, Reading
from offramp.sources.extract_limits import LIMITS, Limits, Refused
from offramp.sources.extract_rules import checked, cut, has_words, tidy

RULES = "docx/1"
_DAMAGED = "open it in a program you trust and save it again, or save it as text"
_OTHERS = {"xl/workbook.xml": "an Excel table", "ppt/presentation.xml": "a set of slides", "META-INF/container.xml": "an EPUB book",
           "content.xml": "an OpenDocument file"}  # fmt: skip
_LEFT_OUT = frozenset(["del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "pPr", "rPr", "tblPr", "trPr", "tcPr",
                       "sectPr", "binData", "drawingML", "altChunk"])  # fmt: skip
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}
_ROOMY = 1_000_000
"""Bytes up to which the ratio of packing does not matter: blank XML packs well."""


def read(raw: bytes, limits: Limits) -> Reading:
    """Return the words of the main text, then those of footnotes and endnotes."""
    archive = _archive(raw, limits)
    main = _main_part(archive, limits)
    left = limits.characters
    texts, notes = [], _Notes()
    for name in (main, *_notes_beside(archive, main)):
        texts.append("".join(_words(_part(archive, name, limits), limits, left, notes)))
        left -= len(texts[-1])
    text = tidy("\n\n".join(texts).replace(" \t", "\t"))
    if not has_words(text):
        raise Refused("there is no text in it", "its words may be pictures: copy them into a txt file")
    return Reading(checked(text, limits), _names(), notes.told(), list(_suggestions(archive, limits)))


@functools.cache
def _names() -> str:
    return f"{RULES} defusedxml {version('defusedxml')}"


def warm_up() -> None:
    """Load all that will be needed."""
    read(_sample(), LIMITS)


def _sample() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document><body><p><r><t>Words</t></r></p></body></document>")
    return buffer.getvalue()


def _archive(raw: bytes, limits: Limits) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(BytesIO(raw))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
        raise Refused("it is damaged: its archive cannot be opened", _DAMAGED) from None
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > limits.members:
        raise Refused(f"its archive has more than {limits.members:,} parts", _DAMAGED)
    if sum(member.file_size for member in members) > limits.unpacked:
        raise Refused(f"it unpacks to more than {limits.unpacked:,} bytes", _DAMAGED)
    if len({name.casefold() for name in names}) != len(names):
        raise Refused("it is damaged: its archive has two parts of one name", _DAMAGED)
    if "[Content_Types].xml" not in names:
        kind = next((kind for name, kind in _OTHERS.items() if name in names), "a ZIP archive of something else")
        raise Refused(f"it is no Word document but {kind}", "save its words as txt, docx or pdf and add that")
    return archive


def _main_part(archive: zipfile.ZipFile, limits: Limits) -> str:
    """Return the part that the archive names as its document; usually ``word/document.xml``."""
    names = set(archive.namelist())
    if "_rels/.rels" in names:
        for event, element, _ in _events(_part(archive, "_rels/.rels", limits), limits):
            if event == "start" and element.get("Type", "").endswith("/officeDocument") and element.get("TargetMode") != "External":
                name = posixpath.normpath(element.get("Target", "").lstrip("/"))
                if name in names:
                    return _word(name)
    if "word/document.xml" in names:
        return "word/document.xml"
    return _word(next((name for name in _OTHERS if name in names), ""))


def _word(name: str) -> str:
    if name in _OTHERS or not name:
        raise Refused(f"it is no Word document but {_OTHERS.get(name, 'another file of its family')}", "save it as txt, docx or pdf")
    return name


def _notes_beside(archive: zipfile.ZipFile, main: str) -> list[str]:
    folder, names = posixpath.dirname(main), set(archive.namelist())
    return [name for part in ("footnotes.xml", "endnotes.xml") if (name := posixpath.join(folder, part)) in names]


def _part(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """Return one part, unpacked; never more of it than the archive says there is."""
    import zlib

    member = archive.getinfo(name)
    if member.flag_bits & 0x1:
        raise Refused("it is encrypted", "open it with its password, save it without and add that")
    if member.file_size > max(_ROOMY, limits.ratio * member.compress_size):
        raise Refused(f"a part of it unpacks to more than {limits.ratio} times its size", _DAMAGED)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("it is packed in a way that Word does not use", _DAMAGED)
    try:
        with archive.open(member) as stream:
            data = stream.read(member.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise Refused("it is damaged: a part of it cannot be unpacked", _DAMAGED) from None
    if len(data) != member.file_size:
        raise Refused("it is damaged: a part of it is not as large as it says", _DAMAGED)
    return data


def _events(data: bytes, limits: Limits) -> Iterator[tuple[str, Any, int]]:
    """Yield the beginnings and ends of elements with their depth; refuse what no Word document has."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    depth = 0
    try:
        for event, element in iterparse(
            BytesIO(data), events=("start", "end"), forbid_dtd=True, forbid_entities=True, forbid_external=True
        ):
            depth += event == "start"
            if depth > limits.depth:
                raise Refused("its elements are nested too deeply", _DAMAGED)
            yield event, element, depth
            if event == "end":
                depth -= 1
                if _name(element) in ("p", "tbl", "Relationship"):
                    element.clear()
    except DefusedXmlException:
        raise Refused("its XML declares a document type or entities, which Word never writes", _DAMAGED) from None
    except (ParseError, ValueError, LookupError):
        raise Refused("it is damaged: its XML is broken", _DAMAGED) from None


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


class _Notes:
    """What is in a document and not read."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def count(self, name: str) -> None:
        """Count an element."""
        self.counts[name] = self.counts.get(name, 0) + 1

    def told(self) -> list[str]:
        """Return a line for each kind."""
        said = (("del", "deletions that were tracked", "left out"), ("ins", "insertions that were tracked", "taken as text"),
                ("commentReference", "comments", "not read"), ("altChunk", "embedded documents", "not read"),
                ("blip", "pictures", "not read"), ("OLEObject", "embedded objects", "not read"))  # fmt: skip
        return [f"{what}: {self.counts[name]:,}, {done}" for name, what, done in said if name in self.counts]


def _words(data: bytes, limits: Limits, most: int, notes: _Notes) -> Iterator[str]:
    """Yield the words and the white space between them, in the order of the file."""
    skipped, rows = 0, [0]
    for event, element, depth in _events(data, limits):
        name = _name(element)
        if event == "start":
            notes.count(name)
            if name in _LEFT_OUT and not skipped:
                skipped = depth
            elif name == "tc" and not skipped:
                rows[-1] += 1
                yield "\t" if rows[-1] > 1 else ""
            elif name in ("tr", "txbxContent"):
                rows.append(0)
        elif skipped:
            skipped = 0 if depth == skipped else skipped
            if name in ("tr", "txbxContent"):
                rows.pop()
        else:
            said = _said(name, element, rows)
            most -= len(said)
            if most < 0:
                raise Refused(f"there are more than {limits.characters:,} characters in it", "split it, or keep only the part that matters")
            yield said


def _said(name: str, element: Any, rows: list[int]) -> str:
    """Return what the end of an element adds to the text."""
    if name == "t":
        return str(element.text or "")
    if name in ("tr", "txbxContent"):
        rows.pop()
        return "\n"
    if name == "p":
        return "\n" if not rows[-1] else " "
    return _SIGNS.get(name, "")


def _suggestions(archive: zipfile.ZipFile, limits: Limits) -> Iterator[Found]:
    """Yield title and date of the file's own description."""
    if "docProps/core.xml" not in archive.namelist():
        return
    kinds = {"title": "title", "created": "date"}
    for event, element, _ in _events(_part(archive, "docProps/core.xml", limits), limits):
        value = cut(element.text or "") if event == "end" else ""
        if value and (what := kinds.pop(_name(element), "")):
            day = value[:10] if what == "date" else value
            if what == "title" or (len(day) == 10 and day.replace("-", "").isdecimal() and day.isascii()):
                yield what, day, f"docProps {_name(element)}" + (", when the file was made" if what == "date" else "")

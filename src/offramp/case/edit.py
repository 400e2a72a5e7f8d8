"""One more entry in a YAML file that people also edit by hand.

The entry goes in as new lines, all others stay byte for byte: comments, order
and formatting survive. Where lines cannot simply be put in (an entry in
braces, say), ruamel's round trip rewrites the file. Either way the new text is
read again, and must say the old things and the new entry, nothing else.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from offramp.case.yaml_reader import MAX_BYTES, Document, parse_yaml
from offramp.errors import CaseError, Problem

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*\Z|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?\Z")
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


Entries = Mapping[str, Mapping[str, object]]
"""Entries by their ids; what each says is text, numbers, truth values and lists of these, in order."""


def append_entries(path: Path, section: str, entries: Entries) -> bytes:
    """Return the content of `path` with further entries; write nothing.

    Parameters
    ----------
    path : Path
        A YAML file; where there is none, a new one is begun.
    section : str
        The key of a mapping by id, such as ``sources``; made where missing.
    entries : mapping
        The new entries by their ids, which must be new in their section.

    Returns
    -------
    content : bytes
        UTF-8; everything that stood in the file still stands in it.

    Raises
    ------
    CaseError
        If the file is faulty, has an entry already, or would become too large.
    """
    return with_entries(read_text(path), path.name, section, entries).encode()


def read_text(path: Path) -> str:
    """Return the text of a YAML file as it is, mark and line ends included; "" where there is no file."""
    from offramp.files import read_regular

    if not path.exists():
        return ""
    raw = read_regular(path, MAX_BYTES, follow=True)
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise CaseError([Problem(path.name, raw.count(b"\n", 0, error.start) + 1, "", "a byte that is no UTF-8",
                                 "a text file in UTF-8", "save the file as UTF-8")]) from None  # fmt: skip


def with_entry(text: str, name: str, section: str, id: str, entry: Mapping[str, object]) -> str:
    """Return `text`, the YAML file `name`, with one more entry; see `append_entries`.

    Examples
    --------
    >>> print(with_entry("", "evidence.yaml", "speakers", "ada", {"name": "Ada Example"}), end="")
    offramp: 1
    speakers:
      ada:
        name: Ada Example
    """
    return with_entries(text, name, section, {id: entry})


def with_entries(text: str, name: str, section: str, entries: Entries) -> str:
    """Return `text`, the YAML file `name`, with further entries; see `append_entries`."""
    mark, text = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    if not text.strip():
        text = "offramp: 1\n"
    document = parse_yaml(text, name)
    wanted = _wanted(document, section, entries)
    for way in (_lines_at_end, _lines_before_next, _rewritten):
        new = way(text, document, section, entries)
        if new is not None and _says(new, name, wanted):
            _check_size(mark + new, name)
            return mark + new
    found, remedy = f"no place for the entry {next(iter(entries))!r}", f"write '{section}:' on a line of its own, with the entries below it"
    raise CaseError([document.problem((section,), found, f"entries under '{section}:'", remedy)])


def free_id(text: str, fallback: str, taken: Collection[str]) -> str:
    """Return an id made of the ASCII letters and digits of `text` that is not `taken`.

    Parameters
    ----------
    text : str
        A name of a file or a person.
    fallback : str
        What the id begins with where `text` gives no letter.
    taken : collection of str
        Ids that are in use.

    Examples
    --------
    >>> free_id("José's Note (2).md", "source", {"jose_s_note_2_md"})
    'jose_s_note_2_md_2'
    >>> free_id("홍길동", "speaker", ())
    'speaker'
    """
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    stem = re.sub(r"[^a-z0-9]+", "_", bare.lower()).strip("_")[:60].strip("_")
    if not stem or not stem[0].isalpha():
        stem = f"{fallback}_{stem}".rstrip("_")
    number, id = 1, stem
    while id in taken:
        number += 1
        id = f"{stem}_{number}"
    return id


def _wanted(document: Document, section: str, entries: Entries) -> str:
    """Return how the data must read once the entries are in; order and types count."""
    there = document.data.get(section)
    if not isinstance(there, dict | None):
        raise CaseError([document.problem((section,), "no mapping", "entries, each 'id: …'", "correct the file first")])
    for id in entries:
        if id in (there or {}):
            raise CaseError([document.problem((section, id), f"the entry {id!r} is there already", "a new id", "choose another id")])
    return repr({**document.data, section: {**(there or {}), **_plain_data(entries)}})


def _plain_data(value: object) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain_data(item) for key, item in value.items()}
    return [_plain_data(item) for item in value] if isinstance(value, list | tuple) else value


def _says(text: str, name: str, wanted: str) -> bool:
    try:
        return repr(parse_yaml(text, name).data) == wanted
    except CaseError:
        return False


def _check_size(text: str, name: str) -> None:
    if len(text.encode()) > MAX_BYTES:
        raise CaseError([Problem(name, 0, "", f"the file would be larger than {MAX_BYTES:,} bytes", remedy="split the case")])


def _lines_at_end(text: str, document: Document, section: str, entries: Entries) -> str | None:
    """Put the entries after the last line of the section and the comments that go with it."""
    return _with_lines(text, document, section, entries, _after_content)


def _lines_before_next(text: str, document: Document, section: str, entries: Entries) -> str | None:
    """Put the entries right before the next section, for a last text that ends in blank lines."""
    return _with_lines(text, document, section, entries, lambda lines, first, end, column: end)


_Place = Callable[[list[str], int, int, int], int]


def _with_lines(text: str, document: Document, section: str, entries: Entries, place: _Place) -> str | None:
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    else:
        lines[-1] += newline[:-1]
    first = document.lines.get((section,), 0)
    if not first:
        new = [f"{section}:", *_blocks(entries, 2)]
        at = len(lines)
    else:
        if not document.data[section]:
            lines[first - 1] = _emptied(lines[first - 1])
        column = _column(lines, document, section)
        if column is None:
            return None
        new, at = list(_blocks(entries, column)), place(lines, first, _end(lines, document, first), column)
    lines[at:at] = [line + newline[:-1] for line in new]
    return "\n".join(lines) + "\n"


def _emptied(line: str) -> str:
    return re.sub(r"^([^:]+:)[ \t]*(?:\{[ \t]*\}|~|null)", r"\1", line)


def _column(lines: list[str], document: Document, section: str) -> int | None:
    """Return the column at which the entries of a section begin; None where they stand in braces."""
    ids = document.data[section]
    if not ids:
        return 2
    first, line = next(iter(ids)), lines[document.lines[(section, next(iter(ids)))] - 1]
    bare = line.lstrip(" ")
    return len(line) - len(bare) if bare.lstrip("'\"").startswith(first) else None


def _end(lines: list[str], document: Document, first: int) -> int:
    """Return the index of the line on which the next section begins."""
    later = [line - 1 for path, line in document.lines.items() if len(path) == 1 and line > first]
    return min(later, default=len(lines))


def _after_content(lines: list[str], first: int, end: int, column: int) -> int:
    at = end
    while at > first and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith("#")):
        at -= 1
    while at < end and lines[at].lstrip().startswith("#") and len(lines[at]) - len(lines[at].lstrip()) >= column:
        at += 1
    return at


def _blocks(entries: Entries, column: int) -> Iterator[str]:
    for id, entry in entries.items():
        yield f"{' ' * column}{id}:"
        for key, value in entry.items():
            yield f"{' ' * (column + 2)}{key}: {written(value)}"


def written(value: object) -> str:
    """Return text, a number, a truth value or a list of these as it is written in YAML, also inside braces.

    Examples
    --------
    >>> written("goes on strike"), written("a: b\\x1b"), written(["N", True])
    ('goes on strike', '"a: b\\\\u001b"', '["N", true]')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(written(item) for item in value)}]"
    text = str(value)
    return text if _PLAIN.match(text) and text.lower() not in _WORDS else _quoted(text)


def _quoted(text: str) -> str:
    """Return `text` in double quotation marks, what cannot be seen as escapes."""
    return "".join(_escaped(letter) for letter in json.dumps(text, ensure_ascii=False))


def _escaped(letter: str) -> str:
    if letter == " " or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"):
        return letter
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"


def _rewritten(text: str, document: Document, section: str, entries: Entries) -> str | None:
    """Return the file as ruamel writes it, comments and quotation marks kept."""
    import io
    import sys

    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, sys.maxsize
    try:
        data = yaml.load(text)
        if data.get(section) is None:
            data[section] = {}
        data[section].update(_plain_data(entries))
        buffer = io.StringIO()
        yaml.dump(data, buffer)
    except (YAMLError, ValueError, TypeError):
        return None
    return buffer.getvalue()

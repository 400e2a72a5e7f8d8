"""Plain YAML to plain data, with the line of every entry; anything else refused.

The file is read as a stream of events, so nothing is built before its size,
its depth and the absence of anchors, aliases and tags are known.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from offramp.errors import CaseError, Problem

MAX_BYTES = 2_000_000
MAX_DEPTH = 30
MAX_NODES = 100_000
MAX_WORD = 100_000

Path_ = tuple[str | int, ...]

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\Z")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}\Z")
_READ_OTHERWISE = frozenset("\t\x85\u2028\u2029\ufeff")
"""Characters that the compiled scanner, which knows YAML 1.1, takes otherwise than the pure one."""

_WORDS: dict[str, Any] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}


@dataclass
class Document:
    """What one YAML file says: `data`, and in `lines` where each entry stands.

    ``lines[path]`` is the line, from 1, of the entry at `path`, a tuple of keys
    and list positions; ``lines[()]`` is the line on which the data begin.
    """

    file: str
    data: Any = None
    lines: dict[Path_, int] = field(default_factory=dict)

    def line(self, path: Path_) -> int:
        """Return the line of `path`, or of its nearest ancestor that has one."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)

    def problem(self, path: Path_, found: str, expected: str = "", remedy: str = "") -> Problem:
        """Return a `Problem` placed at `path` in this file."""
        return Problem(self.file, self.line(path), dotted(path), found, expected, remedy)


def dotted(path: Path_) -> str:
    """Return `path` as people write it.

    Examples
    --------
    >>> dotted(("readings", "ukraine", "law_first", "prefers", 0, "that"))
    'readings.ukraine.law_first.prefers[1].that'
    """
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def read_yaml(path: Path, name: str | None = None) -> Document:
    """Return the content of a YAML file as dicts, lists and scalars, with lines.

    Parameters
    ----------
    path : Path
        A UTF-8 file of at most `MAX_BYTES` bytes.
    name : str, optional
        What errors call the file; by default its own name.

    Returns
    -------
    document : Document
        Data by the core schema of YAML 1.2; dates stay text.

    Raises
    ------
    CaseError
        If the file cannot be read, is no UTF-8 or no YAML, is too large or too
        deep, or has an anchor, an alias, a tag or a key that occurs twice. All
        such faults are listed, up to the first break of syntax.
    """
    return parse_yaml(_text(path, name or path.name), name or path.name)


def parse_yaml(text: str, name: str) -> Document:
    """Return `text` as a `Document` called `name`; see `read_yaml`."""
    _check_words(text, name)
    builder = _built(text, name, pure=not _READ_OTHERWISE.isdisjoint(text))
    if builder.problems:
        builder = _built(text, name, pure=True)
    if not builder.problems and not isinstance(builder.document.data, dict):
        found = "the file is empty" if builder.document.data is None else "the file holds no mapping"
        builder.problems.append(Problem(name, 1, "", found, "entries such as 'offramp: 1' and 'title: …'"))
    if builder.problems:
        raise CaseError(builder.problems)
    return builder.document


def _built(text: str, name: str, pure: bool) -> _Builder:
    """Return what the events of `text` build: by the compiled scanner where there is one, or by the `pure` one.

    The compiled scanner is ten times as fast; faults are told by the pure one,
    so that their words are the same with and without it.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    builder = _Builder(Document(name))
    try:
        for event in YAML(typ="safe", pure=pure).parse(text):
            builder.take(event)
    except YAMLError as error:
        builder.problems.append(_syntax_problem(name, text, error))
    except (ValueError, OverflowError) as error:  # what ruamel lets through: \U escapes and versions that are no numbers
        builder.problems.append(_broken(name, builder.line, str(error)))
    return builder


def _text(path: Path, name: str) -> str:
    try:
        with open(path, "rb", opener=_open_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise CaseError([Problem(name, 0, "", "no ordinary file (a pipe or a device)", "a text file in UTF-8")])
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise CaseError([Problem(name, 0, "", "there is no such file", remedy="'offramp new' makes a case folder")]) from None
    except OSError as error:
        raise CaseError([Problem(name, 0, "", f"the file cannot be read ({error.strerror})")]) from None
    except ValueError:
        raise CaseError([Problem(name, 0, "", "the path holds a NUL character", "the path of a file")]) from None
    if len(raw) > MAX_BYTES:
        raise CaseError([Problem(name, 0, "", f"the file is larger than {MAX_BYTES:,} bytes", remedy="split or shorten it")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        found = f"byte {error.object[error.start]:#04x} is no UTF-8"
        raise CaseError([Problem(name, line, "", found, "a text file in UTF-8", "save the file as UTF-8")]) from None
    if "\0" in text:
        raise CaseError([Problem(name, text.count("\n", 0, text.index("\0")) + 1, "", "a NUL byte", "a text file in UTF-8")])
    return text


def _check_words(text: str, name: str) -> None:
    """Refuse endless words: ruamel decodes a tag in quadratic time, so one of two megabytes would take a minute."""
    if "!" in text and any(len(word) > MAX_WORD for word in text.split()):
        line = next(number for number, line in enumerate(text.split("\n"), 1) if any(len(word) > MAX_WORD for word in line.split()))
        raise CaseError([Problem(name, line, "", f"a word of more than {MAX_WORD:,} letters", "text with spaces")])


def _open_at_once(path: str, flags: int) -> int:
    """Open `path` without waiting for the other end of a pipe."""
    return os.open(path, flags | os.O_NONBLOCK)


def _syntax_problem(name: str, text: str, error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    position = getattr(error, "position", None)  # of a character that YAML does not allow
    if mark is None and position is not None:
        return Problem(name, text.count("\n", 0, position) + 1, "", str(error).splitlines()[0], "printable text", "remove it")
    return _broken(name, mark.line + 1 if mark else 0, getattr(error, "problem", None) or str(error).splitlines()[0])


def _broken(name: str, line: int, said: str) -> Problem:
    remedy = "check indentation, colons and quotation marks on this line and the one before"
    return Problem(name, line, "", f"no valid YAML here: {_short(said, 200)}", remedy=remedy)


def _short(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


@dataclass
class _Open:
    """A mapping or list whose end has not been seen yet."""

    value: Any
    path: Path_
    key: str | None = None
    expects_key: bool = False


class _Builder:
    """Turns events into data, noting lines and faults; never recurses."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.stack: list[_Open] = []
        self.num_nodes = 0
        self.num_documents = 0
        self.line = 1

    def take(self, event: Any) -> None:
        kind = type(event).__name__
        line = self.line = event.start_mark.line + 1 if event.start_mark else 0
        if kind == "DocumentStartEvent":
            self.num_documents += 1
            if self.num_documents > 1:
                self._fault(line, "a second document begins", "one document in the file", "remove the line '---'")
        elif kind in ("AliasEvent", "ScalarEvent", "SequenceStartEvent", "MappingStartEvent"):
            self._count(line)
            self._node(event, kind, line)
        elif kind in ("SequenceEndEvent", "MappingEndEvent"):
            self.stack.pop()

    def _count(self, line: int) -> None:
        self.num_nodes += 1
        if self.num_nodes > MAX_NODES:
            raise CaseError([*self.problems, Problem(self.document.file, line, "", f"more than {MAX_NODES:,} entries")])

    def _node(self, event: Any, kind: str, line: int) -> None:
        if kind == "AliasEvent":
            self._fault(line, f"the alias *{_short(event.anchor)}", "plain entries", "write the entry out")
            self._place(None, line, f"*{event.anchor}")
            return
        if event.anchor is not None:
            self._fault(line, f"the anchor &{_short(event.anchor)}", "plain entries", "write the entry out where it is needed")
        if event.ctag is not None:
            self._fault(line, f"the tag {_short(_tag(event))}", "plain entries", "remove the tag")
        if kind == "ScalarEvent":
            self._place(_scalar(event), line, event.value)
            return
        if len(self.stack) >= MAX_DEPTH:
            raise CaseError([*self.problems, Problem(self.document.file, line, "", f"nested deeper than {MAX_DEPTH} levels")])
        if self.stack and self.stack[-1].expects_key:
            raise CaseError([*self.problems, Problem(self.document.file, line, "", "a mapping or list as a key", "a word as a key")])
        mapping = kind == "MappingStartEvent"
        value: Any = {} if mapping else []
        path = self._place(value, line)
        self.stack.append(_Open(value, path, expects_key=mapping))

    def _place(self, value: Any, line: int, text: str | None = None) -> Path_:
        if not self.stack:
            self.document.data = value
            self.document.lines[()] = line
            return ()
        top = self.stack[-1]
        if isinstance(top.value, list):
            path = (*top.path, len(top.value))
            top.value.append(value)
        elif top.expects_key:
            return self._key(top, text if text is not None else "", line)
        else:
            assert top.key is not None
            path = (*top.path, top.key)
            top.value[top.key] = value
            top.expects_key = True
            return path
        self.document.lines[path] = line
        return path

    def _key(self, top: _Open, key: str, line: int) -> Path_:
        path = (*top.path, key)
        if key in top.value:
            first = self.document.lines[path]
            self.problems.append(
                Problem(
                    self.document.file,
                    line,
                    dotted(path),
                    f"the key {key!r} stands here again, first on line {first}",
                    "each key once",
                    "remove or rename one of the two",
                )
            )
        else:
            self.document.lines[path] = line
        top.key, top.expects_key = key, False
        return path

    def _fault(self, line: int, found: str, expected: str, remedy: str) -> None:
        label = dotted(self.stack[-1].path) if self.stack else ""
        self.problems.append(Problem(self.document.file, line, label, found, expected, remedy))


def _scalar(event: Any) -> Any:
    text: str = event.value
    if event.style in ("'", '"', "|", ">"):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return int(text)
    return float(text) if _DECIMAL.match(text) else text


def _tag(event: Any) -> str:
    """Return the tag as it stands in the file; ``event.tag`` would decode it, in quadratic time."""
    tag = event.ctag
    return tag if isinstance(tag, str) else f"{tag.handle or ''}{tag.suffix or ''}"

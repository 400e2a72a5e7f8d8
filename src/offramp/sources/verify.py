"""Whether sources, texts and quotations are still what was entered.

Nothing is taken on trust: bytes and texts are hashed again, texts are taken
out of the bytes again, and every quotation is compared with its place.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from offramp.errors import Problem, SourceError, StorageError
from offramp.files import is_leftover, read_regular
from offramp.sources.evidence import EVIDENCE, SOURCES, Evidence, Source, Statement, read_evidence
from offramp.sources.extract import PLAIN, extract_again
from offramp.sources.passages import Passages, visible
from offramp.sources.pins import JOINER, MAX_PLACES, Place, placements, words_at

FileState = Literal["ok", "altered", "absent"]
SourceState = Literal["ok", "altered", "absent", "text_absent", "differs"]
PinState = Literal["ok", "moved", "gone", "absent"]


@dataclass(frozen=True)
class SourceCheck:
    """One source: its bytes, its text, and the text taken out again.

    ``original`` and ``text`` are the states of the two files; ``extracted`` is
    ``ok`` or ``altered`` where the bytes were there to be read again, else
    ``absent``.
    """

    id: str
    file: str
    text_file: str
    original: FileState
    text: FileState
    extracted: FileState

    @property
    def state(self) -> SourceState:
        """All in one word; ``differs``: the bytes, read again, give another text than the one entered."""
        if "altered" in (self.original, self.text):
            return "altered"
        if self.extracted == "altered":
            return "differs"
        if self.original == "absent":
            return "absent"
        return "text_absent" if self.text == "absent" else "ok"

    @property
    def altered(self) -> tuple[str, ...]:
        """The files, relative to the case folder, that are not what was entered."""
        files = ((self.original, self.file), (self.text, self.text_file))
        return tuple(file for state, file in files if state == "altered")

    @property
    def ok(self) -> bool:
        """Whether nothing is altered; what is absent is no fault."""
        return self.state not in ("altered", "differs")


@dataclass(frozen=True)
class StatementCheck:
    """One statement: whether its quotation stands where it says.

    ``places`` lists where the words of a moved one stand now; ``detail`` is
    the closest passage to one that is gone.
    """

    id: str
    source: str
    state: PinState
    places: tuple[Place, ...] = ()
    detail: str = ""

    @property
    def ok(self) -> bool:
        """Whether it is neither moved nor gone."""
        return self.state in ("ok", "absent")


@dataclass(frozen=True)
class Verification:
    """What `verify` found, in file order; `unregistered` files are no fault."""

    sources: tuple[SourceCheck, ...]
    statements: tuple[StatementCheck, ...]
    unregistered: tuple[str, ...]
    lines: dict[tuple[str, str], int] = field(default_factory=dict, repr=False, compare=False)

    @property
    def ok(self) -> bool:
        """Whether nothing is altered, moved or gone."""
        return all(source.ok for source in self.sources) and all(statement.ok for statement in self.statements)

    def faults(self) -> tuple[Problem, ...]:
        """Return what is altered, moved or gone as problems, each at its entry."""
        sources = (problem for check in self.sources for problem in self._of_source(check))
        statements = (self._of_statement(check) for check in self.statements if not check.ok)
        return (*sources, *statements)

    def _of_source(self, check: SourceCheck) -> Iterator[Problem]:
        line, label = self.lines.get(("sources", check.id), 0), f"sources.{check.id}"
        for file in check.altered:
            yield Problem(SOURCES, line, label, f"{file} was altered", "the bytes that were entered", "restore it from a copy")
        if check.extracted == "altered":
            yield Problem(SOURCES, line, label, f"{check.file}, read again, gives another text than the one that was entered",
                          "the same text", "restore the entry or the file from a copy")  # fmt: skip

    def _of_statement(self, check: StatementCheck) -> Problem:
        line, label = self.lines.get(("statements", check.id), 0), f"statements.{check.id}"
        if check.state == "gone":
            return Problem(EVIDENCE, line, label, f"the words do not stand in {check.source}", check.detail, "pin the words that are meant")
        first = "; or ".join(" and ".join(f"[{start}, {end}]" for start, end in spot) for spot in check.places[:3])
        more = f"; or {len(check.places) - 3} places more" if len(check.places) > 3 else ""
        return Problem(EVIDENCE, line, label, f"the words do not stand at these spans of {check.source}", first + more, "pin them again")


def verify(folder: Path, *, documents: bool = False) -> Verification:
    """Check every source and every statement of a case.

    Parameters
    ----------
    folder : Path
        The case folder. Nothing in it is changed.
    documents : bool
        Whether the text is also taken out again of pages, PDFs, Word documents
        and mails, where the extractor is installed in the version that did it.

    Returns
    -------
    verification : Verification
        ``ok`` is False if any byte of a stored source, a text or a quotation
        is not what was entered.

    Raises
    ------
    CaseError
        If `evidence.yaml` or `sources.yaml` is faulty.
    """
    evidence = read_evidence(folder)
    checks, texts = [], {}
    for source in evidence.sources.values():
        check, texts[source.id] = _source(folder, source, documents)
        checks.append(check)
    return _with_lines(folder, Verification(tuple(checks), _statements(evidence, texts), _unregistered(folder, checks)))


def verify_statements(folder: Path, evidence: Evidence) -> Verification:
    """Check every statement of a case as `verify` does, and no source.

    Parameters
    ----------
    folder : Path
        The case folder. Nothing in it is changed.
    evidence : Evidence
        What is entered there.

    Returns
    -------
    verification : Verification
        Without sources and unregistered files.
    """
    used = dict.fromkeys(statement.source for statement in evidence.statements.values())
    texts = {id: _bytes(folder / "sources" / evidence.sources[id].text_file) for id in used}
    return _with_lines(folder, Verification((), _statements(evidence, texts), ()))


def _statements(evidence: Evidence, texts: Mapping[str, bytes | None]) -> tuple[StatementCheck, ...]:
    """Return the checks of all statements, in file order, against the bytes of the texts."""
    pins = {id: _Pins(evidence.sources[id], raw) for id, raw in texts.items()}
    return tuple(pins[statement.source].check(statement) for statement in evidence.statements.values())


def _with_lines(folder: Path, found: Verification) -> Verification:
    return found if found.ok else replace(found, lines=_lines(folder))


class _Pins:
    """The statements of one source, checked against its text."""

    def __init__(self, source: Source, raw: bytes | None) -> None:
        self.source, self.absent = source, raw is None
        self.text: str | None = None
        if raw is not None:
            try:
                self.text = raw.decode()
            except UnicodeDecodeError:
                self.text = None
        self._passages: Passages | None = None

    def check(self, statement: Statement) -> StatementCheck:
        """Return whether the words of `statement` stand at its spans, elsewhere or nowhere."""
        if self.text is None:
            return self._without_text(statement)
        if words_at(self.text, statement.spans) == statement.quote:
            return StatementCheck(statement.id, self.source.id, "ok")
        places = placements(self.text, statement.quote, MAX_PLACES)
        if places:
            return StatementCheck(statement.id, self.source.id, "moved", tuple(places))
        return StatementCheck(statement.id, self.source.id, "gone", detail=self._closest(statement.quote))

    def _without_text(self, statement: Statement) -> StatementCheck:
        covered = sum(end - start for start, end in statement.spans) + len(JOINER) * (len(statement.spans) - 1)
        if covered != len(statement.quote):
            detail = f"the spans cover {covered} characters, the words have {len(statement.quote)}"
        elif not self.absent:
            detail = f"sources/{self.source.text_file} can no longer be read as text"
        else:
            return StatementCheck(statement.id, self.source.id, "absent")
        return StatementCheck(statement.id, self.source.id, "gone", detail=detail)

    def _closest(self, quote: str) -> str:
        assert self.text is not None
        self._passages = self._passages or Passages(self.text)
        missing = next((piece for piece in quote.split(JOINER) if piece not in self.text), None)
        if missing is None:
            return "every piece stands there, but not in this order"
        passage = self._passages.closest(missing)
        if passage is None:
            return "nothing in the text is like them"
        where = f"line {self.text.count(chr(10), 0, passage.start) + 1}, from {passage.start} to {passage.end}"
        return f"'{visible(passage.words[:200])}' ({where}: {'; '.join(passage.differences)})"


def _source(folder: Path, source: Source, documents: bool) -> tuple[SourceCheck, bytes | None]:
    """Return the check of one source, and the bytes of its text file; None where that is absent."""
    file, text_file = f"sources/{source.file}", f"sources/{source.text_file}"
    raw, text = _bytes(folder / file), _bytes(folder / text_file)
    states = _state(raw, source.sha256), _state(text, source.text_sha256)
    return SourceCheck(source.id, file, text_file, *states, _extracted(source, raw, documents)), text


def _bytes(path: Path) -> bytes | None:
    """Return what a file holds; nothing where it is absent, and no bytes that could be right where it is no file."""
    if not os.path.lexists(path):
        return None
    try:
        return read_regular(path)
    except StorageError:
        return b""


def _state(data: bytes | None, sha256: str) -> FileState:
    if data is None:
        return "absent"
    return "ok" if hashlib.sha256(data).hexdigest() == sha256 else "altered"


def _extracted(source: Source, raw: bytes | None, documents: bool) -> FileState:
    if raw is None or not (documents or source.extractor.partition(" ")[0] == PLAIN):
        return "absent"
    try:
        text = extract_again(raw, source.extractor, source.file)
    except SourceError:
        return "altered"
    return _state(None if text is None else text.encode(), source.text_sha256)


def _unregistered(folder: Path, checks: list[SourceCheck]) -> tuple[str, ...]:
    """Return the names in ``sources/`` that no source owns."""
    try:
        names = os.listdir(folder / "sources")
    except OSError:
        return ()
    owned = {name for check in checks for name in (check.file, check.text_file)} | {SOURCES}
    return tuple(sorted(f"sources/{name}" for name in names if f"sources/{name}" not in owned and not is_leftover(name)))


def _lines(folder: Path) -> dict[tuple[str, str], int]:
    """Return the line of every source and statement in its file."""
    from offramp.case.yaml_reader import read_yaml

    lines: dict[tuple[str, str], int] = {}
    for name in (SOURCES, EVIDENCE):
        if os.path.lexists(folder / name):
            read = read_yaml(folder / name, name).lines
            lines |= {(str(path[0]), str(path[1])): line for path, line in read.items() if len(path) == 2}
    return lines

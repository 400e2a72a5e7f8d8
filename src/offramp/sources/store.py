"""Sources in the case folder: bytes and text stored once, then entered by their hashes.

The entry in ``sources.yaml`` comes last. Whatever ends the program before it,
the case is as it was, and adding the file again finishes the work.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from offramp.case.edit import append_entries, free_id
from offramp.case.faults import validate
from offramp.case.yaml_reader import Document, read_yaml
from offramp.errors import CaseError, SourceError, StorageError
from offramp.files import locked, make_folder, read_regular, sweep_leftovers, write_atomic, write_once
from offramp.sources.evidence import EXTRACTED, SOURCES, Source, SourceKind, named, read_sources
from offramp.sources.extract import Extract, encoding_in
from offramp.sources.intake import Intake, ReadFile, RefusedFile, batches, read_file, read_files

Details = Mapping[str, str | None]


@dataclass(frozen=True)
class Unlike:
    """A detail that was said of a source that is there, and is another in the case.

    ``stored`` is "" where the case says nothing, ``line`` the one of
    ``sources.yaml`` at which it or its source stands, 0 where it is not in the
    file yet.
    """

    field: str
    said: str
    stored: str
    line: int

    def __str__(self) -> str:
        where = f"{SOURCES} line {self.line}" if self.line else SOURCES
        fixed = {"id": "pins know the source by it", "encoding": "its text is taken out once and for all"}
        remedy = fixed.get(self.field, f"edit {where} to change it")
        return f"the {self.field} stays {self.stored or 'empty'}, not {self.said}; {remedy}"


@dataclass(frozen=True)
class AddedSource:
    """A source after `add_source`, and what was done to have it.

    ``status`` is ``added`` for a new one, ``filled`` for one that was known by
    its hash alone, ``there`` where nothing had to be done. ``file`` is the name
    that was given, ``found`` what was taken out of it, ``language`` the one that
    was detected: "" where it cannot be told, None where nobody looked.
    ``unlike`` is what was said and is another in the case.
    """

    source: Source
    status: Literal["added", "filled", "there"]
    file: str
    found: Extract
    language: str | None
    unlike: tuple[Unlike, ...] = ()

    def __str__(self) -> str:
        said = {"added": "added as", "filled": "fills in", "there": "is there already as"}[self.status]
        return f"{self.file} {said} the source {self.source.id}"


Answer = AddedSource | RefusedFile


def add_source(
    folder: Path,
    file: Path,
    *,
    id: str | None = None,
    outlet: str | None = None,
    date: str | None = None,
    url: str | None = None,
    language: str | None = None,
    obtained: str | None = None,
    kind: SourceKind | None = None,
    encoding: str | None = None,
) -> AddedSource:
    """Store a file as a source of a case.

    Parameters
    ----------
    folder : Path
        The case folder.
    file : Path
        See `offramp.sources.extract.extract`.
    id : str, optional
        The id of the source; by default made from the file name.
    outlet, date, url, language, obtained : str, optional
        What is known about the report; nothing is fetched. A language that is
        not given is detected; nothing else that the file says is filled in.
    kind : {"original", "note"}, optional
        A report as it was published, which is the default, or the analyst's own
        words about one.
    encoding : str, optional
        Of a text or a page; by default it is detected.

    Returns
    -------
    added : AddedSource
        The source. A file that a source is known by fills that source in; one
        that is stored already changes nothing, and what is given and is another
        in the case stands in ``unlike``.

    Raises
    ------
    SourceError
        If the file cannot be a source, a detail is faulty, an id is taken, or
        what is stored is not what the entry says.
    CaseError
        If ``sources.yaml`` is faulty.
    StorageError
        If the folder cannot be written.
    """
    details: Details = {"id": id, "outlet": outlet, "date": date, "url": url, "language": language, "obtained": obtained, "kind": kind}
    _check_folder(folder)
    details = checked_details({**details, "encoding": encoding})
    read = read_file(file, encoding, language)
    answer = read if isinstance(read, RefusedFile) else _entered(folder, [read], details)[0]
    if isinstance(answer, RefusedFile):
        raise answer.error
    return answer


def add_sources(
    folder: Path,
    files: Sequence[Path],
    *,
    outlet: str | None = None,
    date: str | None = None,
    language: str | None = None,
    obtained: str | None = None,
    kind: SourceKind | None = None,
    encoding: str | None = None,
    watch: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[Answer]:
    """Store many files as sources of a case, and tell what became of each; see `add_source`.

    A file that is refused stands in nobody's way. Files are entered in batches:
    whatever ends the program, what was told is in the case, and adding all of
    them again finishes the work.

    Parameters
    ----------
    folder, files, outlet, date, language, obtained, kind, encoding
        See `add_source`; what is given is said of all files.
    watch : callable, optional
        Told how many of how many have been read.

    Yields
    ------
    answer : AddedSource or RefusedFile
        In the order of `files`.

    Raises
    ------
    SourceError
        If a detail is faulty; nothing is read then.
    CaseError
        If ``sources.yaml`` is faulty or would become too large.
    StorageError
        If the folder cannot be written.
    """
    said = {"outlet": outlet, "date": date, "language": language, "obtained": obtained, "kind": kind, "encoding": encoding}
    _check_folder(folder)
    details = checked_details(said)
    with closing(read_files(files, encoding, language, watch)) as read:
        for batch in batches(read):
            yield from _entered(folder, batch, details)


def checked_details(details: Details) -> Details:
    """Return what is said of new sources, as it is stored; raise SourceError where the case would not take it."""
    said = {key: value for key, value in details.items() if value and key not in ("id", "encoding")}
    nothing = {"file": "a.txt", "sha256": "0" * 64, "text_sha256": "0" * 64, "extractor": "none", "kind": "original"}
    id = details.get("id")
    source = _checked_source("source" if id is None else id, {**nothing, **said})
    return {**details, **{key: getattr(source, key) for key in said}}


def text_of(folder: Path, source: Source) -> str | None:
    """Return the extracted text of a source.

    Returns
    -------
    text : str or None
        The stored text; None where it is absent.

    Raises
    ------
    SourceError
        If what is stored is not the text that the entry says.
    """
    path = folder / "sources" / source.text_file
    if not os.path.lexists(path):
        return None
    try:
        raw = read_regular(path)
    except StorageError as error:
        raise SourceError(str(error)) from None
    if _sha256(raw) != source.text_sha256:
        raise SourceError(f"sources/{source.text_file} was altered after it was stored; {_RESTORE}")
    return raw.decode()


_RESTORE = "'offramp verify' says more; restore it from a copy, or move it away and add the original again"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise SourceError(f"there is no case folder {folder}; 'offramp new' makes one")


def _entered(folder: Path, batch: Sequence[Intake], details: Details) -> list[Answer]:
    """Store the files of a batch, and enter all that are new at once."""
    with locked(folder):
        _make_sources(folder)
        sources = read_sources(folder)
        new: dict[str, dict[str, str]] = {}
        lines = _lines_of(folder)
        answers = [one if isinstance(one, RefusedFile) else _stored_one(folder, one, details, sources, new, lines) for one in batch]
        if new:
            write_atomic(folder / SOURCES, append_entries(folder / SOURCES, "sources", new))
    return answers


_Line = Callable[[str, str], int]


def _lines_of(folder: Path) -> _Line:
    """Return what tells the line of a field of a source in ``sources.yaml``; the file is looked at when first asked."""
    document: list[Document] = []

    def line(source: str, field: str) -> int:
        if not document:
            document.append(read_yaml(folder / SOURCES) if os.path.lexists(folder / SOURCES) else Document(SOURCES))
        lines = document[0].lines
        return lines.get(("sources", source, field)) or lines.get(("sources", source), 0)

    return line


def _stored_one(
    folder: Path, read: ReadFile, details: Details, sources: dict[str, Source], new: dict[str, dict[str, str]], line: _Line
) -> Answer:
    """Store one file; where it is none of `sources`, add it to them and its entry to `new`."""
    found = read.found
    same = next((source for source in sources.values() if source.sha256 == _sha256(found.raw)), None)
    try:
        if same is not None:
            unlike = tuple(_unlike(same, found, details, line))
            return AddedSource(same, _filled(folder, same, found), read.file.name, found, read.detected, unlike)
        name, entry = _added(folder, read, sources, details)
    except SourceError as error:
        return RefusedFile(read.file, error)
    new[name] = entry
    sources[name] = _checked_source(name, entry)
    return AddedSource(sources[name], "added", read.file.name, found, read.detected)


def _unlike(source: Source, found: Extract, details: Details, line: _Line) -> Iterator[Unlike]:
    """Yield what is said of a source and is another in the case."""
    for field, said in details.items():
        if field == "encoding":
            said, stored = said and (encoding_in(found.extractor) or "utf-8"), encoding_in(source.extractor) or "utf-8"
        else:
            stored = getattr(source, field) or ""
        if said and said != stored:
            yield Unlike(field, said, stored, line(source.id, field))


def _make_sources(folder: Path) -> None:
    sweep_leftovers(folder)
    make_folder(folder / "sources")
    sweep_leftovers(folder / "sources")


def _filled(folder: Path, source: Source, found: Extract) -> Literal["filled", "there"]:
    """Store what is missing of a source that is entered already; its text stays the one that was entered."""
    text = found.text.encode()
    if _sha256(text) != source.text_sha256:
        text = _stored(folder, source) or text
    if _sha256(text) != source.text_sha256:
        said = f"{source.extractor}; {found.extractor} finds another text in the same bytes"
        raise SourceError(f"the text of {source.id} was taken out by {said}, so its pins would not fit; nothing was changed")
    wanted = {folder / "sources" / source.file: found.raw, folder / "sources" / source.text_file: text}
    status: Literal["filled", "there"] = "there" if all(os.path.lexists(path) for path in wanted) else "filled"
    for path, data in wanted.items():
        _store(path, data)
    return status


def _stored(folder: Path, source: Source) -> bytes | None:
    """Return the text that was entered, if it is there: another version of an extractor may find another one today."""
    try:
        text = text_of(folder, source)
    except (SourceError, UnicodeDecodeError):
        return None
    return None if text is None else text.encode()


def _store(path: Path, data: bytes) -> None:
    """Write a file of an entered source, or find it there unchanged."""
    differs = False
    if os.path.lexists(path):
        try:
            differs = read_regular(path) != data
        except StorageError:
            differs = True
    if differs:
        raise SourceError(f"sources/{path.name} was altered after it was stored; {_RESTORE}")
    write_once(path, data)


def _added(folder: Path, read: ReadFile, sources: Mapping[str, Source], details: Details) -> tuple[str, dict[str, str]]:
    """Write the files of a new source; return its id and its entry."""
    found, text, id = read.found, read.found.text.encode(), details.get("id")
    name = _checked_id(folder, id, found.suffix, found, sources) if id is not None else _new_id(folder, read.file, found, sources)
    entry = {"file": name + found.suffix, "sha256": _sha256(found.raw), "text_sha256": _sha256(text), "extractor": found.extractor}
    known = {**details, "language": details["language"] or read.detected, "kind": details["kind"] or "original"}
    entry |= {key: value for key, value in known.items() if value and key not in ("id", "encoding")}
    source = _checked_source(name, entry)
    write_once(folder / "sources" / source.file, found.raw)
    write_once(folder / "sources" / source.text_file, text)
    return name, entry


def _checked_source(id: str, entry: Mapping[str, str]) -> Source:
    """Return the entry as `sources.yaml` would read it; raise SourceError where it would not."""
    from offramp.sources.evidence import SourcesFile

    data = {"offramp": 1, "sources": {id: dict(entry)}}
    try:
        return named(validate(SourcesFile, Document("the new entry", data)).sources)[id]
    except CaseError as error:
        raise SourceError(f"nothing was added; {error}") from None


def _new_id(folder: Path, file: Path, found: Extract, sources: Mapping[str, Source]) -> str:
    taken = set(sources)
    while True:
        id = free_id(file.stem, "source", taken)
        if _is_free(folder, id, found.suffix, found, sources):
            return id
        taken.add(id)


def _files(sources: Mapping[str, Source]) -> set[str]:
    return {source.file.casefold() for source in sources.values()}


def _checked_id(folder: Path, id: str, suffix: str, found: Extract, sources: Mapping[str, Source]) -> str:
    if id in sources:
        raise SourceError(f"the id {id!r} is taken by another source; choose another, or leave it out")
    if not _is_free(folder, id, suffix, found, sources):
        raise SourceError(f"sources/{id}{suffix} or its text is there already with other content; move it away or choose another id")
    return id


def _is_free(folder: Path, id: str, suffix: str, found: Extract, sources: Mapping[str, Source]) -> bool:
    """Return whether the files of a source `id` can be written, or were by a program that was ended."""
    if id + suffix in _files(sources):
        return False
    wanted = {id + suffix: found.raw, id + EXTRACTED: found.text.encode()}
    return all(_is_unused(folder / "sources" / name, data) for name, data in wanted.items())


def _is_unused(path: Path, data: bytes) -> bool:
    if not os.path.lexists(path):
        return True
    try:
        return read_regular(path, len(data)) == data
    except StorageError:
        return False

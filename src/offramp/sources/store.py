"""Sources in the case folder: bytes and text stored once, then entered by their hashes.

The entry in ``sources.yaml`` comes last. Whatever ends the program before it,
the case is as it was, and adding the file again finishes the work.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from offramp.case.edit import append_entries, free_id
from offramp.case.faults import validate
from offramp.case.yaml_reader import Document
from offramp.errors import CaseError, SourceError, StorageError
from offramp.files import locked, make_folder, read_regular, sweep_leftovers, write_atomic, write_once
from offramp.sources.evidence import EXTRACTED, SOURCES, Source, SourceKind, named, read_sources
from offramp.sources.extract import Extract, extract
from offramp.sources.extract_language import detect_language


@dataclass(frozen=True)
class AddedSource:
    """A source after `add_source`, and what was done to have it.

    ``status`` is ``added`` for a new one, ``filled`` for one that was known by
    its hash alone, ``there`` where nothing had to be done. ``file`` is the name
    that was given, ``found`` what was taken out of it, ``language`` the one that
    was detected: "" where it cannot be told, None where nobody looked.
    """

    source: Source
    status: Literal["added", "filled", "there"]
    file: str
    found: Extract
    language: str | None

    def __str__(self) -> str:
        said = {"added": "added as", "filled": "fills in", "there": "is there already as"}[self.status]
        return f"{self.file} {said} the source {self.source.id}"


@dataclass(frozen=True)
class RefusedFile:
    """A file that cannot be a source, and why; nothing of it is stored."""

    file: Path
    error: SourceError


@dataclass(frozen=True)
class _Read:
    """A file that was read and is to be entered."""

    file: Path
    found: Extract
    detected: str | None


Answer = AddedSource | RefusedFile
BATCH = 200
BATCH_BYTES = 50_000_000
"""So many files, or bytes, are read before they are entered together: every entry rewrites ``sources.yaml``."""


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
    kind: SourceKind = "original",
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
    kind : {"original", "note"}
        A report as it was published, or the analyst's own words about one.
    encoding : str, optional
        Of a text or a page; by default it is detected.

    Returns
    -------
    added : AddedSource
        The source. A file that a source is known by fills that source in; one
        that is stored already changes nothing, whatever else is given.

    Raises
    ------
    SourceError
        If the file cannot be a source, an id is taken, or what is stored is
        not what the entry says.
    CaseError
        If ``sources.yaml`` is faulty.
    StorageError
        If the folder cannot be written.
    """
    details = {"outlet": outlet, "date": date, "url": url, "language": language, "obtained": obtained, "kind": kind}
    _check_folder(folder)
    read = _read(file, encoding, language)
    answer = read if isinstance(read, RefusedFile) else _entered(folder, [read], details, id)[0]
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
    kind: SourceKind = "original",
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
    CaseError
        If ``sources.yaml`` is faulty or would become too large.
    StorageError
        If the folder cannot be written.
    """
    details = {"outlet": outlet, "date": date, "language": language, "obtained": obtained, "kind": kind}
    _check_folder(folder)

    def read() -> Iterator[_Read | RefusedFile]:
        for number, file in enumerate(files, 1):
            yield _read(file, encoding, language)
            watch(number, len(files))

    for batch in _batches(read()):
        yield from _entered(folder, batch, details)


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


def _read(file: Path, encoding: str | None, language: str | None) -> _Read | RefusedFile:
    try:
        found = extract(file, encoding=encoding)
    except SourceError as error:
        return RefusedFile(file, error)
    return _Read(file, found, detect_language(found.text) if language is None else None)


def _batches(files: Iterator[_Read | RefusedFile]) -> Iterator[list[_Read | RefusedFile]]:
    batch: list[_Read | RefusedFile] = []
    num_bytes = 0
    for one in files:
        batch.append(one)
        num_bytes += len(one.found.raw) if isinstance(one, _Read) else 0
        if len(batch) >= BATCH or num_bytes >= BATCH_BYTES:
            yield batch
            batch, num_bytes = [], 0
    if batch:
        yield batch


def _entered(folder: Path, batch: Sequence[_Read | RefusedFile], details: Mapping[str, str | None], id: str | None = None) -> list[Answer]:
    """Store the files of a batch, and enter all that are new at once."""
    with locked(folder):
        _make_sources(folder)
        sources = read_sources(folder)
        new: dict[str, dict[str, str]] = {}
        answers = [one if isinstance(one, RefusedFile) else _stored_one(folder, one, details, id, sources, new) for one in batch]
        if new:
            write_atomic(folder / SOURCES, append_entries(folder / SOURCES, "sources", new))
    return answers


def _stored_one(
    folder: Path, read: _Read, details: Mapping[str, str | None], id: str | None, sources: dict[str, Source], new: dict[str, dict[str, str]]
) -> Answer:
    """Store one file; where it is none of `sources`, add it to them and its entry to `new`."""
    found = read.found
    same = next((source for source in sources.values() if source.sha256 == _sha256(found.raw)), None)
    try:
        if same is not None:
            return AddedSource(same, _filled(folder, same, found), read.file.name, found, read.detected)
        name, entry = _added(folder, read, id, sources, details)
    except SourceError as error:
        return RefusedFile(read.file, error)
    new[name] = entry
    sources[name] = _checked_source(name, entry)
    return AddedSource(sources[name], "added", read.file.name, found, read.detected)


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


def _added(
    folder: Path, read: _Read, id: str | None, sources: Mapping[str, Source], details: Mapping[str, str | None]
) -> tuple[str, dict[str, str]]:
    """Write the files of a new source; return its id and its entry."""
    found, text = read.found, read.found.text.encode()
    name = _checked_id(folder, id, found.suffix, found, sources) if id is not None else _new_id(folder, read.file, found, sources)
    entry = {"file": name + found.suffix, "sha256": _sha256(found.raw), "text_sha256": _sha256(text), "extractor": found.extractor}
    known = {**details, "language": details["language"] or read.detected}
    entry |= {key: value for key, value in known.items() if value}
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
    _checked_source(id, {"file": "a.txt", "sha256": "0" * 64, "text_sha256": "0" * 64, "extractor": "none", "kind": "note"})
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

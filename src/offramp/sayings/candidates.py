"""Statements and dates that `offramp read` found in the sources and nobody has confirmed: all of `build/candidates/`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from offramp.errors import CaseError, Problem, SourceError, StorageError
from offramp.sources.candidates import FOLDER, Candidate, CandidatesFile, misfit, read_record
from offramp.sources.evidence import Source, Span
from offramp.sources.store import text_of

_AGAIN = "run 'offramp read' on the case again"


@dataclass(frozen=True)
class Candidates:
    """What was found, by source; `notes` say which files were left out, and why."""

    files: dict[str, CandidatesFile]
    notes: tuple[str, ...]


def read_candidates(folder: Path, sources: Mapping[str, Source]) -> Candidates:
    """Return what `offramp read` found in the sources of a case.

    Parameters
    ----------
    folder : Path
        The case folder; without ``build/candidates`` nothing was found.
    sources : mapping of str to Source
        The sources as they are entered. What was found in a text that is
        another by now, what does not stand in the text, and what was found in
        a source that is no longer there is left out.

    Raises
    ------
    CaseError
        If a file cannot be read as candidates. All such files are listed.
    """
    found: dict[str, CandidatesFile] = {}
    problems: list[Problem] = []
    notes: list[str] = []
    for path in _files(folder):
        try:
            record = read_record(path)
        except CaseError as error:
            problems += error.problems
            continue
        if record is None:
            continue  # removed in this very moment
        content = record[1]
        why = _stale(folder, content, sources)
        if why:
            notes.append(f"{FOLDER / path.name} is left out: {why}.")
        else:
            found[content.source] = content
    if problems:
        raise CaseError(problems)
    return Candidates(found, tuple(notes))


def _files(folder: Path) -> list[Path]:
    top = folder / FOLDER
    if not os.path.lexists(top):
        return []
    try:
        return sorted(path for path in top.iterdir() if path.suffix == ".json" and not path.name.startswith("."))
    except OSError as error:
        raise StorageError(f"{FOLDER}: {error.strerror}; expected a folder that 'offramp read' made") from None


def _stale(folder: Path, content: CandidatesFile, sources: Mapping[str, Source]) -> str:
    """Return why what was found counts no longer; nothing where it does. A text that is not in the case cannot be asked."""
    if content.source not in sources:
        return f"there is no source {content.source[:80]!r}; remove it"
    source = sources[content.source]
    if content.text_sha256 != source.text_sha256:
        return f"the text of {content.source} is another by now; {_AGAIN}"
    try:
        text = text_of(folder, source)
    except (SourceError, UnicodeDecodeError):
        return f"the text of {content.source} is not the one that was entered; 'offramp verify' says more"
    why = misfit(content, text) if text is not None else ""
    return why and f"it is out of date: {why}; {_AGAIN}"


def overlapping(spans: list[Span] | tuple[Span, ...], others: list[Span] | tuple[Span, ...]) -> int:
    """Return how many characters two sets of spans share.

    Examples
    --------
    >>> overlapping([(0, 5), (8, 10)], [(3, 9)])
    3
    """
    return sum(_shared(one, other) for one in spans for other in others)


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def statements(found: Candidates) -> Iterator[tuple[str, Candidate]]:
    """Yield every candidate with its source."""
    for source, content in found.files.items():
        yield from ((source, candidate) for candidate in content.statements)

"""Statements and dates that `offramp read` found in the sources and nobody has confirmed: `build/candidates/*.json`."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from offramp.errors import CaseError, Problem, StorageError
from offramp.files import read_regular
from offramp.sayings.edtf import when
from offramp.sources.evidence import Source, Span

FOLDER = Path("build") / "candidates"
SCHEMA = "offramp.candidates/1"
MAX_BYTES = 50_000_000
_AGAIN = "run 'offramp read' on the case again"


def _span(value: object) -> object:
    items = list(value) if isinstance(value, list | tuple) else []
    if len(items) == 2 and all(type(item) is int for item in items) and 0 <= items[0] < items[1]:
        return (items[0], items[1])
    raise ValueError("no span: two whole numbers, start before end")


def _edtf(text: str) -> str:
    if text and when(text) is None:
        raise ValueError("no date in EDTF")
    return text


def _inert(text: str) -> str:
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in text):
        raise ValueError("a control character, which no stored text has")
    return text


_Text = Annotated[str, AfterValidator(_inert)]
_Place = Annotated[Span, BeforeValidator(_span)]
_Edtf = Annotated[str, AfterValidator(_edtf)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True, defer_build=True)


class Candidate(_Entry):
    """A statement that nobody has confirmed."""

    id: Annotated[_Text, Field(min_length=1)]
    quote: Annotated[_Text, Field(min_length=1)]
    quote_spans: Annotated[list[_Place], Field(min_length=1)]
    kind: Literal["direct", "indirect", "mixed"]
    speaker: _Text = ""
    via_chain: list[_Text] = []
    said_on: _Edtf = ""
    negated: bool = False
    hypothetical: bool = False
    hearsay: bool = False
    confidence: Annotated[float, Field(ge=0, le=1, strict=False)] = 0.0


    @property
    def flags(self) -> tuple[str, ...]:
        """How the report takes it back: that it was not said, is only supposed, or that nobody vouches for it."""
        return tuple(name for name in ("negated", "hypothetical", "hearsay") if getattr(self, name))


class CandidateDate(_Entry):
    """A date that a report names."""

    span: _Place
    iso: _Edtf


class CandidatesFile(_Entry):
    """The whole of one file: what was found in one source."""

    schema_: Annotated[Literal["offramp.candidates/1"], Field(alias="schema")]
    source: _Text
    text_sha256: _Text
    statements: list[Candidate] = []
    dates: list[CandidateDate] = []


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
        another by now, or in a source that is no longer there, is left out.

    Raises
    ------
    CaseError
        If a file cannot be read as candidates. All such files are listed.
    """
    found: dict[str, CandidatesFile] = {}
    problems: list[Problem] = []
    notes: list[str] = []
    for path in _files(folder):
        name = str(FOLDER / path.name)
        try:
            content = _content(path, name)
        except CaseError as error:
            problems += error.problems
            continue
        why = _stale(content, sources, found)
        if why:
            notes.append(f"{name} is left out: {why}.")
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


def _stale(content: CandidatesFile, sources: Mapping[str, Source], found: Mapping[str, CandidatesFile]) -> str:
    if content.source not in sources:
        return f"there is no source {content.source[:80]!r}; remove it"
    if content.source in found:
        return f"{content.source} has another file already; remove one of the two"
    return "" if content.text_sha256 == sources[content.source].text_sha256 else f"the text of {content.source} is another by now; {_AGAIN}"


def _content(path: Path, name: str) -> CandidatesFile:
    try:
        data = json.loads(read_regular(path, MAX_BYTES))
    except StorageError as error:
        raise _faulty(name, str(error)) from None
    except (ValueError, RecursionError):
        raise _faulty(name, "no JSON that can be read") from None
    if not isinstance(data, dict):
        raise _faulty(name, "no object")
    try:
        return CandidatesFile.model_validate(data)
    except ValidationError as error:
        raise _faulty(name, _first(error.errors()[0])) from None


def _first(fault: Mapping[str, Any]) -> str:
    place = ".".join(str(step + 1) if isinstance(step, int) else str(step)[:40] for step in fault["loc"])
    return f"{place or 'the whole'}: {str(fault['msg']).removeprefix('Value error, ')[:120].lower()}"


def _faulty(name: str, found: str) -> CaseError:
    return CaseError([Problem(name, 0, "", found, SCHEMA, f"remove it and {_AGAIN}")])


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


def length(spans: list[Span] | tuple[Span, ...]) -> int:
    """Return how many characters spans hold."""
    return sum(end - start for start, end in spans)


def statements(found: Candidates) -> Iterator[tuple[str, Candidate]]:
    """Yield every candidate with its source."""
    for source, content in found.files.items():
        yield from ((source, candidate) for candidate in content.statements)

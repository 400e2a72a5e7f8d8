"""What was said: `evidence.yaml` and `sources/sources.yaml`, field by field.

The classes mirror the files. Ids are the keys of the mappings; each record
knows its own as ``id``. Whether the words still stand in the stored texts is
asked in `offramp.sources.verify`.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, PrivateAttr

from offramp.case.entries import Date, Entry, Id, Text, Version, plain_text
from offramp.case.faults import nearest, shown, validate
from offramp.case.yaml_reader import Document, read_yaml
from offramp.errors import CaseError, Problem
from offramp.sources.languages import language_code

EVIDENCE = "evidence.yaml"
SOURCES = "sources/sources.yaml"
EXTRACTED = ".extracted.txt"

Span = tuple[int, int]
Kind = Literal["direct", "indirect", "mixed", "fact"]
SourceKind = Literal["original", "note"]


def _hash(text: str) -> str:
    if re.fullmatch(r"[0-9a-f]{64}", text):
        return text
    raise ValueError(f"{shown(text)} is no SHA-256|64 digits of 0-9 and a-f|write what 'sha256sum FILE' prints")


def _file_name(text: str) -> str:
    remedy = "put the file itself into sources/ and give its name alone"
    if not text or text.startswith(".") or re.search(r"[/\\:\0]", text) or len(text.encode(errors="replace")) > 255:
        raise ValueError(f"{shown(text)} is no plain file name|a name such as report.txt, without folders|{remedy}")
    if text.casefold() == "sources.yaml" or text.casefold().endswith(EXTRACTED):
        raise ValueError(f"{shown(text)} is a name that Offramp uses itself|another name|rename the file")
    return text


def _span(value: object) -> object:
    items = list(value) if isinstance(value, list | tuple) else []
    if len(items) == 2 and all(type(item) is int for item in items) and 0 <= items[0] < items[1]:
        return (items[0], items[1])
    found = f"the span {value!r}" if isinstance(value, list) else shown(value)
    raise ValueError(f"{found}|[start, end]: characters counted from 0, start before end|pin the words again")


def _in_order(spans: list[Span]) -> list[Span]:
    if not spans:
        raise ValueError("no span|at least one [start, end]|pin the words again")
    for (_, end), (start, _) in pairwise(spans):
        if start < end:
            found = f"the span that begins at {start} after one that ends at {end}"
            raise ValueError(f"{found}|spans in order, none over another|pin the words again")
    return spans


def _not_blank(text: str) -> str:
    if text.strip():
        return text
    raise ValueError("no words|the exact words of the source|write them between quotation marks")


def _as_stored(text: str) -> str:
    """Return words as a text may hold them: control characters stay in it, so that the words stand there exactly."""
    plain_text("".join(letter for letter in text if letter == "\0" or unicodedata.category(letter) not in ("Cc", "Co", "Cn")))
    return text


def _none_is_empty(value: object) -> object:
    return {} if value is None else value


class _Named(Entry):
    """An entry that knows the key it stands under."""

    _id: str = PrivateAttr("")

    @property
    def id(self) -> str:
        """The key of the entry in its file."""
        return self._id


class Source(_Named):
    """A file by its hash; the file itself may be absent."""

    file: Annotated[Text, AfterValidator(_file_name)]
    sha256: Annotated[str, AfterValidator(_hash)]
    text_sha256: Annotated[str, AfterValidator(_hash)]
    extractor: Annotated[Text, AfterValidator(_not_blank)]
    outlet: Text = ""
    date: Date | None = None
    url: Text = ""
    language: Annotated[Text, AfterValidator(language_code)] = ""
    obtained: Text = ""
    kind: SourceKind
    note: Text = ""

    @property
    def text_file(self) -> str:
        """The name of the extracted text in ``sources/``."""
        return self.id + EXTRACTED


class Speaker(_Named):
    """Somebody who says things, by all spellings of the name."""

    name: Annotated[Text, AfterValidator(_not_blank)]
    spellings: list[Text] = Field(default_factory=list)
    titles: list[Text] = Field(default_factory=list)
    affiliation: Text = ""
    note: Text = ""


class Statement(_Named):
    """Exact words at exact places of one extracted text."""

    source: Id
    quote: Annotated[str, AfterValidator(_as_stored), AfterValidator(_not_blank)]
    spans: Annotated[list[Annotated[Span, BeforeValidator(_span)]], AfterValidator(_in_order)]
    speaker: Id | None = None
    relayed_by: list[Text] = Field(default_factory=list)
    said_on: Date | None = None
    kind: Kind
    note: Text = ""
    restricted: bool = False

    def __str__(self) -> str:
        places = ", ".join(f"{start} to {end}" for start, end in self.spans)
        said = f", said by {self.speaker}" if self.speaker else ""
        return f'{self.id}: "{self.quote}" in {self.source}, characters {places}{said}'


class SourcesFile(Entry):
    """The whole of `sources/sources.yaml`."""

    offramp: Version
    sources: Annotated[dict[Id, Source], BeforeValidator(_none_is_empty)] = Field(default_factory=dict)


class EvidenceFile(Entry):
    """The whole of `evidence.yaml`."""

    offramp: Version
    speakers: Annotated[dict[Id, Speaker], BeforeValidator(_none_is_empty)] = Field(default_factory=dict)
    statements: Annotated[dict[Id, Statement], BeforeValidator(_none_is_empty)] = Field(default_factory=dict)


@dataclass(frozen=True)
class Evidence:
    """Sources, speakers and statements by id, each in file order."""

    sources: dict[str, Source]
    speakers: dict[str, Speaker]
    statements: dict[str, Statement]


def read_evidence(folder: Path) -> Evidence:
    """Return what a case folder holds as evidence.

    Parameters
    ----------
    folder : Path
        A case folder; a missing `evidence.yaml` means no statements, a missing
        `sources/sources.yaml` no sources.

    Returns
    -------
    evidence : Evidence
        The records by id.

    Raises
    ------
    CaseError
        With all faults of both files: YAML, fields, and every ``source`` and
        ``speaker`` that is not there.
    """
    sources = _load(folder, SOURCES, SourcesFile)
    evidence = _load(folder, EVIDENCE, EvidenceFile)
    problems = [*sources.problems, *evidence.problems, *_shared_files(sources.document)]
    problems += _unresolved(evidence.document, "source", sources.keys("sources"))
    problems += _unresolved(evidence.document, "speaker", evidence.keys("speakers"))
    if problems or sources.content is None or evidence.content is None:
        raise CaseError(problems)
    return Evidence(named(sources.content.sources), named(evidence.content.speakers), named(evidence.content.statements))


def read_sources(folder: Path) -> dict[str, Source]:
    """Return the sources of a case folder by id; raise CaseError as `read_evidence` does."""
    sources = _load(folder, SOURCES, SourcesFile)
    problems = [*sources.problems, *_shared_files(sources.document)]
    if problems or sources.content is None:
        raise CaseError(problems)
    return named(sources.content.sources)


Record = TypeVar("Record", bound=_Named)
Content = TypeVar("Content", bound=BaseModel)


def named(records: Mapping[str, Record]) -> dict[str, Record]:
    """Return `records`, each told the key it stands under."""
    for id, record in records.items():
        record._id = id
    return dict(records)


@dataclass
class _Loaded(Generic[Content]):
    """A file as far as it could be read, with what is wrong in it."""

    document: Document
    content: Content | None
    problems: tuple[Problem, ...] = ()

    def keys(self, section: str) -> list[str] | None:
        """Return the ids under `section`; None where they cannot be known."""
        there = self.document.data.get(section) if isinstance(self.document.data, dict) else None
        return list(there) if isinstance(there, dict) else [] if self.content is not None else None


def _load(folder: Path, name: str, model: type[Content]) -> _Loaded[Content]:
    if not os.path.lexists(folder / name):
        return _Loaded(Document(name, {}), model.model_validate({"offramp": 1}))
    document = Document(name)
    try:
        document = read_yaml(folder / name, name)
        return _Loaded(document, validate(model, document))
    except CaseError as error:
        return _Loaded(document, None, error.problems)


def _entries(document: Document, section: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the entries of a section that are mappings, whatever else is wrong with them."""
    there = document.data.get(section) if isinstance(document.data, dict) else None
    for id, entry in (there if isinstance(there, dict) else {}).items():
        if isinstance(entry, dict):
            yield id, entry


def _unresolved(document: Document, key: str, known: Iterable[str] | None) -> Iterator[Problem]:
    if known is None:
        return
    there = list(known)
    for id, entry in _entries(document, "statements"):
        label = entry.get(key)
        if isinstance(label, str) and label not in there:
            remedy = nearest(label, there) or f"correct it, or enter the {key} first"
            yield document.problem(("statements", id, key), f"there is no {key} {label!r}", _some(there), remedy)


def _some(ids: list[str]) -> str:
    more = f" or {len(ids) - 8} more" if len(ids) > 8 else ""
    return f"one of {', '.join(ids[:8])}{more}" if ids else ""


def _shared_files(document: Document) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for id, entry in _entries(document, "sources"):
        name = entry.get("file")
        owner = owners.setdefault(name.casefold(), id) if isinstance(name, str) else id
        if owner != id:
            found = f"{name!r} is the file of {owner!r} too"
            yield document.problem(("sources", id, "file"), found, "a file of its own", "rename one of the two")

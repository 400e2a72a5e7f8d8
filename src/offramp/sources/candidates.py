"""Files of candidates: what `offramp read` found in one source and nobody has confirmed, in ``build/candidates``.

Whoever reads such a file, the reading itself or a table, reads it here, so that
what the one takes for damaged the other does not take for true. No language
model is imported.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from offramp.edtf import when
from offramp.errors import CaseError, NewerFormatError, Problem, StorageError
from offramp.files import read_regular
from offramp.sources.evidence import Span
from offramp.sources.pins import JOINER, words_at

FOLDER = Path("build") / "candidates"
SCHEMA = "offramp.candidates/1"
MAX_BYTES = 200_000_000
MAX_NAME = 5_000
"""Letters of a name; no more are read as one piece."""
_AGAIN = "remove it and run 'offramp read' on the case again"


def _span(value: object) -> object:
    items = list(value) if isinstance(value, list | tuple) else []
    if len(items) == 2 and all(type(item) is int for item in items) and 0 <= items[0] < items[1]:
        return (items[0], items[1])
    raise ValueError("no span: two whole numbers, start before end")


def _edtf(text: str) -> str:
    if text and when(text) is None:
        raise ValueError("no date in EDTF")
    return text


def _short(text: str) -> str:
    if len(text) > MAX_NAME:
        raise ValueError(f"{len(text):,} letters, where a name has {MAX_NAME:,} at most")
    return text


def _whole(text: str) -> str:
    """Return what a stored text may hold: control characters are kept in it, half a letter and NUL are not."""
    if "\0" in text or any(unicodedata.category(letter) == "Cs" for letter in text):
        raise ValueError("half a letter or NUL, which no stored text has")
    return text


_Text = Annotated[str, AfterValidator(_whole)]
_Name = Annotated[_Text, AfterValidator(_short)]
_Place = Annotated[Span, BeforeValidator(_span)]
_Edtf = Annotated[str, AfterValidator(_edtf)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True, defer_build=True)


class Candidate(_Entry):
    """Words that were read as somebody's; ``id`` is the source and a number, such as ``report:3``."""

    id: _Name
    quote: Annotated[_Text, Field(min_length=1)]
    quote_spans: Annotated[list[_Place], Field(min_length=1)]
    kind: Literal["direct", "indirect", "mixed"]
    speaker: _Name
    via_chain: list[_Name]
    said_on: _Edtf
    negated: bool
    hypothetical: bool
    hearsay: bool
    confidence: Annotated[float, Field(ge=0, le=1, strict=False, allow_inf_nan=False)]

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
    statements: list[Candidate]
    dates: list[CandidateDate]


def path_of(folder: Path, source: str) -> Path:
    """Return where the candidates of a source stand."""
    return folder / FOLDER / f"{source}.json"


def read_record(path: Path) -> tuple[dict[str, Any], CandidatesFile] | None:
    """Return a file of candidates as it stands there, and what of it counts.

    Parameters
    ----------
    path : Path
        The file; its name is that of the source.

    Returns
    -------
    found : tuple of dict and CandidatesFile, or None
        None where there is no file.

    Raises
    ------
    NewerFormatError
        If a newer program has written it.
    CaseError
        If it is damaged.
    """
    if not os.path.lexists(path):
        return None
    name = str(FOLDER / path.name)
    record = _loaded(path, name)
    _check_version(record, name)
    try:
        content = CandidatesFile.model_validate(record)
    except ValidationError as error:
        raise _faulty(name, _first(error.errors()[0])) from None
    for found in _strange(content, path.stem):
        raise _faulty(name, found)
    return record, content


def misfit(content: CandidatesFile, text: str) -> str:
    """Return what of a file does not stand in the text of its source; nothing where all does.

    Examples
    --------
    >>> found = {"schema": SCHEMA, "source": "r", "text_sha256": "", "statements": [], "dates": [{"span": [3, 7], "iso": "2031"}]}
    >>> misfit(CandidatesFile.model_validate(found), "In 2031"), misfit(CandidatesFile.model_validate(found), "In 20")
    ('', 'date 1 stands beyond the end of the text')
    """
    for statement in content.statements:
        if words_at(text, statement.quote_spans) != statement.quote:
            return f"the words of {statement.id} do not stand in the text where it says"
    for number, date in enumerate(content.dates, 1):
        if date.span[1] > len(text):
            return f"date {number} stands beyond the end of the text"
    return ""


def _loaded(path: Path, name: str) -> dict[str, Any]:
    try:
        record = json.loads(read_regular(path, MAX_BYTES), parse_constant=_no_number)
    except StorageError as error:
        raise _faulty(name, str(error)) from None
    except (ValueError, RecursionError):
        raise _faulty(name, "no JSON that can be read") from None
    if not isinstance(record, dict):
        raise _faulty(name, "no object")
    return record


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number in JSON")


def _check_version(record: Mapping[str, Any], name: str) -> None:
    found = re.fullmatch(r"offramp\.candidates/([0-9]{1,9})", str(record.get("schema")))
    if found is not None and int(found[1]) > 1:
        remedy = f"use that program; or {_AGAIN}"
        raise NewerFormatError([Problem(name, 0, "", f"{found[0]} was written by a newer program", SCHEMA, remedy)])


def _strange(content: CandidatesFile, source: str) -> Iterator[str]:
    """Yield what no single field shows: a file of another source, ids of another or twice, words of another length than their place."""
    if content.source != source:
        yield f"source: {content.source[:80]!r}, in the file of {source[:80]!r}"
    seen: set[str] = set()
    for number, statement in enumerate(content.statements, 1):
        if not re.fullmatch(r"[0-9]{1,9}", statement.id.removeprefix(f"{source}:")) or statement.id in seen:
            yield f"statements.{number}.id: {statement.id[:80]!r} is no free number of {source}"
        if length(statement.quote_spans) + len(JOINER) * (len(statement.quote_spans) - 1) != len(statement.quote):
            yield f"statements.{number}.quote_spans: of another length than the words"
        seen.add(statement.id)


def length(spans: list[Span] | tuple[Span, ...]) -> int:
    """Return how many characters spans hold."""
    return sum(end - start for start, end in spans)


def _first(fault: Mapping[str, Any]) -> str:
    place = ".".join(str(step + 1) if isinstance(step, int) else str(step)[:40] for step in fault["loc"])
    return f"{place or 'the whole'}: {str(fault['msg']).removeprefix('Value error, ')[:120].lower()}"


def _faulty(name: str, found: str) -> CaseError:
    return CaseError([Problem(name, 0, "", found, SCHEMA, _AGAIN)])

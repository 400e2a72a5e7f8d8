"""Candidates: what was read in the sources of a case, for a person to confirm; one file a source, under ``build/candidates``.

A file is written whole or not at all, and says which text it was read in and by
which reader. So reading can stop at any source and go on, and a second run
reads only what is new.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from offramp.errors import MissingExtraError, OfframpError, SourceError, StorageError, UnknownLabelError
from offramp.files import make_folder, read_regular, write_atomic
from offramp.parallel import finished
from offramp.sources.evidence import Evidence, Source, Span, read_evidence
from offramp.sources.languages import is_analysed
from offramp.sources.pins import words_at
from offramp.sources.store import text_of

SCHEMA = "offramp.candidates/1"
FOLDER = ("build", "candidates")


@dataclass(frozen=True)
class Task:
    """A source that is to be read, and what is known about it."""

    source: str
    language: str
    text_sha256: str
    outlet: str
    date: str


@dataclass(frozen=True)
class Outcome:
    """What became of one source.

    Parameters
    ----------
    source : str
        Its id.
    status : str
        ``read``, ``there`` where it had been read before, ``absent`` where its
        text is not in the case, ``language`` where it is in one that is not
        analysed, or ``refused`` where it could not be read.
    num_statements : int
        How many candidates there are.
    reason : str
        Why it was refused.
    """

    source: str
    status: str
    num_statements: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Candidate:
    """Words that were read as somebody's, not confirmed by anybody.

    ``id`` is the source and a number, such as ``report:3``.
    """

    id: str
    source: str
    quote: str
    quote_spans: tuple[Span, ...]
    speaker: str
    via: tuple[str, ...]
    kind: str
    said_on: str
    negated: bool
    hypothetical: bool
    hearsay: bool
    confidence: float


class Reader:
    """Reads sources of one case; a process makes one and keeps its language model."""

    def __init__(self, folder: str, tasks: Sequence[Task]) -> None:
        self.folder, self.tasks = Path(folder), tasks
        self.sources = read_evidence(self.folder).sources

    def answer(self, part: int) -> str:
        """Return what was read in one source, as JSON; of one that cannot be read, why: the others are still to be read."""
        try:
            return json.dumps(self._record(self.tasks[part]), ensure_ascii=False, indent=1)
        except MissingExtraError:
            raise
        except OfframpError as error:
            return json.dumps({"refused": str(error)})
        except Exception as error:
            return json.dumps({"refused": f"a fault of the program: {type(error).__name__}: {error}; please report it"})

    def _record(self, task: Task) -> dict[str, Any]:
        text = text_of(self.folder, self.sources[task.source])
        if text is None:
            raise SourceError(f"the text of {task.source} has gone while it was to be read; begin again")
        return record_of(task, text)


def record_of(task: Task, text: str) -> dict[str, Any]:
    """Return what is read in one text, schema ``offramp.candidates/1``."""
    from offramp.reading import read_text
    from offramp.reading.parse import reader_version

    found = read_text(text, task.date or None, task.outlet).neutral(task.source)
    statements = [
        {"id": f"{task.source}:{number}", "quote": words_at(text, [(start, end) for start, end in statement["quote_spans"]]), **statement}
        for number, statement in enumerate(found["statements"], 1)
    ]
    del found["text"], found["doc_id"]
    return {"schema": SCHEMA, "reader": reader_version(), **asdict(task), **found, "statements": statements}


def read_sources(
    folder: Path,
    only: Sequence[str] = (),
    *,
    again: bool = False,
    workers: int = 1,
    watch: Callable[[int, int], None] = lambda done, total: None,
) -> list[Outcome]:
    """Read the sources of a case that have not been read, and return what became of each, in the order of the file.

    A source that cannot be read (its text is not what its entry says, or too long) stands in no other's way.

    Parameters
    ----------
    folder : Path
        The case folder.
    only : sequence of str, optional
        Ids of sources; by default all.
    again : bool, optional
        Whether to read also what has been read.
    workers : int, optional
        Number of processes; each loads the language model once.
    watch : callable, optional
        Told how many of how many are done.

    Raises
    ------
    UnknownLabelError
        If a source is not there.
    WorkerError
        If a process ends before its time; what was read before stays.
    """
    evidence = read_evidence(folder)
    for name in only:
        if name not in evidence.sources:
            raise UnknownLabelError("source", name, list(evidence.sources))
    outcomes = {name: _before(folder, source, again) for name, source in evidence.sources.items() if not only or name in only}
    tasks = [_task(evidence.sources[name]) for name, outcome in outcomes.items() if outcome.status == "read"]
    for depth in range(1, len(FOLDER) + 1):
        make_folder(folder.joinpath(*FOLDER[:depth]))
    for done, (part, answer) in enumerate(_answers(folder, tasks, workers), 1):
        name = tasks[part].source
        outcomes[name] = _entered(folder, name, answer)
        watch(done, len(tasks))
    return list(outcomes.values())


def _entered(folder: Path, source: str, answer: str) -> Outcome:
    """Write what was read in a source, and return what became of it."""
    record = json.loads(answer)
    if "refused" in record:
        return Outcome(source, "refused", reason=record["refused"])
    write_atomic(path_of(folder, source), answer.encode())
    return Outcome(source, "read", len(record["statements"]))


def _answers(folder: Path, tasks: Sequence[Task], workers: int) -> Iterator[tuple[int, str]]:
    if workers > 1 and len(tasks) > 1:
        yield from finished(Reader, (str(folder), tasks), range(len(tasks)), workers)
        return
    reader = Reader(str(folder), tasks)
    yield from ((part, reader.answer(part)) for part in range(len(tasks)))


def _before(folder: Path, source: Source, again: bool) -> Outcome:
    """Return what is known of a source before anything is read; ``read`` for what is to be."""
    if not is_analysed(source.language):
        return Outcome(source.id, "language")
    try:
        text = text_of(folder, source)
    except SourceError as error:
        return Outcome(source.id, "refused", reason=str(error))
    if text is None:
        return Outcome(source.id, "absent")
    known = None if again else stored(folder, source.id)
    if known is not None and _is_current(known, source):
        return Outcome(source.id, "there", len(known["statements"]))
    return Outcome(source.id, "read")


def _is_current(record: dict[str, Any], source: Source) -> bool:
    from offramp.reading.parse import reader_version

    return bool(record.get("reader") == reader_version() and all(record.get(key) == value for key, value in asdict(_task(source)).items()))


def _task(source: Source) -> Task:
    return Task(source.id, source.language, source.text_sha256, source.outlet, source.date or "")


def path_of(folder: Path, source: str) -> Path:
    """Return where the candidates of a source stand."""
    return folder.joinpath(*FOLDER, f"{source}.json")


def stored(folder: Path, source: str) -> dict[str, Any] | None:
    """Return what was read in a source; None where nothing was, or where the file is none of ours."""
    try:
        record = json.loads(read_regular(path_of(folder, source)))
    except (StorageError, ValueError):
        return None
    return record if isinstance(record, dict) and record.get("schema") == SCHEMA else None


def candidates(folder: Path, source: str, evidence: Evidence) -> list[Candidate]:
    """Return the candidates of a source, in the order of its text.

    Raises
    ------
    UnknownLabelError
        If the source is not there.
    SourceError
        If it has not been read, or its text is another by now.
    """
    if source not in evidence.sources:
        raise UnknownLabelError("source", source, list(evidence.sources))
    record = stored(folder, source)
    if record is None or record.get("text_sha256") != evidence.sources[source].text_sha256:
        raise SourceError(f"{source} has not been read, or its text is another by now; 'offramp read' reads it")
    return [_candidate(source, statement) for statement in record["statements"]]


def _candidate(source: str, statement: dict[str, Any]) -> Candidate:
    spans = tuple((int(start), int(end)) for start, end in statement["quote_spans"])
    kept = ("id", "quote", "speaker", "kind", "said_on", "negated", "hypothetical", "hearsay", "confidence")
    return Candidate(source=source, quote_spans=spans, via=tuple(statement["via_chain"]), **{key: statement[key] for key in kept})

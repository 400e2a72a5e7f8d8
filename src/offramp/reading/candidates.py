"""Candidates: what was read in the sources of a case, for a person to confirm; one file a source, under ``build/candidates``.

A file is written whole or not at all, and says which text it was read in and by
which reader. So reading can stop at any source and go on, and a second run
reads only what is new.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from offramp.errors import CaseError, MissingExtraError, NewerFormatError, OfframpError, SourceError, UnknownLabelError
from offramp.files import make_folder, write_atomic
from offramp.parallel import finished
from offramp.sources.candidates import FOLDER as PLACE
from offramp.sources.candidates import SCHEMA, Candidate, misfit, path_of, read_record
from offramp.sources.evidence import Evidence, Source, read_evidence
from offramp.sources.languages import is_analysed
from offramp.sources.pins import words_at
from offramp.sources.store import text_of

FOLDER = PLACE.parts


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
        Why it was refused, or what was wrong with the file that had been
        written before, so that it was read again.
    """

    source: str
    status: str
    num_statements: int = 0
    reason: str = ""


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
        outcomes[name] = _entered(folder, outcomes[name], answer)
        watch(done, len(tasks))
    return list(outcomes.values())


def _entered(folder: Path, before: Outcome, answer: str) -> Outcome:
    """Write what was read in a source, and return what became of it."""
    record = json.loads(answer)
    if "refused" in record:
        return replace(before, status="refused", reason=record["refused"])
    write_atomic(path_of(folder, before.source), answer.encode())
    return replace(before, num_statements=len(record["statements"]))


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
    try:
        known = read_record(path_of(folder, source.id))  # also of one that is read again: what a newer program wrote is not overwritten
    except NewerFormatError as error:
        return Outcome(source.id, "refused", reason=str(error))
    except CaseError as error:
        return Outcome(source.id, "read", reason="; ".join(f"{problem.file}: {problem.found}" for problem in error.problems))
    if known is None or again or not _is_current(known[0], source):
        return Outcome(source.id, "read")
    why = misfit(known[1], text)
    if why:
        return Outcome(source.id, "read", reason=f"{PLACE / source.id}.json: {why}")
    return Outcome(source.id, "there", len(known[1].statements))


def _is_current(record: dict[str, Any], source: Source) -> bool:
    """Return whether a file says by which reader it was read, in which text, and what was known of it, as it would be now."""
    from offramp.reading.parse import reader_version

    return bool(record.get("reader") == reader_version() and all(record.get(key) == value for key, value in asdict(_task(source)).items()))


def _task(source: Source) -> Task:
    return Task(source.id, source.language, source.text_sha256, source.outlet, source.date or "")


def stored(folder: Path, source: str) -> dict[str, Any] | None:
    """Return what was read in a source, as it was written; None where nothing was.

    Raises
    ------
    CaseError
        If the file is damaged, or a newer program has written it.
    """
    found = read_record(path_of(folder, source))
    return found[0] if found is not None else None


def candidates(folder: Path, source: str, evidence: Evidence) -> list[Candidate]:
    """Return the candidates of a source, in the order of its text.

    Raises
    ------
    UnknownLabelError
        If the source is not there.
    SourceError
        If it is not analysed, its text is not there or not the one that was
        entered, it has not been read, or was read in another text.
    CaseError
        If the file of candidates is damaged, or a newer program has written it.
    """
    if source not in evidence.sources:
        raise UnknownLabelError("source", source, list(evidence.sources))
    entry = evidence.sources[source]
    if not is_analysed(entry.language):
        raise SourceError(f"{source} is in a language that is not analysed ({entry.language}); 'offramp pin' enters words of it")
    text = text_of(folder, entry)
    if text is None:
        raise SourceError(f"the text of {source} is not in this case; add the file first: the one with SHA-256 {entry.sha256}")
    found = read_record(path_of(folder, source))
    if found is None or found[1].text_sha256 != entry.text_sha256:
        raise SourceError(f"{source} has not been read, or its text is another by now; 'offramp read' reads it")
    why = misfit(found[1], text)
    if why:
        raise SourceError(f"{PLACE / source}.json is out of date: {why}; 'offramp read' reads {source} again")
    return found[1].statements

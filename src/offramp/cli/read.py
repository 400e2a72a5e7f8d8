"""`offramp read`: from a report to attributed statements, for a person to confirm."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from offramp.cli.choose import Form, FormOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from offramp.reading.candidates import Outcome
    from offramp.sources.evidence import Source
    from offramp.sources.extract import Extract


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("read", epilog="Example: offramp read report.txt --date 2026-02-18 --format json")(read)


def read(
    where: Annotated[Path, typer.Argument(metavar="REPORT", help="A report, or a case folder.", show_default=False)],
    source: Annotated[
        list[str] | None, typer.Option("--source", metavar="ID", help="Of a case: this source, and show it. Can be repeated.")
    ] = None,
    date: Annotated[str | None, typer.Option("--date", help="Of a file: when it was published, as far as known.")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="Of a file: who published it.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Of a case: read also what has been read.")] = False,
    workers: Annotated[int | None, typer.Option("--workers", min=1, help="Number of processes; by default one a core.")] = None,
    form: FormOption = Form.table,
) -> None:
    """Who said what, in which words, where they stand; candidates to confirm, nothing else."""
    from offramp.errors import ChoiceError

    if where.is_dir():
        if date or outlet:
            raise ChoiceError("--date and --outlet are of a single file; in a case they stand with its sources")
        _read_case(where, source or [], again, workers, form)
        return
    if source or again or workers:
        raise ChoiceError("--source, --again and --workers are of a case folder; this is a file")
    _read_file(where, date, outlet or "", form)


def _read_file(file: Path, date: str | None, outlet: str, form: Form) -> None:
    from offramp.cli.choose import as_date
    from offramp.reading import read_text
    from offramp.sources.extract import extract

    published, taken = as_date(date, "--date"), extract(file)
    found = read_text(taken.text, published, outlet).neutral(file.name)
    _tell_beside(taken, file.name)
    _print(found["text"], found["statements"], form, {"docs": [found]}, file.name)


def _tell_beside(taken: Extract, name: str) -> None:
    """Tell on stderr, so that the answer stays what it is, how the file was read, and where it is not English."""
    from offramp.cli.output import printable
    from offramp.cli.told_source import told_extract
    from offramp.sources.extract_language import detect_language
    from offramp.sources.languages import is_analysed

    language = detect_language(taken.text)
    lines = [f"{name}:", *told_extract(taken, None, language)]
    if not is_analysed(language or ""):
        lines.append("  note: only English is analysed; what was found in this text is not to be relied on")
    for line in lines:
        typer.echo(printable(line).replace("\n", " "), err=True)


def _read_case(folder: Path, names: Sequence[str], again: bool, workers: int | None, form: Form) -> None:
    import os

    from offramp.cli.folder import check_case
    from offramp.cli.output import print_notes
    from offramp.cli.progress import watching
    from offramp.reading.candidates import read_sources
    from offramp.sources.evidence import read_evidence

    check_case(folder)
    with watching("Reading sources") as watch:
        outcomes = read_sources(folder, names, again=again, workers=workers or os.cpu_count() or 1, watch=watch)
    print_notes(f"{one.reason}; the source was read again" for one in outcomes if one.reason and one.status == "read")
    if names:
        evidence = read_evidence(folder)
        for outcome in outcomes:
            _print_source(folder, evidence.sources[outcome.source], outcome, form)
    else:
        _print_outcomes(outcomes, form)
    if any(outcome.status == "refused" for outcome in outcomes):
        raise typer.Exit(1)


def _print_source(folder: Path, source: Source, outcome: Outcome, form: Form) -> None:
    from offramp.reading.candidates import stored
    from offramp.sources.store import text_of

    record = None if outcome.status == "refused" else stored(folder, source.id)
    text = None if record is None else text_of(folder, source)
    if record is None or text is None:
        _print_outcomes([outcome], form)
    else:
        _print(text, record["statements"], form, record, source.id)


_STATUS = {
    "read": "read",
    "there": "read before",
    "absent": "its text is not in the case",
    "language": "in a language that is stored and pinnable, but not analysed",
    "refused": "not read",
}


def _print_outcomes(outcomes: Sequence[Outcome], form: Form) -> None:
    from dataclasses import astuple

    from offramp.cli.output import print_csv, print_json, print_table

    if form is Form.json:
        rows = [{"source": one.source, "status": one.status, "statements": one.num_statements, "reason": one.reason} for one in outcomes]
        print_json({"schema": "offramp.read/1", "sources": rows})
        return
    if form is Form.csv:
        print_csv(["source", "status", "statements", "reason"], [list(astuple(one)) for one in outcomes])
        return
    total = sum(one.num_statements for one in outcomes)
    notes = [
        f"{total:,} statements were read in all. They are candidates in build/candidates; nothing was entered.",
        "--source ID shows them; 'offramp confirm CASE ID:NUMBER' enters one after you have read it in its place.",
    ]
    notes = [*(f"{one.source} was not read: {one.reason}" for one in outcomes if one.status == "refused"), *notes]
    table = [[one.source, _STATUS[one.status], str(one.num_statements) if one.status in ("read", "there") else ""] for one in outcomes]
    print_table(f"{len(outcomes)} source{'s' * (len(outcomes) != 1)}", ["Source", "", "Statements"], table, notes)


def _print(text: str, statements: Sequence[dict[str, Any]], form: Form, record: dict[str, Any], name: str) -> None:
    from offramp.cli.output import print_csv, print_json, print_table
    from offramp.sources.pins import words_at

    if form is Form.json:
        print_json(record)
        return
    rows = [
        [
            number,
            said["kind"],
            said["speaker"],
            " < ".join(said["via_chain"]),
            said["said_on"],
            ", ".join(mark for mark in ("negated", "hypothetical", "hearsay") if said[mark]),
            said["confidence"],
            words_at(text, [(start, end) for start, end in said["quote_spans"]]),
        ]
        for number, said in enumerate(statements, 1)
    ]
    if form is Form.csv:
        print_csv(["number", "kind", "speaker", "via", "said_on", "marks", "confidence", "quote"], rows)
        return
    notes = ["Read by rules on a parse: candidates, each to be read in its place before it counts. Confidence is the share that is right."]
    told = [[" ".join(str(cell).split()) for cell in row] for row in rows]
    print_table(f"{name}: {len(rows)} statements", ["", "Kind", "Speaker", "Via", "Said on", "Marks", "Conf.", "Words"], told, notes)

"""`offramp add`: store a source, once and unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from offramp.cli.choose import FolderArgument

if TYPE_CHECKING:
    from offramp.sources.extract import Extract


class Kind(StrEnum):
    """What a source is: the thing itself, or the analyst's own words about it."""

    original = "original"
    note = "note"


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("add", epilog='Example: offramp add my-case report.txt --outlet "Deutsche Welle" --date 2026-02-18')(add)


def add(
    case: FolderArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A txt, md, html, pdf, docx or eml file.", show_default=False)],
    name: Annotated[str | None, typer.Option("--id", help="The id of the source; by default made from the file name.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    date: Annotated[str | None, typer.Option(help="When, as far as known: YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
    url: Annotated[str | None, typer.Option(help="Where the original stands. Nothing is fetched.")] = None,
    language: Annotated[str | None, typer.Option(help="Such as en, ko, uk; by default it is detected.")] = None,
    obtained: Annotated[str | None, typer.Option(help="How you came by it.")] = None,
    kind: Annotated[Kind, typer.Option(help="original, or note: your own words about a report.")] = Kind.original,
    encoding: Annotated[str | None, typer.Option(help="Of a text or a page; by default it is detected.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be read; store nothing.")] = False,
) -> None:
    """Store a file as a source: its bytes once, its text beside them, both by their hash."""
    from offramp.cli.output import printable

    if dry_run:
        from offramp.cli.folder import case_folder
        from offramp.sources.extract import extract
        from offramp.sources.extract_language import detect_language

        case_folder(case)
        found = extract(file, encoding=encoding)
        lines = ["nothing was stored", *_read(found, language, None if language else detect_language(found.text))]
    else:
        from offramp.sources.store import add_source

        details = {"outlet": outlet, "date": date, "url": url, "language": language, "obtained": obtained}
        added = add_source(Path(case), file, id=name, kind=kind.value, encoding=encoding, **details)
        assert added.found is not None
        lines = [str(added), *_read(added.found, language, added.language)]
    for line in lines:
        typer.echo(printable(line).replace("\n", " "))


def _read(found: Extract, given: str | None, detected: str | None) -> Iterator[str]:
    """Yield what was read, in which language, what was not, and what the file says about itself."""
    from offramp.sources.extract_kind import CALLED

    encoding = f" in {found.encoding}, {found.how}" if found.encoding else ""
    yield f"  read as {CALLED[found.kind]}{encoding}; {len(found.text):,} characters, by {found.extractor}"
    yield f"  language: {_language(given, detected)}"
    yield from (f"  note: {note}" for note in found.notes)
    for suggestion in found.suggestions:
        yield f"  it says of itself: {suggestion.what} {suggestion.value} ({suggestion.where}); not entered"


def _language(given: str | None, detected: str | None) -> str:
    if given:
        return f"{given}, as you said"
    if detected is None:
        return "not looked for; pip install 'offramp[documents]' brings what detects it"
    return f"{detected}, as detected" if detected else "undetermined"

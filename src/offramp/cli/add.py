"""`offramp add`: store a source, once and unchanged."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from offramp.cli.choose import FolderArgument


class Kind(StrEnum):
    """What a source is: the thing itself, or the analyst's own words about it."""

    original = "original"
    note = "note"


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("add", epilog='Example: offramp add my-case report.txt --outlet "Deutsche Welle" --date 2026-02-18')(add)


def add(
    case: FolderArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A txt or md file in UTF-8.", show_default=False)],
    name: Annotated[str | None, typer.Option("--id", help="The id of the source; by default made from the file name.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    date: Annotated[str | None, typer.Option(help="When, as far as known: YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
    url: Annotated[str | None, typer.Option(help="Where the original stands. Nothing is fetched.")] = None,
    language: Annotated[str | None, typer.Option(help="Such as en, ko, uk.")] = None,
    obtained: Annotated[str | None, typer.Option(help="How you came by it.")] = None,
    kind: Annotated[Kind, typer.Option(help="original, or note: your own words about a report.")] = Kind.original,
) -> None:
    """Store a file as a source: its bytes once, its text beside them, both by their hash."""
    from offramp.sources.store import add_source

    added = add_source(Path(case), file, id=name, outlet=outlet, date=date, url=url, language=language, obtained=obtained, kind=kind.value)
    typer.echo(str(added))

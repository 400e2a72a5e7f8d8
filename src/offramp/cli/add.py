"""`offramp add`: store a source, once and unchanged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from offramp.cli.app import tell_error
from offramp.cli.choose import FolderArgument
from offramp.cli.told_source import told_extract, told_further, told_stored
from offramp.errors import ChoiceError

if TYPE_CHECKING:
    from offramp.sources.store import AddedSource


class Kind(StrEnum):
    """What a source is: the thing itself, or the analyst's own words about it."""

    original = "original"
    note = "note"


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("add", epilog='Example: offramp add my-case report.txt --outlet "Deutsche Welle" --date 2026-02-18')(add)


def add(
    case: FolderArgument,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="txt, md, html, pdf, docx and eml files.", show_default=False)],
    name: Annotated[str | None, typer.Option("--id", help="Of a single file: its id; by default made from the name.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    date: Annotated[str | None, typer.Option(help="When, as far as known: YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
    url: Annotated[str | None, typer.Option(help="Of a single file: where the original stands. Nothing is fetched.")] = None,
    language: Annotated[str | None, typer.Option(help="A code such as en, ko, uk; by default it is detected.")] = None,
    obtained: Annotated[str | None, typer.Option(help="How you came by it.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="original (default), or note: your own words about a report.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Of a text or a page; by default it is detected.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be read; store nothing.")] = False,
) -> None:
    """Store files as sources: their bytes once, their text beside them, both by their hash."""
    if len(files) > 1 and (name is not None or url is not None):
        raise ChoiceError(f"--id and --url are of a single file; {len(files)} files were given")
    details: dict[str, Any] = {"outlet": outlet, "date": date, "language": language, "obtained": obtained, "kind": kind and kind.value}
    if dry_run:
        _look(case, files, {"id": name, "url": url, **details}, encoding)
    elif len(files) == 1:
        from offramp.sources.store import add_source

        _tell(add_source(Path(case), files[0], id=name, url=url, encoding=encoding, **details), language)
    else:
        _add_all(Path(case), files, details, encoding)


def _look(case: str, files: Sequence[Path], details: Mapping[str, str | None], encoding: str | None) -> None:
    from offramp.cli.folder import case_folder
    from offramp.sources.extract import extract
    from offramp.sources.extract_language import detect_language
    from offramp.sources.store import checked_details

    case_folder(case)
    language = checked_details(details)["language"]
    _say("nothing was stored")
    for file in files:
        found = extract(file, encoding=encoding)
        detected = None if language else detect_language(found.text)
        _say(*([f"{file.name}:"] if len(files) > 1 else []), *told_extract(found, language, detected))


def _add_all(case: Path, files: Sequence[Path], details: Mapping[str, Any], encoding: str | None) -> None:
    """Store all that can be, tell each that cannot, and how many there were."""
    from offramp.cli.progress import watching
    from offramp.sources.intake import RefusedFile
    from offramp.sources.store import add_sources

    count: Counter[str] = Counter()
    with watching("Reading files") as watch:
        for answer in add_sources(case, files, encoding=encoding, watch=watch, **details):
            if isinstance(answer, RefusedFile):
                count["refused"] += 1
                tell_error(answer.error)
            else:
                count[answer.status] += 1
                _tell(answer, details["language"])
    said = {"added": "added", "filled": "filled in", "there": "there already", "refused": "refused"}
    _say(f"{len(files)} files: " + ", ".join(f"{count[status]} {words}" for status, words in said.items() if count[status]))
    if count["refused"]:
        raise typer.Exit(1)


def _tell(added: AddedSource, language: str | None) -> None:
    if added.status == "added":
        _say(str(added), *told_extract(added.found, added.source.language if language else None, added.language))
        return
    unlike = (f"  note: {one}" for one in added.unlike)
    _say(str(added), told_stored(added.source), *unlike, *told_further(added.found))


def _say(*lines: str) -> None:
    from offramp.cli.output import printable

    for line in lines:
        typer.echo(printable(line).replace("\n", " "))

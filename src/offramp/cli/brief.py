"""`offramp brief`: the whole case told, for one audience."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from offramp.cli.choose import AsOfOption, FolderArgument
from offramp.errors import ChoiceError, LeakError


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("brief", epilog="Example: offramp brief my-case --for public")(brief)


def brief(
    case: FolderArgument,
    audience: Annotated[str | None, typer.Option("--for", metavar="public|internal", help="Who will read it. There is no default.")] = None,
    to: Annotated[Path | None, typer.Option("--to", help="The folder to write to; by default build/AUDIENCE in the case.")] = None,
    as_of: AsOfOption = None,
) -> None:
    """Write brief.html and brief.md: what can move, who, how, what then, lawful or not, in how many readings."""
    from offramp.cli.choose import as_date
    from offramp.cli.folder import case_folder
    from offramp.files import refuse_links
    from offramp.report.brief import AUDIENCES, make_brief, write_brief
    from offramp.sources.protect import find_leaks, read_identifiers

    if audience not in AUDIENCES:
        found = "no audience is chosen" if audience is None else f"{audience!r} is no audience"
        raise ChoiceError(f"{found}; write --for public or --for internal (an internal brief shows quotations in their context)")
    date = as_date(as_of)
    folder = case_folder(case)
    if to is None and not Path(case).is_dir():
        raise ChoiceError("a case of the catalogue is not written to; say where with --to FOLDER, or copy it with offramp demo")
    out = to if to is not None else folder / "build" / audience
    identifiers = read_identifiers(folder)
    leaks = find_leaks({"folders in the path of --to": "\n".join(to.parts)}, identifiers) if to is not None else []
    if leaks:
        raise LeakError("\n".join(["nothing was written; name other folders:", *map(str, leaks)]))
    refuse_links(*() if to is not None else (out.parent, out))
    made = make_brief(folder, audience, date)
    paths = write_brief(out, made, identifiers)
    if audience == "public" and not identifiers:
        _say_unsearched(made.num_protected)
    for path in paths:
        typer.echo(str(path))


def _say_unsearched(number: int) -> None:
    """Say on stderr that protected people were searched for by no identifier, if there are any."""
    if number:
        people = "1 person" if number == 1 else f"{number} people"
        told = f"note: the case protects {people} and private/ lists no identifier of theirs; nothing was searched for"
        typer.echo(told, err=True)

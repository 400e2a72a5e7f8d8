"""`offramp confirm`: enter candidates that a person has read in their place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from offramp.cli.choose import FolderArgument


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("confirm", epilog="Example: offramp confirm my-case report:3")(confirm)


def confirm(
    case: FolderArgument,
    candidate: Annotated[str, typer.Argument(metavar="SOURCE:NUMBER", help="As 'offramp read' numbers them.", show_default=False)],
    speaker: Annotated[
        str | None, typer.Option(help="Who said it, where that was read otherwise: an id, a known name, or a new one.")
    ] = None,
    name: Annotated[str | None, typer.Option("--id", help="The id of the statement; by default the next of s1, s2, …")] = None,
    restricted: Annotated[bool, typer.Option("--restricted", help="Withhold the words from public output.")] = False,
) -> None:
    """Enter a candidate as a statement, pinned where it was read."""
    from offramp.cli.output import printable
    from offramp.reading.confirm import confirm as confirmed

    typer.echo(printable(str(confirmed(Path(case), candidate, speaker=speaker, id=name, restricted=restricted))))

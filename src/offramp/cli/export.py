"""`offramp export`: one cell of a case as a model of another program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from offramp.cli.choose import AsOfOption, CaseArgument, ContestedOption, ReadingOption


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("export", epilog="Example: offramp export elmira-12 --to elmira.gmcr")(export)


def export(
    case: CaseArgument,
    to: Annotated[Path, typer.Option("--to", help="The .gmcr file to write; it must not exist.", show_default=False)],
    reading: ReadingOption = None,
    contested: ContestedOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Write one cell of a case as a .gmcr file, for GMCR+, and say what has no place in it."""
    from offramp.cli.choose import choose, opened
    from offramp.cli.output import printable
    from offramp.interchange.gmcr import to_gmcr, write_gmcr

    builder = opened(case, as_of)
    choice = choose(builder, reading, contested)
    content, left_out = to_gmcr(builder.file, dict(choice.readings), dict(choice.contested), builder.standing.variant.as_of)
    write_gmcr(to, content, builder.file.folder)
    typer.echo(printable(f"wrote {to}"))
    for line in left_out:
        typer.echo(printable(f"left out: {line}"))

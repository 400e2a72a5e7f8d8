"""`offramp import`: a case folder from a model of another program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("import", epilog="Example: offramp import elmira.gmcr --to elmira")(import_)


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .gmcr file, as GMCR+ saves it.", show_default=False)],
    to: Annotated[Path, typer.Option("--to", help="The folder to make; it must not exist.", show_default=False)],
    title: Annotated[str | None, typer.Option("--title", help="What the case is called; by default the name of the file.")] = None,
) -> None:
    """Make a case folder from a model of GMCR+, and say what has no place in it."""
    from offramp.case.scaffold import write_case
    from offramp.cli.output import printable
    from offramp.interchange.gmcr import read_gmcr, to_case_text

    text, left_out = to_case_text(read_gmcr(file), title)
    write_case(to, text)
    typer.echo(printable(f"made {to}: say in case.yaml which state holds now (status_quo), then offramp check {to}"))
    for line in left_out:
        typer.echo(printable(f"left out: {line}"))

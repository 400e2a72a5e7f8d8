"""`offramp new`: an empty case folder with a worked example inside."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("new", epilog='Example: offramp new strike --title "The port strike"')(new)


def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to make; it must not exist.", show_default=False)],
    title: Annotated[str, typer.Option("--title", help="What the case is called.")] = "A deadlock",
) -> None:
    """Make a case folder: a small example to replace, a place for sources, and one for what must not leave."""
    from offramp.case.scaffold import make_case

    make_case(folder, title)
    typer.echo(f"made {folder}: edit case.yaml, then offramp check {folder}")

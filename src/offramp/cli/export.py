"""`offramp export`: one cell of a case as a model of another program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from offramp.cli.choose import AsOfOption, CaseArgument, ContestedOption, MergeOption, ReadingOption


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("export", epilog="Example: offramp export elmira-12 --to elmira.gmcr")(export)


def export(
    case: CaseArgument,
    to: Annotated[Path, typer.Option("--to", help="The file to write, .gmcr or .nfg; it must not exist.", show_default=False)],
    reading: ReadingOption = None,
    contested: ContestedOption = None,
    merge: MergeOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Write one cell of a case for another program, and say what has no place there: .gmcr for GMCR+, .nfg for Gambit."""
    from offramp.cli.choose import choose, members, opened
    from offramp.cli.output import printable
    from offramp.interchange.export import exported

    builder = opened(case, as_of)
    choice = choose(builder, reading, contested)
    as_one = [members(builder.case, coalition) or [] for coalition in merge or ()]
    said = exported(to, builder.file, dict(choice.readings), dict(choice.contested), builder.standing.variant.as_of, as_one)
    typer.echo(printable(f"wrote {to}"))
    for line in said:
        typer.echo(printable(line))

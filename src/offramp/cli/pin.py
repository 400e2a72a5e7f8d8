"""`offramp pin`: pin a statement to the exact words of a source."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from offramp.cli.choose import FolderArgument


class Kind(StrEnum):
    """How the words give what was said."""

    direct = "direct"
    indirect = "indirect"
    mixed = "mixed"
    fact = "fact"


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("pin", epilog='Example: offramp pin my-case report "is essential" --speaker "Korean Institute for National Unification"')(
        pin
    )


def pin(
    case: FolderArgument,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The id of a source.", show_default=False)],
    words: Annotated[str, typer.Argument(metavar="WORDS", help="The exact words; ' [...] ' joins pieces.", show_default=False)],
    speaker: Annotated[str | None, typer.Option(help="Who said it: an id, a known name, or a new one.")] = None,
    relayed_by: Annotated[list[str] | None, typer.Option("--relayed-by", help="Who passed it on. Can be repeated.")] = None,
    said_on: Annotated[str | None, typer.Option("--said-on", help="When, as far as known.")] = None,
    kind: Annotated[Kind, typer.Option(help="How the words give what was said.")] = Kind.direct,
    note: Annotated[str | None, typer.Option(help="A remark of yours.")] = None,
    name: Annotated[str | None, typer.Option("--id", help="The id of the statement; by default the next of s1, s2, …")] = None,
    nth: Annotated[int | None, typer.Option(min=1, help="Which occurrence, if the words stand more than once.")] = None,
    restricted: Annotated[bool, typer.Option("--restricted", help="Withhold the words from public output.")] = False,
) -> None:
    """Pin a statement to the exact words of a source; they must stand there exactly."""
    from offramp.cli.output import printable
    from offramp.sources.pins import pin as pinned

    statement = pinned(
        Path(case),
        source,
        words,
        id=name,
        speaker=speaker,
        relayed_by=tuple(relayed_by or ()),
        said_on=said_on,
        kind=kind.value,
        note=note,
        nth=nth,
        restricted=restricted,
    )
    typer.echo(printable(str(statement)))

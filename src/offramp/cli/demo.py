"""`offramp demo`: the bundled case, from its sources to the brief."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from offramp.report.told import Answer

DEFAULT = Path("offramp-demo")


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("demo", epilog="Example: offramp demo --to demo")(demo)


def demo(
    to: Annotated[Path, typer.Option("--to", help="The folder for the case; one that an earlier demo made is used again.")] = DEFAULT,
) -> None:
    """Tell the bundled case: copy it, verify its sources, look through every reading, write the brief."""
    from offramp.analysis.findings import findings
    from offramp.analysis.grid import Grid
    from offramp.case.load import read_case
    from offramp.files import refuse_links
    from offramp.model.build import Builder
    from offramp.report.brief import brief, write_brief
    from offramp.report.story import story
    from offramp.report.turning import asked_flips
    from offramp.sources.evidence import read_evidence
    from offramp.sources.protect import read_identifiers
    from offramp.sources.verify import verify

    _settle(to)
    verification = verify(to)
    file, evidence = read_case(to), read_evidence(to)
    builder = Builder(file)
    cells = Grid(builder).cells()
    found = findings(builder, cells)
    turning = asked_flips(builder)
    telling = story(file, evidence, found, "public", turning)
    refuse_links(to / "build", to / "build" / "public")
    paths = write_brief(to / "build" / "public", brief(file, evidence, found, "public", turning), read_identifiers(to))
    _tell(telling.title, telling.answer)
    few, many = found.num_states
    typer.echo(
        f"{len(evidence.sources)} sources, {len(evidence.statements)} statements, "
        f"{few if few == many else f'{few} to {many}'} states, {len(cells)} combinations."
    )
    if not verification.ok:
        typer.echo(f"Sources or quotations were changed since they were entered: offramp verify {to}")
    typer.echo(f"The brief: {paths[0]}")


def _settle(to: Path) -> None:
    """Copy the bundled case to `to`, unless an earlier demo did."""
    from offramp import catalogue
    from offramp.case.scaffold import copy_case
    from offramp.errors import ChoiceError

    if not to.exists():
        to.absolute().parent.mkdir(parents=True, exist_ok=True)
        copy_case(catalogue.folder(catalogue.BUNDLED), to)
    elif not (to / "case.yaml").is_file():
        raise ChoiceError(f"{to} is there and is no case folder; name another with --to")


def _tell(title: str, answer: Answer) -> None:
    """Print the first screen of the brief."""
    import textwrap

    from offramp.cli.output import WIDTH, printable
    from offramp.report.words import plain

    def say(words: str, first: str = "", rest: str = "") -> None:
        typer.echo(textwrap.fill(printable(words), WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False))

    typer.secho(printable(title), bold=True)
    typer.echo()
    say(plain(answer.lead))
    for point in answer.points:
        typer.echo()
        say(point.question)
        for line in point.answers:
            say(plain(line), "  - ", "    ")
    typer.echo()
    say("How, in order, in how many combinations, and what to mind?")
    for glance in answer.glances:
        warnings = "; ".join(plain(warning) for warning in glance.warnings)
        say(f"{plain(glance.way)}, {plain(glance.cells)}: {plain(glance.moves)}. {warnings}", "  - ", "    ")
    typer.echo()

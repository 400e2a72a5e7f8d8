"""`offramp renderings`: one utterance in several reports, side by side, and what was altered on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from offramp.cli.choose import FolderArgument, Form, FormOption

if TYPE_CHECKING:
    from offramp.sayings.gather import Gathered
    from offramp.sayings.renderings import Renderings, Utterance

SHOWN = 50
"""Utterances told in a table by default."""

ThresholdOption = Annotated[float, typer.Option(min=0.3, max=1.0, help="Points from which two sayings are linked.")]
SureOption = Annotated[float, typer.Option(min=0.3, max=1.0, help="Points from which one link joins two groups, whatever else is in them.")]
DaysOption = Annotated[int, typer.Option(min=0, help="Days from which two dates speak against one utterance.")]
ConfidenceOption = Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave out what 'offramp read' found with less confidence.")]
PinnedOption = Annotated[bool, typer.Option("--pinned", help="Only what is pinned in evidence.yaml.")]


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("renderings", epilog="Example: offramp renderings two-prisoners")(renderings)


def renderings(
    case: FolderArgument,
    threshold: ThresholdOption = 0.5,
    sure: SureOption = 0.75,
    days: DaysOption = 60,
    confidence: ConfidenceOption = 0.0,
    pinned: PinnedOption = False,
    altered: Annotated[bool, typer.Option("--altered", help="Only utterances with altered or differing quotations.")] = False,
    limit: Annotated[int, typer.Option(min=1, help=f"Tell at most this many utterances in a table; {SHOWN} by default.")] = SHOWN,
    form: FormOption = Form.table,
) -> None:
    """One utterance in several reports: the renderings side by side, what differs, who has it from whom, what contradicts."""
    from dataclasses import replace

    from offramp.cli.folder import case_folder, check_case
    from offramp.cli.output import print_csv, print_json, print_notes
    from offramp.cli.progress import watching
    from offramp.report.renderings_records import RENDERINGS_HEADER, renderings_record, renderings_rows
    from offramp.sayings.gather import gather
    from offramp.sayings.link import Settings
    from offramp.sayings.renderings import renderings as rendered

    folder = check_case(case_folder(case))
    gathered = gather(folder, confidence, only_pinned=pinned)
    with watching("Comparing sayings") as watch:
        found = rendered(gathered.sayings, Settings(threshold, max(sure, threshold), days), watch)
    if altered:
        found = replace(found, utterances=tuple(one for one in found.utterances if one.is_different))
    if form is Form.json:
        print_json(renderings_record(found, gathered, folder.resolve().name))
    elif form is Form.csv:
        print_notes(gathered.notes(folder.resolve().name))
        print_csv(RENDERINGS_HEADER, renderings_rows(found))
    else:
        _print(found, gathered, folder.resolve().name, limit)


def _print(found: Renderings, gathered: Gathered, name: str, limit: int) -> None:
    from offramp.cli.told import tell
    from offramp.report.renderings_words import notes, shown

    there = [one for one in found.utterances if shown(one)]
    for number, one in enumerate(there[:limit], 1):
        _print_one(number, one)
    tell(notes(found, gathered, name, limit))


def _print_one(number: int, one: Utterance) -> None:
    from offramp.cli.output import print_table
    from offramp.cli.told import tell
    from offramp.report.renderings_words import Telling

    telling = Telling(one)
    print_table(f"{number}. {telling.title()}", ["", "Report", "How", "Words"], telling.rows())
    tell(f"- {line}" for line in telling.lines())
    typer.echo()


__all__ = ["register", "renderings"]

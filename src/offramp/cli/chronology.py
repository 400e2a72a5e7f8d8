"""`offramp chronology`: what was said and what happened, by date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from offramp.cli.choose import FolderArgument, Form, FormOption, PlotOption
from offramp.cli.renderings import ConfidenceOption, PinnedOption

if TYPE_CHECKING:
    from offramp.sayings.chronology import Event

SHOWN = 200
"""Events told in a table by default."""
FromOption = Annotated[str | None, typer.Option("--from", metavar="DATE", help="Only what may lie at this date or later.")]
ToOption = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Only what may lie at this date or earlier.")]
SpeakerOption = Annotated[str | None, typer.Option(metavar="NAME", help="Only what this speaker says: an id, a name or a spelling.")]


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("chronology", epilog="Example: offramp chronology two-prisoners --from 2026-02")(chronology)


def chronology(
    case: FolderArgument,
    start: FromOption = None,
    end: ToOption = None,
    speaker: SpeakerOption = None,
    source: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only what stands in this source. Can be repeated.")] = None,
    confidence: ConfidenceOption = 0.0,
    pinned: PinnedOption = False,
    limit: Annotated[int, typer.Option(min=1, help=f"Tell at most this many in a table; {SHOWN} by default.")] = SHOWN,
    plot: PlotOption = None,
    form: FormOption = Form.table,
) -> None:
    """What was said and what happened, by date; imprecise dates as they are, what has no date apart."""
    from offramp.cli.folder import case_folder, check_case
    from offramp.cli.output import print_csv, print_json, print_notes
    from offramp.report.chronology_events import judgement_events
    from offramp.report.chronology_records import CHRONOLOGY_HEADER, chronology_record, chronology_rows
    from offramp.sayings.chronology import chronology as ordered
    from offramp.sayings.gather import gather

    if plot is not None:
        from offramp.report.plots.style import check_suffix

        check_suffix(plot)
    folder = check_case(case_folder(case))
    name = folder.resolve().name
    gathered = gather(folder, confidence, only_pinned=pinned)
    judgements = judgement_events(folder, gathered.evidence)
    events = ordered(gathered, folder, judgements, start=start or "", end=end or "", speaker=speaker or "", sources=source or ())
    if plot is not None:
        from offramp.report.plots.chronology import plot_chronology
        from offramp.report.plots.style import figure_of, save

        save(figure_of(plot_chronology(events, title=name, start=start or "", end=end or "")), plot)
    if form is Form.json:
        print_json(chronology_record(events, gathered, name))
    elif form is Form.csv:
        print_notes(gathered.notes(name))
        print_csv(CHRONOLOGY_HEADER, chronology_rows(events))
    else:
        _print(events, name, limit, gathered.notes(name))


def _print(events: Sequence[Event], name: str, limit: int, notes: Sequence[str]) -> None:
    from offramp.cli.output import print_table
    from offramp.cli.told import tell
    from offramp.report.chronology_words import notes as told
    from offramp.report.chronology_words import rows, shown

    there = shown(events)[:limit]
    dated = [event for event in there if event.when is not None]
    undated = [event for event in there if event.when is None]
    if dated:
        print_table(f"{name}: by date", ["Date", "What", "Words"], rows(dated))
    if undated:
        print_table(f"{name}: without a date", ["", "What", "Words"], rows(undated))
    tell([*told(events, name, limit), *notes])


__all__ = ["chronology", "register"]

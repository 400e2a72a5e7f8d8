"""`offramp timeline`: the case at every date on which something changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from offramp.cli.choose import CaseArgument, ContestedOption, Form, FormOption, PlotOption, ReadingOption

if TYPE_CHECKING:
    from offramp.analysis.timeline import Moment
    from offramp.model.build import Builder
    from offramp.report.history import History
    from offramp.sources.evidence import Evidence

HeadlineOption = Annotated[
    list[str] | None,
    typer.Option("--headline", metavar="NAME", help="A headline, or a kind of them, instead of who has a way out. Can be repeated."),
]


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("timeline", epilog="Example: offramp timeline two-prisoners")(timeline)


def timeline(
    case: CaseArgument,
    reading: ReadingOption = None,
    contested: ContestedOption = None,
    headline: HeadlineOption = None,
    plot: PlotOption = None,
    form: FormOption = Form.table,
) -> None:
    """Who could have moved when: the case at every date on which something changes, and what opened or ended it."""
    from offramp.analysis.timeline import timeline as moments_of
    from offramp.cli.choose import opened, throughout
    from offramp.cli.output import print_csv, print_json
    from offramp.report.history import followed

    if plot is not None:
        from offramp.report.plots.style import check_suffix

        check_suffix(plot)
    builder = opened(case)
    moments = moments_of(builder, throughout(builder, reading, contested))
    names = followed(moments, headline)
    if plot is not None:
        _draw(builder, moments, names, plot)
    if form is Form.json:
        print_json(_record(builder, moments, names, headline is not None))
    elif form is Form.csv:
        print_csv(*_rows(moments, names))
    else:
        _print(builder, moments, names, headline is None)


def _draw(builder: Builder, moments: Sequence[Moment], names: Sequence[str], path: str) -> None:
    from offramp.report.plots.style import figure_of, save
    from offramp.report.plots.timeline import plot_timeline

    save(figure_of(plot_timeline(moments, names=names, title=builder.case.title)), path)


def _record(builder: Builder, moments: Sequence[Moment], names: Sequence[str], is_asked: bool) -> dict[str, Any]:
    return {
        "schema": "offramp.timeline/1",
        "case": builder.case.title,
        "as_of": builder.standing.as_of,
        "headlines": list(names),
        "moments": [_moment(moment, names if is_asked else list(moment.shares)) for moment in moments],
    }


def _moment(moment: Moment, names: Sequence[str]) -> dict[str, Any]:
    from offramp.analysis.headlines import level
    from offramp.case.yaml_reader import dotted

    return {
        "date": moment.date,
        "is_now": moment.is_now,
        "num_cells": moment.num_cells,
        "shares": {} if moment.reason else {name: moment.shares.get(name, 0.0) for name in names},
        "levels": {} if moment.reason else {name: level(moment.shares.get(name, 0.0)) for name in names},
        "reason": moment.reason,
        "events": [
            {
                "label": dotted(event.path),
                "begins": event.begins,
                "reason": event.reason,
                "moves": [
                    {"headline": turn.headline, "without": turn.before, "with": turn.after, "turns": turn.levels[0] != turn.levels[1]}
                    for turn in event.turns
                    if turn.headline in names
                ],
            }
            for event in moment.events
        ],
    }


def _rows(moments: Sequence[Moment], names: Sequence[str]) -> tuple[list[str], list[list[object]]]:
    """Return one row a date: what begins and ends, then the share of every headline that is told."""
    from offramp.case.yaml_reader import dotted

    rows: list[list[object]] = []
    for moment in moments:
        begins = " ".join(dotted(event.path) for event in moment.events if event.begins)
        ends = " ".join(dotted(event.path) for event in moment.events if not event.begins)
        shares: list[object] = ["" if moment.reason else round(moment.shares.get(name, 0.0), 12) for name in names]
        rows.append([moment.date, begins, ends, moment.num_cells, *shares, moment.reason])
    return ["date", "begins", "ends", "num_cells", *names, "reason"], rows


def _print(builder: Builder, moments: Sequence[Moment], names: Sequence[str], is_usual: bool) -> None:
    from offramp.cli.output import print_table
    from offramp.cli.told import tell
    from offramp.report.history import History
    from offramp.report.voice import Voice

    history = History(Voice(builder.file, _evidence(builder), True), moments, names)
    header = ["Date", "Combinations", *(["Some way out", "Lawful", "Clear", "Who has it"] if is_usual else ["In how many"])]
    rows = [[moment.date + " (the case)" * moment.is_now, *_cells(history, moment, is_usual)] for moment in moments]
    print_table(f"{builder.case.title}: who could move when", header, rows)
    changes = [[moment.date, *change] for moment in moments for change in history.changes(moment)]
    if changes:
        rows = [[date if place == 0 or changes[place - 1][0] != date else "", *rest] for place, (date, *rest) in enumerate(changes)]
        print_table("What began (+) and ended (−)", ["Date", "Change", "What it turns by itself: without it → with it"], rows)
    tell(f"- {line}" for line in history.sentences())


def _cells(history: History, moment: Moment, is_usual: bool) -> list[str]:
    """Return one row: how many cells there are, and in how many the headlines are true."""
    from offramp.report.history import amount

    if moment.reason:
        return ["", "cannot be solved", *[""] * (3 * is_usual)]
    there = [name for name in history.names if moment.shares.get(name) or not name.startswith(("mover.", "end."))]
    total = f"{moment.num_cells:,}"
    if not is_usual:
        return [total, "\n".join(f"{name}: {amount(moment, name)}" for name in there)]
    movers = [f"{history.voice.names(name[6:].split('+'))}: {amount(moment, name)}" for name in there if name.startswith("mover.")]
    return [total, *(amount(moment, name) for name in ("can_move", "lawful", "clear")), "\n".join(movers) or "nobody"]


def _evidence(builder: Builder) -> Evidence:
    from offramp.sources.evidence import Evidence, read_evidence

    folder = builder.file.folder
    return read_evidence(folder) if folder is not None else Evidence({}, {}, {})

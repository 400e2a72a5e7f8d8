"""`offramp intervene`: what somebody outside could add, and where a way out opens then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from offramp.cli.choose import AsOfOption, CaseArgument, ContestedOption, Form, FormOption, PlotOption, ReadingOption

if TYPE_CHECKING:
    from offramp.analysis.intervene import Interventions
    from offramp.model.build import Builder
    from offramp.report.intervened import Intervened


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("intervene", epilog="Example: offramp intervene two-prisoners")(intervene)


def intervene(
    case: CaseArgument,
    most: Annotated[int, typer.Option("--most", min=1, help="Add at most this many together.")] = 2,
    reading: ReadingOption = None,
    contested: ContestedOption = None,
    as_of: AsOfOption = None,
    limit: Annotated[int, typer.Option(min=1, help="In the table, tell at most this many rows.")] = 30,
    plot: PlotOption = None,
    form: FormOption = Form.table,
) -> None:
    """What somebody outside could add, alone and in pairs, and in how many cells a way out opens then."""
    from offramp.analysis.intervene import interventions
    from offramp.cli.choose import opened, within
    from offramp.cli.output import print_csv, print_json
    from offramp.report.change_records import INTERVENE_HEADER, intervene_record, intervene_rows

    if plot is not None:
        from offramp.report.plots.style import check_suffix

        check_suffix(plot)
    builder = opened(case, as_of)
    builder = builder.varied(within(builder, reading, contested))
    found = interventions(builder, most=most)
    if plot is not None:
        _draw(builder, found, plot)
    if form is Form.json:
        print_json(intervene_record(builder, found, most))
    elif form is Form.csv:
        print_csv(INTERVENE_HEADER, intervene_rows(found))
    else:
        _print(builder, found, limit)


def _draw(builder: Builder, found: Interventions, plot: str) -> None:
    from offramp.report.plots.intervene import plot_interventions
    from offramp.report.plots.style import figure_of, save

    save(figure_of(plot_interventions(_told(builder, found))), plot)


def _told(builder: Builder, found: Interventions) -> Intervened:
    from offramp.report.intervened import Intervened
    from offramp.sources.evidence import Evidence, read_evidence

    folder = builder.file.folder
    return Intervened(builder, read_evidence(folder) if folder is not None else Evidence({}, {}, {}), found)


def _print(builder: Builder, found: Interventions, limit: int) -> None:
    from offramp.cli.output import print_table
    from offramp.cli.told import tell

    told = _told(builder, found)
    tell([told.title()], bold=True)
    tell([told.lead()])
    print_table("", ["Intervention", "What it is", "Who could add it"], told.described())
    rows = told.rows()
    more = [f"{len(rows) - limit} more rows are not shown: --limit shows more."] if len(rows) > limit else []
    if rows:
        print_table("", ["Added", "Lawful way out", "Clear way out", "Any way out", "Basis"], rows[:limit], more)
    tell([*told.impossible(), *told.notes()])

"""`offramp ways`: who can leave the status quo, alone or together, and what follows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from offramp.cli.choose import AsOfOption, CaseArgument, ContestedOption, Form, FormOption, ReadingOption
from offramp.errors import ChoiceError

if TYPE_CHECKING:
    from offramp.analysis.findings import Findings, Outcome, Route
    from offramp.analysis.grid import Cell
    from offramp.analysis.ways import Step
    from offramp.model.build import Builder


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("ways", epilog="Example: offramp ways two-prisoners --all-readings")(ways)


def ways(
    case: CaseArgument,
    all_readings: Annotated[bool, typer.Option("--all-readings", help="Every combination of readings and contested entries.")] = False,
    reading: ReadingOption = None,
    contested: ContestedOption = None,
    as_of: AsOfOption = None,
    limit: Annotated[int, typer.Option(min=1, help="Tell at most this many ways out of one coalition.")] = 10_000,
    form: FormOption = Form.table,
) -> None:
    """Who can leave the status quo, alone or together, in which order, and what follows."""
    from offramp.analysis.findings import findings
    from offramp.analysis.grid import Grid
    from offramp.cli.choose import choose, opened
    from offramp.cli.output import print_csv, print_json
    from offramp.report.records import ways_record

    if all_readings and (reading or contested):
        raise ChoiceError("--all-readings takes every reading and every side; leave out --reading and --contested")
    builder = opened(case, as_of)
    grid = Grid(builder, limit)
    cells = grid.cells() if all_readings else [grid.cell(choose(builder, reading, contested))]
    if form is Form.json:
        print_json(ways_record(builder, cells))
    elif form is Form.csv:
        print_csv(*_rows(builder, cells))
    else:
        _print(builder, findings(builder, cells))


def _rows(builder: Builder, cells: list[Cell]) -> tuple[list[str], list[list[object]]]:
    """Return one row a way out and end, with the cell's readings and sides."""
    from offramp.analysis.ways import steps
    from offramp.report.records import harm_label, step_label

    makers, contested = list(builder.case.decision_makers), list(builder.contested())
    header = ["cell", *makers, *contested, "coalition", "to", "code", "moves", "breaches", "harms", "wishes_met", "equilibrium"]
    header += ["end", "end_kind", "end_breaches", "end_harms", "end_wishes_met", "end_equilibrium"]
    rows: list[list[object]] = []
    for number, cell in enumerate(cells, 1):
        label = cell.model.states.label
        chosen: list[object] = [
            number,
            *(dict(cell.choice.readings)[dm] for dm in makers),
            *(int(cell.choice.sides[name]) for name in contested),
        ]
        for way in cell.ways:
            moved = " ".join(step_label(step) for step in steps(cell.model, way.moves))
            at = way.assessment
            itself: list[object] = [
                " ".join(way.coalition),
                way.state + 1,
                label(way.state),
                moved,
                " ".join(b.norm for b in at.breaches),
                " ".join(map(harm_label, at.harms)),
                " ".join(at.wishes_met),
                " ".join(way.equilibrium),
            ]
            for end in way.then:
                breaches = dict.fromkeys(b.norm for a in end.assessments for b in a.breaches)
                harms = dict.fromkeys(harm_label(harm) for a in end.assessments for harm in a.harms)
                met = [p for p in end.assessments[0].wishes_met if all(p in a.wishes_met for a in end.assessments)]
                rows.append(
                    [
                        *chosen,
                        *itself,
                        " ".join(map(label, end.end.states)),
                        "cycle" if end.end.is_cycle else "rest",
                        " ".join(breaches),
                        " ".join(harms),
                        " ".join(met),
                        " ".join(end.equilibrium),
                    ]
                )
    return header, rows


def _print(builder: Builder, found: Findings) -> None:
    from offramp.cli.choose import told_as_of
    from offramp.cli.output import print_table

    total = found.num_cells
    print_table(
        f"{builder.case.title}: ways out of {found.status_quo_code}",
        ["Way out", "Cells", "What follows"],
        [row for route in found.routes for row in _route_rows(builder, route, found)],
        [*told_as_of(builder), *_notes(builder, found)],
    )
    if found.claims:
        rows = [
            [builder.case.claims[name].name or name, *(str(count.cells) for count in (claim.supported, claim.refuted, claim.undecided))]
            for name, claim in found.claims.items()
        ]
        print_table("Claims", ["Claim", "Supported", "Refuted", "Undecided"], rows, [f"Counted over {_cells(total)}."])


def _route_rows(builder: Builder, route: Route, found: Findings) -> Iterator[list[str]]:
    """Yield one row an end, the first with the way out itself."""
    from offramp.report.records import where_text

    total, now = found.num_cells, found.status_quo_code
    where = where_text(route.count.where.readings, route.count.where.contested) if total > 1 else ""
    way = _who(route.coalition, route.steps)
    if total > 1:
        way += f"\nin {route.count.cells} of {total} cells" + (f" ({where})" if where else "")
    passing = [end.codes for end in route.ends] != [route.itself.codes]
    if passing:
        yield [way, str(route.itself.cells), _outcome(builder, "leads to ", route.itself)]
        way = ""
    for end in route.ends:
        yield [way, str(end.cells), ("then " if passing else "") + _outcome(builder, _verb(end, now), end)]
        way = ""


def _verb(end: Outcome, now: str) -> str:
    """Return how an end is told; nothing for the status quo, which has its own words."""
    return "goes round " if end.is_cycle else "" if end.codes == (now,) else "rests at "


def _notes(builder: Builder, found: Findings) -> list[str]:
    total = found.num_cells
    if not builder.standing.norms and not builder.standing.harms:
        return [f"Somebody has a way out in {found.can_move.cells} of {_cells(total)}. The case names no norm and no harm."]
    if total == 1:
        rests = ", ".join(concept for concept, count in found.at_rest.items() if count.cells) or "no concept"
        return [f"{_one(found)} The status quo is an equilibrium by {rests}."]
    rests = ", ".join(f"{concept} {count.cells}" for concept, count in found.at_rest.items())
    return [
        "Listed are the ways out of the smallest coalitions. Counting those of larger ones too:",
        f"of {total} cells, somebody has a way out in {found.can_move.cells}; one that is lawful throughout, in {found.lawful.cells}; "
        f"one that also does no harm the case knows of, in {found.clear.cells}.",
        f"Cells in which the status quo is an equilibrium: {rests}.",
    ]


def _one(found: Findings) -> str:
    """Return what a single cell comes to; the ways out of larger coalitions count too."""
    if not found.can_move.cells:
        return "Nobody has a way out."
    if found.clear.cells:
        return "Some way out, of these or of a larger coalition, is lawful throughout and does no harm that the case knows of."
    if found.lawful.cells:
        return "Some way out, of these or of a larger coalition, is lawful throughout; each such does harm."
    return "No way out, of whatever coalition, is lawful throughout."


def _cells(total: int) -> str:
    return f"{total} cell" if total == 1 else f"{total} cells"


def _who(coalition: tuple[str, ...], steps: tuple[Step, ...]) -> str:
    from offramp.report.records import step_label

    return " + ".join(coalition) + ": " + ", then ".join(step_label(step) for step in steps)


def _outcome(builder: Builder, verb: str, end: Outcome) -> str:
    """Return an outcome in one line: what leads where, whether it can be undone, breaches, harms, wishes."""
    from offramp.case.labels import short_labels
    from offramp.model.groups import is_open

    short = short_labels(builder.case)
    names = list(short.values())
    taken = [
        "+".join(names[k] for k, letter in enumerate(code) if letter == "Y") or "nothing done" if names and not is_open(code) else code
        for code in end.codes
    ]
    parts = [verb + " / ".join(taken) if verb else "falls back to the status quo"]
    if end.final:
        parts.append("CANNOT BE UNDONE: " + ", ".join(short[option] for option in end.final))
    elif not end.can_return:
        parts.append("NO WAY BACK")
    if end.breaches:
        parts.append("UNLAWFUL: " + ", ".join(_counted(breach.norm, cells, end.cells) for breach, cells in end.breaches.items()))
    if end.harms:
        parts.append("harm " + ", ".join(_counted(f"{harm.grade}:{harm.to}", cells, end.cells) for harm, cells in end.harms.items()))
    if end.wishes_met:
        parts.append("wish of " + ", ".join(_counted(person, cells, end.cells) for person, cells in end.wishes_met.items()))
    return "; ".join(parts)


def _counted(text: str, cells: int, total: int) -> str:
    return text if cells == total else f"{text} (in {cells})"

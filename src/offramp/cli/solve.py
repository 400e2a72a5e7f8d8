"""`offramp solve`: which states are stable for whom, in one cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from offramp.cli.choose import (
    AsOfOption,
    CaseArgument,
    CoalitionOption,
    ContestedOption,
    Form,
    FormOption,
    HorizonOption,
    MergeOption,
    ReadingOption,
    SettingOption,
)

if TYPE_CHECKING:
    from offramp.analysis.solve import Solution
    from offramp.model.build import Builder
    from offramp.model.conflict import ConflictModel
    from offramp.model.world import Choice


SHOWN, LISTED = 40, 100_000
"""Number of states told by default: in a table, in which what can be wanted from the status quo comes first, and in JSON and CSV."""


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("solve", epilog="Example: offramp solve two-prisoners --reading ukraine=humanitarian")(solve)


def solve(
    case: CaseArgument,
    reading: ReadingOption = None,
    contested: ContestedOption = None,
    as_of: AsOfOption = None,
    concept: Annotated[
        list[str] | None,
        typer.Option(
            "--concept", help="A concept, by default nash, gmr, smr, seq and sseq; 'offramp concepts' lists all. Can be repeated."
        ),
    ] = None,
    setting: SettingOption = None,
    coalition: CoalitionOption = None,
    horizon: HorizonOption = None,
    merge: MergeOption = None,
    limit: Annotated[
        int | None,
        typer.Option(min=1, help=f"List at most this many states; by default {SHOWN} in a table, else {LISTED:,}."),
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="Write all states as well, into this file: .parquet.", show_default=False)
    ] = None,
    form: FormOption = Form.table,
) -> None:
    """Which states are stable for whom, and which are equilibria, under one choice of readings."""
    from offramp.analysis.assessment import Assessor
    from offramp.analysis.solve import solve as solved
    from offramp.cli.choose import asked_concepts, check_asked, choose, chosen_settings, members, opened, with_merged
    from offramp.cli.output import print_csv, print_json
    from offramp.report.asked import asked_columns, with_columns
    from offramp.report.records import solve_record, states_table

    concept = asked_concepts(concept)
    check_asked(concept, coalition, horizon)
    if to is not None:
        from offramp.report.tables.parquet import check_table

        check_table(to)
    builder = opened(case, as_of)
    choice = choose(builder, reading, contested)
    model = with_merged(builder.case, builder.model(choice), merge)
    solution = solved(model, concept, chosen_settings(setting), coalition=members(builder.case, coalition), horizon=horizon)
    if to is not None:
        _write(to, builder, choice, solution)
    if form is Form.json:
        print_json(solve_record(builder, choice, solution, limit or LISTED))
    elif form is Form.csv:
        header, rows = states_table(solution, Assessor(builder, choice))
        print_csv(*with_columns(header, rows[: limit or LISTED], asked_columns(solution, choice)))
    else:
        _print(builder, choice, solution, limit or SHOWN)


def _write(to: Path, builder: Builder, choice: Choice, solution: Solution) -> None:
    """Write all states as a columnar file."""
    from offramp.analysis.assessment import Assessor
    from offramp.report.records import states_record
    from offramp.report.tables.parquet import write_parquet
    from offramp.report.tables.states import assessment_columns, solution_columns

    assessed = {**solution_columns(solution), **assessment_columns(Assessor(builder, choice))}
    write_parquet(to, assessed, states_record(builder, choice, solution))


def _print(builder: Builder, choice: Choice, solution: Solution, limit: int) -> None:
    """Print the status quo, what somebody can bring about from it, then the other equilibria."""
    import numpy as np

    from offramp.analysis.assessment import Assessor
    from offramp.analysis.undo import can_return, final_options
    from offramp.cli.choose import told_as_of, told_settings
    from offramp.cli.output import print_table
    from offramp.report.patterns import code_note
    from offramp.report.records import meaning_label
    from offramp.report.upset import upset_label

    model, assessor = solution.model, Assessor(builder, choice)
    concepts = list(solution.results)
    is_told_upset = bool(solution.for_coalitions) and solution.settings.strength != "weak"  # what is not weakly stable need not be left
    place = _places(builder, choice, model)
    equilibria = np.logical_or.reduce([solution.equilibria(concept) for concept in concepts])
    others = [state for state in np.nonzero(equilibria)[0].tolist() if state not in place]
    others.sort(key=lambda state: -len(solution.concepts_at(state)))  # stable: by number where as many concepts agree
    order = [*sorted(place, key=lambda state: (place[state][0], state)), *others]
    rows = [
        [
            str(state + 1),
            model.states.label(state),
            *("yes" if concept in solution.concepts_at(state) else "" for concept in concepts),
            *([upset_label(solution, state)] if is_told_upset else []),
            place.get(state, (3, ""))[1],
            meaning_label(assessor.at(state), final_options(model, [state]), can_return(model, [state])),
        ]
        for state in order[:limit]
    ]
    notes = [*told_as_of(builder), "Readings: " + ", ".join(f"{dm}={name}" for dm, name in choice.readings)]
    if choice.contested:
        notes.append("Contested: " + ", ".join(f"{name} {'on' if side else 'off'}" for name, side in choice.contested))
    if model.states.options:
        notes.append(code_note(model.states, model.states.options))
    if len(order) > limit:
        notes.append(_left_out(solution, order[limit:], len(place) > limit))
    notes += [*_unlooked(model), *told_settings(solution)]
    if solution.coalition:
        notes.append(f"Concepts for coalitions are told for {'+'.join(solution.coalition)} alone: 'yes' is stable for it.")
    if is_told_upset:
        notes.append("Upset by: the smallest coalitions that would leave; offramp explain tells how, --format csv names all.")
    if solution.period is not None and solution.period > 1:
        notes.append(f"NM: what they foresee comes round again every {solution.period:,} moves that they look further.")
    notes.append("An equilibrium is where nobody gains by moving, or where others have an answer to it; it is not where all is well.")
    upset = ["Upset by"] if is_told_upset else []
    title = f"{builder.case.title}: {model.num_states:,} state{'s' * (model.num_states != 1)}"
    print_table(title, ["State", "Code", *(_short(concept, solution) for concept in concepts), *upset, "From here", "Meaning"], rows, notes)


def _unlooked(model: ConflictModel) -> list[str]:
    """Return why ways out are not looked for, if they are not."""
    from offramp.analysis.ways import MAX_DECISION_MAKERS

    if any("+" in dm for dm in model.decision_makers):
        return ["Ways out are not looked for: some decision makers are taken as one; leave out --merge for them."]
    if len(model.decision_makers) > MAX_DECISION_MAKERS:
        return [f"Ways out are not looked for: there are more than {MAX_DECISION_MAKERS} decision makers."]
    if model.unranked:
        return [f"Ways out are not looked for: the preferences of {', '.join(model.unranked)} are no ranking of all states."]
    return []


def _left_out(solution: Solution, states: Sequence[int], is_cut: bool) -> str:
    """Return how many states a table leaves out, by concept; `is_cut` when ways out or ends of some are among them."""
    from collections import Counter

    what = "equilibria" if _unlooked(solution.model) else "equilibria, which nobody has a way to want from here"
    counts = Counter(concept for state in states for concept in solution.concepts_at(state))
    told = ", ".join(f"{counts[concept]:,} by {_short(concept, solution)}" for concept in solution.results if counts[concept])
    kind = "ways out, ends of some, and equilibria" if is_cut else what
    return f"{len(states):,} more {kind}{f' ({told})' * bool(told)}: a higher --limit shows them, --format csv lists all states."


def _places(builder: Builder, choice: Choice, model: ConflictModel) -> dict[int, tuple[int, str]]:
    """Return the states that the deadlock is about, with what each is: now, a way out, or an end of one."""
    from offramp.analysis.grid import Grid

    if _unlooked(model):
        return {model.status_quo: (0, "now")}
    cell = Grid(builder).cell(choice)
    place = {state: (2, "end of a way out") for way in cell.ways for end in way.then for state in end.end.states}
    place |= {way.state: (1, "way out") for way in cell.ways}
    return place | {cell.model.status_quo: (0, "now")}


_SHORT = {"nash": "Nash", "limited": "L", "nonmyopic": "NM"}


def _short(concept: str, solution: Solution) -> str:
    """Return the head of a column, such as ``SEQ``, ``L3`` or ``GMR, all`` for every coalition."""
    if concept == "limited":
        return f"L{solution.horizon}"
    group, _, name = concept.rpartition("_")
    head = _SHORT.get(name, name.upper())
    return head if not group else f"{head}, {'+'.join(solution.coalition) if solution.coalition else 'all'}"

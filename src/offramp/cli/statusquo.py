"""`offramp statusquo`: what can be reached from the status quo, by whom, and what it means there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from offramp.cli.choose import (
    AsOfOption,
    CaseArgument,
    CoalitionOption,
    ContestedOption,
    HorizonOption,
    ReadingOption,
    SettingOption,
)
from offramp.errors import ChoiceError

if TYPE_CHECKING:
    from offramp.analysis.solve import Solution
    from offramp.analysis.statusquo import StatusQuo
    from offramp.analysis.ways import Move
    from offramp.model.build import Builder
    from offramp.model.world import Choice
    from offramp.report.statusquo_records import Meanings
    from offramp.report.voice import Voice

SHOWN, LISTED = 24, 1_000
"""Number of states told by default: in a table or tree, and in all that is for programs."""

DEEPEST = 48
"""Columns that the branches of a tree take at most; of deeper ones the last columns are drawn."""

_SAID = {"improvements": "by wanted moves", "moves": "by any moves"}


class Form(StrEnum):
    """The form of an answer."""

    table = "table"
    json = "json"
    csv = "csv"
    edges = "edges"
    tree = "tree"
    dot = "dot"
    graphml = "graphml"


StartOption = Annotated[
    str | None,
    typer.Option("--from", metavar="STATE", help="Begin in this state: its number, code or name; by default the status quo."),
]
ByOption = Annotated[
    list[str] | None, typer.Option("--by", metavar="DM,DM", help="Who may move, by members or name; by default all. Can be repeated.")
]
DepthOption = Annotated[int | None, typer.Option("--depth", min=1, help="Sequences of at most this many moves; by default of any length.")]
ConceptOption = Annotated[
    list[str] | None,
    typer.Option("--concept", help="By what equilibria are told, by default nash, gmr, smr, seq and sseq. Can be repeated."),
]
LimitOption = Annotated[
    int | None,
    typer.Option(min=1, help=f"Tell at most this many states, the nearest; by default {SHOWN} in a table or tree, else {LISTED:,}."),
]


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("statusquo", epilog="Example: offramp statusquo two-prisoners --improvements --format tree")(statusquo)


def statusquo(
    case: CaseArgument,
    start: StartOption = None,
    improvements: Annotated[bool, typer.Option("--improvements", help="Only by wanted moves.")] = False,
    moves: Annotated[bool, typer.Option("--moves", help="Only by any moves, wanted or not.")] = False,
    depth: DepthOption = None,
    by: ByOption = None,
    reading: ReadingOption = None,
    contested: ContestedOption = None,
    as_of: AsOfOption = None,
    concept: ConceptOption = None,
    setting: SettingOption = None,
    coalition: CoalitionOption = None,
    horizon: HorizonOption = None,
    limit: LimitOption = None,
    form: Annotated[Form, typer.Option("--format", help="How to print the answer.")] = Form.table,
) -> None:
    """What can be reached from the status quo, by whom, in how many moves, and what it means there."""
    from offramp.analysis.assessment import Assessor
    from offramp.analysis.solve import solve
    from offramp.analysis.statusquo import KINDS
    from offramp.analysis.statusquo import statusquo as reached
    from offramp.cli.choose import asked_concepts, check_asked, choose, chosen_settings, members, opened
    from offramp.cli.explain import place_of
    from offramp.report.statusquo_records import Meanings

    if improvements and moves:
        raise ChoiceError("--improvements and --moves exclude each other; leave both out to see both")
    concept = asked_concepts(concept)
    check_asked(concept, coalition, horizon)
    builder = opened(case, as_of)
    choice = choose(builder, reading, contested)
    model = builder.model(choice)
    begin = model.status_quo if start is None else place_of(model, start)
    who = [model.dm(dm) for dm in members(builder.case, ",".join(by)) or ()] if by else None
    most = limit or (SHOWN if form in (Form.table, Form.tree) else LISTED)
    kinds = [kind for kind in KINDS if improvements == moves or improvements == (kind == "improvements")]
    settings = chosen_settings(setting)
    solution = solve(model, concept, settings, coalition=members(builder.case, coalition), horizon=horizon)
    searches = [reached(model, kind, begin, who, most, depth=depth, settings=settings) for kind in kinds]
    _print(form, builder, choice, searches, Meanings(solution, Assessor(builder, choice)), most)


def _print(form: Form, builder: Builder, choice: Choice, searches: Sequence[StatusQuo], meanings: Meanings, most: int) -> None:
    from offramp.cli.output import print_csv, print_json
    from offramp.report.asked import asked_columns, with_columns
    from offramp.report.graphs import EDGES_HEADER, edge_rows
    from offramp.report.statusquo_records import STATUSQUO_HEADER, statusquo_record, statusquo_rows

    asked = asked_columns(meanings.solution, choice)
    if form is Form.json:
        print_json(statusquo_record(searches, choice, meanings, most))
    elif form is Form.csv:
        print_csv(*with_columns(STATUSQUO_HEADER, statusquo_rows(searches, meanings), asked))
    elif form is Form.edges:
        print_csv(*with_columns(EDGES_HEADER, edge_rows(searches[-1]), asked))
    elif form in (Form.dot, Form.graphml):
        _print_graph(form, searches[-1], meanings)
    else:
        for found in searches:
            _print_tree(found, meanings) if form is Form.tree else _print_table(found, meanings)
        _print_notes(builder, choice, searches, meanings)


def _print_graph(form: Form, found: StatusQuo, meanings: Meanings) -> None:
    """Print one graph; the one of all moves has those of the wanted ones in it."""
    from offramp.report.graphs import dot, graphml

    typer.echo((dot if form is Form.dot else graphml)(found, meanings, _title(found)), nl=False)


def _title(found: StatusQuo) -> str:
    model = found.model
    whose = "" if len(found.by) == len(model.decision_makers) else " of " + ", ".join(model.decision_makers[dm] for dm in found.by)
    where = f"{found.start + 1} {model.states.label(found.start)}"
    return f"{model.title}: from {where} {_said(found)}{whose}"


def _said(found: StatusQuo) -> str:
    return _SAID[found.kind] + (f", at most {found.depth}" if found.depth else "")


def _print_table(found: StatusQuo, meanings: Meanings) -> None:
    from offramp.cli.output import print_table

    rows = [[str(found.start + 1), found.model.states.label(found.start), "0", "", *_meant(meanings, found.start)]]
    for arrival in found.arrivals:
        told = [_moved(found, meanings, move) for move in arrival.moves]
        at = arrival.state
        rows.append([str(at + 1), found.model.states.label(at), str(len(told)), ", ".join(told), *_meant(meanings, at)])
    print_table(_title(found), ["State", "Code", "Moves", "Shortest sequence", "Equilibrium", "Meaning"], rows)


def _meant(meanings: Meanings, state: int) -> list[str]:
    from offramp.report.statusquo_records import equilibrium_label

    return [equilibrium_label(meanings.solution, state), meanings.told(state)]


def _print_tree(found: StatusQuo, meanings: Meanings) -> None:
    """Print the shortest sequences as the branches of a tree, at most `WIDTH` columns wide."""
    import textwrap

    from offramp.cli.output import WIDTH, printable

    typer.secho(textwrap.fill(printable(_title(found)), WIDTH, break_on_hyphens=False), bold=True)
    for lead, hanging, words in tree_lines(found, meanings):
        lead, hanging = _short(lead), _short(hanging)
        told = textwrap.fill(printable(words), WIDTH, initial_indent=lead, subsequent_indent=hanging, break_on_hyphens=False)
        typer.echo(told)
    typer.echo()


def _short(branches: str) -> str:
    return branches if len(branches) <= DEEPEST else "… " + branches[2 - DEEPEST :]


def tree_lines(found: StatusQuo, meanings: Meanings) -> Iterator[tuple[str, str, str]]:
    """Yield, line by line, the branches before it, those before what it is continued by, and its words.

    A state that only others' shortest sequences pass through here, and its own does not, is marked ``passing``.
    """
    branches: list[dict[Move, int]] = [{}]
    ends: set[int] = {0}
    for arrival in found.arrivals:
        here = 0
        for move in arrival.moves:
            if move not in branches[here]:
                branches[here][move] = len(branches)
                branches.append({})
            here = branches[here][move]
        ends.add(here)
    yield "", "  ", _told(found, meanings, found.start)
    waiting = _below("", branches[0])
    while waiting:
        before, move, place, is_last = waiting.pop()
        under = before + ("   " if is_last else "│  ")
        more = under + ("│  " if branches[place] else "   ")
        words = f"{_moved(found, meanings, move)}: {_told(found, meanings, move.to)}" + " (passing)" * (place not in ends)
        yield before + ("└─ " if is_last else "├─ "), more, words
        waiting += _below(under, branches[place])


def _below(before: str, branches: dict[Move, int]) -> list[tuple[str, Move, int, bool]]:
    """Return the branches at one place, the first one last, as a stack wants them."""
    last = len(branches) - 1
    return [(before, move, place, number == last) for number, (move, place) in enumerate(branches.items())][::-1]


def _moved(found: StatusQuo, meanings: Meanings, move: Move) -> str:
    from offramp.analysis.ways import steps

    (step,) = steps(found.model, [move])
    mark = "?" if found.is_unknown(move) else "+" if found.kind == "moves" and found.is_wanted(move) else ""
    return f"{meanings.moved(step)} {mark}".rstrip()


def _told(found: StatusQuo, meanings: Meanings, state: int) -> str:
    """Return a state with its equilibria and, in the same line, its breaches and harms."""
    equilibrium, meaning = _meant(meanings, state)
    parts = [f"equilibrium by {equilibrium}"] * bool(equilibrium) + [meaning] * bool(meaning)
    return f"{state + 1} {found.model.states.label(state)}" + (" – " + "; ".join(parts) if parts else "")


def _print_notes(builder: Builder, choice: Choice, searches: Sequence[StatusQuo], meanings: Meanings) -> None:
    import textwrap

    from offramp.cli.choose import told_as_of
    from offramp.cli.output import WIDTH, printable

    for note in (*told_as_of(builder), *_notes(choice, searches, meanings.solution, meanings.voice)):
        typer.echo(textwrap.fill(printable(note), WIDTH, break_on_hyphens=False))


def _notes(choice: Choice, searches: Sequence[StatusQuo], solution: Solution, voice: Voice) -> Iterator[str]:
    from offramp.cli.choose import told_settings
    from offramp.report.naming import option_label, reading_label, side_label
    from offramp.report.patterns import code_note

    for found in searches:
        yield _counted(found)
    if searches[-1].kind == "moves":
        yield "+: a wanted move, to a state that whoever makes it prefers. Nobody moves twice in succession."
    else:
        yield "A wanted move leads to a state that whoever makes it prefers. Nobody moves twice in succession."
    if solution.model.has_unknown:
        counts = "counts" if solution.settings.unknown in "ac" else "does not count"
        unknown = f"it {counts} as wanted by unknown={solution.settings.unknown}"
        yield f"?: nobody knows whether whoever makes the move prefers where it leads; {unknown}."
    yield from told_settings(solution)
    yield "Readings: " + ", ".join(f"{dm}={reading_label(voice, dm, name)}" for dm, name in choice.readings)
    if choice.contested:
        yield "Contested: " + ", ".join(side_label(voice, name, side) for name, side in choice.contested)
    states = searches[0].model.states
    if states.options:
        yield code_note(states, [option_label(voice, label) for label in states.options])
    yield "An equilibrium is where nobody gains by moving, or where others have an answer to it; it is not where all is well."


def _counted(found: StatusQuo) -> str:
    number = len(found.arrivals)
    what = f"{number:,} of the {found.model.num_states - 1:,} other state{'s' * (found.model.num_states != 2)}"
    said = _said(found)
    if found.is_cut:
        return f"Told are the nearest {number:,} states that can be reached {said}; --limit tells more."
    return f"Reached {said}: {what}."

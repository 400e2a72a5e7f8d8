"""`offramp compare`: how far it depends on the definition, and on the reading, which outcomes are equilibria."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
)
from offramp.errors import ChoiceError

if TYPE_CHECKING:
    from offramp.analysis.comparison import Comparison, Outcome
    from offramp.report.compare_words import Compared

SHOWN, LISTED = 16, 1_000
"""Number of outcomes told by default: in a table, and in all that is for programs."""

AlternativesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE,VALUE",
        help="Values of a setting to compare, the first one first; by default all that can matter. Can be repeated: all combinations.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("compare", epilog="Example: offramp compare garrison-23 --set sequences=legal,once,one_step")(compare)


def compare(
    case: CaseArgument,
    concept: Annotated[
        list[str] | None,
        typer.Option("--concept", help="A concept; by default all that are about a decision maker and defined. Can be repeated."),
    ] = None,
    setting: AlternativesOption = None,
    coalition: CoalitionOption = None,
    horizon: HorizonOption = None,
    merge: MergeOption = None,
    reading: ReadingOption = None,
    contested: ContestedOption = None,
    as_of: AsOfOption = None,
    state: Annotated[
        str | None,
        typer.Option("--state", metavar="STATE", help="One outcome only: its number, code or name; all settings are spelled out."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=1, help=f"Tell at most this many outcomes; by default {SHOWN} in a table, else {LISTED:,}."),
    ] = None,
    form: FormOption = Form.table,
) -> None:
    """How often each outcome is an equilibrium, over concepts, settings, readings and contested entries."""
    from offramp.analysis.compare import compare as compared
    from offramp.cli.choose import alternatives, asked_concepts, check_asked, members, opened, within
    from offramp.cli.output import print_csv, print_json
    from offramp.cli.progress import watching
    from offramp.report.compare_records import COMPARE_HEADER, compare_record, compare_rows

    ways, rest = _coalitions(setting)
    settings = alternatives(rest)
    concept = asked_concepts(concept)
    if concept is not None:
        check_asked(concept, coalition, horizon)
    builder = opened(case, as_of)
    builder = builder.varied(within(builder, reading, contested))
    one, whole = members(builder.case, coalition), [members(builder.case, text) or [] for text in merge or ()]
    with watching("Comparing") as watch:
        found = compared(builder, concept, settings, coalition=one, horizon=horizon, merge=whole, coalitions=ways, watch=watch)
    places = found.places() if state is None else [found.place(state)]
    if form is Form.json:
        print_json(compare_record(found, places, limit or LISTED))
    elif form is Form.csv:
        print_csv(COMPARE_HEADER, compare_rows(found, places[: limit or LISTED]))
    else:
        _print(found, places, limit or SHOWN, is_one=state is not None)


def _coalitions(values: Sequence[str] | None) -> tuple[list[str] | None, list[str]]:
    """Return how merged coalitions are to act, as ``--set coalitions=apart,merged`` says; and the other options ``--set``.

    Examples
    --------
    >>> _coalitions(["coalitions=apart,merged", "unknown=c"])
    (['apart', 'merged'], ['unknown=c'])
    """
    own = [text.partition("=")[2] for text in values or () if text.partition("=")[0].strip() == "coalitions"]
    if len(own) > 1:
        raise ChoiceError(f"--set says coalitions twice; say it once, with all values: --set coalitions={','.join(own)}")
    rest = [text for text in values or () if text.partition("=")[0].strip() != "coalitions"]
    return [value.strip() for value in own[0].split(",")] if own else None, rest


def _print(found: Comparison, places: Sequence[int], limit: int, is_one: bool) -> None:
    from offramp.cli.output import print_table
    from offramp.report.compare_words import Compared
    from offramp.report.sure_words import public_voice

    say = Compared(found, public_voice(found.builder))
    cells = f"{found.num_cells:,} cell{'s' * (found.num_cells != 1)}"
    title = f"{found.builder.case.title}: equilibria over {found.num_combinations:,} combinations, {cells}"
    print_table(title, ["State", "Code", *map(say.short, found.concepts), "When, and what it means"], _rows(say, places[:limit]))
    _print_settings(say, places[0] if is_one else None)
    _tell([*([] if is_one else say.settings()), *_notes(say, len(places) - limit)])


def _rows(say: Compared, places: Sequence[int]) -> Iterator[list[str]]:
    found = say.comparison
    for place in places:
        outcome, number = found.outcome(place), found.number(place)
        counts = [_count(found, concept, outcome) for concept in found.concepts]
        told = ". ".join(part for part in (say.when(outcome), say.meaning(place)) if part)
        yield ["" if number is None else str(number), outcome.code, *counts, told]


def _count(found: Comparison, concept: str, outcome: Outcome) -> str:
    """Return the number of cells under the first settings of a concept, with a star where other settings change something."""
    first = found.concepts_first[concept]
    holds = outcome.holds[first]
    number = "-" if not outcome.asked[first] else "" if not holds else "yes" if found.num_cells == 1 else str(holds)
    own = [k for k, column in enumerate(found.columns) if column.concept == concept]
    return number + "*" * any(outcome.gained[k] or outcome.lost[k] for k in own)


def _print_settings(say: Compared, place: int | None) -> None:
    """Print a row for each choice of settings: the number of outcomes, or the number of cells of one outcome."""
    from offramp.cli.output import print_table
    from offramp.report.compare_words import settings_label

    found = say.comparison
    outcome = None if place is None else found.outcome(place)
    rows = []
    for changed in found.definitions:
        row = dict.fromkeys(found.concepts, "")
        for k, column in enumerate(found.columns):
            if found.told(column) == changed:
                number, asked = column.num_outcomes, found.num_cells - sum(column.undefined.values())
                if outcome is not None:
                    number, asked = outcome.holds[k], outcome.asked[k]
                row[column.concept] = str(number) if asked else "-"
        rows.append([settings_label(changed), *row.values()])
    if len(rows) > 1:
        what = "States that are an equilibrium in some cell" if place is None else f"Cells in which {say.marked(place)} is an equilibrium"
        print_table(what, ["Settings", *map(say.short, found.concepts)], rows)


def _notes(say: Compared, num_more: int) -> Iterator[str]:
    from offramp.cli.choose import told_as_of
    from offramp.report.naming import option_label, reading_label, side_label
    from offramp.report.patterns import code_note

    found, builder = say.comparison, say.comparison.builder
    yield from told_as_of(builder)
    yield from say.undefined()
    if found.merged:
        yield f"Merged into one decision maker: {', '.join(found.merged)}."
    variant = builder.standing.variant
    chosen = [f"{dm}={reading_label(say.voice, dm, name)}" for dm, name in variant.readings]
    chosen += [side_label(say.voice, name, side) for name, side in variant.settled]
    if chosen:
        yield "Only cells with " + ", ".join(chosen) + "."
    yield _legend(found)
    if num_more > 0:
        yield f"{num_more:,} more outcomes are equilibria in some combination: --limit tells more."
    never = len(found.states) - len(found.places())
    yield f"{never:,} of {len(found.states):,} states are an equilibrium in no combination."
    if found.states.options:
        yield code_note(found.states, [option_label(say.voice, label) for label in found.states.options])
    yield "An equilibrium is where nobody gains by moving, or where others have an answer to it; it is not where all is well."


def _legend(found: Comparison) -> str:
    """Return what stands in the columns of concepts."""
    several = len(found.columns) > len(found.concepts)
    first = " under the first settings" * several
    parts = [f"yes: an equilibrium{first}" if found.num_cells == 1 else f"Counted are cells in which a state is an equilibrium{first}"]
    parts += ["*: other settings change it"] * several + ["empty: none"]
    return "; ".join([*parts, *["-: not defined"] * any(column.undefined for column in found.columns)]) + "."


def _tell(lines: Sequence[str]) -> None:
    from offramp.cli.output import WIDTH, printable
    from offramp.cli.told import wrapped

    for line in lines:
        typer.echo("\n".join(wrapped(printable(line), WIDTH)))

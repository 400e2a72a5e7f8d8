"""`offramp states`: the model as it is, before anything is asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from offramp.cli.choose import AsOfOption, CaseArgument, ContestedOption, Form, FormOption, ReadingOption

if TYPE_CHECKING:
    from offramp.analysis.states import StatesView
    from offramp.report.voice import Voice

SHOWN, LISTED = 24, 1_000
"""Number of states told by default: in a table, and in JSON and CSV."""

MovesOption = Annotated[bool, typer.Option("--moves", help="Tell in the table, too, where each decision maker can move.")]
LimitOption = Annotated[
    int | None,
    typer.Option(min=1, help=f"Tell at most this many states; by default {SHOWN} in a table, else {LISTED:,}."),
]


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("states", epilog="Example: offramp states garrison-23 --moves")(states)


def states(
    case: CaseArgument,
    reading: ReadingOption = None,
    contested: ContestedOption = None,
    as_of: AsOfOption = None,
    moves: MovesOption = False,
    limit: LimitOption = None,
    form: FormOption = Form.table,
) -> None:
    """The model: its states with their options, what everybody prefers, and who can move where."""
    from offramp.analysis.states import states as viewed
    from offramp.cli.choose import choose, opened
    from offramp.cli.output import print_csv, print_json
    from offramp.report.states_records import states_header, states_rows, states_view_record

    builder = opened(case, as_of)
    choice = choose(builder, reading, contested)
    view = viewed(builder, choice, limit or (SHOWN if form is Form.table else LISTED))
    if form is Form.json:
        print_json(states_view_record(view))
    elif form is Form.csv:
        print_csv(states_header(view), (["" if cell is None else cell for cell in row] for row in states_rows(view)))
    else:
        _print(view, moves)


def _print(view: StatesView, with_moves: bool) -> None:
    """Print the table, then what each decision maker prefers, then where it can move if that is asked for."""
    from offramp.cli.output import WIDTH
    from offramp.report.states_words import legend, letters, move_lines, preference_lines, state_table
    from offramp.report.sure_words import public_voice

    voice = public_voice(view.builder)
    model = view.model
    _tell([f"{model.title}: {model.num_states:,} state{'s' * (model.num_states != 1)}"], "", is_head=True)
    for line in state_table(view, WIDTH):
        typer.echo(line)
    _tell(["", *legend(view, voice)])
    _tell(["", "Preferences, the best first: ~ as good, > better, >> greatly better"])
    named = list(zip(letters(view), view.makers, strict=True))
    for letter, maker in named:
        _tell([f"{letter}  {line}" for line in preference_lines(view, maker)])
    if with_moves:
        _tell(["", "Moves, each of one decision maker alone: + a wanted move, to a state that it prefers"])
        for letter, maker in named:
            _tell([f"{letter}  {'; '.join(move_lines(view, maker)) or 'no move'}"])
    _tell(["", *_notes(view, voice)], then="")


def _tell(lines: list[str], then: str = "   ", is_head: bool = False) -> None:
    """Print paragraphs; `then` is what their further lines begin with."""
    from offramp.cli.output import WIDTH, printable
    from offramp.cli.told import wrapped

    for line in lines:
        told = "\n".join(wrapped(printable(line), WIDTH, then=then))
        typer.echo(typer.style(told, bold=True) if is_head else told)


def _notes(view: StatesView, voice: Voice) -> Iterator[str]:
    """Yield how to read the table, and what it leaves out."""
    from offramp.cli.choose import told_as_of
    from offramp.report.naming import side_label

    yield from told_as_of(view.builder)
    if view.choice.contested:
        yield "Contested: " + ", ".join(side_label(voice, name, side) for name, side in view.choice.contested)
    value = " Value: the code as a number, the first option least significant." if view.model.states.codes is not None else ""
    yield f"*: the status quo.{value} Place: 1 is the best; empty where preferences are no ranking."
    if view.is_cut:
        yield f"{view.model.num_states - len(view.told):,} more states: --limit shows more, --format csv up to {LISTED:,}."
    yield "Whether a state holds, and for whom, is told by 'offramp solve'; what can be reached, by 'offramp statusquo'."

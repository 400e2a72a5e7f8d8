"""`offramp change`: the fewest judgements that would have to be otherwise for a way out to open, hold or close."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from offramp.cli.choose import AsOfOption, CaseArgument, ContestedOption, Form, FormOption, ReadingOption
from offramp.errors import ChoiceError, FormulaError

if TYPE_CHECKING:
    from offramp.analysis.change import SmallestChanges
    from offramp.analysis.goals import Goal
    from offramp.model.build import Builder
    from offramp.report.changed import Asked

Kind = Literal["open", "hold", "close"]


class Also(StrEnum):
    """Judgements that may change beside the wishes."""

    rules = "rules"
    conditions = "conditions"


def _formula(words: str, help: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(f"--{words}", metavar="FORMULA", help=help, show_default=False)
    return option


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("change", epilog="Example: offramp change two-prisoners --open transfer --reading south_korea=unwilling")(change)


def change(
    case: CaseArgument,
    open_: Annotated[str | None, _formula("open", "Open a way out whose every end, and its own state, is in here.")] = None,
    hold: Annotated[str | None, _formula("hold", "Make some outcome in here hold, as an equilibrium.")] = None,
    close: Annotated[str | None, _formula("close", "Close every way out that leads through here.")] = None,
    by: Annotated[list[str] | None, typer.Option("--by", metavar="DM", help="Who may take part in the way out. Can be repeated.")] = None,
    lawful: Annotated[bool, typer.Option("--lawful", help="The way out has to be lawful throughout.")] = False,
    clear: Annotated[bool, typer.Option("--clear", help="It has to be lawful and without known harm throughout.")] = False,
    concept: Annotated[str | None, typer.Option("--concept", help="What --hold holds by; seq by default.", show_default=False)] = None,
    of: Annotated[list[str] | None, typer.Option("--of", metavar="DM", help="Whose wishes may change. Can be repeated.")] = None,
    also: Annotated[list[Also] | None, typer.Option("--also", help="What else may change. Can be repeated.")] = None,
    most: Annotated[int, typer.Option("--most", min=0, help="Look for at most this many changes.")] = 3,
    reading: ReadingOption = None,
    contested: ContestedOption = None,
    as_of: AsOfOption = None,
    limit: Annotated[int, typer.Option(min=1, help="In the table, tell at most this many solutions.")] = 20,
    form: FormOption = Form.table,
) -> None:
    """The fewest judgements that would have to be otherwise to open a way out, to make an outcome hold, or to close a way."""
    from offramp.analysis.change import smallest_changes
    from offramp.cli.choose import choose, opened
    from offramp.cli.progress import watching
    from offramp.report.changed import Asked

    kind, text = _asked({"open": open_, "hold": hold, "close": close})
    _check_fit(kind, by, lawful, clear, concept)
    builder = opened(case, as_of)
    goal = _goal(builder, kind, text, by, "clear" if clear else "lawful" if lawful else "", concept)
    choice = choose(builder, reading, contested)
    builder.model(choice)  # refuses a cell that has no model
    asked = Asked(tuple(of) if of else None, tuple(dict.fromkeys(str(one.value) for one in also or ())))
    with watching("Trying changes") as watch:
        found = smallest_changes(builder, goal, choice, asked.of, asked.also, most, watch)
    _print(builder, found, asked, limit, form)


def _asked(texts: dict[Kind, str | None]) -> tuple[Kind, str]:
    """Return the goal that is given; it has to be exactly one."""
    given: list[tuple[Kind, str]] = [(kind, text) for kind, text in texts.items() if text is not None]
    if len(given) != 1:
        found = " and ".join(f"--{kind}" for kind, _ in given) + " together" if given else "no goal"
        raise ChoiceError(f"{found}; give exactly one of --open, --hold and --close, each with a formula")
    return given[0]


def _check_fit(kind: Kind, by: Sequence[str] | None, lawful: bool, clear: bool, concept: str | None) -> None:
    """Raise for an option that says nothing about the goal."""
    if lawful and clear:
        raise ChoiceError("--lawful and --clear together; --clear is lawful and more, leave out --lawful")
    for name, is_given in (("--by", bool(by)), ("--lawful", lawful), ("--clear", clear)):
        if is_given and kind != "open":
            raise ChoiceError(f"{name} goes with --open; --{kind} looks at {_LOOKS[kind]}")
    if concept is not None and kind != "hold":
        raise ChoiceError(f"--concept goes with --hold; --{kind} is about ways out, not about equilibria")


_LOOKS: dict[Kind, str] = {"hold": "outcomes, whoever brings them about", "close": "every way out of every coalition"}


def _goal(builder: Builder, kind: Kind, text: str, by: Sequence[str] | None, demand: str, concept: str | None) -> Goal:
    from offramp.analysis.goals import Goal
    from offramp.case.labels import labels_of

    try:
        formula = labels_of(builder.case).formula(text)
    except FormulaError as error:
        raise ChoiceError(f"--{kind}: {error}") from None
    asked: Literal["", "lawful", "clear"] = "clear" if demand == "clear" else "lawful" if demand else ""
    return Goal(kind, formula, tuple(dict.fromkeys(by)) if by else None, asked, concept or "seq")


def _print(builder: Builder, found: SmallestChanges, asked: Asked, limit: int, form: Form) -> None:
    from offramp.cli.output import print_csv, print_json
    from offramp.report.change_records import CHANGE_HEADER, change_record, change_rows

    if form is Form.json:
        print_json(change_record(builder, found, asked))
    elif form is Form.csv:
        print_csv(CHANGE_HEADER, change_rows(builder, found))
    else:
        _print_told(builder, found, asked, limit)


def _print_told(builder: Builder, found: SmallestChanges, asked: Asked, limit: int) -> None:
    from offramp.cli.output import print_table
    from offramp.cli.told import tell
    from offramp.report.changed import Changed
    from offramp.sources.evidence import Evidence, read_evidence

    folder = builder.file.folder
    told = Changed(builder, read_evidence(folder) if folder is not None else Evidence({}, {}, {}), found, asked)
    answers = told.answers()
    tell([told.title()], bold=True)
    tell([told.lead()])
    if answers:
        rows = [[str(number), answer.words, answer.basis] for number, answer in enumerate(answers[:limit], 1)]
        more = [f"{len(answers) - limit:,} more are not shown: --limit shows more, --format json all."] if len(answers) > limit else []
        print_table("", ["", "What would have to be so", "Now rests on"], rows, more)
    tell([*told.order(), *told.notes()])

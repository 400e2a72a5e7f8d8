"""`offramp explain`: why a state holds or not, decision maker by decision maker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    from offramp.analysis.assessment import Assessor
    from offramp.analysis.explain import Explanation
    from offramp.analysis.reasons import Reasons
    from offramp.analysis.tableau import Entry, Sanctioned
    from offramp.model.build import Builder
    from offramp.model.conflict import ConflictModel
    from offramp.model.world import Choice
    from offramp.report.reasoned import Line
    from offramp.report.voice import Voice

SHOWN, LISTED = 24, 1_000
"""Number of states in a tableau by default: in a table, and in JSON and CSV."""

MAX_NUMBERS = 8
"""Number of states in one list of a table."""

StateArgument = Annotated[
    str | None, typer.Argument(metavar="STATE", help="Its number, code or name; by default the status quo.", show_default=False)
]
ConceptOption = Annotated[
    list[str] | None,
    typer.Option(
        "--concept",
        help="A concept, by default nash, gmr, smr, seq and sseq; any of these and sim can be repeated, "
        "others are told alone. 'offramp concepts' lists all.",
    ),
]
MakerOption = Annotated[list[str] | None, typer.Option("--dm", metavar="DM", help="A decision maker. Can be repeated.")]


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("explain", epilog="Example: offramp explain two-prisoners 5 --dm north_korea")(explain)


def explain(
    case: CaseArgument,
    state: StateArgument = None,
    reading: ReadingOption = None,
    contested: ContestedOption = None,
    as_of: AsOfOption = None,
    concept: ConceptOption = None,
    dm: MakerOption = None,
    setting: SettingOption = None,
    coalition: CoalitionOption = None,
    horizon: HorizonOption = None,
    merge: MergeOption = None,
    tableau: Annotated[bool, typer.Option("--tableau", help="Print ranks, moves, improvements, sanctions and verdicts.")] = False,
    states: Annotated[int | None, typer.Option("--states", min=1, help="Show at most this many states in the tableau.")] = None,
    form: FormOption = Form.table,
) -> None:
    """Why a state holds or not: what tempts whom to leave it, and what holds them back."""
    from offramp.analysis.assessment import Assessor
    from offramp.analysis.explain import explain as explained
    from offramp.analysis.reasons import Reasons
    from offramp.cli.choose import check_asked, choose, chosen_settings, members, opened, with_merged

    _check_tableau(concept, tableau)
    check_asked(concept, coalition, horizon)
    builder = opened(case, as_of)
    choice = choose(builder, reading, contested)
    model = with_merged(builder.case, builder.model(choice), merge)
    here = None if state is None else place_of(model, state)
    found = explained(model, here, concept, dm, chosen_settings(setting), coalition=members(builder.case, coalition), horizon=horizon)
    limit = states or (SHOWN if form is Form.table else LISTED)
    entries, is_cut = _entries(found, limit) if tableau else ([], False)
    if form is Form.table:
        _print_tableau(builder, choice, found, entries, is_cut) if tableau else _print_told(builder, choice, found)
    else:
        _print_data(form, tableau, choice, found, entries, is_cut, Reasons(builder, choice, model), Assessor(builder, choice))


def _check_tableau(concepts: Sequence[str] | None, is_tableau: bool) -> None:
    """Refuse a tableau of concepts that have none."""
    from offramp.errors import ChoiceError
    from offramp.stability import CONCEPTS

    other = next((name for name in concepts or () if name not in CONCEPTS), None)
    if is_tableau and other is not None:
        raise ChoiceError(f"a tableau has the concepts {', '.join(CONCEPTS)}, and {other} is asked for; leave out --tableau")


def place_of(model: ConflictModel, text: str) -> int:
    """Return the position of the state that `text` names: its code or name, else its number.

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("prisoners-dilemma")
    >>> place_of(model, "YN"), place_of(model, "2")
    (1, 1)
    """
    is_number = model.states.index(text) is None and text.isascii() and text.isdigit() and len(text) < 20
    return model.state(int(text) if is_number else text)


def _entries(found: Explanation, limit: int) -> tuple[list[Entry], bool]:
    """Return the tableau of the decision makers asked for."""
    from offramp.analysis.tableau import states_that_matter, tableau

    states, is_cut = states_that_matter(found.model, found.state, limit)
    asked = {account.dm for account in found.accounts}
    return [entry for entry in tableau(found.solution, states) if entry.dm in asked], is_cut


def _print_data(
    form: Form,
    is_tableau: bool,
    choice: Choice,
    found: Explanation,
    entries: Sequence[Entry],
    is_cut: bool,
    reasons: Reasons,
    assessor: Assessor,
) -> None:
    from offramp.cli.output import print_csv, print_json
    from offramp.report.asked import asked_columns, with_columns
    from offramp.report.explained_records import EXPLAIN_HEADER, explain_record, explain_rows, tableau_record, tableau_table

    if form is Form.json:
        record = explain_record(found, choice, reasons, assessor)
        print_json({**record, "tableau": tableau_record(found, entries, is_cut, assessor)} if is_tableau else record)
    else:
        asked = asked_columns(found.solution, choice)
        header, rows = tableau_table(found, entries, assessor) if is_tableau else (EXPLAIN_HEADER, explain_rows(found, reasons, assessor))
        print_csv(*with_columns(header, rows, asked))


def _print_told(builder: Builder, choice: Choice, found: Explanation) -> None:
    from offramp.report.explained import Explained
    from offramp.report.explained_further import ExplainedFurther
    from offramp.sources.evidence import Evidence, read_evidence

    folder = builder.file.folder
    evidence = read_evidence(folder) if folder is not None else Evidence({}, {}, {})
    tell = ExplainedFurther if found.is_further else Explained
    _print_lines(tell(builder, choice, evidence, found).lines())


def _print_lines(lines: Iterable[Line]) -> None:
    """Print paragraphs at most `WIDTH` columns wide, the heads in bold on a terminal."""
    from offramp.cli.output import WIDTH, printable
    from offramp.cli.told import wrapped

    for line in lines:
        lead = "  " * line.indent
        hanging = lead + "  " * line.words.startswith("– ")
        told = "\n".join(wrapped(printable(line.words), WIDTH, lead, hanging))
        typer.echo(typer.style(told, bold=True) if line.is_head else told)


WIDTHS = (18, 6, 20, 30, 11, 16)
"""Columns of the tableau: who, rank, moves, improvements, verdict, and what forbids calling that well."""


def _print_tableau(builder: Builder, choice: Choice, found: Explanation, entries: Sequence[Entry], is_cut: bool) -> None:
    """Print the tableau, the decision makers of a state under its meaning."""
    from itertools import groupby

    from offramp.analysis.assessment import Assessor
    from offramp.cli.choose import told_as_of
    from offramp.report.reasoned import Line
    from offramp.report.sure_words import public_voice

    voice = public_voice(builder)
    model, assessor = found.model, Assessor(builder, choice)
    states = list(dict.fromkeys(entry.state for entry in entries))
    num = len(states)
    shown = f"all {num:,} states" if num == model.num_states else f"{num} states, state {found.state + 1} and what is near it"
    _print_lines([Line(0, f"{builder.case.title}: tableau of {shown}", True)])
    _print_cells(("Who", "Rank", "Moves to", "Improvements: sanctions", "Verdict", ""))
    for state, group in groupby(entries, key=lambda entry: entry.state):
        head = f"{state + 1}  {model.states.label(state)}{'  (status quo)' * (state == model.status_quo)}"
        _print_lines([Line(0, ""), Line(0, f"{head}  {meaning_of(model, assessor, state, voice)}".rstrip(), True)])
        for entry in group:
            _print_cells(_cells(model, entry, _marks(assessor, state)))
    notes = [*told_as_of(builder), *_notes(choice, found, num if is_cut else 0, voice)]
    _print_lines([Line(0, ""), *(Line(0, note) for note in notes)])


def _notes(choice: Choice, found: Explanation, cut_at: int, voice: Voice) -> Iterator[str]:
    """Yield what the tableau was made from and how to read it."""
    from offramp.report.naming import option_label, reading_label, side_label
    from offramp.report.patterns import code_note
    from offramp.report.words import CONCEPT_NAMES

    yield "Readings: " + ", ".join(f"{dm}={reading_label(voice, dm, name)}" for dm, name in choice.readings)
    if choice.contested:
        yield "Contested: " + ", ".join(side_label(voice, name, side) for name, side in choice.contested)
    if found.model.states.options:
        yield code_note(found.model.states, [option_label(voice, label) for label in found.model.states.options])
    yield "Rank: larger is preferred. Improvements: best first, each with the states by which the others deter from it."
    told = ", ".join(f"{_LETTERS[name]} {CONCEPT_NAMES[name].short}" for name in found.concepts)
    yield f"Verdict: this decision maker has no reason to move, or is deterred, by {told}; u: by none. It does not say that all is well."
    if cut_at:
        yield f"More states matter than these {cut_at}: --states shows more."


_LETTERS = {"nash": "R", "gmr": "G", "smr": "M", "seq": "S", "sseq": "Q"}


def _print_cells(cells: Sequence[str]) -> None:
    """Print one row of the tableau, long cells on several lines."""
    from itertools import zip_longest

    from rich.cells import cell_len

    from offramp.cli.output import printable
    from offramp.cli.told import wrapped

    columns = [
        [part for line in printable(cell).split("\n") for part in wrapped(line, width - 2)]
        for cell, width in zip(cells, WIDTHS, strict=True)
    ]
    for parts in zip_longest(*columns, fillvalue=""):
        typer.echo("".join(part + " " * (width - cell_len(part)) for part, width in zip(parts, WIDTHS, strict=True)).rstrip())


def _cells(model: ConflictModel, entry: Entry, marks: str) -> list[str]:
    """Return the cells of one row; `marks` keeps a verdict and what the state means in one line."""
    verdict = " ".join(_LETTERS[concept] if holds else "-" for concept, holds in entry.stable.items())
    wanted = "\n".join(f"{found.to + 1}{_sanctions(found)}" for found in entry.improvements)
    who, rank = model.decision_makers[entry.dm], "" if entry.rank is None else str(entry.rank)
    return [who, rank, _numbers(entry.moves), wanted, verdict if any(entry.stable.values()) else "u", marks]


def _sanctions(found: Sanctioned) -> str:
    """Return by which states an improvement is deterred, concepts that agree together; nothing where by none."""
    groups: dict[tuple[int, ...], list[str]] = {}
    for concept, states in found.by.items():
        groups.setdefault(states, []).append(_LETTERS[concept])
    told = [f"{' '.join(names)} by {_numbers(states)}" for states, names in groups.items() if states]
    return f": {'; '.join(told)}" if told else ""


def _numbers(states: Sequence[int]) -> str:
    return ", ".join(str(state + 1) for state in states[:MAX_NUMBERS]) + (", …" if len(states) > MAX_NUMBERS else "")


def _marks(assessor: Assessor, state: int) -> str:
    at = assessor.at(state)
    return "; ".join(["UNLAWFUL"] * bool(at.breaches) + ["HARM"] * bool(at.harms))


def meaning_of(model: ConflictModel, assessor: Assessor, state: int, voice: Voice) -> str:
    """Return what a state means in short; what is told of it is what `explain` tells without a tableau."""
    from offramp.analysis.undo import can_return, final_options
    from offramp.report.naming import open_meaning

    final = final_options(model, [state])
    return open_meaning(voice, assessor.at(state), final, bool(final) or can_return(model, [state]))

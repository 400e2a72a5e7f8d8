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
from offramp.cli.hypergame import BeliefOption, believed

if TYPE_CHECKING:
    from offramp.analysis.assessment import Assessor
    from offramp.analysis.explain import Explanation
    from offramp.analysis.hypergame import View
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
AsSeenByOption = Annotated[
    str | None,
    typer.Option("--as-seen-by", metavar="DM", help="Tell it in the game that a decision maker takes to be real.", show_default=False),
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
    as_seen_by: AsSeenByOption = None,
    belief: BeliefOption = None,
    tableau: Annotated[bool, typer.Option("--tableau", help="Print ranks, moves, improvements, sanctions and verdicts.")] = False,
    states: Annotated[int | None, typer.Option("--states", min=1, help="Show at most this many states in the tableau.")] = None,
    form: FormOption = Form.table,
) -> None:
    """Why a state holds or not: what tempts whom to leave it, and what holds them back."""
    from offramp.analysis.assessment import Assessor
    from offramp.analysis.explain import explain as explained
    from offramp.analysis.hypergame import as_seen_by as seen_by
    from offramp.analysis.reasons import Reasons
    from offramp.cli.choose import asked_concepts, check_asked, choose, chosen_settings, members, opened, with_merged
    from offramp.cli.tableau import print_further, print_further_data

    concept = asked_concepts(concept)
    check_asked(concept, coalition, horizon)
    _check_view(as_seen_by, belief, concept, merge)
    builder = opened(case, as_of)
    choice = choose(builder, reading, contested)
    view = None if as_seen_by is None else seen_by(builder, choice, as_seen_by, believed(belief))
    builder, choice = (builder, choice) if view is None else (view.builder, view.choice)
    model = with_merged(builder.case, builder.model(choice) if view is None else view.model, merge)
    here = model.status_quo if state is None else place_of(model, state)
    if view is not None:
        view.check_seen(here)
    found = explained(model, here, concept, dm, chosen_settings(setting), coalition=members(builder.case, coalition), horizon=horizon)
    limit = states or (SHOWN if form is Form.table else LISTED)
    if tableau and found.is_further:
        if form is Form.table:
            print_further(builder, choice, found, limit)
        else:
            print_further_data(form, choice, found, limit, Reasons(builder, choice, model), Assessor(builder, choice))
        return
    entries, is_cut = _entries(found, limit, view) if tableau else ([], False)
    if form is Form.table:
        _print_tableau(builder, choice, found, entries, is_cut, view) if tableau else _print_told(builder, choice, found, view)
    else:
        _print_data(form, tableau, choice, found, entries, is_cut, Reasons(builder, choice, model), Assessor(builder, choice), view)


def _check_view(as_seen_by: str | None, belief: Sequence[str] | None, concepts: Sequence[str] | None, merge: Sequence[str] | None) -> None:
    """Refuse what cannot be told in somebody's own game, and a belief where nobody's game is asked for."""
    from offramp.errors import ChoiceError
    from offramp.stability import CONCEPTS

    if as_seen_by is None:
        if belief:
            raise ChoiceError("--belief goes with --as-seen-by, since a belief counts in its own game only; add --as-seen-by DM")
        return
    if merge:
        raise ChoiceError("--merge and --as-seen-by do not go together: who acts as one has no game of its own; leave one of them out")
    other = next((name for name in concepts or () if name not in CONCEPTS), None)
    if other is not None:
        raise ChoiceError(f"a hypergame has the concepts {', '.join(CONCEPTS)}, and {other} is asked for; leave out --as-seen-by")


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


def _entries(found: Explanation, limit: int, view: View | None) -> tuple[list[Entry], bool]:
    """Return the tableau of the decision makers asked for, of the states in the view."""
    from offramp.analysis.tableau import states_that_matter, tableau

    states, is_cut = states_that_matter(found.model, found.state, limit)
    states = states if view is None else tuple(state for state in states if view.seen[state])
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
    view: View | None,
) -> None:
    from offramp.cli.output import print_csv, print_json
    from offramp.report.asked import asked_columns, with_columns
    from offramp.report.explained_records import EXPLAIN_HEADER, explain_record, explain_rows, tableau_record, tableau_table

    if form is Form.json:
        record = explain_record(found, choice, reasons, assessor, view)
        print_json({**record, "tableau": tableau_record(found, entries, is_cut, assessor)} if is_tableau else record)
    else:
        asked = asked_columns(found.solution, choice)
        header, rows = tableau_table(found, entries, assessor) if is_tableau else (EXPLAIN_HEADER, explain_rows(found, reasons, assessor))
        print_csv(*with_columns(header, rows, asked))


def _print_told(builder: Builder, choice: Choice, found: Explanation, view: View | None) -> None:
    from offramp.report.explained import Explained
    from offramp.report.explained_further import ExplainedFurther
    from offramp.sources.evidence import Evidence, read_evidence

    folder = builder.file.folder
    evidence = read_evidence(folder) if folder is not None else Evidence({}, {}, {})
    tell = ExplainedFurther if found.is_further else Explained
    _print_lines(tell(builder, choice, evidence, found, view).lines())


def _print_lines(lines: Iterable[Line]) -> None:
    """Print paragraphs at most `WIDTH` columns wide, the heads in bold on a terminal."""
    from offramp.cli.output import WIDTH, printable
    from offramp.cli.told import wrapped

    for line in lines:
        lead = "  " * line.indent
        hanging = lead + "  " * line.words.startswith("– ")
        told = "\n".join(wrapped(printable(line.words), WIDTH, lead, hanging))
        typer.echo(typer.style(told, bold=True) if line.is_head else told)


MAX_WHO = 30
"""Columns of a tableau that a decision maker takes at most."""


def _widths(found: Explanation, entries: Sequence[Entry], has_marks: bool) -> tuple[int, ...]:
    """Return the columns of the tableau: who, rank, moves, improvements, verdict, and what forbids calling that well, if anything does."""
    from rich.cells import cell_len

    from offramp.cli.output import WIDTH

    who = min(max(cell_len(found.model.decision_makers[entry.dm]) for entry in entries) + 2, MAX_WHO)
    rank, verdict, marks = 6, 11, 16 if has_marks else 0
    left = WIDTH - who - rank - verdict - marks
    return who, rank, 2 * left // 5, left - 2 * left // 5, verdict, marks


def _print_tableau(builder: Builder, choice: Choice, found: Explanation, entries: Sequence[Entry], is_cut: bool, view: View | None) -> None:
    """Print the tableau, the decision makers of a state under its meaning."""
    from itertools import groupby

    from offramp.analysis.assessment import Assessor
    from offramp.report.hypergame_words import told_view
    from offramp.report.sure_words import public_voice

    voice = public_voice(builder)
    model, assessor = found.model, Assessor(builder, choice)
    states = list(dict.fromkeys(entry.state for entry in entries))
    marks = {state: _marks(assessor, state) for state in states}
    widths = _widths(found, entries, any(marks.values()))
    print_head(builder, found, len(states))
    print_cells(("Who", "Rank", "Moves to", "Improvements: sanctions", "Verdict", ""), widths)
    for state, group in groupby(entries, key=lambda entry: entry.state):
        print_state(model if view is None else view.whole, assessor, state, voice)
        for entry in group:
            print_cells(_cells(model, entry, marks[state]), widths)
    typer.echo()
    own = [] if view is None else [told_view(view, voice)]
    print_notes(builder, choice, found, [*own, *_legend(found)], len(states) if is_cut else 0, voice)


def print_head(builder: Builder, found: Explanation, num: int) -> None:
    """Print what a tableau of so many states is of."""
    from offramp.report.reasoned import Line

    told = found.model.states.told(found.state)
    near = f"{num} states, state {told} and what is near it" if num > 1 else f"state {told} alone"
    shown = f"all {num:,} states" if num == found.model.num_states > 1 else near
    _print_lines([Line(0, f"{builder.case.title}: tableau of {shown}", True)])


def print_state(model: ConflictModel, assessor: Assessor, state: int, voice: Voice) -> str:
    """Print the head of a state in a tableau; return what keeps a verdict and what the state means in one line."""
    from offramp.report.reasoned import Line

    told = model.states.told(state)
    code = f"  {model.states.label(state)}" if model.states.label(state) != told else ""
    head = f"{told}{code}{'  (status quo)' * (state == model.status_quo)}"
    _print_lines([Line(0, ""), Line(0, f"{head}  {meaning_of(model, assessor, state, voice)}".rstrip(), True)])
    return _marks(assessor, state)


def print_notes(builder: Builder, choice: Choice, found: Explanation, legend: Iterable[str], cut_at: int, voice: Voice) -> None:
    """Print what a tableau was made from, and its legend."""
    from offramp.cli.choose import told_as_of
    from offramp.report.reasoned import Line

    cut = [f"More states matter than {f'these {cut_at}' if cut_at > 1 else 'this one'}: --states shows more."] * bool(cut_at)
    _print_lines(Line(0, note) for note in [*told_as_of(builder), *_made_from(choice, found, voice), *legend, *cut])


def _made_from(choice: Choice, found: Explanation, voice: Voice) -> Iterator[str]:
    from offramp.cli.choose import told_settings
    from offramp.report.naming import option_label, reading_label, side_label
    from offramp.report.patterns import code_note

    yield "Readings: " + ", ".join(f"{dm}={reading_label(voice, dm, name)}" for dm, name in choice.readings)
    if choice.contested:
        yield "Contested: " + ", ".join(side_label(voice, name, side) for name, side in choice.contested)
    yield from told_settings(found.solution)
    if found.model.states.options:
        yield code_note(found.model.states, [option_label(voice, label) for label in found.model.states.options])


def _legend(found: Explanation) -> Iterator[str]:
    """Yield how to read the tableau."""
    from offramp.report.words import CONCEPT_NAMES, FURTHER_NAMES

    names = {**CONCEPT_NAMES, **FURTHER_NAMES}
    yield "Rank: larger is preferred. Improvements: best first, each with the states by which the others deter from it."
    told = ", ".join(f"{_LETTERS[name]} {names[name].short}" for name in found.concepts)
    yield f"Verdict: this decision maker has no reason to move, or is deterred, by {told}; u: by none. It does not say that all is well."


_LETTERS = {"nash": "R", "gmr": "G", "smr": "M", "seq": "S", "sseq": "Q", "sim": "I"}


def print_cells(cells: Sequence[str], widths: Sequence[int]) -> None:
    """Print one row of the tableau, long cells on several lines."""
    from itertools import zip_longest

    from rich.cells import cell_len

    from offramp.cli.output import printable
    from offramp.cli.told import wrapped

    columns = [
        [part for line in printable(cell).split("\n") for part in wrapped(line, max(width - 2, 1))]
        for cell, width in zip(cells, widths, strict=True)
    ]
    for parts in zip_longest(*columns, fillvalue=""):
        typer.echo("".join(part + " " * (width - cell_len(part)) for part, width in zip(parts, widths, strict=True)).rstrip())


def _cells(model: ConflictModel, entry: Entry, marks: str) -> list[str]:
    """Return the cells of one row."""
    verdict = " ".join(_LETTERS[concept] if holds else "-" for concept, holds in entry.stable.items())
    wanted = "\n".join(f"{model.states.told(found.to)}{_sanctions(model, found)}" for found in entry.improvements)
    who, rank = model.decision_makers[entry.dm], "" if entry.rank is None else str(entry.rank)
    return [who, rank, _numbers(model, entry.moves), wanted, verdict if any(entry.stable.values()) else "u", marks]


def _sanctions(model: ConflictModel, found: Sanctioned) -> str:
    """Return by which states an improvement is deterred, concepts that agree together; nothing where by none."""
    groups: dict[tuple[int, ...], list[str]] = {}
    for concept, states in found.by.items():
        groups.setdefault(states, []).append(_LETTERS[concept])
    told = [f"{' '.join(names)} by {_numbers(model, states)}" for states, names in groups.items() if states]
    return f": {'; '.join(told)}" if told else ""


def _numbers(model: ConflictModel, states: Sequence[int]) -> str:
    return ", ".join(model.states.told(state) for state in states[:MAX_NUMBERS]) + (", …" if len(states) > MAX_NUMBERS else "")


def _marks(assessor: Assessor, state: int) -> str:
    at = assessor.at(state)
    return "; ".join(["UNLAWFUL"] * bool(at.breaches) + ["HARM"] * bool(at.harms))


def meaning_of(model: ConflictModel, assessor: Assessor, state: int, voice: Voice) -> str:
    """Return what a state means in short; what is told of it is what `explain` tells without a tableau."""
    from offramp.analysis.undo import can_return, final_options
    from offramp.report.naming import open_meaning

    final = final_options(model, [state])
    return open_meaning(voice, assessor.at(state), final, bool(final) or can_return(model, [state]))

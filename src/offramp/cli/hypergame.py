"""`offramp hypergame`: what is stable when everybody plays the game that they take to be real."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from offramp.cli.choose import AsOfOption, CaseArgument, ContestedOption, Form, FormOption, ReadingOption, SettingOption
from offramp.errors import ChoiceError

if TYPE_CHECKING:
    from offramp.analysis.assessment import Assessor
    from offramp.analysis.hypergame import Hypergame
    from offramp.model.build import Builder
    from offramp.report.voice import Voice

SHOWN, LISTED = 12, 100_000
"""Number of states told by default: in a table, and in all that is for programs."""

BeliefOption = Annotated[
    list[str] | None,
    typer.Option("--belief", metavar="DM:OTHER=ID", help="What a decision maker takes another one's reading to be. Can be repeated."),
]
ConceptOption = Annotated[list[str] | None, typer.Option("--concept", help="A concept: nash, gmr, smr, seq, sseq. Can be repeated.")]
LimitOption = Annotated[
    int | None,
    typer.Option(min=1, help=f"Tell at most this many states; by default {SHOWN} in a table, else {LISTED:,}."),
]


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    example = "offramp hypergame two-prisoners --belief ukraine:south_korea=unwilling"
    app.command("hypergame", epilog=f"Example: {example}")(hypergame)


def hypergame(
    case: CaseArgument,
    belief: BeliefOption = None,
    reading: ReadingOption = None,
    contested: ContestedOption = None,
    as_of: AsOfOption = None,
    concept: ConceptOption = None,
    setting: SettingOption = None,
    limit: LimitOption = None,
    form: FormOption = Form.table,
) -> None:
    """What is stable when everybody plays the game that they take to be real, and whom it surprises."""
    from offramp.analysis.assessment import Assessor
    from offramp.analysis.hypergame import hypergame as found_in
    from offramp.cli.choose import choose, chosen_settings, opened
    from offramp.cli.output import print_csv, print_json
    from offramp.report.hypergame_records import HYPERGAME_HEADER, MEANING, hypergame_record, hypergame_rows

    builder = opened(case, as_of)
    choice = choose(builder, reading, contested)
    found = found_in(builder, choice, concept, believed(belief), chosen_settings(setting))
    if form is Form.table:
        _print(builder, found, limit or SHOWN)
        return
    states, assessor = range(min(found.model.num_states, limit or LISTED)), Assessor(builder, choice)
    if form is Form.json:
        print_json(hypergame_record(found, assessor, states))
    else:
        print_csv([*HYPERGAME_HEADER, *MEANING], hypergame_rows(found, states, assessor))


def believed(texts: Sequence[str] | None) -> dict[tuple[str, str], str]:
    """Return beliefs by who believes and of whom.

    Raises
    ------
    ChoiceError
        For a text that is no belief, or a second one of the same about the same.

    Examples
    --------
    >>> believed(["ukraine:south_korea=unwilling"])
    {('ukraine', 'south_korea'): 'unwilling'}
    """
    found: dict[tuple[str, str], str] = {}
    for text in texts or ():
        pair, equals, reading = (part.strip() for part in text.partition("="))
        dm, colon, other = (part.strip() for part in pair.partition(":"))
        if not (equals and colon and dm and other and reading):
            raise ChoiceError(f"{text!r} should read DM:OTHER=ID, such as ukraine:south_korea=unwilling")
        if found.get((dm, other), reading) != reading:
            raise ChoiceError(f"{dm} has two beliefs about {other}, {found[dm, other]} and {reading}; leave one out")
        found[dm, other] = reading
    return found


def _print(builder: Builder, found: Hypergame, limit: int) -> None:
    """Print the numbers, then each state that somebody is wrong about with what it means."""
    from offramp.analysis.assessment import Assessor
    from offramp.cli.output import print_table
    from offramp.report.hypergame_words import expectations
    from offramp.report.sure_words import public_voice
    from offramp.report.words import CONCEPT_NAMES

    voice, model, assessor = public_voice(builder), found.model, Assessor(builder, found.choice)
    title = f"{model.title}: hypergame, {model.num_states:,} state{'s' * (model.num_states != 1)}"
    header = ["Concept", "Equilibria", "If all knew", "Created", "Destroyed", "Not expected by", "Expected in vain by"]
    print_table(title, header, [[CONCEPT_NAMES[concept].short, *_counted(found, concept)] for concept in found.concepts])
    news = found.news.nonzero()[0].tolist()
    _print_lines([*expectations(found, assessor, voice), ""])
    _print_lines(_about(assessor, found, state, voice) for state in news[:limit])
    if len(news) > limit:
        _print_lines([f"{len(news) - limit:,} more states like these: --limit tells more, --format csv all states."])
    if news:
        typer.echo()
    _print_lines(_notes(builder, found, voice))


def _print_lines(lines: Iterable[str]) -> None:
    from offramp.cli.output import WIDTH, printable
    from offramp.cli.told import wrapped

    for line in lines:
        typer.echo("\n".join(wrapped(printable(line), WIDTH, "", "  " * line[:1].isdigit())))


def _counted(found: Hypergame, concept: str) -> list[str]:
    """Return the numbers of one concept, and of how many states whom it surprises."""
    counts = [there[concept] for there in (found.equilibria, found.if_all_knew, found.created, found.destroyed)]
    by_dm = [found.surprised[concept], found.in_vain[concept]]
    whom = [", ".join(f"{dm} {int(mask.sum()):,}" for dm, mask in flags.items() if mask.any()) for flags in by_dm]
    return [*(f"{int(mask.sum()):,}" for mask in counts), *whom]


def _about(assessor: Assessor, found: Hypergame, state: int, voice: Voice) -> str:
    """Return what is otherwise in a state than somebody thinks, and what the state means, in one paragraph."""
    from offramp.cli.explain import meaning_of
    from offramp.report.hypergame_records import unseen_by
    from offramp.report.hypergame_words import named, whom, why

    holds, known = ([name for name in found.concepts if there[name][state]] for there in (found.equilibria, found.if_all_knew))
    parts = [f"equilibrium by {named(holds)}" if holds else "no equilibrium"]
    parts += [f"if all knew, {'by ' + named(known) if known else 'none'}"] * (holds != known)
    parts += [f"not expected by {who}"] if (who := whom(found.surprised, state, holds)) else []
    parts += [f"expected in vain by {who}"] if (who := whom(found.in_vain, state, list(found.concepts))) else []
    parts += [f"not seen by {', '.join(blind)}"] if (blind := unseen_by(found, state)) else []
    meaning = meaning_of(found.model, assessor, state, voice)
    told = [f"{'; '.join(parts)}.", *why(found, state), *([f"{meaning}."] if meaning else [])]
    return f"{state + 1} {found.model.states.label(state)}: {' '.join(told)}"


def _notes(builder: Builder, found: Hypergame, voice: Voice) -> Iterator[str]:
    """Yield what everybody plays, and how to read the tables."""
    from offramp.cli.choose import told_as_of
    from offramp.report.hypergame_words import told_wrong
    from offramp.report.naming import option_label, reading_label, side_label
    from offramp.report.patterns import code_note

    yield from told_as_of(builder)
    yield "Readings: " + ", ".join(f"{dm}={reading_label(voice, dm, name)}" for dm, name in found.choice.readings)
    if found.choice.contested:
        yield "Contested: " + ", ".join(side_label(voice, name, side) for name, side in found.choice.contested)
    if found.model.states.options:
        yield code_note(found.model.states, [option_label(voice, label) for label in found.model.states.options])
    if found.known.settings.changed:
        yield "Settings: " + ", ".join(f"{name}={value}" for name, value in found.known.settings.changed.items())
    wrong = [game for game in found.games if not game.is_right]
    yield from (told_wrong(game.dm, game.wrong, game.readings, game.seen, voice) for game in wrong)
    if not wrong:
        yield "Everybody sees every state and believes what is so: misperception makes no difference. --belief tries a belief."
    elif not found.news.any():
        yield "That makes no difference: the same equilibria as if all knew, and nobody is surprised."
    yield "Why a state holds for somebody, or not: offramp explain CASE STATE --as-seen-by DM, with the same --belief."
    yield "An equilibrium is stable for everybody in the game that they take to be real; it is not where all is well."

"""`offramp inverse`: what rankings would have to say for a state to be stable, and which order of statements is nearest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from offramp.cli.choose import AsOfOption, CaseArgument, ContestedOption, Form, FormOption, ReadingOption, SettingOption
from offramp.errors import ChoiceError

if TYPE_CHECKING:
    from offramp.analysis.inverse import Inverse
    from offramp.model.build import Builder
    from offramp.model.conflict import ConflictModel
    from offramp.report.inverse_words import InverseWords

StableOption = Annotated[
    list[str] | None,
    typer.Option("--stable", metavar="STATE", help="A state that is to be stable: its number, code or name. Can be repeated."),
]
UnstableOption = Annotated[
    list[str] | None, typer.Option("--unstable", metavar="STATE", help="A state that is not to be stable. Can be repeated.")
]
VaryOption = Annotated[
    list[str] | None,
    typer.Option(
        "--vary", metavar="DM=FIRST-LAST", help="Count only rankings with these places in another order, 1 the best. Can be repeated."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the verb to `app`."""
    app.command("inverse", epilog="Example: offramp inverse syria-iraq-1975 --stable 2 --for syria")(inverse)


def inverse(
    case: CaseArgument,
    stable: StableOption = None,
    unstable: UnstableOption = None,
    whom: Annotated[str | None, typer.Option("--for", metavar="DM", help="For whom; by default for everybody.")] = None,
    concept: Annotated[str, typer.Option("--concept", help="A concept: nash, gmr, smr, seq, sseq, sim.")] = "seq",
    setting: SettingOption = None,
    vary: VaryOption = None,
    reading: ReadingOption = None,
    contested: ContestedOption = None,
    as_of: AsOfOption = None,
    form: FormOption = Form.table,
) -> None:
    """What rankings would have to say for states to be stable, how many do, and which order of statements is nearest."""
    from offramp.analysis.inverse import Aim, concerning
    from offramp.analysis.inverse import inverse as asked
    from offramp.cli.choose import choose, chosen_settings, opened
    from offramp.cli.explain import place_of

    if not stable and not unstable:
        raise ChoiceError("no state is given; --stable STATE says which is to be stable, --unstable STATE which is not to be")
    builder = opened(case, as_of)
    choice = choose(builder, reading, contested)
    model = builder.model(choice)
    wanted, unwanted = (tuple(dict.fromkeys(place_of(model, text) for text in texts or ())) for texts in (stable, unstable))
    aim = Aim(wanted, unwanted, concept, None if whom is None else model.dm(whom), chosen_settings(setting))
    _print(builder, asked(builder, aim, choice, _varied(concerning(model, aim), vary, aim.concerned(len(model.decision_makers)))), form)


def _varied(model: ConflictModel, texts: Sequence[str] | None, concerned: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Return the places that are varied in the counts, by decision maker."""
    from offramp.analysis.inverse import places_of

    found: dict[int, tuple[int, ...]] = {}
    for text in texts or ():
        name, sign, places = text.partition("=")
        if not sign:
            raise ChoiceError(f"--vary {text!r} should read DM=FIRST-LAST, such as {model.decision_makers[0]}=1-4, or DM=all")
        dm = model.dm(name.strip())
        if dm not in concerned:
            raise ChoiceError(f"--vary {text!r}: with --for only the ranking of {model.decision_makers[concerned[0]]} is counted")
        found[dm] = places_of(model, dm, places.strip())
    return found


def _print(builder: Builder, found: Inverse, form: Form) -> None:
    from offramp.cli.output import print_csv, print_json
    from offramp.report.inverse_records import INVERSE_HEADER, inverse_record, inverse_rows

    if form is Form.json:
        print_json(inverse_record(builder, found))
    elif form is Form.csv:
        print_csv(INVERSE_HEADER, inverse_rows(found))
    else:
        _print_told(builder, found)


def _print_told(builder: Builder, found: Inverse) -> None:
    from offramp.analysis.assessment import Assessor
    from offramp.cli.choose import told_as_of
    from offramp.cli.explain import meaning_of
    from offramp.cli.output import print_table
    from offramp.cli.told import tell
    from offramp.report.inverse_words import InverseWords
    from offramp.report.voice import Voice
    from offramp.sources.evidence import Evidence, read_evidence

    folder = builder.file.folder
    evidence = read_evidence(folder) if folder is not None else Evidence({}, {}, {})
    voice = Voice(builder.file, evidence, True, standing=builder.standing)
    words, assessor = InverseWords(builder, voice, found), Assessor(builder, found.choice)
    tell([words.title()], bold=True)
    meanings = {state: meaning_of(found.model, assessor, state, voice) for state in found.aim.states}
    tell([f"{words.state(state)}: {meaning}" for state, meaning in meanings.items() if meaning])
    _print_demands(words)
    if nearness := list(words.nearness()):
        print_table("How far the nearest that does it is", ["Ranking of", "Order of statements", "Ranking of states"], nearness)
    if rankings := list(words.rankings()):
        print_table("Nearest rankings, all together: what changes", ["Ranking of", "puts", "which it does not now"], rankings)
    if orders := list(words.orders()):
        print_table("Nearest order of the statements, all together", ["Wishes of", "Place", "Was", "Wish"], orders)
    tell([*told_as_of(builder), *words.notes()])


def _print_demands(words: InverseWords) -> None:
    """Print what is demanded for the states that are to be stable, then what has to fail for those that are not."""
    from offramp.cli.output import print_table

    heads = {True: ("What the rankings have to say", "has to put", "make it stable"), False: (words.failing(), "puts", "keep it from that")}
    for wanted, (title, verb, do) in heads.items():
        if rows := [[row.dm, row.state, row.demand, row.now] for row in words.rows(wanted)]:
            print_table(title, ["Ranking of", verb, "at least as high as", "Now"], rows)
            print_table("How many rankings do", ["Ranking of", "State", "Now", f"Rankings that {do}"], words.verdicts(wanted))

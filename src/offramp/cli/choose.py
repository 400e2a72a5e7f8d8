"""What several verbs ask for: the case, its readings, the form of the answer."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from offramp.errors import ChoiceError, UnknownLabelError

if TYPE_CHECKING:
    from offramp.analysis.solve import Solution
    from offramp.case.schema import Case
    from offramp.case.variant import Variant
    from offramp.model.build import Builder
    from offramp.model.conflict import ConflictModel
    from offramp.model.world import Choice
    from offramp.stability.settings import Settings


class Form(StrEnum):
    """The form of an answer."""

    table = "table"
    json = "json"
    csv = "csv"


CaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="A case folder, a bare case.yaml, or the id of a case in the catalogue.", show_default=False)
]
FolderArgument = Annotated[str, typer.Argument(metavar="CASE", help="A case folder.", show_default=False)]
FormOption = Annotated[Form, typer.Option("--format", help="How to print the answer.")]
ReadingOption = Annotated[
    list[str] | None,
    typer.Option("--reading", metavar="DM=ID", help="The reading of a decision maker; the first is the default. Can be repeated."),
]
ContestedOption = Annotated[
    list[str] | None,
    typer.Option("--contested", metavar="NAME=on|off", help="The side of a contested rule, condition or norm. Can be repeated."),
]

SettingOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="A setting of the concepts, such as unknown=c. Can be repeated."),
]

CoalitionOption = Annotated[
    str | None,
    typer.Option("--coalition", metavar="DM,DM", help="Of concepts for coalitions: which one, by members or name; by default every."),
]

HorizonOption = Annotated[int | None, typer.Option("--horizon", min=1, help="Number of moves looked ahead, for the concept limited.")]

MergeOption = Annotated[
    list[str] | None,
    typer.Option("--merge", metavar="DM,DM", help="Take these, or a coalition that the case names, as one. Can be repeated."),
]

AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Tell the case at this date (YYYY, YYYY-MM or YYYY-MM-DD) instead of its own."),
]

PlotOption = Annotated[
    str | None, typer.Option("--plot", metavar="FILE", help="Draw it as well, into this file: .svg or .png.", show_default=False)
]

_SIDES = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}


def opened(case: str, as_of: str | None = None) -> Builder:
    """Return the builder of the case that a command names, at the date that it says."""
    from offramp.api import read_case
    from offramp.case.variant import Variant
    from offramp.model.build import Builder

    return Builder(read_case(case), variant=Variant(as_of=as_date(as_of)))


def as_date(text: str | None, option: str = "--as-of") -> str | None:
    """Return the date that an option says; raises ChoiceError for what is no date."""
    from offramp.case.entries import is_date

    if text is not None and not is_date(text):
        raise ChoiceError(f"{option} {text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return text


def told_as_of(builder: Builder) -> list[str]:
    """Return a line that says at which date a case is told, where that is not its own."""
    from offramp.case.schema import dated_judgements

    own, now = builder.case.as_of, builder.standing.as_of
    if now is None or now == own:
        return []
    first = min((entry.since for entry in dated_judgements(builder.case).values() if entry.since), default=now)
    before = f" Of the time before {first}, the first date in it, the case says nothing." if now < first[: len(now)] else ""
    return [f"Told as of {now}" + (f"; the case itself is as of {own}." if own else ".") + before]


def within(builder: Builder, readings: Sequence[str] | None, contested: Sequence[str] | None) -> Variant:
    """Return the part of the grid that the options of a command leave, at the date of `builder`."""
    from dataclasses import replace

    chosen = dict(_pair(text, "DM=ID") for text in readings or ())
    sides = dict(_side(text) for text in contested or ())
    builder.choice(chosen, sides)  # refuses what is not there
    return replace(builder.standing.variant, readings=tuple(chosen.items()), settled=tuple(sides.items()))


def throughout(builder: Builder, readings: Sequence[str] | None, contested: Sequence[str] | None) -> Variant:
    """Return the part of the grid that the options of a command leave, of names that may stand at other dates only."""
    from dataclasses import replace

    from offramp.errors import UnknownLabelError

    case = builder.case
    chosen = dict(_pair(text, "DM=ID") for text in readings or ())
    sides = dict(_side(text) for text in contested or ())
    entries = [name for part in (case.rules, case.conditions, case.norms) for name, entry in part.items() if entry.contested]
    for dm, name in chosen.items():
        if dm not in case.readings:
            raise UnknownLabelError("decision maker", dm, list(case.readings))
        if name not in case.readings[dm]:
            raise UnknownLabelError(f"reading of {dm}", name, list(case.readings[dm]))
    for name in sides:
        if name not in entries:
            raise UnknownLabelError("contested rule, condition or norm", name, entries)
    return replace(builder.standing.variant, readings=tuple(chosen.items()), settled=tuple(sides.items()))


def choose(builder: Builder, readings: Sequence[str] | None, contested: Sequence[str] | None) -> Choice:
    """Return the choice that the options of a command say."""
    return builder.choice(dict(_pair(text, "DM=ID") for text in readings or ()), dict(_side(text) for text in contested or ()))


def chosen_settings(values: Sequence[str] | None) -> Settings:
    """Return the settings that the options ``--set NAME=VALUE`` say; the others are the default.

    Examples
    --------
    >>> chosen_settings(["unknown=c", "sequences=once"]).changed
    {'sequences': 'once', 'unknown': 'c'}
    """
    from offramp.stability.settings import DEFAULT

    chosen: dict[str, str] = {}
    for text in values or ():
        name, value = _pair(text, "--set NAME=VALUE")
        if chosen.setdefault(name, value) != value:
            raise ChoiceError(f"--set says {name}={chosen[name]} and {name}={value}; say it once")
    return DEFAULT.but(**chosen)


def alternatives(values: Sequence[str] | None) -> list[Settings] | None:
    """Return every combination of the values that the options ``--set NAME=VALUE,VALUE`` say; None for none.

    Examples
    --------
    >>> [settings.changed for settings in alternatives(["sequences=legal,once", "unknown=c"])]
    [{'unknown': 'c'}, {'sequences': 'once', 'unknown': 'c'}]
    """
    from itertools import product

    from offramp.stability.settings import DEFAULT

    asked: dict[str, list[str]] = {}
    for text in values or ():
        name, said = _pair(text, "--set NAME=VALUE,VALUE")
        if name in asked:
            raise ChoiceError(f"--set says {name} twice; say it once, with all values: --set {name}={','.join(asked[name])},{said}")
        asked[name] = list(dict.fromkeys(value.strip() for value in said.split(",")))
        for value in asked[name]:
            DEFAULT.but(**{name: value})
    return [DEFAULT.but(**dict(zip(asked, chosen, strict=True))) for chosen in product(*asked.values())] if asked else None


def asked_concepts(concepts: Sequence[str] | None) -> list[str] | None:
    """Return the short names of the concepts that a command asks for; none where it names none."""
    if not concepts:
        return None
    from offramp.analysis.solve import concept_names

    return concept_names(concepts)


def check_asked(concepts: Sequence[str] | None, coalition: str | None, horizon: int | None) -> None:
    """Refuse a coalition or a horizon that none of the concepts looks at."""
    asked = concepts or ()
    if coalition is not None and not any(name.startswith("coalition_") for name in asked):
        raise ChoiceError("--coalition goes with a concept for coalitions, and none is asked for; add one, such as --concept coalition_seq")
    if horizon is not None and "limited" not in asked:
        raise ChoiceError("--horizon goes with the concept limited, which is not asked for; add --concept limited, or leave it out")


def members(case: Case, text: str | None) -> list[str] | None:
    """Return the decision makers that an option lists, where a coalition that the case names stands for its members."""
    if text is None:
        return None
    names, known = [name.strip() for name in text.split(",") if name.strip()], [*case.decision_makers, *case.coalitions]
    for name in names:
        if name not in known:
            raise UnknownLabelError(f"decision maker{' or coalition' * bool(case.coalitions)}", name, known)
    return case.members(names)


def with_merged(case: Case, model: ConflictModel, coalitions: Sequence[str] | None) -> ConflictModel:
    """Return the model in which the members of each coalition that a command lists are one decision maker."""
    if not coalitions:
        return model
    from offramp.model.merge import merged

    return merged(model, *(members(case, coalition) or [] for coalition in coalitions))


def told_settings(solution: Solution) -> list[str]:
    """Return the settings that are not the default, and how unknown preference counts where there is any, as a line or none."""
    asked = [f"{name}={value}" for name, value in solution.settings.told(solution.model.has_unknown).items()]
    return ["Settings: " + ", ".join(asked)] if asked else []


def _pair(text: str, form: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name or not value:
        raise ChoiceError(f"{text!r} should read {form}")
    return name.strip(), value.strip()


def _side(text: str) -> tuple[str, bool]:
    name, value = _pair(text, "NAME=on or NAME=off")
    if value.lower() not in _SIDES:
        raise ChoiceError(f"{text!r}: the side of {name!r} should be on or off")
    return name, _SIDES[value.lower()]

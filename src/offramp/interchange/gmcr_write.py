"""One cell of a case to the bytes of a `.gmcr` file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from offramp import __version__
from offramp.case.load import CaseFile
from offramp.case.schema import AnyOrder
from offramp.case.variant import Variant
from offramp.case.yaml_reader import dotted
from offramp.errors import ChoiceError
from offramp.formula import Formula
from offramp.interchange.gmcr_case import one_line
from offramp.interchange.gmcr_record import Condition, Gmcr, GmcrMaker, GmcrOption, Pattern, Tiers, flat, tiers_of
from offramp.interchange.patterns import MAX_PATTERNS, TooManyPatternsError, as_patterns
from offramp.interchange.telling import left_out, option_names, write_model
from offramp.model.build import Builder
from offramp.model.merge import groups_of
from offramp.model.world import Choice, World

VERSION = "0.3.13"
"""The version of gmcr-py whose keys are written."""

MAX_RANKED = 50_000
"""Number of states beyond which no rankings are written."""

MAX_STATEMENTS = 63
"""Number of statements beyond which a ranking is written: GMCR+ weighs them by powers of two, in 64 bits."""

_DIRECTIONS = {"both": "both", "forward": "fwd", "backward": "back"}


def to_gmcr(
    file: CaseFile,
    readings: Mapping[str, str] | None = None,
    contested: Mapping[str, bool] | None = None,
    as_of: str | None = None,
    merge: Sequence[Sequence[str]] = (),
) -> tuple[bytes, list[str]]:
    """Return a `.gmcr` file that says what one cell of a case says.

    Where every reading is a list of statements, statements are written; else
    rankings for all decision makers, since a `.gmcr` file has one or the other.
    The file is made to be passed on: an option of which a public brief would not
    say more is called "kin may face reprisals", or by its place.

    Parameters
    ----------
    file : CaseFile
        A case with options.
    readings : mapping of str to str, optional
        By decision maker; the first reading of each is the default.
    contested : mapping of str to bool, optional
        By contested rule, condition or norm; the case's own side is the default.
    as_of : str, optional
        The date at which the case is told.
    merge : sequence of sequence of str, optional
        Labels of the members of each coalition that acts as one decision maker.

    Returns
    -------
    content : bytes
        JSON, in ASCII.
    left_out : list of str
        What the case says and a `.gmcr` file has no place for.

    Raises
    ------
    ChoiceError
        If the case is a graph, or says what no `.gmcr` file can; or a coalition
        has no two members, or shares one with another.
    CaseError
        If the case is faulty, or the preferences of somebody are no ranking.
    TooManyStatesError
        If there are too many states.
    """
    if file.case.is_graph:
        raise ChoiceError("a graph of states and moves has no place in a .gmcr file, which has options; name a case with options")
    builder = Builder(file, variant=Variant(as_of=as_of))
    choice = builder.choice(readings, contested)
    teller = _Teller(builder, choice, merge)
    content = gmcr_bytes(teller.record())
    lines = [f"title: {builder.case.title}", *left_out(builder, choice, teller.apart, teller.names)]
    return content, [one_line(line) for line in (*lines, *_shapes(builder, teller.apart), *teller.said)]


def gmcr_bytes(record: Gmcr) -> bytes:
    """Return a record as a `.gmcr` file."""
    data = {
        "decisionMakers": [_maker(record, maker) for maker in record.makers],
        "coalitions": _coalitions(record),
        "options": [{"name": option.name, "permittedDirection": _DIRECTIONS[option.direction]} for option in record.options],
        "infeasibles": list(map(_pattern, flat(record.infeasible))),
        "useManualPreferenceRanking": record.is_ranked,
        "program": record.program,
        "version": record.version,
    }
    return (json.dumps(data) + "\n").encode("ascii")


def write_gmcr(path: Path, content: bytes, folder: Path | None = None) -> None:
    """Write a `.gmcr` file, unless one is there, or an identifier of a protected person would leave the case.

    Parameters
    ----------
    path : Path
        The file; it must not exist.
    content : bytes
        From `to_gmcr`.
    folder : Path, optional
        The case folder, in whose ``private/`` the identifiers are.

    Raises
    ------
    ChoiceError
        If there is something at `path`.
    LeakError
        If an identifier stands in a name, or in the name of the file; the text
        never shows it.
    StorageError
        If the file cannot be written. Nothing is written then.
    """
    write_model(path, content, json.dumps(json.loads(content), ensure_ascii=False), folder)


def _maker(record: Gmcr, maker: GmcrMaker) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": maker.name,
        "options": list(maker.options),
        "preferences": [_condition(condition) for condition in maker.statements or ()],
        "misperceptions": list(map(_pattern, flat(maker.unseen))),
    }
    if record.is_ranked:
        data["preferenceRanking"] = [tier[0] if len(tier) == 1 else list(tier) for tier in maker.ranking or ()]
    return data


def _condition(condition: Condition) -> Any:
    """Return a statement; only among statements does GMCR+ read compound ones."""
    members = list(map(_pattern, condition.patterns))
    return members[0] if len(members) == 1 else {"compound": True, "members": members}


def _pattern(pattern: Pattern) -> list[list[Any]]:
    return [[place, "Y" if taken else "N"] for place, taken in pattern]


def _coalitions(record: Gmcr) -> list[Any]:
    together = {member for members in record.coalitions for member in members}
    return [*map(list, record.coalitions), *(place for place in range(len(record.makers)) if place not in together)]


class _Teller:
    """Tells one cell of a case as a record; what cannot be told as it is goes to `said`."""

    def __init__(self, builder: Builder, choice: Choice, merge: Sequence[Sequence[str]]) -> None:
        self.merge = merge
        self.builder, self.choice, self.case = builder, choice, builder.case
        self.said: list[str] = []
        self.world: World = builder.world(choice)
        self.apart = apart(builder, choice)
        self.truth = builder.conditions(choice)
        self.names = option_names(builder)
        self.places = {label: place for place, label in enumerate(builder.standing.options)}

    def record(self) -> Gmcr:
        statements = {dm: self._statements(dm, reading) for dm, reading in self.choice.readings}
        is_ranked = any(there is None for there in statements.values())
        if is_ranked:
            self._check_number()
        return Gmcr(
            file="",
            options=tuple(self._option(label) for label in self.places),
            makers=tuple(self._maker(dm, reading, statements[dm] or (), is_ranked) for dm, reading in self.choice.readings),
            infeasible=tuple(self._infeasible()),
            is_ranked=is_ranked,
            coalitions=self._as_one(),
            program=f"offramp {__version__}",
            version=VERSION,
        )

    def _as_one(self) -> tuple[tuple[int, ...], ...]:
        if not self.merge:
            return ()
        return tuple(group for group in groups_of(self.builder.model(self.choice), self.merge) if len(group) > 1)

    def _option(self, label: str) -> GmcrOption:
        allowed = self.builder.standing.options[label]
        return GmcrOption(self.names[label], "both" if allowed == "fixed" else allowed)

    def _maker(self, dm: str, reading: str, statements: tuple[Condition, ...], is_ranked: bool) -> GmcrMaker:
        own = tuple(place for label, place in self.places.items() if label.split(".")[0] == dm)
        ranking = self._ranking(dm, reading) if is_ranked else None
        if is_ranked and statements:
            self.said.append(f"readings.{dm}.{reading}: the statements count there as a ranking, since another reading is one")
        unseen = tuple(self._unseen(dm))
        return GmcrMaker(self.case.decision_makers[dm].name or dm, own, statements, ranking, unseen=unseen)

    def _unseen(self, dm: str) -> Iterator[Condition]:
        for path, entry in self.builder.standing.misperceptions.items():
            if path[1] != dm:
                continue
            if entry.pattern is not None:
                yield Condition((_fixed(entry.pattern),))
                continue
            try:
                patterns = as_patterns(self.builder.file.formula(*path, "that"), self.places, self.truth)
            except TooManyPatternsError:
                found = f"{dotted(path)} is about more than {MAX_PATTERNS:,} patterns of states"
                raise ChoiceError(f"{found}, which has no place in a .gmcr file; write it as several simpler ones") from None
            if patterns:
                yield Condition(patterns)

    def _ranking(self, dm: str, reading: str) -> Tiers:
        ranks, groups = self.builder.ranking(self.world, dm, reading, self.choice), self.world.states.groups
        return tiers_of(tuple((ranks if groups is None else ranks[groups.of]).tolist()))

    def _check_number(self) -> None:
        number = len(self.apart.states)
        if number > MAX_RANKED:
            found = f"a ranking of {number:,} states has no place in a .gmcr file; at most {MAX_RANKED:,} are written"
            raise ChoiceError(f"{found}: choose readings that are lists of statements")

    def _statements(self, dm: str, reading: str) -> tuple[Condition, ...] | None:
        """Return the statements of a reading; None where only a ranking can tell it."""
        self.builder.check_ranked(dm, reading)
        there, path = self.case.readings[dm][reading], f"readings.{dm}.{reading}"
        if there.prefers is None:
            if there.weights is not None:
                self.said.append(f"{path}.weights: the numbers; the order of states that they give is there as a ranking")
            return None
        if any(isinstance(entry, AnyOrder) for entry in there.prefers):
            self.said.append(f"{path}: that some statements stand in any order; they are there in the order of the file")
        found: list[Condition] = []
        for number, said in enumerate(self.builder.statements(dm, reading), 1):
            try:
                patterns = as_patterns(said.formula, self.places, self.truth)
            except TooManyPatternsError:
                self.said.append(f"{path}: a statement of more than {MAX_PATTERNS:,} patterns; the order of states is there as a ranking")
                return None
            if not patterns or () in patterns:
                self.said.append(f"{path}: statement {number}, which {'always' if patterns else 'never'} holds")
            else:
                found.append(Condition(patterns))
        if len(found) > MAX_STATEMENTS:
            self.said.append(f"{path}: more than {MAX_STATEMENTS} statements; the order of states is there as a ranking")
            return None
        return tuple(found)

    def _infeasible(self) -> Iterator[Condition]:
        for name, path in self.builder.rules_in_force(self.choice).items():
            exclude = self.builder.standing.rules[name][1].exclude
            if exclude is not None:
                yield Condition((_fixed(exclude),))
            else:
                yield from (Condition((pattern,)) for pattern in self._broken(name, self.builder.file.formula(*path, "require")))
        now = self.apart.states.label(self.apart.status_quo)
        for label, allowed in self.builder.standing.options.items():
            if allowed == "fixed":
                place = self.places[label]
                self.said.append(f"{label}: that it cannot be changed at this date; its other side is infeasible there")
                yield Condition((((place, now[place] == "N"),),))

    def _broken(self, name: str, formula: Formula) -> tuple[tuple[tuple[int, bool], ...], ...]:
        try:
            return as_patterns(formula, self.places, self.truth, holds=False)
        except TooManyPatternsError:
            found = f"rules.{name} rules out more than {MAX_PATTERNS:,} patterns of states"
            raise ChoiceError(f"{found}, which has no place in a .gmcr file; write it as several simpler rules") from None


def apart(builder: Builder, choice: Choice) -> World:
    """Return the world of a choice with every state by itself, as a `.gmcr` file has it."""
    coalesced = {("coalesce", name) for name in builder.standing.coalesce}
    if not coalesced:
        return builder.world(choice)
    variant = builder.standing.variant
    return builder.varied(replace(variant, dropped=variant.dropped | coalesced)).world(choice)


def _shapes(builder: Builder, apart: World) -> Iterator[str]:
    """Yield what shapes moves and states here and has no place in a `.gmcr` file."""
    standing = builder.standing
    if standing.disallowed:
        yield f"disallowed: all {len(standing.disallowed)}; there those moves can be made, and other states may be stable"
    if standing.coalesce:
        yield f"coalesce: all {len(standing.coalesce)}; the states that are one here are {len(apart.states)} there, each by itself"


def _fixed(pattern: str) -> Pattern:
    return tuple((k, letter == "Y") for k, letter in enumerate(pattern) if letter != "-")

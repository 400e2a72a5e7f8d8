"""From the world that options and rules make to the one that is told: without disallowed moves, with groups of states as one.

The moves of such a world are arcs: two moves of one decision maker in a row
need not be one move, so a legal sequence has to know who moved last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from offramp.case.labels import labels_of
from offramp.case.pairs import SIGNS, Said, chain, said
from offramp.case.standing import Standing, opposite
from offramp.case.yaml_reader import Document, Path_
from offramp.errors import CaseError, ChoiceError, Problem, TooManyStatesError
from offramp.formula import Formula, rename
from offramp.model.arcs import ArcMoves
from offramp.model.conflict import Moves, States
from offramp.model.groups import Groups, is_open
from offramp.model.lines import Barred

if TYPE_CHECKING:
    from offramp.case.load import CaseFile
    from offramp.model.world import World

Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]

MAX_ARCS = 1 << 22
"""Number of moves of all decision makers that are listed one by one; some 200 bytes each while they are followed."""

MEMBERS_ONLY = ("rules", "disallowed", "coalesce")
"""Sections whose formulas are about the states by themselves, before some count as one."""


def shaping(standing: Standing) -> tuple[tuple[Path_, ...], list[Formula]]:
    """Return the paths of the entries that shape a world beyond its rules, and their formulas."""
    paths: list[Path_] = [("disallowed", name) for name in standing.disallowed]
    paths += [("coalesce", name) for name in standing.coalesce]
    paths += standing.misperceptions
    formulas = [formula for path, formula in standing.file.formulas.items() if path[:2] in paths or path[:3] in paths]
    return tuple(paths), formulas


def shaped(world: World, standing: Standing, conditions: Mapping[str, bool]) -> World:
    """Return a world without its disallowed moves, and with the states that count as one as one.

    Parameters
    ----------
    world : World
        As options and rules, or states and moves, make it. It comes back as it
        is where no move is disallowed and no two states count as one.
    standing : Standing
        Says what is disallowed and what counts as one.
    conditions : mapping of str to bool
        The truth of every condition.

    Raises
    ------
    CaseError
        If a state is in two groups, or two groups have one label.
    TooManyStatesError
        If there are too many moves to list.
    """
    if standing.disallowed:
        if world.moves.plain is not None:
            world.moves.plain.barred = tuple([_barred(world, standing, conditions, name) for name in standing.disallowed])
        world = _without_moves(world, standing, conditions)
    if standing.coalesce:
        world = _coalesced(world, standing, conditions)
    return world


# -- moves ---------------------------------------------------------------------------------------------------------------


def forbidden(world: World, standing: Standing, conditions: Mapping[str, bool], name: str, dm: int, arcs: Indices) -> Bools:
    """Return which of the moves `arcs` of a decision maker one entry disallows, shape (num_arcs,)."""
    start, end, by = _barred(world, standing, conditions, name)
    found: Bools = start[arcs[:, 0]] & end[arcs[:, 1]] if dm in by else np.zeros(len(arcs), dtype=bool)
    return found


def _barred(world: World, standing: Standing, conditions: Mapping[str, bool], name: str) -> Barred:
    """Return from which states an entry disallows moves, to which, and of whom."""
    by = standing.disallowed[name].by
    who = frozenset(dm for dm, label in enumerate(standing.file.case.decision_makers) if by is None or label in by)
    start, end = (world.holds(standing.file.formula("disallowed", name, key), conditions) for key in ("from", "to"))
    return start, end, who


def listed(moves: Moves, standing: Standing) -> list[Indices]:
    """Return the moves of every decision maker, from and to, each of shape (num_arcs, 2).

    Raises
    ------
    TooManyStatesError
        If there may be more than `MAX_ARCS` together, before they are listed.
    """
    number = sum(map(moves.num_pairs, range(moves.num_decision_makers)))
    if number > MAX_ARCS:
        raise TooManyStatesError(
            f"{standing.file.document.file}: disallowed transitions and coalesced states need every move listed, and there are up to "
            f"{number:,}; at most {MAX_ARCS:,} are: add rules, merge options, or write them as rules and one-way options"
        )
    return [moves.pairs(dm) for dm in range(moves.num_decision_makers)]


def _without_moves(world: World, standing: Standing, conditions: Mapping[str, bool]) -> World:
    arcs = listed(world.moves, standing)
    gone = [
        np.logical_or.reduce([forbidden(world, standing, conditions, name, dm, there) for name in standing.disallowed])
        for dm, there in enumerate(arcs)
    ]
    if not any(mask.any() for mask in gone):
        return world
    kept = [there[~mask] for there, mask in zip(arcs, gone, strict=True)]
    reduced = frozenset(dm for dm, mask in enumerate(gone) if mask.any())
    return replace(world, moves=ArcMoves(len(world.states), kept, world.moves.plain, reduced))


# -- groups --------------------------------------------------------------------------------------------------------------


def members(world: World, standing: Standing, conditions: Mapping[str, bool]) -> dict[str, Bools]:
    """Return, by entry, which states it makes one."""
    formulas = standing.file.formulas
    return {
        name: world.holds(formulas["coalesce", name, "that" if entry.that is not None else "pattern"], conditions)
        for name, entry in standing.coalesce.items()
    }


def _coalesced(world: World, standing: Standing, conditions: Mapping[str, bool]) -> World:
    masks = members(world, standing, conditions)
    _check_disjoint(world.states, standing, masks)
    first = np.arange(len(world.states))
    for mask in masks.values():
        first[mask] = np.flatnonzero(mask)[:1]
    kept, group = np.unique(first, return_inverse=True)
    if len(kept) == len(first):
        return world
    entries = {int(group[place[0]]): name for name, mask in masks.items() if len(place := np.flatnonzero(mask)) > 1}
    groups = Groups(world.states, group, entries)
    _check_labels(groups, standing)
    states = States(options=world.states.options, names=groups.labels, groups=groups)
    arcs = [group[there] for there in listed(world.moves, standing)]
    moves = ArcMoves(len(kept), [there[there[:, 0] != there[:, 1]] for there in arcs], world.moves.plain, world.moves.reduced)
    now = int(group[world.status_quo])
    return replace(world, states=states, moves=moves, status_quo=now, truths={}, named={}, masks={}, file=standing.file)


def _check_disjoint(states: States, standing: Standing, masks: Mapping[str, Bools]) -> None:
    for one, other in combinations(masks, 2):
        both = np.flatnonzero(masks[one] & masks[other])
        if len(both):
            found = f"{states.label(int(both[0]))} is one of the states of {one!r} and of {other!r}"
            remedy = "if all of them are one state, write one entry with 'or'; if not, write the two so that they share none"
            raise CaseError([standing.file.document.problem(("coalesce", other), found, "entries that share no state", remedy)])


def _check_labels(groups: Groups, standing: Standing) -> None:
    known: dict[str, str] = {}
    for group, name in sorted(groups.entries.items()):
        label = groups.labels[group]
        if label in known:
            found = f"the states of {known[label]!r} and of {name!r} would both be called {label}"
            remedy = "write entries whose states share a letter that tells the two apart"
            raise CaseError([standing.file.document.problem(("coalesce", name), found, "groups with patterns that differ", remedy)])
        known[label] = name


def agreed(groups: Groups, holds: Bools, formula: Formula, file: CaseFile) -> Bools:
    """Return in which groups a formula holds, given in which states it does.

    Raises
    ------
    CaseError
        If it holds in one member of a group and not in another; the text names
        both, and every judgement that says so.
    ChoiceError
        The same, for a formula that is no judgement of the case.
    """
    apart = groups.split(holds)
    if apart is None:
        return holds[groups.first]
    one, other = (groups.apart.label(place) for place in apart)
    entry = groups.entries[int(groups.of[apart[0]])]
    found = f"it tells {one} from {other}, which coalesce.{entry} makes one state"
    expected, remedy = "what holds in both or in neither", _remedy(file, formula, entry)
    problems = [file.document.problem(path, found, expected, remedy) for path in _said(file, formula)]
    raise CaseError(problems) if problems else ChoiceError(f"{formula}: {found}; expected {expected}; {remedy}")


def _said(file: CaseFile, formula: Formula) -> Iterator[Path_]:
    """Yield the judgements that are the formula; those that are its opposite, taken the other way round, where there are none."""
    of_states = {path: there for path, there in file.formulas.items() if path[0] not in MEMBERS_ONLY}
    same = [path for path, there in of_states.items() if there == formula]
    yield from same or [path for path, there in of_states.items() if opposite(there) == formula]


def _remedy(file: CaseFile, formula: Formula, entry: str) -> str:
    """Return how to write a formula so that what tells the states apart does not matter."""
    there = file.formulas.get(("coalesce", entry, "that"))
    short = {full: name for name, full in labels_of(file.case).meaning.items() if "." not in name}
    told = [_bracketed(formula, short), _bracketed(opposite(there), short)] if there is not None else []
    example = f", such as '{' and '.join(told)}'" if told and len("".join(told)) <= 100 else ""
    return f"write it so that this does not matter{example}"


def _bracketed(formula: Formula, short: Mapping[str, str]) -> str:
    text = str(rename(formula, short))
    return text if formula.kind in ("name", "not", "and") else f"({text})"


def agreed_ranks(groups: Groups, values: NDArray[Any], file: CaseFile, path: Path_) -> NDArray[Any]:
    """Return the rank of every group, given that of every state.

    Raises
    ------
    CaseError
        If two members of a group differ.
    """
    apart = groups.split(values)
    if apart is not None:
        raise CaseError([_ranked_apart(groups, *apart, file, path)])
    return values[groups.first]


def _ranked_apart(groups: Groups, one: int, other: int, file: CaseFile, path: Path_) -> Problem:
    entry = groups.entries[int(groups.of[one])]
    found = f"it ranks {groups.apart.label(one)} and {groups.apart.label(other)} apart, which coalesce.{entry} makes one state"
    return file.document.problem(path, found, "one rank for both", "write weights that sum to the same, or leave the entry out")


def group_problems(document: Document, path: Path_, listed: Sequence[Sequence[str]], states: States) -> Iterator[Problem]:
    """Yield where a ranking puts states that count as one in several tiers, or names by a pattern states that do not."""
    seen: dict[int, tuple[str, int]] = {}
    for tier, labels in enumerate(listed):
        for label in labels:
            place = states.index(label)
            if place is None and is_open(label) and (states.groups.apart if states.groups else states).matching(label).any():
                found, expected = f"the pattern {label} in a ranking", "the pattern of states that count as one, and of no others"
                yield document.problem((*path, "ranking", tier), found, expected, "list the states by their codes")
            if place is None:
                continue
            before, there = seen.setdefault(place, (label, tier))
            if there != tier:
                found = f"{label} stands below {before}, and both are the state {states.label(place)}"
                yield document.problem((*path, "ranking", tier), found, "states that count as one in one tier", "remove one of the two")


def in_groups(document: Document, path: Path_, lines: Sequence[str], states: States) -> Said:
    """Return what lines of pairs say of states, those that count as one under one label.

    Raises
    ------
    CaseError
        If lines go together as they are, and not once some states are one.
    """
    if states.groups is None:
        return said(lines)
    try:
        return said([_renamed(line, states) for line in lines])
    except ValueError as error:
        found, expected, remedy = str(error).split("|")
        raise CaseError([document.problem((*path, "pairs"), f"with states that count as one, {found}", expected, remedy)]) from None


def _renamed(line: str, states: States) -> str:
    labels, signs = chain(line)
    named = [label if (place := states.index(label)) is None else states.label(place) for label in labels]
    written = {value: sign for sign, value in SIGNS.items()}
    return named[0] + "".join(f" {written[sign]} {label}" for sign, label in zip(signs, named[1:], strict=True))

"""What a reading says of states by name, as preferences: tiers of states, or pairs; each checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from offramp.case.pairs import Said
from offramp.case.schema import Reading
from offramp.case.yaml_reader import Document, Path_
from offramp.errors import CaseError, Problem
from offramp.model.conflict import States
from offramp.model.preference import tiers
from offramp.model.relation import EQUAL, UNKNOWN, Paired, Ranked
from offramp.model.shape import group_problems, in_groups

MAX_PAIRED = 1 << 12
"""Number of states that can be compared pair by pair."""

CanExist = Callable[[str], bool]


def listed_ranking(document: Document, path: Path_, reading: Reading, order: Sequence[int], states: States, can_exist: CanExist) -> Ranked:
    """Return the preference that a direct ranking gives.

    Parameters
    ----------
    document : Document
        Where the ranking stands, for messages.
    path : path
        Of the reading.
    reading : Reading
        With its `ranking`, and what it says of states that it does not list.
    order : sequence of int
        The order of the tiers, the best first: positions in the file.
    states : States
        That exist.
    can_exist : callable
        Whether a state that does not exist here exists under other sides of what is contested.

    Raises
    ------
    CaseError
        If a state is named that cannot exist, or one is left out.
    """
    listed = [[tier] if isinstance(tier, str) else tier for tier in reading.ranking or ()]
    _check_named(document, [((*path, "ranking", place), label) for place, tier in enumerate(listed) for label in tier], states, can_exist)
    if problems := list(group_problems(document, path, listed, states)):
        raise CaseError(problems)
    places = [[place for label in listed[k] if (place := states.index(label)) is not None] for k in order]
    named = {place for tier in places for place in tier}
    missing = sorted(set(range(len(states))) - named)
    if missing and reading.unlisted is None:
        found = f"the ranking leaves out {_some([states.label(place) for place in missing])}"
        remedy = "add them, or write 'unlisted: tied' beside it, or 'unlisted: unknown'"
        raise CaseError([document.problem((*path, "ranking"), found, f"all {len(states)} states", remedy)])
    known = np.isin(np.arange(len(states)), sorted(named)) if missing and reading.unlisted == "unknown" else None
    return Ranked(tiers(len(states), [tier for tier in places if tier]), _great_steps(reading, listed, order, places, len(states)), known)


def _great_steps(
    reading: Reading, listed: list[list[str]], order: Sequence[int], places: list[list[int]], num_states: int
) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]] | None:
    """Return the number of great steps below each state; unlisted states stand below the last tier."""
    if not reading.great_steps:
        return None
    steps, above = np.zeros(num_states, dtype=np.int64), 0
    for k, tier in zip(reversed(order), reversed(places), strict=True):
        above += any(label in reading.great_steps for label in listed[k])
        steps[tier] = above
    return steps


def listed_pairs(document: Document, path: Path_, reading: Reading, states: States, can_exist: CanExist) -> Paired:
    """Return the preference that pairs of states give.

    Raises
    ------
    CaseError
        If a state is named that cannot exist, a pair is left out without
        ``unlisted: unknown``, or there are too many states.
    """
    if len(states) > MAX_PAIRED:
        found = f"pairs of {len(states):,} states"
        raise CaseError([document.problem((*path, "pairs"), found, f"at most {MAX_PAIRED:,}", "write the reading as prefers")])
    there = in_groups(document, path, reading.pairs or (), states)
    _check_named(document, [((*path, "pairs"), label) for label in there], states, can_exist)
    table = _table(there, states)
    missing = np.argwhere(table == UNKNOWN)
    if len(missing) and reading.unlisted is None:
        one, other = (states.label(int(place)) for place in missing[0])
        found = f"{len(missing) // 2} pairs are not judged, {one} and {other} among them"
        remedy = "add them, or write 'unlisted: unknown' beside them"
        raise CaseError([document.problem((*path, "pairs"), found, f"all pairs of {len(states)} states", remedy)])
    return Paired(table)


def _table(there: Said, states: States) -> np.ndarray[tuple[int, ...], np.dtype[np.int8]]:
    table = np.full((len(states), len(states)), UNKNOWN)
    np.fill_diagonal(table, EQUAL)
    places = {label: states.index(label) for label in there}
    for one, others in there.items():
        for other, sign in others.items():
            better, worse = places[one], places[other]
            if better is not None and worse is not None:
                table[worse, better] = sign
    return table


def _check_named(document: Document, named: list[tuple[Path_, str]], states: States, can_exist: CanExist) -> None:
    """Raise if a named state exists under no side of the contested rules and conditions."""
    problems: list[Problem] = [
        document.problem(path, f"the reading names {label}, which breaks a rule", "states that exist", "remove it")
        for path, label in named
        if states.index(label) is None and not can_exist(label)
    ]
    if problems:
        raise CaseError(problems)


def _some(labels: list[str], limit: int = 8) -> str:
    return ", ".join(labels[:limit]) + (f" and {len(labels) - limit} more" if len(labels) > limit else "")

"""A direct ranking of a case file as ranks: tiers of states, each checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from offramp.case.schema import Reading
from offramp.case.yaml_reader import Document, Path_
from offramp.errors import CaseError
from offramp.model.conflict import States
from offramp.model.preference import Ranks, tiers
from offramp.model.shape import group_problems


def listed_tiers(
    document: Document, path: Path_, reading: Reading, order: Sequence[int], states: States, can_exist: Callable[[str], bool]
) -> Ranks:
    """Return the ranks that a direct ranking gives.

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
    if reading.unlisted == "unknown":
        expected, remedy = "unlisted: tied, or every state listed", "the concepts here need a ranking of all states"
        raise CaseError([document.problem((*path, "unlisted"), "unlisted: unknown", expected, remedy)])
    listed = [[tier] if isinstance(tier, str) else tier for tier in reading.ranking or ()]
    _check_listed(document, path, listed, states, can_exist)
    places = [[place for label in listed[k] if (place := states.index(label)) is not None] for k in order]
    missing = set(range(len(states))) - {place for tier in places for place in tier}
    if missing and reading.unlisted is None:
        found = f"the ranking leaves out {_some([states.label(place) for place in sorted(missing)])}"
        remedy = "add them, or write 'unlisted: tied' beside it"
        raise CaseError([document.problem((*path, "ranking"), found, f"all {len(states)} states", remedy)])
    return tiers(len(states), [tier for tier in places if tier])


def _check_listed(document: Document, path: Path_, listed: list[list[str]], states: States, can_exist: Callable[[str], bool]) -> None:
    """Raise if a listed state exists under no side of the contested rules and conditions."""
    problems = [
        document.problem((*path, "ranking", place), f"the ranking names {label}, which breaks a rule", "states that exist", "remove it")
        for place, tier in enumerate(listed)
        for label in tier
        if states.index(label) is None and not can_exist(label)
    ]
    problems += group_problems(document, path, listed, states)
    if problems:
        raise CaseError(problems)


def _some(labels: list[str], limit: int = 8) -> str:
    return ", ".join(labels[:limit]) + (f" and {len(labels) - limit} more" if len(labels) > limit else "")

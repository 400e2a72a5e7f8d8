"""Who upsets a state, in one cell of a table: the smallest coalitions that would leave it."""

from __future__ import annotations

from offramp.analysis.solve import Solution
from offramp.analysis.ways import minimal
from offramp.report.words import FURTHER_NAMES

MAX_COALITIONS = 3
"""Coalitions that are named in one cell."""

Members = tuple[str, ...]


def upset_label(solution: Solution, state: int) -> str:
    """Return the coalitions that upset a state, those left out of which no part does; with the concepts where not by all.

    Examples
    --------
    >>> import offramp
    >>> solution = offramp.solve(offramp.load_case("elmira-12"), ["coalition_nash", "coalition_gmr"])
    >>> upset_label(solution, 6), upset_label(solution, 0)  # states 7 and 1
    ('moe+uniroyal', 'local_government (Nash)')
    """
    by_whom = _smallest(solution, state)
    told = ["+".join(members) + _by(concepts, solution) for members, concepts in by_whom.items()]
    more = [f"and {len(told) - MAX_COALITIONS:,} more"] * (len(told) > MAX_COALITIONS)
    return " ".join([", ".join(told[:MAX_COALITIONS]), *more])


def _smallest(solution: Solution, state: int) -> dict[Members, list[str]]:
    """Return the coalitions that upset a state though none of their parts does, each with the concepts by which it is so."""
    found: dict[Members, list[str]] = {}
    for concept in solution.for_coalitions:
        for members in minimal(solution.upset_by(concept, state)):
            found.setdefault(members, []).append(concept)
    return dict(sorted(found.items(), key=lambda one: len(one[0])))


def _by(concepts: list[str], solution: Solution) -> str:
    if len(concepts) == len(solution.for_coalitions):
        return ""
    return f" ({', '.join(FURTHER_NAMES[concept].short.removeprefix('coalitional ') for concept in concepts)})"

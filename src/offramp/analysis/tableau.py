"""The tableau, as the field prints it: for each state and decision maker rank, moves, improvements, sanctions, verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from offramp.analysis.evolution import Evolution
from offramp.analysis.explain import witnesses
from offramp.analysis.simultaneous import SimWitnesses
from offramp.analysis.solve import Solution
from offramp.analysis.witness import Known, Witnesses
from offramp.model.conflict import ConflictModel


@dataclass(frozen=True)
class Sanctioned:
    """An improvement, and by concept all states by which opponents deter from it, ascending."""

    to: int
    by: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Entry:
    """One decision maker at one state; `stable` by concept, improvements best first, then by number."""

    state: int
    dm: int
    rank: int | None
    moves: tuple[int, ...]
    improvements: tuple[Sanctioned, ...]
    stable: Mapping[str, bool]


def tableau(solution: Solution, states: tuple[int, ...]) -> tuple[Entry, ...]:
    """Return the tableau of `states` under any of the five concepts and SIM, one entry for each state and decision maker.

    Parameters
    ----------
    solution : Solution
        The verdicts; Nash stability is in it or not, like every concept.
    states : tuple of int
        Which states, in which order.

    Returns
    -------
    entries : tuple of Entry
        State by state, decision makers in file order.

    Examples
    --------
    >>> import offramp
    >>> solution = offramp.solve(offramp.load_case("prisoners-dilemma"), ["nash", "seq"])
    >>> first = tableau(solution, (3,))[0]
    >>> first.rank, first.moves, first.improvements[0].by, first.stable
    (2, (2,), {'nash': (), 'seq': (0,)}, {'nash': False, 'seq': True})
    """
    known: Known = {}
    makers = solution.model.decision_makers
    by_dm = [{concept: witnesses(there[dm], known) for concept, there in solution.results.items()} for dm in makers]
    return tuple(_entry(solution, found, dm, state) for state in states for dm, found in enumerate(by_dm))


def _entry(solution: Solution, found: Mapping[str, Witnesses | SimWitnesses], dm: int, state: int) -> Entry:
    model = solution.model
    rank = model.preference(dm).rank
    moves = tuple(model.moves.successors(dm, state).tolist())
    better = next(iter(found.values())).tempting(state)
    improvements = tuple(Sanctioned(to, {concept: one.sanctions(state, to) for concept, one in found.items()}) for to in better)
    stable = {concept: bool(by_dm[model.decision_makers[dm]].stable[state]) for concept, by_dm in solution.results.items()}
    return Entry(state, dm, None if rank is None else int(rank[state]), moves, improvements, stable)


def states_that_matter(model: ConflictModel, state: int, limit: int) -> tuple[tuple[int, ...], bool]:
    """Return which states a tableau of at most `limit` shows, and whether the limit leaves out some that matter.

    All states, where they are no more than `limit`; else `state`, what any one
    decision maker can make of it by one move, and what follows it by wanted
    moves, the nearest first; where preferences are no rankings, by one move only.

    Examples
    --------
    >>> import offramp
    >>> states_that_matter(offramp.load_case("prisoners-dilemma"), 3, 2)
    ((3, 1), True)
    """
    if model.num_states <= limit:
        return tuple(range(model.num_states)), False
    near = {to for dm in range(len(model.decision_makers)) for to in model.moves.successors(dm, state).tolist()}
    found = dict.fromkeys([state, *sorted(near)])
    if model.unranked:
        return tuple(found)[:limit], len(found) > limit
    evolution, seen, level = Evolution(model), {state}, [state]
    while level and len(found) <= limit:
        level = sorted({to for here in level for to in evolution.improvements(here)} - seen)
        seen.update(level)
        found |= dict.fromkeys(level)
    return tuple(found)[:limit], len(found) > limit

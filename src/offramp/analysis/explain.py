"""Why a state is stable or not: for each decision maker what tempts, and what the others make of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from offramp.analysis.solve import Solution, solve
from offramp.analysis.witness import Answer, Witnesses
from offramp.model.conflict import ConflictModel
from offramp.shown import shown


@dataclass(frozen=True)
class Improvement:
    """A unilateral improvement: where it leads, its rank, and the answer to it under each concept."""

    to: int
    rank: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Account:
    """One decision maker in one state.

    Parameters
    ----------
    dm : int
        Its position.
    rank : int
        Of the state, for it.
    moves : tuple of int
        All states that it reaches in one move, ascending.
    improvements : tuple of Improvement
        Those that it prefers, best first, then by number.
    """

    dm: int
    rank: int
    moves: tuple[int, ...]
    improvements: tuple[Improvement, ...]

    def is_stable(self, concept: str) -> bool:
        """Return whether every improvement is deterred under `concept`."""
        return all(answer.deters for improvement in self.improvements for answer in improvement.answers if answer.concept == concept)


@shown
@dataclass(frozen=True, eq=False)
class Explanation:
    """Why one state is stable or not, decision maker by decision maker.

    Parameters
    ----------
    model : ConflictModel
        What was solved.
    state : int
        The state that is explained.
    concepts : tuple of str
        In the order in which the answers stand.
    solution : Solution
        The verdicts on all states.
    accounts : tuple of Account
        In the order in which decision makers were asked for.
    """

    model: ConflictModel
    state: int
    concepts: tuple[str, ...]
    solution: Solution
    accounts: tuple[Account, ...]


def explain(
    model: ConflictModel, state: int | None = None, concepts: Sequence[str] | None = None, decision_makers: Sequence[str] | None = None
) -> Explanation:
    """Return what tempts decision makers to leave a state, and what deters them.

    Parameters
    ----------
    model : ConflictModel
        Not modified.
    state : int, optional
        Its position; by default the status quo. ``model.state`` gives the
        position for a code, a name or a number.
    concepts : sequence of str, optional
        Short names; by default all.
    decision_makers : sequence of str, optional
        Labels; by default all.

    Returns
    -------
    explanation : Explanation
        For each decision maker its moves and improvements; for each improvement
        and concept the shortest sanction, or the worst that opponents can do.

    Raises
    ------
    UnknownLabelError
        For a concept or decision maker that is not there.

    Notes
    -----
    A sanction is a legal sequence of opponents' moves, under SEQ and SSEQ each
    an improvement of its mover. The search looks at no more than all states
    times decision makers for each improvement and concept, in plain Python.

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("prisoners-dilemma")  # NN, YN, NY, YY: Y cooperates
    >>> first = explain(model, model.state("YY"), ["nash", "seq"]).accounts[0]
    >>> [(model.states.label(found.to), found.rank) for found in first.improvements], first.rank
    ([('NY', 3)], 2)
    >>> first.is_stable("nash"), first.is_stable("seq")
    (False, True)
    """
    places = [model.dm(label) for label in decision_makers] if decision_makers is not None else range(len(model.decision_makers))
    solution = solve(model, concepts)
    here = model.status_quo if state is None else state
    accounts = tuple(_account(solution, dm, here) for dm in dict.fromkeys(places))
    return Explanation(model, here, tuple(solution.results), solution, accounts)


def _account(solution: Solution, dm: int, state: int) -> Account:
    model = solution.model
    rank = model.ranks[dm]
    moves = tuple(model.moves.successors(dm, state).tolist())
    better = sorted((to for to in moves if rank[to] > rank[state]), key=lambda to: (-rank[to], to))
    found = [Witnesses(by_dm[model.decision_makers[dm]]) for by_dm in solution.results.values()] if better else []
    improvements = tuple(Improvement(to, int(rank[to]), tuple(witnesses.answer(state, to) for witnesses in found)) for to in better)
    return Account(dm, int(rank[state]), moves, improvements)

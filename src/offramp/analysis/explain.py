"""Why a state is stable or not: for each decision maker or coalition what tempts, and what the others make of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from offramp.analysis.foreseen import Foreseen
from offramp.analysis.jointly import CoalitionWitnesses
from offramp.analysis.simultaneous import SimWitnesses
from offramp.analysis.solve import Solution, concept_names, solve
from offramp.analysis.ways import Move
from offramp.analysis.witness import Answer, Witnesses
from offramp.errors import ChoiceError
from offramp.model.conflict import ConflictModel
from offramp.shown import shown
from offramp.stability import CONCEPTS
from offramp.stability.settings import DEFAULT, Settings


@dataclass(frozen=True)
class Improvement:
    """An improvement, and the answer to it under each concept.

    Looking ahead any move counts, since what matters is where it ends.

    Parameters
    ----------
    to : int
        Where it leads.
    rank : int or None
        Of that state; None where preferences are no ranking, and for a coalition.
    answers : tuple of Answer
        One a concept.
    moves : tuple of Move
        The move; of a coalition, its shortest legal sequence.
    compared : tuple of int
        How that state compares with the state of departure, member by member.
    """

    to: int
    rank: int | None
    answers: tuple[Answer, ...]
    moves: tuple[Move, ...]
    compared: tuple[int, ...]


@dataclass(frozen=True)
class Account:
    """One decision maker, or one coalition, in one state.

    Parameters
    ----------
    members : tuple of int
        The positions of those who are asked about.
    rank : int or None
        Of the state, for a decision maker whose preferences are a ranking.
    moves : tuple of int
        All states that it reaches in one move, a coalition by legal sequences; ascending.
    improvements : tuple of Improvement
        Those that tempt, best first, then by number; looking ahead all moves,
        those with the best end first.
    stable : mapping of str to bool
        The verdict by concept.
    horizon : int, optional
        Looking ahead: how many moves.
    """

    members: tuple[int, ...]
    rank: int | None
    moves: tuple[int, ...]
    improvements: tuple[Improvement, ...]
    stable: Mapping[str, bool]
    horizon: int | None = None

    @property
    def dm(self) -> int:
        """The position of the only, or the first, who is asked about."""
        return self.members[0]

    def name(self, model: ConflictModel) -> str:
        """Return the label of who is asked about; of a coalition the labels of all, with ``+`` between."""
        return "+".join(model.decision_makers[dm] for dm in self.members)

    def is_stable(self, concept: str) -> bool:
        """Return whether the state is stable under `concept`."""
        return self.stable[concept]


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

    @property
    def is_further(self) -> bool:
        """Whether it tells a concept that looks ahead, or that is about coalitions."""
        return any(name in ("limited", "nonmyopic") or name.startswith("coalition_") for name in self.concepts)

    def compared(self, account: Account, state: int) -> tuple[int, ...]:
        """Return how `state` compares with the one that is explained, for each of those asked about; values of `offramp.model.relation`."""
        here, there = np.array([self.state]), np.array([state])
        return tuple(int(self.model.preference(dm).compared(here, there)[0]) for dm in account.members)


def explain(
    model: ConflictModel,
    state: int | None = None,
    concepts: Sequence[str] | None = None,
    decision_makers: Sequence[str] | None = None,
    settings: Settings = DEFAULT,
    *,
    coalition: Sequence[str] | None = None,
    horizon: int | None = None,
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
        Short names; by default the five. Any of these and ``"sim"`` go
        together; the others are asked for alone.
    decision_makers : sequence of str, optional
        Labels; by default all.
    settings : Settings, optional
        Which definitions are meant where sources differ.
    coalition : sequence of str, optional
        Labels of the members, for concepts that are about a coalition; by
        default all coalitions.
    horizon : int, optional
        Number of moves looked ahead, which the concept ``limited`` needs.

    Returns
    -------
    explanation : Explanation
        For each decision maker its moves and improvements; for each improvement
        and concept the shortest sanction, or the worst that opponents can do.

    Raises
    ------
    UnknownLabelError
        For a concept or decision maker that is not there.
    ChoiceError
        If a concept is not defined for the model, or cannot be told beside others.

    Notes
    -----
    A sanction is a sequence of opponents' moves, under SEQ and SSEQ each
    an improvement of its mover. The search looks at no more than all states
    times decision makers for each improvement and concept, in plain Python; with
    ``sequences="once"`` at all states times sets of opponents.

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
    wanted = tuple(CONCEPTS if concepts is None else dict.fromkeys(concept_names(concepts)))
    _check_together(wanted, decision_makers)
    places = [model.dm(label) for label in decision_makers] if decision_makers is not None else range(len(model.decision_makers))
    solution = solve(model, wanted, settings, coalition=coalition, horizon=horizon)
    here = model.status_quo if state is None else state
    accounts = tuple(_accounts(solution, list(dict.fromkeys(places)), here))
    return Explanation(model, here, tuple(solution.results), solution, accounts)


def _check_together(concepts: Sequence[str], decision_makers: Sequence[str] | None) -> None:
    """Refuse concepts that cannot be told together, or not for single decision makers."""
    from offramp.stability.registry import ALL_CONCEPTS

    apart = [name for name in concepts if name in ALL_CONCEPTS and name not in CONCEPTS and name != "sim"]
    if apart and len(concepts) > 1:
        raise ChoiceError(f"{apart[0]} is told alone, and {len(concepts)} concepts are asked for; ask for it by itself")
    if decision_makers is not None and any(ALL_CONCEPTS[name].about == "coalition" for name in apart):
        raise ChoiceError(f"{apart[0]} is about coalitions, and decision makers are asked for; name a coalition instead")


def _accounts(solution: Solution, places: Sequence[int], state: int) -> Iterator[Account]:
    (first, *_) = solution.results
    if first.startswith("coalition_"):
        for result in solution.results[first].values():
            yield _together(CoalitionWitnesses(result), first, bool(result.stable[state]), state)
    else:
        tell = _ahead if first in ("limited", "nonmyopic") else _account
        for dm in places:
            yield tell(solution, dm, state)


def _stable(solution: Solution, dm: int, state: int) -> dict[str, bool]:
    name = solution.model.decision_makers[dm]
    return {concept: bool(by_dm[name].stable[state]) for concept, by_dm in solution.results.items()}


def _account(solution: Solution, dm: int, state: int) -> Account:
    model, name = solution.model, solution.model.decision_makers[dm]
    found = [SimWitnesses(by[name]) if concept == "sim" else Witnesses(by[name]) for concept, by in solution.results.items()]
    improvements = tuple(_improvement(model, dm, state, to, [one.answer(state, to) for one in found]) for to in found[0].tempting(state))
    return Account((dm,), _rank(model, dm, state), _moves(model, dm, state), improvements, _stable(solution, dm, state))


def _ahead(solution: Solution, dm: int, state: int) -> Account:
    model = solution.model
    (by_dm,) = solution.results.values()
    found = Foreseen(by_dm[model.decision_makers[dm]])
    horizon = found.horizon(state)
    there = [_improvement(model, dm, state, to, [found.answer(state, to, horizon)]) for to in _moves(model, dm, state)]
    by_end = sorted(there, key=lambda one: (-int(model.ranks[dm][one.answers[0].state]), one.to))
    return Account((dm,), _rank(model, dm, state), _moves(model, dm, state), tuple(by_end), _stable(solution, dm, state), horizon)


def _together(found: CoalitionWitnesses, concept: str, stable: bool, state: int) -> Account:
    improvements = tuple(
        Improvement(to, None, (found.answer(state, to),), found.way(state, to), found.compared(state, to)) for to in found.tempting(state)
    )
    return Account(found.coalition, None, found.reached(state), improvements, {concept: stable})


def _improvement(model: ConflictModel, dm: int, state: int, to: int, answers: Sequence[Answer]) -> Improvement:
    compared = int(model.preference(dm).compared(np.array([state]), np.array([to]))[0])
    return Improvement(to, _rank(model, dm, to), tuple(answers), (Move(dm, state, to),), (compared,))


def _rank(model: ConflictModel, dm: int, state: int) -> int | None:
    rank = model.preference(dm).rank
    return None if rank is None else int(rank[state])


def _moves(model: ConflictModel, dm: int, state: int) -> tuple[int, ...]:
    return tuple(model.moves.successors(dm, state).tolist())

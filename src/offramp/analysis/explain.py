"""Why a state is stable or not: for each decision maker or coalition what tempts, and what the others make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.foreseen import Foreseen
from offramp.analysis.jointly import CoalitionWitnesses
from offramp.analysis.simultaneous import SimWitnesses
from offramp.analysis.solve import Solution, concept_names, solve
from offramp.analysis.ways import Move
from offramp.analysis.witness import Answer, Known, Witnesses
from offramp.errors import ChoiceError
from offramp.model.conflict import ConflictModel
from offramp.shown import shown
from offramp.stability import CONCEPTS
from offramp.stability.settings import DEFAULT, Settings
from offramp.stability.sim import SimResult


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
    here = model.status_quo if state is None else model.position(state)
    accounts = tuple(tell(here) for tell in _tellers(solution, list(dict.fromkeys(places))))
    return Explanation(model, here, tuple(solution.results), solution, accounts)


def throughout(explanation: Explanation, states: Sequence[int]) -> tuple[Explanation, ...]:
    """Return the same explained for other states: of several coalitions only those that have an improvement there.

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("elmira-12")
    >>> found = explain(model, 0, ["coalition_nash"], coalition=["moe", "uniroyal"])
    >>> there = throughout(found, range(model.num_states))
    >>> {one.state + 1: [better.to + 1 for better in one.accounts[0].improvements] for one in there if one.accounts[0].improvements}
    {2: [4], 7: [10], 8: [10]}
    """
    asked = list(dict.fromkeys(account.dm for account in explanation.accounts))
    told = [[tell(state) for state in states] for tell in _tellers(explanation.solution, asked)]
    several = bool(explanation.solution.for_coalitions)
    accounts = [[account for account in there if account.improvements or not several] for there in zip(*told, strict=True)]
    return tuple(replace(explanation, state=state, accounts=tuple(there)) for state, there in zip(states, accounts, strict=True))


def _check_together(concepts: Sequence[str], decision_makers: Sequence[str] | None) -> None:
    """Refuse concepts that cannot be told together, or not for single decision makers."""
    from offramp.stability.registry import ALL_CONCEPTS

    apart = [name for name in concepts if name in ALL_CONCEPTS and name not in CONCEPTS and name != "sim"]
    if apart and len(concepts) > 1:
        raise ChoiceError(f"{apart[0]} is told alone, and {len(concepts)} concepts are asked for; ask for it by itself")
    if decision_makers is not None and any(ALL_CONCEPTS[name].about == "coalition" for name in apart):
        raise ChoiceError(f"{apart[0]} is about coalitions, and decision makers are asked for; name a coalition instead")


Tell = Callable[[int], Account]


def _tellers(solution: Solution, places: Sequence[int]) -> Iterator[Tell]:
    """Yield, for each decision maker or coalition, what tells of a state; the witnesses of a model are found once."""
    (first, *_) = solution.results
    if first.startswith("coalition_"):
        yield from (partial(_together, CoalitionWitnesses(result), first, result.stable) for result in solution.results[first].values())
    for dm in places if not first.startswith("coalition_") else ():
        results = {concept: by_dm[solution.model.decision_makers[dm]] for concept, by_dm in solution.results.items()}
        if first in ("limited", "nonmyopic"):
            yield partial(_ahead, solution, dm, Foreseen(results[first]))
        else:
            yield partial(_account, solution, dm, [witnesses(result) for result in results.values()])


def witnesses(result: Any, known: Known | None = None) -> Witnesses | SimWitnesses:
    """Return what finds the witnesses of a verdict by one of the five concepts, or by SIM; `known` as in `Witnesses`."""
    return SimWitnesses(result) if isinstance(result, SimResult) else Witnesses(result, known)


def _stable(solution: Solution, dm: int, state: int) -> dict[str, bool]:
    name = solution.model.decision_makers[dm]
    return {concept: bool(by_dm[name].stable[state]) for concept, by_dm in solution.results.items()}


def _account(solution: Solution, dm: int, found: Sequence[Witnesses | SimWitnesses], state: int) -> Account:
    model = solution.model
    improvements = tuple(_improvement(model, dm, state, to, [one.answer(state, to) for one in found]) for to in found[0].tempting(state))
    return Account((dm,), _rank(model, dm, state), _moves(model, dm, state), improvements, _stable(solution, dm, state))


def _ahead(solution: Solution, dm: int, found: Foreseen, state: int) -> Account:
    model = solution.model
    horizon = found.horizon(state)
    there = [_improvement(model, dm, state, to, [found.answer(state, to, horizon)]) for to in _moves(model, dm, state)]
    by_end = sorted(there, key=lambda one: (-int(model.ranks[dm][one.answers[0].state]), one.to))
    return Account((dm,), _rank(model, dm, state), _moves(model, dm, state), tuple(by_end), _stable(solution, dm, state), horizon)


def _together(found: CoalitionWitnesses, concept: str, stable: NDArray[np.bool_], state: int) -> Account:
    improvements = tuple(
        Improvement(to, None, (found.answer(state, to),), found.way(state, to), found.compared(state, to)) for to in found.tempting(state)
    )
    return Account(found.coalition, None, found.reached(state), improvements, {concept: bool(stable[state])})


def _improvement(model: ConflictModel, dm: int, state: int, to: int, answers: Sequence[Answer]) -> Improvement:
    compared = int(model.preference(dm).compared(np.array([state]), np.array([to]))[0])
    return Improvement(to, _rank(model, dm, to), tuple(answers), (Move(dm, state, to),), (compared,))


def _rank(model: ConflictModel, dm: int, state: int) -> int | None:
    rank = model.preference(dm).rank
    return None if rank is None else int(rank[state])


def _moves(model: ConflictModel, dm: int, state: int) -> tuple[int, ...]:
    return tuple(model.moves.successors(dm, state).tolist())

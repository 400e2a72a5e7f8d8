"""The model as it is, before anything is asked of it: states, what everybody prefers, who can move where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.model.relation import BETTER, EQUAL, GREATLY_BETTER, UNKNOWN, Preference, Ranked
from offramp.model.world import Choice
from offramp.shown import shown

MAX_COMPARED = 1 << 12
"""Number of states up to which they are compared pair by pair, where preferences are not told by an order alone."""

MAX_STATEMENTS = 62
"""Number of statements up to which the score of a prioritization is worked out; it has as many binary digits."""

States = tuple[int, ...]


@dataclass(frozen=True)
class Compared:
    """How one state compares with all others: those that it is greatly better than, better than, as good as, and of unknown merit to."""

    state: int
    greatly: States
    better: States
    equal: States
    unknown: States


@dataclass(frozen=True, eq=False)
class Preferred:
    """What one decision maker prefers, and where it can move.

    Parameters
    ----------
    model : ConflictModel
        Of the cell.
    place : int
        Position of the decision maker.
    statements : tuple of ndarray of bool
        Where each statement of its reading holds, the most important first;
        none where the reading is no list of statements, or leaves pairs unknown.
    """

    model: ConflictModel
    place: int
    statements: tuple[NDArray[np.bool_], ...] = ()

    @property
    def dm(self) -> str:
        """The label of the decision maker."""
        return self.model.decision_makers[self.place]

    @property
    def wants(self) -> Preference:
        """What it prefers."""
        return self.model.preference(self.place)

    @cached_property
    def places(self) -> NDArray[np.int64] | None:
        """The ordinal place of every state, 1 for the best, ties in one place; None where preferences are no ranking."""
        rank = self.wants.rank
        return None if rank is None else np.unique(-rank, return_inverse=True)[1].ravel() + 1

    @cached_property
    def scores(self) -> NDArray[np.int64] | None:
        """The prioritization: statement ``j`` of ``k`` adds ``2 ** (k - 1 - j)`` where it holds; None without statements."""
        if not 0 < len(self.statements) <= MAX_STATEMENTS:
            return None
        total = np.zeros(self.model.num_states, dtype=np.int64)
        for holds in self.statements:
            total = 2 * total + holds
        return total

    @cached_property
    def tiers(self) -> tuple[States, ...] | None:
        """The states that have a place, the best first, ties together; None where what is known gives no order."""
        wants = self.wants
        order = wants.order if isinstance(wants, Ranked) else wants.rank
        if order is None:
            return None
        there = np.arange(len(order)) if not isinstance(wants, Ranked) or wants.known is None else np.flatnonzero(wants.known)
        best_first = there[np.argsort(-order[there], kind="stable")]
        ends = np.flatnonzero(np.diff(order[best_first])) + 1
        return tuple(tuple(tier.tolist()) for tier in np.split(best_first, ends) if len(tier))

    @cached_property
    def apart(self) -> States:
        """The states that nobody can place, beside the order of the others."""
        known = self.wants.known if isinstance(self.wants, Ranked) else None
        return () if known is None else tuple(np.flatnonzero(~known).tolist())

    @cached_property
    def great(self) -> tuple[bool, ...]:
        """Of each tier but the last, whether it is greatly better than the next."""
        best = np.array([tier[0] for tier in self.tiers or ()], dtype=np.int64)
        return tuple((self.wants.compared(best[1:], best[:-1]) == GREATLY_BETTER).tolist())

    @cached_property
    def num_unknown(self) -> int | None:
        """The number of pairs of states of which nobody knows which is preferred; None where they are too many to look through."""
        size, apart = self.model.num_states, len(self.apart)
        if self.tiers is not None:
            return apart * (size - apart) + apart * (apart - 1) // 2
        return sum(len(self.compared(state).unknown) for state in range(size)) // 2 if size <= MAX_COMPARED else None

    @cached_property
    def is_order(self) -> bool:
        """Whether `tiers`, `great` and `apart` say all that is known; said pair by pair, two small steps can make a great one."""
        if self.tiers is None:
            return False
        if isinstance(self.wants, Ranked) or not self.wants.has_degrees:
            return True
        best = np.array([tier[0] for tier in self.tiers], dtype=np.int64)
        level = np.cumsum([0, *self.great])
        greatly = self.wants.compared(best[None, :], best[:, None]) == GREATLY_BETTER
        return bool((greatly == (level[None, :] > level[:, None])).all())

    def compared(self, state: int) -> Compared:
        """Return how `state` compares with all others."""
        found = self.wants.compared(np.arange(self.model.num_states), np.array([state]))
        found[state] = 0
        others = {sign: tuple(np.flatnonzero(found == sign).tolist()) for sign in (GREATLY_BETTER, BETTER, EQUAL, UNKNOWN)}
        equal = tuple(other for other in others[EQUAL] if other != state)
        return Compared(state, others[GREATLY_BETTER], others[BETTER], equal, others[UNKNOWN])

    def moves(self, state: int) -> States:
        """Return the states that it reaches from `state` in one move."""
        return tuple(self.model.moves.successors(self.place, state).tolist())

    def improvements(self, state: int) -> States:
        """Return those of its moves from `state` that lead to a state that it prefers."""
        reached = self.model.moves.successors(self.place, state)
        return tuple(reached[self.model.prefers(self.place, reached, state)].tolist())


@shown
@dataclass(frozen=True, eq=False)
class StatesView:
    """The states of one cell, with what everybody prefers and where everybody can move.

    Parameters
    ----------
    builder : Builder
        Of the case.
    choice : Choice
        The cell.
    model : ConflictModel
        Its model.
    told : tuple of int
        Positions of the states that are told, ascending; the status quo is among them.
    makers : tuple of Preferred
        Every decision maker, in file order.
    """

    builder: Builder
    choice: Choice
    model: ConflictModel
    told: States
    makers: tuple[Preferred, ...]

    @property
    def is_cut(self) -> bool:
        """Whether a limit leaves out states."""
        return len(self.told) < self.model.num_states

    def value(self, state: int) -> int | None:
        """Return the decimal value of a code, the first option least significant; None where states have no code."""
        codes = self.model.states.codes
        return None if codes is None else int(codes[state])


def states(builder: Builder, choice: Choice | None = None, limit: int | None = None) -> StatesView:
    """Return the model of one cell as it is: states, preferences, moves.

    Parameters
    ----------
    builder : Builder
        Of the case.
    choice : Choice, optional
        The cell; by default the first reading of everybody and the sides that the case takes.
    limit : int, optional
        Tell at most this many states, the first by number; the status quo is always told.

    Returns
    -------
    view : StatesView
        ``view.makers`` has a decision maker each, with `places`, `tiers`, `moves` and `improvements`.

    Raises
    ------
    CaseError
        If no state is left, or a ranking does not fit the states.

    Examples
    --------
    >>> import offramp
    >>> view = states(offramp.Builder(offramp.read_case("prisoners-dilemma")))
    >>> first = view.makers[0]
    >>> first.tiers, first.places, first.moves(0), first.improvements(3)
    (((2,), (3,), (0,), (1,)), array([3, 4, 1, 2]), (1,), (2,))
    """
    choice = choice or builder.choice()
    model = builder.model(choice)
    makers = tuple(Preferred(model, place, _statements(builder, choice, dm)) for place, dm in enumerate(model.decision_makers))
    return StatesView(builder, choice, model, _first(model, limit), makers)


def _first(model: ConflictModel, limit: int | None) -> States:
    """Return the first states by number, the status quo among them."""
    number = model.num_states if limit is None else min(max(limit, 1), model.num_states)
    told = range(number) if model.status_quo < number else [*range(number - 1), model.status_quo]
    return tuple(told)


def _statements(builder: Builder, choice: Choice, dm: str) -> tuple[NDArray[np.bool_], ...]:
    """Return where the statements of a reading hold, the most important first; none where it is no plain list of them."""
    reading = dict(choice.readings)[dm]
    said = builder.statements(dm, reading) if builder.case.readings[dm][reading].prefers is not None else ()
    if any(statement.entry.doubtful for statement in said):
        return ()
    world, truth = builder.world(choice), builder.conditions(choice)
    return tuple(np.asarray(world.holds(statement.formula, truth)) for statement in said)

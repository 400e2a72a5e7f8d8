"""Limited moves (L_h) and non-myopic stability (NM): two decision makers look ahead turn by turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offramp.errors import ChoiceError, TooManyStatesError
from offramp.model.arcs import arcs_of
from offramp.model.conflict import ConflictModel
from offramp.shown import shown
from offramp.stability.needs import STRICT_RANKINGS, TWO_DECISION_MAKERS, refuse_settings, require
from offramp.stability.settings import DEFAULT, Settings

Ends = NDArray[np.int64]

MAX_ROUNDS = 1 << 20
"""Horizons that are gone through before the ends have come round again."""


NOT_FOR_TURNS = ("sequences", "return_to_start", "return_to_move", "strength")
"""The settings that mean nothing where two look ahead in turns."""

NO_SANCTIONS = "it looks ahead in turns and knows no sanctions"


@shown
@dataclass(frozen=True, eq=False)
class LimitedResult:
    """Which states are stable for one decision maker who looks ahead, and where it sees moves end.

    Parameters
    ----------
    model : ConflictModel
        What was solved.
    concept : str
        ``"limited"``.
    focal : str
        Label of the decision maker.
    stable : ndarray of bool, shape (num_states,)
        In the order of ``model.states``.
    horizon : int
        Number of moves looked ahead.
    ends : ndarray of int64, shape (num_states,)
        The state that `focal`, who is to move, anticipates from each state; the
        state itself where it stays.
    settings : Settings
        What was asked for; none of them makes a difference.
    """

    model: ConflictModel
    concept: str
    focal: str
    stable: NDArray[np.bool_]
    horizon: int
    ends: Ends
    settings: Settings = DEFAULT


@shown
@dataclass(frozen=True, eq=False)
class NonmyopicResult:
    """Which states are stable for one decision maker from some horizon on.

    Parameters
    ----------
    model : ConflictModel
        What was solved.
    concept : str
        ``"nonmyopic"``.
    focal : str
        Label of the decision maker.
    stable : ndarray of bool, shape (num_states,)
        In the order of ``model.states``.
    period : int
        After how many more moves looked ahead the anticipated ends, of both
        decision makers and in all states, come round again; 1 where they settle.
    settings : Settings
        What was asked for; none of them makes a difference.
    """

    model: ConflictModel
    concept: str
    focal: str
    stable: NDArray[np.bool_]
    period: int
    settings: Settings = DEFAULT


def limited_move_stability(model: ConflictModel, focal: str, horizon: int, settings: Settings = DEFAULT) -> LimitedResult:
    """Mark the states that are limited-move stable with a horizon (L_h) for one decision maker.

    The two decision makers move in turns, `focal` first, `horizon` moves at
    most, and whoever is to move may stay, which ends it. Each moves only if
    that brings about a better end for itself than staying, given what the
    other will do with the moves that are left. A state is stable when `focal`
    stays there.

    Parameters
    ----------
    model : ConflictModel
        Feasible states, moves and ranks; two decision makers, no ties. Not
        modified.
    focal : str
        Label of the decision maker.
    horizon : int
        Number of moves looked ahead, from 1.
    settings : Settings, optional
        Kept with the result; those that speak of sanctions are refused.

    Returns
    -------
    result : LimitedResult
        ``result.stable`` is an ndarray of bool, shape (num_states,), in the
        order of ``model.states``; ``result.ends`` holds the anticipated ends.

    Raises
    ------
    UnknownLabelError
        If no decision maker is called `focal`.
    ChoiceError
        If there are not two decision makers, one of them ranks two states
        alike or does not rank all, `horizon` is not a whole number from 1, or
        a setting is not for this concept.
    TooManyStatesError
        If a decision maker has too many moves to list.

    Notes
    -----
    With G_0(i, s) = s: of the states s1 in R_i(s), take one whose
    G_{h-1}(j, s1) ranks best for i; G_h(i, s) is that end if i strictly prefers
    it to s, else s. Horizon 1 is Nash stability. The cost of a move looked
    ahead is linear in moves; a horizon beyond the period costs no more.

    References
    ----------
    Fang, L., Hipel, K. W., Kilgour, D. M. (1989). Conflict models in graph
    form: solution concepts and their interrelationships. European Journal of
    Operational Research 41, 86-100. Fang, L., Hipel, K. W., Kilgour, D. M.
    (1993). Interactive Decision Making: The Graph Model for Conflict
    Resolution. Wiley. (As in the project's design; page not checked.)

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("prisoners-dilemma")  # NN, YN, NY, YY: Y cooperates
    >>> limited_move_stability(model, "first", 1).stable
    array([ True, False,  True, False])
    >>> limited_move_stability(model, "first", 2).stable
    array([ True, False,  True,  True])
    """
    require(model, "limited", TWO_DECISION_MAKERS, STRICT_RANKINGS)
    refuse_settings("limited", settings, NOT_FOR_TURNS, NO_SANCTIONS)
    i = model.dm(focal)
    if isinstance(horizon, bool) or not isinstance(horizon, int) or horizon < 1:
        raise ChoiceError(f"horizon is {horizon!r}; expected the number of moves looked ahead, a whole number from 1")
    ends = _after(TurnByTurn(model), horizon)[i]
    return LimitedResult(model, "limited", focal, ends == np.arange(model.num_states), horizon, ends, settings)


def nonmyopic_stability(model: ConflictModel, focal: str, settings: Settings = DEFAULT) -> NonmyopicResult:
    """Mark the states that are non-myopically stable (NM) for one decision maker.

    A state is stable when there is a horizon from which on it is limited-move
    stable for every horizon.

    Parameters
    ----------
    model : ConflictModel
        Feasible states, moves and ranks; two decision makers, no ties. Not
        modified.
    focal : str
        Label of the decision maker.
    settings : Settings, optional
        Kept with the result; those that speak of sanctions are refused.

    Returns
    -------
    result : NonmyopicResult
        ``result.stable`` is an ndarray of bool, shape (num_states,), in the
        order of ``model.states``; ``result.period`` says when the ends repeat.

    Raises
    ------
    UnknownLabelError
        If no decision maker is called `focal`.
    ChoiceError
        If there are not two decision makers, one of them ranks two states
        alike or does not rank all, or a setting is not for this concept.
    TooManyStatesError
        If a decision maker has too many moves to list, or the ends have
        not come round again after `MAX_ROUNDS` horizons.

    Notes
    -----
    The anticipated ends of horizon h depend on those of h - 1 only, so they are
    periodic from some horizon on, and the verdict is exact: stable at every
    horizon of one period.

    References
    ----------
    Fang, L., Hipel, K. W., Kilgour, D. M. (1989). Conflict models in graph
    form: solution concepts and their interrelationships. European Journal of
    Operational Research 41, 86-100. Fang, L., Hipel, K. W., Kilgour, D. M.
    (1993). Interactive Decision Making: The Graph Model for Conflict
    Resolution. Wiley. (As in the project's design; page not checked.)

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("prisoners-dilemma")  # NN, YN, NY, YY: Y cooperates
    >>> result = nonmyopic_stability(model, "first")
    >>> result.stable, result.period
    (array([ True, False,  True,  True]), 1)
    """
    require(model, "nonmyopic", TWO_DECISION_MAKERS, STRICT_RANKINGS)
    refuse_settings("nonmyopic", settings, NOT_FOR_TURNS, NO_SANCTIONS)
    i = model.dm(focal)
    turns = TurnByTurn(model)
    ends, period = _in_cycle(turns)
    stable = np.ones(model.num_states, dtype=bool)
    for _ in range(period):
        ends = turns.one_more(ends)
        stable &= ends[i] == np.arange(model.num_states)
    return NonmyopicResult(model, "nonmyopic", focal, stable, period, settings)


class TurnByTurn:
    """The moves of both decision makers as lists, and what they make of the ends that are one move nearer."""

    def __init__(self, model: ConflictModel) -> None:
        self.lists = [_by_departure(model, dm) for dm in range(2)]
        self.ranks = [np.argsort(np.argsort(rank)) for rank in model.ranks]
        self.by_rank = [np.argsort(rank) for rank in model.ranks]
        self.nobody_moves = np.tile(np.arange(model.num_states), (2, 1))

    def one_more(self, ends: Ends) -> Ends:
        """Return, for whoever is to move, the anticipated ends with one more move to go; shape (2, num_states)."""
        return np.stack([self._best(dm, ends[1 - dm]) for dm in range(2)])

    def _best(self, dm: int, ends: Ends) -> Ends:
        (movers, begins, to), rank = self.lists[dm], self.ranks[dm]
        best = np.full(len(rank), -1)
        if len(to):
            best[movers] = np.maximum.reduceat(rank[ends[to]], begins)
        return np.where(best > rank, self.by_rank[dm][best], np.arange(len(rank)))


def _by_departure(model: ConflictModel, dm: int) -> tuple[Ends, Ends, Ends]:
    """Return the states that `dm` can leave, where the list of each begins, and all lists in a row."""
    arcs = arcs_of(model.moves, dm, model.decision_makers[dm])
    movers, begins = np.unique(arcs[:, 0], return_index=True)
    return movers, begins, arcs[:, 1]


def _rounds(turns: TurnByTurn) -> Iterator[tuple[int, Ends, int]]:
    """Yield horizon, ends, and the period as soon as the ends are those of an earlier horizon, else 0.

    The ends are compared with those of the last power of two (Brent), so that
    two horizons are kept and no more.
    """
    ends = kept = turns.nobody_moves
    kept_at = 0
    for horizon in range(1, MAX_ROUNDS + 1):
        ends = turns.one_more(ends)
        yield horizon, ends, horizon - kept_at if np.array_equal(ends, kept) else 0
        if horizon & (horizon - 1) == 0:
            kept, kept_at = ends, horizon
    raise TooManyStatesError(
        f"the anticipated ends have not come round again after {MAX_ROUNDS:,} moves looked ahead: ask for limited with a horizon up to that"
    )


def _after(turns: TurnByTurn, horizon: int) -> Ends:
    """Return the ends with `horizon` moves to go; once they come round again, whole periods are left out."""
    for reached, ends, period in _rounds(turns):
        if reached == horizon:
            return ends
        if period:
            for _ in range((horizon - reached) % period):
                ends = turns.one_more(ends)
            return ends
    raise AssertionError("rounds end with a period, or with an error")


def _in_cycle(turns: TurnByTurn) -> tuple[Ends, int]:
    """Return ends that come round again, and after how many moves."""
    return next((ends, period) for _, ends, period in _rounds(turns) if period)

"""Limited-move stability (L_h): two decision makers look a number of moves ahead, turn by turn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offramp.errors import ChoiceError
from offramp.model.conflict import ConflictModel
from offramp.shown import shown
from offramp.stability.settings import DEFAULT, Settings
from offramp.stability.turns import Ends, TurnByTurn, rounds, turn_by_turn


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
    turns, i = turn_by_turn(model, "limited", settings), model.dm(focal)
    if isinstance(horizon, bool) or not isinstance(horizon, int) or horizon < 1:
        raise ChoiceError(f"horizon is {horizon!r}; expected the number of moves looked ahead, a whole number from 1")
    ends = _after(turns, horizon)[i]
    return LimitedResult(model, "limited", focal, ends == np.arange(model.num_states), horizon, ends, settings)


def _after(turns: TurnByTurn, horizon: int) -> Ends:
    """Return the ends with `horizon` moves to go; once they come round again, whole periods are left out."""
    for reached, ends, period in rounds(turns):
        if reached == horizon:
            return ends
        if period:
            for _ in range((horizon - reached) % period):
                ends = turns.one_more(ends)
            return ends
    raise AssertionError("rounds end with a period, or with an error")

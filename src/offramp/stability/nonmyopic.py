"""Non-myopic stability (NM): what is limited-move stable however far two decision makers look."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offramp.model.conflict import ConflictModel
from offramp.shown import shown
from offramp.stability.settings import DEFAULT, Settings
from offramp.stability.turns import Ends, TurnByTurn, rounds, turn_by_turn


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
    turns, i = turn_by_turn(model, "nonmyopic", settings), model.dm(focal)
    ends, period = _in_cycle(turns)
    stable = np.ones(model.num_states, dtype=bool)
    for _ in range(period):
        ends = turns.one_more(ends)
        stable &= ends[i] == np.arange(model.num_states)
    return NonmyopicResult(model, "nonmyopic", focal, stable, period, settings)


def _in_cycle(turns: TurnByTurn) -> tuple[Ends, int]:
    """Return ends that come round again, and after how many moves."""
    return next((ends, period) for _, ends, period in rounds(turns) if period)

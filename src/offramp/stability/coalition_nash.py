"""Coalitional Nash stability: the members have no way to what all of them want."""

from __future__ import annotations

from collections.abc import Sequence

from offramp.model.conflict import ConflictModel
from offramp.stability.coalition import CoalitionResult, coalition_verdict
from offramp.stability.settings import DEFAULT, Settings


def coalition_nash_stability(model: ConflictModel, coalition: Sequence[str], settings: Settings = DEFAULT) -> CoalitionResult:
    """Mark the states that are coalitional Nash stable for one coalition.

    A state is stable when no legal sequence of moves of members leads from it
    to a state that every member strictly prefers.

    Parameters
    ----------
    model : ConflictModel
        Feasible states, moves and ranks. Not modified.
    coalition : sequence of str
        Labels of the members.
    settings : Settings, optional
        Which definitions are meant where sources differ.

    Returns
    -------
    result : CoalitionResult
        ``result.stable`` is an ndarray of bool, shape (num_states,), in the
        order of ``model.states``.

    Raises
    ------
    UnknownLabelError
        If a member is no decision maker.
    ChoiceError
        If the coalition is empty or names somebody twice, or degrees of
        preference are asked for and nobody has any.
    TooManyStatesError
        If there are too many moves to list.

    Notes
    -----
    The single moves need not be improvements. Answers of others do not count.
    For a single decision maker this is Nash stability.

    References
    ----------
    Kilgour, D. M., Hipel, K. W., Fang, L., Peng, X. (2001). Coalition analysis
    in group decision support. Group Decision and Negotiation 10, 159-175. (As
    in the project's design; page not checked.)

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("prisoners-dilemma")  # NN, YN, NY, YY: Y cooperates
    >>> coalition_nash_stability(model, ["first", "second"]).stable
    array([False,  True,  True,  True])
    """
    return coalition_verdict(model, "nash", coalition, settings)

"""Coalitional symmetric metarationality (SMR): every coalitional improvement is answered, with no way out of the answer."""

from __future__ import annotations

from collections.abc import Sequence

from offramp.model.conflict import ConflictModel
from offramp.stability.coalition import CoalitionResult, coalition_verdict
from offramp.stability.settings import DEFAULT, Settings


def coalition_smr_stability(model: ConflictModel, coalition: Sequence[str], settings: Settings = DEFAULT) -> CoalitionResult:
    """Mark the states that are coalitional symmetric metarational (SMR) for one coalition.

    A state is stable when each coalitional improvement from it is met by some
    legal sequence of moves of the others that leaves some member no better
    off, and from where no legal sequence of moves of the coalition leads to a
    state that every member prefers to the state of departure.

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
    Everybody outside the coalition answers, no one moving twice in succession;
    then the coalition may move once more, by a legal sequence. For a single
    decision maker this is SMR.

    References
    ----------
    Kilgour, D. M., Hipel, K. W., Fang, L., Peng, X. (2001). Coalition analysis
    in group decision support. Group Decision and Negotiation 10, 159-175.
    Inohara, T., Hipel, K. W. (2008). Coalition analysis in the graph model for
    conflict resolution. Systems Engineering 11, 343-359. (As in the project's
    design; page not checked.)

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("prisoners-dilemma")  # NN, YN, NY, YY: Y cooperates
    >>> coalition_smr_stability(model, ["first"]).stable
    array([ True, False,  True,  True])
    """
    return coalition_verdict(model, "smr", coalition, settings)

"""Coalitional sequential stability (SEQ): every coalitional improvement is answered by improvements of the others."""

from __future__ import annotations

from collections.abc import Sequence

from offramp.model.conflict import ConflictModel
from offramp.stability.coalition import CoalitionResult, coalition_verdict
from offramp.stability.settings import DEFAULT, Settings


def coalition_seq_stability(model: ConflictModel, coalition: Sequence[str], settings: Settings = DEFAULT) -> CoalitionResult:
    """Mark the states that are coalitional sequentially stable (SEQ) for one coalition.

    A state is stable when each coalitional improvement from it is met by some
    sequence of improvements of the others, each over the state its movers
    stand on, that leaves some member no better off.

    Parameters
    ----------
    model : ConflictModel
        Feasible states, moves and ranks. Not modified.
    coalition : sequence of str
        Labels of the members.
    settings : Settings, optional
        Which definitions are meant where sources differ; `sanctions` says
        whether the others improve jointly as well, or each alone.

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
        If there are too many moves to list, opponents have more than `joint.MAX_IMPROVEMENTS` joint improvements, or
        there are more than `joint.MAX_DECISION_MAKERS` decision makers.

    Notes
    -----
    With ``"individuals"`` this is SEQ for a single decision maker. With
    ``"coalitions"`` the others can do more. In option form it implies GMR; on a
    graph not always, since a joint improvement and the next may have the same
    decision maker move twice in succession, which GMR does not allow.

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
    >>> coalition_seq_stability(model, ["first"]).stable
    array([ True, False,  True,  True])
    """
    return coalition_verdict(model, "seq", coalition, settings)

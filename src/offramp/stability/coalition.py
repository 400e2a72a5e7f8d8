"""Stability for coalitions: what their members want together, and how the others can answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from offramp.errors import ChoiceError, UnknownLabelError
from offramp.model.conflict import ConflictModel
from offramp.shown import shown
from offramp.stability.joint import Coalition, Joint, check_few_enough, coalitions_of, refusal, stable_states

Bools = NDArray[np.bool_]

CONCEPTS = ("nash", "gmr", "smr", "seq")
"""The concepts that are defined for a coalition."""

SANCTIONS: Mapping[str, str] = {
    "coalitions": "opponents improve alone or jointly, no coalition twice in succession",
    "individuals": "opponents improve one by one, nobody twice in succession",
}
"""Who sanctions by improvements in SEQ; stored with the result."""

@shown
@dataclass(frozen=True, eq=False)
class CoalitionResult:
    """Which states are stable for one coalition by one concept.

    Parameters
    ----------
    model : ConflictModel
        What was solved.
    concept : str
        ``"nash"``, ``"gmr"``, ``"smr"`` or ``"seq"``.
    coalition : tuple of str
        Labels of the members, in file order.
    stable : ndarray of bool, shape (num_states,)
        In the order of ``model.states``.
    settings : mapping of str to str
        For SEQ, ``sanctions``: who answers by improvements.
    """

    model: ConflictModel
    concept: str
    coalition: tuple[str, ...]
    stable: Bools
    settings: Mapping[str, str] = field(default_factory=dict)


@shown
@dataclass(frozen=True, eq=False)
class UniversalResult:
    """Which states are stable for every coalition by one concept.

    Parameters
    ----------
    model : ConflictModel
        What was solved.
    concept : str
        ``"nash"``, ``"gmr"``, ``"smr"`` or ``"seq"``.
    stable : ndarray of bool, shape (num_states,)
        In the order of ``model.states``.
    results : mapping of tuple of str to CoalitionResult
        By coalition, small ones first, then in file order.
    settings : mapping of str to str
        For SEQ, ``sanctions``: who answers by improvements.
    """

    model: ConflictModel
    concept: str
    stable: Bools
    results: Mapping[tuple[str, ...], CoalitionResult]
    settings: Mapping[str, str] = field(default_factory=dict)

    def upset(self, state: int) -> tuple[tuple[str, ...], ...]:
        """Return the coalitions for which `state` is not stable."""
        return tuple(members for members, result in self.results.items() if not result.stable[state])


def coalition_nash_stability(model: ConflictModel, coalition: Sequence[str]) -> CoalitionResult:
    """Mark the states that are coalitional Nash stable for one coalition.

    A state is stable when no legal sequence of moves of members leads from it
    to a state that every member strictly prefers.

    Parameters
    ----------
    model : ConflictModel
        Feasible states, moves and ranks. Not modified.
    coalition : sequence of str
        Labels of the members.

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
        If the coalition is empty, or names somebody twice.

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
    return _solved(model, "nash", coalition)


def coalition_gmr_stability(model: ConflictModel, coalition: Sequence[str]) -> CoalitionResult:
    """Mark the states that are coalitional general metarational (GMR) for one coalition.

    A state is stable when each coalitional improvement from it is met by some
    legal sequence of moves of the others that leaves some member no better off.

    Parameters
    ----------
    model : ConflictModel
        Feasible states, moves and ranks. Not modified.
    coalition : sequence of str
        Labels of the members.

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
        If the coalition is empty, or names somebody twice.

    Notes
    -----
    Everybody outside the coalition answers, no one moving twice in succession.
    A return to the state of departure counts as a sanction. For a single
    decision maker this is GMR; against all together nobody is left to answer.

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
    >>> coalition_gmr_stability(model, ["first"]).stable
    array([ True, False,  True,  True])
    """
    return _solved(model, "gmr", coalition)


def coalition_smr_stability(model: ConflictModel, coalition: Sequence[str]) -> CoalitionResult:
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
        If the coalition is empty, or names somebody twice.

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
    return _solved(model, "smr", coalition)


def coalition_seq_stability(model: ConflictModel, coalition: Sequence[str], sanctions: str = "coalitions") -> CoalitionResult:
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
    sanctions : str, optional
        Who answers: ``"coalitions"``, any of the others alone or jointly by
        coalitional improvements of theirs, no coalition twice in succession; or
        ``"individuals"``, each of the others alone, nobody twice in succession.

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
        If the coalition is empty or names somebody twice, or there is no such
        setting.
    TooManyStatesError
        If opponents have more than `joint.MAX_IMPROVEMENTS` joint improvements, or
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
    return _solved(model, "seq", coalition, _setting(sanctions))


def universal_stability(model: ConflictModel, concept: str, sanctions: str = "coalitions") -> UniversalResult:
    """Mark the states that are universally coalitionally stable by one concept.

    A state is stable when it is so for every coalition, single decision makers
    and all together among them.

    Parameters
    ----------
    model : ConflictModel
        Feasible states, moves and ranks. Not modified.
    concept : str
        ``"nash"``, ``"gmr"``, ``"smr"`` or ``"seq"``.
    sanctions : str, optional
        For SEQ, who answers; as in `coalition_seq_stability`.

    Returns
    -------
    result : UniversalResult
        ``result.stable`` is an ndarray of bool, shape (num_states,), in the
        order of ``model.states``; ``result.results`` holds every coalition.

    Raises
    ------
    UnknownLabelError
        If `concept` is none of these.
    ChoiceError
        If there is no such setting.
    TooManyStatesError
        If there are more than `joint.MAX_DECISION_MAKERS` decision makers, or, for
        SEQ, a coalition's opponents have more than `joint.MAX_IMPROVEMENTS` joint
        improvements.

    Notes
    -----
    The cost is that of the concept for each of the coalitions, two to the power
    of the number of decision makers.

    References
    ----------
    Kilgour, D. M., Hipel, K. W., Fang, L., Peng, X. (2001). Coalition analysis
    in group decision support. Group Decision and Negotiation 10, 159-175.
    Inohara, T., Hipel, K. W. (2008). Interrelationships among noncooperative
    and coalition stability concepts. Journal of Systems Science and Systems
    Engineering 17, 1-29. (As in the project's design; page not checked.)

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("prisoners-dilemma")  # NN, YN, NY, YY: Y cooperates
    >>> result = universal_stability(model, "smr")
    >>> result.stable
    array([False, False, False,  True])
    >>> result.upset(0)
    (('first', 'second'),)
    """
    if concept not in CONCEPTS:
        raise UnknownLabelError("concept for coalitions", concept, CONCEPTS)
    setting = _setting(sanctions) if concept == "seq" else ""
    check_few_enough(model)
    joint = Joint(model)
    solved = [_result(model, concept, coalition, setting, joint) for coalition in coalitions_of(range(len(model.decision_makers)))]
    stable = np.logical_and.reduce([result.stable for result in solved])
    return UniversalResult(model, concept, stable, {result.coalition: result for result in solved}, _settings(setting))


# -- from labels to positions --------------------------------------------------------------------------------------------


def _solved(model: ConflictModel, concept: str, labels: Sequence[str], setting: str = "") -> CoalitionResult:
    return _result(model, concept, _members(model, labels), setting, Joint(model))


def _members(model: ConflictModel, labels: Sequence[str]) -> Coalition:
    """Return the positions of the members, ascending."""
    if isinstance(labels, str):
        raise ChoiceError(f"a coalition is a list of labels, found {labels!r}; write [{labels!r}]")
    members = [model.dm(label) for label in labels]
    if not members:
        raise ChoiceError(f"a coalition has at least one member, found none; there are: {', '.join(model.decision_makers)}")
    twice = [label for place, label in enumerate(labels) if label in labels[:place]]
    if twice:
        raise ChoiceError(f"the coalition names {twice[0]!r} twice; name every member once")
    return tuple(sorted(members))


def _setting(sanctions: str) -> str:
    if sanctions not in SANCTIONS:
        raise ChoiceError(f"sanctions is {sanctions!r}; expected {' or '.join(map(repr, SANCTIONS))}")
    return sanctions


def _settings(setting: str) -> Mapping[str, str]:
    return {"sanctions": setting} if setting else {}


def _result(model: ConflictModel, concept: str, coalition: Coalition, setting: str, joint: Joint) -> CoalitionResult:
    refuse = refusal(model, concept, coalition, setting, joint)
    labels = tuple(model.decision_makers[dm] for dm in coalition)
    return CoalitionResult(model, concept, labels, stable_states(model, coalition, refuse), _settings(setting))

"""Stability for coalitions: what their members want together, and how the others can answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offramp.errors import ChoiceError
from offramp.model.conflict import ConflictModel
from offramp.shown import shown
from offramp.stability.joint import Coalition, Joint
from offramp.stability.settings import DEFAULT, Settings
from offramp.stability.verdict import check_degrees

Bools = NDArray[np.bool_]

CONCEPTS = ("nash", "gmr", "smr", "seq")
"""The concepts that are defined for a coalition."""


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
    settings : Settings
        Which definitions were meant.
    """

    model: ConflictModel
    concept: str
    coalition: tuple[str, ...]
    stable: Bools
    settings: Settings = DEFAULT


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
    return _solved(model, "nash", coalition, settings)


def coalition_gmr_stability(model: ConflictModel, coalition: Sequence[str], settings: Settings = DEFAULT) -> CoalitionResult:
    """Mark the states that are coalitional general metarational (GMR) for one coalition.

    A state is stable when each coalitional improvement from it is met by some
    legal sequence of moves of the others that leaves some member no better off.

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
    return _solved(model, "gmr", coalition, settings)


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
    return _solved(model, "smr", coalition, settings)


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
    return _solved(model, "seq", coalition, settings)


# -- from labels to positions --------------------------------------------------------------------------------------------


def _solved(model: ConflictModel, concept: str, labels: Sequence[str], settings: Settings) -> CoalitionResult:
    coalition = members_of(model, labels)
    check_degrees(model, settings)
    return Verdicts(model, concept, settings).of(coalition)


def members_of(model: ConflictModel, labels: Sequence[str]) -> Coalition:
    """Return the positions of the members of a coalition, ascending.

    Raises
    ------
    UnknownLabelError
        If a member is no decision maker.
    ChoiceError
        If the coalition is empty, or names somebody twice.
    """
    if isinstance(labels, str):
        raise ChoiceError(f"a coalition is a list of labels, found {labels!r}; write [{labels!r}]")
    members = [model.dm(label) for label in labels]
    if not members:
        raise ChoiceError(f"a coalition has at least one member, found none; there are: {', '.join(model.decision_makers)}")
    twice = [label for place, label in enumerate(labels) if label in labels[:place]]
    if twice:
        raise ChoiceError(f"the coalition names {twice[0]!r} twice; name every member once")
    return tuple(sorted(members))


class Verdicts:
    """The verdicts for several coalitions of one model by one concept; weakly stable is generally and not strongly."""

    def __init__(self, model: ConflictModel, concept: str, settings: Settings) -> None:
        self.model, self.concept, self.settings = model, concept, settings
        strengths = ("general", "strong") if settings.strength == "weak" else (settings.strength,)
        self.joints = [Joint(model, settings.but(strength=strength)) for strength in strengths]

    def of(self, coalition: Coalition) -> CoalitionResult:
        """Return the verdict on every state for one coalition."""
        stable, *strongly = (joint.deterrence(self.concept, coalition).stable() for joint in self.joints)
        for strong in strongly:
            stable = stable & ~strong
        labels = tuple(self.model.decision_makers[dm] for dm in coalition)
        return CoalitionResult(self.model, self.concept, labels, stable, self.settings)

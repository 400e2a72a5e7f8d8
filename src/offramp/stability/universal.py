"""Universal stability: what is stable for every coalition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offramp.errors import UnknownLabelError
from offramp.model.conflict import ConflictModel
from offramp.shown import shown
from offramp.stability.coalition import CONCEPTS, CoalitionResult, Verdicts
from offramp.stability.joint import check_few_enough, coalitions_of
from offramp.stability.settings import DEFAULT, Settings
from offramp.stability.verdict import check_degrees

Bools = NDArray[np.bool_]


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
    settings : Settings
        Which definitions were meant.
    """

    model: ConflictModel
    concept: str
    stable: Bools
    results: Mapping[tuple[str, ...], CoalitionResult]
    settings: Settings = DEFAULT

    def upset(self, state: int) -> tuple[tuple[str, ...], ...]:
        """Return the coalitions for which `state` is not stable."""
        return tuple(members for members, result in self.results.items() if not result.stable[state])


def universal_stability(model: ConflictModel, concept: str, settings: Settings = DEFAULT) -> UniversalResult:
    """Mark the states that are universally coalitionally stable by one concept.

    A state is stable when it is so for every coalition, single decision makers
    and all together among them.

    Parameters
    ----------
    model : ConflictModel
        Feasible states, moves and ranks. Not modified.
    concept : str
        ``"nash"``, ``"gmr"``, ``"smr"`` or ``"seq"``.
    settings : Settings, optional
        Which definitions are meant where sources differ.

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
        If degrees of preference are asked for and nobody has any.
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
    check_degrees(model, settings)
    check_few_enough(model)
    solve = Verdicts(model, concept, settings)
    solved = [solve.of(coalition) for coalition in coalitions_of(range(len(model.decision_makers)))]
    stable = np.logical_and.reduce([result.stable for result in solved])
    return UniversalResult(model, concept, stable, {result.coalition: result for result in solved}, settings)

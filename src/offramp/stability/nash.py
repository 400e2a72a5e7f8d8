"""Nash stability (R): no improvement at all."""

from __future__ import annotations

from offramp.model.conflict import ConflictModel
from offramp.stability.deterrence import Sanctions
from offramp.stability.settings import DEFAULT, Settings
from offramp.stability.verdict import StabilityResult, verdict

SANCTIONS = Sanctions("nobody")


def nash_stability(model: ConflictModel, focal: str, settings: Settings = DEFAULT) -> StabilityResult:
    """Mark the states that are Nash stable (R) for one decision maker.

    A state is stable when `focal` has no unilateral improvement from it.

    Parameters
    ----------
    model : ConflictModel
        Feasible states, moves and ranks. Not modified.
    focal : str
        Label of the decision maker.
    settings : Settings, optional
        Which definitions are meant where sources differ.

    Returns
    -------
    result : StabilityResult
        ``result.stable`` is an ndarray of bool, shape (num_states,), in the
        order of ``model.states``.

    Raises
    ------
    UnknownLabelError
        If no decision maker is called `focal`.
    ChoiceError
        If degrees of preference are asked for and nobody has any.

    Notes
    -----
    Opponents' answers do not count.

    References
    ----------
    Nash, J. F. (1950). Equilibrium points in n-person games. PNAS 36, 48-49.
    Fang, L., Hipel, K. W., Kilgour, D. M. (1993). Interactive Decision Making:
    The Graph Model for Conflict Resolution. Wiley. (As in the project's design;
    page not checked.)

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("prisoners-dilemma")  # NN, YN, NY, YY: Y cooperates
    >>> nash_stability(model, "first").stable
    array([ True, False,  True, False])
    """
    return verdict(model, "nash", focal, SANCTIONS, settings)

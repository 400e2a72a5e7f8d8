"""Symmetric metarationality (SMR): answered, and no way back up."""

from __future__ import annotations

from offramp.model.conflict import ConflictModel
from offramp.stability.deterrence import Sanctions
from offramp.stability.settings import DEFAULT, Settings
from offramp.stability.verdict import StabilityResult, verdict

SANCTIONS = Sanctions("moves", escape=True)


def smr_stability(model: ConflictModel, focal: str, settings: Settings = DEFAULT) -> StabilityResult:
    """Mark the states that are symmetric metarational (SMR) for one decision maker.

    A state is stable when each unilateral improvement of `focal` from it is
    met by some legal sequence of opponents' moves that leaves `focal` no better
    off, and from where no move of its own takes it any higher either.

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
    TooManyStatesError
        If preferences or settings need the moves as lists, and they are too many.

    Notes
    -----
    Opponents answer as a coalition, no one moving twice in succession; then
    `focal` may move once.

    References
    ----------
    Howard, N. (1971). Paradoxes of Rationality. MIT Press; for graphs Fang,
    Hipel, Kilgour (1993). (As in the project's design; page not checked.)

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("prisoners-dilemma")  # NN, YN, NY, YY: Y cooperates
    >>> smr_stability(model, "first").stable
    array([ True, False,  True,  True])
    """
    return verdict(model, "smr", focal, SANCTIONS, settings)

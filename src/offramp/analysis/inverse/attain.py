"""Whether any strict rankings of all decision makers attain an aim together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from offramp.analysis.inverse.aim import Aim
from offramp.analysis.inverse.condition import BY_IMPROVEMENTS, condition
from offramp.analysis.inverse.exist import Existence, strict_ranking
from offramp.analysis.inverse.rankings import nearest_rankings
from offramp.errors import TooManyStatesError
from offramp.model.conflict import ConflictModel
from offramp.model.relation import Ranked

_IMPLIED = {"seq": "gmr", "sseq": "smr"}
"""What SEQ and SSEQ imply, which asks nothing of the rankings of others."""


def concerning(model: ConflictModel, aim: Aim) -> ConflictModel:
    """Return the model in which everybody is indifferent whose preferences are no ranking and do not matter to an aim.

    By Nash, GMR and SMR others count with all their moves, wanted or not.
    """
    if aim.dm is None or aim.concept in BY_IMPROVEMENTS or not model.unranked:
        return model
    same = Ranked(np.zeros(model.num_states, dtype=np.int64))
    others = {*model.unranked} - {model.decision_makers[aim.dm]}
    return replace(model, wants=tuple(same if dm in others else model.preference(k) for k, dm in enumerate(model.decision_makers)))


def own_ranking(model: ConflictModel, aim: Aim, dm: int) -> Existence:
    """Return whether a strict ranking of one decision maker does an aim for it, those of the others staying.

    Parameters
    ----------
    model : ConflictModel
        Not modified.
    aim : Aim
        The states and the concept; for whom it is, is not looked at.
    dm : int
        Position of the decision maker.

    Raises
    ------
    TooManyStatesError
        If too many choices would have to be tried.
    """
    asked = {state: condition(model, model.decision_makers[dm], state, aim.concept, aim.settings) for state in aim.states}
    ranks: list[int] = np.asarray(model.ranks[dm]).tolist()
    return strict_ranking([asked[state] for state in aim.stable], [asked[state] for state in aim.unstable], ranks)


def is_attainable(model: ConflictModel, aim: Aim) -> bool:
    """Return whether strict rankings of those for whom the aim is attain it together.

    Raises
    ------
    TooManyStatesError
        If that was not decided.

    Notes
    -----
    By Nash, GMR and SMR each ranking counts by itself, and the states that are to be no equilibria are
    shared out. SEQ, SSEQ and SIM follow from Nash, and SEQ and SSEQ imply GMR and SMR; where that does not
    decide it, the strict rankings nearest to those of the model that attain it are looked for.

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("prisoners-dilemma")
    >>> is_attainable(model, Aim((0, 3), concept="nash")), is_attainable(model, Aim((0, 1), concept="nash"))
    (True, False)
    """
    if aim.dm is not None:
        return own_ranking(model, aim, aim.dm).exists
    if aim.concept not in BY_IMPROVEMENTS:
        return _is_shared_out(model, aim, [[] for _ in model.decision_makers], 0)
    wanted = replace(aim, unstable=()) if aim.stable else None
    if wanted and aim.concept in _IMPLIED and not is_attainable(model, replace(wanted, concept=_IMPLIED[aim.concept])):
        return False
    if wanted == aim and is_attainable(model, replace(aim, concept="nash")):
        return True
    found = nearest_rankings(untied(model), aim)
    if found.num_swaps is None and not found.is_complete:
        raise TooManyStatesError(
            "neither the rankings of the case, their ties broken, do it, nor any that were tried near them, and not all were tried: "
            "ask for one decision maker (--for), or for one state at a time"
        )
    return found.num_swaps is not None


def untied(model: ConflictModel) -> ConflictModel:
    """Return the model with all ties broken, the state with the smaller number above."""
    order = [np.lexsort((-np.arange(model.num_states), ranks)) for ranks in model.ranks]
    return replace(model, wants=np.argsort(np.stack(order), axis=1))


def _is_shared_out(model: ConflictModel, aim: Aim, shares: Sequence[list[int]], place: int) -> bool:
    """Return whether the unstable states from `place` on can be shared out, each to one who can leave it."""
    if place == len(aim.unstable):
        return all(not (aim.stable or there) or _can(model, aim, dm, there) for dm, there in enumerate(shares))
    for dm, there in enumerate(shares):
        there.append(aim.unstable[place])
        if _can(model, aim, dm, there) and _is_shared_out(model, aim, shares, place + 1):
            return True
        there.pop()
    return False


def _can(model: ConflictModel, aim: Aim, dm: int, unstable: Sequence[int]) -> bool:
    return own_ranking(model, replace(aim, unstable=tuple(unstable)), dm).exists

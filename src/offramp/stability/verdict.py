"""What all concepts share: the maximin verdict, the record, the registry's types."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offramp.model.conflict import ConflictModel, Ranks
from offramp.shown import shown


@shown
@dataclass(frozen=True, eq=False)
class StabilityResult:
    """Which states are stable for one decision maker by one concept, and why.

    Parameters
    ----------
    model : ConflictModel
        What was solved.
    concept : str
        Such as ``"seq"``.
    focal : str
        Label of the decision maker.
    stable : ndarray of bool, shape (num_states,)
        In the order of ``model.states``.
    deterrent : ndarray of int64, shape (num_states,)
        The lowest rank that opponents can bring the focal decision maker to
        once it has moved to a state; `UNBOUNDED` where they cannot answer.
    """

    model: ConflictModel
    concept: str
    focal: str
    stable: NDArray[np.bool_]
    deterrent: Ranks


def maximin(model: ConflictModel, concept: str, focal: int, deterrent: Ranks) -> StabilityResult:
    """Return the verdict on every state: stable unless a move pays after its worst answer.

    State s is stable for i when its rank is at least the maximum, over all t
    that i can move to, of the lower of the rank of t and the deterrent at t.
    """
    rank = model.ranks[focal]
    stable = rank >= model.moves.best(focal, np.minimum(rank, deterrent))
    return StabilityResult(model, concept, model.decision_makers[focal], stable, deterrent)


def escape(model: ConflictModel, focal: int) -> Ranks:
    """Return the best rank that `focal` can still get from each state by one move of its own, or by staying."""
    return model.moves.best(focal, model.ranks[focal])

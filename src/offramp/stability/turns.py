"""Two decision makers who look ahead turn by turn: what both L_h and NM are made of."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from offramp.errors import TooManyStatesError
from offramp.model.arcs import arcs_of
from offramp.model.conflict import ConflictModel
from offramp.stability.needs import STRICT_RANKINGS, TWO_DECISION_MAKERS, refuse_settings, require
from offramp.stability.settings import Settings

Ends = NDArray[np.int64]

MAX_ROUNDS = 1 << 20
"""Horizons that are gone through before the ends have come round again."""

LOOK_AHEAD = (TWO_DECISION_MAKERS, STRICT_RANKINGS)
"""What looking ahead in turns needs of a model."""

NOT_FOR_TURNS = ("sequences", "return_to_start", "return_to_move", "strength")
"""The settings that mean nothing where two look ahead in turns."""


def turn_by_turn(model: ConflictModel, concept: str, settings: Settings) -> TurnByTurn:
    """Return the turns of a model for which a concept that looks ahead is defined.

    Raises
    ------
    ChoiceError
        If there are not two decision makers, one of them ranks two states
        alike or does not rank all, or a setting is not for this concept.
    TooManyStatesError
        If a decision maker has too many moves to list.
    """
    require(model, concept, *LOOK_AHEAD)
    refuse_settings(concept, settings, NOT_FOR_TURNS, "it looks ahead in turns and knows no sanctions")
    return TurnByTurn(model)


class TurnByTurn:
    """The moves of both decision makers as lists, and what they make of the ends that are one move nearer."""

    def __init__(self, model: ConflictModel) -> None:
        self.lists = [_by_departure(model, dm) for dm in range(2)]
        self.ranks = [np.argsort(np.argsort(rank)) for rank in model.ranks]
        self.by_rank = [np.argsort(rank) for rank in model.ranks]
        self.nobody_moves = np.tile(np.arange(model.num_states), (2, 1))

    def one_more(self, ends: Ends) -> Ends:
        """Return, for whoever is to move, the anticipated ends with one more move to go; shape (2, num_states)."""
        return np.stack([self._best(dm, ends[1 - dm]) for dm in range(2)])

    def _best(self, dm: int, ends: Ends) -> Ends:
        (movers, begins, to), rank = self.lists[dm], self.ranks[dm]
        best = np.full(len(rank), -1)
        if len(to):
            best[movers] = np.maximum.reduceat(rank[ends[to]], begins)
        return np.where(best > rank, self.by_rank[dm][best], np.arange(len(rank)))


def _by_departure(model: ConflictModel, dm: int) -> tuple[Ends, Ends, Ends]:
    """Return the states that `dm` can leave, where the list of each begins, and all lists in a row."""
    arcs = arcs_of(model.moves, dm, model.decision_makers[dm])
    movers, begins = np.unique(arcs[:, 0], return_index=True)
    return movers, begins, arcs[:, 1]


def rounds(turns: TurnByTurn) -> Iterator[tuple[int, Ends, int]]:
    """Yield horizon, ends, and the period as soon as the ends are those of an earlier horizon, else 0.

    The ends are compared with those of the last power of two (Brent), so that
    two horizons are kept and no more.
    """
    ends = kept = turns.nobody_moves
    kept_at = 0
    for horizon in range(1, MAX_ROUNDS + 1):
        ends = turns.one_more(ends)
        yield horizon, ends, horizon - kept_at if np.array_equal(ends, kept) else 0
        if horizon & (horizon - 1) == 0:
            kept, kept_at = ends, horizon
    raise TooManyStatesError(
        f"the anticipated ends have not come round again after {MAX_ROUNDS:,} moves looked ahead: ask for limited with a horizon up to that"
    )

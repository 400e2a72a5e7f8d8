"""What a coalition and its opponents can bring about together: the kernel of the concepts for coalitions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from offramp.errors import TooManyStatesError
from offramp.model.arcs import ArcMoves
from offramp.model.conflict import ConflictModel

Bools = NDArray[np.bool_]
Coalition = tuple[int, ...]
Refuse = Callable[[Bools], Bools]

MAX_DECISION_MAKERS = 12
"""Their coalitions number two to that power."""

MAX_IMPROVEMENTS = 1 << 22
"""Number of joint improvements of all coalitions of opponents together; some 300 bytes each."""


def coalitions_of(members: Sequence[int]) -> Iterator[Coalition]:
    """Yield all non-empty coalitions of `members`, small ones first, then in file order."""
    for size in range(1, len(members) + 1):
        yield from combinations(members, size)


def check_few_enough(model: ConflictModel) -> None:
    """Refuse a model whose decision makers form too many coalitions."""
    count = len(model.decision_makers)
    if count > MAX_DECISION_MAKERS:
        raise TooManyStatesError(
            f"{count} decision makers form too many coalitions; at most {MAX_DECISION_MAKERS} are computed: merge decision makers, "
            "or ask for one coalition and for individuals' sanctions"
        )


def stable_states(model: ConflictModel, coalition: Coalition, refuse: Refuse) -> Bools:
    """Return the verdict on every state; states that all members rank alike have the same wishes, and share one pass.

    `refuse` takes the states that are better for the coalition and returns
    those from where the others can lead to one that is not.
    """
    ranks = model.ranks[list(coalition)]
    stable = np.zeros(model.num_states, dtype=bool)
    profiles, profile = np.unique(ranks, axis=1, return_inverse=True)
    for place in range(profiles.shape[1]):
        better: Bools = np.logical_and.reduce(ranks > profiles[:, place, None])
        pays = better & ~refuse(better)
        here = profile.ravel() == place
        stable[here] = ~_can_reach(model, coalition, pays)[here]
    return stable


def _can_reach(model: ConflictModel, movers: Sequence[int], wanted: Bools) -> Bools:
    """Return from where `movers` reach a wanted state by a legal sequence, wanted states among them."""
    return model.moves.lowest(movers, (~wanted).astype(np.int64)) == 0


def refusal(model: ConflictModel, concept: str, coalition: Coalition, setting: str, joint: Joint) -> Refuse:
    """Return what tells, given the states that are better for `coalition`, from where the others deter it.

    `setting` says for SEQ who sanctions, and is not looked at otherwise.
    """
    others = tuple(dm for dm in range(len(model.decision_makers)) if dm not in coalition)
    if concept == "nash":
        return lambda better: np.zeros_like(better)
    if concept == "gmr":
        return lambda better: _can_reach(model, others, ~better)
    if concept == "smr":
        return lambda better: _can_reach(model, others, ~_can_reach(model, coalition, better))
    if setting == "individuals":
        return lambda better: model.moves.lowest(others, better.astype(np.int64), model.ranks) == 0
    moves = joint.improvements(others)
    return lambda better: moves.lowest(range(moves.num_decision_makers), better.astype(np.int64)) == 0


class Joint:
    """The coalitional improvements of every coalition that is asked for, as arcs; each is found once."""

    def __init__(self, model: ConflictModel) -> None:
        self.model = model
        self.known: dict[Coalition, NDArray[np.int64]] = {}

    def improvements(self, others: Coalition) -> ArcMoves:
        """Return the improvements of all coalitions within `others`, each coalition as one mover.

        Raises
        ------
        TooManyStatesError
            If there are more than `MAX_IMPROVEMENTS`, or too many coalitions.
        """
        check_few_enough(self.model)
        arcs: list[NDArray[np.int64]] = []
        room = MAX_IMPROVEMENTS
        for coalition in coalitions_of(others):
            arcs.append(self._arcs(coalition, room))
            room -= len(arcs[-1])
        return ArcMoves(self.model.num_states, arcs)

    def _arcs(self, coalition: Coalition, room: int) -> NDArray[np.int64]:
        if coalition not in self.known:
            self.known[coalition] = self._found(coalition, room)
        if len(self.known[coalition]) > room:
            raise self._too_many()
        return self.known[coalition]

    def _found(self, coalition: Coalition, room: int) -> NDArray[np.int64]:
        """Return every pair of a state and a coalitional improvement from it."""
        lists = []
        for state in range(self.model.num_states):
            lists.append(self._from(coalition, state))
            room -= len(lists[-1])
            if room < 0:
                raise self._too_many()
        start = np.repeat(np.arange(self.model.num_states), [len(there) for there in lists])
        return np.stack([start, np.concatenate(lists)], axis=1)

    def _from(self, coalition: Coalition, start: int) -> NDArray[np.int64]:
        """Return CI_H(start), ascending."""
        ranks = self.model.ranks[list(coalition)]
        return np.flatnonzero(self.model.moves.reached(coalition, start) & np.logical_and.reduce(ranks > ranks[:, start, None]))

    def _too_many(self) -> TooManyStatesError:
        return TooManyStatesError(
            f"opponents have more than {MAX_IMPROVEMENTS:,} improvements, alone and jointly; at most that many are listed: "
            "merge options, or ask for individuals' sanctions"
        )

"""What a coalition and its opponents can bring about together: the kernel of the concepts for coalitions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from offramp.errors import TooManyStatesError
from offramp.model.bits import packed, unpacked
from offramp.model.conflict import ConflictModel
from offramp.stability.attitude import together
from offramp.stability.deterrence import BLOCK, Deterrence, answering
from offramp.stability.sequences import Arcs, Turns, listed
from offramp.stability.settings import Settings

Bools = NDArray[np.bool_]
Coalition = tuple[int, ...]

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


class Joint:
    """What coalitions do in one model under one choice of settings; each part is found once.

    Parameters
    ----------
    model : ConflictModel
        Not modified.
    settings : Settings
        Which definitions are meant.
    """

    def __init__(self, model: ConflictModel, settings: Settings) -> None:
        self.model, self.settings = model, settings
        self._moves: dict[int, Arcs] = {}
        self._improvements: dict[Coalition, Arcs] = {}

    def deterrence(self, concept: str, coalition: Coalition) -> Deterrence:
        """Return what deters a coalition by one of the concepts.

        Raises
        ------
        TooManyStatesError
            If there are too many joint improvements, or coalitions, or moves.
        """
        wish = together(self.model, coalition, self.settings)
        answers = [arcs for _, arcs in self.answering(concept, coalition)]
        return Deterrence(self.model.num_states, wish, self.turns(coalition), answers, concept == "smr", self.settings)

    def answering(self, concept: str, coalition: Coalition) -> list[tuple[Coalition, Arcs]]:
        """Return who answers a coalition, alone or together, and by which moves."""
        others = tuple(dm for dm in range(len(self.model.decision_makers)) if dm not in coalition)
        if concept == "nash":
            return []
        if concept == "seq" and self.settings.sanctions == "coalitions":
            return self._jointly(others)
        by = "improvements" if concept == "seq" else "moves"
        return [((dm,), answering(self.model, dm, by, self.settings)) for dm in others]

    def turns(self, coalition: Coalition) -> Turns:
        """Return the moves of a coalition whose members take turns."""
        return Turns([self._listed(dm) for dm in coalition])

    def _listed(self, dm: int) -> Arcs:
        if dm not in self._moves:
            self._moves[dm] = listed(self.model, dm)
        return self._moves[dm]

    def _jointly(self, others: Coalition) -> list[tuple[Coalition, Arcs]]:
        check_few_enough(self.model)
        found: list[tuple[Coalition, Arcs]] = []
        room = MAX_IMPROVEMENTS
        for coalition in coalitions_of(others):
            found.append((coalition, self.improvements(coalition, room)))
            room -= len(found[-1][1].start)
        return found

    def improvements(self, coalition: Coalition, room: int = MAX_IMPROVEMENTS) -> Arcs:
        """Return every pair of a state and a state that the coalition reaches from it and that all members want, or may want.

        Raises
        ------
        TooManyStatesError
            If there are more than `room`.
        """
        if coalition not in self._improvements:
            self._improvements[coalition] = self._found(coalition, room)
        if len(self._improvements[coalition].start) > room:
            raise self._too_many()
        return self._improvements[coalition]

    def _found(self, coalition: Coalition, room: int) -> Arcs:
        pairs = [np.zeros((2, 0), dtype=np.int64)]
        for there in self._from_everywhere(coalition):
            pairs.append(there)
            room -= there.shape[1]
            if room < 0:
                raise self._too_many()
        start, to = np.concatenate(pairs, axis=1)
        order = np.lexsort((to, start))
        return Arcs(self.model.num_states, start[order], to[order])

    def _from_everywhere(self, coalition: Coalition) -> Iterator[NDArray[np.int64]]:
        """Yield the coalition's improvements, from and to, a block of states that they lead to at a time."""
        num = self.model.num_states
        states, wish, moves = np.arange(num), together(self.model, coalition, self.settings), self.turns(coalition)
        for first in range(0, num, max(64, BLOCK // num)):
            to = states[first : first + max(64, BLOCK // num)]
            reached = unpacked(moves.some(packed(states[:, None] == to[None, :])), len(to))
            start, place = np.nonzero(reached & wish.improves(states[:, None], to[None, :]))
            yield np.stack([start, to[place]])

    def _too_many(self) -> TooManyStatesError:
        return TooManyStatesError(
            f"opponents have more than {MAX_IMPROVEMENTS:,} improvements, alone and jointly; at most that many are listed: "
            "merge options, or ask for individuals' sanctions"
        )

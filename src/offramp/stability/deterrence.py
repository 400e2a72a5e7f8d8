"""The kernel for preferences that are no ranking, for all settings and for coalitions: which improvements are deterred.

Which answers deter depends on the state of departure. So what holds for each
state of departure is one bit, 64 of them to a word, and one pass over the moves
answers for many departures at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from offramp.errors import TooManyStatesError
from offramp.model.bits import Bits, packed, unpacked
from offramp.model.conflict import ConflictModel
from offramp.stability.attitude import Wish, attitude
from offramp.stability.sequences import MAX_ONCE, Arcs, led, listed
from offramp.stability.settings import Settings

Bools = NDArray[np.bool_]
Indices = NDArray[np.int64]

BLOCK = 1 << 24
"""Number of pairs of a departure and a state that are compared at a time; some 10 bytes each."""


@dataclass(frozen=True)
class Sanctions:
    """What a concept counts as an answer.

    Parameters
    ----------
    by : str
        ``"nobody"``, or opponents by ``"moves"`` or by ``"improvements"``.
    escape : bool
        Whether the focal decision maker may move once more after the answer.
    """

    by: str
    escape: bool = False


class Own(Protocol):
    """The moves of whoever is asked about: one decision maker, or a coalition whose members take turns."""

    def some(self, bits: Bits) -> Bits:
        """Return, for every state, what holds in some state that a move leads to; nothing where there is no move."""


@dataclass(frozen=True, eq=False)
class Deterrence:
    """Which improvements of one decision maker, or of one coalition, are deterred.

    Parameters
    ----------
    num_states : int
        Number of states.
    attitude : Wish
        What tempts, and what deters.
    own : Own
        The moves of whoever is asked about.
    answers : sequence of Arcs
        The moves by which the others answer, one for each of them.
    escape : bool
        Whether whoever is asked about may move once more after the answer.
    settings : Settings
        Of these `sequences`, `return_to_start` and `return_to_move`.

    Raises
    ------
    TooManyStatesError
        If too many opponents each answer once.
    """

    num_states: int
    attitude: Wish
    own: Own
    answers: Sequence[Arcs]
    escape: bool
    settings: Settings

    def __post_init__(self) -> None:
        if self.settings.sequences == "once" and len(self.answers) > MAX_ONCE:
            raise TooManyStatesError(
                f"{len(self.answers)} opponents, or coalitions of them, can each answer once in too many orders; at most {MAX_ONCE} are "
                "computed: ask for sequences=legal, for coalitions also sanctions=individuals, or merge decision makers"
            )

    def stable(self) -> Bools:
        """Return the verdict on every state, shape (num_states,)."""
        stable = np.ones(self.num_states, dtype=bool)
        for departures in self._blocks():
            pays = self._tempting(departures)
            if self.answers:
                pays &= ~self._answered(self._deterring(departures), pays)
            leaves = unpacked(self.own.some(packed(pays)), len(departures))
            stable[departures] = ~leaves[departures, np.arange(len(departures))]
        return stable

    def enough(self, start: int) -> Bools:
        """Return which ends of an answer deter from leaving `start`, shape (num_states,)."""
        return self._deterring(np.array([start]))[:, 0]

    def _blocks(self) -> Iterator[Indices]:
        size = max(64, BLOCK // max(self.num_states, 1))
        for first in range(0, self.num_states, size):
            yield np.arange(first, min(first + size, self.num_states))

    def _tempting(self, departures: Indices) -> Bools:
        """Return which states tempt, by departure, shape (num_states, num_departures)."""
        return self.attitude.tempted(departures[None, :], np.arange(self.num_states)[:, None])

    def _deterring(self, departures: Indices) -> Bools:
        """Return which states deter, by departure, shape (num_states, num_departures)."""
        deters = self.attitude.deterred(departures[None, :], np.arange(self.num_states)[:, None])
        if self.escape:
            deters = deters & ~unpacked(self.own.some(packed(~deters)), len(departures))
        if self.settings.return_to_start == "ignored":
            deters[departures, np.arange(len(departures))] = False
        return deters

    def _answered(self, deters: Bools, tempts: Bools) -> Bools:
        """Return from which states the others can answer, by departure; where `tempts` does not hold the answer may be wrong."""
        answered = self._led(deters)
        if self.settings.return_to_move == "ignored":
            for state in np.flatnonzero((answered & deters & tempts).any(axis=1)):
                without = deters.copy()
                without[state] = False
                answered[state] = self._led(without)[state]
        return answered

    def _led(self, deters: Bools) -> Bools:
        return unpacked(led(self.answers, packed(deters), self.settings.sequences), deters.shape[1])


def deterrence(model: ConflictModel, focal: int, sanctions: Sanctions, settings: Settings) -> Deterrence:
    """Return what deters one decision maker.

    Parameters
    ----------
    model : ConflictModel
        Not modified.
    focal : int
        Its position.
    sanctions : Sanctions
        What counts as an answer.
    settings : Settings
        How it counts.

    Raises
    ------
    TooManyStatesError
        If there are too many moves to list, or too many opponents who each answer once.

    Examples
    --------
    >>> import offramp
    >>> from offramp.stability.settings import DEFAULT
    >>> model = offramp.load_case("prisoners-dilemma")  # NN, YN, NY, YY: Y cooperates
    >>> deterrence(model, 0, Sanctions("improvements"), DEFAULT).stable()
    array([ True, False,  True,  True])
    """
    opponents = model.opponents(focal) if sanctions.by != "nobody" else ()
    answers = [answering(model, dm, sanctions.by, settings) for dm in opponents]
    return Deterrence(model.num_states, attitude(model, focal, settings), listed(model, focal), answers, sanctions.escape, settings)


def answering(model: ConflictModel, dm: int, by: str, settings: Settings) -> Arcs:
    """Return the moves by which an opponent answers: all, or those that it wants or may want."""
    arcs = listed(model, dm)
    if by == "moves":
        return arcs
    wanted = attitude(model, dm, settings).improves(arcs.start, arcs.to)
    return Arcs(arcs.num_states, arcs.start[wanted], arcs.to[wanted])

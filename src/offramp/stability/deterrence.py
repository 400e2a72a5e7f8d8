"""The kernel for preferences that are no ranking, and for all settings: which improvements are deterred.

Which answers deter depends on the state of departure. So what holds for each
state of departure is one bit, 64 of them to a word, and one pass over the moves
answers for many departures at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from offramp.errors import TooManyStatesError
from offramp.model.arcs import arcs_of
from offramp.model.bits import Bits, packed, unpacked
from offramp.model.conflict import ConflictModel
from offramp.stability.attitude import Attitude, attitude
from offramp.stability.settings import Settings

Bools = NDArray[np.bool_]
Indices = NDArray[np.int64]

MAX_ONCE = 12
"""Number of opponents of whom each answers at most once; their sets number two to that power."""

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


@dataclass(frozen=True, eq=False)
class Arcs:
    """The moves of one decision maker as pairs, sorted by departure."""

    num_states: int
    start: Indices
    to: Indices

    @cached_property
    def _rows(self) -> tuple[Indices, Indices]:
        begins = np.flatnonzero(np.r_[True, self.start[1:] != self.start[:-1]]) if len(self.start) else np.zeros(0, dtype=np.int64)
        return self.start[begins], begins

    def some(self, bits: Bits) -> Bits:
        """Return, for every state, what holds in some state that a move leads to; nothing where there is no move."""
        found = np.zeros((self.num_states, bits.shape[1]), dtype=np.uint64)
        states, begins = self._rows
        if len(states):
            found[states] = np.bitwise_or.reduceat(bits[self.to], begins, axis=0)
        return found


class Deterrence:
    """Which improvements of one decision maker are deterred.

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
    """

    def __init__(self, model: ConflictModel, focal: int, sanctions: Sanctions, settings: Settings) -> None:
        self.model, self.sanctions, self.settings = model, sanctions, settings
        self.attitude: Attitude = attitude(model, focal, settings)
        self.own = listed(model, focal)
        opponents = model.opponents(focal) if sanctions.by != "nobody" else ()
        self.answers = {dm: self._answering(dm) for dm in opponents}
        if settings.sequences == "once" and len(self.answers) > MAX_ONCE:
            raise TooManyStatesError(
                f"{len(self.answers)} opponents can each answer once in too many orders; at most {MAX_ONCE} are computed: "
                "ask for sequences=legal, or merge decision makers"
            )

    def _answering(self, dm: int) -> Arcs:
        arcs = listed(self.model, dm)
        if self.sanctions.by == "moves":
            return arcs
        wanted = attitude(self.model, dm, self.settings).improves(arcs.start, arcs.to)
        return Arcs(arcs.num_states, arcs.start[wanted], arcs.to[wanted])

    def stable(self) -> Bools:
        """Return the verdict on every state, shape (num_states,)."""
        stable = np.ones(self.model.num_states, dtype=bool)
        for departures, starts, to in self._tempting():
            deters = self._deterring(departures)
            deterred = self._answered(deters, starts - departures[0], to)
            stable[starts[~deterred]] = False
        return stable

    def enough(self, start: int) -> Bools:
        """Return which ends of an answer deter from leaving `start`, shape (num_states,)."""
        return self._deterring(np.array([start]))[:, 0]

    def _tempting(self) -> Iterator[tuple[Indices, Indices, Indices]]:
        """Yield departures in blocks, with the moves from them that tempt."""
        size = max(64, BLOCK // max(self.model.num_states, 1))
        tempts = self.attitude.tempted(self.own.start, self.own.to)
        starts, to = self.own.start[tempts], self.own.to[tempts]
        for first in range(0, self.model.num_states, size):
            here = (starts >= first) & (starts < first + size)
            if here.any():
                yield np.arange(first, min(first + size, self.model.num_states)), starts[here], to[here]

    def _deterring(self, departures: Indices) -> Bools:
        """Return which states deter, by departure, shape (num_states, num_departures)."""
        deters = self.attitude.deterred(departures[None, :], np.arange(self.model.num_states)[:, None])
        if self.sanctions.escape:
            deters = deters & ~unpacked(self.own.some(packed(~deters)), len(departures))
        if self.settings.return_to_start == "ignored":
            deters[departures, np.arange(len(departures))] = False
        return deters

    def _answered(self, deters: Bools, departure: Indices, to: Indices) -> Bools:
        """Return whether opponents can answer the improvements to the states `to`; `departure` is the column of `deters`."""
        answered = unpacked(self._led(packed(deters)), deters.shape[1])[to, departure]
        if self.settings.return_to_move == "ignored":
            for state in np.unique(to[answered & deters[to, departure]]):
                without = deters.copy()
                without[state] = False
                here = to == state
                answered[here] = unpacked(self._led(packed(without)), deters.shape[1])[state, departure[here]]
        return answered

    def _led(self, wanted: Bits) -> Bits:
        """Return from where opponents lead to a wanted state by at least one move."""
        if self.settings.sequences == "one_step":
            return _either(wanted, [arcs.some(wanted) for arcs in self.answers.values()])
        if self.settings.sequences == "once":
            return _once(self.answers, frozenset(self.answers), wanted, {})
        return _legally(list(self.answers.values()), wanted)


def listed(model: ConflictModel, dm: int) -> Arcs:
    """Return all moves of the decision maker at position `dm`.

    Raises
    ------
    TooManyStatesError
        If there are too many to list.
    """
    arcs = arcs_of(model.moves, dm, model.decision_makers[dm])
    return Arcs(model.num_states, arcs[:, 0], arcs[:, 1])


def _either(like: Bits, bits: Sequence[Bits]) -> Bits:
    found: Bits = np.bitwise_or.reduce(bits, axis=0) if len(bits) else np.zeros_like(like)
    return found


def _legally(movers: Sequence[Arcs], wanted: Bits) -> Bits:
    """Return from where the movers lead to a wanted state by a sequence in which nobody moves twice in succession."""
    led = [np.zeros_like(wanted) for _ in movers]  # by a sequence that this mover begins
    while True:
        before = [bits.copy() for bits in led]
        for mover, arcs in enumerate(movers):
            others = [bits for other, bits in enumerate(led) if other != mover]
            led[mover] = arcs.some(_either(wanted, [wanted, *others]))
        if all(np.array_equal(one, other) for one, other in zip(before, led, strict=True)):
            return _either(wanted, led)


def _once(movers: Mapping[int, Arcs], left: frozenset[int], wanted: Bits, known: dict[frozenset[int], Bits]) -> Bits:
    """Return from where those who are left lead to a wanted state, each moving at most once."""
    if left not in known:
        first = [movers[dm].some(wanted | _once(movers, left - {dm}, wanted, known)) for dm in left]
        known[left] = _either(wanted, first)
    return known[left]

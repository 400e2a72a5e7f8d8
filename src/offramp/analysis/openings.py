"""What the ways out of a cell achieve, whichever coalition takes them.

A way out is *lawful throughout* when it and all its ends breach no norm, and
some legal sequence leads to it on which no norm is breached that the status quo
does not breach already; *harmless throughout* likewise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.assessment import Assessor
from offramp.analysis.ways import Coalition
from offramp.model.conflict import Moves

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Openings:
    """Whether some way out is lawful throughout, harmless throughout, both; and whose wish some way out meets in every end."""

    lawful: bool
    unharmed: bool
    clear: bool
    wishes: tuple[str, ...]


class Endings:
    """Where each way out ends: in its own state, and in every state of the ends that follow it.

    Parameters
    ----------
    of : dict of int to tuple of int
        By way out.
    final : dict of int to tuple of int
        By way out, the states of its ends alone.
    """

    def __init__(self, of: dict[int, tuple[int, ...]], final: dict[int, tuple[int, ...]]) -> None:
        self.of = of
        self.ways = np.array(list(of), dtype=np.int64)
        self._all = _joined(of)
        self._final = _joined(final)

    def all_in(self, mask: Bools, final_only: bool = False) -> Bools:
        """Return which ways out end inside `mask` throughout, ndarray of bool over all states."""
        inside = np.zeros(len(mask), dtype=bool)
        if len(self.ways):
            states, starts = self._final if final_only else self._all
            inside[self.ways] = np.logical_and.reduceat(mask[states], starts)
        return inside


def _joined(of: dict[int, tuple[int, ...]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    sizes = [len(states) for states in of.values()]
    return np.array([state for states in of.values() for state in states], dtype=np.int64), np.cumsum([0, *sizes])[:-1]


class Looker:
    """Looks for openings under one assessment; what coalitions reach lawfully is worked out once.

    Parameters
    ----------
    assessor : Assessor
        Says what is lawful and harmless where.
    """

    def __init__(self, assessor: Assessor) -> None:
        self.assessor = assessor
        self.moves: Moves = assessor.world.moves
        self._paths: dict[tuple[str, Coalition], Bools] = {}

    def openings(self, ways: dict[Coalition, Bools], endings: Endings) -> Openings:
        """Return what `ways`, the ways out of every coalition, achieve."""
        a = self.assessor
        wishes = (name for name, mask in a.wishes.items() if endings.all_in(mask, final_only=True).any())
        return Openings(
            self._some("lawful", ways, endings.all_in(a.lawful)),
            self._some("unharmed", ways, endings.all_in(a.harmless)),
            self._some("clear", ways, endings.all_in(a.lawful & a.harmless)),
            tuple(wishes),
        )

    def _some(self, kind: str, ways: dict[Coalition, Bools], wanted: Bools) -> bool:
        """Return whether a coalition has a way out among `wanted`, by a path that is `kind`."""
        return any((mask & wanted).any() and (mask & wanted & self._path(kind, coalition)).any() for coalition, mask in ways.items())

    def _path(self, kind: str, coalition: Coalition) -> Bools:
        key = (kind, coalition)
        if key not in self._paths:
            a = self.assessor
            within = {"lawful": a.no_new_breach, "unharmed": a.no_new_harm, "clear": a.no_new_breach & a.no_new_harm}[kind]
            self._paths[key] = self.moves.reached(coalition, a.world.status_quo, within)
        return self._paths[key]

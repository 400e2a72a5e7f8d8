"""What a change of judgement is wanted for: a way out opened, an outcome that holds, a way closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.assessment import Assessor
from offramp.analysis.batch import Batch
from offramp.analysis.bearing import Bearing, members_of
from offramp.errors import UnknownLabelError
from offramp.formula import Formula
from offramp.model.bits import Bits, some
from offramp.stability import CONCEPTS

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Goal:
    """What is to be attained in a cell.

    Parameters
    ----------
    kind : str
        ``open`` a way out all of whose ends, with its own state, lie where
        `formula` holds; make some reachable state there ``hold``, as an
        equilibrium of `concept`; ``close`` every way out that touches one.
    formula : Formula
        With full labels.
    by : tuple of str, optional
        The decision makers that may take part in a way out; all by default.
    demand : str
        ``lawful`` or ``clear``: what a way out has to be throughout; else empty.
    concept : str
        Of the equilibrium that is to hold.
    """

    kind: Literal["open", "hold", "close"]
    formula: Formula
    by: tuple[str, ...] | None = None
    demand: Literal["", "lawful", "clear"] = ""
    concept: str = "seq"

    def __post_init__(self) -> None:
        if self.concept not in CONCEPTS:
            raise UnknownLabelError("concept", self.concept, list(CONCEPTS))


def attained(goal: Goal, batch: Batch, assessor: Assessor) -> Bits:
    """Return in which plays of a batch a goal is attained, shape (num_words,)."""
    wanted = assessor.world.holds(goal.formula, assessor.conditions)
    if goal.kind == "hold":
        return _holding(goal, batch, wanted)
    bearing = Bearing(batch, (assessor,), {}, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    if goal.kind == "close":
        touched = some(bearing.endings(None)[wanted[batch.active]])
        result: Bits = batch.everywhere & ~touched
        return result
    return _opening(goal, batch, assessor, bearing, wanted)


def _opening(goal: Goal, batch: Batch, assessor: Assessor, bearing: Bearing, wanted: Bools) -> Bits:
    ways = batch.ways
    passed = np.ones(len(ways.state), dtype=np.bool_) if goal.by is None else bearing.within(frozenset(goal.by))[ways.coalition]
    if goal.demand:
        passable = assessor.no_new_breach if goal.demand == "lawful" else assessor.no_new_breach & assessor.no_new_harm
        wanted = wanted & (assessor.lawful if goal.demand == "lawful" else assessor.lawful & assessor.harmless)
        passed = passed & members_of(batch.ground.within(passable), ways.coalition, ways.state)
    return bearing.opening(wanted[batch.active], passed)


def _holding(goal: Goal, batch: Batch, wanted: Bools) -> Bits:
    result = np.zeros_like(batch.everywhere)
    for state in np.flatnonzero(wanted & batch.ground.reachable).tolist():
        result |= batch.equilibrium(goal.concept, state)
        if np.array_equal(result, batch.everywhere):
            break
    return result

"""Headlines: what every variant of a case is compared by.

In one cell a headline is true or false; over a grid it has a share of the cells
and a level. The definitions are in docs/reference/how-sure.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.batch import Batch
from offramp.analysis.bearing import Bearing
from offramp.case.labels import short_labels
from offramp.case.schema import Case
from offramp.model.bits import unpacked
from offramp.model.conflict import States
from offramp.model.groups import is_open
from offramp.stability import CONCEPTS

Bools = NDArray[np.bool_]
Level = Literal["none", "some", "most", "all"]

TOLERANCE = 1e-12
"""Shares closer than this are the same: they are sums of weights, divided."""


class Namer:
    """Names coalitions and states as headlines do.

    Parameters
    ----------
    case : Case
        With its decision makers and options.
    states : States
        Of the world that is told.
    """

    def __init__(self, case: Case, states: States) -> None:
        self.makers = tuple(case.decision_makers)
        self.states = states
        self.short = short_labels(case)

    def coalition(self, members: Sequence[int]) -> str:
        """Return the ids of the members joined by ``+``."""
        return "+".join(self.makers[dm] for dm in members)

    def state(self, place: int) -> str:
        """Return the options taken in a state joined by ``+``, ``nothing`` without any; in a graph its name, of a group its pattern."""
        label, options = self.states.label(place), self.states.options
        if not options or is_open(label):
            return label
        return "+".join(self.short.get(option, option) for option, letter in zip(options, label, strict=True) if letter == "Y") or "nothing"


def truths(bearing: Bearing, namer: Namer) -> dict[str, Bools]:
    """Return all headlines of many cells: by name in which cells they are true, shape (num_cells,).

    Movers and ends that are in no cell are left out.
    """
    bearing.prepare()
    batch = bearing.batch
    found = {name: unpacked(bits, batch.num_plays)[bearing.play] for name, bits in _of_plays(batch, namer)}
    return found | bearing.truths()


def _of_plays(batch: Batch, namer: Namer) -> Iterator[tuple[str, NDArray[np.uint64]]]:
    start = batch.ground.status_quo
    for concept in CONCEPTS:
        yield f"rests.{concept}", batch.equilibrium(concept, start)
    movers = batch.movers
    none = np.zeros_like(batch.everywhere)
    yield "can_move", np.bitwise_or.reduce([none, *movers.values()])
    for coalition, bits in movers.items():
        yield "mover." + namer.coalition(coalition), bits
    spots = np.zeros((batch.net.num_states, len(none)), dtype=np.uint64)
    for coalition, bits in movers.items():
        rows = batch.ways.rows[coalition]
        np.bitwise_or.at(spots, batch.ways.state[rows], batch.ways.bits[rows] & bits)
    ends = batch.leads_to(spots[batch.active]) & batch.final
    for place in np.flatnonzero(ends.any(axis=1)).tolist():
        yield "end." + namer.state(int(batch.active[place])), ends[place]


def level(share: float) -> Level:
    """Return how often a share says that something holds.

    Examples
    --------
    >>> [level(share) for share in (0, 0.5, 0.7, 1)]
    ['none', 'some', 'most', 'all']
    """
    if share <= TOLERANCE:
        return "none"
    if share >= 1 - TOLERANCE:
        return "all"
    return "most" if share > 0.5 + TOLERANCE else "some"


ORDER = ("rests", "can_move", "lawful", "unharmed", "clear", "wish", "claim", "denied", "mover", "end")
"""Kinds of headlines, in the order in which they are told."""


def kind(name: str) -> str:
    """Return the kind of a headline: what stands before the first dot."""
    return name.split(".", 1)[0]

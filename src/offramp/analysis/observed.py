"""What it says that nobody has moved: the cells that speak against it, and those that remain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from offramp.analysis.lab import Lab
from offramp.case.variant import Variant
from offramp.errors import UnknownLabelError
from offramp.model.build import Builder
from offramp.model.world import Choice
from offramp.shown import shown

Key = TypeVar("Key")
Value = TypeVar("Value")

FORESIGHT = {"one-move": "nash", "replies": "seq", "caution": "gmr"}
"""By what is assumed of everybody's foresight, the concept by which a state is left alone."""


@dataclass(frozen=True)
class Kept:
    """Of the cells with one reading, or one side of a contested entry: how many there are, and how many remain."""

    cells: int
    remaining: int


@shown
@dataclass(frozen=True, eq=False)
class Observed:
    """What remains of a grid once it is observed that nobody has moved.

    Parameters
    ----------
    foresight : str
        A key of `FORESIGHT`.
    together : bool
        Whether a way out of a coalition speaks against a cell too.
    num_cells : int
        Size of the grid.
    remaining : tuple of Choice
        The cells that the observation does not speak against.
    readings : mapping of (decision maker, reading) to Kept
        In file order.
    sides : mapping of (contested entry, side) to Kept
        In file order.
    combinations : mapping of tuple of reading to Kept
        By a reading for each decision maker that has several; those of which some cell remains.
    before, after : mapping of str to float
        The headlines over the grid, and over what remains; empty if nothing does.
    """

    foresight: str
    together: bool
    num_cells: int
    remaining: tuple[Choice, ...]
    readings: Mapping[tuple[str, str], Kept]
    sides: Mapping[tuple[str, bool], Kept]
    combinations: Mapping[tuple[tuple[str, str], ...], Kept]
    before: Mapping[str, float]
    after: Mapping[str, float]

    @property
    def excluded(self) -> tuple[tuple[str, str], ...]:
        """The readings of which no cell remains."""
        return tuple(reading for reading, kept in self.readings.items() if not kept.remaining)


def observed(builder: Builder, foresight: str = "replies", together: bool = False, within: Variant | None = None) -> Observed:
    """Return what remains of the grid if nobody has moved.

    Parameters
    ----------
    builder : Builder
        Of the case.
    foresight : str
        ``one-move``, ``replies`` or ``caution``; see `FORESIGHT`.
    together : bool
        Whether coalitions could have moved too.
    within : Variant, optional
        A part of the grid to look at; by default all of the builder's.

    Raises
    ------
    UnknownLabelError
        For an unknown assumption.

    Examples
    --------
    >>> import offramp
    >>> found = observed(offramp.Builder(offramp.read_case("two-prisoners")))
    >>> len(found.remaining), found.excluded
    (336, (('south_korea', 'eager'),))
    """
    if foresight not in FORESIGHT:
        raise UnknownLabelError("assumption on foresight", foresight, list(FORESIGHT))
    lab = Lab(builder)
    frame = lab.frame(within)
    answers = lab.solve([frame])
    truths = answers.truths(0)
    stays = truths[f"rests.{FORESIGHT[foresight]}"]
    if together:
        stays = stays & ~truths["can_move"]
    weights = frame.weights * stays
    after = {name: float(weights @ there / weights.sum()) for name, there in truths.items()} if weights.sum() > 0 else {}
    before = answers.shares(0)
    choices = frame.choices()
    return Observed(
        foresight,
        together,
        frame.num_cells,
        tuple(choices[k] for k in np.flatnonzero(stays).tolist()),
        _in_order(_tally(choices, stays.tolist(), lambda choice: choice.readings)),
        _in_order(_tally(choices, stays.tolist(), lambda choice: choice.contested)),
        {key: kept for key, kept in _tally(choices, stays.tolist(), _rivals(frame.builder)).items() if kept.remaining},
        before,
        {name: share for name, share in after.items() if name in before},
    )


def _tally(choices: Sequence[Choice], stays: Sequence[bool], keys: Callable[[Choice], Iterable[Key]]) -> dict[Key, Kept]:
    """Return for every key of a choice how many cells have it, and how many of these remain."""
    count: dict[Key, list[int]] = {}
    for choice, stay in zip(choices, stays, strict=True):
        for key in keys(choice):
            there = count.setdefault(key, [0, 0])
            there[0] += 1
            there[1] += stay
    return {key: Kept(*there) for key, there in count.items()}


def _in_order(tally: dict[tuple[str, Value], Kept]) -> dict[tuple[str, Value], Kept]:
    """Return a tally by name, the names in the order in which they first come."""
    return {key: tally[key] for name in dict.fromkeys(name for name, _ in tally) for key in tally if key[0] == name}


def _rivals(builder: Builder) -> Callable[[Choice], list[tuple[tuple[str, str], ...]]]:
    several = {dm for dm, there in builder.readings().items() if len(there) > 1}
    return lambda choice: [tuple(there for there in choice.readings if there[0] in several)]

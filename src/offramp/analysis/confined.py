"""What tells combinations apart: which concepts, settings, readings and sides those have in common in which a state is an equilibrium."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from offramp.model.world import Choice
from offramp.stability.settings import VALUES

Bools = NDArray[np.bool_]

COALITIONS = ("apart", "merged")
"""How a coalition acts, the default first: its members each for itself, or as one decision maker."""

DEFINITIONS: Mapping[str, tuple[str, ...]] = {**{name: tuple(values) for name, values in VALUES.items()}, "coalitions": COALITIONS}
"""Everything that may differ between columns of one concept, each with its values, in their order."""


def standing(changed: Mapping[str, str]) -> list[tuple[int, int]]:
    """Return where values stand among `DEFINITIONS`, to put them in order.

    Examples
    --------
    >>> sorted([{"unknown": "c"}, {"sequences": "once"}, {}], key=standing)
    [{}, {'sequences': 'once'}, {'unknown': 'c'}]
    """
    return [(place, values.index(changed[name])) for place, (name, values) in enumerate(DEFINITIONS.items()) if name in changed]


@dataclass(frozen=True)
class Confined:
    """What all combinations in which a state is an equilibrium have in common; what is not listed varies freely.

    Parameters
    ----------
    concepts : tuple of str
        Empty where every concept that was asked is among them.
    settings : mapping of str to tuple of str
        By setting, the values among them, where others were asked; ``coalitions``
        counts as one.
    readings : mapping of str to tuple of str
        By decision maker, likewise.
    contested : mapping of str to bool
        By contested entry, the only side among them.
    is_asked : bool
        Whether the state exists in some cell where something asked is defined.
    ever : bool
        Whether there is any such combination.
    always : bool
        Whether the state is an equilibrium in *all* combinations of this kind.
    """

    concepts: tuple[str, ...]
    settings: Mapping[str, tuple[str, ...]]
    readings: Mapping[str, tuple[str, ...]]
    contested: Mapping[str, bool]
    is_asked: bool
    ever: bool
    always: bool

    @property
    def is_free(self) -> bool:
        """Whether nothing is listed."""
        return not (self.concepts or self.settings or self.readings or self.contested)


@dataclass(frozen=True)
class Apart:
    """What tells the combinations in which a state is an equilibrium apart from those in which it is none.

    Parameters
    ----------
    when : Confined
        What the former have in common.
    but : Confined
        What the latter have in common: its `ever` and `always` are of these.
    """

    when: Confined
    but: Confined


class Factors:
    """The concepts and settings of the columns, and the readings and sides of the cells.

    Parameters
    ----------
    columns : sequence of (str, mapping of str to str)
        Concept of each, and the value of everything in `DEFINITIONS`.
    choices : sequence of Choice
        The cells.
    group_of : ndarray of int64, shape (num_cells,)
        The model of each.
    """

    def __init__(self, columns: Sequence[tuple[str, Mapping[str, str]]], choices: Sequence[Choice], group_of: NDArray[np.int64]) -> None:
        self.group_of = group_of
        self._concept = _Factor([concept for concept, _ in columns])
        self._settings = {name: _Factor([meant[name] for _, meant in columns], values) for name, values in DEFINITIONS.items()}
        self._readings = {dm: _Factor([dict(choice.readings)[dm] for choice in choices]) for dm, _ in choices[0].readings}
        self._sides = {name: _Factor([choice.sides[name] for choice in choices]) for name, _ in choices[0].contested}

    def of(self, concept: str) -> Bools:
        """Return which columns are of a concept, shape (num_columns,)."""
        return self._concept.taking([concept])

    def apart(self, marks: NDArray[np.int8]) -> Apart:
        """Return what tells the combinations that hold apart from those that do not; `marks` as for `confined`."""
        return Apart(self.confined(marks), self.confined(np.where(marks < 0, marks, 1 - marks)))

    def confined(self, marks: NDArray[np.int8]) -> Confined:
        """Return what the combinations that hold have in common.

        Parameters
        ----------
        marks : ndarray of int8, shape (num_models, num_columns)
            1 where a state is an equilibrium, 0 where it is none, -1 where that is not asked.
        """
        is_asked, holds = marks >= 0, marks > 0
        columns, cells = (_some(is_asked, 0), _some(holds, 0)), (_some(is_asked, 1)[self.group_of], _some(holds, 1)[self.group_of])
        readings = {dm: factor.confined(*cells) for dm, factor in self._readings.items()}
        sides = {name: factor.confined(*cells) for name, factor in self._sides.items()}
        concepts = self._concept.confined(*columns)
        own = columns[0] & self._concept.taking(concepts)  # settings that other concepts alone were asked under tell nothing apart
        settings = {name: factor.confined(own, columns[1]) for name, factor in self._settings.items()}
        like = np.logical_and.reduce([self._concept.taking(concepts), *(self._settings[name].taking(v) for name, v in settings.items())])
        there = [self._readings[dm].taking(v) for dm, v in readings.items()] + [self._sides[name].taking(v) for name, v in sides.items()]
        groups = np.unique(self.group_of[np.logical_and.reduce(there)]) if there else np.unique(self.group_of)
        ever = bool(holds.any())
        return Confined(
            concepts,
            _listed(settings),
            _listed(readings),
            {name: values[0] for name, values in sides.items() if values},
            bool(is_asked.any()),
            ever,
            ever and bool((marks[np.ix_(groups, np.flatnonzero(like))] != 0).all()),
        )


class _Factor:
    """One thing that varies, with its value in every column or cell."""

    def __init__(self, values: Sequence[Any], order: Sequence[Any] = ()) -> None:
        self.values = sorted(dict.fromkeys(values), key=order.index) if order else list(dict.fromkeys(values))
        place = {value: number for number, value in enumerate(self.values)}
        self.places = np.array([place[value] for value in values], dtype=np.int64)

    def confined(self, is_asked: Bools, holds: Bools) -> tuple[Any, ...]:
        """Return the values where something holds, in their order; empty where these are all that were asked, or none."""
        there, used = np.unique(self.places[is_asked]), np.unique(self.places[holds])
        return tuple(self.values[k] for k in used.tolist()) if 0 < len(used) < len(there) else ()

    def taking(self, values: Sequence[Any]) -> Bools:
        """Return where the value is one of `values`; everywhere if there are none."""
        if not values:
            return np.ones(len(self.places), dtype=bool)
        return np.isin(self.places, [self.values.index(value) for value in values])


def _some(marks: Bools, axis: int) -> Bools:
    found: Bools = np.logical_or.reduce(marks, axis=axis)
    return found


def _listed(confined: Mapping[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    return {name: values for name, values in confined.items() if values}

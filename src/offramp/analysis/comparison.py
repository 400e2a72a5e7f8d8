"""What a comparison comes to, as records: the columns, the outcomes, and what is known of every cell.

A *combination* is a cell of the grid and a *column*: a concept under one choice
of settings. Outcomes are states, told apart by their codes or names, since their
numbers differ from cell to cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.confined import Apart, Factors, standing
from offramp.errors import UnknownLabelError
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel, States
from offramp.model.world import Choice
from offramp.shown import shown
from offramp.stability.settings import Settings

Marks = NDArray[np.int8]
Counts = NDArray[np.int64]

HOLDS, HOLDS_NOT, NOT_ASKED = 1, 0, -1
"""What a mark says of a state under a column: an equilibrium, none, or not defined there or no such state."""


@dataclass(frozen=True)
class Column:
    """A concept under one choice of settings.

    Parameters
    ----------
    concept : str
        Short name.
    settings : Settings
        Which definitions are meant.
    undefined : mapping of str to int
        Why the concept has no answer in some cells, with their number.
    num_outcomes : int
        Number of states that are equilibria in some cell.
    is_merged : bool
        Whether coalitions act as one decision maker.
    """

    concept: str
    settings: Settings
    undefined: Mapping[str, int]
    num_outcomes: int
    is_merged: bool = False

    @property
    def changed(self) -> dict[str, str]:
        """What is not the default, by name: settings, and how coalitions act."""
        return {**self.settings.changed, **({"coalitions": "merged"} if self.is_merged else {})}

    @property
    def meant(self) -> dict[str, str]:
        """Every setting, and how coalitions act, by name."""
        return {**asdict(self.settings), "coalitions": "merged" if self.is_merged else "apart"}


@dataclass(frozen=True)
class Outcome:
    """How far it depends on the definition, and on the cell, whether one state is an equilibrium.

    Parameters
    ----------
    code : str
        Code or name of the state.
    cells : int
        Number of cells in which it exists.
    holds : tuple of int
        By column, the number of cells in which it is an equilibrium.
    asked : tuple of int
        By column, the number of cells in which it exists and the concept is defined.
    gained, lost : tuple of int
        By column, the number of cells in which it is an equilibrium there and
        not under the first settings of the same concept, or the other way round.
    apart : Apart
        What tells the combinations apart in which it is an equilibrium.
    by_concept : mapping of str to Apart
        The same among the columns of each concept.
    """

    code: str
    cells: int
    holds: tuple[int, ...]
    asked: tuple[int, ...]
    gained: tuple[int, ...]
    lost: tuple[int, ...]
    apart: Apart
    by_concept: Mapping[str, Apart]


@dataclass(frozen=True, eq=False)
class Group:
    """The cells that share a model, and its marks.

    Parameters
    ----------
    model : ConflictModel
        What was solved.
    cells : ndarray of int64
        Positions of the cells among the choices.
    places : ndarray of int64, shape (num_states,)
        Where its states stand among those of all cells.
    marks : ndarray of int8, shape (num_columns, num_states)
        `HOLDS`, `HOLDS_NOT` or `NOT_ASKED`.
    """

    model: ConflictModel
    cells: Counts
    places: Counts
    marks: Marks

    @cached_property
    def _order(self) -> Counts:
        return np.argsort(self.places)

    def own(self, place: int) -> int | None:
        """Return which state of the model stands at a place among those of all cells; None where it has no such state."""
        found = int(np.searchsorted(self.places, place, sorter=self._order))
        own = int(self._order[found]) if found < len(self.places) else -1
        return own if own >= 0 and self.places[own] == place else None

    def at(self, place: int) -> Marks:
        """Return the marks of the state at a place among those of all cells."""
        own = self.own(place)
        return np.full(len(self.marks), NOT_ASKED, dtype=np.int8) if own is None else self.marks[:, own]


@shown
@dataclass(frozen=True, eq=False)
class Comparison:
    """In how many combinations each state is an equilibrium.

    Parameters
    ----------
    builder : Builder
        Of the case.
    choices : tuple of Choice
        The cells.
    columns : tuple of Column
        Concepts in the order of asking, each with its settings, the first of
        them first.
    states : States
        All that exist in some cell. Where some count as one, a state is known by its
        label: what counts as one in some cells only has a label of its own there.
    groups : tuple of Group
        The different models.
    left_out : mapping of str to str
        Concepts that are about a decision maker and have no answer in any cell, and why.
    coalition : tuple of str, optional
        The only coalition that concepts for coalitions were asked about.
    horizon : int, optional
        Number of moves looked ahead, for the concept of limited moves.
    merged : tuple of str
        The coalitions that act as one decision maker, in some columns or in all,
        their members joined by ``+``.
    """

    builder: Builder
    choices: tuple[Choice, ...]
    columns: tuple[Column, ...]
    states: States
    groups: tuple[Group, ...]
    left_out: Mapping[str, str]
    coalition: tuple[str, ...] | None = None
    horizon: int | None = None
    merged: tuple[str, ...] = ()

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts that have a column, in their order."""
        return tuple(dict.fromkeys(column.concept for column in self.columns))

    @property
    def definitions(self) -> tuple[dict[str, str], ...]:
        """The choices of settings, each by what is not the default: the first one, then in the order of the settings and their values."""
        first, *rest = map(dict, dict.fromkeys(tuple(self.told(column).items()) for column in self.columns))
        return (first, *sorted(rest, key=standing))

    def told(self, column: Column) -> dict[str, str]:
        """Return what of a column is not the default; that coalitions are merged goes without saying where all columns have it."""
        is_said = len({each.is_merged for each in self.columns}) > 1
        return {name: value for name, value in column.changed.items() if name != "coalitions" or is_said}

    @property
    def num_cells(self) -> int:
        """Number of cells."""
        return len(self.choices)

    @property
    def num_combinations(self) -> int:
        """Number of combinations of a cell and a column that is defined there."""
        return sum(self.num_cells - sum(column.undefined.values()) for column in self.columns)

    @cached_property
    def holds(self) -> Counts:
        """Number of cells in which each state is an equilibrium, ndarray of int64, shape (num_columns, num_states)."""
        return self._counted(lambda marks: marks == HOLDS)

    @cached_property
    def asked(self) -> Counts:
        """Number of cells in which each state exists and each column is defined, ndarray of int64, shape (num_columns, num_states)."""
        return self._counted(lambda marks: marks != NOT_ASKED)

    def _counted(self, wanted: Callable[[Marks], NDArray[np.bool_]]) -> Counts:
        counts = np.zeros((len(self.columns), len(self.states)), dtype=np.int64)
        for group in self.groups:
            counts[:, group.places] += wanted(group.marks) * len(group.cells)
        return counts

    def places(self) -> list[int]:
        """Return the states that are equilibria in some combination, most often first, then in ascending order of code."""
        often = self.holds.sum(axis=0)
        order = np.argsort(-often, kind="stable")
        return order[often[order] > 0].tolist()

    def outcomes(self, limit: int | None = None) -> list[Outcome]:
        """Return the first `limit` states of `places`, by default all."""
        return [self.outcome(place) for place in self.places()[:limit]]

    def place(self, label: str | int) -> int:
        """Return where a state stands among those of all cells, given its code or name, or its number in the first cell, from 1.

        A code that no state is called by stands for the one that it counts as, in the first cell that has such.

        Raises
        ------
        UnknownLabelError
            If no cell has such a state.
        """
        first, text = self.groups[0].model, str(label)
        place = self.states.index(text)
        if place is not None:
            return place
        for group in self.groups:
            own = group.model.states.index(text)
            if own is not None:
                return int(group.places[own])
        if text.isascii() and text.isdigit() and 1 <= int(text[:20]) <= first.num_states:
            return int(self.groups[0].places[int(text) - 1])
        raise UnknownLabelError("state", text, [f"numbers 1 to {first.num_states}", *(self.states.label(k) for k in self.places()[:20])])

    def number(self, place: int) -> int | None:
        """Return the number of a state in the first cell, from 1; None where it does not exist there."""
        own = self.groups[0].own(place)
        return None if own is None else own + 1

    def existing(self, place: int) -> list[tuple[Group, int]]:
        """Return the groups in which a state exists, with its position in each."""
        return [(group, own) for group in self.groups if (own := group.own(place)) is not None]

    def outcome(self, place: int) -> Outcome:
        """Return what holds of the state at a place among those of all cells."""
        marks = np.array([group.at(place) for group in self.groups])
        weight = np.array([len(group.cells) for group in self.groups])[:, None]
        first = [self.concepts_first[column.concept] for column in self.columns]
        before = marks[:, first]
        return Outcome(
            self.states.label(place),
            sum(len(group.cells) for group, _ in self.existing(place)),
            _summed((marks == HOLDS) * weight),
            _summed((marks != NOT_ASKED) * weight),
            _summed(((marks == HOLDS) & (before == HOLDS_NOT)) * weight),
            _summed(((marks == HOLDS_NOT) & (before == HOLDS)) * weight),
            self._factors.apart(marks),
            {name: self._factors.apart(np.where(self._factors.of(name), marks, NOT_ASKED)) for name in self.concepts},
        )

    def changes(self, column: int) -> tuple[dict[int, int], dict[int, int]]:
        """Return the states that a column gains and loses against the first of its concept, each with the number of cells."""
        first = self.concepts_first[self.columns[column].concept]
        gained, lost = np.zeros((2, len(self.states)), dtype=np.int64)
        for group in self.groups:
            now, before = group.marks[column], group.marks[first]
            gained[group.places] += ((now == HOLDS) & (before == HOLDS_NOT)) * len(group.cells)
            lost[group.places] += ((now == HOLDS_NOT) & (before == HOLDS)) * len(group.cells)
        return _nonzero(gained), _nonzero(lost)

    @cached_property
    def concepts_first(self) -> dict[str, int]:
        """By concept, the position of its first column."""
        return {column.concept: place for place, column in reversed(list(enumerate(self.columns)))}

    @cached_property
    def _factors(self) -> Factors:
        group_of = np.zeros(len(self.choices), dtype=np.int64)
        for number, group in enumerate(self.groups):
            group_of[group.cells] = number
        return Factors([(column.concept, column.meant) for column in self.columns], self.choices, group_of)


def _nonzero(counts: Counts) -> dict[int, int]:
    return {place: int(counts[place]) for place in np.flatnonzero(counts).tolist()}


def _summed(numbers: Counts) -> tuple[int, ...]:
    return tuple(numbers.sum(axis=0).tolist())

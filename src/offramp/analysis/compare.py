"""The same case under several concepts, settings and readings: in how many combinations each outcome is an equilibrium.

A *combination* is a cell of the grid and a *column*: a concept under one choice
of settings. Outcomes are states, told apart by their codes or names, since their
numbers differ from cell to cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.confined import Apart, Factors
from offramp.analysis.grid import Grid
from offramp.analysis.solve import solve
from offramp.errors import ChoiceError, TooManyStatesError, UnknownLabelError
from offramp.model.build import Builder, Choice
from offramp.model.conflict import ConflictModel, States
from offramp.stability.matters import others
from offramp.stability.registry import ALL_CONCEPTS, Concept
from offramp.stability.settings import DEFAULT, Settings

Marks = NDArray[np.int8]
Counts = NDArray[np.int64]
Watch = Callable[[int, int], None]

MAX_VERDICTS = 50_000_000
"""Number of states times columns times different models; a byte each."""

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
    """

    concept: str
    settings: Settings
    undefined: Mapping[str, int]
    num_outcomes: int


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
        Where its states stand among those of all cells, ascending.
    marks : ndarray of int8, shape (num_columns, num_states)
        `HOLDS`, `HOLDS_NOT` or `NOT_ASKED`.
    """

    model: ConflictModel
    cells: Counts
    places: Counts
    marks: Marks

    def at(self, place: int) -> Marks:
        """Return the marks of the state at a place among those of all cells."""
        own = int(np.searchsorted(self.places, place))
        if own < len(self.places) and self.places[own] == place:
            return self.marks[:, own]
        return np.full(len(self.marks), NOT_ASKED, dtype=np.int8)


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
        All that exist in some cell.
    groups : tuple of Group
        The different models.
    left_out : mapping of str to str
        Concepts that are about a decision maker and have no answer in any cell, and why.
    coalition : tuple of str, optional
        The only coalition that concepts for coalitions were asked about.
    horizon : int, optional
        Number of moves looked ahead, for the concept of limited moves.
    """

    builder: Builder
    choices: tuple[Choice, ...]
    columns: tuple[Column, ...]
    states: States
    groups: tuple[Group, ...]
    left_out: Mapping[str, str]
    coalition: tuple[str, ...] | None = None
    horizon: int | None = None

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts that have a column, in their order."""
        return tuple(dict.fromkeys(column.concept for column in self.columns))

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

        Raises
        ------
        UnknownLabelError
            If no cell has such a state.
        """
        first = self.groups[0].model
        place = self.states.index(str(label))
        if place is not None:
            return place
        text = str(label)
        if text.isascii() and text.isdigit() and 1 <= int(text[:20]) <= first.num_states:
            return int(self.groups[0].places[int(text) - 1])
        raise UnknownLabelError("state", text, [f"numbers 1 to {first.num_states}", *(self.states.label(k) for k in self.places()[:20])])

    def number(self, place: int) -> int | None:
        """Return the number of a state in the first cell, from 1; None where it does not exist there."""
        own = np.flatnonzero(self.groups[0].places == place)
        return int(own[0]) + 1 if len(own) else None

    def existing(self, place: int) -> list[tuple[Group, int]]:
        """Return the groups in which a state exists, with its position in each."""
        found = [(group, int(np.searchsorted(group.places, place))) for group in self.groups]
        return [(group, own) for group, own in found if own < len(group.places) and group.places[own] == place]

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
        return Factors([(column.concept, column.settings) for column in self.columns], self.choices, group_of)


def _nonzero(counts: Counts) -> dict[int, int]:
    return {place: int(counts[place]) for place in np.flatnonzero(counts).tolist()}


def _summed(numbers: Counts) -> tuple[int, ...]:
    return tuple(numbers.sum(axis=0).tolist())


def compare(
    builder: Builder,
    concepts: Sequence[str] | None = None,
    settings: Sequence[Settings] | None = None,
    *,
    choices: Iterable[Choice] | None = None,
    coalition: Sequence[str] | None = None,
    horizon: int | None = None,
    watch: Watch | None = None,
) -> Comparison:
    """Return in how many combinations of concept, settings and cell each outcome is an equilibrium.

    Parameters
    ----------
    builder : Builder
        Of the case.
    concepts : sequence of str, optional
        Short names; by default all that are about a decision maker and defined
        in some cell, ``limited`` only with a horizon.
    settings : sequence of Settings, optional
        Every concept is asked under each; those that are given first are what
        the others are compared with. By default each concept is asked under the
        default settings and under each other value of one setting that can make
        a difference to it in this case (`offramp.stability.matters`).
    choices : iterable of Choice, optional
        The cells; by default all of the builder's grid.
    coalition : sequence of str, optional
        Labels of the members, for concepts that are about a coalition; by
        default all coalitions, so that an equilibrium is stable for each.
    horizon : int, optional
        Number of moves looked ahead, which the concept ``limited`` needs.
    watch : callable, optional
        Called with how many columns of models are solved, and how many there are.

    Returns
    -------
    comparison : Comparison
        Exact counts. A concept that is not defined in some cell is counted as
        undefined there, with the reason.

    Raises
    ------
    UnknownLabelError
        For a concept or a decision maker that is not there.
    ChoiceError
        If nothing is asked, if no concept is defined in any cell, or if there
        is more to compute than `MAX_VERDICTS`.

    Notes
    -----
    Each different model is solved once for each column.

    Examples
    --------
    >>> import offramp
    >>> found = compare(offramp.Builder(offramp.read_case("garrison-23")), ["gmr", "seq"])
    >>> [(column.concept, column.settings.changed, column.num_outcomes) for column in found.columns][:3]
    [('gmr', {}, 15), ('gmr', {'sequences': 'once'}, 14), ('gmr', {'sequences': 'one_step'}, 12)]
    >>> outcome = found.outcome(found.place(6))  # state 6
    >>> outcome.code, outcome.holds, outcome.apart.when.concepts, outcome.apart.when.settings
    ('NNYYNYNNN', (1, 0, 0, 0, 0, 0), ('gmr',), {'sequences': ('legal',)})
    """
    cells = tuple(Grid(builder).choices() if choices is None else choices)
    named = _named(concepts, settings, cells, horizon)
    models = _models(builder, cells, len(named) * len(settings or [DEFAULT]))
    for dm in coalition or ():
        next(iter(models)).dm(dm)
    left_out = _left_out(list(models), named, horizon) if concepts is None else {}
    asked = _asked(list(models), [concept.name for concept in named if concept.name not in left_out], settings)
    states = _all_states(list(models))
    solved = _Solved(asked, coalition, horizon, watch, len(models))
    groups = []
    for model, there in models.items():
        groups.append(Group(model, np.array(there), _places(states, model), solved.marks(model, len(there))))
    return Comparison(
        builder, cells, _columns(asked, solved, groups, len(states), len(cells)), states, tuple(groups), left_out,
        None if coalition is None else tuple(coalition), horizon,
    )  # fmt: skip


# -- what is asked -------------------------------------------------------------------------------------------------------


def _named(
    concepts: Sequence[str] | None, settings: Sequence[Settings] | None, cells: Sequence[Choice], horizon: int | None
) -> list[Concept]:
    """Return the concepts that may be asked."""
    for what, there in (("concept", concepts), ("choice of settings", settings), ("cell", cells)):
        if there is not None and not there:
            raise ChoiceError(f"no {what} is given; give one or more, or leave the argument out for the default")
    if concepts is None:
        return [concept for concept in ALL_CONCEPTS.values() if concept.about == "decision maker"]
    for name in concepts:
        if name not in ALL_CONCEPTS:
            raise UnknownLabelError("concept", name, list(ALL_CONCEPTS))
        if ALL_CONCEPTS[name].about == "everybody":
            raise ChoiceError(
                f"{name} is told by the concepts for coalitions: ask for coalition_seq and no coalition; an equilibrium is stable for each"
            )
        if name == "limited" and horizon is None:
            raise ChoiceError(f"{name} {_NO_HORIZON}")
    return [ALL_CONCEPTS[name] for name in dict.fromkeys(concepts)]


def _models(builder: Builder, cells: Sequence[Choice], num_columns: int) -> dict[ConflictModel, list[int]]:
    """Return the different models, each with the positions of its cells."""
    found: dict[ConflictModel, list[int]] = {}
    num_states = 0
    for place, choice in enumerate(cells):
        model = builder.model(choice)
        if model not in found:
            num_states += model.num_states
            _check_work(num_states, num_columns, len(found) + 1)
        found.setdefault(model, []).append(place)
    return found


def _check_work(num_states: int, num_columns: int, num_models: int) -> None:
    if num_states * num_columns > MAX_VERDICTS:
        raise ChoiceError(
            f"{num_columns} concepts under settings, over {num_models:,} or more models with {num_states:,} states together, "
            f"make more than {MAX_VERDICTS:,} verdicts, which is the most that is computed: "
            "ask for fewer with --concept and --set, or choose cells with --reading and --contested"
        )


def _asked(models: Sequence[ConflictModel], concepts: Sequence[str], settings: Sequence[Settings] | None) -> list[tuple[str, Settings]]:
    """Return the columns."""
    alike = dict.fromkeys(settings) if settings is not None else None
    asked = [(name, each) for name in concepts for each in (_that_matter(models, name) if alike is None else alike)]
    _check_work(sum(model.num_states for model in models), len(asked), len(models))
    return asked


_NO_HORIZON = "needs the number of moves to look ahead; give a horizon, such as --horizon 3"


def _left_out(models: Sequence[ConflictModel], named: Sequence[Concept], horizon: int | None) -> dict[str, str]:
    """Return the concepts that have no answer for any of the models, and why."""
    found = {concept.name: reason for concept in named if (reason := _lack(models, concept))}
    return found | ({"limited": _NO_HORIZON} if horizon is None and "limited" not in found else {})


def _lack(models: Sequence[ConflictModel], concept: Concept) -> str:
    """Return why a concept is defined for none of the models; empty if it is for one."""
    reasons = [_reason(model, concept) for model in models]
    return reasons[0] if all(reasons) else ""


def _reason(model: ConflictModel, concept: Concept) -> str:
    try:
        return next(iter(concept.lacks(model)), "")
    except ChoiceError as error:  # from preferences that are no ranking
        return str(error)


def _that_matter(models: Sequence[ConflictModel], concept: str) -> list[Settings]:
    """Return the default settings, and each other value of one setting that can make a difference in some model."""
    found = [(name, value) for model in models for name, values in others(model, concept, DEFAULT).items() for value in values]
    return [DEFAULT, *(DEFAULT.but(**{name: value}) for name, value in dict.fromkeys(found))]


# -- what is answered ----------------------------------------------------------------------------------------------------


class _Solved:
    """Solves models for columns, and keeps where a column has no answer."""

    def __init__(
        self, asked: Sequence[tuple[str, Settings]], coalition: Sequence[str] | None, horizon: int | None, watch: Watch | None, total: int
    ) -> None:
        self.asked, self.coalition, self.horizon = asked, coalition, horizon
        self.undefined: list[dict[str, int]] = [{} for _ in asked]
        self._watch, self._done, self._total = watch, 0, total * len(asked)

    def marks(self, model: ConflictModel, num_cells: int) -> Marks:
        """Return the marks of a model; `num_cells` have it."""
        return np.stack([self._column(column, model, num_cells) for column in range(len(self.asked))])

    def _column(self, column: int, model: ConflictModel, num_cells: int) -> Marks:
        concept, settings = self.asked[column]
        try:
            found = solve(model, [concept], settings, coalition=self.coalition, horizon=self.horizon).equilibria(concept).astype(np.int8)
        except (ChoiceError, TooManyStatesError) as error:
            self.undefined[column][str(error)] = self.undefined[column].get(str(error), 0) + num_cells
            found = np.full(model.num_states, NOT_ASKED, dtype=np.int8)
        self._done += 1
        if self._watch is not None:
            self._watch(self._done, self._total)
        return found


def _columns(
    asked: Sequence[tuple[str, Settings]], solved: _Solved, groups: Sequence[Group], num_states: int, num_cells: int
) -> tuple[Column, ...]:
    if all(sum(reasons.values()) == num_cells for reasons in solved.undefined):
        raise ChoiceError(next(iter(solved.undefined[0])))
    some = np.zeros((len(asked), num_states), dtype=bool)
    for group in groups:
        some[:, group.places] |= group.marks == HOLDS
    return tuple(
        Column(concept, settings, reasons, int(there.sum()))
        for (concept, settings), reasons, there in zip(asked, solved.undefined, some, strict=True)
    )


def _all_states(models: Sequence[ConflictModel]) -> States:
    """Return every state that exists in some model."""
    first = models[0].states
    codes = [model.states.codes for model in models if model.states.codes is not None]
    return States(options=first.options, codes=np.unique(np.concatenate(codes))) if codes else first


def _places(states: States, model: ConflictModel) -> Counts:
    """Return where the states of a model stand among `states`."""
    if states.codes is None or model.states.codes is None:
        return np.arange(len(states))
    return np.searchsorted(states.codes, model.states.codes)

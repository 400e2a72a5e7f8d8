"""The model that every analysis takes: states, moves and ranks as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from offramp.errors import ChoiceError, UnknownLabelError
from offramp.model.groups import Groups, is_open
from offramp.model.relation import BETTER, GREATLY_BETTER, Preference, Ranked, leaves_unknown
from offramp.model.states import code_label, label_code, taken
from offramp.shown import shown

if TYPE_CHECKING:
    from offramp.model.lines import LineMoves

Ranks = NDArray[np.int64]
Indices = NDArray[np.int64]


class Moves(Protocol):
    """What the concepts and analyses ask of the moves, be they lines or arcs."""

    num_states: int
    num_decision_makers: int
    plain: LineMoves | None
    reduced: frozenset[int]

    def best(self, dm: int, values: Ranks) -> Ranks:
        """Return the highest of `values` that `dm` can move to from each state, or stay at."""

    def lowest(self, movers: Sequence[int], values: Ranks, ranks: Ranks | None = None) -> Ranks:
        """Return the lowest of `values` that `movers` can bring about by legal sequences, or that is there."""

    def successors(self, dm: int, state: int) -> NDArray[np.int64]:
        """Return the states that `dm` reaches from `state` in one move, ascending."""

    def num_pairs(self, dm: int) -> int:
        """Return how many moves `dm` has, at most."""

    def pairs(self, dm: int) -> NDArray[np.int64]:
        """Return all moves of `dm`, from and to, ascending, shape (num_arcs, 2)."""

    def reached(self, coalition: Sequence[int], start: int, within: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
        """Return which states `coalition` reaches from `start` by a legal sequence, all `within`, `start` among them."""

    def unseeing(self, unseen: Sequence[NDArray[np.bool_]]) -> Self:
        """Return these moves without those of each decision maker to or from the states that it does not see."""

    def within(self, kept: NDArray[np.bool_]) -> Self:
        """Return the moves among the states in `kept` alone, numbered anew in their order."""


@dataclass(frozen=True)
class States:
    """The feasible states: `codes` over `options`, or the `names` of a graph's states.

    States of which some count as one have `options`, the patterns of their
    `groups` for `names`, and no codes.
    """

    options: tuple[str, ...] = ()
    codes: NDArray[np.int64] | None = None
    names: tuple[str, ...] = ()
    groups: Groups | None = None

    def __len__(self) -> int:
        return len(self.names) if self.codes is None else len(self.codes)

    def label(self, state: int) -> str:
        """Return the code of a state, such as ``NYN``, or its name."""
        return self.names[state] if self.codes is None else code_label(int(self.codes[state]), len(self.options))

    def told(self, state: int) -> str:
        """Return what a table calls a state: its number, in a graph its name, beside which a number could be taken for another's name."""
        return str(state + 1) if self.options or self.codes is not None else self.names[state]

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The labels of all states, in order."""
        return tuple(self.label(state) for state in range(len(self)))

    def index(self, label: str) -> int | None:
        """Return the position of the state called `label`; None if there is none."""
        if self.groups is not None:
            return self.groups.index(label)
        if self.codes is None:
            return self.names.index(label) if label in self.names else None
        if len(label) != len(self.options) or set(label) - {"Y", "N"}:
            matched = np.flatnonzero(self.matching(label))
            return int(matched[0]) if len(matched) == 1 else None
        code = label_code(label)
        place = int(np.searchsorted(self.codes, code))
        return place if place < len(self.codes) and self.codes[place] == code else None

    def within(self, kept: NDArray[np.bool_]) -> States:
        """Return the states in `kept` alone."""
        if self.codes is None:
            return States(names=tuple(name for name, stays in zip(self.names, kept, strict=True) if stays))
        return States(options=self.options, codes=self.codes[kept])

    def columns(self) -> dict[str, NDArray[np.bool_]]:
        """Return, by option or by name of a state, in which states it holds."""
        if self.codes is None:
            return {name: np.arange(len(self)) == place for place, name in enumerate(self.names)}
        return {option: taken(self.codes, place) for place, option in enumerate(self.options)}

    def matching(self, pattern: str) -> NDArray[np.bool_]:
        """Return which states match a pattern over the options; none if the text is no such pattern."""
        columns = self.columns()
        if len(pattern) != len(columns) or set(pattern) - set("YN-"):
            return np.zeros(len(self), dtype=bool)
        fits = [column == (letter == "Y") for letter, column in zip(pattern, columns.values(), strict=True) if letter != "-"]
        return np.logical_and.reduce([np.ones(len(self), dtype=bool), *fits])

    def changed(self, start: int) -> dict[str, NDArray[np.bool_]]:
        """Return, by option, in which states it is the other way round than in `start`; where it is open, it is neither way."""
        if self.groups is None:
            columns = self.columns() if self.options else {}
            return {option: column != column[start] for option, column in columns.items()}
        letters = np.array([list(label) for label in self.names])
        other = [{"Y": "N", "N": "Y"}.get(letter, "") for letter in letters[start]]
        return {option: letters[:, place] == other[place] for place, option in enumerate(self.options)}

    def set_between(self, start: int, to: int) -> dict[str, bool]:
        """Return the options that are set in both states and differ, with how each is set in `to`."""
        before, after = self.label(start), self.label(to)
        both = zip(self.options, before, after, strict=True) if self.options else ()
        return {option: there == "Y" for option, here, there in both if here != there and not is_open(here + there)}


@shown
@dataclass(frozen=True, eq=False)
class ConflictModel:
    """A conflict as arrays: who, which states, which moves, who ranks what how.

    Parameters
    ----------
    title : str
        Of the case.
    decision_makers : tuple of str
        Labels, in file order.
    states : States
        Feasible states.
    moves : Moves
        Unilateral moves of every decision maker.
    wants : ndarray of int64, shape (num_decision_makers, num_states), or tuple of Preference
        The ranks of every decision maker, larger is preferred, equal is tied; or
        the preference of each.
    status_quo : int
        Position of the state that holds now.
    cell : tuple of str, optional
        What of the readings and contested entries that it was made of is not the case's own choice, such as ``ukraine=humanitarian``.

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("prisoners-dilemma")
    >>> model.decision_makers, model.states.labels
    (('first', 'second'), ('NN', 'YN', 'NY', 'YY'))
    """

    title: str
    decision_makers: tuple[str, ...]
    states: States
    moves: Moves
    wants: Ranks | tuple[Preference, ...]
    status_quo: int = 0
    cell: tuple[str, ...] = ()

    @cached_property
    def ranks(self) -> Ranks:
        """The ranks of every decision maker, shape (num_decision_makers, num_states); larger is preferred, equal is tied.

        Raises
        ------
        ChoiceError
            If the preferences of some are no ranking.
        """
        if isinstance(self.wants, np.ndarray):
            return self.wants
        if self.unranked:
            raise ChoiceError(
                f"the preferences of {', '.join(self.unranked)} are no ranking of all states, and this needs one; "
                "solve, explain and statusquo work with them; for the rest give a reading for each order that is possible"
            )
        return np.stack([preference.rank for preference in self.wants if preference.rank is not None])

    @property
    def unranked(self) -> tuple[str, ...]:
        """The decision makers whose preferences are no ranking of all states."""
        if isinstance(self.wants, np.ndarray):
            return ()
        return tuple(dm for dm, preference in zip(self.decision_makers, self.wants, strict=True) if preference.rank is None)

    def preference(self, dm: int) -> Preference:
        """Return what the decision maker at position `dm` prefers."""
        return Ranked(self.wants[dm]) if isinstance(self.wants, np.ndarray) else self.wants[dm]

    def prefers(self, dm: int, to: Indices | int, start: Indices | int) -> NDArray[np.bool_]:
        """Return whether the decision maker at position `dm` finds `to` better than `start`; what is unknown is not."""
        found = self.preference(dm).compared(np.asarray(start), np.asarray(to))
        return (found == BETTER) | (found == GREATLY_BETTER)

    @property
    def has_unknown(self) -> bool:
        """Whether the preferences of somebody leave pairs of states unknown."""
        return not isinstance(self.wants, np.ndarray) and any(map(leaves_unknown, self.wants))

    @property
    def has_degrees(self) -> bool:
        """Whether somebody prefers something greatly."""
        return not isinstance(self.wants, np.ndarray) and any(preference.has_degrees for preference in self.wants)

    @property
    def num_states(self) -> int:
        """Number of feasible states."""
        return len(self.states)

    def dm(self, label: str) -> int:
        """Return the position of the decision maker called `label`.

        Raises
        ------
        UnknownLabelError
            If there is none.
        """
        if label not in self.decision_makers:
            raise UnknownLabelError("decision maker", label, self.decision_makers)
        return self.decision_makers.index(label)

    def state(self, label: str | int) -> int:
        """Return the position of a state given by code, name or number (from 1).

        Raises
        ------
        UnknownLabelError
            If there is none.
        """
        if isinstance(label, int) and 1 <= label <= self.num_states:
            return label - 1
        place = self.states.index(str(label))
        if place is None:
            raise UnknownLabelError("state", str(label), [f"numbers 1 to {self.num_states}", *self.states.labels[:20]])
        return place

    def position(self, state: int) -> int:
        """Return `state`, the position of a state from 0.

        Raises
        ------
        ChoiceError
            If it is none, such as a label, or a number beyond the last.
        """
        if isinstance(state, bool) or not isinstance(state, int | np.integer) or not 0 <= state < self.num_states:
            raise ChoiceError(
                f"{state!r} is no position of a state; expected 0 to {self.num_states - 1}; "
                "model.state gives the position of a code, a name, or a number from 1"
            )
        return int(state)

    def opponents(self, focal: int) -> tuple[int, ...]:
        """Return the positions of all decision makers but `focal`."""
        return tuple(dm for dm in range(len(self.decision_makers)) if dm != focal)

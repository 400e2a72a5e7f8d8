"""What a `.gmcr` file says, once it is known to make sense."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from offramp.case.entries import Direction
from offramp.errors import TooManyStatesError
from offramp.model.states import Codes, Constraint, Holds, feasible_codes

Pattern = tuple[tuple[int, bool], ...]
"""Some options by their place, each taken or not."""

Tiers = tuple[tuple[int, ...], ...]
"""Numbers of states, from 1, the best first; those in one tier tie."""


@dataclass(frozen=True)
class GmcrOption:
    """An option and which way it can be changed."""

    name: str
    direction: Direction = "both"


@dataclass(frozen=True)
class Condition:
    """A set of states: all that match one of the patterns."""

    patterns: tuple[Pattern, ...]


@dataclass(frozen=True)
class GmcrMaker:
    """A decision maker: its options by their place, and what it wants.

    ``statements`` stand in order, the most important first; None where the file
    has none and its payoffs rank the states. ``ranking`` is None where the file
    has none. ``unseen``: the states that it does not see.
    """

    name: str
    options: tuple[int, ...]
    statements: tuple[Condition, ...] | None = ()
    ranking: Tiers | None = None
    payoffs: tuple[float, ...] | None = None
    unseen: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Gmcr:
    """A model of GMCR+.

    Options stand in the order in which states are numbered: by decision maker,
    as GMCR+ sorts them when it opens a file. With ``is_ranked`` the rankings
    count and the statements are switched off.
    """

    file: str
    options: tuple[GmcrOption, ...]
    makers: tuple[GmcrMaker, ...]
    infeasible: tuple[Condition, ...] = ()
    is_ranked: bool = False
    coalitions: tuple[tuple[int, ...], ...] = ()
    program: str = ""
    version: str = ""
    unknown: tuple[str, ...] = ()

    @cached_property
    def codes(self) -> Codes:
        """The feasible states, ascending, the first option least significant; see `feasible_codes` for errors."""
        return self._outside_of(self.patterns())

    def _outside_of(self, patterns: Sequence[Pattern]) -> Codes:
        constraints = [Constraint(frozenset(place for place, _ in pattern), _outside(pattern)) for pattern in patterns]
        return feasible_codes(len(self.options), constraints)

    def is_blind(self, maker: GmcrMaker) -> bool:
        """Return whether a decision maker sees no state; where they are too many to look at, whether one pattern says so."""
        unseen = flat(maker.unseen)
        try:
            return bool(unseen) and not len(self._outside_of([*self.patterns(), *unseen]))
        except TooManyStatesError:
            return () in unseen

    def patterns(self) -> list[Pattern]:
        """Return the patterns that no state matches."""
        return flat(self.infeasible)

    @property
    def has_nothing_taken(self) -> bool:
        """Whether the state exists in which no option is taken."""
        return all(any(taken for _, taken in pattern) for pattern in self.patterns())

    def letters(self, pattern: Pattern) -> str:
        """Return a pattern over all options, as GMCR+ shows it."""
        fixed = dict(pattern)
        return "".join("-" if place not in fixed else "Y" if fixed[place] else "N" for place in range(len(self.options)))

    def label(self, code: int) -> str:
        """Return a state as letters, the first option first."""
        return "".join("Y" if code >> place & 1 else "N" for place in range(len(self.options)))


def flat(conditions: Sequence[Condition]) -> list[Pattern]:
    """Return all patterns of some conditions, in their order."""
    return [pattern for condition in conditions for pattern in condition.patterns]


def _outside(pattern: Pattern) -> Holds:
    """Return the demand that a state does not match `pattern`."""

    def holds(columns: dict[int, NDArray[np.bool_]]) -> NDArray[np.bool_]:
        differs = [columns[place] != taken for place, taken in pattern]
        return np.logical_or.reduce(differs) if differs else np.zeros(1, dtype=bool)

    return holds


def tiers_of(payoffs: tuple[float, ...]) -> Tiers:
    """Return the tiers that payoffs, one a state, give: larger is preferred.

    Examples
    --------
    >>> tiers_of((1, 3, 1, 2))
    ((2,), (4,), (1, 3))
    """
    levels: dict[float, list[int]] = {}
    for place, payoff in enumerate(payoffs):
        levels.setdefault(payoff, []).append(place + 1)
    return tuple(tuple(levels[payoff]) for payoff in sorted(levels, reverse=True))

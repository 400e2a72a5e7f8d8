"""How a decision maker compares two states: a ranking, with degrees, or with pairs that nobody can judge.

A comparison is a small whole number: `BETTER` or `GREATLY_BETTER`, `EQUAL`,
`WORSE` or `GREATLY_WORSE`, or `UNKNOWN`. Concepts ask for comparisons only, so
none of them knows what kind of preference it works on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Comparison = NDArray[np.int8]
Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]
Ranks = NDArray[np.int64]

GREATLY_WORSE, WORSE, EQUAL, BETTER, GREATLY_BETTER, UNKNOWN = (np.int8(value) for value in range(-2, 4))

SIGNS = {GREATLY_WORSE: "<<", WORSE: "<", EQUAL: "=", BETTER: ">", GREATLY_BETTER: ">>", UNKNOWN: "?"}
"""How each comparison is written."""


class Preference(Protocol):
    """What one decision maker prefers."""

    @property
    def rank(self) -> Ranks | None:
        """The ranks of all states, larger is preferred; None where preferences are no ranking."""

    @property
    def has_degrees(self) -> bool:
        """Whether some state is greatly better than another."""

    def compared(self, start: Indices, to: Indices) -> Comparison:
        """Return how the states `to` compare with the states `start`; the two are broadcast against each other."""


@dataclass(frozen=True, eq=False)
class Ranked:
    """A ranking, if need be with great steps, and with states whose place nobody knows.

    Parameters
    ----------
    order : ndarray of int64, shape (num_states,)
        Ranks, larger is preferred.
    steps : ndarray of int64, shape (num_states,), optional
        Number of great steps below each state.
    known : ndarray of bool, shape (num_states,), optional
        Which states have a place in the ranking; the others are unknown against every other state.

    Examples
    --------
    >>> wish = Ranked(np.array([2, 1, 0]), steps=np.array([1, 0, 0]))
    >>> wish.compared(np.array([2]), np.arange(3))  # how each state compares with the last
    array([2, 1, 0], dtype=int8)
    """

    order: Ranks
    steps: Ranks | None = None
    known: Bools | None = None

    @property
    def rank(self) -> Ranks | None:
        """The ranks of all states; None where the place of some is unknown."""
        return self.order if self.known is None or bool(self.known.all()) or len(self.order) < 2 else None

    @property
    def has_degrees(self) -> bool:
        """Whether some state is greatly better than another."""
        return self.steps is not None and bool(np.ptp(self.steps) > 0)

    def compared(self, start: Indices, to: Indices) -> Comparison:
        """Return how the states `to` compare with the states `start`."""
        found: Comparison = np.sign(self.order[to] - self.order[start]).astype(np.int8)
        if self.steps is not None:
            found = (found + np.sign(self.steps[to] - self.steps[start])).astype(np.int8)
        if self.known is not None:
            found = np.where((self.known[to] & self.known[start]) | np.equal(start, to), found, UNKNOWN)
        return found


@dataclass(frozen=True, eq=False)
class Stated:
    """An option prioritization: of the statements that tell two states apart, the most important decides.

    Parameters
    ----------
    holds : ndarray of bool, shape (num_statements, num_states)
        Where each holds, the most important first.
    weighs : sequence of int
        What each decides: `BETTER`, `GREATLY_BETTER`, or `UNKNOWN` where nobody
        knows whether it is wanted.

    Examples
    --------
    >>> wish = Stated(np.array([[1, 1, 0], [1, 0, 0]], bool), [BETTER, UNKNOWN])
    >>> wish.compared(np.array([0]), np.arange(3))
    array([ 0,  3, -1], dtype=int8)
    """

    holds: Bools
    weighs: Sequence[np.int8]

    @property
    def rank(self) -> Ranks | None:
        """None: a preference without doubt is told by `Ranked`."""
        return None

    @property
    def has_degrees(self) -> bool:
        """Whether some state is greatly better than another."""
        return any(weight == GREATLY_BETTER and 0 < holds.sum() < len(holds) for weight, holds in zip(self.weighs, self.holds, strict=True))

    def compared(self, start: Indices, to: Indices) -> Comparison:
        """Return how the states `to` compare with the states `start`."""
        found: Comparison = np.zeros(np.broadcast(start, to).shape, dtype=np.int8)
        for holds, weight in zip(self.holds, self.weighs, strict=True):
            apart = holds[to].astype(np.int8) - holds[start]
            decided = np.where(apart == 0, EQUAL, UNKNOWN if weight == UNKNOWN else apart * weight)
            found = np.where(found == EQUAL, decided, found)
        return found


@dataclass(frozen=True, eq=False)
class Paired:
    """What is said pair by pair.

    Parameters
    ----------
    table : ndarray of int8, shape (num_states, num_states)
        ``table[s, t]``: how t compares with s.

    Examples
    --------
    >>> Paired(np.array([[0, 1], [-1, 0]], np.int8)).rank
    array([0, 1])
    >>> Paired(np.array([[0, 3], [3, 0]], np.int8)).rank is None
    True
    """

    table: Comparison

    @cached_property
    def rank(self) -> Ranks | None:
        """The ranks of all states, where every pair is judged; else None. Pairs are checked to be transitive when they are read."""
        return None if bool((self.table == UNKNOWN).any()) else np.unique((self.table < 0).sum(axis=1), return_inverse=True)[1].ravel()

    @property
    def has_degrees(self) -> bool:
        """Whether some state is greatly better than another."""
        return bool((self.table == GREATLY_BETTER).any())

    def compared(self, start: Indices, to: Indices) -> Comparison:
        """Return how the states `to` compare with the states `start`."""
        found: Comparison = self.table[start, to]
        return found


@dataclass(frozen=True, eq=False)
class Within:
    """What is preferred among some of the states, which are numbered anew.

    Parameters
    ----------
    whole : Preference
        Among all states.
    places : ndarray of int64
        The number that each of these states has among all.

    Examples
    --------
    >>> whole = Paired(np.array([[0, 1, 3], [-1, 0, 3], [3, 3, 0]], np.int8))
    >>> Within(whole, np.array([0, 2])).compared(np.array([0]), np.arange(2))
    array([0, 3], dtype=int8)
    """

    whole: Preference
    places: Indices

    @property
    def rank(self) -> Ranks | None:
        """The ranks of these states, where all states have one."""
        return None if self.whole.rank is None else self.whole.rank[self.places]

    @property
    def has_degrees(self) -> bool:
        """Whether some state is greatly better than another."""
        return self.whole.has_degrees

    def compared(self, start: Indices, to: Indices) -> Comparison:
        """Return how the states `to` compare with the states `start`."""
        return self.whole.compared(self.places[start], self.places[to])


def within(preference: Preference, kept: Bools) -> Preference:
    """Return what is preferred among the states in `kept` alone, numbered anew in their order."""
    if isinstance(preference, Ranked):
        steps = None if preference.steps is None else preference.steps[kept]
        return Ranked(preference.order[kept], steps, None if preference.known is None else preference.known[kept])
    return Within(preference, np.flatnonzero(kept))


@dataclass(frozen=True, eq=False)
class Merged:
    """The preference of a coalition merged into one decision maker: better is what every member finds better.

    What tempts and what deters it goes by each member's own comparison, and
    not by that of the whole (`offramp.stability.attitude`).

    Parameters
    ----------
    members : sequence of Preference
        Of each.

    Examples
    --------
    >>> Merged([Ranked(np.array([0, 1, 2])), Ranked(np.array([0, 2, 1]))]).compared(np.array([1]), np.arange(3))
    array([-1,  0, -1], dtype=int8)
    """

    members: Sequence[Preference]

    @property
    def rank(self) -> Ranks | None:
        """None: what one member finds better and another worse is no ranking, and is not better either way."""
        return None

    @property
    def has_degrees(self) -> bool:
        """Whether some member prefers something greatly."""
        return any(member.has_degrees for member in self.members)

    def compared(self, start: Indices, to: Indices) -> Comparison:
        """Return the worst of what members find, where one finds it no better; else `UNKNOWN` where one does not know, else better.

        Where some find it no better but none finds it worse, it is `WORSE` for
        the whole unless it is `EQUAL` for all.
        """
        found = np.stack([member.compared(start, to) for member in self.members])
        lowest: Comparison = found.min(axis=0)
        low = np.where((lowest == EQUAL) & (found != EQUAL).any(axis=0), WORSE, lowest)
        return np.where((lowest > EQUAL) & (found == UNKNOWN).any(axis=0), UNKNOWN, low)


def leaves_unknown(preference: Preference) -> bool:
    """Return whether some pairs of states are unknown to each other; what merely is no ranking leaves none unknown."""
    if isinstance(preference, Merged):
        return any(map(leaves_unknown, preference.members))
    return preference.rank is None

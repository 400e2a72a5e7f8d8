"""What tempts a decision maker away from a state, and what deters it, under the settings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offramp.model.conflict import ConflictModel
from offramp.model.relation import GREATLY_WORSE, UNKNOWN, Comparison, Merged, Preference
from offramp.stability.settings import DEFAULT, Settings

Bools = NDArray[np.bool_]
Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Attitude:
    """One decision maker's preference, as the settings have it count.

    Parameters
    ----------
    preference : Preference
        How it compares states.
    settings : Settings
        Of these, `unknown` and `strength`.

    Examples
    --------
    >>> import offramp
    >>> first = attitude(offramp.load_case("prisoners-dilemma"), 0)  # NN, YN, NY, YY: Y cooperates
    >>> states = np.arange(4)
    >>> first.tempted(np.array([3]), states), first.deterred(np.array([3]), states)
    (array([False, False,  True, False]), array([ True,  True, False,  True]))
    """

    preference: Preference
    settings: Settings = DEFAULT

    def compared(self, start: Indices, to: Indices) -> Comparison:
        """Return how the states `to` compare with the states `start`."""
        return self.preference.compared(start, to)

    def tempted(self, start: Indices, to: Indices) -> Bools:
        """Return whether the states `to` tempt away from the states `start`; the two are broadcast."""
        return _tempts(self.compared(start, to), self.settings)

    def deterred(self, start: Indices, to: Indices) -> Bools:
        """Return whether ending in the states `to` deters from leaving the states `start`."""
        return _deters(self.compared(start, to), self.settings)

    def improves(self, start: Indices, to: Indices) -> Bools:
        """Return whether an opponent moves from `start` to `to` because it wants to, or may want to."""
        return self.compared(start, to) > 0  # UNKNOWN among them


@dataclass(frozen=True, eq=False)
class Together:
    """The attitude of several: what tempts all of them tempts, what deters one of them deters.

    Parameters
    ----------
    members : sequence of Attitude or Together
        The attitude of each.
    """

    members: Sequence[Wish]

    def tempted(self, start: Indices, to: Indices) -> Bools:
        """Return whether the states `to` tempt every member away from the states `start`; the two are broadcast."""
        return _all(member.tempted(start, to) for member in self.members)

    def deterred(self, start: Indices, to: Indices) -> Bools:
        """Return whether ending in the states `to` deters some member from leaving the states `start`."""
        return ~_all(~member.deterred(start, to) for member in self.members)

    def improves(self, start: Indices, to: Indices) -> Bools:
        """Return whether every member wants to get from `start` to `to`, or may want to."""
        return _all(member.improves(start, to) for member in self.members)


Wish = Attitude | Together


def attitude(model: ConflictModel, dm: int, settings: Settings = DEFAULT) -> Wish:
    """Return the attitude of the decision maker at position `dm`."""
    return _attitude(model.preference(dm), settings)


def together(model: ConflictModel, members: Sequence[int], settings: Settings = DEFAULT) -> Wish:
    """Return the attitude of a coalition, given the positions of its members.

    Examples
    --------
    >>> import offramp
    >>> both = together(offramp.load_case("prisoners-dilemma"), [0, 1])  # NN, YN, NY, YY: Y cooperates
    >>> both.tempted(np.array([0]), np.arange(4))
    array([False, False, False,  True])
    """
    return attitude(model, members[0], settings) if len(members) == 1 else Together([attitude(model, dm, settings) for dm in members])


def _attitude(preference: Preference, settings: Settings) -> Wish:
    if isinstance(preference, Merged):
        return Together([_attitude(member, settings) for member in preference.members])
    return Attitude(preference, settings)


def _all(truths: Iterable[Bools]) -> Bools:
    found: Bools = np.logical_and.reduce(list(truths))
    return found


def _tempts(found: Comparison, settings: Settings) -> Bools:
    return found > 0 if settings.unknown in "ac" else (found > 0) & (found != UNKNOWN)


def _deters(found: Comparison, settings: Settings) -> Bools:
    deters = found == GREATLY_WORSE if settings.strength == "strong" else found <= 0
    return deters | (found == UNKNOWN) if settings.unknown in "cd" else deters

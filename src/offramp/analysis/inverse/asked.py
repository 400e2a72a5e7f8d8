"""What is asked of one ranking: conditions to meet, conditions to fail, and comparisons to keep to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from offramp.analysis.inverse.condition import Condition, Mask, mask_of
from offramp.analysis.inverse.partial import Pair


@dataclass(frozen=True)
class Asked:
    """What one ranking has to do.

    Parameters
    ----------
    stable, unstable : tuple of Condition
        To meet, and to fail.
    above : frozenset of pair
        The first state is strictly above the second.
    level : frozenset of pair
        The first state is not above the second.
    """

    stable: tuple[Condition, ...] = ()
    unstable: tuple[Condition, ...] = ()
    above: frozenset[Pair] = frozenset()
    level: frozenset[Pair] = frozenset()

    @cached_property
    def states(self) -> tuple[int, ...]:
        """All states that matter, ascending; any other may rank anywhere."""
        found = {state for pair in (*self.above, *self.level) for state in pair}
        found |= {condition.state for condition in self.stable if condition.demands} | {condition.state for condition in self.unstable}
        found |= {state for condition in (*self.stable, *self.unstable) for state in condition.named}
        return tuple(sorted(found))

    @cached_property
    def tried(self) -> frozenset[int]:
        """The states of which it matters what is above them."""
        return frozenset([*self._stable, *self._unstable, *self._required, *self._forbidden])

    def allows(self, state: int, better: Mask) -> bool:
        """Return whether no state too many is above `state`, where exactly those in `better` are; fewer never harm."""
        return not self._forbidden.get(state, 0) & better and all(found.holds_above(better) for found in self._stable.get(state, ()))

    def requires(self, state: int, better: Mask) -> bool:
        """Return whether no state too few is above `state`, where exactly those in `better` are; more never harm."""
        lacking = self._required.get(state, 0) & ~better
        return not lacking and not any(found.holds_above(better) for found in self._unstable.get(state, ()))

    @cached_property
    def _stable(self) -> dict[int, list[Condition]]:
        return _by_state(self.stable)

    @cached_property
    def _unstable(self) -> dict[int, list[Condition]]:
        return _by_state(self.unstable)

    @cached_property
    def _required(self) -> dict[int, Mask]:
        return _by_worse(self.above)

    @cached_property
    def _forbidden(self) -> dict[int, Mask]:
        return _by_worse({(worse, better) for better, worse in self.above} | self.level)


def _by_worse(pairs: Iterable[Pair]) -> dict[int, Mask]:
    """Return by the second state of pairs the first ones."""
    found: dict[int, Mask] = {}
    for better, worse in pairs:
        found[worse] = found.get(worse, 0) | mask_of([better])
    return found


def _by_state(conditions: Iterable[Condition]) -> dict[int, list[Condition]]:
    found: dict[int, list[Condition]] = {}
    for condition in conditions:
        found.setdefault(condition.state, []).append(condition)
    return found

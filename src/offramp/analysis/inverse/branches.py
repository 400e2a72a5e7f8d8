"""What the answers of others hang on: which comparisons of theirs have to be known, one after the other.

By SEQ, SSEQ and SIM opponents answer by what they want. So a condition on one
ranking is fixed as soon as it is known which of the moves that the others can
come to make are improvements. One comparison is asked at a time, and only where
it makes a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from offramp.analysis.inverse.aim import Aim
from offramp.analysis.inverse.asked import Asked
from offramp.analysis.inverse.condition import BY_IMPROVEMENTS, Condition, derived
from offramp.analysis.inverse.partial import Pair, PartialOrder
from offramp.model.conflict import ConflictModel

Known = Callable[[int, int, int], bool | None]
"""By decision maker and two states, whether the first is better for it than the second; None where that is open."""

Tied = Callable[[int, int, int], bool]
"""By decision maker and two states, whether it may rank them alike."""


@dataclass(frozen=True)
class Assumed:
    """What is assumed of one ranking.

    Parameters
    ----------
    above, level : frozenset of pair
        The first state is strictly above the second; it is not.
    order : PartialOrder
        What follows from `above`.
    """

    above: frozenset[Pair] = frozenset()
    level: frozenset[Pair] = frozenset()
    order: PartialOrder = field(default=PartialOrder(), compare=False)

    def is_better(self, one: int, other: int) -> bool | None:
        """Return whether the first state is better; None where that is open."""
        if self.order.has(one, other):
            return True
        return False if self.order.has(other, one) or (one, other) in self.level else None

    def put(self, better: int, worse: int) -> Assumed | None:
        """Return this with one state above another; None if that makes a circle."""
        order = self.order.added([(better, worse)])
        return None if order is None else Assumed(self.above | {(better, worse)}, self.level, order)


Branch = tuple[Assumed, ...]
"""What is assumed of the ranking of each decision maker."""


class Branches:
    """The tree of comparisons on which the conditions of an aim hang.

    Parameters
    ----------
    model : ConflictModel
        Its rankings are looked at through `known` alone.
    aim : Aim
        The states, the concept and its settings.
    known : callable
        What is known of the rankings from the beginning.
    tied : callable
        Which states may be tied.
    """

    def __init__(self, model: ConflictModel, aim: Aim, known: Known, tied: Tied) -> None:
        self.model, self.aim, self.known, self.tied = model, aim, known, tied
        self.concerned = aim.concerned(len(model.decision_makers))
        self.root: Branch = tuple(Assumed() for _ in model.decision_makers)
        self._conditions: dict[tuple[int, bool, Branch], tuple[tuple[Condition, ...], Pair3 | None]] = {}

    def open(self, branch: Branch) -> Pair3 | None:
        """Return a comparison on which the conditions still hang, with whose it is; None where there is none."""
        for dm in self.concerned:
            least, asked = self._derived(dm, branch, False)
            if asked is not None and least != self._derived(dm, branch, True)[0]:
                return asked
        return None

    def parted(self, branch: Branch, asked: Pair3) -> Iterator[Branch]:
        """Yield the two ways in which a comparison can turn out, but for what makes a circle."""
        dm, one, other = asked
        there = branch[dm]
        level = replace(there, level=there.level | {(one, other)})
        for found in (there.put(one, other), level if self.tied(dm, one, other) else there.put(other, one)):
            if found is not None:
                yield (*branch[:dm], found, *branch[dm + 1 :])

    def asked(self, dm: int, branch: Branch, stable: Sequence[int], unstable: Sequence[int] = ()) -> Asked:
        """Return what is asked of a decision maker at least: as if what is open turned out as it suits it."""
        easy = {found.state: found for found in self._derived(dm, branch, True)[0]}
        hard = {found.state: found for found in self._derived(dm, branch, False)[0]}
        there = branch[dm]
        return Asked(tuple(easy[s] for s in stable), tuple(hard[s] for s in unstable), there.above, there.level)

    def _derived(self, dm: int, branch: Branch, generous: bool) -> tuple[tuple[Condition, ...], Pair3 | None]:
        """Return the conditions if open comparisons are improvements, or are not; and the first open one that was come upon."""
        others = tuple(Assumed() if other == dm else there for other, there in enumerate(branch))
        key = (dm, generous, others)
        if key not in self._conditions:
            steps = _Steps(self, branch, generous)
            took = steps if self.aim.concept in BY_IMPROVEMENTS else None
            found = tuple(derived(self.model, dm, state, self.aim.concept, self.aim.settings, took) for state in self.aim.states)
            self._conditions[key] = found, steps.first
        return self._conditions[key]

    def is_better(self, branch: Branch, dm: int, one: int, other: int) -> bool | None:
        """Return whether a state is better for a decision maker than another; None where that is open."""
        known = self.known(dm, one, other)
        return branch[dm].is_better(one, other) if known is None else known


class _Steps:
    """The steps that opponents take in a branch, with those that are open or without."""

    def __init__(self, branches: Branches, branch: Branch, generous: bool) -> None:
        self.branches, self.branch, self.generous = branches, branch, generous
        self.first: Pair3 | None = None

    def __call__(self, dm: int, state: int) -> list[int]:
        found = []
        for to in self.branches.model.moves.successors(dm, state).tolist():
            verdict = self.branches.is_better(self.branch, dm, to, state)
            if verdict is None and self.first is None:
                self.first = (dm, to, state)
            if verdict or (verdict is None and self.generous):
                found.append(to)
        return found


Pair3 = tuple[int, int, int]
"""A decision maker and two states that it compares."""

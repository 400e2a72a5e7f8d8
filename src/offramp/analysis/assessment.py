"""What a state means for law and for people: breaches, collisions, harms, wishes.

Nothing is weighed or resolved here. A norm that forbids or requires is breached
by those it binds; a norm that permits is never breached and stands as the
counter-argument; two norms collide for a decision maker where each could be
satisfied by some own move, or by staying, but not both at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from offramp.case.schema import Harm, Norm
from offramp.model.build import Builder
from offramp.model.world import Choice, World

Bools = NDArray[np.bool_]


@dataclass(frozen=True, order=True)
class Breach:
    """A norm that is breached in a state, and by whom."""

    norm: str
    by: tuple[str, ...]
    absolute: bool
    cite: str


@dataclass(frozen=True, order=True)
class Suffering:
    """A harm done in a state: its place in the case's list, to whom, by whom, how grave."""

    harm: int
    to: str
    by: tuple[str, ...]
    grade: str


@dataclass(frozen=True, order=True)
class Collision:
    """Two norms that one decision maker cannot satisfy together from a state."""

    by: str
    norms: tuple[str, str]


@dataclass(frozen=True)
class Assessment:
    """All that the case says of one state in one cell."""

    breaches: tuple[Breach, ...]
    collisions: tuple[Collision, ...]
    permissions: tuple[str, ...]
    harms: tuple[Suffering, ...]
    wishes_met: tuple[str, ...]

    @property
    def is_lawful(self) -> bool:
        """Whether no norm in force is breached."""
        return not self.breaches


class Assessor:
    """Assesses the states of one world under one choice.

    Parameters
    ----------
    builder : Builder
        Of the case.
    choice : Choice
        Decides which norms are in force and which conditions hold.
    """

    def __init__(self, builder: Builder, choice: Choice) -> None:
        self.builder = builder
        self.case = builder.case
        self.world: World = builder.world(choice)
        self.conditions = builder.conditions(choice)
        self.norms: dict[str, Norm] = builder.standing.norms_in_force(choice.sides)
        self.breached: dict[str, Bools] = {name: mask for name in self.norms if (mask := self._breached(name)).any()}
        self.permitted: dict[str, Bools] = {
            name: self.holds("norms", name, "permits") & self._when(name) for name, norm in self.norms.items() if norm.permits is not None
        }
        self.harming: list[tuple[int, Harm, Bools]] = [
            (place, harm, self.holds("harms", place, "that")) for place, harm in builder.standing.harms.items()
        ]
        self.wishes: dict[str, Bools] = {name: self.world.holds(wish, self.conditions) for name, wish in builder.standing.wishes.items()}
        self._known: dict[int, Assessment] = {}
        if self.world.states.groups is not None:  # claims that tell apart what counts as one are refused here
            for path in [there for there in builder.file.formulas if there[0] == "claims" and there[1] in builder.standing.claims]:
                self.holds(*path)

    @cached_property
    def lawful(self) -> Bools:
        """In which states no norm is breached."""
        return ~self._any(list(self.breached.values()))

    @cached_property
    def harmless(self) -> Bools:
        """In which states nobody is harmed."""
        return ~self._any([mask for _, _, mask in self.harming])

    @cached_property
    def no_new_breach(self) -> Bools:
        """In which states no norm is breached that the status quo does not breach."""
        return ~self._any([mask for mask in self.breached.values() if not mask[self.world.status_quo]])

    @cached_property
    def no_new_harm(self) -> Bools:
        """In which states no harm is done that the status quo does not do."""
        return ~self._any([mask for _, _, mask in self.harming if not mask[self.world.status_quo]])

    def _any(self, masks: list[Bools]) -> Bools:
        return np.logical_or.reduce(masks) if masks else np.zeros(len(self.world.states), dtype=bool)

    def holds(self, *path: str | int) -> Bools:
        """Return in which states the formula at `path` of the case holds."""
        return self.world.holds(self.builder.file.formula(*path), self.conditions)

    @cached_property
    def harms(self) -> list[tuple[Suffering, Bools]]:
        """The harms that the case knows, each with the states in which it is done."""
        return [(Suffering(place, harm.to, tuple(harm.by), harm.grade), mask) for place, harm, mask in self.harming]

    def at(self, state: int) -> Assessment:
        """Return the assessment of one state."""
        if state not in self._known:
            self._known[state] = self._assess(state)
        return self._known[state]

    def _assess(self, state: int) -> Assessment:
        breaches = [
            Breach(name, tuple(self.norms[name].binds), self.norms[name].absolute, self.norms[name].cite)
            for name, mask in self.breached.items()
            if mask[state]
        ]
        harms = [harm for harm, mask in self.harms if mask[state]]
        return Assessment(
            tuple(breaches),
            tuple(collision for collision, mask in self._collisions if mask[state]),
            tuple(name for name, mask in self.permitted.items() if mask[state]),
            tuple(harms),
            tuple(name for name, mask in self.wishes.items() if mask[state]),
        )

    def _breached(self, name: str) -> Bools:
        """Return in which states a norm is breached; kept with the world, by the conditions that occur in the norm."""
        named = self.builder.built.named
        if name not in named:
            named[name] = self._named(name)
        key = (name, tuple([self.conditions[condition] for condition in named[name]]))
        if key not in self.world.masks:
            self.world.masks[key] = self._breaching(name) & self._when(name)
        return self.world.masks[key]

    def _named(self, name: str) -> tuple[str, ...]:
        """Return the conditions that occur in a norm."""
        formulas = self.builder.file.formulas
        parts = [there for key in ("forbids", "requires", "when") if (there := formulas.get(("norms", name, key))) is not None]
        return tuple(sorted(frozenset().union(*(part.atoms for part in parts)) & self.conditions.keys()))

    def _breaching(self, name: str) -> Bools:
        norm = self.norms[name]
        if norm.forbids is not None:
            return self.holds("norms", name, "forbids")
        if norm.requires is not None:
            return ~self.holds("norms", name, "requires")
        return np.zeros(len(self.world.states), dtype=bool)

    def _when(self, name: str) -> Bools:
        if self.norms[name].when is None:
            return np.ones(len(self.world.states), dtype=bool)
        return self.holds("norms", name, "when")

    @cached_property
    def _collisions(self) -> list[tuple[Collision, Bools]]:
        found = []
        for dm in self.case.decision_makers:
            bound = [name for name in self.breached if dm in self.norms[name].binds]
            for pair in combinations(bound, 2):
                mask = self._collides(dm, *pair)
                if mask.any():
                    found.append((Collision(dm, pair), mask))
        return found

    def _collides(self, dm: str, first: str, second: str) -> Bools:
        keeps_first, keeps_second = ~self.breached[first], ~self.breached[second]
        return self._can_reach(dm, keeps_first) & self._can_reach(dm, keeps_second) & ~self._can_reach(dm, keeps_first & keeps_second)

    def _can_reach(self, dm: str, wanted: Bools) -> Bools:
        """Return from which states `dm` gets to a wanted state by one own move, or is there."""
        place = list(self.case.decision_makers).index(dm)
        return self.world.moves.best(place, wanted.astype(np.int64)) > 0

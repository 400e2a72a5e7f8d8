"""A choice among what a case leaves open, and the states that exist under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from offramp.case.load import CaseFile
from offramp.case.yaml_reader import Path_
from offramp.formula import Formula, atoms, evaluate
from offramp.model.conflict import ConflictModel, Moves, Ranks, States
from offramp.model.relation import Preference
from offramp.model.shape import agreed, agreed_ranks

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Choice:
    """One cell of the grid: a reading for each decision maker, a side for each contested entry."""

    readings: tuple[tuple[str, str], ...]
    contested: tuple[tuple[str, bool], ...]

    @property
    def sides(self) -> dict[str, bool]:
        """The side of each contested entry by its name."""
        return dict(self.contested)


@dataclass(frozen=True, eq=False)
class World:
    """The states that exist under one side of each contested rule, and what holds in them."""

    key: tuple[Any, ...]
    states: States
    moves: Moves
    status_quo: int
    columns: Mapping[str, Bools]
    truths: dict[tuple[Formula, tuple[bool, ...]], Bools] = field(default_factory=dict)
    named: dict[Formula, tuple[str, ...]] = field(default_factory=dict)
    masks: dict[tuple[Any, ...], Bools] = field(default_factory=dict)
    file: CaseFile | None = None  # where some states count as one, for messages

    def holds(self, formula: Formula, conditions: Mapping[str, bool]) -> Bools:
        """Return in which states `formula` holds; the array is shared and not to be written to."""
        if formula not in self.named:
            self.named[formula] = tuple(sorted(atoms(formula) & conditions.keys()))
        key = (formula, tuple([conditions[name] for name in self.named[formula]]))
        if key not in self.truths:
            holds = evaluate(formula, {**conditions, **self.columns})
            self.truths[key] = self._of_states(np.asarray(holds, dtype=bool), formula)
        return self.truths[key]

    def one_a_state(self, values: Ranks, path: Path_) -> Ranks:
        """Return the values of all states, given those of their members; `path` is that of the judgement they come from."""
        groups = self.states.groups
        return values if groups is None or self.file is None else agreed_ranks(groups, values, self.file, path)

    def _of_states(self, holds: Bools, formula: Formula) -> Bools:
        groups = self.states.groups
        if groups is None or self.file is None:
            return np.broadcast_to(holds, len(self.states))
        return agreed(groups, np.broadcast_to(holds, len(groups.of)), formula, self.file)


@dataclass(frozen=True)
class Built:
    """What builders of one case share: worlds, rankings and models by what they are made of."""

    worlds: dict[tuple[Any, ...], World] = field(default_factory=dict)
    wants: dict[tuple[Any, ...], Preference] = field(default_factory=dict)
    models: dict[tuple[Any, ...], ConflictModel] = field(default_factory=dict)
    named: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by norm, the conditions that occur in it

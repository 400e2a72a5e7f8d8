"""Preference statements that change nothing: given twice, contradicted by a more important one, or without a state to tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from offramp.case.load import CaseFile
from offramp.case.standing import Statement
from offramp.case.yaml_reader import Path_, dotted
from offramp.errors import Problem
from offramp.model.build import Builder
from offramp.model.world import Choice, World

Bools = NDArray[np.bool_]

MAX_STATES = 1 << 16
"""Number of states up to which statements that change nothing are looked for."""


def idle_statements(file: CaseFile, builder: Builder, choices: Sequence[Choice]) -> Iterator[Problem]:
    """Yield the statements that hold everywhere or nowhere, or just where a more important one does or does not, under each of the choices.

    Statements in a group in any order are left out: in another order they may count.
    """
    found: list[dict[Path_, str]] = []
    for choice in choices:
        world = builder.world(choice)
        if len(world.states) > MAX_STATES:
            return
        found.append(_idle(builder, world, builder.conditions(choice)))
        if not found[-1]:
            return
    for path, why in (found[0] if found else {}).items():
        if all(path in there for there in found):
            yield file.document.problem(path, why, "a statement that tells states apart", "correct it, move it up, or leave it out")


def _idle(builder: Builder, world: World, conditions: Mapping[str, bool]) -> dict[Path_, str]:
    """Return, by path, why a statement changes nothing in one world."""
    found: dict[Path_, str] = {}
    for dm, readings in builder.readings().items():
        for name in readings:
            found |= _idle_in(builder.standing.statements(dm, name), world, conditions)
    return found


def _idle_in(statements: Sequence[Statement], world: World, conditions: Mapping[str, bool]) -> dict[Path_, str]:
    found: dict[Path_, str] = {}
    before: list[tuple[Path_, Bools]] = []
    for statement in statements:
        holds = world.holds(statement.formula, conditions)
        why = _why(holds, before)
        if why and "any_order" not in statement.path:
            found[statement.path] = why
        before.append((statement.path, holds))
    return found


def _why(holds: Bools, before: Sequence[tuple[Path_, Bools]]) -> str:
    """Return why a statement changes nothing after those `before` it, as far as two of them say so; nothing otherwise."""
    if holds.all() or not holds.any():
        return f"this holds in {'every state' if holds.all() else 'no state'}, so it ranks nothing"
    for path, there in before:
        if np.array_equal(holds, there):
            return f"this says the same as {dotted(path[3:])}, so it changes nothing"
        if np.array_equal(holds, ~there):
            return f"this contradicts {dotted(path[3:])}, which is more important, so it changes nothing"
    return ""

"""The states that decision makers do not see, as a case says it.

A decision maker has no move of its own to or from a state that it does not see;
the others keep theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from offramp.case.standing import Standing
from offramp.case.yaml_reader import Path_
from offramp.errors import CaseError

if TYPE_CHECKING:
    from offramp.model.world import World

Bools = NDArray[np.bool_]


def unseen(world: World, standing: Standing, conditions: Mapping[str, bool]) -> dict[str, Bools]:
    """Return, by decision maker, the states that it does not see, ndarray of bool, shape (num_states,).

    Raises
    ------
    CaseError
        If somebody sees no state at all, or does not see some of several states that count as one.
    """
    file = standing.file
    masks = {dm: np.zeros(len(world.states), dtype=bool) for dm in file.case.decision_makers}
    for path in standing.misperceptions:
        masks[str(path[1])] |= about(world, standing, path, conditions)
    for dm, mask in masks.items():
        if mask.all():
            where = standing.otherwise(conditions)
            found, expected = f"{dm} sees none of the {len(mask):,} states{where}", "at least one that it sees"
            raise CaseError([file.document.problem(("misperceptions", dm), found, expected, "narrow what it does not see")])
    return masks


def about(world: World, standing: Standing, path: Path_, conditions: Mapping[str, bool]) -> Bools:
    """Return the states that one misperception is about."""
    key = "that" if standing.misperceptions[path].pattern is None else "pattern"
    return world.holds(standing.file.formulas[(*path, key)], conditions)


def seen(world: World, standing: Standing, conditions: Mapping[str, bool]) -> World:
    """Return a world with the moves that decision makers have, given what each of them sees."""
    if not standing.misperceptions:
        return world
    return replace(world, moves=world.moves.unseeing(list(unseen(world, standing, conditions).values())))

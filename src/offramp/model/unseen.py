"""The states that decision makers do not see, as a case says it.

A decision maker has no move of its own to or from a state that it does not see;
the others keep theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from offramp.case.load import CaseFile
from offramp.case.schema import Misperception
from offramp.case.standing import Standing
from offramp.case.yaml_reader import Path_
from offramp.errors import CaseError
from offramp.formula import atoms, evaluate
from offramp.model.conflict import Moves, States

Bools = NDArray[np.bool_]


def unseen_key(standing: Standing, conditions: Mapping[str, bool]) -> tuple[Any, ...]:
    """Return what tells apart who sees which states: the misperceptions that stand, and the conditions in them; () for none."""
    formulas = standing.file.formulas
    named = frozenset().union(*(atoms(formulas[(*path, "that")]) for path in standing.misperceptions if (*path, "that") in formulas))
    truths = tuple((name, conditions[name]) for name in sorted(named & conditions.keys()))
    return (tuple(standing.misperceptions), truths) if standing.misperceptions else ()


def unseen(standing: Standing, states: States, conditions: Mapping[str, bool]) -> dict[str, Bools]:
    """Return, by decision maker, the states that it does not see, ndarray of bool, shape (num_states,).

    Raises
    ------
    CaseError
        If somebody sees no state at all.
    """
    file = standing.file
    masks = {dm: np.zeros(len(states), dtype=bool) for dm in file.case.decision_makers}
    for path, entry in standing.misperceptions.items():
        masks[str(path[1])] |= matches(file, path, entry, states, conditions)
    for dm, mask in masks.items():
        if mask.all():
            found, expected = f"{dm} sees none of the {len(states):,} states", "at least one that it sees"
            raise CaseError([file.document.problem(("misperceptions", dm), found, expected, "narrow what it does not see")])
    return masks


def matches(file: CaseFile, path: Path_, entry: Misperception, states: States, conditions: Mapping[str, bool]) -> Bools:
    """Return the states that one misperception is about."""
    columns = states.columns()
    if entry.pattern is None:
        holds = evaluate(file.formula(*path, "that"), {**conditions, **columns})
    else:
        fixed = [(label, letter == "Y") for label, letter in zip(file.case.options, entry.pattern, strict=True) if letter != "-"]
        holds = np.logical_and.reduce([columns[label] == taken for label, taken in fixed]) if fixed else np.ones(1, dtype=bool)
    return np.broadcast_to(np.asarray(holds, dtype=bool), len(states))


def seen_moves(moves: Moves, standing: Standing, states: States, conditions: Mapping[str, bool]) -> Moves:
    """Return the moves that decision makers have, given what each of them sees."""
    if not standing.misperceptions:
        return moves
    return moves.unseeing(list(unseen(standing, states, conditions).values()))

"""Tables with one row a state, made of whole arrays: they may have a million rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.assessment import Assessor
from offramp.analysis.solve import Solution
from offramp.model.conflict import ConflictModel, States
from offramp.model.states import taken
from offramp.report.asked import settings_text
from offramp.report.records import harm_label

Columns = dict[str, Sequence[Any] | NDArray[Any]]
Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]


def state_columns(model: ConflictModel, which: Indices | None = None) -> Columns:
    """Return number, label, whether it is the status quo, every option, and the rank for every decision maker.

    Ranks are None for those whose preferences are no ranking.

    Parameters
    ----------
    model : ConflictModel
        Whose states.
    which : ndarray of int64, optional
        Positions of the states that are told; by default all.

    Examples
    --------
    >>> import offramp
    >>> table = state_columns(offramp.load_case("prisoners-dilemma"))
    >>> list(table)
    ['number', 'state', 'status_quo', 'first.cooperate', 'second.cooperate', 'rank_first', 'rank_second']
    """
    which = every(model) if which is None else which
    found: Columns = {"number": which + 1, "state": _labels(model.states, which), "status_quo": which == model.status_quo}
    if model.states.codes is not None:
        codes = model.states.codes[which]
        found |= {option: taken(codes, place) for place, option in enumerate(model.states.options)}
    return found | _ranks(model, which)


def every(model: ConflictModel) -> Indices:
    """Return the positions of all states."""
    return np.arange(model.num_states, dtype=np.int64)


def solution_columns(solution: Solution, which: Indices | None = None) -> Columns:
    """Return `state_columns`, by concept for whom each state is stable and whether it is an equilibrium, and the settings."""
    which = every(solution.model) if which is None else which
    found = state_columns(solution.model, which)
    for concept, by_whom in solution.results.items():
        found |= {f"{concept}_{whom}": result.stable[which] for whom, result in by_whom.items()}
    found |= {f"equilibrium_{concept}": solution.equilibria(concept)[which] for concept in solution.results}
    return found | {"settings": [settings_text(solution)] * len(which)}


def assessment_columns(assessor: Assessor) -> Columns:
    """Return the norms that each state breaches and the harms that it does, each as words with blanks between.

    Examples
    --------
    >>> import offramp
    >>> builder = offramp.Builder(offramp.read_case("two-prisoners"))
    >>> assessor = Assessor(builder, builder.choice())
    >>> table = assessment_columns(assessor)
    >>> table["breaches"][0] == " ".join(breach.norm for breach in assessor.at(0).breaches)
    True
    """
    size = len(assessor.world.states)
    harms = [(harm_label(harm), mask) for harm, mask in assessor.harms]
    return {"breaches": _words(list(assessor.breached.items()), size), "harms": _words(harms, size)}


def _words(masks: Sequence[tuple[str, Bools]], size: int) -> NDArray[Any]:
    """Return for every state the words whose mask holds there."""
    if not masks:
        return np.full(size, "")
    rows, place = np.unique(np.packbits(np.stack([mask for _, mask in masks], axis=1), axis=1), axis=0, return_inverse=True)
    bits = np.unpackbits(rows, axis=1, count=len(masks)).astype(bool)
    said = np.array([" ".join(word for (word, _), there in zip(masks, row, strict=True) if there) for row in bits])
    return said[place.ravel()]


def _labels(states: States, which: Indices) -> NDArray[Any]:
    """Return the labels of states; a code is made of whole columns of letters."""
    if states.codes is None or not states.options:
        return np.array([states.label(state) for state in which.tolist()], dtype=np.str_)
    letters = np.stack([np.where(taken(states.codes[which], place), "Y", "N") for place in range(len(states.options))], axis=1)
    return letters.view(f"<U{len(states.options)}").ravel()


def _ranks(model: ConflictModel, which: Indices) -> Columns:
    ranks = [model.preference(place).rank for place in range(len(model.decision_makers))]
    missing: list[None] = [None] * len(which)
    return {f"rank_{dm}": missing if rank is None else rank[which] for dm, rank in zip(model.decision_makers, ranks, strict=True)}


def told_columns(result: Any, told: Mapping[str, Any], which: Indices | None = None) -> Columns:
    """Return what one concept says of every state: what was asked as columns of one value each, then state by state."""
    which = every(result.model) if which is None else which
    asked: Columns = {name: [value] * len(which) for name, value in told.items()}
    return {**asked, **state_columns(result.model, which), "stable": result.stable[which]}

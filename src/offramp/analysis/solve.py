"""Which states are stable for whom, and which are equilibria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offramp.errors import UnknownLabelError
from offramp.model.conflict import ConflictModel
from offramp.shown import shown
from offramp.stability import CONCEPTS, StabilityResult

SETTINGS = {
    "sequences": "legal",
    "return_to_start": "sanctions",
    "improvements": "over the state the mover stands on",
    "coalitions": "members keep their own stabilities",
}
"""Which of the definitions in use are meant; stored with every result."""


@shown
@dataclass(frozen=True, eq=False)
class Solution:
    """The verdicts of several concepts on all states of one model.

    Parameters
    ----------
    model : ConflictModel
        What was solved.
    results : dict
        By concept, then by decision maker, a `StabilityResult`.
    """

    model: ConflictModel
    results: dict[str, dict[str, StabilityResult]]

    def equilibria(self, concept: str) -> NDArray[np.bool_]:
        """Return which states are stable for all, ndarray of bool, shape (num_states,)."""
        return np.logical_and.reduce([result.stable for result in self.results[concept].values()])

    def concepts_at(self, state: int) -> tuple[str, ...]:
        """Return the concepts of which `state` is an equilibrium."""
        return tuple(concept for concept, by_dm in self.results.items() if all(result.stable[state] for result in by_dm.values()))


def solve(model: ConflictModel, concepts: Sequence[str] | None = None) -> Solution:
    """Return which states are stable for whom by each concept.

    Parameters
    ----------
    model : ConflictModel
        Not modified.
    concepts : sequence of str, optional
        Short names; by default all.

    Raises
    ------
    UnknownLabelError
        For a concept that is not there.

    Examples
    --------
    >>> import offramp
    >>> solution = solve(offramp.load_case("prisoners-dilemma"), ["nash", "smr"])
    >>> solution.equilibria("smr")
    array([ True, False, False,  True])
    """
    results = {}
    for concept in concepts if concepts is not None else CONCEPTS:
        if concept not in CONCEPTS:
            raise UnknownLabelError("concept", concept, list(CONCEPTS))
        results[concept] = {dm: CONCEPTS[concept](model, dm) for dm in model.decision_makers}
    return Solution(model, results)

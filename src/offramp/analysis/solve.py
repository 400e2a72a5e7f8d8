"""Which states are stable for whom, and which are equilibria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from offramp.errors import ChoiceError, UnknownLabelError
from offramp.model.conflict import ConflictModel
from offramp.shown import shown
from offramp.stability import CONCEPTS
from offramp.stability.settings import DEFAULT, Settings

SETTINGS = DEFAULT.record()
"""Which of the definitions in use are meant by default; stored with every result."""


class Verdict(Protocol):
    """What one concept says of all states, for one decision maker or one coalition."""

    @property
    def stable(self) -> NDArray[np.bool_]:
        """Which states are stable, shape (num_states,)."""


@shown
@dataclass(frozen=True, eq=False)
class Solution:
    """The verdicts of several concepts on all states of one model.

    Parameters
    ----------
    model : ConflictModel
        What was solved.
    results : mapping
        By concept, then by decision maker, the verdict; by coalition, its
        members in file order joined by ``+``, for concepts that are about coalitions.
    settings : Settings
        Which definitions were meant.
    coalition : tuple of str, optional
        The only coalition that was asked for; by default all are.
    horizon : int, optional
        Number of moves looked ahead, for the concept of limited moves.
    """

    model: ConflictModel
    results: Mapping[str, Mapping[str, Any]]
    settings: Settings = DEFAULT
    coalition: tuple[str, ...] | None = None
    horizon: int | None = None

    def equilibria(self, concept: str) -> NDArray[np.bool_]:
        """Return which states are stable for all, ndarray of bool, shape (num_states,); of one coalition, which are stable for it."""
        if concept not in self.results:
            raise UnknownLabelError("concept of this solution", concept, list(self.results))
        return np.logical_and.reduce([result.stable for result in self.results[concept].values()])

    def concepts_at(self, state: int) -> tuple[str, ...]:
        """Return the concepts of which `state` is an equilibrium."""
        place = self.model.position(state)
        return tuple(concept for concept, by_whom in self.results.items() if all(result.stable[place] for result in by_whom.values()))

    @property
    def for_coalitions(self) -> tuple[str, ...]:
        """The concepts that were asked about every coalition."""
        return () if self.coalition else tuple(concept for concept in self.results if concept.startswith("coalition_"))

    def upset_by(self, concept: str, state: int) -> tuple[tuple[str, ...], ...]:
        """Return the coalitions for which `state` is not stable by one of the concepts `for_coalitions`, small ones first.

        Examples
        --------
        >>> import offramp
        >>> solution = solve(offramp.load_case("elmira-12"), ["coalition_nash"])
        >>> solution.upset_by("coalition_nash", 6)  # state 7
        (('moe', 'uniroyal'),)
        """
        return tuple(result.coalition for result in self.results[concept].values() if not result.stable[state])

    @property
    def period(self) -> int | None:
        """After how many more moves looked ahead all ends come round again, for non-myopic stability; None where it is not asked for."""
        return next((result.period for result in self.results.get("nonmyopic", {}).values()), None)

    @property
    def asked(self) -> dict[str, str]:
        """What was asked otherwise than by default, by name: settings, a coalition, a horizon, and who is merged into one."""
        further = {
            "merged": " and ".join(dm for dm in self.model.decision_makers if "+" in dm),
            "coalition": "+".join(self.coalition or ()),
            "horizon": str(self.horizon or ""),
        }
        return {**self.settings.changed, **{name: value for name, value in further.items() if value}}

    def record(self) -> dict[str, Any]:
        """Return the settings as plain data, with what else was asked."""
        merged = self.asked.get("merged")
        asked = {
            "coalitions": f"{merged} as one decision maker" if merged else None,
            "coalition": list(self.coalition) if self.coalition else None,
            "horizon": self.horizon,
        }
        return {**self.settings.record(), **{name: value for name, value in asked.items() if value is not None}}


def solve(
    model: ConflictModel,
    concepts: Sequence[str] | None = None,
    settings: Settings = DEFAULT,
    *,
    coalition: Sequence[str] | None = None,
    horizon: int | None = None,
) -> Solution:
    """Return which states are stable for whom by each concept.

    Parameters
    ----------
    model : ConflictModel
        Not modified.
    concepts : sequence of str, optional
        Short names, in any case, or ``R`` and ``NM``; by default the five of `CONCEPTS`. `offramp concepts` lists
        all there are.
    settings : Settings, optional
        Which definitions are meant where sources differ.
    coalition : sequence of str, optional
        Labels of the members, for concepts that are about a coalition; by
        default all coalitions, so that an equilibrium is stable for each.
    horizon : int, optional
        Number of moves looked ahead, which the concept ``limited`` needs.

    Raises
    ------
    UnknownLabelError
        For a concept or a decision maker that is not there.
    ChoiceError
        If a concept is not defined for the model, or needs a horizon.

    Examples
    --------
    >>> import offramp
    >>> solution = solve(offramp.load_case("prisoners-dilemma"), ["nash", "smr"])
    >>> solution.equilibria("smr")
    array([ True, False, False,  True])
    """
    members = None if coalition is None else in_file_order(model, coalition)
    asked = CONCEPTS if concepts is None else concept_names(concepts)
    results = {name: _results(model, name, settings, members, horizon) for name in asked}
    return Solution(model, results, settings, members, horizon)


def concept_names(concepts: Sequence[str]) -> list[str]:
    """Return the short names of concepts; see `offramp.stability.registry.concept_named` for what they may be called, and for errors."""
    if all(name in CONCEPTS for name in concepts):  # the registry has all concepts, and takes longer to load
        return list(concepts)
    from offramp.stability.registry import concept_named

    return [concept_named(name) for name in concepts]


def in_file_order(model: ConflictModel, coalition: Sequence[str]) -> tuple[str, ...]:
    """Return the labels of the members of a coalition in file order; see `offramp.stability.coalition.members_of` for errors."""
    from offramp.stability.coalition import members_of

    return tuple(model.decision_makers[dm] for dm in members_of(model, coalition))


def _results(
    model: ConflictModel, name: str, settings: Settings, coalition: tuple[str, ...] | None, horizon: int | None
) -> dict[str, Verdict]:
    if name in CONCEPTS:
        return {dm: CONCEPTS[name](model, dm, settings) for dm in model.decision_makers}
    from offramp.stability.registry import ALL_CONCEPTS

    concept = ALL_CONCEPTS[name]
    concept.check_about_somebody()
    if concept.about == "coalition":
        asked = _every_coalition(model) if coalition is None else [coalition]
        return {"+".join(members): concept.function(model, members, settings) for members in asked}
    if name == "limited":
        if horizon is None:
            raise ChoiceError(f"{name} needs the number of moves to look ahead; give a horizon, such as --horizon 3")
        return {dm: concept.function(model, dm, horizon, settings) for dm in model.decision_makers}
    return {dm: concept.function(model, dm, settings) for dm in model.decision_makers}


def _every_coalition(model: ConflictModel) -> list[tuple[str, ...]]:
    """Return all coalitions, small ones first, then in file order."""
    from offramp.stability.joint import check_few_enough, coalitions_of

    check_few_enough(model)
    return [tuple(model.decision_makers[dm] for dm in members) for members in coalitions_of(range(len(model.decision_makers)))]

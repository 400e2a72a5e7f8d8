"""What the concepts for coalitions share: what one is asked about, and its verdict for each coalition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offramp.errors import ChoiceError
from offramp.model.conflict import ConflictModel
from offramp.shown import shown
from offramp.stability.joint import Coalition, Joint
from offramp.stability.settings import DEFAULT, Settings
from offramp.stability.verdict import check_degrees

Bools = NDArray[np.bool_]

CONCEPTS = ("nash", "gmr", "smr", "seq")
"""The concepts that are defined for a coalition."""


@shown
@dataclass(frozen=True, eq=False)
class CoalitionResult:
    """Which states are stable for one coalition by one concept.

    Parameters
    ----------
    model : ConflictModel
        What was solved.
    concept : str
        ``"nash"``, ``"gmr"``, ``"smr"`` or ``"seq"``.
    coalition : tuple of str
        Labels of the members, in file order.
    stable : ndarray of bool, shape (num_states,)
        In the order of ``model.states``.
    settings : Settings
        Which definitions were meant.
    """

    model: ConflictModel
    concept: str
    coalition: tuple[str, ...]
    stable: Bools
    settings: Settings = DEFAULT


def coalition_verdict(model: ConflictModel, concept: str, coalition: Sequence[str], settings: Settings) -> CoalitionResult:
    """Return the verdict on every state for the coalition of these labels.

    Raises
    ------
    UnknownLabelError
        If a member is no decision maker.
    ChoiceError
        If the coalition is empty or names somebody twice, or degrees of
        preference are asked for and nobody has any.
    """
    members = members_of(model, coalition)
    check_degrees(model, settings)
    return Verdicts(model, concept, settings).of(members)


def members_of(model: ConflictModel, labels: Sequence[str]) -> Coalition:
    """Return the positions of the members of a coalition, ascending.

    Raises
    ------
    UnknownLabelError
        If a member is no decision maker.
    ChoiceError
        If the coalition is empty, or names somebody twice.
    """
    if isinstance(labels, str):
        raise ChoiceError(f"a coalition is a list of labels, found {labels!r}; write [{labels!r}]")
    members = [model.dm(label) for label in labels]
    if not members:
        raise ChoiceError(f"a coalition has at least one member, found none; there are: {', '.join(model.decision_makers)}")
    twice = [label for place, label in enumerate(labels) if label in labels[:place]]
    if twice:
        raise ChoiceError(f"the coalition names {twice[0]!r} twice; name every member once")
    return tuple(sorted(members))


class Verdicts:
    """The verdicts for several coalitions of one model by one concept; weakly stable is generally and not strongly."""

    def __init__(self, model: ConflictModel, concept: str, settings: Settings) -> None:
        self.model, self.concept, self.settings = model, concept, settings
        strengths = ("general", "strong") if settings.strength == "weak" else (settings.strength,)
        self.joints = [Joint(model, settings.but(strength=strength)) for strength in strengths]

    def of(self, coalition: Coalition) -> CoalitionResult:
        """Return the verdict on every state for one coalition."""
        stable, *strongly = (joint.deterrence(self.concept, coalition).stable() for joint in self.joints)
        for strong in strongly:
            stable = stable & ~strong
        labels = tuple(self.model.decision_makers[dm] for dm in coalition)
        return CoalitionResult(self.model, self.concept, labels, stable, self.settings)

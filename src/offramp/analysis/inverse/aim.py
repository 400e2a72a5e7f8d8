"""What is wanted: states that are to be stable, and states that are not to be."""

from __future__ import annotations

from dataclasses import dataclass, replace

from offramp.errors import ChoiceError, UnknownLabelError
from offramp.model.conflict import ConflictModel
from offramp.stability.registry import ALL_CONCEPTS
from offramp.stability.settings import DEFAULT, Settings

INVERTIBLE = ("nash", "gmr", "smr", "seq", "sseq", "sim")
"""The concepts by which a state is stable for somebody or not by what it ranks above the state, the others' rankings being given."""

_NO_CONDITION = {
    "decision maker": "it looks ahead over several moves, so it hangs on the whole of the ranking and not on what is above the state",
    "coalition": "it is about what all members of a coalition want at once, and a condition is on one ranking",
    "everybody": "it is about what all members of a coalition want at once, and a condition is on one ranking",
}

_NO_SETTING = {
    "unknown": "what is asked for are rankings of all states, which leave nothing unknown",
    "strength": "what is asked for are rankings, which have no degrees of preference",
    "simultaneous": "who then moves hangs on whether the state is sequentially stable for opponents, so on the ranking that is asked for",
    "sanctions": "it is about coalitions, and a condition is on one ranking",
}


def check_concept(concept: str) -> None:
    """Refuse a concept by which there is no condition on one ranking; UnknownLabelError for one that is not there."""
    if concept in INVERTIBLE:
        return
    if concept not in ALL_CONCEPTS:
        raise UnknownLabelError("concept", concept, list(INVERTIBLE))
    raise ChoiceError(
        f"the inverse question cannot be asked by {concept}: {_NO_CONDITION[ALL_CONCEPTS[concept].about]}; ask by "
        f"{', '.join(INVERTIBLE[:-1])} or {INVERTIBLE[-1]}, or give each ranking as a reading and solve by {concept}"
    )


def check_settings(settings: Settings) -> None:
    """Refuse a setting that the inverse question cannot keep to."""
    for name, value in settings.changed.items():
        if name in _NO_SETTING:
            raise ChoiceError(f"the inverse question has no setting {name}={value}: {_NO_SETTING[name]}; leave it out")


@dataclass(frozen=True)
class Aim:
    """States that are to be stable by one concept, and states that are not to be.

    Parameters
    ----------
    stable, unstable : tuple of int
        Positions of the states, none in both.
    concept : str
        Short name.
    dm : int, optional
        For whom; by default for everybody: each state of `stable` is to be an
        equilibrium, and none of `unstable` is.
    settings : Settings, optional
        Which definitions are meant; `sequences` and `return_to_start` count.

    Raises
    ------
    UnknownLabelError
        For a concept that is not there.
    ChoiceError
        If a state is in both, or there is none; for a concept or a setting by
        which there is no condition on one ranking.
    """

    stable: tuple[int, ...]
    unstable: tuple[int, ...] = ()
    concept: str = "seq"
    dm: int | None = None
    settings: Settings = DEFAULT

    def __post_init__(self) -> None:
        check_concept(self.concept)
        check_settings(self.settings)
        if both := sorted(set(self.stable) & set(self.unstable)):
            raise ChoiceError(f"state {both[0] + 1} is to be stable and not stable; give each state once")
        if not self.states:
            raise ChoiceError("no state is given; say which state is to be stable, or which is not to be")

    @property
    def states(self) -> tuple[int, ...]:
        """All states that are asked about, the stable ones first."""
        return (*self.stable, *self.unstable)

    def check(self, model: ConflictModel) -> None:
        """Refuse, with a ChoiceError, a state or a decision maker that a model does not have."""
        for state in self.states:
            model.position(state)
        number = len(model.decision_makers)
        if self.dm is not None and (isinstance(self.dm, bool) or not isinstance(self.dm, int) or not 0 <= self.dm < number):
            raise ChoiceError(f"{self.dm!r} is no position of a decision maker; expected 0 to {number - 1}; model.dm gives that of a label")

    def concerned(self, num_decision_makers: int) -> tuple[int, ...]:
        """Return the decision makers for whom it is asked."""
        return tuple(range(num_decision_makers)) if self.dm is None else (self.dm,)

    def part_of(self, dm: int) -> Aim | None:
        """Return what is asked of one decision maker alone; of everybody that what is to be stable is so for each.

        None where nothing is: that some states are no equilibria can be due to anybody.
        """
        if self.dm is not None:
            return self if dm == self.dm else None
        return replace(self, unstable=(), dm=dm) if self.stable else None

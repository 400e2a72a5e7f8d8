"""What is wanted: states that are to be stable, and states that are not to be."""

from __future__ import annotations

from dataclasses import dataclass, replace

from offramp.errors import ChoiceError, UnknownLabelError
from offramp.model.conflict import ConflictModel
from offramp.stability import CONCEPTS


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

    Raises
    ------
    UnknownLabelError
        For a concept that is not there.
    ChoiceError
        If a state is in both, or there is none.
    """

    stable: tuple[int, ...]
    unstable: tuple[int, ...] = ()
    concept: str = "seq"
    dm: int | None = None

    def __post_init__(self) -> None:
        if self.concept not in CONCEPTS:
            raise UnknownLabelError("concept", self.concept, list(CONCEPTS))
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

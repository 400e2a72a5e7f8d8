"""What can be taken back: whether a state can be left, and what in it is final."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offramp.model.conflict import ConflictModel

Bools = NDArray[np.bool_]


def can_be_left(model: ConflictModel, states: Sequence[int]) -> bool:
    """Return whether anybody has a move, wanted or not, that leads out of `states`."""
    inside = set(states)
    everybody = range(len(model.decision_makers))
    return any(set(model.moves.successors(dm, state).tolist()) - inside for dm in everybody for state in states)


def can_return(model: ConflictModel, states: Sequence[int]) -> bool:
    """Return whether moves of any decision makers, wanted or not, lead from one of `states` back to the status quo."""
    everybody = range(len(model.decision_makers))
    return any(bool(model.moves.reached(everybody, state)[model.status_quo]) for state in states)


def final_options(model: ConflictModel, states: Sequence[int]) -> tuple[str, ...]:
    """Return the options that differ from the status quo in all of `states` and whatever can be reached from them.

    An option is final when nobody can change it back, be it irreversible itself
    or held in place by a rule and another option that is.
    """
    everybody = range(len(model.decision_makers))
    reached = np.logical_or.reduce([model.moves.reached(everybody, state) for state in states])
    return tuple(option for option, other in model.states.changed(model.status_quo).items() if other[reached].all())


@dataclass(frozen=True, eq=False)
class Undoing:
    """What `can_return` and `final_options` say of single states, for all states of a model at once.

    Parameters
    ----------
    returns : ndarray of bool, shape (num_states,)
        From which states moves lead back to the status quo.
    final : dict of str to ndarray of bool, shape (num_states,)
        By option, in which states it is final.
    """

    returns: Bools
    final: Mapping[str, Bools]

    def final_at(self, state: int) -> tuple[str, ...]:
        """Return the options that are final in `state`, in file order."""
        return tuple(option for option, mask in self.final.items() if mask[state])


def undoing(model: ConflictModel) -> Undoing:
    """Return for all states what can be taken back; one search, and one more an option.

    Examples
    --------
    >>> import offramp
    >>> found = undoing(offramp.load_case("north-korea-2017"))
    >>> found.returns.tolist()[:3], found.final_at(1)
    ([True, False, True], ('us.nuclear_strike',))
    """
    everybody = range(len(model.decision_makers))
    away = (np.arange(model.num_states) != model.status_quo).astype(np.int64)
    changed = {option: other.astype(np.int64) for option, other in model.states.changed(model.status_quo).items()}
    return Undoing(
        model.moves.lowest(everybody, away) == 0,
        {option: model.moves.lowest(everybody, values) == 1 for option, values in changed.items()},
    )

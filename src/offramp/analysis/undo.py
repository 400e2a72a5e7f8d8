"""What can be taken back: whether a state can be left, and what in it is final."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from offramp.model.conflict import ConflictModel


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
    before = model.states.label(model.status_quo)
    everybody = range(len(model.decision_makers))
    reached = np.logical_or.reduce([model.moves.reached(everybody, state) for state in states])
    columns = model.states.columns()
    return tuple(option for place, option in enumerate(model.states.options) if (columns[option][reached] != (before[place] == "Y")).all())

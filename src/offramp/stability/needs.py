"""What a concept may ask of a model: the form of its states, how many decide, how they rank.

A concept that is not defined for a model says so before anything is computed:
what it needs, what was found, and what to use instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from offramp.errors import ChoiceError
from offramp.model.conflict import ConflictModel
from offramp.stability.settings import Settings


@dataclass(frozen=True)
class Need:
    """One thing that a concept asks of a model.

    Parameters
    ----------
    name : str
        Such as ``"option form"``.
    lack : callable
        Takes a model and returns what was found instead; empty where the need is met.
    remedy : str
        What to do, or to use, instead.
    """

    name: str
    lack: Callable[[ConflictModel], str]
    remedy: str


def _no_options(model: ConflictModel) -> str:
    if model.states.groups is not None:
        apart = len(model.states.groups.of)
        one = "changes of options cannot be added to several states that count as one"
        return f"this case makes {model.num_states:,} state{'s' * (model.num_states != 1)} of {apart:,}, and {one}"
    listed = f"{model.num_states:,} states" if model.num_states != 1 else "one state"
    return "" if model.states.codes is not None else f"this case lists its {listed} and moves as a graph"


def _not_two(model: ConflictModel) -> str:
    count = len(model.decision_makers)
    return "" if count == 2 else f"this case has {count}: {', '.join(model.decision_makers)}"


def _ties(model: ConflictModel) -> str:
    if model.unranked:
        return f"of some states nobody knows whether {model.unranked[0]} prefers them, or it ranks them by no one order"
    for dm, rank in zip(model.decision_makers, model.ranks, strict=True):
        order = np.argsort(rank, kind="stable")
        tied = np.flatnonzero(np.diff(rank[order]) == 0)
        if len(tied):
            one, other = (model.states.label(int(state)) for state in order[tied[0] : tied[0] + 2])
            return f"{dm} ranks {one} and {other} alike"
    return ""


OPTION_FORM = Need(
    "option form",
    _no_options,
    "give the case options and no coalesced states, or ask for seq or gmr, which are defined on a graph",
)
TWO_DECISION_MAKERS = Need(
    "two decision makers",
    _not_two,
    "ask for seq or smr, which are defined for any number",
)
STRICT_RANKINGS = Need(
    "strict rankings",
    _ties,
    "rank these states apart, or ask for seq or smr, which allow ties and, with the setting unknown, what nobody knows: seq with unknown=a",
)


def require(model: ConflictModel, concept: str, *needs: Need) -> None:
    """Refuse a model that lacks what `concept` needs.

    Raises
    ------
    ChoiceError
        Names the first need that is not met, what was found, and what to use instead.

    Examples
    --------
    >>> import offramp
    >>> require(offramp.load_case("elmira-9-xu"), "sim", OPTION_FORM)
    Traceback (most recent call last):
    offramp.errors.ChoiceError: sim needs option form; this case lists its 9 states and moves as a graph; give the case options and no \
coalesced states, or ask for seq or gmr, which are defined on a graph
    """
    for need in needs:
        if found := need.lack(model):
            raise ChoiceError(f"{concept} needs {need.name}; {found}; {need.remedy}")


def refuse_settings(concept: str, settings: Settings, names: Iterable[str], reason: str) -> None:
    """Refuse settings that `concept` has no use for and that are not the default.

    Raises
    ------
    ChoiceError
        Names the first.

    Examples
    --------
    >>> refuse_settings("limited", Settings(sequences="once"), ["sequences"], "it looks ahead in turns")
    Traceback (most recent call last):
    offramp.errors.ChoiceError: limited has no setting sequences, and sequences=once is asked for; it looks ahead in turns; leave the \
setting out, or ask for seq or gmr
    """
    for name, value in settings.changed.items():
        if name in names:
            raise ChoiceError(
                f"{concept} has no setting {name}, and {name}={value} is asked for; {reason}; leave the setting out, or ask for seq or gmr"
            )

"""What all concepts share: the record, and the verdict by what opponents' answers come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offramp.errors import ChoiceError
from offramp.model.conflict import ConflictModel, Ranks
from offramp.model.lines import LineMoves
from offramp.model.preference import UNBOUNDED
from offramp.shown import shown
from offramp.stability.deterrence import Sanctions, deterrence
from offramp.stability.sequences import MAX_ONCE
from offramp.stability.settings import DEFAULT, Settings


@shown
@dataclass(frozen=True, eq=False)
class StabilityResult:
    """Which states are stable for one decision maker by one concept, and why.

    Parameters
    ----------
    model : ConflictModel
        What was solved.
    concept : str
        Such as ``"seq"``.
    focal : str
        Label of the decision maker.
    stable : ndarray of bool, shape (num_states,)
        In the order of ``model.states``.
    deterrent : ndarray of int64, shape (num_states,), or None
        The lowest rank that opponents can bring the focal decision maker to
        once it has moved to a state; `UNBOUNDED` where they cannot answer.
        None where preferences are no ranking, or the settings are others.
    settings : Settings
        Which definitions were meant.
    """

    model: ConflictModel
    concept: str
    focal: str
    stable: NDArray[np.bool_]
    deterrent: Ranks | None = None
    settings: Settings = DEFAULT


def verdict(model: ConflictModel, concept: str, focal: str, sanctions: Sanctions, settings: Settings) -> StabilityResult:
    """Return the verdict on every state: stable where each improvement is met by such a sanction.

    Raises
    ------
    UnknownLabelError
        If no decision maker is called `focal`.
    ChoiceError
        If degrees of preference are asked for and nobody has any.
    """
    i = model.dm(focal)
    check_degrees(model, settings)
    if settings.strength == "weak":
        general, strong = (verdict(model, concept, focal, sanctions, settings.but(strength=kind)) for kind in ("general", "strong"))
        return StabilityResult(model, concept, focal, general.stable & ~strong.stable, None, settings)
    if is_maximin(model, settings):
        deterrent = _deterrent(model, i, sanctions, settings.sequences)
        kept = deterrent if settings.sequences == "legal" else None
        return StabilityResult(model, concept, focal, _maximin(model, i, deterrent), kept, settings)
    return StabilityResult(model, concept, focal, deterrence(model, i, sanctions, settings).stable(), None, settings)


def check_degrees(model: ConflictModel, settings: Settings) -> None:
    """Refuse settings that ask for degrees of preference where nobody has any.

    Raises
    ------
    ChoiceError
        If that is so.
    """
    if settings.strength != "general" and not model.has_degrees:
        raise ChoiceError(
            f"strength={settings.strength} needs degrees of preference; nobody prefers anything greatly under the readings taken; "
            "add great_steps, greatly or >> to a reading, or ask for strength=general"
        )


def is_maximin(model: ConflictModel, settings: Settings) -> bool:
    """Return whether a verdict is a maximin over ranks.

    Among rankings a state that tempts does not deter, so `unknown` and
    `return_to_move` change nothing; in option form opponents cannot undo a move
    of the focal decision maker, so `return_to_start` changes nothing.
    """
    returns = settings.return_to_start == "sanctions" or isinstance(model.moves, LineMoves)
    few = settings.sequences != "once" or len(model.decision_makers) <= MAX_ONCE + 1
    return not model.unranked and few and settings.strength == "general" and returns


def _deterrent(model: ConflictModel, focal: int, sanctions: Sanctions, sequences: str) -> Ranks:
    """Return the lowest rank that opponents can bring `focal` to from each state, or that is there.

    What is there changes no verdict: it is no lower than the rank of the state,
    with which it is compared.
    """
    if sanctions.by == "nobody":
        return np.full(model.num_states, UNBOUNDED)
    values = escape(model, focal) if sanctions.escape else model.ranks[focal]
    opponents, ranks = model.opponents(focal), model.ranks if sanctions.by == "improvements" else None
    if sequences == "one_step":
        return _lower(values, [model.moves.lowest([dm], values, ranks) for dm in opponents])
    if sequences == "once":
        return _once(model, ranks, values, frozenset(opponents), {})
    return model.moves.lowest(opponents, values, ranks)


def _once(model: ConflictModel, ranks: Ranks | None, values: Ranks, left: frozenset[int], known: dict[frozenset[int], Ranks]) -> Ranks:
    """Return the lowest of `values` that those who are left can bring about, each moving at most once."""
    if left not in known:
        first = [model.moves.lowest([dm], _once(model, ranks, values, left - {dm}, known), ranks) for dm in left]
        known[left] = _lower(values, first)
    return known[left]


def _lower(values: Ranks, others: Sequence[Ranks]) -> Ranks:
    lowest: Ranks = np.minimum.reduce([values, *others])
    return lowest


def _maximin(model: ConflictModel, focal: int, deterrent: Ranks) -> NDArray[np.bool_]:
    """Return where no move pays after its worst answer.

    State s is stable for i when its rank is at least the maximum, over all t
    that i can move to, of the lower of the rank of t and the deterrent at t.
    """
    rank = model.ranks[focal]
    return rank >= model.moves.best(focal, np.minimum(rank, deterrent))


def escape(model: ConflictModel, focal: int) -> Ranks:
    """Return the best rank that `focal` can still get from each state by one move of its own, or by staying."""
    return model.moves.best(focal, model.ranks[focal])

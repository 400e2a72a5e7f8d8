"""Where opponents can lead by the steps that they are supposed to take: what the condition of a ranking is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

import numpy as np

from offramp.errors import TooManyStatesError
from offramp.model.conflict import ConflictModel
from offramp.stability.sequences import MAX_ONCE

Steps = Callable[[int, int], Sequence[int]]
"""By the position of a decision maker and a state: the states that it may lead to from there in one move."""

MAX_AT_ONCE = 1 << 16
"""Ways in which opponents may move at once from one state."""


def improvements(model: ConflictModel) -> Steps:
    """Return the steps of decision makers who only move to what they prefer, each by its own ranking."""

    @cache
    def steps(dm: int, state: int) -> Sequence[int]:
        there = model.moves.successors(dm, state)
        wanted: list[int] = there[model.prefers(dm, there, state)].tolist()
        return wanted

    return steps


def moves(model: ConflictModel) -> Steps:
    """Return the steps of decision makers who make any move."""
    return cache(lambda dm, state: model.moves.successors(dm, state).tolist())


def led_to(steps: Steps, movers: Sequence[int], start: int, sequences: str) -> set[int]:
    """Return where movers lead from `start` by at least one step.

    Parameters
    ----------
    steps : Steps
        What they may do.
    movers : sequence of int
        Positions of decision makers.
    start : int
        Position of a state.
    sequences : str
        As in `Settings`.

    Raises
    ------
    TooManyStatesError
        If too many movers each move once.

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("garrison-23")
    >>> [sorted(led_to(moves(model), (1, 2, 3), 1, sequences)) for sequences in ("legal", "once", "one_step")]
    [[1, 5, 9, 12, 16, 20], [5, 9, 12, 16, 20], [5, 9]]
    """
    if sequences == "once" and len(movers) > MAX_ONCE:
        raise TooManyStatesError(
            f"{len(movers)} opponents can each answer once in too many orders; at most {MAX_ONCE} are computed: ask for sequences=legal"
        )
    return {state for state, _ in _walked(steps, movers, start, sequences)}


def _walked(steps: Steps, movers: Sequence[int], start: int, sequences: str) -> Iterator[tuple[int, frozenset[int]]]:
    """Yield the states that are entered, with who may not move next."""
    waiting: list[tuple[int, frozenset[int]]] = [(start, frozenset())]
    seen = set(waiting)
    for state, resting in waiting:
        for dm in movers:
            if dm in resting:
                continue
            after = frozenset([dm]) if sequences == "legal" else frozenset(movers) if sequences == "one_step" else resting | {dm}
            new = {(to, after) for to in steps(dm, state)} - seen
            seen |= new
            waiting += sorted(new, key=lambda node: node[0])
            yield from new


def at_once(model: ConflictModel, steps: Steps, dm: int, state: int, move: int) -> list[int]:
    """Return where the move of `dm` from `state` ends if opponents take steps from `state` at the same time, one at least.

    Raises
    ------
    TooManyStatesError
        If they can do so in more than `MAX_AT_ONCE` ways.
    """
    codes = model.states.codes
    assert codes is not None  # the option form was required before
    changes = np.zeros(1, dtype=np.int64)
    for opponent in model.opponents(dm):
        own = np.append(0, codes[list(steps(opponent, state))] ^ codes[state])
        if len(changes) * len(own) > MAX_AT_ONCE:
            raise TooManyStatesError(
                f"from {model.states.label(state)} the opponents of {model.decision_makers[dm]} can move at once in more than "
                f"{MAX_AT_ONCE:,} ways: ask by nash, gmr or seq, or merge options"
            )
        changes = (changes[:, None] | own[None, :]).ravel()
    wanted = codes[move] ^ changes[changes != 0]
    place = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
    ends: list[int] = np.unique(place[codes[place] == wanted]).tolist()
    return ends

"""Ways out: what coalitions can reach and all of their members want.

A way out of a state for a coalition is a state that the coalition reaches by a
legal sequence of moves and that every member strictly prefers. A coalition is
minimal when no proper subset of it has a way out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from offramp.errors import ChoiceError
from offramp.model.conflict import ConflictModel, Moves
from offramp.shown import shown

Bools = NDArray[np.bool_]
Coalition = tuple[int, ...]
Member = TypeVar("Member", int, str)

MAX_DECISION_MAKERS = 16


@dataclass(frozen=True)
class Move:
    """One unilateral move: `dm` leads from one state to another."""

    dm: int
    start: int
    to: int


class Reach:
    """What every coalition can reach from one state; depends on moves alone.

    Parameters
    ----------
    moves : Moves
        Of all decision makers.
    start : int
        The state that holds now.
    """

    def __init__(self, moves: Moves, start: int) -> None:
        if moves.num_decision_makers > MAX_DECISION_MAKERS:
            raise ChoiceError(
                f"{moves.num_decision_makers} decision makers form too many coalitions; "
                f"at most {MAX_DECISION_MAKERS} can be looked through: write those who act alike as one, or leave some out; "
                "'offramp solve' and 'explain' work with all of them"
            )
        self.moves = moves
        self.start = start
        self._masks: dict[Coalition, Bools] = {}
        self._trees: dict[Coalition, dict[tuple[int, int], tuple[int, int]]] = {}

    @cached_property
    def coalitions(self) -> tuple[Coalition, ...]:
        """All coalitions, small ones first, then in file order."""
        everybody = range(self.moves.num_decision_makers)
        return tuple(members for size in range(1, len(everybody) + 1) for members in combinations(everybody, size))

    def mask(self, coalition: Coalition) -> Bools:
        """Return which states `coalition` reaches."""
        if coalition not in self._masks:
            self._check(coalition)
            self._masks[coalition] = self.moves.reached(coalition, self.start)
        return self._masks[coalition]

    def sequence(self, coalition: Coalition, to: int) -> tuple[Move, ...]:
        """Return the shortest legal sequence that leads to `to`; among equals the first in file order.

        Decision makers count in file order and the states they move to by number.

        Raises
        ------
        ChoiceError
            If there is none.
        """
        tree = self._tree(coalition)
        node = next((node for node in tree if node[0] == to), None)
        if node is None:
            raise ChoiceError(f"no legal sequence of the coalition {coalition!r} leads from position {self.start} to {to!r}")
        sequence: list[Move] = []
        while node in tree:
            before = tree[node]
            sequence.append(Move(node[1], before[0], node[0]))
            node = before
        return tuple(reversed(sequence))

    def _check(self, coalition: Coalition) -> None:
        number = self.moves.num_decision_makers
        for dm in coalition:
            if isinstance(dm, bool) or not isinstance(dm, int | np.integer) or not 0 <= dm < number:
                raise ChoiceError(f"{dm!r} is no position of a decision maker; expected 0 to {number - 1}; model.dm gives that of a label")

    def _tree(self, coalition: Coalition) -> dict[tuple[int, int], tuple[int, int]]:
        """Return, by (state, last mover) in order of discovery, the pair before it."""
        if coalition not in self._trees:
            root = (self.start, -1)
            tree: dict[tuple[int, int], tuple[int, int]] = {}
            waiting = [root]
            for node in waiting:
                for dm, to in self._steps(coalition, node):
                    if (to, dm) not in tree:
                        tree[to, dm] = node
                        waiting.append((to, dm))
            self._trees[coalition] = tree
        return self._trees[coalition]

    def _steps(self, coalition: Coalition, node: tuple[int, int]) -> Iterator[tuple[int, int]]:
        for dm in coalition:
            if dm != node[1]:
                for to in self.moves.successors(dm, node[0]).tolist():
                    yield dm, to


@shown
class WaysOut(dict[Coalition, Bools]):
    """By coalition, which states are its ways out; with the `model` and the `reach` that they were found in."""

    def __init__(self, model: ConflictModel, reach: Reach) -> None:
        super().__init__()
        self.model = model
        self.reach = reach


def ways_out(model: ConflictModel, reach: Reach) -> WaysOut:
    """Return, for every coalition that has any, its ways out of the state where `reach` starts.

    Parameters
    ----------
    model : ConflictModel
        Not modified.
    reach : Reach
        Of the model's moves; can be shared by models that differ in ranks only.

    Returns
    -------
    ways : WaysOut
        A dict of ndarray of bool, shape (num_states,), by coalition: positions of decision makers in ascending
        order; small coalitions first.

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("prisoners-dilemma")
    >>> {members: np.nonzero(mask)[0].tolist() for members, mask in ways_out(model, Reach(model.moves, 0)).items()}
    {(0, 1): [3]}
    """
    better = model.ranks > model.ranks[:, reach.start][:, None]
    everyone = reach.mask(reach.coalitions[-1])
    ways = WaysOut(model, reach)
    for coalition in reach.coalitions:
        wanted = np.logical_and.reduce(better[list(coalition)]) & everyone
        if wanted.any() and (mask := wanted & reach.mask(coalition)).any():
            ways[coalition] = mask
    return ways


def minimal(ways: Iterable[tuple[Member, ...]]) -> tuple[tuple[Member, ...], ...]:
    """Return the coalitions in `ways`, small ones first, of which no proper subset is there, in the same order.

    Examples
    --------
    >>> minimal([(0,), (0, 1), (1, 2)])
    ((0,), (1, 2))
    """
    found: list[tuple[Member, ...]] = []
    for coalition in ways:
        if not any(set(smaller) <= set(coalition) for smaller in found):
            found.append(coalition)
    return tuple(found)


@dataclass(frozen=True)
class Step:
    """One move of a route: who sets which options how, and the code it leads to."""

    dm: str
    sets: Mapping[str, bool]
    code: str


def steps(model: ConflictModel, moves: Sequence[Move]) -> tuple[Step, ...]:
    """Return moves as who sets which options how, of those that are set before and after; in a graph, just who moves where."""
    states = model.states
    return tuple(Step(model.decision_makers[move.dm], states.set_between(move.start, move.to), states.label(move.to)) for move in moves)

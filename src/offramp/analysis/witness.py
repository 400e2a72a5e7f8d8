"""Witnesses: the moves of opponents that deter an improvement, or the worst they can do.

A witness is the *shortest* legal sequence of opponents' moves; among equals the
first by file order of the movers, then by number of the states. It is found by
breadth-first search over pairs of a state and who moved last, through the
`Moves` protocol alone, so lines and arcs are searched alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.ways import Move
from offramp.errors import ChoiceError
from offramp.model.conflict import ConflictModel, Ranks
from offramp.stability import StabilityResult
from offramp.stability.verdict import escape

Bools = NDArray[np.bool_]
Node = tuple[int, int]
Known = dict[tuple[int, bool, int], NDArray[np.int64]]

BY_WANTED_MOVES = frozenset({"seq", "sseq"})
"""Concepts under which each move of an opponent is an improvement of its own."""

WITH_ESCAPE = frozenset({"smr", "sseq"})
"""Concepts under which the focal decision maker may move once more."""


@dataclass(frozen=True)
class Answer:
    """What opponents make of one improvement under one concept.

    Parameters
    ----------
    concept : str
        Short name.
    deters : bool
        Whether the focal decision maker ends no better than where it started.
    moves : tuple of Move
        The sanction, from the state of the improvement; where nothing deters,
        the worst that opponents can bring about. Empty where they have nothing
        that makes it worse, and for Nash, where they do not answer.
    state : int
        Where the moves end.
    rank : int
        Of that state, for the focal decision maker.
    escape : int or None
        For SMR and SSEQ: the best state that the focal decision maker can still
        get from there by one move of its own, or by staying.
    """

    concept: str
    deters: bool
    moves: tuple[Move, ...]
    state: int
    rank: int
    escape: int | None = None


class Witnesses:
    """Finds what opponents make of the improvements of one decision maker under one concept.

    Parameters
    ----------
    result : StabilityResult
        The solver's verdicts.
    known : dict, optional
        What opponents reach, filled in as it is asked for; the witnesses of one
        model may share it.

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("prisoners-dilemma")  # NN, YN, NY, YY: Y cooperates
    >>> found = Witnesses(offramp.CONCEPTS["seq"](model, "first")).answer(3, 2)
    >>> found.deters, [(model.decision_makers[move.dm], model.states.label(move.to)) for move in found.moves]
    (True, [('second', 'NN')])
    """

    def __init__(self, result: StabilityResult, known: Known | None = None) -> None:
        self.known: Known = {} if known is None else known
        if result.deterrent is None:
            raise ChoiceError("witnesses need rankings and the default settings")
        self.model, self.concept, self.deterrent = result.model, result.concept, result.deterrent
        self.focal = self.model.dm(result.focal)
        self.rank: Ranks = self.model.ranks[self.focal]
        self.values: Ranks = escape(self.model, self.focal) if self.concept in WITH_ESCAPE else self.rank

    def answer(self, start: int, to: int) -> Answer:
        """Return what opponents make of the improvement from `start` to `to`."""
        if self.concept == "nash":
            return Answer("nash", False, (), to, int(self.rank[to]))
        deters = bool(self.deterrent[to] <= self.rank[start])
        moves = self._shortest(to, self.values <= (self.rank[start] if deters else self.deterrent[to]))
        end = moves[-1].to if moves else to
        return Answer(self.concept, deters, moves, end, int(self.rank[end]), self._escape(end))

    def sanctions(self, start: int, to: int) -> tuple[int, ...]:
        """Return all states that deter from the improvement from `start` to `to`, ascending."""
        if self.concept == "nash":
            return ()
        there = self._reached(to)
        return tuple(there[self.values[there] <= self.rank[start]].tolist())

    def _reached(self, start: int) -> NDArray[np.int64]:
        """Return the states that opponents reach from `start`, ascending."""
        improving = self.concept in BY_WANTED_MOVES
        key = (self.focal, improving, start)
        if key not in self.known:
            tree = search(self.model, self.model.opponents(self.focal), start, None, improving)[0] if improving else {}
            reached = sorted({state for state, _ in tree}) if improving else np.nonzero(self._unbound(start))[0]
            self.known[key] = np.asarray(reached, dtype=np.int64)
        return self.known[key]

    def _unbound(self, start: int) -> Bools:
        return self.model.moves.reached(self.model.opponents(self.focal), start)

    def _shortest(self, start: int, wanted: Bools) -> tuple[Move, ...]:
        if wanted[start]:
            return ()
        tree, node = search(self.model, self.model.opponents(self.focal), start, wanted, self.concept in BY_WANTED_MOVES)
        if node is None:
            raise RuntimeError(f"no witness for {self.concept} from state {start + 1}")  # the solver promised one
        return sequence(tree, node)

    def _escape(self, state: int) -> int | None:
        """Return the best that the focal decision maker gets from `state`: staying before moving, then by number."""
        if self.concept not in WITH_ESCAPE:
            return None
        there = [state, *self.model.moves.successors(self.focal, state).tolist()]
        return max(there, key=lambda to: int(self.rank[to]))


def search(
    model: ConflictModel, movers: Sequence[int], start: int, wanted: Bools | None, improving: bool
) -> tuple[dict[Node, Node], Node | None]:
    """Return the pair before each (state, last mover), in order of discovery, and the first pair whose state is wanted.

    With `improving`, each move is an improvement of its mover over the state
    it stands on. The search ends with the first wanted state; without `wanted`
    it takes all that can be reached.
    """
    tree: dict[Node, Node] = {}
    waiting: list[Node] = [(start, -1)]
    for node in waiting:
        for dm, to in _steps(model, movers, node, improving):
            if (to, dm) not in tree:
                tree[to, dm] = node
                if wanted is not None and wanted[to]:
                    return tree, (to, dm)
                waiting.append((to, dm))
    return tree, None


def sequence(tree: dict[Node, Node], node: Node) -> tuple[Move, ...]:
    """Return the moves that lead to `node` in a tree of `search`."""
    moves: list[Move] = []
    while node[1] >= 0:
        before = tree[node]
        moves.append(Move(node[1], before[0], node[0]))
        node = before
    return tuple(reversed(moves))


def _steps(model: ConflictModel, movers: Sequence[int], node: Node, improving: bool) -> Iterator[tuple[int, int]]:
    state, last = node
    for dm in movers:
        if dm != last:
            there = model.moves.successors(dm, state)
            for to in (there[model.ranks[dm][there] > model.ranks[dm][state]] if improving else there).tolist():
                yield dm, to

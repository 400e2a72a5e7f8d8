"""Status-quo analysis: what can be reached from the state that holds now, and by which shortest legal sequences.

A sequence is legal when nobody moves twice in succession. It is one of *moves*,
or of *improvements*: of wanted moves, each of which tempts its mover away from
the state that it stands on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Literal

import numpy as np

from offramp.analysis.ways import Coalition, Move
from offramp.model.conflict import ConflictModel
from offramp.model.relation import UNKNOWN
from offramp.shown import shown
from offramp.stability.attitude import attitude
from offramp.stability.settings import DEFAULT, Settings

Kind = Literal["improvements", "moves"]
Node = tuple[int, int]
"""A state and who moved last, -1 for nobody."""

KINDS: tuple[Kind, ...] = ("improvements", "moves")
LIMIT = 1_000


@dataclass(frozen=True)
class Arrival:
    """A state that can be reached, and the shortest legal sequence that leads there."""

    state: int
    moves: tuple[Move, ...]

    @property
    def by(self) -> Coalition:
        """Who moves in the sequence, in file order."""
        return tuple(sorted({move.dm for move in self.moves}))


@dataclass(frozen=True)
class Arc:
    """A move that legal sequences make, and the earliest place it has in one, from 1."""

    move: Move
    place: int


@shown
@dataclass(frozen=True, eq=False)
class StatusQuo:
    """What legal sequences reach from one state.

    Parameters
    ----------
    model : ConflictModel
        Where they were looked for.
    kind : str
        ``improvements`` or ``moves``: what the sequences are made of.
    start : int
        The state that they begin in; it is no arrival itself.
    by : tuple of int
        Who may move, in file order.
    arrivals : tuple of Arrival
        The nearest first; among those equally near, in file order of the
        decision makers that move, then by the numbers of the states.
    is_cut : bool
        Whether a limit left out states that can be reached.
    depth : int, optional
        The most moves that a sequence has; by default any number.
    settings : Settings
        Of these, `unknown` says whether a move of unknown merit is wanted.
    """

    model: ConflictModel
    kind: Kind
    start: int
    by: Coalition
    arrivals: tuple[Arrival, ...]
    is_cut: bool
    depth: int | None = None
    settings: Settings = DEFAULT

    @cached_property
    def states(self) -> tuple[int, ...]:
        """The start and the states that were reached, in their order."""
        return (self.start, *(arrival.state for arrival in self.arrivals))

    @cached_property
    def arcs(self) -> tuple[Arc, ...]:
        """Every move of a legal sequence among these states, by number of the state it leaves, mover, state it enters."""
        there, moves = set(self.states), _Moves(self.model, self.kind, self.by, self.settings)
        depth: dict[Node, int] = {(self.start, -1): 0}
        places: dict[Move, int] = {}
        waiting = list(depth)
        for node in waiting:
            for move in moves.after(node) if depth[node] != self.depth else ():
                if move.to in there:
                    places.setdefault(move, depth[node] + 1)
                    if (move.to, move.dm) not in depth:
                        depth[move.to, move.dm] = depth[node] + 1
                        waiting.append((move.to, move.dm))
        return tuple(Arc(move, places[move]) for move in sorted(places, key=lambda move: (move.start, move.dm, move.to)))

    def is_wanted(self, move: Move) -> bool:
        """Return whether a move tempts whoever makes it."""
        return bool(attitude(self.model, move.dm, self.settings).tempted(np.array(move.start), np.array(move.to)))

    def is_unknown(self, move: Move) -> bool:
        """Return whether nobody knows how the mover compares the state that it moves to with the one that it stands on."""
        return bool(self.model.preference(move.dm).compared(np.array(move.start), np.array(move.to)) == UNKNOWN)


def statusquo(
    model: ConflictModel,
    kind: Kind = "moves",
    start: int | None = None,
    by: Sequence[int] | None = None,
    limit: int = LIMIT,
    *,
    depth: int | None = None,
    settings: Settings = DEFAULT,
) -> StatusQuo:
    """Return which states legal sequences reach from `start`, and the shortest sequence to each.

    Parameters
    ----------
    model : ConflictModel
        Not modified.
    kind : str, optional
        ``moves``, or ``improvements``: each tempts its mover, as it does by Nash
        stability, away from the state that it stands on.
    start : int, optional
        By default the status quo.
    by : sequence of int, optional
        Positions of those who may move; by default all.
    limit : int, optional
        The most states to tell, the nearest first.
    depth : int, optional
        The most moves that a sequence has; by default any number.
    settings : Settings, optional
        Of these, `unknown` says whether a state of unknown merit tempts.

    Notes
    -----
    Breadth first over pairs of a state and its last mover: linear in moves times
    movers. Among sequences of the same length the first counts, decision makers
    taken in file order and the states that they move to by number.

    Examples
    --------
    >>> import offramp
    >>> found = statusquo(offramp.load_case("syria-iraq-1975"), "improvements")
    >>> [(arrival.state + 1, len(arrival.moves), arrival.by) for arrival in found.arrivals]
    [(4, 1, (1,)), (6, 2, (0, 1))]
    >>> len(statusquo(found.model, depth=3).arcs)  # as the guide to GMCR+ prints them
    13
    """
    start = model.status_quo if start is None else model.position(start)
    by = tuple(range(len(model.decision_makers))) if by is None else tuple(sorted(set(by)))
    root: Node = (start, -1)
    before: dict[Node, Node] = {root: root}
    first: dict[int, Node] = {start: root}
    is_cut = False
    for node in _discovered(root, before, _Moves(model, kind, by, settings), depth):
        is_cut = node[0] not in first and len(first) > limit
        if is_cut:
            break
        first.setdefault(node[0], node)
    return StatusQuo(model, kind, start, by, _arrivals(first, before), is_cut, depth, settings)


def _discovered(root: Node, before: dict[Node, Node], moves: _Moves, depth: int | None) -> Iterator[Node]:
    """Yield breadth first every pair that is not in `before`, and note there the pair that it was found from."""
    level = [root]
    for place in count():
        if not level or place == depth:
            return
        found = []
        for node in level:
            for move in moves.after(node):
                after = (move.to, move.dm)
                if after not in before:
                    before[after] = node
                    found.append(after)
                    yield after
        level = found


def _arrivals(first: dict[int, Node], before: dict[Node, Node]) -> tuple[Arrival, ...]:
    _, *reached = first.values()
    return tuple(Arrival(node[0], _sequence(node, before)) for node in reached)


def _sequence(node: Node, before: dict[Node, Node]) -> tuple[Move, ...]:
    sequence: list[Move] = []
    while node[1] >= 0:
        sequence.append(Move(node[1], before[node][0], node[0]))
        node = before[node]
    return tuple(reversed(sequence))


class _Moves:
    """The moves of one kind that are legal after a state and its last mover; kept by state and mover."""

    def __init__(self, model: ConflictModel, kind: Kind, by: Coalition, settings: Settings) -> None:
        self.model = model
        self.wishes = {dm: attitude(model, dm, settings) for dm in by} if kind == "improvements" else {}
        self.by = by
        self._known: dict[tuple[int, int], list[Move]] = {}

    def after(self, node: Node) -> Iterator[Move]:
        """Yield them in file order of the movers, then by number of the state that they lead to."""
        state, last = node
        for dm in self.by:
            if dm != last:
                yield from self._of(dm, state)

    def _of(self, dm: int, state: int) -> list[Move]:
        if (dm, state) not in self._known:
            reached = self.model.moves.successors(dm, state)
            if dm in self.wishes:
                reached = reached[self.wishes[dm].tempted(np.array(state), reached)]
            self._known[dm, state] = [Move(dm, state, to) for to in reached.tolist()]
        return self._known[dm, state]

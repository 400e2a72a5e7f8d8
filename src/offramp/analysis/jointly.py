"""Witnesses for coalitions: the shortest way to a coalitional improvement, and the shortest sanction against it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.ways import Move, Reach
from offramp.analysis.witness import Answer, Player, Turn, generally, search
from offramp.stability.attitude import together
from offramp.stability.coalition import CoalitionResult, members_of
from offramp.stability.deterrence import Deterrence
from offramp.stability.joint import Coalition, Joint
from offramp.stability.sequences import Arcs

Bools = NDArray[np.bool_]
Indices = NDArray[np.int64]


class CoalitionWitnesses:
    """Finds how a coalition gets to what all its members want, and what the others make of it.

    The answer is one of the fewest turns. A turn is a move of one of the others
    or, by joint sanctions, what a coalition of them improves to, by the shortest
    legal sequence of its members.

    Parameters
    ----------
    result : CoalitionResult
        The solver's verdicts.

    Examples
    --------
    >>> import offramp
    >>> from offramp.stability.coalition_seq import coalition_seq_stability
    >>> model = offramp.load_case("elmira-9-xu")
    >>> found = CoalitionWitnesses(coalition_seq_stability(model, ["moe", "uniroyal"]))
    >>> found.tempting(model.state("s5"))
    (7,)
    >>> [(model.decision_makers[move.dm], model.states.label(move.to)) for move in found.way(model.state("s5"), 7)]
    [('moe', 's6'), ('uniroyal', 's8')]
    >>> found.answer(model.state("s5"), 7).deters
    False
    """

    def __init__(self, result: CoalitionResult) -> None:
        self.model, self.settings = result.model, generally(result.settings)
        self.concept = result.concept
        self.coalition: Coalition = members_of(self.model, result.coalition)
        self.wish = together(self.model, self.coalition, self.settings)
        joint = Joint(self.model, self.settings)
        answering = joint.answering(self.concept, self.coalition)
        self.movers = [members for members, _ in answering]
        self.players: list[Player] = [partial(_successors, arcs) for _, arcs in answering]
        self.deterrence: Deterrence = joint.deterrence(self.concept, self.coalition)
        self._reach: dict[int, Reach] = {}

    def reached(self, start: int) -> tuple[int, ...]:
        """Return the states that the coalition reaches from `start` by legal sequences, ascending."""
        there = self.model.moves.reached(self.coalition, start)
        return tuple(state for state in np.flatnonzero(there).tolist() if state != start)

    def tempting(self, start: int) -> tuple[int, ...]:
        """Return the states that the coalition reaches and that tempt every member, ascending."""
        there = np.array(self.reached(start), dtype=np.int64)
        return tuple(there[self.wish.tempted(np.array([start]), there)].tolist())

    def way(self, start: int, to: int) -> tuple[Move, ...]:
        """Return the shortest legal sequence of members that leads from `start` to `to`."""
        return self._sequence(self.coalition, start, to)

    def answer(self, start: int, to: int) -> Answer:
        """Return what the others make of the coalition's way from `start` to `to`."""
        turns = self._shortest(to, self.deterrence.enough(start))
        if turns or self.concept != "smr":
            return self._told(start, to, turns, bool(turns))
        turns = self._shortest(to, replace(self.deterrence, escape=False).enough(start))
        return self._told(start, to, turns, False, self._out(start, turns[-1].moves[-1].to) if turns else ())

    def _shortest(self, to: int, enough: Bools) -> tuple[Turn, ...]:
        """Return the answer of the fewest turns that leads from `to` to what is enough to deter; empty where none does."""
        if self.settings.return_to_move == "ignored":
            enough[to] = False
        tree, node = search(self.players, to, enough, self.settings.sequences)
        turns: list[Turn] = []
        while node is not None and node[1]:
            before, place = tree[node]
            members = self.movers[place]
            turns.append(Turn(members, self._sequence(members, before[0], node[0])))
            node = before
        return tuple(reversed(turns))

    def _out(self, start: int, state: int) -> tuple[Move, ...]:
        """Return the shortest way of the coalition from `state` to what does not deter it from leaving `start`, ties by number."""
        there = np.array(self.reached(state), dtype=np.int64)
        free = there[~self.wish.deterred(np.array([start]), there)]
        return min((self._sequence(self.coalition, state, to) for to in free.tolist()), key=len)

    def _told(self, start: int, to: int, turns: tuple[Turn, ...], deters: bool, onward: tuple[Move, ...] = ()) -> Answer:
        end = turns[-1].moves[-1].to if turns else to
        escape = onward[-1].to if onward else end if deters and self.concept == "smr" else None
        concept, compared = f"coalition_{self.concept}", self.compared(start, end)
        return Answer(concept, deters, turns, end, None, compared, escape, is_worst=deters, onward=onward)

    def compared(self, start: int, to: int) -> tuple[int, ...]:
        """Return how `to` compares with `start` for each member."""
        here, there = np.array([start]), np.array([to])
        return tuple(int(self.model.preference(dm).compared(here, there)[0]) for dm in self.coalition)

    def _sequence(self, members: Coalition, start: int, to: int) -> tuple[Move, ...]:
        if len(members) == 1:
            return (Move(members[0], start, to),)
        if start not in self._reach:
            self._reach[start] = Reach(self.model.moves, start)
        return self._reach[start].sequence(members, to)


def _successors(arcs: Arcs, state: int) -> Indices:
    first, last = np.searchsorted(arcs.start, [state, state + 1])
    return arcs.to[first:last]

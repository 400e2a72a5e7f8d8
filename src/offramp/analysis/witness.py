"""Witnesses: the moves of opponents that deter an improvement, or the worst they can do.

A witness is the *shortest* sequence of opponents' moves; among equals the first
by file order of the movers, then by number of the states. It is found by
breadth-first search over pairs of a state and who may not move next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.ways import Move
from offramp.model.conflict import ConflictModel, Ranks
from offramp.model.relation import BETTER, GREATLY_BETTER
from offramp.stability import StabilityResult, gmr, nash, seq, smr, sseq
from offramp.stability.attitude import Wish, attitude
from offramp.stability.deterrence import Deterrence
from offramp.stability.sequences import Turns, listed
from offramp.stability.settings import Settings
from offramp.stability.verdict import escape

Bools = NDArray[np.bool_]
Indices = NDArray[np.int64]
Node = tuple[int, int]
Tree = dict[Node, tuple[Node, int]]
Player = Callable[[int], Indices]
"""Who may take a turn: gives the states that a turn leads to from a state, ascending."""

Known = dict[tuple[int, bool, int], Indices]

SANCTIONS = {
    "nash": nash.SANCTIONS,
    "gmr": gmr.SANCTIONS,
    "smr": smr.SANCTIONS,
    "seq": seq.SANCTIONS,
    "sseq": sseq.SANCTIONS,
}
"""By concept, what it counts as an answer."""


@dataclass(frozen=True)
class Turn:
    """What one decision maker does, or several together: their moves, in order."""

    members: tuple[int, ...]
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Answer:
    """What the others make of one improvement under one concept.

    Parameters
    ----------
    concept : str
        Short name.
    deters : bool
        Whether that deters.
    turns : tuple of Turn
        The sanction, from the state of the improvement; where nothing deters,
        the worst that the others can bring about. Empty where they have nothing
        that makes it worse, and for Nash, where they do not answer. Under SIM
        each turn is from the state where all start, and all are at the same
        time; looking ahead it is what is foreseen, and `focal` may be among
        those who move.
    state : int
        Where that ends.
    rank : int or None
        Of that state, for the focal decision maker; None where its preferences
        are no ranking, and for a coalition.
    compared : tuple of int
        How that state compares with the state of departure for whoever is asked
        about, member by member; values as in `offramp.model.relation`.
    escape : int or None
        For SMR and SSEQ: the best state that the focal decision maker can still
        get from there by one move of its own, or by staying; where preferences
        are no ranking, `state` where it deters, since no move gets out of that.
        For coalitional SMR: `state` where it deters, else where `onward` leads.
    is_worst : bool
        Where nothing deters, whether the turns are the worst that the others
        can do. Where preferences are no ranking nothing is the worst, and no
        turns are told.
    onward : tuple of Move
        For coalitional SMR, where nothing deters: how the coalition gets out of
        that answer again, to what does not deter it.
    """

    concept: str
    deters: bool
    turns: tuple[Turn, ...]
    state: int
    rank: int | None
    compared: tuple[int, ...]
    escape: int | None = None
    is_worst: bool = True
    onward: tuple[Move, ...] = ()

    @property
    def moves(self) -> tuple[Move, ...]:
        """The moves of all turns, in order."""
        return tuple(move for turn in self.turns for move in turn.moves)


class Witnesses:
    """Finds what opponents make of the improvements of one decision maker under one of the five concepts.

    Parameters
    ----------
    result : StabilityResult
        The solver's verdicts. Of a verdict on weak stability the witnesses are
        those of general stability.
    known : dict, optional
        What opponents reach, filled in as it is asked for; the witnesses of one
        model and of one choice of settings may share it.

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
        self.model, self.concept, self.settings = result.model, result.concept, generally(result.settings)
        self.focal = self.model.dm(result.focal)
        self.sanctions_by = SANCTIONS[self.concept]
        self.wish = attitude(self.model, self.focal, self.settings)
        self.preference = self.model.preference(self.focal)
        self.rank: Ranks | None = self.preference.rank
        self.deterrent = result.deterrent
        self.values = self._values()
        self.opponents = self.model.opponents(self.focal) if self.sanctions_by.by != "nobody" else ()
        self.players = [self._player(dm) for dm in self.opponents]
        self._deterrence: Deterrence | None = None

    def _values(self) -> Ranks | None:
        """Return what the focal decision maker has of an answer that ends in each state; None without a ranking."""
        if self.rank is None or not self.sanctions_by.escape:
            return self.rank
        return escape(self.model, self.focal) if not self.model.unranked else self.model.moves.best(self.focal, self.rank)

    def _player(self, dm: int) -> Player:
        if self.sanctions_by.by == "moves":
            return partial(self.model.moves.successors, dm)
        return partial(wanted_moves, self.model, dm, attitude(self.model, dm, self.settings))

    def tempting(self, start: int) -> tuple[int, ...]:
        """Return the states that one move leads to and that tempt, the best first, then by number."""
        there = self.model.moves.successors(self.focal, start)
        tempts = there[self.wish.tempted(np.array([start]), there)]
        return best_first(tempts, self.rank, self.preference.compared(np.array([start]), tempts))

    def answer(self, start: int, to: int) -> Answer:
        """Return what opponents make of the improvement from `start` to `to`."""
        if self.concept == "nash":
            return self._told(start, False, (), to)
        if self._is_deterred(start, to) is not False:
            turns = self._shortest(to, self._enough(start, to))
            if turns:
                return self._told(start, True, turns, turns[-1].moves[-1].to)
        if self.values is None:
            return self._told(start, False, (), to)
        turns = () if self.values[to] <= self._lowest(to) else self._shortest(to, self.values <= self._lowest(to))
        return self._told(start, False, turns, turns[-1].moves[-1].to if turns else to)

    def sanctions(self, start: int, to: int) -> tuple[int, ...]:
        """Return all states that deter from the improvement from `start` to `to`, ascending."""
        if self.concept == "nash":
            return ()
        there = self._reached(to)
        return tuple(there[self._enough(start, to)[there]].tolist())

    def _is_deterred(self, start: int, to: int) -> bool | None:
        """Return whether something deters, where the solver's verdict says so; else None."""
        if self.deterrent is None or self.rank is None:
            return None
        return bool(self.deterrent[to] <= self.rank[start])

    def _enough(self, start: int, to: int) -> Bools:
        """Return which ends of an answer deter."""
        if self.deterrent is not None and self.rank is not None and self.values is not None:
            return self.values <= self.rank[start]
        if self._deterrence is None:
            own = Turns([listed(self.model, self.focal)] if self.sanctions_by.escape else [])
            self._deterrence = Deterrence(self.model.num_states, self.wish, own, (), self.sanctions_by.escape, self.settings)
        enough = self._deterrence.enough(start)
        if self.settings.return_to_move == "ignored":
            enough[to] = False
        return enough

    def _lowest(self, to: int) -> int:
        """Return the lowest value that opponents bring about from `to`, or that is there."""
        assert self.values is not None
        if self.deterrent is not None:
            return min(int(self.deterrent[to]), int(self.values[to]))
        return int(self.values[[to, *self._reached(to).tolist()]].min())

    def _reached(self, start: int) -> Indices:
        """Return the states that opponents reach from `start` by at least one move, ascending."""
        improving = self.sanctions_by.by == "improvements"
        key = (self.focal, improving, start)
        if key not in self.known:
            if self.deterrent is not None and not improving:  # `start` itself never deters there
                self.known[key] = np.flatnonzero(self.model.moves.reached(self.opponents, start))
            else:
                tree, _ = search(self.players, start, None, self.settings.sequences)
                self.known[key] = np.array(sorted({state for state, _ in tree}), dtype=np.int64)
        return self.known[key]

    def _shortest(self, start: int, wanted: Bools) -> tuple[Turn, ...]:
        tree, node = search(self.players, start, wanted, self.settings.sequences)
        return tuple(Turn((move.dm,), (move,)) for move in sequence(tree, node, self.opponents)) if node is not None else ()

    def _told(self, start: int, deters: bool, turns: tuple[Turn, ...], end: int) -> Answer:
        compared = (int(self.preference.compared(np.array([start]), np.array([end]))[0]),)
        rank = None if self.rank is None else int(self.rank[end])
        is_worst = deters or self.values is not None or self.concept == "nash"
        return Answer(self.concept, deters, turns, end, rank, compared, self._escape(end, is_worst), is_worst)

    def _escape(self, state: int, is_told: bool) -> int | None:
        """Return the best that the focal decision maker gets from `state`: staying before moving, then by number."""
        if not self.sanctions_by.escape or not is_told:
            return None
        rank = self.rank
        if rank is None:
            return state  # it deters, and so does everything that a move leads to
        return max([state, *self.model.moves.successors(self.focal, state).tolist()], key=lambda to: int(rank[to]))


def generally(settings: Settings) -> Settings:
    """Return the settings whose witnesses are told: of weak stability those of general stability."""
    return settings.but(strength="general") if settings.strength == "weak" else settings


def best_first(states: Indices, rank: Ranks | None, compared: NDArray[np.int8]) -> tuple[int, ...]:
    """Return states by rank, the best first, then by number; without a ranking greatly better, better, unknown."""
    steps = {int(GREATLY_BETTER): 0, int(BETTER): 1}
    by_sign = [steps.get(sign, 2) for sign in compared.tolist()]
    keys = [(by_sign[k] if rank is None else -int(rank[state]), state) for k, state in enumerate(states.tolist())]
    return tuple(state for _, state in sorted(keys))


def wanted_moves(model: ConflictModel, dm: int, wish: Wish, state: int) -> Indices:
    """Return the states that an opponent moves to from `state` because it wants to, or may want to, ascending."""
    there = model.moves.successors(dm, state)
    return there[wish.improves(np.array([state]), there)]


def search(players: Sequence[Player], start: int, wanted: Bools | None, sequences: str) -> tuple[Tree, Node | None]:
    """Return how each (state, who may not move next) is first reached, and the first whose state is wanted.

    Who may not move next is given as bits, by place among `players`. The tree
    has for each pair the one before it and the place of who moved, in order of
    discovery. The search ends with the first wanted state; without `wanted` it
    takes all that can be reached.
    """
    tree: Tree = {}
    waiting: list[Node] = [(start, 0)]
    for node in waiting:
        for place, to in _steps(players, node):
            after = (to, _barred(node[1], place, len(players), sequences))
            if after not in tree:
                tree[after] = (node, place)
                if wanted is not None and wanted[to]:
                    return tree, after
                waiting.append(after)
    return tree, None


def sequence(tree: Tree, node: Node, movers: Sequence[int]) -> tuple[Move, ...]:
    """Return the moves that lead to `node` in a tree of `search`; `movers` are the positions of the players."""
    moves: list[Move] = []
    while node[1]:
        before, place = tree[node]
        moves.append(Move(movers[place], before[0], node[0]))
        node = before
    return tuple(reversed(moves))


def _steps(players: Sequence[Player], node: Node) -> Iterator[tuple[int, int]]:
    state, barred = node
    for place, player in enumerate(players):
        if not barred >> place & 1:
            for to in player(state).tolist():
                yield place, to


def _barred(barred: int, place: int, count: int, sequences: str) -> int:
    """Return who may not move after the player at `place` has."""
    if sequences == "one_step":
        return (1 << count) - 1
    return barred | 1 << place if sequences == "once" else 1 << place

"""Many models of one world, solved together: stability of a state, ways out, ends.

The models share states and moves and differ in who ranks states how. A *play*
is one choice of a ranking for each decision maker; a `Batch` answers for all of
its plays, one bit each. `offramp.analysis.grid` answers the same questions for
one model at a time and in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.net import Arcs, Net, following, leading
from offramp.analysis.ways import MAX_DECISION_MAKERS, Coalition
from offramp.errors import ChoiceError
from offramp.model.bits import Bits, chosen, everywhere, packed, some, spread, unpacked
from offramp.model.conflict import Ranks

Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]


_ANSWERED = {True: ("gmr", "smr"), False: ("seq", "sseq")}
"""By whether any move may answer: the concept under which the focal may escape again, and that under which it may not."""


@dataclass(frozen=True, eq=False)
class Ground:
    """What all plays of a world share: its net of moves, the status quo, and who reaches what from there."""

    net: Net
    status_quo: int

    @property
    def num_decision_makers(self) -> int:
        """Number of decision makers."""
        return len(self.net.arcs)

    @cached_property
    def coalitions(self) -> tuple[Coalition, ...]:
        """All coalitions, small ones first, then in file order."""
        everybody = range(self.num_decision_makers)
        if len(everybody) > MAX_DECISION_MAKERS:
            raise ChoiceError(
                f"{len(everybody)} decision makers form too many coalitions; at most {MAX_DECISION_MAKERS} can be looked through: "
                "write those who act alike as one, or leave some out; 'offramp solve' and 'explain' work with all of them"
            )
        return tuple(members for size in range(1, len(everybody) + 1) for members in combinations(everybody, size))

    def prepare(self, sets: Iterable[Bools] = ()) -> None:
        """Work out where coalitions get at all, and inside each of `sets`, all at once; what is known already stays."""
        anywhere = np.ones(self.net.num_states, dtype=np.bool_)
        new = {key: allowed for allowed in (anywhere, *sets) if (key := allowed.tobytes()) not in self._reached}
        if new:
            member = np.array([[dm in coalition for coalition in self.coalitions] for dm in range(self.num_decision_makers)])
            self._reached.update(zip(new, self.net.reached(self.status_quo, packed(member), list(new.values())), strict=True))

    @cached_property
    def _reached(self) -> dict[bytes, Bits]:
        return {}

    def within(self, allowed: Bools) -> Bits:
        """Return where each coalition gets from the status quo through `allowed` states only, one bit a coalition."""
        self.prepare([allowed])
        return self._reached[allowed.tobytes()]

    @cached_property
    def reach(self) -> Bools:
        """Where each coalition gets from the status quo, shape (num_coalitions, num_states)."""
        anywhere = self.within(np.ones(self.net.num_states, dtype=np.bool_))
        return np.ascontiguousarray(unpacked(anywhere, len(self.coalitions)).T)

    @property
    def reachable(self) -> Bools:
        """Where everybody together gets from the status quo, which is among it."""
        return self.reach[-1]


@dataclass(frozen=True, eq=False)
class Table:
    """The rankings of one decision maker that the plays of a world choose from, shape (num_rankings, num_states)."""

    ranks: Ranks
    arcs: Arcs

    @cached_property
    def rises(self) -> Bools:
        """Which moves are improvements under which ranking, shape (num_arcs, num_rankings)."""
        return _by_state(self.ranks[:, self.arcs.dst] > self.ranks[:, self.arcs.src])

    @cached_property
    def escape(self) -> Ranks:
        """The best rank from each state by one own move, or by staying."""
        best = self.ranks.copy()
        states, starts = self.arcs.origins
        if len(states):
            best[:, states] = np.maximum(best[:, states], np.maximum.reduceat(self.ranks[:, self.arcs.dst], starts, axis=1))
        return best


class Batch:
    """Many plays of one world.

    Parameters
    ----------
    ground : Ground
        The world.
    tables : sequence of Table
        By decision maker.
    plays : ndarray of int64, shape (num_plays, num_decision_makers)
        Which ranking of each table.
    """

    def __init__(self, ground: Ground, tables: Sequence[Table], plays: Indices) -> None:
        self.ground = ground
        self.net = ground.net
        self.tables = tables
        self.plays = plays
        self.num_plays = len(plays)
        self.everywhere = everywhere(self.num_plays)
        self.rises: list[Bits] = [chosen(table.rises, plays[:, dm]) for dm, table in enumerate(tables)]
        self._better: dict[tuple[int, int], Bits] = {}
        self._answers: dict[tuple[str, int, int], tuple[Bits, Bits]] = {}

    def better(self, dm: int, state: int) -> Bits:
        """Return what `dm` strictly prefers to `state`, shape (num_states, num_words)."""
        if (dm, state) not in self._better:
            ranks = self.tables[dm].ranks
            self._better[dm, state] = chosen(_by_state(ranks > ranks[:, state, None]), self.plays[:, dm])
        return self._better[dm, state]

    # -- stability -------------------------------------------------------------------------------------------------------

    def equilibrium(self, concept: str, state: int) -> Bits:
        """Return in which plays `state` is an equilibrium of `concept`, shape (num_words,)."""
        leaving = [self._leaving(concept, dm, state) for dm in range(len(self.tables))]
        result: Bits = self.everywhere & ~np.bitwise_or.reduce(leaving)
        return result

    def _leaving(self, concept: str, dm: int, state: int) -> Bits:
        """Return in which plays `dm` has an improvement from `state` that nothing deters it from."""
        arcs, rises = self.net.arcs[dm], self.rises[dm]
        own = slice(*np.searchsorted(arcs.src, [state, state + 1]))
        if own.start == own.stop:
            return np.zeros_like(self.everywhere)
        tempting = rises[own]
        if concept == "nash" or not tempting.any():
            return some(tempting)
        deterred = self._deterred(concept, dm, state)[arcs.dst[own]]
        return some(tempting & ~deterred)

    def _deterred(self, concept: str, dm: int, state: int) -> Bits:
        """Return from where opponents can bring `dm` to where it is no better off than at `state`, and cannot escape from."""
        escapable, final = _ANSWERED[concept in ("gmr", "smr")]
        key = (escapable, dm, state)
        if key not in self._answers:
            self._answers[key] = self._answered(escapable == "gmr", dm, state)
        return self._answers[key][int(concept == final)]

    def _answered(self, anyhow: bool, dm: int, state: int) -> tuple[Bits, Bits]:
        """Return the same for two concepts at once: where `dm` may escape again, and where it may not.

        With `anyhow` any move may answer, which is a matter of the own ranking
        alone; else improvements only.
        """
        opponents = [other for other in range(len(self.tables)) if other != dm]
        table = self.tables[dm]
        held = [_by_state(ranks <= table.ranks[:, state, None]) for ranks in (table.ranks, table.escape)]
        if anyhow:
            alone = self.net.reaching(opponents, np.concatenate([packed(there) for there in held], axis=1), [None] * len(self.tables))
            first, second = np.split(alone, 2, axis=1)
            return tuple(spread(there, len(table.ranks), self.plays[:, dm]) for there in (first, second))  # type: ignore[return-value]
        both = np.concatenate([chosen(there, self.plays[:, dm]) for there in held], axis=1)
        first, second = np.split(self.net.reaching(opponents, both, self._twice), 2, axis=1)
        return first, second

    @cached_property
    def _twice(self) -> list[Bits]:
        return [np.tile(rises, (1, 2)) for rises in self.rises]

    # -- ways out --------------------------------------------------------------------------------------------------------

    @cached_property
    def ways(self) -> Ways:
        """The ways out of the status quo of every coalition."""
        better = [self.better(dm, self.ground.status_quo) for dm in range(len(self.tables))]
        ever = [there.any(axis=1) for there in better]
        found: list[tuple[int, Indices, Bits]] = []
        for number, coalition in enumerate(self.ground.coalitions):
            there = np.flatnonzero(np.logical_and.reduce([self.ground.reach[number], *(ever[dm] for dm in coalition)]))
            if not len(there):
                continue
            wanted = np.bitwise_and.reduce([better[dm][there] for dm in coalition])
            kept = wanted.any(axis=1)
            if kept.any():
                found.append((number, there[kept], wanted[kept]))
        return Ways.of(self.ground.coalitions, found, len(self.everywhere))

    @cached_property
    def movers(self) -> dict[Coalition, Bits]:
        """In which plays each coalition is minimal: it has a way out, and no part of it has."""
        has = {coalition: some(self.ways.bits[rows]) for coalition, rows in self.ways.rows.items()}
        return {
            coalition: there
            for coalition, bits in has.items()
            if (there := bits & ~_any([has[part] for part in has if set(part) < set(coalition)], bits)).any()
        }

    # -- ends ------------------------------------------------------------------------------------------------------------

    @cached_property
    def _climbing(self) -> Bits:
        """Where improvements lead from ways out of any coalition, in which plays."""
        start = self.ways.spots(self.net.num_states)
        return self._followed(start)

    def _followed(self, start: Bits) -> Bits:
        result = start
        while True:
            before = result.copy()
            for arcs, rises in zip(self.net.arcs, self.rises, strict=True):
                if len(arcs.src):
                    states, found = arcs.forth(result, rises)
                    result[states] |= found
            if np.array_equal(before, result):
                return result

    @cached_property
    def active(self) -> Indices:
        """The states that some way out leads to in some play, ascending."""
        return np.flatnonzero(self._climbing.any(axis=1))

    @cached_property
    def climbs(self) -> tuple[Arcs, Bits]:
        """The improvements from active states, by place in `active`, with the plays in which a way out leads through each."""
        place = np.full(self.net.num_states, -1)
        place[self.active] = np.arange(len(self.active))
        src, dst, rises = [], [], []
        for arcs, bits in zip(self.net.arcs, self.rises, strict=True):
            near = np.flatnonzero(place[arcs.src] >= 0)
            taken = bits[near] & self._climbing[arcs.src[near]]
            kept = taken.any(axis=1)
            src.append(place[arcs.src[near[kept]]])
            dst.append(place[arcs.dst[near[kept]]])
            rises.append(taken[kept])
        order = np.argsort(np.concatenate(src), kind="stable")
        return Arcs(np.concatenate(src)[order], np.concatenate(dst)[order]), np.concatenate(rises)[order]

    @cached_property
    def reached(self) -> Bits:
        """Which active states ways out lead to, or are, in which plays."""
        return self._climbing[self.active]

    def leads_to(self, spots: Bits) -> Bits:
        """Return which active states improvements reach from `spots`, both by place in `active`."""
        return following(self.climbs[0], spots, self.climbs[1])

    @cached_property
    def final(self) -> Bits:
        """Which active states belong to an end in which plays: a state at rest, or one of a cycle that is not left."""
        arcs, rises = self.climbs
        rest = np.repeat(self.everywhere[None], len(self.active), axis=0)
        states, starts = arcs.origins
        if len(states):
            rest[states] &= ~np.bitwise_or.reduceat(rises, starts, axis=0)
        rest &= self.reached
        restless = self.reached & ~leading(arcs, rest, rises)
        return rest | self._cycles(restless) if restless.any() else rest

    def _cycles(self, restless: Bits) -> Bits:
        """Return the states of cycles that are not left, among states from which none at rest is reached."""
        arcs, rises = self.climbs
        found = np.zeros_like(restless)
        while restless.any():
            pivot = _lowest(restless)
            while True:
                after = following(arcs, pivot, rises)
                before = leading(arcs, pivot, rises) & after
                onward = after & ~before
                is_open = some(onward)
                found |= after & ~is_open
                restless = restless & ~leading(arcs, after & ~is_open, rises)
                if not is_open.any():
                    break
                pivot = _lowest(onward)
        return found


@dataclass(frozen=True, eq=False)
class Ways:
    """Ways out as rows: coalition, state, and in which plays.

    Parameters
    ----------
    rows : mapping of coalition to slice
        Where its rows stand.
    coalition : ndarray of int64, shape (num_rows,)
        Place of the coalition among all coalitions.
    state : ndarray of int64, shape (num_rows,)
        Where the way leads.
    bits : ndarray of uint64, shape (num_rows, num_words)
        In which plays it is one.
    """

    rows: Mapping[Coalition, slice]
    coalition: Indices
    state: Indices
    bits: Bits

    @classmethod
    def of(cls, coalitions: Sequence[Coalition], found: Sequence[tuple[int, Indices, Bits]], words: int) -> Ways:
        """Return the ways out found: for each coalition its number, the states and the bits."""
        rows: dict[Coalition, slice] = {}
        count = 0
        for number, states, _ in found:
            rows[coalitions[number]] = slice(count, count + len(states))
            count += len(states)
        numbers = [np.full(len(states), number) for number, states, _ in found]
        none = np.zeros(0, dtype=np.int64)
        return cls(
            rows,
            np.concatenate([none, *numbers]),
            np.concatenate([none, *(states for _, states, _ in found)]),
            np.concatenate([np.zeros((0, words), dtype=np.uint64), *(bits for _, _, bits in found)]),
        )

    def spots(self, num_states: int, where: Bools | None = None) -> Bits:
        """Return which states are ways out in which plays, of the rows `where` says or of all."""
        spots = np.zeros((num_states, self.bits.shape[1]), dtype=np.uint64)
        chosen = slice(None) if where is None else where
        np.bitwise_or.at(spots, self.state[chosen], self.bits[chosen])
        return spots


def _by_state(by_ranking: Bools) -> Bools:
    """Return truths of shape (num_rankings, n) as (n, num_rankings), in this order in memory too."""
    return np.ascontiguousarray(by_ranking.T)


def _lowest(bits: Bits) -> Bits:
    """Return, for each variant, only the first row that is true."""
    seen = np.bitwise_or.accumulate(bits, axis=0)
    result: Bits = bits.copy()
    result[1:] &= ~seen[:-1]
    return result


def _any(items: Sequence[Bits], like: Bits) -> Bits:
    return np.bitwise_or.reduce(items) if items else np.zeros_like(like)

"""What law, harms, wishes and claims make of many plays at once.

A *cell* here is a play under one assessment: which norms are in force and which
conditions hold. All assessments of a `Bearing` are of one world. Assessments
that draw the same line among the states that matter are worked out once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.assessment import Assessor
from offramp.analysis.batch import Batch
from offramp.analysis.claims import against
from offramp.analysis.net import leading
from offramp.case.schema import Claim, OnlyIf, Possible, Stable
from offramp.model.bits import Bits, some, unpacked

Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]
Line = Callable[[Assessor], Bools]
"""A set of states that an assessment draws, such as the lawful ones."""

OPEN: dict[str, tuple[Line, Line]] = {
    "lawful": (lambda a: a.lawful, lambda a: a.no_new_breach),
    "unharmed": (lambda a: a.harmless, lambda a: a.no_new_harm),
    "clear": (lambda a: a.lawful & a.harmless, lambda a: a.no_new_breach & a.no_new_harm),
}
"""By headline what a way out and its ends have to be, and what it may pass."""

MAX_WORDS = 1 << 21
"""Number of words for the improvements of a batch, times the sets that are followed at once."""


@dataclass(frozen=True, eq=False)
class Bearing:
    """The headlines of many cells of one world that law, harms, wishes and claims decide.

    Parameters
    ----------
    batch : Batch
        The plays.
    assessors : tuple of Assessor
        Of the same world.
    claims : mapping of str to Claim
        To be tested.
    play, assessment : ndarray of int64, shape (num_cells,)
        The play and the assessor of each cell.
    """

    batch: Batch
    assessors: tuple[Assessor, ...]
    claims: Mapping[str, Claim]
    play: Indices
    assessment: Indices

    def prepare(self) -> None:
        """Work out where coalitions get at all, without a new breach, and without a new harm, all at once."""
        self.batch.ground.prepare(allowed for _, passable in OPEN.values() for allowed in self._drawn(passable)[0])

    def truths(self) -> dict[str, Bools]:
        """Return by headline in which cells it is true, each an ndarray of bool, shape (num_cells,)."""
        wishes = {person: self._wish(person) for person in dict.fromkeys(p for a in self._used.values() for p in a.wishes)}
        self._settle([*(good for good, _ in OPEN.values()), *wishes.values()])
        found = {name: self._opens(good, passable) for name, (good, passable) in OPEN.items()}
        for person, wish in wishes.items():
            found[f"wish.{person}"] = self._granted(person, wish)
        for name, claim in self.claims.items():
            found[f"claim.{name}"], found[f"denied.{name}"] = self._tested(name, claim)
        return found

    @cached_property
    def _used(self) -> dict[int, Assessor]:
        """The assessors of some cell, by their place."""
        return {place: self.assessors[place] for place in np.unique(self.assessment).tolist()}

    def _drawn(self, line: Line) -> tuple[Bools, list[int]]:
        """Return the different sets of states that the assessors in use draw, and which of them each draws."""
        sets = np.stack([line(assessor) for assessor in self._used.values()])
        known: dict[bytes, int] = {}
        place = [known.setdefault(row.tobytes(), len(known)) for row in np.packbits(sets, axis=1)]
        first = {number: k for k, number in reversed(list(enumerate(place)))}
        return sets[[first[number] for number in range(len(known))]], place

    def _spread(self, lines: Sequence[Line], holds: Callable[..., Bits]) -> Bools:
        """Return in which cells something holds that depends on sets of states which an assessment draws."""
        drawn = [self._drawn(line) for line in lines]
        known: dict[tuple[int, ...], int] = {}
        which = np.zeros(len(self.assessors), dtype=np.int64)
        for number, places in zip(self._used, zip(*(place for _, place in drawn), strict=True), strict=True):
            which[number] = known.setdefault(places, len(known))
        bits = [holds(*(sets[k] for (sets, _), k in zip(drawn, places, strict=True))) for places in known]
        result: Bools = unpacked(np.stack(bits), self.batch.num_plays)[which[self.assessment], self.play]
        return result

    # -- ways out ---------------------------------------------------------------------------------------------------------

    @cached_property
    def _spot(self) -> Indices:
        """The place of each way out among the active states."""
        return np.searchsorted(self.batch.active, self.batch.ways.state)

    @cached_property
    def _stays(self) -> dict[bytes, Bits]:
        return {}

    def _staying(self, inside: Bools) -> Bits:
        """Return from which active states every end lies inside a set of these, shape (num_active, num_words)."""
        if inside.tobytes() not in self._stays:
            self._stay([inside])
        return self._stays[inside.tobytes()]

    def _settle(self, lines: Sequence[Line]) -> None:
        """Work out from where every end lies inside the sets that `lines` draw, as many at once as there is room for."""
        sets = {row.tobytes(): row for line in lines for row in self._drawn(line)[0][:, self.batch.active]}
        room = max(1, MAX_WORDS // max(1, self.batch.climbs[1].size))
        rows = list(sets.values())
        for start in range(0, len(rows), room):
            self._stay(rows[start : start + room])

    def _stay(self, rows: Sequence[Bools]) -> None:
        arcs, rises = self.batch.climbs
        outside = np.concatenate([np.where(inside[:, None], np.uint64(0), self.batch.final) for inside in rows], axis=1)
        leaving = leading(arcs, outside, np.tile(rises, (1, len(rows))))
        for inside, there in zip(rows, np.split(leaving, len(rows), axis=1), strict=True):
            self._stays[inside.tobytes()] = self.batch.everywhere & ~there

    def _opens(self, good: Line, passable: Line) -> Bools:
        """Return in which cells some way out, with all its ends, is good, and can be reached through passable states."""
        ways, active = self.batch.ways, self.batch.active

        def holds(inside: Bools, allowed: Bools) -> Bits:
            return self.opening(inside[active], members_of(self.batch.ground.within(allowed), ways.coalition, ways.state))

        return self._spread([good, passable], holds)

    def opening(self, inside: Bools, passed: Bools) -> Bits:
        """Return in which plays some way out of the rows `passed` lies `inside` a set of active states with all its ends."""
        rows = np.flatnonzero(passed & inside[self._spot])
        if not len(rows):
            return np.zeros_like(self.batch.everywhere)
        return some(self.batch.ways.bits[rows] & self._staying(inside)[self._spot[rows]])

    def _wish(self, person: str) -> Line:
        """Return where a wish is met, by assessment; nowhere where it does not stand."""
        nowhere = np.zeros(self.batch.net.num_states, dtype=np.bool_)
        return lambda assessor: assessor.wishes.get(person, nowhere)

    def _granted(self, person: str, wish: Line) -> Bools:
        """Return in which cells every end of some way out meets the wish of a person."""
        active = self.batch.active
        met = self._spread([wish], lambda inside: some(self.batch.ways.bits & self._staying(inside[active])[self._spot]))
        return met & self._where(lambda place: person in self._used[place].wishes)

    # -- claims -----------------------------------------------------------------------------------------------------------

    def _tested(self, name: str, claim: Claim) -> tuple[Bools, Bools]:
        """Return in which cells a claim is supported, and in which it is refuted."""
        if claim.only_if is not None:
            return self._only_if(name, claim.only_if)
        if claim.possible is not None:
            return self._possible(name, claim.possible)
        if claim.permitted is not None:
            verdict = {place: against(assessor, name, claim) for place, assessor in self._used.items()}
            return self._where(lambda place: verdict[place] is False), self._where(lambda place: verdict[place] is True)
        assert claim.stable is not None
        return self._stable(name, claim.stable)

    def _where(self, holds: Callable[[int], bool]) -> Bools:
        by_place = np.zeros(len(self.assessors), dtype=np.bool_)
        by_place[[place for place in self._used if holds(place)]] = True
        return by_place[self.assessment]

    def _only_if(self, name: str, claim: OnlyIf) -> tuple[Bools, Bools]:
        ends, active = self.endings(None), self.batch.active
        end, needs = (_named(name, "only_if", part) for part in ("end", "needs"))
        refuted = self._spread([end, needs], lambda end, needs: some(ends[(end & ~needs)[active]]))
        return self._spread([end], lambda end: some(ends[end[active]])) & ~refuted, refuted

    def _possible(self, name: str, claim: Possible) -> tuple[Bools, Bools]:
        ends = self.endings(None if claim.by is None else frozenset(claim.by))
        supported = self._spread([_named(name, "possible", "end")], lambda end: some(ends[end[self.batch.active]]))
        return supported, ~supported

    def endings(self, members: frozenset[str] | None) -> Bits:
        """Return the active states that are ways out of coalitions within `members`, or belong to their ends."""
        batch = self.batch
        if members is None:
            return batch.ways.spots(batch.net.num_states)[batch.active] | batch.final
        spots = batch.ways.spots(batch.net.num_states, self.within(members)[batch.ways.coalition])[batch.active]
        return spots | (batch.leads_to(spots) & batch.final)

    def within(self, members: frozenset[str]) -> Bools:
        """Return which coalitions have no other members, shape (num_coalitions,)."""
        makers = list(self.assessors[0].case.decision_makers)
        return np.array([{makers[dm] for dm in coalition} <= members for coalition in self.batch.ground.coalitions])

    def _stable(self, name: str, claim: Stable) -> tuple[Bools, Bools]:
        """Return in which cells all states of a formula are equilibria, and in which one is not."""
        line = _named(name, "stable", "that")

        def leaves(where: Bools) -> Bits:
            result = np.zeros_like(self.batch.everywhere)
            for state in np.flatnonzero(where).tolist():
                result |= self.batch.everywhere & ~self.batch.equilibrium(claim.concept, state)
            return result

        refuted = self._spread([line], leaves)
        return ~refuted & self._where(lambda place: bool(line(self._used[place]).any())), refuted


def _named(name: str, *path: str) -> Line:
    """Return the states where a formula of a claim holds, by assessment."""
    return lambda assessor: assessor.holds("claims", name, *path)


def members_of(reached: Bits, coalition: Indices, state: Indices) -> Bools:
    """Return for each row whether its coalition gets to its state."""
    words = reached[state, coalition // 64]
    result: Bools = (words >> (coalition % 64).astype(np.uint64) & np.uint64(1)).astype(np.bool_)
    return result

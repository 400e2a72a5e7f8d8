"""What law, harms, wishes and claims make of many plays at once.

A *cell* here is a play under one assessment: which norms are in force and which
conditions hold. All assessments of a `Bearing` are of one world.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.assessment import Assessor
from offramp.analysis.batch import Batch, Ground, holds_bit
from offramp.analysis.bits import Bits, everywhere, packed, some, spread, unpacked
from offramp.analysis.claims import against
from offramp.analysis.net import Arcs, leading
from offramp.case.schema import Claim
from offramp.stability import CONCEPTS

Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Paths:
    """Where coalitions get without a new breach, without a new harm; worked out once for each set of states.

    Parameters
    ----------
    ground : Ground
        Of the world.
    """

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._known: dict[bytes, Bits] = {}

    def within(self, allowed: Bools) -> Bits:
        """Return where each coalition gets from the status quo inside `allowed`, one bit a coalition."""
        key = np.packbits(allowed).tobytes()
        if key not in self._known:
            self._known[key] = self.ground.reached(allowed)
        return self._known[key]


@dataclass(frozen=True, eq=False)
class Bearing:
    """The headlines of many cells of one world.

    Parameters
    ----------
    batch : Batch
        The plays.
    paths : Paths
        Of the same world.
    assessors : sequence of Assessor
        Of the same world.
    claims : mapping of str to Claim
        To be tested.
    play, assessment : ndarray of int64, shape (num_cells,)
        The play and the assessor of each cell.
    """

    batch: Batch
    paths: Paths
    assessors: tuple[Assessor, ...]
    claims: Mapping[str, Claim]
    play: Indices
    assessment: Indices

    @property
    def num_cells(self) -> int:
        """Number of cells."""
        return len(self.play)

    def truths(self) -> dict[str, Bools]:
        """Return the headlines about law, harms, wishes and claims: by name in which cells they are true."""
        found = {
            "lawful": self._opens(lambda a: a.lawful, lambda a: a.no_new_breach),
            "unharmed": self._opens(lambda a: a.harmless, lambda a: a.no_new_harm),
            "clear": self._opens(lambda a: a.lawful & a.harmless, lambda a: a.no_new_breach & a.no_new_harm),
        }
        for person in dict.fromkeys(person for assessor in self.assessors for person in assessor.wishes):
            found[f"wish.{person}"] = self._granted(person)
        for name, claim in self.claims.items():
            found[f"claim.{name}"], found[f"denied.{name}"] = self._tested(name, claim)
        return {name: unpacked(bits, self.num_cells) for name, bits in found.items()}

    def cells(self, bits: Bits) -> Bits:
        """Return what holds in plays as what holds in cells."""
        return spread(bits, self.batch.num_plays, self.play)

    @cached_property
    def _climbs(self) -> tuple[Arcs, Bits]:
        arcs, rises = self.batch.climbs
        return arcs, self.cells(rises)

    @cached_property
    def _final(self) -> Bits:
        return self.cells(self.batch.final)

    @cached_property
    def _ways(self) -> Bits:
        """The rows of ways out, shape (num_rows, num_words)."""
        return self.cells(self.batch.ways.bits)

    @cached_property
    def _spot(self) -> Indices:
        """The place of each way out among the active states."""
        return np.searchsorted(self.batch.active, self.batch.ways.state)

    def mask(self, of: Callable[[Assessor], Bools]) -> Bits:
        """Return a set of active states that depends on the assessment, shape (num_active, num_words)."""
        active = self.batch.active
        masks = np.stack([np.broadcast_to(of(assessor), self.batch.net.num_states)[active] for assessor in self.assessors])
        return packed(masks.T[:, self.assessment])

    # -- ways out ---------------------------------------------------------------------------------------------------------

    def _staying(self, inside: Bits) -> Bits:
        """Return from which active states every end lies inside a set, shape (num_active, num_words)."""
        arcs, rises = self._climbs
        result: Bits = everywhere(self.num_cells) & ~leading(arcs, self._final & ~inside, rises)
        return result

    def _opens(self, good: Callable[[Assessor], Bools], passable: Callable[[Assessor], Bools]) -> Bits:
        """Return in which cells some way out, with all its ends, is good, and can be reached through passable states."""
        inside = self.mask(good)
        good_ways = self._ways & (inside & self._staying(inside))[self._spot]
        return some(good_ways & self._passed(passable))

    def _passed(self, passable: Callable[[Assessor], Bools]) -> Bits:
        """Return which ways out a coalition reaches through passable states only, shape (num_rows, num_words)."""
        ways = self.batch.ways
        rows = np.stack([_members(self.paths.within(passable(assessor)), ways.coalition, ways.state) for assessor in self.assessors])
        return packed(rows.T[:, self.assessment])

    def _granted(self, person: str) -> Bits:
        """Return in which cells every end of some way out meets the wish of a person."""
        wish = self.mask(lambda a: a.wishes.get(person, np.zeros(a.world.moves.num_states, dtype=bool)))
        known = packed(np.array([person in assessor.wishes for assessor in self.assessors])[self.assessment])
        return some(self._ways & self._staying(wish)[self._spot]) & known

    # -- claims -----------------------------------------------------------------------------------------------------------

    def _tested(self, name: str, claim: Claim) -> tuple[Bits, Bits]:
        """Return in which cells a claim is supported, and in which it is refuted."""
        if claim.only_if is not None:
            met = self._endings(None) & self._named(name, "only_if", "end")
            refuted = some(met & ~self._named(name, "only_if", "needs"))
            return some(met) & ~refuted, refuted
        if claim.possible is not None:
            members = None if claim.possible.by is None else frozenset(claim.possible.by)
            supported = some(self._endings(members) & self._named(name, "possible", "end"))
            return supported, everywhere(self.num_cells) & ~supported
        if claim.permitted is not None:
            return self._by_assessment(lambda a: against(a, name, claim) is False), self._by_assessment(lambda a: bool(against(a, name, claim)))
        assert claim.stable is not None
        return self._stable(name, claim.stable.concept)

    def _named(self, name: str, *path: str) -> Bits:
        return self.mask(lambda a: a.holds("claims", name, *path))

    def _endings(self, members: frozenset[str] | None) -> Bits:
        """Return the active states that are ways out of coalitions within `members`, or belong to their ends."""
        batch = self.batch
        makers = list(self.assessors[0].case.decision_makers)
        within = np.array([members is None or {makers[dm] for dm in coalition} <= members for coalition in batch.ground.coalitions])
        spots = batch.ways.spots(batch.net.num_states, within[batch.ways.coalition])[batch.active]
        return self.cells(spots | (batch.leads_to(spots) & batch.final))

    def _by_assessment(self, holds: Callable[[Assessor], bool]) -> Bits:
        return packed(np.array([holds(assessor) for assessor in self.assessors], dtype=np.bool_)[self.assessment])

    def _stable(self, name: str, concept: str) -> tuple[Bits, Bits]:
        """Return in which cells all states of a formula are equilibria, and in which one is not."""
        assert concept in CONCEPTS
        masks = np.stack([np.broadcast_to(a.holds("claims", name, "stable", "that"), self.batch.net.num_states) for a in self.assessors])
        refuted = np.zeros_like(everywhere(self.num_cells))
        for state in np.flatnonzero(masks.any(axis=0)).tolist():
            rests = self.cells(self.batch.equilibrium(concept, state)[None])[0]
            refuted |= packed(masks[:, state][self.assessment]) & ~rests
        return packed(masks.any(axis=1)[self.assessment]) & ~refuted, refuted


def _members(reached: Bits, coalition: Indices, state: Indices) -> Bools:
    """Return for each row whether its coalition gets to its state."""
    words = reached[state, coalition // 64]
    result: Bools = (words >> (coalition % 64).astype(np.uint64) & np.uint64(1)).astype(np.bool_)
    return result

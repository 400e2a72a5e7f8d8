"""The laboratory: many variants of one case, their grids solved together.

`Lab.frame` says which cells the grid of a variant has; cells that agree on the
world, on everybody's ranking and on the assessment are one and the same, to
whichever variants they belong. `Lab.solve` then works out every cell once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.assessment import Assessor
from offramp.analysis.batch import Batch, Ground, Table
from offramp.analysis.bearing import Bearing, Paths
from offramp.analysis.grid import Grid
from offramp.analysis.headlines import ORDER, Namer, kind, taken_name, truths
from offramp.analysis.net import Net
from offramp.case.labels import short_labels
from offramp.case.variant import PLAIN, Variant
from offramp.model.build import Builder, Choice, World
from offramp.model.conflict import Ranks

Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]

MAX_BYTES = 1 << 26
"""Room for the truth values of one batch, a byte for each arc and play."""


@dataclass(eq=False)
class Site:
    """One world with the rankings and assessments that variants use in it."""

    world: World
    tables: list[list[Ranks]]
    places: list[dict[Any, int]]
    assessors: list[Assessor] = field(default_factory=list)
    assessor_places: dict[Any, int] = field(default_factory=dict)

    @cached_property
    def ground(self) -> Ground:
        """The net of moves and who reaches what."""
        return Ground(Net(self.world.moves), self.world.status_quo)

    @cached_property
    def paths(self) -> Paths:
        """Where coalitions get inside what is allowed."""
        return Paths(self.ground)

    def ranking(self, dm: int, key: Any, ranks: Ranks) -> int:
        """Return the place of a ranking in the table of `dm`; equal rankings share one."""
        places = self.places[dm]
        if key not in places:
            content = ranks.tobytes()
            if content not in places:
                places[content] = len(self.tables[dm])
                self.tables[dm].append(ranks)
            places[key] = places[content]
        return places[key]

    def built_tables(self) -> list[Table]:
        """Return the rankings as arrays."""
        return [Table(np.stack(rows), arcs) for rows, arcs in zip(self.tables, self.ground.net.arcs, strict=True)]


@dataclass(frozen=True, eq=False)
class Frame:
    """The grid of one variant, cell by cell in the order of `Grid.choices`.

    Parameters
    ----------
    builder : Builder
        Of the variant.
    sides : tuple of dict
        The sides of the contested entries, one dict each.
    site, assessment : ndarray of int64, shape (num_sides,)
        World and assessment under each.
    rankings : tuple of ndarray of int64, shape (num_readings, num_sides)
        For each decision maker the place of each reading's ranking.
    """

    builder: Builder
    sides: tuple[tuple[tuple[str, bool], ...], ...]
    site: Indices
    assessment: Indices
    rankings: tuple[Indices, ...]

    @property
    def num_cells(self) -> int:
        """Number of cells."""
        return int(np.prod([len(rows) for rows in self.rankings])) * len(self.sides)

    @cached_property
    def cells(self) -> Indices:
        """Site, rankings and assessment of every cell, shape (num_cells, num_decision_makers + 2)."""
        shape = (*(len(rows) for rows in self.rankings), len(self.sides))
        *readings, side = (axis.ravel() for axis in np.indices(shape))
        rankings = [rows[reading, side] for rows, reading in zip(self.rankings, readings, strict=True)]
        return np.stack([self.site[side], *rankings, self.assessment[side]], axis=1)

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """The share of every cell, shape (num_cells,), by the weights of the readings; they sum to 1."""
        total = np.ones(1)
        for dm, there in self.builder.readings().items():
            weights = np.array([1.0 if (w := self.builder.case.readings[dm][name].weight) is None else w for name in there])
            total = (total[:, None] * weights).ravel()
        weights = np.repeat(total, len(self.sides))
        return weights / weights.sum() if weights.sum() > 0 else np.full(len(weights), 1 / len(weights))

    def choices(self) -> list[Choice]:
        """Return the choice of every cell."""
        return list(Grid(self.builder).choices())


class Lab:
    """Solves the grids of many variants of one case at once.

    Parameters
    ----------
    builder : Builder
        Of the case as it stands.

    Examples
    --------
    >>> import offramp
    >>> lab = Lab(offramp.Builder(offramp.read_case("two-prisoners")))
    >>> frame = lab.frame()
    >>> round(lab.shares(frame)["can_move"], 3)
    0.781
    """

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.sites: list[Site] = []
        self._site_places: dict[Any, int] = {}
        self._solved: list[tuple[Indices, dict[str, Bools]]] = []
        self._known: dict[bytes, int] = {}

    # -- frames ----------------------------------------------------------------------------------------------------------

    def frame(self, variant: Variant = PLAIN) -> Frame:
        """Return the grid of a variant.

        Raises
        ------
        CaseError
            If some cell has no state, or no status quo.
        ChoiceError
            If there are too many cells.
        """
        builder = self.builder.varied(variant)
        Grid(builder).check_size()
        readings, contested = builder.readings(), builder.contested()
        flips = product((False, True), repeat=len(contested))
        sides = tuple(tuple((name, side != flip) for (name, side), flip in zip(contested.items(), row, strict=True)) for row in flips)
        choices = [Choice(tuple((dm, there[0]) for dm, there in readings.items()), row) for row in sides]
        sites = [self._site(builder, choice) for choice in choices]
        rankings = tuple(self._rankings(builder, dm, there, choices, sites) for dm, there in readings.items())
        assessment = np.array([self._assessor(builder, choice, site) for choice, site in zip(choices, sites, strict=True)])
        return Frame(builder, sides, np.array(sites), assessment, rankings)

    def reread(self, frame: Frame, variant: Variant, dm: str, reading: str) -> Frame:
        """Return the grid of a variant that differs from that of `frame` in one reading alone."""
        builder = self.builder.varied(variant)
        place, number = list(frame.builder.readings()).index(dm), frame.builder.readings()[dm].index(reading)
        choices = [Choice(tuple((name, there[0]) for name, there in frame.builder.readings().items()), row) for row in frame.sides]
        rows = frame.rankings[place].copy()
        rows[number] = self._rankings(builder, dm, [reading], choices, frame.site.tolist())[0]
        return replace(frame, builder=builder, rankings=(*frame.rankings[:place], rows, *frame.rankings[place + 1 :]))

    def reassessed(self, frame: Frame, variant: Variant) -> Frame:
        """Return the grid of a variant that differs from that of `frame` in norms, harms or wishes alone."""
        builder = self.builder.varied(variant)
        choices = [Choice(tuple((name, there[0]) for name, there in builder.readings().items()), row) for row in frame.sides]
        there = [self._assessor(builder, choice, site) for choice, site in zip(choices, frame.site.tolist(), strict=True)]
        return replace(frame, builder=builder, assessment=np.array(there))

    def _site(self, builder: Builder, choice: Choice) -> int:
        world = builder.world(choice)
        if world.key not in self._site_places:
            self._site_places[world.key] = len(self.sites)
            makers = self.builder.case.decision_makers
            self.sites.append(Site(world, [[] for _ in makers], [{} for _ in makers]))
        return self._site_places[world.key]

    def _rankings(self, builder: Builder, dm: str, readings: Sequence[str], choices: Sequence[Choice], sites: Sequence[int]) -> Indices:
        place = list(self.builder.case.decision_makers).index(dm)
        rows = np.empty((len(readings), len(choices)), dtype=np.int64)
        for side, (choice, number) in enumerate(zip(choices, sites, strict=True)):
            site = self.sites[number]
            for row, reading in enumerate(readings):
                key = builder.rank_key(site.world, dm, reading, choice)
                known = site.places[place].get(key)
                rows[row, side] = (
                    known if known is not None else site.ranking(place, key, builder.ranking(site.world, dm, reading, choice))
                )
        return rows

    def _assessor(self, builder: Builder, choice: Choice, number: int) -> int:
        site = self.sites[number]
        key = assessment_key(builder, choice)
        if key not in site.assessor_places:
            site.assessor_places[key] = len(site.assessors)
            site.assessors.append(Assessor(builder, choice))
        return site.assessor_places[key]

    # -- solving ---------------------------------------------------------------------------------------------------------

    def solve(self, frames: Iterable[Frame]) -> None:
        """Work out every cell of `frames` that is not known yet."""
        new = _distinct(np.concatenate([frame.cells for frame in frames]))
        fresh = np.array([row.tobytes() not in self._known for row in new], dtype=np.bool_)
        new = new[fresh]
        for site in np.unique(new[:, 0]).tolist():
            self._solve_site(site, new[new[:, 0] == site])

    def _solve_site(self, number: int, cells: Indices) -> None:
        site = self.sites[number]
        tables, namer = site.built_tables(), self._namer(site.world)
        plays, play = _grouped(cells[:, 1:-1])
        size = max(64, min(1 << 13, MAX_BYTES // max(1, sum(len(arcs.src) for arcs in site.ground.net.arcs))))
        for start in range(0, len(plays), size):
            chosen = np.flatnonzero((play >= start) & (play < start + size))
            batch = Batch(site.ground, tables, plays[start : start + size])
            bearing = Bearing(
                batch, site.paths, tuple(site.assessors), self.builder.case.claims, play[chosen] - start, cells[chosen, -1]
            )
            self._keep(cells[chosen], truths(bearing, namer))

    def _namer(self, world: World) -> Namer:
        short = short_labels(self.builder.case)
        names = tuple(taken_name(label, short, world.states.options) for label in world.states.labels)
        return Namer(tuple(self.builder.case.decision_makers), names)

    def _keep(self, cells: Indices, found: dict[str, Bools]) -> None:
        first = len(self._known)
        for place, row in enumerate(cells):
            self._known[row.tobytes()] = first + place
        self._solved.append((np.arange(first, first + len(cells)), found))

    # -- answers ---------------------------------------------------------------------------------------------------------

    def names(self) -> list[str]:
        """Return the headlines that occur, in the order in which they are told."""
        found = dict.fromkeys(name for _, names in self._solved for name in names)
        return sorted(found, key=lambda name: ORDER.index(kind(name)))

    def truths(self, frame: Frame) -> tuple[list[str], Bools]:
        """Return the headlines of every cell of a frame: their names, and an ndarray of bool, shape (num_cells, num_names)."""
        unsolved = [row.tobytes() not in self._known for row in _distinct(frame.cells)]
        if any(unsolved):
            self.solve([frame])
        names, values = self._table()
        cells = np.array([self._known[row.tobytes()] for row in frame.cells])
        return names, values[cells]

    def _table(self) -> tuple[list[str], Bools]:
        names = self.names()
        column = {name: place for place, name in enumerate(names)}
        values = np.zeros((len(self._known), len(names)), dtype=np.bool_)
        for cells, found in self._solved:
            for name, there in found.items():
                values[cells, column[name]] = there
        return names, values

    def shares(self, frame: Frame) -> dict[str, float]:
        """Return the share of every headline over the grid of a frame; movers and ends in no cell are left out."""
        names, values = self.truths(frame)
        return told(names, frame.weights @ values, frame)


def told(names: Sequence[str], shares: NDArray[np.float64], frame: Frame) -> dict[str, float]:
    """Return shares by headline: those that the frame has, without movers and ends in no cell."""
    standing = frame.builder.standing
    absent = {f"wish.{name}" for name in standing.file.case.people if name not in standing.wishes}
    absent |= {f"{word}.{name}" for word in ("claim", "denied") for name in standing.file.case.claims if name not in standing.claims}
    return {
        name: float(share)
        for name, share in zip(names, shares, strict=True)
        if name not in absent and (share > 0 or kind(name) not in ("mover", "end"))
    }


def assessment_key(builder: Builder, choice: Choice) -> tuple[Any, ...]:
    """Return what an assessment is made of, within one world."""
    standing = builder.standing
    wishes = tuple((name, ("people", name) in standing.variant.negated) for name in standing.wishes)
    return (tuple(standing.norms(choice.sides)), tuple(standing.harms), wishes, tuple(builder.conditions(choice).items()))


def _distinct(rows: Indices) -> Indices:
    return np.unique(rows, axis=0)


def _grouped(rows: Indices) -> tuple[Indices, Indices]:
    """Return the distinct rows and for each row its place among them."""
    distinct, place = np.unique(rows, axis=0, return_inverse=True)
    return distinct, place.reshape(-1)


def by_name(names: Sequence[str], values: Bools) -> Mapping[str, Bools]:
    """Return columns by headline."""
    return {name: values[:, place] for place, name in enumerate(names)}

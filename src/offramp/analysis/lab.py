"""The laboratory: many variants of one case, their grids solved together.

`Lab.frame` says which cells the grid of a variant has; cells that agree on the
world, on everybody's ranking and on the assessment are one and the same, to
whichever variants they belong. `Lab.solve` then works out every cell once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.assessment import Assessor
from offramp.analysis.batch import Batch, Ground, Table
from offramp.analysis.bearing import Bearing
from offramp.analysis.grid import Grid
from offramp.analysis.headlines import ORDER, Namer, kind, truths
from offramp.analysis.net import Net
from offramp.case.variant import Variant
from offramp.errors import ChoiceError
from offramp.model.build import Builder
from offramp.model.conflict import Ranks
from offramp.model.world import Choice, World

Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]

MAX_WORK = 1_000_000_000
"""Number of states, over all cells of all variants, that are worked out at the most: about a minute, and a few GiB."""

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
    def _raw_weights(self) -> NDArray[np.float64]:
        total = np.ones(1)
        for dm, there in self.builder.readings().items():
            total = (total[:, None] * reading_weights(self.builder, dm, there)).ravel()
        return np.repeat(total, len(self.sides))

    @property
    def weighs(self) -> bool:
        """Whether some cell has a weight above 0."""
        return bool(self._raw_weights.sum() > 0)

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """The share of every cell, shape (num_cells,), by the weights of the readings; they sum to 1."""
        return self._raw_weights / self._raw_weights.sum()

    def choices(self) -> list[Choice]:
        """Return the choice of every cell."""
        return list(Grid(self.builder).choices())


def check_work(builder: Builder, num_variants: int) -> None:
    """Refuse what would take very long: so many variants of a grid, all solved.

    Raises
    ------
    ChoiceError
        If cells times states are more than `MAX_WORK`, before anything is solved.
    """
    work = work_of(builder, num_variants)
    if work > MAX_WORK:
        cells = Grid(builder).num_cells
        raise ChoiceError(
            f"{num_variants:,} changes in each of {cells:,} cells of {work // (num_variants * cells):,} states are too many to solve: "
            f"{work:,} states, at most {MAX_WORK:,}; choose readings with --reading, or sides with --contested"
        )


def work_of(builder: Builder, num_variants: int) -> int:
    """Return in how many states, counted over the cells of all variants, something is worked out."""
    return Grid(builder).num_cells * num_variants * len(builder.world(builder.choice()).states)


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

    # -- frames ----------------------------------------------------------------------------------------------------------

    def frame(self, variant: Variant | None = None) -> Frame:
        """Return the grid of a variant, by default of what the builder stands for.

        Raises
        ------
        CaseError
            If some cell has no state, or no status quo.
        ChoiceError
            If there are too many cells.
        """
        builder = self.builder if variant is None else self.builder.varied(variant)
        Grid(builder).check_size()
        readings, contested = builder.readings(), builder.contested()
        flips = product((False, True), repeat=len(contested))
        sides = tuple(tuple((name, side != flip) for (name, side), flip in zip(contested.items(), row, strict=True)) for row in flips)
        choices = [Choice(tuple((dm, there[0]) for dm, there in readings.items()), row) for row in sides]
        sites = [self.site(builder, choice) for choice in choices]
        rankings = tuple(self._rankings(builder, dm, there, choices, sites) for dm, there in readings.items())
        assessment = np.array([self.assessor(builder, choice, site) for choice, site in zip(choices, sites, strict=True)])
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
        there = [self.assessor(builder, choice, site) for choice, site in zip(choices, frame.site.tolist(), strict=True)]
        return replace(frame, builder=builder, assessment=np.array(there))

    def narrowed(self, frame: Frame, variant: Variant) -> Frame:
        """Return the part of the grid of `frame` that a variant leaves, which settles entries, or settles or drops readings."""
        builder = self.builder.varied(variant)
        before, after, settled = frame.builder.readings(), builder.readings(), builder.standing.settled
        kept = [k for k, row in enumerate(frame.sides) if all(settled.get(name, side) == side for name, side in row)]
        sides = tuple(tuple((name, side) for name, side in frame.sides[k] if name not in settled) for k in kept)
        rows = [[before[dm].index(name) for name in there] for dm, there in after.items()]
        rankings = tuple(there[row][:, kept] for there, row in zip(frame.rankings, rows, strict=True))
        return Frame(builder, sides, frame.site[kept], frame.assessment[kept], rankings)

    def site(self, builder: Builder, choice: Choice) -> int:
        """Return the place in `sites` of the world under a choice."""
        world = builder.world(choice)
        if world.key not in self._site_places:
            self._site_places[world.key] = len(self.sites)
            makers = self.builder.case.decision_makers
            self.sites.append(Site(world, [[] for _ in makers], [{} for _ in makers]))
        return self._site_places[world.key]

    def _rankings(self, builder: Builder, dm: str, readings: Sequence[str], choices: Sequence[Choice], sites: Sequence[int]) -> Indices:
        place = list(self.builder.case.decision_makers).index(dm)
        rows = np.empty((len(readings), len(choices)), dtype=np.int64)
        for row, reading in enumerate(readings):
            named = builder.material(dm, reading)[1]
            known: dict[Any, int] = {}
            for side, (choice, number) in enumerate(zip(choices, sites, strict=True)):
                truths = tuple([builder.conditions(choice)[name] for name in named]) if named else ()
                if (number, truths) not in known:
                    known[number, truths] = self._ranking(builder, place, reading, choice, self.sites[number])
                rows[row, side] = known[number, truths]
        return rows

    def _ranking(self, builder: Builder, place: int, reading: str, choice: Choice, site: Site) -> int:
        dm = list(self.builder.case.decision_makers)[place]
        key = builder.rank_key(site.world, dm, reading, choice)
        known = site.places[place].get(key)
        return site.ranking(place, key, builder.ranking(site.world, dm, reading, choice)) if known is None else known

    def assessor(self, builder: Builder, choice: Choice, number: int) -> int:
        """Return the place of an assessment among those of a site."""
        site = self.sites[number]
        key = assessment_key(builder, choice)
        if key not in site.assessor_places:
            site.assessor_places[key] = len(site.assessors)
            site.assessors.append(Assessor(builder, choice))
        return site.assessor_places[key]

    # -- solving ---------------------------------------------------------------------------------------------------------

    def solve(self, frames: Sequence[Frame]) -> Answers:
        """Return the headlines of every cell of every frame, each distinct cell worked out once."""
        rows = np.concatenate([frame.cells for frame in frames])
        distinct, place = grouped(rows)
        found = [
            (chosen, told)
            for site in np.unique(distinct[:, 0]).tolist()
            for chosen, told in self._solve_site(site, distinct, np.flatnonzero(distinct[:, 0] == site))
        ]
        names = sorted(dict.fromkeys(name for _, told in found for name in told), key=lambda name: ORDER.index(kind(name)))
        column = {name: k for k, name in enumerate(names)}
        values = np.zeros((len(distinct), len(names)), dtype=np.bool_)
        for chosen, told in found:
            for name, there in told.items():
                values[chosen, column[name]] = there
        ends = np.cumsum([frame.num_cells for frame in frames])
        return Answers(tuple(frames), tuple(names), values, np.split(place, ends[:-1]))

    def shares(self, frame: Frame) -> dict[str, float]:
        """Return the share of every headline over the grid of one frame."""
        return self.solve([frame]).shares(0)

    def _solve_site(self, number: int, rows: Indices, there: Indices) -> Iterator[tuple[Indices, dict[str, Bools]]]:
        """Yield rows, by their places, with the headlines of each; plays are taken in batches."""
        site = self.sites[number]
        tables, namer = site.built_tables(), Namer(self.builder.case, site.world.states)
        plays, play = grouped(rows[there, 1:-1])
        size = max(64, min(1 << 13, MAX_BYTES // max(1, sum(len(arcs.src) for arcs in site.ground.net.arcs))))
        for start in range(0, len(plays), size):
            chosen = np.flatnonzero((play >= start) & (play < start + size))
            batch = Batch(site.ground, tables, plays[start : start + size])
            claims, assessment = self.builder.case.claims, rows[there[chosen], -1]
            bearing = Bearing(batch, tuple(site.assessors), claims, play[chosen] - start, assessment)
            yield there[chosen], truths(bearing, namer)


@dataclass(frozen=True, eq=False)
class Answers:
    """The headlines of the cells of some frames.

    Parameters
    ----------
    frames : tuple of Frame
        In the order in which they were given.
    names : tuple of str
        The headlines that occur, in the order in which they are told.
    values : ndarray of bool, shape (num_distinct_cells, num_names)
        Whether each is true.
    places : sequence of ndarray of int64, shape (num_cells,)
        For each frame the place of each of its cells among the distinct ones.
    """

    frames: tuple[Frame, ...]
    names: tuple[str, ...]
    values: Bools
    places: Sequence[Indices]

    def truths(self, place: int) -> dict[str, Bools]:
        """Return every headline of a frame: in which of its cells it is true."""
        there = self.values[self.places[place]]
        kept = _kept(self.frames[place])
        return {name: there[:, k] for k, name in enumerate(self.names) if kept(name)}

    def shares(self, place: int) -> dict[str, float]:
        """Return the share of every headline of a frame; movers and ends in no cell are left out."""
        shares = self.frames[place].weights @ self.values[self.places[place]]
        kept = _kept(self.frames[place])
        told = zip(self.names, shares.tolist(), strict=True)
        return {name: share for name, share in told if kept(name) and (share > 0 or kind(name) not in ("mover", "end"))}


def _kept(frame: Frame) -> Callable[[str], bool]:
    """Return which headlines a frame has: not those of wishes and claims that do not stand in it."""
    standing = frame.builder.standing
    absent = {f"wish.{name}" for name in standing.file.case.people if name not in standing.wishes}
    absent |= {f"{word}.{name}" for word in ("claim", "denied") for name in standing.file.case.claims if name not in standing.claims}
    return lambda name: name not in absent


def reading_weights(builder: Builder, dm: str, readings: Sequence[str]) -> NDArray[np.float64]:
    """Return the weights of readings, 1 where the case gives none."""
    there = builder.case.readings[dm]
    return np.array([1.0 if (weight := there[name].weight) is None else weight for name in readings])


def assessment_key(builder: Builder, choice: Choice) -> tuple[Any, ...]:
    """Return what an assessment is made of, within one world."""
    standing = builder.standing
    wishes = tuple((name, ("people", name) in standing.variant.negated) for name in standing.wishes)
    return (tuple(standing.norms_in_force(choice.sides)), tuple(standing.harms), wishes, tuple(builder.conditions(choice).items()))


def grouped(rows: Indices) -> tuple[Indices, Indices]:
    """Return the distinct rows of numbers from 0, ascending, and for each row its place among them.

    Examples
    --------
    >>> grouped(np.array([[1, 0], [0, 2], [1, 0]]))
    (array([[0, 2],
           [1, 0]]), array([1, 0, 1]))
    """
    sizes = rows.max(axis=0, initial=0) + 1
    if prod(sizes.tolist()) >= 1 << 62:
        distinct, place = np.unique(rows, axis=0, return_inverse=True)
        return distinct, place.reshape(-1)
    steps = np.array([prod(sizes[k + 1 :].tolist()) for k in range(len(sizes))], dtype=np.int64)
    _, first, place = np.unique(rows @ steps, return_index=True, return_inverse=True)
    return rows[first], place.reshape(-1)

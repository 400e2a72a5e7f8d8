"""The grid: every combination of readings and of contested entries, analysed.

One `Cell` holds what the status quo looks like, the ways out, and the verdict on
each claim. Cells that share a model share its solution, its ways out and what
follows from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np

from offramp.analysis.assessment import Assessment, Assessor
from offramp.analysis.claims import Tester, Verdict
from offramp.analysis.evolution import End, Evolution
from offramp.analysis.openings import Endings, Looker, Openings
from offramp.analysis.solve import Solution, solve
from offramp.analysis.ways import Coalition, Move, Reach, minimal, ways_out
from offramp.errors import ChoiceError
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.model.world import Choice, World
from offramp.shown import shown

MAX_CELLS = 20_000
MAX_WAYS = 10_000


@dataclass(frozen=True)
class AssessedEnd:
    """What follows a way out: where it ends, with each state's assessment."""

    end: End
    assessments: tuple[Assessment, ...]
    equilibrium: tuple[str, ...]


@dataclass(frozen=True)
class WayOut:
    """One way out of the status quo, with its moves, what each step means, its meaning and what follows."""

    coalition: tuple[str, ...]
    state: int
    moves: tuple[Move, ...]
    steps: tuple[Assessment, ...]
    assessment: Assessment
    equilibrium: tuple[str, ...]
    then: tuple[AssessedEnd, ...]


@shown
@dataclass(frozen=True, eq=False)
class Cell:
    """The analysis under one choice.

    `ways` lists the ways out of minimal coalitions, at most the grid's limit for
    each coalition; `num_ways` counts all of them. `openings` says what ways out
    achieve, those of larger coalitions among them.
    """

    choice: Choice
    model: ConflictModel
    status_quo: Assessment
    equilibrium: tuple[str, ...]
    ways: tuple[WayOut, ...]
    num_ways: int
    openings: Openings
    claims: Mapping[str, Verdict]


@dataclass(frozen=True, eq=False)
class _Play:
    """What one model gives, whatever norms and conditions say of it."""

    solution: Solution
    ways: dict[Coalition, np.ndarray]
    minimal: tuple[Coalition, ...]
    evolution: Evolution
    endings: Endings


@shown
class Grid:
    """All cells of a case.

    Parameters
    ----------
    builder : Builder
        Of the case.
    limit : int, optional
        The largest number of ways out that are told for one coalition of a cell.

    Examples
    --------
    >>> import offramp
    >>> grid = Grid(Builder(offramp.read_case("two-prisoners")))
    >>> grid.num_cells
    512
    """

    def __init__(self, builder: Builder, limit: int = MAX_WAYS) -> None:
        self.builder = builder
        self.limit = limit
        self._plays: dict[int, _Play] = {}
        self._reaches: dict[int, Reach] = {}
        self._assessors: dict[tuple[object, ...], Assessor] = {}
        self._lookers: dict[int, Looker] = {}

    @property
    def num_cells(self) -> int:
        """Number of cells: readings of all decision makers times two for each contested entry."""
        readings = prod(len(there) for there in self.builder.readings().values())
        return readings * 2 ** len(self.builder.contested())

    def choices(self) -> Iterator[Choice]:
        """Yield every choice, the case's own first, in file order.

        Raises
        ------
        ChoiceError
            If there are more than `MAX_CELLS`.
        """
        self.check_size()
        makers = list(self.builder.case.decision_makers)
        contested = self.builder.contested()
        for readings in product(*(self.builder.readings()[dm] for dm in makers)):
            for flips in product((False, True), repeat=len(contested)):
                sides = tuple((name, side != flip) for (name, side), flip in zip(contested.items(), flips, strict=True))
                yield Choice(tuple(zip(makers, readings, strict=True)), sides)

    def check_size(self) -> None:
        """Raise `ChoiceError` if there are more than `MAX_CELLS`."""
        if self.num_cells > MAX_CELLS:
            raise ChoiceError(
                f"the readings and contested entries make {_counted(self.num_cells)} cells; at most {MAX_CELLS:,} are computed: "
                "contest fewer entries, or choose readings with --reading"
            )

    def cells(self) -> list[Cell]:
        """Return every cell, in the order of `choices`."""
        return [self.cell(choice) for choice in self.choices()]

    def cell(self, choice: Choice) -> Cell:
        """Return the analysis under one choice."""
        model = self.builder.model(choice)
        play = self._play(model, self.builder.world(choice))
        assessor = self._assessor(choice)
        tester = Tester(assessor, play.solution, play.ways, play.endings.of)
        return Cell(
            choice,
            model,
            assessor.at(model.status_quo),
            play.solution.concepts_at(model.status_quo),
            tuple(self._told(model, play, assessor)),
            sum(int(play.ways[coalition].sum()) for coalition in play.minimal),
            self._looker(choice).openings(play.ways, play.endings),
            {name: tester.verdict(name, claim) for name, claim in self.builder.standing.claims.items()},
        )

    def solution(self, choice: Choice) -> Solution:
        """Return the verdicts on all states under one choice."""
        model = self.builder.model(choice)
        return self._play(model, self.builder.world(choice)).solution

    def _told(self, model: ConflictModel, play: _Play, assessor: Assessor) -> Iterator[WayOut]:
        reach = self._reaches[id(model.moves)]
        for coalition in play.minimal:
            names = tuple(model.decision_makers[dm] for dm in coalition)
            for state in np.nonzero(play.ways[coalition])[0][: self.limit].tolist():
                then = [
                    AssessedEnd(end, tuple(assessor.at(s) for s in end.states), _common(play.solution, end))
                    for end in play.evolution.ends(state)
                ]
                moves = reach.sequence(coalition, state)
                steps = tuple(assessor.at(move.to) for move in moves)
                yield WayOut(names, state, moves, steps, assessor.at(state), play.solution.concepts_at(state), tuple(then))

    def _play(self, model: ConflictModel, world: World) -> _Play:
        if id(model) not in self._plays:
            reach = self._reaches.setdefault(id(model.moves), Reach(model.moves, world.status_quo))
            ways = ways_out(model, reach)
            evolution = Evolution(model)
            everywhere = sorted({state for mask in ways.values() for state in np.nonzero(mask)[0].tolist()})
            final = {state: tuple(s for end in evolution.ends(state) for s in end.states) for state in everywhere}
            endings = Endings({state: tuple(dict.fromkeys((state, *final[state]))) for state in everywhere}, final)
            self._plays[id(model)] = _Play(solve(model), ways, minimal(ways), evolution, endings)
        return self._plays[id(model)]

    def _looker(self, choice: Choice) -> Looker:
        assessor = self._assessor(choice)
        return self._lookers.setdefault(id(assessor), Looker(assessor))

    def _assessor(self, choice: Choice) -> Assessor:
        key = (self.builder.world(choice).key, choice.contested)
        if key not in self._assessors:
            self._assessors[key] = Assessor(self.builder, choice)
        return self._assessors[key]


def _counted(number: int) -> str:
    return f"{number:,}" if number < 10**15 else "more than 10^15"


def _common(solution: Solution, end: End) -> tuple[str, ...]:
    """Return the concepts of which every state of an end is an equilibrium."""
    shared = [set(solution.concepts_at(state)) for state in end.states]
    return tuple(concept for concept in solution.results if all(concept in there for there in shared))

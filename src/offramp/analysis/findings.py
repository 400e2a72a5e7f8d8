"""Findings: what the grid adds up to, as one record that every telling is made from.

Counts are of cells. A *route* is what coalitions do in some cell, told by codes,
because state numbers change with the contested rules. `where` says which
readings and sides the cells of a finding are confined to; what is not listed
there varies freely.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from offramp.analysis.assessment import Assessment, Breach, Collision, Suffering
from offramp.analysis.claims import Verdict
from offramp.analysis.grid import Cell, Grid, WayOut
from offramp.analysis.undo import can_be_left, can_return, final_options
from offramp.analysis.ways import Step, steps
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.shown import shown
from offramp.stability import CONCEPTS

T = TypeVar("T")


@dataclass(frozen=True)
class Where:
    """What the cells of a finding are confined to: readings by decision maker, sides by contested entry."""

    readings: Mapping[str, tuple[str, ...]]
    contested: Mapping[str, bool]


@dataclass(frozen=True)
class Count:
    """In how many cells something holds, and where."""

    cells: int
    where: Where


@dataclass(frozen=True)
class Outcome:
    """A state, or the states of a cycle, with what they mean and in how many cells.

    Each breach, collision, permission, harm, wish and concept comes with its own
    number of cells. `final` names the options that were changed on the way from
    the status quo and that nobody can change back.
    """

    codes: tuple[str, ...]
    is_cycle: bool
    cells: int
    can_be_left: bool
    can_return: bool
    final: tuple[str, ...]
    breaches: Mapping[Breach, int]
    collisions: Mapping[Collision, int]
    permissions: Mapping[str, int]
    harms: Mapping[Suffering, int]
    wishes_met: Mapping[str, int]
    equilibrium: Mapping[str, int]


@dataclass(frozen=True)
class Route:
    """One way out as it occurs over the grid."""

    coalition: tuple[str, ...]
    code: str
    steps: tuple[Step, ...]
    count: Count
    lawful_cells: int
    unharmed_cells: int
    itself: Outcome
    ends: tuple[Outcome, ...]


Split = tuple[int, int, int]


@dataclass(frozen=True)
class ClaimFinding:
    """How often a claim is supported, refuted and undecided, and where each.

    `splits` gives, by contested entry, these three numbers with it on and with
    it off.
    """

    supported: Count
    refuted: Count
    undecided: Count
    splits: Mapping[str, tuple[Split, Split]]


@shown
@dataclass(frozen=True, eq=False)
class Findings:
    """Everything that a telling of the whole case needs.

    Parameters
    ----------
    num_cells : int
        Size of the grid.
    status_quo_code : str
        Code or name of the state that holds now.
    status_quo : Outcome
        The state that holds now.
    at_rest : dict of str to Count
        By concept, where the status quo is an equilibrium.
    can_move : Count
        Where some coalition has a way out.
    lawful, unharmed, clear : Count
        Where some way out of any coalition, minimal or not, is lawful
        throughout, does no harm throughout, or both; see `openings`.
    wishes : dict of str to Count
        By person, where some way out of any coalition has every end meet their wish.
    coalitions : dict of tuple of str to Count
        By minimal coalition.
    routes : tuple of Route
        Those that occur in most cells first.
    claims : dict of str to ClaimFinding
        In file order.
    """

    num_cells: int
    num_states: tuple[int, int]
    status_quo_code: str
    status_quo: Outcome
    at_rest: Mapping[str, Count]
    can_move: Count
    lawful: Count
    unharmed: Count
    clear: Count
    wishes: Mapping[str, Count]
    coalitions: Mapping[tuple[str, ...], Count]
    routes: tuple[Route, ...]
    claims: Mapping[str, ClaimFinding]


def findings(builder: Builder, cells: Sequence[Cell] | None = None) -> Findings:
    """Return what the whole grid of a case adds up to.

    Parameters
    ----------
    builder : Builder
        Of the case.
    cells : sequence of Cell, optional
        The grid's cells, if they are known already.
    """
    cells = Grid(builder).cells() if cells is None else cells
    sizes = [cell.model.num_states for cell in cells]
    first = cells[0].model
    people = list(builder.standing.wishes)
    coalitions = sorted(
        {way.coalition for cell in cells for way in cell.ways}, key=lambda members: (len(members), _order(builder, members))
    )

    def count(holds: Callable[[Cell], bool]) -> Count:
        return _count(builder, cells, holds)

    def rests_by(concept: str) -> Count:
        return count(lambda cell: concept in cell.equilibrium)

    def granted(person: str) -> Count:
        return count(lambda cell: person in cell.openings.wishes)

    def moved_by(members: tuple[str, ...]) -> Count:
        return count(lambda cell: any(way.coalition == members for way in cell.ways))

    return Findings(
        num_cells=len(cells),
        num_states=(min(sizes), max(sizes)),
        status_quo_code=first.states.label(first.status_quo),
        status_quo=_outcomes(_Told(c.model, (c.model.status_quo,), False, (c.status_quo,), c.equilibrium) for c in cells)[0],
        at_rest={concept: rests_by(concept) for concept in CONCEPTS},
        can_move=count(lambda cell: bool(cell.ways)),
        lawful=count(lambda cell: cell.openings.lawful),
        unharmed=count(lambda cell: cell.openings.unharmed),
        clear=count(lambda cell: cell.openings.clear),
        wishes={person: granted(person) for person in people},
        coalitions={members: moved_by(members) for members in coalitions},
        routes=_routes(builder, cells),
        claims={name: _claim(builder, cells, name) for name in builder.standing.claims},
    )


def _claim(builder: Builder, cells: Sequence[Cell], name: str) -> ClaimFinding:
    def tally(chosen: Sequence[Cell]) -> Split:
        count = Counter(cell.claims[name] for cell in chosen)
        return count["supported"], count["refuted"], count["undecided"]

    def split(entry: str) -> tuple[Split, Split]:
        return tally([cell for cell in cells if cell.choice.sides[entry]]), tally([cell for cell in cells if not cell.choice.sides[entry]])

    def count(verdict: Verdict) -> Count:
        return _count(builder, cells, lambda cell: cell.claims[name] == verdict)

    return ClaimFinding(count("supported"), count("refuted"), count("undecided"), {entry: split(entry) for entry in cells[0].choice.sides})


def is_lawful(cell: Cell, way: WayOut) -> bool:
    """Return whether a way out and its ends breach no norm, and its steps none that the status quo does not breach."""
    before = set(cell.status_quo.breaches)
    return all(a.is_lawful for a in _ending(way)) and all(before.issuperset(step.breaches) for step in way.steps)


def is_harmless(cell: Cell, way: WayOut) -> bool:
    """Return whether a way out and its ends do no harm that the case knows of, and its steps none that the status quo does not do."""
    before = set(cell.status_quo.harms)
    return not any(a.harms for a in _ending(way)) and all(before.issuperset(step.harms) for step in way.steps)


def _ending(way: WayOut) -> Iterator[Assessment]:
    yield way.assessment
    for end in way.then:
        yield from end.assessments


def _order(builder: Builder, members: tuple[str, ...]) -> tuple[int, ...]:
    makers = list(builder.case.decision_makers)
    return tuple(makers.index(dm) for dm in members)


def _count(builder: Builder, cells: Sequence[Cell], holds: Callable[[Cell], bool]) -> Count:
    chosen = [cell for cell in cells if holds(cell)]
    return Count(len(chosen), where(builder, chosen))


def where(builder: Builder, cells: Sequence[Cell]) -> Where:
    """Return what the choices of `cells` are confined to; nothing for no cells."""
    if not cells:
        return Where({}, {})
    seen = [dict(cell.choice.readings) for cell in cells]
    readings = {}
    for dm, there in builder.readings().items():
        used = {choice[dm] for choice in seen}
        if len(used) < len(there):
            readings[dm] = tuple(name for name in there if name in used)
    sides = [cell.choice.sides for cell in cells]
    contested = {name: side for name, side in sides[0].items() if all(other[name] == side for other in sides)}
    return Where(readings, contested)


@dataclass(frozen=True)
class _Told:
    """One occurrence of an outcome in one cell."""

    model: ConflictModel
    states: tuple[int, ...]
    is_cycle: bool
    assessments: tuple[Assessment, ...]
    equilibrium: tuple[str, ...]


def _outcomes(told: Iterable[_Told]) -> tuple[Outcome, ...]:
    """Return the distinct outcomes with their counts, the most frequent first."""
    groups: dict[tuple[str, ...], list[_Told]] = {}
    for one in told:
        groups.setdefault(tuple(one.model.states.label(state) for state in one.states), []).append(one)
    outcomes = [_outcome(codes, group) for codes, group in groups.items()]
    return tuple(sorted(outcomes, key=lambda outcome: (-outcome.cells, outcome.codes)))


def _outcome(codes: tuple[str, ...], group: Sequence[_Told]) -> Outcome:
    first = group[0]
    return Outcome(
        codes,
        first.is_cycle,
        len(group),
        can_be_left=any(can_be_left(model, states) for model, states in _distinct(group)),
        can_return=any(can_return(model, states) for model, states in _distinct(group)),
        final=_final(group),
        breaches=_tally(group, lambda a: a.breaches),
        collisions=_tally(group, lambda a: a.collisions),
        permissions=_tally(group, lambda a: a.permissions),
        harms=_tally(group, lambda a: a.harms),
        wishes_met=Counter(p for one in group for p in one.assessments[0].wishes_met if all(p in a.wishes_met for a in one.assessments)),
        equilibrium=Counter(concept for one in group for concept in one.equilibrium),
    )


def _final(group: Sequence[_Told]) -> tuple[str, ...]:
    """Return the options that are final under every set of moves that the outcome occurs under."""
    each = [final_options(*there) for there in _distinct(group)]
    return tuple(option for option in each[0] if all(option in other for other in each[1:]))


def _tally(group: Sequence[_Told], items: Callable[[Assessment], Iterable[T]]) -> Mapping[T, int]:
    """Return, for every item, in how many cells some state of the outcome has it."""
    return Counter(item for one in group for item in dict.fromkeys(item for a in one.assessments for item in items(a)))


def _distinct(group: Sequence[_Told]) -> Iterable[tuple[ConflictModel, tuple[int, ...]]]:
    """Return the outcome once for each set of moves that it occurs under."""
    return {id(one.model.moves): (one.model, one.states) for one in group}.values()


def _routes(builder: Builder, cells: Sequence[Cell]) -> tuple[Route, ...]:
    found: dict[tuple[object, ...], list[tuple[Cell, WayOut]]] = {}
    for cell in cells:
        for way in cell.ways:
            found.setdefault((way.coalition, cell.model.states.label(way.state)), []).append((cell, way))
    routes = [_route(builder, occurrences) for occurrences in found.values()]
    return tuple(sorted(routes, key=lambda route: (-route.count.cells, _order(builder, route.coalition), route.code)))


def _route(builder: Builder, occurrences: Sequence[tuple[Cell, WayOut]]) -> Route:
    cell, way = occurrences[0]
    itself = _outcomes(_Told(c.model, (w.state,), False, (w.assessment,), w.equilibrium) for c, w in occurrences)
    ends = _outcomes(
        _Told(c.model, end.end.states, end.end.is_cycle, end.assessments, end.equilibrium) for c, w in occurrences for end in w.then
    )
    return Route(
        coalition=way.coalition,
        code=cell.model.states.label(way.state),
        steps=steps(cell.model, way.moves),
        count=Count(len(occurrences), where(builder, [c for c, _ in occurrences])),
        lawful_cells=sum(is_lawful(c, w) for c, w in occurrences),
        unharmed_cells=sum(is_harmless(c, w) for c, w in occurrences),
        itself=itself[0],
        ends=ends,
    )

"""Which columns each kind of result has, and its rows as plain mappings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatch
from itertools import islice
from typing import Any

import numpy as np

from offramp.analysis.change import SmallestChanges
from offramp.analysis.comparison import Comparison
from offramp.analysis.diff import Diff
from offramp.analysis.explain import Explanation
from offramp.analysis.findings import Findings
from offramp.analysis.flips import Flips
from offramp.analysis.grid import Cell, Grid
from offramp.analysis.hypergame import Hypergame
from offramp.analysis.intervene import Interventions
from offramp.analysis.inverse import Inverse
from offramp.analysis.observed import Observed
from offramp.analysis.solve import Solution
from offramp.analysis.states import StatesView
from offramp.analysis.statusquo import StatusQuo
from offramp.analysis.sweep.run import Sweep
from offramp.analysis.timeline import Moment
from offramp.analysis.ways import WaysOut
from offramp.case.yaml_reader import dotted
from offramp.errors import ChoiceError
from offramp.model.conflict import ConflictModel
from offramp.report.change_records import INTERVENE_HEADER, intervene_rows
from offramp.report.compare_records import COMPARE_HEADER, compare_rows
from offramp.report.differed import diff_rows
from offramp.report.hypergame_records import HYPERGAME_HEADER, hypergame_rows
from offramp.report.inverse_records import INVERSE_HEADER, inverse_rows
from offramp.report.states_records import states_header, states_rows
from offramp.report.sure_records import FLIPS_HEADER, OBSERVED_HEADER, flips_rows, observed_rows
from offramp.report.sweep_records import HEADER as SWEEP_HEADER
from offramp.report.sweep_records import sweep_rows
from offramp.report.tables import routes
from offramp.report.tables.states import Columns, Indices, every, solution_columns, state_columns, told_columns
from offramp.stability.coalition import CoalitionResult
from offramp.stability.limited import LimitedResult
from offramp.stability.nonmyopic import NonmyopicResult
from offramp.stability.sim import SimResult
from offramp.stability.universal import UniversalResult
from offramp.stability.verdict import StabilityResult


def records(result: Any) -> list[dict[str, Any]]:
    """Return a result as rows, each a mapping from the names of its columns to plain values.

    ``pandas.DataFrame(records(result))`` and ``polars.DataFrame(records(result))``
    take them as they are. Every row has the same keys, in the same order. Values
    are text, whole numbers, floats, truth values and None; several labels are
    one text with blanks between them. States are told by number, from 1, and by
    code or name.

    Parameters
    ----------
    result : any result of Offramp, or a list or tuple of results of one kind
        A model, a view of its states or a solution: one row a state. A stability result of one
        concept: one row a state. An explanation: one row a decision maker,
        concept and improvement. Ways out: one row a coalition and state. A
        status-quo analysis: one row a state that is reached. A grid: one row a
        cell; a cell: one row a way out; findings: one row a route. Flips, an
        observation, smallest changes, interventions, a sweep, a timeline, a
        difference, a comparison, a hypergame (every state, without what law and
        people have of it), an inverse question (its counts as text, since they
        may have hundreds of digits): the rows of `--format csv`.

    Returns
    -------
    rows : list of dict
        In the order of the result.

    Raises
    ------
    ChoiceError
        For anything else, and for a list of results that have different columns.

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("prisoners-dilemma")
    >>> for row in records(offramp.solve(model, ["nash"])):
    ...     print(row["number"], row["state"], row["rank_first"], row["equilibrium_nash"])
    1 NN 1 True
    2 YN 0 False
    3 NY 3 False
    4 YY 2 False
    """
    found = columns(result)
    plain = [values.tolist() if isinstance(values, np.ndarray) else values for values in found.values()]
    return [dict(zip(found, row, strict=True)) for row in zip(*plain, strict=True)]


@singledispatch
def columns(result: Any) -> Columns:
    """Return a result as columns of equal length, by name; raises ChoiceError for what is no result."""
    raise ChoiceError(f"a {type(result).__name__} is no result that has rows; give what solve, explain or another analysis returns")


@columns.register(list)
@columns.register(tuple)
def _of_several(results: Sequence[Any]) -> Columns:
    """Return the rows of all results, in their order."""
    tables = [columns(result) for result in results]
    for place, table in enumerate(tables, 1):
        if list(table) != list(tables[0]):
            raise ChoiceError(f"result {place} of the list has other columns than the first; give results of one kind and one case")
    return {name: [value for table in tables for value in _plain(table[name])] for name in (tables[0] if tables else ())}


def _plain(values: Any) -> Sequence[Any]:
    return values.tolist() if isinstance(values, np.ndarray) else values


def table(header: Iterable[str], rows: Iterable[Sequence[object]], numbers: Iterable[str] = (), flags: Iterable[str] = ()) -> Columns:
    """Return rows as columns; what is empty among `numbers` and `flags` becomes None, 1 and 0 among `flags` truth values.

    Examples
    --------
    >>> table(["name", "share", "turns"], [["a", 0.5, 1], ["", "", ""]], ["share"], ["turns"])
    {'name': ['a', ''], 'share': [0.5, None], 'turns': [True, None]}
    """
    numbers, flags = {*numbers}, {*flags}
    found: dict[str, list[Any]] = {name: [] for name in header}
    for row in rows:
        for (name, values), value in zip(found.items(), row, strict=True):
            missing = value == "" and name in numbers | flags
            values.append(None if missing else bool(value) if name in flags else value)
    return dict(found)


# -- one row a state ------------------------------------------------------------------------------------------------------


@columns.register
def _(result: ConflictModel) -> Columns:
    return state_columns(result)


@columns.register
def _(result: Solution) -> Columns:
    return solution_columns(result)


@columns.register
def _(result: StatesView) -> Columns:
    return table(states_header(result), states_rows(result), flags=["status_quo"])


@columns.register(StabilityResult)
@columns.register(SimResult)
@columns.register(NonmyopicResult)
def _of_one(result: Any, which: Indices | None = None) -> Columns:
    return told_columns(result, {"concept": result.concept, "focal": result.focal}, which)


@columns.register
def _of_limited(result: LimitedResult, which: Indices | None = None) -> Columns:
    asked = {"concept": result.concept, "focal": result.focal, "horizon": result.horizon}
    ends = result.ends[every(result.model) if which is None else which]
    labels = [result.model.states.label(end) for end in ends.tolist()]
    return {**told_columns(result, asked, which), "end": ends + 1, "end_code": labels}


@columns.register
def _of_coalition(result: CoalitionResult, which: Indices | None = None) -> Columns:
    return told_columns(result, {"concept": result.concept, "coalition": " ".join(result.coalition)}, which)


@columns.register
def _of_universal(result: UniversalResult, which: Indices | None = None) -> Columns:
    found = told_columns(result, {"concept": result.concept}, which)
    states = (every(result.model) if which is None else which).tolist()
    return {**found, "upset": ["; ".join(" ".join(members) for members in result.upset(state)) for state in states]}


def state_table(result: Any, which: Indices) -> Columns | None:
    """Return the rows of some states, of a result that has one row a state; None for others."""
    if isinstance(result, ConflictModel):
        return state_columns(result, which)
    if isinstance(result, Solution):
        return solution_columns(result, which)
    if isinstance(result, StabilityResult | SimResult | NonmyopicResult):
        return _of_one(result, which)
    if isinstance(result, LimitedResult):
        return _of_limited(result, which)
    if isinstance(result, CoalitionResult):
        return _of_coalition(result, which)
    return _of_universal(result, which) if isinstance(result, UniversalResult) else None


@columns.register
def _(result: Hypergame) -> Columns:
    return table(HYPERGAME_HEADER, hypergame_rows(result, range(result.model.num_states)), flags=["equilibrium", "if_all_knew"])


# -- moves ----------------------------------------------------------------------------------------------------------------


@columns.register
def _(result: Explanation) -> Columns:
    return table(routes.EXPLAINED, routes.explained(result))


@columns.register
def _(result: WaysOut) -> Columns:
    return table(routes.WAYS, routes.ways(result))


@columns.register
def _(result: StatusQuo) -> Columns:
    return table(routes.REACHED, routes.reached(result))


@columns.register
def _(result: Cell) -> Columns:
    chosen = routes.chosen(result.choice)
    return table([*chosen, *routes.WAY], ([*chosen.values(), *row] for row in routes.ways_of(result)))


@columns.register
def grid_columns(result: Grid, most: int | None = None) -> Columns:
    """Return the rows of the cells of a grid, of the first `most` where that is given; others are not worked out."""
    return _of_rows(routes.cell(result.cell(choice)) for choice in islice(result.choices(), most))


@columns.register
def _(result: Findings) -> Columns:
    return table(routes.ROUTE, routes.routes(result))


def _of_rows(rows: Iterable[dict[str, Any]]) -> Columns:
    """Return mappings that have the same keys as columns."""
    there = list(rows)
    return {name: [row[name] for row in there] for name in (there[0] if there else ())}


# -- judgements -----------------------------------------------------------------------------------------------------------


@columns.register
def _(result: Flips) -> Columns:
    return table(FLIPS_HEADER, flips_rows(result, result.flips), ["before", "after"])


@columns.register
def _(result: Observed) -> Columns:
    return table(OBSERVED_HEADER, observed_rows([result]), ["cells", "remaining", "before", "after"], ["together"])


@columns.register
def _(result: SmallestChanges) -> Columns:
    rows = ((number, one.kind, dotted(one.path), dotted(one.anchor)) for number, there in enumerate(result.sets, 1) for one in there)
    return table(["set", "kind", "label", "anchor_label"], rows)


@columns.register
def _(result: Interventions) -> Columns:
    return table(INTERVENE_HEADER, intervene_rows(result), {*INTERVENE_HEADER} - {"added", "reason"})


@columns.register
def _(result: Sweep) -> Columns:
    return table(SWEEP_HEADER, sweep_rows(result))


@columns.register
def _(result: Moment) -> Columns:
    return table(["date", "is_now", "num_cells", "headline", "share", "begins", "ends", "reason"], _moments(result))


def _moments(result: Moment) -> Iterator[list[object]]:
    """Yield one row a headline; one without where the case cannot be solved at the date."""
    begins, ends = (" ".join(dotted(event.path) for event in result.events if event.begins == side) for side in (True, False))
    for name, share in result.shares.items() or [("", None)]:
        yield [result.date, result.is_now, result.num_cells, name, share, begins, ends, result.reason]


@columns.register
def _(result: Diff) -> Columns:
    header, rows = diff_rows(result)
    return table(header, rows, ["a", "with_it", "b"], ["is_idle", "turns"])


@columns.register
def _(result: Comparison) -> Columns:
    return table(COMPARE_HEADER, compare_rows(result, result.places()), ["state"])


@columns.register
def _(result: Inverse) -> Columns:
    found = table(INVERSE_HEADER, inverse_rows(result), ["num", "of", "move"], ["wanted", "holds", "met"])
    return found | {name: [None if number is None else str(number) for number in found[name]] for name in ("num", "of")}

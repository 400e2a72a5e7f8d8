"""What a result is, in one line: at the prompt, and above its table in a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import singledispatch
from typing import Any

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
from offramp.model.conflict import ConflictModel
from offramp.report.words import CONCEPT_NAMES, visible
from offramp.stability.coalition import CoalitionResult
from offramp.stability.limited import LimitedResult
from offramp.stability.settings import Settings
from offramp.stability.universal import UniversalResult

LONGEST = 80
"""Letters of the title of a case that are told."""


@singledispatch
def title(result: Any) -> str:
    """Return what a result is in one line; what a case says is cut, and cannot do harm on a terminal.

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("prisoners-dilemma")
    >>> title(offramp.solve(model, ["nash", "seq"]))
    "Prisoners' dilemma; 4 states; equilibria: 1 Nash, 2 SEQ"
    >>> title(offramp.solve(model, ["limited"], horizon=2))
    "Prisoners' dilemma; 4 states; equilibria: 2 limited; horizon=2"
    >>> title(offramp.CONCEPTS["seq"](model, "first"))
    "Prisoners' dilemma; 3 of 4 states are stable by SEQ for first"
    """
    return _stable(result, result.focal)


def named(text: str) -> str:
    """Return the title of a case on one line, cut where it is long."""
    words = visible(text)
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def asked(model: ConflictModel, settings: Settings | None = None, more: Mapping[str, str] | None = None) -> str:
    """Return what was asked otherwise than by default, to end a line: settings, readings, sides.

    Examples
    --------
    >>> import offramp
    >>> asked(offramp.load_case("two-prisoners", {"ukraine": "humanitarian"}), offramp.Settings(sequences="once"))
    '; sequences=once, ukraine=humanitarian'
    """
    told = {**(settings.told(model.has_unknown) if settings is not None else {}), **(more or {})}
    parts = [*(f"{name}={value}" for name, value in told.items()), *model.cell]
    return f"; {', '.join(map(visible, parts))}" if parts else ""


def counted(number: int, what: str) -> str:
    """Return a number of things.

    Examples
    --------
    >>> counted(1, "state"), counted(1200, "way out"), counted(0, "route")
    ('1 state', '1,200 ways out', '0 routes')
    """
    several = "ways out" if what == "way out" else f"{what}s"
    return f"{number:,} {what if number == 1 else several}"


def _stable(result: Any, whom: str, how: str = "") -> str:
    number, of = int(result.stable.sum()), counted(result.model.num_states, "state")
    verb = "is" if result.model.num_states == 1 else "are"
    stable = f"{number:,} of {of} {verb} stable by {_concept(result.concept)}{how} for {whom}"
    return f"{named(result.model.title)}; {stable}{asked(result.model, result.settings)}"


def _concept(name: str) -> str:
    return CONCEPT_NAMES[name].short if name in CONCEPT_NAMES else name.upper() if name == "sim" else name


@title.register
def _(result: ConflictModel) -> str:
    parts = [counted(len(result.decision_makers), "decision maker")]
    parts += [counted(len(result.states.options), "option")] if result.states.codes is not None else ["a graph"]
    return f"{named(result.title)}; {', '.join(parts)}, {counted(result.num_states, 'state')}{asked(result)}"


@title.register
def _(result: Solution) -> str:
    found = ", ".join(f"{int(result.equilibria(concept).sum()):,} {_concept(concept)}" for concept in result.results)
    there = f"{counted(result.model.num_states, 'state')}; equilibria: {found or 'no concept'}"
    return f"{named(result.model.title)}; {there}{asked(result.model, result.settings, result.asked)}"


@title.register
def _(result: LimitedResult) -> str:
    return _stable(result, result.focal, f" with {counted(result.horizon, 'move')} looked ahead")


@title.register
def _(result: CoalitionResult) -> str:
    return _stable(result, " and ".join(result.coalition))


@title.register
def _(result: UniversalResult) -> str:
    return _stable(result, "every coalition")


@title.register
def _(result: Explanation) -> str:
    def told() -> Iterator[str]:
        for concept in result.concepts:
            leaving = [account.name(result.model) for account in result.accounts if not account.is_stable(concept)]
            yield f"{_concept(concept)}: {'unstable for ' + ', '.join(leaving) if leaving else 'stable'}"

    state = f"state {result.state + 1:,} ({visible(result.model.states.label(result.state))})"
    return f"{named(result.model.title)}; {state}; {'; '.join(told())}{asked(result.model, result.solution.settings)}"


@title.register
def _(result: StatesView) -> str:
    what = f"{len(result.told):,} of {counted(result.model.num_states, 'state')}" if result.is_cut else counted(len(result.told), "state")
    return f"{named(result.model.title)}; {what}, with preferences and moves{asked(result.model)}"


@title.register
def _(result: WaysOut) -> str:
    there = counted(sum(int(mask.sum()) for mask in result.values()), "way out")
    return f"{named(result.model.title)}; {there} of state {result.reach.start + 1:,}, {counted(len(result), 'coalition')}"


@title.register
def _(result: StatusQuo) -> str:
    more = "; a limit left out others" if result.is_cut else ""
    there = counted(len(result.arrivals), "state")
    return f"{named(result.model.title)}; {there} reached by {result.kind} from state {result.start + 1:,}{more}"


@title.register
def _(result: Cell) -> str:
    readings = ", ".join(f"{dm}={name}" for dm, name in result.choice.readings)
    return f"{named(result.model.title)}; {counted(result.num_ways, 'way out')} of minimal coalitions, where {readings}"


@title.register
def _(result: Grid) -> str:
    return f"{named(result.builder.case.title)}; {counted(result.num_cells, 'cell')}"


@title.register
def _(result: Findings) -> str:
    can = f"somebody can move in {result.can_move.cells:,}"
    return f"{counted(result.num_cells, 'cell')}; {can}, lawfully in {result.lawful.cells:,}; {counted(len(result.routes), 'route')}"


@title.register
def _(result: Flips) -> str:
    tried = f"{result.num_tried:,} changes of judgement in {counted(result.num_cells, 'cell')}"
    return f"{named(result.builder.case.title)}; {tried}; {len(result.turning()):,} turn a headline"


@title.register
def _(result: Observed) -> str:
    how = f"foresight {result.foresight}" + ", together" * result.together
    return f"{len(result.remaining):,} of {counted(result.num_cells, 'cell')} remain if nobody has moved ({how})"


@title.register
def _(result: SmallestChanges) -> str:
    if result.size is None:
        return f"no set of up to {counted(result.most, 'change')} attains the goal"
    return f"{counted(len(result.sets), 'set')} of {counted(result.size, 'change')} that attain{'s' * (len(result.sets) == 1)} the goal"


@title.register
def _(result: Interventions) -> str:
    return f"{len(result.tried):,} interventions and pairs tried in {counted(result.num_cells, 'cell')}"


@title.register
def _(result: Sweep) -> str:
    solved = f"{result.num_solved:,} of {result.num_variants:,} variants"
    return f"{named(result.builder.case.title)}; {solved} ({result.method}), {counted(len(result.factors), 'factor')}"


@title.register
def _(result: Moment) -> str:
    begins = sum(event.begins for event in result.events)
    parts = [f"{begins:,} begin, {len(result.events) - begins:,} end"] if result.events else []
    parts += [visible(result.reason)] if result.reason else [counted(result.num_cells, "cell")]
    return f"{result.date}{' (now)' * result.is_now}; {'; '.join(parts)}"


@title.register
def _(result: Diff) -> str:
    headlines = counted(len(result.differences), "headline")
    return f"{counted(len(result.effects), 'unit')} changed; {headlines} differ{'s' * (len(result.differences) == 1)}"


@title.register
def _(result: Comparison) -> str:
    outcomes = counted(len(result.places()), "outcome")
    return f"{named(result.builder.case.title)}; {outcomes} in {counted(result.num_combinations, 'combination')}"


@title.register
def _(result: Hypergame) -> str:
    known = result.if_all_knew
    found = ", ".join(f"{int(there.sum()):,} {_concept(name)} ({int(known[name].sum()):,})" for name, there in result.equilibria.items())
    wrong = ", ".join(game.dm for game in result.games if not game.is_right)
    return f"{named(result.model.title)}; {f'wrong: {wrong}' if wrong else 'nobody is wrong'}; equilibria (if all knew): {found}"


@title.register
def _(result: Inverse) -> str:
    aim, makers = result.aim, result.model.decision_makers
    wanted = [f"state {state + 1:,} stable" for state in aim.stable] + [f"state {state + 1:,} not stable" for state in aim.unstable]
    whom = "everybody" if aim.dm is None else makers[aim.dm]
    meets = f"{sum(part.holds for part in result.parts):,} of {counted(len(result.parts), 'condition')} met as it is"
    return f"{named(result.model.title)}; {', '.join(wanted)} by {_concept(aim.concept)} for {whom}; {meets}"

"""Tables about moves: why states hold, ways out, what is reached, cells, and routes over the grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from offramp.analysis.assessment import Assessment
from offramp.analysis.explain import Explanation, Improvement
from offramp.analysis.findings import Findings
from offramp.analysis.grid import Cell
from offramp.analysis.statusquo import StatusQuo
from offramp.analysis.ways import Move, WaysOut, minimal, steps
from offramp.model.conflict import ConflictModel
from offramp.model.world import Choice
from offramp.report.records import harm_label, step_label
from offramp.stability import CONCEPTS

EXPLAINED = ["dm", "state", "code", "rank", "concept", "stable", "to", "to_code", "to_rank", "deters", "moves"]
EXPLAINED += ["end", "end_code", "end_rank", "escape", "escape_code"]
WAYS = ["coalition", "num_members", "is_minimal", "to", "code", "num_moves", "moves"]
REACHED = ["kind", "to", "code", "num_moves", "by", "moves"]
MEANING = ["breaches", "harms", "wishes_met", "equilibrium"]
WAY = ["coalition", "to", "code", "num_moves", "moves", *MEANING, "ends", "end_breaches", "end_harms"]
ROUTE = ["coalition", "code", "num_moves", "moves", "cells", "lawful_cells", "unharmed_cells", "ends"]


def moved(model: ConflictModel, moves: Sequence[Move]) -> str:
    """Return a sequence of moves in ids, such as ``iraq attack, syria escalate``."""
    return ", ".join(map(step_label, steps(model, moves)))


def explained(found: Explanation) -> Iterator[list[object]]:
    """Yield one row a decision maker, concept and improvement; one without improvement where there is none."""
    label = found.model.states.label
    for account in found.accounts:
        for place, concept in enumerate(found.concepts):
            head = [account.name(found.model), found.state + 1, label(found.state), account.rank]
            head += [concept, account.is_stable(concept)]
            for improvement in account.improvements:
                yield [*head, *_answered(found, improvement, place)]
            if not account.improvements:
                yield [*head, None, "", None, None, "", None, "", None, None, ""]


def _answered(found: Explanation, improvement: Improvement, place: int) -> Iterator[object]:
    answer, label = improvement.answers[place], found.model.states.label
    yield from (improvement.to + 1, label(improvement.to), improvement.rank, answer.deters, moved(found.model, answer.moves))
    yield from (answer.state + 1, label(answer.state), answer.rank)
    yield from (None, "") if answer.escape is None else (answer.escape + 1, label(answer.escape))


def ways(found: WaysOut) -> Iterator[list[object]]:
    """Yield one row a coalition and way out, told by the shortest sequence that leads there."""
    model, smallest = found.model, set(minimal(found))
    for members, mask in found.items():
        for state in np.nonzero(mask)[0].tolist():
            moves = found.reach.sequence(members, state)
            head: list[object] = [" ".join(model.decision_makers[dm] for dm in members), len(members), members in smallest]
            yield [*head, state + 1, model.states.label(state), len(moves), moved(model, moves)]


def reached(found: StatusQuo) -> Iterator[list[object]]:
    """Yield one row a state that is reached."""
    model = found.model
    for arrival in found.arrivals:
        by = " ".join(model.decision_makers[dm] for dm in arrival.by)
        yield [found.kind, arrival.state + 1, model.states.label(arrival.state), len(arrival.moves), by, moved(model, arrival.moves)]


def chosen(choice: Choice) -> dict[str, object]:
    """Return which cell it is: the reading of each decision maker, the side of each contested entry."""
    readings: dict[str, object] = {f"reading_{dm}": name for dm, name in choice.readings}
    return {**readings, **{f"contested_{name}": side for name, side in choice.contested}}


def cell(found: Cell) -> dict[str, object]:
    """Return a cell as one row: what the status quo is there, what can be done about it, and the verdict on each claim."""
    now, openings = meaning((found.status_quo,)), found.openings
    return {
        **chosen(found.choice),
        "num_states": found.model.num_states,
        "status_quo": found.model.states.label(found.model.status_quo),
        **{f"equilibrium_{concept}": concept in found.equilibrium for concept in CONCEPTS},
        **now,
        "num_ways": found.num_ways,
        "lawful": openings.lawful,
        "unharmed": openings.unharmed,
        "clear": openings.clear,
        **{f"claim_{name}": verdict for name, verdict in found.claims.items()},
    }


def ways_of(found: Cell) -> Iterator[list[object]]:
    """Yield one row a way out of a minimal coalition, with what it means and where it ends."""
    label = found.model.states.label
    for way in found.ways:
        moves = [len(way.moves), moved(found.model, way.moves)]
        itself = [" ".join(way.coalition), way.state + 1, label(way.state), *moves, *meaning((way.assessment,)).values()]
        then = meaning([at for end in way.then for at in end.assessments])
        ends = "; ".join(" ".join(map(label, end.end.states)) for end in way.then)
        yield [*itself, " ".join(way.equilibrium), ends, then["breaches"], then["harms"]]


def routes(found: Findings) -> Iterator[list[object]]:
    """Yield one row a route over the grid, those that occur in most cells first."""
    for route in found.routes:
        told = [" ".join(route.coalition), route.code, len(route.steps), ", ".join(map(step_label, route.steps))]
        yield [*told, route.count.cells, route.lawful_cells, route.unharmed_cells, "; ".join(" ".join(end.codes) for end in route.ends)]


def meaning(there: Sequence[Assessment]) -> dict[str, Any]:
    """Return the norms that any of some states breaches, the harms that any does, and the wishes that all meet."""
    breaches = dict.fromkeys(breach.norm for at in there for breach in at.breaches)
    harms = dict.fromkeys(harm_label(harm) for at in there for harm in at.harms)
    wishes = [name for name in there[0].wishes_met if all(name in at.wishes_met for at in there)] if there else []
    return {"breaches": " ".join(breaches), "harms": " ".join(harms), "wishes_met": " ".join(wishes)}

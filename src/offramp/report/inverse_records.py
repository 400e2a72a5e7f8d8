"""The inverse question as plain data: what `offramp inverse` prints as JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from offramp.analysis.inverse import Condition, Count, Demand, Existence, Inverse, NearestOrders, NearestRankings, Order, Part
from offramp.case.yaml_reader import dotted
from offramp.model.build import Builder
from offramp.report.patterns import state_patterns

Record = dict[str, Any]

COUNT_SETTING = "strict rankings; whoever is not counted keeps the ranking of the cell, and its ties"
ORDER_SETTING = "fewest swaps of neighbours of all lists together; among equals the first by the places of its statements"
RANKING_SETTING = "fewest pairs of states put the other way round, or no longer tied, of all rankings together; no new ties"

INVERSE_HEADER = ["dm", "state", "code", "wanted", "holds", "num", "of", "reason", "move", "move_code", "met", "singles", "sets"]


def inverse_record(builder: Builder, found: Inverse) -> Record:
    """Return the answer of `inverse`, schema ``offramp.inverse/1``; counts are texts, since they may have hundreds of digits."""
    model, makers = found.model, found.model.decision_makers
    return {
        "schema": "offramp.inverse/1",
        "case": model.title,
        "as_of": builder.standing.as_of,
        "settings": {
            **found.aim.settings.record(),
            "counted": COUNT_SETTING,
            "nearest": ORDER_SETTING,
            "nearest_rankings": RANKING_SETTING,
        },
        "readings": dict(found.choice.readings),
        "contested": found.choice.sides,
        "options": list(model.states.options),
        "num_states": model.num_states,
        "concept": found.aim.concept,
        "for": None if found.aim.dm is None else makers[found.aim.dm],
        "stable": [state + 1 for state in found.aim.stable],
        "unstable": [state + 1 for state in found.aim.unstable],
        "varied": {makers[dm]: [place + 1 for place in places] for dm, places in found.varied.items()} or None,
        "conditions": [_part(found, part) for part in found.parts],
        "joint": _counted(found.joint),
        "attainable": found.attainable if isinstance(found.attainable, bool) else None,
        "undecided": found.attainable if isinstance(found.attainable, str) else None,
        "rankings": [_existing(found, dm, existence) for dm, existence in found.existence.items()],
        "leavers": [{"state": state + 1, "by": [makers[dm] for dm in by]} for state, by in found.refusers.items()],
        "alone": [{"dm": makers[dm], **_nearest(there)} for dm, there in found.alone.items()],
        "together": _nearest(found.nearest),
        "nearest_rankings": {
            "alone": [{"dm": makers[dm], **_reranked(found, there)} for dm, there in found.rankings_alone.items()],
            "together": _reranked(found, found.nearest_rankings),
        },
    }


def _reranked(found: Inverse, nearest: NearestRankings | str) -> Record:
    if isinstance(nearest, str):
        return {"swaps": None, "at_least": None, "is_complete": False, "changes": [], "reason": nearest}
    changes = [
        {
            "dm": found.model.decision_makers[there.dm],
            "ranking": [[state + 1 for state in tier] for tier in there.tiers],
            "now_above": [[better + 1, worse + 1] for better, worse in there.changed],
        }
        for there in nearest.rankings
    ]
    told = {"swaps": nearest.num_swaps, "at_least": nearest.least, "is_complete": nearest.is_complete}
    return {**told, "changes": changes, "reason": None}


def _part(found: Inverse, part: Part) -> Record:
    asked, states = part.condition, found.model.states
    return {
        "dm": found.model.decision_makers[asked.dm],
        "state": asked.state + 1,
        "code": states.label(asked.state),
        "wanted": asked.state in found.aim.stable,
        "holds": part.holds,
        "moves": [move + 1 for move in asked.moves],
        "demands": [_demand(found, asked, demand) for demand in asked.demands],
        "void": [move + 1 for move in asked.void],
        "implied": [move + 1 for move in asked.implied],
        "count": _counted(part.count),
    }


def _demand(found: Inverse, asked: Condition, demand: Demand) -> Record:
    states = found.model.states
    return {
        "move": demand.move + 1,
        "code": states.label(demand.move),
        "met": is_met(found, asked, demand),
        "one_of": _states(found, demand.singles),
        "or_all_of": [_states(found, there) for there in demand.sets],
    }


def is_met(found: Inverse, asked: Condition, demand: Demand) -> bool:
    """Return whether the ranking as it is meets one demand."""
    ranks = found.model.ranks[asked.dm]
    return any(all(ranks[state] <= ranks[asked.state] for state in there) for there in demand.alternatives)


def _states(found: Inverse, states: Sequence[int]) -> Record:
    patterns = state_patterns(found.model.states, states)
    return {"states": [state + 1 for state in states], "patterns": None if patterns is None else list(patterns)}


def _counted(count: Count | str) -> Record:
    if isinstance(count, str):
        return {"num": None, "of": None, "share": None, "reason": count}
    return {"num": str(count.num), "of": str(count.of), "share": float(count.share), "reason": None}


def _existing(found: Inverse, dm: int, existence: Existence | str) -> Record:
    told: Record = {"dm": found.model.decision_makers[dm], "exists": None, "ranking": None, "clash": [], "reason": None}
    if isinstance(existence, str):
        return {**told, "reason": existence}
    clash = [
        {"state": need.state + 1, "is_stable": need.is_stable, "move": None if need.demand is None else need.demand.move + 1}
        for need in existence.clash
    ]
    ranking = [state + 1 for state in existence.ranking] or None
    return {**told, "exists": existence.exists, "ranking": ranking, "clash": clash}


def _nearest(nearest: NearestOrders) -> Record:
    return {
        "swaps": nearest.num_swaps,
        "is_complete": nearest.is_complete,
        "num_orders": list(nearest.num_orders),
        "orders": [_order(order) for order in nearest.orders],
    }


def _order(order: Order) -> Record:
    return {
        "dm": order.dm,
        "reading": order.reading,
        "swaps": order.num_swaps,
        "places": [place + 1 for place in order.places],
        "statements": [dotted(path) for path in order.statements],
    }


def inverse_rows(found: Inverse) -> Iterator[list[object]]:
    """Yield one row a demand; one without a move for a condition that demands nothing."""
    model = found.model
    for part in found.parts:
        asked, count = part.condition, part.count
        number: list[object] = [count.num, count.of, ""] if isinstance(count, Count) else ["", "", count]
        lead: list[object] = [model.decision_makers[asked.dm], asked.state + 1, model.states.label(asked.state)]
        lead += [int(asked.state in found.aim.stable), int(part.holds), *number]
        for demand in asked.demands:
            sets = " ".join("+".join(str(state + 1) for state in there) for there in demand.sets)
            singles = " ".join(str(state + 1) for state in demand.singles)
            yield [*lead, demand.move + 1, model.states.label(demand.move), int(is_met(found, asked, demand)), singles, sets]
        if not asked.demands:
            yield [*lead, "", "", "", "", ""]

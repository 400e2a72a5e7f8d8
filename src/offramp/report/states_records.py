"""The model as plain data: what `offramp states` prints as JSON and CSV, and its rows for data frames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from offramp.analysis.states import MAX_COMPARED, Compared, Preferred, StatesView
from offramp.report.records import about_states

Record = dict[str, Any]


def states_view_record(view: StatesView) -> Record:
    """Return the answer of `states`, schema ``offramp.states/1``."""
    return {
        **about_states(view.builder, view.choice, view.model, {"limit": len(view.told)}),
        "decision_makers": [_maker(view, maker) for maker in view.makers],
        "states": [_state(view, state) for state in view.told],
    }


def _maker(view: StatesView, maker: Preferred) -> Record:
    tiers = [] if view.is_cut or maker.tiers is None else [_numbers(tier) for tier in maker.tiers]
    return {
        "dm": maker.dm,
        "reading": dict(view.choice.readings)[maker.dm],
        "num_statements": len(maker.statements),
        "tiers": tiers,
        "great_steps": [place for place, is_great in enumerate(maker.great, 1) if is_great and tiers],
        "unplaced": [] if view.is_cut else _numbers(maker.apart),
        "num_unknown": maker.num_unknown,
        "compared": [_compared(there) for there in compared(view, maker)],
    }


def compared(view: StatesView, maker: Preferred) -> list[Compared]:
    """Return how each state that is told compares with the others, where an order does not say it."""
    is_listed = not maker.is_order and view.model.num_states <= MAX_COMPARED
    return [maker.compared(state) for state in view.told] if is_listed else []


def _compared(there: Compared) -> Record:
    return {
        "state": there.state + 1,
        "greatly_better_than": _numbers(there.greatly),
        "better_than": _numbers(there.better),
        "as_good_as": _numbers(there.equal),
        "unknown_to": _numbers(there.unknown),
    }


def _state(view: StatesView, state: int) -> Record:
    return {
        "number": state + 1,
        "state": view.model.states.label(state),
        "value": view.value(state),
        "decision_makers": [_account(maker, state) for maker in view.makers],
    }


def _account(maker: Preferred, state: int) -> Record:
    """Return what a state is to one decision maker."""
    return {
        "dm": maker.dm,
        "place": None if maker.places is None else int(maker.places[state]),
        "score": None if maker.scores is None else int(maker.scores[state]),
        "moves_to": _numbers(maker.moves(state)),
        "improvements": _numbers(maker.improvements(state)),
    }


def _numbers(states: Sequence[int]) -> list[int]:
    return [state + 1 for state in states]


def states_header(view: StatesView) -> list[str]:
    """Return the names of the columns."""
    options = list(view.model.states.options)
    asked = [f"{what}_{maker.dm}" for what in _ASKED for maker in view.makers]
    pairs = [f"{what}_{maker.dm}" for maker in view.makers if not maker.is_order for what in _PAIRS]
    return ["number", "state", "value", "status_quo", *options, *asked, *pairs]


_ASKED = ("place", "score", "moves_to", "improvements")
_PAIRS = ("greatly_better_than", "better_than", "as_good_as", "unknown_to")


def states_rows(view: StatesView) -> Iterator[list[object]]:
    """Yield one row a state; what is not there is None."""
    pairs = {maker.dm: {there.state: _compared(there) for there in compared(view, maker)} for maker in view.makers if not maker.is_order}
    for state in view.told:
        label, accounts = view.model.states.label(state), [_account(maker, state) for maker in view.makers]
        row = [state + 1, label, view.value(state), int(state == view.model.status_quo), *(label if view.model.states.options else ())]
        row += [_cell(account[what]) for what in _ASKED for account in accounts]
        yield [*row, *(_cell(by_state.get(state, {}).get(what)) for by_state in pairs.values() for what in _PAIRS)]


def _cell(value: object) -> object:
    return " ".join(map(str, value)) if isinstance(value, list) else value

"""Results as tables in notebooks: HTML in which everything that a case says is text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.grid import Grid
from offramp.analysis.solve import Solution
from offramp.model.conflict import ConflictModel
from offramp.report.patterns import code_note
from offramp.report.tables.columns import columns, grid_columns, state_table
from offramp.report.tables.states import Columns, Indices
from offramp.report.tables.titles import title
from offramp.report.words import visible

MAX_ROWS = 20
MAX_COLUMNS = 40
MAX_LETTERS = 60

NOTE = (
    "Stable means that nobody gains by moving, or that others have an answer to it; it does not mean that all is well. "
    "Law and people are not in this table."
)

STATE = ("number", "state", "status_quo")
ASKED = ("concept", "focal", "coalition", "horizon", "settings")
"""Columns that stand in the title."""

CHOSEN = ("reading_", "contested_")
"""How columns begin that say which cell it is."""

_BOX = "overflow-x:auto;max-width:100%"
_TABLE = "border-collapse:collapse;font-size:90%"
_CAPTION = "caption-side:top;text-align:left;font-weight:bold;padding:0.3em 0"
_CELL = "padding:0.15em 0.6em;border-bottom:1px solid #8886;vertical-align:top;white-space:nowrap"
_SIDE = {True: "right", False: "left"}


def as_html(result: Any) -> str:
    """Return a result as a table in HTML: at most `MAX_ROWS` rows, and how many more there are.

    Of states, the status quo comes first, then those that are stable. Every
    text is escaped, cut at `MAX_LETTERS`, and shows what cannot be seen.

    Examples
    --------
    >>> import offramp
    >>> html = as_html(offramp.solve(offramp.load_case("prisoners-dilemma")))
    >>> html.count("<tr>"), html.count("<script")
    (5, 0)
    """
    there = _states(result)
    found, total = there if there is not None else _whole(result)
    names = list(found)[:MAX_COLUMNS]
    rows = zip(*(_plain(found[name])[:MAX_ROWS] for name in names), strict=True)
    head = "".join(f'<th scope="col" style="{_CELL};text-align:left">{_text(name)}</th>' for name in names)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    more = [f"and {left:,} more {what}" for what, left in (("rows", total - MAX_ROWS), ("columns", len(found) - MAX_COLUMNS)) if left > 0]
    foot = "".join(f'<p style="margin:0.3em 0">{_text(note, 400)}</p>' for note in [*more, *(() if there is None else _notes(result))])
    caption = f'<caption style="{_CAPTION}">{_text(title(result), 400)}</caption>'
    return f'<div style="{_BOX}"><table style="{_TABLE}">{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{foot}</div>'


def _states(result: Any) -> tuple[Columns, int] | None:
    """Return the columns of the states that are shown, and how many states there are; None for results about something else."""
    model = result if isinstance(result, ConflictModel) else getattr(result, "model", None)
    if model is None:
        return None
    found = state_table(result, _shown(result, model))
    if found is None:
        return None
    return {name: found[name] for name in sorted(found, key=_place) if name not in {*ASKED, *model.states.options}}, model.num_states


def _place(name: str) -> int:
    """Return where a column stands: which state it is, then what comes out, then the rest."""
    return 0 if name in STATE else 1 if name == "stable" or name.startswith("equilibrium_") else 2


def _notes(result: Any) -> list[str]:
    """Return what has to be known to read a table of states."""
    model = result if isinstance(result, ConflictModel) else result.model
    letters = [code_note(model.states, model.states.options)] if model.states.options else []
    return letters if result is model else [*letters, NOTE]


def _shown(result: Any, model: ConflictModel) -> Indices:
    """Return the states that are shown: the status quo, those that are stable, by number, then others."""
    rank = np.full(model.num_states, 2)
    rank[_stable(result, model)] = 1
    rank[model.status_quo] = 0
    return np.argsort(rank, kind="stable")[:MAX_ROWS]


def _stable(result: Any, model: ConflictModel) -> NDArray[np.bool_]:
    if isinstance(result, Solution):
        return np.logical_or.reduce([np.zeros(model.num_states, dtype=bool), *map(result.equilibria, result.results)])
    return getattr(result, "stable", np.zeros(model.num_states, dtype=bool))


def _whole(result: Any) -> tuple[Columns, int]:
    """Return the columns of a result and how many rows it has; what says which cell it is stands last, where it is one for all rows."""
    if isinstance(result, Grid):
        return grid_columns(result, MAX_ROWS), result.num_cells
    found = columns(result)
    return {name: found[name] for name in sorted(found, key=lambda name: name.startswith(CHOSEN))}, len(next(iter(found.values()), ()))


def _plain(values: Any) -> Sequence[Any]:
    return values.tolist() if isinstance(values, np.ndarray) else values


def _cell(value: Any) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f'<td style="{_CELL};text-align:{_SIDE[is_number]}">{_text(_said(value))}</td>'


def _said(value: Any) -> str:
    """Return a value as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _text(words: str, longest: int = MAX_LETTERS) -> str:
    shown = visible(words)
    return escape(shown if len(shown) <= longest else shown[: longest - 1] + "…")

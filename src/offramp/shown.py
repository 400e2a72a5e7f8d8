"""How a result shows itself: one line at the prompt, a table in a notebook."""

from __future__ import annotations

from typing import Any, TypeVar

from offramp.errors import OfframpError

C = TypeVar("C", bound=type)


def shown(result: C) -> C:
    """Give a class of results a line for the prompt and a table for notebooks, in place of arrays for pages.

    Examples
    --------
    >>> import offramp
    >>> offramp.load_case("prisoners-dilemma")
    <ConflictModel: Prisoners' dilemma; 2 decision makers, 2 options, 4 states>
    """
    for name, function in (("__repr__", _line), ("_repr_html_", _html)):
        setattr(result, name, function)
    return result


def _line(result: Any) -> str:
    from offramp.report.tables import title

    return f"<{type(result).__name__}: {title(result)}>"


def _html(result: Any) -> str | None:
    """Return a result as a table; None, so that its line is shown, where its rows cannot be worked out."""
    from offramp.report.tables.notebook import as_html

    try:
        return as_html(result)
    except OfframpError:
        return None

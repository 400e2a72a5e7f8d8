"""Under which settings and in which cell a table was worked out, as columns of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from offramp.analysis.solve import Solution
from offramp.model.world import Choice


def settings_text(solution: Solution) -> str:
    """Return what was asked otherwise than by default, such as ``unknown=c horizon=3``; ``default`` where nothing was.

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("elmira-12")
    >>> settings_text(offramp.solve(model)), settings_text(offramp.solve(model, ["gmr"], offramp.Settings(sequences="once")))
    ('default', 'sequences=once')
    >>> settings_text(offramp.solve(offramp.merged(model, ["moe", "uniroyal"])))
    'merged=moe+uniroyal'
    """
    return _pairs(solution.asked) or "default"


def asked_columns(solution: Solution, choice: Choice) -> dict[str, str]:
    """Return the columns `settings`, `readings` and `contested`, which have the same text in every row.

    Examples
    --------
    >>> import offramp
    >>> builder = offramp.Builder(offramp.read_case("prisoners-dilemma"))
    >>> choice = builder.choice()
    >>> asked_columns(offramp.solve(builder.model(choice)), choice)
    {'settings': 'default', 'readings': 'first=published second=published', 'contested': ''}
    """
    contested = {name: "on" if side else "off" for name, side in choice.contested}
    return {"settings": settings_text(solution), "readings": _pairs(dict(choice.readings)), "contested": _pairs(contested)}


def with_columns(
    header: Sequence[str], rows: Iterable[Sequence[object]], told: Mapping[str, str]
) -> tuple[list[str], Iterator[list[object]]]:
    """Return a table with columns after its own that have the same text in every row."""
    return [*header, *told], ([*row, *told.values()] for row in rows)


def _pairs(values: Mapping[str, str]) -> str:
    return " ".join(f"{name}={value}" for name, value in values.items())

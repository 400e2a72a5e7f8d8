"""Dates as far as they are known: when they begin and end at the latest, how they sort, how they are told.

A date is ``2026-02-09``, ``2026-02``, ``2026``, ``199X``, ``19XX``, ``2025-21`` to ``2025-24`` (seasons), ``2025-33`` to ``2025-36``
(quarters), ``2025-40`` and ``2025-41`` (halves); ``~`` and ``?`` may follow. ``a/b`` is an interval, ``..`` an open end, ``[a,b]``
one of several.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from offramp.report.words import dated, listed, plain

_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?|(\d{3})X|(\d\d)XX", re.ASCII)
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_PARTS = {**{20 + k: (3 * k, 3) for k in range(1, 5)}, **{32 + k: (3 * k - 2, 3) for k in range(1, 5)}, 40: (1, 6), 41: (7, 6)}
"""By the number that stands for a part of a year: its first month, and how many it has."""

_ORDINALS = ("first", "second", "third", "fourth")


@dataclass(frozen=True)
class When:
    """A date: what stands there, and the days, as ordinals, between which it lies; None where an end is open.

    Examples
    --------
    >>> when("2026-02").first == when("2026-02-01").first, str(when("199X")), str(when("2024-10/.."))
    (True, 'the 1990s', 'since October 2024')
    """

    text: str
    first: int | None
    last: int | None

    def __str__(self) -> str:
        return _told(self.text)

    @property
    def key(self) -> tuple[int, int, str]:
        """What to sort by: the first day, the wider date first; an open beginning sorts by its end."""
        first = self.first if self.first is not None else self.last
        last = self.last if self.last is not None else date.max.toordinal()
        assert first is not None
        return first, -last, self.text

    def gap(self, other: When) -> int:
        """Return how many days lie between two dates at least; 0 where they may be the same day.

        Examples
        --------
        >>> when("2026-02-28").gap(when("2026-03")), when("2026").gap(when("2026-07-01"))
        (1, 0)
        """
        return max(0, _days(self.last, other.first), _days(other.last, self.first))


def _days(end: int | None, start: int | None) -> int:
    return start - end if end is not None and start is not None else 0


def when(text: str) -> When | None:
    """Return the date that `text` says, or None where it says none.

    Parameters
    ----------
    text : str
        What may be a date.

    Notes
    -----
    Extended Date/Time Format, Library of Congress (2019), in part; as in the project's design, page not checked.

    Examples
    --------
    >>> when("2026-02-30"), when("../.."), when("soon"), when("")
    (None, None, None, None)
    """
    if text.startswith("[") and text.endswith("]"):
        choices = [_point(one.strip()) for one in text[1:-1].split(",")]
        known = [one for one in choices if one is not None]
        return When(text, min(a for a, _ in known), max(b for _, b in known)) if len(known) == len(choices) > 1 else None
    ends = text.split("/")
    if len(ends) == 1:
        point = _point(text)
        return When(text, *point) if point else None
    return _interval(text, ends) if len(ends) == 2 else None


def _interval(text: str, ends: list[str]) -> When | None:
    points = [None if end in ("..", "") else _point(end) for end in ends]
    if any(point is None and end not in ("..", "") for point, end in zip(points, ends, strict=True)) or points == [None, None]:
        return None
    first, last = points[0] and points[0][0], points[1] and points[1][1]
    return None if first and last and last < first else When(text, first, last)


def _point(text: str) -> tuple[int, int] | None:
    """Return the first and the last day of a date that is no interval."""
    match = _POINT.fullmatch(text.rstrip("~?%")) if len(text) - len(text.rstrip("~?%")) < 2 else None
    if match is None or text.startswith("0000"):
        return None
    year, month, day, decade, century = match.groups()
    if year is None:
        years = (int(decade) * 10, int(decade) * 10 + 9) if decade else (int(century) * 100, int(century) * 100 + 99)
        return date(max(1, years[0]), 1, 1).toordinal(), date(years[1], 12, 31).toordinal()
    if month is None:
        return date(int(year), 1, 1).toordinal(), date(int(year), 12, 31).toordinal()
    return _within(int(year), int(month), day)


def _within(year: int, month: int, day: str | None) -> tuple[int, int] | None:
    start, size = (month, 1) if 1 <= month <= 12 else _PARTS.get(month, (0, 0))
    if not size or (day is not None and (size > 1 or not 1 <= int(day) <= monthrange(year, month)[1])):
        return None
    if day is not None:
        only = date(year, month, int(day)).toordinal()
        return only, only
    end_year, end = (year, start + size - 1) if start + size <= 13 else (year + 1, start + size - 13)
    if end_year > 9999:
        return None
    return date(year, start, 1).toordinal(), date(end_year, end, monthrange(end_year, end)[1]).toordinal()


def _told(text: str) -> str:
    """Return a date the way people write it, as precise as it is."""
    if text.startswith("["):
        return plain(listed([_told(one.strip()) for one in text[1:-1].split(",")], "or"))
    first, slash, last = text.partition("/")
    if slash:
        if first in ("..", ""):
            return f"until {_told(last)}"
        return f"since {_told(first)}" if last in ("..", "") else f"{_told(first)} to {_told(last)}"
    bare = text.rstrip("~?%")
    return "about " * text.endswith(("~", "%")) + _point_told(bare) + " (uncertain)" * text.endswith(("?", "%"))


def _point_told(text: str) -> str:
    if text.endswith("XX"):
        return f"the {text[:2]}00s"
    if text.endswith("X"):
        return f"the {text[:3]}0s"
    part = int(text[5:7] or 0)
    if part in _SEASONS:
        return f"{_SEASONS[part]} {text[:4]}"
    if 33 <= part <= 36:
        return f"the {_ORDINALS[part - 33]} quarter of {text[:4]}"
    return f"the {_ORDINALS[part - 40]} half of {text[:4]}" if part in (40, 41) else dated(text)

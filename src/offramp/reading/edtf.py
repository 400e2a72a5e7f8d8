"""Dates with their precision: the part of EDTF that reports need, and the calendar under it.

A date is ``2026-02-09``, ``2026-02``, ``2026``, ``199X`` (a decade), ``19XX`` (a century), ``2025-21`` to ``2025-24``
(spring, summer, autumn, winter), ``2025-33`` to ``2025-36`` (quarters) or ``2025-40``, ``2025-41`` (halves of a year). ``~`` marks
what is approximate and ``?`` what is uncertain; ``a/b`` is an interval, ``..`` an open end; ``[a,b]`` is one of several dates, nobody
knows which.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[~?]?|\d{3}X[~?]?|\d{2}XX[~?]?", re.ASCII)
_PARTS = frozenset({*range(1, 13), *range(21, 25), *range(33, 37), 40, 41})


def is_edtf(iso: str) -> bool:
    """Say whether `iso` is a date in the part of EDTF that is used here.

    Parameters
    ----------
    iso : str
        What may be a date.

    Returns
    -------
    bool
        True for a point, an interval with at most one open end, or a choice of points.

    Notes
    -----
    Extended Date/Time Format, Library of Congress (2019), levels 0 to 2, in part; as in the project's design, page not checked.
    An interval may not end before it begins.

    Examples
    --------
    >>> [is_edtf(iso) for iso in ("2026-02-09", "199X", "2024-10/..", "2026-02-30", "2021/2019", "../..")]
    [True, True, True, False, False, False]
    """
    if iso.startswith("[") and iso.endswith("]"):
        choices = iso[1:-1].split(",")
        return len(choices) > 1 and all(map(_is_point, choices))
    ends = iso.split("/")
    if len(ends) != 2:
        return _is_point(iso)
    return ends != ["..", ".."] and all(end == ".." or _is_point(end) for end in ends) and _in_order(*ends)


def _is_point(iso: str) -> bool:
    match = _POINT.fullmatch(iso)
    if match is None or iso.startswith("0000"):
        return False
    year, month, day = match.groups()
    if day is None:
        return month is None or int(month) in _PARTS
    return int(month) <= 12 and 1 <= int(day) <= monthrange(int(year), int(month))[1] if 1 <= int(month) <= 12 else False


def _in_order(first: str, last: str) -> bool:
    if ".." in (first, last):
        return True
    length = min(len(first.rstrip("~?")), len(last.rstrip("~?")))
    return first[:length].replace("X", "0") <= last[:length].replace("X", "9")


def parse_day(iso: str | None) -> date | None:
    """Return the calendar day that `iso` begins with, or None where it gives none.

    Examples
    --------
    >>> parse_day("2026-02-11T08:00"), parse_day("2026-02"), parse_day(None)
    (datetime.date(2026, 2, 11), None, None)
    """
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


def day_iso(year: int, month: int, day: int) -> str | None:
    """Return the day in ISO form, or None where the calendar has no such day.

    Examples
    --------
    >>> day_iso(2026, 2, 9), day_iso(2026, 2, 30)
    ('2026-02-09', None)
    """
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def shifted(iso: str, num: int, unit: str) -> str | None:
    """Return the date `num` units later, as precise as the unit and the date allow.

    Parameters
    ----------
    iso : str
        A day, month or year.
    num : int
        How many units; below zero for earlier.
    unit : str
        ``day``, ``week``, ``month`` or ``year``. Days and weeks need a day.

    Examples
    --------
    >>> shifted("2026-02-28", 1, "day"), shifted("2026-01-31", -2, "month"), shifted("2026", 1, "day")
    ('2026-03-01', '2025-11', None)
    """
    year, month, day = (int(iso[part]) if iso[part] else None for part in (slice(0, 4), slice(5, 7), slice(8, 10)))
    try:
        if unit in ("day", "week") and year and month and day:
            return (date(year, month, day) + timedelta(days=num * (7 if unit == "week" else 1))).isoformat()
        if unit == "month" and year and month:
            months = year * 12 + month - 1 + num
            return f"{months // 12:04}-{months % 12 + 1:02}" if 0 < months // 12 < 10000 else None
    except OverflowError:
        return None
    return f"{year + num:04}" if unit == "year" and year and 0 < year + num < 10000 else None


def week_of(day: date, num: int = 0) -> str:
    """Return the week from Monday to Sunday that holds `day`, or the one `num` weeks later.

    Examples
    --------
    >>> week_of(date(2026, 2, 11), -1)
    '2026-02-02/2026-02-08'
    """
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=num)
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"

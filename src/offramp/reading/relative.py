"""Dates that lean on another day: weekdays, "last year", "two weeks ago" on the report's, "the next day" on the one told before."""

from __future__ import annotations

import re
from datetime import date

from offramp.reading.calendars import Found, Rule, Setting, found, is_capital, rule, year_for
from offramp.reading.datewords import NUMBER, WEEKDAY, WEEKDAYS, number
from offramp.reading.edtf import day_iso, shifted, week_of
from offramp.reading.patterns import compiled
from offramp.reading.tense import is_future

_TIME = r"(?:\s+(?:morning|afternoon|evening|night))?"


def read_weekday(match: re.Match[str], setting: Setting) -> list[Found]:
    """Read the name of a weekday: the latest one up to the report's day, or the next where the clause speaks of the future."""
    base, which = setting.base, (match["which"] or "").lower()
    if base is None or not is_capital(match, "day") or _is_name(match, setting.text):
        return []
    away = (WEEKDAYS[match["day"].lower()] - base.weekday()) % 7
    if which == "next":
        return _days_away(match, base, 7 - base.weekday() + WEEKDAYS[match["day"].lower()])
    if which in ("coming", "this coming", "the coming"):
        return _days_away(match, base, away or 7)
    if which.startswith(("last", "past", "this past")):
        return _days_away(match, base, away - 7 if away != 6 else -8)
    if which == "this":
        return _days_away(match, base, away if is_future(setting.text, *match.span()) is not False else -(-away % 7))
    return _days_away(match, base, away if is_future(setting.text, *match.span()) else -(-away % 7))


def _is_name(match: re.Match[str], text: str) -> bool:
    """Say whether a weekday is part of a name: Bloody Sunday, Black Friday, the Sunday Times."""
    before = re.search(r"(\w+)\s+$", text[max(0, match.start() - 20) : match.start()])
    named = before is not None and before[1] in ("Bloody", "Black", "Good", "Palm", "Easter", "Super", "Fat", "Ash")
    return named or re.match(r"s\b|\s+(?:Times|Mail|Telegraph|Express|Mirror|Mercury|Independent)", text[match.end() :][:16]) is not None


def _days_away(match: re.Match[str], base: date, num: int) -> list[Found]:
    return found(match, shifted(base.isoformat(), num, "day"))


_NAMED_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2,
               "last night": -1}  # fmt: skip


def read_named_day(match: re.Match[str], setting: Setting) -> list[Found]:
    """Read today, yesterday, tomorrow, and parts of these days."""
    words = re.sub(r"\s+", " ", match["day"].lower())
    past = words.startswith("this") and setting.base
    return found(match, setting.base.isoformat()) if past and setting.base else _named(match, setting, words)


def _named(match: re.Match[str], setting: Setting, words: str) -> list[Found]:
    return _days_away(match, setting.base, _NAMED_DAYS[words]) if setting.base and words in _NAMED_DAYS else []


_STEPS = {"last": -1, "next": 1, "this": 0, "coming": 1, "previous": -1, "past": -1}


def read_unit(match: re.Match[str], setting: Setting) -> list[Found]:
    """Read last, this or next week, weekend, month, year, decade or century."""
    unit, base = match["unit"].lower(), setting.base
    if base is None:
        return []
    num = _STEPS[match["which"].lower()]
    if unit == "weekend":
        return found(match, _weekend(base, num, is_future(setting.text, *match.span())))
    if unit == "week":
        return found(match, week_of(base, num) if 1 < base.year < 9999 else None)
    if unit in ("decade", "century"):
        size = 10 if unit == "decade" else 100
        return found(match, f"{base.year // size + num:0{4 - len(str(size)) + 1}}" + "X" * (len(str(size)) - 1))
    return found(match, shifted(base.isoformat(), num, unit))


def _weekend(base: date, num: int, future: bool | None) -> str | None:
    """Return a weekend: this one is the coming one, or on its own days and for the past the one that began last."""
    ahead = (5 - base.weekday()) % 7
    begun = -((base.weekday() - 5) % 7)
    start = {1: ahead or 7, -1: begun if base.weekday() < 5 else begun - 7}.get(
        num, begun if future is False or base.weekday() >= 5 or (base.weekday() < 2 and not future) else ahead
    )
    saturday = shifted(base.isoformat(), start, "day")
    sunday = shifted(base.isoformat(), start + 1, "day")
    return f"{saturday}/{sunday}" if saturday and sunday else None


def read_the_weekend(match: re.Match[str], setting: Setting) -> list[Found]:
    """Read "at the weekend": the past one, unless the clause speaks of the future."""
    base = setting.base
    if base is None:
        return []
    return found(match, _weekend(base, 0, bool(is_future(setting.text, *match.span()))))


_VAGUE = compiled(
    r"\b(?:about|around|roughly|approximately|some|nearly|almost|more than|over|less than|at least|a little over|just over)\s+$", re.I
)


def read_ago(match: re.Match[str], setting: Setting) -> list[Found]:
    """Read "two weeks ago": the day, month or year that many units back, as precise as the unit.

    Weeks end at a day that is approximate; so does every number that the text itself calls rough.
    """
    if setting.base is None:
        return []
    couple = match["number"].lower().startswith("couple")
    count, unit = 2 if couple else number(match["number"]), match["unit"].lower()
    rough = couple or unit in ("week", "decade") or bool(match["rough"])
    if unit == "decade":
        count, unit = 10 * count, "year"
    if match["half"]:
        count, unit, rough = {"year": 12 * count + 6, "month": count}.get(unit, 0), "month", True
    iso = shifted(setting.base.isoformat(), count if match["ago"].lower() == "from now" else -count, unit)
    rough = rough or _VAGUE.search(setting.text[max(0, match.start() - 16) : match.start()]) is not None
    return found(match, iso and iso + "~" * rough)


def read_beside(match: re.Match[str], setting: Setting) -> list[Found]:
    """Read "the next day", "two days earlier", "the same month": beside the date told before."""
    if match["count"]:
        sign = -1 if match["way"].lower() in ("earlier", "before", "previously") else 1
        step, unit = sign * number(match["count"]), match["count_unit"].lower()
    elif match["order"]:
        step = {"next": 1, "following": 1, "previous": -1, "preceding": -1}.get(match["order"].lower(), 0)
        unit = match["order_unit"].lower()
    else:
        step, unit = (-1 if match["side"].lower() == "before" else 1), "day"
    return [Found(match.start(), match.end(), "", before=f"{unit} {step}")]


def beside(told: str, before: str) -> str | None:
    """Return the date that stands beside one told before, or None where that one is not precise enough.

    Parameters
    ----------
    told : str
        The date told before.
    before : str
        A unit and how many of it, as in ``day -1``.

    Examples
    --------
    >>> beside("2026-02-09", "day 1"), beside("2026-02-09", "month -1"), beside("2026-02", "day 1")
    ('2026-02-10', '2026-01', None)
    """
    unit, _, num = before.partition(" ")
    if not re.fullmatch(r"\d{4}(-(0\d|1[0-2]))?(-\d\d)?", told):
        return None
    if unit == "week":
        moved = shifted(told, int(num), "week")
        return moved and f"{moved}~"
    if unit == "year" and int(num) and len(told) == 7:
        return shifted(told, 12 * int(num), "month")
    return shifted(told, int(num), unit)


_HOLIDAYS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
}


def read_holiday(match: re.Match[str], setting: Setting) -> list[Found]:
    """Read a holiday that has a fixed day."""
    month, day = _HOLIDAYS[match["name"].lower().replace("’", "'")]
    year = int(match["year"]) if match["year"] else year_for(setting, match.span(), month, day)
    return found(match, day_iso(year, month, day) if year else None)


_SPAN = r"(?P<unit>week|weekend|month|year|decade|century)(?!\s+(?:of|in which)\b|\w|-)"
_COUNT = (
    rf"(?P<count>{NUMBER})\s+(?P<count_unit>day|week|month|year)s?\s+(?P<way>earlier|later|before(?=\s*[,.;]|\s*$)|previously|afterwards?)"
)
RELATIVE: list[Rule] = [
    rule(
        rf"(?:(?P<which>this coming|the coming|this past|next|coming|last|past|this)\s+)?(?P<day>{WEEKDAY}){_TIME}(?!\w)", read_weekday),
    rule(r"(?:earlier\s+|later\s+)?(?P<day>the day before yesterday|the day after tomorrow|today|tonight|yesterday|tomorrow|last night"
         r"|this (?:morning|afternoon|evening))(?:\s+(?:morning|afternoon|evening|night))?(?!\w)", read_named_day),
    rule(rf"(?<!the )(?:(?:early|late|earlier|later|sometime|mid|the (?:beginning|start|middle|end) of)[\s-]+)?"
         rf"(?P<which>last|this|next)\s+{_SPAN}", read_unit),
    rule(r"(?:the (?:beginning|start|middle|end) of |(?<=of )|(?<=in ))the\s+(?P<which>coming|past|previous)\s+"
         r"(?P<unit>week|month|year)(?!\w)", read_unit),
    rule(r"(?:at|over|on|during)\s+the\s+weekend(?!\w|\s+of)", read_the_weekend),
    rule(rf"(?P<rough>(?:about|around|roughly|nearly|almost|more than|over|some)\s+)?(?:a\s+(?=couple))?"
         rf"(?P<number>{NUMBER}|couple(?:\s+of)?)\s+"
         r"(?P<unit>day|week|month|year|decade)s?\s+(?P<half>and a half\s+)?(?P<ago>ago|from now)(?!\w)", read_ago),
    rule(rf"(?:{_COUNT}|(?:the|that)\s+(?P<order>next|following|previous|preceding|same|very)\s+(?P<order_unit>day|week|month|year)"
         r"|the\s+day\s+(?P<side>before|after)(?!\s+(?:of|the|they|he|she|it|that|its|his|her|a)\b))(?!\s+of\b|\w)", read_beside),
    rule(r"(?P<name>Christmas\s+(?:Eve|Day)|(?:(?<=at )|(?<=by )|(?<=on )|(?<=since )|(?<=before )|(?<=after )|(?<=until ))Christmas"
         r"|New\s+Year['’]s\s+(?:Eve|Day))(?:,?\s+(?P<year>(?:19|20)\d\d))?(?!\w)", read_holiday),
]  # fmt: skip

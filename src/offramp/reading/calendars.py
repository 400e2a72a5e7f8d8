"""Dates that stand on the calendar by themselves: days, months, years, decades, centuries, numeric dates.

Each rule is a pattern and a reader. The reader gets the match and what is known of the report, and returns what it found, or nothing
where the words are no date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from offramp.reading.datewords import (
    DASH,
    DAY,
    DECADES,
    MONTH,
    MONTHS,
    ORDINALS,
    SEASON_BEGINS,
    SEASONS,
    WEEKDAY,
    YEAR,
    day_number,
    month_number,
)
from offramp.reading.edtf import day_iso
from offramp.reading.patterns import compiled
from offramp.reading.tense import is_future


@dataclass(frozen=True)
class Setting:
    """What a rule knows: the text, the day of the report, whether numeric dates put the day first (None: not known)."""

    text: str
    base: date | None
    day_first: bool | None


@dataclass(frozen=True)
class Found:
    """A date at a place. `open_year` says that the year is not written; `fixed` is the month and day as far as they are."""

    start: int
    end: int
    iso: str
    open_year: tuple[int, int | None] | None = None
    before: str = ""
    """A unit and a number of units that place it beside the day told before (``day -1``), where `iso` is still to be found."""


Reader = Callable[[re.Match[str], Setting], list[Found]]
Rule = tuple[re.Pattern[str], Reader]


def rule(pattern: str, reader: Reader) -> Rule:
    """Return a rule for `pattern`, letter case aside and from the beginning of a word."""
    return compiled(r"(?<![\w$€£¥#@])" + pattern, re.IGNORECASE), reader


def found(match: re.Match[str], iso: str | None, name: str | int = 0) -> list[Found]:
    """Return one date over a match or over a named part of it; none where there is no date."""
    return [Found(match.start(name), match.end(name), iso)] if iso else []


def is_capital(match: re.Match[str], name: str) -> bool:
    """Say whether a named part of the match begins with a capital letter."""
    return (match[name] or "A")[0].isupper()


# -- days ----------------------------------------------------------------------------------------------------------------


_UNTIL = compiled(r"\b(?:until|till|by)\s+(?:the\s+)?$", re.IGNORECASE)


def year_for(setting: Setting, match_span: tuple[int, int], month: int, day: int | None) -> int | None:
    """Return the year of a month or day without one: the past, unless the clause speaks of the future.

    A day within two months after the report is taken for one to come where nothing tells otherwise.
    """
    base = setting.base
    if base is None:
        return None
    future = is_future(setting.text, *match_span)
    if future is False and day and _UNTIL.search(setting.text[max(0, match_span[0] - 12) : match_span[0]]):
        future = None
    this = (month, day or 1) >= (base.month, base.day if day else 1)
    if future:
        return base.year if this else base.year + 1
    if (month, day or 0) <= (base.month, base.day):
        return base.year
    soon = day is not None and future is None and day_iso(base.year, month, day) in _next_days(base)
    return base.year if soon else base.year - 1


def _next_days(base: date) -> set[str]:
    return {(base + timedelta(days=ahead)).isoformat() for ahead in range(1, 61)} if base.year < 9999 else set()


def _day(match: re.Match[str], setting: Setting, name: str, start: int, end: int) -> Found | None:
    month, day = month_number(match["month"]), day_number(match[name])
    year = told_year(match, setting) or year_for(setting, match.span(), month, day)
    iso = day_iso(year, month, day) if year else None
    if iso is None and not match["year"] and setting.base and (month, day) == (2, 29):
        iso = next((leap for back in range(8) if (leap := day_iso(setting.base.year - back, 2, 29))), None)
    return Found(start, end, iso, None if told_year(match, setting) else (month, day)) if iso else None


def told_year(match: re.Match[str], setting: Setting) -> int | None:
    """Return the year that stands with a day or month: in figures, or as last, this or next year."""
    if match["year"]:
        return int(match["year"])
    beside = match.groupdict().get("beside")
    return setting.base.year + {"last": -1, "next": 1}.get(beside.lower(), 0) if beside and setting.base else None


def read_days(match: re.Match[str], setting: Setting) -> list[Found]:
    """Read one day of a month, a stretch of days, or several days of one month."""
    if not is_capital(match, "month") and (match["month"].lower() in ("may", "march", "mar", "jan", "dec") or not match["year"]):
        return []
    if match["last"] is None:
        start = match.start("first") if match["lead"] else match.start()
        one = _day(match, setting, "day", start, match.end())
        return [one] if one else []
    stretch = bool(match["lead"]) or match["joint"].strip().lower() not in ("and", "or", ",", "&")
    first, second = (_day(match, setting, name, *match.span(name)) for name in ("day", "last"))
    if not first or not second:
        return []
    if stretch:
        iso = f"{first.iso}/{second.iso}"
        return [Found(*match.span(), iso, first.open_year)] if first.iso < second.iso else []
    whole = [first, second] if first.start < second.start else [second, first]
    return [replace(whole[0], start=match.start()), replace(whole[1], end=match.end())]


_LEAD = rf"(?:(?P<lead>between|from|(?:the )?night of|(?:the )?night from)\s+)?(?P<first>)(?:{WEEKDAY},?\s+)?"
_LAST = rf"(?:(?P<joint>\s*(?:{DASH}|\bto\b|\band\b|\bor\b|\bthrough\b|\buntil\b|&)\s*)(?:the\s+)?(?P<last>{DAY}))?"


def read_night(match: re.Match[str], setting: Setting) -> list[Found]:
    """Read a night named by the day on which it begins: it ends on the next."""
    one = _day(match, setting, "day", *match.span())
    day = date.fromisoformat(one.iso) if one else date.max
    return [replace(one, iso=f"{one.iso}/{day + timedelta(days=1)}")] if one and day < date.max else []


_UNIT_AFTER = r"(?!\s*(?:%|percent|per cent|people|km\b|kilomet|miles|soldiers|troops|o'clock|a\.m|p\.m|:\d)|[.,:]\d)"
_MONTH_DAY = rf"(?P<month>{MONTH})\s+(?:the\s+)?(?P<day>{DAY}){_UNIT_AFTER}"
_DAY_MONTH = rf"(?:the\s+)?(?P<day>{DAY})"
_OF_MONTH = rf"(?:\s+(?:of\s+)?|-)(?P<month>{MONTH})(?!\w)"
_BESIDE = r",?\s+(?:of\s+)?(?P<beside>last|this|next)\s+year(?!\w)"
_COMMA_YEAR = rf"(?:(?:,?\s+|-)(?P<year>{YEAR})|{_BESIDE})?"
_NIGHT = r"(?:the )?night (?:of|after)\s+"
DAYS: list[Rule] = [
    rule(rf"{_NIGHT}{_MONTH_DAY}(?!\s*(?:{DASH}|to|and)\s*\d){_COMMA_YEAR}", read_night),
    rule(rf"{_NIGHT}{_DAY_MONTH}{_OF_MONTH}{_COMMA_YEAR}", read_night),
    rule(rf"{_LEAD}{_MONTH_DAY}{_LAST}{_COMMA_YEAR}", read_days),
    rule(rf"{_LEAD}{_DAY_MONTH}{_LAST}{_OF_MONTH}{_COMMA_YEAR}", read_days),
]


# -- months --------------------------------------------------------------------------------------------------------------

_NAMES_TOO = ("may", "march", "august", "april", "june", "jan", "dec", "mar", "sun")
_BEFORE_MONTH = compiled(
    r"(?:\b(?:in|since|until|till|by|from|during|of|before|after|between|to|through|throughout|for|and|or|around|about|late|early|mid|end|last"
    r"|this|next|an?|his|her|their|its)|mid-|[-–—])\s*$",
    re.IGNORECASE,
)


def read_month(match: re.Match[str], setting: Setting) -> list[Found]:
    """Read a month, with its year or with the one that the report's date and the words before it suggest."""
    if not is_capital(match, "month"):
        return []
    month = month_number(match["month"])
    year = told_year(match, setting)
    if year:
        return found(match, f"{year:04}-{month:02}")
    if not _is_month(match, setting.text) or setting.base is None:
        return []
    year = _month_year(match, setting, month)
    return [Found(*match.span(), f"{year:04}-{month:02}", None if match["which"] else (month, None))] if year else []


def _is_month(match: re.Match[str], text: str) -> bool:
    word = match["month"].lower().rstrip(".")
    if word not in MONTHS or re.match(r"\s+[A-Z][a-z]|['’]s [A-Z]|\w|-[a-z]", text[match.end() : match.end() + 6]):
        return word not in _NAMES_TOO and word in MONTHS and not re.match(r"\w", text[match.end() : match.end() + 1])
    before = text[max(0, match.start("month") - 16) : match.start("month")]
    return word not in _NAMES_TOO or _BEFORE_MONTH.search(before) is not None


def _month_year(match: re.Match[str], setting: Setting, month: int) -> int | None:
    which, base = (match["which"] or "").lower(), setting.base
    if base is None:
        return None
    if which in ("last", "past", "previous"):
        return base.year - (month >= base.month)
    if which in ("next", "coming"):
        return base.year + (month <= base.month)
    return base.year if which == "this" else year_for(setting, match.span(), month, None)


_PART = r"(?:(?:early|mid|late|the (?:very )?(?:beginning|start|middle|end|close|turn) of|earlier in|later in|end|start)(?:\s+in)?[\s-]+)?"
MONTHS_RULES: list[Rule] = [
    rule(
        rf"{_PART}(?:(?P<which>last|this|next|past|previous|coming)\s+)?(?P<month>{MONTH})(?:,?\s+(?:of\s+)?(?P<year>{YEAR})|{_BESIDE})?",
        read_month,
    ),
    rule(rf"(?P<year>{YEAR})[,\s]\s*(?P<month>{'|'.join(MONTHS)})(?!\w)(?!\s+\d)", read_month),
]


# -- years, parts of years, decades, centuries -----------------------------------------------------------------------------

_BEFORE_YEAR = compiled(
    r"(?:\b(?:in|since|until|till|by|from|during|of|before|after|between|to|through|throughout|for|and|or|around|about|circa|late|early|mid"
    r"|the|end|year|than|back|spring|summer|autumn|fall|winter|prior|pre|post|its|his|her|their|a|as|mid-|pre-|post-|c\.)|[-–—/(,;]|['’]s|s['’])\s*$|^\s*$|\n\s*$",
    re.IGNORECASE,
)
_COUNTED = compiled(
    r"\s*(?:people|soldiers|troops|prisoners|men|women|children|civilians|homes|dollars|euros|won|km|kilomet|miles|met(?:er|re)s|tons|tonnes"
    r"|drones|missiles|others|dead|killed|wounded|percent|per cent|%|GMT|UTC|KST|hours|hrs|local time|words|pages|times|families|workers"
    r"|defectors|refugees|cases|shells|rounds|tanks|sq\b|feet|years|days|fighters|houses|documents|members|students"
    r"|of (?:them|those|these|whom|the)|square|million|billion)",
    re.IGNORECASE,
)


def is_year(text: str, start: int, end: int) -> bool:
    """Say whether four figures stand as a year: after a word that takes one, and counting nothing."""
    return bool(_BEFORE_YEAR.search(text[max(0, start - 14) : start])) and not _COUNTED.match(text[end : end + 16])


def read_year(match: re.Match[str], setting: Setting) -> list[Found]:
    """Read a year or a stretch of years."""
    start = match.start("year") if match["part"] is None else match.start()
    if match["part"] is None and not is_year(setting.text, start, match.end()):
        return []
    if re.match(r"[,.]\d|['’]s\b.{0,2}\d", setting.text[match.end() : match.end() + 4]):
        return []
    if not match["last"]:
        return found(match, match["year"])
    last = match["year"][: 4 - len(match["last"])] + match["last"]
    return found(match, f"{match['year']}/{last}" if last > match["year"] else None)


def read_short_year(match: re.Match[str], setting: Setting) -> list[Found]:
    """Read a year without its century: "in ’74", the latest one up to the report's."""
    latest = setting.base.year % 100 if setting.base else 30
    return found(match, ("20" if int(match["short"]) <= latest else "19") + match["short"])


def read_decade(match: re.Match[str], setting: Setting) -> list[Found]:
    """Read a decade: in figures, in short, or in words."""
    if match["full"]:
        decade = match["full"][:3]
    else:
        digit = match["short"][0] if match["short"] else str(DECADES[match["word"].lower()])
        decade = ("19" if digit > "2" else "20") + digit
    return found(match, decade + "X")


def read_century(match: re.Match[str], setting: Setting) -> list[Found]:
    """Read a century by its number."""
    words = match["number"].lower()
    count = ORDINALS.get(words) or int(re.sub(r"\D", "", words) or 0)
    return found(match, f"{count - 1:02}XX" if 1 < count < 100 else None)


def read_part_of_year(match: re.Match[str], setting: Setting) -> list[Found]:
    """Read a quarter or a half of a year."""
    year = match["year"] or (str(setting.base.year + {"last": -1, "next": 1}.get(match["which"].lower(), 0)) if setting.base else None)
    if year is None:
        return []
    order = (match["order"] or match["figure"]).lower()
    half = match["unit"] and match["unit"].lower() == "half"
    count = {"last": 2 if half else 4, "second": 2, "third": 3, "fourth": 4}.get(order, 1) if match["order"] else int(order)
    return found(match, f"{year}-{39 + count if half else 32 + count}" if count <= (2 if half else 4) else None)


def read_season(match: re.Match[str], setting: Setting) -> list[Found]:
    """Read a season, with its year or the latest one that has begun."""
    season, base = SEASONS[match["season"].lower()], setting.base
    if match["year"]:
        return found(match, f"{match['year']}-{season}")
    if base is None:
        return []
    begun = SEASON_BEGINS[season] <= base.month
    which = match["which"].lower()
    if which == "this":
        return found(match, f"{base.year}-{season}")
    future = is_future(setting.text, *match.span())
    if which == "the" and future is not False:
        return []
    past = which in ("last", "the past") or not future
    year = base.year - (not begun) if past else base.year + begun
    return found(match, f"{year}-{season}")


_IN_YEAR = rf"(?P<year>{YEAR})(?!\s*[-–]?\s*\d{{4,}})"
YEARS: list[Rule] = [
    rule(r"(?:(?<=\bin )|(?<=\bsince )|(?<=\bof )|(?<=\buntil ))['’‘](?P<short>\d\d)(?![\w'’]|\s*(?:-|per|%))", read_short_year),
    rule(
        r"(?P<part>(?:early|mid|late|the (?:very )?(?:beginning|start|middle|end|close) of|(?:early|late|earlier|later) in|end of)[\s-]+)?"
        rf"(?P<year>{YEAR})(?:{DASH}(?P<last>\d{{4}}|\d\d)(?!\w))?(?!-\d)",
        read_year,
    ),
    rule(r"(?:(?:the\s+)?(?:early|mid|late)[\s-]+|the\s+)?(?:(?P<full>(?:1[4-9]|20)\d0)['’]?s|['’‘](?P<short>[2-9]0)s"
         r"|(?<=the )(?P<word>" + "|".join(DECADES) + r"))(?!\w)", read_decade),
    rule(r"(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(?P<number>\d\d?(?:st|nd|rd|th)|"
         + "|".join(reversed(ORDINALS)) + r")[\s-]century(?!\w)", read_century),
    rule(
        r"(?:the\s+)?(?:(?P<order>first|second|third|fourth|last)\s+(?P<unit>quarter|half)\s+(?:of\s+)?|Q(?P<figure>[1-4])\s+(?:of\s+)?)"
        rf"(?:(?P<year>{YEAR})|(?P<which>last|this|next)\s+year)", read_part_of_year),
    rule(
        rf"(?:(?:early|mid|late)[\s-]+)?(?P<which>last|this|next|the past|in the|since the|the)?\s*\b(?P<season>{'|'.join(SEASONS)})"
        rf"\s+(?:of\s+)?(?P<year>{YEAR})", read_season),
    rule(rf"(?P<which>last|this|next|the past|(?<=in )the)\s+(?P<season>{'|'.join(SEASONS)})"
         r"(?!\s+(?:of|session|school|break|camp|term)|\w)(?P<year>)", read_season),
]  # fmt: skip


# -- numeric dates --------------------------------------------------------------------------------------------------------


def read_numeric(match: re.Match[str], setting: Setting) -> list[Found]:
    """Read a date in figures; where day and month cannot be told apart, both readings are kept."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if match["mark"] != "/":
        return found(match, day_iso(year, second, first))
    day_month, month_day = day_iso(year, second, first), day_iso(year, first, second)
    if day_month and month_day and day_month != month_day:
        known = {True: day_month, False: month_day, None: f"[{min(day_month, month_day)},{max(day_month, month_day)}]"}
        return found(match, known[setting.day_first])
    return found(match, day_month or month_day)


def read_iso(match: re.Match[str], setting: Setting) -> list[Found]:
    """Read a date that is written as in ISO 8601."""
    return found(match, day_iso(int(match["year"]), int(match["month"]), int(match["day"])))


NUMERIC: list[Rule] = [
    rule(r"(?<![-./:])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\w:/-]|\.\d)", read_iso),
    rule(r"(?<![-./:])(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?![\w:/-]|\.\d)", read_numeric),
]


def told_day_first(text: str) -> bool | None:
    """Say whether the numeric dates of a text put the day first, where one of them leaves no doubt and none contradicts it.

    Examples
    --------
    >>> told_day_first("on 13/2/2026 and 2/9/2026"), told_day_first("on 2/9/2026")
    (True, None)
    """
    pairs = re.findall(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:19|20)\d\d(?!\d)", text)
    told = {int(first) > 12 for first, second in pairs if (int(first) > 12) != (int(second) > 12)}
    return told.pop() if len(told) == 1 else None

"""Dates in a report, resolved against the day of the report, with the precision that the words have.

A small grammar: rules for single dates (`calendars`, `relative`), then the words that join them to stretches of time. The past is
preferred unless the clause speaks of the future. What leans on the day of the report stays out where that is not known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from offramp.reading.calendars import DAYS, MONTHS_RULES, NUMERIC, YEARS, Found, Rule, Setting, told_day_first
from offramp.reading.datewords import WEEKDAY
from offramp.reading.edtf import day_iso, is_edtf, parse_day
from offramp.reading.patterns import compiled
from offramp.reading.records import DateMention, Span
from offramp.reading.relative import RELATIVE, beside

_RULES: list[Rule] = [*NUMERIC, *DAYS, *MONTHS_RULES, *YEARS, *RELATIVE]
_NO_DATE = compiled(
    r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@\S{1,250}"
    r"|(?<![\w-])[\w-]{1,63}\.(?:com|org|net|gov|int|info|eu|uk|kr|ua|ru|de)/\S+"  # addresses
    r"|\b\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?|\b\d{4}-\d\d-\d\d \d\d:\d\d\S*"  # time stamps
    r"|\b(?:Articles?|Arts?\.|Sections?|Sec\.|Rules?|[Pp]aragraphs?|[Pp]aras?\.|[Rr]esolutions?|No\.|Nos\.|[Nn]umber|[Pp]ages?|pp?\."
    r"|[Rr]oom|[Ff]light|Directive|Regulation|Decree|Order|Case|Unit|Brigade)\s+[\dIVXA/]{1,12}[\w./–-]{0,30}(?:(?:,\s*|\s+(?:and|or|to)\s+)\d{1,6}[\w./–-]{0,30}){0,9}(?:\s+\((?:19|20)\d\d\))?"
    r"|§{1,2}\s*\d[\w./–-]*|(?<![\w/.-])[A-Z]{1,5}[/-][\w./-]{0,30}\d{4}\b|\b\d+/\d+\s+\(\d{4}\)"  # numbers of laws and documents
    r"|\b(?:Conventions?|Protocols?|Covenants?|Statute|Treaty|Pact|Accord)(?:\s+[IV]+)?,?"
    r"\s+(?:of|\(|\(of)\s*(?:the year )?(?:\d\d? \w+ )?\d{4}\)?"
    r"|\b(?:18|19|20)\d\d\s+(?:(?:[A-Z][\w-]+|of|the|and|on|for)\s+){0,4}(?:Conventions?|Protocols?|Covenants?)\b"  # names of treaties
)


def find_dates(text: str, dated: str | None, day_first: bool | None = None) -> list[DateMention]:
    """Find the dates in a text and resolve them against the day of the report.

    Parameters
    ----------
    text : str
        The text of a report.
    dated : str or None
        The day of the report in ISO form; None, or less than a day, where it is not known. Then dates that lean on it are left out.
    day_first : bool or None
        Whether 2/9/2026 is the second of September. None where the outlet does not tell: a date elsewhere in the text may, else both
        readings are kept (``[2026-02-09,2026-09-02]``).

    Returns
    -------
    list of DateMention
        In the order of the text; spans do not overlap.

    Notes
    -----
    Precision follows the words: a day, a month, a year; weeks and weekends are intervals of days; ``~`` marks what the text calls rough
    and days that are counted in weeks. Early, middle and late parts of a month or year are not narrowed.

    Examples
    --------
    >>> [mention.iso for mention in find_dates("Since October 2024, and again last week and on February 9.", "2026-02-11")]
    ['2024-10', '2026-02-02/2026-02-08', '2026-02-09']
    >>> find_dates("They may march on Monday.", None)
    []
    """
    first = told_day_first(text) if day_first is None else day_first
    setting = Setting(text, parse_day(dated), first)
    single = list(_resolved(_longest(_candidates(setting))))
    joined = _joined(text, single)
    return [DateMention((one.start, one.end), one.iso) for one in joined if is_edtf(one.iso)]


def _candidates(setting: Setting) -> Iterator[Found]:
    barred = [match.span() for match in _NO_DATE.finditer(setting.text)]
    starts = [start for start, _ in barred]
    for pattern, read in _RULES:
        for match in pattern.finditer(setting.text):
            place = bisect_right(starts, match.end() - 1) - 1
            if place < 0 or barred[place][1] <= match.start():
                yield from read(match, setting)


def _longest(candidates: Iterable[Found]) -> Iterator[Found]:
    """Keep of overlapping dates the one that begins first, of these the longest."""
    reached = 0
    for one in sorted(candidates, key=lambda one: (one.start, -one.end)):
        if one.start >= reached:
            reached = one.end
            yield one


def _resolved(singles: Iterable[Found]) -> Iterator[Found]:
    """Place the dates that stand beside one told before; those without such a one are left out."""
    told = ""
    for one in singles:
        iso = beside(told, one.before) if one.before else one.iso
        if iso:
            told = iso
            yield replace(one, iso=iso)


# -- stretches of time -----------------------------------------------------------------------------------------------------

_JOINT = compiled(r"\s*(?:,|and|or|,\s*and|to|through|until|till|[-–—]|&)\s*(?:the\s+)?", re.IGNORECASE)
_STRETCH = compiled(r"(?:to|through|until|till|[-–—])")
_OPENS = compiled(r"\b(?P<word>between|from|since|until|till|up to|ever since)\s+(?:the\s+)?(?:in\s+|about\s+|around\s+)?$", re.IGNORECASE)
_GOES_ON = compiled(r"\s+on(?:wards?)?(?=\s*[,.;]|\s+the\b)|\s+onwards?\b", re.IGNORECASE)
_ROUGH = compiled(r"\b(?P<word>(?:in |on )?(?:about|around|circa|c\.|roughly|approximately))\s+(?:the\s+)?$", re.IGNORECASE)
_WEEKDAY_BEFORE = compiled(rf"\b{WEEKDAY},?\s*$")


def _joined(text: str, singles: list[Found]) -> list[Found]:
    singles = _years_from_neighbours(text, singles)
    done: list[Found] = []
    for one in singles:
        last = done[-1] if done else None
        stretch = _stretch(text, last, one) if last else None
        if stretch:
            done[-1] = stretch
        else:
            done.append(one)
    return [_opened(text, one, done[place - 1].end if place else 0) for place, one in enumerate(done)]


def _years_from_neighbours(text: str, singles: list[Found]) -> list[Found]:
    """Give a month or day the year that is written with the one beside it."""
    dated = list(singles)
    for place in reversed(range(len(dated) - 1)):
        one, other = dated[place], dated[place + 1]
        if (
            one.open_year
            and not other.open_year
            and re.match(r"\d{4}-\d\d(?!\d)", other.iso)
            and _JOINT.fullmatch(text[one.end : other.start])
        ):
            dated[place] = _in_year_of(one, other.iso)
    for place, (one, other) in enumerate(pairwise(dated), 1):
        if (
            other.open_year
            and not one.open_year
            and re.match(r"\d{4}-\d\d-\d\d", one.iso)
            and _JOINT.fullmatch(text[one.end : other.start])
        ):
            dated[place] = _in_year_of(other, one.iso)
    return dated


def _in_year_of(one: Found, iso: str) -> Found:
    if one.open_year is None or "/" in one.iso:
        return one
    month, day = one.open_year
    year = int(iso[:4])
    if one.end and (month > int(iso[5:7])) and day is not None and month - int(iso[5:7]) > 6:
        year -= 1
    placed = day_iso(year, month, day) if day else f"{year:04}-{month:02}"
    return replace(one, iso=placed or one.iso, open_year=None)


def _stretch(text: str, first: Found, last: Found) -> Found | None:
    """Join two dates to an interval where the words between and before them say so."""
    gap = text[first.end : last.start]
    joint = _JOINT.fullmatch(gap)
    if joint is None or "/" in first.iso + last.iso or "[" in first.iso + last.iso:
        return None
    opens = _OPENS.search(text[max(0, first.start - 24) : first.start])
    word = opens["word"].lower() if opens else ""
    if not (
        (_STRETCH.search(gap) and len(first.iso) == len(last.iso))
        or (word == "between" and "and" in gap)
        or (word == "from" and _STRETCH.search(gap))
    ):
        return None
    iso = f"{first.iso}/{last.iso}"
    start = first.start - (len(opens[0]) if opens and word in ("between", "from") else 0)
    return Found(start, last.end, iso) if is_edtf(iso) and first.iso < last.iso else None


def _opened(text: str, one: Found, floor: int) -> Found:
    """Turn a date "from 2024 onwards" into an interval with an open end; mark one that the text calls rough.

    A date after "since" or "until" is named by itself: it is the day on which something began or ended.
    """
    before = text[max(floor, one.start - 24) : one.start]
    rough, opens = _ROUGH.search(before), _OPENS.search(before)
    if "/" in one.iso or "[" in one.iso:
        return one
    if rough:
        one = replace(one, start=one.start - len(rough[0]), iso=one.iso.rstrip("~") + "~")
        return _opened(text, one, floor) if _OPENS.search(text[max(floor, one.start - 24) : one.start]) else one
    onward = _GOES_ON.match(text, one.end)
    if opens and opens["word"].lower() == "from" and onward:
        return replace(one, start=one.start - len(opens[0]), end=onward.end(), iso=f"{one.iso}/..")
    return one


# -- the day of a saying -----------------------------------------------------------------------------------------------------

_CONTENT = compiled(
    r"[“”\"«»:;]|\bthat\b|[,—]|\b(?:was|were|is|are|had|has|have|will|would|could|can|may|might|must|should|did|does|do|be|been|he|she|they|it|we|I"
    r"|left|came|went|began|fled|fell|died|took|(?!(?:United|Red|related|held|unnamed)\b)[a-z]{2,}ed)\b"
)
_LEADS_IN = compiled(
    r"\s*(?:[-–—“\"‘]\s*)?(?:But\s+|And\s+|Then\s+|Later\s+)?(?:(?:[Oo]n|[Ii]n|[Aa]t|[Dd]uring|[Ee]arly|[Ll]ate|[Ee]arlier)\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_ADVERBS = compiled(r"\s*(?:(?:also|later|again|then|first|already|publicly|reportedly)\s*)?")


def said_on(text: str, cue: Span | None, dates: Sequence[DateMention], sentence: Span, dated: str | None) -> tuple[str, bool]:
    """Return the day of a saying and whether the text states it.

    Parameters
    ----------
    text : str
        The text of the report.
    cue : Span or None
        Where the word stands that reports the saying.
    dates : sequence of DateMention
        The dates of the text.
    sentence : Span
        The sentence that holds the cue.
    dated : str or None
        The day of the report, for a saying whose date is not stated.

    Returns
    -------
    tuple of str and bool
        The date in EDTF, empty where none is known; True where the text itself states it.

    Notes
    -----
    A date belongs to the cue when it follows it with nothing of the content between ("told DW in January"), stands directly before
    it ("on Monday told"), or opens the sentence ("On Monday, the ministry said"). A date inside what is said does not count.

    Examples
    --------
    >>> text = "She told DW in January that they left in 2024."
    >>> said_on(text, (4, 8), find_dates(text, "2026-02-11"), (0, len(text)), "2026-02-11")
    ('2026-01', True)
    """
    report = parse_day(dated)
    default = report.isoformat() if report else (dated if dated and is_edtf(dated) else "")
    if cue is None:
        return default, False
    inside = [one for one in dates if sentence[0] <= one.span[0] and one.span[1] <= sentence[1] and is_closed(one.iso)]
    inside = [one for one in inside if not _BOUND.search(text[max(0, one.span[0] - 24) : one.span[0]])]
    stated = [one for one in inside if _belongs(text, cue, one.span, sentence)]
    nearest = min(stated, key=lambda one: (one.span[0] < cue[0], abs(one.span[0] - cue[1])), default=None)
    return (nearest.iso, True) if nearest else (default, False)


def is_closed(iso: str) -> bool:
    """Say whether a date has no open end: nobody says one thing since 2022.

    Examples
    --------
    >>> is_closed("2026-02"), is_closed("2022/..")
    (True, False)
    """
    return ".." not in iso


_BOUND = compiled(
    r"\b(?:since|until|till|by|before|after|from|up to|than)\s+(?:the\s+)?(?:(?:end|start|beginning)\s+of\s+)?(?:the\s+)?$", re.IGNORECASE
)
_ISSUED = compiled(
    r"\b(?:published|released|issued|posted|dated|sent|broadcast|aired|printed)\s+(?:(?:on|in)\s+)?(?:the\s+)?$", re.IGNORECASE
)


def _belongs(text: str, cue: Span, span: Span, sentence: Span) -> bool:
    if (
        _ISSUED.search(text[max(0, span[0] - 24) : span[0]])
        and re.search(r"[“”\"«»:]", text[min(span[1], cue[1]) : max(span[0], cue[0])]) is None
    ):
        return True
    if span[0] >= cue[1]:
        gap = text[cue[1] : span[0]]
        return len(gap) <= 90 and _CONTENT.search(gap) is None
    if span[1] > cue[0]:
        return False
    if _ADVERBS.fullmatch(text[span[1] : cue[0]]):
        return True
    opening = _LEADS_IN.fullmatch(text[sentence[0] : span[0]]) is not None
    return opening and re.search(r"[“”\"«»]", text[span[1] : cue[0]]) is None

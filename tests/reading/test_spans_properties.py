# ruff: noqa: E501  (a sentence is one line)
"""Whatever the text: no crash, spans inside it, values valid, time in proportion to length."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offramp.reading.dates import find_dates, said_on
from offramp.reading.edtf import is_edtf
from offramp.reading.legal import find_legal

WORDS = [
    "on",
    "in",
    "since",
    "until",
    "between",
    "from",
    "to",
    "and",
    "the",
    "of",
    "by",
    "at",
    "last",
    "next",
    "this",
    "Monday",
    "February",
    "Feb.",
    "May",
    "March",
    "9",
    "11th",
    "30",
    "2026",
    "1990s",
    "'90s",
    "2/9/2026",
    "31.2.2026",
    "2026-02-30",
    "T10:00",
    "early",
    "mid-",
    "late",
    "ago",
    "two",
    "weeks",
    "year",
    "years",
    "night",
    "week",
    "weekend",
    "Article",
    "Articles",
    "118",
    "3(2)(b)",
    "bis",
    "common",
    "§",
    "Convention",
    "the",
    "Third",
    "Geneva",
    "against",
    "Torture",
    "CAT",
    "ECHR",
    "(",
    ")",
    ",",
    ".",
    ";",
    "—",
    "–",
    "-",
    "/",
    "“",
    "”",
    "Act",
    "Law",
    "Code",
    "Constitution",
    "South",
    "Korean",
    "Ukraine",
    "resolution",
    "No.",
    "UN",
    "it",
    "that",
    "article",
    "earlier",
    "day",
    "said",
    "will",
    "\n",
    "\t",
    "quarter",
    "century",
    "21st",
    "first",
    "summer",
    "today",
    "Christmas",
    "Eve",
    "Protocol",
    "I",
    "II",
    "IV",
    "Section",
    "Rome",
    "Statute",
    "Paragraph",
]
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=40).map("".join),
)
DAYS = st.one_of(st.none(), st.dates().map(str), st.text(max_size=12))


@settings(max_examples=600, deadline=None)
@given(TEXTS, DAYS, st.sampled_from([None, True, False]))
def test_dates_of_any_text(text: str, dated: str | None, first: bool | None) -> None:
    found = find_dates(text, dated, first)
    assert all(0 <= one.span[0] < one.span[1] <= len(text) and is_edtf(one.iso) for one in found)
    assert all(one.span[1] <= other.span[0] for one, other in pairwise(found))
    iso, stated = said_on(text, (0, min(3, len(text))), found, (0, len(text)), dated)
    assert (stated and iso in {one.iso for one in found}) or iso == "" or is_edtf(iso)


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_references_of_any_text(text: str) -> None:
    found = find_legal(text)
    assert all(0 <= one.span[0] < one.span[1] <= len(text) and one.name == one.name.strip() != "" for one in found)
    assert all(one.span[1] <= other.span[0] for one, other in pairwise(found))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30))
def test_any_string_is_a_date_or_not(iso: str) -> None:
    assert is_edtf(iso) in (True, False)


UNITS = {
    "blanks": " ", "letters": "A", "hyphens": "A-", "figures": "1", "slashes": "A/", "dates": "February 9, ", "years": "2019-", "articles": "Article 3, ",
    "acts": "The National ", "and": "3 and ", "the": "the ", "parentheses": "Article 3(1)(2)", "blanks after": "Article 3      ", "quotes": "'s ", "at": "a@",
    "conventions": "the Convention ", "days": "the next day ", "lines": "\n", "laws": "Law on the ", "between": "between 2019 and ", "resolutions": "resolution 1, 2, ",
    "dots": "a.", "marks": "§", "months": "May ", "ones": "one ", "codes": "Criminal ", "of": "Ukraine of ",
}  # fmt: skip


@pytest.mark.slow  # it looks at the clock, which a busy machine sets wrong
@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
@pytest.mark.parametrize("find", [lambda text: find_dates(text, "2026-02-11"), find_legal], ids=["dates", "legal"])
def test_time_is_linear(find: Callable[[str], object], unit: str) -> None:
    """Eight times the text may take thirty times as long at most (a square would take 64); short times are no matter."""
    short, long = (_seconds(find, (unit * size)[:size]) for size in (5_000, 40_000))
    assert long < max(0.3, 30 * short)


def _seconds(find: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    find(text)
    return time.process_time() - start

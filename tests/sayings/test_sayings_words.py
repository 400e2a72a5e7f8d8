"""What an utterance comes down to: words, numbers, concepts; and dates as far as they are known."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offramp.edtf import when
from offramp.reading.edtf import is_edtf
from offramp.sayings.tables import SYNONYMS
from offramp.sayings.words import gist, stem, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("They blew themselves up", "he took his own life"),
        ("three thousand prisoners", "3,000 captives"),
        ("the Geneva Convention", "the Third Geneva Convention"),
        ("Kyiv refused", "Ukraine declines"),
        ("forty tonnes", "40 tons"),
        ("Tu\u0308rk's Cafe\u0301", "TÜRK’s café"),
    ],
)
def test_other_words_for_one_thing_are_one_concept(one: str, other: str) -> None:
    assert gist(one).about == gist(other).about


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("nine of the fourteen gates", [("9", "gates"), ("14", "gates")]),
        ("two hundred and forty patients", [("240", "patient")]),
        ("1.5 million tonnes", [("1500000", "ton")]),
        ("one of the soldiers", []),
        ("in the second week of May", [("2.", "week")]),
        ("twenty-one men", [("21", "man")]),
    ],
)
def test_numbers_and_what_they_count(words: str, numbers: list[tuple[str, str]]) -> None:
    assert gist(words).numbers == tuple((number, stem(what)) for number, what in numbers)


def test_what_denies_and_what_may_deny() -> None:
    assert gist("We won't leave").is_negated
    assert gist("nobody left").is_negated
    assert gist("They didn’t leave").is_negated
    assert not gist("they refused to leave").is_negated
    assert gist("they refused to leave").may_deny
    assert not gist("they left").may_deny


@settings(max_examples=300)
@given(st.text(max_size=80))
def test_any_text_has_words_with_their_places(text: str) -> None:
    found = tokens(text)
    assert all(0 <= one.start < one.end <= len(text) and one.text for one in found)
    assert gist(text).about == frozenset(gist(text).concepts)
    assert gist(text.upper().lower()).words == gist(text.lower().upper().lower()).words


DAY = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(str)
POINT = st.one_of(DAY, DAY.map(lambda day: day[:7]), DAY.map(lambda day: day[:4]), DAY.map(lambda day: day[:3] + "X"))
MARKED = st.tuples(POINT, st.sampled_from(["", "~", "?"])).map("".join)
DATES = st.one_of(MARKED, st.tuples(st.one_of(MARKED, st.just("..")), st.one_of(MARKED, st.just(".."))).map("/".join))


@settings(max_examples=400)
@given(st.one_of(DATES, st.from_regex(r"\d{4}-\d\d(-\d\d)?", fullmatch=True), st.text("0123456789-/.X~?[], ", max_size=12)))
def test_what_reading_writes_as_a_date_is_one_here(text: str) -> None:
    if is_edtf(text) and text.isascii():
        there = when(text)
        assert there is not None, text
        assert there.first is not None or there.last is not None
        assert there.first is None or there.last is None or there.first <= there.last
        assert str(there)


@given(DATES.filter(lambda text: when(text) is not None), DATES.filter(lambda text: when(text) is not None))
def test_the_gap_of_two_dates_does_not_depend_on_their_order(one: str, other: str) -> None:
    a, b = when(one), when(other)
    assert a is not None
    assert b is not None
    assert a.gap(b) == b.gap(a) >= 0
    assert a.gap(a) == 0


def test_dates_in_order() -> None:
    there = ("199X", "1999-05", "2026", "2026-01/2026-06", "2026-02", "2026-02-01", "2026-22", "2026-10-04/..")
    assert tuple(sorted(sorted(there), key=lambda text: when(text).key)) == there  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-02-09", "9 February 2026"),
        ("199X", "the 1990s"),
        ("19XX", "the 1900s"),
        ("2026-22", "summer 2026"),
        ("2026-34", "the second quarter of 2026"),
        ("2025-10/2026-02", "October 2025 to February 2026"),
        ("../2026-02", "until February 2026"),
        ("1956~", "about 1956"),
        ("2026-05?", "May 2026 (uncertain)"),
        ("[2026-05-01,2026-06-01]", "1 May 2026 or 1 June 2026"),
    ],
)
def test_dates_as_people_write_them(text: str, told: str) -> None:
    assert str(when(text)) == told


def test_the_table_of_words_is_in_order() -> None:
    """Each line is a name and its members; no word or phrase stands for two concepts."""
    owner: dict[str, str] = {}
    for line in SYNONYMS.splitlines():
        name, colon, members = line.partition(": ")
        assert colon, line
        assert name == name.strip(), line
        for member in members.split(", "):
            assert member == member.strip() != "", line
            assert owner.setdefault(member, name) == name, f"{member}: {owner[member]}, {name}"

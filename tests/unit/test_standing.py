"""What stands of a case at a date: every kind of judgement, to the day, the month and the year."""

from typing import Any

import pytest

from offramp.case.load import read_case_text
from offramp.case.standing import Standing
from offramp.case.variant import Variant
from offramp.errors import CaseError, ChoiceError

CASE = """
offramp: 1
title: A bridge
as_of: 2025-06-15
decision_makers:
  town: {options: {open: {DATES}, toll: {}}}
  guild: {options: {strike: {}}}
rules: {licence: {require: open -> toll, contested: true, DATES}}
readings:
  town:
    old: {prefers: [{that: open}]}
    dated: {prefers: [{that: not open, DATES}, {that: toll}], DATES}
  guild: {only: {prefers: [{that: strike, DATES}]}}
conditions:
  flood: {holds: true, DATES}
  war: {holds: false, contested: true, DATES}
norms: {way: {binds: [town], requires: open, contested: true, DATES}}
people: {anna: {wish: open, DATES}}
harms: [{to: anna, that: not open, grade: slight, DATES}]
claims: {easy: {possible: {end: open}, DATES}}
"""


def standing(dates: str, as_of: str | None = None, **variant: Any) -> Standing:
    return Standing(read_case_text(CASE.replace("DATES", dates)), Variant(as_of=as_of, **variant))


def stands(there: Standing) -> dict[str, bool]:
    """Tell of every kind of judgement whether it counts."""
    conditions = there.conditions(there.contested)
    return {
        "option": there.options["town.open"] == "both",
        "rule": "licence" in there.rules,
        "contested rule": "licence" in there.contested,
        "reading": "dated" in there.readings["town"],
        "statement": len(there.statements("guild", "only")) == 1,
        "condition": conditions["flood"],
        "contested condition": "war" in there.contested,
        "norm": "way" in there.norms,
        "contested norm": "way" in there.contested,
        "wish": "anna" in there.wishes,
        "harm": 0 in there.harms,
        "claim": "easy" in there.claims,
    }


BOUNDS = [
    ("since: 2025-06-15", True),
    ("since: 2025-06-16", False),
    ("since: 2025-06", True),
    ("since: 2025-07", False),
    ("since: 2025", True),
    ("since: 2026", False),
    ("until: 2025-06-15", True),
    ("until: 2025-06-14", False),
    ("until: 2025-06", True),
    ("until: 2025-05", False),
    ("until: 2025", True),
    ("until: 2024", False),
    ("since: 2025-06-15, until: 2025-06-15", True),
    ("since: 2024, until: 2025-06-14", False),
    ("since: 2025-06-16, until: 2026", False),
    ("since: 2025, until: 2025", True),
]


@pytest.mark.parametrize(("dates", "counts"), BOUNDS)
def test_every_kind_of_judgement_is_bounded_by_its_dates(dates: str, counts: bool) -> None:
    assert stands(standing(dates)) == dict.fromkeys(stands(standing(dates)), counts)


@pytest.mark.parametrize(
    ("as_of", "dates", "counts"),
    [
        ("2025-06", "since: 2025-06-30", True),  # a month: what is in force on some day of it
        ("2025-06", "until: 2025-06-01", True),
        ("2025-06", "since: 2025-07-01", False),
        ("2025-06", "until: 2025-05-31", False),
        ("2025", "since: 2025-12-31", True),
        ("2025", "until: 2025-01-01", True),
        ("2025", "since: 2026-01", False),
        ("2025", "until: 2024-12", False),
        ("2025-06-15", "since: 2025-06-15", True),
        ("2024-02-29", "until: 2024-02", True),
        ("2024-03-01", "until: 2024-02", False),
    ],
)
def test_as_of_puts_everything_at_another_date(as_of: str, dates: str, counts: bool) -> None:
    there = standing(dates, as_of)
    assert there.as_of == as_of
    assert set(stands(there).values()) == {counts}


def test_a_judgement_restored_counts_out_of_its_dates() -> None:
    there = standing("until: 2024", restored=frozenset({("rules", "licence"), ("conditions", "war"), ("readings", "town", "dated")}))
    found = stands(there)
    assert {name for name, counts in found.items() if counts} == {"rule", "contested rule", "reading", "contested condition"}
    # the reading is back; the statement in it has dates of its own
    assert [statement.path[-1] for statement in there.statements("town", "dated")] == [1]


def test_out_of_its_dates_a_condition_is_the_other_way_round_and_uncontested() -> None:
    there = standing("until: 2024")
    assert there.conditions({}) == {"flood": False, "war": True}
    assert there.contested == {}


def test_only_what_is_in_force_is_counted() -> None:
    everything, rest = standing("since: 2025"), standing("since: 2026")
    # one option, rule, two statements, two conditions, norm, person, harm, claim have dates; a reading's statement without goes with it
    assert len(everything.judgements()) - len(rest.judgements()) == 11
    assert ("readings", "town", "dated", "prefers", 1) in dict(everything.judgements())
    assert ("readings", "town", "dated", "prefers", 1) not in dict(rest.judgements())


def test_somebody_without_a_reading_at_the_date() -> None:
    text = CASE.replace("DATES", "since: 2025").replace("old: {", "old: {since: 2025, ")
    with pytest.raises(ChoiceError, match="no reading of town is in force at 2024; its readings are old, dated"):
        _ = Standing(read_case_text(text), Variant(as_of="2024")).readings


def test_dates_need_a_date() -> None:
    with pytest.raises(CaseError, match=r"decision_makers\.town\.options\.open\.since: a date in a case without one"):
        read_case_text(CASE.replace("as_of: 2025-06-15\n", "").replace("DATES", "since: 2025"))


def test_since_after_until() -> None:
    with pytest.raises(CaseError, match="until 2024 is before since 2025; expected since no later than until"):
        read_case_text(CASE.replace("DATES", "since: 2025, until: 2024"))
    read_case_text(CASE.replace("DATES", "since: 2025-06-15, until: 2025"))  # until some day of that year

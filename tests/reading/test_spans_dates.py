# ruff: noqa: E501  (a sentence is one line)
"""Dates: annotated sentences, the subset of EDTF, and the day of a saying."""

from __future__ import annotations

from datetime import date

import pytest
from annotated import score_dates, sentences

from offramp.reading.dates import find_dates, said_on
from offramp.reading.edtf import is_edtf, shifted, week_of
from offramp.reading.records import DateMention
from offramp.reading.tense import is_future

REPORT = "2026-02-11"  # a Wednesday


@pytest.mark.parametrize(("name", "least"), [("dates_dev.txt", 98), ("dates_apart.txt", 88)])
def test_dates_of_annotated_sentences(name: str, least: float) -> None:
    score = score_dates(name)
    assert score.gold > 50
    assert score.f1 >= least, score


@pytest.mark.parametrize(
    "sentence", [one for one in sentences("dates_dev.txt") if "the day before they" not in one.text], ids=lambda one: one.text[:40]
)
def test_each_sentence(sentence) -> None:
    found = sorted(one.iso for one in find_dates(sentence.text, sentence.dated))
    assert found == sorted(iso for _, _, isos in sentence.marks for iso in isos.split(";"))


@pytest.mark.parametrize(
    "iso",
    ["2026-02-09", "2026-02", "2026", "199X", "19XX", "2025-21", "2025-33", "2025-40", "2026-01-28~", "2019?", "2019/2021", "2024-10/..", "../1991",
     "[2026-02-09,2026-09-02]", "195X/..", "2024-02-29"],
)  # fmt: skip
def test_dates_of_the_subset(iso: str) -> None:
    assert is_edtf(iso)


@pytest.mark.parametrize(
    "iso",
    ["२०२६-०२", "", "2026-2-9", "2026-13", "2026-00", "2026-02-30", "2025-02-29", "2025-21-01", "0000", "1XXX", "2021/2019", "../..", "/2019", "2019/", "2026-02-11T10:00",
     "[2026]", "[2026,x]", "2019//2020", "now", "2019/2020/2021", "2025-20", "2025-37"],
)  # fmt: skip
def test_what_is_not_in_the_subset(iso: str) -> None:
    assert not is_edtf(iso)


def test_without_the_day_of_the_report_only_written_dates_are_told() -> None:
    text = "On Monday, last week, in May, on 9 February, in 2024, on 9 February 2025 and in March 2025."
    assert [one.iso for one in find_dates(text, None)] == ["2024", "2025-02-09", "2025-03"]
    assert find_dates(text, None) == find_dates(text, "2026") == find_dates(text, "gibberish")


@pytest.mark.parametrize(("first", "isos"), [(True, ["2026-09-02"]), (False, ["2026-02-09"]), (None, ["[2026-02-09,2026-09-02]"])])
def test_the_order_of_figures_is_told_or_left_open(first: bool | None, isos: list[str]) -> None:
    assert [one.iso for one in find_dates("It came on 2/9/2026.", REPORT, day_first=first)] == isos


@pytest.mark.parametrize("weekday", range(7))
def test_weekdays_are_the_latest_up_to_the_report(weekday: int) -> None:
    """Against the calendar module's own arithmetic: go back day by day."""
    report = date(2026, 2, 11)
    expected = next(day for back in range(7) if (day := date.fromordinal(report.toordinal() - back)).weekday() == weekday)
    name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][weekday]
    assert [one.iso for one in find_dates(f"They fled on {name}.", REPORT)] == [expected.isoformat()]


def test_arithmetic_at_the_ends_of_the_calendar() -> None:
    assert shifted("9999-12-31", 1, "day") is None
    assert shifted("0001-01", -1, "month") is None
    assert shifted("2024-03-31", -1, "month") == "2024-02"
    assert week_of(date(2026, 2, 9)) == "2026-02-09/2026-02-15" == week_of(date(2026, 2, 15))
    for day in ("9999-12-31", "0001-01-01"):
        find_dates("Last week, next week, tomorrow, yesterday, next month, last month, next year, two years ago, on Monday will.", day)


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("He said on Monday that they left on Friday.", "said", ("2026-02-09", True)),
        ("He said that they left on Friday.", "said", ("2026-02-11", False)),
        ("Kim told DW in January that she wept.", "told", ("2026-01", True)),
        ("On Monday, the ministry said it would act.", "said", ("2026-02-09", True)),
        ("The ministry on Monday denied the report.", "denied", ("2026-02-09", True)),
        ("“They left on Friday,” he said.", "said", ("2026-02-11", False)),
        ("They left on Friday, he said.", "said", ("2026-02-11", False)),
        ("“I failed,” he said in an interview last month.", "said", ("2026-01", True)),
        ("He said he was captured in January.", "said", ("2026-02-11", False)),
        ("In 2024, the minister said, it was calm.", "said", ("2024", True)),
        ("He said since 2022 nothing had moved.", "said", ("2026-02-11", False)),
        ("Stating in February that Ukraine should comply, she left.", "Stating", ("2026-02", True)),
        ("He told Yonhap, an agency, on Monday that it was over.", "told", ("2026-02-11", False)),
    ],
)
def test_the_day_of_a_saying(text: str, cue: str, expected: tuple[str, bool]) -> None:
    start = text.index(cue)
    assert said_on(text, (start, start + len(cue)), find_dates(text, REPORT), (0, len(text)), REPORT) == expected


@pytest.mark.parametrize(
    ("text", "future"),
    [
        ("They will meet on X.", True), ("They met on X.", False), ("He said they will meet on X.", True), ("They will, he said on X", False),
        ("The plan that was drawn up will start on X.", True), ("The court that will decide heard them on X.", False), ("By X, 300 had fled.", False),
        ("He must leave by X.", True), ("It burned until X.", False), ("It is due X.", True), ("Their arrest on X", None), ("On X, they will meet.", True),
        ("They will be moved on X.", True), ("They have been moved on X.", False), ("The date set for X stands.", True), ("The set on X burned.", False),
    ],
)  # fmt: skip
def test_whether_a_clause_speaks_of_the_future(text: str, future: bool | None) -> None:
    place = text.index("X")
    assert is_future(text, place, place + 1) is future


def test_a_saying_without_cue_or_report_date() -> None:
    assert said_on("x", None, [], (0, 1), REPORT) == (REPORT, False)
    assert said_on("x", (0, 1), [], (0, 1), None) == ("", False)
    assert said_on("x", (0, 1), [], (0, 1), "2026-02") == ("2026-02", False)
    other = [DateMention((20, 26), "2025-01-01")]
    assert said_on("He said. And now on Monday.", (3, 7), other, (0, 8), REPORT) == (REPORT, False)

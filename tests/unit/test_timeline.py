"""The case through time, against histories worked out by hand."""

import pytest

from offramp.analysis.timeline import Moment, dates, day_after, timeline
from offramp.case.load import read_case_text
from offramp.case.variant import Variant
from offramp.errors import ChoiceError
from offramp.model.build import Builder
from offramp.report.history import History, followed, percent, spans_of
from offramp.report.naming import headline_name, judgement_name, names_together
from offramp.report.voice import Voice
from offramp.sources.evidence import Evidence

# A town can open a bridge from March 2025 on. It wants to since 10 June 2025, when the old council (which did not) has gone
# the day before; a ban forbids it until the end of July. In 2026 the town loses the bridge.
CASE = """
offramp: 1
title: A bridge
as_of: 2025-08-15
decision_makers: {town: {name: The town, options: {open: {name: opens the bridge, since: 2025-03, until: 2025}}}}
readings:
  town:
    council: {name: The old council, until: 2025-06-09, prefers: [{that: not open}]}
    mayor: {name: The mayor, since: 2025-06-10, prefers: [{that: open}]}
norms: {ban: {name: The ban, binds: [town], forbids: open, until: 2025-07}}
people: {anna: {wish: open}}
"""


def builder(text: str = CASE) -> Builder:
    return Builder(read_case_text(text))


def history(text: str = CASE, asked: list[str] | None = None) -> tuple[tuple[Moment, ...], History]:
    there = builder(text)
    moments = timeline(there)
    return moments, History(Voice(there.file, Evidence({}, {}, {}), True), moments, followed(moments, asked))


def test_each_date_and_what_is_true_then() -> None:
    moments = timeline(builder())
    told = [(m.date, m.num_cells, m.shares["can_move"], m.shares["lawful"], m.shares.get("mover.town", 0.0), m.is_now) for m in moments]
    assert told == [
        ("2025-03", 1, 0, 0, 0, False),  # the old council does not want to
        ("2025-06-10", 1, 1, 0, 1, False),  # the mayor does, against the ban
        ("2025-08", 1, 1, 1, 1, False),  # the ban has ended
        ("2025-08-15", 1, 1, 1, 1, True),
        ("2026", 1, 0, 0, 0, False),
    ]
    assert [[(event.path[-1], event.begins) for event in moment.events] for moment in moments] == [
        [("open", True)], [("council", False), ("mayor", True)], [("ban", False)], [], [("open", False)],
    ]  # fmt: skip


def test_what_each_change_did_alone() -> None:
    moments = timeline(builder())
    opened, council, mayor, ban, closed = (event for moment in moments for event in moment.events)
    assert opened.turns == ()  # the council would not have opened it
    # with the old council still there, half of the cells are its
    assert {turn.headline: (turn.before, turn.after) for turn in council.turns}["can_move"] == (0.5, 1)
    assert mayor.reason.startswith("no reading of town is in force at 2025-06-10")
    assert {turn.headline for turn in ban.turns} == {"lawful", "clear"}
    assert [turn.headline for turn in ban.turning(["lawful", "can_move"])] == ["lawful"]
    assert {turn.headline: (turn.before, turn.after) for turn in closed.turns}["mover.town"] == (1, 0)


def test_a_contested_condition_that_has_not_begun_is_one_sided() -> None:
    text = CASE.replace("norms:", "conditions: {dry: {holds: true, contested: true, since: 2025-08}}\nnorms:")
    text = text.replace("{that: open}", "{that: open and dry}")
    moment = next(moment for moment in timeline(builder(text)) if moment.date == "2025-08")
    event = next(event for event in moment.events if event.path == ("conditions", "dry"))
    assert (moment.num_cells, moment.shares["can_move"]) == (2, 0.5)
    assert {turn.headline: (turn.before, turn.after) for turn in event.turns}["can_move"] == (0, 0.5)


def test_weights_make_shares_of_what_else_are_cells() -> None:
    text = CASE.replace("council: {name", "council: {weight: 3, name").replace("until: 2025-06-09, ", "")
    moments, _ = history(text)
    assert [moment.is_weighted for moment in moments] == [False, True, True, True, True]
    assert moments[1].shares["can_move"] == 0.25


def test_part_of_the_grid() -> None:
    text = CASE.replace("since: 2025-06-10, ", "")
    found = timeline(builder(text), Variant(readings=(("town", "mayor"),)))
    assert [moment.shares["can_move"] for moment in found] == [1, 1, 1, 1, 0]
    with pytest.raises(ChoiceError, match="the reading town=mayor is not in force at 2025-03, a date of the timeline"):
        timeline(builder(), Variant(readings=(("town", "mayor"),)))
    contested = CASE.replace("forbids: open,", "forbids: open, contested: true,")
    with pytest.raises(ChoiceError, match="the contested entry ban is not in force at 2025-08, a date of the timeline"):
        timeline(builder(contested), Variant(settled=(("ban", True),)))


def test_a_date_without_a_reading_is_told_with_its_reason() -> None:
    text = CASE.replace("since: 2025-06-10", "since: 2025-07-01")
    moments, told = history(text)
    assert [moment.date for moment in moments if moment.reason] == ["2025-06-10"]
    assert any(line.startswith("10 June 2025: the case cannot be solved: no reading of town") for line in told.sentences())


def test_no_date() -> None:
    with pytest.raises(ChoiceError, match="the case has no date; give it an as_of date"):
        timeline(builder("offramp: 1\ntitle: t\ndecision_makers: {a: {options: {x: {}}}}\nreadings: {a: {r: {prefers: []}}}\n"))


def test_nothing_changes() -> None:
    text = "offramp: 1\ntitle: t\nas_of: 2025\ndecision_makers: {a: {options: {x: {}}}}\nreadings: {a: {r: {prefers: [{that: x}]}}}\n"
    (moment,) = timeline(builder(text))
    assert (moment.date, moment.events, moment.shares["can_move"], moment.is_now) == ("2025", (), 1, True)


@pytest.mark.parametrize(
    ("date", "after"),
    [
        ("2024-02-28", "2024-02-29"),
        ("2025-02-28", "2025-03-01"),
        ("2025-12-31", "2026-01-01"),
        ("2025-12", "2026-01"),
        ("2025-01", "2025-02"),
        ("2025", "2026"),
        ("0999", "1000"),
        ("9999-12-31", ""),
        ("9999-12", ""),
        ("9999", ""),
    ],
)
def test_the_day_after(date: str, after: str) -> None:
    assert day_after(date) == after


def test_dates_are_in_order_and_an_end_without_a_day_after_is_none() -> None:
    assert list(dates(builder())) == ["2025-03", "2025-06-10", "2025-08", "2026"]
    assert list(dates(builder(CASE.replace("until: 2025-07", "until: 9999")))) == ["2025-03", "2025-06-10", "2026"]


# In words.


def test_sentences_say_what_opened_it_and_what_ended_it() -> None:
    lines = list(history()[1].sentences())
    assert lines[:4] == [
        "Somebody has a way out: from 10 June 2025 until 2026, in 100% of the combinations. Opened by the changes of that date together. "
        "Ended by the end of the option that The town opens the bridge.",
        "Some way out is lawful throughout: from August 2025 until 2026, in 100% of the combinations. "
        "Opened by the end of the norm “The ban”. Ended by the end of the option that The town opens the bridge.",
        "Some way out is lawful throughout and does no harm that the case knows of: from August 2025 until 2026, in 100% of the "
        "combinations. Opened by the end of the norm “The ban”. Ended by the end of the option that The town opens the bridge.",
        "The town alone has a way out: from 10 June 2025 until 2026, in 100% of the combinations. Opened by the changes of that date "
        "together. Ended by the end of the option that The town opens the bridge.",
    ]
    assert lines[4] == "Of the time before March 2025 the case says nothing."
    assert lines[5].startswith("Clear: lawful throughout")


def test_a_date_known_to_the_year_holds_what_changes_within_it() -> None:
    text = CASE.replace("since: 2025-03, ", "since: 2025, ")
    lines = list(history(text)[1].sentences())
    assert "2025 is known no better; what changes within it (10 June 2025 and August 2025) counts there as in force already." in lines


def test_changes_with_what_they_turn() -> None:
    moments, told = history()
    assert list(told.changes(moments[2])) == [
        (
            "− the norm “The ban”",
            "some way out is lawful throughout: 0% → 100%\n"
            "some way out is lawful throughout and does no harm that the case knows of: 0% → 100%",
        )
    ]
    assert list(told.changes(moments[1]))[1] == (
        "+ The town read as “The mayor”",
        "cannot be told: without it no reading of town is in force at 2025-06-10",
    )


def test_which_headlines_are_followed() -> None:
    moments = timeline(builder())
    assert followed(moments) == ["can_move", "lawful", "clear", "mover.town"]
    assert followed(moments, ["wish"]) == ["wish.anna"]
    assert followed(moments, ["end", "rests.seq", "end.open"]) == ["end.open", "rests.seq"]
    with pytest.raises(ChoiceError, match=r"no headline is called 'mover\.village' at any of the dates; there are: rests\.nash, "):
        followed(moments, ["mover.village"])


def test_spans() -> None:
    def at(*shares: float) -> list[Moment]:
        return [Moment(str(2000 + k), (), 4, {"lawful": share}) for k, share in enumerate(shares)]

    assert list(spans_of("lawful", at(0, 0.5, 1, 0, 0.25))) == [(1, 2), (4, 4)]
    assert list(spans_of("lawful", at(0, 0))) == []
    assert list(spans_of("clear", at(1))) == []


@pytest.mark.parametrize(
    ("share", "words"), [(0, "0%"), (1e-4, "under 1%"), (0.006, "1%"), (0.5, "50%"), (0.9999, "over 99%"), (1, "100%")]
)
def test_no_share_is_rounded_to_none_or_all(share: float, words: str) -> None:
    assert percent(share) == words


NAMED = """
offramp: 1
title: A house
decision_makers: {owner: {options: {sell: {name: sells the house}}}}
rules: {deed: {name: The deed, require: sell or not sell}}
readings: {owner: {r: {name: Tired, prefers: [{that: sell}, {that: not sell}]}}}
conditions: {dry: {holds: true}}
norms: {law: {binds: [owner], permits: sell}}
people: {anna: {wish: sell}, ben: {}}
harms: [{to: anna, that: sell, grade: slight, name: cold}, {to: ben, that: sell, grade: slight, name: cold}]
claims: {easy: {possible: {end: sell}}}
"""


def test_names_of_judgements_and_headlines() -> None:
    voice = Voice(read_case_text(NAMED), Evidence({}, {}, {}), True)
    paths = [path for path, _ in voice.case.judgements()]
    assert [judgement_name(voice, path) for path in paths] == [
        "the option that Owner sells the house",
        "the rule “The deed”",
        "Owner read as “Tired”, wish: Owner sells the house",
        "Owner read as “Tired”, wish: Owner does not sell the house",
        "the condition “Dry”",
        "the norm “Law”",
        "the wish of anna",
        "ben",
        "the claim “Easy”",
        "harm to anna: cold",
        "harm to ben: cold",
    ]
    assert names_together(voice, [("readings", "owner", "r", "prefers", 0), ("readings", "owner", "r", "prefers", 1)]) == [
        "Owner read as “Tired”: 2 wishes in it"
    ]
    assert headline_name(voice, "rests.seq") == "the status quo is an equilibrium by SEQ"
    assert headline_name(voice, "end.sell+stay") == "some way out ends at sell + stay"
    assert headline_name(voice, "denied.easy") == "the claim “Easy” is refuted"
    assert headline_name(voice, "unharmed") == "some way out does no harm that the case knows of"

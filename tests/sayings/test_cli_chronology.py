"""`offramp chronology`: its JSON, its CSV, its tables and its picture; what it withholds, and what it refuses."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.text import Text
from rich.cells import cell_len
from typer.testing import CliRunner

from offramp.cli import app
from offramp.report.plots.chronology import plot_chronology
from offramp.report.plots.style import Axes, figure_of, house_style
from offramp.sayings.chronology import Event, chronology
from offramp.sayings.gather import gather
from offramp.sayings.records import Saying
from offramp.sayings.withheld import withheld_with
from tellingcase import EVIDENCE, TEXTS, make, read, retell, spans, write

CASE = """\
offramp: 1
title: A dam
as_of: 2031-03-10
decision_makers: {town: {name: The town, options: {open: {name: opens the gates, since: 2031-02, basis: assumed}}}}
readings: {town: {only: {name: The only account, prefers: [{that: open, basis: assumed}]}}}
norms:
  ban: {name: The ban, binds: [town], forbids: open, until: 2031-03-04, basis: assumed}
  zkin: {name: zkinname, binds: [town], forbids: open, until: 2031-03-04, because: [kin]}
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return make(tmp_path / "case")


def run(*arguments: object) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["chronology", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout


def told(*arguments: object) -> str:
    return " ".join(run(*arguments).split())


def refused(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["chronology", *map(str, arguments)])
    assert "Traceback" not in result.output
    return result.exit_code, result.stderr


def ids(*arguments: object) -> list[str]:
    record: dict[str, Any] = json.loads(run(*arguments, "--format", "json"))
    return [event["id"] for event in record["events"] + record["undated"]]


def test_json_key_by_key(case: Path) -> None:
    record: dict[str, Any] = json.loads(run(case, "--format", "json"))
    assert list(record) == ["schema", "case", "notes", "events", "undated"]
    assert (record["schema"], record["case"], record["notes"]) == ("offramp.chronology/1", "case", [])
    assert [(event["id"], event["basis"], event["first"], event["last"]) for event in record["events"]] == [
        ("courier:date1", "named", "1990-01-01", "1999-12-31"),
        ("nine", "said", "2031-03-03", "2031-03-03"),
        ("echo:1", "reported", "2031-03-05", "2031-03-05"),
        ("kin", "reported", "2031-03-05", "2031-03-05"),
    ]
    named = record["events"][0]
    assert named == {
        "date": "199X",
        "first": "1990-01-01",
        "last": "1999-12-31",
        "basis": "named",
        "id": "courier:date1",
        "confirmed": False,
        "withheld": False,
        "source": "courier",
        "outlet": "Courier",
        "words": "In 199X, before the dam, nobody counted the gates. A worker said the gates ar…",
        "saying": None,
    }
    assert [event["withheld"] for event in record["events"]] == [False, False, False, True]
    assert record["events"][1]["saying"]["speaker"] == "Jo Eide"
    assert [(event["id"], event["date"], event["first"]) for event in record["undated"]] == [("courier:1", "", None)]


def test_csv_has_a_row_an_event(case: Path) -> None:
    header, *rows = csv.reader(io.StringIO(run(case, "--format", "csv")))
    told = [dict(zip(header, row, strict=True)) for row in rows]
    assert [row["id"] for row in told] == ["courier:date1", "nine", "echo:1", "kin", "courier:1"]
    assert [row["date"] for row in told] == ["199X", "2031-03-03", "2031-03-05", "2031-03-05", ""]
    assert told[2]["via"] == "Post"


def test_tables(case: Path) -> None:
    table = run(case)
    assert max(map(cell_len, table.splitlines())) <= 100
    dated, _, rest = table.partition("without a date")
    assert [dated.index(words) for words in ("the 1990s", "3 March 2031", "5 March 2031")] == sorted(
        dated.index(words) for words in ("the 1990s", "3 March 2031", "5 March 2031")
    )
    assert "the gates are rusty" in rest
    assert "the gates are rusty" not in dated
    words = told(case)
    assert "case: 3 statements, 1 other date; 1 without a date; 3 that nobody has confirmed." in words
    assert "1 more withheld in public." in words
    assert "mother" not in words
    assert "UNCONFIRMED: found by 'offramp read'" in words


def test_choices(case: Path) -> None:
    assert ids(case, "--from", "2031-03") == ["nine", "echo:1", "kin"]
    assert ids(case, "--to", "2031-03-04") == ["courier:date1", "nine"]
    assert ids(case, "--from", "1995", "--to", "1996") == ["courier:date1"], "an imprecise date may lie there"
    assert ids(case, "--speaker", "eide") == ["nine", "echo:1"]
    assert ids(case, "--speaker", "Jo Eide") == ["nine", "echo:1"], "a spelling in evidence.yaml"
    assert ids(case, "--source", "courier") == ["courier:date1", "courier:1"]
    assert ids(case, "--pinned") == ["nine", "kin"]
    assert ids(case, "--confidence", "0.5") == ["courier:date1", "nine", "echo:1", "kin"]
    assert "Told are the first 1; --limit tells more." in told(case, "--limit", "1")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--from", "soon"], "--from 'soon' is no date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        (["--from", "2031", "--to", "2030"], "--to 2030 is before --from 2031; swap them"),
        (["--source", "nothing"], "no source is called 'nothing'; sources/sources.yaml lists 3"),
        (["--speaker", "Nobody"], "nothing is said by 'Nobody'; speakers are: Eide, Jo Eide, worker"),
        (["--plot", "x.pdf"], "x.pdf: a picture is written as .svg or .png; end the name of the file in one of the two"),
    ],
)
def test_refusals(case: Path, options: list[str], said: str) -> None:
    assert refused(case, *options) == (2, f"offramp: {said}\n")


def test_nothing_read_yet_says_what_to_do(tmp_path: Path) -> None:
    case = make(tmp_path / "fresh", with_candidates=False)
    assert "3 reports have not been read: 'offramp read fresh' finds what is said there." in told(case)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert refused(empty)[0] == 1
    (empty / "evidence.yaml").write_text("offramp: 1\n")
    assert told(empty) == "empty: 0 statements, 0 other dates; 0 without a date; 0 that nobody has confirmed."


def test_judgements_that_begin_and_end(case: Path) -> None:
    (case / "case.yaml").write_text(CASE, encoding="utf-8")
    assert ids(case)[:5] == ["courier:date1", "decision_makers.town.options.open", "nine", "norms.ban", "norms.zkin"]
    words = told(case)
    assert "the option that The town opens the gates" in words
    assert "the norm “The ban”" in words
    assert "zkin" not in words
    assert "2 more withheld in public." in words


def test_a_date_of_a_saying_is_not_told_again(case: Path) -> None:
    post = read("post")
    post["dates"] = [{"span": spans("post", "on Monday")[0], "iso": "2031-03-03"}, {"span": spans("post", "calm")[0], "iso": "2031-03"}]
    write(case, "post", post)
    assert [name for name in ids(case) if ":date" in name] == ["courier:date1", "post:date2"]


def test_dates_within_restricted_and_protected_words_are_withheld(case: Path) -> None:
    echo = read("echo")
    echo["dates"] = [{"span": spans("echo", "old")[0], "iso": "1970"}]
    write(case, "echo", echo)
    (case / "private").mkdir()
    (case / "private" / "people.txt").write_text("the dam\n")
    words = told(case)
    assert "1970" not in words
    assert "1990s" not in words
    assert "3 more withheld in public." in words
    record = run(case, "--format", "json")
    assert "the dam" not in record
    assert "a protected identifier stands in these words" in record


def test_what_renders_restricted_words_is_withheld_with_them() -> None:
    words = "We found cracks in ten of the gates."
    pinned = Saying("a", "post", words, "direct", speaker="Jo Eide", is_restricted=True)
    found = Saying("b", "echo", words, "direct", speaker="Jo Eide", is_confirmed=False)
    other = Saying("c", "echo", "The ferry sank near the lighthouse.", "direct", speaker="Jo Eide", is_confirmed=False)
    assert [one.is_withheld for one in withheld_with([pinned, found, other])] == [True, True, False]
    assert [one.is_withheld for one in withheld_with([other, found])] == [False, False]


def test_tables_withhold_what_renders_restricted_words(case: Path) -> None:
    words = "We found cracks in ten of the gates."
    ten = f"{{source: echo, quote: {words}, spans: {spans('echo', words)}, speaker: eide, kind: direct, restricted: true}}"
    (case / "evidence.yaml").write_text(f"{EVIDENCE}  ten: {ten}\n", encoding="utf-8")
    retell(case, "courier", "Zealous: cracks in ten of the gates", "the gates are rusty", speaker="Eide", kind="direct")
    shown = told(case)
    assert "Zealous" not in shown
    assert "1990s" not in shown, "the date stands beside these words"
    assert "4 more withheld in public." in shown


def drawn(path: Path) -> str:
    return " ".join(ElementTree.parse(path).getroot().itertext())


def test_picture(case: Path, tmp_path: Path) -> None:
    (case / "case.yaml").write_text(CASE, encoding="utf-8")
    for name in ("one.svg", "two.svg", "one.png"):
        run(case, "--plot", tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()
    assert (tmp_path / "one.png").read_bytes().startswith(b"\x89PNG")
    words = drawn(tmp_path / "one.svg")
    for said in ("case: what was said and what happened", "Jo Eide", "judgements of the case", "hollow: nobody has confirmed it"):
        assert said in words, said
    assert "1 without a date, 2 withheld in public" in words
    assert "mother" not in words
    assert "zkin" not in words


def saying(place: int, date: str, **more: Any) -> Event:
    there = Saying(str(place), "post", "words", "direct", said_on=date, speaker=more.pop("speaker", "Jo Eide"), **more)
    return Event(date, "said", there.id, there.words, saying=there, source="post")


def test_a_date_that_is_no_day_is_a_bar_of_its_width() -> None:
    ax = plot_chronology([saying(1, "2031-02"), saying(2, "2031-02-10"), saying(3, "2031")])
    assert sorted(patch.get_width() for patch in ax.patches) == [28, 365]
    assert any(list(line.get_ydata()) and line.get_marker() == "o" for line in ax.lines), "the day is a mark"


def test_few_dates_long_ago_are_counted_and_not_drawn(tmp_path: Path) -> None:
    events = [saying(0, "1949"), saying(1, "2040"), *[saying(place, f"2031-02-{place:02}") for place in range(2, 20)]]
    ax = plot_chronology(events)
    assert "Not drawn: 1 earlier, 1 later" in [text.get_text() for text in ax.texts]
    assert ax.get_xlim()[1] - ax.get_xlim()[0] < 60


def test_the_time_that_is_asked_for_is_drawn() -> None:
    events = [saying(0, "1949"), saying(1, "2040"), *[saying(place, f"2031-02-{place:02}") for place in range(2, 20)]]
    low, high = plot_chronology(events, start="1940", end="2050").get_xlim()
    assert low < date(1940, 1, 2).toordinal()
    assert high > date(2050, 12, 30).toordinal()
    assert plot_chronology(events, start="2039").get_xlim()[1] > date(2040, 12, 30).toordinal()


def test_many_speakers_share_a_row_and_names_are_inert() -> None:
    events = [saying(place, "2031-02-10", speaker=f"Speaker {place}") for place in range(30)]
    ax = plot_chronology([*events, saying(31, "2031-02-11", speaker="$x$ \x1b[31m\u202eRed")])
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert len(names) == 16
    assert names[-1] == "other speakers"
    assert not any("\x1b" in name or "\u202e" in name for name in names)
    figure_of(ax).canvas.draw()


def drawn_numbers(ax: Axes) -> list[int]:
    """Return how many each mark and each bar stands for: what is written beside it, or one."""
    numbers = [int(text.get_text()[1:]) for text in ax.texts if text.get_text().startswith("×")]
    marks = sum(len(line.get_xdata()) == 1 for line in ax.lines) + len(ax.patches)  # type: ignore[arg-type]
    return sorted([*numbers, *[1] * (marks - len(numbers))])


@pytest.mark.parametrize(("number", "drawn"), [(1, [1]), (10, [1] * 10), (11, [11]), (30, [30])])
def test_many_of_one_day_are_one_mark_with_their_number(number: int, drawn: list[int]) -> None:
    ax = plot_chronology([saying(place, "2031-02-10") for place in range(number)])
    assert drawn_numbers(ax) == drawn
    assert not [text.get_text() for text in ax.texts if "Not drawn: " in text.get_text()]
    legend = ax.get_legend()
    assert legend is not None
    assert ("×2: two of one date and kind" in [text.get_text() for text in legend.get_texts()]) == (drawn == [number] and number > 1)


def test_what_differs_in_the_picture_is_not_counted_together() -> None:
    there = [saying(place, "2031-02-10", is_confirmed=place % 3 == 0) for place in range(30)]
    bars = [saying(place, "2031-02", speaker="Ann Poe") for place in range(40, 52)]
    assert drawn_numbers(plot_chronology([*there, *bars])) == [10, 12, 20]


def test_a_number_stands_clear_of_what_comes_after() -> None:
    ax = plot_chronology([saying(place, f"2031-02-{10 + place % 4}") for place in range(60)])
    assert drawn_numbers(ax) == [15] * 4
    with house_style():
        figure_of(ax).draw_without_rendering()
        boxes = [text.get_window_extent() for text in ax.texts if text.get_text().startswith("×")]
        marks = [line.get_window_extent() for line in ax.lines if len(line.get_xdata()) == 1]  # type: ignore[arg-type]
    assert not [(a, b) for k, a in enumerate(boxes) for b in [*boxes[:k], *marks] if a.overlaps(b)]


def test_what_has_no_room_is_counted_in_the_head_line() -> None:
    there = [saying(place, f"2031-02-01/2031-02-{place:02}") for place in range(2, 28)]
    ax = plot_chronology([*there, saying(1, "")])
    assert drawn_numbers(ax) == [1] * 20
    assert "Not drawn: 6 for want of room, 1 without a date" in [text.get_text() for text in ax.texts]


DATES = st.sampled_from(["2031-02-03", "2031-02-04", "2031-02", "2031-02-03/2031-02-20", "2031", "203X", "2030-05-06", ""])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(DATES, st.sampled_from(["Jo Eide", "Ann Poe", ""]), st.booleans()), max_size=80))
def test_every_statement_is_drawn_or_counted(there: list[tuple[str, str, bool]]) -> None:
    events = [saying(place, day, speaker=who, is_confirmed=sure) for place, (day, who, sure) in enumerate(there)]
    ax = plot_chronology(events)
    (head,) = [text.get_text() for text in ax.texts if text.get_text().startswith("Not drawn")] or [""]
    assert sum(drawn_numbers(ax)) + sum(map(int, re.findall(r"\d+", head))) == len(events)


def test_axes_of_others_obey_no_formula() -> None:
    foreign = Figure().add_subplot()
    foreign.text(0, 0, "$a$")
    ax = plot_chronology([saying(1, "2031-02-10", speaker="$X$")], ax=foreign, title="$y$")
    assert ax is foreign
    texts = [text for text in ax.findobj(Text) if isinstance(text, Text)]
    assert {"$a$", "$X$"} <= {text.get_text() for text in texts}
    assert not any(text.get_parse_math() for text in texts)


def test_nothing_to_draw() -> None:
    ax = plot_chronology([saying(1, "")])
    assert {text.get_text() for text in ax.texts} >= {"nothing has a date", "Not drawn: 1 without a date"}


def test_a_chronology_needs_no_stored_text(case: Path) -> None:
    for name in TEXTS:
        (case / "sources" / f"{name}.extracted.txt").unlink()
    events = chronology(gather(case), case)
    assert [event.words for event in events if event.basis == "named"] == [""]
    assert "the 1990s" in told(case)


def test_texts_are_inert(case: Path) -> None:
    evidence = EVIDENCE.replace("name: Jo Eide", 'name: "=cmd()"')
    (case / "evidence.yaml").write_text(evidence, encoding="utf-8")
    cells = [cell for row in csv.reader(io.StringIO(run(case, "--format", "csv"))) for cell in row]
    assert "'=cmd()" in cells
    assert not any(cell[:1] in tuple("=+-@") and cell for cell in cells)

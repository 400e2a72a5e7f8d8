"""Results at the prompt and in notebooks: one line, one table, and nothing of a case ever markup."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from random import Random
from typing import Any

import numpy as np
import pytest

import offramp
from bridge import to_model
from generators import random_graph_spec
from offramp.analysis.statusquo import statusquo
from offramp.analysis.ways import WaysOut
from offramp.case.load import read_case_text
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel, States
from offramp.report.tables import notebook
from offramp.stability.registry import ALL_CONCEPTS
from results import RESULTS, dilemma, of, result

TAGS = {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "p"}


class Page(HTMLParser):
    """The tags, attributes, and cells of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.rows: list[list[str]] = []
        self.caption = self.notes = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1] in ("td", "th"):
            self.rows[-1][-1] += data
        elif self.open[-1] == "caption":
            self.caption += data
        else:
            self.notes += data


def page(shown: Any) -> Page:
    found = Page(shown._repr_html_())
    assert not found.open
    return found


SHOWN = [kind for kind in RESULTS if kind != "timeline"]


@pytest.mark.parametrize("kind", SHOWN)
def test_every_result_is_a_line_and_a_table(kind: str) -> None:
    there = result(kind)
    assert re.fullmatch(rf"<{type(there).__name__}: [^\n]+>", repr(there))
    assert len(repr(there)) < 400
    assert "array(" not in repr(there)
    found = page(there)
    assert set(found.tags) <= TAGS
    assert found.attributes <= {"style", "scope"}
    assert len({len(row) for row in found.rows}) == 1
    rows = offramp.records(there)
    assert len(found.rows) == min(len(rows), notebook.MAX_ROWS) + 1
    assert (f"and {len(rows) - notebook.MAX_ROWS:,} more rows" in found.notes) == (len(rows) > notebook.MAX_ROWS)
    assert set(found.rows[0]) <= set(rows[0])


def test_a_timeline_is_a_line_for_each_date() -> None:
    moments = result("timeline")
    assert repr(moments[:2]).startswith("(<Moment: 2025-01; 4 begin, 0 end; 16 cells>, <Moment: 2025-02-05; ")
    assert sum("(now)" in repr(moment) for moment in moments) == 1
    assert page(moments[0]).rows[0] == ["date", "is_now", "num_cells", "headline", "share", "begins", "ends", "reason"]


def test_of_a_grid_only_the_cells_that_are_shown_are_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out = []
    monkeypatch.setattr(offramp.Grid, "cell", lambda grid, choice: worked_out.append(choice) or result("cell"))
    grid = offramp.Grid(offramp.Builder(offramp.read_case("two-prisoners")))
    assert repr(grid) == "<Grid: Two prisoners of war held by Ukraine; 512 cells>"
    assert "and 492 more rows" in page(grid).notes
    assert page(grid).rows[0][0] == "reading_ukraine"
    assert len(worked_out) == 2 * notebook.MAX_ROWS


def test_what_cannot_be_worked_out_is_a_line() -> None:
    contested = "".join(f"  r{k}: {{require: x or not x, contested: true}}\n" for k in range(15))
    text = f"offramp: 1\ntitle: Many\ndecision_makers: {{a: {{options: {{x: {{}}}}}}}}\nrules:\n{contested}"
    grid = offramp.Grid(Builder(read_case_text(text + "readings: {a: {r: {prefers: [{that: x}]}}}\n")))
    assert grid._repr_html_() is None
    assert repr(grid) == "<Grid: Many; 32,768 cells>"


def test_the_dilemma_as_a_table() -> None:
    found = page(offramp.solve(dilemma(), ["nash"]))
    assert found.caption == "Prisoners' dilemma; 4 states; equilibria: 1 Nash"
    assert found.rows == [
        ["number", "state", "status_quo", "equilibrium_nash", "rank_first", "rank_second", "nash_first", "nash_second"],
        ["1", "NN", "yes", "yes", "1", "1", "yes", "yes"],
        ["2", "YN", "no", "no", "0", "3", "no", "yes"],
        ["3", "NY", "no", "no", "3", "0", "yes", "no"],
        ["4", "YY", "no", "no", "2", "2", "no", "no"],
    ]
    assert "one letter an option: first.cooperate, second.cooperate" in found.notes
    assert "not mean that all is well" in found.notes
    assert "all is well" not in page(dilemma()).notes


def test_states_that_matter_come_first() -> None:
    model = offramp.load_case("two-prisoners")
    solution = offramp.solve(model, ["nash"])
    found = page(solution)
    stable = [state + 1 for state in range(model.num_states) if solution.equilibria("nash")[state] and state != model.status_quo]
    shown = [int(row[0]) for row in found.rows[1:]]
    assert shown[: 1 + len(stable)] == [model.status_quo + 1, *stable]
    assert len(shown) == notebook.MAX_ROWS
    assert f"and {344 - notebook.MAX_ROWS} more rows" in found.notes
    assert found.rows[0][0] == "number"


@pytest.mark.parametrize("concept", ["solution", "gmr", "sim", "coalition_gmr", "universal"])
def test_each_row_is_that_of_its_state(concept: str) -> None:
    model = offramp.load_case("two-prisoners")
    about = {"coalition": [["ukraine", "russia"]], "everybody": ["gmr"]}
    if concept == "solution":
        there: Any = offramp.solve(model)
    else:
        known = ALL_CONCEPTS[concept]
        there = known.function(model, *about.get(known.about, ["ukraine"]))
    rows = {str(row["number"]): row for row in offramp.records(there)}
    head, *shown = page(there).rows
    assert len({row[0] for row in shown}) == notebook.MAX_ROWS
    for row in shown:
        for name, text in zip(head, row, strict=True):
            value = rows[row[0]][name]
            expected = ("no", "yes")[value] if isinstance(value, bool) else str(value)
            assert text.removesuffix("…") == expected[: notebook.MAX_LETTERS - 1] or text == expected


def test_what_a_cell_is_stands_behind_what_it_says() -> None:
    found = page(result("cell"))
    assert found.rows[0][:2] == ["coalition", "to"]
    assert found.rows[0][-1].startswith("contested_")
    assert found.rows[1][:3] == ["ukraine south_korea", "5", "YNNNYNNNNNN"]


def test_the_lines() -> None:
    assert repr(dilemma()) == "<ConflictModel: Prisoners' dilemma; 2 decision makers, 2 options, 4 states>"
    assert "a graph, 9 states>" in repr(offramp.load_case("elmira-9-xu"))
    assert repr(of("seq", "first")) == "<StabilityResult: Prisoners' dilemma; 3 of 4 states are stable by SEQ for first>"
    assert repr(of("coalition_nash", ["first", "second"])).endswith("3 of 4 states are stable by Nash for first and second>")
    assert repr(of("universal", "nash")).endswith("0 of 4 states are stable by Nash for every coalition>")
    assert repr(of("limited", "first", 1)).endswith("with 1 move looked ahead for first>")
    assert repr(offramp.explain(dilemma(), 3, ["nash", "seq"])) == (
        "<Explanation: Prisoners' dilemma; state 4 (YY); Nash: unstable for first, second; SEQ: stable>"
    )
    assert repr(result("ways")) == "<WaysOut: Two prisoners of war held by Ukraine; 4 ways out of state 1, 2 coalitions>"
    assert repr(result("changes")) == "<SmallestChanges: 1 set of 1 change that attains the goal>"


TITLE = "<script>alert(1)</script> \u202e & <img src=x onerror=alert(2)> {{ 7*7 }}\n\x1b[31m"
NAMES = ("<b>s1</b>", '"><svg/onload=alert(3)>', "&lt;i&gt;", "'", "tu\u202ern\x1b")


def hostile() -> ConflictModel:
    """Return a graph whose every text wants to be markup; a file could not say most of it."""
    rng = Random(5)
    spec = random_graph_spec(rng)
    while len(spec["states"]) != len(NAMES):
        spec = random_graph_spec(rng)
    model = to_model(spec)
    makers = tuple(f"<i onclick='x'>{dm}</i>" for dm in model.decision_makers)
    return replace(model, title=TITLE, decision_makers=makers, states=States(names=NAMES))


def test_text_of_a_case_never_becomes_markup() -> None:
    model = hostile()
    ways = WaysOut(model, offramp.Reach(model.moves, 0))
    ways[0,] = np.array([False, *[bool(to in model.moves.successors(0, 0)) for to in range(1, len(NAMES))]])
    one = offramp.CONCEPTS["nash"](model, model.decision_makers[0])
    for there in (model, offramp.solve(model), offramp.explain(model), ways, statusquo(model), one):
        found = page(there)
        assert set(found.tags) <= TAGS
        assert found.attributes <= {"style", "scope"}
        assert not {"\u202e", "\x1b", "\n"} & {*there._repr_html_(), *repr(there)}
        assert found.caption.startswith("<script>alert(1)</script> [U+202E] & <img src=x onerror=alert(2)> {{ 7*7 }} [U+")
    assert [row[1] for row in page(model).rows[1:]] == [*NAMES[:-1], "tu[U+202E]rn[U+001B]"]
    assert "rank_<i onclick='x'>a</i>" in page(model).rows[0]


def test_options_are_text_in_the_notes_too() -> None:
    model = dilemma()
    states = States(("first.<u>x</u>", "second.&amp;"), model.states.codes)
    assert "one letter an option: first.<u>x</u>, second.&amp;" in page(replace(model, states=states)).notes


def test_long_texts_and_wide_tables_are_cut() -> None:
    options = ", ".join(f"o{k}: {{}}" for k in range(3))
    makers = ", ".join(f"maker_number_{k}: {{options: {{{options}}}}}" for k in range(1))
    text = f"offramp: 1\ntitle: {'long ' * 100}\ndecision_makers: {{{makers}, {', '.join(f'm{k}: {{}}' for k in range(50))}}}\n"
    text += "readings:\n  maker_number_0: {only: {weights: {maker_number_0.o1: 1}}}\n"
    text += "".join(f"  m{k}: {{only: {{weights: {{maker_number_0.o0: 1}}}}}}\n" for k in range(50))
    builder = Builder(read_case_text(text))
    model = builder.model(builder.choice())
    found = page(model)
    assert len(found.rows[0]) == notebook.MAX_COLUMNS
    assert f"and {3 + 51 - notebook.MAX_COLUMNS} more columns" in found.notes
    assert found.caption.startswith("long long")
    assert "…; 51 decision makers" in found.caption
    assert len(repr(model)) < 200
    found = page(offramp.CONCEPTS["nash"](model, "m1"))
    assert "for m1" in found.caption


def test_a_long_cell_is_cut() -> None:
    html = notebook._cell("x" * 200)
    assert "x" * (notebook.MAX_LETTERS - 1) + "…" in html
    assert "x" * notebook.MAX_LETTERS not in html
    assert ">0.333<" in notebook._cell(1 / 3)
    assert "right" in notebook._cell(3)
    assert "left" in notebook._cell(True)
    assert "></td>" in notebook._cell(None)


def test_what_is_not_the_default_is_told() -> None:
    model = offramp.load_case("two-prisoners", {"ukraine": "humanitarian"}, {"leaders": False, "rok_art_3": False})
    assert model.cell == ("ukraine=humanitarian", "leaders off")  # a norm makes no part of a model
    solution = offramp.solve(model, ["nash", "gmr"], offramp.Settings(sequences="once"))
    told = "; sequences=once, ukraine=humanitarian, leaders off"
    assert repr(solution).endswith(f"{told}>")
    assert page(solution).caption.endswith(told)
    assert repr(model).endswith("376 states; ukraine=humanitarian, leaders off>")
    assert repr(offramp.merged(model, ["ukraine", "russia"])).endswith("; ukraine=humanitarian, leaders off>")
    alone = offramp.CONCEPTS["gmr"](model, "ukraine", offramp.Settings(sequences="once"))
    assert repr(alone).endswith(f"for ukraine{told}>")
    assert repr(offramp.solve(offramp.load_case("two-prisoners"), ["nash"])).endswith(" Nash>")


def test_readings_that_say_nothing_keep_their_names() -> None:
    text = "offramp: 1\ntitle: t\ndecision_makers: {a: {options: {x: {}}}}\nreadings: {a: {r: {prefers: []}, s: {prefers: []}}}\n"
    builder = offramp.Builder(read_case_text(text))
    assert [builder.model(builder.choice({"a": name})).cell for name in ("r", "s")] == [(), ("a=s",)]

"""`offramp change`: the contract of its JSON and CSV, its words, and its refusals."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from casetext import ELMIRA, GRAPH
from offramp.cli import app

# Anna can leave, Bert can pay. As it stands nobody moves: Anna wants first not to leave, Bert not to pay.
CASE = """\
offramp: 1
title: Two at a door
decision_makers:
  anna: {name: Anna, options: {leave: {name: leaves}}}
  bert: {name: Bert, options: {pay: {name: pays}}}
rules: {fair: {name: No leaving unpaid, require: not (leave and winter and not pay), basis: assumed}}
readings:
  anna:
    home: {name: Stays, prefers: [{that: not leave, basis: stated}, {that: pay, basis: inferred}]}
    away: {prefers: [{any_order: [{that: leave, basis: inferred}, {that: not leave, basis: inferred}]}]}
  bert:
    only: {prefers: [{that: not pay, basis: assumed}, {that: leave, name: to be alone, basis: inferred}]}
conditions: {winter: {name: It is winter, holds: false, basis: stated}}
norms: {promise: {binds: [anna], forbids: leave and not pay}}
"""


@pytest.fixture
def case(tmp_path: Path) -> str:
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    return str(path)


def invoke(*arguments: str) -> Result:
    return CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["change", *arguments])


def run(*arguments: str) -> str:
    result = invoke(*arguments)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def told(*arguments: str) -> str:
    return " ".join(run(*arguments).split())


def answers(*arguments: str) -> list[str]:
    """Return the sentences of the table, without the column that says on what they rest."""
    found: list[str] = []
    lines = run(*arguments).splitlines()
    start = next(k for k, line in enumerate(lines) if "Now rests on" in line)
    column = lines[start].index("Now rests on")
    for line in lines[start + 2 :]:
        if not line.strip():
            break
        found += [""] if line[1].isdigit() else []
        found[-1] += " " + line[3:column].strip()
    return [" ".join(words.split()) for words in found]


def as_json(*arguments: str) -> dict[str, Any]:
    return json.loads(run(*arguments, "--format", "json"))


def test_json_key_by_key(case: str) -> None:
    record = as_json(case, "--open", "leave", "--by", "anna", "--of", "anna", "--most", "2")
    assert record.pop("settings")["changes"].startswith("drops and negations first")
    # To leave, Anna has to want it: the first wish negated. Dropped, she gains nothing by leaving.
    assert record.pop("sets") == [
        [
            {
                "kind": "negate",
                "path": ["readings", "anna", "home", "prefers", 0],
                "label": "readings.anna.home.prefers[1]",
                "anchor": None,
                "anchor_label": None,
                "basis": "stated",
            }
        ]
    ]
    assert record.pop("num_tried") > 1
    assert record.pop("unsolved") == []
    assert record == {
        "schema": "offramp.change/1",
        "case": "Two at a door",
        "as_of": None,
        "readings": {"anna": "home", "bert": "only"},
        "contested": {},
        "goal": {"kind": "open", "formula": "anna.leave", "by": ["anna"], "demand": None, "concept": None},
        "of": ["anna"],
        "also": [],
        "most": 2,
        "size": 1,
    }


def test_json_of_every_goal(case: str) -> None:
    assert as_json(case, "--hold", "leave", "--concept", "nash")["goal"] == {
        "kind": "hold", "formula": "anna.leave", "by": None, "demand": None, "concept": "nash",
    }  # fmt: skip
    assert as_json(case, "--hold", "leave")["goal"]["concept"] == "seq"
    assert as_json(case, "--open", "leave", "--clear")["goal"]["demand"] == "clear"
    assert as_json(case, "--open", "leave", "--lawful")["goal"]["demand"] == "lawful"
    closed = as_json(case, "--close", "leave")
    assert (closed["size"], closed["sets"]) == (0, [[]])
    none = as_json(case, "--open", "leave and not leave")
    assert (none["size"], none["sets"]) == (None, [])


def test_csv_has_a_row_for_every_change_of_the_json(case: str) -> None:
    arguments = [case, "--open", "leave and pay", "--also", "rules", "--also", "conditions"]
    rows = list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv"))))
    wanted = [
        (str(number), one["kind"], one["label"], one["anchor_label"] or "", one["basis"])
        for number, chosen in enumerate(as_json(*arguments)["sets"], 1)
        for one in chosen
    ]
    assert wanted
    assert [tuple(row.values()) for row in rows] == wanted


# Words.


def test_a_wish_turned_round_is_told_by_what_would_be_wanted(case: str) -> None:
    words = told(case, "--open", "leave", "--by", "anna")
    assert "what would open a way out of Anna that ends only where Anna leaves [leave]" in words
    assert "One judgement otherwise is enough. There is only one such change." in words
    assert answers(case, "--open", "leave", "--by", "anna") == ["If Anna (Stays) wanted “Anna leaves” [leave] rather than its opposite."]
    assert "What is stated is harder to doubt" in words
    assert "--lawful or --clear asks for that" in words


def test_what_is_not_stated_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "offramp: 1\ntitle: t\ndecision_makers:\n"
        "  anna: {name: Anna, options: {leave: {name: leaves}}}\n  bert: {name: Bert, options: {pay: {name: pays}}}\n"
        "readings:\n  anna: {home: {prefers: [{that: not leave or pay, basis: stated}, {that: leave, basis: inferred}]}}\n"
        "  bert: {only: {prefers: [{that: not pay or leave, basis: stated}, {that: not pay, basis: assumed}, {that: leave}]}}\n"
    )
    # Alone Anna leaves once she does not mind, or wants it more; together with Bert once he does not mind paying.
    # Of the two ways to say that Anna wants to leave more, the one that leaves her stated wish alone is told.
    assert answers(str(path), "--open", "leave") == [
        "If Anna ranked “Anna leaves” [leave] above “Anna does not leave, or Bert pays” [not leave or pay].",
        "If Bert did not mind about “Bert does not pay” [not pay], or wanted the opposite.",
        "If Anna did not mind about “Anna does not leave, or Bert pays” [not leave or pay], or wanted the opposite.",
    ]
    assert "First stand those that touch only what is inferred or assumed" in told(str(path), "--open", "leave")


def test_rules_and_conditions(case: str, tmp_path: Path) -> None:
    path = tmp_path / "snow.yaml"
    text = CASE.replace("holds: false", "holds: true").replace("{that: not leave, basis: stated}, ", "{that: leave, basis: stated}, ")
    path.write_text(text, encoding="utf-8")
    words = told(str(path), "--open", "leave and not pay", "--also", "rules", "--also", "conditions")
    assert "If the rule “No leaving unpaid” did not hold." in words
    assert "If “It is winter” were taken as not true." in words
    assert "each rule in force, dropped; each condition, the other way round" in words


def test_moves_are_told_by_what_stands_above_what(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    prefers = "[{that: not x, basis: inferred}, {that: y, basis: assumed}, {that: x, basis: assumed}]"
    path.write_text(
        "offramp: 1\ntitle: t\ndecision_makers: {a: {name: Ann, options: {x: {name: sings}, y: {name: hums}}}}\n"
        f"status_quo: {{y: true}}\nreadings: {{a: {{r: {{prefers: {prefers}}}}}}}\n",
        encoding="utf-8",
    )
    # x before not x, which it denies; or not x after x; or not x negated. With not x dropped, x decides.
    assert answers(str(path), "--open", "x") == [
        "If Ann did not mind about “Ann does not sing” [not x], wanted the opposite, or ranked it right below “Ann sings” [x].",
        "If Ann ranked “Ann sings” [x] above “Ann does not sing” [not x] and the one between.",
    ]
    assert "There are 4 such changes, told in 2 sentences" in told(str(path), "--open", "x")


def test_a_neighbour_put_up_or_down_is_told_once(case: str) -> None:
    arguments = [case, "--reading", "anna=away", "--close", "leave"]
    kinds = {one["kind"] for chosen in as_json(*arguments)["sets"] for one in chosen}
    assert {"raise", "lower"} <= kinds
    words = told(*arguments)
    assert words.count(" above ") == 1
    assert "order unjudged" in words
    assert "are two changes that come to the same" in words


def test_attained_and_unattainable(case: str) -> None:
    assert "Nothing has to be judged otherwise: no way out leads there as the case stands." in told(case, "--close", "leave")
    assert "such an outcome holds as the case stands" in told(case, "--hold", "not leave")
    assert "No change of up to three judgements opens such a way out." in told(case, "--open", "leave and not leave")
    assert "No change of a single judgement makes such an outcome hold." in told(case, "--hold", "false", "--most", "1")
    assert "It is not so as the case stands, and no change was looked for." in told(case, "--open", "pay", "--most", "0")
    assert "combinations of rankings were solved" in told(case, "--open", "leave and not leave")


def test_who_has_no_list_of_wishes(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(ELMIRA)
    assert "Uniroyal has no list" not in told(str(tmp_path / "x.yaml"), "--open", "accept", "--of", "moe")
    assert "Uniroyal and Local Government have no list of wishes there." in told(str(tmp_path / "x.yaml"), "--hold", "abandon and accept")


def test_a_graph(tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_text(GRAPH)
    assert as_json(str(tmp_path / "g.yaml"), "--open", "s3")["size"] == 0
    assert "the state is “s2” [s2]" in told(str(tmp_path / "g.yaml"), "--open", "s2")


def test_wishes_about_kin_are_withheld() -> None:
    (words,) = answers("two-prisoners", "--open", "transfer", "--clear")
    assert "wish 5 of 6 (withheld in public: kin may face reprisals)" in words
    assert "punish" not in run("two-prisoners", "--open", "transfer", "--clear")


def test_the_limit_cuts_the_table_and_not_the_json() -> None:
    arguments = ["two-prisoners", "--open", "third"]
    assert "more are not shown" in told(*arguments, "--limit", "1")
    assert as_json(*arguments, "--limit", "1")["sets"] == as_json(*arguments)["sets"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--open", "transfer", "--reading", "south_korea=unwilling"],
        ["--hold", "transfer"],
        ["--close", "exchange", "--reading", "ukraine=would_swap"],
        ["--open", "third", "--also", "rules"],
        ["--open", "transfer", "--as-of", "2025-03"],
    ],
)
def test_the_bundled_case_fits_the_width(arguments: list[str]) -> None:
    assert max(map(cell_len, run("two-prisoners", *arguments).splitlines())) <= 100


def test_as_of_another_date() -> None:
    record = as_json("two-prisoners", "--open", "transfer", "--as-of", "2025-03")
    assert record["as_of"] == "2025-03"
    assert record["readings"]["south_korea"] == "once_certain"


# Refusals.


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "no goal; give exactly one of --open, --hold and --close, each with a formula"),
        (["--open", "pay", "--close", "pay"], "--open and --close together; give exactly one of --open, --hold and --close"),
        (["--open", "stay"], "--open: 'stay' names no option and no condition; expected one of"),
        (["--hold", "pay and"], "--hold: "),
        (["--open", "pay", "--by", "carl"], "no decision maker is called 'carl'; there are: anna, bert"),
        (["--open", "pay", "--of", "carl"], "no decision maker is called 'carl'; there are: anna, bert"),
        (["--hold", "pay", "--concept", "core"], "no concept is called 'core'; there are: nash, gmr"),
        (["--open", "pay", "--lawful", "--clear"], "--lawful and --clear together"),
        (["--hold", "pay", "--lawful"], "--lawful goes with --open; --hold looks at outcomes"),
        (["--close", "pay", "--by", "anna"], "--by goes with --open; --close looks at every way out"),
        (["--open", "pay", "--concept", "seq"], "--concept goes with --hold; --open is about ways out"),
        (["--open", "pay", "--also", "norms"], ""),
        (["--open", "pay", "--most", "-1"], ""),
        (["--open", "pay", "--as-of", "soon"], "--as-of 'soon' is no date"),
    ],
)
def test_misuse_exits_2(case: str, arguments: list[str], said: str) -> None:
    result = invoke(case, *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_cell_without_a_status_quo_is_a_fault_of_the_case(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(CASE.replace("require: not (leave and winter and not pay)", "require: leave"), encoding="utf-8")
    result = invoke(str(path), "--open", "pay")
    assert result.exit_code == 1
    assert "status quo" in result.stderr


def test_what_cannot_be_solved_is_refused_or_told(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(CASE.replace("{that: not leave, basis: stated}", "{that: not leave, doubtful: true}"), encoding="utf-8")
    result = invoke(str(path), "--open", "leave")
    assert result.exit_code == 2
    assert "readings.anna.home: preferences that are unknown for some pairs of states" in result.stderr
    wishes = "prefers: [{that: not pay, basis: assumed}, {that: leave, name: to be alone, basis: inferred}]"
    ranked = CASE.replace(wishes, "ranking: [NN, NY, YY]")
    path.write_text(ranked.replace("and winter and", "and not winter and"), encoding="utf-8")
    told = run(str(path), "--open", "leave and not pay", "--also", "rules")
    told = " ".join(told.split())
    assert "One set of changes leaves a case that cannot be solved: rules.fair drop: the ranking leaves out YN." in told
    (one,) = as_json(str(path), "--open", "leave and not pay", "--also", "rules")["unsolved"]
    assert (one["reason"], [change["label"] for change in one["changes"]]) == ("the ranking leaves out YN", ["rules.fair"])

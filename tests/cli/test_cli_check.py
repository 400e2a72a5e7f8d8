"""`offramp check`: problems and warnings, by hand; its JSON, its CSV, its exit codes."""

import csv
import io
import json
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from casetext import DESIGN, GRAPH, SMALL, changed
from offramp.cli import app


def run(*arguments: str, code: int) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["check", *arguments])
    assert result.exit_code == code, result.output
    return result.stdout


def as_json(path: Path, code: int) -> dict[str, Any]:
    return json.loads(run(str(path), "--format", "json", code=code))


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def warnings(tmp_path: Path, text: str) -> set[str]:
    """Return what a sound case is warned of, but for missing grounds."""
    record = as_json(written(tmp_path, text), 0)
    return {f"{w['label']}: {w['found']}" for w in record["warnings"] if w["found"] != "no basis"}


# Every judgement has its ground.
SOUND = """\
offramp: 1
title: Sound
as_of: 2026
decision_makers:
  anna: {options: {leave: {basis: assumed}}}
  bert: {options: {pay: {basis: stated, because: [s1]}}}
rules: {r: {require: pay -> leave, basis: assumed}}
readings:
  anna: {only: {prefers: [{that: leave, basis: assumed}]}}
  bert: {only: {prefers: [{that: not pay, basis: inferred, because: [s1]}]}}
"""


def test_json_key_by_key(tmp_path: Path) -> None:
    assert as_json(written(tmp_path, SOUND), 0) == {"schema": "offramp.check/1", "ok": True, "problems": [], "warnings": []}
    text = changed(SOUND, ("leave: {basis: assumed}", "leave: {}"))
    assert as_json(written(tmp_path, text), 0) == {
        "schema": "offramp.check/1",
        "ok": True,
        "problems": [],
        "warnings": [
            {
                "file": "case.yaml",
                "line": 5,
                "label": "decision_makers.anna.options.leave",
                "found": "no basis",
                "expected": "stated, inferred or assumed",
                "remedy": "it is shown as assumed until you say",
            }
        ],
    }
    record = as_json(written(tmp_path, changed(SOUND, ("pay -> leave", "pays"))), 1)
    assert (record["ok"], record["warnings"]) == (False, [])
    assert record["problems"] == [
        {
            "file": "case.yaml",
            "line": 7,
            "label": "rules.r.require",
            "found": "'pays' names no option and no condition",
            "expected": "one of leave, pay",
            "remedy": "did you mean 'pay'?",
        }
    ]


def test_table_and_csv(tmp_path: Path) -> None:
    assert run(str(written(tmp_path, SOUND)), code=0) == "0 problems, 0 warnings\n"
    path = str(written(tmp_path, changed(SOUND, ("leave: {basis: assumed}", "leave: {}"))))
    assert run(path, code=0).splitlines() == [
        "warning: case.yaml:5: decision_makers.anna.options.leave: no basis; expected stated, inferred or assumed; "
        "it is shown as assumed until you say",
        "0 problems, 1 warning",
    ]
    rows = list(csv.reader(io.StringIO(run(path, "--format", "csv", code=0))))
    assert rows[0] == ["kind", "file", "line", "label", "found", "expected", "remedy"]
    assert rows[1][:5] == ["warning", "case.yaml", "5", "decision_makers.anna.options.leave", "no basis"]
    path = str(written(tmp_path, changed(SOUND, ("pay -> leave", "pays"))))
    assert run(path, code=1).splitlines()[-1] == "1 problem, 0 warnings"
    assert run(path, "--format", "csv", code=1).splitlines()[1].startswith("problem,case.yaml,7,rules.r.require,")


def test_csv_cells_that_a_spreadsheet_would_run(tmp_path: Path) -> None:
    text = changed(SOUND, ("basis: assumed}}}\n  bert", "basis: assumed}, '=1+1': {}}}\n  bert"))
    rows = list(csv.reader(io.StringIO(run(str(written(tmp_path, text)), "--format", "csv", code=1))))
    assert all(cell[:1] not in ("=", "+", "-", "@") for row in rows for cell in row)


# Warnings.


def test_said_but_pinned_to_nothing(tmp_path: Path) -> None:
    text = changed(
        SOUND, ("basis: stated, because: [s1]", "basis: stated"), ("basis: inferred, because: [s1]", "basis: inferred, because: []")
    )
    assert warnings(tmp_path, text) == {
        "decision_makers.bert.options.pay: stated, but because of no statement",
        "readings.bert.only.prefers[1]: inferred, but because of no statement",
    }


def test_an_option_that_nobody_cares_about(tmp_path: Path) -> None:
    text = changed(SOUND, ("that: not pay", "that: not leave"))
    assert warnings(tmp_path, text) == {"decision_makers.bert.options.pay: nobody wants or fears this option"}
    weighed = changed(text, ("{prefers: [{that: leave, basis: assumed}]}", "{weights: {bert.pay: 1, leave: 2}, basis: assumed}"))
    assert warnings(tmp_path, weighed) == set()
    ranked = changed(text, ("{prefers: [{that: leave, basis: assumed}]}", "{ranking: [NN, YN, YY], basis: assumed}"))
    assert warnings(tmp_path, ranked) == set(), "a ranking cares about states, in which every option counts"
    paired = changed(text, ("{prefers: [{that: leave, basis: assumed}]}", "{pairs: [NN > YN > YY], basis: assumed}"))
    assert warnings(tmp_path, paired) == set(), "and so do pairs"


def test_rules_that_exclude_nothing(tmp_path: Path) -> None:
    text = changed(
        SOUND,
        (
            "rules: {r",
            "rules: {same: {require: not pay or leave, basis: assumed}, always: {require: leave or not leave, basis: assumed}, r",
        ),
    )
    idle = "the rule excludes nothing that the others leave"
    # `same` and `r` say the same: without the one, the other still does
    assert warnings(tmp_path, text) == {f"rules.same: {idle}", f"rules.always: {idle}", f"rules.r: {idle}"}


def test_a_rule_is_not_idle_that_bites_on_the_other_side_of_a_contested_condition(tmp_path: Path) -> None:
    text = changed(SOUND, ("rules: {r", "rules: {w: {require: war -> leave, basis: assumed}, r")) + "status_quo: YN\n"
    contested = text + "conditions: {war: {holds: false, contested: true, basis: assumed}}\n"
    settled = text + "conditions: {war: {holds: false, basis: assumed}}\n"
    assert warnings(tmp_path, contested) == set()
    assert warnings(tmp_path, settled) == {"rules.w: the rule excludes nothing that the others leave"}


def test_a_rule_without_which_there_would_be_too_many_states_is_not_idle(tmp_path: Path) -> None:
    """Two rules rule out eighteen options each; with one of them alone two to the eighteen times sixteen states are left."""
    names = [f"o{k}" for k in range(40)]
    rules = [
        f"{rule}: {{require: not ({' or '.join(part)}), basis: assumed}}"
        for rule, part in zip("ab", (names[:18], names[18:36]), strict=True)
    ]
    text = f"offramp: 1\ntitle: t\ndecision_makers: {{a: {{options: {{{', '.join(f'{name}: {{basis: assumed}}' for name in names)}}}}}}}\n"
    text += f"rules: {{{', '.join(rules)}}}\n"
    text += f"readings: {{a: {{r: {{weights: {{{', '.join(f'{name}: 1' for name in names)}}}, basis: assumed}}}}}}\n"
    assert warnings(tmp_path, text) == set()


def test_a_contested_rule_out_of_its_dates_is_no_problem(tmp_path: Path) -> None:
    text = changed(
        SOUND,
        ("{r: {require: pay -> leave, basis: assumed}}", "{r: {require: pay -> leave, basis: assumed, contested: true, until: 2025}}"),
    )
    assert warnings(tmp_path, text) == set()


def test_a_graph_is_checked_too(tmp_path: Path) -> None:
    assert warnings(tmp_path, GRAPH) == set()


# Problems that only a world shows, on whichever side.


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{require: pay -> leave, basis: assumed}", "{require: pay and not pay, basis: assumed}", "the rules r together leave no state"),
        ("{require: pay -> leave, basis: assumed}", "{require: leave, basis: assumed}", "the status quo NN breaks r"),
        (
            "{require: pay -> leave, basis: assumed}",
            "{require: war -> leave, basis: assumed}}\nconditions: {war: {holds: false, contested: true, basis: assumed}",
            "the status quo NN breaks r",
        ),
        (
            "{prefers: [{that: leave, basis: assumed}]}",
            "{prefers: []}, second: {ranking: [NN], basis: assumed}",
            "the ranking leaves out YN, YY",
        ),
    ],
)
def test_problems_of_some_cell(tmp_path: Path, old: str, new: str, words: str) -> None:
    record = as_json(written(tmp_path, changed(SOUND, (old, new))), 1)
    assert any(words in problem["found"] for problem in record["problems"]), record


def test_too_many_states_are_a_problem(tmp_path: Path) -> None:
    options = ", ".join(f"o{k}: {{}}" for k in range(40))
    text = f"offramp: 1\ntitle: t\ndecision_makers: {{a: {{options: {{{options}}}}}}}\nreadings: {{a: {{r: {{prefers: []}}}}}}\n"
    record = as_json(written(tmp_path, text), 1)
    assert any("40 options leave 1,099,511,627,776 states" in problem["found"] for problem in record["problems"])


@pytest.mark.parametrize(("section", "number"), [("conditions", 8_000), ("rules", 3_000)])
def test_thousands_of_contested_entries_take_no_minute(tmp_path: Path, section: str, number: int) -> None:
    form = "holds: true, contested: true" if section == "conditions" else "require: x or not x"
    entries = ", ".join(f"e{k}: {{{form}}}" for k in range(number))
    text = "offramp: 1\ntitle: t\ndecision_makers: {a: {options: {x: {}}}}\nreadings: {a: {r: {prefers: []}}}\n"
    text += f"{section}: {{{entries}}}\n"
    start = time.monotonic()
    assert as_json(written(tmp_path, text), 0)["ok"]
    assert time.monotonic() - start < 10


# Folders with evidence.


def test_because_of_what_nobody_said(tmp_path: Path) -> None:
    """In a folder every `because` has to resolve; a bare file has no evidence to look in."""
    assert as_json(written(tmp_path, SOUND), 0)["ok"]
    (tmp_path / "evidence.yaml").write_text("offramp: 1\nspeakers: {}\nstatements: {}\n")
    result = CliRunner().invoke(app, ["check", str(tmp_path), "--format", "json"])
    assert result.exit_code == 1
    found = json.loads(result.stdout)["problems"]
    assert {(p["label"], p["line"]) for p in found if "s1" in p["found"]} == {
        ("decision_makers.bert.options.pay.because[1]", 6),
        ("readings.bert.only.prefers[1].because[1]", 10),
    }


@pytest.mark.parametrize("text", [DESIGN, SMALL])
def test_the_design_s_examples_are_sound(tmp_path: Path, text: str) -> None:
    assert as_json(written(tmp_path, text), 0)["ok"]


# Interventions.

OUTSIDE = (
    SOUND
    + """\
conditions: {c: {holds: true, basis: assumed, contested: true}}
interventions:
  push: {prefers: {anna: [{that: pay}]}}
  never: {basis: assumed, rules: {n: {require: leave}}}
  winter: {basis: stated, rules: {m: {require: leave or c}}}
  sound: {basis: assumed, lifts: {rules: [r]}}
"""
)


def test_interventions(tmp_path: Path) -> None:
    record = as_json(written(tmp_path, OUTSIDE), 1)
    assert [(p["label"], p["found"]) for p in record["problems"]] == [
        ("interventions.never", "cannot be added: status_quo: the status quo NN breaks never.n")
    ]
    told = {(w["label"], w["found"]) for w in record["warnings"] if w["label"].startswith("interventions")}
    assert told == {
        ("interventions.push", "no basis"),
        ("interventions.winter", "stated, but because of no statement"),
        (
            "interventions.winter",
            "cannot be added under some side of a contested entry, so it is not tried: status_quo: "
            "the status quo NN breaks winter.m, where c is false",
        ),
    }


def test_what_to_do_about_an_intervention_is_said_of_what_bars_it(tmp_path: Path) -> None:
    """Once the rule is lifted, a wish tells states apart that count as one; the status quo is as sound as before."""
    text = f"{SOUND}coalesce: {{paid: {{that: pay, basis: assumed}}}}\ninterventions: {{i: {{basis: assumed, lifts: {{rules: [r]}}}}}}\n"
    (told,) = as_json(written(tmp_path, text), 1)["problems"]
    reason = "it tells NY from YY, which coalesce.paid makes one state"
    assert told["found"] == f"cannot be added: readings.anna.only.prefers[1].that: {reason}"
    assert told["expected"] == "what holds in both or in neither"
    assert told["remedy"].startswith("write it so that this does not matter")


def test_an_intervention_rests_on_statements_that_are_there(tmp_path: Path) -> None:
    """Those of the intervention, and of everything that it adds."""
    because = "basis: assumed, because: [nowhere]"
    interventions = (
        f"interventions:\n  i: {{{because}, options: {{anna: {{go: {{{because}}}}}}}, rules: {{n: {{require: not go, {because}}}}}, "
        f"prefers: {{bert: [{{that: go, {because}}}]}}}}\n"
    )
    written(tmp_path, SOUND.replace("because: [s1]", "because: []") + interventions)
    (tmp_path / "evidence.yaml").write_text("offramp: 1\n", encoding="utf-8")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "sources.yaml").write_text("offramp: 1\n", encoding="utf-8")
    labels = [p["label"] for p in as_json(tmp_path, 1)["problems"] if p["found"].startswith("'nowhere'")]
    assert sorted(labels) == [
        "interventions.i.because[1]",
        "interventions.i.options.anna.go.because[1]",
        "interventions.i.prefers.bert[1].because[1]",
        "interventions.i.rules.n.because[1]",
    ]


def test_of_many_contested_entries_interventions_are_tried_on_one_side_each(tmp_path: Path) -> None:
    names = [f"c{k}" for k in range(9)]
    conditions = "".join(f"  {name}: {{holds: true, basis: assumed, contested: true}}\n" for name in names)
    rule = f"{{basis: assumed, rules: {{m: {{require: {' and '.join(names)}}}}}}}"
    text = f"{SOUND}conditions:\n{conditions}interventions:\n  all: {rule}\n"
    (told,) = (w for w in as_json(written(tmp_path, text), 0)["warnings"] if w["label"].startswith("interventions"))
    assert told["found"].startswith("cannot be added under some side")


def test_at_another_date(tmp_path: Path) -> None:
    """Before the only reading of bert begins there is nothing to solve; a date that is none is misuse."""
    text = changed(SOUND, ("bert: {only: {prefers:", "bert: {only: {since: 2020, prefers:"))
    (tmp_path / "case.yaml").write_text(text)
    assert CliRunner().invoke(app, ["check", str(tmp_path / "case.yaml")]).exit_code == 0
    early = CliRunner().invoke(app, ["check", str(tmp_path / "case.yaml"), "--as-of", "2019"])
    assert early.exit_code == 1
    assert "no reading of bert is in force at 2019" in early.stdout
    assert CliRunner().invoke(app, ["check", str(tmp_path / "case.yaml"), "--as-of", "soon"]).exit_code == 2

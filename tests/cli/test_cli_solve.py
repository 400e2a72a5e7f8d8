"""`offramp solve`: the contract of its JSON, its CSV and its table."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

import reference
from casetext import DESIGN, ELMIRA, GRAPH
from offramp.cli import app

OPTIONS = {"ukraine": [("transfer", "forward"), ("exchange", "forward")], "south_korea": [("ask", "both")]}
CODES = ["NNN", "NYN", "NNY", "YNY", "NYY"]
# Both readings: first of all no exchange, then a transfer once asked. NNN 3, NYN 1, NNY 2, YNY 3, NYY 0.
RANK = dict(zip(CODES, [3, 1, 2, 3, 0], strict=True))
GAME = reference.option_game(OPTIONS, CODES, {"ukraine": RANK, "south_korea": RANK})


@pytest.fixture
def case(tmp_path: Path) -> str:
    path = tmp_path / "case.yaml"
    path.write_text(DESIGN)
    return str(path)


def run(*arguments: str) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["solve", *arguments])
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def as_json(*arguments: str) -> dict[str, Any]:
    return json.loads(run(*arguments, "--format", "json"))


def test_json_key_by_key(case: str) -> None:
    record = as_json(case)
    numbers = {code: number for number, code in enumerate(CODES, 1)}
    settings = record.pop("settings")
    assert settings["sequences"] == "legal"
    assert all(isinstance(value, str | int) for value in settings.values())
    stable = {concept: reference.stable(GAME, concept) for concept in reference.CONCEPTS}
    assert record == {
        "schema": "offramp.solve/1",
        "case": "Two prisoners of war held by Ukraine",
        "as_of": "2026-05-31",
        "readings": {"ukraine": "law_first", "south_korea": "willing"},
        "contested": {"leaders": True, "risk_on_return": True},
        "options": ["ukraine.transfer", "ukraine.exchange", "south_korea.ask"],
        "num_states": 5,
        "states": CODES,
        "status_quo": 1,
        "stability": {c: {dm: sorted(numbers[s] for s in states) for dm, states in by.items()} for c, by in stable.items()},
        "equilibria": {c: sorted(numbers[s] for s in reference.equilibria(GAME, c)) for c in reference.CONCEPTS},
    }
    # by hand: as it was; exchanged, which nobody can undo, and asking then would be worse still; handed over
    assert record["equilibria"]["nash"] == [1, 2, 4]


def test_json_keys_come_in_the_order_of_the_contract(case: str) -> None:
    assert list(as_json(case)) == [
        *("schema", "case", "as_of", "settings", "readings", "contested", "options", "num_states"),
        *("states", "status_quo", "stability", "equilibria"),
    ]


def test_the_choice_is_stored_with_the_answer(case: str) -> None:
    record = as_json(case, "--reading", "south_korea=unwilling", "--contested", "leaders=off", "--contested", "risk_on_return=no")
    assert record["readings"] == {"ukraine": "law_first", "south_korea": "unwilling"}
    assert record["contested"] == {"leaders": False, "risk_on_return": False}
    assert record["states"] == ["NNN", "YNN", "NYN", "NNY", "YNY", "NYY"]


@pytest.mark.parametrize("side", ["on", "true", "yes", "ON", "True"])
def test_sides_in_words(case: str, side: str) -> None:
    assert as_json(case, "--contested", f"leaders={side}")["contested"]["leaders"] is True


def test_concepts_that_are_asked_for(case: str) -> None:
    record = as_json(case, "--concept", "seq", "--concept", "nash", "--concept", "seq")
    assert list(record["stability"]) == list(record["equilibria"]) == ["seq", "nash"]


def test_above_the_limit_states_are_left_out_and_lists_cut_and_counted(case: str) -> None:
    whole, cut = as_json(case), as_json(case, "--limit", "2")
    assert cut["states"] is None
    assert cut["num_states"] == 5
    for concept, by_dm in whole["stability"].items():
        for dm, numbers in by_dm.items():
            assert cut["stability"][concept][dm] == numbers[:2]
            assert cut["counts"]["stability"][concept][dm] == len(numbers)
        assert cut["equilibria"][concept] == whole["equilibria"][concept][:2]
        assert cut["counts"]["equilibria"][concept] == len(whole["equilibria"][concept])
    assert "counts" not in as_json(case, "--limit", "5")


def test_a_graph_has_states_by_name_and_no_options(tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_text(GRAPH)
    record = as_json(str(tmp_path / "g.yaml"))
    assert (record["states"], record["options"], record["status_quo"]) == (["s1", "s2", "s3"], [], 1)


def test_csv_key_by_key(case: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run(case, "--format", "csv"))))
    assert [row["state"] for row in rows] == CODES
    assert [row["number"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert [row["rank_ukraine"] for row in rows] == ["3", "1", "2", "3", "0"]
    for row in rows:
        for concept in reference.CONCEPTS:
            for dm in GAME.names:
                assert row[f"{concept}_{dm}"] == str(int(reference.is_stable(GAME, concept, dm, row["state"])))
            assert row[f"equilibrium_{concept}"] == str(int(row["state"] in reference.equilibria(GAME, concept)))
    assert [row["breaches"] for row in rows] == ["", "non_refoulement", "", "", "non_refoulement"]
    assert [row["harms"] for row in rows] == ["", "grave:pow_a", "", "", "grave:pow_a"]
    assert len(run(case, "--format", "csv", "--limit", "3").splitlines()) == 4


def test_csv_says_by_what_it_was_computed() -> None:
    def told(*arguments: str) -> set[tuple[str, str, str]]:
        rows = csv.DictReader(io.StringIO(run(*arguments, "--format", "csv")))
        assert list(rows.fieldnames or ())[-3:] == ["settings", "readings", "contested"]
        return {(row["settings"], row["readings"], row["contested"]) for row in rows}

    published = "moe=published uniroyal=published local_government=published"
    assert told("elmira-12") == {("default", published, "")}
    asked = ("--concept", "gmr", "--set", "return_to_start=ignored", "--set", "sequences=once", "--merge", "moe,uniroyal")
    assert told("elmira-12", *asked) == {("sequences=once return_to_start=ignored merged=moe+uniroyal", published, "")}
    found = told("two-prisoners", "--reading", "ukraine=humanitarian", "--contested", "leaders=off", "--limit", "2")
    ((settings, readings, contested),) = found
    assert (settings, "ukraine=humanitarian" in readings.split(), "leaders=off" in contested.split()) == ("default", True, True)


def test_csv_cells_that_a_spreadsheet_would_run(tmp_path: Path) -> None:
    names = ["=1+1", "+1", "-1+1", "@SUM(A1)", "a,b", 'a"b', "plain"]
    listed = ", ".join(json.dumps(name) for name in names)
    (tmp_path / "g.yaml").write_text(
        f"offramp: 1\ntitle: t\ndecision_makers: {{a: {{}}}}\nstates: [{listed}]\nreadings: {{a: {{r: {{ranking: [{listed}]}}}}}}\n"
    )
    rows = list(csv.DictReader(io.StringIO(run(str(tmp_path / "g.yaml"), "--format", "csv"))))
    assert [row["state"] for row in rows] == ["'=1+1", "'+1", "'-1+1", "'@SUM(A1)", "a,b", 'a"b', "plain"]


# The table.


def test_table_says_where_one_is_and_what_cannot_be_undone(case: str) -> None:
    lines = run(case).splitlines()
    text = " ".join(" ".join(lines).split())
    assert lines[0].startswith("Two prisoners of war held by Ukraine: 5 states")
    now = next(line for line in lines if " now" in line)
    assert now.split()[:2] == ["1", "NNN"]
    assert "CANNOT BE UNDONE: ukraine.transfer" in text
    assert "wish of pow_a" in text
    assert "Readings: ukraine=law_first, south_korea=willing" in text
    assert "Contested: leaders on, risk_on_return on" in text
    assert "where all is well" in text
    assert "safe" not in text.lower()


def test_no_unlawful_state_stands_without_its_breach(case: str) -> None:
    """Where an exchange is an equilibrium, the same row says that it is unlawful and whom it harms."""
    text = DESIGN.replace("{that: not exchange}", "{that: exchange}").replace(
        "{that: not exchange, basis: stated, because: [s24]}", "{that: exchange}"
    )
    Path(case).write_text(text)
    lines = run(case).splitlines()
    starts = [place for place, line in enumerate(lines) if line.split()[1:2] in (["NYN"], ["NYY"])]
    assert starts
    for start in starts:
        row = lines[start] + " ".join(
            line for line in lines[start + 1 : start + 4] if not line.split()[:1] or not line.split()[0].isdigit()
        )
        assert "UNLAWFUL" in row
        assert "harm" in row


LONG = "a title of many words that goes on and on " * 6
WIDE = "捕虜二名と四つの国" * 12


@pytest.mark.parametrize("title", ["x", LONG, WIDE, "a" * 300])
@pytest.mark.parametrize("base", [DESIGN, ELMIRA, GRAPH])
def test_no_line_is_wider_than_a_hundred_columns(tmp_path: Path, title: str, base: str) -> None:
    first = next(line for line in base.splitlines() if line.startswith("title:"))
    (tmp_path / "x.yaml").write_text(base.replace(first, f"title: '{title.strip()}'"), encoding="utf-8")
    for line in run(str(tmp_path / "x.yaml")).splitlines():
        assert cell_len(line) <= 100, line


def test_a_model_of_twelve_options_and_three_decision_makers_fits_the_width(tmp_path: Path) -> None:
    makers = ", ".join(
        f"a_rather_long_name_{k}: {{options: {{{', '.join(f'an_option_{k}_{j}: {{}}' for j in range(4))}}}}}" for k in range(3)
    )
    wants = ", ".join(f"a_rather_long_name_{k}: {{r: {{prefers: [{{that: an_option_{k}_0}}]}}}}" for k in range(3))
    (tmp_path / "x.yaml").write_text(f"offramp: 1\ntitle: t\ndecision_makers: {{{makers}}}\nreadings: {{{wants}}}\n")
    out = run(str(tmp_path / "x.yaml"))
    assert "more" in out, "a table is cut, and says so"
    assert max(map(cell_len, out.splitlines())) <= 100


def test_one_state_is_one_state(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(
        "offramp: 1\ntitle: t\ndecision_makers: {a: {options: {x: {}}}}\nrules: {r: {require: not x}}\nreadings: {a: {r: {prefers: []}}}\n"
    )
    assert run(str(tmp_path / "x.yaml")).splitlines()[0].strip() == "t: 1 state"


def test_seventeen_decision_makers_have_a_table_though_no_ways_out(tmp_path: Path) -> None:
    makers = ", ".join(f"d{k}: {{options: {{x{k}: {{}}}}}}" for k in range(17))
    wants = ", ".join(f"d{k}: {{r: {{prefers: []}}}}" for k in range(17))
    rules = ", ".join(f"r{k}: {{require: not x{k}}}" for k in range(14))
    text = f"offramp: 1\ntitle: t\ndecision_makers: {{{makers}}}\nrules: {{{rules}}}\nreadings: {{{wants}}}\n"
    (tmp_path / "x.yaml").write_text(text)
    out = run(str(tmp_path / "x.yaml"))
    assert "Ways out are not looked for: there are more than 16 decision makers." in out
    assert "which nobody has a way to want" not in out


def test_the_catalogue_by_id() -> None:
    record = as_json("prisoners-dilemma")
    assert record["states"] == ["NN", "YN", "NY", "YY"]
    assert record["equilibria"]["nash"] == [1]


def test_tables_for_other_tools_are_not_loaded_in_vain() -> None:
    import subprocess
    import sys

    solve = "import sys; from offramp.cli import app; app(['solve', 'prisoners-dilemma'], standalone_mode=False)"
    code = f"{solve}; print('offramp.report.tables' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.endswith("False\n")


def numbers(text: str) -> list[int]:
    """Return the numbers of the states in a table, from the top."""
    return [int(cell) for line in text.splitlines() if (cell := line[:6].strip()).isdecimal()]


def test_the_table_has_all_equilibria_those_by_most_concepts_first() -> None:
    found = numbers(run("garrison-23"))
    # now, the way out, its end; then, as printed, the other Nash equilibria, then those by GMR only, and 6, which the definition adds
    assert found == [1, 4, 3, 2, 11, 17, 18, 21, 22, 6, 8, 10, 13, 14, 15, 19]


def test_a_limit_counts_what_it_leaves_out() -> None:
    text = " ".join(run("garrison-23", "--limit", "8").split())
    assert numbers(run("garrison-23", "--limit", "8")) == [1, 4, 3, 2, 11, 17, 18, 21]
    # left out: 22 by all, and seven by GMR and SMR
    left = "8 more equilibria, which nobody has a way to want from here (1 by Nash, 8 by GMR, 8 by SMR, 1 by SEQ, 1 by SSEQ)"
    assert left in text
    assert len(numbers(run("two-prisoners", "--limit", "50"))) > 12
    assert "more equilibria" not in run("garrison-23")

"""`offramp diff`: its JSON, its CSV and its tables, between files, folders and cases of the catalogue."""

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from offramp import catalogue
from offramp.cli import app

A = """
offramp: 1
title: A door
as_of: 2025
decision_makers: {ann: {options: {leave: {name: leaves}, permit: {name: gets a permit}}}}
rules: {first: {name: First the permit, require: leave -> permit, basis: assumed}}
readings: {ann: {wants: {prefers: [{that: leave, basis: stated}, {that: not permit}]}}}
norms: {law: {binds: [ann], forbids: leave and not permit}}
"""
B = A.replace("rules: {first: {name: First the permit, require: leave -> permit, basis: assumed}}\n", "").replace("stated", "inferred")


@pytest.fixture
def versions(tmp_path: Path) -> list[str]:
    (tmp_path / "a.yaml").write_text(A)
    (tmp_path / "b.yaml").write_text(B)
    return [str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")]


def run(*arguments: str) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["diff", *arguments])
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def told(*arguments: str) -> str:
    return " ".join(run(*arguments).split())


def moved(name: str, before: float, after: float) -> dict[str, Any]:
    levels = {0.0: "none", 1.0: "all"}
    return {
        "headline": name,
        "before": before,
        "after": after,
        "level_before": levels[before],
        "level_after": levels[after],
        "turns": True,
    }


def test_json_key_by_key(versions: list[str]) -> None:
    record = json.loads(run(*versions, "--format", "json"))
    version = {"case": "A door", "as_of": "2025", "num_cells": 1, "reason": ""}
    moves = [moved("lawful", 1.0, 0.0), moved("clear", 1.0, 0.0), moved("end.leave+permit", 1.0, 0.0), moved("end.leave", 0.0, 1.0)]
    assert sorted(record["headlines"], key=str) == sorted(moves, key=str)
    rule, reading = record.pop("units")
    record.pop("headlines")
    assert record == {"schema": "offramp.diff/1", "a": version, "b": version, "is_same": False, "evidence": None}
    assert sorted(rule.pop("moves"), key=str) == sorted(moves, key=str)
    assert rule == {
        "label": "rules.first",
        "is_idle": False,
        "reason": "",
        "changes": [{"label": "rules.first", "kind": "removed", "is_idle": False, "fields": []}],
    }
    assert reading == {
        "label": "readings.ann.wants",
        "is_idle": True,
        "reason": "",
        "changes": [
            {
                "label": "readings.ann.wants.prefers[1]",
                "kind": "changed",
                "is_idle": True,
                "fields": [{"field": "basis", "old": "stated", "new": "inferred", "is_idle": True}],
            }
        ],
        "moves": [],
    }


def test_csv(versions: list[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(run(*versions, "--format", "csv"))))
    assert [row["unit"] for row in rows] == [""] * 4 + ["rules.first"] * 4 + ["readings.ann.wants"]
    assert rows[4] == {
        "unit": "rules.first", "kind": "removed", "is_idle": "0", "headline": "lawful", "a": "1.0", "with_it": "0.0", "b": "0.0",
        "turns": "1", "reason": "",
    }  # fmt: skip
    assert rows[-1]["is_idle"] == "1"


def test_the_tables(versions: list[str]) -> None:
    text = told(*versions)
    assert "A: A door, as of 2025: 1 combination B: A door, as of 2025: 1 combination" in text
    assert "Some way out is lawful throughout 100% 0% turns" in text
    assert "the rule “First the permit”: removed" in text
    assert "– Ann leaves: basis: stated → inferred" in text
    assert "no answer depends on it" in text


def test_a_picture_beside_the_answer(versions: list[str], tmp_path: Path) -> None:
    for name in ("d.svg", "d.png"):
        assert run(*versions, "--plot", str(tmp_path / name)) == run(*versions)
    svg = (tmp_path / "d.svg").read_text(encoding="utf-8")
    for words in ("Some way out is lawful throughout", "100% → 0%, turns", "A: A door, as of 2025", "B: A door, as of 2025"):
        assert words in svg, words
    assert (tmp_path / "d.png").read_bytes().startswith(b"\x89PNG")
    result = CliRunner().invoke(app, ["diff", *versions, "--plot", "d.pdf"])
    assert result.exit_code == 2
    assert "d.pdf: a picture is written as .svg or .png" in result.stderr


def test_the_same_twice(versions: list[str]) -> None:
    assert told(versions[0], versions[0]).endswith("Nothing differs between the judgements of the two.")
    assert json.loads(run("two-prisoners", "two-prisoners", "--format", "json"))["is_same"]
    assert run(versions[0], versions[0], "--format", "csv").count("\n") == 1


def test_folders_also_tell_which_statements_and_sources_differ(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(catalogue.folder("two-prisoners"), folder)
    text = (folder / "evidence.yaml").read_text()
    first = next(line for line in text.splitlines() if line.startswith("  ") and line.endswith(":") and "statements" in text.split(line)[0])
    name = first.strip(" :")
    (folder / "evidence.yaml").write_text(text.replace(f"\n{first}\n", f"\n{first}\n    note: looked at again\n", 1))
    record = json.loads(run("two-prisoners", str(folder), "--format", "json"))
    assert record["is_same"]
    assert record["evidence"] == {
        "statements": {"added": [], "removed": [], "changed": [name]},
        "sources": {"added": [], "removed": [], "changed": []},
    }
    assert f"Statements changed: {name}." in told("two-prisoners", str(folder))
    (folder / "evidence.yaml").unlink()
    assert name in json.loads(run("two-prisoners", str(folder), "--format", "json"))["evidence"]["statements"]["removed"]


def test_cases_of_the_catalogue_that_have_nothing_in_common() -> None:
    for line in run("prisoners-dilemma", "elmira-12").splitlines() + run("elmira-12", "elmira-9-xu").splitlines():
        assert cell_len(line) <= 100, line
    assert "Local Government alone has a way out 0% 100% turns" in told("prisoners-dilemma", "elmira-12")


def test_a_version_that_is_not_there() -> None:
    result = CliRunner().invoke(app, ["diff", "two-prisoners", "three-prisoners"])
    assert result.exit_code == 2
    assert "'three-prisoners'" in result.stderr


def test_a_faulty_version(versions: list[str]) -> None:
    Path(versions[1]).write_text(A.replace("title: A door", "title: A door\ncolour: red"))
    result = CliRunner().invoke(app, ["diff", *versions])
    assert result.exit_code == 1
    assert "colour" in result.stderr


def test_a_version_that_cannot_be_solved_says_so(versions: list[str]) -> None:
    Path(versions[1]).write_text(A.replace("rules:", "status_quo: {leave: true}\nrules:"))
    text = told(*versions)
    assert "B: A door, as of 2025: cannot be solved" in text
    assert "B cannot be solved: status_quo: the status quo YN breaks first." in text


def test_the_words_of_kin_are_withheld(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(catalogue.folder("two-prisoners"), folder)
    text = (folder / "case.yaml").read_text()
    assert "restricted: true" in text
    (folder / "case.yaml").write_text(text.replace("    restricted: true\n", "    restricted: true\n    note: ZSECRET\n", 1))
    assert "ZSECRET" not in run("two-prisoners", str(folder))


WIDE = "捕虜二名と四つの国" * 12


def test_wide_letters_stay_within_the_width(versions: list[str]) -> None:
    Path(versions[1]).write_text(A.replace("A door", WIDE).replace("First the permit", WIDE), encoding="utf-8")
    for line in run(*versions).splitlines():
        assert cell_len(line) <= 100, line


def test_at_another_date(tmp_path: Path) -> None:
    """Before the permit is needed the two versions say the same; the rule still differs between the files."""
    dated = A.replace("basis: assumed}}\nreadings", "basis: assumed, since: 2024}}\nreadings")
    assert dated != A
    (tmp_path / "a.yaml").write_text(dated)
    (tmp_path / "b.yaml").write_text(dated.replace("require: leave -> permit", "require: leave -> not permit"))
    versions = [str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")]
    assert json.loads(run(*versions, "--format", "json"))["headlines"]
    early = json.loads(run(*versions, "--as-of", "2023", "--format", "json"))
    assert (early["headlines"], early["a"]["as_of"], early["b"]["as_of"]) == ([], "2023", "2023")
    assert CliRunner().invoke(app, ["diff", *versions, "--as-of", "soon"]).exit_code == 2

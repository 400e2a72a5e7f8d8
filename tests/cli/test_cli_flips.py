"""`offramp flips`: its table, the contract of its JSON and CSV, what it refuses."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

import offramp
from casetext import DESIGN, ELMIRA, GRAPH, SMALL
from offramp.cli import app
from test_docs import REFERENCE, keys, rows, section

NOT_TRIED = DESIGN.replace("status_quo: {}", "status_quo: {ask: true}").replace(
    "rules:  ", "rules:\n  peace: {require: hostilities_over -> not ask}\n#"
)


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["flips", *arguments])
    assert result.exit_code == code, result.output
    return result.stderr if code else result.stdout


def flat(*arguments: str, code: int = 0) -> str:
    return " ".join(run(*arguments, code=code).split())


def as_json(*arguments: str) -> dict[str, Any]:
    return json.loads(run(*arguments, "--format", "json"))


def as_rows(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv"))))


def written(folder: Path, text: str) -> str:
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture
def design(tmp_path: Path) -> str:
    return written(tmp_path, DESIGN)


@pytest.fixture(scope="module")
def bundled() -> dict[str, Any]:
    return as_json("two-prisoners")


# -- JSON and CSV --------------------------------------------------------------------------------------------------------


def test_json_key_by_key(design: str) -> None:
    record = as_json(design)
    assert record["settings"].pop("sequences") == "legal"
    assert {key: record[key] for key in ("schema", "case", "as_of", "num_cells")} == {
        "schema": "offramp.flips/1",
        "case": "Two prisoners of war held by Ukraine",
        "as_of": "2026-05-31",
        "num_cells": 8,
    }
    assert (record["settings"]["readings"], record["settings"]["contested"], record["settings"]["headline"]) == ({}, {}, None)
    (flip,) = [flip for flip in record["flips"] if (flip["label"], flip["kind"]) == ("rules.leaders", "settled off")]
    assert (flip["path"], flip["places"], flip["basis"], flip["because"]) == (["rules", "leaders"], 0, "assumed", ["s30"])
    assert set(flip["shares"]) <= set(record["shares"]) | {turn["headline"] for turn in flip["turns"]}
    for turn in flip["turns"]:
        assert turn["before"] == record["shares"].get(turn["headline"], 0)
        assert turn["after"] == flip["shares"].get(turn["headline"], 0)
        assert turn["levels"][0] != turn["levels"][1]


def test_json_is_what_python_says(bundled: dict[str, Any]) -> None:
    found = offramp.flips(offramp.Builder(offramp.read_case("two-prisoners")))
    assert bundled["shares"] == dict(found.shares)
    assert bundled["num_tried"] == found.num_tried
    assert [(tuple(flip["path"]), flip["kind"], flip["shares"]) for flip in bundled["flips"]] == [
        (flip.path, flip.kind, dict(flip.shares)) for flip in found.flips
    ]


def test_labels_count_from_one_and_paths_from_zero(bundled: dict[str, Any]) -> None:
    found = {flip["label"]: flip["path"] for flip in bundled["flips"]}
    assert found["readings.russia.ally_first.prefers[3]"] == ["readings", "russia", "ally_first", "prefers", 2]


@pytest.mark.parametrize("text", [DESIGN, ELMIRA, GRAPH, SMALL, NOT_TRIED])
def test_every_key_is_in_the_reference(tmp_path: Path, text: str) -> None:
    assert keys(as_json(written(tmp_path, text))) <= set(rows(section(REFERENCE / "verbs.md", "`offramp.flips/1`")))


def test_what_cannot_be_tried_is_in_json_and_csv(tmp_path: Path) -> None:
    case = written(tmp_path, NOT_TRIED)
    (flip,) = [flip for flip in as_json(case)["flips"] if flip["reason"]]
    assert (flip["label"], flip["kind"], flip["shares"], flip["turns"]) == ("conditions.hostilities_over", "negated", {}, [])
    (row,) = [row for row in as_rows(case) if row["reason"]]
    assert (row["label"], row["headline"], row["before"]) == ("conditions.hostilities_over", "", "")
    assert "1 more cannot be tried, such as conditions.hostilities_over negated:" in flat(case)


def test_csv_has_a_row_for_each_turn(design: str) -> None:
    record, found = as_json(design), as_rows(design)
    wanted = [(str(k), flip, turn) for k, flip in enumerate(record["flips"], 1) for turn in flip["turns"] or [None]]
    assert [(row["rank"], row["label"], row["kind"]) for row in found] == [(k, flip["label"], flip["kind"]) for k, flip, _ in wanted]
    for row, (_, _, turn) in zip(found, wanted, strict=True):
        told = [row["headline"], row["before"], row["after"], row["level_before"], row["level_after"]]
        assert told == ([turn["headline"], str(turn["before"]), str(turn["after"]), *turn["levels"]] if turn else [""] * 5)


def test_csv_of_one_headline_has_a_row_for_each_flip(design: str) -> None:
    found = as_rows(design, "--headline", "clear")
    assert {row["headline"] for row in found} == {"clear"}
    moved = [abs(float(row["after"]) - float(row["before"])) for row in found]
    assert moved == sorted(moved, reverse=True)
    assert len(found) == len(as_json(design)["flips"])


def test_csv_cells_that_a_spreadsheet_would_run(tmp_path: Path) -> None:
    text = GRAPH.replace("s1", "'=1'").replace("s2", "'+2'").replace("{that: '+2' or s3}", "{that: s3}").replace("s3", "z3")
    found = list(csv.reader(io.StringIO(run(written(tmp_path, text), "--format", "csv"))))
    assert found[1:]
    assert all(cell[:1] not in ("=", "+", "-", "@") or cell.lstrip("-").replace(".", "").isdigit() for row in found for cell in row)


# -- the table -----------------------------------------------------------------------------------------------------------


def test_the_table_lists_what_turns_first(bundled: dict[str, Any]) -> None:
    text = run("two-prisoners")
    turning = [flip for flip in bundled["flips"] if flip["turns"]]
    assert text.count("\n 20 ") == 1
    assert "\n 21 " not in text
    tried = len([flip for flip in bundled["flips"] if not flip["reason"]])
    told = f"Of {tried} changes, {len(turning)} turn something; {len(turning) - 20} more of them are not shown"
    assert told in " ".join(text.split())
    assert turning[0]["label"] in text


def test_limit_and_all(design: str) -> None:
    first = run(design, "--limit", "1")
    assert "\n 1 " in first
    assert "\n 2 " not in first
    number = len([flip for flip in as_json(design)["flips"] if not flip["reason"]])
    every = run(design, "--all")
    assert f"\n {number} " in every
    assert "nothing" in every
    assert "not shown" not in every


def test_levels_before_and_after(design: str) -> None:
    assert "claim.law_allows: all -> none" in flat(design, "--all")


def test_one_headline(design: str) -> None:
    record = as_json(design)
    text = flat(design, "--headline", "can_move")
    assert "what moves can_move" in text
    share = record["shares"]["can_move"]
    assert f"{100 * share:.0f} % ->" in text
    assert "can_move: somebody, alone or together, has a way out" in text
    assert "clear:" not in text


def test_an_end_that_only_a_change_brings_can_be_asked_for(bundled: dict[str, Any]) -> None:
    name = next(t["headline"] for flip in bundled["flips"] for t in flip["turns"] if t["headline"] not in bundled["shares"])
    assert f"what moves {name}" in flat("two-prisoners", "--headline", name, "--limit", "1")


def test_what_to_find_out_next_is_not_stated(bundled: dict[str, Any]) -> None:
    text = run("two-prisoners").split("Find out next")[1].split("Of ")[0]
    labels = [line.strip() for line in text.splitlines() if line.startswith("    ")]
    assert len(labels) == 3
    judged = [flip for flip in bundled["flips"] if flip["turns"] and not (flip["label"].startswith("readings.") and len(flip["path"]) == 3)]
    doubtful = list(dict.fromkeys(flip["label"] for flip in judged if flip["basis"] != "stated"))[:3]
    assert all(label == there or label.startswith("kin.") for label, there in zip(labels, doubtful, strict=True))
    assert any(label in doubtful for label in labels)
    assert "(inferred, 4 pins)" in text


def test_what_is_withheld_in_public_is_withheld() -> None:
    text = run("two-prisoners", "--all")
    assert "kin may face reprisals" in text
    assert not [line for line in text.splitlines() if ": not punish" in line or ": punish" in line]


def test_a_part_of_the_grid(design: str) -> None:
    record = as_json(design, "--reading", "south_korea=willing", "--contested", "leaders=off")
    assert (record["num_cells"], record["settings"]["readings"], record["settings"]["contested"]) == (
        2,
        {"south_korea": "willing"},
        {"leaders": False},
    )
    labels = {(flip["label"], flip["kind"]) for flip in record["flips"]}
    assert ("rules.leaders", "settled on") in labels
    assert ("rules.leaders", "settled off") not in labels
    assert not any(label.startswith("readings.south_korea.unwilling") for label, _ in labels)


def test_another_date() -> None:
    record = as_json("two-prisoners", "--as-of", "2026-01-10")
    assert record["as_of"] == "2026-01-10"
    assert record["shares"] != as_json("two-prisoners")["shares"]
    assert "Told as of 2026-01-10; the case itself is as of 2026-05-31." in flat("two-prisoners", "--as-of", "2026-01-10")


WIDE = "捕虜二名と四つの国" * 12


@pytest.mark.parametrize("text", [DESIGN, ELMIRA, GRAPH, SMALL, NOT_TRIED])
@pytest.mark.parametrize("options", [[], ["--all"], ["--headline", "can_move", "--all"]])
def test_no_line_is_wider_than_a_hundred_columns(tmp_path: Path, text: str, options: list[str]) -> None:
    first = next(line for line in text.splitlines() if line.startswith("title:"))
    told = run(written(tmp_path, text.replace(first, f"title: {WIDE}")), *options)
    assert max(map(cell_len, told.splitlines())) <= 100


def test_the_bundled_case_fits_the_width() -> None:
    assert max(map(cell_len, run("two-prisoners", "--all").splitlines())) <= 100


# -- misuse --------------------------------------------------------------------------------------------------------------


def test_an_unknown_headline_is_told_what_there_is() -> None:
    told = run("prisoners-dilemma", "--headline", "clea", code=2)
    assert told.startswith("offramp: no headline is called 'clea'; there are: rests.nash, ")
    assert "clear" in told


def test_misuse(design: str) -> None:
    assert "no reading of ukraine is called 'peace'" in run(design, "--reading", "ukraine=peace", code=2)
    assert "--as-of 'soon' is no date" in run(design, "--as-of", "soon", code=2)
    told = run(design, "--plot", "picture.pdf", code=2)
    assert told == "offramp: picture.pdf: a picture is written as .svg or .png; end the name of the file in one of the two\n"


# -- the picture ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["tornado.svg", "tornado.PNG"])
def test_a_picture_beside_the_answer(design: str, tmp_path: Path, name: str) -> None:
    assert run(design, "--plot", str(tmp_path / name)) == run(design)
    data = (tmp_path / name).read_bytes()
    assert data.startswith(b"\x89PNG\r\n" if name.endswith("PNG") else b"<?xml")
    if name.endswith("svg"):
        assert "clear" in data.decode()


def test_the_picture_of_another_headline(design: str, tmp_path: Path) -> None:
    run(design, "--headline", "can_move", "--plot", str(tmp_path / "x.svg"))
    assert "What moves “can_move”" in (tmp_path / "x.svg").read_text()


def test_a_folder_that_is_not_there(design: str, tmp_path: Path) -> None:
    told = run(design, "--plot", str(tmp_path / "none" / "x.svg"), code=1)
    assert "there is no such folder" in told

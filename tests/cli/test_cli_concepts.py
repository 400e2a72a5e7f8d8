"""`offramp concepts`: every concept and every setting, and what a case lacks for them."""

import csv
import io
import json
from typing import Any

import pytest
from typer.testing import CliRunner

from offramp.cli import app
from offramp.stability.described import described
from offramp.stability.registry import ALL_CONCEPTS
from offramp.stability.settings import VALUES


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["concepts", *arguments])
    assert result.exit_code == code, result.output
    return result.stderr if code else result.stdout


def as_json(*arguments: str) -> dict[str, Any]:
    return json.loads(run(*arguments, "--format", "json"))


@pytest.mark.parametrize("name", ALL_CONCEPTS)
def test_every_concept_has_its_words(name: str) -> None:
    words = described(ALL_CONCEPTS[name])
    assert "stable" in words.states or "rational" in words.states
    assert not words.states.startswith("Mark")
    assert "state is stable when" in words.definition
    assert any(f"({year})" in words.sources for year in range(1950, 2020))


def test_every_concept_and_every_setting_is_told() -> None:
    told = run()
    assert all(f"{name}: {described(concept).states}" in told for name, concept in ALL_CONCEPTS.items())
    assert all(f"  {name}\n" in told and all(f"    {value}: " in told for value in values) for name, values in VALUES.items())
    assert "DEFINED" not in told


def test_no_line_is_too_wide() -> None:
    assert max(len(line) for line in run("elmira-9-xu").splitlines()) <= 100


def test_what_a_case_lacks() -> None:
    lacks = {record["concept"]: record["lacks"] for record in as_json("elmira-9-xu")["concepts"]}
    assert [name for name, there in lacks.items() if there] == ["sim", "limited", "nonmyopic"]
    assert "NOT DEFINED for Elmira groundwater contamination, nine states: it needs option form; this case lists its 9" in " ".join(
        run("elmira-9-xu").split()
    )


def test_the_contract() -> None:
    record = as_json()
    assert record["schema"] == "offramp.concepts/1"
    assert [concept["concept"] for concept in record["concepts"]] == list(ALL_CONCEPTS)
    assert record["settings"] == {name: dict(values) for name, values in VALUES.items()}
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv"))))
    assert [row["concept"] for row in rows] == list(ALL_CONCEPTS)
    assert all("lacks" not in row for row in rows)


def test_a_reading_without_a_case() -> None:
    assert "readings, sides and dates are of a case; name one" in " ".join(run("--reading", "a=b", code=2).replace("│", " ").split())


def test_a_case_that_is_not_there() -> None:
    result = CliRunner().invoke(app, ["concepts", "atlantis"])
    assert result.exit_code == 2
    assert "'atlantis'" in result.stderr

"""`offramp schema`: what it prints fits every case that loads, and none that a wrong key or type keeps from loading."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from casetext import DESIGN, ELMIRA, GRAPH, SMALL, changed
from jsonschema import faults
from offramp import catalogue
from offramp.case.yaml_reader import parse_yaml
from offramp.cli import app


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["schema"])
    assert result.exit_code == 0
    return json.loads(result.stdout)


def found(schema: dict[str, Any], text: str) -> list[str]:
    return faults(parse_yaml(text, "x.yaml").data, schema, schema)


def test_it_names_itself(schema: dict[str, Any]) -> None:
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "offramp.case/1"
    assert schema["type"] == "object"
    assert sorted(schema["required"]) == ["decision_makers", "offramp", "title"]
    assert schema["properties"]["offramp"]["const"] == 1


@pytest.mark.parametrize("name", catalogue.names())
def test_the_cases_of_the_catalogue_fit(schema: dict[str, Any], name: str) -> None:
    assert found(schema, (catalogue.folder(name) / "case.yaml").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("text", [DESIGN, ELMIRA, GRAPH, SMALL])
def test_the_design_s_examples_fit(schema: dict[str, Any], text: str) -> None:
    assert found(schema, text) == []


def test_what_loads_though_it_is_no_text_fits_too(schema: dict[str, Any]) -> None:
    """A year, a state by number and the formula `true` stand for text in the file."""
    assert found(schema, changed(SMALL, ("title: Two switches", "title: x\nas_of: 2026"), ("pay -> leave", "true"))) == []
    assert found(schema, GRAPH.replace("s1", "1").replace("s2", "2").replace("s3", "3").replace("2 or 3", "true")) == []


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("offramp: 1", "offramp: 2", ".offramp: const"),
        ("title: Two switches", "note: x", ".title: required"),
        ("title: Two switches", "title: ''", ".title: minLength"),
        ("title: Two switches", "title: [x]", ".title: type"),
        ("people:", "persons: {}\npeople:", ".persons: additionalProperties"),
        ("      leave: {}", "      leave: {cost: 3}", ".decision_makers.anna.options.leave.cost: additionalProperties"),
        ("      leave: {}", "      leave: {direction: up}", ".decision_makers.anna.options.leave.direction: enum"),
        ("binds: [bert]", "binds: []", ".norms.promise.binds: minItems"),
        ("binds: [bert], ", "", ".norms.promise.binds: required"),
        ("winter: {holds: true", "winter: {holds: 1", ".conditions.winter.holds: type"),
        ("grade: slight", "grade: huge", ".harms[0].grade: enum"),
        ("{pay: -2, anna.leave: 3}", "{pay: 1.5}", ".readings.bert.only.weights: anyOf"),
        ("{leave: false}", "{leave: 2}", ".status_quo: anyOf"),
    ],
)
def test_faults_are_faults_by_the_schema_too(schema: dict[str, Any], old: str, new: str, path: str) -> None:
    assert path in found(schema, changed(SMALL, (old, new)))


def test_it_takes_no_argument() -> None:
    assert CliRunner().invoke(app, ["schema", "x"]).exit_code == 2


def test_the_same_text_every_time(schema: dict[str, Any], tmp_path: Path) -> None:
    first, second = (CliRunner().invoke(app, ["schema"]).stdout for _ in range(2))
    assert first == second
    assert json.loads(first) == schema

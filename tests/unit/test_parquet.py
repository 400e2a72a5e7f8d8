"""Columnar files: read back by three libraries, whole or not there, the same bytes each time."""

import builtins
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import polars
import pytest
from pyarrow import parquet
from typer.testing import CliRunner

import offramp
from offramp import files
from offramp.analysis.assessment import Assessor
from offramp.cli import app
from offramp.errors import ChoiceError, StorageError
from offramp.report.tables.parquet import write_parquet


def run(*words: object, code: int = 0) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, [str(word) for word in words])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


def test_all_states_are_there_whatever_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "states.parquet"
    said = run("solve", "two-prisoners", "--to", path, "--limit", 2, "--format", "json", "--contested", "leaders=off")
    assert json.loads(said)["states"] is None
    builder = offramp.Builder(offramp.read_case("two-prisoners"))
    choice = builder.choice(contested={"leaders": False})
    solution, assessor = offramp.solve(builder.model(choice)), Assessor(builder, choice)
    rows = polars.read_parquet(path).to_dicts()
    assert [{name: value for name, value in row.items() if name not in ("breaches", "harms")} for row in rows] == offramp.records(solution)
    assert len(rows) == 376
    for state, row in enumerate(rows):
        assert row["breaches"].split() == [breach.norm for breach in assessor.at(state).breaches]
        assert row["harms"].split() == [f"{harm.grade}:{harm.to}" for harm in assessor.at(state).harms]
    frame = pandas.read_parquet(path)
    assert frame["equilibrium_gmr"].tolist() == solution.equilibria("gmr").tolist()
    assert {str(frame[name].dtype) for name in frame if name.startswith(("seq_", "ukraine.", "status_quo"))} == {"bool"}


KINDS = {"number": "Int64", "rank": "Int64"} | dict.fromkeys(("state", "breaches", "harms", "settings"), "String")


def test_comma_separated_values_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "states.parquet"
    text = run("solve", "two-prisoners", "--to", path, "--format", "csv", "--limit", 1_000)
    expected = polars.read_parquet(path)
    for name, kind in expected.schema.items():
        assert str(kind) == KINDS.get(name.partition("_")[0], "Boolean"), name
    one, two = pandas.read_csv(io.StringIO(text), keep_default_na=False), polars.read_csv(io.StringIO(text), infer_schema_length=None)
    shared = [name for name in expected.columns if "." not in name and name != "status_quo"]
    told = [name for name in shared if name != "settings"]
    assert list(one.columns) == two.columns == [*told, "settings", "readings", "contested"]
    for name in shared:
        there = [int(value) if isinstance(value, bool) else value for value in expected[name].to_list()]
        assert one[name].tolist() == there, name
        assert two[name].to_list() == [None if value == "" else value for value in there], name


def test_the_file_says_what_was_asked(tmp_path: Path) -> None:
    path = tmp_path / "STATES.PARQUET"
    run("solve", "two-prisoners", "--to", path, "--reading", "ukraine=humanitarian", "--concept", "seq")
    about = json.loads(parquet.read_schema(path).metadata[b"offramp"])
    said = json.loads(run("solve", "two-prisoners", "--reading", "ukraine=humanitarian", "--concept", "seq", "--format", "json"))
    assert about["schema"] == "offramp.states/1"
    for key in ("case", "as_of", "readings", "contested", "options", "num_states", "status_quo"):
        assert about[key] == said[key]
    assert about["settings"] == {name: value for name, value in said["settings"].items() if name != "limit"}


def test_the_same_case_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.parquet", "b.parquet"):
        run("solve", "elmira-12", "--to", tmp_path / name)
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()
    run("solve", "syria-iraq-1975", "--to", tmp_path / "a.parquet")
    assert polars.read_parquet(tmp_path / "a.parquet").height == 6
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.parquet", "b.parquet"]


def test_a_graph_has_no_options(tmp_path: Path) -> None:
    run("solve", "elmira-9-xu", "--to", tmp_path / "a.parquet", "--concept", "nash")
    frame = polars.read_parquet(tmp_path / "a.parquet")
    assert [name for name in frame.columns if "." in name] == []
    assert frame["state"].to_list() == list(offramp.load_case("elmira-9-xu").states.labels)


def test_other_names_are_refused_before_anything_is_solved(tmp_path: Path) -> None:
    assert "a columnar file is written as .parquet" in run("solve", "nowhere", "--to", tmp_path / "states.csv", code=2)
    assert list(tmp_path.iterdir()) == []


def test_without_the_library_one_message(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "pyarrow":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    said = run("solve", "elmira-12", "--to", tmp_path / "a.parquet", code=1)
    assert said == (
        "offramp: a .parquet file is written by pyarrow, which is not installed; "
        "install it with: pip install 'offramp[tables]', or use --format csv\n"
    )
    assert "12 states" in run("solve", "elmira-12")
    with pytest.raises(StorageError, match="not installed"):
        write_parquet(tmp_path / "a.parquet", {"number": [1]}, {})


def test_a_file_is_whole_or_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    write_parquet(path, {"number": np.arange(3)}, {"case": "«A»"})
    before = path.read_bytes()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_write_all", full)
    with pytest.raises(StorageError, match="the disk is full"):
        write_parquet(path, {"number": np.arange(4)}, {})
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.parquet"]
    with pytest.raises(ChoiceError, match="end its name in that"):
        write_parquet(tmp_path / "a.feather", {}, {})


def test_what_is_missing_keeps_its_kind(tmp_path: Path) -> None:
    write_parquet(tmp_path / "a.parquet", {"number": [1, 2], "rank": [None, None], "state": np.array(["Y", "N"])}, {})
    assert [str(field.type) for field in parquet.read_schema(tmp_path / "a.parquet")] == ["int64", "int64", "string"]

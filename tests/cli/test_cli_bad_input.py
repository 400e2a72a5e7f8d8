"""Bad models: one message that says where, what was found, what was expected and what to do; and nothing is written."""

import json
import os
import stat
import time
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner, Result

import offramp.api
from gmcrfile import VARIANTS, raw
from offramp.case.yaml_reader import dotted
from offramp.cli import app
from offramp.interchange.gmcr_json import key_at


def invoke(*arguments: str) -> Result:
    """Run in process; a fault of the program comes out as the exception that it is."""
    return CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, list(arguments))


def assert_clean(result: Result, *codes: int) -> None:
    assert result.exit_code in codes, (result.exit_code, result.output, result.exception)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    assert result.exit_code == 0 or result.output.strip()


HEAD = "offramp: 1\ntitle: t\ndecision_makers: {a: {options: {x: {}}}, b: {options: {y: {}}}}\n"


def case(first: str, more: str = "", head: str = HEAD) -> str:
    """Return a small case in which the only reading of `a` is `first`."""
    return f"{head}readings:\n  a:\n    only:\n      {first}\n  b: {{only: {{prefers: [{{that: y}}]}}}}\n{more}"


def told(tmp_path: Path, text: str, code: int, *command: str) -> str:
    """Return what a command says of a case on the error stream; `check` on the other one."""
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    verb, *more = command or ("solve",)
    result = invoke(verb, str(path), *more)
    assert_clean(result, code)
    return result.stdout if verb == "check" else result.stderr


GRAPH = HEAD.replace("{options: {x: {}}}", "{}").replace("{options: {y: {}}}", "{}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            case("pairs:\n      - YN > NN\n      - NN > NY\n      - NN > YN\n      unlisted: unknown"),
            "case.yaml:10: readings.a.only.pairs[3]: 'NN > YN' says that NN > YN, and another line that YN > NN; expected one of the two",
        ),
        (
            case("pairs:\n      - YN > NN\n      - YN < NN\n      unlisted: unknown"),
            "case.yaml:9: readings.a.only.pairs[2]: 'YN < NN'; expected two states or more with >, >> or = between them",
        ),
        (
            case("pairs:\n      - YN > NN\n      - NN > NY\n      - NY > YN\n      unlisted: unknown"),
            "case.yaml:7: readings.a.only.pairs: NY > YN and YN > NN, but NN > NY; expected pairs that go together; correct one",
        ),
        (
            case("prefers:\n      - {that: x}\n      - {that: y, greatly: true}"),
            "case.yaml:9: readings.a.only.prefers[2]: 'y' counts greatly and 'x' before it does not; expected statements with greatly",
        ),
        (
            case("prefers:\n      - any_order:\n        - {that: x}\n        - {that: y, greatly: true}"),
            "case.yaml:10: readings.a.only.prefers[1].any_order[2]: 'y' counts greatly and 'x' before it does not",
        ),
        (
            case("prefers: []", head=HEAD.replace("x: {}", "and: {}")),
            "case.yaml:3: decision_makers.a.options.and: 'and' is a word of the formula language; expected another id; rename it",
        ),
        (
            case("prefers: []", "conditions: {or: {holds: true}}\n"),
            "case.yaml:9: conditions.or: 'or' is a word of the formula language",
        ),
        (
            case("prefers: [], until: 2020", "as_of: 2026\n").replace("      prefers: [], until", "      prefers: []\n      until"),
            "case.yaml:5: readings.a: no reading of a is in force at 2026; expected a reading in force at the date of the",
        ),
        (
            case("prefers: [{that: s9}]", "states: [s1, 'two words']\n", GRAPH).replace("that: y", "that: s1"),
            "case.yaml:7: readings.a.only.prefers[1].that: 's9' names no state and no condition; expected one of s1; correct the label",
        ),
        (
            case("weights: {s1: 3}", "states: [s1, s2]\n", GRAPH).replace("that: y", "that: s1"),
            "case.yaml:7: readings.a.only.weights: weights in a case that lists its states; expected ranking, pairs or prefers; rank the",
        ),
        (
            case("ranking: [s1, s2]", "moves: {a: [[s1, s2]]}\nstatus_quo: s1\n", GRAPH).replace("{that: y}", ""),
            "case.yaml:9: moves: moves without states; expected states beside moves; list the states",
        ),
    ],
)
def test_a_fault_is_told_once_with_its_line_and_label(tmp_path: Path, text: str, said: str) -> None:
    (line,) = told(tmp_path, text, 1).splitlines()
    assert line.startswith(f"offramp: {said}")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("rules: {r: {require: c -> x}}", "status_quo: the status quo NN breaks r, where c is true; expected a state that exists"),
        ("rules: {r: {require: c -> x and not x}}", "rules: the rules r together leave no state, where c is true"),
        ("misperceptions: {a: {m: {that: c or x}}}", "misperceptions.a: a sees none of the 4 states, where c is true; expected"),
    ],
)
def test_a_fault_of_some_cells_says_of_which(tmp_path: Path, more: str, said: str) -> None:
    text = case("prefers: [{that: x}]", f"{more}\nconditions: {{c: {{holds: false, contested: true}}}}\n")
    assert told(tmp_path, text, 0) == ""
    assert said in told(tmp_path, text, 1, "ways", "--all-readings")
    assert said in told(tmp_path, text, 1, "check")


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("not x", "this contradicts prefers[1], which is more important, so it changes nothing"),
        ("x and (y or not y)", "this says the same as prefers[1], so it changes nothing"),
        ("x or not x", "this holds in every state, so it ranks nothing"),
        ("y and not y", "this holds in no state, so it ranks nothing"),
        ("x <-> c", "this says the same as prefers[1], so it changes nothing"),
    ],
)
def test_check_warns_of_statements_that_change_nothing(tmp_path: Path, statement: str, why: str) -> None:
    text = case(f"prefers: [{{that: x}}, {{that: {statement}}}]", "conditions: {c: {holds: true}}\n")
    assert f"warning: case.yaml:7: readings.a.only.prefers[2]: {why}; expected" in told(tmp_path, text, 0, "check")


def test_check_warns_of_no_statement_that_may_count(tmp_path: Path) -> None:
    """On another side of a contested condition, or in another order."""
    contested = case("prefers: [{that: x}, {that: x <-> c}]", "conditions: {c: {holds: true, contested: true}}\n")
    assert "changes nothing" in told(tmp_path, contested, 0, "check"), "it is x, or not x"
    contested = case("prefers: [{that: x}, {that: c -> y}]", "conditions: {c: {holds: false, contested: true}}\n")
    assert "ranks nothing" not in told(tmp_path, contested, 0, "check")
    grouped = case("prefers: [{any_order: [{that: x}, {that: not x}]}, {that: y}]")
    assert "changes nothing" not in told(tmp_path, grouped, 0, "check")


def test_a_title_as_long_as_a_file_is_wrapped_in_time(tmp_path: Path) -> None:
    text = case("prefers: [{that: x}]").replace("title: t", f"title: {'x' * 20_000}")
    start = time.monotonic()
    assert told(tmp_path, text, 0, "concepts") == ""
    assert time.monotonic() - start < 20


def test_a_lack_of_memory_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(where: object) -> None:
        raise MemoryError("Unable to allocate 8.00 GiB for an array")

    monkeypatch.setattr(offramp.api, "read_case", full)
    result = invoke("solve", "prisoners-dilemma")
    assert_clean(result, 1)
    assert result.stderr.startswith("offramp: there is not enough memory for this: it takes 8.00 GiB more; leave options out")


def test_a_sweep_over_one_factor_has_importance(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(
        "offramp: 1\ntitle: t\ndecision_makers: {a: {options: {x: {}}}}\nreadings: {a: {only: {prefers: [{that: x}]}}}\n"
    )
    result = invoke("sweep", str(tmp_path / "case.yaml"), "--points", "16", "--format", "json")
    assert_clean(result, 0)
    assert '"total": 1.0' in result.stdout


# Where what is made would go.


@pytest.mark.parametrize("name", ["file", "empty", "full", "link", "dangling", "fifo", "missing/case", "file/case", "x" * 300])
def test_import_leaves_what_is_there(tmp_path: Path, name: str) -> None:
    (tmp_path / "model.gmcr").write_bytes(raw(VARIANTS["statements"]))
    (tmp_path / "file").write_text("kept")
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note").write_text("kept")
    (tmp_path / "link").symlink_to("full")
    (tmp_path / "dangling").symlink_to("nowhere")
    os.mkfifo(tmp_path / "fifo")
    before = listed(tmp_path)
    result = invoke("import", str(tmp_path / "model.gmcr"), "--to", str(tmp_path / name))
    assert_clean(result, 1, 2)
    assert len(result.stderr.splitlines()) == 1
    assert "; " in result.stderr, "what to do is said too"
    assert listed(tmp_path) == before


def listed(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return what is in a folder, by path: what kind of file, and its bytes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        kind = stat.S_IFMT(path.lstat().st_mode)
        found[str(path.relative_to(folder))] = kind, path.read_bytes() if stat.S_ISREG(kind) else b""
    return found


# Damaged models of another program.

ODD: list[object] = [
    None,
    True,
    -1,
    99,
    1.5,
    float("nan"),
    float("inf"),
    10**30,
    "",
    "N",
    "\u202e",
    "\0",
    [],
    [[]],
    {},
    [None],
    [[0, "y"]],
    [0, 0],
]


def steps(data: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the paths of everything in data."""
    inside = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    return [path, *(found for step, value in inside for found in steps(value, (*path, step)))]


def damaged(data: object, path: tuple[str | int, ...], value: object) -> object:
    """Return a copy of data with something else at a path."""
    if not path:
        return value
    copy = json.loads(json.dumps(data))
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return copy


@pytest.mark.parametrize("name", ["statements", "rankings", "vectors", "payoffs alone", "coalition", "misperception"])
def test_a_damaged_model_names_a_key_and_writes_nothing(tmp_path: Path, name: str) -> None:
    rng = Random(name)
    file, data = tmp_path / "model.gmcr", VARIANTS[name]
    places = [path for path in steps(data) if path]
    keys = {step for path in places for step in path if isinstance(step, str)} | {"members"}
    refused = 0
    for path in rng.sample(places, min(len(places), 60)):
        file.write_text(json.dumps(damaged(data, path, rng.choice(ODD))))
        result = invoke("import", str(file), "--to", str(tmp_path / "made"), "--title", "t")
        assert_clean(result, 0, 1)
        if result.exit_code == 0:
            assert_clean(invoke("check", str(tmp_path / "made")), 0)
            (tmp_path / "made").rename(tmp_path.parent / f"{name} {path}".replace("/", "_"))
        else:
            refused += 1
            assert any(key in result.stderr for key in keys), (path, result.stderr)
        assert [there.name for there in tmp_path.iterdir()] == ["model.gmcr"]
    assert refused > 20


def test_the_key_of_every_place_in_a_text_is_found() -> None:
    """Cut anywhere, a model is told with the key at which it ends, or one above it."""
    text = json.dumps(
        {"options": [{"name": "a, {b}"}, {"name": "c"}], "decisionMakers": [{"options": [0, 1], "preferences": [[[0, "Y"]]]}]}
    )
    found = {key_at(text, end) for end in range(len(text))}
    deepest = "decisionMakers[1].preferences[1][1][2]"
    assert {"options[1].name", "options[2].name", "decisionMakers[1].options[2]", deepest} <= found
    assert found <= {dotted(path) for path in steps(json.loads(text))}

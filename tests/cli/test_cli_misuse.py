"""Misuse and hostile input: exit codes 0, 1 and 2, one clean message, and never a traceback."""

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner, Result

from casetext import DESIGN, SMALL, changed
from mutations import mutated
from offramp.cli import app

VERBS = ("solve", "ways", "statusquo", "check")
FORMS = ("table", "json", "csv")


def invoke(*arguments: str) -> Result:
    """Run in process; a fault of the program comes out as the exception that it is."""
    return CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, list(arguments))


def assert_clean(result: Result, *codes: int) -> None:
    assert result.exit_code in codes, (result.exit_code, result.output, result.exception)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    assert "a fault of the program" not in result.output
    assert result.exit_code == 0 or result.output.strip()


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """Run the command itself."""
    command = [sys.executable, "-m", "offramp", *arguments]
    return subprocess.run(command, capture_output=True, timeout=60, env={**os.environ, **environment}, check=False)


@pytest.fixture
def case(tmp_path: Path) -> str:
    path = tmp_path / "case.yaml"
    path.write_text(DESIGN)
    return str(path)


# Choices: exit 2.


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--reading", "ukraine"], "'ukraine' should read DM=ID"),
        (["--reading", "=x"], "'=x' should read DM=ID"),
        (["--reading", "ukraine="], "'ukraine=' should read DM=ID"),
        (["--reading", ""], "'' should read DM=ID"),
        (["--reading", "ukraine=x"], "no reading of ukraine is called 'x'; there are: law_first"),
        (["--reading", "kyiv=law_first"], "no decision maker is called 'kyiv'; there are: ukraine, south_korea"),
        (["--contested", "leaders"], "'leaders' should read NAME=on or NAME=off"),
        (["--contested", "leaders=maybe"], "'leaders=maybe': the side of 'leaders' should be on or off"),
        (["--contested", "one_way=on"], "no contested rule, condition or norm is called 'one_way'; there are: leaders, risk_on_return"),
    ],
)
@pytest.mark.parametrize("verb", ["solve", "ways"])
@pytest.mark.parametrize("form", FORMS)
def test_a_wrong_choice(case: str, verb: str, form: str, arguments: list[str], said: str) -> None:
    result = invoke(verb, case, "--format", form, *arguments)
    assert_clean(result, 2)
    assert result.stdout == ""
    assert result.stderr == f"offramp: {said}\n"


def test_other_misuse_exits_2(case: str) -> None:
    for arguments in (
        ["solve"],
        ["solve", case, "--concept", "core"],
        ["solve", case, "--limit", "0"],
        ["solve", case, "--limit", "-5"],
        ["solve", case, "--limit", "many"],
        ["solve", case, "--format", "xml"],
        ["solve", case, "another"],
        ["ways", case, "--all-readings", "--reading", "ukraine=law_first"],
        ["ways", case, "--all-readings", "--contested", "leaders=on"],
        ["check", case, "--all-readings"],
        ["nosuchverb"],
        ["--nosuchoption"],
        ["solve", case, "--reading"],
    ):
        assert_clean(invoke(*arguments), 2)


def test_no_argument_at_all_shows_the_help() -> None:
    result = invoke()
    assert result.exit_code in (0, 2)
    assert "solve" in result.output
    assert invoke("--help").exit_code == 0
    assert invoke("--version").output.startswith("offramp ")
    for verb in (*VERBS, "schema"):
        assert_clean(invoke(verb, "--help"), 0)


@pytest.mark.parametrize("verb", VERBS)
def test_a_case_that_is_nowhere(verb: str, tmp_path: Path) -> None:
    for where in ("two-prisoner", str(tmp_path / "nowhere"), "x" * 300, "x" * 5_000, "a\udcffb", "\x1b[31mred"):
        result = invoke(verb, where)
        assert_clean(result, 1, 2)
        assert "\x1b" not in result.output
    assert "there are: " in invoke(verb, "two-prisoner").output, "the catalogue is named"
    assert_clean(invoke(verb, str(tmp_path)), 1)


# Files that are none: exit 1, in every form.


def hostile(tmp_path: Path) -> list[Path]:
    """Make files that are no case, and return their paths."""
    contents: dict[str, bytes] = {
        "empty": b"",
        "blank": b"\n \n",
        "binary": bytes(range(256)) * 40,
        "zeros": b"\0" * 5_000,
        "latin": "title: caf\xe9\n".encode("latin-1"),
        "utf16": DESIGN.encode("utf-16"),
        "elf": Path(sys.executable).resolve().read_bytes()[:100_000],
        "list": b"- a\n- b\n",
        "word": b"hello",
        "json": b'{"offramp": 1}',
        "anchor": b"a: &a [*a, *a]\n",
        "escape": b'title: "\\e[31m\\u202e\\x07"\n\x1b[2J: 1\n',
        "deep": b"a: " + b"[" * 5_000,
        "parens": changed(SMALL, ("pay -> leave", "'" + "(" * 3_000 + "'")).encode(),
    }
    paths = []
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        paths.append(tmp_path / name)
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "dangling").symlink_to("nowhere")
    with (tmp_path / "fifty megabytes").open("wb") as file:
        file.truncate(50_000_000)
    (tmp_path / "folder").mkdir()
    return [*paths, *(tmp_path / name for name in ("fifo", "fifty megabytes", "folder", "loop", "dangling")), Path("/dev/zero")]


@pytest.mark.parametrize("verb", VERBS)
def test_files_that_are_no_case(verb: str, tmp_path: Path) -> None:
    start = time.monotonic()
    for path in hostile(tmp_path):
        for form in FORMS:
            result = invoke(verb, str(path), "--format", form)
            assert_clean(result, 1, 2) if path.name in ("loop", "dangling") else assert_clean(result, 1)
            assert "\x1b" not in result.output, path
            assert "\u202e" not in result.output, path
            assert "\x07" not in result.output, path
    assert time.monotonic() - start < 20


@pytest.mark.parametrize("verb", VERBS)
def test_a_folder_whose_case_is_a_pipe(verb: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "case.yaml")
    assert_clean(invoke(verb, str(tmp_path)), 1)


def test_a_file_that_may_not_be_read(case: str) -> None:
    """Root reads everything, so for root it is somebody else who asks."""
    Path(case).chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        results = [invoke(verb, case) for verb in VERBS]
    finally:
        os.seteuid(user)
    for result in results:
        assert_clean(result, result.exit_code)
        assert result.exit_code in (1, 2)


def test_models_that_are_too_large(tmp_path: Path) -> None:
    for number, direction in ((40, "both"), (63, "both"), (13, "forward")):
        options = ", ".join(f"o{k}: {{direction: {direction}}}" for k in range(number))
        path = tmp_path / f"{number}.yaml"
        path.write_text(
            f"offramp: 1\ntitle: t\ndecision_makers: {{a: {{options: {{{options}}}}}}}\nreadings: {{a: {{r: {{prefers: []}}}}}}\n"
        )
        for verb in VERBS:
            assert_clean(invoke(verb, str(path)), 1)
    conditions = ", ".join(f"c{k}: {{holds: true, contested: true}}" for k in range(15_000))
    path.write_text(
        "offramp: 1\ntitle: t\ndecision_makers: {a: {options: {x: {}}}}\nreadings: {a: {r: {prefers: []}}}\n"
        f"conditions: {{{conditions}}}\n"
    )
    result = invoke("ways", str(path), "--all-readings")
    assert_clean(result, 2)
    assert "more than 10^15 cells" in result.stderr


# Terminal escapes and markup.


def test_escapes_in_titles_names_and_paths_are_inert(tmp_path: Path) -> None:
    """Control characters are refused in the file; what else could act is spelled out; markup of the table maker is text."""
    odd = "[red]x[/red] \u200b\u200e\ufeff \U000e0041 :smile: [link=file:///etc/passwd]y[/link]"
    text = changed(SMALL, ("title: Two switches", f"title: '{odd}'"), ("hope: {", f"hope: {{name: '{odd}', "))
    name = "a\x1b[31m\x07\u202eb.yaml"
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / f"bad{name}").write_text("title: 5\n")
    for verb in ("solve", "ways"):
        result = invoke(verb, str(tmp_path / name))
        assert_clean(result, 0)
        assert "[red]x[/red]" in result.stdout
        assert "[link=file:///etc/passwd]" in " ".join(result.stdout.split())
        assert result.stdout.count("[red]x[/red]") == {"solve": 1, "ways": 2}[verb], "in the title, and in the name of the claim"
        assert not set(result.output) & set("\x1b\x07\u202e\u200b\u200e\ufeff\U000e0041")
    for verb in VERBS:
        result = invoke(verb, str(tmp_path / f"bad{name}"))
        assert_clean(result, 1)
        assert not set(result.output) & set("\x1b\x07\u202e")
        assert "\\x1b[31m" in result.output


# Fuzz.

PIECES = ["solve", "ways", "check", "schema", "--format", "json", "csv", "table", "xml", "--reading", "--contested", "--concept", "nash"]
PIECES += [
    "--limit",
    "0",
    "1",
    "-1",
    "99999999999999999999",
    "--all-readings",
    "--help",
    "--version",
    "prisoners-dilemma",
    "syria-iraq-1975",
    "syria-iraq-misperception",
]
PIECES += [
    "",
    "-",
    "--",
    "=",
    "a=b",
    "first=published",
    "ukraine=",
    "\x1b[31m",
    "포로",
    "\udc80",
    "a\nb",
    "*",
    "~",
    ".",
    "/",
    "..",
    "/dev/null",
    "%s",
    "{}",
]


def test_random_arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rng = Random(11)
    codes: Counter[int] = Counter()
    for _ in range(300):
        verb = rng.choice(["solve", "ways", "check", "schema", rng.choice(PIECES)])
        arguments = [rng.choice(PIECES) for _ in range(rng.randint(0, 4))]
        if rng.random() < 0.5:
            arguments.insert(0, "prisoners-dilemma")
        result = invoke(verb, *arguments)
        assert_clean(result, 0, 1, 2)
        codes[result.exit_code] += 1
    assert min(codes[0], codes[2]) > 10
    assert not list(tmp_path.iterdir()), "nothing is written"


def test_random_files(tmp_path: Path) -> None:
    rng = Random(12)
    codes: Counter[int] = Counter()
    path = tmp_path / "case.yaml"
    for number in range(300):
        text = DESIGN if number % 3 else SMALL
        path.write_bytes(mutated(rng, text).encode("utf-8", "surrogatepass"))
        form = rng.choice(FORMS)
        result = invoke(rng.choice(VERBS), str(path), "--format", form, *(["--all-readings"] if rng.random() < 0.1 else []))
        assert_clean(result, 0, 1, 2)
        codes[result.exit_code] += 1
    assert min(codes[0], codes[1]) > 10


# The command itself.


def test_a_few_commands_for_real(case: str, tmp_path: Path) -> None:
    good = run("solve", case, "--format", "json")
    assert (good.returncode, good.stderr) == (0, b"")
    missing = run("ways", str(tmp_path / "nowhere"))
    assert missing.returncode == 2
    assert missing.stderr.startswith(b"offramp: no case folder, file or case of the catalogue is called ")
    Path(case).write_text(DESIGN.replace("grade: grave", "grade: huge"))
    faulty = run("solve", case)
    assert (faulty.returncode, faulty.stdout) == (1, b"")
    assert faulty.stderr.decode().startswith("offramp: case.yaml:")
    checked = run("check", case)
    assert checked.returncode == 1
    assert checked.stdout.decode().endswith("1 problem, 0 warnings\n")


@pytest.mark.parametrize("form", FORMS)
def test_the_same_bytes_in_every_locale(form: str, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(DESIGN.replace("Two prisoners of war held by Ukraine", "포로 두 명 — 捕虜"), encoding="utf-8")
    plain = {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    outputs = [
        run("ways", str(path), "--format", form, **env) for env in ({}, plain, {"PYTHONIOENCODING": "latin-1"}, {"PYTHONHASHSEED": "7"})
    ]
    assert [output.returncode for output in outputs] == [0] * 4
    assert len({output.stdout for output in outputs}) == 1
    outputs[0].stdout.decode("utf-8")


@pytest.mark.parametrize(
    "arguments", [["solve", "prisoners-dilemma", "--format", form] for form in FORMS] + [["schema"], ["check", "elmira-12"]]
)
def test_a_reader_that_has_gone_is_no_fault(arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "offramp", *arguments]
    with os.fdopen(writer, "wb") as out:
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [["solve", "prisoners-dilemma"], ["ways", "prisoners-dilemma", "--format", "csv"], ["--help"]])
def test_a_full_disk_is_told(arguments: list[str]) -> None:
    with open("/dev/full", "wb") as out:
        command = [sys.executable, "-m", "offramp", *arguments]
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr == b"offramp: the output: No space left on device\n"


UNKNOWN = """\
offramp: 1
title: Nobody knows
decision_makers: {a: {options: {x: {}}}, b: {options: {y: {}}}}
readings:
  a: {only: {prefers: [{that: y, doubtful: true}, {that: not x}]}}
  b: {only: {prefers: [{that: y}]}}
"""


@pytest.mark.parametrize(
    "verb",
    ["flips", "sweep", "ways", "observed", "change --open x", "inverse --stable NN --for b", "inverse --stable NN --for a --concept gmr"],
)
def test_a_ranking_that_the_case_lacks_is_refused_in_one_way(tmp_path: Path, verb: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(UNKNOWN, encoding="utf-8")
    name, *more = verb.split()
    result = invoke(name, str(path), *more)
    assert_clean(result, 2)
    assert "of all states" in result.stderr


@pytest.mark.parametrize("verb", ["solve", "explain", "compare"])
@pytest.mark.parametrize(
    ("option", "value", "said"), [("--coalition", "first", "--concept coalition_seq"), ("--horizon", "3", "--concept limited")]
)
def test_an_option_that_no_concept_looks_at_is_refused(verb: str, option: str, value: str, said: str) -> None:
    result = invoke(verb, "prisoners-dilemma", "--concept", "nash", option, value)
    assert_clean(result, 2)
    assert f"{option} goes with" in result.stderr
    assert said in result.stderr


COUNTS_AS_ONE = """\
offramp: 1
title: Counts as one
decision_makers: {a: {options: {x: {}, y: {}}}, b: {options: {z: {}}}}
coalesce: {gone: {that: y and z}}
readings:
  a: {only: {prefers: [{that: y}]}}
  b: {only: {prefers: [{that: z}]}}
"""


@pytest.mark.parametrize("command", ["solve", "compare", "hypergame", "inverse --stable=-YY", "statusquo", "explain --tableau"])
def test_labels_of_states_that_count_as_one_are_explained(tmp_path: Path, command: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(COUNTS_AS_ONE, encoding="utf-8")
    name, *more = command.split()
    result = invoke(name, str(path), *more)
    assert_clean(result, 0)
    assert "-: either way, in states that count as one" in " ".join(result.stdout.split())

"""The verbs that make and change folders: demo, new, add, pin, brief, verify."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from offramp.cli import app

RUNNER = CliRunner()


def run(*words: object, code: int = 0) -> str:
    result = RUNNER.invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result.output


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".lock"
    }


@pytest.fixture
def strike(tmp_path: Path) -> Path:
    run("new", tmp_path / "strike", "--title", "A strike: «port» & more")
    return tmp_path / "strike"


def test_a_new_case_passes_check(strike: Path) -> None:
    assert run("check", strike) == "0 problems, 0 warnings\n"
    assert (strike / "private").stat().st_mode & 0o777 == 0o700
    assert "private/" in (strike / ".gitignore").read_text().split()
    assert "A strike: «port» & more" in run("ways", strike, "--all-readings")


@pytest.mark.parametrize("title", ["a: b", "# no comment", "'", '"', "- x", "é\\n", "true", "1", "\t x"])
def test_any_title_can_be_read_again(tmp_path: Path, title: str) -> None:
    run("new", tmp_path / "case", "--title", title)
    assert json.loads(run("solve", tmp_path / "case", "--format", "json"))["case"] == title


def test_a_folder_that_is_there_is_left_alone(strike: Path) -> None:
    before = files_of(strike)
    assert "is there already" in run("new", strike, code=2)
    assert files_of(strike) == before
    assert "make it first" in run("new", strike / "a" / "b", code=2)


def test_from_source_to_brief(strike: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("The port said it could not pay more. The union said it would go on.\n", encoding="utf-8")
    assert "report" in run("add", strike, report, "--outlet", "Harbour News", "--date", "2026-02")
    run("pin", strike, "report", "could not pay more", "--speaker", "The Port", "--kind", "indirect", "--id", "no_money")
    assert "1 ok" in run("verify", strike)
    text = (strike / "case.yaml").read_text()
    (strike / "case.yaml").write_text(
        text.replace("{that: not raise_pay, basis: assumed}", "{that: not raise_pay, basis: stated, because: [no_money]}")
    )
    assert run("check", strike) == "0 problems, 0 warnings\n"
    written = [Path(line) for line in run("brief", strike, "--for", "public").split()]
    assert [path.name for path in written] == ["brief.html", "brief.md"]
    assert "could not pay more" in written[0].read_text("utf-8")
    assert "every figure" in run("verify", strike, "--brief", written[0])
    assert "every figure" in run("verify", strike, "--brief", written[1])


def test_a_forged_figure_is_named(strike: Path) -> None:
    html = Path(run("brief", strike, "--for", "internal").split()[0])
    forged = html.read_text("utf-8").replace('value="2">2<', 'value="3">3<', 1)
    assert forged != html.read_text("utf-8")
    html.write_text(forged, encoding="utf-8")
    said = run("verify", strike, "--brief", html, code=1)
    assert "differs from what the case gives" in said
    assert "figures" in said


def test_a_brief_needs_an_audience(strike: Path) -> None:
    assert "no audience is chosen" in run("brief", strike, code=2)
    assert "'press' is no audience" in run("brief", strike, "--for", "press", code=2)
    assert "--to FOLDER" in run("brief", "two-prisoners", "--for", "public", code=2)
    assert not (strike / "build").exists()


def test_a_leak_stops_the_brief(strike: Path) -> None:
    (strike / "private" / "identifiers.txt").write_text("Hong Gildong\n", encoding="utf-8")
    text = (strike / "case.yaml").read_text()
    (strike / "case.yaml").write_text(text.replace("goes on strike", "goes on strike with HONG Gil-dong"))
    said = run("brief", strike, "--for", "public", code=1)
    assert "private/identifiers.txt:1" in said
    assert "gil" not in said.lower()
    assert not (strike / "build").exists()
    assert "case.yaml" in run("check", strike, code=1)


def test_altered_bytes_fail_verification(strike: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Something was said here.\n", encoding="utf-8")
    run("add", strike, tmp_path / "a.md", "--kind", "note")
    stored = strike / "sources" / "a.md"
    stored.chmod(0o644)
    stored.write_text("Something was said there.\n", encoding="utf-8")
    assert "sources/a.md was altered" in run("verify", strike, code=1)
    record = json.loads(run("verify", strike, "--format", "json", code=1))
    assert (record["schema"], record["ok"], record["counts"]["sources"]) == ("offramp.verify/1", False, {"altered": 1})


def test_bad_sources_change_nothing(strike: Path, tmp_path: Path) -> None:
    before = files_of(strike)
    for name, data in (
        ("empty.txt", b""),
        ("binary.txt", b"a\0b"),
        ("latin.txt", b"caf\xe9"),
        ("page.html", b"<p><img src=x>"),
        ("big.txt", b"x" * 50_000_001),
    ):
        (tmp_path / name).write_bytes(data)
        said = run("add", strike, tmp_path / name, code=1)
        assert name in said
        assert len(said.splitlines()) == 1
    run("add", strike, tmp_path / "missing.txt", code=1)
    run("pin", strike, "nothing", "words", code=2)
    assert files_of(strike) == before


@pytest.mark.parametrize(
    ("link", "words"),
    [("build", ["read"]), ("build/candidates", ["read"]), ("build", ["brief", "--for", "internal"]), ("build", ["sweep"]),
     ("build/internal", ["brief", "--for", "internal"]), ("sources", ["add", "../report.txt"])],
)  # fmt: skip
def test_a_link_is_not_written_through(strike: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, link: str, words: list[str]) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "report.txt").write_text("Something was said here.\n", encoding="utf-8")
    (strike / "sources").rmdir()
    (strike / link).parent.mkdir(exist_ok=True)
    (strike / link).symlink_to(tmp_path / "elsewhere")
    monkeypatch.chdir(strike)
    assert f"{link} is a link, and what is written there would go elsewhere" in run(words[0], ".", *words[1:], code=1)
    assert not list((tmp_path / "elsewhere").iterdir())


def test_the_demo_runs_twice_and_keeps_changes(tmp_path: Path) -> None:
    first = run("demo", "--to", tmp_path / "demo")
    (tmp_path / "demo" / "case.yaml").write_text((tmp_path / "demo" / "case.yaml").read_text().replace("title: Two", "title: The two"))
    again = run("demo", "--to", tmp_path / "demo")
    assert first.splitlines()[1:] == again.splitlines()[1:]
    assert again.splitlines()[0] == "The two prisoners of war held by Ukraine"
    assert (tmp_path / "demo" / "build" / "public" / "brief.html").is_file()


def test_the_demo_does_not_take_over_a_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert "is no case folder" in run("demo", "--to", tmp_path / "mine", code=2)
    assert not list((tmp_path / "mine").iterdir())


OFFLINE = """
import socket, sys

def refuse(*words, **more):
    raise AssertionError("the network was asked for")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse
from offramp.cli import main
sys.argv = ["offramp", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize(
    "words", [["demo", "--to", "case"], ["check", "two-prisoners"], ["verify", "two-prisoners"], ["solve", "elmira-12"]]
)
def test_no_network(tmp_path: Path, words: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", OFFLINE, *words], cwd=tmp_path, capture_output=True, text=True, env=dict(os.environ))
    assert done.returncode == 0, done.stderr

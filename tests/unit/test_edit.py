"""One more entry; everything else in the file stays as it was."""

from pathlib import Path

import pytest

from offramp.case import edit
from offramp.case.edit import append_entries, free_id, with_entry
from offramp.case.yaml_reader import parse_yaml
from offramp.errors import CaseError

ENTRY = {"name": "Ada Example"}


def added(text: str, section: str = "speakers", entry: dict[str, object] | None = None) -> str:
    return with_entry(text, "evidence.yaml", section, "ada", entry or dict(ENTRY))


def test_a_new_file(tmp_path: Path) -> None:
    content = append_entries(tmp_path / "evidence.yaml", "speakers", {"ada": ENTRY})
    assert content == b"offramp: 1\nspeakers:\n  ada:\n    name: Ada Example\n"
    assert not (tmp_path / "evidence.yaml").exists(), "nothing is written"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("offramp: 1\nspeakers:\n", "offramp: 1\nspeakers:\n  ada:\n    name: Ada Example\n"),
        ("offramp: 1\nspeakers: {}  # none\nx: 1", "offramp: 1\nspeakers:  # none\n  ada:\n    name: Ada Example\nx: 1\n"),
        ("offramp: 1\nspeakers: ~\n\nx: 1\n", "offramp: 1\nspeakers:\n  ada:\n    name: Ada Example\n\nx: 1\n"),
        ("offramp: 1\nx: 1", "offramp: 1\nx: 1\nspeakers:\n  ada:\n    name: Ada Example\n"),
        (
            "# head\nofframp:   1\nspeakers:\n    bob: {name:  'B'} # b\n    # of bob\n\n# tail\nx: [1,2]\n",
            "# head\nofframp:   1\nspeakers:\n    bob: {name:  'B'} # b\n    # of bob\n"
            "    ada:\n      name: Ada Example\n\n# tail\nx: [1,2]\n",
        ),
        (
            "speakers:\r\n  bob:\r\n    name: B\r\nx: 1\r\n",
            "speakers:\r\n  bob:\r\n    name: B\r\n  ada:\r\n    name: Ada Example\r\nx: 1\r\n",
        ),
        ("speakers:\n  bob:\n    name: B", "speakers:\n  bob:\n    name: B\n  ada:\n    name: Ada Example\n"),
        (
            "speakers:\n  bob:\n    note: |\n      # one\n\n      # two\nx: 1\n",
            "speakers:\n  bob:\n    note: |\n      # one\n\n      # two\n  ada:\n    name: Ada Example\nx: 1\n",
        ),
        (
            "speakers:\n  bob:\n    note:   |+\n      one\n\n\nx:   1\n",
            "speakers:\n  bob:\n    note:   |+\n      one\n\n\n  ada:\n    name: Ada Example\nx:   1\n",
        ),
        ("\ufeffspeakers:\n  b: {name: B}\n", "\ufeffspeakers:\n  b: {name: B}\n  ada:\n    name: Ada Example\n"),
    ],
)
def test_the_rest_stays_byte_for_byte(before: str, after: str) -> None:
    assert added(before) == after


@pytest.mark.parametrize(
    "before",
    [
        "speakers: {bob: {name: 'B'}}  # in braces\n# tail\n",
        "{offramp: 1, speakers: {}}\n",
        "offramp: 1\n...\n",
        "speakers:\n  {bob: {name: B}}\n",
    ],
)
def test_where_lines_cannot_be_put_in_the_file_is_rewritten(before: str) -> None:
    after = added(before)
    old, new = parse_yaml(before, "a").data, parse_yaml(after, "a").data
    assert new == {**old, "speakers": {**old.get("speakers", {}), "ada": ENTRY}}
    for comment in ("# in braces", "# tail"):
        assert (comment in before) == (comment in after)


@pytest.mark.parametrize(
    "value",
    [
        "true",
        "no",
        "12",
        "1.5",
        "~",
        "",
        " x ",
        "a: b",
        "- a",
        "#",
        "'",
        '"',
        "\\",
        "one\ntwo\n",
        "홍길동",
        "a\u200bb",
        "\u2028",
        "\t",
        "😀",
        "\U000e0041",
        "2025-11",
        "2025",
        "%",
        "@",
        "{}",
        "[]",
        "&a",
        "*a",
        "!t",
        "|",
        ">",
        "?",
        "x" * 500,
        "\u0085",
        "\xa0",
        "12e5",
        "null",
        5,
        True,
        [[0, 5], [7, 9]],
        ["DW", "a, b"],
        [],
    ],
)
def test_every_value_comes_back_as_it_was(value: object) -> None:
    text = added("offramp: 1\nspeakers:\n  b: {name: B}\n", entry={"value": value})
    found = parse_yaml(text, "a").data["speakers"]["ada"]["value"]
    assert found == value
    assert type(found) is type(value)
    assert text.startswith("offramp: 1\nspeakers:\n  b: {name: B}\n  ada:\n    value: ")


def test_what_cannot_be_seen_is_escaped() -> None:
    assert '"a\\u200bb\\u202ec\\U000e0041"' in added("", entry={"v": "a\u200bb\u202ec\U000e0041"})


def test_a_second_entry_of_the_same_name_is_refused() -> None:
    with pytest.raises(CaseError, match=r"evidence.yaml:2: speakers.ada: the entry 'ada' is there already"):
        added("speakers:\n  ada: {name: A}\n")


@pytest.mark.parametrize(("text", "words"), [("speakers: [a]\n", "no mapping"), ("a: b: c\n", "no valid YAML"), ("- a\n", "no mapping")])
def test_a_faulty_file_is_not_edited(text: str, words: str) -> None:
    with pytest.raises(CaseError, match=words):
        added(text)


def test_a_file_in_another_encoding_is_not_edited(tmp_path: Path) -> None:
    (tmp_path / "evidence.yaml").write_bytes(b"offramp: 1\n# caf\xe9\n")
    with pytest.raises(CaseError, match=r"evidence.yaml:2: a byte that is no UTF-8"):
        append_entries(tmp_path / "evidence.yaml", "speakers", {"ada": ENTRY})


def test_a_file_that_would_become_too_large_is_not_made() -> None:
    with pytest.raises(CaseError, match="larger than 2,000,000 bytes"):
        added("offramp: 1\n", entry={"name": "x" * edit.MAX_BYTES})


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("KBS World, 2025-11", "kbs_world_2025_11"),
        ("Élodie Exämple", "elodie_example"),
        ("2025 report", "source_2025_report"),
        ("홍길동", "source"),
        ("___", "source"),
        ("a" * 100, "a" * 60),
        ("taken", "taken_3"),
    ],
)
def test_ids_from_names(text: str, id: str) -> None:
    assert free_id(text, "source", {"taken", "taken_2"}) == id

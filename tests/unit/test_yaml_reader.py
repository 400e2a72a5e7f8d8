"""YAML to plain data: what scalars mean, and on which line each entry stands."""

from pathlib import Path
from typing import Any

import pytest

from offramp.case.yaml_reader import Document, dotted, parse_yaml, read_yaml
from offramp.errors import CaseError


def data(text: str) -> Any:
    return parse_yaml(text, "x.yaml").data


def lines(text: str) -> dict[str, int]:
    return {dotted(path): line for path, line in parse_yaml(text, "x.yaml").lines.items()}


# Scalars: the core schema of YAML 1.2, and nothing that looks like it.


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("NULL", None),
        ("nULL", "nULL"),
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("False", False),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("0", 0),
        ("-0", 0),
        ("7", 7),
        ("+7", 7),
        ("-12", -12),
        ("999999999999999999", 999_999_999_999_999_999),
        ("1.5", 1.5),
        ("-0.25", -0.25),
        ("3.10", 3.1),
        *((word, word) for word in ("yes", "no", "Yes", "NO", "on", "off", "On", "OFF", "y", "n", "Y", "N", "YES", "No")),
        *((word, word) for word in ("2026-05-31", "2026-05", "2026-5-1", "2026-05-31T10:00:00Z", "12:30:45", "1:30")),
        *((word, word) for word in ("0x1F", "0o17", "017", "00", "0b11", "1_000", "1,000", "1e3", "1.5e3", ".5", "5.", "1.2.3")),
        *((word, word) for word in (".inf", "-.inf", ".nan", ".NaN", "inf", "nan", "NaN", "Infinity")),
        ("1" + "0" * 18, "1" + "0" * 18),  # 19 digits
        ("9" * 400, "9" * 400),
        ("9" * 5_000, "9" * 5_000),  # more digits than Python turns into a number
        ("0." + "1" * 400, "0." + "1" * 400),
        ("١٢", "١٢"),  # digits of another script
        ("१.५", "१.५"),
        ("٠", "٠"),
        ("'7'", "7"),
        ('"true"', "true"),
        ("'~'", "~"),
        ('""', ""),
        ('"\\u0041\\n"', "A\n"),
        ("<<", "<<"),
        ("=", "="),
        ("a: b"[0] + "#b", "a#b"),
        ("a #b", "a"),
    ],
)
def test_scalar(written: str, value: object) -> None:
    found = data(f"key: {written}\n")["key"]
    assert found == value
    assert type(found) is type(value)


def test_block_scalars_are_text() -> None:
    assert data("a: |\n  7\nb: >\n  true\n  false\nc: |-\n  no\n") == {"a": "7\n", "b": "true false\n", "c": "no"}


def test_keys_are_text_as_written() -> None:
    assert data("1: a\ntrue: b\nnull: c\nno: d\n'quoted': e\n2026-05-31: f\n~: g\n") == {
        "1": "a",
        "true": "b",
        "null": "c",
        "no": "d",
        "quoted": "e",
        "2026-05-31": "f",
        "~": "g",
    }


def test_merge_key_merges_nothing() -> None:
    assert data("<<: {a: 1}\nb: 2\n") == {"<<": {"a": 1}, "b": 2}


def test_nested_data_of_either_style() -> None:
    assert data("a:\n  - b\n  - [c, {d: e}]\n  -\n    f: {}\n    g: []\nh: {i: [1, 2], j: }\n") == {
        "a": ["b", ["c", {"d": "e"}], {"f": {}, "g": []}],
        "h": {"i": [1, 2], "j": None},
    }


def test_a_pair_in_a_flow_list_is_a_mapping() -> None:
    assert data("a: [b: c, d]\n") == {"a": [{"b": "c"}, "d"]}


def test_keys_in_order() -> None:
    assert list(data("z: 1\na: 2\nm: 3\n")) == ["z", "a", "m"]


def test_one_document_with_its_marks() -> None:
    assert data("%YAML 1.2\n---\na: 1\n...\n") == {"a": 1}
    assert data("# only a remark\n--- # here\na: 1\n") == {"a": 1}


# Lines.


def test_lines_of_block_style() -> None:
    text = "# remark\n\na: 1\nb:\n  c: 2\n\n  d:\n    - 3\n    # remark\n    - e: 4\n      f: 5\n    -\n      g: 6\n"
    assert lines(text) == {
        "": 3,
        "a": 3,
        "b": 4,
        "b.c": 5,
        "b.d": 7,
        "b.d[1]": 8,
        "b.d[2]": 10,
        "b.d[2].e": 10,
        "b.d[2].f": 11,
        "b.d[3]": 13,
        "b.d[3].g": 13,
    }


def test_lines_of_flow_style() -> None:
    text = "a: {b: 1,\n  c: [2,\n    3], d: {\n e: 4}}\n"
    assert lines(text) == {"": 1, "a": 1, "a.b": 1, "a.c": 2, "a.c[1]": 2, "a.c[2]": 3, "a.d": 3, "a.d.e": 4}


def test_lines_after_text_of_several_lines() -> None:
    text = "a: >-\n  one\n  two\n\n  three\nb: |\n  x\n\n\nc: 'y\n  z'\nd: \"p\n\n  q\"\ne: plain\n  goes on\nf: 1\n"
    assert lines(text) == {"": 1, "a": 1, "b": 6, "c": 10, "d": 12, "e": 15, "f": 17}


def test_lines_with_carriage_returns() -> None:
    assert lines("a: 1\r\nb:\r\n  - 2\r\n") == {"": 1, "a": 1, "b": 2, "b[1]": 3}


def test_a_line_of_what_is_not_there_is_that_of_the_nearest_above() -> None:
    document = parse_yaml("a:\n  b: 1\nc: [2, 3]\n", "x.yaml")
    assert document.line(("a", "b", "x", 0)) == 2
    assert document.line(("a", "z")) == 1
    assert document.line(("c", 7)) == 3
    assert document.line(("q", "r")) == 1
    assert Document("x.yaml").line(("a",)) == 0


def test_problem_is_placed() -> None:
    problem = parse_yaml("a:\n  b: 1\n", "x.yaml").problem(("a", "b"), "found", "expected", "remedy")
    assert str(problem) == "x.yaml:2: a.b: found; expected expected; remedy"


@pytest.mark.parametrize(
    ("path", "text"),
    [((), ""), (("a",), "a"), (("a", 0), "a[1]"), (("a", 0, "b"), "a[1].b"), ((0, "b"), "[1].b"), (("a", "b", 9), "a.b[10]")],
)
def test_dotted(path: tuple[str | int, ...], text: str) -> None:
    assert dotted(path) == text


# Files.


def test_a_file_is_called_by_its_name_or_as_asked(tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    path.write_text("a: 1\n")
    assert read_yaml(path).file == "my.yaml"
    assert read_yaml(path, "case.yaml").file == "case.yaml"


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml(path).data == {"a": 1}
    assert read_yaml(path).lines[("a",)] == 1


def test_letters_of_every_script(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("title: 포로 두 명\nnote: двое 捕虜 \U0001f54a\n", encoding="utf-8")
    assert read_yaml(path).data == {"title": "포로 두 명", "note": "двое 捕虜 \U0001f54a"}


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text("a: 1\n")
    (tmp_path / "x.yaml").symlink_to("real.yaml")
    assert read_yaml(tmp_path / "x.yaml").data == {"a": 1}


def test_an_entry_that_is_a_case_error_leaves_no_document() -> None:
    with pytest.raises(CaseError):
        parse_yaml("a: &b 1\n", "x.yaml")

"""What the YAML reader refuses, in which words, and how soon."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from casetext import SMALL
from mutations import mutated
from offramp.case import yaml_reader
from offramp.case.load import read_case, read_case_text
from offramp.case.yaml_reader import MAX_BYTES, MAX_DEPTH, parse_yaml, read_yaml
from offramp.errors import CaseError

SECONDS = 8.0
"""Longest that a hostile file of two megabytes may take; about four times what it takes."""


def said(text: str) -> list[str]:
    with pytest.raises(CaseError) as caught:
        parse_yaml(text, "x.yaml")
    return [str(problem) for problem in caught.value.problems]


def said_of(path: Path) -> list[str]:
    with pytest.raises(CaseError) as caught:
        read_yaml(path)
    return [str(problem) for problem in caught.value.problems]


OUT = "expected plain entries; write the entry out"
SYNTAX = "check indentation, colons and quotation marks on this line and the one before"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: &x 1\n", f"x.yaml:1: the anchor &x; {OUT} where it is needed"),
        ("a: 1\nb: &x {c: 1}\n", f"x.yaml:2: the anchor &x; {OUT} where it is needed"),
        ("a:\n- &x [1]\n", f"x.yaml:2: a: the anchor &x; {OUT} where it is needed"),
        ("a: *x\n", f"x.yaml:1: the alias *x; {OUT}"),
        ("a: {b: [*x]}\n", f"x.yaml:1: a.b: the alias *x; {OUT}"),
        ("*x : 1\n", f"x.yaml:1: the alias *x; {OUT}"),
        ("<<: *x\n", f"x.yaml:1: the alias *x; {OUT}"),
        ("a: !!str 1\n", "x.yaml:1: the tag !!str; expected plain entries; remove the tag"),
        ("a: !x 1\n", "x.yaml:1: the tag !x; expected plain entries; remove the tag"),
        ("a: ! 1\n", "x.yaml:1: the tag !; expected plain entries; remove the tag"),
        ("a: !!python/object:os.system x\n", "x.yaml:1: the tag !!python/object:os.system; expected plain entries; remove the tag"),
        (
            "a: !!python/object/apply:os.system [id]\n",
            "x.yaml:1: the tag !!python/object/apply:os.system; expected plain entries; remove the tag",
        ),
        ("a: !<tag:yaml.org,2002:int> 1\n", "x.yaml:1: the tag tag:yaml.org,2002:int; expected plain entries; remove the tag"),
        ("--- !!map\na: 1\n", "x.yaml:1: the tag !!map; expected plain entries; remove the tag"),
        ("a: !!set {b}\n", "x.yaml:1: the tag !!set; expected plain entries; remove the tag"),
        ("a: !!binary aGk=\n", "x.yaml:1: the tag !!binary; expected plain entries; remove the tag"),
        ("[a]: 1\n", "x.yaml:1: a mapping or list as a key; expected a word as a key"),
        ("? {a: 1}\n: 2\n", "x.yaml:1: a mapping or list as a key; expected a word as a key"),
        ("", "x.yaml:1: the file is empty; expected entries such as 'offramp: 1' and 'title: …'"),
        ("# nothing\n", "x.yaml:1: the file is empty; expected entries such as 'offramp: 1' and 'title: …'"),
        ("---\n", "x.yaml:1: the file is empty; expected entries such as 'offramp: 1' and 'title: …'"),
        ("- a\n", "x.yaml:1: the file holds no mapping; expected entries such as 'offramp: 1' and 'title: …'"),
        ("just words\n", "x.yaml:1: the file holds no mapping; expected entries such as 'offramp: 1' and 'title: …'"),
        ("a: 1\n---\nb: 2\n", "x.yaml:2: a second document begins; expected one document in the file; remove the line '---'"),
        ("a: b: c\n", f"x.yaml:1: no valid YAML here: mapping values are not allowed here; {SYNTAX}"),
        ("a: 1\n\tb: 2\n", f"x.yaml:2: no valid YAML here: found character '\\t' that cannot start any token; {SYNTAX}"),
        ("a: 'b\n", f"x.yaml:2: no valid YAML here: found unexpected end of stream; {SYNTAX}"),
        ("a: [b\n", f"x.yaml:2: no valid YAML here: expected ',' or ']', but got '<stream end>'; {SYNTAX}"),
        (
            "a: 1\nb: \x01\n",
            "x.yaml:2: unacceptable character #x0001: special characters are not allowed; expected printable text; remove it",
        ),
        ("%YAML 2.0\n---\na: 1\n", f"x.yaml:1: no valid YAML here: found incompatible YAML document (version 1.* is required); {SYNTAX}"),
    ],
)
def test_refusal(text: str, sentence: str) -> None:
    assert sentence in said(text)


def test_what_ruamel_lets_through_is_told_with_its_line() -> None:
    """Escapes beyond Unicode and versions of 5,000 digits raise ValueError or OverflowError inside ruamel."""
    for text, line in [
        ('a: 1\nb: "\\U00110000"\n', 2),
        ('a: 1\nb: "\\UFFFFFFFF"\n', 2),
        ("%YAML " + "9" * 5_000 + ".1\n---\na: 1\n", 1),
    ]:
        (sentence,) = said(text)
        assert sentence.startswith(f"x.yaml:{line}: no valid YAML here: ")
        assert len(sentence) < 400


def test_every_duplicate_key_is_told_at_once_with_both_lines() -> None:
    text = "a: 1\nb: {c: 1, c: 2}\na: 2\nd:\n  - e: 1\n    e: 2\na: 3\n"
    remedy = "expected each key once; remove or rename one of the two"
    assert said(text) == [
        f"x.yaml:2: b.c: the key 'c' stands here again, first on line 2; {remedy}",
        f"x.yaml:3: a: the key 'a' stands here again, first on line 1; {remedy}",
        f"x.yaml:6: d[1].e: the key 'e' stands here again, first on line 5; {remedy}",
        f"x.yaml:7: a: the key 'a' stands here again, first on line 1; {remedy}",
    ]


def test_keys_that_say_the_same_in_other_letters_are_duplicates() -> None:
    assert len(said("a: 1\n'a': 2\n")) == 1
    assert len(said('a: 1\n"\\u0061": 2\n')) == 1


def test_faults_of_several_kinds_at_once() -> None:
    sentences = said("a: &x 1\nb: !t 2\na: *x\nc: [\n")
    assert [sentence.split(":")[1] for sentence in sentences] == ["1", "2", "3", "3", "5"]


def test_nothing_of_a_file_with_a_tag_is_built() -> None:
    with pytest.raises(CaseError):
        parse_yaml("a: !!python/name:os.system\n", "x.yaml")


# Limits.


def test_depth() -> None:
    def nested(depth: int) -> str:
        return "a: " + "[" * (depth - 1) + "]" * (depth - 1) + "\n"

    assert parse_yaml(nested(MAX_DEPTH), "x.yaml").data
    assert said(nested(MAX_DEPTH + 1)) == ["x.yaml:1: nested deeper than 30 levels"]
    assert said("".join("  " * k + f"k{k}:\n" for k in range(MAX_DEPTH + 1)) + "  " * 40 + "x: 1\n") == [
        f"x.yaml:{MAX_DEPTH + 1}: nested deeper than 30 levels"
    ]


def test_number_of_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mapping, its one key and its list count too: three, then the items."""
    assert yaml_reader.MAX_NODES == 100_000
    monkeypatch.setattr(yaml_reader, "MAX_NODES", 1_000)
    assert len(parse_yaml("a: [" + "1," * 997 + "]\n", "x.yaml").data["a"]) == 997
    assert said("a: [" + "1," * 998 + "]\n") == ["x.yaml:1: more than 1,000 entries"]
    assert "x.yaml:1: more than 1,000 entries" in said("a: [" + "*x," * 998 + "]\n")


def test_size(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a: 1\n#" + b"x" * (MAX_BYTES - 6))
    assert read_yaml(path).data == {"a": 1}
    path.write_bytes(b"a: 1\n#" + b"x" * (MAX_BYTES - 5))
    assert said_of(path) == ["x.yaml: the file is larger than 2,000,000 bytes; split or shorten it"]
    with path.open("wb") as file:
        file.truncate(50_000_000_000)  # fifty gigabytes of nothing
    assert said_of(path) == ["x.yaml: the file is larger than 2,000,000 bytes; split or shorten it"]


LOL = "a: &a [lol,lol,lol,lol,lol,lol,lol,lol,lol]\n" + "".join(
    f"{now}: &{now} [{','.join([f'*{before}'] * 9)}]\n" for before, now in zip("abcdefgh", "bcdefghi", strict=True)
)
"""Nine levels of nine, pyyaml#235."""

TWENTY_ONE = "a0: &a0 {x: 1}\n" + "".join(f"a{k}: &a{k} {{<<: [*a{k - 1}, *a{k - 1}]}}\n" for k in range(1, 22))
"""Twenty-one levels of merging, in the manner of js-yaml#738."""


@pytest.mark.parametrize(("text", "number"), [(LOL, 9 + 72), (TWENTY_ONE, 22 + 42)])
def test_bombs_are_told_piece_by_piece(text: str, number: int) -> None:
    start = time.monotonic()
    sentences = said(text)
    assert len(sentences) == number
    assert all("anchor" in sentence or "alias" in sentence for sentence in sentences)
    assert time.monotonic() - start < 1


FULL = MAX_BYTES - 100
HOSTILE = {
    "list": "a: [" + "b," * (FULL // 2) + "]",
    "pairs": "".join(f"k{k}: v\n" for k in range(150_000)),
    "the same key": "a: b\n" * (FULL // 5),
    "brackets": "[" * FULL,
    "braces": "{" * FULL,
    "dashes": "- " * (FULL // 2),
    "questions": "? " * (FULL // 2),
    "colons": "a:" + ": " * (FULL // 2),
    "one word": "a: " + "b" * FULL,
    "words": "a: " + "b " * (FULL // 2),
    "lines": "a: b\n" + "  c\n" * (FULL // 4),
    "block": "a: |\n" + "  x\n" * (FULL // 4),
    "empty block": "a: |\n" + "\n" * FULL,
    "folded": "a: >\n" + "  x\n\n" * (FULL // 6),
    "escapes": 'a: "' + "\\n" * (FULL // 2) + '"',
    "quoted lines": 'a: "' + "\n\n" * (FULL // 2) + '"',
    "newlines": "\n" * FULL,
    "remarks": "# c\n" * (FULL // 4),
    "anchors": "a: [" + "&x b," * (FULL // 5) + "]",
    "aliases": "a: [" + "*x," * (FULL // 3) + "]",
    "a long anchor": "a: &" + "b" * FULL,
    "a long tag": "a: !" + "b" * FULL,
    "a long coded tag": "a: !<" + "%41" * (FULL // 3) + "> b",
    "tags": "a: [" + "!b c," * (FULL // 5) + "]",
    "tags below the limit": "a: [" + ("!" + "b" * 99_990 + " c, ") * 20 + "]",
    "documents": "---\na: b\n" * (FULL // 9),
    "directives": "%FOO bar\n" * (FULL // 9) + "---\na: b\n",
    "tabs": "\t" * FULL,
}


QUICK = [
    "brackets",
    "braces",
    "dashes",
    "questions",
    "colons",
    "one word",
    "escapes",
    "a long anchor",
    "a long tag",
    "tabs",
    "a long coded tag",
]


@pytest.mark.parametrize("kind", [kind if kind in QUICK else pytest.param(kind, marks=pytest.mark.slow) for kind in HOSTILE])
def test_a_hostile_file_ends_soon(kind: str) -> None:
    start = time.monotonic()
    with contextlib.suppress(CaseError):
        parse_yaml(HOSTILE[kind], "x.yaml")
    assert time.monotonic() - start < SECONDS


def test_an_endless_word_is_told_with_its_line() -> None:
    assert said("a: 1\nb: !" + "x" * 200_000) == ["x.yaml:2: a word of more than 100,000 letters; expected text with spaces"]


def test_long_names_are_shortened() -> None:
    for text in ("a: &" + "b" * 90_000, "a: *" + "b" * 90_000, "a: !" + "b" * 90_000 + " c"):
        assert all(len(sentence) < 200 for sentence in said(text))


# Files that are none.


def test_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    for raw, line, byte in [
        (b"a: \xff\n", 1, "0xff"),
        (b"a: 1\nb: 2\nc: caf\xe9\n", 3, "0xe9"),
        (b"\xef\xbb\xbfa: 1\nb: \xc3\n", 2, "0xc3"),
        (b"\xef\xbb\xbfa: 1\n\xff\n", 2, "0xff"),
        (b"\xff\xfea\x00:\x00", 1, "0xff"),
        ("a: 포로\n".encode("euc-kr"), 1, "0xc6"),
        (b"a: 1\nb: \xed\xa0\x80\n", 2, "0xed"),  # a surrogate, which UTF-8 does not have
        (b"a: 1\r\nb: \xc0\x80\n", 2, "0xc0"),
    ]:
        path.write_bytes(raw)
        assert said_of(path) == [f"x.yaml:{line}: byte {byte} is no UTF-8; expected a text file in UTF-8; save the file as UTF-8"]


def test_nul(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a: 1\nb: \0\n")
    assert said_of(path) == ["x.yaml:2: a NUL byte; expected a text file in UTF-8"]


def test_places_without_a_file(tmp_path: Path) -> None:
    assert said_of(tmp_path / "x.yaml") == ["x.yaml: there is no such file; 'offramp new' makes a case folder"]
    assert said_of(tmp_path) == [f"{tmp_path.name}: the file cannot be read (Is a directory)"]
    (tmp_path / "dangling").symlink_to("nowhere")
    assert said_of(tmp_path / "dangling") == ["dangling: there is no such file; 'offramp new' makes a case folder"]
    (tmp_path / "loop").symlink_to("loop")
    assert said_of(tmp_path / "loop") == ["loop: the file cannot be read (Too many levels of symbolic links)"]
    (tmp_path / "file").write_text("a: 1")
    assert said_of(tmp_path / "file" / "x.yaml") == ["x.yaml: the file cannot be read (Not a directory)"]
    assert said_of(tmp_path / ("x" * 300)) == ["x" * 300 + ": the file cannot be read (File name too long)"]
    assert said_of(Path("a\0b")) == ["a\0b: the path holds a NUL character; expected the path of a file"]


def test_a_pipe_or_device_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), Path("/dev/null")):
        assert said_of(path) == [f"{path.name}: no ordinary file (a pipe or a device); expected a text file in UTF-8"]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs /proc")
def test_a_file_whose_reading_fails() -> None:
    assert said_of(Path("/proc/self/mem")) == ["mem: the file cannot be read (Input/output error)"]


@pytest.fixture
def as_nobody() -> Iterator[None]:
    """Root reads everything; be somebody else for a while."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield
    os.seteuid(user)


def test_a_file_that_may_not_be_read(tmp_path: Path, as_nobody: None) -> None:
    path = tmp_path / "x.yaml"
    with contextlib.suppress(PermissionError):  # the folder may be closed to nobody, which will do
        path.write_text("a: 1")
        path.chmod(0)
    assert said_of(path) == ["x.yaml: the file cannot be read (Permission denied)"]


# Fuzz: a valid case with a few random changes either loads or is refused.

TINY = "a: 1\nb: {c: d, e: [f, g]}\nh:\n- i\n- j: k\n  l: 'm'\nn: |\n o\np:\n"


def outcome(text: str) -> str:
    """Return whether a text loads; whatever else it does fails the test."""
    try:
        read_case_text(text)
    except CaseError as error:
        return "refused" if error.problems and str(error) else "refused without a word"
    return "loaded"


def test_mutations_of_a_case_load_or_are_refused() -> None:
    rng = Random(3)
    counts = {"loaded": 0, "refused": 0}
    for _ in range(3_000):
        counts[outcome(mutated(rng, SMALL))] += 1
    assert min(counts.values()) > 100, "a fuzz that only ever ends one way tests little"


def test_compiled_and_pure_scanner_read_the_same() -> None:
    """Where both read a text, they read the same data on the same lines; a text that one alone reads is malformed."""
    rng = Random(5)
    num_compared = 0
    for _ in range(3_000):
        text = mutated(rng, TINY)
        with contextlib.suppress(CaseError):
            read = parse_yaml(text, "x.yaml")
            pure = yaml_reader._built(text, "x.yaml", pure=True)
            if not pure.problems:
                num_compared += 1
                assert repr(read.data) == repr(pure.document.data), repr(text)
                assert read.lines == pure.document.lines, repr(text)
    assert num_compared > 300


@pytest.mark.parametrize("piece", ["\t", "\x85", "\u2028", "\u2029", "\ufeff"])
def test_letters_that_the_scanners_take_otherwise(piece: str) -> None:
    """Beside a byte order mark in the middle, a text reads the same with and without the compiled scanner."""
    for text in (f"a:{piece} b\n", f"a: b\n{piece}c: d\n", f"a: 'b{piece}c'\n", f"a: b{piece}c\n", f"a:\n- {piece}b\n"):
        pure = yaml_reader._built(text, "x.yaml", pure=True)
        if not pure.problems and isinstance(pure.document.data, dict):
            assert parse_yaml(text, "x.yaml").data == pure.document.data
        else:
            assert said(text)


def test_mutated_bytes_load_or_are_refused(tmp_path: Path) -> None:
    rng = Random(4)
    path = tmp_path / "case.yaml"
    for _ in range(500):
        raw = bytearray(SMALL.encode())
        for _ in range(rng.randint(1, 6)):
            raw[rng.randrange(len(raw))] = rng.randrange(256)
        path.write_bytes(raw)
        with contextlib.suppress(CaseError):
            read_case(path)

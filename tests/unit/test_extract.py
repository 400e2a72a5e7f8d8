"""Files to text: what is read, and one clear message for each that is not."""

import os
from pathlib import Path

import pytest

from offramp.errors import SourceError
from offramp.sources.extract import MAX_BYTES, extract


def error(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        extract(path)
    return str(caught.value).replace(str(path.parent), "")


def file(folder: Path, data: bytes, name: str = "a.txt") -> Path:
    (folder / name).write_bytes(data)
    return folder / name


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"one\ntwo", "one\ntwo"),
        (b"\xef\xbb\xbfone\r\ntwo\rthree\r\r\n", "one\ntwo\nthree\n\n"),
        ("홍길동 “said”\t\u00a0\u200b\x0c\n".encode(), "홍길동 “said”\t\u00a0\u200b\x0c\n"),
        ("a\u0301 \u2028\ufeffb".encode(), "a\u0301 \u2028\ufeffb"),
    ],
)
def test_nothing_but_the_mark_and_line_ends_changes(tmp_path: Path, raw: bytes, text: str) -> None:
    found = extract(file(tmp_path, raw))
    assert (found.raw, found.text, found.extractor) == (raw, text, "plain/1")


def test_suffixes(tmp_path: Path) -> None:
    assert extract(file(tmp_path, b"x", "A.MD")).text == "x"
    assert error(file(tmp_path, b"x", "a.pdf")).startswith("/a.pdf is not read: it is damaged, or no pdf: it does not begin as one; get")
    assert "/a.csv is not read: it is no kind of document that is known; Offramp reads txt, md, html," in error(
        file(tmp_path, b"x", "a.csv")
    )
    found = extract(file(tmp_path, b"x", "a"))
    assert (found.text, found.suffix) == ("x", ".txt")


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b" \n\t\r\n"])
def test_empty(tmp_path: Path, raw: bytes) -> None:
    assert error(file(tmp_path, raw)) == "/a.txt is not read: it is empty; add a file that has words in it"


def test_binary(tmp_path: Path) -> None:
    message = "/a.txt is not read: byte 4 is NUL, so it is no text; save the report as text in UTF-8 and add that"
    assert error(file(tmp_path, b"abc\0\xff")) == message


def test_what_cannot_be_told_is_refused(tmp_path: Path) -> None:
    message = error(file(tmp_path, b"one\ntwo caf\xe9\n", "my note.txt"))
    assert message.startswith(
        "/my note.txt is not read: byte 12 (line 2) is 0xe9, which is no UTF-8 there, and which encoding it is cannot"
    )
    assert "say it with --encoding (CP949 is frequent for Korean" in message
    assert "is 0xed" in error(file(tmp_path, b"\xed\xa0\x80"))


def test_a_name_that_acts_is_spelled(tmp_path: Path) -> None:
    for name, shown in (("a\nofframp: all is well\x1b[2J.txt", "a\\nofframp: all is well\\x1b[2J.txt"), ("\u202etxt.a", "\\u202etxt.a")):
        assert f"/{shown} is not read" in error(file(tmp_path, b"", name))
    assert "there is no file" in error(tmp_path / "a\nb")
    assert "\n" not in error(tmp_path / "a\nb")
    assert error(Path("a\0b")) == "there is no file a\\x00b; no name has a NUL in it"


def test_too_large_is_told_before_reading(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as sparse:
        sparse.truncate(10**12)
    assert error(tmp_path / "a.txt") == "/a.txt is larger than 10,000,000 bytes; split it, or keep only the part that matters"
    assert len(extract(file(tmp_path, b"x" * MAX_BYTES, "b.txt")).text) == MAX_BYTES


def test_no_ordinary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    assert error(tmp_path / "folder.txt") == "/folder.txt is a folder; name a file in it"
    assert error(tmp_path / "none.txt") == "there is no file /none.txt; check the path"
    assert error(tmp_path / "pipe.txt").startswith("/pipe.txt is a special file")

    def refuse(*args: object) -> int:
        raise PermissionError(13, "Permission denied")

    file(tmp_path, b"x")
    with monkeypatch.context() as patch:
        patch.setattr("offramp.files.os.open", refuse)
        message = error(tmp_path / "a.txt")
    assert message == "/a.txt cannot be read: permission denied"


def test_links_to_files_are_followed(tmp_path: Path) -> None:
    file(tmp_path, b"words")
    (tmp_path / "b.txt").symlink_to("a.txt")
    assert extract(tmp_path / "b.txt").text == "words"

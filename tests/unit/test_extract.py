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
    assert "/a.pdf has a .pdf file; Offramp reads .txt and .md" in error(file(tmp_path, b"x", "a.pdf"))
    assert "/a has a name without .txt or .md" in error(file(tmp_path, b"x", "a"))


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b" \n\t\r\n"])
def test_empty(tmp_path: Path, raw: bytes) -> None:
    assert error(file(tmp_path, raw)) == "/a.txt is empty; add a file that has words in it"


def test_binary(tmp_path: Path) -> None:
    assert error(file(tmp_path, b"abc\0\xff")) == "/a.txt is no text: byte 4 is NUL; save the report as text in UTF-8 and add that"


def test_other_encodings(tmp_path: Path) -> None:
    message = error(file(tmp_path, b"one\ntwo caf\xe9\n", "my note.txt"))
    assert message.startswith("/my note.txt: byte 12 (line 2) is 0xe9, which is no UTF-8 there; convert it: iconv -f WINDOWS-1252 -t UTF-8")
    assert "/my note.txt' > '/my note.utf8.txt' (CP949 is frequent for Korean" in message
    assert "iconv -f UTF-16 -t UTF-8 /a.txt > /a.utf8.txt" in error(file(tmp_path, "words".encode("utf-16")))
    assert "iconv -f UTF-16" in error(file(tmp_path, b"\xfe\xff\0w"))
    assert "is 0xed" in error(file(tmp_path, b"\xed\xa0\x80"))


def test_a_name_that_looks_like_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-a.txt").write_bytes(b"\xe9")
    with pytest.raises(SourceError, match=r"UTF-8 \./-a\.txt > \./-a\.utf8\.txt"):
        extract(Path("-a.txt"))


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

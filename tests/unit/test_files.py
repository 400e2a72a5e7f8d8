"""Atomic writes: old or new, never part, whatever fails."""

import errno
import os
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from faulty import Faulty
from offramp import files
from offramp.errors import OfframpError, StorageError
from offramp.files import is_leftover, locked, make_folder, read_regular, sweep_leftovers, write_atomic, write_once


def leftovers(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if is_leftover(name)]


def test_write_atomic_writes_replaces_and_sets_the_mode(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    write_atomic(path, b"old")
    write_atomic(path, b"new\0bytes")
    assert path.read_bytes() == b"new\0bytes"
    assert path.stat().st_mode & 0o777 == 0o644
    write_atomic(path, b"", mode=0o600)
    assert path.read_bytes() == b""
    assert path.stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["case.yaml"]


@pytest.mark.parametrize("writer", [write_atomic, write_once])
def test_content_is_synced_before_it_is_in_place_and_the_folder_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: Any) -> None:
    calls = []

    def noting(name: str) -> Any:
        real = getattr(os, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            calls.append(f"{name} folder" if name == "fsync" and stat.S_ISDIR(os.fstat(args[0]).st_mode) else name)
            return real(*args, **kwargs)

        return call

    for name in ("write", "fsync", "replace", "link"):
        monkeypatch.setattr(files.os, name, noting(name))
    writer(tmp_path / "a", b"words")
    monkeypatch.undo()
    assert calls == ["write", "fsync", "replace" if writer is write_atomic else "link", "fsync folder"]


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("홍" * 85)
    write_atomic(path, b"x")
    assert path.read_bytes() == b"x"


def test_short_writes_still_write_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(files.os, "write", lambda descriptor, data: real(descriptor, bytes(data)[:7]))
    write_atomic(tmp_path / "a", b"0123456789" * 10)
    monkeypatch.undo()
    assert (tmp_path / "a").read_bytes() == b"0123456789" * 10


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("writer", [write_atomic, write_once])
def test_every_call_may_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, writer: Any) -> None:
    for nth in range(1, 30):
        folder = tmp_path / str(nth)
        folder.mkdir()
        path = folder / "kept"
        if writer is write_atomic:
            path.write_bytes(b"old")
        faulty = Faulty(nth, number)
        with monkeypatch.context() as patch:
            patch.setattr(files, "os", faulty)
            try:
                writer(path, b"new")
                said = ""
            except StorageError as error:
                said = str(error)
        content = path.read_bytes() if path.exists() else None
        if said:
            assert content == (b"new" if "in place" in said else b"old" if "intact" in said else None)
            assert str(path) in said
        else:
            assert content == b"new"
        assert not leftovers(folder) or faulty.failed == "unlink"
        if not faulty.failed:
            break
    assert 8 < nth < 29, "the faults reached every call"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full; the old file is intact; free some space"),
        (errno.EACCES, "permission denied; the old file is intact; check who may write"),
        (errno.EROFS, "the disk is read-only; the old file is intact; copy the case"),
        (errno.EIO, "the disk reports an error; the old file is intact"),
    ],
)
def test_the_message_says_what_why_and_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str) -> None:
    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(files, "os", Faulty(1, number))
    with pytest.raises(OfframpError, match=f"cannot write .*a: {words}"):
        write_atomic(tmp_path / "a", b"new")


def test_a_missing_folder_and_a_folder_in_the_way(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="there is no such folder; nothing was written; make the folder"):
        write_atomic(tmp_path / "none" / "a", b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError, match="a folder of this name is in the way"):
        write_atomic(tmp_path / "folder", b"")
    assert leftovers(tmp_path) == []


def test_make_folder(tmp_path: Path) -> None:
    make_folder(tmp_path / "a")
    make_folder(tmp_path / "a")
    assert os.listdir(tmp_path) == ["a"]
    (tmp_path / "b").write_bytes(b"")
    with pytest.raises(StorageError, match=r"cannot write .*b: a file of this name is in the way; the old file is intact; move the file"):
        make_folder(tmp_path / "b")


def test_make_folder_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    for number, target in enumerate([tmp_path / "elsewhere", "nowhere"]):
        (tmp_path / f"link{number}").symlink_to(target)
        with pytest.raises(StorageError, match=rf"link{number} is a link, .* would go elsewhere; nothing was written; put a folder there"):
            make_folder(tmp_path / f"link{number}")


def test_write_once_keeps_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "source.txt"
    write_once(path, b"words")
    assert path.stat().st_mode & 0o777 == 0o444
    assert path.stat().st_nlink == 1
    number = path.stat().st_ino
    write_once(path, b"words")
    assert path.stat().st_ino == number
    with pytest.raises(StorageError, match="is there already with other content; it is kept as it is"):
        write_once(path, b"other")
    assert path.read_bytes() == b"words"
    assert os.listdir(tmp_path) == ["source.txt"]


def test_write_once_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(files.os, "link", refuse)
    write_once(tmp_path / "a", b"words")
    assert (tmp_path / "a").read_bytes() == b"words"


def test_write_once_loses_no_race(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, real = tmp_path / "a", os.link

    def late(*args: Any, **kwargs: Any) -> None:
        path.write_bytes(b"somebody else's")
        real(*args, **kwargs)

    monkeypatch.setattr(files.os, "link", late)
    with pytest.raises(StorageError, match="other content"):
        write_once(path, b"mine")
    assert path.read_bytes() == b"somebody else's"


def test_read_regular_refuses_what_is_no_ordinary_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    (tmp_path / "link").symlink_to("a")
    os.mkfifo(tmp_path / "pipe")
    assert read_regular(tmp_path / "a", 5) == b"12345"
    assert read_regular(tmp_path / "link", follow=True) == b"12345"
    for name, words in {
        "a": "larger than 4 bytes",
        "link": "cannot be read: it is a link",
        "pipe": "special file",
        ".": "is a folder",
        "none": "there is no file",
    }.items():
        with pytest.raises(StorageError, match=words):
            read_regular(tmp_path / name, 4)


def test_the_lock_excludes_and_is_given_back(tmp_path: Path) -> None:
    with locked(tmp_path):
        began = time.monotonic()
        with pytest.raises(StorageError, match=r"another program is writing in .* did not finish in 0.2 seconds; nothing was changed"), \
                locked(tmp_path, wait=0.2):  # fmt: skip
            pass
        assert time.monotonic() - began < 2
    with locked(tmp_path, wait=0):
        pass


def test_the_lock_is_waited_for(tmp_path: Path) -> None:
    order = []

    def other() -> None:
        with locked(tmp_path):
            order.append("other")

    with locked(tmp_path):
        thread = threading.Thread(target=other)
        thread.start()
        time.sleep(0.1)
        order.append("first")
    thread.join()
    assert order == ["first", "other"]


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    code = "import sys, pathlib, time, offramp.files as f\n"
    code += "with f.locked(pathlib.Path(sys.argv[1])): print('in', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"in\n"
        process.kill()
    with locked(tmp_path, wait=1):
        pass


def test_a_folder_that_cannot_be_locked(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no such folder"), locked(tmp_path / "none"):
        pass


def test_leftovers_of_the_dead_are_swept_those_of_the_living_stay(tmp_path: Path) -> None:
    dead, mine, other = ".a.0123456789abcdef.tmp", ".notes.tmp", "a.0123456789abcdef.tmp"
    for name in (dead, mine, other):
        (tmp_path / name).write_bytes(b"half")
    with files._temporary(tmp_path / "b", b"", 0o644) as alive:
        assert sweep_leftovers(tmp_path) == (dead,)
        assert Path(alive).exists()
    assert sorted(os.listdir(tmp_path)) == [mine, other]
    assert sweep_leftovers(tmp_path / "none") == ()


def test_a_writer_whose_file_was_swept_begins_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, swept = files._claim, []

    def claim(descriptor: int) -> bool:
        if not swept:
            swept.extend(leftovers(tmp_path))
            os.unlink(tmp_path / swept[0])
        return real(descriptor)

    monkeypatch.setattr(files, "_claim", claim)
    write_atomic(tmp_path / "a", b"whole")
    assert swept
    assert (tmp_path / "a").read_bytes() == b"whole"

"""Where finished parts are kept, and what is said when they cannot be."""

import sqlite3
from pathlib import Path

import pytest

from offramp.analysis.sweep import Store
from offramp.errors import StorageError


def test_what_is_kept_is_there_again(tmp_path: Path) -> None:
    path = tmp_path / "build" / "sweeps.sqlite"
    with Store(path) as store:
        store.keep("a", 1, "one")
        store.keep("a", 0, "nought")
        store.keep("b", 0, "other")
    with Store(path) as store:
        assert store.known("a") == {0: "nought", 1: "one"}
        assert store.known("c") == {}
        store.keep("a", 1, "again")
        assert store.known("a")[1] == "again"


def test_in_memory_nothing_is_left() -> None:
    with Store() as store:
        store.keep("a", 0, "nought")
        assert store.known("a") == {0: "nought"}
    with Store() as store:
        assert store.known("a") == {}


def test_a_file_that_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, and long enough to be taken for one" * 20)
    with pytest.raises(StorageError, match=r"notes\.txt is no store of sweeps.*; name another file with --store"):
        Store(path)
    other = tmp_path / "other.sqlite"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE parts (name TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(StorageError, match=r"other\.sqlite is no store of sweeps.*no such column: sweep"):
        Store(other)


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match=r"cannot be opened: .*; name another file with --store"):
        Store(tmp_path / "file" / "sweeps.sqlite")
    with pytest.raises(StorageError, match="cannot be opened: unable to open database file"):
        Store(tmp_path)


def test_a_full_disk_loses_nothing_that_is_done(tmp_path: Path) -> None:
    path = tmp_path / "sweeps.sqlite"
    with Store(path) as store:
        store._connection.execute("PRAGMA max_page_count = 4")
        store.keep("a", 0, "x" * 1000)
        with pytest.raises(StorageError, match=r"sweeps\.sqlite: database or disk is full"):
            store.keep("a", 1, "x" * 100_000)
        assert store.known("a") == {0: "x" * 1000}
    with Store(path) as store:
        assert store.known("a") == {0: "x" * 1000}
        store.keep("a", 1, "x" * 100_000)

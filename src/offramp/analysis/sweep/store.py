"""What a sweep has worked out so far, kept in SQLite by what it was worked out from."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Self

from offramp.errors import StorageError


class Store:
    """Finished parts of sweeps; a part is written whole or not at all.

    Parameters
    ----------
    path : Path, optional
        The file; without one, parts are kept in memory and end with the program.

    Raises
    ------
    StorageError
        If the file cannot be opened, or is no store.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(":memory:" if path is None else path, timeout=60)
        except (sqlite3.Error, OSError) as error:
            raise StorageError(f"{path} cannot be opened: {_said(error)}; name another file with --store") from None
        self._prepare()

    def _prepare(self) -> None:
        try:
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS parts (sweep TEXT, part INTEGER, answer TEXT NOT NULL, PRIMARY KEY (sweep, part)) WITHOUT ROWID"
            )
            self._connection.execute("SELECT sweep, part, answer FROM parts LIMIT 0")
        except sqlite3.Error as error:
            self.close()
            raise StorageError(f"{self.path} is no store of sweeps, or cannot be used: {error}; name another file with --store") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def known(self, sweep: str) -> dict[int, str]:
        """Return the finished parts of a sweep by number."""
        try:
            return dict(self._connection.execute("SELECT part, answer FROM parts WHERE sweep = ? ORDER BY part", (sweep,)))
        except sqlite3.Error as error:
            raise StorageError(f"{self.path}: {error}; delete the file and begin again, or name another with --store") from None

    def keep(self, sweep: str, part: int, answer: str) -> None:
        """Keep a finished part.

        Raises
        ------
        StorageError
            If there is no room; what was kept before stays.
        """
        try:
            with self._connection:
                self._connection.execute("INSERT OR REPLACE INTO parts VALUES (?, ?, ?)", (sweep, part, answer))
        except sqlite3.Error as error:
            raise StorageError(f"{self.path}: {error}") from None

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _said(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)

"""Long tables as columnar files: Apache Parquet, for programs that read a million rows at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from offramp.errors import ChoiceError, StorageError
from offramp.files import write_atomic
from offramp.report.tables.states import Columns

ABOUT = b"offramp"
"""The key, in the metadata of a file, of what was asked: JSON."""


def check_table(path: Path) -> None:
    """Refuse, before anything is worked out, a file that could not be written.

    Raises
    ------
    ChoiceError
        If its name does not end in ``.parquet``.
    StorageError
        If the library that writes it is not installed.
    """
    if path.suffix.lower() != ".parquet":
        raise ChoiceError(f"{path}: a columnar file is written as .parquet; end its name in that, or use --format csv")
    _library()


def write_parquet(path: Path, columns: Columns, about: Mapping[str, Any]) -> None:
    """Write columns as a Parquet file, whole or not at all; the same columns give the same bytes.

    Parameters
    ----------
    path : Path
        Ends in ``.parquet``; a file that is there is replaced.
    columns : mapping of str to sequence
        Of equal length.
    about : mapping of str to plain data
        What was asked; stored as JSON in the metadata of the file, under ``offramp``.

    Raises
    ------
    ChoiceError, StorageError
        As `check_table`, and if the file cannot be written.
    """
    check_table(path)
    arrow, parquet = _library()
    table = arrow.table({name: _array(arrow, values) for name, values in columns.items()})
    table = table.replace_schema_metadata({ABOUT: json.dumps(about, ensure_ascii=False).encode()})
    sink = arrow.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    write_atomic(path, sink.getvalue().to_pybytes())


def _array(arrow: Any, values: Any) -> Any:
    """Return one column; whole numbers that are all missing keep their type."""
    array = arrow.array(values)
    return array.cast(arrow.int64()) if array.type == arrow.null() else array


def _library() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        missing = "a .parquet file is written by pyarrow, which is not installed"
        raise StorageError(f"{missing}; install it with: pip install 'offramp[tables]', or use --format csv") from None
    return pyarrow, parquet

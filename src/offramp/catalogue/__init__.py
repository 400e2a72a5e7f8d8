"""The bundled case and the published ones, as case folders that travel with the program."""

from __future__ import annotations

from pathlib import Path

from offramp.errors import UnknownLabelError

BUNDLED = "two-prisoners"
"""The case that `offramp demo` tells."""


def names() -> tuple[str, ...]:
    """Return the ids of all cases in the catalogue, sorted.

    Examples
    --------
    >>> "garrison-23" in names()
    True
    """
    return tuple(sorted(path.parent.name for path in Path(__file__).parent.glob("*/case.yaml")))


def folder(name: str) -> Path:
    """Return the folder of a case in the catalogue; to be read, not written to.

    Raises
    ------
    UnknownLabelError
        If the catalogue has no such case.
    """
    if name not in names():
        raise UnknownLabelError("case in the catalogue", name, names())
    return Path(__file__).parent / name

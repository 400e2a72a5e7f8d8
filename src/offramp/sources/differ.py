"""What differs between the evidence of two case folders: ids alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from offramp.sources.evidence import read_evidence

T = TypeVar("T")


@dataclass(frozen=True)
class IdsChanged:
    """The ids of entries that only the second version has, only the first, and those that differ."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def evidence_changed(before: Path, after: Path) -> dict[str, IdsChanged]:
    """Return which statements and sources of two case folders differ.

    Parameters
    ----------
    before, after : Path
        Case folders; one without evidence has none.

    Raises
    ------
    CaseError
        If the evidence of one is faulty.
    """
    old, new = read_evidence(before), read_evidence(after)
    return {"statements": ids_changed(old.statements, new.statements), "sources": ids_changed(old.sources, new.sources)}


def ids_changed(before: Mapping[str, T], after: Mapping[str, T]) -> IdsChanged:
    """Return which entries differ.

    Examples
    --------
    >>> ids_changed({"s1": 1, "s2": 2}, {"s2": 3, "s3": 4})
    IdsChanged(added=('s3',), removed=('s1',), changed=('s2',))
    """
    return IdsChanged(
        tuple(name for name in after if name not in before),
        tuple(name for name in before if name not in after),
        tuple(name for name, entry in before.items() if name in after and after[name] != entry),
    )

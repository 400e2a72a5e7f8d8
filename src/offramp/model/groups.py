"""States that count as one: a group has the label of all its members, and what tells them apart is refused.

The label of a group is a pattern, with a letter where all members agree and a -
where they do not; a state that counts alone keeps its code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from offramp.model.conflict import States

Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Groups:
    """Which states count as one.

    Parameters
    ----------
    apart : States
        All states, each by itself, with codes.
    of : ndarray of int64, shape (num_states_apart,)
        The group of each; groups are numbered in the order of their first members.
    entries : mapping of int to str
        By group of two or more, the entry of the case that makes it.
    """

    apart: States
    of: Indices
    entries: Mapping[int, str]

    @cached_property
    def first(self) -> Indices:
        """The first member of each group, shape (num_groups,)."""
        return np.unique(self.of, return_index=True)[1]

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The labels of all groups, in order."""
        assert self.apart.codes is not None
        order = np.argsort(self.of, kind="stable")
        begins = np.searchsorted(self.of[order], np.arange(len(self.first)))
        every = np.bitwise_and.reduceat(self.apart.codes[order], begins)
        some = np.bitwise_or.reduceat(self.apart.codes[order], begins)
        return tuple(_label(one, other, len(self.apart.options)) for one, other in zip(every.tolist(), some.tolist(), strict=True))

    def index(self, label: str) -> int | None:
        """Return the group that a code, or a pattern that its members and no other states match, stands for; None if there is none."""
        if "-" not in label:
            place = self.apart.index(label)
            return None if place is None else int(self.of[place])
        if label in self.labels:
            return self.labels.index(label)
        matched = np.flatnonzero(self.apart.matching(label))
        there = np.unique(self.of[matched])
        return int(there[0]) if len(there) == 1 and len(matched) == int((self.of == there[0]).sum()) else None

    def split(self, values: NDArray[Any]) -> tuple[int, int] | None:
        """Return two members of one group, by their places apart, that differ in `values`; None where groups agree."""
        differs = np.flatnonzero(values != values[self.first[self.of]])
        return (int(self.first[self.of[differs[0]]]), int(differs[0])) if len(differs) else None


def _label(every: int, some: int, num_options: int) -> str:
    return "".join("Y" if every >> k & 1 else "-" if some >> k & 1 else "N" for k in range(num_options))


def is_open(label: str) -> bool:
    """Return whether the label of a state in option form is that of a group, whose members differ in some option."""
    return "-" in label

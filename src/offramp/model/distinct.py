"""The distinct values of an array, with the place of each entry among them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def distinct(values: Ints) -> tuple[Ints, Ints]:
    """Return the distinct values, ascending, and for every entry the position of its value among them.

    As ``numpy.unique(values, return_inverse=True)``, without loading masked
    arrays for it.

    Examples
    --------
    >>> distinct(np.array([30, -5, 30, 7]))
    (array([-5,  7, 30]), array([2, 0, 2, 1]))
    """
    order = np.argsort(values, kind="stable")
    ascending = values[order]
    is_first = np.ones(len(values), dtype=bool)
    is_first[1:] = ascending[1:] != ascending[:-1]
    place = np.empty(len(values), dtype=np.int64)
    place[order] = np.cumsum(is_first) - 1
    return ascending[is_first], place

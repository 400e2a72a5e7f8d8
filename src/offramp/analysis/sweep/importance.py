"""How much of a headline's variance each factor carries: Sobol indices, by SciPy."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Importance:
    """The part of a headline's variance that a factor carries.

    Parameters
    ----------
    first : float
        The part that goes when this factor alone is known.
    total : float
        The part that stays when all other factors are known.
    """

    first: float
    total: float


def points(num_factors: int, size: int, seed: int, start: int, stop: int) -> Points:
    """Return points number `start` up to `stop` of those at which importance is worked out.

    They are `size` points A, as many points B, then for each factor A with that
    coordinate taken from B, shape (at most stop - start, num_factors).
    """
    from scipy.stats import qmc

    cube = qmc.Sobol(2 * num_factors, seed=np.random.default_rng(seed)).random(size)
    first, second = cube[:, :num_factors], cube[:, num_factors:]
    numbers = np.arange(start, min(stop, size * (num_factors + 2)))
    group, row = numbers // size, numbers % size
    chosen = np.where((group == 1)[:, None], second[row], first[row])
    swapped = np.flatnonzero(group >= 2)
    chosen[swapped, group[swapped] - 2] = second[row[swapped], group[swapped] - 2]
    return chosen


def importance(parts: Sequence[str], num_factors: int, size: int) -> dict[str, tuple[Importance, ...]]:
    """Return by headline the importance of every factor, from the answers at `points`.

    A headline that is the same at all points has no variance to share out, and is left out.
    """
    from scipy.stats import sobol_indices

    values = _values([json.loads(part) for part in parts])
    found = {}
    for name, there in values.items():
        if there.all() or not there.any():
            continue
        rows = there.astype(np.float64).reshape(num_factors + 2, 1, size)
        outputs = {"f_A": rows[0], "f_B": rows[1], "f_AB": rows[2:]}
        indices = sobol_indices(func=outputs, n=size)
        pairs = zip(indices.first_order.ravel().tolist(), indices.total_order.ravel().tolist(), strict=True)
        found[name] = tuple(Importance(first, total) for first, total in pairs)
    return found


def _values(parts: Sequence[Mapping[str, object]]) -> dict[str, NDArray[np.bool_]]:
    """Return by headline its value at every point."""
    total = sum(int(str(part["number"])) for part in parts)
    found: dict[str, NDArray[np.bool_]] = {}
    start = 0
    for part in parts:
        number, rows = int(str(part["number"])), part["rows"]
        assert isinstance(rows, dict)
        for name, text in rows.items():
            bits = np.unpackbits(np.frombuffer(bytes.fromhex(text), dtype=np.uint8), count=number)
            found.setdefault(name, np.zeros(total, dtype=np.bool_))[start : start + number] = bits.astype(np.bool_)
        start += number
    return found

"""How much of a headline's variance each factor carries: Sobol indices, by SciPy.

The points are of a scrambled Sobol sequence, in the design of Saltelli.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.sweep.factors import Points

Bools = NDArray[np.bool_]

DIGITS = 12
"""Decimal places that are told; floating point agrees on these everywhere."""


@dataclass(frozen=True)
class Importance:
    """The part of a headline's variance that a factor carries, as estimated: noise may make it less than 0.

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

    A headline that is the same at all points A and B has no variance to share
    out, and is left out.
    """
    values = _values([json.loads(part) for part in parts])
    return {name: indices for name in sorted(values) if (indices := sobol_indices(values[name].reshape(num_factors + 2, size)))}


def sobol_indices(values: Bools) -> tuple[Importance, ...]:
    """Return the indices of every factor from values at A, at B, and at A with each coordinate of B; none where A and B are alike.

    First-order by Saltelli and others (2010), total-order by Jansen (1999),
    rounded to `DIGITS`, so that they are the same on every machine.

    Parameters
    ----------
    values : ndarray of bool, shape (num_factors + 2, num_points)
        Row by row; the number of points is a power of two.

    Examples
    --------
    >>> a, b = [False, False, True, True], [False, True, False, True]
    >>> sobol_indices(np.array([a, b, b, a]))  # of two factors the first decides, the second does nothing
    (Importance(first=1.0, total=1.0), Importance(first=0.0, total=0.0))
    >>> sobol_indices(np.array([a, b, b]))  # the only factor decides
    (Importance(first=1.0, total=1.0),)
    """
    if values[:2].all() or not values[:2].any():
        return ()
    from scipy.stats import sobol_indices as estimated

    number = len(values) - 2
    rows = np.concatenate([values, values[2:]] if number == 1 else [values]).astype(np.float64)[:, None]  # of one, SciPy makes no array
    indices = estimated(func={"f_A": rows[0], "f_B": rows[1], "f_AB": rows[2:]}, n=values.shape[1])
    both = zip(indices.first_order.ravel()[:number].tolist(), indices.total_order.ravel()[:number].tolist(), strict=True)
    return tuple(Importance(round(first, DIGITS) + 0.0, round(total, DIGITS) + 0.0) for first, total in both)


def _values(parts: Sequence[dict[str, Any]]) -> dict[str, Bools]:
    """Return by headline its value at every point; false where it is not told of."""
    total = sum(part["number"] for part in parts)
    found: dict[str, Bools] = {}
    start = 0
    for part in parts:
        number = part["number"]
        for name, text in part["rows"].items():
            bits = np.unpackbits(np.frombuffer(bytes.fromhex(text), dtype=np.uint8), count=number)
            found.setdefault(name, np.zeros(total, dtype=np.bool_))[start : start + number] = bits.astype(np.bool_)
        start += number
    return found

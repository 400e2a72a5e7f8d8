"""Rankings as whole numbers: from statements, from tiers, from weights.

A rank is a position in the order of states: 0 for the worst tier, equal ranks
for ties. Nothing depends on the distance between ranks.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from offramp.model.distinct import distinct

Ranks = NDArray[np.int64]

UNBOUNDED = np.int64(1 << 40)
"""Higher than every rank: what nobody can be brought down to."""


def dense(values: NDArray[np.int64]) -> Ranks:
    """Return `values` as ranks: the lowest becomes 0, the next 1, and so on.

    Examples
    --------
    >>> dense(np.array([30, -5, 30, 7]))
    array([2, 0, 2, 1])
    """
    return distinct(values)[1]


def prioritization(num_states: int, statements: Sequence[NDArray[np.bool_]]) -> Ranks:
    """Return the ranks that option prioritization gives, most important statement first.

    A state where the first statement holds comes before one where it does not;
    among equals the second decides, and so on: statement ``j`` of ``k`` weighs
    ``2 ** (k - 1 - j)``, so a statement given twice changes nothing.

    Parameters
    ----------
    num_states : int
        Number of states.
    statements : sequence of ndarray of bool, shape (num_states,)
        Where each holds.

    Examples
    --------
    >>> prioritization(4, [np.array([0, 0, 1, 1], bool), np.array([1, 0, 1, 0], bool)])
    array([1, 0, 3, 2])
    """
    ranks = np.zeros(num_states, dtype=np.int64)
    for holds in statements:
        ranks = ranks * 2 + holds
        if num_states and int(ranks.max()) >= 1 << 40:
            ranks = dense(ranks)
    return dense(ranks)


def prioritizations(statements: NDArray[np.bool_], orders: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what `prioritization` gives for many orders of the same statements, as numbers to compare within a row.

    Parameters
    ----------
    statements : ndarray of bool, shape (num_statements, num_states)
        Where each holds.
    orders : ndarray of int64, shape (num_orders, num_statements)
        The most important first.

    Examples
    --------
    >>> prioritizations(np.array([[0, 0, 1, 1], [1, 0, 1, 0]], bool), np.array([[0, 1], [1, 0]]))
    array([[1, 0, 3, 2],
           [2, 0, 3, 1]])
    """
    if orders.shape[1] > 62:
        return np.stack([prioritization(statements.shape[1], list(statements[order])) for order in orders])
    values = np.zeros((len(orders), statements.shape[1]), dtype=np.int64)
    for place in range(orders.shape[1]):
        values *= 2
        values += statements[orders[:, place]]
    return values


def tiers(num_states: int, ordered: Sequence[Sequence[int]]) -> Ranks:
    """Return the ranks of a direct ranking, best tier first; unlisted states tie below all.

    Examples
    --------
    >>> tiers(4, [[2], [0, 3]])
    array([1, 0, 2, 1])
    """
    ranks = np.zeros(num_states, dtype=np.int64)
    for place, tier in enumerate(ordered):
        ranks[list(tier)] = len(ordered) - place
    return dense(ranks)


def weighted(num_states: int, columns: Sequence[NDArray[np.bool_]], weights: Sequence[int]) -> Ranks:
    """Return the ranks by the sum of the weights of what holds in each state.

    Examples
    --------
    >>> weighted(3, [np.array([1, 0, 1], bool), np.array([0, 1, 1], bool)], [4, -2])
    array([2, 0, 1])
    """
    total = np.zeros(num_states, dtype=np.int64)
    for column, weight in zip(columns, weights, strict=True):
        total += column * np.int64(weight)
    return dense(total)

"""Rankings: order and ties, whatever the numbers behind them are."""

from itertools import combinations
from random import Random

import numpy as np
import pytest

from offramp.model.preference import dense, prioritization, tiers, weighted


def is_dense(ranks: np.ndarray) -> bool:
    return sorted(set(ranks.tolist())) == list(range(len(set(ranks.tolist()))))


def test_prioritization_against_weights() -> None:
    """Statement j of k weighs 2 ** (k - 1 - j), in whole numbers of any size; order and ties are the same."""
    rng = Random(8)
    for _ in range(400):
        num_states, num_statements = rng.randint(1, 12), rng.choice([0, 1, 2, 5, 9, 60, 120])
        density = rng.choice([0.1, 0.5, 0.97])
        holds = [[rng.random() < density for _ in range(num_states)] for _ in range(num_statements)]
        ranks = prioritization(num_states, [np.array(row) for row in holds])
        weights = [2 ** (num_statements - 1 - j) for j in range(num_statements)]
        scores = [sum(weight for weight, row in zip(weights, holds, strict=True) if row[s]) for s in range(num_states)]
        assert is_dense(ranks)
        for s, t in combinations(range(num_states), 2):
            assert (scores[s] > scores[t], scores[s] == scores[t]) == (bool(ranks[s] > ranks[t]), bool(ranks[s] == ranks[t]))


def test_prioritization_by_hand() -> None:
    first, second = np.array([True, True, False, False]), np.array([True, False, True, False])
    assert prioritization(4, [first, second]).tolist() == [3, 2, 1, 0]
    assert prioritization(4, [second, first]).tolist() == [3, 1, 2, 0]
    assert prioritization(4, [first, second, first, first]).tolist() == [3, 2, 1, 0]
    assert prioritization(4, [first]).tolist() == [1, 1, 0, 0]
    assert prioritization(4, [first, ~first]).tolist() == [1, 1, 0, 0]
    assert prioritization(4, []).tolist() == [0, 0, 0, 0]
    assert prioritization(4, [np.ones(4, bool)]).tolist() == [0, 0, 0, 0]


def test_the_first_statement_outweighs_a_thousand_others() -> None:
    first = np.array([True, False])
    assert prioritization(2, [first, *[~first] * 1_000]).tolist() == [1, 0]


def test_two_hundred_statements_that_each_tell_one_state() -> None:
    statements = [np.arange(200) == k for k in range(200)]
    assert prioritization(200, statements).tolist() == list(range(199, -1, -1))


def test_tiers() -> None:
    assert tiers(5, [[3], [0, 1], [2, 4]]).tolist() == [1, 1, 0, 2, 0]
    assert tiers(5, [[3], [0, 1]]).tolist() == [1, 1, 0, 2, 0]  # what is not listed ties below all
    assert tiers(3, []).tolist() == [0, 0, 0]
    assert tiers(3, [[0, 1, 2]]).tolist() == [0, 0, 0]
    rng = Random(9)
    for _ in range(100):
        order = [rng.randrange(4) for _ in range(rng.randint(1, 10))]
        listed = [[s for s, tier in enumerate(order) if tier == level] for level in sorted(set(order))]
        ranks = tiers(len(order), listed)
        assert is_dense(ranks)
        assert [[ranks[s] > ranks[t] for t in range(len(order))] for s in range(len(order))] == [[a < b for b in order] for a in order]


def test_weights_against_sums() -> None:
    rng = Random(10)
    for _ in range(200):
        num_states, num_options = rng.randint(1, 10), rng.randint(0, 6)
        largest = rng.choice([2, 10, 10**12])
        weights = [rng.randint(-largest, largest) for _ in range(num_options)]
        columns = [[rng.random() < 0.5 for _ in range(num_states)] for _ in range(num_options)]
        ranks = weighted(num_states, [np.array(column) for column in columns], weights)
        sums = [sum(weight for weight, column in zip(weights, columns, strict=True) if column[s]) for s in range(num_states)]
        assert ranks.tolist() == [sorted(set(sums)).index(total) for total in sums]


def test_sixty_two_options_of_the_highest_weight_do_not_overflow() -> None:
    columns = [np.array([k < number for number in (0, 61, 62)]) for k in range(62)]
    assert weighted(3, columns, [10**12] * 62).tolist() == [0, 1, 2]
    assert weighted(3, columns, [-(10**12)] * 62).tolist() == [2, 1, 0]


@pytest.mark.parametrize("values", [[5], [5, 5], [1 << 62, -(1 << 62), 0], [3, 1, 2, 3, 1]])
def test_dense(values: list[int]) -> None:
    assert dense(np.array(values)).tolist() == [sorted(set(values)).index(value) for value in values]
    assert dense(np.array(values)).dtype == np.int64

import numpy as np
import pytest

from offramp.model.bits import chosen, everywhere, num_words, packed, some, spread, unpacked


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 130])
def test_packing_and_unpacking_lose_nothing(count: int) -> None:
    truths = np.random.default_rng(count).random((3, count)) < 0.5
    bits = packed(truths)
    assert bits.shape == (3, num_words(count))
    assert bits.dtype == np.uint64
    assert np.array_equal(unpacked(bits, count), truths)
    assert np.array_equal(packed(truths.T.copy().T), bits), "whatever the order in memory"


def test_the_first_variant_is_the_lowest_bit() -> None:
    assert packed(np.array([True, False, True])).tolist() == [5]
    assert packed(np.arange(65) == 64).tolist() == [0, 1]


def test_everywhere_ends_with_the_last_variant() -> None:
    assert everywhere(3).tolist() == [7]
    assert everywhere(66).tolist() == [2**64 - 1, 3]


def test_some_of_no_row_is_none() -> None:
    assert some(np.zeros((0, 2), dtype=np.uint64)).tolist() == [0, 0]
    assert some(packed(np.array([[True, False], [False, False]]))).tolist() == [1]


def test_columns_are_taken_in_the_order_asked_for() -> None:
    truths = np.array([[True, False, False], [False, True, False]])
    assert unpacked(chosen(truths, np.array([2, 0, 0, 1])), 4).tolist() == [[False, True, True, False], [False, False, False, True]]
    assert np.array_equal(spread(packed(truths), 3, np.array([1, 0])), chosen(truths, np.array([1, 0])))

import numpy as np
import pytest

from offramp.analysis import net as module
from offramp.analysis.net import Net, following, leading
from offramp.errors import TooManyStatesError
from offramp.model.arcs import ArcMoves
from offramp.model.bits import packed, unpacked
from offramp.model.lines import LineMoves

SQUARE = LineMoves(np.arange(4), [1, 2], [0, 2], [0, 0])
"""Two switches: the first can be set and reset by one, the second only set, by the other."""

CHAIN = ArcMoves(4, [np.array([[0, 1], [1, 2]]), np.array([[2, 3]])])
"""One could go from 0 to 1 and on to 2, but not twice in succession; then two goes to 3."""


def rows(*places: int, number: int = 4) -> np.ndarray:
    """Return the bits of one variant in which some states hold."""
    return packed(np.isin(np.arange(number), places)[:, None])


def there(bits: np.ndarray) -> list[int]:
    return np.flatnonzero(unpacked(bits, 1)[:, 0]).tolist()


def test_arcs_are_the_successors() -> None:
    for moves in (SQUARE, CHAIN):
        for dm, arcs in enumerate(Net(moves).arcs):
            assert list(zip(arcs.src.tolist(), arcs.dst.tolist(), strict=True)) == [
                (state, to) for state in range(4) for to in moves.successors(dm, state).tolist()
            ]


def test_legal_sequences_remember_the_last_mover_in_a_graph() -> None:
    """From 0 one reaches 1 and no more; 3 is reached from 2 by two, from 1 by one then two, never from 0."""
    net = Net(CHAIN)
    assert there(net.reaching([0], rows(2), [None, None])) == [1, 2]
    assert there(net.reaching([0, 1], rows(3), [None, None])) == [1, 2, 3]
    reached = unpacked(net.reached(0, packed(np.array([[True, False, True], [False, True, True]])))[0], 3)
    assert reached.T.tolist() == [[True, True, False, False], [True, False, False, False], [True, True, False, False]]


def test_lines_let_moves_follow_each_other() -> None:
    net = Net(SQUARE)
    assert there(net.reaching([0, 1], rows(3), [None, None])) == [0, 1, 2, 3]
    assert there(net.reaching([0, 1], rows(0), [None, None])) == [0, 1], "what is set by the second stays set"


def test_closed_arcs_are_not_taken() -> None:
    net = Net(SQUARE)
    shut = np.zeros((len(net.arcs[0].src), 1), dtype=np.uint64)
    assert there(net.reaching([0, 1], rows(3), [shut, None])) == [1, 3]


def test_reached_within_passes_no_other_state() -> None:
    net = Net(SQUARE)
    both = packed(np.array([[True], [True]]))
    assert [there(found) for found in net.reached(0, both)] == [[0, 1, 2, 3]]
    within = [np.array([False, True, False, True]), np.zeros(4, dtype=bool)]
    assert [there(found) for found in net.reached(0, both, within)] == [[0, 1, 3], [0]], "the start may lie outside"


def test_following_and_leading_go_any_number_of_moves() -> None:
    arcs = Net(CHAIN).arcs[0]
    all_open = np.full((2, 1), 1, dtype=np.uint64)
    assert there(following(arcs, rows(0), all_open)) == [0, 1, 2]
    assert there(leading(arcs, rows(2), all_open)) == [0, 1, 2]


def test_too_many_moves_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ARCS", 3)
    with pytest.raises(TooManyStatesError, match=r"up to 4 moves; at most 3 can be listed: merge options"):
        Net(SQUARE)

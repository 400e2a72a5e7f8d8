"""Comparisons by hand, for each kind of preference."""

import numpy as np
import pytest

from offramp.model.relation import BETTER, GREATLY_BETTER, SIGNS, UNKNOWN, Merged, Paired, Preference, Ranked, Stated, leaves_unknown


def signs(preference: Preference, num_states: int) -> list[str]:
    states = np.arange(num_states)
    return [" ".join(SIGNS[sign] for sign in row) for row in preference.compared(states[:, None], states[None, :])]


def test_a_ranking() -> None:
    assert signs(Ranked(np.array([1, 0, 1])), 3) == ["= < =", "> = >", "= < ="]
    assert Ranked(np.array([1, 0, 1])).has_degrees is False


def test_great_steps() -> None:
    wish = Ranked(np.array([2, 1, 0]), steps=np.array([2, 1, 1]))
    assert signs(wish, 3) == ["= << <<", ">> = <", ">> > ="]
    assert wish.has_degrees
    assert wish.rank is not None
    assert not Ranked(np.array([1, 0]), steps=np.array([1, 1])).has_degrees


def test_states_without_a_place() -> None:
    wish = Ranked(np.array([1, 0, 0]), known=np.array([True, True, False]))
    assert signs(wish, 3) == ["= < ?", "> = ?", "? ? ="]
    assert wish.rank is None
    assert wish.compared(2, [0, 2]).tolist() == [UNKNOWN, 0]  # plain numbers and lists will do, and a state is what it is
    assert Ranked(np.array([0]), known=np.array([False])).rank is not None  # one state, nothing to compare


def test_statements_with_doubt() -> None:
    holds = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [0, 1, 1, 0]], bool)
    wish = Stated(holds, [GREATLY_BETTER, UNKNOWN, BETTER])
    assert signs(wish, 4) == ["= ? << <<", "? = << <<", ">> >> = ?", ">> >> ? ="]
    assert wish.has_degrees
    assert not Stated(np.ones((1, 2), bool), [GREATLY_BETTER]).has_degrees
    assert signs(Stated(np.array([[1, 1], [1, 0]], bool), [UNKNOWN, BETTER]), 2) == ["= <", "> ="]  # doubt about what is the same in both


def test_pairs() -> None:
    table = np.array([[0, 1, 2], [-1, 0, 1], [-2, -1, 0]], np.int8)
    assert signs(Paired(table), 3) == ["= > >>", "< = >", "<< < ="]
    rank = Paired(table).rank
    assert rank is not None
    assert rank.tolist() == [0, 1, 2]
    assert Paired(table).has_degrees


@pytest.mark.parametrize(("other", "row"), [([0, 1, 2], "= > >"), ([0, 2, 1], "= > >"), ([1, 2, 0], "= > <"), ([0, 0, 0], "= < <")])
def test_better_for_a_merged_coalition_is_better_for_all(other: list[int], row: str) -> None:
    assert signs(Merged([Ranked(np.array([0, 1, 2])), Ranked(np.array(other))]), 3)[0] == row


@pytest.mark.parametrize(("other", "row"), [([0, 1, 2], "= ? >"), ([2, 1, 0], "= < <"), ([1, 1, 1], "= < <")])
def test_what_one_member_does_not_know_is_unknown_unless_another_finds_it_no_better(other: list[int], row: str) -> None:
    """The first does not know of the second state, and finds the third better."""
    doubtful = Ranked(np.array([0, 0, 1]), known=np.array([True, False, True]))
    assert signs(Merged([doubtful, Ranked(np.array(other))]), 3)[0] == row


def test_what_is_no_ranking_need_not_leave_anything_unknown() -> None:
    one, other = Ranked(np.array([0, 1])), Ranked(np.array([1, 0]))
    doubtful = Ranked(np.array([1, 0]), known=np.array([True, False]))
    assert not leaves_unknown(one)
    assert leaves_unknown(doubtful)
    assert not leaves_unknown(Merged([one, other]))
    assert leaves_unknown(Merged([one, doubtful]))

"""Status-quo analysis, by hand."""

import pytest

from offramp.analysis.statusquo import Arc, statusquo
from offramp.analysis.ways import Move
from offramp.case.load import read_case_text
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.stability.settings import Settings


def model(text: str) -> ConflictModel:
    builder = Builder(read_case_text("offramp: 1\ntitle: t\n" + text))
    return builder.model(builder.choice())


# s2 is nearest by `one`, who then cannot move on to s3; only after `two` has brought s2 about, in two moves, can it.
AGAIN = """
decision_makers: {one: {}, two: {}}
states: [s1, s2, s3, s4]
moves: {one: [[s1, s2], [s2, s3], [s1, s4]], two: [[s4, s2]]}
readings: {one: {r: {ranking: [s3, s1, [s2, s4]]}}, two: {r: {ranking: [s2, [s1, s3, s4]]}}}
"""


def test_who_moved_last_counts_in_a_graph() -> None:
    found = statusquo(model(AGAIN))
    told = {arrival.state: [(move.dm, move.to) for move in arrival.moves] for arrival in found.arrivals}
    assert told == {1: [(0, 1)], 3: [(0, 3)], 2: [(0, 3), (1, 1), (0, 2)]}
    assert [arrival.by for arrival in found.arrivals] == [(0,), (0,), (0, 1)]
    assert Arc(Move(0, 1, 2), 3) in found.arcs


def test_improvements_are_over_the_state_that_the_mover_stands_on() -> None:
    there = model(AGAIN)
    assert statusquo(there, "improvements").arrivals == ()
    assert [arrival.state for arrival in statusquo(there, "improvements", 3).arrivals] == [1, 2]


@pytest.mark.parametrize(("by", "reached"), [([0], [1, 3]), ([1], []), ([1, 0, 1], [1, 3, 2]), ([], [])])
def test_only_those_named_move(by: list[int], reached: list[int]) -> None:
    assert [arrival.state for arrival in statusquo(model(AGAIN), by=by).arrivals] == reached


def test_the_start_is_no_arrival_though_moves_lead_back_to_it() -> None:
    ring = "decision_makers: {a: {options: {x: {}}}, b: {options: {y: {}}}}\nreadings: {a: {r: {prefers: []}}, b: {r: {prefers: []}}}\n"
    found = statusquo(model(ring))
    assert found.states == (0, 1, 2, 3)
    assert Arc(Move(0, 1, 0), 4) in found.arcs  # b, a, b, then a: nobody moves twice in succession


# Nobody knows how `one` compares s2 with s1; it prefers s3 to both. `two` would go on from s2 to s4.
DOUBT = """
decision_makers: {one: {}, two: {}}
states: [s1, s2, s3, s4]
moves: {one: [[s1, s2]], two: [[s1, s3], [s2, s4], [s4, s1]]}
readings: {one: {r: {pairs: [s3 > s1, s3 > s2], unlisted: unknown}}, two: {r: {ranking: [s4, [s1, s2], s3]}}}
"""


@pytest.mark.parametrize(("unknown", "reached"), [("a", [1, 3]), ("b", []), ("c", [1, 3]), ("d", [])])
def test_what_may_be_wanted_is_wanted_where_it_tempts(unknown: str, reached: list[int]) -> None:
    found = statusquo(model(DOUBT), "improvements", settings=Settings(unknown=unknown))
    assert [arrival.state for arrival in found.arrivals] == reached
    anyhow = statusquo(model(DOUBT), settings=Settings(unknown=unknown))
    assert [anyhow.is_wanted(move) for move in (Move(0, 0, 1), Move(1, 0, 2), Move(1, 1, 3))] == [unknown in "ac", False, True]
    assert [anyhow.is_unknown(move) for move in (Move(0, 0, 1), Move(1, 0, 2), Move(1, 1, 3))] == [True, False, False]


@pytest.mark.parametrize(("depth", "reached", "places"), [(1, [1, 3], [1, 1]), (2, [1, 3], [1, 1, 2]), (3, [1, 3, 2], [1, 1, 3, 2])])
def test_a_depth_leaves_out_later_moves(depth: int, reached: list[int], places: list[int]) -> None:
    found = statusquo(model(AGAIN), depth=depth)
    assert [arrival.state for arrival in found.arrivals] == reached
    assert [arc.place for arc in found.arcs] == places
    assert not found.is_cut


def test_a_limit_is_told() -> None:
    found = statusquo(model(AGAIN), limit=2)
    assert found.is_cut
    assert found.states == (0, 1, 3)
    assert not statusquo(model(AGAIN), limit=3).is_cut

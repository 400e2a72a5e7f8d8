"""Limited moves and non-myopic stability, by hand."""

import pytest

import offramp
from bridge import to_model
from offramp.errors import ChoiceError, TooManyStatesError, UnknownLabelError
from offramp.stability import turns
from offramp.stability.limited import limited_move_stability
from offramp.stability.nonmyopic import nonmyopic_stability
from offramp.stability.settings import DEFAULT, Settings


def graph(moves, ranking):
    """Return a graph of moves such as ``{"a": ["1-2"], "b": []}``, with states best first by decision maker."""
    states = sorted(ranking["a"].split())
    arcs = {dm: [tuple(move.split("-")) for move in moves[dm]] for dm in moves}
    rank = {dm: {state: -place for place, state in enumerate(ranking[dm].split())} for dm in moves}
    return to_model({"states": states, "moves": arcs, "rank": rank, "status_quo": states[0]})


def flags(model, dm, horizon):
    return limited_move_stability(model, dm, horizon).stable.tolist()


BAIT = graph({"a": ["1-2"], "b": ["2-3"]}, {"a": "3 1 2", "b": "3 2 1"})
"""From 1 a can go to 2, which is worse, and from there b would go to 3, which is best for both."""

LURE = graph({"a": ["1-2"], "b": ["2-3"]}, {"a": "2 1 3", "b": "3 2 1"})
"""From 1 a would like 2, from where b takes it to 3, which a likes least."""

CHASE = graph({"a": ["1-2"], "b": ["2-1"]}, {"a": "2 1", "b": "1 2"})
"""a wants 2 and b wants 1: whoever expects to have the last move makes it."""


def test_one_move_ahead_a_worse_state_is_worse():
    assert flags(BAIT, "a", 1) == [True, True, True]
    assert offramp.CONCEPTS["nash"](BAIT, "a").stable.tolist() == [True, True, True]


def test_two_moves_ahead_it_is_a_way_to_a_better_one():
    result = limited_move_stability(BAIT, "a", 2)
    assert result.stable.tolist() == [False, True, True]
    assert result.ends.tolist() == [2, 1, 2]
    assert (result.concept, result.focal, result.horizon) == ("limited", "a", 2)


def test_two_moves_ahead_the_answer_deters():
    assert flags(LURE, "a", 1) == [False, True, True]
    assert flags(LURE, "a", 2) == [True, True, True]


def test_an_end_where_it_began_is_no_reason_to_move():
    assert limited_move_stability(CHASE, "a", 2).ends.tolist() == [0, 1]


def test_a_verdict_that_turns_for_ever_is_not_nonmyopic():
    assert [flags(CHASE, "a", horizon)[0] for horizon in (1, 2, 3, 4)] == [False, True, False, True]
    result = nonmyopic_stability(CHASE, "a")
    assert result.stable.tolist() == [False, True]
    assert (result.concept, result.focal, result.period) == ("nonmyopic", "a", 2)


def test_ends_that_settle_have_period_one():
    result = nonmyopic_stability(BAIT, "a")
    assert result.stable.tolist() == [False, True, True]
    assert result.period == 1


def test_a_far_horizon_costs_no_more_than_the_period():
    assert flags(CHASE, "a", 10**18) == [True, True]
    assert flags(CHASE, "a", 10**18 + 1) == [False, True]


def test_nobody_can_move():
    still = graph({"a": [], "b": []}, {"a": "1 2", "b": "1 2"})
    assert flags(still, "a", 3) == [True, True]
    assert nonmyopic_stability(still, "b").stable.tolist() == [True, True]


def test_syria_iraq_by_hand():
    """Iraq at 1, two ahead: it moves to 4, from where Syria goes on to 6, which Iraq prefers to 1: not stable."""
    model = offramp.load_case("syria-iraq-1975")
    assert limited_move_stability(model, "iraq", 2).ends[0] == 6 - 1


ASKED = [lambda model, dm, settings=DEFAULT: limited_move_stability(model, dm, 2, settings), nonmyopic_stability]


@pytest.mark.parametrize("ask", ASKED)
def test_three_decision_makers_are_refused(ask):
    found = "needs two decision makers; this case has 3: moe, uniroyal, local_government; ask for seq or smr"
    with pytest.raises(ChoiceError, match=found):
        ask(offramp.load_case("elmira-12"), "moe")


@pytest.mark.parametrize("ask", ASKED)
def test_one_decision_maker_is_refused(ask):
    one = to_model({"options": {"a": [("x", "both")]}, "feasible": ["N", "Y"], "rank": {"a": {"N": 0, "Y": 1}}, "status_quo": "N"})
    with pytest.raises(ChoiceError, match="needs two decision makers; this case has 1: a"):
        ask(one, "a")


@pytest.mark.parametrize("ask", ASKED)
def test_ties_of_either_are_refused(ask):
    tied = to_model(
        {
            "states": ["s1", "s2", "s3"],
            "moves": {"a": [], "b": []},
            "rank": {"a": {"s1": 2, "s2": 1, "s3": 0}, "b": {"s1": 1, "s2": 0, "s3": 1}},
            "status_quo": "s1",
        }
    )
    with pytest.raises(ChoiceError, match="needs strict rankings; b ranks s1 and s3 alike; rank these states apart"):
        ask(tied, "a")


@pytest.mark.parametrize("ask", ASKED)
def test_unknown_decision_maker(ask):
    with pytest.raises(UnknownLabelError, match="no decision maker is called 'c'; there are: a, b"):
        ask(BAIT, "c")


@pytest.mark.parametrize(
    "change", [{"sequences": "once"}, {"return_to_start": "ignored"}, {"return_to_move": "ignored"}, {"strength": "strong"}]
)
@pytest.mark.parametrize("ask", ASKED)
def test_settings_of_sanctions_are_refused(ask, change):
    """Looking ahead knows turns and no sanctions, so that how these are led and what deters means nothing."""
    ((name, value),) = change.items()
    refusal = f"has no setting {name}, and {name}={value} is asked for; it looks ahead in turns and knows no sanctions"
    with pytest.raises(ChoiceError, match=refusal):
        ask(BAIT, "a", Settings(**change))


@pytest.mark.parametrize("horizon", [0, -1, 1.5, "2", True, None])
def test_a_horizon_that_is_none(horizon):
    with pytest.raises(ChoiceError, match="expected the number of moves looked ahead, a whole number from 1"):
        limited_move_stability(BAIT, "a", horizon)


def test_too_many_rounds(monkeypatch):
    monkeypatch.setattr(turns, "MAX_ROUNDS", 2)
    with pytest.raises(TooManyStatesError, match="not come round again after 2 moves looked ahead: ask for limited with a horizon"):
        nonmyopic_stability(CHASE, "a")
    assert flags(CHASE, "a", 2) == [True, True]

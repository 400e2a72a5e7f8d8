"""The inverse question by hand, and against the counts that were published or stored with the models of GMCR+."""

from collections.abc import Sequence
from itertools import permutations

import pytest

import offramp
from bridge import to_model
from offramp.analysis.inverse import (
    Aim,
    Condition,
    Demand,
    condition,
    families,
    inverse,
    is_attainable,
    nearest_orders,
    num_arrangements,
    num_profiles,
    num_rankings,
    own_ranking,
    places_of,
    strict_ranking,
)
from offramp.analysis.inverse import condition as derive
from offramp.analysis.inverse.condition import minimal, reduced
from offramp.analysis.inverse.count import Count, tiers_of
from offramp.analysis.inverse.families import num_sets
from offramp.analysis.inverse.orders import num_orders, orders_at
from offramp.case.load import read_case_text
from offramp.errors import ChoiceError, TooManyStatesError, UnknownLabelError
from offramp.model.build import Builder
from offramp.report.patterns import state_patterns

SYRIA = offramp.load_case("syria-iraq-1975")

# Combinations of rankings that make a state an equilibrium, the first four places of each ranking in every order (24 for each
# decision maker, 24 × 24 = 576; of the four of Garrison the one indifferent to everything stays, 24 × 24 × 24 = 13,824).
# GMCR+ itself stores 192 and 336 for SEQ and 224 for SMR of states 1 and 2 of the second model, and 10,368, 9,216, 9,216 for
# SMR 3, GMR 4 and SMR 4 of the third: it lets the verdict on the last improvement overwrite the others, and takes one-step
# sanctions only. These are the textbook's.
STORED = {
    "prisoners-dilemma": {s: {"nash": 144, "seq": 193, "gmr": 256, "smr": 196} for s in (1, 2, 3, 4)},
    "syria-iraq-1975": {
        1: {"nash": 96, "seq": 160, "gmr": 384, "smr": 252},
        2: {"nash": 192, "seq": 312, "gmr": 384, "smr": 336},
        **{s: dict.fromkeys(("nash", "seq", "gmr", "smr"), 0) for s in (3, 4, 5)},
    },
    "garrison-23": {
        **{s: dict.fromkeys(("nash", "seq", "gmr", "smr"), 0) for s in (1, 5)},
        2: dict.fromkeys(("nash", "seq", "gmr", "smr"), 13824),
        **{s: {"nash": 6912, "seq": 6912, "gmr": 13824, "smr": 13824} for s in (3, 4)},
    },
}


@pytest.mark.parametrize("name", STORED)
def test_counts_stored_with_the_models(name: str) -> None:
    model = offramp.load_case(name)
    tiers = [tiers_of(ranks) for ranks in model.ranks]
    places = [range(4) if len(there) >= 4 else range(0) for there in tiers]
    of = 13824 if name == "garrison-23" else 576
    for state, counts in STORED[name].items():
        for concept, number in counts.items():
            assert num_profiles(model, Aim((state - 1,), concept=concept), dict(enumerate(places))) == Count(number, of), (state, concept)
            if concept != "seq":
                product = 1
                for dm, maker in enumerate(model.decision_makers):
                    product *= num_arrangements(condition(model, maker, state - 1, concept), tiers[dm], places[dm]).num
                assert product == number, (state, concept)


@pytest.mark.parametrize(("concept", "number"), [("nash", 240), ("gmr", 384), ("smr", 300), ("seq", 384), ("sseq", 300)])
def test_the_guide_with_all_of_syrias_rankings(concept: str, number: int) -> None:
    """The guide prints 240 for Nash and 420 for SEQ; by the definition SEQ has 8/15 of 720, not 7/12."""
    assert num_rankings(condition(SYRIA, "syria", 1, concept), 6) == Count(number, 720)


def test_the_condition_by_hand() -> None:
    """From 2 Syria moves to 1, answered by Iraq's 1 to 4, and to 3, answered by 3 to 6; Iraq has no improvement from 2."""
    found = condition(SYRIA, "syria", 1, "seq")
    assert found.demands == (Demand(0, (0, 3)), Demand(2, (2, 5)))
    assert found.named == (0, 2, 3, 5)
    assert not found.holds(SYRIA.ranks[0])
    assert found.holds([0, 1, 2, 3, 4, 1]), "6 ties with 2, 1 is below it"
    by_smr = condition(SYRIA, "syria", 1, "smr")
    assert by_smr.demands == (Demand(0, (0,), ((3, 4, 5),)), Demand(2, (2,), ((3, 4, 5),)))


def test_demands_that_say_nothing_more() -> None:
    """A single that must not be better leaves the sets; what then is empty, or follows, goes."""
    assert reduced(1, [0b10, 0b110, 0b1100, 0b11100]) == Demand(1, (1,), ((2, 3),))
    assert reduced(1, [0b10, 0]) is None
    one, two = Demand(1, (1,)), Demand(2, (2,))
    assert minimal([one, two, Demand(3, (3, 4), ((1, 2),))]) == (one, two)
    assert minimal([Demand(1, (1, 4)), Demand(2, (2, 4)), Demand(3, (3, 4))]) == (
        Demand(1, (1, 4)), Demand(2, (2, 4)), Demand(3, (3, 4)),
    )  # fmt: skip
    # {1, 2} from the first two together: neither alone says it.
    first, second = Demand(1, (1, 5)), Demand(2, (2, 5))
    assert minimal([first, second, Demand(3, (3, 5), ((1, 2),))]) == (first, second)


def test_sets_by_size() -> None:
    """Two clauses that share an item: not both of 0 and 1; and 2 below, or 0 and 3 below."""
    clauses = [frozenset({frozenset({0}), frozenset({1})}), frozenset({frozenset({2}), frozenset({0, 3})})]
    # Without 2: {} {0} {1} {3} {0,3} {1,3}; with 2, so without 0 and 3: {2} {1,2}.
    assert num_sets(clauses, frozenset(range(4))) == [1, 4, 3, 0, 0]


def test_a_count_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooManyStatesError, match=r"rankings of 1,001 tiers are not counted, at most 1,000"):
        num_rankings(condition(SYRIA, "syria", 1), 1001)
    ring = [frozenset({frozenset({k}), frozenset({(k + 1) % 20, (k + 7) % 20})}) for k in range(20)]
    assert num_sets(ring, frozenset(range(20)))[0] == 1
    monkeypatch.setattr(families, "MAX_NODES", 20)
    with pytest.raises(TooManyStatesError, match="no estimate is made"):
        num_sets(ring, frozenset(range(20)))


def test_places_that_vary_without_the_state_itself() -> None:
    """State 2 is Syria's fourth: what is above it in any order changes no verdict; what is above it instead may."""
    found = condition(SYRIA, "syria", 1, "seq")
    tiers = tiers_of(SYRIA.ranks[0])
    assert tiers == [(0,), (2,), (5,), (1,), (3,), (4,)]
    assert num_arrangements(found, tiers, [0, 1, 2]) == Count(0, 6)
    assert num_arrangements(found, tiers, [1, 4]) == Count(0, 2), "with 4 above and 3 below, 1 and 4 are both better"
    assert num_arrangements(found, tiers, [1, 5]) == Count(1, 2), "with 5 above and 3 below, 4 and 3 are no better"
    assert num_arrangements(found, tiers, []) == Count(0, 1)
    with pytest.raises(ChoiceError, match="place 7 of a ranking with 6 tiers"):
        num_arrangements(found, tiers, [6])
    with pytest.raises(ChoiceError, match=r"'3-9' names no places of a ranking; the ranking of syria has the places 1 \(best\) to 6"):
        places_of(SYRIA, 0, "3-9")
    assert places_of(SYRIA, 0, "all") == (0, 1, 2, 3, 4, 5)
    assert places_of(SYRIA, 0, "2") == (1,)


def test_orders_by_swaps() -> None:
    assert num_orders(3, 3) == [1, 2, 2, 1]
    assert [list(orders_at((0, 1, 2), swaps)) for swaps in range(4)] == [
        [(0, 1, 2)], [(0, 2, 1), (1, 0, 2)], [(1, 2, 0), (2, 0, 1)], [(2, 1, 0)],
    ]  # fmt: skip


def test_the_nearest_order_is_a_variant_that_does_it() -> None:
    builder = Builder(offramp.read_case("syria-iraq-1975"))
    found = nearest_orders(builder, builder.choice(), Aim((1,), concept="seq", dm=0))
    assert (found.num_swaps, found.orders[0].places, found.is_complete, found.num_orders) == (1, (0, 2, 1, 3), True, (24,))
    model = builder.varied(found.variant).model(builder.choice())
    assert derive(model, "syria", 1, "seq").holds(model.ranks[0])


LONG = """offramp: 1
title: t
decision_makers: {a: {options: {x: {}}}, b: {options: {y: {}}}}
readings:
  a: {r: {prefers: [FIRST{that: not x}, {that: x}]}}
  b: {r: {weights: {y: 1}}}
"""


def test_long_lists_are_tried_up_to_a_limit() -> None:
    """Nine idle wishes and two that count: one swap of the last two does it, and nothing nearer can."""
    builder = Builder(read_case_text(LONG.replace("FIRST", "{that: y}, " * 9)))
    swapped = nearest_orders(builder, builder.choice(), Aim((1,), concept="nash", dm=0))
    assert (swapped.num_swaps, swapped.orders[0].places[-2:], swapped.is_complete) == (1, (10, 9), True)
    assert swapped.num_orders[0] < 50_000
    never = nearest_orders(builder, builder.choice(), Aim((0,), (0 + 1,), "nash", None))
    assert never.num_swaps is None
    assert not never.is_complete
    fixed = nearest_orders(builder, builder.choice(), Aim((0,), concept="nash", dm=1))
    assert (fixed.orders, fixed.num_swaps, fixed.is_complete, fixed.num_orders) == ((), None, True, ())


def test_wishes_that_exclude_each_other() -> None:
    """1 and 3 are one move apart for Syria: by Nash each has to rank above the other."""
    both = own_ranking(SYRIA, Aim((0, 2), concept="nash"), 0)
    assert not both.exists
    assert [(need.state, need.demand.move) for need in both.clash if need.demand] == [(0, 2), (2, 0)]
    assert not is_attainable(SYRIA, Aim((0, 2), concept="nash"))
    assert not is_attainable(SYRIA, Aim((0, 2), concept="seq")) or is_attainable(SYRIA, Aim((0, 2), concept="gmr"))
    with_leaver = own_ranking(SYRIA, Aim((0,), (3,), "nash"), 0)
    assert with_leaver.exists
    assert with_leaver.ranking.index(0) < min(with_leaver.ranking.index(1), with_leaver.ranking.index(2))


def test_who_cannot_move_can_leave_nothing() -> None:
    graph = """offramp: 1
title: t
decision_makers: {a: {}, b: {}}
states: [s1, s2]
moves: {a: [[s1, s2]]}
readings: {a: {r: {ranking: [s1, s2]}}, b: {r: {ranking: [s1, s2]}}}
"""
    builder = Builder(read_case_text(graph))
    found = inverse(builder, Aim((), (0, 1), "nash"))
    assert found.refusers == {0: (0,), 1: ()}
    assert found.attainable is False
    assert found.joint == Count(0, 4)
    assert not is_attainable(found.model, Aim((0,), (1,), "seq"))
    assert is_attainable(found.model, Aim((1,), (0,), "seq"))
    assert [(need.state, need.demand) for need in own_ranking(found.model, Aim((), (1,), "nash"), 0).clash] == [(1, None)]


def test_patterns_leave_out_what_does_not_exist() -> None:
    assert state_patterns(SYRIA.states, [0, 3]) == ("NN-",)
    assert state_patterns(SYRIA.states, [2, 5]) == ("-Y-",), "YY- does not exist"
    assert state_patterns(SYRIA.states, []) == ()
    assert state_patterns(offramp.load_case("elmira-9-xu").states, [0]) is None


def matching(pattern: str, codes: Sequence[str]) -> set[str]:
    return {code for code in codes if all(wanted in ("-", letter) for wanted, letter in zip(pattern, code, strict=True))}


@pytest.mark.parametrize("num_states", [5, 7, 8])
def test_patterns_match_what_is_chosen_and_nothing_else_and_none_is_superfluous(num_states: int) -> None:
    codes = ["".join("NY"[number >> k & 1] for k in range(3)) for number in range(num_states)]
    states = to_model(
        {"options": {"a": [(k, "both") for k in "xyz"]}, "feasible": codes, "rank": {"a": dict.fromkeys(codes, 0)}, "status_quo": codes[0]}
    ).states
    for chosen in range(1 << num_states):
        wanted = {code for k, code in enumerate(codes) if chosen >> k & 1}
        patterns = state_patterns(states, [k for k in range(num_states) if chosen >> k & 1])
        assert patterns is not None
        assert set().union(*(matching(pattern, codes) for pattern in patterns)) == wanted
        for pattern in patterns:
            assert set().union(*(matching(other, codes) for other in patterns if other != pattern)) != wanted


def test_many_patterns_are_not_told() -> None:
    """An even number of Y among 7 letters: 64 states, no two of which differ in one letter only; among 8, 128."""
    for num_options, num_patterns in ((7, 64), (8, None)):
        codes = ["".join("NY"[number >> k & 1] for k in range(num_options)) for number in range(1 << num_options)]
        options = {"a": [(f"x{k}", "both") for k in range(num_options)]}
        states = to_model({"options": options, "feasible": codes, "rank": {"a": dict.fromkeys(codes, 0)}, "status_quo": codes[0]}).states
        patterns = state_patterns(states, [k for k, code in enumerate(codes) if code.count("Y") % 2 == 0])
        assert (None if patterns is None else len(patterns)) == num_patterns


def test_what_cannot_be_asked() -> None:
    with pytest.raises(UnknownLabelError, match="no concept is called 'core'"):
        condition(SYRIA, "syria", 0, "core")
    with pytest.raises(UnknownLabelError, match="no concept is called 'core'"):
        Aim((0,), concept="core")
    with pytest.raises(ChoiceError, match="state 1 is to be stable and not stable"):
        Aim((0,), (0,))
    with pytest.raises(ChoiceError, match="no state is given"):
        Aim(())


def test_by_seq_more_can_be_had_than_by_smr() -> None:
    """s1 and s2 are to be stable, between which a goes to and fro. If a prefers s2, b answers by s3, worse than both, from where a
    gets back to s2: that is enough by SEQ and not by SMR. b may want s3, since a's return to s2 keeps it there. If a prefers s1,
    nobody answers.
    """
    arcs = {"a": [("s1", "s2"), ("s2", "s1"), ("s3", "s2")], "b": [("s2", "s3")]}
    states = ["s1", "s2", "s3"]
    model = to_model({"states": states, "moves": arcs, "rank": {dm: dict.fromkeys(states, 0) for dm in arcs}, "status_quo": "s1"})
    assert is_attainable(model, Aim((0, 1), concept="seq"))
    assert not is_attainable(model, Aim((0, 1), concept="smr"))


def test_who_does_not_vary_keeps_the_ranking_of_the_file() -> None:
    """Syria ranks 1 first, 2 fourth and 3 second; Iraq ranks 2 first: as it is, 2 is stable for Iraq alone."""
    builder = Builder(offramp.read_case("syria-iraq-1975"))
    found = inverse(builder, Aim((1,), concept="nash"), varied={0: range(6)})
    assert [part.count for part in found.parts] == [Count(240, 720), Count(1, 1)]
    assert found.joint == Count(240, 720)
    assert inverse(builder, Aim((1,), concept="nash"), varied={1: range(6)}).joint == Count(0, 720)
    assert Aim((1,), dm=0).part_of(1) is None


def test_whoever_is_asked_about_needs_a_ranking() -> None:
    text = """\
offramp: 1
title: t
decision_makers: {ann: {options: {x: {}}}, bob: {options: {y: {}}}}
readings: {ann: {r: {pairs: [NN > YN], unlisted: unknown}}, bob: {r: {prefers: [{that: y}]}}}
"""
    builder = Builder(read_case_text(text))
    assert inverse(builder, Aim((0,), concept="nash", dm=1)).attainable is True
    with pytest.raises(ChoiceError, match="the preferences of ann are no ranking"):
        inverse(builder, Aim((0,), concept="nash", dm=0))


def test_what_nothing_asks_for_stays_in_the_order_of_the_file() -> None:
    """4 has to be above 1 and 2; the file ranks 1 2 3 4."""
    last = Condition(0, 3, "nash", (0, 1), (Demand(0, (0,)), Demand(1, (1,))), (), ())
    assert strict_ranking([last], [], [3, 2, 1, 0]).ranking == (2, 3, 0, 1)


def test_a_circle_of_three() -> None:
    """By Nash each of three states has to rank above the next: any two of them can, all three cannot."""
    conditions = [Condition(0, s, "nash", ((s + 1) % 3,), (Demand((s + 1) % 3, ((s + 1) % 3,)),), (), ()) for s in range(3)]
    assert strict_ranking(conditions[:2], [], [0, 0, 0]).ranking == (0, 1, 2)
    for order in permutations(conditions):
        assert [need.state for need in strict_ranking(order, [], [0, 0, 0]).clash] == [found.state for found in order]


def test_a_state_that_is_to_fail_by_smr() -> None:
    """0 fails where 1 is better and so is one of 2 and 3; that 2 and 3 are to fail for 0's sake leaves none of them."""
    zero = Condition(0, 0, "smr", (1,), (Demand(1, (1,), ((2, 3),)),), (), ())
    two, three = (Condition(0, s, "smr", (0,), (Demand(0, (0,)),), (), ()) for s in (2, 3))
    assert strict_ranking([], [zero], [3, 9, 0, 1]).ranking == (1, 3, 2, 0)
    assert strict_ranking([], [zero, two], [3, 9, 0, 1]).ranking == (1, 3, 0, 2)
    assert [need.state for need in strict_ranking([], [zero, two, three], [3, 9, 0, 1]).clash] == [0, 2, 3]


def test_the_order_of_doubtful_statements_is_not_looked_for() -> None:
    text = (
        "offramp: 1\ntitle: t\ndecision_makers: {ann: {options: {x: {}}}, bob: {options: {y: {}}}}\n"
        "readings: {ann: {r: {prefers: [{that: y, doubtful: true}, {that: x}]}}, bob: {r: {prefers: [{that: y}]}}}\n"
    )
    builder = Builder(read_case_text(text))
    with pytest.raises(ChoiceError, match="preferences that are unknown for some pairs of states"):
        nearest_orders(builder, builder.choice(), Aim((0,), concept="nash", dm=0))
    assert nearest_orders(builder, builder.choice(), Aim((2,), concept="nash", dm=1)).num_swaps == 0  # NY, the best for Bob

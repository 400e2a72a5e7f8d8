"""The reference against print, and against small games worked by hand."""

from collections.abc import Iterator
from itertools import pairwise, permutations, product
from random import Random

import pytest

from generators import random_graph_spec, random_option_spec, to_game
from published import ALL, ELMIRA_9_XU, ELMIRA_12, GARRISON_23, PRISONERS_DILEMMA, SYRIA_IRAQ_1975
from reference import (
    CONCEPTS,
    Game,
    State,
    all_codes,
    drift,
    ends,
    equilibria,
    graph_game,
    improvements,
    is_stable,
    minimal_coalitions,
    option_game,
    reach,
    shortest_length,
    stable,
    ways_out,
)


def ranks(**rankings: str) -> dict[str, dict[str, int]]:
    """Rank states by a string of tiers, best first: ``a="s2 s1,s3"``."""
    return {name: {s: -place for place, tier in enumerate(text.split()) for s in tier.split(",")} for name, text in rankings.items()}


def arcs(**moves: str) -> dict[str, list[tuple[str, str]]]:
    """Read arcs: ``a="s1-s2 s2-s3"``."""
    pairs = {name: [move.split("-") for move in text.split()] for name, text in moves.items()}
    return {name: [(a, b) for a, b in listed] for name, listed in pairs.items()}


# Print.


@pytest.mark.parametrize("case", ALL)
def test_states_come_in_the_printed_order(case: str) -> None:
    assert ALL[case].game().states == tuple(ALL[case].states.values())


@pytest.mark.parametrize("concept", CONCEPTS)
@pytest.mark.parametrize("case", ALL)
def test_stable_states_as_published(case: str, concept: str) -> None:
    published = ALL[case]
    found = stable(published.game(), concept)
    assert list(found) == list(published.tiers)
    wanted = [{published.states[n] for n in row} for row in published.stable[concept]]
    assert list(found.values()) == wanted


@pytest.mark.parametrize("concept", CONCEPTS)
@pytest.mark.parametrize("case", ALL)
def test_equilibria_as_published(case: str, concept: str) -> None:
    published = ALL[case]
    wanted = {published.states[n] for n in published.equilibria[concept]}
    assert equilibria(published.game(), concept) == wanted


def test_garrison_one_opponent_moves_twice() -> None:
    """From 2: Support to 1, Opposition to 4, Support again to 3."""
    game, code = GARRISON_23.game(), GARRISON_23.states
    assert improvements(game, "canada", code[6]) == {code[2]}
    assert shortest_length(game, {"support", "opposition", "ijc"}, code[2], code[3]) == 3
    assert game.rank["canada"][code[3]] < game.rank["canada"][code[6]]


def test_elmira_local_government_moves_alone() -> None:
    game, code = ELMIRA_12.game(), ELMIRA_12.states
    found = {name: improvements(game, name, code[1]) for name in game.names}
    assert found == {"moe": set(), "uniroyal": set(), "local": {code[7]}}
    assert all(code[10] not in game.moves[name][code[7]] for name in game.names)
    assert ends(game, code[1]) == {frozenset({code[7]})}


def test_elmira_coalition_improves_from_5_to_8() -> None:
    """Kilgour, Hipel, Fang and Peng (2001): MoE and Uniroyal, together only."""
    game = ELMIRA_9_XU.game()
    found = {s: ways_out(game, s, {"moe", "uniroyal"}) for s in game.states}
    assert {s: to for s, to in found.items() if to} == {2: {4}, 5: {8}, 6: {8}}
    assert minimal_coalitions(game, 5) == [{"moe", "uniroyal"}]
    assert shortest_length(game, {"moe", "uniroyal"}, 5, 8) == 2


def test_elmira_reachable_from_the_status_quo() -> None:
    """All but state 1: a return needs Local Government twice, and 5 does not come back."""
    game = ELMIRA_9_XU.game()
    assert reach(game, game.names, 1) == {2, 3, 4, 5, 6, 7, 8, 9}
    assert reach(game, game.names, 1, improving=True) == {5}


def test_syria_iraq_improvements_in_the_status_quo_tree() -> None:
    game, number = SYRIA_IRAQ_1975.game(), {s: n for n, s in SYRIA_IRAQ_1975.states.items()}
    arcs_of = {name: {(number[s], number[t]) for s in game.states for t in improvements(game, name, s)} for name in game.names}
    assert {(4, 6), (5, 4), (5, 6)} <= arcs_of["syria"]
    assert arcs_of["syria"].isdisjoint({(1, 2), (1, 3), (4, 5), (6, 4), (6, 5)})
    assert {(1, 4), (3, 6), (5, 2)} == arcs_of["iraq"]


@pytest.mark.parametrize(("concept", "count"), [("nash", 240), ("gmr", 384), ("smr", 300), ("seq", 384), ("sseq", 300)])
def test_inverse_counts_of_syria_iraq(concept: str, count: int) -> None:
    """State 2 over Syria's 720 strict rankings; the guide's 420 for SEQ is an error."""
    game = SYRIA_IRAQ_1975.game()
    found = 0
    for order in permutations(range(6)):
        rank = game.rank | {"syria": dict(zip(game.states, order, strict=True))}
        varied = Game(game.names, game.states, game.moves, rank)
        found += all(is_stable(varied, concept, name, "YNN") for name in game.names)
    assert found == count


@pytest.mark.parametrize(("concept", "count"), [("nash", 144), ("gmr", 256), ("smr", 196), ("seq", 193)])
def test_inverse_counts_of_two_by_two_games(concept: str, count: int) -> None:
    game = PRISONERS_DILEMMA.game()
    found = 0
    for one, two in product(permutations(range(4)), repeat=2):
        rank = {name: dict(zip(game.states, order, strict=True)) for name, order in (("one", one), ("two", two))}
        varied = Game(game.names, game.states, game.moves, rank)
        found += all(is_stable(varied, concept, name, "NN") for name in game.names)
    assert found == count


# Hand-made games.


def test_nobody_moves_twice_in_succession() -> None:
    """A goes s1 to s2 but not on to s3: only C's detour lets it move again."""
    rank = ranks(a="s1,s2,s3,s4", c="s1,s2,s3,s4")
    alone = graph_game(["s1", "s2", "s3", "s4"], arcs(a="s1-s2 s2-s3", c=""), rank)
    assert reach(alone, {"a", "c"}, "s1") == {"s2"}
    helped = graph_game(["s1", "s2", "s3", "s4"], arcs(a="s1-s2 s4-s3", c="s2-s4"), rank)
    assert reach(helped, {"a", "c"}, "s1") == {"s2", "s3", "s4"}
    assert shortest_length(helped, {"a", "c"}, "s1", "s3") == 3
    with pytest.raises(ValueError, match="from s1 to s3"):
        shortest_length(alone, {"a", "c"}, "s1", "s3")


def test_a_state_is_left_again_after_another_last_mover() -> None:
    """S2 comes first from A (who must then wait), later from C: s3 takes 3 moves."""
    rank = ranks(a="s1,s2,s3,s4", b="s1,s2,s3,s4", c="s1,s2,s3,s4")
    moves = arcs(a="s1-s2 s2-s3", b="s1-s4", c="s4-s2")
    game = graph_game(["s1", "s2", "s3", "s4"], moves, rank)
    assert reach(game, {"a"}, "s1") == {"s2"}
    assert reach(game, {"a", "b", "c"}, "s1") == {"s2", "s3", "s4"}
    assert shortest_length(game, {"a", "b", "c"}, "s1", "s3") == 3


@pytest.mark.parametrize(("moves_of_c", "is_gmr"), [("", False), ("s2-s4", True)])
def test_a_sanction_must_be_a_legal_sequence(moves_of_c: str, is_gmr: bool) -> None:
    """F improves s0 to s1; only s3 would hurt it, and A needs C to get there."""
    rank = ranks(f="s1,s2,s4 s0 s3", a="s0,s1,s2,s3,s4", c="s0,s1,s2,s3,s4")
    moves = arcs(f="s0-s1", a="s1-s2 s2-s3 s4-s3", c=moves_of_c)
    game = graph_game(["s0", "s1", "s2", "s3", "s4"], moves, rank)
    assert is_stable(game, "gmr", "f", "s0") is is_gmr
    assert is_stable(game, "smr", "f", "s0") is is_gmr
    assert not is_stable(game, "nash", "f", "s0")
    assert not is_stable(game, "seq", "f", "s0")


@pytest.mark.parametrize(("ranking_of_b", "is_seq"), [("s1 s2", True), ("s1,s2", False)])
def test_a_return_is_a_sanction(ranking_of_b: str, is_seq: bool) -> None:
    """A improves s1 to s2 and B brings it back, from where A escapes again."""
    rank = ranks(a="s2 s1", b=ranking_of_b)
    game = graph_game(["s1", "s2"], arcs(a="s1-s2", b="s2-s1"), rank)
    found = {concept: is_stable(game, concept, "a", "s1") for concept in CONCEPTS}
    assert found == {"nash": False, "gmr": True, "smr": False, "seq": is_seq, "sseq": False}


def test_each_improvement_needs_its_own_sanction() -> None:
    """A can improve to s2, which B punishes, and to s3, which nobody can."""
    rank = ranks(a="s2,s3 s1 s4", b="s4 s1,s2,s3")
    one = graph_game(["s1", "s2", "s3", "s4"], arcs(a="s1-s2", b="s2-s4"), rank)
    two = graph_game(["s1", "s2", "s3", "s4"], arcs(a="s1-s2 s1-s3", b="s2-s4"), rank)
    for concept in ("gmr", "smr", "seq", "sseq"):
        assert is_stable(one, concept, "a", "s1")
        assert not is_stable(two, concept, "a", "s1")


def test_improving_is_over_the_state_the_mover_stands_on() -> None:
    """B's step s2 to s3 gains over s2 though it loses against s1."""
    rank = ranks(a="s2 s1 s3", b="s1 s3 s2")
    game = graph_game(["s1", "s2", "s3"], arcs(a="s1-s2", b="s2-s3"), rank)
    assert reach(game, {"a", "b"}, "s1", improving=True) == {"s2", "s3"}
    assert is_stable(game, "seq", "a", "s1")


def test_forward_and_backward_options() -> None:
    options = {"a": [("up", "forward"), ("down", "backward")]}
    game = option_game(options, all_codes(2), ranks(a="NN,YN,NY,YY"))
    moves = {"NN": {"YN"}, "YN": set(), "NY": {"NN", "YN", "YY"}, "YY": {"YN"}}
    assert game.states == ("NN", "YN", "NY", "YY")
    assert game.moves["a"] == moves


def test_options_change_at_once_over_infeasible_states() -> None:
    """YN and NY are missing: A still goes from NN to YY, B's option stays."""
    options = {"a": [("x", "both"), ("y", "both")], "b": [("z", "both")]}
    game = option_game(options, lambda v: v["x"] == v["y"], {})
    assert game.states == ("NNN", "YYN", "NNY", "YYY")
    assert game.moves["a"]["NNN"] == {"YYN"}
    assert game.moves["b"]["NNN"] == {"NNY"}


def test_feasible_states_are_sorted_and_checked() -> None:
    options = {"a": [("x", "both")], "b": [("x", "both")]}
    assert option_game(options, ["YY", "NN", "YN"], {}).states == ("NN", "YN", "YY")
    with pytest.raises(ValueError, match="not codes of 2 options: \\['Y'\\]"):
        option_game(options, ["NN", "Y"], {})
    with pytest.raises(ValueError, match="different names"):
        option_game(options, lambda values: True, {})


def test_a_decision_maker_without_options() -> None:
    """It is content everywhere, deters nobody, and is in no minimal coalition."""
    game = option_game({"a": [("x", "both")], "b": []}, ["N", "Y"], ranks(a="Y N", b="Y N"))
    assert game.moves["b"] == {"N": set(), "Y": set()}
    for concept in CONCEPTS:
        assert stable(game, concept) == {"a": {"Y"}, "b": {"N", "Y"}}
    assert minimal_coalitions(game, "N") == [{"a"}]
    assert ways_out(game, "N", {"a", "b"}) == {"Y"}
    assert minimal_coalitions(game, "Y") == []


def test_alone_every_concept_is_nash() -> None:
    game = option_game({"a": [("x", "both")]}, ["N", "Y"], ranks(a="Y N"))
    assert all(equilibria(game, concept) == {"Y"} for concept in CONCEPTS)


def test_ends_in_a_cycle() -> None:
    """Matching pennies: A wants the same, B the other; nothing ever rests.

    Who improves is brought back level at once (GMR, SEQ), but can improve again.
    """
    options = {"a": [("x", "both")], "b": [("y", "both")]}
    rank = ranks(a="NN,YY YN,NY", b="YN,NY NN,YY")
    game = option_game(options, all_codes(2), rank)
    assert ends(game, "NN") == {frozenset({"NN", "YN", "NY", "YY"})}
    assert all(equilibria(game, concept) == set() for concept in ("nash", "smr", "sseq"))
    assert all(equilibria(game, concept) == set(game.states) for concept in ("gmr", "seq"))


def test_ends_at_rest_and_in_a_cycle() -> None:
    """From s1 either to rest at s2, or through s3 into the cycle s4, s5."""
    rank = {"a": ranks(a="s2 s1 s3 s5 s4")["a"], "b": ranks(b="s4,s2 s5,s3 s1")["b"]}
    moves = arcs(a="s1-s2 s4-s5", b="s1-s3 s3-s4 s5-s4 s4-s1")
    game = graph_game(["s1", "s2", "s3", "s4", "s5"], moves, rank)
    assert ends(game, "s1") == {frozenset({"s2"}), frozenset({"s4", "s5"})}
    assert ends(game, "s2") == {frozenset({"s2"})}
    assert drift(game, "s3") == {"s3", "s4", "s5"}


def test_ends_ignore_who_moved_last() -> None:
    """A improves twice in a row; legal sequences alone would stop at s2."""
    game = graph_game(["s1", "s2", "s3"], arcs(a="s1-s2 s2-s3"), ranks(a="s3 s2 s1"))
    assert reach(game, {"a"}, "s1", improving=True) == {"s2"}
    assert ends(game, "s1") == {frozenset({"s3"})}


def test_a_minimal_coalition_of_two() -> None:
    """Both must cooperate; a bystander who also gains is not needed."""
    options = {"a": [("x", "both")], "b": [("y", "both")], "c": [("z", "both")]}
    rank = ranks(a="NYN YYN NNN YNN", b="YNN YYN NNN NYN", c="YYN NNN,YNN,NYN")
    game = option_game(options, ["NNN", "YNN", "NYN", "YYN"], rank)
    assert [ways_out(game, "NNN", {name}) for name in "abc"] == [set(), set(), set()]
    assert ways_out(game, "NNN", "ab") == ways_out(game, "NNN", "abc") == {"YYN"}
    assert minimal_coalitions(game, "NNN") == [{"a", "b"}]
    assert shortest_length(game, "ab", "NNN", "YYN") == 2
    assert reach(game, "ab", "NNN", improving=True) == set()


def test_minimal_coalitions_of_different_size() -> None:
    """C leaves s1 alone; A and B leave it together, by a first step that hurts."""
    rank = ranks(a="s3 s1 s2,s4", b="s3 s1 s2,s4", c="s4 s1 s2,s3")
    game = graph_game(["s1", "s2", "s3", "s4"], arcs(a="s1-s2", b="s2-s3", c="s1-s4"), rank)
    assert minimal_coalitions(game, "s1") == [{"c"}, {"a", "b"}]
    assert ways_out(game, "s1", {"a", "b"}) == {"s3"}


def test_every_member_must_gain_strictly() -> None:
    game = graph_game(["s1", "s2"], arcs(a="s1-s2", b=""), ranks(a="s2 s1", b="s1,s2"))
    assert ways_out(game, "s1", {"a", "b"}) == set()
    assert minimal_coalitions(game, "s1") == [{"a"}]


def test_unknown_concept() -> None:
    with pytest.raises(ValueError, match="no concept 'sim'; there are nash"):
        equilibria(PRISONERS_DILEMMA.game(), "sim")


# Random models.


def random_games(num: int) -> Iterator[Game]:
    for seed in range(num):
        yield to_game(random_option_spec(Random(seed), 4))
        yield to_game(random_graph_spec(Random(seed)))


def test_concepts_imply_one_another() -> None:
    implied = [("nash", "sseq"), ("sseq", "seq"), ("sseq", "smr"), ("seq", "gmr"), ("smr", "gmr")]
    for game in random_games(60):
        found = {concept: stable(game, concept) for concept in CONCEPTS}
        for strong, weak in implied:
            assert all(found[strong][name] <= found[weak][name] for name in game.names)


def test_reach_is_the_union_over_orders_of_movers() -> None:
    """Spell out the orders of up to six movers, none twice in a row, and follow each."""
    for game in random_games(20):
        s, wanted = game.states[0], set[State]()
        orders = [word for n in range(1, 7) for word in product(game.names, repeat=n)]
        for word in orders:
            here = {s}
            for mover in word if all(x != y for x, y in pairwise(word)) else ():
                here = {t for u in here for t in game.moves[mover][u]}
                wanted |= here
        near = {t for t in reach(game, game.names, s) if shortest_length(game, game.names, s, t) <= 6}
        assert near == wanted


def test_generators_repeat_and_vary() -> None:
    options = [random_option_spec(Random(seed)) for seed in range(300)]
    graphs = [random_graph_spec(Random(seed)) for seed in range(300)]
    assert options == [random_option_spec(Random(seed)) for seed in range(300)]
    assert graphs == [random_graph_spec(Random(seed)) for seed in range(300)]
    sizes = [[len(own) for own in spec["options"].values()] for spec in options]
    assert {len(own) for own in sizes} == {1, 2, 3, 4}
    assert {sum(own) for own in sizes} == {*range(1, 7)}
    assert any(0 in own for own in sizes)
    ways = {way for spec in options for own in spec["options"].values() for _, way in own}
    assert ways == {"both", "forward", "backward"}
    shares = {len(spec["feasible"]) / 2 ** sum(own) for spec, own in zip(options, sizes, strict=True)}
    assert 1.0 in shares
    assert min(shares) < 0.2
    assert all(spec["status_quo"] in spec["feasible"] for spec in options)
    assert {len(spec["states"]) for spec in graphs} == {*range(3, 9)}
    assert any(not own for spec in graphs for own in spec["moves"].values())
    assert all(a != b for spec in graphs for own in spec["moves"].values() for a, b in own)

"""The inverse question in words and as data: each phrase on a record made by hand, so that what is said is known without asking."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

import offramp
from offramp.analysis.inverse import Aim, Condition, Count, Demand, Existence, Inverse, NearestOrders, Need, Part, inverse
from offramp.case.variant import Variant
from offramp.report.inverse_records import inverse_record, inverse_rows, is_met
from offramp.report.inverse_words import InverseWords
from offramp.report.sure_words import public_voice

SYRIA = offramp.Builder(offramp.read_case("syria-iraq-1975"))  # 1 NNN, 2 YNN, 3 NYN, 4 NNY, 5 YNY, 6 NYY; YY- is no state
GRAPH = offramp.Builder(offramp.read_case("elmira-9-xu"))
AIM = Aim((1,), concept="smr")
FOUND = inverse(SYRIA, AIM)
NOTHING = Condition(0, 1, "smr", (), (), (), ())
BIG = 10**20


def words(found: Inverse = FOUND, builder: offramp.Builder = SYRIA) -> InverseWords:
    return InverseWords(builder, public_voice(builder), found)


def notes(**changes: Any) -> str:
    return " ".join(words(replace(FOUND, parts=(), **changes)).notes())


def nearest(swaps: int | None, is_complete: bool, *numbers: int) -> NearestOrders:
    return NearestOrders(AIM, (), swaps, is_complete, numbers, Variant())


# What a move demands.


@pytest.mark.parametrize(
    ("singles", "sets", "said"),
    [
        ([0], [], "1 NNN"),
        ([0, 3], [], "1 NNN or 4 NNY [NN-]"),
        ([0, 2, 4], [], "1 NNN, 3 NYN or 5 YNY [N-N Y-Y]"),
        ([0], [(3, 4, 5)], "1 NNN, or all of 4 NNY, 5 YNY and 6 NYY [--Y]"),
        ([0, 1, 2, 3, 4], [], "one of 5 states: 1, 2, 3, 4 or 5 [--N -N-]"),
        ([], [(0, 1, 2, 3, 4)], "all of 5 states: 1, 2, 3, 4 and 5 [--N -N-]"),
        ([5], [(0, 1), (2, 3), (2, 4)],
         "6 NYY, or all of 1 NNN and 2 YNN [-NN], or all of 3 NYN and 4 NNY [-YN NNY], or all of 3 NYN and 5 YNY [-YN Y-Y]"),
        ([], [(0, 1), (0, 3), (3, 4), (2, 4), (1, 2)],
         "all of 1 NNN and 2 YNN [-NN], or all of 1 NNN and 4 NNY [NN-], "
         "or all of 4 NNY and 5 YNY [-NY], or all of one of 2 more sets"),
    ],
)  # fmt: skip
def test_a_demand(singles: Sequence[int], sets: Sequence[tuple[int, ...]], said: str) -> None:
    """Singles are alternatives, of a set all have to be no better; a pattern matches these of the six states and no others.

    Options are left open from the first on, as far as that lets no other state in: -YN is NYN, since there is no YYN.
    """
    assert words().demand(Demand(0, tuple(singles), tuple(sets))) == said


def test_many_states_of_a_graph_are_named_as_far_as_they_go() -> None:
    tell = words(inverse(GRAPH, Aim((1,), concept="nash")), GRAPH)
    assert tell.demand(Demand(0, (0, 1, 2, 3, 4))) == "one of 5 states: 1, 2, 3, 4 or 5"
    assert tell.demand(Demand(0, (), ((0, 1, 2, 3, 4),))) == "all of 5 states: 1, 2, 3, 4 and 5"
    assert tell.demand(Demand(0, (0, 1))) == "1 s1 or 2 s2"


@pytest.mark.parametrize(
    ("demand", "met"),
    [
        (Demand(0, (0,)), False),  # 1 is Syria's best, 2 its fourth
        (Demand(3, (3,)), True),  # 4 is its fifth
        (Demand(1, (1,)), True),  # as good as itself
        (Demand(0, (0, 3)), True),  # one of the two
        (Demand(0, (0,), ((3, 4),)), True),  # 4 and 5 are both worse
        (Demand(0, (0,), ((3, 5),)), False),  # 6 is better
    ],
)
def test_what_the_ranking_as_it_is_meets(demand: Demand, met: bool) -> None:
    """Syria ranks 1 3 6 2 4 5 in print."""
    asked = replace(NOTHING, demands=(demand,))
    found = replace(FOUND, parts=(Part(asked, met, Count(1, 2)),))
    assert is_met(FOUND, asked, demand) is met
    assert [row.now for row in words(found).rows(True)] == ["yes" if met else "no"]
    assert inverse_record(SYRIA, found)["conditions"][0]["demands"][0]["met"] is met


def test_a_condition_that_demands_nothing() -> None:
    found = replace(FOUND, parts=(Part(NOTHING, True, Count(720, 720)),))
    (row,) = words(found).rows(True)
    assert (row.dm, row.state, row.demand, row.now) == ("syria", "2 YNN", "anything: stable whatever the ranking", "yes")


def test_moves_that_demand_nothing_and_why() -> None:
    asked = replace(NOTHING, moves=(0, 2, 3), void=(0,), implied=(2, 3))
    found = replace(FOUND, parts=(Part(asked, True, Count(1, 2)),))
    why = "to 1 (an answer leads back to 2); to 3 and 4 (what the others demand is enough)"
    assert list(words(found).silent()) == [f"Moves of syria from 2 YNN that demand nothing: {why}."]
    told = inverse_record(SYRIA, found)["conditions"][0]
    assert (told["moves"], told["void"], told["implied"]) == ([1, 3, 4], [1], [3, 4])
    many = replace(found, parts=(Part(replace(asked, void=(), implied=tuple(range(14))), True, Count(1, 2)),))
    assert "to 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 3 more (" in next(iter(words(many).silent()))
    one = replace(found, parts=(Part(replace(asked, void=(), implied=()), True, Count(1, 2)),))
    assert not list(words(one).silent())


# How many rankings, and the nearest order.


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (Count(300, 720), "300 of 720 (41.7 %)"),
        (Count(0, 720), "none of 720"),
        (Count(720, 720), "all 720"),
        (Count(1, 40_000), "1 of 40,000 (under 0.1 %)"),
        (Count(39_999, 40_000), "39,999 of 40,000 (over 99.9 %)"),
        (Count(0, BIG), "none of 1.000 × 10^20"),
        (Count(BIG, BIG), "all 1.000 × 10^20"),
        (Count(BIG // 4, BIG), "2.500 × 10^19 of 1.000 × 10^20 (25.0 %)"),
        (Count(1, 10**14), "1 of 1.000 × 10^14 (under 0.1 %)"),
        (Count(1, 10**15), "1 of 1.000 × 10^15 (under 0.1 %)"),
        ("too entangled", "not counted"),
    ],
)
def test_a_count(count: Count | str, said: str) -> None:
    assert words().counted(count) == said


@pytest.mark.parametrize(
    ("near", "said"),
    [
        (nearest(None, True, 24), "none does"),
        (nearest(None, False, 24), "none found"),
        (nearest(None, True), "no list"),
        (nearest(0, True, 24), "as it is"),
        (nearest(1, True, 24), "1 swap"),
        (nearest(2, True, 24), "2 swaps"),
        (nearest(3, False, 24), "3 swaps, maybe fewer"),
    ],
)
def test_a_nearest_order_in_short_once_a_decision_maker(near: NearestOrders, said: str) -> None:
    parts = (
        Part(NOTHING, True, Count(1, 2)),
        Part(replace(NOTHING, state=2), False, "too much"),
        Part(replace(NOTHING, dm=1), True, Count(1, 2)),
    )
    told = words(replace(FOUND, aim=Aim((1, 2), concept="smr"), parts=parts, alone={0: near}))
    assert list(told.verdicts(True)) == [
        ["syria", "2 YNN", "stable", "1 of 2 (50.0 %)"],
        ["syria", "3 NYN", "not stable", "not counted"],
        ["iraq", "2 YNN", "stable", "1 of 2 (50.0 %)"],
    ]
    assert next(row[:2] for row in told.nearness()) == ["syria", said]


def test_the_statements_of_the_nearest_order_with_the_places_that_they_had() -> None:
    """By the order of the file, not by that of the answer."""
    (order,) = [order for order in FOUND.nearest.orders if order.num_swaps]
    was = [row[2] for row in words().orders()]
    assert sorted(was) == [str(place + 1) for place in range(len(order.places))]
    assert was != sorted(was)
    tell, said = words(), [statement.path for statement in SYRIA.statements(order.dm, order.reading)]
    assert [said[int(place) - 1] for place in was] == list(order.statements)
    texts = {path: tell.voice.says(one.formula) for path, one in zip(said, SYRIA.statements(order.dm, order.reading), strict=True)}
    assert [row[3] for row in tell.orders()] == [texts[path] for path in order.statements]
    assert [row[1] for row in tell.orders()] == [str(place) for place in range(1, len(said) + 1)]
    assert [row[0] for row in tell.orders()] == [order.dm, *[""] * (len(said) - 1)]


# What it comes to.


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"joint": Count(160, 576)}, "All that is asked for together: 160 of 576 (27.8 %) combinations of rankings."),
        ({"joint": Count(BIG, BIG)}, "All that is asked for together: all 1.000 × 10^20 combinations of rankings."),
        ({"joint": "too much"}, "All that is asked for together: not counted; too much."),
        ({"joint": Count(3, 6), "aim": Aim((1, 2), dm=0)}, "All that is asked for together: 3 of 6 (50.0 %) rankings."),
        ({"nearest": nearest(None, True, 24, 120)},
         "No order of the statements in the file attains it; all 24 × 120 orders of statements were tried."),
        (
            {"nearest": nearest(None, False, 24)},
            "No order of the statements was found that attains it; tried were the nearest 24 orders of statements, not all.",
        ),
        ({"nearest": nearest(2, False, 5_000)}, "Nearer orders may exist: tried were the nearest 5,000 orders of statements, not all."),
        ({"refusers": {2: (0, 1)}}, "Who could leave 3 NYN, the others' rankings as they are: syria, iraq."),
        ({"refusers": {2: ()}}, "Who could leave 3 NYN, the others' rankings as they are: nobody."),
        ({"attainable": False}, "No strict rankings, without ties, attain all of it."),
        ({"attainable": "too much"}, "Whether any strict rankings, without ties, attain all of it was not decided: too much."),
        ({"existence": {1: "too much"}}, "Whether any ranking of iraq does it was not decided: too much."),
        ({"varied": {0: (1, 2, 3), 1: (0,)}}, "any order: syria 2-4, iraq 1-1; all others stay."),
        ({"varied": {}}, "Counted are strict rankings of all 6 states;"),
    ],
)  # fmt: skip
def test_a_note(changes: dict[str, Any], said: str) -> None:
    assert said in notes(**changes)


def test_what_is_not_so_is_not_said() -> None:
    assert "All that is asked for together" not in notes(aim=Aim((1,), dm=0))  # it is what the table has
    assert "All that is asked for together" in notes(aim=Aim((1, 2), dm=0))
    told = notes(nearest=nearest(2, True, 24), existence={0: Existence((0, 1), ())}, attainable=True)
    for words_of_failure in ("No order", "Nearer orders", "It is so", "Nobody", "No strict ranking", "Who could leave"):
        assert words_of_failure not in told


ABOVE = Need(0, True, Demand(2, (2,)))


@pytest.mark.parametrize(
    ("concept", "clash", "said"),
    [
        (
            "nash",
            (ABOVE, Need(2, True, Demand(0, (0,)))),
            "No strict ranking of syria does it, whatever the others rank; these exclude each other: 1 NNN above 3 NYN; 3 NYN above 1 NNN.",
        ),
        (
            "seq",
            (ABOVE, Need(3, False)),
            "No strict ranking of syria does it, the others' rankings as they are; "
            "these exclude each other: 1 NNN above 3 NYN; 4 NNY not stable.",
        ),
        (
            "smr",
            (Need(1, False),),
            "No strict ranking of syria does it, whatever the others rank; this: 2 YNN not stable, which it is whatever the ranking.",
        ),
    ],
)  # fmt: skip
def test_what_excludes_each_other(concept: str, clash: tuple[Need, ...], said: str) -> None:
    found = replace(
        FOUND, aim=replace(AIM, concept=concept), existence={0: Existence((), clash)}, parts=(Part(NOTHING, True, Count(1, 1)),)
    )
    told = list(words(found).notes())
    assert said in told


# As data.


def test_numbers_start_from_one_in_data() -> None:
    asked = replace(NOTHING, moves=(0, 2), demands=(Demand(2, (2, 5), ((0, 3), (2, 4))),), implied=(0,))
    found = replace(
        FOUND,
        aim=Aim((1,), (2,), "smr"),
        parts=(Part(asked, False, Count(1, 2)), Part(replace(NOTHING, state=2), True, "too much")),
        existence={0: Existence((3, 1, 0), ()), 1: Existence((), (Need(2, False), ABOVE))},
    )
    record = inverse_record(SYRIA, found)
    assert record["rankings"] == [
        {"dm": "syria", "exists": True, "ranking": [4, 2, 1], "clash": [], "reason": None},
        {
            "dm": "iraq",
            "exists": False,
            "ranking": None,
            "clash": [{"state": 3, "is_stable": False, "move": None}, {"state": 1, "is_stable": True, "move": 3}],
            "reason": None,
        },
    ]
    assert list(inverse_rows(found)) == [
        ["syria", 2, "YNN", 1, 0, 1, 2, "", 3, "NYN", 0, "3 6", "1+4 3+5"],
        ["syria", 3, "NYN", 0, 1, "", "", "too much", "", "", "", "", ""],
    ]

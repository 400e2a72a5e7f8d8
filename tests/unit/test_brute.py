"""The oracle `brute` against small cases worked out by hand.

Most of them are the prisoners' dilemma: `d0` can take `a`, `d1` can take `b`,
nobody does so now, and each wants most that the other does:

    d0 prefers b, then not a    NN 1, YN 0, NY 3, YY 2
    d1 prefers a, then not b    NN 1, YN 3, NY 0, YY 2

The only way out of NN is YY, by both together. From YY d0 gains by going to NY
and d1 by going to YN; from either the other goes on to NN, where nobody gains.
So the only end is NN.
"""

from collections import Counter
from fractions import Fraction
from random import Random
from typing import Any

import pytest

import plain
import reference
from brute import changes, flips, interventions, is_a_set, sweep, with_changes, with_intervention
from brute_cases import random_file, written_case
from brute_cells import Cell, grid, headlines, in_force, level, opened, shares

A, B = ("name", "d0.a"), ("name", "d1.b")
NOT_A, NOT_B = ("not", A), ("not", B)
BOTH = ("and", A, B)
EITHER = ("or", A, B)
D0 = ("readings", "d0", "v0", "prefers")
D1 = ("readings", "d1", "v0", "prefers")
CHOICE: Any = ({"d0": "v0", "d1": "v0"}, {})
RESTS = [f"rests.{concept}" for concept in reference.CONCEPTS]


def prefers(*trees: Any, basis: str = "stated") -> dict[str, Any]:
    return {"prefers": [{"that": tree, "basis": basis} for tree in trees]}


def dilemma(**sections: Any) -> dict[str, Any]:
    return {
        "decision_makers": {"d0": {"options": {"a": {}}}, "d1": {"options": {"b": {}}}},
        "readings": {"d0": {"v0": prefers(B, NOT_A)}, "d1": {"v0": prefers(A, NOT_B)}},
    } | sections


def two_accounts(**sections: Any) -> dict[str, Any]:
    """The dilemma, with an account of d0 in which it only wants not to do a: then there is no way out."""
    case = dilemma(**sections)
    case["readings"]["d0"] = {"v0": prefers(B, NOT_A) | {"weight": 3}, "v1": prefers(NOT_A)}
    return case


def told(after: Any) -> set[str]:
    """Collect the headlines that have a share, without those that rest."""
    return {name for name, share in after.items() if share and not name.startswith("rests.")}


# Headlines.


def test_headlines_of_the_dilemma() -> None:
    case = opened(
        dilemma(
            norms={"n0": {"binds": ["d0"], "forbids": BOTH}},
            people={"p0": {"wish": NOT_A}, "p1": {"wish": A}},
            claims={"q0": {"possible": {"end": B}}, "q1": {"possible": {"end": ("and", A, NOT_B)}}},
        )
    )
    found = headlines(Cell(case, CHOICE))
    # YY breaches n0; both ends of the only way out are NN, where not a holds; endings are YY and NN.
    assert {name for name, is_true in found.items() if is_true} == {
        *RESTS, "can_move", "mover.d0+d1", "end.nothing", "unharmed", "wish.p0", "claim.q0", "denied.q1",
    }  # fmt: skip
    assert {name for name, is_true in found.items() if not is_true} == {"lawful", "clear", "wish.p1", "claim.q1", "denied.q0"}


def test_a_step_on_the_way_must_not_breach() -> None:
    # d0 alone, two options, wants both and cannot take both at once: no. It takes them by one move, so no step in between.
    # Two decision makers need two steps: NN to YN or NY, then YY. Only a alone is forbidden: by way of b it is lawful.
    norm = {"binds": ["d0"], "forbids": ("and", A, NOT_B)}
    want = {"d0": {"v0": prefers(BOTH)}, "d1": {"v0": prefers(BOTH)}}
    assert headlines(Cell(opened(dilemma(norms={"n0": norm}, readings=want)), CHOICE))["lawful"]
    other = {"binds": ["d1"], "forbids": ("and", B, NOT_A)}
    assert not headlines(Cell(opened(dilemma(norms={"n0": norm, "n1": other}, readings=want)), CHOICE))["lawful"]


def test_lawful_and_unharmed_need_not_be_clear() -> None:
    # d0 alone is better off at YN, d1 alone at NY; a breaches, b harms.
    want = {"d0": {"v0": prefers(A)}, "d1": {"v0": prefers(B)}}
    only_one = {"r0": {"require": ("at_most_one", A, B)}}
    harm = [{"to": "p0", "that": B}]
    found = headlines(
        Cell(opened(dilemma(rules=only_one, readings=want, norms={"n0": {"binds": ["d0"], "forbids": A}}, harms=harm)), CHOICE)
    )
    assert (found["lawful"], found["unharmed"], found["clear"]) == (True, True, False)
    assert {"mover.d0", "mover.d1", "end.a", "end.b"} <= set(found)


def test_short_ids_unless_shared() -> None:
    o, p = ("name", "d0.o"), ("name", "d1.o")
    makers = {"d0": {"options": {"o": {}, "x": {}}}, "d1": {"options": {"o": {}}}}
    want = {"d0": {"v0": prefers(("and", o, ("name", "d0.x")))}, "d1": {"v0": prefers(p)}}
    found = headlines(Cell(opened({"decision_makers": makers, "readings": want}), CHOICE))
    # Each moves alone; what the other wants follows, so all ends are YYY.
    assert {name for name in found if name.startswith("end.")} == {"end.d0.o+x+d1.o"}


def test_readings_of_every_form_rank_alike() -> None:
    by_points = {"weights": {"d1.b": 2, "d0.a": -1}}
    by_hand = {"ranking": ["NY", ["YY"], "NN"], "unlisted": "tied"}
    for reading in (by_points, by_hand):
        case = opened(dilemma(readings={"d0": {"v0": reading}, "d1": {"v0": prefers(A, NOT_B)}}))
        assert Cell(case, CHOICE).game.rank["d0"] == {"NN": 1, "YN": 0, "NY": 3, "YY": 2}


# Shares.


def test_shares_are_weighted() -> None:
    found = shares(opened(two_accounts()))
    assert found is not None
    assert (found["can_move"], found["end.nothing"], found["rests.nash"]) == (Fraction(3, 4), Fraction(3, 4), 1)


def test_shares_over_a_contested_rule() -> None:
    # Without YY nobody has a way out: NY is worse for d1, YN for d0.
    found = shares(opened(two_accounts(rules={"r0": {"require": ("not", BOTH), "contested": True}})))
    assert found is not None
    assert found["can_move"] == Fraction(3, 8)


@pytest.mark.parametrize(("share", "wanted"), [("0", "none"), ("1/3", "some"), ("1/2", "some"), ("2/3", "most"), ("1", "all")])
def test_level(share: str, wanted: str) -> None:
    assert level(Fraction(share)) == wanted


# Dates.


@pytest.mark.parametrize(
    ("entry", "date", "wanted"),
    [
        ({"since": "2026-03"}, "2026", True),
        ({"since": "2026-03"}, "2026-03-01", True),
        ({"since": "2026-03-02"}, "2026-03-01", False),
        ({"since": "2026-03-02"}, "2026-03", True),
        ({"until": "2026"}, "2026-12-31", True),
        ({"until": "2025"}, "2026", False),
        ({"since": "2025", "until": "2026-03-01"}, "2026-03-01", True),
        ({"until": "2025"}, None, True),
    ],
)
def test_in_force(entry: dict[str, str], date: str | None, wanted: bool) -> None:
    assert in_force(entry, date) is wanted


def test_out_of_its_dates() -> None:
    old = {"until": "2025"}
    file = dilemma(
        as_of="2026",
        rules={"r0": {"require": ("not", BOTH)} | old},
        conditions={"c0": {"holds": True, "contested": True} | old},
        people={"p0": {"wish": A} | old},
        harms=[{"to": "p0", "that": A}, {"to": "p0", "that": B} | old],
    )
    case = opened(file)
    assert (case["rules"], case["people"], list(case["harms"])) == ({}, {}, [0])
    assert case["conditions"] == {"c0": {"holds": False, "contested": False}}
    assert opened(file, "2025")["conditions"]["c0"] == {"holds": True, "contested": True}
    file["decision_makers"]["d0"]["options"]["a"] |= old
    assert Cell(opened(file), CHOICE).states == ["NN", "NY"]
    file["readings"]["d0"]["v0"]["prefers"][0] |= old
    assert [s["path"] for s in opened(file)["readings"]["d0"]["v0"]["prefers"]] == [(*D0, 1)]


# Flips.


def test_flips_of_a_statement() -> None:
    found = flips(opened(dilemma()))
    no_way: set[str] = set()
    open_ = {"can_move", "lawful", "unharmed", "clear"}
    # drop b: not a alone: NN 1, NY 1, YN 0, YY 0. Negate b: NN 3, YN 2, NY 1, YY 0. Swap: NN 2, NY 3, YN 0, YY 1. YY is no better.
    for place, kind in [(0, "dropped"), (0, "negated"), (0, "lowered 1"), (1, "raised 1")]:
        assert told(found[(*D0, place), kind]) == no_way
    # drop not a: NY and YY tie for d0, YN and NN tie: the way YY, then d1 goes on to YN, and there it ends.
    assert told(found[(*D0, 1), "dropped"]) == {*open_, "mover.d0+d1", "end.a"}
    # b, then a: NN 0, YN 1, NY 2, YY 3: d0 alone goes to YN, and d1 (3 there, 2 at YY) leaves it so. NN rests by no concept.
    alone = found[(*D0, 1), "negated"]
    assert alone is not None
    assert told(alone) == {*open_, "mover.d0", "end.a"}
    assert not any(alone[name] for name in RESTS)
    assert {key for key in found if key[0][:3] == D0[:3]} == {
        *[((*D0, 0), kind) for kind in ("dropped", "negated", "lowered 1")],
        *[((*D0, 1), kind) for kind in ("dropped", "negated", "raised 1")],
    }


def test_flips_of_an_option() -> None:
    found = flips(opened(dilemma()))
    a, b = ("decision_makers", "d0", "options", "a"), ("decision_makers", "d1", "options", "b")
    assert told(found[a, "dropped"]) == set()
    # Once a is final, d1 goes from YY to YN and d0 cannot leave. Once b is final, the mirror image.
    assert "end.a" in told(found[a, "made final"])
    assert "end.b" in told(found[b, "made final"])
    assert "end.nothing" not in told(found[a, "made final"])
    case = dilemma()
    case["decision_makers"]["d0"]["options"]["a"] = {"direction": "forward"}
    assert "end.nothing" in told(flips(opened(case))[a, "made free"])
    assert (a, "made final") not in flips(opened(case))


def test_flips_of_readings_and_contested_entries() -> None:
    found = flips(opened(two_accounts(rules={"r0": {"require": ("not", BOTH), "contested": True}})))
    v0 = ("readings", "d0", "v0")
    moves = {key: after["can_move"] for key, after in found.items() if after is not None}
    assert (moves[v0, "dropped"], moves[v0, "settled"]) == (0, Fraction(1, 2))
    assert (moves[("rules", "r0"), "settled on"], moves[("rules", "r0"), "settled off"]) == (0, Fraction(3, 4))
    assert (("rules", "r0"), "dropped") not in found
    assert (("readings", "d1", "v0"), "settled") not in found


def test_flips_of_weights_and_tiers() -> None:
    case = dilemma()
    case["readings"]["d0"]["v0"] = {"weights": {"d1.b": 2, "d0.a": -1}}
    found = flips(opened(case))
    path = ("readings", "d0", "v0", "weights")
    assert told(found[(*path, "d1.b"), "dropped"]) == set()
    assert "end.a" in told(found[(*path, "d0.a"), "dropped"])
    assert "mover.d0" in told(found[(*path, "d0.a"), "negated"])
    case["readings"]["d0"]["v0"] = {"ranking": ["NY", "YY", "NN"], "unlisted": "tied"}
    found = flips(opened(case))
    path = ("readings", "d0", "v0", "ranking")
    # NN above YY: no way out. YY above NY: d0 stays at YY, and d1 goes on to YN; there d0 goes back to NN.
    assert told(found[(*path, 2), "raised 1"]) == told(found[(*path, 1), "lowered 1"]) == set()
    assert told(found[(*path, 2), "raised 2"]) == set()
    assert "end.nothing" in told(found[(*path, 1), "raised 1"])
    assert {kind for at, kind in found if at == (*path, 0)} == {"lowered 1", "lowered 2"}


def test_flips_of_what_is_told_of_ways() -> None:
    file = dilemma(
        norms={"n0": {"binds": ["d0"], "forbids": BOTH}},
        harms=[{"to": "p0", "that": BOTH}],
        people={"p0": {"wish": NOT_A}},
        conditions={"c0": {"holds": True}},
        claims={"q0": {"possible": {"end": ("and", A, B, ("name", "c0"))}}},
    )
    found = flips(opened(file))
    assert {"lawful", "unharmed", "clear"} & told(found[("norms", "n0"), "dropped"]) == {"lawful"}
    assert {"lawful", "unharmed", "clear"} & told(found[("harms", 0), "dropped"]) == {"unharmed"}
    person = found[("people", "p0"), "dropped"]
    assert person is not None
    assert person["wish.p0"] == 0
    assert "wish.p0" not in told(found[("people", "p0"), "negated"])
    assert "denied.q0" in told(found[("conditions", "c0"), "negated"])


def test_flips_that_cannot_be_tried() -> None:
    rules = {"r0": {"require": ("or", NOT_A, A)}, "r1": {"require": ("implies", ("not", ("name", "c0")), A)}}
    found = flips(opened(dilemma(rules=rules, conditions={"c0": {"holds": True}})))
    assert found[("conditions", "c0"), "negated"] is None  # then a is required, and the status quo has none
    assert found[("rules", "r0"), "dropped"] is not None


# Smallest changes.


def of_one(*atoms: tuple[Any, ...]) -> set[frozenset[Any]]:
    return {frozenset({atom}) for atom in atoms}


def test_open() -> None:
    case = opened(dilemma(norms={"n0": {"binds": ["d0"], "forbids": BOTH}}))
    # As above: without its second statement, or with the opposite of it, either of them keeps things from falling back to NN.
    all_four = of_one(("drop", (*D0, 1)), ("negate", (*D0, 1)), ("drop", (*D1, 1)), ("negate", (*D1, 1)))
    assert changes(case, CHOICE, {"open": EITHER}) == all_four
    assert changes(case, CHOICE, {"open": EITHER}, of=["d0"]) == of_one(("drop", (*D0, 1)), ("negate", (*D0, 1)))
    # Dropped: the way out is YY, which breaches n0. Negated: YN or NY, which does not.
    assert changes(case, CHOICE, {"open": EITHER, "lawful": True}) == of_one(("negate", (*D0, 1)), ("negate", (*D1, 1)))
    assert changes(case, CHOICE, {"open": EITHER, "clear": True}, by=["d0"]) == of_one(("negate", (*D0, 1)))


def test_hold() -> None:
    case = opened(dilemma())
    # By SEQ d0 does not go from YY (2) to NY, since d1 would go on to NN (1).
    assert changes(case, CHOICE, {"hold": BOTH}) == {frozenset()}
    # By Nash both have to stop minding what they do themselves.
    each = [[("drop", (*there, 1)), ("negate", (*there, 1))] for there in (D0, D1)]
    pairs = {frozenset({one, two}) for one in each[0] for two in each[1]}
    assert changes(case, CHOICE, {"hold": BOTH, "concept": "nash"}) == pairs
    assert changes(case, CHOICE, {"hold": BOTH, "concept": "nash"}, most=1) is None


def test_close() -> None:
    case = opened(dilemma())
    # YY is no better for d0 without b, with not b, or with not a first; and so for d1.
    wanted = [
        atom
        for there in (D0, D1)
        for first, second in [((*there, 0), (*there, 1))]
        for atom in [("drop", first), ("negate", first), ("raise", second, first), ("lower", first, second)]
    ]
    assert changes(case, CHOICE, {"close": ("true",)}) == of_one(*wanted)
    assert changes(case, CHOICE, {"close": ("and", A, NOT_B)}) == {frozenset()}


def test_changes_of_rules_and_conditions() -> None:
    rules = {"r0": {"require": ("not", BOTH), "contested": True}, "r1": {"require": ("implies", ("name", "c0"), ("not", BOTH))}}
    case = opened(dilemma(rules=rules, conditions={"c0": {"holds": False, "contested": True}}))
    goal, on = {"open": ("true",)}, (CHOICE[0], {"r0": True, "c0": True})
    also = ("rules", "conditions")
    # YY is missing by two rules; a way out needs both gone, or d0 or d1 to want something else: a, b alone or both by negation.
    alone = of_one(("negate", (*D0, 1)), ("negate", (*D1, 1)))
    assert changes(case, on, goal, also) == alone
    both = {frozenset({("drop", ("rules", "r0")), other}) for other in [("drop", ("rules", "r1")), ("negate", ("conditions", "c0"))]}
    assert changes(case, on, goal, also, of=[]) == both
    off = (CHOICE[0], {"r0": False, "c0": True})
    assert changes(case, off, goal, also, of=[]) == of_one(("drop", ("rules", "r1")), ("negate", ("conditions", "c0")))
    # Where the condition does not hold in the cell, negating makes it hold.
    assert changes(case, (CHOICE[0], {"r0": False, "c0": False}), {"close": ("true",)}, also, of=[]) == of_one(
        ("negate", ("conditions", "c0"))
    )


def test_order_of_changes() -> None:
    makers = {"d0": {"options": {"a": {}}}}
    trees = [A, NOT_A, ("true",)]
    case = opened({"decision_makers": makers, "readings": {"d0": {"v0": prefers(*trees)}}})
    first, second, third = ((*D0, place) for place in range(3))

    def order(*atoms: Any) -> list[int]:
        changed, _ = with_changes(case, ({"d0": "v0"}, {}), atoms)
        return [s["path"][-1] for s in changed["readings"]["d0"]["v0"]["prefers"]]

    assert order(("raise", third, first)) == [2, 0, 1]
    assert order(("lower", first, second)) == [1, 0, 2]
    assert order(("raise", third, first), ("drop", second)) == [2, 0]
    # In file order of what moves: first behind third, then second before first.
    assert order(("raise", second, first), ("lower", first, third)) == [2, 1, 0]
    assert order(("raise", third, first), ("raise", second, first)) == [1, 2, 0]


def test_no_move_past_what_is_dropped() -> None:
    first, second, third = ((*D0, place) for place in range(3))
    assert is_a_set((("raise", third, first), ("drop", second)))
    assert not is_a_set((("raise", third, first), ("drop", first)))
    assert not is_a_set((("lower", first, third), ("drop", third)))
    assert not is_a_set((("raise", third, first), ("negate", third)))

    case = opened({"decision_makers": {"d0": {"options": {"a": {}}}}, "readings": {"d0": {"v0": prefers(NOT_A, NOT_A, A)}}})
    found = changes(case, ({"d0": "v0"}, {}), {"open": A}, most=2)
    # d0 stays at N while one not a stands above a. One change does it: a before the first of them; a negation of that one.
    assert found == of_one(("raise", third, first), ("negate", first))


# Interventions.


def test_interventions() -> None:
    x3 = ("name", "d1.x3")
    file = dilemma(
        norms={"n0": {"binds": ["d0"], "forbids": BOTH}},
        interventions={
            "i0": {"prefers": {"d0": [{"that": BOTH}], "d1": [{"that": BOTH}]}},
            "i1": {"lifts": {"norms": ["n0"]}},
            "i2": {"rules": {"y2": {"require": A}}},
            "i3": {"options": {"d1": {"x3": {"direction": "forward"}}}, "prefers": {"d1": [{"that": x3}]}},
        },
    )
    found = interventions(opened(file))
    before = (True, False, False)
    assert list(found)[:5] == [("i0",), ("i1",), ("i2",), ("i3",), ("i0", "i1")]
    assert found["i0",] == [(before, before)]  # YY is wanted, rests, and breaches n0
    assert found["i1",] == [(before, (True, True, True))]
    assert found["i2",] == [(before, None)]  # the status quo has no a
    assert found["i3",] == [(before, (True, True, True))]  # d1 alone takes x3
    assert found["i1", "i3"] == [(before, (True, True, True))]
    assert found["i1", "i2"] == [(before, None)]
    assert len(found) == 4 + 6


def test_interventions_in_every_cell() -> None:
    file = dilemma(
        rules={"r0": {"require": ("not", ("and", ("name", "c0"), BOTH)), "contested": True}},
        conditions={"c0": {"holds": True, "contested": True}},
        interventions={"i0": {"conditions": {"c0": False}}, "i1": {"lifts": {"rules": ["r0"]}}, "i2": {"conditions": {"c0": True}}},
    )
    found = interventions(opened(file))
    none, all_ = (False, False, False), (True, True, True)
    # Cells: r0 on with c0, on without, off with, off without. YY is missing only in the first.
    assert found["i0",] == found["i1",] == [(none, all_), (all_, all_), (all_, all_), (all_, all_)]
    assert found["i2",] == [(none, none), (all_, none), (all_, all_), (all_, all_)]


def test_where_an_intervention_puts_statements() -> None:
    added = [{"that": NOT_A}, {"that": ("true",), "place": "last"}, {"that": NOT_B}, {"that": ("false",), "place": "last"}]
    case = opened(dilemma(interventions={"i0": {"prefers": {"d0": added}}}))
    made = with_intervention(case, case["interventions"]["i0"])["readings"]["d0"]["v0"]["prefers"]
    assert [s["tree"] for s in made] == [NOT_A, NOT_B, B, NOT_A, ("true",), ("false",)]


# Sweeps.


def test_sweep_of_statements_and_weights() -> None:
    case = two_accounts()
    case["readings"]["d0"]["v0"]["prefers"][1]["basis"] = "inferred"
    found = sweep(opened(case))
    # v0 (3/4): with not a it ends at NN, without at YN. v1 (1/4): nobody moves.
    assert (found["variants"], found["void"]) == (3, 0)
    wanted = {"can_move": Fraction(3, 4), "end.nothing": Fraction(3, 8), "end.a": Fraction(3, 8), "rests.nash": 1}
    assert {name: found["shares"][name] for name in wanted} == wanted
    assert sweep(opened(case), readings={"d0": "v0"})["shares"]["end.a"] == Fraction(1, 2)
    assert sweep(opened(case), readings={"d0": "v1"})["variants"] == 1
    # Every statement of v0 there or not, 4; those of v1 2; of d1 4 each: 24 in all.
    assert sweep(opened(case), uncertain="all")["variants"] == 24
    assert sweep(opened(case), uncertain=lambda path: path == (*D1, 0))["variants"] == 4


def test_sweep_of_orders() -> None:
    case = dilemma()
    case["readings"]["d0"]["v0"] = {"prefers": [{"any_order": prefers(B, NOT_A)["prefers"]}]}
    found = sweep(opened(case))
    assert (found["variants"], found["shares"]["can_move"]) == (2, Fraction(1, 2))
    # With not a uncertain: both orders with it (one has a way out), both orders without it (the way YY).
    case["readings"]["d0"]["v0"]["prefers"][0]["any_order"][1]["basis"] = "assumed"
    found = sweep(opened(case))
    assert (found["variants"], found["shares"]["can_move"]) == (4, Fraction(3, 4))


def test_sweep_of_rules_and_sides() -> None:
    file = dilemma(rules={"r0": {"require": ("name", "c0"), "basis": "inferred"}}, conditions={"c0": {"holds": True, "contested": True}})
    found = sweep(opened(file))
    # Void where c0 does not hold and the rule asks for it.
    assert (found["variants"], found["void"], found["shares"]["can_move"]) == (4, 1, 1)
    assert sweep(opened(file), sides={"c0": False})["void"] == 1
    assert sweep(opened(file), sides={"c0": True})["variants"] == 2
    file["rules"]["r1"] = {"require": ("not", BOTH), "basis": "stated", "contested": True}
    found = sweep(opened(file))
    assert (found["variants"], found["void"], found["shares"]["can_move"]) == (8, 2, Fraction(1, 2))


def test_sweep_without_anything_left() -> None:
    case = two_accounts()
    case["readings"]["d0"]["v1"]["weight"] = 0
    assert sweep(opened(case))["shares"]["can_move"] == 1
    assert sweep(opened(case), readings={"d0": "v1"}) == {"shares": None, "variants": 1, "void": 0}


# Random cases.

WORDS = ("any_order", "weights", "ranking", "weight: 0", "since", "until", "as_of", "lifts", "x0", "y0", "id: ", '"last"')


def test_random_cases_hold_everything() -> None:
    seen: Counter[str] = Counter()
    for seed in range(200):
        file = random_file(Random(seed))
        text = written_case(file)
        seen.update(word for word in WORDS if word in text)
        case = opened(file)
        for choice, _ in grid(case):
            cell = Cell(case, choice)
            found = headlines(cell)
            assert found["lawful"] == plain.lawful_throughout(cell)
            assert found["clear"] <= (found["lawful"] and found["unharmed"]) <= found["can_move"]
            seen.update(name.split(".")[0] for name, is_true in found.items() if is_true)
    assert min(seen[word] for word in WORDS) > 10, seen
    assert min(seen[name] for name in ["rests", "mover", "end", "lawful", "unharmed", "clear", "wish", "claim", "denied"]) > 10, seen


def has_groups(case: Any) -> bool:
    readings = [reading for there in case["readings"].values() for reading in there.values()]
    return any(len(statement["path"]) > 5 for reading in readings for statement in reading.get("prefers", []))


def test_random_answers_are_consistent() -> None:
    outcomes: Counter[str] = Counter()
    for seed in range(60):
        case = opened(random_file(Random(seed), most_options=3))
        before = shares(case)
        choice = next(grid(case))[0]
        if before is not None:
            assert all(after is None or set(before) <= set(after) for after in flips(case).values())
            fixed = sweep(case, uncertain=lambda path: False)
            assert fixed["void"] == 0
            assert has_groups(case) or fixed["shares"] == before
        smallest = changes(case, choice, {"open": ("name", case["labels"][0])}, most=1)
        outcomes["none" if smallest is None else "one" if frozenset() not in smallest else "held"] += 1
        outcomes["tried"] += sum(after is not None for row in interventions(case).values() for _, after in row)
    assert min(outcomes.values()) > 3, outcomes

"""What the grid adds up to, counted by hand on one small case of eight cells."""

from collections import Counter

import pytest

from offramp.analysis.findings import Findings, findings, where
from offramp.analysis.grid import Cell, Grid
from offramp.analysis.ways import Step
from offramp.case.load import read_case_text
from offramp.model.build import Builder

# Anna can leave for good and can speak; bert can pay. A code: leave, speak, pay.
#
# anna: `bold` wants to leave, `poor` wants the payment and is silent otherwise. bert: wants her to speak, then not to pay.
# Rule `host` (contested): leaving needs the payment. Condition `law` (contested): the norm against leaving holds.
#
# bold, host off: anna leaves alone: YNN, YYN (her speaking is nothing to her). Bert is glad of YYN, not asked.
#   After YNN and YYN: bert's wish, speaking, is in anna's hand; she has no further wish. So both rest, for good.
# bold, host on: anna cannot leave unpaid; bert pays for nothing less than her speaking. Together: YYY (leave, speak, paid)
#   is better for both: she has left, she speaks. Bert then would not pay, but the rule holds him: it rests.
#   YNY is no better for bert: he wants her to speak.
# poor, host off: anna wants the payment: together NYY, YYY: paid for her, spoken for him. After NYY bert takes the payment
#   back (NYN), where anna has no wish that she can get: it rests. After YYY likewise: YYN, for good.
# poor, host on: the same ways. After YYY the rule holds the payment: it rests at YYY.
CASE = """
offramp: 1
title: by hand
decision_makers:
  anna: {options: {leave: {irreversible: true}, speak: {}}}
  bert: {options: {pay: {}}}
rules: {host: {require: leave -> pay, contested: true}}
readings:
  anna:
    bold: {prefers: [{that: leave}]}
    poor: {prefers: [{that: pay}]}
  bert: {only: {prefers: [{that: speak}, {that: not pay}]}}
conditions: {law: {holds: true, contested: true}}
norms:
  stay: {binds: [anna], forbids: leave, when: law}
  may_talk: {binds: [anna], permits: speak}
people: {kim: {wish: leave}, lee: {wish: speak}, eve: {}}
harms: [{to: kim, that: leave and not pay, by: [anna], grade: grave}]
claims:
  can_leave: {possible: {end: leave}}
  paid: {only_if: {end: leave, needs: pay}}
"""


@pytest.fixture(scope="module")
def builder() -> Builder:
    return Builder(read_case_text(CASE))


@pytest.fixture(scope="module")
def cells(builder: Builder) -> list[Cell]:
    return Grid(builder).cells()


@pytest.fixture(scope="module")
def found(builder: Builder, cells: list[Cell]) -> Findings:
    return findings(builder, cells)


def test_size(found: Findings) -> None:
    """Eight states; with the rule six, without YNN and YYN."""
    assert found.num_cells == 8
    assert found.num_states == (6, 8)
    assert found.status_quo_code == "NNN"


def test_routes(found: Findings) -> None:
    told = {(r.coalition, r.code): (r.count.cells, r.count.where.readings, r.count.where.contested) for r in found.routes}
    bold, poor = {"anna": ("bold",)}, {"anna": ("poor",)}
    counts = {key: value[0] for key, value in told.items()}
    # YYY: poor in all four, bold with the rule in two
    assert counts == {(("anna",), "YNN"): 2, (("anna",), "YYN"): 2, (("anna", "bert"), "NYY"): 4, (("anna", "bert"), "YYY"): 6}
    assert told[("anna",), "YNN"][1:] == (bold, {"host": False})
    assert told[("anna", "bert"), "NYY"][1:] == (poor, {})
    assert told[("anna", "bert"), "YYY"][1:] == ({}, {})


def test_routes_that_occur_most_come_first(found: Findings) -> None:
    assert [(route.coalition, route.code) for route in found.routes] == [
        (("anna", "bert"), "YYY"),
        (("anna", "bert"), "NYY"),
        (("anna",), "YNN"),
        (("anna",), "YYN"),
    ]


def test_steps_in_order(found: Findings) -> None:
    """By the first cell in which a route occurs; shortest first, then by file order, then by number."""
    steps = {route.code: route.steps for route in found.routes}
    assert steps["YNN"] == (Step("anna", {"anna.leave": True}, "YNN"),)
    assert steps["YYN"] == (Step("anna", {"anna.leave": True, "anna.speak": True}, "YYN"),)
    # in bold's first cell the rule holds: bert has to pay before she leaves
    assert steps["YYY"] == (Step("bert", {"bert.pay": True}, "NNY"), Step("anna", {"anna.leave": True, "anna.speak": True}, "YYY"))
    # in poor's first cell either may go first; anna stands first in the file
    assert steps["NYY"] == (Step("anna", {"anna.speak": True}, "NYN"), Step("bert", {"bert.pay": True}, "NYY"))


def test_ends_of_a_route(found: Findings) -> None:
    ends = {route.code: {end.codes: end.cells for end in route.ends} for route in found.routes}
    assert ends["YNN"] == {("YNN",): 2}
    assert ends["NYY"] == {("NYN",): 4}
    assert ends["YYY"] == {("YYY",): 4, ("YYN",): 2}  # poor without the rule: bert takes the payment back
    assert [end.codes for end in next(route for route in found.routes if route.code == "YYY").ends] == [("YYY",), ("YYN",)]


def test_what_an_end_means(found: Findings) -> None:
    route = next(route for route in found.routes if route.code == "YYY")
    paid, unpaid = route.ends
    assert {breach.norm: number for breach, number in paid.breaches.items()} == {"stay": 2}  # where the law holds
    assert paid.harms == {}
    assert {harm.to: number for harm, number in unpaid.harms.items()} == {"kim": 2}
    assert paid.wishes_met == {"kim": 4, "lee": 4}
    assert paid.permissions == {"may_talk": 4}
    # with the rule her leaving holds the payment in place too
    assert paid.final == ("anna.leave", "bert.pay")
    assert unpaid.final == ("anna.leave",)
    assert not paid.can_return
    assert paid.can_be_left  # she may fall silent
    # the way out itself occurs with the rule and without: final is only what is final in both
    assert route.itself.final == ("anna.leave",)
    assert route.itself.cells == 6


def test_who_can_move(found: Findings) -> None:
    assert found.can_move.cells == 8
    assert (found.can_move.where.readings, found.can_move.where.contested) == ({}, {})
    assert {members: count.cells for members, count in found.coalitions.items()} == {("anna",): 2, ("anna", "bert"): 6}


def test_lawful_and_unharmed(found: Findings, cells: list[Cell]) -> None:
    """The norm is breached where anna has left and the law holds; kim is harmed where she left unpaid."""
    routes = {(route.coalition, route.code): (route.lawful_cells, route.unharmed_cells) for route in found.routes}
    assert routes == {
        (("anna",), "YNN"): (1, 0),
        (("anna",), "YYN"): (1, 0),
        (("anna", "bert"), "NYY"): (4, 4),
        (("anna", "bert"), "YYY"): (3, 4),  # harmed in the end where poor is left unpaid
    }
    # in bold's cells with the law every way out leaves; all others have a lawful one
    assert found.lawful.cells == 6
    # bold without the rule: alone she leaves unpaid; together YYY, from which bert takes the payment back: harm in every way
    assert found.unharmed.cells == 6
    # bold: with the rule and without the law one cell; poor: all four
    assert found.clear.cells == 5


def test_wishes(found: Findings) -> None:
    """Kim's is met where all ends of some way out have left: in every cell (YYY). Lee's likewise. Eve has none."""
    assert {person: count.cells for person, count in found.wishes.items()} == {"kim": 8, "lee": 8}


def test_status_quo(found: Findings) -> None:
    now = found.status_quo
    assert (now.codes, now.is_cycle, now.cells, now.can_be_left, now.can_return, now.final) == (("NNN",), False, 8, True, True, ())
    assert (now.breaches, now.harms, now.wishes_met) == ({}, {}, {})
    # bold without the rule improves by leaving, which nobody can undo: no equilibrium by any concept; in the six others by all
    assert {concept: count.cells for concept, count in found.at_rest.items()} == dict.fromkeys(("nash", "gmr", "smr", "seq", "sseq"), 6)
    assert found.at_rest["nash"].where.contested == {}
    assert now.equilibrium == Counter(dict.fromkeys(("nash", "gmr", "smr", "seq", "sseq"), 6))


def test_claims(found: Findings) -> None:
    can, paid = found.claims["can_leave"], found.claims["paid"]
    assert (can.supported.cells, can.refuted.cells, can.undecided.cells) == (8, 0, 0)
    # ends where she has left are paid where the rule holds; without it some end is unpaid
    assert (paid.supported.cells, paid.refuted.cells, paid.undecided.cells) == (4, 4, 0)
    assert paid.supported.where.contested == {"host": True}
    assert paid.refuted.where.contested == {"host": False}
    assert paid.undecided.where.readings == {}
    assert paid.splits == {"host": ((4, 0, 0), (0, 4, 0)), "law": ((2, 2, 0), (2, 2, 0))}


def test_where_nothing_is_chosen(builder: Builder, cells: list[Cell]) -> None:
    assert (where(builder, []).readings, where(builder, []).contested) == ({}, {})
    assert (where(builder, cells).readings, where(builder, cells).contested) == ({}, {})
    one = where(builder, cells[:1])
    assert (one.readings, one.contested) == ({"anna": ("bold",)}, {"host": True, "law": True})


def test_findings_of_one_cell(builder: Builder, cells: list[Cell]) -> None:
    alone = findings(builder, [cells[0]])
    assert alone.num_cells == 1
    assert [(route.coalition, route.code, route.count.cells) for route in alone.routes] == [(("anna", "bert"), "YYY", 1)]


def test_the_whole_grid_is_the_default(builder: Builder, found: Findings) -> None:
    again = findings(builder)
    assert again.num_cells == found.num_cells
    assert again.routes == found.routes
    assert again.claims == found.claims


def test_steps_in_a_graph_name_no_options() -> None:
    text = "offramp: 1\ntitle: g\ndecision_makers: {one: {}}\nstates: [a, b]\nmoves: {one: [[a, b]]}\n"
    text += "readings: {one: {r: {ranking: [b, a]}}}\n"
    (route,) = findings(Builder(read_case_text(text))).routes
    assert route.steps == (Step("one", {}, "b"),)
    assert route.itself.final == ()
    assert not route.itself.can_be_left


def test_a_cycle_counts_a_breach_once_and_a_wish_only_where_all_its_states_meet_it() -> None:
    """One goes from s0 to s1; then one and two chase each other through s1, s2, s3."""
    text = """
offramp: 1
title: a chase
decision_makers: {one: {}, two: {}}
states: [s0, s1, s2, s3]
moves: {one: [[s0, s1], [s1, s2], [s3, s1]], two: [[s2, s3]]}
readings: {one: {r: {ranking: [s2, s1, s3, s0]}}, two: {r: {ranking: [s3, s2, [s1, s0]]}}}
norms: {n: {binds: [two], forbids: s2 or s3}}
people: {kim: {wish: s1 or s2}, lee: {wish: not s0}}
"""
    summary = findings(Builder(read_case_text(text)))
    (route,) = summary.routes
    (end,) = route.ends
    assert (route.itself.codes, end.codes, end.is_cycle) == (("s1",), ("s1", "s2", "s3"), True)
    assert {breach.norm: number for breach, number in end.breaches.items()} == {"n": 1}
    assert end.wishes_met == {"lee": 1}
    assert {person: count.cells for person, count in summary.wishes.items()} == {"kim": 0, "lee": 1}
    assert route.lawful_cells == 0  # s1 is lawful, what follows is not
    assert not end.can_return


def test_a_breach_that_was_there_before_does_not_make_a_way_out_lawful() -> None:
    """Nothing is paid before or after: the way out breaks no new norm, and still ends unlawfully."""
    text = "offramp: 1\ntitle: t\ndecision_makers: {anna: {options: {sign: {}}}, bert: {options: {pay: {}}}}\n"
    text += "readings: {anna: {r: {prefers: [{that: sign}]}}, bert: {r: {prefers: [{that: not pay}]}}}\n"
    text += "norms: {m: {binds: [bert], requires: pay}}\nharms: [{to: kim, that: not pay, grade: slight}]\npeople: {kim: {}}\n"
    summary = findings(Builder(read_case_text(text)))
    assert [(route.code, route.lawful_cells, route.unharmed_cells) for route in summary.routes] == [("YN", 0, 0)]
    assert (summary.lawful.cells, summary.unharmed.cells, summary.clear.cells) == (0, 0, 0)

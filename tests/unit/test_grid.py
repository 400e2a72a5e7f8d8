"""The grid: which cells, what each holds, what is shared between them."""

import time

import pytest

from casetext import DESIGN, SMALL
from offramp.analysis.grid import Grid, WayOut
from offramp.case.load import read_case_text
from offramp.errors import ChoiceError
from offramp.model.build import Builder


def grid(text: str, limit: int | None = None) -> Grid:
    builder = Builder(read_case_text(text))
    return Grid(builder) if limit is None else Grid(builder, limit)


def only(text: str):
    there = grid(text)
    return there.cell(there.builder.choice())


# Which cells.


def test_every_reading_by_every_side() -> None:
    """Two readings of South Korea, one of Ukraine, two contested entries: eight cells, the case's own first."""
    there = grid(DESIGN)
    choices = list(there.choices())
    assert there.num_cells == len(choices) == 8
    assert choices[0] == there.builder.choice()
    assert len(set(choices)) == 8
    assert [(dict(c.readings)["south_korea"], c.sides["leaders"], c.sides["risk_on_return"]) for c in choices] == [
        (reading, leaders, risk) for reading in ("willing", "unwilling") for leaders in (True, False) for risk in (True, False)
    ]
    assert [cell.choice for cell in there.cells()] == choices


def test_a_contested_condition_that_does_not_hold_is_tried_as_false_first() -> None:
    text = SMALL.replace("winter: {holds: true", "winter: {holds: false")
    assert [choice.sides for choice in grid(text).choices()] == [{"winter": False}, {"winter": True}]


def test_a_case_without_rivals_has_one_cell() -> None:
    there = grid("offramp: 1\ntitle: t\ndecision_makers: {a: {options: {x: {}}}}\nreadings: {a: {r: {prefers: []}}}\n")
    assert there.num_cells == 1
    assert len(there.cells()) == 1


HEAD = "offramp: 1\ntitle: t\ndecision_makers: {a: {options: {x: {}}}}\n"


def contested(number: int, readings: int = 1) -> str:
    conditions = ", ".join(f"c{k}: {{holds: true, contested: true}}" for k in range(number))
    wants = ", ".join(f"r{k}: {{prefers: []}}" for k in range(readings))
    return f"{HEAD}readings: {{a: {{{wants}}}}}\nconditions: {{{conditions}}}\n"


REMEDY = "contest fewer entries, or choose readings with --reading"


@pytest.mark.parametrize(
    ("number", "readings", "cells"),
    [(15, 1, "32,768"), (14, 2, "32,768"), (12, 5, "20,480"), (40, 3, "3,298,534,883,328"), (60, 1, "more than 10^15")],
)
def test_too_many_cells_are_counted_and_not_made(number: int, readings: int, cells: str) -> None:
    with pytest.raises(ChoiceError) as caught:
        grid(contested(number, readings)).cells()
    assert str(caught.value) == f"the readings and contested entries make {cells} cells; at most 20,000 are computed: {REMEDY}"


def test_a_number_of_cells_with_thousands_of_digits_is_not_written_out() -> None:
    """Python refuses to write a number of more than 4,300 digits."""
    start = time.monotonic()
    with pytest.raises(ChoiceError, match="more than 10"):
        grid(contested(15_000)).cells()
    assert time.monotonic() - start < 15


def test_the_limit_of_cells_itself_is_computed() -> None:
    assert grid(contested(14)).num_cells == 16_384
    assert sum(1 for _ in grid(contested(14)).choices()) == 16_384
    assert sum(1 for _ in grid(contested(5, 625)).choices()) == 20_000


# What a cell holds.

# Anna can sign; bert can pay; either can be taken back. Anna wants pay, then sign; bert wants sign, then not pay.
# From NN: anna alone reaches YN, better for her (sign) and for bert. Nobody else has a way; bert alone only NY, worse.
# From YN bert has no improvement (NN is gone for him; YY worse), anna none (NN worse). It rests, a Nash equilibrium.
SIMPLE = """
offramp: 1
title: simple
decision_makers: {anna: {options: {sign: {}}}, bert: {options: {pay: {}}}}
readings:
  anna: {r: {prefers: [{that: pay}, {that: sign}]}}
  bert: {r: {prefers: [{that: sign}, {that: not pay}]}}
norms: {n: {binds: [anna], forbids: sign}, m: {binds: [bert], requires: pay}}
people: {kim: {wish: sign}}
harms: [{to: kim, that: sign and not pay, grade: slight}]
"""


def told(cell, way: WayOut) -> tuple[tuple[str, ...], str, list[tuple[str, str]]]:
    names, label = cell.model.decision_makers, cell.model.states.label
    return way.coalition, label(way.state), [(names[move.dm], label(move.to)) for move in way.moves]


def test_a_cell_by_hand() -> None:
    cell = only(SIMPLE)
    label = cell.model.states.label
    assert [told(cell, way) for way in cell.ways] == [(("anna",), "YN", [("anna", "YN")])]
    (way,) = cell.ways
    assert cell.num_ways == 1
    assert [b.norm for b in cell.status_quo.breaches] == ["m"]
    assert [b.norm for b in way.assessment.breaches] == ["n", "m"]
    assert [h.to for h in way.assessment.harms] == ["kim"]
    assert way.assessment.wishes_met == ("kim",)
    assert way.steps == (way.assessment,)
    assert [([label(s) for s in end.end.states], end.end.is_cycle) for end in way.then] == [(["YN"], False)]
    assert way.equilibrium == way.then[0].equilibrium == ("nash", "gmr", "smr", "seq", "sseq")
    # NN: anna improves to YN and nothing that bert does after that is worse for her than NN
    assert cell.equilibrium == ()


# Anna wants bert's payment above all and rather not to sign; bert wants her signature above all and rather not to pay.
# From NN neither alone; together YY. The rule wants the payment first, so bert moves before anna.
ORDER = """
offramp: 1
title: order
decision_makers: {anna: {options: {sign: {}}}, bert: {options: {pay: {}}}}
rules: {first_pay: {require: sign -> pay}}
readings:
  anna: {r: {prefers: [{that: pay}, {that: not sign}]}}
  bert: {r: {prefers: [{that: sign}, {that: not pay}]}}
"""


def test_moves_come_in_an_order_that_the_rules_allow() -> None:
    cell = only(ORDER)
    assert [told(cell, way) for way in cell.ways] == [(("anna", "bert"), "YY", [("bert", "NY"), ("anna", "YY")])]
    # after YY anna takes her signature back (NY), then bert his payment (NN): it ends where it began
    label = cell.model.states.label
    assert [[label(s) for s in end.end.states] for end in cell.ways[0].then] == [["NN"]]


CHASE = """
offramp: 1
title: a chase
decision_makers: {one: {}, two: {}}
states: [s0, s1, s2, s3]
moves: {one: [[s0, s1], [s1, s2], [s3, s1]], two: [[s2, s3]]}
readings:
  one: {r: {ranking: [s2, s1, s3, s0]}}
  two: {r: {ranking: [s3, s2, [s1, s0]]}}
norms: {n: {binds: [two], forbids: s3}}
people: {kim: {wish: s1 or s2}, lee: {wish: not s0}}
"""


def test_a_cycle_as_an_end() -> None:
    """s1 to s2 (one), s2 to s3 (two), s3 to s1 (one): all improvements, and round again."""
    cell = only(CHASE)
    ways = {told(cell, way)[1]: way for way in cell.ways}
    # one alone: s0 to s1; from s1 it may not move again at once, so s2 is no way out of its own
    assert set(ways) == {"s1"}
    (end,) = ways["s1"].then
    assert (end.end.states, end.end.is_cycle) == ((1, 2, 3), True)
    assert [[b.norm for b in a.breaches] for a in end.assessments] == [[], [], ["n"]]
    assert end.equilibrium == ()


def test_an_end_is_an_equilibrium_only_where_all_its_states_are() -> None:
    """At s1 one gains by s2, but two goes on to s3, below s1, whence one gets back to s1 and no higher: all but Nash hold.

    At s2 two gains by s3, but one goes on to s1, below s2, and two cannot move there: the same. At s3 one gains by s1,
    where two cannot answer: none holds. So none holds of the cycle.
    """
    cell = only(CHASE)
    solution = grid(CHASE).solution(cell.choice)
    assert [solution.concepts_at(s) for s in (1, 2, 3)] == [("gmr", "smr", "seq", "sseq"), ("gmr", "smr", "seq", "sseq"), ()]
    (end,) = cell.ways[0].then
    assert end.equilibrium == ()


def test_ways_are_told_up_to_a_limit_and_counted_beyond() -> None:
    """One who likes everything better than nothing: seven ways out."""
    text = f"{HEAD.replace('x: {}', 'x: {}, y: {}, z: {}')}readings: {{a: {{r: {{prefers: [{{that: x or y or z}}]}}}}}}\n"
    there = grid(text, limit=3)
    cell = there.cell(there.builder.choice())
    assert (len(cell.ways), cell.num_ways) == (3, 7)
    assert [cell.model.states.label(way.state) for way in cell.ways] == ["YNN", "NYN", "YYN"]
    assert len(only(text).ways) == 7


def test_seventeen_decision_makers_are_too_many_to_look_through() -> None:
    makers = ", ".join(f"d{k}: {{options: {{x{k}: {{}}}}}}" for k in range(17))
    wants = ", ".join(f"d{k}: {{r: {{prefers: []}}}}" for k in range(17))
    with pytest.raises(ChoiceError, match="17 decision makers form too many coalitions; at most 16 can be looked through"):
        only(f"offramp: 1\ntitle: t\ndecision_makers: {{{makers}}}\nrules: {{r: {{require: not x0}}}}\nreadings: {{{wants}}}\n")


# Sharing.


def test_cells_that_agree_on_the_model_share_it() -> None:
    cells = grid(DESIGN).cells()
    models = {id(cell.model) for cell in cells}
    assert len(models) == 4  # two readings by the rule on and off; the risk is in no rule and no preference
    moves = {id(cell.model.moves) for cell in cells}
    assert len(moves) == 2


def test_a_cell_says_the_same_alone_and_among_others() -> None:
    there = grid(DESIGN)
    for cell in there.cells():
        alone = grid(DESIGN).cell(cell.choice)
        assert alone.claims == cell.claims
        assert alone.ways == cell.ways
        assert alone.status_quo == cell.status_quo
        assert alone.equilibrium == cell.equilibrium

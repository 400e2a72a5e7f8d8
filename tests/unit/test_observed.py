"""What remains once nobody has moved: cases small enough to work out by hand."""

import pytest

from offramp.analysis.observed import FORESIGHT, Kept, observed
from offramp.case.load import read_case_text
from offramp.case.variant import Variant
from offramp.errors import UnknownLabelError
from offramp.model.build import Builder

# Ann may take. Keen, she wants to; wary, she wants to unless Bob hits back; loath, she does not.
# Bob may hit, once Ann has taken. Proud, he wants to; meek, he could and does not want to.
# By Nash a keen or wary Ann takes. By SEQ a wary Ann is held back by a proud Bob alone; by GMR by either, for both could hit.
TAKE = """\
offramp: 1
title: Taking and hitting
decision_makers: {ann: {options: {take: {irreversible: true}}}, bob: {options: {hit: {}}}}
rules: {after: {require: hit -> take}}
readings:
  ann:
    keen: {prefers: [{that: take}]}
    wary: {prefers: [{that: not hit}, {that: take}]}
    loath: {weight: 2, prefers: [{that: not take}]}
  bob:
    proud: {prefers: [{that: hit <-> take}]}
    meek: {prefers: [{that: not hit}]}
"""


def left(foresight: str, together: bool = False, text: str = TAKE, within: Variant | None = None) -> set[tuple[str, ...]]:
    found = observed(Builder(read_case_text(text)), foresight, together, within)
    return {tuple(name for _, name in choice.readings) for choice in found.remaining}


def test_one_move() -> None:
    assert left("one-move") == {("loath", "proud"), ("loath", "meek")}


def test_replies() -> None:
    assert left("replies") == {("loath", "proud"), ("loath", "meek"), ("wary", "proud")}


def test_caution() -> None:
    assert left("caution") == {("loath", "proud"), ("loath", "meek"), ("wary", "proud"), ("wary", "meek")}


def test_together_a_way_out_speaks_against_a_cell_too() -> None:
    """A wary Ann has a way out by herself, whoever would answer; so by all assumptions only a loath one stays."""
    for foresight in FORESIGHT:
        assert left(foresight, True) == {("loath", "proud"), ("loath", "meek")}


def test_what_is_counted() -> None:
    found = observed(Builder(read_case_text(TAKE)), "replies")
    assert (found.num_cells, len(found.remaining)) == (6, 3)
    assert found.excluded == (("ann", "keen"),)
    assert dict(found.readings) == {
        ("ann", "keen"): Kept(2, 0),
        ("ann", "wary"): Kept(2, 1),
        ("ann", "loath"): Kept(2, 2),
        ("bob", "proud"): Kept(3, 2),
        ("bob", "meek"): Kept(3, 1),
    }
    assert {tuple(name for _, name in key): kept for key, kept in found.combinations.items()} == {
        ("wary", "proud"): Kept(1, 1),
        ("loath", "proud"): Kept(1, 1),
        ("loath", "meek"): Kept(1, 1),
    }


def test_headlines_weigh_what_remains() -> None:
    """A loath Ann weighs 2. Before, 4 of 8 can move; of what remains by replies, a wary Ann with a proud Bob: 1 of 5."""
    found = observed(Builder(read_case_text(TAKE)), "replies")
    assert (found.before["can_move"], found.after["can_move"]) == (pytest.approx(0.5), pytest.approx(0.2))
    assert (found.before["rests.seq"], found.after["rests.seq"]) == (pytest.approx(5 / 8), pytest.approx(1))


def test_contested_sides_are_counted() -> None:
    text = TAKE.replace("rules: {", "rules: {bar: {require: not take, contested: true}, ")
    found = observed(Builder(read_case_text(text)), "one-move")
    assert dict(found.sides) == {("bar", True): Kept(6, 6), ("bar", False): Kept(6, 2)}


def test_nothing_remains() -> None:
    found = observed(Builder(read_case_text(TAKE)), "one-move", within=Variant(readings=(("ann", "keen"),)))
    assert (found.num_cells, found.remaining, dict(found.after), dict(found.combinations)) == (2, (), {}, {})
    assert set(found.excluded) == set(found.readings)


def test_what_remains_weighs_nothing() -> None:
    found = observed(Builder(read_case_text(TAKE.replace("weight: 2", "weight: 0"))), "one-move")
    assert (len(found.remaining), dict(found.after)) == (2, {})


def test_an_unknown_assumption() -> None:
    with pytest.raises(UnknownLabelError, match="no assumption on foresight is called 'none'; there are: one-move, replies, caution"):
        observed(Builder(read_case_text(TAKE)), "none")

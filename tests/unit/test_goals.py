"""Goals in one cell, each worked out by hand."""

from typing import Any

import pytest

from offramp.analysis.change import smallest_changes
from offramp.analysis.goals import Goal
from offramp.case.labels import labels_of
from offramp.case.load import read_case_text
from offramp.errors import UnknownLabelError
from offramp.model.build import Builder

# Two can act. Ann goes by herself: she likes x. Bob then wants y, which is unlawful for him and hurts Kim.
CHAIN = """\
offramp: 1
title: One after the other
decision_makers: {ann: {options: {x: {irreversible: true}}}, bob: {options: {y: {irreversible: true}}}}
readings: {ann: {r: {prefers: [{that: x}]}}, bob: {r: {prefers: [{that: x and y}]}}}
norms: {law: {binds: [bob], forbids: y}}
people: {kim: {}}
harms: [{to: kim, that: y, by: [bob], grade: slight}]
"""

# Three each have a switch. Ann gains at once by switching on; only Cyd's answer makes her worse off than before, and Cyd wants it.
THIRD = """\
offramp: 1
title: The third one answers
decision_makers: {ann: {options: {a: {}}}, bob: {options: {b: {}}}, cyd: {options: {c: {}}}}
readings:
  ann: {r: {prefers: [{that: not c}, {that: a}]}}
  bob: {r: {prefers: [{that: not b}]}}
  cyd: {r: {prefers: [{that: a <-> c}]}}
"""


def is_attained(text: str, kind: Any, formula: str, **more: Any) -> bool:
    builder = Builder(read_case_text(text))
    goal = Goal(kind, labels_of(builder.case).formula(formula), **more)
    return smallest_changes(builder, goal, most=0).size == 0


def test_a_way_out_opens_with_its_own_state_and_all_ends() -> None:
    # Ways out: x by Ann, x and y by both. From x Bob goes on to x and y, the only end.
    assert is_attained(CHAIN, "open", "x")
    assert is_attained(CHAIN, "open", "x and y")
    assert not is_attained(CHAIN, "open", "x and not y")
    assert not is_attained(CHAIN, "open", "not x")


def test_only_within_by() -> None:
    assert is_attained(CHAIN, "open", "x", by=("ann",))
    assert not is_attained(CHAIN, "open", "x", by=("bob",))
    assert not is_attained(CHAIN, "open", "x and y", by=("ann",))  # her way out itself has no y yet
    assert is_attained(CHAIN, "open", "x and y", by=("ann", "bob"))


def test_lawful_and_clear_throughout() -> None:
    without_law = CHAIN.replace("forbids: y", "forbids: false")
    assert not is_attained(CHAIN, "open", "x", demand="lawful")
    assert is_attained(without_law, "open", "x", demand="lawful")
    assert not is_attained(without_law, "open", "x", demand="clear")
    assert is_attained(without_law.replace("that: y, by", "that: not x, by"), "open", "x", demand="clear")


def test_close_looks_at_ways_out_and_their_ends() -> None:
    assert not is_attained(CHAIN, "close", "x and not y")  # Ann's way out passes there
    assert not is_attained(CHAIN, "close", "y")
    assert is_attained(CHAIN, "close", "not x")


@pytest.mark.parametrize(("concept", "holds"), [("nash", False), ("gmr", True), ("smr", True), ("seq", True), ("sseq", True)])
def test_hold_by_the_answers_of_every_opponent(concept: str, holds: bool) -> None:
    # At nothing Ann is tempted by a. Cyd then wants c, which is worse for Ann than before, and stays so if she moves again.
    assert is_attained(THIRD, "hold", "not a and not b and not c", concept=concept) == holds


def test_hold_looks_at_what_can_be_reached() -> None:
    assert is_attained(CHAIN, "hold", "x and y", concept="nash")
    assert not is_attained(CHAIN, "hold", "y and not x", concept="nash")
    assert not is_attained(CHAIN, "hold", "false")
    back = CHAIN.replace("title: One after the other", "title: t\nstatus_quo: {x: true, y: true}")
    assert not is_attained(back, "hold", "not x", concept="nash")  # nobody can undo x


def test_a_concept_that_is_none() -> None:
    with pytest.raises(UnknownLabelError, match="no concept is called 'core'"):
        Goal("hold", labels_of(read_case_text(CHAIN).case).formula("x"), concept="core")

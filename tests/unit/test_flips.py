"""Flips of cases small enough to work out by hand."""

import pytest

from casetext import EITHER, SMALL, changed
from offramp.analysis.flips import Flip, Flips, flips
from offramp.case.load import read_case_text
from offramp.case.variant import Variant
from offramp.model.build import Builder

# Ann may sign; nobody else can do anything. In reading `keen` she wants to, in `loath` she does not: can_move in 1 of 2 cells.
ONE = """\
offramp: 1
title: One signature
decision_makers: {ann: {options: {sign: {}}}}
readings:
  ann:
    keen: {basis: inferred, prefers: [{that: sign, basis: stated}]}
    loath: {prefers: [{that: not sign, basis: inferred}]}
norms: {duty: {binds: [ann], forbids: sign, basis: assumed}}
people: {eve: {wish: sign}}
"""
KEEN, LOATH = ("readings", "ann", "keen"), ("readings", "ann", "loath")

# What counts is `calm`; `sign` comes below it. Only above `calm` would `sign` tempt Ann; from place 3 that is two places up.
ORDER = """\
offramp: 1
title: Three wishes
decision_makers: {ann: {options: {sign: {}, shout: {}}}}
rules: {loud: {require: sign <-> shout}}
readings: {ann: {only: {prefers: [{that: not shout}, {that: not sign or shout}, {that: sign}]}}}
"""


def found(text: str, within: Variant | None = None) -> Flips:
    return flips(Builder(read_case_text(text)), within)


def one(flips: Flips, path: tuple[str | int, ...], kind: str) -> Flip:
    (flip,) = [flip for flip in flips.flips if (flip.path, flip.kind) == (path, kind)]
    return flip


def test_shares_as_the_case_stands() -> None:
    there = found(ONE)
    assert there.num_cells == 2
    told = {"can_move": 0.5, "rests.nash": 0.5, "lawful": 0.0, "unharmed": 0.5, "clear": 0.0, "wish.eve": 0.5, "mover.ann": 0.5}
    assert {name: there.shares[name] for name in told} == told


def test_every_change_by_hand() -> None:
    there = found(ONE)
    kinds = {(flip.path[1:], flip.kind): flip.shares["can_move"] for flip in there.tried}
    assert kinds == {
        (("ann", "options", "sign"), "dropped"): 0.0,
        (("ann", "options", "sign"), "made final"): 0.5,
        (("ann", "keen"), "dropped"): 0.0,
        (("ann", "keen"), "settled"): 1.0,
        (("ann", "keen", "prefers", 0), "dropped"): 0.0,
        (("ann", "keen", "prefers", 0), "negated"): 0.0,
        (("ann", "loath"), "dropped"): 1.0,
        (("ann", "loath"), "settled"): 0.0,
        (("ann", "loath", "prefers", 0), "dropped"): 0.5,
        (("ann", "loath", "prefers", 0), "negated"): 1.0,
        (("duty",), "dropped"): 0.5,
        (("eve",), "dropped"): 0.5,
        (("eve",), "negated"): 0.5,
    }


def test_turns_with_levels() -> None:
    there = found(ONE)
    (turn, *others) = one(there, ("norms", "duty"), "dropped").turns
    assert {turn.headline for turn in (turn, *others)} == {"lawful", "clear"}
    assert (turn.before, turn.after, turn.levels, turn.distance) == (0.0, 0.5, ("none", "some"), 0.5)


def test_basis_and_pins_are_those_of_the_judgement() -> None:
    there = found(ONE.replace("basis: stated}", "basis: stated, because: [s1, s2]}"))
    flip = one(there, (*KEEN, "prefers", 0), "negated")
    assert (flip.basis, flip.because) == ("stated", ("s1", "s2"))
    assert one(there, KEEN, "dropped").basis == "inferred"
    assert one(there, LOATH, "dropped").basis == "assumed"


def test_what_cannot_be_tried_has_a_reason() -> None:
    """Without the option or the wish everything goes; a condition that the status quo needs cannot be negated."""
    text = ONE + "conditions: {peace: {holds: true}}\nrules: {need: {require: peace}}\n"
    there = found(text)
    flip = one(there, ("conditions", "peace"), "negated")
    assert flip.reason
    assert (flip.shares, flip.turns, flip.farthest, flip.distance) == ({}, (), None, 0.0)
    assert there.turn(flip, "can_move").distance == 0.0
    assert flip not in there.turning()


def test_the_fewest_places_that_turn_something() -> None:
    there = found(ORDER)
    third = ("readings", "ann", "only", "prefers", 2)
    assert {flip.places: bool(flip.turns) for flip in there.tried if (flip.path, flip.kind) == (third, "raised")} == {1: False, 2: True}
    assert one(there, third, "raised").places == 2
    assert there.shares["can_move"] == 0.0
    assert one(there, third, "raised").shares["can_move"] == 1.0


def test_the_fewest_places_of_one_headline() -> None:
    """One place up the last wish makes Ann do a; it takes two for b, which she likes less."""
    there = found(EITHER)
    path = ("readings", "ann", "only", "prefers", 2)
    assert one(there, path, "raised").places == 1
    ranked = {(flip.path, flip.kind): flip for flip in there.by("end.b")}
    assert (ranked[path, "raised"].places, ranked[path, "raised"].shares["end.b"]) == (2, 1.0)
    assert {(flip.path, flip.kind): flip for flip in there.by("end.a")}[path, "raised"].places == 1
    assert set(ranked) == {(flip.path, flip.kind) for flip in there.flips}


def test_ranking() -> None:
    there = found(SMALL)
    numbers = [(-flip.num_respects, -round(flip.distance, 12), flip.places > 0) for flip in there.flips]
    assert numbers == sorted(numbers)
    assert there.turning() == tuple(flip for flip in there.flips if flip.turns)


def test_ranking_by_a_headline() -> None:
    there = found(ONE)
    moved = [there.turn(flip, "clear").distance for flip in there.by("clear")]
    assert moved == sorted(moved, reverse=True)
    assert (there.by("clear")[0].path, moved[0], moved[1]) == (("norms", "duty"), 0.5, 0.0)


def test_a_headline_that_is_not_there_is_moved_by_nothing() -> None:
    there = found(ONE)
    assert {there.turn(flip, "end.none_such").distance for flip in there.by("end.none_such")} == {0.0}


def test_a_part_of_the_grid() -> None:
    there = found(ONE, Variant(readings=(("ann", "loath"),)))
    assert (there.num_cells, there.shares["can_move"]) == (1, 0.0)
    assert not [flip for flip in there.flips if flip.path in (KEEN, LOATH)]
    assert one(there, (*LOATH, "prefers", 0), "negated").shares["can_move"] == 1.0
    assert there.builder.standing.variant.readings == (("ann", "loath"),)


def test_weights_count() -> None:
    there = found(changed(ONE, ("keen: {", "keen: {weight: 3, ")))
    assert there.shares["can_move"] == pytest.approx(0.75)
    assert one(there, KEEN, "dropped").shares["can_move"] == 0.0


def test_what_weighs_nothing_cannot_be_tried() -> None:
    there = found(changed(ONE, ("keen: {", "keen: {weight: 0, ")))
    assert one(there, KEEN, "settled").reason == "what is left of the grid weighs nothing"

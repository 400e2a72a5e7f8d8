from dataclasses import replace
from itertools import product

import numpy as np
import pytest

import offramp
from offramp.analysis.flips import flips
from offramp.analysis.grid import Grid
from offramp.analysis.headlines import kind, level
from offramp.analysis.lab import Lab, grouped
from offramp.case.load import read_case_text
from offramp.case.variant import PLAIN, Variant
from offramp.errors import CaseError, ChoiceError, TooManyStatesError
from offramp.model.build import Builder
from offramp.report.turning import asked_flips

SWITCHES = """\
offramp: 1
title: Two switches
decision_makers:
  anna: {options: {left: {}}}
  bert: {options: {right: {irreversible: true}}}
rules: {both: {require: left -> right, contested: true}}
readings:
  anna:
    likes: {weight: 3, prefers: [{that: left}]}
    hates: {weight: 1, prefers: [{that: not left}]}
  bert: {only: {prefers: [{that: right and left}, {that: not right}]}}
norms: {ban: {binds: [anna], forbids: left and not right, contested: true}}
people: {kim: {wish: left}}
"""


def test_by_hand() -> None:
    """Anna can set the left switch alone unless the rule wants the right one first, which bert does not like alone.

    Likes, rule off: anna moves; then bert sets the right one too, and both rest there, so the wish is met. The ban holds in the
    first state, so that way is unlawful while it is in force. Together they go right, then left: lawful. Likes, rule on: together
    alone. Hates: nobody.
    """
    lab = Lab(Builder(read_case_text(SWITCHES)))
    shares = lab.shares(lab.frame())
    assert shares["can_move"] == pytest.approx(3 / 4)
    assert shares["mover.anna"] == pytest.approx(3 / 8)
    assert shares["mover.anna+bert"] == pytest.approx(3 / 8)
    assert shares["lawful"] == pytest.approx(3 / 4)
    assert shares["wish.kim"] == pytest.approx(3 / 4)
    assert shares["end.left+right"] == pytest.approx(3 / 4)
    assert shares["rests.nash"] == pytest.approx(1 - 3 / 8)
    assert {name for name in shares if kind(name) in ("mover", "end")} == {"mover.anna", "mover.anna+bert", "end.left+right"}


@pytest.mark.parametrize("name", ["two-prisoners", "elmira-12", "garrison-23", "prisoners-dilemma"])
def test_cells_are_those_of_the_grid(name: str) -> None:
    """The same cells in the same order; headlines as the grid has them, which works each out by itself."""
    builder = Builder(offramp.read_case(name))
    lab = Lab(builder)
    frame = lab.frame()
    truths = lab.solve([frame]).truths(0)
    cells = Grid(builder).cells()
    assert frame.choices() == [cell.choice for cell in cells]
    assert truths["can_move"].tolist() == [bool(cell.ways) for cell in cells]
    for concept in offramp.CONCEPTS:
        assert truths[f"rests.{concept}"].tolist() == [concept in cell.equilibrium for cell in cells]
    for headline in ("lawful", "unharmed", "clear"):
        assert truths[headline].tolist() == [getattr(cell.openings, headline) for cell in cells]
    for person in builder.standing.wishes:
        assert truths[f"wish.{person}"].tolist() == [person in cell.openings.wishes for cell in cells]
    for claim, (word, verdict) in product(builder.case.claims, (("claim", "supported"), ("denied", "refuted"))):
        assert truths[f"{word}.{claim}"].tolist() == [cell.claims[claim] == verdict for cell in cells]
    movers = ["+".join(way) for way in dict.fromkeys(way.coalition for cell in cells for way in cell.ways)]
    assert {name for name in truths if kind(name) == "mover" and truths[name].any()} == {f"mover.{mover}" for mover in movers}
    for mover in movers:
        there = [any("+".join(way.coalition) == mover for way in cell.ways) for cell in cells]
        assert truths[f"mover.{mover}"].tolist() == there


def test_what_a_variant_does_not_touch_is_shared() -> None:
    lab = Lab(Builder(read_case_text(SWITCHES)))
    frame = lab.frame()
    path = ("readings", "anna", "likes", "prefers", 0)
    variant = Variant(negated=frozenset({path}))
    whole, part = lab.frame(variant), lab.reread(frame, variant, "anna", "likes")
    assert np.array_equal(whole.cells, part.cells)
    assert len(lab.sites) == 2
    without = Variant(dropped=frozenset({("people", "kim")}))
    assert np.array_equal(lab.frame(without).cells, lab.reassessed(frame, without).cells)
    assert "wish.kim" not in lab.shares(lab.frame(without))
    for narrow in (Variant(settled=(("both", True),)), Variant(readings=(("anna", "hates"),))):
        assert np.array_equal(lab.frame(narrow).cells, lab.narrowed(frame, narrow).cells)


def test_a_variant_without_a_status_quo() -> None:
    text = SWITCHES.replace("norms:", "status_quo: {left: true}\nnorms:")
    with pytest.raises(CaseError, match=r"the status quo YN breaks both"):
        Lab(Builder(read_case_text(text))).frame()


def test_too_many_cells_are_refused() -> None:
    entries = ", ".join(f"n{k}: {{binds: [anna], forbids: left, contested: true}}" for k in range(15))
    text = SWITCHES.replace("norms: {", f"norms: {{{entries}, ")
    with pytest.raises(ChoiceError, match=r"262,144 cells; at most 20,000"):
        Lab(Builder(read_case_text(text))).frame()


def test_a_reading_that_weighs_nothing_counts_for_nothing() -> None:
    builder = Builder(read_case_text(SWITCHES.replace("weight: 1,", "weight: 0,")))
    lab = Lab(builder)
    assert lab.shares(lab.frame())["can_move"] == pytest.approx(1.0)
    assert not lab.frame(Variant(readings=(("anna", "hates"),))).weighs


def test_grouped_keeps_what_no_whole_number_can_tell() -> None:
    rows = np.array([[1 << 40, 1 << 40], [0, 1], [1 << 40, 1 << 40]])
    distinct, place = grouped(rows)
    assert np.array_equal(distinct[place], rows)
    assert len(distinct) == 2


def test_a_plain_variant_is_the_case() -> None:
    assert PLAIN.is_plain
    assert not replace(PLAIN, as_of="2026").is_plain


@pytest.mark.parametrize(
    ("share", "expected"), [(0.0, "none"), (1e-15, "none"), (0.5, "some"), (0.5 + 1e-15, "some"), (0.51, "most"), (1 - 1e-15, "all")]
)
def test_levels(share: float, expected: str) -> None:
    assert level(share) == expected


def test_too_much_work_is_refused_before_it_is_begun() -> None:
    """Fifteen options, eight contested norms, fifteen statements: 256 cells of 32,768 states, and more than a thousand changes."""
    names = [f"o{k}" for k in range(15)]
    norms = ", ".join(f"n{k}: {{binds: [a], forbids: o{k}, contested: true}}" for k in range(8))
    text = (
        f"offramp: 1\ntitle: t\ndecision_makers: {{a: {{options: {{{', '.join(f'{name}: {{}}' for name in names)}}}}}}}\n"
        f"readings: {{a: {{r: {{prefers: [{', '.join(f'{{that: {name}}}' for name in names * 3)}]}}}}}}\nnorms: {{{norms}}}\n"
    )
    builder = Builder(read_case_text(text))
    with pytest.raises(ChoiceError, match=r"changes in each of 256 cells of 32,768 states are too many to solve: .* at most 1,000,"):
        flips(builder)
    assert asked_flips(builder) is None


def test_a_brief_goes_without_what_cannot_be_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offramp.analysis.net.MAX_ARCS", 1)
    builder = Builder(read_case_text(SWITCHES))
    with pytest.raises(TooManyStatesError, match="moves; at most 1 can be listed"):
        flips(builder)
    assert asked_flips(builder) is None

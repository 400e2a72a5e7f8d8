"""What varies in a sweep, how variants are numbered and drawn."""

from itertools import permutations
from math import factorial

import numpy as np
import pytest

import offramp
from offramp.analysis.sweep.factors import MAX_EVEN, levels, permutation
from offramp.analysis.sweep.plan import Plan
from offramp.analysis.sweep.solve import Solver
from offramp.analysis.sweep.weights import weighed
from offramp.case.load import read_case_text
from offramp.case.variant import Variant
from offramp.errors import ChoiceError, UnknownLabelError
from offramp.model.build import Builder

CASE = """
offramp: 1
title: Two switches
decision_makers: {anna: {options: {leave: {}}}, bert: {options: {pay: {}}}}
rules:
  tie: {require: pay -> leave, contested: true}
  loose: {require: leave or not leave, basis: inferred}
  firm: {require: pay or not pay, basis: stated}
readings:
  anna:
    one: {weight: 3, prefers: [{that: leave, basis: stated}, {any_order: [{that: pay, basis: stated}, {that: not pay}]}]}
    two: {weight: 1, weights: {leave: 1}}
  bert: {only: {prefers: [{any_order: [{that: pay}, {that: leave, basis: stated}, {that: not leave, basis: stated}]}]}}
conditions: {winter: {holds: false, contested: true}}
norms: {law: {binds: [anna], forbids: pay, when: winter, contested: true}}
"""


def plan(*vary: str, variant: Variant | None = None) -> Plan:
    return Plan(Builder(read_case_text(CASE), variant=variant or Variant()), vary or None)


def test_what_varies_by_itself() -> None:
    assert [(factor.kind, factor.label, factor.num_levels) for factor in plan().factors] == [
        ("reading", "readings.anna", 2),
        ("side", "rules.tie", 2),
        ("side", "conditions.winter", 2),
        ("side", "norms.law", 2),
        ("rule", "rules.loose", 2),
        ("statement", "readings.anna.one.prefers[2].any_order[2]", 2),
        ("order", "readings.anna.one.prefers[2].any_order", 2),
        ("statement", "readings.bert.only.prefers[1].any_order[1]", 2),
        ("order", "readings.bert.only.prefers[1].any_order", 6),
    ]
    assert plan().num_variants == 2**4 * (2 * 2 + 1) * (2 * 6)


def test_what_varies_by_name() -> None:
    named = lambda *vary: [f.label for f in plan(*vary).factors if f.kind in ("rule", "statement")]  # noqa: E731
    assert named("rules") == ["rules.loose", "rules.firm"]
    assert named("rules.firm") == ["rules.firm"]
    assert named("readings.anna") == [f"readings.anna.one.prefers{end}" for end in ("[1]", "[2].any_order[1]", "[2].any_order[2]")]
    assert named("readings.anna.one.prefers[2]") == [f"readings.anna.one.prefers[2].any_order[{k}]" for k in (1, 2)]
    assert len(named("all")) == 2 + 3 + 3


@pytest.mark.parametrize("name", ["rules.tie", "rules.nothing", "readings.carl", "read", "readings.anna.one.prefers[9]", "norms.law", ""])
def test_what_cannot_vary(name: str) -> None:
    with pytest.raises(ChoiceError, match=r"--vary .*names no statement in force and no uncontested rule; .* such as rules\.loose"):
        plan(name)


def test_every_variant_has_one_number() -> None:
    there = plan()
    drawn = there.numbered(0, there.num_variants)
    rows = np.concatenate([drawn.readings, drawn.variations, drawn.settings], axis=1)
    assert len({tuple(row) for row in rows.tolist()}) == there.num_variants == len(drawn)
    pieces = [there.numbered(start, min(start + 7, there.num_variants)) for start in range(0, there.num_variants, 7)]
    assert (np.concatenate([piece.variations for piece in pieces]) == drawn.variations).all()
    assert (np.concatenate([piece.settings for piece in pieces]) == drawn.settings).all()
    for place, local in enumerate(there.locals.values()):
        assert drawn.variations[:, place].max() < max(each.num_variations for each in local)


def test_variants_weigh_by_their_readings_alone() -> None:
    there = plan()
    drawn = there.numbered(0, there.num_variants)
    weights = there.weighed(drawn)
    assert weights.sum() == pytest.approx(1)
    assert weights[drawn.readings[:, 0] == 0].sum() == pytest.approx(0.75)
    assert len(set(weights[drawn.readings[:, 0] == 0].tolist())) == 1


def test_draws_are_even_and_by_weight() -> None:
    there = plan()
    drawn = there.at(np.random.default_rng(1).random((40_000, len(there.factors))))
    assert (drawn.readings[:, 0] == 0).mean() == pytest.approx(0.75, abs=0.01)
    counts = np.bincount(drawn.variations[:, 1], minlength=12)
    assert counts.min() > 0.9 * 40_000 / 12
    assert drawn.settings.mean(axis=0) == pytest.approx([0.5] * 4, abs=0.01)


def test_a_reading_that_weighs_nothing_is_never_drawn() -> None:
    file = weighed(read_case_text(CASE), {("anna", "one"): 0})
    there = Plan(Builder(file))
    points = np.concatenate([np.zeros((1, 9)), np.full((1, 9), np.nextafter(1, 0)), np.random.default_rng(2).random((500, 9))])
    assert (there.at(points).readings[:, 0] == 1).all()
    with pytest.raises(ChoiceError, match=r"the readings of anna that are looked at \(one\) weigh nothing together"):
        Plan(Builder(file, variant=Variant(readings=(("anna", "one"),))))


def test_permutations_are_all_different() -> None:
    assert {permutation(k, 4) for k in range(24)} == set(permutations(range(4)))
    assert permutation(0, 4) == (0, 1, 2, 3)


def test_orders_of_many_things_are_drawn_evenly() -> None:
    points = np.arange(4_000) / 2**30  # which agree in their first digits
    for size in (10, 18, 25):
        number = factorial(size)
        assert number > MAX_EVEN
        found = levels(np.random.default_rng(0).random(4_000), number)
        last = [permutation(int(each), size)[-2:] for each in found]
        assert sum(a < b for a, b in last) == pytest.approx(2_000, abs=150)
        assert len(set(levels(points, number).tolist())) == 4_000 or size == 10


def test_a_reading_with_more_variations_than_a_whole_number_holds() -> None:
    wishes = ", ".join("{that: leave}" for _ in range(70))
    text = f"""
offramp: 1
title: Many wishes
decision_makers: {{anna: {{options: {{leave: {{}}}}}}}}
readings: {{anna: {{only: {{prefers: [{wishes}, {{that: not leave, basis: stated}}, {{any_order: [{wishes}]}}]}}}}}}
"""
    builder = Builder(read_case_text(text))
    there = Plan(builder)
    assert there.num_variants == 2**140 * factorial(70)
    drawn = there.at(np.random.default_rng(0).random((200, len(there.factors))))
    found, void = Solver(there).truths(drawn)
    assert not void.any()
    assert found["can_move"].all()  # some of 70 wishes to leave is nearly surely there
    got = offramp.sweep(builder, sample=100, base_points=2)
    assert got.num_variants == there.num_variants


def test_weights_that_are_none() -> None:
    file = read_case_text(CASE)
    assert weighed(file, {("anna", "two"): 0.5}).case.readings["anna"]["two"].weight == 0.5
    assert file.case.readings["anna"]["two"].weight == 1
    for weight in (-1, float("nan"), float("inf"), True):
        with pytest.raises(ChoiceError, match=r"anna\.two: the weight .*; expected a number from 0 to"):
            weighed(file, {("anna", "two"): weight})
    with pytest.raises(UnknownLabelError, match="no reading of anna is called 'three'"):
        weighed(file, {("anna", "three"): 1})
    with pytest.raises(UnknownLabelError, match="no decision maker is called 'carl'"):
        weighed(file, {("carl", "one"): 1})


@pytest.mark.parametrize(("limit", "most"), [("MAX_SETTINGS", 3), ("MAX_SITES", 1), ("MAX_SITES", 2)])
def test_worlds_are_let_go_where_there_are_many(limit: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    there = plan("all")
    drawn = there.numbered(0, there.num_variants)
    want, void = Solver(there).truths(drawn)
    monkeypatch.setattr(f"offramp.analysis.sweep.solve.{limit}", most)
    solver = Solver(plan("all"))
    got, also = solver.truths(drawn)
    assert len(solver._settings) < 2**5
    assert got.keys() == want.keys()
    assert all((got[name] == want[name]).all() for name in want)
    assert (also == void).all()


def test_a_variation_by_hand() -> None:
    """Bert's only statement that may be absent is the first; then come the six orders of all three: the sixth turns them round."""
    (local,) = Plan(Builder(read_case_text(CASE))).locals["bert"]
    assert (local.uncertain, local.groups, local.num_variations) == ((0,), ((0, 1, 2),), 12)
    assert [local.places(variation) for variation in (0, 1, 2, 10, 11)] == [[0, 1, 2], [1, 2], [0, 2, 1], [2, 1, 0], [2, 1]]

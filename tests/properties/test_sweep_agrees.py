"""Sweeps of random cases, against the oracle `brute` that solves every variant; samples and indices against what they estimate."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

import numpy as np
import pytest
from scipy import stats

import brute
from brute_cases import random_file, written_case
from brute_cells import opened
from offramp.analysis.headlines import kind
from offramp.analysis.sweep import Sweep, sweep
from offramp.analysis.sweep.importance import sobol_indices
from offramp.analysis.sweep.plan import Plan
from offramp.analysis.sweep.solve import Solver
from offramp.case.load import read_case_text
from offramp.errors import ChoiceError
from offramp.model.build import Builder

MOST = 1_500
QUICK, ALL = range(91_000, 91_060), range(91_060, 91_500)
CASES_DRAWN = 40


def drawn(seed: int) -> tuple[dict[str, Any], Builder, str | None]:
    """Draw a case with not too many variants, and whether all of it is varied, or what is uncertain."""
    rng = Random(seed)
    while True:
        file = random_file(rng, 3)
        if rng.random() < 0.25:  # another status quo, which some rule may forbid
            labels = [f"{dm}.{name}" for dm, maker in file["decision_makers"].items() for name in maker["options"]]
            file["status_quo"] = {label: rng.random() < 0.5 for label in labels}
        builder = Builder(read_case_text(written_case(file)))
        vary = rng.choice([None, None, "all"])
        try:
            plan = Plan(builder, None if vary is None else [vary])
        except ChoiceError:  # nothing there to vary by name
            assert vary is not None
            continue
        if plan.num_variants <= MOST:
            return file, builder, vary


def compared(seed: int) -> Sweep:
    file, builder, vary = drawn(seed)
    got = sweep(builder, None if vary is None else [vary], most=None, base_points=0)
    want = brute.sweep(opened(file), uncertain=vary)
    assert (got.num_variants, got.num_solved, got.num_void) == (want["variants"], want["variants"], want["void"]), seed
    shares = {name: float(share) for name, share in (want["shares"] or {}).items()}
    assert {name: each.share for name, each in got.shares.items()} == pytest.approx(shares, abs=1e-9), seed
    assert all(each.low == each.share == each.high for each in got.shares.values())
    return got


def tally(seeds: range) -> Counter[str]:
    """Compare many cases, and count what they had."""
    found: Counter[str] = Counter()
    for seed in seeds:
        got = compared(seed)
        found.update({factor.kind for factor in got.factors})
        found["void"] += got.num_void > 0
        found["many"] += got.num_variants >= 64
    return found


def test_exhaustive_sweeps() -> None:
    found = tally(QUICK)
    assert min(found[name] for name in ("reading", "side", "rule", "statement", "order", "many")) >= 5, found
    assert found["void"], found


@pytest.mark.slow
def test_more_exhaustive_sweeps() -> None:
    found = tally(ALL)
    assert min(found[name] for name in ("reading", "side", "rule", "statement", "order", "many")) >= 50, found
    assert found["void"] >= 10, found


# -- samples -------------------------------------------------------------------------------------------------------------


@cache
def varied() -> tuple[tuple[Builder, Sweep], ...]:
    """Return some cases with headlines that hold in a good part of the variants and not in all."""
    found = []
    for seed in range(92_000, 92_400):
        _, builder, _ = drawn(seed)
        whole = sweep(builder, most=None, base_points=0)
        if whole.num_variants >= 16 and any(0.1 < each.share < 0.9 for each in whole.shares.values()):
            found.append((builder, whole))
        if len(found) == CASES_DRAWN:
            break
    return tuple(found)


def intervals() -> Iterator[tuple[bool, float]]:
    """Yield for samples of all these cases whether the interval of one headline, drawn at random, contains its share."""
    rng = Random(7)
    for seed in range(10):
        for builder, whole in varied():
            names = [name for name, each in whole.shares.items() if 0.1 < each.share < 0.9]
            name = rng.choice(names)
            got = sweep(builder, sample=400, seed=1_000 + seed, base_points=0)
            assert got.method == "sample"
            each, share = got.shares[name], whole.shares[name].share
            yield each.low <= share <= each.high, abs(each.share - share)


def test_intervals_contain_the_share_about_as_often_as_they_say() -> None:
    found = list(intervals())
    contained = sum(inside for inside, _ in found) / len(found)
    assert len(found) >= 300
    assert 0.92 <= contained <= 0.985, contained


# -- importance ----------------------------------------------------------------------------------------------------------

SMALL = """
offramp: 1
title: Three switches
decision_makers: {anna: {options: {leave: {}}}, bert: {options: {pay: {}}}}
rules: {tie: {require: pay -> leave, contested: true}}
readings:
  anna:
    one: {weight: 3, prefers: [{that: leave, basis: inferred}, {that: not leave, basis: inferred}, {that: pay, basis: stated}]}
    two: {prefers: [{that: pay and leave}, {that: not leave}]}
  bert: {only: {prefers: [{any_order: [{that: pay, basis: stated}, {that: not pay, basis: assumed}, {that: leave, basis: stated}]}]}}
"""


def decomposed(builder: Builder) -> dict[str, list[tuple[float, float]]]:
    """Return the first and total index of every factor from the values at all combinations of all factors, not variants alone."""
    plan = Plan(builder)
    sizes = [factor.num_levels for factor in plan.factors]
    grid = np.indices(sizes).reshape(len(sizes), -1).T
    shares = [shares_of_levels(plan, place) for place in range(len(sizes))]
    points = np.stack([middles(shares[place])[grid[:, place]] for place in range(len(sizes))], axis=1)
    weights = np.prod([shares[place][grid[:, place]] for place in range(len(sizes))], axis=0)
    found, _ = Solver(plan).truths(plan.at(points))
    values = {name: there.astype(float).reshape(sizes) for name, there in found.items() if kind(name) != "end"}
    return {name: indices(there, weights.reshape(sizes)) for name, there in values.items()}


def shares_of_levels(plan: Plan, place: int) -> Any:
    factor = plan.factors[place]
    if factor.kind == "reading":
        return plan.weights[str(factor.path[1])]
    return np.full(factor.num_levels, 1 / factor.num_levels)


def middles(shares: Any) -> Any:
    return np.cumsum(shares) - shares / 2


def indices(values: Any, weights: Any) -> list[tuple[float, float]]:
    """Decompose the variance by conditional means, as the definitions read."""
    mean = (values * weights).sum()
    variance = ((values - mean) ** 2 * weights).sum()
    found = []
    for place in range(values.ndim if variance else 0):
        others = tuple(k for k in range(values.ndim) if k != place)
        known = (values * weights).sum(axis=others) / weights.sum(axis=others)
        first = ((known - mean) ** 2 * weights.sum(axis=others)).sum()
        rest = (values * weights).sum(axis=place) / weights.sum(axis=place)
        total = variance - ((rest - mean) ** 2 * weights.sum(axis=place)).sum()
        found.append((first / variance, total / variance))
    return found


def test_indices_by_definition() -> None:
    builder = Builder(read_case_text(SMALL))
    want = {name: there for name, there in decomposed(builder).items() if there}
    got = sweep(builder, base_points=4096)
    assert set(got.importance) == set(want)
    assert len(want) >= 5
    for name, there in got.importance.items():
        for each, (first, total) in zip(there, want[name], strict=True):
            assert each.first == pytest.approx(first, abs=0.05), name
            assert each.total == pytest.approx(total, abs=0.05), name


def test_a_hand_worked_index() -> None:
    # One statement, inferred: with it Anna leaves (a way out), without it she has no wish. It alone decides.
    text = """
offramp: 1
title: One switch
decision_makers: {anna: {options: {leave: {}}}, bert: {options: {wave: {}}}}
readings: {anna: {only: {prefers: [{that: leave}]}}, bert: {only: {prefers: [{that: leave and wave}]}}}
"""
    got = sweep(Builder(read_case_text(text)), base_points=256)
    anna, bert = got.importance["mover.anna"]
    assert (anna.first, anna.total, bert.first, bert.total) == pytest.approx((1, 1, 0, 0), abs=0.02)
    # Together they move only where Anna's statement is gone? No: without it she is indifferent, and joins in no way out.
    assert got.shares["can_move"].share == 0.5


def test_the_indices_are_those_of_scipy() -> None:
    rng = np.random.default_rng(3)
    values = rng.random((9, 64)) < 0.3
    rows = values.astype(float)[:, None, :]
    want = stats.sobol_indices(func={"f_A": rows[0], "f_B": rows[1], "f_AB": rows[2:]}, n=64)
    got = sobol_indices(values)
    assert [each.first for each in got] == pytest.approx(want.first_order.ravel().tolist(), abs=1e-12)
    assert [each.total for each in got] == pytest.approx(want.total_order.ravel().tolist(), abs=1e-12)


def test_one_factor_decides_alone() -> None:
    (only,) = sobol_indices(np.array([[0, 0, 1, 1], [0, 1, 0, 1], [0, 1, 0, 1]], bool))
    assert (only.first, only.total) == (1, 1)
    readings = "{up: {ranking: [Y, N]}, down: {ranking: [N, Y]}}"
    text = f"{{offramp: 1, title: t, decision_makers: {{a: {{options: {{x: {{}}}}}}}}, readings: {{a: {readings}}}}}"
    (there,) = sweep(Builder(read_case_text(text)), base_points=64).importance["can_move"]
    assert (there.first, there.total) == pytest.approx((1, 1), abs=0.05)

"""Interventions on random cases, alone and in pairs, against the oracle `brute` that solves every cell."""

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest

import brute
from brute_cases import random_file, written_case
from brute_cells import File, opened
from offramp.analysis.intervene import OPENED, Effect, Tried, interventions
from offramp.case.load import read_case_text
from offramp.model.build import Builder

QUICK, ALL = range(82_000, 82_100), range(82_100, 82_500)


def drawn(seeds: range) -> Iterator[tuple[int, File]]:
    """Yield a case with interventions for each seed."""
    for seed in seeds:
        rng = Random(seed)
        file = random_file(rng)
        while not file["interventions"]:
            file = random_file(rng)
        yield seed, file


def effect(rows: list[tuple[brute.Triple, brute.Triple]], k: int) -> Effect:
    before, after = [row[0][k] for row in rows], [row[1][k] for row in rows]
    opened_there = sum(b < a for b, a in zip(before, after, strict=True))
    closed = sum(b > a for b, a in zip(before, after, strict=True))
    return Effect(sum(before), sum(after), opened_there, closed)


def agrees(tried: Tried, rows: list[tuple[brute.Triple, brute.Triple | None]]) -> bool:
    """Tell whether one intervention or pair comes to the same, or cannot be tried by either."""
    there = [(before, after) for before, after in rows if after is not None]
    if len(there) < len(rows):
        return bool(tried.reason) and not tried.effects
    return not tried.reason and tried.effects == {name: effect(there, k) for k, name in enumerate(OPENED)}


def compared(seed: int, file: File) -> Counter[str]:
    """Compare one random case; return how often something opened, closed, could not be tried."""
    builder = Builder(read_case_text(written_case(file)))
    found = interventions(builder)
    wanted = brute.interventions(opened(file))
    assert {tried.interventions for tried in found.tried} == set(wanted), seed
    told: Counter[str] = Counter()
    for tried in found.tried:
        rows = wanted[tried.interventions]
        assert len(rows) == found.num_cells, seed
        assert agrees(tried, rows), (seed, tried, rows, written_case(file))
        told["void"] += bool(tried.reason)
        told["opened"] += any(there.opened for there in tried.effects.values())
        told["closed"] += any(there.closed for there in tried.effects.values())
        told["pairs"] += len(tried.interventions) == 2
    return told


def test_every_cell() -> None:
    told = sum((compared(*pair) for pair in drawn(QUICK)), Counter[str]())
    assert min(told[kind] for kind in ("void", "opened", "closed", "pairs")) > 8, told


@pytest.mark.slow
def test_more_cells() -> None:
    told = sum((compared(*pair) for pair in drawn(ALL)), Counter[str]())
    assert min(told[kind] for kind in ("void", "opened", "closed", "pairs")) > 32, told

"""Flips, observations and shares of random cases, against the oracle that knows nothing of the library."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise, product
from random import Random
from typing import Any

import pytest

import brute
from brute_cases import DATES, random_file, written_case
from brute_cells import Cell, File, Shares, grid, headlines, level, mean, opened, shares
from offramp.analysis.flips import Flip, flips
from offramp.analysis.lab import Lab
from offramp.analysis.observed import FORESIGHT, Observed, observed
from offramp.case.load import read_case_text
from offramp.case.variant import Variant
from offramp.errors import CaseError, ChoiceError
from offramp.model.build import Builder

QUICK = [range(start, start + 20) for start in range(91_000, 91_100, 20)]
MORE = [range(start, start + 50) for start in range(91_100, 91_700, 50)]
NEAR = 1e-9
SLOW = [pytest.param(seeds, marks=pytest.mark.slow) for seeds in MORE]
EVERY = pytest.mark.parametrize("seeds", [*QUICK, *SLOW], ids=lambda seeds: str(seeds[0]))


def drawn(seeds: Iterable[int]) -> Iterable[tuple[File, Builder]]:
    """Yield random cases with their builders."""
    for seed in seeds:
        file = random_file(Random(seed))
        yield file, Builder(read_case_text(written_case(file)))


def differences(found: dict[str, float], wanted: Shares) -> dict[str, tuple[float, Fraction]]:
    """Return the headlines whose shares are not the same; one that is absent has share 0."""
    pairs = {name: (found.get(name, 0.0), wanted.get(name, Fraction(0))) for name in {*found, *wanted}}
    return {name: pair for name, pair in pairs.items() if abs(pair[0] - pair[1]) > NEAR}


def named(flip: Flip) -> tuple[Any, str]:
    return flip.path, f"{flip.kind} {flip.places}" if flip.places else flip.kind


@EVERY
def test_every_flip(seeds: range) -> None:
    for file, builder in drawn(seeds):
        wanted, found, text = brute.flips(opened(file)), flips(builder), written_case(file)
        got = {named(flip): flip for flip in found.tried}
        assert len(got) == len(found.tried) == found.num_tried, text
        assert set(got) == set(wanted), text
        before = shares(opened(file)) or {}
        assert not differences(dict(found.shares), before), text
        for key, after in wanted.items():
            assert bool(got[key].reason) == (after is None), (key, text)
            assert after is None or not differences(dict(got[key].shares), after), (key, text)
            assert {turn.headline for turn in got[key].turns} == turned(before, after), (key, text)


def turned(before: Shares, after: Shares | None) -> set[str]:
    """Return the headlines whose level changes."""
    zero = Fraction(0)
    names = {*before, *after} if after is not None else set()
    return {name for name in names if level(before.get(name, zero)) != level((after or {}).get(name, zero))}


def respects(flip: Flip) -> int:
    """Return how many kinds of headlines turn; of a claim, supported and refuted are one kind."""
    return len({turn.headline.split(".")[0].replace("denied", "claim") for turn in flip.turns})


@EVERY
def test_fewest_places(seeds: range) -> None:
    for _, builder in drawn(seeds):
        found = flips(builder)
        told = {(flip.path, flip.kind): flip for flip in found.flips}
        assert len(told) == len(found.flips)
        for one in found.tried:
            best = told[one.path, one.kind]
            assert not one.turns or (best.turns and best.places <= one.places)
            assert best.turns or best.distance >= one.distance - NEAR
        assert [respects(flip) for flip in found.flips] == sorted(map(respects, found.flips), reverse=True)


@EVERY
def test_fewest_places_of_one_headline(seeds: range) -> None:
    for _, builder in drawn(seeds):
        found = flips(builder)
        ranked = found.by("clear")
        told = {(flip.path, flip.kind): found.turn(flip, "clear") for flip in ranked}
        distances = [found.turn(flip, "clear").distance for flip in ranked]
        assert all(first >= second - NEAR for first, second in pairwise(distances))
        for one in found.tried:
            turn, best = found.turn(one, "clear"), told[one.path, one.kind]
            assert best.turns >= turn.turns
            assert best.turns or best.distance >= turn.distance - NEAR


def remains(cell: Cell, foresight: str, together: bool) -> bool:
    """Tell whether that nobody has moved does not speak against a cell."""
    return FORESIGHT[foresight] in cell.equilibrium(cell.now) and not (together and any(cell.by_coalition.values()))


@EVERY
def test_observed_cell_by_cell(seeds: range) -> None:
    for file, builder in drawn(seeds):
        case = opened(file)
        rows = [(choice, heft, Cell(case, choice)) for choice, heft in grid(case)]
        for foresight, together in product(FORESIGHT, (False, True)):
            kept = [row for row in rows if remains(row[2], foresight, together)]
            found, left = observed(builder, foresight, together), [choice for choice, _, _ in kept]
            assert found.num_cells == len(rows)
            assert [(dict(choice.readings), choice.sides) for choice in found.remaining] == left, written_case(file)
            check_tallies(found, [choice for choice, _, _ in rows], left)
            after = mean((headlines(cell), heft) for _, heft, cell in kept) or {}
            after = {name: share for name, share in after.items() if name in found.before}
            assert not differences(dict(found.after), after), written_case(file)


def check_tallies(found: Observed, rows: list[Any], kept: list[Any]) -> None:
    """Check how many cells there are, and remain, with each reading and side."""
    for (dm, name), tally in found.readings.items():
        assert tally.cells == sum(readings[dm] == name for readings, _ in rows)
        assert tally.remaining == sum(readings[dm] == name for readings, _ in kept)
    for (entry, side), tally in found.sides.items():
        assert tally.cells == sum(sides[entry] is side for _, sides in rows)
        assert tally.remaining == sum(sides[entry] is side for _, sides in kept)
    assert sum(tally.remaining for tally in found.combinations.values()) == len(kept)
    assert all(tally.remaining for tally in found.combinations.values())


@EVERY
def test_shares_at_every_date(seeds: range) -> None:
    refused = told = 0
    for file, builder in drawn(seeds):
        lab = Lab(builder)
        for date in [None, *DATES, "2025-07", "2027-01-01"] if "as_of" in file else [None]:
            wanted = at_date(file, date)
            try:
                found = lab.shares(lab.frame(Variant(as_of=date)))
            except (CaseError, ChoiceError):
                assert wanted is None, (date, written_case(file))
                refused += 1
            else:
                assert wanted is not None, (date, written_case(file))
                assert not differences(found, wanted), (date, written_case(file))
                told += 1
    assert told > refused


def at_date(file: File, date: str | None) -> Shares | None:
    """Return the shares at a date; None where some decision maker has no reading, or a cell no status quo."""
    case = opened(file, date)
    return shares(case) if all(case["readings"].values()) else None

"""At every date a case has the shares that brute force finds in what is then in force; a diff, those of the changed case."""

from random import Random
from typing import Any

import pytest

from brute_cases import random_file, written_case
from brute_cells import GONE, File, Shares, opened, put, shares
from offramp.analysis.diff import diff
from offramp.analysis.timeline import Moment, timeline
from offramp.case.load import read_case_text
from offramp.model.build import Builder

SEEDS = [seed for seed in range(81_000, 81_400) if random_file(Random(seed)).get("as_of")][:90]
CHANGED = range(82_000, 82_090)


def agrees(found: dict[str, float], wanted: Shares) -> None:
    for name in {*found, *wanted}:
        assert found.get(name, 0.0) == pytest.approx(float(wanted.get(name, 0)), abs=1e-9), name


def brute(file: File, date: str) -> Shares | None:
    """Return the shares at a date; None where somebody has no reading then, or a cell is void."""
    case = opened(file, as_of=date)
    return shares(case) if all(case["readings"].values()) else None


@pytest.mark.parametrize("seed", SEEDS)
def test_every_date_of_a_timeline_agrees(seed: int) -> None:
    file = random_file(Random(seed))
    moments = timeline(Builder(read_case_text(written_case(file))))
    assert [moment.date for moment in moments] == sorted({moment.date for moment in moments})
    assert [moment.date for moment in moments if moment.is_now] == [file["as_of"]]
    for moment in moments:
        wanted = brute(file, moment.date)
        assert (wanted is None) == bool(moment.reason), moment.date
        if wanted is not None:
            agrees(dict(moment.shares), wanted)
            check_events(file, moment, wanted)


def check_events(file: File, moment: Moment, now: Shares) -> None:
    """Hold every event against the file where the entry begins later, or does not end."""
    for event in moment.events:
        path: Any = event.path
        changed = put(file, (*path, "since"), "9999") if event.begins else put(file, (*path, "until"), GONE)
        without = brute(changed, moment.date)
        assert (without is None) == bool(event.reason), path
        if without is not None:
            names = {name for name in {*without, *now} if abs(float(without.get(name, 0) - now.get(name, 0))) > 1e-9}
            assert {turn.headline for turn in event.turns} == names, path
            for turn in event.turns:
                assert (turn.before, turn.after) == pytest.approx((float(without.get(turn.headline, 0)), float(now.get(turn.headline, 0))))


# A diff: one entry, or two, taken out at random.


def removable(file: File) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = [(section, name) for section in ("rules", "norms", "claims") for name in file.get(section, {})]
    for dm, there in file["readings"].items():
        found += [("readings", dm, name) for name in there if len(there) > 1]
        found += [("readings", dm, name, "prefers", 0) for name, reading in there.items() if reading.get("prefers") and len(there) == 1]
    return found


@pytest.mark.parametrize("seed", CHANGED)
def test_each_change_alone_agrees(seed: int) -> None:
    rng = Random(seed)
    file = random_file(rng)
    file["interventions"] = {}
    places = removable(file)
    if len({place[:3] for place in places}) < 2:
        return  # nothing to change
    first, second = rng.sample(places, 2)
    if first[:3] == second[:3] or (first[0] == second[0] == "readings" and first[1] == second[1]):
        second = next((place for place in places if place[0] != first[0]), first)
    both = put(file, first, GONE) if first == second else put(put(file, first, GONE), second, GONE)
    found = diff(*(read_case_text(written_case(each)) for each in (file, both)))
    before, after = shares(opened(file)), shares(opened(both))
    assert before is not None
    agrees(dict(found.before.shares), before)
    if after is None:
        assert found.after.reason
    else:
        agrees(dict(found.after.shares), after)
    wanted = {place[:3]: shares(opened(put(file, place, GONE))) for place in {first, second}}
    effects = {effect.unit: effect for effect in found.effects}
    assert set(effects) == set(wanted)
    for unit, there in wanted.items():
        answer = effects[unit].answer
        assert answer is not None
        assert bool(answer.reason) == (there is None), answer.reason
        if there is not None:
            agrees(dict(answer.shares), there)


@pytest.mark.parametrize("seed", CHANGED)
def test_the_same_case_twice_and_there_and_back(seed: int) -> None:
    rng = Random(seed)
    file, other = random_file(rng), random_file(rng)
    one, two = (read_case_text(written_case(each)) for each in (file, other))
    assert diff(one, one).is_same
    there, back = diff(one, two), diff(two, one)
    levels = {(d.headline, d.before, d.after) for d in there.differences}
    assert len(levels) == len({(d.headline, d.after, d.before) for d in back.differences})

"""The bundled case through time: what its dates say, what they must not say, and what somebody outside could add."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

import pytest

import offramp
from offramp import catalogue
from offramp.analysis.findings import Findings, findings
from offramp.case.entries import Judgement
from offramp.case.variant import PLAIN, Variant
from offramp.case.yaml_reader import Path_
from offramp.model.build import Builder
from offramp.sources.evidence import read_evidence

FILE = offramp.read_case("two-prisoners")
CASE = FILE.case
BASE = Builder(FILE)

# At each date on which something changes: readings of Ukraine and of South Korea, the first of them the default; cells;
# in how many somebody can move, lawfully, and clear of breach and harm.
HISTORY = {
    "2025-01": ("would_swap", "once_certain", 16, 16, 4, 0),
    "2025-02-05": ("would_swap humanitarian", "once_certain", 32, 16, 4, 0),
    "2025-02-19": ("would_swap humanitarian", "once_certain eager", 64, 48, 26, 8),
    "2025-03-23": ("law_first wants_return would_swap humanitarian", "once_certain eager", 128, 80, 48, 8),
    "2025-06-04": ("law_first wants_return would_swap humanitarian", "willing willing_no_payment unwilling eager", 256, 112, 56, 8),
    "2025-10": ("law_first wants_return would_swap humanitarian", "willing willing_no_payment unwilling eager", 256, 208, 78, 64),
    "2025-11": ("law_first wants_return would_swap humanitarian", "willing willing_no_payment unwilling eager", 512, 400, 170, 144),
    "2026-02-19": ("law_first wants_return would_swap humanitarian", "willing willing_no_payment unwilling eager", 512, 400, 170, 144),
}
BEFORE_THE_COMMON_WISH = ["2025-01-11", *(day for day in HISTORY if day < "2025-10"), "2025-09-30", "2025-09"]


def judgements() -> Iterator[tuple[Path_, Judgement]]:
    """Yield every judgement, readings and interventions among them."""
    yield from CASE.judgements()
    for dm, readings in CASE.readings.items():
        yield from ((("readings", dm, name), reading) for name, reading in readings.items())
    yield from ((("interventions", name), added) for name, added in CASE.interventions.items())


def day_after(until: str) -> str:
    if len(until) == 10:
        return str(date.fromisoformat(until) + timedelta(days=1))
    year, month = int(until[:4]), int(until[5:7])
    return f"{year + month // 12}-{month % 12 + 1:02}"


def seen(variant: Variant = PLAIN) -> Findings:
    return findings(BASE.varied(variant))


def test_nothing_changes_at_another_date() -> None:
    changes = {entry.since for _, entry in judgements() if entry.since} | {
        day_after(entry.until) for _, entry in judgements() if entry.until
    }
    assert sorted(changes) == sorted(HISTORY)


@pytest.mark.parametrize("day", HISTORY)
def test_each_change_has_its_answer(day: str) -> None:
    builder = BASE.varied(Variant(as_of=day))
    ukraine, south_korea, *counts = HISTORY[day]
    readings = builder.readings()
    assert [readings["ukraine"], readings["south_korea"]] == [ukraine.split(), south_korea.split()]
    found = findings(builder)
    assert [found.num_cells, found.can_move.cells, found.lawful.cells, found.clear.cells] == counts


@pytest.mark.parametrize("day", ["2025-01-11", "2025-02-04", "2025-03-22", "2025-06-03", "2025-06", "2025-09-30", "2025-12", "2026-05-31"])
def test_the_case_builds_on_the_days_between(day: str) -> None:
    builder = BASE.varied(Variant(as_of=day))
    assert all(readings for readings in builder.readings().values())
    assert builder.model(builder.choice()).status_quo == 0


def test_nothing_can_be_done_with_the_men_before_they_are_taken() -> None:
    standing = BASE.varied(Variant(as_of="2024-12")).standing
    assert {name for name, allowed in standing.options.items() if allowed == "fixed"} == {
        f"ukraine.{option}" for option in ("transfer", "exchange", "third", "stay")
    }


def test_the_last_change_is_the_present() -> None:
    now, then = seen(), seen(Variant(as_of="2026-02-19"))
    assert (now.num_cells, now.num_states, now.status_quo_code) == (512, (344, 376), "N" * 11)
    assert (now.can_move.cells, now.lawful.cells, now.unharmed.cells, now.clear.cells) == (400, 170, 168, 144)
    assert {"+".join(who): count.cells for who, count in now.coalitions.items()} == {
        "ukraine": 64,
        "south_korea": 128,
        "ukraine+south_korea": 160,
        "ukraine+russia": 128,
    }
    assert now.routes == then.routes


@pytest.mark.parametrize("day", BEFORE_THE_COMMON_WISH)
def test_nothing_says_what_one_of_them_wished_before_both_wished_the_same(day: str) -> None:
    standing = BASE.varied(Variant(as_of=day)).standing
    assert standing.wishes == {}
    assert not standing.judged("consent_south")
    assert not standing.judged("consent_return")
    assert not any("against his will" in harm.name for harm in standing.harms.values())


@pytest.mark.parametrize("day", [*BEFORE_THE_COMMON_WISH, "2025-10", "2025-11", "2026-05-31"])
def test_nothing_tells_the_two_apart(day: str) -> None:
    standing = BASE.varied(Variant(as_of=day)).standing
    alike = {"id", "to"}
    harms = {who: [harm.model_dump(exclude=alike) for harm in standing.harms.values() if harm.to == who] for who in ("pow_a", "pow_b")}
    assert harms["pow_a"] == harms["pow_b"]
    assert ("pow_a" in standing.wishes) == ("pow_b" in standing.wishes) == (day >= "2025-10")
    people = [CASE.people[who].model_dump(exclude={"note"}) for who in ("pow_a", "pow_b")]
    assert people[0] == people[1]


def test_each_date_rests_on_something() -> None:
    known = read_evidence(catalogue.folder("two-prisoners")).statements
    for path, entry in judgements():
        assert not (entry.since or entry.until) or entry.because or entry.note, path
        assert set(entry.because) <= set(known), path


def test_interventions_are_hypotheses_that_say_so() -> None:
    assert 4 <= len(CASE.interventions) <= 6
    for added in CASE.interventions.values():
        assert added.basis == "assumed"
        assert added.by
        assert any(word in added.note for word in ("Nobody", "nobody", "No state"))


@pytest.mark.parametrize("added", [*combinations(CASE.interventions, 1), *combinations(CASE.interventions, 2)], ids="+".join)
def test_interventions_build_in_every_cell(added: tuple[str, ...]) -> None:
    builder = BASE.varied(Variant(interventions=added))
    found = findings(builder)
    assert found.num_cells == 512
    assert ("ukraine", "russia") not in found.coalitions or "off_the_lists" not in added

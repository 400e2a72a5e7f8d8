"""Whole cases at random, from YAML to findings, against the plain second method of `plain`."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from random import Random

import pytest

import reference
from offramp.analysis.assessment import Assessor
from offramp.analysis.findings import Findings, findings
from offramp.analysis.grid import Cell, Grid
from offramp.case.load import read_case_text
from offramp.model.build import Builder
from plain import PlainCell, Spec, cells, choices, lawful_throughout, random_case, text

SEEDS = range(50_000, 50_400)
MOST_CELLS = 64


def drawn() -> Iterator[tuple[Spec, Builder, list[Cell], list[PlainCell]]]:
    """Yield random cases with their grid by the library and by the second method."""
    for seed in SEEDS:
        spec = random_case(Random(seed))
        plain = cells(spec)
        if len(plain) <= MOST_CELLS:
            builder = Builder(read_case_text(text(spec)))
            yield spec, builder, Grid(builder).cells(), plain


@pytest.fixture(scope="module")
def grids() -> list[tuple[Spec, Builder, list[Cell], list[PlainCell]]]:
    return list(drawn())


def test_cells_in_order(grids) -> None:
    for spec, builder, found, plain in grids:
        assert len(found) == len(plain) == Grid(builder).num_cells
        for cell, (_, sides, readings) in zip(found, choices(spec), strict=True):
            assert cell.choice.sides == sides
            assert dict(cell.choice.readings) == readings
        assert found[0].choice == builder.choice()


def test_states_and_rankings(grids) -> None:
    for spec, builder, found, plain in grids:
        for cell, wanted in zip(found, plain, strict=True):
            assert cell.model.states.labels == wanted.game.states, text(spec)
            assert cell.model.states.label(cell.model.status_quo) == spec["status_quo"]
            assert builder.conditions(cell.choice) == wanted.conditions
            for row, name in zip(cell.model.ranks.tolist(), wanted.game.names, strict=True):
                scores = [wanted.game.rank[name][code] for code in wanted.game.states]
                assert row == [sorted(set(scores)).index(score) for score in scores]


def test_assessment_of_every_state(grids) -> None:
    collided = 0
    for _, builder, found, plain in grids:
        for cell, wanted in zip(found, plain, strict=True):
            assessor = Assessor(builder, cell.choice)
            for state, code in enumerate(wanted.game.states):
                at = assessor.at(state)
                assert {breach.norm for breach in at.breaches} == wanted.breached(code)
                assert all(
                    (b.by, b.absolute) == (tuple(wanted.norms[b.norm]["binds"]), wanted.norms[b.norm]["absolute"]) for b in at.breaches
                )
                assert set(at.permissions) == wanted.permitted(code)
                assert {(c.by, *c.norms) for c in at.collisions} == wanted.collisions(code)
                assert {harm.harm for harm in at.harms} == wanted.harms(code)
                assert set(at.wishes_met) == wanted.wishes(code)
                assert at.is_lawful == (not wanted.breached(code))
                collided += bool(at.collisions)
    assert collided > 20


def test_ways_out(grids) -> None:
    for spec, _, found, plain in grids:
        for cell, wanted in zip(found, plain, strict=True):
            label = cell.model.states.label
            told = {(way.coalition, label(way.state)) for way in cell.ways}
            minimal = [
                tuple(name for name in wanted.game.names if name in h) for h in reference.minimal_coalitions(wanted.game, wanted.now)
            ]
            assert told == {(h, code) for h in minimal for code in reference.ways_out(wanted.game, wanted.now, h)}, text(spec)
            assert len(told) == len(cell.ways) == cell.num_ways
            assert set(cell.equilibrium) == wanted.equilibrium(wanted.now)
            for way in cell.ways:
                ends = {frozenset(label(s) for s in end.end.states): end for end in way.then}
                assert set(ends) == reference.ends(wanted.game, label(way.state))
                assert set(way.equilibrium) == wanted.equilibrium(label(way.state))
                for codes, end in ends.items():
                    assert set(end.equilibrium) == set.intersection(*(wanted.equilibrium(code) for code in codes))
                    assert end.end.is_cycle == (len(codes) > 1)
                    assert [{b.norm for b in a.breaches} for a in end.assessments] == [wanted.breached(label(s)) for s in end.end.states]
                assert [label(move.to) for move in way.moves][-1] == label(way.state)
                assert [{b.norm for b in a.breaches} for a in way.steps] == [wanted.breached(label(move.to)) for move in way.moves]


def test_claims(grids) -> None:
    seen: Counter[tuple[str, str]] = Counter()
    for spec, _, found, plain in grids:
        for cell, wanted in zip(found, plain, strict=True):
            assert list(cell.claims) == list(spec["claims"])
            for name in spec["claims"]:
                assert cell.claims[name] == wanted.verdict(name), (name, text(spec))
                seen[name, cell.claims[name]] += 1
    assert len(seen) == 2 + 3 + 3 + 3, "every form comes to every verdict it can come to"
    assert min(seen.values()) >= 10


def test_lawful_throughout(grids) -> None:
    answers = Counter()
    for spec, _, found, plain in grids:
        for cell, wanted in zip(found, plain, strict=True):
            assert cell.openings.lawful == lawful_throughout(wanted), text(spec)
            answers[cell.openings.lawful] += bool(cell.ways)
    assert min(answers[True], answers[False]) > 20


# Findings: counts over the grid.


def counted(plain: list[PlainCell], holds) -> int:
    return sum(bool(holds(cell)) for cell in plain)


def test_counts(grids) -> None:
    for spec, builder, found, plain in grids:
        summary = findings(builder, found)
        assert summary.num_cells == len(plain)
        sizes = [len(cell.game.states) for cell in plain]
        assert summary.num_states == (min(sizes), max(sizes))
        assert summary.status_quo_code == spec["status_quo"]
        assert summary.can_move.cells == counted(plain, lambda cell: cell.ways())
        for concept, count in summary.at_rest.items():
            assert count.cells == counted(plain, lambda cell, c=concept: c in cell.equilibrium(cell.now))
        for name, claim in summary.claims.items():
            verdicts = Counter(cell.verdict(name) for cell in plain)
            assert (claim.supported.cells, claim.refuted.cells, claim.undecided.cells) == tuple(
                verdicts[v] for v in ("supported", "refuted", "undecided")
            )
        assert_same_coalitions(summary, plain)
        assert_same_status_quo(summary, plain)
        assert_same_routes(summary, plain)


def assert_same_coalitions(summary: Findings, plain: list[PlainCell]) -> None:
    names = plain[0].game.names
    wanted = Counter(tuple(n for n in names if n in h) for cell in plain for h in reference.minimal_coalitions(cell.game, cell.now))
    assert {members: count.cells for members, count in summary.coalitions.items()} == wanted
    order = [members for size in range(1, len(names) + 1) for members in combinations(names, size)]
    assert list(summary.coalitions) == [members for members in order if members in wanted]


def assert_same_status_quo(summary: Findings, plain: list[PlainCell]) -> None:
    now = summary.status_quo
    assert (now.codes, now.cells) == ((plain[0].now,), len(plain))
    assert {b.norm: n for b, n in now.breaches.items()} == Counter(norm for cell in plain for norm in cell.breached(cell.now))
    assert {h.harm: n for h, n in now.harms.items()} == Counter(harm for cell in plain for harm in cell.harms(cell.now))
    assert now.wishes_met == Counter(person for cell in plain for person in cell.wishes(cell.now))
    assert now.equilibrium == Counter(concept for cell in plain for concept in cell.equilibrium(cell.now))
    assert now.permissions == Counter(norm for cell in plain for norm in cell.permitted(cell.now))


def assert_same_routes(summary: Findings, plain: list[PlainCell]) -> None:
    wanted: Counter[tuple[tuple[str, ...], str]] = Counter()
    for cell in plain:
        for h in reference.minimal_coalitions(cell.game, cell.now):
            wanted.update((tuple(n for n in cell.game.names if n in h), code) for code in reference.ways_out(cell.game, cell.now, h))
    assert {(route.coalition, route.code): route.count.cells for route in summary.routes} == wanted
    cells = [route.count.cells for route in summary.routes]
    assert cells == sorted(cells, reverse=True)
    for route in summary.routes:
        assert route.itself.cells == route.count.cells
        assert route.steps[-1].code == route.code
        assert {step.dm for step in route.steps} <= set(route.coalition)


def test_where_a_finding_is_confined_to(grids) -> None:
    """Each list names all readings that occur and no other; each side named is the only one; nothing confined is left out."""
    for spec, builder, found, plain in grids:
        claim = findings(builder, found).claims["q_only_if"]
        for count, verdict in [(claim.supported, "supported"), (claim.refuted, "refuted"), (claim.undecided, "undecided")]:
            chosen = [cell for cell in plain if cell.verdict("q_only_if") == verdict]
            assert count.cells == len(chosen)
            readings = {dm: [n for n in there if any(c.readings[dm] == n for c in chosen)] for dm, there in spec["readings"].items()}
            confined = {dm: tuple(names) for dm, names in readings.items() if chosen and len(names) < len(spec["readings"][dm])}
            sides = {name: {cell.sides[name] for cell in chosen} for name in plain[0].sides}
            assert count.where.readings == confined
            assert count.where.contested == {name: next(iter(there)) for name, there in sides.items() if len(there) == 1}

"""Comparisons against plain loops: over choices, concepts and settings, and over games of the plain references."""

import json
from collections import Counter
from itertools import product
from random import Random

import pytest

import reference
import relational
from brute_cases import random_file, written_case
from brute_cells import Cell, grid, opened
from formulas import random_tree, written
from offramp.analysis.compare import compare
from offramp.analysis.comparison import Comparison
from offramp.analysis.confined import Confined
from offramp.analysis.grid import Grid
from offramp.analysis.solve import solve
from offramp.case.load import read_case_text
from offramp.errors import ChoiceError
from offramp.model.build import Builder
from offramp.report.compare_records import Meanings
from offramp.stability.matters import others
from offramp.stability.registry import ALL_CONCEPTS
from offramp.stability.settings import DEFAULT, VALUES, Settings
from relational import Rules
from relations import random_case

FIVE = ("nash", "gmr", "smr", "seq", "sseq")


def counted(found: Comparison, column: int) -> Counter:
    return Counter({found.states.label(place): n for place, n in enumerate(found.holds[column].tolist()) if n})


@pytest.mark.parametrize("start", [0, *(pytest.param(start, marks=pytest.mark.slow) for start in range(40, 2_000, 40))])
def test_counts_of_whole_cases_are_those_of_the_plain_reference(start: int) -> None:
    cells = 0
    for seed in range(71_000 + start, 71_040 + start):
        file = random_file(Random(seed))
        case = opened(file)
        found = compare(Builder(read_case_text(written_case(file))), FIVE, [DEFAULT])
        there = [Cell(case, choice) for choice, _ in grid(case)]
        assert found.num_cells == len(there)
        assert found.states.labels == tuple(c for c in reference.all_codes(len(case["labels"])) if any(c in cell.states for cell in there))
        exists = Counter(code for cell in there for code in cell.states)
        for column, concept in enumerate(FIVE):
            assert counted(found, column) == Counter(code for cell in there for code in reference.equilibria(cell.game, concept)), file
            assert found.asked[column].tolist() == [exists[code] for code in found.states.labels]
        cells += len(there) > 1
    assert cells > 10


MORE = (*FIVE, "sim", "limited", "nonmyopic", "coalition_seq")


def drawn_settings(rng: Random) -> list[Settings]:
    return [Settings(**{name: rng.choice(list(values)) for name, values in VALUES.items() if rng.random() < 0.3}) for _ in range(3)]


def any_builder(rng: Random, seed: int) -> Builder:
    """Draw a case: of many cells, or of one with preferences of every kind."""
    return Builder(read_case_text(json.dumps(random_case(rng).case) if seed % 3 == 0 else written_case(random_file(rng))))


def by_loop(builder: Builder, concepts, settings, coalition, horizon):
    """Return, by column, by combination of a cell and the state's code, whether it holds; and the reasons why there is no answer."""
    truth, undefined = {}, {}
    for concept, each in product(concepts, dict.fromkeys(settings)):
        truth[concept, each], undefined[concept, each] = {}, Counter()
        for choice in Grid(builder).choices():
            model = builder.model(choice)
            try:
                holds = solve(model, [concept], each, coalition=coalition, horizon=horizon).equilibria(concept)
            except ChoiceError as error:
                undefined[concept, each][str(error)] += 1
            else:
                truth[concept, each] |= {(choice, code): bool(holds[k]) for k, code in enumerate(model.states.labels)}
    return truth, undefined


@pytest.mark.parametrize("start", [0, *(pytest.param(start, marks=pytest.mark.slow) for start in range(60, 3_000, 60))])
def test_everything_is_as_in_a_plain_loop_over_solve(start: int) -> None:
    told, exact = Counter(), Counter()
    for seed in range(72_070 + start, 72_130 + start):
        rng = Random(seed)
        builder = any_builder(rng, seed)
        concepts, settings, horizon = rng.sample(MORE, 3), drawn_settings(rng), rng.randint(1, 3)
        coalition = rng.choice([None, list(builder.case.decision_makers)[:1]])
        truth, undefined = by_loop(builder, concepts, settings, coalition, horizon)
        if not any(truth.values()):
            with pytest.raises(ChoiceError):
                compare(builder, concepts, settings, coalition=coalition, horizon=horizon)
            told["refused"] += 1
            continue
        found = compare(builder, concepts, settings, coalition=coalition, horizon=horizon)
        assert [(column.concept, column.settings) for column in found.columns] == list(truth)
        assert [column.undefined for column in found.columns] == list(undefined.values())
        assert found.num_combinations == sum(len({choice for choice, _ in there}) for there in truth.values())
        for place, code in enumerate(found.states.labels):
            outcome = found.outcome(place)
            rows = [{choice: holds for (choice, state), holds in there.items() if state == code} for there in truth.values()]
            assert outcome.holds == tuple(sum(row.values()) for row in rows)
            assert outcome.asked == tuple(map(len, rows))
            first = [rows[[c.concept for c in found.columns].index(column.concept)] for column in found.columns]
            pairs = [[(row[c], one[c]) for c in row.keys() & one.keys()] for row, one in zip(rows, first, strict=True)]
            assert outcome.gained == tuple(pair.count((True, False)) for pair in pairs)
            assert outcome.lost == tuple(pair.count((False, True)) for pair in pairs)
            check_apart(found, outcome.apart.when, rows, True)
            check_apart(found, outcome.apart.but, rows, False)
            for name, apart in outcome.by_concept.items():
                own = [row if column.concept == name else {} for column, row in zip(found.columns, rows, strict=True)]
                check_apart(found, apart.when, own, True)
                check_apart(found, apart.but, own, False)
            exact[outcome.apart.when.always] += 1
            told.update(kind for kind in ("concepts", "settings", "readings", "contested") if getattr(outcome.apart.when, kind))
        assert [found.states.label(k) for k in found.places()] == sorted(
            (code for code in found.states.labels if any(truth[c][key] for c in truth for key in truth[c] if key[1] == code)),
            key=lambda code: -sum(truth[c][key] for c in truth for key in truth[c] if key[1] == code),
        )
    assert min(told[kind] for kind in ("concepts", "settings", "readings")) > 0, told
    assert min(exact.values()) > 20


def check_apart(found: Comparison, confined: Confined, rows: list[dict], wanted: bool) -> None:
    """Hold what is listed against the combinations one by one."""
    combinations = [(column, choice, holds) for column, row in zip(found.columns, rows, strict=True) for choice, holds in row.items()]
    like = [(column, choice) for column, choice, holds in combinations if holds is wanted]
    assert confined.is_asked == bool(combinations)
    assert confined.ever == bool(like)
    if not like:
        assert confined.is_free
        assert not confined.always
        return

    def listed(value, among=combinations):
        used = {value(column, choice) for column, choice in like}
        return used if used < {value(column, choice) for column, choice, _ in among} else set()

    concepts = listed(lambda column, _: column.concept)
    assert set(confined.concepts) == concepts
    own = [each for each in combinations if not concepts or each[0].concept in concepts]
    settings = {name: listed(lambda column, _, name=name: getattr(column.settings, name), own) for name in VALUES}
    assert {name: set(values) for name, values in confined.settings.items()} == {name: there for name, there in settings.items() if there}
    readings = {dm: listed(lambda _, choice, dm=dm: dict(choice.readings)[dm]) for dm in found.builder.readings()}
    assert {dm: set(names) for dm, names in confined.readings.items()} == {dm: names for dm, names in readings.items() if names}
    sides = {name: listed(lambda _, choice, name=name: choice.sides[name]) for name in found.builder.contested()}
    assert {name: {side} for name, side in confined.contested.items()} == {name: there for name, there in sides.items() if there}
    alike = [
        holds
        for column, choice, holds in own
        if all(getattr(column.settings, name) in values for name, values in confined.settings.items())
        and all(dict(choice.readings)[dm] in names for dm, names in confined.readings.items())
        and all(choice.sides[name] == side for name, side in confined.contested.items())
    ]
    assert confined.always == all(holds is wanted for holds in alike)


@pytest.mark.parametrize("start", [0, *(pytest.param(start, marks=pytest.mark.slow) for start in range(60, 3_000, 60))])
def test_default_columns_are_those_of_the_plain_reference_for_all_preferences(start: int) -> None:
    settings = Counter()
    for seed in range(73_000 + start, 73_060 + start):
        drawn = random_case(Random(seed))
        found = compare(Builder(read_case_text(json.dumps(drawn.case))))
        for column, there in enumerate(found.columns):
            if there.concept in (*FIVE, "sim"):
                rules = Rules(**{name: getattr(there.settings, name) for name in VALUES})
                stable = [relational.stable(drawn.game, rules, there.concept, name) for name in drawn.game.names]
                assert set(counted(found, column)) == set.intersection(*stable), (drawn, there)
                settings.update(there.settings.changed.items())
    assert ("strength", "weak") not in settings  # no state holds in general, strongly and weakly
    assert len(settings) == 2 + 1 + 3 + 1 + 1  # all but return_to_move, which matters under c only, and who sanctions coalitions


@pytest.mark.parametrize("start", [0, *(pytest.param(start, marks=pytest.mark.slow) for start in range(25, 2_500, 25))])
def test_settings_that_cannot_matter_change_nothing(start: int) -> None:
    differ: set[tuple[str, str]] = set()
    for seed in range(74_000 + start, 74_025 + start):
        rng = Random(seed)
        drawn = random_case(rng)
        builder = Builder(read_case_text(json.dumps(drawn.case)))
        model = builder.model(builder.choice())
        base = DEFAULT.but(unknown=rng.choice("accd"), simultaneous=rng.choice(["all", "unstable"]))
        for concept in ("nash", "gmr", "smr", "seq", "sseq", "sim", "coalition_gmr", "coalition_smr", "coalition_seq"):
            if ALL_CONCEPTS[concept].lacks(model):
                continue
            matter = others(model, concept, base)
            before = solve(model, [concept], base).equilibria(concept).tolist()
            for name, values in VALUES.items():
                for value in values:
                    if name == "strength" and (value == "weak" or not model.has_degrees):
                        continue  # by weak nothing is stable where nobody answers; without degrees both are refused
                    after = solve(model, [concept], base.but(**{name: value})).equilibria(concept).tolist()
                    if after != before:
                        assert value in matter.get(name, ()), (seed, concept, name, value, base)
                        differ.add((concept, name))
    assert len(differ) > 12


def merging_case(rng: Random) -> str:
    """Draw a case with contested entries that decide which states exist and which count as one; what counts as one, all like or none."""
    options = ["a.x", "a.y", "b.z", "b.w"][: rng.randint(3, 4)]
    end = written(random_tree(rng, [*options, "k"], 3))
    nothing = " and ".join(f"not {label}" for label in options)
    wishes = {
        dm: [
            {"that": f"({written(random_tree(rng, options, 2))}) {rng.choice(['or', 'and not'])} ({end})"} for _ in range(rng.randint(1, 3))
        ]
        for dm in ("a", "b")
    }
    return json.dumps(
        {
            "offramp": 1,
            "title": "drawn at random",
            "decision_makers": {dm: {"options": {label[2:]: {} for label in options if label[0] == dm}} for dm in ("a", "b")},
            "conditions": {"k": {"holds": True, "contested": True}},
            "rules": {"r": {"require": f"({nothing}) or ({written(random_tree(rng, options, 2))})", "contested": rng.random() < 0.7}},
            "coalesce": {"one": {"that": end}},
            "readings": {dm: {"only": {"prefers": said}} for dm, said in wishes.items()},
        }
    )


@pytest.mark.parametrize("start", [0, *(pytest.param(start, marks=pytest.mark.slow) for start in range(60, 1_200, 60))])
def test_states_that_count_as_one_in_some_cells_are_as_in_a_plain_loop(start: int) -> None:
    uneven = 0
    for seed in range(75_000 + start, 75_060 + start):
        text = merging_case(Random(seed))
        builder = Builder(read_case_text(text))
        models = [builder.model(choice) for choice in Grid(builder).choices()]
        found = compare(builder, ["nash", "seq"], [DEFAULT])
        assert set(found.states.labels) == {code for model in models for code in model.states.labels}
        assert len(set(found.states.labels)) == len(found.states)
        for column, concept in enumerate(["nash", "seq"]):
            holds = Counter()
            for model in models:
                kept = solve(model, [concept]).equilibria(concept)
                holds.update(code for code, there in zip(model.states.labels, kept, strict=True) if there)
            assert counted(found, column) == holds, text
        exists = Counter(code for model in models for code in model.states.labels)
        for place, code in enumerate(found.states.labels):
            assert found.outcome(place).cells == exists[code], text
            assert Meanings(found).of(place).cells == exists[code], text
            assert found.place(code) == place
            number = [k for k, own in enumerate(models[0].states.labels, 1) if own == code]
            assert found.number(place) == (number[0] if number else None)
        uneven += len({model.states.labels for model in models}) > 1 and any("-" in code for code in exists)
    assert uneven > 20


@pytest.mark.parametrize("seed", range(12))
def test_merged_columns_are_those_of_the_plain_reference(seed: int) -> None:
    """Two of three decision makers as one, beside the three apart: what is stable for whom as the definitions read."""
    drawn = random_case(Random(f"merged {seed}"), num_dms=3)
    one, two, three = drawn.game.names
    found = compare(
        Builder(read_case_text(json.dumps(drawn.case))),
        ("nash", "gmr", "seq"),
        [DEFAULT],
        merge=[[one, three]],
        coalitions=["apart", "merged"],
    )
    rules = Rules()
    for column, there in enumerate(found.columns):
        if there.is_merged:
            stable = [relational.stable_when_merged(drawn.game, rules, there.concept, [one, three], focal) for focal in (None, two)]
        else:
            stable = [relational.stable(drawn.game, rules, there.concept, name) for name in drawn.game.names]
        assert set(counted(found, column)) == set.intersection(*stable), (drawn, there)
    assert [there.is_merged for there in found.columns] == [False, True] * 3

"""The inverse question against the plain reference: every ranking tried, every order of statements tried."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, permutations, product
from random import Random

import pytest

from bridge import to_model
from generators import random_graph_spec, random_option_spec, to_game
from offramp.analysis.inverse import (
    Aim,
    condition,
    inverse,
    is_attainable,
    nearest_orders,
    num_arrangements,
    num_profiles,
    num_rankings,
    strict_ranking,
)
from offramp.analysis.inverse import orders as nearest
from offramp.analysis.inverse.condition import Condition, mask_of
from offramp.analysis.inverse.count import Count, tiers_of
from offramp.case.load import read_case_text
from offramp.case.variant import Variant
from offramp.model.build import Builder
from offramp.model.world import Choice
from reference import CONCEPTS, Game, graph_game, is_stable
from relations import random_case as any_case

Spec = dict


def small_spec(seed: int, most: int, makers: tuple[int, ...] = (2, 3)) -> Spec:
    """Draw a model of `most` states or one less, in which most decision makers can move."""
    rng = Random(seed)
    while True:
        spec = random_graph_spec(rng) if seed % 2 else random_option_spec(rng, 4)
        names = spec["states"] if seed % 2 else spec["feasible"]
        if most - 1 <= len(names) <= most and len(spec["rank"]) in makers and num_idle(spec) < 2:
            return spec


def num_idle(spec: Spec) -> int:
    game = to_game(spec)
    return sum(not any(game.moves[name].values()) for name in game.names)


def reranked(game: Game, ranks: dict[str, dict]) -> Game:
    return Game(game.names, game.states, game.moves, {**game.rank, **ranks})


def strict(game: Game) -> Iterator[dict]:
    """Yield every strict ranking of all states."""
    for row in permutations(range(len(game.states))):
        yield dict(zip(game.states, row, strict=True))


def row(game: Game, rank: dict) -> list[int]:
    return [rank[state] for state in game.states]


NUM_MODELS, CHUNK = 80, 20


@pytest.mark.parametrize("chunk", range(NUM_MODELS // CHUNK))
def test_conditions_and_counts_over_every_strict_ranking(chunk: int) -> None:
    for seed in range(chunk * CHUNK, (chunk + 1) * CHUNK):
        compare_conditions(seed, most=4 if seed % 3 else 5)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1200))
def test_conditions_and_counts_of_larger_models(seed: int) -> None:
    compare_conditions(seed, most=6, makers=(2, 3, 4))


def compare_conditions(seed: int, most: int, makers: tuple[int, ...] = (2, 3)) -> None:
    spec, rng = small_spec(seed, most, makers), Random(-1 - seed)
    game, model = to_game(spec), to_model(spec)
    focal = rng.choice(game.names)
    found = {(s, c): condition(model, focal, s, c) for s in range(len(game.states)) for c in CONCEPTS}
    numbers = dict.fromkeys(found, 0)
    rankings = list(strict(game))
    for rank in rankings:
        there = reranked(game, {focal: rank})
        for (s, concept), ours in found.items():
            holds = is_stable(there, concept, focal, game.states[s])
            assert ours.holds(row(game, rank)) == holds, (seed, concept, s)
            numbers[s, concept] += holds
    for (s, concept), ours in found.items():
        assert num_rankings(ours, len(game.states)) == Count(numbers[s, concept], len(rankings)), (seed, concept, s)
        assert ours.holds(row(game, game.rank[focal])) == is_stable(game, concept, focal, game.states[s]), "with its ties"
        check_minimal(ours)


def check_minimal(ours: Condition) -> None:
    """No demand follows from the others, no set holds another; what is left out is said to be left out."""
    named = ours.named
    every = [mask_of(chosen) for size in range(len(named) + 1) for chosen in combinations(named, size)]
    for demand in ours.demands:
        rest = replace(ours, demands=tuple(other for other in ours.demands if other is not demand))
        assert any(rest.holds_above(better) and not demand.holds(better) for better in every)
        assert not any(set(a) <= set(b) for a, b in permutations(demand.alternatives, 2))
        assert ours.state not in {state for there in demand.alternatives for state in there}
    assert sorted([*(demand.move for demand in ours.demands), *ours.void, *ours.implied]) == list(ours.moves)


@pytest.mark.parametrize("chunk", range(4))
def test_counts_where_some_places_vary(chunk: int) -> None:
    for seed in range(200 + chunk * 15, 215 + chunk * 15):
        spec, rng = small_spec(seed, 6), Random(seed)
        game, model = to_game(spec), to_model(spec)
        focal, s, concept = rng.choice(game.names), rng.randrange(model.num_states), rng.choice(CONCEPTS)
        tiers = tiers_of(model.ranks[model.dm(focal)])
        places = sorted(rng.sample(range(len(tiers)), rng.randint(0, min(4, len(tiers)))))
        number = total = 0
        for order in permutations(places):
            order_of = list(range(len(tiers)))
            for place, source in zip(places, order, strict=True):
                order_of[place] = source
            rank = {game.states[state]: -place for place, source in enumerate(order_of) for state in tiers[source]}
            number += is_stable(reranked(game, {focal: rank}), concept, focal, game.states[s])
            total += 1
        assert num_arrangements(condition(model, focal, s, concept), tiers, places) == Count(number, total), (seed, places)


def attains(game: Game, aim: Aim) -> bool:
    names = game.names if aim.dm is None else [game.names[aim.dm]]
    holds = {s: all(is_stable(game, aim.concept, name, game.states[s]) for name in names) for s in aim.states}
    return all(holds[s] for s in aim.stable) and not any(holds[s] for s in aim.unstable)


def random_aim(rng: Random, num_states: int, dm: int | None) -> Aim:
    states = rng.sample(range(num_states), rng.randint(1, min(3, num_states)))
    cut = rng.randint(0, len(states))
    return Aim(tuple(states[:cut]), tuple(states[cut:]), rng.choice(CONCEPTS), dm)


@pytest.mark.parametrize("seed", range(300, 330))
def test_joint_counts_over_every_profile(seed: int) -> None:
    spec, rng = small_spec(seed, 4 if seed % 6 == 0 else 3, (2,) if seed % 6 == 0 else (2, 3)), Random(seed)
    game, model = to_game(spec), to_model(spec)
    aim = random_aim(rng, model.num_states, rng.choice([None, None, 0]))
    rankings = [strict(game) if aim.dm in (None, dm) else [game.rank[name]] for dm, name in enumerate(game.names)]
    profiles = list(product(*rankings))
    number = sum(attains(reranked(game, dict(zip(game.names, ranks, strict=True))), aim) for ranks in profiles)
    assert num_profiles(model, aim) == Count(number, len(profiles))
    assert is_attainable(model, aim) == (number > 0)


@pytest.mark.parametrize("chunk", range(4))
def test_a_ranking_is_told_exactly_where_one_exists(chunk: int) -> None:
    found = []
    for seed in range(400 + chunk * 20, 420 + chunk * 20):
        spec, rng = small_spec(seed, 4 if seed % 4 else 5), Random(seed)
        game, model = to_game(spec), to_model(spec)
        focal = rng.randrange(len(game.names))
        aim = random_aim(rng, model.num_states, focal)
        asked = {s: condition(model, game.names[focal], s, aim.concept) for s in aim.states}
        ours = strict_ranking([asked[s] for s in aim.stable], [asked[s] for s in aim.unstable], model.ranks[focal].tolist())
        rankings = list(strict(game))
        able = [rank for rank in rankings if attains(reranked(game, {game.names[focal]: rank}), aim)]
        assert ours.exists == bool(able), seed
        found.append(ours.exists)
        if ours.exists:
            told = {game.states[s]: -place for place, s in enumerate(ours.ranking)}
            assert sorted(ours.ranking) == list(range(model.num_states))
            assert attains(reranked(game, {game.names[focal]: told}), aim), seed
        for need in ours.clash:
            rest = [other for other in ours.clash if other is not need]
            assert any(all(meets(asked, other, row(game, rank)) for other in rest) for rank in rankings), "a clash is as small as can be"
        assert ours.exists or not any(all(meets(asked, need, row(game, rank)) for need in ours.clash) for rank in rankings)
    assert len(set(found)) == 2


def meets(asked: dict[int, Condition], need, ranks: list[int]) -> bool:
    if need.demand is None:
        return not asked[need.state].holds(ranks)
    return need.demand.holds(mask_of(state for state in range(len(ranks)) if ranks[state] > ranks[need.state]))


# -- orders of statements --------------------------------------------------------------------------------------------------

SAID = ["a.x", "b.y", "a.z", "c.w", "a.x -> b.y", "a.x and b.y", "b.y or c.w", "a.z <-> b.y", "a.x and not c.w"]


def random_case(rng: Random) -> Builder:
    """Draw a case of three decision makers who have two to four statements each; one may have weights instead."""
    readings = []
    for dm, option in (("a", "a.z"), ("b", "b.y"), ("c", "c.w")):
        said = [rng.choice(["", "not "]) + f"({text})" for text in rng.sample(SAID, rng.randint(2, 4 if dm == "a" else 3))]
        prefers = "prefers: [" + ", ".join(f"{{that: '{text}'}}" for text in said) + "]"
        readings.append(f"  {dm}: {{r: {{{prefers if dm != 'c' or rng.random() < 0.5 else f'weights: {{{option}: 2}}'}}}}}")
    text = """offramp: 1
title: t
decision_makers: {a: {options: {x: {}, z: {direction: forward}}}, b: {options: {y: {}}}, c: {options: {w: {}}}}
rules: {r: {exclude: "YY--"}}
readings:
"""
    return Builder(read_case_text(text + "\n".join(readings)))


def inversions(order: tuple[int, ...]) -> int:
    return sum(a > b for a, b in combinations(order, 2))


def brute_nearest(builder: Builder, choice: Choice, aim: Aim) -> tuple[int, list[tuple[int, ...]]] | None:
    """Return the fewest swaps, and the first orders by them, of all permutations of all lists that may change."""
    case, makers = builder.case, list(builder.case.decision_makers)
    sizes = [len(case.readings[dm]["r"].prefers or ()) if aim.dm in (None, k) else 0 for k, dm in enumerate(makers)]
    found = []
    for orders in product(*(permutations(range(size)) for size in sizes)):
        variant = Variant(orders=tuple(((("readings", dm, "r"), order)) for dm, order in zip(makers, orders, strict=True) if order))
        model = builder.varied(variant).model(choice)
        labels = model.states.labels
        arcs = {
            dm: [(labels[s], labels[t]) for s in range(model.num_states) for t in model.moves.successors(k, s).tolist()]
            for k, dm in enumerate(makers)
        }
        game = graph_game(labels, arcs, {dm: dict(zip(labels, model.ranks[k].tolist(), strict=True)) for k, dm in enumerate(makers)})
        if attains(game, aim):
            found.append((sum(map(inversions, orders)), [order for order in orders if order]))
    return min(found) if found else None


@pytest.mark.parametrize("seed", range(500, 530))
def test_the_nearest_orders_of_all_permutations(seed: int) -> None:
    compare_orders(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2000, 2100))
def test_the_nearest_orders_of_more_cases(seed: int) -> None:
    compare_orders(seed)


@pytest.mark.parametrize(("seed", "aim"), [(3531, Aim((10,), (2,), "seq")), (3038, Aim((), (6, 0), "sseq"))])
def test_the_first_combination_that_does_is_not_always_the_nearest(seed: int, aim: Aim) -> None:
    builder = random_case(Random(seed))
    ours = nearest_orders(builder, builder.choice(), aim)
    assert (ours.num_swaps, [order.places for order in ours.orders]) == brute_nearest(builder, builder.choice(), aim)


def compare_orders(seed: int) -> None:
    rng = Random(seed)
    builder = random_case(rng)
    choice = builder.choice()
    for dm in (None, rng.randrange(3)):
        aim = random_aim(rng, builder.model(choice).num_states, dm)
        ours, brute = nearest_orders(builder, choice, aim), brute_nearest(builder, choice, aim)
        assert ours.is_complete
        assert (ours.num_swaps is None) == (brute is None), (seed, aim)
        if brute is not None:
            assert (ours.num_swaps, [order.places for order in ours.orders]) == brute, (seed, aim)


@pytest.mark.parametrize(("limit", "most"), [("MAX_ORDERS", 4), ("MAX_COMBINATIONS", 2)])
def test_what_is_called_complete_is_so_though_little_is_tried(limit: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four orders of a list are the file's and those one swap away: two swaps in two lists may be one too many, or not."""
    monkeypatch.setattr(nearest, limit, most)
    told = set()
    for seed in range(600, 625):
        rng = Random(seed)
        builder = random_case(rng)
        choice = builder.choice()
        aim = random_aim(rng, builder.model(choice).num_states, None)
        ours, brute = nearest_orders(builder, choice, aim), brute_nearest(builder, choice, aim)
        if ours.is_complete:
            assert (ours.num_swaps is None) == (brute is None), seed
            assert brute is None or (ours.num_swaps, [order.places for order in ours.orders]) == brute, seed
        else:
            assert ours.num_swaps is None or (brute is not None and ours.num_swaps >= brute[0]), seed
        told.add((ours.is_complete, ours.num_swaps is None))
    assert {(True, False), (False, True)} <= told


def read(case: dict) -> Builder:
    return Builder(read_case_text(json.dumps(case)))


@pytest.mark.parametrize("concept", ["nash", "gmr", "smr"])
def test_preferences_of_others_that_are_no_ranking_do_not_matter(concept: str) -> None:
    """The answer is that of the same case with a ranking in their place, whichever it is."""
    asked = 0
    for seed in range(40):
        rng = Random(81_000 + seed)
        case = any_case(rng, ["pairs", "partial ranking", "doubtful statements"], num_dms=2).case
        other, dm = list(case["readings"])
        states = read(case).model(read(case).choice()).states.labels
        case["readings"][dm] = {"only": {"ranking": rng.sample(states, len(states))}}
        builder = read(case)
        if other not in builder.model(builder.choice()).unranked:
            continue
        aim = Aim((rng.randrange(len(states)),), concept=concept, dm=1)
        found = inverse(builder, aim)
        case["readings"][other] = {"only": {"ranking": rng.sample(states, len(states))}}
        ranked = inverse(read(case), aim)
        for name in ("parts", "joint", "attainable", "existence", "refusers"):
            assert getattr(found, name) == getattr(ranked, name), case
        asked += 1
    assert asked > 10


def game_of(builder: Builder) -> Game:
    """Return the game that a case of rankings describes, by its moves and ranks."""
    model = builder.model(builder.choice())
    labels = model.states.labels
    arcs = {
        dm: [(labels[s], labels[t]) for s in range(model.num_states) for t in model.moves.successors(k, s).tolist()]
        for k, dm in enumerate(model.decision_makers)
    }
    ranks = {dm: dict(zip(labels, model.ranks[k].tolist(), strict=True)) for k, dm in enumerate(model.decision_makers)}
    return graph_game(labels, arcs, ranks)


@pytest.mark.parametrize("chunk", [range(200), pytest.param(range(200, 1_000), marks=pytest.mark.slow)], ids=["few", "many"])
def test_the_whole_answer_over_every_ranking_of_two(chunk: range) -> None:
    """Counts, what is attainable, who could do their part and who could leave: all by going through all rankings."""
    differ = 0
    for seed in chunk:
        rng = Random(95_000 + seed)
        builder = read(any_case(rng, ["ranking", "tied ranking"], num_dms=2).case)
        game = game_of(builder)
        if len(game.states) > 4:
            continue
        aim = random_aim(rng, len(game.states), rng.choice([None, None, 0, 1]))
        found, names = inverse(builder, aim), game.names
        rankings = list(strict(game))
        concerned = names if aim.dm is None else [names[aim.dm]]
        for part in found.parts:
            name, s = names[part.condition.dm], game.states[part.condition.state]
            number = sum(is_stable(reranked(game, {name: rank}), aim.concept, name, s) for rank in rankings)
            assert part.count == Count(number, len(rankings)), seed
            assert part.holds == is_stable(game, aim.concept, name, s), seed
        profiles = [dict(zip(concerned, ranks, strict=True)) for ranks in product(rankings, repeat=len(concerned))]
        number = sum(attains(reranked(game, ranks), aim) for ranks in profiles)
        assert found.joint == Count(number, len(profiles)), seed
        assert found.attainable == (number > 0), seed
        own = {k: (aim.stable, () if aim.dm is None else aim.unstable) for k, name in enumerate(names) if name in concerned}
        own = {k: there for k, there in own.items() if any(there)}
        able = {k: any(does(game, aim, names[k], rank, *there) for rank in rankings) for k, there in own.items()}
        assert {k: one.exists for k, one in found.existence.items() if not isinstance(one, str)} == able, seed
        assert {k: (near.aim.stable, near.aim.unstable, near.aim.dm) for k, near in found.alone.items()} == {
            k: (*there, k) for k, there in own.items()
        }
        leaving = {
            s: tuple(k for k, name in enumerate(names) if any(does(game, aim, name, rank, aim.stable, (s,)) for rank in rankings))
            for s in (aim.unstable if aim.dm is None else ())
        }
        assert found.refusers == leaving, seed
        differ += bool(aim.stable and aim.unstable)
    assert differ > 1


def does(game: Game, aim: Aim, name: str, rank: dict, stable: tuple[int, ...], unstable: tuple[int, ...]) -> bool:
    """Return whether a ranking of one makes some states stable for it and others not."""
    there = reranked(game, {name: rank})
    holds = {s: is_stable(there, aim.concept, name, game.states[s]) for s in (*stable, *unstable)}
    return all(holds[s] for s in stable) and not any(holds[s] for s in unstable)

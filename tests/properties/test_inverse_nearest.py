"""The inverse question by every setting and by SIM against the engine, and the nearest rankings against all rankings."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, permutations, product
from random import Random

import numpy as np
import pytest
from test_inverse_agrees import attains, random_aim, reranked, small_spec

from bridge import to_model
from generators import random_option_spec, to_game
from offramp.analysis.inverse import condition, nearest_rankings
from offramp.analysis.inverse.count import tiers_of
from offramp.analysis.solve import solve
from offramp.stability.settings import Settings

Tiers = Sequence[Sequence[int]]
SETTINGS = [
    Settings(sequences=sequences, return_to_start=back) for sequences in ("legal", "once", "one_step") for back in ("sanctions", "ignored")
]


@pytest.mark.parametrize("seed", range(5000, 5012))
def test_every_setting_over_every_strict_ranking(seed: int) -> None:
    spec, rng = small_spec(seed, 4, (2, 3)), Random(seed)
    model = to_model(spec)
    dm, concept, settings = rng.randrange(len(model.decision_makers)), rng.choice(["gmr", "smr", "seq", "sseq"]), rng.choice(SETTINGS)
    compare(model, dm, concept, settings)


@pytest.mark.parametrize("seed", range(5100, 5112))
def test_sim_over_every_strict_ranking(seed: int) -> None:
    rng = Random(seed)
    model = to_model(random_option_spec(rng, 3))
    while not 3 <= model.num_states <= 5:
        model = to_model(random_option_spec(rng, 3))
    compare(model, rng.randrange(len(model.decision_makers)), "sim", Settings())


def compare(model, dm: int, concept: str, settings: Settings) -> None:
    focal = model.decision_makers[dm]
    for order in permutations(range(model.num_states)):
        ranks = model.ranks.copy()
        ranks[dm] = order
        verdicts = solve(replace(model, wants=ranks), [concept], settings).results[concept][focal].stable
        for state in range(model.num_states):
            assert condition(model, focal, state, concept, settings).holds(np.array(order)) == verdicts[state], (concept, settings, state)


def orders_of(tiers: Tiers) -> Iterator[Tiers]:
    """Yield every ranking that ties only states that are tied in `tiers`."""
    row = {state: place for place, tier in enumerate(tiers) for state in tier}

    def after(left: frozenset[int]) -> Iterator[list[tuple[int, ...]]]:
        if not left:
            yield []
        for size in range(1, len(left) + 1):
            for tied in combinations(sorted(left), size):
                if len({row[state] for state in tied}) == 1:
                    yield from ([tied, *rest] for rest in after(left - set(tied)))

    yield from after(frozenset(row))


def ranks_of(tiers: Tiers) -> dict[int, int]:
    return {state: -place for place, tier in enumerate(tiers) for state in tier}


def distance(one: Tiers, other: Tiers) -> int:
    """Return in how many pairs of states two rankings differ."""
    a, b = ranks_of(one), ranks_of(other)
    return sum(np.sign(a[s] - a[t]) != np.sign(b[s] - b[t]) for s, t in combinations(a, 2))


@pytest.mark.parametrize("chunk", range(4))
def test_the_nearest_rankings_of_all(chunk: int) -> None:
    found = [compare_nearest(seed) for seed in range(chunk * 40, chunk * 40 + 40)]
    assert None in found
    assert max(swaps for swaps in found if swaps is not None) > 1


def compare_nearest(seed: int) -> int | None:
    spec, rng = small_spec(seed, 4 if seed % 3 else 3, (2,) if seed % 3 else (2, 3)), Random(seed)
    game, model = to_game(spec), to_model(spec)
    aim = random_aim(rng, model.num_states, rng.choice([None, None, 0]))
    tiers = [tiers_of(ranks) for ranks in model.ranks]
    every = [list(orders_of(there)) if aim.dm in (None, dm) else [there] for dm, there in enumerate(tiers)]

    def game_of(rankings: Sequence[Tiers]):
        told = {
            name: {game.states[s]: rank for s, rank in ranks_of(there).items()} for name, there in zip(game.names, rankings, strict=True)
        }
        return reranked(game, told)

    profiles = sorted(product(*every), key=lambda there: sum(map(distance, tiers, there)))
    brute = next((sum(map(distance, tiers, there)) for there in profiles if attains(game_of(there), aim)), None)
    ours = nearest_rankings(model, aim)
    assert ours.is_complete
    assert ours.num_swaps == brute, (seed, aim)
    if brute is not None:
        told = [next((found.tiers for found in ours.rankings if found.dm == dm), there) for dm, there in enumerate(tiers)]
        assert attains(game_of(told), aim)
        assert sum(map(distance, tiers, told)) == brute == sum(len(found.changed) for found in ours.rankings)
    return brute

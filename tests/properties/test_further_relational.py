"""Every concept on preferences of every kind and under all settings against the plain reference of `relational`."""

import numpy as np
import pytest

import relational
from asked import drawn
from offramp.model.merge import merged
from offramp.stability import CONCEPTS
from offramp.stability.coalition_gmr import coalition_gmr_stability
from offramp.stability.coalition_nash import coalition_nash_stability
from offramp.stability.coalition_seq import coalition_seq_stability
from offramp.stability.coalition_smr import coalition_smr_stability
from offramp.stability.sim import sim_stability
from offramp.stability.universal import universal_stability

FOR_COALITIONS = {
    "nash": coalition_nash_stability,
    "gmr": coalition_gmr_stability,
    "smr": coalition_smr_stability,
    "seq": coalition_seq_stability,
}
CHUNK, SLOW = 120, 400


def starts(num_models, chunk=SLOW):
    """Return where chunks of seeds start and how long they are: a short one by default, the slow ones up to `num_models`."""
    return [(0, CHUNK), *(pytest.param((start, chunk), marks=pytest.mark.slow) for start in range(chunk, num_models + chunk, chunk))]


CHUNKS = pytest.mark.parametrize("seeds", starts(20_000), ids=lambda seeds: str(seeds[0]))


def labels(model, stable):
    return {model.states.label(state) for state in np.nonzero(stable)[0].tolist()}


@CHUNKS
def test_sim(seeds):
    start, length = seeds
    for seed in range(start, start + length):
        _, game, model, settings, rules = drawn(seed, "options")
        for dm in game.names:
            result = sim_stability(model, dm, settings)
            assert labels(model, result.stable) == relational.stable(game, rules, "sim", dm), (seed, dm, settings)
            assert result.settings == settings


@CHUNKS
def test_coalitions(seeds):
    start, length = seeds
    for seed in range(start, start + length):
        rng, game, model, settings, rules = drawn(seed)
        members = [dm for dm in game.names if rng.random() < 0.6] or [game.names[0]]
        for concept, solve in FOR_COALITIONS.items():
            result = solve(model, members, settings)
            assert labels(model, result.stable) == relational.stable_for_coalition(game, rules, concept, members), (seed, concept, members)
            assert result.settings == settings


@CHUNKS
def test_universal(seeds):
    start, length = seeds
    for seed in range(start, start + (length if start else length // 3)):
        rng, game, model, settings, rules = drawn(seed)
        concept = rng.choice(list(FOR_COALITIONS))
        everyone = [players for size in range(1, len(game.names) + 1) for players in relational.combinations(game.names, size)]
        wanted = [relational.stable_for_coalition(game, rules, concept, members) for members in everyone]
        assert labels(model, universal_stability(model, concept, settings).stable) == set.intersection(*wanted), (seed, concept)


@pytest.mark.parametrize("seeds", starts(4_000), ids=lambda seeds: str(seeds[0]))
def test_merged_coalitions(seeds):
    start, length = seeds
    for seed in range(start, start + length):
        rng, game, model, settings, rules = drawn(seed)
        members = rng.sample(game.names, rng.randint(2, len(game.names)))
        one = merged(model, members)
        label = "+".join(dm for dm in game.names if dm in members)
        asked = list(CONCEPTS) if game.own is None else [*CONCEPTS, "sim"]
        for dm in one.decision_makers:
            focal = None if dm == label else dm
            for concept in asked:
                stable = (sim_stability if concept == "sim" else CONCEPTS[concept])(one, dm, settings).stable
                wanted = relational.stable_when_merged(game, rules, concept, members, focal)
                assert labels(model, stable) == wanted, (seed, concept, members, dm)

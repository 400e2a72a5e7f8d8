"""The concepts beyond the five against the plain reference of `further`, and the order among them.

What the literature proves (Fang, Hipel, Kilgour 1993; Inohara and Hipel 2008) is
tested where it follows from the definitions as they are computed here.
"""

from random import Random

import numpy as np
import pytest

import further
import reference
from bridge import to_model
from generators import random_graph_spec, random_option_spec, to_game
from offramp.stability import CONCEPTS
from offramp.stability.coalition_gmr import coalition_gmr_stability
from offramp.stability.coalition_nash import coalition_nash_stability
from offramp.stability.coalition_seq import coalition_seq_stability
from offramp.stability.coalition_smr import coalition_smr_stability
from offramp.stability.limited import limited_move_stability
from offramp.stability.nonmyopic import nonmyopic_stability
from offramp.stability.settings import VALUES, Settings
from offramp.stability.sim import sim_stability
from offramp.stability.universal import universal_stability

CHUNK = 500
STARTS = [*range(0, 2_000, CHUNK), *(pytest.param(start, marks=pytest.mark.slow) for start in range(2_000, 20_000, CHUNK))]
FOR_COALITIONS = {
    "nash": coalition_nash_stability,
    "gmr": coalition_gmr_stability,
    "smr": coalition_smr_stability,
    "seq": coalition_seq_stability,
    "seq by individuals": lambda model, members: coalition_seq_stability(model, members, Settings(sanctions="individuals")),
}


def any_spec(seed):
    """Return a random model: two in three in option form, the others graphs."""
    rng = Random(seed)
    return random_option_spec(rng, rng.choice([3, 4, 5])) if seed % 3 else random_graph_spec(rng)


def option_spec(seed):
    return random_option_spec(Random(seed), 3 + seed % 4)


def pair_spec(seed):
    """Return a random model of two decision makers without ties."""
    rng = Random(seed)
    while True:
        spec = random_option_spec(rng, rng.choice([3, 4, 5])) if seed % 2 else random_graph_spec(rng)
        if len(spec["rank"]) == 2:
            for rank in spec["rank"].values():
                rank.update(zip(rank, rng.sample(range(len(rank)), len(rank)), strict=True))
            return spec


def settings_without_a_part(rng):
    """Draw the settings that look-ahead does not refuse: ties and doubt there are none, and nobody answers."""
    return Settings(**{name: rng.choice(list(VALUES[name])) for name in ("unknown", "simultaneous", "sanctions")})


def labels(model, stable):
    return {model.states.label(s) for s in np.nonzero(stable)[0].tolist()}


def of_five(model, concept, dm):
    return labels(model, CONCEPTS[concept](model, dm).stable)


# SIM.


@pytest.mark.parametrize("start", STARTS)
def test_sim(start):
    for seed in range(start, start + CHUNK):
        spec = option_spec(seed)
        game, model = to_game(spec), to_model(spec)
        for dm in game.names:
            found = labels(model, sim_stability(model, dm).stable)
            assert found == {s for s in game.states if further.sim_stable(game, dm, s)}, (dm, spec)


def test_sim_names_the_worst_sanction():
    for seed in range(400):
        spec = option_spec(seed)
        game, model = to_game(spec), to_model(spec)
        label = model.states.label
        for dm in game.names:
            result = sim_stability(model, dm)
            for start in range(model.num_states):
                for to in reference.improvements(game, dm, label(start)):
                    told = result.sanction(start, model.state(to))
                    there = further.sim_sanctions(game, dm, label(start), to)
                    worst = min(there, key=lambda s: (game.rank[dm][s], game.states.index(s)), default=None)
                    assert (None if told is None else label(told)) == worst, (dm, start, to, spec)


def test_sim_comes_after_nash_and_before_gmr_where_every_combination_of_changes_is_a_state():
    """With two decision makers a sanction is one move; with more, the states in between have to be there for GMR."""
    for seed in range(1_000):
        spec = option_spec(seed)
        model = to_model(spec)
        for dm in model.decision_makers:
            sim = labels(model, sim_stability(model, dm).stable)
            assert of_five(model, "nash", dm) <= sim, spec
            if len(model.decision_makers) == 2 or model.num_states == 1 << len(model.states.options):
                assert sim <= of_five(model, "gmr", dm), spec


# Limited moves.


@pytest.mark.parametrize("start", STARTS)
def test_limited_moves(start):
    for seed in range(start, start + CHUNK):
        spec = pair_spec(seed)
        game, model = to_game(spec), to_model(spec)
        for dm in game.names:
            known: dict = {}
            for horizon in (1, 2, 3, 4, 5, 6, 9, 40):
                result = limited_move_stability(model, dm, horizon, settings_without_a_part(Random(f"{seed} {horizon}")))
                assert labels(model, result.stable) == further.limited_stable(game, horizon, dm, known), (dm, horizon, spec)
                ends = [model.states.label(s) for s in result.ends.tolist()]
                assert ends == [further.anticipated(game, horizon, dm, s, known) for s in game.states], (dm, horizon, spec)


@pytest.mark.parametrize("start", STARTS)
def test_nonmyopic(start):
    for seed in range(start, start + CHUNK):
        spec = pair_spec(seed)
        game, model = to_game(spec), to_model(spec)
        for dm in game.names:
            result = nonmyopic_stability(model, dm, settings_without_a_part(Random(seed)))
            assert labels(model, result.stable) == further.nonmyopic_stable(game, dm), (dm, spec)


def test_ends_come_round_again_after_a_period_and_not_before():
    periods = set()
    for seed in range(1_000):
        model = to_model(pair_spec(seed))
        period = nonmyopic_stability(model, "a").period
        periods.add(period)
        rows = [[limited_move_stability(model, dm, h).ends.tolist() for dm in model.decision_makers] for h in range(60, 61 + period)]
        assert [h for h in range(1, period + 1) if rows[h] == rows[0]] == [period]
    assert max(periods) > 1


def test_limited_moves_and_the_five():
    """L_1 is Nash; L_2 implies SEQ; every L_h from 2 on, and so NM, implies GMR."""
    for seed in range(600):
        model = to_model(pair_spec(seed))
        for dm in model.decision_makers:
            ahead = {h: labels(model, limited_move_stability(model, dm, h).stable) for h in range(1, 8)}
            assert ahead[1] == of_five(model, "nash", dm)
            assert ahead[2] <= of_five(model, "seq", dm)
            assert all(ahead[h] <= of_five(model, "gmr", dm) for h in range(2, 8))
            assert labels(model, nonmyopic_stability(model, dm).stable) <= of_five(model, "gmr", dm)


# Coalitions.


def members_of(coalition, model):
    return [dm for dm in model.decision_makers if dm in coalition]


@pytest.mark.parametrize("concept", FOR_COALITIONS)
@pytest.mark.parametrize("start", STARTS)
def test_coalitions(start, concept):
    for seed in range(start, start + CHUNK):
        spec = any_spec(seed)
        game, model = to_game(spec), to_model(spec)
        coalition = Random(seed).choice(further.coalitions(game.names))
        result = FOR_COALITIONS[concept](model, members_of(coalition, model))
        assert labels(model, result.stable) == further.coalition_stable(game, concept, coalition), (coalition, spec)


@pytest.mark.parametrize("concept", FOR_COALITIONS)
@pytest.mark.parametrize("start", STARTS)
def test_universal(start, concept):
    name, _, by_individuals = concept.partition(" by ")
    for seed in range(start, start + CHUNK):
        rng = Random(seed)
        spec = random_option_spec(rng, 3 + seed % 2) if seed % 3 else random_graph_spec(rng)
        game, model = to_game(spec), to_model(spec)
        result = universal_stability(model, name, Settings(sanctions=by_individuals or "coalitions"))
        assert labels(model, result.stable) == further.universally_stable(game, concept), spec


def each_coalition(num_models, make=any_spec):
    for seed in range(num_models):
        spec = make(seed)
        model = to_model(spec)
        for coalition in further.coalitions(model.decision_makers):
            members = members_of(coalition, model)
            yield model, members, {concept: labels(model, solve(model, members).stable) for concept, solve in FOR_COALITIONS.items()}, spec


def test_order_of_the_concepts_for_coalitions():
    """A coalition of one is the decision maker; against all together nobody is left to answer."""
    for model, members, found, spec in each_coalition(500):
        assert found["nash"] <= found["smr"] <= found["gmr"], spec
        assert found["nash"] <= found["seq by individuals"] <= found["gmr"], spec
        assert found["seq by individuals"] <= found["seq"], spec
        if len(members) == 1:
            alone = {**found, "seq": found["seq by individuals"]}
            assert all(alone[concept] == of_five(model, concept, members[0]) for concept in ("nash", "gmr", "smr", "seq")), spec
        if len(members) == len(model.decision_makers):
            assert all(stable == found["nash"] for stable in found.values()), spec


def test_joint_sanctions_imply_gmr_in_option_form():
    for _, _, found, spec in each_coalition(250, option_spec):
        assert found["seq"] <= found["gmr"], spec


def test_universally_stable_is_stable_for_each():
    for seed in range(300):
        model = to_model(any_spec(seed))
        for concept in ("nash", "gmr", "smr"):
            result = universal_stability(model, concept)
            stable = labels(model, result.stable)
            assert all(stable <= of_five(model, concept, dm) for dm in model.decision_makers)
            assert [not result.upset(s) for s in range(model.num_states)] == result.stable.tolist()

"""The concepts on any preference, under all settings, against the plain reference of `relational`.

Each random case goes the whole way: written as a case file, read, built, solved.
Expected: what the reference finds in the same case, by comparisons that were
worked out beside the file and not from it.
"""

import json
from random import Random

import numpy as np
import pytest

import relational
from offramp.case.load import read_case_text
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.model.relation import SIGNS
from offramp.stability import CONCEPTS
from offramp.stability.settings import VALUES, Settings
from relational import Game, Rules
from relations import KINDS, Drawn, random_case

CHUNK = 500
FIVE = ("nash", "gmr", "smr", "seq", "sseq")


def chunks(num_models: int) -> list:
    """Return where chunks of seeds start: one of `num_models` by default, 20,000 more by the slow ones."""
    return [(0, num_models), *(pytest.param((start, CHUNK), marks=pytest.mark.slow) for start in range(1_000, 21_000, CHUNK))]


def model_of(drawn: Drawn) -> ConflictModel:
    builder = Builder(read_case_text(json.dumps(drawn.case)))
    return builder.model(builder.choice())


def has_degrees(game: Game) -> bool:
    return any(">>" in row.values() for signs in game.signs.values() for row in signs.values())


def drawn_settings(rng: Random, game: Game) -> dict[str, str]:
    """Draw the settings: none, one time in four; what makes a return to the move matter, as often; else most of them.

    Strong and weak only where somebody prefers something greatly.
    """
    kind = rng.choice(("default", "returns", "any", "any"))
    settings = {name: rng.choice(list(values)) for name, values in VALUES.items() if kind != "default" and rng.random() < 0.6}
    if kind == "returns":
        settings |= {"sequences": "legal", "return_to_start": "ignored", "return_to_move": "ignored", "unknown": "c"}
    if not has_degrees(game):
        settings.pop("strength", None)
    return settings


def labels(model: ConflictModel, stable) -> set[str]:
    return {model.states.label(state) for state in stable.nonzero()[0].tolist()}


@pytest.mark.parametrize("concept", FIVE)
@pytest.mark.parametrize("seeds", chunks(300))
def test_a_concept_of_one_decision_maker(concept, seeds):
    start, num_models = seeds
    for seed in range(start, start + num_models):
        rng = Random(f"{concept} {seed}")
        drawn = random_case(rng)
        model, settings = model_of(drawn), drawn_settings(rng, drawn.game)
        for dm in drawn.game.names:
            found = labels(model, CONCEPTS[concept](model, dm, Settings(**settings)).stable)
            assert found == relational.stable(drawn.game, Rules(**settings), concept, dm), (seed, settings, dm, drawn.case)


@pytest.mark.parametrize("kind", KINDS)
def test_a_reading_is_read_as_it_is_meant(kind):
    """The file holds a ranking, pairs or statements; every two states compare as worked out beside it."""
    for seed in range(40):
        drawn = random_case(Random(f"{kind} {seed}"), [kind])
        model = model_of(drawn)
        place_of = {label: np.array(k) for k, label in enumerate(model.states.labels)}
        for place, dm in enumerate(drawn.game.names):
            preference = model.preference(place)
            for s in drawn.game.states:
                for t in drawn.game.states:
                    found = preference.compared(place_of[s], place_of[t])
                    assert SIGNS[int(found)] == relational.sign(drawn.game, dm, s, t), (seed, dm, s, t, drawn.case)

"""Random questions: a case of any kind of preference, as the reference and as the engine has it, and settings to ask it with."""

import json
from dataclasses import asdict
from random import Random
from typing import NamedTuple

import pytest

from offramp.case.load import read_case_text
from offramp.errors import ChoiceError
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.stability import CONCEPTS
from offramp.stability.settings import VALUES, Settings
from relational import Game, Rules
from relations import random_case


class Asked(NamedTuple):
    """The source of chance, both games, and the settings as both know them."""

    rng: Random
    game: Game
    model: ConflictModel
    settings: Settings
    rules: Rules


def drawn(seed: int, form: str = "") -> Asked:
    """Draw a case, in option form or a graph, and settings that it can be asked with."""
    rng = Random(seed)
    case, game, _ = random_case(rng, form=form)
    builder = Builder(read_case_text(json.dumps(case)))
    model = builder.model(builder.choice())
    settings = Settings(**{name: rng.choice(list(values)) for name, values in VALUES.items()})
    if not model.has_degrees and settings.strength != "general":
        with pytest.raises(ChoiceError, match="needs degrees"):
            CONCEPTS["seq"](model, game.names[0], settings)
        settings = settings.but(strength="general")
    return Asked(rng, game, model, settings, Rules(**asdict(settings)))

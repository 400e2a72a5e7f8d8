"""Twenty random graphs whose stable states a program found that nobody here wrote, flag by flag.

That program does not count a return to the state of departure as a sanction; the
definition used here does. Where that makes a difference, `if_return_to_s_sanctions`
has the stable states by ours, and both are asserted.
"""

import json
from pathlib import Path
from typing import Any

import pytest

import offramp
from offramp.case.load import read_case_text
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.stability.settings import DEFAULT, Settings

DATA = json.loads((Path(__file__).parent / "second_program.json").read_text(encoding="utf-8"))
CONCEPTS = {"R": "nash", "GMR": "gmr", "SMR": "smr", "SEQ": "seq"}
MATRIX_FORM = Settings(return_to_start="ignored", return_to_move="ignored")
MODELS = list(enumerate(DATA["models"], 1))


def as_case(model: dict[str, Any]) -> str:
    """Return a model as a case file, states named ``s1`` and so on."""
    ranking = {dm.lower(): [[f"s{state}" for state in tier] for tier in tiers] for dm, tiers in model["tiers"].items()}
    return json.dumps(
        {
            "offramp": 1,
            "title": "A random graph",
            "decision_makers": {dm: {} for dm in ranking},
            "states": [f"s{state}" for state in model["states"]],
            "moves": {dm.lower(): [[f"s{a}", f"s{b}"] for a, b in arcs] for dm, arcs in model["moves"].items()},
            "readings": {dm: {"only": {"ranking": tiers}} for dm, tiers in ranking.items()},
        }
    )


def built(model: dict[str, Any]) -> ConflictModel:
    builder = Builder(read_case_text(as_case(model)))
    return builder.model(builder.choice())


def stable_states(model: dict[str, Any], settings: Settings) -> dict[str, dict[str, list[int]]]:
    """Return what the engine finds, by that program's names of concepts and decision makers."""
    there = built(model)
    found = {
        name: {dm: offramp.CONCEPTS[short](there, dm.lower(), settings).stable for dm in model["moves"]} for name, short in CONCEPTS.items()
    }
    return {
        name: {dm: [state for state, holds in zip(model["states"], stable, strict=True) if holds] for dm, stable in by_dm.items()}
        for name, by_dm in found.items()
    }


@pytest.mark.parametrize("model", [model for _, model in MODELS], ids=[str(number) for number, _ in MODELS])
def test_every_flag_as_that_program_counts(model: dict[str, Any]) -> None:
    assert stable_states(model, MATRIX_FORM) == model["stable"]


@pytest.mark.parametrize("model", [model for _, model in MODELS], ids=[str(number) for number, _ in MODELS])
def test_every_flag(model: dict[str, Any]) -> None:
    expected = {concept: by_dm | model["if_return_to_s_sanctions"].get(concept, {}) for concept, by_dm in model["stable"].items()}
    assert stable_states(model, DEFAULT) == expected


def test_a_return_to_the_state_of_departure_makes_states_stable_and_none_unstable() -> None:
    differing = [
        (set(model["stable"][concept][dm]), set(stable))
        for _, model in MODELS
        for concept, by_dm in model["if_return_to_s_sanctions"].items()
        for dm, stable in by_dm.items()
    ]
    assert differing
    assert all(theirs < ours for theirs, ours in differing)


def test_the_models_are_whole() -> None:
    assert len(MODELS) == 20
    assert {len(model["moves"]) for _, model in MODELS} == {2, 3, 4}
    assert sum(len(by_dm) for _, model in MODELS for by_dm in model["stable"].values()) == 228
    for _, model in MODELS:
        assert set(model["stable"]) == set(CONCEPTS)
        assert all(set(by_dm) == set(model["moves"]) for by_dm in model["stable"].values())
        assert all(sorted(state for tier in tiers for state in tier) == model["states"] for tiers in model["tiers"].values())

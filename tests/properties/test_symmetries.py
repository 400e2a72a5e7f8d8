"""Other names and another order in the file permute the answer and change nothing else: every concept, any preference, any setting."""

import json
import re
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from offramp.analysis.solve import solve
from offramp.case.load import read_case_text
from offramp.errors import ChoiceError
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.stability.registry import ALL_CONCEPTS
from offramp.stability.settings import VALUES, Settings
from relations import random_case

Case = dict[str, Any]
Translate = Callable[[str], str]
CONCEPTS = [name for name, concept in ALL_CONCEPTS.items() if concept.about != "everybody"]
LABELS = {"ranking", "pairs", "great_steps", "pattern"}


def model_of(case: Case) -> ConflictModel:
    builder = Builder(read_case_text(json.dumps(case)))
    return builder.model(builder.choice())


def everywhere(value: Any, translate: Translate) -> Any:
    """Return plain data with every text in it translated, keys too."""
    if isinstance(value, dict):
        return {everywhere(key, translate): everywhere(there, translate) for key, there in value.items()}
    if isinstance(value, list):
        return [everywhere(there, translate) for there in value]
    return translate(value) if isinstance(value, str) else value


def renamed(case: Case) -> tuple[Case, Translate]:
    """Return the case with other names for decision makers, options and states of a graph; and how a label of a state reads there."""

    def translate(text: str) -> str:
        return re.sub(r"\b(ann|bob|cyd|dan|[abcds]\d+|[abcd])\b", lambda found: f"x{found[0][::-1]}z", text)

    return everywhere(case, translate), translate


def reordered(case: Case, rng: Random) -> tuple[Case, Translate]:
    """Return the case with decision makers, options, states, moves and readings in another order; and how a code reads there."""
    makers = list(case["decision_makers"])
    rng.shuffle(makers)
    options = {dm: list(case["decision_makers"][dm].get("options", {})) for dm in makers}
    for own in options.values():
        rng.shuffle(own)
    before = [f"{dm}.{option}" for dm, there in case["decision_makers"].items() for option in there.get("options", {})]
    places = [before.index(f"{dm}.{option}") for dm in makers for option in options[dm]]

    def translate(text: str) -> str:
        code = rf"(?<![\w-])[YN-]{{{len(places)}}}(?![\w-])"
        return re.sub(code, lambda found: "".join(found[0][place] for place in places), text) if places else text

    other = dict(case)
    if places:
        other["status_quo"] = translate(case["status_quo"])
        rules = shuffled(case.get("rules", {}), rng)
        other["rules"] = {name: {"exclude": translate(rule["exclude"])} for name, rule in rules.items()}
    else:
        other["states"] = rng.sample(case["states"], len(case["states"]))
        other["moves"] = {dm: rng.sample(arcs, len(arcs)) for dm, arcs in shuffled(case["moves"], rng).items()}
    there = {dm: case["decision_makers"][dm].get("options", {}) for dm in makers}
    other["decision_makers"] = {dm: {"options": {name: there[dm][name] for name in options[dm]}} if options[dm] else {} for dm in makers}
    other["readings"] = {
        dm: {name: {key: turned(key, value, translate) for key, value in reading.items()} for name, reading in readings.items()}
        for dm, readings in shuffled(case["readings"], rng).items()
    }
    if "misperceptions" in case:
        other["misperceptions"] = {
            dm: {
                name: {key: turned(key, value, translate) for key, value in entry.items()} for name, entry in shuffled(entries, rng).items()
            }
            for dm, entries in shuffled(case["misperceptions"], rng).items()
        }
        other["beliefs"] = {dm: shuffled(there, rng) for dm, there in shuffled(case["beliefs"], rng).items()}
    return other, translate


def turned(key: str, value: Any, translate: Translate) -> Any:
    return everywhere(value, translate) if key in LABELS else value


def shuffled(there: dict[str, Any], rng: Random) -> dict[str, Any]:
    return {key: there[key] for key in rng.sample(list(there), len(there))}


def drawn_settings(rng: Random, model: ConflictModel) -> Settings:
    settings = {name: rng.choice(list(values)) for name, values in VALUES.items() if rng.random() < 0.4}
    if not model.has_degrees:
        settings.pop("strength", None)
    return Settings(**settings)


def verdicts(model: ConflictModel, concept: str, settings: Settings) -> dict[frozenset[str], set[str]] | str:
    """Return the stable states for each, or that the concept is refused."""
    try:
        solution = solve(model, [concept], settings, horizon=3)
    except ChoiceError:
        return "refused"
    return {
        frozenset(who.split("+")): {model.states.label(state) for state in result.stable.nonzero()[0].tolist()}
        for who, result in solution.results[concept].items()
    }


def told(found: dict[frozenset[str], set[str]] | str, who: Translate, state: Translate) -> dict[frozenset[str], set[str]] | str:
    if isinstance(found, str):
        return found
    return {frozenset(map(who, members)): set(map(state, states)) for members, states in found.items()}


@pytest.mark.parametrize("concept", CONCEPTS)
def test_other_names(concept: str) -> None:
    for seed in range(60):
        rng = Random(f"names {concept} {seed}")
        case = random_case(rng).case
        model = model_of(case)
        settings = drawn_settings(rng, model)
        other, translate = renamed(case)
        assert verdicts(model_of(other), concept, settings) == told(verdicts(model, concept, settings), translate, translate), (seed, case)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_another_order(concept: str) -> None:
    for seed in range(60):
        rng = Random(f"order {concept} {seed}")
        case = random_case(rng).case
        model = model_of(case)
        settings = drawn_settings(rng, model)
        other, translate = reordered(case, rng)
        assert verdicts(model_of(other), concept, settings) == told(verdicts(model, concept, settings), str, translate), (seed, case, other)


def test_the_order_is_another() -> None:
    """What the tests above compare is not the same case twice."""
    seeds = [Random(seed) for seed in range(40)]
    cases = [(random_case(rng).case, rng) for rng in seeds]
    assert sum(json.dumps(reordered(case, rng)[0]) != json.dumps(case) for case, rng in cases) == len(cases)
    assert all(renamed(case)[0] != case for case, _ in cases)

"""Unknown and great preference: random graphs whose stable states a program found that nobody here wrote, flag by flag.

That program counts neither a return to the state of departure nor one to where
the improvement led. With both counted, as by default, `if_return_to_s_sanctions`
has what changes.
"""

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import offramp
from offramp.case.load import read_case_text
from offramp.errors import ChoiceError
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.stability.settings import Settings

CASES = Path(__file__).parent
LINES = {"+": "s{t} > s{s}", "-": "s{s} > s{t}", "=": "s{s} = s{t}", "++": "s{t} >> s{s}", "--": "s{s} >> s{t}"}
MATRIX_FORM = {"return_to_start": "ignored", "return_to_move": "ignored"}


def models_of(kind: str) -> list[Any]:
    models = json.loads((CASES / f"second_program_{kind}.json").read_text(encoding="utf-8"))["models"]
    return [pytest.param(model, id=f"{kind}-{number}") for number, model in enumerate(models, 1)]


MODELS = [*models_of("unknown"), *models_of("strength")]


def as_case(model: dict[str, Any]) -> str:
    """Return a model as a case file in which each decision maker's preference is told pair by pair."""
    return json.dumps(
        {
            "offramp": 1,
            "title": "A random graph",
            "decision_makers": {dm.lower(): {} for dm in model["moves"]},
            "states": [f"s{state}" for state in model["states"]],
            "moves": {dm.lower(): [[f"s{a}", f"s{b}"] for a, b in arcs] for dm, arcs in model["moves"].items()},
            "readings": {dm.lower(): {"only": {"pairs": pairs(rows), "unlisted": "unknown"}} for dm, rows in model["relation"].items()},
        }
    )


def pairs(rows: dict[str, dict[str, str]]) -> list[str]:
    """Return each pair that is known once, the better state first."""
    return [LINES[rows[s][t]].format(s=s, t=t) for s, t in combinations(rows, 2) if rows[s][t] != "u"]


def built(model: dict[str, Any]) -> ConflictModel:
    builder = Builder(read_case_text(as_case(model)))
    return builder.model(builder.choice())


def asked(flag: str) -> tuple[str, dict[str, str]]:
    """Return the concept and the settings behind a flag such as R, SEQa or strongGMR."""
    settings = {"strength": "strong"} if flag.startswith("strong") else {}
    name = flag.removeprefix("strong")
    if name[-1] in "abcd":
        name, settings["unknown"] = name[:-1], name[-1]
    return {"R": "nash"}.get(name, name.lower()), settings


def has_degrees(model: dict[str, Any]) -> bool:
    return any("++" in row.values() for rows in model["relation"].values() for row in rows.values())


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("returns", ["sanction", "ignored"])
def test_every_flag(model: dict[str, Any], returns: str) -> None:
    there = built(model)
    for flag, by_dm in model["stable"].items():
        concept, settings = asked(flag)
        if "strength" in settings and not has_degrees(model):
            continue
        for dm, theirs in by_dm.items():
            expected = theirs
            if returns == "ignored":
                settings |= MATRIX_FORM
            else:
                expected = model["if_return_to_s_sanctions"].get(flag, {}).get(dm, theirs)
            stable = offramp.CONCEPTS[concept](there, dm.lower(), Settings(**settings)).stable
            assert [state for state, holds in zip(model["states"], stable, strict=True) if holds] == expected, (flag, dm)


def test_a_return_to_where_the_improvement_led_is_no_response_there() -> None:
    """If it counted, ten flags would come out otherwise, all of extension c."""
    wrong = []
    for model in (param.values[0] for param in models_of("unknown")):
        there = built(model)
        for flag, by_dm in model["stable"].items():
            concept, settings = asked(flag)
            for dm, theirs in by_dm.items():
                stable = offramp.CONCEPTS[concept](there, dm.lower(), Settings(return_to_start="ignored", **settings)).stable
                if [state for state, holds in zip(model["states"], stable, strict=True) if holds] != theirs:
                    wrong.append(flag)
    assert len(wrong) == 10
    assert set(wrong) == {"GMRc", "SMRc", "SEQc"}


def test_strong_stability_is_refused_where_nothing_differs_greatly() -> None:
    """That program answers nevertheless, as by Nash."""
    (model,) = [param.values[0] for param in models_of("strength") if not has_degrees(param.values[0])]
    assert model["stable"]["strongGMR"] == model["stable"]["R"]
    with pytest.raises(ChoiceError, match="needs degrees"):
        offramp.CONCEPTS["gmr"](built(model), "d1", Settings(strength="strong"))


def test_the_models_are_whole() -> None:
    assert len(MODELS) == 40
    for model in (param.values[0] for param in MODELS):
        assert set(model["relation"]) == set(model["moves"])
        assert all({int(s) for s in rows} == set(model["states"]) for rows in model["relation"].values())

"""The registry of all concepts."""

import inspect

import pytest

import offramp
from offramp.errors import ChoiceError, UnknownLabelError
from offramp.stability import CONCEPTS
from offramp.stability.registry import ALL_CONCEPTS, concept_named

ABOUT = {"decision maker": "focal", "coalition": "coalition", "everybody": None}


def test_the_five_stay_the_five_and_come_first():
    assert list(CONCEPTS) == ["nash", "gmr", "smr", "seq", "sseq"] == list(ALL_CONCEPTS)[:5]
    assert all(ALL_CONCEPTS[name].function is CONCEPTS[name] and not ALL_CONCEPTS[name].needs for name in CONCEPTS)


@pytest.mark.parametrize("name", ALL_CONCEPTS)
def test_arguments_are_those_of_the_function(name):
    concept = ALL_CONCEPTS[name]
    focal = ABOUT[concept.about]
    assert list(inspect.signature(concept.function).parameters) == ["model", *([focal] if focal else []), *concept.asks, "settings"]


@pytest.mark.parametrize("name", ALL_CONCEPTS)
def test_functions_share_the_stem(name):
    concept = ALL_CONCEPTS[name]
    function = "limited_move" if name == "limited" else name
    assert concept.name == name
    assert concept.function.__name__ == f"{function}_stability"
    assert concept.function.__module__ == f"offramp.stability.{concept.name}"


NEEDING = [name for name, concept in ALL_CONCEPTS.items() if concept.needs]


def asked(name, model):
    more = {"horizon": 2} if name == "limited" else {}
    return ALL_CONCEPTS[name].function(model, model.decision_makers[0], **more)


@pytest.mark.parametrize("name", NEEDING)
@pytest.mark.parametrize("case", ["prisoners-dilemma", "elmira-9-xu", "elmira-12", "garrison-23", "two-prisoners"])
def test_what_a_model_lacks_is_what_the_function_refuses(name, case):
    model = offramp.load_case(case)
    lacks = ALL_CONCEPTS[name].lacks(model)
    if not lacks:
        assert asked(name, model).concept == name
    else:
        with pytest.raises(ChoiceError) as refused:
            asked(name, model)
        assert str(refused.value) == f"{name} {lacks[0]}"


def test_all_that_is_lacking_is_told():
    lacks = ALL_CONCEPTS["limited"].lacks(offramp.load_case("elmira-12"))
    assert [words.partition(";")[0] for words in lacks] == ["needs two decision makers", "needs strict rankings"]


@pytest.mark.parametrize(
    ("text", "name"),
    [("R", "nash"), ("r", "nash"), ("Nash", "nash"), ("SSEQ", "sseq"), ("NM", "nonmyopic"), ("SIM", "sim"), (" gmr ", "gmr")],
)
def test_concepts_by_the_letters_of_the_field(text: str, name: str) -> None:
    assert concept_named(text) == name


@pytest.mark.parametrize(("text", "horizon"), [("L_3", 3), ("L3", 3), ("l_12", 12), ("L_h", 3), ("L", 3)])
def test_limited_moves_need_a_horizon(text: str, horizon: int) -> None:
    with pytest.raises(ChoiceError, match=f"--concept limited --horizon {horizon}$"):
        concept_named(text)


def test_no_concept() -> None:
    with pytest.raises(UnknownLabelError, match="no concept is called 'core'; there are: nash, gmr"):
        concept_named("core")


def test_solve_and_explain_take_letters() -> None:
    model = offramp.load_case("prisoners-dilemma")
    assert list(offramp.solve(model, ["R", "GMR"]).results) == ["nash", "gmr"]
    assert offramp.explain(model, 0, ["R", "nash"]).concepts == ("nash",)

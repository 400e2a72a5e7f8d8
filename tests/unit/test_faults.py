"""Faults of a file in plain sentences, each on its line."""

from typing import Annotated, Literal

import pytest
from pydantic import AfterValidator, Field, ValidationError

from offramp.case.entries import Entry, Id
from offramp.case.faults import nearest, problems, validate
from offramp.case.schema import Case
from offramp.case.yaml_reader import parse_yaml
from offramp.errors import CaseError


def _even(number: int) -> int:
    if number % 2:
        raise ValueError(f"{number} is odd|an even number|add one")
    return number


class Leg(Entry):
    length: int
    kind: Literal["left", "right", "middle"] = "left"


class Table(Entry):
    title: str
    solid: bool = True
    even: Annotated[int, AfterValidator(_even)] = 0
    weight: Annotated[int, Field(ge=1, le=1000)] = 1
    legs: dict[Id, Leg] = Field(default_factory=dict)
    parts: list[str | list[str]] = Field(default_factory=list, min_length=1)
    price: float = 1.0


def said(text: str) -> list[str]:
    with pytest.raises(CaseError) as caught:
        validate(Table, parse_yaml(text, "table.yaml"))
    return [str(problem) for problem in caught.value.problems]


def test_what_fits_comes_back() -> None:
    table = validate(Table, parse_yaml("title: Oak\nlegs: {a: {length: 3}}", "table.yaml"))
    assert (table.title, table.legs["a"].length) == ("Oak", 3)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("solid: true", "table.yaml:1: title: this entry is missing; add 'title: …'"),
        ("title: 5", "table.yaml:1: title: the number 5; expected text; put it in quotation marks"),
        ("title: true", "table.yaml:1: title: true; expected text; put it in quotation marks"),
        ("title:", "table.yaml:1: title: nothing; expected text"),
        ("title: [a, b]", "table.yaml:1: title: a list of 2; expected text"),
        ("title: {a: b}", "table.yaml:1: title: entries (a); expected text"),
        ("title: x\nsolid: 'true'", "table.yaml:2: solid: 'true'; expected true or false; remove the quotation marks"),
        ("title: x\nsolid: yes", "table.yaml:2: solid: 'yes'; expected true or false"),
        ("title: x\neven: 3", "table.yaml:2: even: 3 is odd; expected an even number; add one"),
        ("title: x\neven: 1.5", "table.yaml:2: even: the number 1.5; expected a whole number"),
        ("title: x\nweight: 0", "table.yaml:2: weight: the number 0; expected at least 1"),
        ("title: x\nweight: 2000", "table.yaml:2: weight: the number 2000; expected at most 1,000"),
        ("title: x\nprice: cheap", "table.yaml:2: price: 'cheap'; expected a number"),
        ("title: x\nparts: []", "table.yaml:2: parts: an empty list; expected at least one entry"),
        ("title: x\nparts: [a, {}]", "table.yaml:2: parts[2]: no entries; expected text or a list such as [a, b]"),
        ("title: x\nparts:\n- a\n- [b, 1]", "table.yaml:4: parts[2][2]: the number 1; expected text; put it in quotation marks"),
        ("title: x\nlegs: 3", "table.yaml:2: legs: the number 3; expected entries, each 'key: …'"),
        ("title: x\nlegs:\n  a: 3", "table.yaml:3: legs.a: the number 3; expected entries, each 'key: …'"),
        (
            "title: x\nlegs:\n  1a: {length: 1}",
            "table.yaml:3: legs.1a: '1a' is no id; expected a-z, 0-9 and _, a letter first; write it like hands_over",
        ),
        (
            "title: x\nlegs:\n  a: {length: 1,\n      kind: rihgt}",
            "table.yaml:4: legs.a.kind: 'rihgt'; expected left, right or middle; did you mean 'right'?",
        ),
        (
            "title: x\nlegs:\n  a: {lenght: 1, length: 2}",
            "table.yaml:3: legs.a.lenght: the key 'lenght' is not known here; expected one of kind, length; did you mean 'length'?",
        ),
        (
            "title: x\nzzz: 1",
            "table.yaml:2: zzz: the key 'zzz' is not known here; "
            "expected one of even, legs, parts, price, solid, title, weight; remove or correct it",
        ),
    ],
)
def test_each_fault_in_a_sentence(text: str, sentence: str) -> None:
    assert said(text) == [sentence]


def test_all_faults_at_once_in_file_order() -> None:
    places = [line.split(": ")[:2] for line in said("zzz: 1\nsolid: 2\nlegs: {a: {}}\nparts: 4\n")]
    assert places == [
        ["table.yaml:1", "title"],
        ["table.yaml:1", "zzz"],
        ["table.yaml:2", "solid"],
        ["table.yaml:3", "legs.a.length"],
        ["table.yaml:4", "parts"],
    ]


def test_no_jargon_of_the_library() -> None:
    for line in said("zzz: 1\ntitle: 3\nsolid: 2\nlegs: {a: {}, b: 3, C: {}}\nparts: 4\nprice: {}\nweight: []\neven: '2'"):
        assert not any(word in line for word in ("Input", "valid ", "Value error", "dictionary", "instance", "field", "permitted"))


def test_without_the_model_unknown_keys_are_still_named() -> None:
    document = parse_yaml("title: x\ntitel: y", "table.yaml")
    with pytest.raises(ValidationError) as caught:
        Table.model_validate(document.data)
    assert [str(problem) for problem in problems(document, caught.value)] == [
        "table.yaml:2: titel: the key 'titel' is not known here; remove or correct it"
    ]


def test_keys_known_inside_choices_lists_and_mappings_of_the_case() -> None:
    text = "offramp: 1\ntitle: x\ndecision_makers: {a: {}}\n"
    text += "readings: {a: {r: {prefers: [{that: x, beacuse: [s1]}]}}}\nclaims: {c: {stable: {taht: x}}}"
    with pytest.raises(CaseError) as caught:
        validate(Case, parse_yaml(text, "case.yaml"))
    remedies = {problem.label: problem.remedy for problem in caught.value.problems}
    assert remedies["readings.a.r.prefers[1].beacuse"] == "did you mean 'because'?"
    assert remedies["claims.c.stable.taht"] == "did you mean 'that'?"


def test_nearest() -> None:
    assert nearest("sorce", ["source", "speaker"]) == "did you mean 'source'?"
    assert nearest("xyz", ["source", "speaker"]) == ""

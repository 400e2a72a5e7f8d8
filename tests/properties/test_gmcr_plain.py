"""Random `.gmcr` files of every age, against a reading of them that shares no code with the program: there, and back."""

import json
from random import Random
from typing import Any

import numpy as np
import pytest

import offramp
from gmcrplain import Plain, parts, plain, random_file
from offramp.case.load import read_case_text
from offramp.interchange.gmcr import parse_gmcr, to_case_text, to_gmcr
from offramp.model.build import Builder

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
DIRECTIONS = {"both": "both", "fwd": "forward", "back": "backward"}


def imported(content: bytes) -> tuple[Any, Any, list[str]]:
    """Return the case that a file becomes, its model, and what was left out."""
    text, left_out = to_case_text(parse_gmcr(content, "river.gmcr"))
    file = read_case_text(text)
    builder = Builder(file)
    return file, builder.model(builder.choice()), left_out


def assert_says(expected: Plain, file: Any, model: Any) -> None:
    makers = file.case.decision_makers.values()
    assert [maker.name for maker in makers] == expected.makers
    assert [(option.name, option.allowed) for option in file.case.options.values()] == [
        (name, DIRECTIONS[direction]) for name, direction, _ in expected.options
    ]
    assert [k for k, maker in enumerate(makers) for _ in maker.options] == [owner for _, _, owner in expected.options]
    assert list(model.states.labels) == expected.states
    for k, (moves, order) in enumerate(zip(expected.moves, expected.orders, strict=True)):
        ranks = model.ranks[k].tolist()
        for place, state in enumerate(expected.states):
            assert {expected.states[to] for to in model.moves.successors(k, place)} == moves[state]
            assert sum(rank < ranks[place] for rank in ranks) == order[state]


@pytest.mark.parametrize("seed", range(150))
def test_a_file_means_here_what_it_means_there(seed: int) -> None:
    data = random_file(Random(seed))
    expected = plain(data)
    file, model, left_out = imported(json.dumps(data).encode())
    assert_says(expected, file, model)
    assert sum(line.startswith("coalitions: ") for line in left_out) == len(expected.coalitions)


@pytest.mark.parametrize("seed", range(150))
def test_what_goes_out_again_means_the_same(seed: int) -> None:
    data = random_file(Random(seed))
    file, model, _ = imported(json.dumps(data).encode())
    content, left_out = to_gmcr(file)
    back = json.loads(content)
    expected, found = plain(data), plain(back)
    assert (found.states, found.moves, found.orders, found.unseen) == (expected.states, expected.moves, expected.orders, expected.unseen)
    first, second = offramp.solve(model), offramp.solve(imported(content)[1])
    for concept in CONCEPTS:
        assert np.array_equal(first.equilibria(concept), second.equilibria(concept))
        for one, other in zip(first.results[concept].values(), second.results[concept].values(), strict=True):
            assert np.array_equal(one.stable, other.stable)
    assert not any(line.startswith(("norms", "harms", "disallowed", "coalesce", "beliefs")) for line in left_out)


@pytest.mark.parametrize("seed", range(150))
def test_every_entry_is_there_again_or_told(seed: int) -> None:
    data = random_file(Random(seed))
    file, _, told_in = imported(json.dumps(data).encode())
    content, told_out = to_gmcr(file)
    back = json.loads(content)
    before, after = parts(data), parts(back)
    assert (after["infeasible"], after["unseen"]) == (before["infeasible"], before["unseen"])
    by_ranking = data.get("useManualPreferenceRanking", data.get("useManualPreferenceVectors"))
    alone = [maker for maker in data["decisionMakers"] if "preferences" not in maker]
    assert back["useManualPreferenceRanking"] is bool(by_ranking or alone)
    if by_ranking:
        assert after["rankings"] == before["rankings"]
        switched_off = sum(bool(maker["preferences"]) for maker in data["decisionMakers"])
        assert sum(line.startswith("preferences: ") for line in told_in) == switched_off
    elif not alone:
        assert after["statements"] == before["statements"]
        assert sum(line.startswith("preferenceRanking: ") for line in told_in) == sum(map(bool, before["rankings"]))
    needless = sum(len(maker["preferences"]) for maker in data["decisionMakers"] if "preferences" in maker)
    needless -= sum(map(len, before["statements"]))
    assert sum(line.endswith(" holds") for line in told_out) == (0 if by_ranking else needless)


def test_the_plain_reading_reads_a_published_file_as_its_guide_does() -> None:
    ways = {"Modify": "fwd", "Delay": "back", "Abandon": "fwd"}
    names = ["Modify", "Delay", "Accept", "Abandon", "Insist"]
    rankings = [
        [9, 3, 4, 10, 7, 1, 2, 8, [11, 5, 6, 12]],
        [1, 4, 10, 7, [5, 11, 6, 12], 2, 3, 9, 8],
        [9, 3, 7, 1, 10, 8, 4, 2, [11, 5, 12, 6]],
    ]
    own = [[0], [1, 2, 3], [4]]
    elmira = {
        "options": [{"name": name, "permittedDirection": ways.get(name, "both")} for name in names],
        "decisionMakers": [
            {"name": name, "options": options, "preferences": [], "preferenceRanking": ranking}
            for name, options, ranking in zip("abc", own, rankings, strict=True)
        ],
        "infeasibles": [[[1, "Y"], [2, "Y"]], [[1, "Y"], [3, "Y"]], [[2, "Y"], [3, "Y"]], [[1, "N"], [2, "N"], [3, "N"]]],
        "useManualPreferenceRanking": True,
    }
    found, printed = plain(elmira), offramp.load_case("elmira-12")
    assert found.states == list(printed.states.labels)
    assert [sum(map(len, there.values())) for there in found.moves] == [
        sum(len(printed.moves.successors(dm, state)) for state in range(12)) for dm in range(3)
    ]
    assert [[found.states.index(state) + 1 for state, worse in there.items() if worse == 11] for there in found.orders] == [[9], [1], [9]]

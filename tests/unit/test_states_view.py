"""The view of a model: orders against print, values and scores by hand, moves against the plain reference."""

from pathlib import Path
from typing import Any

import pytest

import offramp
import reference
from offramp import catalogue
from offramp.analysis.states import StatesView, states
from offramp.case.load import read_case_text
from offramp.case.yaml_reader import parse_yaml
from offramp.report.states_words import move_lines, preference_lines, strip

CASES = [name for name in catalogue.names() if (catalogue.folder(name) / "expected.yaml").exists()]

WELL = """
offramp: 1
title: A well
decision_makers: {first: {options: {dig: {}}}, second: {options: {dig: {}}}}
readings:
  first: {only: {pairs: [YN > NN > NY, YY > NY], unlisted: unknown}}
  second: {only: {prefers: [{that: not first.dig}, {that: first.dig -> second.dig}]}}
"""

STEPS = """
offramp: 1
title: Steps
decision_makers: {a: {options: {x: {}}}, b: {options: {y: {}}}, c: {}, d: {}}
readings:
  a: {only: {pairs: [YN >> NN > NY > YY]}}
  b: {only: {prefers: [{that: not x, greatly: true}, {that: y}]}}
  c: {only: {ranking: [YY, [NN, NY]], unlisted: unknown}}
  d: {only: {pairs: [YN > NN, YN >> NY, YN >> YY, NN > NY, NY = YY, NN > YY]}}
"""


def view_of(text: str, limit: int | None = None) -> StatesView:
    return states(offramp.Builder(read_case_text(text)), limit=limit)


def printed(name: str) -> dict[str, Any]:
    path = Path(catalogue.folder(name)) / "expected.yaml"
    return parse_yaml(path.read_text(encoding="utf-8"), path.name).data


@pytest.mark.parametrize("name", [name for name in CASES if printed(name).get("printed", {}).get("rankings")])
def test_the_orders_are_those_of_the_print(name: str) -> None:
    told = printed(name)
    rankings = told["printed"]["rankings"]
    view = states(offramp.Builder(offramp.read_case(name)))
    code = dict(zip(told["numbering"], told["states"], strict=True))
    for maker in view.makers:
        tiers = [tier if isinstance(tier, list) else [tier] for tier in rankings[maker.dm]]
        # the print's numbers as codes, or as names in a graph; within a place the order of the states is that of the program
        expected = [{code[number] for number in tier} for tier in tiers]
        assert [{view.model.states.label(state) for state in tier} for tier in maker.tiers or ()] == expected
        assert maker.places is not None
        places = {view.model.states.label(state): int(place) for state, place in enumerate(maker.places)}
        assert places == {label: place for place, tier in enumerate(expected, 1) for label in tier}


def test_rankings_of_the_print_as_lines() -> None:
    garrison = states(offramp.Builder(offramp.read_case("garrison-23"))).makers
    view = states(offramp.Builder(offramp.read_case("garrison-23")))
    assert strip(view, garrison[0]) == (
        "3 > 7 > 1 ~ 2 > 4 > 5 ~ 6 > 8 > 9 > 12 > 11 > 15 > 10 > 13 > 14 > 17 > 16 > 18 > 19 > 21 > 20 > 22 > 23"
    )
    korea = states(offramp.Builder(offramp.read_case("north-korea-2017-irreversible")))
    assert strip(korea, korea.makers[1]) == "s6 > s14 > s2 > s10 > s0 > s4 > s12 > s5 > s1 > s13 > s8 > s9"


def test_degrees_and_states_without_a_place() -> None:
    view = view_of(STEPS)
    a, b, c, d = view.makers
    # states: NN 1, YN 2, NY 3, YY 4
    assert list(preference_lines(view, a)) == ["2 >> 1 > 3 > 4"]
    assert list(preference_lines(view, b)) == ["3 > 1 >> 4 > 2"]
    assert list(preference_lines(view, c)) == ["4 > 1 ~ 3", "Nobody knows where it places 2.", "Unknown: 3 pairs of states."]
    assert c.places is None
    # the great step from 2 to 3 is made of two small ones: the order alone does not say it
    assert list(preference_lines(view, d)) == ["2 > 1 > 3 ~ 4", "1 > 3, 4", "2 >> 3, 4; > 1", "3 ~ 4"]


def test_what_is_known_where_pairs_are_not() -> None:
    view = view_of(WELL)
    first, second = view.makers
    assert first.tiers is None
    assert first.places is None
    assert first.scores is None
    assert first.num_unknown == 2  # NN and YY, YN and YY
    assert list(preference_lines(view, first)) == ["1 > 3; ? 4", "2 > 1, 3; ? 4", "4 > 3", "Unknown: 2 pairs of states."]
    assert second.num_unknown == 0


def test_scores_are_two_to_the_power_of_what_stands_below() -> None:
    second = view_of(WELL).makers[1]
    assert second.scores is not None
    # 2 where the first does not dig, 1 where it does not or both do: NN 2 + 1, YN 0, NY 2 + 1, YY 1
    assert second.scores.tolist() == [3, 0, 3, 1]
    assert view_of(STEPS).makers[1].scores is not None
    assert view_of(STEPS).makers[0].scores is None
    ranked = states(offramp.Builder(offramp.read_case("elmira-12"))).makers[0]
    assert (ranked.scores is None) == (not ranked.statements)


def test_a_dropped_doubt_has_no_score() -> None:
    doubtful = WELL.replace("{that: first.dig -> second.dig}", "{that: second.dig, doubtful: true}")
    second = view_of(doubtful).makers[1]
    assert second.scores is None
    assert second.num_unknown == 2  # NN and NY, YN and YY
    assert list(preference_lines(view_of(doubtful), second)) == ["1 > 2, 4; ? 3", "2 ? 4", "3 > 2, 4", "Unknown: 2 pairs of states."]


def test_moves_and_values_by_hand() -> None:
    view = states(offramp.Builder(offramp.read_case("prisoners-dilemma")))
    assert [view.value(state) for state in range(4)] == [0, 1, 2, 3]  # NN, YN, NY, YY
    assert list(move_lines(view, view.makers[1])) == ["1 to 3", "2 to 4", "3 to 1+", "4 to 2+"]
    korea = states(offramp.Builder(offramp.read_case("north-korea-2017-irreversible")))
    lines = list(move_lines(korea, korea.makers[0]))
    assert lines[0] == "s0 to s1, s2"  # the United States prefer neither
    assert lines[1] == "s2 to s0+, s1+"
    assert korea.value(0) is None


@pytest.mark.parametrize("name", ["garrison-23", "two-prisoners"])
def test_moves_keep_what_others_have_chosen(name: str) -> None:
    view = states(offramp.Builder(offramp.read_case(name)))
    options, labels = view.model.states.options, view.model.states.labels
    final = {label for label, option in view.builder.case.options.items() if option.irreversible or option.direction == "forward"}
    for maker in view.makers:
        own = [option.startswith(f"{maker.dm}.") for option in options]
        for state in range(0, len(labels), 7):
            by_hand = [
                other
                for other, label in enumerate(labels)
                if other != state
                and all(mine or here == there for mine, here, there in zip(own, labels[state], label, strict=True))
                and not any(option in final and here > there for option, here, there in zip(options, labels[state], label, strict=True))
            ]
            assert list(maker.moves(state)) == by_hand
            places = maker.places
            assert places is not None
            assert list(maker.improvements(state)) == [to for to in by_hand if places[to] < places[state]]


def test_a_limit_keeps_the_status_quo() -> None:
    case = WELL.replace("readings:", "status_quo: YY\nreadings:")
    view = view_of(case, 2)
    assert view.told == (0, 3)
    assert view.is_cut
    assert not view_of(case, 9).is_cut
    assert strip(view, view.makers[1]) == "1 ~ 3 > 4 > … (1 more place)"


def test_rows_for_data_frames() -> None:
    view = view_of(WELL)
    rows = offramp.records(view)
    assert [row["status_quo"] for row in rows] == [True, False, False, False]
    assert [row["place_first"] for row in rows] == [None] * 4
    assert [row["place_second"] for row in rows] == [1, 3, 1, 2]
    assert [row["unknown_to_first"] for row in rows] == ["4", "4", "", "1 2"]
    assert [row["first.dig"] for row in rows] == ["N", "Y", "N", "Y"]
    assert repr(view) == "<StatesView: A well; 4 states, with preferences and moves>"
    assert "<table" in view._repr_html_()  # type: ignore[attr-defined]


def test_the_reference_agrees_on_wanted_moves() -> None:
    codes = ["NN", "YN", "NY", "YY"]
    rank = {"NN": 2, "YN": 0, "NY": 3, "YY": 1}
    game = reference.option_game({"a": [("x", "both")], "b": [("y", "both")]}, codes, {"a": rank, "b": rank})
    text = (
        "offramp: 1\ntitle: t\ndecision_makers: {a: {options: {x: {}}}, b: {options: {y: {}}}}\n"
        "readings: {a: {r: {ranking: [NY, NN, YY, YN]}}, b: {r: {ranking: [NY, NN, YY, YN]}}}\n"
    )
    view = view_of(text)
    for maker in view.makers:
        for state, code in enumerate(codes):
            stays = not maker.improvements(state)
            assert stays == reference.is_stable(game, "nash", maker.dm, code)

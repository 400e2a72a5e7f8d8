"""Results as rows: the columns of each kind, and what pandas and polars make of them."""

import math
from random import Random
from typing import Any

import numpy as np
import pandas
import polars
import pytest

import offramp
from bridge import to_model
from generators import random_graph_spec, random_option_spec
from offramp.analysis.assessment import Assessor
from offramp.analysis.solve import Solution
from offramp.analysis.statusquo import statusquo
from offramp.case.load import read_case_text
from offramp.errors import ChoiceError
from offramp.model.conflict import ConflictModel, States
from offramp.report.records import states_table
from offramp.report.tables import columns
from offramp.report.tables.states import assessment_columns
from results import RESULTS, dilemma, of, result

records = offramp.records


@pytest.mark.parametrize("kind", RESULTS)
def test_data_frames_take_every_kind_of_result(kind: str) -> None:
    rows = records(result(kind))
    assert rows
    names = list(rows[0])
    assert all(list(row) == names for row in rows)
    for row in rows:
        assert {type(value) for value in row.values()} <= {str, int, float, bool, type(None)}
    one, two = pandas.DataFrame(rows), polars.DataFrame(rows, infer_schema_length=None)
    assert list(one.columns) == two.columns == names
    assert two.rows() == [tuple(row.values()) for row in rows]
    for name in names:
        column = one[name].tolist()
        assert all(a == row[name] or (row[name] is None and (a is None or math.isnan(a))) for a, row in zip(column, rows, strict=True)), (
            name
        )
        assert len({type(row[name]) for row in rows} - {type(None)}) <= 1, name


def test_the_dilemma_row_by_row() -> None:
    assert records(offramp.solve(dilemma(), ["nash", "seq"])) == [
        row(1, "NN", True, (False, False), (1, 1), (True, True, True, True), (True, True)),
        row(2, "YN", False, (True, False), (0, 3), (False, True, False, True), (False, False)),
        row(3, "NY", False, (False, True), (3, 0), (True, False, True, False), (False, False)),
        row(4, "YY", False, (True, True), (2, 2), (False, False, True, True), (False, True)),
    ]


def row(number: int, state: str, now: bool, options: Any, ranks: Any, stable: Any, equilibrium: Any) -> dict[str, Any]:
    names = ["number", "state", "status_quo", "first.cooperate", "second.cooperate", "rank_first", "rank_second"]
    names += ["nash_first", "nash_second", "seq_first", "seq_second", "equilibrium_nash", "equilibrium_seq"]
    return dict(zip(names, [number, state, now, *options, *ranks, *stable, *equilibrium], strict=True)) | {"settings": "default"}


def test_a_solution_says_by_which_settings() -> None:
    model = offramp.load_case("elmira-12")
    found = offramp.solve(
        offramp.merged(model, ["moe", "uniroyal"]), ["gmr"], offramp.Settings(sequences="once", return_to_start="ignored")
    )
    assert {row["settings"] for row in records(found)} == {"sequences=once return_to_start=ignored merged=moe+uniroyal"}
    one = offramp.solve(model, ["coalition_gmr"], coalition=["uniroyal", "moe"])
    assert {row["settings"] for row in records(one)} == {"coalition=moe+uniroyal"}


@pytest.mark.parametrize("seed", range(40))
def test_states_are_told_as_one_by_one(seed: int) -> None:
    rng = Random(seed)
    model = to_model(random_option_spec(rng) if seed % 4 else random_graph_spec(rng))
    solution = offramp.solve(model)
    rows = records(solution)
    assert len(rows) == model.num_states
    for state, found in enumerate(rows):
        label = model.states.label(state)
        assert (found["number"], found["state"], found["status_quo"]) == (state + 1, label, state == model.status_quo)
        assert [found[option] for option in model.states.options] == [letter == "Y" for letter in label][: len(model.states.options)]
        assert [found[f"rank_{dm}"] for dm in model.decision_makers] == [int(rank) for rank in model.ranks[:, state]]
        assert {concept for concept in offramp.CONCEPTS if found[f"equilibrium_{concept}"]} == set(solution.concepts_at(state))
        for concept, by_dm in solution.results.items():
            for dm, one in by_dm.items():
                assert found[f"{concept}_{dm}"] == bool(one.stable[state])


@pytest.mark.parametrize("name", ["two-prisoners", "elmira-12"])
def test_law_and_harm_are_those_of_every_state(name: str) -> None:
    builder = offramp.Builder(offramp.read_case(name))
    for contested in ({}, {name: not side for name, side in builder.contested().items()}):
        choice = builder.choice(contested=contested)
        solution = Solution(builder.model(choice), {})
        header, rows = states_table(solution, Assessor(builder, choice))
        found = assessment_columns(Assessor(builder, choice))
        for column in ("breaches", "harms"):
            assert list(found[column]) == [row[header.index(column)] for row in rows]


def test_a_result_about_one_decision_maker_says_about_whom() -> None:
    found = records(of("limited", "second", 3))[1]
    assert {name: found[name] for name in ("concept", "focal", "horizon", "state", "stable", "end", "end_code")} == {
        "concept": "limited", "focal": "second", "horizon": 3, "state": "YN",
        "stable": bool(of("limited", "second", 3).stable[1]),
        "end": int(of("limited", "second", 3).ends[1]) + 1, "end_code": dilemma().states.label(int(of("limited", "second", 3).ends[1])),
    }  # fmt: skip
    assert [found["upset"] for found in records(of("universal", "nash"))] == ["first second", "first", "second", "first; second"]
    assert {found["coalition"] for found in records(of("coalition_nash", ["first", "second"]))} == {"first second"}


def test_an_explanation_has_a_row_for_each_improvement() -> None:
    found = records(offramp.explain(dilemma(), 3, ["nash", "smr"]))
    assert [(row["dm"], row["concept"], row["stable"], row["to"], row["deters"], row["moves"], row["end_code"]) for row in found] == [
        ("first", "nash", False, 3, False, "", "NY"),
        ("first", "smr", True, 3, True, "second no cooperate", "NN"),
        ("second", "nash", False, 2, False, "", "YN"),
        ("second", "smr", True, 2, True, "first no cooperate", "NN"),
    ]
    assert found[1]["escape_code"] == "NN"
    rest = [(row["dm"], row["stable"], row["to"], row["deters"]) for row in records(offramp.explain(dilemma(), 0, ["nash"]))]
    assert rest == [("first", True, None, None), ("second", True, None, None)]


def test_ways_out_and_what_is_reached() -> None:
    model = dilemma()
    assert records(offramp.ways_out(model, offramp.Reach(model.moves, 0))) == [
        {
            "coalition": "first second", "num_members": 2, "is_minimal": True, "to": 4, "code": "YY",
            "num_moves": 2, "moves": "first cooperate, second cooperate",
        },
    ]  # fmt: skip
    minimal = [row["is_minimal"] for row in records(result("ways"))]
    assert minimal == [True, True, False, False]
    found = records(statusquo(offramp.load_case("syria-iraq-1975"), "improvements"))
    assert [(row["to"], row["num_moves"], row["by"]) for row in found] == [(4, 1, "iraq"), (6, 2, "syria iraq")]


def test_a_grid_has_a_row_for_each_cell() -> None:
    grid = result("grid")
    rows = records(grid)
    assert len(rows) == grid.num_cells == 128
    assert {row["reading_south_korea"] for row in rows} == {"eager"}
    assert sum(row["clear"] for row in rows) == offramp.findings(grid.builder).clear.cells
    assert len({tuple(row[name] for name in row if name.startswith(("reading_", "contested_"))) for row in rows}) == 128
    assert {row["claim_forced_handover"] for row in rows} <= {"supported", "refuted", "undecided"}


def test_several_results_of_one_kind_are_one_table() -> None:
    each = [of("seq", "first"), of("seq", "second")]
    assert records(each) == records(tuple(each)) == [*records(each[0]), *records(each[1])]
    assert records([]) == []
    with pytest.raises(ChoiceError, match="result 2 of the list has other columns than the first"):
        records([each[0], dilemma()])
    with pytest.raises(ChoiceError, match="a int is no result that has rows"):
        records(3)
    with pytest.raises(ChoiceError, match="a str is no result"):
        records(["solution"])


PAIRED = """
offramp: 1
title: One of two compares pair by pair
decision_makers: {a: {options: {x: {}}}, b: {options: {y: {}}}}
readings: {a: {only: {weights: {x: 1}}}, b: {only: {pairs: ["YY > NN"], unlisted: unknown}}}
"""


def test_without_a_ranking_ranks_are_missing() -> None:
    builder = offramp.Builder(read_case_text(PAIRED))
    found = records(builder.model(builder.choice()))
    assert [(row["state"], row["rank_a"], row["rank_b"]) for row in found] == [
        ("NN", 0, None), ("YN", 1, None), ("NY", 0, None), ("YY", 1, None),
    ]  # fmt: skip
    solved = records(offramp.solve(builder.model(builder.choice())))
    assert [(row["rank_b"], row["nash_a"]) for row in solved] == [(None, False), (None, True), (None, False), (None, True)]


def test_what_is_empty_keeps_its_columns() -> None:
    model = dilemma()
    assert list(columns(offramp.ways_out(model, offramp.Reach(model.moves, 3)))) == [
        "coalition", "num_members", "is_minimal", "to", "code", "num_moves", "moves",
    ]  # fmt: skip
    empty = ConflictModel("no options", ("a",), States((), np.zeros(1, dtype=np.int64)), model.moves, np.zeros((1, 1), dtype=np.int64))
    assert records(empty) == [{"number": 1, "state": "", "status_quo": True, "rank_a": 0}]


def test_a_hypergame_has_a_row_for_each_state_and_concept() -> None:
    found = result("hypergame")
    rows = records(found)
    assert [(row["state"], row["concept"]) for row in rows] == [(k, name) for k in range(1, 7) for name in ("nash", "seq")]
    for row in rows:
        place, concept = row["state"] - 1, row["concept"]
        assert row["equilibrium"] is bool(found.equilibria[concept][place])
        assert row["if_all_knew"] is bool(found.if_all_knew[concept][place])
        assert row["unseen_by"].split() == [game.dm for game in found.games if not game.seen[place]]
    assert "breaches" not in rows[0]
    assert repr(found).startswith("<Hypergame: ")
    assert "wrong: " in repr(found)


def test_an_inverse_question_has_a_row_for_each_demand() -> None:
    found = offramp.inverse(offramp.Builder(offramp.read_case("syria-iraq-1975")), offramp.Aim((1,), concept="seq", dm=0))
    rows = records(found)
    assert {(row["dm"], row["state"], row["wanted"], row["holds"], row["num"], row["of"]) for row in rows} == {
        ("syria", 2, True, False, "384", "720")  # as the page says
    }
    assert [row["move"] for row in rows] == [demand.move + 1 for demand in found.parts[0].condition.demands]
    assert repr(found).endswith("state 2 stable by SEQ for syria; 0 of 1 condition met as it is>")

"""Witnesses by hand: on published models, and on graphs where who moved last decides."""

from functools import partial

import numpy as np
import pytest

import offramp
from offramp.analysis.witness import Witnesses, search, sequence
from offramp.case.load import read_case_text
from offramp.model.build import Builder

# a goes from s to t and would like to stay there. b alone gets no further than u, as nobody moves twice in succession;
# after c has moved, b may go on to v, which is worse for a than s. b also leads back from t2 to s.
GRAPH = """
offramp: 1
title: Three in turn
decision_makers: {a: {}, b: {}, c: {}}
states: [s, t, t2, u, v, w]
moves:
  a: [[s, t], [s, t2], [v, s]]
  b: [[t, u], [u, v], [w, v], [t2, s]]
  c: [[u, w]]
readings:
  a: {only: {ranking: [t2, t, w, u, s, v]}}
  b: {only: {ranking: [v, u, s, t, w, t2]}}
  c: {only: {ranking: [C_RANKING]}}
"""


def model_of(c_ranking: str):
    builder = Builder(read_case_text(GRAPH.replace("C_RANKING", c_ranking)))
    return builder.model(builder.choice())


def told(model, answer):
    return [(model.decision_makers[move.dm], model.states.label(move.to)) for move in answer.moves]


def answer_of(model, concept, focal, start, to):
    return Witnesses(offramp.CONCEPTS[concept](model, focal)).answer(model.state(start), model.state(to))


WANTS_W, HATES_W = "w, v, u, t, t2, s", "[v, u, t, t2, s], w"


def test_nobody_moves_twice_in_succession() -> None:
    answer = answer_of(model_of(WANTS_W), "gmr", "a", "s", "t")
    assert answer.deters
    assert told(model_of(WANTS_W), answer) == [("b", "u"), ("c", "w"), ("b", "v")]


@pytest.mark.parametrize(("c_ranking", "deters"), [(WANTS_W, True), (HATES_W, False)])
def test_under_seq_each_opponent_has_to_want_its_move(c_ranking: str, deters: bool) -> None:
    model = model_of(c_ranking)
    answer = answer_of(model, "seq", "a", "s", "t")
    assert answer.deters is deters
    # without c, the worst that b brings about by what it wants is u
    assert told(model, answer) == ([("b", "u"), ("c", "w"), ("b", "v")] if deters else [("b", "u")])
    assert model.states.label(answer.state) == ("v" if deters else "u")


def test_the_return_to_the_start_is_a_sanction() -> None:
    model = model_of(WANTS_W)
    for concept in ("gmr", "seq"):
        answer = answer_of(model, concept, "a", "s", "t2")
        assert answer.deters
        assert told(model, answer) == [("b", "s")]
        assert answer.rank == model.ranks[0][model.state("s")]


def test_under_smr_the_way_back_up_counts() -> None:
    model = model_of(WANTS_W)
    answer = answer_of(model, "smr", "a", "s", "t")  # from v it can go back to s, which is no better than s
    assert answer.deters
    assert model.states.label(answer.escape) == "s"
    answer = answer_of(model, "smr", "a", "s", "t2")  # from s it would get away again, to t2 itself
    assert not answer.deters
    assert answer.moves == ()
    assert model.states.label(answer.escape) == "t2"


def test_nash_has_no_answer() -> None:
    answer = answer_of(model_of(WANTS_W), "nash", "a", "s", "t2")
    assert (answer.deters, answer.moves, answer.escape) == (False, (), None)


def test_elmira_by_hand() -> None:
    """Local Government ranks 9, 3, 7, 1, 10, 8, 4, 2, then the rest; the Ministry's answer to 7 is 8, and it is not wanted."""
    model = offramp.load_case("elmira-12")
    answer = answer_of(model, "gmr", "local_government", 1, 7)
    assert answer.deters
    assert told(model, answer) == [("moe", "YYNNY")]
    assert not answer_of(model, "seq", "local_government", 1, 7).deters
    # from 8 Uniroyal would go to 10, which Local Government likes better than 2, or to 12, which it does not
    answer = answer_of(model, "sseq", "local_government", 2, 8)
    assert answer.deters
    assert told(model, answer) == [("uniroyal", "YNNYY")]
    assert model.states.label(answer.escape) == "YNNYY"  # to stop insisting is as bad: staying comes first


def test_all_sanctions_of_elmira_by_hand() -> None:
    model = offramp.load_case("elmira-12")
    found = {
        concept: Witnesses(offramp.CONCEPTS[concept](model, "local_government")).sanctions(0, 6)
        for concept in ("nash", "gmr", "smr", "seq", "sseq")
    }
    assert {concept: [state + 1 for state in states] for concept, states in found.items()} == {
        "nash": [],
        "gmr": [8, 10, 11, 12],
        "smr": [8, 10, 11, 12],
        "seq": [],
        "sseq": [],
    }


def test_search_ends_where_it_is_told_to() -> None:
    model = model_of(WANTS_W)
    wanted = np.array([label == "w" for label in model.states.labels])
    movers = (1, 2)
    players = [partial(model.moves.successors, dm) for dm in movers]
    tree, node = search(players, model.state("t"), wanted, "legal")
    assert node == (model.state("w"), 0b10)
    assert [(move.dm, move.to) for move in sequence(tree, node, movers)] == [(1, model.state("u")), (2, model.state("w"))]
    everything, none = search(players, model.state("t"), None, "legal")
    assert none is None
    assert {model.states.label(state) for state, _ in everything} == {"u", "w", "v"}
    assert {model.states.label(state) for state, _ in search(players, model.state("t"), None, "once")[0]} == {"u", "w"}
    assert {model.states.label(state) for state, _ in search(players, model.state("t"), None, "one_step")[0]} == {"u"}

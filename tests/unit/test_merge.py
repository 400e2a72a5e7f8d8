"""Merged coalitions by hand: who they are, what they can do, what they want."""

from dataclasses import replace

import numpy as np
import pytest

import offramp
from bridge import to_model
from offramp.analysis.explain import explain
from offramp.case.load import read_case_text
from offramp.errors import ChoiceError, UnknownLabelError
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.model.merge import merged
from offramp.report.explained import Explained
from offramp.sources.evidence import Evidence

ELMIRA, GRAPH = offramp.load_case("elmira-12"), offramp.load_case("elmira-9-xu")


def apart(directions=("both", "both", "both")):
    """Return a model of three with an option each, in which a and b cannot change theirs one after the other: NY- and YN- are no states."""
    feasible = ["NNN", "YYN", "NNY", "YYY"]
    orders = {"a": feasible, "b": feasible[::-1], "c": feasible}
    rank = {dm: {code: -place for place, code in enumerate(order)} for dm, order in orders.items()}
    options = {dm: [(dm, way)] for dm, way in zip("abc", directions, strict=True)}
    return to_model({"options": options, "feasible": feasible, "rank": rank, "status_quo": "NNN"})


def moves(model, dm, start):
    return [model.states.label(state) for state in model.moves.successors(model.dm(dm), model.state(start)).tolist()]


def test_options_change_at_once():
    assert moves(apart(), "a", "NNN") == []
    one = merged(apart(), ["a", "b"])
    assert one.decision_makers == ("a+b", "c")
    assert moves(one, "a+b", "NNN") == ["YYN"]
    assert moves(one, "c", "NNN") == ["NNY"]


def test_each_option_keeps_its_direction():
    one = merged(apart(("forward", "both", "both")), ["b", "a"])
    assert (moves(one, "a+b", "NNN"), moves(one, "a+b", "YYN")) == (["YYN"], [])
    back = merged(apart(("backward", "both", "both")), ["b", "a"])
    assert (moves(back, "a+b", "NNN"), moves(back, "a+b", "YYN")) == ([], ["NNN"])


def test_it_stands_where_its_first_member_stood():
    assert merged(apart(), ["b", "c"]).decision_makers == ("a", "b+c")
    assert merged(apart(), ["c", "a"]).decision_makers == ("a+c", "b")
    assert merged(apart(), ["c", "a", "b"]).decision_makers == ("a+b+c",)


def test_it_wants_what_all_want():
    one = merged(apart(), ["a", "b"])
    assert not one.prefers(0, [0, 1, 2, 3], 1).any()  # a likes NNN best, b YYY
    assert merged(apart(), ["a", "c"]).prefers(0, 0, 3)
    with pytest.raises(ChoiceError, match=r"the preferences of a\+b are no ranking of all states"):
        _ = one.ranks


def test_several_coalitions_and_merging_again():
    both = merged(GRAPH, ["uniroyal", "local_government"])
    assert both.decision_makers == ("moe", "uniroyal+local_government")
    again = merged(both, ["moe", "uniroyal+local_government"])
    assert again.decision_makers == ("moe+uniroyal+local_government",)
    at_once = merged(GRAPH, ["moe", "uniroyal", "local_government"])
    for concept in offramp.CONCEPTS:
        one, other = (offramp.CONCEPTS[concept](model, at_once.decision_makers[0]).stable.tolist() for model in (again, at_once))
        assert one == other


def test_in_a_graph_it_goes_where_its_members_lead():
    """The Ministry leads from s1 to s2, Uniroyal from there to s4 and s9; it does not stay as a move."""
    assert moves(merged(GRAPH, ["moe", "uniroyal"]), "moe+uniroyal", "s1") == ["s2", "s3", "s4", "s9"]
    assert moves(merged(GRAPH, ["moe", "local_government"]), "moe+local_government", "s1") == ["s2", "s5", "s6"]


@pytest.mark.parametrize(
    ("coalitions", "message"),
    [
        ([["moe"]], "a merged coalition is a list of two labels or more, found 'moe'; name who"),
        (["moe"], "a merged coalition is a list of two labels or more, found 'moe'"),
        ([["moe", "moe"]], "'moe' is merged twice"),
        ([["moe", "uniroyal"], ["uniroyal", "local_government"]], "'uniroyal' is merged twice"),
    ],
)
def test_refused(coalitions, message):
    with pytest.raises(ChoiceError, match=message):
        merged(ELMIRA, *coalitions)


def test_what_somebody_does_not_see_cannot_be_merged():
    moves = ELMIRA.moves.unseeing([np.arange(12) == 3, np.zeros(12, dtype=bool), np.zeros(12, dtype=bool)])
    with pytest.raises(ChoiceError, match=r"some moves of moe are disallowed, or lead to .* --coalition moe,uniroyal and do not merge"):
        merged(replace(ELMIRA, moves=moves), ["moe", "uniroyal"])


def test_unknown_member():
    with pytest.raises(UnknownLabelError, match="no decision maker is called 'mayor'"):
        merged(ELMIRA, ["moe", "mayor"])


def test_it_is_told_by_the_names_of_all():
    builder = offramp.Builder(offramp.read_case("elmira-12"))
    found = explain(merged(ELMIRA, ["moe", "uniroyal"]), 6)
    told = [line.words for line in Explained(builder, builder.choice(), Evidence({}, {}, {}), found).lines()]
    assert "Ministry of the Environment and Uniroyal as one" in told
    both = "Temptation: Ministry of the Environment modifies the order to clean up and Uniroyal no longer delays"
    assert any(both in words for words in told)


TOGETHER = """
offramp: 1
title: Two who move together
decision_makers: {a: {options: {x: {}}}, b: {options: {y: {}}}, c: {options: {z: {}}}}
rules: {pair: {require: x <-> y}}
MORE
readings: {a: {p: {prefers: [{that: x and not z}]}}, b: {p: {prefers: [{that: y and not z}]}}, c: {p: {prefers: [{that: z}]}}}
"""


def together(more: str) -> ConflictModel:
    builder = Builder(read_case_text(TOGETHER.replace("MORE", more)))
    return merged(builder.model(builder.choice()), ["a", "b"])


def moves_of(model: ConflictModel) -> dict[str, list[str]]:
    label = model.states.label
    return {label(state): [label(to) for to in model.moves.successors(0, state)] for state in range(model.num_states)}


@pytest.mark.parametrize(
    "more",
    [
        "",
        "disallowed: {final: {from: z, to: not z, by: [c]}}",
        "misperceptions: {c: {blind: {that: z}}}",
        "misperceptions: {c: {blind: {that: z}}}\ndisallowed: {final: {from: z, to: not z, by: [c]}}",
    ],
)
def test_what_binds_others_takes_nothing_from_those_who_are_one(more: str) -> None:
    assert moves_of(together(more)) == {"NNN": ["YYN"], "YYN": ["NNN"], "NNY": ["YYY"], "YYY": ["NNY"]}


def test_others_keep_what_is_taken_from_them() -> None:
    model = together("disallowed: {final: {from: z, to: not z, by: [c]}}")
    assert [model.moves.successors(1, state).tolist() for state in range(4)] == [[2], [3], [], []]


def test_where_states_count_as_one() -> None:
    assert moves_of(together("coalesce: {over: {that: z}}")) == {"NNN": ["YYN"], "YYN": ["NNN"], "--Y": []}


def test_moves_that_are_disallowed_for_a_member() -> None:
    text = TOGETHER.replace("rules: {pair: {require: x <-> y}}\nMORE", "disallowed: {final: {from: x, to: not x, by: [a]}}")
    builder = Builder(read_case_text(text))
    with pytest.raises(ChoiceError, match="some moves of a are disallowed, or lead to states that it does not see"):
        merged(builder.model(builder.choice()), ["a", "b"])


@pytest.mark.parametrize("by", ["", ", by: [b]"])
def test_moves_that_are_disallowed_for_those_who_are_one(by: str) -> None:
    """Nobody alone could make this move, so it is taken from nobody; together they could."""
    text = TOGETHER.replace("rules: {pair: {require: x <-> y}}\nMORE", f"disallowed: {{at_once: {{from: NN-, to: YY-{by}}}}}")
    builder = Builder(read_case_text(text))
    with pytest.raises(ChoiceError, match="a move that a, b can only make at once is disallowed"):
        merged(builder.model(builder.choice()), ["a", "b"])
    assert moves_of(merged(builder.model(builder.choice()), ["a", "c"]))["NNN"] == ["YNN", "NNY", "YNY"]


@pytest.mark.parametrize("entry", ["{from: NN-, to: YY-, by: [c]}", "{from: Y--, to: -Y-, by: [a, b]}"])
def test_what_is_disallowed_and_no_move_of_theirs_is_nothing_to_them(entry: str) -> None:
    """The second leads from no state to another one of theirs: who stays does not move."""
    assert moves_of(together(f"disallowed: {{other: {entry}}}")) == moves_of(together(""))


def test_one_of_several_without_a_move_is_told() -> None:
    builder = offramp.Builder(offramp.read_case("elmira-9-xu"))
    choice = builder.choice()
    model = merged(builder.model(choice), ["moe", "uniroyal"])
    told = [line.words for line in Explained(builder, choice, Evidence({}, {}, {}), explain(model, model.state("s9"))).lines()]
    assert "It has no move here." in told

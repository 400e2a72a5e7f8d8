"""Stability for coalitions, by hand."""

from random import Random

import pytest

import offramp
from bridge import to_model
from offramp.errors import ChoiceError, TooManyStatesError, UnknownLabelError
from offramp.stability import deterrence, joint
from offramp.stability.coalition_gmr import coalition_gmr_stability
from offramp.stability.coalition_nash import coalition_nash_stability
from offramp.stability.coalition_seq import coalition_seq_stability
from offramp.stability.coalition_smr import coalition_smr_stability
from offramp.stability.settings import DEFAULT, Settings
from offramp.stability.universal import universal_stability

FOUR = [coalition_nash_stability, coalition_gmr_stability, coalition_smr_stability, coalition_seq_stability]


def options(owners, ranking):
    """Return a model in which each letter of `owners` has one option; tiers best first, the states not named below all."""
    codes = ["".join("NY"[n >> k & 1] for k in range(len(owners))) for n in range(2 ** len(owners))]
    tiers = {dm: [tier.split(",") for tier in ranking[dm].split()] for dm in owners}
    rank = {dm: {code: next((-n for n, tier in enumerate(tiers[dm]) if code in tier), -99) for code in codes} for dm in owners}
    return to_model({"options": {dm: [(dm, "both")] for dm in owners}, "feasible": codes, "rank": rank, "status_quo": codes[0]})


def graph(moves, ranking):
    """Return a graph of moves such as ``{"a": ["1-2"]}``, with states best first by decision maker."""
    states = sorted(next(iter(ranking.values())).replace(",", " ").split())
    arcs = {dm: [tuple(move.split("-")) for move in moves[dm]] for dm in moves}
    rank = {dm: {state: -n for n, tier in enumerate(ranking[dm].split()) for state in tier.split(",")} for dm in moves}
    return to_model({"states": states, "moves": arcs, "rank": rank, "status_quo": states[0]})


def is_stable(result, label):
    return bool(result.stable[result.model.state(label)])


DILEMMA = offramp.load_case("prisoners-dilemma")

PUNISHED = options("abc", {"a": "YNN YYN,YNY NNN YYY", "b": "YYY YNN YYN,YNY", "c": "YYY YNN YYN,YNY"})
"""From NNN a would go to YNN; b and c can answer by YYY, which both want, but on the way there the first of them loses."""


def test_nash_two_prisoners_leave_mutual_defection_together():
    result = coalition_nash_stability(DILEMMA, ["second", "first"])
    assert (result.concept, result.coalition, result.settings) == ("nash", ("first", "second"), DEFAULT)
    assert result.stable.tolist() == [False, True, True, True]


def test_nash_every_member_has_to_gain():
    """From NN both go to YY, which a prefers; b does not mind, and that is not enough."""
    model = options("ab", {"a": "YY NN", "b": "YY,NN"})
    assert is_stable(coalition_nash_stability(model, ["a", "b"]), "NN")


def test_gmr_one_member_that_does_not_gain_is_a_sanction():
    """a and b go from NNN to YYN; c answers by YYY, good for a and bad for b."""
    model = options("abc", {"a": "YYY YYN NNN", "b": "YYN NNN YYY", "c": "NNN YYN YYY"})
    assert not is_stable(coalition_nash_stability(model, ["a", "b"]), "NNN")
    assert is_stable(coalition_gmr_stability(model, ["a", "b"]), "NNN")
    assert not is_stable(coalition_seq_stability(model, ["a", "b"]), "NNN")  # c would not want to


def test_smr_the_coalition_may_get_out_again():
    """As before, but from YYY a and b get to NNY, which both prefer to NNN, and from which c cannot keep them."""
    model = options("abc", {"a": "NNY YYY YYN NNN", "b": "NNY YYN NNN YYY", "c": "NNN"})
    assert is_stable(coalition_gmr_stability(model, ["a", "b"]), "NNN")
    assert not is_stable(coalition_smr_stability(model, ["a", "b"]), "NNN")


def test_seq_opponents_answer_jointly_or_one_by_one():
    together = coalition_seq_stability(PUNISHED, ["a"])
    alone = coalition_seq_stability(PUNISHED, ["a"], Settings(sanctions="individuals"))
    assert is_stable(together, "NNN")
    assert not is_stable(alone, "NNN")
    assert (together.settings.changed, alone.settings.changed) == ({}, {"sanctions": "individuals"})
    assert alone.stable.tolist() == offramp.CONCEPTS["seq"](PUNISHED, "a").stable.tolist()


def test_seq_on_a_graph_joint_answers_need_not_be_legal_for_single_movers():
    """b goes from 1 to 2, from where the only way back is d, c, and c again.

    That is c and d together and then c, a sanction in SEQ; single movers may not go it, so that there is none in GMR.
    """
    model = graph({"b": ["1-2"], "c": ["3-4", "4-1"], "d": ["2-3"]}, {"b": "2,3,4 1", "c": "1 4 2,3", "d": "4 1 2,3"})
    assert is_stable(coalition_seq_stability(model, ["b"]), "1")
    assert not is_stable(coalition_gmr_stability(model, ["b"]), "1")


def test_seq_no_coalition_improves_twice_in_succession():
    """From 2 only c moves, to 3 and on to 1: two moves of one coalition in succession."""
    model = graph({"b": ["1-2"], "c": ["2-3", "3-1"]}, {"b": "2,3 1", "c": "1 3 2"})
    assert not is_stable(coalition_seq_stability(model, ["b"]), "1")


def test_universal_keeps_every_coalition():
    result = universal_stability(DILEMMA, "nash")
    assert list(result.results) == [("first",), ("second",), ("first", "second")]
    assert result.stable.tolist() == [False] * 4
    assert [result.upset(state) for state in range(4)] == [(("first", "second"),), (("first",),), (("second",),), (("first",), ("second",))]
    assert (result.concept, result.settings) == ("nash", DEFAULT)


def test_universal_seq_says_who_sanctions():
    assert universal_stability(PUNISHED, "seq").settings == DEFAULT
    alone = universal_stability(PUNISHED, "seq", Settings(sanctions="individuals"))
    assert alone.settings.changed == {"sanctions": "individuals"}
    assert ("a",) in alone.upset(PUNISHED.state("NNN"))


@pytest.mark.parametrize("ask", FOUR)
def test_unknown_member(ask):
    with pytest.raises(UnknownLabelError, match="no decision maker is called 'third'; there are: first, second"):
        ask(DILEMMA, ["first", "third"])


@pytest.mark.parametrize("ask", FOUR)
def test_empty_coalition(ask):
    with pytest.raises(ChoiceError, match="a coalition has at least one member, found none; there are: first, second"):
        ask(DILEMMA, [])


@pytest.mark.parametrize("ask", FOUR)
def test_member_named_twice(ask):
    with pytest.raises(ChoiceError, match="the coalition names 'first' twice; name every member once"):
        ask(DILEMMA, ["first", "second", "first"])


@pytest.mark.parametrize("ask", FOUR)
def test_a_bare_label(ask):
    with pytest.raises(ChoiceError, match=r"a coalition is a list of labels, found 'first'; write \['first'\]"):
        ask(DILEMMA, "first")


@pytest.mark.parametrize("strength", ["strong", "weak"])
def test_degrees_that_nobody_has(strength):
    for ask in (coalition_seq_stability, universal_stability):
        with pytest.raises(ChoiceError, match=f"strength={strength} needs degrees of preference; nobody prefers anything greatly"):
            ask(DILEMMA, ["first"] if ask is coalition_seq_stability else "seq", Settings(strength=strength))


def test_unknown_concept():
    with pytest.raises(UnknownLabelError, match="no concept for coalitions is called 'sseq'; there are: nash, gmr, smr, seq"):
        universal_stability(DILEMMA, "sseq")


def test_too_many_decision_makers(monkeypatch):
    monkeypatch.setattr(joint, "MAX_DECISION_MAKERS", 1)
    for ask in (lambda: universal_stability(DILEMMA, "nash"), lambda: coalition_seq_stability(DILEMMA, ["first"])):
        with pytest.raises(TooManyStatesError, match="2 decision makers form too many coalitions; at most 1 are computed"):
            ask()
    coalition_seq_stability(DILEMMA, ["first"], Settings(sanctions="individuals"))
    monkeypatch.setattr(joint, "MAX_DECISION_MAKERS", 2)
    universal_stability(DILEMMA, "nash")


@pytest.mark.parametrize("most", [0, 4])
def test_too_many_joint_improvements(most, monkeypatch):
    """With four, the first mover's fit and those of all together do not."""
    monkeypatch.setattr(joint, "MAX_IMPROVEMENTS", most)
    with pytest.raises(TooManyStatesError, match=f"opponents have more than {most} improvements, alone and jointly"):
        coalition_seq_stability(PUNISHED, ["a"])


def test_joint_improvements_are_limited_all_together(monkeypatch):
    """Where a has not moved all is alike. Where it has, b goes from YNY to YYY and from YYN to YNN, c from YYN to YYY and from YNY to
    YNN; together they get to YYY from the three other states and to YNN from YYN and YNY.
    """
    total = 2 + 2 + (3 + 2)
    monkeypatch.setattr(joint, "MAX_IMPROVEMENTS", total)
    assert not is_stable(coalition_seq_stability(PUNISHED, ["a"], Settings(sanctions="individuals")), "NNN")
    assert is_stable(coalition_seq_stability(PUNISHED, ["a"]), "NNN")
    monkeypatch.setattr(joint, "MAX_IMPROVEMENTS", total - 1)
    with pytest.raises(TooManyStatesError, match=f"opponents have more than {total - 1} improvements, alone and jointly"):
        coalition_seq_stability(PUNISHED, ["a"])


@pytest.mark.parametrize("num_states", [65, 128])
def test_departures_are_gone_through_a_block_at_a_time(num_states, monkeypatch):
    """In blocks of 64 as all at once; the last block has one state, or as many as the others."""
    rng = Random(num_states)
    codes = [f"{number:07b}".translate({48: "N", 49: "Y"})[::-1] for number in range(num_states)]
    owners = {"a": 2, "b": 2, "c": 3}
    spec = {
        "options": {dm: [(f"{dm}{k}", "both") for k in range(number)] for dm, number in owners.items()},
        "feasible": codes,
        "rank": {dm: {code: rng.randrange(9) for code in codes} | {codes[-1]: 9} for dm in owners},
        "status_quo": codes[0],
    }
    model = to_model(spec)

    def improvements():
        """Return all of b and c together, those that lead to the last state among them."""
        arcs = joint.Joint(model, DEFAULT).improvements((1, 2))
        return list(zip(arcs.start.tolist(), arcs.to.tolist(), strict=True))

    at_once = improvements()
    assert any(to == num_states - 1 for _, to in at_once)
    with monkeypatch.context() as small:
        small.setattr(joint, "BLOCK", 1)
        assert improvements() == at_once
    for ask in FOUR:
        whole = ask(to_model(spec), ["a", "b"]).stable
        with monkeypatch.context() as small:
            small.setattr(joint, "BLOCK", 1)
            small.setattr(deterrence, "BLOCK", 1)
            assert ask(to_model(spec), ["a", "b"]).stable.tolist() == whole.tolist()
        assert ask is not coalition_nash_stability or 0 < whole.sum() < num_states

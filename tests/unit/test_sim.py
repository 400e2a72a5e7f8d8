"""Simultaneous sanctioning, by hand."""

import pytest

import offramp
from bridge import to_model
from offramp.errors import ChoiceError, TooManyStatesError, UnknownLabelError
from offramp.stability import sim
from offramp.stability.settings import DEFAULT
from offramp.stability.sim import sim_stability


def option_model(ranking, owners="ab", directions=None):
    """Return a model in which each letter of `owners` has one option; the feasible codes best first, commas between ties."""
    names = list(dict.fromkeys(owners))
    ways = directions or ["both"] * len(owners)
    options = {dm: [(f"{dm}{k}", ways[k]) for k, owner in enumerate(owners) if owner == dm] for dm in names}
    feasible = sorted(ranking["a"].replace(",", " ").split(), key=lambda code: code[::-1])
    rank = {dm: {code: -place for place, tier in enumerate(ranking[dm].split()) for code in tier.split(",")} for dm in names}
    return to_model({"options": options, "feasible": feasible, "rank": rank, "status_quo": feasible[0]})


def stable(model, dm):
    return {model.states.label(state) for state in sim_stability(model, dm).stable.nonzero()[0]}


def test_changes_of_both_are_added():
    """From NN both want their own Y; together that is YY, which a likes least."""
    model = option_model({"a": "YN NN NY YY", "b": "NY YY NN YN"})
    assert stable(model, "a") == {"NN", "YN", "NY"}
    assert sim_stability(model, "a").sanction(model.state("NN"), model.state("YN")) == model.state("YY")


def test_what_is_no_state_deters_nobody():
    """As before, but both at once cannot be."""
    model = option_model({"a": "YN NN NY", "b": "NY NN YN"})
    assert "NN" not in stable(model, "a")
    assert sim_stability(model, "a").sanction(model.state("NN"), model.state("YN")) is None


def test_opponents_improve_on_where_all_start():
    """Once a has moved, b would want to answer (SEQ); from where a starts it does not, so SIM has no sanction."""
    model = option_model({"a": "YN NN NY YY", "b": "NN NY YY YN"})
    assert offramp.CONCEPTS["seq"](model, "a").stable[model.state("NN")]
    assert "NN" not in stable(model, "a")


def test_an_end_as_good_as_the_start_deters():
    model = option_model({"a": "YN NN,YY NY", "b": "NY YY NN YN"})
    assert "NN" in stable(model, "a")
    assert sim_stability(model, "a").sanction(model.state("NN"), model.state("YN")) == model.state("YY")


def test_two_opponents_may_be_needed_at_once():
    """Only when b and c both move does it go wrong for a; each of them alone leaves a better off."""
    rest = "NNN,NYY,YNN,YYN,YNY,YYY"
    model = option_model({"a": "YNN YYN YNY NNN NYN NNY NYY YYY", "b": f"NYN {rest},NNY", "c": f"NNY {rest},NYN"}, "abc")
    result = sim_stability(model, "a")
    assert result.stable[model.state("NNN")]
    assert result.sanction(model.state("NNN"), model.state("YNN")) == model.state("YYY")


def test_a_one_way_option_stays_changed():
    model = option_model({"a": "YN NN NY YY", "b": "NY YY NN YN"}, directions=["forward", "forward"])
    assert stable(model, "a") == {"NN", "YN", "NY", "YY"}  # from YY a would want to go back to NY, and cannot


def test_alone_it_is_nash():
    model = option_model({"a": "Y N"}, "a")
    assert stable(model, "a") == {"Y"}


def test_the_result_says_what_was_meant():
    result = sim_stability(offramp.load_case("prisoners-dilemma"), "first")
    assert (result.concept, result.focal, result.settings) == ("sim", "first", DEFAULT)


def test_a_graph_is_refused_before_anything_else():
    with pytest.raises(ChoiceError, match="sim needs option form; this case lists its 9 states and moves as a graph; give"):
        sim_stability(offramp.load_case("elmira-9-xu"), "moe")


def test_unknown_decision_maker():
    with pytest.raises(UnknownLabelError, match="no decision maker is called 'third'; there are: first, second"):
        sim_stability(offramp.load_case("prisoners-dilemma"), "third")


@pytest.mark.parametrize(("start", "to"), [("NN", "YN"), ("YY", "YN"), ("YY", "YY")])
def test_no_sanction_without_an_improvement(start, to):
    model = offramp.load_case("prisoners-dilemma")
    with pytest.raises(ChoiceError, match=f"first has no improvement from {start} to {to}"):
        sim_stability(model, "first").sanction(model.state(start), model.state(to))


def test_too_many_combinations(monkeypatch):
    monkeypatch.setattr(sim, "MAX_COMBINATIONS", 1)
    model = option_model({"a": "YN NN NY YY", "b": "NY YY NN YN"})
    with pytest.raises(TooManyStatesError, match="from NN the opponents of a can move at once in 2 ways or more; at most 1 are computed"):
        sim_stability(model, "a")

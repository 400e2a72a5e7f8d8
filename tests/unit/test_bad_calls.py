"""Wrong arguments from Python: an error of `offramp.errors` that says what would be right."""

from collections.abc import Callable

import numpy as np
import pytest

import offramp
from offramp.analysis.sweep.importance import Importance, sobol_indices
from offramp.case.load import read_case_text
from offramp.errors import ChoiceError, UnknownLabelError
from offramp.formula import parse
from offramp.stability import sequences
from offramp.stability.sequences import Arcs

MODEL = offramp.load_case("elmira-12")
GAME = offramp.Builder(offramp.read_case("prisoners-dilemma"))
NO_POSITIONS = [-1, 12, 10**30, True, 1.5, "NYNNN", np.float64(1)]


@pytest.mark.parametrize("state", NO_POSITIONS)
@pytest.mark.parametrize(
    "call",
    [
        lambda state: offramp.explain(MODEL, state),
        lambda state: offramp.statusquo(MODEL, "moves", state),
        lambda state: offramp.inverse(offramp.Builder(offramp.read_case("elmira-12")), offramp.Aim((state,))),
        lambda state: offramp.solve(MODEL, ["nash"]).concepts_at(state),
        MODEL.position,
    ],
)
def test_what_is_no_position_of_a_state(call: Callable[[object], object], state: object) -> None:
    with pytest.raises(ChoiceError, match=r"is no position of a state; expected 0 to 11; model.state gives the position of a code"):
        call(state)


def test_positions_of_states() -> None:
    assert MODEL.position(np.int64(11)) == 11
    assert offramp.statusquo(MODEL, "moves", np.int64(3)).start == 3


@pytest.mark.parametrize("dm", [-1, 2, "first", True, 0.0])
def test_what_is_no_position_of_a_decision_maker(dm: object) -> None:
    with pytest.raises(ChoiceError, match="is no position of a decision maker; expected 0 to 1"):
        offramp.inverse(GAME, offramp.Aim((0,), dm=dm))  # type: ignore[arg-type]
    with pytest.raises(ChoiceError, match="is no position of a decision maker; expected 0 to 1"):
        offramp.Reach(GAME.model(GAME.choice()).moves, 0).mask((dm,))  # type: ignore[arg-type]


def test_no_sequence_that_there_is_not() -> None:
    reach = offramp.Reach(MODEL.moves, 0)
    with pytest.raises(ChoiceError, match=r"no legal sequence of the coalition .* leads from position 0 to 99"):
        reach.sequence((0,), 99)


@pytest.mark.parametrize("label", ["nosuch", "cooperate"])
def test_a_goal_has_full_labels(label: str) -> None:
    with pytest.raises(UnknownLabelError, match=f"no option, condition or state is called '{label}'; there are: first.cooperate, "):
        offramp.smallest_changes(GAME, offramp.Goal("open", parse(label)))


def test_a_concept_that_was_not_asked_for() -> None:
    with pytest.raises(UnknownLabelError, match="no concept of this solution is called 'seq'; there are: nash"):
        offramp.solve(MODEL, ["nash"]).equilibria("seq")


def test_an_inverse_question_without_a_ranking_is_refused_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Conditions of large models take long, and nothing would come of them."""
    text = (
        "offramp: 1\ntitle: t\ndecision_makers: {a: {options: {x: {}}}, b: {options: {y: {}}}}\n"
        "readings: {a: {only: {prefers: [{that: y, doubtful: true}]}}, b: {only: {prefers: [{that: y}]}}}\n"
    )
    builder = offramp.Builder(read_case_text(text))
    monkeypatch.setattr("offramp.analysis.inverse.answer.condition", None)
    with pytest.raises(ChoiceError, match="are no ranking of all states"):
        offramp.inverse(builder, offramp.Aim((0,), concept="smr", dm=0))


def test_importance_of_a_single_factor() -> None:
    a, b = [False, False, True, True], [False, True, False, True]
    assert sobol_indices(np.array([a, b, b])) == (Importance(first=1.0, total=1.0),)


def test_bits_are_gathered_a_few_words_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """With as many moves as may be listed, all words at once would take more memory than there is."""
    rng = np.random.default_rng(3)
    pairs = np.unique(rng.integers(0, 40, size=(300, 2)), axis=0)
    arcs = Arcs(40, pairs[:, 0], pairs[:, 1])
    bits = rng.integers(0, 2**63, size=(40, 7)).astype(np.uint64)
    want = arcs.some(bits)
    for size in (1, 3 * len(pairs), 7 * len(pairs)):
        monkeypatch.setattr(sequences, "GATHERED", size)
        assert np.array_equal(arcs.some(bits), want)

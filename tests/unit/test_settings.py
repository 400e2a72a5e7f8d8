"""Settings, each on a conflict so small that its effect can be seen by eye."""

import pytest

import offramp
from offramp.case.load import read_case_text
from offramp.errors import ChoiceError, TooManyStatesError, UnknownLabelError
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.stability import CONCEPTS, deterrence
from offramp.stability.settings import DEFAULT, VALUES, Settings


def graph(moves: str, **pairs: str) -> ConflictModel:
    """Return a graph of states s, t, u and v; who prefers what, pair by pair, the rest unknown."""
    lines = "".join(f"  {dm}: {{only: {{pairs: {there}, unlisted: unknown}}}}\n" for dm, there in pairs.items())
    makers = ", ".join(f"{dm}: {{}}" for dm in pairs)
    text = f"offramp: 1\ntitle: t\ndecision_makers: {{{makers}}}\nstates: [s, t, u, v]\nmoves: {moves}\nreadings:\n{lines}"
    builder = Builder(read_case_text(text))
    return builder.model(builder.choice())


def is_stable(model: ConflictModel, concept: str, **settings: str) -> bool:
    """Return whether s is stable for the first decision maker."""
    return bool(CONCEPTS[concept](model, model.decision_makers[0], Settings(**settings)).stable[0])


# Who answers, and how often. Garrison's three answers are printed; see its expected.yaml.


@pytest.mark.parametrize(
    ("sequences", "printed"),
    [
        ("one_step", [2, 3, 8, 11, 13, 14, 15, 17, 18, 19, 21, 22]),
        ("once", [2, 3, 4, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22]),
        ("legal", [2, 3, 4, 6, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22]),
    ],
)
def test_three_answers_to_one_question(sequences: str, printed: list[int]) -> None:
    solution = offramp.solve(offramp.load_case("garrison-23"), ["gmr"], Settings(sequences=sequences))
    assert (solution.equilibria("gmr").nonzero()[0] + 1).tolist() == printed


def test_an_answer_of_three_moves() -> None:
    """From t the second moves to u, the third to v, and the second again to s, which is no better."""
    model = graph("{a: [[s, t]], b: [[t, u], [v, s]], c: [[u, v]]}", a="[t > s, u > s, v > s]", b="[s = t = u = v]", c="[s = t = u = v]")
    assert is_stable(model, "gmr")
    assert not is_stable(model, "gmr", sequences="once")
    assert not is_stable(model, "gmr", return_to_start="ignored")
    assert not is_stable(model, "seq")  # nobody wants these moves
    two = graph("{a: [[s, t]], b: [[t, u]], c: [[u, v]]}", a="[t > s, u > s, s > v]", b="[s = t = u = v]", c="[s = t = u = v]")
    assert is_stable(two, "gmr", sequences="once")
    assert not is_stable(two, "gmr", sequences="one_step")


def test_each_once_is_refused_for_more_opponents_than_can_be_ordered(monkeypatch: pytest.MonkeyPatch) -> None:
    model = graph("{a: [[s, t]], b: [[t, u]], c: [[u, v]]}", a="[t > s, u > s, s > v]", b="[s = t = u = v]", c="[s = t = u = v]")
    monkeypatch.setattr(deterrence, "MAX_ONCE", 2)
    assert is_stable(model, "gmr", sequences="once")
    monkeypatch.setattr(deterrence, "MAX_ONCE", 1)
    with pytest.raises(TooManyStatesError, match="2 opponents, or coalitions of them, can each answer once in too many orders; at most 1"):
        is_stable(model, "gmr", sequences="once")


def test_a_return_to_where_the_improvement_led() -> None:
    """From t the second moves to u and the third back to t: nobody has moved twice, and t is unknown to be better than s."""
    model = graph("{a: [[s, t]], b: [[t, u]], c: [[u, t]]}", a="[u > s]", b="[s = t = u = v]", c="[s = t = u = v]")
    assert is_stable(model, "gmr", unknown="c")
    assert not is_stable(model, "gmr", unknown="c", return_to_move="ignored")
    assert not is_stable(model, "gmr", unknown="a")
    assert is_stable(model, "gmr", unknown="b")  # t does not even tempt
    alone = graph("{a: [[s, t]], b: [[t, u], [u, t]]}", a="[u > s]", b="[s = t = u = v]")
    assert not is_stable(alone, "gmr", unknown="c")  # one decision maker does not move twice in succession


# What nobody knows.


@pytest.mark.parametrize(("unknown", "stable"), [("a", False), ("b", True), ("c", False), ("d", True)])
def test_what_is_unknown_tempts_under_a_and_c(unknown: str, stable: bool) -> None:
    assert is_stable(graph("{a: [[s, t]]}", a="[s > u]"), "nash", unknown=unknown) is stable


@pytest.mark.parametrize(("unknown", "stable"), [("a", False), ("b", False), ("c", True), ("d", True)])
def test_what_is_unknown_deters_under_c_and_d(unknown: str, stable: bool) -> None:
    model = graph("{a: [[s, t]], b: [[t, u]]}", a="[t > s]", b="[s = t = u = v]")
    assert is_stable(model, "gmr", unknown=unknown) is stable


@pytest.mark.parametrize(("unknown", "stable"), [("a", False), ("b", False), ("c", True), ("d", True)])
def test_what_is_unknown_is_an_escape_under_a_and_b(unknown: str, stable: bool) -> None:
    """The answer u is worse for a; from there it can go to v, of which nobody knows."""
    model = graph("{a: [[s, t], [u, v]], b: [[t, u]]}", a="[t > s > u]", b="[s = t = u = v]")
    assert is_stable(model, "gmr", unknown=unknown)
    assert is_stable(model, "smr", unknown=unknown) is stable


@pytest.mark.parametrize("unknown", "abcd")
def test_opponents_improve_to_what_may_be_better(unknown: str) -> None:
    model = graph("{a: [[s, t]], b: [[t, u]]}", a="[t > s > u]", b="[s = t]")
    assert is_stable(model, "seq", unknown=unknown)
    worse = graph("{a: [[s, t]], b: [[t, u]]}", a="[t > s > u]", b="[t > u]")
    assert not is_stable(worse, "seq", unknown=unknown)


# How much.


@pytest.mark.parametrize(
    ("pairs", "general", "strong"), [("[t > s > u]", True, False), ("[t > s >> u]", True, True), ("[t >> u >> s]", False, False)]
)
def test_a_strong_sanction_ends_greatly_worse(pairs: str, general: bool, strong: bool) -> None:
    model = graph("{a: [[s, t]], b: [[t, u]]}", a=pairs, b="[s >> t]")
    for concept in ("gmr", "smr"):
        assert is_stable(model, concept) is general
        assert is_stable(model, concept, strength="strong") is strong
        assert is_stable(model, concept, strength="weak") is (general and not strong)


def test_a_strong_escape_is_whatever_is_not_greatly_worse() -> None:
    model = graph("{a: [[s, t], [u, v]], b: [[t, u]]}", a="[t > s >> u, s > v]", b="[s >> t]")
    assert is_stable(model, "smr")  # v is worse than s
    assert is_stable(model, "gmr", strength="strong")
    assert not is_stable(model, "smr", strength="strong")  # but not greatly


def test_without_improvement_a_state_is_strongly_stable() -> None:
    model = graph("{a: [[s, t]], b: []}", a="[s > t]", b="[s >> t]")
    assert is_stable(model, "seq", strength="strong")
    assert not is_stable(model, "nash", strength="weak")


def test_unknown_under_strong_stability() -> None:
    model = graph("{a: [[s, t]], b: [[t, u]]}", a="[t >> s]", b="[s = t]")
    assert [is_stable(model, "gmr", strength="strong", unknown=kind) for kind in "abcd"] == [False, False, True, True]


def test_degrees_that_nobody_has() -> None:
    with pytest.raises(
        ChoiceError, match="strength=strong needs degrees of preference; nobody prefers anything greatly under the readings taken"
    ):
        offramp.solve(offramp.load_case("prisoners-dilemma"), ["seq"], Settings(strength="strong"))


# The record.


def test_every_value_is_told_and_the_first_is_the_default() -> None:
    assert {name: next(iter(values)) for name, values in VALUES.items()} == {name: getattr(DEFAULT, name) for name in VALUES}
    assert DEFAULT.changed == {}
    assert set(DEFAULT.record()) == {*VALUES, "improvements", "coalitions"}


def test_settings_that_are_not_there() -> None:
    with pytest.raises(ChoiceError, match="the setting unknown is 'e'; expected a, b, c or d"):
        Settings(unknown="e")
    with pytest.raises(UnknownLabelError, match="no setting is called 'sequence'; there are: sequences"):
        DEFAULT.but(sequence="once")


def test_every_result_says_what_was_meant() -> None:
    settings = Settings(sequences="once")
    solution = offramp.solve(offramp.load_case("prisoners-dilemma"), ["seq"], settings)
    assert solution.record()["sequences"] == "once"
    assert all(result.settings == settings for result in solution.results["seq"].values())

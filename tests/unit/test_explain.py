"""Explanations by hand: the prisoners' dilemma, Elmira, and an order that needs two opponents."""

import pytest

import offramp
from bridge import to_model
from offramp.analysis.explain import explain
from offramp.analysis.tableau import states_that_matter, tableau
from offramp.case.load import read_case_text
from offramp.errors import ChoiceError, UnknownLabelError
from offramp.model.build import Builder
from offramp.stability.settings import Settings


def test_prisoners_dilemma_by_hand() -> None:
    """Ranks of the first: YY 2, NY 3, NN 1, YN 0. Leaving YY tempts; the other stops cooperating, and wants to."""
    model = offramp.load_case("prisoners-dilemma")
    explanation = explain(model, model.state("YY"))
    first, second = explanation.accounts
    assert (first.rank, first.moves) == (2, (model.state("NY"),))
    assert [(model.states.label(found.to), found.rank) for found in first.improvements] == [("NY", 3)]
    answers = {answer.concept: answer for answer in first.improvements[0].answers}
    assert [concept for concept, answer in answers.items() if answer.deters] == ["gmr", "smr", "seq", "sseq"]
    for concept in ("gmr", "smr", "seq", "sseq"):
        assert [(move.dm, model.states.label(move.to)) for move in answers[concept].moves] == [(1, "NN")]
        assert answers[concept].rank == 1
    assert answers["smr"].escape == model.state("NN")
    assert answers["gmr"].escape is None
    assert [model.states.label(found.to) for found in second.improvements] == ["YN"]
    assert explanation.solution.concepts_at(explanation.state) == ("gmr", "smr", "seq", "sseq")


def test_the_status_quo_is_the_default() -> None:
    model = offramp.load_case("elmira-9-xu")
    assert explain(model).state == model.status_quo == 0
    assert [len(account.improvements) for account in explain(model).accounts] == [0, 0, 1]


def test_improvements_come_best_first_then_by_number() -> None:
    """Uniroyal at state 2 ranks 4 above 6; at state 8 it ranks 10 above 12."""
    model = offramp.load_case("elmira-12")
    for state, told in ((2, [4, 6]), (8, [10, 12])):
        account = explain(model, state - 1, decision_makers=["uniroyal"]).accounts[0]
        assert [found.to + 1 for found in account.improvements] == told
        assert not any(account.is_stable(concept) for concept in offramp.CONCEPTS)


def test_a_sanction_of_two_opponents() -> None:
    """Russia would take its offer back; then Seoul asks and Kyiv hands over, each because it wants to."""
    model = offramp.load_case("two-prisoners", readings={"south_korea": "eager"})
    account = explain(model, model.state("NNNNNNYNNNN"), ["seq"], ["russia"]).accounts[0]
    answer = account.improvements[0].answers[0]
    assert [(model.decision_makers[move.dm], model.states.label(move.to)) for move in answer.moves] == [
        ("south_korea", "NNNNYNNNNNN"),
        ("ukraine", "YNNNYNNNNNN"),
    ]


def test_what_is_asked_for_alone_is_told() -> None:
    model = offramp.load_case("elmira-12")
    explanation = explain(model, 0, ["seq", "gmr"], ["local_government", "moe", "moe"])
    assert explanation.concepts == ("seq", "gmr")
    assert [account.dm for account in explanation.accounts] == [2, 0]
    assert [answer.concept for answer in explanation.accounts[0].improvements[0].answers] == ["seq", "gmr"]
    with pytest.raises(UnknownLabelError, match="mayor"):
        explain(model, 0, decision_makers=["mayor"])
    with pytest.raises(UnknownLabelError, match="core"):
        explain(model, 0, ["core"])


def test_the_tableau_of_the_prisoners_dilemma_by_hand() -> None:
    """As printed in textbooks: ranks 1 0 3 2 and 1 3 0 2; from YY both are sanctioned by NN; YN and NY have a free improvement."""
    model = offramp.load_case("prisoners-dilemma")
    entries = tableau(offramp.solve(model, ["nash", "seq"]), (0, 1, 2, 3))
    first = [entry for entry in entries if entry.dm == 0]
    assert [entry.rank for entry in first] == [1, 0, 3, 2]
    assert [entry.moves for entry in first] == [(1,), (0,), (3,), (2,)]
    assert [[(found.to, found.by["seq"]) for found in entry.improvements] for entry in first] == [[], [(0, ())], [], [(2, (0,))]]
    assert [entry.stable["nash"] for entry in first] == [True, False, True, False]
    assert [entry.stable["seq"] for entry in first] == [True, False, True, True]
    assert [(entry.state, entry.dm) for entry in entries] == [(state, dm) for state in range(4) for dm in range(2)]


def test_states_that_matter_in_a_large_model() -> None:
    """State 5 of the bundled case, what one move makes of it, then what follows by wanted moves."""
    model = offramp.load_case("two-prisoners")
    states, is_cut = states_that_matter(model, 4, 24)
    near = {to for dm in range(5) for to in model.moves.successors(dm, 4).tolist()}
    assert states[0] == 4
    assert list(states[1 : 1 + len(near)]) == sorted(near)
    assert 305 in states  # the end of what follows
    assert not is_cut
    assert states_that_matter(model, 4, 3) == (states[:3], True)
    assert states_that_matter(model, 4, 344) == (tuple(range(344)), False)


# Coalitions, and what cannot be told together.

AROUND = """
offramp: 1
title: Around
decision_makers: {a: {}, b: {}, c: {}}
states: [s, t, u]
moves: {a: [[s, t]], b: [[t, u]], c: [[u, t]]}
readings:
  a: {only: {pairs: ["u > s"], unlisted: unknown}}
  b: {only: {pairs: ["s = t = u"]}}
  c: {only: {pairs: ["s = t = u"]}}
"""


@pytest.mark.parametrize(("concept", "coalition"), [("gmr", None), ("coalition_gmr", ["a"])])
def test_an_answer_that_goes_round(concept: str, coalition: list[str] | None) -> None:
    """a goes to t, of which it does not know whether it is better; b goes on to u, which is, and c back to t."""
    builder = Builder(read_case_text(AROUND))
    model = builder.model(builder.choice())
    for returns, moves in (("sanctions", [(1, 2), (2, 1)]), ("ignored", [])):
        settings = Settings(unknown="c", return_to_move=returns)
        account = explain(model, 0, [concept], settings=settings, coalition=coalition).accounts[0]
        (answer,) = account.improvements[0].answers
        assert [(move.dm, move.to) for move in answer.moves] == moves
        assert (answer.deters, answer.is_worst) == (bool(moves), bool(moves))
        assert account.is_stable(concept) == bool(moves)


def test_opponents_answer_together() -> None:
    """From NNN a would go to YNN; b and c want YYY, which neither reaches alone without losing on the way."""
    codes = ["NNN", "YNN", "NYN", "YYN", "NNY", "YNY", "NYY", "YYY"]
    orders = {"a": ["YNN", "YYN", "YNY", "NNN", "YYY"], "b": ["YYY", "YNN", "YYN", "YNY"], "c": ["YYY", "YNN", "YYN", "YNY"]}
    rank = {dm: {code: -order.index(code) if code in order else -99 for code in codes} for dm, order in orders.items()}
    options = {dm: [(dm, "both")] for dm in "abc"}
    model = to_model({"options": options, "feasible": codes, "rank": rank, "status_quo": "NNN"})
    (account,) = explain(model, 0, ["coalition_seq"], coalition=["a"]).accounts
    (turn,) = account.improvements[0].answers[0].turns
    assert turn.members == (1, 2)
    assert [(move.dm, model.states.label(move.to)) for move in turn.moves] == [(1, "YYN"), (2, "YYY")]
    (alone,) = explain(model, 0, ["coalition_seq"], settings=Settings(sanctions="individuals"), coalition=["a"]).accounts
    assert not alone.is_stable("coalition_seq")
    assert alone.improvements[0].answers[0].turns == ()


@pytest.mark.parametrize(
    ("concepts", "makers", "message"),
    [
        (["coalition_seq", "seq"], None, "coalition_seq is told alone, and 2 concepts are asked for; ask for it by itself"),
        (["coalition_seq"], ["first"], "coalition_seq is about coalitions, and decision makers are asked for; name a coalition instead"),
        (["limited"], None, "limited needs the number of moves to look ahead; give a horizon"),
    ],
)
def test_what_cannot_be_told(concepts: list[str], makers: list[str] | None, message: str) -> None:
    with pytest.raises(ChoiceError, match=message):
        explain(offramp.load_case("prisoners-dilemma"), 0, concepts, makers)

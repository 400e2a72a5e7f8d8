"""`offramp explain` for the concepts beyond the five, under settings, and where preferences are no ranking."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from offramp.analysis.explain import explain
from offramp.case.load import read_case_text
from offramp.cli import app
from offramp.model.build import Builder
from offramp.model.merge import merged
from offramp.report.explained import Explained
from offramp.sources.evidence import Evidence

DOUBT = """
offramp: 1
title: Doubt
decision_makers: {anna: {options: {leave: {}}}, bert: {options: {pay: {}}}}
readings:
  anna: {only: {prefers: [{that: pay, greatly: true}, {that: leave, doubtful: true}]}}
  bert: {only: {pairs: ["NN > NY"], unlisted: unknown}}
"""


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["explain", *arguments])
    assert result.exit_code == code, result.output
    return " ".join((result.stderr if code else result.stdout).replace("│", " ").split())


def as_json(*arguments: str) -> dict:
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["explain", *arguments, "--format", "json"])
    return json.loads(result.stdout)


@pytest.fixture
def doubt(tmp_path: Path) -> str:
    (tmp_path / "case.yaml").write_text(DOUBT)
    return str(tmp_path / "case.yaml")


def test_what_nobody_knows_is_told(doubt: str) -> None:
    told = run(doubt, "NY", "--concept", "gmr", "--dm", "anna")
    assert "Anna takes the option “leave” (leads to state 4; nobody knows whether it prefers that)." in told
    assert "held back: Bert no longer takes the option “pay”; state 2 is greatly worse than here for it." in told
    assert "Settings: unknown=a: a state of unknown merit tempts, and does not deter." in told
    told = run(doubt, "NY", "--concept", "gmr", "--dm", "anna", "--set", "unknown=d")
    assert "It is not tempted where nobody knows whether it would gain by this: Anna takes the option “leave”." in told
    told = run(doubt, "NY", "--concept", "gmr", "--dm", "bert")
    assert "For its pairs (assumed): NN > NY." in told
    assert "not held back: nothing that they can do holds it back." in told


def test_weak_stability(doubt: str) -> None:
    told = run(doubt, "NY", "--concept", "gmr", "--dm", "anna", "--set", "strength=weak")
    assert "Not weakly by GMR. What follows is told of general stability." in told
    assert "no weak equilibrium by GMR" in told


def test_data_without_a_ranking(doubt: str) -> None:
    record = as_json(doubt, "NY", "--concept", "smr", "--dm", "anna", "--set", "sequences=once")
    assert record["settings"]["sequences"] == "once"
    (account,) = record["decision_makers"]
    (improvement,) = account["improvements"]
    assert (account["rank"], improvement["rank"], improvement["compared"]) == (None, None, "unknown")
    assert improvement["answers"][0]["end"] == {"to": 2, "code": "YN", "rank": None, "compared": "greatly worse"}
    assert improvement["answers"][0]["escape"]["to"] == 2


def test_simultaneous() -> None:
    told = run("north-korea-2017", "NNYN", "--concept", "sim", "--concept", "seq", "--dm", "us")
    assert "If the others move at the same time (SIM): held back: North Korea no longer invades the South; state 2 is worse" in told
    assert "If the others do only what they want (SEQ): not held back" in told


def test_looking_ahead() -> None:
    """Three moves ahead Syria leaves 6; the ends have period 4."""
    told = run("syria-iraq-1975", "6", "--concept", "limited", "--horizon", "3", "--dm", "syria")
    assert "Looking 3 moves ahead, it leaves: the best end that it sees is better than here." in told
    assert "What follows: Iraq no longer attacks, then Syria no longer releases water. It ends in state 1: better than here" in told
    assert "it stays: no end that it sees is better than here." in run(
        "syria-iraq-1975", "6", "--concept", "limited", "--horizon", "2", "--dm", "syria"
    )
    record = as_json("syria-iraq-1975", "6", "--concept", "nonmyopic", "--dm", "syria")
    assert [account["horizon"] for account in record["decision_makers"]] == [3]
    assert "and so it is again every 4 moves further" in run("syria-iraq-1975", "6", "--concept", "nonmyopic", "--dm", "syria")


def test_coalitions() -> None:
    told = run("elmira-9-xu", "s5", "--concept", "coalition_gmr")
    assert "1 of 7 coalitions would leave (no equilibrium by coalitional GMR)." in told
    assert "Temptation: Ministry of the Environment moves to “s6”, then Uniroyal moves to “s8” (leads to state s8)." in told
    assert "6 other coalitions have no way to anything that every member wants." in told
    record = as_json("elmira-9-xu", "s5", "--concept", "coalition_gmr", "--coalition", "uniroyal,moe")
    (account,) = record["decision_makers"]
    assert account["coalition"] == ["moe", "uniroyal"]
    assert account["improvements"][0]["compared"] == ["better", "better"]
    found = CliRunner().invoke(app, ["explain", "elmira-9-xu", "s5", "--concept", "coalition_gmr", "--format", "csv"]).stdout
    rows = list(csv.DictReader(io.StringIO(found)))
    assert [(row["dm"], row["to"], row["to_compared"]) for row in rows if row["to"]] == [("moe+uniroyal", "8", "better; better")]
    assert len(rows) == 7


LOAN = """
offramp: 1
title: Loan
decision_makers: {up: {options: {share: {}}}, bank: {options: {loan: {}}}}
readings:
  up: {only: {prefers: [{that: loan, greatly: true}, {that: not share}]}}
  bank: {only: {prefers: [{that: share, greatly: true}, {that: not loan}]}}
"""


def test_what_is_greatly_better_is_told_of_coalitions_and_of_those_who_look_ahead(tmp_path: Path) -> None:
    """Both together go from NN to YY, greatly better for both."""
    (tmp_path / "case.yaml").write_text(LOAN)
    told = run(str(tmp_path / "case.yaml"), "NN", "--concept", "coalition_nash")
    assert "Up, for whom it is greatly better, for its wish 1 of 2 (assumed): " in told
    assert "Bank, for whom it is greatly better, for its wish 1 of 2 (assumed): " in told
    told = run(str(tmp_path / "case.yaml"), "YY", "--concept", "coalition_nash", "--coalition", "up")
    assert "Up for its wish 2 of 2 (assumed): Up does not take the option “share”" in told  # better, and not greatly
    # Up, with two moves to look at, goes to YN only if the bank then pays, which it would not: it stays in NN. It leaves YY
    # for NY, where the bank takes the loan back: NN is greatly worse than YY.
    told = run(str(tmp_path / "case.yaml"), "YY", "--concept", "limited", "--horizon", "2", "--dm", "up")
    assert "It ends in state 1: greatly worse than here for it." in told


def test_what_is_greatly_better_is_told_of_one_decision_maker(tmp_path: Path) -> None:
    """Anna goes from NY to YY, greatly better, and Bert, who likes YY least, would answer by YN, which is better than NY, not greatly."""
    (tmp_path / "case.yaml").write_text(
        LOAN.partition("readings")[0]
        + """readings:
  up: {only: {ranking: [YY, YN, NN, NY], great_steps: [YY]}}
  bank: {only: {ranking: [NN, NY, YN, YY]}}
"""
    )
    told = run(str(tmp_path / "case.yaml"), "NY", "--concept", "nash", "--concept", "seq", "--dm", "up")
    assert "(leads to state 4; that is greatly better)" in told
    assert "it stays better off than here" in told
    (tmp_path / "case.yaml").write_text((tmp_path / "case.yaml").read_text().replace("[YY]}}", "[YY, YN]}}"))
    assert "it stays greatly better off than here" in run(str(tmp_path / "case.yaml"), "NY", "--concept", "seq", "--dm", "up")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--concept", "nonmyopic", "--set", "strength=strong"], "nonmyopic has no setting strength, and strength=strong is asked for"),
        (["--set", "strength=strong"], "strength=strong needs degrees of preference; nobody prefers anything greatly under"),
        (["--set", "unknown=e"], "the setting unknown is 'e'; expected a, b, c or d"),
        (["--set", "order=a"], "no setting is called 'order'"),
        (["--set", "unknown=a", "--set", "unknown=b"], "--set says unknown=a and unknown=b; say it once"),
    ],
)
def test_misuse(arguments: list[str], message: str) -> None:
    assert message in run("prisoners-dilemma", *arguments, code=2)


def test_weak_stability_of_coalitions_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("""
offramp: 1
title: Weak
decision_makers: {anna: {options: {leave: {}}}, bert: {options: {pay: {}}}}
readings:
  anna: {only: {ranking: [YY, NN, YN, NY], great_steps: [YY]}}
  bert: {only: {ranking: [NN, NY, YN, YY]}}
""")
    weak = [str(path), "--concept", "coalition_gmr", "--set", "strength=weak"]
    told = run(*weak[:1], "NN", *weak[1:])  # nobody wants anything: nothing has to hold them back, strongly or not
    assert "Not held back weakly, that is in general and not strongly: 3 of 3 coalitions (no weak equilibrium by coalitional GMR)." in told
    assert "3 coalitions have no way to anything that every member wants." in told
    assert "leave" not in told
    # Anna would go back to NN; Bert then pays, which is worse for her than here, and not greatly.
    told = run(*weak[:1], "YN", *weak[1:], "--coalition", "anna")
    assert "Anna alone: held back weakly, that is in general and not strongly (by coalitional GMR)" in told
    assert "held back weakly. In general, which is told here: the others hold them back." in told
    told = run(*weak[:1], "NN", *weak[1:], "--coalition", "anna")
    assert "Anna alone: not held back weakly" in told


def saved(tmp_path: Path, text: str) -> str:
    path = tmp_path / "hand.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


LINE = """
offramp: 1
title: Three in a line
decision_makers: {ann: {}, bob: {}, cyd: {}}
states: [s1, s2, s3, s4]
moves: {ann: [[s1, s2]], bob: [[s2, s3]], cyd: [[s3, s4]]}
readings:
  ann: {only: {ranking: [s3, s1, s2, s4]}}
  bob: {only: {ranking: [s3, s4, s1, s2], great_steps: [s3]}}
  cyd: {only: {ranking: [s4, s3, s2, s1]}}
"""
"""Ann and Bob get from s1 to s3 together, which both want; Cyd goes on from there to s4, which is worse for Ann and better for Bob."""

RELUCTANT = LINE.replace("[s4, s3, s2, s1]", "[s3, s4, s2, s1]")
"""Cyd does not want that."""


def test_what_holds_a_coalition_back_is_told_of_who_is_no_better_off(tmp_path: Path) -> None:
    told = run(saved(tmp_path, LINE), "s1", "--concept", "coalition_gmr", "--coalition", "ann,bob")
    assert "Ann and Bob together would stay (by coalitional GMR); of others nothing is asked." in told
    assert "Tempted by 1 state; the others hold them back." in told
    assert "Temptation: Ann moves to “s2”, then Bob moves to “s3” (leads to state s3)." in told
    assert "Held back (coalitional GMR): Cyd moves to “s4”; that is state s4." in told
    assert "For Ann that is worse than here." in told
    assert "For Bob that is" not in told


def test_by_smr_the_coalition_does_not_get_out_again(tmp_path: Path) -> None:
    told = run(saved(tmp_path, LINE), "s1", "--concept", "coalition_smr", "--coalition", "ann,bob")
    assert "Cyd moves to “s4”; that is state s4, and the coalition does not get out of that again." in told


def test_nothing_holds_a_coalition_back(tmp_path: Path) -> None:
    told = run(saved(tmp_path, RELUCTANT), "s1", "--concept", "coalition_seq", "--coalition", "ann,bob")
    assert "Ann and Bob together would leave (by coalitional SEQ); of others nothing is asked." in told
    assert "Tempted by 1 state; nothing holds them back." in told
    assert "Not held back (coalitional SEQ): the others have no answer that leaves one of them no better off." in told


def test_a_coalition_that_is_held_back_weakly(tmp_path: Path) -> None:
    """s4 is worse for Ann, not greatly."""
    told = run(saved(tmp_path, LINE), "s1", "--concept", "coalition_gmr", "--coalition", "ann,bob", "--set", "strength=weak")
    assert "Ann and Bob together: held back weakly, that is in general and not strongly (by coalitional GMR)" in told
    assert "Tempted by 1 state; held back weakly. In general, which is told here: the others hold them back." in told
    greatly = LINE.replace("[s3, s1, s2, s4]", "[s3, s1, s2, s4], great_steps: [s2]")
    told = run(saved(tmp_path, greatly), "s1", "--concept", "coalition_gmr", "--coalition", "ann,bob", "--set", "strength=weak")
    assert "Ann and Bob together: not held back weakly" in told
    assert "Tempted by 1 state; not held back weakly. In general, which is told here: the others hold them back." in told


def test_what_nobody_knows_to_be_better_is_told_of_each_member(doubt: str) -> None:
    told = run(doubt, "NY", "--concept", "coalition_nash", "--coalition", "anna")
    assert "For Anna it is neither known to be better than here nor to be worse." in told


PAIR = """
offramp: 1
title: Two in a line
decision_makers: {ann: {}, bob: {}}
states: [s1, s2, s3]
moves: {ann: [[s1, s2]], bob: [[s2, s3]]}
readings: {ann: {only: {ranking: RANKING}}, bob: {only: {ranking: [s3, s2, s1]}}}
"""


@pytest.mark.parametrize(
    ("ranking", "than", "by", "not_by"), [("s3, s1, s2", "better", "Better", "Worse"), ("s2, s1, s3", "worse", "Worse", "Better")]
)
def test_why_the_end_that_is_foreseen_is_better_or_worse(tmp_path: Path, ranking: str, than: str, by: str, not_by: str) -> None:
    told = run(saved(tmp_path, PAIR.replace("RANKING", f"[{ranking}]")), "s1", "--concept", "limited", "--horizon", "2", "--dm", "ann")
    assert f"What follows: Bob moves to “s3”. It ends in state s3: {than} than here for it." in told
    assert f"{by} by" in told
    assert f"{not_by} by" not in told


def test_one_move_or_several_that_do_not_tempt(tmp_path: Path) -> None:
    one = PAIR.replace("RANKING", "[s1, s2, s3]")
    assert "Nothing tempts it: its only move here does not lead to anything that it prefers." in run(
        saved(tmp_path, one), "s1", "--dm", "ann"
    )
    two = one.replace("[[s1, s2]]", "[[s1, s2], [s1, s3]]")
    assert "Nothing tempts it: none of its 2 moves here leads to anything that it prefers." in run(
        saved(tmp_path, two), "s1", "--dm", "ann"
    )


def test_of_moves_that_gain_nothing_some_may(tmp_path: Path) -> None:
    """s2 is as good as s1; of s3 nobody knows."""
    text = PAIR.replace("[[s1, s2]]", "[[s1, s2], [s1, s3]]").replace("ranking: RANKING", "pairs: [s1 = s2], unlisted: unknown")
    told = run(saved(tmp_path, text), "s1", "--dm", "ann", "--concept", "nash", "--set", "unknown=b")
    assert "It gains nothing, as far as anybody knows, by 2 moves, such as: Ann moves to “s2”." in told


THREE = """
offramp: 1
title: Three switches
decision_makers: {ann: {options: {a: {}}}, bob: {options: {b: {}}}, cyd: {options: {c: {}}}}
readings:
  ann: {only: {ranking: [YNN, YYN, YNY, NNN], unlisted: tied}}
  bob: {only: {prefers: [{that: b}]}}
  cyd: {only: {prefers: [{that: c}]}}
"""
"""Ann is tempted by her switch; only if Bob and Cyd both use theirs is that worse for her, and both want to."""


def test_at_the_same_time_or_one_after_the_other(tmp_path: Path) -> None:
    path = saved(tmp_path, THREE)
    at_once = run(path, "NNN", "--concept", "sim", "--dm", "ann")
    assert "held back: Bob takes the option “b” and Cyd takes the option “c”; state 8 is worse than here for it" in at_once
    in_turn = run(path, "NNN", "--concept", "seq", "--dm", "ann")
    assert "held back: Bob takes the option “b”, then Cyd takes the option “c”; state 8 is worse than here for it" in in_turn


@pytest.mark.parametrize(("concept", "told_why"), [("gmr", False), ("smr", False), ("seq", True), ("sseq", True), ("sim", True)])
def test_why_others_want_their_answer_where_it_rests_on_that(tmp_path: Path, concept: str, told_why: bool) -> None:
    told = run(saved(tmp_path, THREE), "NNN", "--concept", concept, "--dm", "ann")
    assert ("Bob moves for" in told, "Cyd moves for" in told) == (told_why, told_why)


def test_what_several_who_are_one_want_is_not_said_to_be_unknown() -> None:
    """Bob and Cyd as one go from s2 to s4, which both prefer; no reading is theirs together."""
    text = LINE.replace("[s3, s1, s2, s4]", "[s2, s1, s3, s4]").replace("[s3, s4, s1, s2], great_steps: [s3]", "[s4, s3, s1, s2]")
    builder = Builder(read_case_text(text))
    found = explain(merged(builder.model(builder.choice()), ["bob", "cyd"]), 0, ["seq"], ["ann"])
    told = " ".join(line.words for line in Explained(builder, builder.choice(), Evidence({}, {}, {}), found).lines())
    assert "held back: Bob and Cyd as one moves to “s3”" in told
    assert "Nobody knows whether" not in told

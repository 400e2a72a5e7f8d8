"""Cross references in rankings and graphs; and that thousands of faults are told without delay."""

import time

import pytest

from casetext import ELMIRA, GRAPH, changed, line_of, problems_of, sentences
from offramp.case.load import read_case_text

# Rankings.


@pytest.mark.parametrize(
    ("ranking", "rest"),
    [
        ("[NYNNN, NYNNN]", "ranking[2]: the state 'NYNNN' stands in tier 1 too; expected each state once; remove one"),
        ("[[NYNNN, NYNNN]]", "ranking[1]: the state 'NYNNN' stands in tier 1 too; expected each state once; remove one"),
        ("[NYNNN, [NNYNN, NYNNN]]", "ranking[2]: the state 'NYNNN' stands in tier 1 too; expected each state once; remove one"),
        (
            "[NYNN]",
            "ranking[1]: the state 'NYNN'; expected 5 letters of Y and N, one an option; the options in file order are "
            "moe.modify, uniroyal.delay, uniroyal.accept, uniroyal.abandon, local_government.insist",
        ),
        (
            "[1]",
            "ranking[1]: the state '1'; expected 5 letters of Y and N, one an option; a state goes by its code, "
            "since its number changes with the rules; the options in file order are "
            "moe.modify, uniroyal.delay, uniroyal.accept, uniroyal.abandon, local_government.insist",
        ),
    ],
)
def test_ranking(ranking: str, rest: str) -> None:
    text = changed(ELMIRA, ("[NYNNN, [YNYNN, NNYNN], YYNNN]", ranking))
    line = line_of(text, "ranking:")
    assert sentences(text) == [f"case.yaml:{line}: readings.uniroyal.only.{rest}"]


# Graphs.


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "[[s1, s2]]",
            "[[s1, s4]]",
            "case.yaml:5: moves.moe[1]: 's4' names no state; expected one of s1, s2, s3; correct it, or declare the state",
        ),
        ("[[s1, s2]]", "[[s1, s1]]", "case.yaml:5: moves.moe[1]: a move from 's1' to itself; expected two states; remove it"),
        (
            "status_quo: s1",
            "status_quo: s9",
            "case.yaml:6: status_quo: 's9' names no state; expected one of s1, s2, s3; correct it, or declare the state",
        ),
        (
            "status_quo: s1",
            "status_quo: {}",
            "case.yaml:6: status_quo: options in a case that lists its states; expected the name of a state; name one",
        ),
        ("[s1, s2, s3]", "[s1, s2, s3, s1]", "case.yaml:4: states: the state 's1' is listed 2 times; expected each state once; remove one"),
        (
            "[s3, [s1, s2]]",
            "[s3, [s1, s0]]",
            "case.yaml:8: readings.moe.only.ranking[2]: 's0' names no state; expected one of s1, s2, s3; correct it, or declare the state",
        ),
        (
            "{moe: [[s1, s2]],",
            "{mo: [[s1, s2]],",
            "case.yaml:5: moves.mo: 'mo' names no decision maker; expected one of moe, uniroyal; did you mean 'moe'?",
        ),
        ("{that: s2 or s3}", "{that: s2 or s5}", None),
        (
            "moe: {}, ",
            "moe: {options: {x: {}}}, ",
            "case.yaml:4: states: both states and options; expected either options with rules, or states with moves; remove one",
        ),
        (
            "status_quo: s1",
            "rules: {r: {require: s1}}",
            "case.yaml:6: rules: rules in a case that lists its states; expected no rules; leave the states out of 'states' instead",
        ),
        (
            "status_quo: s1",
            "conditions: {s1: {holds: true}}",
            "case.yaml:6: conditions.s1: 's1' is a state too; expected a name of its own; rename the condition",
        ),
    ],
)
def test_graph(old: str, new: str, sentence: str | None) -> None:
    found = sentences(changed(GRAPH, (old, new)))
    if sentence is None:
        assert found == [
            "case.yaml:9: readings.uniroyal.only.prefers[1].that: 's5' names no state and no condition; expected one of s1, s2, s3; "
            "correct the label, or declare the state or condition"
        ]
    else:
        assert sentence in found


def test_no_states_and_no_options() -> None:
    assert "case.yaml:4: states: no states; expected at least one state" in sentences(
        "offramp: 1\ntitle: x\ndecision_makers: {a: {}}\nstates: []\nreadings: {a: {r: {prefers: []}}}\n"
    )
    assert sentences("offramp: 1\ntitle: x\ndecision_makers: {a: {}}\nreadings: {a: {r: {prefers: []}}}\n") == [
        "case.yaml:3: decision_makers: no decision maker has an option; expected at least one option, or states and moves; "
        "say what somebody can do"
    ]


# Without delay.

HEAD = "offramp: 1\ntitle: x\ndecision_makers: {a: {options: {x: {}}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "readings: {a: {r: {ranking: [" + "q," * 20_000 + "]}}}\n",
        HEAD + "readings: {a: {r: {prefers: []}}}\nnorms: {n: {binds: [" + "z," * 20_000 + "], forbids: x}}\n",
        HEAD
        + "readings: {a: {r: {prefers: []}}}\nconditions: {"
        + ", ".join(f"c{k}: {{holds: true}}" for k in range(5_000))
        + "}\nharms: ["
        + "{to: p, that: zzz, grade: grave}, " * 2_000
        + "]\n",
        "offramp: 1\ntitle: x\ndecision_makers: {a: {}}\nreadings: {a: {r: {prefers: []}}}\nstates: ["
        + ", ".join(f"s{k}" for k in range(8_000))
        + "]\nmoves: {a: ["
        + ", ".join(f"[t{k}, s1]" for k in range(3_000))
        + "]}\n",
    ],
)
def test_ten_thousand_faults_end_soon_in_a_few_hundred_sentences(text: str) -> None:
    start = time.monotonic()
    problems = problems_of(text)
    assert time.monotonic() - start < 8
    assert len(problems) == 501
    assert str(problems[0]) == "case.yaml: 500 faults; there may be more, which are not listed"
    assert sum(len(str(problem)) for problem in problems) < 500_000


def test_a_large_graph_is_read_without_delay() -> None:
    number = 6_000
    text = "offramp: 1\ntitle: x\ndecision_makers: {a: {}}\nstates: [" + ", ".join(f"s{k}" for k in range(number)) + "]\nmoves: {a: ["
    text += ", ".join(f"[s{k}, s{k + 1}]" for k in range(number - 1)) + "]}\nreadings: {a: {r: {prefers: [{that: s7}]}}}\n"
    start = time.monotonic()
    assert len(read_case_text(text).case.states or ()) == number
    assert time.monotonic() - start < 4

"""Every label of a case names something, or the file, line, label, found, expected and remedy say why not."""

import time

import pytest

from casetext import DESIGN, ELMIRA, GRAPH, SMALL, changed, line_of, problems_of, sentences
from offramp.case.labels import labels_of, look_alike
from offramp.case.load import read_case_text
from offramp.case.references import formula_texts
from offramp.errors import FormulaError

SMALL_LABELS = "one of leave, pay, winter"
DECLARE = "correct the label, or declare the option or condition"


@pytest.mark.parametrize(
    ("old", "new", "label", "found", "expected", "remedy"),
    [
        # formulas
        (
            "require: pay -> leave",
            "require: pays -> leave",
            "rules.first.require",
            "'pays' names no option and no condition",
            SMALL_LABELS,
            "did you mean 'pay'?",
        ),
        ("require: pay -> leave", "require: xyz", "rules.first.require", "'xyz' names no option and no condition", SMALL_LABELS, DECLARE),
        (
            "require: pay -> leave",
            "require: bert.leave",
            "rules.first.require",
            "'bert.leave' names no option and no condition",
            SMALL_LABELS,
            None,
        ),
        (
            "require: pay -> leave",
            "require: LEAVE",
            "rules.first.require",
            "'LEAVE' names no option and no condition",
            SMALL_LABELS,
            "did you mean 'leave'?",
        ),
        ("require: pay -> leave", "require: anna", "rules.first.require", "'anna' names no option and no condition", SMALL_LABELS, DECLARE),
        (
            "require: pay -> leave",
            "require: рау",  # Cyrillic throughout
            "rules.first.require",
            "'рау' names no option and no condition",
            SMALL_LABELS,
            "'рау' has letters of another alphabet; did you mean 'pay'? type it in ASCII",
        ),
        (
            "wish: leave and pay",
            "wish: leave and",
            "people.child.wish",
            "'leave and' ends too early",
            "a label, true, false, not or (",
            "complete it",
        ),
        (
            "wish: leave and pay",
            "wish: ''",
            "people.child.wish",
            "an empty formula",
            "a formula such as 'not exchange'",
            "write 'true' for what always holds",
        ),
        ("that: not pay", "that: not p", "harms[1].that", "'p' names no option and no condition", SMALL_LABELS, None),
        (
            "when: winter",
            "when: winters",
            "norms.promise.when",
            "'winters' names no option and no condition",
            SMALL_LABELS,
            "did you mean 'winter'?",
        ),
        (
            "requires: pay",
            "requires: spay",
            "norms.promise.requires",
            "'spay' names no option and no condition",
            SMALL_LABELS,
            "did you mean 'pay'?",
        ),
        (
            "possible: {end: pay}",
            "possible: {end: child}",
            "claims.hope.possible.end",
            "'child' names no option and no condition",
            SMALL_LABELS,
            DECLARE,
        ),
        (
            "{that: not leave}",
            "{that: not leve}",
            "readings.anna.only.prefers[2].that",
            "'leve' names no option and no condition",
            SMALL_LABELS,
            "did you mean 'leave'?",
        ),
        # who
        ("  anna: {only", "  anne: {only", "readings.anne", "'anne' names no decision maker", "one of anna, bert", "did you mean 'anna'?"),
        (
            "binds: [bert]",
            "binds: [carl]",
            "norms.promise.binds",
            "'carl' names no decision maker",
            "one of anna, bert",
            "correct it, or declare the decision maker",
        ),
        (
            "by: [bert]",
            "by: [bert, child]",
            "harms[1].by",
            "'child' names no decision maker",
            "one of anna, bert",
            "correct it, or declare the decision maker",
        ),
        (
            "possible: {end: pay}",
            "possible: {end: pay, by: [berta]}",
            "claims.hope.possible.by",
            "'berta' names no decision maker",
            "one of anna, bert",
            "did you mean 'bert'?",
        ),
        (
            "possible: {end: pay}",
            "permitted: {that: pay, to: [x]}",
            "claims.hope.permitted.to",
            "'x' names no decision maker",
            "one of anna, bert",
            "correct it, or declare the decision maker",
        ),
        ("to: child", "to: chidl", "harms[1].to", "'chidl' names no person", "one of child", "did you mean 'child'?"),
        # options by name
        (
            "status_quo: {leave: false}",
            "status_quo: {leve: true}",
            "status_quo.leve",
            "'leve' names no option and no condition",
            SMALL_LABELS,
            "did you mean 'leave'?",
        ),
        ("status_quo: {leave: false}", "status_quo: {winter: true}", "status_quo.winter", "'winter' is no option", "an option", ""),
        (
            "status_quo: {leave: false}",
            "status_quo: {leave: true, anna.leave: false}",
            "status_quo.anna.leave",
            "'anna.leave' is the option 'leave' again",
            "each option once",
            "remove one",
        ),
        ("anna.leave: 3", "winter: 3", "readings.bert.only.weights.winter", "'winter' is no option", "an option", ""),
        (
            "anna.leave: 3",
            "bert.pay: 3",
            "readings.bert.only.weights.bert.pay",
            "'bert.pay' is the option 'pay' again",
            "each option once",
            "remove one",
        ),
        # states and patterns
        (
            "status_quo: {leave: false}",
            "status_quo: YNN",
            "status_quo",
            "the state 'YNN'",
            "2 letters of Y and N, one an option",
            "the options in file order are anna.leave, bert.pay",
        ),
        (
            "status_quo: {leave: false}",
            "status_quo: Y-",
            "status_quo",
            "the state 'Y-'",
            "2 letters of Y and N, one an option",
            "the options in file order are anna.leave, bert.pay",
        ),
        (
            "status_quo: {leave: false}",
            "status_quo: yn",
            "status_quo",
            "the state 'yn'",
            "2 letters of Y and N, one an option",
            "the options in file order are anna.leave, bert.pay",
        ),
        (
            "first: {require: pay -> leave}",
            "first: {exclude: Y}",
            "rules.first.exclude",
            "the pattern 'Y'",
            "2 letters of Y, N and -, one an option",
            "the options in file order are anna.leave, bert.pay",
        ),
        (
            "first: {require: pay -> leave}",
            "first: {exclude: 'Y?'}",
            "rules.first.exclude",
            "the pattern 'Y?'",
            "2 letters of Y, N and -, one an option",
            "the options in file order are anna.leave, bert.pay",
        ),
        # names that clash
        (
            "  winter: {",
            "  pay: {holds: true}\n  winter: {",
            "conditions.pay",
            "'pay' is an option too",
            "a name of its own",
            "rename the condition",
        ),
        (
            "  promise: {",
            "  winter: {binds: [bert], permits: pay, contested: true}\n  promise: {",
            "conditions.winter",
            "two contested entries are called 'winter'",
            "names that differ",
            "rename one",
        ),
        ("  winter: {", "  not: {holds: true}\n  winter: {", "", "'not' is a word of the formula language", "another id", "rename it"),
        (
            "      leave: {}",
            "      exactly_one: {}\n      leave: {}",
            "",
            "'exactly_one' is a word of the formula language",
            "another id",
            "rename it",
        ),
        # shape
        ("conditions:", "moves: {anna: []}\nconditions:", "moves", "moves without states", "states beside moves", "list the states"),
        # dates
        (
            "first: {require: pay -> leave}",
            "first: {require: pay -> leave, since: 2026}",
            "rules.first.since",
            "a date in a case without one",
            "as_of: …",
            "say as of when the case is told",
        ),
        (
            "{that: pay}, ",
            "{that: pay, until: 2026-05}, ",
            "readings.anna.only.prefers[1].until",
            "a date in a case without one",
            "as_of: …",
            "say as of when the case is told",
        ),
    ],
)
def test_fault(old: str, new: str, label: str, found: str, expected: str, remedy: str | None) -> None:
    text = changed(SMALL, (old, new))
    problems = [problem for problem in problems_of(text) if problem.found == found]
    assert problems, problems_of(text)
    for problem in problems[:1]:
        assert (problem.file, problem.label, problem.expected) == ("case.yaml", label, expected)
        assert remedy is None or problem.remedy == remedy
        assert problem.line > 0


@pytest.mark.parametrize(
    ("old", "new", "piece"),
    [
        ("require: pay -> leave", "require: pays", "pays"),
        (
            "  bert: {only: {weights: {pay: -2, anna.leave: 3}}}",
            "  bert:\n    only:\n      weights:\n        pay: -2\n        leaf: 3",
            "leaf",
        ),
        ("by: [bert], grade", "by: [berta], grade", "berta"),
        ("[{that: pay}, {that: not leave}]", "[\n    {that: pay},\n    {that: not leve}]", "leve"),
        ("status_quo: {leave: false}", "status_quo:\n  pay: true\n  leve: true", "leve"),
        ("  child: {wish: leave and pay}", "  child:\n    wish: >-  # here\n      leave and\n      pai", "# here"),
    ],
)
def test_line(old: str, new: str, piece: str) -> None:
    text = changed(SMALL, (old, new))
    (problem,) = problems_of(text)
    assert problem.line == line_of(text, piece)


def test_a_decision_maker_without_a_reading() -> None:
    (problem,) = problems_of(changed(SMALL, ("  anna: {only: {prefers: [{that: pay}, {that: not leave}]}}\n", "")))
    assert str(problem) == (
        "case.yaml:4: decision_makers.anna: no reading says what 'anna' wants; expected an entry under readings.anna; "
        "write 'prefers: []' in it if every state is alike to them"
    )


def test_an_option_of_two_decision_makers_needs_the_name_before_it() -> None:
    text = changed(
        SMALL,
        ("      pay: {irreversible: true}", "      pay: {irreversible: true}\n      leave: {}"),
        ("status_quo: {leave: false}", "status_quo: {}"),
    )
    wanted = ("'leave' could mean anna.leave or bert.leave", "one option", "write the decision maker before it")
    problems = problems_of(text)
    assert {problem.label for problem in problems} == {"rules.first.require", "readings.anna.only.prefers[2].that", "people.child.wish"}
    assert {(problem.found, problem.expected, problem.remedy) for problem in problems} == {wanted}
    told = text.replace("-> leave", "-> bert.leave").replace("not leave", "not anna.leave").replace("wish: leave", "wish: bert.leave")
    file = read_case_text(told)
    assert str(file.formula("rules", "first", "require")) == "bert.pay -> bert.leave"
    assert str(file.formula("people", "child", "wish")) == "bert.leave and bert.pay"


def test_formulas_carry_full_labels() -> None:
    file = read_case_text(DESIGN)
    assert str(file.formula("rules", "leaders", "require")) == "ukraine.transfer -> south_korea.ask"
    assert str(file.formula("norms", "non_refoulement", "when")) == "risk_on_return"
    assert str(file.formula("claims", "leaders_essential", "only_if", "needs")) == "south_korea.ask"
    assert [path for path, _ in formula_texts(file.case)] == list(file.formulas)
    assert len(file.formulas) == 2 + 2 + 2 + 1 + 2 + 1 + 1 + 4


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
            "ranking[1]: the state '1'; expected 5 letters of Y and N, one an option; the options in file order are "
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
        ("[[s1, s2]]", "[[s1, s4]]", "case.yaml:5: moves.moe[1]: 's4' names no state; expected one of s1, s2, s3; did you mean 's3'?"),
        ("[[s1, s2]]", "[[s1, s1]]", "case.yaml:5: moves.moe[1]: a move from 's1' to itself; expected two states; remove it"),
        (
            "status_quo: s1",
            "status_quo: s9",
            "case.yaml:6: status_quo: 's9' names no state; expected one of s1, s2, s3; did you mean 's3'?",
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
            "case.yaml:8: readings.moe.only.ranking[2]: 's0' names no state; expected one of s1, s2, s3; did you mean 's3'?",
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
            "case.yaml:9: readings.uniroyal.only.prefers[1].that: 's5' names no option and no condition; expected one of s1, s2, s3; did you mean 's3'?"
        ]
    else:
        assert sentence in found


def test_no_states_and_no_options() -> None:
    assert "case.yaml:4: states: no states; expected at least one state" in sentences(
        "offramp: 1\ntitle: x\ndecision_makers: {a: {}}\nstates: []\nreadings: {a: {r: {prefers: []}}}\n"
    )
    assert sentences("offramp: 1\ntitle: x\ndecision_makers: {a: {}}\nreadings: {a: {r: {prefers: []}}}\n") == [
        "case.yaml:3: decision_makers: no decision maker has an option; expected at least one option, or states and moves; say what somebody can do"
    ]


# All at once, and without delay.


def test_all_faults_at_once_in_file_order() -> None:
    text = changed(
        SMALL,
        ("require: pay -> leave", "require: pays -> leaves"),
        ("status_quo: {leave: false}", "status_quo: {x: true, y: true}"),
        ("{that: pay}, ", "{that: 'pay pay'}, "),
        ("binds: [bert]", "binds: [anne, berta]"),
        ("to: child", "to: nobody"),
        ("possible: {end: pay}", "possible: {end: pay, by: [zed]}"),
    )
    problems = problems_of(text)
    assert [problem.line for problem in problems] == sorted(problem.line for problem in problems)
    assert [problem.label for problem in problems] == [
        "rules.first.require",
        "status_quo.x",
        "status_quo.y",
        "readings.anna.only.prefers[1].that",
        "norms.promise.binds",
        "norms.promise.binds",
        "harms[1].to",
        "claims.hope.possible.by",
    ]


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


# Labels by themselves.


def test_labels() -> None:
    labels = labels_of(read_case_text(DESIGN).case)
    assert labels.resolve("ask") == labels.resolve("south_korea.ask") == "south_korea.ask"
    assert labels.resolve("hostilities_over") == "hostilities_over"
    with pytest.raises(FormulaError, match="names no option"):
        labels.resolve("ukraine.ask")
    with pytest.raises(FormulaError, match="names no option"):
        labels.resolve("ukraine")


def test_look_alikes_are_told_apart() -> None:
    assert look_alike("ехсhаngе") == "exchange"
    assert look_alike("exchange") == "exchange"
    assert look_alike("обмен") != "обмен"  # some of its letters look Latin, so no word comes of it

"""Every label of a case names something, or the file, line, label, found, expected and remedy say why not."""

import pytest

from casetext import DESIGN, SMALL, changed, line_of, problems_of
from offramp.case.labels import labels_of, look_alike
from offramp.case.load import read_case_text
from offramp.case.references import formula_texts
from offramp.errors import FormulaError

SMALL_LABELS = "one of leave, pay, winter"
DECLARE = "correct the label, or declare the option or condition"


UNKNOWN = f"names no option and no condition; expected {SMALL_LABELS}"
MAKER = "names no decision maker; expected one of anna, bert"
MAKERS = f"{MAKER}; correct it, or declare the decision maker"
CODE = "expected 2 letters of Y and N, one an option; the options in file order are anna.leave, bert.pay"
PATTERN = "expected 2 letters of Y, N and -, one an option; the options in file order are anna.leave, bert.pay"
CYRILLIC = "has letters of another alphabet; did you mean 'pay'? type it in ASCII"
FIRST = "first: {require: pay -> leave}"
NOW = "status_quo: {leave: false}"
END = "possible: {end: pay}"
NO_DATE = "a date in a case without one; expected as_of: …; say as of when the case is told"

FORMULAS = [
    ("pay -> leave", "pays -> leave", f"rules.first.require: 'pays' {UNKNOWN}; did you mean 'pay'?"),
    ("pay -> leave", "xyz", f"rules.first.require: 'xyz' {UNKNOWN}; {DECLARE}"),
    ("pay -> leave", "LEAVE", f"rules.first.require: 'LEAVE' {UNKNOWN}; did you mean 'leave'?"),
    ("pay -> leave", "anna", f"rules.first.require: 'anna' {UNKNOWN}; {DECLARE}"),
    ("pay -> leave", "bert.leave", f"rules.first.require: 'bert.leave' {UNKNOWN}; did you mean 'leave'?"),
    ("pay -> leave", "рау", f"rules.first.require: 'рау' {UNKNOWN}; 'рау' {CYRILLIC}"),  # Cyrillic throughout
    ("pay -> leave", "pаy", f"rules.first.require: 'pаy' {UNKNOWN}; 'pаy' {CYRILLIC}"),  # in its middle
    ("leave and pay", "leave and", "people.child.wish: 'leave and' ends too early; expected a label, true, false, not or (; complete it"),
    (
        "leave and pay",
        "''",
        "people.child.wish: an empty formula; expected a formula such as 'not exchange'; write 'true' for what always holds",
    ),
    ("not pay", "not zz", f"harms[1].that: 'zz' {UNKNOWN}; {DECLARE}"),
    ("when: winter", "when: winters", f"norms.promise.when: 'winters' {UNKNOWN}; did you mean 'winter'?"),
    ("requires: pay", "requires: spay", f"norms.promise.requires: 'spay' {UNKNOWN}; did you mean 'pay'?"),
    ("requires: pay", "forbids: spay", f"norms.promise.forbids: 'spay' {UNKNOWN}; did you mean 'pay'?"),
    ("requires: pay", "permits: spay", f"norms.promise.permits: 'spay' {UNKNOWN}; did you mean 'pay'?"),
    (END, "possible: {end: child}", f"claims.hope.possible.end: 'child' {UNKNOWN}; {DECLARE}"),
    (END, "only_if: {end: pay, needs: zz}", f"claims.hope.only_if.needs: 'zz' {UNKNOWN}; {DECLARE}"),
    (END, "stable: {that: zz}", f"claims.hope.stable.that: 'zz' {UNKNOWN}; {DECLARE}"),
    (END, "permitted: {that: zz, to: [anna]}", f"claims.hope.permitted.that: 'zz' {UNKNOWN}; {DECLARE}"),
    ("{that: not leave}", "{that: not leve}", f"readings.anna.only.prefers[2].that: 'leve' {UNKNOWN}; did you mean 'leave'?"),
]
PEOPLE = [
    ("  anna: {only", "  anne: {only", f"readings.anne: 'anne' {MAKER}; did you mean 'anna'?"),
    ("binds: [bert]", "binds: [carl]", f"norms.promise.binds: 'carl' {MAKERS}"),
    ("by: [bert]", "by: [bert, child]", f"harms[1].by: 'child' {MAKERS}"),
    (END, "possible: {end: pay, by: [berta]}", f"claims.hope.possible.by: 'berta' {MAKER}; did you mean 'bert'?"),
    (END, "permitted: {that: pay, to: [x]}", f"claims.hope.permitted.to: 'x' {MAKERS}"),
    ("conditions:", "coalitions: {all: [anna, carl]}\nconditions:", f"coalitions.all: 'carl' {MAKERS}"),
    (
        "conditions:",
        "coalitions: {anna: [anna, bert]}\nconditions:",
        "coalitions.anna: 'anna' is a decision maker too; expected a name of its own; rename the coalition",
    ),
    (
        "conditions:",
        "coalitions: {all: [anna, bert, anna]}\nconditions:",
        "coalitions.all: 'anna' is named 2 times; expected every member once; remove the others",
    ),
    ("to: child", "to: chidl", "harms[1].to: 'chidl' names no person; expected one of child; did you mean 'child'?"),
    ("people:\n  child: {wish: leave and pay}\n", "", "harms[1].to: 'child' names no person; correct it, or declare the person"),
]
OPTIONS = [
    (NOW, "status_quo: {leve: true}", f"status_quo.leve: 'leve' {UNKNOWN}; did you mean 'leave'?"),
    (NOW, "status_quo: {winter: true}", "status_quo.winter: 'winter' is no option; expected an option"),
    (
        NOW,
        "status_quo: {leave: true, anna.leave: false}",
        "status_quo.anna.leave: 'anna.leave' is the option 'leave' again; expected each option once; remove one",
    ),
    (NOW, "status_quo: YNN", f"status_quo: the state 'YNN'; {CODE}"),
    (NOW, "status_quo: Y-", f"status_quo: the state 'Y-'; {CODE}"),
    (NOW, "status_quo: yn", f"status_quo: the state 'yn'; {CODE}"),
    ("anna.leave: 3", "winter: 3", "readings.bert.only.weights.winter: 'winter' is no option; expected an option"),
    (
        "anna.leave: 3",
        "bert.pay: 3",
        "readings.bert.only.weights.bert.pay: 'bert.pay' is the option 'pay' again; expected each option once; remove one",
    ),
    (FIRST, "first: {exclude: Y}", f"rules.first.exclude: the pattern 'Y'; {PATTERN}"),
    (FIRST, "first: {exclude: 'Y?'}", f"rules.first.exclude: the pattern 'Y?'; {PATTERN}"),
    (FIRST, "first: {exclude: 'Y--'}", f"rules.first.exclude: the pattern 'Y--'; {PATTERN}"),
]
OTHERS = [
    (
        "  winter: {",
        "  pay: {holds: true}\n  winter: {",
        "conditions.pay: 'pay' is an option too; expected a name of its own; rename the condition",
    ),
    (
        "  promise: {",
        "  winter: {binds: [bert], permits: pay, contested: true}\n  promise: {",
        "norms.winter: two contested entries are called 'winter'; expected names that differ; rename one",
    ),
    (
        "  winter: {",
        "  not: {holds: true}\n  winter: {",
        "conditions.not: 'not' is a word of the formula language; expected another id; rename it",
    ),
    (
        "      leave: {}",
        "      exactly_one: {}\n      leave: {}",
        "decision_makers.anna.options.exactly_one: 'exactly_one' is a word of the formula language; expected another id; rename it",
    ),
    ("conditions:", "moves: {anna: []}\nconditions:", "moves: moves without states; expected states beside moves; list the states"),
    (FIRST, "first: {require: pay -> leave, since: 2026}", f"rules.first.since: {NO_DATE}"),
    ("{that: pay}, ", "{that: pay, until: 2026-05}, ", f"readings.anna.only.prefers[1].until: {NO_DATE}"),
]


@pytest.mark.parametrize(("old", "new", "sentence"), [*FORMULAS, *PEOPLE, *OPTIONS, *OTHERS])
def test_fault(old: str, new: str, sentence: str) -> None:
    found = [problem for problem in problems_of(changed(SMALL, (old, new))) if str(problem).split(": ", 1)[1] == sentence]
    assert len(found) == 1, problems_of(changed(SMALL, (old, new)))
    assert found[0].line > 0
    assert found[0].file == "case.yaml"


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


# All at once.


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

"""Each fault of a single field: what was found, what was expected, what to do, on its line."""

import time

import pytest

from casetext import SMALL, changed, line_of, sentences

# Faults.

IDS = "expected a-z, 0-9 and _, a letter first; write it like hands_over"
DATES = "expected YYYY, YYYY-MM or YYYY-MM-DD; give the date as far as it is known"


@pytest.mark.parametrize(
    ("old", "new", "label", "rest"),
    [
        ("offramp: 1", "offramp: 2", "offramp",
         "the number 2 of a newer version of this program; expected 1; install that version to read it"),
        ("offramp: 1", "offramp: '1'", "offramp", "'1'; expected 1; remove the quotation marks"),
        ("title: Two switches", "title: ''", "title", "''; expected some text"),
        ("title: Two switches", "title: 12", "title", "the number 12; expected text; put it in quotation marks"),
        ("title: Two switches", "title: [a]", "title", "a list of 1; expected text"),
        ("title: Two switches", 'title: "a\\e[31m"', "title", "the control character U+001B; expected printable text; remove it"),
        (
            "title: Two switches",
            'title: "a\\u202e"',
            "title",
            "the direction control U+202E; expected text whose order is what it looks like; remove it",
        ),
        (
            "title: Two switches",
            'title: "a\\u2067b"',
            "title",
            "the direction control U+2067; expected text whose order is what it looks like; remove it",
        ),
        ("      leave: {}", "      Leave: {}", "decision_makers.anna.options.Leave", f"'Leave' is no id; {IDS}"),
        ("      leave: {}", "      le-ave: {}", "decision_makers.anna.options.le-ave", f"'le-ave' is no id; {IDS}"),
        ("      leave: {}", "      le.ave: {}", "decision_makers.anna.options.le.ave", f"'le.ave' is no id; {IDS}"),
        ("      leave: {}", "      1st: {}", "decision_makers.anna.options.1st", f"'1st' is no id; {IDS}"),
        ("      leave: {}", "      'a|b': {}", "decision_makers.anna.options.a|b", f"'a|b' is no id; {IDS}"),
        ("      leave: {}", "      'a b|c|d|': {}", "decision_makers.anna.options.a b|c|d|", f"'a b|c|d|' is no id; {IDS}"),
        (
            "      leave: {}",
            "      lеave: {}",
            "decision_makers.anna.options.lеave",
            "'lеave' holds 'е' (U+0435 CYRILLIC SMALL LETTER IE); expected an id of a-z, 0-9 and _; type the letter again in ASCII",
        ),
        (
            "      leave: {}",
            "      leave１: {}",
            "decision_makers.anna.options.leave１",
            "'leave１' holds '１' (U+FF11 FULLWIDTH DIGIT ONE); expected an id of a-z, 0-9 and _; type the letter again in ASCII",
        ),
        ("      leave: {}", "      leave:", "decision_makers.anna.options.leave", "nothing; expected entries, each 'key: …'"),
        (
            "      leave: {}",
            "      leave: {direction: up}",
            "decision_makers.anna.options.leave.direction",
            "'up'; expected both, forward or backward",
        ),
        (
            "pay: {irreversible: true}",
            "pay: {irreversible: true, direction: backward}",
            "decision_makers.bert.options.pay",
            "irreversible (which is short for forward) and direction: backward; expected one of the two; remove one",
        ),
        (
            "pay: {irreversible: true}",
            "pay: {irreversible: 'true'}",
            "decision_makers.bert.options.pay.irreversible",
            "'true'; expected true or false; remove the quotation marks",
        ),
        (
            "pay: {irreversible: true}",
            "pay: {irreversible: yes}",
            "decision_makers.bert.options.pay.irreversible",
            "'yes'; expected true or false",
        ),
        (
            "pay: {irreversible: true}",
            "pay: {because: s1}",
            "decision_makers.bert.options.pay.because",
            "'s1'; expected a list such as [a, b]",
        ),
        ("pay: {irreversible: true}", "pay: {because: [S1]}", "decision_makers.bert.options.pay.because[1]", f"'S1' is no id; {IDS}"),
        (
            "pay: {irreversible: true}",
            "pay: {basis: guessed}",
            "decision_makers.bert.options.pay.basis",
            "'guessed'; expected stated, inferred or assumed",
        ),
        (
            "pay: {irreversible: true}",
            "pay: {basis: infered}",
            "decision_makers.bert.options.pay.basis",
            "'infered'; expected stated, inferred or assumed; did you mean 'inferred'?",
        ),
        ("pay: {irreversible: true}", "pay: {since: 2026-13}", "decision_makers.bert.options.pay.since", f"'2026-13' is no date; {DATES}"),
        (
            "pay: {irreversible: true}",
            "pay: {since: 2026-02-30}",
            "decision_makers.bert.options.pay.since",
            f"'2026-02-30' is no date; {DATES}",
        ),
        (
            "pay: {irreversible: true}",
            "pay: {since: 31.5.2026}",
            "decision_makers.bert.options.pay.since",
            f"'31.5.2026' is no date; {DATES}",
        ),
        (
            "pay: {irreversible: true}",
            "pay: {since: 20260531}",
            "decision_makers.bert.options.pay.since",
            f"'20260531' is no date; {DATES}",
        ),
        (
            "pay: {irreversible: true}",
            "pay: {since: '2026|05'}",
            "decision_makers.bert.options.pay.since",
            f"'2026|05' is no date; {DATES}",
        ),
        (
            "pay: {irreversible: true}",
            "pay: {since: ２０２６}",
            "decision_makers.bert.options.pay.since",
            f"'２０２６' is no date; {DATES}",
        ),
        ("pay: {irreversible: true}", "pay: {since: 0}", "decision_makers.bert.options.pay.since", f"'0' is no date; {DATES}"),
        (
            "pay: {irreversible: true}",
            "pay: {since: true}",
            "decision_makers.bert.options.pay.since",
            "true; expected text; put it in quotation marks",
        ),
        (
            "pay: {irreversible: true}",
            "pay: {since: 2026-05, until: 2026-04-30}",
            "decision_makers.bert.options.pay",
            "until 2026-04-30 is before since 2026-05; expected since no later than until; swap or correct the dates",
        ),
        (
            "first: {require: pay -> leave}",
            "first: {}",
            "rules.first",
            "none of require, exclude; expected exactly one of require, exclude; keep one",
        ),
        (
            "first: {require: pay -> leave}",
            "first: {require: pay, exclude: YY}",
            "rules.first",
            "both require and exclude; expected exactly one of require, exclude; keep one",
        ),
        (
            "first: {require: pay -> leave}",
            "first: {require: 7}",
            "rules.first.require",
            "the number 7; expected text; put it in quotation marks",
        ),
        (
            "{prefers: [{that: pay}, {that: not leave}]}",
            "{prefers: [], weights: {pay: 1}}",
            "readings.anna.only",
            "both prefers and weights; expected exactly one of prefers, ranking, weights, pairs; keep one",
        ),
        (
            "{prefers: [{that: pay}, {that: not leave}]}",
            "{name: nothing said}",
            "readings.anna.only",
            "none of prefers, ranking, weights, pairs; expected exactly one of prefers, ranking, weights, pairs; keep one",
        ),
        (
            "{prefers: [{that: pay}, {that: not leave}]}",
            "{prefers: [], unlisted: tied}",
            "readings.anna.only",
            "unlisted without a ranking; expected unlisted beside ranking or pairs; remove unlisted",
        ),
        (
            "{prefers: [{that: pay}, {that: not leave}]}",
            "{prefers: [pay]}",
            "readings.anna.only.prefers[1]",
            "'pay'; expected entries, each 'key: …'",
        ),
        (
            "{prefers: [{that: pay}, {that: not leave}]}",
            "{ranking: [1.5]}",
            "readings.anna.only.ranking[1]",
            "the number 1.5; expected text or a list such as [a, b]",
        ),
        ("{pay: -2, anna.leave: 3}", "{pay: 1.5}", "readings.bert.only.weights.pay", "the number 1.5; expected a whole number"),
        (
            "{pay: -2, anna.leave: 3}",
            "{pay: 1000000000001}",
            "readings.bert.only.weights.pay",
            "the number 1000000000001; expected at most 1,000,000,000,000",
        ),
        ("{pay: -2, anna.leave: 3}", "{pay: true}", "readings.bert.only.weights.pay", "true; expected a whole number"),
        ("  anna: {only: ", "  anna: {}\n  carl: {only: ", "readings.anna", "no entries; expected at least one entry"),
        ("winter: {holds: true, contested: true}", "winter: {}", "conditions.winter.holds", "this entry is missing; add 'holds: …'"),
        ("winter: {holds: true, contested: true}", "winter: {holds: 1}", "conditions.winter.holds", "the number 1; expected true or false"),
        ("binds: [bert]", "binds: []", "norms.promise.binds", "an empty list; expected at least one entry"),
        ("binds: [bert], ", "", "norms.promise.binds", "this entry is missing; add 'binds: …'"),
        (
            "requires: pay, ",
            "requires: pay, permits: leave, ",
            "norms.promise",
            "both requires and permits; expected exactly one of forbids, requires, permits; keep one",
        ),
        (
            "requires: pay, ",
            "",
            "norms.promise",
            "none of forbids, requires, permits; expected exactly one of forbids, requires, permits; keep one",
        ),
        (
            "child: {wish: leave and pay}",
            "child: {protected: true, name: Kim}",
            "people.child",
            "a name for a protected person; expected the id alone, as a pseudonym; remove name; identifiers belong in private/",
        ),
        ("grade: slight", "grade: severe", "harms[1].grade", "'severe'; expected slight, serious or grave"),
        (", grade: slight", "", "harms[1].grade", "this entry is missing; add 'grade: …'"),
        (
            "hope: {possible: {end: pay}}",
            "hope: {}",
            "claims.hope",
            "none of only_if, possible, permitted, stable; expected exactly one of only_if, possible, permitted, stable; keep one",
        ),
        (
            "hope: {possible: {end: pay}}",
            "hope: {possible: {end: pay}, stable: {that: pay}}",
            "claims.hope",
            "both possible and stable; expected exactly one of only_if, possible, permitted, stable; keep one",
        ),
        ("possible: {end: pay}", "possible: {end: pay, by: []}", "claims.hope.possible.by", "an empty list; expected at least one entry"),
        ("possible: {end: pay}", "only_if: {end: pay}", "claims.hope.only_if.needs", "this entry is missing; add 'needs: …'"),
        ("possible: {end: pay}", "permitted: {that: pay}", "claims.hope.permitted.to", "this entry is missing; add 'to: …'"),
        (
            "possible: {end: pay}",
            "stable: {that: pay, concept: core}",
            "claims.hope.stable.concept",
            "'core'; expected nash, gmr, smr, seq or sseq",
        ),
        ("status_quo: {leave: false}", "status_quo: {leave: no}", "status_quo.leave", "'no'; expected true or false"),
        ("status_quo: {leave: false}", "status_quo: [leave]", "status_quo", "a list of 1; expected entries, each 'key: …' or text"),
        ("people:", "persons: {}\npeople:", "persons", None),
        ("  child: {wish", "  child: {mood: bad, wish", "people.child.mood", None),
    ],
)
def test_fault(old: str, new: str, label: str, rest: str | None) -> None:
    """Each fault alone, on the line where the entry stands."""
    text = changed(SMALL, (old, new))
    (sentence,) = sentences(text)
    step = label.split("[")[0].rsplit(".", 1)[-1]
    if rest is None:
        key = label.rsplit(".", 1)[-1]
        assert sentence.startswith(f"case.yaml:{line_of(text, key)}: {label}: the key {key!r} is not known here; expected one of ")
        return
    assert sentence.split(": ", 1)[1] == f"{label}: {rest}", step


@pytest.mark.parametrize(
    ("old", "new", "piece"),
    [
        ("title: Two switches", "title:\n\n  - a", "title:"),
        ("      leave: {}", "      leave:\n        name: x\n        basis: bad", "basis: bad"),
        ("  - {to: child, that: not pay, by: [bert], grade: slight}", "  - to: child\n    that: pay\n    grade: bad", "grade: bad"),
        ("[{that: pay}, {that: not leave}]", "[\n    {that: pay},\n    {that: [pay]}]", "{that: [pay]}"),
        ("  winter: {holds: true, contested: true}", "  winter: {holds: true,\n    contested: maybe}", "contested: maybe"),
        ("hope: {possible: {end: pay}}", "hope:\n    possible:\n      end: pay\n      by:\n        - bert\n        - Anna", "- Anna"),
    ],
)
def test_line_of_a_fault(old: str, new: str, piece: str) -> None:
    text = changed(SMALL, (old, new))
    (sentence,) = sentences(text)
    assert sentence.startswith(f"case.yaml:{line_of(text, piece)}: ")


def test_a_known_key_is_suggested_for_one_misspelt() -> None:
    (sentence,) = sentences(changed(SMALL, ("conditions:", "condition:"), (", when: winter", "")))
    assert sentence.endswith("did you mean 'conditions'?")


def test_a_formula_with_a_comma_between_braces_needs_quotation_marks() -> None:
    (sentence,) = sentences(changed(SMALL, ("require: pay -> leave", "require: at_most_one(pay, leave)")))
    assert sentence.startswith("case.yaml:11: rules.first.leave): the key 'leave)' is not known here; expected one of basis, ")
    assert sentence.endswith("; between braces, put a formula with a comma in quotation marks")


def test_all_faults_of_a_file_at_once() -> None:
    text = changed(
        SMALL,
        ("offramp: 1", "offramp: 3"),
        ("      leave: {}", "      leave: {basis: x, because: [A, b, C]}"),
        ("first: {require: pay -> leave}", "first: {}"),
        ("winter: {holds: true", "winter: {holds: maybe"),
        ("grade: slight", "grade: none"),
    )
    assert [sentence.split(": ")[1] for sentence in sentences(text)] == [
        "offramp",
        "decision_makers.anna.options.leave.basis",
        "decision_makers.anna.options.leave.because[1]",
        "decision_makers.anna.options.leave.because[3]",
        "rules.first",
        "conditions.winter.holds",
        "harms[1].grade",
    ]


@pytest.mark.parametrize("missing", ["offramp", "title", "decision_makers"])
def test_what_every_case_needs(missing: str) -> None:
    text = changed(SMALL, (f"\n{missing}:" if missing != "offramp" else "offramp: 1", f"\nnote_{missing}:" if missing != "offramp" else ""))
    assert f"case.yaml:{2 if missing == 'offramp' else 1}: {missing}: this entry is missing; add '{missing}: …'" in sentences(text)


def test_thousands_of_faults_are_told_without_delay() -> None:
    start = time.monotonic()
    text = changed(SMALL, ("{prefers: [{that: pay}, {that: not leave}]}", "{ranking: [" + "1.5, " * 5_000 + "]}"))
    assert len(sentences(text)) == 5_000
    assert time.monotonic() - start < 4

"""Misperceptions and beliefs as judgements: listed, checked, compared between versions, exported."""

import json

import pytest

import offramp
from casetext import changed
from gmcrfile import VARIANTS, makers, model, raw
from offramp.analysis.diff import diff
from offramp.case.check import check
from offramp.case.load import read_case_text
from offramp.errors import ChoiceError
from offramp.interchange.gmcr import parse_gmcr, to_case_text, to_gmcr
from offramp.model.build import Builder
from offramp.report.naming import judgement_name
from offramp.report.sure_words import public_voice

TEXT = """
offramp: 1
title: Two at a door
as_of: 2025-06
decision_makers:
  ann: {name: Ann, options: {knock: {basis: assumed}}}
  bob: {name: Bob, options: {open: {basis: assumed}, bark: {basis: assumed}}}
readings:
  ann: {only: {prefers: [{that: open, basis: assumed}, {that: not bark, basis: assumed}]}}
  bob:
    kind: {name: Kind, prefers: [{that: knock <-> open, basis: assumed}]}
    cross: {prefers: [{that: bark, basis: assumed}]}
misperceptions:
  ann: {quiet: {pattern: "-YN", basis: inferred}, loud: {that: bark and dark, basis: assumed}}
beliefs:
  ann: {bob: {reading: cross, basis: assumed}}
conditions: {dark: {holds: true, basis: assumed, contested: true}}
"""


def successors(text, **sides):
    builder = Builder(read_case_text(text))
    found = builder.model(builder.choice(contested=sides))
    return {label: [found.states.labels[t] for t in found.moves.successors(0, k)] for k, label in enumerate(found.states.labels)}


def test_they_are_among_the_judgements():
    case = read_case_text(TEXT).case
    paths = [path for path, _ in case.judgements()]
    assert [path for path in paths if path[0] == "misperceptions"] == [
        ("misperceptions", "ann", "quiet"),
        ("misperceptions", "ann", "loud"),
    ]
    assert ("beliefs", "ann", "bob") in paths
    assert dict(case.judgements())["misperceptions", "ann", "quiet"].graded == "inferred"


def test_the_short_form_of_a_belief_means_the_same():
    short = changed(TEXT, ("{reading: cross, basis: assumed}", "cross"))
    long, brief = (read_case_text(text).case.beliefs["ann"]["bob"] for text in (TEXT, short))
    assert (long.reading, brief.reading, brief.graded) == ("cross", "cross", "assumed")


def test_check_asks_for_basis_and_pins():
    file = read_case_text(changed(TEXT, ("{reading: cross, basis: assumed}", "cross")))
    told = [f"{problem.label}: {problem.found}" for problem in check(file).warnings]
    assert told == ["beliefs.ann.bob: no basis", "misperceptions.ann.quiet: inferred, but because of no statement"]


def test_check_tells_a_misperception_of_nothing():
    file = read_case_text(changed(TEXT, ("bark and dark", "bark and open and not open")))
    assert ("misperceptions.ann.loud", "no state is as it says") in [(problem.label, problem.found) for problem in check(file).warnings]


def test_a_condition_on_either_side_makes_a_misperception_be_about_something():
    for text in (TEXT, changed(TEXT, ("holds: true", "holds: false"))):
        assert "no state is as it says" not in [problem.found for problem in check(read_case_text(text)).warnings]


def test_check_finds_who_sees_nothing_on_the_other_side_of_a_condition():
    file = read_case_text(changed(TEXT, ("bark and dark", "not dark")))
    assert [problem.found for problem in check(file).problems] == ["ann sees none of the 8 states"]


def test_what_ann_does_depends_on_what_she_sees():
    dark, light = successors(TEXT, dark=True), successors(TEXT, dark=False)
    assert {label for label, there in dark.items() if not there} == {"NYN", "YYN", "NNY", "YNY", "NYY", "YYY"}
    assert {label for label, there in light.items() if not there} == {"NYN", "YYN"}


def test_a_misperception_out_of_its_dates_does_not_count():
    text = changed(TEXT, ('pattern: "-YN", basis', 'pattern: "-YN", until: 2025-05, basis'))
    assert successors(text, dark=False)["NYN"] == ["YYN"]


def test_what_they_are_called():
    file = read_case_text(TEXT)
    voice = public_voice(Builder(file))
    assert judgement_name(voice, ("beliefs", "ann", "bob")) == "Ann believes that Bob is rightly read as “Cross”"
    told = judgement_name(voice, ("misperceptions", "ann", "quiet"))
    assert told == "Ann does not see that: Bob takes the option “open”; not: Bob takes the option “bark”"


# Versions.


def test_a_version_with_options_in_another_order_means_the_same():
    turned = changed(
        TEXT, ("{open: {basis: assumed}, bark: {basis: assumed}}", "{bark: {basis: assumed}, open: {basis: assumed}}"), ("-YN", "-NY")
    )
    assert [change.path for change in diff(read_case_text(TEXT), read_case_text(turned)).changes] == []


def test_a_changed_misperception_is_tried_by_itself():
    other = changed(TEXT, ('"-YN"', '"-NN"'), ("cross, basis", "kind, basis"))
    found = diff(read_case_text(TEXT), read_case_text(other))
    assert [(change.path, change.is_idle) for change in found.changes] == [
        (("misperceptions", "ann", "quiet"), False),
        (("beliefs", "ann", "bob"), True),
    ]


def test_a_misperception_that_goes_and_one_that_comes():
    other = changed(TEXT, ('quiet: {pattern: "-YN", basis: inferred}', "soft: {that: open and not bark, basis: assumed}"))
    found = diff(read_case_text(TEXT), read_case_text(other))
    assert [(change.path[2], change.kind) for change in found.changes] == [("quiet", "removed"), ("soft", "added")]


# GMCR+.


def conditions(data, place):
    return data["decisionMakers"][place]["misperceptions"]


def test_gmcr_states_that_somebody_does_not_see_come_in():
    file = read_case_text(to_case_text(parse_gmcr(raw(VARIANTS["misperception"]), "m.gmcr"))[0])
    assert {dm: {k: m.pattern for k, m in there.items()} for dm, there in file.case.misperceptions.items()} == {
        "syria": {"unseen_1": "YN-"},
        "iraq": {"unseen_1": "YN-"},
    }


def test_gmcr_states_that_somebody_does_not_see_go_out():
    data = json.loads(to_gmcr(offramp.read_case("syria-iraq-misperception"))[0])
    assert conditions(data, 0) == [[[0, "Y"], [1, "N"]]]
    assert conditions(data, 1) == [[[0, "N"], [1, "N"]]]


def test_gmcr_takes_a_formula_as_it_counts_in_one_cell():
    content, left_out = to_gmcr(read_case_text(TEXT), contested={"dark": True})
    assert conditions(json.loads(content), 0) == [[[1, "Y"], [2, "N"]], [[2, "Y"]]]
    assert "beliefs: all 1" in left_out
    assert conditions(json.loads(to_gmcr(read_case_text(TEXT), contested={"dark": False})[0]), 0) == [[[1, "Y"], [2, "N"]]]


def test_gmcr_keeps_unions_and_their_order():
    union = {"compound": True, "members": [[[2, "Y"], [0, "N"]], [[1, "Y"]]]}
    first = parse_gmcr(raw(model(decisionMakers=makers(misperceptions=[[[0, "Y"]], union], payoffs=None))), "m.gmcr")
    again = parse_gmcr(to_gmcr(read_case_text(to_case_text(first)[0]))[0], "again.gmcr")
    assert [maker.unseen for maker in again.makers] == [maker.unseen for maker in first.makers]


def test_gmcr_who_sees_nothing_is_told():
    text, left_out = to_case_text(parse_gmcr(raw(model(decisionMakers=makers(misperceptions=[[]], payoffs=None))), "m.gmcr"))
    assert left_out[0].startswith("misperceptions: Syria (syria) sees no state at all")
    assert not read_case_text(text).case.misperceptions


def test_gmcr_refuses_what_has_too_many_patterns():
    names = [f"o{k}" for k in range(24)]
    that = " and ".join(f"({a} <-> {b})" for a, b in zip(names[::2], names[1::2], strict=True))
    text = f"""
offramp: 1
title: Wide
decision_makers: {{ann: {{options: {{{", ".join(f"{name}: {{}}" for name in names)}}}}}}}
rules: {{few: {{require: "at_most_one({", ".join(names)})"}}}}
readings: {{ann: {{only: {{prefers: []}}}}}}
misperceptions: {{ann: {{wide: {{that: {that}}}}}}}
"""
    with pytest.raises(
        ChoiceError, match="misperceptions.ann.wide is about more than 1,000 patterns of states, which has no place in a .gmcr"
    ):
        to_gmcr(read_case_text(text))

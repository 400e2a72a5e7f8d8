"""Misperceptions and beliefs as judgements: listed, checked, compared between versions, exported."""

import json

import pytest

import offramp
from casetext import changed
from gmcrfile import VARIANTS, makers, model, raw
from offramp.analysis.diff import answer, diff
from offramp.case.check import check
from offramp.case.load import read_case_text
from offramp.errors import CaseError, ChoiceError
from offramp.interchange.gmcr import parse_gmcr, to_case_text, to_gmcr
from offramp.interchange.nfg import to_nfg
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
    assert told == ["misperceptions.ann.quiet: inferred, but because of no statement", "beliefs.ann.bob: no basis"]


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
    assert told == "Ann does not see that: Bob takes the option “open”; Bob does not take the option “bark”"


# Versions.


def effects(text):
    return diff(read_case_text(TEXT), read_case_text(text)).effects


def test_a_version_with_options_in_another_order_means_the_same():
    other = "{bark: {basis: assumed}, open: {basis: assumed}}"
    assert effects(changed(TEXT, ("{open: {basis: assumed}, bark: {basis: assumed}}", other), ("-YN", "-NY"))) == ()


def test_a_changed_misperception_is_tried_by_itself():
    text = changed(TEXT, ('"-YN"', '"NN-"'), ("cross, basis", "kind, basis"))
    seen, belief = effects(text)
    assert (seen.unit, seen.is_idle) == (("misperceptions", "ann", "quiet"), False)
    assert (belief.unit, belief.is_idle, belief.answer) == (("beliefs", "ann", "bob"), True, None)
    assert seen.answer.shares == shares_of(changed(TEXT, ('"-YN"', '"NN-"')))


def shares_of(text):
    return answer(read_case_text(text)).shares


def test_a_pattern_means_the_same_when_it_is_tried_by_itself():
    """Ann would knock, did she see the state that holds now."""
    eager = changed(TEXT, ("prefers: [{that: open", "prefers: [{that: knock, basis: assumed}, {that: open"))
    blind = changed(eager, ('"-YN"', '"NN-"'))
    (effect,) = diff(read_case_text(eager), read_case_text(blind)).effects
    assert effect.answer.shares == shares_of(blind) != shares_of(eager)
    (other,) = diff(read_case_text(blind), read_case_text(changed(blind, ("{that: not bark", "{that: bark")))).effects
    assert other.answer.shares == shares_of(changed(blind, ("{that: not bark", "{that: bark")))


def test_what_others_do_not_see_stays_when_one_is_tried_by_itself():
    blind = changed(TEXT, ("prefers: [{that: open", "prefers: [{that: knock, basis: assumed}, {that: open"), ('"-YN"', '"NN-"'))
    both = changed(blind, ("beliefs:", "  bob: {m: {that: bark and open, basis: assumed}}\nbeliefs:"))
    (effect,) = diff(read_case_text(blind), read_case_text(both)).effects
    assert effect.unit == ("misperceptions", "bob", "m")
    assert effect.answer.shares == shares_of(both)


def test_a_misperception_that_goes_and_one_that_comes():
    text = changed(TEXT, ('quiet: {pattern: "-YN", basis: inferred}', "soft: {that: not knock, basis: assumed}"))
    gone, come = effects(text)
    assert [(effect.unit[2], effect.changes[0].kind) for effect in (gone, come)] == [("quiet", "removed"), ("soft", "added")]
    assert gone.answer.shares == shares_of(changed(TEXT, ('quiet: {pattern: "-YN", basis: inferred}, ', "")))
    with_both = changed(TEXT, ("quiet: {", "soft: {that: not knock, basis: assumed}, quiet: {"))
    assert come.answer.shares == shares_of(with_both)


def test_a_decision_maker_goes_with_what_it_does_not_see():
    """By itself, too: what Carl does not see falls away with him."""
    carl = changed(
        TEXT,
        ("  bob: {name", "  carl: {options: {wave: {basis: assumed}}}\n  bob: {name"),
        ("readings:", "readings:\n  carl: {only: {prefers: [{that: wave, basis: assumed}]}}"),
        ("misperceptions:", "misperceptions:\n  carl: {m: {that: bark, basis: assumed}}"),
        ('"-YN"', '"--YN"'),
    )
    found = diff(read_case_text(carl), read_case_text(TEXT))
    (gone,) = [effect for effect in found.effects if effect.unit == ("decision_makers", "carl")]
    assert gone.answer is not None
    assert gone.answer.shares == shares_of(TEXT)
    assert {effect.unit for effect in found.effects if not effect.is_idle} == {("decision_makers", "carl")}


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


def test_gmcr_keeps_what_unions_say_and_their_order():
    union = {"compound": True, "members": [[[2, "Y"], [0, "N"]], [[1, "Y"]]]}
    first = parse_gmcr(raw(model(decisionMakers=makers(misperceptions=[[[0, "Y"]], union], payoffs=None))), "m.gmcr")
    content, _ = to_gmcr(read_case_text(to_case_text(first)[0]))
    for maker, there in zip(first.makers, parse_gmcr(content, "again.gmcr").makers, strict=True):
        assert [entry.patterns for entry in there.unseen] == [(pattern,) for entry in maker.unseen for pattern in entry.patterns]


def test_gmcr_who_sees_nothing_is_told():
    text, left_out = to_case_text(parse_gmcr(raw(model(decisionMakers=makers(misperceptions=[[]], payoffs=None))), "m.gmcr"))
    assert left_out[0].startswith("misperceptions: Syria (syria) sees no state at all")
    assert not read_case_text(text).case.misperceptions


def test_gmcr_who_sees_nothing_by_several_patterns_is_told():
    apart = [[[0, "Y"]], [[0, "N"], [1, "Y"]], [[0, "N"], [1, "N"]]]
    for patterns, is_blind in ((apart, True), (apart[:2], False)):
        text, left_out = to_case_text(parse_gmcr(raw(model(decisionMakers=makers(misperceptions=patterns, payoffs=None))), "m.gmcr"))
        assert any("Iraq (iraq) sees no state at all; here it sees every one" in line for line in left_out) is is_blind
        file = read_case_text(text)
        assert (not file.case.misperceptions) is is_blind
        builder = Builder(file)
        assert builder.model(builder.choice()).num_states == 6


def test_gmcr_refuses_what_has_too_many_patterns():
    names = [f"o{k}" for k in range(20)]
    that = " and ".join(f"({a} <-> {b})" for a, b in zip(names[::2], names[1::2], strict=True)) + " and (o0 or o2)"
    options = ", ".join(f"{name}: {{}}" for name in names)
    text = f"""
offramp: 1
title: Wide
decision_makers: {{ann: {{options: {{{options}}}}}}}
readings: {{ann: {{only: {{prefers: []}}}}}}
misperceptions: {{ann: {{wide: {{that: {that} or o1 and not o0 and not o5}}}}}}
"""
    with pytest.raises(ChoiceError, match=r"misperceptions\.ann\.wide is about more than 1,000 patterns of states, which has no place"):
        to_gmcr(read_case_text(text))


# Gambit.


def test_a_game_for_gambit_says_that_everybody_sees_everything_there():
    told = to_nfg(read_case_text(TEXT))[1]
    expected = "misperceptions.ann.quiet: that ann does not see it; in the file everybody sees every state"
    assert any(expected in line for line in told)
    assert any("beliefs: all 1" in line for line in told)


# Together with what else shapes a world.


TOGETHER = """
offramp: 1
title: t
decision_makers: {ann: {options: {x: {}, y: {}}}, bob: {options: {z: {}}}}
readings: {ann: {r: {prefers: [{that: x or y}]}}, bob: {r: {prefers: []}}}
coalesce: {gone: {that: y}}
misperceptions: {ann: {blind: {that: THAT}}}
"""


def moves_of(text: str) -> dict[str, list[str]]:
    """Return where ann can go from each state."""
    builder = Builder(read_case_text(text))
    there = builder.model(builder.choice())
    label = there.states.label
    return {label(state): [label(to) for to in there.moves.successors(0, state)] for state in range(there.num_states)}


def test_a_group_that_is_not_seen() -> None:
    assert moves_of(TOGETHER.replace("THAT", "y")) == {"NNN": ["YNN"], "YNN": ["NNN"], "-Y-": [], "NNY": ["YNY"], "YNY": ["NNY"]}
    assert moves_of(TOGETHER.replace("{that: THAT}", '{pattern: "N-Y"}').replace("that: y", "that: x and y")) == {
        "NNN": ["YNN", "NYN", "YY-"],
        "YNN": ["NNN", "NYN", "YY-"],
        "NYN": ["NNN", "YNN", "YY-"],
        "YY-": ["NNN", "YNN", "NYN", "YNY"],
        "NNY": [],
        "YNY": ["YY-"],
        "NYY": [],
    }


def test_some_of_a_group_that_are_not_seen() -> None:
    with pytest.raises(CaseError, match=r"it tells NYN from NYY, which coalesce\.gone makes one state"):
        moves_of(TOGETHER.replace("THAT", "z"))


def test_moves_that_are_disallowed_besides() -> None:
    text = TOGETHER.replace("coalesce: {gone: {that: y}}", "disallowed: {once: {from: x, to: not x}}").replace("THAT", "y and z")
    assert moves_of(text) == {
        "NNN": ["YNN", "NYN", "YYN"],
        "YNN": ["YYN"],
        "NYN": ["NNN", "YNN", "YYN"],
        "YYN": ["YNN"],
        "NNY": ["YNY"],
        "YNY": [],
        "NYY": [],
        "YYY": [],
    }

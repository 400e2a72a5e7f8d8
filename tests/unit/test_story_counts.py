"""Sentences whose counts are derived by hand from tiny cases."""

import pytest

from offramp.analysis.findings import findings
from offramp.case.load import read_case_text
from offramp.model.build import Builder
from offramp.report.render import as_html, as_markdown
from offramp.report.story import story
from offramp.report.told import Story
from offramp.report.words import Figure, Link, Text, plain
from offramp.sources.evidence import Evidence

# Two accounts of A times the norm "alone" on and off: four combinations. B wants to help once A goes, and not before.
# - Shy (2 of 4): A does not go, and B does not help alone. Nobody can move.
# - Eager (2 of 4): A goes alone (way 1); then B helps. That breaches "manner" and does the harm before B helps, in both; with
#   "alone" on it breaches that, too. A and B together can have B help first: nothing is breached, and no harm done.
LARGER = """
offramp: 1
title: Larger
decision_makers:
  a: {options: {go: {name: goes, irreversible: true}}}
  b: {options: {help: {name: helps, irreversible: true}}}
readings:
  a: {eager: {prefers: [{that: go and help}, {that: go}]}, shy: {prefers: [{that: not go}]}}
  b: {only: {prefers: [{that: go and help}, {that: not help}]}}
norms:
  alone: {name: Not alone, binds: [a], forbids: go and not help, contested: true}
  manner: {name: Only with help, binds: [a], requires: go -> help}
people: {p: {wish: go and help}, q: {wish: not go}}
harms: [{to: p, that: go and not help, grade: slight, name: a fall}]
claims:
  may: {name: A may go, permitted: {that: go, to: [a]}}
  can: {name: A can go, possible: {end: go, by: [a]}}
"""

# Both want both; neither comes first alone. B can only follow A, so that the one order there is breaches and harms on the way.
THROUGH = """
offramp: 1
title: Through
decision_makers: {a: {options: {x: {irreversible: true}}}, b: {options: {y: {irreversible: true}}}}
readings:
  a: {r: {prefers: [{that: x and y}, {that: not x}]}}
  b: {r: {prefers: [{that: x and y}, {that: not y}]}}
rules: {after: {require: y -> x}}
norms: {n: {binds: [a], forbids: x and not y}}
harms: [{to: p, that: x and not y, grade: slight}]
people: {p: {wish: x and y}}
"""

# A wants x as y is, B wants it otherwise: round and round from a state that is itself on the round.
ROUND = """
offramp: 1
title: Round
decision_makers: {a: {options: {x: {}}}, b: {options: {y: {}}}}
readings: {a: {r: {prefers: [{that: x <-> y}]}}, b: {r: {prefers: [{that: not (x <-> y)}]}}}
status_quo: {x: true}
norms: {n: {binds: [a], forbids: x and y}}
people: {p: {wish: x and y}}
"""


def told(words: str) -> Story:
    file = read_case_text(words)
    return story(file, Evidence({}, {}, {}), findings(Builder(file)), "public")


def answers(there: Story, question: str) -> list[str]:
    return [plain(line) for point in there.answer.points if point.question == question for line in point.answers]


def links(line: Text) -> list[str]:
    return [part.to for part in line if isinstance(part, Link)]


def test_the_headline_does_not_credit_the_listed_ways_with_what_only_larger_coalitions_can() -> None:
    there = told(LARGER)
    assert plain(there.answer.lead) == (
        "In 2 of 4 combinations somebody can leave the deadlock by moves that they want; in 2 of these there is a way, of larger "
        "coalitions than those listed here, that is lawful throughout and does no harm that the case knows of. In 2 nobody can."
    )
    assert answers(there, "Who can move it?") == ["A alone, in 2 of 4, only where A is read as “Eager” (way 1)."]
    assert answers(there, "Is that lawful?") == [
        "Some way out, of larger coalitions than those listed here, is lawful throughout, on the way and in every end, in 2 of 4, only "
        "where A is read as “Eager”.",
        "Some such way also does no harm that the case knows of, in 2 of 4, only where A is read as “Eager”.",
    ]


def test_a_way_keeps_its_own_counts() -> None:
    there = told(LARGER)
    assert plain(there.ways[0].count) == "In 2 of 4 combinations, only where A is read as “Eager”."
    assert plain(there.ways[0].verdict) == (
        "Lawful throughout, on the way and in every end, in 0 of 2. Without any harm that the case knows of in 0 of 2."
    )
    itself, end = there.ways[0].rows
    assert [plain(line) for line in itself.law] == ["UNLAWFUL A, in 1 of 2: Not alone.", "A, in all 2: Only with help."]
    assert [plain(line) for line in end.law] == ["Breaches no norm in force."]
    assert [plain(line) for line in itself.people][:1] == ["HARM to P, in all 2: a fall (slight)."]


def test_ways_of_listed_and_of_larger_coalitions_are_told_apart() -> None:
    # Without "manner", and with a harm that is there now and ends when A goes, way 1 is clear where "alone" is off.
    mixed = LARGER.replace("  manner: {name: Only with help, binds: [a], requires: go -> help}\n", "").replace(
        "that: go and not help, grade", "that: not go, grade"
    )
    assert "in 2 of these there is a way, of a coalition listed here or of a larger one, that" in plain(told(mixed).answer.lead)
    # Where "alone" forbids nothing that way 1 does, that way suffices.
    always = mixed.replace("forbids: go and not help", "forbids: help and not go")
    assert "in 2 of these there is a way that is lawful throughout and does no harm" in plain(told(always).answer.lead)


def test_a_wish_that_no_way_meets_has_no_count() -> None:
    assert answers(told(LARGER), "Whose wish is met?") == [
        "P (A goes, and B helps): some way out meets it in every end, in 2 of 4, only where A is read as “Eager”.",
        "Q (A does not go): no way out meets it in every end.",
    ]


def test_what_happens_on_the_way_only_is_said() -> None:
    there = told(THROUGH)
    assert plain(there.answer.lead) == (
        "In the only combination somebody can leave the deadlock by moves that they want, but by no way that is lawful throughout and "
        "does no harm that the case knows of."
    )
    assert answers(there, "Is that lawful?") == ["NO WAY OUT IS LAWFUL THROUGHOUT.", "UNLAWFUL on the way only: way 1."]
    assert answers(there, "Who is harmed?") == ["HARM on the way only: way 1."]
    assert "in 0 of 1. UNLAWFUL on the way only. Without any harm that the case knows of in 0 of 1. HARM" in plain(there.ways[0].verdict)


def test_on_the_way_only_what_is_new_counts_and_that_is_explained() -> None:
    already = THROUGH.replace("forbids: x and not y", "forbids: not y").replace("that: x and not y", "that: not y")
    there = told(already)
    assert plain(there.answer.lead) == (
        "In the only combination somebody can leave the deadlock by moves that they want; there is a way that is lawful throughout and "
        "does no harm that the case knows of."
    )
    assert "on the way only breaches and harms count that the status quo does not have already" in dict(there.reading)["Throughout"]


def test_the_test_of_a_permission_says_what_it_leaves_out() -> None:
    may, can = told(LARGER).claims
    assert [(verdict, plain(count)) for verdict, count in may.counts] == [
        ("Supported", "2 of 4"),
        ("Refuted", "2 of 4"),
        ("Undecided", "0 of 4"),
    ]
    assert [plain(line) for line in may.notes] == [
        "This test counts what is forbidden. Requirements on the manner of it (norms that require something) are not counted, unless no "
        "manner could meet them.",
        "Where it is carried out against such a requirement, it is marked unlawful above: Only with help (way 1).",
        "With “Not alone”: 0 supported, 2 refuted, 0 undecided; without it: 2, 0, 0.",
    ]
    assert links(may.notes[1]) == ["j.norms.manner", "way-1"]
    assert can.notes == ()


def test_a_requirement_that_binds_others_or_is_kept_is_not_named() -> None:
    for changed in ("binds: [b], requires: go -> help", "binds: [a], requires: help -> go"):
        notes = told(LARGER.replace("binds: [a], requires: go -> help", changed)).claims[0].notes
        assert not any("marked unlawful" in plain(line) for line in notes)


def test_the_figures_of_a_split_have_keys() -> None:
    split = told(LARGER).claims[0].notes[-1]
    there = {part.key: part.value for part in split if isinstance(part, Figure)}
    sides = {
        side: [there[f"claims.may.norms.alone.{side}.{v}.cells"] for v in ("supported", "refuted", "undecided")] for side in ("on", "off")
    }
    assert sides == {"on": [0, 2, 0], "off": [2, 0, 0]}
    assert len(there) == 6


@pytest.mark.parametrize("form", [as_html, as_markdown])
def test_both_forms_have_the_notes(form: object) -> None:
    written = form(told(LARGER))  # type: ignore[operator]
    assert "Requirements on the manner of it" in written
    assert "undecided; without it: " in written


def test_a_cycle_through_the_status_quo() -> None:
    there = told(ROUND)
    glance = there.answer.glances[0]
    assert [plain(line) for line in glance.ends] == ["At times: A takes the option “x”; B takes the option “y”."]
    assert [plain(line) for line in glance.warnings] == ["UNLAWFUL in 1 of 1", "CYCLE", "BACK TO THE STATUS QUO"]
    lasts = [plain(line) for line in there.ways[0].rows[-1].lasts]
    assert lasts[:2] == ["BACK TO THE STATUS QUO again and again.", "CYCLE: somebody always wants to move on, round 4 states."]
    assert not any("Nobody has any move out" in line for line in lasts)


def test_harms_and_absolute_breaches_of_ways_that_are_not_told_are_told() -> None:
    # A may take any of 5 options, in any of 31 sets; the last by their codes are those that take o0, and only these harm.
    options = ", ".join(f"o{k}: {{}}" for k in range(5))
    case = (
        f"offramp: 1\ntitle: Many\ndecision_makers: {{a: {{options: {{{options}}}}}}}\n"
        f"readings: {{a: {{only: {{prefers: [{{that: {' or '.join(f'o{k}' for k in range(5))}}}]}}}}}}\n"
        "norms: {n: {binds: [a], forbids: o0, absolute: true}}\n"
        "harms: [{to: p, that: o0 and o1, grade: slight, name: a fall}]\npeople: {p: {}}\n"
    )
    there = told(case)
    assert len(there.ways) == 12
    assert not any("UNLAWFUL" in plain(line) for way in there.ways for row in way.rows for line in row.law)
    assert answers(there, "Is that lawful?")[-1] == "ABSOLUTE norms are broken: N by A (ways not told here)."
    assert answers(there, "Who is harmed?") == ["HARM to P: a fall (slight); ways not told here."]
    assert answers(there, "Who can move it?")[0].endswith("9, 10, 11, 12 and further ones).")

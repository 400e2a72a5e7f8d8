"""Two versions of a case: what changed, and what each change does by itself, worked out by hand."""

import pytest

from casetext import DESIGN, ELMIRA, GRAPH, SMALL
from offramp.analysis.diff import Answer, Diff, Difference, Effect, diff
from offramp.case.alike import aligned, ordered, taken_now
from offramp.case.changes import changes, longest_rise, paired, unit_of
from offramp.case.compose import composed
from offramp.case.load import read_case_text
from offramp.errors import ChoiceError
from offramp.report.differed import Differed
from offramp.report.voice import Voice
from offramp.sources.evidence import Evidence, EvidenceFile, named

# One decision maker who wants out, and out alone is a way out. A rule asks for a permit first.
CASE = """
offramp: 1
title: A door
as_of: 2025
decision_makers: {ann: {options: {leave: {name: leaves}, permit: {name: gets a permit}}}}
rules: {first: {require: leave -> permit}}
status_quo: {}
readings:
  ann:
    wants: {prefers: [{that: leave, basis: stated}, {that: not permit}]}
conditions: {open: {holds: true}}
norms: {law: {binds: [ann], forbids: leave and not permit}}
people: {ben: {wish: leave}}
harms: [{to: ben, that: leave, grade: slight, name: alone}]
claims: {free: {possible: {end: leave}}}
"""


def compared(old: str, new: str) -> Diff:
    return diff(read_case_text(old), read_case_text(new))


def changed(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def only(*pairs: tuple[str, str]) -> Effect:
    (effect,) = compared(CASE, changed(CASE, *pairs)).effects
    return effect


def test_the_same_twice() -> None:
    for text in (CASE, DESIGN, SMALL, GRAPH, ELMIRA):
        found = compared(text, text)
        assert found.is_same
        assert found.differences == ()


def test_codes_in_pairs_and_great_steps_follow_their_options() -> None:
    def told(options: str, reading: str) -> str:
        return f"offramp: 1\ntitle: t\ndecision_makers: {{ann: {{options: {{{options}}}}}}}\nreadings: {{ann: {{only: {{{reading}}}}}}}\n"

    for here, there in [
        ("ranking: [YN, [NN, YY], NY], great_steps: [YN]", "ranking: [NY, [NN, YY], YN], great_steps: [NY]"),
        ("pairs: [YN > NN >> NY > YY]", "pairs: [NY > NN >> YN > YY]"),
    ]:
        assert compared(told("x: {}, y: {}", here), told("y: {}, x: {}", there)).is_same
        assert not compared(told("x: {}, y: {}", here), told("y: {}, x: {}", here)).is_same


def test_a_rule_gone_by_hand() -> None:
    found = compared(CASE, changed(CASE, ("rules: {first: {require: leave -> permit}}\n", "")))
    # with the rule ann leaves with a permit, which is lawful; without it she leaves without one, which is not, though she still could
    (effect,) = found.effects
    assert (effect.unit, effect.is_idle, [change.kind for change in effect.changes]) == (("rules", "first"), False, ["removed"])
    told = {one.headline: (one.before, one.after, one.levels, one.turns) for one in found.differences}
    assert told == {"end.leave": (0.0, 1.0, ("none", "all"), True), "end.leave+permit": (1.0, 0.0, ("all", "none"), True), "lawful": (
        1.0, 0.0, ("all", "none"), True)}  # fmt: skip
    assert effect.differences == found.differences
    assert found.differences[0].headline == "lawful"  # what turns comes first, ends last


@pytest.mark.parametrize(
    ("pairs", "unit", "kind", "fields", "idle"),
    [
        ([("title: A door", "title: The door")], ("title",), "changed", ["title"], True),
        ([("{name: leaves}", "{name: goes, note: at last}")], ("decision_makers", "ann", "options", "leave"), "changed",
         ["name", "note"], True),
        ([("{name: leaves}", "{name: leaves, irreversible: true}")], ("decision_makers", "ann", "options", "leave"), "changed",
         ["irreversible"], False),
        ([("basis: stated", "basis: inferred, because: [s1]")], ("readings", "ann", "wants"), "changed", ["basis", "because"], True),
        ([("basis: stated", "basis: stated, since: 2024")], ("readings", "ann", "wants"), "changed", ["since"], False),
        ([("leave -> permit", "(leave) -> ann.permit")], ("rules", "first"), "changed", ["require"], True),
        ([("leave -> permit}", "permit -> leave}")], ("rules", "first"), "changed", ["require"], False),
        ([("holds: true", "holds: false")], ("conditions", "open"), "changed", ["holds"], False),
        ([("binds: [ann], forbids", "absolute: true, cite: art. 1, binds: [ann], forbids")], ("norms", "law"), "changed",
         ["absolute", "cite"], True),
        ([("{wish: leave}", "{wish: not leave}")], ("people", "ben"), "changed", ["wish"], False),
        ([("grade: slight", "grade: grave")], ("harms",), "changed", ["grade"], True),
        ([("end: leave}", "end: permit}")], ("claims", "free"), "changed", ["possible"], False),
        ([("status_quo: {}", "status_quo: {permit: true}")], ("status_quo",), "changed", ["status_quo"], False),
        ([("as_of: 2025", "as_of: 2026")], ("as_of",), "changed", ["as_of"], False),
    ],
)  # fmt: skip
def test_what_of_a_judgement_changed(pairs: list[tuple[str, str]], unit: tuple[str, ...], kind: str, fields: list[str], idle: bool) -> None:
    effect = only(*pairs)
    (change,) = effect.changes
    assert (effect.unit, change.kind, [detail.field for detail in change.details], effect.is_idle) == (unit, kind, fields, idle)
    assert (effect.answer is None) == idle
    assert all(detail.is_idle == idle for detail in change.details)


def test_writing_the_same_otherwise_changes_nothing() -> None:
    same = changed(CASE, ("status_quo: {}", 'status_quo: "NN"'))
    assert compared(CASE, same).is_same
    pattern = changed(CASE, ("{require: leave -> permit}", '{exclude: "YN"}'))
    assert compared(pattern, pattern).is_same
    (effect,) = compared(CASE, pattern).effects  # another form of the rule is told, and moves nothing
    assert effect.differences == ()


def test_statements_are_compared_by_what_they_say() -> None:
    three = changed(CASE, ("{that: not permit}]", "{that: not permit}, {that: permit or leave}]"))
    moved = changed(
        CASE,
        ("[{that: leave, basis: stated}, {", "[{that: permit or leave}, {that: 'leave', basis: assumed}, {"),
    )
    (effect,) = compared(three, moved).effects
    told = [(change.path[3:], change.kind, [detail.field for detail in change.details], change.is_idle) for change in effect.changes]
    assert told == [(("prefers", 0), "moved", [], False), (("prefers", 1), "changed", ["basis"], True)]
    (effect,) = compared(CASE, moved).effects
    assert [(change.kind, change.path[4]) for change in effect.changes] == [("added", 0), ("changed", 1)]
    (effect,) = compared(moved, CASE).effects
    assert [(change.kind, change.path[4]) for change in effect.changes] == [("removed", 0), ("changed", 0)]


def test_statements_said_twice_are_two() -> None:
    twice = changed(CASE, ("{that: not permit}]", "{that: not permit}, {that: leave}]"))
    (effect,) = compared(CASE, twice).effects
    assert [(change.kind, change.path[4]) for change in effect.changes] == [("added", 2)]


def test_grouping_statements_alters_no_answer() -> None:
    grouped = changed(
        CASE, ("[{that: leave, basis: stated}, {that: not permit}]", "[{any_order: [{that: leave, basis: stated}, {that: not permit}]}]")
    )
    (effect,) = compared(CASE, grouped).effects
    assert effect.is_idle
    assert [detail.field for change in effect.changes for detail in change.details] == ["any_order"]


def test_harms_are_one_unit() -> None:
    effect = only(("[{to: ben", "[{to: ben, that: permit, grade: grave}, {to: ben"), ("grade: slight", "grade: serious"))
    assert effect.unit == ("harms",)
    assert [(change.kind, change.path, change.is_idle) for change in effect.changes] == [
        ("added", ("harms", 0), False), ("changed", ("harms", 1), True),
    ]  # fmt: skip


def test_an_option_between_others_does_not_disturb_codes() -> None:
    coded = changed(CASE, ("status_quo: {}", 'status_quo: "NN"'), ("{require: leave -> permit}", '{exclude: "YN"}'))
    more = changed(coded, ("permit: {name", "wait: {}, permit: {name"), ('"NN"', '"NNN"'), ('"YN"', '"Y-N"'))
    found = compared(coded, more)
    assert [effect.unit for effect in found.effects] == [("decision_makers", "ann", "options", "wait")]
    (effect,) = found.effects
    assert effect.answer is not None
    assert effect.answer.reason == ""
    assert dict(effect.answer.shares) == dict(found.after.shares)


def test_the_order_of_options_means_nothing() -> None:
    coded = changed(CASE, ("status_quo: {}", 'status_quo: "NY"'), ("{require: leave -> permit}", '{exclude: "YN"}'))
    turned = changed(
        coded,
        ("leave: {name: leaves}, permit: {name: gets a permit}", "permit: {name: gets a permit}, leave: {name: leaves}"),
        ('{exclude: "YN"}', '{exclude: "NY"}'),
        ('status_quo: "NY"', 'status_quo: "YN"'),
    )
    assert compared(coded, turned).is_same
    ranked = changed(coded, ("{prefers: [{that: leave, basis: stated}, {that: not permit}]}", '{ranking: ["YY", ["NN", "NY"]]}'))
    back = changed(turned, ("{prefers: [{that: leave, basis: stated}, {that: not permit}]}", '{ranking: ["YY", ["NN", "YN"]]}'))
    assert compared(ranked, back).is_same
    file = read_case_text(ranked)
    assert aligned(file, file) is file


def test_a_decision_maker_comes_and_goes_with_its_readings() -> None:
    more = changed(CASE, ("permit: {name: gets a permit}}}}", "permit: {name: gets a permit}}}, zoe: {options: {hum: {}}}}"))
    more = changed(more, ("conditions:", "  zoe: {mood: {prefers: [{that: hum}]}}\nconditions:"))
    found = compared(CASE, more)
    assert [(effect.unit, effect.changes[0].kind) for effect in found.effects] == [(("decision_makers", "zoe"), "added")]
    assert {one.headline for one in found.effects[0].differences} >= {"mover.zoe"}
    back = compared(more, CASE)
    assert [(effect.unit, effect.changes[0].kind) for effect in back.effects] == [(("decision_makers", "zoe"), "removed")]
    assert back.effects[0].answer is not None
    assert dict(back.effects[0].answer.shares) == dict(back.after.shares)


def test_a_change_that_cannot_be_made_alone_says_why() -> None:
    new = changed(
        CASE,
        ("permit: {name: gets a permit}", "permit: {name: gets a permit}, hide: {}"),
        ("{that: not permit}]", "{that: not permit}, {that: not hide}]"),
    )
    option, reading = compared(CASE, new).effects
    assert option.answer is not None
    assert option.answer.reason == ""
    assert reading.answer is not None
    why = "by itself it cannot be read: readings.ann.wants.prefers[3].that: 'hide' names no option and no condition"
    assert reading.answer.reason == why
    renamed = changed(CASE, ("wants:", "hopes:"))
    gone, come = compared(CASE, renamed).effects
    assert gone.answer is not None
    assert gone.answer.reason == "by itself it leaves ann without a reading"
    assert come.answer is not None
    assert come.answer.reason == ""


def test_a_version_that_cannot_be_solved() -> None:
    broken = changed(CASE, ("status_quo: {}", "status_quo: {leave: true}"))
    found = compared(CASE, broken)
    assert found.after.reason == "status_quo: the status quo YN breaks first"
    assert found.differences == ()
    assert found.effects[0].answer == found.after


def test_headlines_that_one_version_cannot_have() -> None:
    found = compared(CASE, changed(CASE, ("claims: {free: {possible: {end: leave}}}\n", "")))
    told = {one.headline: (one.before, one.after, one.levels) for one in found.differences}
    assert told == {"claim.free": (1.0, None, ("all", None)), "denied.free": (0.0, None, ("none", None))}
    answer = Answer(1, {"lawful": 1.0})
    assert (answer.share("lawful"), answer.share("mover.x"), answer.share("claim.x")) == (1.0, 0.0, None)
    assert Difference("lawful", 0.25, 0.5).turns is False


def test_graphs_are_compared_by_states_and_moves() -> None:
    graph = """
offramp: 1
title: g
decision_makers: {a: {}}
states: [x, y, z]
moves: {a: [[x, y], [y, z]]}
readings: {a: {r: {ranking: [z, y, x]}}}
"""
    assert compared(graph, changed(graph, ("[x, y, z]\n", "[x, z, y]\n"))).is_same
    (effect,) = compared(graph, changed(graph, ("[[x, y], [y, z]]", "[[y, z]]"))).effects
    assert effect.unit == ("states",)
    assert {one.headline for one in effect.differences} >= {"can_move", "mover.a"}
    (effect,) = compared(graph, changed(graph, ("[x, y, z]\n", "[y, x, z]\n"))).effects  # another first state is another status quo
    assert (effect.unit, effect.answer) == (("status_quo",), compared(graph, changed(graph, ("[x, y, z]\n", "[y, x, z]\n"))).after)
    (effect,) = compared(graph, changed(graph, ("readings:", "status_quo: y\nreadings:"))).effects
    assert effect.unit == ("status_quo",)
    assert unit_of(("moves", "a")) == ("states",)


def test_interventions_are_told_and_alter_nothing() -> None:
    effect = only(("claims:", "interventions: {guard: {by: the town, rules: {shut: {require: not leave}}}}\nclaims:"))
    assert (effect.unit, effect.is_idle) == (("interventions", "guard"), True)


def test_small_helpers() -> None:
    assert paired(["a", "a", "b"], ["b", "a"]) == [(0, 1), (2, 0)]
    assert sorted(longest_rise([])) == []
    assert sorted(longest_rise([2, 0, 1])) == [0, 1]
    assert list(ordered({"new": 1, "a": 2}, ["a"])) == ["new", "a"]
    assert taken_now(read_case_text(GRAPH).case) == "s1"
    file = read_case_text(CASE)
    assert changes(file, file) == []
    with pytest.raises(ChoiceError, match="by itself it leaves ann without a reading"):
        composed(file, read_case_text(changed(CASE, ("wants:", "hopes:"))), ("readings", "ann", "wants"))


# In words.


def words(old: str, new: str) -> tuple[Diff, Differed]:
    a, b = read_case_text(old), read_case_text(new)
    found = diff(a, b)
    none = Evidence({}, {}, {})
    return found, Differed(Voice(a, none, True), Voice(b, none, True), found)


def test_changes_and_effects_in_words() -> None:
    new = changed(
        CASE,
        ("{name: leaves}", "{name: leaves, note: why not}"),
        ("{that: not permit}]", "{that: permit}]"),
        ("rules: {first: {require: leave -> permit}}\n", ""),
    )
    found, told = words(CASE, new)
    assert [(told.changes(effect), told.effect(effect)) for effect in found.effects] == [
        (["the option that Ann leaves: other note"], ["no answer depends on it"]),
        (
            ["the rule “First”: removed"],
            [
                "some way out is lawful throughout: 100% → 0%",
                "some way out ends at leave + permit: 100% → 0%",
                "some way out ends at leave: 0% → 100%",
            ],
        ),
        (
            ["Ann read as “Wants”", "– Ann does not get a permit: removed", "– Ann gets a permit: added"],
            ["moves nothing by itself"],
        ),
    ]


def test_a_date_and_a_basis_in_words() -> None:
    found, told = words(CASE, changed(CASE, ("as_of: 2025", "as_of: 2026"), ("basis: stated", "basis: inferred, since: 2024")))
    assert [told.changes(effect) for effect in found.effects] == [
        ["the date of the case: 2025 → 2026"],
        ["Ann read as “Wants”", "– Ann leaves: basis: stated → inferred, since: not given → 2024"],
    ]
    assert [told.effect(effect) for effect in found.effects] == [["moves nothing by itself"], ["moves nothing by itself"]]
    assert list(told.sentences()) == ["Together the changes leave every headline as it was."]


def test_only_names() -> None:
    _, told = words(CASE, changed(CASE, ("title: A door", "title: The door")))
    assert list(told.sentences()) == ["Only names, notes, bases and the like differ: no answer can depend on them."]


def test_what_only_several_changes_do() -> None:
    """Two readings that refuse: each alone leaves the other; without both, ann leaves."""
    base = changed(CASE, ("rules: {first: {require: leave -> permit}}\n", "rules: {a: {require: not leave}, b: {require: not leave}}\n"))
    found, told = words(base, changed(base, ("rules: {a: {require: not leave}, b: {require: not leave}}\n", "")))
    assert [effect.differences for effect in found.effects] == [(), ()]
    (line,) = told.sentences()
    assert line.startswith("By no single change, only by several together: the status quo is an equilibrium by Nash; ")
    assert "; somebody has a way out; " in line


def test_formulas_that_name_what_is_withheld_are_not_told() -> None:
    said = {"source": "g", "spans": [[0, 5]], "kind": "direct", "quote": "ZQUOTE", "restricted": True}
    evidence = Evidence({}, {}, named(EvidenceFile.model_validate({"offramp": 1, "statements": {"s1": said}}).statements))
    base = changed(CASE, ("permit: {name: gets a permit}", "permit: {name: ZNAME, because: [s1]}"))
    new = changed(base, ("leave -> permit}", "permit -> leave}"), ("basis: stated", "basis: inferred"), ("holds: true", "holds: false"))
    a, b = read_case_text(base), read_case_text(new)
    found = diff(a, b)
    told = Differed(Voice(a, evidence, True), Voice(b, evidence, True), found)
    lines = [line for effect in found.effects for line in [*told.changes(effect), *told.effect(effect)]]
    assert "kin may face reprisals: other require" in lines
    assert "the condition “Open”: holds: true → false" in lines
    assert "some way out ends at leave + (withheld): 100% → 0%" in lines
    assert not any("permit" in line or "ZNAME" in line for line in lines)

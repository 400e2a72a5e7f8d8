"""Comparisons by hand: counts, what tells combinations apart, what is undefined, what is refused, how it is said."""

from dataclasses import replace

import pytest

import offramp
from casetext import SMALL
from offramp.analysis import compare as module
from offramp.analysis.compare import compare
from offramp.analysis.comparison import Comparison
from offramp.analysis.confined import Apart, Confined
from offramp.case.load import read_case_text
from offramp.errors import ChoiceError, UnknownLabelError
from offramp.model.build import Builder
from offramp.report.compare_records import Meanings
from offramp.report.compare_words import Compared, settings_label
from offramp.report.sure_words import public_voice
from offramp.stability.matters import others
from offramp.stability.settings import DEFAULT, Settings

FIVE = ("nash", "gmr", "smr", "seq", "sseq")

TAKE = """\
offramp: 1
title: Taking and hitting
decision_makers: {ann: {options: {take: {irreversible: true}}}, bob: {options: {hit: {irreversible: true}}}}
rules: {after: {require: hit -> take, contested: true}}
readings:
  ann:
    keen: {prefers: [{that: take}]}
    wary: {prefers: [{that: not hit}, {that: take}]}
    loath: {prefers: [{that: not take}]}
  bob:
    proud: {prefers: [{that: hit <-> take}]}
norms: {peace: {binds: [bob], forbids: hit and take}}
people: {cyd: {wish: not take}}
harms: [{to: cyd, that: hit, by: [bob], grade: grave}]
"""
"""Six cells. Ann takes for good, NN to YN; Bob hits for good, YN to YY, and where the rule is off also NN to NY.

Bob finds NN and YY better than the others, so YN is never an equilibrium, and YY always is: nobody can leave it.
- keen: Ann leaves NN and NY, which nothing can make bad for her.
- wary: YN best, then NN, YY, NY. She would leave NN for YN, but Bob wants YY then, from which she cannot
  get away: NN is an equilibrium of all but Nash. She leaves NY for YY.
- loath: she leaves nothing; NN is an equilibrium, and NY where it exists.
"""


def built(text: str) -> Builder:
    return Builder(read_case_text(text))


def said(found: Comparison) -> Compared:
    return Compared(found, public_voice(found.builder))


def told(found: Comparison) -> dict[str, str]:
    say = said(found)
    return {outcome.code: say.when(outcome) for outcome in found.outcomes()}


def test_counts_by_hand() -> None:
    found = compare(built(TAKE), FIVE)
    assert found.num_cells == 6
    assert found.num_combinations == 30
    assert found.states.labels == ("NN", "YN", "NY", "YY")
    outcomes = {outcome.code: outcome for outcome in found.outcomes()}
    assert list(outcomes) == ["YY", "NN", "NY"]
    assert outcomes["YY"].holds == (6, 6, 6, 6, 6)
    assert outcomes["NN"].holds == (2, 4, 4, 4, 4)
    assert outcomes["NY"].holds == (1, 1, 1, 1, 1)
    assert outcomes["NY"].asked == (3, 3, 3, 3, 3)
    assert [outcomes[code].cells for code in ("YY", "NN", "NY")] == [6, 6, 3]
    assert [column.num_outcomes for column in found.columns] == [3, 3, 3, 3, 3]
    assert found.outcome(found.place("YN")).holds == (0, 0, 0, 0, 0)


def test_what_tells_apart_by_hand() -> None:
    found = compare(built(TAKE), FIVE)
    assert told(found) == {
        "YY": "everywhere",
        "NN": "Nash only where ann: loath; GMR, SMR, SEQ, SSEQ everywhere but where ann: keen",
        "NY": "only where ann: loath; exists in 3 of 6 cells",
    }
    assert said(found).when(found.outcome(found.place("YN"))) == "never"
    by_nash = found.outcome(found.place("NN")).by_concept["nash"]
    assert by_nash.when.readings == {"ann": ("loath",)}
    assert by_nash.when.always
    assert by_nash.but.readings == {"ann": ("keen", "wary")}


def test_the_same_of_one_cell() -> None:
    builder = built(TAKE)
    found = compare(builder, FIVE, choices=[builder.choice({"ann": "wary"})])
    assert told(found) == {"YY": "everywhere", "NN": "everywhere but under Nash"}
    assert told(compare(builder, ["nash"], choices=[builder.choice({"ann": "wary"})])) == {"YY": "everywhere"}
    keen = builder.choice({"ann": "keen"}, {"after": False})
    assert told(compare(builder, ["nash", "seq", "gmr"], choices=[keen])) == {"YY": "everywhere"}


def test_a_part_of_the_grid() -> None:
    from offramp.case.variant import Variant

    builder = built(TAKE)
    part = builder.varied(Variant(readings=(("ann", "loath"),), settled=(("after", False),)))
    assert told(compare(part, FIVE)) == {"NN": "everywhere", "NY": "everywhere", "YY": "everywhere"}


def test_contested_sides_tell_apart() -> None:
    text = TAKE.replace("wary: {prefers: [{that: not hit}, {that: take}]}", "wary: {prefers: [{that: take <-> war}]}")
    text = text.replace("keen: {prefers: [{that: take}]}", "").replace("loath: {prefers: [{that: not take}]}", "")
    found = compare(built(text + "conditions: {war: {holds: true, contested: true}}\n"), ["nash"])
    assert told(found)["NN"] == "only where war off"
    assert found.outcome(found.place("NN")).apart.but.contested == {"war": True}


def test_what_outcomes_mean_with_the_number_of_cells() -> None:
    found = compare(built(TAKE), FIVE)
    meanings = Meanings(found)
    stuck = meanings.of(found.place("YY"))
    assert (stuck.cells, stuck.stuck, stuck.stranded) == (6, 6, 6)
    assert ({breach.norm: cells for breach, cells in stuck.breaches.items()}, list(stuck.harms.values())) == ({"peace": 6}, [6])
    begin = meanings.of(found.place("NN"))
    assert (begin.cells, begin.stuck, begin.stranded, begin.wishes) == (6, 0, 0, {"cyd": 6})
    assert (meanings.of(found.place("NY")).cells, meanings.of(found.place("NY")).final) == (3, {"bob.hit": 3})
    say = said(found)
    assert say.meaning(found.place("YY")) == "NOBODY CAN LEAVE; CANNOT BE UNDONE: ann.take, bob.hit; UNLAWFUL: peace; harm grave:cyd"
    assert say.marked(found.place("YY")) == "3 (NOBODY CAN LEAVE, UNLAWFUL, HARM)"
    assert say.marked(found.place("NN")) == "1"
    assert say.marked(found.place("NY")) == "NY (HARM)", "it has no number in the first cell, where it does not exist"


def test_the_three_answers_for_garrison() -> None:
    """cases/INDEX.md: one step {2, 3, 8, 11, 13, 14, 15, 17, 18, 19, 21, 22}; each once + 4, 10; legal + 4, 6, 10."""
    found = compare(Builder(offramp.read_case("garrison-23")), FIVE)
    step = {2, 3, 8, 11, 13, 14, 15, 17, 18, 19, 21, 22}
    for concept in ("gmr", "smr"):
        wanted = {"legal": step | {4, 6, 10}, "once": step | {4, 10}, "one_step": step}
        for column, there in enumerate(found.columns):
            if there.concept == concept:
                states = {place + 1 for place, cells in enumerate(found.holds[column].tolist()) if cells}
                assert states == wanted.pop(there.settings.sequences)
                assert there.num_outcomes == len(states)
        assert not wanted
    assert said(found).settings().__next__() == "With sequences=once: lost under GMR, SMR: 6; unchanged under SEQ, SSEQ."
    assert list(said(found).settings())[1] == "With sequences=one_step: lost under GMR, SMR: 4, 6, 10; unchanged under SEQ, SSEQ."
    assert told(found)["NNYNYYNNN"] == "only under GMR, SMR with sequences=legal"
    assert found.place(6) == found.place("6") == found.place("NNYNYYNNN") == 5


def test_settings_that_other_concepts_alone_were_asked_under_tell_nothing_apart() -> None:
    """SIM alone is asked with simultaneous=unstable; that GMR and SMR hold with simultaneous=all says nothing."""
    found = compare(Builder(offramp.read_case("garrison-23")))
    assert "simultaneous" in {name for column in found.columns for name in column.settings.changed}
    assert told(found)["NYNYYYNNN"] == "only under GMR, SMR"
    assert told(found)["NNYNYYNNN"] == "only under GMR, SMR with sequences=legal"


def test_the_first_settings_are_what_others_are_compared_with() -> None:
    builder = Builder(offramp.read_case("garrison-23"))
    found = compare(builder, ["gmr"], [Settings(sequences="one_step"), DEFAULT])
    outcome = found.outcome(found.place(6))
    assert (outcome.holds, outcome.gained, outcome.lost) == ((0, 1), (0, 1), (0, 0))
    assert list(said(found).settings()) == ["With the default settings: gained under GMR: 4, 6, 10."]


def test_values_stand_in_the_order_of_the_settings_however_they_are_asked() -> None:
    builder = Builder(offramp.read_case("garrison-23"))
    found = compare(builder, ["gmr"], [Settings(sequences=value) for value in ("once", "one_step", "legal")])
    assert found.outcome(found.place(4)).apart.when.settings == {"sequences": ("legal", "once")}
    assert found.definitions == ({"sequences": "once"}, {}, {"sequences": "one_step"})


def test_a_line_has_names_in_a_graph_and_one_cell_is_one() -> None:
    graph = compare(Builder(offramp.read_case("elmira-9-xu")), ["gmr"], [Settings(sequences="one_step"), DEFAULT])
    say = said(graph)
    assert say.marked(graph.place("s5")) == "s5"
    assert say.marked(graph.place("s9")) == "s9 (NOBODY CAN LEAVE)"
    found = compare(built(GREAT), ["gmr"])
    assert next(said(found).settings()) == "With strength=strong: lost under GMR: 2 in 2 cells, 1 in 1 cell."


GREAT = """\
offramp: 1
title: A great difference
decision_makers: {a: {options: {x: {}}}, b: {options: {y: {}}}}
readings:
  a:
    hard: {prefers: [{that: not y, greatly: true}, {that: x}]}
    soft: {prefers: [{that: y -> x, greatly: true}, {that: not y}, {that: x}]}
  b: {only: {prefers: [{that: x <-> y}]}}
"""
"""At NN, b stays; a would take x, which b answers by y: worse for a, and greatly so where it is hard.

At YN, a stays; b would take y, and a could answer by giving up x: NY is for b as YN is, no better, and not greatly worse.
At YY both stay, and at NY a has x to take. So by strong stability NN is lost where a is soft, and YN in both cells.
"""


def test_weak_stability_is_asked_on_request_only() -> None:
    """Whoever has nothing to gain is strongly stable: here at every state somebody is, and so none is an equilibrium weakly."""
    by_default = compare(built(GREAT), ["gmr"])
    assert [column.changed for column in by_default.columns] == [{}, {"strength": "strong"}]
    assert told(by_default)["YY"] == "everywhere"
    every = compare(built(GREAT), ["gmr"], [Settings(strength=value) for value in ("general", "strong", "weak")])
    assert [[outcome.code, *outcome.holds] for outcome in every.outcomes()] == [["YY", 2, 2, 0], ["NN", 2, 1, 0], ["YN", 2, 0, 0]]


def test_choices_of_settings_stand_in_the_order_of_the_settings() -> None:
    """Nash, asked first, knows `unknown` alone; the rows of SIM and GMR come where their settings stand."""
    text = STRICT.replace("torn: {weights: {x: 1}}", 'torn: {pairs: ["YN >> NN"], unlisted: unknown}')
    found = compare(built(text), ["nash", "sim", "gmr"])
    assert [*found.definitions] == [
        {}, {"unknown": "b"}, {"unknown": "c"}, {"unknown": "d"}, {"strength": "strong"}, {"simultaneous": "unstable"},
    ]  # fmt: skip


MERGE = {"merge": [["moe", "uniroyal"]]}


def test_a_coalition_as_one_beside_its_members_apart() -> None:
    """The printed equilibria of the two (tests/cases): as one they give up 7 for 10, and Uniroyal no longer leaves 9 alone."""
    builder = Builder(offramp.read_case("elmira-12"))
    found = compare(builder, ["nash"], [DEFAULT], **MERGE, coalitions=["apart", "merged"])
    assert [column.changed for column in found.columns] == [{}, {"coalitions": "merged"}]
    states = [{place + 1 for place, n in enumerate(row) if n} for row in found.holds.tolist()]
    assert states == [{5, 6, 7, 10, 11, 12}, {5, 6, 9, 10, 11, 12}]
    assert [*said(found).settings()] == ["With coalitions=merged: gained under Nash: 9; lost under Nash: 7."]
    assert told(found)["NYNNY"] == "only with coalitions=apart"
    assert found.outcome(found.place(9)).apart.when.settings == {"coalitions": ("merged",)}
    assert found.merged == ("moe+uniroyal",)


def test_a_coalition_as_one_alone() -> None:
    builder = Builder(offramp.read_case("elmira-12"))
    found = compare(builder, ["nash"], **MERGE)
    assert {outcome.code for outcome in found.outcomes()} == {found.states.label(k - 1) for k in (5, 6, 9, 10, 11, 12)}
    assert found.definitions == ({},), "that it is merged goes without saying"
    assert found.groups[0].model.decision_makers == ("moe+uniroyal", "local_government")
    both = compare(builder, ["nash"], **MERGE, coalitions=["merged", "apart"])
    assert both.definitions == ({"coalitions": "merged"}, {})
    assert [*said(both).settings()] == ["With the default settings: gained under Nash: 7; lost under Nash: 9."]


STRICT = """\
offramp: 1
title: Strict or not
decision_makers: {a: {options: {x: {}}}, b: {options: {y: {}}}}
readings:
  a: {strict: {weights: {x: 1, y: 2}}, torn: {weights: {x: 1}}}
  b: {only: {weights: {y: 1, x: 2}}}
"""


def test_a_concept_that_is_not_defined_in_a_cell_is_counted_there() -> None:
    found = compare(built(STRICT))
    columns = {column.concept: column for column in found.columns}
    ((reason, cells),) = columns["nonmyopic"].undefined.items()
    assert reason.startswith("nonmyopic needs strict rankings; a ranks NN and NY alike; ")
    assert cells == 1
    assert not any(column.undefined for name, column in columns.items() if name != "nonmyopic")
    assert list(found.left_out) == ["limited"]
    assert found.num_combinations == 2 * len(found.columns) - 1
    assert next(said(found).undefined()).startswith("Not defined in 1 of 2 cells, NM with the default settings: nonmyopic needs")
    asked = {column.concept: cells for column, cells in zip(found.columns, found.outcome(found.place("YY")).asked, strict=True)}
    assert asked == dict.fromkeys(found.concepts, 2) | {"nonmyopic": 1}


def test_concepts_that_are_defined_nowhere_are_left_out_by_name() -> None:
    found = compare(Builder(offramp.read_case("elmira-9-xu")))
    assert found.concepts == FIVE
    assert found.left_out.keys() == {"sim", "limited", "nonmyopic"}
    assert [line.partition(":")[0] for line in said(found).undefined()] == ["Left out", "Left out"]


def test_a_concept_that_is_defined_somewhere_is_not_left_out() -> None:
    """Looking ahead needs rankings without ties: Ann has one in her second reading only, and Bob has."""
    text = """\
offramp: 1
title: t
decision_makers: {ann: {options: {x: {}}}, bob: {options: {y: {}}}}
readings:
  ann: {tied: {prefers: [{that: x}]}, strict: {prefers: [{that: x}, {that: y}]}}
  bob: {only: {prefers: [{that: y}, {that: x}]}}
"""
    found = compare(built(text), horizon=2)
    assert {"limited", "nonmyopic"}.isdisjoint(found.left_out)
    assert [sum(column.undefined.values()) for column in found.columns if column.concept in ("limited", "nonmyopic")] == [1, 1]


def test_limited_moves_and_coalitions_are_there_on_request() -> None:
    builder = Builder(offramp.read_case("prisoners-dilemma"))
    assert "limited" in compare(builder, horizon=2).concepts
    found = compare(builder, ["limited", "coalition_nash"], [DEFAULT], horizon=2)
    assert [said(found).short(name) for name in found.concepts] == ["L2", "Nash, all"]
    together = compare(builder, ["coalition_nash"], [DEFAULT], coalition=["first", "second"])
    assert [outcome.code for outcome in together.outcomes()] == ["YN", "NY", "YY"]
    assert said(together).short("coalition_nash") == "Nash, first+second"


def test_who_sanctions_can_matter_to_seq_of_coalitions_of_three() -> None:
    """tests/unit/test_coalition.py has a model in which three settle what two alone do not."""
    three, two = (offramp.load_case(case) for case in ("elmira-12", "syria-iraq-1975"))
    assert others(three, "coalition_seq", DEFAULT)["sanctions"] == ("individuals",)
    assert "sanctions" not in others(three, "coalition_gmr", DEFAULT)
    assert "sanctions" not in others(two, "coalition_seq", DEFAULT)
    text = """\
offramp: 1
title: t
decision_makers: {ann: {options: {x: {}}}, bob: {options: {y: {}}}, cyd: {}}
readings: {ann: {r: {prefers: [{that: x}]}}, bob: {r: {prefers: [{that: y}]}}, cyd: {r: {prefers: [{that: x}]}}}
"""
    idle = built(text).model(built(text).choice())
    assert others(idle, "coalition_seq", DEFAULT)["sanctions"] == ("individuals",), (
        "with cyd, who cannot move, bob has a say in what he answers"
    )
    assert "sequences" not in others(idle, "coalition_gmr", DEFAULT)


@pytest.mark.parametrize(("unknown", "can"), [("a", False), ("b", False), ("c", True), ("d", False)])
def test_a_return_to_the_move_can_matter_only_where_the_unknown_tempts_and_deters(unknown: str, can: bool) -> None:
    text = """\
offramp: 1
title: t
decision_makers: {ann: {}, bob: {}, cyd: {}}
states: [s, t, u]
moves: {ann: [[s, t]], bob: [[t, u]], cyd: [[u, t]]}
readings:
  ann: {r: {pairs: [u > s], unlisted: unknown}}
  bob: {r: {ranking: [[s, t, u]]}}
  cyd: {r: {ranking: [[s, t, u]]}}
"""
    model = built(text).model(built(text).choice())
    assert ("return_to_move" in others(model, "gmr", DEFAULT.but(unknown=unknown))) is can


def test_default_settings_are_those_that_can_matter() -> None:
    two = Builder(offramp.read_case("syria-iraq-1975"))
    assert {column.settings for column in compare(two, FIVE).columns} == {DEFAULT}
    graph = compare(Builder(offramp.read_case("elmira-9-xu")), ["nash", "gmr", "smr"])
    assert [(column.concept, settings_label(column.changed)) for column in graph.columns] == [
        ("nash", "the default settings"),
        ("gmr", "the default settings"),
        ("gmr", "sequences=once"),
        ("gmr", "sequences=one_step"),
        ("gmr", "return_to_start=ignored"),
        ("smr", "the default settings"),
        ("smr", "sequences=once"),
        ("smr", "sequences=one_step"),
    ]


def test_settings_can_matter_by_what_preferences_are() -> None:
    text = STRICT.replace("torn: {weights: {x: 1}}", 'torn: {pairs: ["YN >> NN"], unlisted: unknown}')
    builder = built(text)
    model = builder.model(builder.choice({"a": "torn"}))
    assert others(model, "nash", DEFAULT) == {"unknown": ("b", "d")}
    assert others(model, "gmr", DEFAULT) == {"unknown": ("b", "c", "d"), "strength": ("strong", "weak")}
    assert others(model, "sim", DEFAULT)["simultaneous"] == ("unstable",)
    assert others(model, "nonmyopic", DEFAULT) == {}
    assert others(builder.model(builder.choice()), "gmr", DEFAULT) == {}


def test_models_are_solved_once_and_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    solve = module.solve
    monkeypatch.setattr(module, "solve", lambda model, *rest, **more: asked.append(model) or solve(model, *rest, **more))
    seen: list[tuple[int, int]] = []
    text = TAKE + "conditions: {rain: {holds: true, contested: true}}\n"  # twice the cells, the same models
    found = compare(built(text), ["nash", "seq"], watch=lambda done, total: seen.append((done, total)))
    assert found.num_cells == 12
    assert len(found.groups) == 6
    assert len(asked) == 12
    assert seen == [(k, 12) for k in range(1, 13)]
    assert found.outcome(found.place("YY")).holds == (12, 12)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"concepts": ["smrt"]}, UnknownLabelError, "no concept is called 'smrt'; there are: nash, gmr"),
        ({"concepts": []}, ChoiceError, "no concept is given; give one or more"),
        ({"settings": []}, ChoiceError, "no choice of settings is given; give one or more"),
        ({"choices": []}, ChoiceError, "no cell is given; give one or more"),
        ({"concepts": ["limited"]}, ChoiceError, "limited needs the number of moves to look ahead; give a horizon"),
        ({"concepts": ["universal"]}, ChoiceError, "universal is told by the concepts for coalitions: ask for coalition_seq"),
        ({"coalition": ["zed"]}, UnknownLabelError, "no decision maker is called 'zed'; there are: anna, bert"),
        ({"concepts": ["gmr"], "settings": [Settings(strength="strong")]}, ChoiceError, "strength=strong needs degrees of preference"),
        ({"concepts": ["nonmyopic"]}, ChoiceError, "nonmyopic needs strict rankings"),
        ({"concepts": ["coalition_seq"], "coalition": ["anna", "anna"]}, ChoiceError, "anna"),
        ({"coalitions": ["merged"]}, ChoiceError, "coalitions says how coalitions act, and none is named; name who may act as one"),
        ({"coalitions": ["one"]}, ChoiceError, "coalitions is 'one'; expected apart or merged"),
        ({"merge": [["anna", "bert"]], "coalitions": []}, ChoiceError, "coalitions says how coalitions act, and none is named"),
        ({"merge": [["anna"]]}, ChoiceError, "a merged coalition is a list of two labels or more"),
    ],
)
def test_what_is_refused(arguments: dict, error: type[Exception], message: str) -> None:
    text = SMALL.replace("weights: {pay: -2, anna.leave: 3}", "weights: {pay: 0}")
    with pytest.raises(error, match=message.split(";")[0]) as refused:
        compare(built(text), **arguments)
    assert message in str(refused.value)


def test_too_much_work_is_refused_before_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_VERDICTS", 100)  # 3 models of 3 states, 3 of 4: 21 states, 5 columns
    monkeypatch.setattr(module, "solve", lambda *_, **__: pytest.fail("solved"))
    with pytest.raises(ChoiceError, match=r"5 concepts under settings, over 6 or more models with 21 states together, make more than 100 "):
        compare(built(TAKE), FIVE)
    monkeypatch.undo()
    monkeypatch.setattr(module, "MAX_VERDICTS", 105)
    assert len(compare(built(TAKE), FIVE).outcomes()) == 3


def test_a_state_that_is_nowhere_is_refused() -> None:
    found = compare(built(TAKE), ["nash"])
    assert found.place("NY") == 2
    assert found.number(2) is None
    for label in ("7", "0", "NNN", "x", "9" * 400):
        with pytest.raises(UnknownLabelError, match="no state is called"):
            found.place(label)


MERGED = """\
offramp: 1
title: What counts as one is contested
decision_makers: {a: {options: {x: {}, y: {}}}, b: {options: {z: {}}}}
conditions: {k: {holds: true, contested: true}}
coalesce: {gone: {that: (k and y and z) or (not k and not y and not z)}}
readings:
  a: {only: {prefers: [{that: y}]}}
  b: {only: {prefers: [{that: z}]}}
"""
"""Everybody wants y and z, so its states are the equilibria: one, -YY, where k is on, and two where it is off."""


def test_outcomes_go_by_their_labels_where_cells_have_other_states() -> None:
    found = compare(built(MERGED), ["nash", "gmr"], [DEFAULT])
    told = {outcome.code: (outcome.holds, outcome.cells) for outcome in found.outcomes()}
    assert told == dict.fromkeys(("-YY", "NYY", "YYY"), ((1, 1), 1))
    assert [found.number(found.place(code)) for code in ("-YY", "NYY")] == [7, None]
    assert found.outcome(found.place("YNN")).cells == 1  # a state of its own where k is on
    assert Meanings(found).of(found.place("NYY")).cells == 1


def test_states_that_only_some_cells_have_beside_states_that_count_as_one() -> None:
    rule = "rules: {r: {require: not (x and not y and z), contested: true}}"
    text = MERGED.replace("conditions: {k: {holds: true, contested: true}}", rule)
    found = compare(built(text.replace("(k and y and z) or (not k and not y and not z)", "y and z")), ["nash"], [DEFAULT])
    assert {outcome.code: outcome.holds for outcome in found.outcomes()} == {"-YY": (2,)}
    assert {code: found.outcome(place).cells for place, code in enumerate(found.states.labels)} == {
        "NNN": 2, "YNN": 2, "NYN": 2, "YYN": 2, "NNY": 2, "YNY": 1, "-YY": 2,
    }  # fmt: skip
    assert found.place("NYY") == found.place("-YY")


# Words, on what is made by hand.

FOUR_READINGS = """\
offramp: 1
title: t
decision_makers: {ann: {options: {x: {}}}, bob: {options: {y: {}}}}
readings:
  ann: {a: {prefers: [{that: x}]}, b: {prefers: [{that: x}]}, c: {prefers: [{that: x}]}, d: {prefers: [{that: x}]}}
  bob: {only: {prefers: [{that: y}]}}
"""
NO_LINE = Confined((), {}, {}, {}, True, False, False)


@pytest.mark.parametrize(
    ("readings", "said_of_them"),
    [
        (("b",), "ann: b"),
        (("a", "c"), "ann: a or c"),  # as many as the others
        (("a", "b", "d"), "ann: not c"),
    ],
)
def test_readings_are_told_by_the_fewer_words(readings: tuple[str, ...], said_of_them: str) -> None:
    say = said(compare(built(FOUR_READINGS), ["nash"]))
    only = Confined((), {}, {"ann": readings}, {}, True, True, True)
    outcome = replace(say.comparison.outcome(0), apart=Apart(only, NO_LINE), by_concept={"nash": Apart(only, NO_LINE)})
    assert say.when(outcome) == f"only where {said_of_them}"


def test_two_readings_that_are_not_among_them_are_joined_by_nor() -> None:
    say = said(compare(built(FOUR_READINGS.replace("d: {", "e: {prefers: [{that: x}]}, d: {")), ["nash"]))
    only = Confined((), {}, {"ann": ("a", "b", "c")}, {}, True, True, False)
    outcome = replace(say.comparison.outcome(0), apart=Apart(only, NO_LINE), by_concept={"nash": Apart(only, NO_LINE)})
    assert say.when(outcome) == "only where ann: not e nor d (not always)"


def test_values_of_a_setting_are_joined_by_or() -> None:
    say = said(compare(built(FOUR_READINGS), ["nash"]))
    only = Confined((), {"sequences": ("legal", "once")}, {}, {}, True, True, True)
    outcome = replace(say.comparison.outcome(0), apart=Apart(only, NO_LINE), by_concept={"nash": Apart(only, NO_LINE)})
    assert say.when(outcome) == "only with sequences=legal or once"


SIX_STATES = """\
offramp: 1
title: t
decision_makers: {ann: {}}
states: [s1, s2, s3, s4, s5, s6]
moves: {ann: [[s1, s2], [s2, s1], [s3, s4], [s4, s3], [s5, s6], [s6, s5]]}
readings: {ann: {r: {ranking: [s1], unlisted: tied}, q: {ranking: [s2], unlisted: tied}, p: {ranking: [s3], unlisted: tied}}}
"""


@pytest.mark.parametrize(
    ("changed_states", "told_of_them"),
    [
        ({0: 1, 1: 3, 2: 2}, "s2 in 3 cells, s3 in 2 cells, s1 in 1 cell"),
        ({0: 1, 1: 1, 2: 1, 3: 1, 4: 1}, "s1 in 1 cell, s2 in 1 cell, s3 in 1 cell, s4 in 1 cell, s5 in 1 cell"),
        ({0: 1, 1: 1, 2: 1, 3: 1, 4: 1, 5: 3}, "s6 in 3 cells, s1 in 1 cell, s2 in 1 cell, s3 in 1 cell and 2 more"),
    ],
)
def test_states_that_a_setting_changes_come_by_the_number_of_cells(
    changed_states: dict[int, int], told_of_them: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five are named; of six four, and two are counted."""
    found = compare(built(SIX_STATES), ["gmr"], [DEFAULT, Settings(return_to_start="ignored")])
    monkeypatch.setattr(Comparison, "changes", lambda _, column: ({}, changed_states) if column else ({}, {}))
    assert list(said(found).settings()) == [f"With return_to_start=ignored: lost under GMR: {told_of_them}."]

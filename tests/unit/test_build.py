"""From a case and a choice to a model: rules, contested sides, dates, rankings, sharing."""

import numpy as np
import pytest

from casetext import DESIGN, ELMIRA, GRAPH, SMALL, changed
from offramp.case.load import read_case_text
from offramp.errors import CaseError, ChoiceError, TooManyStatesError, UnknownLabelError
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.model.relation import SIGNS


def signs(there: ConflictModel, dm: int = 0) -> list[str]:
    """Return a row a state: how the states compare with it, in order."""
    states = np.arange(there.num_states)
    return ["".join(SIGNS[sign] for sign in row) for row in there.preference(dm).compared(states[:, None], states[None, :])]


def builder(text: str) -> Builder:
    return Builder(read_case_text(text))


def model(text: str, readings: dict[str, str] | None = None, contested: dict[str, bool] | None = None) -> ConflictModel:
    there = builder(text)
    return there.model(there.choice(readings, contested))


def labels(text: str, **contested: bool) -> tuple[str, ...]:
    return model(text, contested=contested).states.labels


def case(rules: str = "{}", rest: str = "", options: str = "x: {}, y: {}", wants: str = "{r: {prefers: []}}") -> str:
    return f"offramp: 1\ntitle: t\ndecision_makers: {{a: {{options: {{{options}}}}}}}\nrules: {rules}\nreadings: {{a: {wants}}}\n{rest}\n"


# Choices.


def test_the_design_s_example_has_its_five_states() -> None:
    found = model(DESIGN)
    assert found.states.options == ("ukraine.transfer", "ukraine.exchange", "south_korea.ask")
    assert found.states.labels == ("NNN", "NYN", "NNY", "YNY", "NYY")
    assert (found.title, found.decision_makers, found.status_quo) == ("Two prisoners of war held by Ukraine", ("ukraine", "south_korea"), 0)


def test_default_choice_is_the_first_reading_and_the_case_s_own_sides() -> None:
    there = builder(DESIGN)
    assert there.contested() == {"leaders": True, "risk_on_return": True}
    choice = there.choice()
    assert choice.readings == (("ukraine", "law_first"), ("south_korea", "willing"))
    assert choice.sides == {"leaders": True, "risk_on_return": True}
    other = there.choice({"south_korea": "unwilling"}, {"risk_on_return": False})
    assert other.readings[1] == ("south_korea", "unwilling")
    assert other.sides == {"leaders": True, "risk_on_return": False}
    assert there.conditions(choice) == {"hostilities_over": False, "risk_on_return": True}
    assert there.conditions(other) == {"hostilities_over": False, "risk_on_return": False}


@pytest.mark.parametrize(
    ("readings", "contested", "words"),
    [
        ({"korea": "willing"}, {}, "no decision maker is called 'korea'; there are: ukraine, south_korea"),
        ({"ukraine": "x"}, {}, "no reading of ukraine is called 'x'; there are: law_first"),
        ({}, {"one_way": True}, "no contested rule, condition or norm is called 'one_way'; there are: leaders, risk_on_return"),
        (
            {},
            {"hostilities_over": True},
            "no contested rule, condition or norm is called 'hostilities_over'; there are: leaders, risk_on_return",
        ),
    ],
)
def test_a_choice_of_what_is_not_there(readings: dict[str, str], contested: dict[str, bool], words: str) -> None:
    with pytest.raises(UnknownLabelError) as caught:
        builder(DESIGN).choice(readings, contested)
    assert str(caught.value) == words


def test_nothing_contested_is_told() -> None:
    with pytest.raises(UnknownLabelError, match="no contested rule, condition or norm is called 'x'; there are none"):
        builder(GRAPH).choice(contested={"x": True})


# Worlds.


def test_a_contested_rule_both_ways() -> None:
    text = case("{r: {require: x -> y, contested: true}, s: {require: not (x and y)}}")
    assert labels(text) == ("NN", "NY")
    assert labels(text, r=False) == ("NN", "YN", "NY")


def test_a_contested_condition_inside_a_rule_both_ways() -> None:
    text = case("{r: {require: war -> not x}}", "conditions: {war: {holds: false, contested: true}}")
    assert labels(text) == ("NN", "YN", "NY", "YY")
    assert labels(text, war=True) == ("NN", "NY")


def test_a_contested_condition_inside_a_preference_both_ways() -> None:
    text = case(rest="conditions: {war: {holds: true, contested: true}}", wants="{r: {prefers: [{that: war <-> x}, {that: y}]}}")
    assert model(text).ranks.tolist() == [[0, 2, 1, 3]]
    assert model(text, contested={"war": False}).ranks.tolist() == [[2, 0, 3, 1]]
    there = builder(text)
    assert [there.model(there.choice(contested={"war": side})).ranks.tolist()[0][0] for side in (True, False, True)] == [0, 2, 0]


def test_an_entry_that_nobody_contests_keeps_its_side_though_another_of_its_name_is_contested() -> None:
    rest = "conditions: {war: {holds: true}}\nnorms: {war: {binds: [a], forbids: x, contested: true}, r: {binds: [a], forbids: y}}"
    there = builder(case("{r: {require: war -> x, contested: true}}", f"{rest}\nstatus_quo: YN"))
    off = there.choice(contested={"war": False})
    assert there.conditions(off) == {"war": True}
    assert there.world(off).states.labels == ("YN", "YY")
    assert there.rules_in_force(there.choice(contested={"r": False})) == {}
    both = builder(case("{war: {require: x}}", "norms: {war: {binds: [a], forbids: x, contested: true}}"))
    assert both.rules_in_force(both.choice(contested={"war": False})) == {"war": ("rules", "war")}


def test_a_pattern_over_the_options_in_file_order() -> None:
    """The states of the guide to GMCR+, in its order."""
    found = model(ELMIRA)
    assert found.states.labels == (
        *("NYNNN", "YYNNN", "NNYNN", "YNYNN", "NNNYN", "YNNYN"),
        *("NYNNY", "YYNNY", "NNYNY", "YNYNY", "NNNYY", "YNNYY"),
    )
    assert labels(
        case("{r: {exclude: '--'}, s: {exclude: 'YY', contested: true}}", "status_quo: NN").replace("'--'", "'N-'").replace("NN", "YN")
    ) == ("YN",)


def test_status_quo_forms() -> None:
    assert model(case()).status_quo == 0
    assert model(case(rest="status_quo: {}")).status_quo == 0
    assert model(case(rest="status_quo: {y: true}")).status_quo == 2
    assert model(case(rest="status_quo: {x: true, a.y: true}")).status_quo == 3
    assert model(case(rest="status_quo: {x: true, y: false}")).status_quo == 1
    assert model(case(rest="status_quo: NY")).status_quo == 2
    assert model(case("{r: {require: y}}", "status_quo: NY")).status_quo == 0


def test_a_graph() -> None:
    found = model(GRAPH)
    assert found.states.labels == ("s1", "s2", "s3")
    assert found.states.options == ()
    assert found.status_quo == 0
    assert [[found.moves.successors(dm, s).tolist() for s in range(3)] for dm in (0, 1)] == [[[1], [], []], [[], [2], [1]]]
    assert found.ranks.tolist() == [[0, 0, 1], [0, 1, 1]]
    assert model(changed(GRAPH, ("status_quo: s1", "status_quo: s3"))).status_quo == 2
    assert model(changed(GRAPH, ("status_quo: s1\n", ""))).status_quo == 0
    still = model(changed(GRAPH, ("moves: {moe: [[s1, s2]], uniroyal: [[s2, s3], [s3, s2]]}\n", "")))
    assert [still.moves.successors(dm, s).tolist() for dm in (0, 1) for s in range(3)] == [[]] * 6


# Faults that only a world shows.


def fault(text: str, readings: dict[str, str] | None = None, contested: dict[str, bool] | None = None) -> str:
    with pytest.raises(CaseError) as caught:
        model(text, readings, contested)
    return str(caught.value)


def test_rules_that_leave_no_state() -> None:
    assert fault(case("{one: {require: x}, two: {require: not x}}")) == (
        "case.yaml:4: rules: the rules one, two together leave no state; expected at least one state; relax one of them"
    )
    assert "the rules r together leave no state" in fault(case("{r: {require: war}}", "conditions: {war: {holds: false}}"))


def test_a_status_quo_that_breaks_rules_names_them() -> None:
    rules = "{one: {require: x}, two: {require: true}, three: {exclude: NN}, four: {require: not (x and y)}}"
    assert fault(case(rules, "status_quo: NN")) == (
        "case.yaml:6: status_quo: the status quo NN breaks one, three; expected a state that exists; correct status_quo or the rule"
    )


def test_a_status_quo_that_breaks_a_rule_on_the_other_side_only() -> None:
    text = case(
        "{one: {require: war -> x}, two: {require: war or true}}", "conditions: {war: {holds: false, contested: true}}\nstatus_quo: NN"
    )
    assert model(text).status_quo == 0
    assert "the status quo NN breaks one, where war is true; expected" in fault(text, contested={"war": True})


def ranked(ranking: str, rules: str = "{}", rest: str = "", unlisted: str = "") -> str:
    return case(rules, rest, wants=f"{{r: {{ranking: {ranking}{unlisted}}}}}")


def test_rankings() -> None:
    assert model(ranked("[NY, [NN, YY], YN]")).ranks.tolist() == [[1, 0, 2, 1]]
    assert model(ranked("[NY]", unlisted=", unlisted: tied")).ranks.tolist() == [[0, 0, 1, 0]]
    assert model(ranked("[]", unlisted=", unlisted: tied")).ranks.tolist() == [[0, 0, 0, 0]]
    assert model(ranked("[NY, [], [NN, YY, YN]]")).ranks.tolist() == [[0, 0, 1, 0]]
    assert model(changed(ELMIRA, ("moe: {only: {prefers: []}}", "moe: {only: {ranking: [YYNNN], unlisted: tied}}"))).ranks[0].tolist() == [
        0,
        1,
        *[0] * 10,
    ]


def test_a_ranking_that_leaves_states_out() -> None:
    assert fault(ranked("[NY, NN]")) == (
        "case.yaml:5: readings.a.r.ranking: the ranking leaves out YN, YY; expected all 4 states; "
        "add them, or write 'unlisted: tied' beside it, or 'unlisted: unknown'"
    )
    many = case(options=", ".join(f"o{k}: {{}}" for k in range(5)), wants="{r: {ranking: [YNNNN]}}")
    assert "leaves out NNNNN, NYNNN, YYNNN, NNYNN, YNYNN, NYYNN, YYYNN, NNNYN and 23 more; expected all 32 states" in fault(many)


def test_unlisted_states_of_unknown_place_are_not_guessed() -> None:
    there = model(ranked("[NY, NN]", unlisted=", unlisted: unknown"))
    assert there.unranked == ("a",)
    with pytest.raises(ChoiceError, match="the preferences of a are no ranking of all states, and this needs one; solve, explain"):
        _ = there.ranks
    assert signs(there) == ["=?>?", "?=??", "<?=?", "???="]


def test_great_steps_are_degrees_of_a_ranking() -> None:
    there = model(case(wants="{r: {ranking: [NY, [NN, YY], YN], great_steps: [NY]}}"))  # states NN, YN, NY, YY
    assert there.ranks.tolist() == [[1, 0, 2, 1]]
    assert signs(there) == ["=<>>=", ">=>>>", "<<<<=<<", "=<>>="]


def test_a_great_step_above_what_is_not_listed() -> None:
    there = model(case(wants="{r: {ranking: [NY, NN], unlisted: tied, great_steps: [NN]}}"))
    assert signs(there) == ["=<<><<", ">>=>>=", "<<<=<<", ">>=>>="]


def test_statements_that_count_greatly() -> None:
    there = model(case(wants="{r: {prefers: [{that: x, greatly: true}, {that: y}]}}"))
    assert signs(there) == ["=>>>>>", "<<=<<>", "<>>=>>", "<<<<<="]


def test_a_statement_that_nobody_knows_to_be_wanted() -> None:
    there = model(case(wants="{r: {prefers: [{that: y}, {that: x, doubtful: true}]}}"))
    assert there.unranked == ("a",)
    assert signs(there) == ["=?>>", "?=>>", "<<=?", "<<?="]


def test_pairs() -> None:
    there = model(case(wants="{r: {pairs: [NY >> YN = NN, YY > NN], unlisted: unknown}}"))
    assert signs(there) == ["==>>>", "==>>?", "<<<<=?", "<??="]
    whole = model(case(wants="{r: {pairs: [NY > YN = NN > YY]}}"))
    assert whole.ranks.tolist() == [[1, 1, 2, 0]]


@pytest.mark.parametrize("statements", ["{that: x -> x, doubtful: true}, {that: x}", "{that: x}, {that: not x, doubtful: true}"])
def test_doubt_about_what_tells_nothing_apart_is_a_ranking(statements: str) -> None:
    there = model(case(wants=f"{{r: {{prefers: [{statements}]}}}}"))
    assert there.ranks.tolist() == [[0, 1, 0, 1]]
    assert not there.has_unknown


def test_two_readings_of_pairs_are_two_readings() -> None:
    there = builder(case(wants="{up: {pairs: [YY > NN]}, down: {pairs: [NN > YY]}, no: {prefers: []}}", rules="{same: {require: x <-> y}}"))
    ranks = {reading: there.model(there.choice({"a": reading})).ranks.tolist() for reading in ("up", "down", "no")}
    assert ranks == {"up": [[0, 1]], "down": [[1, 0]], "no": [[0, 0]]}


def test_pairs_that_are_not_all_there() -> None:
    assert fault(case(wants="{r: {pairs: [NY > NN]}}")) == (
        "case.yaml:5: readings.a.r.pairs: 5 pairs are not judged, NN and YN among them; expected all pairs of 4 states; "
        "add them, or write 'unlisted: unknown' beside them"
    )
    assert "the reading names YY, which breaks a rule" in fault(case("{r: {require: not x}}", wants="{r: {pairs: [NN > NY, YY > NN]}}"))


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        ("{pairs: [NN > NY, NY > NN]}", "'NY > NN' says that NY > NN, and another line that NN > NY; expected one of the two; remove one"),
        ("{pairs: [NN > NY, NY > YY, YY > NN]}", "but NY > YY; expected pairs that go together; correct one, or leave one out"),
        ("{pairs: [NN >> NY > YY, NN > YY]}", "NN >> YY; expected one of the two"),
        ("{pairs: [NN >> NY, NY > YY, NN > YY]}", "NN >> NY and NY > YY, but NN > YY; expected pairs that go together"),
        ("{pairs: [NN]}", "'NN'; expected two states or more with >, >> or = between them, such as 'a > b'"),
        ("{pairs: [NN > NY > NN]}", "names a state twice"),
        ("{pairs: [NN > no]}", "readings.a.r.pairs[1]: the state 'no'; expected 2 letters of Y and N"),
        ("{pairs: [NN > NY], unlisted: tied}", "unlisted: tied beside pairs; expected unlisted: unknown, or every pair"),
        ("{pairs: [NN > NY], great_steps: [NN]}", "great_steps without a ranking"),
        ("{ranking: [NN, NY, YN, YY], great_steps: [YY]}", "a great step below 'YY', and the ranking has nothing below it"),
        ("{ranking: [NN, NY, YN, YY], great_steps: [ZZ]}", "great_steps[1]: the state 'ZZ'; expected 2 letters of Y and N, one an option"),
        ("{ranking: [NN], unlisted: tied, great_steps: [YN]}", "a degree needs a preference: rank a state below it, or remove the step"),
        ("{prefers: [{that: x}, {that: y, greatly: true}]}", "'y' counts greatly and 'x' before it does not"),
        ("{prefers: [{that: x, doubtful: true, greatly: true}]}", "greatly and doubtful; expected one of the two"),
    ],
)
def test_preferences_that_contradict_themselves(reading: str, said: str) -> None:
    assert said in fault(case(wants=f"{{r: {reading}}}"))


def test_nothing_is_unknown_where_all_is_listed() -> None:
    assert model(ranked("[NY, NN, YN, YY]", unlisted=", unlisted: unknown")).ranks.tolist() == [[2, 1, 3, 0]]


def test_a_ranking_that_names_states_which_break_a_rule() -> None:
    text = ranked("[NY, [YY, NN], YN]", "{r: {require: not x}}")
    assert fault(text) == (
        "case.yaml:5: readings.a.r.ranking[2]: the reading names YY, which breaks a rule; expected states that exist; remove it\n"
        "case.yaml:5: readings.a.r.ranking[3]: the reading names YN, which breaks a rule; expected states that exist; remove it"
    )


def test_a_ranking_may_name_states_that_a_contested_rule_or_condition_lets_exist() -> None:
    by_rule = ranked("[YN, NY, [YY, NN]]", "{r: {require: not x, contested: true}}")
    assert model(by_rule).ranks.tolist() == [[0, 1]]
    assert model(by_rule, contested={"r": False}).ranks.tolist() == [[0, 2, 1, 0]]
    by_condition = ranked("[YN, NY, [YY, NN]]", "{r: {require: war -> not x}}", "conditions: {war: {holds: true, contested: true}}")
    assert model(by_condition).ranks.tolist() == [[0, 1]]
    assert model(by_condition, contested={"war": False}).ranks.tolist() == [[0, 2, 1, 0]]
    settled = ranked("[YN, NY, [YY, NN]]", "{r: {require: war -> not x}}", "conditions: {war: {holds: true}}")
    assert "the reading names YN, which breaks a rule" in fault(settled)


def test_weights_by_either_name() -> None:
    found = model(ELMIRA)
    assert found.ranks[2].tolist() == [2, 2, 0, 0, 1, 1, 2, 2, 0, 0, 1, 1]  # delay counts 4, accept -2, neither 0
    assert model(SMALL).ranks[1].tolist() == [0, 2, 1]  # NN 0, YN 3, YY 1


def test_no_wish_at_all_is_indifference() -> None:
    assert model(case()).ranks.tolist() == [[0, 0, 0, 0]]


def test_too_many_states_are_told_with_the_file() -> None:
    there = builder(case(options=", ".join(f"o{k}: {{}}" for k in range(40))))
    with pytest.raises(TooManyStatesError, match=r"^case\.yaml: 40 options leave 1,099,511,627,776 states; at most 1,048,576"):
        there.model(there.choice())
    small = Builder(read_case_text(case()), limit=3)
    with pytest.raises(TooManyStatesError, match=r"^case\.yaml: 2 options leave 4 states; at most 3 are computed"):
        small.model(small.choice())
    one_way = builder(case(options=", ".join(f"o{k}: {{irreversible: true}}" for k in range(13))))
    with pytest.raises(TooManyStatesError, match=r"^case\.yaml: the one-way options of one decision maker"):
        one_way.model(one_way.choice())


# Directions.


def test_directions_reach_the_moves() -> None:
    """States NNN, YNN, NYN, YYN, NNY, YNY, NYY, YYY: x goes forward, y backward, z both ways."""
    found = model(case(options="x: {irreversible: true}, y: {direction: backward}, z: {}", rest="status_quo: NYN"))
    assert found.moves.successors(0, 2).tolist() == [0, 1, 3, 4, 5, 6, 7]
    assert found.moves.successors(0, 1).tolist() == [5]
    assert found.moves.successors(0, 0).tolist() == [1, 4, 5]


# Dates.


@pytest.mark.parametrize(
    ("as_of", "dates", "in_force"),
    [
        ("2026-05-31", "since: 2026-05-31", True),
        ("2026-05-31", "since: 2026-06-01", False),
        ("2026-05-31", "until: 2026-05-31", True),
        ("2026-05-31", "until: 2026-05-30", False),
        ("2026-05-31", "since: 2026-05", True),
        ("2026-05-31", "since: 2026-06", False),
        ("2026-05-31", "until: 2026-05", True),
        ("2026-05-31", "until: 2026-04", False),
        ("2026-05-31", "since: 2026", True),
        ("2026-05-31", "until: 2026", True),
        ("2026-05-31", "until: 2025", False),
        ("2026-05-31", "since: 2027", False),
        ("2026-05-31", "since: 2025, until: 2026-06-01", True),
        ("2026-05-31", "since: 2025, until: 2025-12", False),
        ("2026-05", "since: 2026-05-20", True),  # as far as the date is known, it may be
        ("2026-05", "until: 2026-05-10", True),
        ("2026-05", "since: 2026-06-01", False),
        ("2026-05", "until: 2026-04-30", False),
        ("2026", "since: 2026-12", True),
        ("2026", "until: 2025-12-31", False),
    ],
)
def test_since_and_until(as_of: str, dates: str, in_force: bool) -> None:
    assert labels(case(f"{{r: {{require: not x, {dates}}}}}", f"as_of: {as_of}")) == (
        ("NN", "NY") if in_force else ("NN", "YN", "NY", "YY")
    )


def test_dates_of_statements_and_conditions() -> None:
    rest = "as_of: 2026\nconditions: {war: {holds: true, until: 2025}, peace: {holds: false, until: 2025}}"
    assert builder(case(rest=rest)).conditions(builder(case(rest=rest)).choice()) == {"war": False, "peace": True}
    wants = "{r: {prefers: [{that: x, until: 2025}, {that: y, since: 2026}]}}"
    assert model(case(rest="as_of: 2026", wants=wants)).ranks.tolist() == [[0, 0, 1, 1]]


def test_dates_without_a_date_of_the_case_are_a_fault() -> None:
    with pytest.raises((CaseError, ChoiceError), match="a date in a case without one"):
        model(case("{r: {require: not x, since: 2026}}"))


# Sharing.


def test_choices_that_agree_share_one_model() -> None:
    there = builder(DESIGN)
    first = there.model(there.choice())
    assert there.model(there.choice()) is first
    # nothing in rules or preferences speaks of the risk: the same model, whichever side it takes
    assert there.model(there.choice(contested={"risk_on_return": False})) is first
    off = there.model(there.choice(contested={"leaders": False}))
    assert off is not first
    unwilling = there.model(there.choice({"south_korea": "unwilling"}))
    assert unwilling is not first
    assert unwilling.moves is first.moves
    assert unwilling.states is first.states
    assert off.moves is not first.moves


def test_truths_are_shared_and_cannot_be_written_to_by_mistake() -> None:
    there = builder(DESIGN)
    world = there.world(there.choice())
    formula = there.file.formula("norms", "non_refoulement", "when")
    holds = world.holds(formula, {"hostilities_over": False, "risk_on_return": True})
    assert holds.tolist() == [True] * 5
    assert world.holds(formula, {"hostilities_over": True, "risk_on_return": True}) is holds
    assert world.holds(formula, {"hostilities_over": False, "risk_on_return": False}).tolist() == [False] * 5
    with pytest.raises(ValueError, match="read-only"):
        holds[0] = False


def test_models_do_not_depend_on_what_was_built_before() -> None:
    there = builder(DESIGN)
    choices = [there.choice({"south_korea": name}, {"leaders": side}) for name in ("willing", "unwilling") for side in (True, False)]
    for choice in reversed(choices):
        alone = builder(DESIGN)
        assert np.array_equal(there.model(choice).ranks, alone.model(choice).ranks)


def test_rival_readings_given_as_pairs_differ() -> None:
    text = """
offramp: 1
title: Two minds
decision_makers: {a: {options: {x: {}}}}
readings: {a: {r: {pairs: [Y > N]}, s: {pairs: [N > Y]}}}
"""
    builder = Builder(read_case_text(text))
    found = [builder.model(builder.choice({"a": name})).ranks.tolist() for name in ("r", "s")]
    assert found == [[[0, 1]], [[1, 0]]]  # N, Y

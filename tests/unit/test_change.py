"""The smallest change, worked out by hand; how changes of a list of statements combine."""

from typing import Any

import pytest

from offramp.analysis import change
from offramp.analysis.change import Change, SmallestChanges, reworded, rewordings, smallest_changes
from offramp.analysis.goals import Goal
from offramp.case.labels import labels_of
from offramp.case.load import read_case_text
from offramp.errors import ChoiceError, UnknownLabelError
from offramp.model.build import Builder
from offramp.report.alternatives import folded

# Ann would go for y, were it not for her first wish; Bob never minds.
TEXT = """\
offramp: 1
title: t
decision_makers: {ann: {options: {x: {}}}, bob: {options: {y: {}}}}
rules: {both: {require: not (x and y and c)}}
readings:
  ann: {r: {prefers: [{that: not x}, {that: x and y}]}}
  bob: {r: {prefers: [{that: x}]}}
conditions: {c: {holds: true}}
"""
ANN, BOB = ("readings", "ann", "r", "prefers"), ("readings", "bob", "r", "prefers")


def found(formula: str, text: str = TEXT, kind: Any = "open", **more: Any) -> SmallestChanges:
    builder = Builder(read_case_text(text))
    return smallest_changes(builder, Goal(kind, labels_of(builder.case).formula(formula)), **more)


def sets(formula: str, text: str = TEXT, **more: Any) -> set[frozenset[Change]]:
    return {frozenset(chosen) for chosen in found(formula, text, **more).sets}


def test_one_change() -> None:
    # Ann takes x by herself once she wants it; a dropped wish leaves her without a reason, since x and y cannot be.
    assert sets("x") == {frozenset([Change("negate", (*ANN, 0))])}


def test_rules_and_conditions_take_part_where_they_may() -> None:
    # For both at once: Ann has to want it more, or no longer mind; and the two have to be possible together.
    wanted = {Change("drop", (*ANN, 0)), Change("raise", (*ANN, 1), (*ANN, 0)), Change("lower", (*ANN, 0), (*ANN, 1))}
    wanted |= {Change("negate", (*ANN, 0))}
    possible = {Change("drop", ("rules", "both")), Change("negate", ("conditions", "c"))}
    assert found("x and y").size is None
    assert sets("x and y", also=("rules", "conditions")) == {frozenset([one, other]) for one in wanted for other in possible}
    only = sets("x and y", also=("rules",))
    assert only == {frozenset([one, Change("drop", ("rules", "both"))]) for one in wanted}


def test_nothing_and_too_little() -> None:
    closed = found("x", kind="close")
    assert (closed.size, closed.sets) == (0, ((),))
    none = found("x", most=0)
    assert (none.size, none.sets, none.most) == (None, (), 0)
    assert found("x", of=["bob"]).size is None


def test_a_world_without_its_status_quo_attains_nothing() -> None:
    text = TEXT.replace("rules: {both:", "rules: {held: {require: c},both:")
    assert found("x and y", text, also=("conditions",)).size is None


def test_at_other_sides_and_readings() -> None:
    text = TEXT.replace("r: {prefers: [{that: x}]}}", "r: {prefers: [{that: x}]}, s: {prefers: [{that: not x}]}}")
    builder = Builder(read_case_text(text))
    goal = Goal("open", labels_of(builder.case).formula("x"), by=("ann", "bob"))
    asked = smallest_changes(builder, goal, builder.choice({"bob": "s"}))
    assert dict(asked.choice.readings)["bob"] == "s"
    assert asked.sets == ((Change("negate", (*ANN, 0)),),)


def test_who_and_what_has_to_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownLabelError, match="no decision maker is called 'eve'"):
        found("x", of=["eve"])
    with pytest.raises(UnknownLabelError, match="no kind of judgement is called 'norms'"):
        found("x", also=["norms"])
    monkeypatch.setattr(change, "MAX_PLAYS", 2)
    with pytest.raises(ChoiceError, match="name the decision makers with --of, or look for fewer with --most"):
        found("x and y")


def test_what_is_tried_is_told() -> None:
    seen: list[tuple[int, int]] = []
    told = found("x and y", watch=lambda done, total: seen.append((done, total)))
    assert seen
    assert all(done <= total for done, total in seen)
    assert told.num_tried >= max(done for done, _ in seen)


# Changes of a list.


def statements(number: int) -> Any:
    listed = ", ".join("{that: o%d}" % k for k in range(number))  # noqa: UP031
    options = ", ".join(f"o{k}: {{}}" for k in range(number))
    text = (
        f"offramp: 1\ntitle: t\ndecision_makers: {{ann: {{options: {{{options}}}}}}}\nreadings: {{ann: {{r: {{prefers: [{listed}]}}}}}}\n"
    )
    return Builder(read_case_text(text)).statements("ann", "r")


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        ([("drop", 1)], "o0 o2"),
        ([("negate", 1)], "o0 not-o1 o2"),
        ([("raise", 2, 0)], "o2 o0 o1"),
        ([("lower", 0, 1)], "o1 o0 o2"),
        ([("drop", 1), ("raise", 2, 0)], "o2 o0"),
        ([("lower", 0, 2), ("raise", 1, 0)], "o2 o1 o0"),
        ([("raise", 1, 0), ("raise", 2, 0)], "o1 o2 o0"),
    ],
)
def test_moves_in_file_order_after_drops(changes: list[tuple[Any, ...]], after: str) -> None:
    there = statements(3)
    path = [said.path for said in there]
    chosen = [Change(kind, path[k], *(path[j] for j in anchor)) for kind, k, *anchor in changes]
    told = [str(formula).replace("not ", "not-").replace("ann.", "") for formula in reworded(there, chosen)]
    assert " ".join(told) == after


def test_every_set_once_and_none_past_what_is_dropped() -> None:
    there = statements(3)
    ones = [chosen for chosen, _ in rewordings(there, 1)]
    assert len(ones) == len(set(ones)) == 3 * 4  # dropped, negated, two moves each
    twos = [frozenset(chosen) for chosen, _ in rewordings(there, 2)]
    assert len(twos) == len(set(twos)) == 3 * (16 - 2)  # of two, each may be dropped and be the other's anchor
    assert all(len({one.path for one in chosen}) == 2 for chosen in twos)


# Told together.


def test_folded_sets_are_the_sets() -> None:
    a, b, c = ((*ANN, k) for k in range(3))
    place = {a: 0, b: 1, c: 2}
    drop, negate = Change("drop", a), Change("negate", a)
    rule, other = Change("drop", ("rules", "r")), Change("drop", ("rules", "s"))
    both = folded([(drop, rule), (negate, rule)], place)
    assert both == [{a: (drop, negate), ("rules", "r"): (rule,)}]
    assert len(folded([(drop, rule), (negate, rule), (drop, other)], place)) == 2
    up, down = Change("raise", b, a), Change("lower", a, b)
    assert folded([(down,), (up,)], place) == [{b: (up,)}]
    assert folded([(down,), (up,)], place, {b}) == [{a: (down,)}]
    assert folded([(down,)], place) == [{a: (down,)}]
    far = Change("lower", a, c)
    assert folded([(far,), (up,)], place) == [{a: (far,)}, {b: (up,)}]


# What cannot be solved.


def test_doubtful_wishes_are_refused() -> None:
    doubtful = TEXT.replace("{that: not x}", "{that: not x, doubtful: true}")
    with pytest.raises(ChoiceError, match="preferences that are unknown for some pairs of states; expected a ranking of all states"):
        found("x", doubtful)


def test_doubt_that_parts_no_states_counts_where_it_comes_to_part_some() -> None:
    idle = TEXT.replace("{that: x}]", "{that: x or c, doubtful: true}]")  # c holds; where it does not, the doubt is about x
    told = found("x", idle, also=("conditions",))
    assert told.sets == ((Change("negate", (*ANN, 0)),),)
    ((changes, reason),) = told.unsolved.items()
    assert changes == (Change("negate", ("conditions", "c")),)
    assert "unknown for some pairs of states" in reason


def test_preferences_without_a_ranking_are_refused() -> None:
    pairs = TEXT.replace("r: {prefers: [{that: x}]}", 'r: {pairs: ["YN > NN"], unlisted: unknown}')
    for also in ((), ("rules", "conditions")):
        with pytest.raises(ChoiceError, match=r"readings.bob.r: preferences that are unknown"):
            found("x", pairs, also=also, of=["ann"])


def test_changes_that_leave_nothing_to_solve_are_told() -> None:
    # Without the rule there is a fourth state, of which the ranking says nothing.
    ranking = TEXT.replace("r: {prefers: [{that: x}]}", "r: {ranking: [YN, NN, NY]}")
    told = found("x and y", ranking, also=("rules",))
    assert dict(told.unsolved) == {(Change("drop", ("rules", "both")),): "the ranking leaves out YY"}
    pairs = TEXT.replace("r: {prefers: [{that: x}]}", 'r: {pairs: ["YN > NN > NY"], unlisted: unknown}')
    (reason,) = found("x and y", pairs, also=("rules",)).unsolved.values()
    assert "preferences that are unknown for some pairs of states" in reason
    assert not found("x and y", also=("rules",)).unsolved

"""What can be taken back, by hand."""

import pytest

from offramp.analysis.undo import can_be_left, can_return, final_options
from offramp.case.load import read_case_text
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel


def model(text: str) -> ConflictModel:
    builder = Builder(read_case_text("offramp: 1\ntitle: t\n" + text))
    return builder.model(builder.choice())


# Anna's `go` cannot be undone, her `tell` can; bert may pay and take it back. Status quo NNN; codes go, tell, pay.
ONE_WAY = """
decision_makers:
  anna: {options: {go: {irreversible: true}, tell: {}}}
  bert: {options: {pay: {}}}
readings: {anna: {r: {prefers: []}}, bert: {r: {prefers: []}}}
"""

# The same, but once anna is gone bert's payment cannot be taken back, by the rule: whoever is gone has been paid.
HELD = ONE_WAY + "rules: {paid: {require: go -> pay}}\n"


@pytest.mark.parametrize(
    ("code", "left", "back", "final"),
    [
        ("NNN", True, True, ()),
        ("NYY", True, True, ()),
        ("YNN", True, False, ("anna.go",)),
        ("YYY", True, False, ("anna.go",)),
    ],
)
def test_irreversible_options(code: str, left: bool, back: bool, final: tuple[str, ...]) -> None:
    there = model(ONE_WAY)
    states = [there.state(code)]
    assert (can_be_left(there, states), can_return(there, states), final_options(there, states)) == (left, back, final)


def test_an_option_held_in_place_by_a_rule_is_final_too() -> None:
    there = model(HELD)
    assert there.states.labels == ("NNN", "NYN", "NNY", "YNY", "NYY", "YYY")
    assert final_options(there, [there.state("YNY")]) == ("anna.go", "bert.pay")
    assert final_options(there, [there.state("NNY")]) == ()  # he can still take it back


def test_what_already_held_is_not_called_final() -> None:
    """At the status quo anna is gone already; nothing that lies ahead changes that, and nothing was changed."""
    there = model(ONE_WAY + "status_quo: YNN\n")
    for code in ("YNN", "YYN", "YYY"):
        assert final_options(there, [there.state(code)]) == ()
        assert can_return(there, [there.state(code)])


def test_backward_options() -> None:
    text = ONE_WAY.replace("go: {irreversible: true}", "go: {direction: backward}") + "status_quo: YNN\n"
    there = model(text)
    assert final_options(there, [there.state("NNN")]) == ("anna.go",)
    assert final_options(there, [there.state("YYN")]) == ()
    assert can_return(there, [there.state("YYN")])
    assert not can_return(there, [there.state("NYN")])


def test_a_state_that_nobody_can_leave() -> None:
    there = model(
        "decision_makers: {a: {options: {x: {irreversible: true}, y: {irreversible: true}}}}\nreadings: {a: {r: {prefers: []}}}\n"
    )
    assert not can_be_left(there, [there.state("YY")])
    assert can_be_left(there, [there.state("YN")])
    assert final_options(there, [there.state("YY")]) == ("a.x", "a.y")
    assert final_options(there, [there.state("YN")]) == ("a.x",)


# Graphs: a ring with a way off it; nobody moves twice in succession.
RING = """
decision_makers: {one: {}, two: {}}
states: [s1, s2, s3, s4]
moves: {one: [[s1, s2], [s3, s1], [s3, s4]], two: [[s2, s3]]}
readings: {one: {r: {prefers: []}}, two: {r: {prefers: []}}}
"""


def test_cycles_and_sinks_of_a_graph() -> None:
    there = model(RING)
    s1, s2, s3, s4 = range(4)
    assert can_be_left(there, [s1, s2, s3])  # by s3 to s4
    assert not can_be_left(there, [s4])
    assert not can_be_left(there, [s1, s2, s3, s4])
    assert [can_return(there, [state]) for state in (s1, s2, s3, s4)] == [True, True, True, False]
    assert can_return(there, [s4, s3])
    assert final_options(there, [s4]) == ()  # a graph has no options


def test_a_cycle_is_final_in_what_all_its_states_have() -> None:
    """Bert pays and takes back in turn: only anna's `go` stays changed wherever that leads."""
    there = model(ONE_WAY)
    assert final_options(there, [there.state("YNN"), there.state("YNY")]) == ("anna.go",)
    assert final_options(there, [there.state("YNN"), there.state("NNN")]) == ()
    assert not can_return(there, [there.state("YNN"), there.state("YNY")])
    assert can_return(there, [there.state("YNN"), there.state("NNN")])

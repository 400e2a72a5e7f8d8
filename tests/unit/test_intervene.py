"""Interventions, worked out by hand: what they open, what they close, in which order they stand."""

import pytest

from offramp.analysis.intervene import Effect, Interventions, interventions
from offramp.case.load import read_case_text
from offramp.errors import ChoiceError, UnknownLabelError
from offramp.model.build import Builder

# Ann may go, which a contested norm forbids, and does so gladly in one reading of two: four cells.
TEXT = """\
offramp: 1
title: t
decision_makers: {ann: {options: {go: {}}}}
readings: {ann: {glad: {prefers: [{that: go}]}, sad: {weights: {go: -1}}}}
norms: {law: {binds: [ann], forbids: go, contested: true}}
people: {kim: {}}
harms: [{id: cold, to: kim, that: go, by: [ann], grade: slight}]
interventions:
  hold: {prefers: {ann: [{that: not go}]}}
  push: {prefers: {ann: [{that: go}]}}
  waive: {lifts: {norms: [law], harms: [cold]}}
  seat: {options: {ann: {sit: {irreversible: true}}}, prefers: {ann: [{that: sit}]}}
  never: {rules: {gone: {require: go}}}
"""


def tried(text: str = TEXT, most: int = 2) -> Interventions:
    return interventions(Builder(read_case_text(text)), most=most)


def effects(found: Interventions, *names: str) -> dict[str, Effect]:
    return dict(next(one.effects for one in found.tried if one.interventions == names))


def test_counts_before_and_after() -> None:
    found = tried()
    assert found.num_cells == 4
    # Glad Ann goes; lawfully where the norm is off; always to the harm of Kim.
    assert effects(found, "push") == {"can_move": Effect(2, 2, 0, 0), "lawful": Effect(1, 1, 0, 0), "clear": Effect(0, 0, 0, 0)}
    assert effects(found, "hold") == {"can_move": Effect(2, 0, 0, 2), "lawful": Effect(1, 0, 0, 1), "clear": Effect(0, 0, 0, 0)}
    assert effects(found, "waive") == {"can_move": Effect(2, 2, 0, 0), "lawful": Effect(2 - 1, 2, 1, 0), "clear": Effect(0, 2, 2, 0)}


def test_the_earlier_in_the_file_stands_above() -> None:
    """Hold comes before push: of both together, hold decides; the other way round, push."""
    assert effects(tried(), "hold", "push")["can_move"] == Effect(2, 0, 0, 2)
    lines = TEXT.splitlines(keepends=True)
    place = next(k for k, line in enumerate(lines) if line.startswith("  hold:"))
    lines[place], lines[place + 1] = lines[place + 1], lines[place]
    assert effects(tried("".join(lines)), "push", "hold")["can_move"] == Effect(2, 2, 0, 0)


def test_weights_take_no_statements_and_added_options_start_untaken() -> None:
    found = effects(tried(), "seat")
    # Only the glad reading is a list: there Ann sits down, and may go as well. Sitting alone is lawful and harmless,
    # but she then wants to go, too.
    assert found["can_move"] == Effect(2, 2, 0, 0)
    assert found["lawful"] == Effect(1, 1, 0, 0)


def test_what_cannot_be_added_comes_last_with_the_reason() -> None:
    found = tried()
    refused = [one for one in found.tried if one.reason]
    assert found.tried[-len(refused) :] == tuple(refused)
    assert {one.interventions for one in refused} == {("never",), *((name, "never") for name in ("hold", "push", "waive", "seat"))}
    assert {one.reason for one in refused} == {"the status quo N breaks never.gone", "the status quo NN breaks never.gone"}
    assert all(not one.effects and not one.shares for one in refused)


def test_those_that_open_most_come_first_and_singles_before_pairs() -> None:
    found = tried()
    assert found.tried[0].interventions == ("waive",)
    opened = [one.effects["lawful"].opened for one in found.tried if one.effects]
    assert opened == sorted(opened, reverse=True)


def test_how_many_together() -> None:
    assert {len(one.interventions) for one in tried(most=1).tried} == {1}
    assert {len(one.interventions) for one in tried(most=3).tried} == {1, 2, 3}


def test_a_state_that_an_intervention_excludes_keeps_no_place_in_a_ranking() -> None:
    text = TEXT.replace("sad: {weights: {go: -1}}", "sad: {ranking: [N, Y]}")
    text = text[: text.index("  seat:")] + "  barred: {rules: {stay: {require: not go}}}\n"
    assert effects(tried(text), "barred")["can_move"] == Effect(2, 0, 0, 2)


def test_none_declared_and_none_known() -> None:
    with pytest.raises(ChoiceError, match="declares no intervention"):
        tried(TEXT[: TEXT.index("interventions:")])
    from offramp.case.variant import Variant

    with pytest.raises(UnknownLabelError, match="no intervention is called 'x'"):
        Builder(read_case_text(TEXT)).varied(Variant(interventions=("x",))).readings()

"""What preferences rest on, in each form that a reading takes."""

import pytest

import offramp
from offramp.analysis.reasons import ByPair, ByStatement, ByTiers, ByWeights, Reasons
from offramp.case.load import read_case_text
from offramp.model.build import Builder

CASE = """
offramp: 1
title: Reasons
as_of: 2026-05-31
decision_makers:
  a: {options: {x: {}, y: {}}}
  b: {options: {z: {}}}
conditions: {rain: {holds: true, contested: true}}
readings:
  a:
    listed:
      prefers:
        - {that: z, until: 2025}
        - {that: x -> rain, basis: stated, because: [s1, s2]}
        - {that: not y, basis: inferred}
        - {that: x}
    ranked: {ranking: [YNN, [NYN, NNN], YYN], unlisted: tied, basis: inferred, because: [s3]}
    weighed: {weights: {x: 4, y: -1, z: 2}}
  b: {only: {prefers: []}}
"""


@pytest.fixture
def builder() -> Builder:
    return Builder(read_case_text(CASE))


def between(builder: Builder, better: str, worse: str, reading: str = "listed", rain: bool = True, dm: str = "a"):
    reasons = Reasons(builder, builder.choice({"a": reading}, {"rain": rain}))
    return reasons.between(dm, reasons.model.state(better), reasons.model.state(worse))


def test_the_first_statement_that_tells_two_states_apart(builder: Builder) -> None:
    reason = between(builder, "YNN", "YYN")
    assert isinstance(reason, ByStatement)
    assert (reason.place, reason.num, reason.that) == (2, 3, "not y")
    assert reason.path == ("readings", "a", "listed", "prefers", 2)
    assert (reason.entry.graded, reason.entry.because) == ("inferred", [])
    assert between(builder, "YNN", "NNN").place == 3
    assert between(builder, "YNN", "NNN").entry.graded == "assumed"


def test_conditions_decide_which_statement_it_is(builder: Builder) -> None:
    assert between(builder, "NNN", "YNN") is None
    reason = between(builder, "NNN", "YNN", rain=False)
    assert (reason.place, reason.that, reason.entry.graded, reason.entry.because) == (1, "x -> rain", "stated", ["s1", "s2"])


def test_statements_out_of_force_do_not_count(builder: Builder) -> None:
    assert between(builder, "NNY", "NNN") is None
    assert between(builder, "NNN", "NNY") is None


def test_who_is_indifferent_has_no_reason(builder: Builder) -> None:
    assert between(builder, "NNN", "YYY", dm="b") is None


def test_a_ranking_counts_its_tiers_from_the_best(builder: Builder) -> None:
    reason = between(builder, "NYN", "YYN", "ranked")
    assert isinstance(reason, ByTiers)
    assert (reason.better, reason.worse, reason.num) == (2, 3, 4)
    assert (reason.path, reason.entry.graded, reason.entry.because) == (("readings", "a", "ranked"), "inferred", ["s3"])
    assert between(builder, "NYN", "NNN", "ranked") is None
    assert between(builder, "YYN", "NNY", "ranked").worse == 4  # not listed


def test_weights_are_summed(builder: Builder) -> None:
    reason = between(builder, "YNY", "YYN", "weighed")
    assert isinstance(reason, ByWeights)
    assert (reason.better, reason.worse) == (6, 3)
    assert reason.weights == (("a.y", -1), ("b.z", 2))


def test_every_preference_of_the_catalogue_has_a_reason_one_way() -> None:
    for name in ("syria-iraq-1975", "north-korea-2017", "elmira-9-xu", "prisoners-dilemma"):
        builder = Builder(offramp.read_case(name))
        reasons = Reasons(builder, builder.choice())
        for dm, label in enumerate(reasons.model.decision_makers):
            for one in range(reasons.model.num_states):
                for other in range(reasons.model.num_states):
                    prefers = reasons.model.ranks[dm][one] > reasons.model.ranks[dm][other]
                    assert (reasons.between(label, one, other) is not None) == prefers


def test_pairs_name_states_that_count_as_one_by_any_name() -> None:
    text = """
offramp: 1
title: Groups and pairs
decision_makers: {a: {options: {x: {}}}, b: {options: {y: {}}}}
coalesce: {gone: {pattern: "Y-"}}
readings: {a: {only: {pairs: [YN >> NY > NN]}}, b: {only: {pairs: [NY > NN, NY > YY, "Y- > NN"]}}}
"""
    there = Builder(read_case_text(text))
    reasons = Reasons(there, there.choice())
    state = reasons.model.state
    first, second = reasons.between("a", state("Y-"), state("NN")), reasons.between("b", state("NY"), state("Y-"))
    assert isinstance(first, ByPair)
    assert isinstance(second, ByPair)
    assert (first.path[-1], first.better, first.sign, first.worse) == (0, "Y-", ">>", "NN")
    assert (second.path[-1], second.better, second.sign, second.worse) == (1, "NY", ">", "Y-")

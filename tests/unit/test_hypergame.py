"""Misperception by hand: moves that are lost, and games of one's own."""

import numpy as np
import pytest

import offramp
from casetext import changed
from offramp.analysis.hypergame import among, hypergame
from offramp.case.load import read_case_text
from offramp.errors import CaseError, ChoiceError, UnknownLabelError
from offramp.model.build import Builder
from offramp.stability.settings import Settings

# Chicken: each may swerve (Y). Both are bold: they rank NN last. Nash equilibria are YN and NY.
CHICKEN = """
offramp: 1
title: Chicken
decision_makers: {ann: {options: {left: {}}}, bob: {options: {right: {}}}}
readings:
  ann:
    bold: {ranking: [NY, YY, YN, NN]}
    stubborn: {ranking: [NY, NN, YY, YN]}
  bob:
    bold: {ranking: [YN, YY, NY, NN]}
    stubborn: {ranking: [YN, NN, YY, NY]}
beliefs:
  ann: {bob: stubborn}
"""

GRAPH = """
offramp: 1
title: A ring
decision_makers: {ann: {}, bob: {}}
states: [s1, s2, s3]
moves: {ann: [[s1, s2], [s2, s3]], bob: [[s2, s3], [s3, s1]]}
conditions: {fog: {holds: true, contested: true}}
misperceptions: {ann: {dark: {that: s2 and fog}}}
readings: {ann: {only: {ranking: [s2, s3, s1]}}, bob: {only: {ranking: [s1, s3, s2]}}}
"""


def built(text: str) -> Builder:
    return Builder(read_case_text(text))


def labels(found, flags):
    return [label for label, flag in zip(found.model.states.labels, flags, strict=True) if flag]


def test_two_who_are_bold_and_think_the_other_stubborn_both_swerve():
    builder = built(changed(CHICKEN, ("ann: {bob: stubborn}", "ann: {bob: stubborn}\n  bob: {ann: stubborn}")))
    found = hypergame(builder, builder.choice(), ["nash"])
    ann, bob = found.games
    assert labels(found, ann.expected["nash"]) == ["YN"]
    assert labels(found, bob.expected["nash"]) == ["NY"]
    assert labels(found, found.equilibria["nash"]) == labels(found, found.if_all_knew["nash"]) == ["YN", "NY"]
    surprised = {dm: labels(found, mask) for dm, mask in found.surprised["nash"].items()}
    assert surprised == {"ann": ["NY"], "bob": ["YN"]}
    assert (ann.wrong, bob.wrong, ann.is_right) == (("bob",), ("ann",), False)
    assert dict(ann.readings) == {"ann": "bold", "bob": "stubborn"}


def test_a_belief_that_is_so_is_no_misperception():
    builder = built(CHICKEN)
    found = hypergame(builder, builder.choice({"bob": "stubborn"}))
    assert all(game.is_right for game in found.games)
    assert not found.news.any()


def test_a_belief_that_is_given_goes_before_the_one_in_the_file():
    builder = built(CHICKEN)
    found = hypergame(builder, builder.choice(), None, {("ann", "bob"): "bold"})
    assert found.beliefs == {("ann", "bob"): "bold"}
    assert not found.news.any()


def test_beliefs_change_nothing_elsewhere():
    without = CHICKEN[: CHICKEN.index("beliefs")]
    models = [builder.model(builder.choice()) for builder in map(built, (CHICKEN, without))]
    assert np.array_equal(models[0].ranks, models[1].ranks)
    one, other = (offramp.findings(built(text)) for text in (CHICKEN, without))
    assert (one.can_move, one.at_rest) == (other.can_move, other.at_rest)


def test_a_belief_out_of_its_dates_does_not_count():
    text = changed(CHICKEN, ("ann: {bob: stubborn}", "ann: {bob: {reading: stubborn, until: 2024}}"), ("title:", "as_of: 2025\ntitle:"))
    builder = built(text)
    assert hypergame(builder, builder.choice()).games[0].is_right
    before = builder.varied(offramp.Variant(as_of="2024"))
    assert not hypergame(before, before.choice()).games[0].is_right


def test_ann_does_not_move_where_she_does_not_see():
    builder = built(GRAPH)
    fog, clear = (builder.model(builder.choice(contested={"fog": side})) for side in (True, False))
    assert [fog.moves.successors(0, state).tolist() for state in range(3)] == [[], [], []]
    assert [clear.moves.successors(0, state).tolist() for state in range(3)] == [[1], [2], []]
    assert [fog.moves.successors(1, state).tolist() for state in range(3)] == [[], [2], [0]]
    assert builder.world(builder.choice()).key != builder.world(builder.choice(contested={"fog": False})).key


def test_in_her_own_game_the_dark_state_is_not_there():
    """Ann sees s1 and s3. There, s1 is stable for both: she has no move, and Bob has none from s1."""
    builder = built(GRAPH)
    found = hypergame(builder, builder.choice(), ["nash"])
    ann, bob = found.games
    assert ann.solution.model.states.labels == ("s1", "s3")
    assert labels(found, ann.stable["nash"]) == ["s1", "s2", "s3"]
    assert labels(found, ann.expected["nash"]) == ["s1"]
    assert bob.is_right  # Bob sees all, and his game has Ann's moves to and from s2
    assert labels(found, bob.expected["nash"]) == []
    assert labels(found, found.equilibria["nash"]) == ["s1"]
    assert {dm: labels(found, mask) for dm, mask in found.surprised["nash"].items()} == {"ann": [], "bob": ["s1"]}
    assert labels(found, found.created["nash"]) == ["s1"]


def test_the_lost_moves_of_the_other_sense_do_not_count_in_a_hypergame():
    builder = built(GRAPH)
    found = hypergame(builder, builder.choice(), ["nash"])
    assert found.model.moves.successors(0, 0).tolist() == [1]
    assert builder.model(builder.choice()).moves.successors(0, 0).tolist() == []


def test_states_alone_keep_their_codes_moves_and_ranks():
    model = offramp.load_case("elmira-12")
    kept = np.arange(12) % 3 > 0
    small = among(model, kept)
    places = np.flatnonzero(kept).tolist()
    assert small.states.labels == tuple(model.states.labels[place] for place in places)
    assert np.array_equal(small.ranks, model.ranks[:, kept])
    for dm in range(3):
        for number, place in enumerate(places):
            there = [places.index(t) for t in model.moves.successors(dm, place).tolist() if t in places]
            assert small.moves.successors(dm, number).tolist() == there
    assert small.status_quo == 0  # the status quo is not among them
    assert among(model, np.ones(12, dtype=bool)).status_quo == model.status_quo


UNSURE = {
    "pairs": "{pairs: [s2 > s1, s3 >> s1], unlisted: unknown}",
    "doubt": "{prefers: [{that: s2, doubtful: true}, {that: s3}]}",
    "steps": "{ranking: [s3, s1, s2], great_steps: [s3]}",
    "unlisted": "{ranking: [s2, s1], unlisted: unknown}",
}


@pytest.mark.parametrize("kind", UNSURE)
def test_what_is_wanted_among_some_states_is_what_was_wanted_of_them(kind):
    builder = built(changed(GRAPH, ("ann: {only: {ranking: [s2, s3, s1]}}", f"ann: {{only: {UNSURE[kind]}}}")))
    model = builder.model(builder.choice())
    kept = np.array([True, False, True])
    small, every = among(model, kept), np.arange(3)
    for dm in range(2):
        whole = model.preference(dm).compared(every[:, None], every[None, :])
        part = small.preference(dm).compared(every[:2, None], every[None, :2])
        assert np.array_equal(part, whole[kept][:, kept])


def test_settings_are_those_that_are_asked_for():
    builder = built(changed(GRAPH, ("ann: {only: {ranking: [s2, s3, s1]}}", f"ann: {{only: {UNSURE['pairs']}}}")))
    for unknown in "ad":
        found = hypergame(builder, builder.choice(), ["nash"], None, Settings(unknown=unknown))
        known = offramp.solve(found.model, ["nash"], Settings(unknown=unknown)).equilibria("nash")
        assert np.array_equal(found.if_all_knew["nash"], known)
        assert all(game.solution.settings.unknown == unknown for game in found.games)


@pytest.mark.parametrize(
    ("belief", "error", "said"),
    [
        (("carl", "bob", "bold"), UnknownLabelError, "no decision maker is called 'carl'; there are: ann, bob"),
        (("ann", "carl", "bold"), UnknownLabelError, "no decision maker is called 'carl'; there are: ann, bob"),
        (("ann", "bob", "meek"), UnknownLabelError, "no reading of bob is called 'meek'; there are: bold, stubborn"),
        (("ann", "ann", "bold"), ChoiceError, "a belief of ann about itself; name somebody else, or choose its reading"),
    ],
)
def test_a_belief_that_cannot_be(belief, error, said):
    builder = built(CHICKEN)
    dm, other, reading = belief
    with pytest.raises(error, match=f"^{said}$"):
        hypergame(builder, builder.choice(), None, {(dm, other): reading})


FAULTS = [
    ("misperceptions: {carl: {m: {that: left}}}", "misperceptions.carl: 'carl' names no decision maker; expected one of ann, bob"),
    ("misperceptions: {ann: {m: {that: up}}}", "misperceptions.ann.m.that: 'up' names no option"),
    ("misperceptions: {ann: {m: {pattern: Y}}}", "misperceptions.ann.m.pattern: the pattern 'Y'; expected 2 letters of Y, N and -"),
    ("misperceptions: {ann: {m: {pattern: YX}}}", "misperceptions.ann.m.pattern: the pattern 'YX'; expected 2 letters of Y, N and -"),
    ("misperceptions: {ann: {m: {pattern: YN, that: left}}}", "misperceptions.ann.m: both that and pattern; expected exactly one"),
    ("misperceptions: {ann: {m: {}}}", "misperceptions.ann.m: none of that, pattern; expected exactly one of that, pattern"),
    ("beliefs: {carl: {bob: bold}}", "beliefs.carl: 'carl' names no decision maker; expected one of ann, bob"),
    ("beliefs: {ann: {carl: bold}}", "beliefs.ann.carl: 'carl' names no decision maker; expected one of ann, bob"),
    ("beliefs: {ann: {ann: bold}}", "beliefs.ann.ann: a belief of 'ann' about itself; expected a belief about somebody else"),
    ("beliefs: {ann: {bob: meek}}", "beliefs.ann.bob: 'meek' names no reading of bob; expected one of bold, stubborn"),
    ("beliefs: {ann: {bob: {reading: meek}}}", "beliefs.ann.bob: 'meek' names no reading of bob; expected one of bold, stubborn"),
    ("beliefs: {ann: {bob: 3}}", "beliefs.ann.bob: the number 3; expected the id of a reading, or entries with reading: …"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "said"), FAULTS, ids=[part for part, _ in FAULTS])
def test_one_message_for_each_fault(part, said):
    text = CHICKEN[: CHICKEN.index("beliefs")] + part
    with pytest.raises(CaseError) as error:
        read_case_text(text)
    (problem,) = error.value.problems
    assert said in str(problem)


def test_a_graph_has_no_pattern():
    with pytest.raises(CaseError, match="a pattern in a case that lists its states; expected that: a formula over their names"):
        read_case_text(changed(GRAPH, ("that: s2 and fog", "pattern: NYN")))


def test_a_faulty_ranking_is_refused_though_somebody_overlooks_states():
    """As `solve` refuses it: what is not seen makes no state exist, in a reading that holds or that is believed in."""
    shape = "rules: {both: {require: not (left and right)}}\nmisperceptions: {ann: {m: {pattern: '-Y'}}}\n"
    text = changed(CHICKEN, ("beliefs:", f"{shape}beliefs:"))
    faulty = changed(text, ("bold: {ranking: [NY, YY, YN, NN]}", "bold: {ranking: [NY, YN, NN]}"), ("[NY, NN, YY, YN]", "[NY, NN, YN]"))
    faulty = changed(faulty, ("bold: {ranking: [YN, YY, NY, NN]}", "bold: {ranking: [YN, NY, NN]}"))
    builder = built(faulty)
    with pytest.raises(CaseError, match=r"readings\.bob\.stubborn\.ranking\[3\]: the reading names YY, which breaks a rule"):
        hypergame(builder, builder.choice(), ["nash"])

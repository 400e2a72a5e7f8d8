"""`offramp hypergame`."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from casetext import changed
from offramp.cli import app
from offramp.cli.hypergame import believed
from offramp.errors import ChoiceError

PLAIN = ["two-prisoners", "--belief", "ukraine:south_korea=unwilling"]
EAGER = ["two-prisoners", "--reading", "south_korea=eager", "--belief", "european_union:south_korea=unwilling", "--concept", "seq"]

CHICKEN = """
offramp: 1
title: Chicken
decision_makers: {ann: {options: {left: {}}}, bob: {options: {right: {}}}}
readings:
  ann: {bold: {ranking: [NY, YY, YN, NN]}, stubborn: {ranking: [NY, NN, YY, YN]}}
  bob: {bold: {ranking: [YN, YY, NY, NN]}, stubborn: {ranking: [YN, NN, YY, NY]}}
beliefs:
  ann: {bob: {reading: stubborn, basis: inferred, because: [s1]}}
  bob: {ann: bold}
"""


def run(*arguments, code=0):
    result = CliRunner(env={"OFFRAMP_TRACEBACK": "1"}).invoke(app, ["hypergame", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def flat(text):
    return " ".join(text.split())


def as_json(*arguments):
    return json.loads(run(*arguments, "--format", "json"))


@pytest.fixture
def chicken(tmp_path):
    path = tmp_path / "chicken.yaml"
    path.write_text(CHICKEN, encoding="utf-8")
    return str(path)


def test_the_table_says_whom_what_surprises(chicken):
    told = flat(run(chicken, "--concept", "nash"))
    assert "Chicken: hypergame, 4 states" in told
    assert "Nash 2 2 0 0 ann 1" in told
    assert "3 NY: equilibrium by Nash; not expected by ann." in told
    assert "ann takes bob for stubborn." in told
    assert "bob takes" not in told  # what Bob believes is so
    assert "it is not where all is well" in told


def test_what_everybody_expects_and_why_not_the_other(chicken):
    """Ann takes Bob for stubborn: she expects that he drives on and she gives way; NY he would leave, as she sees it."""
    told = flat(run(chicken, "--concept", "nash"))
    assert "ann expects: by Nash 2 YN (Ann takes the option “left”). bob expects: by Nash 2 YN" in told
    assert "3 NY: equilibrium by Nash; not expected by ann. As ann sees it, left by bob." in told
    (there,) = [state for state in as_json(chicken, "--concept", "nash")["states"] if state["code"] == "NY"]
    assert there["would_leave"] == {"nash": {"ann": ["bob"]}}
    rows = list(csv.DictReader(io.StringIO(run(chicken, "--concept", "nash", "--format", "csv"))))
    assert [row["would_leave"] for row in rows] == ["ann:ann bob:ann bob:bob", "", "ann:bob", "ann:ann ann:bob bob:ann bob:bob"]


def test_those_who_expect_the_same_are_told_together():
    told = flat(run("syria-iraq-misperception", "--concept", "nash"))
    assert "syria, iraq expect: by Nash 6 NYY (Syria escalates; Iraq attacks)." in told
    assert "not seen by iraq. If all knew, left by iraq. As syria sees it, left by iraq." in told
    assert "!: it breaches a norm, or does harm that the case knows of." in flat(run(*EAGER))
    assert "Why a state holds for somebody, or not: offramp explain CASE STATE --as-seen-by DM" in told


def test_what_is_expected_in_vain_is_left_by_somebody_in_its_own_game(tmp_path):
    """Ann takes Bob for one who gives way whatever she does, and expects NY; he drives on, and NY is left."""
    path = tmp_path / "chicken.yaml"
    meek = "meek: {ranking: [NY, YY, YN, NN]}, bold:"
    path.write_text(changed(CHICKEN, ("bob: {bold:", f"bob: {{{meek}"), ("{reading: stubborn,", "{reading: meek,")), encoding="utf-8")
    told = flat(run(str(path), "--concept", "nash", "--reading", "bob=stubborn"))
    assert "ann expects: by Nash 3 NY (Bob takes the option “right”)." in told
    assert "3 NY: no equilibrium; expected in vain by ann. Left, each in its own game, by bob." in told


def test_a_belief_that_makes_no_difference_is_told_as_such():
    told = flat(run(*PLAIN))
    assert "ukraine takes south_korea for unwilling." in told
    assert "That makes no difference: the same equilibria as if all knew, and nobody is surprised." in told


def test_without_any_misperception_the_table_says_so():
    told = flat(run("prisoners-dilemma"))
    assert "Everybody sees every state and believes what is so" in told
    assert "makes no difference. --belief tries a belief." in told


def test_what_a_state_means_stands_beside_its_equilibrium():
    told = flat(run(*EAGER))
    assert "SEQ 12 8 4 0 ukraine 4, south_korea european_union 8 4, russia 4, north_korea 4, european_union 10" in told
    assert "82 NYNNYNNNNYN: equilibrium by SEQ; if all knew, none; not expected by ukraine, south_korea, russia, north_korea," in told
    assert "UNLAWFUL: cat_art_3" in told
    assert "kin.1" in told
    assert "6 more states like these" in told
    assert "6 more" not in run(*EAGER, "--limit", "18")


def test_who_does_not_see_a_state():
    told = flat(run("syria-iraq-misperception", "--concept", "nash"))
    assert "2 YNN: equilibrium by Nash; if all knew, none; not expected by syria, iraq; not seen by syria." in told
    assert "syria does not see 2 of 6 states." in told


def test_json_and_csv_say_the_same(chicken):
    record = as_json(chicken)
    rows = list(csv.DictReader(io.StringIO(run(chicken, "--format", "csv"))))
    assert record["schema"] == "offramp.hypergame/1"
    assert len(record["states"]) == 4
    assert len(rows) == 20
    for row in rows:
        there = record["states"][int(row["state"]) - 1]
        assert there["code"] == row["code"]
        assert bool(int(row["equilibrium"])) is there["equilibrium"][row["concept"]]
        assert bool(int(row["if_all_knew"])) is there["if_all_knew"][row["concept"]]
        for key in ("stable_for", "expected_by", "surprises", "in_vain_for"):
            assert row[key].split() == there[key][row["concept"]]
        assert row["unseen_by"].split() == there["unseen_by"]


def test_json_tells_beliefs_with_what_they_rest_on(chicken):
    beliefs = as_json(chicken)["beliefs"]
    assert beliefs == [
        {"dm": "ann", "of": "bob", "reading": "stubborn", "actual": "bold", "is_right": False, "basis": "inferred", "because": ["s1"]},
        {"dm": "bob", "of": "ann", "reading": "bold", "actual": "bold", "is_right": True, "basis": "assumed", "because": []},
    ]
    tried = as_json(chicken, "--belief", "ann:bob=bold")["beliefs"][0]
    assert (tried["reading"], tried["basis"], tried["because"]) == ("bold", None, [])


def test_json_counts(chicken):
    record = as_json(chicken, "--concept", "nash")
    ann, bob = record["games"]
    assert (ann["wrong_of"], bob["wrong_of"], ann["num_unseen"]) == (["bob"], [], 0)
    assert (ann["num_expected"], ann["num_surprises"], ann["num_in_vain"]) == ({"nash": 1}, {"nash": 1}, {"nash": 0})
    assert record["concepts"] == [{"concept": "nash", "num_equilibria": 2, "num_if_all_knew": 2, "num_created": 0, "num_destroyed": 0}]
    assert record["settings"]["level"].startswith("first")


def test_json_counts_what_misperception_creates():
    (counts,) = as_json("syria-iraq-misperception", "--concept", "seq")["concepts"]
    assert counts == {"concept": "seq", "num_equilibria": 4, "num_if_all_knew": 1, "num_created": 3, "num_destroyed": 0}


def test_settings_are_told_and_stored(chicken):
    assert "Settings: sequences=one_step" in run(chicken, "--set", "sequences=one_step")
    assert as_json(chicken, "--set", "sequences=one_step")["settings"]["sequences"] == "one_step"


def test_the_limit_holds_everywhere(chicken):
    assert len(as_json(chicken, "--limit", "1")["states"]) == 1
    assert len(run(chicken, "--limit", "1", "--format", "csv").splitlines()) == 6


def test_readings_are_those_that_are_chosen(chicken):
    assert as_json(chicken, "--reading", "bob=stubborn")["beliefs"][0]["is_right"]


def test_another_date(tmp_path):
    path = tmp_path / "chicken.yaml"
    path.write_text(changed(CHICKEN, ("because: [s1]}", "since: 2025}"), ("title:", "as_of: 2024\ntitle:")), encoding="utf-8")
    assert [belief["dm"] for belief in as_json(str(path))["beliefs"]] == ["bob"]
    told = run(str(path), "--as-of", "2025")
    assert "ann takes bob for stubborn." in told
    assert "Told as of 2025" in told


@pytest.mark.parametrize(
    ("belief", "said"),
    [
        ("ann=bob", "'ann=bob' should read DM:OTHER=ID, such as ukraine:south_korea=unwilling"),
        ("ann:bob", "'ann:bob' should read DM:OTHER=ID"),
        ("ann:bob=", "'ann:bob=' should read DM:OTHER=ID"),
        ("carl:bob=bold", "no decision maker is called 'carl'; there are: ann, bob"),
        ("ann:bob=meek", "no reading of bob is called 'meek'; there are: bold, stubborn"),
        ("ann:ann=bold", "a belief of ann about itself; name somebody else, or choose its reading"),
    ],
)
def test_a_belief_that_cannot_be(chicken, belief, said):
    told = run(chicken, "--belief", belief, code=2)
    assert told.count("\n") == 1
    assert said in told


def test_two_beliefs_of_one_about_one():
    with pytest.raises(ChoiceError, match="ann has two beliefs about bob, bold and stubborn; leave one out"):
        believed(["ann:bob=bold", "ann:bob=stubborn"])
    assert believed(["ann:bob=bold", " ann : bob = bold"]) == {("ann", "bob"): "bold"}


def test_a_concept_that_is_not_there(chicken):
    assert "no concept of a hypergame is called 'chess'" in run(chicken, "--concept", "chess", code=2)


# By hand. Whoever is bold swerves (leaves the lane: YN for Ann, NY for Bob, in the letters of the case) only if the other does not:
# Ann is Nash stable in YN and NY, Bob too. A stubborn Bob would stay in NN and leave NY, so that he is stable in NN and YN.

BLIND = CHICKEN.split("beliefs:")[0] + "misperceptions: {ann: {dark: {pattern: NN}}, bob: {dark: {pattern: NN}}}\n"
"""Nobody sees NN, and nobody moves there."""

ANN_BLIND = CHICKEN.split("beliefs:")[0] + "misperceptions: {ann: {dark: {pattern: NN}}}\n"
"""What keeps Ann from leaving YY for NY is that Bob could go on from there to NN, her worst, which she does not see."""


def at(record, state, concept):
    (told,) = [there for there in record["states"] if there["state"] == state]
    keys = ("equilibrium", "if_all_knew", "stable_for", "expected_by", "surprises", "in_vain_for")
    return {**{key: told[key][concept] for key in keys}, "unseen_by": told["unseen_by"]}


def saved(tmp_path, text):
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_who_is_surprised_and_who_is_not(chicken):
    """Ann, who takes Bob for stubborn, expects YN alone; Bob, who is right, expects YN and NY, and that is how it is."""
    record = as_json(chicken, "--concept", "nash")
    assert at(record, 3, "nash") == {
        "equilibrium": True,
        "if_all_knew": True,
        "stable_for": ["ann", "bob"],
        "expected_by": ["bob"],
        "surprises": ["ann"],
        "in_vain_for": [],
        "unseen_by": [],
    }
    rows = list(csv.DictReader(io.StringIO(run(chicken, "--concept", "nash", "--format", "csv"))))
    keys = ("code", "equilibrium", "if_all_knew", "stable_for", "expected_by", "surprises", "in_vain_for", "unseen_by")
    assert [tuple(row[key] for key in keys) for row in rows] == [
        ("NN", "0", "0", "", "", "", "", ""),
        ("YN", "1", "1", "ann bob", "ann bob", "", "", ""),
        ("NY", "1", "1", "ann bob", "bob", "ann", "", ""),
        ("YY", "0", "0", "", "", "", "", ""),
    ]


def test_who_expects_what_does_not_hold(chicken):
    """Bob is stubborn and Ann takes him for bold: she expects NY, which he leaves."""
    record = as_json(chicken, "--concept", "nash", "--reading", "bob=stubborn", "--belief", "ann:bob=bold")
    assert at(record, 3, "nash") == {
        "equilibrium": False,
        "if_all_knew": False,
        "stable_for": ["ann"],
        "expected_by": ["ann"],
        "surprises": [],
        "in_vain_for": ["ann"],
        "unseen_by": [],
    }
    ann, bob = record["games"]
    assert (ann["num_expected"], ann["num_surprises"], ann["num_in_vain"]) == ({"nash": 2}, {"nash": 0}, {"nash": 1})
    assert (bob["num_expected"], bob["num_surprises"], bob["num_in_vain"]) == ({"nash": 1}, {"nash": 0}, {"nash": 0})


def test_what_nobody_sees_holds_and_nobody_expects_it(tmp_path):
    path = saved(tmp_path, BLIND)
    record = as_json(path, "--concept", "nash")
    assert at(record, 1, "nash") == {
        "equilibrium": True,
        "if_all_knew": False,
        "stable_for": ["ann", "bob"],
        "expected_by": [],
        "surprises": ["ann", "bob"],
        "in_vain_for": [],
        "unseen_by": ["ann", "bob"],
    }
    assert record["concepts"] == [{"concept": "nash", "num_equilibria": 3, "num_if_all_knew": 2, "num_created": 1, "num_destroyed": 0}]
    assert [(game["num_stable"], game["num_expected"], game["num_unseen"]) for game in record["games"]] == [
        ({"nash": 3}, {"nash": 2}, 1)
    ] * 2
    said = "1 NN: equilibrium by Nash; if all knew, none; not expected by ann, bob; not seen by ann, bob."
    assert said in flat(run(path, "--concept", "nash"))


def test_a_sanction_that_is_not_seen_does_not_deter(tmp_path):
    path = saved(tmp_path, ANN_BLIND)
    record = as_json(path, "--concept", "nash", "--concept", "gmr")
    assert at(record, 4, "gmr") == {
        "equilibrium": False,
        "if_all_knew": True,
        "stable_for": ["bob"],
        "expected_by": ["bob"],
        "surprises": [],
        "in_vain_for": ["bob"],
        "unseen_by": [],
    }
    assert "4 YY: no equilibrium; if all knew, by GMR; expected in vain by bob (GMR)." in flat(
        run(path, "--concept", "nash", "--concept", "gmr")
    )

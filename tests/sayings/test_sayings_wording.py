"""What differs between renderings: words, who has it from whom, what contradicts; each expected by hand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offramp.report.renderings_words import Telling
from offramp.sayings.descent import descent
from offramp.sayings.records import Saying
from offramp.sayings.renderings import Utterance, renderings
from offramp.sayings.wording import are_comparable, quoted, wording


def changes(before: str, after: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.before, one.after) for one in wording(before, after).changes]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("We shall leave by May.", "we shall leave by June", [("replaced", "May", "June")]),
        ("I saw nothing.", "“I saw NOTHING!”", []),
        ("They did leave.", "They did not leave.", [("added", "", "not")]),
        ("He still hopes.", "He hopes.", [("dropped", "still", "")]),
        ("Never go back there again", "go back there again", [("dropped", "Never", "")]),
        ("If they open a window we close a door", "We close a door if they open a window", None),
    ],
)
def test_changes_word_by_word(before: str, after: str, expected: list[tuple[str, str, str]] | None) -> None:
    assert (changes(before, after) == expected) if expected is not None else changes(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("I saw nothing, and I said so.", "I saw nothing"),
        ("said so", "and I said so at once"),
        ("I saw trucks, vans and cars leave.", "I saw trucks […] and cars leave."),
        ("Trucks came. Vans left.", "Vans left. Cars stayed."),
    ],
)
def test_what_is_left_out_openly_is_an_excerpt(before: str, after: str) -> None:
    told = wording(before, after)
    assert (told.changes, told.is_excerpt) == ((), True)


def test_numbers_and_negations_are_marked() -> None:
    assert wording("nine gates crack", "ten gates crack").touched == ("number",)
    assert wording("they will sign", "they will never sign").touched == ("negation",)
    assert wording("9 gates", "nine gates").touched == ()


@given(st.text(max_size=60))
def test_the_same_words_differ_in_nothing(text: str) -> None:
    told = wording(text, text)
    assert (told.changes, told.is_excerpt, told.alike) == ((), False, 1.0)


@pytest.mark.parametrize(
    ("words", "inside"),
    [
        ("called it a “betrayal” of all", "betrayal"),
        ('the "end" and the "beginning"', "end [...] beginning"),
        ("« forty shots » were counted", "forty shots"),
        ("that „our men were fired upon“", "our men were fired upon"),
        ("''No lamps'' at all", "No lamps"),
        ("don’t say so", ""),
    ],
)
def test_words_between_marks(words: str, inside: str) -> None:
    assert quoted(Saying("a", "post", words, "mixed")) == inside
    assert quoted(Saying("a", "post", words, "indirect")) == ""


def eide(words: str, source: str, **more: object) -> Saying:
    return replace(Saying(source, source, words, "direct", source.title(), "en", speaker="Jo Eide"), **more)  # type: ignore[arg-type]


def only(*sayings: Saying) -> Utterance:
    (found,) = renderings(sayings).utterances
    return found


NINE, TEN = "We found cracks in nine of the gates.", "We found cracks in ten of the gates."


def test_an_altered_quotation_is_flagged_and_the_number_told() -> None:
    one = only(eide(TEN, "echo", reported="2031-03-05"), eide(NINE, "post", reported="2031-03-04"))
    assert [(told.saying.source, told.base, told.verdict) for told in one.renderings] == [("post", None, ""), ("echo", 0, "altered")]
    assert [(there.about, there.of, there.values) for there in one.contradictions] == [("number", "gates", (("9", (0,)), ("10", (1,))))]


def test_a_quotation_within_other_words_is_held_to_it() -> None:
    first = eide(NINE, "post", reported="2031-03-04")
    one = only(first, eide("complained of “cracks in ten of the gates” found there", "zeal", kind="mixed", reported="2031-03-05"))
    assert [told.verdict for told in one.renderings] == ["", "altered"]
    same = only(first, eide("complained of “cracks in nine of the gates” found there", "zeal", kind="mixed"))
    assert [told.verdict for told in same.renderings] == ["", "excerpt"]


@pytest.mark.parametrize(
    ("nine", "ten", "verdict"),
    [
        ({"reported": "2031-03-05"}, {"reported": "2031-03-06"}, "altered"),
        ({"reported": "2031-03"}, {"reported": "2031-04-01"}, "altered"),
        ({"reported": "2031-03"}, {"reported": "2031-03-05"}, "differs"),
        ({"reported": "2031-03-05"}, {"reported": "2031-03"}, "differs"),
        ({"reported": "2031-03-05"}, {"reported": "2031-03-05"}, "differs"),
        ({"reported": "2031-03-05"}, {}, "differs"),
        ({}, {"via": ("The Post",)}, "altered"),
        ({"reported": "2031-03"}, {"reported": "2031-03-05", "via": ("The Post",)}, "altered"),
        ({"reported": "2031-03-07"}, {"reported": "2031-03-05", "via": ("The Post",)}, "differs"),
    ],
)
def test_only_what_is_known_to_be_later_was_altered(nine: dict[str, object], ten: dict[str, object], verdict: str) -> None:
    one = only(eide(NINE, "post", **nine), eide(TEN, "zeal", **ten))
    (told,) = [rendering for rendering in one.renderings if rendering.verdict]
    assert told.verdict == verdict
    assert told.base is not None
    if verdict == "altered":
        assert (told.saying.source, one.renderings[told.base].saying.source) == ("zeal", "post")
    words = "\n".join(Telling(one).lines())
    assert ("DIFFERENT WORDS between marks in 1 and 2; which came first is not known: " in words) == (verdict == "differs")
    assert ("ALTERED" in words, "became" in words) == (verdict == "altered",) * 2


def test_nobody_altered_what_stands_in_a_third_report_that_may_be_older() -> None:
    sayings = [eide(NINE, "post", reported="2031-03-05"), eide(TEN, "zeal", reported="2031-03-07")]
    assert [told.verdict for told in only(*sayings).renderings] == ["", "altered"]
    one = only(*sayings, eide(TEN, "echo", reported="2031-03"))
    assert [(told.saying.source, told.base, told.verdict) for told in one.renderings] == [
        ("post", None, ""),
        ("zeal", 0, "differs"),
        ("echo", 0, "differs"),
    ]
    later = only(*sayings, eide(TEN, "echo", reported="2031-04"))
    assert [told.verdict for told in later.renderings] == ["", "altered", "altered"]


def test_a_quotation_with_more_is_not_called_a_part() -> None:
    more = "We found cracks in nine of the gates, and we shall mend them."
    assert "1 has a part of 2, word for word." in lines(eide(NINE, "post"), eide(more, "zeal"))


def test_a_retelling_is_told_against_an_earlier_one() -> None:
    demand, offer = "that Dredgers pay 100,000 crowns to each of the families", "that the families would be paid 10,000 crowns each"
    raised = "that the families would be paid 100,000 crowns each"
    retold = [(offer, "a", "2031-03-04"), (demand[:-16], "b", "2031-03-07"), (raised, "c", "2031-03-09"), (demand, "d", "2031-03")]
    speakers = {"b": {"speaker": "union"}, "d": {"speaker": "union"}}
    one = only(*(eide(words, name, kind="indirect", reported=day, **speakers.get(name, {})) for words, name, day in retold))
    assert [told.saying.source for told in one.renderings] == ["a", "b", "c", "d"]
    for place, told in enumerate(one.renderings):
        assert told.base is None or told.base < place
    words = "\n".join(Telling(one).lines())
    assert "3, against 1: “10,000” became “100,000” (number)." in words
    assert "3 is linked to 1 (" in words
    (join,) = one.joins
    assert (one.renderings[join.one].saying.source, one.renderings[join.other].saying.source) == ("c", "d")
    assert "3 and 4 join what would be two utterances: they are linked (0." in words
    assert one.score == join.likeness.score


def test_what_order_nobody_knows_is_told_without_before_and_after() -> None:
    less = "We found cracks in nine gates and told the mayor"
    told = lines(eide(less, "post", kind="indirect"), eide(less.replace("told", "warned"), "zeal", kind="indirect"))
    assert "1 and 2 differ: “told” in 1, “warned” in 2." in told


def test_other_words_throughout_may_be_a_translation() -> None:
    before, after = "The others blew themselves up to avoid capture.", "Everyone else committed suicide to avoid capture."
    one = only(eide(before, "post"), eide(after, "zeal"))
    assert one.renderings[1].verdict == "translated?"


@pytest.mark.parametrize(
    "more", [{"kind": "indirect"}, {"language": "ko"}, {"is_note": True}, {"speaker": "Ann Poe"}, {"speaker": "", "names": ()}]
)
def test_only_quotations_of_one_speaker_in_one_language_are_held_to_each_other(more: dict[str, object]) -> None:
    assert are_comparable(eide(NINE, "post"), eide(TEN, "echo"))
    assert not are_comparable(eide(NINE, "post"), eide(TEN, "echo", **more))
    assert not are_comparable(eide(TEN, "echo", **more), eide(NINE, "post"))


def test_dates_speakers_and_denials_that_contradict_are_listed() -> None:
    one = only(
        eide("The governor gave the order to shoot.", "post", said_on="2031-03-01"),
        eide("The governor never gave the order to shoot.", "zeal", said_on="2031-03-02", speaker="Ann Poe"),
    )
    assert [(there.about, there.values) for there in one.contradictions] == [
        ("date", (("2031-03-01", (0,)), ("2031-03-02", (1,)))),
        ("speaker", (("Jo Eide", (0,)), ("Ann Poe", (1,)))),
        ("negation", (("denied", (1,)), ("not denied", (0,)))),
    ]


def test_only_numbers_that_differ_contradict() -> None:
    one = only(
        eide("We found cracks in nine of the fourteen gates.", "post"),
        eide("We found cracks in ten of the fourteen gates.", "zeal"),
        eide("We found cracks in the fourteen gates.", "echo"),
    )
    assert [there.values for there in one.contradictions] == [(("9", (1,)), ("10", (2,)))]


def test_a_number_that_one_leaves_out_contradicts_nothing() -> None:
    one = only(eide("We found cracks in nine of the fourteen gates.", "post"), eide("We found cracks in fourteen gates.", "zeal"))
    assert one.contradictions == ()


def lines(*sayings: Saying) -> str:
    return "\n".join(Telling(only(*sayings)).lines())


def test_retellings_with_less_and_with_more() -> None:
    more, less = "We found cracks in nine of the gates and told the mayor", "We found cracks in nine of the gates"
    assert "2 has a part of the words of 1." in lines(eide(more, "post"), eide(less, "zeal", kind="indirect"))
    assert "2 has more than the words of 1." in lines(eide(less, "post"), eide(more, "zeal", kind="indirect"))
    assert "2 has the words of 1." in lines(eide(less, "post"), eide(less, "zeal", kind="indirect"))
    assert "2 has a part of 1, word for word." in lines(eide(more, "post"), eide(less, "zeal"))


def test_an_outlet_is_no_relay_of_itself() -> None:
    told = Telling(only(eide(NINE, "post", via=("The Post",)), eide(NINE, "zeal", via=("Post", "Astra"))))
    assert [row[2] for row in told.rows()] == ["quoted", "quoted\nthrough Post and Astra"]


def test_less_of_the_words_and_a_wider_date_contradict_nothing() -> None:
    one = only(
        eide("The governor gave the order to shoot, and nobody asked.", "post", said_on="2031-03-01"),
        eide("The governor gave the order to shoot", "zeal", said_on="2031-03", speaker="the general"),
    )
    assert one.contradictions == ()


@pytest.mark.parametrize(
    ("one", "other", "how", "name"),
    [
        ({}, {"via": ("The Post",)}, "names", "post"),
        ({"via": ("Zeal",)}, {}, "named", "zeal"),
        ({"via": ("Astra",)}, {"via": ("Astra",)}, "common", "astra"),
        ({"outlet": "Post (Astra)"}, {"outlet": "Astra"}, "outlet", "astra"),
        ({"via": ("a lawmaker",)}, {"via": ("a lawmaker",)}, "", ""),
        ({"via": ("officials",)}, {"via": ("officials",)}, "", ""),
        ({}, {}, "", ""),
    ],
)
def test_who_has_it_from_whom(one: dict[str, object], other: dict[str, object], how: str, name: str) -> None:
    found = descent([eide(NINE, "post", **one), eide(NINE, "zeal", **other)])
    assert [(there.how, there.name) for there in found.dependences] == [(how, name)] * bool(how)
    assert found.num_sources == (1 if how else 2)


def test_who_has_it_from_whom_is_told_once_however_many_there_are() -> None:
    many = [eide(NINE, f"r{place}", via=("Astra",)) for place in range(300)]
    found = descent([eide(NINE, "astra"), *many, eide(NINE, "zeal")])
    assert {(there.earlier, there.how) for there in found.dependences} == {(0, "names")}
    assert [there.later for there in found.dependences] == list(range(1, 301))
    assert found.num_sources == 2


def test_a_report_that_names_two_outlets_joins_their_reports() -> None:
    found = descent([eide(NINE, "post"), eide(NINE, "echo"), eide(NINE, "zeal", via=("Echo", "The Post"))])
    assert [(there.earlier, there.later, there.name) for there in found.dependences] == [(0, 2, "post"), (1, 2, "echo")]
    assert found.num_sources == 1


def test_two_places_of_one_report_are_one_source() -> None:
    found = descent([eide(NINE, "post"), eide(NINE, "post")])
    assert [there.how for there in found.dependences] == ["report"]
    assert found.num_sources == 1

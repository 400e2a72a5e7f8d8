"""The evaluation set itself: its markup, its rules, and that every text of it keeps them."""

import re
from pathlib import Path

import pytest

import newsset
from newsset import MarkupError, bare, inside_marks, parse

MORE = newsset.FOLDER / "more"
THIRD = newsset.FOLDER / "third"
HEAD = "outlet: The Post\ndate: 2026-03-12\nsort: test\n---\n"


def read(marked: str, notes: str) -> dict:
    return parse(f"{HEAD}{marked}\n---\n{notes}\n", "99-test")


@pytest.mark.parametrize(("folder", "number"), [(newsset.FOLDER, 30), (MORE, 24), (THIRD, 24)])
def test_every_text_of_the_set_can_be_read_and_is_long_enough(folder: Path, number: int):
    docs = newsset.load(folder)
    assert len({d["doc_id"] for d in docs}) == len(docs) == number
    assert all(100 <= len(d["text"].split()) <= 360 for d in docs)
    assert not any(re.search(r"[{}|]", d["text"]) for d in docs)


def test_the_held_out_texts_keep_the_same_rules():
    held = newsset.FOLDER / "held"
    docs = newsset.load(held)
    assert len({d["doc_id"] for d in docs}) == len(docs) == 20
    assert all(150 <= len(d["text"].split()) <= 350 for d in docs)
    assert not any(re.search(r"[{}|]", d["text"]) for d in docs)
    assert sum(any(st["via"] for st in d["statements"]) for d in docs) >= 10
    assert min(newsset.counts(docs)[k] for k in (*newsset.KINDS, "with a relay", "with a date", "legal_refs")) >= 30
    newsset.check_retellings(docs, newsset.retellings(held))


@pytest.mark.parametrize("folder", [newsset.FOLDER, MORE, THIRD])
def test_no_held_out_text_stands_in_the_sets_that_rules_are_made_with(folder: Path):
    assert not {d["text"] for d in newsset.load(newsset.FOLDER / "held")} & {d["text"] for d in newsset.load(folder)}


@pytest.mark.parametrize("folder", [newsset.FOLDER, MORE, THIRD])
def test_every_flag_kind_and_form_is_there_often_enough_to_measure(folder: Path):
    counts = newsset.counts(newsset.load(folder))
    assert min(counts[k] for k in ("direct", "indirect", "mixed", "with a relay", "with a date", "legal_refs")) >= 40
    assert min(counts[k] for k in newsset.FLAGS) >= 10


def test_the_retellings_are_described_and_found():
    newsset.check_retellings(newsset.load(), newsset.retellings())
    newsset.check_retellings(newsset.load(MORE), newsset.retellings(MORE))
    newsset.check_retellings(newsset.load(THIRD), newsset.retellings(THIRD))
    with pytest.raises(MarkupError, match="'nothing': 0 places"):
        newsset.check_retellings(newsset.load(), newsset.retellings() | {"nothing": "x"})


def test_a_small_text_gets_the_offsets_counted_by_hand():
    doc = read("{q1|“No,”} {s1|Ann Poe} {c1|said} {d 2026-03-09|Monday}. {q1|“Never.”}", "1: Ann Poe; on 2026-03-09\nperson: Ann Poe")
    (st,) = doc["statements"]
    assert doc["text"] == "“No,” Ann Poe said Monday. “Never.”"
    assert (st["quote_spans"], st["cue_span"], st["speaker_span"]) == ([[0, 5], [27, 35]], [14, 18], [6, 13])
    assert (st["kind"], st["said_on"], st["via"]) == ("direct", "2026-03-09", [])
    assert doc["dates"] == [{"span": [19, 25], "iso": "2026-03-09"}]
    assert doc["actors"] == [{"name": "Ann Poe", "kind": "person", "aliases": [], "spans": [[6, 13]]}]


def test_a_character_outside_the_first_plane_counts_as_one():
    assert bare("🙂 {q1|é}")[1][0].span == (2, 3)


def test_nested_marks_and_a_shared_subject():
    doc = read("{s1|She} {c1|warned of {d 2025|2025}} {q1|a war} and {c2|vowed} {q2|to go}.", "1: Poe\n2: Poe; negated\nperson: Poe = She")
    first, second = doc["statements"]
    assert second["speaker_span"] == first["speaker_span"] == [0, 3]
    assert (first["negated"], second["negated"]) == (False, True)
    notes = "1: Poe\n2: Roe\nperson: Poe = She\nperson: Roe = radio"
    doc = read("{s1|She} {c1|warned of} {q1|a war}; {c2|according to} radio {q2|soon}.", notes)
    assert doc["statements"][1]["speaker_span"] is None


def test_relays_keep_their_order_and_other_names():
    doc = read("{q1|Yes}, said X, Astra and Post", "1: X; via Astra or Lanterna > Post\nperson: X\norg: Astra ~ Astra Agency\norg: Post")
    st = doc["statements"][0]
    assert (st["via"], st["via_alt"]) == (["Astra", "Post"], [["Lanterna", "Astra Agency"], []])
    assert newsset.neutral(doc)["statements"][0]["via"] == "Astra"
    assert newsset.neutral(doc)["statements"][0]["via_aliases"] == ["Lanterna", "Astra Agency", "Post"]


def test_the_longest_form_is_the_mention_and_a_marked_word_is_none():
    doc = read("The Red Cross and the Cross; {x|Cross}.", "org: Red Cross\norg: Cross")
    assert [o["spans"] for o in doc["organisations"]] == [[[4, 13]], [[22, 27]]]


def test_a_line_end_closes_an_open_quotation():
    assert [bool(b) for b in inside_marks("“a\nb")] == [False, True, False, False]
    assert bool(inside_marks("„a“ b")[1])
    assert not inside_marks("„a“ b")[4]


@pytest.mark.parametrize(
    ("marked", "notes", "message"),
    [
        ("{q1|a", "1: -", "never closed"),
        ("a}", "", "closes nothing"),
        ("{z1|a}", "", "expected one of"),
        ("{q1|a}", "", r"\[1\] have no statement"),
        ("a", "1: -", "no words marked"),
        ("{q1|a}", "1: Poe", "is in no list"),
        ("{q1| a}", "1: -", "blanks at its ends"),
        ("a", "person: Poe", "stands nowhere"),
        ("{d 2026-3|March}", "", "expected EDTF"),
        ("{d 2026-03-10|Monday}", "", "another weekday"),
        ("{q1|a}", "1: -; loud", "expected on, via"),
        ("a", "robot: R2", "expected a statement's number"),
        ("{m Poe|a}", "", "one of the listed names"),
    ],
)
def test_a_slip_is_told(marked: str, notes: str, message: str):
    with pytest.raises(MarkupError, match=f"99-test: .*{message}"):
        read(marked, notes)

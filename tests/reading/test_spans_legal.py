# ruff: noqa: E501  (a sentence is one line)
"""References to law: annotated sentences, short forms, tables."""

from __future__ import annotations

import re

import pytest
from annotated import score_legal, sentences

from offramp.reading.legal import find_legal
from offramp.reading.treaties import TREATIES


@pytest.mark.parametrize(("name", "least"), [("legal_dev.txt", 98), ("legal_apart.txt", 88)])
def test_references_of_annotated_sentences(name: str, least: float) -> None:
    score = score_legal(name)
    assert score.gold > 20
    assert score.f1 >= least, score


@pytest.mark.parametrize("sentence", list(sentences("legal_dev.txt")), ids=lambda one: one.text[:40])
def test_each_sentence(sentence) -> None:
    assert {one.name for one in find_legal(sentence.text)} == {name for _, _, name in sentence.marks}


def test_spans_cover_the_words() -> None:
    text = "He cited Articles 13 and 17 of the Third Geneva Convention, the ICCPR and Rome Statute, article 8(2)(b)."
    assert [text[slice(*one.span)] for one in find_legal(text)] == [
        "Articles 13", "17 of the Third Geneva Convention", "ICCPR", "Rome Statute, article 8(2)(b)",
    ]  # fmt: skip


def test_short_forms_stand_for_the_last_of_their_kind() -> None:
    text = "The Convention against Torture was signed. The Chemical Weapons Convention followed. The Convention, in Article 3, says so. The Covenant is silent."
    assert [one.name for one in find_legal(text)] == ["CAT", "CWC", "CWC", "CWC art. 3"]


def test_an_article_alone_belongs_to_the_last_before_it() -> None:
    text = "The Convention against Torture binds all. The Rome Statute does not. Article 5 is plain."
    assert [one.name for one in find_legal(text)] == ["CAT", "Rome Statute", "Rome Statute art. 5"]


def test_articles_in_a_row_share_their_instrument() -> None:
    text = "The Rome Statute is silent. Article 13 and Article 17 of the Third Geneva Convention are not."
    assert [one.name for one in find_legal(text)] == ["Rome Statute", "GC III art. 13", "GC III art. 17"]


def test_letters_alone_may_be_something_else() -> None:
    assert find_legal("A CAT scan cost ATT money.") == []
    text = "The Committee against Torture (CAT) watches over the Convention against Torture. CAT met in May."
    assert [text[slice(*one.span)] for one in find_legal(text)] == ["Convention against Torture"]


def test_an_article_of_nothing_told_is_named_by_itself() -> None:
    assert [one.name for one in find_legal("Article 5 was quoted.")] == ["art. 5"]
    assert find_legal("He wrote an article 5 pages long, in section 3 of the paper.") == []


def test_courts_and_committees_are_no_treaties() -> None:
    assert find_legal("The European Court of Human Rights (ECHR) ruled; the ECHR said so.") == []
    assert find_legal("The Committee against Torture (CAT) met. CAT was clear.") == []


def test_each_treaty_is_found_by_its_letters_or_its_name() -> None:
    names = [treaty.name for treaty in TREATIES]
    assert len(names) == len(set(names))
    for treaty in TREATIES:
        for word in treaty.letters:
            assert [one.name for one in find_legal(f"See Article 1 {word}.")] == [f"{treaty.name} art. 1"], word
        assert re.compile(treaty.titles)
        if len(treaty.name) > 8 and not treaty.name.startswith("1"):
            assert treaty.name in {one.name for one in find_legal(f"They signed the {treaty.name}.")}, treaty.name

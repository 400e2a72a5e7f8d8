"""Small pieces of wording."""

import pytest

from offramp.report.words import (
    CONCEPT_NAMES,
    Figure,
    Link,
    Mark,
    Term,
    counted,
    dated,
    joined,
    listed,
    negated,
    of,
    plain,
    pseudonym,
    sentence,
    spaced,
    text,
    titled,
    visible,
)
from offramp.stability import CONCEPTS


def test_every_concept_has_its_words() -> None:
    assert list(CONCEPT_NAMES) == list(CONCEPTS)
    assert len({concept.full for concept in CONCEPT_NAMES.values()}) == len(CONCEPTS)


def test_a_text_keeps_its_parts() -> None:
    figure, mark = Figure("k", 1234), Mark("UNLAWFUL", "unlawful")
    told = text("{} in {}.", mark, figure)
    assert told == (mark, " in ", figure, ".")
    assert plain(told) == "UNLAWFUL in 1,234."


def test_a_text_takes_braces_and_texts_as_values() -> None:
    assert plain(text("{}{}", "{}", text("a{}", Link("b", "x")))) == "{}ab"


def test_a_text_wants_as_many_values_as_places() -> None:
    with pytest.raises(ValueError, match="zip"):
        text("{}", "a", "b")


def test_joined_leaves_out_what_is_empty() -> None:
    assert plain(joined(["a", "", (), "b"], "; ")) == "a; b"


@pytest.mark.parametrize(
    ("items", "told"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"), (["a", "b", "c", "d"], "a, b, c and d")],
)
def test_listed(items: list[str], told: str) -> None:
    assert plain(listed(items)) == told


def test_of_gives_each_figure_its_key() -> None:
    assert of("x", 2, 5) == (Figure("x.cells", 2), " of ", Figure("x.of", 5))
    assert of("x", 5, 5) == ("all ", Figure("x.cells", 5))
    assert plain(of("x", 1, 1)) == "1 of 1"
    assert plain(of("x", 0, 0)) == "0 of 0"


def test_counted() -> None:
    assert [plain(counted(Figure("n", number), "end", "ends")) for number in (0, 1, 2000)] == ["0 ends", "1 end", "2,000 ends"]


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2026-02-09", "9 February 2026"),
        ("2026-12", "December 2026"),
        ("1966", "1966"),
        ("", ""),
        (None, ""),
        ("soon", "soon"),
        ("2026-13", "2026-13"),
    ],
)
def test_dated(date: str | None, told: str) -> None:
    assert dated(date) == told


@pytest.mark.parametrize(
    ("identifier", "told"),
    [("pow_a", "POW A"), ("pow_12", "POW 12"), ("kin", "kin"), ("witness_b", "Witness B"), ("young_man", "Young man"), ("x", "X")],
)
def test_pseudonym(identifier: str, told: str) -> None:
    assert pseudonym(identifier) == told


def test_ids_as_words() -> None:
    assert titled("south_korea") == "South Korea"
    assert spaced("law_first") == "law first"


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("hands the men over", "does not hand the men over"),
        ("launches a ship", "does not launch a ship"),
        ("carries on", "does not carry on"),
        ("dies", "does not die"),
        ("releases water", "does not release water"),
        ("passes", "does not pass"),
        ("fixes it", "does not fix it"),
        ("has a plan", "does not have a plan"),
        ("goes", "does not go"),
        ("is at war", "is not at war"),
    ],
)
def test_negated(phrase: str, told: str) -> None:
    assert negated(phrase) == told


@pytest.mark.parametrize("phrase", ["", "pays and leaves", "takes a, b", "Delay", "stress", "build it", "передає людей", "s"])
def test_negated_gives_up_where_it_could_be_wrong(phrase: str) -> None:
    assert negated(phrase) == ""


def test_visible_spells_out_what_hides() -> None:
    assert visible("a\u202eb\x1b[0m") == "a[U+202E]b[U+001B][0m"
    assert visible(" two\n lines\t ") == "two lines"
    assert visible("한국 Türk “ok”") == "한국 Türk “ok”"


def test_sentence() -> None:
    assert [sentence(words) for words in ("", "a", "Is it?", "it is.")] == ["", "A.", "Is it?", "It is."]


def test_terms_and_links_read_as_their_words() -> None:
    assert plain((Term("SEQ", "sequential stability"), " ", Link("12", "w.x"))) == "SEQ 12"

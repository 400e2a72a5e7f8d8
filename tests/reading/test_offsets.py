"""Places in the text are exact, and nothing crashes, whatever the text is."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offramp.reading import Statement, read_text

PIECES = [
    *"“”\"'‘’«»„`,.:;!?—–-()\n\t …",
    "\n\n",
    " said Ann Lee",
    " he said ",
    "that it rained",
    "according to",
    "reportedly ",
    "“Go home,”",
    "''Go''",
    "GENEVA (AFP) — ",
    "Updated: 3 May 2024 ",
    "Q: ",
    "LEE: ",
    "Ann Lee",
    " the ministry denied the charge",
    "told DW",
    "한국 정부는",
    "שלום",
    "مرحبا",
    "👩‍👩‍👧",
    "é",
    "\u202e",
    "\u00a0",
    "\u2028",
    "\x00",
    "x" * 50,
]


WHO = ["Ann Lee", "he", "the ministry", "a man held in cell 6", "two guards", "officials", "her lawyer", "it", "the report", "sources"]
TELLS = [
    "said",
    "stated that",
    "told DW that",
    "is said to have",
    "was quoted as saying",
    "asked",
    "denied",
    "demanded",
    "has not said",
    "may say",
    "is also said that",
    "accused him of",
    "refused to",
    "wrote in a letter that",
    "reported, citing an aide, that",
    "warned",
    "called",
    "was told by the cook that",
    "declined to say",
    "claimed, according to the aide,",
    "who said",
    "urged them to",
    "'s claim that",
]
WHAT = [
    "a device was kept",
    "the gate stays shut",
    "to leave",
    "talks",
    "“we wait”",
    "‘no’",
    "lying",
    "it a “trap”",
    "when",
    "on Monday",
    "in the opinion of the mayor",
    "according to the Echo",
    "reportedly",
    "“Go home,”",
    "that nobody had gone",
    "not to be named",
    "of theft",
]
BETWEEN = [" ", ", ", "; ", " – ", ". ", ", and ", " but ", ", who ", "\n\n", ": ", " (", ") ", "?” ", ", “", "[4] "]


def spans(statement: Statement) -> list[tuple[int, int]]:
    return [*statement.quote_spans, *(span for span in (statement.cue_span, statement.speaker_span) if span)]


def check(text: str) -> None:
    for statement in read_text(text).statements:
        assert statement.quote_spans
        assert list(statement.quote_spans) == sorted(statement.quote_spans)
        for start, end in spans(statement):
            assert 0 <= start < end <= len(text)
        for start, end in statement.quote_spans:
            assert text[start:end] == text[start:end].strip()
        assert 0 <= statement.confidence <= 1


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_mixture(text: str) -> None:
    check(text)


CLAUSES = st.tuples(*map(st.sampled_from, (WHO, TELLS, WHAT, BETWEEN))).map(lambda four: "{} {} {}{}".format(*four))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CLAUSES, min_size=1, max_size=6).map("".join))
def test_any_clauses(text: str) -> None:
    check(text)


def test_nothing_but_a_mark_after_a_colon() -> None:
    assert not read_text(" said Ann Lee:\n\n“\xa0").statements


def test_a_saying_heard_of_after_another() -> None:
    check("Two guards testified that a device was kept, it is also said that a room on the second floor was soundproofed in 2024.")


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_any_characters(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n\n", "“", "””””", "'" * 500, '"' * 501, "-" * 3000, "a" * 9000, "한" * 5000, "said " * 2000, "“a " * 999, "\r\n" * 99],
)
def test_degenerate(text: str) -> None:
    check(text)


@pytest.mark.parametrize("mark", ["", '"', "'", "’", "»"])
def test_a_word_or_mark_that_touches_a_mark(mark: str) -> None:
    check(f" the ministry denied the charge{mark}“Go home,”")
    check(f"“Go home,”{mark}👧“reportedly ")


def test_cost_grows_with_the_length() -> None:
    def seconds(count: int) -> float:
        text = "and the guard said that the gate was shut because the road was closed " * count
        begin = time.process_time()
        check(text)
        return time.process_time() - begin

    seconds(20)
    assert seconds(1200) < 40 * max(seconds(120), 0.05)


def test_offsets_do_not_move_with_what_stands_before() -> None:
    text = "“The gate stays shut,” said Maria Keller. She added that the road was closed."
    alone = read_text(text).statements
    pushed = read_text("𝔊é\u200b한\n\n" + text).statements
    assert [[(start + 6, end + 6) for start, end in spans(one)] for one in alone] == [spans(one) for one in pushed]

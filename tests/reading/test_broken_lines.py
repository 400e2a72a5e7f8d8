"""Lines broken for width are joined, others are not, and no place moves."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offramp.reading import read_text
from offramp.reading.lines import unwrapped
from offramp.reading.parse import parsed_whole
from offramp.reading.view import MAX_BLOCK, MAX_RUN, pieces

REPORT = """\
The river board met on Monday and said that the lower gates, which leak, could not be opened again before the end of the summer.
“We were told in January that the gates would stay shut until all of the cracks had been sealed,” Ines Carro, who chairs the board, \
told the Weir. “Nobody came to look at them.”
Nobody Came
Her deputy, Tom Ridley, denied that the board had been warned by the engineers, and called the report of the auditors “a fairy tale”.
"""


def told(text: str) -> list[tuple[str, str, tuple[str, ...], str]]:
    found = read_text(text, "2031-03-04", "The Echo")
    return [
        (one.speaker, one.kind, one.via, " … ".join(" ".join(text[start:end].split()) for start, end in one.quote_spans))
        for one in found.statements
    ]


def wrapped(text: str, width: int, between: str) -> str:
    return between.join(textwrap.fill(line, width, break_on_hyphens=False) for line in text.splitlines()) + "\n"


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("width", [48, 60, 72, 80, 100, 120])
def test_a_report_broken_at_a_width_reads_as_it_did(width: int, between: str):
    assert [speaker for speaker, *_ in told(REPORT)] == ["river board", "Ines Carro", "Tom Ridley"]
    assert told(wrapped(REPORT, width, between)) == told(REPORT)


def test_the_breaks_of_a_quoted_mail():
    text = "".join(f"> {line}\n" for line in wrapped(REPORT, 72, "\n").splitlines())
    assert [one[:3] for one in told(text)] == [one[:3] for one in told(REPORT)]


def test_a_name_over_a_break():
    lines = [
        "The board was told by the engineers on Monday that Ines",
        "Carro would leave in June, and that all of the pre-",
        "war dam goes.",
    ]
    assert unwrapped("\n".join(lines)) == f"{lines[0]} {lines[1]}\u00ad{lines[2]}"


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        "",
        "\n\n",
        "One line without an end",
        "He said it.\nShe denied it.\nThey left.\n",
        "Roses are red\nviolets are blue\nsugar is sweet\nand so are you\n",
        "- to open the gates of the river at once and for good\n- to pay the families of the dead what they were promised\n- to go\n",
        "Q: Did anybody come to look at the gates before they broke?\nA: Nobody ever came to look at them, as far as we know of it.\n",
    ],
)
def test_what_stays_as_it_is(text: str):
    assert unwrapped(text) == text


def test_items_headings_and_short_lines_end_a_paragraph():
    text = (
        "The board demanded on Monday that the gates be opened\nand that the engineers be heard before the summer ends:\n"
        "- the lower gates first, since they are the ones that\nleak, and the upper ones when the river has fallen;\n- the rest.\n"
        "What Comes Next\nNobody knows what comes next, the chair of the board\nadded."
    )
    lines = unwrapped(text).split("\n")
    assert [line.split()[0] for line in lines] == ["The", "-", "-", "What", "Nobody"]


def test_a_sentence_over_a_page():
    first = "The board demanded on Monday that the gates be opened\nand that the engineers be heard before the end of the"
    text = f"{first}\n\nsummer, its chair said.\n\nNobody came."
    assert unwrapped(text).splitlines()[1:] == ["", "Nobody came."]


PARTS = [*"ab -.“”>\n\r\t", "word ", "Word ", "\n\n", "a long line of words that goes on and on, and", "- "]


@given(st.lists(st.sampled_from(PARTS), max_size=60).map("".join))
@settings(max_examples=200, deadline=None)
def test_no_place_moves(text: str):
    read = unwrapped(text)
    assert len(read) == len(text)
    assert all(before == after or (before in "\n\r\t >" and after in " \u00ad") for before, after in zip(text, read, strict=True))


@given(st.lists(st.sampled_from(["(", "said ", "x" * 90, '"', " ", ". ", "“", "\n", "a" * 600]), max_size=200).map("".join))
@settings(max_examples=100, deadline=None)
def test_pieces_are_all_of_a_paragraph_and_none_is_too_long(text: str):
    places = list(pieces(text, 0, len(text)))
    assert "".join(text[start:end] for start, end in places) == text
    for start, end in places:
        assert end - start <= MAX_BLOCK
        assert all(len(run) <= MAX_RUN for run in text[start:end].split())


def test_what_is_parsed_as_a_whole_is_the_text():
    text = "\n\n  A gate.\nIt is shut.\n \n\n" + "((" * 999 + "\n" + "so on and " * 999 + "\n\n\n"
    assert parsed_whole(text).text == text


def test_more_than_the_language_model_takes_at_once():
    text = "The gates stay shut, Ines Carro said. " * 30000
    assert len(text) > 1_000_000
    assert parsed_whole(text[:1_000_100]).text == text[:1_000_100]

"""Each construction that a report uses, in sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Tell = Callable[[str], list[tuple[str, str, list[str]]]]


@pytest.mark.parametrize(
    ("text", "kind", "speaker", "pieces"),
    [
        ("“The gate stays shut,” said Maria Keller.", "direct", "Maria Keller", ["“The gate stays shut,”"]),
        ("Maria Keller said: “The gate stays shut.”", "direct", "Maria Keller", ["“The gate stays shut.”"]),
        ('"The gate stays shut," Maria Keller told reporters on Monday.', "direct", "Maria Keller", ['"The gate stays shut,"']),
        ("''The gate stays shut,'' Maria Keller said.", "direct", "Maria Keller", ["''The gate stays shut,''"]),
        ("„The gate stays shut“, said Maria Keller.", "direct", "Maria Keller", ["„The gate stays shut“"]),
        ("«The gate stays shut», said Maria Keller.", "direct", "Maria Keller", ["«The gate stays shut»"]),
        ("‘The gate stays shut,’ said Maria Keller.", "direct", "Maria Keller", ["‘The gate stays shut,’"]),
        (
            "“The gate,” Maria Keller said, “stays shut until the inspectors arrive.”",
            "direct",
            "Maria Keller",
            ["“The gate,”", "“stays shut until the inspectors arrive.”"],
        ),
        (
            "“The gate stays shut,” Maria Keller said. “Nobody has a key.”",
            "direct",
            "Maria Keller",
            ["“The gate stays shut,”", "“Nobody has a key.”"],
        ),
        ("Maria Keller said that the gate would stay shut.", "indirect", "Maria Keller", ["that the gate would stay shut"]),
        ("The gate would stay shut, Maria Keller said.", "indirect", "Maria Keller", ["The gate would stay shut"]),
        (
            "The gate, Maria Keller said, would stay shut until the inspectors came.",
            "indirect",
            "Maria Keller",
            ["The gate", "would stay shut until the inspectors came"],
        ),
        ("Maria Keller said the gate was “a formality” for now.", "mixed", "Maria Keller", ["the gate was “a formality” for now"]),
        ("Maria Keller refused to open the gate.", "indirect", "Maria Keller", ["to open the gate"]),
        ("Maria Keller denied the charge.", "indirect", "Maria Keller", ["the charge"]),
        ("Maria Keller called for talks with the inspectors.", "indirect", "Maria Keller", ["talks with the inspectors"]),
        ("According to Maria Keller, the gate will stay shut.", "indirect", "Maria Keller", ["the gate will stay shut"]),
        ("The gate will stay shut, according to the ministry.", "indirect", "ministry", ["The gate will stay shut"]),
        ("In the opinion of Maria Keller, the gate is too old.", "indirect", "Maria Keller", ["the gate is too old"]),
        ("The institute published a report stating that the gate is too old.", "indirect", "institute", ["that the gate is too old"]),
        ("“The gate stays shut,”said Maria Keller.", "direct", "Maria Keller", ["“The gate stays shut,”"]),
        ("Maria Keller said“The gate stays shut.”", "direct", "Maria Keller", ["“The gate stays shut.”"]),
        ("“The gate stays shut,” one of the guards said.", "direct", "one of the guards", ["“The gate stays shut,”"]),
        ("Activists warned that the gate might collapse.", "indirect", "activists", ["that the gate might collapse"]),
    ],
)
def test_construction(told: Tell, text: str, kind: str, speaker: str, pieces: list[str]) -> None:
    assert told(text) == [(kind, speaker, pieces)]


def test_reported_hearsay_has_no_speaker(told: Tell) -> None:
    assert told("The gate was reportedly opened at night.") == [("indirect", "", ["The gate was", "opened at night"])]


def test_passive_report(told: Tell) -> None:
    assert told("It was announced that the gate would stay shut.") == [("indirect", "", ["that the gate would stay shut"])]


def test_quotation_over_paragraphs_is_one_statement(told: Tell) -> None:
    text = "“The gate stays shut,” said Maria Keller. “Nobody has a key.\n\n“And nobody will get one.”\n\nThe road was empty."
    pieces = ["“The gate stays shut,”", "“Nobody has a key.", "“And nobody will get one.”"]
    assert told(text) == [("direct", "Maria Keller", pieces)]


def test_paragraph_with_a_colon_introduces_the_next(told: Tell) -> None:
    assert told("Maria Keller continued:\n\n“The gate stays shut.”") == [("direct", "Maria Keller", ["“The gate stays shut.”"])]


def test_quotation_in_a_quotation_is_no_statement_of_its_own(told: Tell) -> None:
    text = "“My father said ‘never again’ when the gate fell,” Maria Keller recalled."
    assert told(text) == [("direct", "Maria Keller", ["“My father said ‘never again’ when the gate fell,”"])]


def test_missing_closing_mark(told: Tell) -> None:
    text = "Maria Keller said: “The gate stays shut.\nThe road was empty."
    assert told(text) == [("direct", "Maria Keller", ["“The gate stays shut."])]


def test_dialogue_with_dashes(told: Tell) -> None:
    text = "— The gate stays shut, — said Maria Keller. — Nobody has a key."
    assert told(text) == [("direct", "Maria Keller", ["The gate stays shut,", "Nobody has a key."])]


def test_list_with_dashes_is_no_dialogue(told: Tell) -> None:
    assert told("- A gate, - two keys.\n- A road. - No cars.") == []


def test_signed_quotation(told: Tell) -> None:
    assert told("“The gate must go.” — Maria Keller") == [("direct", "Maria Keller", ["“The gate must go.”"])]


def test_transcript(told: Tell) -> None:
    text = "KELLER: Who has the key?\nROSSI: Nobody has it.\nKELLER: Then it stays shut.\n"
    assert [(speaker, pieces) for _, speaker, pieces in told(text)] == [
        ("KELLER", ["Who has the key?"]),
        ("ROSSI", ["Nobody has it."]),
        ("KELLER", ["Then it stays shut."]),
    ]


def test_titles_of_works_are_no_statements(told: Tell) -> None:
    assert told("She lent him a book, “The Last Winter,” and a lamp.") == []


def test_content_ends_before_the_writer_goes_on(told: Tell) -> None:
    text = "Maria Keller said the gate was safe, adding that the road was not."
    assert told(text) == [
        ("indirect", "Maria Keller", ["the gate was safe"]),
        ("indirect", "Maria Keller", ["that the road was not"]),
    ]


@pytest.mark.parametrize("tail", [", who have gone since", ", calling it a trap", " while the guards said nothing"])
def test_the_writers_own_clause_is_left_out(told: Tell, tail: str) -> None:
    own = "that it was built by soldiers"
    assert told(f"Maria Keller said {own}{tail}.")[0] == ("indirect", "Maria Keller", [own])


def test_dateline_and_update_are_cut(told: Tell) -> None:
    text = "Updated: 12 March 2024 10:30\nGENEVA (Newswire) — Maria Keller said the gate would stay shut."
    assert told(text) == [("indirect", "Maria Keller", ["the gate would stay shut"])]

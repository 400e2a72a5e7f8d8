"""Who speaks, who passes it on, and how it is meant."""

from __future__ import annotations

import pytest

from offramp.reading import Statement, read_text


def only(text: str) -> Statement:
    statements = read_text(text).statements
    assert len(statements) == 1, [text[slice(*span)] for one in statements for span in one.quote_spans]
    return statements[0]


@pytest.mark.parametrize(
    ("second", "speaker"),
    [
        ("“The road is closed,” Keller added.", "Maria Keller"),
        ("“The road is closed,” she added.", "Maria Keller"),
        ("“The road is closed,” Ms. Keller added.", "Maria Keller"),
        ("“The road is closed,” the minister added.", "Maria Keller"),
        ("“The road is closed,” Tomas Rossi added.", "Tomas Rossi"),
    ],
)
def test_full_name_for_what_stands_for_it(second: str, speaker: str) -> None:
    statements = read_text(f"“The gate stays shut,” Foreign Minister Maria Keller said.\n\n{second}").statements
    assert [one.speaker for one in statements] == ["Maria Keller", speaker]


def test_pronoun_takes_the_gender_of_a_title() -> None:
    text = "Mr. Tomas Rossi met Mrs. Maria Keller. “The gate stays shut,” she said. “The road is closed,” he said."
    assert [one.speaker for one in read_text(text).statements] == ["Maria Keller", "Tomas Rossi"]


def test_title_and_nationality_are_no_part_of_a_name() -> None:
    assert only("French President Anna Moreau said the gate would stay shut.").speaker == "Anna Moreau"


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("“The gate stays shut,” Maria Keller told the newspaper Daily Lantern.", "Maria Keller", ("Daily Lantern",)),
        ("“The gate stays shut,” Maria Keller told DW.", "Maria Keller", ("DW",)),
        ("“The gate stays shut,” Maria Keller said to Reuters.", "Maria Keller", ("Reuters",)),
        ("Maria Keller said in an interview with the Northern Times that the gate would stay shut.", "Maria Keller", ("Northern Times",)),
        ("The agency quoted the minister as saying that the gate would stay shut.", "minister", ("agency",)),
        ("The minister was quoted by Reuters as saying that the gate would stay shut.", "minister", ("Reuters",)),
        ("According to Reuters, Maria Keller said that the gate would stay shut.", "Maria Keller", ("Reuters",)),
        ("“The gate stays shut,” Maria Keller told reporters.", "Maria Keller", ()),
    ],
)
def test_relay(text: str, speaker: str, via: tuple[str, ...]) -> None:
    statement = only(text)
    assert (statement.speaker, statement.via) == (speaker, via)


def test_relays_nest() -> None:
    text = "The ministry said that Maria Keller had told guards that the gate would stay shut."
    outer, inner = read_text(text).statements
    assert (outer.speaker, outer.via) == ("ministry", ())
    assert (inner.speaker, inner.via) == ("Maria Keller", ("ministry",))
    assert inner.confidence < outer.confidence


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Maria Keller said that the gate was shut.", (False, False, False)),
        ("Maria Keller did not say that the gate was shut.", (True, False, False)),
        ("Maria Keller declined to say whether the gate was shut.", (True, False, False)),
        ("Maria Keller might say that the gate was shut.", (False, True, False)),
        ("If Maria Keller says that the gate is shut, nobody goes.", (False, True, False)),
        ("Maria Keller reportedly said that the gate was shut.", (False, False, True)),
        ("According to reports, Maria Keller said that the gate was shut.", (False, False, True)),
        ("According to reports, the gate was shut.", (False, False, True)),
    ],
)
def test_flags(text: str, flags: tuple[bool, bool, bool]) -> None:
    found = read_text(text).statements[-1]
    assert (found.negated, found.hypothetical, found.hearsay) == flags


def test_cue_and_speaker_have_their_places() -> None:
    text = "“The gate stays shut,” said Maria Keller."
    statement = only(text)
    assert statement.cue_span is not None
    assert statement.speaker_span is not None
    assert (text[slice(*statement.cue_span)], text[slice(*statement.speaker_span)]) == ("said", "Maria Keller")


def test_a_quotation_is_surer_than_an_object() -> None:
    assert only("“The gate stays shut,” said Maria Keller.").confidence > 0.9
    assert only("Maria Keller criticized the guards of the gate.").confidence < 0.9

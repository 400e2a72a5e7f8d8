"""The day of a saying: told beside the verb, on the occasion, by what went before, or by who publishes it."""

from __future__ import annotations

import pytest

from offramp.reading import read_text

TUESDAY = "2026-02-24"


def days(text: str, outlet: str = "") -> list[str]:
    return [one.said_on for one in read_text(text, TUESDAY, outlet).statements]


@pytest.mark.parametrize(
    "text",
    [
        "Maria Keller said on Monday that the gate was shut.",
        "On Monday, Maria Keller said that the gate was shut.",
        "Maria Keller on Monday denied that the gate was shut.",
        "Maria Keller told Reuters in an interview on Monday that the gate was shut.",
        "In an interview published on Monday, Maria Keller said that the gate was shut.",
        "In a letter sent to the town on Monday, Maria Keller said that the gate was shut.",
        "In a letter of 23 February, Maria Keller said that the gate was shut.",
        "Maria Keller, speaking on Monday, said that the gate was shut.",
        "Maria Keller met the guards on Monday and told them that the gate was shut.",
        "Maria Keller closed the bridge on Monday, saying that the gate was shut.",
        "Maria Keller was quoted on Monday as saying that the gate was shut.",
        "Reuters quoted Maria Keller as saying in an interview on Monday that the gate was shut.",
        "The institute published a paper on Monday stating that the gate was shut.",
        "The gate was shut, Maria Keller said yesterday.",
        "Maria Keller said Monday the gate was shut.",
        "When Maria Keller came to Lumen on Monday, she said that the gate was shut.",
        "The ministry issued a statement on Monday in which it denied that the gate was shut.",
        "KTV broadcast an interview on Monday in which Maria Keller said that the gate was shut.",
        "The ministry's statement on Monday said that the gate was shut.",
        "The report (February 23) said that the gate was shut.",
        "Maria Keller wrote (February 23) that the gate was shut.",
        "Maria Keller, in a text which the channel KTV published on Monday, threatened to shut the gate.",
    ],
)
def test_told(text: str) -> None:
    assert days(text)[-1] == "2026-02-23"


@pytest.mark.parametrize(
    "text",
    [
        "Maria Keller said that the gate was shut on Monday.",
        "One of the women who came out on Monday said that the gate was shut.",
        "A survey of guards on Monday showed that the gate was shut.",
        "Before Monday, Maria Keller told guards that the gate was shut.",
        "Since Monday, Maria Keller has said that the gate was shut.",
        "If Maria Keller said on Monday that the gate was shut, nobody heard it.",
        "Maria Keller, who was released on Monday, said that the gate was shut.",
        "Suppose Maria Keller announced tomorrow that the gate was shut.",
    ],
)
def test_other_days(text: str) -> None:
    assert days(text)[0] == ""


def test_what_has_just_been_said_was_said_on_the_day_of_the_report() -> None:
    assert days("Maria Keller has just told guards that the gate is shut.") == [TUESDAY]


@pytest.mark.parametrize(
    ("second", "day"),
    [
        ("She added that the road was safe.", "2026-02-23"),
        ("“The road is safe,” she said.", "2026-02-23"),
        ("Tomas Rossi replied that the road was safe.", "2026-02-23"),
        ("Tomas Rossi said that the road was safe.", ""),
        ("She says that the road is safe.", ""),
        ("She has not said that the road is safe.", ""),
        ("On Tuesday she said that the road was safe.", TUESDAY),
    ],
)
def test_who_goes_on_speaks_on_the_same_day(second: str, day: str) -> None:
    assert days(f"Ms. Maria Keller said on Monday that the gate was shut. {second}") == ["2026-02-23", day]


def test_publishers_speak_on_the_day_of_what_they_publish() -> None:
    text = "The Ministry of Roads rejects the claim that the gate is shut."
    assert days(text, "Ministry of Roads of Velland") == [TUESDAY]
    assert days(text, "The Harrow Post") == [""]


def test_a_transcript_has_its_day_and_an_interview_has_not() -> None:
    text = "\n\n".join(["Post: Is the gate shut?", "Keller: It is shut.", "Post: And the road?", "Keller: It is safe."])
    assert days(text, "The Harrow Herald") == [TUESDAY] * 4
    assert days(text, "Post") == [""] * 4


SAID = "Ms. Maria Keller said that the gate was shut."


@pytest.mark.parametrize(
    "opening",
    [
        "The Roads Committee heard evidence on Monday.",
        "The hearing began on Monday.",
        "The minister told MPs on Monday that the road was safe.",
        "Tomas Rossi told Monday’s meeting that the road was safe.",
        "On Monday a telephone conversation took place between the ministers.",
    ],
)
def test_what_is_said_in_a_sitting_is_said_on_its_day(opening: str) -> None:
    assert days(f"{opening}\n\n{SAID}")[-1] == "2026-02-23"
    assert days(f"{opening}\n\nMs. Maria Keller has said that the gate was shut.")[-1] == ""
    assert days(f"{opening}\n\nMs. Maria Keller told Reuters that the gate was shut.")[-1] == ""


@pytest.mark.parametrize(
    "opening",
    [
        "The bridge fell on Monday.",
        "The trial of the guards opened on Monday.",
        "The Supreme Court shut the bridge on Monday.",
        "The Roads Committee heard evidence on 3 January.",
    ],
)
def test_not_every_day_is_that_of_a_sitting(opening: str) -> None:
    assert days(f"{opening}\n\n{SAID}") == [""]


def test_what_a_release_quotes_is_said_on_its_day() -> None:
    text = f"LUMEN (24 February 2026) – Experts* today urged guards to shut the gate.\n\n{SAID}"
    assert days(text, "Ministry of Roads") == [TUESDAY, TUESDAY]
    assert days(text, "The Harrow Post") == [TUESDAY, ""]


def test_a_publisher_speaks_of_what_it_says_and_not_of_what_it_does_not() -> None:
    assert days("Lamp does not comment on the gate.", "Lamp") == [""]
    assert days("Lamp asks guards to shut the gate.", "Lamp") == [TUESDAY]
    assert days("A survey by Open Lamp Watch showed that the gate was shut.", "Open Lamp Watch") == [""]

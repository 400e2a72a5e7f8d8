"""How far what was said reaches past the words that the parser hangs on its verb: sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Tell = Callable[[str], list[tuple[str, str, list[str]]]]


def first(told: Tell, text: str) -> list[str]:
    """Return the words of the first statement of a text."""
    return told(text)[0][2]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Mrs. Keller has a view of Mr. Rossi’s plan, vowing to match and in places exceed it.", "to match and in places exceed it"),
        ("Keller never promised to open the gate or even announce that it was old.", "to open the gate or even announce that it was old"),
        ("On Monday, she declined to name Port or even directly declare it guilty.", "to name Port or even directly declare it guilty"),
    ],
)
def test_infinitives_in_a_row(told: Tell, text: str, pieces: str) -> None:
    assert first(told, text) == [pieces]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Keller has also praised working mothers and forcing landlords to pay.", "working mothers and forcing landlords to pay"),
        (
            "The candidate boasted of his bargaining skills in whittling three million off the price.",
            "his bargaining skills in whittling three million off the price",
        ),
        ("He disclosed the odd spectacle of her brother making a fortune.", "the odd spectacle of her brother making a fortune"),
        ("The mayor spoke about the gate and how many guards can slip through.", "the gate and how many guards can slip through"),
        ("The mayor spoke about the gate, and where it stood.", "the gate"),
        ("He rebutted her accusation that guards, tired of work, were late.", "her accusation that guards, tired of work, were late"),
        ("Keller mentioned the debts, hoping for help.", "the debts"),
    ],
)
def test_what_belongs_to_an_object(told: Tell, text: str, pieces: str) -> None:
    assert first(told, text) == [pieces]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Keller said the mine was closed while the guards were at war.", "the mine was closed while the guards were at war"),
        ("Keller says the north is rich, while the south is poor.", "the north is rich, while the south is poor"),
        ("Keller said the gate was old, while the mayor said it was new.", "the gate was old"),
    ],
)
def test_while_goes_on_unless_somebody_else_speaks(told: Tell, text: str, pieces: str) -> None:
    assert first(told, text) == [pieces]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "The study found that the rules either did not help or flatly contradicted the law.",
            "that the rules either did not help or flatly contradicted the law",
        ),
        ("Keller said she searched the hall and found that the gate was open.", "she searched the hall and found that the gate was open"),
        ("Keller said that the gate was old, but she urged the guards to stay.", "that the gate was old"),
    ],
)
def test_whose_second_verb_it_is(told: Tell, text: str, pieces: str) -> None:
    assert first(told, text) == [pieces]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Maria Keller called her fallen brother her hero.", "her fallen brother her hero"),
        ("Maria Keller called her vote in favour of the old gate a mistake.", "her vote in favour of the old gate a mistake"),
        ("The ministry dismissed the film as a trick in a letter to the station.", "the film as a trick"),
        ("Maria Keller denounced the sale of the gate on Twitter.", "the sale of the gate"),
    ],
)
def test_a_thing_and_its_name_without_the_occasion(told: Tell, text: str, pieces: str) -> None:
    assert first(told, text) == [pieces]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("The paint of the gate (yellow in the spring, Maria Keller says) is gone.", "yellow in the spring"),
        ("The guild (it has forty members, according to Maria Keller) left.", "it has forty members"),
        ("And the gate is safe, according to Maria Keller.", "the gate is safe"),
    ],
)
def test_attribution_in_a_bracket_is_of_what_stands_in_it(told: Tell, text: str, pieces: str) -> None:
    assert first(told, text) == [pieces]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Maria Keller has said as much.", "as much"),
        ("A third of the guards said the same of Anna Rossi.", "the same of Anna Rossi"),
        ("Maria Keller referred to Article 9 of the rules.", "Article 9 of the rules"),
    ],
)
def test_pointers_to_what_was_said(told: Tell, text: str, pieces: str) -> None:
    assert first(told, text) == [pieces]


@pytest.mark.parametrize(
    "text",
    [
        "Maria Keller’s remarks on Saturday were long.",
        "The term refers to a gate.",
    ],
)
def test_nothing_is_said(told: Tell, text: str) -> None:
    assert told(text) == []


def test_gloss_of_a_quotation_is_no_statement(told: Tell) -> None:
    assert len(told("“It is old,” Maria Keller said, referring to the two gates.")) == 1


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Maria Keller said the town needs a wall, which protects the mine.", "the town needs a wall, which protects the mine"),
        ("Maria Keller said the town needs a wall, which fell on Monday.", "the town needs a wall"),
        ("Maria Keller said the town needs a wall, which Rossi says is dear.", "the town needs a wall"),
        ("Maria Keller said the town trusts Anna Rossi, who is 70.", "the town trusts Anna Rossi"),
        ("Maria Keller said the town needs guards, who have gone since.", "the town needs guards"),
        ("Maria Keller denounced the wall, which is in ruins.", "the wall"),
    ],
)
def test_relative_clause_of_a_thing_within_a_clause(told: Tell, text: str, pieces: str) -> None:
    assert first(told, text) == [pieces]

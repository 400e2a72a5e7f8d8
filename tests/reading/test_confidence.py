"""How sure a statement is: quotations before clauses, clauses before objects, less for what is short, nobody's or within another."""

from __future__ import annotations

import pytest


def sure(text: str) -> float:
    """Return the confidence of the last statement of a text."""
    from offramp.reading import read_text

    return read_text(text).statements[-1].confidence


@pytest.mark.parametrize(
    ("surer", "less"),
    [
        ("“The gate stays shut,” said Maria Keller.", "Maria Keller said that the gate stays shut."),
        ("Maria Keller said that the gate stays shut.", "Maria Keller denied the old charge of theft."),
        ("Maria Keller denied the old charge of theft.", "Maria Keller denied the charge."),
        ("Maria Keller said that the gate stays shut.", "It was announced that the gate stays shut."),
        ("Guards told Maria Keller that the gate was safe.", "The report says guards told Maria Keller that the gate was safe."),
    ],
)
def test_order(surer: str, less: str) -> None:
    assert 1 > sure(surer) > sure(less) > 0.3

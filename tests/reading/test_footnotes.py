"""Marks of footnotes are not read, and places stay those of the text."""

import pytest

from offramp.reading import read_text


def read(text: str) -> list[tuple[str, str, str]]:
    found = read_text(text).statements
    return [(one.speaker, text[slice(*one.cue_span or (0, 0))], " … ".join(text[a:b] for a, b in one.quote_spans)) for one in found]


@pytest.mark.parametrize("mark", ["[44]", "[4, 5]", "[12–14]", "[8][9]", "¹²"])
def test_after_a_full_stop(mark: str):
    first = ("Mara Quill", "said", "that a device was kept “behind the stove”")
    second = ("", "is also said", "that a room was soundproofed")
    text = f"Mara Quill said that a device was kept “behind the stove”.{mark} It is also said that a room was soundproofed."
    assert read(text) == [first, second]


def test_within_a_sentence():
    text = "The guard[3] said that the gate[4] stays shut. “We wait,”[5] she added."
    assert read(text) == [("guard", "said", "that the gate[4] stays shut"), ("guard", "added", "“We wait,”")]


def test_what_is_no_mark_stays():
    text = "The cell measures 12 m² and houses [sic] nine, Mara Quill said."
    assert read(text) == [("Mara Quill", "said", "The cell measures 12 m² and houses [sic] nine")]

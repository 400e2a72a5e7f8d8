"""Invented sayings, and what a way of linking them gets right: `tests/sayings/pairs.txt` and `tests/news`.

``python tests/tellings.py`` prints the figures of docs/evaluation.md, and for the parts that are named what is missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import newsset
from offramp.sayings.link import Settings, link
from offramp.sayings.records import Saying

PAIRS = Path(__file__).parent / "sayings" / "pairs.txt"


@dataclass(frozen=True)
class Pair:
    """Two sayings, by their places among all of their part, and whether they render one utterance."""

    one: int
    other: int
    is_same: bool


@dataclass(frozen=True)
class Score:
    """Links that are right, links in all, and links that there should be."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of the links that are right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the links that were found."""
        return self.right / self.wanted


def read_pairs(part: str) -> tuple[list[Saying], list[Pair]]:
    """Return the sayings of a part, each of a report of its own, and the pairs among them."""
    sayings: list[Saying] = []
    pairs: list[Pair] = []
    for block in re.split(r"\n\s*\n", PAIRS.read_text(encoding="utf-8")):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if not lines or lines[0].split()[0] != part:
            continue
        pairs.append(Pair(len(sayings), len(sayings) + 1, lines[0].split()[1] == "same"))
        for line in lines[1:]:
            speaker, said_on, kind, words = (field.strip() for field in line.split("|"))
            number = len(sayings)
            reported = said_on or "2031-04-13"
            sayings.append(Saying(f"s{number}", f"r{number}", words, kind, f"Outlet {number}", "en", reported, said_on, speaker=speaker))
    return sayings, pairs


def linked_pairs(sayings: list[Saying], settings: Settings | None = None) -> set[tuple[int, int]]:
    """Return every two sayings that stand in one group."""
    groups = link(sayings, settings).groups
    return {(min(a, b), max(a, b)) for group in groups for a in group for b in group if a != b}


def score(sayings: list[Saying], pairs: Iterable[Pair], settings: Settings | None = None) -> Score:
    """Return how many links are right; sayings of different pairs are never the same."""
    found = linked_pairs(sayings, settings)
    wanted = {(pair.one, pair.other) for pair in pairs if pair.is_same}
    return Score(len(found & wanted), len(found), len(wanted))


def read_news() -> tuple[list[Saying], set[tuple[int, int]]]:
    """Return the annotated statements of `tests/news`, and every two of different texts that are annotated as one saying."""
    sayings, names = [], []
    for text in newsset.load():
        for number, told in enumerate(text["statements"], 1):
            sayings.append(_annotated(text, number, told))
            names.append(told.get("saying"))
    pairs = combinations(range(len(sayings)), 2)
    return sayings, {(a, b) for a, b in pairs if names[a] and names[a] == names[b] and sayings[a].source != sayings[b].source}


def _annotated(text: dict[str, Any], number: int, told: dict[str, Any]) -> Saying:
    return Saying(
        id=f"{text['doc_id']}:{number}",
        source=text["doc_id"],
        words=" [...] ".join(text["text"][start:end] for start, end in told["quote_spans"]),
        kind=told["kind"],
        outlet=text["outlet"],
        language="en",
        reported=text["date"],
        said_on=told["said_on"],
        spans=tuple((start, end) for start, end in told["quote_spans"]),
        speaker=told["speaker"],
        via=tuple(told["via"]),
        names=tuple(told["speaker_aliases"]),
    )


def across(sayings: list[Saying], settings: Settings | None = None) -> set[tuple[int, int]]:
    """Return every two sayings of different reports that stand in one group."""
    return {(a, b) for a, b in linked_pairs(sayings, settings) if sayings[a].source != sayings[b].source}


def score_news(settings: Settings | None = None) -> Score:
    """Return how many links of the annotated statements are right."""
    sayings, wanted = read_news()
    found = across(sayings, settings)
    return Score(len(found & wanted), len(found), len(wanted))


def show(sayings: list[Saying], found: set[tuple[int, int]], wanted: set[tuple[int, int]]) -> None:
    """Print what is missed, and what is wrong."""
    for kind, there in (("missed", wanted - found), ("wrong", found - wanted)):
        for a, b in sorted(there):
            print(f"  {kind}: {sayings[a].words}\n     {sayings[b].words}")


if __name__ == "__main__":
    import sys

    for part in ("dev", "held", "late", "last"):
        sayings, pairs = read_pairs(part)
        told = score(sayings, pairs)
        print(f"{part}: {len(pairs)} pairs, precision {told.precision:.2f}, recall {told.recall:.2f}, {told}")
        if part in sys.argv[1:]:
            show(sayings, linked_pairs(sayings), {(pair.one, pair.other) for pair in pairs if pair.is_same})
    told = score_news()
    print(f"news: precision {told.precision:.2f}, recall {told.recall:.2f}, {told}")
    if "news" in sys.argv[1:]:
        sayings, wanted = read_news()
        show(sayings, across(sayings), wanted)

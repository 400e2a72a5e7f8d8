"""Annotated sentences for the reading of spans: the words in brackets, what they mean in parentheses after them; and their scores."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from offramp.reading.parsed import Doc

FOLDER = Path(__file__).parent
_MARK = re.compile(r"\[([^\]\n]+)\]\(((?:[^()\n]|\([^()\n]*\))*)\)")


@dataclass(frozen=True)
class Sentence:
    text: str
    dated: str
    marks: tuple[tuple[int, int, str], ...]


@dataclass
class Score:
    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, right: int, found: int, gold: int) -> None:
        self.right, self.found, self.gold = self.right + right, self.found + found, self.gold + gold

    @property
    def f1(self) -> float:
        return 200 * self.right / (self.found + self.gold) if self.found + self.gold else 100.0


def sentences(name: str) -> Iterator[Sentence]:
    """Read a file: a line is a sentence; a line with only a date is the day of the reports after it; # begins a remark."""
    dated = "2026-02-11"
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if re.fullmatch(r"\d{4}-\d\d-\d\d", line):
            dated = line
        elif line and not line.startswith("#"):
            yield _sentence(line, dated)


def _sentence(line: str, dated: str) -> Sentence:
    text, marks, last = "", [], 0
    for match in _MARK.finditer(line):
        text += line[last : match.start()]
        marks.append((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        last = match.end()
    return Sentence(text + line[last:], dated, tuple(marks))


def score_dates(name: str) -> Score:
    """Score dates by place and value, as the project's scorer does: overlapping words and the same EDTF."""
    from offramp.reading.dates import find_dates

    score = Score()
    for sentence in sentences(name):
        gold = [(start, end, iso) for start, end, isos in sentence.marks for iso in isos.split(";")]
        found = list(find_dates(sentence.text, sentence.dated))
        left = list(found)
        for start, end, iso in gold:
            hit = next((one for one in left if one.span[0] < end and start < one.span[1] and one.iso == iso), None)
            if hit:
                left.remove(hit)
        score.add(len(found) - len(left), len(found), len(gold))
    return score


def score_legal(name: str) -> Score:
    """Score the names of legal references, once each for a line."""
    from offramp.reading.legal import find_legal

    score = Score()
    for sentence in sentences(name):
        gold = {mark for _, _, mark in sentence.marks}
        found = {one.name for one in find_legal(sentence.text)}
        score.add(len(gold & found), len(found), len(gold))
    return score


KINDS = {"person": "p", "group": "g", "organisation": "o", "place": "l"}


def score_mentions(name: str, parse: Callable[[str], Doc]) -> Score:
    """Score names with their kinds, once each for a line, letter case aside."""
    from offramp.reading.actors import find_mentions

    score = Score()
    for sentence in sentences(name):
        gold = {mark.lower() for _, _, mark in sentence.marks}
        found = {f"{KINDS[one.kind]} {one.name.lower()}" for one in find_mentions(parse(sentence.text))}
        score.add(len(gold & found), len(found), len(gold))
    return score

"""Annotated sentences for the reading of spans: the words in brackets, what they mean in parentheses after them; and their scores."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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

"""Who and what a text named, by the nouns that may take them up again."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator

from offramp.reading.nametables import BODIES, PEOPLE, words
from offramp.reading.parsed import Parsed
from offramp.reading.patterns import compiled
from offramp.reading.records import Mention

_NOUN_BEFORE = compiled(r"\b([a-z]+),?\s+(?:[Tt]he\s+)?$")
_NOUN_RIGHT = compiled(r"\s+((?:news\s+)?[a-z]+)\b")
_NOUN_BEHIND = compiled(r"(?:\s*\([\w.-]{2,12}\))?,\s+(?:an?|the|its|their)\s+((?:[\w-]+\s+){0,3}[a-z]+)")
_SAME = {
    noun: row.split()
    for row in (
        "newspaper daily weekly paper magazine outlet",
        "broadcaster station channel television outlet",
        "agency outlet",
        "site website outlet",
        "company firm airline manufacturer",
        "group organisation organization charity ngo network",
        "institute foundation university",
        "party alliance coalition",
    )
    for noun in row.split()
}
"""Nouns that take one another up: "the daily The Mirror … the newspaper"."""
_ANY_BODY = words("group organisation organization company firm party charity")
_PARTIES = words("party list movement front bloc union alliance league democrats socialists greens liberals labour conservatives coalition")
_OF_THE_STATE = words(
    """
    ministry government court commission council parliament police army navy forces department office senate congress assembly agency
    newspaper nations union embassy directorate intelligence guard
    """
)
_NEAR = 800
"""How far back, in characters, "the company" and the like take up a name."""


class Memory:
    """The named mentions of one text, each under the nouns in its name, its title and beside it.

    Parameters
    ----------
    parsed : Parsed
        The parsed text.
    """

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.at: dict[int, Mention] = {}
        """What is named at the offset of each word of a name."""
        self._last: dict[tuple[str, str], list[tuple[int, str]]] = {}
        """By kind and noun: where somebody or something was named with that noun, and the name."""
        self._told: dict[tuple[str, str], set[str]] = {}
        self._persons: list[tuple[int, str]] = []
        self._bodies: dict[str, list[tuple[int, str]]] = {}

    def remember(self, mention: Mention, title: str = "") -> None:
        """Take in a named mention, with the title before it."""
        for token in self.parsed.within(mention.span):
            self.at[token.idx] = mention
        told = self._titles(mention, title) if mention.kind == "person" else f"{mention.name} {self._described(mention)}"
        nouns, place = {*told.lower().split()}, (mention.span[0], mention.name)
        nouns |= {"station", "broadcaster", "channel"} if nouns & {"radio", "tv", "television"} else set()
        for noun in nouns:
            insort(self._last.setdefault((mention.kind, noun), []), place)
            self._told.setdefault((mention.kind, noun), set()).add(mention.name)
        if mention.kind == "person":
            insort(self._persons, place)
        for sort in _sorts(nouns) if mention.kind == "organisation" else ():
            insort(self._bodies.setdefault(sort, []), place)

    def _titles(self, mention: Mention, title: str) -> str:
        """Return the title before a name, and the nouns for people beside it ("spokesman Dmitry Peskov", "Lubinets, the ombudsman")."""
        head = self.parsed.head(mention.span)
        near = [*head.lefts, *head.rights, *([head.head] if head.dep_ == "appos" else [])] if head else []
        beside = [word.text.lower() for word in near if word.dep_ in ("compound", "appos", "nmod") or head.dep_ == "appos"] if head else []
        return " ".join([title, *(word for word in beside if word in PEOPLE)])

    def _described(self, mention: Mention) -> str:
        """Return the nouns for bodies right before or behind a name: "the daily The Mirror", "KQT, a broadcaster", "Mirror newspaper"."""
        start, end = mention.span
        before = _NOUN_BEFORE.search(self.parsed.text, max(0, start - 30), start)
        behind = _NOUN_BEHIND.match(self.parsed.text, end, end + 60)
        right = _NOUN_RIGHT.match(self.parsed.text, end, end + 30)
        near = [match[1] for match in (before, behind, right) if match]
        told = {noun for words in near for noun in words.split() if noun in BODIES or noun in _SAME}
        return " ".join({*told, *(other for noun in told for other in _SAME.get(noun, ()))})

    def last(self, kind: str, noun: str, before: int) -> str:
        """Return who was named last with a noun before a place."""
        return _before(self._last.get((kind, noun), []), before)

    def only(self, kind: str, noun: str) -> str:
        """Return who is named with a noun later, if the text names one only."""
        told = self._told.get((kind, noun), set())
        return next(iter(told)) if len(told) == 1 else ""

    def person_before(self, before: int) -> str:
        """Return the person named last before a place."""
        return _before(self._persons, before)

    def of_that_sort(self, noun: str, before: int) -> str:
        """Return the body named last, for a noun that any body of its sort is called by: "the party", "the company", "the group"."""
        bodies = self._bodies.get("party" if noun == "party" else "any", []) if noun in _ANY_BODY else []
        place = bisect_left(bodies, (before, "")) - 1
        return bodies[place][1] if place >= 0 and before - bodies[place][0] < _NEAR else ""

    def apposed(self, mention: Mention) -> str:
        """Return the person whom a phrase stands beside: "Lubinets, Ukraine's ombudsman", "the ombudsman, Dmytro Lubinets"."""
        head = self.parsed.head(mention.span) if mention.kind == "person" else None
        if head is None:
            return ""
        others = [head.head.idx] if head.dep_ == "appos" else [right.idx for right in head.rights if right.dep_ == "appos"]
        return next((self.at[idx].name for idx in others if idx in self.at and self.at[idx].kind == "person"), "")


def _before(told: list[tuple[int, str]], before: int) -> str:
    place = bisect_left(told, (before, "")) - 1
    return told[place][1] if place >= 0 else ""


def _sorts(nouns: set[str]) -> Iterator[str]:
    if nouns & _PARTIES:
        yield "party"
    if not nouns & _OF_THE_STATE:
        yield "any"

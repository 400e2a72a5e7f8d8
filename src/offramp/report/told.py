"""The records of a story: everything a brief says, in words and in order, without markup."""

from __future__ import annotations

from dataclasses import dataclass

from offramp.report.words import Text


@dataclass(frozen=True)
class Point:
    """A question of the first screen and what answers it, a line each."""

    question: str
    answers: tuple[Text, ...]


@dataclass(frozen=True)
class Glance:
    """A way out in one row: its moves, how often, what follows in all ends and in some, its warnings."""

    way: Text
    moves: Text
    cells: Text
    ends: tuple[Text, ...]
    warnings: tuple[Text, ...]


@dataclass(frozen=True)
class Answer:
    """The first screen."""

    lead: Text
    points: tuple[Point, ...]
    glances: tuple[Glance, ...]
    more: Text
    grid: Text


@dataclass(frozen=True)
class Row:
    """An outcome in one row; what it is, whether it lasts, what the law and people have of it."""

    kind: str
    title: str
    cells: Text
    what: tuple[Text, ...]
    lasts: tuple[Text, ...]
    law: tuple[Text, ...]
    people: tuple[Text, ...]
    code: str


@dataclass(frozen=True)
class Way:
    """A way out in full."""

    id: str
    title: Text
    count: Text
    steps: tuple[Text, ...]
    verdict: Text
    rows: tuple[Row, ...]
    more: Text


@dataclass(frozen=True)
class Judged:
    """A judgement: in words, as written, on what basis, because of which words."""

    id: str
    words: Text
    formula: str
    basis: str
    is_contested: bool
    refs: Text
    note: str


@dataclass(frozen=True)
class Group:
    """Judgements of one kind under a heading of level 3 or 4; numbered where their order counts."""

    id: str
    title: str
    level: int
    intro: str
    is_ordered: bool
    items: tuple[Judged, ...]


@dataclass(frozen=True)
class ClaimTold:
    """A claim put to the test."""

    id: str
    judged: Judged
    said_by: str
    tested: Text
    counts: tuple[tuple[str, Text], ...]
    where: tuple[Text, ...]
    notes: tuple[Text, ...]


@dataclass(frozen=True)
class Quoted:
    """A statement: exact words, who said them, where they stand."""

    id: str
    number: int
    quote: str
    before: str
    after: str
    language: str
    who: str
    facts: tuple[str, ...]
    source: str
    url: str
    place: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """A whole case told to one audience.

    Parameters
    ----------
    title, audience : str
        The case's title; ``public`` or ``internal``.
    about : tuple of str
        Date of the case, date of the last fact, for whom.
    purpose : str
        What this is, and that it is no legal advice.
    warning : str
        For a telling that must not be passed on; else empty.
    basis : Text
        How many judgements are stated, inferred and assumed.
    shares : tuple of (str, int)
        The same for a picture.
    answer : Answer
    ways : tuple of Way
    more_ways : Text
        What is not told in full; else empty.
    claims : tuple of ClaimTold
    status_quo : Row
    groups : tuple of Group
        The judgements.
    words : tuple of Quoted
        Every statement that a judgement rests on, in the order of their use.
    withheld : Text
        How many are not shown; else empty.
    limits : tuple of Text
    reading : tuple of (str, str)
        Words of the field with their meaning.
    cite : str
        Where the case is from; else empty.
    """

    title: str
    audience: str
    about: tuple[str, ...]
    purpose: str
    warning: str
    basis: Text
    shares: tuple[tuple[str, int], ...]
    answer: Answer
    ways: tuple[Way, ...]
    more_ways: Text
    claims: tuple[ClaimTold, ...]
    status_quo: Row
    groups: tuple[Group, ...]
    words: tuple[Quoted, ...]
    withheld: Text
    limits: tuple[Text, ...]
    reading: tuple[tuple[str, str], ...]
    cite: str

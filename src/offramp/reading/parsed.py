"""What is needed of a parsed text: so little that no language model has to be there to check or test the code."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Protocol

from offramp.reading.nametables import words
from offramp.reading.records import Span


class Token(Protocol):
    """A word of a parsed text, as spaCy has it."""

    @property
    def text(self) -> str: ...
    @property
    def idx(self) -> int: ...
    @property
    def i(self) -> int: ...
    @property
    def pos_(self) -> str: ...
    @property
    def tag_(self) -> str: ...
    @property
    def dep_(self) -> str: ...
    @property
    def lemma_(self) -> str: ...
    @property
    def ent_type_(self) -> str: ...
    @property
    def head(self) -> Token: ...
    @property
    def lefts(self) -> Iterator[Token]: ...
    @property
    def rights(self) -> Iterator[Token]: ...


class Doc(Protocol):
    """A parsed text: its tokens in order, and the text they come from."""

    @property
    def text(self) -> str: ...
    def __len__(self) -> int: ...
    def __getitem__(self, place: int) -> Token: ...


class Parsed:
    """A parsed text that tells the token at an offset."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = doc.text
        self.tokens: list[Token] = [doc[place] for place in range(len(doc))]
        self.starts = [token.idx for token in self.tokens]

    def at(self, offset: int) -> Token | None:
        """Return the token that holds an offset."""
        place = bisect_right(self.starts, offset) - 1
        return self.tokens[place] if place >= 0 else None

    def within(self, span: Span) -> Sequence[Token]:
        """Return the tokens that begin inside a span."""
        first = bisect_right(self.starts, span[0] - 1)
        return self.tokens[first : bisect_right(self.starts, span[1] - 1)]

    def head(self, span: Span) -> Token | None:
        """Return the token of a span whose head lies outside it."""
        tokens = self.within(span)
        outside = [token for token in tokens if not span[0] <= token.head.idx < span[1] or token.head.i == token.i]
        return outside[-1] if outside else (tokens[-1] if tokens else None)

    @cached_property
    def headings(self) -> list[Span]:
        """Lines in which nearly every long word has a capital letter and no sentence ends: capitals tell nothing there."""
        spans, start = [], 0
        for line in self.text.splitlines(keepends=True):
            words = [word for word in line.split() if len(word) > 3]
            capital = sum(word.lstrip("“\"'‘(")[:1].isupper() for word in words)
            ended = line.rstrip()[-1:] in '.!,;:”"'
            if 2 + 3 * ended < len(words) <= 20 and capital >= (0.9 if ended else 0.75) * len(words):
                spans.append((start, start + len(line)))
            start += len(line)
        return spans

    def in_heading(self, offset: int) -> bool:
        """Say whether an offset lies in a heading."""
        place = bisect_right(self.headings, (offset, len(self.text) + 1)) - 1
        return place >= 0 and offset < self.headings[place][1]


_STANDS_FOR_PLACE = words(
    """
    in at into near through across inside outside toward towards around throughout within
    """
)
_GONE_TO = words(
    """
    leave visit enter invade reach bomb strike attack cross tour flee bombard shell liberate occupy capture retake hit seize annex
    escape defend control
    """
)
_TALKED = words(
    """
    tell ask accuse urge criticise criticize warn blame thank press call allow force quote praise condemn support help back join
    pay charge sue persuade convince inform sanction arm
    """
)


def acts(token: Token) -> bool:
    """Say whether the head word of a name or noun phrase does something, or has something done or said to it.

    Subjects do; so do those after "by" and "according to", and the objects of verbs of speaking and dealing.
    """
    role = token.dep_
    if role in ("nsubj", "nsubjpass", "agent", "csubj"):
        return True
    if role == "conj" and token.head.i != token.i and token.head.i < token.i:
        return acts(token.head) if token.head.pos_ in ("PROPN", "NOUN", "PRON") else False
    if role in ("dobj", "dative", "iobj"):
        return token.head.lemma_.lower() in _TALKED
    if role == "pobj":
        return _after_preposition(token)
    return role == "poss" and token.head.lemma_.lower() in (
        "decision",
        "refusal",
        "silence",
        "demand",
        "offer",
        "position",
        "request",
        "claim",
        "statement",
        "response",
        "reply",
        "plan",
        "policy",
        "doctrine",
    )


def _after_preposition(token: Token) -> bool:
    word = token.head.text.lower()
    if word == "by":
        return token.head.dep_ == "agent" or token.head.head.pos_ in ("VERB", "NOUN")
    if word == "to":
        return token.head.head.text.lower() == "according"
    return word in ("between", "with", "from") and token.head.head.lemma_.lower().removesuffix("s") in (
        "talk",
        "negotiation",
        "communication",
        "relation",
        "tie",
        "accord",
        "exchange",
        "agreement",
        "deal",
        "meeting",
        "dialogue",
        "demand",
        "pressure",
        "statement",
    )


def is_place_use(token: Token) -> bool:
    """Say whether the words around a state or city speak of it as a place ("in Kyiv", "visited Seoul")."""
    if token.dep_ == "pobj":
        return token.head.text.lower() in _STANDS_FOR_PLACE
    return token.dep_ == "dobj" and token.head.lemma_.lower() in _GONE_TO

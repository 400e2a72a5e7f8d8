"""Speakers under the names of the bodies that a text points back to: "his party", "the company", "a spokesman" named below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from offramp.reading.patterns import compiled
from offramp.reading.records import Mention, Statement

_ARTICLE = compiled(r"(?:the|an?|his|her|its|their|this|that)\s+", re.IGNORECASE)


def with_names(text: str, statements: Iterable[Statement], mentions: Sequence[Mention], outlet: str = "") -> Iterator[Statement]:
    """Yield the statements, a speaker told by a noun under the name that the noun stands for.

    Parameters
    ----------
    text : str
        The text.
    statements : iterable of Statement
        Its statements.
    mentions : sequence of Mention
        Who and what it names.
    outlet : str
        Who published it: an agency that calls nobody "the agency" but others.
    """
    bodies = (one for one in mentions if one.kind == "organisation" and one.name[:1].isupper() and one.name != outlet)
    whole = {one.span[1]: one for one in bodies if one.name != text[slice(*one.span)]}
    for one in statements:
        body = whole.get(one.speaker_span[1]) if one.speaker_span else None
        yield replace(one, speaker=body.name) if body is not None and _points(text, one, body) else one


def _points(text: str, one: Statement, body: Mention) -> bool:
    """Whether the speaker's words are those of the mention, and no name themselves."""
    assert one.speaker_span is not None
    start, end = one.speaker_span
    article = _ARTICLE.match(text, start, end)
    bare = article.end() if article else start
    return one.speaker.islower() and body.span[0] in {start, bare} and one.speaker in text[start:end].lower()

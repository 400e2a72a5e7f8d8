"""What reading a text gives: statements, mentions, dates; all as places in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Span = tuple[int, int]
"""Code points of the stored text, end exclusive."""


@dataclass(frozen=True)
class Statement:
    """Words that the text attributes to somebody.

    Parameters
    ----------
    quote_spans : tuple of Span
        The words, in text order; several where the attribution or a paragraph end interrupts them.
    cue_span : Span or None
        What says that these are somebody's words, such as ``said`` or ``according to``.
    speaker_span : Span or None
        Who is named as the speaker at this place.
    kind : str
        ``direct`` (all between quotation marks), ``indirect`` (none) or ``mixed``.
    speaker : str
        Canonical name within the document; empty when nobody is named.
    via : tuple of str
        Who relays the words, outermost first.
    said_on : str
        When it was said, as in EDTF; empty when unknown.
    negated, hypothetical, hearsay : bool
        "did not say", "might say", "reportedly said".
    confidence : float
        Share of statements of this make that were right on development data, in [0, 1].
    """

    quote_spans: tuple[Span, ...]
    cue_span: Span | None
    speaker_span: Span | None
    kind: str
    speaker: str = ""
    via: tuple[str, ...] = ()
    said_on: str = ""
    negated: bool = False
    hypothetical: bool = False
    hearsay: bool = False
    confidence: float = 0.0


@dataclass(frozen=True)
class Mention:
    """A person, group, organisation or place, and where the text names it.

    `kind` is ``person``, ``group`` (people without a name of their own, a
    people, a state where it acts), ``organisation`` or ``place``. `acts` says
    that the words around it make it do or undergo something in its own name,
    rather than only tell where something is or whose it is.
    """

    span: Span
    name: str
    kind: str
    acts: bool = False


@dataclass(frozen=True)
class DateMention:
    """A date in the text and its EDTF form, at the precision that the text has."""

    span: Span
    iso: str


@dataclass(frozen=True)
class LegalReference:
    """A provision that the text names, such as ``CAT art. 3``."""

    span: Span
    name: str


@dataclass(frozen=True)
class ReadText:
    """A text and what was read in it.

    Examples
    --------
    >>> ReadText("Nothing.").neutral("d1")["statements"]
    []
    """

    text: str
    statements: tuple[Statement, ...] = ()
    dates: tuple[DateMention, ...] = ()
    actors: tuple[Mention, ...] = ()
    organisations: tuple[Mention, ...] = ()
    places: tuple[Mention, ...] = ()
    legal_refs: tuple[LegalReference, ...] = ()

    def neutral(self, doc_id: str) -> dict[str, Any]:
        """Return the neutral form of annotated news, with keys of our own added.

        Parameters
        ----------
        doc_id : str
            Name of the document in the form.

        Returns
        -------
        dict
            JSON types only. ``via`` is the outermost relay; ``via_chain`` has all of them.
        """
        return {
            "doc_id": doc_id,
            "text": self.text,
            "statements": [_neutral_statement(statement) for statement in self.statements],
            "dates": [{"span": list(date.span), "iso": date.iso} for date in self.dates],
            "actors": _names(self.actors),
            "organisations": _names(self.organisations),
            "places": _names(self.places),
            "legal_refs": list(dict.fromkeys(reference.name for reference in self.legal_refs)),
        }


def _neutral_statement(statement: Statement) -> dict[str, Any]:
    return {
        "quote_spans": [list(span) for span in statement.quote_spans],
        "cue_span": list(statement.cue_span) if statement.cue_span else None,
        "speaker_span": list(statement.speaker_span) if statement.speaker_span else None,
        "kind": statement.kind,
        "speaker": statement.speaker,
        "via": statement.via[0] if statement.via else "",
        "via_chain": list(statement.via),
        "said_on": statement.said_on,
        "negated": statement.negated,
        "hypothetical": statement.hypothetical,
        "hearsay": statement.hearsay,
        "confidence": round(statement.confidence, 3),
    }


def _names(mentions: tuple[Mention, ...]) -> list[str]:
    return list(dict.fromkeys(mention.name for mention in mentions))

"""A saying as one report renders it: pinned by a person, or found by `offramp read` and not confirmed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from offramp.edtf import When, when
from offramp.sayings.words import Gist, gist, tokens

Span = tuple[int, int]
SpeakerKey = tuple[str, frozenset[tuple[str, ...]], bool]


@dataclass(frozen=True)
class Saying:
    """Words of one report, with all that is known about them.

    Parameters
    ----------
    id : str
        The id in `evidence.yaml`, or the source and a number for what is unconfirmed.
    source, outlet, language : str
        The report: its id, who published it, in which language.
    reported, said_on : str
        When the report appeared, and when the words were said, in EDTF; empty where unknown.
    words : str
        The exact words; pieces are joined by ``[...]``.
    spans : tuple of Span
        Where they stand in the stored text.
    kind : str
        ``direct``, ``indirect``, ``mixed`` or ``fact``.
    speaker : str
        The name; empty where nobody is named. ``speaker_id`` is the id of a speaker of `evidence.yaml`, if it is one.
    via : tuple of str
        Who passed the words on.
    flags : tuple of str
        ``negated`` where the report says that it was not said, ``hypothetical`` where it is supposed, ``hearsay`` where nobody
        vouches for it.
    is_note : bool
        Whether the source is the analyst's own words about a report.
    is_confirmed : bool
        Whether a person has pinned it.
    confidence : float
        Of what is unconfirmed, in [0, 1].
    is_restricted : bool
        Whether it is withheld in public: by `evidence.yaml`, or because it stands where restricted words stand.
    is_protected : bool
        Whether a protected identifier stands in it, so that its words are told nowhere.
    """

    id: str
    source: str
    words: str
    kind: str
    outlet: str = ""
    language: str = ""
    reported: str = ""
    said_on: str = ""
    spans: tuple[Span, ...] = ()
    speaker: str = ""
    speaker_id: str = ""
    via: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    is_note: bool = False
    is_confirmed: bool = True
    confidence: float = 1.0
    is_restricted: bool = False
    is_protected: bool = False
    names: tuple[str, ...] = field(default=(), repr=False)
    """All spellings of the speaker that are known."""

    @cached_property
    def gist(self) -> Gist:
        """What the words come down to."""
        return gist(self.words)

    @cached_property
    def said(self) -> When | None:
        """When it was said, if that is known."""
        return when(self.said_on) if self.said_on else None

    @cached_property
    def published(self) -> When | None:
        """When the report appeared, if that is known."""
        return when(self.reported) if self.reported else None

    @property
    def is_withheld(self) -> bool:
        """Whether tables and pictures keep it to themselves."""
        return self.is_restricted or self.is_protected

    @cached_property
    def who(self) -> frozenset[tuple[str, ...]]:
        """The names of the speaker, each as its folded words."""
        return frozenset(filter(None, (name_words(name) for name in (self.speaker, *self.names))))

    @property
    def is_named(self) -> bool:
        """Whether the speaker goes by a name, and not by what they are: "the minister", "one of the soldiers"."""
        return bool(self.speaker_id) or self.speaker.casefold() != self.speaker

    @cached_property
    def speaker_key(self) -> SpeakerKey:
        """All that decides whether two sayings have one speaker: the id, the names, whether it is a name."""
        return self.speaker_id, self.who, self.is_named

    @cached_property
    def outlets(self) -> frozenset[str]:
        """Who published the report, one name each: what stands in brackets is one of its own."""
        return frozenset(filter(None, map(outlet_name, re.split(r"[()]|\band\b|,", self.outlet))))

    @cached_property
    def relays(self) -> frozenset[str]:
        """Who passed the words on before the report did."""
        return frozenset(filter(None, map(outlet_name, self.via))) - self.outlets

    @property
    def passed_on(self) -> tuple[str, ...]:
        """Who passed the words on before the report did, as it is written there."""
        return tuple(name for name in self.via if outlet_name(name) not in self.outlets)

    @cached_property
    def order(self) -> tuple[int, int, str, str, str]:
        """What to sort renderings by: reports by the day by which they had appeared, of these the better dated first.

        So a report that surely came before another comes before it, and one without a date comes last.
        """
        there = self.published
        if there is None:
            return (_NEVER, 0, "", self.source, self.id)
        last, first = (day if day is not None else open_ for day, open_ in ((there.last, _NEVER - 1), (there.first, 0)))
        return (last, -first, there.text, self.source, self.id)


def name_words(name: str) -> tuple[str, ...]:
    """Return a name as folded words, without articles and titles of courtesy.

    Examples
    --------
    >>> name_words("Mr. Türk"), name_words("the Ministry of Defence")
    (('turk',), ('ministry', 'of', 'defence'))
    """
    return tuple(token.text for token in tokens(name) if token.text not in _COURTESY)


def outlet_name(name: str) -> str:
    """Return the name of an outlet in the form in which it is compared.

    Examples
    --------
    >>> outlet_name("The Korea Herald") == outlet_name("Korea Herald"), outlet_name("reprints")
    (True, '')
    """
    words = " ".join(name_words(name))
    return "" if words in _NO_OUTLET else words


_NEVER = 10**9
"""Later than any day."""

_COURTESY = frozenset(["the", "a", "an", "mr", "mrs", "ms", "dr", "prof", "sir", "unnamed"])
_NO_OUTLET = frozenset(["reprint", "reprints", "agencies", "agency", "media", "local media", "page", "website", "copy", "mirror", "report"])

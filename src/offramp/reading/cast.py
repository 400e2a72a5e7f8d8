"""Who of those that a text mentions counts: all with a name, and of those without one who speak or act in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from offramp.reading.nametables import BODIES, ORGANISATION_WORDS, PEOPLE, words
from offramp.reading.records import Mention, Span, Statement

_NOBODY = words("i we you he she it they this that these those who it us them him her nobody everybody everyone anyone which there what")
_THINGS = words(
    """
    report letter article judgment judgement ruling verdict inquiry poll survey book diary sign banner correction version convention
    treaty law act code statement text document study paper file record note email message post tweet video article rule rumour
    rumor word figure number source evidence data map poster placard editorial column headline story news transcript order decree
    resolution draft agreement contract claim account website site page memo minute minutes
    """
)
"""Nouns that speak in reports and are nobody."""
_BINDING = words("of at in for from who above on by with to near under close that which and nor")
_COLLECTIVE = words("people police staff crew family families")


def cast(text: str, mentions: Sequence[Mention], statements: Sequence[Statement]) -> list[Mention]:
    """Choose the mentions that count, and add speakers that are no mention yet.

    Parameters
    ----------
    text : str
        The text.
    mentions : sequence of Mention
        Names and noun phrases of people and bodies, in the order of the text.
    statements : sequence of Statement
        The statements of the same text.

    Returns
    -------
    list of Mention
        In the order of the text. Who speaks keeps the name under which the statement has the speaker, if neither has a better one.
    """
    speakers = {one.speaker_span: one for one in statements if one.speaker_span}
    quoted = _Spans(span for one in statements if one.kind == "direct" for span in one.quote_spans)
    heard = _Spans(speakers)
    kept = [
        one
        for one in mentions
        if _is_named(one)
        or heard.touch(one.span)
        or (one.acts and (one.kind != "organisation" or " " in one.name) and not quoted.touch(one.span))
    ]
    covered = _Spans(one.span for one in mentions)
    added = [one for span, told in speakers.items() if not covered.touch(span) for one in _speaker(text, span, told.speaker)]
    return sorted([*kept, *added], key=lambda one: (one.span, one.name))


def _is_named(mention: Mention) -> bool:
    return mention.kind == "place" or mention.name.rpartition(" ")[2][:1].isupper()


def _speaker(text: str, span: Span, name: str) -> Iterator[Mention]:
    """Yield the mention that a speaker makes who is none yet."""
    parts = name.lower().split()
    if not parts or parts[0] in _NOBODY or len(name) > 80 or name.lower() not in " ".join(text[slice(*span)].lower().split()):
        return
    bound = next((n for n, part in enumerate(parts) if n and part in _BINDING), len(parts))
    head, one = parts[bound - 1], parts[bound - 1].removesuffix("s")
    if any(part in _THINGS or part.removesuffix("s") in _THINGS for part in parts[:bound]) or head.isdigit() or "nor" in parts:
        return
    is_body = head in BODIES or one in BODIES or (name[:1].isupper() and parts[-1] in ORGANISATION_WORDS)
    kind = (
        "organisation"
        if is_body and one not in PEOPLE
        else "group"
        if (head.endswith("s") and not name[:1].isupper()) or head in _COLLECTIVE
        else "person"
    )
    yield Mention(span, name, kind, True)


class _Spans:
    """Spans of a text, to ask whether another touches one."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans: list[Span] = []
        for start, end in sorted(spans):
            if self.spans and start < self.spans[-1][1]:
                self.spans[-1] = (self.spans[-1][0], max(end, self.spans[-1][1]))
            else:
                self.spans.append((start, end))

    def touch(self, span: Span) -> bool:
        place = bisect_left(self.spans, (span[1], 0)) - 1
        return place >= 0 and self.spans[place][1] > span[0]

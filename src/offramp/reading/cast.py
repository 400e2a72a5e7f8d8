"""Who of those that a text mentions counts: all with a name, and of those without one who speak or act in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from offramp.reading.nametables import BODIES, GIVEN_NAMES, ORGANISATION_WORDS, PEOPLE, words
from offramp.reading.patterns import compiled
from offramp.reading.records import LegalReference, Mention, Span, Statement
from offramp.reading.spans import Spans

_NOBODY = words(
    """
    i we you he she it they this that these those who it us them him her nobody everybody everyone anyone which there what
    q a question answer correction caption photo
    """
)
_THINGS = words(
    """
    report letter article judgment judgement ruling verdict inquiry poll survey book diary sign banner correction version
    convention treaty law act code statute charter constitution statement text document study paper file record note email message
    post tweet video rule rumour rumor word figure number source evidence data map poster placard editorial column headline story
    news transcript card plaque order decree resolution draft agreement contract claim account website site page memo minute
    minutes hand trial
    """
)
"""Nouns that speak in reports and are nobody."""
_LANDS = ("ia", "land", "stan", "mark")
"""Endings by which an unknown name is a land rather than a person."""
_ANYBODY = words("people persons men women others children")
_BINDING = words("of at in for from who above on by with to near under close that which and nor")
_COLLECTIVE = words("people police staff crew family families")
_NONE_OF = compiled(
    r"(?:none|neither|few|most|some|many|hardly\s+any|almost\s+none)\s+of\s+(?:the\s+)?(?=\w+)|(?:hardly\s+)?any\s+", re.IGNORECASE
)
_BEFORE_NAME = compiled(r"^\s*\d{1,2}[:.]\d\d\s*(?:[–—-]\s*)?(?:(?:an?|the)\s+)?", re.IGNORECASE)
_MARK = re.compile(r"[“”\"«»]")
_MARKED = re.compile(r"[“„«‹]([^“”„«»‹›\n]{1,2000})[”“»›]")


def cast(text: str, mentions: Sequence[Mention], statements: Sequence[Statement], laws: Sequence[LegalReference] = ()) -> list[Mention]:
    """Choose the mentions that count, and add speakers that are no mention yet.

    Parameters
    ----------
    text : str
        The text.
    mentions : sequence of Mention
        Names and noun phrases of people and bodies, in the order of the text.
    statements : sequence of Statement
        The statements of the same text.
    laws : sequence of LegalReference, optional
        Its references to law: a name inside one ("the UN Charter") is part of its title.

    Returns
    -------
    list of Mention
        In the order of the text. Who speaks keeps the name under which the statement has the speaker, if neither has a better one.

    Notes
    -----
    Who has no name counts by one place where it speaks or acts, outside quotation marks and the headline; its other places count with it.
    So does a group that is told apart or taken up again ("the two prisoners"), of whom a report tells though they keep silent.
    """
    titles = Spans(one.span for one in laws)
    open_ = [one for one in mentions if one.kind == "place" or not titles.touch(one.span)]
    spoken = _Speakers(text, _with_place(text, open_), statements)
    headline = Spans(_headline(text))
    quoted = Spans(_quoted(text, statements))
    free = [one for one in spoken.mentions if not headline.touch(one.span) and (one.name in spoken.names or not quoted.touch(one.span))]
    often = Counter(one.name for one in spoken.mentions if one.kind == "group" and not quoted.touch(one.span))
    playing = {
        one.name
        for one in free
        if one.name in spoken.names or one.acts or (often[one.name] > 1 and one.name not in _ANYBODY) or _is_particular(text, one)
    }
    kept = [one for one in spoken.mentions if one.name in playing or (_is_named(one) and (one.acts or one.kind != "group"))]
    return _one_each(text, kept)


def _one_each(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Leave out a phrase beside the name of the same person: "Tolmia's envoy, Osman Trell" is one mention."""
    twice = {
        (one if one.name.split()[-1] not in text[slice(*one.span)] else other).span
        for one, other in pairwise(mentions)
        if one.name == other.name and one.kind == "person" and _APPOSED_GAP.fullmatch(text, one.span[1], other.span[0])
    }
    return [one for one in mentions if one.span not in twice or one.kind != "person" or one.name.split()[-1] in text[slice(*one.span)]]


_APPOSED_GAP = compiled(r",\s+(?:(?:the|an?)\s+)?(?:[A-Z][\w.-]{0,20}\s+){0,3}|\s")
_NUMBERED = compiled(
    r"(?:as\s+many\s+as\s+|nearly\s+|the\s+)?(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|\d{2,3}(?!\s+people))\s",
    re.IGNORECASE,
)
_OF_STATE = compiled(r"\s+of\s+(?:the\s+)?[A-Z]\w")


def _is_particular(text: str, one: Mention) -> bool:
    """Say whether a group or body is told apart by its number or by whose it is: "two prisoners", "the Tolmian army"."""
    capital = any(word[:1].isupper() for word in one.name.split())
    if one.kind != "group":
        return one.kind == "organisation" and capital and not one.name.endswith("bank")
    last = one.name.lower().rpartition(" ")[2]
    whose = text[one.span[0] : one.span[0] + 4].lower()
    if last.removesuffix("s") in BODIES or last[:-3] + "y" in BODIES or whose in ("its ", "our "):
        return False
    return capital or _NUMBERED.match(text, one.span[0]) is not None or _OF_STATE.match(text, one.span[1]) is not None


def _is_turn(text: str, one: Statement) -> bool:
    """Say whether a statement is a turn of an interview: a label with a colon, and no verb."""
    return one.cue_span is None and one.speaker_span is not None and text[one.speaker_span[1] : one.speaker_span[1] + 1] == ":"


def _quoted(text: str, statements: Iterable[Statement]) -> Iterator[Span]:
    """Yield what stands between quotation marks."""
    for one in statements:
        for span in one.quote_spans:
            if one.kind == "direct" and not _is_turn(text, one):
                yield span
            elif one.kind == "mixed":
                yield from (match.span() for match in _MARKED.finditer(text, *span))


def _headline(text: str) -> Iterator[Span]:
    """Yield the first line, if it is no sentence and others follow: who is named there by a noun is named better below."""
    line = re.match(r"\s*([^\n]{1,160})\n(?=\s*\S)", text)
    if line and line[1].rstrip()[-1:] not in ".!":
        yield line.span(1)


def _with_place(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Name a group for the place that stands behind "of": "soldiers of Tolmia", wherever the text tells of them."""
    longer = {
        one.name: f"{one.name}{_gap(text, one, next_)}{next_.name}"
        for one, next_ in reversed([*pairwise(mentions)])
        if one.kind == "group"
        and text[one.span[1] : next_.span[0]] in _WHOSE.get(next_.kind, ())
        and text[next_.span[1] : next_.span[1] + 1] not in ("'", "’")
    }
    return [replace(one, name=longer.get(one.name, one.name)) if one.kind == "group" else one for one in mentions]


_WHOSE = {"place": (" of ", " of the ", " from ", " from the "), "organisation": (" at ", " at the ")}


def _gap(text: str, one: Mention, place: Mention) -> str:
    """Return what stands between, without the article of "the South" where it has the name of the land."""
    gap = text[one.span[1] : place.span[0]]
    return gap if text[slice(*place.span)] == place.name else gap.removesuffix("the ")


_HEAD = compiled(r"\s(?:of|from|at|in|for|on|with|who)\s")


def _is_named(mention: Mention) -> bool:
    """Say whether a mention has a name of its own: the noun that heads it has a capital letter."""
    return mention.kind == "place" or _HEAD.split(mention.name, 1)[0].rpartition(" ")[2][:1].isupper()


class _Speakers:
    """Mentions under the names that the speakers of statements have, and the names of those who speak."""

    def __init__(self, text: str, mentions: Sequence[Mention], statements: Sequence[Statement]) -> None:
        self.text = text
        self.every = list(mentions)
        self.starts = [one.span[0] for one in mentions]
        self.cues = Spans(one.cue_span for one in statements if one.cue_span)
        self.full = {one.name.split()[-1]: one.name for one in reversed(mentions) if one.kind == "person" and _is_named(one)}
        self.names: set[str] = {name for one in statements for name in one.via}
        self.left_out: set[int] = set()
        self.added: list[Mention] = []
        for span, told in {one.speaker_span: one.speaker for one in statements if one.speaker_span}.items():
            self._hear(span, told)
        kept = (one for place, one in enumerate(self.every) if place not in self.left_out)
        self.mentions = sorted([*kept, *self.added], key=lambda one: (one.span, one.name))

    def _hear(self, span: Span, told: str) -> None:
        """Take in one speaker: the mention that heads the phrase, or the name beside it, or a new mention."""
        first, last = bisect_left(self.starts, span[0] - _LONGEST), bisect_left(self.starts, span[1])
        inside = [place for place in range(first, last) if self.every[place].span[1] > span[0] and place not in self.left_out]
        end = _head_end(self.text, span)
        heads = [place for place in inside if self.every[place].span[0] < end <= self.every[place].span[1] + 4]
        apposed = self._apposed(inside, span)
        self.left_out |= {place for place in heads if apposed and not _is_named(self.every[place])}
        named = apposed or [place for place in heads if self.every[place].kind != "place"]
        if named:
            self._rename(max(named, key=lambda place: self.every[place].span[1]), span, told, inside)
        elif not heads:
            for one in _speaker(self.text, span, told):
                if not self._beside(one):
                    self.added.append(replace(one, name=self.full.get(one.name, one.name)))
                    self.names.add(self.added[-1].name)

    def _apposed(self, inside: Sequence[int], span: Span) -> list[int]:
        """Return the person whose name ends a phrase: "the head of the Centre, Major Ada Crane"."""
        named = (place for place in inside if self.every[place].kind in ("person", "organisation") and _is_named(self.every[place]))
        return [
            place
            for place in named
            if _APPOSED.search(self.text, span[0], self.every[place].span[0]) and self.every[place].span[0] > span[0]
        ]

    def _beside(self, one: Mention) -> bool:
        """Say whether a name of the same kind stands right behind: "one of them, Judge Peer Lund", "the group Salt and Bread"."""
        place = bisect_left(self.starts, one.span[1])
        other = self.every[place] if place < len(self.every) else None
        gap = self.text[one.span[1] : other.span[0]] if other and other.span[0] - one.span[1] < _LONGEST else "."
        between = {*gap.replace(",", " ").lower().split()}
        beside = _GAP.fullmatch(gap) is not None and not _LEADS_ON & between and not self.cues.touch((one.span[1], one.span[1] + len(gap)))
        return (
            beside and other is not None and (other.kind == one.kind or one.kind == "person") and _is_named(other) and other.kind != "place"
        )

    def _rename(self, place: int, span: Span, told: str, inside: Sequence[int]) -> None:
        """Name who has no name as the statement does, where it knows the name or says more."""
        one = self.every[place]
        if not _is_named(one) and self._beside(one):
            self.left_out.add(place)
            return
        if not _is_named(one):
            longer = told.lower().startswith(one.name.lower()) and _SAYS_MORE.match(told, len(one.name)) is not None
            known = told.rpartition(" ")[2][:1].isupper() and told.lower() not in self.text[slice(*span)].lower()
            self.every[place] = replace(one, name=told if known else self._spelt(span, told) if longer else one.name)
            self.left_out |= {other for other in inside if self._is_part(other, place, longer)}
        self.names.add(self.every[place].name)

    def _spelt(self, span: Span, told: str) -> str:
        """Return a name in the letters that the text has, where an article keeps them from the beginning of a sentence."""
        phrase = " ".join(self.text[slice(*span)].split())
        place = phrase.lower().find(told.lower())
        return phrase[place : place + len(told)] if place > 0 else told

    def _is_part(self, other: int, place: int, longer: bool) -> bool:
        """Say whether another mention is told only as part of the speaker: the team in "a member of his team"."""
        one, part = self.every[place], self.every[other]
        inside = one.span[0] <= part.span[0] and part.span[1] <= one.span[1]
        return other != place and part.kind != "place" and not _is_named(part) and (inside or (longer and not part.acts))


_LONGEST = 160
_GAP = compiled(r",? (?:[\w’'.-]{1,30} ){0,4}")
_LEADS_ON = _BINDING | {"is", "was", "are", "were", "has", "had", "have", "said", "says", "say", "but", "whose", "where", "when", "as"}
"""Words that do not stand between a noun and the name of the same person or body."""
_SAYS_MORE = compiled(
    r"\s+(?:of|from|at|in|for|on|to|with|behind|close\s+to|who|that)\s+(?:(?:the|an?|his|her|their|its|our|\d+|two|three)\s|[A-Z]|\w+\s+\w+)|\s+of\s|$"
)
_APPOSED = compiled(r",\s+(?:[\w.-]{1,20}\s+){0,3}$")
_AFTER_HEAD = compiled(r"\s+(?:of|at|for|from|by|who|that|which|in|on|above|with|near|close|whose)\s|,")


def _head_end(text: str, span: Span) -> int:
    """Return where the noun that heads a phrase ends: before "of", "who" and the like."""
    bound = _AFTER_HEAD.search(text, *span)
    return bound.start() if bound else span[1]


def _speaker(text: str, span: Span, name: str) -> Iterator[Mention]:
    """Yield the mention that a speaker makes who is none yet."""
    phrase = " ".join(text[slice(*span)].lower().split())
    if name.lower() not in phrase:
        return
    name = _NONE_OF.sub("", _BEFORE_NAME.sub("", name, count=1), count=1)
    parts = name.lower().split()
    if (
        not parts
        or _MARK.search(name)
        or parts[0] in _NOBODY
        or len(name) > 80
        or text[span[1] : span[1] + 1] == "-"
        or (parts[0] == "one" and parts[1:2] not in (["of"], ["who"]))
    ):
        return
    if len(parts) == 1 and parts[0].endswith(_LANDS) and parts[0].title() not in GIVEN_NAMES:
        return
    bound = next((n for n, part in enumerate(parts) if n and part in _BINDING), len(parts))
    short = " ".join(name.split()[:bound])
    name = name if _SAYS_MORE.match(name, len(short)) else short
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

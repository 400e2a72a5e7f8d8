"""Renderings in words, for a table: what a public brief withholds is counted and not told."""

from __future__ import annotations

from collections.abc import Iterator

from offramp.edtf import when
from offramp.report.renderings_records import changes_told
from offramp.report.words import WITHHELD, dated, listed, plain, visible
from offramp.sayings.contradictions import Contradiction
from offramp.sayings.gather import Gathered
from offramp.sayings.likeness import Likeness
from offramp.sayings.records import Saying
from offramp.sayings.renderings import Rendering, Renderings, Utterance
from offramp.sayings.wording import between

MOST_CHANGES = 6
"""Changes of one rendering that are told one by one; all are in the JSON."""

UNCONFIRMED = "UNCONFIRMED: found by 'offramp read'; nobody has said yet whether it is right, or what of it is to be withheld."

SAID = {"direct": "quoted", "indirect": "retold", "mixed": "partly quoted", "fact": "own voice"}

FLAGS = {"negated": "said not to have been said", "hypothetical": "supposed", "hearsay": "by hearsay"}

_TOLD = {
    "date": "Dates differ",
    "speaker": "Speakers differ",
    "number": "Numbers differ",
    "negation": "One denies what another does not",
}
_SPEAKERS = {"same": "same speaker", "similar": "speakers of a similar name", "different": "another speaker"}
_DATES = {"same": "dates agree", "near": "dates within days", "apart": "dates apart", "distant": "dates far apart"}


def manner(saying: Saying) -> list[str]:
    """Return how a report has a saying: in which kind of words, with what doubt, and whether a person has confirmed it."""
    flags = [FLAGS[flag] for flag in saying.flags]
    return [SAID[saying.kind], *flags, *["note"] * saying.is_note, *["UNCONFIRMED"] * (not saying.is_confirmed)]


def counted(number: int, what: str) -> str:
    """Return how many of something there are.

    Examples
    --------
    >>> counted(1, "report"), counted(2_000, "report")
    ('1 report', '2,000 reports')
    """
    return f"{number:,} {what}{'s' * (number != 1)}"


def notes(found: Renderings, gathered: Gathered, name: str, limit: int) -> Iterator[str]:
    """Yield what there is to say about the whole, where so many utterances are told."""
    there = [one for one in found.utterances if shown(one)]
    confirmed = sum(one.is_confirmed for one in found.sayings)
    unconfirmed = len(found.sayings) - confirmed
    compared = counted(confirmed, "pinned statement") + f" and {unconfirmed:,} that nobody has confirmed" * bool(unconfirmed)
    altered = sum(one.is_altered for one in there)
    differing = sum(one.is_different and not one.is_altered for one in there)
    quoted = f"{altered:,} with an altered quotation" + f", {differing:,} with quotations that differ" * bool(differing)
    yield f"{visible(name)}: {compared}; {counted(len(there), 'utterance')} in several reports, {quoted}."
    if len(there) > limit:
        yield f"Told are the first {limit:,}; --limit tells more."
    if len(there) < len(found.utterances):
        yield f"{len(found.utterances) - len(there):,} more {WITHHELD}."
    if found.linked.refused:
        yield f"Refused: {counted(len(found.linked.refused), 'weak link')}, which would have chained what is not alike."
    yield from gathered.notes(name)
    if unconfirmed:
        yield UNCONFIRMED
    yield "A link is a hint: read the reports before you rely on it. What contradicts is listed, not resolved."


def shown(one: Utterance) -> bool:
    """Return whether an utterance can be told at all: two renderings of it at least are not withheld."""
    return sum(not _is_hidden(one, rendering) for rendering in one.renderings) > 1


def _is_hidden(one: Utterance, rendering: Rendering) -> bool:
    """Return whether a rendering is withheld: it is restricted, or nobody has judged it and one that it renders is."""
    saying = rendering.saying
    any_withheld = any(other.saying.is_withheld for other in one.renderings)
    return saying.is_withheld or (any_withheld and not saying.is_confirmed)


class Telling:
    """Tells one utterance; a rendering goes by its number.

    Parameters
    ----------
    one : Utterance
        What is told.
    """

    def __init__(self, one: Utterance) -> None:
        self.one = one
        self.hidden = {place for place, rendering in enumerate(one.renderings) if _is_hidden(one, rendering)}
        self.places = [place for place in range(len(one.renderings)) if place not in self.hidden]
        self.numbers = {place: number for number, place in enumerate(self.places, 1)}

    def title(self) -> str:
        """Return who said it, when, and how many reports and sources that is."""
        sayings = [self.one.renderings[place].saying for place in self.places]
        speakers = dict.fromkeys(visible(saying.speaker) for saying in sayings if saying.speaker)
        dates = dict.fromkeys(when_told(saying.said_on) for saying in sayings if saying.said_on)
        who = plain(listed(list(speakers), "or")) or "nobody named"
        return ", ".join([who, *([plain(listed(list(dates), "or"))] if dates else []), self._counted(sayings)])

    def _counted(self, sayings: list[Saying]) -> str:
        reports, sources = len({saying.source for saying in sayings}), self.one.descent.num_sources
        if self.hidden:
            return f"{reports} reports"
        return f"{reports} reports, {'one source' if sources == 1 else f'at most {sources} sources'}"

    def rows(self) -> Iterator[list[str]]:
        """Yield a row for each rendering: its number, the report, how it came there, the exact words."""
        for place in self.places:
            saying = self.one.renderings[place].saying
            report = [visible(saying.outlet or saying.source), when_told(saying.reported) or "no date"]
            relays = [visible(relay) for relay in saying.passed_on]
            how = [", ".join(manner(saying)), *([f"through {plain(listed(relays))}"] if relays else [])]
            yield [str(self.numbers[place]), "\n".join(report), "\n".join(how), f"{visible(saying.words)}\n[{visible(saying.id)}]"]

    def lines(self) -> Iterator[str]:
        """Yield what there is to say about the renderings, one sentence each."""
        for place in self.places:
            yield from self._differences(place)
        yield from self._sources()
        for there in self.one.contradictions:
            yield from self._contradicts(there)
        for place in self.one.unattributed:
            if place in self.numbers:
                yield f"{self.numbers[place]} says it in the outlet's own voice; others name who said it."
        for place in self.places:
            yield from self._why(place)
        yield from self._joins()
        if self.hidden:
            yield f"{len(self.hidden)} more {WITHHELD}."

    def _differences(self, place: int) -> Iterator[str]:
        rendering = self.one.renderings[place]
        if rendering.wording is None or rendering.base not in self.numbers:
            return
        number, base = self.numbers[place], self.numbers[rendering.base]
        changed = _changed(changes_told(rendering, base, number))
        if rendering.verdict == "altered":
            yield f"ALTERED in {number}, against {base}: {changed}."
        elif rendering.verdict == "differs":
            yield f"DIFFERENT WORDS between marks in {base} and {number}; which came first is not known: {changed}."
        elif rendering.verdict == "translated?":
            touched = f" A changed {plain(listed(list(rendering.wording.touched)))} is among it." if rendering.wording.touched else ""
            yield f"OTHER WORDS between the quotation marks in {number} than in {base}; translated?{touched} {changed}."
        elif not rendering.wording.changes:
            yield self._extent(rendering, number, base)
        elif not rendering.wording.is_reworded:
            yield f"{number}, against {base}: {changed}." if rendering.is_later else f"{base} and {number} differ: {changed}."

    def _extent(self, rendering: Rendering, number: int, base: int) -> str:
        """Return how much a rendering without other words has of the one it is told against."""
        assert rendering.base is not None
        assert rendering.wording is not None
        is_quoted = bool(rendering.verdict)
        other = self.one.renderings[rendering.base].saying
        less, more = (len(between(one) if is_quoted else one.gist.words) for one in (rendering.saying, other))
        if not rendering.wording.is_excerpt:
            return f"{number} has the words of {base}."
        if is_quoted:
            return f"{base} has a part of {number}, word for word." if less > more else f"{number} has a part of {base}, word for word."
        return f"{number} has {'a part of' if less < more else 'more than'} the words of {base}."

    def _sources(self) -> Iterator[str]:
        for there in self.one.descent.dependences:
            if there.earlier in self.numbers and there.later in self.numbers:
                one, other = self.numbers[there.earlier], self.numbers[there.later]
                name = visible(self._name(there.name, there.earlier, there.later))
                told = {
                    "report": f"{one} and {other} stand in one report.",
                    "names": f"{other} names {name}, where {one} appeared: one source, not two.",
                    "named": f"{one} names {name}, where {other} appeared: one source, not two.",
                    "common": f"{one} and {other} both have it from {name}: one source, not two.",
                    "outlet": f"{one} and {other} both appeared with {name}: one source, not two.",
                }
                yield told[there.how]

    def _name(self, name: str, *places: int) -> str:
        """Return an outlet as a report writes it."""
        from offramp.sayings.records import outlet_name

        written = [text for place in places for text in (*self.one.renderings[place].saying.via, self.one.renderings[place].saying.outlet)]
        return next((text for text in written if outlet_name(text) == name), name)

    def _contradicts(self, there: Contradiction) -> Iterator[str]:
        values = [(value, [self.numbers[place] for place in places if place in self.numbers]) for value, places in there.values]
        known = [(when_told(value) if there.about == "date" else visible(value), places) for value, places in values if places]
        if len(known) > 1:
            of = f" (of: {visible(there.of)})" if there.of else ""
            told = "; ".join(f"{value} in {plain(listed([str(place) for place in places]))}" for value, places in known)
            yield f"{_TOLD[there.about]}{of}: {told}."

    def _why(self, place: int) -> Iterator[str]:
        rendering = self.one.renderings[place]
        if rendering.likeness is not None and not self.hidden:
            to = f" to {self.numbers[rendering.linked_to]}" if rendering.linked_to is not None else ""
            yield f"{self.numbers[place]} is linked{to} ({rendering.likeness.score:.2f}) by {_reasons(rendering.likeness)}."

    def _joins(self) -> Iterator[str]:
        for there in () if self.hidden else self.one.joins:
            one, other = self.numbers[there.one], self.numbers[there.other]
            reasons = _reasons(there.likeness)
            yield f"{one} and {other} join what would be two utterances: they are linked ({there.likeness.score:.2f}) by {reasons}."


def _changed(changes: list[str]) -> str:
    told = [visible(change) for change in changes[:MOST_CHANGES]]
    more = len(changes) - len(told)
    return "; ".join([*told, *([f"{more} more"] if more else [])])


def _reasons(alike: Likeness) -> str:
    words = "the same words" if alike.is_copy else ", ".join(f"“{visible(words)}”" for words in alike.shared[:6])
    rest = [_SPEAKERS.get(alike.speaker, ""), _DATES.get(alike.date, ""), "the relay" * alike.is_relayed]
    return "; ".join(filter(None, [words, *rest]))


def when_told(text: str) -> str:
    """Return a date as precise as it is, the way people write it."""
    there = when(text) if text else None
    return visible(str(there)) if there is not None else dated(text)

"""What was said and what happened, by date, each date as precise as it is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from offramp.edtf import When, when
from offramp.errors import ChoiceError, SourceError
from offramp.sayings.candidates import overlapping
from offramp.sayings.gather import Gathered
from offramp.sayings.records import Saying, Span, name_words
from offramp.sayings.withheld import withheld_with
from offramp.sources.candidates import CandidateDate
from offramp.sources.evidence import Source

CONTEXT = 70
"""Characters told on either side of a date that a report names."""

BASES = ("said", "reported", "named", "begins", "ends")
"""What a date is: of the saying; of the report, since that of the saying is not known; one that a report names; of a judgement."""


@dataclass(frozen=True)
class Event:
    """Something with a date, or without.

    Parameters
    ----------
    date : str
        In EDTF; empty where unknown.
    basis : str
        One of `BASES`.
    id : str
        Of the saying; of a date that a report names, the source and a number; of a judgement, where it stands in the case file.
    words : str
        The exact words; for a date that a report names, what stands around it.
    told : str
        What tables and pictures say instead of the words, where they say something else.
    saying : Saying, optional
        What was said, if that is what it is.
    source, outlet : str
        The report.
    is_withheld, is_protected : bool
        Whether tables and pictures keep it to themselves; whether everything else does, too.
    """

    date: str
    basis: str
    id: str
    words: str
    told: str = ""
    saying: Saying | None = None
    source: str = ""
    outlet: str = ""
    is_withheld: bool = False
    is_protected: bool = False

    @cached_property
    def when(self) -> When | None:
        """The date; None where it is unknown."""
        return when(self.date) if self.date else None

    @property
    def is_confirmed(self) -> bool:
        """Whether a person stands for it."""
        return self.saying.is_confirmed if self.saying else self.basis != "named"

    @property
    def key(self) -> tuple[tuple[int, int, str], int, str, tuple[Span, ...], str]:
        """What to sort by: the date, what it is, the place in the report; what has no date comes last."""
        date = self.when.key if self.when else (10**9, 0, "")
        return (date, BASES.index(self.basis), self.source, self.saying.spans if self.saying else (), self.id)


def chronology(
    gathered: Gathered,
    folder: Path | None = None,
    judgements: Iterable[Event] = (),
    *,
    start: str = "",
    end: str = "",
    speaker: str = "",
    sources: Sequence[str] = (),
) -> tuple[Event, ...]:
    """Return statements and events by date.

    Parameters
    ----------
    gathered : Gathered
        The sayings of a case, and the dates that its reports name.
    folder : Path, optional
        The case folder; with it, the words around a date that a report names are told.
    judgements : iterable of Event
        What else has a date.
    start, end : str
        Only what may lie from the one to the other, in EDTF; what has no date is left out then.
    speaker : str
        Only what is said by this speaker: an id, or a name or spelling.
    sources : sequence of str
        Only what stands in one of these.

    Returns
    -------
    events : tuple of Event
        The earliest first; of dates that begin together, the wider first. What has no date comes last.

    Raises
    ------
    ChoiceError
        If `start` or `end` is no date, or nobody and nothing is called so.

    Notes
    -----
    A date that a report names is left out where something was said on it in the same report: it is told as the date of that.
    What nobody has confirmed is withheld with the restricted statement that it renders.
    """
    first, last = _limit("--from", start), _limit("--to", end)
    if first and last and first.first is not None and last.last is not None and last.last < first.first:
        raise ChoiceError(f"--to {end} is before --from {start}; swap them")
    _check_sources(gathered, sources)
    sayings = withheld_with(gathered.sayings)
    events = [*map(_said, sayings), *_named(gathered, sayings, folder), *judgements]
    if sources:
        events = [event for event in events if event.source in sources]
    if speaker:
        events = _of(speaker, events)
    return tuple(sorted((event for event in events if _is_within(event, first, last)), key=lambda event: event.key))


def _limit(option: str, text: str) -> When | None:
    there = when(text) if text else None
    if text and there is None:
        raise ChoiceError(f"{option} {text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return there


def _check_sources(gathered: Gathered, sources: Sequence[str]) -> None:
    for name in sources:
        if name not in gathered.evidence.sources:
            raise ChoiceError(f"no source is called {name!r}; sources/sources.yaml lists {len(gathered.evidence.sources):,}")


def _of(speaker: str, events: Sequence[Event]) -> list[Event]:
    words = name_words(speaker)
    found = [event for event in events if event.saying and (speaker == event.saying.speaker_id or (words and words in event.saying.who))]
    if not found:
        known = sorted({event.saying.speaker for event in events if event.saying and event.saying.speaker and not event.is_withheld})
        raise ChoiceError(f"nothing is said by {speaker!r}; speakers are: {', '.join(known[:12])}{' …' * (len(known) > 12)}")
    return found


def _is_within(event: Event, first: When | None, last: When | None) -> bool:
    """Return whether an event may lie within limits; what has no date does only where there are none."""
    if first is None and last is None:
        return True
    there = event.when
    if there is None:
        return False
    begins = first is None or first.first is None or there.last is None or there.last >= first.first
    return begins and (last is None or last.last is None or there.first is None or there.first <= last.last)


def _said(saying: Saying) -> Event:
    return Event(
        date=saying.said_on or saying.reported,
        basis="said" if saying.said_on else "reported",
        id=saying.id,
        words=saying.words,
        saying=saying,
        source=saying.source,
        outlet=saying.outlet,
        is_withheld=saying.is_withheld,
        is_protected=saying.is_protected,
    )


# -- dates that reports name ---------------------------------------------------------------------------------------------


def _named(gathered: Gathered, sayings: Sequence[Saying], folder: Path | None) -> Iterator[Event]:
    """Yield the dates that reports name, with the words around them; where protected words stand there, without them."""
    from offramp.sources.protect import find_leaks

    said_on = {(one.source, one.said_on) for one in sayings}
    closed = _closed(gathered, sayings)
    for name, content in gathered.candidates.files.items():
        source = gathered.evidence.sources[name]
        text = _text(folder, source)
        named = [(number, date) for number, date in enumerate(content.dates, 1) if (name, date.iso) not in said_on]
        events = [_mention(source, number, date, text, closed.get(name, [])) for number, date in named]
        leaks = find_leaks({str(place): event.words for place, event in enumerate(events)}, gathered.identifiers)
        hit = {int(leak.layer) for leak in leaks}
        yield from (replace(event, is_withheld=True, is_protected=True) if place in hit else event for place, event in enumerate(events))


def _closed(gathered: Gathered, sayings: Iterable[Saying]) -> dict[str, list[Span]]:
    """Return the places of each source of which nothing public tells."""
    places = {name: list(spans) for name, spans in gathered.restricted.items()}
    for one in sayings:
        if one.is_withheld:
            places.setdefault(one.source, []).extend(one.spans)
    return places


def _text(folder: Path | None, source: Source) -> str:
    from offramp.sources.store import text_of

    try:
        return (text_of(folder, source) if folder is not None else None) or ""
    except SourceError:
        return ""


def _mention(source: Source, number: int, date: CandidateDate, text: str, closed: list[Span]) -> Event:
    start, end = max(0, date.span[0] - CONTEXT), min(len(text), date.span[1] + CONTEXT)
    words = " ".join(text[start:end].split())
    return Event(
        date=date.iso,
        basis="named",
        id=f"{source.id}:date{number}",
        words=f"{'…' * (start > 0)}{words}{'…' * (end < len(text))}" if words else "",
        source=source.id,
        outlet=source.outlet,
        is_withheld=bool(overlapping([(start, max(end, date.span[1]))], closed)),
    )

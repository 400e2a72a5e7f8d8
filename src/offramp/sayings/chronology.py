"""What was said and what happened, by date, each date as precise as it is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from offramp.errors import ChoiceError, SourceError
from offramp.sayings.candidates import CandidateDate, overlapping
from offramp.sayings.edtf import When, when
from offramp.sayings.gather import Gathered
from offramp.sayings.records import Saying, Span, name_words
from offramp.sources.evidence import Source

CONTEXT = 70
"""Characters told on either side of a date that a report names."""

BASES = ("said", "reported", "named", "begins", "ends")
"""What a date is: of the saying; of the report, since that of the saying is not known; one that a report names; of a judgement."""


@dataclass(frozen=True)
class Event:
    """Something with a date.

    ``basis`` is one of `BASES`; ``what`` is the kind of a saying, ``mention`` or ``judgement``; ``date`` is EDTF, empty where unknown.
    ``is_withheld``: tables and pictures keep it to themselves; ``is_protected``: so does everything else.
    """

    date: str
    basis: str
    what: str
    id: str
    words: str
    who: str = ""
    source: str = ""
    outlet: str = ""
    speaker_id: str = ""
    names: tuple[str, ...] = ()
    is_confirmed: bool = True
    is_withheld: bool = False
    is_protected: bool = False

    @property
    def when(self) -> When | None:
        """The date; None where it is unknown."""
        return when(self.date) if self.date else None

    @property
    def key(self) -> tuple[tuple[int, int, str], int, str, str]:
        """What to sort by: the date, what it is, the source; what has no date comes last."""
        there = self.when
        return (there.key if there else (10**9, 0, ""), BASES.index(self.basis), self.source, self.id)


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

    Raises
    ------
    ChoiceError
        If `start` or `end` is no date, or nobody and nothing is called so.
    """
    first, last = _limit("--from", start), _limit("--to", end)
    if first and last and first.first is not None and last.last is not None and last.last < first.first:
        raise ChoiceError(f"--to {end} is before --from {start}; swap them")
    _check_sources(gathered, sources)
    events = [*map(_said, gathered.sayings), *_named(gathered, folder), *judgements]
    events = [event for event in events if not sources or event.source in sources]
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
    found = [event for event in events if event.speaker_id == speaker or (words and words in map(name_words, (event.who, *event.names)))]
    if not found:
        known = sorted({event.speaker_id for event in events if event.speaker_id and not event.is_withheld})
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
        what=saying.kind,
        id=saying.id,
        words=saying.words,
        who=saying.speaker,
        source=saying.source,
        outlet=saying.outlet,
        speaker_id=saying.speaker_id,
        names=saying.names,
        is_confirmed=saying.is_confirmed,
        is_withheld=saying.is_withheld,
        is_protected=saying.is_protected,
    )


# -- dates that reports name ---------------------------------------------------------------------------------------------


def _named(gathered: Gathered, folder: Path | None) -> Iterator[Event]:
    """Yield the dates that reports name, with the words around them; where protected words stand there, without them."""
    from offramp.sources.protect import find_leaks

    for name, content in gathered.candidates.files.items():
        source = gathered.evidence.sources[name]
        text = _text(folder, source)
        events = [_mention(source, number, date, text, gathered.restricted.get(name, [])) for number, date in enumerate(content.dates, 1)]
        leaks = find_leaks({str(place): event.words for place, event in enumerate(events)}, gathered.identifiers)
        hit = {int(leak.layer) for leak in leaks}
        yield from (replace(event, is_withheld=True, is_protected=True) if place in hit else event for place, event in enumerate(events))


def _text(folder: Path | None, source: Source) -> str:
    from offramp.sources.store import text_of

    try:
        return (text_of(folder, source) if folder is not None else None) or ""
    except SourceError:
        return ""


def _mention(source: Source, number: int, date: CandidateDate, text: str, restricted: list[Span]) -> Event:
    start, end = max(0, date.span[0] - CONTEXT), min(len(text), date.span[1] + CONTEXT)
    words = " ".join(text[start:end].split())
    return Event(
        date=date.iso,
        basis="named",
        what="mention",
        id=f"{source.id}:date{number}",
        words=f"{'…' * (start > 0)}{words}{'…' * (end < len(text))}" if words else "",
        source=source.id,
        outlet=source.outlet,
        is_confirmed=False,
        is_withheld=bool(overlapping([(start, max(end, date.span[1]))], restricted)),
    )

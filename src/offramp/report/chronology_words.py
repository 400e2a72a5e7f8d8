"""A chronology in words, for a table: what a public brief withholds is counted and not told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from offramp.report.renderings_words import UNCONFIRMED, counted, manner, when_told
from offramp.report.words import WITHHELD, listed, plain, visible
from offramp.sayings.chronology import Event

BASIS = {"reported": "the report's date", "begins": "begins", "ends": "ends"}


def shown(events: Sequence[Event]) -> list[Event]:
    """Return the events that a table or a picture may tell."""
    return [event for event in events if not event.is_withheld]


def rows(events: Sequence[Event]) -> Iterator[list[str]]:
    """Yield a row for each event: the date, once where several have it; what it is, and from whom; the exact words."""
    before = ""
    for event in events:
        date = "\n".join(filter(None, [when_told(event.date), f"({BASIS[event.basis]})" if event.date and event.basis in BASIS else ""]))
        yield ["" if date == before else date, "\n".join(_what(event)), _words(event)]
        before = date


def _what(event: Event) -> Iterator[str]:
    """Yield what an event is, line by line."""
    saying = event.saying
    if saying is None:
        yield "judgement of the case" if event.basis != "named" else f"a date named by {visible(event.outlet or event.source)}"
        yield from ["UNCONFIRMED"] * (not event.is_confirmed)
        return
    if saying.speaker:
        yield visible(saying.speaker)
    yield ", ".join(manner(saying))
    yield f"in {visible(saying.outlet or saying.source)}"
    if saying.passed_on:
        yield f"through {plain(listed([visible(relay) for relay in saying.passed_on]))}"


def _words(event: Event) -> str:
    words = visible(event.told or event.words)
    return "\n".join([*[words] * bool(words), *[f"[{visible(event.id)}]"] * (event.basis not in ("begins", "ends"))])


def notes(events: Sequence[Event], name: str, limit: int) -> Iterator[str]:
    """Yield what there is to say about the whole."""
    there = shown(events)
    undated = sum(event.when is None for event in there)
    unconfirmed = sum(not event.is_confirmed for event in there)
    said = sum(event.saying is not None for event in there)
    yield (
        f"{visible(name)}: {counted(said, 'statement')}, {counted(len(there) - said, 'other date')}; {undated:,} without a date; "
        f"{unconfirmed:,} that nobody has confirmed."
    )
    if len(there) > limit:
        yield f"Told are the first {limit:,}; --limit tells more."
    if len(there) < len(events):
        yield f"{len(events) - len(there):,} more {WITHHELD}."
    if unconfirmed:
        yield UNCONFIRMED

"""A chronology as records for programs: JSON and CSV. They name everything, except words with a protected identifier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from offramp.report.renderings_records import PROTECTED, saying_record
from offramp.sayings.chronology import Event
from offramp.sayings.gather import Gathered

CHRONOLOGY_HEADER = [
    "date", "first", "last", "basis", "id", "confirmed", "source", "outlet", "reported", "said_on", "kind", "speaker", "via", "flags",
    "words", "withheld",
]  # fmt: skip


def chronology_record(events: Sequence[Event], gathered: Gathered, name: str) -> dict[str, Any]:
    """Return everything that has a date, and what has none, as `offramp.chronology/1`."""
    told = [_event(event) for event in events]
    return {
        "schema": "offramp.chronology/1",
        "case": name,
        "notes": list(gathered.notes(name)),
        "events": [event for event in told if event["date"]],
        "undated": [event for event in told if not event["date"]],
    }


def _event(event: Event) -> dict[str, Any]:
    there = event.when
    saying = saying_record(event.saying) if event.saying else None
    return {
        "date": event.date,
        "first": _day(there.first) if there else None,
        "last": _day(there.last) if there else None,
        "basis": event.basis,
        "id": saying["id"] if saying else event.id,
        "confirmed": event.is_confirmed,
        "withheld": event.is_withheld,
        "source": event.source,
        "outlet": event.outlet,
        "words": PROTECTED if event.is_protected else event.words,
        "saying": saying,
    }


def _day(ordinal: int | None) -> str | None:
    return date.fromordinal(ordinal).isoformat() if ordinal is not None else None


def chronology_rows(events: Sequence[Event]) -> Iterator[list[object]]:
    """Yield one row an event."""
    for event in events:
        told = _event(event)
        said = told["saying"] or {}
        yield [
            told["date"], told["first"] or "", told["last"] or "", told["basis"], told["id"], told["confirmed"], told["source"],
            told["outlet"], said.get("reported", ""), said.get("said_on", ""), said.get("kind", ""), said.get("speaker", ""),
            " < ".join(said.get("via", ())), " ".join(said.get("flags", ())), told["words"], told["withheld"],
        ]  # fmt: skip

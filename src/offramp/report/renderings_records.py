"""Renderings as records for programs: JSON and CSV. They name everything, except words with a protected identifier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from offramp.sayings.contradictions import Contradiction
from offramp.sayings.gather import Gathered
from offramp.sayings.likeness import Likeness
from offramp.sayings.records import Saying
from offramp.sayings.renderings import Rendering, Renderings, Utterance
from offramp.sayings.wording import Change

RENDERINGS_HEADER = [
    "utterance", "place", "id", "confirmed", "source", "outlet", "reported", "said_on", "kind", "speaker", "via", "words", "against",
    "verdict", "changes", "linked_to", "score", "shared", "restricted",
]  # fmt: skip

PROTECTED = "[a protected identifier stands in these words]"


def renderings_record(found: Renderings, gathered: Gathered, name: str) -> dict[str, Any]:
    """Return everything that was found, as `offramp.renderings/1`."""
    return {
        "schema": "offramp.renderings/1",
        "case": name,
        "threshold": found.settings.threshold,
        "sure": found.settings.sure,
        "days": found.settings.days,
        "num_statements": sum(one.is_confirmed for one in found.sayings),
        "num_candidates": sum(not one.is_confirmed for one in found.sayings),
        "num_comparisons": found.linked.num_comparisons,
        "num_refused": len(found.linked.refused),
        "notes": list(gathered.notes(name)),
        "utterances": [_utterance(one) for one in found.utterances],
    }


def _utterance(one: Utterance) -> dict[str, Any]:
    ids = [told_id(rendering.saying) for rendering in one.renderings]
    hidden = {place for place, rendering in enumerate(one.renderings) if rendering.saying.is_protected}
    return {
        "score": one.score,
        "altered": one.is_altered,
        "num_reports": one.num_reports,
        "num_sources": one.descent.num_sources,
        "renderings": [_rendering(one, rendering) for rendering in one.renderings],
        "dependences": [
            {"earlier": ids[there.earlier], "later": ids[there.later], "how": there.how, "name": there.name}
            for there in one.descent.dependences
            if hidden.isdisjoint((there.earlier, there.later))
        ],
        "joins": [] if hidden else [{"one": ids[there.one], "other": ids[there.other], **_alike(there.likeness)} for there in one.joins],
        "contradictions": [_contradiction(there, ids, hidden) for there in one.contradictions],
        "unattributed": [ids[place] for place in one.unattributed],
    }


def _contradiction(there: Contradiction, ids: list[str], hidden: set[int]) -> dict[str, Any]:
    values = [
        {"value": value if hidden.isdisjoint(places) else PROTECTED, "renderings": [ids[place] for place in places]}
        for value, places in there.values
    ]
    return {"about": there.about, "of": there.of, "values": values}


def told_id(saying: Saying) -> str:
    """Return the id of a saying; of one with a protected identifier, only its report."""
    return f"{saying.source}:protected" if saying.is_protected else saying.id


def _rendering(one: Utterance, rendering: Rendering) -> dict[str, Any]:
    saying = rendering.saying
    is_open = not saying.is_protected and (rendering.base is None or not one.renderings[rendering.base].saying.is_protected)
    return {
        **saying_record(saying),
        "against": told_id(one.renderings[rendering.base].saying) if rendering.base is not None else None,
        "order_known": rendering.is_later,
        "verdict": rendering.verdict,
        "changes": [_change(change) for change in rendering.wording.changes] if rendering.wording and is_open else [],
        "link": None if any(other.saying.is_protected for other in one.renderings) else _link(one, rendering),
    }


def saying_record(saying: Saying) -> dict[str, Any]:
    """Return a saying with its place; where a protected identifier stands in it, without its words."""
    return {
        "id": told_id(saying),
        "confirmed": saying.is_confirmed,
        "confidence": saying.confidence,
        "restricted": saying.is_restricted,
        "source": saying.source,
        "outlet": saying.outlet,
        "language": saying.language,
        "reported": saying.reported,
        "said_on": saying.said_on,
        "kind": saying.kind,
        "speaker": "" if saying.is_protected else saying.speaker,
        "flags": list(saying.flags),
        "via": [] if saying.is_protected else list(saying.via),
        "words": PROTECTED if saying.is_protected else saying.words,
        "spans": [list(span) for span in saying.spans],
    }


def _change(change: Change) -> dict[str, Any]:
    return {"kind": change.kind, "before": change.before, "after": change.after, "touches": list(change.touches)}


def _link(one: Utterance, rendering: Rendering) -> dict[str, Any] | None:
    if rendering.likeness is None or rendering.linked_to is None:
        return None
    return {"to": told_id(one.renderings[rendering.linked_to].saying), **_alike(rendering.likeness)}


def _alike(alike: Likeness) -> dict[str, Any]:
    return {
        "score": alike.score,
        "words": round(alike.words, 6),
        "order": round(alike.order, 6),
        "speaker": alike.speaker,
        "date": alike.date,
        "relayed": alike.is_relayed,
        "shared": list(alike.shared),
    }


def renderings_rows(found: Renderings) -> Iterator[list[object]]:
    """Yield one row a rendering."""
    for number, one in enumerate(found.utterances, 1):
        for place, rendering in enumerate(one.renderings, 1):
            told = _rendering(one, rendering)
            is_told = told["changes"] and rendering.wording is not None and rendering.base is not None
            changes = changes_told(rendering, (rendering.base or 0) + 1, place) if is_told else []
            link = told["link"] or {}
            yield [
                number, place, told["id"], told["confirmed"], told["source"], told["outlet"], told["reported"], told["said_on"],
                told["kind"], told["speaker"], " < ".join(told["via"]), told["words"], told["against"] or "", told["verdict"],
                "; ".join(changes), link.get("to", ""), link.get("score", ""), ", ".join(link.get("shared", ())), told["restricted"],
            ]  # fmt: skip


def changes_told(rendering: Rendering, base: int, place: int) -> list[str]:
    """Return how a rendering differs from the one it is told against, in words; the two go by their numbers."""
    changes = rendering.wording.changes if rendering.wording else ()
    return [change_told(change) if rendering.is_later else difference_told(change, base, place) for change in changes]


def change_told(change: Change) -> str:
    """Return a change in words.

    Examples
    --------
    >>> change_told(Change("replaced", "nine", "ten", ("number",))), change_told(Change("dropped", "still", ""))
    ('“nine” became “ten” (number)', '“still” dropped')
    """
    if change.kind == "replaced":
        return f"“{change.before}” became “{change.after}”{_touched(change)}"
    return f"“{change.before or change.after}” {change.kind}{_touched(change)}"


def difference_told(change: Change, one: int, other: int) -> str:
    """Return a change in words where nobody knows which came first.

    Examples
    --------
    >>> difference_told(Change("replaced", "nine", "ten", ("number",)), 1, 2), difference_told(Change("added", "", "not"), 1, 2)
    ('“nine” in 1, “ten” in 2 (number)', '“not” in 2 alone')
    """
    if change.kind == "replaced":
        return f"“{change.before}” in {one}, “{change.after}” in {other}{_touched(change)}"
    return f"“{change.before or change.after}” in {one if change.before else other} alone{_touched(change)}"


def _touched(change: Change) -> str:
    return f" ({', '.join(change.touches)})" if change.touches else ""

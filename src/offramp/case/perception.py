"""What a case says of misperception: checked, written with other letters, and taken from another version."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from offramp.case.entries import Entry
from offramp.case.faults import nearest
from offramp.case.labels import Labels, one_of
from offramp.case.schema import Case, Misperception
from offramp.case.yaml_reader import Document, Path_
from offramp.errors import Problem

NESTED = ("misperceptions", "beliefs")
"""The sections that have entries by decision maker."""


def misperception_faults(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    """Yield the misperceptions of nobody, and the patterns in a graph."""
    for dm, there in case.misperceptions.items():
        yield from _unknown(document, ("misperceptions", dm), dm, case.decision_makers, "decision maker")
        for name, entry in there.items():
            if entry.pattern is not None and case.is_graph:
                path: Path_ = ("misperceptions", dm, name, "pattern")
                found, expected = "a pattern in a case that lists its states", "that: a formula over their names"
                yield document.problem(path, found, expected, "name the states")


def belief_faults(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    """Yield the beliefs of nobody, about nobody or about oneself, and those in a reading that is not there."""
    for dm, there in case.beliefs.items():
        yield from _unknown(document, ("beliefs", dm), dm, case.decision_makers, "decision maker")
        for other, belief in there.items():
            path: Path_ = ("beliefs", dm, other)
            if other == dm:
                found, expected = f"a belief of {dm!r} about itself", "a belief about somebody else"
                yield document.problem(path, found, expected, "remove it; what it wants itself is its reading")
            elif other not in case.decision_makers:
                yield from _unknown(document, path, other, case.decision_makers, "decision maker")
            else:
                yield from _unknown(document, path, belief.reading, case.readings.get(other, {}), f"reading of {other}")


def _unknown(document: Document, path: Path_, name: str, known: Mapping[str, object], kind: str) -> Iterator[Problem]:
    if name not in known:
        remedy = nearest(name, known) or f"correct it, or declare the {kind}"
        yield document.problem(path, f"{name!r} names no {kind}", one_of(known), remedy)


def seen_otherwise(case: Case, changed: Callable[[Misperception], Misperception]) -> dict[str, dict[str, Misperception]]:
    """Return the misperceptions of a case, each as `changed` writes it."""
    return {dm: {name: changed(entry) for name, entry in there.items()} for dm, there in case.misperceptions.items()}


def with_unit(own: Mapping[str, Mapping[str, Entry]], there: Mapping[str, Mapping[str, Entry]], unit: Path_) -> dict[str, dict[str, Any]]:
    """Return entries by decision maker with those at `unit`, one or all of a decision maker, as they are in `there`."""
    dm = str(unit[1])
    kept, new = dict(own.get(dm, {})), there.get(dm, {})
    for name in [str(unit[2])] if len(unit) > 2 else [*kept, *new]:
        kept.pop(name, None)
        if name in new:
            kept[name] = new[name]
    found = {maker: dict(entries) for maker, entries in own.items() if maker != dm}
    return {**found, dm: kept} if kept else found

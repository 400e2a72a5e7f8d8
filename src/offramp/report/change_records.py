"""Smallest changes and interventions as plain data: what `offramp change` and `offramp intervene` print as JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from offramp.analysis.intervene import OPENED
from offramp.analysis.solve import SETTINGS
from offramp.case.yaml_reader import dotted

if TYPE_CHECKING:
    from offramp.analysis.change import Change, SmallestChanges
    from offramp.analysis.goals import Goal
    from offramp.analysis.intervene import Interventions, Tried
    from offramp.case.entries import Judgement
    from offramp.case.schema import Intervention
    from offramp.case.yaml_reader import Path_
    from offramp.model.build import Builder
    from offramp.report.changed import Asked

CHANGE_SETTING = "drops and negations first, then moves in file order; one change of each judgement"
CHANGE_HEADER = ["set", "kind", "label", "anchor_label", "basis"]

Record = dict[str, Any]


def change_record(builder: Builder, found: SmallestChanges, asked: Asked) -> Record:
    """Return the answer of `change`, schema ``offramp.change/1``; all sets are in it."""
    judgements = dict(builder.case.judgements())
    return {
        "schema": "offramp.change/1",
        "case": builder.case.title,
        "settings": {**SETTINGS, "changes": CHANGE_SETTING},
        "as_of": builder.standing.as_of,
        "readings": dict(found.choice.readings),
        "contested": found.choice.sides,
        "goal": _goal(found.goal),
        "of": None if asked.of is None else list(asked.of),
        "also": list(asked.also),
        "most": found.most,
        "size": found.size,
        "sets": [[_change(change, judgements) for change in chosen] for chosen in found.sets],
        "num_tried": found.num_tried,
        "unsolved": [
            {"changes": [_change(change, judgements) for change in chosen], "reason": reason} for chosen, reason in found.unsolved.items()
        ],
    }


def _goal(goal: Goal) -> Record:
    return {
        "kind": goal.kind,
        "formula": str(goal.formula),
        "by": None if goal.by is None else list(goal.by),
        "demand": goal.demand or None,
        "concept": goal.concept if goal.kind == "hold" else None,
    }


def _change(change: Change, judgements: dict[Path_, Judgement]) -> Record:
    return {
        "kind": change.kind,
        "path": list(change.path),
        "label": dotted(change.path),
        "anchor": list(change.anchor) or None,
        "anchor_label": dotted(change.anchor) or None,
        "basis": judgements[change.path].graded,
    }


def change_rows(builder: Builder, found: SmallestChanges) -> Iterator[list[object]]:
    """Yield one row a change, the sets numbered from 1; an empty set has no row."""
    judgements = dict(builder.case.judgements())
    for number, chosen in enumerate(found.sets, 1):
        for change in chosen:
            yield [number, change.kind, dotted(change.path), dotted(change.anchor), judgements[change.path].graded]


def intervene_record(builder: Builder, found: Interventions, most: int) -> Record:
    """Return the answer of `intervene`, schema ``offramp.intervene/1``."""
    variant = builder.standing.variant
    return {
        "schema": "offramp.intervene/1",
        "case": builder.case.title,
        "settings": dict(SETTINGS),
        "as_of": builder.standing.as_of,
        "readings": dict(variant.readings),
        "contested": dict(variant.settled),
        "most": most,
        "num_cells": found.num_cells,
        "shares": dict(found.shares) or None,
        "interventions": [_intervention(name, there) for name, there in builder.case.interventions.items()],
        "tried": [_tried(tried) for tried in found.tried],
    }


def _intervention(name: str, there: Intervention) -> Record:
    return {"id": name, "name": there.name, "by": there.by, "basis": there.graded, "because": list(there.because)}


def _tried(tried: Tried) -> Record:
    return {
        "added": list(tried.interventions),
        "effects": [
            {"headline": name, "before": there.before, "after": there.after, "opened": there.opened, "closed": there.closed}
            for name, there in tried.effects.items()
        ],
        "shares": dict(tried.shares) or None,
        "reason": tried.reason or None,
    }


INTERVENE_HEADER = ["added", *(f"{name}_{what}" for name in OPENED for what in ("before", "after", "opened", "closed")), "reason"]


def intervene_rows(found: Interventions) -> Iterator[list[object]]:
    """Yield one row for each intervention and each pair; no counts where they cannot be added."""
    for tried in found.tried:
        there = [tried.effects.get(name) for name in OPENED]
        counts = [[one.before, one.after, one.opened, one.closed] if one else [""] * 4 for one in there]
        yield [" ".join(tried.interventions), *(count for row in counts for count in row), tried.reason]

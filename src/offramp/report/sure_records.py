"""Flips and what an observation leaves as plain data: what `offramp flips` and `offramp observed` print as JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from offramp.analysis.flips import Flip, Flips, Turn
from offramp.analysis.headlines import level
from offramp.analysis.observed import FORESIGHT, Kept, Observed
from offramp.analysis.solve import SETTINGS
from offramp.case.yaml_reader import dotted
from offramp.model.build import Builder
from offramp.report.records import CLAIM_SETTING
from offramp.report.sure_words import ASSUMES

Record = dict[str, Any]

MOVED = 0.005
"""Shares of headlines that move no farther are not told of an observation."""

FLIPS_HEADER = ["rank", "label", "kind", "places", "basis", "because"]
FLIPS_HEADER += ["headline", "before", "after", "level_before", "level_after", "reason"]
OBSERVED_HEADER = ["foresight", "together", "what", "name", "cells", "remaining", "before", "after"]


def grid_settings(builder: Builder) -> Record:
    """Return what part of the grid is looked at, and how headlines are worked out."""
    standing = builder.standing
    readings, settled = dict(standing.variant.readings), dict(standing.variant.settled)
    return {**SETTINGS, "claims": CLAIM_SETTING, "readings": readings, "contested": settled}


def turn_record(turn: Turn) -> Record:
    """Return a headline before and after."""
    return {"headline": turn.headline, "before": turn.before, "after": turn.after, "levels": list(turn.levels)}


# -- flips ---------------------------------------------------------------------------------------------------------------


def flips_record(found: Flips, listed: Sequence[Flip], headline: str | None = None) -> Record:
    """Return the answer of `flips`, schema ``offramp.flips/1``, with the flips in the order given."""
    return {
        "schema": "offramp.flips/1",
        "case": found.builder.case.title,
        "as_of": found.builder.standing.as_of,
        "settings": {**grid_settings(found.builder), "headline": headline},
        "num_cells": found.num_cells,
        "num_tried": found.num_tried,
        "shares": dict(found.shares),
        "flips": [_flip(flip) for flip in listed],
    }


def _flip(flip: Flip) -> Record:
    return {
        "path": list(flip.path),
        "label": dotted(flip.path),
        "kind": flip.kind,
        "places": flip.places,
        "basis": flip.basis,
        "because": list(flip.because),
        "turns": [turn_record(turn) for turn in flip.turns],
        "shares": dict(flip.shares),
        "reason": flip.reason,
    }


def flips_rows(found: Flips, listed: Sequence[Flip], headline: str | None = None) -> Iterable[list[object]]:
    """Yield one row for each change and headline that it turns, or the one asked for; a change that turns none has one row too."""
    for rank, flip in enumerate(listed, 1):
        head: list[object] = [rank, dotted(flip.path), flip.kind, flip.places, flip.basis, " ".join(flip.because)]
        turns = flip.turns if headline is None else () if flip.reason else (found.turn(flip, headline),)
        for turn in turns:
            yield [*head, turn.headline, turn.before, turn.after, *turn.levels, flip.reason]
        if not turns:
            yield [*head, *[""] * 5, flip.reason]


# -- observed ------------------------------------------------------------------------------------------------------------


def observed_record(builder: Builder, found: Sequence[Observed]) -> Record:
    """Return the answer of `observed`, schema ``offramp.observed/1``: one record an assumption."""
    return {
        "schema": "offramp.observed/1",
        "case": builder.case.title,
        "as_of": builder.standing.as_of,
        "settings": grid_settings(builder),
        "num_cells": found[0].num_cells,
        "shares": dict(found[0].before),
        "assumptions": [_assumption(each) for each in found],
    }


def _assumption(found: Observed) -> Record:
    return {
        "foresight": found.foresight,
        "assumes": ASSUMES[found.foresight],
        "concept": FORESIGHT[found.foresight],
        "together": found.together,
        "against": found.num_cells - len(found.remaining),
        "remaining": len(found.remaining),
        "by_reading": [{"dm": dm, "reading": name, **_kept(kept)} for (dm, name), kept in in_order(found.readings)],
        "by_side": [{"name": name, "side": side, **_kept(kept)} for (name, side), kept in in_order(found.sides)],
        "combinations": [{"readings": dict(chosen), **_kept(kept)} for chosen, kept in found.combinations.items()],
        "headlines": [turn_record(turn) for turn in moved(found)],
    }


def _kept(kept: Kept) -> Record:
    return {"cells": kept.cells, "remaining": kept.remaining}


def in_order(tally: Mapping[tuple[str, Any], Kept]) -> list[tuple[tuple[str, Any], Kept]]:
    """Return what is counted, decision maker by decision maker, or entry by entry."""
    places = list(dict.fromkeys(name for name, _ in tally))
    return sorted(tally.items(), key=lambda item: places.index(item[0][0]))


def moved(found: Observed) -> list[Turn]:
    """Return the headlines whose share an observation moves by more than `MOVED`, in the order in which they are told."""
    turns = [Turn(name, found.before[name], found.after.get(name, 0.0)) for name in found.before] if found.after else []
    return [turn for turn in turns if turn.distance > MOVED]


def observed_rows(found: Sequence[Observed]) -> Iterable[list[object]]:
    """Yield one row for the grid, each reading, side and combination that remains, and each headline that moves."""
    for each in found:
        head: list[object] = [each.foresight, int(each.together)]
        yield [*head, "grid", "", each.num_cells, len(each.remaining), "", ""]
        for (dm, name), kept in in_order(each.readings):
            yield [*head, "reading", f"{dm}={name}", kept.cells, kept.remaining, "", ""]
        for (name, side), kept in in_order(each.sides):
            yield [*head, "side", f"{name}={'on' if side else 'off'}", kept.cells, kept.remaining, "", ""]
        for chosen, kept in each.combinations.items():
            yield [*head, "combination", " ".join(f"{dm}={name}" for dm, name in chosen), kept.cells, kept.remaining, "", ""]
        for turn in moved(each):
            yield [*head, "headline", turn.headline, "", "", turn.before, turn.after]


def levels_text(turn: Turn) -> str:
    """Return the level before and after.

    Examples
    --------
    >>> levels_text(Turn("clear", 0.25, 0.0))
    'some -> none'
    """
    return f"{level(turn.before)} -> {level(turn.after)}"

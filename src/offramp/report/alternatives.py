"""Sets of changes told together: where only one element differs, its alternatives stand side by side."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from offramp.analysis.change import Change
    from offramp.case.yaml_reader import Path_

Alternatives: TypeAlias = "dict[Path_, tuple[Change, ...]]"
"""By judgement, the changes of it any of which will do: all combinations are meant."""

_KINDS = ("drop", "negate", "raise", "lower")


def folded(sets: Sequence[tuple[Change, ...]], place: Mapping[Path_, int], stated: Collection[Path_] = ()) -> list[Alternatives]:
    """Return sets of changes as few combinations of alternatives, in the order of the sets.

    Every set is one choice from exactly one of the results, and every choice
    is one of the sets. A lone wish put one place down comes to the same as its
    neighbour put one place up: only one of the two is kept.

    Parameters
    ----------
    sets : sequence of tuple of Change
        All different.
    place : mapping of path to int
        The place of each statement in its reading.
    stated : collection of path
        Of two changes that come to the same, that of a judgement that is none of these is kept, else the raising.
    """
    known = {frozenset(chosen) for chosen in sets}
    same = [frozenset(_as_kept(change, chosen, place, stated) for change in chosen) for chosen in sets]
    kept = [chosen for chosen, told in zip(sets, same, strict=True) if told == frozenset(chosen) or told not in known]
    groups: list[Alternatives] = [{change.path: (change,) for change in chosen} for chosen in kept]
    while True:
        merged = _merged_once(groups)
        if len(merged) == len(groups):
            return [{path: _ordered(there) for path, there in group.items()} for group in groups]
        groups = merged


def _as_kept(change: Change, chosen: Sequence[Change], place: Mapping[Path_, int], stated: Collection[Path_]) -> Change:
    """Return the one that is kept of a lone move by one place and the move of its neighbour that comes to the same."""
    is_lone = sum(other.path[:3] == change.path[:3] for other in chosen) == 1
    if not is_lone or not change.anchor or abs(place[change.anchor] - place[change.path]) != 1:
        return change
    other = replace(change, kind="lower" if change.kind == "raise" else "raise", path=change.anchor, anchor=change.path)
    return min(change, other, key=lambda one: (one.path in stated, one.kind == "lower"))


def _merged_once(groups: Sequence[Alternatives]) -> list[Alternatives]:
    """Merge groups that agree but for the changes of one judgement, the judgements one after the other."""
    found = list(groups)
    for path in dict.fromkeys(path for group in groups for path in group):
        together: dict[object, Alternatives] = {}
        for number, group in enumerate(found):
            others = frozenset((other, frozenset(there)) for other, there in group.items() if other != path) if path in group else number
            if others in together:
                together[others][path] += group[path]
            else:
                together[others] = dict(group)
        found = list(together.values())
    return found


def _ordered(changes: Sequence[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda change: _KINDS.index(change.kind)))

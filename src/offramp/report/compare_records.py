"""A comparison as plain data: what `offramp compare` prints as JSON and CSV, and what outcomes mean over all cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from offramp.analysis.assessment import Assessor, Breach, Suffering
from offramp.analysis.comparison import Column, Comparison, Group, Outcome
from offramp.analysis.confined import Apart, Confined
from offramp.analysis.undo import Undoing, can_be_left, undoing
from offramp.model.conflict import ConflictModel
from offramp.model.world import Choice
from offramp.report.records import harm_label

Record = dict[str, Any]


@dataclass(frozen=True)
class Meaning:
    """What a state means over the cells in which it exists; each thing with its number of cells.

    Parameters
    ----------
    cells : int
        Number of cells in which the state exists.
    stuck : int
        Of those in which nobody has any move, wanted or not, that leads out of it.
    stranded : int
        Of those in which no moves lead from it back to the status quo.
    final : mapping of str to int
        By option that nobody can change back.
    breaches : mapping of Breach to int
        By norm that is breached.
    harms : mapping of Suffering to int
        By harm that is done.
    wishes : mapping of str to int
        By person whose wish is met.
    """

    cells: int
    stuck: int
    stranded: int
    final: Mapping[str, int]
    breaches: Mapping[Breach, int]
    harms: Mapping[Suffering, int]
    wishes: Mapping[str, int]


class Meanings:
    """What the states of a comparison mean.

    Parameters
    ----------
    comparison : Comparison
        Its cells are looked at; those that share states and sides, together.
    """

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self._undoings: dict[int, Undoing] = {}
        self._alike: dict[tuple[int, tuple[tuple[str, bool], ...]], tuple[Group, Assessor]] = {}
        self._cells: Counter[tuple[int, tuple[tuple[str, bool], ...]]] = Counter()
        for group in comparison.groups:
            for place in group.cells.tolist():
                self._add(group, comparison.choices[place])

    def _add(self, group: Group, choice: Choice) -> None:
        key = (id(group.model.moves), choice.contested)
        if key not in self._alike:
            self._alike[key] = (group, Assessor(self.comparison.builder, choice))
        self._cells[key] += 1

    def of(self, place: int) -> Meaning:
        """Return what the state at a place among those of all cells means."""
        total, stuck, stranded = 0, 0, 0
        final, breaches, harms, wishes = Counter[str](), Counter[Breach](), Counter[Suffering](), Counter[str]()
        for key, (group, assessor) in self._alike.items():
            state, model, cells = group.own(place), group.model, self._cells[key]
            if state is None:
                continue
            at, undo = assessor.at(state), self._undoing(model)
            total += cells
            stuck += cells * (not can_be_left(model, [state]))
            stranded += cells * (not undo.returns[state])
            final.update(dict.fromkeys(undo.final_at(state), cells))
            breaches.update(dict.fromkeys(at.breaches, cells))
            harms.update(dict.fromkeys(at.harms, cells))
            wishes.update(dict.fromkeys(at.wishes_met, cells))
        return Meaning(total, stuck, stranded, final, breaches, harms, wishes)

    def _undoing(self, model: ConflictModel) -> Undoing:
        return self._undoings.setdefault(id(model.moves), undoing(model))


def compare_record(comparison: Comparison, places: Sequence[int], limit: int) -> Record:
    """Return the answer of `compare`, schema ``offramp.compare/1``; of `places` the first `limit`."""
    meanings, builder = Meanings(comparison), comparison.builder
    now = comparison.groups[0].model
    return {
        "schema": "offramp.compare/1",
        "case": builder.case.title,
        "as_of": builder.standing.as_of,
        "asked": {
            "coalition": comparison.coalition,
            "horizon": comparison.horizon,
            "merged": list(comparison.merged) or None,
            "limit": limit,
        },
        "readings": _taken([dict(choice.readings) for choice in comparison.choices]),
        "contested": _taken([choice.sides for choice in comparison.choices]),
        "options": list(comparison.states.options),
        "status_quo": now.states.label(now.status_quo),
        "num_cells": comparison.num_cells,
        "num_models": len(comparison.groups),
        "num_combinations": comparison.num_combinations,
        "num_states": len(comparison.states),
        "num_outcomes": len(comparison.places()),
        "columns": [
            {
                "concept": column.concept,
                "settings": _settings(comparison, column),
                "changed": column.changed,
                "undefined": [{"reason": reason, "cells": cells} for reason, cells in column.undefined.items()],
                "num_outcomes": column.num_outcomes,
            }
            for column in comparison.columns
        ],
        "left_out": [{"concept": name, "reason": reason} for name, reason in comparison.left_out.items()],
        "outcomes": [_outcome(comparison, place, meanings) for place in places[:limit]],
    }


def _settings(comparison: Comparison, column: Column) -> Record:
    one = {"coalitions": f"{' and '.join(comparison.merged)} as one decision maker"} if column.is_merged else {}
    return {**column.settings.record(), **one}


def _taken(chosen: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Return by name the values that the cells have, in their order."""
    return {name: list(dict.fromkeys(each[name] for each in chosen)) for name in chosen[0]}


def _outcome(comparison: Comparison, place: int, meanings: Meanings) -> Record:
    outcome, meaning = comparison.outcome(place), meanings.of(place)
    return {
        "code": outcome.code,
        "state": comparison.number(place),
        "cells": outcome.cells,
        "num_holds": sum(outcome.holds),
        "num_asked": sum(outcome.asked),
        "holds": list(outcome.holds),
        "asked_in": list(outcome.asked),
        "gained": list(outcome.gained),
        "lost": list(outcome.lost),
        "apart": _apart(outcome.apart),
        "by_concept": {name: _apart(apart) for name, apart in outcome.by_concept.items()},
        "nobody_can_leave": meaning.stuck,
        "no_way_back": meaning.stranded,
        "final": dict(meaning.final),
        "breaches": [
            {"norm": breach.norm, "by": list(breach.by), "absolute": breach.absolute, "cite": breach.cite, "cells": cells}
            for breach, cells in meaning.breaches.items()
        ],
        "harms": [
            {"to": harm.to, "name": comparison.builder.case.harms[harm.harm].name, "by": list(harm.by), "grade": harm.grade, "cells": cells}
            for harm, cells in meaning.harms.items()
        ],
        "wishes_met": dict(meaning.wishes),
    }


def _apart(apart: Apart) -> Record:
    return {"when": _confined(apart.when), "but": _confined(apart.but)}


def _confined(confined: Confined) -> Record:
    return {
        "concepts": list(confined.concepts),
        "settings": {name: list(values) for name, values in confined.settings.items()},
        "readings": {dm: list(names) for dm, names in confined.readings.items()},
        "contested": dict(confined.contested),
        "ever": confined.ever,
        "always": confined.always,
    }


COMPARE_HEADER = ["code", "state", "concept", "settings", "cells", "asked", "holds", "gained", "lost", "undefined"]
COMPARE_HEADER += ["nobody_can_leave", "no_way_back", "final", "breaches", "harms", "wishes_met"]


def compare_rows(comparison: Comparison, places: Sequence[int]) -> Iterator[list[object]]:
    """Yield one row for each state and column."""
    meanings = Meanings(comparison)
    for place in places:
        yield from _rows(comparison, place, comparison.outcome(place), meanings.of(place))


def _rows(comparison: Comparison, place: int, outcome: Outcome, meaning: Meaning) -> Iterator[list[object]]:
    meant: list[object] = [
        meaning.stuck,
        meaning.stranded,
        _counts(dict(meaning.final), meaning.cells),
        _counts({breach.norm: cells for breach, cells in meaning.breaches.items()}, meaning.cells),
        _counts({harm_label(harm): cells for harm, cells in meaning.harms.items()}, meaning.cells),
        _counts(dict(meaning.wishes), meaning.cells),
    ]
    number = comparison.number(place)
    for k, column in enumerate(comparison.columns):
        merged = {"merged": " and ".join(comparison.merged)} if column.is_merged else {}
        asked = " ".join(f"{name}={value}" for name, value in {**column.settings.changed, **merged}.items())
        counts = [outcome.cells, outcome.asked[k], outcome.holds[k], outcome.gained[k], outcome.lost[k], sum(column.undefined.values())]
        yield [outcome.code, "" if number is None else number, column.concept, asked or "default", *counts, *meant]


def _counts(counted: Mapping[str, int], total: int) -> str:
    """Return names, with the number of cells where that is not all of them.

    Examples
    --------
    >>> _counts({"law": 2, "treaty": 1}, 2)
    'law treaty(1)'
    """
    return " ".join(name if cells == total else f"{name}({cells})" for name, cells in counted.items())

"""Answers as plain data: what `--format json` prints, by the contract of each schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from offramp.analysis.assessment import Assessment, Assessor, Breach, Suffering
from offramp.analysis.grid import Cell, WayOut
from offramp.analysis.solve import SETTINGS, Solution
from offramp.analysis.ways import Move, Step, steps
from offramp.case.schema import Case
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.model.world import Choice
from offramp.stability import CONCEPTS

CLAIM_SETTING = "a way out ends in its own state and in the ends that follow it; every coalition's ways out count"


def solve_record(builder: Builder, choice: Choice, solution: Solution, limit: int) -> dict[str, Any]:
    """Return the answer of `solve`, schema ``offramp.solve/1``.

    Above `limit` states, the states are left out and the lists are cut to their
    first `limit` numbers; `counts` then has their lengths.
    """
    model = solution.model
    stability = {concept: {dm: _numbers(result.stable) for dm, result in by_dm.items()} for concept, by_dm in solution.results.items()}
    equilibria = {concept: _numbers(solution.equilibria(concept)) for concept in solution.results}
    record: dict[str, Any] = {
        "schema": "offramp.solve/1",
        "case": builder.case.title,
        "as_of": builder.standing.as_of,
        "settings": {**solution.record(), "limit": limit},
        "readings": dict(choice.readings),
        "contested": choice.sides,
        "options": list(model.states.options),
        "num_states": model.num_states,
        "states": list(model.states.labels) if model.num_states <= limit else None,
        "status_quo": model.status_quo + 1,
        "stability": stability,
        "equilibria": equilibria,
    }
    if solution.for_coalitions:
        record["upset_by"] = {concept: _upset(solution, concept, limit) for concept in solution.for_coalitions}
    if solution.period is not None:
        record["period"] = solution.period
    if model.num_states > limit:
        record["counts"] = {
            "stability": {concept: {dm: len(numbers) for dm, numbers in by_dm.items()} for concept, by_dm in stability.items()},
            "equilibria": {concept: len(numbers) for concept, numbers in equilibria.items()},
        }
        record["stability"] = {concept: {dm: numbers[:limit] for dm, numbers in by_dm.items()} for concept, by_dm in stability.items()}
        record["equilibria"] = {concept: numbers[:limit] for concept, numbers in equilibria.items()}
    return record


def _upset(solution: Solution, concept: str, limit: int) -> list[dict[str, Any]]:
    """Return the first states that some coalition upsets, each with all such coalitions."""
    upset = np.nonzero(~solution.equilibria(concept))[0][:limit].tolist()
    return [{"state": state + 1, "coalitions": [list(members) for members in solution.upset_by(concept, state)]} for state in upset]


def states_record(builder: Builder, choice: Choice, solution: Solution) -> dict[str, Any]:
    """Return what a file with a row for every state is about, schema ``offramp.states/1``."""
    return about_states(builder, choice, solution.model, solution.record())


def about_states(builder: Builder, choice: Choice, model: ConflictModel, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return which cell rows of states are about, schema ``offramp.states/1``."""
    return {
        "schema": "offramp.states/1",
        "case": builder.case.title,
        "as_of": builder.standing.as_of,
        "settings": dict(settings),
        "readings": dict(choice.readings),
        "contested": choice.sides,
        "options": list(model.states.options),
        "num_states": model.num_states,
        "status_quo": model.status_quo + 1,
    }


def _numbers(mask: np.ndarray) -> list[int]:
    return (np.nonzero(mask)[0] + 1).tolist()


def ways_record(builder: Builder, cells: Sequence[Cell]) -> dict[str, Any]:
    """Return the answer of `ways`, schema ``offramp.ways/1``: every cell, and the claims' counts."""
    first = cells[0].model
    return {
        "schema": "offramp.ways/1",
        "case": builder.case.title,
        "as_of": builder.standing.as_of,
        "settings": {**SETTINGS, "claims": CLAIM_SETTING},
        "from": first.status_quo + 1,
        "from_code": first.states.label(first.status_quo),
        "options": list(first.states.options),
        "num_cells": len(cells),
        "cells": [_cell(builder.case, cell) for cell in cells],
        "claims": {name: _verdicts(cells, name) for name in builder.standing.claims},
    }


def _verdicts(cells: Sequence[Cell], name: str) -> dict[str, int]:
    count = Counter(cell.claims[name] for cell in cells)
    return {"supported": count["supported"], "refuted": count["refuted"], "undecided": count["undecided"]}


def _cell(case: Case, cell: Cell) -> dict[str, Any]:
    return {
        "readings": dict(cell.choice.readings),
        "contested": cell.choice.sides,
        "num_states": cell.model.num_states,
        "from": cell.model.status_quo + 1,
        "equilibrium": {concept: concept in cell.equilibrium for concept in CONCEPTS},
        "status_quo": assessment_record(case, cell.status_quo),
        "num_ways_out": cell.num_ways,
        "ways_out": [_way(case, cell.model, way) for way in cell.ways],
        "claims": dict(cell.claims),
    }


def _way(case: Case, model: ConflictModel, way: WayOut) -> dict[str, Any]:
    return {
        "coalition": list(way.coalition),
        "to": way.state + 1,
        "code": model.states.label(way.state),
        "moves": moves_record(model, way.moves),
        **assessment_record(case, way.assessment),
        "equilibrium": list(way.equilibrium),
        "then": [
            {
                "states": [state + 1 for state in end.end.states],
                "codes": [model.states.label(state) for state in end.end.states],
                "kind": "cycle" if end.end.is_cycle else "rest",
                **merged_record(case, end.assessments),
                "equilibrium": list(end.equilibrium),
            }
            for end in way.then
        ],
    }


def moves_record(model: ConflictModel, moves: Sequence[Move]) -> list[dict[str, Any]]:
    """Return a sequence of moves as plain data: who sets which options how, and the number of the state after it."""
    return [
        {"dm": step.dm, "set": {option.split(".")[1]: on for option, on in step.sets.items()}, "to": move.to + 1}
        for step, move in zip(steps(model, moves), moves, strict=True)
    ]


def assessment_record(case: Case, assessment: Assessment) -> dict[str, Any]:
    """Return what a state means for law and people, as plain data."""
    return merged_record(case, (assessment,))


def merged_record(case: Case, assessments: Sequence[Assessment]) -> dict[str, Any]:
    """Return what the states of an end mean: breaches and harms of any, wishes that all of them meet."""
    breaches = dict.fromkeys(breach for a in assessments for breach in a.breaches)
    harms = dict.fromkeys(harm for a in assessments for harm in a.harms)
    collisions = dict.fromkeys(collision for a in assessments for collision in a.collisions)
    permissions = dict.fromkeys(name for a in assessments for name in a.permissions)
    return {
        "breaches": [_breach(breach) for breach in breaches],
        "collisions": [{"by": collision.by, "norms": list(collision.norms)} for collision in collisions],
        "permissions": list(permissions),
        "harms": [_harm(case, harm) for harm in harms],
        "wishes_met": [name for name in assessments[0].wishes_met if all(name in a.wishes_met for a in assessments)],
    }


def _breach(breach: Breach) -> dict[str, Any]:
    return {"norm": breach.norm, "by": list(breach.by), "absolute": breach.absolute, "cite": breach.cite}


def _harm(case: Case, harm: Suffering) -> dict[str, Any]:
    return {"to": harm.to, "name": case.harms[harm.harm].name, "by": list(harm.by), "grade": harm.grade}


def states_table(solution: Solution, assessor: Assessor) -> tuple[list[str], list[list[object]]]:
    """Return one row a state: number, code, ranks (empty where preferences are no ranking), verdicts, equilibria, breaches, harms.

    For concepts that are asked about every coalition the last columns have the coalitions that upset the state.
    """
    model = solution.model
    header = ["number", "state", *(f"rank_{dm}" for dm in model.decision_makers)]
    header += [f"{concept}_{who}" for concept, by_whom in solution.results.items() for who in by_whom]
    header += [*(f"equilibrium_{concept}" for concept in solution.results), "breaches", "harms"]
    header += [f"upset_by_{concept}" for concept in solution.for_coalitions]
    verdicts = [result.stable for by_dm in solution.results.values() for result in by_dm.values()]
    verdicts += [solution.equilibria(concept) for concept in solution.results]
    ranks = [model.preference(dm).rank for dm in range(len(model.decision_makers))]
    rows: list[list[object]] = []
    for state in range(model.num_states):
        at = assessor.at(state)
        row: list[object] = [state + 1, model.states.label(state), *("" if rank is None else int(rank[state]) for rank in ranks)]
        row += [int(mask[state]) for mask in verdicts]
        row += [" ".join(breach.norm for breach in at.breaches), " ".join(harm_label(harm) for harm in at.harms)]
        rows.append([*row, *(" ".join(map("+".join, solution.upset_by(concept, state))) for concept in solution.for_coalitions)])
    return header, rows


def harm_label(harm: Suffering) -> str:
    """Return a harm in short, such as ``grave:pow_a``."""
    return f"{harm.grade}:{harm.to}"


def meaning_label(assessment: Assessment, final: Sequence[str], returns: bool) -> str:
    """Return what a state means in one line: what can be taken back, breaches, harms, wishes."""
    parts = ["CANNOT BE UNDONE: " + ", ".join(final)] if final else [] if returns else ["NO WAY BACK"]
    if assessment.breaches:
        parts.append("UNLAWFUL: " + ", ".join(breach.norm for breach in assessment.breaches))
    if assessment.harms:
        parts.append("harm " + ", ".join(harm_label(harm) for harm in assessment.harms))
    if assessment.wishes_met:
        parts.append("wish of " + ", ".join(assessment.wishes_met))
    return "; ".join(parts)


def step_label(step: Step, withheld: Mapping[str, str] | None = None) -> str:
    """Return a move in ids, such as ``iraq attack`` or, in a graph, ``moe to s2``; an option in `withheld` as it is called there.

    Examples
    --------
    >>> step_label(Step("syria", {"syria.release_water": False, "syria.escalate": True}, "NYN"))
    'syria no release_water and escalate'
    """
    if not step.sets:
        return f"{step.dm} to {step.code}"
    names = {option: (withheld or {}).get(option) or option.split(".")[1] for option in step.sets}
    return f"{step.dm} " + " and ".join(names[option] if on else f"no {names[option]}" for option, on in step.sets.items())


def where_text(readings: Mapping[str, tuple[str, ...]], contested: Mapping[str, bool]) -> str:
    """Return what a finding is confined to, in one line of ids.

    Examples
    --------
    >>> where_text({"ukraine": ("law_first", "humanitarian")}, {"leaders": False})
    'ukraine: law_first or humanitarian; leaders off'
    """
    parts = [f"{dm}: {' or '.join(names)}" for dm, names in readings.items()]
    return "; ".join([*parts, *(f"{name} {'on' if side else 'off'}" for name, side in contested.items())])

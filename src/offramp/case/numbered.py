"""States that a reading names by number: which code that number has, as long as the rules stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from offramp.case.faults import validate
from offramp.case.load import CaseFile
from offramp.case.references import resolve
from offramp.case.schema import Case
from offramp.case.yaml_reader import Document
from offramp.errors import CaseError, OfframpError, Problem
from offramp.model.build import Builder
from offramp.model.conflict import States

_NUMBER = re.compile(r"the state '(\d{1,9})'")


def with_codes(error: CaseError, document: Document) -> CaseError:
    """Return the faults of a case; those of states given by number say which code to write, where the rest of the case can be read."""
    if all(_number(problem) is None for problem in error.problems):
        return error
    states = _states(document)
    return CaseError(_problems(error, states)) if states is not None else error


def _number(problem: Problem) -> int | None:
    match = _NUMBER.match(problem.found)
    return int(match[1]) if match and problem.label.startswith("readings.") else None


def _problems(error: CaseError, states: States) -> Iterator[Problem]:
    for problem in error.problems:
        number = _number(problem)
        if number is None:
            yield problem
        elif 1 <= number <= len(states):
            remedy = f"write {states.label(number - 1)}, which has the number {number} under the rules as they are"
            yield replace(problem, remedy=remedy)
        else:
            yield replace(problem, remedy=f"there are {len(states)} states; offramp states lists them once the readings can be read")


def _states(document: Document) -> States | None:
    """Return the states of the case, whatever anybody wants; None where it cannot be read for other reasons."""
    wants: dict[str, Any] = {dm: {"any": {"prefers": []}} for dm in document.data.get("decision_makers", {})}
    bare = replace(document, data={**document.data, "readings": wants})
    try:
        case = validate(Case, bare)
        resolution = resolve(case, bare)
        builder = Builder(CaseFile(case, bare, resolution.formulas))
        return None if resolution.problems else builder.world(builder.choice()).states
    except OfframpError:
        return None

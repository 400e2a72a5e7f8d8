"""One version of a case with a single unit as another version has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from offramp.case.alike import excluded, ordered, reread, taken_now
from offramp.case.load import CaseFile
from offramp.case.perception import NESTED, seen_otherwise, with_unit
from offramp.case.schema import Case, Coalesced, Disallowed, Misperception, Rule
from offramp.case.shapes import is_pattern, pattern_formula
from offramp.case.yaml_reader import Path_
from offramp.errors import CaseError, ChoiceError

P = TypeVar("P", Coalesced, Misperception)


def composed(base: CaseFile, other: CaseFile, unit: Path_) -> CaseFile:
    """Return `base` with one unit as it is in `other`.

    Parameters
    ----------
    base, other : CaseFile
        Two versions of a case, their options in one order.
    unit : path
        From `offramp.case.changes.unit_of`.

    Raises
    ------
    ChoiceError
        If that cannot be read by itself; the text says why.
    """
    case, there = _codeless(base.case), _codeless(other.case)
    case = case.model_copy(update=_update(case, there, unit))
    try:
        return reread(base, case)
    except CaseError as error:
        first = error.problems[0]
        more = f", and {len(error.problems) - 1} more" if len(error.problems) > 1 else ""
        raise ChoiceError(f"by itself it cannot be read: {first.label}: {first.found}{more}") from None


def _update(case: Case, there: Case, unit: Path_) -> dict[str, Any]:
    """Return the fields of `case` that change when `unit` is as in `there`."""
    section = str(unit[0])
    if section == "decision_makers":
        return _maker(case, there, unit)
    if section == "readings":
        dm = str(unit[1])
        merged = _merged(case.readings.get(dm, {}), there.readings.get(dm, {}), str(unit[2]))
        if not merged:
            raise ChoiceError(f"by itself it leaves {dm} without a reading")
        return {"readings": {**case.readings, dm: merged}}
    if section in NESTED:
        return {section: with_unit(getattr(case, section), getattr(there, section), unit)}
    if section == "states":
        return {"states": there.states, "moves": there.moves}
    if len(unit) == 1:
        return {section: getattr(there, section)}
    return {section: _merged(getattr(case, section), getattr(there, section), str(unit[1]))}


def _maker(case: Case, there: Case, unit: Path_) -> dict[str, Any]:
    """Return the decision makers with an option, or a decision maker with its readings, as in `there`."""
    dm = str(unit[1])
    if len(unit) == 2:
        parts = ("decision_makers", "readings")
        found: dict[str, Any] = {part: _merged(getattr(case, part), getattr(there, part), dm) for part in parts}
        return found | {"misperceptions": with_unit(case.misperceptions, there.misperceptions, ("misperceptions", dm))}
    maker = case.decision_makers[dm]
    options = _merged(maker.options, there.decision_makers[dm].options, str(unit[3]))
    return {"decision_makers": {**case.decision_makers, dm: maker.model_copy(update={"options": options})}}


def _merged(own: Mapping[str, Any], there: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return `own` with the entry `name` as in `there`: changed, added in its place, or gone."""
    kept = {key: there[key] if key == name else value for key, value in own.items() if key != name or key in there}
    if name in there and name not in own:
        after = {key: kept.get(key, there[key]) for key in there if key in kept or key == name}
        return ordered({**after, **{key: value for key, value in kept.items() if key not in after}}, kept)
    return kept


def _codeless(case: Case) -> Case:
    """Return a case with the same headlines, with names for codes so that an option can come or go; without what has no bearing."""
    case = case.model_copy(update={"interventions": {}, "beliefs": {}})
    if case.is_graph:
        return case.model_copy(update={"status_quo": taken_now(case)})
    taken = taken_now(case)
    rules = {name: _by_names(case, rule) for name, rule in case.rules.items()}
    disallowed = {name: _ends_by_names(case, entry) for name, entry in case.disallowed.items()}
    coalesce = {name: _one_by_names(case, entry) for name, entry in case.coalesce.items()}
    unseen = seen_otherwise(case, lambda entry: _one_by_names(case, entry))
    case = case.model_copy(update={"disallowed": disallowed, "coalesce": coalesce, "misperceptions": unseen})
    return case.model_copy(update={"rules": rules, "status_quo": dict.fromkeys(sorted(taken or ()), True)})


def _ends_by_names(case: Case, entry: Disallowed) -> Disallowed:
    ends = {key: there for key in ("from_", "to") if is_pattern(there := getattr(entry, key))}
    return entry.model_copy(update={key: str(pattern_formula(there, list(case.options))) for key, there in ends.items()})


def _one_by_names(case: Case, entry: P) -> P:
    if entry.pattern is None:
        return entry
    return entry.model_copy(update={"pattern": None, "that": str(pattern_formula(entry.pattern, list(case.options)))})


def _by_names(case: Case, rule: Rule) -> Rule:
    pattern = excluded(case, rule)
    if pattern is None:
        return rule
    parts = [label if letter == "Y" else f"not {label}" for label, letter in sorted(pattern)]
    return rule.model_copy(update={"exclude": None, "require": f"not ({' and '.join(parts)})" if parts else "false"})

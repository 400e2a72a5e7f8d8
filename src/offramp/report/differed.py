"""Two versions of a case in words: what changed, and what each change does by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from offramp.analysis.diff import Answer, Diff, Difference, Effect
from offramp.case.changes import Change, Detail
from offramp.case.schema import dated_judgements
from offramp.case.yaml_reader import Path_, dotted
from offramp.report.history import percent
from offramp.report.naming import headline_name, judgement_name
from offramp.report.voice import Voice
from offramp.report.words import KIN

MAX_LINES = 6
"""Headlines that are told of one change."""

MAX_VALUE = 60
"""Letters of a value that is told."""

_SHORT = ("since", "until", "basis", "holds", "contested", "direction", "irreversible", "weight", "grade", "as_of", "absolute")
"""Fields of which both values are told, beside those that a headline can depend on."""

_WHOLE = {
    "status_quo": "the status quo",
    "as_of": "the date of the case",
    "harms": "the harms",
    "states": "the states and moves",
    "title": "the title",
    "coalitions": "the named coalitions",
    "note": "the note of the case",
    "cite": "the citation of the case",
}


class Differed:
    """Tells what changed.

    Parameters
    ----------
    before, after : Voice
        How the labels of A and of B are said.
    found : Diff
        What changed.
    """

    def __init__(self, before: Voice, after: Voice, found: Diff) -> None:
        self.before, self.after, self.found = before, after, found

    # -- headlines -------------------------------------------------------------------------------------------------------

    def headline(self, one: Difference) -> str:
        """Return a headline in words, said by the version that has it."""
        return headline_name(self.after if _knows(self.after, one.headline) else self.before, one.headline)

    def moved(self, one: Difference) -> str:
        """Return how a headline moves, in one line."""
        return f"{self.headline(one)}: {share_told(one.before)} → {share_told(one.after)}"

    # -- what changed ----------------------------------------------------------------------------------------------------

    def changes(self, effect: Effect) -> list[str]:
        """Return what changed in one unit: its name, then what about it, a line each."""
        alone = [change for change in effect.changes if change.path == effect.unit]
        inside = [change for change in effect.changes if change.path != effect.unit]
        head = self._name(effect.unit, alone[0].kind == "removed" if alone else False)
        said = "; ".join(told for change in alone if (told := self._about(change)))
        return [f"{head}: {said}" if said else head, *(f"– {self._inside(change)}" for change in inside)]

    def _name(self, path: Path_, is_gone: bool) -> str:
        if len(path) == 1:
            return _WHOLE.get(str(path[0]), str(path[0]))
        if path[0] == "decision_makers" and len(path) == 2:
            return f"the decision maker {(self.before if is_gone else self.after).maker(str(path[1]))}"
        if path[0] == "interventions":
            return f"the intervention {path[1]}"
        return judgement_name(self.before if is_gone else self.after, path)

    def _about(self, change: Change) -> str:
        """Return what happened to a judgement; of one about kin, no values."""
        if change.kind != "changed":
            return change.kind
        entry = dated_judgements(self.after.case).get(change.path)
        is_bare = self._name(change.path, False) == KIN or (entry is not None and self.after.is_reserved(entry))
        secret = self.before.secret | self.after.secret
        if change.path == ("as_of",):
            return f"{_value(change.details[0].before)} → {_value(change.details[0].after)}"
        return ", ".join(_detail(detail, is_bare, secret) for detail in change.details) if len(change.path) > 1 else "changed"

    def _inside(self, change: Change) -> str:
        """Return a statement or a harm that changed, without the name of what it stands in."""
        name = self._name(change.path, change.kind == "removed")
        return f"{name.partition(', wish: ')[2] or name}: {self._about(change)}"

    def effect(self, effect: Effect) -> list[str]:
        """Return what a change does by itself, a line each headline."""
        if effect.answer is None:
            return ["no answer depends on it"]
        if effect.answer.reason or self.found.before.reason:
            return [f"cannot be told: {effect.answer.reason or 'A cannot be solved'}"]
        if not effect.differences:
            return ["moves nothing by itself"]
        turned = [one for one in effect.differences if one.turns]
        shown = (turned or list(effect.differences))[:MAX_LINES]
        left = len(effect.differences) - len(shown)
        return [*map(self.moved, shown), *([f"and moves {left} more"] if left else [])]

    def sentences(self) -> Iterator[str]:
        """Yield what the tables come to."""
        for name, there in (("A", self.found.before), ("B", self.found.after)):
            if there.reason:
                yield f"{name} cannot be solved: {there.reason}."
        effects = self.found.effects
        idle = sum(effect.is_idle for effect in effects)
        if idle == len(effects):
            yield "Only names, notes, bases and the like differ: no answer can depend on them."
        elif not self.found.differences and not self.found.before.reason and not self.found.after.reason:
            yield "Together the changes leave every headline as it was."
        if self.found.differences:
            yield from self._whence()

    def _whence(self) -> Iterator[str]:
        """Yield which headlines differ between A and B though no change moves them by itself."""
        alone = {one.headline for effect in self.found.effects for one in effect.differences}
        lost = [self.headline(one) for one in self.found.differences if one.turns and one.headline not in alone]
        if lost:
            unsure = any(effect.answer is not None and effect.answer.reason for effect in self.found.effects)
            lead = "Of no single change can it be told that it moves these" if unsure else "By no single change, only by several together"
            yield f"{lead}: {'; '.join(lost)}."


def _detail(detail: Detail, is_bare: bool, secret: Collection[str]) -> str:
    """Return a field that differs, with its values where they are short and may be said."""
    if detail.field == "any_order":
        return "which statements may stand in any order"
    values = [_value(detail.before), _value(detail.after)]
    if is_bare or not set(re.findall(r"\w+", " ".join(values))).isdisjoint(secret):
        return f"other {detail.field.replace('_', ' ')}"
    if (detail.is_idle and detail.field not in _SHORT) or max(map(len, values)) > MAX_VALUE:
        return _OTHER.get(detail.field, f"other {detail.field.replace('_', ' ')}")
    return f"{detail.field.replace('_', ' ')}: {values[0]} → {values[1]}"


_OTHER = {"because": "other words behind it", "cite": "other citation", "said": "said otherwise"}


def _value(value: Any) -> str:
    return "not given" if value is None else plain_value(value)


def _knows(voice: Voice, headline: str) -> bool:
    """Return whether a version has the decision makers, the person or the claim of a headline."""
    kind, _, rest = headline.partition(".")
    if kind == "mover":
        return all(dm in voice.case.decision_makers for dm in rest.split("+"))
    return {"wish": rest in voice.case.people, "claim": rest in voice.case.claims, "denied": rest in voice.case.claims}.get(kind, True)


def plain_value(value: Any) -> str:
    """Return a value of a case file as text: a word as it is, all else as JSON.

    Examples
    --------
    >>> plain_value("2025-06"), plain_value(True), plain_value(["a", "b"])
    ('2025-06', 'true', '["a", "b"]')
    """
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def share_told(share: float | None) -> str:
    """Return a share in per cent, or that there is none."""
    return "not there" if share is None else percent(share)


def diff_record(titles: Sequence[str], dates: Sequence[str | None], found: Diff) -> dict[str, Any]:
    """Return the answer of `diff`, schema ``offramp.diff/1``, without the evidence."""
    return {
        "schema": "offramp.diff/1",
        "a": _version(titles[0], dates[0], found.before),
        "b": _version(titles[1], dates[1], found.after),
        "is_same": found.is_same,
        "headlines": [difference_record(one) for one in found.differences],
        "units": [_unit(effect) for effect in found.effects],
    }


def _version(title: str, date: str | None, there: Answer) -> dict[str, Any]:
    return {"case": title, "as_of": date, "num_cells": there.num_cells, "reason": there.reason}


def difference_record(one: Difference) -> dict[str, Any]:
    """Return a headline that differs, as plain data."""
    before, after = one.levels
    return {
        "headline": one.headline,
        "before": one.before,
        "after": one.after,
        "level_before": before,
        "level_after": after,
        "turns": one.turns,
    }


def _unit(effect: Effect) -> dict[str, Any]:
    return {
        "label": dotted(effect.unit),
        "is_idle": effect.is_idle,
        "reason": effect.answer.reason if effect.answer else "",
        "changes": [
            {
                "label": dotted(change.path),
                "kind": change.kind,
                "is_idle": change.is_idle,
                "fields": [_field(one) for one in change.details],
            }
            for change in effect.changes
        ],
        "moves": [difference_record(one) for one in effect.differences],
    }


def _field(one: Detail) -> dict[str, Any]:
    return {"field": one.field, "old": _json(one.before), "new": _json(one.after), "is_idle": one.is_idle}


def _json(value: Any) -> str | None:
    return None if value is None else plain_value(value)


def diff_rows(found: Diff) -> tuple[list[str], list[list[object]]]:
    """Return one row for each unit and headline that it moves, or that differs between A and B (there the unit is empty)."""
    header = ["unit", "kind", "is_idle", "headline", "a", "with_it", "b", "turns", "reason"]
    rows: list[list[object]] = []
    for one in found.differences:
        rows.append(["", "", "", one.headline, _cell(one.before), "", _cell(one.after), int(one.turns), ""])
    for effect in found.effects:
        reason = effect.answer.reason if effect.answer else ""
        start: list[object] = [dotted(effect.unit), " ".join(dict.fromkeys(change.kind for change in effect.changes)), int(effect.is_idle)]
        if not effect.differences:
            rows.append([*start, "", "", "", "", "", reason])
        for one in effect.differences:
            last = found.after.share(one.headline)
            rows.append([*start, one.headline, _cell(one.before), _cell(one.after), _cell(last), int(one.turns), reason])
    return header, rows


def _cell(share: float | None) -> object:
    return "" if share is None else round(share, 12)

"""Two versions of a case written alike: options in one order, and no code whose letters depend on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from offramp.case.labels import labels_of
from offramp.case.load import CaseFile
from offramp.case.pairs import renamed
from offramp.case.perception import seen_otherwise
from offramp.case.references import resolve
from offramp.case.schema import Case, Coalesced, DecisionMaker, Disallowed, Misperception, Reading, Rule
from offramp.case.shapes import is_pattern
from offramp.errors import CaseError

T = TypeVar("T")
P = TypeVar("P", Coalesced, Misperception)


def aligned(file: CaseFile, like: CaseFile) -> CaseFile:
    """Return a case with its decision makers and options in the order that they have in `like`, new ones after the one before them.

    It means the same: codes are written anew. Where nothing has to be put
    elsewhere, the case comes back as it is.
    """
    makers = {dm: _maker(maker, like.case.decision_makers.get(dm)) for dm, maker in file.case.decision_makers.items()}
    makers = ordered(makers, like.case.decision_makers)
    places = _places(file.case, makers)
    if places == list(range(len(places))) and list(makers) == list(file.case.decision_makers):
        return file
    case = file.case.model_copy(update={"decision_makers": makers, **_recoded(file.case, places)})
    return reread(file, case)


def reread(file: CaseFile, case: Case) -> CaseFile:
    """Return the file with another case in it, its formulas read anew; the document stays that of the file.

    Raises
    ------
    CaseError
        With every label that names nothing there.
    """
    resolution = resolve(case, file.document)
    if resolution.problems:
        raise CaseError(resolution.problems)
    return replace(file, case=case, formulas=resolution.formulas)


def ordered(entries: Mapping[str, T], like: Iterable[str]) -> dict[str, T]:
    """Return entries in the order of `like`, each new one after the one that it stands after.

    Examples
    --------
    >>> list(ordered({"a": 1, "new": 2, "c": 3, "b": 4}, ["b", "a", "c"]))
    ['b', 'a', 'new', 'c']
    """
    names = [name for name in like if name in entries]
    known = set(names)
    last = -1
    for name in entries:
        if name in known:
            last = names.index(name)
        else:
            last += 1
            names.insert(last, name)
    return {name: entries[name] for name in names}


def _maker(maker: DecisionMaker, like: DecisionMaker | None) -> DecisionMaker:
    return maker if like is None else maker.model_copy(update={"options": ordered(maker.options, like.options)})


def _places(case: Case, makers: Mapping[str, DecisionMaker]) -> list[int]:
    """Return, for every option in the new order, its place in the old."""
    old = list(case.options)
    return [old.index(f"{dm}.{name}") for dm, maker in makers.items() for name in maker.options]


def _recoded(case: Case, places: list[int]) -> dict[str, object]:
    """Return the sections in which codes stand, with the letters in the new order."""

    def turned(code: str) -> str:
        return "".join(code[place] for place in places)

    if case.is_graph:
        return {}
    rules = {name: _turned_rule(rule, places) for name, rule in case.rules.items()}
    readings = {dm: {name: _turned_reading(reading, turned) for name, reading in there.items()} for dm, there in case.readings.items()}
    now = case.status_quo
    sections = {
        "rules": rules,
        "disallowed": {name: _turned_ends(entry, turned) for name, entry in case.disallowed.items()},
        "coalesce": {name: _turned_pattern(entry, turned) for name, entry in case.coalesce.items()},
        "readings": readings,
        "misperceptions": seen_otherwise(case, lambda entry: _turned_pattern(entry, turned)),
    }
    return {**sections, "status_quo": turned(now) if isinstance(now, str) else now}


def _turned_rule(rule: Rule, places: list[int]) -> Rule:
    if rule.exclude is None:
        return rule
    return rule.model_copy(update={"exclude": "".join(rule.exclude[place] for place in places)})


def _turned_ends(entry: Disallowed, turned: Callable[[str], str]) -> Disallowed:
    return entry.model_copy(update={key: turned(there) for key in ("from_", "to") if is_pattern(there := getattr(entry, key))})


def _turned_pattern(entry: P, turned: Callable[[str], str]) -> P:
    return entry if entry.pattern is None else entry.model_copy(update={"pattern": turned(entry.pattern)})


def _turned_reading(reading: Reading, turned: Callable[[str], str]) -> Reading:
    update: dict[str, object] = {"great_steps": [turned(code) for code in reading.great_steps]}
    if reading.ranking is not None:
        update["ranking"] = [turned(tier) if isinstance(tier, str) else [turned(code) for code in tier] for tier in reading.ranking]
    if reading.pairs is not None:
        update["pairs"] = [renamed(line, turned) for line in reading.pairs]
    return reading.model_copy(update=update)


def taken_now(case: Case) -> frozenset[str] | str | None:
    """Return the options that the status quo takes, whichever way it is written; in a graph the name of the state."""
    now = case.status_quo
    if case.is_graph:
        return now if isinstance(now, str) else next(iter(case.states or ()), None)
    if isinstance(now, str):
        return frozenset(label for label, letter in zip(case.options, now, strict=True) if letter == "Y")
    labels = labels_of(case)
    return frozenset(labels.resolve(name) for name, on in (now or {}).items() if on)


def excluded(case: Case, rule: Rule) -> frozenset[tuple[str, str]] | None:
    """Return which options a pattern fixes, and how; None for a rule with a formula."""
    if rule.exclude is None:
        return None
    return frozenset((label, letter) for label, letter in zip(case.options, rule.exclude, strict=True) if letter != "-")

"""Which judgements differ between two versions of a case, by their place in the file; statements by what they say."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from offramp.case.alike import excluded, taken_now
from offramp.case.entries import Entry
from offramp.case.labels import labels_of
from offramp.case.load import CaseFile
from offramp.case.perception import NESTED
from offramp.case.schema import AnyOrder, Case, Option, Reading, Rule
from offramp.case.shapes import is_pattern
from offramp.case.yaml_reader import Path_

Kind = Literal["added", "removed", "changed", "moved"]

IDLE = frozenset({"name", "note", "basis", "because", "cite", "said", "title", "grade", "absolute", "protected", "restricted", "id"})
"""What of a judgement no headline depends on."""


@dataclass(frozen=True)
class Detail:
    """One field of a judgement in both versions, as the file has it; None where it is not given."""

    field: str
    before: Any
    after: Any
    is_idle: bool


@dataclass(frozen=True)
class Change:
    """One judgement that differs.

    Parameters
    ----------
    path : path
        In B; of what was removed, in A.
    kind : str
        ``added``, ``removed``, ``changed``; of a statement in a reading also ``moved``.
    details : tuple of Detail
        Of what changed, the fields that differ.
    is_idle : bool
        Whether no headline can depend on it.
    """

    path: Path_
    kind: Kind
    details: tuple[Detail, ...] = ()
    is_idle: bool = False


def unit_of(path: Path_) -> Path_:
    """Return the smallest part of a case whose change is tried by itself.

    Examples
    --------
    >>> unit_of(("readings", "ukraine", "law_first", "prefers", 0)), unit_of(("harms", 2)), unit_of(("moves",))
    (('readings', 'ukraine', 'law_first'), ('harms',), ('states',))
    """
    if path[0] == "readings":
        return path[:3]
    if path[0] in ("harms", "status_quo"):
        return path[:1]
    return ("states",) if path[0] in ("states", "moves") else path


def changes(before: CaseFile, after: CaseFile) -> list[Change]:
    """Return every judgement that differs, in file order.

    Parameters
    ----------
    before, after : CaseFile
        Two versions of a case, their options in one order.
    """
    return list(_Comparison(before, after).found())


class _Comparison:
    def __init__(self, before: CaseFile, after: CaseFile) -> None:
        self.before, self.after = before, after
        self.a, self.b = before.case, after.case

    def found(self) -> Iterator[Change]:
        for field in ("title", "note", "cite", "as_of"):
            yield from self._field((field,), getattr(self.a, field), getattr(self.b, field), field != "as_of")
        yield from self._makers()
        yield from self._field(("coalitions",), self.a.coalitions, self.b.coalitions, True)
        for section in ("rules", "disallowed", "coalesce"):
            yield from self._section(section)
        yield from self._field(("states",), _of_graph(self.a), _of_graph(self.b), False)
        yield from self._status_quo()
        for dm in dict.fromkeys([*self.a.readings, *self.b.readings]):
            if dm in self.a.decision_makers and dm in self.b.decision_makers:
                yield from self._readings(dm)
        for section in NESTED:
            yield from self._by_maker(section, section == "beliefs")
        for section in ("conditions", "norms", "people"):
            yield from self._section(section)
        yield from self._harms()
        yield from self._section("claims")
        yield from self._section("interventions", True)

    def _field(self, path: Path_, before: Any, after: Any, is_idle: bool) -> Iterator[Change]:
        if before != after:
            yield Change(path, "changed", (Detail(str(path[0]), _plain(before), _plain(after), is_idle),), is_idle)

    def _status_quo(self) -> Iterator[Change]:
        if self.a.is_graph == self.b.is_graph:
            yield from self._field(("status_quo",), taken_now(self.a), taken_now(self.b), False)

    def _section(self, section: str, is_idle: bool = False) -> Iterator[Change]:
        yield from self._entries((section,), getattr(self.a, section), getattr(self.b, section), is_idle)

    def _by_maker(self, section: str, is_idle: bool) -> Iterator[Change]:
        """Yield what differs in entries by decision maker; of one who is not in both versions, nothing."""
        a, b = getattr(self.a, section), getattr(self.b, section)
        for dm in dict.fromkeys([*a, *b]):
            if dm in self.a.decision_makers and dm in self.b.decision_makers:
                yield from self._entries((section, dm), a.get(dm, {}), b.get(dm, {}), is_idle)

    def _entries(self, path: Path_, a: Mapping[str, Entry], b: Mapping[str, Entry], is_idle: bool = False) -> Iterator[Change]:
        for name in dict.fromkeys([*a, *b]):
            place = (*path, name)
            if name not in b or name not in a:
                yield Change(place, "removed" if name in a else "added", (), is_idle)
            else:
                yield from self._entry(place, place, a[name], b[name], is_idle)

    def _entry(self, old: Path_, new: Path_, a: Entry, b: Entry, is_idle: bool = False) -> Iterator[Change]:
        details = tuple(self._details(old, new, a, b, is_idle))
        if details:
            yield Change(new, "changed", details, all(detail.is_idle for detail in details))

    def _details(self, old: Path_, new: Path_, a: Entry, b: Entry, is_idle: bool) -> Iterator[Detail]:
        written_a, written_b = _dumped(a), _dumped(b)
        meant_a, meant_b = _meant(self.before, old, a), _meant(self.after, new, b)
        for field in dict.fromkeys([*written_a, *written_b]):
            if written_a.get(field) != written_b.get(field):
                same = meant_a.get(field) == meant_b.get(field)
                if same and all(is_pattern(str(written.get(field))) for written in (written_a, written_b)):
                    continue  # a letter more for an option that came
                yield Detail(field, written_a.get(field), written_b.get(field), is_idle or same or field in IDLE)

    # -- who can do what -------------------------------------------------------------------------------------------------

    def _makers(self) -> Iterator[Change]:
        a, b = self.a.decision_makers, self.b.decision_makers
        for dm in dict.fromkeys([*a, *b]):
            path: Path_ = ("decision_makers", dm)
            if dm not in b or dm not in a:
                yield Change(path, "removed" if dm in a else "added")
                continue
            own_a, own_b = (maker.model_copy(update={"options": {}}) for maker in (a[dm], b[dm]))
            yield from self._entry(path, path, own_a, own_b)
            yield from self._entries((*path, "options"), a[dm].options, b[dm].options)

    # -- what they want --------------------------------------------------------------------------------------------------

    def _readings(self, dm: str) -> Iterator[Change]:
        a, b = self.a.readings.get(dm, {}), self.b.readings.get(dm, {})
        for name in dict.fromkeys([*a, *b]):
            path: Path_ = ("readings", dm, name)
            if name not in a or name not in b:
                yield Change(path, "removed" if name in a else "added")
            elif a[name].prefers is None or b[name].prefers is None:
                yield from self._entry(path, path, a[name], b[name])
            else:
                own_a, own_b = (reading.model_copy(update={"prefers": []}) for reading in (a[name], b[name]))
                yield from self._entry(path, path, own_a, own_b)
                yield from self._statements(path, a[name], b[name])

    def _statements(self, path: Path_, a: Reading, b: Reading) -> Iterator[Change]:
        """Yield the statements of a reading that differ: those that say the same are one and the same."""
        old = [((*path, *place), statement) for place, statement in a.statements()]
        new = [((*path, *place), statement) for place, statement in b.statements()]
        pairs = paired([self.before.formula(*p, "that") for p, _ in old], [self.after.formula(*p, "that") for p, _ in new])
        kept = longest_rise([place for _, place in pairs])
        matched = {place: k for k, place in pairs}
        yield from (Change(p, "removed") for k, (p, _) in enumerate(old) if k not in matched.values())
        for place, (p, statement) in enumerate(new):
            if place not in matched:
                yield Change(p, "added")
                continue
            where, before = old[matched[place]]
            if place not in kept:
                yield Change(p, "moved")
            yield from self._entry(where, p, before, statement)
        if _groups(self.before, path, a) != _groups(self.after, path, b) and len(pairs) == len(old) == len(new):
            yield Change(path, "changed", (Detail("any_order", None, None, True),), True)

    # -- what it means ---------------------------------------------------------------------------------------------------

    def _harms(self) -> Iterator[Change]:
        old, new = self.a.harms, self.b.harms
        key_a = [(harm.to, self.before.formula("harms", k, "that")) for k, harm in enumerate(old)]
        key_b = [(harm.to, self.after.formula("harms", k, "that")) for k, harm in enumerate(new)]
        pairs = paired(key_a, key_b)
        yield from (Change(("harms", k), "removed") for k in range(len(old)) if k not in [first for first, _ in pairs])
        matched = {place: k for k, place in pairs}
        for place, harm in enumerate(new):
            if place in matched:
                yield from self._entry(("harms", matched[place]), ("harms", place), old[matched[place]], harm)
            else:
                yield Change(("harms", place), "added")


def paired(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the places of equal entries in two lists, each entry used once, in the order of `old`.

    Examples
    --------
    >>> paired("abca", "caba")
    [(0, 1), (1, 2), (2, 0), (3, 3)]
    """
    free: dict[Hashable, list[int]] = {}
    for place, entry in enumerate(new):
        free.setdefault(entry, []).append(place)
    return [(k, free[entry].pop(0)) for k, entry in enumerate(old) if free.get(entry)]


def longest_rise(places: Sequence[int]) -> frozenset[int]:
    """Return the most of these numbers that stand in rising order, the rest were moved; the first such choice.

    Examples
    --------
    >>> sorted(longest_rise([3, 0, 1, 2]))
    [0, 1, 2]
    """
    best: list[tuple[int, ...]] = [()]
    for place in places:
        before: tuple[int, ...] = max((rise for rise in best if not rise or rise[-1] < place), key=len)
        best.append((*before, place))
    longest: tuple[int, ...] = max(best, key=len)
    return frozenset(longest)


def _dumped(entry: Entry) -> dict[str, Any]:
    return entry.model_dump(mode="json", exclude_defaults=True, by_alias=True)


def _meant(file: CaseFile, path: Path_, entry: Entry) -> dict[str, Any]:
    """Return the fields of an entry so that what means the same is the same, however it is written."""
    fields = _dumped(entry)
    for there, formula in file.formulas.items():
        if there[: len(path)] == path and len(there) > len(path):
            _put(fields, there[len(path) :], str(formula))
    if isinstance(entry, Option):
        fields |= {"direction": entry.allowed, "irreversible": entry.allowed}
    if isinstance(entry, Rule) and entry.exclude is not None:
        fields["exclude"] = excluded(file.case, entry)
    if isinstance(entry, Reading) and entry.weights is not None:
        labels = labels_of(file.case)
        fields["weights"] = {labels.resolve(option): weight for option, weight in entry.weights.items()}
    return fields


def _put(fields: Any, path: Path_, value: str) -> None:
    """Put a value at a path, where something stands there already."""
    for step in path:
        if step not in (range(len(fields)) if isinstance(fields, list) else fields):
            return
        if isinstance(fields[step], str):
            fields[step] = value
        fields = fields[step]


def _groups(file: CaseFile, path: Path_, reading: Reading) -> list[frozenset[str]]:
    return [
        frozenset(str(file.formula(*path, "prefers", place, "any_order", k, "that")) for k in range(len(entry.any_order)))
        for place, entry in enumerate(reading.prefers or ())
        if isinstance(entry, AnyOrder)
    ]


def _of_graph(case: Case) -> Any:
    """Return the states and moves of a graph; the order of the states counts for nothing."""
    if case.states is None:
        return None
    return {"states": frozenset(case.states), "moves": {dm: frozenset(there) for dm, there in (case.moves or {}).items() if there}}


def _plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, frozenset):
        return sorted(list(one) if isinstance(one, tuple) else one for one in value)
    return {key: _plain(one) for key, one in value.items()} if isinstance(value, dict) else value

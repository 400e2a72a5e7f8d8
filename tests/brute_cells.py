"""What a case comes to in each cell, by the definitions of `docs/reference/how-sure.md`: cells, headlines, shares.

A *file* is what `brute_cases` draws: the document of a `case.yaml` with trees
in place of formulas. `opened` puts it at its date and gives a *case*: a dict in
the form of `plain`, so that its cells answer here too. Whoever judges
something otherwise makes a changed case of it, with `put`.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import Any, TypeAlias

import reference
from formulas import Tree
from plain import PlainCell, allowed, choices

File: TypeAlias = dict[str, Any]
Case: TypeAlias = dict[str, Any]
Path: TypeAlias = tuple[Any, ...]
Choice: TypeAlias = tuple[dict[str, str], dict[str, bool]]  # a reading for each decision maker, a side for each contested entry
Shares: TypeAlias = dict[str, Fraction]
Coalition: TypeAlias = tuple[str, ...]

GONE = object()
GAMES: dict[Any, reference.Game] = {}
MOST_GAMES = 20_000


def put(node: Any, path: Path, value: Any) -> Any:
    """Return a copy with another value at a path, or without the entry there if the value is `GONE`."""
    copy = dict(node) if isinstance(node, dict) else list(node)
    key, *rest = path
    if rest:
        copy[key] = put(copy[key], tuple(rest), value)
    elif value is GONE:
        del copy[key]
    else:
        copy[key] = value
    return copy


# Opening a file: what is in force at a date.


def in_force(entry: dict[str, Any], date: str | None) -> bool:
    """Tell whether a date lies from `since` to `until`, both included, as far as each is known."""
    if date is None:
        return True
    since, until = entry.get("since", date), entry.get("until", date)
    known, last = min(len(since), len(date)), min(len(until), len(date))
    return bool(since[:known] <= date[:known] and date[:last] <= until[:last])


def opened(file: File, as_of: str | None = None) -> Case:
    """Return what is in force, in the form of `plain`: entries by name, statements and harms with their places in the file."""
    date = as_of or file.get("as_of")

    def live(section: str) -> dict[str, Any]:
        return {name: entry for name, entry in file.get(section, {}).items() if in_force(entry, date)}

    makers = {dm: _options(dm, maker, date) for dm, maker in file["decision_makers"].items()}
    labels = [f"{dm}.{option}" for dm, options in makers.items() for option, _ in options]
    return {
        "makers": makers,
        "labels": labels,
        "status_quo": _code(file.get("status_quo", {}), labels),
        "rules": {name: _flags(rule) | {"tree": rule["require"]} for name, rule in live("rules").items()},
        "conditions": {name: _condition(entry, date) for name, entry in file.get("conditions", {}).items()},
        "norms": {name: _norm(norm) for name, norm in live("norms").items()},
        "readings": {dm: _readings(dm, there, date) for dm, there in file["readings"].items()},
        "people": {name: person["wish"] for name, person in live("people").items() if "wish" in person},
        "harms": {place: harm for place, harm in enumerate(file.get("harms", [])) if in_force(harm, date)},
        "claims": live("claims"),
        "interventions": file.get("interventions", {}),
    }


def _options(dm: str, maker: dict[str, Any], date: str | None) -> list[tuple[str, str]]:
    options = maker.get("options", {}).items()
    return [(name, option.get("direction", "both") if in_force(option, date) else "fixed") for name, option in options]


def _code(status_quo: str | dict[str, bool], labels: list[str]) -> str:
    if isinstance(status_quo, str):
        return status_quo
    taken = {label for label, is_taken in status_quo.items() if is_taken}
    return "".join("Y" if label in taken or short(label, labels) in taken else "N" for label in labels)


def _flags(entry: dict[str, Any]) -> dict[str, Any]:
    return {"contested": entry.get("contested", False), "basis": entry.get("basis", "assumed")}


def _condition(entry: dict[str, Any], date: str | None) -> dict[str, Any]:
    if in_force(entry, date):
        return {"holds": entry["holds"], "contested": entry.get("contested", False)}
    return {"holds": not entry["holds"], "contested": False}


def _norm(norm: dict[str, Any]) -> dict[str, Any]:
    kind = next(kind for kind in ("forbids", "requires", "permits") if kind in norm)
    return _flags(norm) | {"binds": norm["binds"], "kind": kind, "tree": norm[kind], "when": norm.get("when")}


def _readings(dm: str, there: dict[str, Any], date: str | None) -> dict[str, Any]:
    return {name: _reading(("readings", dm, name), reading, date) for name, reading in there.items() if in_force(reading, date)}


def _reading(path: Path, reading: dict[str, Any], date: str | None) -> dict[str, Any]:
    made: dict[str, Any] = {"weight": Fraction(str(reading.get("weight", 1)))}
    if "weights" in reading:
        return made | {"weights": reading["weights"]}
    if "ranking" in reading:
        return made | {"ranking": [[tier] if isinstance(tier, str) else tier for tier in reading["ranking"]]}
    found: list[dict[str, Any]] = []
    for place, entry in enumerate(reading["prefers"]):
        members = list(_members((*path, "prefers", place), entry))
        found += [{"path": at, "tree": e["that"], "basis": e.get("basis", "assumed")} for at, e in members if in_force(e, date)]
    return made | {"prefers": found}


def _members(path: Path, entry: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the statement that an entry is, or the statements of the group that it is."""
    if "any_order" not in entry:
        yield path, entry
    for place, each in enumerate(entry.get("any_order", [])):
        yield (*path, "any_order", place), each


def short(label: str, labels: Iterable[str]) -> str:
    """Return the short id of an option, or its whole label where another has the same."""
    last = label.split(".")[1]
    return last if sum(each.split(".")[1] == last for each in labels) == 1 else label


# One cell.


class Cell(PlainCell):
    """A case under one choice. Where the status quo does not exist, `is_void`, and nothing else may be asked."""

    def __init__(self, case: Case, choice: Choice) -> None:
        self.spec, (self.readings, self.sides) = case, choice
        given = {name: self.sides.get(name, entry["holds"]) for name, entry in case["conditions"].items()}
        self.conditions = given | case.get("settled", {})
        self.now = case["status_quo"]
        self.norms = {name: norm for name, norm in case["norms"].items() if self.sides.get(name, True)}
        self.states = [code for code in reference.all_codes(len(case["labels"])) if self._exists(code)]
        self.is_void = self.now not in self.states
        if not self.is_void:
            self.game = self._game()

    def _exists(self, code: str) -> bool:
        ways = [way for options in self.spec["makers"].values() for _, way in options]
        stays = all(way != "fixed" or new == old for way, new, old in zip(ways, code, self.now, strict=True))
        return stays and allowed(self.spec, code, self.conditions, self.sides)

    def _game(self) -> reference.Game:
        """Return the game; the same object for the same game, so that `reference` remembers its answers."""
        makers = {dm: [(o, "both" if way == "fixed" else way) for o, way in options] for dm, options in self.spec["makers"].items()}
        rank = {dm: self._ranks(dm) for dm in makers}
        key = (repr(makers), *self.states, *(place for there in rank.values() for place in there.values()))
        if len(GAMES) > MOST_GAMES:
            GAMES.clear()
        if key not in GAMES:
            GAMES[key] = reference.option_game(makers, self.states, rank)
        return GAMES[key]

    def _ranks(self, dm: str) -> dict[str, int]:
        scores = {code: self._score(dm, code) for code in self.states}
        order = sorted(set(scores.values()))
        return {code: order.index(score) for code, score in scores.items()}

    def _score(self, dm: str, code: str) -> int:
        reading = self.spec["readings"][dm][self.readings[dm]]
        if "ranking" in reading:
            tiers = reading["ranking"]
            return next((len(tiers) - place for place, tier in enumerate(tiers) if code in tier), 0)
        if "weights" in reading:
            return sum(weight for label, weight in reading["weights"].items() if self.holds(("name", self._whole(label)), code))
        held = [self.holds(statement["tree"], code) for statement in reading["prefers"]]
        return int("0" + "".join("01"[truth] for truth in held), 2)

    def _whole(self, label: str) -> str:
        return label if label in self.spec["labels"] else next(each for each in self.spec["labels"] if each.endswith(f".{label}"))

    def harms(self, code: str) -> set[int]:
        return {place for place, harm in self.spec["harms"].items() if self.holds(harm["that"], code)}

    def verdict(self, name: str) -> str:
        tests = {"possible": self._possible, "only_if": self._only_if, "permitted": self._permitted, "stable": self._stable}
        claim = self.spec["claims"][name]
        form = next(form for form in tests if form in claim)
        return tests[form]({"concept": "nash", **claim[form]})

    @cached_property
    def by_coalition(self) -> dict[Coalition, set[str]]:
        """All coalitions, small ones first, each with its ways out."""
        names = self.game.names
        coalitions = [members for size in range(1, len(names) + 1) for members in combinations(names, size)]
        return {members: reference.ways_out(self.game, self.now, members) for members in coalitions}

    def minimal(self) -> list[Coalition]:
        """List the coalitions that have a way out while no part of them has."""
        able = [members for members, ways in self.by_coalition.items() if ways]
        return [members for members in able if not any(set(part) < set(members) for part in able)]

    def ends(self, way: str) -> set[str]:
        """Collect all states of all ends that follow a way out."""
        return {code for end in reference.ends(self.game, way) for code in end}

    def ill(self, code: str, lawful: bool, unharmed: bool) -> set[Any]:
        """Collect the norms breached and the harms done at a state, as far as they are asked for."""
        return (self.breached(code) if lawful else set()) | (self.harms(code) if unharmed else set())

    def clean(self, members: Coalition, lawful: bool, unharmed: bool) -> set[str]:
        """Collect the ways out without ill there and in all ends, by moves that do no ill that is not done now."""
        if not self.by_coalition[members]:
            return set()
        before = self.ill(self.now, lawful, unharmed)
        through = {code for code in self.states if self.ill(code, lawful, unharmed) <= before}
        ways = self.by_coalition[members] & _reached(self.game, members, self.now, through)
        return {way for way in ways if not any(self.ill(code, lawful, unharmed) for code in self.ends(way) | {way})}

    def name(self, code: str) -> str:
        """Name a state by the options that are taken in it."""
        labels = self.spec["labels"]
        taken = [short(label, labels) for label, letter in zip(labels, code, strict=True) if letter == "Y"]
        return "+".join(taken) or "nothing"


def _reached(game: reference.Game, members: Coalition, start: str, through: set[str]) -> set[str]:
    """Collect what a coalition reaches by legal sequences of moves to states of a set."""
    seen: set[tuple[str, str]] = set()
    standing = {(start, "")}
    while standing:
        steps = {(t, dm) for s, last in standing for dm in members if dm != last for t in game.moves[dm][s] if t in through}
        standing = steps - seen
        seen |= steps
    return {code for code, _ in seen}


# Headlines.


def headlines(cell: Cell) -> dict[str, bool]:
    """Answer all headlines of a cell; `mover` and `end` only where they are true."""
    now_is = cell.equilibrium(cell.now)
    minimal = cell.minimal()
    reached = {code for members in minimal for way in cell.by_coalition[members] for code in cell.ends(way)}
    verdicts = {name: cell.verdict(name) for name in cell.spec["claims"]}
    return {
        **{f"rests.{concept}": concept in now_is for concept in reference.CONCEPTS},
        "can_move": bool(minimal),
        **{f"mover.{'+'.join(members)}": True for members in minimal},
        **{f"end.{cell.name(code)}": True for code in sorted(reached)},
        **openings(cell),
        **{f"wish.{person}": _is_met(cell, wish) for person, wish in cell.spec["people"].items()},
        **{f"claim.{name}": verdict == "supported" for name, verdict in verdicts.items()},
        **{f"denied.{name}": verdict == "refuted" for name, verdict in verdicts.items()},
    }


def openings(cell: Cell) -> dict[str, bool]:
    """Tell whether some way out is lawful, harmless, both throughout."""
    asked = {"lawful": (True, False), "unharmed": (False, True), "clear": (True, True)}
    return {name: any(cell.clean(members, *what) for members in cell.by_coalition) for name, what in asked.items()}


def _is_met(cell: Cell, wish: Tree) -> bool:
    """Tell whether every end of some way out meets a wish."""
    ways = {way for there in cell.by_coalition.values() for way in there}
    return any(all(cell.holds(wish, code) for code in cell.ends(way)) for way in ways)


def grid(case: Case) -> Iterator[tuple[Choice, Fraction]]:
    """Yield every choice with its weight."""
    for _, sides, readings in choices(case):
        yield (readings, sides), weight(case, readings)


def weight(case: Case, readings: dict[str, str]) -> Fraction:
    """Multiply the weights of some readings."""
    product = Fraction(1)
    for dm, reading in readings.items():
        product *= case["readings"][dm][reading]["weight"]
    return product


def mean(rows: Iterable[tuple[dict[str, bool], Fraction]]) -> Shares | None:
    """Return the share of each headline over rows with weights; None where nothing weighs anything."""
    found: Shares = {}
    total = Fraction(0)
    for row, heft in rows:
        total += heft
        for name, is_true in row.items():
            found[name] = found.get(name, Fraction(0)) + heft * is_true
    return {name: amount / total for name, amount in found.items()} if total else None


def shares(case: Case) -> Shares | None:
    """Return the share of each headline over the grid; None where a cell is void, or where nothing weighs anything."""
    cells = [(Cell(case, choice), heft) for choice, heft in grid(case)]
    if any(cell.is_void for cell, _ in cells):
        return None
    return mean((headlines(cell), heft) for cell, heft in cells)


def level(share: Fraction) -> str:
    """Return the level of a share: none, some, most or all."""
    if share in (0, 1):
        return "all" if share else "none"
    return "some" if share <= Fraction(1, 2) else "most"

"""Answers by trying everything: flips, smallest changes, interventions, sweeps.

Nothing here knows the library; the definitions are those of
`docs/reference/how-sure.md`, each function one of them. Cases are those of
`brute_cells.opened`. A *path* says where a judgement stands in the file, such
as ``("readings", "d0", "v1", "prefers", 2, "any_order", 0)``.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations, groupby, permutations, product
from typing import Any, Literal, TypeAlias

import reference
from brute_cells import GONE, Case, Cell, Choice, Path, Shares, grid, headlines, mean, openings, put, shares, weight

Statement: TypeAlias = dict[str, Any]
Atom: TypeAlias = tuple[Any, ...]  # ("drop", path), ("negate", path), ("raise", path, before which), ("lower", path, after which)
Goal: TypeAlias = dict[str, Any]  # {"open": F, "lawful": True}, {"open": F, "clear": True}, {"hold": F, "concept": ...}, {"close": F}
Triple: TypeAlias = tuple[bool, bool, bool]
Uncertain: TypeAlias = Callable[[Path], bool] | Literal["all"] | None


# Flips: every judgement judged otherwise, by itself.


def flips(case: Case) -> dict[tuple[Path, str], Shares | None]:
    """Return the shares after every single change; None where it cannot be tried. What went with the change has share 0."""
    before = shares(case) or {}
    found: dict[tuple[Path, str], Shares | None] = {}
    for path, kind, changed in otherwise(case):
        after = shares(changed)
        found[path, kind] = None if after is None else {name: Fraction(0) for name in before} | after
    return found


def otherwise(case: Case) -> Iterator[tuple[Path, str, Case]]:
    """Yield every single change: where, which, and the case with it."""
    yield from _other_options(case)
    yield from _other_entries(case)
    for dm, there in case["readings"].items():
        for name, reading in there.items():
            path = ("readings", dm, name)
            if len(there) > 1:
                yield path, "dropped", put(case, path, GONE)
                yield path, "settled", put(case, path[:2], {name: reading})
            for place, kind, changed in _other_readings(path, reading):
                yield place, kind, put(case, path, changed)


def _other_options(case: Case) -> Iterator[tuple[Path, str, Case]]:
    for dm, options in case["makers"].items():
        for place, (name, way) in enumerate(options):
            free = ("made final", "forward") if way == "both" else ("made free", "both")
            for kind, new in [("dropped", "fixed"), free] if way != "fixed" else []:
                yield ("decision_makers", dm, "options", name), kind, put(case, ("makers", dm, place), (name, new))


def _other_entries(case: Case) -> Iterator[tuple[Path, str, Case]]:
    for section in ("rules", "norms", "conditions"):
        for name, entry in case[section].items():
            yield from _other_entry(case, section, name, entry)
    for place in case["harms"]:
        yield ("harms", place), "dropped", put(case, ("harms", place), GONE)
    for name, wish in case["people"].items():
        yield ("people", name), "dropped", put(case, ("people", name), GONE)
        yield ("people", name), "negated", put(case, ("people", name), ("not", wish))


def _other_entry(case: Case, section: str, name: str, entry: dict[str, Any]) -> Iterator[tuple[Path, str, Case]]:
    path = (section, name)
    if section == "conditions" and not entry["contested"]:
        yield path, "negated", put(case, (*path, "holds"), not entry["holds"])
    elif not entry["contested"]:
        yield path, "dropped", put(case, path, GONE)
    else:
        yield path, "settled on", _settled(case, section, name, True)
        yield path, "settled off", _settled(case, section, name, False)


def _settled(case: Case, section: str, name: str, side: bool) -> Case:
    """Return the case with one side of a contested entry: that part of its grid."""
    if section == "conditions":
        return put(case, (section, name), {"holds": side, "contested": False})
    return put(case, (section, name, "contested"), False) if side else put(case, (section, name), GONE)


def _other_readings(path: Path, reading: dict[str, Any]) -> Iterator[tuple[Path, str, dict[str, Any]]]:
    """Yield every single change inside a reading."""
    statements: list[Statement] = reading.get("prefers", [])
    for place, statement in enumerate(statements):
        yield statement["path"], "dropped", put(reading, ("prefers", place), GONE)
        yield statement["path"], "negated", put(reading, ("prefers", place, "tree"), ("not", statement["tree"]))
        for kind, order in _moved(statements, place):
            yield statement["path"], kind, put(reading, ("prefers",), order)
    for label, points in reading.get("weights", {}).items():
        yield (*path, "weights", label), "dropped", put(reading, ("weights", label), 0)
        yield (*path, "weights", label), "negated", put(reading, ("weights", label), -points)
    tiers = reading.get("ranking", [])
    for place in range(len(tiers)):
        for kind, order in _moved(tiers, place):
            yield (*path, "ranking", place), kind, put(reading, ("ranking",), order)


def _moved(entries: list[Any], place: int) -> Iterator[tuple[str, list[Any]]]:
    """Yield a list with one entry raised, and lowered, by every number of places."""
    others = entries[:place] + entries[place + 1 :]
    for new in range(len(entries)):
        if new != place:
            kind = f"raised {place - new}" if new < place else f"lowered {new - place}"
            yield kind, [*others[:new], entries[place], *others[new:]]


# Smallest change: sets of changes, in one cell.


def changes(
    case: Case,
    choice: Choice,
    goal: Goal,
    also: tuple[str, ...] = (),
    of: list[str] | None = None,
    by: list[str] | None = None,
    most: int = 3,
) -> set[frozenset[Atom]] | None:
    """Collect all sets of changes that attain a goal while no set of fewer does; None if there is none up to `most`."""
    atoms = _atoms(case, choice, also, of)
    known: dict[Any, bool] = {}
    for size in range(most + 1):
        sets = [chosen for chosen in combinations(atoms, size) if is_a_set(chosen)]
        found = {frozenset(chosen) for chosen in sets if _is_attained_by(case, choice, chosen, goal, by, known)}
        if found:
            return found
    return None


def _atoms(case: Case, choice: Choice, also: tuple[str, ...], of: list[str] | None) -> list[Atom]:
    readings, sides = choice
    found: list[Atom] = []
    for dm in case["makers"] if of is None else of:
        paths = [statement["path"] for statement in case["readings"][dm][readings[dm]].get("prefers", [])]
        for place, path in enumerate(paths):
            found += [("drop", path), ("negate", path)]
            found += [("raise", path, above) for above in paths[:place]]
            found += [("lower", path, below) for below in paths[place + 1 :]]
    if "rules" in also:
        found += [("drop", ("rules", name)) for name in case["rules"] if sides.get(name, True)]
    if "conditions" in also:
        found += [("negate", ("conditions", name)) for name in case["conditions"]]
    return found


def is_a_set(chosen: tuple[Atom, ...]) -> bool:
    """Tell whether each judgement is changed once, and none is moved past one that is dropped."""
    dropped = {atom[1] for atom in chosen if atom[0] == "drop"}
    return len({atom[1] for atom in chosen}) == len(chosen) and not any(atom[2] in dropped for atom in chosen if len(atom) == 3)


def _is_attained_by(case: Case, choice: Choice, chosen: tuple[Atom, ...], goal: Goal, by: list[str] | None, known: dict[Any, bool]) -> bool:
    """Tell whether a set of changes attains the goal; `known` remembers what came to the same game."""
    cell = Cell(*with_changes(case, choice, chosen))
    if cell.is_void:
        return False
    key = (cell.game, tuple(cell.conditions.items()))
    if key not in known:
        known[key] = attains(cell, goal, by)
    return known[key]


def with_changes(case: Case, choice: Choice, chosen: tuple[Atom, ...]) -> tuple[Case, Choice]:
    """Return case and choice after a set of changes: drops and negations first, then moves in file order."""
    readings, sides = choice
    in_file_order = [path for path, _ in sorted(_places(case, readings).items(), key=lambda item: item[1])]
    for atom in sorted(chosen, key=lambda atom: (len(atom), in_file_order.index(atom[1]) if len(atom) == 3 else 0)):
        kind, path = atom[:2]
        if path[0] == "rules":
            case = put(case, path, GONE)
        elif path[0] == "conditions":
            held = sides.get(path[1], case["conditions"][path[1]]["holds"])
            case, sides = put(case, (*path, "holds"), not held), {name: side for name, side in sides.items() if name != path[1]}
        else:
            there = (*path[:3], "prefers")
            case = put(case, there, _changed(case["readings"][path[1]][path[2]]["prefers"], kind, path, atom[-1]))
    return case, (readings, sides)


def _places(case: Case, readings: dict[str, str]) -> dict[Path, tuple[int, int]]:
    """Return where the statements of the readings chosen stand: which decision maker, which place."""
    lists = [case["readings"][dm][readings[dm]].get("prefers", []) for dm in case["makers"]]
    return {statement["path"]: (dm, place) for dm, there in enumerate(lists) for place, statement in enumerate(there)}


def _changed(statements: list[Statement], kind: str, path: Path, anchor: Path) -> list[Statement]:
    place = [statement["path"] for statement in statements].index(path)
    one, others = statements[place], statements[:place] + statements[place + 1 :]
    if kind == "drop":
        return others
    if kind == "negate":
        return [*statements[:place], one | {"tree": ("not", one["tree"])}, *statements[place + 1 :]]
    new = [statement["path"] for statement in others].index(anchor) + (kind == "lower")
    return [*others[:new], one, *others[new:]]


def attains(cell: Cell, goal: Goal, by: list[str] | None = None) -> bool:
    """Tell whether a cell attains a goal."""
    if "open" in goal:
        return _is_open(cell, goal, by)
    if "close" in goal:
        ways = {way for there in cell.by_coalition.values() for way in there}
        return not any(cell.holds(goal["close"], code) for way in ways for code in cell.ends(way) | {way})
    together = {cell.now} | reference.reach(cell.game, cell.game.names, cell.now)
    concept = goal.get("concept", "seq")
    return any(cell.holds(goal["hold"], code) and concept in cell.equilibrium(code) for code in together)


def _is_open(cell: Cell, goal: Goal, by: list[str] | None) -> bool:
    """Tell whether a way out and all its ends lie inside the formula, lawful or clear throughout if that is asked."""
    for members, ways in cell.by_coalition.items():
        if goal.get("lawful") or goal.get("clear"):
            ways = cell.clean(members, True, bool(goal.get("clear")))
        if by is None or set(members) <= set(by):
            for way in ways:
                if all(cell.holds(goal["open"], code) for code in cell.ends(way) | {way}):
                    return True
    return False


# Interventions.


def interventions(case: Case) -> dict[tuple[str, ...], list[tuple[Triple, Triple | None]]]:
    """Return for each intervention and each pair, in every cell: can_move, lawful, clear without it and with it."""
    names = list(case["interventions"])
    found: dict[tuple[str, ...], list[tuple[Triple, Triple | None]]] = {}
    for chosen in [*combinations(names, 1), *combinations(names, 2)]:
        added = case
        for name in chosen:
            added = with_intervention(added, case["interventions"][name])
        found[chosen] = [(_triple(Cell(case, choice)), _tried(Cell(added, choice))) for choice, _ in grid(case)]
    return found


def _triple(cell: Cell) -> Triple:
    opened = openings(cell)
    return any(cell.by_coalition.values()), opened["lawful"], opened["clear"]


def _tried(cell: Cell) -> Triple | None:
    return None if cell.is_void else _triple(cell)


def with_intervention(case: Case, added: dict[str, Any]) -> Case:
    """Return the case with an intervention; its choices of sides stay what they were."""
    lifts = added.get("lifts", {})
    lifted_harms = lifts.get("harms", [])
    rules = case["rules"] | {name: {"tree": rule["require"], "contested": False} for name, rule in added.get("rules", {}).items()}
    return _with_options(case, added.get("options", {})) | {
        "rules": {name: rule for name, rule in rules.items() if name not in lifts.get("rules", [])},
        "norms": {name: norm for name, norm in case["norms"].items() if name not in lifts.get("norms", [])},
        "harms": {place: harm for place, harm in case["harms"].items() if harm.get("id") not in lifted_harms},
        "settled": case.get("settled", {}) | added.get("conditions", {}),
        "readings": {dm: _with_statements(there, added.get("prefers", {}).get(dm, [])) for dm, there in case["readings"].items()},
    }


def _with_options(case: Case, added: dict[str, Any]) -> Case:
    """Return the case with new options, each behind those of its decision maker, N in the status quo."""
    taken = {label for label, letter in zip(case["labels"], case["status_quo"], strict=True) if letter == "Y"}
    new = {dm: [(name, option.get("direction", "both")) for name, option in added.get(dm, {}).items()] for dm in case["makers"]}
    makers = {dm: [*options, *new[dm]] for dm, options in case["makers"].items()}
    labels = [f"{dm}.{name}" for dm, options in makers.items() for name, _ in options]
    return case | {"makers": makers, "labels": labels, "status_quo": "".join("Y" if label in taken else "N" for label in labels)}


def _with_statements(there: dict[str, Any], added: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the readings of a decision maker with statements added to each that is in `prefers` form.

    What was added first by an earlier intervention stays above what is added first now; what was added last likewise.
    """
    new = [{"path": (), "tree": s["that"], "basis": "assumed", "place": s.get("place", "first")} for s in added]
    return {name: _with_added(reading, new) if "prefers" in reading else reading for name, reading in there.items()}


def _with_added(reading: dict[str, Any], new: list[Statement]) -> dict[str, Any]:
    above = [s for s in reading["prefers"] if s.get("place") == "first"]
    below = [s for s in reading["prefers"] if s.get("place") != "first"]
    first, last = ([s for s in new if s["place"] == place] for place in ("first", "last"))
    return reading | {"prefers": [*above, *first, *below, *last]}


# Sweeps.


def sweep(
    case: Case, readings: dict[str, str] | None = None, sides: dict[str, bool] | None = None, uncertain: Uncertain = None
) -> dict[str, Any]:
    """Solve every variant.

    Returns
    -------
    found : dict
        ``shares``: the exact share of each headline, None where nothing that
        weighs anything is left; ``variants``: how many; ``void``: how many of
        them are void.
    """
    rows: list[tuple[dict[str, bool], Fraction]] = []
    variants = void = 0
    known: dict[Any, dict[str, bool]] = {}
    for chosen in _choices_of_readings(case, readings or {}):
        cells = list(_variants(case, chosen, sides or {}, uncertain))
        kept = [cell for cell in cells if not cell.is_void]
        variants, void = variants + len(cells), void + len(cells) - len(kept)
        rows += [(_remembered(cell, known), weight(case, chosen) / len(cells)) for cell in kept]
    return {"shares": mean(rows), "variants": variants, "void": void}


def _choices_of_readings(case: Case, fixed: dict[str, str]) -> list[dict[str, str]]:
    names = [[fixed[dm]] if dm in fixed else list(there) for dm, there in case["readings"].items()]
    return [dict(zip(case["readings"], chosen, strict=True)) for chosen in product(*names)]


def _remembered(cell: Cell, known: dict[Any, dict[str, bool]]) -> dict[str, bool]:
    key = (cell.game, *cell.sides.values())
    if key not in known:
        known[key] = headlines(cell)
    return known[key]


def _variants(case: Case, chosen: dict[str, str], fixed: dict[str, bool], uncertain: Uncertain) -> Iterator[Cell]:
    """Yield all variants of one choice of readings."""
    contested = [name for section in ("rules", "conditions", "norms") for name, entry in case[section].items() if entry["contested"]]
    sides = list(product(*([fixed[name]] if name in fixed else [True, False] for name in contested)))
    paths = {name: ("rules", name) for name, rule in case["rules"].items() if not rule["contested"]}
    loose = [name for name, path in paths.items() if _is_uncertain(path, case["rules"][name], uncertain)]
    lists = [_lists(case["readings"][dm][name], uncertain) for dm, name in chosen.items()]
    for here, kept, made in product(sides, list(product([True, False], repeat=len(loose))), list(product(*lists))):
        off = {name for name, is_kept in zip(loose, kept, strict=True) if not is_kept}
        changed = case | {"rules": {name: rule for name, rule in case["rules"].items() if name not in off}}
        changed["readings"] = {dm: {name: reading} for (dm, name), reading in zip(chosen.items(), made, strict=True)}
        yield Cell(changed, (chosen, dict(zip(contested, here, strict=True))))


def _lists(reading: dict[str, Any], uncertain: Uncertain) -> list[dict[str, Any]]:
    """Return a reading in all its variants: each group in each order, each uncertain statement there or not."""
    if "prefers" not in reading:
        return [reading]
    groups = [list(group) for _, group in groupby(reading["prefers"], key=lambda statement: statement["path"][:5])]
    loose = [s["path"] for s in reading["prefers"] if _is_uncertain(s["path"], s, uncertain)]
    made = []
    for orders, kept in product(list(product(*map(permutations, groups))), list(product([True, False], repeat=len(loose)))):
        absent = {path for path, is_kept in zip(loose, kept, strict=True) if not is_kept}
        made.append(reading | {"prefers": [s for order in orders for s in order if s["path"] not in absent]})
    return made


def _is_uncertain(path: Path, entry: dict[str, Any], uncertain: Uncertain) -> bool:
    if uncertain is None:
        return bool(entry["basis"] != "stated")
    return uncertain == "all" or (callable(uncertain) and uncertain(path))

"""Whole cases at random, as YAML text; and what they come to, worked out plainly.

A case is a dict of names, numbers and trees. `text` writes it down for the
library; `cells` and what is below it answer the same questions from the
definitions, with the sets of `reference` and one state at a time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from random import Random
from typing import Any, TypeAlias

import reference
from formulas import Tree, random_tree, truth, written

Spec: TypeAlias = dict[str, Any]
CLAIMS = ("possible", "only_if", "permitted", "stable")


# Drawing.


def random_case(rng: Random) -> Spec:
    """Draw a case of one to three decision makers with one to four options; its status quo stands in every world."""
    while True:
        spec = _draw(rng)
        if all(allowed(spec, spec["status_quo"], conditions, sides) for conditions, sides, _ in choices(spec)):
            return spec


def _draw(rng: Random) -> Spec:
    makers: dict[str, list[tuple[str, str]]] = {f"d{k}": [] for k in range(rng.randint(1, 3))}
    for number in range(rng.randint(1, 4)):
        makers[rng.choice(list(makers))].append((f"o{number}", rng.choice(["both", "both", "both", "forward", "backward"])))
    labels = [f"{dm}.{option}" for dm, options in makers.items() for option, _ in options]
    conditions = {f"c{k}": {"holds": rng.random() < 0.5, "contested": rng.random() < 0.5} for k in range(rng.randint(0, 2))}
    atoms = [*labels, *labels, *conditions]

    def tree(depth: int = 3) -> Tree:
        return random_tree(rng, atoms, rng.randint(1, depth))

    def some(number: int) -> list[str]:
        return sorted(rng.sample(list(makers), rng.randint(1, min(number, len(makers)))))

    return {
        "makers": makers,
        "labels": labels,
        "conditions": conditions,
        "rules": {f"r{k}": {"tree": tree(), "contested": rng.random() < 0.4} for k in range(rng.randint(0, 2))},
        "status_quo": "".join(rng.choice("NNY") for _ in labels),
        "readings": {dm: {f"v{k}": _reading(rng, labels, tree) for k in range(rng.choice([1, 1, 2]))} for dm in makers},
        "norms": {f"n{k}": _norm(rng, tree, some) for k in range(rng.randint(0, 3))},
        "people": {f"p{k}": tree() for k in range(rng.randint(1, 2))},
        "harms": [{"to": "p0", "that": tree(), "by": some(2), "grade": rng.choice(["slight", "grave"])} for _ in range(rng.randint(0, 2))],
        "claims": {f"q_{form}": _claim(rng, form, tree, some) for form in CLAIMS},
    }


def _reading(rng: Random, labels: list[str], tree: Any) -> dict[str, Any]:
    if rng.random() < 0.3:
        return {"weights": {label: rng.randint(-3, 3) for label in rng.sample(labels, rng.randint(1, len(labels)))}}
    return {"prefers": [tree() for _ in range(rng.randint(0, 4))]}


def _norm(rng: Random, tree: Any, some: Any) -> dict[str, Any]:
    return {
        "binds": some(2),
        "kind": rng.choice(["forbids", "requires", "requires", "permits"]),
        "tree": tree(),
        "when": tree(2) if rng.random() < 0.4 else None,
        "contested": rng.random() < 0.3,
        "absolute": rng.random() < 0.5,
    }


def _claim(rng: Random, form: str, tree: Any, some: Any) -> dict[str, Any]:
    if form == "possible":
        return {"end": tree(), **({"by": some(2)} if rng.random() < 0.5 else {})}
    if form == "only_if":
        return {"end": tree(), "needs": tree()}
    if form == "permitted":
        return {"that": tree(), "to": some(3)}
    return {"that": tree(), "concept": rng.choice(reference.CONCEPTS)}


# Writing.


def text(spec: Spec) -> str:
    """Write a case down as YAML."""
    lines = ["offramp: 1", "title: drawn at random", "decision_makers:"]
    for dm, options in spec["makers"].items():
        lines.append(f"  {dm}: {{options: {{{', '.join(f'{name}: {{direction: {way}}}' for name, way in options)}}}}}")
    for section, entries in _sections(spec).items():
        lines += [f"{section}:", *(f"  {line}" for line in entries)] if entries else []
    return "\n".join(lines) + f"\nstatus_quo: {spec['status_quo']}\n"


def _sections(spec: Spec) -> dict[str, list[str]]:
    sections = {
        "rules": [f"{name}: {{require: {_quoted(r['tree'])}, contested: {_flag(r['contested'])}}}" for name, r in spec["rules"].items()],
        "conditions": [f"{n}: {{holds: {_flag(c['holds'])}, contested: {_flag(c['contested'])}}}" for n, c in spec["conditions"].items()],
        "norms": [f"{name}: {_norm_text(norm)}" for name, norm in spec["norms"].items()],
        "people": [f"{name}: {{wish: {_quoted(tree)}}}" for name, tree in spec["people"].items()],
        "harms": [
            f"- {{to: {h['to']}, that: {_quoted(h['that'])}, by: [{', '.join(h['by'])}], grade: {h['grade']}}}" for h in spec["harms"]
        ],
        "claims": [f"{name}: {{{name[2:]}: {_claim_text(claim)}}}" for name, claim in spec["claims"].items()],
        "readings": [],
    }
    for dm, there in spec["readings"].items():
        sections["readings"].append(f"{dm}:")
        sections["readings"] += [f"  {name}: {_reading_text(reading)}" for name, reading in there.items()]
    return sections


def _flag(value: bool) -> str:
    return str(value).lower()


def _quoted(tree: Tree) -> str:
    return f'"{written(tree)}"'


def _norm_text(norm: dict[str, Any]) -> str:
    when = f"when: {_quoted(norm['when'])}, " if norm["when"] else ""
    flags = f"contested: {_flag(norm['contested'])}, absolute: {_flag(norm['absolute'])}"
    return f"{{binds: [{', '.join(norm['binds'])}], {norm['kind']}: {_quoted(norm['tree'])}, {when}{flags}}}"


def _claim_text(claim: dict[str, Any]) -> str:
    parts = [f"{key}: {_quoted(claim[key])}" for key in ("end", "needs", "that") if key in claim]
    parts += [f"{key}: [{', '.join(claim[key])}]" for key in ("by", "to") if key in claim]
    return "{" + ", ".join([*parts, *([f"concept: {claim['concept']}"] if "concept" in claim else [])]) + "}"


def _reading_text(reading: dict[str, Any]) -> str:
    if "weights" in reading:
        return "{weights: {" + ", ".join(f"{label}: {weight}" for label, weight in reading["weights"].items()) + "}}"
    return "{prefers: [" + ", ".join(f"{{that: {_quoted(tree)}}}" for tree in reading["prefers"]) + "]}"


# Answering.


def choices(spec: Spec) -> Iterator[tuple[dict[str, bool], dict[str, bool], dict[str, str]]]:
    """Yield conditions, sides of what is contested, and readings, of every cell; the case's own sides first."""
    open_ = [(section, name) for section in ("rules", "conditions", "norms") for name, e in spec[section].items() if e["contested"]]
    for readings in product(*(list(there) for there in spec["readings"].values())):
        for flips in product((False, True), repeat=len(open_)):
            conditions = {name: entry["holds"] for name, entry in spec["conditions"].items()}
            sides = {}
            for (section, name), flip in zip(open_, flips, strict=True):
                sides[name] = (conditions[name] if section == "conditions" else True) != flip
                if section == "conditions":
                    conditions[name] = sides[name]
            yield conditions, sides, dict(zip(spec["makers"], readings, strict=True))


def values(spec: Spec, code: str, conditions: dict[str, bool]) -> dict[str, bool]:
    """Return the truth of every label at a state."""
    return {**conditions, **{label: letter == "Y" for label, letter in zip(spec["labels"], code, strict=True)}}


def allowed(spec: Spec, code: str, conditions: dict[str, bool], sides: dict[str, bool]) -> bool:
    """Tell whether every rule in force allows a state."""
    return all(truth(rule["tree"], values(spec, code, conditions)) for name, rule in spec["rules"].items() if sides.get(name, True))


@dataclass
class PlainCell:
    """One cell by the definitions; states are codes."""

    spec: Spec
    conditions: dict[str, bool]
    sides: dict[str, bool]
    readings: dict[str, str]

    def __post_init__(self) -> None:
        codes = [c for c in reference.all_codes(len(self.spec["labels"])) if allowed(self.spec, c, self.conditions, self.sides)]
        rank = {dm: {code: self._score(dm, code) for code in codes} for dm in self.spec["makers"]}
        self.game = reference.option_game(self.spec["makers"], codes, rank)
        self.now = self.spec["status_quo"]
        self.norms = {name: norm for name, norm in self.spec["norms"].items() if self.sides.get(name, True)}

    def _score(self, dm: str, code: str) -> int:
        reading = self.spec["readings"][dm][self.readings[dm]]
        if "weights" in reading:
            return sum(weight for label, weight in reading["weights"].items() if self.holds(("name", label), code))
        statements = reading["prefers"]
        return sum(2 ** (len(statements) - 1 - place) for place, tree in enumerate(statements) if self.holds(tree, code))

    def holds(self, tree: Tree, code: str) -> bool:
        return truth(tree, values(self.spec, code, self.conditions))

    def breaches(self, norm: str, code: str) -> bool:
        entry = self.norms[norm]
        if entry["kind"] == "permits" or (entry["when"] is not None and not self.holds(entry["when"], code)):
            return False
        return self.holds(entry["tree"], code) is (entry["kind"] == "forbids")

    def breached(self, code: str) -> set[str]:
        return {name for name in self.norms if self.breaches(name, code)}

    def permitted(self, code: str) -> set[str]:
        return {
            name
            for name, norm in self.norms.items()
            if norm["kind"] == "permits" and self.holds(norm["tree"], code) and (norm["when"] is None or self.holds(norm["when"], code))
        }

    def collisions(self, code: str) -> set[tuple[str, str, str]]:
        """Collect (who, norm, norm): some own move or staying keeps each of the two, none keeps both."""
        found = set()
        for dm in self.spec["makers"]:
            at_hand = {code} | self.game.moves[dm][code]
            bound = [name for name, norm in self.norms.items() if dm in norm["binds"] and norm["kind"] != "permits"]
            for one, two in combinations(bound, 2):
                keeps_one = {s for s in at_hand if not self.breaches(one, s)}
                keeps_two = {s for s in at_hand if not self.breaches(two, s)}
                if keeps_one and keeps_two and not keeps_one & keeps_two:
                    found.add((dm, one, two))
        return found

    def harms(self, code: str) -> set[int]:
        return {place for place, harm in enumerate(self.spec["harms"]) if self.holds(harm["that"], code)}

    def wishes(self, code: str) -> set[str]:
        return {name for name, tree in self.spec["people"].items() if self.holds(tree, code)}

    def equilibrium(self, code: str) -> set[str]:
        return {c for c in reference.CONCEPTS if all(reference.is_stable(self.game, c, dm, code) for dm in self.game.names)}

    def ways(self, within: set[str] | None = None) -> set[str]:
        """Collect the ways out of all coalitions, or of those within a set."""
        names = [name for name in self.game.names if within is None or name in within]
        coalitions = [members for size in range(1, len(names) + 1) for members in combinations(names, size)]
        return {code for members in coalitions for code in reference.ways_out(self.game, self.now, members)}

    def endings(self, within: set[str] | None = None) -> set[str]:
        """Collect where ways out end: there, and in all that follows."""
        ways = self.ways(within)
        return ways | {code for way in ways for end in reference.ends(self.game, way) for code in end}

    def verdict(self, name: str) -> str:
        claim = self.spec["claims"][name]
        return {"possible": self._possible, "only_if": self._only_if, "permitted": self._permitted, "stable": self._stable}[name[2:]](claim)

    def _possible(self, claim: dict[str, Any]) -> str:
        within = set(claim["by"]) if "by" in claim else None
        return "supported" if any(self.holds(claim["end"], code) for code in self.endings(within)) else "refuted"

    def _only_if(self, claim: dict[str, Any]) -> str:
        met = [code for code in self.endings() if self.holds(claim["end"], code)]
        if not met:
            return "undecided"
        return "supported" if all(self.holds(claim["needs"], code) for code in met) else "refuted"

    def _permitted(self, claim: dict[str, Any]) -> str:
        there = [code for code in self.game.states if self.holds(claim["that"], code)]
        if not there:
            return "undecided"
        for name, norm in self.norms.items():
            if set(norm["binds"]) & set(claim["to"]):
                against = [self.breaches(name, code) for code in there]
                if all(against) or (norm["kind"] == "forbids" and any(against)):
                    return "refuted"
        return "supported"

    def _stable(self, claim: dict[str, Any]) -> str:
        there = [code for code in self.game.states if self.holds(claim["that"], code)]
        if not there:
            return "undecided"
        return "supported" if all(claim["concept"] in self.equilibrium(code) for code in there) else "refuted"


def cells(spec: Spec) -> list[PlainCell]:
    """Return all cells in the order of `choices`."""
    return [PlainCell(spec, *choice) for choice in choices(spec)]


def lawful_throughout(cell: PlainCell) -> bool:
    """Tell whether some way out breaches nothing, nor do its ends, by a sequence that breaches nothing new."""
    before = cell.breached(cell.now)
    for size in range(1, len(cell.game.names) + 1):
        for members in combinations(cell.game.names, size):
            path = _path(cell, members, {code for code in cell.game.states if cell.breached(code) <= before} | {cell.now})
            for way in reference.ways_out(cell.game, cell.now, members) & path:
                if not any(cell.breached(code) for code in {way}.union(*reference.ends(cell.game, way))):
                    return True
    return False


def _path(cell: PlainCell, members: tuple[str, ...], within: set[str]) -> set[str]:
    """Collect what a coalition reaches by legal sequences that stay inside a set."""
    seen: set[tuple[str, str]] = set()
    standing = {(cell.now, "")}
    while standing:
        steps = {(t, dm) for s, last in standing for dm in members if dm != last for t in cell.game.moves[dm][s] if t in within}
        standing = steps - seen
        seen |= steps
    return {cell.now} | {code for code, _ in seen}

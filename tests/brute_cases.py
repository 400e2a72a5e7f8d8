"""Small cases at random, with what a sweep can vary, and their text in YAML.

A case is the document of a `case.yaml` as dicts, lists, words and numbers,
with trees of `formulas` in place of formulas. `written_case` writes it down;
`brute_cells` answers it.
"""

import json
from random import Random
from typing import Any, TypeAlias

import reference
from brute_cells import Cell, File, grid, opened, short
from formulas import Tree, random_tree, written
from plain import allowed

Entry: TypeAlias = dict[str, Any]
BASES = ("stated", "inferred", "assumed", None)
DATES = ("2026-03-10", "2026-03", "2026")
SINCE = ("2025", "2025-07", "2026-03-10", "2026-03-11", "2026-04", "2027")
UNTIL = ("2025-12", "2026", "2026-03-09", "2026-03-10", "2028")
MOST_CELLS = 32


def random_file(rng: Random, most_options: int = 4) -> File:
    """Draw a case of one to three decision makers with at most 32 cells; its status quo stands in each."""
    while True:
        file = Drawing(rng, most_options).file()
        case = opened(file)
        choices = [choice for choice, _ in grid(case)]
        if len(choices) <= MOST_CELLS and not any(Cell(case, choice).is_void for choice in choices):
            return file


class Drawing:
    """One case in the making: what has been settled of it so far."""

    def __init__(self, rng: Random, most_options: int) -> None:
        self.rng = rng
        self.is_dated = rng.random() < 0.35
        self.labels: list[str] = []
        self.makers = self._makers(most_options)
        self.grows = len(self.labels) < 4 and rng.random() < 0.4  # an intervention may add options
        self.conditions = {f"c{k}": self._judged({"holds": self._odds(0.5)}, 0.4) for k in range(rng.randint(0, 2))}
        self.settled = {name: entry["holds"] is self._odds(0.3) for name, entry in self.conditions.items()}  # alike by all interventions
        self.atoms = [*self.labels, *self.labels, *self.conditions]
        self.rules = {f"r{k}": self._judged({"require": self._tree()}, 0.35) for k in range(rng.randint(0, 2))}
        self.code = "".join(rng.choice("NNY") for _ in self.labels)

    def file(self) -> File:
        rng = self.rng
        file: File = {"offramp": 1, "title": "drawn at random"}
        file |= {"as_of": rng.choice(DATES)} if self.is_dated else {}
        file |= {"decision_makers": self.makers, "rules": self.rules, "status_quo": self._status_quo()}
        file |= {"readings": {dm: self._readings() for dm in self.makers}, "conditions": self.conditions}
        file["norms"] = {f"n{k}": self._norm() for k in range(rng.randint(0, 3))}
        file["people"] = {f"p{k}": self._judged({"wish": self._tree()} if self._odds(0.9) else {}) for k in range(rng.randint(1, 2))}
        file["harms"] = [self._harm(k) for k in range(rng.randint(0, 2))]
        file["claims"] = {f"q{k}": self._judged(self._claim()) for k in range(rng.randint(0, 3))}
        file["interventions"] = {f"i{k}": self._intervention(k, file) for k in range(rng.choice([0, 1, 2, 2]))}
        return file

    # Small draws.

    def _odds(self, chance: float) -> bool:
        return self.rng.random() < chance

    def _tree(self, depth: int = 3) -> Tree:
        return random_tree(self.rng, self.atoms, self.rng.randint(1, depth))

    def _some(self, most: int) -> list[str]:
        names = list(self.makers)
        chosen = self.rng.sample(names, self.rng.randint(1, min(most, len(names))))
        return sorted(chosen)

    def _judged(self, entry: Entry, contested: float | None = None, dates: bool = True) -> Entry:
        """Give an entry a basis, perhaps dates, and perhaps contest it."""
        basis = self.rng.choice(BASES)
        entry |= {"basis": basis} if basis else {}
        entry |= self._dates() if dates and self.is_dated and self._odds(0.3) else {}
        return entry | ({"contested": self._odds(contested)} if contested is not None else {})

    def _dates(self) -> Entry:
        since, until = self.rng.choice(SINCE), self.rng.choice(UNTIL)
        kind = self.rng.choice(["since", "until", "both"])
        if kind == "both" and until >= since[: len(until)]:
            return {"since": since, "until": until}
        return {"until": until} if kind == "until" else {"since": since}

    # Sections.

    def _makers(self, most_options: int) -> Entry:
        rng = self.rng
        makers: dict[str, Entry] = {f"d{k}": {"options": {}} for k in range(rng.randint(1, 3))}
        is_shared = self._odds(0.2)  # option ids that occur more than once
        for number in range(rng.randint(1, most_options)):
            options = makers[rng.choice(list(makers))]["options"]
            way = rng.choice(["both", "both", "both", "forward", "backward"])
            options[f"o{len(options) if is_shared else number}"] = self._judged({"direction": way})
        self.labels += [f"{dm}.{option}" for dm, maker in makers.items() for option in maker["options"]]
        return makers

    def _status_quo(self) -> Any:
        if not self.grows and self._odds(0.5):
            return self.code
        pairs = zip(self.labels, self.code, strict=True)
        return {short(label, self.labels): letter == "Y" for label, letter in pairs if letter == "Y" or self._odds(0.2)}

    def _readings(self) -> dict[str, Entry]:
        number = self.rng.choice([1, 1, 2, 2, 3])
        return {f"v{k}": self._reading(k) for k in range(number)}

    def _reading(self, place: int) -> Entry:
        kind = self.rng.choices(["prefers", "weights", "ranking"], [6, 1, 0 if self.grows else 1.5])[0]
        entry: Entry = {kind: {"prefers": self._statements, "weights": self._weights, "ranking": self._tiers}[kind]()}
        entry |= {"unlisted": "tied"} if kind == "ranking" else {}
        entry |= {"weight": self.rng.choice([2, 0.5, 3, 0.1] if place == 0 else [2, 0.5, 1, 0])} if self._odds(0.3) else {}
        return entry | (self._dates() if self.is_dated and place and self._odds(0.3) else {})

    def _weights(self) -> dict[str, int]:
        rng = self.rng
        return {label: rng.randint(-3, 3) for label in rng.sample(self.labels, rng.randint(1, len(self.labels)))}

    def _tiers(self) -> list[Any]:
        """Draw tiers of states that exist by the case's own sides."""
        conditions = {name: entry["holds"] for name, entry in self.conditions.items()}
        rules = {name: {"tree": rule["require"]} for name, rule in self.rules.items()}
        spec = {"labels": self.labels, "rules": rules}
        codes = [code for code in reference.all_codes(len(self.labels)) if allowed(spec, code, conditions, {})] or [self.code]
        codes = self.rng.sample(codes, self.rng.randint(1, len(codes)))
        tiers: list[Any] = []
        while codes:
            tier, codes = codes[: (size := self.rng.choice([1, 1, 2]))], codes[size:]
            tiers.append(tier if len(tier) > 1 or self._odds(0.3) else tier[0])
        return tiers

    def _statements(self) -> list[Entry]:
        found: list[Entry] = []
        for _ in range(self.rng.randint(0, 3)):
            is_group = self._odds(0.25)
            members = [self._judged({"that": self._tree()}) for _ in range(self.rng.choice([2, 2, 3]) if is_group else 1)]
            found.append({"any_order": members} if is_group else members[0])
        return found

    def _norm(self) -> Entry:
        entry: Entry = {"binds": self._some(2), self.rng.choice(["forbids", "forbids", "requires", "permits"]): self._tree()}
        entry |= {"when": self._tree(2)} if self._odds(0.4) else {}
        return self._judged(entry, 0.25)

    def _harm(self, place: int) -> Entry:
        entry = {"to": "p0", "that": self._tree(), "by": self._some(2), "grade": self.rng.choice(["slight", "grave"])}
        return self._judged(({"id": f"h{place}"} if self._odds(0.7) else {}) | entry)

    def _claim(self) -> Entry:
        kind = self.rng.choice(["possible", "only_if", "permitted", "stable"])
        if kind == "possible":
            return {kind: {"end": self._tree()} | ({"by": self._some(2)} if self._odds(0.5) else {})}
        if kind == "only_if":
            return {kind: {"end": self._tree(), "needs": self._tree()}}
        last = {"to": self._some(3)} if kind == "permitted" else {"concept": self.rng.choice(reference.CONCEPTS)}
        return {kind: {"that": self._tree()} | last}

    # Interventions.

    def _intervention(self, number: int, file: File) -> Entry:
        """Draw an intervention; what it adds bears its number, so that two never clash."""
        kinds = ["options", "rules", "prefers", "conditions", "lifts"] if self.grows else ["rules", "prefers", "conditions", "lifts"]
        while True:
            self.atoms = [*self.labels, *self.labels, *self.conditions]
            chosen = self.rng.sample(kinds, self.rng.randint(1, 3))
            parts = {kind: getattr(self, f"_add_{kind}")(number, file) for kind in kinds if kind in chosen}
            if entry := {kind: part for kind, part in parts.items() if part}:
                return entry

    def _add_options(self, number: int, file: File) -> Entry:
        dm, name = self.rng.choice(list(self.makers)), f"x{number}"
        self.atoms += [f"{dm}.{name}"] * 3
        return {dm: {name: {"direction": self.rng.choice(["both", "forward"])}}}

    def _add_rules(self, number: int, file: File) -> Entry:
        return {f"y{number}": {"require": self._tree()}}

    def _add_prefers(self, number: int, file: File) -> Entry:
        return {dm: [self._added() for _ in range(self.rng.choice([1, 1, 2, 3]))] for dm in self._some(2)}

    def _added(self) -> Entry:
        place = self.rng.choice([None, "first", "last"])
        return {"that": self._tree()} | ({"place": place} if place else {})

    def _add_conditions(self, number: int, file: File) -> Entry:
        return {name: side for name, side in self.settled.items() if self._odds(0.7)}

    def _add_lifts(self, number: int, file: File) -> Entry:
        ids = {"rules": list(self.rules), "norms": list(file["norms"]), "harms": [h["id"] for h in file["harms"] if "id" in h]}
        chosen = {kind: [name for name in names if self._odds(0.6)] for kind, names in ids.items()}
        return {kind: names for kind, names in chosen.items() if names}


# Writing.


def written_case(file: File) -> str:
    """Write a case down as YAML: a line for each entry of a section, and of the readings of each decision maker."""
    lines: list[str] = []
    for section, part in file.items():
        if isinstance(part, list) and part:
            lines += [f"{section}:", *(f"  - {_flow(entry)}" for entry in part)]
        elif section == "readings":
            lines += [f"{section}:", *(line for dm, there in part.items() for line in [f"  {dm}:", *_entries(there, 4)])]
        elif isinstance(part, dict) and part and section != "status_quo":
            lines += [f"{section}:", *_entries(part, 2)]
        elif part != {} or section == "status_quo":
            lines.append(f"{section}: {_flow(part)}")
    return "\n".join(lines) + "\n"


def _entries(part: Entry, indent: int) -> list[str]:
    return [f"{' ' * indent}{name}: {_flow(entry)}" for name, entry in part.items()]


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    return json.dumps(written(value) if isinstance(value, tuple) else value)

"""Cases with disallowed transitions and states that count as one, at random; and what they come to, worked out plainly.

A side of a transition, and what counts as one, is a pattern or a tree of
`formulas`. `game` takes moves out of the game of `reference` and makes its
states groups, one set at a time; no line of the library is used.
"""

import json
from dataclasses import dataclass, field, replace
from itertools import combinations
from random import Random
from typing import Any, TypeAlias

from formulas import Tree, random_tree, truth, written
from generators import OptionSpec, random_option_spec
from reference import Game, is_option_move, option_game

End: TypeAlias = str | Tree


@dataclass(frozen=True, eq=False)
class Shaped:
    """A model with its disallowed transitions, what counts as one, and the rank of every group by its first member.

    Who has statements in `wants` ranks by these; each holds in all groups of several states, or in none.
    """

    spec: OptionSpec
    disallowed: dict[str, dict[str, Any]]
    coalesce: dict[str, End]
    rank: dict[str, dict[str, int]]
    wants: dict[str, list[Tree]] = field(default_factory=dict)

    @property
    def labels(self) -> list[str]:
        """All options, ``dm.option``, in file order."""
        return [f"{dm}.{name}" for dm, options in self.spec["options"].items() for name, _ in options]


def random_shaped(rng: Random, max_options: int = 5) -> Shaped:
    """Draw a case in which no state is in two groups and no two groups have one label."""
    while True:
        spec = random_option_spec(rng, max_options)
        plain = Shaped(spec, {}, {}, {})
        makers = list(spec["options"])
        kind = rng.choice(["moves", "groups", "both"])
        barred = {}
        for number in range(rng.randint(1, 3) if kind != "groups" else 0):
            by = None if rng.random() < 0.5 else sorted(rng.sample(makers, rng.randint(1, len(makers))))
            barred[f"t{number}"] = {"from": _end(rng, plain), "to": _end(rng, plain), "by": by}
        one = {f"g{number}": _end(rng, plain) for number in range(rng.randint(1, 2) if kind != "moves" else 0)}
        shaped = replace(plain, disallowed=barred, coalesce=one)
        if is_whole(shaped):
            shaped = replace(shaped, wants={dm: _statements(rng, shaped) for dm in makers if rng.random() < 0.5})
            return replace(shaped, rank={dm: _rank(rng, shaped, dm) for dm in makers})


def _end(rng: Random, shaped: Shaped) -> End:
    if rng.random() < 0.5:
        return "".join(rng.choice("YN--") for _ in shaped.labels)
    return random_tree(rng, shaped.labels, rng.randint(1, 3))


def _statements(rng: Random, shaped: Shaped) -> list[Tree]:
    ends = [_tree(end, shaped.labels) for end in shaped.coalesce.values()]
    drawn = [random_tree(rng, shaped.labels, rng.randint(1, 3)) for _ in range(rng.randint(0, 4))]
    return [rng.choice([("and", tree, *(("not", end) for end in ends)), ("or", tree, *ends)]) if ends else tree for tree in drawn]


def _tree(end: End, labels: list[str]) -> Tree:
    """Write a pattern as a tree."""
    if not isinstance(end, str):
        return end
    letters = [(letter, ("name", label)) for label, letter in zip(labels, end, strict=True) if letter != "-"]
    return ("and", ("true",), ("true",), *(name if letter == "Y" else ("not", name) for letter, name in letters))


def _rank(rng: Random, shaped: Shaped, dm: str) -> dict[str, int]:
    firsts = [group[0] for group in groups(shaped)]
    if dm in shaped.wants:
        wishes = shaped.wants[dm][::-1]
        return {code: sum(2**k for k, wish in enumerate(wishes) if fits(wish, code, shaped.labels)) for code in firsts}
    levels = rng.choice([2, 4, len(firsts), 3 * len(firsts)])
    return {code: rng.randrange(max(levels, 1)) for code in firsts}


def fits(end: End, code: str, labels: list[str]) -> bool:
    """Tell whether a state is on one side of a transition, or in a group."""
    if isinstance(end, str):
        return all(wanted in ("-", letter) for wanted, letter in zip(end, code, strict=True))
    return truth(end, {label: letter == "Y" for label, letter in zip(labels, code, strict=True)})


def is_whole(shaped: Shaped) -> bool:
    """Tell whether no state is in two groups and no two groups have one label."""
    found = [{code for code in shaped.spec["feasible"] if fits(end, code, shaped.labels)} for end in shaped.coalesce.values()]
    names = [label(group) for group in groups(shaped)]
    return not any(one & other for one, other in combinations(found, 2)) and len(set(names)) == len(names)


def groups(shaped: Shaped) -> list[tuple[str, ...]]:
    """List what counts as one state, each with its members in numbering order, in the order of the first members."""
    found: dict[str, list[str]] = {}
    for code in shaped.spec["feasible"]:
        name = next((name for name, end in shaped.coalesce.items() if fits(end, code, shaped.labels)), code)
        found.setdefault(name, []).append(code)
    return [tuple(members) for members in found.values()]


def label(group: tuple[str, ...]) -> str:
    """Write a group as a pattern: a letter where its members agree, else -."""
    return "".join(letters[0] if len(set(letters)) == 1 else "-" for letters in zip(*group, strict=True))


def may_move(shaped: Shaped, dm: str, s: str, t: str) -> bool:
    """Tell whether a decision maker moves from state s to t: by its options, and past every entry."""
    owners = [(owner, way) for owner, options in shaped.spec["options"].items() for _, way in options]
    own = {k: way for k, (owner, way) in enumerate(owners) if owner == dm}
    barred = [
        entry
        for entry in shaped.disallowed.values()
        if (entry["by"] is None or dm in entry["by"]) and fits(entry["from"], s, shaped.labels) and fits(entry["to"], t, shaped.labels)
    ]
    return is_option_move(s, t, own) and not barred


def game(shaped: Shaped) -> Game:
    """Build the game whose states are groups, called by their labels."""
    there = groups(shaped)
    moves = {
        dm: {
            label(one): frozenset(
                label(other) for other in there if other is not one and any(may_move(shaped, dm, s, t) for s in one for t in other)
            )
            for one in there
        }
        for dm in shaped.spec["options"]
    }
    rank = {dm: {label(group): shaped.rank[dm][group[0]] for group in there} for dm in shaped.spec["options"]}
    return Game(tuple(shaped.spec["options"]), tuple(label(group) for group in there), moves, rank)


def plain_game(shaped: Shaped) -> Game:
    """Build the game of the same options without any of this; the first group's rank counts for all its members."""
    first = {code: group[0] for group in groups(shaped) for code in group}
    rank = {dm: {code: shaped.rank[dm][first[code]] for code in shaped.spec["feasible"]} for dm in shaped.spec["options"]}
    return option_game(shaped.spec["options"], shaped.spec["feasible"], rank)


def text(shaped: Shaped, rng: Random) -> str:
    """Write the case down; a group goes in rankings by its pattern, one of its members, or all."""
    feasible = set(shaped.spec["feasible"])
    every = ["".join("NY"[n >> k & 1] for k in range(len(shaped.labels))) for n in range(2 ** len(shaped.labels))]
    return json.dumps(
        {
            "offramp": 1,
            "title": "drawn at random",
            "decision_makers": {
                dm: {"options": {name: {"direction": way} for name, way in options}} for dm, options in shaped.spec["options"].items()
            },
            "rules": {f"r{number}": {"exclude": code} for number, code in enumerate(code for code in every if code not in feasible)},
            "disallowed": {
                name: {"from": _written(entry["from"]), "to": _written(entry["to"])} | ({"by": entry["by"]} if entry["by"] else {})
                for name, entry in shaped.disallowed.items()
            },
            "coalesce": {name: {"pattern" if isinstance(end, str) else "that": _written(end)} for name, end in shaped.coalesce.items()},
            "status_quo": shaped.spec["status_quo"],
            "readings": {dm: {"only": _reading(shaped, dm, rng)} for dm in shaped.spec["options"]},
        }
    )


def _written(end: End) -> str:
    return end if isinstance(end, str) else written(end)


def _reading(shaped: Shaped, dm: str, rng: Random) -> dict[str, Any]:
    if dm in shaped.wants:
        return {"prefers": [{"that": written(wish)} for wish in shaped.wants[dm]]}
    return {"ranking": _ranking(shaped, dm, rng)}


def _ranking(shaped: Shaped, dm: str, rng: Random) -> list[list[str]]:
    tiers: dict[int, list[str]] = {}
    for group in groups(shaped):
        named = rng.choice([[label(group)], [rng.choice(group)], list(group)])
        tiers.setdefault(shaped.rank[dm][group[0]], []).extend(named)
    return [tiers[rank] for rank in sorted(tiers, reverse=True)]


def turned(shaped: Shaped, order: list[str]) -> Shaped:
    """Return the same case with its decision makers in another order, and the options of each the other way round."""
    old = shaped.labels
    options = {dm: shaped.spec["options"][dm][::-1] for dm in order}
    places = [old.index(f"{dm}.{name}") for dm in order for name, _ in options[dm]]

    def code(there: str) -> str:
        return "".join(there[place] for place in places)

    def end(there: End) -> End:
        return code(there) if isinstance(there, str) else there

    feasible = sorted(map(code, shaped.spec["feasible"]), key=lambda letters: letters[::-1].replace("N", "0").replace("Y", "1"))
    spec: OptionSpec = {**shaped.spec, "options": options, "feasible": feasible, "status_quo": code(shaped.spec["status_quo"])}
    barred = {name: {**entry, "from": end(entry["from"]), "to": end(entry["to"])} for name, entry in shaped.disallowed.items()}
    result = replace(shaped, spec=spec, disallowed=barred, coalesce={name: end(there) for name, there in shaped.coalesce.items()}, rank={})
    first = {code(member): group[0] for group in groups(shaped) for member in group}
    rank = {dm: {group[0]: shaped.rank[dm][first[group[0]]] for group in groups(result)} for dm in order}
    return replace(result, rank=rank)

"""Random formulas as plain trees, with a text and a truth of their own.

A tree is a tuple: ``("name", label)``, ``("true",)``, ``("false",)``, or an
operator before its parts. Nothing here knows the library.
"""

from random import Random
from typing import Any, TypeAlias

Tree: TypeAlias = tuple[Any, ...]

SIGNS = {"and": "and", "or": "or", "implies": "->", "iff": "<->"}
STRENGTH = {"iff": 1, "implies": 2, "or": 3, "and": 4, "not": 5}
LISTS = ("at_most_one", "exactly_one")


def random_tree(rng: Random, labels: list[str], depth: int) -> Tree:
    """Draw a tree at most `depth` deep."""
    if depth <= 1 or rng.random() < 0.2:
        return rng.choice([("true",), ("false",)]) if rng.random() < 0.1 else ("name", rng.choice(labels))
    kind = rng.choice(["not", "and", "or", "implies", "iff", "and", "or", "implies", *LISTS])
    number = {"not": 1, "implies": 2, "iff": 2}.get(kind, rng.randint(1 if kind in LISTS else 2, 4))
    return (kind, *(random_tree(rng, labels, depth - 1) for _ in range(number)))


def truth(tree: Tree, values: dict[str, bool]) -> bool:
    """Evaluate by Python's own words."""
    kind, *parts = tree
    if kind == "name":
        return values[parts[0]]
    if kind in ("true", "false"):
        return kind == "true"
    held = [truth(part, values) for part in parts]
    if kind == "implies":
        return held[1] if held[0] else True
    if kind == "iff":
        return held[0] is held[1]
    if kind == "not":
        return not held[0]
    return {"and": all(held), "or": any(held), "at_most_one": sum(held) < 2, "exactly_one": sum(held) == 1}[kind]


def written(tree: Tree, rng: Random | None = None) -> str:
    """Write a tree with only the brackets it needs; with `rng`, with more of them and odd spaces."""
    return _write(tree, 0, rng)


def _write(tree: Tree, outer: int, rng: Random | None) -> str:
    kind, *parts = tree
    if kind == "name":
        text = parts[0]
    elif kind in ("true", "false"):
        text = kind
    elif kind in LISTS:
        comma = f",{_space(rng)}" if rng is not None else ", "
        text = f"{kind}{_space(rng)}(" + comma.join(_write(part, 0, rng) for part in parts) + ")"
    else:
        mine = STRENGTH[kind]
        text = _operator(kind, mine, parts, rng)
        if mine < outer:
            return f"({text})"
    return f"({_space(rng)}{text})" if rng is not None and rng.random() < 0.15 else text


def _operator(kind: str, mine: int, parts: list[Tree], rng: Random | None) -> str:
    if kind == "not":
        return f"not {_write(parts[0], mine, rng)}"
    needs = [mine + 1] * len(parts)
    if kind == "implies":
        needs[1] = mine  # binds to the right
    if kind == "iff":
        needs[0] = mine  # read from the left
    pieces = [_write(part, need, rng) for part, need in zip(parts, needs, strict=True)]
    return f" {SIGNS[kind]}{_space(rng) or ' '}".join(pieces)


def _space(rng: Random | None) -> str:
    return rng.choice(["", " ", "  ", "\n", "\t"]) if rng is not None else ""

"""Smallest changes on random cases, against the oracle `brute` that tries every set."""

from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest

import brute
import reference
from brute_cases import random_file, written_case
from brute_cells import Cell, File, grid, opened
from formulas import random_tree, written
from offramp.analysis.change import SmallestChanges, smallest_changes
from offramp.analysis.goals import Goal
from offramp.case.labels import labels_of
from offramp.case.load import read_case_text
from offramp.model.build import Builder

MOST = 2
TELLING = (81_050, 81_138)  # fail where the answers of one opponent are forgotten
QUICK = (*range(81_000, 81_020), *TELLING)
ALL = [seed for seed in range(81_000, 81_500) if seed not in QUICK]
TRIES = 4


def drawn_goal(rng: Random, labels: list[str]) -> brute.Goal:
    """Draw what is to be attained, as the oracle has it."""
    kind, tree = rng.choice(["open", "hold", "hold", "close"]), random_tree(rng, labels, rng.randint(1, 3))
    if kind == "open":
        return {"open": tree} | rng.choice([{}, {"lawful": True}, {"clear": True}])
    return {"hold": tree, "concept": rng.choice(reference.CONCEPTS)} if kind == "hold" else {"close": tree}


@dataclass(frozen=True)
class Question:
    """A random case, a cell of it, and what is asked; the oracle's answer to it."""

    text: str
    choice: brute.Choice
    goal: brute.Goal
    by: list[str] | None
    of: list[str] | None
    also: tuple[str, ...]
    answer: set[frozenset[brute.Atom]] | None

    @property
    def size(self) -> int | None:
        return None if self.answer is None else len(next(iter(self.answer)))


def question(rng: Random) -> Question:
    """Draw a question."""
    case = opened(file := crowded(rng) if rng.random() < 0.6 else random_file(rng, 3))
    readings, sides = rng.choice([choice for choice, _ in grid(case)])
    makers = list(case["makers"])
    some = lambda: rng.choice([None, None, sorted(rng.sample(makers, rng.randint(1, len(makers))))])  # noqa: E731
    by, of = some(), some()
    also = rng.choice([(), ("rules",), ("conditions",), ("rules", "conditions")])
    goal = needed_goal(rng, Cell(case, (readings, sides)), [*case["labels"], *case["conditions"]], by)
    answer = brute.changes(case, (readings, sides), goal, also, of, by, MOST)
    return Question(written_case(file), (readings, sides), goal, by, of, also, answer)


def crowded(rng: Random) -> File:
    """Draw a case in which three decision makers can do something, so that one answers another."""
    while True:
        file = random_file(rng, 4)
        if sum(bool(maker["options"]) for maker in file["decision_makers"].values()) == 3:
            return file


def needed_goal(rng: Random, cell: Cell, labels: list[str], by: list[str] | None) -> brute.Goal:
    """Draw a goal that is not attained as it is, where a few tries find one."""
    for _ in range(TRIES):
        goal = drawn_goal(rng, labels)
        if not brute.attains(cell, goal, by):
            break
    return goal


def telling(rng: Random) -> Question:
    """Draw a question; more often than not one that some changes answer, and rather two than one."""
    asked = [question(rng) for _ in range(TRIES)]
    wanted = rng.choice([1, 2, 2, None])
    return next((one for one in asked if one.size == wanted), next((one for one in asked if one.size), asked[0]))


def as_goal(goal: brute.Goal, labels: Any, by: list[str] | None) -> Goal:
    kind: Any = next(kind for kind in ("open", "hold", "close") if kind in goal)
    demand: Any = next((name for name in ("lawful", "clear") if goal.get(name)), "")
    return Goal(kind, labels.formula(written(goal[kind])), None if by is None else tuple(by), demand, goal.get("concept", "seq"))


def as_sets(found: SmallestChanges) -> set[frozenset[brute.Atom]] | None:
    if found.size is None:
        return None
    return {frozenset((x.kind, x.path, x.anchor) if x.anchor else (x.kind, x.path) for x in chosen) for chosen in found.sets}


def compared(seed: int) -> int | None:
    """Compare the answers to one question; return how many changes it needs."""
    asked = telling(Random(seed))
    builder = Builder(read_case_text(asked.text))
    choice = builder.choice(*asked.choice)
    goal = as_goal(asked.goal, labels_of(builder.case), asked.by)
    found = smallest_changes(builder, goal, choice, asked.of, asked.also, MOST)
    assert as_sets(found) == asked.answer, (seed, asked)
    assert len(set(found.sets)) == len(found.sets), (seed, asked)
    return found.size


def test_small_sets() -> None:
    sizes = Counter(compared(seed) for seed in QUICK)
    assert sizes[1] + sizes[2] > len(QUICK) // 3, sizes


@pytest.mark.slow
def test_more_small_sets() -> None:
    sizes = Counter(compared(seed) for seed in ALL)
    assert sizes[1] + sizes[2] > len(ALL) // 3, sizes
    assert sizes[2] > 12, sizes
    assert sizes[None] > 60, sizes

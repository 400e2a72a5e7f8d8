"""Lint of disallowed transitions and coalesced states: entries that change nothing, judgements that tell apart what counts as one."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from offramp.case.load import CaseFile
from offramp.case.yaml_reader import Path_
from offramp.errors import CaseError, Problem
from offramp.model.build import Builder
from offramp.model.shape import forbidden, listed, members
from offramp.model.world import Choice


def idle_shapes(file: CaseFile, builder: Builder, choices: list[Choice]) -> Iterator[Problem]:
    """Yield the disallowed transitions that forbid no move, and the `coalesce` entries with fewer than two states, under all choices."""
    standing = builder.standing
    if not standing.disallowed and not standing.coalesce:
        return
    shapes: set[Path_] = {("disallowed", name) for name in standing.disallowed} | {("coalesce", name) for name in standing.coalesce}
    plain = builder.varied(replace(standing.variant, dropped=standing.variant.dropped | shapes))
    found = [_at_work(builder, plain, choice) for choice in choices]
    for name in standing.disallowed:
        if not any(there["disallowed", name] for there in found):
            expected, remedy = "a move from a state of the one kind to one of the other", "correct it, or leave it out"
            yield file.document.problem(("disallowed", name), "this forbids no move that there is", expected, remedy)
    for name in standing.coalesce:
        if max(there["coalesce", name] for there in found) < 2:
            number = max(there["coalesce", name] for there in found)
            told = "no state" if number == 0 else "a single state"
            expected, remedy = "two states or more", "correct it, or leave it out"
            yield file.document.problem(("coalesce", name), f"{told} exists to count as one", expected, remedy)


def _at_work(builder: Builder, plain: Builder, choice: Choice) -> dict[tuple[str, str], int]:
    """Return under one choice how many moves each entry forbids, and how many states it makes one."""
    world, standing, conditions = plain.world(choice), builder.standing, builder.conditions(choice)
    arcs = listed(world.moves, standing) if standing.disallowed else []
    number = {
        ("disallowed", name): sum(int(forbidden(world, standing, conditions, name, dm, there).sum()) for dm, there in enumerate(arcs))
        for name in standing.disallowed
    }
    return number | {("coalesce", name): int(mask.sum()) for name, mask in members(world, standing, conditions).items()}


def told_apart(builder: Builder, choice: Choice) -> Iterator[Problem]:
    """Yield the norms, harms, wishes and claims that tell apart states that count as one."""
    world, standing = builder.world(choice), builder.standing
    if world.states.groups is None:
        return
    named: dict[str, Container[str | int]] = {"norms": standing.norms, "claims": standing.claims}
    named |= {"people": standing.wishes, "harms": standing.harms}
    for path, formula in builder.file.formulas.items():
        if path[1] in named.get(str(path[0]), ()):
            try:
                world.holds(formula, builder.conditions(choice))
            except CaseError as error:
                yield from error.problems

"""The smallest change: the fewest judgements that would have to be otherwise for a goal to be attained."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.batch import Batch, Table
from offramp.analysis.goals import Goal, attained
from offramp.analysis.lab import Frame, Lab
from offramp.case.standing import Statement, opposite
from offramp.case.variant import Variant
from offramp.case.yaml_reader import Path_
from offramp.errors import CaseError, ChoiceError, UnknownLabelError
from offramp.formula import Formula, atoms
from offramp.model.bits import unpacked
from offramp.model.build import Builder
from offramp.model.preference import prioritization
from offramp.model.world import Choice
from offramp.shown import shown

Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]

MAX_PLAYS = 20_000_000
"""Number of combinations of rankings that are tried for one number of changes."""

BATCH = 1 << 13


@dataclass(frozen=True, order=True)
class Change:
    """One judgement judged otherwise: dropped, negated, or put before (raised) or after (lowered) another."""

    kind: Literal["drop", "negate", "raise", "lower"]
    path: Path_
    anchor: Path_ = ()


@shown
@dataclass(frozen=True)
class SmallestChanges:
    """All smallest sets of changes that attain a goal.

    Parameters
    ----------
    goal : Goal
        What was asked for.
    choice : Choice
        The cell.
    sets : tuple of tuple of Change
        In file order; one empty set if the goal is attained as it is, none if
        no set of at most `most` changes attains it.
    size : int, optional
        The number of changes in each.
    most : int
        How far was looked.
    num_tried : int
        Number of different combinations of rankings and worlds that were solved.
    unsolved : mapping of tuple of Change to str
        Changes of rules and conditions with which the case cannot be solved,
        and why; such a set attains nothing, as far as can be told.
    """

    goal: Goal
    choice: Choice
    sets: tuple[tuple[Change, ...], ...]
    size: int | None
    most: int
    num_tried: int
    unsolved: Mapping[tuple[Change, ...], str] = field(default_factory=dict)


def smallest_changes(
    builder: Builder,
    goal: Goal,
    choice: Choice | None = None,
    of: Sequence[str] | None = None,
    also: Sequence[str] = (),
    most: int = 3,
    watch: Callable[[int, int], None] | None = None,
) -> SmallestChanges:
    """Return the smallest sets of changes of judgement that attain `goal` in one cell.

    Parameters
    ----------
    builder : Builder
        Of the case.
    goal : Goal
        What is to be attained.
    choice : Choice, optional
        The cell; the case's own by default.
    of : sequence of str, optional
        Decision makers whose readings may change; all by default.
    also : sequence of str
        ``rules`` and ``conditions``, if these may change too.
    most : int
        The largest number of changes to look for.
    watch : callable, optional
        Told how many combinations of how many have been solved.

    Raises
    ------
    CaseError
        If the case cannot be solved as it stands.
    ChoiceError
        If somebody's preferences are no ranking, or there are too many
        combinations to try.
    UnknownLabelError
        If `of` names no decision maker, `also` no kind of judgement, or the goal something that the case does not have.

    Examples
    --------
    >>> import offramp
    >>> from offramp.case.labels import labels_of
    >>> file = offramp.read_case("two-prisoners")
    >>> builder = offramp.Builder(file)
    >>> goal = Goal("open", labels_of(file.case).formula("transfer"))
    >>> found = smallest_changes(builder, goal, builder.choice({"south_korea": "unwilling"}))
    >>> found.size
    1
    """
    known = [*builder.standing.options, *builder.case.conditions, *(builder.case.states or ())]
    for label in sorted(atoms(goal.formula) - set(known)):
        raise UnknownLabelError("option, condition or state", label, known)
    search = _Search(builder, goal, choice or builder.choice(), of, also)
    for size in range(most + 1):
        sets = search.of_size(size, watch)
        if sets:
            found = tuple(sorted(sets, key=search.place))
            return SmallestChanges(goal, search.choice, found, size, most, search.num_tried, search.unsolved)
    return SmallestChanges(goal, search.choice, (), None, most, search.num_tried, search.unsolved)


class _Search:
    """Sets of changes by size; rankings that fewer changes give already are not tried again."""

    def __init__(self, builder: Builder, goal: Goal, choice: Choice, of: Sequence[str] | None, also: Sequence[str]) -> None:
        makers = list(builder.case.decision_makers)
        for dm in [*(of or ()), *(goal.by or ())]:
            if dm not in makers:
                raise UnknownLabelError("decision maker", dm, makers)
        for kind in also:
            if kind not in ("rules", "conditions"):
                raise UnknownLabelError("kind of judgement", kind, ["rules", "conditions"])
        self.goal, self.choice = goal, choice
        self.variant = replace(builder.standing.variant, settled=choice.contested, readings=choice.readings)
        self.lab = Lab(builder)
        self.builder = builder.varied(self.variant)
        self.readings = dict(choice.readings)
        self.statements = {dm: self._statements(dm) if of is None or dm in of else [] for dm in makers}
        self.worldly = tuple(self._worldly(also))
        self.worlds: dict[tuple[Change, ...], _World | None] = {}
        self.unsolved: dict[tuple[Change, ...], str] = {}
        self.num_tried = 0
        self._file_order = {said.path: k for k, said in enumerate(said for there in self.statements.values() for said in there)}

    def _statements(self, dm: str) -> Sequence[Statement]:
        reading = self.builder.case.readings[dm][self.readings[dm]]
        return [] if reading.prefers is None else self.builder.statements(dm, self.readings[dm])

    def _worldly(self, also: Sequence[str]) -> Iterator[Change]:
        if "rules" in also:
            yield from (Change("drop", path) for path in self.builder.rules_in_force(self.builder.choice()).values())
        if "conditions" in also:
            yield from (Change("negate", ("conditions", name)) for name in self.builder.case.conditions)

    def place(self, chosen: Sequence[Change]) -> tuple[tuple[int, str, int], ...]:
        """Return what sets are sorted by: file order."""
        order = self._file_order
        return tuple((order.get(c.path, len(order)), c.kind, order.get(c.anchor, 0)) for c in chosen)

    def of_size(self, size: int, watch: Callable[[int, int], None] | None) -> list[tuple[Change, ...]]:
        """Return all sets of `size` changes that attain the goal."""
        found: list[tuple[Change, ...]] = []
        for number in range(min(size, len(self.worldly)) + 1):
            for changed in combinations(self.worldly, number):
                world = self._world(changed)
                if world is not None:
                    found += [(*chosen, *changed) for chosen in world.attaining(size - number, watch)]
        return found

    def _world(self, changed: tuple[Change, ...]) -> _World | None:
        if changed not in self.worlds:
            try:
                self.worlds[changed] = _World(self, self.lab.frame(self._varied(changed)))
            except (CaseError, ChoiceError) as error:  # such as no state, no status quo, or no ranking
                if not changed:
                    raise
                self.worlds[changed] = None
                reasons = [problem.found for problem in error.problems] if isinstance(error, CaseError) else [str(error)]
                self.unsolved[changed] = "; ".join(dict.fromkeys(reasons))
        return self.worlds[changed]

    def _varied(self, changed: tuple[Change, ...]) -> Variant:
        dropped = {change.path for change in changed if change.kind == "drop"}
        flipped = {str(change.path[1]) for change in changed if change.kind == "negate"}
        settled = {name: side != (name in flipped) for name, side in self.variant.settled}
        negated = {("conditions", name) for name in flipped if name not in settled}
        variant = self.variant
        return replace(variant, dropped=variant.dropped | dropped, negated=variant.negated ^ negated, settled=tuple(settled.items()))


class _World:
    """One world, with the rankings of each decision maker that a number of changes first gives."""

    def __init__(self, search: _Search, frame: Frame) -> None:
        self.search = search
        self.site = search.lab.sites[int(frame.site[0])]
        self.assessor = self.site.assessors[int(frame.assessment[0])]
        self.truth = frame.builder.conditions(frame.builder.choice())
        self.makers = list(search.builder.case.decision_makers)
        self.own = [int(rows[0, 0]) for rows in frame.rankings]
        self.new: list[list[dict[int, list[tuple[Change, ...]]]]] = [[{row: [()]}] for row in self.own]

    def attaining(self, size: int, watch: Callable[[int, int], None] | None) -> Iterator[tuple[Change, ...]]:
        """Yield the sets of `size` changes of statements that attain the goal here."""
        splits = [split for split in product(range(size + 1), repeat=len(self.makers)) if sum(split) == size]
        tables = [[self._rankings(dm, number) for dm, number in enumerate(split)] for split in splits]
        num_plays = sum(int(np.prod([len(table) for table in row])) for row in tables)
        if num_plays > MAX_PLAYS:
            raise ChoiceError(
                f"{size} changes make {num_plays:,} combinations; at most {MAX_PLAYS:,} are tried: "
                "name the decision makers with --of, or look for fewer with --most"
            )
        done, rankings = 0, self.site.built_tables()
        for row in tables:
            for plays in _chunks([list(table) for table in row]):
                for play in plays[self._attained(rankings, plays)].tolist():
                    for parts in product(*(table[ranking] for table, ranking in zip(row, play, strict=True))):
                        yield tuple(change for part in parts for change in part)
                done += len(plays)
                self.search.num_tried += len(plays)
                if watch is not None:
                    watch(done, num_plays)

    def _attained(self, rankings: Sequence[Table], plays: Indices) -> Bools:
        batch = Batch(self.site.ground, rankings, plays)
        return unpacked(attained(self.search.goal, batch, self.assessor), len(plays))

    def _rankings(self, dm: int, size: int) -> dict[int, list[tuple[Change, ...]]]:
        """Return the rankings of `dm` that `size` changes give and fewer do not, each with the sets that give it."""
        there = self.new[dm]
        while len(there) <= size:
            known = {row for earlier in there for row in earlier}
            found: dict[int, list[tuple[Change, ...]]] = {}
            for chosen, said in rewordings(self.search.statements[self.makers[dm]], len(there)):
                row = self._ranking(dm, said)
                if row not in known:
                    found.setdefault(row, []).append(chosen)
            there.append(found)
        return there[size]

    def _ranking(self, dm: int, said: Sequence[Formula]) -> int:
        ranks = prioritization(len(self.site.world.states), [self.site.world.holds(formula, self.truth) for formula in said])
        return self.site.ranking(dm, ranks.tobytes(), ranks)


def rewordings(statements: Sequence[Statement], size: int) -> Iterator[tuple[tuple[Change, ...], list[Formula]]]:
    """Yield every set of `size` changes of a list of statements, at most one of each, with what the list then says."""
    paths = [said.path for said in statements]
    own = [
        [
            Change("drop", path),
            Change("negate", path),
            *(Change("raise", path, paths[j]) for j in range(k)),
            *(Change("lower", path, paths[j]) for j in range(k + 1, len(paths))),
        ]
        for k, path in enumerate(paths)
    ]
    for touched in combinations(range(len(statements)), size):
        for chosen in product(*(own[k] for k in touched)):
            dropped = {change.path for change in chosen if change.kind == "drop"}
            if not any(change.anchor in dropped for change in chosen):
                yield chosen, reworded(statements, chosen)


def reworded(statements: Sequence[Statement], chosen: Sequence[Change]) -> list[Formula]:
    """Return what a list of statements says after changes: drops and negations, then moves in file order."""
    kinds = {change.path: change.kind for change in chosen}
    said = {s.path: opposite(s.formula) if kinds.get(s.path) == "negate" else s.formula for s in statements}
    order = [path for path in said if kinds.get(path) != "drop"]
    for change in sorted((change for change in chosen if change.anchor), key=lambda change: change.path):
        order.remove(change.path)
        order.insert(order.index(change.anchor) + (change.kind == "lower"), change.path)
    return [said[path] for path in order]


def _chunks(rows: Sequence[Sequence[int]]) -> Iterator[Indices]:
    """Yield all combinations of rankings in arrays of at most `BATCH` rows, in order."""
    if any(not row for row in rows):
        return
    sizes = [len(row) for row in rows]
    total = int(np.prod(sizes))
    for start in range(0, total, BATCH):
        places = np.unravel_index(np.arange(start, min(start + BATCH, total)), sizes)
        yield np.stack([np.array(row)[place] for row, place in zip(rows, places, strict=True)], axis=1)

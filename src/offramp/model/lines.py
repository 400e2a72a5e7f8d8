"""Moves in option form: states on lines, without a list of moves.

The states between which a decision maker can move share the options of all
others; they form its *line*. An option that can be changed one way only, once
changed, is *used up*; a move never takes a used-up option back, so it leads
within the line to states whose used-up pattern holds at least the mover's. The
states of a line with the same pattern form a *cell*.

`best` and `lowest` are what the stability concepts are made of. Both answer for
all states at once, and both count the state itself, which changes no verdict:
staying is no improvement, and the state that an improvement leads to is no
sanction against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import or_
from typing import Any

import numpy as np
from numpy.typing import NDArray

from offramp.errors import TooManyStatesError
from offramp.model.distinct import distinct
from offramp.model.preference import UNBOUNDED
from offramp.model.settle import has_compiler, settle

Values = NDArray[np.int64]
Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]
Barred = tuple[Bools, Bools, frozenset[int]]

COMPILED_FROM = 1 << 12
"""Number of states from which the settling kernel runs compiled, where Numba is installed."""

MAX_PATTERNS = 1 << 12
"""Number of ways in which the one-way options of one decision maker may be used up."""

MAX_PAIRS = 1 << 26
"""Number of pairs (used-up pattern, state that a move from it can lead to) of one decision maker; some 100 bytes each."""

ROUNDS = 6
"""Rounds of sweeps before states are settled in the order of their sanction."""


@dataclass(frozen=True)
class Cells:
    """The lines of one decision maker, split into cells by what is used up.

    Cell ``line * num_patterns + pattern`` holds the states of one line and one
    pattern. `passes` lists pairs (smaller, larger) of patterns, or of arrays of
    patterns, in an order that carries values from every pattern to all that it
    contains.
    """

    line: Indices
    pattern: Indices
    num_lines: int
    num_patterns: int
    passes: tuple[tuple[Any, Any], ...]
    contains: NDArray[np.bool_]

    @cached_property
    def cell(self) -> Indices:
        """Cell of each state."""
        return self.line * self.num_patterns + self.pattern

    @cached_property
    def order(self) -> Indices:
        """The states, sorted by cell."""
        return np.argsort(self.cell, kind="stable")

    @cached_property
    def occupied(self) -> tuple[Indices, Indices]:
        """The cells that hold states, and where each begins in `order`."""
        return _runs(self.cell[self.order])

    def fold(self, values: Values, operation: np.ufunc, forward: bool = False) -> Values:
        """Return `operation` over the states that each state can move to, itself among them.

        With `forward`, over the states that can move to it.
        """
        cells, starts = self.occupied
        reduced = operation.reduceat(values[self.order], starts)
        if self.num_patterns == 1:
            return reduced[self.line]
        table = np.full((self.num_lines, self.num_patterns), -UNBOUNDED if operation is np.maximum else UNBOUNDED)
        table.ravel()[cells] = reduced
        for smaller, larger in reversed(self.passes) if forward else self.passes:
            here, there = (larger, smaller) if forward else (smaller, larger)
            table[:, here] = operation(table[:, here], table[:, there])
        return table.ravel()[self.cell]

    def singled(self, unseen: Bools) -> Cells:
        """Return the cells with each state of `unseen` on a line of its own: no move leads to it or away from it."""
        found = self._on_lines(np.where(unseen, self.num_lines + np.arange(len(self.line)), self.line), self.pattern)
        if found.num_patterns > 1 and found.num_lines * found.num_patterns > MAX_PAIRS:
            raise _too_many(f"and the states that it does not see make {found.num_lines * found.num_patterns:,} cells", MAX_PAIRS)
        return found

    def within(self, kept: Bools) -> Cells:
        """Return the cells of the states in `kept` alone, numbered anew in their order."""
        return self._on_lines(self.line[kept], self.pattern[kept])

    def _on_lines(self, names: Indices, pattern: Indices) -> Cells:
        lines, line = np.unique(names, return_inverse=True)
        return replace(self, line=line.astype(np.int64), pattern=pattern, num_lines=len(lines))

    @cached_property
    def members(self) -> tuple[Indices, Indices]:
        """Pairs (cell, state) for every state that can be reached from within the cell, in one move or none."""
        pairs = [np.nonzero(self.contains[self.pattern, smaller])[0] for smaller in range(self.num_patterns)]
        cells = [self.line[states] * self.num_patterns + smaller for smaller, states in enumerate(pairs)]
        return np.concatenate(cells), np.concatenate(pairs)


def cells_of(codes: Indices, own: int, forward: int, backward: int) -> Cells:
    """Return the cells of the decision maker whose options are the bits of `own`.

    `forward` marks its options that only go from N to Y, `backward` those that
    only go from Y to N.
    """
    others, line = distinct(codes & ~np.int64(own))
    used = (codes & np.int64(forward)) | (~codes & np.int64(backward))
    patterns, pattern = distinct(used)
    if len(patterns) > MAX_PATTERNS:
        raise _too_many(f"can be used up in {len(patterns):,} ways", MAX_PATTERNS)
    contains = (patterns[:, None] & patterns[None, :]) == patterns[None, :]
    num_pairs = int(contains.sum(axis=1)[pattern].sum())
    if num_pairs > MAX_PAIRS:
        raise _too_many(f"make {num_pairs:,} pairs of what is used up and a state", MAX_PAIRS)
    return Cells(line, pattern, len(others), len(patterns), _passes(patterns, contains), contains)


def _too_many(said: str, limit: int) -> TooManyStatesError:
    return TooManyStatesError(
        f"the one-way options of one decision maker {said}; at most {limit:,} are computed: merge options, or leave some out"
    )


def _passes(patterns: Indices, contains: NDArray[np.bool_]) -> tuple[tuple[Any, Any], ...]:
    """Return bit by bit who passes to whom where every combination of bits occurs, else the covers."""
    bits = [1 << place for place in range(int(patterns[-1]).bit_length()) if 0 < int((patterns >> place & 1).sum()) < len(patterns)]
    if len(patterns) == 1 << len(bits):
        return tuple((np.nonzero(patterns & bit == 0)[0], np.nonzero(patterns & bit)[0]) for bit in bits)
    return _covers(patterns, contains)


def _covers(patterns: Indices, contains: NDArray[np.bool_]) -> tuple[tuple[int, int], ...]:
    """Return the pairs (smaller, larger) with none in between, the largest patterns first."""
    strictly = contains & ~np.eye(len(patterns), dtype=bool)
    between = (strictly.astype(np.float32) @ strictly.astype(np.float32)) > 0
    larger, smaller = np.nonzero(strictly & ~between)
    size = np.array([int(pattern).bit_count() for pattern in patterns])
    by_size = np.argsort(-size[larger], kind="stable")
    return tuple((int(smaller[k]), int(larger[k])) for k in by_size)


def _runs(ascending: Indices) -> tuple[Indices, Indices]:
    """Return the distinct values of a sorted array, and where each begins."""
    starts = np.flatnonzero(np.concatenate([[True], ascending[1:] != ascending[:-1]]))
    return ascending[starts], starts


class Climb:
    """One decision maker's improvements under one ranking, as prefixes of sorted lists.

    For each cell: the states that can be reached from it, best first. What a
    state can improve to is the part of its cell's list before the first state
    of its own rank.
    """

    def __init__(self, cells: Cells, rank: Values) -> None:
        cell, member = cells.members
        order = np.lexsort((-rank[member], cell))
        cell, self.member = cell[order], member[order]
        _, starts = _runs(cell)
        block = np.searchsorted(starts, np.arange(len(cell)), side="right") - 1
        self.block = block
        starts_tie = np.ones(len(cell), dtype=bool)
        starts_tie[1:] = (cell[1:] != cell[:-1]) | (rank[self.member[1:]] != rank[self.member[:-1]])
        first_of_tie = np.maximum.accumulate(np.where(starts_tie, np.arange(len(cell)), 0))
        home = cells.cell[self.member] == cell
        tie, begin = np.empty(len(rank), dtype=np.int64), np.empty(len(rank), dtype=np.int64)
        tie[self.member[home]] = first_of_tie[home]
        begin[self.member[home]] = starts[block[home]]
        self.has_any: NDArray[np.bool_] = tie > begin
        self.last_better = np.maximum(tie - 1, 0)

    def lowest(self, values: Values) -> Values:
        """Return the lowest of `values` over each state's improvements; `UNBOUNDED` without any."""
        shift = self.block * (int(values.max()) - int(values.min()) + 1)
        prefix = np.minimum.accumulate(values[self.member] - shift) + shift
        return np.where(self.has_any, prefix[self.last_better], UNBOUNDED)


class LineMoves:
    """All unilateral moves of an option-form model.

    Parameters
    ----------
    codes : ndarray of int64, shape (num_states,)
        Feasible states, ascending.
    own, forward, backward : sequence of int
        For each decision maker the bits of its options, of those that go from N
        to Y only, and of those that go from Y to N only.
    """

    plain: LineMoves | None
    """These moves, or those that some were taken from because somebody does not see a state."""

    reduced: frozenset[int]
    """The decision makers from whom moves were taken."""

    codes: Indices
    bits: tuple[Sequence[int], ...]  # own, forward, backward; as codes of plain moves alone
    barred: tuple[Barred, ...] = ()  # of plain moves alone: what is disallowed, also where nobody alone could make such a move

    def __init__(self, codes: Indices, own: Sequence[int], forward: Sequence[int], backward: Sequence[int]) -> None:
        self._take([cells_of(codes, *bits) for bits in zip(own, forward, backward, strict=True)], len(codes))
        self.codes = codes
        self.bits = own, forward, backward
        self.plain = self

    def _take(self, cells: Sequence[Cells], num_states: int) -> None:
        self.num_states = num_states
        self.num_decision_makers = len(cells)
        self.cells = tuple(cells)
        self.plain, self.reduced = None, frozenset()
        self._climbs: dict[tuple[int, bytes], Climb] = {}
        self._pairs: dict[int, Indices] = {}

    def _of(self, cells: Sequence[Cells], num_states: int) -> LineMoves:
        moves = LineMoves.__new__(LineMoves)
        moves._take(cells, num_states)
        return moves

    def unseeing(self, unseen: Sequence[Bools]) -> LineMoves:
        """Return these moves without those of each decision maker to or from the states that it does not see."""
        moves = self._of([c.singled(mask) if mask.any() else c for c, mask in zip(self.cells, unseen, strict=True)], self.num_states)
        moves.plain, moves.reduced = self.plain, self.reduced.union(dm for dm, mask in enumerate(unseen) if mask.any())
        return moves

    def within(self, kept: Bools) -> LineMoves:
        """Return the moves among the states in `kept` alone, numbered anew in their order."""
        return self._of([c.within(kept) for c in self.cells], int(kept.sum()))

    def merged(self, groups: Sequence[tuple[int, ...]]) -> LineMoves:
        """Return the moves of groups, each as one decision maker; who is alone moves as here.

        These have to be all moves of those who are not alone, or at least of
        all `plain` ones.
        """
        assert self.plain is not None
        bits = [[reduce(or_, (of_kind[dm] for dm in group)) for group in groups] for of_kind in self.plain.bits]
        plain = LineMoves(self.plain.codes, *bits)
        who = [{k for k, group in enumerate(groups) if by.intersection(group)} for _, _, by in self.plain.barred]
        plain.barred = tuple([(start, end, frozenset(by)) for (start, end, _), by in zip(self.plain.barred, who, strict=True)])
        moves = self._of([self.cells[group[0]] if len(group) == 1 else plain.cells[k] for k, group in enumerate(groups)], self.num_states)
        moves.plain, moves.reduced = plain, frozenset(k for k, group in enumerate(groups) if self.reduced.intersection(group))
        return moves

    def is_barred(self, dm: int) -> bool:
        """Return whether some of these plain moves of `dm` is disallowed."""
        return any(self._leads(dm, start, end) for start, end, by in self.barred if dm in by)

    def _leads(self, dm: int, start: Bools, end: Bools) -> bool:
        """Return whether a move of `dm` leads from a state in `start` to another one in `end`."""
        number = np.arange(1, self.num_states + 1)
        both = [np.where(end, values, 0) for values in (number, number[::-1])]  # `best` counts staying: look for what is higher, both ways
        return any(bool((self.best(dm, values) > values)[start].any()) for values in both)

    def best(self, dm: int, values: Values) -> Values:
        """Return the highest of `values` that `dm` can move to from each state, or stay at."""
        return self.cells[dm].fold(values, np.maximum)

    def lowest(self, movers: Sequence[int], values: Values, ranks: Values | None = None) -> Values:
        """Return the lowest of `values` that `movers` can bring about from each state.

        Parameters
        ----------
        movers : sequence of int
            They move in legal sequences: nobody twice in succession, which on
            lines rules nothing out, since two moves in succession are one.
        values : ndarray of int64, shape (num_states,)
            What is to be minimised.
        ranks : ndarray of int64, shape (num_decision_makers, num_states), optional
            When given, each move has to be an improvement of its mover.

        Returns
        -------
        lowest : ndarray of int64, shape (num_states,)
            Over the states reached and the state itself.

        Notes
        -----
        Sweeps along the lines; where these do not settle in `ROUNDS` rounds,
        states are settled in ascending order of their value, which is linear in
        states times movers however long a chain of moves is. From
        `COMPILED_FROM` states on that runs compiled, if Numba is installed.
        """
        movers = [dm for dm in movers if self._can_move(dm)]
        lowest = self._sweep(movers, values, ranks)
        if lowest is None:
            compiled = self.num_states >= COMPILED_FROM and has_compiler()
            lowest = settle([self.cells[dm] for dm in movers], values, self._limits(movers, ranks), compiled)
        return lowest

    def _sweep(self, movers: Sequence[int], values: Values, ranks: Values | None) -> Values | None:
        """Return the lowest values once a round changes nothing, or None after `ROUNDS` rounds."""
        lowest = values
        for _ in range(ROUNDS):
            before = lowest
            for dm in movers:
                reached = self.cells[dm].fold(lowest, np.minimum) if ranks is None else self.climb(dm, ranks[dm]).lowest(lowest)
                lowest = np.minimum(lowest, reached)
            if np.array_equal(lowest, before):
                return lowest
        return None

    def _limits(self, movers: Sequence[int], ranks: Values | None) -> Values:
        """Return one row a mover: a state is entered from states below it in that row; without ranks, from all."""
        if ranks is None:
            return np.zeros((0, self.num_states), dtype=np.int64)
        return np.ascontiguousarray(ranks[list(movers)], dtype=np.int64)

    def _can_move(self, dm: int) -> bool:
        return self.cells[dm].num_lines < self.num_states

    def climb(self, dm: int, rank: Values) -> Climb:
        """Return the improvements of `dm` under `rank`; kept for the next call."""
        key = (dm, rank.tobytes())
        if key not in self._climbs:
            self._climbs[key] = Climb(self.cells[dm], rank)
        return self._climbs[key]

    def num_pairs(self, dm: int) -> int:
        """Return how many moves `dm` has, at most: pairs of states on one of its lines."""
        return sum(size * size for size in np.bincount(self.cells[dm].line).tolist()) - self.num_states

    def pairs(self, dm: int) -> Indices:
        """Return all moves of `dm`, from and to, ascending, shape (num_arcs, 2); kept for the next call."""
        if dm not in self._pairs:
            cells = self.cells[dm]
            src, dst = _on_lines(cells.line)
            allowed = cells.contains[cells.pattern[dst], cells.pattern[src]] & (src != dst)
            self._pairs[dm] = np.stack([src[allowed], dst[allowed]]).T  # each column in one piece
        return self._pairs[dm]

    def successors(self, dm: int, state: int) -> Indices:
        """Return R_dm(state): the states that `dm` reaches in one move, ascending."""
        cells = self.cells[dm]
        first, last = np.searchsorted(self._by_line[dm][0], [cells.line[state], cells.line[state] + 1])
        line = self._by_line[dm][1][first:last]
        return line[cells.contains[cells.pattern[line], cells.pattern[state]] & (line != state)]

    @cached_property
    def _by_line(self) -> list[tuple[Indices, Indices]]:
        orders = [np.argsort(cells.line, kind="stable") for cells in self.cells]
        return [(cells.line[order], order) for cells, order in zip(self.cells, orders, strict=True)]

    def reached(self, coalition: Sequence[int], start: int, within: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
        """Return which states `coalition` reaches from `start` by a legal sequence of moves, `start` among them.

        With `within`, only by sequences all of whose states lie in it.
        """
        mask = np.zeros(self.num_states, dtype=np.int64)
        mask[start] = 1
        allowed = 1 if within is None else within | (mask > 0)
        while True:
            before = mask
            for dm in coalition:
                mask = self.cells[dm].fold(mask, np.maximum, forward=True) * allowed
            if np.array_equal(mask, before):
                return mask > 0


def _on_lines(line: Indices) -> tuple[Indices, Indices]:
    """Return all pairs of states on one line, the first ascending, then the second."""
    order, size = np.argsort(line, kind="stable"), np.bincount(line)
    first = np.cumsum(size) - size
    src = np.repeat(np.arange(len(line)), size[line])
    offset = np.arange(len(src)) - np.repeat(np.cumsum(size[line]) - size[line], size[line])
    return src, order[first[line[src]] + offset]

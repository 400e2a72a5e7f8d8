"""The order of statements nearest to the file's that makes states stable, or not: fewest swaps of neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.inverse.aim import Aim
from offramp.analysis.inverse.attain import concerning
from offramp.analysis.inverse.field import Field
from offramp.case.standing import Statement
from offramp.case.variant import Variant
from offramp.case.yaml_reader import Path_
from offramp.model.build import Builder
from offramp.model.preference import prioritizations
from offramp.model.world import Choice

Rows = NDArray[np.int64]

MAX_ORDERS = 50_000
"""Number of orders of one list that are tried: all of 8 statements; of more, the nearest."""

MAX_CELLS = 20_000_000
"""Number of orders of one list times states."""

MAX_COMBINATIONS = 1_000
"""Number of combinations of improvements that are tried, the nearest first; they matter to SEQ and SSEQ."""


@dataclass(frozen=True)
class Order:
    """The statements of one reading in another order.

    Parameters
    ----------
    dm, reading : str
        Labels.
    statements : tuple of path
        Where the statements stand in the file, the most important first.
    places : tuple of int
        For each of them its place in the file's order, from 0.
    num_swaps : int
        Number of swaps of neighbours that it takes.
    """

    dm: str
    reading: str
    statements: tuple[Path_, ...]
    places: tuple[int, ...]
    num_swaps: int


@dataclass(frozen=True)
class NearestOrders:
    """The orders of statements nearest to the file's that attain an aim.

    Parameters
    ----------
    aim : Aim
        What was wanted.
    orders : tuple of Order
        Of each reading that could change, in file order; empty where none attains it.
    num_swaps : int, optional
        Of all together; 0 where it is attained as it is, None where no order that was tried attains it.
    is_complete : bool
        Whether all orders are accounted for: the answer is the nearest, or there is none.
    num_orders : tuple of int
        How many orders of each list were tried.
    variant : Variant
        The case with these orders.
    """

    aim: Aim
    orders: tuple[Order, ...]
    num_swaps: int | None
    is_complete: bool
    num_orders: tuple[int, ...]
    variant: Variant


def nearest_orders(builder: Builder, choice: Choice, aim: Aim, of: Sequence[str] | None = None) -> NearestOrders:
    """Return the orders of statements nearest to the file's that attain an aim in one cell.

    Parameters
    ----------
    builder : Builder
        Of the case.
    choice : Choice
        The cell.
    aim : Aim
        What is wanted.
    of : sequence of str, optional
        Decision makers whose statements may be put in another order; by default
        those for whom the aim is. The rankings of all others stay.

    Raises
    ------
    ChoiceError
        If a list of statements has doubtful ones, or somebody whose ranking matters has none.

    Notes
    -----
    Orders are compared by the number of swaps of neighbours (Kendall's distance) of
    all lists together; among equally near ones the first by the places of its
    statements counts. Of a list of more than 8 statements the nearest `MAX_ORDERS`
    at most are tried. Groups in any order are taken as they stand in the file.

    Examples
    --------
    >>> import offramp
    >>> builder = offramp.Builder(offramp.read_case("syria-iraq-1975"))
    >>> found = nearest_orders(builder, builder.choice(), Aim((2,), concept="nash", dm=0))
    >>> found.num_swaps, found.orders[0].places
    (1, (1, 0, 2, 3))
    """
    return _Search(builder, choice, aim, of).nearest()


def num_orders(size: int, swaps: int) -> list[int]:
    """Return how many orders of `size` things are 0, 1, ... `swaps` swaps of neighbours away.

    Examples
    --------
    >>> num_orders(4, 6)
    [1, 3, 5, 6, 5, 3, 1]
    """
    counts = [1] + [0] * swaps
    for number in range(2, size + 1):
        counts = [sum(counts[max(0, k - number + 1) : k + 1]) for k in range(swaps + 1)]
    return counts


def orders_at(things: tuple[int, ...], swaps: int) -> Iterator[tuple[int, ...]]:
    """Yield the orders of `things` that many swaps of neighbours away, the first by place first.

    Examples
    --------
    >>> list(orders_at((0, 1, 2), 2))
    [(1, 2, 0), (2, 0, 1)]
    """
    if not things:
        yield ()
        return
    rest = len(things) - 1
    for place, thing in enumerate(things):
        left = swaps - place
        if 0 <= left <= rest * (rest - 1) // 2:
            for order in orders_at(things[:place] + things[place + 1 :], left):
                yield (thing, *order)


@dataclass(frozen=True)
class _Tried:
    """The orders of one list that are tried, the nearest first; a decision maker whose list stays has one."""

    statements: tuple[Statement, ...]
    orders: Rows
    swaps: Rows
    radius: float


class _Search:
    """The nearest orders in one cell."""

    def __init__(self, builder: Builder, choice: Choice, aim: Aim, of: Sequence[str] | None) -> None:
        self.builder, self.choice, self.aim = builder, choice, aim
        self.model = concerning(builder.model(choice), aim)
        makers = self.model.decision_makers
        self.of = [makers[dm] for dm in aim.concerned(len(makers))] if of is None else list(of)
        self.world, self.truth = builder.world(choice), builder.conditions(choice)
        self.readings = dict(choice.readings)
        self.tried = [self._tried(dm) for dm in makers]
        self.field = Field(self.model, aim, [self._rankings(dm, there) for dm, there in enumerate(self.tried)])

    def _tried(self, dm: str) -> _Tried:
        """Return the orders of a decision maker's own statements; those that interventions add stay where they are."""
        reading = self.builder.case.readings[dm][self.readings[dm]]
        if dm not in self.of or reading.prefers is None:
            return _Tried((), np.zeros((1, 0), dtype=np.int64), np.zeros(1, dtype=np.int64), float("inf"))
        self.builder.check_ranked(dm, self.readings[dm])
        own = tuple(said for said in self.builder.statements(dm, self.readings[dm]) if said.path[0] == "readings")
        size = len(own)
        farthest = size * (size - 1) // 2
        most = min(MAX_ORDERS, MAX_CELLS // self.model.num_states)
        radius, counts = 0, num_orders(size, min(farthest, 64))
        while radius + 1 < len(counts) and sum(counts[: radius + 2]) <= most:
            radius += 1
        found = [(swaps, order) for swaps in range(radius + 1) for order in orders_at(tuple(range(size)), swaps)]
        orders = np.array([order for _, order in found], dtype=np.int64).reshape(len(found), size)
        return _Tried(own, orders, np.array([swaps for swaps, _ in found]), float("inf") if radius == farthest else radius)

    def _rankings(self, dm: int, tried: _Tried) -> Rows:
        if not tried.statements:
            return self.model.ranks[[dm]]
        label = self.model.decision_makers[dm]
        said = self.builder.statements(label, self.readings[label])
        columns = np.stack([self.world.holds(statement.formula, self.truth) for statement in said])
        own = [k for k, statement in enumerate(said) if statement.path[0] == "readings"]
        orders = np.tile(np.arange(len(said)), (len(tried.orders), 1))
        orders[:, own] = np.array(own)[tried.orders]
        return prioritizations(columns, orders)

    # -- the nearest -------------------------------------------------------------------------------------------------------

    def nearest(self) -> NearestOrders:
        """Go through combinations of improvements by the swaps that they take at least, until none can be nearer."""
        best: tuple[int, tuple[tuple[int, ...], ...], tuple[int, ...]] | None = None
        is_cut = False
        for number, (least, patterns) in enumerate(self._combinations()):
            if best is not None and least > best[0]:
                break
            if number >= MAX_COMBINATIONS:
                is_cut = True
                break
            for box in self.field.attaining(patterns):
                chosen = tuple(int(rows[0]) for rows in box)
                best = min(best, self._measured(chosen)) if best is not None else self._measured(chosen)
        return self._record(best and best[2], is_cut)

    def _combinations(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield the combinations of patterns, with the fewest swaps that each takes, the fewest first."""
        least = [tried.swaps[first] for tried, first in zip(self.tried, self.field.first, strict=True)]
        start = tuple(0 for _ in least)
        heap, seen = [(0, start)], {start}
        while heap:
            total, patterns = heappop(heap)
            yield total, patterns
            for dm, there in enumerate(least):
                after = (*patterns[:dm], patterns[dm] + 1, *patterns[dm + 1 :])
                if after[dm] < len(there) and after not in seen:
                    seen.add(after)
                    heappush(heap, (total + int(there[after[dm]] - there[patterns[dm]]), after))

    def _measured(self, chosen: tuple[int, ...]) -> tuple[int, tuple[tuple[int, ...], ...], tuple[int, ...]]:
        swaps = sum(int(tried.swaps[k]) for tried, k in zip(self.tried, chosen, strict=True))
        return swaps, tuple(tuple(tried.orders[k].tolist()) for tried, k in zip(self.tried, chosen, strict=True)), chosen

    def _record(self, chosen: tuple[int, ...] | None, is_cut: bool) -> NearestOrders:
        numbers = tuple(len(tried.orders) for tried in self.tried if tried.statements)
        if chosen is None:
            is_all = not is_cut and all(tried.radius == float("inf") for tried in self.tried)
            return NearestOrders(self.aim, (), None, is_all, numbers, self.builder.standing.variant)
        orders = tuple(self._order(dm, k) for dm, k in enumerate(chosen) if self.tried[dm].statements)
        total = sum(order.num_swaps for order in orders)
        is_nearest = not is_cut and all(tried.radius >= total for tried in self.tried)
        return NearestOrders(self.aim, orders, total, is_nearest, numbers, self._variant(orders))

    def _order(self, dm: int, k: int) -> Order:
        label, tried = self.model.decision_makers[dm], self.tried[dm]
        places = tuple(tried.orders[k].tolist())
        return Order(label, self.readings[label], tuple(tried.statements[p].path for p in places), places, int(tried.swaps[k]))

    def _variant(self, orders: Sequence[Order]) -> Variant:
        """Return the case with other orders; statements that do not stand keep their places."""
        variant = self.builder.standing.variant
        changed = {self._path(order): self._positions(order) for order in orders if order.num_swaps}
        return replace(variant, orders=tuple({**dict(variant.orders), **changed}.items()))

    def _path(self, order: Order) -> Path_:
        return ("readings", order.dm, order.reading)

    def _positions(self, order: Order) -> tuple[int, ...]:
        path = self._path(order)
        there = [(*path, *place) for place, _ in self.builder.case.readings[order.dm][order.reading].statements()]
        after = iter(order.statements)
        now = self.builder.standing.order(path, len(there))
        return tuple(there.index(next(after)) if there[k] in order.statements else k for k in now)

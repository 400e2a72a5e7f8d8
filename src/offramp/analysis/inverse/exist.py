"""Whether any strict ranking makes some states stable and others not, and which wishes exclude each other where none does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from offramp.analysis.inverse.condition import Condition, Demand, states_in
from offramp.analysis.inverse.partial import PartialOrder
from offramp.errors import TooManyStatesError

MAX_STEPS = 50_000
"""Number of choices that are tried to find a ranking."""


@dataclass(frozen=True)
class Need:
    """One thing that a ranking has to do.

    Parameters
    ----------
    state : int
        The state that it is about.
    is_stable : bool
        Whether the state is to be stable, or not to be.
    demand : Demand, optional
        The demand to meet; of a state that is not to be stable, none: some demand has to fail.
    """

    state: int
    is_stable: bool
    demand: Demand | None = None


@dataclass(frozen=True)
class Existence:
    """Whether a strict ranking does all that it has to.

    Parameters
    ----------
    ranking : tuple of int
        One that does, the states best first; empty where there is none.
    clash : tuple of Need
        Needs that no ranking meets together, though it could any all but one of
        them; empty where there is a ranking.
    """

    ranking: tuple[int, ...]
    clash: tuple[Need, ...]

    @property
    def exists(self) -> bool:
        """Whether there is one."""
        return not self.clash


def strict_ranking(stable: Sequence[Condition], unstable: Sequence[Condition], ranks: Sequence[int]) -> Existence:
    """Return whether one strict ranking meets some conditions and fails others.

    Parameters
    ----------
    stable, unstable : sequence of Condition
        Of one decision maker, each of another state.
    ranks : sequence of int
        The ranking that the one told is to keep to where it can.

    Raises
    ------
    TooManyStatesError
        If more than `MAX_STEPS` choices would have to be tried.

    Notes
    -----
    Each need is a choice among sets of comparisons "this state above that one"; a ranking
    exists where a choice of each makes no circle.

    Examples
    --------
    >>> import offramp
    >>> from offramp.analysis.inverse.condition import condition
    >>> model = offramp.load_case("prisoners-dilemma")
    >>> both = [condition(model, "first", state, "nash") for state in (0, 1)]
    >>> [(need.state, need.demand.move) for need in strict_ranking(both, [], model.ranks[0]).clash]
    [(0, 1), (1, 0)]
    >>> strict_ranking(both[:1], both[1:], model.ranks[0]).ranking
    (2, 3, 0, 1)
    """
    conditions = {found.state: found for found in (*stable, *unstable)}
    needs = [Need(found.state, True, demand) for found in stable for demand in found.demands]
    needs += [Need(found.state, False) for found in unstable]
    search = _Search(conditions)
    order = search.solve(needs)
    if order is not None:
        return Existence(_extended(order, ranks), ())
    for need in list(needs):
        without = [other for other in needs if other is not need]
        if search.solve(without) is None:
            needs = without
    return Existence((), tuple(needs))


@dataclass(frozen=True)
class _Option:
    """One way to meet a need: comparisons (better, worse), and needs for which there is still a choice."""

    above: tuple[tuple[int, int], ...]
    more: tuple[tuple[_Option, ...], ...] = ()

    def is_in(self, order: PartialOrder) -> bool:
        """Return whether an order has all of it."""
        return not self.more and all(order.has(*pair) for pair in self.above)

    def fits(self, order: PartialOrder) -> bool:
        """Return whether an order has nothing against any of it."""
        return not any(order.has(worse, better) for better, worse in self.above)


class _Search:
    """Goes through the choices, the needs with the fewest first."""

    def __init__(self, conditions: dict[int, Condition]) -> None:
        self.conditions = conditions
        self.num_steps = 0

    def solve(self, needs: Sequence[Need]) -> PartialOrder | None:
        """Return an order that meets all needs, if there is one."""
        self.num_steps = 0
        return self._solve([self._options(need) for need in needs], PartialOrder())

    def _options(self, need: Need) -> tuple[_Option, ...]:
        state = need.state
        if need.demand is not None:
            return tuple(_Option(tuple((state, other) for other in there)) for there in need.demand.alternatives)
        return tuple(_failing(state, demand) for demand in self.conditions[state].demands)

    def _solve(self, clauses: list[tuple[_Option, ...]], order: PartialOrder) -> PartialOrder | None:
        self.num_steps += 1
        if self.num_steps > MAX_STEPS:
            raise TooManyStatesError(f"whether a ranking exists was not decided: more than {MAX_STEPS:,} choices would have to be tried")
        open_ = [
            tuple(option for option in clause if option.fits(order))
            for clause in clauses
            if not any(option.is_in(order) for option in clause)
        ]
        if not open_:
            return order
        first = min(range(len(open_)), key=lambda k: len(open_[k]))
        rest = open_[:first] + open_[first + 1 :]
        for option in open_[first]:
            added = order.added(option.above)
            found = None if added is None else self._solve([*option.more, *rest], added)
            if found is not None:
                return found
        return None


def _failing(state: int, demand: Demand) -> _Option:
    """Return how a demand of a state fails: every single is better, and of every set some state."""
    one_of = tuple(tuple(_Option(((other, state),)) for other in there) for there in demand.sets)
    return _Option(tuple((single, state) for single in demand.singles), one_of)


def _extended(order: PartialOrder, ranks: Sequence[int]) -> tuple[int, ...]:
    """Return a strict ranking that has all comparisons of an order, and else those of `ranks`, ties by number."""
    return tuple(_placed(order, ranks))


def _placed(order: PartialOrder, ranks: Sequence[int]) -> Iterator[int]:
    num_above = [0] * len(ranks)
    for there in order.below.values():
        for state in states_in(there):
            num_above[state] += 1
    free = [(-int(rank), state) for state, rank in enumerate(ranks) if not num_above[state]]
    heapify(free)
    while free:
        _, state = heappop(free)
        yield state
        for other in states_in(order.below.get(state, 0)):
            num_above[other] -= 1
            if not num_above[other]:
                heappush(free, (-int(ranks[other]), other))

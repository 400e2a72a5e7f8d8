"""The rankings nearest to those of the cell that attain an aim, each decision maker alone and all together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import combinations, product
from math import inf

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.inverse.aim import Aim
from offramp.analysis.inverse.asked import Asked
from offramp.analysis.inverse.branches import Branch, Branches
from offramp.analysis.inverse.condition import condition
from offramp.analysis.inverse.count import tiers_of
from offramp.analysis.inverse.near import Near, Tiers, nearest_ranking
from offramp.analysis.inverse.partial import Pair
from offramp.errors import TooManyStatesError
from offramp.model.conflict import ConflictModel

MAX_BRANCHES = 60
"""Number of branches that are looked at, the nearest first."""

MAX_SETS = 15_000
"""Number of ways to go on that are looked at in all branches."""

MAX_UNSTABLE = 4
"""Number of states that are to be no equilibria: every way to share them out is looked at."""


@dataclass(frozen=True)
class Reranking:
    """A ranking, and how it differs from that of the cell.

    Parameters
    ----------
    dm : int
        Whose.
    tiers : tuple of tuple of int
        Best first; states in one tier are tied.
    changed : tuple of pair
        The pairs of states that it puts the other way round, and those that it alone does not tie: the better one first.
    """

    dm: int
    tiers: Tiers
    changed: tuple[Pair, ...]


@dataclass(frozen=True)
class NearestRankings:
    """The rankings nearest to those of the cell that attain an aim.

    Parameters
    ----------
    rankings : tuple of Reranking
        Of everybody concerned, in file order; empty where none were found.
    num_swaps : int, optional
        How many pairs they order otherwise, all together; None where none were found.
    least : int, optional
        All rankings that attain it order at least as many otherwise; None where none do.
    """

    rankings: tuple[Reranking, ...]
    num_swaps: int | None
    least: int | None

    @property
    def is_complete(self) -> bool:
        """Whether these are the nearest, or none attain it."""
        return self.num_swaps == self.least


def nearest_rankings(model: ConflictModel, aim: Aim) -> NearestRankings:
    """Return the rankings of those concerned that attain an aim and order the fewest pairs of states otherwise.

    Parameters
    ----------
    model : ConflictModel
        Whose rankings are to change; not modified.
    aim : Aim
        The states, the concept, and for whom; the rankings of others stay.

    Raises
    ------
    TooManyStatesError
        If more than `MAX_UNSTABLE` states are to be no equilibria.

    Notes
    -----
    What counts as a change is told under `nearest_ranking`. By SEQ, SSEQ and SIM the answers of the others change with
    their rankings: comparisons that they hang on are assumed one by one, the branch with the fewest changes first.

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("syria-iraq-1975")
    >>> found = nearest_rankings(model, Aim((1,), concept="nash", dm=0))
    >>> found.num_swaps, found.rankings[0].tiers
    (3, ((1,), (0,), (2,), (5,), (3,), (4,)))
    """
    if len(aim.unstable) > MAX_UNSTABLE:
        raise TooManyStatesError(f"{len(aim.unstable)} states are not to be stable; at most {MAX_UNSTABLE} are shared out: give fewer")
    return _Search(model, aim).nearest()


def are_attaining(model: ConflictModel, aim: Aim) -> bool:
    """Return whether the rankings of a model, with their ties, attain an aim."""
    holds = {
        (dm, s): condition(model, model.decision_makers[dm], s, aim.concept, aim.settings).holds(model.ranks[dm])
        for dm in aim.concerned(len(model.decision_makers))
        for s in aim.states
    }
    by_state = {s: all(met for (_, other), met in holds.items() if other == s) for s in aim.states}
    return all(by_state[s] for s in aim.stable) and not any(by_state[s] for s in aim.unstable)


def ranks_of(tiers: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    """Return a ranking in tiers, best first, as ranks, larger is preferred.

    Examples
    --------
    >>> ranks_of([(2,), (0, 1)])
    array([0, 0, 1])
    """
    ranks = np.empty(sum(map(len, tiers)), dtype=np.int64)
    for place, tier in enumerate(tiers):
        ranks[list(tier)] = len(tiers) - 1 - place
    return ranks


@dataclass(frozen=True)
class _Bound:
    """The nearest rankings if all that is open in a branch turned out as it suits each; a lower bound for the branch."""

    least: float
    swaps: float
    tiers: dict[int, Tiers]


class _Search:
    """Goes through the branches, the nearest first."""

    def __init__(self, model: ConflictModel, aim: Aim) -> None:
        self.model, self.aim = model, aim
        self.ranks = model.ranks.tolist()
        self.tiers = [tiers_of(ranks) for ranks in model.ranks]
        self.concerned = aim.concerned(len(model.decision_makers))
        self.branches = Branches(model, aim, self._known, lambda dm, one, other: self.ranks[dm][one] == self.ranks[dm][other])
        self._near: dict[tuple[int, Asked], Near] = {}
        self.num_sets = 0

    def _known(self, dm: int, one: int, other: int) -> bool | None:
        return None if dm in self.concerned else self.ranks[dm][one] > self.ranks[dm][other]

    def nearest(self) -> NearestRankings:
        """Look at branches until none can be nearer."""
        heap: list[tuple[float, int, Branch, _Bound]] = []
        best, limit, floor, number = None, inf, inf, 0
        self._push(heap, self.branches.root, number)
        while heap and heap[0][0] < limit and number < MAX_BRANCHES and self.num_sets < MAX_SETS:
            least, _, branch, bound = heappop(heap)
            asked = self.branches.open(branch)
            if bound.swaps < limit and (asked is None or self._attains(bound.tiers)):
                best, limit = bound, bound.swaps
            if asked is None:
                floor = min(floor, least)
            elif least < limit:
                for after in self.branches.parted(branch, asked):
                    self._push(heap, after, number := number + 1)
        return self._record(best, min(limit, floor, heap[0][0] if heap else inf))

    def _push(self, heap: list[tuple[float, int, Branch, _Bound]], branch: Branch, number: int) -> None:
        if (bound := self._bound(branch)).least < inf:
            heappush(heap, (bound.least, number, branch, bound))

    # -- one branch --------------------------------------------------------------------------------------------------------

    def _bound(self, branch: Branch) -> _Bound:
        """Return the nearest rankings in a branch, over all ways to share out who is to leave which state."""
        best = _Bound(inf, inf, {})
        for chosen in self._shares():
            near = {dm: self._nearest(dm, self.branches.asked(dm, branch, self.aim.stable, there)) for dm, there in chosen.items()}
            least = sum(found.least for found in near.values())
            if least < best.least:
                swaps = sum(inf if found.swaps is None else found.swaps for found in near.values())
                best = _Bound(least, swaps, {dm: found.tiers for dm, found in near.items() if found.tiers is not None})
        return best

    def _shares(self) -> Iterator[dict[int, tuple[int, ...]]]:
        """Yield the ways to share out the states that are to be no equilibria, each to one who is to leave it."""
        for by in product(self.concerned, repeat=len(self.aim.unstable)):
            yield {dm: tuple(s for s, who in zip(self.aim.unstable, by, strict=True) if who == dm) for dm in self.concerned}

    def _nearest(self, dm: int, asked: Asked) -> Near:
        if (dm, asked) not in self._near:
            self._near[dm, asked] = nearest_ranking(asked, self.tiers[dm])
            self.num_sets += self._near[dm, asked].num_sets
        return self._near[dm, asked]

    def _attains(self, tiers: dict[int, Tiers]) -> bool:
        ranks = [ranks_of(tiers[dm]) if dm in tiers else self.model.ranks[dm] for dm in range(len(self.ranks))]
        return are_attaining(replace(self.model, wants=np.stack(ranks)), self.aim)

    # -- what was found ----------------------------------------------------------------------------------------------------

    def _record(self, best: _Bound | None, least: float) -> NearestRankings:
        told = None if least == inf else int(least)
        if best is None:
            return NearestRankings((), None, told)
        return NearestRankings(tuple(self._reranking(dm, best.tiers[dm]) for dm in self.concerned), int(best.swaps), told)

    def _reranking(self, dm: int, tiers: Tiers) -> Reranking:
        now, was = ranks_of(tiers).tolist(), self.ranks[dm]
        order = [state for tier in tiers for state in tier]
        pairs = ((a, b) for a, b in combinations(order, 2) if now[a] > now[b] and was[a] <= was[b])
        return Reranking(dm, tiers, tuple(pairs))

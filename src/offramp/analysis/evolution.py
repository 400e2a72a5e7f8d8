"""What follows a state by improvements: where it comes to rest, or goes round.

From a state, decision makers go on improving one at a time, in any order. The
*ends* are the sets of states that this can reach and not leave again: a state
at rest, where nobody has an improvement, or a cycle.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from offramp.model.conflict import ConflictModel


@dataclass(frozen=True, order=True)
class End:
    """Where improvements end: one state at rest, or the states of a cycle."""

    states: tuple[int, ...]
    is_cycle: bool


class Evolution:
    """The improvements of one model, followed as far as they are asked for.

    Parameters
    ----------
    model : ConflictModel
        Not modified.
    """

    def __init__(self, model: ConflictModel) -> None:
        self.model = model
        self._after: dict[int, tuple[int, ...]] = {}
        self._ends: dict[int, frozenset[End]] = {}

    @cached_property
    def _rank_lists(self) -> list[list[int]]:
        ranks: list[list[int]] = self.model.ranks.tolist()
        return ranks

    def improvements(self, state: int) -> tuple[int, ...]:
        """Return the states to which some decision maker can improve from `state`, ascending."""
        if state not in self._after:
            found: set[int] = set()
            for dm, rank in enumerate(self._rank_lists):
                found.update(to for to in self.model.moves.successors(dm, state).tolist() if rank[to] > rank[state])
            self._after[state] = tuple(sorted(found))
        return self._after[state]

    def ends(self, state: int) -> tuple[End, ...]:
        """Return the ends that improvements can reach from `state`, in order of their states."""
        if state not in self._ends:
            self._explore(state)
        return tuple(sorted(self._ends[state]))

    def _explore(self, root: int) -> None:
        """Settle the ends of everything that `root` leads to: Tarjan's strongly connected components, without recursion."""
        index: dict[int, int] = {root: 0}
        low = {root: 0}
        component: list[int] = [root]
        work = [(root, iter(self.improvements(root)))]
        while work:
            state, successors = work[-1]
            for to in successors:
                if to in self._ends:
                    continue
                if to not in index:
                    index[to] = low[to] = len(index)
                    component.append(to)
                    work.append((to, iter(self.improvements(to))))
                    break
                low[state] = min(low[state], index[to])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[state])
                if low[state] == index[state]:
                    self._close(component, state)

    def _close(self, component: list[int], root: int) -> None:
        """Take the component of `root` off the stack and note its ends."""
        members: list[int] = []
        while not members or members[-1] != root:
            members.append(component.pop())
        leaving = {to for state in members for to in self.improvements(state)} - set(members)
        ends = frozenset().union(*(self._ends[to] for to in leaving))
        if not leaving:
            ends = frozenset([End(tuple(sorted(members)), is_cycle=len(members) > 1)])
        for state in members:
            self._ends[state] = ends

"""What people say about the deadlock, tested in one cell."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.assessment import Assessor
from offramp.analysis.solve import Solution
from offramp.analysis.ways import Coalition
from offramp.case.schema import Claim, OnlyIf, Possible, Stable

Verdict = Literal["supported", "refuted", "undecided"]
Bools = NDArray[np.bool_]
Endings = dict[int, tuple[int, ...]]


class Tester:
    """Tests claims in one cell.

    Parameters
    ----------
    assessor : Assessor
        Of the cell.
    solution : Solution
        Of the cell's model.
    ways : dict
        The ways out of every coalition, as `offramp.analysis.ways.ways_out`
        gives them.
    endings : dict of int to tuple of int
        For each way out, the states where it ends: itself, and every state of
        the ends that follow it.
    """

    def __init__(self, assessor: Assessor, solution: Solution, ways: dict[Coalition, Bools], endings: Endings) -> None:
        self.assessor = assessor
        self.solution = solution
        self.ways = ways
        self.endings = endings

    def verdict(self, name: str, claim: Claim) -> Verdict:
        """Return whether the cell supports, refutes or leaves undecided the claim called `name`."""
        if claim.only_if is not None:
            return self._only_if(name, claim.only_if)
        if claim.possible is not None:
            return self._possible(name, claim.possible)
        if claim.permitted is not None:
            return self._permitted(name, claim)
        assert claim.stable is not None
        return self._stable(name, claim.stable)

    def _holds(self, name: str, *path: str) -> Bools:
        return self.assessor.holds("claims", name, *path)

    def _ends(self, within: frozenset[int] | None = None) -> NDArray[np.int64]:
        """Return the states where ways out of coalitions within `within` end."""
        ways: set[int] = set()
        for coalition, mask in self.ways.items():
            if within is None or set(coalition) <= within:
                ways.update(np.nonzero(mask)[0].tolist())
        return np.array(sorted({end for way in ways for end in self.endings[way]}), dtype=np.int64)

    def _only_if(self, name: str, claim: OnlyIf) -> Verdict:
        """Every way out that ends where `end` holds also satisfies `needs`."""
        ends = self._ends()
        ends = ends[self._holds(name, "only_if", "end")[ends]]
        if not len(ends):
            return "undecided"
        return "supported" if self._holds(name, "only_if", "needs")[ends].all() else "refuted"

    def _possible(self, name: str, claim: Possible) -> Verdict:
        """Some way out of a coalition within `by` ends where `end` holds."""
        makers = list(self.assessor.case.decision_makers)
        within = frozenset(makers.index(dm) for dm in claim.by) if claim.by is not None else None
        return "supported" if self._holds(name, "possible", "end")[self._ends(within)].any() else "refuted"

    def _permitted(self, name: str, claim: Claim) -> Verdict:
        """No norm in force for `to` forbids a state where `that` holds."""
        refuted = against(self.assessor, name, claim)
        return "undecided" if refuted is None else "refuted" if refuted else "supported"

    def _stable(self, name: str, claim: Stable) -> Verdict:
        """Every state where `that` holds is an equilibrium of the concept."""
        where = self._holds(name, "stable", "that")
        if not where.any():
            return "undecided"
        return "supported" if self.solution.equilibria(claim.concept)[where].all() else "refuted"


def against(assessor: Assessor, name: str, claim: Claim) -> bool | None:
    """Return whether a norm stands against what a claim says is permitted; None where that holds in no state.

    A norm that requires counts where every such state breaches it: it then
    forbids the matter itself, and not one manner of it.
    """
    assert claim.permitted is not None
    where = assessor.holds("claims", name, "permitted", "that")
    if not where.any():
        return None
    for bound, breached in assessor.breached.items():
        norm = assessor.norms[bound]
        if any(dm in claim.permitted.to for dm in norm.binds):
            found = breached[where]
            if found.any() if norm.forbids is not None else found.all():
                return True
    return False

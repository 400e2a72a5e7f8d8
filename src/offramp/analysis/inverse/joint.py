"""How many combinations of rankings attain an aim, exactly: over all branches of what the answers of others hang on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import factorial, prod

from offramp.analysis.inverse.aim import Aim
from offramp.analysis.inverse.asked import Asked
from offramp.analysis.inverse.branches import Branch, Branches
from offramp.analysis.inverse.count import Count, tiers_of
from offramp.analysis.inverse.several import num_doing
from offramp.errors import TooManyStatesError
from offramp.model.conflict import ConflictModel

MAX_BRANCHES = 5_000
"""Number of branches that are gone through; of fewer in a model of more than 20 states."""

MAX_UNSTABLE = 6
"""Number of states that are to be no equilibria: each set of them is counted."""


def num_profiles(model: ConflictModel, aim: Aim, varied: Mapping[int, Sequence[int]] | None = None) -> Count:
    """Return how many combinations of rankings attain an aim.

    Parameters
    ----------
    model : ConflictModel
        Not modified.
    aim : Aim
        The states, the concept, and for whom.
    varied : mapping of int to sequence of int, optional
        The places, from 0, whose tiers are put in every order, by decision maker; whoever is not
        named keeps its ranking. By default all strict rankings of those for whom the aim is.

    Raises
    ------
    TooManyStatesError
        If that takes too many branches, or too many states matter at once.

    Notes
    -----
    In each branch the rankings of each decision maker count by themselves, and those of all multiply. States that
    are to be no equilibria are counted by what is left when those combinations are taken away by which they are.

    Examples
    --------
    >>> import offramp
    >>> num_profiles(offramp.load_case("syria-iraq-1975"), Aim((1,), concept="seq"))
    Count(num=138492, of=518400)
    """
    return _Profiles(model, aim, varied).count()


class _Profiles:
    """The rankings that are counted, and what is counted already."""

    def __init__(self, model: ConflictModel, aim: Aim, varied: Mapping[int, Sequence[int]] | None) -> None:
        if len(aim.unstable) > MAX_UNSTABLE:
            raise TooManyStatesError(f"{len(aim.unstable)} states are not to be stable; at most {MAX_UNSTABLE} are counted: give fewer")
        self.model, self.aim = model, aim
        self.ranks = model.ranks.tolist()
        every, makers = range(model.num_states), range(len(model.decision_makers))
        concerned = aim.concerned(len(makers))
        is_free = {dm: not varied and dm in concerned for dm in makers}
        self.tiers = [[(s,) for s in every] if is_free[dm] else tiers_of(model.ranks[dm]) for dm in makers]
        self.places = [tuple(every) if is_free[dm] else tuple((varied or {}).get(dm, ())) for dm in makers]
        self.place = [{s: place for place, tier in enumerate(tiers) for s in tier} for tiers in self.tiers]
        self.branches = Branches(model, aim, self._known, lambda dm, one, other: False)
        self._counted: dict[tuple[int, Asked], int] = {}

    def _known(self, dm: int, one: int, other: int) -> bool | None:
        """Return whether a state is better where no order that is counted changes that."""
        first, second = self.place[dm][one], self.place[dm][other]
        if first == second:
            return False
        return None if {first, second} & set(self.places[dm]) else self.ranks[dm][one] > self.ranks[dm][other]

    def count(self) -> Count:
        """Return the sum over all branches."""
        num = sum(self._number(branch) for branch in self._leaves())
        return Count(num, prod(factorial(len(places)) for places in self.places))

    def _leaves(self) -> list[Branch]:
        """Return the branches in which nothing hangs on what is open."""
        most = MAX_BRANCHES * 20 // max(20, self.model.num_states)
        waiting, found, gone = [self.branches.root], [], 0
        while waiting:
            if (gone := gone + 1) > most:
                raise TooManyStatesError(
                    f"the answers of the others hang on their wishes in more than {most:,} ways: ask for one decision maker "
                    "(--for), vary fewer places (--vary), or ask by gmr or smr, by which their wishes do not matter"
                )
            branch = waiting.pop()
            asked = self.branches.open(branch)
            found += [branch] if asked is None else []
            waiting += [] if asked is None else self.branches.parted(branch, asked)
        return found

    def _number(self, branch: Branch) -> int:
        """Return the combinations of one branch in which all is stable that is to be, without those in which something more is."""
        gone = self.aim.unstable
        sets = [there for size in range(len(gone) + 1) for there in combinations(gone, size)]
        return sum((-1) ** len(there) * self._product(branch, (*self.aim.stable, *there)) for there in sets)

    def _product(self, branch: Branch, stable: Sequence[int]) -> int:
        number = 1
        for dm in range(len(branch)):
            states = stable if dm in self.branches.concerned else ()
            number *= self._rankings(dm, self.branches.asked(dm, branch, states) if states else _kept(branch, dm))
            if not number:
                break
        return number

    def _rankings(self, dm: int, asked: Asked) -> int:
        if (dm, asked) not in self._counted:
            self._counted[dm, asked] = num_doing(asked, self.tiers[dm], self.places[dm]).num
        return self._counted[dm, asked]


def _kept(branch: Branch, dm: int) -> Asked:
    return Asked(above=branch[dm].above, level=branch[dm].level)

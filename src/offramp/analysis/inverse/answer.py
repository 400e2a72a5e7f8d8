"""The inverse question in one cell: the conditions, how many rankings meet them, whether any does, and which orders are nearest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ParamSpec, TypeVar

from offramp.analysis.inverse.aim import Aim
from offramp.analysis.inverse.attain import concerning, is_attainable, own_ranking
from offramp.analysis.inverse.condition import Condition, condition
from offramp.analysis.inverse.count import Count, num_arrangements, num_rankings, tiers_of
from offramp.analysis.inverse.exist import Existence
from offramp.analysis.inverse.joint import num_profiles
from offramp.analysis.inverse.orders import NearestOrders, nearest_orders
from offramp.analysis.inverse.rankings import NearestRankings, nearest_rankings
from offramp.errors import ChoiceError, TooManyStatesError
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.model.world import Choice
from offramp.shown import shown

Varied = Mapping[int, Sequence[int]]
"""By decision maker the places of its ranking, from 0 and best first, whose tiers are put in every order."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Part:
    """What one state asks of one decision maker.

    Parameters
    ----------
    condition : Condition
        That makes it stable; for a state that is not to be stable, what has to fail.
    holds : bool
        Whether the ranking as it is meets it.
    count : Count or str
        How many rankings meet it, the others' being as they are; else why that is not counted.
    """

    condition: Condition
    holds: bool
    count: Count | str


@shown
@dataclass(frozen=True)
class Inverse:
    """The answer to the inverse question in one cell.

    Parameters
    ----------
    model : ConflictModel
        Of the cell; whose preferences are no ranking and do not matter is indifferent there.
    choice : Choice
        The cell.
    aim : Aim
        What was wanted.
    parts : tuple of Part
        By decision maker, then by state as in the aim.
    joint : Count or str
        How many combinations of rankings attain the aim; else why that is not counted.
    attainable : bool or str
        Whether any strict rankings of those concerned attain it together; else why that was not decided.
    existence : dict of int to Existence or str
        By decision maker: whether a strict ranking of its own does its part, the others'
        rankings being as they are; else why that was not decided.
    refusers : dict of int to tuple of int
        By state that is not to be an equilibrium, the decision makers who could leave it while
        the others stay stable for them, the others' rankings being as they are.
    alone : dict of int to NearestOrders
        By decision maker, the order of its own statements that does its part.
    nearest : NearestOrders
        The orders of all who are concerned, together.
    rankings_alone : dict of int to NearestRankings or str
        By decision maker, the nearest ranking of its own that does its part; else why it was not looked for.
    nearest_rankings : NearestRankings or str
        The nearest rankings of all who are concerned, together.
    varied : dict of int to tuple of int
        What was varied in the counts; empty where they are over all strict rankings.
    """

    model: ConflictModel
    choice: Choice
    aim: Aim
    parts: tuple[Part, ...]
    joint: Count | str
    attainable: bool | str
    existence: dict[int, Existence | str]
    refusers: dict[int, tuple[int, ...]]
    alone: dict[int, NearestOrders]
    nearest: NearestOrders
    rankings_alone: dict[int, NearestRankings | str]
    nearest_rankings: NearestRankings | str
    varied: dict[int, tuple[int, ...]]

    @property
    def concerned(self) -> tuple[int, ...]:
        """The decision makers for whom it is asked."""
        return self.aim.concerned(len(self.model.decision_makers))


def inverse(builder: Builder, aim: Aim, choice: Choice | None = None, varied: Varied | None = None) -> Inverse:
    """Return what rankings would have to say for some states to be stable and others not, in one cell.

    Parameters
    ----------
    builder : Builder
        Of the case.
    aim : Aim
        The states, the concept, and for whom.
    choice : Choice, optional
        The cell; the case's own by default.
    varied : mapping of int to sequence of int, optional
        Counts only the rankings that put the tiers at these places in another order among
        them; decision makers that are not named keep theirs. By default all strict rankings count.

    Raises
    ------
    ChoiceError
        If a place is varied that a ranking does not have, or the preferences of
        somebody whose ranking matters are no ranking.

    Examples
    --------
    >>> import offramp
    >>> builder = offramp.Builder(offramp.read_case("syria-iraq-1975"))
    >>> found = inverse(builder, Aim((1,), concept="seq", dm=0))
    >>> [(part.holds, part.count) for part in found.parts]
    [(False, Count(num=384, of=720))]
    >>> inverse(builder, Aim((1,), concept="seq"), varied={0: range(4), 1: range(4)}).joint
    Count(num=312, of=576)
    """
    choice = choice or builder.choice()
    aim.check(builder.model(choice))
    model = concerning(builder.model(choice), aim)
    ranks = model.ranks  # refuses what is no ranking, before conditions are worked out
    concerned = aim.concerned(len(model.decision_makers))
    ranges = {dm: tuple(sorted(set(places))) for dm, places in (varied or {}).items()}
    asked = {(dm, s): condition(model, model.decision_makers[dm], s, aim.concept, aim.settings) for dm in concerned for s in aim.states}
    parts = tuple(Part(found, found.holds(ranks[found.dm]), _told(_count, model, found, ranges)) for found in asked.values())
    joint = _told(num_profiles, model, aim, ranges)
    own = {dm: part for dm in concerned if (part := aim.part_of(dm)) is not None}
    return Inverse(
        model,
        choice,
        aim,
        parts,
        joint,
        joint.num > 0 if isinstance(joint, Count) and not ranges else _told(is_attainable, model, aim),
        {dm: _told(own_ranking, model, part, dm) for dm, part in own.items()},
        {state: _refusers(model, aim, state) for state in aim.unstable} if aim.dm is None else {},
        {dm: nearest_orders(builder, choice, part) for dm, part in own.items()},
        nearest_orders(builder, choice, aim),
        {dm: _told(nearest_rankings, model, part) for dm, part in own.items()},
        _told(nearest_rankings, model, aim),
        ranges,
    )


def _told(ask: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T | str:
    """Return an answer, or why there is none."""
    try:
        return ask(*arguments, **named)
    except TooManyStatesError as error:
        return str(error)


# -- counting --------------------------------------------------------------------------------------------------------------


def _count(model: ConflictModel, found: Condition, varied: Mapping[int, tuple[int, ...]]) -> Count:
    if not varied:
        return num_rankings(found, model.num_states)
    return num_arrangements(found, tiers_of(model.ranks[found.dm]), varied.get(found.dm, ()))


# -- who, and where ---------------------------------------------------------------------------------------------------------


def _refusers(model: ConflictModel, aim: Aim, state: int) -> tuple[int, ...]:
    """Return who could leave a state while those that are to be stable are so for it."""
    found = {dm: _told(own_ranking, model, replace(aim, unstable=(state,)), dm) for dm in range(len(model.decision_makers))}
    return tuple(dm for dm, existence in found.items() if isinstance(existence, Existence) and existence.exists)


def places_of(model: ConflictModel, dm: int, text: str) -> tuple[int, ...]:
    """Return the places of a ranking that a text such as ``1-4`` or ``all`` names, from 0.

    Raises
    ------
    ChoiceError
        If it names none, or one that the ranking does not have.

    Examples
    --------
    >>> import offramp
    >>> places_of(offramp.load_case("syria-iraq-1975"), 0, "2-4")
    (1, 2, 3)
    """
    number = len(tiers_of(model.ranks[dm]))
    first, _, last = ("1", "-", str(number)) if text == "all" else text.partition("-")
    low, high = (int(part) if part.isascii() and part.isdigit() and len(part) < 8 else 0 for part in (first, last or first))
    if not 1 <= low <= high <= number:
        ranking = f"the ranking of {model.decision_makers[dm]} has the places 1 (best) to {number}"
        raise ChoiceError(f"{text!r} names no places of a ranking; {ranking}: write FIRST-LAST, or all")
    return tuple(range(low - 1, high))

"""Between two versions of a case: which judgements changed, and what each change does to the answers by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from offramp.analysis.headlines import TOLERANCE, Level, kind, level
from offramp.analysis.lab import Lab
from offramp.case.alike import aligned
from offramp.case.changes import Change, changes, unit_of
from offramp.case.compose import composed
from offramp.case.load import CaseFile
from offramp.case.yaml_reader import Path_
from offramp.errors import CaseError, OfframpError
from offramp.model.build import Builder
from offramp.shown import shown


@dataclass(frozen=True)
class Answer:
    """The headlines of one version.

    Parameters
    ----------
    num_cells : int
        Size of its grid.
    shares : mapping of str to float
        Every headline; empty where the version cannot be solved.
    reason : str
        Why it cannot be solved; else empty.
    """

    num_cells: int
    shares: Mapping[str, float]
    reason: str = ""

    def share(self, name: str) -> float | None:
        """Return the share of a headline; None where the version cannot have it: its person or its claim is not there."""
        if self.reason:
            return None
        return self.shares.get(name, 0.0 if kind(name) in ("mover", "end") else None)


@dataclass(frozen=True)
class Difference:
    """A headline that differs; None where a version does not have it."""

    headline: str
    before: float | None
    after: float | None

    @property
    def levels(self) -> tuple[Level | None, Level | None]:
        """The level before and after."""
        before, after = (None if share is None else level(share) for share in (self.before, self.after))
        return before, after

    @property
    def turns(self) -> bool:
        """Whether its level differs."""
        return self.levels[0] != self.levels[1]


@dataclass(frozen=True)
class Effect:
    """What changed in one unit of a case, and what that does by itself.

    Parameters
    ----------
    unit : path
        An option, a rule, a condition, a norm, a person, a claim, a reading, a
        decision maker; or ``harms``, ``status_quo``, ``as_of``, ``states``.
    changes : tuple of Change
        What changed there.
    is_idle : bool
        Whether no headline can depend on any of it; it is not solved then.
    answer : Answer, optional
        The headlines of A with this alone as in B; None where it is idle.
    differences : tuple of Difference
        The headlines that this alone moves, those that turn first.
    """

    unit: Path_
    changes: tuple[Change, ...]
    is_idle: bool
    answer: Answer | None
    differences: tuple[Difference, ...]


@shown
@dataclass(frozen=True)
class Diff:
    """Two versions of a case side by side.

    Parameters
    ----------
    before, after : Answer
        Of A and of B.
    differences : tuple of Difference
        The headlines that differ, those that turn first.
    effects : tuple of Effect
        Every unit that changed, in file order.
    """

    before: Answer
    after: Answer
    differences: tuple[Difference, ...]
    effects: tuple[Effect, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not self.effects


def diff(before: CaseFile, after: CaseFile) -> Diff:
    """Return what changed between two versions of a case, and what that did to the headlines.

    Parameters
    ----------
    before, after : CaseFile
        The versions A and B.

    Returns
    -------
    diff : Diff
        Judgements are compared by their place in the file, statements within a
        reading by what they say, headlines by their names.

    Notes
    -----
    Costs one solution of the grid for A, one for B, and one for each unit whose
    change can alter an answer.

    Examples
    --------
    >>> import offramp
    >>> file = offramp.read_case("prisoners-dilemma")
    >>> diff(file, file).is_same
    True
    """
    after = aligned(after, before)
    found = changes(before, after)
    first, second = answer(before), answer(after)
    units: dict[Path_, list[Change]] = {}
    for change in found:
        units.setdefault(unit_of(change.path), []).append(change)
    effects = tuple(_effect(before, after, unit, there, first) for unit, there in units.items())
    return Diff(first, second, differences(first, second), effects)


def answer(file: CaseFile) -> Answer:
    """Return the headlines of a case over its grid, or why there are none."""
    try:
        lab = Lab(Builder(file))
        frame = lab.frame()
        if not frame.weighs:
            return Answer(0, {}, "the readings that are in force weigh nothing")
        return Answer(frame.num_cells, lab.shares(frame))
    except CaseError as error:
        problem = error.problems[0]
        return Answer(0, {}, f"{problem.label}: {problem.found}" if problem.label else problem.found)
    except OfframpError as error:
        return Answer(0, {}, str(error))


def differences(before: Answer, after: Answer) -> tuple[Difference, ...]:
    """Return the headlines that differ between two answers, those that turn first, ends last; none where one cannot be solved."""
    if before.reason or after.reason:
        return ()
    names = dict.fromkeys([*before.shares, *after.shares])
    found = [Difference(name, before.share(name), after.share(name)) for name in names]
    return tuple(sorted((one for one in found if _distance(one) > TOLERANCE), key=_order))


def _order(one: Difference) -> tuple[bool, bool, float]:
    return not one.turns, kind(one.headline) == "end", -round(_distance(one), 12)


def _distance(one: Difference) -> float:
    """Return how far a headline moves; one that only one version has counts as moved by all."""
    if one.before is None or one.after is None:
        return 0.0 if one.before is one.after else 1.0
    return abs(one.after - one.before)


def _effect(before: CaseFile, after: CaseFile, unit: Path_, there: Sequence[Change], first: Answer) -> Effect:
    if all(change.is_idle for change in there):
        return Effect(unit, tuple(there), True, None, ())
    try:
        alone = answer(composed(before, after, unit))
    except OfframpError as error:
        alone = Answer(0, {}, str(error))
    return Effect(unit, tuple(there), False, alone, differences(first, alone))

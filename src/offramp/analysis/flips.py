"""Flip points: which single judgement, judged otherwise, turns a headline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from offramp.analysis.headlines import TOLERANCE, Level, kind, level
from offramp.analysis.lab import Frame, Lab, check_work
from offramp.analysis.otherwise import Alternative, Kind, alternatives, judgement_at
from offramp.case.entries import Basis
from offramp.case.variant import Variant
from offramp.case.yaml_reader import Path_
from offramp.errors import CaseError, ChoiceError
from offramp.model.build import Builder
from offramp.shown import shown


@dataclass(frozen=True)
class Turn:
    """What a change does to a headline: its share before and after."""

    headline: str
    before: float
    after: float

    @property
    def levels(self) -> tuple[Level, Level]:
        """The level before and after."""
        return level(self.before), level(self.after)

    @property
    def turns(self) -> bool:
        """Whether the level changes."""
        return self.levels[0] != self.levels[1]

    @property
    def distance(self) -> float:
        """How far the share moves."""
        return abs(self.after - self.before)


@dataclass(frozen=True)
class Flip:
    """One judgement judged otherwise, and what that does to the headlines.

    Parameters
    ----------
    path : path
        Of the judgement in the case file.
    kind : str
        What is done with it: dropped, negated, raised, lowered, settled, …
    places : int
        By how many places it is raised or lowered; else 0.
    basis, because
        Of the judgement.
    shares : dict of str to float
        Every headline with the change; empty where it cannot be tried.
    turns : tuple of Turn
        The headlines whose level changes, those that move most first.
    farthest : Turn, optional
        The headline that moves most, whether it turns or not.
    reason : str
        Why it cannot be tried; else empty.
    """

    path: Path_
    kind: Kind
    places: int
    basis: Basis
    because: tuple[str, ...]
    shares: Mapping[str, float]
    turns: tuple[Turn, ...]
    farthest: Turn | None
    reason: str = ""

    @property
    def num_respects(self) -> int:
        """In how many respects the answer turns: kinds of headlines, a claim that is supported and one that is refuted being one."""
        return len({"claim" if kind(turn.headline) == "denied" else kind(turn.headline) for turn in self.turns})

    @property
    def distance(self) -> float:
        """How far the headline that moves most moves."""
        return self.farthest.distance if self.farthest else 0.0


@shown
@dataclass(frozen=True)
class Flips:
    """All flips of a case, those that turn most headlines first.

    Parameters
    ----------
    builder : Builder
        Of the case, or of the part of its grid that was looked at.
    num_cells : int
        Size of the grid.
    shares : dict of str to float
        Every headline of the case as it stands.
    flips : tuple of Flip
        Raising and lowering once each: by the fewest places that turn a
        headline, else by those that move one most.
    tried : tuple of Flip
        Every change, raising and lowering by each number of places, in file order.
    """

    builder: Builder
    num_cells: int
    shares: Mapping[str, float]
    flips: tuple[Flip, ...]
    tried: tuple[Flip, ...]

    @property
    def num_tried(self) -> int:
        """Number of changes that were made, all places counted."""
        return len(self.tried)

    def by(self, headline: str) -> tuple[Flip, ...]:
        """Return the flips as one headline has them: those that move it most first.

        Raising and lowering once each: by the fewest places that turn this
        headline, else by those that move it most.
        """
        found = _fewest(self.tried, lambda flip: self._of(flip, headline))
        return tuple(sorted(found, key=lambda flip: (-round(self.turn(flip, headline).distance, 12), flip.places > 0)))

    def turn(self, flip: Flip, headline: str) -> Turn:
        """Return what a change does to a headline; one that cannot be tried does nothing."""
        before = self.shares.get(headline, 0.0)
        return Turn(headline, before, before if flip.reason else flip.shares.get(headline, 0.0))

    def _of(self, flip: Flip, headline: str) -> tuple[bool, float]:
        turn = self.turn(flip, headline)
        return turn.turns, turn.distance

    def turning(self) -> tuple[Flip, ...]:
        """Return the flips that turn some headline."""
        return tuple(flip for flip in self.flips if flip.turns)


def flips(builder: Builder, within: Variant | None = None, chosen: Callable[[Alternative], bool] | None = None) -> Flips:
    """Return what every single change of judgement does to the headlines.

    Parameters
    ----------
    builder : Builder
        Of the case.
    within : Variant, optional
        A part of the grid to look at; by default all of the builder's.
    chosen : callable, optional
        Which changes to make; by default all.

    Examples
    --------
    >>> import offramp
    >>> found = flips(offramp.Builder(offramp.read_case("prisoners-dilemma")))
    >>> found.shares["rests.nash"], len(found.turning())
    (1.0, 16)
    """
    lab = Lab(builder)
    base = lab.frame(within)
    changes = [change for change in alternatives(base.builder) if chosen is None or chosen(change)]
    check_work(base.builder, 1 + len(changes))
    framed = [_framed(lab, base, change) for change in changes]
    frames = [frame for frame in framed if isinstance(frame, Frame)]
    answers = lab.solve([base, *frames])
    before = answers.shares(0)
    after = {id(frame): answers.shares(place) for place, frame in enumerate(frames, start=1)}
    found = [
        _untried(base.builder, change, frame) if isinstance(frame, str) else _flip(base.builder, change, before, after[id(frame)])
        for change, frame in zip(changes, framed, strict=True)
    ]
    return Flips(
        base.builder, base.num_cells, before, _ranked(_fewest(found, lambda flip: (bool(flip.turns), flip.distance))), tuple(found)
    )


def _framed(lab: Lab, base: Frame, change: Alternative) -> Frame | str:
    """Return the grid with a change; or the reason why there is none."""
    try:
        frame = _changed(lab, base, change)
    except (CaseError, ChoiceError) as error:
        return str(error)
    return frame if frame.weighs else "what is left of the grid weighs nothing"


def _changed(lab: Lab, base: Frame, change: Alternative) -> Frame:
    if change.touch == "reading":
        return lab.reread(base, change.variant, str(change.path[1]), str(change.path[2]))
    if change.touch == "meaning":
        return lab.reassessed(base, change.variant)
    if change.touch == "choice":
        return lab.narrowed(base, change.variant)
    return lab.frame(change.variant)


def _flip(builder: Builder, change: Alternative, before: Mapping[str, float], after: Mapping[str, float]) -> Flip:
    turns = [Turn(name, before.get(name, 0.0), after.get(name, 0.0)) for name in dict.fromkeys([*before, *after])]
    turns.sort(key=lambda turn: -round(turn.distance, 12))
    farthest = turns[0] if turns and turns[0].distance > TOLERANCE else None
    entry = judgement_at(builder, change.path)
    turned = tuple(turn for turn in turns if turn.turns)
    return Flip(change.path, change.kind, change.places, entry.graded, tuple(entry.because), after, turned, farthest)


def _untried(builder: Builder, change: Alternative, reason: str) -> Flip:
    entry = judgement_at(builder, change.path)
    return Flip(change.path, change.kind, change.places, entry.graded, tuple(entry.because), {}, (), None, reason)


def _fewest(found: Sequence[Flip], does: Callable[[Flip], tuple[bool, float]]) -> list[Flip]:
    """Return each judgement raised, and lowered, once: by the fewest places that turn something, else that move it most.

    `does` says of a change whether it turns what is asked about, and how far it moves it.
    """
    best: dict[tuple[Path_, Kind], tuple[tuple[bool, float, int], Flip]] = {}
    for flip in found:
        turns, distance = does(flip)
        tells = (turns, 0.0 if turns else round(distance, 12), -flip.places)
        if (flip.path, flip.kind) not in best or tells > best[flip.path, flip.kind][0]:
            best[flip.path, flip.kind] = (tells, flip)
    return [flip for _, flip in best.values()]


def _ranked(found: Sequence[Flip]) -> tuple[Flip, ...]:
    def key(place: int) -> tuple[int, float, bool, int]:
        flip = found[place]
        return (-flip.num_respects, -round(flip.distance, 12), flip.places > 0, place)

    return tuple(found[place] for place in sorted(range(len(found)), key=key))

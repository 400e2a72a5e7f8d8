"""Flip points: which single judgement, judged otherwise, turns a headline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from offramp.analysis.headlines import TOLERANCE, Level, level
from offramp.analysis.lab import Frame, Lab
from offramp.analysis.otherwise import Alternative, Kind, alternatives, judgement_at
from offramp.case.schema import Basis
from offramp.case.variant import Variant
from offramp.case.yaml_reader import Path_
from offramp.errors import CaseError, ChoiceError
from offramp.model.build import Builder


@dataclass(frozen=True)
class Turn:
    """A headline whose level changes."""

    headline: str
    before: float
    after: float

    @property
    def levels(self) -> tuple[Level, Level]:
        """The level before and after."""
        return level(self.before), level(self.after)


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
    def distance(self) -> float:
        """How far the headline that moves most moves."""
        return abs(self.farthest.after - self.farthest.before) if self.farthest else 0.0


@dataclass(frozen=True)
class Flips:
    """All flips of a case, those that turn most headlines first.

    Parameters
    ----------
    num_cells : int
        Size of the grid.
    shares : dict of str to float
        Every headline of the case as it stands.
    flips : tuple of Flip
        Raising and lowering once each: by the fewest places that turn a
        headline, else by those that move one most.
    num_tried : int
        Number of changes that were made, all places counted.
    """

    num_cells: int
    shares: Mapping[str, float]
    flips: tuple[Flip, ...]
    num_tried: int

    def turning(self) -> tuple[Flip, ...]:
        """Return the flips that turn some headline."""
        return tuple(flip for flip in self.flips if flip.turns)


def flips(builder: Builder, within: Variant | None = None) -> Flips:
    """Return what every single change of judgement does to the headlines.

    Parameters
    ----------
    builder : Builder
        Of the case.
    within : Variant, optional
        A part of the grid to look at; by default all of the builder's.

    Examples
    --------
    >>> import offramp
    >>> found = flips(offramp.Builder(offramp.read_case("prisoners-dilemma")))
    >>> found.shares["rests.nash"], len(found.turning())
    (1.0, 16)
    """
    lab = Lab(builder)
    base = lab.frame(within)
    changes = alternatives(base.builder)
    framed = [_framed(lab, base, change) for change in changes]
    frames = [frame for frame in framed if isinstance(frame, Frame)]
    answers = lab.solve([base, *frames])
    before = answers.shares(0)
    after = {id(frame): answers.shares(place) for place, frame in enumerate(frames, start=1)}
    found = [
        _untried(base.builder, change, frame) if isinstance(frame, str) else _flip(base.builder, change, before, after[id(frame)])
        for change, frame in zip(changes, framed, strict=True)
    ]
    return Flips(base.num_cells, before, _ranked(_fewest(found)), len(found))


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
    turns.sort(key=lambda turn: -round(abs(turn.after - turn.before), 12))
    farthest = turns[0] if turns and abs(turns[0].after - turns[0].before) > TOLERANCE else None
    entry = judgement_at(builder, change.path)
    turned = tuple(turn for turn in turns if turn.levels[0] != turn.levels[1])
    return Flip(change.path, change.kind, change.places, entry.graded, tuple(entry.because), after, turned, farthest)


def _untried(builder: Builder, change: Alternative, reason: str) -> Flip:
    entry = judgement_at(builder, change.path)
    return Flip(change.path, change.kind, change.places, entry.graded, tuple(entry.because), {}, (), None, reason)


def _fewest(found: Sequence[Flip]) -> list[Flip]:
    """Return each judgement raised, and lowered, once: by the fewest places that turn a headline, else that move one most."""
    best: dict[tuple[Path_, Kind], Flip] = {}
    for flip in found:
        key = (flip.path, flip.kind)
        if key not in best or _tells_more(flip) > _tells_more(best[key]):
            best[key] = flip
    return list(best.values())


def _tells_more(flip: Flip) -> tuple[bool, float, float]:
    if flip.turns:
        return (True, -flip.places, 0.0)
    return (False, round(flip.distance, 12), -flip.places)


def _ranked(found: Sequence[Flip]) -> tuple[Flip, ...]:
    def key(place: int) -> tuple[int, float, bool, int]:
        flip = found[place]
        return (-len(flip.turns), -round(flip.distance, 12), flip.places > 0, place)

    return tuple(found[place] for place in sorted(range(len(found)), key=key))

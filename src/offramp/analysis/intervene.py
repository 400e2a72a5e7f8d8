"""Interventions: what somebody outside could add, alone and in pairs, and what that opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from offramp.analysis.lab import Frame, Lab, check_work
from offramp.case.variant import Variant
from offramp.errors import CaseError, ChoiceError, TooManyStatesError
from offramp.model.build import Builder
from offramp.shown import shown

OPENED = ("can_move", "lawful", "clear")
"""The headlines that an intervention is judged by."""


@dataclass(frozen=True)
class Effect:
    """In how many cells a headline is true: before, after, where it became true, and where it ceased to be."""

    before: int
    after: int
    opened: int
    closed: int


@dataclass(frozen=True)
class Tried:
    """One intervention, or a pair, added to every cell.

    Parameters
    ----------
    interventions : tuple of str
        Their ids, in file order.
    effects : mapping of str to Effect
        By headline; empty where they cannot be added.
    shares : mapping of str to float
        Every headline over the grid with them; empty where nothing in it weighs anything.
    reason : str
        Why they cannot be added, a line for each cause; else empty.
    """

    interventions: tuple[str, ...]
    effects: Mapping[str, Effect]
    shares: Mapping[str, float]
    reason: str = ""


@shown
@dataclass(frozen=True)
class Interventions:
    """All interventions of a case and their pairs: those first that open a lawful way out in most cells.

    Parameters
    ----------
    num_cells : int
        Size of the grid.
    shares : mapping of str to float
        Every headline of the case as it stands; empty where nothing weighs anything.
    tried : tuple of Tried
        Singles before pairs among equals, then file order.
    """

    num_cells: int
    shares: Mapping[str, float]
    tried: tuple[Tried, ...]


def interventions(builder: Builder, within: Variant | None = None, most: int = 2) -> Interventions:
    """Return what each intervention of the case, and each pair, does in every cell.

    Parameters
    ----------
    builder : Builder
        Of the case.
    within : Variant, optional
        A part of the grid to look at; by default all of the builder's.
    most : int
        The largest number of interventions together.

    Raises
    ------
    ChoiceError
        If the case declares no intervention.
    """
    names = list(builder.case.interventions)
    if not names:
        raise ChoiceError("the case declares no intervention; add an entry under interventions, see 'offramp schema'")
    lab, within = Lab(builder), within or builder.standing.variant
    base = lab.frame(within)
    chosen = [group for size in range(1, most + 1) for group in combinations(names, size)]
    check_work(base.builder, 1 + len(chosen))
    framed = [_framed(lab, replace(within, interventions=group)) for group in chosen]
    frames = [frame for frame in framed if isinstance(frame, Frame)]
    answers = lab.solve([base, *frames])
    place = {id(frame): k for k, frame in enumerate(frames, start=1)}
    before = answers.truths(0)
    tried = []
    for group, frame in zip(chosen, framed, strict=True):
        if isinstance(frame, str):
            tried.append(Tried(group, {}, {}, frame))
            continue
        after = answers.truths(place[id(frame)])
        effects = {
            name: Effect(
                int(before[name].sum()),
                int(after[name].sum()),
                int((after[name] & ~before[name]).sum()),
                int((before[name] & ~after[name]).sum()),
            )
            for name in OPENED
        }
        tried.append(Tried(group, effects, answers.shares(place[id(frame)]) if frame.weighs else {}))
    return Interventions(base.num_cells, answers.shares(0) if base.weighs else {}, _ranked(tried))


def _framed(lab: Lab, variant: Variant) -> Frame | str:
    try:
        return lab.frame(variant)
    except CaseError as error:
        return "\n".join(dict.fromkeys(problem.found for problem in error.problems))
    except (ChoiceError, TooManyStatesError) as error:
        return str(error)


def _ranked(tried: Sequence[Tried]) -> tuple[Tried, ...]:
    def key(one: Tried) -> tuple[bool, int, int, int, int]:
        opened = [one.effects[name].opened if one.effects else 0 for name in ("lawful", "clear", "can_move")]
        return (not one.effects, -opened[0], -opened[1], -opened[2], len(one.interventions))

    return tuple(sorted(tried, key=key))

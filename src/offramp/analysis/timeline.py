"""The case through time: its headlines at every date on which something changes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

from offramp.analysis.flips import Turn
from offramp.analysis.headlines import TOLERANCE
from offramp.analysis.lab import Answers, Frame, Lab
from offramp.case.schema import Judgement
from offramp.case.variant import Variant
from offramp.case.yaml_reader import Path_
from offramp.errors import CaseError, ChoiceError
from offramp.model.build import Builder


@dataclass(frozen=True)
class Event:
    """A judgement that comes into force, or goes out of it.

    Parameters
    ----------
    path : path
        Of the judgement in the case file.
    begins : bool
        Whether it comes into force on the date.
    turns : tuple of Turn
        The headlines that would be otherwise at this date had it not.
    """

    path: Path_
    begins: bool
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Moment:
    """The case at one date.

    Parameters
    ----------
    date : str
        As far as it is known.
    events : tuple of Event
        What comes into force and what goes out of it, in file order.
    num_cells : int
        Size of the grid then.
    shares : mapping of str to float
        Every headline then; empty where the case cannot be solved.
    reason : str
        Why it cannot be solved then; else empty.
    """

    date: str
    events: tuple[Event, ...]
    num_cells: int
    shares: Mapping[str, float]
    reason: str = ""


def dates(builder: Builder) -> dict[str, list[tuple[Path_, bool]]]:
    """Return every date on which something changes, in order, with the judgements that begin (True) or end (False) then.

    What ends on a date ends with it: the change is on the day after, the month
    after, or the year after, as far as the date is known.
    """
    found: dict[str, list[tuple[Path_, bool]]] = {}
    for path, judgement in dated(builder):
        if judgement.since is not None:
            found.setdefault(judgement.since, []).append((path, True))
        if judgement.until is not None:
            found.setdefault(day_after(judgement.until), []).append((path, False))
    return dict(sorted(found.items()))


def dated(builder: Builder) -> list[tuple[Path_, Judgement]]:
    """Return every judgement that can come into force, readings among them, with its path."""
    found = dict(builder.case.judgements())
    for dm, there in builder.case.readings.items():
        found |= {("readings", dm, name): reading for name, reading in there.items()}
    return list(found.items())


def day_after(date: str) -> str:
    """Return the day after a date; the month or the year after, where no day or no month is given.

    Examples
    --------
    >>> day_after("2025-06-03"), day_after("2025-12"), day_after("2024")
    ('2025-06-04', '2026-01', '2025')
    """
    if len(date) == 10:
        return (datetime.date.fromisoformat(date) + datetime.timedelta(days=1)).isoformat()
    if len(date) == 7:
        year, month = int(date[:4]), int(date[5:])
        return f"{year + month // 12:04d}-{month % 12 + 1:02d}"
    return f"{int(date) + 1:04d}"


def timeline(builder: Builder, within: Variant | None = None) -> tuple[Moment, ...]:
    """Return the case at every date on which something changes, and at its own.

    Parameters
    ----------
    builder : Builder
        Of the case.
    within : Variant, optional
        A part of the grid to look at, by default all of the builder's; what it names has to stand at every date.

    Raises
    ------
    ChoiceError
        If the case has no date.
    """
    within = within or builder.standing.variant
    now = within.as_of or builder.case.as_of
    if now is None:
        raise ChoiceError("the case has no date; give it an as_of date, and its judgements since and until")
    changing = dates(builder)
    changing.setdefault(now, [])
    lab = Lab(builder)
    framed = {date: _framed(lab, replace(within, as_of=date)) for date in sorted(changing)}
    undone = {
        (date, path, begins): _framed(lab, _without(replace(within, as_of=date), path, begins))
        for date, there in changing.items()
        for path, begins in there
        if isinstance(framed[date], Frame)
    }
    frames = [frame for frame in (*framed.values(), *undone.values()) if isinstance(frame, Frame)]
    if not frames:
        return tuple(Moment(date, _told(changing[date]), 0, {}, str(frame)) for date, frame in framed.items())
    shares = _shares(lab.solve(frames), frames)
    return tuple(
        Moment(date, _told(changing[date]), 0, {}, frame)
        if isinstance(frame, str)
        else Moment(date, _events(date, changing[date], undone, shares, shares[id(frame)]), frame.num_cells, shares[id(frame)])
        for date, frame in framed.items()
    )


def _without(variant: Variant, path: Path_, begins: bool) -> Variant:
    """Return `variant` as if a judgement had not begun, or had not ended."""
    if not begins:
        return replace(variant, restored=variant.restored | {path})
    if path[0] == "conditions":
        return replace(variant, negated=variant.negated ^ {path})
    return replace(variant, dropped=variant.dropped | {path})


def _framed(lab: Lab, variant: Variant) -> Frame | str:
    try:
        frame = lab.frame(variant)
    except (CaseError, ChoiceError) as error:
        return str(error)
    return frame if frame.weighs else "the readings that are in force weigh nothing"


def _shares(answers: Answers, frames: list[Frame]) -> dict[int, dict[str, float]]:
    return {id(frame): answers.shares(place) for place, frame in enumerate(frames)}


def _told(there: list[tuple[Path_, bool]]) -> tuple[Event, ...]:
    return tuple(Event(path, begins) for path, begins in there)


def _events(
    date: str,
    there: list[tuple[Path_, bool]],
    undone: Mapping[tuple[str, Path_, bool], Frame | str],
    shares: Mapping[int, Mapping[str, float]],
    now: Mapping[str, float],
) -> tuple[Event, ...]:
    found = []
    for path, begins in there:
        frame = undone[date, path, begins]
        without = shares[id(frame)] if isinstance(frame, Frame) else now
        names = dict.fromkeys([*now, *without])
        turns = [Turn(name, without.get(name, 0.0), now.get(name, 0.0)) for name in names]
        found.append(Event(path, begins, tuple(turn for turn in turns if abs(turn.after - turn.before) > TOLERANCE)))
    return tuple(found)

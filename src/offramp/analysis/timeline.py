"""The case through time: its headlines at every date on which something changes."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from offramp.analysis.flips import Turn
from offramp.analysis.headlines import TOLERANCE
from offramp.analysis.lab import Frame, Lab, check_work
from offramp.case.schema import Case, dated_judgements
from offramp.case.standing import Standing
from offramp.case.variant import Variant
from offramp.case.yaml_reader import Path_
from offramp.errors import CaseError, ChoiceError
from offramp.model.build import Builder
from offramp.shown import shown


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
        The headlines that would be otherwise at this date had it not, with their
        shares without it and with it.
    reason : str
        Why the case cannot be solved without it; else empty.
    """

    path: Path_
    begins: bool
    turns: tuple[Turn, ...] = ()
    reason: str = ""

    def turning(self, names: Collection[str]) -> tuple[Turn, ...]:
        """Return the headlines among `names` whose level it changes, by itself."""
        return tuple(turn for turn in self.turns if turn.headline in names and turn.levels[0] != turn.levels[1])


@shown
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
    is_now : bool
        Whether this is the date at which the case is told.
    is_weighted : bool
        Whether the cells weigh differently, so that shares are not counts of cells.
    """

    date: str
    events: tuple[Event, ...]
    num_cells: int
    shares: Mapping[str, float]
    reason: str = ""
    is_now: bool = False
    is_weighted: bool = False


def dates(builder: Builder) -> dict[str, list[tuple[Path_, bool]]]:
    """Return every date on which something changes, in order, with the judgements that begin (True) or end (False) then.

    What ends on a date ends with it: the change is on the day after, the month
    after, or the year after, as far as the date is known.
    """
    found: dict[str, list[tuple[Path_, bool]]] = {}
    for path, judgement in dated_judgements(builder.case).items():
        if judgement.since is not None:
            found.setdefault(judgement.since, []).append((path, True))
        if judgement.until is not None and (after := day_after(judgement.until)):
            found.setdefault(after, []).append((path, False))
    return dict(sorted(found.items()))


def day_after(date: str) -> str:
    """Return the day after a date; the month or the year after, where no day or no month is given; nothing in the year 9999.

    Examples
    --------
    >>> day_after("2025-06-03"), day_after("2025-12"), day_after("2024")
    ('2025-06-04', '2026-01', '2025')
    """
    if date.startswith("9999"):
        return ""  # there is no later date that can be written
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
        A part of the grid to look at, by default all of the builder's; what it
        names has to be in force at every date.

    Returns
    -------
    moments : tuple of Moment
        In the order of their dates. Each event of a moment comes with what
        would be otherwise at that date without it alone.

    Raises
    ------
    ChoiceError
        If the case has no date, or a reading or a contested entry that
        `within` names is not in force at one of the dates.

    Examples
    --------
    >>> import offramp
    >>> moments = timeline(offramp.Builder(offramp.read_case("two-prisoners")))
    >>> [(moment.date, moment.num_cells) for moment in moments][:3]
    [('2025-01', 16), ('2025-02-05', 32), ('2025-02-19', 64)]
    """
    within = within or builder.standing.variant
    now = within.as_of or builder.case.as_of
    if now is None:
        raise ChoiceError("the case has no date; give it an as_of date, and its judgements since and until")
    changing = dict(sorted((dates(builder) | {now: dates(builder).get(now, [])}).items()))
    _check_in_force(builder, within, list(changing))
    check_work(builder.varied(within), len(changing) + sum(map(len, changing.values())))
    lab = Lab(builder)
    framed = {date: _framed(lab, replace(within, as_of=date)) for date in changing}
    undone = {
        (date, path, begins): _framed(lab, _without(builder.case, replace(within, as_of=date), path, begins))
        for date, there in changing.items()
        for path, begins in there
        if isinstance(framed[date], Frame)
    }
    frames = [frame for frame in (*framed.values(), *undone.values()) if isinstance(frame, Frame)]
    shares = _shares(lab, frames)
    found = []
    for date, frame in framed.items():
        if isinstance(frame, str):
            found.append(Moment(date, tuple(Event(*event) for event in changing[date]), 0, {}, frame, date == now))
        else:
            events = tuple(_events(date, changing[date], undone, shares, frame))
            found.append(Moment(date, events, frame.num_cells, shares[id(frame)], "", date == now, _weighs(frame)))
    return tuple(found)


def _check_in_force(builder: Builder, within: Variant, there: list[str]) -> None:
    """Refuse readings and sides that are not in force at every date: the answer would be about something else each time."""
    for date in there:
        standing = builder.varied(Variant(as_of=date, interventions=within.interventions)).standing
        lost = [f"the reading {dm}={name}" for dm, name in within.readings if name not in _in_force(standing, dm)]
        lost += [f"the contested entry {name}" for name, _ in within.settled if name not in standing.contested]
        if lost:
            raise ChoiceError(f"{lost[0]} is not in force at {date}, a date of the timeline; leave it out")


def _in_force(standing: Standing, dm: str) -> list[str]:
    there = standing.file.case.readings[dm]
    return [name for name, reading in there.items() if standing.in_force(reading)]


def _without(case: Case, variant: Variant, path: Path_, begins: bool) -> Variant:
    """Return `variant` as if a judgement had not begun, or had not ended."""
    if not begins:
        return replace(variant, restored=variant.restored | {path})
    if path[0] == "conditions":
        return _denied(case, variant, path)
    return replace(variant, dropped=variant.dropped | {path})


def _denied(case: Case, variant: Variant, path: Path_) -> Variant:
    """Return `variant` with a condition the other way round: of one that is contested, that side alone."""
    name = str(path[1])
    if not case.conditions[name].contested:
        return replace(variant, negated=variant.negated ^ {path})
    return replace(variant, settled=tuple({**dict(variant.settled), name: not case.conditions[name].holds}.items()))


def _framed(lab: Lab, variant: Variant) -> Frame | str:
    try:
        frame = lab.frame(variant)
    except (CaseError, ChoiceError) as error:
        return str(error)
    return frame if frame.weighs else "the readings that are in force weigh nothing"


def _weighs(frame: Frame) -> bool:
    return bool(np.ptp(frame.weights) > TOLERANCE)


def _shares(lab: Lab, frames: list[Frame]) -> dict[int, dict[str, float]]:
    answers = lab.solve(frames) if frames else None
    return {id(frame): answers.shares(place) for place, frame in enumerate(frames)} if answers else {}


def _events(
    date: str,
    there: list[tuple[Path_, bool]],
    undone: Mapping[tuple[str, Path_, bool], Frame | str],
    shares: Mapping[int, Mapping[str, float]],
    frame: Frame,
) -> Iterator[Event]:
    now = shares[id(frame)]
    for path, begins in there:
        other = undone[date, path, begins]
        if isinstance(other, str):
            yield Event(path, begins, (), other)
            continue
        without = shares[id(other)]
        turns = [Turn(name, without.get(name, 0.0), now.get(name, 0.0)) for name in dict.fromkeys([*now, *without])]
        yield Event(path, begins, tuple(turn for turn in turns if abs(turn.after - turn.before) > TOLERANCE))

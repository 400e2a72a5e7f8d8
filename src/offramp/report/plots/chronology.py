"""What was said and what happened, over time: a row for each speaker, a mark for each day, a bar for each date that is no day."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from offramp.edtf import When, when
from offramp.report.chronology_words import shown
from offramp.report.plots.rows import below_title, instead
from offramp.report.plots.style import COLOURS, FADED, GREY, Axes, house_style, inert, new_axes, said
from offramp.report.words import WITHHELD, dated
from offramp.sayings.chronology import Event
from offramp.sayings.records import name_words

MOST_ROWS = 16
"""Speakers that have a row of their own, those with most statements; the others share one."""

MOST = 0.7
"""Share of the marks that has to lie within a third of the time for the rest not to be drawn."""

MOST_TICKS = 11

MOST_LANES = 10
"""Marks over one another in a row. Where there are more, those of one date become one mark with their number."""

MOST_PILES = 20
"""Marks with numbers over one another in a row; what is more is counted and not drawn."""

OTHERS, NOBODY, NAMED, JUDGED = "other speakers", "speakers without a name", "dates that reports name", "judgements of the case"
MARKS = {
    "said": ("o", COLOURS[0]),
    "reported": ("^", COLOURS[5]),
    "named": ("D", COLOURS[4]),
    "begins": (">", COLOURS[2]),
    "ends": ("<", COLOURS[1]),
}
SAYS = {
    "said": "day of the saying",
    "reported": "day of the report",
    "named": "date that a report names",
    "begins": "judgement begins",
    "ends": "judgement ends",
}


@dataclass(frozen=True)
class _Mark:
    """An event in days, within what is drawn; or so many of one date, of one kind."""

    event: Event
    first: int
    last: int
    number: int = 1

    @property
    def kind(self) -> tuple[int, int, str, bool]:
        """What cannot be told apart in the picture."""
        return self.first, self.last, self.event.basis, self.event.is_confirmed


def plot_chronology(events: Sequence[Event], ax: Axes | None = None, title: str = "", start: str = "", end: str = "") -> Axes:
    """Draw statements and events over time.

    Parameters
    ----------
    events : sequence of Event
        From `offramp.sayings.chronology.chronology`. What a public brief withholds is not drawn.
    ax : Axes, optional
        Where to draw; by default on a new figure.
    title : str, optional
        What the case is called.
    start, end : str, optional
        Draw the time from the one to the other, in EDTF; by default where most dates lie.

    Notes
    -----
    Hollow is what nobody has confirmed. A date that is no day is a bar from its first day to its last. Where most dates lie close
    together, those far before and after are counted and not drawn. Where more marks of a row would stand over one another than there
    is room for, those of one date become one mark with their number beside it.

    Examples
    --------
    >>> ax = plot_chronology([Event("2026-02", "begins", "norms.ban", "the ban")], title="A bridge")
    >>> ax.get_title(loc="left"), [label.get_text() for label in ax.get_yticklabels()]
    ('A bridge: what was said and what happened', ['judgements of the case'])
    """
    open_ = shown(events)
    known = [event for event in open_ if event.when is not None]
    marks = _days(known)
    window = _asked(marks, when(start), when(end)) or _window(marks)
    within = [mark for mark in marks if mark.last >= window[0] and mark.first <= window[1]]
    lanes = {name: _lanes(there, window) for name, there in _rows(within).items()}
    hidden = len(within) - sum(mark.number for there in lanes.values() for lane in there for mark in lane)
    with house_style():
        height = 0.13 * max(sum(map(_size, lanes.values())), 8)
        ax = new_axes(ax, 9.5, height + 1.9)
        _draw(ax, lanes, window[1] + _edge(window))
        _frame(ax, window, title)
        _legend(ax, [mark for there in lanes.values() for lane in there for mark in lane], height)
        if not marks:
            instead(ax, "nothing has a date")
        earlier = sum(mark.last < window[0] for mark in marks)
        later, undated = len(marks) - len(within) - earlier, len(open_) - len(known)
        below_title(ax, _left_out(earlier, later, hidden, undated, len(events) - len(open_)))
        return inert(ax)


def _days(events: Iterable[Event]) -> list[_Mark]:
    """Return events in days; an end that is open is one day off the other."""
    found = []
    for event in events:
        there = event.when
        assert there is not None
        ends = [day for day in (there.first, there.last) if day is not None]
        found.append(_Mark(event, there.first or ends[0], there.last or ends[-1]))
    return found


def _asked(marks: Sequence[_Mark], start: When | None, end: When | None) -> tuple[int, int] | None:
    """Return the first and the last day that were asked for, as far as they were; None where neither was."""
    if not marks or not (start or end):
        return None
    first = start.first if start and start.first is not None else min(mark.first for mark in marks)
    last = end.last if end and end.last is not None else max(mark.last for mark in marks)
    return min(first, last), last


def _window(marks: Sequence[_Mark]) -> tuple[int, int]:
    """Return the first and the last day that are drawn: all, or where most marks are, if these lie close together."""
    if not marks:
        return 0, 0
    starts = sorted(mark.first for mark in marks)
    most = math.ceil(MOST * len(starts))
    width, begin = min((starts[place + most - 1] - starts[place], starts[place]) for place in range(len(starts) - most + 1))
    whole = starts[0], max(mark.last for mark in marks)
    if 3 * (width + 60) > whole[1] - whole[0]:
        return whole
    low, high = begin - max(14, width // 8), begin + width + max(14, width // 8)
    there = [mark for mark in marks if mark.last >= low and mark.first <= high]
    return max(low, min(mark.first for mark in there)), min(high, max(mark.last for mark in there))


def _rows(marks: Iterable[_Mark]) -> dict[str, list[_Mark]]:
    """Return the marks by the name of their row: the speakers with most to say first, what is no saying last."""
    speakers: dict[object, list[_Mark]] = {}
    rest: dict[str, list[_Mark]] = {OTHERS: [], NOBODY: [], NAMED: [], JUDGED: []}
    for mark in marks:
        saying = mark.event.saying
        if saying is None:
            rest[NAMED if mark.event.basis == "named" else JUDGED].append(mark)
        elif saying.is_named and saying.speaker:
            speakers.setdefault(saying.speaker_id or name_words(saying.speaker), []).append(mark)
        else:
            rest[NOBODY].append(mark)
    ranked = sorted(speakers.values(), key=lambda there: (-len(there), there[0].first, _speaker(there)))
    kept = ranked if len(ranked) <= MOST_ROWS else ranked[: MOST_ROWS - 1]
    rest[OTHERS] = [mark for there in ranked[len(kept) :] for mark in there]
    named = [(_speaker(there), there) for there in sorted(kept, key=lambda there: (there[0].first, _speaker(there)))]
    return {name: there for name, there in [*_apart(named), *rest.items()] if there}


def _speaker(marks: Sequence[_Mark]) -> str:
    saying = marks[0].event.saying
    return said(saying.speaker, 36) if saying else ""


def _apart(rows: Iterable[tuple[str, list[_Mark]]]) -> list[tuple[str, list[_Mark]]]:
    """Return rows by their names, those that are called alike told apart by a number."""
    counts: dict[str, int] = {}
    found = []
    for name, there in rows:
        counts[name] = counts.get(name, 0) + 1
        found.append((name if counts[name] == 1 else f"{name} ({counts[name]})", there))
    return found


def _lanes(marks: Sequence[_Mark], window: tuple[int, int]) -> list[list[_Mark]]:
    """Return marks in lanes so that none stands over another: each by itself, or where these are too many, those of one date as one."""
    lanes = _laid(marks, window)
    return lanes if len(lanes) <= MOST_LANES else _laid(_piles(marks), window)[:MOST_PILES]


def _piles(marks: Iterable[_Mark]) -> list[_Mark]:
    """Return one mark with their number for those that differ in nothing that is drawn."""
    found: dict[tuple[int, int, str, bool], list[_Mark]] = {}
    for mark in marks:
        found.setdefault(mark.kind, []).append(mark)
    return [replace(there[0], number=len(there)) for there in found.values()]


def _laid(marks: Iterable[_Mark], window: tuple[int, int]) -> list[list[_Mark]]:
    """Return marks in as many lanes as it takes for each to have room, with its number to the right of it."""
    days = window[1] - window[0]
    lanes: list[list[_Mark]] = []
    ends: list[int] = []
    for mark in sorted(marks, key=lambda mark: (mark.first, -mark.last, mark.event.key)):
        lane = next((place for place, end in enumerate(ends) if end < mark.first), len(lanes))
        if lane == len(lanes):
            lanes.append([])
            ends.append(0)
        lanes[lane].append(mark)
        ends[lane] = mark.last + days // 90 + (math.ceil(days * len(f"{mark.number:,}") / 36) if mark.number > 1 else 0)
    return lanes


def _size(lanes: Sequence[list[_Mark]]) -> float:
    """Return how high a row is, in lanes."""
    return max(2.2, len(lanes) + 1)


def _draw(ax: Axes, lanes: dict[str, list[list[_Mark]]], end: int) -> None:
    """Draw the rows from the top, up to a day, with a line between them and the name in the middle."""
    top, ticks = 0.0, []
    for name, there in lanes.items():
        size = _size(there)
        first = top + (size - len(there) + 1) / 2
        for place, lane in enumerate(there):
            for mark in lane:
                _draw_mark(ax, mark, first + place)
                if mark.number > 1:
                    _write_number(ax, mark.number, min(mark.last + (mark.last > mark.first), end), first + place)
        ticks.append((top + size / 2, name))
        top += size
        ax.axhline(top, color=FADED, linewidth=0.6, zorder=0)
    ax.set_yticks([place for place, _ in ticks], labels=[name for _, name in ticks], fontsize=8)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(max(top, 8), 0)


def _draw_mark(ax: Axes, mark: _Mark, level: float) -> None:
    shape, colour = MARKS[mark.event.basis]
    face = colour if mark.event.is_confirmed else "white"
    if mark.first == mark.last:
        ax.plot([mark.first], [level], shape, color=colour, markerfacecolor=face, markersize=5, markeredgewidth=1)
    else:
        ax.barh(level, mark.last + 1 - mark.first, 0.62, mark.first, facecolor=face, edgecolor=colour, linewidth=0.9)


def _write_number(ax: Axes, number: int, day: int, level: float) -> None:
    """Write to the right of a mark how many it stands for."""
    ax.annotate(f"×{number:,}", (day, level), (5, 0), textcoords="offset points", ha="left", va="center", fontsize=7, annotation_clip=False)


def _frame(ax: Axes, window: tuple[int, int], title: str) -> None:
    """Set the axis of time and the title."""
    what = "what was said and what happened"
    ax.set_title(said(f"{title}: {what}" if title else what.capitalize(), 90), pad=22)
    ax.spines["left"].set_visible(False)
    first, last = window
    if not last:
        ax.set_xticks([])
        return
    ax.set_xlim(first - _edge(window), last + _edge(window))
    ticks = list(_ticks(first, last))
    ax.set_xticks(
        [day for day, _ in ticks], labels=[words for _, words in ticks], rotation=30, ha="right", rotation_mode="anchor", fontsize=8
    )


def _edge(window: tuple[int, int]) -> int:
    """Return how many days stand empty before and after those that are drawn."""
    return max(2, (window[1] - window[0]) // 60)


def _ticks(first: int, last: int) -> Iterator[tuple[int, str]]:
    """Yield days with their dates, at most a dozen: days, beginnings of months or of years."""
    step = next((days for days in (1, 2, 7) if (last - first) / days <= MOST_TICKS), 0)
    if step:
        yield from ((day, dated(date.fromordinal(day).isoformat())) for day in range(first, last + 1, step))
        return
    step = next((months for months in (1, 2, 3, 6) if (last - first) / 30 / months <= MOST_TICKS), 12)
    while (last - first) / 30 / step > MOST_TICKS:
        step *= 2
    begin, end = date.fromordinal(first), date.fromordinal(last)
    months = range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month)
    for month in months:
        day = date(month // 12, month % 12 + 1, 1)
        if month % step == 0 and first <= day.toordinal():
            yield day.toordinal(), dated(day.isoformat()[: 7 if step < 12 else 4])


def _legend(ax: Axes, marks: Sequence[_Mark], height: float) -> None:
    """Say what the marks are, below the dates; the height of the axes is in inches."""
    there = {mark.event.basis for mark in marks}
    for basis in MARKS:
        if basis in there:
            shape, colour = MARKS[basis]
            ax.plot([], [], shape, color=colour, markersize=5, label=SAYS[basis])
    if any(mark.first < mark.last for mark in marks):
        ax.plot([], [], color=GREY, linewidth=5, label="bar: no single day is known")
    if any(not mark.event.is_confirmed for mark in marks):
        ax.plot([], [], "o", color=GREY, markerfacecolor="white", markersize=5, label="hollow: nobody has confirmed it")
    if any(mark.number > 1 for mark in marks):
        ax.plot([], [], "none", label="×2: two of one date and kind")
    if marks:
        ax.legend(loc="upper left", bbox_to_anchor=(0, -0.72 / height), ncols=3, frameon=False, fontsize=8)


def _left_out(*numbers: int) -> str:
    """Return what is not drawn."""
    parts = zip(numbers, ("earlier", "later", "for want of room", "without a date", WITHHELD), strict=True)
    told = ", ".join(f"{number:,} {what}" for number, what in parts if number)
    return f"Not drawn: {told}" if told else ""

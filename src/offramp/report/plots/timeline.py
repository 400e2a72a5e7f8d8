"""How often somebody could have moved, over time: step lines, with a mark where something begins or ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from offramp.analysis.timeline import Moment
from offramp.report.history import FOLLOWED, followed
from offramp.report.plots.style import COLOURS, GREY, INK, MARKERS, Axes, house_style, inert, new_axes, said
from offramp.report.words import dated

DASHES: tuple[str | tuple[int, tuple[int, ...]], ...] = ("-", "--", ":", "-.", (0, (6, 1, 1, 1, 1, 1)), (0, (1, 3)), (0, (8, 3)))
LINES = (*COLOURS, INK, GREY)
SAYS = {"can_move": "somebody", "lawful": "lawfully", "clear": "lawfully and without harm", "unharmed": "without harm"}
MAX_LINES = 8
"""Lines drawn; those that are highest at some date come first."""

APART = 0.052
"""Least distance of two labels at the ends of their lines, as a share of the height."""


def plot_timeline(moments: Sequence[Moment], ax: Axes | None = None, names: Sequence[str] | None = None, title: str = "") -> Axes:
    """Draw the share of headlines over time.

    Parameters
    ----------
    moments : sequence of Moment
        From `offramp.timeline`.
    ax : Axes, optional
        Where to draw; by default on a new figure.
    names : sequence of str, optional
        Headlines to draw; by default who has a way out, and whether one is lawful and clear.
    title : str, optional
        What the case is called.

    Examples
    --------
    >>> import offramp
    >>> ax = plot_timeline(offramp.timeline(offramp.Builder(offramp.read_case("two-prisoners"))))
    >>> ax.get_ylabel()
    'share of the combinations of readings'
    """
    solved = [moment for moment in moments if not moment.reason]
    shown = _shown(solved, followed(solved, list(names) if names is not None else None) if solved else [])
    with house_style():
        ax = new_axes(ax, 9.0, 5.0)
        days = [_day(moment.date) for moment in moments]
        last = max(days, default=0) + max(30, (max(days, default=0) - min(days, default=0)) // 30)
        _marks(ax, moments)
        for place, name in enumerate(shown):
            shares = [moment.shares.get(name, 0.0) for moment in solved]
            there = [_day(moment.date) for moment in solved]
            (line,) = ax.step([*there, last], [*shares, shares[-1]], where="post", linewidth=1.7, markersize=4)
            line.set(color=LINES[place % len(LINES)], linestyle=DASHES[place % len(DASHES)], marker=MARKERS[place % len(MARKERS)])
            line.set_markevery(list(range(len(there))))
        _labels(ax, solved, shown, last)
        _frame(ax, moments, last)
        what = "who has a way out, over time" if shown == _shown(solved, followed(solved)) else "over time"
        ax.set_title(said(f"{title}: {what}" if title else what.capitalize(), 90), pad=18)
        return inert(ax)


def _shown(solved: Sequence[Moment], names: Sequence[str]) -> list[str]:
    """Return the headlines that get a line: at most `MAX_LINES`, in the order given."""
    high = sorted(names, key=lambda name: -max(moment.shares.get(name, 0.0) for moment in solved))[:MAX_LINES]
    chosen = [name for name in names if name in FOLLOWED] + [name for name in high if name not in FOLLOWED]
    return [name for name in names if name in chosen[:MAX_LINES]]


def _day(text: str) -> int:
    """Return a date as a day number; of a month or a year, its first."""
    return date.fromisoformat(text + "-01-01"[len(text) - 4 :]).toordinal()


def _marks(ax: Axes, moments: Sequence[Moment]) -> None:
    """Draw a line where something begins or ends, with how many that are; the date of the case by another."""
    for moment in moments:
        begins = sum(event.begins for event in moment.events)
        counts = [f"+{begins}" if begins else "", f"−{len(moment.events) - begins}" if len(moment.events) > begins else ""]
        if moment.events:
            ax.axvline(_day(moment.date), color=GREY, linewidth=0.7, linestyle=(0, (1, 2)), zorder=0)
            _above(ax, moment, " ".join(filter(None, counts)), GREY)
        if moment.is_now:
            ax.axvline(_day(moment.date), color=INK, linewidth=0.9, zorder=0)
            _above(ax, moment, "the case", INK)


def _above(ax: Axes, moment: Moment, words: str, colour: str) -> None:
    place = (_day(moment.date), 1.02)
    ax.annotate(words, place, xycoords=ax.get_xaxis_transform(), ha="center", fontsize=7.5, color=colour, annotation_clip=False)


def _labels(ax: Axes, solved: Sequence[Moment], names: Sequence[str], last: int) -> None:
    """Write what each line is at its end, in its colour, the labels kept apart."""
    ends = sorted(((solved[-1].shares.get(name, 0.0), place, name) for place, name in enumerate(names)), reverse=True)
    levels = spread([share for share, _, _ in ends], APART)
    for (share, place, name), level in zip(ends, levels, strict=True):
        colour = LINES[place % len(LINES)]
        arrow = {"arrowstyle": "-", "color": colour, "linewidth": 0.6, "shrinkA": 0, "shrinkB": 0, "relpos": (0, 0.5)}
        ax.annotate(
            f"{said(SAYS.get(name, name.removeprefix('mover.').replace('+', ' + ')), 34)}, {100 * share:.0f} %",
            (last, share),
            xytext=(14, level),
            textcoords=("offset points", "data"),
            va="center",
            fontsize=8,
            color=colour,
            arrowprops=arrow,
            annotation_clip=False,
        )


def spread(levels: Sequence[float], apart: float) -> list[float]:
    """Return falling levels put at least `apart` from each other, those that are close around their middle.

    Examples
    --------
    >>> [round(level, 2) for level in spread([0.9, 0.5, 0.5, 0.1], 0.1)]
    [0.9, 0.55, 0.45, 0.1]
    """
    groups: list[list[float]] = []
    for level in levels:
        groups.append([level])
        while len(groups) > 1 and _top(groups[-1], apart) > _top(groups[-2], apart) - apart * len(groups[-2]):
            groups[-2:] = [groups[-2] + groups[-1]]
    return [_top(group, apart) - apart * place for group in groups for place in range(len(group))]


def _top(group: Sequence[float], apart: float) -> float:
    return sum(group) / len(group) + apart * (len(group) - 1) / 2


def _frame(ax: Axes, moments: Sequence[Moment], last: int) -> None:
    """Set the axes: dates as the case has them, shares in per cent."""
    ticks: list[tuple[int, str]] = []
    span = max(1, last - min((_day(moment.date) for moment in moments), default=last))
    for moment in moments:
        if not ticks or _day(moment.date) - ticks[-1][0] > span * 0.045:
            ticks.append((_day(moment.date), dated(moment.date)))
    ax.set_xticks([day for day, _ in ticks], labels=[words for _, words in ticks], rotation=40, ha="right", rotation_mode="anchor")
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1], labels=["0 %", "25 %", "50 %", "75 %", "100 %"])
    ax.set_ylim(-0.02, 1.02)
    ax.margins(x=0.01)
    ax.set_ylabel("share of the combinations of readings")
    ax.set_xlabel("+ begins, − ends: judgements that come into force and go out of it")

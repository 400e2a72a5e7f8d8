"""Two versions of a case, as a picture: the headlines that differ, with their shares in A and in B."""

from __future__ import annotations

from typing import Any

from offramp.analysis.diff import Diff, Difference
from offramp.report.differed import Differed, share_told
from offramp.report.plots import rows
from offramp.report.plots.style import COLOURS, GREY, INK, Axes, house_style, inert, new_axes, said
from offramp.report.voice import Voice
from offramp.report.words import sentence_case

FACES: tuple[dict[str, Any], ...] = (
    {"marker": "o", "markersize": 8, "markerfacecolor": "white", "markeredgecolor": INK, "markeredgewidth": 1.2},
    {"marker": "s", "markersize": 5, "markerfacecolor": COLOURS[0], "markeredgecolor": INK, "markeredgewidth": 0.4},
)
"""Of A, a ring; of B, a square, which fits into it."""


def plot_diff(difference: Differed, ax: Axes | None = None, limit: int = 24) -> Axes:
    """Draw the headlines that differ between two versions of a case: their shares in A and in B.

    Those that turn come first, as in the table of the verb. A headline that
    only one version has is a single mark.

    Parameters
    ----------
    difference : Differed
        What to draw, with the words of both versions.
    ax : Axes, optional
        Where to draw; by default on a new figure.
    limit : int
        Number of headlines.

    Examples
    --------
    >>> import offramp
    >>> from offramp.sources.evidence import Evidence
    >>> files = [offramp.read_case(name) for name in ("prisoners-dilemma", "elmira-12")]
    >>> voices = [Voice(file, Evidence({}, {}, {}), True) for file in files]
    >>> found = offramp.diff(*files)
    >>> len(plot_diff(Differed(*voices, found)).get_yticklabels()) == len(found.differences)
    True
    """
    found = difference.found
    shown = found.differences[:limit]
    names = [rows.broken(sentence_case(difference.headline(one))) for one in shown]
    with house_style():
        ax = new_axes(ax, 9.0, rows.height(names))
        for row, one in enumerate(shown):
            _draw(ax, row, one)
        if not shown:
            rows.instead(ax, _nothing(found))
        rows.label(ax, names, 0.7)
        _frame(ax, len(found.differences) - len(shown))
        _legend(ax, difference, len(shown))
        return inert(ax)


def _draw(ax: Axes, row: int, one: Difference) -> None:
    """Draw a mark for each version that has the headline, and write both shares."""
    shares = (one.before, one.after)
    there = [share for share in shares if share is not None]
    ax.plot(there, [row] * len(there), color=GREY, linewidth=2, solid_capstyle="butt", zorder=2, clip_on=False)
    for share, face in zip(shares, FACES, strict=True):
        if share is not None:
            ax.plot(share, row, linestyle="", zorder=3, clip_on=False, **face)
    rows.write(ax, max(there), row, f"{share_told(one.before)} → {share_told(one.after)}" + ", turns" * one.turns)


def _nothing(found: Diff) -> str:
    unsolved = [name for name, there in (("A", found.before), ("B", found.after)) if there.reason]
    return f"{' and '.join(unsolved)} cannot be solved" if unsolved else "no headline differs"


def _frame(ax: Axes, hidden: int) -> None:
    ax.set_xlim(-0.05, 1.4)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], labels=["0%", "25%", "50%", "75%", "100%"])
    ax.spines["bottom"].set_bounds(0, 1)
    ax.set_xlabel("Share of the combinations in which it holds", fontsize=8)
    ax.set_title("Headlines that differ, A → B", pad=22)
    turning = "Turns: from none, some (up to half), most or all of the combinations to another of these"
    rows.below_title(ax, turning + f"; {hidden:,} more not drawn" * bool(hidden))


def _legend(ax: Axes, difference: Differed, number: int) -> None:
    for name, voice, face in zip("AB", (difference.before, difference.after), FACES, strict=True):
        ax.plot([], [], linestyle="", label=f"{name}: {_version(voice)}", **face)
    rows.legend(ax, number, 1)


def _version(voice: Voice) -> str:
    """Return what a version is called, and of when it is."""
    return said(voice.case.title, 70) + (f", as of {voice.case.as_of}" if voice.case.as_of else "")

"""Pictures that are rows: a name at the left, in as many lines as it takes, a mark, and its numbers at the right."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from offramp.report.plots.style import INK, Axes, said

WIDTH, LINES = 50, 3
"""Characters and lines of a name; what is longer is cut."""


def broken(name: str) -> str:
    """Return a name in lines that fit.

    Examples
    --------
    >>> broken("some way out is lawful throughout and does no harm that the case knows of")
    'some way out is lawful throughout and does no harm\\nthat the case knows of'
    """
    lines = textwrap.wrap(said(name, 400), WIDTH, break_on_hyphens=False) or [""]
    return "\n".join([*lines[: LINES - 1], said(" ".join(lines[LINES - 1 :]), WIDTH)] if len(lines) > LINES else lines)


def height(names: Sequence[str]) -> float:
    """Return the height in inches that the rows of these names take, broken already, and what stands around them."""
    lines = max((name.count("\n") + 1 for name in names), default=1)
    return 2.1 + (0.15 + 0.14 * max(lines, 2)) * max(len(names), 2)


def label(ax: Axes, names: Sequence[str], above: float) -> None:
    """Write the names at the left, the first on top, with room for so many rows above its middle."""
    ax.set_yticks(range(len(names)), labels=list(names), fontsize=8)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(max(len(names), 2) - 0.4, -above)
    ax.spines["left"].set_visible(False)


def write(ax: Axes, place: float, row: int, words: str) -> None:
    """Write what the numbers of a row are, to the right of all that is drawn in it."""
    ax.annotate(words, (place, row), (8, 0), textcoords="offset points", ha="left", va="center", fontsize=8, color=INK)


def below_title(ax: Axes, words: str) -> None:
    """Write a line between the title, with `pad` 22, and the picture."""
    ax.annotate(words, (0, 1), (0, 8), xycoords="axes fraction", textcoords="offset points", fontsize=8)


def instead(ax: Axes, words: str) -> None:
    """Say why there is no row."""
    ax.annotate(words, (0.5, 0.5), xycoords="axes fraction", ha="center", va="center")


def legend(ax: Axes, rows: int, columns: int) -> None:
    """Say below the axes what the marks are that have a label; only where there is any."""
    if ax.get_legend_handles_labels()[0]:
        ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.95 / (max(rows, 2) + 0.8)), ncols=columns, frameon=False, fontsize=8)

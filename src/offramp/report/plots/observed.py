"""The table of readings after an observation: how much of each combination remains."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from offramp.analysis.observed import Kept, Observed
from offramp.report.naming import reading_label
from offramp.report.plots.style import FADED, GREY, INK, SHADES, Axes, Figure, house_style, inert, new_axes, said
from offramp.report.sure_records import in_order
from offramp.report.sure_words import ASSUMES
from offramp.report.voice import Voice


def plot_observed(observed: Observed, ax: Axes | None = None, voice: Voice | None = None) -> Axes:
    """Draw how many cells remain of each combination of readings once it is observed that nobody has moved.

    A table of the readings of the two decision makers who have most of them;
    where only one has several, bars.

    Parameters
    ----------
    observed : Observed
        What to draw.
    ax : Axes, optional
        Where to draw; by default on a new figure.
    voice : Voice, optional
        What it withholds is not named; by default readings go by their ids.

    Examples
    --------
    >>> import offramp
    >>> found = offramp.observed(offramp.Builder(offramp.read_case("two-prisoners")))
    >>> ax = plot_observed(found)
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['law_first', 'wants_return', 'would_swap', 'humanitarian']
    """
    rivals = _rivals(observed)
    with house_style():
        ax = new_axes(ax, 7.5, 3.6)
        _draw_table(ax, observed, rivals[0], rivals[1], voice) if len(rivals) > 1 else _draw_bars(ax, observed, rivals, voice)
        together = ", and to be able to agree" if observed.together else ""
        ax.set_title(f"Cells that remain if {ASSUMES[observed.foresight]}{together} ({observed.foresight})", fontsize=9)
        return inert(ax)


def plot_assumptions(found: Sequence[Observed], title: str = "", voice: Voice | None = None) -> Figure:
    """Draw what remains under each of some assumptions, one below the other."""
    with house_style():
        figure = Figure(figsize=(7.5, 0.6 + 3.1 * len(found)), layout="constrained")
        for number, each in enumerate(found, 1):
            plot_observed(each, figure.add_subplot(len(found), 1, number), voice)
        if title:
            text = figure.suptitle(said(title, 90), fontsize=11, x=0.01, ha="left", parse_math=False)
            text.set_usetex(False)
        return figure


def _rivals(observed: Observed) -> list[str]:
    """Return the decision makers with several readings, those with most first, then in file order."""
    count: dict[str, int] = {}
    for (dm, _), _ in in_order(observed.readings):
        count[dm] = count.get(dm, 0) + 1
    several = [dm for dm, number in count.items() if number > 1]
    return sorted(several, key=lambda dm: -count[dm])


def remaining(observed: Observed, one: str, other: str) -> tuple[list[str], list[str], np.ndarray, int]:
    """Return the readings of two decision makers, how many cells remain of each pair, and how many cells each pair has."""
    names = {dm: [name for (there, name), _ in in_order(observed.readings) if there == dm] for dm in (one, other)}
    table = np.zeros((len(names[one]), len(names[other])), dtype=np.int64)
    for choice in observed.remaining:
        chosen = dict(choice.readings)
        table[names[one].index(chosen[one]), names[other].index(chosen[other])] += 1
    return names[one], names[other], table, observed.num_cells // table.size


def _named(voice: Voice | None, dm: str, name: str) -> str:
    """Return what a reading is called, its id where it may be said."""
    return said(name if voice is None else reading_label(voice, dm, name), 30)


def _draw_table(ax: Axes, observed: Observed, one: str, other: str, voice: Voice | None) -> None:
    """Draw the table, rows for `one`, columns for `other`, with the numbers written in."""
    rows, columns, table, cells = remaining(observed, one, other)
    edges = [np.arange(number + 1) - 0.5 for number in (len(columns), len(rows))]
    ax.pcolormesh(*edges, table / cells, cmap=SHADES, vmin=0, vmax=1)
    ax.invert_yaxis()
    for (row, column), number in np.ndenumerate(table):
        dark = number / cells > 0.7
        words = f"{number} of {cells}" if number else "none"
        ax.text(column, row, words, ha="center", va="center", fontsize=8.5, color="white" if dark else INK)
    ax.set_yticks(range(len(rows)), labels=[_named(voice, one, name) for name in rows])
    ax.set_xticks(range(len(columns)), labels=[_named(voice, other, name) for name in columns])
    ax.set_ylabel(f"{said(one, 30)}, read as")
    ax.set_xlabel(f"{said(other, 30)}, read as")
    ax.tick_params(length=0)
    ax.set_xticks(np.arange(0.5, len(columns) - 1), minor=True)
    ax.set_yticks(np.arange(0.5, len(rows) - 1), minor=True)
    ax.grid(which="minor", color=GREY, linewidth=0.6)
    ax.tick_params(which="minor", length=0)
    ax.spines[:].set_visible(True)


def _draw_bars(ax: Axes, observed: Observed, rivals: list[str], voice: Voice | None) -> None:
    """Draw one bar for each reading of the only decision maker who has several, or one for the whole grid."""
    tally = [(_named(voice, dm, name), kept) for (dm, name), kept in in_order(observed.readings) if dm in rivals]
    tally = tally or [("all cells", Kept(observed.num_cells, len(observed.remaining)))]
    for row, (_, kept) in enumerate(tally):
        ax.barh(row, 1, height=0.6, color=FADED)
        ax.barh(row, kept.remaining / kept.cells, height=0.6, color=SHADES(0.6))
        ax.annotate(f"{kept.remaining} of {kept.cells}", (1.01, row), va="center", fontsize=8.5)
    ax.set_yticks(range(len(tally)), labels=[name for name, _ in tally])
    ax.set_ylim(max(len(tally), 3) - 0.5, -0.5)
    ax.set_xlim(0, 1.18)
    ax.set_xticks([0, 0.5, 1], labels=["0 %", "50 %", "100 %"])
    ax.set_xlabel("cells that remain" + (f", by the reading of {said(rivals[0], 30)}" if rivals else ""))
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)

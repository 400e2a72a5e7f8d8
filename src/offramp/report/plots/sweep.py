"""What a sweep found, as pictures: the shares of headlines, and what decides one of them."""

from __future__ import annotations

from typing import Any

from offramp.analysis.sweep.run import Sweep, counted
from offramp.report.naming import headline_label, path_label
from offramp.report.plots.style import COLOURS, FADED, GREY, INK, MARKERS, Axes, Figure, house_style, inert, new_axes, said
from offramp.report.sure_words import public_voice
from offramp.report.sweep_words import FactorSayer, by_group, ranked, telling

GROUPS = ("rests", "can_move", "lawful", "wish", "claim", "mover")
"""The groups of headlines that are drawn."""

MOST = 12
"""Number of movers that are drawn, the most frequent."""


def plot_shares(sweep: Sweep, ax: Axes | None = None) -> Axes:
    """Draw how often headlines hold: a point each, with its interval at 95 % where a sample was drawn.

    Ends and refuted claims are left out.

    Parameters
    ----------
    sweep : Sweep
        What to draw.
    ax : Axes, optional
        Where to draw; by default on a new figure.

    Examples
    --------
    >>> import offramp
    >>> found = offramp.sweep(offramp.Builder(offramp.read_case("elmira-12")), base_points=0)
    >>> [label.get_text() for label in plot_shares(found).get_yticklabels()][:2]
    ['rests.nash', 'rests.gmr']
    """
    rows, voice = _rows(sweep), public_voice(sweep.builder)
    with house_style():
        ax = new_axes(ax, height=1.4 + 0.22 * max(len(rows), 3))
        for row, (name, place) in enumerate(rows):
            share = sweep.shares[name]
            ax.plot([share.low, share.high], [row, row], color=INK, linewidth=1.4, zorder=2, solid_capstyle="butt", clip_on=False)
            ax.plot(share.share, row, zorder=3, clip_on=False, **_face(place))
        ax.set_yticks(range(len(rows)), labels=[said(headline_label(voice, name), 44) for name, _ in rows], fontsize=8)
        ax.set_ylim(max(len(rows), 1) - 0.4, -0.6)
        _frame(ax, "Share of the variants in which it holds")
        ax.set_xticks([0, 0.25, 0.5, 0.75, 1], labels=["0 %", "25 %", "50 %", "75 %", "100 %"])
        ax.set_title("How often each headline holds", pad=20)
        _below_title(ax, _counts(sweep))
        return inert(ax)


def _rows(sweep: Sweep) -> list[tuple[str, int]]:
    """Return the headlines that are drawn, each with the place of its group."""
    groups = by_group(sweep)
    return [(name, place) for place, group in enumerate(GROUPS) for name in groups.get(group, [])[: MOST if group == "mover" else None]]


def _counts(sweep: Sweep) -> str:
    there = counted(sweep.num_variants)
    void = f", {sweep.num_void:,} void" if sweep.num_void else ""
    return f"{there} variants, all solved{void}" if sweep.is_exact else f"a sample of {sweep.num_solved:,} of {there} variants{void}"


def plot_importance(sweep: Sweep, headline: str = "clear", limit: int = 15, ax: Axes | None = None) -> Axes:
    """Draw what decides a headline: a bar for the total-order index of each factor, a point for the first-order one.

    Parameters
    ----------
    sweep : Sweep
        What to draw.
    headline : str
        The headline.
    limit : int
        Number of factors, the most important.
    ax : Axes, optional
        Where to draw; by default on a new figure.

    Examples
    --------
    >>> import offramp
    >>> found = offramp.sweep(offramp.Builder(offramp.read_case("two-prisoners")), sample=100, base_points=16)
    >>> len(plot_importance(found, "can_move", limit=7).patches)
    7
    """
    there, say = telling(ranked(sweep, headline), limit), FactorSayer(sweep)
    with house_style():
        ax = new_axes(ax, height=1.9 + 0.36 * max(len(there), 6))
        for row, (_, each) in enumerate(there):
            ax.barh(row, each.total, height=0.5, color=FADED, edgecolor=GREY, linewidth=0.6, label="total" if row == 0 else None)
            ax.plot(each.first, row, zorder=3, clip_on=False, label="alone" if row == 0 else None, **_face(0))
        labels = [f"{said(_short(say(factor)), 48)}\n{said(_place(path_label(say.say.voice, factor.path)), 48)}" for factor, _ in there]
        ax.set_yticks(range(len(there)), labels=labels, fontsize=8)
        ax.set_ylim(max(len(there), 6) - 0.4, -0.6)
        _frame(ax, "Part of the variance; estimates, small negative values are noise")
        ax.set_title(f"What decides “{said(headline_label(say.say.voice, headline), 36)}”", pad=20)
        _below_title(ax, f"from a design of {sweep.base_points:,} points" if there else "")
        _legend(ax, bool(there))
        return inert(ax)


def sweep_figure(sweep: Sweep, headline: str = "clear", limit: int = 15) -> Figure:
    """Return both pictures in one: the shares on the left, what decides a headline on the right."""
    rows = max(0.22 * len(_rows(sweep)), 0.36 * len(telling(ranked(sweep, headline), limit)), 1.5)
    with house_style():
        figure = Figure(figsize=(13, 1.9 + rows), layout="constrained")
        left, right = figure.subplots(1, 2, width_ratios=(1, 1.1))
        figure.suptitle(said(sweep.builder.case.title, 100), x=0.01, ha="left", fontsize=12).set_parse_math(False)
        plot_shares(sweep, left)
        plot_importance(sweep, headline, limit, right)
    return figure


def _face(place: int) -> dict[str, Any]:
    colour = COLOURS[place % len(COLOURS)]
    return {"marker": MARKERS[place], "linestyle": "", "color": colour, "markersize": 5.5, "markeredgecolor": INK, "markeredgewidth": 0.4}


def _frame(ax: Axes, label: str) -> None:
    low = min(0.0, *ax.get_xlim()) if label.startswith("Part") else 0.0
    ax.set_xlim(low, 1.0 if label.startswith("Share") else None)
    ax.axvline(0, color=GREY, linewidth=0.8, zorder=1)
    ax.tick_params(axis="y", length=0, pad=7)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x", color=FADED, linewidth=0.5)
    ax.set_axisbelow(True)
    ax.set_xlabel(label, fontsize=8)


def _below_title(ax: Axes, text: str) -> None:
    ax.annotate(text, (0, 1), (0, 7), xycoords="axes fraction", textcoords="offset points", fontsize=8, color=GREY)


def _legend(ax: Axes, is_drawn: bool) -> None:
    if is_drawn:
        labels = {"total": "bar: stays open while it alone is unknown", "alone": "point: goes once it alone is known"}
        handles, names = ax.get_legend_handles_labels()
        ax.legend(handles, [labels[name] for name in names], loc="lower right", frameon=True, framealpha=0.9, edgecolor="none", fontsize=8)
    else:
        ax.annotate("it is the same at all points of the design", (0.5, 0.5), xycoords="axes fraction", ha="center", va="center")


def _place(path: str) -> str:
    """Return where a judgement stands, without the name of the section where the rest tells it."""
    return path.removeprefix("readings.")


def _short(says: str) -> str:
    """Return what a factor says, of readings without their list."""
    before, found, _ = says.partition(": which reading holds")
    return before + found

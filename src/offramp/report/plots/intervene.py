"""What somebody outside could add, as a picture: in how many cells a way out opens then, and in how many none is left."""

from __future__ import annotations

from typing import Any

from offramp.analysis.intervene import OPENED, Effect, Tried
from offramp.errors import UnknownLabelError
from offramp.report.intervened import Intervened
from offramp.report.plots import rows
from offramp.report.plots.style import COLOURS, INK, SHADES, Axes, house_style, inert, new_axes, said

WORDS = {"lawful": "a lawful way out", "clear": "a clear way out", "can_move": "any way out"}
"""The headlines as the table of the verb has them."""

CLOSED: dict[str, Any] = {"facecolor": "white", "edgecolor": COLOURS[1], "hatch": "//////", "linewidth": 0.8}


def plot_interventions(found: Intervened, headline: str = "lawful", limit: int = 15, ax: Axes | None = None) -> Axes:
    """Draw in how many cells a headline is true with each intervention, and with each pair.

    One row each, those first that make it true in most cells. From the line,
    the case as it stands, a bar to the right for the cells where it becomes
    true, a hatched one to the left for those where it ceases to be; the
    diamond is what that comes to.

    Parameters
    ----------
    found : Intervened
        What to draw, with the names under which a public telling knows it.
    headline : str
        One of `OPENED`.
    limit : int
        Number of rows.
    ax : Axes, optional
        Where to draw; by default on a new figure.

    Raises
    ------
    UnknownLabelError
        If interventions are not judged by this headline.

    Examples
    --------
    >>> import offramp
    >>> from offramp.sources.evidence import read_evidence
    >>> builder = offramp.Builder(offramp.read_case("two-prisoners"))
    >>> evidence = read_evidence(builder.file.folder)  # says which names are withheld
    >>> told = Intervened(builder, evidence, offramp.interventions(builder, most=1))
    >>> len(plot_interventions(told).get_yticklabels())
    6
    """
    if headline not in OPENED:
        raise UnknownLabelError("headline", headline, list(OPENED))
    tried = sorted(found.effective, key=lambda one: -one.effects[headline].opened)
    shown = [(_name(found, one), one.effects[headline]) for one in tried[:limit]]
    names = [name for name, _ in shown]
    with house_style():
        ax = new_axes(ax, 9.0, rows.height(names))
        for row, (_, effect) in enumerate(shown):
            _draw(ax, row, effect)
        if shown:
            _draw_base(ax, shown[0][1].before, len(shown))
        else:
            rows.instead(ax, "none of them can be added")
        rows.label(ax, names, 1.2)
        _frame(ax, found, headline, len(tried) - len(shown))
        _legend(ax, [effect for _, effect in shown])
        return inert(ax)


def _name(found: Intervened, tried: Tried) -> str:
    return rows.broken(" + ".join(map(found.short, tried.interventions)))


def _draw(ax: Axes, row: int, effect: Effect) -> None:
    """Draw what opens and what closes, and write what they come to."""
    if effect.opened:
        ax.barh(row, effect.opened, left=effect.before, height=0.46, color=SHADES(0.5))
    if effect.closed:
        left = effect.before - effect.closed
        ax.barh(row, effect.closed, left=left, height=0.46, **CLOSED)
    ax.plot(effect.after, row, marker="D", markersize=5, color=INK, linestyle="", zorder=4, clip_on=False)
    rows.write(ax, effect.before + effect.opened, row, numbers(effect))


def numbers(effect: Effect) -> str:
    """Return the numbers of a row, signs where a way out opens and where none is left.

    Examples
    --------
    >>> numbers(Effect(170, 176, 14, 8)), numbers(Effect(170, 170, 0, 0))
    ('170 → 176 (+14 −8)', '170 → 170')
    """
    changes = [f"+{effect.opened:,}"] * bool(effect.opened) + [f"−{effect.closed:,}"] * bool(effect.closed)
    return f"{effect.before:,} → {effect.after:,}" + (f" ({' '.join(changes)})" if changes else "")


def _draw_base(ax: Axes, before: int, number: int) -> None:
    ax.plot([before, before], [-0.55, max(number, 2) - 0.4], color=INK, linewidth=1.2, zorder=3)
    ax.annotate(f"as it stands: {before:,}", (before, -0.65), ha="center", va="bottom", fontsize=8)


def _frame(ax: Axes, found: Intervened, headline: str, hidden: int) -> None:
    cells, refused = found.found.num_cells, len(found.refused)
    ax.set_xlim(-0.08 * cells, 1.3 * cells)
    ticks = sorted({round(cells * quarter / 4) for quarter in range(5)})
    ax.set_xticks(ticks, labels=[f"{tick:,}" for tick in ticks])
    ax.spines["bottom"].set_bounds(0, cells)
    ax.set_xlabel(f"Cells with {WORDS[headline]}, of {cells:,}", fontsize=8)
    ax.set_title(said(found.title(), 90), pad=22)
    left = [f"{hidden:,} more not drawn"] * bool(hidden) + [f"{refused:,} cannot be added"] * bool(refused)
    counted = f"In how many cells there is {WORDS[headline]}, as it stands → with what is added"
    rows.below_title(ax, "; ".join([counted, *left]))


def _legend(ax: Axes, shown: list[Effect]) -> None:
    """Say what the bars and the diamond are, of those that are drawn."""
    if any(effect.opened for effect in shown):
        ax.fill_between([], [], color=SHADES(0.5), label="+ a way out opens")
    if any(effect.closed for effect in shown):
        ax.fill_between([], [], label="− none is left", **CLOSED)
    if shown:
        ax.plot([], [], marker="D", markersize=5, color=INK, linestyle="", label="with what is added")
    rows.legend(ax, len(shown), 3)

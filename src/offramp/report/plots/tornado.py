"""The tornado of flip points: how far each judgement, judged otherwise, moves one headline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from offramp.analysis.flips import Flip, Flips
from offramp.analysis.headlines import TOLERANCE
from offramp.analysis.otherwise import Kind
from offramp.case.yaml_reader import Path_
from offramp.report.naming import headline_label, path_label
from offramp.report.plots.style import COLOURS, FADED, GREY, INK, MARKERS, Axes, house_style, inert, new_axes, said
from offramp.report.sure_words import Sayer, done, meaning, percent

KINDS: tuple[Kind, ...] = ("dropped", "negated", "raised", "lowered", "settled", "settled on", "settled off", "made final", "made free")
FACES = {kind: (MARKERS[number], COLOURS[number % len(COLOURS)]) for number, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Bar:
    """One judgement: the changes of it that can be tried, each with the share of the headline that it gives."""

    path: Path_
    base: float
    changes: tuple[tuple[Flip, float], ...]

    @property
    def low(self) -> float:
        """The lowest share, that of the case as it stands among them."""
        return min(self.base, *(share for _, share in self.changes))

    @property
    def high(self) -> float:
        """The highest share."""
        return max(self.base, *(share for _, share in self.changes))

    @property
    def distance(self) -> float:
        """How far the headline moves at most."""
        return max(self.high - self.base, self.base - self.low)

    def at(self, share: float) -> list[Flip]:
        """Return the changes that give this share."""
        return [flip for flip, there in self.changes if abs(there - share) <= TOLERANCE]


def bars(flips: Flips, headline: str, limit: int) -> list[Bar]:
    """Return the judgements that move a headline, the most moving first.

    Examples
    --------
    >>> import offramp
    >>> found = offramp.flips(offramp.Builder(offramp.read_case("two-prisoners")))
    >>> [(bar.path[-1], bar.low, bar.high) for bar in bars(found, "clear", 2)]
    [('reprisal', 0.0, 0.5625), ('restraint', 0.0, 0.5625)]
    """
    changes: dict[Path_, list[tuple[Flip, float]]] = {}
    for flip in flips.tried:
        if not flip.reason:
            changes.setdefault(flip.path, []).append((flip, flips.turn(flip, headline).after))
    base = flips.shares.get(headline, 0.0)
    found = [bar for path, there in changes.items() if (bar := Bar(path, base, tuple(there))).distance > TOLERANCE]
    return sorted(found, key=lambda bar: (-round(bar.distance, 12), -round(bar.high - bar.low, 12)))[:limit]


def plot_tornado(flips: Flips, headline: str = "clear", limit: int = 15, ax: Axes | None = None) -> Axes:
    """Draw how far each judgement, judged otherwise, moves a headline.

    One bar a judgement, from the lowest to the highest share of the headline
    that its changes give; the most moving on top. The line is the share as it
    stands.

    Parameters
    ----------
    flips : Flips
        What to draw.
    headline : str
        The headline.
    limit : int
        Number of judgements.
    ax : Axes, optional
        Where to draw; by default on a new figure.

    Examples
    --------
    >>> import offramp
    >>> found = offramp.flips(offramp.Builder(offramp.read_case("prisoners-dilemma")))
    >>> len(plot_tornado(found, "can_move").patches)
    6
    """
    found = bars(flips, headline, limit)
    with house_style():
        ax = new_axes(ax, height=1.9 + 0.38 * max(len(found), 2))
        _draw_bars(ax, found)
        _draw_base(ax, flips.shares.get(headline, 0.0), len(found))
        say = Sayer(flips.builder)
        _label(ax, found, say)
        _frame(ax, flips, headline_label(say.voice, headline), len(found))
        _legend(ax, found)
        return inert(ax)


def _draw_bars(ax: Axes, found: list[Bar]) -> None:
    """Draw the bars with a marker for each change, the kinds at their ends in words."""
    for row, bar in enumerate(found):
        ax.barh(row, bar.high - bar.low, left=bar.low, height=0.5, color=FADED, edgecolor=GREY, linewidth=0.6)
        for flip, share in bar.changes:
            if abs(share - bar.base) > TOLERANCE:
                ax.plot(share, row, zorder=3, clip_on=False, **_face(flip.kind))
        for share, side in ((bar.low, -1), (bar.high, 1)):
            if abs(share - bar.base) > TOLERANCE:
                place = ("right", "left")[side > 0]
                words = _words(bar.at(share))
                ax.annotate(words, (share, row), (7 * side, 0), textcoords="offset points", ha=place, va="center", fontsize=7.5)


def _face(change: Kind) -> dict[str, Any]:
    marker, colour = FACES[change]
    return {"marker": marker, "linestyle": "", "color": colour, "markersize": 5.5, "markeredgecolor": INK, "markeredgewidth": 0.4}


def _words(there: list[Flip]) -> str:
    """Return the kinds of some changes in short, of each the one with the fewest places."""
    kinds = [done(flip) for flip in {flip.kind: flip for flip in sorted(there, key=lambda flip: -flip.places)}.values()]
    return kinds[0] + (f", {kinds[1]}" if len(kinds) == 2 and len("".join(kinds)) < 16 else ", …" if len(kinds) > 1 else "")


def _draw_base(ax: Axes, base: float, rows: int) -> None:
    ax.plot([base, base], [-0.55, max(rows, 2) - 0.4], color=INK, linewidth=1.2, zorder=2)
    ax.annotate(f"as it stands: {percent(base)}", (base, -0.65), ha="center", va="bottom", fontsize=8)
    if not rows:
        ax.annotate("no change of one judgement moves it", (0.5, 0.5), xycoords="axes fraction", ha="center", va="center")


def _label(ax: Axes, found: list[Bar], say: Sayer) -> None:
    labels = [f"{said(say(bar.path), 46)}\n{_place(path_label(say.voice, bar.path))}" for bar in found]
    ax.set_yticks(range(len(found)), labels=labels, fontsize=8)
    ax.tick_params(axis="y", length=0)


def _place(told: str) -> str:
    """Return where a judgement stands, without the name of the section where the rest tells it."""
    for section in ("readings.", "decision_makers."):
        told = told.removeprefix(section)
    return said(told.replace(".options.", "."), 46)


def _frame(ax: Axes, flips: Flips, headline: str, rows: int) -> None:
    ax.set_xlim(-0.2, 1.2)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], labels=["0 %", "25 %", "50 %", "75 %", "100 %"])
    ax.set_ylim(max(rows, 2) - 0.4, -1.2)
    ax.spines["left"].set_visible(False)
    ax.spines["bottom"].set_bounds(0, 1)
    cells = f"the {flips.num_cells:,} combinations of readings and contested entries" if flips.num_cells > 1 else "one combination"
    ax.set_xlabel(f"Share of {cells} in which it holds", fontsize=8)
    ax.set_title(f"What moves “{said(headline, 40)}”, if one judgement is judged otherwise", pad=22)
    ax.annotate(said(meaning(headline), 100), (0, 1), (0, 8), xycoords="axes fraction", textcoords="offset points", fontsize=8, color=GREY)


def _legend(ax: Axes, found: list[Bar]) -> None:
    """Say which marker is which kind of change, of those that are drawn."""
    drawn = {flip.kind for bar in found for flip, share in bar.changes if abs(share - bar.base) > TOLERANCE}
    for change in KINDS:
        if change in drawn:
            ax.plot([], [], label=change, **_face(change))
    if drawn:
        ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.9 / (len(found) + 1.4)), ncols=5, frameon=False, fontsize=8)

"""How pictures look and how they are written; the one place where Matplotlib is imported.

Pyplot stays out: no window, no state, no other figures. What comes from a case
is drawn as it stands: a dollar sign begins no formula, no character is obeyed.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.text import Text

from offramp.cli.output import printable
from offramp.errors import ChoiceError
from offramp.files import write_atomic

__all__ = [
    "COLOURS",
    "FADED",
    "GREY",
    "INK",
    "MARKERS",
    "SHADES",
    "Axes",
    "Figure",
    "check_suffix",
    "figure_of",
    "house_style",
    "inert",
    "new_axes",
    "said",
    "save",
]

logging.getLogger("matplotlib").addHandler(logging.NullHandler())  # of fonts and caches the reader wants to hear nothing

WIDTH, HEIGHT = 8.0, 4.5
"""Size of a picture in inches, where the plot asks for no other."""

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""Of Okabe and Ito, told apart by nearly everybody; with `MARKERS` or words beside them, never alone."""

MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*", "p", "h")
INK, GREY, FADED = "#1a1a1a", "#6b6b6b", "#d9d9d9"

SHADES = LinearSegmentedColormap.from_list("offramp", ("#ffffff", "#8fc1de", "#0072b2"))
"""From none to all."""

_SETTINGS: dict[Any, Any] = {
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9,
    "axes.titlesize": 11,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "text.parse_math": False,
    "text.usetex": False,
    "figure.dpi": 100,
    "savefig.dpi": 200,
    "savefig.bbox": "tight",
    "savefig.pad_inches": 0.15,
    "svg.fonttype": "none",
    "svg.hashsalt": "offramp",
}
_NOT_OURS = ("backend", "interactive", "toolbar", "webagg")
_NO_METADATA = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}


@contextmanager
def house_style() -> Iterator[None]:
    """Draw as all our pictures are drawn, whatever the reader has set up for Matplotlib."""
    plain: dict[Any, Any] = {name: value for name, value in matplotlib.rcParamsDefault.items() if not name.startswith(_NOT_OURS)}
    with warnings.catch_warnings(), matplotlib.rc_context():
        warnings.simplefilter("ignore")  # letters that the font lacks, settings that Matplotlib gave up
        matplotlib.rcParams.update({**plain, **_SETTINGS})
        yield


def new_axes(ax: Axes | None = None, width: float = WIDTH, height: float = HEIGHT) -> Axes:
    """Return `ax`, or axes of a new figure of this size in inches."""
    return Figure(figsize=(width, height), layout="constrained").add_subplot() if ax is None else ax


def figure_of(ax: Axes) -> Figure:
    """Return the figure on which `ax` stands."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure


def said(text: str, limit: int = 60) -> str:
    """Return `text` in one line that a picture can hold, cut to `limit` characters.

    Examples
    --------
    >>> said("red\\x1b[31m\\n $x$"), said("a long word", 8)
    ('red\\\\x1b[31m $x$', 'a long …')
    """
    line = printable(" ".join(text.split()))
    return line if len(line) <= limit else line[: limit - 1] + "…"


def inert(ax: Axes) -> Axes:
    """Return `ax` with every text on it taken as it stands: call it last, on axes of whatever origin."""
    for text in ax.findobj(Text):
        assert isinstance(text, Text)
        text.set_parse_math(False)
        text.set_usetex(False)
    return ax


def check_suffix(path: str | Path) -> str:
    """Return the form of the picture that a file name asks for.

    Raises
    ------
    ChoiceError
        If it ends neither in .svg nor in .png.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in (".svg", ".png"):
        raise ChoiceError(f"{path}: a picture is written as .svg or .png; end the name of the file in one of the two")
    return suffix[1:]


def save(figure: Figure, path: str | Path) -> None:
    """Write a picture, SVG or PNG by the end of its name; the same picture gives the same bytes.

    Raises
    ------
    ChoiceError
        For another ending.
    StorageError
        If the file cannot be written.
    """
    form, buffer = check_suffix(path), io.BytesIO()
    with house_style():
        figure.savefig(buffer, format=form, metadata=_NO_METADATA[form])
    write_atomic(Path(path), buffer.getvalue())

"""Plain sentences on the terminal, as wide as tables are."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

from offramp.cli.output import WIDTH, printable


def wrapped(words: str, width: int = WIDTH, first: str = "", then: str = "") -> list[str]:
    """Return text in lines at most `width` columns wide, wide letters counted as two.

    Parameters
    ----------
    words : str
        The text, in one paragraph.
    width : int
        Of a line, what it begins with included.
    first, then : str
        What the first line and the others begin with.

    Examples
    --------
    >>> wrapped("two words", 7, "- ", "  "), wrapped("한국어 a", 4)
    (['- two', '  words'], ['한국', '어 a'])
    """
    from rich.cells import cell_len

    lines, line, lead = list[str](), "", first
    for gap, word in re.findall(r"(\s*)(\S+)", words):
        gap = " " * len(gap) if line else ""
        if line and cell_len(f"{lead}{line}{gap}{word}") > width:
            lines.append(lead + line)
            line, lead, gap = "", then, ""
        while not line and cell_len(lead + word) > width:
            fits = _fitting(word, width - cell_len(lead))
            lines.append(lead + word[:fits])
            word, lead = word[fits:], then
        line += gap + word
    return [*lines, lead + line] if line or not lines else lines


def _fitting(word: str, columns: int) -> int:
    """Return how many letters of a word fit, at least one; in one pass, since a word may be as long as its file."""
    from rich.cells import cell_len

    used = 0
    for k, letter in enumerate(word):
        used += cell_len(letter)
        if used > columns:
            return max(k, 1)
    return max(len(word), 1)


def tell(paragraphs: Iterable[str], bold: bool = False) -> None:
    """Print paragraphs at most `WIDTH` columns wide, wide letters counted as two."""
    from rich.console import Console
    from rich.text import Text

    class Terminal(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # as for tables

    console = Terminal(width=min(WIDTH, Console().width) if sys.stdout.isatty() else WIDTH, highlight=False, soft_wrap=False)
    for words in paragraphs:
        console.print(Text(printable(words), style="bold" if bold else ""))

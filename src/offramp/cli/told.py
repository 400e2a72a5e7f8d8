"""Plain sentences on the terminal, as wide as tables are."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from offramp.cli.output import WIDTH, printable


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

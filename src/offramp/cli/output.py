"""Answers on the terminal: tables, JSON and CSV that cannot do harm there."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import typer

WIDTH = 100
_UNSEEN = ("Cc", "Cf", "Cs")


def printable(text: str) -> str:
    """Return `text` with control and direction characters spelled out.

    Examples
    --------
    >>> printable("red\\x1b[31m")
    'red\\\\x1b[31m'
    """
    return "".join(letter if letter in "\n\t" or unicodedata.category(letter) not in _UNSEEN else _spelled(letter) for letter in text)


def _spelled(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def print_json(record: Any) -> None:
    """Print a record as JSON, keys in their order, letters as they are, control and direction characters as escapes."""
    typer.echo(escaped(json.dumps(record, ensure_ascii=False, indent=2)))


def escaped(text: str) -> str:
    """Return JSON that says the same, with what a terminal would obey, or what cannot be seen, as JSON's own escapes.

    Examples
    --------
    >>> escaped('{"words": "a\u202eb"}')
    '{"words": "a\\\\u202eb"}'
    >>> json.loads(escaped('"a\U000e0001"')) == "a\U000e0001"
    True
    """
    if text.isascii() and "\x7f" not in text:
        return text
    return "".join(letter if letter == "\n" or unicodedata.category(letter) not in _UNSEEN else _units(letter) for letter in text)


def _units(letter: str) -> str:
    """Return a character as JSON escapes it: by its UTF-16 units."""
    code = letter.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{code[place : place + 4]}" for place in range(0, len(code), 4))


def print_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as CSV; a text that a spreadsheet would run as a formula gets an apostrophe before it.

    What a terminal would obey is spelled out where a terminal shows it; a file gets the text as it is.
    """
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    is_seen = sys.stdout.isatty()
    for row in rows:
        cells = [inert(value) for value in row]
        writer.writerow([printable(cell) if is_seen and isinstance(cell, str) else cell for cell in cells])


def print_notes(notes: Iterable[str]) -> None:
    """Print what goes with an answer that has no place for it, on standard error."""
    for note in notes:
        typer.echo(printable(f"note: {note}"), err=True)


def inert(value: object) -> object:
    """Return `value`, with an apostrophe before a text that a spreadsheet would run.

    Examples
    --------
    >>> inert("=1+1"), inert(-3), inert("-YY--")
    ("'=1+1", -3, "'-YY--")
    """
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def print_table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]], notes: Iterable[str] = ()) -> None:
    """Print rows under a header, at most `WIDTH` columns wide, with notes below."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    class Terminal(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # as for JSON and CSV; by itself Rich would exit 1

    console = Terminal(width=min(WIDTH, Console().width) if sys.stdout.isatty() else WIDTH, highlight=False, soft_wrap=False)
    console.print(Text(printable(title), style="bold"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name in header:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    console.print(table)
    for note in notes:
        console.print(Text(printable(note)))

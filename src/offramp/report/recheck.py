"""A brief that was written, held against what its case gives today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from offramp.errors import CaseError, ChoiceError, Problem
from offramp.report.brief import AUDIENCES, Brief, make_brief
from offramp.report.words import undated

_FIGURE = re.compile(r'data-key="([^"]*)"')
_AS_OF = re.compile(r"^(?:<li>)?As of ((?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{4})(?=</li>| · | \(the case itself: )", re.MULTILINE)
MAX_BYTES = 50_000_000
MAX_TOLD = 20


def differences(folder: Path, written: Path) -> list[str]:
    """Return where the brief in `written` is not what `folder` gives, a line of text each.

    Everything in a brief follows from the case and the date it is told at, so it
    is made again, at its date for each audience, and compared with the nearer of the two. A differing line is told
    with the keys of the figures in it.

    Raises
    ------
    CaseError
        If `written` cannot be read, or the case is faulty.
    """
    text = _read(written)
    kind = "markdown" if written.suffix == ".md" else "html"
    date = date_of(text)
    try:
        made = [_text(make_brief(folder, audience, date), kind) for audience in AUDIENCES]
    except ChoiceError as error:
        return [f"it says that it is told as of {date}, and then: {error}"]
    if text in made:
        return []
    nearest = min((list(_compare(text, again)) for again in made), key=len)
    return nearest[:MAX_TOLD] + ([f"and {len(nearest) - MAX_TOLD} more lines"] if len(nearest) > MAX_TOLD else [])


def date_of(text: str) -> str | None:
    """Return the date at which a brief, HTML or Markdown, says that it is told; None where it says none.

    Examples
    --------
    >>> date_of("# A strike\\n\\nAs of 23 March 2025 (the case itself: 31 May 2026) · No dated fact")
    '2025-03-23'
    """
    said = _AS_OF.search(text)
    return undated(said[1]) if said else None


def _text(brief: Brief, kind: str) -> str:
    return brief.markdown if kind == "markdown" else brief.html


def _read(written: Path) -> str:
    try:
        with written.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise CaseError([Problem(str(written), 0, "", f"larger than {MAX_BYTES:,} bytes", "a brief")])
        return raw.decode("utf-8")
    except OSError as error:
        raise CaseError([Problem(str(written), 0, "", f"cannot be read ({error.strerror})", "a brief")]) from None
    except UnicodeDecodeError:
        raise CaseError([Problem(str(written), 0, "", "is no UTF-8", "a brief")]) from None


def _compare(text: str, again: str) -> Iterator[str]:
    """Yield a text for every line that differs."""
    for number, (there, here) in enumerate(zip_longest(text.split("\n"), again.split("\n")), 1):
        if there != here:
            keys = sorted({key for line in (there, here) if line for key in _FIGURE.findall(line)})
            yield f"line {number} differs from what the case gives" + (f"; figures {', '.join(keys[:6])}" if keys else "")

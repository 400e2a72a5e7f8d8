"""The one entry point: a text in, statements and mentions out."""

from __future__ import annotations

from offramp.errors import SourceError
from offramp.reading.actors import find_mentions
from offramp.reading.cast import cast
from offramp.reading.dates import find_dates
from offramp.reading.engine import statements
from offramp.reading.legal import find_legal
from offramp.reading.lines import unwrapped
from offramp.reading.parse import parse, parsed_whole
from offramp.reading.records import ReadText
from offramp.reading.speakers import with_names
from offramp.reading.view import views

MAX_LETTERS = 2_000_000
"""Code points of a text, some 300,000 words: their names are looked for together, which takes some 300 MB a million."""


def read_text(text: str, dated: str | None = None, outlet: str = "") -> ReadText:
    """Read the attributed statements of a text.

    Parameters
    ----------
    text : str
        The text, as stored, of at most `MAX_LETTERS` code points; all places are code points of it.
    dated : str, optional
        Date of the report, as in EDTF; dates in the text are resolved against it.
    outlet : str, optional
        Who published it.

    Returns
    -------
    read : ReadText
        Statements in text order, each with the day on which it was said where that is stated; who and
        what the text names, its dates and its references to law.

    Raises
    ------
    MissingExtraError
        If the extra ``read`` is not installed.
    SourceError
        If the text is too long.

    Notes
    -----
    The text is parsed paragraph by paragraph, so the cost grows with its length. English only.

    Examples
    --------
    >>> read = read_text('“We will wait,” said Ann Lee. She added that nobody was in a hurry.')
    >>> [(statement.kind, statement.speaker) for statement in read.statements]
    [('direct', 'Ann Lee'), ('indirect', 'Ann Lee')]
    """
    if len(text) > MAX_LETTERS:
        raise SourceError(f"the text has {len(text):,} characters; at most {MAX_LETTERS:,} are read at once: cut it, and read its parts")
    read = unwrapped(text)
    dates = find_dates(read, dated)
    found = list(statements(read, parse(views(read)), outlet, dates, dated))
    laws = tuple(find_legal(read))
    named = find_mentions(parsed_whole(read), outlet)
    found = list(with_names(read, found, named, outlet))
    mentions = cast(read, named, found, laws)
    return ReadText(
        text,
        tuple(found),
        tuple(dates),
        tuple(one for one in mentions if one.kind in ("person", "group")),
        tuple(one for one in mentions if one.kind == "organisation"),
        tuple(one for one in mentions if one.kind == "place"),
        laws,
    )

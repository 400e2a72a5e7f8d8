"""The one entry point: a text in, statements and mentions out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from offramp.reading.engine import statements
from offramp.reading.parse import parse
from offramp.reading.records import ReadText
from offramp.reading.view import views

Annotator = Callable[[ReadText, str | None, str], ReadText]
ANNOTATORS: list[Annotator] = []
"""Further readers, called in turn with what was read, the report's date and its outlet; each returns it with more filled in."""


def read_text(text: str, dated: str | None = None, outlet: str = "") -> ReadText:
    """Read the attributed statements of a text.

    Parameters
    ----------
    text : str
        The text, as stored. Any length; all places are code points of it.
    dated : str, optional
        Date of the report, as in EDTF; dates in the text are resolved against it.
    outlet : str, optional
        Who published it.

    Returns
    -------
    read : ReadText
        Statements in text order; mentions and dates as far as `ANNOTATORS` fill them in.

    Raises
    ------
    MissingExtraError
        If the extra ``read`` is not installed.

    Notes
    -----
    The text is parsed paragraph by paragraph, so the cost grows with its length. English only.

    Examples
    --------
    >>> read = read_text('“We will wait,” said Ann Lee. She added that nobody was in a hurry.')
    >>> [(statement.kind, statement.speaker) for statement in read.statements]
    [('direct', 'Ann Lee'), ('indirect', 'Ann Lee')]
    """
    read = ReadText(text, tuple(statements(text, parse(views(text)))))
    for annotate in ANNOTATORS:
        read = annotate(replace(read), dated, outlet)
    return read

"""The one entry point: a text in, statements and mentions out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from offramp.reading.actors import find_mentions
from offramp.reading.cast import cast
from offramp.reading.dates import find_dates, said_on
from offramp.reading.engine import statements
from offramp.reading.legal import find_legal
from offramp.reading.parse import parse, parsed_whole
from offramp.reading.records import DateMention, ReadText, Span, Statement
from offramp.reading.view import views


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
        Statements in text order, each with the day on which it was said where that is stated; who and
        what the text names, its dates and its references to law.

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
    whole = parsed_whole(text)
    dates = find_dates(text, dated)
    found = list(statements(text, parse(views(text)), outlet))
    mentions = cast(text, find_mentions(whole, outlet), found)
    bounds = [(sentence.start_char, sentence.end_char) for sentence in whole.sents]
    return ReadText(
        text,
        tuple(_dated(found, text, dates, bounds, dated, outlet)),
        tuple(dates),
        tuple(one for one in mentions if one.kind == "person" or (one.kind == "group" and one.acts)),
        tuple(one for one in mentions if one.kind == "organisation"),
        tuple(one for one in mentions if one.kind == "place"),
        tuple(find_legal(text)),
    )


_NEAR = 160


def _dated(
    found: Iterable[Statement], text: str, dates: Sequence[DateMention], sentences: Sequence[Span], dated: str | None, outlet: str
) -> Iterator[Statement]:
    """Yield statements with the day on which each was said, where the text states it."""
    starts = [start for start, _ in sentences]
    before: Statement | None = None
    for one in found:
        place = one.cue_span or one.quote_spans[0]
        here = sentences[max(0, bisect_right(starts, place[0]) - 1)] if sentences else (0, len(text))
        free = [date for date in dates if not any(start <= date.span[0] < end for start, end in one.quote_spans)]
        day, is_stated = said_on(text, one.cue_span, free, here, dated)
        if not is_stated and before is not None and _goes_on(text, before, one):
            day, is_stated = before.said_on, True
        if not is_stated and dated and (one.speaker == outlet or _is_turn(text, one)):
            day, is_stated = dated, True
        before = replace(one, said_on=day if is_stated else "")
        yield before


_PRESENT = frozenset(("says", "say", "has", "have", "is", "are", "writes", "recalls", "thinks"))


def _goes_on(text: str, before: Statement, one: Statement) -> bool:
    """Whether a saying is of the same occasion as the one before it: the same speaker, right after it."""
    told = text[slice(*one.cue_span)].lower().split() if one.cue_span else []
    near = one.quote_spans[0][0] - before.quote_spans[-1][1] < _NEAR
    return bool(before.said_on) and near and before.speaker == one.speaker != "" and not _PRESENT & set(told) and not one.negated


def _is_turn(text: str, one: Statement) -> bool:
    """Whether a statement is a turn of a transcript: a label, a colon, the words."""
    label = one.speaker_span
    return one.cue_span is None and label is not None and text[label[1] : label[1] + 1] == ":" and one.quote_spans[0][0] > label[1]

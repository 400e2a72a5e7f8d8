"""Spans of a text that do not overlap, to ask whether another touches one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from offramp.reading.records import Span


class Spans:
    """Spans joined where they overlap, in order; a question costs the logarithm of their number.

    Examples
    --------
    >>> apart = Spans([(4, 6), (0, 2), (5, 9)])
    >>> apart.spans, apart.touch((8, 12)), apart.touch((2, 4)), apart.cover((8, 12)), apart.cover((5, 9))
    ([(0, 2), (4, 9)], True, False, False, True)
    """

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans: list[Span] = []
        for start, end in sorted(spans):
            if self.spans and start < self.spans[-1][1]:
                self.spans[-1] = (self.spans[-1][0], max(end, self.spans[-1][1]))
            else:
                self.spans.append((start, end))

    def touch(self, span: Span) -> bool:
        """Say whether a span shares a character with one of these."""
        place = bisect_left(self.spans, (span[1], 0)) - 1
        return place >= 0 and self.spans[place][1] > span[0]

    def cover(self, span: Span) -> bool:
        """Say whether a span lies inside one of these."""
        place = bisect_left(self.spans, (span[1], 0)) - 1
        return place >= 0 and self.spans[place][0] <= span[0] and span[1] <= self.spans[place][1]

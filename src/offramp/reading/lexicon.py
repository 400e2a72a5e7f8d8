"""Lists of words, as they are written in the source."""

from __future__ import annotations


def listed(text: str) -> frozenset[str]:
    """Return the words of a text as a set.

    Examples
    --------
    >>> sorted(listed("both of them"))
    ['both', 'of', 'them']
    """
    return frozenset(text.split())

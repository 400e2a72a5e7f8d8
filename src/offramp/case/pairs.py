"""Preferences said pair by pair: ``a > b >> c = d``, the better state first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from offramp.case.entries import FaultAtError

SIGNS = {">": 1, ">>": 2, "=": 0}
"""How the state before the sign compares with the one after it: better, greatly better, equal."""

Said = dict[str, dict[str, int]]

_BETWEEN = re.compile(r"\s+(>>|>|=)\s+")


def chain(text: str) -> tuple[list[str], list[int]]:
    """Return the states of one line, and the signs between them.

    Raises
    ------
    ValueError
        ``found|expected|remedy``, if it is no such line.

    Examples
    --------
    >>> chain("s2 >> s3 > s4")
    (['s2', 's3', 's4'], [2, 1])
    """
    states = _BETWEEN.split(text.strip())
    signs = [SIGNS[sign] for sign in states[1::2]]
    states = states[::2]
    if len(states) < 2 or not all(states):
        raise ValueError(f"{text!r}|two states or more with >, >> or = between them, such as 'a > b'|write the better state first")
    if len(set(states)) < len(states):
        raise ValueError(f"{text!r} names a state twice|each state once in a line|remove one")
    return states, signs


def states_of(text: str) -> list[str]:
    """Return the states that one line names."""
    return chain(text)[0]


def renamed(text: str, name: Callable[[str], str]) -> str:
    """Return a line with its states called otherwise.

    Examples
    --------
    >>> renamed("a > b = c", str.upper)
    'A > B = C'
    """
    parts = _BETWEEN.split(text.strip())
    return " ".join(part if place % 2 else name(part) for place, part in enumerate(parts))


def compared(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield every pair of a line: one state, a later one, and how the first compares with it."""
    states, signs = chain(text)
    for first in range(len(states)):
        for second in range(first + 1, len(states)):
            yield states[first], states[second], max(signs[first:second])


def said(lines: Sequence[str]) -> Said:
    """Return how each state compares with others: ``said[a][b]`` is 1 where a is better than b, 2 where greatly, negative where worse.

    Raises
    ------
    FaultAtError
        ``found|expected|remedy``, where two lines contradict each other, or three pairs do not go together.

    Examples
    --------
    >>> said(["a > b", "c = b"])
    {'a': {'b': 1}, 'b': {'a': -1, 'c': 0}, 'c': {'b': 0}}
    """
    found: Said = {}
    for place, line in enumerate(lines):
        try:
            chain(line)
        except ValueError as error:
            raise FaultAtError(("pairs", place), str(error)) from None
        for one, other, sign in compared(line):
            before = found.setdefault(one, {}).get(other)
            if before is not None and before != sign:
                raise FaultAtError(
                    ("pairs", place),
                    f"{line!r} says that {_told(one, other, sign)}, and another line that {_told(one, other, before)}|one of the two|"
                    "remove one, or leave the pair out and write unlisted: unknown",
                )
            found[one][other] = sign
            found.setdefault(other, {})[one] = -sign
    for one, middle, other in intransitive(found):
        parts = (_told(one, middle, found[one][middle]), _told(middle, other, found[middle][other]), _told(one, other, found[one][other]))
        raise FaultAtError(
            ("pairs",),
            f"{parts[0]} and {parts[1]}, but {parts[2]}|pairs that go together|correct one, or leave one out and write unlisted: unknown",
        )
    return found


def intransitive(found: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[str, str, str]]:
    """Yield three states of which the first is as good as the second, that as the third, and the first not as good as both ask."""
    for middle, there in found.items():
        for one in there:
            above = found[one][middle]
            for other, below in there.items():
                if above >= 0 and below >= 0 and other in found[one] and not _goes_together(above, below, found[one][other]):
                    yield one, middle, other


def _goes_together(above: int, below: int, whole: int) -> bool:
    if above == below == 0:
        return whole == 0
    return whole >= max(above, below)


def _told(one: str, other: str, sign: int) -> str:
    signs = {value: text for text, value in SIGNS.items()}
    return f"{one} {signs[sign]} {other}" if sign >= 0 else f"{other} {signs[-sign]} {one}"

"""Disallowed transitions, coalesced and unseen states as a case file writes them: formulas, patterns, and what is wrong with them.

A pattern has one letter, Y, N or -, for each option in file order. It is told
from a formula by its letters alone: a formula names something, and an id begins
with a small letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from offramp.case.schema import Case
from offramp.case.yaml_reader import Document, Path_
from offramp.errors import Problem
from offramp.formula import Formula


def is_pattern(text: str) -> bool:
    """Return whether a text in the place of a formula is a pattern, be it of the right length or not.

    Examples
    --------
    >>> is_pattern("Y--N"), is_pattern("yes"), is_pattern("a -> b")
    (True, False, False)
    """
    return bool(text) and not set(text) - set("YN-")


def pattern_formula(pattern: str, options: Sequence[str]) -> Formula:
    """Return the formula that holds where a pattern matches.

    Examples
    --------
    >>> str(pattern_formula("Y-N", ["a.x", "a.y", "b.z"]))
    'a.x and not b.z'
    """
    parts = [_letter(letter, option) for option, letter in zip(options, pattern, strict=True) if letter != "-"]
    if len(parts) < 2:
        return parts[0] if parts else Formula("true")
    return Formula("and", tuple(parts), depth=1 + max(part.depth for part in parts))


def _letter(letter: str, option: str) -> Formula:
    name = Formula("name", label=option)
    return name if letter == "Y" else Formula("not", (name,), depth=2)


def shape_texts(case: Case) -> Iterator[tuple[Path_, str]]:
    """Yield every formula of the disallowed transitions, coalesced and unseen states with its path."""
    for path, text in _written(case):
        if path[-1] != "pattern" and not (is_pattern(text) and not case.is_graph):
            yield path, text


def pattern_formulas(case: Case) -> dict[Path_, Formula]:
    """Return what the patterns of disallowed transitions, coalesced and unseen states say, by the paths of those that are well formed."""
    return {path: pattern_formula(text, list(case.options)) for path, text in _patterns(case) if _is_whole(text, case)}


def shape_problems(case: Case, document: Document, in_order: str) -> Iterator[Problem]:
    """Yield what is wrong with disallowed transitions, coalesced and unseen states; `in_order` tells the options of the case."""
    if case.is_graph and case.coalesce:
        found, remedy = "coalesced states in a case that lists its states", "list them as one state, with the moves of all"
        yield document.problem(("coalesce",), found, "no coalesce", remedy)
    for path, text in _patterns(case) if case.options else ():
        if not _is_whole(text, case):
            yield document.problem(path, f"the pattern {text!r}", f"{len(case.options)} letters of Y, N and -, one an option", in_order)


def _written(case: Case) -> Iterator[tuple[Path_, str]]:
    for name, entry in case.disallowed.items():
        yield ("disallowed", name, "from"), entry.from_
        yield ("disallowed", name, "to"), entry.to
    for name, there in case.coalesce.items():
        if there.that is not None:
            yield ("coalesce", name, "that"), there.that
        if there.pattern is not None:
            yield ("coalesce", name, "pattern"), there.pattern
    for dm, entries in case.misperceptions.items():
        for name, unseen in entries.items():
            yield ("misperceptions", dm, name, "that" if unseen.pattern is None else "pattern"), unseen.that or unseen.pattern or ""


def _patterns(case: Case) -> list[tuple[Path_, str]]:
    return [(path, text) for path, text in _written(case) if path[-1] == "pattern" or (is_pattern(text) and not case.is_graph)]


def _is_whole(text: str, case: Case) -> bool:
    return len(text) == len(case.options) and is_pattern(text)

"""Formulas as unions of patterns, and back.

A pattern fixes some options, each taken or not. Every formula is a union of
patterns; one that is written as such keeps its patterns and their order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce

from offramp.formula import Formula
from offramp.interchange.gmcr_record import Pattern

MAX_PATTERNS = 1_000
"""Number of patterns beyond which a formula is not taken apart."""

MAX_PRODUCTS = 20_000
"""Number of pairs of patterns beyond which two unions are not intersected."""

_Terms = tuple[dict[str, bool], ...]


class TooManyPatternsError(ValueError):
    """A formula that is no union of so few patterns."""


def as_formula(patterns: Sequence[Pattern], labels: Sequence[str]) -> str:
    """Return the text of the formula that holds where one of the patterns matches.

    Examples
    --------
    >>> as_formula([((0, True), (2, False)), ((1, True),)], ["a", "b", "c"])
    'a and not c or b'
    """
    terms = [" and ".join(labels[place] if taken else f"not {labels[place]}" for place, taken in pattern) or "true" for pattern in patterns]
    return " or ".join(terms) or "false"


def as_patterns(formula: Formula, places: Mapping[str, int], truth: Mapping[str, bool], *, holds: bool = True) -> tuple[Pattern, ...]:
    """Return patterns of which one matches exactly where a formula holds.

    Parameters
    ----------
    formula : Formula
        With full labels.
    places : mapping of str to int
        By option.
    truth : mapping of str to bool
        By condition.
    holds : bool
        Whether the formula has to hold, or to fail.

    Raises
    ------
    TooManyPatternsError
        If there are more than `MAX_PATTERNS`, or on the way to them.

    Examples
    --------
    >>> from offramp.formula import parse
    >>> as_patterns(parse("a <-> b"), {"a": 0, "b": 1}, {})
    (((0, True), (1, True)), ((0, False), (1, False)))
    >>> as_patterns(parse("a -> b and winter"), {"a": 0, "b": 1}, {"winter": True}, holds=False)
    (((0, True), (1, False)),)
    """
    terms = _plain_union(formula, truth) if holds else None
    if terms is not None:
        return tuple(tuple((places[label], taken) for label, taken in term.items()) for term in terms)
    return tuple(tuple(sorted((places[label], taken) for label, taken in term.items())) for term in _terms(formula, truth, holds))


def _plain_union(formula: Formula, truth: Mapping[str, bool]) -> _Terms | None:
    """Return the terms of a formula that is written as a union of patterns, as they stand; None for any other."""
    found = [_literals(part, truth) for part in (formula.parts if formula.kind == "or" else (formula,))]
    return tuple(term for term in found if term is not None) if None not in found and len(found) <= MAX_PATTERNS else None


def _literals(formula: Formula, truth: Mapping[str, bool]) -> dict[str, bool] | None:
    found: dict[str, bool] = {}
    for part in formula.parts if formula.kind == "and" else (formula,):
        name = part.parts[0] if part.kind == "not" else part
        if name.kind != "name" or name.label in truth or name.label in found:
            return None
        found[name.label] = part.kind != "not"
    return found


def _terms(formula: Formula, truth: Mapping[str, bool], holds: bool) -> _Terms:
    kind, parts = formula.kind, formula.parts
    if kind == "name":
        constant = truth.get(formula.label)
        return ({formula.label: holds},) if constant is None else _constant(constant == holds)
    if kind in ("true", "false"):
        return _constant((kind == "true") == holds)
    if kind == "not":
        return _terms(parts[0], truth, not holds)
    return _COMPOUND[kind](parts, truth, holds)


def _constant(holds: bool) -> _Terms:
    return ({},) if holds else ()


def _every(choices: Sequence[_Terms]) -> _Terms:
    return reduce(_both, choices, ({},))


def _any(choices: Sequence[_Terms]) -> _Terms:
    return _kept(tuple(term for terms in choices for term in terms))


def _both(left: _Terms, right: _Terms) -> _Terms:
    if len(left) * len(right) > MAX_PRODUCTS:
        raise TooManyPatternsError
    return _kept(tuple({**a, **b} for a in left for b in right if all(b.get(label, taken) == taken for label, taken in a.items())))


def _kept(terms: _Terms) -> _Terms:
    """Return the terms that no other, more general one makes needless, in their order."""
    unique = {frozenset(term.items()): term for term in reversed(terms)}
    found: list[frozenset[tuple[str, bool]]] = []
    for term in sorted(unique, key=len):
        if not any(other <= term for other in found):
            found.append(term)
        if len(found) > MAX_PATTERNS:
            raise TooManyPatternsError
    chosen = set(found)
    return tuple(term for key, term in reversed(unique.items()) if key in chosen)


def _conjunction(parts: Sequence[Formula], truth: Mapping[str, bool], holds: bool) -> _Terms:
    choices = [_terms(part, truth, holds) for part in parts]
    return _every(choices) if holds else _any(choices)


def _disjunction(parts: Sequence[Formula], truth: Mapping[str, bool], holds: bool) -> _Terms:
    choices = [_terms(part, truth, holds) for part in parts]
    return _any(choices) if holds else _every(choices)


def _implication(parts: Sequence[Formula], truth: Mapping[str, bool], holds: bool) -> _Terms:
    choices = [_terms(parts[0], truth, not holds), _terms(parts[1], truth, holds)]
    return _any(choices) if holds else _every(choices)


def _equivalence(parts: Sequence[Formula], truth: Mapping[str, bool], holds: bool) -> _Terms:
    sides = [[_terms(parts[0], truth, first), _terms(parts[1], truth, first == holds)] for first in (True, False)]
    return _any([_every(side) for side in sides])


def _at_most_one(parts: Sequence[Formula], truth: Mapping[str, bool], holds: bool) -> _Terms:
    return _counted(parts, truth, (0, 1) if holds else (2,))


def _exactly_one(parts: Sequence[Formula], truth: Mapping[str, bool], holds: bool) -> _Terms:
    return _counted(parts, truth, (1,) if holds else (0, 2))


def _counted(parts: Sequence[Formula], truth: Mapping[str, bool], numbers: Sequence[int]) -> _Terms:
    """Return the terms in which none, one, or two and more of the parts hold, as `numbers` says."""
    by_number: list[_Terms] = [({},), (), ()]
    for part in parts:
        yes, no = _terms(part, truth, True), _terms(part, truth, False)
        none, one, more = by_number
        by_number = [
            _both(none, no),
            _any([_both(one, no), _both(none, yes)]),
            _any([more, _both(one, yes)]),
        ]
    return _any([by_number[number] for number in numbers])


_COMPOUND: dict[str, Callable[[Sequence[Formula], Mapping[str, bool], bool], _Terms]] = {
    "and": _conjunction,
    "or": _disjunction,
    "implies": _implication,
    "iff": _equivalence,
    "at_most_one": _at_most_one,
    "exactly_one": _exactly_one,
}

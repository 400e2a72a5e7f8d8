"""Boolean formulas over options and conditions: parse, print, evaluate.

A formula is read by a grammar and never run as code. `parse` gives a `Formula`,
a nested tuple of frozen nodes; ``str(formula)`` is its canonical text and
parses back to an equal formula; `evaluate` takes the truth values of the atoms,
one bool each for one state or one array each for all states at once.

Precedence, tightest first: ``not``, ``and``, ``or``, ``->``, ``<->``; ``->``
binds to the right.

Examples
--------
>>> formula = parse("retaliate -> (ask or transfer)")
>>> str(formula)
'retaliate -> ask or transfer'
>>> sorted(atoms(formula))
['ask', 'retaliate', 'transfer']
>>> evaluate(formula, {"retaliate": True, "ask": False, "transfer": False})
False
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from offramp.errors import FormulaError

MAX_LENGTH = 4_000
MAX_DEPTH = 50
WORDS = ("true", "false", "not", "and", "or", "at_most_one", "exactly_one")
"""Words of the language, which name nothing."""

GRAMMAR = r"""
?formula: iff
?iff: implies | iff "<->" implies
?implies: either | either "->" implies
?either: both ("or" both)*
?both: unary ("and" unary)*
?unary: "not" unary -> negation | atom
?atom: NAME -> name
     | "true" -> true
     | "false" -> false
     | "(" iff ")" -> group
     | "at_most_one" arguments -> at_most_one
     | "exactly_one" arguments -> exactly_one
arguments: "(" iff ("," iff)* ")"
NAME: /[^\W\d]\w*(\.[^\W\d]\w*)?/
%ignore /[ \t\r\n]+/
"""


@dataclass(frozen=True)
class Formula:
    """A node: `kind`, its `parts`, and for a name its `label`.

    `kind` is one of ``name true false not and or implies iff at_most_one
    exactly_one``; `depth` is the nesting of the node.
    """

    kind: str
    parts: tuple[Formula, ...] = ()
    label: str = ""
    depth: int = 1

    def __str__(self) -> str:
        return _print(self, 0)

    def __hash__(self) -> int:
        return self._hash

    @functools.cached_property
    def _hash(self) -> int:
        return hash((self.kind, self.parts, self.label))

    @functools.cached_property
    def atoms(self) -> frozenset[str]:
        """The labels that occur in the formula."""
        if self.kind == "name":
            return frozenset([self.label])
        return frozenset().union(*(part.atoms for part in self.parts))


@functools.lru_cache(maxsize=4096)
def parse(text: str) -> Formula:
    """Return the formula that `text` says.

    Parameters
    ----------
    text : str
        At most `MAX_LENGTH` characters, nested at most `MAX_DEPTH` deep.

    Raises
    ------
    FormulaError
        With what was found, what was expected and what to do.
    """
    if len(text) > MAX_LENGTH:
        raise FormulaError(f"a formula of {len(text):,} characters", f"at most {MAX_LENGTH:,}", "split it, or name a part as a condition")
    if not text.strip():
        raise FormulaError("an empty formula", "a formula such as 'not exchange'", "write 'true' for what always holds")
    from lark.exceptions import UnexpectedInput

    try:
        formula: Formula = _parser().parse(text)
    except UnexpectedInput as error:
        raise _refusal(text, error) from None
    return formula


def evaluate(formula: Formula, values: Mapping[str, Any]) -> Any:
    """Return whether `formula` holds, given the truth value of every atom.

    Parameters
    ----------
    formula : Formula
        What to evaluate.
    values : mapping of str to bool or ndarray of bool, shape (num_states,)
        By atom. Arrays evaluate all states at once.

    Returns
    -------
    holds : bool or ndarray of bool, shape (num_states,)
        A plain bool when every atom that occurs is one.
    """
    kind = formula.kind
    if kind == "name":
        return values[formula.label]
    if kind in ("true", "false"):
        return kind == "true"
    parts = [evaluate(part, values) for part in formula.parts]
    return _OPERATIONS[kind](parts)


def atoms(formula: Formula) -> frozenset[str]:
    """Return the labels that occur in `formula`."""
    return formula.atoms


def rename(formula: Formula, labels: Mapping[str, str]) -> Formula:
    """Return `formula` with every atom that `labels` lists renamed."""
    if formula.kind == "name":
        return Formula("name", label=labels.get(formula.label, formula.label))
    return Formula(formula.kind, tuple(rename(part, labels) for part in formula.parts), depth=formula.depth)


def _all(parts: list[Any]) -> Any:
    return functools.reduce(lambda a, b: a & b, parts)


def _any(parts: list[Any]) -> Any:
    return functools.reduce(lambda a, b: a | b, parts)


def _count(parts: list[Any]) -> Any:
    return functools.reduce(lambda a, b: a + b, [part * 1 for part in parts])


_OPERATIONS: dict[str, Any] = {
    "not": lambda parts: parts[0] ^ True,
    "and": _all,
    "or": _any,
    "implies": lambda parts: (parts[0] ^ True) | parts[1],
    "iff": lambda parts: (parts[0] ^ parts[1]) ^ True,
    "at_most_one": lambda parts: _count(parts) <= 1,
    "exactly_one": lambda parts: _count(parts) == 1,
}

_SYMBOLS = {"iff": " <-> ", "implies": " -> ", "or": " or ", "and": " and "}
_STRENGTH = {"iff": 1, "implies": 2, "or": 3, "and": 4, "not": 5}


def _print(formula: Formula, outer: int) -> str:
    """Return the text of a node that stands inside one of strength `outer`."""
    kind = formula.kind
    if kind == "name":
        return formula.label
    if kind in ("true", "false"):
        return kind
    if kind in ("at_most_one", "exactly_one"):
        return f"{kind}({', '.join(_print(part, 0) for part in formula.parts)})"
    mine = _STRENGTH[kind]
    if kind == "not":
        text = "not " + _print(formula.parts[0], mine)
    elif kind == "implies":
        text = _print(formula.parts[0], mine + 1) + _SYMBOLS[kind] + _print(formula.parts[1], mine)
    elif kind == "iff":
        text = _print(formula.parts[0], mine) + _SYMBOLS[kind] + _print(formula.parts[1], mine + 1)
    else:
        text = _SYMBOLS[kind].join(_print(part, mine + 1) for part in formula.parts)
    return f"({text})" if mine < outer else text


def _node(kind: str, parts: list[Formula]) -> Formula:
    depth = 1 + max(part.depth for part in parts)
    if depth > MAX_DEPTH:
        raise FormulaError(f"a formula nested deeper than {MAX_DEPTH} levels", remedy="split it, or name a part as a condition")
    return Formula(kind, tuple(parts), depth=depth)


def _flat(kind: str, parts: list[Formula]) -> Formula:
    """Return `kind` over `parts`, with parts of the same kind taken apart: ``(a and b) and c`` is ``a and b and c``."""
    return _node(kind, [piece for part in parts for piece in (part.parts if part.kind == kind else (part,))])


@functools.cache
def _parser() -> Any:
    from lark import Lark, Transformer, v_args

    @v_args(inline=True)
    class Build(Transformer):  # type: ignore[type-arg]
        def name(self, token: Any) -> Formula:
            return Formula("name", label=str(token))

        def true(self) -> Formula:
            return Formula("true")

        def false(self) -> Formula:
            return Formula("false")

        def group(self, inner: Formula) -> Formula:
            return inner

        def negation(self, part: Formula) -> Formula:
            return _node("not", [part])

        def iff(self, left: Formula, right: Formula) -> Formula:
            return _node("iff", [left, right])

        def implies(self, left: Formula, right: Formula) -> Formula:
            return _node("implies", [left, right])

        def either(self, *parts: Formula) -> Formula:
            return _flat("or", list(parts))

        def both(self, *parts: Formula) -> Formula:
            return _flat("and", list(parts))

        def arguments(self, *parts: Formula) -> tuple[Formula, ...]:
            return parts

        def at_most_one(self, parts: tuple[Formula, ...]) -> Formula:
            return _node("at_most_one", list(parts))

        def exactly_one(self, parts: tuple[Formula, ...]) -> Formula:
            return _node("exactly_one", list(parts))

    return Lark(GRAMMAR, start="formula", parser="lalr", lexer="basic", transformer=Build(), maybe_placeholders=False)


_LABEL = "a label, true, false, not or ("
_OPERATOR = "and, or, ->, <->, ) or the end"
_ENDS_A_PART = {"NAME", "TRUE", "FALSE", "RPAR"}


def _refusal(text: str, error: Any) -> FormulaError:
    """Return the error for what the parser stumbled over."""
    token = getattr(error, "token", None)
    expected = _expected(error, token)
    if token is not None and token.type == "$END":
        return FormulaError(f"{_shorten(text)!r} ends too early", expected.replace(", ) or the end", " or )"), "complete it")
    position = error.pos_in_stream
    found = str(token) if token is not None else text[position]
    where = f"{_shorten(found)!r} at character {position + 1} of {_shorten(text)!r}"
    letter = found[0]
    if ord(letter) > 127:
        where += f" (U+{ord(letter):04X} {unicodedata.name(letter, 'unnamed character')})"
    return FormulaError(where, expected, "write the words and, or, not and the arrows -> and <->")


def _expected(error: Any, token: Any) -> str:
    """Return what could stand where the parser stopped; after a strange character, by what stands before it."""
    if token is None:
        before = error.token_history
        return _OPERATOR if before and before[-1].type in _ENDS_A_PART else _LABEL
    if "NAME" in error.accepts:
        return _LABEL
    return "(" if error.accepts == {"LPAR"} else _OPERATOR


def _shorten(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"

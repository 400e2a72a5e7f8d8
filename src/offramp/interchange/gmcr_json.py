"""JSON that others wrote, within limits: size, nesting, entries, no key twice, no endless number; each fault with its key."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from offramp.case.yaml_reader import MAX_DEPTH, MAX_NODES, Path_, dotted
from offramp.errors import CaseError, Problem

MAX_DIGITS = 18
MAX_TOLD = 20
"""Number of faults that are told."""
MAX_STEPS = 8
"""Number of steps of a key that are told of a text that is no JSON; a model needs no more."""

_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{},:]', re.DOTALL)
_SAVE = "open the model in GMCR+ and save it again"


def parse_json(raw: bytes, name: str) -> Any:
    """Return what JSON says.

    Parameters
    ----------
    raw : bytes
        UTF-8.
    name : str
        What errors call the file.

    Raises
    ------
    CaseError
        With the key of each fault, and the line of what is no JSON.
    """
    text = _decoded(raw, name)
    _check_shape(text, name)

    odd: list[tuple[Any, str, str]] = []  # what stands for a fault in the data, what was found, what was expected

    def noted(found: str, expected: str) -> Any:
        odd.append((_Odd(), found, expected))
        return odd[-1][0]

    def whole(digits: str) -> Any:
        number = len(digits.removeprefix("-"))
        return int(digits) if number <= MAX_DIGITS else noted(f"a number of {number:,} digits", f"at most {MAX_DIGITS}")

    def constant(word: str) -> Any:
        return noted(f"{word}, which is no number", "a number")

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        for key, number in Counter(key for key, _ in pairs).items() if len(found) < len(pairs) else ():
            if number > 1:
                found[key] = noted(f"this key stands {number} times in one object", "each key once")
        return found

    try:
        data = json.loads(text, parse_int=whole, parse_constant=constant, object_pairs_hook=mapping)
    except json.JSONDecodeError as error:
        where = key_at(text, error.pos)
        found = f"no valid JSON here: {error.msg[:1].lower()}{error.msg[1:]}, at character {error.colno} of the line"
        raise CaseError([Problem(name, error.lineno, where, found, "JSON as GMCR+ saves it", _SAVE)]) from None
    except RecursionError:
        raise CaseError([Problem(name, 0, "", "nested too deeply", f"at most {MAX_DEPTH} levels", _SAVE)]) from None
    if odd:
        known = {id(fault): (found, expected) for fault, found, expected in odd}
        raise CaseError([Problem(name, 0, dotted(path), *known[id(value)], _SAVE) for path, value in _odd_in(data)][:MAX_TOLD])
    return data


class _Odd:
    """Stands in the data where something was found that cannot be read."""


def _odd_in(data: Any, path: Path_ = ()) -> Iterator[tuple[Path_, _Odd]]:
    """Yield what cannot be read, with where it stands."""
    if isinstance(data, _Odd):
        yield path, data
    elif isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _odd_in(value, (*path, _short(key) if isinstance(key, str) else key))


def key_at(text: str, end: int) -> str:
    """Return the key under which a place in a text of JSON stands, as people write it, as far as it can be told.

    Nothing where the text is no object, and of a deep one the first steps.

    Examples
    --------
    >>> key_at('{"options": [{"name": "a"}, {"name": ', 37)
    'options[2].name'
    """
    path: list[str | int] = []
    last = ""
    for token in _TOKEN.finditer(text, 0, end):
        word = token[0]
        if word in "[{":
            path.append(0 if word == "[" else "")
        elif word in "]}":
            del path[-1:]
        elif word == "," and path and isinstance(path[-1], int):
            path[-1] += 1
        elif word == ",":
            path[-1:] = [""] if path else []
        elif word == ":" and path:
            path[-1] = _short(last)
        else:
            last = word[1:-1]
    steps = tuple(step for step in path if step != "")[:MAX_STEPS]
    return dotted(steps) if path and isinstance(path[0], str) else ""


def _decoded(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, found = error.object.count(b"\n", 0, error.start) + 1, f"byte {error.object[error.start]:#04x} is no UTF-8"
        raise CaseError([Problem(name, line, "", found, "a text file in UTF-8", _SAVE)]) from None


def _check_shape(text: str, name: str) -> None:
    """Refuse what is too deep or has too many entries, before anything is built."""
    depth = entries = 0
    for token in _TOKEN.finditer(text):
        letter = text[token.start()]
        if letter in "[{":
            depth += 1
        elif letter in "]}":
            depth -= 1
        entries += letter in "[{,"
        if depth > MAX_DEPTH or entries > MAX_NODES:
            line = text.count("\n", 0, token.start()) + 1
            found = f"nested deeper than {MAX_DEPTH} levels" if depth > MAX_DEPTH else f"more than {MAX_NODES:,} entries"
            raise CaseError([Problem(name, line, key_at(text, token.start()), found, "a model as GMCR+ saves it")])


def _short(key: str) -> str:
    text = key if key.isprintable() else repr(key)[1:-1]
    return text if len(text) <= 60 else text[:57] + "..."

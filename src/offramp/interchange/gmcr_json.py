"""JSON that others wrote, within limits: size, nesting, entries, no key twice, no endless number."""

from __future__ import annotations

import json
import re
from typing import Any

from offramp.case.yaml_reader import MAX_DEPTH, MAX_NODES
from offramp.errors import CaseError, Problem

MAX_DIGITS = 18

_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{},]', re.DOTALL)
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
        With the first fault and its line.
    """
    text = _decoded(raw, name)
    _check_shape(text, name)

    def refuse(found: str, expected: str) -> CaseError:
        return CaseError([Problem(name, 0, "", found, expected, _SAVE)])

    def whole(digits: str) -> int:
        if len(digits) > MAX_DIGITS:
            raise refuse(f"a number of {len(digits):,} digits", f"at most {MAX_DIGITS}")
        return int(digits)

    def constant(word: str) -> Any:
        raise refuse(f"{word}, which is no number", "a number")

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise refuse(f"the key {_short(key)!r} stands twice in one object", "each key once")
            found[key] = value
        return found

    try:
        return json.loads(text, parse_int=whole, parse_constant=constant, object_pairs_hook=mapping)
    except json.JSONDecodeError as error:
        found = f"no valid JSON here: {error.msg[:1].lower()}{error.msg[1:]}, at character {error.colno} of the line"
        raise CaseError([Problem(name, error.lineno, "", found, "JSON as GMCR+ saves it", _SAVE)]) from None
    except RecursionError:
        raise refuse("nested too deeply", f"at most {MAX_DEPTH} levels") from None


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
            raise CaseError([Problem(name, line, "", found, "a model as GMCR+ saves it")])


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."

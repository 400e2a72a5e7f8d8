"""A formula in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from offramp.formula import Formula
from offramp.report.words import NOTHING_DONE, listed, plain, visible

if TYPE_CHECKING:
    from offramp.report.voice import Voice

_PAIRS = {"implies": "if {}, then {}", "iff": "{}, exactly when {}"}
_LISTS = {"at_most_one": "at most one of these: ", "exactly_one": "exactly one of these: "}


class Phrasing:
    """Says formulas over the labels of a case.

    Parameters
    ----------
    voice : Voice
        Says the labels; what it withholds stays withheld.
    """

    def __init__(self, voice: Voice) -> None:
        self.voice = voice

    def says(self, formula: Formula) -> str:
        """Return a formula in words."""
        return self._said(formula, False)

    def _said(self, formula: Formula, inside: bool) -> str:
        kind = formula.kind
        if kind == "name":
            return self._atom(formula.label)
        if kind in ("true", "false"):
            return "always" if kind == "true" else "never"
        said = self._not(formula) if kind == "not" else self._compound(kind, formula.parts)
        return f"({said})" if inside and not (kind == "not" and formula.parts[0].kind == "name") else said

    def _atom(self, label: str) -> str:
        if self.voice.phrase(label) is not None:
            return self.voice.does(label)
        if label in self.voice.case.conditions:
            return f"“{self.voice.title('conditions', label)}”"
        return f"the state is “{visible(label)}”"

    def _not(self, formula: Formula) -> str:
        part = formula.parts[0]
        if part.kind == "name":
            return self.voice.does_not(part.label) if self.voice.phrase(part.label) is not None else f"not {self._atom(part.label)}"
        if part.kind == "or":
            is_all = self.voice.is_nothing(inner.label for inner in part.parts)
            return NOTHING_DONE if is_all else f"none of these: {self._each(part.parts, '; ')}"
        return f"not {self._said(part, True)}"

    def _compound(self, kind: str, parts: Sequence[Formula]) -> str:
        if kind in _LISTS:
            return _LISTS[kind] + self._each(parts, "; ")
        if kind in _PAIRS:
            return _PAIRS[kind].format(*(self._said(part, True) for part in parts))
        return self._either(parts, kind)

    def _each(self, parts: Sequence[Formula], between: str) -> str:
        return between.join(self._said(part, True) for part in parts)

    def _either(self, parts: Sequence[Formula], word: str) -> str:
        denied = {part.parts[0].label for part in parts if part.kind == "not"}
        if word == "and" and len(denied) == len(parts) and self.voice.is_nothing(denied):
            return NOTHING_DONE
        makers = {part.label.split(".")[0] for part in parts}
        shown = [part.label for part in parts if part.label not in self.voice.hidden]
        phrases = [phrase for label in shown if (phrase := self.voice.phrase(label)) is not None]
        if len(makers) == 1 and len(phrases) == len(parts):
            return f"{self.voice.maker(makers.pop())} {plain(listed(phrases, word))}"
        return self._each(parts, f", {word} ")

"""Which labels a case has, and what a label in a formula means.

Inside the program an option is always ``dm.option``; in a file the short id does
where it is unique. Conditions and, in a graph, states go by their own name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from offramp.case.faults import nearest
from offramp.case.schema import Case
from offramp.errors import FormulaError
from offramp.formula import Formula, atoms, parse, rename


@dataclass(frozen=True)
class Labels:
    """All labels that may stand in a formula, and what each means."""

    meaning: dict[str, str]
    ambiguous: dict[str, tuple[str, ...]]
    read: dict[str, Formula] = field(default_factory=dict, compare=False)

    def resolve(self, label: str) -> str:
        """Return the full label that `label` means.

        Raises
        ------
        FormulaError
            If it means nothing, or could mean two options.
        """
        if label in self.meaning:
            return self.meaning[label]
        if label in self.ambiguous:
            choices = " or ".join(self.ambiguous[label])
            raise FormulaError(f"{label!r} could mean {choices}", "one option", "write the decision maker before it")
        raise FormulaError(f"{label!r} names no {self._kind} and no condition", self._expected(), self._remedy(label))

    def formula(self, text: str) -> Formula:
        """Return the formula that `text` says, with full labels; the same object for the same text."""
        if text not in self.read:
            formula = parse(text)
            self.read[text] = rename(formula, {label: self.resolve(label) for label in sorted(atoms(formula))})
        return self.read[text]

    def with_options(self, added: Iterable[str]) -> Labels:
        """Return these labels and further options by their full labels; a short id that is taken keeps its meaning."""
        meaning = dict(self.meaning)
        for label in added:
            meaning.setdefault(label, label)
            meaning.setdefault(label.split(".")[1], label)
        return Labels(meaning, self.ambiguous)

    @property
    def _kind(self) -> str:
        """What a case has besides conditions: options, or the states of a graph."""
        return "option" if not self.meaning or any(is_full(label) for label in self.meaning) else "state"

    def _expected(self) -> str:
        """Return what may stand in a formula; names of states that are not written like an id may not."""
        short = sorted(label for label in self.meaning if _ID.fullmatch(label))
        return one_of(short or sorted(label for label in self.meaning if is_full(label)))

    def _remedy(self, label: str) -> str:
        look = look_alike(label)
        close = nearest(look.lower(), [*self.meaning, *self.ambiguous])
        if close and look != label:
            return f"{label!r} has letters of another alphabet; {close} type it in ASCII"
        return close or f"correct the label, or declare the {self._kind} or condition"


_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")


def is_full(label: str) -> bool:
    """Return whether a label is that of an option with its decision maker."""
    return all(part and _ID.fullmatch(part) for part in label.split(".")) and label.count(".") == 1


_LOOK_ALIKE = str.maketrans("аеорсухіјѕԁһӏνοαЅІЈ", "aeopcyxijsdhlvoaSIJ")


def look_alike(label: str) -> str:
    """Return `label` with Cyrillic and Greek letters that look Latin as Latin ones."""
    return label.translate(_LOOK_ALIKE)


def one_of(known: Collection[str], limit: int = 30) -> str:
    """Return what to expect where one of `known` should stand; nothing where there is none."""
    return f"one of {', '.join(list(known)[:limit])}" + (", …" if len(known) > limit else "") if known else ""


def labels_of(case: Case) -> Labels:
    """Return the labels of a case."""
    short: dict[str, list[str]] = {}
    for label in case.options:
        short.setdefault(label.split(".")[1], []).append(label)
    meaning = {label: label for label in case.options}
    meaning |= {name: labels[0] for name, labels in short.items() if len(labels) == 1}
    ambiguous = {name: tuple(labels) for name, labels in short.items() if len(labels) > 1}
    meaning |= {name: name for name in case.conditions}
    meaning |= {name: name for name in case.states or ()}
    return Labels(meaning, ambiguous)


def short_labels(case: Case) -> dict[str, str]:
    """Return, for every option's full label, the shortest one that is unique.

    Examples
    --------
    >>> import offramp
    >>> list(short_labels(offramp.read_case("garrison-23").case).values())[:4]
    ['us_support.full', 'us_support.reduced', 'appease', 'legal_challenge']
    """
    count = Counter(label.split(".")[1] for label in case.options)
    return {label: label.split(".")[1] if count[label.split(".")[1]] == 1 else label for label in case.options}

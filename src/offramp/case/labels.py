"""Which labels a case has, and what a label in a formula means.

Inside the program an option is always ``dm.option``; in a file the short id does
where it is unique. Conditions and, in a graph, states go by their own name.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from offramp.case.schema import Case
from offramp.errors import FormulaError
from offramp.formula import Formula, atoms, parse, rename


@dataclass(frozen=True)
class Labels:
    """All labels that may stand in a formula, and what each means."""

    meaning: dict[str, str]
    ambiguous: dict[str, tuple[str, ...]]

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
        raise FormulaError(f"{label!r} names no option and no condition", self._expected(), self._remedy(label))

    def formula(self, text: str) -> Formula:
        """Return the formula that `text` says, with full labels."""
        formula = parse(text)
        return rename(formula, {label: self.resolve(label) for label in sorted(atoms(formula))})

    def _expected(self) -> str:
        known = sorted(label for label in self.meaning if "." not in label) or sorted(self.meaning)
        return f"one of {', '.join(known[:30])}" + (", …" if len(known) > 30 else "")

    def _remedy(self, label: str) -> str:
        import difflib

        look = look_alike(label)
        close = difflib.get_close_matches(look.lower(), [*self.meaning, *self.ambiguous], n=1)
        if close and look != label:
            return f"{label!r} has letters of another alphabet; type {close[0]!r} in ASCII"
        return f"did you mean {close[0]!r}?" if close else "correct the label, or declare the option or condition"


_LOOK_ALIKE = str.maketrans("аеорсухіјѕԁһӏνοαЅІЈ", "aeopcyxijsdhlvoaSIJ")


def look_alike(label: str) -> str:
    """Return `label` with Cyrillic and Greek letters that look Latin as Latin ones."""
    return label.translate(_LOOK_ALIKE)


def labels_of(case: Case) -> Labels:
    """Return the labels of a case."""
    options = list(case.options)
    short = Counter(label.split(".")[1] for label in options)
    meaning = {label: label for label in options}
    meaning |= {label.split(".")[1]: label for label in options if short[label.split(".")[1]] == 1}
    ambiguous = {name: tuple(label for label in options if label.split(".")[1] == name) for name, count in short.items() if count > 1}
    meaning |= {name: name for name in case.conditions}
    meaning |= {name: name for name in case.states or ()}
    return Labels(meaning, ambiguous)

"""Every exception that Offramp raises on purpose, in one tree.

::

    OfframpError               anything below; its text is written for the reader
    ├── CaseError              the case on disk is faulty; ``problems`` lists every fault found
    │   └── NewerFormatError   a file that a newer program has written; it is left as it is
    ├── FormulaError           a formula that cannot be read
    ├── SourceError            a file that cannot be a source, or words that cannot be pinned
    ├── StorageError           a file that cannot be written, or one that is not what it should be
    ├── WorkerError            a process that worked on a part of a sweep has ended, or could not be started
    ├── MissingExtraError      a part of the program that is installed on demand is not there
    ├── TooManyStatesError     more states than the limit; says how many there would be
    ├── LeakError              a protected identifier would leave the case
    └── ChoiceError            the caller asked for something that is not there
        └── UnknownLabelError  a label that the case or model does not have

The command line shows the text and exits 1; for a `ChoiceError` it exits 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: where it is, what was found, what was expected, what to do.

    Parameters
    ----------
    file : str
        Name of the file, relative to the case folder.
    line : int
        Line in that file, from 1; 0 when the fault has no line.
    label : str
        Dotted path of the entry, such as ``rules.leaders.require``.
    found, expected, remedy : str
        Each a phrase; an empty one is left out of the text.
    """

    file: str
    line: int
    label: str
    found: str
    expected: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        parts = [f"{where}: {self.label}: {self.found}" if self.label else f"{where}: {self.found}"]
        if self.expected:
            parts.append(f"expected {self.expected}")
        if self.remedy:
            parts.append(self.remedy)
        return "; ".join(parts)


class OfframpError(Exception):
    """Base of all errors that Offramp raises on purpose."""


class CaseError(OfframpError):
    """A faulty case; `problems` holds all faults that were found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[CaseError], tuple[tuple[Problem, ...]]]:
        """Say how to make the same again in another process."""
        return type(self), (self.problems,)


class NewerFormatError(CaseError):
    """A file that a newer program has written; it stays as it is."""


class FormulaError(OfframpError):
    """A formula that cannot be read; `found`, `expected`, `remedy` as in `Problem`."""

    def __init__(self, found: str, expected: str = "", remedy: str = "") -> None:
        self.found, self.expected, self.remedy = found, expected, remedy
        super().__init__("; ".join(part for part in (found, expected and f"expected {expected}", remedy) if part))


class SourceError(OfframpError):
    """A file that cannot be a source, or words that cannot be pinned."""


class StorageError(OfframpError):
    """A file that cannot be written, or one that is not what it should be."""


class WorkerError(OfframpError):
    """A process that worked on a part of a sweep has ended before its time, or could not be started."""


class MissingExtraError(OfframpError):
    """A part of the program that is installed on demand is not there.

    Examples
    --------
    >>> print(MissingExtraError("reading reports", "read"))
    reading reports needs a part that is not installed; install it with: pip install 'offramp[read]'
    """

    def __init__(self, purpose: str, extra: str) -> None:
        self.purpose, self.extra = purpose, extra
        super().__init__(f"{purpose} needs a part that is not installed; install it with: pip install 'offramp[{extra}]'")

    def __reduce__(self) -> tuple[type[MissingExtraError], tuple[str, str]]:
        """Say how to make the same again in another process."""
        return type(self), (self.purpose, self.extra)


class TooManyStatesError(OfframpError):
    """A model with more states than the limit allows."""


class LeakError(OfframpError):
    """A protected identifier stands in what was about to be written."""


class ChoiceError(OfframpError):
    """The caller asked for something that the case does not have."""


class UnknownLabelError(ChoiceError):
    """A label that names nothing; the text says what there is.

    Examples
    --------
    >>> print(UnknownLabelError("decision maker", "sweden", ["norway", "finland"]))
    no decision maker is called 'sweden'; there are: norway, finland
    """

    def __init__(self, kind: str, label: str, known: Sequence[str]) -> None:
        there = f"there are: {', '.join(known)}" if known else "there are none"
        super().__init__(f"no {kind} is called {label!r}; {there}")

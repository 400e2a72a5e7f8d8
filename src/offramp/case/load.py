"""A case on disk to a case in memory, with every fault of the file at once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from offramp.case.faults import validate
from offramp.case.references import resolve
from offramp.case.schema import Case
from offramp.case.yaml_reader import Document, Path_, parse_yaml, read_yaml
from offramp.errors import CaseError
from offramp.formula import Formula


@dataclass(frozen=True, eq=False)
class CaseFile:
    """A case as read: what it says, its formulas, and where each entry stands.

    ``folder`` is None for a case that was given as text or as a bare file.
    """

    case: Case
    document: Document
    formulas: dict[Path_, Formula]
    folder: Path | None = None

    def formula(self, *path: str | int) -> Formula:
        """Return the formula at `path`, with full labels."""
        return self.formulas[path]


def read_case(path: str | Path) -> CaseFile:
    """Return the case in a folder, or in a bare `case.yaml`.

    Parameters
    ----------
    path : str or Path
        A case folder, or the path of a YAML file.

    Raises
    ------
    CaseError
        With all faults: YAML, fields, labels, formulas.
    """
    place = Path(path)
    if os.path.isdir(place):  # and not Path.is_dir, which raises for a name that is too long
        return _case_file(read_yaml(place / "case.yaml", "case.yaml"), place)
    return _case_file(read_yaml(place), None)


def read_case_text(text: str, name: str = "case.yaml") -> CaseFile:
    """Return the case that a text holds; for tests and notebooks."""
    return _case_file(parse_yaml(text, name), None)


def _case_file(document: Document, folder: Path | None) -> CaseFile:
    case = validate(Case, document)
    resolution = resolve(case, document)
    if resolution.problems:
        raise CaseError(resolution.problems)
    return CaseFile(case, document, resolution.formulas, folder)

"""The case folder that a verb works in."""

from __future__ import annotations

from pathlib import Path

from offramp import catalogue
from offramp.errors import CaseError, ChoiceError, Problem

FILES = ("case.yaml", "evidence.yaml", "sources/sources.yaml")
"""A folder with one of these is a case, if an unfinished one."""


def case_folder(case: str) -> Path:
    """Return the folder of a case: a path, or the id of a case in the catalogue where no such path exists.

    Raises
    ------
    ChoiceError
        If there is no such folder.
    """
    path = Path(case)
    if path.is_dir():
        return path
    if case in catalogue.names() and not path.exists():
        return catalogue.folder(case)
    if path.exists():
        raise ChoiceError(f"{case} is a file; name the case folder that holds it")
    raise ChoiceError(f"there is no case folder {case}; 'offramp new' makes one")


def check_case(folder: Path) -> Path:
    """Return `folder`; raise CaseError where nothing in it is of a case, so that a wrong path is not told as an empty case."""
    if any((folder / name).exists() for name in FILES):
        return folder
    found, expected = "no case: it has none of the files of one", f"{', '.join(FILES[:-1])} or {FILES[-1]}"
    raise CaseError([Problem(str(folder), 0, "", found, expected, "correct the path; 'offramp new' makes a case folder")])

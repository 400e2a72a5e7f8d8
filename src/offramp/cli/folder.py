"""The case folder that a verb works in."""

from __future__ import annotations

from pathlib import Path

from offramp import catalogue
from offramp.errors import ChoiceError


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

"""One cell of a case as a file of another program; the end of its name says which."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from offramp.case.load import CaseFile
from offramp.errors import ChoiceError
from offramp.interchange.gmcr import to_gmcr, write_gmcr
from offramp.interchange.nfg import to_nfg, write_nfg

Told = tuple[bytes, list[str]]
Coalitions = Sequence[Sequence[str]]


def _gmcr(file: CaseFile, readings: Mapping[str, str], contested: Mapping[str, bool], as_of: str | None, merge: Coalitions) -> Told:
    content, left_out = to_gmcr(file, readings, contested, as_of, merge)
    return content, [f"left out: {line}" for line in left_out]


def _nfg(file: CaseFile, readings: Mapping[str, str], contested: Mapping[str, bool], as_of: str | None, merge: Coalitions) -> Told:
    if merge:
        raise ChoiceError("what several want together is no ranking, and a game needs one for every player: leave out --merge")
    return to_nfg(file, readings, contested, as_of)


_Writer = Callable[[Path, bytes, Path | None], None]
_Teller = Callable[[CaseFile, Mapping[str, str], Mapping[str, bool], str | None, Coalitions], Told]

FORMS: dict[str, tuple[_Teller, _Writer]] = {".gmcr": (_gmcr, write_gmcr), ".nfg": (_nfg, write_nfg)}
"""By the end of a file's name, what tells a cell and what writes it."""


def exported(
    path: Path,
    file: CaseFile,
    readings: Mapping[str, str],
    contested: Mapping[str, bool],
    as_of: str | None,
    merge: Coalitions = (),
) -> list[str]:
    """Write one cell of a case for another program.

    Parameters
    ----------
    path : Path
        A file that does not exist, whose name ends in ``.gmcr`` or ``.nfg``.
    file : CaseFile
        The case.
    readings, contested, as_of, merge
        As in `to_gmcr`.

    Returns
    -------
    said : list of str
        What has no place in the file, and what was made of it, a line each.

    Raises
    ------
    ChoiceError
        If the name ends otherwise, the file is there, or the case has no place in it.
    CaseError, LeakError, StorageError, TooManyStatesError
        As `to_gmcr` and `write_gmcr`. Nothing is written then.
    """
    form = FORMS.get(path.suffix.lower())
    if form is None:
        ends = "ends in nothing" if not path.suffix else f"ends in {path.suffix}"
        raise ChoiceError(f"{path}: {ends}; expected a name that ends in .gmcr (for GMCR+) or .nfg (for Gambit)")
    tell, write = form
    content, said = tell(file, readings, contested, as_of, merge)
    write(path, content, file.folder)
    return said

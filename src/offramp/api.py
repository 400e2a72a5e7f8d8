"""The few functions that most programs and notebooks start with."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from offramp import catalogue
from offramp.case.load import CaseFile
from offramp.case.load import read_case as _read_case
from offramp.case.yaml_reader import read_yaml
from offramp.errors import CaseError, UnknownLabelError
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel


def read_case(where: str | Path) -> CaseFile:
    """Return a case from a folder, a bare YAML file, or the catalogue.

    Parameters
    ----------
    where : str or Path
        A path; or the id of a case in the catalogue, where no such path exists.

    Raises
    ------
    UnknownLabelError
        If there is neither such a path nor such a case in the catalogue.
    CaseError
        With all faults of the file.

    Examples
    --------
    >>> read_case("elmira-12").case.title
    'Elmira groundwater contamination, twelve states'
    """
    if os.path.exists(where):  # and not Path.exists, which raises for a name that is too long
        return _read(where)
    if str(where) in catalogue.names():
        return _read_case(catalogue.folder(str(where)))
    raise UnknownLabelError("case folder, file or case of the catalogue", str(where), catalogue.names())


def _read(where: str | Path) -> CaseFile:
    """Return a case; where a reading names states by number, the refusal says which code to write."""
    try:
        return _read_case(where)
    except CaseError as error:
        from offramp.case.numbered import with_codes

        raise with_codes(error, read_yaml(Path(where) / "case.yaml" if os.path.isdir(where) else Path(where))) from None


def load_case(where: str | Path, readings: Mapping[str, str] | None = None, contested: Mapping[str, bool] | None = None) -> ConflictModel:
    """Return the model of a case under a choice of readings.

    Parameters
    ----------
    where : str or Path
        A path, or the id of a case in the catalogue.
    readings : mapping of str to str, optional
        By decision maker; the first reading of each is the default.
    contested : mapping of str to bool, optional
        By contested rule, condition or norm; the case's own side is the default.

    Returns
    -------
    model : ConflictModel
        States, moves and ranks.

    Raises
    ------
    CaseError
        If the case is faulty.
    UnknownLabelError
        If a choice names what is not there.

    Examples
    --------
    >>> model = load_case("two-prisoners", readings={"ukraine": "humanitarian"})
    >>> model.num_states
    344
    """
    builder = Builder(read_case(where))
    return builder.model(builder.choice(readings, contested))

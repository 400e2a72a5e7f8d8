"""Other weights of readings than those of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pydantic import ValidationError

from offramp.case.load import CaseFile
from offramp.case.schema import Reading
from offramp.errors import ChoiceError, UnknownLabelError


def weighed(file: CaseFile, weights: Mapping[tuple[str, str], float]) -> CaseFile:
    """Return the case with other weights of readings; what goes by the content of the case goes by them.

    Parameters
    ----------
    file : CaseFile
        The case.
    weights : mapping of (decision maker, reading) to float
        Each from 0; the readings that are not named keep theirs.

    Raises
    ------
    UnknownLabelError
        For a decision maker or a reading that is not there.
    ChoiceError
        For a weight that is none.

    Examples
    --------
    >>> import offramp
    >>> file = weighed(offramp.read_case("two-prisoners"), {("ukraine", "law_first"): 3})
    >>> file.case.readings["ukraine"]["law_first"].weight
    3.0
    """
    readings = {dm: dict(there) for dm, there in file.case.readings.items()}
    for (dm, name), weight in weights.items():
        if dm not in readings:
            raise UnknownLabelError("decision maker", dm, list(readings))
        if name not in readings[dm]:
            raise UnknownLabelError(f"reading of {dm}", name, list(readings[dm]))
        readings[dm][name] = readings[dm][name].model_copy(update={"weight": _weight(dm, name, weight)})
    return replace(file, case=file.case.model_copy(update={"readings": readings}))


def _weight(dm: str, name: str, weight: float) -> float:
    """Return a weight as the schema of a case takes it."""
    try:
        value = Reading.model_validate({"weight": weight, "weights": {}}).weight
    except ValidationError as error:
        found, expected, _ = str(error.errors()[0]["ctx"]["error"]).split("|")
        raise ChoiceError(f"{dm}.{name}: {found}; expected {expected}") from None
    assert value is not None
    return value

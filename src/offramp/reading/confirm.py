"""A person confirms a candidate: only then does it become a statement of the case."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from offramp.case.entries import is_date
from offramp.errors import ChoiceError, UnknownLabelError
from offramp.reading.candidates import candidates
from offramp.sources.candidates import Candidate
from offramp.sources.evidence import Statement, read_evidence
from offramp.sources.pins import pin


def confirm(folder: Path, candidate: str, *, speaker: str | None = None, id: str | None = None, restricted: bool = False) -> Statement:
    """Enter a candidate as a statement of the case, pinned where it was read.

    Parameters
    ----------
    folder : Path
        The case folder.
    candidate : str
        Its id, such as ``report:3``.
    speaker : str, optional
        Who said it, where it was read otherwise or not at all.
    id : str, optional
        The id of the statement; by default the first free of s1, s2, …
    restricted : bool, optional
        Whether the words are kept out of what is published.

    Raises
    ------
    UnknownLabelError
        If there is no such candidate.
    ChoiceError
        If `candidate` is no source and number.
    SourceError
        If the source has not been read or is not analysed, its text has
        changed, or the words are entered already and not as they are asked for.
    CaseError
        If the file of candidates is damaged.
    LeakError
        If a protected identifier stands in what would be entered.
    """
    source, found = _found(folder, candidate)
    return pin(
        folder,
        source,
        found.quote,
        id=id,
        speaker=speaker or _seen(found.speaker) or None,
        relayed_by=tuple(filter(None, map(_seen, found.via_chain))),
        said_on=found.said_on if is_date(found.said_on) else None,
        kind=found.kind,
        note=_note(found),
        spans=tuple(found.quote_spans),
        restricted=restricted,
        asked=("id", "restricted", *["speaker"] * (speaker is not None)),
    )


def _seen(name: str) -> str:
    """Return a name without what cannot be seen in it: words stay as they stand in the text, names are for people."""
    return " ".join("".join(" " if unicodedata.category(letter) in ("Cc", "Co", "Cn") else letter for letter in name).split())


def _found(folder: Path, candidate: str) -> tuple[str, Candidate]:
    source, _, number = candidate.rpartition(":")
    if not (source and number.isascii() and number.isdigit()):
        raise ChoiceError(
            f"{candidate!r} names no candidate; expected SOURCE:NUMBER, such as report:3; 'offramp read CASE --source SOURCE' numbers them"
        )
    there = candidates(folder, source, read_evidence(folder))
    by_id = {one.id: one for one in there}
    if candidate not in by_id:
        raise UnknownLabelError("candidate", candidate, list(by_id)[:20])
    return source, by_id[candidate]


def _note(found: Candidate) -> str | None:
    """Return what a statement has no field for."""
    said = list(found.flags)
    said += [f"said on {found.said_on}"] if found.said_on and not is_date(found.said_on) else []
    return "; ".join(said) or None

"""What is not entered: words that are there already in another way, and protected identifiers."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from offramp.case.yaml_reader import read_yaml
from offramp.errors import LeakError, Problem, SourceError
from offramp.sources.evidence import EVIDENCE, Evidence, Speaker, Statement
from offramp.sources.protect import find_leaks, read_identifiers

_WORDS_INSTEAD = "pin only what stands before and after it; ' [...] ' joins pieces"
_NAME_INSTEAD = "give a pseudonym: --speaker says who said it"
_REMEDY = {"words": _WORDS_INSTEAD, "speaker": _NAME_INSTEAD, "relayed_by": "give a pseudonym: pin the words by hand, with --relayed-by"}


def agreeing(folder: Path, evidence: Evidence, same: list[Statement], asked: Mapping[str, Any]) -> Statement:
    """Return the statement among those with the same words at the same place that is what is asked for.

    Parameters
    ----------
    folder : Path
        The case folder.
    evidence : Evidence
        What is entered.
    same : list of Statement
        Those with these words at this place; at least one.
    asked : mapping
        What the statement has to say, by key; ``id`` is its id.

    Raises
    ------
    SourceError
        If none is, so that nobody takes for done what was not.
    """
    differs = [(one, _differing(one, evidence, asked)) for one in same]
    fits = next((one for one, keys in differs if not keys), None)
    if fits is None:
        one, keys = differs[0]
        raise SourceError("\n".join(str(_otherwise(folder, evidence, one, key, asked[key])) for key in keys))
    return fits


def names(speaker: Speaker) -> set[str]:
    """Return the name and the spellings of a speaker, as they are compared."""
    return {plain_name(name) for name in (speaker.name, *speaker.spellings)}


def plain_name(name: str) -> str:
    """Return a name as it is compared: letter case, spaces and Unicode form make no difference.

    Examples
    --------
    >>> plain_name("  Ada  EXAMPLE ")
    'ada example'
    """
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def check_leaks(folder: Path, new: Mapping[str, str]) -> None:
    """Refuse what is about to be entered if a protected identifier stands in it.

    Parameters
    ----------
    folder : Path
        The case folder, with the identifiers in ``private/``.
    new : mapping of str to str
        What would be written, by the name of its field.

    Raises
    ------
    LeakError
        If one does; the identifier itself is not told.
    CaseError
        If ``private/`` cannot be read.
    """
    leaks = find_leaks(new, read_identifiers(folder))
    if leaks:
        told = [f"a protected identifier ({leak.identifier}) stands in {_place(leak.layer)}; {_instead(leak.layer)}" for leak in leaks]
        raise LeakError("\n".join(["nothing was entered:", *dict.fromkeys(told)]))


def _place(field: str) -> str:
    return {"words": "the words", "speaker": "the name of the speaker"}.get(field, field)


def _instead(field: str) -> str:
    return _REMEDY.get(field, "write a pseudonym")


def _differing(statement: Statement, evidence: Evidence, asked: Mapping[str, Any]) -> list[str]:
    """Return the keys of which a statement says something else than is asked for."""
    there = {"id": statement.id, **{key: getattr(statement, key) for key in asked if key != "id"}}
    return [key for key in asked if there[key] != asked[key] and not (key == "speaker" and _is_said_by(statement, evidence, asked[key]))]


def _is_said_by(statement: Statement, evidence: Evidence, speaker: str) -> bool:
    return statement.speaker is not None and plain_name(speaker) in names(evidence.speakers[statement.speaker])


def _otherwise(folder: Path, evidence: Evidence, statement: Statement, key: str, wanted: object) -> Problem:
    line = read_yaml(folder / EVIDENCE, EVIDENCE).line(("statements", statement.id))
    found = f"these words are entered already, {_told(evidence, statement, key)}"
    expected = "restricted: true" if key == "restricted" else f"{key}: {wanted}"
    remedy = "choose this id, or rename the entry and what names it" if key == "id" else "write it into this entry by hand"
    return Problem(EVIDENCE, line, f"statements.{statement.id}", found, expected, f"{remedy}; nothing was changed")


def _told(evidence: Evidence, statement: Statement, key: str) -> str:
    """Return what a statement says under a key, in words."""
    there = statement.id if key == "id" else getattr(statement, key)
    if key == "restricted":
        return "and are not restricted"
    if key == "speaker":
        return f"as said by {there} ({evidence.speakers[there].name})" if there else "without a speaker"
    return f"with {key}: {there}" if there else f"without {key}"

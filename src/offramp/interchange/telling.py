"""What every model for another program shares: names that may be passed on, what has no place in it, the file that is made."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from offramp.case.entries import Judgement
from offramp.case.schema import Case
from offramp.errors import ChoiceError, LeakError
from offramp.files import write_once
from offramp.model.build import Builder
from offramp.model.world import Choice, World
from offramp.report.voice import Voice
from offramp.report.words import KIN
from offramp.sources.evidence import Evidence, read_evidence
from offramp.sources.protect import find_leaks, read_identifiers


def option_names(builder: Builder) -> dict[str, str]:
    """Return by label what each option is called in a file that is made to be passed on.

    An option of which a public brief would not say more is called "kin may face
    reprisals", or by its place.

    Examples
    --------
    >>> import offramp
    >>> option_names(offramp.Builder(offramp.read_case("prisoners-dilemma")))
    {'first.cooperate': 'cooperates with the second', 'second.cooperate': 'cooperates with the first'}
    """
    folder = builder.file.folder
    evidence = read_evidence(folder) if folder is not None else Evidence({}, {}, {})
    voice = Voice(builder.file, evidence, True, standing=builder.standing)
    return {label: _option(voice, label, place) for place, label in enumerate(builder.standing.options, 1)}


def _option(voice: Voice, label: str, place: int) -> str:
    name = KIN if label in voice.hidden else _own(voice.case, label)
    return f"option {place}" if name != KIN and voice.is_reserved(voice.case.options[label]) else name


def _own(case: Case, label: str) -> str:
    return case.options[label].name or label.split(".")[1]


def left_out(builder: Builder, choice: Choice, world: World, names: Mapping[str, str]) -> Iterator[str]:
    """Yield what no model of another program has a place for, in the order of a case file; `names` are those of `option_names`."""
    case = builder.case
    if case.as_of:
        yield f"as_of: {case.as_of}"
    if case.cite:
        yield "cite: where the case is from"
    withheld = [label for label, name in names.items() if name != _own(case, label)]
    yield from (f"{label}.name: withheld as in a public brief; {names[label]} there" for label in withheld)
    yield f"status_quo: {world.states.label(world.status_quo)}, state {world.status_quo + 1} there"
    for dm, reading in choice.readings:
        if len(case.readings[dm]) > 1:
            yield f"readings.{dm}: all but {reading}"
        if builder.preference(builder.world(choice), dm, reading, choice).has_degrees:
            yield f"readings.{dm}.{reading}: that some states are greatly better than others; there they are better, and no more"
    if case.coalitions:
        yield f"coalitions: the names of all {len(case.coalitions)}; those that --merge takes as one are one there"
    if any(case.beliefs.values()):
        yield f"beliefs: all {sum(map(len, case.beliefs.values()))}"
    for section in ("conditions", "norms", "people", "harms", "claims", "interventions"):
        if getattr(case, section):
            taken = "; each is taken as it is in this cell" if section == "conditions" else ""
            yield f"{section}: all {len(getattr(case, section))}{taken}"
    if choice.contested:
        yield f"contested: {len(choice.contested)} entries, each on the side that it has in this cell"
    judgements = [there for _, there in case.judgements()]
    if any(there.basis or there.because for there in judgements):
        yield "basis and because: on what each judgement rests"
    if any(there.name for there in _unnamed(case, choice)):
        yield "name: what rules, readings, statements and misperceptions are called"
    if case.note or any(there.note for there in judgements) or any(maker.note for maker in case.decision_makers.values()):
        yield "note: all remarks"
    if any(there.since or there.until for there in judgements):
        yield "since and until: all dates; what is out of them is left out"


def _unnamed(case: Case, choice: Choice) -> Iterator[Judgement]:
    """Yield the judgements that are there without the names that they have in a case."""
    yield from case.rules.values()
    yield from (case.readings[dm][reading] for dm, reading in choice.readings)
    yield from (statement for dm, reading in choice.readings for _, statement in case.readings[dm][reading].statements())
    yield from (entry for there in case.misperceptions.values() for entry in there.values())


def write_model(path: Path, content: bytes, words: str, folder: Path | None) -> None:
    """Write a model for another program, unless a file is there, or an identifier of a protected person would leave the case.

    Parameters
    ----------
    path : Path
        The file; it must not exist.
    content : bytes
        All of it.
    words : str
        Its text as people read it, without escapes; this is searched.
    folder : Path, optional
        The case folder, in whose ``private/`` the identifiers are.

    Raises
    ------
    ChoiceError
        If there is something at `path`.
    LeakError
        If an identifier stands in the words, or in the name of the file; the
        text never shows it.
    StorageError
        If the file cannot be written. Nothing is written then.
    """
    if os.path.lexists(path):
        raise ChoiceError(f"{path} is there already; name a file that is not, or remove it")
    identifiers = read_identifiers(folder) if folder is not None else ()
    leaks = find_leaks({f"the {path.suffix} file": words, "its name": path.name}, identifiers)
    if leaks:
        raise LeakError("\n".join(["nothing was written; 'offramp check' says where in the case these come from:", *map(str, leaks[:8])]))
    write_once(path, content, 0o644)

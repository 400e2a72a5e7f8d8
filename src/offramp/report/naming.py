"""What a judgement is called in one line, as a public telling may call it."""

from __future__ import annotations

from collections.abc import Sequence

from offramp.case.schema import dated_judgements
from offramp.case.yaml_reader import Path_, dotted
from offramp.report.voice import Voice
from offramp.report.words import KIN, visible


def judgement_name(voice: Voice, path: Path_) -> str:
    """Return a judgement of the case in one line: what kind it is, and what it says.

    Parameters
    ----------
    voice : Voice
        How labels are said; what it withholds is not named.
    path : path
        Of the judgement in the case file.
    """
    entry = dated_judgements(voice.case).get(path)
    if entry is not None and voice.is_kin(path, entry):
        return KIN
    section = str(path[0])
    if section == "readings":
        return _wanted(voice, path)
    if section == "decision_makers" and len(path) == 4:
        return f"the option that {voice.does(f'{path[1]}.{path[3]}')}"
    if section in ("rules", "conditions", "norms", "claims") and len(path) == 2:
        return f"the {section[:-1]} “{voice.title(section, str(path[1]))}”"
    if section == "people" and len(path) == 2:
        wish = "the wish of " * (voice.case.people[str(path[1])].wish is not None)
        return f"{wish}{voice.person(str(path[1]))}"
    if section == "harms" and len(path) == 2:
        place = int(path[1])
        return f"harm to {voice.person(voice.case.harms[place].to)}: {voice.harm(place)}"
    return dotted(path)


def _wanted(voice: Voice, path: Path_) -> str:
    """Return what a reading, or a statement in it, is called."""
    dm, name = str(path[1]), str(path[2])
    account = f"{voice.maker(dm)} read as “{voice.reading(dm, name)}”"
    if len(path) == 3:
        return account
    entry = dated_judgements(voice.case).get(path)
    if entry is not None and entry.name and not voice.is_reserved(entry):
        return f"{account}, wish: {visible(entry.name)}"
    return f"{account}, wish: {voice.says(voice.file.formula(*path, 'that'))}"


def names_together(voice: Voice, paths: Sequence[Path_]) -> list[str]:
    """Return judgements in one line each, wishes of one reading together and harms that people share."""
    groups: dict[object, list[Path_]] = {}
    for path in paths:
        groups.setdefault(_shared(voice, path), []).append(path)
    return [_together(voice, group) for group in groups.values()]


def _shared(voice: Voice, path: Path_) -> object:
    """Return what judgements have in common that are named together."""
    if path[0] == "readings" and len(path) > 3:
        return path[:3]
    if path[0] == "people":
        return "people"
    name = judgement_name(voice, path)
    return name.partition(": ")[2] if path[0] == "harms" and name != KIN else (path, "alone")


def _together(voice: Voice, group: Sequence[Path_]) -> str:
    first = judgement_name(voice, group[0])
    if len(group) == 1 or first == KIN:
        return first
    if group[0][0] == "readings":
        return f"{_wanted(voice, group[0][:3])}: {len(group)} wishes in it"
    if group[0][0] == "people":
        return f"the wishes of {voice.people(str(path[1]) for path in group)}"
    return f"harm to {voice.people(voice.case.harms[int(path[1])].to for path in group)}: {first.partition(': ')[2]}"


def headline_name(voice: Voice, name: str) -> str:
    """Return a headline in words.

    Examples
    --------
    >>> import offramp
    >>> from offramp.sources.evidence import Evidence
    >>> voice = Voice(offramp.read_case("prisoners-dilemma"), Evidence({}, {}, {}), True)
    >>> headline_name(voice, "mover.first+second"), headline_name(voice, "lawful")
    ('First prisoner and Second prisoner together have a way out', 'some way out is lawful throughout')
    """
    kind, _, rest = name.partition(".")
    if kind == "mover":
        makers = rest.split("+")
        return f"{voice.names(makers)} {'together have' if len(makers) > 1 else 'alone has'} a way out"
    if kind == "end":
        told = ["(withheld)" if part.split(".")[-1] in voice.secret else part for part in rest.split("+")]
        return f"some way out ends at {' + '.join(told)}"
    if kind == "rests":
        from offramp.report.words import CONCEPT_NAMES

        return f"the status quo is an equilibrium by {CONCEPT_NAMES[rest].short}"
    if kind == "wish":
        return f"some way out meets the wish of {voice.person(rest)} in every end"
    if kind in ("claim", "denied"):
        return f"the claim “{voice.title('claims', rest)}” is {'supported' if kind == 'claim' else 'refuted'}"
    return _PLAIN.get(name, name)


_PLAIN = {
    "can_move": "somebody has a way out",
    "lawful": "some way out is lawful throughout",
    "unharmed": "some way out does no harm that the case knows of",
    "clear": "some way out is lawful throughout and does no harm that the case knows of",
}

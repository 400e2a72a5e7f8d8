"""What a judgement is called in one line, as a public telling may call it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from offramp.analysis.assessment import Assessment
from offramp.case.entries import Judgement
from offramp.case.labels import short_labels
from offramp.case.perception import NESTED
from offramp.case.schema import Disallowed, dated_judgements
from offramp.case.yaml_reader import Path_, dotted
from offramp.report.perceived import perceived
from offramp.report.records import harm_label
from offramp.report.voice import Voice
from offramp.report.words import KIN, WITHHELD, visible


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
    if section in _KINDS and len(path) == 2:
        return f"the {_KINDS[section]} “{voice.title(section, str(path[1]))}”"
    if section in NESTED and len(path) == 3:
        return perceived(voice, path)
    if section == "people" and len(path) == 2:
        wish = "the wish of " * (voice.case.people[str(path[1])].wish is not None)
        return f"{wish}{voice.person(str(path[1]))}"
    if section == "harms" and len(path) == 2:
        place = int(path[1])
        return f"harm to {voice.person(voice.case.harms[place].to)}: {voice.harm(place)}"
    return dotted(path)


_KINDS = {
    "rules": "rule",
    "disallowed": "disallowed transition",
    "coalesce": "group of states",
    "conditions": "condition",
    "norms": "norm",
    "claims": "claim",
}
"""What an entry of each section is called."""


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


# -- ids, where words would be too long ----------------------------------------------------------------------------------


def transition_label(entry: Disallowed) -> str:
    """Return a disallowed transition as the file has it, in one line."""
    return f"from {entry.from_} to {entry.to}" + (f", by {' or '.join(entry.by)}" if entry.by else "")


def path_label(voice: Voice, path: Path_) -> str:
    """Return where a judgement stands in the file; what is about kin or reserved goes by its number or place.

    Examples
    --------
    >>> import offramp
    >>> from offramp.sources.evidence import Evidence
    >>> voice = Voice(offramp.read_case("prisoners-dilemma"), Evidence({}, {}, {}), True)
    >>> path_label(voice, ("readings", "first", "published", "prefers", 0))
    'readings.first.published.prefers[1]'
    """
    if len(path) < 3 and path[0] in ("readings", "decision_makers"):
        return dotted(path)
    told = voice.label(*path[:3]) if path[0] == "readings" else ""
    if told.startswith("kin."):
        return told
    if path[0] == "readings" and path[3:4] == ("weights",) and not _is_open(voice, str(path[4])):
        place = list(voice.case.readings[str(path[1])][str(path[2])].weights or ()).index(str(path[4]))
        return f"{voice.label(*path[:3])}.weights.{place + 1}"
    told = voice.label(*path)
    return dotted(path) if told == _in_full(path) else told


def _in_full(path: Path_) -> str:
    """Return what `Voice.label` says of a path of which nothing is withheld."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def _is_open(voice: Voice, formula: str) -> bool:
    """Return whether a formula names nothing that is withheld."""
    return voice.secret.isdisjoint(re.findall(r"\w+", formula))


def option_label(voice: Voice, label: str) -> str:
    """Return the full label of an option; ``gov.2`` for the second one of Gov if its id is withheld, ``kin.3`` if it is about kin."""
    dm, _, name = label.partition(".")
    if name not in voice.secret:
        return label
    told = voice.label("decision_makers", dm, "options", name)
    return told if told.startswith("kin.") else f"{dm}.{told.rpartition('.')[2]}"


def open_meaning(voice: Voice, at: Assessment, final: Sequence[str], returns: bool) -> str:
    """Return what a state means in one line: what can be taken back, breaches, harms, wishes; what is withheld goes by its place."""
    harms = [KIN if voice.harm_is_kin(harm.harm) else harm_label(harm) for harm in at.harms]
    parts = [
        ("CANNOT BE UNDONE: ", [option_label(voice, label) for label in final]),
        ("NO WAY BACK", [] if final or returns else [""]),
        ("UNLAWFUL: ", [entry_label(voice, "norms", breach.norm) for breach in at.breaches]),
        ("harm ", harms),
        ("wish of ", [name for name in at.wishes_met if not voice.is_silent(name)]),
    ]
    return "; ".join(lead + ", ".join(dict.fromkeys(names)) for lead, names in parts if names)


def reading_label(voice: Voice, dm: str, name: str) -> str:
    """Return the id of a reading, or its place where the id may repeat restricted words."""
    return voice.reading(dm, name) if isinstance(voice.account(dm, name), int) else name


def entry_label(voice: Voice, section: str, name: str) -> str:
    """Return the id of a rule, condition, norm or claim, its place where it is reserved, the fixed sentence if it is about kin."""
    return name if voice.label(section, name) == f"{section}.{name}" else voice.title(section, name)


def side_label(voice: Voice, name: str, side: bool) -> str:
    """Return on which side a contested entry is taken."""
    section = next(section for section in ("rules", "conditions", "norms") if name in getattr(voice.case, section))
    return f"{entry_label(voice, section, name)} {'on' if side else 'off'}"


def headline_label(voice: Voice, name: str) -> str:
    """Return the name of a headline, for tables and pictures; withheld options, people and claims go by number or place.

    Examples
    --------
    >>> import offramp
    >>> from offramp.sources.evidence import Evidence
    >>> voice = Voice(offramp.read_case("prisoners-dilemma"), Evidence({}, {}, {}), True)
    >>> headline_label(voice, "mover.first+second"), headline_label(voice, "lawful")
    ('mover.first+second', 'lawful')
    """
    kind, _, rest = name.partition(".")
    if kind == "end" and not voice.case.is_graph:
        full = {short: label for label, short in short_labels(voice.case).items()}
        parts = rest.split("+")
        return "end." + "+".join(part if _is_open(voice, part) else option_label(voice, full.get(part, part)) for part in parts)
    section = {"wish": "people", "claim": "claims", "denied": "claims"}.get(kind)
    if section is None or rest not in getattr(voice.case, section):
        return name
    return f"{kind}.{voice.label(section, rest).removeprefix(f'{section}.')}"


def open_words(voice: Voice, text: str) -> str:
    """Return a text of the program about a case, unless an id or a name in it is withheld."""
    words = set(re.findall(r"\w+", text))
    for path, entry in dated_judgements(voice.case).items():
        if entry.name and entry.name in text and _is_withheld(voice, path, entry):
            return WITHHELD
        if str(path[-1]) in words and isinstance(path[-1], str) and _id_is_withheld(voice, path, entry):
            return WITHHELD
    return text


def _is_withheld(voice: Voice, path: Path_, entry: Judgement) -> bool:
    return voice.is_kin(path, entry) or voice.is_reserved(entry)


def _id_is_withheld(voice: Voice, path: Path_, entry: Judgement) -> bool:
    return voice.label(*path) != _in_full(path) or str(path[-1]) in voice.secret

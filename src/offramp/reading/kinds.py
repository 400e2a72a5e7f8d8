"""What a name is the name of, told by all its places in a text: "in X", "X's president" and "Xian" make X a place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Container, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from offramp.reading.datewords import MONTHS
from offramp.reading.nametables import BODIES, GIVEN_NAMES, KNOWN, OPENING_WORDS, ORGANISATION_WORDS, PEOPLE, PLACES, words
from offramp.reading.nations import ADJECTIVES, CAPITALS, STATES
from offramp.reading.patterns import compiled

if TYPE_CHECKING:
    from offramp.reading.names import Name
    from offramp.reading.parsed import Parsed

_IN = compiled(r"\b(?:in|into|near|across|outside|around|throughout|towards?)\s+(?:the\s+)?$")
_AT = compiled(r"\b(?:at|neighbour|neighbor|neighbouring|neighboring|left|leaves|reached|visited)\s+(?:the\s+)?$")
_FROM = compiled(r"\b(?:from|to)\s+$")
_SAID = compiled(r"\b(?:said|says|added|adds|asked|writes|wrote)\s+$")
_STATE_NOUN = (
    r"(?:government|parliament|president|presidency|prime\s+minister|minister|ministry|army|navy|capital|borders?|constitution|people|"
    r"voters|citizens|republic|kingdom|king|queen|ambassador|delegation|embassy|territory|soldiers|servicemen|troops|forces|coast|"
    r"coast\s+guard|penal\s+code|north|south|east|west|city|town|village|port|province|region|island|mayor|governor|bishop|court|law|negotiators?|diplomats?|officials|delegates|side|voters|foreign)"
)
_OF = compiled(rf"\b{_STATE_NOUN}\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_OWNS = compiled(rf"['’]s?\s+(?:(?!says?\b|said\b)[a-z-]+\s+){{0,2}}{_STATE_NOUN}\b")
_MEDIUM = compiled(
    r"\b(?:agency|newspaper|daily|weekly|broadcaster|channel|station|magazine|outlet|website|group|charity|organisation|company)\s+$"
)
_MEDIUM_AFTER = compiled(r"\s+(?:news\s+)?(?:agency|newspaper|television|radio|magazine|Ltd\b|Inc\b)")
_TO = compiled(r"\b(?:told|tell|tells|telling|spoke\s+to|quoted\s+by|interview\s+with)\s+(?:the\s+)?$")
_SAYS = compiled(r"\s+(?:(?:also|has|had|later)\s+)?(?:said|says|say|reported|reports|wrote|writes|quoted|told|added|adds|asked|denied)\b")
_DATELINE = compiled(r"\s*(?:,\s*[^\n(—–-]{1,40})?\s*(?:\([A-Z][^)\n]{1,30}\)\s*)?(?:[—–]|-+\s)|\s*\([A-Z][^)\n]{1,30}\)")
_FIRST_WORDS = words(
    "Northern Southern Eastern Western Central Upper Lower Port Lake Mount Cape Fort Saint San Santa Ras North South East West"
)
_LAST_WORDS = words(
    """
    valley river pass bridge dam salient province region peninsula strait island islands mountains lake coast bay street square
    district county hills desert sea canal delta road avenue airport harbour harbor crossing
    """
)
_AFTER = compiled(r"\s+(?:valley|river|pass|bridge|dam|salient|province|region|peninsula|strait|islands?|mountains|lake|bay|delta|canal)\b")
_NUMBERED = words("Pier Camp Block Checkpoint Hill Route Sector Gate Zone")
_ENDINGS = ("n", "an", "ian", "i", "ese", "ish")
_LAWS = words(
    "convention conventions covenant treaty protocol protocols act code statute charter constitution art article resolution declaration"
)
_LAW_SIGNS = words("CAT ICCPR ICESCR CEDAW CRC UDHR ECHR UNCLOS GC API APII VCCR NPT CRPD CERD ICERD")
_NO_BODY = words(
    "question answer laughter applause quotes transcript opinion editorial analysis comment update live rumour rumor correction note"
)


def settle(parsed: Parsed, names: Sequence[Name], outlet: str = "") -> list[Name]:
    """Give each name the kind that its places in the text speak for, and leave out laws and words in capitals that name nobody.

    Parameters
    ----------
    parsed : Parsed
        The parsed text.
    names : sequence of Name
        Names in the order of the text, with the kind that the words alone or the parser gave; ``unknown`` where neither did.

    outlet : str, optional
        Who published the text.

    Returns
    -------
    list of Name
        Without those that stay unknown.
    """
    votes = _votes(parsed.text, names, outlet)
    places = {text for text, kind in votes.items() if kind == "place"} | {n.text for n in names if n.kind == "place"}
    persons = {n.text for n in names if votes.get(n.text, n.kind) == "person" and " " in n.text}
    surnames = {text.split()[-1] for text in persons}
    told = (replace(n, kind="person") if n.kind == "unknown" and n.text in surnames else n for n in names)
    return [one for name in told if (one := _settled(parsed.text, name, votes, places)) is not None]


def _settled(text: str, name: Name, votes: dict[str, str], places: set[str]) -> Name | None:
    last = name.text.rpartition(" ")[2]
    if ((name.kind != "person" or (" " not in name.text and not name.title)) and _is_no_body(name.text)) or name.text.lower() in MONTHS:
        return None
    number = re.match(r" \d{1,3}\b", text[name.span[1] : name.span[1] + 5]) if name.text in _NUMBERED else None
    if number:
        return replace(name, kind="place", span=(name.span[0], name.span[1] + number.end()), text=name.text + number[0])
    stem = next(
        (name.text.removesuffix(end) for end in _ENDINGS if name.text.endswith(end) and name.text.removesuffix(end) in _stems(places)), ""
    )
    if stem and name.kind not in ("adjective", "person") and not _is_sure(name):
        return replace(name, kind="adjective")
    line = text[text.rfind("\n", 0, name.span[0]) + 1 : name.span[0]]
    if name.kind in ("unknown", "organisation") and not line.strip() and name.text.isupper() and _DATELINE.match(text, name.span[1]):
        return replace(name, kind="place", text=name.text.title())
    kind = votes.get(name.text, "") or name.kind
    if kind == "unknown":
        return None
    after = _AFTER.match(text, name.span[1]) if kind in ("place", "organisation", "person") and " of " not in name.text else None
    if (after and kind == "place") or (after and not _is_sure(name) and not name.title):
        end = after.end()
        return replace(name, kind="place", span=(name.span[0], end), text=" ".join(text[name.span[0] : end].split()))
    if kind == "place" and name.text.isupper() and len(last) > 3:
        return replace(name, kind=kind, text=name.text.title())
    return replace(name, kind=kind)


def _stems(places: set[str]) -> set[str]:
    return places | {place.removesuffix("a") for place in places if len(place) > 4} | {place.removesuffix("and") for place in places}


def _is_no_body(text: str) -> bool:
    parts = text.split()
    laws = [n for n, part in enumerate(parts) if part.lower().rstrip("s.") in _LAWS or part.lower() in _LAWS]
    bodies = [n for n, part in enumerate(parts) if part.lower() in ORGANISATION_WORDS]
    return (
        text in _LAW_SIGNS or parts[0] in _LAW_SIGNS or text.lower() in _NO_BODY or (bool(laws) and not (bodies and bodies[-1] > laws[-1]))
    )


def _is_sure(name: Name) -> bool:
    """Say whether the words of a name alone tell its kind."""
    parts = name.text.split()
    first, last = parts[0], parts[-1].lower()
    if name.kind in ("adjective", "role") or name.text in KNOWN or name.text in KNOWN.values():
        return True
    if name.text in STATES or name.text in CAPITALS or name.text in PLACES or name.text in STATES.values():
        return True
    if name.kind == "organisation":
        return last in ORGANISATION_WORDS or first.lower() in OPENING_WORDS
    return name.kind == "person" and (bool(name.title) or (first in GIVEN_NAMES and len(parts) > 1))


def _votes(text: str, names: Sequence[Name], outlet: str) -> dict[str, str]:
    """Return the kind of each name that its words alone do not tell, by what stands around all its places."""
    forms: dict[str, list[Name]] = {}
    for name in names:
        forms.setdefault(name.text, []).append(name)
    present = {word for word in re.findall(r"[^\W\d_]+", text) if word[:1].isupper() and word not in ADJECTIVES}
    sure = {form for form, own in forms.items() if any(_is_sure(name) for name in own)}
    sure |= {form.split()[-1] for form in sure if " " in form and forms[form][0].kind == "person"}
    bodies = {text for text in (*(name.text for name in names), outlet) if " of " in text}
    return {form: kind for form, own in forms.items() if form not in sure and (kind := _vote(text, form, own, present, forms, bodies))}


def _vote(text: str, form: str, own: Sequence[Name], present: set[str], forms: Container[str], bodies: Collection[str]) -> str:
    parts = form.split()
    count: Counter[str] = Counter()
    for name in own:
        count.update(_around(text, name, bodies))
        if name.kind not in ("unknown", "people"):
            count[name.kind] += (1.25 if len(parts) == 1 else 1.5) / len(own)  # type: ignore[assignment]
    if (parts[0] in _FIRST_WORDS and len(parts) > 1) or (parts[-1].lower() in _LAST_WORDS and len(parts) > 1):
        count["place"] += 3
    if 2 <= len(parts) <= 3 and "place" not in count and all(part.istitle() for part in parts):
        count["person"] += 2.0 + 2.0 * (parts[-1] in forms)  # type: ignore[assignment]
    if (
        len(parts) == 1
        and len(form) > 3
        and not form.isupper()
        and any(form + end in present or form.removesuffix("a") + end in present for end in ("n", "an", "ian", "i", "ese"))
    ):
        count["place"] += 4
    if 2 <= len(parts) <= 3 and re.fullmatch(r"[A-Z]\.?", parts[0]) and parts[-1][:1].isupper() and len(parts[-1]) > 2:
        count["person"] += 3
    best = max(count, key=lambda kind: (count[kind], kind), default="")
    wanted = 1 if any(name.kind != "unknown" for name in own) else 2
    return best if count[best] >= wanted else ""


def _around(text: str, name: Name, bodies: Collection[str]) -> Counter[str]:
    """Count what the words around one place of a name speak for."""
    start, end = name.span
    before, count = text[max(0, start - 40) : start], Counter[str]()
    one = " " not in name.text
    if _IN.search(before):
        count["place"] += 2
    if _OF.search(before) or _OWNS.match(text, end):
        count["place"] += 2 if one or name.kind != "person" else 1
    if one and any(other.endswith(f" of {name.text}") for other in bodies):
        count["place"] += 3
    if one and _AT.search(before):
        count["place"] += 2
    if one and _FROM.search(before):
        count["place"] += 1
    noun = re.search(r"([a-z]+),? $", before)
    if not one and ((noun and noun[1] in PEOPLE) or re.search(r"(?:^|\n)By $", before) or _SAID.search(before)):
        count["person"] += 2
    line = text[text.rfind("\n", 0, start) + 1 : start]
    if not line.strip() and name.text.isupper() and _DATELINE.match(text, end):
        count["place"] += 4
    if _MEDIUM.search(before) or _MEDIUM_AFTER.match(text, end):
        count["organisation"] += 3
    if (_TO.search(before) or _SAYS.match(text, end)) and one:
        count["organisation"] += 1 + (name.kind == "unknown")
    if one and (before.endswith(" The ") or (before.endswith("(") and text[end : end + 1] == ")")):
        count["organisation"] += 2
    if one and name.kind == "unknown" and not name.text.isupper():
        count["place"] += 1
    if not one and _SAYS.match(text, end) and len(name.text.split()) <= 3 and not name.text.isupper():
        count["person"] += 1
    if not one and _is_described(text, end):
        count["person"] += 2
    return count


def _is_described(text: str, end: int) -> bool:
    """Say whether "a nurse", "who" or an age stands behind a name."""
    ahead = re.match(r",\s+(?:(who|whose)\b|\d\d\b|(?:an?|the|their|its|his|her)\s+((?:[\w-]+\s+){0,3}[\w-]+))", text[end : end + 60])
    if not ahead:
        return False
    nouns = (ahead[2] or "").lower().split()
    return not nouns or (any(noun in PEOPLE for noun in nouns) and not any(noun in BODIES for noun in nouns[:2]))

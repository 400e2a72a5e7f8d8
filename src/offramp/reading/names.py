"""Names in a report: phrases of capitalised words, and what each is the name of.

A small language model errs on names from many countries; its word is one of several here. Titles, words of organisations, known
bodies, states and given names are asked first, then the model, then what the same words were elsewhere in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from offramp.reading.initials import spelled_out
from offramp.reading.kinds import settle
from offramp.reading.lexicon import listed
from offramp.reading.nametables import (
    FAMILY_FIRST,
    GIVEN_NAMES,
    KNOWN,
    NEEDS_CONTEXT,
    OPENING_WORDS,
    ORGANISATION_WORDS,
    PLACES,
    SURE_TITLES,
    TITLES,
)
from offramp.reading.namewords import Name, Word, is_common, phrase_end, words_of
from offramp.reading.nations import ADJECTIVES, CAPITALS, STATES
from offramp.reading.parsed import Parsed
from offramp.reading.patterns import compiled

_WITH_APOSTROPHE = compiled(
    "(?:"
    + "|".join(sorted({re.escape(n.replace("’", "'")).replace("'", "['’]") for n in {**STATES, **KNOWN, **CAPITALS} if "'" in n}, key=len))
    + r")(?!\w)"
)
"""Names with an apostrophe inside, which would else be taken for a possessive ending."""
_LOWER_INSIDE = compiled(
    "(?:"
    + "|".join(sorted((re.escape(n) for n in KNOWN if n[0].isupper() and n.split()[-1].islower()), key=len, reverse=True))
    + r")(?!\w)"
)


def _whole(match: re.Match[str]) -> Name:
    plain = match[0].replace("’", "'")
    state = STATES.get(plain) or (plain if plain in CAPITALS else None)
    return Name(match.span(), state or KNOWN[plain], "place" if state else "organisation")


def find_names(parsed: Parsed, outlet: str = "") -> list[Name]:
    """Find the names in a parsed text, in its order.

    Parameters
    ----------
    parsed : Parsed
        The parsed text.
    outlet : str, optional
        Who published it.

    Returns
    -------
    list of Name
        Nothing overlaps. States, capitals and adjectives of states come with the kind ``place``; whether they act is told later.
    """
    words = words_of(parsed.text)
    found: list[Name] = []
    place = 0
    while place < len(words):
        whole = _WITH_APOSTROPHE.match(parsed.text, words[place].start) or _LOWER_INSIDE.match(parsed.text, words[place].start)
        if whole:
            found.append(_whole(whole))
            place = next((n for n in range(place, len(words)) if words[n].start >= whole.end()), len(words))
            continue
        end = phrase_end(parsed, words, place)
        if end > place:
            found.extend(
                _numbered(one, words[place - 1]) for one in _read_phrase(parsed, words[place:end], words[max(0, place - 2) : place])
            )
        place = max(end, place + 1)
    spelt = spelled_out(parsed.text, found)
    return _halves(parsed.text, _agreeing(parsed, settle(parsed, spelt, outlet), outlet))


_ORDINAL = compiled(r"\d{1,4}(?:st|nd|rd|th|d)")
_UNITS = listed("Brigade Regiment Battalion Company Division Corps Army Squadron Fleet Platoon Group Wing")


def _numbered(name: Name, before: Word) -> Name:
    """Take in the number of a military unit: "95th Air Assault Brigade"."""
    unit = name.kind == "organisation" and bool(_UNITS & {*name.text.split()}) and before.end + 1 == name.span[0]
    return (
        replace(name, span=(before.start, name.span[1]), text=f"{before.text} {name.text}")
        if unit and _ORDINAL.fullmatch(before.text)
        else name
    )


_HALF = compiled(r"\b(North|South)(ern)?\s+([A-Z][\w-]{2,30})")
_OTHER_HALF = {"North": "South", "South": "North"}


def _halves(text: str, names: Sequence[Name]) -> list[Name]:
    """Give "the North" the name of the land that the text calls Northern, or whose other half it calls Southern: "Northern Ireland"."""
    whole: dict[str, str] = {}
    for name in names:
        half = _HALF.fullmatch(name.text) if name.kind == "place" else None
        if half:
            whole[half[1]] = name.text
            whole.setdefault(_OTHER_HALF[half[1]], f"{_OTHER_HALF[half[1]]}{half[2] or ''} {half[3]}")
    return [
        replace(name, text=whole[name.text], kind="place")
        if name.text in whole and text[max(0, name.span[0] - 4) : name.span[0]].lower() == "the "
        else name
        for name in names
    ]


_LETTERS_BEHIND = listed("KC QC MP MEP MSP Jr Sr PhD MD CBE OBE MBE")
_NEED_THE = listed(
    "Daily Weekly List Online Watch House Project Staff Front Standard Star Cross Bar Guard Club Press Times News Today Morning"
)
_PLATFORM = compiled(r"\s+(?:channel|account|post|page|message|feed|chat)s?\b")
"""After the name of a service: who speaks there is somebody else."""


# -- what a phrase is ----------------------------------------------------------------------------------------------------------


def _read_phrase(parsed: Parsed, words: Sequence[Word], before: Sequence[Word]) -> Iterator[Name]:
    """Read a phrase: known parts first, then titles and adjectives of states off the front, then what is left."""
    place = 0
    while place < len(words):
        known = _known(parsed, words, place, before)
        if known:
            yield known[0]
            place = known[1]
            continue
        end = next((n for n in range(place + 1, len(words)) if not _is_body(words[place:]) and _known(parsed, words, n, ())), len(words))
        yield from _plain(parsed, words[place:end], words[:place])
        place = end


def _is_body(words: Sequence[Word]) -> bool:
    return (
        words[-1].text.lower() in ORGANISATION_WORDS
        or words[0].text.lower() in OPENING_WORDS
        or (len(words) > 1 and words[0].text == "General" and words[1].text.lower() in ORGANISATION_WORDS)
        or any(word.text == "&" for word in words)
        or any(
            word.text.lower() in OPENING_WORDS | ORGANISATION_WORDS
            and n + 1 < len(words)
            and words[n + 1].text in ("of", "for", "on", "in", "against")
            for n, word in enumerate(words)
        )
    )


def _known(parsed: Parsed, words: Sequence[Word], place: int, before: Sequence[Word]) -> tuple[Name, int] | None:
    """Return the longest known body, state, adjective or capital at a place in a phrase, and where it ends."""
    rest = words[place:]
    for size in range(min(9, len(rest)), 0, -1):
        part = rest[:size]
        text = " ".join(word.text for word in part)
        whole = size == len(rest)
        if text in KNOWN and _is_known_here(parsed, part, text, before) and (whole or not _is_body(rest)):
            return Name((part[0].start, part[-1].end), KNOWN[text], "organisation"), place + size
        if text in _OTHER_HALF and whole and before and before[-1].text.lower() == "the" and ("Korea" in parsed.text or parsed.has_halves):
            state = STATES[f"the {text}"] if "Korea" in parsed.text else text
            return Name((part[0].start, part[-1].end), state, "place"), place + size
        spelt = text.title() if text.isupper() and len(text) > 4 else text
        if (spelt in STATES or spelt in CAPITALS or spelt in PLACES) and whole:
            return Name((part[0].start, part[-1].end), STATES.get(spelt, spelt), "place"), place + size
        if text in ADJECTIVES or text.removesuffix("s") in ADJECTIVES or (text in STATES and not _is_body(rest)):
            return (Name((part[0].start, part[-1].end), text, "adjective"), place + size) if whole or not _is_body(rest) else None
    return None


def _is_known_here(parsed: Parsed, part: Sequence[Word], text: str, before: Sequence[Word]) -> bool:
    if _PLATFORM.match(parsed.text, part[-1].end):
        return False
    if text not in NEEDS_CONTEXT:
        return True
    token = parsed.at(part[0].start)
    return (bool(before) and before[-1].text.lower() == "the") or (token is not None and token.ent_type_ == "ORG")


def _plain(parsed: Parsed, words: Sequence[Word], before: Sequence[Word]) -> Iterator[Name]:
    """Read a phrase that no table knows; where a title stands inside, what precedes it is read by itself."""
    inner = next((n for n in range(len(words) - 2, 0, -1) if _is_inner_title(words, n)), 0)
    if inner and any(word.text.lower() not in TITLES for word in words[:inner]):
        yield from _plain(parsed, words[:inner], before)
        words = words[inner:]
    if _is_body(words) and not (
        words[0].text.lower() in SURE_TITLES
        and len(words) > 1
        and words[1].text.lower() not in ORGANISATION_WORDS
        and words[-1].text.lower() not in ORGANISATION_WORDS
    ):
        the = parsed.text[max(0, words[0].start - 4) : words[0].start].lower() == "the "
        if len(words) > 1 or not (is_common(words[0].text) or (words[0].text in _NEED_THE and not the)):
            yield _named(words, "organisation")
        return
    first = 0
    while first < len(words) and (words[first].text.lower() in TITLES or words[first].text in (".", "of")):
        first += 1
    title = " ".join(word.text for word in words[:first])
    rest = words[first:]
    rest = rest[:-1] if len(rest) > 2 and rest[-1].text in _LETTERS_BEHIND else rest
    if not rest or rest[0].text in ("for", "on"):
        if any(word.text.lower() in SURE_TITLES for word in words):
            yield Name((words[0].start, words[-1].end), _text([*before, *words]), "role")
        return
    sure = any(word.text.lower() in SURE_TITLES for word in words[:first])
    named = next((n for n in range(1, len(rest) - 1) if rest[n].text in GIVEN_NAMES), 0)
    if named and not sure and rest[0].text not in GIVEN_NAMES and rest[0].text not in FAMILY_FIRST and _kind(parsed, rest) == "person":
        rest = rest[named:]
    kind = "person" if sure and len(rest) <= 4 else _kind(parsed, rest)
    if not kind and len(rest) <= 2 and any(word.text.lower() in SURE_TITLES for word in before[:1]):
        kind = "person"
    if kind or (rest[0].text.lower() not in TITLES and not is_common(rest[0].text)):
        yield Name((rest[0].start, rest[-1].end), _text(rest), kind or "unknown", title)


def _text(words: Sequence[Word]) -> str:
    told = [word.text + "’" * (word.possessive and n + 1 < len(words)) for n, word in enumerate(words)]
    return " ".join(told).replace(" .", ".")


def _named(words: Sequence[Word], kind: str) -> Name:
    return Name((words[0].start, words[-1].end), _text(words), kind)


def _is_inner_title(words: Sequence[Word], place: int) -> bool:
    """Say whether a person's title stands at a place: "Supreme Court Justice Antonin Scalia", but not "the High Judge Council"."""
    after = words[place + 1]
    return (
        words[place].text.lower() in SURE_TITLES
        and words[-1].text.lower() not in ORGANISATION_WORDS
        and after.text[0].isupper()
        and after.text.lower() not in OPENING_WORDS
    )


_LABELS = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "people"}


def _kind(parsed: Parsed, words: Sequence[Word]) -> str:
    first, last = words[0].text, words[-1].text
    if 2 <= len(words) <= 4 and (first in GIVEN_NAMES or (first in FAMILY_FIRST and len(words) <= 3)):
        return "person"
    if len(words) == 1 and re.fullmatch(r"[A-Z]+-?\d{1,3}", first):
        return "organisation" if _is_subject(parsed, words) else ""
    if len(words) == 1 and (first in PLACES or first.lower() in TITLES):
        return "place" if first in PLACES else ""
    labels = [_LABELS.get(token.ent_type_, "") for token in parsed.within((words[0].start, words[-1].end))]
    told = [label for label in labels if label]
    if not told:
        return "organisation" if len(words) == 1 and re.fullmatch(r"[A-Z]{3,6}", first) and _is_subject(parsed, words) else ""
    if len(words) == 1 and told[0] == "organisation" and last in FAMILY_FIRST:
        return "person"
    return max(told, key=told.count)


def _is_subject(parsed: Parsed, words: Sequence[Word]) -> bool:
    token = parsed.at(words[0].start)
    return token is not None and token.dep_ in ("nsubj", "pobj", "nsubjpass", "compound")


def _agreeing(parsed: Parsed, names: Sequence[Name], outlet: str) -> list[Name]:
    """Give a word the kind that a longer name in the text has it in, and drop in headings what the text does not have elsewhere."""
    persons = {part for name in names if name.kind == "person" and " " in name.text for part in name.text.split()}
    persons -= STATES.keys() | KNOWN.keys()
    elsewhere = {name.text for name in names if not parsed.in_heading(name.span[0])} | {outlet}
    return [
        replace(name, kind="person" if name.text in persons and name.kind in ("organisation", "place", "people") else name.kind)
        for name in names
        if name.text in elsewhere or name.kind == "adjective" or name.text in CAPITALS or name.text in STATES
    ]

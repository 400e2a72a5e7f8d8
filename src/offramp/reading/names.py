"""Names in a report: phrases of capitalised words, and what each is the name of.

A small language model errs on names from many countries; its word is one of several here. Titles, words of organisations, known
bodies, states and given names are asked first, then the model, then what the same words were elsewhere in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from offramp.reading.datewords import MONTHS, WEEKDAYS
from offramp.reading.kinds import settle
from offramp.reading.nametables import (
    BODIES,
    COMPOUNDS,
    FAMILY_FIRST,
    GIVEN_NAMES,
    KNOWN,
    NEEDS_CONTEXT,
    NO_NAMES,
    OPENING_WORDS,
    ORGANISATION_WORDS,
    PEOPLE,
    PLACES,
    SURE_TITLES,
    TITLES,
)
from offramp.reading.nations import ADJECTIVES, CAPITALS, STATES
from offramp.reading.parsed import Parsed
from offramp.reading.patterns import compiled
from offramp.reading.records import Span

_WORD = compiled(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[-'’.&/][^\W_]+)*['’]?|\S")
_POSSESSIVE = compiled(r"['’]s$|['’]$")
_INSIDE = frozenset({"of", "for", "and", "the", "on", "against", "in", "to", "&", "without"})
_IN_PERSON = frozenset(
    {"de", "da", "di", "del", "della", "von", "van", "der", "den", "al", "bin", "bint", "ibn", "el", "la", "le", "dos", "ter", "du"}
)
_HALVES = ("Northern", "Southern", "North", "South")
_LOWER_STARTS = ("al-", "el-", "ad-", "an-", "as-")


@dataclass(frozen=True)
class Word:
    """A word with its place; `text` leaves the possessive ending out."""

    start: int
    end: int
    text: str
    possessive: bool


@dataclass(frozen=True)
class Name:
    """A name at a place: who or what it is the name of, and the title before it."""

    span: Span
    text: str
    kind: str
    title: str = ""


_WITH_APOSTROPHE = compiled(
    "(?:"
    + "|".join(sorted({re.escape(n.replace("’", "'")).replace("'", "['’]") for n in {**STATES, **KNOWN, **CAPITALS} if "'" in n}, key=len))
    + r")(?!\w)"
)
"""Names with an apostrophe inside, which would else be taken for a possessive ending."""
_MANY_WORDS = compiled("(?:" + "|".join(sorted((re.escape(n) for n in KNOWN if " " in n), key=len, reverse=True)) + r")(?!\w)")
_LOWER_INSIDE = compiled(
    "(?:"
    + "|".join(sorted((re.escape(n) for n in KNOWN if n[0].isupper() and n.split()[-1].islower()), key=len, reverse=True))
    + r")(?!\w)"
)


def _whole(match: re.Match[str]) -> Name:
    plain = match[0].replace("’", "'")
    state = STATES.get(plain) or (plain if plain in CAPITALS else None)
    return Name(match.span(), state or KNOWN[plain], "place" if state else "organisation")


def words_of(text: str) -> list[Word]:
    """Split a text into words, with possessive endings off.

    Examples
    --------
    >>> [word.text for word in words_of("Kim Jong-un’s U.N. envoy")]
    ['Kim', 'Jong-un', 'U.N.', 'envoy']
    """
    words = []
    for match in _WORD.finditer(text):
        plain = _POSSESSIVE.sub("", match[0]) or match[0]
        words.append(Word(match.start(), match.start() + len(plain), plain, plain != match[0]))
    return words


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
        end = _phrase_end(parsed, words, place)
        if end > place:
            found.extend(_read_phrase(parsed, words[place:end], words[max(0, place - 2) : place]))
        place = max(end, place + 1)
    return _halves(parsed.text, _agreeing(parsed, settle(parsed, found, outlet)))


def _halves(text: str, names: Sequence[Name]) -> list[Name]:
    """Give "the North" the name of the land that the text calls Northern: "Northern Ireland"."""
    whole = {
        part[:5]: name.text
        for name in names
        if name.kind == "place"
        for part in name.text.split()[:1]
        if part in _HALVES and " " in name.text
    }
    return [
        replace(name, text=whole[name.text[:5]])
        if name.text in ("North", "South") and name.text[:5] in whole and text[max(0, name.span[0] - 4) : name.span[0]].lower() == "the "
        else name
        for name in names
    ]


# -- phrases -----------------------------------------------------------------------------------------------------------------


def _is_name_word(parsed: Parsed, word: Word, starts: bool) -> bool:
    plain = word.text
    if not plain[0].isupper() or plain.lower() in NO_NAMES or (plain.lower() in MONTHS and not starts) or plain.lower() in WEEKDAYS:
        return plain.lower().startswith(_LOWER_STARTS) and plain[3:4].isupper()
    if (
        not plain[0].isalpha()
        or _is_compound(plain)
        or (plain.lower() in MONTHS and plain not in GIVEN_NAMES and plain not in ("June", "April", "August"))
    ):
        return False
    token = parsed.at(word.start)
    if token is None:
        return False
    if starts and _opens_sentence(parsed, word):
        return (
            _MANY_WORDS.match(parsed.text, word.start) is not None
            or ((token.pos_ == "PROPN" or _owns(parsed, word)) and not _is_common(plain))
            or (token.ent_type_ in ("PERSON", "ORG", "GPE", "NORP") and not _is_common(plain))
            or _is_in_tables(plain)
        )
    return True


def _owns(parsed: Parsed, word: Word) -> bool:
    """Say whether a word has a possessive ending and is no plural: "Norway's"."""
    return word.possessive and parsed.text[word.end : word.end + 2] in ("'s", "’s") and not word.text.endswith("men")


def _is_compound(word: str) -> bool:
    """Say whether a word is a state or capital with something behind it: "Pyongyang-instilled", "US-led"."""
    first, hyphen, last = word.rpartition("-")
    return (
        bool(hyphen)
        and last.islower()
        and (last in COMPOUNDS or first in STATES or first in CAPITALS or first in ADJECTIVES or first in KNOWN)
    )


def _is_common(word: str) -> bool:
    plain = word.lower()
    return plain in PEOPLE or plain in BODIES or plain.removesuffix("s") in PEOPLE or plain.removesuffix("s") in BODIES


def _is_in_tables(word: str) -> bool:
    return (
        word in STATES
        or word in CAPITALS
        or word in ADJECTIVES
        or word in KNOWN
        or word in PLACES
        or word in GIVEN_NAMES
        or word.lower() in SURE_TITLES
        or word in ("North", "South", "Ministry", "New", "Saudi")
    )


def _opens_sentence(parsed: Parsed, word: Word) -> bool:
    before = parsed.text[max(0, word.start - 3) : word.start].rstrip(" \t")
    return not before or before[-1] in ".!?:\n“\"«‘'(—–-;"


def _phrase_end(parsed: Parsed, words: Sequence[Word], place: int) -> int:
    """Return where the phrase of name words ends that begins at `place`."""
    if not _is_name_word(parsed, words[place], starts=True):
        return place
    end = place + 1
    while end < len(words) and end - place < 16 and (not words[end - 1].possessive or _is_owned_body(words[end - 1], words[end])):
        ahead = _goes_on(parsed, words, place, end)
        if not ahead:
            break
        end += ahead
    return end


def _is_owned_body(word: Word, after: Word) -> bool:
    """Say whether a plural possessive stands inside the name of a body: "Farm Workers' Union"."""
    return word.text.endswith("s") and after.start == word.end + 2 and after.text[0].isupper() and after.text.lower() in ORGANISATION_WORDS


def _goes_on(parsed: Parsed, words: Sequence[Word], first: int, place: int) -> int:
    """Return how many words more belong to the phrase: the next one, or it and the small word before it."""
    word, last = words[place], words[place - 1]
    gap = parsed.text[last.end : word.start]
    if "\n" in gap or (gap.strip() and gap != ". " and not _is_owned_body(last, word)):
        return 0
    if word.text == "." and (
        len(last.text) == 1
        or last.text.lower()
        in ("dr", "mr", "mrs", "ms", "gen", "col", "lt", "sen", "gov", "rep", "st", "prof", "maj", "sgt", "capt", "adm")
    ):
        return (
            2 if place + 1 < len(words) and words[place + 1].start == word.end + 1 and _is_name_word(parsed, words[place + 1], False) else 0
        )
    if word.text[0].isalpha() and _is_name_word(parsed, word, starts=False):
        return 1
    small = word.text.lower()
    more = place + 1 < len(words) and _is_name_word(parsed, words[place + 1], False)
    if small in _IN_PERSON and word.text.islower():
        further = words[place + 1 : place + 3]
        if more or (len(further) == 2 and further[0].text in _IN_PERSON and _is_name_word(parsed, further[1], False)):
            return 2 if more else 3
    if small == "&" and more:
        return 2
    if small not in _INSIDE or not _may_take_of(words[first:place], small):
        return 0
    if small == "of" and place + 2 < len(words) and words[place + 1].text == "the" and _is_name_word(parsed, words[place + 2], False):
        return 3
    if small == "and" and not _may_take_and(words, place):
        return 0
    return 2 if more else 0


def _may_take_of(words: Sequence[Word], small: str) -> bool:
    if small in ("the",):
        return False
    told = [word.text.lower() for word in words]
    if small == "and":
        return any(word in ("of", "for", "on") for word in told) and told[0] in OPENING_WORDS
    return any(word in OPENING_WORDS or word in ORGANISATION_WORDS for word in told) or told[-1] in (
        "high",
        "chief",
        "secretary",
        "minister",
        "director",
        "commissioner",
    )


def _may_take_and(words: Sequence[Word], place: int) -> bool:
    """Say whether "and" goes on inside a name: "Trade and Industry", but not "Defence and Kim"."""
    after = words[place + 1] if place + 1 < len(words) else None
    return (
        after is not None
        and after.text not in STATES
        and after.text not in GIVEN_NAMES
        and after.text not in FAMILY_FIRST
        and after.text.lower() not in OPENING_WORDS
        and after.text not in ADJECTIVES
    )


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
            word.text.lower() in OPENING_WORDS and n + 1 < len(words) and words[n + 1].text in ("of", "for", "on")
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
        if text in ("North", "South") and whole and before and before[-1].text.lower() == "the" and "Korea" in parsed.text:
            return Name((part[0].start, part[-1].end), STATES[f"the {text}"], "place"), place + size
        if (text in STATES or text in CAPITALS or text in PLACES) and whole:
            return Name((part[0].start, part[-1].end), STATES.get(text, text), "place"), place + size
        if text in ADJECTIVES or text.removesuffix("s") in ADJECTIVES or (text in STATES and not _is_body(rest)):
            return (Name((part[0].start, part[-1].end), text, "adjective"), place + size) if whole or not _is_body(rest) else None
    return None


def _is_known_here(parsed: Parsed, part: Sequence[Word], text: str, before: Sequence[Word]) -> bool:
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
        if len(words) > 1 or not _is_common(words[0].text):
            yield _named(words, "organisation")
        return
    first = 0
    while first < len(words) and (words[first].text.lower() in TITLES or words[first].text in (".", "of")):
        first += 1
    title = " ".join(word.text for word in words[:first])
    rest = words[first:]
    if not rest:
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
    if kind or (rest[0].text.lower() not in TITLES and not _is_common(rest[0].text)):
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


def _agreeing(parsed: Parsed, names: Sequence[Name]) -> list[Name]:
    """Give a word the kind that a longer name in the text has it in, and drop in headings what the text does not have elsewhere."""
    persons = {part for name in names if name.kind == "person" and " " in name.text for part in name.text.split()}
    persons -= STATES.keys() | KNOWN.keys()
    elsewhere = {name.text for name in names if not parsed.in_heading(name.span[0])}
    return [
        replace(name, kind="person" if name.text in persons and name.kind in ("organisation", "place", "people") else name.kind)
        for name in names
        if name.text in elsewhere or name.kind == "adjective" or name.text in CAPITALS or name.text in STATES
    ]

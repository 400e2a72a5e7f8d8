"""Where the names in a text may begin and end: runs of capitalised words, with the small words that stand inside a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from offramp.reading.datewords import MONTHS, WEEKDAYS
from offramp.reading.lexicon import listed
from offramp.reading.nametables import (
    BODIES,
    COMPOUNDS,
    FAMILY_FIRST,
    GIVEN_NAMES,
    KNOWN,
    NO_NAMES,
    OPENING_WORDS,
    ORGANISATION_WORDS,
    PEOPLE,
    PLACES,
    SURE_TITLES,
    TITLES,
)
from offramp.reading.nations import ADJECTIVES, CAPITALS, STATES
from offramp.reading.parsed import Parsed, Token
from offramp.reading.patterns import compiled
from offramp.reading.records import Span

_WORD = compiled(r"(?:[A-Z]\.){2,}|[^\W_]+(?:(?:[-'’.&]|(?<=[A-Z])/(?=[A-Z]{2}))[^\W_]+)*['’]?|\S")
_POSSESSIVE = compiled(r"['’]s$|['’]$")
_INSIDE = frozenset({"of", "for", "and", "the", "on", "against", "in", "to", "&", "without", "or"})
_IN_PERSON = frozenset(
    {"de", "da", "di", "del", "della", "von", "van", "der", "den", "al", "bin", "bint", "ibn", "el", "la", "le", "dos", "ter", "du"}
)
_HEADED = listed(
    "Committee Ministry Department Council Commission Agency Directorate Board Bureau Division Court Office Service Forum Foundation"
    " Fund Association Federation Institute Centre Center Network Authority"
)
"""Nouns of bodies that a field with "and" in it stands before."""
_MANDATES = listed("Rights Elimination Protection Prevention Exercise Situation Status Treatment Promotion Prohibition")
"""Words by which the name of a committee goes on after "on the"."""
_KIN = listed("Families Mothers Wives Parents Relatives Widows Children Rights Affairs")
_ABROAD = listed("embassy consulate delegation mission representation committee rights")
_BEFORE_OF = listed("high chief secretary minister director commissioner")
_LOWER_STARTS = ("al-", "el-", "ad-", "an-", "as-")
_INSIDE_ONLY = listed("Today Tomorrow Now Here One First TV Internet God Not All Some")
"""Words that begin no name and yet stand inside one: "Harbour Today", "Tolm TV"."""
_MANY_WORDS = compiled("(?:" + "|".join(sorted((re.escape(n) for n in KNOWN if " " in n), key=len, reverse=True)) + r")(?!\w)")


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
    is_sure: bool = False
    """Whether nothing around the name may tell another kind."""


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


def _is_name_word(parsed: Parsed, word: Word, starts: bool) -> bool:
    plain = word.text
    if not starts and plain in _INSIDE_ONLY:
        return True
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
            or ((token.pos_ == "PROPN" or _owns(parsed, word) or _leads_name(token)) and not is_common(plain))
            or (token.ent_type_ in ("PERSON", "ORG", "GPE", "NORP") and not is_common(plain))
            or _is_in_tables(plain)
        )
    return True


def _leads_name(token: Token) -> bool:
    """Say whether a word taken for an adjective stands before a name as names do: "Ilse Crane represents …"."""
    return token.dep_ == "compound" and token.head.pos_ == "PROPN" and token.head.i == token.i + 1 and token.text.lower() not in TITLES


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


def is_common(word: str) -> bool:
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


def phrase_end(parsed: Parsed, words: Sequence[Word], place: int) -> int:
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
    """Say whether a plural possessive stands inside the name of a body: "Farm Workers' Union", "Association of Defenders' Families"."""
    return (
        word.text.endswith("s") and after.start == word.end + 2 and (after.text.lower() in ORGANISATION_WORDS or after.text in _KIN)
    ) and after.text[0].isupper()


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
    if small in ("and", "or"):
        return (
            2
            if more and (_may_take_of(words[first:place], small) and _may_take_and(words, place))
            else _to_body(parsed, words, first, place)
        )
    if small not in _INSIDE or not _may_take_of(words[first:place], small):
        return 0
    if place + 2 < len(words) and words[place + 1].text == "the" and _is_name_word(parsed, words[place + 2], False):
        return 3 if small == "of" or ((small == "for" or words[place + 2].text in _MANDATES) and small != "in") else 0
    return 2 if more else 0


def _to_body(parsed: Parsed, words: Sequence[Word], first: int, place: int) -> int:
    """Return how many words lead over "and" to the noun of a body: "the Foreign Affairs and Unification Committee"."""
    told = [word.text for word in words[first:place]]
    if any(one.lower() in ORGANISATION_WORDS or one in STATES or one in CAPITALS or one in GIVEN_NAMES or one in KNOWN for one in told):
        return 0
    for size in range(2, 5):
        after = words[place + size - 1] if place + size <= len(words) else None
        if after is None or parsed.text[words[place + size - 2].end : after.start] != " " or not _is_name_word(parsed, after, False):
            return 0
        if after.text in _HEADED:
            return size
    return 0


def _may_take_of(words: Sequence[Word], small: str) -> bool:
    told = [word.text.lower() for word in words]
    if small in ("and", "or"):
        return any(word in ("of", "for", "on") for word in told) and any(word in OPENING_WORDS or word == "group" for word in told[:3])
    if small == "in":
        return any(word in _ABROAD for word in told)
    return any(word in OPENING_WORDS or word in ORGANISATION_WORDS for word in told) or told[-1] in _BEFORE_OF


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

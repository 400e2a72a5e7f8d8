"""What an utterance is about: its words reduced to concepts, its numbers, whether it denies something.

Everything is by small rules and tables, so that why two sayings were linked can be said in words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from offramp.sayings.tables import DENYING, IRREGULAR, LIGHT, NEGATIVE, POSS, REPORTING, SELF, STOP, SYNONYMS

_LETTERS = r"(?:[^\W\d_][\u0300-\u036f]*)+"
_WORD = re.compile(rf"\d+(?:[.,:]\d+)*|{_LETTERS}(?:'{_LETTERS})*")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ＇`´", "'"))
_CONTRACTED = {"won't": "will not", "can't": "can not", "cannot": "can not", "shan't": "shall not", "ain't": "is not"}
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_SMALL = {word: value for value, word in enumerate(_UNITS.split())}
_TENS = {word: 10 * place for place, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
_RANKS = "second third fourth fifth sixth seventh eighth ninth tenth"
_ORDINALS = {word: place for place, word in enumerate(_RANKS.split(), 2)}
MOST_WORDS = 400
"""Words of one saying that are looked at; quotations are shorter, and damage is not worth more."""


@dataclass(frozen=True)
class Token:
    """A word as it stands, and folded: case, accents and forms of letters do not count."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Gist:
    """What the words of a saying come down to.

    ``words`` are folded; ``concepts`` are in the order of the text; ``numbers`` are pairs of a number and the concept after it;
    ``said`` holds for every concept the words that stand for it.
    """

    words: tuple[str, ...]
    concepts: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    is_negated: bool
    may_deny: bool
    said: dict[str, str]

    @cached_property
    def about(self) -> frozenset[str]:
        """The concepts, in no order."""
        return frozenset(self.concepts)

    @cached_property
    def neighbours(self) -> frozenset[tuple[str, str]]:
        """Each two concepts that stand side by side."""
        return frozenset(pairwise(self.concepts))


def tokens(text: str) -> list[Token]:
    """Return the words of a text, folded, with their places.

    Examples
    --------
    >>> [token.text for token in tokens("“Türk’s men can’t go,” he said: 3,000 of them.")]
    ['turk', 'men', 'can', 'not', 'go', 'he', 'said', '3000', 'of', 'them']
    """
    found: list[Token] = []
    for match in _WORD.finditer(text.translate(_APOSTROPHES)):
        found += (Token(match.start(), match.end(), word) for word in _folded(match[0]) if word)
    return found[:MOST_WORDS]


@lru_cache(100_000)
def _folded(word: str) -> tuple[str, ...]:
    letters = unicodedata.normalize("NFKD", word.casefold())
    plain = unicodedata.normalize("NFC", "".join(letter for letter in letters if not unicodedata.combining(letter)))
    if plain[:1].isdigit():
        return (re.sub(r",(?=\d{3}(?!\d))", "", plain),)
    if plain in _CONTRACTED:
        return tuple(_CONTRACTED[plain].split())
    if plain.endswith("n't"):
        return (plain[:-3], "not")
    return (plain.partition("'")[0],)


@lru_cache(100_000)
def stem(word: str) -> str:
    """Return a word without its endings, crudely: forms of one word meet, and few others do.

    Examples
    --------
    >>> [stem(word) for word in ("negotiations", "negotiate", "stopped", "families", "taken", "treatment", "quickly")]
    ['negotiat', 'negotiat', 'stop', 'fami', 'tak', 'treat', 'quick']
    """
    word = IRREGULAR.get(word, word)
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-2] if word.endswith(("sses", "shes", "ches", "xes")) else word[:-1]
    for ending, least in (("ly", 4), ("ness", 4), ("ment", 5), ("ing", 3), ("ied", 3), ("ed", 3), ("ion", 4), ("al", 5)):
        if word.endswith(ending) and len(word) - len(ending) >= least:
            word = word[: -len(ending)] + "y" * (ending == "ied")
            if ending in ("ing", "ed") and len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


@lru_cache(10_000)
def gist(text: str) -> Gist:
    """Return what a saying comes down to.

    Examples
    --------
    >>> gist("They blew themselves up.").concepts == gist("He took his own life").concepts == ("suicide",)
    True
    >>> gist("No talks before 3,000 captives are home").numbers
    (('3000', 'prisoner'),)
    """
    there = [token.text for token in tokens(text)]
    found = [(concept, " ".join(there[place : place + size])) for concept, place, size in spotted(there) if concept]
    said = dict(reversed(found))
    is_negated = not NEGATIVE.isdisjoint(there)
    denies = is_negated or any(stem(word) in _DENYING for word in there)
    concepts = tuple(concept for concept, _ in found)
    return Gist(tuple(there), concepts, tuple(_counted(concepts)), is_negated, denies, said)


def _counted(concepts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield each number with what it counts, which is the next concept that is no number: nine of the fourteen gates."""
    for place, concept in enumerate(concepts):
        if concept.startswith("#"):
            yield concept[1:], next((after for after in concepts[place:] if not after.startswith("#")), "")


def spotted(words: list[str]) -> Iterator[tuple[str, int, int]]:
    """Yield each concept in the order of the text, or nothing for a word without one, with its place and how many words it takes."""
    stems = [_class(word) for word in words]
    place = 0
    while place < len(words):
        concept, size = _concept(words, stems, place)
        yield concept, place, size
        place += size


def _concept(words: list[str], stems: list[str], place: int) -> tuple[str, int]:
    """Return the concept that begins at a place, and how many words it takes: a phrase, a number or a word."""
    for size in range(min(5, len(words) - place), 1, -1):
        phrase = _phrases().get(tuple(stems[place : place + size]))
        if phrase is not None:
            return phrase, size
    number, size = _number(words, place)
    return (f"#{number}", size) if size else (_single(words[place], stems[place]), 1)


def _single(word: str, stemmed: str) -> str:
    return "" if word in STOP or len(word) < 2 else _phrases().get((stemmed,), stemmed)


def _class(word: str) -> str:
    return "SELF" if word in SELF else "POSS" if word in POSS else stem(word)


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    """Return the concept of every word and phrase of the table of synonyms."""
    found: dict[tuple[str, ...], str] = {}
    for line in SYNONYMS.splitlines():
        name, _, members = line.partition(": ")
        for member in [name, *members.split(", ")]:
            key = tuple(word if word.isupper() else stem(word) for word in member.split())
            found.setdefault(key, name)
    return found


_DENYING = frozenset(map(stem, DENYING))
_LIGHT = frozenset(map(stem, LIGHT | REPORTING))


def is_light(concept: str) -> bool:
    """Return whether a concept stands in nearly any utterance."""
    return concept in _LIGHT or concept in LIGHT


def _number(words: list[str], place: int) -> tuple[str, int]:
    """Return the number that begins at a place, and how many words it takes; 0 where none does."""
    if words[place][0].isdigit():
        scale = _SCALES.get(words[place + 1]) if place + 1 < len(words) else None
        if scale and re.fullmatch(r"\d+(\.\d+)?", words[place]):
            return f"{float(words[place]) * scale:.0f}", 2
        return words[place], 1
    if words[place] in _ORDINALS:
        return f"{_ORDINALS[words[place]]}.", 1
    total = part = size = 0
    for word in words[place:]:
        if word in _SCALES:
            part = max(part, 1) * _SCALES[word]
            total, part = (total + part, 0) if part >= 1_000 else (total, part)
        elif word in _SMALL or word in _TENS:
            part += _SMALL.get(word, 0) + _TENS.get(word, 0)
        elif not (
            word == "and"
            and size
            and words[place + size - 1] in _SCALES
            and words[place + size + 1 : place + size + 2]
            and words[place + size + 1] in {**_SMALL, **_TENS}
        ):
            break
        size += 1
    return (str(total + part), size) if size and not (size == 1 and words[place] in ("one", "zero")) else ("", 0)

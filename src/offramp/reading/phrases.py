"""Noun phrases: where one begins and ends, and what it names."""

from __future__ import annotations

from collections.abc import Container

from offramp.reading.lexicon import listed
from offramp.reading.nations import state_of
from offramp.reading.words import NAMES, NOUNS, Words

TITLES = listed(
    """mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sir lord lady president vice minister foreign prime secretary general
    senator sen sen. rep rep. reps reps. sens sens. representative congressman congresswoman gov gov. governor mayor chancellor
    ambassador judge justice
    colonel col. col captain capt. major maj. lieutenant lt. lt sergeant sgt. sgt private commander admiral adm. gen. gen brig.
    spokesman spokeswoman spokesperson director chairman chairwoman chair chief king queen prince princess pope bishop archbishop
    father sister rabbi imam sheikh attorney deputy premier defense defence interior former ex-president marshal officer director-
    general commissioner rapporteur special lawmaker activist"""
)
HONORIFICS = listed("mr mr. mrs mrs. ms ms. miss dr dr. prof prof. sir")
FEMALE = listed("mrs mrs. ms ms. miss lady queen princess congresswoman spokeswoman chairwoman sister mother woman she her")
MALE = listed("mr mr. sir lord king prince congressman spokesman chairman father brother man he him")
_OPENING = frozenset("“‘«„':–—-")
_SMALL = listed("the a an this that these those his her its their our my your any every each")
PERSONAL = listed("i you he she it we they him her them me us who")


def prep(words: Words, index: int, wanted: Container[str], after: int = -1) -> int | None:
    """Return the first preposition of a list that hangs on a word and stands after another.

    Parameters
    ----------
    words : Words
        The parsed paragraph.
    index : int
        The word it hangs on.
    wanted : container of str
        The prepositions.
    after : int
        The word after which it stands.
    """
    return next((child for child in words.kids(index, "prep") if child > after and words.lower[child] in wanted), None)


def phrase(words: Words, index: int) -> tuple[int, int]:
    """Return the first and last word of the noun phrase headed by a word, without its clauses.

    Examples
    --------
    "one of the soldiers, who had fled" gives "one of the soldiers".
    """
    first, last = index, index
    for child in words.children[index]:
        if child < index and words.dep[child] not in {"punct", "cc", "advmod", "mark", "advcl", "preconj", "relcl", "appos", "parataxis"}:
            first = min(first, words.left[child])
        elif child > index and words.dep[child] in {"prep", "case", "poss", "nmod", "compound", "nummod", "conj", "npadvmod", "flat"}:
            if words.dep[child] == "conj" and words.tag[child] not in NOUNS:
                continue
            last = max(last, _last(words, child))
        elif child == last + 1 and words.lower[child] == "close" and words.kid(child, "prep") is not None:
            last = max(last, _last(words, child))
    while first < index and words.tag[first] in {",", "``", "''", ":", "CC", "RB", "IN"} and words.lower[first] not in {"at", "about"}:
        first += 1
    return first, last


def _last(words: Words, index: int) -> int:
    """Return the last word of what hangs on a word, clauses left out."""
    end = words.right[index]
    for child in sorted(words.subtree(index)):
        if child > index and words.dep[child] in {"relcl", "acl", "advcl", "appos", "ccomp", "parataxis"}:
            end = min(end, words.left[child] - 1)
        if child > index and words.tag[child] in {",", "``", ":", "-LRB-"}:
            end = min(end, child - 1)
    while end > index and words.tag[end] in {",", ".", "''", ":", "-RRB-"}:
        end -= 1
    return max(end, index)


def name_run(words: Words, index: int) -> tuple[int, int] | None:
    """Return the run of capitalised names that a noun phrase is headed by, or None."""
    if words.tag[index] not in NAMES:
        return None
    first = last = index
    begin, end = words.sentence_of(index)
    while first > begin and (words.tag[first - 1] in NAMES or _is_hyphen(words, first - 1)):
        first -= 1
    while first > begin and _is_first_name(words, first - 1):
        first -= 1
    while last + 1 < end and (words.tag[last + 1] in NAMES or _is_hyphen(words, last + 1)):
        last += 1
    return first, last


def _is_first_name(words: Words, index: int) -> bool:
    """Whether a word that the parser does not take for a name is the first part of one."""
    adverb = words.dep[index] == "advmod" and words.tag[index] == "JJ" and words.head[index] > index + 1
    return (words.dep[index] == "compound" or adverb) and words.tag[index] in {"JJ", "NN", "FW", "UH"} and words.text[index][:1].isupper()


def _is_hyphen(words: Words, index: int) -> bool:
    """Whether a word is the hyphen of a double name, as the parser splits it."""
    if words.text[index] != "-" or not 0 < index < len(words) - 1:
        return False
    glued = words.places[index - 1][1] == words.places[index][0] and words.places[index][1] == words.places[index + 1][0]
    return glued and words.tag[index - 1] in NAMES and words.tag[index + 1] in NAMES


def is_name(words: Words, index: int) -> bool:
    """Whether a word is (part of) a proper name."""
    return words.tag[index] in NAMES and words.text[index][:1].isupper()


def plain(words: Words, first: int, last: int) -> str:
    """Return the words of a noun phrase without its article, on one line."""
    while first < last and words.lower[first] in _SMALL:
        first += 1
    text = ""
    for index in range(first, last + 1):
        glued = index > first and words.places[index][0] == words.places[index - 1][1]
        text += words.text[index] if glued or not text else " " + words.text[index]
    begins = words.sentence_of(first)[0] == first or words.text[first - 1] in _OPENING
    capital = words.tag[first] == "JJ" and (state_of(words.text[first]) is not None or words.text[first + 1][:1].isupper())
    is_name = words.tag[first] in NAMES or _is_first_name(words, first) or not text[1:2].islower() or (first < last and capital)
    return text if is_name or not begins else text[0].lower() + text[1:]

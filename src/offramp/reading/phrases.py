"""Noun phrases: where one begins and ends, and what it names."""

from __future__ import annotations

from offramp.reading.lexicon import listed
from offramp.reading.words import NAMES, NOUNS, Words

TITLES = listed(
    """mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sir lord lady president vice minister foreign prime secretary general
    senator sen sen. rep rep. representative congressman congresswoman gov gov. governor mayor chancellor ambassador judge justice
    colonel col. col captain capt. major maj. lieutenant lt. lt sergeant sgt. sgt private commander admiral adm. gen. gen brig.
    spokesman spokeswoman spokesperson director chairman chairwoman chair chief king queen prince princess pope bishop archbishop
    father sister rabbi imam sheikh attorney deputy premier defense defence interior former ex-president marshal officer director-
    general commissioner rapporteur special lawmaker activist"""
)
HONORIFICS = listed("mr mr. mrs mrs. ms ms. miss dr dr. prof prof. sir")
FEMALE = listed("mrs mrs. ms ms. miss lady queen princess congresswoman spokeswoman chairwoman sister mother woman she her")
MALE = listed("mr mr. sir lord king prince congressman spokesman chairman father brother man he him")
PERSONAL = listed("i you he she it we they him her them me us who")
DEMONYM_ENDINGS = ("ian", "ean", "ese", "ish", "ch")
LINKS = frozenset({"of", "for", "and", "on", "the", "de", "du", "des", "in", "&", "to", "&amp;"})


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
    while first > 0 and words.tag[first - 1] in NAMES and words.sentence[first - 1] == words.sentence[index]:
        first -= 1
    while last + 1 < len(words) and words.tag[last + 1] in NAMES and words.sentence[last + 1] == words.sentence[index]:
        last += 1
    return first, last


def is_name(words: Words, index: int) -> bool:
    """Whether a word is (part of) a proper name."""
    return words.tag[index] in NAMES and words.text[index][:1].isupper()

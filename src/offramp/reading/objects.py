"""Objects that are what was said: "denied the charge", "announced plans to build", and those that are not: "citing two officials"."""

from __future__ import annotations

from offramp.reading.frames import lemma
from offramp.reading.lexicon import listed
from offramp.reading.reach import has_to, onward
from offramp.reading.words import Words

_PEOPLE = listed(
    """official source person people witness neighbour neighbor officer relative diplomat expert chief judge guard soldier prisoner minister
    spokesman spokeswoman doctor lawyer aide member analyst researcher resident survivor driver nurse mother father family colleague"""
)
"""Who is quoted or cited, and not what."""
_PLANS = listed("plan decision intention proposal effort offer deal agreement bid move willingness readiness campaign")


def object_of(words: Words, index: int, frames: str) -> list[set[int]]:
    """Return the object that is what was said: "denied the charge"; empty where a verb has none.

    Parameters
    ----------
    words : Words
        The parsed paragraph.
    index : int
        The verb.
    frames : str
        The frames in which it reports.
    """
    thing = words.kid(index, "dobj")
    if "o" not in frames.split("+")[0] or thing is None or thing < index or thing in words.folded:
        return []
    as_ = any(words.lower[child] == "as" for child in words.kids(index, "prep"))
    if words.lower[thing] in {"himself", "herself", "themselves", "it", "which", "that"} and "c" in frames and not as_:
        return []
    if any(words.lower[child] == "as" and words.kid(child, "pcomp") is not None for child in words.kids(index, "prep")):
        return []
    if lemma(words, index) in {"quote", "cite"} and _is_source(words, index, thing):
        return []
    own = words.subtree(thing)
    for child in words.kids(index, "prep"):
        if child > thing and words.lower[child] in {"for", "as", "over"}:
            own |= words.subtree(child)
    own |= _planned(words, index, thing)
    return [onward(words, index, own)]


def _planned(words: Words, index: int, thing: int) -> set[int]:
    """Return the infinitive of "announced plans this week to build", hung on the verb."""
    if words.lower[thing].removesuffix("s") not in _PLANS:
        return set()
    to = next((child for child in words.kids(index, "xcomp", "advcl") if child > thing and has_to(words, child)), None)
    return words.subtree(to) if to is not None else set()


def _is_source(words: Words, index: int, thing: int) -> bool:
    """Whether what is quoted or cited is whoever said it, and not the words: "citing two officials", "quoting a letter"."""
    noun = words.lower[thing]
    if lemma(words, index) == "quote" and words.tag[thing] in {"NN", "NNS"}:
        return all(words.quotation[word] is None for word in words.subtree(thing))
    return noun in _PEOPLE or noun.removesuffix("s") in _PEOPLE or noun.removesuffix("es") in _PEOPLE

"""What is told not to have been said: "was silent on", "gave no reason for", "not a word from her about", "would not be drawn on"."""

from __future__ import annotations

from collections.abc import Iterator

from offramp.reading.content import pieces
from offramp.reading.frames import Finding, cue_bounds, subject
from offramp.reading.lexicon import listed
from offramp.reading.phrases import prep
from offramp.reading.words import NOUNS, VERBS, Words

_SILENT = listed("silent mum tight-lipped")
_SILENCE = listed("silence")
_STAYS = listed("is was are were kept keeps keep remained remains remain stayed stays stay fell been")
_ABOUT = ("on", "about", "over", "of", "as")
_GIVES = listed("gave gives give given offered offers offer provided provides provide")
_ANSWERS = {"reason": ("for",), "reasons": ("for",), "explanation": ("for", "of"), "details": ("of", "on", "about"), "detail": ("of", "on"),
            "answer": ("to",), "reply": ("to",), "response": ("to",), "indication": ("of",), "date": ("for",), "figure": ("for",),
            "figures": ("for", "on"), "comment": ("on", "about")}  # fmt: skip
"""What somebody gives none of, and what opens what it is about."""


def silences(words: Words, taken: set[int]) -> Iterator[Finding]:
    """Yield what somebody is told to have been silent about; each is negated.

    Parameters
    ----------
    words : Words
        The parsed paragraph.
    taken : set of int
        Words that are cues already.
    """
    for index in range(len(words)):
        if words.quotation[index] is not None or index in taken:
            continue
        low, above = words.lower[index], words.head[index]
        if low in _SILENT and words.lower[above] in _STAYS:
            yield from _about(words, above, index, index, _ABOUT)
        elif low in _ANSWERS and words.dep[index] == "dobj" and words.lower[above] in _GIVES and _is_none(words, index):
            yield from _about(words, above, index, index, _ANSWERS[low])
        elif low == "drawn" and words.kid(index, "neg") is not None and words.kid(index, "auxpass") is not None:
            yield from _about(words, index, index, index, ("on", "about", "into"))
        elif low == "word" and words.lower[index - 2 : index] == ["not", "a"]:
            yield from _not_a_word(words, index)


def _is_none(words: Words, index: int) -> bool:
    return any(words.lower[child] == "no" for child in words.kids(index, "det"))


def _about(words: Words, verb: int, noun: int, last: int, openers: tuple[str, ...]) -> Iterator[Finding]:
    """Yield what stands after the preposition that opens it."""
    opener = prep(words, noun, openers, last) or prep(words, verb, openers, last)
    thing = words.kid(opener, "pobj", "pcomp") if opener is not None else None
    who = words.kid(verb, "nsubjpass") if words.lower[verb] == "drawn" else subject(words, verb)
    if opener is None or thing is None or who is None or opener - last > 3:
        return
    found = pieces(words, words.subtree(thing))
    if found:
        yield Finding(words, "object", (cue_bounds(words, verb)[0], opener), verb, who, found, verb, silent=True)


def _not_a_word(words: Words, index: int) -> Iterator[Finding]:
    """Take "not a word from her about the gate", a sentence without a verb."""
    begin, end = words.sentence_of(index)
    if any(words.tag[word] in VERBS and words.head[word] == word for word in range(begin, end)):
        return
    links = [word for word in range(index + 1, end) if words.lower[word] in {"about", "of", "on"}]
    whose = [word for word in range(index + 1, end) if words.lower[word] in {"from", "by"}]
    who = words.kid(whose[0], "pobj") if whose else None
    if links and who is not None and whose[0] < links[0]:
        thing = words.kid(links[0], "pobj", "pcomp")
        found = pieces(words, words.subtree(thing)) if thing is not None and words.tag[thing] in NOUNS | VERBS else []
        if found:
            yield Finding(words, "object", (index - 2, index), None, who, found, index, silent=True)

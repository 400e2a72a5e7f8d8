"""Attribution without a verb that has a subject: "according to", "in the opinion of", "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator

from offramp.reading.content import after_connective, bracket, pieces
from offramp.reading.cues import HEARSAY_ADVERBS
from offramp.reading.frames import Finding, frame
from offramp.reading.lexicon import listed
from offramp.reading.phrases import phrase
from offramp.reading.words import NOUNS, VERBS, Words

_OPINIONS = listed("opinion view words judgment judgement estimation assessment eyes account telling submission")
_STOPS = frozenset({";", "—", "–", "--"})


def phrasal(words: Words, taken: set[int]) -> Iterator[Finding]:
    """Yield the statements whose cue is a phrase and no reporting verb.

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
        if words.lower[index] == "according" and words.lower[index + 1 : index + 2] == ["to"]:
            yield from _set_off(words, index, index + 1, "according")
        elif words.lower[index] == "per" and words.dep[index] == "prep" and _is_edge(words, index):
            yield from _set_off(words, index, index, "according")
        elif words.lower[index] in _OPINIONS and words.lower[index + 1 : index + 2] == ["of"] and _in(words, index):
            yield from _set_off(words, index - 2, index + 1, "opinion")
        elif words.lower[index] in _OPINIONS and words.dep[index] == "pobj" and words.lower[words.head[index]] in {"in", "by", "to"}:
            yield from _in_her_view(words, index)
        elif words.lower[index] in HEARSAY_ADVERBS:
            yield from _reportedly(words, index, taken)


def _in_her_view(words: Words, index: int) -> Iterator[Finding]:
    """Take the sentence around "in her view"."""
    first, whose = words.head[index], words.kid(index, "poss")
    if whose is not None and index - first < 8 and (_is_edge(words, first) or words.text[index + 1 : index + 2] in [["."], [","]]):
        begin, end = words.sentence_of(first)
        content = _clause_around(words, first, index, begin, end, set(range(first, index + 1)))
        found = pieces(words, content)
        if found:
            yield Finding(words, "opinion", (first, index), None, whose, found, first)


def _in(words: Words, index: int) -> bool:
    return index >= 2 and words.lower[index - 1] == "the" and words.lower[index - 2] in {"in", "by"}


def _is_edge(words: Words, index: int) -> bool:
    begin, _ = words.sentence_of(index)
    return index == begin or words.text[index - 1] == ","


def _noun_after(words: Words, index: int) -> int | None:
    return next((word for word in range(index + 1, min(index + 12, len(words))) if words.tag[word] in NOUNS | {"PRP"}), None)


def _set_off(words: Words, first: int, last: int, rule: str) -> Iterator[Finding]:
    """Take the sentence around "according to X" or "in the opinion of X" as what X said."""
    who = words.kid(last, "pobj")
    if who is None:
        who = _noun_after(words, last)
    if who is None:
        return
    begin, end = words.sentence_of(first)
    begin = bracket(words, begin, first)
    own = set(range(first, last + 1)) | _source(words, who, end)
    content = _clause_around(words, first, max(own), begin, end, own)
    found = pieces(words, content)
    if found:
        yield Finding(words, rule, (first, last), None, who, found, first)


def _source(words: Words, who: int, end: int) -> set[int]:
    """Return the words of whoever is named after "according to"."""
    first, last = phrase(words, who)
    own = set(range(first, last + 1))
    ends = {","} if _opens_sentence(words, first) else {",", "."}
    for child in words.kids(who, "appos", "relcl", "acl"):
        after = words.right[child] + 1
        if child > last and (words.text[last + 1] != "," or (after < end and words.text[after] in ends)):
            own |= set(range(last + 1, after))
    return own


def _opens_sentence(words: Words, first: int) -> bool:
    """Whether "according to X" stands at the start of its sentence."""
    return first - words.sentence_of(first)[0] < 5


def _clause_around(words: Words, first: int, last: int, begin: int, end: int, own: set[int]) -> set[int]:
    """Return the clause that a source is given for: what follows if it opens the sentence, else what stands before."""
    colon = last + 1 < end and words.text[last + 1] == ":"
    trails = (last + 2 >= end or colon) and first - begin > 2
    if first - begin <= 1 or (words.text[first - 1] in _STOPS and not trails):
        return {word for word in range(last + 1, _until_another(words, last, end)) if word not in own}
    stops = {";"} if trails and words.text[first - 1] != ";" else _STOPS
    left = next((word for word in range(first - 1, begin - 1, -1) if words.text[word] in stops), begin - 1) + 1
    left = after_connective(words, left)
    rest = set(range(left, first)) | (set(range(last + 2, end)) if colon and trails else set())
    if last + 1 < end and words.text[last + 1] == "," and words.text[first - 1] == "," and not _whole(words, left, first):
        rest |= {word for word in range(last + 2, end) if word not in own}
    return rest


def _until_another(words: Words, last: int, end: int) -> int:
    """Return where another begins to speak after a semicolon: "According to a guard, it was safe; the ministry insisted that ..."."""
    stops = [word for word in range(last + 1, end) if words.text[word] == ";" and words.quotation[word] is None]
    told = [word for word in range(stops[0] if stops else end, end) if "c" in frame(words, word)]
    return stops[0] if any(words.kid(word, "nsubj") is not None for word in told) else end


def _whole(words: Words, left: int, first: int) -> bool:
    """Whether the words before an attribution have their own finite verb."""
    return any(words.tag[word] in {"VBD", "VBZ", "VBP", "MD"} for word in range(left, first))


def _reportedly(words: Words, index: int, taken: set[int]) -> Iterator[Finding]:
    """Take the clause of "reportedly" as hearsay of nobody named, unless its verb reports itself."""
    verb = words.head[index]
    if words.tag[verb] not in VERBS or words.tag[verb] == "VBG" or verb in taken:
        return
    content = words.subtree(verb) - {index}
    found = pieces(words, content)
    if found:
        yield Finding(words, "reportedly", (index, index), None, None, found, index, hearsay=True)

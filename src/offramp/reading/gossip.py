"""What nobody vouches for: "there are rumours that", "word in the village is that", "it is rumoured that", "by some accounts"."""

from __future__ import annotations

from collections.abc import Iterator

from offramp.reading.content import pieces
from offramp.reading.frames import Finding
from offramp.reading.lexicon import listed
from offramp.reading.words import VERBS, Words

_TALK = listed("rumours rumors rumour rumor talk gossip whispers speculation word story")
_BE = listed("is are was were 's")
_SPREADS = listed("spreading circulating spread circulate circulated spreads circulates persist persisted swirled")
_HEARD = listed("rumoured rumored whispered bruited")
_GOES = listed("goes went runs ran")
_ACCOUNTS = listed("accounts account reports rumours rumors")
_WHOSE = listed("some all most many several various")


def gossip(words: Words, taken: set[int]) -> Iterator[Finding]:
    """Yield hearsay of nobody named, by phrases.

    Parameters
    ----------
    words : Words
        The parsed paragraph.
    taken : set of int
        Words that are cues already.
    """
    for index in range(1, len(words) - 1):
        if words.quotation[index] is not None or index in taken:
            continue
        low = words.lower[index]
        if low in _BE and words.lower[index + 1] == "that":
            yield from _word_is(words, index)
        elif low in {"talk", "gossip", "whispers", "word"} and _there_is(words, index):
            yield from _clause(words, (words.head[index], index), index)
        elif low in _HEARD and words.lower[index - 2] == "it" and words.lower[index - 1] in _BE:
            yield from _clause(words, (index - 1, index), index)
        elif low in _SPREADS and (who := words.kid(index, "nsubj")) is not None and words.lower[who] in _TALK - {"word", "story"}:
            yield from _clause(words, (who, index), index)
        elif low in {"has", "had", "have"} and words.lower[index + 1] == "it" and (who := words.kid(index, "nsubj")) is not None:
            if words.lower[who] in _TALK and who < index - 1:
                yield from _clause(words, (who, index + 1), index)
        elif low in _GOES and words.lower[index - 1] in _TALK:
            yield from _goes(words, index)
        elif low in _ACCOUNTS and words.lower[index - 1] in _WHOSE and words.lower[index - 2] == "by":
            yield from _rest(words, index - 2, index)


def _there_is(words: Words, index: int) -> bool:
    return words.dep[index] == "attr" and words.lower[words.left[words.head[index]]] == "there"


def _word_is(words: Words, index: int) -> Iterator[Finding]:
    """Take "word in the village is that ...": "the word was that ..." is told of one occasion."""
    who = words.kid(index, "nsubj")
    if who is not None and words.lower[who] in {"word", "talk", "rumour", "rumor", "gossip"} and words.tag[index] in {"VBZ", "VBP"}:
        yield from _clause(words, (who, index), index)


def _clause(words: Words, cue: tuple[int, int], index: int) -> Iterator[Finding]:
    """Yield the clause with "that" right after the cue."""
    after = cue[1] + 1
    above = [after, *words.ancestors(after)]
    clause = next((word for word in above if words.left[word] == after and word > after and words.tag[word] in VERBS | {"MD"}), None)
    if words.lower[after] == "that" and clause is not None:
        yield from _finding(words, cue, words.subtree(clause))


def _goes(words: Words, index: int) -> Iterator[Finding]:
    """Take "the story goes that ..." and "as the story goes, ..."."""
    begin = words.sentence_of(index)[0]
    if words.lower[index + 1] == "that":
        yield from _clause(words, (index - 1, index), index)
    elif words.lower[begin] in {"as", "so"} and index - begin < 4 and words.text[index + 1] == ",":
        yield from _rest(words, begin, index)


def _rest(words: Words, first: int, last: int) -> Iterator[Finding]:
    """Yield the sentence that a phrase opens or closes."""
    begin, end = words.sentence_of(first)
    if first == begin:
        yield from _finding(words, (first, last), set(range(last + 1, end)))
    elif last + 2 >= end and words.text[first - 1] == ",":
        yield from _finding(words, (first, last), set(range(begin, first)))


def _finding(words: Words, cue: tuple[int, int], content: set[int]) -> Iterator[Finding]:
    found = pieces(words, content)
    if found:
        yield Finding(words, "reportedly", cue, None, None, found, cue[0], hearsay=True)

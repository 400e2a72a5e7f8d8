"""Words that somebody has from another: "Reuters has learned from a guard that", "it has it from a clerk that"."""

from __future__ import annotations

from collections.abc import Iterator

from offramp.reading.content import pieces
from offramp.reading.frames import Finding, cue_bounds, subject
from offramp.reading.lexicon import listed
from offramp.reading.reach import onward
from offramp.reading.words import VERBS, Words

_LEARNS = listed("heard hears hear learned learnt learns learn gathered gathers")
_HAS = listed("has had have")


def hearing(words: Words, taken: set[int]) -> Iterator[Finding]:
    """Yield the statements of those from whom somebody has them; who has them relays them.

    Parameters
    ----------
    words : Words
        The parsed paragraph.
    taken : set of int
        Words that are cues already.
    """
    for index in range(len(words)):
        if words.quotation[index] is not None or words.tag[index] not in VERBS or index in taken:
            continue
        if words.lower[index] in _LEARNS:
            yield from _from_whom(words, index, index)
        elif words.lower[index] in _HAS and words.lower[index + 1 : index + 3] == ["it", "from"]:
            yield from _from_whom(words, index, index + 1)


def _from_whom(words: Words, verb: int, last: int) -> Iterator[Finding]:
    """Take "has learned from a guard that ...", wherever the parser hung the clause."""
    link = next((word for word in words.kids(verb, "prep") if words.lower[word] == "from" and last < word < last + 4), None)
    who, teller = words.kid(link, "pobj") if link is not None else None, subject(words, verb)
    if link is None or who is None or teller is None:
        return
    clauses = (*words.kids(verb, "ccomp"), *words.kids(who, "acl", "relcl", "ccomp"))
    clause = next((word for word in clauses if _begins_with_that(words, word)), None)
    if clause is None:
        return
    mine = any(words.lower[child] in {"my", "our"} for child in words.kids(teller, "poss"))
    found = pieces(words, onward(words, verb, words.subtree(clause), is_clause=True))
    yield Finding(words, "clause", (cue_bounds(words, verb)[0], link), verb, who, found, verb, source=None if mine else teller)


def _begins_with_that(words: Words, clause: int) -> bool:
    mark = words.kid(clause, "mark")
    return mark is not None and mark == words.left[clause] and words.lower[mark] in {"that", "whether", "how"}

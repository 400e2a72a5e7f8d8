"""Words that somebody has from another: "Reuters has learned from a guard that", "it has it from a clerk that", "was warned by her"."""

from __future__ import annotations

from collections.abc import Iterator

from offramp.reading.content import pieces
from offramp.reading.cues import FRAMES, LEMMA
from offramp.reading.frames import Finding, agent, cue_bounds, is_passive, subject
from offramp.reading.lexicon import listed
from offramp.reading.reach import has_to, onward
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
        if words.quotation[index] is not None or words.tag[index] not in VERBS:
            continue
        if words.lower[index] in _LEARNS:
            yield from _from_whom(words, index, index)
        elif words.lower[index] in _HAS and words.lower[index + 1 : index + 3] == ["it", "from"]:
            yield from _from_whom(words, index, index + 1)
        elif index not in taken and is_passive(words, index):
            yield from _by_whom(words, index)


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


def _by_whom(words: Words, verb: int) -> Iterator[Finding]:
    """Take "was warned by her not to open the gate" as her warning."""
    own = FRAMES.get(LEMMA.get(words.lower[verb], ""), "").split("+")[0]
    who, told = agent(words, verb), words.kid(verb, "xcomp")
    if "h" in own and "i" in own and who is not None and told is not None and told > who and has_to(words, told):
        yield Finding(words, "infinitive", cue_bounds(words, verb), verb, who, pieces(words, words.subtree(told)), verb)

"""Nouns that report: "his claim that", "criticism by Keller of the plan", "issued a warning of", "faced questions about"."""

from __future__ import annotations

from collections.abc import Iterator

from offramp.reading.content import pieces
from offramp.reading.cues import SAYINGS
from offramp.reading.frames import Finding, cue_bounds, is_passive, subject
from offramp.reading.lexicon import listed
from offramp.reading.reach import TIMES, onward
from offramp.reading.words import NOUNS, VERBS, Words

_COMPLEMENTS = """
about of on over: comment remark question query
about of over: criticism complaint concern worry doubt
of: accusation allegation assertion claim admission acknowledgement acknowledgment confession announcement declaration prediction
of: forecast estimate description denial condemnation denunciation endorsement rebuke dismissal rejection suggestion assurance
of about against for +: warning
of against +: threat
of +: promise pledge vow offer
for +: call appeal plea request demand proposal
for: apology excuse
for: praise thanks explanation
to: objection tribute
+: refusal order invitation advice instruction recommendation
on: insistence
about to: testimony
against for: argument protest
on about of: statement
for of about: support
on of about: advice insight assessment
of: defense defence
for: condolence congratulation
"""
"""Prepositions that open what the noun says, and ``+`` for "to" with a verb; written by hand from a knowledge of English."""


def _complements() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _COMPLEMENTS.strip().splitlines():
        head, nouns = line.split(":")
        for noun in nouns.split():
            found[noun] = found.get(noun, frozenset()) | listed(head)
    return found


COMPLEMENTS = _complements()
_GIVEN = listed(
    """make makes made making issue issues issued issuing voice voices voiced voicing express expresses expressed expressing repeat repeats
    repeated repeating renew renews renewed renewing give gives gave given giving offer offers offered offering deliver delivers
    delivered delivering raise raises raised raising file files filed filing lodge lodges lodged lodging reiterate reiterates reiterated
    reiterating utter uttered sound sounds sounded sounding extend extended convey conveyed level leveled levelled add added send sends
    sent sending"""
)
_TAKEN = listed(
    """face faces faced facing draw draws drew drawn drawing receive receives received receiving attract attracts attracted attracting
    spark sparks sparked sparking prompt prompts prompted prompting provoke provoked provoking earn earned get gets got hear heard"""
)
_SPEAKERLESS = listed(
    """insight assessment defense defence condolence congratulation support concern worry doubt offer question description excuse estimate
    advice order invitation"""
)
"""Nouns that report only where somebody utters them."""


def noun_cues(words: Words, taken: set[int]) -> Iterator[Finding]:
    """Yield the statements whose cue is a noun.

    Parameters
    ----------
    words : Words
        The parsed paragraph.
    taken : set of int
        Words that are cues already.
    """
    for index in range(len(words)):
        if words.tag[index] not in NOUNS or words.quotation[index] is not None or index in taken:
            continue
        word = words.lower[index]
        noun = word if word in COMPLEMENTS or word in SAYINGS else word.removesuffix("s")
        if noun in SAYINGS and (clause := _that(words, index)) is not None:
            yield _finding(words, "noun", index, index, words.subtree(clause))
        elif noun in COMPLEMENTS:
            yield from _with_complement(words, index, noun)


def _that(words: Words, index: int) -> int | None:
    """Return the clause of "the claim that ..."."""
    for clause in words.kids(index, "acl", "ccomp", "relcl"):
        mark = words.kid(clause, "mark")
        if clause > index and mark is not None and words.lower[mark] in {"that", "whether"} and words.left[clause] == mark:
            return clause
    return None


def _with_complement(words: Words, index: int, noun: str) -> Iterator[Finding]:
    """Take what stands after the noun's own preposition, or the noun with all that hangs on it where somebody utters it."""
    verb = words.head[index] if words.dep[index] == "dobj" and words.tag[words.head[index]] in VERBS else None
    given = verb is not None and words.lower[verb] in _GIVEN
    received = verb is not None and words.lower[verb] in _TAKEN
    if not given and not received and (noun in _SPEAKERLESS or _speaker(words, index) is None):
        return
    opener, content = _complement(words, index, COMPLEMENTS[noun])
    if content:
        yield _finding(words, "object", index, opener, content)
    elif given and noun not in {"concern", "support", "offer", "order"} and not _announces(words, index):
        yield _finding(words, "object", index, verb, words.subtree(index))


def _announces(words: Words, index: int) -> bool:
    """Whether a colon follows: "makes two demands:"."""
    return words.text[words.right[index] + 1 : words.right[index] + 2] == [":"]


def _complement(words: Words, index: int, openers: frozenset[str]) -> tuple[int, set[int]]:
    """Return the preposition that opens what the noun says, and the words after it."""
    for child in words.kids(index, "acl", "relcl", "xcomp", "advcl"):
        if "+" in openers and child > index and words.tag[child] == "VB" and "to" in words.lower[words.left[child] : child]:
            return index, words.subtree(child)
    for child in words.kids(index, "prep"):
        inner = words.kid(child, "pobj", "pcomp") if child > index and words.lower[child] in openers else None
        if inner is not None and inner not in words.folded and words.lower[inner] not in TIMES:
            return child, onward(words, index, words.subtree(inner))
    return index, set()


def _speaker(words: Words, index: int) -> int | None:
    """Return whose words they are: "Keller's claim", "a warning from Keller"."""
    whose = words.kid(index, "poss")
    if whose is not None:
        return whose
    verb = words.head[index]
    if words.dep[index] == "nsubj" and words.lower[verb] in {"come", "comes", "came"}:
        index = verb
    by = next((child for child in words.kids(index, "prep", "agent") if words.lower[child] in {"by", "from"}), None)
    return words.kid(by, "pobj") if by is not None else None


def _finding(words: Words, rule: str, index: int, last: int | None, content: set[int]) -> Finding:
    """Return the statement of a noun; one that somebody utters has the verb for its cue too."""
    who, verb = _speaker(words, index), words.head[index]
    last = index if last is None else max(last, index)
    if words.dep[index] != "dobj" or words.tag[verb] not in VERBS or words.lower[verb] not in _GIVEN | _TAKEN:
        return Finding(words, rule, (index, last), None, who, pieces(words, content), index)
    if words.lower[verb] in _TAKEN or is_passive(words, verb):
        return Finding(words, rule, (verb, last), None, who, pieces(words, content), index)
    first = cue_bounds(words, verb)[0]
    cue = (first, last) if last < min(content) else cue_bounds(words, verb)
    return Finding(words, rule, cue, verb, who if who is not None else subject(words, verb), pieces(words, content), verb)

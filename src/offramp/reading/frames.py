"""Verbs that report: who says it in the sentence, and how the verb is meant."""

from __future__ import annotations

from dataclasses import dataclass

from offramp.reading.cues import FRAMES, LEMMA, WRITINGS
from offramp.reading.lexicon import listed
from offramp.reading.records import Span
from offramp.reading.words import FINITE, SUBJECTS, VERBS, Words

_ADVERBS = listed("also then later once further reportedly allegedly repeatedly simply")


@dataclass
class Finding:
    """A statement as found in one paragraph, before speakers are known across the document."""

    words: Words
    rule: str
    cue: tuple[int, int] | None
    verb: int | None
    subject: int | None
    pieces: list[Span]
    near: int = 0
    """The word next to which an unnamed speaker is looked for."""
    opens: bool = False
    """Whether the last quotation is left open for the next paragraph."""
    hearsay: bool = False
    silent: bool = False
    """Whether it is told not to have been said, by a phrase: "was silent on"."""
    source: int | None = None
    """Who is given as the source of the whole sentence: "according to X, Y said ..."."""
    cited: str = ""
    """The outlet that cites the speaker: "Reuters reported, citing a guard, that ..."."""
    via: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    """All relays and the speaker, as known when the statement is complete."""
    within: Finding | None = None
    """The statement that this one is a part of."""


def frame(words: Words, index: int) -> str:
    """Return the frames in which a word reports, or an empty text if it does not."""
    if words.tag[index] not in VERBS or words.dep[index] in {"amod", "compound", "aux", "auxpass"}:
        return ""
    return FRAMES.get(LEMMA.get(words.lower[index], ""), "")


def lemma(words: Words, index: int) -> str:
    """Return the dictionary form of a reporting verb."""
    return LEMMA.get(words.lower[index], words.lower[index])


def prepositions(frames: str) -> set[str]:
    """Return the prepositions that open the content of a verb."""
    return {part for part in frames.split("+")[1:] if part}


def is_passive(words: Words, index: int) -> bool:
    """Whether a verb is in the passive voice."""
    return words.tag[index] == "VBN" and (words.kid(index, "auxpass", "nsubjpass", "agent") is not None)


def agent(words: Words, index: int) -> int | None:
    """Return who acts in a passive clause."""
    by = words.kid(index, "agent")
    return words.kid(by, "pobj") if by is not None else None


def subject(words: Words, index: int, depth: int = 6) -> int | None:
    """Return the head of whoever performs a verb, borrowed from the clause above where it is not said."""
    own = _after_dateline(words, index, words.kid(index, "nsubj", "csubj", "expl"))
    if is_passive(words, index):
        return agent(words, index)
    if own is None:
        own = words.kid(index, "nsubjpass")
    if own is None:
        own = _before_aside(words, index)
    if own is not None:
        return _antecedent(words, index, own)
    return _borrowed(words, index, depth) if depth else None


def _after_dateline(words: Words, index: int, own: int | None) -> int | None:
    """Return the later of two subjects that a dash parts: "Port Sorrel – The coast guard said"."""
    others = words.kids(index, "nsubj")
    between = range(own, (others or [own])[-1]) if own is not None else range(0)
    dashed = any(words.text[word] in {"—", "–", "--", "-"} and words.text[word + 1][:1].isupper() for word in between)
    return others[-1] if dashed and others[-1] < index else own


def _before_aside(words: Words, index: int) -> int | None:
    """Return the subject that the parser gave to what stands between: "Keller, Reuters reported, had said"."""
    for aside in words.kids(index, "parataxis", "ccomp"):
        who = words.kid(aside, "nsubj")
        if aside < index and who is not None and any(words.text[word] == "," for word in range(who + 1, aside)):
            return who
    return None


def _antecedent(words: Words, index: int, own: int) -> int:
    if words.lower[own] in {"who", "which", "that"} and words.dep[index] == "relcl":
        return words.head[index]
    return own


def _borrowed(words: Words, index: int, depth: int) -> int | None:
    head, dep = words.head[index], words.dep[index]
    if head == index:
        return None
    if dep == "acl" or (dep == "relcl" and words.tag[index] not in FINITE):
        return _of_participle(words, index, head, depth)
    if dep == "pcomp" and words.lower[head] == "as" and not is_passive(words, words.head[head]):
        above = words.head[head]
        if LEMMA.get(words.lower[above]) in {"quote", "cite"}:
            return words.kid(above, "dobj")
    if dep in {"conj", "xcomp", "advcl", "pcomp", "prep", "dep", "ccomp", "parataxis", "dative", "prt"}:
        if words.tag[head] in VERBS and is_passive(words, head):
            return words.kid(head, "nsubjpass") if words.kid(head, "nsubjpass") is not None else _borrowed(words, head, depth - 1)
        if words.tag[head] in VERBS or words.dep[head] in {"prep", "ROOT", "acomp", "attr"}:
            found = subject(words, head, depth - 1)
            return found if found != index else None
    return None


def _of_participle(words: Words, index: int, noun: int, depth: int) -> int | None:
    """Return who "says" in "the guard saying", "the plan, he argued, saying" and "they issued a report stating"."""
    if words.tag[index] == "VBN" and is_passive(words, index):
        return None
    verb = next((word for word in words.ancestors(noun) if words.tag[word] in VERBS), None)
    set_off = words.text[index - 1] == "," and words.dep[noun] not in SUBJECTS
    issued = words.lower[noun] in WRITINGS and words.dep[noun] == "dobj"
    if verb is not None and (set_off or issued):
        found = subject(words, verb, depth - 1)
        return noun if found is None else found
    return noun


def relative(words: Words, verb: int | None, who: int) -> int | None:
    """Return the relative pronoun through which somebody is the subject of a verb, if there is one."""
    if verb is None or words.dep[verb] != "relcl" or words.head[verb] != who:
        return None
    pronoun = words.kid(verb, *SUBJECTS)
    return pronoun if pronoun is not None and words.lower[pronoun] in {"who", "which", "that"} and pronoun - who < 6 else None


def cue_bounds(words: Words, index: int) -> tuple[int, int]:
    """Return the stretch of words that makes the cue: the verb with its auxiliaries, negation and particle."""
    first = last = index
    for child in words.children[index]:
        if words.dep[child] in {"aux", "auxpass", "neg"} and child < index:
            first = min(first, child)
        if words.dep[child] == "prt" and child == last + 1:
            last = child
    if words.dep[index] == "acl" and words.head[index] == index - 1 and words.lower[index - 1] in WRITINGS:
        first = index - 1
    while first < index and not all(_belongs(words, word, index) for word in range(first, index)):
        first += 1
    return first, last


def _belongs(words: Words, word: int, verb: int) -> bool:
    return words.dep[word] in {"aux", "auxpass", "neg"} or words.lower[word] in _ADVERBS or words.tag[word] == "RB"

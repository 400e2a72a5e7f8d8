"""How a statement is meant: denied, supposed, or only heard of."""

from __future__ import annotations

from offramp.reading.cues import HEARSAY_ADVERBS, HEARSAY_SOURCES, MODALS, NEGATING, REFUSING
from offramp.reading.frames import Finding, lemma
from offramp.reading.words import Words

_FUTURE = frozenset({"will", "'ll", "shall", "’ll"})


def flags(finding: Finding) -> tuple[bool, bool, bool]:
    """Return whether a statement is negated, hypothetical, and hearsay.

    Parameters
    ----------
    finding : Finding
        The statement as found.
    """
    words, verb = finding.words, finding.verb
    hearsay = finding.hearsay or _is_hearsay_source(finding)
    if verb is None:
        return False, False, hearsay
    return _is_negated(words, verb), _is_hypothetical(words, verb), hearsay or _is_hearsay(words, verb)


def _is_negated(words: Words, verb: int) -> bool:
    denied = any(words.lower[child].replace("’", "'") in NEGATING for child in words.kids(verb, "neg", "advmod", "preconj"))
    above = words.head[verb] if words.dep[verb] == "xcomp" else verb
    return denied or (above != verb and (lemma(words, above) in REFUSING or _is_negated(words, above)))


def _is_hypothetical(words: Words, verb: int) -> bool:
    modal = any(words.tag[child] == "MD" and words.lower[child] in MODALS for child in words.kids(verb, "aux"))
    supposed = any(words.lower[child] in {"if", "unless", "whether"} for child in words.kids(verb, "mark"))
    expected = words.dep[verb] == "xcomp" and words.lower[words.head[verb]] in {"expected", "likely", "supposed", "set", "due"}
    return modal or supposed or expected


def _is_hearsay(words: Words, verb: int) -> bool:
    adverb = any(words.lower[child] in HEARSAY_ADVERBS for child in words.kids(verb, "advmod"))
    passive = words.kid(verb, "auxpass") is not None and words.kid(verb, "agent") is None and words.lower[verb] != "quoted"
    return adverb or (passive and lemma(words, verb) in {"say", "report", "allege", "claim", "rumor", "rumour"})


def _is_hearsay_source(finding: Finding) -> bool:
    who = finding.subject
    return who is not None and finding.rule in {"according"} and finding.words.lower[who] in HEARSAY_SOURCES

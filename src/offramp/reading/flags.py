"""How a statement is meant: denied, supposed, or only heard of."""

from __future__ import annotations

from offramp.reading.cues import HEARSAY_ADVERBS, HEARSAY_SOURCES, MODALS, NEGATING, REFUSING
from offramp.reading.frames import Finding, lemma
from offramp.reading.words import Words

_NOBODY = frozenset({"nobody", "none", "no", "neither", "hardly", "few"})
_TOLD = frozenset({"said", "reported", "supposed", "believed", "understood", "rumoured", "rumored", "alleged", "thought"})


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
    negated = _is_negated(words, verb) or _is_nobody(words, finding.subject) or _has_yet_to(words, verb)
    return negated, not negated and _is_hypothetical(words, verb), hearsay or _is_hearsay(words, verb)


def _is_nobody(words: Words, who: int | None) -> bool:
    """Whether nobody says it: "nobody claims", "none of the relatives said", "hardly any politician has promised"."""
    if who is None:
        return False
    own = words.subtree(who) | {who}
    first = min(own)
    before = words.lower[first - 1] if first else ""
    return (words.lower[first] in _NOBODY and words.sentence[first] == words.sentence[who]) or before in {"neither", "hardly"}


def _has_yet_to(words: Words, verb: int) -> bool:
    """Whether it is still to come: "has yet to comment"."""
    return [words.lower[index] for index in range(max(0, verb - 2), verb)] == ["yet", "to"]


def _is_negated(words: Words, verb: int) -> bool:
    denied = any(words.lower[child].replace("’", "'") in NEGATING for child in words.kids(verb, "neg", "advmod", "preconj"))
    above = words.head[verb] if words.dep[verb] == "xcomp" else verb
    return denied or (above != verb and (lemma(words, above) in REFUSING or _is_negated(words, above)))


def _is_hypothetical(words: Words, verb: int) -> bool:
    only = any(words.lower[child] == "only" for child in words.kids(verb, "advmod"))
    modal = not only and any(words.tag[child] == "MD" and words.lower[child] in MODALS for child in words.kids(verb, "aux"))
    supposed = any(words.lower[child] in {"if", "unless", "whether"} for child in words.kids(verb, "mark"))
    expected = words.dep[verb] == "xcomp" and words.lower[words.head[verb]] in {"expected", "likely", "set", "due"}
    return modal or supposed or expected


def _is_hearsay(words: Words, verb: int) -> bool:
    adverb = any(words.lower[child] in HEARSAY_ADVERBS for child in words.kids(verb, "advmod"))
    passive = words.kid(verb, "auxpass") is not None and words.kid(verb, "agent") is None and words.lower[verb] != "quoted"
    above = words.head[verb]
    told = words.dep[verb] == "xcomp" and words.kid(above, "auxpass") is not None and words.lower[above] in _TOLD
    return adverb or told or (passive and lemma(words, verb) in {"say", "report", "allege", "claim", "rumor", "rumour"})


def _is_hearsay_source(finding: Finding) -> bool:
    who = finding.subject
    if who is None or finding.rule != "according" or finding.words.lower[who] not in HEARSAY_SOURCES:
        return False
    return not any(finding.words.lower[child] in {"the", "its", "his", "her"} for child in finding.words.children[who])

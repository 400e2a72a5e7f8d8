"""How a statement is meant: denied, supposed, or only heard of."""

from __future__ import annotations

from offramp.reading.cues import HEARSAY_ADVERBS, HEARSAY_SOURCES, LEMMA, MODALS, NEGATING, REFUSING
from offramp.reading.frames import Finding, lemma
from offramp.reading.lexicon import listed
from offramp.reading.words import Words

_AHEAD = listed(
    "about poised expected likely set due is are plans plan planning intends intend scheduled hopes hope preparing prepared wants"
)
_SUPPOSE = listed("suppose supposing imagine assume assuming pretend picture")
_NEGATING = NEGATING | {"nowhere"}
_AVOIDING = listed("avoided avoids avoiding failed fails failing omitted omits refrained")
_UNSAID = listed(
    """exclude rule name identify give elaborate specify say tell comment disclose reveal mention explain saying telling mentioning naming
    answering confirming commenting explaining revealing giving"""
)
_UTTERS = listed("make made makes making give gave gives given offer offered offers raise raised voice voiced issue issued lodge lodged")
_SHORT = listed("short refrained refrains shied abstained away")
_GOSSIP = listed("people rumour rumours rumor rumors word gossip legend tongues whispers")
_GIVES = listed("promise pledge vow offer demand announce")
"""Verbs with which "no" says that nothing of the kind was uttered: "promised no visa"; "reported no damage" reports something."""
_NEVER = listed("point time stage moment way circumstances")
_SEEMS = listed("seem seems seemed appear appears appeared")
_UNSURE = listed("unconfirmed unverified conflicting anonymous unsourced")
_RUMOURS = listed("rumour rumours rumor rumors gossip speculation whispers")
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
    if verb is None or finding.silent:
        return finding.silent, False, hearsay
    supposed = is_supposed(finding)
    negated = _is_negated(words, verb) or (_is_nobody(words, finding.subject) and not supposed) or _has_yet_to(words, verb)
    negated = negated or _is_somebody_else(words, finding)
    hypothetical = not negated and (_is_hypothetical(words, verb) or supposed)
    return negated, hypothetical, hearsay or _is_hearsay(words, verb) or _is_gossip(finding)


def _is_nobody(words: Words, who: int | None) -> bool:
    """Whether nobody says it: "nobody claims", "none of the relatives said", "hardly any politician has promised"."""
    if who is None:
        return False
    own = words.subtree(who) | {who}
    first = min(own)
    before = words.lower[first - 1] if first else ""
    return (words.lower[first] in _NOBODY and words.sentence[first] == words.sentence[who]) or before in {"neither", "hardly"}


def _is_somebody_else(words: Words, finding: Finding) -> bool:
    """Whether it was another who said it: "it was not Keller who said"."""
    who, verb = finding.subject, finding.verb
    if who is None or verb is None or words.dep[verb] not in {"relcl", "acl"}:
        return False
    above = words.head[who]
    cleft = words.tag[above] in {"VBD", "VBZ"} and words.lower[words.left[above]] == "it" and words.head[verb] in {who, above}
    return cleft and words.kid(above, "neg") is not None and words.dep[who] == "attr"


def _has_yet_to(words: Words, verb: int) -> bool:
    """Whether it is still to come: "has yet to comment"."""
    return [words.lower[index] for index in range(max(0, verb - 2), verb)] == ["yet", "to"]


def _is_negated(words: Words, verb: int) -> bool:
    denied = any(words.lower[child].replace("’", "'") in _NEGATING for child in words.kids(verb, "neg", "advmod", "preconj", "cc", "dep"))
    linked = words.dep[verb] == "conj" and any(words.lower[word] == "nor" for word in range(words.head[verb] + 1, verb))
    above = words.head[verb] if words.dep[verb] in {"xcomp", "pcomp"} else verb
    avoided = words.lower[above] in _AVOIDING and words.lower[verb] in _UNSAID
    held = above != verb and (lemma(words, above) in REFUSING or avoided or _is_negated(words, above))
    held = held or _goes_not_so_far(words, verb) or any(_is_never(words, link) for link in words.kids(verb, "prep"))
    return denied or linked or held or _refuses_to_say(words, verb) or _stops_short(words, verb) or _makes_no(words, verb)


def _goes_not_so_far(words: Words, verb: int) -> bool:
    """Whether it was not said: "did not go so far as to say"."""
    start = max(0, verb - 5)
    phrase = words.lower[start:verb] == ["go", "so", "far", "as", "to"] or words.lower[start:verb] == ["go", "as", "far", "as", "to"]
    return phrase and any(words.lower[child].replace("’", "'") in _NEGATING for child in words.kids(start, "neg", "advmod"))


def _is_never(words: Words, link: int) -> bool:
    """Whether a phrase says that it never was: "at no point", "under no circumstances"."""
    when = words.kid(link, "pobj")
    return when is not None and words.lower[when] in _NEVER and any(words.lower[child] == "no" for child in words.kids(when, "det"))


def _makes_no(words: Words, verb: int) -> bool:
    """Whether nothing of the kind was uttered: "made no complaint", "promised no visa", "said nothing about it"."""
    uttered = lemma(words, verb) in _GIVES | {"say", "tell"}
    if uttered and any(words.lower[thing] in {"nothing", "nobody"} for thing in words.kids(verb, "dobj")):
        return True
    things = words.kids(verb, "dobj") if words.lower[verb] in _UTTERS or lemma(words, verb) in _GIVES else []
    return any(words.lower[child] in {"no", "neither"} for thing in things for child in words.kids(thing, "det"))


def _refuses_to_say(words: Words, verb: int) -> bool:
    """Whether somebody refuses or fails to say something: "declined to rule it out"."""
    said = words.kid(verb, "xcomp")
    if said is None or not (lemma(words, verb) in REFUSING or words.lower[verb] in _AVOIDING):
        return False
    return words.lower[said] in _UNSAID or (lemma(words, verb) in REFUSING and words.lower[said] in LEMMA)


def _stops_short(words: Words, verb: int) -> bool:
    """Whether it was all but said: "stopped short of saying"."""
    link = words.head[verb]
    return words.dep[verb] == "pcomp" and words.lower[link] in {"of", "from"} and words.lower[link - 1] in _SHORT


def _is_hypothetical(words: Words, verb: int) -> bool:
    only = any(words.lower[child] == "only" for child in words.kids(verb, "advmod"))
    modal = not only and any(words.tag[child] == "MD" and words.lower[child] in MODALS for child in words.kids(verb, "aux"))
    supposed = any(words.lower[child] in {"if", "unless", "whether"} for child in words.kids(verb, "mark"))
    once = words.dep[verb] == "advcl" and words.tag[verb] in {"VBZ", "VBP"} and words.lower[words.left[verb]] in {"once", "until"}
    expected = words.dep[verb] in {"xcomp", "ccomp"} and words.tag[verb] == "VB" and words.lower[words.head[verb]] in _AHEAD
    return modal or supposed or expected or once


def is_supposed(finding: Finding) -> bool:
    """Whether a saying is only imagined: "if she said so", "suppose the government announced it".

    Parameters
    ----------
    finding : Finding
        The statement as found.
    """
    words, verb = finding.words, finding.verb
    if verb is None:
        return False
    begin, end = words.sentence_of(verb)
    if words.lower[begin] == "were" and words.text[end - 1] != "?" and "to" in words.lower[max(begin, verb - 2) : verb]:
        return True
    for word in [verb, *words.ancestors(verb)]:
        if any(words.lower[child] in {"if", "unless"} for child in words.kids(word, "mark")):
            return True
        if _is_inverted(words, word):
            return True
        if words.lower[word] in _SUPPOSE and words.tag[word] in {"VB", "VBP", "VBG"} and words.kid(word, "nsubj") is None and word != verb:
            return True
        if words.dep[word] not in {"xcomp", "ccomp", "conj"}:
            break
    return words.lower[begin] in _SUPPOSE


def _is_inverted(words: Words, verb: int) -> bool:
    """Whether a condition is told by the order of words: "should they say so", "were she to ask"."""
    who = words.kid(verb, "nsubj", "nsubjpass")
    begin, end = words.sentence_of(verb)
    first = [word for word in (verb, *words.kids(verb, "aux")) if words.lower[word] in {"should", "were", "had"}]
    starts = bool(first) and (first[0] == begin or words.lower[first[0] - 1] in {",", ";", "but", "and", ":"})
    return starts and who is not None and first[0] < who and words.text[end - 1] != "?"


def _is_hearsay(words: Words, verb: int) -> bool:
    adverb = any(words.lower[child] in HEARSAY_ADVERBS for child in words.kids(verb, "advmod"))
    passive = words.kid(verb, "auxpass") is not None and words.kid(verb, "agent") is None and words.lower[verb] != "quoted"
    above = words.head[verb]
    told = words.dep[verb] == "xcomp" and words.kid(above, "auxpass") is not None and words.lower[above] in _TOLD
    told = told or (words.dep[verb] == "xcomp" and words.lower[above] in _SEEMS and words.kid(above, "dobj") is None)
    return adverb or told or (passive and lemma(words, verb) in {"say", "report", "allege", "claim", "rumor", "rumour"})


def _is_gossip(finding: Finding) -> bool:
    """Whether nobody in particular says it: "people say", "rumour has it", "word in the village is"."""
    words, who = finding.words, finding.subject
    if who is not None and words.lower[who] in HEARSAY_SOURCES and any(words.lower[child] in _UNSURE for child in words.kids(who, "amod")):
        return True
    if who is None or finding.verb is None or words.lower[who] not in _GOSSIP:
        return False
    return words.left[who] == who and words.tag[finding.verb] in {"VBP", "VBZ"}


def _is_hearsay_source(finding: Finding) -> bool:
    who = finding.subject
    if who is None and finding.rule == "noun" and finding.words.lower[finding.near] in _RUMOURS:
        return True
    if who is None or finding.rule != "according" or finding.words.lower[who] not in HEARSAY_SOURCES or is_told_apart(finding.words, who):
        return False
    return not any(finding.words.lower[child] in {"the", "its", "his", "her"} for child in finding.words.children[who])


def is_told_apart(words: Words, who: int) -> bool:
    """Whether one source is told from others: "a source cited by the agency", "a source in the province"; "several sources" are not."""
    one = words.tag[who] == "NN" and any(words.lower[child] in {"a", "one"} for child in words.children[who])
    return one and words.kid(who, "acl", "relcl", "prep") is not None

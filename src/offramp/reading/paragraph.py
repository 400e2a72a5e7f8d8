"""The statements of one paragraph, in text order, each in its relation to the others."""

from __future__ import annotations

from offramp.reading.cues import HEARSAY_SOURCES, REFUSING
from offramp.reading.direct import direct
from offramp.reading.flags import is_told_apart
from offramp.reading.frames import Finding, lemma
from offramp.reading.gossip import gossip
from offramp.reading.hearing import hearing
from offramp.reading.idioms import idioms
from offramp.reading.indirect import indirect
from offramp.reading.nouncues import noun_cues
from offramp.reading.phrasal import phrasal
from offramp.reading.phrases import PERSONAL, is_name
from offramp.reading.records import Span
from offramp.reading.silence import silences
from offramp.reading.words import SUBJECTS, Words

_MENTIONED = frozenset({"object", "preposition", "infinitive", "label", "passive"})
"""Ways of saying that are only mentioned where they stand within what somebody else says."""


def findings(words: Words, text: str) -> list[Finding]:
    """Return the statements of one paragraph in text order.

    Parameters
    ----------
    words : Words
        The parsed paragraph.
    text : str
        The text.
    """
    found = direct(words)
    both = [finding for finding in found if finding.rule == "direct-before" and _has_clause(finding)]
    for finding in both:
        clause = next(indirect(words, set(range(len(words))) - {finding.verb}), None)
        if clause is not None and clause.rule == "clause":
            finding.rule, finding.pieces = "clause", _closed(text, clause.pieces + finding.pieces)
    taken = {finding.verb for finding in found if finding.verb is not None}
    taken |= {finding.cue[0] for finding in found if finding.cue is not None}
    found += indirect(words, taken)
    taken |= {finding.verb for finding in found if finding.verb is not None}
    for search in (phrasal, idioms, noun_cues, hearing, gossip, silences):
        found += search(words, taken)
    ordered = sorted((finding for finding in found if finding.pieces), key=lambda finding: (finding.pieces[0][0], -finding.pieces[-1][1]))
    return _resumed(words, _nested(_relayed(ordered)))


def _closed(text: str, pieces: list[Span]) -> list[Span]:
    """Join pieces with nothing but marks between them."""
    joined: list[Span] = []
    for start, end in pieces:
        if joined and not any(sign.isalnum() for sign in text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _has_clause(finding: Finding) -> bool:
    """Whether the verb before a quotation has a clause of its own: "he said it was over: “Go home.”"."""
    words, verb = finding.words, finding.verb
    clauses = words.kids(verb, "ccomp") if verb is not None else []
    return any(verb is not None and clause > verb and words.places[words.right[clause]][1] < finding.pieces[0][0] for clause in clauses)


def _relayed(found: list[Finding]) -> list[Finding]:
    """Take "according to X, Y said ..." as what Y said, relayed by X."""
    kept = []
    for finding in found:
        inner = [other for other in found if finding.rule == "according" and _is_main(finding, other)]
        for other in inner:
            other.hearsay = other.hearsay or _is_vague(finding)
            other.source = finding.subject
        if not inner:
            kept.append(finding)
    return kept


def _is_vague(finding: Finding) -> bool:
    """Whether a source is none in particular: "according to reports"; "a source in the palace" is one."""
    words, who = finding.words, finding.subject
    return who is not None and words.lower[who] in HEARSAY_SOURCES and not is_told_apart(words, who)


def _is_main(outer: Finding, inner: Finding) -> bool:
    """Whether a statement is the main clause of the sentence that "according to" goes with."""
    words, verb = inner.words, inner.verb
    if outer is inner or verb is None or words.dep[verb] != "ROOT" or words.sentence[verb] != words.sentence[outer.near]:
        return False
    if ";" in words.text[min(outer.near, verb) : max(outer.near, verb)]:
        return False
    return inner.rule in {"direct-after", "direct-before", "clause"} and outer.pieces[0][0] <= words.places[verb][0] < outer.pieces[-1][1]


def _nested(found: list[Finding]) -> list[Finding]:
    """Say which statements stand within others; of these keep what somebody is said to have said, not what is mentioned."""
    kept: list[Finding] = []
    for finding in found:
        outer = next((other for other in reversed(kept) if _holds(other, finding)), None)
        if outer is not None and outer.verb is not None and finding.rule == "reportedly":
            outer.hearsay = True
        elif outer is not None and _is_refusal(outer, finding):
            finding.cue, finding.subject = _joined_cue(outer, finding), outer.subject
            kept[kept.index(outer)] = finding
        elif outer is not None and _is_told_of(outer, finding):
            finding.cue, finding.subject = _joined_cue(outer, finding), outer.words.kid(outer.verb or 0, "nsubjpass")
            finding.hearsay = True
            kept[kept.index(outer)] = finding
        elif not _is_empty(finding) and (outer is None or (_has_voice(finding) and _counts_within(outer, finding))):
            finding.within = outer
            kept.append(finding)
    return kept


def _is_all(outer: Finding, inner: Finding) -> bool:
    """Whether a saying is all that is told: "two soldiers have asked not to be sent home, she said"."""
    words, head = outer.words, outer.words.head
    if inner.verb is None or outer.verb is None or outer.rule not in {"clause", "aside"}:
        return False
    if outer.verb != head[inner.verb] and inner.verb != head[outer.verb]:
        return False
    modal = any(words.tag[child] == "MD" for child in words.kids(inner.verb, "aux"))
    return inner.rule == "infinitive" or (not modal and (inner.verb < outer.verb or inner.verb == head[outer.verb]))


def _counts_within(outer: Finding, inner: Finding) -> bool:
    return inner.rule not in _MENTIONED or _is_all(outer, inner)


def _is_empty(finding: Finding) -> bool:
    """Whether somebody declines to speak, and nothing is told that was not said: "declined to comment"."""
    words, verb = finding.words, finding.verb
    if verb is None or finding.rule != "infinitive" or lemma(words, verb) not in REFUSING:
        return False
    to = words.kid(verb, "xcomp")
    return to is not None and words.lower[to] in {"comment", "elaborate", "respond", "answer", "speak", "talk"}


def _is_refusal(outer: Finding, inner: Finding) -> bool:
    """Whether somebody declines to say something: one saying, refused."""
    words, verb = outer.words, outer.verb
    said = verb is not None and inner.verb is not None and outer.rule == "infinitive" and words.kid(verb, "xcomp", "ccomp") == inner.verb
    return said and verb is not None and lemma(words, verb) in REFUSING and inner.rule in {"clause", "direct-before"}


def _is_told_of(outer: Finding, inner: Finding) -> bool:
    """Whether somebody "is said to have asked": one saying, heard of."""
    after = outer.verb is not None and inner.verb is not None and outer.verb < inner.verb
    return outer.rule == "passive" and after and inner.words.head[inner.verb or 0] == outer.verb


def _joined_cue(first: Finding, last: Finding) -> tuple[int, int] | None:
    return (min(first.cue[0], last.cue[0]), max(first.cue[1], last.cue[1])) if first.cue and last.cue else first.cue


def _has_voice(finding: Finding) -> bool:
    """Whether a saying within another is anybody's: "the report shows" and "allegations that" are part of what is told."""
    words, who = finding.words, finding.subject
    if who is None or finding.rule != "clause" or finding.verb is None:
        return who is not None or finding.rule != "noun"
    if words.tag[finding.verb] in {"VBG", "VB"} and words.kid(finding.verb, *SUBJECTS) is None:
        return False
    named = lemma(words, finding.verb) == "demand" and is_name(words, who)
    return lemma(words, finding.verb) not in {"show", "suggest", "indicate", "imply", "demand"} or words.lower[who] in PERSONAL or named


def _holds(outer: Finding, inner: Finding) -> bool:
    """Whether all pieces of one statement stand within another."""
    return all(any(start <= first and last <= end for start, end in outer.pieces) for first, last in inner.pieces)


def _resumed(words: Words, found: list[Finding]) -> list[Finding]:
    """Join a quotation to the one that was interrupted right before it: "He “likes it,” she said. “I do too.”"."""
    kept: list[Finding] = []
    for finding in found:
        before = kept[-1] if kept else None
        if before and finding.rule == "direct-free" and before.verb is not None and _is_tail(words, before, finding):
            before.pieces += finding.pieces
            before.opens = finding.opens
        else:
            kept.append(finding)
    return kept


def _is_tail(words: Words, before: Finding, finding: Finding) -> bool:
    """Whether the attribution of a statement, which follows its words, ends right before a quotation."""
    verb = before.verb
    assert verb is not None
    end = words.sentence_of(verb)[1] - 1
    return before.pieces[-1][1] <= words.places[verb][0] and finding.near - end in {1, 2}

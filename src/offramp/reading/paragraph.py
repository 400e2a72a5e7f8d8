"""The statements of one paragraph, in text order, each in its relation to the others."""

from __future__ import annotations

from offramp.reading.cues import HEARSAY_SOURCES
from offramp.reading.direct import direct
from offramp.reading.frames import Finding
from offramp.reading.indirect import indirect
from offramp.reading.phrasal import phrasal
from offramp.reading.records import Span
from offramp.reading.words import Words


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
    found += phrasal(words, taken)
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
            other.hearsay = other.hearsay or (finding.subject is not None and finding.words.lower[finding.subject] in HEARSAY_SOURCES)
            other.source = finding.subject
        if not inner:
            kept.append(finding)
    return kept


def _is_main(outer: Finding, inner: Finding) -> bool:
    """Whether a statement is the main clause of the sentence that "according to" goes with."""
    words, verb = inner.words, inner.verb
    if outer is inner or verb is None or words.dep[verb] != "ROOT" or words.sentence[verb] != words.sentence[outer.near]:
        return False
    return inner.rule in {"direct-after", "direct-before", "clause"} and outer.pieces[0][0] <= words.places[verb][0] < outer.pieces[-1][1]


def _nested(found: list[Finding]) -> list[Finding]:
    """Say which statements stand within others; of these keep what somebody is said to have said, not what is mentioned."""
    kept: list[Finding] = []
    for finding in found:
        outer = next((other for other in reversed(kept) if _holds(other, finding)), None)
        if outer is None or finding.rule not in {"object", "preposition", "infinitive", "label", "passive"}:
            finding.within = outer
            kept.append(finding)
    return kept


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
    """Whether the attribution of a statement with quoted words ends right before another quotation."""
    verb = before.verb
    assert verb is not None
    end = words.sentence_of(verb)[1] - 1
    quoted = any(quotation.start < stop <= quotation.end for _, stop in before.pieces for quotation in words.view.quotations)
    return quoted and before.pieces[-1][1] <= words.places[verb][0] and finding.near - end in {1, 2}

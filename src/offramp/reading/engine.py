"""Reading a text: paragraphs are parsed, statements found in each, and speakers named across all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from offramp.reading.confidence import confidence
from offramp.reading.cues import HEARSAY_SOURCES, LEMMA
from offramp.reading.direct import direct
from offramp.reading.flags import flags
from offramp.reading.frames import Finding, cue_bounds, relative, subject
from offramp.reading.indirect import indirect
from offramp.reading.people import People, Speaker
from offramp.reading.phrasal import phrasal
from offramp.reading.records import Span, Statement
from offramp.reading.relay import relays
from offramp.reading.turns import Turn, turns
from offramp.reading.words import VERBS, Words


@dataclass
class _Last:
    """What a paragraph hands on to the next."""

    finding: Finding | None = None
    words: Words | None = None


def statements(text: str, paragraphs: Iterable[Words]) -> list[Statement]:
    """Return the statements of a text, in text order.

    Parameters
    ----------
    text : str
        The text.
    paragraphs : iterable of Words
        Its parsed paragraphs.
    """
    people = People()
    made: list[tuple[Finding, Speaker]] = []
    last = _Last()
    spoken = turns(text)
    for words in paragraphs:
        people.read(words)
        if words.view.start in spoken:
            last = _Last(_turn(people, made, words, spoken[words.view.start], text), words)
            continue
        for number, finding in enumerate(findings(words, text)):
            if number == 0 and _continues(text, last, finding):
                _join(people, made, finding, text)
                last.finding = made[-1][0]
                continue
            if number == 0 and last.words is not None:
                _after_colon(text, last.words, finding)
            made.append((finding, _speaker(people, finding, text)))
            finding.via = relays(finding, people)
            last.finding = finding
        last.words = words
        if last.finding is not None and last.finding.words is not words and not last.finding.opens:
            last.finding = None
    return _related(text, people, made)


def _related(text: str, people: People, made: list[tuple[Finding, Speaker]]) -> list[Statement]:
    """Make the records, and say which statement is relayed by the speaker of which."""
    chains: dict[int, tuple[str, ...]] = {}
    found = []
    for finding, speaker in made:
        outer = chains.get(id(finding.within), ()) if finding.within is not None else ()
        via = tuple(name for name in outer + finding.via if name and name != speaker.name)
        chains[id(finding)] = tuple(dict.fromkeys((*via, speaker.name)))
        found.append(_statement(text, finding, speaker, via))
    return found


def _turn(people: People, made: list[tuple[Finding, Speaker]], words: Words, turn: Turn, text: str) -> Finding:
    """Take one paragraph of a transcript as what its label says."""
    opens = bool(words.view.quotations) and not words.view.quotations[-1].closed
    finding = Finding(words, "turn", None, None, None, [turn.content], opens=opens)
    label = text[slice(*turn.label)]
    person = people.by_part.get(label.split()[-1].lower())
    speaker = Speaker(person.name if person else label, turn.label, person)
    people.spoke(speaker)
    made.append((finding, speaker))
    return finding


def _join(people: People, made: list[tuple[Finding, Speaker]], finding: Finding, text: str) -> None:
    """Add a quotation to the one before; if only the later has an attribution, it holds for both."""
    before, _ = made[-1]
    if before.verb is None and finding.verb is not None:
        finding.pieces = before.pieces + finding.pieces
        made[-1] = (finding, _speaker(people, finding, text))
    else:
        before.pieces += finding.pieces
        before.opens = finding.opens


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


def _continues(text: str, last: _Last, finding: Finding) -> bool:
    """Whether a paragraph goes on with the quotation that the one before left open."""
    if last.finding is None or not finding.rule.startswith("direct") or finding.pieces[0][0] - finding.words.view.start > 2:
        return False
    if finding.rule == "direct-free" and last.finding.rule.startswith(("direct", "turn")):
        return _is_whole(finding) and (last.finding.opens or _ends_paragraph(last.finding))
    return last.finding.opens and (finding.verb is None or (finding.rule == "direct-after" and last.finding.verb is None))


def _is_whole(finding: Finding) -> bool:
    """Whether a quotation fills its paragraph."""
    return finding.words.view.end - finding.pieces[-1][1] < 3


def _ends_paragraph(finding: Finding) -> bool:
    """Whether nothing but its attribution follows a quotation in its paragraph."""
    words = finding.words
    begin, _ = words.sentence_of(len(words) - 1)
    return words.view.end - finding.pieces[-1][1] < 3 or (finding.verb is not None and finding.verb >= begin)


def _after_colon(text: str, before: Words, finding: Finding) -> None:
    """Give a quotation without attribution to the verb of a paragraph that ends with a colon."""
    if finding.rule != "direct-free" or not before.text or before.text[-1] != ":":
        return
    begin, end = before.sentence_of(len(before) - 1)
    verbs = [index for index in range(begin, end) if before.tag[index] in VERBS and before.lower[index] in LEMMA]
    main = [index for index in verbs if before.dep[index] not in {"relcl", "pcomp"}] or verbs
    if not main:
        main = [index for index in range(begin, end) if before.tag[index] in VERBS and before.dep[index] == "ROOT"]
    if main:
        finding.rule, finding.verb, finding.words, finding.cue = "direct-colon", main[-1], before, cue_bounds(before, main[-1])
        finding.subject = subject(before, main[-1])


def _speaker(people: People, finding: Finding, text: str) -> Speaker:
    """Name the speaker of a finding; a quotation without attribution is its predecessor's."""
    if finding.subject is not None:
        speaker = people.resolve(finding.words, finding.subject)
        pronoun = relative(finding.words, finding.verb, finding.subject)
        if pronoun is not None and speaker.span:
            speaker.span = (speaker.span[0], finding.words.places[pronoun][1])
    elif finding.rule in {"direct-free", "direct-colon"} or (finding.rule.startswith("direct") and finding.verb is not None):
        speaker = people.last or Speaker("", None)
        return Speaker(speaker.name, speaker.span, speaker.person, speaker.plural)
    else:
        return Speaker("", None)
    people.spoke(speaker)
    return speaker


def _statement(text: str, finding: Finding, speaker: Speaker, via: tuple[str, ...]) -> Statement:
    spans = tuple(finding.pieces)
    cue = finding.words.span(*finding.cue) if finding.cue else None
    negated, hypothetical, hearsay = flags(finding)
    return Statement(
        quote_spans=spans,
        cue_span=cue,
        speaker_span=speaker.span,
        kind=kind(finding, spans),
        speaker=speaker.name,
        via=via,
        negated=negated,
        hypothetical=hypothetical,
        hearsay=hearsay,
        confidence=confidence(text, finding),
    )


def kind(finding: Finding, spans: Iterable[Span]) -> str:
    """Return ``direct``, ``indirect`` or ``mixed``, by how much of the words stands between marks."""
    if finding.rule.startswith("direct"):
        return "direct"
    inside = outside = 0
    for start, end in spans:
        for quotation in finding.words.view.quotations:
            inside += max(0, min(end, quotation.end) - max(start, quotation.start))
        outside += end - start
    share = inside / max(outside, 1)
    return "direct" if share >= 0.95 else "mixed" if share > 0.05 else "indirect"

"""Reading a text: paragraphs are parsed, statements found in each, and speakers named across all."""

from __future__ import annotations

from collections.abc import Iterable

from offramp.reading.confidence import confidence
from offramp.reading.cues import LEMMA
from offramp.reading.flags import flags
from offramp.reading.frames import Finding, cue_bounds, relative, subject
from offramp.reading.paragraph import findings
from offramp.reading.people import People, Speaker
from offramp.reading.records import Span, Statement
from offramp.reading.relay import outlet as outlet_named
from offramp.reading.relay import quoted, relays
from offramp.reading.turns import Turn, turns
from offramp.reading.words import NAMES, VERBS, Words


def statements(text: str, paragraphs: Iterable[Words], outlet: str = "") -> list[Statement]:
    """Return the statements of a text, in text order.

    Parameters
    ----------
    text : str
        The text.
    paragraphs : iterable of Words
        Its parsed paragraphs. None but the last with a statement is kept.
    outlet : str
        Who published it: "told the Echo" means the Teme Valley Echo there.
    """
    document = _Document(text, outlet)
    for words in paragraphs:
        document.read(words)
    document.settle()
    return document.done


class _Document:
    """What is known while a text is read: who was named, and the statements still open."""

    def __init__(self, text: str, outlet: str) -> None:
        self.text = text
        self.people = People(outlet)
        self.turns = turns(text)
        self.done: list[Statement] = []
        self.open: tuple[Finding, Speaker] | None = None
        self.last: Finding | None = None
        self.before: Words | None = None

    def read(self, words: Words) -> None:
        """Read the next paragraph."""
        self.people.read(words)
        turn = self.turns.get(words.view.start)
        if turn is not None:
            self._turn(words, turn)
        else:
            for number, finding in enumerate(findings(words, self.text)):
                self._take(finding, number == 0)
        self.before = words
        if self.last is not None and self.last.words is not words and not self.last.opens:
            self.last = None

    def _take(self, finding: Finding, first: bool) -> None:
        """Enter a statement, or join it to the one that it continues."""
        if first and self.last is not None and _continues(self.last, finding):
            self._join(finding)
            return
        if first and self.before is not None:
            _after_colon(self.before, finding)
        _turned(finding)
        self._enter(finding, _speaker(self.people, finding))

    def _enter(self, finding: Finding, speaker: Speaker) -> None:
        self.settle()
        finding.via = relays(finding, self.people)
        self.open, self.last = (finding, speaker), finding

    def _join(self, finding: Finding) -> None:
        """Add a quotation to the one before; if only the later has an attribution, it holds for both."""
        assert self.open is not None
        before = self.open[0]
        if before.verb is None and finding.verb is not None:
            finding.pieces = before.pieces + finding.pieces
            self.open, self.last = (finding, _speaker(self.people, finding)), finding
        else:
            before.pieces += finding.pieces
            before.opens = finding.opens

    def _turn(self, words: Words, turn: Turn) -> None:
        """Take one paragraph of a transcript as what its label says."""
        opens = bool(words.view.quotations) and not words.view.quotations[-1].closed
        label = self.text[slice(*turn.label)]
        person = self.people.by_part.get(label.split()[-1].lower())
        speaker = Speaker(person.name if person else label, turn.label, person)
        self.people.spoke(speaker)
        self._enter(Finding(words, "turn", None, None, None, [turn.content], opens=opens), speaker)

    def settle(self) -> None:
        """Make the record of the statement that was still open."""
        if self.open is None:
            return
        finding, speaker = self.open
        outer = finding.within.chain if finding.within is not None else ()
        via = tuple(name for name in outer + finding.via if name and name != speaker.name)
        finding.chain = tuple(dict.fromkeys((*via, speaker.name)))
        self.done.append(_statement(self.text, finding, speaker, via))
        self.open = None


def _continues(last: Finding, finding: Finding) -> bool:
    """Whether a paragraph goes on with the quotation that the one before left open."""
    if not finding.rule.startswith("direct") or finding.pieces[0][0] - finding.words.view.start > 2:
        return False
    if finding.rule == "direct-free" and last.rule.startswith(("direct", "turn")):
        return _is_whole(finding) and (last.opens or _ends_paragraph(last))
    return last.opens and (finding.verb is None or (finding.rule == "direct-after" and last.verb is None))


def _turned(finding: Finding) -> None:
    """Give the words to whom they belong: the one quoted, not who quotes; the draft, where officials say what is "according to" it."""
    words, verb = finding.words, finding.verb
    if verb is None:
        return
    whose = quoted(words, verb)
    if whose is not None:
        finding.subject = whose
    trails = finding.source is not None and finding.rule == "clause" and words.places[verb][0] >= finding.pieces[-1][1]
    if trails and finding.subject is not None:
        finding.source, finding.subject = finding.subject, finding.source


def _is_whole(finding: Finding) -> bool:
    """Whether a quotation fills its paragraph."""
    return finding.words.view.end - finding.pieces[-1][1] < 3


def _ends_paragraph(finding: Finding) -> bool:
    """Whether nothing but its attribution follows a quotation in its paragraph."""
    words = finding.words
    begin, _ = words.sentence_of(len(words) - 1)
    return words.view.end - finding.pieces[-1][1] < 3 or (finding.verb is not None and finding.verb >= begin)


def _after_colon(before: Words, finding: Finding) -> None:
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


def _speaker(people: People, finding: Finding) -> Speaker:
    """Name the speaker of a finding; a quotation without attribution is its predecessor's."""
    if finding.subject is None:
        last = people.last if finding.rule.startswith("direct") else None
        return Speaker(last.name, last.span, last.person, last.plural) if last is not None else Speaker("", None)
    speaker = people.resolve(finding.words, finding.subject)
    if speaker.person is None and finding.words.tag[finding.subject] in NAMES:
        speaker.name = outlet_named(finding.words, finding.subject, people) or speaker.name
    pronoun = relative(finding.words, finding.verb, finding.subject)
    if pronoun is not None and speaker.span:
        speaker.span = (speaker.span[0], finding.words.places[pronoun][1])
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

"""Reading a text: paragraphs are parsed, statements found in each, and speakers named across all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from offramp.reading.confidence import confidence
from offramp.reading.cues import LEMMA
from offramp.reading.flags import flags, is_supposed
from offramp.reading.frames import Finding, cue_bounds, frame, is_passive, relative, subject
from offramp.reading.hearers import name_of
from offramp.reading.lexicon import listed
from offramp.reading.listing import announced, announcing, is_item
from offramp.reading.nametables import BODIES, PEOPLE
from offramp.reading.occasion import Days, is_plain
from offramp.reading.outlets import KINDS
from offramp.reading.paragraph import findings
from offramp.reading.people import People, Person, Speaker
from offramp.reading.phrases import is_name
from offramp.reading.pronouns import answerer
from offramp.reading.records import DateMention, Span, Statement
from offramp.reading.relay import CITING, PASSED, QUOTING, cited, quoted, relays
from offramp.reading.spans import Spans
from offramp.reading.turns import Reaction, Turn, reactions, turns
from offramp.reading.words import NAMES, SUBJECTS, VERBS, Words

_WORDS = listed("words remarks comments account telling testimony version recollection")
_DENYING = listed("deny reject dismiss dispute refute rebut")
_MESSAGES = listed("message messages note letter text line lines postcard telegram word words")


def statements(
    text: str, paragraphs: Iterable[Words], outlet: str = "", dates: Sequence[DateMention] = (), dated: str | None = None
) -> list[Statement]:
    """Return the statements of a text, in text order.

    Parameters
    ----------
    text : str
        The text.
    paragraphs : iterable of Words
        Its parsed paragraphs. None but the last with a statement is kept.
    outlet : str
        Who published it: "told the Echo" means the Teme Valley Echo there.
    dates : sequence of DateMention
        The dates of the text, for the days of the sayings.
    dated : str, optional
        The day of the report.
    """
    document = _Document(text, outlet, Days(text, dates, dated, outlet))
    for words in paragraphs:
        document.read(words)
    document.settle()
    return document.named()


class _Document:
    """What is known while a text is read: who was named, and the statements still open."""

    def __init__(self, text: str, outlet: str, days: Days) -> None:
        self.text = text
        self.days = days
        self.people = People(outlet)
        self.turns, self.reactions = turns(text), reactions(text)
        labels = {text[slice(*turn.label)].lower() for turn in self.turns.values()}
        days.interview = outlet.lower().removeprefix("the ") in labels
        self.done: list[Statement] = []
        self.open: tuple[Finding, Speaker] | None = None
        self.last: Finding | None = None
        self.before: Words | None = None
        self.told: tuple[Finding, str, tuple[str, ...]] | None = None

    def read(self, words: Words) -> None:
        """Read the next paragraph."""
        self.people.read(words)
        self.days.sittings.see(words)
        turn = self.turns.get(words.view.start)
        if turn is not None:
            self._turn(words, turn)
        else:
            self._announced(words)
            found = [finding for finding in findings(words, self.text) if not self._cites(finding)]
            for number, finding in enumerate(found):
                self._take(finding, number == 0)
        if self.before is None or self.before.text[-1:] != [":"] or not is_item(words, self.text):
            self.before = words
        if self.last is not None and self.last.words is not words and not self.last.opens:
            self.last = None

    def _cites(self, finding: Finding) -> bool:
        """Whether a finding is no more than the source that an outlet gives: "Reuters reported, citing a guard, that ..."."""
        words, verb = finding.words, finding.verb
        if verb is None or finding.rule != "object" or words.tag[verb] != "VBG" or words.lower[verb] not in CITING:
            return False
        return finding.subject is not None and bool(self.people.outlets.of(words, finding.subject))

    def _announced(self, words: Words) -> None:
        """Enter what a paragraph says by the verb and colon of the one before."""
        finding = announced(self.before, words, self.text) if self.before is not None else None
        if finding is not None:
            self._enter(finding, _speaker(self.people, finding))

    def _take(self, finding: Finding, first: bool) -> None:
        """Enter a statement, or join it to the one that it continues."""
        reaction = self.reactions.get(finding.words.view.start) if first else None
        if reaction is not None and 0 <= finding.pieces[0][0] - reaction.start < 2:
            self._react(finding, reaction)
            return
        if first and self.last is not None and _continues(self.last, finding):
            self._join(finding)
            return
        if first and self.before is not None:
            _after_colon(self.before, finding)
        _uttered(finding)
        _turned(finding)
        _trim(finding)
        interrupter = _interrupted(finding) or _sent(finding)
        _cited(finding, self.people)
        finding.via = relays(finding, self.people)
        if interrupter is not None:
            finding.via = (name_of(finding.words, interrupter, self.people), *finding.via)
        self._enter(finding, _speaker(self.people, finding))

    def _react(self, finding: Finding, reaction: Reaction) -> None:
        """Enter the words after a label in capitals."""
        finding.rule, finding.verb, finding.subject, finding.cue, finding.via = "direct-free", None, None, None, reaction.via
        person = self.people.by_part.get(reaction.name.split()[-1].lower())
        person = person or Person(reaction.name)
        person.name = reaction.name if person.name.isupper() else person.name
        speaker = Speaker(person.name, reaction.label, person)
        self.people.spoke(speaker)
        self._enter(finding, speaker)

    def _enter(self, finding: Finding, speaker: Speaker) -> None:
        self.settle()
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

    def named(self) -> list[Statement]:
        """Return the statements, office holders under the names that the text gives them only later."""
        later = self.people.later
        return [replace(one, speaker=later(one.speaker), via=tuple(map(later, one.via))) for one in self.done]

    def _carried(self, finding: Finding, speaker: Speaker) -> tuple[str, ...]:
        """Return the relays of the saying before where somebody goes on speaking in the same paragraph."""
        before = self.told
        goes_on = before is not None and before[0].words is finding.words and before[1] == speaker.name != "" and finding.within is None
        return before[2] if before is not None and goes_on and is_plain(finding) else ()

    def settle(self) -> None:
        """Make the record of the statement that was still open."""
        if self.open is None:
            return
        finding, speaker = self.open
        outer = finding.within.chain if finding.within is not None and not _denies(finding) else ()
        if finding.within is not None and not finding.within.via:
            outer = tuple(name for name in outer if name != self.people.outlets.own)
        via = tuple(dict.fromkeys(name for name in outer + finding.via if name and name != speaker.name))
        via = via or self._carried(finding, speaker)
        finding.chain = tuple(dict.fromkeys((*via, speaker.name)))
        self.done.append(_statement(self.text, finding, speaker, via, self.days.next(finding, speaker.name)))
        if finding.within is None or not self.told:
            self.told = (finding, speaker.name, via)
        self.open = None


def _denies(finding: Finding) -> bool:
    """Whether what somebody denies is another's report: "the palace denied a report by the radio that an envoy had come"."""
    outer = finding.within
    denied = outer is not None and outer.verb is not None and LEMMA.get(outer.words.lower[outer.verb]) in _DENYING
    return denied and finding.rule == "noun" and finding.subject is not None


def _continues(last: Finding, finding: Finding) -> bool:
    """Whether a paragraph goes on with the quotation that the one before left open."""
    if not finding.rule.startswith("direct") or finding.pieces[0][0] - finding.words.view.start > 2:
        return False
    if finding.rule == "direct-free" and last.rule.startswith(("direct", "turn")):
        return _is_whole(finding) and (last.opens or _ends_paragraph(last))
    return last.opens and (finding.verb is None or (finding.rule == "direct-after" and last.verb is None))


def _uttered(finding: Finding) -> None:
    """Give "told Reuters in a statement that ..." to whoever told it."""
    words, noun = finding.words, finding.near
    if finding.rule != "noun" or finding.subject is not None or words.dep[noun] != "pobj" or words.lower[words.head[noun]] != "in":
        return
    verb = words.head[words.head[noun]]
    if frame(words, verb) and words.kid(verb, "ccomp") is None:
        finding.verb, finding.subject = verb, subject(words, verb)


def _turned(finding: Finding) -> None:
    """Give the words to whom they belong: the one quoted, not who quotes; the draft, where officials say what is "according to" it."""
    words, verb = finding.words, finding.verb
    if verb is None:
        return
    whose = quoted(words, verb)
    if whose is not None:
        finding.subject = whose
    if LEMMA.get(words.lower[verb]) in QUOTING and is_passive(words, verb) and words.kid(verb, "nsubjpass") is not None:
        finding.subject = words.kid(verb, "nsubjpass")
    source = finding.source if finding.rule == "clause" and words.places[verb][0] >= finding.pieces[-1][1] else None
    if source is not None and source < verb and finding.subject is not None:
        finding.source, finding.subject = finding.subject, finding.source


def _trim(finding: Finding) -> None:
    """Leave "as cited by the agency" out of what was said: at its end, or before "that"."""
    words = finding.words
    begin, end = words.sentence_of(finding.near if finding.verb is None else finding.verb)
    for index in range(begin + 1, end - 3):
        if words.lower[index] != "as" or words.lower[index + 1] not in PASSED or words.lower[index + 2] != "by":
            continue
        place, stop = words.places[index - 1], next((word for word in range(index, end) if words.text[word] in {",", "."}), end - 1)
        for number, (first, last) in enumerate(finding.pieces):
            if first < place[0] < last <= words.places[stop][1]:
                finding.pieces[number] = (first, words.places[index - 2][1] if words.text[index - 1] == "," else place[1])
            elif words.places[index][0] == first and stop + 1 < end and words.places[stop + 1][0] < last:
                finding.pieces[number] = (words.places[stop + 1][0], last)


def _interrupted(finding: Finding) -> int | None:
    """Take "the guard told us, the report says, that ..." as what the guard told, and return who interrupts."""
    words, verb = finding.words, finding.verb
    if verb is None or finding.rule != "clause" or len(finding.pieces) < 2 or finding.subject is None:
        return None
    above, start = words.head[verb], finding.pieces[0][0]
    told = [word for word in range(above + 1, verb) if words.places[word][0] < finding.pieces[0][1]]
    plain = start <= words.places[above][0] < finding.pieces[0][1] and not any(words.tag[word] in VERBS for word in told)
    teller = subject(words, above) if "c" in frame(words, above) and plain and words.dep[verb] == "parataxis" else None
    if teller is None or not start <= words.places[teller][0]:
        return None
    interrupter = finding.subject
    finding.verb, finding.subject, finding.pieces, finding.cue = above, teller, finding.pieces[1:], cue_bounds(words, above)
    return interrupter


def _sent(finding: Finding) -> int | None:
    """Take "she said her son had sent a message: “All fine.”" as the son's words, and return who tells of them."""
    words, verb = finding.words, finding.verb
    if verb is None or finding.rule != "direct-before":
        return None
    for clause in words.kids(verb, "ccomp"):
        thing, writer = words.kid(clause, "dobj"), words.kid(clause, *SUBJECTS)
        last = words.places[words.right[clause]][0]
        if thing is not None and writer is not None and words.lower[thing] in _MESSAGES and verb < thing and last <= finding.pieces[-1][1]:
            teller, finding.subject, finding.verb, finding.cue = finding.subject, writer, clause, cue_bounds(words, clause)
            return teller
    return None


def _cited(finding: Finding, people: People) -> None:
    """Give words to whom an outlet cites for them, the outlet being a relay."""
    words, verb, teller = finding.words, finding.verb, finding.subject
    whom = cited(finding) if (verb is not None or finding.rule == "according") and teller is not None else None
    if whom is not None and teller is not None:
        finding.cited = people.outlets.of(words, teller) or _body(words, teller, people) or _relayer(finding, teller, whom, people)
        finding.subject = whom if finding.cited else teller


def _relayer(finding: Finding, teller: int, whom: int, people: People) -> str:
    """Return the name of somebody who cites others: "she added, citing two doctors"; a paper that a person cites is an argument."""
    words, noun = finding.words, finding.words.lower[whom]
    citing, verb = words.head[whom], finding.verb or 0
    if words.lower[citing] not in CITING or (words.head[citing] not in {verb, teller} and not teller < citing < verb):
        return ""
    somebody = {noun, noun.removesuffix("s")} & PEOPLE or people.is_person(words, whom)
    return people.resolve(words, teller).name if somebody and words.lower[teller] not in {"it", "they"} else ""


def _body(words: Words, teller: int, people: People) -> str:
    """Return the name of a body that cites somebody or something."""
    noun = words.lower[teller].removesuffix("s")
    if people.is_person(words, teller) or noun in PEOPLE or not (noun in BODIES or is_name(words, teller)):
        return ""
    return people.resolve(words, teller).name


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
    verb = announcing(before) if finding.rule == "direct-free" else None
    if verb is not None:
        finding.rule, finding.verb, finding.words, finding.cue = "direct-colon", verb, before, cue_bounds(before, verb)
        finding.subject = subject(before, verb)


def _speaker(people: People, finding: Finding) -> Speaker:
    """Name the speaker of a finding; a quotation without attribution is its predecessor's."""
    finding.subject = _owner(finding)
    if finding.subject is None:
        last = people.last if finding.rule.startswith("direct") else None
        return Speaker(last.name, last.span, last.person, last.plural) if last is not None else Speaker("", None)
    speaker = people.resolve(finding.words, finding.subject)
    if speaker.person is None and (finding.words.tag[finding.subject] in NAMES or finding.words.lower[finding.subject] in KINDS):
        speaker.name = people.outlets.of(finding.words, finding.subject) or speaker.name
    pronoun = relative(finding.words, finding.verb, finding.subject)
    if pronoun is not None and speaker.span:
        speaker.span = (speaker.span[0], finding.words.places[pronoun][1])
    people.spoke(speaker)
    return speaker


def _owner(finding: Finding) -> int | None:
    """Return whose words are meant: Keller in "according to Keller's account"."""
    words, who = finding.words, finding.subject
    if who is not None and finding.rule.startswith("direct") and words.text[who].islower():
        return answerer(words, who)
    if who is None or finding.rule != "according" or words.lower[who] not in _WORDS:
        return who
    owner = words.kid(who, "poss")
    return who if owner is None or words.lower[owner] in {"its", "their"} else owner


def _statement(text: str, finding: Finding, speaker: Speaker, via: tuple[str, ...], day: str) -> Statement:
    spans = tuple(Spans(finding.pieces).spans)
    cue = finding.words.span(*finding.cue) if finding.cue else None
    negated, hypothetical, hearsay = flags(finding)
    return Statement(
        quote_spans=spans,
        cue_span=cue,
        speaker_span=speaker.span,
        kind=kind(finding, spans),
        speaker=speaker.name,
        via=via,
        said_on="" if is_supposed(finding) else day,
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

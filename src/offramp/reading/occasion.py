"""The day of a saying, as the words of its attribution give it: "told DW on Monday", "in a letter sent last week"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from offramp.reading.cues import LEMMA, WRITINGS
from offramp.reading.dates import is_bound, is_closed, said_on
from offramp.reading.flags import flags
from offramp.reading.frames import Finding
from offramp.reading.lexicon import listed
from offramp.reading.nametables import BODIES, PEOPLE
from offramp.reading.records import DateMention, Span
from offramp.reading.sittings import Sittings
from offramp.reading.words import NOUNS, VERBS, Words

_AT = listed("in at during on for to by with before from through via into over ago earlier late early as of")
_DONE = listed(
    """published released issued posted broadcast aired printed sent handed held given carried dated signed recorded made read delivered
    speaking talking appearing writing testifying asked interviewed reached contacted quoted cited presented written addressed adopted
    approved"""
)
_OWN = _DONE - {"dated", "recorded", "signed", "held", "presented", "written"}
"""Participles beside a document that tell when it was said: "the report, released on Monday, said"."""
_SPEAKS = listed("speaking talking appearing writing testifying asked interviewed reached contacted quoted cited spoke talked appeared")
"""The same beside a person: "Keller, speaking on Monday, said"; "Keller, released on Monday, said" tells of something else."""


_ANSWERS = listed("reply answer retort respond counter rejoin add continue interject shout ask")
"""Verbs of a saying on the same occasion as the one before."""
_DENYING = listed("deny dispute reject refuse decline")
_DOCUMENTS = WRITINGS | listed(
    "diary note judgment ruling order decree resolution record file interview speech text video remarks comments paper draft brief motion "
    "reply response answer manifesto declaration communique communiqué"
)
_COUNTS = listed("survey poll study")


class Days:
    """The dates of a text that can be the day of a saying, and on which day each speaker spoke last.

    Parameters
    ----------
    text : str
        The text.
    dates : sequence of DateMention
        Its dates.
    dated : str or None
        The day of the report, which is that of what its publisher says in it.
    own : str
        The publisher.
    """

    def __init__(self, text: str, dates: Sequence[DateMention], dated: str | None, own: str) -> None:
        self.text, self.dated, self.own = text, dated or "", frozenset(own.lower().split())
        self.dates = [date for date in dates if is_closed(date.iso) and not is_bound(text, date.span[0])]
        self.starts = [date.span[0] for date in self.dates]
        self.spoke: dict[str, str] = {}
        self.latest = ""
        self.sittings = Sittings(text, self.dates, self.dated, own)
        self.interview = False
        """Whether the publisher asks the questions: then the talk was before the day of the report."""

    def next(self, finding: Finding, speaker: str) -> str:
        """Return the day of a saying, and remember it for the answer to it."""
        self.latest = self.of(finding, speaker)
        return self.latest

    def of(self, finding: Finding, speaker: str) -> str:
        """Return the day of a saying where the text tells it, or an empty text.

        Parameters
        ----------
        finding : Finding
            A statement, as found.
        speaker : str
            Whose it is. Who simply goes on speaking does so on the day told before.
        """
        told = self._told(finding)
        if told:
            self.spoke[speaker] = told
            return told
        plain, latest = is_plain(finding), self.latest
        if plain and self.spoke.get(speaker):
            return self.spoke[speaker]
        there = self.sittings.of(finding)
        if there:
            return there
        if plain and finding.verb is not None and LEMMA.get(finding.words.lower[finding.verb]) in _ANSWERS and latest:
            return latest
        return self.dated if (not self.interview if finding.rule == "turn" else self._is_own(finding, speaker)) else ""

    def _is_own(self, finding: Finding, speaker: str) -> bool:
        """Whether the publisher says it in the text itself: "the ministry rejects the claim"."""
        words = frozenset(speaker.lower().split()) - {"the"}
        both = words & self.own
        if not both or speaker.lower().removeprefix("the ").split()[0] not in both or any(flags(finding)[:2]):
            return False
        return words == self.own or (len(both) > 2 and both in (words, self.own))

    def _told(self, finding: Finding) -> str:
        words = finding.words
        begin, end = words.sentence_of(finding.near if finding.verb is None else finding.verb)
        low, high = words.places[begin][0], words.places[end - 1][1]
        near = self.dates[bisect_left(self.starts, low) : bisect_left(self.starts, high)]
        free = [date for date in near if not any(start <= date.span[0] < stop for start, stop in finding.pieces)]
        for date in free:
            if self._in_brackets(date) and self._follows(finding, date):
                return date.iso
            head = _head(words, begin, end, date)
            if head is not None and _leads_to(words, head, finding):
                return date.iso
        if finding.verb is not None and words.kid(finding.verb, "aux") is not None and _just(words, finding.verb):
            return self.dated
        return self._beside(finding, [date for date in free if not _is_whose(finding, date)], (low, high))

    def _in_brackets(self, date: DateMention) -> bool:
        start, end = date.span
        return self.text[start - 1 : start] == "(" and self.text[end : end + 1] == ")"

    def _follows(self, finding: Finding, date: DateMention) -> bool:
        """Whether a day in brackets comes right after the verb or the document that speaks: "the report (3 June) said"."""
        words, who, before = finding.words, finding.subject, date.span[0] - 2
        named = who is not None and words.places[words.right[who]][1] >= before >= words.places[who][1] and words.lower[who] in _DOCUMENTS
        return named or (finding.cue is not None and words.places[finding.cue[1]][1] == before)

    def _beside(self, finding: Finding, dates: Sequence[DateMention], sentence: Span) -> str:
        """Return a date that stands right beside the cue, whatever the parser hung it on."""
        if not dates or finding.cue is None:
            return ""
        day, stated = said_on(self.text, finding.words.span(*finding.cue), dates, sentence, None)
        return day if stated else ""


def is_plain(finding: Finding) -> bool:
    """Whether somebody simply said something then: no denial, nothing negated or supposed, no present tense.

    Parameters
    ----------
    finding : Finding
        A statement, as found.
    """
    words, verb = finding.words, finding.verb
    if verb is None:
        return finding.rule.startswith("direct")
    told = words.tag[verb] in {"VBD", "VBG"} and LEMMA.get(words.lower[verb]) not in _DENYING
    return told and not any(flags(finding)[:2])


def _just(words: Words, verb: int) -> bool:
    return any(words.lower[child] == "just" for child in words.kids(verb, "advmod"))


def _is_whose(finding: Finding, date: DateMention) -> bool:
    """Whether a date tells of the speaker: "the women who came out on Wednesday told us"."""
    words, who = finding.words, finding.subject
    parts = [child for child in words.children[who] if words.dep[child] in {"relcl", "acl", "prep", "appos"}] if who is not None else []
    inside = set().union(*(words.subtree(part) for part in parts))
    return any(date.span[0] <= words.places[word][0] < date.span[1] for word in inside)


def _head(words: Words, begin: int, end: int, date: DateMention) -> int | None:
    """Return the word of a date that hangs on a word outside it."""
    own = [word for word in range(begin, end) if date.span[0] <= words.places[word][0] < date.span[1]]
    return next((word for word in own if words.head[word] not in own), None)


def _leads_to(words: Words, index: int, finding: Finding) -> bool:
    """Whether nothing but occasions stands between a date and the verb of the attribution."""
    goals = _goals(words, finding)
    for _ in range(12):
        above = words.head[index]
        if above in goals:
            return words.dep[index] not in {"nsubj", "nsubjpass", "ccomp", "relcl", "csubj", "conj"}
        if above == finding.subject:
            if words.lower[index] == "of" and words.lower[above] in _DOCUMENTS:
                return True
            if words.lower[index] in {"in", "on"} and words.kid(index, "pobj") is not None:
                written = {words.lower[words.kids(index, "pobj")[0]], words.lower[above] if words.lower[index] == "on" else ""}
                return bool(written & _DOCUMENTS - _COUNTS)
            done = _OWN if words.lower[above] in _DOCUMENTS | BODIES or _is_thing(words, above) else _SPEAKS
            return words.lower[index] in done and words.dep[index] in {"acl", "advcl", "relcl"}
        if above == index or not _may_pass(words, above):
            return False
        index = above
    return False


def _is_thing(words: Words, index: int) -> bool:
    """Whether a noun in small letters is nobody: "the announcement", "the claim"."""
    noun = words.lower[index]
    return words.text[index].islower() and not {noun, noun.removesuffix("s")} & (PEOPLE | {"he", "she", "they", "i", "we", "who"})


def _may_pass(words: Words, index: int) -> bool:
    """Whether a word can stand between a date and a verb of saying: a preposition, an occasion, a participle of one."""
    if words.dep[index] == "advcl" and any(words.lower[child] == "when" for child in words.children[index]):
        return True
    if words.lower[index] in _AT or words.lower[index] in _DONE or words.dep[index] in {"npadvmod", "advmod"}:
        return True
    return words.tag[index] in NOUNS and words.dep[index] in {"pobj", "dobj", "dative", "npadvmod", "appos", "compound", "nummod"}


def _borrows(words: Words, verb: int) -> bool:
    """Whether a verb shares the day of the one above it: "quoted as saying", "met him and said", "stopped it, saying that"."""
    return words.dep[verb] in {"pcomp", "prep", "conj", "xcomp"} or (words.dep[verb] == "advcl" and words.tag[verb] == "VBG")


def _goals(words: Words, finding: Finding) -> set[int]:
    """Return the verb of a saying, and the verbs above it whose day is its own: "quoted as saying", "met him and said"."""
    verb = finding.verb
    if verb is None:
        return {finding.near}
    goals = {verb}
    for link in words.kids(verb, "prep"):
        goals |= set(words.kids(link, "pcomp")) if words.lower[link] == "as" else set()
    noun = words.head[verb]
    if words.dep[verb] == "relcl" and words.lower[noun] in _DOCUMENTS and words.lower[words.left[verb]] in {"in", "where", "which"}:
        goals |= {noun, words.head[noun]} if words.dep[noun] == "dobj" else {noun}
    if words.dep[verb] == "acl" and words.lower[words.head[verb]] in WRITINGS:
        goals.add(words.head[words.head[verb]])
    while _borrows(words, verb) and words.kid(verb, "nsubj", "nsubjpass") is None:
        verb = words.head[verb]
        if words.tag[verb] in VERBS:
            goals.add(verb)
    return goals

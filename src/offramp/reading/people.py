"""Who is meant: names, titles and pronouns followed through a document."""

from __future__ import annotations

from dataclasses import dataclass, field

from offramp.reading.cues import OUTLET_NOUNS
from offramp.reading.lexicon import listed
from offramp.reading.nametables import BODIES, PEOPLE
from offramp.reading.phrases import FEMALE, HONORIFICS, MALE, TITLES, name_run, phrase
from offramp.reading.records import Span
from offramp.reading.words import NAMES, Words

_ORGANISATIONAL = listed(
    """ministry university institute association committee council party department agency court commission union nations house office
    army foundation center centre bank company group organization organisation bureau senate parliament congress police service
    administration government campaign times post news journal press state states republic war conference treaty convention street
    avenue day january february march april june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday"""
)
_BODIES = _ORGANISATIONAL & BODIES
_BODY_ARTICLES = listed("the this its their")
_NATIONAL = ("ish", "ese", "ian", "ean", "can", "nch", "rish", "elsh", "utch", "aeli", "aqi", "stani")
_SMALL = listed("the a an this that these those his her its their our my your")


@dataclass
class Person:
    """Somebody whose full name was read."""

    name: str
    gender: str = ""
    span: Span = (0, 0)
    roles: set[str] = field(default_factory=set)


@dataclass
class Speaker:
    """Who speaks: a canonical name, where it stands, and the person if it is a known one."""

    name: str
    span: Span | None
    person: Person | None = None
    plural: bool = False


class People:
    """The persons of a document, in the order of reading."""

    def __init__(self, own: str = "") -> None:
        self.known: dict[str, Person] = {}
        self.by_part: dict[str, Person] = {}
        self.by_role: dict[str, Person] = {}
        self.recent: list[tuple[Span, Person, bool]] = []
        self.last: Speaker | None = None
        self.group: Speaker | None = None
        self.outlet = ""
        self.own = own.removeprefix("the ")
        self.outlets: set[str] = set()
        self.bodies: dict[str, str] = {}

    def is_outlet(self, words: Words, first: int, last: int) -> bool:
        """Whether a name is that of an outlet which the text calls one, or of the one that printed it."""
        parts = {words.lower[index] for index in range(first, last + 1)} - {"the"}
        return bool(parts) and (words.lower[last] in self.outlets or self._is_own(" ".join(words.lower[first : last + 1])))

    def _is_own(self, name: str) -> bool:
        """Whether a name is the end of the outlet's: "the Echo" for the Teme Valley Echo."""
        short = name.lower().removeprefix("the ")
        return bool(short) and f" {self.own.lower()}".removesuffix(" agency").endswith(f" {short}")

    def whole_outlet(self, name: str) -> str:
        """Return the full name of the outlet that printed the text where a part of it stands for it."""
        return self.own if self._is_own(name) else name

    def read(self, words: Words) -> None:
        """Note the persons that a paragraph names."""
        index = 0
        while index < len(words):
            if words.tag[index] in NAMES and index not in words.folded and words.text[index][:1].isupper():
                run = name_run(words, index) or (index, index)
                self._note_body(words, *run)
                self._note(words, *run)
                index = run[1]
            index += 1

    def _note_body(self, words: Words, first: int, last: int) -> None:
        """Note an outlet or a body, for "the institute" after "the Hallam Institute"."""
        begin = first - 1 if first and words.lower[first - 1] == "the" else first
        if begin and words.lower[begin - 1] in OUTLET_NOUNS and words.text[begin - 1].islower():
            self.outlets.add(words.lower[last])
        if last + 1 < len(words) and words.lower[last + 1] in {"agency", "newspaper", "broadcaster"}:
            self.outlets.add(words.lower[last])
        kinds = [index for index in range(first, last + 1) if words.lower[index] in _BODIES]
        if kinds and not is_title(words, first):
            whole = phrase(words, last)
            whole = (min(first, max(whole[0], first)), whole[1]) if whole[1] - first < 6 else (first, last)
            if whole[1] > whole[0] and words.lower[kinds[-1]] == words.lower[last]:
                self.bodies[words.lower[last]] = plain(words, *whole)

    def _note(self, words: Words, first: int, last: int) -> None:
        start = after_titles(words, first, last)
        parts = [words.text[index] for index in range(start, last + 1) if words.text[index][:1].isalpha()]
        if not parts or is_title(words, last) or any(part.lower() in _ORGANISATIONAL or not part[:1].isupper() for part in parts):
            return
        titles = {words.lower[index].rstrip(".") for index in range(first, start)}
        known = self.by_part.get(parts[-1].lower()) or (self.by_part.get(parts[0].lower()) if len(parts) == 1 else None)
        if len(parts) > 1 and (known is None or known.name != " ".join(parts)) and len(parts) <= 5:
            known = self._new(" ".join(parts), known)
        if known is None:
            if not titles & TITLES:
                return
            known = self._new(" ".join(parts), None)
        self._describe(words, first, start, last, known, titles)

    def _new(self, name: str, similar: Person | None) -> Person:
        """Enter a full name; a longer or shorter form of a known one is the same person."""
        parts = name.split()
        if similar and (set(parts) <= set(similar.name.split()) or {parts[0], parts[-1]} <= set(similar.name.split())):
            return similar
        person = self.known.setdefault(name, Person(name))
        self.by_part[parts[-1].lower()] = person
        self.by_part.setdefault(parts[0].lower(), person)
        return person

    def _describe(self, words: Words, first: int, start: int, last: int, person: Person, titles: set[str]) -> None:
        """Keep title, gender and place of a mention."""
        if titles & MALE:
            person.gender = "m"
        elif titles & FEMALE:
            person.gender = "f"
        roles = {title for title in titles - HONORIFICS if title in TITLES}
        roles |= {words.lower[index] for index in self._apposed(words, first, last)}
        if first > 0 and words.tag[first - 1] == "NN":
            roles.add(words.lower[first - 1])
        person.roles |= roles
        for role in roles:
            self.by_role[role] = person
        span = words.span(start, last)
        subject = any(words.dep[index] in {"nsubj", "nsubjpass"} for index in range(first, last + 1))
        self.recent.append((span, person, subject))

    @staticmethod
    def _apposed(words: Words, first: int, last: int) -> list[int]:
        head = next((index for index in range(first, last + 1) if not first <= words.head[index] <= last), last)
        found = [child for child in words.kids(head, "appos") if words.tag[child] == "NN"]
        if words.dep[head] == "appos" and words.tag[words.head[head]] == "NN":
            found.append(words.head[head])
        return found

    def resolve(self, words: Words, index: int) -> Speaker:
        """Return who is meant by the noun or pronoun at a word.

        Parameters
        ----------
        words : Words
            The paragraph.
        index : int
            Head of the noun phrase.
        """
        first, last = phrase(words, index)
        span = words.span(first, last)
        low = words.lower[index]
        if low in {"nobody", "none"}:
            return Speaker("" if first == last else plain(words, first, last), span)
        if words.tag[index] == "PRP" or words.tag[index] == "PRP$":
            return self._pronoun(low, span)
        person = self._named(words, index)
        if (person is None and first < index) or words.tag[index] in {"NN"}:
            person = person or (self.by_role.get(low) if words.lower[first] in {"the", "his", "her", "their"} and last == index else None)
        if person is not None:
            return Speaker(person.name, span, person)
        whole = self.bodies.get(low) if last == index and index - first < 2 and words.lower[first] in _BODY_ARTICLES else None
        if whole:
            return Speaker(whole, span)
        return Speaker(plain(words, first, last), span, None, words.tag[index] in {"NNS", "NNPS", "DT", "CD"})

    def _named(self, words: Words, index: int) -> Person | None:
        run = name_run(words, index)
        if run is None and words.text[index][:1].isupper() and words.lower[index] in self.by_part:
            return self.by_part[words.lower[index]]
        if run is None:
            apposed = next((child for child in words.kids(index, "appos") if words.tag[child] in NAMES), None)
            return self._named(words, apposed) if apposed is not None and words.tag[index] == "NN" else None
        start = after_titles(words, *run)
        parts = [words.text[word] for word in range(start, run[1] + 1) if words.text[word][:1].isalpha()]
        if not parts or is_title(words, run[1]) or any(part.lower() in _ORGANISATIONAL for part in parts):
            return None
        return self.known.get(" ".join(parts)) or self.by_part.get(parts[-1].lower())

    def _pronoun(self, low: str, span: Span) -> Speaker:
        if low in {"they", "them", "their"}:
            return Speaker(self.group.name, span, None, True) if self.group else Speaker("", span, None, True)
        if low in {"he", "him", "his", "she", "her"}:
            person = self._recent("f" if low in {"she", "her"} else "m", span[0])
            return Speaker(person.name, span, person) if person else Speaker("", span)
        if low in {"it", "its"} and self.last and self.last.person is None:
            return Speaker(self.last.name, span)
        return Speaker("", span)

    def _recent(self, gender: str, before: int) -> Person | None:
        """Return the person last spoken of in the right gender: the last speaker, then subjects, then anybody."""
        order = [entry for entry in reversed(self.recent[-40:]) if entry[0][0] < before and entry[1].gender in {"", gender}]
        spoke = self.last.person if self.last and self.last.person and self.last.person.gender in {"", gender} else None
        subjects = [entry for entry in order if entry[2]]
        chosen = next((entry[1] for entry in subjects), None) or spoke or next((entry[1] for entry in order), None)
        if spoke and self.last and self.last.span and not any(entry[0][0] > self.last.span[0] and entry[2] for entry in order):
            chosen = spoke
        if chosen is not None and not chosen.gender:
            chosen.gender = gender
        return chosen

    def spoke(self, speaker: Speaker) -> None:
        """Remember who spoke last."""
        if speaker.name:
            self.last = speaker
            if speaker.plural:
                self.group = speaker


def is_title(words: Words, index: int) -> bool:
    """Whether a word is a title or a rank."""
    return words.lower[index] in TITLES or words.lower[index].rstrip(".") in TITLES


def after_titles(words: Words, first: int, last: int) -> int:
    """Return the first word of a name after titles, ranks and nationalities."""
    start = first
    for index in range(first, last):
        if is_title(words, index) or (index == first and words.lower[index] in PEOPLE):
            start = index + 1
    return start


def plain(words: Words, first: int, last: int) -> str:
    """Return the words of a noun phrase without its article, on one line."""
    while first < last and words.lower[first] in _SMALL:
        first += 1
    text = ""
    for index in range(first, last + 1):
        glued = index > first and words.places[index][0] == words.places[index - 1][1]
        text += words.text[index] if glued or not text else " " + words.text[index]
    return text if words.tag[first] in NAMES or not text[1:2].islower() else text[0].lower() + text[1:]

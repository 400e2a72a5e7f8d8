"""Who is meant: names, titles and pronouns followed through a document."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field

from offramp.reading.beside import (
    after_titles,
    body_beside,
    by_body,
    is_no_person,
    is_title,
    kin,
    office_of,
    parts_of,
    somebody,
    told_to_be,
)
from offramp.reading.bodies import Bodies
from offramp.reading.cues import LEMMA, WRITINGS
from offramp.reading.lexicon import listed
from offramp.reading.nametables import BODIES, GIVEN_NAMES, PEOPLE
from offramp.reading.outlets import KINDS, Outlets
from offramp.reading.phrases import FEMALE, HONORIFICS, MALE, TITLES, is_name, name_run, phrase, plain
from offramp.reading.pronouns import counted, elliptic, given_name
from offramp.reading.records import Span
from offramp.reading.words import NAMES, SUBJECTS, VERBS, Words

_DOCTORS = {"dr": "doctor", "prof": "professor", "gen": "general", "sen": "senator", "gov": "governor", "capt": "captain", "col": "colonel",
            "lt": "lieutenant", "sgt": "sergeant", "rep": "representative", "maj": "major", "adm": "admiral"}  # fmt: skip
_SHE = FEMALE | listed("wife daughter widow girl aunt grandmother nun policewoman servicewoman businesswoman congresswoman")
_HE = MALE | listed("husband son uncle grandfather monk boy policeman fisherman serviceman businessman priest")
_DEFINITE = listed("the his her their our its this that")
_COLLECTIVE = BODIES | listed("delegation people forces troops personnel staff leadership")
_PRONOUNS = {"woman": "she", "man": "he"}
_INDEFINITE = listed("a an another one some any no")
_OWNED = listed("office campaign team")
_FREE = listed("former late new old current then same own own first second young younger older elderly")


@dataclass
class Person:
    """Somebody whose full name was read."""

    name: str
    gender: str = ""
    span: Span = (0, 0)
    roles: set[str] = field(default_factory=set)
    definite: bool = True


@dataclass
class Speaker:
    """Who speaks: a canonical name, where it stands, and the person if it is a known one."""

    name: str
    span: Span | None
    person: Person | None = None
    plural: bool = False
    noun: str = ""


class People:
    """The persons of a document, in the order of reading."""

    def __init__(self, own: str = "") -> None:
        self.known: dict[str, Person] = {}
        self.by_part: dict[str, Person] = {}
        self.by_role: dict[str, Person] = {}
        self.holders: dict[str, set[str]] = {}
        self.subjects: list[tuple[Words, int]] = []
        self.things: list[tuple[Span, Words, int]] = []
        self.unnamed: dict[Span, Person] = {}
        self.offices: dict[str, Person] = {}
        self.by_last: dict[str, list[Person]] = {}
        self.recent: list[tuple[Span, Person, bool]] = []
        self.sentences: list[int] = []
        self.author: Person | None = None
        self.last: Speaker | None = None
        self.counts: list[tuple[Span, str]] = []
        self.group: Speaker | None = None
        self.outlets = Outlets(own)
        self.bodies = Bodies()
        self.outlets.letters = self.bodies.by_letters

    def read(self, words: Words) -> None:
        """Note the persons that a paragraph names."""
        self.sentences = [*self.sentences[-200:], *(words.places[begin][0] for begin, _ in words.bounds if begin < len(words))]
        self._byline(words)
        index = 0
        while index < len(words):
            if words.tag[index] in NAMES and index not in words.folded and words.text[index][:1].isupper():
                run = name_run(words, index) or (index, index)
                self.outlets.read(words, *run)
                self.bodies.read(words, *run)
                self._note(words, *run)
                index = run[1]
            elif words.tag[index] == "NN" and words.dep[index] in {"nsubj", "dobj"} and words.lower[index] in PEOPLE:
                self.subjects = [*self.subjects[-3:], (words, index)]
            if index < len(words) and words.dep[index] in SUBJECTS and self._is_body(words, index):
                self.things = [*self.things[-7:], (words.places[index], words, index)]
            noun = counted(words, index) if index < len(words) and words.tag[index] in {"NN", "NNS"} else ""
            if noun:
                self.counts = [*self.counts[-7:], (words.places[index], noun)]
            index += 1

    def _byline(self, words: Words) -> None:
        """Note who wrote the text: "By Ann Lee", alone on its line."""
        if self.author is None and words.lower[:1] == ["by"] and 3 <= len(words) <= 5 and all(is_name(words, index) for index in (1, 2)):
            self.author = Person(plain(words, 1, min(len(words), 4) - 1).split(",")[0])

    def _note(self, words: Words, first: int, last: int) -> None:
        start = after_titles(words, first, last)
        parts = parts_of(words, start, last)
        if not parts or is_title(words, last) or is_no_person(parts):
            return
        titles = {words.lower[index].rstrip(".") for index in range(first, start)}
        known = self._of_gender(words, first, last, parts) if len(parts) == 1 else None
        known = known or self.by_part.get(parts[-1].lower()) or (self.by_part.get(parts[0].lower()) if len(parts) == 1 else None)
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
        if name not in self.known:
            self.known[name] = Person(name)
            self.by_last.setdefault(parts[-1], []).append(self.known[name])
        person = self.known[name]
        self.by_part[parts[-1].lower()] = person
        self.by_part.setdefault(parts[0].lower(), person)
        return person

    def _describe(self, words: Words, first: int, start: int, last: int, person: Person, titles: set[str]) -> None:
        """Keep title, gender and place of a mention."""
        roles = {title for title in titles - HONORIFICS if title in TITLES} | {_DOCTORS[title] for title in titles if title in _DOCTORS}
        roles |= {words.lower[index] for index in self._apposed(words, first, last)}
        if first > 0 and words.tag[first - 1] == "NN":
            roles.add(words.lower[first - 1])
        roles |= told_to_be(words, first, last) | office_of(words, first)
        roles &= PEOPLE | TITLES | {"accused"}
        person.roles |= roles
        if (titles | roles) & _HE:
            person.gender = "m"
        elif (titles | roles) & _SHE:
            person.gender = "f"
        for role in roles:
            self.by_role[role] = person
            self.holders.setdefault(role, set()).add(person.name)
        span = words.span(start, last)
        inside = range(first, last + 1)
        subject = any(words.dep[index] in SUBJECTS for index in inside)
        subject = subject or any(words.dep[index] == "appos" and words.dep[words.head[index]] in SUBJECTS for index in inside)
        self._mention(span, person, subject)

    def _mention(self, span: Span, person: Person, subject: bool) -> None:
        if not self.recent or self.recent[-1][0] < span:
            self.recent.append((span, person, subject))
        else:
            insort(self.recent, (span, person, subject), key=lambda entry: entry[0])

    @staticmethod
    def _apposed(words: Words, first: int, last: int) -> list[int]:
        head = next((index for index in range(first, last + 1) if not first <= words.head[index] <= last), last)
        found = [child for child in words.kids(head, "appos") if words.tag[child] == "NN" or words.lower[child] in TITLES | PEOPLE]
        above = words.head[head]
        if words.dep[head] == "appos" and (words.tag[above] == "NN" or words.lower[above] in TITLES | PEOPLE):
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
        first, last = self._bounds(words, index)
        span, index = words.span(first, last), min(index, last)
        low = words.lower[index]
        if low in {"nobody", "none"}:
            alone = self._elliptic(words, first, last) if low == "none" else ""
            return Speaker(alone if first == last or low == "nobody" else plain(words, first, last), span)
        if words.tag[index] == "PRP" or words.tag[index] == "PRP$":
            return self._pronoun(low, span)
        person = self._named(words, index) or self._by_role(words, first, last, index)
        if person is not None:
            return Speaker(person.name, span, person)
        whole = self.bodies.of(words, first, last, index) or self._owned(words, first, index) or body_beside(words, first, last, index)
        if whole:
            return Speaker(whole, span)
        called = given_name(words, index) or kin(words, index)
        if called:
            return Speaker(called, span, self.by_part.get(called.lower()))
        name = self._elliptic(words, first, last) or by_body(words, first, last) or plain(words, first, last)
        plural = words.tag[index] in {"NNS", "NNPS", "DT", "CD"} and not {words.lower[first], words.lower[index]} & {"another", "one"}
        person = self._unnamed(words, first, index, name, span) if not plural else None
        return Speaker(person.name if person else name, span, person, plural)

    @staticmethod
    def _bounds(words: Words, index: int) -> tuple[int, int]:
        """Return the noun phrase of a speaker, without a time before it and what "nor" adds."""
        first, last = phrase(words, index)
        last = next((word - 1 for word in range(index + 1, last + 1) if words.text[word] in {"*", "†"}), last)
        if first < last == index and words.text[index].islower() and words.lower[index] in LEMMA and words.text[index - 1][:1].isupper():
            last -= words.lower[index - 1] in BODIES
        while first < index and words.text[first][:1].isdigit() and ":" in words.text[first]:
            first += 1
        first = max([first, *(word + 1 for word in range(first, index) if words.text[word] == ":")])
        aside = (word for word in range(index + 1, last) if words.text[word] in {",", "("} and words.tag[word + 1] in {"IN", "NNP"})
        nor = (word for word in range(index + 1, last + 1) if words.lower[word] == "nor")
        last = min([last + 1, *nor, *aside]) - 1
        last -= words.lower[last] in {"'s", "’s"} and last > index
        return first, last - 2 if words.lower[last - 1 : last + 1] == ["in", "turn"] and last - 2 >= index else last

    def _by_role(self, words: Words, first: int, last: int, index: int) -> Person | None:
        """Return whom "the minister" means: the one last called so, if nothing before the noun tells of another."""
        if (first == index and words.tag[index] != "NN") or words.lower[first] not in _DEFINITE or last != index:
            return None
        low = words.lower[index]
        person = self.by_role.get(low)
        if person is None and low in _PRONOUNS and first == index - 1:
            person = self._pronoun(_PRONOUNS[low], words.span(first, last)).person
        between = {words.lower[word] for word in range(first + 1, index) if words.text[word].islower()}
        return person if person is not None and between <= person.roles | _FREE else None

    def _owned(self, words: Words, first: int, index: int) -> str:
        """Return "Ann Lee's office" for "her office"."""
        if words.lower[index] not in _OWNED or words.lower[first] not in {"his", "her"}:
            return ""
        owner = self._pronoun(words.lower[first], words.span(first, first)).name
        return f"{owner}’s {plain(words, first + 1, index)}" if owner else ""

    def _elliptic(self, words: Words, first: int, last: int) -> str:
        """Return "another diplomat" for "another" after a diplomat has spoken, and whom "one" means of those that the text counts."""
        before = [noun for span, noun in self.counts if span < words.places[first]]
        counted_last = before[-1] if before else ""
        spoke = self.last.noun if self.last is not None and words.lower[first] == "another" else ""
        return elliptic(words, first, last, counted_last or spoke)

    def _unnamed(self, words: Words, first: int, index: int, name: str, span: Span) -> Person | None:
        """Note somebody without a name, for the pronouns that follow."""
        noun = somebody(words, index)
        noun = name.rpartition(" ")[2] if words.lower[index] in {"one", "another"} and " of " not in name else noun
        one = noun in PEOPLE | TITLES and noun not in _COLLECTIVE and words.lower[index - 1] not in {"coast", "national"}
        if not one and name != f"another {self.last.noun if self.last else ''}":
            return None
        if span not in self.unnamed:
            gender = "f" if noun in _SHE else "m" if noun in _HE else ""
            roles = {words.lower[word] for word in range(first, index + 1)}
            person = self.unnamed[span] = Person(name, gender, span, roles, words.lower[first] not in _INDEFINITE)
            self.by_role[noun] = person
            if person.definite:
                self.offices.setdefault(name, person)
            self._mention(span, person, words.dep[index] in {"nsubj", "nsubjpass"})
        return self.unnamed[span]

    def later(self, name: str) -> str:
        """Return the name of an office holder whom the text names only after it has told what they said."""
        if name.lower() in self.by_part and " " not in name:
            return self.by_part[name.lower()].name
        noun = name.rpartition(" ")[2]
        holders = self.holders.get(noun, set())
        one = self.offices.get(name)
        return next(iter(holders)) if one is not None and len(holders) == 1 and self._fits(one, next(iter(holders))) else name

    def _fits(self, unnamed: Person, name: str) -> bool:
        person = self.known.get(name)
        return person is not None and unnamed.roles <= person.roles | _FREE | _DEFINITE

    def is_person(self, words: Words, index: int) -> bool:
        """Whether a noun phrase names a known person."""
        return self._named(words, index) is not None

    def is_surely_person(self, words: Words, index: int) -> bool:
        """Whether a noun phrase names somebody of whom more is known than a name: a title, an office, a usual first name."""
        person = self._named(words, index)
        return person is not None and bool(person.gender or person.roles or person.name.split()[0] in GIVEN_NAMES)

    def _named(self, words: Words, index: int) -> Person | None:
        run = name_run(words, index)
        if run is None and words.text[index][:1].isupper() and words.lower[index] in self.by_part:
            return self.by_part[words.lower[index]]
        if run is None or (is_title(words, run[1]) and words.kid(index, "appos") is not None):
            apposed = self._set_off(words, index)
            if apposed is None:
                apposed = next((child for child in words.kids(index, "appos") if words.tag[child] in NAMES), None)
            return self._named(words, apposed) if apposed is not None and words.tag[index] in {"NN", "NNP", "CD"} else None
        start = after_titles(words, *run)
        parts = parts_of(words, start, run[1])
        if not parts or is_title(words, run[1]) or is_no_person(parts):
            return None
        return self.known.get(" ".join(parts)) or self._of_gender(words, *run, parts) or self.by_part.get(parts[-1].lower())

    def _set_off(self, words: Words, index: int) -> int | None:
        """Return the name of a known person between commas: "One signatory, the poet Ann Lee, said"."""
        commas = [word for word in range(index + 1, min(index + 26, words.sentence_of(index)[1])) if words.text[word] == ","]
        if words.tag[index] not in {"NN", "NNP", "CD"} or words.lower[index] in BODIES | WRITINGS or len(commas) < 2:
            return None
        if any(words.tag[word] in VERBS for word in range(index, commas[1])):
            return None
        start = next((word for word in range(commas[0] + 1, commas[1]) if words.tag[word] in NAMES), commas[1])
        last = commas[1] - 1
        known = start < last and words.tag[last] in NAMES and plain(words, after_titles(words, start, last), last) in self.known
        return last if known else None

    def _of_gender(self, words: Words, first: int, last: int, parts: list[str]) -> Person | None:
        """Return whom "Mrs Fenn" means where another Fenn is a man."""
        titles = {words.lower[index].rstrip(".") for index in range(first, last)}
        other = "m" if titles & FEMALE else "f" if titles & MALE else ""
        named = self.by_last.get(parts[-1], [])[-9:]
        fit = [person for person in reversed(named) if person.gender != other]
        return next(iter(sorted(fit, key=lambda person: not person.gender)), None) if other and len(named) > 1 else None

    def _pronoun(self, low: str, span: Span) -> Speaker:
        if low in {"they", "them", "their"}:
            return Speaker(self.group.name, span, None, True) if self.group else Speaker("", span, None, True)
        if low in {"i", "me", "my"} and self.author is not None:
            return Speaker(self.author.name, span, self.author)
        if low in {"he", "him", "his", "she", "her"}:
            person = self._recent("f" if low in {"she", "her"} else "m", span[0])
            person = person or self._subject(span[0])
            return Speaker(person.name, span, person) if person else Speaker("", span)
        return self._it(span) if low in {"it", "its"} else Speaker("", span)

    def _is_body(self, words: Words, index: int) -> bool:
        """Whether the subject of a sentence is a body, a state or a paper: whom "it" can mean."""
        named = is_name(words, index) and words.tag[index] == "NNP"
        return words.lower[index] in BODIES | WRITINGS | KINDS or (named and not self.is_person(words, index))

    def _it(self, span: Span) -> Speaker:
        """Return the body that "it" means: the last subject that is one, or who spoke last if that was later."""
        last = self.last if self.last is not None and self.last.person is None and not self.last.plural else None
        told = [(words, index) for place, words, index in self.things if place < span]
        since = last.span[0] if last is not None and last.span is not None else -1
        if told and told[-1][0].places[told[-1][1]][0] > since:
            who = self.resolve(*told[-1])
            return Speaker(self.outlets.of(*told[-1]) or who.name, span) if who.person is None else Speaker("", span)
        return Speaker(last.name, span) if last is not None else Speaker("", span)

    def _subject(self, before: int) -> Person | None:
        """Return the last subject without a name, where the text has named nobody whom a pronoun can mean."""
        known = [(words, index) for words, index in self.subjects if words.places[index][0] < before]
        found = [(words, index) for words, index in known if words.dep[index] == "nsubj"] or known
        return self.resolve(*found[-1]).person if found else None

    def _recent(self, gender: str, before: int) -> Person | None:
        """Return the person last spoken of in the right gender: the last speaker, then subjects, then anybody."""
        order = [entry for entry in reversed(self.recent[-40:]) if entry[0][0] < before and entry[1].gender in {"", gender}]
        spoke = self.last.person if self.last and self.last.person and self.last.person.gender in {"", gender} else None
        subjects = [entry for entry in order if entry[2]]
        chosen = next((entry[1] for entry in subjects), None) or spoke or next((entry[1] for entry in order), None)
        alone = self._alone(order, before)
        if alone is not None:
            chosen = alone
        elif spoke and self.last and self.last.span and not any(entry[0][0] > self.last.span[0] and entry[2] for entry in order):
            chosen = spoke
        if chosen is not None and not chosen.gender:
            chosen.gender = gender
        return chosen

    def _alone(self, order: list[tuple[Span, Person, bool]], before: int) -> Person | None:
        """Return the only person named in the sentence before: "The decision rests with Lee. He has not said ..."."""
        place = bisect_left(self.sentences, before + 1) - 1
        if place < 1 or before - self.sentences[place] > 50 or (order and order[0][0][0] >= self.sentences[place]):
            return None
        near = [entry for entry in order if self.sentences[place - 1] <= entry[0][0] < self.sentences[place]]
        pronoun = self.last is not None and self.last.span is not None and self.last.span[0] >= self.sentences[place - 1]
        return near[0][1] if len({entry[1].name for entry in near}) == 1 and not pronoun else None

    def spoke(self, speaker: Speaker) -> None:
        """Remember who spoke last."""
        if speaker.name:
            speaker.noun = speaker.name.rpartition(" ")[2] if speaker.name.rpartition(" ")[2] in PEOPLE else ""
            self.last = speaker
            if speaker.plural:
                self.group = speaker

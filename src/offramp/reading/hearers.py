"""Outlets that were told something, or in which it was said: "told DW", "in an interview with the Times", "on the air of Radio Pelk"."""

from __future__ import annotations

from collections.abc import Iterator

from offramp.reading.cues import LEMMA
from offramp.reading.frames import Finding
from offramp.reading.lexicon import listed
from offramp.reading.outlets import REPORTERS
from offramp.reading.people import People
from offramp.reading.phrases import TITLES
from offramp.reading.words import NAMES, NOUNS, SUBJECTS, Words

OCCASIONS = listed(
    """interview interviews comments comment remarks statement statements conversation call appearance column op-ed ed commentary essay
    article piece text broadcast programme program message letter note letters document transcript footage words video recording
    address podcast phone telephone documents minutes memo memos emails e-mails files draft copy copies answer answers reply replies
    response responses e-mail email report post account testimony"""
)
_ARTICLES = listed("article column ed op-ed essay commentary piece")
_TALKS = listed("interview interviews conversation call talk appearance")
_SPEAKS = listed("speaking talking appearing writing testifying commenting responding")
_WRITES = listed("texted wrote emailed writes texts emails e-mailed")
_TELLING = listed("tell inform notify assure remind advise warn brief email text write")
_ASKED = listed("asked pressed interviewed reached contacted questioned approached quizzed")
QUOTED = listed("quoted cited paraphrased")
CARRIED = listed("carried reported published broadcast aired printed released run posted shown related translated distributed picked")
DELIVERED = listed(
    "read passed relayed delivered conveyed transmitted handed smuggled forwarded brought mailed emailed sent given leaked shared"
)
HELD = listed("seen obtained reviewed viewed examined received acquired heard")
"""What an outlet does with a paper or a recording that was not meant for it: "a letter seen by Reuters"."""
_LINKS = listed("to with for in on from by")
_QUESTIONS = listed("question questions query queries enquiry enquiries inquiry inquiries request requests")
_APPEARS = listed("shown seen heard filmed appeared appears spoke speaks talked")
"""What somebody does or undergoes on the air: "was shown on state television saying"."""
_PLACES = listed("air airwaves pages page website site edition issue columns waves frequencies")
"""Where an outlet says something: "on the air of Radio Pelk"."""


def hearers(words: Words, verb: int, zone: list[int], people: People) -> Iterator[str]:
    """Yield the outlets that were told something, or in which it was said."""
    outlets = people.outlets
    below = [child for link in words.kids(verb, "prep") if words.lower[link] == "as" for child in words.kids(link, "pcomp")]
    for told in (verb, *below):
        if LEMMA.get(words.lower[told]) not in _TELLING and words.lower[told] not in _WRITES:
            continue
        for thing in words.kids(told, "dobj", "dative", "iobj", "nsubjpass"):
            told_us = words.lower[thing] == "us" and words.lower[told] == "told" and words.kid(told, "aux", "neg") is None
            if told_us and people.author is None:
                yield outlets.own
            yield outlets.of(words, thing) or _newsroom(words, told, thing, people)
    if words.lower[verb] == "know" and words.lower[words.head[verb]] in {"let", "lets"}:
        yield from (outlets.of(words, thing) for thing in words.kids(verb, *SUBJECTS))
    for index in zone:
        low = words.lower[index]
        if low in _ASKED and words.tag[index] in {"VBN", "VBD"} and (asker := by(words, index, zone)) is not None:
            yield outlets.of(words, asker)
        elif low in OCCASIONS and words.tag[index] in NOUNS and _is_occasion(words, index, verb):
            yield from (outlets.of(words, child) for child in words.kids(index, "compound", "nmod", "poss") if words.tag[child] in NAMES)
        elif low == "of" and words.lower[words.head[index]] in _PLACES and words.kid(index, "pobj") is not None:
            yield from (outlets.of(words, thing) for thing in words.kids(index, "pobj"))
        elif low in _LINKS and words.dep[index] in {"prep", "dative", "agent"}:
            yield _linked(words, verb, index, people)


def _newsroom(words: Words, verb: int, who: int, people: People) -> str:
    """Return the outlet of "told a reporter from Reuters" and "told Jane Holm of the Times"."""
    if words.lower[who] not in REPORTERS and words.tag[who] not in NAMES:
        return ""
    links = [*words.kids(who, "prep"), *(link for link in words.kids(verb, "prep") if link == words.right[who] + 1)]
    things = [words.kid(link, "pobj") for link in links if words.lower[link] in {"of", "from", "at", "with"}]
    return next((people.outlets.of(words, thing, loose=words.lower[who] in REPORTERS) for thing in things if thing is not None), "")


def _is_occasion(words: Words, index: int, verb: int) -> bool:
    """Whether a noun tells on which occasion something was said: "in an interview", "in comments"."""
    link = words.head[index]
    return words.lower[link] in {"in", "during", "from", "by"} and (words.head[link] == verb or words.dep[words.head[link]] == "acl")


def _linked(words: Words, verb: int, link: int, people: People) -> str:
    """Return the outlet of "to the agency", "in an interview with the Times", "speaking on the radio"."""
    thing, above = words.kid(link, "pobj"), words.head[link]
    if thing is None:
        return ""
    low = words.lower[above]
    if words.lower[link] in {"from", "by"}:
        return people.outlets.of(words, thing) if low in _QUESTIONS else ""
    talks = low in _TALKS and words.lower[link] in {"with", "to", "for"}
    talks = talks or (low in _ARTICLES and words.lower[link] in {"for", "in"})
    spoken = low in _SPEAKS or (low in QUOTED and words.lower[link] == "in") or appears(words, verb, above)
    if above == verb or spoken or low in OCCASIONS | CARRIED | DELIVERED:
        known_person = people.is_surely_person(words, thing) or words.lower[thing] in TITLES
        return people.outlets.of(words, thing, loose=talks and not known_person)
    return ""


def appears(words: Words, verb: int, above: int) -> bool:
    """Whether somebody says it where he appears: "was shown on the radio saying", "appeared on the radio and said"."""
    return words.lower[above] in _APPEARS and words.head[verb] == above and words.kid(verb, *SUBJECTS) is None


def spoken_with(words: Words, finding: Finding, people: People) -> str:
    """Return the outlet of "the mother, with whom the agency spoke, complained"."""
    who = finding.subject
    for clause in sorted(words.subtree(who)) if who is not None else []:
        if words.lower[clause] not in {"spoke", "talked"} or words.dep[clause] != "relcl":
            continue
        talker = words.kid(clause, *SUBJECTS)
        for link in words.kids(clause, "prep") if talker is not None and words.lower[talker] == "who" else []:
            thing = words.kid(link, "pobj")
            return people.outlets.of(words, thing) if thing is not None and words.lower[link] in {"to", "with"} else ""
        if talker is not None and words.lower[words.left[clause]] in {"with", "to"}:
            return people.outlets.of(words, talker, loose=True)
    return ""


def name_of(words: Words, who: int | None, people: People) -> str:
    """Return the canonical name of whoever relays something, an outlet or a person."""
    return (people.outlets.of(words, who) or people.resolve(words, who).name) if who is not None else ""


def both(words: Words, who: int) -> Iterator[int]:
    """Yield a noun and those that "and" joins to it."""
    yield who
    for other in words.kids(who, "conj"):
        yield from both(words, other)


def by(words: Words, participle: int, zone: list[int]) -> int | None:
    """Return who stands after the "by" of a participle, which an adverb, a day or "as saying" may part from it."""
    for word in zone:
        if participle < word < participle + 7 and words.lower[word] == "by":
            found = words.kid(word, "pobj")
            return found if found is not None else _next_noun(words, word)
        if word > participle and (words.text[word] == "," or words.tag[word] in {"VBD", "VBZ", "VBP"}):
            return None
    return None


def _next_noun(words: Words, index: int) -> int | None:
    return next((word for word in range(index + 1, min(index + 6, len(words))) if words.tag[word] in NOUNS), None)

"""Who passes words on: "told DW", "the agency quoted the minister as saying", one statement within another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from offramp.reading.cues import HEARSAY_SOURCES, LEMMA
from offramp.reading.frames import Finding, frame, is_passive, subject
from offramp.reading.lexicon import listed
from offramp.reading.nametables import BODIES, PEOPLE
from offramp.reading.people import People
from offramp.reading.phrases import TITLES
from offramp.reading.words import NAMES, NOUNS, SUBJECTS, VERBS, Words

_OCCASIONS = listed(
    """interview interviews comments comment remarks statement statements conversation call appearance column op-ed ed commentary essay
    article piece text broadcast programme program message letter note letters document transcript footage words video recording
    address podcast phone telephone answer answers reply replies response responses e-mail email report post account testimony"""
)
_ARTICLES = listed("article column ed op-ed essay commentary piece")
_TALKS = listed("interview interviews conversation call talk appearance")
_SPEAKS = listed("speaking talking appearing writing testifying commenting responding")
_WRITES = listed("texted wrote emailed writes texts emails e-mailed")
_TELLING = listed("tell inform notify assure remind advise warn brief email text write")
_ASKED = listed("asked pressed interviewed reached contacted questioned approached quizzed")
_QUOTED = listed("quoted cited paraphrased")
_CARRIED = listed("carried reported published broadcast aired printed released run posted shown related translated distributed picked")
_DELIVERED = listed("read passed relayed delivered conveyed transmitted handed smuggled forwarded brought mailed emailed sent given")
_CARRIES = listed("carry carried carries air aired airs publish published publishes broadcast broadcasts run ran runs print printed prints")
_REPORTS = listed("reports reported writes wrote reporting")
_NO_SUBJECT = frozenset({"IN", "TO", "WDT", "WP", "WRB", "MD", *VERBS})
_LEARNS = listed("heard learned learnt hears learns knows understands understood gathers")
_LINKS = listed("to with for in on")
_PLACES = listed("air airwaves pages page website site edition issue columns waves frequencies")
"""Where an outlet says something: "on the air of Radio Pelk"."""
_MEDIATING = PEOPLE | listed("translator intermediary intermediaries lawyers relatives friends channels mediators")
_SOURCES = PEOPLE | BODIES | listed("source sources report reports statement document documents data figures letter transcript")
CARRIED = _QUOTED | _CARRIED
QUOTING = frozenset({"quote", "cite"})
CITING = frozenset({"citing", "quoting"})


def relays(finding: Finding, people: People) -> tuple[str, ...]:
    """Return who relays a statement in its own clause, outermost first.

    Parameters
    ----------
    finding : Finding
        The statement as found.
    people : People
        Who is known so far, and which outlets.
    """
    words = finding.words
    if finding.verb is None:
        found = [finding.cited, *_carriers(words, _after_source(finding), people)] if finding.rule == "according" else []
        return tuple(dict.fromkeys(name for name in found if name))
    found = list(_in_turn(finding, _zone(finding, finding.verb), people))
    return tuple(dict.fromkeys(name for name in found if name))


def _in_turn(finding: Finding, zone: list[int], people: People) -> Iterator[str]:
    words, verb = finding.words, finding.verb
    assert verb is not None
    yield finding.cited
    yield _source(words, finding.source, people)
    yield from _carriers(words, zone, people)
    yield from _reported(finding, verb, people)
    told = [name for name in _asides(finding, people) if name]
    yield from told
    yield name_of(words, cited(finding), people) if told else ""
    yield _quoting(words, verb, people)
    yield _publishing(words, verb, people)
    yield next((name for name in _hearers(words, verb, zone, people) if name), "")
    yield _spoken_with(words, finding, people)
    yield _heard_from(words, verb, people)
    yield _through(words, zone, people)


def _zone(finding: Finding, verb: int) -> list[int]:
    """Return the words of the attribution: what hangs on its verb and subject and is no part of what was said."""
    words = finding.words
    above = quoting_verb(words, verb)
    top = verb if above is None else above
    own = words.subtree(top) - _other_clauses(words, top)
    if finding.subject is not None and words.sentence[finding.subject] == words.sentence[verb]:
        own |= words.subtree(finding.subject)
    own |= set(range(verb, words.sentence_of(verb)[1]))
    own |= _occasion_above(words, verb)
    said = [range(start, end) for start, end in finding.pieces]
    return [word for word in sorted(own) if not any(words.places[word][0] in piece for piece in said)]


def _other_clauses(words: Words, verb: int) -> set[int]:
    """Return what hangs on a verb and has a subject of its own: "he said so, and she told the agency"."""
    others = [child for child in words.kids(verb, "conj", "ccomp") if words.kid(child, *SUBJECTS) is not None]
    return set().union(*(words.subtree(child) for child in others)) if others else set()


def _occasion_above(words: Words, verb: int) -> set[int]:
    """Return the noun of "an interview in which he said"."""
    if words.dep[verb] != "relcl" or words.lower[words.head[verb]] not in _OCCASIONS:
        return set()
    return words.subtree(words.head[verb]) - words.subtree(verb)


def _after_source(finding: Finding) -> list[int]:
    """Return the words right after "according to the minister" that tell who quoted her."""
    words, who = finding.words, finding.subject
    if who is None:
        return []
    start = max(who, finding.near) + 1
    end = words.sentence_of(who)[1]
    if words.text[start : start + 1] == [","]:
        start += 1
    while words.lower[start : start + 1] and words.lower[start] in {"as", "which", "that", "who", "is", "are", "was", "were"}:
        start += 1
    return list(range(start, min(start + 9, end))) if start < end and words.lower[start] in _QUOTED | _CARRIED else []


def _source(words: Words, index: int | None, people: People) -> str:
    """Return the source of the sentence, unless it is as vague as "reports"."""
    if index is None or words.lower[index] in HEARSAY_SOURCES:
        return ""
    if words.lower[index] in _OCCASIONS and any(words.lower[child] in _CARRIED for child in words.kids(index, "acl")):
        return ""
    reads = [clause for clause in words.kids(index, "relcl") if words.lower[clause] in _DELIVERED and words.lower[index] in _OCCASIONS]
    return name_of(words, subject(words, reads[0]) if reads else index, people)


def quoting_verb(words: Words, verb: int) -> int | None:
    """Return the verb of "quoted him as saying" above "saying"."""
    as_ = words.head[verb]
    if words.dep[verb] not in {"pcomp", "advcl", "prep"} or words.lower[as_] != "as":
        return None
    above = words.head[as_]
    return above if words.tag[above] in VERBS and LEMMA.get(words.lower[above]) in QUOTING else None


def _quoting(words: Words, verb: int, people: People) -> str:
    """Return who quotes: "the agency quoted her as saying", "the broadcaster had her saying"."""
    above = quoting_verb(words, verb)
    if above is None and quoted(words, verb) is not None:
        above = verb
    if above is None and words.tag[verb] == "VBG" and words.lower[words.head[verb]] in {"had", "has"}:
        above = words.head[verb]
    if above is None or is_passive(words, above):
        return ""
    return name_of(words, subject(words, above), people)


def quoted(words: Words, verb: int) -> int | None:
    """Return whose words they are in "it quotes a father of three as saying".

    Parameters
    ----------
    words : Words
        The paragraph.
    verb : int
        The verb of an attribution.
    """
    if LEMMA.get(words.lower[verb]) not in QUOTING or is_passive(words, verb):
        return None
    thing = words.kid(verb, "dobj")
    end = words.sentence_of(verb)[1]
    as_ = [word for word in range(verb + 1, end - 1) if words.lower[word] == "as" and words.tag[word + 1] == "VBG"]
    return thing if thing is not None and as_ and verb < thing < as_[0] else None


def cited(finding: Finding) -> int | None:
    """Return whom a report gives as its source: "the paper wrote, citing two officials".

    Parameters
    ----------
    finding : Finding
        A statement with a verb, or one "according to" somebody.
    """
    words, verb = finding.words, finding.verb
    begin, end = words.sentence_of(finding.near if verb is None else verb)
    for index in range(begin, end):
        if words.quotation[index] is not None or index == verb:
            continue
        which = words.dep[index] == "relcl" and words.lower[words.left[index]] in {"which", "that"}
        if (words.lower[index] in CITING and words.tag[index] == "VBG") or (which and LEMMA.get(words.lower[index]) in QUOTING):
            whom = words.kid(index, "dobj")
        elif words.lower[index : index + 3] == ["with", "reference", "to"]:
            return words.kid(index + 2, "pobj")
        else:
            continue
        whom = _writer(words, whom) if whom is not None else None
        if whom is not None and (words.tag[whom] in NAMES or {words.lower[whom], words.lower[whom].removesuffix("s")} & _SOURCES):
            return whom
    return None


def _writer(words: Words, thing: int) -> int:
    """Return from whom a document is: "quoting a letter from her sister"."""
    links = [link for link in words.kids(thing, "prep") if words.lower[link] in {"from", "by"} and words.lower[thing] in _OCCASIONS]
    who = words.kid(links[0], "pobj") if links else None
    return thing if who is None else who


def _carriers(words: Words, zone: list[int], people: People) -> Iterator[str]:
    """Yield who carries the words: "as quoted by the agency", "published on Friday by the Times", "read out by her lawyer"."""
    for index in zone:
        low = words.lower[index]
        public = low == "made" and words.lower[index + 1 : index + 2] == ["public"]
        if (low not in _QUOTED | _CARRIED | _DELIVERED and not public) or words.tag[index] not in {"VBN", "VBD"}:
            continue
        who = _by(words, index, zone)
        printer = _printer(words, index) if who is None else None
        if printer is not None:
            yield people.outlets.of(words, printer, loose=True)
        if who is None or words.lower[index - 1] == "also":
            continue
        as_ = words.lower[index - 1] == "as"
        if low in _QUOTED or as_ or ((low in _DELIVERED or public) and words.lower[words.head[index]] in _OCCASIONS):
            yield name_of(words, who, people)
        elif low in _CARRIED:
            yield people.outlets.of(words, who, loose=words.lower[words.head[index]] in _OCCASIONS)


def _printer(words: Words, verb: int) -> int | None:
    """Return the outlet of "in a letter which the channel published on Monday"."""
    named = words.dep[verb] in {"relcl", "acl"} and words.lower[words.head[verb]] in _OCCASIONS
    return words.kid(verb, "nsubj") if named and words.lower[verb] in _CARRIED else None


def _by(words: Words, participle: int, zone: list[int]) -> int | None:
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


def _reported(finding: Finding, verb: int, people: People) -> Iterator[str]:
    """Yield who tells of it after a comma: "they denied it, their lawyer, Ann Lee, told Reuters", read as two sentences in a row."""
    words = finding.words
    for child in words.kids(verb, "conj", "parataxis", "dep"):
        who = words.kid(child, *SUBJECTS)
        if child < verb or who is None or "c" not in frame(words, child) or words.text[words.left[who] - 1] != ",":
            continue
        joined = any(words.lower[word] in {"and", "but", "while", ";"} for word in range(verb, words.left[who]))
        if not joined and words.kid(child, "ccomp", "xcomp", "cc") is None and words.places[child][0] >= finding.pieces[-1][1]:
            yield next((name for name in _hearers(words, child, sorted(words.subtree(child)), people) if name), "")
            yield name_of(words, who, people)


def _asides(finding: Finding, people: People) -> Iterator[str]:
    """Yield who tells of it between commas: "..., the agency reports", "..., Ann Lee has heard from a friend, ..."."""
    words = finding.words
    for start, end in _parentheses(finding):
        verb = next((word for word in range(start + 1, end) if words.lower[word] in _LEARNS | _REPORTS or _has_it(words, word)), None)
        who = next((word for word in range(verb - 1, start - 1, -1) if words.tag[word] in NOUNS), None) if verb is not None else None
        if verb is None or who is None or verb == finding.verb or any(words.tag[word] in _NO_SUBJECT for word in range(start, who)):
            continue
        if words.lower[verb] in _REPORTS:
            yield people.outlets.of(words, who)
            continue
        yield name_of(words, who, people)
        heard = next((word for word in range(verb + 1, end) if words.lower[word] == "from"), None)
        yield name_of(words, words.kid(heard, "pobj"), people) if heard is not None else ""


def _has_it(words: Words, index: int) -> bool:
    """Whether a word begins "has it from"."""
    return words.lower[index] in {"has", "had", "have"} and words.lower[index + 1 : index + 3] == ["it", "from"]


def _parentheses(finding: Finding) -> Iterator[tuple[int, int]]:
    """Yield what stands between two commas, or a comma and the end, in the sentence of a statement and outside of it."""
    words = finding.words
    begin, end = words.sentence_of(finding.verb or 0)
    edges = [word for word in range(begin, end) if words.text[word] in {",", "."} and words.quotation[word] is None]
    for start, stop in pairwise(edges):
        place = words.places[start][0]
        if stop - start < 16 and not any(first < place < last - 1 for first, last in finding.pieces):
            yield start + 1, stop


def _publishing(words: Words, verb: int, people: People) -> str:
    """Return who printed or aired it: "the station aired an interview in which he said"."""
    thing = words.head[verb]
    if words.dep[verb] != "relcl" or words.lower[thing] not in _OCCASIONS or words.lower[words.head[thing]] not in _CARRIES:
        return ""
    who = subject(words, words.head[thing])
    return people.outlets.of(words, who, loose=True) if who is not None else ""


def _spoken_with(words: Words, finding: Finding, people: People) -> str:
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


def _hearers(words: Words, verb: int, zone: list[int], people: People) -> Iterator[str]:
    """Yield the outlets that were told something, or in which it was said."""
    outlets = people.outlets
    below = [child for link in words.kids(verb, "prep") if words.lower[link] == "as" for child in words.kids(link, "pcomp")]
    for told in (verb, *below):
        if LEMMA.get(words.lower[told]) not in _TELLING and words.lower[told] not in _WRITES:
            continue
        for thing in words.kids(told, "dobj", "dative", "iobj", "nsubjpass"):
            yield outlets.of(words, thing)
    if words.lower[verb] == "know" and words.lower[words.head[verb]] in {"let", "lets"}:
        yield from (outlets.of(words, thing) for thing in words.kids(verb, *SUBJECTS))
    for index in zone:
        low = words.lower[index]
        if low in _ASKED and words.tag[index] in {"VBN", "VBD"} and (asker := _by(words, index, zone)) is not None:
            yield outlets.of(words, asker)
        elif low in _OCCASIONS and words.tag[index] in NOUNS and _is_occasion(words, index, verb):
            yield from (outlets.of(words, child) for child in words.kids(index, "compound", "nmod", "poss") if words.tag[child] in NAMES)
        elif low == "of" and words.lower[words.head[index]] in _PLACES and words.kid(index, "pobj") is not None:
            yield from (outlets.of(words, thing) for thing in words.kids(index, "pobj"))
        elif low in _LINKS and words.dep[index] in {"prep", "dative", "agent"}:
            yield _linked(words, verb, index, people)


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
    talks = low in _TALKS and words.lower[link] in {"with", "to", "for"}
    talks = talks or (low in _ARTICLES and words.lower[link] in {"for", "in"})
    if above == verb or low in _SPEAKS or low in _OCCASIONS or low in _CARRIED | _DELIVERED:
        known_person = people.is_surely_person(words, thing) or words.lower[thing] in TITLES
        return people.outlets.of(words, thing, loose=talks and not known_person)
    return ""


def _heard_from(words: Words, verb: int, people: People) -> str:
    """Return from whom the writer has it: "we heard from a delegate that the president had told her to wait"."""
    above = words.head[verb]
    if above == verb or words.dep[verb] not in {"ccomp", "advcl"} or words.lower[above] not in _LEARNS:
        return ""
    links = [link for link in words.kids(above, "prep") if words.lower[link] == "from"]
    return name_of(words, words.kid(links[0], "pobj"), people) if links else ""


def _through(words: Words, zone: list[int], people: People) -> str:
    """Return who speaks for somebody: "through his lawyer, the skipper let it be known"."""
    for link in zone:
        who = words.kid(link, "pobj") if words.lower[link] in {"through", "via"} else None
        if who is not None and (name := people.outlets.of(words, who)):
            return name
        if who is not None and (people.is_person(words, who) or words.lower[who] in _MEDIATING):
            return name_of(words, who, people)
    return ""


def name_of(words: Words, who: int | None, people: People) -> str:
    """Return the canonical name of whoever relays something, an outlet or a person."""
    return (people.outlets.of(words, who) or people.resolve(words, who).name) if who is not None else ""

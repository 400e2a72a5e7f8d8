"""Who passes words on: "told DW", "the agency quoted the minister as saying", one statement within another."""

from __future__ import annotations

from collections.abc import Iterator

from offramp.reading.asides import LEARNS, asides, clause_bounds, reported
from offramp.reading.cues import HEARSAY_SOURCES, LEMMA
from offramp.reading.flags import is_told_apart
from offramp.reading.frames import Finding, agent, is_passive, subject
from offramp.reading.hearers import CARRIED, DELIVERED, HELD, OCCASIONS, QUOTED, appears, both, by, hearers, name_of, spoken_with
from offramp.reading.lexicon import listed
from offramp.reading.nametables import BODIES, PEOPLE
from offramp.reading.people import People
from offramp.reading.words import NAMES, SUBJECTS, VERBS, Words

_CARRIES = listed("carry carried carries air aired airs publish published publishes broadcast broadcasts run ran runs print printed prints")
_REPORTED = listed("reported said quoted cited")
_GETS = listed("saw got obtains reviews has had")
_MEDIATING = PEOPLE | listed("translator intermediary intermediaries lawyers relatives friends channels mediators")
_SOURCES = PEOPLE | BODIES | listed("source sources report reports statement document documents data figures letter transcript")
PASSED = QUOTED | CARRIED
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
        found = [finding.cited, *_carriers(words, _beside_source(finding), people)] if finding.rule == "according" else []
        return tuple(dict.fromkeys(name for name in found if name))
    found = list(_in_turn(finding, _zone(finding, finding.verb), people))
    return tuple(dict.fromkeys(name for name in found if name))


def _in_turn(finding: Finding, zone: list[int], people: People) -> Iterator[str]:
    words, verb = finding.words, finding.verb
    assert verb is not None
    yield finding.cited
    yield _source(words, finding.source, people)
    yield from _carriers(words, zone, people)
    yield from reported(finding, verb, people)
    told = [name for name in asides(finding, people) if name]
    yield from told
    yield name_of(words, cited(finding), people) if told else ""
    yield _quoting(words, verb, people)
    yield _publishing(words, verb, people)
    yield from _told(finding, zone, people)
    yield spoken_with(words, finding, people)
    yield _heard_from(words, verb, people)
    yield _through(words, zone, people)


def _told(finding: Finding, zone: list[int], people: People) -> Iterator[str]:
    """Yield the first outlet that was told it, and those joined to it by "and"."""
    words, verb = finding.words, finding.verb
    assert verb is not None
    yield next((name for name in hearers(words, verb, zone, people) if name), "")
    for thing in words.kids(verb, "dobj", "dative"):
        if LEMMA.get(words.lower[verb]) == "tell" and people.outlets.of(words, thing):
            yield from (people.outlets.of(words, other) for other in both(words, thing))


def _zone(finding: Finding, verb: int) -> list[int]:
    """Return the words of the attribution: what hangs on its verb and subject and is no part of what was said."""
    words = finding.words
    above = quoting_verb(words, verb)
    top = verb if above is None else above
    own = words.subtree(top) - _other_clauses(words, top)
    if finding.subject is not None and words.sentence[finding.subject] == words.sentence[verb]:
        own |= words.subtree(finding.subject)
    own |= set(range(verb, words.sentence_of(verb)[1]))
    own |= _occasion_above(words, verb) | _appearance(words, verb)
    said = [range(start, end) for start, end in finding.pieces]
    return [word for word in sorted(own) if not any(words.places[word][0] in piece for piece in said)]


def _other_clauses(words: Words, verb: int) -> set[int]:
    """Return what hangs on a verb and has a subject of its own: "he said so, and she told the agency"."""
    others = [child for child in words.kids(verb, "conj", "ccomp") if words.kid(child, *SUBJECTS) is not None]
    return set().union(*(words.subtree(child) for child in others)) if others else set()


def _occasion_above(words: Words, verb: int) -> set[int]:
    """Return the noun of "an interview in which he said"."""
    if words.dep[verb] != "relcl" or words.lower[words.head[verb]] not in OCCASIONS:
        return set()
    return words.subtree(words.head[verb]) - words.subtree(verb)


def _appearance(words: Words, verb: int) -> set[int]:
    """Return where somebody appears and says it: "was shown on the radio saying"."""
    above = words.head[verb]
    return set().union(*(words.subtree(link) for link in words.kids(above, "prep"))) if appears(words, verb, above) else set()


def _beside_source(finding: Finding) -> list[int]:
    """Return the words with the source of "according to a letter seen by the agency", and those right after it."""
    words, who = finding.words, finding.subject
    acts = [act for act in words.kids(who, "acl") if words.lower[act] in QUOTED | CARRIED | DELIVERED | HELD] if who is not None else []
    own = set().union(*(words.subtree(act) for act in acts))
    return sorted(own | set(_after_source(finding)))


def _after_source(finding: Finding) -> list[int]:
    """Return the words right after "according to the minister" that tell who quoted her."""
    words, who = finding.words, finding.subject
    if who is None:
        return []
    end = words.sentence_of(who)[1]
    start = max(who, finding.near) + 1
    late = next((word for word in range(start, min(start + 12, end)) if words.lower[word] in QUOTED and words.text[word - 1] == ","), start)
    if all(words.tag[word] in NAMES | {"IN", "DT", ",", "NN"} for word in range(start, late)):
        start = late
    if words.text[start : start + 1] == [","]:
        start += 1
    while words.lower[start : start + 1] and words.lower[start] in {"as", "which", "that", "who", "is", "are", "was", "were"}:
        start += 1
    return list(range(start, min(start + 9, end))) if start < end and words.lower[start] in QUOTED | CARRIED else []


def _source(words: Words, index: int | None, people: People) -> str:
    """Return the source of the sentence, unless it is as vague as "reports"."""
    if index is None or (words.lower[index] in HEARSAY_SOURCES and not is_told_apart(words, index)):
        return ""
    if words.lower[index] in OCCASIONS and any(words.lower[child] in CARRIED for child in words.kids(index, "acl")):
        return ""
    reads = [clause for clause in words.kids(index, "relcl") if words.lower[clause] in DELIVERED and words.lower[index] in OCCASIONS]
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
    if above is None and words.dep[verb] == "xcomp" and is_passive(words, words.head[verb]) and words.lower[words.head[verb]] in _REPORTED:
        return name_of(words, agent(words, words.head[verb]), people)
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
    begin, end = clause_bounds(words, finding.near if verb is None else verb)
    for index in range(begin, end):
        inside = any(start <= words.places[index][0] < stop for start, stop in finding.pieces) and words.lower[index] in CITING
        if words.quotation[index] is not None or index == verb or inside:
            continue
        which = words.dep[index] == "relcl" and words.lower[words.left[index]] in {"which", "that"}
        if (words.lower[index] in CITING and words.tag[index] == "VBG") or (which and LEMMA.get(words.lower[index]) in QUOTING):
            whom = words.kid(index, "dobj")
        elif words.lower[index : index + 3] == ["with", "reference", "to"]:
            return words.kid(index + 2, "pobj")
        else:
            continue
        whom = _writer(words, whom) if whom is not None else None
        noun = words.lower[whom] if whom is not None else ""
        if whom is not None and (words.tag[whom] in NAMES or {noun, noun.removesuffix("s"), noun.removesuffix("es")} & _SOURCES):
            return whom
    return None


def _writer(words: Words, thing: int) -> int:
    """Return from whom a document is: "quoting a letter from her sister"."""
    links = [link for link in words.kids(thing, "prep") if words.lower[link] in {"from", "by"} and words.lower[thing] in OCCASIONS]
    who = words.kid(links[0], "pobj") if links else None
    return thing if who is None else who


def _carriers(words: Words, zone: list[int], people: People) -> Iterator[str]:
    """Yield who carries the words: "as quoted by the agency", "published on Friday by the Times", "read out by her lawyer"."""
    for index in zone:
        low = words.lower[index]
        public = low == "made" and words.lower[index + 1 : index + 2] == ["public"]
        if (low not in QUOTED | CARRIED | DELIVERED | HELD and not public) or words.tag[index] not in {"VBN", "VBD"}:
            continue
        who = by(words, index, zone)
        printer = _printer(words, index) if who is None else None
        if printer is not None:
            yield people.outlets.of(words, printer, loose=True)
        if who is None or words.lower[index - 1] == "also":
            continue
        as_ = words.lower[index - 1] == "as"
        if low in QUOTED or as_ or ((low in DELIVERED or public) and words.lower[words.head[index]] in OCCASIONS):
            yield name_of(words, who, people)
        elif low in CARRIED:
            yield people.outlets.of(words, who, loose=words.lower[words.head[index]] in OCCASIONS)
        elif (holder := people.outlets.of(words, who)) != people.outlets.own:
            yield holder


def _printer(words: Words, verb: int) -> int | None:
    """Return the outlet of "in a letter which the channel published on Monday"."""
    named = words.dep[verb] in {"relcl", "acl"} and words.lower[words.head[verb]] in OCCASIONS
    return words.kid(verb, "nsubj") if named and words.lower[verb] in CARRIED else None


def _publishing(words: Words, verb: int, people: People) -> str:
    """Return who printed, got or read it out: "the station aired an interview in which he said", "his lawyer read a letter in which"."""
    thing = words.head[verb]
    if words.dep[verb] != "relcl" or words.lower[thing] not in OCCASIONS or words.kid(verb, *SUBJECTS) is None:
        return ""
    act = words.head[thing]
    who = subject(words, act) if words.dep[thing] == "dobj" else None
    if who is None:
        return ""
    if words.lower[act] in DELIVERED - {"sent", "given", "brought", "mailed", "emailed", "handed"}:
        return name_of(words, who, people)
    known = words.lower[act] in _CARRIES | HELD | _GETS
    return people.outlets.of(words, who, loose=words.lower[act] in _CARRIES) if known else ""


def _heard_from(words: Words, verb: int, people: People) -> str:
    """Return from whom the writer has it: "we heard from a delegate that the president had told her to wait"."""
    above = words.head[verb]
    if above == verb or words.dep[verb] not in {"ccomp", "advcl"} or words.lower[above] not in LEARNS:
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

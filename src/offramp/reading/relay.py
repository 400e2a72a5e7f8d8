"""Who passes words on: "told DW", "the agency quoted the minister as saying", one statement within another."""

from __future__ import annotations

from offramp.reading.cues import HEARSAY_SOURCES, LEMMA, OUTLET_ENDINGS, OUTLET_NOUNS
from offramp.reading.datewords import WEEKDAYS
from offramp.reading.frames import Finding, agent, frame, is_passive, subject
from offramp.reading.lexicon import listed
from offramp.reading.nametables import PEOPLE
from offramp.reading.people import People, plain
from offramp.reading.phrases import name_run
from offramp.reading.words import NAMES, VERBS, Words

_NO_OUTLETS = listed("un eu us uk usa fbi cia nato icrc who nis dmz pow pows gop dnc rnc nra epa irs idf")
_MEETINGS = listed("interview interviews comments remarks statement conversation call appearance")
_WRITES = listed("texted wrote emailed writes texts emails")
_ASKED = listed("asked pressed interviewed reached contacted questioned approached")
_LEARNS = listed("heard learned learnt hears learns knows")
_REPORTERS = listed("reporter reporters correspondent correspondents")
QUOTING = frozenset({"quote", "cite"})


def relays(finding: Finding, people: People) -> tuple[str, ...]:
    """Return who relays a statement in its own clause, outermost first.

    Parameters
    ----------
    finding : Finding
        The statement as found.
    people : People
        Who is known so far; the outlet last named stands for "the newspaper".
    """
    words, verb = finding.words, finding.verb
    if verb is None:
        return ()
    found = [_source(words, finding.source, people), _quoted_by(words, verb, people), _quoting(words, verb, people)]
    found += [_hearer(words, verb, people), _heard_from(words, verb, people), _through(words, verb, people)]
    return tuple(dict.fromkeys(name for name in found if name))


def _source(words: Words, index: int | None, people: People) -> str:
    """Return the source of the sentence, unless it is as vague as "reports"."""
    if index is None or words.lower[index] in HEARSAY_SOURCES:
        return ""
    return _name(words, index, people)


def quoting_verb(words: Words, verb: int) -> int | None:
    """Return the verb of "quoted him as saying" above "saying"."""
    as_ = words.head[verb]
    if words.dep[verb] not in {"pcomp", "advcl", "prep"} or words.lower[as_] != "as":
        return None
    above = words.head[as_]
    return above if words.tag[above] in VERBS and LEMMA.get(words.lower[above]) in QUOTING else None


def _quoting(words: Words, verb: int, people: People) -> str:
    above = quoting_verb(words, verb)
    if above is None and quoted(words, verb) is not None:
        above = verb
    if above is None:
        return ""
    who = agent(words, above) if is_passive(words, above) else subject(words, above)
    return _name(words, who, people)


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


def _quoted_by(words: Words, verb: int, people: People) -> str:
    """Return who passes on the whole attribution: "she told the agency, as quoted by the broadcaster"."""
    for index in range(verb + 1, words.sentence_of(verb)[1]):
        if words.lower[index] in {"quoted", "cited"} and words.lower[index - 1] == "as":
            return _name(words, agent(words, index), people)
    return ""


def _heard_from(words: Words, verb: int, people: People) -> str:
    """Return from whom the writer has it: "we heard from a delegate that the president had told her to wait"."""
    above = words.head[verb]
    if above == verb or words.dep[verb] not in {"ccomp", "advcl"} or words.lower[above] not in _LEARNS:
        return ""
    links = [link for link in words.kids(above, "prep") if words.lower[link] == "from"]
    return _name(words, words.kid(links[0], "pobj"), people) if links else ""


def _through(words: Words, verb: int, people: People) -> str:
    """Return who speaks for somebody: "through his lawyer, the skipper let it be known"."""
    for link in words.kids(verb, "prep"):
        who = words.kid(link, "pobj")
        if who is not None and words.lower[link] in {"through", "via"} and (words.tag[who] in NAMES or words.lower[who] in PEOPLE):
            return _name(words, who, people)
    return ""


def _name(words: Words, who: int | None, people: People) -> str:
    return (outlet(words, who, people) or people.resolve(words, who).name) if who is not None else ""


def _hearer(words: Words, verb: int, people: People) -> str:
    """Return the outlet that was told something."""
    candidates = [*words.kids(verb, "dobj", "dative", "iobj")] if "h" in frame(words, verb) or words.lower[verb] in _WRITES else []
    for participle in words.kids(verb, "advcl"):
        asker = agent(words, participle) if words.lower[participle] in _ASKED else None
        candidates += [asker] if asker is not None else []
    for prep in words.kids(verb, "prep", "dative"):
        inner = words.kid(prep, "pobj")
        if inner is not None and words.lower[prep] == "to":
            candidates.append(inner)
        elif inner is not None and words.lower[prep] in {"in", "during"} and words.lower[inner] in _MEETINGS:
            links = [link for link in words.kids(inner, "prep") if words.lower[link] in {"with", "to", "by"}]
            candidates += [thing for link in links for thing in words.kids(link, "pobj")]
    return next((name for name in (outlet(words, index, people) for index in candidates) if name), "")


def outlet(words: Words, index: int, people: People) -> str:
    """Return the name of the outlet that a noun phrase names, or an empty text.

    Parameters
    ----------
    words : Words
        The paragraph.
    index : int
        Head of the noun phrase.
    people : People
        Remembers the outlet last named.
    """
    run = _without_day(words, name_run(words, index)) if words.tag[index] in NAMES else None
    if people.own and any(words.lower[child] in {"this", "our"} for child in words.children[index]):
        return people.own if words.lower[index] in OUTLET_NOUNS | _REPORTERS else ""
    if run is None:
        apposed = next((child for child in words.kids(index, "appos") if words.tag[child] in NAMES), None)
        if words.lower[index] in OUTLET_NOUNS and apposed is not None:
            people.outlet = plain(words, *(name_run(words, apposed) or (apposed, apposed)))
            return people.outlet
        return people.outlet if words.lower[index] in OUTLET_NOUNS else ""
    first, last = run
    told = any(words.lower[word] in OUTLET_NOUNS for word in range(max(0, first - 2), first))
    if told or _is_outlet(words, first, last) or people.is_outlet(words, first, last):
        people.outlet = people.whole_outlet(plain(words, *_after_noun(words, first, last)))
        return people.outlet
    return ""


def _without_day(words: Words, run: tuple[int, int] | None) -> tuple[int, int] | None:
    """Leave out the day of "told the Echo Monday"."""
    if run is not None and run[0] < run[1] and words.lower[run[1]] in WEEKDAYS:
        return run[0], run[1] - 1
    return run


def _is_outlet(words: Words, first: int, last: int) -> bool:
    short = words.text[last].isupper() and 2 <= len(words.text[last]) <= 5 and words.lower[last] not in _NO_OUTLETS
    return (first == last and short) or any(words.lower[word] in OUTLET_ENDINGS for word in range(first, last + 1))


def _after_noun(words: Words, first: int, last: int) -> tuple[int, int]:
    """Leave out what stands before the kind of outlet: "South Korean newspaper Hankook Ilbo"."""
    start = first
    for word in range(first, last):
        if words.lower[word] in OUTLET_NOUNS and words.text[word].islower():
            start = word + 1
    return start, last

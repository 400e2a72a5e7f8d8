"""Who passes words on: "told DW", "the agency quoted the minister as saying", one statement within another."""

from __future__ import annotations

from offramp.reading.cues import HEARSAY_SOURCES, LEMMA, OUTLET_ENDINGS, OUTLET_NOUNS
from offramp.reading.frames import Finding, agent, frame, is_passive, subject
from offramp.reading.lexicon import listed
from offramp.reading.people import People, plain
from offramp.reading.phrases import name_run
from offramp.reading.words import NAMES, VERBS, Words

_NO_OUTLETS = listed("un eu us uk usa fbi cia nato icrc who nis dmz pow pows gop dnc rnc nra epa irs idf")
_MEETINGS = listed("interview interviews comments remarks statement conversation call appearance")
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
    found = [_source(words, finding.source, people), _quoting(words, verb, people), _hearer(words, verb, people)]
    return tuple(dict.fromkeys(name for name in found if name))


def _source(words: Words, index: int | None, people: People) -> str:
    """Return the source of the sentence, unless it is as vague as "reports"."""
    if index is None or words.lower[index] in HEARSAY_SOURCES:
        return ""
    return outlet(words, index, people) or people.resolve(words, index).name


def quoting_verb(words: Words, verb: int) -> int | None:
    """Return the verb of "quoted him as saying" above "saying"."""
    as_ = words.head[verb]
    if words.dep[verb] not in {"pcomp", "advcl", "prep"} or words.lower[as_] != "as":
        return None
    above = words.head[as_]
    return above if words.tag[above] in VERBS and LEMMA.get(words.lower[above]) in QUOTING else None


def _quoting(words: Words, verb: int, people: People) -> str:
    above = quoting_verb(words, verb)
    if above is None:
        return ""
    who = agent(words, above) if is_passive(words, above) else subject(words, above)
    return people.resolve(words, who).name if who is not None else ""


def _hearer(words: Words, verb: int, people: People) -> str:
    """Return the outlet that was told something."""
    candidates = [*words.kids(verb, "dobj", "dative", "iobj")] if "h" in frame(words, verb) else []
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
    run = name_run(words, index) if words.tag[index] in NAMES else None
    if run is None:
        apposed = next((child for child in words.kids(index, "appos") if words.tag[child] in NAMES), None)
        if words.lower[index] in OUTLET_NOUNS and apposed is not None:
            people.outlet = plain(words, *(name_run(words, apposed) or (apposed, apposed)))
            return people.outlet
        return people.outlet if words.lower[index] in OUTLET_NOUNS else ""
    first, last = run
    told = any(words.lower[word] in OUTLET_NOUNS for word in range(max(0, first - 2), first))
    if told or _is_outlet(words, first, last):
        people.outlet = plain(words, *_after_noun(words, first, last))
        return people.outlet
    return ""


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

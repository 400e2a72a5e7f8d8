"""How far what was said goes on, where the parser hung a part of it on the verb that reports it."""

from __future__ import annotations

from offramp.reading.cues import FRAMES, LEMMA, SAYINGS
from offramp.reading.lexicon import listed
from offramp.reading.words import FINITE, NOUNS, SUBJECTS, VERBS, Words

TIMES = listed(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
    november december today yesterday tomorrow tonight morning afternoon evening night noon midnight day days week weeks weekend month
    months year years time moment past hours minutes"""
)
_OCCASIONS = listed(
    """statement interview speech letter tweet post message email e-mail memo note report article column essay book blog briefing
    conference meeting rally event debate hearing forum summit session appearance address remarks podcast broadcast program programme
    show radio television tv twitter facebook instagram website site page phone telephone call video speeches interviews statements
    tweets conferences letters rallies ruling decision judgment judgement verdict brief lawsuit motion reply response answer testimony
    filing diatribe tirade court parliament congress dinner visit podium stage"""
)
"""Where and how something is said."""
_MEDIA = listed("twitter facebook instagram telegram youtube television tv radio")
_HEARERS = listed(
    """reporters journalists press audience crowd supporters listeners viewers readers parliament lawmakers me us him her them"""
)
_ABBREVIATED = listed("art arts para paras sec s no nos p pp ch")
"""Words that are shortened before a number."""
_TELLING = listed("when as after before while by once whenever in at during without")
"""Words that begin what tells how or when something was said: "said so when asked"."""
_WHEN = listed("during after before since until amid following despite via through upon")
_BACKSHIFTED = listed("would could might should had")
_ASKED = listed("how why what who whom whose whether that")
_MANNER = listed("by without")


def has_to(words: Words, index: int) -> bool:
    """Whether a verb is an infinitive with "to", of the passive too.

    Parameters
    ----------
    words : Words
        The parsed paragraph.
    index : int
        The verb.
    """
    to = any(words.lower[child] == "to" for child in words.kids(index, "aux"))
    return to and (words.tag[index] == "VB" or words.kid(index, "auxpass") is not None)


def onward(words: Words, verb: int, own: set[int], is_clause: bool = False) -> set[int]:
    """Return the content of a reporting verb, with what follows it unbroken and belongs to it.

    Parameters
    ----------
    words : Words
        The parsed paragraph.
    verb : int
        The verb that reports.
    own : set of int
        Words of the content as the parser has it.
    is_clause : bool
        Whether the content is a clause, and no object or infinitive.
    """
    while more := _next(words, verb, own, is_clause):
        own = own | more
    return own


def _next(words: Words, verb: int, own: set[int], is_clause: bool) -> set[int]:
    """Return the next part that belongs to a content, with the comma or "and" that leads to it; empty if there is none."""
    last = max(own)
    last -= words.tag[last] == "CC"
    first = last + 1
    if first >= len(words) or last < verb:
        return set()
    if words.sentence[first] != words.sentence[last]:
        return _run_on(words, last)
    if words.text[first] == "." and words.lower[last] in _ABBREVIATED:
        return _numbered(words, first)
    if is_clause and words.text[first] == ":":
        return _after_colon(words, first)
    start = first + (words.text[first] == ",")
    parts = [child for child in words.children[verb] if child > last and words.dep[child] != "cc"]
    parts += [] if is_clause else _bare_above(words, verb, last)
    part = next((child for child in parts if _starts(words, child) == start), None)
    if part is None or (words.quotation[start] is not None and words.quotation[last] is None and words.dep[part] != "prep"):
        return set()
    comma = start > first
    if words.tag[start] == "CC":
        fits = _adds(words, verb, part, comma, is_clause)
    else:
        fits = _hangs(words, part, comma) if not is_clause else not comma and _flows_on(words, part)
    return set(range(first, start)) | words.subtree(part) | set(range(start, words.left[part])) if fits else set()


def _bare_above(words: Words, verb: int, last: int) -> list[int]:
    """Return the infinitives that the parser added to a finite verb above: "has a plan, promising to meet and exceed them"."""
    above = [word for word in words.ancestors(verb) if words.tag[word] in FINITE | {"VBN"}]
    return [child for word in above for child in words.kids(word, "conj") if child > last and words.tag[child] in {"VB", "VBP"}]


def without_occasion(words: Words, own: set[int]) -> set[int]:
    """Leave out where it was said, hung on an object: "called the film a trick in a reply", "praised the guards on Twitter".

    Parameters
    ----------
    words : Words
        The parsed paragraph.
    own : set of int
        Words of the content.
    """
    last = max((word for word in own if words.text[word][-1].isalnum()), default=-1)
    for link in sorted(own):
        thing = words.kid(link, "pobj") if words.dep[link] == "prep" and link > min(own) else None
        if thing is None or words.right[link] < last or words.lower[words.head[link]].removesuffix("s") in SAYINGS:
            continue
        new = words.lower[words.left[thing]] in {"a", "an"} and words.lower[thing] in _OCCASIONS and words.lower[link] in {"in", "during"}
        if new or (words.lower[link] == "on" and words.lower[thing] in _MEDIA):
            return {word for word in own if word < link} if words.quotation[link] is None else own
    return own


def _numbered(words: Words, stop: int) -> set[int]:
    """Return what follows the full stop of "read art. 9 of the treaty", where the parser ended the sentence."""
    if stop + 1 >= len(words) or not words.text[stop + 1][0].isdigit():
        return set()
    return set(range(stop, words.sentence_of(stop + 1)[1]))


def _after_colon(words: Words, colon: int) -> set[int]:
    """Return what a colon within what was said leads to: "said there were two ways: by land or by sea"."""
    if colon + 1 >= len(words) or words.quotation[colon + 1] is not None or words.text[colon + 1] == "“":
        return set()
    return set(range(colon, words.sentence_of(colon + 1)[1]))


def _starts(words: Words, part: int) -> int:
    """Return where a part begins, the "and" before it counted in."""
    first = words.left[part]
    return first - 1 if words.dep[part] in {"conj", "dep"} and first and words.tag[first - 1] == "CC" else first


def _run_on(words: Words, last: int) -> set[int]:
    """Return the next sentence, where the parser broke one in two without a mark that ends it."""
    if not words.text[last][-1].isalnum() or words.view.heading or words.places[last + 1][0] - words.places[last][1] > 1:
        return set()
    begin, end = words.sentence_of(last + 1)
    return set(range(begin, end))


def _hangs(words: Words, part: int, comma: bool) -> bool:
    """Whether a phrase after an object belongs to it, and does not tell when, where, how or to whom it was said."""
    if not comma and (_is_its_clause(words, part) or _is_its_participle(words, part)):
        return True
    doing = words.kid(part, "pcomp") is not None and words.lower[part] not in _MANNER
    if words.dep[part] != "prep" or (words.kid(part, "pobj") is None and not doing):
        return False
    return words.lower[part] == "including" if comma else not _is_adjunct(words, part)


def _is_its_clause(words: Words, part: int) -> bool:
    """Whether a clause with "that" tells what an object is about: "rejected the accusation that guards were asleep"."""
    return words.dep[part] == "ccomp" and words.lower[words.left[part]] == "that" and words.kid(part, *SUBJECTS) is not None


def _is_its_participle(words: Words, part: int) -> bool:
    """Whether a participle tells what an object does: "mentioned her husband making millions"."""
    bare = words.dep[part] in {"advcl", "acl"} and words.left[part] == part and words.text[part - 1] != ","
    return bare and words.tag[part] == "VBG" and words.lower[part] not in LEMMA


def _flows_on(words: Words, part: int) -> bool:
    """Whether a clause right after another, without a comma, is of one piece with it and does not tell when or how it was said."""
    if words.dep[part] not in {"advcl", "ccomp", "xcomp", "dep", "relcl", "parataxis"} or words.tag[part] not in VERBS | {"MD"}:
        return False
    return words.lower[words.left[part]] not in _TELLING and words.tag[part] != "VBG"


def _is_adjunct(words: Words, part: int) -> bool:
    """Whether a prepositional phrase tells of the saying: "on Monday", "in a letter", "to reporters"."""
    thing = words.kid(part, "pobj")
    if words.lower[part] in _WHEN or thing is None:
        return words.lower[part] in _WHEN
    noun = words.lower[thing]
    named = noun in TIMES or noun in _OCCASIONS or (noun.isdigit() and len(noun) == 4)
    return named or (words.lower[part] == "to" and noun in _HEARERS)


def _adds(words: Words, verb: int, part: int, comma: bool, is_clause: bool) -> bool:
    """Whether what "and" or "but" adds is a part of what was said: another thing, another infinitive, another clause."""
    if not is_clause:
        if words.tag[part] in NOUNS:
            return True
        if words.lower[words.left[part]] in _ASKED and words.lower[words.left[part] - 1] in {"and", "or"}:
            return True
        return _is_of_other_form(words, verb, part) and words.kid(part, *SUBJECTS) is None
    if words.tag[part] not in VERBS or _reports(words, part):
        return False
    shifted = words.tag[verb] in {"VBD", "VBN"} and any(words.lower[aux] in _BACKSHIFTED for aux in words.kids(part, "aux"))
    subject = words.kid(part, *SUBJECTS)
    return shifted or (subject is not None and (not comma or _speaks_on(words, verb, subject)))


def _is_of_other_form(words: Words, verb: int, part: int) -> bool:
    """Whether a verb cannot be what the speaker does too: "vowed to stay and fight", "has mentioned selling and leaving"."""
    bare = words.tag[part] in {"VB", "VBP"} and words.tag[verb] not in {"VB", "VBP"}
    return bare or (words.tag[part] == "VBG" and words.tag[verb] != "VBG")


def _reports(words: Words, index: int) -> bool:
    frames = FRAMES.get(LEMMA.get(words.lower[index], ""), "")
    return ("c" in frames and words.kid(index, "ccomp") is not None) or ("h" in frames and words.kid(index, "xcomp") is not None)


def _speaks_on(words: Words, verb: int, subject: int) -> bool:
    """Whether a clause has the pronoun for a subject that the clause before it has: "she says she hopes to, but she knows"."""
    clause = words.kid(verb, "ccomp")
    who = words.kid(clause, *SUBJECTS) if clause is not None else None
    return who is not None and words.tag[who] == "PRP" and words.lower[who] == words.lower[subject] and words.tag[verb] in FINITE

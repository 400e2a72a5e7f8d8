"""Statements in somebody else's syntax: clauses, infinitives and objects of verbs that report."""

from __future__ import annotations

from collections.abc import Iterator

from offramp.reading.content import after_connective, beginning, bracket, pieces
from offramp.reading.cues import FINDERS, GERUNDS
from offramp.reading.frames import Finding, cue_bounds, frame, is_passive, lemma, prepositions, subject
from offramp.reading.labels import label
from offramp.reading.lexicon import listed
from offramp.reading.objects import object_of
from offramp.reading.phrases import PERSONAL, prep
from offramp.reading.reach import has_to, onward, without_occasion
from offramp.reading.words import FINITE, NAMES, NOUNS, SUBJECTS, VERBS, Words

_CLAUSES = ("ccomp", "xcomp")
_BINDING = listed(
    """early late enough require requires required requiring need needs needed needing allow allows allowed allowing enable enables
    enabled enabling permit permits permitted permitting help helps helped helping oblige obliges obliged"""
)
"""Words with an infinitive that tells what must or may be, and not what is said."""
_IMMINENT = listed("due about set poised")
"""Words with an infinitive that tells what will be said: "is due to tell the court"."""
_BINDING_CLAUSES = listed("while because if unless provided providing whereas whether so")
_ASIDES = frozenset({"after", "before", "while", "until", "since", "because", "although", "though"})
_HEARD = {"accuse", "remind", "inform", "warn", "assure", "notify", "advise", "ask", "beg", "tell"}
"""Verbs whose object hears, and is not what was said: "reminded her of the rule"."""


def indirect(words: Words, taken: set[int]) -> Iterator[Finding]:
    """Yield the statements that verbs report without a full quotation.

    Parameters
    ----------
    words : Words
        The parsed paragraph.
    taken : set of int
        Verbs that already introduce a quotation.
    """
    for index in range(len(words)):
        frames = frame(words, index)
        if frames and index not in taken and words.quotation[index] is None and not _is_unsaid(words, index):
            yield from _of_verb(words, index, frames)


def _is_unsaid(words: Words, index: int) -> bool:
    """Whether a verb tells of nobody's saying: "tell me", "it is too early to tell", "a force to defend", "asked if he would, he"."""
    above, tag = words.head[index], words.tag[index]
    if words.dep[index] == "prep":
        return True
    if words.kid(index, *SUBJECTS) is not None:
        return False
    if tag in {"VB", "VBP"} and not [child for child in words.kids(index, "aux") if words.lower[child] not in {"do", "let"}]:
        begin = after_connective(words, words.sentence_of(index)[0])
        led = all(words.tag[word] in {"VB", "VBP", "RB", "MD"} for word in range(begin, index))
        return words.dep[index] == "ROOT" and index <= begin + 3 and led
    if tag == "VBN" and lemma(words, index) == "ask" and words.kid(index, "auxpass", "agent") is None:
        return words.left[index] == words.sentence_of(index)[0] or words.text[words.left[index] - 1] == ","
    if not has_to(words, index):
        return tag == "VBG" and words.lower[index - 1] in {"worth", "without"}
    of_noun = words.dep[index] in {"acl", "relcl"} and words.tag[above] in NOUNS
    of_noun = of_noun or (words.dep[index] == "advcl" and lemma(words, index) in {"defend", "address", "press"})
    if words.lower[above] in _IMMINENT:
        return of_noun
    return of_noun or words.tag[above].startswith("JJ") or words.lower[above] in _BINDING


def _of_verb(words: Words, index: int, frames: str) -> Iterator[Finding]:
    """Try the frames of one verb, fullest content first; the first that fits is taken."""
    if lemma(words, index) in {"find", "show"}:
        frames = "c" if _is_finder(words, index, subject(words, index)) else ""
        if frames and words.kid(index, "ccomp") is None:
            yield from _shown(words, index)
            return
    for rule, find in (("clause", _clause), ("aside", _aside), ("passive", _passive), ("label", label), ("infinitive", _infinitive)):
        content = find(words, index, frames)
        if content and rule == "label":
            content = [without_occasion(words, part) for part in content]
        if content:
            yield _finding(words, index, rule, content)
            return
    content = _after_colon(words, index, frames)
    if content:
        yield _finding(words, index, "clause", content)
        return
    content, preposition = _after_preposition(words, index, frames)
    if content and preposition is not None:
        finding = _finding(words, index, "preposition", [without_occasion(words, part) for part in content])
        finding.cue = (cue_bounds(words, index)[0], preposition) if preposition - index < 4 else cue_bounds(words, index)
        yield finding
        return
    content = object_of(words, index, frames)
    if content:
        yield _finding(words, index, "object", [without_occasion(words, part) for part in content])


def _shown(words: Words, index: int) -> Iterator[Finding]:
    """Take all that follows: "the poll shows her two points ahead in the north", "the laboratory found lead in the water"."""
    parts = [child for child in words.kids(index, "dobj", "prep", "oprd", "advmod", "npadvmod", "advcl", "acomp", "xcomp") if child > index]
    thing = words.kid(index, "dobj")
    if thing is not None and thing > index and thing not in words.folded:
        yield _finding(words, index, "object", [set().union(*(words.subtree(part) for part in parts))])


def _is_finder(words: Words, index: int, who: int | None) -> bool:
    """Whether a subject can find or show something in the sense of reporting it."""
    if who is None or (words.lower[who] in PERSONAL and words.lower[who] != "it"):
        return False
    known = words.lower[who] in FINDERS or words.lower[who].removesuffix("s") in FINDERS
    clause = words.kid(index, "ccomp")
    if known or clause is None:
        return known
    return lemma(words, index) == "show" or (words.tag[who] in NAMES and clause < index)


def _finding(words: Words, index: int, rule: str, content: list[set[int]]) -> Finding:
    found = [span for part in content for span in pieces(words, part)]
    return Finding(words, rule, cue_bounds(words, index), index, subject(words, index), found, index)


def _clause(words: Words, index: int, frames: str) -> list[set[int]]:
    """Return the clause that a verb takes: "said that ...", "asked whether ..."."""
    if "c" not in frames or (is_passive(words, index) and words.kid(index, "expl") is None and "h" not in frames):
        return []
    for clause in sorted(words.kids(index, "ccomp"), key=lambda child: child < index):
        first = words.left[clause]
        if (words.tag[first - 1] == "CC" and first == index + 2) or (first > index and words.lower[first] in _ASIDES):
            continue
        folded = words.quotation[clause] is not None and words.left[clause] in words.folded
        if clause in words.folded or folded or _is_manner(words, clause):
            continue
        if clause > index:
            return _with_opening(words, index, clause)
        return [_before(words, index, clause)] if _is_set_off(words, index, clause) else []
    return []


def _is_manner(words: Words, clause: int) -> bool:
    """Whether a participle tells how it was said: "he says, stirring"."""
    return words.tag[clause] == "VBG" and words.text[words.left[clause] - 1] == "," and words.kid(clause, *SUBJECTS, "mark", "aux") is None


def _is_set_off(words: Words, index: int, clause: int) -> bool:
    """Whether a comma, dash or closing mark stands between a clause and "he said" after it."""
    own = words.subtree(clause)
    between = [word for word in range(clause + 1, index) if word not in own]
    return not any(words.text[word] in {":", ";"} for word in between)


def _with_opening(words: Words, index: int, clause: int) -> list[set[int]]:
    """Return a clause after its verb, and what of it stands before an attribution set off by commas."""
    own = onward(words, index, words.subtree(clause) | _quoted_conjunct(words, index, clause), is_clause=True)
    opening = _opening(words, index, clause)
    return [opening, own] if opening else [own]


def _quoted_conjunct(words: Words, index: int, clause: int) -> set[int]:
    """Return a clause that goes on in quotation marks after "and" or "but", whatever the parser hung it on."""
    for other in words.kids(index, "conj"):
        begin = words.left[other]
        while begin < other and (words.text[begin] in {",", "and", "but", "“", "''", '"'} or words.tag[begin] in {"CC", "``", "''"}):
            begin += 1
        quotation = words.quotation[begin]
        if other > clause and quotation is not None and words.places[begin][0] - quotation.inner[0] < 1:
            return words.subtree(other) | set(range(words.right[clause] + 1, begin))
    return set()


def _opening(words: Words, index: int, clause: int) -> set[int]:
    """Return the words before "..., he said, ..." that belong to what was said."""
    begin = words.sentence_of(index)[0]
    who = words.kid(index, *SUBJECTS)
    start = words.left[who] if who is not None else index
    if words.text[words.left[clause] - 1] != "," or who is None or start > index or start - begin < 2 or words.text[start - 1] != ",":
        return set()
    return set(range(after_connective(words, begin), start - 1))


def _before(words: Words, index: int, clause: int) -> set[int]:
    """Return a clause that stands before its verb, to the start of the sentence, and what goes on after the verb."""
    begin = beginning(words, index)
    own = words.subtree(clause)
    mine = _attribution(words, index, own)
    stop = min(mine)
    first = max(begin, begin if words.head[index] == index else min(own))
    own = {word for word in own if word >= begin}
    return set(range(first, stop)) | {word for word in own if word > index and word not in mine} | _taken_up(words, index, max(mine))


def _goes_on(words: Words, index: int, part: int) -> bool:
    """Whether a part after "..., he said," goes on with what was said: "while an exchange is", "provided that", words in marks."""
    first = words.left[part]
    while first > index and words.tag[first - 1] == "``":
        first -= 1
    if part < index or words.text[first - 1] != ",":
        return False
    return words.lower[words.left[part]] in _BINDING_CLAUSES or words.quotation[words.left[part]] is not None


def _taken_up(words: Words, index: int, last: int) -> set[int]:
    """Return what goes on after "..., he said, and", "while" or a mark: set off by a comma, and no speaker's own doing."""
    if words.text[last + 1 : last + 2] != [","] or last + 2 >= len(words):
        return set()
    start = last + 2
    for part in words.kids(index, "advcl", "prep"):
        if words.left[part] in {start, start + 1} and _goes_on(words, index, part):
            return words.subtree(part) | {start}
    for other in words.kids(index, "conj"):
        begin = words.left[other]
        while begin > last and words.tag[begin - 1] == "CC":
            begin -= 1
        linked = begin == last + 2 and words.text[begin - 1] == "," and words.tag[begin] == "CC"
        if linked and words.kid(other, "ccomp") is None and words.tag[other] in FINITE | {"VB"}:
            return set(range(begin, words.left[other])) | words.subtree(other)
    return set()


def _attribution(words: Words, index: int, content: set[int]) -> set[int]:
    """Return the words of "he said" in the midst of what he said."""
    who = words.kid(index, *SUBJECTS)
    mine = {index} | (words.subtree(who) if who is not None else set())
    for child in words.kids(index, "aux", "neg", "advmod", "npadvmod", "prep", "dobj", "dative", "advcl"):
        if not _goes_on(words, index, child):
            mine |= words.subtree(child)
    return mine - content if mine - content else {index}


def _aside(words: Words, index: int, frames: str) -> list[set[int]]:
    """Return the sentence around "..., he said" or "as he said, ...": the verb hangs on what was said."""
    head = words.head[index]
    if "c" not in frames or head == index or words.dep[index] not in {"parataxis", "ccomp", "advcl", "dep"}:
        return []
    if (words.dep[head] in SUBJECTS and head < index < words.head[head]) or (head > index and _is_manner(words, head)):
        head = words.head[head]
    who = words.kid(index, *SUBJECTS)
    if who is None or is_passive(words, index) or words.kid(index, "ccomp") is not None or head in words.folded:
        return []
    if words.kid(index, "dobj") is not None and "h" not in frames:
        return []
    first = _aside_start(words, index, who)
    if first is None:
        return []
    own = words.subtree(index)
    rest = {word for word in words.subtree(head) if word not in own}
    if words.head[head] == head:
        rest |= {word for word in range(words.sentence_of(index)[0], first) if word not in own}
    rest = _on_this_side(words, {word for word in rest if word >= beginning(words, index)}, max(own))
    return [_without_as(words, rest, first)] if rest else []


def _without_as(words: Words, content: set[int], first: int) -> set[int]:
    """Leave out "as the head" of "..., as the head of the group, Ann Lee, declared", read as a phrase of its own."""
    as_ = next((word for word in sorted(content) if word < first and words.lower[word] == "as" and words.text[word - 1] == ","), None)
    if as_ is None or words.dep[as_] != "prep" or any(words.tag[word] in VERBS for word in range(as_, first)):
        return content
    return {word for word in content if word < as_ or word > first}


def _on_this_side(words: Words, content: set[int], last: int) -> set[int]:
    """Leave out what comes after "he said;", or after a bracket in which he says it."""
    closed = ")" in words.text[last : last + 2] and min(content, default=last) == bracket(words, words.sentence_of(last)[0], last)
    return {word for word in content if word < last} if ";" in words.text[last : last + 2] or closed else content


def _aside_start(words: Words, index: int, who: int) -> int | None:
    """Return where an attribution begins that is set off from what it goes with, or None if it is not set off."""
    first = min(words.left[who], index)
    mark = words.kid(index, "mark")
    if mark is not None and (words.lower[mark] != "as" or mark != first - 1):
        return None
    first = first if mark is None else mark
    begin, _ = words.sentence_of(index)
    edge = first - 1
    while edge > begin and words.tag[edge] in {"''", "``", "CC"}:
        edge -= 1
    if mark is not None and edge <= begin:
        return first if words.text[min(words.right[index] + 1, len(words) - 1)] == "," else None
    return first if edge >= 0 and words.text[edge] in {",", "—", "–", "--", "-", "("} else None


def _passive(words: Words, index: int, frames: str) -> list[set[int]]:
    """Return content of the passive: "it was revealed that ...", "is said to be ...", "was criticised by ..."."""
    who = words.kid(index, "nsubjpass")
    if not is_passive(words, index) or who is None:
        return []
    clause = words.kid(index, "ccomp")
    if words.lower[who] == "it" and clause is not None and "c" in frames:
        return [words.subtree(clause)]
    to = words.kid(index, "xcomp")
    if to is not None and lemma(words, index) in {"say", "report", "allege", "claim", "rumor"}:
        return [words.subtree(who), words.subtree(to)]
    quoted = any(words.lower[child] == "as" and words.kid(child, "pcomp") is not None for child in words.kids(index, "prep"))
    kept = words.kid(index, "dobj")
    if kept is not None and kept > index and words.kid(index, "agent") is not None and "o" in frames.split("+")[0]:
        return [words.subtree(kept)]
    return [words.subtree(who)] if "o" in frames and to is None and words.kid(index, "agent") is not None and not quoted else []


def _infinitive(words: Words, index: int, frames: str) -> list[set[int]]:
    """Return what somebody promises, refuses or asks to do: "refused to go", "urged them to stop"; who hears it is no part of it."""
    gerund = next((child for child in words.kids(index, "xcomp", "pcomp", "ccomp") if child > index), None)
    if gerund is not None and words.tag[gerund] == "VBG" and lemma(words, index) in GERUNDS:
        return [words.subtree(gerund)]
    if "i" not in frames.split("+")[0]:
        return []
    hears = "h" in frames and words.kid(index, "dobj") is not None
    hears = hears or (lemma(words, index) in {"appeal", "plead"} and prep(words, index, ("to", "with")) is not None)
    relations = (*_CLAUSES, "advcl") if hears else _CLAUSES
    to = next((child for child in words.kids(index, *relations) if child > index and has_to(words, child)), None)
    if to is None:
        return []
    return [onward(words, index, words.subtree(to))]


def _after_preposition(words: Words, index: int, frames: str) -> tuple[list[set[int]], int | None]:
    """Return what follows "called for", "spoke of", "accused him of"."""
    wanted = prepositions(frames)
    for child in words.kids(index, "prep", "agent", "prt"):
        if child > index and words.lower[child] in wanted:
            inner = words.kid(child, "pobj", "pcomp")
            if inner is not None and inner not in words.folded:
                thing = words.kid(index, "dobj")
                own = words.subtree(inner) | _purpose(words, index, inner)
                if thing is not None and index < thing < child and lemma(words, index) not in _HEARD:
                    own = own | words.subtree(thing) | {child}
                return [onward(words, index, own)], child
    inner = _deep_about(words, index) if "about" in wanted else None
    if inner is not None:
        return [onward(words, index, words.subtree(inner))], words.head[inner]
    thing = words.kid(index, "dobj")
    if thing is not None and wanted - {"to"}:
        inner = max(
            (child for child in words.kids(thing, "prep") if words.lower[child] in wanted),
            key=lambda child: (words.kid(child, "pcomp") is not None, -child),
            default=None,
        )
        told = words.kid(inner, "pobj") if inner is not None and lemma(words, index) in _HEARD else None
        if inner is not None and told is not None:
            return [onward(words, index, words.subtree(told))], inner
        return ([words.subtree(thing)], index) if inner is not None and words.kid(inner, "pcomp") is not None else ([], None)
    clause = next((child for child in words.kids(index, "advcl", "ccomp") if child > index and _begins_with_for(words, child)), None)
    if clause is not None and "for" in wanted:
        mark = words.kids(clause, "mark")[0]
        return [words.subtree(clause) - {mark}], mark
    return [], None


def _deep_about(words: Words, index: int) -> int | None:
    """Return what somebody "spoke in Geneva about", where the parser hung "about" on Geneva."""
    for child in words.kids(index, "prep"):
        place = words.kid(child, "pobj") if words.lower[child] in {"in", "at", "on", "to", "with", "during", "before", "by"} else None
        about = next((word for word in words.kids(place, "prep") if words.lower[word] == "about"), None) if place is not None else None
        if about is not None:
            return words.kid(about, "pobj", "pcomp")
    return None


def _after_colon(words: Words, index: int, frames: str) -> list[set[int]]:
    """Return what stands without marks after the colon of a verb: "objected: hearsay upon hearsay"."""
    end = words.sentence_of(index)[1]
    colon = next((word for word in range(index + 1, min(index + 10, end)) if words.text[word] == ":"), None)
    if "c" not in frames.split("+")[0] or colon is None or colon + 1 >= len(words) or words.quotation[colon + 1] is not None:
        return []
    told = words.kid(index, *SUBJECTS) is not None or words.dep[index] == "conj"
    if not told or any(words.tag[word] in VERBS for word in range(index + 1, colon)):
        return []
    return [onward(words, index, set(range(colon + 1, words.sentence_of(colon + 1)[1])))]


def _begins_with_for(words: Words, clause: int) -> bool:
    mark = words.kid(clause, "mark")
    return mark is not None and words.lower[mark] == "for" and words.left[clause] == mark


def _purpose(words: Words, index: int, inner: int) -> set[int]:
    """Return the infinitive of "called on them to stop"."""
    to = next((child for child in words.kids(index, "xcomp", "advcl") if child > inner and has_to(words, child)), None)
    return words.subtree(to) if to is not None and lemma(words, index) in {"call", "appeal", "plead", "ask"} else set()

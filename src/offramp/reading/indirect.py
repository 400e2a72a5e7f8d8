"""Statements in somebody else's syntax: clauses, infinitives and objects of verbs that report."""

from __future__ import annotations

from collections.abc import Iterator

from offramp.reading.content import pieces
from offramp.reading.cues import FINDERS, GERUNDS
from offramp.reading.frames import Finding, cue_bounds, frame, is_passive, lemma, prepositions, subject
from offramp.reading.phrases import PERSONAL
from offramp.reading.words import SUBJECTS, VERBS, Words

_CLAUSES = ("ccomp", "xcomp")
_ASIDE = {"ccomp", "parataxis", "advcl", "dep", "relcl", "conj", "ROOT"}


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
        if frames and index not in taken and words.quotation[index] is None:
            yield from _of_verb(words, index, frames)


def _of_verb(words: Words, index: int, frames: str) -> Iterator[Finding]:
    """Try the frames of one verb, fullest content first; the first that fits is taken."""
    if lemma(words, index) in {"find", "show"}:
        frames = "c" if _is_finder(words, index, subject(words, index)) else ""
        if frames and words.kid(index, "ccomp") is None and lemma(words, index) == "show":
            yield from _shown(words, index)
            return
    for rule, find in (("clause", _clause), ("aside", _aside), ("passive", _passive), ("label", _label), ("infinitive", _infinitive)):
        content = find(words, index, frames)
        if content:
            yield _finding(words, index, rule, content)
            return
    content, preposition = _after_preposition(words, index, frames)
    if content and preposition is not None:
        finding = _finding(words, index, "preposition", content)
        finding.cue = (cue_bounds(words, index)[0], preposition) if preposition - index < 4 else cue_bounds(words, index)
        yield finding
        return
    content = _object(words, index, frames)
    if content:
        yield _finding(words, index, "object", content)


def _shown(words: Words, index: int) -> Iterator[Finding]:
    """Take all that follows: "the poll shows her two points ahead in the north"."""
    parts = [child for child in words.kids(index, "dobj", "prep", "oprd", "advmod", "npadvmod", "advcl", "acomp", "xcomp") if child > index]
    thing = words.kid(index, "dobj")
    if thing is not None and thing > index and thing not in words.folded:
        yield _finding(words, index, "object", [set().union(*(words.subtree(part) for part in parts))])


def _is_finder(words: Words, index: int, who: int | None) -> bool:
    """Whether a subject can find or show something in the sense of reporting it."""
    if who is None or (words.lower[who] in PERSONAL and words.lower[who] != "it"):
        return False
    listed = words.lower[who] in FINDERS or words.lower[who].removesuffix("s") in FINDERS
    return listed or (lemma(words, index) == "show" and words.kid(index, "ccomp") is not None)


def _finding(words: Words, index: int, rule: str, content: list[set[int]]) -> Finding:
    found = [span for part in content for span in pieces(words, part)]
    return Finding(words, rule, cue_bounds(words, index), index, subject(words, index), found, index)


def _clause(words: Words, index: int, frames: str) -> list[set[int]]:
    """Return the clause that a verb takes: "said that ...", "asked whether ..."."""
    if "c" not in frames or (is_passive(words, index) and words.kid(index, "expl") is None and lemma(words, index) != "tell"):
        return []
    for clause in sorted(words.kids(index, "ccomp"), key=lambda child: child < index):
        if clause in words.folded or (words.quotation[clause] is not None and words.left[clause] in words.folded):
            continue
        if clause > index:
            return _with_opening(words, index, clause)
        return [_before(words, index, clause)] if _is_set_off(words, index, clause) else []
    return []


def _is_set_off(words: Words, index: int, clause: int) -> bool:
    """Whether a comma, dash or closing mark stands between a clause and "he said" after it."""
    own = words.subtree(clause)
    between = [word for word in range(clause + 1, index) if word not in own]
    return not any(words.text[word] in {":", ";"} for word in between)


def _with_opening(words: Words, index: int, clause: int) -> list[set[int]]:
    """Return a clause after its verb, and what of it stands before an attribution set off by commas."""
    own = words.subtree(clause) | _quoted_conjunct(words, index, clause)
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
    return set(range(begin, start - 1))


def _before(words: Words, index: int, clause: int) -> set[int]:
    """Return a clause that stands before its verb, to the start of the sentence, and what goes on after the verb."""
    begin = words.sentence_of(index)[0]
    own = words.subtree(clause)
    mine = _attribution(words, index, own)
    stop = min(mine)
    first = begin if words.head[index] == index else min(own)
    return set(range(first, stop)) | {word for word in own if word > index and word not in mine}


def _attribution(words: Words, index: int, content: set[int]) -> set[int]:
    """Return the words of "he said" in the midst of what he said."""
    who = words.kid(index, *SUBJECTS)
    mine = {index} | (words.subtree(who) if who is not None else set())
    for child in words.kids(index, "aux", "neg", "advmod", "npadvmod", "prep", "dobj", "dative", "advcl"):
        mine |= words.subtree(child)
    return mine - content if mine - content else {index}


def _aside(words: Words, index: int, frames: str) -> list[set[int]]:
    """Return the sentence around "..., he said": the verb hangs on what was said."""
    head = words.head[index]
    if "c" not in frames or head == index or words.dep[index] not in {"parataxis", "ccomp", "advcl", "dep"}:
        return []
    who = words.kid(index, *SUBJECTS)
    first = min(words.left[who], index) if who is not None else 0
    mark = words.kid(index, "mark")
    if mark is not None and words.lower[mark] == "as" and mark == first - 1:
        first = mark
    elif mark is not None:
        return []
    edge = first - 1
    while edge > 0 and words.tag[edge] in {"''", "``"}:
        edge -= 1
    if is_passive(words, index) or (words.kid(index, "dobj") is not None and lemma(words, index) != "tell"):
        return []
    if who is None or edge < 0 or words.text[edge] not in {",", "—", "–", "--", "-", "("} or words.kid(index, "ccomp") is not None:
        return []
    own = words.subtree(index)
    begin, _ = words.sentence_of(index)
    rest = {word for word in words.subtree(head) if word not in own}
    if words.head[head] == head:
        rest |= {word for word in range(begin, first) if word not in own}
    return [rest] if rest and head not in words.folded else []


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
    return [words.subtree(who)] if "o" in frames and words.kid(index, "agent") is not None and not quoted else []


def _label(words: Words, index: int, frames: str) -> list[set[int]]:
    """Return an object with what it is called: "called it a trap", "described it as a trap"."""
    if "a" not in frames.split("+")[0] or is_passive(words, index):
        return []
    things = [child for child in words.kids(index, "dobj", "ccomp", "oprd") if child > index and child not in words.folded]
    asked = any(words.lower[child] in {"what", "which"} for child in words.children[index])
    if not things or asked:
        return []
    as_ = [child for child in words.kids(index, "prep") if words.lower[child] == "as"][:1]
    if len(things) > 1 or as_ or words.dep[things[0]] == "ccomp" or _names_in_marks(words, things[0]):
        return [set().union(*(words.subtree(part) for part in things + as_))]
    return []


def _names_in_marks(words: Words, thing: int) -> bool:
    """Whether an object and what it is called were read as one noun phrase: "called Lee “a danger”"."""
    quoted = any(words.quotation[word] is not None for word in words.subtree(thing))
    return quoted and words.quotation[words.left[thing]] is None and words.kid(thing, "nmod", "compound", "appos") is not None


def _infinitive(words: Words, index: int, frames: str) -> list[set[int]]:
    """Return what somebody promises, refuses or asks to do: "refused to go", "urged them to stop"."""
    gerund = words.kid(index, "xcomp", "pcomp", "ccomp")
    if gerund is not None and gerund > index and words.tag[gerund] == "VBG" and lemma(words, index) in GERUNDS:
        return [words.subtree(gerund)]
    if "i" not in frames.split("+")[0]:
        return []
    to = next((child for child in words.kids(index, *_CLAUSES) if child > index and _has_to(words, child)), None)
    if to is None:
        return []
    own = words.subtree(to)
    hearer = words.kid(index, "dobj")
    if "h" in frames and hearer is not None and index < hearer < to:
        own |= words.subtree(hearer)
    return [own]


def _has_to(words: Words, index: int) -> bool:
    return words.tag[index] == "VB" and any(words.lower[child] == "to" for child in words.kids(index, "aux"))


def _after_preposition(words: Words, index: int, frames: str) -> tuple[list[set[int]], int | None]:
    """Return what follows "called for", "spoke of", "accused him of"."""
    wanted = prepositions(frames)
    for child in words.kids(index, "prep", "agent", "prt"):
        if child > index and words.lower[child] in wanted:
            inner = words.kid(child, "pobj", "pcomp")
            if inner is not None and inner not in words.folded:
                thing = words.kid(index, "dobj")
                own = words.subtree(inner) | _purpose(words, index, inner)
                if thing is not None and index < thing < child:
                    own = own | words.subtree(thing) | {child}
                return [own], child
    thing = words.kid(index, "dobj")
    if thing is not None and wanted - {"to"}:
        inner = next((child for child in words.kids(thing, "prep") if words.lower[child] in wanted), None)
        return ([words.subtree(thing)], index) if inner is not None and words.kid(inner, "pcomp") is not None else ([], None)
    clause = next((child for child in words.kids(index, "advcl", "ccomp") if child > index and _begins_with_for(words, child)), None)
    if clause is not None and "for" in wanted:
        mark = words.kids(clause, "mark")[0]
        return [words.subtree(clause) - {mark}], mark
    return [], None


def _begins_with_for(words: Words, clause: int) -> bool:
    mark = words.kid(clause, "mark")
    return mark is not None and words.lower[mark] == "for" and words.left[clause] == mark


def _purpose(words: Words, index: int, inner: int) -> set[int]:
    """Return the infinitive of "called on them to stop"."""
    to = next((child for child in words.kids(index, "xcomp", "advcl") if child > inner and _has_to(words, child)), None)
    return words.subtree(to) if to is not None and lemma(words, index) in {"call", "appeal", "plead", "ask"} else set()


def _object(words: Words, index: int, frames: str) -> list[set[int]]:
    """Return the object that is what was said: "denied the charge"."""
    thing = words.kid(index, "dobj")
    if "o" not in frames.split("+")[0] or thing is None or thing < index or thing in words.folded:
        return []
    if words.tag[index] in VERBS and words.lower[thing] in {"himself", "herself", "themselves", "it", "which", "that"} and "c" in frames:
        return []
    if any(words.lower[child] == "as" and words.kid(child, "pcomp") is not None for child in words.kids(index, "prep")):
        return []
    own = words.subtree(thing)
    for child in words.kids(index, "prep"):
        if child > thing and words.lower[child] in {"for", "as", "over"}:
            own |= words.subtree(child)
    return [own]

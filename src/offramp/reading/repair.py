"""Known slips of the parser, put right before anything is read from the tree."""

from __future__ import annotations

from offramp.reading.cues import FRAMES, LEMMA, SAYINGS
from offramp.reading.datewords import WEEKDAYS
from offramp.reading.frames import lemma
from offramp.reading.lexicon import listed
from offramp.reading.mend import mend
from offramp.reading.words import FINITE, SUBJECTS, VERBS, Words

_DAYS = frozenset({*WEEKDAYS, "on"})
_ASKING = listed("when where why how what whether that")
_NOT_SPEAKERS = listed("find show hold begin")
"""What a report does, and seldom whoever has just said something."""


def repair(words: Words) -> Words:
    """Hang a second verb of the speaker on the first, and not on what was said.

    "She said it would rain and called him a fool": the model often reads "called" as what "it" does.
    The verb moves to "said" if it has no subject of its own, stands in the tense of "said", and
    reports itself or differs in tense from the clause. "She said at the debate that it would rain" is read as
    a debate that rains; the clause moves to "said" if it has a subject beside "that".

    Parameters
    ----------
    words : Words
        A parsed paragraph; changed in place.

    Returns
    -------
    Words
        The same.
    """
    moved = mend(words)
    for index in range(1, len(words) - 1):
        if words.lower[index] in _DAYS:
            moved = _said_monday(words, index) or moved
    for index in range(len(words)):
        above = _speaker_verb(words, index) or _adding_verb(words, index)
        if above is None:
            above = _clause_verb(words, index)
            if above is not None:
                words.dep[index] = "ccomp"
        if above is not None:
            words.head[index] = above
            moved = True
    if moved:
        words.__post_init__()
    return words


def _said_monday(words: Words, index: int) -> bool:
    """Hang the day of "said Monday the gate was shut" and "said on Monday it was shut" on "said"."""
    verb, last = index - 1, index + 1 if words.lower[index] == "on" else index
    if last + 1 >= len(words) or words.lower[last] not in WEEKDAYS or words.lower[verb] not in LEMMA or words.head[index] <= last:
        return False
    if words.tag[verb] not in FINITE or words.tag[last + 1] not in {"PRP", "PRP$", "DT", "EX", "IN"}:
        return False
    words.head[index], words.dep[index] = verb, "npadvmod" if last == index else "prep"
    return True


def _speaker_verb(words: Words, index: int) -> int | None:
    """Return the reporting verb that a conjunct really belongs to."""
    tense = _tense(words, index)
    if words.dep[index] != "conj" or tense not in FINITE or words.kid(index, *SUBJECTS) is not None:
        return None
    clause = words.head[index]
    while words.dep[clause] == "conj" and words.tag[clause] in VERBS:
        clause = words.head[clause]
    verb = words.head[clause]
    if words.dep[clause] != "ccomp" or verb >= clause or words.lower[verb] not in LEMMA or _tense(words, verb) != tense:
        return None
    if lemma(words, index) in _NOT_SPEAKERS or _is_choice(words, words.head[index], index):
        return None
    reports = "c" in FRAMES.get(LEMMA.get(words.lower[index], ""), "") or (words.lower[index] in LEMMA and _after_comma(words, index))
    reports = reports or (words.lower[index] in {"put", "puts"} and any(words.lower[child] == "at" for child in words.kids(index, "prep")))
    return verb if reports or _tense(words, clause) != tense else None


def _is_choice(words: Words, first: int, second: int) -> bool:
    """Whether a second verb is joined to the first by "or": both are of the same clause."""
    return any(first < word < second and words.lower[word] == "or" for word in words.kids(first, "cc"))


def _adding_verb(words: Words, index: int) -> int | None:
    """Return the reporting verb that "..., adding that" goes on from, where it was hung on what was said."""
    if words.dep[index] not in {"advcl", "acl"} or words.tag[index] != "VBG" or not _after_comma(words, index):
        return None
    if "c" not in FRAMES.get(LEMMA.get(words.lower[index], ""), "").split("+")[0] or words.left[index] != index:
        return None
    clause = words.head[index]
    while words.dep[clause] in {"conj", "xcomp", "pobj", "prep", "dobj"} and words.head[clause] != clause and words.dep[index] == "advcl":
        clause = words.head[clause]
    verb = words.head[clause]
    return verb if words.dep[clause] == "ccomp" and verb < clause and words.lower[verb] in LEMMA else None


def _after_comma(words: Words, index: int) -> bool:
    return words.text[words.left[index] - 1] == ","


def _clause_verb(words: Words, index: int) -> int | None:
    """Return the reporting verb whose clause was hung on a noun between them, or taken for an adverbial."""
    if words.tag[index] not in VERBS | {"MD"}:
        return None
    first = words.left[index]
    own = [child for child in words.kids(index, *SUBJECTS) if words.lower[child] not in {"that", "which", "who"}]
    above = words.head[index]
    if not own or above > index:
        return None
    if words.dep[index] == "advcl":
        begins = words.lower[first] in _ASKING or words.left[own[0]] == first
        return above if begins and _lacks_clause(words, above) else None
    if words.dep[index] not in {"relcl", "acl"}:
        return None
    if not _begins_with_that(words, first, own[0]) and not _has_no_gap(words, index, first, own[0]):
        return None
    if words.lower[above].rstrip("s") in SAYINGS:
        return None
    verb = next((word for word in words.ancestors(above) if words.tag[word] in VERBS), None)
    hears = verb is not None and "h" in FRAMES.get(LEMMA.get(words.lower[verb], ""), "")
    fits = verb is not None and verb < above and (hears or words.dep[above] == "pobj") and _lacks_clause(words, verb)
    return verb if fits else None


def _begins_with_that(words: Words, first: int, who: int) -> bool:
    start = words.left[who] - 1
    while start > first and words.tag[start] in {"``", "''"}:
        start -= 1
    return words.lower[first] == "that" and start == first


def _has_no_gap(words: Words, index: int, first: int, who: int) -> bool:
    """Whether a clause without "that" lacks nothing, so that it tells of no noun: "said after the vote she would leave the party"."""
    return first == words.left[who] and words.tag[who] == "PRP" and words.kid(index, "dobj", "ccomp", "attr", "acomp", "xcomp") is not None


def _lacks_clause(words: Words, verb: int) -> bool:
    """Whether a verb that can take a clause has none."""
    frames = FRAMES.get(LEMMA.get(words.lower[verb], ""), "")
    if "c" not in frames.split("+")[0] or words.tag[verb] not in VERBS or any(child in words.folded for child in words.children[verb]):
        return False
    return words.kid(verb, "ccomp") is None and (words.kid(verb, "dobj") is None or "h" in frames)


def _tense(words: Words, index: int) -> str:
    """Return the tag of the finite part of a verb."""
    parts = [words.tag[child] for child in words.kids(index, "aux", "auxpass") if words.tag[child] in FINITE | {"MD"}]
    return parts[0] if parts else words.tag[index]

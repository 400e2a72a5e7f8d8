"""Known slips of the parser, put right before anything is read from the tree."""

from __future__ import annotations

from offramp.reading.cues import FRAMES, LEMMA, SAYINGS
from offramp.reading.words import FINITE, SUBJECTS, VERBS, Words


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
    moved = False
    for index in range(len(words)):
        above = _speaker_verb(words, index)
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
    reports = "c" in FRAMES.get(LEMMA.get(words.lower[index], ""), "") or words.lower[index] in LEMMA and words.text[words.left[index] - 1] == ","
    return verb if reports or _tense(words, clause) != tense else None


def _clause_verb(words: Words, index: int) -> int | None:
    """Return the reporting verb whose clause was hung on a noun between them."""
    first = words.left[index]
    if words.dep[index] not in {"relcl", "acl"} or words.lower[first] != "that" or words.tag[index] not in VERBS | {"MD"}:
        return None
    own = [child for child in words.kids(index, *SUBJECTS) if words.lower[child] != "that"]
    noun = words.head[index]
    if not own or own[0] != first + 1 and words.left[own[0]] != first + 1 or words.lower[noun].rstrip("s") in SAYINGS:
        return None
    for above in words.ancestors(noun):
        if words.tag[above] in VERBS:
            fits = "c" in FRAMES.get(LEMMA.get(words.lower[above], ""), "") and above < index and words.dep[noun] == "pobj"
            return above if fits and words.kid(above, "ccomp", "dobj") is None else None
    return None


def _tense(words: Words, index: int) -> str:
    """Return the tag of the finite part of a verb."""
    parts = [words.tag[child] for child in words.kids(index, "aux", "auxpass") if words.tag[child] in FINITE | {"MD"}]
    return parts[0] if parts else words.tag[index]

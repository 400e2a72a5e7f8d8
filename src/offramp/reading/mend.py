"""Slips of the tagger and parser around verbs that report: nouns that are verbs, lost subjects, past forms taken for participles."""

from __future__ import annotations

from offramp.reading.cues import FRAMES, LEMMA
from offramp.reading.words import FINITE, NAMES, NOUNS, SUBJECTS, VERBS, Words

_CLAUSAL = frozenset(form for form, verb in LEMMA.items() if "c" in FRAMES[verb])
_LOOSE = frozenset({"parataxis", "ccomp", "ROOT", "conj", "advcl", "dep"})


def mend(words: Words) -> bool:
    """Put right the slips in a paragraph, in place, and say whether a head was changed.

    Parameters
    ----------
    words : Words
        A parsed paragraph.
    """
    changed = False
    for index, (word, dep) in enumerate(zip(words.lower, words.dep, strict=True)):
        if word == "by" and dep == "prep":
            changed = _agent(words, index) or changed
        if words.tag[index] == "NNS" and word in LEMMA:
            changed = _verb_from_noun(words, index) or changed
        if word in _CLAUSAL:
            _past(words, index)
            changed = any(slip(words, index) for slip in _SLIPS) or changed
    return changed


def _two_names(words: Words, index: int) -> bool:
    """Read "According to her lawyer, Tomas Rossi, Maria Keller told": the first name is the lawyer's, the second that of who told it."""
    named = [child for child in words.kids(index, "nsubj") if words.tag[child] in NAMES]
    if words.dep[index] != "ROOT" or not named:
        return False
    first = named[0]
    second = next(iter([*words.kids(first, "appos"), *named[1:]]), None)
    start = words.left[first]
    if second is None or words.tag[second] not in NAMES or words.left[second] - 1 <= first or words.text[words.left[second] - 1] != ",":
        return False
    noun = start - 2 if words.text[start - 1] == "," else start - 1
    if noun <= 0 or words.tag[noun] != "NN" or words.dep[noun] != "pobj" or words.sentence[noun] != words.sentence[index]:
        return False
    link = next((link for link in words.ancestors(noun) if words.head[link] in {index, first}), index)
    if link == index:
        return False
    words.head[link], words.head[first], words.dep[first] = index, noun, "appos"
    words.head[second], words.dep[second] = index, "nsubj"
    return True


def _taken_for_apposition(words: Words, index: int) -> bool:
    """Give "As Keller told Reuters, the gate stays shut" its gate, read as what Reuters is."""
    thing, above = words.kid(index, "dobj", "pobj"), words.head[index]
    subject = words.kid(thing, "appos") if thing is not None else None
    if words.dep[index] != "advcl" or subject is None or above < subject or words.kid(above, *SUBJECTS) is not None:
        return False
    if words.text[words.left[subject] - 1] != "," or words.tag[words.right[subject] + 1] not in FINITE | {"MD"}:
        return False
    words.head[subject], words.dep[subject] = above, "nsubj"
    words.head[words.left[subject] - 1] = above
    return True


def _agent(words: Words, index: int) -> bool:
    """Hang "by Keller" on the passive verb in "was branded a trap by Keller", and not on the trap."""
    above = words.head[index]
    if words.dep[above] not in {"dobj", "oprd", "attr", "pobj"}:
        return False
    link = words.head[above]
    verb = words.head[link] if words.dep[above] == "pobj" and words.lower[link] == "in" else link
    if verb > above or words.lower[verb] not in LEMMA or words.kid(verb, "auxpass") is None or words.kid(verb, "agent") is not None:
        return False
    words.head[index], words.dep[index] = verb, "agent"
    return True


def _past(words: Words, index: int) -> None:
    """Take "... and estimated losses at ten million" for a past form: a participle alone has no object."""
    alone = words.tag[index] == "VBN" and words.dep[index] == "conj" and words.kid(index, "aux", "auxpass", "agent") is None
    if alone and words.kid(index, "dobj", "ccomp") is not None and words.tag[words.head[index]] in VERBS:
        words.tag[index] = "VBD"


def _verb_from_noun(words: Words, index: int) -> bool:
    """Take "Keller claims that ...", read as claims of Keller's, for a sentence."""
    who = index - 1
    if who < 0 or not (words.head[index] == who or who in words.kids(index, "compound", "nmod")):
        return False
    clause = next((child for child in words.kids(index, "acl", "ccomp", "relcl") if words.kid(child, "mark") == words.left[child]), None)
    if clause is not None and words.left[clause] == index + 1 and words.tag[who] in NAMES | {"NN"}:
        words.dep[clause] = "ccomp"
    elif not _lacks_verb(words, index) or words.kid(index, "prep") != index + 1:
        return False
    if words.head[index] == who:
        root = words.head[who] == who
        words.head[index], words.dep[index] = (index, "ROOT") if root else (words.head[who], words.dep[who])
    for child in words.children[index]:
        words.head[child] = who if child < who else index
    words.head[who], words.dep[who] = index, "nsubj"
    words.tag[index], words.tag[who] = "VBZ", "NNP" if words.text[who][:1].isupper() else words.tag[who]
    return True


def _lacks_verb(words: Words, index: int) -> bool:
    """Whether a noun is the root of a sentence that has no verb: "The union appeals for calm"."""
    begin, end = words.sentence_of(index)
    final = words.text[end - 1] in {".", "!", "?"}
    return words.head[index] == index and final and not any(words.tag[word] in FINITE | {"MD"} for word in range(begin, end))


def _lost_subject(words: Words, index: int) -> bool:
    """Give "…, Chief Justice Roberts said, …" its subject, read as an apposition of the noun before."""
    who = index - 1 if index and words.text[index - 1] != "," else index - 2
    if words.tag[index] not in FINITE | {"VBN"} or words.dep[index] not in _LOOSE or who < 1:
        return False
    if words.kid(index, *SUBJECTS, "dobj", "aux", "auxpass") is not None:
        return False
    if who < index - 1 and words.dep[who] == "appos":
        who = words.head[who]
    if words.tag[who] not in NOUNS or words.dep[who] not in {"appos", "conj", "npadvmod"} or words.text[words.left[who] - 1] != ",":
        return False
    if who in words.ancestors(index) or any(words.dep[word] == "cc" for word in range(words.head[who], who)):
        return False
    words.head[who], words.dep[who] = index, "nsubj"
    words.tag[index] = "VBD" if words.tag[index] == "VBN" else words.tag[index]
    return True


def _broken_in_two(words: Words, index: int) -> bool:
    """Hang the attribution of "Article 13, the major reminded them, protects prisoners" on what it interrupts."""
    who = words.kid(index, *SUBJECTS)
    if words.dep[index] != "ROOT" or who is None or words.text[words.left[who] - 1] != ",":
        return False
    thing = next((child for child in words.kids(index, "npadvmod", "dep", "nsubj", "ccomp") if child < words.left[who]), None)
    rest = next((child for child in words.kids(index, "conj", "dep", "advcl") if child > index), None)
    if thing is None or rest is None or words.tag[thing] not in NOUNS or words.kid(rest, *SUBJECTS, "mark", "cc") is not None:
        return False
    start = words.left[rest]
    if words.tag[start] not in FINITE | {"MD"} or words.text[start - 1] != "," or words.right[thing] >= words.left[who]:
        return False
    words.head[rest], words.dep[rest] = rest, "ROOT"
    words.head[thing], words.dep[thing] = rest, "nsubj"
    words.head[index], words.dep[index] = rest, "parataxis"
    return True


def _speaker_last(words: Words, index: int) -> bool:
    """Read "…, announced the General Staff." as what it announced, and not as what was announced after all else."""
    thing = next((child for child in words.kids(index, "dobj", "ccomp") if words.tag[child] in NOUNS and child > index), None)
    if words.tag[index] not in FINITE | {"VBN"} or words.dep[index] not in {"conj", "advcl", "acl"} or words.text[index - 1] != ",":
        return False
    if thing is None or words.kid(index, *SUBJECTS, "auxpass", "cc") is not None or words.left[thing] != index + 1:
        return False
    end = words.sentence_of(index)[1]
    closes = words.right[thing] >= end - 2 and not any(child > thing for child in words.kids(index, "prep", "advmod", "conj", "xcomp"))
    if not closes or words.kid(words.head[index], *SUBJECTS) is None or words.kid(thing, "det", "compound", "nmod") is None:
        return False
    words.tag[index], words.dep[index], words.dep[thing] = "VBD", "parataxis", "nsubj"
    return True


def _swapped(words: Words, index: int) -> bool:
    """Hang the clause of "after she admitted under pressure she had lied" on "admitted", and not the other way round."""
    clause = words.head[index]
    who = words.kid(clause, *SUBJECTS)
    if words.dep[index] not in {"advcl", "ccomp"} or clause < index or words.kid(index, *SUBJECTS) is None or who is None:
        return False
    if words.left[who] != words.right[index] + 1 or words.text[words.right[index]] == "," or words.kid(index, "ccomp", "xcomp") is not None:
        return False
    if words.left[clause] < words.left[index] or words.head[clause] == clause:
        return False
    words.head[index], words.dep[index] = words.head[clause], words.dep[clause]
    words.head[clause], words.dep[clause] = index, "ccomp"
    return True


_SLIPS = (_swapped, _two_names, _taken_for_apposition, _lost_subject, _broken_in_two, _speaker_last)

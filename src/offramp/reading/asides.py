"""Who tells of it in passing: "..., the agency reports", "..., Ann Lee has heard from a friend, ...", "..., their lawyer told Reuters"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from offramp.reading.frames import Finding, frame
from offramp.reading.hearers import hearers, name_of
from offramp.reading.lexicon import listed
from offramp.reading.people import People
from offramp.reading.words import FINITE, NOUNS, SUBJECTS, VERBS, Words

_REPORTS = listed("reports reported writes wrote reporting")
LEARNS = listed("heard learned learnt hears learns knows understands understood gathers")
_NO_SUBJECT = frozenset({"IN", "TO", "WDT", "WP", "WRB", "MD", *VERBS})


def reported(finding: Finding, verb: int, people: People) -> Iterator[str]:
    """Yield who tells of it after a comma: "they denied it, their lawyer, Ann Lee, told Reuters", read as two sentences in a row."""
    words = finding.words
    for child in words.kids(verb, "conj", "parataxis", "dep"):
        who = words.kid(child, *SUBJECTS)
        if child < verb or who is None or "c" not in frame(words, child) or words.text[words.left[who] - 1] != ",":
            continue
        joined = any(words.lower[word] in {"and", "but", "while", ";"} for word in range(verb, words.left[who]))
        if not joined and words.kid(child, "ccomp", "xcomp", "cc") is None and words.places[child][0] >= finding.pieces[-1][1]:
            yield next((name for name in hearers(words, child, sorted(words.subtree(child)), people) if name), "")
            yield name_of(words, who, people)


def asides(finding: Finding, people: People) -> Iterator[str]:
    """Yield who tells of it between commas: "..., the agency reports", "..., Ann Lee has heard from a friend, ..."."""
    words = finding.words
    for start, end in _parentheses(finding):
        verb = next((word for word in range(start + 1, end) if words.lower[word] in LEARNS | _REPORTS or _has_it(words, word)), None)
        who = next((word for word in range(verb - 1, start - 1, -1) if words.tag[word] in NOUNS), None) if verb is not None else None
        if verb is None and (told := _inverted(words, start, end)) is not None:
            yield name_of(words, told, people)
        if verb is None or who is None or verb == finding.verb or any(words.tag[word] in _NO_SUBJECT for word in range(start, who)):
            continue
        if words.lower[verb] in _REPORTS:
            yield people.outlets.of(words, who)
            continue
        yield name_of(words, who, people)
        heard = next((word for word in range(verb + 1, end) if words.lower[word] == "from"), None)
        yield name_of(words, words.kid(heard, "pobj"), people) if heard is not None else ""


def _inverted(words: Words, start: int, end: int) -> int | None:
    """Return who tells it in ", says her lawyer,"."""
    verb = start if "c" in frame(words, start) and words.tag[start] in FINITE else None
    told = words.kids(verb, "nsubj") if verb is not None else []
    return next((who for who in told if words.left[who] == start + 1 and words.right[who] < end), None)


def _has_it(words: Words, index: int) -> bool:
    """Whether a word begins "has it from"."""
    return words.lower[index] in {"has", "had", "have"} and words.lower[index + 1 : index + 3] == ["it", "from"]


def clause_bounds(words: Words, index: int) -> tuple[int, int]:
    """Return where the part of a sentence between semicolons begins in which a word stands, and where it ends."""
    begin, end = words.sentence_of(index)
    stops = [word for word in range(begin, end) if words.text[word] == ";" and words.quotation[word] is None]
    return max((word for word in stops if word < index), default=begin), min((word for word in stops if word > index), default=end)


def _parentheses(finding: Finding) -> Iterator[tuple[int, int]]:
    """Yield what stands between two commas, or a comma and the end, in the sentence of a statement and outside of it."""
    words = finding.words
    begin, end = clause_bounds(words, finding.verb or 0)
    edges = [word for word in range(begin, end) if words.text[word] in {",", "."} and words.quotation[word] is None]
    for start, stop in pairwise(edges):
        place = words.places[start][0]
        if stop - start < 16 and not any(first < place < last - 1 for first, last in finding.pieces):
            yield start + 1, stop

"""From words that hang together to the stretches of text that were said."""

from __future__ import annotations

from offramp.reading.frames import frame
from offramp.reading.lexicon import listed
from offramp.reading.records import Span
from offramp.reading.words import NAMES, SUBJECTS, VERBS, Words

_BREAKS = frozenset({",", "—", "–", "--", "-"})
_RELATIVES = frozenset({"which", "who", "whom", "whose", "where"})
_BACKSHIFTED = frozenset({"would", "could", "might"})
"""Verbs that mark a clause as reported: "..., which would be the end"."""
_EDGE = frozenset({",", ".", ":", ";", "!", "?", "—", "–", "--", "-", "(", ")", "...", "…"})
_CONNECTIVES = listed(
    "but and yet so still however meanwhile moreover furthermore also instead nevertheless nonetheless besides additionally plus therefore"
)


def after_connective(words: Words, begin: int) -> int:
    """Return where a sentence begins without the words by which its writer goes on: "But", "However,"."""
    while begin < len(words) - 1 and words.lower[begin] in _CONNECTIVES and words.quotation[begin] is None:
        begin += 1
        if words.text[begin] == ",":
            begin += 1
    return begin


def beginning(words: Words, verb: int) -> int:
    """Return where what stands before "..., he said" begins: with the sentence, or after "they said;" before it.

    Parameters
    ----------
    words : Words
        The parsed paragraph.
    verb : int
        The verb that reports.
    """
    begin = words.sentence_of(verb)[0]
    stops = [word for word in range(begin, verb) if words.text[word] == ";" and words.quotation[word] is None]
    told = [word for word in range(begin, stops[-1]) if "c" in frame(words, word)] if stops else []
    who = words.kid(verb, "nsubj")
    return bracket(words, after_connective(words, stops[-1] + 1 if told else begin), verb if who is None else min(words.left[who], verb))


def bracket(words: Words, begin: int, index: int) -> int:
    """Return where words before an attribution begin: after a bracket that is still open there, unless it holds nothing else."""
    opened: list[int] = []
    for word in range(begin, index):
        if words.text[word] == "(":
            opened.append(word + 1)
        elif words.text[word] == ")" and opened:
            opened.pop()
    return opened[-1] if opened and opened[-1] < index else begin


def pieces(words: Words, content: set[int]) -> list[Span]:
    """Return the stretches of text that a set of words covers, edges trimmed and quotations completed.

    Parameters
    ----------
    words : Words
        The parsed paragraph.
    content : set of int
        Words of what was said.
    """
    kept = _without_tail(words, _within_bracket(words, content))
    spans = [_grown(words, first, last) for first, last in _runs(words, kept)]
    return _joined([span for span in spans if span is not None])


def _within_bracket(words: Words, content: set[int]) -> set[int]:
    """Leave out what comes after a bracket that closes and was not opened: "(she says it is safe) leaks"."""
    depth = 0
    for index in sorted(content):
        depth += (words.text[index] == "(") - (words.text[index] == ")")
        if depth < 0:
            return {word for word in content if word < index} or content
    return content


def _without_tail(words: Words, content: set[int]) -> set[int]:
    """Leave out what the writer adds at the end in his own voice: "..., warning that", "..., which was", "while ...", "Lee, the mayor"."""
    last = max(content, default=-1)
    for index in sorted(content):
        if index <= last and index > words.head[index] and words.head[index] in content and _is_added(words, index, content, last):
            content = {word for word in content if word < words.left[index]}
            last = max(content, default=-1)
    return content


def _is_added(words: Words, index: int, content: set[int], last: int) -> bool:
    """Whether a clause within what was said is the writer's own."""
    before = words.left[index] - 1
    if before not in content or words.quotation[index] is not None or words.right[index] < last - 1:
        return False
    set_off = words.text[before] in _BREAKS or (words.lower[before] in {"and", "but"} and words.text[before - 1] in _BREAKS)
    if words.dep[index] in {"advcl", "conj", "acl"} and words.tag[index] == "VBG" and set_off:
        return words.dep[index] == "advcl" or bool(frame(words, index))
    if words.dep[index] == "appos" and words.text[before] == ",":
        return words.tag[words.left[index]] == "DT" and words.tag[words.head[index]] in NAMES
    if words.dep[index] == "relcl" and set_off:
        return words.lower[words.left[index]] in _RELATIVES and not _is_told(words, index, content)
    first = words.lower[words.left[index] : words.left[index] + 2]
    if first[0] == "while":
        return words.dep[index] == "advcl" and bool(frame(words, index))
    return words.dep[index] == "advcl" and (first[0] in {"although", "though"} or first == ["even", "as"])


def _is_told(words: Words, index: int, content: set[int]) -> bool:
    """Whether a relative clause is told by the speaker: of a thing in a clause, or in the tense of what is reported."""
    if any(words.lower[aux] in _BACKSHIFTED for aux in words.kids(index, "aux")):
        return True
    of_thing = words.tag[words.head[index]] in {"NN", "NNS"} and words.lower[words.left[index]] not in {"who", "whom"}
    tops = [word for word in content if words.head[word] not in content or words.head[word] == word]
    clause = any(words.tag[top] in VERBS | {"MD"} and words.kid(top, *SUBJECTS) is not None for top in tops)
    return clause and of_thing and words.tag[index] != "VBD" and not frame(words, index)


def _runs(words: Words, content: set[int]) -> list[tuple[int, int]]:
    """Return first and last word of each unbroken run; marks between two runs do not break them."""
    runs: list[tuple[int, int]] = []
    for index in sorted(content):
        if runs and all(words.text[word] in _EDGE or words.tag[word] in {"``", "''"} for word in range(runs[-1][1] + 1, index)):
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return runs


def _grown(words: Words, first: int, last: int) -> Span | None:
    """Trim punctuation, then reach to the marks of a quotation that the edge stands in."""
    while first <= last and words.text[first] in _EDGE:
        first += 1
    while last >= first and (words.text[last] in _EDGE or words.tag[last] == "CC") and words.quotation[last] is None:
        last -= 1
    if first > last:
        return None
    start, end = words.span(first, last)
    head, tail = words.quotation[first], words.quotation[last]
    if tail is not None:
        end = tail.end
    if head is not None and start <= head.inner[0]:
        start = head.start
    return (start, end) if start < end else None


def _joined(spans: list[Span]) -> list[Span]:
    """Merge stretches that overlap after growing."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found

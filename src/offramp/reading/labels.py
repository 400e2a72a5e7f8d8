"""What somebody or something is called: "called it a trap", "described it as a trap", "what he called a trap"."""

from __future__ import annotations

from offramp.reading.frames import agent, is_passive, lemma
from offramp.reading.phrases import prep
from offramp.reading.reach import onward
from offramp.reading.words import SUBJECTS, Words

_PRONOUNS = frozenset({"what", "which", "that", "whom", "who"})
_PLAIN = frozenset({"call", "name", "know", "term", "rate"})
"""Verbs whose passive only tells a name: "a dog called Rex"."""


def label(words: Words, index: int, frames: str) -> list[set[int]]:
    """Return a thing and what it is called; empty where a verb calls nothing anything.

    Parameters
    ----------
    words : Words
        The parsed paragraph.
    index : int
        The verb.
    frames : str
        The frames in which it reports.
    """
    if "a" not in frames.split("+")[0]:
        return []
    if is_passive(words, index):
        return _called(words, index)
    things = [child for child in words.kids(index, "dobj", "ccomp", "oprd") if child > index and child not in words.folded]
    as_ = [child for child in (prep(words, index, ("as",), index),) if child is not None]
    asked = next((child for child in words.children[index] if child < index and words.lower[child] in _PRONOUNS), None)
    if asked is not None and words.dep[asked] not in SUBJECTS:
        return _relative(words, asked, things + as_)
    if not things or (asked is not None and words.lower[asked] == "what") or _calls_itself(words, things[0]):
        return []
    if len(things) > 1 or as_ or words.dep[things[0]] == "ccomp" or _names_at_once(words, things[0]):
        return [onward(words, index, _unbroken(words, set().union(*(words.subtree(part) for part in things + as_))))]
    return _with_adjective(words, index, things[0])


def _unbroken(words: Words, content: set[int]) -> set[int]:
    """Return a thing and its name with what stands between them, hung on the verb: "called her vote in favour of war a mistake"."""
    between = set(range(min(content), max(content))) - content
    return content if any(words.text[word] in {",", "—", "–", "-", "--"} for word in between) else content | between


def _with_adjective(words: Words, index: int, thing: int) -> list[set[int]]:
    """Return a thing and the adjective at its end, whatever the parser hung it on: "called the news of a raid premature"."""
    whole = onward(words, index, words.subtree(thing))
    last = max(whole)
    ends = words.tag[last] == "JJ" and last > thing and words.text[last + 1 : last + 2] in [["."], [","], [";"]]
    return [whole] if ends and words.dep[last] == "amod" else []


def _calls_itself(words: Words, thing: int) -> bool:
    return any(words.lower[word] in {"itself", "himself", "herself", "themselves"} for word in words.subtree(thing))


def _relative(words: Words, asked: int, things: list[int]) -> list[set[int]]:
    """Return the pronoun and the name of "what he called a trap"."""
    named = [thing for thing in things if words.dep[thing] in {"oprd", "prep", "dobj", "ccomp"}]
    return [{asked}, set().union(*(words.subtree(thing) for thing in named))] if len(named) == 1 else []


def _called(words: Words, index: int) -> list[set[int]]:
    """Return who or what is called something, and what: "the plan was branded a trap"."""
    who = words.kid(index, "nsubjpass")
    name = words.kid(index, "oprd", "dobj", "attr") or prep(words, index, ("as",))
    if who is None or name is None or (lemma(words, index) in _PLAIN and agent(words, index) is None):
        return []
    return [words.subtree(who), words.subtree(name)]


def _names_at_once(words: Words, thing: int) -> bool:
    """Whether an object and what it is called were read as one noun phrase: "called Lee “a danger”", "called the vote a joke"."""
    quoted = any(words.quotation[word] is not None for word in words.subtree(thing))
    first = words.left[thing]
    split = words.tag[first] in {"PRP", "PRP$"} and words.quotation[thing] is not None and words.text[first + 1] in {"“", "''", "``", '"'}
    apposed = any(words.dep[word] == "appos" and _follows_at_once(words, word) for word in words.subtree(thing))
    if apposed:
        return True
    return quoted and words.quotation[first] is None and (split or words.kid(thing, "nmod", "compound", "appos") is not None)


def _follows_at_once(words: Words, name: int) -> bool:
    """Whether a noun phrase with an article stands right after another, no comma between them."""
    first = words.left[name]
    return words.tag[first] in {"DT", "PRP$"} and words.text[first - 1][-1].isalnum()

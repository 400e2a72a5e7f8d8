"""Whom words without a noun of their own mean: "another", "one", "the others", and those who give no name of their own."""

from __future__ import annotations

from offramp.reading.lexicon import listed
from offramp.reading.nametables import PEOPLE
from offramp.reading.phrases import is_name, plain
from offramp.reading.words import Words

_SINGLE = {"one": "", "another": "another ", "neither": "neither of the ", "none": "none of the ", "others": "other "}
_SECOND = listed("second third fourth fifth sixth")
_COUNTS = listed("a an one some several many most two three four five six seven eight nine ten eleven twelve hundreds dozens both all few")
_IRREGULAR = {"women": "woman", "men": "man", "people": "person", "children": "child", "wives": "wife", "spies": "spy"}
_CALLED = listed("called named")
_REPLIES = listed("answer reply response retort rejoinder riposte comment verdict explanation message")


def singular(noun: str) -> str:
    """Return the singular of a noun for people.

    Examples
    --------
    >>> singular("guards"), singular("witnesses"), singular("women"), singular("families")
    ('guard', 'witness', 'woman', 'family')
    """
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("s", "")):
        if noun.endswith(ending) and not noun.endswith("ss"):
            return noun.removesuffix(ending) + instead
    return noun


def counted(words: Words, index: int) -> str:
    """Return the noun for people, in the singular, of whom a text counts some: "Eleven readers", "One signatory", "Two of the guards"."""
    noun = singular(words.lower[index])
    if noun not in PEOPLE - {"person"} or not words.text[index].islower():
        return ""
    before = [word for word in words.children[index] if word < index and words.dep[word] in {"det", "nummod", "amod", "quantmod"}]
    few = any(words.lower[word] in _COUNTS or words.tag[word] == "CD" for word in before)
    return noun if few or words.tag[index] == "NNS" else ""


def elliptic(words: Words, first: int, last: int, noun: str) -> str:
    """Return whom "another", "one", "others" or "a third" means after a text has counted some."""
    low = words.lower[last]
    if noun and low in _SECOND and last - first == 1 and words.lower[first] == "a":
        return f"{low} {noun}"
    if not noun or first != last or low not in _SINGLE:
        return ""
    return _SINGLE[low] + (noun if low in {"one", "another"} else _plural(noun))


def _plural(noun: str) -> str:
    back = {one: many for many, one in _IRREGULAR.items()}
    if noun in back:
        return back[noun]
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "es" if noun.endswith(("s", "ch")) else noun + "s"


def given_name(words: Words, index: int) -> str:
    """Return the name that somebody gives or goes by: "a guard who wished to be called Toma", "who gave his name as Toma"."""
    for clause in words.kids(index, "relcl", "acl"):
        for word in sorted(words.subtree(clause)):
            after = word + 1
            gives = words.lower[word] in _CALLED or (words.lower[word] == "as" and words.lower[word - 1] == "name")
            gives = gives or (words.lower[word] == "," and words.lower[word - 1] == "name")
            if gives and after < len(words) and is_name(words, after):
                last = after
                while last + 1 < len(words) and is_name(words, last + 1):
                    last += 1
                return plain(words, after, last)
    return ""


def answerer(words: Words, who: int) -> int:
    """Return whose answer it is: Keller in "came Keller’s answer", the ministry in "ran the answer of the ministry"."""
    if words.lower[who] not in _REPLIES:
        return who
    whose = words.kid(who, "poss")
    of = next((link for link in words.kids(who, "prep") if words.lower[link] in {"of", "from", "by"}), None)
    thing = words.kid(of, "pobj") if of is not None else None
    owner = whose if whose is not None else thing
    return who if owner is None or words.lower[owner] in {"its", "their"} else owner

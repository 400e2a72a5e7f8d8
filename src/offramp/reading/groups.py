"""People and bodies without a name of their own: "one of the soldiers", "activists", "the ministry", "both"."""

from __future__ import annotations

import re
from functools import lru_cache

from offramp.reading.nametables import BODIES, PEOPLE, words
from offramp.reading.nations import ADJECTIVES, STATES
from offramp.reading.parsed import Parsed, Token, acts
from offramp.reading.patterns import compiled
from offramp.reading.records import Mention
from offramp.reading.roles import MOUTHS, SPEAKS, is_misread, plays

_PRONOUNS = words(
    """
    both one some many others several another most neither either two three four five six seven eight nine ten eleven twelve dozens
    hundreds thousands all none few
    """
)
_TOGETHER = frozenset({"pair", "duo", "trio", "couple"})
_COLLECTIVE = _TOGETHER | frozenset(
    {"community", "tribe", "clan", "crowd", "people", "family", "crew", "staff", "personnel", "forces", "troops"}
)
_PARTS = frozenset({"head", "chief"})
_SPOKEN_FOR = frozenset({"ministry", "police", "army", "government", "navy", "opposition", "rebel"})
_SIDES = frozenset({"opposition", "defence", "defense", "prosecution", "team", "jury"})
_NUMBERS_OF = frozenset({"group", "team", "party"})
_OF_THE_STATE = words("ministry embassy police intelligence consulate")
_KNOWN = PEOPLE | BODIES
_PLURALS = (("", ""), ("children", "child"), ("men", "man"), ("women", "woman"), ("ies", "y"), ("ves", "fe"), ("es", ""), ("s", ""))
_ABOUT = compiled(r"^(?:as\s+many\s+as|at\s+least|more\s+than|up\s+to|nearly|almost|around)\s+(?=\w)", re.IGNORECASE)
_DETERMINER = compiled(
    r"^(?:(?:the|a|an|these|those|this|that|his|her|their|its|our|own|some|many|several|other|all|both|\d[\d,.]*)\s+)+(?=\S)", re.IGNORECASE
)
_BREAK = re.compile(r"[\n“”\"–—]")
_TAIL = compiled(
    r"\s+of\s+(?:war|state|conscience|the\s+opposition(?!\s+[A-Z])|parliament)\b"
    r"|\s+(?:close\s+to|familiar\s+with|briefed\s+on|with\s+knowledge\s+of)\s+(?:the\s+|his\s+|her\s+)?\w+(?:\s+process)?(?!\w)"
)
_BELONGS = frozenset({"member", "relative", "participant"})
"""Nouns that say little without what stands behind "of"."""
_OF_LANDS = ("ian", "ean", "ese", "kan")
_OF_NO_LAND = frozenset({"civilian", "humanitarian", "authoritarian", "sectarian", "utilitarian", "these", "obese"})
_POINTS = frozenset({"the", "these", "those", "this", "that", "both"})
_NUMBERS = words("two three four five six seven eight nine ten eleven twelve")
_ANY_PEOPLE = frozenset(
    {"men", "women", "people", "prisoners", "soldiers", "captives", "detainees", "servicemen", "persons", "pair", "duo", "trio", "couple"}
)
"""Nouns that take up a group told by its number: "two North Korean servicemen … the men"."""
_KEEPS = ("amod", "compound", "nummod", "nmod", "poss", "punct", "quantmod", "case", "det")


def find_groups(parsed: Parsed, taken: set[int]) -> list[Mention]:
    """Find people and bodies by the noun that heads the phrase.

    Parameters
    ----------
    parsed : Parsed
        The parsed text.
    taken : set of int
        Offsets of words that belong to names: they head no phrase of their own.

    Returns
    -------
    list of Mention
        In the order of the text. A definite phrase ("the soldiers") is named like the first one with the same noun before it.
    """
    known: dict[str, str] = {}
    found: list[Mention] = []
    for token in parsed.tokens:
        mention = _group(parsed, token, known) if token.idx not in taken else None
        if mention and not (found and mention.span[1] <= found[-1].span[1]):
            found.append(mention)
    return found


def _group(parsed: Parsed, token: Token, known: dict[str, str]) -> Mention | None:
    if token.pos_ in ("PRON", "NUM", "ADJ", "DET") and token.text.lower() in _PRONOUNS:
        return _counted(token, known) or _pronoun(parsed, token)
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    lemma = _singular(token.text.lower())
    if not _heads_phrase(token, lemma):
        return None
    kind = _kind(token, lemma)
    start, end = _extent(parsed, token)
    does = plays(token, kind) or _is_label(parsed.text, start, end)
    if kind == "organisation" and not (does or acts(token) or _is_definite(token)):
        return None
    if lemma in _PARTS and not re.match(r"\s+of\b", parsed.text[end : end + 6]):
        return None
    end = _with_owner(parsed, token, end) if kind == "organisation" else end
    name = _name(parsed, start, end)
    if kind != "organisation" and parsed.in_heading(start):
        name = " ".join(word if word in ADJECTIVES or word in STATES else word.lower() for word in name.split())
    return Mention((start, end), _earlier(name, token, known), kind, does)


_BEFORE_LABEL = compiled(r"\n\s*(?:\d{1,2}[:.]\d\d\s*(?:[–—-]\s*)?)?$")


def _is_label(text: str, start: int, end: int) -> bool:
    """Say whether a noun stands before the words of somebody in a transcript: "Reporter: Will you go?"."""
    before = "\n" + text[:start] if start < 20 else text[start - 20 : start]
    return text[end : end + 1] == ":" and _BEFORE_LABEL.search(before) is not None


def _heads_phrase(token: Token, lemma: str) -> bool:
    """Say whether a noun for people or bodies is somebody here; "ministry" tagged as a name is one that stands in no name."""
    if lemma == "side" and token.tag_ == "NN":
        return any(left.text[0].isupper() and left.dep_ in ("amod", "compound", "nmod") for left in token.lefts)
    if lemma not in PEOPLE and lemma not in BODIES:
        return False
    if lemma in _TOGETHER:
        return _is_definite(token) and not any(right.text.lower() == "of" for right in token.rights)
    by_tag = token.pos_ == "PROPN" and lemma in BODIES and (token.text.islower() or _is_definite(token) or acts(token))
    plural = token.pos_ == "PROPN" and lemma in PEOPLE and lemma != token.text.lower()
    if token.dep_ == "compound":
        return (lemma in _SPOKEN_FOR and token.head.text.lower() in MOUTHS) or is_misread(token)
    return (token.pos_ == "NOUN" or by_tag or plural) and token.dep_ != "attr" and not _is_adverbial(token)


def _kind(token: Token, lemma: str) -> str:
    """Tell one person from several and from a body; several bodies other than those of a state are a group."""
    if lemma in _SIDES or (lemma == "authority" and token.tag_ == "NNS"):
        return "group"
    guards = lemma == "guard" and any(left.text.lower() in ("coast", "border", "national", "palace") for left in token.lefts)
    if lemma == "side" or (lemma in BODIES and not (_of_people(token) and lemma in _NUMBERS_OF)) or (guards and token.tag_ == "NN"):
        return "group" if token.tag_ == "NNS" and lemma not in _OF_THE_STATE else "organisation"
    return "person" if token.text.lower() == lemma and lemma not in _COLLECTIVE and lemma not in _NUMBERS_OF else "group"


def _of_people(token: Token) -> bool:
    """Say whether people stand behind "of": "a group of hostages"."""
    of = next((right for right in token.rights if right.text.lower() == "of"), None)
    return of is not None and any(right.dep_ == "pobj" and _singular(right.text.lower()) in PEOPLE for right in of.rights)


_ABROAD = compiled(r"\s+(?:to|in)\s+(?:the\s+)?[A-Z][\w.-]{1,30}(?:\s+[A-Z][\w-]{1,30}){0,2}(?!\w)")
_WITH_OWNER = compiled(r"\s+of\s+(?:the\s+)?(?:[A-Z][\w’'-]{1,30}\s+){0,5}[A-Z][\w-]{1,30}(?!\w)")


def _with_owner(parsed: Parsed, token: Token, end: int) -> int:
    """Return the end of a phrase with the name behind "of": "the delegation of Northern Quell"."""
    abroad = _ABROAD.match(parsed.text, end) if _singular(token.text.lower()) in ("mission", "embassy", "consulate", "ambassador") else None
    owned = any(left.dep_ == "poss" for left in token.lefts)
    owner = abroad or (_WITH_OWNER.match(parsed.text, end) if not owned else None)
    return owner.end() if owner else end


@lru_cache(maxsize=4096)
def _singular(plain: str) -> str:
    """Return the noun for people or a body that a word is a form of, or the word itself."""
    for plural, singular in _PLURALS:
        if plain.endswith(plural) and plain.removesuffix(plural) + singular in _KNOWN:
            return plain.removesuffix(plural) + singular
    return plain


def _is_adverbial(token: Token) -> bool:
    """Say whether the noun names no one in particular: a negation or a comparison ("no one", "as prisoners")."""
    return any(left.text.lower() in ("no", "any", "every", "each", "whose", "what", "which") for left in token.lefts) or (
        token.dep_ == "pobj" and token.head.text.lower() == "as"
    )


def _extent(parsed: Parsed, token: Token) -> tuple[int, int]:
    """Return the phrase from its first modifier to its head, with "of war" and the like behind, and without a people before it."""
    lefts = [left for left in token.lefts if left.dep_ in _KEEPS and left.text not in (",", "“", '"') and ":" not in left.text]
    other = max((left.idx for left in lefts if left.text.endswith("ans") and left.text.istitle()), default=-1)
    lefts = [left for left in lefts if left.idx > other]
    article = next((left.idx for left in lefts if left.text.lower() in ("a", "an", "the")), None)
    start = min((_first(left) for left in lefts), default=token.idx) if article is None else article
    end = token.idx + len(token.text)
    tail = _TAIL.match(parsed.text[end : end + 60])
    within = re.search(r"\bof\s+(?:the|them|these|those)\s+", parsed.text[start : token.idx])
    start = start + within.end() if within else start
    gap = parsed.text[start : token.idx]
    start = token.idx if _BREAK.search(gap) else start
    return start, end + tail.end() if tail else _belonging(parsed, token, end)


def _belonging(parsed: Parsed, token: Token, end: int) -> int:
    """Return the end of what a member is a member of: "a member of the negotiating team"."""
    of = next((right for right in token.rights if right.text.lower() == "of"), None) if _singular(token.text.lower()) in _BELONGS else None
    noun = next((right for right in of.rights if right.dep_ == "pobj"), None) if of else None
    stop = noun.idx + len(noun.text) if noun else end
    return stop if not re.search(r"[,\n]", parsed.text[end:stop]) else end


def _first(token: Token) -> int:
    while True:
        left = next(iter(token.lefts), None)
        if left is None:
            return token.idx
        token = left


def _name(parsed: Parsed, start: int, end: int) -> str:
    text = " ".join(parsed.text[start:end].split())
    first = parsed.at(start)
    opens = parsed.text[max(0, start - 3) : start].rstrip(' \t“"‘«”’)')[-1:] in ("", ".", "!", "?", ":", "\n", "—", "–")
    is_noun = first is not None and (first.pos_ in ("NOUN", "ADJ", "DET", "PRON", "NUM") or " " not in text)
    first_word, _, others = text.partition(" ")
    of_land = first_word in ADJECTIVES or (others[:1].isupper() and first is not None and first.pos_ == "ADJ")
    of_land = of_land or (first_word.endswith(_OF_LANDS) and first_word.lower() not in _OF_NO_LAND)
    if opens and is_noun and not of_land and first_word.istitle():
        text = text[0].lower() + text[1:]
    return _DETERMINER.sub("", _ABOUT.sub("", text))


def _earlier(name: str, token: Token, known: dict[str, str]) -> str:
    """Return the name of the phrase with the same noun before it, where the phrase points back and says no more."""
    before = {left.text.lower() for left in token.lefts}
    noun = token.text.lower()
    if before & {"a", "an", "another", "no"}:
        return name
    number = "two" if "both" in before else next(iter(before & _NUMBERS), "")
    told = _pointed(noun, number, name, known) if before & _POINTS else ""
    if not told and (noun not in known or " " in name):
        known[noun] = name
        if number and _singular(noun) in PEOPLE:
            known[number] = known["number"] = name
    return told or name


def _pointed(noun: str, number: str, name: str, known: dict[str, str]) -> str:
    """Return the group that is taken up: by its number, by its noun, or as "the men" by the number of one told before."""
    counted = known.get(number or "number", "") if noun in _ANY_PEOPLE else ""
    told = [(counted, f"{counted} {noun}")] if counted and number else []
    told += [(known.get(noun, ""), known.get(noun, "")), (counted, f"{counted} {noun}")]
    return next((group for group, words in told if group and _says_no_more(name, words)), "")


def _is_definite(token: Token) -> bool:
    return any(left.dep_ == "poss" or left.text.lower() in ("the", "this", "that") for left in token.lefts)


def _says_no_more(name: str, told: str) -> bool:
    return set(name.lower().split()) <= set(told.lower().split()) | {"two", "three", "both", "same"}


def _counted(token: Token, known: dict[str, str]) -> Mention | None:
    """Read "the two", "these two" and "both" alone as the group told by that number before."""
    plain = token.text.lower()
    group = known.get("two" if plain == "both" else plain) if plain in _NUMBERS or plain == "both" else None
    the = next((left for left in token.lefts if left.text.lower() in _POINTS), None)
    alone = token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "conj") and not any(right.text.lower() == "of" for right in token.rights)
    if not group or not alone or (the is None and plain != "both"):
        return None
    return Mention((the.idx if the else token.idx, token.idx + len(token.text)), group, "group", plays(token, "group"))


def _pronoun(parsed: Parsed, token: Token) -> Mention | None:
    """Read "both", "one of the soldiers", "some": only as the one who says or does something."""
    of = next((right for right in token.rights if right.text.lower() == "of"), None)
    noun = next((right for right in of.rights if right.dep_ == "pobj"), None) if of else None
    if noun is not None and _singular(noun.text.lower()) in _KNOWN:
        end = _extent(parsed, noun)[1]
        return Mention((token.idx, end), " ".join(parsed.text[token.idx : end].split()), _one_kind(token), plays(token, "group"))
    if noun is None and of is None and token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_.lower() in SPEAKS:
        start, end = _extent(parsed, token)
        return Mention((start, end), _name(parsed, start, end).lower(), _one_kind(token), True) if token.text.lower() != "all" else None
    return None


def _one_kind(token: Token) -> str:
    return "person" if token.text.lower() in ("one", "another", "neither", "either") else "group"

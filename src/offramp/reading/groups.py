"""People and bodies without a name of their own: "one of the soldiers", "activists", "the ministry", "both"."""

from __future__ import annotations

import re

from offramp.reading.nametables import BODIES, PEOPLE, words
from offramp.reading.nations import ADJECTIVES
from offramp.reading.parsed import Parsed, Token, acts
from offramp.reading.records import Mention

_PRONOUNS = words(
    """
    both one some many others several another most neither either two three four dozens hundreds thousands all none few
    """
)
_SPEAKS = words(
    """
    say tell add state claim argue warn insist note explain deny report accuse allege urge demand ask plead announce declare admit
    confirm believe think stress complain testify recall describe call fear hope want refuse request vow agree suggest write
    respond reply answer comment acknowledge concede
    """
)
_COLLECTIVE = frozenset({"people", "family", "crew", "staff", "personnel", "forces", "troops"})
_PARTS = frozenset({"head", "chief"})
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
    lemma = _singular(token)
    if token.pos_ in ("PRON", "NUM", "ADJ", "DET") and token.text.lower() in _PRONOUNS:
        return _pronoun(parsed, token)
    short = token.pos_ == "PROPN" and lemma in BODIES and token.text.istitle() and (_is_definite(token) or acts(token))
    if (
        (token.pos_ != "NOUN" and not short)
        or (lemma not in PEOPLE and lemma not in BODIES)
        or token.dep_ in ("compound", "attr")
        or _is_adverbial(token)
    ):
        return None
    guards = (
        lemma == "guard"
        and any(left.text.lower() in ("coast", "border", "national", "palace") for left in token.lefts)
        and token.tag_ == "NN"
    )
    kind = "organisation" if lemma in BODIES or guards else "person" if token.tag_ == "NN" and lemma not in _COLLECTIVE else "group"
    start, end = _extent(parsed, token)
    if kind == "organisation" and not acts(token) and (token.tag_ == "NNS" or not _is_definite(token)):
        return None
    if lemma in _PARTS and not re.match(r"\s+of\b", parsed.text[end : end + 6]):
        return None
    name = _name(parsed, start, end)
    return Mention((start, end), _earlier(name, token, known), kind, acts(token))


def _singular(token: Token) -> str:
    plain = token.text.lower()
    irregular = {
        "people": "people",
        "men": "man",
        "women": "woman",
        "families": "family",
        "children": "child",
        "policemen": "policeman",
        "wives": "wife",
        "ministries": "ministry",
        "authorities": "authority",
        "agencies": "agency",
        "parties": "party",
        "servicemen": "serviceman",
        "embassies": "embassy",
        "universities": "university",
        "armies": "army",
        "charities": "charity",
        "companies": "company",
        "churches": "church",
    }
    if plain in irregular or plain in PEOPLE or plain in BODIES:
        return irregular.get(plain, plain)
    if plain.endswith("men"):
        return plain[:-3] + "man"
    return plain.removesuffix("es") if plain.endswith(("sses", "ches")) else plain.removesuffix("s")


def _is_adverbial(token: Token) -> bool:
    """Say whether the noun names no one in particular: a negation or a comparison ("no one", "as prisoners")."""
    return any(left.text.lower() in ("no", "any", "every", "each", "whose", "what", "which") for left in token.lefts) or (
        token.dep_ == "pobj" and token.head.text.lower() == "as"
    )


def _extent(parsed: Parsed, token: Token) -> tuple[int, int]:
    """Return the phrase from its first modifier to its head, with "of war" and the like behind."""
    lefts = [left for left in token.lefts if left.dep_ in _KEEPS and left.text not in (",", "“", '"')]
    start = min((_first(left) for left in lefts), default=token.idx)
    end = token.idx + len(token.text)
    tail = re.match(r"\s+of\s+(?:war|state|conscience|the\s+opposition|parliament)\b", parsed.text[end : end + 24])
    gap = parsed.text[start : token.idx]
    return (start if "\n" not in gap and "“" not in gap and '"' not in gap else token.idx), end + (tail.end() if tail else 0)


def _first(token: Token) -> int:
    while True:
        left = next(iter(token.lefts), None)
        if left is None:
            return token.idx
        token = left


def _name(parsed: Parsed, start: int, end: int) -> str:
    text = " ".join(parsed.text[start:end].split())
    first = parsed.at(start)
    if first is not None and first.pos_ in ("NOUN", "ADJ", "DET", "PRON", "NUM") and first.text.istitle() and first.text not in ADJECTIVES:
        text = text[0].lower() + text[1:]
    return re.sub(
        r"^(?:the|a|an|these|those|this|that|his|her|their|its|our|some|many|several|other|all)\s+", "", text, flags=re.IGNORECASE
    )


def _earlier(name: str, token: Token, known: dict[str, str]) -> str:
    """Return the name of the phrase with the same noun before it, where the phrase points back and says no more."""
    articles = {left.text.lower() for left in token.lefts}
    if articles & {"a", "an", "another", "no"}:
        return name
    told = known.get(token.text.lower())
    if told and articles & {"the", "these", "those", "this", "that", "both"} and _says_no_more(name, told):
        return told
    known[token.text.lower()] = name
    return name


def _is_definite(token: Token) -> bool:
    return any(left.dep_ == "poss" or left.text.lower() in ("the", "this", "that") for left in token.lefts)


def _says_no_more(name: str, told: str) -> bool:
    return set(name.lower().split()) <= set(told.lower().split()) | {"two", "three", "both", "same"}


def _pronoun(parsed: Parsed, token: Token) -> Mention | None:
    """Read "both", "one of the soldiers", "some": only as the one who says or does something."""
    of = next((right for right in token.rights if right.text.lower() == "of"), None)
    noun = next((right for right in of.rights if right.dep_ == "pobj"), None) if of else None
    if noun is not None and _singular(noun) in PEOPLE | BODIES:
        end = _extent(parsed, noun)[1]
        return Mention((token.idx, end), " ".join(parsed.text[token.idx : end].split()), _one_kind(token), acts(token))
    if (
        noun is None
        and of is None
        and token.dep_ in ("nsubj", "nsubjpass")
        and token.head.lemma_.lower() in _SPEAKS
        and token.text.lower() != "all"
    ):
        return Mention((token.idx, token.idx + len(token.text)), token.text.lower(), _one_kind(token), True)
    return None


def _one_kind(token: Token) -> str:
    return "person" if token.text.lower() in ("one", "another", "neither", "either") else "group"

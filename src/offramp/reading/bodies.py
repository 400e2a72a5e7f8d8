"""Bodies that a text names in full once and by a noun or by letters later: "the institute", "the company", "the ICRC"."""

from __future__ import annotations

from offramp.reading.lexicon import listed
from offramp.reading.nametables import BODIES
from offramp.reading.phrases import TITLES, is_name, name_run, phrase, plain
from offramp.reading.words import Words

ORGANISATIONAL = listed(
    """ministry university institute association committee council party department agency court commission union nations house office
    army foundation center centre bank company group organization organisation bureau senate parliament congress police service
    administration government campaign times post news journal press state states republic war conference treaty convention street
    avenue day january february march april june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday staff crescent cross watch port lake river valley island islands mount cape bay square mission embassy
    federation league alliance front agreement accord act northern southern eastern western upper lower greater central united federal
    national international royal christmas easter eve assembly secretariat headquarters tribunal embassies directorate"""
)
"""Words that no person's name has."""
_NAMED_BY_NOUN = ORGANISATIONAL & BODIES
_COMPANY = listed("ltd ltd. inc inc. corp corp. plc gmbh ag co co. llc s.a. sa")
_NOUNS = BODIES | listed("firm mine institute club network union charity think-tank thinktank shipyard brewery airline pollster")
_ARTICLES = listed("the this its their")
_SMALL = listed("of for on the and in to de des du")


class Bodies:
    """The organisations of a document under the nouns and letters that stand for them."""

    def __init__(self) -> None:
        self.by_noun: dict[str, str] = {}
        self.by_letters: dict[str, str] = {}

    def read(self, words: Words, first: int, last: int) -> None:
        """Note what a name in a paragraph is called besides."""
        name = self._by_kind(words, first, last)
        for noun in _called(words, first, last):
            self.by_noun[noun] = name
        self._letters(words, last)

    def _by_kind(self, words: Words, first: int, last: int) -> str:
        """Note a name that ends with its kind: "the Hallam Institute"; return the name."""
        kinds = [index for index in range(first, last + 1) if words.lower[index] in _NAMED_BY_NOUN]
        if kinds and words.lower[first].rstrip(".") not in TITLES:
            whole = phrase(words, last)
            whole = (min(first, max(whole[0], first)), whole[1]) if whole[1] - first < 6 else (first, last)
            if whole[1] > whole[0] and words.lower[kinds[-1]] == words.lower[last]:
                self.by_noun[words.lower[last]] = plain(words, *whole)
        return plain(words, first, last)

    def _letters(self, words: Words, last: int) -> None:
        """Note "the International Committee of the Red Cross (ICRC)"."""
        if words.text[last + 1 : last + 2] != ["("] or words.text[last + 3 : last + 4] != [")"]:
            return
        letters = words.text[last + 2]
        first = _spelt(words, last, letters)
        if first is not None:
            self.by_letters[letters] = plain(words, first, last)

    def of(self, words: Words, first: int, last: int, index: int) -> str:
        """Return the full name of a body where a noun, letters, or a noun with the name after it stand for it."""
        low = words.lower[index]
        apposed = next((child for child in words.kids(index, "appos") if child > index), None)
        if low in _NOUNS and words.tag[index] == "NN" and apposed is not None and _is_name_of(words, index, apposed):
            return plain(words, *phrase(words, apposed))
        run = name_run(words, index) or (index, index)
        if first < run[0] <= index and is_name(words, run[0]) and words.text[run[0] - 1] in _NOUNS and words.tag[run[0] - 1] == "NN":
            return plain(words, run[0], last)
        if last == index and index - first < 2 and words.lower[first] in _ARTICLES and low in self.by_noun:
            return self.by_noun[low]
        return self.by_letters.get(words.text[index], "") if last == index else ""


def _is_name_of(words: Words, noun: int, name: int) -> bool:
    """Whether a name stands right after its noun: "the group Open Hands"."""
    parts = range(noun + 1, name + 1)
    return words.left[name] == noun + 1 and all(words.text[word][:1].isupper() or words.lower[word] in _SMALL for word in parts)


def _called(words: Words, first: int, last: int) -> set[str]:
    """Return the nouns beside a name that say what it is: "the mining company Orex", "Orex, a mining company"."""
    found = {"company", "firm"} if words.lower[last] in _COMPANY else set()
    if first and words.text[first - 1] in _NOUNS and words.tag[first - 1] == "NN":
        found.add(words.text[first - 1])
    return found | {words.lower[child] for child in words.kids(last, "appos") if words.tag[child] == "NN" and words.text[child] in _NOUNS}


def _spelt(words: Words, last: int, letters: str) -> int | None:
    """Return where the name begins whose capitals a bracket repeats."""
    if not letters.isupper() or not letters.isalpha() or not 2 <= len(letters) <= 8:
        return None
    left, begin = list(letters), words.sentence_of(last)[0]
    for index in range(last, begin - 1, -1):
        word = words.text[index]
        if word[:1].isupper() and left and word[0] == left[-1]:
            left.pop()
            if not left:
                return index
        elif words.lower[index] not in _SMALL:
            return None
    return None

"""What a name stands with: titles, first letters, what somebody is told to be, and whose name follows a noun."""

from __future__ import annotations

from offramp.reading.bodies import ORGANISATIONAL
from offramp.reading.lexicon import listed
from offramp.reading.nametables import BODIES, ORGANISATION_WORDS, PEOPLE
from offramp.reading.phrases import TITLES, is_name, plain
from offramp.reading.words import Words

_EMPLOYERS = BODIES | listed("employer publisher operator owner manufacturer charity network newspaper agency sponsor airline union")
_SEATS = listed("mp mep msp md td")


def told_to_be(words: Words, first: int, last: int) -> set[str]:
    """Return what somebody is told to be: "Keller was a guard", "Keller is accused of theft", "the trial of Keller"."""
    head = next((index for index in range(first, last + 1) if not first <= words.head[index] <= last), last)
    verb = words.head[head]
    found = {words.lower[noun] for noun in words.kids(verb, "attr")} if words.dep[head] == "nsubj" else set()
    tried = words.lower[verb] in {"accused", "charged", "indicted"} and words.dep[head] == "nsubjpass"
    tried = tried or (words.lower[verb] == "of" and words.lower[words.head[verb]] == "trial")
    return found | ({"defendant", "accused"} if tried else set())


def by_body(words: Words, first: int, last: int) -> str:
    """Return "report by Roof and Road" for "a report by the aid organisation Roof and Road"."""
    nouns = (word for word in range(first + 2, last) if words.text[word] in BODIES and is_name(words, word + 1))
    noun = next((word for word in nouns if any(words.lower[link] in {"by", "of", "from"} for link in range(first, word))), None)
    if noun is None:
        return ""
    link = next(word for word in range(noun, first, -1) if words.tag[word] == "IN")
    return f"{plain(words, first, link)} {plain(words, noun + 1, last)}" if noun - link < 5 else ""


def kin(words: Words, index: int) -> str:
    """Return the given name of "her son Toma", "her husband, Toma," and "Pollster Quanta", of whom the text knows no more."""
    if words.lower[index] in PEOPLE:
        apposed = [child for child in words.kids(index, "appos") if is_name(words, child) and words.left[child] == child]
        own = words.kid(index, "poss") is not None
        return words.text[apposed[0]] if apposed and own and words.kid(apposed[0], "prep", "conj") is None else ""
    before = words.lower[index - 1] if index and words.head[index - 1] == index else ""
    return words.text[index] if is_name(words, index) and before in PEOPLE - TITLES and words.left[index] >= index - 3 else ""


def parts_of(words: Words, first: int, last: int) -> list[str]:
    """Return the parts of a name, double names whole."""
    return [part for part in plain(words, first, last).split() if part[:1].isalpha()]


def somebody(words: Words, index: int) -> str:
    """Return what somebody without a name is: "guard", also for "one of the guards"."""
    of = words.kid(index, "prep") if words.lower[index] == "one" else None
    those = words.kid(of, "pobj") if of is not None and words.lower[of] == "of" else None
    if those is None:
        return words.lower[index]
    return {"women": "woman", "men": "man"}.get(words.lower[those], words.lower[those].removesuffix("s"))


def is_no_person(parts: list[str]) -> bool:
    body = any(part.lower() in ORGANISATIONAL or not part[:1].isupper() for part in parts)
    return body or (len(parts) > 2 and parts[-1].lower() in ORGANISATION_WORDS)


def is_title(words: Words, index: int) -> bool:
    """Whether a word is a title or a rank."""
    return words.lower[index] in TITLES or words.lower[index].rstrip(".") in TITLES


def after_titles(words: Words, first: int, last: int) -> int:
    """Return the first word of a name after titles, ranks and nationalities."""
    start = first
    if first and words.lower[first - 1] == "of":
        start = next((index for index in range(first + 1, last) if is_initial(words.text[index])), first)
    for index in range(start, last):
        if is_title(words, index) or (index == first and words.lower[index] in PEOPLE | _SEATS):
            start = index + 1
    return start


def is_initial(word: str) -> bool:
    """Whether a word is the first letter of a first name: "the Minister of Halvia I. Varga"."""
    return len(word) == 2 and word[0].isupper() and word[1] == "."


def office_of(words: Words, first: int) -> set[str]:
    """Return the office in "the Minister of Foreign Affairs of Velland I. Lee", read as two names."""
    word = first - 1
    if word < 2 or words.lower[word] != "of" or not any(map(is_initial, words.text[first : first + 3])):
        return set()
    while word > max(0, first - 9) and (words.text[word][:1].isupper() or words.lower[word] in {"of", "for", "and", "the"}):
        if words.lower[word] in TITLES and words.lower[word + 1] in {"of", "for"}:
            return {words.lower[word]}
        word -= 1
    return set()


def body_beside(words: Words, first: int, last: int, index: int) -> str:
    """Return the name set off beside a noun that only one body can be: "the UN refugee agency, UNHCR,", "her employer, Orban Rail,"."""
    definite = words.lower[first] in {"the", "its", "his", "her", "their"} or words.kid(index, "poss") is not None
    start = last + 2
    if not definite or words.tag[index] != "NN" or words.text[last + 1 : last + 2] != [","] or words.lower[index] not in _EMPLOYERS:
        return ""
    stop = start
    while stop < len(words) and is_name(words, stop):
        stop += 1
    closed = words.text[stop : stop + 1] in ([","], ["."])
    return plain(words, start, stop - 1) if stop > start and closed else ""

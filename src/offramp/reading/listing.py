"""What stands in the paragraphs after a colon: "states the following:", "The letter makes four demands:", each item a statement."""

from __future__ import annotations

import re

from offramp.reading.cues import FRAMES, LEMMA, SAYINGS
from offramp.reading.frames import Finding, cue_bounds, subject
from offramp.reading.paragraph import findings
from offramp.reading.words import SUBJECTS, VERBS, Words

_ITEM = re.compile(r"\s*(?:[•●▪◦*–—-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")


def announcing(before: Words) -> int | None:
    """Return the verb of a paragraph that ends with a colon, by which the next is said; None if it ends otherwise.

    Parameters
    ----------
    before : Words
        The paragraph before.
    """
    if not before.text or before.text[-1] != ":":
        return None
    begin, end = before.sentence_of(len(before) - 1)
    verbs = [index for index in range(begin, end) if before.tag[index] in VERBS and before.lower[index] in LEMMA]
    main = [index for index in verbs if before.dep[index] not in {"relcl", "pcomp"}] or verbs
    if not main:
        main = [index for index in range(begin, end) if before.tag[index] in VERBS and before.dep[index] == "ROOT"]
    return main[-1] if main else None


def announced(before: Words, words: Words, text: str) -> Finding | None:
    """Return what a paragraph without marks says in the words of whoever was announced before.

    Parameters
    ----------
    before : Words
        The paragraph that announces it.
    words : Words
        The paragraph.
    text : str
        The text.
    """
    verb, item = announcing(before), _ITEM.match(text, words.view.start, words.view.end)
    if verb is None or not len(words) or words.view.quotations or before.kid(verb, *SUBJECTS) is None:
        return None
    if not (_lists(before) if item else _says(before, verb)):
        return None
    start = item.end() if item else words.places[0][0]
    stop = min((words.places[_first(words, one)][0] for one in findings(words, text)), default=words.view.end)
    said = re.sub(r"[\s;,.]+\Z", "", text[start:stop])
    end = start + len(said)
    if not any(letter.isalnum() for letter in said):
        return None
    return Finding(before, "clause", cue_bounds(before, verb), verb, subject(before, verb), [(start, end)], verb)


def is_item(words: Words, text: str) -> bool:
    """Whether a paragraph is an item of a list."""
    return _ITEM.match(text, words.view.start, words.view.end) is not None


def _lists(before: Words) -> bool:
    """Whether a paragraph announces a list of sayings."""
    told = [word.removesuffix("s") for word in before.lower[before.sentence_of(len(before) - 1)[0] :]]
    return "following" in told or any(word in SAYINGS or word in LEMMA for word in told)


def _says(before: Words, verb: int) -> bool:
    return "q" in FRAMES.get(LEMMA.get(before.lower[verb], ""), "")


def _first(words: Words, finding: Finding) -> int:
    """Return the first word of the sentence in which a statement begins."""
    place = min(finding.pieces[0][0], finding.words.places[finding.cue[0]][0] if finding.cue else finding.pieces[0][0])
    index = next((index for index, (start, end) in enumerate(words.places) if end > place), len(words) - 1)
    return words.sentence_of(index)[0]

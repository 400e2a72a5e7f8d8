"""Full quotations and the attribution beside them."""

from __future__ import annotations

from collections.abc import Iterator

from offramp.reading.content import pieces
from offramp.reading.cues import LEMMA
from offramp.reading.frames import Finding, cue_bounds, frame, subject
from offramp.reading.phrases import name_run
from offramp.reading.records import Span
from offramp.reading.words import FINITE, NAMES, NOUNS, SUBJECTS, VERBS, Words

_STOPS = frozenset({".", "!", "?", "…", "..."})
_MARKS = frozenset({"“", "”", '"', "''", "``", "'", "’", "‘", "«", "»", "„"})
_LEADS = frozenset({",", ":", "—", "–", "-", "--", ";"})


def direct(words: Words) -> list[Finding]:
    """Return the statements made of full quotations in one paragraph.

    Parameters
    ----------
    words : Words
        The parsed paragraph; each full quotation in it is one stand-in word.
    """
    found: list[Finding] = []
    places = sorted(words.folded)
    for number, place in enumerate(places):
        before = places[number - 1] if number else None
        after = places[number + 1] if number + 1 < len(places) else None
        _take(words, found, place, before, after)
    return found


def _take(words: Words, found: list[Finding], place: int, before: int | None, after: int | None) -> None:
    """Join one quotation to the statement before it, or make a new one."""
    quotation = words.folded[place]
    last = found[-1] if found else None
    verb = _right(words, place, after)
    rule = "direct-after"
    left = _left(words, place, before) if verb is None or words.tag[verb] == "VBG" else None
    if verb is None or left is not None:
        verb, rule = left, "direct-before"
        if last and _goes_on(words, last, place, before, verb):
            last.pieces.append((quotation.start, quotation.end))
            last.opens = not quotation.closed
            return
    if verb is None and _is_apposed(words, place):
        return
    finding = _finding(words, place, verb, rule)
    if verb is not None and rule == "direct-before":
        finding.pieces = _opening(words, place, verb) + finding.pieces
    if verb is not None and rule == "direct-after":
        finding.pieces += _linked(words, verb, after)
    elif verb is None:
        _sign(words, finding, place)
    found.append(finding)


def _is_apposed(words: Words, place: int) -> bool:
    """Whether a short quotation only names what stands before it: "the play, “Eclipse,”"."""
    mark = place - 1
    while mark > 0 and words.quotation[mark] is words.folded[place]:
        mark -= 1
    start, end = words.folded[place].inner
    short = end - start < 30 and words.sentence[mark] == words.sentence[place]
    return short and mark > 0 and words.text[mark] == "," and words.tag[mark - 1] in NOUNS


def _linked(words: Words, verb: int, after: int | None) -> list[Span]:
    """Return quoted words that "and" or "but" link to a quotation: "“No,” he said, but “maybe later.”"."""
    for index in range(verb + 1, len(words) - 2 if after is None else after - 2):
        if words.text[index] in _STOPS:
            break
        quoted, linked = words.quotation[index + 1], words.tag[index] == "CC" and words.text[index - 1] == ","
        if linked and quoted and words.text[index + 1] in _MARKS and words.quotation[index] is None:
            return [(words.places[index][0], quoted.end)]
    return []


def _sign(words: Words, finding: Finding, place: int) -> None:
    """Take a name after a dash for the speaker: "“Enough.” — Jane Doe"."""
    rest = [index for index in range(place + 1, len(words)) if words.quotation[index] is not words.folded[place]]
    if 1 < len(rest) < 12 and words.text[rest[0]][0] in "—–―-" and any(words.tag[index] in NAMES for index in rest[1:4]):
        name = next(index for index in rest[1:] if words.tag[index] in NAMES)
        run = name_run(words, name) or (name, name)
        finding.rule, finding.subject, finding.cue = "direct-signed", run[1], (rest[0], rest[0])


def _opening(words: Words, place: int, verb: int) -> list[Span]:
    """Return the speaker's words before the attribution: "Instead, she said, “it began ...”"."""
    who = words.kid(verb, *SUBJECTS)
    begin = words.sentence_of(verb)[0]
    start = words.left[who] if who is not None else begin
    low = words.view.begins_low(words.folded[place])
    if not low or start - begin < 2 or words.text[start - 1] != "," or any(begin <= other < start for other in words.folded):
        return []
    return pieces(words, set(range(begin, start - 1)))


def _finding(words: Words, place: int, verb: int | None, rule: str) -> Finding:
    quotation = words.folded[place]
    pieces = [(quotation.start, quotation.end)]
    if verb is None:
        return Finding(words, "direct-free", None, None, None, pieces, place, not quotation.closed)
    if words.lower[verb] == "according":
        return Finding(words, rule, (verb, verb + 1), None, _according(words, verb), pieces, verb, not quotation.closed)
    who = subject(words, verb)
    if who is None or who in words.folded or words.tag[who] in VERBS:
        who = _beside(words, verb, place)
    return Finding(words, rule, cue_bounds(words, verb), verb, who, pieces, verb, not quotation.closed)


def _according(words: Words, index: int) -> int | None:
    to = words.kid(index, "prep")
    found = words.kid(to, "pobj") if to is not None else None
    return found if found is not None else next((word for word in range(index + 2, len(words)) if words.tag[word] in NOUNS), None)


def _right(words: Words, place: int, after: int | None) -> int | None:
    """Return the verb of an attribution that follows a quotation."""
    zone = list(_zone_right(words, place, after))
    if not zone:
        return None
    end = _final(words, place)
    starts_low = words.text[zone[0]][:1].islower()
    if end == "." and not starts_low:
        return None
    cues = _cues(words, zone)
    if not cues:
        return None
    leads_on = after is not None and words.text[zone[-1]] in _LEADS
    told = any(child > cues[0] and words.quotation[child] is None for child in words.kids(cues[0], "ccomp"))
    if end in {"!", "?", "…"} and told and not starts_low and _starts_sentence(words, zone[0]):
        return None
    if end in {"!", "?", "…"} and leads_on and len(cues) == 1 and not starts_low and _starts_sentence(words, zone[0]):
        return None
    return cues[0]


def _starts_sentence(words: Words, index: int) -> bool:
    return words.lower[index] not in {"he", "she", "they", "i", "we"} and words.sentence_of(index)[0] == index


def _zone_right(words: Words, place: int, after: int | None) -> Iterator[int]:
    index = place + 1
    while index < len(words) and (words.text[index] in _MARKS or words.text[index] in _STOPS or words.text[index] in _LEADS):
        if words.quotation[index] is not words.folded[place] and words.text[index] in _STOPS:
            return
        index += 1
    for word in range(index, len(words) if after is None else after):
        if words.text[word] in _STOPS and words.quotation[word] is None:
            return
        if words.quotation[word] is None:
            yield word


def _left(words: Words, place: int, before: int | None) -> int | None:
    """Return the verb of an attribution that leads to a quotation."""
    index = place - 1
    while index >= 0 and words.text[index] in _MARKS and words.quotation[index] is words.folded[place]:
        index -= 1
    if index < 0 or words.text[index] in _STOPS:
        return None
    zone: list[int] = []
    while index > (-1 if before is None else before) and words.text[index] not in _STOPS:
        if words.quotation[index] is None:
            zone.append(index)
        index -= 1
    cues = _cues(words, zone[::-1])
    if not cues and words.text[zone[0] if zone else place] == ":":
        roots = [index for index in zone if words.tag[index] in VERBS and words.dep[index] == "ROOT"]
        cues = [index for index in roots if words.kid(index, *SUBJECTS) is not None]
    return cues[-1] if cues else None


def _cues(words: Words, zone: list[int]) -> list[int]:
    """Return the words in a stretch that can introduce a quotation, those of main clauses first choice."""
    cues = [index for index in zone if _can_quote(words, index)]
    main = [index for index in cues if not _is_aside(words, index)]
    return main or cues or _any_verb(words, zone)


def _any_verb(words: Words, zone: list[int]) -> list[int]:
    """Return the verb of a short attribution whatever it is: "he cracked," or ", chuckled the guard"."""
    finite = [index for index in zone if words.tag[index] in FINITE and words.dep[index] != "relcl"]
    solid = [index for index in zone if words.text[index][0].isalnum()]
    return [index for index in finite if index in solid[:1] + solid[-1:]] if len(solid) < 9 else []


def _can_quote(words: Words, index: int) -> bool:
    if words.lower[index] == "according":
        return index + 1 < len(words) and words.lower[index + 1] == "to"
    if words.lower[index] in {"says", "said", "asks", "asked", "writes", "wrote", "adds", "added"}:
        return True
    return "q" in frame(words, index) or (words.tag[index] in VERBS and words.lower[index] in LEMMA and words.dep[index] == "ROOT")


def _is_aside(words: Words, index: int) -> bool:
    return words.dep[index] in {"relcl", "pcomp"} or (words.dep[index] == "acl" and words.tag[index] == "VBN")


def _goes_on(words: Words, last: Finding, place: int, before: int | None, verb: int | None) -> bool:
    """Whether a quotation continues the statement before it."""
    if before is None:
        return False
    if verb is not None:
        return verb == last.verb or (last.cue is not None and words.lower[verb] == "according" and verb == last.cue[0])
    between = [index for index in range(before + 1, place) if words.quotation[index] is None]
    if not any(words.text[index].isalnum() for index in between):
        return True
    stops = [index for index in between if words.text[index] in _STOPS]
    return last.verb in between and len(stops) <= 1 and (not stops or stops[-1] == between[-1])


def _final(words: Words, place: int) -> str:
    """Return the mark with which a quotation ends, inside or right after its closing mark."""
    text = words.text[place + 1 : place + 3]
    return next((word for word in text if word in _STOPS or word in _LEADS), "")


def _beside(words: Words, verb: int, place: int) -> int | None:
    """Return the noun next to a verb whose subject the parser did not find."""
    left, right = words.sentence_of(verb)
    after = list(range(verb + 1, min(right, verb + 8)))
    before = list(range(verb - 1, max(left - 1, verb - 12), -1))
    order = after + before if place < verb and words.text[max(verb - 1, 0)] in _MARKS | _LEADS else before + after
    for index in order:
        if words.tag[index] in NOUNS | {"PRP", "UH"} and words.quotation[index] is None and index not in words.folded:
            return index
    return None

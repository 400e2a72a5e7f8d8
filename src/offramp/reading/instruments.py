"""The instruments of law that a report names: treaties, resolutions, constitutions, codes and acts, and later short forms of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from offramp.reading.nations import ADJECTIVES, CAPITALS, STATES, state_of
from offramp.reading.patterns import compiled
from offramp.reading.records import Span
from offramp.reading.treaties import TREATIES


@dataclass(frozen=True)
class Instrument:
    span: Span
    name: str
    noun: str
    later: bool = False
    """Whether this is a short form of one named before ("the Convention")."""
    doubtful: bool = False
    """Whether it counts only beside an article or where its title stands in the text."""
    generic: bool = False
    """Whether it is no listed treaty: it counts only with an article."""


_BEFORE_TITLE = r"(?:(?:(?:the\s+)?(?:UN|U\.N\.|United\s+Nations|International|European\s+Union|EU)\s+)*)"
_TITLES = [compiled(rf"\b(?:{one.titles})(?!\w)", re.IGNORECASE) for one in TREATIES]
_ANY_TITLE = compiled(
    r"\b(?:Convention|Protocol|Covenant|Statute|Charter|Treaty|Declaration|Regulations|Rules|Act|Memorandum|Agreement|Accord|START|Pact"
    r"|Armistice|Minsk)",
    re.IGNORECASE,
)
_LETTERS = {letters: one for one in TREATIES for letters in one.letters}
_ANY_LETTERS = compiled(r"(?<![\w-])(?:" + "|".join(sorted(map(re.escape, _LETTERS), key=len, reverse=True)) + r")(?![\w])")
_COURT = compiled(
    r"European\s+Court\s+of\s+Human\s+Rights|Committee\s+(?:against|on)\s+[\w\s]{1,60}\((?:CAT|CRC|CEDAW|CERD|CED|CMW|CRPD)\)"
)

_STATE = (
    "(?:the\\s+)?(?P<{0}>"
    + "|".join(sorted((re.escape(name) for name in STATES if name not in ("the North", "the South")), key=len, reverse=True))
    + ")"
)
_ADJECTIVE = (
    "(?P<{0}>"
    + "|".join(sorted((re.escape(name) for name in {**ADJECTIVES, **STATES, **CAPITALS}), key=len, reverse=True))
    + r")(?:['’]s?)?"
)
_CODE = (
    r"(?P<title>(?i:(?:(?:Criminal|Penal|Civil|Labou?r|Family|Tax|Customs|Military|Administrative|Electoral|Commercial)\s+){1,2}(?:Procedure\s+)?Code"
    r"|Code\s+of\s+(?:Criminal|Civil)\s+Procedure|(?:Interim\s+)?Constitution|Basic\s+Law))"
)
_NATIONAL = compiled(
    rf"(?<!\w)(?:{_ADJECTIVE.format('adjective')}\s+)?{_CODE}(?![\w-])(?:\s+(?:of|in)\s+{_STATE.format('state')})?", re.DOTALL
)
_ACT = compiled(
    r"\b(?:(?P<whose>[A-Z][a-z]+)['’]s\s+)?(?P<title>(?:[A-Z][\w'’-]{0,40}\s+(?:(?:and|of|on|for|the|to|against|from|with|in|by)\s+){0,3}){1,9}(?:Act|Ordinance)(?:\s+(?:of\s+)?(?:19|20)\d\d)?)(?![\w-])"
    r"|\b(?P<law>Law\s+(?:of\s+[A-Z]\w+\s+)?(?:[Oo]n|[Aa]gainst)\s+(?:(?:the|and|of|on|to|for|in|a)\s+|[A-Z][\w-]{1,40}(?:\s+|(?!\w))){1,12})"
    r"|\b(?:[Tt]he|['’]s)\s+(?P<named>(?:[A-Z][\w-]{1,40}\s+){1,5}Law)(?![\w-])"
)
_NO_LAW = compiled(
    r"(?:International|Humanitarian|Martial|Islamic|Sharia|Common|Civil|Rights|Maritime|Criminal|Customary|Military)\s+Law$", re.IGNORECASE
)
_FIRST_WORDS = compiled(
    r"^(?:The|Under|In|By|This|That|A|An|Its|His|Her|Their|Our|And|But|Since|As|When|If|Section|Article|On|With|Through)\s+"
)
_GENERIC_NOUN = r"(?P<{0}>Convention|Treaty|Agreement|Accord|Protocol|Pact|Charter|Statute)"
_GENERIC = compiled(
    r"\b(?P<numbered>ILO\s+Convention)\s+(?:No\.\s*|Number\s+)?(?P<number>\d{1,3})(?!\w)"
    r"|\b(?P<procedure>Rules\s+of\s+Procedure|Standing\s+Orders)(?!\w)"
    rf"|\b(?:(?P<titled>(?:[A-Z][\w’'-]{{1,30}}\s+){{1,4}}{_GENERIC_NOUN.format('noun')})"
    rf"|(?P<placed>{_GENERIC_NOUN.format('noun_first')}\s+of\s+[A-Z][\w-]{{2,30}}(?:\s+[A-Z][\w-]{{2,30}})?))(?:\s+(?:of\s+)?(?P<year>(?:1[6-9]|20)\d\d))?(?!\w)"
)
_LATER = compiled(
    r"\b(?:[Tt]he\s+same|[Tt]he|[Tt]hat|[Tt]his|[Ii]ts|[Tt]heir|country['’]s)\s+(?P<noun>(?:Convention|Covenant|Statute|Charter|Protocol|Treaty|Declaration|Constitution|Act|Code|Law|Regulations"
    r"|Resolution|Agreement)(?![\w-])(?!\s+(?:of|on|against|for|relating)\b)|(?:convention|covenant|statute|treaty|constitution|resolution|charter|protocol)(?![\w-])"
    r"(?!\s+(?:of|on|against|for|relating)\b))"
)
_RESOLUTION = compiled(
    r"(?:(?P<body>(?:(?:UN|U\.N\.|United\s+Nations)(?:['’]s)?\s+)?(?:Security\s+Council|General\s+Assembly|Human\s+Rights\s+Council)|UN|U\.N\.|UNSC|UNGA|UNHRC)(?:['’]s)?\s+)?"
    r"[Rr]es(?:olutions?|\.)\s+(?:[Nn]o\.\s*|[Nn]umber\s+)?(?P<numbers>(?:A/RES/|S/RES/)?(?:ES-)?\d{1,4}(?:/\d{1,3}\w?)?(?:\s*\(\d{4}\))?(?:(?:,\s*|\s+and\s+|,\s+and\s+)\d{1,4}(?:/\d{1,3})?(?:\s*\(\d{4}\))?)*)"
    r"|(?P<short>UNSCR)\s*(?P<short_number>\d{1,4})|(?P<sign>[AS]/RES/(?:ES-)?\d{1,4}(?:/\d{1,3})?)"
)


def find_instruments(text: str) -> list[Instrument]:
    """Find all instruments, the longer one where two overlap, in the order of the text."""
    every = [*_treaties(text), *_letters(text), *_resolutions(text), *_national(text), *_acts(text), *_generic(text), *_later(text)]
    listed = [one.span for one in every if not one.generic and not one.later]
    every = [one for one in every if not one.generic or not any(start < one.span[1] and one.span[0] < end for start, end in listed)]
    kept: list[Instrument] = []
    for one in sorted(every, key=lambda one: (one.span[0], -one.span[1])):
        if (
            kept
            and kept[-1].name == one.name
            and re.fullmatch(r"\s*\(", text[kept[-1].span[1] : one.span[0]])
            and text[one.span[1] :][:1] == ")"
        ):
            kept[-1] = replace(kept[-1], span=(kept[-1].span[0], one.span[1] + 1))
        elif not kept or one.span[0] >= kept[-1].span[1]:
            kept.append(one)
        elif not one.later and one.span[1] > kept[-1].span[1] and kept[-1].later:
            kept[-1] = one
    return kept


def _treaties(text: str) -> Iterator[Instrument]:
    if not _ANY_TITLE.search(text):
        return
    for treaty, pattern in zip(TREATIES, _TITLES, strict=True):
        for match in pattern.finditer(text):
            yield Instrument(match.span(), treaty.name, treaty.noun)


def _letters(text: str) -> Iterator[Instrument]:
    others = {other for match in _COURT.finditer(text) for other in re.findall(r"\((\w+)\)", match[0])}
    if re.search(r"European\s+Court\s+of\s+Human\s+Rights", text) and not re.search(r"European\s+Convention", text):
        others.add("ECHR")
    for match in _ANY_LETTERS.finditer(text):
        if match[0] not in others:
            treaty = _LETTERS[match[0]]
            yield Instrument(match.span(), treaty.name, treaty.noun, doubtful=treaty.doubtful)


def _resolutions(text: str) -> Iterator[Instrument]:
    for match in _RESOLUTION.finditer(text):
        if match["sign"] or match["short"]:
            name = f"UNSC res. {match['short_number']}" if match["short"] else _signed(match["sign"])
            yield Instrument(match.span(), name, "resolution")
            continue
        numbers = list(re.finditer(r"(?P<sign>[AS]/RES/)?(?P<number>(?:ES-)?\d{1,4}(?:/\d{1,3})?)(?:\s*\(\d{4}\))?", match["numbers"]))
        for place, one in enumerate(numbers):
            start = match.start() if place == 0 else match.start("numbers") + one.start()
            yield Instrument((start, match.start("numbers") + one.end()), _resolution(match["body"], one), "resolution")


def _signed(sign: str) -> str:
    return ("UNSC" if sign[0] == "S" else "UNGA") + " res. " + sign[6:]


def _resolution(body: str | None, number: re.Match[str]) -> str:
    if number["sign"]:
        return _signed(number["sign"] + number["number"])
    told = (body or "").lower()
    if "human" in told or "hrc" in told:
        return f"HRC res. {number['number']}"
    assembly = "general" in told or "unga" in told or ("security" not in told and ("/" in number["number"] or "ES-" in number["number"]))
    return ("UNGA" if assembly else "UNSC") + f" res. {number['number']}"


def _national(text: str) -> Iterator[Instrument]:
    for match in _NATIONAL.finditer(text):
        of = match["state"] or match["adjective"]
        title = " ".join(word if word in ("of",) else word.capitalize() for word in match["title"].lower().split())
        if not of and not match["title"][0].isupper():
            continue
        start = match.start("title") if not match["adjective"] else match.start()
        state = (state_of(of) or CAPITALS.get(of)) if of else None
        if title != "Constitution" or state:
            of_state = f" of the {state}" if state and state.startswith(("United", "Netherl", "Philip", "Czech")) else f" of {state}"
            yield Instrument((start, match.end()), title + of_state * bool(state), title.rsplit(" ", 1)[-1].lower())


def _acts(text: str) -> Iterator[Instrument]:
    for match in _ACT.finditer(text):
        group = "title" if match["title"] else "law" if match["law"] else "named"
        cut = _FIRST_WORDS.match(match[group])
        start = match.start(group) + (cut.end() if cut else 0)
        name = re.sub(r"(?:[\s,]+(?:the|and|of|on|to|for|in|a))*[\s,]*$", "", match[group][start - match.start(group) :])
        whose = re.match(r"(?:[\w-]+\s+){0,3}?[\w-]{1,40}['’]s?\s+", name)
        if whose and state_of(whose[0].strip().rstrip("s").rstrip("'’")):
            start, name = start + whose.end(), name[whose.end() :]
        if " " in name and not _NO_LAW.search(name) and not re.match(r"Final\s|Terrorist\s", name):
            yield Instrument((start, start + len(name)), " ".join(name.split()), "act" if group == "title" else "law")


def _generic(text: str) -> Iterator[Instrument]:
    """Yield treaties that are on no list: "the Treaty of Bremen", "the Fisheries Agreement of 1974", "ILO Convention No. 169"."""
    for match in _GENERIC.finditer(text):
        noun = (match["noun"] or match["noun_first"] or ("rules" if match["procedure"] else "convention")).lower()
        title = match["numbered"] or match["procedure"] or match["titled"] or match["placed"]
        cut = _FIRST_WORDS.match(title)
        title = " ".join(title[cut.end() if cut else 0 :].split())
        if " " not in title:
            continue
        year = match["number"] or match["year"]
        name = f"{title} {year}" if year else title
        yield Instrument((match.start() + (cut.end() if cut else 0), match.end()), name, noun, doubtful=True, generic=True)


def _later(text: str) -> Iterator[Instrument]:
    for match in _LATER.finditer(text):
        yield Instrument(match.span(), "", match["noun"].lower(), later=True)

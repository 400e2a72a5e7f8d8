"""References to law in a report: treaties, resolutions, constitutions, codes and acts, with their articles.

First the instruments are found, then the articles, and each article is joined to the instrument beside it, or to the one that the text
spoke of before ("the Convention", "Article 3 of it").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from offramp.reading.nations import ADJECTIVES, CAPITALS, STATES, state_of
from offramp.reading.treaties import TREATIES

Span = tuple[int, int]


@dataclass(frozen=True)
class LegalReference:
    """A reference to law: where it stands, and its canonical name (``GC III art. 118``)."""

    span: Span
    name: str


@dataclass(frozen=True)
class _Instrument:
    span: Span
    name: str
    noun: str
    later: bool = False
    """Whether this is a short form of one named before ("the Convention")."""
    doubtful: bool = False
    """Whether it counts only beside an article or where its title stands in the text."""


@dataclass(frozen=True)
class _Provision:
    span: Span
    labels: tuple[tuple[Span, str], ...]
    """Each number with its place, as ``art. 118``."""
    common: bool


def find_legal(text: str) -> list[LegalReference]:
    """Find the references to law in a text.

    Parameters
    ----------
    text : str
        The text of a report.

    Returns
    -------
    list of LegalReference
        In the order of the text; spans do not overlap. "Articles 13 and 17" give two references. An article whose instrument the text
        does not tell is named by itself (``art. 5``).

    Examples
    --------
    >>> [one.name for one in find_legal("Article 118 of the Third Geneva Convention and Art. 3 CAT; the Convention, article 4.")]
    ['GC III art. 118', 'CAT art. 3', 'CAT art. 4']
    """
    instruments = _instruments(text)
    provisions = list(_provisions(text))
    beside = {place for one in provisions if (place := _beside(text, one, instruments)) is not None}
    spelt = {one.name for place, one in enumerate(instruments) if not one.doubtful or place in beside}
    instruments = [one for one in instruments if one.name in spelt]
    return sorted(_references(text, instruments, provisions), key=lambda one: one.span)


# -- instruments -------------------------------------------------------------------------------------------------------------

_BEFORE_TITLE = r"(?:(?:(?:the\s+)?(?:UN|U\.N\.|United\s+Nations|International|European\s+Union|EU)\s+)*)"
_TITLES = [re.compile(rf"\b(?:{one.titles})(?!\w)", re.IGNORECASE) for one in TREATIES]
_ANY_TITLE = re.compile(
    r"\b(?:Convention|Protocol|Covenant|Statute|Charter|Treaty|Declaration|Regulations|Rules|Act|Memorandum|Agreement|Accord|START|Pact"
    r"|Armistice|Minsk)",
    re.IGNORECASE,
)
_LETTERS = {letters: one for one in TREATIES for letters in one.letters}
_ANY_LETTERS = re.compile(r"(?<![\w-])(?:" + "|".join(sorted(map(re.escape, _LETTERS), key=len, reverse=True)) + r")(?![\w])")
_COURT = re.compile(r"European\s+Court\s+of\s+Human\s+Rights|Committee\s+(?:against|on)\s+[\w\s]{1,60}\((?:CAT|CRC|CEDAW|CERD|CED|CMW|CRPD)\)")

_STATE = "(?:the\\s+)?(?P<{0}>" + "|".join(sorted((re.escape(name) for name in STATES if name not in ("the North", "the South")), key=len, reverse=True)) + ")"
_ADJECTIVE = "(?P<{0}>" + "|".join(sorted((re.escape(name) for name in {**ADJECTIVES, **STATES, **CAPITALS}), key=len, reverse=True)) + r")(?:['’]s?)?"
_CODE = (
    r"(?P<title>(?i:(?:(?:Criminal|Penal|Civil|Labou?r|Family|Tax|Customs|Military|Administrative|Electoral|Commercial)\s+){1,2}(?:Procedure\s+)?Code"
    r"|Code\s+of\s+(?:Criminal|Civil)\s+Procedure|(?:Interim\s+)?Constitution|Basic\s+Law))"
)
_NATIONAL = re.compile(
    rf"(?<!\w)(?:{_ADJECTIVE.format('adjective')}\s+)?{_CODE}(?![\w-])(?:\s+(?:of|in)\s+{_STATE.format('state')})?", re.DOTALL
)
_ACT = re.compile(
    r"\b(?:(?P<whose>[A-Z][a-z]+)['’]s\s+)?(?P<title>(?:[A-Z][\w'’-]*\s+(?:(?:and|of|on|for|the|to|against|from|with|in|by)\s+){0,3}){1,9}(?:Act|Ordinance)(?:\s+of\s+(?:19|20)\d\d)?)(?![\w-])"
    r"|\b(?P<law>Law\s+(?:of\s+[A-Z]\w+\s+)?(?:[Oo]n|[Aa]gainst)\s+(?:(?:the|and|of|on|to|for|in|a)\s+|[A-Z][\w-]+(?:\s+|(?!\w))){1,12})"
    r"|\b(?:[Tt]he|['’]s)\s+(?P<named>(?:[A-Z][\w-]+\s+){1,5}Law)(?![\w-])"
)
_NO_LAW = re.compile(r"(?:International|Humanitarian|Martial|Islamic|Sharia|Common|Civil|Rights|Maritime|Criminal|Customary|Military)\s+Law$", re.IGNORECASE)
_FIRST_WORDS = re.compile(r"^(?:The|Under|In|By|This|That|A|An|Its|His|Her|Their|Our|And|But|Since|As|When|If|Section|Article|On|With|Through)\s+")
_LATER = re.compile(
    r"\b(?:[Tt]he|[Tt]hat|[Tt]his|[Ii]ts|[Tt]heir|country['’]s)\s+(?P<noun>(?:Convention|Covenant|Statute|Charter|Protocol|Treaty|Declaration|Constitution|Act|Code|Law|Regulations"
    r"|Resolution|Agreement)(?![\w-])(?!\s+(?:of|on|against|for|relating)\b)|(?:convention|covenant|statute|treaty|constitution|resolution|charter|protocol)(?![\w-])"
    r"(?!\s+(?:of|on|against|for|relating)\b))"
)
_RESOLUTION = re.compile(
    r"(?:(?P<body>(?:(?:UN|U\.N\.|United\s+Nations)(?:['’]s)?\s+)?(?:Security\s+Council|General\s+Assembly|Human\s+Rights\s+Council)|UN|U\.N\.|UNSC|UNGA|UNHRC)(?:['’]s)?\s+)?"
    r"[Rr]es(?:olutions?|\.)\s+(?:[Nn]o\.\s*|[Nn]umber\s+)?(?P<numbers>(?:A/RES/|S/RES/)?(?:ES-)?\d{1,4}(?:/\d{1,3}\w?)?(?:\s*\(\d{4}\))?(?:(?:,\s*|\s+and\s+|,\s+and\s+)\d{1,4}(?:/\d{1,3})?(?:\s*\(\d{4}\))?)*)"
    r"|(?P<short>UNSCR)\s*(?P<short_number>\d{1,4})|(?P<sign>[AS]/RES/(?:ES-)?\d{1,4}(?:/\d{1,3})?)"
)


def _instruments(text: str) -> list[_Instrument]:
    """Find all instruments, the longer one where two overlap, in the order of the text."""
    every = [*_treaties(text), *_letters(text), *_resolutions(text), *_national(text), *_acts(text), *_later(text)]
    kept: list[_Instrument] = []
    for one in sorted(every, key=lambda one: (one.span[0], -one.span[1])):
        if kept and kept[-1].name == one.name and re.fullmatch(r"\s*\(", text[kept[-1].span[1] : one.span[0]]) and text[one.span[1] :][:1] == ")":
            kept[-1] = replace(kept[-1], span=(kept[-1].span[0], one.span[1] + 1))
        elif not kept or one.span[0] >= kept[-1].span[1]:
            kept.append(one)
        elif not one.later and one.span[1] > kept[-1].span[1] and kept[-1].later:
            kept[-1] = one
    return kept


def _treaties(text: str) -> Iterator[_Instrument]:
    if not _ANY_TITLE.search(text):
        return
    for treaty, pattern in zip(TREATIES, _TITLES, strict=True):
        for match in pattern.finditer(text):
            yield _Instrument(match.span(), treaty.name, treaty.noun)


def _letters(text: str) -> Iterator[_Instrument]:
    others = {other for match in _COURT.finditer(text) for other in re.findall(r"\((\w+)\)", match[0])}
    if re.search(r"European\s+Court\s+of\s+Human\s+Rights", text) and not re.search(r"European\s+Convention", text):
        others.add("ECHR")
    for match in _ANY_LETTERS.finditer(text):
        if match[0] not in others:
            treaty = _LETTERS[match[0]]
            yield _Instrument(match.span(), treaty.name, treaty.noun, doubtful=treaty.doubtful)


def _resolutions(text: str) -> Iterator[_Instrument]:
    for match in _RESOLUTION.finditer(text):
        if match["sign"] or match["short"]:
            name = f"UNSC res. {match['short_number']}" if match["short"] else _signed(match["sign"])
            yield _Instrument(match.span(), name, "resolution")
            continue
        numbers = list(re.finditer(r"(?P<sign>[AS]/RES/)?(?P<number>(?:ES-)?\d{1,4}(?:/\d{1,3})?)(?:\s*\(\d{4}\))?", match["numbers"]))
        for place, one in enumerate(numbers):
            start = match.start() if place == 0 else match.start("numbers") + one.start()
            yield _Instrument((start, match.start("numbers") + one.end()), _resolution(match["body"], one), "resolution")


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


def _national(text: str) -> Iterator[_Instrument]:
    for match in _NATIONAL.finditer(text):
        of = match["state"] or match["adjective"]
        title = " ".join(word if word in ("of",) else word.capitalize() for word in match["title"].lower().split())
        if not of and not match["title"][0].isupper():
            continue
        start = match.start("title") if not match["adjective"] else match.start()
        state = (state_of(of) or CAPITALS.get(of)) if of else None
        if title != "Constitution" or state:
            of_state = f" of the {state}" if state and state.startswith(("United", "Netherl", "Philip", "Czech")) else f" of {state}"
            yield _Instrument((start, match.end()), title + of_state * bool(state), title.rsplit(" ", 1)[-1].lower())


def _acts(text: str) -> Iterator[_Instrument]:
    for match in _ACT.finditer(text):
        group = "title" if match["title"] else "law" if match["law"] else "named"
        cut = _FIRST_WORDS.match(match[group])
        start = match.start(group) + (cut.end() if cut else 0)
        name = re.sub(r"(?:[\s,]+(?:the|and|of|on|to|for|in|a))*[\s,]*$", "", match[group][start - match.start(group) :])
        whose = re.match(r"(?:[\w-]+\s+){0,3}?[\w-]+['’]s?\s+", name)
        if whose and state_of(whose[0].strip().rstrip("s").rstrip("'’")):
            start, name = start + whose.end(), name[whose.end() :]
        if " " in name and not _NO_LAW.search(name) and not re.match(r"Final\s|Terrorist\s", name):
            yield _Instrument((start, start + len(name)), " ".join(name.split()), "act" if group == "title" else "law")


def _later(text: str) -> Iterator[_Instrument]:
    for match in _LATER.finditer(text):
        yield _Instrument(match.span(), "", match["noun"].lower(), later=True)


# -- articles ------------------------------------------------------------------------------------------------------------------

_NUMBER = r"(?:\d{1,4}(?:-\d{1,2})?[a-zA-Z]?(?:bis|ter)?(?:\.\d{1,2})?|[IVX]{1,5}\b|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)(?:\s?\(\w{1,5}\))*(?!\w)"
_MARK = r"(?P<mark>Articles?|Arts?\.?|Sections?|Secs?\.|Rules?|Chapters?|Paragraphs?|Paras?\.|§§?)"
_PROVISION = re.compile(
    rf"(?:\b(?P<para>paragraphs?|paras?\.)\s+(?P<para_number>\d{{1,2}})\s+of\s+)?(?P<common>\bcommon\s+)?(?<!\w){_MARK}\s*"
    rf"(?P<numbers>{_NUMBER}(?:(?:\s*,\s*|\s*,?\s+and\s+|\s*,?\s+or\s+|\s*[–-]\s*|\s+to\s+|\s*&\s*)(?!and\b){_NUMBER})*)"
    r"(?:\s*,?\s*(?:paragraph|para\.|§)\s*(?P<tail>\d{1,2}))?",
    re.IGNORECASE,
)
_MARKS = {"a": "art.", "s": "sec.", "r": "rule", "c": "ch.", "p": "para.", "§": "sec."}
_NUMBER_WORDS = dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True))


def _provisions(text: str) -> Iterator[_Provision]:
    for match in _PROVISION.finditer(text):
        mark = _MARKS[match["mark"][0].lower()]
        if mark in ("rule", "ch.", "para.") and not match["mark"][0].isupper():
            continue
        if match["mark"].lower() == "art" or (mark != "art." and re.match(r"[A-Za-z]{2,}$|[IVX]+$", match["numbers"])):
            continue
        labels = tuple(_labels(match, mark))
        yield _Provision(match.span(), labels, bool(match["common"]))


def _labels(match: re.Match[str], mark: str) -> Iterator[tuple[Span, str]]:
    numbers = list(re.finditer(rf"{_NUMBER}(?:\s*(?:[–-]|\bto\b)\s*{_NUMBER})?", match["numbers"], re.IGNORECASE))
    paragraph = match["para_number"] or match["tail"]
    for place, number in enumerate(numbers):
        start = match.start() if place == 0 else match.start("numbers") + number.start()
        end = match.end() if place == len(numbers) - 1 else match.start("numbers") + number.end()
        word = re.sub(r"\s*(?:–|\bto\b)\s*", "-", number[0]).replace(" ", "")
        plain = str(_NUMBER_WORDS.get(word.lower(), word))
        dotted = re.sub(r"^(\d+)\.(\d+)$", r"\1(\2)", plain)
        yield (start, end), f"{mark} {dotted}" + (f"({paragraph})" if paragraph and place == len(numbers) - 1 else "")


# -- joining -------------------------------------------------------------------------------------------------------------------

_OF = re.compile(
    r"\s*,?\s*(?:(?:of|in|to|under|from|within)\s+(?:(?:the|that|this|both|its|all|each|their)\s+)*(?:four\s+)?)?"
    r"(?:(?:UN|U\.N\.|United\s+Nations|International|EU|European\s+Union|country['’]s|(?:19|20)\d\d|[\w-]+['’]s|amended|revised|South|North|so-called)\s+)*",
    re.IGNORECASE,
)
_COLON = re.compile(r"\s*(?:['’]s?\s+|,\s*(?:in\s+|under\s+|specifically\s+|namely\s+|notably\s+|and\s+its\s+|especially\s+|particularly\s+|including\s+)?|\s*\(|:\s*|\s+\([A-Z]+\)[,:]?\s*|\s+and\s+its\s+)?(?:common\s+)?", re.IGNORECASE)
_IT = re.compile(r"\s+(?:of\s+(?:it|the\s+same|the\s+(?:convention|treaty|covenant|constitution|statute|law|code|act))|thereof)\b", re.IGNORECASE)
_THAT_ARTICLE = re.compile(r"\b(?:that|this|the\s+same|the\s+said|those|these)\s+(?P<mark>articles?|sections?|provisions?)(?![\w-])", re.IGNORECASE)
_WORDS_BETWEEN = 80


def _beside(text: str, one: _Provision, instruments: Sequence[_Instrument]) -> int | None:
    """Return the instrument that stands right after the articles, or right before them."""
    place = bisect_right([other.span[0] for other in instruments], one.span[0])
    after = instruments[place] if place < len(instruments) else None
    if after and after.span[0] - one.span[1] < _WORDS_BETWEEN and _OF.fullmatch(text[one.span[1] : after.span[0]]):
        return place
    before = instruments[place - 1] if place else None
    if before and 0 <= one.span[0] - before.span[1] < _WORDS_BETWEEN and _COLON.fullmatch(text[before.span[1] : one.span[0]]):
        return place - 1
    return None


def _and_more(text: str, one: _Provision, other: _Provision) -> bool:
    return re.fullmatch(r"\s*(?:,|;|and|or|as\s+well\s+as|both|\s)*\s*", text[one.span[1] : other.span[0]]) is not None


class _Reader:
    """Goes through a text once and remembers what "the Convention" and "that article" stand for."""

    def __init__(self, text: str, instruments: Sequence[_Instrument], provisions: Sequence[_Provision]) -> None:
        self.text, self.instruments, self.provisions = text, instruments, provisions
        self.joined = self._all_joined()
        self.taken = {at for at, one in zip(self.joined, self.provisions, strict=True) if at is not None and self._is_one_phrase(at, one)}
        self.by_noun: dict[str, str] = {}
        self.current = ""
        self.article = ""
        self.names = self._names()

    def _all_joined(self) -> list[int | None]:
        """Join each provision to an instrument, through its neighbours where one stands for several."""
        joined = [_beside(self.text, one, self.instruments) for one in self.provisions]
        pairs = range(len(joined) - 1)
        for place in (*reversed(pairs), *pairs):
            if _and_more(self.text, *self.provisions[place : place + 2]):
                first, second = joined[place : place + 2]
                joined[place], joined[place + 1] = (first if first is not None else second), (second if second is not None else first)
        return joined

    def _is_one_phrase(self, at: int, one: _Provision) -> bool:
        """Say whether article and instrument are told in one go, not as in "the Declaration, in article 14"."""
        span = self.instruments[at].span
        return span[0] > one.span[0] or re.search(r"\w{2}", self.text[span[1] : one.span[0]]) is None

    def _names(self) -> list[str]:
        """Name each instrument; a short form is named for the one before it, and has no name where there is none."""
        names = []
        for one in self.instruments:
            name = one.name if not one.later else self.by_noun.get(one.noun, "")
            if name == "Geneva Conventions" and self.by_noun.get("convention", "").startswith("GC I") and not _is_plural(self.text, one):
                name = self.by_noun["convention"]
            names.append(name)
            if name and not one.later:
                self.by_noun[one.noun] = name
        return names

    def references(self) -> Iterator[LegalReference]:
        for place, one in enumerate(self.provisions):
            yield from self._provision(place, one)
        for place, one in enumerate(self.instruments):
            if place not in self.taken and self.names[place]:
                yield LegalReference(one.span, self.names[place])
        yield from self._that_article()

    def _provision(self, place: int, one: _Provision) -> Iterator[LegalReference]:
        at = self.joined[place]
        if at is None and not one.common and not self._may_stand_alone(one):
            return
        name, span = ("GC common", None) if one.common else (self._named(one, at), self.instruments[at].span if at is not None else None)
        beside = span if at is not None and _beside(self.text, one, self.instruments) == at else None
        for number, ((start, end), label) in enumerate(one.labels):
            if span and beside is None and one.common:
                beside = span
            if beside and number == 0 and at in self.taken and beside[1] <= start and place == self.joined.index(at):
                start = beside[0]
            if beside and number == len(one.labels) - 1 and beside[0] >= end:
                end = beside[1]
            yield LegalReference((start, end), f"{name} {label}".strip())

    def _named(self, one: _Provision, at: int | None) -> str:
        if at is not None:
            noun = self.instruments[at].noun
            return self.names[at] or self.by_noun.get(noun) or noun.capitalize()
        fits = [(name, other.span[0]) for name, other in zip(self.names, self.instruments, strict=True) if name and _fits(one, other)]
        before = [name for name, start in fits if start < one.span[0]]
        return before[-1] if before else fits[0][0] if fits else ""

    def _may_stand_alone(self, one: _Provision) -> bool:
        """Say whether articles beside no instrument are law: not "section 3 of the newspaper"."""
        after = self.text[one.span[1] : one.span[1] + 40]
        capital = self.text[one.span[0]].isupper()
        if one.labels[0][1].startswith(("ch.", "para.")):
            return False
        return _IT.match(after) is not None or (not re.match(r"\s+of\b", after) and (capital or bool(self._named(one, None)) and _is_article(one)))

    def _that_article(self) -> Iterator[LegalReference]:
        """Yield "that article" as the article told last before it."""
        told = sorted((span[0], self._named(one, self.joined[place]), label) for place, one in enumerate(self.provisions) for span, label in one.labels)
        for match in _THAT_ARTICLE.finditer(self.text):
            before = bisect_right([start for start, _, _ in told], match.start()) - 1
            if before >= 0:
                yield LegalReference(match.span(), f"{told[before][1]} {told[before][2]}".strip())


def _is_article(one: _Provision) -> bool:
    return one.labels[0][1].startswith("art.")


def _fits(one: _Provision, instrument: _Instrument) -> bool:
    """Say whether an instrument is made of such parts: acts have sections, treaties articles."""
    sections = ("act", "law", "code", "ordinance")
    return instrument.noun != "resolution" and (instrument.noun not in ("act", "ordinance") if _is_article(one) else instrument.noun in sections)


def _is_plural(text: str, one: _Instrument) -> bool:
    return text[one.span[0] : one.span[1]].lower().rstrip().endswith("s")


def _references(text: str, instruments: Sequence[_Instrument], provisions: Sequence[_Provision]) -> Iterator[LegalReference]:
    return _Reader(text, instruments, provisions).references()

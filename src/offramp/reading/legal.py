"""References to law in a report: treaties, resolutions, constitutions, codes and acts, with their articles.

First the instruments are found, then the articles, and each article is joined to the instrument beside it, or to the one that the text
spoke of before ("the Convention", "Article 3 of it").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from offramp.reading.instruments import Instrument, find_instruments
from offramp.reading.patterns import compiled
from offramp.reading.records import LegalReference, Span


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
    instruments = find_instruments(text)
    provisions = list(_provisions(text))
    beside = {place for one, place in zip(provisions, _all_beside(text, provisions, instruments), strict=True) if place is not None}
    nouns = {instruments[place].noun for place in beside if instruments[place].later}
    spelt = {one.name for place, one in enumerate(instruments) if not one.doubtful or place in beside or one.noun in nouns}
    instruments = [one for one in instruments if one.name in spelt]
    return sorted(_references(text, instruments, provisions), key=lambda one: one.span)


# -- articles ------------------------------------------------------------------------------------------------------------------

_NUMBER = (
    r"(?:\d{1,4}(?:-\d{1,2})?[a-zA-Z]?(?:bis|ter)?(?:\.\d{1,2})?|[IVX]{1,5}\b"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)(?:\s?\(\w{1,5}\)){0,5}(?!\w)"
)
_MARK = r"(?P<mark>Articles?|Arts?\.?|Sections?|Secs?\.|ss?\.(?=\s*\d)|Rules?|Chapters?|Paragraphs?|Paras?\.|§§?)"
_PROVISION = compiled(
    rf"(?:\b(?P<para>paragraphs?|paras?\.)\s+(?P<para_number>\d{{1,2}})\s+of\s+)?(?P<common>\bcommon\s+)?(?<!\w){_MARK}\s*"
    rf"(?P<numbers>{_NUMBER}(?:(?:\s*,\s*|\s*,?\s+and\s+|\s*,?\s+or\s+|\s*[–-]\s*|\s+to\s+|\s*&\s*)(?!and\b){_NUMBER})*)"
    r"(?:\s*,?\s*(?:paragraph|para\.|§)\s*(?P<tail>\d{1,2}))?",
    re.IGNORECASE,
)
_MARKS = {"a": "art.", "s": "sec.", "r": "rule", "c": "ch.", "p": "para.", "§": "sec."}
_NUMBER_WORDS = dict(zip(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], range(1, 11), strict=True))


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

_OF = compiled(
    r"\s*,?\s*(?:(?:of|in|to|under|from|within)\s+(?:(?:the|that|this|both|its|all|each|their)\s+)*(?:four\s+)?)?"
    r"(?:(?:UN|U\.N\.|United\s+Nations|International|EU|European\s+Union|country['’]s|(?:19|20)\d\d|[\w-]{1,40}['’]s|amended|revised|South|North|so-called)\s+)*",
    re.IGNORECASE,
)
_COLON = compiled(
    r"\s*(?:['’]s?\s+|,\s*(?:in\s+|under\s+|specifically\s+|namely\s+|notably\s+|and\s+its\s+|especially\s+|particularly\s+|including\s+)?|\s*\(|:\s*|\s+\([A-Z]+\)[,:]?\s*|\s+and\s+its\s+)?(?:common\s+)?",
    re.IGNORECASE,
)
_IT = compiled(
    r"\s+(?:of\s+(?:it|the\s+same|the\s+(?:convention|treaty|covenant|constitution|statute|law|code|act))|thereof)\b", re.IGNORECASE
)
_THAT_ARTICLE = compiled(
    r"\b(?:that|this|the\s+same|the\s+said|those|these)\s+(?P<mark>articles?|sections?|provisions?)(?![\w-]|\s+\d)", re.IGNORECASE
)
_WORDS_BETWEEN = 80


def _all_beside(text: str, provisions: Sequence[_Provision], instruments: Sequence[Instrument]) -> list[int | None]:
    starts = [other.span[0] for other in instruments]
    return [_beside(text, one, instruments, starts) for one in provisions]


def _beside(text: str, one: _Provision, instruments: Sequence[Instrument], starts: Sequence[int]) -> int | None:
    """Return the instrument that stands right after the articles, or right before them."""
    place = bisect_right(starts, one.span[0])
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

    def __init__(self, text: str, instruments: Sequence[Instrument], provisions: Sequence[_Provision]) -> None:
        self.text, self.instruments, self.provisions = text, instruments, provisions
        self.beside = _all_beside(text, provisions, instruments)
        self.joined = self._all_joined()
        self.first = {at: place for place, at in reversed(list(enumerate(self.joined)))}
        self.taken = {at for at, one in zip(self.joined, self.provisions, strict=True) if at is not None and self._is_one_phrase(at, one)}
        self.by_noun: dict[str, str] = {}
        self.names = self._names()
        self.whole = {True: self._with_parts(True), False: self._with_parts(False)}

    def _all_joined(self) -> list[int | None]:
        """Join each provision to an instrument, through its neighbours where one stands for several."""
        joined = list(self.beside)
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
            dated = re.compile(re.escape(name) + r" \d{4}")
            name = next((other.name for other in self.instruments if one.generic and dated.fullmatch(other.name)), name)
            names.append(name)
            if name and not one.later:
                self.by_noun[one.noun] = name
        return names

    def references(self) -> Iterator[LegalReference]:
        for place, one in enumerate(self.provisions):
            yield from self._provision(place, one)
        for place, instrument in enumerate(self.instruments):
            if place not in self.taken and self.names[place] and not instrument.generic:
                yield LegalReference(instrument.span, self.names[place])
        yield from self._that_article()

    def _provision(self, place: int, one: _Provision) -> Iterator[LegalReference]:
        at = self.joined[place]
        if at is None and not one.common and not self._may_stand_alone(one):
            return
        name = "GC common" if one.common else self._named(one, at)
        beside = self.instruments[at].span if at is not None and self.beside[place] == at else None
        for number, ((start, end), label) in enumerate(one.labels):
            if beside and number == 0 and at in self.taken and at is not None and beside[1] <= start and place == self.first[at]:
                start = beside[0]
            if beside and number == len(one.labels) - 1 and beside[0] >= end:
                end = beside[1]
            yield LegalReference((start, end), f"{name} {label}".strip())

    def _named(self, one: _Provision, at: int | None) -> str:
        if at is not None:
            noun = self.instruments[at].noun
            return self.names[at] or self.by_noun.get(noun) or noun.capitalize()
        fits = self.whole[_is_article(one)]
        before = bisect_right(fits, (one.span[0], "")) - 1
        return fits[max(before, 0)][1] if fits else ""

    def _with_parts(self, articles: bool) -> list[tuple[int, str]]:
        """Return the instruments that have articles, or else sections: where each stands, and its name."""
        return [(one.span[0], name) for name, one in zip(self.names, self.instruments, strict=True) if name and _fits(articles, one)]

    def _may_stand_alone(self, one: _Provision) -> bool:
        """Say whether articles beside no instrument are law: not "section 3 of the newspaper"."""
        after = self.text[one.span[1] : one.span[1] + 40]
        capital = self.text[one.span[0]].isupper()
        if one.labels[0][1].startswith(("ch.", "para.")):
            return False
        return _IT.match(after) is not None or (
            not re.match(r"\s+of\b", after) and (capital or (bool(self._named(one, None)) and _is_article(one)))
        )

    def _that_article(self) -> Iterator[LegalReference]:
        """Yield "that article" as the article told last before it."""
        told = sorted(
            (span[0], self._named(one, self.joined[place]), label)
            for place, one in enumerate(self.provisions)
            for span, label in one.labels
        )
        starts = [start for start, _, _ in told]
        for match in _THAT_ARTICLE.finditer(self.text):
            before = bisect_right(starts, match.start()) - 1
            if before >= 0:
                yield LegalReference(match.span(), f"{told[before][1]} {told[before][2]}".strip())


def _is_article(one: _Provision) -> bool:
    return one.labels[0][1].startswith("art.")


def _fits(articles: bool, instrument: Instrument) -> bool:
    """Say whether an instrument is made of such parts: acts have sections, treaties articles."""
    sections = ("act", "law", "code", "ordinance")
    return instrument.noun != "resolution" and (instrument.noun not in ("act", "ordinance") if articles else instrument.noun in sections)


def _is_plural(text: str, one: Instrument) -> bool:
    return text[one.span[0] : one.span[1]].lower().rstrip().endswith("s")


def _references(text: str, instruments: Sequence[Instrument], provisions: Sequence[_Provision]) -> Iterator[LegalReference]:
    return _Reader(text, instruments, provisions).references()

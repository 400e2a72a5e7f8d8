"""Who and what a report names: persons, groups, organisations and places, each under one name throughout.

The text comes parsed; nothing here loads a language model.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import replace

from offramp.reading.groups import find_groups
from offramp.reading.names import find_names
from offramp.reading.nametables import BODIES, FAMILY_FIRST, GIVEN_NAMES, ORGANISATION_WORDS, PEOPLE, words
from offramp.reading.namewords import Name
from offramp.reading.nations import CAPITALS, STATES, state_of
from offramp.reading.parsed import Doc, Parsed, acts, is_place_use
from offramp.reading.patterns import compiled
from offramp.reading.records import Mention

_SHORT = compiled(r"[\"”’]?\s*\((?:the\s+|or\s+)?[\"“‘]?([A-Z][A-Za-z.&-]{1,11})[\"”’]?\)")


_SAYS_NO_MORE = words(
    """
    group network militia movement organisation organization newspaper agency broadcaster outlet magazine company
    """
)
"""Nouns that after a name add nothing to it: the Islamic State group."""
_OUTLETS = words("newspaper paper magazine website site agency gazette post times herald journal news broadcaster channel station")
_NOUN_BEFORE = compiled(r"\b([a-z]+),?\s+(?:[Tt]he\s+)?$")
_NOUN_RIGHT = compiled(r"\s+((?:news\s+)?[a-z]+)\b")
_NOUN_BEHIND = compiled(r"(?:\s*\([\w.-]{2,12}\))?,\s+(?:an?|the|its|their)\s+((?:[\w-]+\s+){0,3}[a-z]+)")
_SAME = {
    noun: row.split()
    for row in (
        "newspaper daily weekly paper magazine outlet",
        "broadcaster station channel television outlet",
        "agency outlet",
        "site website outlet",
        "company firm airline manufacturer",
        "group organisation organization charity ngo network",
        "institute foundation university",
        "party alliance coalition",
    )
    for noun in row.split()
}
"""Nouns that take one another up: "the daily The Meridian … the newspaper"."""
_DEFINITE = ("the", "this", "that")
_ANY_BODY = words("group organisation organization company firm party charity")
_PARTIES = words("party list movement front bloc union alliance league democrats socialists greens liberals labour conservatives coalition")
_OF_THE_STATE = words(
    """
    ministry government court commission council parliament police army navy forces department office senate congress assembly agency
    newspaper nations union embassy directorate intelligence guard
    """
)
_SMALL_IN_MINISTRIES = words("ministry of the and for affairs")
_OF_ALL = words("government cabinet parliament army police navy country administration regime court")
"""Bodies of a land, which are not those of the person that "his" stands for."""
_BESIDE = compiled(r", (?:the )?| ")
_NEAR = 800
"""How far back, in characters, "the company" and the like take up a name."""
_REMEMBERED = 50
"""How many earlier people of one family name are compared."""


def find_mentions(doc: Doc, outlet: str = "") -> list[Mention]:
    """Find who and what a parsed text names.

    Parameters
    ----------
    doc : Doc
        A text parsed by spaCy (part of speech, dependencies, entities), or anything with the same attributes.
    outlet : str, optional
        Who published the text: "the Post" and "this newspaper" stand for it.

    Returns
    -------
    list of Mention
        In the order of the text, under canonical names: the full name for a later surname, the long form for an abbreviation that the
        text introduces, the state for a capital that stands for its government. Spans of names do not overlap each other.

    Notes
    -----
    A state is a ``group`` where it acts ("Kyiv said") and a ``place`` elsewhere ("in Kyiv"). A phrase that points back ("the ministry",
    "the soldiers", "the minister") takes the name of what it points to, if the text named one before.
    """
    parsed = Parsed(doc)
    names = find_names(parsed, outlet)
    taken = {token.idx for name in names if name.kind != "adjective" for token in parsed.within(name.span)}
    named = _Register(parsed, names, outlet)
    own = [*named.mentions(), *_own_newsroom(parsed.text, outlet)]
    mentions = [*own, *map(named.pointed, (one for one in find_groups(parsed, taken) if not named.is_named_next(one)))]
    return _nested(parsed.text, sorted(mentions, key=lambda one: (one.span, one.name)))


_NEWSROOM = compiled(
    r"(?<!By )\b(?:[Tt]his\s+(?:paper|newspaper|magazine|website|station|broadcaster|programme)"
    r"|[Oo]ur(?=\s+(?:own\s+)?(?:reporters?|correspondents?|columnists?)))\b"
)


def _own_newsroom(text: str, outlet: str) -> Iterator[Mention]:
    """Yield the places where the outlet speaks of itself: "this newspaper", "our reporter"."""
    if outlet:
        yield from (Mention(match.span(), outlet, "organisation") for match in _NEWSROOM.finditer(text))


def _nested(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Join a noun with the body it is part of: "observers of the African Union" are one mention."""
    joined: list[Mention] = []
    for one in mentions:
        before = joined[-1] if joined else None
        gap = text[before.span[1] : one.span[0]] if before else ""
        if (
            before
            and before.kind == one.kind == "organisation"
            and " of " in before.name
            and one.span[1] <= before.span[1]
            and _is_noun(before)
        ):
            continue
        if before and one.kind == "organisation" and re.fullmatch(r" of (?:the )?", gap) and _is_noun(before) and not _is_noun(one):
            joined[-1] = replace(before, span=(before.span[0], one.span[1]), name=before.name + gap + text[slice(*one.span)])
        else:
            joined.append(one)
    return joined


def _is_noun(mention: Mention) -> bool:
    return mention.kind != "place" and mention.name.split(" of ")[0].rpartition(" ")[2][:1].islower()


class _Register:
    """The names of one text, and what each stands for; remembers what was named last under which word."""

    def __init__(self, parsed: Parsed, names: Sequence[Name], outlet: str = "") -> None:
        self.parsed, self.names, self.outlet = parsed, names, outlet
        self.short = dict(_abbreviations(parsed.text, names))
        self.first_spelling: dict[str, str] = {}
        self.by_form: dict[str, list[Name]] = {}
        self.by_ends: dict[tuple[str, str], str] = {}
        self.at: dict[int, Mention] = {}
        """What is named at the offset of each word of a name."""
        self.last: dict[tuple[str, str], list[tuple[int, str]]] = {}
        """By kind and noun: where somebody or something was named with that noun, and the name."""
        self.told: dict[tuple[str, str], set[str]] = {}
        self.ministries: dict[frozenset[str], str] = {}
        self.persons: list[tuple[int, str]] = []
        self.bodies: dict[str, list[tuple[int, str]]] = {}
        for name in names:
            if name.kind == "person" and " " in name.text:
                self._learn(name)

    def _learn(self, name: Name) -> None:
        words = name.text.split()
        self.first_spelling.setdefault(_letters(name.text), name.text)
        ends = (words[0], words[-1])
        if len(words) > len(self.by_ends.get(ends, "").split()):
            self.by_ends[ends] = name.text
        for form in _short_forms(name.text):
            self.by_form.setdefault(form, []).append(name)

    def mentions(self) -> Iterator[Mention]:
        for name in sorted(self.names, key=lambda one: one.kind == "role"):
            mention = self._mention(name)
            if mention:
                self._remember(name, mention)
                yield mention

    def _remember(self, name: Name, mention: Mention) -> None:
        for token in self.parsed.within(mention.span):
            self.at[token.idx] = mention
        nouns = self._titles(name) if mention.kind == "person" else f"{mention.name} {self._described(mention)}"
        for noun in {*nouns.lower().split()}:
            insort(self.last.setdefault((mention.kind, noun), []), (mention.span[0], mention.name))
            self.told.setdefault((mention.kind, noun), set()).add(mention.name)
        if mention.kind == "person":
            insort(self.persons, (mention.span[0], mention.name))
        elif mention.kind == "organisation":
            for sort in self._sorts({*nouns.lower().split()}):
                insort(self.bodies.setdefault(sort, []), (mention.span[0], mention.name))

    @staticmethod
    def _sorts(nouns: set[str]) -> Iterator[str]:
        if nouns & _PARTIES:
            yield "party"
        if not nouns & _OF_THE_STATE:
            yield "any"

    def _titles(self, name: Name) -> str:
        """Return the title before a name, and the nouns for people beside it ("spokesman Dmitry Peskov", "Lubinets, the ombudsman")."""
        head = self.parsed.head(name.span)
        near = [*head.lefts, *head.rights, *([head.head] if head.dep_ == "appos" else [])] if head else []
        beside = [word.text.lower() for word in near if word.dep_ in ("compound", "appos", "nmod") or head.dep_ == "appos"] if head else []
        return " ".join([name.title, *(word for word in beside if word in PEOPLE)])

    def _described(self, mention: Mention) -> str:
        """Return the nouns for bodies right before or behind a name: "the daily The Meridian", "DTV, a broadcaster", "Zora newspaper"."""
        start, end = mention.span
        before = _NOUN_BEFORE.search(self.parsed.text, max(0, start - 30), start)
        behind = _NOUN_BEHIND.match(self.parsed.text, end, end + 60)
        right = _NOUN_RIGHT.match(self.parsed.text, end, end + 30)
        near = [match[1] for match in (before, behind, right) if match]
        told = {noun for words in near for noun in words.split() if noun in BODIES or noun in _SAME}
        return " ".join({*told, *(other for noun in told for other in _SAME.get(noun, ()))})

    def _last(self, kind: str, noun: str, before: int) -> str:
        told = self.last.get((kind, noun), [])
        place = bisect_left(told, (before, "")) - 1
        return told[place][1] if place >= 0 else ""

    def _mention(self, name: Name) -> Mention | None:
        head = self.parsed.head(name.span)
        does = head is not None and acts(head)
        if self._is_outlet(name):
            return Mention(name.span, self.outlet, "organisation", does)
        if name.text in self.short:
            return Mention(name.span, self.short[name.text], "organisation", does)
        if name.kind == "role":
            return self._role(name, does)
        if name.kind == "person":
            return Mention(name.span, self._full(name), "person", does)
        if name.kind == "place":
            return self._place(name, does, head is not None and is_place_use(head))
        if name.kind in ("adjective", "people"):
            people = name.text.endswith("s") or (name.kind == "people" and does) or self._is_people(name)
            return Mention(name.span, name.text, "group", does) if people and not name.text.endswith(("US", "U.S.")) else None
        short = name.text.lower()
        if short in ORGANISATION_WORDS and self.parsed.text[max(0, name.span[0] - 4) : name.span[0]].lower() == "the ":
            own = self.outlet if self.outlet.lower().split()[-1:] == [short] else ""
            long = own or self._last("organisation", short, name.span[0]) or self._only("organisation", short)
            return Mention(name.span, long or name.text, "organisation", does)
        return Mention(name.span, self._first_given(name.text), "organisation", does) if name.kind else None

    def _first_given(self, name: str) -> str:
        """Return a ministry under the form first given: "Unification Ministry" after "Ministry of Unification" is the same."""
        if "Ministry" not in name:
            return name
        field = frozenset(name.lower().split()) - _SMALL_IN_MINISTRIES
        own = frozenset(word.lower() for part in name.split() for word in (part, part.removesuffix("’s")) if state_of(word))
        if not own:
            return self.ministries.setdefault(field, name)
        whole = self.ministries.setdefault(field, name)
        self.ministries[field - own] = whole
        return whole

    def _is_outlet(self, name: Name) -> bool:
        """Say whether a name is that of the outlet, or its first word in parentheses: "(Reuters)"."""
        told = self.outlet.removeprefix("The ").split()
        alone = (
            self.parsed.text[max(0, name.span[0] - 1) : name.span[0]] == "(" and self.parsed.text[name.span[1] : name.span[1] + 1] == ")"
        )
        before = self.parsed.text[max(0, name.span[0] - 4) : name.span[0]].lower()
        if (before == "the " or before.endswith("(")) and len(told) > 1 and name.text == told[-1]:
            return True
        return bool(told) and (name.text.removeprefix("The ") == " ".join(told) or (alone and name.text == told[0]))

    def _role(self, name: Name, does: bool) -> Mention | None:
        """Read a title with a capital letter and no name: of whom it stands beside, or of whom it was told before."""
        if self.parsed.text[name.span[1] : name.span[1] + 2] in ("'s", "’s"):
            return None
        role = Mention(name.span, name.text, "person", does)
        noun = name.text.lower().split()[-1]
        holder = self._apposed(role) or self._last("person", noun, name.span[0]) or self._only("person", noun)
        return replace(role, name=holder or name.text) if holder or does or " " in name.text else None

    def _is_people(self, name: Name) -> bool:
        """Say whether an adjective of a state stands for its people: "the French demanded"."""
        head = self.parsed.head(name.span)
        article = self.parsed.text[max(0, name.span[0] - 4) : name.span[0]].lower() == "the "
        return article and head is not None and head.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj", "conj")

    def _place(self, name: Name, does: bool, is_place: bool) -> Mention:
        state = STATES.get(name.text) or CAPITALS.get(name.text)
        if state and does and not is_place:
            return Mention(name.span, state, "place", True)
        plain = name.text.title() if name.text.isupper() and len(name.text) > 4 else name.text
        return Mention(name.span, STATES.get(plain, plain), "place", False)

    def _full(self, name: Name) -> str:
        """Return the full name that a name belongs to: the one told most recently with its title, among those that speak, or at all."""
        words = name.text.split()
        particle = name.text[0].isupper() and words[0].lower() in ("von", "van", "de", "al", "el", "da", "di", "bin")
        fits = self.by_form.get(name.text.lower(), []) if len(words) == 1 or particle else []
        if not fits:
            same = self.first_spelling.get(_letters(name.text), name.text)
            return self.by_ends.get((words[0], words[-1]), same) if len(words) > 1 and same == name.text else same
        known = max(1, bisect_left(fits, name.span[0], key=lambda one: one.span[0]))
        before = fits[max(0, known - _REMEMBERED) : known]
        titled = [one for one in before if name.title and one.title and name.title.split()[-1] == one.title.split()[-1]]
        best = titled or [one for one in before if self._is_subject(one)] or before
        return self._full(best[-1])

    def _is_subject(self, name: Name) -> bool:
        head = self.parsed.head(name.span)
        return head is not None and head.dep_ in ("nsubj", "appos")

    def is_named_next(self, mention: Mention) -> bool:
        """Say whether the name of a body follows the phrase: "the newspaper Hankook Ilbo", "the parliament, the Verkhovna Rada,"."""
        end = mention.span[1]
        ahead = _BESIDE.match(self.parsed.text, end) if mention.kind == "organisation" else None
        other = self.at.get(ahead.end()) if ahead else None
        if ahead is None or other is None or other.kind != "organisation":
            return False
        return ahead[0] in (" ", ", ") or self.parsed.text[other.span[1] : other.span[1] + 1] in (",", ".", ";")

    def pointed(self, mention: Mention) -> Mention:
        """Give a phrase that points back the name of the body or person it points to."""
        name = self._apposed(mention)
        if not name and mention.kind != "group":
            phrase = self.parsed.text[slice(*mention.span)].lower().split()
            name = self._pointed_body(mention, phrase) if mention.kind == "organisation" else ""
            name = name or self._owned(mention, phrase) or self._told_before(mention, phrase) or self._told_next(mention, phrase)
        return replace(mention, name=name or mention.name)

    def _pointed_body(self, mention: Mention, phrase: Sequence[str]) -> str:
        """Return the outlet for "this newspaper", the letters behind the phrase, and the name inside for "the Islamic State group"."""
        own = self.outlet.lower().split()[-1:] == phrase[-1:] or (phrase[-1] == "agency" and "agence" in self.outlet.lower())
        if self.outlet and phrase[-1] in _OUTLETS and (phrase[:1] == ["this"] or own):
            return self.outlet
        told = _SHORT.match(self.parsed.text, mention.span[1])
        if told and sum(letter.isupper() for letter in told[1]) > 1:
            return self.short.get(told[1], told[1])
        named = [self.at[token.idx] for token in self.parsed.within(mention.span) if token.idx in self.at]
        return named[-1].name if phrase[-1] in _SAYS_NO_MORE and named and named[-1].kind == "organisation" else ""

    def _owned(self, mention: Mention, phrase: Sequence[str]) -> str:
        """Return the name of "her office": that of the person named last, with the office."""
        if mention.kind != "organisation" or phrase[0] not in ("his", "her") or len(phrase) < 2 or phrase[-1] in _OF_ALL:
            return ""
        if phrase[-1] == "party":
            return self._of_that_sort(phrase[-1], mention.span[0])
        place = bisect_left(self.persons, (mention.span[0], "")) - 1
        return f"{self.persons[place][1]}’s {' '.join(phrase[1:])}" if place >= 0 else ""

    def _told_before(self, mention: Mention, phrase: Sequence[str]) -> str:
        """Return who was named with the noun of a definite phrase."""
        if (len(phrase) == 1 and not self.parsed.text[mention.span[0]].isupper()) or (len(phrase) > 1 and phrase[0] not in _DEFINITE):
            return ""
        wanted = "organisation" if phrase[-1] in BODIES else "person"
        nouns = [noun for noun in phrase[1:] or phrase if noun != "same"]
        told = {self._last(wanted, noun, mention.span[0]) or self._only(wanted, noun) for noun in nouns}
        only = told.pop() if len(told) == 1 else ""
        return only or (self._of_that_sort(phrase[-1], mention.span[0]) if len(phrase) == 2 and wanted == "organisation" else "")

    def _of_that_sort(self, noun: str, before: int) -> str:
        """Return the body named last, for a noun that any body of its sort is called by: "the party", "the company", "the group"."""
        bodies = self.bodies.get("party" if noun == "party" else "any", []) if noun in _ANY_BODY else []
        place = bisect_left(bodies, (before, "")) - 1
        return bodies[place][1] if place >= 0 and before - bodies[place][0] < _NEAR else ""

    def _told_next(self, mention: Mention, phrase: Sequence[str]) -> str:
        """Return the person for "a spokesman", where the text goes on with "the spokesman, Joost Hal"."""
        if mention.kind != "person" or phrase[0] not in ("a", "an"):
            return ""
        noun = mention.name.lower().split()[-1]
        ahead = compiled(rf"\s[Tt]he {re.escape(noun)}, ").search(self.parsed.text, mention.span[1], mention.span[1] + _NEAR)
        other = self.at.get(ahead.end()) if ahead else None
        return other.name if other and other.kind == "person" else ""

    def _only(self, kind: str, noun: str) -> str:
        """Return who is named with a noun later, if the text names one only."""
        told = self.told.get((kind, noun), set())
        return next(iter(told)) if len(told) == 1 else ""

    def _apposed(self, mention: Mention) -> str:
        """Return the person whom a phrase stands beside: "Lubinets, Ukraine's ombudsman", "the ombudsman, Dmytro Lubinets"."""
        head = self.parsed.head(mention.span) if mention.kind == "person" else None
        if head is None:
            return ""
        others = [head.head.idx] if head.dep_ == "appos" else [right.idx for right in head.rights if right.dep_ == "appos"]
        return next((self.at[idx].name for idx in others if idx in self.at and self.at[idx].kind == "person"), "")


def _abbreviations(text: str, names: Sequence[Name]) -> Iterator[tuple[str, str]]:
    """Yield each abbreviation that stands in parentheses after an organisation, with the organisation."""
    for name in names:
        match = _SHORT.match(text, name.span[1]) if name.kind == "organisation" else None
        if match and match[1] != name.text and sum(letter.isupper() for letter in match[1]) > 1:
            yield match[1], name.text


def _letters(name: str) -> str:
    return re.sub(r"[^\w]", "", name).lower()


def _short_forms(full: str) -> set[str]:
    """Return the words by which a text may call a person again: family name, and given name where it is likely one."""
    words = full.split()
    forms = {words[-1], words[0]} if words[0] in FAMILY_FIRST and words[0] not in GIVEN_NAMES else {words[-1]}
    if words[0] in GIVEN_NAMES or len(words) == 2:
        forms.add(words[0])
    if words[0] in FAMILY_FIRST or len(words) > 2:
        forms.add(" ".join(words[1:]))
    return {form.lower() for form in forms}

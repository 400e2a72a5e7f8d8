"""Who and what a report names: persons, groups, organisations and places, each under one name throughout.

The text comes parsed; nothing here loads a language model.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from offramp.reading.groups import find_groups
from offramp.reading.names import Name, find_names
from offramp.reading.nametables import BODIES, FAMILY_FIRST, GIVEN_NAMES, ORGANISATION_WORDS, PEOPLE, words
from offramp.reading.nations import CAPITALS, STATES
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
    own = list(named.mentions())
    mentions = [*own, *map(named.pointed, (one for one in find_groups(parsed, taken) if not named.is_named_next(one)))]
    return _nested(parsed.text, sorted(mentions, key=lambda one: (one.span, one.name)))


def _nested(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Join a noun with the body it is part of: "observers of the African Union" are one mention."""
    joined: list[Mention] = []
    for one in mentions:
        before = joined[-1] if joined else None
        gap = text[before.span[1] : one.span[0]] if before else ""
        if before and one.kind == "organisation" and re.fullmatch(r" of (?:the )?", gap) and _is_noun(before) and not _is_noun(one):
            joined[-1] = replace(before, span=(before.span[0], one.span[1]), name=before.name + gap + text[slice(*one.span)])
        else:
            joined.append(one)
    return joined


def _is_noun(mention: Mention) -> bool:
    return mention.kind != "place" and mention.name.rpartition(" ")[2][:1].islower()


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
        for name in self.names:
            mention = self._mention(name)
            if mention:
                self._remember(name, mention)
                yield mention

    def _remember(self, name: Name, mention: Mention) -> None:
        for token in self.parsed.within(mention.span):
            self.at[token.idx] = mention
        nouns = self._titles(name) if mention.kind == "person" else mention.name
        for noun in {*nouns.lower().split()}:
            self.last.setdefault((mention.kind, noun), []).append((mention.span[0], mention.name))

    def _titles(self, name: Name) -> str:
        """Return the title before a name, and the nouns for people beside it ("spokesman Dmitry Peskov", "Lubinets, the ombudsman")."""
        head = self.parsed.head(name.span)
        beside = [word.text.lower() for word in (*head.lefts, *head.rights) if word.dep_ in ("compound", "appos", "nmod")] if head else []
        return " ".join([name.title, *(word for word in beside if word in PEOPLE)])

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
        return Mention(name.span, name.text, "organisation", does) if name.kind else None

    def _is_outlet(self, name: Name) -> bool:
        """Say whether a name is that of the outlet, or its first word in parentheses: "(Reuters)"."""
        told = self.outlet.removeprefix("The ").split()
        alone = (
            self.parsed.text[max(0, name.span[0] - 1) : name.span[0]] == "(" and self.parsed.text[name.span[1] : name.span[1] + 1] == ")"
        )
        return bool(told) and (name.text.removeprefix("The ") == " ".join(told) or (alone and name.text == told[0]))

    def _role(self, name: Name, does: bool) -> Mention | None:
        """Read a title with a capital letter and no name: of whom it stands beside, or of whom it was told before."""
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
        """Say whether the name of a body follows the phrase: "the newspaper Hankook Ilbo"."""
        ahead = re.match(r"(?:, ?| )", self.parsed.text[mention.span[1] : mention.span[1] + 2])
        other = self.at.get(mention.span[1] + ahead.end()) if ahead and mention.kind == "organisation" else None
        return other is not None and other.kind == "organisation"

    def pointed(self, mention: Mention) -> Mention:
        """Give a phrase that points back the name of the body or person it points to."""
        beside = self._apposed(mention)
        if beside or mention.kind == "group":
            return replace(mention, name=beside or mention.name)
        phrase = self.parsed.text[slice(*mention.span)].lower().split()
        if self.outlet and phrase[-1] in _OUTLETS and (phrase[:1] == ["this"] or phrase[-1] == self.outlet.lower().split()[-1]):
            return replace(mention, name=self.outlet)
        if mention.kind == "organisation" and phrase[-1] in _SAYS_NO_MORE:
            inside = [self.at[token.idx].name for token in self.parsed.within(mention.span) if token.idx in self.at]
            if inside and inside[-1][:1].isupper():
                return replace(mention, name=inside[-1])
        if len(phrase) == 1 and not self.parsed.text[mention.span[0]].isupper():
            return mention
        if len(phrase) > 1 and phrase[0] not in ("the", "this", "that"):
            return mention
        wanted = "organisation" if phrase[-1] in BODIES else "person"
        nouns = phrase[1:] or phrase
        told = {self._last(wanted, noun, mention.span[0]) or self._only(wanted, noun) for noun in nouns}
        return replace(mention, name=(told.pop() if len(told) == 1 else "") or mention.name)

    def _only(self, kind: str, noun: str) -> str:
        """Return who is named with a noun later, if the text names one only."""
        told = {name for _, name in self.last.get((kind, noun), [])}
        return told.pop() if len(told) == 1 else ""

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

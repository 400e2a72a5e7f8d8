"""Who and what a report names: persons, groups, organisations and places, each under one name throughout.

The text comes parsed; nothing here loads a language model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from offramp.reading.groups import find_groups
from offramp.reading.nametables import BODIES, FAMILY_FIRST, GIVEN_NAMES, PEOPLE
from offramp.reading.names import Name, find_names
from offramp.reading.nations import CAPITALS, STATES
from offramp.reading.parsed import Doc, Mention, Parsed, acts, is_place_use

_SHORT = re.compile(r"[\"”’]?\s*\((?:the\s+|or\s+)?[\"“‘]?([A-Z][A-Za-z.&-]{1,11})[\"”’]?\)")


_SAYS_NO_MORE = frozenset("group network militia movement organisation organization newspaper agency broadcaster outlet magazine company".split())
"""Nouns that after a name add nothing to it: the Islamic State group."""


def find_mentions(doc: Doc) -> list[Mention]:
    """Find who and what a parsed text names.

    Parameters
    ----------
    doc : Doc
        A text parsed by spaCy (part of speech, dependencies, entities), or anything with the same attributes.

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
    names = find_names(parsed)
    taken = {token.idx for name in names if name.kind != "adjective" for token in parsed.within(name.span)}
    named = _Register(parsed, names)
    own = list(named.mentions())
    mentions = [*own, *map(named.pointed, (one for one in find_groups(parsed, taken) if not named.is_named_next(one)))]
    return sorted(mentions, key=lambda one: (one.span, one.name))


@dataclass
class _Register:
    """The names of one text, and what each stands for."""

    parsed: Parsed
    names: Sequence[Name]
    short: dict[str, str] = field(default_factory=dict)
    people: list[Name] = field(default_factory=list)
    done: list[tuple[Mention, str]] = field(default_factory=list)
    """What is named so far, with the titles told."""

    def __post_init__(self) -> None:
        self.short = dict(_abbreviations(self.parsed.text, self.names))
        self.people = [name for name in self.names if name.kind == "person" and " " in name.text]

    def mentions(self) -> Iterator[Mention]:
        for name in self.names:
            mention = self._mention(name)
            if mention:
                self.done.append((mention, self._titles(name)))
                yield mention

    def _titles(self, name: Name) -> str:
        """Return the title before a name, and the nouns for people beside it ("spokesman Dmitry Peskov", "Lubinets, the ombudsman")."""
        head = self.parsed.head(name.span) if name.kind == "person" else None
        beside = [word.text.lower() for word in (*head.lefts, *head.rights) if word.dep_ in ("compound", "appos", "nmod")] if head else []
        return " ".join([name.title, *(word for word in beside if word in PEOPLE)])

    def _mention(self, name: Name) -> Mention | None:
        head = self.parsed.head(name.span)
        does = head is not None and acts(head)
        if name.text in self.short:
            return Mention(name.span, self.short[name.text], "organisation", does)
        if name.kind == "role":
            if not does and not self._holder(name.text) and " " not in name.text:
                return None
            role = Mention(name.span, name.text, "person", does)
            return replace(role, name=self._apposed(role) or self._holder(name.text) or name.text)
        if name.kind == "person":
            return Mention(name.span, self._full(name), "person", does)
        if name.kind == "place":
            return self._place(name, does, head is not None and is_place_use(head))
        if name.kind in ("adjective", "people"):
            people = name.text.endswith("s") or name.kind == "people" and does or self._is_people(name)
            return Mention(name.span, name.text, "group", does) if people and not name.text.endswith(("US", "U.S.")) else None
        return Mention(name.span, name.text, "organisation", does) if name.kind else None

    def _is_people(self, name: Name) -> bool:
        """Say whether an adjective of a state stands for its people: "the French demanded"."""
        head = self.parsed.head(name.span)
        article = self.parsed.text[max(0, name.span[0] - 4) : name.span[0]].lower() == "the "
        return article and head is not None and head.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj", "conj")

    def _place(self, name: Name, does: bool, is_place: bool) -> Mention:
        state = STATES.get(name.text) or CAPITALS.get(name.text)
        if state and does and not is_place:
            return Mention(name.span, state, "group", True)
        plain = name.text.title() if name.text.isupper() and len(name.text) > 4 else name.text
        return Mention(name.span, STATES.get(plain, plain), "place", False)

    def _full(self, name: Name) -> str:
        """Return the full name that a name belongs to: the one told most recently among those that speak, or at all."""
        particle = name.text.split()[0].lower() in ("von", "van", "de", "al", "el", "da", "di", "bin")
        if " " in name.text and not (particle and name.text[0].isupper()):
            same = next((one.text for one in self.people if _letters(one.text) == _letters(name.text)), name.text)
            longer = [one.text for one in self.people if _contains(one.text, name.text)]
            return longer[0] if longer else same
        fits = [one for one in self.people if name.text.lower() in _short_forms(one.text)]
        before = [one for one in fits if one.span[0] < name.span[0]] or fits[:1]
        titled = [one for one in before if name.title and one.title and name.title.split()[-1] == one.title.split()[-1]]
        speaking = [one for one in before if self._is_subject(one)]
        best = titled or speaking or before
        return self._full(best[-1]) if best else name.text

    def _holder(self, role: str) -> str:
        """Return the person told before under a title, or nothing."""
        last = role.lower().split()[-1]
        told = [one.name for one, title in self.done if title and title.lower().split()[-1] == last]
        return told[-1] if told else ""

    def _is_subject(self, name: Name) -> bool:
        head = self.parsed.head(name.span)
        return head is not None and head.dep_ in ("nsubj", "appos")

    def is_named_next(self, mention: Mention) -> bool:
        """Say whether the name of a body follows the phrase: "the newspaper Hankook Ilbo"."""
        ahead = re.compile(r",?\s*").match(self.parsed.text, mention.span[1])
        place = ahead.end() if ahead and mention.kind == "organisation" else -1
        return any(one.span[0] == place and one.kind == "organisation" for one, _ in self.done)

    def pointed(self, mention: Mention) -> Mention:
        """Give a phrase that points back the name of the body or person it points to."""
        beside = self._apposed(mention)
        if beside:
            return replace(mention, name=beside)
        start = mention.span[0]
        phrase = self.parsed.text[start : mention.span[1]].lower().split()
        inside = [one.name for one, _ in self.done if one.kind == "organisation" and start <= one.span[0] and one.span[1] < mention.span[1]]
        if inside and mention.kind == "organisation" and phrase[-1] in _SAYS_NO_MORE:
            return replace(mention, name=inside[-1])
        if len(phrase) != 2 or phrase[0] not in ("the", "this", "that") or mention.kind == "group":
            return mention
        noun = phrase[-1]
        wanted = "organisation" if noun in BODIES else "person"
        told = [one.name for one, title in self.done if one.span[0] < start and one.kind == wanted and noun in (title if wanted == "person" else one.name).lower().split()]
        return replace(mention, name=told[-1]) if told else mention


    def _apposed(self, mention: Mention) -> str:
        """Return the person whom a phrase stands beside: "Lubinets, Ukraine's ombudsman", "the ombudsman, Dmytro Lubinets"."""
        head = self.parsed.head(mention.span) if mention.kind == "person" else None
        if head is None:
            return ""
        others = [head.head.idx] if head.dep_ == "appos" else [right.idx for right in head.rights if right.dep_ == "appos"]
        return next((one.name for one, _ in self.done if one.kind == "person" for idx in others if one.span[0] <= idx < one.span[1]), "")


def _abbreviations(text: str, names: Sequence[Name]) -> Iterator[tuple[str, str]]:
    """Yield each abbreviation that stands in parentheses after an organisation, with the organisation."""
    for name in names:
        match = _SHORT.match(text, name.span[1]) if name.kind == "organisation" else None
        if match and match[1] != name.text and sum(letter.isupper() for letter in match[1]) > 1:
            yield match[1], name.text


def _letters(name: str) -> str:
    return re.sub(r"[^\w]", "", name).lower()


def _contains(longer: str, shorter: str) -> bool:
    """Say whether a name has all words of another and more: John F. Kennedy, John Kennedy."""
    first, second = longer.split(), shorter.split()
    return len(first) > len(second) > 1 and first[0] == second[0] and first[-1] == second[-1]


def _short_forms(full: str) -> set[str]:
    """Return the words by which a text may call a person again: family name, and given name where it is likely one."""
    words = full.split()
    forms = {words[-1], words[0]} if words[0] in FAMILY_FIRST and words[0] not in GIVEN_NAMES else {words[-1]}
    if words[0] in GIVEN_NAMES or len(words) == 2:
        forms.add(words[0])
    if words[0] in FAMILY_FIRST or len(words) > 2:
        forms.add(" ".join(words[1:]))
    return {form.lower() for form in forms}

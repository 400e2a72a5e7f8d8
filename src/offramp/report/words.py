"""Small pieces of wording: texts made of parts, lists, counts, dates, pseudonyms.

A *text* is a tuple of parts: plain words, and the few things that a telling
shows in its own way: figures with their keys, terms of the field, marks, links.
Nothing here is markup; `plain` gives the bare words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from offramp.case.entries import is_date

NOTHING_DONE = "nothing has been done"
WITHHELD = "withheld in public"
KIN = "kin may face reprisals"
"""The one sentence that a public telling has for people who are restricted."""


@dataclass(frozen=True)
class Figure:
    """A number that follows from the case, with the key under which it is computed again."""

    key: str
    value: int

    def __str__(self) -> str:
        return f"{self.value:,}"


@dataclass(frozen=True)
class Term:
    """A word of the field, with what it means."""

    words: str
    meaning: str

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Mark:
    """A warning or a label that has to be seen: its words say everything, `kind` is for its looks."""

    words: str
    kind: str

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Link:
    """Words that lead to the entry called `to` in the same telling."""

    words: str
    to: str

    def __str__(self) -> str:
        return self.words


Part = str | Figure | Term | Mark | Link
Text = tuple[Part, ...]


@dataclass(frozen=True)
class Concept:
    """A stability concept: short and full name, and what its equilibria hold against."""

    short: str
    full: str
    holds: str


CONCEPT_NAMES: Mapping[str, Concept] = {
    "nash": Concept("Nash", "Nash stability", "nobody has a move that they want"),
    "gmr": Concept("GMR", "general metarationality", "the others have an answer to every move that somebody wants"),
    "smr": Concept("SMR", "symmetric metarationality", "they have an answer, and who moved cannot get out of it again"),
    "seq": Concept("SEQ", "sequential stability", "they have an answer that they themselves want"),
    "sseq": Concept("SSEQ", "symmetric sequential stability", "they have one that they want, and who moved cannot get out of it again"),
}
"""By the short name in code, in the order in which they are told."""

FURTHER_NAMES: Mapping[str, Concept] = {
    "sim": Concept("SIM", "simultaneous sanctioning", "every move that somebody wants can go wrong if others move at the same time"),
    "limited": Concept("L_h", "limited-move stability", "whoever looks so many moves ahead sees no better end than staying"),
    "nonmyopic": Concept("NM", "non-myopic stability", "whoever looks ahead sees no better end than staying, however far"),
    "coalition_nash": Concept("coalitional Nash", "coalitional Nash stability", "no coalition has a way that all its members want"),
    "coalition_gmr": Concept("coalitional GMR", "coalitional general metarationality", "the others have an answer to every such way"),
    "coalition_smr": Concept(
        "coalitional SMR", "coalitional symmetric metarationality", "they have an answer, and the coalition cannot get out of it again"
    ),
    "coalition_seq": Concept("coalitional SEQ", "coalitional sequential stability", "they have an answer that they themselves want"),
}
"""The concepts beyond the five that `explain` tells, by the short name in code."""

SECTIONS = {
    "rules": "rule",
    "disallowed": "disallowed transition",
    "coalesce": "group of states",
    "conditions": "condition",
    "norms": "norm",
    "claims": "claim",
}
"""What one entry of a section of a case is called."""


def text(template: str, *values: Part | Text) -> Text:
    """Return `template` with each ``{}`` in it replaced by a part or a text.

    Examples
    --------
    >>> plain(text("in {} of {}", Figure("a", 3), Figure("b", 4000)))
    'in 3 of 4,000'
    """
    pieces = template.split("{}")
    parts: list[Part] = [pieces[0]]
    for value, piece in zip(values, pieces[1:], strict=True):
        parts.extend(value if isinstance(value, tuple) else (value,))
        parts.append(piece)
    return tuple(part for part in parts if part != "")


def plain(words: Text) -> str:
    """Return a text as bare words."""
    return "".join(map(str, words))


def joined(items: Iterable[Part | Text], between: str = " ") -> Text:
    """Return the items with `between` between each two; empty ones are left out."""
    parts: list[Part] = []
    for item in items:
        if item not in ((), ""):
            parts += [between] if parts else []
            parts.extend(item if isinstance(item, tuple) else (item,))
    return tuple(parts)


def listed(items: Sequence[Part | Text], last: str = "and", comma: str = ", ") -> Text:
    """Return the items as people list them.

    Examples
    --------
    >>> plain(listed(["a", "b", "c"])), plain(listed(["a", "b"], "or")), plain(listed(["a"])), plain(listed([]))
    ('a, b and c', 'a or b', 'a', '')
    """
    if len(items) < 2:
        return joined(items)
    return joined([joined(items[:-1], comma), joined(items[-1:])], f" {last} ")


def of(key: str, cells: int, total: int) -> Text:
    """Return "128 of 512" or "all 512", with the keys ``key.cells`` and ``key.of``.

    Examples
    --------
    >>> plain(of("can_move", 128, 512)), plain(of("can_move", 512, 512)), plain(of("can_move", 1, 1))
    ('128 of 512', 'all 512', '1 of 1')
    """
    if cells == total > 1:
        return text("all {}", Figure(f"{key}.cells", cells))
    return text("{} of {}", Figure(f"{key}.cells", cells), Figure(f"{key}.of", total))


def combinations(key: str, cells: int, total: int) -> Text:
    """Return "128 of 512 combinations".

    Examples
    --------
    >>> plain(combinations("can_move", 1, 1)), plain(combinations("can_move", 512, 512))
    ('the only combination', 'all 512 combinations')
    """
    if cells == total == 1:
        return ("the only combination",)
    return text("{} combinations", of(key, cells, total))


def counted(number: Figure, one: str, many: str) -> Text:
    """Return a number with its noun.

    Examples
    --------
    >>> plain(counted(Figure("n", 1), "way out", "ways out"))
    '1 way out'
    """
    return text("{} {}", number, one if number.value == 1 else many)


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def dated(date: str | None) -> str:
    """Return a date as far as it is known, the way people write it.

    Examples
    --------
    >>> dated("2026-05-31"), dated("2026-05"), dated("2026"), dated(None)
    ('31 May 2026', 'May 2026', '2026', '')
    """
    if not date or not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?", date):
        return date or ""
    year, *rest = date.split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*day, *month, year])


def undated(words: str) -> str | None:
    """Return the date that people write so; None for what is none.

    Examples
    --------
    >>> undated("31 May 2026"), undated("May 2026"), undated("2026"), undated("1 Mai 2026")
    ('2026-05-31', '2026-05', '2026', None)
    """
    *before, year = words.split()
    if before and before[-1] not in _MONTHS:
        return None
    month = [f"{_MONTHS.index(before[-1]) + 1:02d}"] if before else []
    day = [f"{int(before[0]):02d}"] if len(before) > 1 else []
    date = "-".join([year, *month, *day])
    return date if is_date(date) else None


def titled(identifier: str) -> str:
    """Return an id as a name.

    Examples
    --------
    >>> titled("south_korea")
    'South Korea'
    """
    return " ".join(word[:1].upper() + word[1:] for word in identifier.split("_") if word)


_ABBREVIATIONS = {"pow": "POW", "idp": "IDP", "mp": "MP", "ngo": "NGO"}


def pseudonym(identifier: str) -> str:
    """Return the id of a person as the name that stands for them.

    Examples
    --------
    >>> pseudonym("pow_a"), pseudonym("witness_b"), pseudonym("kin")
    ('POW A', 'Witness B', 'kin')
    """
    words = [_ABBREVIATIONS.get(word, word.upper() if len(word) == 1 else word) for word in identifier.split("_") if word]
    if len(words) > 1:
        words[0] = words[0][:1].upper() + words[0][1:]
    return " ".join(words)


def spaced(identifier: str) -> str:
    """Return an id as words: ``law_first`` as "law first"."""
    return " ".join(identifier.split("_")).strip()


_HIDDEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(words: str) -> str:
    """Return `words` on one line, control and direction characters spelled out.

    Examples
    --------
    >>> visible("a\\x1b[31m\\n b \\u202e")
    'a[U+001B][31m b [U+202E]'
    """
    line = " ".join(words.split())
    if line.isascii() and line.isprintable():
        return line
    return "".join(
        f"[U+{ord(letter):04X}]" if letter in _HIDDEN or unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") else letter
        for letter in line
    )


def sentence(words: str) -> str:
    """Return `words` with a capital first and a full stop last.

    Examples
    --------
    >>> sentence("kin may face reprisals")
    'Kin may face reprisals.'
    """
    return words[:1].upper() + words[1:] + ("" if words[-1:] in (".", "!", "?", "") else ".")


_SINGLE = {"has": "have", "does": "do", "goes": "go", "undergoes": "undergo", "dies": "die", "lies": "lie", "ties": "tie", "vies": "vie"}


def negated(phrase: str) -> str:
    """Return what is not done, or nothing where English gives no short form.

    Examples
    --------
    >>> negated("hands the two men to South Korea"), negated("punishes Seoul"), negated("is at war")
    ('does not hand the two men to South Korea', 'does not punish Seoul', 'is not at war')
    >>> negated("pays and leaves")
    ''
    """
    verb, _, rest = phrase.partition(" ")
    if not verb.islower() or not verb.isascii() or not verb.isalpha() or not verb.endswith("s") or verb.endswith("ss") or len(verb) < 2:
        return ""
    if re.search(r"\b(and|or|but)\b|[,;:]", rest):
        return ""
    return f"{'is not' if verb == 'is' else 'does not ' + _base(verb)} {rest}".strip()


def _base(verb: str) -> str:
    """Return the verb that a third person's form comes from."""
    if verb in _SINGLE:
        return _SINGLE[verb]
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    return verb[:-2] if verb.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")) else verb[:-1]


def unnamed(kind: str, place: int) -> str:
    """Return what something goes by whose name is withheld; `place` from 0.

    Examples
    --------
    >>> unnamed("account", 1)
    'account 2 (name withheld)'
    """
    return f"{kind} {place + 1} (name withheld)"


def sentence_case(words: str) -> str:
    """Return `words` with a capital first."""
    return words[:1].upper() + words[1:]

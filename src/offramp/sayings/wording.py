"""Where the words of two renderings differ, and whether a quotation was altered on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from offramp.sayings.likeness import speakers_agree
from offramp.sayings.records import Saying
from offramp.sayings.tables import NEGATIVE
from offramp.sayings.words import Gist, gist, tokens

_GAP = re.compile(r"\[\s*(?:\.{3}|…)\s*\]|\(\s*(?:\.{3}|…)\s*\)|\.{3,}|…")
_MARK = "\x00"
_Word = tuple[str, str]
"""A word folded, and as it stands."""

_CLOSE = 4

_PAIRS = ("“ ”", "„ “", "„ ”", "« »", "» «", "‹ ›", '" "', "‘ ’")
_INSIDE = [rf"{a}\s*([^{a}{b}]+?)\s*{b}(?!\w)" for a, b in map(str.split, _PAIRS)]
_BETWEEN = re.compile("|".join([*_INSIDE, r"''(.+?)''"]))

QUOTED = ("direct", "mixed")
"""Kinds of sayings of which something stands between quotation marks."""

REWORDED = 0.6
"""Share of words that stand in both, below which two quotations are another wording throughout, as translations are."""


@dataclass(frozen=True)
class Change:
    """Words of one rendering that the other has not, or has otherwise.

    ``kind`` is ``dropped``, ``added`` or ``replaced``; ``touches`` says whether it changes a ``number`` or a ``negation``.
    """

    kind: str
    before: str
    after: str
    touches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wording:
    """How one rendering differs from another.

    ``is_excerpt``: one has less at its ends, or at a place marked as left out. ``alike`` is the share of words that stand in both,
    the ends of an excerpt apart.
    """

    changes: tuple[Change, ...]
    is_excerpt: bool
    alike: float

    @property
    def is_reworded(self) -> bool:
        """Whether the wording is another throughout."""
        return self.alike < REWORDED

    @property
    def touched(self) -> tuple[str, ...]:
        """Whether a number or a negation is another."""
        return tuple(dict.fromkeys(one for change in self.changes for one in change.touches))


def wording(before: str, after: str) -> Wording:
    """Return how words differ, word by word; case, punctuation, marks and accents do not count.

    Parameters
    ----------
    before, after : str
        The words of two renderings, the earlier first. What ``[...]`` or ``…`` marks as left out may be anything.

    Examples
    --------
    >>> wording("We shall leave by May.", "“We shall not leave by June …”").changes
    (Change(kind='added', before='', after='not', touches=('negation',)),
     Change(kind='replaced', before='May', after='June', touches=()))
    >>> wording("I saw nothing, and I said so.", "I saw nothing").is_excerpt
    True
    """
    one, other = _trimmed(_marked(before)), _trimmed(_marked(after))
    pieces = list(_pieces(one, other))
    if _is_moved([piece for piece in pieces if piece.is_cut]):
        pieces = [replace(piece, is_cut=False) for piece in pieces]
    changes = tuple(_change(_said(piece.before), _said(piece.after)) for piece in pieces if not (piece.is_equal or piece.is_cut))
    is_excerpt = any(piece.is_cut and bool(_said(piece.before) or _said(piece.after)) for piece in pieces)
    kept = [piece for piece in pieces if not piece.is_cut]
    longest = max(sum(len(piece.before) for piece in kept), sum(len(piece.after) for piece in kept))
    equal = sum(len(piece.before) for piece in kept if piece.is_equal)
    return Wording(changes, is_excerpt, equal / longest if longest else 1.0)


@dataclass(frozen=True)
class _Piece:
    """What stands in the one at a place and in the other: the same words, others, or words that are left out openly."""

    before: list[_Word]
    after: list[_Word]
    is_equal: bool
    is_cut: bool


def _pieces(one: list[_Word], other: list[_Word]) -> Iterator[_Piece]:
    codes = SequenceMatcher(None, [word for word, _ in one], [word for word, _ in other], autojunk=False).get_opcodes()
    last = len(codes) - 1
    for place, (tag, a, b, c, d) in enumerate(codes):
        is_equal = tag == "equal"
        is_cut = not is_equal and _is_cut(one[a:b], other[c:d], last > place == 0, place == last > 0)
        yield _Piece(one[a:b], other[c:d], is_equal, is_cut)


def _is_moved(cut: list[_Piece]) -> bool:
    """Return whether what one lacks at an end stands at the other end in other words, so that nothing was left out."""
    one, other = (set(gist(" ".join(map(_said, side))).concepts) for side in ([c.before for c in cut], [c.after for c in cut]))
    return not one.isdisjoint(other)


def _marked(text: str) -> list[_Word]:
    """Return the words, folded and as they stand, with a mark where something is left out."""
    found: list[_Word] = []
    place = 0
    for gap in [*_GAP.finditer(text), None]:
        piece = text[place : gap.start() if gap else len(text)]
        found += _words(piece)
        if gap:
            found.append((_MARK, gap[0]))
            place = gap.end()
    return found


def _trimmed(words: list[_Word]) -> list[_Word]:
    """Return the words without marks at the ends, where an excerpt needs none."""
    there = [place for place, (word, _) in enumerate(words) if word != _MARK]
    return words[there[0] : there[-1] + 1] if there else []


def _words(piece: str) -> Iterator[_Word]:
    before = -1
    for token in tokens(piece):
        yield token.text, piece[token.start : token.end] if token.start != before else ""
        before = token.start


def _is_cut(one: list[_Word], other: list[_Word], is_first: bool, is_last: bool) -> bool:
    """Return whether words were left out openly: where nothing but a mark stands instead, or at an end.

    What is left out at the beginning is an alteration where a denial right before the words that are kept goes with it.
    """
    if any(side and all(word == _MARK for word, _ in side) for side in (one, other)):
        return True
    if not (is_first or is_last) or (one and other):
        return False
    return is_last or NEGATIVE.isdisjoint(word for word, _ in (one or other)[-_CLOSE:])


def _said(words: list[_Word]) -> str:
    return " ".join(text for word, text in words if text and word != _MARK)


def _change(before: str, after: str) -> Change:
    one, other = gist(before), gist(after)
    touches = []
    if Counter(number for number, _ in one.numbers) != Counter(number for number, _ in other.numbers) and (one.numbers or other.numbers):
        touches.append("number")
    if one.is_negated != other.is_negated:
        touches.append("negation")
    return Change("replaced" if before and after else "dropped" if before else "added", before, after, tuple(touches))


def quoted(saying: Saying) -> str:
    """Return what of a saying stands between quotation marks; of a direct quotation all.

    Examples
    --------
    >>> quoted(Saying("a", "post", "called it a “betrayal” of „all the islanders“", "mixed"))
    'betrayal [...] all the islanders'
    """
    if saying.kind == "direct":
        return saying.words
    return " [...] ".join(found[found.lastindex or 0] for found in _BETWEEN.finditer(saying.words)) if saying.kind == "mixed" else ""


def between(saying: Saying) -> tuple[str, ...]:
    """Return the folded words between the quotation marks of a saying."""
    return _gist(saying).words


def _gist(saying: Saying) -> Gist:
    return saying.gist if saying.kind == "direct" else gist(quoted(saying))


def are_comparable(one: Saying, other: Saying) -> bool:
    """Return whether a difference between two renderings can be an alteration.

    Both quote one speaker in one language, and what they have between quotation marks is about one thing.
    """
    if one.kind not in QUOTED or other.kind not in QUOTED:
        return False
    known = one.language and other.language and one.language.split("-")[0] != other.language.split("-")[0]
    if known or one.is_note or other.is_note or speakers_agree(one, other) not in ("same", "similar"):
        return False
    if one.kind == other.kind == "direct":
        return True
    return not _gist(one).about.isdisjoint(_gist(other).about)

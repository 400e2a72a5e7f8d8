"""Identifiers of protected people, and where they would leave the case.

The identifiers live in ``private/``, one a line. A finding names the line
there, never the identifier: it may be printed, logged and mailed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from offramp.errors import CaseError, Problem, StorageError
from offramp.files import read_regular
from offramp.sources.layers import html_layers, markdown_layers, text_layers
from offramp.sources.letters import Trace, is_hangul, is_unseen, is_wide, letters, skeleton, trace

__all__ = ["PRIVATE", "Identifier", "Leak", "find_leaks", "html_layers", "markdown_layers", "read_identifiers", "text_layers"]

PRIVATE = "private"
SHORT = 6
"""Identifiers of fewer letters, in alphabetic scripts, must stand as words of their own."""

_SPLIT_WORD = re.compile(r"[-\u00ad\u2010\u2011][ \t]*\r?\n[ \t>*#]*\Z")
_BRACKETED = re.compile(r"[(\[{<（［【〔〈《「『][^()\[\]{}<>（）［］【】〔〕〈〉《》「」『』\n]{0,24}[)\]}>）］】〕〉》」』]")
_INSERTED = re.compile(r"(?P<gap>[^\w\n]{1,6}|_|[^\w\n]{0,3}\n[^\w\n]{0,3})(?P<word>[^\W_]{1,10})(?![^\W_])")
_FAR = re.compile(r"[^\n]*\n\s*\n|.{8}", re.DOTALL)
_PARTICLES = frozenset(["al", "bin", "da", "de", "del", "den", "der", "di", "el", "ibn", "la", "le", "van", "von", "y"])
_PARTING = re.compile(r"[\s.,;:!?()\[\]{}<>\"“”„«»|/\\*=]")


@dataclass(frozen=True, order=True)
class Identifier:
    """A line in ``private/``; its text is never shown."""

    file: str
    line: int
    text: str = field(repr=False, compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, order=True)
class Leak:
    """An identifier that stands where it must not; ``in_source`` if that is the text of a source.

    ``line`` counts from 1 in the layer.
    """

    layer: str
    line: int
    identifier: Identifier
    in_source: bool = False

    def __str__(self) -> str:
        return f"{self.layer}:{self.line}: the protected identifier on {self.identifier} stands here"


@dataclass(frozen=True)
class _Spelling:
    """The letters of an identifier, its words in one order.

    ``breaks``: where its own words or parts meet; ``cuts``: where its words meet.
    """

    identifier: Identifier
    letters: str = field(repr=False)
    breaks: frozenset[int]
    cuts: frozenset[int]
    skeleton: str = field(repr=False)


def read_identifiers(folder: Path) -> tuple[Identifier, ...]:
    """Return the identifiers in all files below ``private/``.

    Parameters
    ----------
    folder : Path
        The case folder; without ``private/`` there are none.

    Returns
    -------
    identifiers : tuple of Identifier
        One for each line that is neither blank nor begins with ``# ``.

    Raises
    ------
    CaseError
        If anything there cannot be read as such a list, so that no identifier
        is missed. All faults are listed.
    """
    top = folder / PRIVATE
    if not os.path.lexists(top):
        return ()
    problems: list[Problem] = []
    found = [identifier for path in _files_in(top, problems) for identifier in _lines(folder, path, problems)]
    if problems:
        raise CaseError(problems)
    return tuple(found)


def find_leaks(layers: Mapping[str, str], identifiers: Iterable[Identifier]) -> list[Leak]:
    """Return where identifiers stand in named texts, in whatever spelling.

    Case, accents, width, hyphens, spaces, invisible characters, look-alike
    letters and digits, and the order of the words make no difference; something
    in brackets, or up to two initials or capitalised words, may stand between
    the words. Identifiers of fewer
    than `SHORT` letters count only as words of their own; in Hangul a particle
    may follow, in Han anything may stand on either side.

    Parameters
    ----------
    layers : mapping of str to str
        Texts by name, as `html_layers` and its like return them.
    identifiers : iterable of Identifier
        From `read_identifiers`.

    Returns
    -------
    leaks : list of Leak
        One for each layer, line and identifier; layers in their order.

    Examples
    --------
    >>> someone = Identifier("private/people.txt", 3, "Hong Gildong")
    >>> print(*find_leaks({"brief": "First line.\\nSaid GIL-DONG Hong."}, [someone]))
    brief:2: the protected identifier on private/people.txt:3 stands here
    """
    spellings = [spelling for identifier in identifiers for spelling in _spellings(identifier)]
    return [leak for name, text in layers.items() for leak in _in_layer(name, text, spellings)]


def _files_in(top: Path, problems: list[Problem]) -> Iterator[Path]:
    if not top.is_dir():
        problems.append(Problem(PRIVATE, 0, "", "no folder, or one that is not there now", "a folder", "attach the disk that it is on"))
        return
    for folder, inner, names in os.walk(top, onerror=lambda error: problems.append(_unreadable(top, error))):
        inner.sort()
        for name in [name for name in inner if os.path.islink(os.path.join(folder, name))]:
            where = f"{PRIVATE}/{(Path(folder) / name).relative_to(top)}"
            problems.append(Problem(where, 0, "", "a link to a folder", "folders and files", "move the folder itself here"))
        yield from (Path(folder) / name for name in sorted(names))


def _unreadable(top: Path, error: OSError) -> Problem:
    name = os.path.relpath(error.filename, top.parent) if error.filename else PRIVATE
    return Problem(name, 0, "", f"cannot be read ({(error.strerror or '').lower()})", remedy="correct its permissions")


def _lines(folder: Path, path: Path, problems: list[Problem]) -> Iterator[Identifier]:
    name = path.relative_to(folder).as_posix()
    try:
        text = read_regular(path, follow=True).decode("utf-8-sig")
    except StorageError:
        problems.append(Problem(name, 0, "", "cannot be read", "a text file", "correct its permissions or move it out of private/"))
        return
    except UnicodeDecodeError:
        problems.append(Problem(name, 0, "", "is no UTF-8 text", "one identifier a line", "save it as UTF-8 or move it out of private/"))
        return
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        bare = line.strip()
        if not bare or bare == "#" or bare.startswith("# "):
            continue
        if len(letters(bare)) < 2:
            problems.append(Problem(name, number, "", "fewer than two letters or digits are left of this line",
                                    "an identifier, or '# ' and a remark", "write more of it, or remove the line"))  # fmt: skip
        yield Identifier(name, number, bare)


def _spellings(identifier: Identifier) -> list[_Spelling]:
    """Return the identifier with its words in all orders in use, in the cases in which look-alikes differ."""
    found: dict[str, tuple[set[int], set[int]]] = {}
    for words in _orders([word for word in re.split(r"[\s,]+", identifier.text) if letters(word)]):
        for text in dict.fromkeys((plain := " ".join(words), plain.lower(), plain.upper(), plain.title())):
            breaks, cuts = found.setdefault(letters(text), (set(), set()))
            breaks.update(_breaks(text))
            cuts.update(len(letters(" ".join(text.split(" ")[:count]))) for count in range(1, len(words)))
    return [_Spelling(identifier, spelt, frozenset(breaks), frozenset(cuts), skeleton(spelt)) for spelt, (breaks, cuts) in found.items()]


def _orders(words: list[str]) -> list[list[str]]:
    return [words, words[::-1], words[1:] + words[:1], words[-1:] + words[:-1]] if len(words) > 1 else [words]


def _breaks(text: str) -> Iterator[int]:
    """Yield after how many letters one word or part of `text` ends, or digits begin or end."""
    found = trace(text)
    for place in range(1, len(found.letters)):
        gap = text[found.ends[place - 1] : found.starts[place]]
        if _parts(gap) or _turns(found.letters[place - 1], found.letters[place]):
            yield place


def _in_layer(name: str, text: str, spellings: list[_Spelling]) -> Iterator[Leak]:
    seen: set[tuple[int, Identifier]] = set()
    for version in dict.fromkeys((text, _BRACKETED.sub(_blank, text))):
        seen.update(_in_text(version, spellings))
    yield from (Leak(name, line, identifier) for line, identifier in sorted(seen))


def _blank(found: re.Match[str]) -> str:
    """Return as many invisible characters; all else keeps its place."""
    return "\u200b" * len(found[0])


def _in_text(text: str, spellings: list[_Spelling]) -> Iterator[tuple[int, Identifier]]:
    bare = letters(text)
    rough = skeleton(bare)
    present = [spelling for spelling in spellings if spelling.skeleton in rough]
    parted = [
        (spelling, cut)
        for spelling in spellings
        for cut in spelling.cuts
        if spelling.letters[:cut] in bare and spelling.letters[cut:] in bare
    ]
    if not present and not parted:
        return
    found = trace(text)
    newlines = [place for place, character in enumerate(text) if character == "\n"]
    for spelling in present:
        yield from ((_rank(newlines, start), spelling.identifier) for start in _places(text, found, rough, spelling))
    for spelling, cut in parted:
        yield from ((_rank(newlines, start), spelling.identifier) for start in _parted_places(text, found, spelling, cut))


def _rank(newlines: list[int], place: int) -> int:
    import bisect

    return bisect.bisect_left(newlines, place) + 1


def _places(text: str, found: Trace, rough: str, spelling: _Spelling) -> Iterator[int]:
    place = rough.find(spelling.skeleton)
    while place >= 0:
        if _agrees(found.letters[place : place + len(spelling.letters)], spelling.letters) and _stands(text, found, place, spelling):
            yield found.starts[place]
        place = rough.find(spelling.skeleton, place + 1)


def _agrees(there: str, letters: str) -> bool:
    """Return whether letters of one skeleton may be meant as the same; in short ones only a digit is taken for a letter."""
    if there == letters:
        return True
    pairs = list(zip(there, letters, strict=True))
    if not any(one == other and (other.isalpha() or letters.isdigit()) for one, other in pairs):
        return False
    return len(letters) >= SHORT or all(one == other or (one.isdigit() and other.isalpha()) for one, other in pairs)


def _parted_places(text: str, found: Trace, spelling: _Spelling, cut: int) -> Iterator[int]:
    """Yield where the words of an identifier stand with up to two others between them: an initial, a rank."""
    import bisect

    first, last = spelling.letters[:cut], spelling.letters[cut:]
    place = found.letters.find(first)
    while place >= 0:
        if _begins(text, found, place) and _ends(text, found, place + cut - 1):
            for end, is_word in _insertions(text, found.ends[place + cut - 1]):
                after = bisect.bisect_left(found.starts, end)
                if found.letters.startswith(last, after) and _ends(text, found, after + len(last) - 1):
                    is_far = bool(_FAR.match(text[end : found.starts[after]]))
                    is_name = len(spelling.letters) >= SHORT and not text[found.starts[after]].islower()
                    if not is_far and (is_name or not is_word):
                        yield found.starts[place]
        place = found.letters.find(first, place + 1)


def _insertions(text: str, start: int) -> Iterator[tuple[int, bool]]:
    """Yield the ends of one and of two words from `start` that may part a name, and whether one is a word of its own."""
    is_word, before = False, ""
    for _ in range(2):
        found = _INSERTED.match(text, start)
        if found is None or (re.search(r"[.!?;:]\s", found["gap"]) and not 0 < len(before) <= 3):
            return
        before, start = found["word"], found.end()
        is_joined = not re.search(r"\s", found["gap"]) and not re.match(r"[.,]?\s", text[start : start + 2])
        is_initial = len(before) == 1 and (before.isupper() or text[start : start + 1] == ".")
        if not (is_joined or is_initial or before in _PARTICLES):
            if not before[0].isupper():
                return
            is_word = True
        yield start, is_word


def _stands(text: str, found: Trace, place: int, spelling: _Spelling) -> bool:
    """Return whether letters that agree with an identifier are one, and no chance of neighbouring words."""
    size = len(spelling.letters)
    loose = _loose_gaps(text, found, place, size)
    strange = loose - spelling.breaks
    spelt_out = size > 2 and len(loose) == size - 1  # l e t t e r  b y  l e t t e r
    if any(map(is_wide, spelling.letters)):
        free = size > 2 and not (strange and not spelt_out)
        return free or ((not strange or size > 2) and _begins(text, found, place))
    if size < SHORT:
        return (spelt_out or not strange) and _begins(text, found, place) and _ends(text, found, place + size - 1)
    return spelt_out or not strange or _begins(text, found, place)


def _loose_gaps(text: str, found: Trace, place: int, size: int) -> set[int]:
    """Return after how many letters something stands in between that also parts words: white space, punctuation."""
    loose = set()
    for step in range(1, size):
        gap = text[found.ends[place + step - 1] : found.starts[place + step]]
        if _PARTING.search(gap) and not _SPLIT_WORD.match(gap):
            loose.add(step)
    return loose


def _begins(text: str, found: Trace, place: int) -> bool:
    """Return whether a word begins with this letter."""
    if place == 0 or _parts(text[found.ends[place - 1] : found.starts[place]]):
        return True
    before, after = found.letters[place - 1], found.letters[place]
    if is_wide(after):
        return not (is_hangul(before) and is_hangul(after))
    return _turns(before, after) or _rises(text, found, place)


def _ends(text: str, found: Trace, place: int) -> bool:
    """Return whether a word ends with this letter."""
    if place == len(found.letters) - 1 or _parts(text[found.ends[place] : found.starts[place + 1]]):
        return True
    return _turns(found.letters[place], found.letters[place + 1]) or _rises(text, found, place + 1)


def _parts(gap: str) -> bool:
    return any(not is_unseen(character) for character in gap)


def _turns(before: str, after: str) -> bool:
    """Return whether script or kind changes from one letter to the next."""
    return is_wide(before) != is_wide(after) or before.isdigit() != after.isdigit()


def _rises(text: str, found: Trace, place: int) -> bool:
    """Return whether a capital follows a small letter, as in camelCase."""
    return text[found.starts[place - 1]].islower() and text[found.starts[place]].isupper()

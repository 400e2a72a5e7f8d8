"""What is changed in a text that was taken out of a document, and what is not.

Changed: line ends become LF; a no-break space of any width becomes a space;
soft hyphens go, and so do control characters other than line ends and tabs;
spaces at the ends of lines go, and of several blank lines one stays. In a PDF
the seven Latin ligatures become letters, because the font asked for them and
not the author. Nothing else: no Unicode form is changed, no quotation mark, no
hyphen at the end of a line, no direction mark. Plain text keeps even the above,
apart from its line ends. (The library that finds the article of a saved page
joins its white space before.)

These rules are part of an extractor's name and version: other rules make
another version, and what is stored stays as it is.
"""

from __future__ import annotations

import re
import unicodedata

from offramp.sources.extract_limits import Limits, Refused

_LIGATURES = str.maketrans(
    dict(zip("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06", ["ff", "fi", "fl", "ffi", "ffl", "st", "st"], strict=True))
)
_SPACES = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u00ad": None})
_LINE_END = re.compile(r"\r\n|[\r\v\f\x85]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def tidy(text: str, *, ligatures: bool = False) -> str:
    """Return `text` by the rules above; with `ligatures` those become letters.

    Examples
    --------
    >>> tidy("one\\u00a0two\\x1b[1m \\r\\n\\r\\n\\r\\n\\r\\nco\\u00adop \\ufb01n", ligatures=True)
    'one two[1m\\n\\ncoop fin\\n'
    """
    text = without_control(_LINE_END.sub("\n", text)).translate(_SPACES)
    if ligatures:
        text = text.translate(_LIGATURES)
    lines = "\n".join(line.rstrip(" \t") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


def without_control(text: str) -> str:
    """Return `text` without control characters other than line ends and tabs.

    Examples
    --------
    >>> without_control("one\\x1b[1m\\n")
    'one[1m\\n'
    """
    return _CONTROL.sub("", text)


def checked(text: str, limits: Limits) -> str:
    """Return an extracted text; raise Refused where it is too long, or no text."""
    if len(text) > limits.characters:
        raise Refused(f"there are more than {limits.characters:,} characters in it", "split it, or keep only the part that matters")
    if re.search("[\ud800-\udfff]", text):
        raise Refused("it has half characters, which no text has", "save it as text in UTF-8 and add that")
    return text


def strange(text: str) -> int:
    """Return how many characters stand for no letter that anybody could read.

    Examples
    --------
    >>> strange("a\\ufffd\\ue000")
    2
    """
    return sum(letter == "\ufffd" or unicodedata.category(letter) in ("Co", "Cn") for letter in text)


def has_words(text: str) -> bool:
    """Return whether anything in `text` is a letter or a digit."""
    return any(map(str.isalnum, text))


def cut(text: str, length: int = 200) -> str:
    """Return `text` as one short line, for something that is shown and not stored."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"

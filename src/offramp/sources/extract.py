"""A file to its text: ``.txt`` and ``.md``, which are text already.

The extractor is named and versioned; what it gives for the same bytes never
changes under the same name.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from offramp.errors import SourceError, StorageError
from offramp.files import read_regular

PLAIN = "plain/1"
SUFFIXES = (".txt", ".md")
MAX_BYTES = 10_000_000

_ENCODINGS = "CP949 is frequent for Korean, WINDOWS-1251 for Russian and Ukrainian, WINDOWS-1252 for western Europe"


@dataclass(frozen=True)
class Extract:
    """The bytes of a file, the text in them, and which extractor took it out."""

    raw: bytes
    text: str
    extractor: str = PLAIN


def extract(file: Path) -> Extract:
    """Return the bytes and the text of a file.

    Parameters
    ----------
    file : Path
        A ``.txt`` or ``.md`` file in UTF-8, of at most `MAX_BYTES` bytes; a
        link is followed.

    Returns
    -------
    extract : Extract
        The bytes as they are; the text without a byte order mark, its line
        ends LF, nothing else changed.

    Raises
    ------
    SourceError
        If the file is missing, empty, too large, no text, of another kind, or
        cannot be read.
    """
    try:
        raw = read_regular(file, MAX_BYTES, follow=True)
    except StorageError as error:
        raise SourceError(str(error)) from None
    if file.suffix.lower() not in SUFFIXES:
        what = f"a {file.suffix} file" if file.suffix else "a name without .txt or .md"
        raise SourceError(f"{file} has {what}; Offramp reads .txt and .md; save the report as text in UTF-8 and add that")
    return Extract(raw, plain_text(raw, str(file)))


def plain_text(raw: bytes, name: str) -> str:
    """Return the text in `raw`, the bytes of the file that errors call `name`.

    Examples
    --------
    >>> plain_text(b"\\xef\\xbb\\xbfone\\r\\ntwo\\r", "note.txt")
    'one\\ntwo\\n'
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(f"{name} is text in UTF-16, not in UTF-8; convert it: {_iconv('UTF-16', name)}")
    if b"\0" in raw:
        raise SourceError(f"{name} is no text: byte {raw.index(0) + 1:,} is NUL; save the report as text in UTF-8 and add that")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(raw, error.start, name) from None
    if not text.strip():
        raise SourceError(f"{name} is empty; add a file that has words in it")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(raw: bytes, start: int, name: str) -> SourceError:
    line = raw.count(b"\n", 0, start) + 1
    where = f"byte {start + 1:,} (line {line:,}) is {raw[start]:#04x}, which is no UTF-8 there"
    return SourceError(f"{name}: {where}; convert it: {_iconv('WINDOWS-1252', name)} ({_ENCODINGS})")


def _iconv(encoding: str, name: str) -> str:
    """Return the shell command that converts the file `name`."""
    new = str(Path(name).with_suffix(f".utf8{Path(name).suffix}"))
    old, new = (path if not path.startswith("-") else f"./{path}" for path in (name, new))
    return f"iconv -f {encoding} -t UTF-8 {shlex.quote(old)} > {shlex.quote(new)}"

"""How much a file may cost, and how one that costs more, or cannot be read, is refused."""

from __future__ import annotations

from dataclasses import dataclass

MAX_BYTES = 10_000_000
"""Of a text or a saved page."""

MAX_DOCUMENT_BYTES = 50_000_000
"""Of a PDF, a Word document or a mail, which may hold pictures."""


@dataclass(frozen=True)
class Limits:
    """What reading one document may take; beyond it the file is refused as a whole.

    ``characters`` bounds the extracted text, ``unpacked`` and ``ratio`` what a
    packed file may unpack to, ``stream`` one packed part of a PDF, ``depth``
    the nesting of elements, ``parts`` those of a mail, ``seconds`` both the
    time on the clock and that on the processor, ``memory`` the address space.
    """

    characters: int = 10_000_000
    pages: int = 2_000
    members: int = 10_000
    unpacked: int = 200_000_000
    ratio: int = 100
    stream: int = 20_000_000
    depth: int = 256
    parts: int = 1_000
    part_depth: int = 20
    seconds: int = 60
    memory: int = 1 << 30


LIMITS = Limits()


class Refused(Exception):
    """A document that is not read; `found` says what is wrong with it, `remedy` what to do."""

    def __init__(self, found: str, remedy: str = "") -> None:
        self.found, self.remedy = found, remedy
        super().__init__(found, remedy)

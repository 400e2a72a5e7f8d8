"""Reading a text: paragraphs are parsed, statements found in each, and speakers named across all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from offramp.reading.direct import direct
from offramp.reading.frames import Finding
from offramp.reading.indirect import indirect
from offramp.reading.phrasal import phrasal
from offramp.reading.words import Words


def findings(paragraphs: Iterable[Words]) -> Iterator[Finding]:
    """Yield the statements of each paragraph in text order.

    Parameters
    ----------
    paragraphs : iterable of Words
        The parsed paragraphs of one text.
    """
    for words in paragraphs:
        found = direct(words)
        taken = {finding.verb for finding in found if finding.verb is not None}
        taken |= {finding.cue[0] for finding in found if finding.cue is not None}
        found += indirect(words, taken)
        found += phrasal(words, taken)
        yield from sorted((finding for finding in found if finding.pieces), key=lambda finding: finding.pieces[0])

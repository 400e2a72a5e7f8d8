"""From a report to attributed statements, by rules over a small language model.

`read_text` is the one entry point. The model is loaded at its first call, and only there.
"""

from __future__ import annotations

from offramp.reading.reader import read_text
from offramp.reading.records import DateMention, LegalReference, Mention, ReadText, Span, Statement

__all__ = ["DateMention", "LegalReference", "Mention", "ReadText", "Span", "Statement", "read_text"]

"""Which language a text is in, told offline."""

from __future__ import annotations

import functools
import unicodedata
from typing import Any

SAMPLE = 10_000
"""Characters that are looked at."""

ENOUGH = 60
"""Letters below which no language is told; a syllable of Hangul, a kana or a Han character counts for four."""

SURE = 0.9


def detect_language(text: str) -> str | None:
    """Return the language of `text` by ISO 639.

    Parameters
    ----------
    text : str
        Its first `SAMPLE` characters count.

    Returns
    -------
    language : str or None
        Such as ``en``; "" where it cannot be told, because the text is too
        short or like several languages; None where the library is not there.

    Examples
    --------
    >>> detect_language("Too short.")
    ''
    """
    sample = text[:SAMPLE]
    if sum(_weight(letter) for letter in sample) < ENOUGH:
        return ""
    identifier = _identifier()
    if identifier is None:
        return None
    language, share = identifier.classify(sample)
    return str(language) if share >= SURE and language != "zxx" else ""


def _weight(letter: str) -> int:
    return 0 if not letter.isalpha() else 4 if unicodedata.category(letter) == "Lo" and letter >= "\u1100" else 1


@functools.cache
def _identifier() -> Any:
    """Return the classifier with its model, read once; None where it is not installed."""
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError:
        return None
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

"""How often statements made this way are right: a logistic sum over a handful of features."""

from __future__ import annotations

from math import exp

from offramp.reading.frames import Finding

FORMS = {
    "direct-after": "quotation",
    "direct-before": "quotation",
    "direct-colon": "quotation",
    "direct-signed": "quotation",
    "direct-free": "without a cue",
    "turn": "without a cue",
    "according": "source",
    "opinion": "source",
    "reportedly": "source",
    "noun": "object",
    "object": "object",
    "passive": "object",
    "preposition": "object",
    "infinitive": "object",
    "label": "object",
}
"""What a way of reporting counts as; a reported clause sets the common level."""
WEIGHTS = {
    "any": 2.4,
    "quotation": 1.8,
    "without a cue": 0.5,
    "source": -0.5,
    "object": -0.3,
    "at most three words": -0.9,
    "nobody": -0.7,
    "within another": -0.2,
}
"""Log odds, fitted on `tests/news` and `tests/news/more` by `benchmarks/confidence.py` and rounded."""


def features(text: str, finding: Finding) -> list[str]:
    """Return the features that a statement has.

    Parameters
    ----------
    text : str
        The text.
    finding : Finding
        The statement as found.
    """
    form = FORMS.get(finding.rule, "")
    checks = {
        form: bool(form),
        "at most three words": sum(len(text[start:end].split()) for start, end in finding.pieces) <= 3,
        "nobody": finding.subject is None and finding.rule != "turn",
        "within another": finding.within is not None,
    }
    return [name for name, holds in checks.items() if holds]


def confidence(text: str, finding: Finding) -> float:
    """Return the share of statements like this one that were right, in [0, 1].

    Parameters
    ----------
    text : str
        The text.
    finding : Finding
        The statement as found.
    """
    return chance(features(text, finding))


def chance(present: list[str]) -> float:
    """Return the share for a set of features.

    Examples
    --------
    >>> chance([]) < chance(["quotation"])
    True
    """
    return 1 / (1 + exp(-WEIGHTS["any"] - sum(WEIGHTS[name] for name in present)))

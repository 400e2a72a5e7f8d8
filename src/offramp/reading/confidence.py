"""How often statements made this way are right: a logistic sum over a handful of features."""

from __future__ import annotations

from math import exp

from offramp.reading.flags import flags
from offramp.reading.frames import Finding

FORMS = {
    "direct-after": "quotation",
    "direct-before": "quotation",
    "direct-colon": "quotation",
    "direct-signed": "quotation",
    "direct-free": "unattributed",
    "turn": "turn",
    "clause": "clause",
    "aside": "clause",
    "according": "source",
    "opinion": "source",
    "reportedly": "source",
    "noun": "object",
    "object": "object",
    "passive": "object",
    "preposition": "object",
    "infinitive": "object",
    "label": "label",
}
WEIGHTS = {
    "quotation": 3.9,
    "turn": 2.0,
    "clause": 1.9,
    "source": 1.6,
    "object": 1.3,
    "label": 0.8,
    "unattributed": 0.5,
    "quoted words": 0.7,
    "negated or hypothetical": -0.3,
    "at most three words": -0.4,
    "nobody": -0.6,
    "within another": -2.4,
}
"""Log odds; the form of the statement sets the level, the rest adds or takes away."""


def features(text: str, finding: Finding) -> list[str]:
    """Return the features that a statement has.

    Parameters
    ----------
    text : str
        The text.
    finding : Finding
        The statement as found.
    """
    words, who = finding.words, finding.subject
    negated, hypothetical, _ = flags(finding)
    length = sum(len(text[start:end].split()) for start, end in finding.pieces)
    quoted = any(q.start < end and start < q.end for start, end in finding.pieces for q in words.view.quotations)
    form = FORMS[finding.rule]
    checks = {
        form: True,
        "nobody": who is None and form not in {"turn"},
        "negated or hypothetical": negated or hypothetical,
        "quoted words": quoted and form not in {"quotation", "unattributed", "turn"},
        "at most three words": length <= 3,
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
    return 1 / (1 + exp(-sum(WEIGHTS[name] for name in features(text, finding))))

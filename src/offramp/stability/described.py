"""What a concept is, in words: taken from the docstring of its function, so that it is said once."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from offramp.stability.registry import Concept


@dataclass(frozen=True)
class Description:
    """A concept in words.

    Parameters
    ----------
    states : str
        What its states are called, such as ``"Nash stable (R) for one decision maker"``.
    definition : str
        When a state is stable.
    notes : str
        Who answers, and how.
    sources : str
        Where it was published.
    """

    states: str
    definition: str
    notes: str
    sources: str


def described(concept: Concept) -> Description:
    """Return what `concept` is, in words.

    Examples
    --------
    >>> from offramp.stability.registry import ALL_CONCEPTS
    >>> seq = described(ALL_CONCEPTS["seq"])
    >>> seq.states
    'sequentially stable (SEQ) for one decision maker'
    >>> seq.definition.split(" by ")[0]
    'A state is stable when each unilateral improvement of focal from it is met'
    """
    sections = _sections(concept.function)
    head, *paragraphs = sections[""]
    states = re.sub(r"^Mark the states that are (.*)\.$", r"\1", head)
    return Description(states, " ".join(paragraphs), " ".join(sections.get("Notes", ())), " ".join(sections.get("References", ())))


def _sections(function: Callable[..., Any]) -> dict[str, list[str]]:
    """Return the paragraphs of a docstring by the section that they stand in, in plain text."""
    parts = re.split(r"^(\w+)\n-+\n", inspect.getdoc(function) or "", flags=re.MULTILINE)
    texts = {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}
    return {name: [_plain(paragraph) for paragraph in re.split(r"\n\s*\n", text.strip())] for name, text in texts.items()}


def _plain(paragraph: str) -> str:
    return " ".join(paragraph.replace("`", "").split())

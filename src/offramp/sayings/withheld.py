"""What nobody has confirmed is withheld with the withheld words that it renders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from offramp.sayings.link import link
from offramp.sayings.records import Saying


def withheld_with(sayings: Sequence[Saying]) -> tuple[Saying, ...]:
    """Return the sayings; what nobody has confirmed is marked as restricted where it renders something that is withheld."""
    if not any(one.is_withheld for one in sayings) or all(one.is_confirmed for one in sayings):
        return tuple(sayings)
    hidden = {place for group in link(sayings).groups for place in group if any(sayings[other].is_withheld for other in group)}
    return tuple(replace(one, is_restricted=True) if place in hidden and not one.is_confirmed else one for place, one in enumerate(sayings))

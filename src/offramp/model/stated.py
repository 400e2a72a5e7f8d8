"""The preference that statements give, in order: with degrees, and with doubt."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from offramp.case.schema import PreferenceStatement
from offramp.model.preference import prioritization
from offramp.model.relation import BETTER, GREATLY_BETTER, UNKNOWN, Preference, Ranked, Stated

Bools = NDArray[np.bool_]


def stated(num_states: int, statements: Sequence[tuple[PreferenceStatement, Bools]]) -> Preference:
    """Return the preference that statements give, the most important first; a degree counts while all before it have one."""
    if any(entry.doubtful for entry, _ in statements):
        statements = _telling(num_states, statements)
    holds = [there for _, there in statements]
    if any(entry.doubtful for entry, _ in statements):
        weighs = [UNKNOWN if entry.doubtful else GREATLY_BETTER if entry.greatly else BETTER for entry, _ in statements]
        return Stated(np.array(holds, dtype=bool), weighs)
    greatly = [there for _, there in takewhile(lambda said: said[0].greatly, statements)]
    return Ranked(prioritization(num_states, holds), prioritization(num_states, greatly) if greatly else None)


def _telling(num_states: int, statements: Sequence[tuple[PreferenceStatement, Bools]]) -> list[tuple[PreferenceStatement, Bools]]:
    """Return the statements without those in doubt that tell no two states apart which agree on all before: nothing is unknown by them."""
    found, alike, num_alike = [], np.zeros(num_states, dtype=np.int64), 1
    for entry, there in statements:
        kinds, finer = np.unique(2 * alike + there, return_inverse=True)
        if len(kinds) > num_alike or not entry.doubtful:
            found.append((entry, there))
        alike, num_alike = finer.ravel(), len(kinds)
    return found

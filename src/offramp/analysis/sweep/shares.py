"""From the answers of all parts to the shares of headlines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

from offramp.analysis.headlines import ORDER, kind
from offramp.case.schema import Case
from offramp.stability import CONCEPTS

DIGITS = 12
"""Decimal places of an interval; floating point agrees on these everywhere."""


@dataclass(frozen=True)
class Share:
    """A share of the variants, exact or with its Wilson interval at 95 %."""

    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Shares:
    """What all parts come to: how many variants, how many of them void, and the share of every headline."""

    num_solved: int
    num_void: int
    shares: dict[str, Share]


def shares(answers: Sequence[str], case: Case, is_exact: bool) -> Shares:
    """Return the shares of all headlines; none where all variants are void.

    Parameters
    ----------
    answers : sequence of str
        Of all parts, in their order.
    case : Case
        In whose order headlines are told.
    is_exact : bool
        Whether the parts are all variants, or a sample.
    """
    sums: dict[str, list[float]] = {}
    standing, number, void = [0.0], 0, 0
    for answer in answers:
        part: dict[str, Any] = json.loads(answer)
        number, void = number + part["number"], void + part["void"]
        standing.append(part["standing"])
        for name in (*part["names"], *part["sums"]):
            sums.setdefault(name, [])
        for name, weight in part["sums"].items():
            sums[name].append(weight)
    total = fsum(standing)
    if not total:
        return Shares(number, void, {})
    found = {name: min(fsum(there) / total, 1.0) for name, there in sums.items()}
    return Shares(number, void, {name: _share(found[name], is_exact, total) for name in ordered(found, case)})


def _share(share: float, is_exact: bool, total: float) -> Share:
    return Share(share, share, share) if is_exact else Share(share, *wilson(share, round(total)))


def wilson(share: float, number: int) -> tuple[float, float]:
    """Return the interval of Wilson at 95 % of a share that was found in so many draws, rounded to `DIGITS`.

    Examples
    --------
    >>> [round(end, 4) for end in wilson(0.25, 100)]
    [0.1755, 0.343]
    """
    from scipy.stats import binomtest

    interval = binomtest(round(share * number), number).proportion_ci(0.95, method="wilson")
    return round(float(interval.low), DIGITS), round(float(interval.high), DIGITS)


def ordered(names: Iterable[str], case: Case) -> list[str]:
    """Return headlines in the order in which they are told: that of the case; movers by their number, ends by their name."""
    orders = {"rests": list(CONCEPTS), "wish": list(case.people), "claim": list(case.claims), "denied": list(case.claims)}

    def key(name: str) -> tuple[int, int, str]:
        what = name.partition(".")[2]
        place = orders[kind(name)].index(what) if kind(name) in orders else what.count("+") if kind(name) == "mover" else 0
        return ORDER.index(kind(name)), place, name

    return sorted(names, key=key)

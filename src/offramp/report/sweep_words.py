"""What a sweep says in short: its factors by what they say, shares with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from math import factorial

from offramp.analysis.headlines import kind
from offramp.analysis.otherwise import judgement_at
from offramp.analysis.sweep.factors import Factor
from offramp.analysis.sweep.importance import Importance
from offramp.analysis.sweep.run import Sweep
from offramp.analysis.sweep.shares import Share
from offramp.report.naming import reading_label
from offramp.report.sure_words import Sayer

GROUPS = {
    "rests": "Things stay as they are, by the concept",
    "can_move": "Somebody, alone or together, has a way out",
    "lawful": "Some way out is lawful; does no harm the case knows of; both",
    "wish": "Some way out meets the wish of the person, whatever follows",
    "claim": "The claim is supported",
    "denied": "The claim is refuted",
    "mover": "Who has a way out, while no part of them has",
    "end": "Where a way out may end, by what is done there",
}
"""What the headlines of a group say, in the order in which they are told."""

SMALL = 0.005
"""Factors whose total-order index is below this are not told."""

_MEMBERS = {"unharmed": "lawful", "clear": "lawful"}
_BASES = {"reading": "rival", "side": "contested", "order": "any order"}


def group(headline: str) -> str:
    """Return the group that a headline is told in.

    Examples
    --------
    >>> group("clear"), group("rests.nash")
    ('lawful', 'rests')
    """
    return _MEMBERS.get(kind(headline), kind(headline))


def by_group(sweep: Sweep) -> dict[str, list[str]]:
    """Return the headlines of a sweep by group; movers and ends the most frequent first."""
    found: dict[str, list[str]] = {name: [] for name in GROUPS}
    for name in sweep.shares:
        found[group(name)].append(name)
    for there in (found["mover"], found["end"]):
        there.sort(key=lambda name: -sweep.shares[name].share)
    return {name: there for name, there in found.items() if there}


def basis(sweep: Sweep, factor: Factor) -> str:
    """Return what a factor rests on; of readings, contested entries and orders, why they vary."""
    return _BASES[factor.kind] if factor.kind in _BASES else judgement_at(sweep.builder, factor.path).graded


class FactorSayer:
    """Says factors as the file has them; what concerns restricted people is withheld.

    Parameters
    ----------
    sweep : Sweep
        Whose factors.

    Examples
    --------
    >>> import offramp
    >>> found = offramp.sweep(offramp.Builder(offramp.read_case("two-prisoners")), sample=1, base_points=0)
    >>> FactorSayer(found)(found.factors[0])
    'Ukraine: which reading holds, law_first, wants_return, would_swap or humanitarian'
    """

    def __init__(self, sweep: Sweep) -> None:
        self.builder = sweep.builder
        self.say = Sayer(sweep.builder)

    def __call__(self, factor: Factor) -> str:
        """Return what a factor says, in one line."""
        if factor.kind == "reading":
            dm, voice = str(factor.path[1]), self.say.voice
            *others, last = (reading_label(voice, dm, name) for name in self.builder.readings()[dm])
            return f"{voice.maker(dm)}: which reading holds, {', '.join(others)} or {last}"
        if factor.kind == "order":
            return f"the order of {_size(factor.num_levels)} wishes, left open in the file"
        return self.say(factor.path)


def _size(orders: int) -> int:
    """Return how many things can be put in so many orders."""
    size = 1
    while factorial(size) < orders:
        size += 1
    return size


def ranked(sweep: Sweep, headline: str) -> list[tuple[Factor, Importance]]:
    """Return the factors with their importance for a headline, the most important first; none where it was not worked out."""
    there = list(zip(sweep.factors, sweep.importance.get(headline, ()), strict=False))
    return sorted(there, key=lambda pair: (-pair[1].total, -pair[1].first))


def telling(there: Sequence[tuple[Factor, Importance]], limit: int) -> list[tuple[Factor, Importance]]:
    """Return the factors that decide anything to speak of, `limit` of them at most."""
    return [pair for pair in there[:limit] if pair[1].total >= SMALL]


def lowest(there: Sequence[tuple[Factor, Importance]]) -> float:
    """Return the lowest index that was found, 0 if none is negative: how far noise goes."""
    return min([0.0, *(index for _, each in there for index in (each.first, each.total))])


def per_cent(share: float) -> str:
    """Return a share in per cent with one decimal, never rounded to none or all.

    Examples
    --------
    >>> [per_cent(share) for share in (0, 0.0001, 0.25915, 0.9999, 1)]
    ['0 %', '< 0.1 %', '25.9 %', '> 99.9 %', '100 %']
    """
    if share in (0, 1):
        return f"{100 * share:.0f} %"
    if not 0.0005 <= share < 0.9995:
        return "< 0.1 %" if share < 0.5 else "> 99.9 %"
    return f"{100 * share:.1f} %"


def interval(share: Share) -> str:
    """Return the interval of a share.

    Examples
    --------
    >>> interval(Share(0.25, 0.2431, 0.2569)), interval(Share(0.0, 0.0, 0.0002))
    ('24.3 to 25.7 %', '0 to < 0.1 %')
    """
    return f"{per_cent(share.low).removesuffix(' %')} to {per_cent(share.high)}"

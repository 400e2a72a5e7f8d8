"""Who has an utterance from whom: reports that name an earlier outlet, or one common relay, are one source and not two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from offramp.sayings.records import Saying


@dataclass(frozen=True)
class Dependence:
    """Two renderings, by their places in the group, the earlier first, that are one source.

    ``how`` is ``report`` (both stand in one), ``names`` (the later names the outlet of the earlier), ``named`` (the reverse),
    ``common`` (both name one relay) or ``outlet`` (both appeared with one outlet); ``name`` is the relay, the outlet or the report.
    """

    earlier: int
    later: int
    how: str
    name: str


@dataclass(frozen=True)
class Descent:
    """All dependences of a group, and how many sources are left that do not depend on each other."""

    dependences: tuple[Dependence, ...]
    num_sources: int


def descent(sayings: Sequence[Saying]) -> Descent:
    """Return who has it from whom.

    Parameters
    ----------
    sayings : sequence of Saying
        The renderings of one utterance, the earliest report first.

    Notes
    -----
    Independent is what nothing shows to be dependent; reports that name no source may still have one.
    """
    found = [one for pair in combinations(range(len(sayings)), 2) for one in _between(sayings, *pair)]
    line = list(range(len(sayings)))
    for one in found:
        old, new = line[one.later], line[one.earlier]
        line = [new if there == old else there for there in line]
    return Descent(tuple(found), len(set(line)))


def _between(sayings: Sequence[Saying], earlier: int, later: int) -> Iterator[Dependence]:
    """Yield the strongest sign that one of two depends on the other, if there is any."""
    one, other = sayings[earlier], sayings[later]
    if one.source == other.source:
        yield Dependence(earlier, later, "report", one.source)
        return
    for how, names in (
        ("names", _proper(other) & one.outlets),
        ("named", _proper(one) & other.outlets),
        ("outlet", one.outlets & other.outlets),
        ("common", _proper(one) & _proper(other)),
    ):
        if names:
            yield Dependence(earlier, later, how, min(names))
            return


def _proper(saying: Saying) -> frozenset[str]:
    """Return the relays that are named: "a lawmaker" or "officials" is nobody in particular."""
    from offramp.sayings.records import outlet_name

    named = {outlet_name(name) for name in saying.via if name[:2].lower() != "a " and name[:3].lower() != "an " and name.lower() != name}
    return frozenset(named & saying.relays)

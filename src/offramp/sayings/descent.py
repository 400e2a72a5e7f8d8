"""Who has an utterance from whom: reports that name an earlier outlet, or one common relay, are one source and not two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from offramp.edtf import When
from offramp.sayings.records import Saying, outlet_name


def precedence(one: Saying, other: Saying) -> int:
    """Return 1 where one report is known to have appeared before the other, -1 where after it, 0 where that is not known.

    It is known where all days on which the one may have appeared are before those of the other, or where the other names the outlet
    of the one. Two reports of one day, "March 2031" and a day in it, and a report that names an outlet of which only something later
    is at hand are in no order that is known.

    Examples
    --------
    >>> day, month = (Saying("a", "post", "No.", "direct", "The Post", reported=date) for date in ("2031-03-05", "2031-03"))
    >>> precedence(day, month), precedence(day, Saying("b", "echo", "No.", "direct", reported="2031-03", via=("Post",)))
    (0, 1)
    """
    signs = {_by_date(one, other), _by_relay(one, other)} - {0}
    return signs.pop() if len(signs) == 1 else 0


def _by_date(one: Saying, other: Saying) -> int:
    a, b = one.published, other.published
    if a is None or b is None:
        return 0
    return int(_ends_before(a, b)) - int(_ends_before(b, a))


def _ends_before(one: When, other: When) -> bool:
    return one.last is not None and other.first is not None and one.last < other.first


def _by_relay(one: Saying, other: Saying) -> int:
    return int(not other.relays.isdisjoint(one.outlets)) - int(not one.relays.isdisjoint(other.outlets))


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
    """The dependences of a group, and how many sources are left that nothing shows to depend on each other."""

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
    Independent is what nothing shows to be dependent; reports that name no source may still have one. Of each rendering the strongest
    signs are told that join it to earlier ones, and none that joins what is joined already.
    """
    seen = _Seen()
    line = list(range(len(sayings)))
    told = []
    for place, saying in enumerate(sayings):
        for sign in sorted(seen.signs(saying), key=lambda sign: (_HOW.index(sign.how), sign.earlier, sign.name)):
            if line[sign.earlier] != line[place]:
                line = [line[sign.earlier] if there == line[place] else there for there in line]
                told.append(Dependence(sign.earlier, place, sign.how, sign.name))
        seen.add(place, saying)
    return Descent(tuple(told), len(set(line)))


@dataclass(frozen=True)
class _Sign:
    earlier: int
    how: str
    name: str


class _Seen:
    """The first rendering with each report, outlet and relay."""

    def __init__(self) -> None:
        self._reports: dict[str, int] = {}
        self._outlets: dict[str, int] = {}
        self._relays: dict[str, int] = {}

    def add(self, place: int, saying: Saying) -> None:
        """Enter a rendering that comes after all that are there."""
        self._reports.setdefault(saying.source, place)
        for name in saying.outlets:
            self._outlets.setdefault(name, place)
        for name in _proper(saying):
            self._relays.setdefault(name, place)

    def signs(self, saying: Saying) -> Iterator[_Sign]:
        """Yield what shows that a rendering depends on an earlier one."""
        if saying.source in self._reports:
            yield _Sign(self._reports[saying.source], "report", saying.source)
        for how, names, there in (
            ("names", _proper(saying), self._outlets),
            ("named", saying.outlets, self._relays),
            ("outlet", saying.outlets, self._outlets),
            ("common", _proper(saying), self._relays),
        ):
            yield from (_Sign(there[name], how, name) for name in names if name in there)


def _proper(saying: Saying) -> frozenset[str]:
    """Return the relays that are named: "a lawmaker" or "officials" is nobody in particular."""
    named = {outlet_name(name) for name in saying.via if not name.startswith(("a ", "an ", "A ", "An ")) and name.lower() != name}
    return frozenset(named & saying.relays)


_HOW = ("report", "names", "named", "outlet", "common")
"""Signs of dependence, the strongest first."""

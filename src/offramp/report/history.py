"""The case through time in words: since when somebody could move, what opened that, and what ended it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from offramp.analysis.headlines import TOLERANCE, kind
from offramp.analysis.timeline import Event, Moment
from offramp.case.yaml_reader import Path_
from offramp.errors import ChoiceError
from offramp.report.naming import headline_name, names_together
from offramp.report.voice import Voice
from offramp.report.words import dated, listed, plain, sentence, sentence_case

FOLLOWED = ("can_move", "lawful", "clear", "mover")
"""What is told of each date, unless other headlines are asked for: names, and kinds of names."""

COMBINATION = "A combination is one reading of each decision maker with one side of each contested point. Their share is no probability."


def followed(moments: Sequence[Moment], asked: Sequence[str] | None = None) -> list[str]:
    """Return the headlines that are told: those asked for by name or by kind.

    Raises
    ------
    ChoiceError
        If a name asked for is no headline at any date.
    """
    there = list(dict.fromkeys(name for moment in moments for name in moment.shares))
    found: list[str] = []
    for one in asked or FOLLOWED:
        chosen = [name for name in there if one in (name, kind(name))]
        if asked and not chosen:
            raise ChoiceError(f"no headline is called {one!r} at any of the dates; there are: {', '.join(there)}")
        found += [name for name in chosen if name not in found]
    return found


def amount(moment: Moment, name: str) -> str:
    """Return how often a headline is true at a date: in how many cells, or in which share where cells weigh differently.

    Examples
    --------
    >>> amount(Moment("2025", (), 8, {"lawful": 0.25}), "lawful")
    '2'
    """
    share = moment.shares.get(name, 0.0)
    cells = share * moment.num_cells
    return percent(share) if moment.is_weighted else f"{round(cells):,}"


def percent(share: float) -> str:
    """Return a share in per cent; one that is neither none nor all is never told as such.

    Examples
    --------
    >>> percent(0.4375), percent(0.999), percent(1)
    ('44%', 'over 99%', '100%')
    """
    if TOLERANCE < share < 0.005:
        return "under 1%"
    if 0.995 < share < 1 - TOLERANCE:
        return "over 99%"
    return f"{100 * share:.0f}%"


class History:
    """Tells a timeline.

    Parameters
    ----------
    voice : Voice
        How labels are said.
    moments : sequence of Moment
        From `offramp.analysis.timeline.timeline`.
    names : sequence of str
        The headlines that are told.
    """

    def __init__(self, voice: Voice, moments: Sequence[Moment], names: Sequence[str]) -> None:
        self.voice, self.moments, self.names = voice, moments, names

    def changes(self, moment: Moment) -> Iterator[tuple[str, str]]:
        """Yield what begins (+) and what ends (−) at a date, with the headlines that it turns by itself."""
        same: dict[tuple[bool, str], list[Path_]] = {}
        for event in moment.events:
            same.setdefault((event.begins, self._effect(event)), []).append(event.path)
        for (begins, effect), paths in same.items():
            for name in names_together(self.voice, paths):
                yield f"{'+' if begins else '−'} {name}", effect

    def _effect(self, event: Event) -> str:
        if event.reason:
            return f"cannot be told: without it {event.reason.partition(';')[0]}"
        turned = event.turning(self.names)
        return "\n".join(f"{headline_name(self.voice, turn.headline)}: {percent(turn.before)} → {percent(turn.after)}" for turn in turned)

    def sentences(self) -> Iterator[str]:
        """Yield for every headline that is told in which times it was true in some cell, what opened it and what ended it."""
        solved = [moment for moment in self.moments if not moment.reason]
        for moment in self.moments:
            if moment.reason:
                yield f"{sentence_case(dated(moment.date))}: the case cannot be solved: {moment.reason}."
        if solved:
            for name in self.names:
                yield from self._spans(name, solved)
            yield self._before()
        yield from self._coarse()
        yield "Clear: lawful throughout, and without harm that the case knows of. " * ("clear" in self.names) + COMBINATION

    def _spans(self, name: str, solved: Sequence[Moment]) -> Iterator[str]:
        said = sentence_case(headline_name(self.voice, name))
        spans = list(spans_of(name, solved))
        if not spans:
            yield f"{said}: at no date, in no combination."
        for first, last in spans:
            times = solved[first : last + 1]
            end = solved[last + 1] if last + 1 < len(solved) else None
            span = f"from {dated(times[0].date)} {f'until {dated(end.date)}' if end else 'on'}, {_range(name, times)}"
            causes = [self._cause("Opened", name, times[0], first > 0), self._cause("Ended", name, end) if end else ""]
            yield " ".join([f"{said}: {span}.", *filter(None, causes)])

    def _before(self) -> str:
        """Return what is known of the time before the first date."""
        first = self.moments[0]
        if all(event.begins for event in first.events):
            return f"Of the time before {dated(first.date)} the case says nothing."
        return f"Of the time before {dated(first.date)} it is known what ended then; --as-of tells the case at a date before."

    def _cause(self, verb: str, name: str, moment: Moment, is_change: bool = True) -> str:
        """Return which changes of a date opened or ended something: those without any one of which it would be otherwise.

        Where it is not known that something changed, because nothing is known of before, all of them together are not named.
        """
        alone = [event for event in moment.events if self._did(event, name)]
        if alone:
            begun = names_together(self.voice, [event.path for event in alone if event.begins])
            ended = names_together(self.voice, [event.path for event in alone if not event.begins])
            return f"{verb} by {plain(listed([*begun, *map(_gone, ended)]))}."
        single = "" if any(event.reason for event in moment.events) else ", by no single one"
        return f"{verb} by the changes of that date together{single}." if moment.events and is_change else ""

    def _did(self, event: Event, name: str) -> bool:
        return any(turn.headline == name and 0 in (_flat(turn.before), _flat(turn.after)) for turn in event.turns)

    def _coarse(self) -> Iterator[str]:
        changing = [moment.date for moment in self.moments if moment.events]
        for date in [moment.date for moment in self.moments]:
            finer = [other for other in changing if other != date and other.startswith(date)]
            if finer:
                within = plain(listed([dated(other) for other in finer]))
                yield sentence(f"{dated(date)} is known no better; what changes within it ({within}) counts there as in force already")


def _gone(name: str) -> str:
    """Return that a judgement is no longer in force."""
    return name.replace(" read as ", " no longer read as ", 1) if " read as " in name else f"the end of {name}"


def _range(name: str, times: Sequence[Moment]) -> str:
    """Return in which share of the cells something is true: the same at all times, or the least and the most with their dates."""
    shares = [moment.shares.get(name, 0.0) for moment in times]
    least, most = min(shares), max(shares)
    if percent(least) == percent(most):
        return f"in {percent(least)} of the combinations"
    low, high = dated(times[shares.index(least)].date), dated(times[shares.index(most)].date)
    return f"in {percent(least)} ({low}) to {percent(most)} ({high}) of the combinations"


def spans_of(name: str, solved: Sequence[Moment]) -> Iterator[tuple[int, int]]:
    """Yield from which to which place a headline is true in some cell, without a break."""
    start = None
    for place, moment in enumerate(solved):
        holds = moment.shares.get(name, 0.0) > TOLERANCE
        if holds and start is None:
            start = place
        if not holds and start is not None:
            yield start, place - 1
            start = None
    if start is not None:
        yield start, len(solved) - 1


def _flat(share: float) -> float:
    return 0.0 if share <= TOLERANCE else share

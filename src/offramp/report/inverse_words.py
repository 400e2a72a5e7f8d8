"""The inverse question in plain sentences; the telling is public, as that of a brief."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from offramp.analysis.inverse import Count, Demand, Existence, Inverse, NearestOrders, NearestRankings, Need, Order, Part
from offramp.model.build import Builder
from offramp.report.inverse_records import is_met
from offramp.report.naming import option_label, reading_label, side_label
from offramp.report.patterns import code_note, state_patterns
from offramp.report.voice import Voice
from offramp.report.words import CONCEPT_NAMES, KIN, visible

FEW = 4
"""Number of states that are told one by one; more are told as patterns."""

FEW_SETS = 3
"""Number of sets of states that are told of one demand."""

FEW_PATTERNS = 6

FEW_NUMBERS = 12
"""Number of states that are told by their numbers."""

LONGEST = 9
"""Number of digits of a count that is told whole."""


def percentage(share: Fraction) -> str:
    """Return a share in per cent, not rounded to all or nothing where it is neither.

    Examples
    --------
    >>> percentage(Fraction(1, 3)), percentage(Fraction(9999, 10000)), percentage(Fraction(1))
    ('33.3 %', 'over 99.9 %', '100 %')
    """
    if share in (0, 1):
        return f"{100 * int(share)} %"
    edges = {"0.0": "under 0.1 %", "100.0": "over 99.9 %"}
    told = f"{float(share) * 100:.1f}"
    return edges.get(told, f"{told} %")


def rounded(number: int) -> str:
    """Return a count, of more than nine digits as a power of ten that is rounded to four.

    Examples
    --------
    >>> rounded(720), rounded(123456789), rounded(99999500000), rounded(12926008369442488320000)
    ('720', '123,456,789', '1.000 × 10^11', '1.293 × 10^22')
    """
    size = len(str(number)) - 1
    if size < LONGEST:
        return f"{number:,}"
    lead = (number + 5 * 10 ** (size - 4)) // 10 ** (size - 3)
    lead, size = (lead // 10, size + 1) if lead == 10_000 else (lead, size)
    return f"{lead // 1000}.{lead % 1000:03d} × 10^{size}"


@dataclass(frozen=True)
class Row:
    """One demand: whose ranking, which state, at least as good as what, and whether it is so now."""

    dm: str
    state: str
    demand: str
    now: str


class InverseWords:
    """Tells the answer to the inverse question.

    Parameters
    ----------
    builder : Builder
        Of the case.
    voice : Voice
        How labels are said; what it withholds is not named.
    found : Inverse
        What to tell.
    """

    def __init__(self, builder: Builder, voice: Voice, found: Inverse) -> None:
        self.builder, self.voice, self.found = builder, voice, found
        self.model = found.model
        self.makers = found.model.decision_makers
        self.by = CONCEPT_NAMES[found.aim.concept].short

    # -- what was asked ----------------------------------------------------------------------------------------------------

    def title(self) -> str:
        """Return what was asked for."""
        aim = self.found.aim
        whose = "an equilibrium" if aim.dm is None else f"stable for {self.makers[aim.dm]}"
        pairs = (("makes", aim.stable, ""), ("keeps", aim.unstable, "from being "))
        asked = [f"what {verb} {self.several(states)} {link}{whose}" for verb, states, link in pairs if states]
        return f"{self.model.title}: {', and '.join(asked)} ({self.by})"

    def state(self, state: int) -> str:
        """Return a state by number and code, or name."""
        return f"{state + 1} {visible(self.model.states.label(state))}"

    def several(self, states: Sequence[int], word: str = "and") -> str:
        """Return states one by one."""
        told = [self.state(state) for state in states]
        return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} {word} {told[-1]}"

    # -- the conditions ----------------------------------------------------------------------------------------------------

    def rows(self, wanted: bool) -> Iterator[Row]:
        """Yield the demands by decision maker and state; those of the states that are to be stable, or of those that are not."""
        for part in self.parts(wanted):
            asked = part.condition
            lead = self.makers[asked.dm], self.state(asked.state)
            met, failed = ("yes", "no") if wanted else ("holds", "fails")
            for demand in asked.demands:
                yield Row(*lead, self.demand(demand), met if is_met(self.found, asked, demand) else failed)
            if not asked.demands:
                yield Row(*lead, "anything: stable whatever the ranking", met)

    def parts(self, wanted: bool) -> list[Part]:
        """Return what concerns the states that are to be stable, or those that are not."""
        return [part for part in self.found.parts if (part.condition.state in self.found.aim.stable) == wanted]

    def failing(self) -> str:
        """Return what has to fail for a state not to be stable."""
        whose = "for at least one decision maker, " if self.found.aim.dm is None else ""
        return f"What must not all hold: of each state, {whose}at least one of these has to fail"

    def demand(self, demand: Demand) -> str:
        """Return what a state has to be at least as good as, in words and, for several states, as patterns."""
        told = [self._one_of(demand.singles)] if demand.singles else []
        told += [self._all_of(there) for there in demand.sets[:FEW_SETS]]
        more = len(demand.sets) - FEW_SETS
        return ", or ".join(told) + (f", or all of one of {more:,} more sets" if more > 0 else "")

    def _one_of(self, states: Sequence[int]) -> str:
        told = self.several(states, "or") if len(states) <= FEW else f"one of {len(states):,} states: {self._numbers(states, 'or')}"
        return told + self._bracketed(states)

    def _all_of(self, states: Sequence[int]) -> str:
        told = self.several(states) if len(states) <= FEW else f"{len(states):,} states: {self._numbers(states, 'and')}"
        return f"all of {told}{self._bracketed(states)}"

    def _bracketed(self, states: Sequence[int]) -> str:
        patterns = state_patterns(self.model.states, states) if len(states) > 1 else None
        if not patterns:
            return ""
        return f" [{' '.join(patterns[:FEW_PATTERNS])}{' …' * (len(patterns) > FEW_PATTERNS)}]"

    def silent(self) -> Iterator[str]:
        """Yield the moves that demand nothing, and why."""
        for part in self.found.parts:
            asked = part.condition
            why = [(asked.void, f"an answer leads back to {asked.state + 1}"), (asked.implied, "what the others demand is enough")]
            told = [f"to {self._numbers(moves, 'and')} ({reason})" for moves, reason in why if moves]
            if told:
                yield f"Moves of {self.makers[asked.dm]} from {self.state(asked.state)} that demand nothing: {'; '.join(told)}."

    def _numbers(self, states: Sequence[int], word: str) -> str:
        told = [str(state + 1) for state in states]
        told = [*told[: FEW_NUMBERS - 1], f"{len(told) - FEW_NUMBERS + 1:,} more"] if len(told) > FEW_NUMBERS else told
        return f" {word} ".join(part for part in (", ".join(told[:-1]), told[-1]) if part)

    # -- the rankings ------------------------------------------------------------------------------------------------------

    def verdicts(self, wanted: bool) -> Iterator[list[str]]:
        """Yield by decision maker and state: how it is now, and how many rankings make it stable, or keep it from that."""
        for part in self.parts(wanted):
            asked = part.condition
            now, count = "stable" if part.holds else "not stable", part.count
            if not wanted and isinstance(count, Count):
                count = Count(count.of - count.num, count.of)
            yield [self.makers[asked.dm], self.state(asked.state), now, self.counted(count)]

    def counted(self, count: Count | str) -> str:
        """Return how many of how many, and the share."""
        if isinstance(count, str):
            return "not counted"
        if not count.num:
            return f"none of {rounded(count.of)}"
        if count.num == count.of:
            return f"all {rounded(count.of)}"
        return f"{rounded(count.num)} of {rounded(count.of)} ({percentage(count.share)})"

    def nearness(self) -> Iterator[list[str]]:
        """Yield by decision maker, the others' rankings as they are, then for all together, how far the nearest order and ranking are."""
        for dm, nearest in self.found.alone.items():
            yield [self.makers[dm], self._near(nearest), self._near_ranking(self.found.rankings_alone[dm])]
        if self.found.aim.dm is None:
            yield ["all together", self._near(self.found.nearest), self._near_ranking(self.found.nearest_rankings)]

    def _near_ranking(self, nearest: NearestRankings | str) -> str:
        if isinstance(nearest, str):
            return "not looked for"
        if nearest.num_swaps is None:
            return "none does" if nearest.is_complete else f"none found; {nearest.least:,} swaps at least"
        told = f"{nearest.num_swaps:,} swap{'s' * (nearest.num_swaps != 1)}" if nearest.num_swaps else "as it is"
        return told if nearest.is_complete else f"{told}, or fewer: {nearest.least:,} at least"

    def rankings(self) -> Iterator[list[str]]:
        """Yield which states change places in the nearest rankings, all together; pairs are told by the state that is in most."""
        nearest = self.found.nearest_rankings
        for there in nearest.rankings if isinstance(nearest, NearestRankings) else ():
            left, dm = set(there.changed), self.makers[there.dm]
            while left:
                number = Counter(state for pair in left for state in pair)
                state = min(number, key=lambda state: (-number[state], state))
                for side, verb in ((0, "above"), (1, "below")):
                    others = sorted(pair[1 - side] for pair in left if pair[side] == state)
                    if others:
                        yield [dm, self.state(state), f"{verb} {self._named(others)}"]
                        dm = ""
                left = {pair for pair in left if state not in pair}

    def _named(self, states: Sequence[int]) -> str:
        return self.several(states) if len(states) <= FEW else f"{len(states):,} states: {self._numbers(states, 'and')}"

    def _near(self, nearest: NearestOrders) -> str:
        if nearest.num_swaps is None:
            return ("none does" if nearest.is_complete else "none found") if nearest.num_orders else "no list"
        if not nearest.num_swaps:
            return "as it is"
        swaps = f"{nearest.num_swaps} swap{'s' * (nearest.num_swaps != 1)}"
        return swaps if nearest.is_complete else f"{swaps}, maybe fewer"

    def orders(self) -> Iterator[list[str]]:
        """Yield the statements of the nearest orders, all decision makers together, with the places that they had."""
        for order in self.found.nearest.orders:
            if order.num_swaps:
                for place, (path, was) in enumerate(zip(order.statements, order.places, strict=True), 1):
                    yield [order.dm if place == 1 else "", str(place), str(was + 1), self._said(order, path)]

    def _said(self, order: Order, path: tuple[str | int, ...]) -> str:
        """Return a statement in words, unless it is withheld."""
        said = next(said for said in self.builder.statements(order.dm, order.reading) if said.path == path)
        if self.voice.is_kin(path, said.entry):
            return KIN
        named = said.entry.name and not self.voice.is_reserved(said.entry)
        return visible(said.entry.name) if named else self.voice.says(said.formula)

    # -- what it comes to --------------------------------------------------------------------------------------------------

    def notes(self) -> Iterator[str]:
        """Yield what the numbers say together, what excludes each other, and where all this holds."""
        yield from self.silent()
        yield from self._joint()
        yield from self._possible()
        yield from self._nearest()
        yield self._range()
        yield "Readings: " + ", ".join(f"{dm}={reading_label(self.voice, dm, name)}" for dm, name in self.found.choice.readings)
        if self.found.choice.contested:
            yield "Contested: " + ", ".join(side_label(self.voice, name, side) for name, side in self.found.choice.contested)
        if self.model.states.options:
            yield code_note(self.model.states, [option_label(self.voice, label) for label in self.model.states.options])
        yield "That nobody would leave a state says only that; it may be unlawful or do harm."

    def _joint(self) -> Iterator[str]:
        if self.found.aim.dm is not None and len(self.found.aim.states) == 1:
            return
        if isinstance(self.found.joint, str):
            possible = " Some do." if self.found.attainable is True else ""
            yield f"All that is asked for together: not counted; {self.found.joint}.{possible}"
        else:
            what = "rankings" if self.found.aim.dm is not None else "combinations of rankings"
            yield f"All that is asked for together: {self.counted(self.found.joint)} {what}."

    def _possible(self) -> Iterator[str]:
        for dm, existence in self.found.existence.items():
            if isinstance(existence, str):
                yield f"Whether any ranking of {self.makers[dm]} does it was not decided: {existence}."
            elif not existence.exists:
                yield self._clash(dm, existence)
        for state, by in self.found.refusers.items():
            who = ", ".join(self.makers[dm] for dm in by) if by else "nobody"
            yield f"Who could leave {self.state(state)}, the others' rankings as they are: {who}."
        if isinstance(self.found.attainable, str):
            yield f"Whether any strict rankings, without ties, attain all of it was not decided: {self.found.attainable}."
        elif not self.found.attainable:
            yield "No strict rankings, without ties, attain all of it."

    def _clash(self, dm: int, existence: Existence) -> str:
        needs = "; ".join(dict.fromkeys(self._need(need) for need in existence.clash))
        alone = "this" if len(existence.clash) == 1 else "these exclude each other"
        whose = "whatever the others rank" if self.found.aim.concept in ("nash", "gmr", "smr") else "the others' rankings as they are"
        return f"No strict ranking of {self.makers[dm]} does it, {whose}; {alone}: {needs}."

    def _need(self, need: Need) -> str:
        state = self.state(need.state)
        if need.demand is None:
            return f"{state} not stable, which it is whatever the ranking" if self._always(need.state) else f"{state} not stable"
        return f"{state} above {self.demand(need.demand)}"

    def _always(self, state: int) -> bool:
        return any(part.condition.state == state and not part.condition.demands for part in self.found.parts)

    def _nearest(self) -> Iterator[str]:
        nearest, ranked = self.found.nearest, self.found.nearest_rankings
        tried = f"{' × '.join(f'{number:,}' for number in nearest.num_orders)} orders of statements"
        if nearest.num_orders and nearest.num_swaps is None and nearest.is_complete:
            yield f"No order of the statements in the file attains it; all {tried} were tried."
        elif nearest.num_orders and nearest.num_swaps is None:
            yield f"No order of the statements was found that attains it; tried were the nearest {tried}, not all."
        elif nearest.num_swaps and not nearest.is_complete:
            yield f"Nearer orders may exist: tried were the nearest {tried}, not all."
        if isinstance(ranked, str):
            yield f"The nearest rankings were not looked for: {ranked}."
        elif ranked.num_swaps == 0:
            yield self._as_it_is()
        if not (isinstance(ranked, str) or ranked.num_swaps == 0):
            yield (
                "A swap puts two states, or two statements, the other way round that are next to each other; in a ranking so does "
                "parting two that are tied. Nothing is newly tied."
            )

    def _as_it_is(self) -> str:
        tied = self.found.attainable is False
        return "The rankings of the case attain it as they are" + (", but only because some states are tied." if tied else ".")

    def _range(self) -> str:
        if self.found.varied:
            told = ", ".join(f"{self.makers[dm]} {places[0] + 1}-{places[-1] + 1}" for dm, places in self.found.varied.items())
            return f"Counted are the rankings with these places of the file's ranking in any order: {told}; all others stay."
        number = self.model.num_states
        return (
            f"Counted are strict rankings of all {number:,} states; a condition is on one ranking, those of the others being as in "
            "the cell."
        )

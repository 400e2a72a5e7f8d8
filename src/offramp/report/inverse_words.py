"""The inverse question in plain sentences; the telling is public, as that of a brief."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from offramp.analysis.inverse import Count, Demand, Existence, Inverse, NearestOrders, Need, Order
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

LONGEST = 15
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

    def rows(self) -> Iterator[Row]:
        """Yield the demands by decision maker and state."""
        for part in self.found.parts:
            asked = part.condition
            lead = self.makers[asked.dm], self.state(asked.state)
            for demand in asked.demands:
                yield Row(*lead, self.demand(demand), "yes" if is_met(self.found, asked, demand) else "no")
            if not asked.demands:
                yield Row(*lead, "anything: stable whatever the ranking", "yes")

    def demand(self, demand: Demand) -> str:
        """Return what a state has to be at least as good as, in words and, for several states, as patterns."""
        told = [self._one_of(demand.singles)] if demand.singles else []
        told += [self._all_of(there) for there in demand.sets[:FEW_SETS]]
        more = len(demand.sets) - FEW_SETS
        return ", or ".join(told) + (f", or all of one of {more:,} more sets" if more > 0 else "")

    def _one_of(self, states: Sequence[int]) -> str:
        if len(states) <= FEW:
            return self.several(states, "or") + self._bracketed(states)
        return f"one of {len(states):,} states" + (self._bracketed(states) or f": {', '.join(map(self.state, states[:FEW]))}, …")

    def _all_of(self, states: Sequence[int]) -> str:
        if len(states) <= FEW:
            return f"all of {self.several(states)}{self._bracketed(states)}"
        return f"all of {len(states):,} states" + (self._bracketed(states) or f": {', '.join(map(self.state, states[:FEW]))}, …")

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
            told = [f"to {self._numbers(moves)} ({reason})" for moves, reason in why if moves]
            if told:
                yield f"Moves of {self.makers[asked.dm]} from {self.state(asked.state)} that demand nothing: {'; '.join(told)}."

    def _numbers(self, states: Sequence[int]) -> str:
        return ", ".join(str(state + 1) for state in states[:12]) + (f" and {len(states) - 12} more" if len(states) > 12 else "")

    # -- the rankings ------------------------------------------------------------------------------------------------------

    def verdicts(self) -> Iterator[list[str]]:
        """Yield by decision maker and state: how it is now, how many rankings make it stable, and the nearest order."""
        told: set[int] = set()
        for part in self.found.parts:
            asked = part.condition
            nearest = self.found.alone.get(asked.dm) if asked.dm not in told else None
            told.add(asked.dm)
            now = "stable" if part.holds else "not stable"
            yield [self.makers[asked.dm], self.state(asked.state), now, self.counted(part.count), self._near(nearest)]

    def counted(self, count: Count | str) -> str:
        """Return how many of how many, and the share."""
        if isinstance(count, str):
            return "not counted"
        if len(str(count.of)) <= LONGEST:
            return f"{count.num:,} of {count.of:,} ({percentage(count.share)})"
        return "all" if count.num == count.of else "none" if not count.num else percentage(count.share)

    def _near(self, nearest: NearestOrders | None) -> str:
        if nearest is None:
            return ""
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
            yield f"All that is asked for together: not counted; {self.found.joint}."
        else:
            what = "rankings" if self.found.aim.dm is not None else "combinations of rankings"
            told = self.counted(self.found.joint)
            yield f"All that is asked for together: {told}{f' of the {what}' * ('of' not in told)}{f' {what}' * ('of' in told)}."

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
            yield f"Whether any strict rankings attain all of it was not decided: {self.found.attainable}."
        elif not self.found.attainable:
            yield "No strict rankings attain all of it."

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
        nearest = self.found.nearest
        if not nearest.num_orders:
            yield "Nobody whose ranking counts has a list of statements, so there is no order to change."
            return
        tried = f"{' × '.join(f'{number:,}' for number in nearest.num_orders)} orders of statements"
        if nearest.num_swaps is None and nearest.is_complete:
            yield f"No order of the statements in the file attains it; all {tried} were tried."
        elif nearest.num_swaps is None:
            yield f"No order of the statements was found that attains it; tried were the nearest {tried}, not all."
        elif nearest.num_swaps and not nearest.is_complete:
            yield f"Nearer orders may exist: tried were the nearest {tried}, not all."
        elif not nearest.num_swaps:
            yield "It is so with the statements in the order of the file."

    def _range(self) -> str:
        if self.found.varied:
            told = ", ".join(f"{self.makers[dm]} {places[0] + 1}-{places[-1] + 1}" for dm, places in self.found.varied.items())
            return f"Counted are the rankings with these places of the file's ranking in any order: {told}; all others stay."
        number = self.model.num_states
        return (
            f"Counted are strict rankings of all {number:,} states; a condition is on one ranking, those of the others being as in "
            "the cell."
        )

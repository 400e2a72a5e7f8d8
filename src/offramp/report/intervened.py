"""Interventions in plain sentences: what somebody outside could add, and in how many cells a way out opens then.

An intervention goes by its name, or by its place where the name may repeat
restricted words. Nothing is promised: a way out that opens is one that those
who take it would want, by the judgements of the case.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from offramp.report.voice import Voice
from offramp.report.words import sentence_case, spaced, unnamed, visible

if TYPE_CHECKING:
    from offramp.analysis.intervene import Effect, Interventions, Tried
    from offramp.model.build import Builder
    from offramp.sources.evidence import Evidence


class Intervened:
    """Tells what interventions do.

    Parameters
    ----------
    builder : Builder
        Of the case.
    evidence : Evidence
        The statements of the case; may be empty.
    found : Interventions
        What to tell.
    """

    def __init__(self, builder: Builder, evidence: Evidence, found: Interventions) -> None:
        self.builder, self.found = builder, found
        self.voice = Voice(builder.file, evidence, True, standing=builder.standing)
        self.there = builder.case.interventions
        self.effective = [tried for tried in found.tried if not tried.reason]
        self.refused = [tried for tried in found.tried if tried.reason]

    def title(self) -> str:
        """Return what this is about."""
        return f"{self.voice.case.title}: what somebody outside could add"

    def name(self, intervention: str) -> str:
        """Return the name of an intervention."""
        there = self.there[intervention]
        return self.short(intervention) if self._is_withheld(intervention) else visible(there.name) or sentence_case(spaced(intervention))

    def short(self, intervention: str) -> str:
        """Return the id of an intervention, or its place where the id may repeat restricted words."""
        return unnamed("intervention", list(self.there).index(intervention)) if self._is_withheld(intervention) else intervention

    def _is_withheld(self, intervention: str) -> bool:
        return self.voice.is_reserved(self.there[intervention])

    def _ids(self, tried: Tried) -> str:
        return " + ".join(map(self.short, tried.interventions))

    # -- what opens -------------------------------------------------------------------------------------------------------

    def lead(self) -> str:
        """Return which single one, and which together, open a lawful way out in the most cells."""
        before = [tried.effects["lawful"].before for tried in self.effective]
        if not before:
            return "None of them can be added."
        if before[0] == self.found.num_cells:
            return f"There is a lawful way out in {self._cells()} as the case stands; none can be opened."
        return " ".join(self._best(size) for size in sorted({len(tried.interventions) for tried in self.effective}))

    def _best(self, size: int) -> str:
        there = [tried for tried in self.effective if len(tried.interventions) == size]
        most = max(tried.effects["lawful"].opened for tried in there)
        if not most:
            return f"{_NONE.get(size, f'No {size} together')} opens a lawful way out where there is none."
        best, *others = (tried for tried in there if tried.effects["lawful"].opened == most)
        effect = best.effects["lawful"]
        named = " together with ".join(f"“{self.name(name)}”" for name in best.interventions)
        where = f"in {most:,} of the {self.found.num_cells - effect.before:,} that have none"
        so = f" In as many {'does one other' if len(others) == 1 else f'do {len(others)} others'}." if others else ""
        closed = f" In {effect.closed:,} of the {effect.before:,} that have one, none is left." if effect.closed else ""
        return f"{_AMONG.get(size, f'Of {size} together')}, {named} opens a lawful way out in the most cells: {where}.{so}{closed}"

    def _cells(self) -> str:
        number = self.found.num_cells
        return f"all {number:,} cells" if number > 1 else "the only cell"

    def rows(self) -> list[list[str]]:
        """Return a row for each that can be added: what, and the cells with a lawful, a clear, any way out."""
        return [
            [self._ids(tried), *(_told(tried.effects[name]) for name in ("lawful", "clear", "can_move")), self._basis(tried)]
            for tried in self.effective
        ]

    def _basis(self, tried: Tried) -> str:
        return ", ".join(dict.fromkeys(self.there[name].graded for name in tried.interventions))

    def described(self) -> list[list[str]]:
        """Return a row for each intervention: its id, its name, who could add it."""
        return [[self.short(name), "" if self._is_withheld(name) else self.name(name), self._by(name)] for name in self.there]

    def _by(self, intervention: str) -> str:
        if self._is_withheld(intervention):
            return "withheld in public"
        return visible(self.there[intervention].by) or "nobody is named"

    # -- what cannot be added, and how to read this -----------------------------------------------------------------------

    def impossible(self) -> Iterator[str]:
        """Yield those that cannot be added, with the reason; pairs of such only where neither is refused alone."""
        alone = {tried.interventions[0] for tried in self.refused if len(tried.interventions) == 1}
        for tried in self.refused:
            if len(tried.interventions) == 1 or alone.isdisjoint(tried.interventions):
                yield f"Cannot be added: {self._ids(tried)}; {_first_line(tried.reason)}."
        if any(len(tried.interventions) > 1 and not alone.isdisjoint(tried.interventions) for tried in self.refused):
            yield "Nor can anything together with what cannot be added alone."

    def notes(self) -> Iterator[str]:
        """Yield how to read the counts, and what they do not say."""
        yield f"Counted over {self._cells()}: those with a way out before -> after; + where one opened, - where none is left."
        yield "Lawful: throughout, by the norms of the case. Clear: lawful, and without harm that the case knows of."
        yield "Whether anybody would add it, and whether it would then go this way, the counts do not say."


_AMONG = {1: "Added alone", 2: "Of pairs"}
_NONE = {1: "None of them alone", 2: "No pair"}


def _told(effect: Effect) -> str:
    changes = [f"+{effect.opened}"] * bool(effect.opened) + [f"-{effect.closed}"] * bool(effect.closed)
    return f"{effect.before} -> {effect.after}" + (f" ({' '.join(changes)})" if changes else "")


def _first_line(reason: str) -> str:
    """Return the first of several faults, and how many more there are."""
    first, *others = reason.splitlines() or [""]
    return first + (f" (and {len(others)} more like it)" if others else "")

"""A comparison in words: when an outcome is an equilibrium, what it means, what settings change; withheld as in a public brief."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from offramp.analysis.compare import Comparison, Outcome
from offramp.analysis.confined import Confined
from offramp.report.compare_records import Meaning, Meanings
from offramp.report.naming import entry_label, open_words, option_label, reading_label, side_label
from offramp.report.records import harm_label
from offramp.report.voice import Voice
from offramp.report.words import KIN
from offramp.stability.settings import Settings

NAMED = 12
"""Number of states that a line about a setting names."""

_SHORT = {"nash": "Nash", "nonmyopic": "NM"}


class Compared:
    """Says what a comparison found.

    Parameters
    ----------
    comparison : Comparison
        What was found.
    voice : Voice
        How labels are said; what it withholds goes by its place.
    """

    def __init__(self, comparison: Comparison, voice: Voice) -> None:
        self.comparison, self.voice = comparison, voice
        self.meanings = Meanings(comparison)

    # -- heads -----------------------------------------------------------------------------------------------------------

    def short(self, concept: str) -> str:
        """Return a concept in short, such as ``SEQ``, ``L3`` or, for every coalition, ``GMR, all``."""
        if concept == "limited":
            return f"L{self.comparison.horizon}"
        group, _, name = concept.rpartition("_")
        head = _SHORT.get(name, name.upper())
        return head if not group else f"{head}, {'+'.join(self.comparison.coalition) if self.comparison.coalition else 'all'}"

    def names(self, concepts: Sequence[str]) -> str:
        """Return concepts in short as a list."""
        return ", ".join(map(self.short, concepts))

    # -- when ------------------------------------------------------------------------------------------------------------

    def when(self, outcome: Outcome) -> str:
        """Return in which combinations a state is an equilibrium, as far as these have something in common."""
        exists = "" if outcome.cells == self.comparison.num_cells else f"; exists in {outcome.cells} of {self.comparison.num_cells} cells"
        if not outcome.confined.ever:
            return "in no combination" + exists
        if outcome.confined.always:
            return (self._only(outcome.confined) or "everywhere") + exists
        groups: dict[str, list[str]] = {}
        for name, confined in outcome.by_concept.items():
            groups.setdefault(self._how(confined), []).append(name)
        if len(groups) == 1:
            return next(iter(groups)) + exists
        return "; ".join(f"{self.names(names)} {how}" for how, names in groups.items()) + exists

    def _how(self, confined: Confined) -> str:
        """Return when a state is an equilibrium of some concepts."""
        if not confined.ever:
            return "never" if confined.is_asked else "not defined"
        if confined.is_free:
            return "everywhere" if confined.always else "in some cells"
        return self._only(confined) + (", always there" if confined.always and self.comparison.num_cells > 1 else "")

    def _only(self, confined: Confined) -> str:
        """Return what combinations have in common, in one line; empty for nothing."""
        parts = [self._by(confined.concepts)] if confined.concepts else []
        where = [f"{dm}: {' or '.join(reading_label(self.voice, dm, n) for n in names)}" for dm, names in confined.readings.items()]
        where += [side_label(self.voice, name, side) for name, side in confined.contested.items()]
        parts += ["where " + "; ".join(where)] if where else []
        settings = [f"{name}={' or '.join(values)}" for name, values in confined.settings.items()]
        parts += ["with " + ", ".join(settings)] if settings else []
        return "only " + " ".join(parts) if parts and not parts[0].startswith("by all") else " ".join(parts)

    def _by(self, concepts: Sequence[str]) -> str:
        others = [name for name in self.comparison.concepts if name not in concepts]
        return f"by all but {self.names(others)}" if len(others) < len(concepts) else f"by {self.names(concepts)}"

    # -- what it means ---------------------------------------------------------------------------------------------------

    def meaning(self, place: int) -> str:
        """Return what a state means in one line: whether it can be left or taken back, breaches, harms, wishes."""
        meaning, voice = self.meanings.of(place), self.voice
        harms: dict[str, int] = {}
        for harm, cells in meaning.harms.items():
            name = KIN if voice.harm_is_kin(harm.harm) else harm_label(harm)
            harms[name] = max(cells, harms.get(name, 0))
        final = {option_label(voice, label): cells for label, cells in meaning.final.items()}
        parts = [
            ("", _counted({"NOBODY CAN LEAVE": meaning.stuck}, meaning)),
            ("CANNOT BE UNDONE: ", _counted(final, meaning)),
            ("", [] if final else _counted({"NO WAY BACK": meaning.stranded}, meaning)),
            ("UNLAWFUL: ", _counted({entry_label(voice, "norms", b.norm): cells for b, cells in meaning.breaches.items()}, meaning)),
            ("harm ", _counted(harms, meaning)),
            ("wish of ", _counted({name: cells for name, cells in meaning.wishes.items() if not voice.is_silent(name)}, meaning)),
        ]
        return "; ".join(lead + ", ".join(names) for lead, names in parts if names)

    def marked(self, place: int) -> str:
        """Return a state by its number in the first cell, else by its code, with what forbids calling it well."""
        meaning, number = self.meanings.of(place), self.comparison.number(place)
        marks = [("NOBODY CAN LEAVE", meaning.stuck), ("UNLAWFUL", meaning.breaches), ("HARM", meaning.harms)]
        told = ", ".join(name for name, there in marks if there)
        return (self.comparison.states.label(place) if number is None else str(number)) + (f" ({told})" if told else "")

    # -- settings --------------------------------------------------------------------------------------------------------

    def settings(self) -> Iterator[str]:
        """Yield, for each choice of settings but the first, which states it makes equilibria and which it makes none, by concept."""
        for settings in dict.fromkeys(column.settings for column in self.comparison.columns):
            groups: dict[str, list[str]] = {}
            for k, column in enumerate(self.comparison.columns):
                if column.settings == settings and k != self.comparison.concepts_first[column.concept]:
                    groups.setdefault(self._change(k), []).append(column.concept)
            if groups:
                told = "; ".join(f"{self.names(names)} {change}" for change, names in groups.items())
                yield f"With {settings_label(settings)}, {told}."

    def _change(self, column: int) -> str:
        """Return what a column has otherwise than the first of its concept."""
        gained, lost = self.comparison.changes(column)
        if self.comparison.num_cells == sum(self.comparison.columns[column].undefined.values()):
            return "not defined"
        parts = [f"{word} {self._several(there)}" for word, there in (("gain", gained), ("lose", lost)) if there]
        return " and ".join(parts) or "unchanged"

    def _several(self, states: Mapping[int, int]) -> str:
        many = self.comparison.num_cells > 1
        told = [self.marked(place) + f" in {cells}" * many for place, cells in list(states.items())[:NAMED]]
        return ", ".join(told) + (f" and {len(states) - NAMED:,} more" if len(states) > NAMED else "")

    def undefined(self) -> Iterator[str]:
        """Yield where concepts have no answer, and why, and which were left out for that."""
        groups: dict[tuple[str, int], list[str]] = {}
        for column in self.comparison.columns:
            for reason, cells in column.undefined.items():
                groups.setdefault((reason, cells), []).append(f"{self.short(column.concept)} with {settings_label(column.settings)}")
        for (reason, cells), names in groups.items():
            yield f"Not defined in {cells} of {self.comparison.num_cells} cells, {', '.join(dict.fromkeys(names))}: " + open_words(
                self.voice, reason
            )
        for name, reason in self.comparison.left_out.items():
            yield f"Left out: {self.short(name) if name != 'limited' else 'L_h'}: {open_words(self.voice, reason)}"


def settings_label(settings: Settings) -> str:
    """Return settings in one line, such as ``sequences=once``.

    Examples
    --------
    >>> settings_label(Settings()), settings_label(Settings(sequences="once", unknown="c"))
    ('the default settings', 'sequences=once and unknown=c')
    """
    return " and ".join(f"{name}={value}" for name, value in settings.changed.items()) or "the default settings"


def _counted(names: Mapping[str, int], meaning: Meaning) -> list[str]:
    return [name if cells == meaning.cells else f"{name} (in {cells})" for name, cells in names.items() if cells]

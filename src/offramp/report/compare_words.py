"""A comparison in words: when an outcome is an equilibrium, what it means, what settings change; withheld as in a public brief."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from offramp.analysis.comparison import Comparison, Outcome
from offramp.analysis.confined import Apart, Confined
from offramp.report.compare_records import Meaning, Meanings
from offramp.report.naming import entry_label, open_words, option_label, reading_label, side_label
from offramp.report.records import harm_label
from offramp.report.voice import Voice
from offramp.report.words import KIN

NAMED = 4
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
        groups: dict[str, list[str]] = {}
        for name, apart in outcome.by_concept.items():
            groups.setdefault(self._how(apart), []).append(name)
        if _is_exact(outcome.apart) or len(groups) == 1:
            return self._how(outcome.apart) + exists
        return "; ".join(f"{self.names(names)} {how}" for how, names in groups.items()) + exists

    def _how(self, apart: Apart) -> str:
        """Return when a state is an equilibrium: exactly, where that can be said in one line."""
        when, but = apart.when, apart.but
        if not when.ever:
            return "never" if when.is_asked else "not defined"
        if when.always and when.is_free:
            return "everywhere"
        if but.always and (not when.always or _is_shorter(but, when)):
            return "everywhere but " + self._like(but)
        if when.is_free:
            return "in some combinations"
        return "only " + self._like(when) + " (not always)" * (not when.always)

    def _like(self, confined: Confined) -> str:
        """Return what combinations have in common, in one line."""
        parts = [f"under {self.names(confined.concepts)}"] if confined.concepts else []
        where = [f"{dm}: {self._readings(dm, names)}" for dm, names in confined.readings.items()]
        where += [side_label(self.voice, name, side) for name, side in confined.contested.items()]
        parts += ["where " + "; ".join(where)] if where else []
        settings = [f"{name}={' or '.join(values)}" for name, values in confined.settings.items()]
        return " ".join([*parts, *(["with " + ", ".join(settings)] if settings else [])])

    def _readings(self, dm: str, names: Sequence[str]) -> str:
        """Return readings in one line, or those that are not among them where these are fewer."""
        others = [name for name in self.comparison.builder.readings()[dm] if name not in names]
        is_shorter = len(others) < len(names)
        told = [reading_label(self.voice, dm, name) for name in (others if is_shorter else names)]
        return "not " + " nor ".join(told) if is_shorter else " or ".join(told)

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
        """Return a state by its name in a graph, else by its number in the first cell or its code, with what forbids calling it well."""
        meaning, number = self.meanings.of(place), self.comparison.number(place)
        marks = [("NOBODY CAN LEAVE", meaning.stuck), ("UNLAWFUL", meaning.breaches), ("HARM", meaning.harms)]
        told = ", ".join(name for name, there in marks if there)
        states = self.comparison.states
        name = states.label(place) if number is None or not states.options else str(number)
        return name + (f" ({told})" if told else "")

    # -- settings --------------------------------------------------------------------------------------------------------

    def settings(self) -> Iterator[str]:
        """Yield, for each choice of settings but the first, which states it makes equilibria and which it makes none, by concept."""
        for changed in self.comparison.definitions:
            groups: dict[str, list[str]] = {}
            for k, column in enumerate(self.comparison.columns):
                if self.comparison.told(column) == changed and k != self.comparison.concepts_first[column.concept]:
                    groups.setdefault(self._change(k), []).append(column.concept)
            if groups:
                told = "; ".join(change.replace("{}", self.names(names)) for change, names in groups.items())
                yield f"With {settings_label(changed)}: {told}."

    def _change(self, column: int) -> str:
        """Return what a column has otherwise than the first of its concept, with {} for the concept."""
        gained, lost = self.comparison.changes(column)
        if self.comparison.num_cells == sum(self.comparison.columns[column].undefined.values()):
            return "not defined under {}"
        parts = [f"{word} under {{}}: {self._several(there)}" for word, there in (("gained", gained), ("lost", lost)) if there]
        return "; ".join(parts) or "unchanged under {}"

    def _several(self, states: Mapping[int, int]) -> str:
        """Return states with what forbids calling them well, those of most cells first."""
        many = self.comparison.num_cells > 1
        often = sorted(states, key=lambda place: -states[place])
        named = often[: NAMED if len(often) > NAMED + 1 else None]
        told = ", ".join(self.marked(place) + f" in {states[place]} cell{'s' * (states[place] != 1)}" * many for place in named)
        return told + (f" and {len(often) - len(named):,} more" if len(often) > len(named) else "")

    def undefined(self) -> Iterator[str]:
        """Yield where concepts have no answer, and why, and which were left out for that."""
        groups: dict[tuple[str, int], list[str]] = {}
        for column in self.comparison.columns:
            name = f"{self.short(column.concept)} with {settings_label(self.comparison.told(column))}"
            for reason, cells in column.undefined.items():
                groups.setdefault((reason, cells), []).append(name)
        for (reason, cells), names in groups.items():
            of = f"{cells} of {self.comparison.num_cells} cell{'s' * (self.comparison.num_cells != 1)}"
            yield f"Not defined in {of}, {', '.join(dict.fromkeys(names))}: {open_words(self.voice, reason)}"
        reasons: dict[str, list[str]] = {}
        for name, reason in self.comparison.left_out.items():
            reasons.setdefault(open_words(self.voice, reason), []).append("L_h" if name == "limited" else self.short(name))
        for reason, names in reasons.items():
            yield f"Left out: {', '.join(names)}: {reason}."


def settings_label(changed: Mapping[str, str]) -> str:
    """Return what of the settings is not the default in one line, such as ``sequences=once``.

    Examples
    --------
    >>> settings_label({}), settings_label({"sequences": "once", "unknown": "c"})
    ('the default settings', 'sequences=once and unknown=c')
    """
    return " and ".join(f"{name}={value}" for name, value in changed.items()) or "the default settings"


def _is_exact(apart: Apart) -> bool:
    """Return whether one line says it all."""
    return not apart.when.ever or apart.when.always or apart.but.always


def _is_shorter(one: Confined, other: Confined) -> bool:
    return _length(one) < _length(other)


def _length(confined: Confined) -> int:
    """Return how many values are named."""
    values = [confined.concepts, *confined.settings.values(), *confined.readings.values()]
    return sum(map(len, values)) + len(confined.contested)


def _counted(names: Mapping[str, int], meaning: Meaning) -> list[str]:
    return [name if cells == meaning.cells else f"{name} (in {cells})" for name, cells in names.items() if cells]

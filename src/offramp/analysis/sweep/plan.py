"""All factors of a sweep, and how its variants are numbered, weighed and drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.lab import reading_weights
from offramp.analysis.sweep.factors import Factor, Indices, Local, Points, levels
from offramp.case.entries import Judgement
from offramp.case.standing import Statement
from offramp.case.yaml_reader import Path_, dotted
from offramp.errors import ChoiceError
from offramp.model.build import Builder


@dataclass(frozen=True, eq=False)
class Drawn:
    """Some variants as numbers.

    Parameters
    ----------
    readings : ndarray of int64, shape (num_variants, num_decision_makers)
        Which reading of each decision maker.
    variations : ndarray of int64, shape (num_variants, num_decision_makers)
        Which variation of that reading; of Python's whole numbers where there
        are too many for 64 bits.
    settings : ndarray of int64, shape (num_variants, num_rules + num_sides)
        1 for each rule that is off, then for each contested entry that is not
        on the side the case takes.
    """

    readings: Indices
    variations: Indices
    settings: Indices

    def __len__(self) -> int:
        return len(self.readings)


class Plan:
    """All factors of a sweep, and the numbering of its variants.

    Parameters
    ----------
    builder : Builder
        Of the case, or of a part of its grid.
    vary : sequence of str, optional
        Dotted paths of the judgements to vary, or of what holds them; ``all``
        for every statement and every rule that is not contested. By default
        what rests on inference or assumption.

    Raises
    ------
    ChoiceError
        If something to vary is not there, or the readings of a decision maker
        weigh nothing.
    """

    def __init__(self, builder: Builder, vary: Sequence[str] | None = None) -> None:
        self.builder = builder
        self.vary = tuple(vary) if vary else None
        self.makers = tuple(builder.case.decision_makers)
        self.sides = tuple(builder.contested().items())
        self.rules = tuple(path for path, rule in _rules(builder) if self._varies(path, rule))
        self.locals = {dm: tuple(self._local(dm, name) for name in there) for dm, there in builder.readings().items()}
        self.weights = {dm: self._weights(dm, there) for dm, there in builder.readings().items()}
        self._check_vary()

    def _varies(self, path: Path_, judgement: Judgement) -> bool:
        if self.vary is None:
            return judgement.graded != "stated"
        return any(_names(name, dotted(path)) for name in self.vary)

    def _local(self, dm: str, name: str) -> Local:
        if self.builder.case.readings[dm][name].prefers is None:
            return Local(dm, name, (), (), ())
        self.builder.check_ranked(dm, name)
        statements = tuple(said for said in self.builder.statements(dm, name) if said.path[0] == "readings")
        uncertain = tuple(k for k, said in enumerate(statements) if self._varies(said.path, said.entry))
        groups: dict[Path_, list[int]] = {}
        for k, said in enumerate(statements):
            if "any_order" in said.path:
                groups.setdefault(said.path[:-1], []).append(k)
        return Local(dm, name, statements, uncertain, tuple(tuple(group) for group in groups.values() if len(group) > 1))

    def _weights(self, dm: str, readings: Sequence[str]) -> NDArray[np.float64]:
        """Return the weights of the readings of a decision maker; they sum to 1."""
        weights = reading_weights(self.builder, dm, readings)
        if not weights.sum() > 0:
            raise ChoiceError(
                f"the readings of {dm} that are looked at ({', '.join(readings)}) weigh nothing together; give one of them a weight above 0"
            )
        return weights / weights.sum()

    def _check_vary(self) -> None:
        varied = [dotted(path) for path in self.rules]
        varied += [factor.label for factor in self.factors if factor.kind == "statement"]
        for name in self.vary or ():
            if name != "all" and not any(_names(name, label) for label in varied):
                some = ", ".join(_variable(self.builder)[:6]) or "the case has neither"
                raise ChoiceError(
                    f"--vary {name} names no statement in force and no uncontested rule; write 'all', 'rules', "
                    f"'readings.{self.makers[0]}', or the path of one, such as {some}"
                )

    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        """Everything that varies: readings, sides, rules, then what varies in each reading."""
        found = [Factor("reading", ("readings", dm), len(there)) for dm, there in self.locals.items() if len(there) > 1]
        found += [Factor("side", (self._section(name), name), 2) for name, _ in self.sides]
        found += [Factor("rule", path, 2) for path in self.rules]
        return (*found, *(factor for there in self.locals.values() for local in there for factor in local.factors()))

    def _section(self, name: str) -> str:
        case = self.builder.case
        return "rules" if name in case.rules else "conditions" if name in case.conditions else "norms"

    # -- numbering -------------------------------------------------------------------------------------------------------

    @property
    def num_settings(self) -> int:
        """Number of combinations of rules on or off and sides."""
        return int(2 ** (len(self.rules) + len(self.sides)))

    @cached_property
    def num_variants(self) -> int:
        """Number of variants."""
        return self.num_settings * prod(sum(local.num_variations for local in there) for there in self.locals.values())

    def numbered(self, start: int, stop: int) -> Drawn:
        """Return the variants from number `start` up to `stop`; rules and sides change slowest."""
        rest = np.arange(start, stop)
        readings, variations = [], []
        for there in reversed(self.locals.values()):
            sizes = [local.num_variations for local in there]
            begins = np.cumsum([0, *sizes[:-1]])
            rest, place = np.divmod(rest, sum(sizes))
            readings.append(np.searchsorted(begins, place, side="right") - 1)
            variations.append(place - begins[readings[-1]])
        bits = rest[:, None] >> np.arange(len(self.rules) + len(self.sides)) & 1
        return Drawn(np.stack(readings[::-1], axis=1), np.stack(variations[::-1], axis=1), bits)

    def weighed(self, drawn: Drawn) -> NDArray[np.float64]:
        """Return the weight of each variant, shape (num_variants,); those of all variants sum to 1."""
        result = np.full(len(drawn), 1 / self.num_settings)
        for place, (dm, there) in enumerate(self.locals.items()):
            each = self.weights[dm] / np.array([local.num_variations for local in there], dtype=np.float64)
            result = result * each[drawn.readings[:, place]]
        return result

    def at(self, points: Points) -> Drawn:
        """Return the variants at points of the unit cube, shape (num_points, num_factors)."""
        columns, number = iter(points.T), len(points)
        readings = [self._reading_at(dm, columns, number) for dm in self.makers]
        sides = [levels(next(columns), 2) for _ in self.sides]
        rules = [levels(next(columns), 2) for _ in self.rules]
        variations = [self._variation_at(there, columns, chosen) for there, chosen in zip(self.locals.values(), readings, strict=True)]
        settings = np.array([*rules, *sides], dtype=np.int64).reshape(-1, number).T
        return Drawn(np.stack(readings, axis=1), np.stack(variations, axis=1), np.ascontiguousarray(settings))

    def _reading_at(self, dm: str, columns: Iterator[Points], number: int) -> Indices:
        if len(self.locals[dm]) == 1:
            return np.zeros(number, dtype=np.int64)
        edges = np.cumsum(self.weights[dm])
        return np.minimum(np.searchsorted(edges[:-1] / edges[-1], next(columns), side="right"), len(edges) - 1)

    def _variation_at(self, there: Sequence[Local], columns: Iterator[Points], chosen: Indices) -> Indices:
        """Return the variations of the readings that are chosen; every reading takes its own coordinates."""
        result = np.zeros(len(chosen), dtype=np.int64)
        for k, local in enumerate(there):
            taken = [next(columns) for _ in local.factors()]
            if taken:
                drawn = local.at(np.stack(taken, axis=1))
                result = np.where(chosen == k, drawn, result)
        return result


def _names(name: str, label: str) -> bool:
    """Return whether a path names a judgement, or what holds it."""
    return name == "all" or label == name or label.startswith((f"{name}.", f"{name}["))


def _variable(builder: Builder) -> list[str]:
    """Return the paths of all that could be named."""
    rules = [path for path, _ in _rules(builder)]
    said = [said.path for dm, there in builder.readings().items() for name in there for said in _said(builder, dm, name)]
    return [dotted(path) for path in [*rules, *said]]


def _rules(builder: Builder) -> Iterator[tuple[Path_, Judgement]]:
    """Yield the rules that nobody contests, and the disallowed transitions."""
    yield from ((path, rule) for path, rule in builder.standing.rules.values() if path[0] == "rules" and not rule.contested)
    yield from ((("disallowed", name), entry) for name, entry in builder.standing.disallowed.items())


def _said(builder: Builder, dm: str, name: str) -> Sequence[Statement]:
    return builder.statements(dm, name) if builder.case.readings[dm][name].prefers is not None else []

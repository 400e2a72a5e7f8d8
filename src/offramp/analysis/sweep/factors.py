"""What a sweep varies, and how its variants are numbered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from math import factorial, prod
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from offramp.case.schema import Judgement
from offramp.case.standing import Statement
from offramp.case.yaml_reader import Path_, dotted
from offramp.errors import ChoiceError
from offramp.model.build import Builder
from offramp.model.conflict import Ranks
from offramp.model.preference import prioritization

Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]
Kind = Literal["reading", "side", "rule", "statement", "order"]

MAX_EXACT = 62
"""Number of statements in a reading up to which their importance is weighed in one whole number."""


@dataclass(frozen=True)
class Factor:
    """One thing that a sweep varies.

    Parameters
    ----------
    kind : str
        ``reading`` (which of a decision maker), ``side`` (of a contested
        entry), ``rule`` (on or off), ``statement`` (present or absent) or
        ``order`` (of a group).
    path : path
        Of the judgement; for an order, of the group.
    num_levels : int
        How many ways it can be.
    """

    kind: Kind
    path: Path_
    num_levels: int

    @property
    def label(self) -> str:
        """The path as text."""
        return dotted(self.path)


@dataclass(frozen=True, eq=False)
class Local:
    """One reading with what varies in it.

    Parameters
    ----------
    dm, reading : str
        Whose, and which.
    statements : tuple of Statement
        In force, in file order; none for a ranking or weights.
    uncertain : tuple of int
        Places of the statements that may be absent.
    groups : tuple of tuple of int
        Places of statements that may stand in any order among themselves.
    """

    dm: str
    reading: str
    statements: tuple[Statement, ...]
    uncertain: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...]

    @property
    def num_variations(self) -> int:
        """How many ways the reading can be."""
        return int(2 ** len(self.uncertain) * prod(factorial(len(group)) for group in self.groups))

    def factors(self) -> Iterator[Factor]:
        """Yield what varies in the reading, in the order of the digits of a variation."""
        yield from (Factor("statement", self.statements[place].path, 2) for place in self.uncertain)
        yield from (Factor("order", self.statements[group[0]].path[:-1], factorial(len(group))) for group in self.groups)

    def ranks(self, variations: Indices, holds: Sequence[Bools], num_states: int) -> Ranks:
        """Return the ranks under each variation, ndarray of int64, shape (num_variations, num_states); only their order counts."""
        weights = [self.places(int(variation)) for variation in variations]
        if len(self.statements) > MAX_EXACT:
            return np.stack([prioritization(num_states, [holds[k] for k in order]) for order in weights])
        table = np.zeros((len(weights), len(self.statements)), dtype=np.int64)
        for row, order in enumerate(weights):
            table[row, list(order)] = [1 << (len(order) - 1 - place) for place in range(len(order))]
        return table @ np.array(holds, dtype=np.int64).reshape(len(self.statements), num_states)

    def places(self, variation: int) -> list[int]:
        """Return the statements that are present, by place, the most important first; 0 is the reading as it stands."""
        order = list(range(len(self.statements)))
        absent = {place for bit, place in enumerate(self.uncertain) if variation >> bit & 1}
        rest = variation >> len(self.uncertain)
        for group in self.groups:
            rest, number = divmod(rest, factorial(len(group)))
            for place, member in zip(group, permutation(number, len(group)), strict=True):
                order[place] = group[member]
        return [place for place in order if place not in absent]


@lru_cache(maxsize=1 << 14)
def permutation(number: int, size: int) -> tuple[int, ...]:
    """Return the permutation of this number; 0 leaves the order as it is.

    Examples
    --------
    >>> [permutation(k, 3) for k in (0, 1, 5)]
    [(0, 1, 2), (0, 2, 1), (2, 1, 0)]
    """
    left, found = list(range(size)), []
    for place in range(size, 0, -1):
        first, number = divmod(number, factorial(place - 1))
        found.append(left.pop(first))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class Drawn:
    """Some variants as numbers.

    Parameters
    ----------
    readings : ndarray of int64, shape (num_variants, num_decision_makers)
        Which reading of each decision maker.
    variations : ndarray of int64, shape (num_variants, num_decision_makers)
        Which variation of that reading.
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
        If something to vary is not there.
    """

    def __init__(self, builder: Builder, vary: Sequence[str] | None = None) -> None:
        self.builder = builder
        self.vary = tuple(vary) if vary else None
        self.makers = tuple(builder.case.decision_makers)
        self.sides = tuple(builder.contested().items())
        self.rules = tuple(
            path for path, rule in builder.standing.rules.values() if path[0] == "rules" and not rule.contested and self._varies(path, rule)
        )
        self.locals = {dm: tuple(self._local(dm, name) for name in there) for dm, there in builder.readings().items()}
        self._check_vary()

    def _varies(self, path: Path_, judgement: Judgement) -> bool:
        if self.vary is None:
            return judgement.graded != "stated"
        label = dotted(path)
        return any(name == "all" or label == name or label.startswith((f"{name}.", f"{name}[")) for name in self.vary)

    def _local(self, dm: str, name: str) -> Local:
        if self.builder.case.readings[dm][name].prefers is None:
            return Local(dm, name, (), (), ())
        statements = tuple(said for said in self.builder.statements(dm, name) if said.path[0] == "readings")
        uncertain = tuple(k for k, said in enumerate(statements) if self._varies(said.path, said.entry))
        groups: dict[Path_, list[int]] = {}
        for k, said in enumerate(statements):
            if "any_order" in said.path:
                groups.setdefault(said.path[:-1], []).append(k)
        return Local(dm, name, statements, uncertain, tuple(tuple(group) for group in groups.values() if len(group) > 1))

    def _check_vary(self) -> None:
        varied = [dotted(path) for path in self.rules]
        varied += [factor.label for factor in self.factors if factor.kind == "statement"]
        for name in self.vary or ():
            if name != "all" and not any(label == name or label.startswith((f"{name}.", f"{name}[")) for label in varied):
                some = ", ".join(varied[:6]) or "none"
                raise ChoiceError(
                    f"--vary {name} names no statement in force and no uncontested rule; write 'all', or a path such as 'rules', "
                    f"'readings.{self.makers[0]}' or one shown by 'offramp flips' ({some})"
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
        return next(section for section, there in (("rules", case.rules), ("conditions", case.conditions)) if name in there) if (
            name in case.rules or name in case.conditions
        ) else "norms"

    # -- numbering -------------------------------------------------------------------------------------------------------

    @property
    def num_settings(self) -> int:
        """Number of combinations of rules on or off and sides."""
        return int(2 ** (len(self.rules) + len(self.sides)))

    @cached_property
    def blocks(self) -> tuple[tuple[tuple[int, ...], int], ...]:
        """The choices of readings in order, each with the number of its variants."""
        return tuple(
            (choice, self.num_settings * prod(self.locals[dm][k].num_variations for dm, k in zip(self.makers, choice, strict=True)))
            for choice in product(*(range(len(self.locals[dm])) for dm in self.makers))
        )

    @cached_property
    def num_variants(self) -> int:
        """Number of variants."""
        return sum(number for _, number in self.blocks)

    def weight(self, choice: Sequence[int]) -> float:
        """Return the weight of a choice of readings."""
        return prod(self._weight(dm, k) for dm, k in zip(self.makers, choice, strict=True))

    def _weight(self, dm: str, place: int) -> float:
        weight = self.builder.case.readings[dm][self.locals[dm][place].reading].weight
        return 1.0 if weight is None else weight

    def numbered(self, choice: Sequence[int], start: int, stop: int) -> Drawn:
        """Return the variants of one choice of readings from number `start` up to `stop`; rules and sides change slowest."""
        sizes = [self.locals[dm][k].num_variations for dm, k in zip(self.makers, choice, strict=True)]
        setting, *variations = np.unravel_index(np.arange(start, stop), (self.num_settings, *sizes))
        bits = setting[:, None] >> np.arange(len(self.rules) + len(self.sides)) & 1
        readings = np.broadcast_to(np.array(choice, dtype=np.int64), (stop - start, len(choice)))
        return Drawn(readings, np.stack(variations, axis=1), bits)

    def at(self, points: NDArray[np.float64]) -> Drawn:
        """Return the variants at points of the unit cube, shape (num_points, num_factors)."""
        column, number = iter(points.T), len(points)
        several = {dm: next(column) for dm, there in self.locals.items() if len(there) > 1}
        readings = [self._drawn_reading(dm, several[dm]) if dm in several else np.zeros(number, dtype=np.int64) for dm in self.makers]
        sides = [next(column) >= 0.5 for _ in self.sides]
        rules = [next(column) >= 0.5 for _ in self.rules]
        variations = np.zeros((number, len(self.makers)), dtype=np.int64)
        for place, there in enumerate(self.locals.values()):
            for k, local in enumerate(there):
                drawn = self._drawn_variation(local, column, number)
                variations[:, place] = np.where(readings[place] == k, drawn, variations[:, place])
        settings = np.array([*rules, *sides], dtype=np.int64).reshape(-1, number).T
        return Drawn(np.stack(readings, axis=1), variations, np.ascontiguousarray(settings))

    def _drawn_reading(self, dm: str, points: NDArray[np.float64]) -> Indices:
        weights = np.array([self._weight(dm, k) for k in range(len(self.locals[dm]))])
        edges = np.cumsum(weights) / weights.sum()
        return np.searchsorted(edges[:-1], points, side="right")

    def _drawn_variation(self, local: Local, column: Iterator[NDArray[np.float64]], number: int) -> Indices:
        drawn, scale = np.zeros(number, dtype=np.int64), 1
        for factor in local.factors():
            drawn += scale * np.minimum((next(column) * factor.num_levels).astype(np.int64), factor.num_levels - 1)
            scale *= factor.num_levels
        return drawn

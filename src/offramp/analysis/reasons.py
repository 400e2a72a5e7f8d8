"""Why a decision maker prefers one state to another: the judgement of the case that tells them apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from offramp.case.entries import Judgement
from offramp.case.labels import labels_of
from offramp.case.pairs import compared
from offramp.case.schema import Reading
from offramp.case.yaml_reader import Path_
from offramp.formula import Formula
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.model.relation import Ranked
from offramp.model.world import Choice


@dataclass(frozen=True)
class Reason:
    """What all reasons have: who, in which reading, and the judgement of the case with its path there."""

    dm: str
    reading: str
    path: Path_
    entry: Judgement


@dataclass(frozen=True)
class ByStatement(Reason):
    """The most important statement that holds in the better state and not in the worse: number `place` of `num` in force.

    `that` is its text as the file has it, `formula` the same with full labels.
    """

    place: int
    num: int
    that: str
    formula: Formula


@dataclass(frozen=True)
class ByTiers(Reason):
    """Two tiers of a ranking, counted from the best, 1."""

    better: int
    worse: int
    num: int


@dataclass(frozen=True)
class ByWeights(Reason):
    """Two sums of weights, and the weights of the options in which the two states differ, by full label."""

    better: int
    worse: int
    weights: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class ByPair(Reason):
    """A line of pairs that says it: what the better state is, ``>`` or ``>>``, what the worse."""

    better: str
    sign: str
    worse: str


class Reasons:
    """Tells what preferences rest on, for one case under one choice.

    Parameters
    ----------
    builder : Builder
        Of the case.
    choice : Choice
        The reading of each decision maker, the side of each contested entry.
    model : ConflictModel, optional
        The model that is told; by default that of the choice. Where coalitions
        are merged in it, nothing is told of what they prefer.

    Examples
    --------
    >>> import offramp
    >>> builder = offramp.Builder(offramp.read_case("two-prisoners"))
    >>> reasons = Reasons(builder, builder.choice())
    >>> found = reasons.between("south_korea", 0, reasons.model.state("NNNNYNNNNNN"))
    >>> found.place, found.num, found.that, found.entry.graded
    (2, 5, 'ask -> transfer', 'inferred')
    """

    def __init__(self, builder: Builder, choice: Choice, model: ConflictModel | None = None) -> None:
        self.builder = builder
        self.choice = choice
        self.model = builder.model(choice) if model is None else model
        self._readings = dict(choice.readings)

    def between(self, dm: str, better: int, worse: int) -> Reason | None:
        """Return why `dm` prefers the state `better` to the state `worse`; None where it does not, or nobody knows."""
        if dm not in self._readings or not self.model.prefers(self.model.dm(dm), better, worse):
            return None
        reading = self.builder.case.readings[dm][self._readings[dm]]
        if reading.prefers is not None:
            return self._statement(dm, better, worse)
        if reading.pairs is not None:
            return self._pair(dm, reading, better, worse)
        return self._tiers(dm, reading, better, worse) if reading.ranking is not None else self._weights(dm, reading, better, worse)

    def _statement(self, dm: str, better: int, worse: int) -> Reason | None:
        world, truth = self.builder.world(self.choice), self.builder.conditions(self.choice)
        statements = self.builder.statements(dm, self._readings[dm])
        for place, said in enumerate(statements, 1):
            holds = world.holds(said.formula, truth)
            if holds[better] != holds[worse]:
                that = f"not ({said.entry.that})" if said.negated else said.entry.that
                return ByStatement(dm, self._readings[dm], said.path, said.entry, place, len(statements), that, said.formula)
        return None

    def _tiers(self, dm: str, reading: Reading, better: int, worse: int) -> Reason:
        preference = self.model.preference(self.model.dm(dm))
        assert isinstance(preference, Ranked)
        listed = preference.order if preference.known is None else preference.order[preference.known]
        tiers = np.unique(listed)[::-1].tolist()
        best, worst = (tiers.index(int(preference.order[state])) + 1 for state in (better, worse))
        return ByTiers(*self._head(dm, reading), best, worst, len(tiers))

    def _pair(self, dm: str, reading: Reading, better: int, worse: int) -> Reason:
        """Return the first line that names both states, those that count as one by any of their names."""
        states = self.model.states
        place, sign = next(
            (place, signs[better, worse])
            for place, line in enumerate(reading.pairs or ())
            if (better, worse) in (signs := {(states.index(a), states.index(b)): sign for a, b, sign in compared(line)})
        )
        path = ("readings", dm, self._readings[dm], "pairs", place)
        return ByPair(dm, self._readings[dm], path, reading, states.label(better), ">>" if sign > 1 else ">", states.label(worse))

    def _weights(self, dm: str, reading: Reading, better: int, worse: int) -> Reason:
        labels, world = labels_of(self.builder.case), self.builder.world(self.choice)
        columns, groups = world.columns, world.states.groups
        better, worse = (better, worse) if groups is None else (int(groups.first[better]), int(groups.first[worse]))
        there = self.builder.standing.weights(dm, reading, self._readings[dm])
        weights = {labels.resolve(option): weight for option, weight in there.items()}
        best, worst = (sum(weight for label, weight in weights.items() if columns[label][state]) for state in (better, worse))
        apart = tuple((label, weight) for label, weight in weights.items() if columns[label][better] != columns[label][worse])
        return ByWeights(*self._head(dm, reading), best, worst, apart)

    def _head(self, dm: str, reading: Reading) -> tuple[str, str, Path_, Judgement]:
        return dm, self._readings[dm], ("readings", dm, self._readings[dm]), reading

"""From a case and a choice of readings to a model.

A *choice* says which reading of each decision maker holds and whether each
contested rule, condition and norm does. Rules and conditions make the *world*:
which states exist and what holds in them. Worlds, rankings and models are built
once and shared by all choices that agree on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from offramp.case.load import CaseFile
from offramp.case.schema import Judgement, Reading
from offramp.case.yaml_reader import Path_
from offramp.errors import CaseError, ChoiceError, TooManyStatesError, UnknownLabelError
from offramp.formula import Formula, atoms, evaluate
from offramp.model.arcs import ArcMoves
from offramp.model.conflict import ConflictModel, Moves, Ranks, States
from offramp.model.lines import LineMoves
from offramp.model.preference import prioritization, tiers, weighted
from offramp.model.states import MAX_STATES, Constraint, feasible_codes

Bools = NDArray[np.bool_]

MAX_SIDES = 12
"""Number of contested conditions of which all sides are tried, to know whether a state exists under any."""


@dataclass(frozen=True)
class Choice:
    """One cell of the grid: a reading for each decision maker, a side for each contested entry."""

    readings: tuple[tuple[str, str], ...]
    contested: tuple[tuple[str, bool], ...]

    @property
    def sides(self) -> dict[str, bool]:
        """The side of each contested entry by its name."""
        return dict(self.contested)


@dataclass(frozen=True, eq=False)
class World:
    """The states that exist under one side of each contested rule, and what holds in them."""

    key: tuple[Any, ...]
    states: States
    moves: Moves
    status_quo: int
    columns: Mapping[str, Bools]
    truths: dict[tuple[Formula, tuple[bool, ...]], Bools] = field(default_factory=dict)

    def holds(self, formula: Formula, conditions: Mapping[str, bool]) -> Bools:
        """Return in which states `formula` holds; the array is shared and not to be written to."""
        relevant = tuple(sorted(atoms(formula) & conditions.keys()))
        key = (formula, tuple(conditions[name] for name in relevant))
        if key not in self.truths:
            holds = evaluate(formula, {**conditions, **self.columns})
            self.truths[key] = np.broadcast_to(np.asarray(holds, dtype=bool), len(self.states))
        return self.truths[key]


class Builder:
    """Builds the models of a case, one for each choice.

    Parameters
    ----------
    file : CaseFile
        The case.
    limit : int, optional
        The largest number of states.

    Examples
    --------
    >>> from offramp.case.load import read_case_text
    >>> file = read_case_text('''
    ... offramp: 1
    ... title: One switch
    ... decision_makers: {anna: {options: {leave: {}}}}
    ... readings: {anna: {only: {prefers: [{that: leave}]}}}
    ... ''')
    >>> builder = Builder(file)
    >>> builder.model(builder.choice()).ranks
    array([[0, 1]])
    """

    def __init__(self, file: CaseFile, limit: int = MAX_STATES) -> None:
        self.file = file
        self.case = file.case
        self.limit = limit
        self._worlds: dict[tuple[Any, ...], World] = {}
        self._ranks: dict[tuple[Any, ...], Ranks] = {}
        self._models: dict[tuple[Any, ...], ConflictModel] = {}

    # -- choices ---------------------------------------------------------------------------------------------------------

    def contested(self) -> dict[str, bool]:
        """Return the contested entries in force with the side that the case takes, in file order."""
        case = self.case
        sides = {name: True for name, rule in case.rules.items() if rule.contested and self.in_force(rule)}
        sides |= {name: self._as_judged(name) for name, condition in case.conditions.items() if condition.contested}
        return sides | {name: True for name, norm in case.norms.items() if norm.contested and self.in_force(norm)}

    def choice(self, readings: Mapping[str, str] | None = None, contested: Mapping[str, bool] | None = None) -> Choice:
        """Return the choice that differs from the case's own in what is given.

        Raises
        ------
        UnknownLabelError
            For a decision maker, a reading or a contested entry that is not there.
        """
        chosen = {dm: next(iter(there)) for dm, there in self.case.readings.items()}
        for dm, reading in (readings or {}).items():
            if dm not in chosen:
                raise UnknownLabelError("decision maker", dm, list(chosen))
            if reading not in self.case.readings[dm]:
                raise UnknownLabelError(f"reading of {dm}", reading, list(self.case.readings[dm]))
            chosen[dm] = reading
        sides = self.contested()
        for name, side in (contested or {}).items():
            if name not in sides:
                raise UnknownLabelError("contested rule, condition or norm", name, list(sides))
            sides[name] = side
        return Choice(tuple((dm, chosen[dm]) for dm in self.case.decision_makers), tuple(sides.items()))

    def conditions(self, choice: Choice) -> dict[str, bool]:
        """Return the truth of every condition under `choice`."""
        sides = choice.sides
        return {name: sides[name] if condition.contested else self._as_judged(name) for name, condition in self.case.conditions.items()}

    def _as_judged(self, name: str) -> bool:
        condition = self.case.conditions[name]
        return condition.holds if self.in_force(condition) else not condition.holds

    def in_force(self, judgement: Judgement) -> bool:
        """Return whether the case's date lies within the judgement's dates."""
        if judgement.since is None and judgement.until is None:
            return True
        now = self.case.as_of
        if now is None:
            raise ChoiceError("a judgement has dates (since, until) and the case has none; give the case an as_of date")
        after = judgement.since is None or now >= judgement.since[: len(now)]
        return after and (judgement.until is None or now[: len(judgement.until)] <= judgement.until)

    # -- worlds ----------------------------------------------------------------------------------------------------------

    def world(self, choice: Choice) -> World:
        """Return the states that exist under `choice`, with their moves.

        Raises
        ------
        CaseError
            If no state is left, or the status quo does not exist.
        TooManyStatesError
            If there are more than the limit.
        """
        key = self._world_key(choice)
        if key not in self._worlds:
            self._worlds[key] = self._graph_world(key) if self.case.is_graph else self._option_world(key, choice)
        return self._worlds[key]

    def rules_in_force(self, choice: Choice) -> list[str]:
        """Return the names of the rules that hold under `choice`."""
        sides = choice.sides
        return [name for name, rule in self.case.rules.items() if self.in_force(rule) and (sides[name] if rule.contested else True)]

    def _world_key(self, choice: Choice) -> tuple[Any, ...]:
        rules = tuple(self.rules_in_force(choice))
        truth = self.conditions(choice)
        formulas = [self.file.formula("rules", name, "require") for name in rules if self.case.rules[name].require is not None]
        named = sorted(frozenset().union(*(atoms(formula) for formula in formulas)) & truth.keys())
        return (rules, tuple((name, truth[name]) for name in named))

    def _option_world(self, key: tuple[Any, ...], choice: Choice) -> World:
        options, conditions = tuple(self.case.options), self.conditions(choice)
        constraints = [self.constraint(name, conditions) for name in key[0]]
        try:
            codes = feasible_codes(len(options), constraints, self.limit)
            if not len(codes):
                found = f"the rules {', '.join(key[0])} together leave no state"
                raise CaseError([self.file.document.problem(("rules",), found, "at least one state", "relax one of them")])
            moves = self._lines(codes)
        except TooManyStatesError as error:
            raise TooManyStatesError(f"{self.file.document.file}: {error}") from None
        states = States(options=options, codes=codes)
        return World(key, states, moves, self._status_quo(states, key[0], conditions), states.columns())

    def constraint(self, name: str, conditions: Mapping[str, bool]) -> Constraint:
        """Return what a rule demands of the options."""
        options = list(self.case.options)
        pattern = self.case.rules[name].exclude
        if pattern is not None:
            fixed = {k: letter == "Y" for k, letter in enumerate(pattern) if letter != "-"}
            return Constraint(frozenset(fixed), lambda columns: _excluded(columns, fixed))
        formula = self.file.formula("rules", name, "require")
        places = {options.index(label): label for label in atoms(formula) if label not in conditions}
        return Constraint(
            frozenset(places), lambda columns: evaluate(formula, {**conditions, **{places[k]: column for k, column in columns.items()}})
        )

    def _lines(self, codes: NDArray[np.int64]) -> LineMoves:
        makers = self.case.decision_makers
        bits = {kind: dict.fromkeys(makers, 0) for kind in ("both", "forward", "backward")}
        for place, (label, option) in enumerate(self.case.options.items()):
            bits[option.allowed][label.split(".")[0]] |= 1 << place
        forward, backward = list(bits["forward"].values()), list(bits["backward"].values())
        own = [both | f | b for both, f, b in zip(bits["both"].values(), forward, backward, strict=True)]
        return LineMoves(codes, own, forward, backward)

    def _graph_world(self, key: tuple[Any, ...]) -> World:
        names = tuple(self.case.states or ())
        states = States(names=names)
        moves = self.case.moves or {}
        places = {name: place for place, name in enumerate(names)}
        arcs = [[(places[a], places[b]) for a, b in moves.get(dm, ())] for dm in self.case.decision_makers]
        now = self.case.status_quo
        return World(
            key,
            states,
            ArcMoves(len(names), [np.array(pairs, dtype=np.int64) for pairs in arcs]),
            places[now] if isinstance(now, str) else 0,
            states.columns(),
        )

    def _status_quo(self, states: States, rules: tuple[str, ...], conditions: Mapping[str, bool]) -> int:
        now = self.case.status_quo
        label = now if isinstance(now, str) else self._now_label(now or {})
        place = states.index(label)
        if place is None:
            broken = [name for name in rules if not self._allows(name, label, conditions)]
            raise CaseError(
                [
                    self.file.document.problem(
                        ("status_quo",),
                        f"the status quo {label} breaks {', '.join(broken)}",
                        "a state that exists",
                        "correct status_quo or the rule",
                    )
                ]
            )
        return place

    def _now_label(self, now: Mapping[str, bool]) -> str:
        from offramp.case.labels import labels_of

        labels = labels_of(self.case)
        on = {labels.resolve(name) for name, taken in now.items() if taken}
        return "".join("Y" if option in on else "N" for option in self.case.options)

    def _allows(self, rule: str, label: str, conditions: Mapping[str, bool]) -> bool:
        constraint = self.constraint(rule, conditions)
        return bool(np.all(constraint.holds({k: np.array([label[k] == "Y"]) for k in constraint.options})))

    # -- models ----------------------------------------------------------------------------------------------------------

    def model(self, choice: Choice) -> ConflictModel:
        """Return the model under `choice`; the same object for choices that agree.

        Raises
        ------
        CaseError
            If a ranking names a state that does not exist, or leaves one out.
        """
        world = self.world(choice)
        rows = [self._rank_key(world, dm, reading, choice) for dm, reading in choice.readings]
        key = (world.key, *rows)
        if key not in self._models:
            ranks = np.stack([self._rank(world, row, choice) for row in rows])
            self._models[key] = ConflictModel(
                self.case.title, tuple(self.case.decision_makers), world.states, world.moves, ranks, world.status_quo
            )
        return self._models[key]

    def _rank_key(self, world: World, dm: str, reading: str, choice: Choice) -> tuple[Any, ...]:
        truth = self.conditions(choice)
        statements = self.case.readings[dm][reading].prefers or ()
        formulas = [self.file.formula("readings", dm, reading, "prefers", place, "that") for place in range(len(statements))]
        named = sorted(frozenset().union(*(atoms(formula) for formula in formulas)) & truth.keys())
        return (world.key, dm, reading, tuple((name, truth[name]) for name in named))

    def _rank(self, world: World, key: tuple[Any, ...], choice: Choice) -> Ranks:
        if key not in self._ranks:
            _, dm, reading, _ = key
            self._ranks[key] = self._ranking(world, ("readings", dm, reading), self.case.readings[dm][reading], choice)
        return self._ranks[key]

    def _ranking(self, world: World, path: Path_, reading: Reading, choice: Choice) -> Ranks:
        if reading.ranking is not None:
            return self._tiers(world, path, reading)
        if reading.weights is not None:
            from offramp.case.labels import labels_of

            labels = labels_of(self.case)
            columns = [world.columns[labels.resolve(option)] for option in reading.weights]
            return weighted(len(world.states), columns, list(reading.weights.values()))
        truth = self.conditions(choice)
        holds = [
            world.holds(self.file.formula(*path, "prefers", place, "that"), truth)
            for place, statement in enumerate(reading.prefers or ())
            if self.in_force(statement)
        ]
        return prioritization(len(world.states), holds)

    def _tiers(self, world: World, path: Path_, reading: Reading) -> Ranks:
        if reading.unlisted == "unknown":
            raise CaseError(
                [
                    self.file.document.problem(
                        (*path, "unlisted"),
                        "unlisted: unknown",
                        "unlisted: tied, or every state listed",
                        "the concepts here need a ranking of all states",
                    )
                ]
            )
        listed = [[tier] if isinstance(tier, str) else tier for tier in reading.ranking or ()]
        self._check_listed(world, path, listed)
        places = [[place for label in tier if (place := world.states.index(label)) is not None] for tier in listed]
        missing = set(range(len(world.states))) - {place for tier in places for place in tier}
        if missing and reading.unlisted is None:
            labels = [world.states.label(place) for place in sorted(missing)]
            raise CaseError(
                [
                    self.file.document.problem(
                        (*path, "ranking"),
                        f"the ranking leaves out {_some(labels)}",
                        f"all {len(world.states)} states",
                        "add them, or write 'unlisted: tied' beside it",
                    )
                ]
            )
        return tiers(len(world.states), [tier for tier in places if tier])

    def _check_listed(self, world: World, path: Path_, listed: list[list[str]]) -> None:
        """Raise if a listed state exists under no side of the contested rules and conditions."""
        problems = [
            self.file.document.problem(
                (*path, "ranking", place), f"the ranking names {label}, which breaks a rule", "states that exist", "remove it"
            )
            for place, tier in enumerate(listed)
            for label in tier
            if world.states.index(label) is None and not self._can_exist(label)
        ]
        if problems:
            raise CaseError(problems)

    def _can_exist(self, label: str) -> bool:
        """Return whether the rules that nobody contests allow a state under some side of the contested conditions."""
        rules = [name for name, rule in self.case.rules.items() if self.in_force(rule) and not rule.contested]
        formulas = [self.file.formula("rules", name, "require") for name in rules if self.case.rules[name].require is not None]
        judged = {name: self._as_judged(name) for name in self.case.conditions}
        named = sorted(name for name in frozenset().union(*map(atoms, formulas)) & judged.keys() if self.case.conditions[name].contested)
        sides = product((True, False), repeat=min(len(named), MAX_SIDES))
        return any(all(self._allows(rule, label, {**judged, **dict(zip(named, s, strict=False))}) for rule in rules) for s in sides)


def _excluded(columns: Mapping[int, Bools], fixed: Mapping[int, bool]) -> Bools:
    """Return where the columns do not all match `fixed`."""
    differs = [column != fixed[place] for place, column in columns.items()]
    return np.logical_or.reduce(differs) if differs else np.zeros(1, dtype=bool)


def _some(labels: list[str], limit: int = 8) -> str:
    return ", ".join(labels[:limit]) + (f" and {len(labels) - limit} more" if len(labels) > limit else "")

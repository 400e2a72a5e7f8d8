"""From a case and a choice of readings to a model.

A *choice* says which reading of each decision maker holds and whether each
contested rule, condition and norm does. Rules and conditions make the *world*:
which states exist and what holds in them. Worlds, rankings and models are built
once and shared by all choices that agree on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from offramp.case.labels import labels_of
from offramp.case.load import CaseFile
from offramp.case.standing import Standing, Statement
from offramp.case.variant import PLAIN, Variant
from offramp.case.yaml_reader import Path_
from offramp.errors import CaseError, ChoiceError, TooManyStatesError, UnknownLabelError
from offramp.formula import Formula, atoms, evaluate
from offramp.model.arcs import ArcMoves
from offramp.model.conflict import ConflictModel, Ranks, States
from offramp.model.lines import LineMoves
from offramp.model.preference import weighted
from offramp.model.ranking import listed_pairs, listed_ranking
from offramp.model.relation import Preference, Ranked
from offramp.model.shape import shaped, shaping
from offramp.model.stated import stated
from offramp.model.states import MAX_STATES, Constraint, feasible_codes
from offramp.model.unseen import seen
from offramp.model.world import Built, Choice, World

Bools = NDArray[np.bool_]

MAX_SIDES = 12
"""Number of contested conditions of which all sides are tried, to know whether a state exists under any."""


class Builder:
    """Builds the models of a case, one for each choice.

    Parameters
    ----------
    file : CaseFile
        The case.
    limit : int, optional
        The largest number of states.
    variant : Variant, optional
        What is judged otherwise than the case says.
    built : Built, optional
        What builders of the same file have built already.

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

    def __init__(self, file: CaseFile, limit: int = MAX_STATES, variant: Variant = PLAIN, built: Built | None = None) -> None:
        self.file = file
        self.case = file.case
        self.limit = limit
        self.standing = Standing(file, variant)
        self.built = built or Built()
        self._conditions: dict[tuple[tuple[str, bool], ...], Mapping[str, bool]] = {}
        self._world_keys: dict[tuple[tuple[str, bool], ...], tuple[Any, ...]] = {}
        self._materials: dict[tuple[str, str], tuple[tuple[Any, ...], tuple[str, ...]]] = {}

    def varied(self, variant: Variant) -> Builder:
        """Return a builder of the same case with `variant`; what both build is built once."""
        return Builder(self.file, self.limit, variant, self.built)

    # -- choices ---------------------------------------------------------------------------------------------------------

    def contested(self) -> dict[str, bool]:
        """Return the contested entries in force with the side that the case takes, in file order."""
        return dict(self.standing.contested)

    def readings(self) -> dict[str, list[str]]:
        """Return the readings in force by decision maker, in file order."""
        return self.standing.readings

    def choice(self, readings: Mapping[str, str] | None = None, contested: Mapping[str, bool] | None = None) -> Choice:
        """Return the choice that differs from the case's own in what is given.

        Raises
        ------
        UnknownLabelError
            For a decision maker, a reading or a contested entry that is not there.
        """
        chosen = {dm: there[0] for dm, there in self.readings().items()}
        for dm, reading in (readings or {}).items():
            if dm not in chosen:
                raise UnknownLabelError("decision maker", dm, list(chosen))
            if reading not in self.readings()[dm]:
                raise UnknownLabelError(f"reading of {dm}", reading, self.readings()[dm])
            chosen[dm] = reading
        sides = self.contested()
        for name, side in (contested or {}).items():
            if name not in sides:
                raise UnknownLabelError("contested rule, condition or norm", name, list(sides))
            sides[name] = side
        return Choice(tuple((dm, chosen[dm]) for dm in self.case.decision_makers), tuple(sides.items()))

    def conditions(self, choice: Choice) -> Mapping[str, bool]:
        """Return the truth of every condition under `choice`; the mapping is shared and not to be written to."""
        if choice.contested not in self._conditions:
            self._conditions[choice.contested] = self.standing.conditions(choice.sides)
        return self._conditions[choice.contested]

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
        if key not in self.built.worlds:
            plain = self._graph_world(key) if self.case.is_graph else self._option_world(key, choice)
            conditions = self.conditions(choice)
            self.built.worlds[key] = seen(shaped(plain, self.standing, conditions), self.standing, conditions)
        return self.built.worlds[key]

    def rules_in_force(self, choice: Choice) -> dict[str, Path_]:
        """Return the rules that hold under `choice` by name, with their paths."""
        sides = choice.sides
        rules = self.standing.rules.items()
        return {name: path for name, (path, rule) in rules if not rule.contested or self.standing.side(name, sides)}

    def _world_key(self, choice: Choice) -> tuple[Any, ...]:
        if choice.contested not in self._world_keys:
            self._world_keys[choice.contested] = self._key_of_world(choice)
        return self._world_keys[choice.contested]

    def _key_of_world(self, choice: Choice) -> tuple[Any, ...]:
        paths = tuple(self.rules_in_force(choice).values())
        formulas = [formula for path in paths if (formula := self.file.formulas.get((*path, "require"))) is not None]
        shapes, more = shaping(self.standing)
        return (tuple(self.standing.options.items()), (*paths, *shapes), self._truths([*formulas, *more], choice))

    def _truths(self, formulas: Iterable[Formula], choice: Choice) -> tuple[tuple[str, bool], ...]:
        """Return the truth of the conditions that occur in `formulas`."""
        truth = self.conditions(choice)
        return tuple((name, truth[name]) for name in sorted(frozenset().union(*map(atoms, formulas)) & truth.keys()))

    def _option_world(self, key: tuple[Any, ...], choice: Choice) -> World:
        options, conditions = tuple(self.standing.options), self.conditions(choice)
        rules = self.rules_in_force(choice)
        constraints = [self.constraint(name, conditions) for name in rules]
        constraints += [self._fixed(place) for place, allowed in enumerate(self.standing.options.values()) if allowed == "fixed"]
        try:
            codes = feasible_codes(len(options), constraints, self.limit)
            if not len(codes):
                found = f"the rules {', '.join(rules)} together leave no state{self.standing.otherwise(conditions)}"
                raise CaseError([self.file.document.problem(("rules",), found, "at least one state", "relax one of them")])
            moves = self._lines(codes)
        except TooManyStatesError as error:
            raise TooManyStatesError(f"{self.file.document.file}: {error}") from None
        states = States(options=options, codes=codes)
        return World(key, states, moves, self._status_quo(states, list(rules), conditions), states.columns())

    def constraint(self, name: str, conditions: Mapping[str, bool]) -> Constraint:
        """Return what a rule demands of the options."""
        options = list(self.standing.options)
        path, rule = self.standing.rules[name]
        if rule.exclude is not None:
            own = list(self.case.options)
            fixed = {options.index(own[k]): letter == "Y" for k, letter in enumerate(rule.exclude) if letter != "-"}
            return Constraint(frozenset(fixed), lambda columns: _excluded(columns, fixed))
        formula = self.file.formula(*path, "require")
        places = {options.index(label): label for label in atoms(formula) if label not in conditions}
        return Constraint(
            frozenset(places), lambda columns: evaluate(formula, {**conditions, **{places[k]: column for k, column in columns.items()}})
        )

    def _fixed(self, place: int) -> Constraint:
        """Return the demand that an option stays as it is in the status quo."""
        now = self._now_label()[place] == "Y"
        return Constraint(frozenset([place]), lambda columns: columns[place] == now)

    def _lines(self, codes: NDArray[np.int64]) -> LineMoves:
        makers = self.case.decision_makers
        bits = {kind: dict.fromkeys(makers, 0) for kind in ("both", "forward", "backward", "fixed")}
        for place, (label, allowed) in enumerate(self.standing.options.items()):
            bits[allowed][label.split(".")[0]] |= 1 << place
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

    def _status_quo(self, states: States, rules: Iterable[str], conditions: Mapping[str, bool]) -> int:
        label = self._now_label()
        place = states.index(label)
        if place is None:
            broken = [name for name in rules if not self._allows(name, label, conditions)]
            raise CaseError(
                [
                    self.file.document.problem(
                        ("status_quo",),
                        f"the status quo {label} breaks {', '.join(broken)}{self.standing.otherwise(conditions)}",
                        "a state that exists",
                        "correct status_quo or the rule",
                    )
                ]
            )
        return place

    def _now_label(self) -> str:
        """Return the code of the status quo; the options that interventions add are not taken."""
        now = self.case.status_quo
        labels = labels_of(self.case)
        taken = (
            {label for label, letter in zip(self.case.options, now, strict=True) if letter == "Y"}
            if isinstance(now, str)
            else {labels.resolve(name) for name, on in (now or {}).items() if on}
        )
        return "".join("Y" if option in taken else "N" for option in self.standing.options)

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
        keys = [self.rank_key(world, dm, reading, choice) for dm, reading in choice.readings]
        key = (world.key, *keys, choice.readings)
        if key not in self.built.models:
            wants = tuple([self.preference(world, dm, reading, choice) for dm, reading in choice.readings])
            self.built.models[key] = ConflictModel(
                self.case.title,
                tuple(self.case.decision_makers),
                world.states,
                world.moves,
                wants,
                world.status_quo,
                self._cell(world, choice),
            )
        return self.built.models[key]

    def _cell(self, world: World, choice: Choice) -> tuple[str, ...]:
        """Return the readings that are not the first in the file, and the sides that are not its own, of what the model is made of."""
        own = {**dict.fromkeys(self.case.rules, True), **{name: entry.holds for name, entry in self.case.conditions.items()}}
        named = {name for dm, reading in choice.readings for name in self.material(dm, reading)[1]}
        made_of = {*self.standing.rules, *named, *(name for name, _ in world.key[2])}
        readings = [f"{dm}={name}" for dm, name in choice.readings if name != next(iter(self.case.readings[dm]))]
        sides = [(name, side) for name, side in choice.contested if name in made_of and side != own[name]]
        return (*readings, *(f"{name} {'on' if side else 'off'}" for name, side in sides))

    def statements(self, dm: str, reading: str) -> Sequence[Statement]:
        """Return the statements of a reading that stand, the most important first."""
        return self.standing.statements(dm, reading)

    def material(self, dm: str, reading: str) -> tuple[tuple[Any, ...], tuple[str, ...]]:
        """Return what the ranking of a reading is made of, and the conditions that occur in it, whatever the choice."""
        if (dm, reading) not in self._materials:
            self._materials[dm, reading] = self._material(dm, reading)
        return self._materials[dm, reading]

    def _material(self, dm: str, reading: str) -> tuple[tuple[Any, ...], tuple[str, ...]]:
        there = self.case.readings[dm][reading]
        if there.ranking is not None:
            return (dm, reading, self.standing.order(("readings", dm, reading), len(there.ranking))), ()
        if there.pairs is not None:
            return (dm, reading), ()
        if there.weights is not None:
            return (dm, reading, tuple(self.standing.weights(dm, there, reading).items())), ()
        said = self.statements(dm, reading)
        named = frozenset().union(*(statement.formula.atoms for statement in said)) & self.case.conditions.keys()
        return (dm, tuple([(statement.path, statement.negated) for statement in said])), tuple(sorted(named))

    def rank_key(self, world: World, dm: str, reading: str, choice: Choice) -> tuple[Any, ...]:
        """Return what the ranking of a decision maker is made of in one world, under one choice."""
        material, named = self.material(dm, reading)
        truth = self.conditions(choice)
        return (world.key, material, tuple([truth[name] for name in named]))

    def preference(self, world: World, dm: str, reading: str, choice: Choice) -> Preference:
        """Return what a decision maker prefers in one world."""
        key = self.rank_key(world, dm, reading, choice)
        if key not in self.built.wants:
            self.built.wants[key] = self._preference(world, dm, reading, choice)
        return self.built.wants[key]

    def ranking(self, world: World, dm: str, reading: str, choice: Choice) -> Ranks:
        """Return the ranks of all states for a decision maker, ndarray of int64, shape (num_states,).

        Raises
        ------
        ChoiceError
            If the preferences are no ranking of all states.
        """
        rank = self.preference(world, dm, reading, choice).rank
        if rank is None:
            raise self._unranked(dm, reading)
        return rank

    def check_ranked(self, dm: str, reading: str) -> None:
        """Raise a `ChoiceError` if statements of a reading leave pairs of states unknown."""
        if any(said.entry.doubtful for said in self.statements(dm, reading)):
            raise self._unranked(dm, reading)

    def _unranked(self, dm: str, reading: str) -> ChoiceError:
        found = "preferences that are unknown for some pairs of states"
        remedy = "'offramp solve' and 'explain' work with it; for the rest write a reading for each order that is possible"
        return ChoiceError(str(self.file.document.problem(("readings", dm, reading), found, "a ranking of all states", remedy)))

    def _preference(self, world: World, dm: str, reading: str, choice: Choice) -> Preference:
        there = self.case.readings[dm][reading]
        path: Path_ = ("readings", dm, reading)
        if there.ranking is not None:
            order = self.standing.order(path, len(there.ranking))
            return listed_ranking(self.file.document, path, there, order, world.states, self._can_exist)
        if there.pairs is not None:
            return listed_pairs(self.file.document, path, there, world.states, self._can_exist)
        if there.weights is not None:
            labels = labels_of(self.case)
            weights = self.standing.weights(dm, there, reading)
            columns = [world.columns[labels.resolve(option)] for option in weights]
            sums = weighted(len(columns[0]) if columns else len(world.states), columns, list(weights.values()))
            return Ranked(world.one_a_state(sums, (*path, "weights")))
        truth = self.conditions(choice)
        return stated(len(world.states), [(said.entry, world.holds(said.formula, truth)) for said in self.statements(dm, reading)])

    def _can_exist(self, label: str) -> bool:
        """Return whether the rules that nobody contests allow a state under some side of the contested conditions.

        Where something is judged otherwise than in the file any state may fall away, and its place in a ranking with it.
        """
        if not self.standing.variant.keeps_states:
            return True
        if "-" in label:  # the pattern of states that count as one
            return label.count("-") > MAX_SIDES or any(map(self._can_exist, (label.replace("-", letter, 1) for letter in "YN")))
        rules = [name for name, (_, rule) in self.standing.rules.items() if not rule.contested]
        formulas = [formula for name in rules if (formula := self.file.formulas.get(("rules", name, "require"))) is not None]
        judged = {name: self.standing.judged(name) for name in self.case.conditions}
        named = sorted(name for name in frozenset().union(*map(atoms, formulas)) & judged.keys() if self.case.conditions[name].contested)
        sides = product((True, False), repeat=min(len(named), MAX_SIDES))
        return any(all(self._allows(rule, label, {**judged, **dict(zip(named, s, strict=False))}) for rule in rules) for s in sides)


def _excluded(columns: Mapping[int, Bools], fixed: Mapping[int, bool]) -> Bools:
    """Return where the columns do not all match `fixed`."""
    differs = [column != fixed[place] for place, column in columns.items()]
    return np.logical_or.reduce(differs) if differs else np.zeros(1, dtype=bool)

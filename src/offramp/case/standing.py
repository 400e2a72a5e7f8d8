"""What stands of a case: its judgements in force at its date, with those that a variant judges otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NoReturn

from offramp.case.entries import Direction, Judgement
from offramp.case.load import CaseFile
from offramp.case.schema import Claim, Coalesced, Disallowed, Harm, Intervention, Misperception, Norm, PreferenceStatement, Reading, Rule
from offramp.case.variant import PLAIN, Variant
from offramp.case.yaml_reader import Path_
from offramp.errors import CaseError, ChoiceError, UnknownLabelError
from offramp.formula import Formula

Allowed = Direction | Literal["fixed"]


@dataclass(frozen=True, eq=False)
class Statement:
    """A preference statement in force: where it stands, what it says, as the file has it and as it counts."""

    path: Path_
    entry: PreferenceStatement
    formula: Formula
    negated: bool = False


@dataclass(frozen=True, eq=False)
class Standing:
    """The judgements of a case that stand.

    Parameters
    ----------
    file : CaseFile
        The case.
    variant : Variant, optional
        What is judged otherwise.

    Raises
    ------
    UnknownLabelError
        If the variant adds an intervention that the case does not declare.
    """

    file: CaseFile
    variant: Variant = PLAIN

    def __post_init__(self) -> None:
        for name in self.variant.interventions:
            if name not in self.file.case.interventions:
                raise UnknownLabelError("intervention", name, list(self.file.case.interventions))

    @property
    def as_of(self) -> str | None:
        """The date at which the case is told."""
        return self.variant.as_of or self.file.case.as_of

    def in_force(self, judgement: Judgement) -> bool:
        """Return whether the date lies within the judgement's dates, as far as each is known.

        Raises
        ------
        ChoiceError
            If there is no date to compare with.
        """
        if judgement.since is None and judgement.until is None:
            return True
        now = self.as_of
        if now is None:
            raise ChoiceError("a judgement has dates (since, until) and the case has none; give the case an as_of date, or --as-of")
        after = judgement.since is None or now >= judgement.since[: len(now)]
        return after and (judgement.until is None or now[: len(judgement.until)] <= judgement.until)

    def _in_time(self, path: Path_, judgement: Judgement) -> bool:
        return path in self.variant.restored or self.in_force(judgement)

    def _stands(self, path: Path_, judgement: Judgement) -> bool:
        return path not in self.variant.dropped and self._in_time(path, judgement)

    def judgements(self) -> list[tuple[Path_, Judgement]]:
        """Return the judgements in force with their paths, in file order; of a reading out of force, none."""
        return [
            (path, there)
            for path, there in self.file.case.judgements()
            if self._in_time(path, there) and (path[0] != "readings" or path[2] in self.readings[str(path[1])])
        ]

    @cached_property
    def interventions(self) -> dict[str, Intervention]:
        """The interventions that are added, in the order of the file."""
        return {name: there for name, there in self.file.case.interventions.items() if name in self.variant.interventions}

    # -- what can be done, and what exists -------------------------------------------------------------------------------

    @cached_property
    def options(self) -> dict[str, Allowed]:
        """All options by their full label, those of interventions after the decision maker's own, with how each can be changed."""
        found: dict[str, Allowed] = {}
        directions = dict(self.variant.directions)
        for dm, maker in self.file.case.decision_makers.items():
            for name, option in maker.options.items():
                stands = self._stands(("decision_makers", dm, "options", name), option)
                found[f"{dm}.{name}"] = directions.get(f"{dm}.{name}", option.allowed) if stands else "fixed"
            for added in self.interventions.values():
                found |= {f"{dm}.{name}": option.allowed for name, option in added.options.get(dm, {}).items()}
        return found

    @cached_property
    def rules(self) -> dict[str, tuple[Path_, Rule]]:
        """The rules that stand, contested ones among them, by name with their path."""
        rules = {name: (("rules", name), rule) for name, rule in self.file.case.rules.items()}
        standing: dict[str, tuple[Path_, Rule]] = {
            name: (path, rule)
            for name, (path, rule) in rules.items()
            if self._stands(path, rule) and not any(name in added.lifts.rules for added in self.interventions.values())
        }
        for name, added in self.interventions.items():
            standing |= {f"{name}.{rule}": (("interventions", name, "rules", rule), there) for rule, there in added.rules.items()}
        return standing

    @cached_property
    def disallowed(self) -> dict[str, Disallowed]:
        """The disallowed transitions that stand."""
        return {name: there for name, there in self.file.case.disallowed.items() if self._stands(("disallowed", name), there)}

    @cached_property
    def coalesce(self) -> dict[str, Coalesced]:
        """The entries that stand and say which states count as one."""
        return {name: there for name, there in self.file.case.coalesce.items() if self._stands(("coalesce", name), there)}

    @cached_property
    def misperceptions(self) -> dict[Path_, Misperception]:
        """The misperceptions that stand, by their path ``misperceptions.dm.id``."""
        by_maker = self.file.case.misperceptions.items()
        found: dict[Path_, Misperception] = {("misperceptions", dm, k): entry for dm, there in by_maker for k, entry in there.items()}
        return {path: entry for path, entry in found.items() if self._stands(path, entry)}

    @cached_property
    def beliefs(self) -> dict[tuple[str, str], str]:
        """The beliefs that stand: by who believes and of whom, the reading."""
        return {
            (dm, other): belief.reading
            for dm, there in self.file.case.beliefs.items()
            for other, belief in there.items()
            if self._stands(("beliefs", dm, other), belief)
        }

    def judged(self, condition: str) -> bool:
        """Return whether a condition holds, as the case judges it at its date."""
        entry = self.file.case.conditions[condition]
        holds = entry.holds if self._in_time(("conditions", condition), entry) else not entry.holds
        return holds != (("conditions", condition) in self.variant.negated)

    @cached_property
    def fixed_conditions(self) -> dict[str, bool]:
        """The conditions that interventions settle."""
        return {name: holds for added in self.interventions.values() for name, holds in added.conditions.items()}

    @cached_property
    def settled(self) -> dict[str, bool]:
        """The contested entries of which one side alone is left."""
        return dict(self.variant.settled)

    @cached_property
    def contested(self) -> dict[str, bool]:
        """The contested entries in force of which both sides count, with the side that the case takes, in file order."""
        case, settled = self.file.case, self.settled
        sides = {name: True for name, rule in case.rules.items() if rule.contested and self._in_time(("rules", name), rule)}
        sides |= {name: self.judged(name) for name in case.conditions if self.is_contested(name)}
        sides |= {name: True for name, norm in case.norms.items() if norm.contested and self._in_time(("norms", name), norm)}
        return {name: side for name, side in sides.items() if name not in settled}

    def is_contested(self, condition: str) -> bool:
        """Return whether a condition is contested at the date of the case, settled or not."""
        entry = self.file.case.conditions[condition]
        return entry.contested and self._in_time(("conditions", condition), entry)

    def side(self, name: str, sides: Mapping[str, bool]) -> bool:
        """Return the side that a contested entry is on: settled, or as `sides` says."""
        return self.settled[name] if name in self.settled else sides[name]

    def conditions(self, sides: Mapping[str, bool]) -> dict[str, bool]:
        """Return the truth of every condition, given the sides of the contested ones."""
        return {
            name: self.fixed_conditions[name]
            if name in self.fixed_conditions
            else self.side(name, sides)
            if self.is_contested(name)
            else self.judged(name)
            for name in self.file.case.conditions
        }

    # -- what is wanted --------------------------------------------------------------------------------------------------

    @cached_property
    def readings(self) -> dict[str, list[str]]:
        """The readings that stand, by decision maker.

        Raises
        ------
        CaseError
            If a decision maker has none at the date of the case.
        ChoiceError
            If it has none at another date, or in a variant.
        """
        only = dict(self.variant.readings)
        found = {}
        for dm in self.file.case.decision_makers:
            there = self.file.case.readings[dm]
            found[dm] = [
                name for name, reading in there.items() if self._stands(("readings", dm, name), reading) and only.get(dm, name) == name
            ]
            if not found[dm]:
                self._refuse_readings(dm, list(there))
        return found

    def _refuse_readings(self, dm: str, there: Sequence[str]) -> NoReturn:
        """Say that a decision maker has no reading in force: at its own date the case is faulty, at another one the choice."""
        found = f"no reading of {dm} is in force at {self.as_of}"
        if self.variant != PLAIN:
            raise ChoiceError(f"{found}; its readings are {', '.join(there)}")
        remedy = f"correct as_of, or the dates of {', '.join(there)}"
        raise CaseError([self.file.document.problem(("readings", dm), found, "a reading in force at the date of the case", remedy)])

    def otherwise(self, conditions: Mapping[str, bool]) -> str:
        """Return where a cell is that takes conditions otherwise than the case has them, such as ", where winter is false"."""
        odd = [f"{name} is {str(side).lower()}" for name, side in conditions.items() if side != self.file.case.conditions[name].holds]
        return f", where {' and '.join(odd[:4])}" if odd else ""

    def order(self, path: Path_, number: int) -> tuple[int, ...]:
        """Return the order of the statements or tiers of a reading: positions in file order."""
        return dict(self.variant.orders).get(path, tuple(range(number)))

    def statements(self, dm: str, reading: str) -> Sequence[Statement]:
        """Return the statements of a reading that stand, the most important first, with those that interventions add."""
        if (dm, reading) not in self._said:
            self._said[dm, reading] = self._all_said(dm, reading)
        return self._said[dm, reading]

    @cached_property
    def _said(self) -> dict[tuple[str, str], list[Statement]]:
        return {}

    def _all_said(self, dm: str, reading: str) -> list[Statement]:
        path: Path_ = ("readings", dm, reading)
        there = self.file.case.readings[dm][reading].statements()
        own = [self._statement((*path, *there[k][0]), there[k][1]) for k in self.order(path, len(there))]
        own = [statement for statement in own if self._stands(statement.path, statement.entry)]
        return [*self._added(dm, "first"), *own, *self._added(dm, "last")]

    def _statement(self, path: Path_, entry: PreferenceStatement) -> Statement:
        formula = self.file.formula(*path, "that")
        negated = path in self.variant.negated
        return Statement(path, entry, opposite(formula) if negated else formula, negated)

    def _added(self, dm: str, place: str) -> Iterator[Statement]:
        for name, added in self.interventions.items():
            for k, statement in enumerate(added.prefers.get(dm, ())):
                if statement.place == place:
                    yield self._statement(("interventions", name, "prefers", dm, k), statement)

    def weights(self, dm: str, reading: Reading, name: str) -> dict[str, int]:
        """Return the weights of the options in a reading, as its file names them."""
        path: Path_ = ("readings", dm, name, "weights")
        signs = {option: -1 if (*path, option) in self.variant.negated else 1 for option in reading.weights or ()}
        return {
            option: signs[option] * weight
            for option, weight in (reading.weights or {}).items()
            if (*path, option) not in self.variant.dropped
        }

    # -- what it means ---------------------------------------------------------------------------------------------------

    @cached_property
    def norms(self) -> dict[str, Norm]:
        """The norms that stand, contested ones among them."""
        lifted = {name for added in self.interventions.values() for name in added.lifts.norms}
        return {name: norm for name, norm in self.file.case.norms.items() if name not in lifted and self._stands(("norms", name), norm)}

    def norms_in_force(self, sides: Mapping[str, bool]) -> dict[str, Norm]:
        """Return the norms in force, given the sides of the contested ones."""
        return {name: norm for name, norm in self.norms.items() if not norm.contested or self.side(name, sides)}

    @cached_property
    def harms(self) -> dict[int, Harm]:
        """The harms that stand, by their place in the file."""
        lifted = {name for added in self.interventions.values() for name in added.lifts.harms}
        return {
            place: harm for place, harm in enumerate(self.file.case.harms) if harm.id not in lifted and self._stands(("harms", place), harm)
        }

    @cached_property
    def wishes(self) -> dict[str, Formula]:
        """The wishes that stand, by person."""
        return {
            name: opposite(self.file.formula("people", name, "wish"))
            if ("people", name) in self.variant.negated
            else self.file.formula("people", name, "wish")
            for name, person in self.file.case.people.items()
            if person.wish is not None and self._stands(("people", name), person)
        }

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """The claims in force, in file order."""
        return {name: claim for name, claim in self.file.case.claims.items() if self._stands(("claims", name), claim)}


def opposite(formula: Formula) -> Formula:
    """Return the formula that holds where `formula` does not."""
    return formula.parts[0] if formula.kind == "not" else Formula("not", (formula,), depth=formula.depth + 1)

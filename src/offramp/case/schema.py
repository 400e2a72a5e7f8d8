"""What a case file may say: `case.yaml`, field by field.

The classes mirror the file. Cross references (labels, formulas, pins) are
checked in `offramp.case.check`; here each entry is checked by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from offramp.case.entries import (
    MAX_WEIGHT,
    Date,
    Direction,
    Entry,
    FaultAtError,
    FormulaText,
    Id,
    Judgement,
    StateLabel,
    Text,
    Version,
    counted,
)
from offramp.case.faults import shown
from offramp.case.pairs import said
from offramp.case.yaml_reader import Path_

ConceptName = Literal["nash", "gmr", "smr", "seq", "sseq"]


class Option(Judgement):
    """A course of action that a decision maker takes (Y) or does not take (N)."""

    direction: Direction = "both"
    irreversible: bool = False

    @model_validator(mode="after")
    def _one_direction(self) -> Option:
        if self.irreversible and self.direction == "backward":
            raise ValueError("irreversible (which is short for forward) and direction: backward|one of the two|remove one")
        return self

    @property
    def allowed(self) -> Direction:
        """Which way the option may be changed."""
        return "forward" if self.irreversible else self.direction


class DecisionMaker(Entry):
    """A party that can act, with its options in order."""

    name: Text = ""
    note: Text = ""
    options: dict[Id, Option] = {}


class Rule(Judgement):
    """A combination that cannot be: states that break the rule do not exist."""

    require: FormulaText | None = None
    exclude: Text | None = None
    contested: bool = False

    @model_validator(mode="after")
    def _one_form(self) -> Rule:
        return _exactly_one(self, "require", "exclude")


class Disallowed(Judgement):
    """What nobody, or nobody in `by`, does in one move: lead from where `from` holds to where `to` holds."""

    from_: Annotated[FormulaText, Field(alias="from")]
    to: FormulaText
    by: Annotated[list[Id], Field(min_length=1)] | None = None


class Coalesced(Judgement):
    """States that count as one: those where `that` holds, or that match `pattern`."""

    that: FormulaText | None = None
    pattern: Text | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Coalesced:
        return _exactly_one(self, "that", "pattern")


class PreferenceStatement(Judgement):
    """One statement of an option prioritization: states where it holds come first.

    `greatly`: the states that it tells apart differ greatly. `doubtful`: nobody
    knows whether it is wanted, so the states that it tells apart are unknown to
    each other.
    """

    that: FormulaText
    greatly: bool = False
    doubtful: bool = False

    @model_validator(mode="after")
    def _not_both(self) -> PreferenceStatement:
        if self.greatly and self.doubtful:
            raise ValueError("greatly and doubtful|one of the two|what nobody knows to be wanted has no degree: remove one")
        return self


class AnyOrder(Entry):
    """Statements of which nobody has judged which comes first; they stand in file order where one is needed."""

    any_order: Annotated[list[PreferenceStatement], Field(min_length=2)]


def _form_of_preference(entry: object) -> str:
    is_group = "any_order" in entry if isinstance(entry, dict) else isinstance(entry, AnyOrder)
    return "group" if is_group else "statement"


PreferenceEntry = Annotated[
    Annotated[PreferenceStatement, Tag("statement")] | Annotated[AnyOrder, Tag("group")], Discriminator(_form_of_preference)
]


class Reading(Judgement):
    """One account of what a decision maker wants, in one of four forms."""

    weight: Annotated[float, BeforeValidator(counted)] | None = None
    prefers: list[PreferenceEntry] | None = None
    ranking: list[StateLabel | list[StateLabel]] | None = None
    weights: dict[Text, Annotated[int, Field(ge=-MAX_WEIGHT, le=MAX_WEIGHT)]] | None = None
    pairs: list[Text] | None = None
    unlisted: Literal["tied", "unknown"] | None = None
    great_steps: list[StateLabel] = []

    @model_validator(mode="after")
    def _one_form(self) -> Reading:
        if self.unlisted and self.ranking is None and self.pairs is None:
            raise ValueError("unlisted without a ranking|unlisted beside ranking or pairs|remove unlisted")
        if self.unlisted == "tied" and self.pairs is not None:
            raise ValueError("unlisted: tied beside pairs|unlisted: unknown, or every pair|say of each pair that is tied: a = b")
        if self.great_steps and self.ranking is None:
            raise ValueError("great_steps without a ranking|great_steps beside ranking|in prefers write greatly: true, in pairs a >> b")
        if self.pairs is not None:
            said(self.pairs)  # raises where pairs contradict each other
        return _exactly_one(self, "prefers", "ranking", "weights", "pairs")

    @model_validator(mode="after")
    def _great_first(self) -> Reading:
        mild: str | None = None
        for path, statement in self.statements():
            if statement.greatly and mild is not None:
                found = f"{statement.that!r} counts greatly and {mild!r} before it does not"
                raise FaultAtError(path, f"{found}|statements with greatly before all others|mark that one too, or move this one up")
            mild = mild if statement.greatly else statement.that
        return self

    def statements(self) -> list[tuple[Path_, PreferenceStatement]]:
        """Return all statements, the most important first, each with its path within the reading."""
        found: list[tuple[Path_, PreferenceStatement]] = []
        for place, entry in enumerate(self.prefers or ()):
            if isinstance(entry, AnyOrder):
                found += [(("prefers", place, "any_order", k), statement) for k, statement in enumerate(entry.any_order)]
            else:
                found.append((("prefers", place), entry))
        return found


class Misperception(Judgement):
    """States that a decision maker does not see."""

    that: FormulaText | None = None
    pattern: Text | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Misperception:
        return _exactly_one(self, "that", "pattern")


class Belief(Judgement):
    """Which reading of another decision maker somebody takes for the true one."""

    reading: Id


def _believed(value: object) -> object:
    if isinstance(value, dict | Belief):
        return value
    if not isinstance(value, str):
        raise ValueError(f"{shown(value)}|the id of a reading, or entries with reading: …|name the reading that is believed in")
    return {"reading": value}


BeliefEntry = Annotated[Belief, BeforeValidator(_believed, json_schema_input_type=Id | Belief)]


class Condition(Judgement):
    """A fact of the world; its name may stand in every formula."""

    holds: bool
    contested: bool = False


class Norm(Judgement):
    """A rule of law or of a promise that binds decision makers."""

    binds: Annotated[list[Id], Field(min_length=1)]
    forbids: FormulaText | None = None
    requires: FormulaText | None = None
    permits: FormulaText | None = None
    when: FormulaText | None = None
    absolute: bool = False
    cite: Text = ""
    contested: bool = False

    @model_validator(mode="after")
    def _one_form(self) -> Norm:
        return _exactly_one(self, "forbids", "requires", "permits")


class Person(Judgement):
    """Somebody whom the outcome touches; protected people go by their id alone."""

    protected: bool = False
    restricted: bool = False
    wish: FormulaText | None = None

    @model_validator(mode="after")
    def _pseudonym(self) -> Person:
        if self.protected and self.name:
            raise ValueError("a name for a protected person|the id alone, as a pseudonym|remove name; identifiers belong in private/")
        return self


class Harm(Judgement):
    """What a person suffers in the states where `that` holds, and by whom."""

    id: Id | None = None
    to: Id
    that: FormulaText
    by: list[Id] = []
    grade: Literal["slight", "serious", "grave"]


class OnlyIf(Entry):
    """Every way out that ends where `end` holds also satisfies `needs`."""

    end: FormulaText
    needs: FormulaText


class Possible(Entry):
    """Some way out, of a coalition within `by`, ends where `end` holds."""

    end: FormulaText
    by: Annotated[list[Id], Field(min_length=1)] | None = None


class Permitted(Entry):
    """No norm in force for `to` forbids a state where `that` holds."""

    that: FormulaText
    to: Annotated[list[Id], Field(min_length=1)]


class Stable(Entry):
    """Every state where `that` holds is an equilibrium of `concept`."""

    that: FormulaText
    concept: ConceptName = "nash"


class Claim(Judgement):
    """What somebody says about the deadlock, put to the test in every cell."""

    said: Text = ""
    only_if: OnlyIf | None = None
    possible: Possible | None = None
    permitted: Permitted | None = None
    stable: Stable | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Claim:
        return _exactly_one(self, "only_if", "possible", "permitted", "stable")


class AddedStatement(PreferenceStatement):
    """A statement that an intervention adds to what a decision maker wants, before or after all others."""

    place: Literal["first", "last"] = "first"


class Lifts(Entry):
    """What falls away with an intervention: rules and norms by name, harms by id."""

    rules: list[Id] = []
    norms: list[Id] = []
    harms: list[Id] = []


class Intervention(Judgement):
    """What somebody outside could add to the case; `by` says who, in words."""

    by: Text = ""
    options: dict[Id, Annotated[dict[Id, Option], Field(min_length=1)]] = {}
    rules: dict[Id, Rule] = {}
    prefers: dict[Id, Annotated[list[AddedStatement], Field(min_length=1)]] = {}
    conditions: dict[Id, bool] = {}
    lifts: Lifts = Lifts()

    @model_validator(mode="after")
    def _adds_something(self) -> Intervention:
        lifts = self.lifts
        if not any((self.options, self.rules, self.prefers, self.conditions, lifts.rules, lifts.norms, lifts.harms)):
            kinds = "options, rules, prefers, conditions, lifts"
            raise ValueError(f"an intervention that changes nothing|at least one of {kinds}|say what it adds, or remove it")
        return self


class Case(Entry):
    """A whole `case.yaml`: either options with rules, or states with moves."""

    offramp: Version
    title: Annotated[Text, Field(min_length=1)]
    as_of: Date | None = None
    note: Text = ""
    cite: Text = ""
    decision_makers: Annotated[dict[Id, DecisionMaker], Field(min_length=1)]
    coalitions: dict[Id, Annotated[list[Id], Field(min_length=2)]] = {}
    rules: dict[Id, Rule] = {}
    disallowed: dict[Id, Disallowed] = {}
    coalesce: dict[Id, Coalesced] = {}
    states: list[StateLabel] | None = None
    moves: dict[Id, list[Annotated[tuple[StateLabel, StateLabel], Field(strict=False)]]] | None = None
    status_quo: dict[Text, bool] | StateLabel | None = None
    readings: dict[Id, Annotated[dict[Id, Reading], Field(min_length=1)]] = {}
    misperceptions: dict[Id, dict[Id, Misperception]] = {}
    beliefs: dict[Id, dict[Id, BeliefEntry]] = {}
    conditions: dict[Id, Condition] = {}
    norms: dict[Id, Norm] = {}
    people: dict[Id, Person] = {}
    harms: list[Harm] = []
    claims: dict[Id, Claim] = {}
    interventions: dict[Id, Intervention] = {}

    @property
    def is_graph(self) -> bool:
        """Whether the case lists states and moves instead of options."""
        return self.states is not None

    @property
    def options(self) -> dict[str, Option]:
        """All options by their full label ``dm.option``, in file order."""
        return {f"{dm}.{name}": option for dm, maker in self.decision_makers.items() for name, option in maker.options.items()}

    def members(self, names: Iterable[str]) -> list[str]:
        """Return the decision makers of these names, where a coalition that the file names stands for its members."""
        return [member for name in names for member in self.coalitions.get(name, [name])]

    def judgements(self) -> list[tuple[Path_, Judgement]]:
        """Return every judgement with its path in the file, in file order."""
        found: list[tuple[Path_, Judgement]] = []
        for dm, maker in self.decision_makers.items():
            found += [(("decision_makers", dm, "options", name), option) for name, option in maker.options.items()]
        for section in ("rules", "disallowed", "coalesce"):
            found += [((section, name), entry) for name, entry in getattr(self, section).items()]
        for dm, readings in self.readings.items():
            for name, reading in readings.items():
                found += reading_judgements(("readings", dm, name), reading)
        for section in ("misperceptions", "beliefs"):
            found += [((section, dm, name), entry) for dm, there in getattr(self, section).items() for name, entry in there.items()]
        for section in ("conditions", "norms", "people", "claims"):
            found += [((section, name), entry) for name, entry in getattr(self, section).items()]
        found += [(("harms", position), harm) for position, harm in enumerate(self.harms)]
        return found


def dated_judgements(case: Case) -> dict[Path_, Judgement]:
    """Return every judgement that can be in force or not, whole readings among them, by its path."""
    found = dict(case.judgements())
    for dm, there in case.readings.items():
        found |= {("readings", dm, name): reading for name, reading in there.items()}
    return found


def reading_judgements(path: Path_, reading: Reading) -> list[tuple[Path_, Judgement]]:
    """Return the judgements in one reading: its statements, else itself."""
    if reading.prefers is None:
        return [(path, reading)]
    return [((*path, *place), statement) for place, statement in reading.statements()]


def _exactly_one(entry: Any, *names: str) -> Any:
    given = [name for name in names if getattr(entry, name) is not None]
    if len(given) != 1:
        found = f"both {' and '.join(given)}" if given else f"none of {', '.join(names)}"
        raise ValueError(f"{found}|exactly one of {', '.join(names)}|keep one")
    return entry

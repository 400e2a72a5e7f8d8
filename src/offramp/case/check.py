"""Lint of a case: what is not wrong in form, but weak, idle or leaking.

Problems make a case faulty; warnings say what deserves a second look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from offramp.case.check_shapes import idle_shapes, told_apart
from offramp.case.check_statements import idle_statements
from offramp.case.entries import Judgement
from offramp.case.load import CaseFile
from offramp.case.schema import Case
from offramp.case.variant import Variant
from offramp.case.yaml_reader import Document, Path_
from offramp.errors import CaseError, OfframpError, Problem, TooManyStatesError
from offramp.formula import atoms
from offramp.model.build import Builder
from offramp.model.states import Constraint, feasible_codes
from offramp.model.unseen import about
from offramp.model.world import Choice
from offramp.sources.evidence import Evidence

MAX_RULES = 300
"""Number of rules up to which idle ones are looked for: each costs a count of the states without it."""

MAX_SIDES = 6
"""Number of contested entries up to which interventions are added under every combination of their sides."""

_SHAPING = ("rules", "disallowed", "coalesce", "misperceptions")
"""Sections whose formulas say which states and moves there are."""


@dataclass(frozen=True)
class Checkup:
    """What `check` found: problems, which make the case faulty, and warnings."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether there is no problem; warnings do not count."""
        return not self.problems


def check(file: CaseFile, as_of: str | None = None) -> Checkup:
    """Return what is weak, idle or leaking in a case.

    Parameters
    ----------
    file : CaseFile
        A case that could be read; faults of form are raised when it is read.
    as_of : str, optional
        The date at which the case is looked at; its own by default.

    Examples
    --------
    >>> import offramp
    >>> checkup = check(offramp.read_case("two-prisoners"))
    >>> checkup.ok, checkup.warnings
    (True, ())
    """
    problems: list[Problem] = []
    warnings = [*_basis(file), *_indifferent(file)]
    try:
        builder = Builder(file, variant=Variant(as_of=as_of))
        warnings += _idle_rules(file, builder)
        warnings += idle_shapes(file, builder, _choices(builder, "disallowed", "coalesce"))
        warnings += _idle_misperceptions(file, builder)
        warnings += idle_statements(file, builder, _choices(builder, "readings"))
        problems += _cells(builder)
        found = list(_unbuilt(file, builder)) if not problems else []
        problems += [problem for problem, is_nowhere in found if is_nowhere]
        warnings += [problem for problem, is_nowhere in found if not is_nowhere]
    except CaseError as error:
        problems += error.problems
    except OfframpError as error:
        problems.append(file.document.problem((), str(error)))
    if file.folder is not None:
        problems += _evidence(file, file.folder)
        problems += _leaks(file.folder, in_source=False)
        warnings += _leaks(file.folder, in_source=True)
    return Checkup(tuple(sorted(set(problems))), tuple(sorted(set(warnings))))


def _basis(file: CaseFile) -> Iterator[Problem]:
    """Yield the judgements without a basis, and those that are said to rest on words but name none."""
    document = file.document
    interventions = [(("interventions", name), there) for name, there in file.case.interventions.items()]
    for path, judgement in [*file.case.judgements(), *interventions]:
        if judgement.basis is None:
            yield document.problem(path, "no basis", "stated, inferred or assumed", "it is shown as assumed until you say")
        elif judgement.basis != "assumed" and not judgement.because:
            yield document.problem(
                path, f"{judgement.basis}, but because of no statement", "the ids of statements under because", "pin the words"
            )


def _indifferent(file: CaseFile) -> Iterator[Problem]:
    """Yield the options that no reading of anybody wants or fears."""
    case = file.case
    readings = [reading for there in case.readings.values() for reading in there.values()]
    if case.is_graph or any(reading.ranking is not None or reading.pairs is not None for reading in readings):
        return
    from offramp.case.labels import labels_of

    labels = labels_of(case)
    cared = {labels.resolve(option) for there in case.readings.values() for reading in there.values() for option in reading.weights or ()}
    for path, formula in file.formulas.items():
        if path[0] == "readings":
            cared |= atoms(formula)
    for label in case.options:
        if label not in cared:
            dm, name = label.split(".")
            yield file.document.problem(
                ("decision_makers", dm, "options", name),
                "nobody wants or fears this option",
                "a preference that mentions it",
                "add one, or leave the option out",
            )


def _idle_rules(file: CaseFile, builder: Builder) -> Iterator[Problem]:
    """Yield the rules whose absence would leave the same states, whichever side a contested condition in a rule takes."""
    idle = [_idle_under(builder, choice) for choice in _choices(builder)]
    for name in idle[0]:
        if all(name in there for there in idle[1:]):
            yield file.document.problem(
                ("rules", name),
                "the rule excludes nothing that the others leave",
                "a rule that some combination breaks",
                "correct it, or leave it out",
            )


def _choices(builder: Builder, *sections: str) -> list[Choice]:
    """Return the case's own choice, and it with each entry that the formulas of rules, and of `sections`, name on its other side."""
    sides, named = builder.contested(), _named(builder, "rules", *sections)
    return [builder.choice(), *(builder.choice(contested={name: not sides[name]}) for name in sides if name in named)]


def _named(builder: Builder, *sections: str) -> set[str]:
    """Return the labels that occur in the formulas of some sections."""
    return set().union(*(atoms(formula) for path, formula in builder.file.formulas.items() if path[0] in sections))


def _idle_under(builder: Builder, choice: Choice) -> list[str]:
    """Return the rules that exclude nothing under one choice; none is looked for among more than `MAX_RULES`."""
    conditions = builder.conditions(choice)
    rules = {name: builder.constraint(name, conditions) for name in builder.rules_in_force(choice)}
    if len(rules) > MAX_RULES:
        return []
    num_options = len(builder.case.options)
    num_states = len(feasible_codes(num_options, list(rules.values()), builder.limit))
    return [name for name in rules if num_states == _num_without(name, rules, num_options, builder.limit)]


def _num_without(name: str, rules: Mapping[str, Constraint], num_options: int, limit: int) -> int:
    """Return how many states the rules leave without the one called `name`; -1 for more than the limit."""
    try:
        return len(feasible_codes(num_options, [rule for other, rule in rules.items() if other != name], limit))
    except TooManyStatesError:
        return -1


def _idle_misperceptions(file: CaseFile, builder: Builder) -> Iterator[Problem]:
    """Yield the misperceptions that are about no state, whichever side the contested entries take."""
    choices = _sides(builder) if builder.standing.misperceptions else []
    worlds = [(builder.world(choice), builder.conditions(choice)) for choice in choices]
    for path in builder.standing.misperceptions:
        if not any(about(world, builder.standing, path, truth).any() for world, truth in worlds):
            yield file.document.problem(path, "no state is as it says", "states that exist", "correct it, or leave it out")


def _cells(builder: Builder) -> Iterator[Problem]:
    """Yield what keeps single readings, or single sides of a contested entry, from being built."""
    sides = builder.contested()
    shaping = set(builder.case.rules) | _named(builder, *_SHAPING, "readings")  # what is named nowhere there changes no model
    shaping |= set(sides) if builder.case.coalesce else set()
    choices = [builder.choice()]
    choices += [builder.choice(contested={name: not side}) for name, side in sides.items() if name in shaping]
    choices += [builder.choice({dm: name}) for dm, there in builder.readings().items() for name in there]
    for choice in choices:
        try:
            builder.model(choice)
            yield from told_apart(builder, choice)
        except CaseError as error:
            yield from error.problems


def _unbuilt(file: CaseFile, builder: Builder) -> Iterator[tuple[Problem, bool]]:
    """Yield the interventions that cannot be added to every cell, with the reason, and whether to none at all."""
    for name in file.case.interventions:
        added = builder.varied(Variant(interventions=(name,)))
        failed = [_reason(added, choice) for choice in _sides(builder)]
        reasons = [reason for reason in failed if reason]
        if reasons:
            is_nowhere = len(reasons) == len(failed)
            where = "cannot be added" if is_nowhere else "cannot be added under some side of a contested entry, so it is not tried"
            found = ": ".join(filter(None, [where, reasons[0].label, reasons[0].found]))
            yield file.document.problem(("interventions", name), found, reasons[0].expected, reasons[0].remedy), is_nowhere


def _sides(builder: Builder) -> list[Choice]:
    """Return the choices that differ in the sides of what shapes states and rankings; of many entries, a side at a time."""
    sides = builder.contested()
    shaping = [name for name in sides if name in builder.case.rules or name in _named(builder, *_SHAPING, "interventions")]
    if len(shaping) > MAX_SIDES:
        return [builder.choice(), *(builder.choice(contested={name: not sides[name]}) for name in shaping)]
    rows = product((True, False), repeat=len(shaping))
    return [builder.choice(contested=dict(zip(shaping, row, strict=True))) for row in rows]


def _reason(builder: Builder, choice: Choice) -> Problem | None:
    """Return why a cell has no model; the rankings of all readings count."""
    readings = [builder.choice({dm: name}).readings for dm, there in builder.readings().items() for name in there]
    try:
        for chosen in dict.fromkeys(readings):
            builder.model(Choice(chosen, choice.contested))
    except CaseError as error:
        return error.problems[0]
    except TooManyStatesError as error:
        return Problem(builder.file.document.file, 0, "", str(error))
    return None


def intervention_judgements(case: Case) -> Iterator[tuple[Path_, Judgement]]:
    """Yield the interventions of a case, and what each adds, with their paths."""
    for name, added in case.interventions.items():
        path: Path_ = ("interventions", name)
        yield path, added
        for dm, options in added.options.items():
            yield from (((*path, "options", dm, option), there) for option, there in options.items())
        yield from (((*path, "rules", rule), there) for rule, there in added.rules.items())
        for dm, statements in added.prefers.items():
            yield from (((*path, "prefers", dm, place), there) for place, there in enumerate(statements))


def _evidence(file: CaseFile, folder: Path) -> Iterator[Problem]:
    """Yield every `because` without its statement, and every pin that is not where it says."""
    from offramp.sources.evidence import read_evidence
    from offramp.sources.verify import verify

    try:
        evidence = read_evidence(folder)
    except CaseError as error:
        yield from error.problems
        return
    for path, judgement in [*file.case.judgements(), *intervention_judgements(file.case)]:
        yield from _unresolved(file.document, path, judgement.because, evidence)
    yield from verify(folder).faults()


def _unresolved(document: Document, path: Path_, because: list[str], evidence: Evidence) -> Iterator[Problem]:
    import difflib

    for place, name in enumerate(because):
        if name not in evidence.statements:
            close = difflib.get_close_matches(name, evidence.statements, n=1)
            remedy = f"did you mean {close[0]!r}?" if close else "'offramp pin' makes one"
            yield document.problem((*path, "because", place), f"{name!r} is no statement of evidence.yaml", "the id of a statement", remedy)


def _leaks(folder: Path, in_source: bool) -> Iterator[Problem]:
    """Yield every place outside `private/` that holds a protected identifier; in sources, which stay as they are, or elsewhere."""
    from offramp.sources.scan import scan_case

    remedy = "publish nothing of this file" if in_source else "replace it by a pseudonym"
    for leak in scan_case(folder):
        if leak.in_source == in_source:
            yield Problem(leak.layer, leak.line, "", f"a protected identifier ({leak.identifier}) stands here", "a pseudonym", remedy)

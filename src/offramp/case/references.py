"""Cross references inside one `case.yaml`: every label names something.

Each function yields the problems of one kind; `resolve` runs them all and
returns the formulas it read on the way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from offramp.case.labels import Labels, labels_of
from offramp.case.schema import Case, Claim
from offramp.case.yaml_reader import Document, Path_
from offramp.errors import FormulaError, Problem
from offramp.formula import Formula


@dataclass
class Resolution:
    """The formulas of a case by their path, and every problem with its labels."""

    labels: Labels
    formulas: dict[Path_, Formula] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def resolve(case: Case, document: Document) -> Resolution:
    """Return all formulas of `case`, read and resolved, with all problems found."""
    result = Resolution(labels_of(case))
    for path, text in formula_texts(case):
        try:
            result.formulas[path] = result.labels.formula(text)
        except FormulaError as error:
            result.problems.append(document.problem(path, error.found, error.expected, error.remedy))
    for check in (_shape, _clashes, _makers, _people, _rules, _status_quo, _readings, _graph):
        result.problems.extend(check(case, document, result.labels))
    return result


def formula_texts(case: Case) -> Iterator[tuple[Path_, str]]:
    """Yield every formula of the case with its path, in file order."""
    for name, rule in case.rules.items():
        if rule.require is not None:
            yield ("rules", name, "require"), rule.require
    for dm, readings in case.readings.items():
        for name, reading in readings.items():
            for place, statement in enumerate(reading.prefers or ()):
                yield ("readings", dm, name, "prefers", place, "that"), statement.that
    for name, norm in case.norms.items():
        for key in ("forbids", "requires", "permits", "when"):
            if getattr(norm, key) is not None:
                yield ("norms", name, key), getattr(norm, key)
    for name, person in case.people.items():
        if person.wish is not None:
            yield ("people", name, "wish"), person.wish
    for place, harm in enumerate(case.harms):
        yield ("harms", place, "that"), harm.that
    for name, claim in case.claims.items():
        yield from _claim_texts(name, claim)


def _claim_texts(name: str, claim: Claim) -> Iterator[tuple[Path_, str]]:
    for form in ("only_if", "possible", "permitted", "stable"):
        test = getattr(claim, form)
        for key in ("end", "needs", "that"):
            text = getattr(test, key, None) if test is not None else None
            if text is not None:
                yield ("claims", name, form, key), text


def _known(document: Document, path: Path_, names: Iterable[str], known: Iterable[str], kind: str) -> Iterator[Problem]:
    import difflib

    there = list(known)
    for name in names:
        if name not in there:
            close = difflib.get_close_matches(name, there, n=1)
            remedy = f"did you mean {close[0]!r}?" if close else f"correct it, or declare the {kind}"
            yield document.problem(path, f"{name!r} names no {kind}", f"one of {', '.join(there)}" if there else "", remedy)


def _shape(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    if case.is_graph:
        if case.options:
            yield document.problem(("states",), "both states and options", "either options with rules, or states with moves", "remove one")
        if case.rules:
            yield document.problem(
                ("rules",), "rules in a case that lists its states", "no rules", "leave the states out of 'states' instead"
            )
    elif case.moves is not None:
        yield document.problem(("moves",), "moves without states", "states beside moves", "list the states")
    elif not case.options:
        yield document.problem(
            ("decision_makers",), "no decision maker has an option", "at least one option, or states and moves", "say what somebody can do"
        )


def _clashes(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    short = {label.split(".")[1] for label in case.options}
    for name in case.conditions:
        if name in short:
            yield document.problem(("conditions", name), f"{name!r} is an option too", "a name of its own", "rename the condition")
    for name in (*short, *case.conditions):
        if name in ("true", "false", "not", "and", "or", "at_most_one", "exactly_one"):
            yield document.problem((), f"{name!r} is a word of the formula language", "another id", "rename it")
    entries = [
        *(("rules", name, rule.contested) for name, rule in case.rules.items()),
        *(("conditions", name, condition.contested) for name, condition in case.conditions.items()),
        *(("norms", name, norm.contested) for name, norm in case.norms.items()),
    ]
    contested = [(section, name) for section, name, is_contested in entries if is_contested]
    count = Counter(name for _, name in contested)
    for section, name in contested:
        if count[name] > 1:
            yield document.problem((section, name), f"two contested entries are called {name!r}", "names that differ", "rename one")


def _makers(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    makers = case.decision_makers
    yield from _known_keys(document, ("readings",), case.readings, makers, "decision maker")
    yield from _known_keys(document, ("moves",), case.moves or {}, makers, "decision maker")
    for name, norm in case.norms.items():
        yield from _known(document, ("norms", name, "binds"), norm.binds, makers, "decision maker")
    for place, harm in enumerate(case.harms):
        yield from _known(document, ("harms", place, "by"), harm.by, makers, "decision maker")
    for name, claim in case.claims.items():
        if claim.possible and claim.possible.by:
            yield from _known(document, ("claims", name, "possible", "by"), claim.possible.by, makers, "decision maker")
        if claim.permitted:
            yield from _known(document, ("claims", name, "permitted", "to"), claim.permitted.to, makers, "decision maker")
    for name in makers:
        if name not in case.readings:
            yield document.problem(
                ("decision_makers", name),
                f"no reading says what {name!r} wants",
                f"an entry under readings.{name}",
                "write 'prefers: []' in it if every state is alike to them",
            )


def _known_keys(document: Document, path: Path_, names: Iterable[str], known: Iterable[str], kind: str) -> Iterator[Problem]:
    for name in names:
        yield from _known(document, (*path, name), [name], known, kind)


def _people(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    for place, harm in enumerate(case.harms):
        yield from _known(document, ("harms", place, "to"), [harm.to], case.people, "person")


def _rules(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    width = len(case.options)
    for name, rule in case.rules.items():
        pattern = rule.exclude
        if pattern is not None and (len(pattern) != width or set(pattern) - set("YN-")):
            yield document.problem(
                ("rules", name, "exclude"),
                f"the pattern {pattern!r}",
                f"{width} letters of Y, N and -, one an option",
                "the options in file order are " + ", ".join(case.options),
            )


def _status_quo(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    now = case.status_quo
    if isinstance(now, dict):
        if case.is_graph:
            yield document.problem(("status_quo",), "options in a case that lists its states", "the name of a state", "name one")
            return
        for option in now:
            yield from _is_option(case, document, ("status_quo", option), option, labels)
    elif now is not None:
        yield from _is_state(case, document, ("status_quo",), now)


def _is_option(case: Case, document: Document, path: Path_, name: str, labels: Labels) -> Iterator[Problem]:
    try:
        if labels.resolve(name) not in case.options:
            raise FormulaError(f"{name!r} is no option", "an option")
    except FormulaError as error:
        yield document.problem(path, error.found, error.expected, error.remedy)


def _is_state(case: Case, document: Document, path: Path_, label: str) -> Iterator[Problem]:
    if case.states is not None:
        yield from _known(document, path, [label], case.states, "state")
    elif len(label) != len(case.options) or set(label) - set("YN"):
        yield document.problem(
            path,
            f"the state {label!r}",
            f"{len(case.options)} letters of Y and N, one an option",
            "the options in file order are " + ", ".join(case.options),
        )


def _readings(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    for dm, readings in case.readings.items():
        for name, reading in readings.items():
            path: Path_ = ("readings", dm, name)
            seen: dict[str, int] = {}
            for place, tier in enumerate(reading.ranking or ()):
                for label in [tier] if isinstance(tier, str) else tier:
                    yield from _is_state(case, document, (*path, "ranking", place), label)
                    if label in seen:
                        yield document.problem(
                            (*path, "ranking", place),
                            f"the state {label!r} stands in tier {seen[label] + 1} too",
                            "each state once",
                            "remove one",
                        )
                    seen.setdefault(label, place)
            for option in reading.weights or ():
                yield from _is_option(case, document, (*path, "weights", option), option, labels)


def _graph(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    if case.states is None:
        return
    if not case.states:
        yield document.problem(("states",), "no states", "at least one state")
    for name, count in Counter(case.states).items():
        if count > 1:
            yield document.problem(("states",), f"the state {name!r} is listed {count} times", "each state once", "remove one")
    for dm, moves in (case.moves or {}).items():
        for place, (before, after) in enumerate(moves):
            yield from _known(document, ("moves", dm, place), dict.fromkeys((before, after)), case.states, "state")
            if before == after:
                yield document.problem(("moves", dm, place), f"a move from {before!r} to itself", "two states", "remove it")

"""Cross references inside one `case.yaml`: every label names something.

Each function yields the problems of one kind; `resolve` runs them all and
returns the formulas it read on the way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice

from offramp.case.faults import nearest
from offramp.case.labels import Labels, labels_of, one_of
from offramp.case.pairs import states_of
from offramp.case.perception import belief_faults, misperception_faults
from offramp.case.schema import Case, Claim, Intervention, Reading
from offramp.case.shapes import is_pattern, pattern_formulas, shape_problems, shape_texts
from offramp.case.yaml_reader import Document, Path_
from offramp.errors import FormulaError, Problem
from offramp.formula import WORDS, Formula

MAX_PROBLEMS = 500
"""Number of problems after which no more are looked for."""


@dataclass
class Resolution:
    """The formulas of a case by their path, and every problem with its labels."""

    labels: Labels
    formulas: dict[Path_, Formula] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def resolve(case: Case, document: Document) -> Resolution:
    """Return all formulas of `case`, read and resolved, with all problems found."""
    result = Resolution(labels_of(case))
    people = (_makers, _coalitions, _people)
    model = (_rules, _shapes, _status_quo, _readings, _weights, _graph, _harm_ids, _interventions, misperception_faults, belief_faults)
    checks = (_shape, _clashes, *people, *model, _dates)
    problems = chain(_unread(case, document, result), *(check(case, document, result.labels) for check in checks))
    result.problems.extend(islice(problems, MAX_PROBLEMS))
    if len(result.problems) == MAX_PROBLEMS:
        result.problems.append(Problem(document.file, 0, "", f"{MAX_PROBLEMS} faults; there may be more, which are not listed"))
    return result


def _unread(case: Case, document: Document, result: Resolution) -> Iterator[Problem]:
    """Read all formulas into `result`; yield the problems of those that cannot be read."""
    texts = [(path, text, result.labels) for path, text in formula_texts(case)]
    for name, added in case.interventions.items():
        labels = result.labels.with_options(f"{dm}.{option}" for dm, options in added.options.items() for option in options)
        texts += [(path, text, labels) for path, text in _added_texts(name, added)]
    for path, text, labels in texts:
        try:
            result.formulas[path] = labels.formula(text)
        except FormulaError as error:
            yield document.problem(path, error.found, error.expected, error.remedy)
    result.formulas |= pattern_formulas(case)


def formula_texts(case: Case) -> Iterator[tuple[Path_, str]]:
    """Yield every formula of the case with its path, in file order."""
    for name, rule in case.rules.items():
        if rule.require is not None:
            yield ("rules", name, "require"), rule.require
    yield from shape_texts(case)
    for dm, readings in case.readings.items():
        for name, reading in readings.items():
            for where, statement in reading.statements():
                yield ("readings", dm, name, *where, "that"), statement.that
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


def _added_texts(name: str, added: Intervention) -> Iterator[tuple[Path_, str]]:
    """Yield every formula of an intervention with its path."""
    for rule_name, rule in added.rules.items():
        if rule.require is not None:
            yield ("interventions", name, "rules", rule_name, "require"), rule.require
    for dm, statements in added.prefers.items():
        for place, statement in enumerate(statements):
            yield ("interventions", name, "prefers", dm, place, "that"), statement.that


def _claim_texts(name: str, claim: Claim) -> Iterator[tuple[Path_, str]]:
    for form in ("only_if", "possible", "permitted", "stable"):
        test = getattr(claim, form)
        for key in ("end", "needs", "that"):
            text = getattr(test, key, None) if test is not None else None
            if text is not None:
                yield ("claims", name, form, key), text


def _known(document: Document, path: Path_, names: Iterable[str], known: Collection[str], kind: str) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            remedy = nearest(name, known) or f"correct it, or declare the {kind}"
            yield document.problem(path, f"{name!r} names no {kind}", one_of(known), remedy)


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
    short, states = {label.split(".")[1] for label in case.options}, set(case.states or ())
    for name in case.conditions:
        if name in short:
            yield document.problem(("conditions", name), f"{name!r} is an option too", "a name of its own", "rename the condition")
        if name in states:
            yield document.problem(("conditions", name), f"{name!r} is a state too", "a name of its own", "rename the condition")
    named: list[Path_] = [("decision_makers", dm, "options", name) for dm, name in (label.split(".") for label in case.options)]
    for path in [*named, *(("conditions", name) for name in case.conditions)]:
        if path[-1] in WORDS:
            yield document.problem(path, f"{path[-1]!r} is a word of the formula language", "another id", "rename it")
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
    for name, entry in case.disallowed.items():
        yield from _known(document, ("disallowed", name, "by"), entry.by or (), makers, "decision maker")
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


def _coalitions(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    for name, members in case.coalitions.items():
        path: Path_ = ("coalitions", name)
        yield from _known(document, path, members, case.decision_makers, "decision maker")
        if name in case.decision_makers:
            yield document.problem(path, f"{name!r} is a decision maker too", "a name of its own", "rename the coalition")
        for member, times in Counter(members).items():
            if times > 1:
                yield document.problem(path, f"{member!r} is named {times} times", "every member once", "remove the others")


def _known_keys(document: Document, path: Path_, names: Iterable[str], known: Collection[str], kind: str) -> Iterator[Problem]:
    for name in names:
        yield from _known(document, (*path, name), [name], known, kind)


def _people(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    for place, harm in enumerate(case.harms):
        yield from _known(document, ("harms", place, "to"), [harm.to], case.people, "person")


def _rules(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    width = len(case.options)
    for name, rule in case.rules.items():
        pattern = rule.exclude
        if width and pattern is not None and (len(pattern) != width or set(pattern) - set("YN-")):
            yield document.problem(
                ("rules", name, "exclude"),
                f"the pattern {pattern!r}",
                f"{width} letters of Y, N and -, one an option",
                _in_order(case),
            )


def _shapes(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    yield from shape_problems(case, document, _in_order(case))


def _in_order(case: Case, limit: int = 64) -> str:
    options = list(case.options)
    return "the options in file order are " + ", ".join(options[:limit]) + (", …" if len(options) > limit else "")


def _status_quo(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    now = case.status_quo
    if isinstance(now, dict):
        if case.is_graph:
            yield document.problem(("status_quo",), "options in a case that lists its states", "the name of a state", "name one")
            return
        yield from _are_options(case, document, ("status_quo",), now, labels)
    elif now is not None:
        yield from _is_state(case, document, ("status_quo",), now, dict.fromkeys(case.states or ()))


def _are_options(case: Case, document: Document, path: Path_, names: Iterable[str], labels: Labels) -> Iterator[Problem]:
    """Yield the names that are no options, and those of an option that was named before by another name."""
    options, seen = case.options, dict[str, str]()
    for name in names:
        try:
            label = labels.resolve(name)
            if label not in options:
                raise FormulaError(f"{name!r} is no option", "an option")
            if label in seen:
                raise FormulaError(f"{name!r} is the option {seen[label]!r} again", "each option once", "remove one")
            seen[label] = name
        except FormulaError as error:
            yield document.problem((*path, name), error.found, error.expected, error.remedy)


def _is_state(
    case: Case, document: Document, path: Path_, label: str, states: Collection[str], is_group: bool = False
) -> Iterator[Problem]:
    """Yield what is wrong with the label of a state; with `is_group`, it may be the pattern of states that count as one."""
    if case.is_graph:
        yield from _known(document, path, [label], states, "state")
    elif case.options and (len(label) != len(case.options) or not is_pattern(label) or ("-" in label and not is_group)):
        letters = "Y, N and -" if is_group else "Y and N"
        yield document.problem(
            path,
            f"the state {label!r}",
            f"{len(case.options)} letters of {letters}, one an option",
            _BY_CODE + _in_order(case) if label.isdecimal() else _in_order(case),
        )


_BY_CODE = "a state goes by its code, since its number changes with the rules; "


def _readings(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    states = dict.fromkeys(case.states or ())
    for dm, readings in case.readings.items():
        for name, reading in readings.items():
            path: Path_ = ("readings", dm, name)
            seen: dict[str, int] = {}
            for place, tier in enumerate(reading.ranking or ()):
                for label in [tier] if isinstance(tier, str) else tier:
                    yield from _is_state(case, document, (*path, "ranking", place), label, states, bool(case.coalesce))
                    if label in seen:
                        yield document.problem(
                            (*path, "ranking", place),
                            f"the state {label!r} stands in tier {seen[label] + 1} too",
                            "each state once",
                            "remove one",
                        )
                    seen.setdefault(label, place)
            yield from _great_steps(case, document, path, reading, seen)
            for place, line in enumerate(reading.pairs or ()):
                for label in states_of(line):
                    yield from _is_state(case, document, (*path, "pairs", place), label, states, bool(case.coalesce))
            if case.is_graph and reading.weights is not None:
                found, remedy = "weights in a case that lists its states", "rank the states: best first"
                yield document.problem((*path, "weights"), found, "ranking, pairs or prefers", remedy)
                continue
            yield from _are_options(case, document, (*path, "weights"), reading.weights or (), labels)


def _great_steps(case: Case, document: Document, path: Path_, reading: Reading, tier: Mapping[str, int]) -> Iterator[Problem]:
    """Yield the great steps below what is no state, and those that have no preference to be a degree of, with no tier below them."""
    states = dict.fromkeys(case.states or ())
    last = len(reading.ranking or ()) - (reading.unlisted != "tied")  # states that are not listed are a tier below
    for place, label in enumerate(reading.great_steps):
        odd = list(_is_state(case, document, (*path, "great_steps", place), label, states, bool(case.coalesce)))
        yield from odd
        if not odd and tier.get(label, last) >= last:
            found = f"a great step below {label!r}, and the ranking has nothing below it"
            expected, remedy = "a state with a tier below its own", "a degree needs a preference: rank a state below it, or remove the step"
            yield document.problem((*path, "great_steps", place), found, expected, remedy)


def _weights(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    for dm, readings in case.readings.items():
        if not any(reading.weight is None or reading.weight for reading in readings.values()):
            path: Path_ = ("readings", dm, next(iter(readings)), "weight")
            yield document.problem(path, f"the weights of the readings of {dm!r} sum to nothing", "a weight above 0", "raise one of them")


def _harm_ids(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    count = Counter(harm.id for harm in case.harms)
    for place, harm in enumerate(case.harms):
        if harm.id is not None and count[harm.id] > 1:
            yield document.problem(("harms", place, "id"), f"two harms are called {harm.id!r}", "ids that differ", "rename one")


def _interventions(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    harms = [harm.id for harm in case.harms if harm.id is not None]
    for name, added in case.interventions.items():
        path: Path_ = ("interventions", name)
        for section in ("options", "prefers"):
            yield from _known_keys(document, (*path, section), getattr(added, section), case.decision_makers, "decision maker")
        yield from _known_keys(document, (*path, "conditions"), added.conditions, case.conditions, "condition")
        for kind, there in (("rules", case.rules), ("norms", case.norms), ("harms", harms)):
            yield from _known(document, (*path, "lifts", kind), getattr(added.lifts, kind), there, kind[:-1])
        yield from _added_options(case, document, path, added, labels)
        for rule_name, rule in added.rules.items():
            if rule_name in case.rules:
                yield document.problem((*path, "rules", rule_name), f"a rule {rule_name!r} is there already", "a new id", "rename it")
            if rule.exclude is not None:
                yield document.problem(
                    (*path, "rules", rule_name), "a pattern", "require: a formula", "say with a formula what the intervention demands"
                )


def _added_options(case: Case, document: Document, path: Path_, added: Intervention, labels: Labels) -> Iterator[Problem]:
    for dm, options in added.options.items():
        for option in options:
            place = (*path, "options", dm, option)
            if f"{dm}.{option}" in labels.meaning or option in case.conditions:
                yield document.problem(place, f"{option!r} is there already", "a new id", "rename the option")
            if case.is_graph:
                yield document.problem(place, "an option in a case that lists its states", "rules, preferences or conditions", "remove it")
    if added.options and any(reading.ranking is not None for there in case.readings.values() for reading in there.values()):
        yield document.problem(
            (*path, "options"),
            "new options beside a ranking of states",
            "readings in the form prefers or weights",
            "a ranking says nothing of states with the new option; write the reading as statements",
        )


def _graph(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    if case.states is None:
        return
    if not case.states:
        yield document.problem(("states",), "no states", "at least one state")
    for name, count in Counter(case.states).items():
        if count > 1:
            yield document.problem(("states",), f"the state {name!r} is listed {count} times", "each state once", "remove one")
    states = dict.fromkeys(case.states)
    for dm, moves in (case.moves or {}).items():
        for place, (before, after) in enumerate(moves):
            yield from _known(document, ("moves", dm, place), dict.fromkeys((before, after)), states, "state")
            if before == after:
                yield document.problem(("moves", dm, place), f"a move from {before!r} to itself", "two states", "remove it")


def _dates(case: Case, document: Document, labels: Labels) -> Iterator[Problem]:
    if case.as_of is None:
        for path, judgement in case.judgements():
            for key in ("since", "until"):
                if getattr(judgement, key) is not None:
                    yield document.problem((*path, key), "a date in a case without one", "as_of: …", "say as of when the case is told")

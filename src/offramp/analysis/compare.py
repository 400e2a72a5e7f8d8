"""The same case under several concepts, settings and readings: in how many combinations each outcome is an equilibrium."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from offramp.analysis.comparison import HOLDS, NOT_ASKED, Column, Comparison, Counts, Group, Marks
from offramp.analysis.confined import COALITIONS, standing
from offramp.analysis.grid import Grid
from offramp.analysis.solve import in_file_order, solve
from offramp.errors import ChoiceError, TooManyStatesError, UnknownLabelError
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel, States
from offramp.model.merge import merged
from offramp.model.world import Choice
from offramp.stability.matters import others
from offramp.stability.registry import ALL_CONCEPTS, Concept
from offramp.stability.settings import DEFAULT, Settings

Watch = Callable[[int, int], None]
Asked = tuple[str, Settings, str]
"""A concept, the settings, and how coalitions act."""

Forms = dict[str, ConflictModel]
"""A model, by how coalitions act."""

MAX_VERDICTS = 50_000_000
"""Number of states times columns times different models; a byte each."""


def compare(
    builder: Builder,
    concepts: Sequence[str] | None = None,
    settings: Sequence[Settings] | None = None,
    *,
    choices: Iterable[Choice] | None = None,
    coalition: Sequence[str] | None = None,
    horizon: int | None = None,
    merge: Sequence[Sequence[str]] = (),
    coalitions: Sequence[str] | None = None,
    watch: Watch | None = None,
) -> Comparison:
    """Return in how many combinations of concept, settings and cell each outcome is an equilibrium.

    Parameters
    ----------
    builder : Builder
        Of the case.
    concepts : sequence of str, optional
        Short names; by default all that are about a decision maker and defined
        in some cell, ``limited`` only with a horizon.
    settings : sequence of Settings, optional
        Every concept is asked under each; those that are given first are what
        the others are compared with. By default each concept is asked under the
        default settings and under each other value of one setting that can make
        a difference to it in this case (`offramp.stability.matters`), but for
        weak stability: what holds in general and strongly, holds weakly nowhere.
    choices : iterable of Choice, optional
        The cells; by default all of the builder's grid.
    coalition : sequence of str, optional
        Labels of the members, for concepts that are about a coalition; by
        default all coalitions, so that an equilibrium is stable for each.
    horizon : int, optional
        Number of moves looked ahead, which the concept ``limited`` needs.
    merge : sequence of sequences of str, optional
        Labels of the members of coalitions that act as one decision maker.
    coalitions : sequence of str, optional
        Of coalitions to merge, ``merged``, ``apart`` or both: then every column is
        asked both ways, and what states mean is told by the first. By default ``merged``.
    watch : callable, optional
        Called with how many columns of models are solved, and how many there are.

    Returns
    -------
    comparison : Comparison
        Exact counts. A concept that is not defined in some cell is counted as
        undefined there, with the reason.

    Raises
    ------
    UnknownLabelError
        For a concept or a decision maker that is not there.
    ChoiceError
        If nothing is asked, if no concept is defined in any cell, or if there
        is more to compute than `MAX_VERDICTS`.

    Notes
    -----
    Each different model is solved once for each column.

    Examples
    --------
    >>> import offramp
    >>> found = compare(offramp.Builder(offramp.read_case("garrison-23")), ["gmr", "seq"])
    >>> [(column.concept, column.settings.changed, column.num_outcomes) for column in found.columns][:3]
    [('gmr', {}, 15), ('gmr', {'sequences': 'once'}, 14), ('gmr', {'sequences': 'one_step'}, 12)]
    >>> outcome = found.outcome(found.place(6))  # state 6
    >>> outcome.code, outcome.holds, outcome.apart.when.concepts, outcome.apart.when.settings
    ('NNYNYYNNN', (1, 0, 0, 0, 0, 0), ('gmr',), {'sequences': ('legal',)})
    """
    cells = tuple(Grid(builder).choices() if choices is None else choices)
    named, ways = _named(concepts, settings, cells, horizon), _ways(merge, coalitions)
    models = _models(builder, cells, len(named) * len(settings or [DEFAULT]) * len(ways))
    forms: list[Forms] = [{way: merged(model, *merge) if way == "merged" else model for way in ways} for model in models]
    by_way = {way: [form[way] for form in forms] for way in ways}
    every = [model for there in by_way.values() for model in there]
    members = _members(by_way, coalition)
    left_out = _left_out(every, named, horizon) if concepts is None else {}
    asked = _asked(by_way, [concept.name for concept in named if concept.name not in left_out], settings)
    states = _all_states(list(models))
    solved = _Solved(asked, members, horizon, watch, len(models))
    place = {label: k for k, label in enumerate(states.names)}
    groups = []
    for form, there in zip(forms, models.values(), strict=True):
        model = form[ways[0]]
        groups.append(Group(model, np.array(there), _places(states, place, model.states), solved.marks(form, len(there))))
    return Comparison(
        builder, cells, _columns(asked, solved, groups, len(states), len(cells)), states, tuple(groups), left_out,
        members, horizon, tuple(dm for dm in by_way.get("merged", every)[0].decision_makers if "+" in dm),
    )  # fmt: skip


# -- what is asked -------------------------------------------------------------------------------------------------------


def _named(
    concepts: Sequence[str] | None, settings: Sequence[Settings] | None, cells: Sequence[Choice], horizon: int | None
) -> list[Concept]:
    """Return the concepts that may be asked."""
    for what, there in (("concept", concepts), ("choice of settings", settings), ("cell", cells)):
        if there is not None and not there:
            raise ChoiceError(f"no {what} is given; give one or more, or leave the argument out for the default")
    if concepts is None:
        return [concept for concept in ALL_CONCEPTS.values() if concept.about == "decision maker"]
    for name in concepts:
        if name not in ALL_CONCEPTS:
            raise UnknownLabelError("concept", name, list(ALL_CONCEPTS))
        ALL_CONCEPTS[name].check_about_somebody()
        if name == "limited" and horizon is None:
            raise ChoiceError(f"{name} {_NO_HORIZON}")
    return [ALL_CONCEPTS[name] for name in dict.fromkeys(concepts)]


def _ways(merge: Sequence[Sequence[str]], coalitions: Sequence[str] | None) -> tuple[str, ...]:
    """Return how coalitions are to act."""
    ways = (["merged"] if merge else ["apart"]) if coalitions is None else list(coalitions)
    for way in ways:
        if way not in COALITIONS:
            raise ChoiceError(f"coalitions is {way!r}; expected {' or '.join(COALITIONS)}: whether the members of a coalition act as one")
    if not ways or ("merged" in ways and not merge):
        raise ChoiceError("coalitions says how coalitions act, and none is named; name who may act as one, such as --merge DM,DM")
    return tuple(dict.fromkeys(ways))


def _models(builder: Builder, cells: Sequence[Choice], num_columns: int) -> dict[ConflictModel, list[int]]:
    """Return the different models, each with the positions of its cells."""
    found: dict[ConflictModel, list[int]] = {}
    num_states = 0
    for place, choice in enumerate(cells):
        model = builder.model(choice)
        if model not in found:
            num_states += model.num_states
            _check_work(num_states, num_columns, len(found) + 1)
        found.setdefault(model, []).append(place)
    return found


def _check_work(num_states: int, num_columns: int, num_models: int) -> None:
    if num_states * num_columns > MAX_VERDICTS:
        raise ChoiceError(
            f"{num_columns} concepts under settings, over {num_models:,} or more models with {num_states:,} states together, "
            f"make more than {MAX_VERDICTS:,} verdicts, which is the most that is computed: "
            "ask for fewer with --concept and --set, or choose cells with --reading and --contested"
        )


def _members(by_way: Mapping[str, Sequence[ConflictModel]], coalition: Sequence[str] | None) -> tuple[str, ...] | None:
    """Return the coalition that is asked about, which has to be there whether others are merged or not."""
    found = [] if coalition is None else [in_file_order(models[0], coalition) for models in by_way.values()]
    return next(iter(found), None)


def _asked(by_way: Mapping[str, Sequence[ConflictModel]], concepts: Sequence[str], settings: Sequence[Settings] | None) -> list[Asked]:
    """Return the columns."""
    alike = dict.fromkeys(settings) if settings is not None else None
    asked = [
        (name, each, way)
        for name in concepts
        for way, models in by_way.items()
        for each in (_that_matter(models, name) if alike is None else alike)
    ]
    models = next(iter(by_way.values()))
    _check_work(sum(model.num_states for model in models), len(asked), len(models))
    return asked


_NO_HORIZON = "needs the number of moves to look ahead; give a horizon, such as --horizon 3"


def _left_out(models: Sequence[ConflictModel], named: Sequence[Concept], horizon: int | None) -> dict[str, str]:
    """Return the concepts that have no answer for any of the models, and why."""
    found = {concept.name: reason for concept in named if (reason := _lack(models, concept))}
    return found | ({"limited": _NO_HORIZON} if horizon is None and "limited" not in found else {})


def _lack(models: Sequence[ConflictModel], concept: Concept) -> str:
    """Return why a concept is defined for none of the models; empty if it is for one."""
    reasons = [_reason(model, concept) for model in models]
    return reasons[0] if all(reasons) else ""


def _reason(model: ConflictModel, concept: Concept) -> str:
    try:
        return next(iter(concept.lacks(model)), "")
    except ChoiceError as error:  # from preferences that are no ranking
        return str(error)


def _that_matter(models: Sequence[ConflictModel], concept: str) -> list[Settings]:
    """Return the default settings, and each other value of one setting that can make a difference in some model.

    Weak stability is general and not strong: no state can have all three.
    """
    found = {(name, value) for model in models for name, values in others(model, concept, DEFAULT).items() for value in values}
    changes = sorted(({name: value} for name, value in found if value != "weak"), key=standing)
    return [DEFAULT, *(DEFAULT.but(**change) for change in changes)]


# -- what is answered ----------------------------------------------------------------------------------------------------


class _Solved:
    """Solves models for columns, and keeps where a column has no answer."""

    def __init__(
        self, asked: Sequence[Asked], coalition: Sequence[str] | None, horizon: int | None, watch: Watch | None, total: int
    ) -> None:
        self.asked, self.coalition, self.horizon = asked, coalition, horizon
        self.undefined: list[dict[str, int]] = [{} for _ in asked]
        self._watch, self._done, self._total = watch, 0, total * len(asked)

    def marks(self, form: Forms, num_cells: int) -> Marks:
        """Return the marks of a model; `num_cells` have it."""
        return np.stack([self._column(column, form[way], num_cells) for column, (_, _, way) in enumerate(self.asked)])

    def _column(self, column: int, model: ConflictModel, num_cells: int) -> Marks:
        concept, settings, _ = self.asked[column]
        try:
            found = solve(model, [concept], settings, coalition=self.coalition, horizon=self.horizon).equilibria(concept).astype(np.int8)
        except (ChoiceError, TooManyStatesError) as error:
            self.undefined[column][str(error)] = self.undefined[column].get(str(error), 0) + num_cells
            found = np.full(model.num_states, NOT_ASKED, dtype=np.int8)
        self._done += 1
        if self._watch is not None:
            self._watch(self._done, self._total)
        return found


def _columns(asked: Sequence[Asked], solved: _Solved, groups: Sequence[Group], num_states: int, num_cells: int) -> tuple[Column, ...]:
    if all(sum(reasons.values()) == num_cells for reasons in solved.undefined):
        raise ChoiceError(next(iter(solved.undefined[0])))
    some = np.zeros((len(asked), num_states), dtype=bool)
    for group in groups:
        some[:, group.places] |= group.marks == HOLDS
    return tuple(
        Column(concept, settings, reasons, int(there.sum()), way == "merged")
        for (concept, settings, way), reasons, there in zip(asked, solved.undefined, some, strict=True)
    )


def _all_states(models: Sequence[ConflictModel]) -> States:
    """Return every state that exists in some model, in ascending order of first members; by label where some count as one."""
    worlds = list({id(model.states): model.states for model in models}.values())
    codes = [states.codes for states in worlds if states.codes is not None]
    if len(codes) == len(worlds):
        return States(options=worlds[0].options, codes=np.unique(np.concatenate(codes)))
    found: dict[str, int] = {}
    for states in worlds:
        for label, member in zip(states.labels, _first_members(states), strict=True):
            found.setdefault(label, member)
    return States(options=worlds[0].options, names=tuple(sorted(found, key=found.__getitem__)))


def _first_members(states: States) -> list[int]:
    """Return the code of each state, or of the first that counts as it; of the states of a graph the places."""
    codes = states.codes
    if states.groups is not None and states.groups.apart.codes is not None:
        codes = states.groups.apart.codes[states.groups.first]
    return list(range(len(states))) if codes is None else codes.tolist()


def _places(states: States, place: Mapping[str, int], own: States) -> Counts:
    """Return where the states of one model stand among `states`, whose names have the places in `place`."""
    if states.codes is None or own.codes is None:
        return np.array([place[label] for label in own.labels], dtype=np.int64)
    return np.searchsorted(states.codes, own.codes)

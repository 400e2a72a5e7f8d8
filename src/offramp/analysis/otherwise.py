"""Every way in which one judgement of a case can be judged otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from offramp.case.entries import Judgement
from offramp.case.standing import Standing
from offramp.case.variant import Variant
from offramp.case.yaml_reader import Path_
from offramp.model.build import Builder

Kind = Literal["dropped", "negated", "raised", "lowered", "settled", "settled on", "settled off", "made final", "made free"]
Touch = Literal["reading", "meaning", "choice", "world"]


@dataclass(frozen=True)
class Alternative:
    """One judgement judged otherwise.

    Parameters
    ----------
    path : path
        Of the judgement.
    kind : str
        What is done with it.
    places : int
        By how many places it is raised or lowered; else 0.
    variant : Variant
        The case with it.
    touch : str
        What the change can alter: one ``reading``'s ranking, the ``meaning`` of
        states, the ``choice`` of cells, or the ``world``.
    """

    path: Path_
    kind: Kind
    places: int
    variant: Variant
    touch: Touch


def alternatives(builder: Builder) -> list[Alternative]:
    """Return every change of one judgement that stands, in file order.

    Parameters
    ----------
    builder : Builder
        Of the case, or of a variant of it to which the changes are added.
    """
    standing = builder.standing
    found = [*_options(standing), *_rules(standing), *_shapes(standing), *_readings(standing), *_misperceptions(standing)]
    return [*found, *_conditions(standing), *_norms(standing), *_wishes(standing), *_harms(standing)]


def judgement_at(builder: Builder, path: Path_) -> Judgement:
    """Return the judgement at a path; for a tier or a weight, its reading."""
    return _judgements(builder)[path if path[0] != "readings" or "prefers" in path else path[:3]]


def _judgements(builder: Builder) -> dict[Path_, Judgement]:
    case = builder.case
    found = dict(case.judgements())
    for dm, there in case.readings.items():
        found |= {("readings", dm, name): reading for name, reading in there.items()}
    return found


def dropped(variant: Variant, path: Path_) -> Variant:
    """Return `variant` without the judgement at `path`."""
    return replace(variant, dropped=variant.dropped | {path})


def negated(variant: Variant, path: Path_) -> Variant:
    """Return `variant` with the judgement at `path` the other way round."""
    return replace(variant, negated=variant.negated | {path})


def _settled(variant: Variant, path: Path_) -> Iterator[Alternative]:
    """Yield a contested entry on each side alone."""
    name = str(path[1])
    taken = dict(variant.settled)
    for kind, side in (("settled on", True), ("settled off", False)):
        if taken.get(name) != side:
            settled = tuple({**taken, name: side}.items())
            yield Alternative(path, kind, 0, replace(variant, settled=settled), "world" if name in taken else "choice")  # type: ignore[arg-type]


def _options(standing: Standing) -> Iterator[Alternative]:
    variant = standing.variant
    for dm, maker in standing.file.case.decision_makers.items():
        for name in maker.options:
            path: Path_ = ("decision_makers", dm, "options", name)
            label = f"{dm}.{name}"
            allowed = standing.options[label]
            if allowed == "fixed":
                continue
            yield Alternative(path, "dropped", 0, dropped(variant, path), "world")
            others = tuple((key, way) for key, way in variant.directions if key != label)
            if allowed == "both":
                yield Alternative(path, "made final", 0, replace(variant, directions=(*others, (label, "forward"))), "world")
            else:
                yield Alternative(path, "made free", 0, replace(variant, directions=(*others, (label, "both"))), "world")


def _rules(standing: Standing) -> Iterator[Alternative]:
    for path, rule in standing.rules.values():
        if path[0] != "rules":
            continue
        if rule.contested:
            yield from _settled(standing.variant, path)
        else:
            yield Alternative(path, "dropped", 0, dropped(standing.variant, path), "world")


def _shapes(standing: Standing) -> Iterator[Alternative]:
    for section, there in (("disallowed", standing.disallowed), ("coalesce", standing.coalesce)):
        for name in there:
            yield Alternative((section, name), "dropped", 0, dropped(standing.variant, (section, name)), "world")


def _readings(standing: Standing) -> Iterator[Alternative]:
    variant = standing.variant
    for dm, names in standing.readings.items():
        for name in names:
            path: Path_ = ("readings", dm, name)
            if len(names) > 1:
                yield Alternative(path, "dropped", 0, dropped(variant, path), "choice")
                only = tuple({**dict(variant.readings), dm: name}.items())
                yield Alternative(path, "settled", 0, replace(variant, readings=only), "choice")
            reading = standing.file.case.readings[dm][name]
            if reading.prefers is not None:
                yield from _statements(standing, dm, name)
            elif reading.ranking is not None:
                order = standing.order(path, len(reading.ranking))
                yield from _moved(variant, path, order, range(len(order)), [(*path, "ranking", k) for k in order])
            else:
                for option in reading.weights or ():
                    place = (*path, "weights", option)
                    if place not in variant.dropped:
                        yield Alternative(place, "dropped", 0, dropped(variant, place), "reading")
                        yield Alternative(place, "negated", 0, negated(variant, place), "reading")


def _statements(standing: Standing, dm: str, name: str) -> Iterator[Alternative]:
    path: Path_ = ("readings", dm, name)
    there = standing.file.case.readings[dm][name].statements()
    stands = [said.path for said in standing.statements(dm, name) if said.path[0] == "readings"]
    for place in stands:
        yield Alternative(place, "dropped", 0, dropped(standing.variant, place), "reading")
        yield Alternative(place, "negated", 0, negated(standing.variant, place), "reading")
    order = standing.order(path, len(there))
    paths = [(*path, *there[k][0]) for k in order]
    yield from _moved(standing.variant, path, order, [k for k, where in enumerate(paths) if where in stands], paths)


def _moved(
    variant: Variant, reading: Path_, order: tuple[int, ...], movable: Sequence[int], paths: Sequence[Path_]
) -> Iterator[Alternative]:
    """Yield each entry of a list put elsewhere; `movable` are the places that count, `order` what stands where."""
    others = tuple((path, there) for path, there in variant.orders if path != reading)
    for rank, place in enumerate(movable):
        for target in range(len(movable)):
            if target != rank:
                moved = replace(variant, orders=(*others, (reading, put(order, place, movable[target]))))
                kind: Kind = "raised" if target < rank else "lowered"
                yield Alternative(paths[place], kind, abs(rank - target), moved, "reading")


def put(order: tuple[int, ...], place: int, target: int) -> tuple[int, ...]:
    """Return `order` with what stands at `place` taken out and put where `target` stands.

    Examples
    --------
    >>> put((0, 1, 2, 3), 3, 1), put((0, 1, 2, 3), 0, 2)
    ((0, 3, 1, 2), (1, 2, 0, 3))
    """
    rest = [entry for k, entry in enumerate(order) if k != place]
    rest.insert(target, order[place])
    return tuple(rest)


def _misperceptions(standing: Standing) -> Iterator[Alternative]:
    for path in standing.misperceptions:
        yield Alternative(path, "dropped", 0, dropped(standing.variant, path), "world")


def _conditions(standing: Standing) -> Iterator[Alternative]:
    for name in standing.file.case.conditions:
        path: Path_ = ("conditions", name)
        if name in standing.fixed_conditions:
            continue
        if standing.is_contested(name):
            yield from _settled(standing.variant, path)
        else:
            yield Alternative(path, "negated", 0, negated(standing.variant, path), "world")


def _norms(standing: Standing) -> Iterator[Alternative]:
    for name, norm in standing.norms.items():
        path: Path_ = ("norms", name)
        if norm.contested:
            yield from _settled(standing.variant, path)
        else:
            yield Alternative(path, "dropped", 0, dropped(standing.variant, path), "meaning")


def _wishes(standing: Standing) -> Iterator[Alternative]:
    for name in standing.wishes:
        path: Path_ = ("people", name)
        yield Alternative(path, "dropped", 0, dropped(standing.variant, path), "meaning")
        yield Alternative(path, "negated", 0, negated(standing.variant, path), "meaning")


def _harms(standing: Standing) -> Iterator[Alternative]:
    for place in standing.harms:
        path: Path_ = ("harms", place)
        yield Alternative(path, "dropped", 0, dropped(standing.variant, path), "meaning")

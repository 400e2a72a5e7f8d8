"""Solving the variants of a sweep, many at once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from offramp.analysis.batch import Batch, Table
from offramp.analysis.bearing import Bearing
from offramp.analysis.headlines import Namer, truths
from offramp.analysis.lab import MAX_BYTES, Lab, Site, grouped
from offramp.analysis.sweep.factors import Local
from offramp.analysis.sweep.plan import Drawn, Plan
from offramp.errors import CaseError, ChoiceError
from offramp.model.build import Builder
from offramp.model.conflict import Ranks

Indices = NDArray[np.int64]
Bools = NDArray[np.bool_]
Place = tuple[int, int, Builder]

VOID = -1

MAX_SETTINGS = 4096
MAX_SITES = 128
"""Number of settings, and of worlds, that are held at once; others are built again where they occur again."""


class Solver:
    """Solves variants of one plan.

    Parameters
    ----------
    plan : Plan
        What varies.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.lab = Lab(plan.builder)
        self._settings: dict[bytes, Place] = {}
        self._ranked: dict[tuple[int, str, str], bool] = {}

    def truths(self, drawn: Drawn) -> tuple[dict[str, Bools], Bools]:
        """Return by headline in which variants it is true, and which variants are void; all of shape (num_variants,).

        Void is where the status quo does not exist, or where a ranking leaves
        out a state that exists with some rule off.
        """
        settings, setting = grouped(drawn.settings)
        found: dict[str, Bools] = {}
        void = np.zeros(len(drawn), dtype=np.bool_)
        start = 0
        while start < len(settings):
            places = self._places(settings[start:])
            chosen = np.flatnonzero((setting >= start) & (setting < start + len(places)))
            self._solve(drawn, chosen, places, setting - start, found, void)
            start += len(places)
            if len(self.lab.sites) >= MAX_SITES or len(self._settings) >= MAX_SETTINGS:
                self._forget()
        return found, void

    def _places(self, settings: Indices) -> list[Place]:
        """Return the places of as many settings as can be held at once, at least one."""
        found: list[Place] = []
        for row in settings:
            if len(self.lab.sites) >= MAX_SITES or len(self._settings) >= MAX_SETTINGS:
                break
            found.append(self._setting(row))
        return found

    def _solve(self, drawn: Drawn, chosen: Indices, places: list[Place], setting: Indices, found: dict[str, Bools], void: Bools) -> None:
        """Enter into `found` and `void` what becomes of the chosen variants, by the place of the setting of each."""
        site = np.array([place[0] for place in places])[setting[chosen]]
        void[chosen] = site == VOID
        for number in np.unique(site[site != VOID]).tolist():
            there = chosen[site == number]
            unranked = self._unranked(number, drawn, there, places, setting)
            void[there[unranked]] = True
            there = there[~unranked]
            for part in np.array_split(there, -(-len(there) // self._room(number))) if len(there) else ():
                for name, true in self._solved(number, drawn, part, places, setting).items():
                    found.setdefault(name, np.zeros(len(drawn), dtype=np.bool_))[part] = true

    def _unranked(self, number: int, drawn: Drawn, there: Indices, places: list[Place], setting: Indices) -> Bools:
        """Return in which variants of one site a ranking leaves out a state that exists there, shape (len(there),)."""
        result = np.zeros(len(there), dtype=np.bool_)
        for dm, locals_ in enumerate(self.plan.locals.values()):
            for k in np.unique(drawn.readings[there, dm]).tolist():
                chosen = drawn.readings[there, dm] == k
                builder = places[setting[there[np.argmax(chosen)]]][2]
                if not self._is_ranked(number, builder, locals_[k]):
                    result |= chosen
        return result

    def _is_ranked(self, number: int, builder: Builder, local: Local) -> bool:
        key = (number, local.dm, local.reading)
        if key not in self._ranked:
            self._ranked[key] = True
            is_listed = builder.case.readings[local.dm][local.reading].ranking is not None
            if is_listed or self.lab.sites[number].world.states.groups is not None:
                try:
                    builder.ranking(self.lab.sites[number].world, local.dm, local.reading, builder.choice())
                except (CaseError, ChoiceError):
                    self._ranked[key] = False
        return self._ranked[key]

    def _forget(self) -> None:
        """Let go of all worlds and rankings."""
        self.lab, self._settings, self._ranked = Lab(self.plan.builder), {}, {}
        built = self.plan.builder.built
        for known in (built.worlds, built.wants, built.models):
            known.clear()

    def _room(self, number: int) -> int:
        net = self.lab.sites[number].ground.net
        return max(64, min(1 << 13, MAX_BYTES // max(1, sum(len(arcs.src) for arcs in net.arcs))))

    def _setting(self, row: Indices) -> Place:
        """Return site and assessment of a setting, `VOID` where the status quo does not exist, and its builder."""
        key = row.tobytes()
        if key not in self._settings:
            plan = self.plan
            off = {path for path, bit in zip(plan.rules, row, strict=False) if bit}
            flips = row[len(plan.rules) :].tolist()
            sides = tuple((name, side != bool(flip)) for (name, side), flip in zip(plan.sides, flips, strict=True))
            before = plan.builder.standing.variant
            builder = plan.builder.varied(replace(before, dropped=before.dropped | off, settled=(*before.settled, *sides)))
            self._settings[key] = (*self._placed(builder), builder)
        return self._settings[key]

    def _placed(self, builder: Builder) -> tuple[int, int]:
        choice = builder.choice()
        try:
            site = self.lab.site(builder, choice)
            return site, self.lab.assessor(builder, choice, site)
        except CaseError:
            return VOID, VOID

    def _solved(self, number: int, drawn: Drawn, part: Indices, places: list[Place], setting: Indices) -> dict[str, Bools]:
        site = self.lab.sites[number]
        tables, plays = [], []
        for dm in range(len(self.plan.makers)):
            ranks, play = self._table(site, dm, drawn, part, places, setting)
            tables.append(Table(ranks, site.ground.net.arcs[dm]))
            plays.append(play)
        distinct, play = grouped(np.stack(plays, axis=1))
        assessment = np.array([place[1] for place in places])[setting[part]]
        batch = Batch(site.ground, tables, distinct)
        bearing = Bearing(batch, tuple(site.assessors), self.plan.builder.standing.claims, play, assessment)
        return truths(bearing, Namer(self.plan.builder.case, site.world.states))

    def _table(self, site: Site, dm: int, drawn: Drawn, part: Indices, places: list[Place], setting: Indices) -> tuple[Ranks, Indices]:
        """Return the rankings of a decision maker that occur, and which of them each variant has."""
        there = self.plan.locals[self.plan.makers[dm]]
        reading, variation = drawn.readings[part, dm], drawn.variations[part, dm]
        rows: list[Ranks] = []
        place = np.empty(len(part), dtype=np.int64)
        count = 0
        for k in np.unique(reading).tolist():
            truth = self._truth(there[k], places, setting[part])
            for kind in np.unique(truth[reading == k]).tolist():
                chosen = np.flatnonzero((reading == k) & (truth == kind))
                found, which = np.unique(variation[chosen], return_inverse=True)
                builder = places[setting[part[chosen[0]]]][2]
                rows.append(_ranks(builder, site, there[k], found))
                place[chosen] = count + which
                count += len(found)
        return np.concatenate(rows), place

    def _truth(self, local: Local, places: list[Place], setting: Indices) -> Indices:
        """Return for each variant a number for the truth of the conditions that occur in a reading."""
        named = self.plan.builder.material(local.dm, local.reading)[1]
        if not named:
            return np.zeros(len(setting), dtype=np.int64)
        known: dict[tuple[bool, ...], int] = {}
        by_setting = np.zeros(len(places), dtype=np.int64)
        for number in np.unique(setting).tolist():
            builder = places[number][2]
            truth = builder.conditions(builder.choice())
            by_setting[number] = known.setdefault(tuple(truth[name] for name in named), len(known))
        return by_setting[setting]


def _ranks(builder: Builder, site: Site, local: Local, variations: Indices) -> Ranks:
    choice = builder.choice()
    if builder.case.readings[local.dm][local.reading].prefers is None:
        return builder.ranking(site.world, local.dm, local.reading, choice)[None]
    truth = builder.conditions(choice)
    holds = [site.world.holds(said.formula, truth) for said in local.statements]
    return local.ranks(variations, holds, len(site.world.states))

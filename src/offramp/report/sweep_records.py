"""A sweep as plain data: what `offramp sweep` prints as JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from offramp.analysis.lab import reading_weights
from offramp.analysis.sweep.run import Sweep
from offramp.case.yaml_reader import dotted
from offramp.report.sure_records import grid_settings
from offramp.report.sweep_words import FactorSayer, basis

Record = dict[str, Any]

HEADER = ["headline", "share", "low", "high"]


def sweep_record(found: Sweep) -> Record:
    """Return the answer of `sweep`, schema ``offramp.sweep/1``; importance stands in the order of the factors."""
    return {
        "schema": "offramp.sweep/1",
        "case": found.builder.case.title,
        "as_of": found.builder.standing.as_of,
        "settings": {**grid_settings(found.builder), "vary": None if found.vary is None else list(found.vary), "weights": _weights(found)},
        "num_variants": found.num_variants,
        "method": found.method,
        "num_solved": found.num_solved,
        "num_void": found.num_void,
        "seed": found.seed,
        "points": found.base_points,
        "factors": list(_factors(found)),
        "shares": {name: {"share": each.share, "low": each.low, "high": each.high} for name, each in found.shares.items()},
        "importance": {name: [{"first": each.first, "total": each.total} for each in there] for name, there in found.importance.items()},
    }


def _weights(found: Sweep) -> dict[str, dict[str, float]]:
    """Return the weights of the readings that were looked at, by decision maker."""
    there = found.builder.readings().items()
    return {dm: dict(zip(names, reading_weights(found.builder, dm, names).tolist(), strict=True)) for dm, names in there}


def _factors(found: Sweep) -> Iterator[Record]:
    says = FactorSayer(found)
    for factor in found.factors:
        yield {
            "path": list(factor.path),
            "label": dotted(factor.path),
            "kind": factor.kind,
            "num_levels": factor.num_levels,
            "says": says(factor),
            "basis": basis(found, factor),
        }


def sweep_rows(found: Sweep) -> Iterator[list[object]]:
    """Yield one row a headline."""
    for name, each in found.shares.items():
        yield [name, each.share, each.low, each.high]

"""Offramp: from reporting on a deadlock to a sourced case and its ways out.

Names are loaded when they are first used, so that importing the package is
instant.

Examples
--------
>>> import offramp
>>> model = offramp.load_case("prisoners-dilemma")
>>> offramp.solve(model).equilibria("nash")
array([ True, False, False, False])
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from offramp.analysis.change import smallest_changes as smallest_changes
    from offramp.analysis.compare import compare as compare
    from offramp.analysis.diff import diff as diff
    from offramp.analysis.explain import explain as explain
    from offramp.analysis.findings import findings as findings
    from offramp.analysis.flips import flips as flips
    from offramp.analysis.goals import Goal as Goal
    from offramp.analysis.grid import Grid as Grid
    from offramp.analysis.hypergame import hypergame as hypergame
    from offramp.analysis.intervene import interventions as interventions
    from offramp.analysis.inverse import Aim as Aim
    from offramp.analysis.inverse import inverse as inverse
    from offramp.analysis.observed import observed as observed
    from offramp.analysis.solve import solve as solve
    from offramp.analysis.states import states as states
    from offramp.analysis.statusquo import statusquo as statusquo
    from offramp.analysis.sweep import sweep as sweep
    from offramp.analysis.timeline import timeline as timeline
    from offramp.analysis.ways import Reach as Reach
    from offramp.analysis.ways import ways_out as ways_out
    from offramp.api import load_case as load_case
    from offramp.api import read_case as read_case
    from offramp.case.variant import Variant as Variant
    from offramp.errors import OfframpError as OfframpError
    from offramp.model.build import Builder as Builder
    from offramp.model.merge import merged as merged
    from offramp.report.tables import records as records
    from offramp.stability import CONCEPTS as CONCEPTS
    from offramp.stability.settings import Settings as Settings

_HOMES = {
    "load_case": "offramp.api",
    "read_case": "offramp.api",
    "Builder": "offramp.model.build",
    "states": "offramp.analysis.states",
    "solve": "offramp.analysis.solve",
    "Settings": "offramp.stability.settings",
    "merged": "offramp.model.merge",
    "statusquo": "offramp.analysis.statusquo",
    "hypergame": "offramp.analysis.hypergame",
    "inverse": "offramp.analysis.inverse",
    "Aim": "offramp.analysis.inverse",
    "compare": "offramp.analysis.compare",
    "explain": "offramp.analysis.explain",
    "Reach": "offramp.analysis.ways",
    "ways_out": "offramp.analysis.ways",
    "Grid": "offramp.analysis.grid",
    "findings": "offramp.analysis.findings",
    "sweep": "offramp.analysis.sweep",
    "Variant": "offramp.case.variant",
    "flips": "offramp.analysis.flips",
    "observed": "offramp.analysis.observed",
    "timeline": "offramp.analysis.timeline",
    "diff": "offramp.analysis.diff",
    "Goal": "offramp.analysis.goals",
    "smallest_changes": "offramp.analysis.change",
    "interventions": "offramp.analysis.intervene",
    "records": "offramp.report.tables",
    "CONCEPTS": "offramp.stability",
    "OfframpError": "offramp.errors",
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'offramp' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)

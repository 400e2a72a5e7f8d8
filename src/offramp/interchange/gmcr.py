"""`.gmcr` files, as the program GMCR+ (gmcr-py) saves its models: read them, and write them.

A `.gmcr` file is JSON. It has options with directions, decision makers with
their options, patterns of infeasible states, preferences as statements or as
rankings of numbered states, coalitions, and states that somebody does not see.
It has no title, no status quo, no sources and no rules of law.
"""

from __future__ import annotations

from offramp.interchange.gmcr_case import to_case_text
from offramp.interchange.gmcr_read import parse_gmcr, read_gmcr
from offramp.interchange.gmcr_record import Condition, Gmcr, GmcrMaker, GmcrOption
from offramp.interchange.gmcr_write import gmcr_bytes, to_gmcr, write_gmcr

__all__ = [
    "Condition",
    "Gmcr",
    "GmcrMaker",
    "GmcrOption",
    "gmcr_bytes",
    "parse_gmcr",
    "read_gmcr",
    "to_case_text",
    "to_gmcr",
    "write_gmcr",
]

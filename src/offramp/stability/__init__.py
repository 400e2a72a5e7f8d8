"""The stability concepts: one concept, one file, under one registry."""

from __future__ import annotations

from collections.abc import Callable

from offramp.stability.gmr import gmr_stability
from offramp.stability.nash import nash_stability
from offramp.stability.seq import seq_stability
from offramp.stability.smr import smr_stability
from offramp.stability.sseq import sseq_stability
from offramp.stability.verdict import StabilityResult

CONCEPTS: dict[str, Callable[..., StabilityResult]] = {
    "nash": nash_stability,
    "gmr": gmr_stability,
    "smr": smr_stability,
    "seq": seq_stability,
    "sseq": sseq_stability,
}
"""Every concept by its short name, in the order in which they are told."""

__all__ = ["CONCEPTS", "StabilityResult", "gmr_stability", "nash_stability", "seq_stability", "smr_stability", "sseq_stability"]

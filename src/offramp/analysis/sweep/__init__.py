"""Sweeps: the headlines over all that is uncertain in a case, exhaustively or by a sample."""

from __future__ import annotations

from offramp.analysis.sweep.run import Sweep, sweep
from offramp.analysis.sweep.store import Store

__all__ = ["Store", "Sweep", "sweep"]

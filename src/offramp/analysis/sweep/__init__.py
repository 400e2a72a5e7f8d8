"""Sweeps: the headlines over all that is uncertain in a case, exhaustively or by a sample."""

from __future__ import annotations

from offramp.analysis.sweep.run import Sweep, sweep

__all__ = ["Sweep", "sweep"]

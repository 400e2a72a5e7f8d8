"""The dates of sayings; see `offramp.edtf`."""

from __future__ import annotations

from offramp.edtf import When, when

__all__ = ["When", "when"]

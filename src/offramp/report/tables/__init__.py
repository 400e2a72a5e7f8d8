"""Every result as a table: named columns, of equal length, of plain values.

`columns` is the one place that says which columns a kind of result has. From
there come `records` for data frames, the tables that notebooks show, and the
columnar file.
"""

from __future__ import annotations

from offramp.report.tables.columns import columns, records
from offramp.report.tables.titles import title

__all__ = ["columns", "records", "title"]

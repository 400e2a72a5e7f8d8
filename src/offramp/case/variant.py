"""What is judged otherwise than a case says, without touching the case."""

from __future__ import annotations

from dataclasses import dataclass, replace

from offramp.case.entries import Direction
from offramp.case.yaml_reader import Path_


@dataclass(frozen=True)
class Variant:
    """Other judgements than those of the case, by their paths in the file.

    Parameters
    ----------
    dropped : frozenset of path
        Statements, rules, norms, harms, wishes, options, weights of options and
        readings that count as absent; an option keeps its status quo value.
    negated : frozenset of path
        Statements, wishes, weights and conditions taken the other way round.
    orders : tuple of (path of a reading, tuple of int)
        The order of the statements, or of the tiers, of a reading: positions in file order.
    directions : tuple of (option, direction)
        Which way an option can be changed.
    settled : tuple of (name, side)
        Contested entries of which one side alone is left.
    readings : tuple of (decision maker, reading)
        Decision makers of whom one reading alone is left.
    interventions : tuple of str
        Ids of the interventions that are added.
    restored : frozenset of path
        Judgements that count although the date lies outside theirs.
    as_of : str, optional
        Another date than the case's own.

    Examples
    --------
    >>> Variant(dropped=frozenset({("rules", "leaders")})).is_plain
    False
    """

    dropped: frozenset[Path_] = frozenset()
    negated: frozenset[Path_] = frozenset()
    orders: tuple[tuple[Path_, tuple[int, ...]], ...] = ()
    directions: tuple[tuple[str, Direction], ...] = ()
    settled: tuple[tuple[str, bool], ...] = ()
    readings: tuple[tuple[str, str], ...] = ()
    interventions: tuple[str, ...] = ()
    restored: frozenset[Path_] = frozenset()
    as_of: str | None = None

    @property
    def is_plain(self) -> bool:
        """Whether nothing is judged otherwise."""
        return self == PLAIN

    @property
    def keeps_states(self) -> bool:
        """Whether at most other states are seen than the case says, which makes none exist or fall away.

        Examples
        --------
        >>> Variant(dropped=frozenset({("misperceptions", "ann", "blind")})).keeps_states
        True
        """
        return replace(self, dropped=frozenset(path for path in self.dropped if path[0] != "misperceptions")).is_plain


PLAIN = Variant()
"""The case as it stands."""

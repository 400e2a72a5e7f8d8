"""What a preference rests on, in words: the judgement of the case, its basis, and who said what it rests on."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from offramp.analysis.reasons import ByPair, ByStatement, ByTiers, ByWeights, Reason, Reasons
from offramp.report.voice import Voice
from offramp.report.words import KIN, dated, sentence, visible

if TYPE_CHECKING:
    from offramp.model.build import Builder
    from offramp.model.conflict import ConflictModel
    from offramp.model.world import Choice
    from offramp.sources.evidence import Evidence, Statement

MAX_QUOTE = 120
"""Characters of a quotation that are shown."""

_KINDS = {"direct": "own words", "indirect": "retold", "mixed": "partly own words", "fact": "reported"}


@dataclass(frozen=True)
class Line:
    """One paragraph of a telling, and how far it is indented; a head stands out."""

    indent: int
    words: str
    is_head: bool = False


class Reasoned:
    """Tells reasons, the words that a judgement rests on once.

    Parameters
    ----------
    builder : Builder
        Of the case.
    choice : Choice
        The cell.
    voice : Voice
        How labels are said, and what is withheld.
    evidence : Evidence
        The statements; may be empty.
    model : ConflictModel, optional
        As in `Reasons`.
    """

    def __init__(self, builder: Builder, choice: Choice, voice: Voice, evidence: Evidence, model: ConflictModel | None = None) -> None:
        self.reasons, self.voice, self.evidence = Reasons(builder, choice, model), voice, evidence
        self.has_evidence = bool(evidence.statements)
        self._told: set[tuple[str | int, ...]] = set()

    def between(self, dm: int, better: int, worse: int, indent: int, lead: str) -> Iterator[Line]:
        """Yield why a decision maker prefers one state to another; nothing where it does not."""
        reason = self.reasons.between(self.reasons.model.decision_makers[dm], better, worse)
        if reason is not None:
            yield from self.lines(reason, indent, lead)

    def grouped(self, dm: int, state: int, moves: Sequence[int]) -> list[tuple[Reason | None, list[int]]]:
        """Return the moves of a decision maker by what speaks against them, the most important first; None for nothing."""
        groups: dict[tuple[str | int, ...], tuple[Reason | None, list[int]]] = {}
        for to in moves:
            reason = self.reasons.between(self.reasons.model.decision_makers[dm], state, to)
            groups.setdefault(reason.path if reason else (), (reason, []))[1].append(to)
        return sorted(groups.values(), key=lambda group: (group[0] is None, getattr(group[0], "place", 0)))

    def lines(self, reason: Reason, indent: int, lead: str) -> Iterator[Line]:
        """Yield a reason and, where the case has evidence, the words behind it."""
        again = reason.path in self._told
        self._told.add(reason.path)
        yield Line(indent, sentence(f"{lead} {self._said(reason, again)}"))
        if not again:
            yield from (Line(indent + 1, f"– {words}") for words in self._words(reason))

    def _said(self, reason: Reason, again: bool) -> str:
        basis = reason.entry.graded
        if isinstance(reason, ByTiers):
            return f"its ranking ({basis}): place {reason.better} of {reason.num} rather than place {reason.worse}"
        if isinstance(reason, ByPair):
            return f"its pairs ({basis}): {visible(reason.better)} {reason.sign} {visible(reason.worse)}"
        if isinstance(reason, ByWeights):
            apart = "; ".join(f"{self.voice.does(label)} ({weight:+,})" for label, weight in reason.weights)
            return f"its weights ({basis}): a sum of {reason.better:,} rather than {reason.worse:,}, by what is apart: {apart}"
        assert isinstance(reason, ByStatement)
        head = f"its wish {reason.place} of {reason.num}"
        if self._is_kin(reason):
            return f"{head} ({basis}), withheld in public: {KIN}"
        if again:
            return f"{head}, as above: {self._wish(reason)}"
        order = ", its order among others unjudged" if "any_order" in reason.path else ""
        return f"{head} ({basis}{order}): {self._wish(reason)}{self._formula(reason)}"

    def _wish(self, reason: ByStatement) -> str:
        name = "" if self.voice.is_reserved(reason.entry) else visible(reason.entry.name)
        return name or self.voice.says(reason.formula)

    def _formula(self, reason: ByStatement) -> str:
        """Return the formula as the file has it, unless it names what is withheld."""
        hidden = not self.voice.secret.isdisjoint(re.findall(r"\w+", reason.that))
        return "" if hidden else f" [{visible(reason.that)}]"

    def _is_kin(self, reason: Reason) -> bool:
        return self.voice.is_kin(reason.path, reason.entry)

    def _words(self, reason: Reason) -> Iterator[str]:
        """Yield who said what a judgement rests on; restricted words, and those about kin, are counted only."""
        because = reason.entry.because if self.has_evidence else []
        hidden = [name for name in because if name in self.voice.withheld or self._is_kin(reason)]
        for name in because:
            if name not in self.evidence.statements:
                yield f"“{visible(name)}” is not in evidence.yaml"
            elif name not in hidden:
                yield self._quoted(self.evidence.statements[name])
        if hidden:
            yield f"{len(hidden)} statement{'s' * (len(hidden) != 1)} withheld"
        if self.has_evidence and not because:
            yield "no words of anybody: the analyst's own judgement"

    def _quoted(self, said: Statement) -> str:
        source = self.evidence.sources[said.source]
        speaker = self.evidence.speakers[said.speaker].name if said.speaker else ""
        relay = f"by way of {', '.join(said.relayed_by)}" if said.relayed_by and speaker else ""
        who = speaker or (said.relayed_by[0] if said.relayed_by else source.outlet) or said.source
        where = "" if any(told in source.outlet for told in (who, *said.relayed_by)) else source.outlet
        head = ", ".join(part for part in (who, relay, where, dated(said.said_on or source.date)) if part)
        note = ", in the analyst's note" if source.kind == "note" else ""
        return f"{visible(head)} ({_KINDS[said.kind]}{note}): “{textwrap.shorten(visible(said.quote), MAX_QUOTE, placeholder=' …')}”"

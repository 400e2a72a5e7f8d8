"""What people say, put to the test: how each claim is tested, how it comes out, and what the test leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import TYPE_CHECKING

from offramp.formula import Formula, atoms, evaluate
from offramp.report.judged import Judgements
from offramp.report.outcomes import concepts, norm_link, outcome_row
from offramp.report.quoted import Words
from offramp.report.routes import MAX_WAYS, outcomes, ways_linked
from offramp.report.told import ClaimTold
from offramp.report.voice import Voice
from offramp.report.words import Figure, Text, joined, of, text

if TYPE_CHECKING:
    from offramp.analysis.findings import ClaimFinding, Findings
    from offramp.case.schema import Claim


class Claims:
    """Tells the claims of a case.

    Parameters
    ----------
    voice : Voice
        How the case's labels are said.
    words : Words
        The statements that the claims rest on.
    judgements : Judgements
        Tells the claims as judgements.
    found : Findings
        How the claims come out.
    """

    def __init__(self, voice: Voice, words: Words, judgements: Judgements, found: Findings) -> None:
        self.voice = voice
        self.case = voice.case
        self.words = words
        self.judgements = judgements
        self.found = found
        self.total = found.num_cells
        self.routes = found.routes[:MAX_WAYS]

    def told(self) -> tuple[ClaimTold, ...]:
        """Return every claim, in file order."""
        return tuple(self._claim(name, claim) for name, claim in self.voice.standing.claims.items())

    def _claim(self, name: str, claim: Claim) -> ClaimTold:
        told = self.found.claims[name]
        judged = self.judgements.told(("claims", name), claim, (self.voice.title("claims", name),))
        is_kin, label = self.voice.is_kin(("claims", name), claim), self.voice.label("claims", name)
        verdicts = {"Supported": told.supported, "Refuted": told.refuted, "Undecided": told.undecided}
        where = {verdict: self.voice.where(count.where) for verdict, count in verdicts.items() if count.cells < self.total}
        return ClaimTold(
            id=f"claim.{label}",
            judged=judged,
            said_by="" if is_kin else self.words.who(claim.because),
            tested=() if is_kin else self._tested(name, claim),
            counts=tuple((verdict, of(f"{label}.{verdict.lower()}", count.cells, self.total)) for verdict, count in verdicts.items()),
            where=tuple(text("{} {}", verdict, there) for verdict, there in where.items() if there),
            notes=() if is_kin else (*self._manner(name, claim), *self._splits(label, told)),
        )

    def _splits(self, label: str, told: ClaimFinding) -> Iterable[Text]:
        """Yield how each contested entry on which a claim turns moves the balance between supported and refuted."""
        for entry, (on, off) in told.splits.items():
            if on[:2] != off[:2]:
                section = next(there for there in ("rules", "conditions", "norms") if entry in getattr(self.case, there))
                title = self.voice.norm(entry) if section == "norms" else self.voice.title(section, entry)
                key = f"{label}.{self.voice.label(section, entry)}"
                figures = [
                    Figure(f"{key}.{side}.{verdict}.cells", number)
                    for side, numbers in (("on", on), ("off", off))
                    for verdict, number in zip(("supported", "refuted", "undecided"), numbers, strict=True)
                ]
                yield text("With “{}”: {} supported, {} refuted, {} undecided; without it: {}, {}, {}.", title, *figures)

    def _manner(self, name: str, claim: Claim) -> Iterable[Text]:
        """Yield what the test of a permission leaves out, and which ways are unlawful for the manner of it."""
        if not claim.permitted:
            return
        yield (
            "This test counts what is forbidden. Requirements on the manner of it (norms that require something) are not counted, "
            "unless no manner could meet them.",
        )
        formula = self.voice.file.formula("claims", name, "permitted", "that")
        ways: dict[str, list[int]] = {}
        for number, route in enumerate(self.routes, 1):
            there = [outcome for outcome in outcomes(route) if all(self._holds(formula, code) for code in outcome.codes)]
            for norm in dict.fromkeys(breach.norm for outcome in there for breach in outcome.breaches):
                entry = self.case.norms[norm]
                if entry.requires is not None and set(entry.binds) & set(claim.permitted.to):
                    ways.setdefault(norm, []).append(number)
        if ways:
            told = [text("{} ({})", norm_link(self.voice, norm), ways_linked(numbers)) for norm, numbers in ways.items()]
            yield text("Where it is carried out against such a requirement, it is marked unlawful above: {}.", joined(told, "; "))

    def _tested(self, name: str, claim: Claim) -> Text:
        def says(*path: str) -> str:
            return self.voice.says(self.voice.file.formula("claims", name, *path))

        if claim.only_if:
            return (f"Every way out that ends so: {says('only_if', 'end')}, also has this: {says('only_if', 'needs')}.",)
        if claim.possible:
            by = (
                f" of {self.voice.names(claim.possible.by)}" + (", alone or together," if len(claim.possible.by) > 1 else " alone")
                if claim.possible.by
                else ""
            )
            return (f"Some way out{by} ends so: {says('possible', 'end')}.",)
        if claim.permitted:
            return (f"No norm in force for {self.voice.names(claim.permitted.to)} forbids this: {says('permitted', 'that')}.",)
        assert claim.stable is not None
        formula = self.voice.file.formula("claims", name, "stable", "that")
        held = text("Equilibrium by {} wherever this holds: {}.", concepts([claim.stable.concept]), self.voice.says(formula))
        return joined([held, self._law_of(formula, name)])

    def _law_of(self, formula: Formula, name: str) -> Text:
        """Return what the law and people have of the states that a claim calls stable, as far as it is known here."""
        if not self._holds_now(formula):
            return ("The test says nothing of law and harm.",)
        row = outcome_row(self.voice, self.found.status_quo, "status_quo", self.total, "now", set(self.case.norms))
        return text("That is how it is now. {} {}", joined(row.law), joined(row.people))

    def _holds_now(self, formula: Formula) -> bool:
        """Return whether a formula over options or states, without conditions, holds now."""
        return not atoms(formula) & self.case.conditions.keys() and self._holds(formula, self.found.status_quo_code)

    def _holds(self, formula: Formula, code: str) -> bool:
        """Return whether a formula holds in a state, whatever conditions hold; of states that count as one, in one of them."""
        code = self.found.members.get(code, code)
        there = {label: letter == "Y" for label, letter in zip(self.case.options, code, strict=False)}
        there |= {state: state == code for state in self.case.states or ()}
        conditions = sorted(atoms(formula) & self.case.conditions.keys())
        sides = product((False, True), repeat=len(conditions))
        return all(evaluate(formula, {**there, **dict(zip(conditions, side, strict=True))}) for side in sides)

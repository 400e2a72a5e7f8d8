"""From findings to words: the one layer that HTML, Markdown and the terminal tell from.

A `Story` leads with what can be reached from the status quo by moves that
somebody wants, and never says of an outcome that it lasts without its breaches
and harms in the same row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from offramp.errors import ChoiceError
from offramp.formula import Formula, atoms, evaluate
from offramp.report import limits
from offramp.report.judged import Judgements
from offramp.report.outcomes import (
    NO_BREACH,
    NO_HARM,
    NO_HARM_NAMED,
    NO_NORM,
    breaches_together,
    concepts,
    harm_words,
    harms,
    norm_key,
    norm_link,
    outcome_row,
    permissions,
    who_suffers,
)
from offramp.report.quoted import Words
from offramp.report.routes import glance, way_told
from offramp.report.told import Answer, ClaimTold, Point, Story
from offramp.report.voice import Voice
from offramp.report.words import (
    CONCEPT_NAMES,
    Figure,
    Link,
    Mark,
    Part,
    Text,
    combinations,
    counted,
    dated,
    joined,
    listed,
    of,
    plain,
    text,
    visible,
)

if TYPE_CHECKING:
    from offramp.analysis.assessment import Suffering
    from offramp.analysis.findings import Count, Findings
    from offramp.case.load import CaseFile
    from offramp.case.schema import Claim
    from offramp.sources.evidence import Evidence

AUDIENCES = ("public", "internal")
MAX_WAYS = 12

PURPOSE = (
    "Who can move in this deadlock, and what would follow: worked out from sourced judgements by the Graph Model for Conflict "
    "Resolution. It is not legal advice."
)
INTERNAL = "INTERNAL. It shows words and notes that must not be published. Do not pass it on."


def story(file: CaseFile, evidence: Evidence, findings: Findings, audience: str | None) -> Story:
    """Return what a case comes to, in words, for one audience.

    Parameters
    ----------
    file : CaseFile
        The case.
    evidence : Evidence
        Its statements; may be empty.
    findings : Findings
        What the grid of the case adds up to.
    audience : {"public", "internal"}
        Decides what is withheld.

    Returns
    -------
    story : Story
        Texts without markup.

    Raises
    ------
    ChoiceError
        For any other audience.
    """
    if audience not in AUDIENCES:
        raise ChoiceError(f"the audience {audience!r} is not known; choose public or internal")
    return _Teller(Voice(file, evidence, audience == "public", findings.status_quo_code), evidence, findings).story(audience)


class _Teller:
    def __init__(self, voice: Voice, evidence: Evidence, found: Findings) -> None:
        self.voice = voice
        self.case = voice.case
        self.found = found
        self.words = Words(voice, evidence)
        self.judgements = Judgements(voice, self.words)
        self.total = found.num_cells
        self.routes = found.routes[:MAX_WAYS]

    def story(self, audience: str) -> Story:
        shares = self._shares()
        return Story(
            title=visible(self.case.title),
            audience=audience,
            about=tuple(self._about(audience)),
            purpose=PURPOSE,
            warning="" if self.voice.is_public else INTERNAL,
            basis=_basis(shares),
            shares=shares,
            answer=self._answer(),
            ways=tuple(way_told(self.voice, route, number, self.total) for number, route in enumerate(self.routes, 1)),
            more_ways=self._more(),
            claims=tuple(self._claim(name, claim) for name, claim in self.case.claims.items()),
            status_quo=replace(outcome_row(self.voice, self.found.status_quo, "status_quo", self.total, "now", set()), lasts=self._rests()),
            groups=self.judgements.groups(),
            words=self.words.told(),
            withheld=self._withheld(),
            limits=limits.limits(self.voice, self.total),
            reading=limits.FIELD_WORDS,
            cite=visible(self.case.cite),
        )

    # -- the head --------------------------------------------------------------------------------------------------------

    def _about(self, audience: str) -> Iterable[str]:
        yield f"As of {dated(self.case.as_of)}" if self.case.as_of else "The case gives no date"
        last = self.words.last_fact()
        yield f"Last dated fact: {dated(last)}" if last else "No dated fact"
        yield "For the public" if audience == "public" else "For internal use only"

    def _shares(self) -> tuple[tuple[str, int], ...]:
        grades = [entry.graded for _, entry in self.case.judgements()]
        return tuple((basis, grades.count(basis)) for basis in ("stated", "inferred", "assumed"))

    def _withheld(self) -> Text:
        number = len(self.words.used) - len(self.words.shown)
        if not number:
            return ()
        return text(
            "{} about kin withheld in public; {}.",
            counted(Figure("words.withheld", number), "statement", "statements"),
            "kin may face reprisals",
        )

    # -- the first screen ------------------------------------------------------------------------------------------------

    def _answer(self) -> Answer:
        return Answer(
            lead=self._lead(),
            points=tuple(point for point in self._points() if point.answers),
            glances=tuple(glance(self.voice, route, number, self.total) for number, route in enumerate(self.routes, 1)),
            more=self._more(),
            grid=limits.grid_text(self.case, self.total),
        )

    def _lead(self) -> Text:
        can, stuck = self.found.can_move.cells, self.total - self.found.can_move.cells
        if not can:
            none = text("none of {}", self._all("stuck")) if self.total > 1 else ("the only combination nobody",)
            return text("In {} can{} leave the deadlock by moves that they want.", none, " anybody" if self.total > 1 else "")
        moving = text("In {} somebody can leave the deadlock by moves that they want", combinations("can_move", can, self.total))
        return joined([moving, joined([self._clear_clause(), self._stuck_clause(stuck)])], "")

    def _clear_clause(self) -> Text:
        """Return in how many cells a way out is above reproach, as far as the case can say so."""
        law, people = self.voice.has_norms, self.voice.has_harms
        if not law and not people:
            return ("; the case names no norm and no harm, so it says nothing of law and of people.",)
        key, count = (
            ("clear", self.found.clear) if law and people else ("lawful", self.found.lawful) if law else ("unharmed", self.found.unharmed)
        )
        said = " and ".join([*(["is lawful throughout"] if law else []), *(["does no harm that the case knows of"] if people else [])])
        if not count.cells:
            return (f", but in none of them by a way that {said}.",)
        return text("; in {} of these there is a way that {}.", Figure(f"{key}.cells", count.cells), said)

    def _stuck_clause(self, stuck: int) -> Text:
        return text("In {} nobody can.", Figure("stuck.cells", stuck)) if stuck else ()

    def _all(self, key: str) -> Text:
        return counted(Figure(f"{key}.of", self.total), "combination", "combinations")

    def _points(self) -> Iterable[Point]:
        if self.found.routes:
            yield Point("Who can move it?", tuple(self._who()))
            yield Point("Is that lawful?", tuple(self._lawful()))
            yield Point("Who is harmed?", tuple(self._harmed()))
            yield Point("Whose wish is met?", tuple(self._wishes()))
        yield Point("And if nothing moves?", tuple(self._if_nothing_moves()))

    def _who(self) -> Iterable[Text]:
        ordered = sorted(self.found.coalitions.items(), key=lambda item: -item[1].cells)
        for members, count in ordered:
            ways = [number for number, route in enumerate(self.routes, 1) if route.coalition == members]
            place = self._in(f"coalition.{'+'.join(members)}", count)
            yield text("{}, {}{}.", self.voice.together(members), place, text(" ({})", _ways(ways)) if ways else ())

    def _in(self, key: str, count: Count) -> Text:
        """Return in how many cells something holds, and where."""
        where = self.voice.where(count.where) if count.cells < self.total else ()
        return text("in {}{}", of(key, count.cells, self.total), text(", {}", where) if where else ())

    def _lawful(self) -> Iterable[Text]:
        if not self.voice.has_norms:
            yield ("The case names no norm, so it cannot say.",)
        elif not self.found.lawful.cells:
            yield text("{} in any of {}.", Mark("NO WAY OUT IS LAWFUL THROUGHOUT", "unlawful"), self._all("lawful"))
        else:
            yield text("Some way out is lawful throughout, on the way and in every end, {}.", self._in("lawful", self.found.lawful))
            if self.voice.has_harms:
                yield text("Some way out besides does no harm that the case knows of, {}.", self._in("clear", self.found.clear))
        absolute = self._absolute()
        if absolute:
            yield text("{} norms are broken: {}.", Mark("ABSOLUTE", "absolute"), joined(absolute, "; "))

    def _absolute(self) -> list[Text]:
        """Return the absolute norms that ways out break, and which ways."""
        ways: dict[str, list[int]] = {}
        for number, route in enumerate(self.routes, 1):
            for norm in dict.fromkeys(breach.norm for end in (route.itself, *route.ends) for breach in end.breaches if breach.absolute):
                ways.setdefault(norm, []).append(number)
        return [
            text(
                "{} by {} ({})",
                norm_link(self.voice, norm),
                self.voice.names(self.case.norms[norm].binds),
                _ways(numbers),
            )
            for norm, numbers in ways.items()
        ]

    def _harmed(self) -> Iterable[Text]:
        met = self._harms_met()
        if not met:
            yield (
                "No way out does a harm that the case knows of." if self.voice.has_harms else "The case names no harm, so it cannot say.",
            )
        same: dict[tuple[str, tuple[int, ...]], list[Suffering]] = {}
        for harm, numbers in met.items():
            same.setdefault((harm_words(self.voice, harm), tuple(numbers)), []).append(harm)
        for (told, ways), group in same.items():
            yield text("{}{}{}; {}.", Mark("HARM", "harm"), who_suffers(self.voice, group), f": {told}" if told else "", _ways(ways))

    def _harms_met(self) -> dict[Suffering, list[int]]:
        met: dict[Suffering, list[int]] = {}
        for number, route in enumerate(self.routes, 1):
            for harm in dict.fromkeys(harm for end in (route.itself, *route.ends) for harm in end.harms):
                met.setdefault(harm, []).append(number)
        return dict(sorted(met.items()))

    def _wishes(self) -> Iterable[Text]:
        same: dict[tuple[str, int, str], list[str]] = {}
        for person, count in self.found.wishes.items():
            if not self.voice.is_silent(person):
                said = self.voice.says(self.voice.file.formula("people", person, "wish"))
                same.setdefault((said, count.cells, plain(self.voice.where(count.where))), []).append(person)
        for (said, cells, _), people in same.items():
            met = "some way out meets it in every end" if cells else "no way out meets it in every end"
            place = self._in(f"wishes.{'+'.join(people)}", self.found.wishes[people[0]])
            yield text("{} ({}): {}, {}.", self.voice.people(people), said, met, place)

    def _if_nothing_moves(self) -> Iterable[Text]:
        now = self.found.status_quo
        stuck = self.total - self.found.can_move.cells
        if stuck and self.found.routes:
            yield text("In {} nobody has a way out.", of("stuck", stuck, self.total))
        for (cells, by), breaches in breaches_together(self.voice, now):
            place = of(f"status_quo.breach.{norm_key(self.voice, [breach.norm for breach in breaches])}", cells, self.total)
            norms = joined([norm_link(self.voice, breach.norm) for breach in breaches], "; ")
            yield text("{} in {}: {}: {}.", Mark("UNLAWFUL", "unlawful"), place, self.voice.names(by), norms)
        yield from permissions(self.voice, now, "status_quo")
        yield from harms(self.voice, now.harms, "status_quo", self.total)
        if not now.breaches and not now.harms:
            yield text("{} {}", NO_BREACH if self.voice.has_norms else NO_NORM, NO_HARM if self.voice.has_harms else NO_HARM_NAMED)

    def _more(self) -> Text:
        left = len(self.found.routes) - len(self.routes)
        if not left:
            return ()
        return text(
            "{}, none of them in more combinations than these: offramp ways tells all.",
            counted(Figure("routes.more", left), "more way out", "more ways out"),
        )

    # -- claims and the status quo ---------------------------------------------------------------------------------------

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
        )

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
        if atoms(formula) & self.case.conditions.keys():
            return False
        code = self.found.status_quo_code
        now = {label: letter == "Y" for label, letter in zip(self.case.options, code, strict=False)}
        return bool(evaluate(formula, {**now, **{state: state == code for state in self.case.states or ()}}))

    def _rests(self) -> tuple[Text, ...]:
        """Return where the status quo is an equilibrium, concepts with the same answer together."""
        same: dict[tuple[int, str], list[str]] = {}
        for concept in CONCEPT_NAMES:
            count = self.found.at_rest[concept]
            same.setdefault((count.cells, plain(self.voice.where(count.where))), []).append(concept)
        told = [(names, self.found.at_rest[names[0]]) for names in same.values()]
        lines = [
            text("Equilibrium by {} {}.", concepts(names), self._in(f"at_rest.{'+'.join(names)}", count))
            for names, count in told
            if count.cells
        ]
        return tuple(lines) or (("Equilibrium by no concept.",),)


def _basis(shares: Sequence[tuple[str, int]]) -> Text:
    told: list[Part | Text] = [text("{} {}", Figure(f"basis.{basis}", number), basis) for basis, number in shares]
    number = Figure("basis.of", sum(number for _, number in shares))
    return text("It rests on {}: {}.", counted(number, "judgement", "judgements"), listed(told))


def _ways(numbers: Sequence[int]) -> Text:
    word = "way" if len(numbers) == 1 else "ways"
    return text("{} {}", word, listed([Link(str(number), f"way-{number}") for number in numbers]))

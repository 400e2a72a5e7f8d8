"""From findings to words: the one layer that HTML, Markdown and the terminal tell from.

A `Story` leads with what can be reached from the status quo by moves that
somebody wants, and never says of an outcome that it lasts without its breaches
and harms in the same row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from offramp.case.standing import Standing
from offramp.case.variant import Variant
from offramp.errors import ChoiceError
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
from offramp.report.routes import MAX_WAYS, glance, harm_on_the_way, outcomes, unlawful_on_the_way, way_told, ways_linked
from offramp.report.tested import Claims
from offramp.report.told import Answer, Point, Story
from offramp.report.turning import UNASKED, Turning
from offramp.report.voice import Voice
from offramp.report.words import (
    CONCEPT_NAMES,
    Figure,
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
    from offramp.analysis.findings import Count, Findings, Route
    from offramp.analysis.flips import Flips
    from offramp.case.load import CaseFile
    from offramp.sources.evidence import Evidence

AUDIENCES = ("public", "internal")

PURPOSE = (
    "Who can move in this deadlock, and what would follow: worked out from sourced judgements by the Graph Model for Conflict "
    "Resolution. It is not legal advice."
)
INTERNAL = "INTERNAL. It shows words and notes that must not be published. Do not pass it on."


def story(
    file: CaseFile, evidence: Evidence, findings: Findings, audience: str | None, flips: Flips | None = None, as_of: str | None = None
) -> Story:
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
    flips : Flips, optional
        What every single change of judgement does; without them, the first
        screen does not say what turns the answer.
    as_of : str, optional
        The date at which the findings were made, if that is not the case's own.

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
    voice = Voice(file, evidence, audience == "public", findings.status_quo_code, Standing(file, Variant(as_of=as_of)))
    return _Teller(voice, evidence, findings, flips).story(audience)


class _Teller:
    def __init__(self, voice: Voice, evidence: Evidence, found: Findings, flips: Flips | None) -> None:
        self.voice = voice
        self.turning = Turning(voice, flips) if flips is not None else None
        self.case = voice.case
        self.found = found
        self.words = Words(voice, evidence)
        self.judgements = Judgements(voice, self.words)
        self.total = found.num_cells
        self.routes = found.routes[:MAX_WAYS]
        self.claims = Claims(voice, self.words, self.judgements, found)

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
            claims=self.claims.told(),
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
        now, own = self.voice.standing.as_of, self.case.as_of
        of_case = f" (the case itself: {dated(own) or 'no date'})" if now != own else ""
        yield f"As of {dated(now)}{of_case}" if now else "The case gives no date"
        last = self.words.last_fact()
        yield f"Last dated fact: {dated(last)}" if last else "No dated fact"
        yield "For the public" if audience == "public" else "For internal use only"

    def _shares(self) -> tuple[tuple[str, int], ...]:
        grades = [entry.graded for _, entry in self.voice.standing.judgements()]
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
            grid=limits.grid_text(self.voice.standing, self.total),
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
            return (f", but {'in none of them by a' if self.total > 1 else 'by no'} way that {said}.",)
        place = text("in {} of these ", Figure(f"{key}.cells", count.cells)) if self.total > 1 else ()
        return text("; {}there is a way{} that {}.", place, self._whose(key, count.cells), said)

    def _whose(self, kind: str, cells: int) -> str:
        """Return of which coalitions are the ways out that are lawful, unharmed or both in `cells`: of those listed, or of larger ones.

        A listed way whose own moves are not lawful may be so in another order.
        """
        sure = possible = 0
        for route in self.found.routes:
            least = {"lawful": route.lawful_cells, "unharmed": route.unharmed_cells}
            least["clear"] = route.lawful_cells + route.unharmed_cells - route.count.cells
            sure = max(sure, least[kind])
            possible += min(route.lawful_cells, route.unharmed_cells) if kind == "clear" else least[kind]
        return _of_coalitions(sure >= cells, possible > 0, any(len(route.steps) > 1 for route in self.found.routes))

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
        yield from [UNASKED] if self.turning is None else self.turning.points()

    def _who(self) -> Iterable[Text]:
        ordered = sorted(self.found.coalitions.items(), key=lambda item: -item[1].cells)
        for members, count in ordered:
            ways = [number for number, route in self._numbered() if route.coalition == members]
            place = self._in(f"coalition.{'+'.join(members)}", count)
            yield text("{}, {} ({}).", self.voice.together(members), place, ways_linked(ways))

    def _numbered(self) -> Iterable[tuple[int, Route]]:
        """Yield every route with its number; only the first `MAX_WAYS` are told in full."""
        return enumerate(self.found.routes, 1)

    def _in(self, key: str, count: Count) -> Text:
        """Return in how many cells something holds, and where."""
        where = self.voice.where(count.where) if count.cells < self.total else ()
        return text("in {}{}", of(key, count.cells, self.total), text(", {}", where) if where else ())

    def _lawful(self) -> Iterable[Text]:
        if not self.voice.has_norms:
            yield ("The case names no norm, so it cannot say.",)
        elif not self.found.lawful.cells:
            place = text(" in any of the {}", self._all("lawful")) if self.total > 1 else ()
            yield text("{}{}.", Mark("NO WAY OUT IS LAWFUL THROUGHOUT", "unlawful"), place)
        else:
            lawful, clear = self.found.lawful, self.found.clear
            whose = self._whose("lawful", lawful.cells)
            yield text("Some way out{} is lawful throughout, on the way and in every end, {}.", whose, self._in("lawful", lawful))
            if self.voice.has_harms and clear.cells:
                also = self._whose("clear", clear.cells)
                also = "" if also == whose else also
                yield text("Some such way{} also does no harm that the case knows of, {}.", also, self._in("clear", clear))
            elif self.voice.has_harms:
                yield ("None that is lawful throughout is without a harm that the case knows of.",)
        absolute = self._absolute()
        if absolute:
            yield text("{} norms are broken: {}.", Mark("ABSOLUTE", "absolute"), joined(absolute, "; "))
        between = [number for number, route in self._numbered() if unlawful_on_the_way(route)]
        if between:
            yield text("{} on the way only: {}.", Mark("UNLAWFUL", "unlawful"), ways_linked(between))

    def _absolute(self) -> list[Text]:
        """Return the absolute norms that ways out break, and which ways."""
        ways: dict[str, list[int]] = {}
        for number, route in self._numbered():
            for norm in dict.fromkeys(breach.norm for end in outcomes(route) for breach in end.breaches if breach.absolute):
                ways.setdefault(norm, []).append(number)
        return [
            text(
                "{} by {} ({})",
                norm_link(self.voice, norm),
                self.voice.names(self.case.norms[norm].binds),
                ways_linked(numbers),
            )
            for norm, numbers in ways.items()
        ]

    def _harmed(self) -> Iterable[Text]:
        met = self._harms_met()
        between = [number for number, route in self._numbered() if harm_on_the_way(route)]
        if not self.voice.has_harms:
            yield ("The case names no harm, so it cannot say.",)
        elif not met and not between:
            yield ("None of the ways listed here does a harm that the case knows of.",)
        same: dict[tuple[str, tuple[int, ...]], list[Suffering]] = {}
        for harm, numbers in met.items():
            same.setdefault((harm_words(self.voice, harm), tuple(numbers)), []).append(harm)
        for (told, ways), group in same.items():
            yield text("{}{}{}; {}.", Mark("HARM", "harm"), who_suffers(self.voice, group), f": {told}" if told else "", ways_linked(ways))
        if between:
            yield text("{} on the way only: {}.", Mark("HARM", "harm"), ways_linked(between))

    def _harms_met(self) -> dict[Suffering, list[int]]:
        met: dict[Suffering, list[int]] = {}
        for number, route in self._numbered():
            for harm in dict.fromkeys(harm for end in outcomes(route) for harm in end.harms):
                met.setdefault(harm, []).append(number)
        return dict(sorted(met.items()))

    def _wishes(self) -> Iterable[Text]:
        same: dict[tuple[str, int, str], list[str]] = {}
        for person, count in self.found.wishes.items():
            if not self.voice.is_silent(person):
                said = self.voice.says(self.voice.file.formula("people", person, "wish"))
                same.setdefault((said, count.cells, plain(self.voice.where(count.where))), []).append(person)
        for (said, cells, _), people in same.items():
            if cells:
                place = self._in(f"wishes.{'+'.join(people)}", self.found.wishes[people[0]])
                met = text("some way out{} meets it in every end, {}", self._who_grants(people[0], cells), place)
            else:
                met = ("no way out meets it in every end",)
            yield text("{} ({}): {}.", self.voice.people(people), said, met)

    def _who_grants(self, person: str, cells: int) -> str:
        """Return of which coalitions are the ways out that meet a wish in every end."""
        sure, possible = 0, False
        for route in self.found.routes:
            missed = sum(end.cells - end.wishes_met.get(person, 0) for end in route.ends)
            sure = max(sure, route.count.cells - missed)
            possible = possible or any(end.wishes_met.get(person) for end in route.ends)
        return _of_coalitions(sure >= cells, possible, False)

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

    # -- the status quo ---------------------------------------------------------------------------------------

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


def _of_coalitions(only_listed: bool, listed_too: bool, in_order: bool) -> str:
    if only_listed:
        return ""
    if listed_too:
        return ", of a coalition listed here or of a larger one,"
    order = ", or by moves in another order" if in_order else ""
    return f", of larger coalitions than those listed here{order},"

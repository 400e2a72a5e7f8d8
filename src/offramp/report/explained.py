"""Why a state holds or not, in plain sentences: what it is, who is tempted by what, what holds them back.

Nothing is called an equilibrium here without its breaches and harms in the same
line. The telling is public: restricted words are counted and not shown, people
who are protected go by their pseudonym.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from offramp.analysis.assessment import Assessor
from offramp.analysis.findings import Where
from offramp.analysis.undo import can_return, final_options
from offramp.analysis.ways import Move, Step, steps
from offramp.model.relation import GREATLY_BETTER, UNKNOWN
from offramp.model.unseen import unseen
from offramp.report.hypergame_words import told_view
from offramp.report.outcomes import harm_words, who_suffers
from offramp.report.reasoned import Line, Reasoned
from offramp.report.voice import Voice
from offramp.report.words import CONCEPT_NAMES, FURTHER_NAMES, dated, plain, sentence, sentence_case
from offramp.report.words import listed as listed_parts
from offramp.stability.settings import VALUES

if TYPE_CHECKING:
    from offramp.analysis.assessment import Assessment
    from offramp.analysis.explain import Account, Explanation, Improvement
    from offramp.analysis.hypergame import View
    from offramp.analysis.witness import Answer
    from offramp.model.build import Builder
    from offramp.model.world import Choice
    from offramp.sources.evidence import Evidence

MAX_TOLD = 3
"""Improvements that are told of one decision maker, the best first; those on which a verdict hangs are always told."""

MAX_REFUSED = 4
"""Reasons that are told against the moves of a decision maker whom nothing tempts."""


class Explained:
    """Tells an explanation.

    Parameters
    ----------
    builder : Builder
        Of the case.
    choice : Choice
        The cell that is explained.
    evidence : Evidence
        The statements of the case; may be empty.
    explanation : Explanation
        What to tell.
    view : View, optional
        Whose own game it is told in; `builder` and `choice` are those of the view.

    Examples
    --------
    >>> import offramp
    >>> from offramp.sources.evidence import Evidence
    >>> builder = offramp.Builder(offramp.read_case("prisoners-dilemma"))
    >>> explanation = offramp.explain(builder.model(builder.choice()))
    >>> told = Explained(builder, builder.choice(), Evidence({}, {}, {}), explanation)
    >>> print(next(iter(told.lines())).words)
    Prisoners' dilemma: state 1 of 4, NN, the status quo
    """

    def __init__(self, builder: Builder, choice: Choice, evidence: Evidence, explanation: Explanation, view: View | None = None) -> None:
        self.explanation, self.model, self.state = explanation, explanation.model, explanation.state
        self.readings, self.contested = dict(choice.readings), choice.sides
        self.voice = Voice(builder.file, evidence, True, self.model.states.label(self.model.status_quo), builder.standing)
        self.assessor = Assessor(builder, choice)
        self.view = view
        self.reasoned = Reasoned(builder, choice, self.voice, evidence, self.model)

    def lines(self) -> Iterator[Line]:
        """Yield the whole telling."""
        label = self.model.states.label(self.state)
        now = ", the status quo" if self.state == self.model.status_quo else ""
        many = f"{self.model.num_states:,}"
        which = f"{label}, one of {many}" if self.voice.case.is_graph else f"{self.state + 1} of {many}, {label}"
        yield Line(0, f"{self.voice.case.title}{self._retold()}: state {which}{now}", True)
        if not self.voice.case.is_graph:
            yield Line(0, sentence(self.voice.done(label)))
        yield Line(0, self._meaning())
        yield from self._accounts()
        yield Line(0, "")
        yield from self._notes()

    def _accounts(self) -> Iterator[Line]:
        """Yield every account."""
        for account in self.explanation.accounts:
            yield Line(0, "")
            yield from self._account(account)

    def _retold(self) -> str:
        """Return at which date the case is told, where that is not its own, and in whose game."""
        now = self.voice.standing.as_of
        by = f", as {self.voice.maker(self.view.dm)} sees it" if self.view is not None else ""
        return (f", as of {dated(now)}" if now != self.voice.case.as_of else "") + by

    def _notes(self) -> Iterator[Line]:
        """Yield under which readings and sides all this holds, and what the names of the concepts stand for."""
        several = {dm: (name,) for dm, name in self.readings.items() if len(self.voice.standing.readings[dm]) > 1}
        cell = plain(self.voice.where(Where(several, self.contested))).removeprefix("only where ")
        if cell:
            yield Line(0, f"Told where {cell}. --reading and --contested choose otherwise.")
        if self.view is not None:
            yield Line(0, told_view(self.view, self.voice))
        settings = self.explanation.solution.settings
        told = settings.told(self.model.has_unknown)
        if told:
            yield Line(0, f"Settings: {'; '.join(f'{name}={value}: {VALUES[name][value]}' for name, value in told.items())}.")
        meanings = [f"{_NAMES[name].short}: {_NAMES[name].holds}" for name in self.explanation.concepts]
        yield Line(0, f"What an equilibrium holds against. {'; '.join(meanings)}. None of them says that all is well.")

    # -- what the state is -----------------------------------------------------------------------------------------------

    def _meaning(self) -> str:
        """Return whether everybody would stay, what cannot be undone, and what the law and people have of it, in one line."""
        at = self.assessor.at(self.state)
        return " ".join([*self._final(), *self._law(at), *self._people(at), self._held()])

    def _held(self) -> str:
        """Return of which concepts the state is an equilibrium."""
        there = self.explanation.solution.concepts_at(self.state)
        if not there:
            by = shorts(self.explanation.concepts, "or")
            if self.explanation.solution.settings.strength == "weak":
                return f"Not everybody is held back weakly, that is in general and not strongly (no weak equilibrium by {by})."
            return f"Somebody has a reason to move, and nothing holds them back (no equilibrium by {by})."
        missing = [concept for concept in self.explanation.concepts if concept not in there]
        but = f"; not by {shorts(missing, 'or')}" if missing else ""
        return f"Everybody stays (an equilibrium by {shorts(there)}{but})."

    def _final(self) -> Iterable[str]:
        if self.state == self.model.status_quo:
            return
        model = self.model if self.view is None else self.view.whole
        final = final_options(model, [self.state])
        on = [label for label in self.voice.on(self.model.states.label(self.state)) if label in final]
        ended = [self.voice.acts(label.split(".")[0], {label: False}) for label in final if label not in on]
        told = "; ".join(part for part in [self.voice.taken(on), *ended] if part)
        if told:
            yield f"CANNOT BE UNDONE: {told}."
        elif not can_return(model, [self.state]):
            yield "NO WAY BACK to the status quo."

    def _law(self, at: Assessment) -> Iterable[str]:
        if not at.breaches:
            yield "It breaches no norm in force." if self.voice.has_norms else "The case names no norm."
        by_whom: dict[tuple[str, ...], list[str]] = {}
        for breach in at.breaches:
            by_whom.setdefault(breach.by, []).append(f"{self.voice.norm(breach.norm)}{' (ABSOLUTE)' if breach.absolute else ''}")
        for who, names in by_whom.items():
            yield f"UNLAWFUL for {self.voice.names(who)}: {'; '.join(names)}."

    def _people(self, at: Assessment) -> Iterable[str]:
        if not at.harms:
            yield "No harm that the case knows of." if self.voice.has_harms else "The case names no harm."
        together: dict[str, list[int]] = {}
        for k, harm in enumerate(at.harms):
            together.setdefault(harm_words(self.voice, harm), []).append(k)
        for words, same in together.items():
            yield f"HARM{who_suffers(self.voice, [at.harms[k] for k in same])}{': ' + words if words else ''}."
        met = [name for name in at.wishes_met if not self.voice.is_silent(name)]
        if met:
            yield f"It meets the wish of {self.voice.people(met)}."

    # -- one decision maker ----------------------------------------------------------------------------------------------

    def _account(self, account: Account) -> Iterator[Line]:
        dm = self.model.decision_makers[account.dm]
        several = dm in self.readings and len(self.voice.standing.readings[dm]) > 1
        read_as = f", read as “{self.voice.reading(dm, self.readings[dm])}”" if several else ""
        yield Line(0, f"{self._maker(account.dm)}{read_as}", True)
        if account.improvements:
            yield from self._tempted(account)
        else:
            yield from self._content(account)

    def _is_unseen(self, account: Account) -> bool:
        masks = unseen(self.assessor.world, self.voice.standing, self.assessor.conditions)
        dm = self.model.decision_makers[account.dm]
        return dm in masks and bool(masks[dm][self.state])  # several who are merged see all states

    def _content(self, account: Account) -> Iterator[Line]:
        """Yield why none of the moves of a decision maker tempts it."""
        if not account.moves:
            yield Line(1, f"It {'does not see this state, and so has' if self._is_unseen(account) else 'has'} no move here.")
            return
        many = f"none of its {len(account.moves):,} moves here leads" if len(account.moves) > 1 else "its only move here does not lead"
        yield Line(1, f"Nothing tempts it: {many} to anything that it prefers.")
        groups = self.reasoned.grouped(account.dm, self.state, account.moves)
        for reason, moves in groups[:MAX_REFUSED]:
            example = self._what(Move(account.dm, self.state, moves[0]))
            such = f"It does not want this: {example}" if len(moves) == 1 else f"It does not want {len(moves):,} moves, such as: {example}"
            if reason is None:
                yield Line(1, sentence(such.replace("does not want", self._indifferent(account.dm, moves), 1)))
            else:
                yield Line(1, sentence(such))
                yield from self.reasoned.lines(reason, 2, "Against")
        if len(groups) > MAX_REFUSED:
            yield Line(1, f"{len(groups) - MAX_REFUSED} more reasons stand against other moves.")

    def _indifferent(self, dm: int, moves: Sequence[int]) -> str:
        """Return why moves that nothing speaks against do not tempt."""
        compared = [self._compared(dm, to) for to in moves]
        if set(compared) == {UNKNOWN}:
            return "is not tempted where nobody knows whether it would gain by"
        return "gains nothing, as far as anybody knows, by" if UNKNOWN in compared else "gains nothing by"

    def _compared(self, dm: int, state: int) -> int:
        """Return how a state compares with the one that is explained."""
        return int(self.model.preference(dm).compared(np.array([self.state]), np.array([state]))[0])

    def _tempted(self, account: Account) -> Iterator[Line]:
        stays = [concept for concept in self.explanation.concepts if account.is_stable(concept)]
        leaves = [concept for concept in self.explanation.concepts if concept not in stays]
        told = self._told(account)
        many = len(account.improvements)
        weak = self.explanation.solution.settings.strength == "weak"
        outlook = _weakly(stays, leaves) if weak else _outlook(stays, leaves)
        yield Line(1, f"Tempted by {many:,} move{'s' * (many != 1)}. {outlook}")
        for improvement in told:
            yield from self._improvement(account, improvement)
        if many > len(told):
            yield Line(1, f"{many - len(told):,} more tempting: --format csv lists them.")

    def _told(self, account: Account) -> list[Improvement]:
        """Return the best improvements, and for each concept the best that nothing deters."""
        chosen = {improvement.to for improvement in account.improvements[:MAX_TOLD]}
        for place in range(len(self.explanation.concepts)):
            free = (improvement.to for improvement in account.improvements if not improvement.answers[place].deters)
            chosen.update(to for to in [next(free, None)] if to is not None)
        return [improvement for improvement in account.improvements if improvement.to in chosen]

    def _improvement(self, account: Account, improvement: Improvement) -> Iterator[Line]:
        move = Move(account.dm, self.state, improvement.to)
        greatly = "; that is greatly better" if GREATLY_BETTER in improvement.compared else ""
        doubt = "; nobody knows whether it prefers that" if UNKNOWN in improvement.compared else greatly
        yield Line(1, f"Temptation: {self._what(move)} (leads to state {self._numbered(improvement.to)}{doubt}).")
        yield from self.reasoned.between(account.dm, improvement.to, self.state, 2, "For")
        for concepts, answer in self._answers(improvement):
            yield from self._answer(account, concepts, answer)

    def _answers(self, improvement: Improvement) -> list[tuple[list[str], Answer]]:
        """Return the answers that are the same under several concepts once; Nash, which has none, apart."""
        groups: dict[tuple[object, ...], tuple[list[str], Answer]] = {}
        for answer in improvement.answers:
            kind = answer.concept if answer.concept in ("nash", "sim") else (answer.deters, answer.is_worst, answer.moves)
            groups.setdefault((kind,), ([], answer))[0].append(answer.concept)
            if answer.escape is not None:
                groups[(kind,)] = (groups[(kind,)][0], answer)
        return list(groups.values())

    def _answer(self, account: Account, concepts: Sequence[str], answer: Answer) -> Iterator[Line]:
        if answer.concept == "nash":
            yield Line(2, "If nobody answers (Nash): nothing holds it back.")
            return
        yield Line(2, f"{_when(concepts)}: {self._outcome(account, concepts, answer)}")
        if answer.deters and answer.state != self.state:
            yield from self.reasoned.between(account.dm, self.state, answer.state, 3, "Worse than here by")
        yield from self._wants(concepts, answer)

    def _wants(self, concepts: Sequence[str], answer: Answer) -> Iterator[Line]:
        """Yield why the opponents want the moves of an answer, where it rests on that."""
        for move in answer.moves if {"seq", "sseq", "sim"} & set(concepts) else ():
            why = list(self.reasoned.between(move.dm, move.to, move.start, 3, f"{self._maker(move.dm)} moves for"))
            if not why and not self.model.prefers(move.dm, move.to, move.start):
                why = [Line(3, f"Nobody knows whether {self._maker(move.dm)} wants that.")]
            yield from why

    def _outcome(self, account: Account, concepts: Sequence[str], answer: Answer) -> str:
        """Return what an answer comes to: who does what, and where that leaves the one who was tempted."""
        done = (" and " if answer.concept == "sim" else ", then ").join(map(self._what, answer.moves))
        if not answer.is_worst:
            return "not held back: nothing that they can do holds it back."
        back = answer.state == self.state
        if not answer.deters:
            worst = f"the worst that they would do is this: {done}; it" if done else "they have nothing that makes it worse; it"
            short = f"is then {than(answer.compared[0])}, and that does not do"
            greatly = "greatly " if answer.compared[0] == GREATLY_BETTER else ""
            stays = f"stays {greatly}better off than here" if answer.compared[0] in (1, 2) else short
            return f"not held back: {worst} {stays}{self._back_up(account, answer, True)}."
        for_it = ", for it" if answer.compared[0] == 0 else " for it"
        left = "it is back where it started" if back else f"state {self._numbered(answer.state)} is {than(answer.compared[0])}{for_it}"
        return f"held back: {done}; {left}{self._back_up(account, answer, False)}."

    def _back_up(self, account: Account, answer: Answer, gets_out: bool) -> str:
        """Return what the one who was tempted can still do after the answer."""
        if answer.escape is None or (gets_out and answer.compared[0] > 0):
            return ""
        if answer.escape == answer.state:
            return ", and no further move of its own " + ("makes it better" if account.rank is not None else "gets it out of that")
        onward = self._what(Move(account.dm, answer.state, answer.escape))
        if gets_out:
            return f", as it may still do this: {onward}"
        return f", and the best that it can still do — {onward} — leaves it {than(self._compared(account.dm, answer.escape))}"

    def _maker(self, dm: int) -> str:
        """Return the name of a decision maker; of a merged coalition, of all its members."""
        label = self.model.decision_makers[dm]
        return self.voice.maker(label) if label in self.readings else f"{self.voice.names(label.split('+'))} as one"

    def _numbered(self, state: int) -> str:
        """Return the number of a state; in a graph its name."""
        return self.model.states.told(state)

    def _what(self, move: Move) -> str:
        """Return a move in words."""
        step: Step = steps(self.model, [move])[0]
        if not step.sets:
            where = f"“{step.code}”" if self.voice.case.is_graph else self.voice.done(step.code)
            return f"{self._maker(move.dm)} moves to {where}"
        by_owner: dict[str, dict[str, bool]] = {}
        for label, on in step.sets.items():
            by_owner.setdefault(label.split(".")[0], {})[label] = on
        return " and ".join(self.voice.acts(dm, sets) for dm, sets in by_owner.items())


def _outlook(stays: Sequence[str], leaves: Sequence[str]) -> str:
    """Return by which concepts a decision maker would stay, or go."""
    if not stays:
        return f"Nothing holds it back (by {shorts(leaves, 'or')})."
    if not leaves:
        return f"The others hold it back (by {shorts(stays)})."
    return f"It would move by {shorts(leaves)}; by {shorts(stays)} the others hold it back."


def _weakly(stays: Sequence[str], leaves: Sequence[str]) -> str:
    """Return by which concepts a decision maker would stay weakly; the answers told are those of general stability."""
    told = [f"held back weakly by {shorts(stays)}"] * bool(stays) + [f"not weakly by {shorts(leaves, 'or')}"] * bool(leaves)
    return sentence(f"{'; '.join(told)}. What follows is told of general stability")


def _when(concepts: Sequence[str]) -> str:
    """Return under which views of the others' answers something holds."""
    parts = [_VIEWS[view] for view in _VIEWS if view <= set(concepts) and not any(view < other <= set(concepts) for other in _VIEWS)]
    return sentence_case("; ".join(parts))


_VIEWS: dict[frozenset[str], str] = {
    frozenset(["sim"]): "if the others move at the same time (SIM)",
    frozenset(["gmr", "smr", "seq", "sseq"]): "however the others may answer (GMR, SEQ), even if it then moves again (SMR, SSEQ)",
    frozenset(["gmr", "smr"]): "if the others do all they can (GMR), even if it then moves again (SMR)",
    frozenset(["seq", "sseq"]): "if the others do only what they want (SEQ), even if it then moves again (SSEQ)",
    frozenset(["gmr", "seq"]): "however the others may answer (GMR, SEQ)",
    frozenset(["smr", "sseq"]): "if it then moves again (SMR, SSEQ)",
    frozenset(["gmr"]): "if the others do all they can (GMR)",
    frozenset(["smr"]): "if the others do all they can and it then moves again (SMR)",
    frozenset(["seq"]): "if the others do only what they want (SEQ)",
    frozenset(["sseq"]): "if the others do only what they want and it then moves again (SSEQ)",
}


_NAMES = {**CONCEPT_NAMES, **FURTHER_NAMES}

_THAN = {
    -2: "greatly worse than here",
    -1: "worse than here",
    0: "as good as here, and no better",
    1: "better than here",
    2: "greatly better than here",
    3: "neither known to be better than here nor to be worse",
}


def than(compared: int) -> str:
    """Return how a state that compares so with the one that is explained is told."""
    return _THAN[compared]


def shorts(concepts: Sequence[str], last: str = "and") -> str:
    """Return concepts by their short names, as a list."""
    if set(concepts) == set(CONCEPT_NAMES):
        return "any of the five concepts" if last == "or" else "all five concepts"
    names = [concept.short for name, concept in _NAMES.items() if name in set(concepts)]
    return plain(listed_parts(names, last))

"""Why a state holds or not for coalitions, and for those who look ahead, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from offramp.model.relation import GREATLY_BETTER
from offramp.report.explained import MAX_TOLD, Explained, shorts, than
from offramp.report.reasoned import Line
from offramp.report.words import listed, plain, sentence, sentence_case

if TYPE_CHECKING:
    from offramp.analysis.explain import Account, Improvement
    from offramp.analysis.ways import Move
    from offramp.analysis.witness import Answer


class ExplainedFurther(Explained):
    """Tells an explanation by one concept that looks ahead, or that is about coalitions.

    Examples
    --------
    >>> import offramp
    >>> from offramp.sources.evidence import Evidence
    >>> builder = offramp.Builder(offramp.read_case("syria-iraq-1975"))
    >>> explanation = offramp.explain(builder.model(builder.choice()), 5, ["limited"], ["syria"], horizon=3)
    >>> told = ExplainedFurther(builder, builder.choice(), Evidence({}, {}, {}), explanation)
    >>> print([line.words for line in told.lines()][5])
    Looking 3 moves ahead, it leaves: the best end that it sees is better than here.
    """

    def _held(self) -> str:
        """Return for whom the state is stable."""
        (concept,) = self.explanation.concepts
        solution = self.explanation.solution
        name = shorts([concept])
        weakly = "held back weakly, that is in general and not strongly"
        if solution.coalition is not None:
            alone = "alone" if len(solution.coalition) == 1 else "together"
            who = f"{self.voice.names(solution.coalition)} {alone}"
            if self._is_weak():
                negated = "" if solution.concepts_at(self.state) else "not "
                return f"{who}: {negated}{weakly} (by {name}); of others nothing is asked."
            stays = "would stay" if solution.concepts_at(self.state) else "would leave"
            return f"{who} {stays} (by {name}); of others nothing is asked."
        if concept.startswith("coalition_"):
            leaving = sum(not bool(result.stable[self.state]) for result in solution.results[concept].values())
            if not leaving:
                return f"Every coalition stays (an equilibrium by {name})."
            some = f"{leaving:,} of {len(solution.results[concept]):,} coalitions"
            if self._is_weak():
                return f"Not {weakly}: {some} (no weak equilibrium by {name})."
            return f"{some} would leave (no equilibrium by {name})."
        return super()._held()

    def _accounts(self) -> Iterator[Line]:
        """Yield every account; of several coalitions those that have a way to what all of them want."""
        accounts = self.explanation.accounts
        told = accounts if len(accounts) == 1 or self._is_ahead() else [account for account in accounts if account.improvements]
        for account in told:
            yield Line(0, "")
            yield from self._account(account)
        if len(told) < len(accounts):
            others = "coalitions have" if len(accounts) - len(told) > 1 else "coalition has"
            yield Line(0, "")
            yield Line(0, f"{len(accounts) - len(told):,} {'other ' if told else ''}{others} no way to anything that every member wants.")

    def _is_weak(self) -> bool:
        return self.explanation.solution.settings.strength == "weak"

    def _is_ahead(self) -> bool:
        return self.explanation.concepts[0] in ("limited", "nonmyopic")

    def _account(self, account: Account) -> Iterator[Line]:
        if self._is_ahead():
            yield Line(0, self._maker(account.dm), True)
            yield from self._ahead(account)
        else:
            alone = "alone" if len(account.members) == 1 else "together"
            yield Line(0, f"{self._names(account.members)} {alone}", True)
            yield from self._together(account)

    def _names(self, members: Sequence[int]) -> str:
        return plain(listed([self._maker(dm) for dm in members]))

    # -- looking ahead ---------------------------------------------------------------------------------------------------

    def _ahead(self, account: Account) -> Iterator[Line]:
        (concept,) = self.explanation.concepts
        moves = f"{account.horizon:,} move{'s' * (account.horizon != 1)}"
        if not account.improvements:
            yield Line(1, "It has no move here.")
            return
        best = account.improvements[0].answers[0]
        stays = f"it {'stays: no end that it sees is' if best.deters else 'leaves: the best end that it sees is'} better than here"
        yield Line(1, f"Looking {moves} ahead, {stays}{self._for_ever(account) if concept == 'nonmyopic' else ''}.")
        for improvement in account.improvements[:MAX_TOLD]:
            yield from self._foreseen(improvement)
        if len(account.improvements) > MAX_TOLD:
            yield Line(1, f"{len(account.improvements) - MAX_TOLD:,} more moves: --format csv lists them.")

    def _for_ever(self, account: Account) -> str:
        period = self.explanation.solution.results["nonmyopic"][self.model.decision_makers[account.dm]].period
        if account.is_stable("nonmyopic"):
            return ", and so it is however much further it looks"
        return f", and so it is again every {period:,} moves further" if period > 1 else ", and so it is however much further it looks"

    def _foreseen(self, improvement: Improvement) -> Iterator[Line]:
        (answer,) = improvement.answers
        then = ", then ".join(map(self._what, answer.moves))
        after = f" What follows: {sentence_case(then)}." if then else " Nobody moves on from there."
        yield Line(1, f"{sentence(self._what(improvement.moves[0]))}{after}")
        end = f"It ends in state {self._numbered(answer.state)}" if answer.state != self.state else "It ends where it started"
        yield Line(2, f"{end}: {than(answer.compared[0])} for it.")
        yield from self.reasoned.between(improvement.moves[0].dm, answer.state, self.state, 3, "Better by")
        yield from self.reasoned.between(improvement.moves[0].dm, self.state, answer.state, 3, "Worse by")

    # -- coalitions ------------------------------------------------------------------------------------------------------

    def _together(self, account: Account) -> Iterator[Line]:
        if not account.improvements:
            many = f"none of the {len(account.moves):,} states that they reach is one" if account.moves else "they reach no other state"
            yield Line(1, f"Nothing tempts all of them: {many}{' that all of them want' * bool(account.moves)}.")
            return
        many_ways = len(account.improvements)
        free = [one for one in account.improvements if not one.answers[0].deters]
        outlook = f"from {len(free):,} of these nothing holds them back" if 0 < len(free) < many_ways else "nothing holds them back"
        outlook = outlook if free else "the others hold them back"
        if self._is_weak():
            (concept,) = self.explanation.concepts
            outlook = f"{'' if account.is_stable(concept) else 'not '}held back weakly. In general, which is told here: {outlook}"
        yield Line(1, f"Tempted by {many_ways:,} state{'s' * (many_ways != 1)}; {outlook}.")
        told = list(dict.fromkeys([*free[:MAX_TOLD], *account.improvements]))[:MAX_TOLD]
        for improvement in sorted(told, key=lambda one: one.to):
            yield from self._way(account, improvement)
        if many_ways > len(told):
            yield Line(1, f"{many_ways - len(told):,} more tempting: --format csv lists them.")

    def _way(self, account: Account, improvement: Improvement) -> Iterator[Line]:
        yield Line(1, f"Temptation: {self._sequence(improvement.moves)} (leads to state {self._numbered(improvement.to)}).")
        for dm, sign in zip(account.members, improvement.compared, strict=True):
            greatly = ", for whom it is greatly better," if sign == GREATLY_BETTER else ""
            why = list(self.reasoned.between(dm, improvement.to, self.state, 2, f"{self._maker(dm)}{greatly} for"))
            yield from why or [Line(2, f"For {self._maker(dm)} it is {than(sign)}.")]
        yield from self._reply(account, improvement.answers[0])

    def _reply(self, account: Account, answer: Answer) -> Iterator[Line]:
        if answer.concept == "coalition_nash":
            yield Line(2, "If nobody answers (coalitional Nash): nothing holds them back.")
            return
        if not answer.deters:
            yield Line(2, f"Not held back ({shorts([answer.concept])}): {self._none(answer)}.")
            yield from self._out(account, answer)
            return
        done = ", then ".join(self._turn(turn.members, turn.moves) for turn in answer.turns)
        out = ", and the coalition does not get out of that again" if answer.concept == "coalition_smr" else ""
        end = "they are back where they started" if answer.state == self.state else f"that is state {self._numbered(answer.state)}{out}"
        yield Line(2, f"Held back ({shorts([answer.concept])}): {done}; {end}.")
        for dm, sign in zip(account.members, answer.compared, strict=True) if answer.state != self.state else ():
            if sign not in (1, 2):
                yield Line(3, f"For {self._maker(dm)} that is {than(sign)}.")
                yield from self.reasoned.between(dm, self.state, answer.state, 4, "Worse by")

    def _none(self, answer: Answer) -> str:
        """Return why nothing that the others do holds a coalition back."""
        if not answer.onward:
            return "the others have no answer that leaves one of them no better off"
        done = ", then ".join(self._turn(turn.members, turn.moves) for turn in answer.turns)
        return f"the coalition gets out of every answer again. To this, for one: {done} (state {self._numbered(answer.state)})"

    def _out(self, account: Account, answer: Answer) -> Iterator[Line]:
        """Yield how a coalition gets out of an answer, and what that is for each member."""
        if answer.escape is not None:
            yield Line(3, f"It can still do this: {self._sequence(answer.onward)} (leads to state {self._numbered(answer.escape)}).")
            for dm, sign in zip(account.members, self.explanation.compared(account, answer.escape), strict=True):
                yield Line(3, f"For {self._maker(dm)} that is {than(sign)}.")

    def _turn(self, members: Sequence[int], moves: Sequence[Move]) -> str:
        return self._sequence(moves) if len(members) == 1 else f"{self._names(members)} together ({self._sequence(moves)})"

    def _sequence(self, moves: Sequence[Move]) -> str:
        return ", then ".join(map(self._what, moves))

"""The tableau of concepts that look ahead, or are about coalitions: its rows and how to read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from offramp.report.explained_records import COMPARED
from offramp.report.words import FURTHER_NAMES

if TYPE_CHECKING:
    from offramp.analysis.explain import Account, Explanation, Improvement
    from offramp.analysis.ways import Move
    from offramp.analysis.witness import Answer, Turn

MAX_TOLD = 6
"""Improvements that are told of one decision maker or coalition in one state."""

MAX_MOVES = 12
"""Moves that are told of one sequence."""


class FurtherTableau:
    """Tells one state after the other by one concept, a row for each improvement; looking ahead for each move.

    Parameters
    ----------
    explanation : Explanation
        By which concept, and of whom.

    Examples
    --------
    >>> import offramp
    >>> model = offramp.load_case("elmira-12")
    >>> told = FurtherTableau(offramp.explain(model, 6, ["coalition_gmr"], coalition=["moe", "uniroyal"]))
    >>> next(told.rows(told.explanation))
    ['moe + uniroyal', '10: moe>8, uniroyal>10', 'nothing', 'leaves']
    """

    def __init__(self, explanation: Explanation) -> None:
        (self.concept,) = explanation.concepts
        self.explanation, self.model = explanation, explanation.model
        self.is_ahead = self.concept in ("limited", "nonmyopic")
        self.is_weak = explanation.solution.settings.strength == "weak"

    @property
    def header(self) -> tuple[str, ...]:
        """What the columns are called."""
        if self.is_ahead:
            return "Who", "Rank", "Moves to", "Then", "Ends in", "Verdict"
        return "Who", "Tempting: by which moves", "Held back by", "Verdict"

    @property
    def widths(self) -> tuple[int, ...]:
        """How wide the columns are."""
        return (18, 6, 10, 28, 14, 10) if self.is_ahead else (24, 28, 26, 10)

    def rows(self, here: Explanation) -> Iterator[list[str]]:
        """Yield the rows of one state."""
        if not here.accounts:
            yield ["every coalition", "none", "", self._verdict(not self.is_weak)]
        for account in here.accounts:
            yield from self._ahead(account) if self.is_ahead else self._together(account)

    def _ahead(self, account: Account) -> Iterator[list[str]]:
        who, rank, verdict = account.name(self.model), str(account.rank), self._verdict(account.is_stable(self.concept))
        told = [self._foreseen(improvement) for improvement in account.improvements[:MAX_TOLD]] or [["none", "", ""]]
        for place, cells in enumerate(told):
            yield [who, rank, *cells, verdict] if not place else ["", "", *cells, ""]
        if len(account.improvements) > MAX_TOLD:
            yield ["", "", "…", f"{len(account.improvements) - MAX_TOLD:,} more moves", "", ""]

    def _foreseen(self, improvement: Improvement) -> list[str]:
        (answer,) = improvement.answers
        told = self.model.states.told
        return [told(improvement.to), self._moves(answer.moves), f"{told(answer.state)}: {COMPARED[answer.compared[0]]}"]

    def _together(self, account: Account) -> Iterator[list[str]]:
        who, verdict = account.name(self.model).replace("+", " + "), self._verdict(account.is_stable(self.concept))
        told = [self._way(improvement) for improvement in account.improvements[:MAX_TOLD]] or [["none", ""]]
        for place, cells in enumerate(told):
            yield [who, *cells, verdict] if not place else ["", *cells, ""]
        if len(account.improvements) > MAX_TOLD:
            yield ["", f"{len(account.improvements) - MAX_TOLD:,} more", "", ""]

    def _way(self, improvement: Improvement) -> list[str]:
        (answer,) = improvement.answers
        return [f"{self.model.states.told(improvement.to)}: {self._moves(improvement.moves)}", self._answer(answer)]

    def _answer(self, answer: Answer) -> str:
        done = ", ".join(f"{'+'.join(self._names(turn))}>{self.model.states.told(turn.moves[-1].to)}" for turn in answer.turns)
        if answer.deters:
            return done
        return f"nothing; out of {done} by {self._moves(answer.onward)}" if answer.onward else "nothing"

    def _names(self, turn: Turn) -> list[str]:
        return [self.model.decision_makers[dm] for dm in turn.members]

    def _moves(self, moves: Sequence[Move]) -> str:
        told = [f"{self.model.decision_makers[move.dm]}>{self.model.states.told(move.to)}" for move in moves[:MAX_MOVES]]
        return ", ".join([*told, *[f"{len(moves) - MAX_MOVES:,} more"] * (len(moves) > MAX_MOVES)])

    def _verdict(self, is_stable: bool) -> str:
        if self.is_weak:
            return "weak" if is_stable else "not weak"
        return "stays" if is_stable else "leaves"

    def notes(self) -> Iterator[str]:
        """Yield how to read the rows."""
        yield f"Told by {FURTHER_NAMES[self.concept].short}{self._asked()}. a>2: a moves to state 2; a+b>2: they bring it about together."
        if self.is_ahead:
            yield "Rank: larger is preferred. Moves: best end first, each with what is foreseen after it, until somebody stays."
            yield "Verdict: leaves where the best end is better than here; else stays. It does not say that all is well."
            return
        yield "Tempting: what every member prefers, by the shortest legal sequence of members' moves."
        if self.concept != "coalition_nash":
            yield "Held back by: the others' answer in the fewest turns."
        if self.explanation.solution.for_coalitions:
            yield "Coalitions that nothing tempts are left out."
        weakly = "weak: held back in general and not strongly; what is told is told of general stability"
        meant = weakly if self.is_weak else "leaves where nothing holds it back from one of these; else stays"
        yield f"Verdict: {meant}. It does not say that all is well."

    def _asked(self) -> str:
        solution = self.explanation.solution
        if self.concept == "nonmyopic":
            period = f", for the first of {solution.period:,} horizons, which come round again, at which the state is left"
            return period if solution.period != 1 else ", for a horizon from which on nothing changes"
        return f", {solution.horizon:,} move{'s' * (solution.horizon != 1)} ahead" if solution.horizon else ""

"""An explanation and a tableau as plain data: what `offramp explain` prints as JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from offramp.analysis.reasons import ByPair, ByStatement, ByTiers, ByWeights, Reason, Reasons
from offramp.analysis.ways import Move, steps
from offramp.report.records import assessment_record, harm_label

if TYPE_CHECKING:
    from offramp.analysis.assessment import Assessor
    from offramp.analysis.explain import Account, Explanation, Improvement
    from offramp.analysis.hypergame import View
    from offramp.analysis.tableau import Entry
    from offramp.analysis.witness import Answer
    from offramp.model.conflict import ConflictModel
    from offramp.model.world import Choice

WITNESS_SETTING = "the shortest sequence; ties by file order of decision makers, then by number of the state"

Record = dict[str, Any]

COMPARED = {-2: "greatly worse", -1: "worse", 0: "equal", 1: "better", 2: "greatly better", 3: "unknown"}
"""How one state compares with another, in the words of the record."""


def explain_record(explanation: Explanation, choice: Choice, reasons: Reasons, assessor: Assessor, view: View | None = None) -> Record:
    """Return the answer of `explain`, schema ``offramp.explain/1``; `view` where it is told in somebody's own game."""
    model, state = explanation.model, explanation.state
    there = explanation.solution.concepts_at(state)
    return {
        "schema": "offramp.explain/1",
        "case": model.title,
        "as_of": reasons.builder.standing.as_of,
        "settings": {**explanation.solution.record(), "witnesses": WITNESS_SETTING},
        "readings": dict(choice.readings),
        "contested": choice.sides,
        **({} if view is None else {"as_seen_by": _view(view)}),
        "options": list(model.states.options),
        "num_states": model.num_states,
        "status_quo": model.status_quo + 1,
        "state": state + 1,
        "code": model.states.label(state),
        **assessment_record(assessor.case, assessor.at(state)),
        "equilibrium": {concept: concept in there for concept in explanation.concepts},
        "decision_makers": [_account(explanation, account, reasons) for account in explanation.accounts],
    }


def _view(view: View) -> Record:
    return {"dm": view.dm, "wrong_of": list(view.wrong), "num_unseen": int((~view.seen).sum())}


def tableau_record(explanation: Explanation, entries: Sequence[Entry], is_cut: bool, assessor: Assessor) -> Record:
    """Return a tableau: state by state, decision maker by decision maker."""
    states = [(state, list(group)) for state, group in groupby(entries, key=lambda entry: entry.state)]
    return {"is_cut": is_cut, "states": [_tableau_state(explanation, state, group, assessor) for state, group in states]}


def _tableau_state(explanation: Explanation, state: int, entries: Sequence[Entry], assessor: Assessor) -> Record:
    model, there = explanation.model, explanation.solution.concepts_at(state)
    return {
        "state": state + 1,
        "code": model.states.label(state),
        **assessment_record(assessor.case, assessor.at(state)),
        "equilibrium": {concept: concept in there for concept in explanation.concepts},
        "decision_makers": [
            {
                "dm": model.decision_makers[entry.dm],
                "rank": entry.rank,
                "moves_to": _numbers(entry.moves),
                "improvements": [
                    {"to": found.to + 1, "sanctions": [{"concept": name, "states": _numbers(by)} for name, by in found.by.items()]}
                    for found in entry.improvements
                ],
                "stability": dict(entry.stable),
            }
            for entry in entries
        ],
    }


def further_tableau_record(states: Sequence[Explanation], is_cut: bool, reasons: Reasons, assessor: Assessor) -> Record:
    """Return a tableau by one concept that looks ahead or is about coalitions: state by state, each told as by itself."""
    return {"is_cut": is_cut, "states": [_further_state(here, reasons, assessor) for here in states]}


def _further_state(here: Explanation, reasons: Reasons, assessor: Assessor) -> Record:
    there = here.solution.concepts_at(here.state)
    return {
        "state": here.state + 1,
        "code": here.model.states.label(here.state),
        **assessment_record(assessor.case, assessor.at(here.state)),
        "equilibrium": {concept: concept in there for concept in here.concepts},
        "decision_makers": [_account(here, account, reasons) for account in here.accounts],
    }


def _numbers(states: Sequence[int]) -> list[int]:
    return [state + 1 for state in states]


def _account(explanation: Explanation, account: Account, reasons: Reasons) -> Record:
    """Return one account: of a decision maker, or of a coalition with all moves of its ways and of the turns of others."""
    model, state = explanation.model, explanation.state
    wanted = [improvement.to for improvement in account.improvements]
    others = [Move(account.dm, state, to) for to in account.moves if to not in wanted]
    improvements = [_improvement(explanation, account, improvement, reasons) for improvement in account.improvements]
    stability = {concept: account.is_stable(concept) for concept in explanation.concepts}
    if _is_coalition(explanation):
        return {"coalition": _labels(model, account.members), "stability": stability, "improvements": improvements}
    return {
        "dm": model.decision_makers[account.dm],
        "rank": account.rank,
        **({} if account.horizon is None else {"horizon": account.horizon}),
        "stability": stability,
        "improvements": improvements,
        "other_moves": [{**_move(reasons, move), "reason": _reason(reasons, move.dm, move.start, move.to)} for move in others],
    }


def _is_coalition(explanation: Explanation) -> bool:
    return explanation.concepts[0].startswith("coalition_")


def _labels(model: ConflictModel, members: Sequence[int]) -> list[str]:
    return [model.decision_makers[dm] for dm in members]


def _improvement(explanation: Explanation, account: Account, improvement: Improvement, reasons: Reasons) -> Record:
    answers = [_answer(explanation, account, answer, reasons) for answer in improvement.answers]
    if _is_coalition(explanation):
        return {
            "to": improvement.to + 1,
            "code": explanation.model.states.label(improvement.to),
            "compared": [COMPARED[sign] for sign in improvement.compared],
            "moves": [_made(reasons, move) for move in improvement.moves],
            "answers": answers,
        }
    return {
        **_move(reasons, Move(account.dm, explanation.state, improvement.to)),
        "reason": _reason(reasons, account.dm, improvement.to, explanation.state),
        "answers": answers,
    }


def _move(reasons: Reasons, move: Move) -> Record:
    """Return a move: which options it sets how, where it leads, how its mover finds that, and the rank of it if there is one."""
    step = steps(reasons.model, [move])[0]
    sets = {option.split(".")[1]: on for option, on in step.sets.items()}
    preference = reasons.model.preference(move.dm)
    compared = COMPARED[int(preference.compared(np.array([move.start]), np.array([move.to]))[0])]
    return {"set": sets, "to": move.to + 1, "code": step.code, "rank": _rank(reasons.model, move.dm, move.to), "compared": compared}


def _rank(model: ConflictModel, dm: int, state: int) -> int | None:
    rank = model.preference(dm).rank
    return None if rank is None else int(rank[state])


def _made(reasons: Reasons, move: Move) -> Record:
    """Return a move with who makes it, and why."""
    reason = _reason(reasons, move.dm, move.to, move.start)
    return {"dm": reasons.model.decision_makers[move.dm], **_move(reasons, move), "reason": reason}


def _answer(explanation: Explanation, account: Account, answer: Answer, reasons: Reasons) -> Record:
    """Return an answer; of one to a coalition the moves by turns, since several may act together."""
    model, label = reasons.model, reasons.model.states.label
    head = {"concept": answer.concept, "deters": answer.deters, "is_worst": answer.is_worst}
    if _is_coalition(explanation):
        turns = [{"by": _labels(model, turn.members), "moves": [_made(reasons, move) for move in turn.moves]} for turn in answer.turns]
        end = {"to": answer.state + 1, "code": label(answer.state), "compared": [COMPARED[sign] for sign in answer.compared]}
        return {**head, "turns": turns, "end": end, "escape": _way_out(explanation, account, answer, reasons)}
    return {
        **head,
        "moves": [_made(reasons, move) for move in answer.moves],
        "end": _place(explanation, account.dm, answer.state),
        "escape": None if answer.escape is None else _place(explanation, account.dm, answer.escape),
        "reason": _reason(reasons, account.dm, explanation.state, answer.state),
    }


def _way_out(explanation: Explanation, account: Account, answer: Answer, reasons: Reasons) -> Record | None:
    """Return where a coalition gets from an answer, and how; no moves where it cannot get out of it."""
    if answer.escape is None:
        return None
    compared = [COMPARED[sign] for sign in explanation.compared(account, answer.escape)]
    place = {"to": answer.escape + 1, "code": reasons.model.states.label(answer.escape), "compared": compared}
    return {**place, "moves": [_made(reasons, move) for move in answer.onward]}


def _place(explanation: Explanation, dm: int, state: int) -> Record:
    """Return a state with how it compares with the one that is explained."""
    model = explanation.model
    compared = int(model.preference(dm).compared(np.array([explanation.state]), np.array([state]))[0])
    return {"to": state + 1, "code": model.states.label(state), "rank": _rank(model, dm, state), "compared": COMPARED[compared]}


def _reason(reasons: Reasons, dm: int, better: int, worse: int) -> Record | None:
    """Return what makes a decision maker prefer one state to another, with its path in the case; None where it does not."""
    reason = reasons.between(reasons.model.decision_makers[dm], better, worse)
    if reason is None:
        return None
    return {"label": _path(reason), **_told(reason), "basis": reason.entry.graded, "because": list(reason.entry.because)}


def _path(reason: Reason) -> str:
    return ".".join(map(str, reason.path))


def _told(reason: Reason) -> Record:
    if isinstance(reason, ByTiers):
        return {"form": "ranking", "better": reason.better, "worse": reason.worse, "of": reason.num}
    if isinstance(reason, ByPair):
        return {"form": "pairs", "that": f"{reason.better} {reason.sign} {reason.worse}"}
    if isinstance(reason, ByWeights):
        weights = [{"option": option, "weight": weight} for option, weight in reason.weights]
        return {"form": "weights", "better": reason.better, "worse": reason.worse, "weights": weights}
    assert isinstance(reason, ByStatement)
    return {"form": "prefers", "place": reason.place, "of": reason.num, "that": reason.that}


EXPLAIN_HEADER = (
    *("dm", "state", "code", "rank", "concept", "stable", "to", "to_code", "to_rank", "to_compared", "reason", "basis", "because"),
    *("deters", "moves", "end", "end_code", "end_rank", "end_compared", "escape", "escape_code", "escape_rank", "escape_compared"),
    *("breaches", "harms", "way"),
)


def explain_rows(explanation: Explanation, reasons: Reasons, assessor: Assessor) -> Iterator[list[object]]:
    """Yield one row for each decision maker or coalition, concept and improvement; one without improvement where there is none."""
    model, state = explanation.model, explanation.state
    meaning = _meaning(assessor, state)
    for account in explanation.accounts:
        for place, concept in enumerate(explanation.concepts):
            head: list[object] = [account.name(model), state + 1, model.states.label(state), _cell(account.rank)]
            head += [concept, int(account.is_stable(concept))]
            if not account.improvements:
                yield [*head, *[""] * (len(EXPLAIN_HEADER) - 9), *meaning, ""]
            for improvement in account.improvements:
                cells = _improvement_cells(explanation, account, improvement, place, reasons)
                yield [*head, *cells, *meaning, _moved(model, improvement.moves)]


def _improvement_cells(
    explanation: Explanation, account: Account, improvement: Improvement, place: int, reasons: Reasons
) -> Iterator[object]:
    answer, alone = improvement.answers[place], not _is_coalition(explanation)
    label = explanation.model.states.label
    why = (_reason(reasons, account.dm, improvement.to, explanation.state) if alone else None) or {}
    yield from (improvement.to + 1, label(improvement.to), _cell(improvement.rank), _told_compared(improvement.compared))
    yield from (why.get("that", why.get("form", "")), why.get("basis", ""), " ".join(why.get("because", ())))
    yield from (int(answer.deters), _moved(explanation.model, answer.moves))
    yield from (answer.state + 1, label(answer.state), _cell(answer.rank), _told_compared(answer.compared))
    if answer.escape is None:
        yield from ("", "", "", "")
    else:
        rank = _rank(explanation.model, account.dm, answer.escape) if alone else None
        compared = _told_compared(explanation.compared(account, answer.escape))
        yield from (answer.escape + 1, label(answer.escape), _cell(rank), compared)


def _moved(model: ConflictModel, moves: Sequence[Move]) -> str:
    return " ".join(f"{model.decision_makers[move.dm]}>{model.states.label(move.to)}" for move in moves)


def _told_compared(compared: Sequence[int]) -> str:
    return "; ".join(COMPARED[sign] for sign in compared)


def _cell(value: object) -> object:
    return "" if value is None else value


def tableau_table(explanation: Explanation, entries: Sequence[Entry], assessor: Assessor) -> tuple[list[str], list[list[object]]]:
    """Return a tableau as rows, one for each state and decision maker."""
    model, concepts = explanation.model, explanation.concepts
    header = ["number", "state", "dm", "rank", "moves_to", "improvements"]
    header += [f"sanctions_{concept}" for concept in concepts if concept != "nash"]
    header += [*(f"stable_{concept}" for concept in concepts), "breaches", "harms"]
    rows: list[list[object]] = []
    for entry in entries:
        row: list[object] = [entry.state + 1, model.states.label(entry.state), model.decision_makers[entry.dm], _cell(entry.rank)]
        row += [_joined(entry.moves), _joined([found.to for found in entry.improvements])]
        row += ["; ".join(f"{f.to + 1}: {_joined(f.by[c]) or 'none'}" for f in entry.improvements) for c in concepts if c != "nash"]
        rows.append([*row, *(int(entry.stable[concept]) for concept in concepts), *_meaning(assessor, entry.state)])
    return header, rows


def _joined(states: Sequence[int]) -> str:
    return " ".join(str(state + 1) for state in states)


def _meaning(assessor: Assessor, state: int) -> list[object]:
    at = assessor.at(state)
    return [" ".join(breach.norm for breach in at.breaches), " ".join(harm_label(harm) for harm in at.harms)]

"""A status-quo analysis as plain data: what `offramp statusquo` prints as JSON and CSV, but for the moves one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from offramp.analysis.assessment import Assessor
from offramp.analysis.solve import Solution
from offramp.analysis.statusquo import Arrival, StatusQuo
from offramp.analysis.undo import undoing
from offramp.analysis.ways import Step, steps
from offramp.model.world import Choice
from offramp.report.explained_records import WITNESS_SETTING
from offramp.report.naming import open_meaning, option_label
from offramp.report.records import assessment_record, harm_label, moves_record, step_label
from offramp.report.sure_words import public_voice
from offramp.report.voice import Voice
from offramp.report.words import CONCEPT_NAMES, FURTHER_NAMES

Record = dict[str, Any]

STATUSQUO_HEADER = ["kind", "to", "code", "num_moves", "by", "moves", "wanted", "equilibrium", "breaches", "harms", "wishes_met"]
STATUSQUO_HEADER += ["can_return", "final"]


class Meanings:
    """What the states of one cell mean, and its moves: equilibria, law, people, and what can be taken back.

    What is told in words withholds what a public brief does; plain data name everything.

    Parameters
    ----------
    solution : Solution
        By which concepts states are equilibria.
    assessor : Assessor
        Of the same cell.
    """

    def __init__(self, solution: Solution, assessor: Assessor) -> None:
        self.solution = solution
        self.assessor = assessor
        self.undoing = undoing(solution.model)

    def told(self, state: int) -> str:
        """Return in one line what can be taken back there, the breaches, the harms and the wishes."""
        return open_meaning(self.voice, self.assessor.at(state), self.undoing.final_at(state), bool(self.undoing.returns[state]))

    def moved(self, step: Step) -> str:
        """Return a move in ids."""
        return step_label(step, self._withheld)

    @cached_property
    def voice(self) -> Voice:
        """How the labels of the case are said."""
        return public_voice(self.assessor.builder)

    @cached_property
    def _withheld(self) -> dict[str, str]:
        """What the options are called of which the id is withheld."""
        told = {label: option_label(self.voice, label) for label in self.solution.model.states.options}
        return {label: name for label, name in told.items() if name != label}

    def record(self, state: int) -> Record:
        """Return the same as plain data, with the concepts by which the state is an equilibrium."""
        there = self.solution.concepts_at(state)
        return {
            **assessment_record(self.assessor.case, self.assessor.at(state)),
            "can_return": bool(self.undoing.returns[state]),
            "final": list(self.undoing.final_at(state)),
            "equilibrium": {concept: concept in there for concept in self.solution.results},
        }


def equilibrium_label(solution: Solution, state: int) -> str:
    """Return the concepts by which a state is an equilibrium, as they are told.

    Examples
    --------
    >>> import offramp
    >>> equilibrium_label(offramp.solve(offramp.load_case("syria-iraq-1975")), 0)
    'GMR'
    """
    return ", ".join(_short(solution, concept) for concept in solution.concepts_at(state))


def _short(solution: Solution, concept: str) -> str:
    if concept == "limited":
        return f"L{solution.horizon}"
    of = f" for {'+'.join(solution.coalition)}" if solution.coalition and concept.startswith("coalition_") else ""
    return {**CONCEPT_NAMES, **FURTHER_NAMES}[concept].short + of


def statusquo_record(searches: Sequence[StatusQuo], choice: Choice, meanings: Meanings, limit: int) -> Record:
    """Return the answer of `statusquo`, schema ``offramp.statusquo/1``."""
    first, assessor = searches[0], meanings.assessor
    model = first.model
    return {
        "schema": "offramp.statusquo/1",
        "case": model.title,
        "as_of": assessor.builder.standing.as_of,
        "settings": {**meanings.solution.record(), "told": WITNESS_SETTING, "depth": first.depth, "limit": limit},
        "readings": dict(choice.readings),
        "contested": choice.sides,
        "options": list(model.states.options),
        "num_states": model.num_states,
        "status_quo": model.status_quo + 1,
        "from": first.start + 1,
        "from_code": model.states.label(first.start),
        "may_move": [model.decision_makers[dm] for dm in first.by],
        "start": meanings.record(first.start),
        "searches": [_search(found, meanings) for found in searches],
    }


def _search(found: StatusQuo, meanings: Meanings) -> Record:
    return {
        "kind": found.kind,
        "num_reached": len(found.arrivals),
        "is_cut": found.is_cut,
        "states": [_arrival(found, arrival, meanings) for arrival in found.arrivals],
    }


def _arrival(found: StatusQuo, arrival: Arrival, meanings: Meanings) -> Record:
    model = found.model
    told = zip(moves_record(model, arrival.moves), arrival.moves, strict=True)
    return {
        "to": arrival.state + 1,
        "code": model.states.label(arrival.state),
        "num_moves": len(arrival.moves),
        "by": [model.decision_makers[dm] for dm in arrival.by],
        "moves": [{**record, "wanted": found.is_wanted(move), "unknown": found.is_unknown(move)} for record, move in told],
        **meanings.record(arrival.state),
    }


def statusquo_rows(searches: Sequence[StatusQuo], meanings: Meanings) -> Iterator[list[object]]:
    """Yield one row for each kind of sequence and state that it reaches, the state where it begins first."""
    for found in searches:
        for arrival in (Arrival(found.start, ()), *found.arrivals):
            yield [found.kind, *_row(found, arrival, meanings)]


def _row(found: StatusQuo, arrival: Arrival, meanings: Meanings) -> list[object]:
    model, at = found.model, meanings.assessor.at(arrival.state)
    return [
        arrival.state + 1,
        model.states.label(arrival.state),
        len(arrival.moves),
        " ".join(model.decision_makers[dm] for dm in arrival.by),
        ", ".join(step_label(step) for step in steps(model, arrival.moves)),
        " ".join(str(int(found.is_wanted(move))) for move in arrival.moves),
        " ".join(meanings.solution.concepts_at(arrival.state)),
        " ".join(breach.norm for breach in at.breaches),
        " ".join(harm_label(harm) for harm in at.harms),
        " ".join(at.wishes_met),
        int(meanings.undoing.returns[arrival.state]),
        " ".join(meanings.undoing.final_at(arrival.state)),
    ]

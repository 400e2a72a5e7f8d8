"""A hypergame as plain data: what `offramp hypergame` prints as JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from offramp.analysis.assessment import Assessment, Assessor
from offramp.analysis.hypergame import SETTINGS, Bools, Hypergame, OwnGame
from offramp.case.schema import Belief
from offramp.report.records import assessment_record, harm_label

Record = dict[str, Any]

HYPERGAME_HEADER = ["concept", "state", "code", "equilibrium", "if_all_knew", "stable_for", "expected_by", "surprises", "in_vain_for"]
HYPERGAME_HEADER += ["would_leave", "unseen_by"]
MEANING = ["breaches", "harms", "wishes_met"]


def hypergame_record(found: Hypergame, assessor: Assessor, states: Sequence[int]) -> Record:
    """Return the answer of `hypergame`, schema ``offramp.hypergame/1``, with what is said of some states."""
    model = found.model
    return {
        "schema": "offramp.hypergame/1",
        "case": model.title,
        "as_of": assessor.builder.standing.as_of,
        "settings": {**found.known.record(), **SETTINGS},
        "readings": dict(found.choice.readings),
        "contested": found.choice.sides,
        "options": list(model.states.options),
        "num_states": model.num_states,
        "status_quo": model.status_quo + 1,
        "beliefs": [_belief(found, assessor, *key) for key in found.beliefs],
        "games": [_game(found, game) for game in found.games],
        "concepts": [_counts(found, concept) for concept in found.concepts],
        "states": [_state(found, assessor, state) for state in states],
    }


def _belief(found: Hypergame, assessor: Assessor, dm: str, other: str) -> Record:
    reading, actual = found.beliefs[dm, other], dict(found.choice.readings)[other]
    said: Belief | None = assessor.case.beliefs.get(dm, {}).get(other)
    stands = said is not None and assessor.builder.standing.beliefs.get((dm, other)) == reading == said.reading
    return {
        "dm": dm,
        "of": other,
        "reading": reading,
        "actual": actual,
        "is_right": reading == actual,
        "basis": said.graded if said is not None and stands else None,
        "because": list(said.because) if said is not None and stands else [],
    }


def _game(found: Hypergame, game: OwnGame) -> Record:
    return {
        "dm": game.dm,
        "readings": dict(game.readings),
        "wrong_of": list(game.wrong),
        "num_unseen": int((~game.seen).sum()),
        "is_right": game.is_right,
        "num_stable": {concept: int(game.stable[concept].sum()) for concept in found.concepts},
        "num_expected": {concept: int(game.expected[concept].sum()) for concept in found.concepts},
        "num_surprises": {concept: int(found.surprised[concept][game.dm].sum()) for concept in found.concepts},
        "num_in_vain": {concept: int(found.in_vain[concept][game.dm].sum()) for concept in found.concepts},
    }


def _counts(found: Hypergame, concept: str) -> Record:
    return {
        "concept": concept,
        "num_equilibria": int(found.equilibria[concept].sum()),
        "num_if_all_knew": int(found.if_all_knew[concept].sum()),
        "num_created": int(found.created[concept].sum()),
        "num_destroyed": int(found.destroyed[concept].sum()),
    }


def _state(found: Hypergame, assessor: Assessor, state: int) -> Record:
    by_concept = {concept: _at(found, concept, state) for concept in found.concepts}
    return {
        "state": state + 1,
        "code": found.model.states.label(state),
        "unseen_by": unseen_by(found, state),
        **{key: {concept: there[key] for concept, there in by_concept.items()} for key in _KEYS},
        **assessment_record(assessor.case, assessor.at(state)),
    }


_KEYS = ("equilibrium", "if_all_knew", "stable_for", "expected_by", "surprises", "in_vain_for", "would_leave")


def _at(found: Hypergame, concept: str, state: int) -> dict[str, Any]:
    """Return what one concept says of one state, by the keys of the record."""
    return {
        "equilibrium": bool(found.equilibria[concept][state]),
        "if_all_knew": bool(found.if_all_knew[concept][state]),
        "stable_for": [game.dm for game in found.games if game.stable[concept][state]],
        "expected_by": [game.dm for game in found.games if game.expected[concept][state]],
        "surprises": _whom(found.surprised[concept], state),
        "in_vain_for": _whom(found.in_vain[concept], state),
        "would_leave": {game.dm: who for game in found.games if (who := _whom(game.leaves[concept], state))},
    }


def _whom(flags: Mapping[str, Bools], state: int) -> list[str]:
    return [dm for dm, mask in flags.items() if mask[state]]


def unseen_by(found: Hypergame, state: int) -> list[str]:
    """Return who does not see a state, in file order."""
    return [game.dm for game in found.games if not game.seen[state]]


def hypergame_rows(found: Hypergame, states: Iterable[int], assessor: Assessor | None = None) -> Iterator[list[object]]:
    """Yield one row for each state and concept, with what the state means where an assessor is given."""
    for state in states:
        meaning = [] if assessor is None else _meaning(assessor.at(state))
        for concept in found.concepts:
            said = [_cell(value) for value in _at(found, concept, state).values()]
            yield [concept, state + 1, found.model.states.label(state), *said, " ".join(unseen_by(found, state)), *meaning]


def _cell(value: bool | list[str] | dict[str, list[str]]) -> object:
    """Return a value as one cell; by decision maker, as ``dm:who``."""
    if isinstance(value, bool):
        return int(value)
    return " ".join(value if isinstance(value, list) else [f"{dm}:{who}" for dm, there in value.items() for who in there])


def _meaning(at: Assessment) -> list[str]:
    return [" ".join(breach.norm for breach in at.breaches), " ".join(map(harm_label, at.harms)), " ".join(at.wishes_met)]

"""The published models of the catalogue: what is printed, what the definitions give, and every difference.

Each case folder has an `expected.yaml`, which names states by the print's own numbers. Where print and definition part,
its `differences` say in which states and why: print, definition and difference are all asserted.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import offramp
from casetext import changed
from offramp.analysis.statusquo import Kind, statusquo
from offramp.case.load import read_case_text
from offramp.case.yaml_reader import read_yaml
from offramp.model.build import Builder
from published import ALL
from reference import Game, State, equilibria, improvements, is_better, reach, stable

CATALOGUE = Path(offramp.__file__).parent / "catalogue"
CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
EQUILIBRIA = "equilibria"


@cache
def expected(case: str) -> dict[str, Any]:
    return read_yaml(CATALOGUE / case / "expected.yaml").data


@cache
def model(case: str) -> Any:
    return offramp.load_case(case)


@cache
def found(case: str, concept: str, of: str) -> list[int]:
    """Return what the engine finds, in the print's numbers: for one decision maker, or the equilibria."""
    dms = model(case).decision_makers if of == EQUILIBRIA else [of]
    verdicts = [offramp.CONCEPTS[concept](model(case), dm).stable for dm in dms]
    return [number for number, *flags in zip(expected(case)["numbering"], *verdicts, strict=True) if all(flags)]


class Row(NamedTuple):
    """What one side, print or definition, says: of one decision maker or of the equilibria."""

    case: str
    concept: str
    of: str
    states: list[int]


def rows(side: str) -> Iterator[Row]:
    for case in ALL:
        for concept, makers in expected(case)[side]["stable"].items():
            yield from (Row(case, concept, dm, states) for dm, states in makers.items())
        for concept, states in expected(case)[side]["equilibria"].items():
            yield Row(case, concept, EQUILIBRIA, states)


PRINTED, DEFINITION = list(rows("printed")), list(rows("definition"))
DIFFERENCES = [(case, difference) for case in ALL for difference in expected(case)["differences"]]
PARTING = {(case, difference["concept"], difference["of"]) for case, difference in DIFFERENCES}
AGREED = [row for row in PRINTED if row[:3] not in PARTING]
RANKINGS = [
    (case, side, dm, ranking)
    for case in ALL
    for side in ("printed", "definition")
    for dm, ranking in expected(case)[side].get("rankings", {}).items()
]


def name(part: Any) -> str:
    """Return what a test is called after: the case, the concept, who."""
    if isinstance(part, Row):
        return "-".join(part[:3])
    return f"{part['concept']}-{part['of']}" if isinstance(part, dict) else part if isinstance(part, str) else ""


# The states and what is wanted.


@pytest.mark.parametrize("case", ALL)
def test_states_come_in_the_printed_order(case: str) -> None:
    assert list(model(case).states.labels) == expected(case)["states"]
    assert len(expected(case)["numbering"]) == model(case).num_states


@pytest.mark.parametrize("case", [case for case in ALL if not case.startswith("north-korea")])
def test_our_numbers_are_the_printed_ones(case: str) -> None:
    assert [model(case).state(number) + 1 for number in expected(case)["numbering"]] == expected(case)["numbering"]


def test_jacobi_numbers_states_by_their_binary_value() -> None:
    case = "north-korea-2017"
    values = [sum(1 << place for place, letter in enumerate(code) if letter == "Y") for code in model(case).states.labels]
    assert values == expected(case)["numbering"]


@pytest.mark.parametrize("case", [case for case in ALL if "status_quo" in expected(case)["printed"]])
def test_status_quo_as_printed(case: str) -> None:
    assert expected(case)["numbering"][model(case).status_quo] == expected(case)["printed"]["status_quo"]


@pytest.mark.parametrize(("case", "side", "dm", "ranking"), RANKINGS, ids=name)
def test_rankings(case: str, side: str, dm: str, ranking: list[Any]) -> None:
    tiers = [sorted(tier) if isinstance(tier, list) else [tier] for tier in ranking]
    ranks = model(case).ranks[model(case).decision_makers.index(dm)]
    by_rank: dict[int, list[int]] = {}
    for number, rank in zip(expected(case)["numbering"], ranks.tolist(), strict=True):
        by_rank.setdefault(rank, []).append(number)
    assert [by_rank[rank] for rank in sorted(by_rank, reverse=True)] == tiers


@pytest.mark.parametrize("move", expected("syria-iraq-1975")["printed"]["tree"], ids=str)
def test_syria_iraq_tree_as_printed(move: list[Any]) -> None:
    before, after, dm, improves = move
    syria_iraq = model("syria-iraq-1975")
    mover = syria_iraq.decision_makers.index(dm)
    assert after - 1 in syria_iraq.moves.successors(mover, before - 1)
    assert bool(syria_iraq.ranks[mover, after - 1] > syria_iraq.ranks[mover, before - 1]) is improves


def test_elmira_leaves_its_status_quo_by_one_improvement() -> None:
    """Guide, Figures 31 to 33: only Local Government improves on 1, to 7; no single move leads from 7 to 10."""
    elmira = model("elmira-12")
    moves = {dm: {start: elmira.moves.successors(dm, start - 1).tolist() for start in (1, 7)} for dm in range(3)}
    better = [(elmira.decision_makers[dm], to + 1) for dm in moves for to in moves[dm][1] if elmira.ranks[dm, to] > elmira.ranks[dm, 0]]
    assert better == [("local_government", 7)]
    assert all(10 - 1 not in moves[dm][7] for dm in moves)


# North Korea, once an invasion cannot be undone.


def test_irreversible_invasion_leaves_no_way_back_as_printed() -> None:
    case, printed = "north-korea-2017-irreversible", expected("north-korea-2017-irreversible")["printed"]["no_way_back"]
    numbers = expected(case)["numbering"]
    mover = model(case).decision_makers.index("north_korea")
    for start in printed["from"]:
        reached = model(case).moves.successors(mover, numbers.index(start)).tolist()
        assert not {numbers[state] for state in reached} & set(printed["to"])


def test_an_irreversible_option_adds_one_equilibrium() -> None:
    """The graph of the post has a way back from 12, 13 and 14 that an irreversible option does not have."""
    text = (CATALOGUE / "north-korea-2017" / "case.yaml").read_text(encoding="utf-8")
    text = changed(text, ("invade: {name: invades the South}", "invade: {name: invades the South, irreversible: true}"))
    builder = Builder(read_case_text(text))
    solution = offramp.solve(builder.model(builder.choice()))
    numbers = expected("north-korea-2017")["numbering"]
    ours = {concept: [numbers[state] for state in solution.equilibria(concept).nonzero()[0]] for concept in CONCEPTS}
    assert ours == expected("north-korea-2017-irreversible")["irreversible_option"]["equilibria"]


# What follows the status quo: what is printed of three models.


def moves_from(case: str, kind: Kind, start: int | None = None) -> list[tuple[int, int, str, int]]:
    """Return the moves of a status-quo analysis: from, to, who, and the earliest place in a legal sequence."""
    found = statusquo(model(case), kind, start)
    return [(arc.move.start + 1, arc.move.to + 1, model(case).decision_makers[arc.move.dm], arc.place) for arc in found.arcs]


def test_syria_iraq_tree_is_the_whole_analysis_three_moves_deep() -> None:
    printed = expected("syria-iraq-1975")["printed"]
    ours = [move[:3] for move in moves_from("syria-iraq-1975", "moves") if move[3] <= printed["tree_depth"]]
    assert sorted(ours) == sorted(tuple(move[:3]) for move in printed["tree"])


def test_elmira_first_improvements_as_printed() -> None:
    ours = [[dm, to] for _, to, dm, place in moves_from("elmira-12", "improvements") if place == 1]
    assert ours == expected("elmira-12")["printed"]["first_improvements"]


@pytest.mark.parametrize("pair", expected("elmira-12")["printed"]["no_move"], ids=str)
def test_elmira_moves_that_nobody_has_as_printed(pair: list[int]) -> None:
    assert pair not in [[start, to] for start, to, _, _ in moves_from("elmira-12", "moves", pair[0] - 1)]


@pytest.mark.parametrize("kind", ["moves", "improvements"])
def test_elmira_as_a_graph_reaches_what_the_definition_gives(kind: Kind) -> None:
    ours = sorted(arrival.state + 1 for arrival in statusquo(model("elmira-9-xu"), kind).arrivals)
    assert ours == expected("elmira-9-xu")["definition"]["reached"][kind]


# Stable states and equilibria.


@pytest.mark.parametrize("row", AGREED, ids=name)
def test_as_printed(row: Row) -> None:
    assert found(*row[:3]) == row.states


@pytest.mark.parametrize("row", DEFINITION, ids=name)
def test_as_the_definition_gives(row: Row) -> None:
    assert found(*row[:3]) == row.states


@pytest.mark.parametrize(("case", "difference"), DIFFERENCES, ids=name)
def test_where_print_and_definition_part(case: str, difference: dict[str, Any]) -> None:
    place = (case, difference["concept"], difference["of"])
    printed, defined = ({row[:3]: row.states for row in side}[place] for side in (PRINTED, DEFINITION))
    ours = found(*place)
    assert printed != ours, f"print and definition agree by now, yet the file says: {difference['because']}"
    assert ours == defined, difference["because"]
    assert [number for number in printed if number not in ours] == difference["printed_only"], difference["because"]
    assert [number for number in ours if number not in printed] == difference["definition_only"], difference["because"]


# The files themselves, without the engine.


def test_every_difference_is_listed() -> None:
    defined = {row[:3]: row.states for row in DEFINITION}
    assert {row[:3] for row in PRINTED if row.states != defined[row[:3]]} == PARTING


@pytest.mark.parametrize("case", ALL)
def test_every_decision_maker_and_concept_has_a_definition(case: str) -> None:
    defined = expected(case)["definition"]
    assert tuple(defined["stable"]) == tuple(defined["equilibria"]) == CONCEPTS
    assert all(list(makers) == list(model(case).decision_makers) for makers in defined["stable"].values())


@pytest.mark.parametrize("concept", CONCEPTS)
@pytest.mark.parametrize("case", ALL)
def test_definition_is_what_the_reference_gives(case: str, concept: str) -> None:
    """The reference computes on a copy of the model made apart, in `published`."""
    number = {state: n for n, state in ALL[case].states.items()}
    game, defined = ALL[case].game(), expected(case)["definition"]
    by_maker = [sorted(number[s] for s in states) for states in stable(game, concept).values()]
    assert by_maker == list(defined["stable"][concept].values())
    assert sorted(number[s] for s in equilibria(game, concept)) == defined["equilibria"][concept]


# Garrison: three answers under GMR and SMR, by what counts as a sanction.


def sanctions(game: Game, answer: str, opponents: frozenset[str], s: State) -> frozenset[State]:
    """Return where `opponents` can bring the play from s, as each published answer has it."""
    if answer == "legal_sequences":
        return reach(game, opponents, s)
    first = [(dm, t) for dm in opponents for t in game.moves[dm][s]]
    reached = frozenset(t for _, t in first)
    if answer == "one_move":
        return reached
    return reached.union(*(sanctions(game, answer, opponents - {dm}, t) for dm, t in first))


def is_deterred(game: Game, answer: str, concept: str, focal: str, s: State, s1: State) -> bool:
    reached = sanctions(game, answer, frozenset(game.names) - {focal}, s1)
    no_better = [s2 for s2 in reached if not is_better(game, focal, s2, s)]
    if concept == "gmr":
        return bool(no_better)
    return any(not any(is_better(game, focal, s3, s) for s3 in game.moves[focal][s2]) for s2 in no_better)


@pytest.mark.parametrize("concept", ["gmr", "smr"])
@pytest.mark.parametrize("answer", expected("garrison-23")["answers"])
def test_garrison_has_three_answers(answer: str, concept: str) -> None:
    published = ALL["garrison-23"]
    game = published.game()

    def is_equilibrium(s: State) -> bool:
        tempting = [(dm, s1) for dm in game.names for s1 in improvements(game, dm, s)]
        return all(is_deterred(game, answer, concept, dm, s, s1) for dm, s1 in tempting)

    told = expected("garrison-23")["answers"][answer]
    assert [number for number, s in published.states.items() if is_equilibrium(s)] == told["equilibria"], told["because"]


@pytest.mark.parametrize("concept", ["gmr", "smr"])
def test_garrison_ours_is_the_answer_by_legal_sequences(concept: str) -> None:
    answers = expected("garrison-23")["answers"]
    ours = found("garrison-23", concept, EQUILIBRIA)
    missing = {answer: [number for number in ours if number not in told["equilibria"]] for answer, told in answers.items()}
    assert missing == {"one_move": [4, 6, 10], "each_opponent_once": [6], "legal_sequences": []}

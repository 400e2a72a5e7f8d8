"""Elmira: the twelve states with the four in which Uniroyal abandons its plant as one are the nine of Xu (2007).

The graph and rankings of the second are those of `published.ELMIRA_9_XU`; the
guide to GMCR+ (2014), Figure 29, has the first.
"""

import numpy as np
import pytest

import published
from casetext import changed
from offramp import catalogue
from offramp.analysis.solve import solve
from offramp.case.load import read_case_text
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.stability import CONCEPTS

XU = published.ELMIRA_9_XU
NAMES = {"moe": "moe", "uniroyal": "uniroyal", "local_government": "local"}
CODES = {1: "NYNNN", 2: "YYNNN", 3: "NNYNN", 4: "YNYNN", 5: "NYNNY", 6: "YYNNY", 7: "NNYNY", 8: "YNYNY", 9: "-NNY-"}
"""Xu's numbers and the states that they stand for; the last is the four states as one."""


def coalesced(readings: str = "") -> ConflictModel:
    """Return the bundled twelve states with the four as one, with their own rankings or others."""
    from importlib import resources

    text = resources.files(catalogue).joinpath("elmira-12", "case.yaml").read_text(encoding="utf-8")
    text = changed(text, ("readings:\n  moe:", "coalesce:\n  abandoned: {that: abandon}\n\nreadings:\n  moe:"))
    if readings:
        text = text[: text.index("readings:\n  moe:")] + readings
    builder = Builder(read_case_text(text))
    return builder.model(builder.choice())


def xu_rankings() -> str:
    lines = ["readings:"]
    for dm, name in NAMES.items():
        codes = ", ".join(f'"{CODES[number]}"' for tier in XU.tiers[name] for number in tier)
        lines.append(f"  {dm}: {{xu: {{ranking: [{codes}]}}}}")
    return "\n".join(lines) + "\n"


def test_there_are_nine_states_in_the_order_of_their_first_members() -> None:
    model = coalesced()
    assert model.states.labels == ("NYNNN", "YYNNN", "NNYNN", "YNYNN", "-NNY-", "NYNNY", "YYNNY", "NNYNY", "YNYNY")
    assert model.status_quo == 0


def test_the_moves_are_the_arcs_of_xu() -> None:
    model = coalesced()
    numbers = {code: number for number, code in CODES.items()}
    for dm, name in NAMES.items():
        arcs = {
            (numbers[model.states.label(state)], numbers[model.states.label(to)])
            for state in range(model.num_states)
            for to in model.moves.successors(model.dm(dm), state).tolist()
        }
        assert arcs == set(XU.model[name]), dm


def test_with_xu_s_rankings_the_verdicts_are_those_of_xu_s_model() -> None:
    model = coalesced(xu_rankings())
    solution = solve(model)
    place = {number: model.states.index(code) for number, code in CODES.items()}
    for concept in CONCEPTS:
        for dm, wanted in zip(NAMES, XU.stable[concept], strict=True):
            stable = solution.results[concept][dm].stable
            assert {number for number in CODES if stable[place[number]]} == set(wanted), (concept, dm)
        assert {number for number in CODES if solution.equilibria(concept)[place[number]]} == set(XU.equilibria[concept]), concept


@pytest.mark.parametrize("concept", CONCEPTS)
def test_with_its_own_rankings_the_equilibria_are_the_same(concept: str) -> None:
    """The two sources rank one state otherwise for Uniroyal; the equilibria do not hang on it (INDEX of the cases, 5)."""
    model = coalesced()
    found = {model.states.label(int(state)) for state in np.flatnonzero(solve(model).equilibria(concept))}
    assert found == {CODES[number] for number in XU.equilibria[concept]}


def test_the_states_by_themselves_have_the_same_equilibria_but_for_the_four() -> None:
    twelve, nine = published.ELMIRA_12, XU
    for concept in CONCEPTS:
        apart = {twelve.states[number] for number in twelve.equilibria[concept]}
        as_one = {"-NNY-" if str(code)[3] == "Y" else code for code in apart}
        assert as_one == {CODES[number] for number in nine.equilibria[concept]}, concept

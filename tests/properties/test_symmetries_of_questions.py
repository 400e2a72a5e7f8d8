"""Other names and another order in the file permute what every question finds, and change nothing else.

Where several answers are equally short, or say the same, the file's order
chooses: compared is then what they have in common, such as their length.
"""

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from test_misperception_agrees import Drawn
from test_symmetries import Case, Translate, drawn_settings, model_of, renamed, reordered

from offramp.analysis.compare import compare
from offramp.analysis.explain import explain
from offramp.analysis.hypergame import hypergame
from offramp.analysis.inverse import Aim, inverse
from offramp.analysis.statusquo import KINDS, statusquo
from offramp.analysis.ways import Reach, minimal, ways_out
from offramp.case.load import read_case_text
from offramp.errors import ChoiceError
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.stability.settings import DEFAULT, Settings
from offramp.stability.universal import universal_stability
from relations import random_case

Name = Callable[[str], str]
FIVE = ("nash", "gmr", "smr", "seq", "sseq")


def plainly(text: str) -> str:
    return text


class Names:
    """How the first case's decision makers and states are called in the second: nothing is translated in the second itself."""

    def __init__(self, model: ConflictModel, who: Name = plainly, state: Name = plainly) -> None:
        self.model, self._who, self._state = model, who, state

    def who(self, place: int) -> str:
        return self._who(self.model.decision_makers[place])

    def all_of(self, places: Any) -> frozenset[str]:
        return frozenset(map(self.who, places))

    def state(self, place: int) -> str:
        return self._state(self.model.states.label(place))

    def states(self, flags: Any) -> frozenset[str]:
        return frozenset(self.state(place) for place in flags.nonzero()[0].tolist())


def told(ask: Callable[[], Any]) -> Any:
    """Return an answer, or that there is none."""
    try:
        return ask()
    except ChoiceError:
        return "refused"


def universal(names: Names, settings: Settings, here: int) -> Any:
    found = {concept: universal_stability(names.model, concept, settings) for concept in ("nash", "gmr", "smr", "seq")}
    labels = names.model.decision_makers
    return {
        concept: {
            names.state(s): frozenset(names.all_of(labels.index(dm) for dm in members) for members in result.upset(s))
            for s in range(names.model.num_states)
        }
        for concept, result in found.items()
    }


def explained(names: Names, settings: Settings, here: int) -> Any:
    return {
        names.who(account.dm): {
            names.state(one.to): [(answer.deters, len(answer.moves), answer.is_worst, answer.escape is None) for answer in one.answers]
            for one in account.improvements
        }
        for account in explain(names.model, here, settings=settings).accounts
    }


def explained_together(names: Names, settings: Settings, here: int) -> Any:
    return {
        names.all_of(account.members): {
            names.state(one.to): (len(one.moves), one.answers[0].deters, len(one.answers[0].turns)) for one in account.improvements
        }
        for account in explain(names.model, here, ["coalition_seq"], settings=settings).accounts
    }


def reached(names: Names, settings: Settings, here: int) -> Any:
    return {
        kind: (
            {names.state(arrival.state): len(arrival.moves) for arrival in found.arrivals},
            {(names.state(arc.move.start), names.who(arc.move.dm), names.state(arc.move.to)): arc.place for arc in found.arcs},
        )
        for kind in KINDS
        for found in [statusquo(names.model, kind, here)]
    }


def ways(names: Names, settings: Settings, here: int) -> Any:
    reach = Reach(names.model.moves, here)
    found = ways_out(names.model, reach)
    return {names.all_of(by): names.states(mask) for by, mask in found.items()}, {names.all_of(by) for by in minimal(found)}


QUESTIONS = {"universal": universal, "explain": explained, "coalitions": explained_together, "statusquo": reached, "ways": ways}


def by_names(case: Case, rng: Random) -> tuple[Case, Translate, Translate]:
    other, translate = renamed(case)
    return other, translate, translate


def by_order(case: Case, rng: Random) -> tuple[Case, Translate, Translate]:
    other, translate = reordered(case, rng)
    return other, plainly, translate


CHANGED = pytest.mark.parametrize("change", [by_names, by_order])


def seeds(default: int, most: int) -> pytest.MarkDecorator:
    """The first few by default, the rest by the slow tests."""
    return pytest.mark.parametrize(
        "chunk", [range(default), pytest.param(range(default, most), marks=pytest.mark.slow)], ids=["few", "many"]
    )


@CHANGED
@seeds(25, 400)
@pytest.mark.parametrize("question", QUESTIONS)
def test_of_one_state(question: str, chunk: range, change: Callable[[Case, Random], tuple[Case, Translate, Translate]]) -> None:
    answered = 0
    for seed in chunk:
        rng = Random(f"{question} {seed}")
        case = random_case(rng).case
        model = model_of(case)
        settings, here = drawn_settings(rng, model), rng.randrange(model.num_states)
        other, who, state = change(case, rng)
        changed = model_of(other)
        there = changed.state(state(model.states.label(here)))
        first, second = Names(model, who, state), Names(changed)
        found = told(lambda first=first, settings=settings, here=here: QUESTIONS[question](first, settings, here))
        assert found == told(lambda second=second, settings=settings, there=there: QUESTIONS[question](second, settings, there)), (
            seed,
            case,
        )
        answered += found != "refused"
    assert answered > 5


def asked_back(builder: Builder, names: Names, aim: Aim) -> Any:
    """Return how many rankings do, whether any does, who could leave, and in how many swaps: of conditions only what they come to."""
    found = inverse(builder, aim)
    return (
        {(names.who(part.condition.dm), names.state(part.condition.state)): (part.holds, part.count) for part in found.parts},
        found.joint,
        found.attainable,
        {names.who(dm): one if isinstance(one, str) else one.exists for dm, one in found.existence.items()},
        {names.state(state): names.all_of(by) for state, by in found.refusers.items()},
        {names.who(dm): (near.num_swaps, near.is_complete) for dm, near in found.alone.items()},
        (found.nearest.num_swaps, found.nearest.is_complete),
    )


@CHANGED
@seeds(10, 120)
def test_inverse(chunk: range, change: Callable[[Case, Random], tuple[Case, Translate, Translate]]) -> None:
    for seed in chunk:
        rng = Random(f"inverse {seed}")
        case = random_case(rng, ["ranking", "statements", "tied ranking"]).case
        model = model_of(case)
        if model.num_states > 6:
            continue
        states, concept = rng.sample(range(model.num_states), 2), rng.choice(FIVE)
        cut = rng.choice((1, 1, 2))
        other, who, state = change(case, rng)
        changed = model_of(other)
        there = [changed.state(state(model.states.label(place))) for place in states]
        found, moved = (
            asked_back(Builder(read_case_text(json.dumps(one))), names, Aim(tuple(places[:cut]), tuple(places[cut:]), concept))
            for one, names, places in ((case, Names(model, who, state), states), (other, Names(changed), there))
        )
        assert found == moved, (seed, case, concept)


def perceived(builder: Builder, who: Name = plainly, state: Name = plainly) -> Any:
    found = hypergame(builder, builder.choice())
    names = Names(found.model, who, state)
    return [
        (
            names.states(found.equilibria[concept]),
            names.states(found.if_all_knew[concept]),
            {who(dm): names.states(flags) for dm, flags in found.surprised[concept].items()},
            {who(dm): names.states(flags) for dm, flags in found.in_vain[concept].items()},
            {who(game.dm): (names.states(game.stable[concept]), names.states(game.expected[concept])) for game in found.games},
        )
        for concept in found.concepts
    ]


def compared(builder: Builder, who: Name = plainly, state: Name = plainly) -> Any:
    found = compare(builder, FIVE, [DEFAULT, DEFAULT.but(sequences="one_step"), DEFAULT.but(return_to_start="ignored")])
    return {
        state(outcome.code): (
            outcome.cells,
            outcome.holds,
            outcome.asked,
            outcome.gained,
            outcome.lost,
            {who(dm): frozenset(names) for dm, names in outcome.apart.when.readings.items()},
        )
        for outcome in found.outcomes()
    }


@CHANGED
@seeds(10, 100)
@pytest.mark.parametrize("ask", [perceived, compared])
@pytest.mark.parametrize("is_graph", [False, True])
def test_of_a_whole_case(ask: Callable[..., Any], chunk: range, change: Callable[..., Any], is_graph: bool) -> None:
    """Cases with two readings each, states that somebody does not see, and beliefs."""
    told_of = 0
    for seed in chunk:
        case = json.loads(Drawn(seed, is_graph).text())
        other, who, state = change(case, Random(seed))
        found = ask(Builder(read_case_text(json.dumps(case))), who, state)
        assert found == ask(Builder(read_case_text(json.dumps(other)))), (seed, case)
        told_of += bool(found)
    assert told_of == len(chunk)

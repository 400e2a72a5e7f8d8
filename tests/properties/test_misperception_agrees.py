"""Random models with states that somebody does not see, and beliefs: the engine agrees with filtered moves and games of one's own."""

import json
from copy import deepcopy
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest

import offramp
from generators import GraphSpec, OptionSpec, random_graph_spec, random_option_spec, to_game
from offramp.analysis.explain import throughout
from offramp.analysis.hypergame import as_seen_by, hypergame
from offramp.case.load import read_case_text
from offramp.errors import CaseError
from offramp.model import lines
from offramp.model.build import Builder
from offramp.stability.joint import coalitions_of
from perceived import Hypergame, blind
from reference import CONCEPTS, Game, State, improvements, is_stable, reach, stable

MODELS, CHUNK = 260, 26
Spec = OptionSpec | GraphSpec


class Drawn:
    """A random model with what nobody else could know: who sees what, who believes what."""

    def __init__(self, seed: int, is_graph: bool) -> None:
        self.rng = Random(seed)
        self.spec: Any = random_graph_spec(self.rng) if is_graph else random_option_spec(self.rng, 4)
        self.is_graph = is_graph
        self.game: Game = to_game(self.spec)
        self.other = {name: {s: self.rng.randrange(6) for s in self.game.states} for name in self.game.names}
        self.said: dict[str, list[dict[str, str]]] = {}
        self.unseen: dict[str, set[State]] = {}
        for name in self.game.names:
            self._overlook(name)
        self.beliefs = {
            name: {other: self.rng.choice(["one", "two"]) for other in self.game.names if other != name and self.rng.random() < 0.5}
            for name in self.game.names
        }

    def _overlook(self, name: str) -> None:
        entries = [self._states() if self.is_graph else self._pattern() for _ in range(self.rng.choice([0, 1, 1, 2]))]
        unseen = set().union(*(there for _, there in entries))
        if entries and unseen != set(self.game.states):
            self.said[name], self.unseen[name] = [entry for entry, _ in entries], unseen

    def _states(self) -> tuple[dict[str, str], set[State]]:
        some = self.rng.sample(self.game.states, self.rng.randint(1, 2))
        return {"that": " or ".join(some)}, set(some)

    def _pattern(self) -> tuple[dict[str, str], set[State]]:
        labels = [option for options in self.spec["options"].values() for option, _ in options]
        pattern = "".join(self.rng.choice("YN--") for _ in labels)
        there = {s for s in self.game.states if all(letter in ("-", own) for letter, own in zip(pattern, s, strict=True))}
        if self.rng.random() < 0.5:
            return {"pattern": pattern}, there
        terms = [("" if letter == "Y" else "not ") + label for letter, label in zip(pattern, labels, strict=True) if letter != "-"]
        return {"that": " and ".join(terms) or "true"}, there

    def text(self) -> str:
        """Return it as a case."""
        ranks = {"one": self.game.rank, "two": self.other}
        readings = {dm: {name: {"ranking": tiers(ranks[name][dm])} for name in ranks} for dm in self.game.names}
        seen = {dm: {f"m{k}": entry for k, entry in enumerate(entries)} for dm, entries in self.said.items()}
        parts = {"status_quo": self.spec["status_quo"], "readings": readings, "misperceptions": seen, "beliefs": self.beliefs}
        return json.dumps({"offramp": 1, "title": "random", **self._form(), **parts})

    def _form(self) -> dict[str, Any]:
        if self.is_graph:
            makers: dict[str, Any] = {dm: {} for dm in self.game.names}
            return {"decision_makers": makers, "states": self.spec["states"], "moves": self.spec["moves"]}
        options = self.spec["options"]
        makers = {dm: {"options": {name: {"direction": way} for name, way in there}} for dm, there in options.items()}
        num = sum(map(len, options.values()))
        missing = [
            code for code in (f"{k:0{num}b}"[::-1].translate({48: "N", 49: "Y"}) for k in range(2**num)) if code not in self.game.states
        ]
        return {"decision_makers": makers, "rules": {f"r{k}": {"exclude": code} for k, code in enumerate(missing)}}

    def believed(self) -> dict[str, dict[str, dict[State, int]]]:
        """Return by decision maker what it takes everybody's ranks to be."""
        return {
            name: {
                other: self.other[other] if self.beliefs[name].get(other) == "two" else self.game.rank[other] for other in self.game.names
            }
            for name in self.game.names
        }


def tiers(rank: dict[str, int]) -> list[list[str]]:
    return [[label for label, level in rank.items() if level == here] for here in sorted(set(rank.values()), reverse=True)]


def named(game: Game, flags: np.ndarray) -> set[State]:
    return {s for s, flag in zip(game.states, flags, strict=True) if flag}


KINDS = pytest.mark.parametrize(("is_graph", "start"), [(kind, start) for kind in (False, True) for start in range(0, MODELS, CHUNK)])


@KINDS
def test_lost_moves_agree(is_graph: bool, start: int) -> None:
    for seed in range(start, start + CHUNK):
        drawn = Drawn(seed, is_graph)
        builder = Builder(read_case_text(drawn.text()))
        model, blinded = builder.model(builder.choice()), blind(drawn.game, drawn.unseen)
        for concept in CONCEPTS:
            expected = stable(blinded, concept)
            for dm in model.decision_makers:
                assert named(drawn.game, offramp.CONCEPTS[concept](model, dm).stable) == expected[dm], (seed, concept, dm)
        for place, dm in enumerate(model.decision_makers):
            for number, s in enumerate(drawn.game.states):
                there = {drawn.game.states[t] for t in model.moves.successors(place, number)}
                assert there == blinded.moves[dm][s], (seed, dm, s)
        now = drawn.game.states[model.status_quo]
        for coalition in coalitions_of(range(len(model.decision_makers))):
            members = [drawn.game.names[dm] for dm in coalition]
            there = named(drawn.game, model.moves.reached(coalition, model.status_quo))
            assert there == reach(blinded, members, now) | {now}, (seed, members)


def test_lost_moves_agree_where_states_are_settled_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "ROUNDS", 0)
    for seed in range(MODELS, MODELS + 60):
        drawn = Drawn(seed, False)
        builder = Builder(read_case_text(drawn.text()))
        model, blinded = builder.model(builder.choice()), blind(drawn.game, drawn.unseen)
        for concept in CONCEPTS:
            for dm, expected in stable(blinded, concept).items():
                assert named(drawn.game, offramp.CONCEPTS[concept](model, dm).stable) == expected, (seed, concept, dm)


def test_flips_drop_a_misperception_as_if_it_were_not_in_the_file() -> None:
    num_turns = 0
    for seed in range(40):
        drawn = Drawn(seed, bool(seed % 2))
        data = json.loads(drawn.text())
        tried = offramp.flips(Builder(read_case_text(drawn.text()))).tried
        for flip in tried:
            if flip.path[0] == "misperceptions":
                without = deepcopy(data)
                del without["misperceptions"][flip.path[1]][flip.path[2]]
                expected = offramp.flips(Builder(read_case_text(json.dumps(without)))).shares
                assert flip.shares == pytest.approx(dict(expected)), (seed, flip.path)
                num_turns += bool(flip.turns)
    assert num_turns >= 5


@KINDS
def test_hypergames_agree(is_graph: bool, start: int) -> None:
    for seed in range(start, start + CHUNK):
        drawn = Drawn(seed, is_graph)
        builder = Builder(read_case_text(drawn.text()))
        found = hypergame(builder, builder.choice())
        plain = Hypergame(drawn.game, drawn.unseen, drawn.believed())
        for concept in CONCEPTS:
            known = stable(drawn.game, concept)
            equilibria = plain.equilibria(concept)
            assert named(drawn.game, found.equilibria[concept]) == equilibria, (seed, concept)
            assert named(drawn.game, found.if_all_knew[concept]) == set.intersection(*known.values()), (seed, concept)
            assert named(drawn.game, found.created[concept]) == equilibria - set.intersection(*known.values())
            assert named(drawn.game, found.destroyed[concept]) == set.intersection(*known.values()) - equilibria
            for game in found.games:
                assert named(drawn.game, game.stable[concept]) == plain.stable(concept, game.dm), (seed, concept, game.dm)
                expected = plain.expected(concept, game.dm)
                assert named(drawn.game, game.expected[concept]) == expected, (seed, concept, game.dm)
                surprises = {s for s in equilibria if game.dm in plain.surprised(concept, s)}
                assert named(drawn.game, found.surprised[concept][game.dm]) == surprises
                assert named(drawn.game, found.in_vain[concept][game.dm]) == expected - equilibria


@pytest.mark.parametrize("start", range(0, 60, 20))
@pytest.mark.parametrize("is_graph", [False, True])
def test_a_game_of_ones_own_can_be_explained(is_graph: bool, start: int) -> None:
    """Every verdict of everybody in it, what tempts them, and answers that stay among the states that are seen."""
    deterred = 0
    for seed in range(start, start + 20):
        drawn = Drawn(seed, is_graph)
        builder = Builder(read_case_text(drawn.text()))
        plain = Hypergame(drawn.game, drawn.unseen, drawn.believed())
        played = {game.dm: game for game in hypergame(builder, builder.choice()).games}
        for dm, own in plain.own.items():
            view = as_seen_by(builder, builder.choice(), dm)
            assert named(drawn.game, view.seen) == set(own.states)
            for here in throughout(offramp.explain(view.model), np.flatnonzero(view.seen).tolist()):
                s = view.model.states.label(here.state)
                for name, account in zip(own.names, here.accounts, strict=True):
                    assert {view.model.states.label(one.to) for one in account.improvements} == improvements(own, name, s)
                    for concept in CONCEPTS:
                        assert account.is_stable(concept) == is_stable(own, concept, name, s), (seed, dm, concept)
                        assert played[dm].leaves[concept][name][here.state] != account.is_stable(concept)
                    for answer in (answer for one in account.improvements for answer in one.answers):
                        assert {view.model.states.label(move.to) for move in answer.moves} <= set(own.states)
                        deterred += answer.deters
    assert deterred > 10


def test_the_models_are_worth_the_while() -> None:
    """Many of them have unseen states that matter, wrong beliefs, surprises, and equilibria that misperception makes or unmakes."""
    count = dict.fromkeys(["blind", "wrong", "surprised", "created", "destroyed"], 0)
    for seed in range(150):
        drawn = Drawn(seed, bool(seed % 2))
        builder = Builder(read_case_text(drawn.text()))
        found = hypergame(builder, builder.choice())
        count["blind"] += bool(drawn.unseen)
        count["wrong"] += any(game.wrong for game in found.games)
        count["surprised"] += any(mask.any() for mask in found.surprised["seq"].values())
        count["created"] += bool(found.created["seq"].any())
        count["destroyed"] += bool(found.destroyed["seq"].any())
    assert min(count.values()) >= 3, count


@pytest.mark.parametrize("is_graph", [False, True])
def test_who_sees_everything_and_believes_what_is_so_plays_the_game_that_there_is(is_graph: bool) -> None:
    for seed in range(40):
        drawn = Drawn(seed, is_graph)
        drawn.said, drawn.beliefs = {}, {}
        builder = Builder(read_case_text(drawn.text()))
        found = hypergame(builder, builder.choice())
        assert all(game.is_right for game in found.games)
        assert not found.news.any()


@pytest.mark.parametrize("is_graph", [False, True])
def test_nobody_may_see_nothing(is_graph: bool) -> None:
    drawn = Drawn(1, is_graph)
    first = drawn.game.names[0]
    drawn.said = {first: [{"that": "true"}]}
    builder = Builder(read_case_text(drawn.text()))
    with pytest.raises(CaseError, match=f"misperceptions.{first}: {first} sees none of the .* states; expected at least one"):
        builder.model(builder.choice())


def test_a_dropped_misperception_gives_the_moves_back() -> None:
    for seed in range(40):
        drawn = Drawn(seed, bool(seed % 2))
        builder = Builder(read_case_text(drawn.text()))
        builder.model(builder.choice())
        paths = frozenset(builder.standing.misperceptions)
        free = builder.varied(replace(builder.standing.variant, dropped=paths))
        model = free.model(free.choice())
        moves = {
            dm: {s: {drawn.game.states[t] for t in model.moves.successors(place, k)} for k, s in enumerate(drawn.game.states)}
            for place, dm in enumerate(model.decision_makers)
        }
        assert moves == {dm: {s: set(there) for s, there in own.items()} for dm, own in drawn.game.moves.items()}

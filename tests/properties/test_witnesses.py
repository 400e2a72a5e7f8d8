"""Every witness against a second, plain search: valid move by move, shortest, first in file order, and what it says it is.

The plain search knows the sets of the reference only: no arrays, no solver, and
no tree; it goes outwards level by level over pairs of a state and its last mover.
"""

from itertools import pairwise
from random import Random

import pytest

import reference
from bridge import to_model
from generators import random_graph_spec, random_option_spec, to_game
from offramp.analysis.explain import explain
from offramp.analysis.tableau import states_that_matter, tableau

NUM_MODELS = 600
CHUNK = 100
BY_WANTED_MOVES = ("seq", "sseq")
WITH_ESCAPE = ("smr", "sseq")


def spec_of(seed):
    """Return a random model: two in three in option form, the others graphs."""
    rng = Random(seed)
    return random_option_spec(rng, rng.choice([3, 4, 5])) if seed % 3 else random_graph_spec(rng)


class Plain:
    """What one focal decision maker's opponents can do, by the definitions."""

    def __init__(self, game, focal, concept):
        self.game, self.focal, self.concept = game, focal, concept
        self.opponents = [name for name in game.names if name != focal]

    def may(self, dm, a, b):
        """Return whether an opponent may move from a to b under the concept."""
        rank = self.game.rank[dm]
        return b in self.game.moves[dm][a] and (self.concept not in BY_WANTED_MOVES or rank[b] > rank[a])

    def value(self, state):
        """Return what the focal decision maker has of a state where the opponents stop."""
        rank, own = self.game.rank[self.focal], self.game.moves[self.focal][state]
        return max(rank[s] for s in [state, *own]) if self.concept in WITH_ESCAPE else rank[state]

    def lengths(self, start):
        """Return, by state, the fewest opponents' moves that lead there from `start`."""
        level, seen, found = {(start, None)}, set(), {}
        for length in range(2 * len(self.game.states) * len(self.game.names) + 2):
            found |= {state: length for state, _ in level if state not in found}
            seen |= level
            level = {
                (after, dm)
                for state, last in level
                for dm in self.opponents
                if dm != last
                for after in self.game.moves[dm][state]
                if self.may(dm, state, after)
            } - seen
        return found

    def sequences(self, start, length, last=None):
        """Yield every legal sequence of `length` moves, as pairs of mover and state."""
        if not length:
            yield ()
            return
        for dm in self.opponents:
            if dm != last:
                for after in self.game.moves[dm][start]:
                    if self.may(dm, start, after):
                        for rest in self.sequences(after, length - 1, dm):
                            yield ((dm, after), *rest)


def answers(spec):
    """Yield everything that is told about every improvement from every state of a model, in labels."""
    game, model = to_game(spec), to_model(spec)
    for state in range(model.num_states):
        for account in explain(model, state).accounts:
            for improvement in account.improvements:
                for answer in improvement.answers:
                    focal = model.decision_makers[account.dm]
                    yield game, model, Plain(game, focal, answer.concept), state, improvement, answer


@pytest.mark.parametrize("start", range(0, NUM_MODELS, CHUNK))
def test_every_account_agrees_with_the_reference(start):
    for seed in range(start, start + CHUNK):
        spec = spec_of(seed)
        game, model = to_game(spec), to_model(spec)
        stable = {concept: reference.stable(game, concept) for concept in reference.CONCEPTS}
        for state in range(model.num_states):
            label = model.states.label(state)
            explanation = explain(model, state)
            for account in explanation.accounts:
                dm = model.decision_makers[account.dm]
                told = {model.states.label(improvement.to) for improvement in account.improvements}
                assert told == {to for to in game.moves[dm][label] if game.rank[dm][to] > game.rank[dm][label]}
                for concept in reference.CONCEPTS:
                    assert account.is_stable(concept) == (label in stable[concept][dm]), (seed, label, dm, concept)
                    assert account.is_stable(concept) == explanation.solution.results[concept][dm].stable[state]


@pytest.mark.parametrize("start", range(NUM_MODELS, 2 * NUM_MODELS, CHUNK))
def test_witnesses(start):
    num_sanctions = num_worst = longest = 0
    for seed in range(start, start + CHUNK):
        for game, model, plain, state, improvement, answer in answers(spec_of(seed)):
            assert_valid(model, plain, improvement, answer)
            if answer.concept == "nash":
                assert not answer.deters
                assert not answer.moves
                continue
            assert_means(game, model, plain, state, improvement, answer)
            longest = max(longest, len(answer.moves))
            num_sanctions += answer.deters
            num_worst += not answer.deters and bool(answer.moves)
    assert num_sanctions > 500
    assert num_worst > 50
    assert longest >= 2


def assert_valid(model, plain, improvement, answer):
    """Assert that the sequence is one: from the improvement, move by move, nobody twice in succession."""
    label, here = model.states.label, improvement.to
    for move in answer.moves:
        dm = model.decision_makers[move.dm]
        assert move.start == here
        assert dm in plain.opponents
        assert plain.may(dm, label(move.start), label(move.to))
        here = move.to
    assert all(before.dm != after.dm for before, after in pairwise(answer.moves))
    assert answer.state == here
    assert answer.rank == model.ranks[model.dm(plain.focal)][here]


def assert_means(game, model, plain, state, improvement, answer):
    """Assert that the end deters, or is the worst there is, and that nothing shorter is as good."""
    label = model.states.label
    lengths = plain.lengths(label(improvement.to))
    here = game.rank[plain.focal][label(state)]
    values = {there: plain.value(there) for there in lengths}
    bound = here if answer.deters else min(values.values())
    assert answer.deters == (min(values.values()) <= here)
    assert values[label(answer.state)] <= bound
    assert len(answer.moves) == min(lengths[there] for there in lengths if values[there] <= bound)
    own = [answer.state, *model.moves.successors(model.dm(plain.focal), answer.state).tolist()]
    best = max(game.rank[plain.focal][label(there)] for there in own)
    if answer.concept in WITH_ESCAPE:
        assert answer.escape in own
        assert game.rank[plain.focal][label(answer.escape)] == best
        assert (best <= here) == answer.deters
    else:
        assert answer.escape is None


def test_ties_go_by_file_order_then_by_number():
    """Every sequence of the same length is listed; the one told is the first that ends where it may."""
    num_compared = 0
    for seed in range(30_000, 30_080):
        for game, model, plain, state, improvement, answer in answers(spec_of(seed)):
            if not answer.moves or len(answer.moves) > 3:
                continue
            label, here = model.states.label, game.rank[plain.focal][model.states.label(state)]
            bound = here if answer.deters else plain.value(label(answer.state))
            all_told = plain.sequences(label(improvement.to), len(answer.moves))
            ends = [moves for moves in all_told if plain.value(moves[-1][1]) <= bound]
            places = [[(model.dm(dm), model.state(to)) for dm, to in moves] for moves in ends]
            assert min(places) == [(move.dm, move.to) for move in answer.moves]
            num_compared += len(places) > 1
    assert num_compared > 50


def test_a_tableau_lists_all_sanctions():
    for seed in range(31_000, 31_120):
        spec = spec_of(seed)
        game, model = to_game(spec), to_model(spec)
        explanation = explain(model)
        states, is_cut = states_that_matter(model, 0, model.num_states)
        assert not is_cut
        for entry in tableau(explanation.solution, states):
            dm = model.decision_makers[entry.dm]
            here = game.rank[dm][model.states.label(entry.state)]
            for found in entry.improvements:
                for concept, by in found.by.items():
                    plain = Plain(game, dm, concept)
                    there = [] if concept == "nash" else plain.lengths(model.states.label(found.to))
                    assert by == tuple(sorted(model.state(to) for to in there if plain.value(to) <= here)), (seed, entry, concept)
            for concept, holds in entry.stable.items():
                assert holds == all(found.by[concept] for found in entry.improvements)

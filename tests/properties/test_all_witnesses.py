"""Witnesses under all settings, preferences and concepts, move by move against the definitions of `relational` and `further`.

Whether a sequence is as short as can be is looked up level by level, over all
that may be gone in so many turns.
"""

from dataclasses import replace
from itertools import pairwise, product
from random import Random

import pytest

import further
import offramp
import relational
from asked import drawn
from bridge import to_model
from generators import random_graph_spec, random_option_spec, to_game
from offramp.analysis.explain import explain, throughout
from offramp.analysis.tableau import tableau
from offramp.stability import CONCEPTS
from offramp.stability.nonmyopic import nonmyopic_stability
from reference import improvements
from relational import alone, coalition, is_deterred, is_tempted

CHUNK = 160
STARTS = [0, *(pytest.param(start, marks=pytest.mark.slow) for start in range(CHUNK, 10 * CHUNK, CHUNK))]


def generally(rules):
    """Weak stability is told by the witnesses of general stability."""
    return replace(rules, strength="general") if rules.strength == "weak" else rules


def legal(movers, sequences):
    """Return whether these may take turns in this order."""
    if sequences == "one_step":
        return len(movers) <= 1
    return len(set(movers)) == len(movers) if sequences == "once" else all(one != other for one, other in pairwise(movers))


def fewest_turns(players, start, steps, sequences):
    """Return, by state, the fewest turns that lead there, one at least."""
    level, seen, found, length = {(start, frozenset())}, set(), {}, 0
    while level:
        length += 1
        after = set()
        for here, barred in level:
            for k, player in enumerate(players):
                for there in steps(player, here) if k not in barred else ():
                    everyone = frozenset(range(len(players)))
                    now = everyone if sequences == "one_step" else barred | {k} if sequences == "once" else frozenset({k})
                    after.add((there, now))
                    found.setdefault(there, length)
        seen |= level
        level = after - seen
    return found


def steps_of(game, concept):
    """Return where one turn leads: any move, or one that every member wants or may want."""
    if concept in ("gmr", "smr"):
        return lambda player, here: player.moves[here]
    return lambda player, here: {t for t in player.moves[here] if relational.improves(game, player, here, t)}


def assert_goes(game, moves, names, label, here):
    """Assert that the moves go from `here` one after the other, each a move of its mover; return where they end."""
    for move in moves:
        assert label(move.start) == here
        here = label(move.to)
        assert here in game.moves[names[move.dm]][label(move.start)]
    return here


@pytest.mark.parametrize("start", STARTS)
def test_the_five(start):
    num_deterring = longest = num_unranked = 0
    for seed in range(2 * start, 2 * start + CHUNK + CHUNK // 2):
        rng, game, model, settings, rules = drawn(seed)
        here = rng.randrange(model.num_states)
        s, label, names = model.states.label(here), model.states.label, game.names
        for account in explain(model, here, settings=settings).accounts:
            focal, others = alone(game, names[account.dm]), [alone(game, dm) for dm in names if dm != names[account.dm]]
            rank = model.preference(account.dm).rank
            tempting = {t for t in focal.moves[s] if is_tempted(game, rules, focal, s, t)}
            assert {label(one.to) for one in account.improvements} == tempting
            for concept in CONCEPTS:
                assert account.is_stable(concept) == (s in relational.stable(game, rules, concept, names[account.dm])), (seed, concept)
            for improvement in account.improvements:
                s1 = label(improvement.to)
                for answer in improvement.answers:
                    sanctions = set(relational.sanctions(game, generally(rules), answer.concept, focal, others, s, s1))
                    assert answer.deters == bool(sanctions), (seed, answer)
                    movers = [names[move.dm] for move in answer.moves]
                    assert names[account.dm] not in movers
                    assert legal(movers, rules.sequences)
                    steps = steps_of(game, answer.concept)
                    assert assert_goes(game, answer.moves, names, label, s1) == label(answer.state)
                    assert all(label(move.to) in steps(alone(game, names[move.dm]), label(move.start)) for move in answer.moves)
                    turns = fewest_turns(others, s1, steps, rules.sequences) if answer.concept != "nash" else {}
                    if answer.deters:
                        assert label(answer.state) in sanctions
                        assert len(answer.moves) == min(turns[t] for t in sanctions)
                    elif answer.concept == "nash" or rank is None:
                        assert not answer.moves
                        assert answer.is_worst == (answer.concept == "nash")
                    else:
                        worth = {t: _worth(model, account.dm, rank, answer.concept, t) for t in {*turns, s1}}
                        least = min(worth.values())
                        assert worth[label(answer.state)] == least
                        shortest = 0 if worth[s1] == least else min(turns[t] for t in turns if worth[t] == least)
                        assert len(answer.moves) == shortest
                    assert answer.compared[0] == _sign(game, names[account.dm], s, label(answer.state))
                    assert (answer.rank is None) == (rank is None)
                    assert answer.escape is None or _is_best_escape(game, generally(rules), model, account.dm, rank, answer, s)
                    num_deterring += answer.deters
                    num_unranked += rank is None
                    longest = max(longest, len(answer.moves))
    assert num_deterring > 50
    assert num_unranked > 100
    assert longest >= 2


def _sign(game, name, s, t):
    return {"<<": -2, "<": -1, "=": 0, ">": 1, ">>": 2, "?": 3}[relational.sign(game, name, s, t)]


def _worth(model, dm, rank, concept, t):
    state = model.state(t)
    own = model.moves.successors(dm, state).tolist() if concept in ("smr", "sseq") else []
    return max(int(rank[one]) for one in [state, *own])


def _is_best_escape(game, rules, model, dm, rank, answer, s):
    own, label, focal = model.moves.successors(dm, answer.state).tolist(), model.states.label, alone(game, game.names[dm])
    if rank is not None:
        return rank[answer.escape] == max(rank[one] for one in [answer.state, *own])
    assert all(is_deterred(game, rules, focal, s, label(one)) for one in own)
    return answer.escape == answer.state and answer.deters


@pytest.mark.parametrize("start", STARTS)
def test_a_tableau_lists_all_sanctions(start):
    num_listed = 0
    for seed in range(start, start + CHUNK):
        _, game, model, settings, rules = drawn(seed)
        solution = explain(model, settings=settings).solution
        for entry in tableau(solution, tuple(range(min(3, model.num_states)))):
            name, s = game.names[entry.dm], model.states.label(entry.state)
            focal, others = alone(game, name), [alone(game, dm) for dm in game.names if dm != name]
            for found in entry.improvements:
                for concept, by in found.by.items():
                    wanted = relational.sanctions(game, generally(rules), concept, focal, others, s, model.states.label(found.to))
                    assert by == tuple(sorted(map(model.state, set(wanted)))), (seed, entry, concept)
                    num_listed += len(by)
    assert num_listed > 100


@pytest.mark.parametrize("start", STARTS)
def test_simultaneous(start):
    num_deterring = several = 0
    for seed in range(start, start + CHUNK):
        rng, game, model, settings, rules = drawn(seed, "options")
        rules, names, label = generally(rules), game.names, model.states.label
        here = rng.randrange(model.num_states)
        s = label(here)
        for account in explain(model, here, ["sim"], settings=settings).accounts:
            focal, others = alone(game, names[account.dm]), [alone(game, dm) for dm in names if dm != names[account.dm]]
            for improvement in account.improvements:
                (answer,) = improvement.answers
                s1, end = label(improvement.to), label(answer.state)
                sanctions = set(relational.sanctions(game, rules, "sim", focal, others, s, s1))
                assert answer.deters == bool(sanctions), (seed, answer)
                assert end in sanctions or not answer.deters
                assert relational.added(s, s1, [label(move.to) for move in answer.moves]) == end
                picks = {dm: {s} for dm in names if dm != names[account.dm]}
                for move in answer.moves:
                    assert move.start == here
                    assert relational.improves(game, alone(game, names[move.dm]), s, label(move.to))
                for dm in picks:
                    calm = rules.simultaneous == "unstable" and s in relational.stable(game, rules, "seq", dm)
                    picks[dm] |= {t for t in game.moves[dm][s] if not calm and relational.improves(game, alone(game, dm), s, t)}
                    assert not calm or dm not in [names[move.dm] for move in answer.moves]
                least = min(sum(t != s for t in pick) for pick in product(*picks.values()) if relational.added(s, s1, pick) == end)
                assert len(answer.moves) == least
                rank = model.preference(account.dm).rank
                if rank is not None:
                    ends = relational.at_once(game, rules, focal, others, s, s1) | {s1}
                    assert rank[answer.state] == min(rank[model.state(t)] for t in (sanctions if answer.deters else ends))
                    assert answer.deters or not answer.moves or rank[answer.state] < rank[improvement.to]
                num_deterring += answer.deters
                several += len(answer.moves) > 1
    assert num_deterring > 10
    assert several or start  # two at once are rare: some chunks have none


@pytest.mark.parametrize("start", STARTS)
def test_coalitions(start):
    num_deterring = num_ways = num_out = 0
    for seed in range(3 * start, 3 * (start + CHUNK)):
        rng, game, model, settings, rules = drawn(seed)
        rules, names, label = generally(rules), game.names, model.states.label
        here, members = rng.randrange(model.num_states), [dm for dm in names if rng.random() < 0.35] or [names[-1]]
        concept, s = rng.choice(["nash", "gmr", "smr", "seq", "seq", "seq"]), label(here)
        (account,) = explain(model, here, [f"coalition_{concept}"], settings=settings, coalition=members).accounts
        focal, rest = coalition(game, members), [dm for dm in names if dm not in members]
        jointly = concept == "seq" and rules.sanctions == "coalitions"
        others = relational.all_coalitions(game, rest) if jointly else [alone(game, dm) for dm in rest]
        assert {label(one.to) for one in account.improvements} == {t for t in focal.moves[s] if is_tempted(game, rules, focal, s, t)}
        assert {label(to) for to in account.moves} == focal.moves[s] - {s}
        singles = [alone(game, dm) for dm in members]
        ways = fewest_turns(singles, s, lambda player, at: player.moves[at], "legal")
        for improvement in account.improvements:
            (answer,) = improvement.answers
            s1 = label(improvement.to)
            assert assert_goes(game, improvement.moves, names, label, s) == s1
            assert {names[move.dm] for move in improvement.moves} <= set(members)
            assert legal([move.dm for move in improvement.moves], "legal")
            assert len(improvement.moves) == ways[s1]
            sanctions = set(relational.sanctions(game, rules, concept, focal, others, s, s1))
            assert answer.deters == bool(sanctions), (seed, answer)
            assert legal([turn.members for turn in answer.turns], rules.sequences)
            at = s1
            for turn in answer.turns:
                player = coalition(game, [names[dm] for dm in turn.members])
                assert_goes(game, turn.moves, names, label, at)
                assert {move.dm for move in turn.moves} <= set(turn.members)
                assert legal([move.dm for move in turn.moves], "legal")
                at = label(turn.moves[-1].to)
                assert concept != "seq" or relational.improves(game, player, label(turn.moves[0].start), at)
            assert at == label(answer.state)
            if answer.deters:
                assert at in sanctions
                turns = fewest_turns(others, s1, steps_of(game, concept), rules.sequences)
                assert len(answer.turns) == min(turns[t] for t in sanctions)
            assert answer.is_worst == answer.deters
            if not answer.deters:
                answered = set(relational.sanctions(game, rules, "gmr", focal, others, s, s1)) if concept == "smr" else set()
                assert bool(answer.turns) == bool(answer.onward) == bool(answered)
                assert at in answered or not answered
            if answer.onward:
                out = assert_goes(game, answer.onward, names, label, at)
                assert {names[move.dm] for move in answer.onward} <= set(members)
                assert legal([move.dm for move in answer.onward], "legal")
                onward = fewest_turns(singles, at, lambda player, at: player.moves[at], "legal")
                free = [t for t in focal.moves[at] if not is_deterred(game, rules, focal, s, t)]
                assert out in free
                assert len(answer.onward) == min(onward[t] for t in free)
                num_out += 1
            assert answer.escape == (model.state(out) if answer.onward else answer.state if answer.deters and concept == "smr" else None)
            assert answer.compared == tuple(_sign(game, dm, s, at) for dm in names if dm in members)
            num_ways += len(improvement.moves) > 1
            num_deterring += answer.deters
    assert num_deterring > 10
    assert num_ways
    assert num_out


@pytest.mark.parametrize("start", STARTS)
def test_a_tableau_of_coalitions(start):
    """Every state at once, for every coalition that has an improvement or for one, by the definitions of `further`."""
    num_deterred = num_free = 0
    for seed in range(start, start + CHUNK // 4):
        rng = Random(seed)
        spec = random_option_spec(rng, 3) if seed % 2 else random_graph_spec(rng)
        game, model = to_game(spec), to_model(spec)
        concept = rng.choice(["nash", "gmr", "smr", "seq"])
        states, label = range(model.num_states), model.states.label
        for here in throughout(explain(model, 0, [f"coalition_{concept}"]), states):
            s = label(here.state)
            told = {frozenset(game.names[dm] for dm in account.members): account for account in here.accounts}
            tempted = {members for members in further.coalitions(game.names) if further.coalition_improvements(game, members, s)}
            assert set(told) == tempted
            for members, account in told.items():
                assert {label(one.to) for one in account.improvements} == further.coalition_improvements(game, members, s)
                for one in account.improvements:
                    deterring = set(further.sanctions(game, concept, members, s, label(one.to)))
                    assert one.answers[0].deters == bool(deterring)
                    assert not deterring or label(one.answers[0].state) in deterring
                    num_deterred += bool(deterring)
                    num_free += not deterring
        alone = [game.names[-1]]
        (once, *_) = throughout(explain(model, 0, ["coalition_nash"], coalition=alone), states)
        assert [account.members for account in once.accounts] == [(len(game.names) - 1,)]
    assert num_deterred > 10
    assert num_free > 100


@pytest.mark.parametrize("start", STARTS)
def test_a_tableau_of_sim(start):
    """All sanctions, beside those of another concept."""
    num_listed = 0
    for seed in range(start, start + CHUNK // 4):
        spec = random_option_spec(Random(seed), 4)
        game, model = to_game(spec), to_model(spec)
        for entry in tableau(offramp.solve(model, ["sim", "nash"]), tuple(range(model.num_states))):
            name, s = game.names[entry.dm], model.states.label(entry.state)
            assert {model.states.label(found.to) for found in entry.improvements} == improvements(game, name, s)
            for found in entry.improvements:
                wanted = further.sim_sanctions(game, name, s, model.states.label(found.to))
                assert found.by == {"sim": tuple(sorted(map(model.state, wanted))), "nash": ()}
                num_listed += len(wanted)
            assert entry.stable["sim"] == further.sim_stable(game, name, s)
    assert num_listed > 10


@pytest.mark.parametrize("start", STARTS)
def test_a_tableau_of_those_who_look_ahead(start):
    """Every state at once is as every state by itself, and ends as anticipated."""
    for seed in range(start, start + CHUNK // 8):
        spec = pair_spec(seed)
        game, model, known = to_game(spec), to_model(spec), {}
        label, horizon = model.states.label, Random(seed).choice([1, 2, 3, 5])
        for here in throughout(explain(model, 0, ["limited"], horizon=horizon), range(model.num_states)):
            for account in here.accounts:
                dm, other = (game.names[k] for k in (account.dm, 1 - account.dm))
                ends = {label(one.to): label(one.answers[0].state) for one in account.improvements}
                assert ends == {t: further.anticipated(game, horizon - 1, other, t, known) for t in game.moves[dm][label(here.state)]}
                assert account.is_stable("limited") == (label(here.state) in further.limited_stable(game, horizon, dm, known))
        for here in throughout(explain(model, 0, ["nonmyopic"]), range(model.num_states)):
            assert here.accounts == explain(model, here.state, ["nonmyopic"]).accounts


def pair_spec(seed):
    """Return a random model of two decision makers without ties."""
    rng = Random(seed)
    while True:
        spec = random_option_spec(rng, 4) if seed % 2 else random_graph_spec(rng)
        if len(spec["rank"]) == 2:
            for rank in spec["rank"].values():
                rank.update(zip(rank, rng.sample(range(len(rank)), len(rank)), strict=True))
            return spec


@pytest.mark.parametrize("name", ["limited", "nonmyopic"])
@pytest.mark.parametrize("start", STARTS)
def test_looking_ahead(start, name):
    longest = num_left = 0
    for seed in range(start, start + CHUNK):
        spec = pair_spec(seed)
        game, model, rng = to_game(spec), to_model(spec), Random(seed)
        here, asked = rng.randrange(model.num_states), rng.choice([1, 2, 3, 5, 8])
        label, s, known = model.states.label, model.states.label(here), {}
        for account in explain(model, here, [name], horizon=asked if name == "limited" else None).accounts:
            dm, other = (game.names[k] for k in (account.dm, 1 - account.dm))
            horizon, rank = account.horizon, game.rank[dm]
            assert horizon == asked or name == "nonmyopic"
            assert {label(one.to) for one in account.improvements} == set(game.moves[dm][s])
            for improvement in account.improvements:
                (answer,) = improvement.answers
                at, mover, left = label(improvement.to), other, horizon - 1
                assert label(answer.state) == further.anticipated(game, left, mover, at, known)
                for move in answer.moves:
                    assert (game.names[move.dm], label(move.start)) == (mover, at)
                    end, after = further.anticipated(game, left, mover, at, known), other if mover == dm else dm
                    alike = [t for t in game.moves[mover][at] if further.anticipated(game, left - 1, after, t, known) == end]
                    assert label(move.to) == min(alike, key=game.states.index), "of equal ends the first state"
                    at = label(move.to)
                    assert at in game.moves[mover][label(move.start)]
                    mover = other if mover == dm else dm
                    left -= 1
                    assert further.anticipated(game, left, mover, at, known) == end != label(move.start)
                assert at == label(answer.state)
                assert left == 0 or further.anticipated(game, left, mover, at, known) == at
                assert answer.deters == (rank[at] <= rank[s])
                longest = max(longest, len(answer.moves))
            stays = all(answer.deters for one in account.improvements for answer in one.answers)
            wanted = further.nonmyopic_stable(game, dm) if name == "nonmyopic" else further.limited_stable(game, horizon, dm, known)
            assert account.is_stable(name) == stays == (s in wanted), (seed, dm)
            ends = [rank[label(one.answers[0].state)] for one in account.improvements]
            assert ends == sorted(ends, reverse=True)
            num_left += not stays
            if name == "nonmyopic":
                period = nonmyopic_stability(model, dm).period
                later = horizon + period
                first, again = (
                    [further.anticipated(game, h, one, t, known) for one in game.names for t in game.states] for h in (horizon, later)
                )
                assert first == again
    assert longest >= 2
    assert num_left > 3

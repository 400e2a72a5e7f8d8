"""Disallowed transitions and coalesced states against filtered moves and quotient games, worked out plainly."""

import json
from functools import cache
from random import Random

import numpy as np
import pytest

import reference
import shapes
from offramp.analysis.grid import Grid
from offramp.analysis.headlines import Namer
from offramp.analysis.lab import Lab
from offramp.analysis.solve import solve
from offramp.analysis.statusquo import statusquo
from offramp.analysis.undo import final_options, undoing
from offramp.analysis.ways import Reach, minimal, ways_out
from offramp.case.alike import aligned
from offramp.case.load import CaseFile, read_case_text
from offramp.case.variant import Variant
from offramp.errors import CaseError
from offramp.model.arcs import ArcMoves
from offramp.model.build import Builder
from offramp.model.conflict import ConflictModel
from offramp.model.lines import LineMoves

MANY = 600


@cache
def drawn(seed: int) -> tuple[shapes.Shaped, CaseFile, ConflictModel, reference.Game]:
    rng = Random(seed)
    shaped = shapes.random_shaped(rng)
    file = read_case_text(shapes.text(shaped, rng))
    builder = Builder(file)
    return shaped, file, builder.model(builder.choice()), shapes.game(shaped)


def test_states_moves_and_verdicts_are_those_of_the_plain_game() -> None:
    for seed in range(MANY):
        shaped, _, model, game = drawn(seed)
        assert model.states.labels == game.states, seed
        there = next(group for group in shapes.groups(shaped) if shaped.spec["status_quo"] in group)
        assert model.states.label(model.status_quo) == shapes.label(there), seed
        for dm, name in enumerate(game.names):
            for place, state in enumerate(game.states):
                reached = {model.states.label(to) for to in model.moves.successors(dm, place).tolist()}
                assert reached == game.moves[name][state], (seed, name, state)
        solution = solve(model)
        for concept in reference.CONCEPTS:
            for name, stable in reference.stable(game, concept).items():
                found = np.flatnonzero(solution.results[concept][name].stable).tolist()
                assert {game.states[place] for place in found} == stable, (seed, concept, name)


def test_ways_out_and_what_can_be_reached_are_those_of_the_plain_game() -> None:
    for seed in range(0, MANY, 2):
        _, _, model, game = drawn(seed)
        now = model.states.label(model.status_quo)
        found = ways_out(model, Reach(model.moves, model.status_quo))
        named = {frozenset(game.names[dm] for dm in coalition): mask for coalition, mask in found.items()}
        for coalition in Reach(model.moves, model.status_quo).coalitions:
            members = frozenset(game.names[dm] for dm in coalition)
            there = named.get(members, np.zeros(model.num_states, dtype=bool))
            assert {game.states[place] for place in np.flatnonzero(there)} == reference.ways_out(game, now, members), (seed, members)
        assert [frozenset(game.names[dm] for dm in h) for h in minimal(found)] == reference.minimal_coalitions(game, now), seed
        for kind in ("moves", "improvements"):
            arrivals = statusquo(model, kind).arrivals
            reached = reference._lengths(game, frozenset(game.names), now, kind == "improvements")
            assert {game.states[a.state]: len(a.moves) for a in arrivals} == {s: n for s, n in reached.items() if s != now}, (seed, kind)
        ends = {frozenset(game.states[s] for s in end.states) for end in _ends(model)}
        assert ends == reference.ends(game, now), seed


def _ends(model: ConflictModel):
    from offramp.analysis.evolution import Evolution

    return Evolution(model).ends(model.status_quo)


def test_what_cannot_be_undone_is_what_every_state_that_follows_has_the_other_way() -> None:
    for seed in range(0, MANY, 3):
        _, _, model, game = drawn(seed)
        now, found = model.states.label(model.status_quo), undoing(model)
        for place, state in enumerate(game.states):
            reached = {state} | reference.reach(game, game.names, state)
            final = [
                option
                for k, option in enumerate(model.states.options)
                if now[k] != "-" and all(s[k] == {"Y": "N", "N": "Y"}[now[k]] for s in reached)
            ]
            assert list(final_options(model, [place])) == list(found.final_at(place)) == final, (seed, state)
            assert found.returns[place] == (now in reached), (seed, state)


def test_variants_solved_together_come_out_as_each_by_itself() -> None:
    """Every entry left out by itself, in the engine of many variants, against the grid of a case without it."""
    seen = 0
    for seed in range(0, 240, 2):
        shaped, file, _, _ = drawn(seed)
        lab = Lab(Builder(file))
        for section, names in (("disallowed", shaped.disallowed), ("coalesce", {})):
            for name in names:
                path = (section, name)
                without = json.loads(shapes.text(shaped, Random(seed)))
                del without[section][name]
                assert lab.shares(lab.frame(Variant(dropped=frozenset({path})))) == pytest.approx(counted(without)), (seed, path)
                seen += 1
        assert lab.shares(lab.frame()) == pytest.approx(counted(json.loads(shapes.text(shaped, Random(seed))))), seed
    assert seen > 100


def counted(case: dict[str, object]) -> dict[str, float]:
    """Return the headlines of the one cell of a case, from the engine of single cells."""
    builder = Builder(read_case_text(json.dumps(case)))
    cell = Grid(builder).cell(builder.choice())
    namer = Namer(builder.case, cell.model.states)
    found = {f"rests.{concept}": float(concept in cell.equilibrium) for concept in reference.CONCEPTS}
    found |= {name: float(bool(cell.ways)) for name in ("can_move", "lawful", "unharmed", "clear")}
    found |= {"mover." + "+".join(way.coalition): 1.0 for way in cell.ways}
    return found | {"end." + namer.state(state): 1.0 for way in cell.ways for end in way.then for state in end.end.states}


def test_the_order_of_decision_makers_and_options_changes_no_verdict() -> None:
    for seed in range(1, MANY, 3):
        shaped, file, model, _ = drawn(seed)
        rng = Random(seed)
        order = rng.sample(list(shaped.spec["options"]), len(shaped.spec["options"]))
        turned = shapes.turned(shaped, order)
        other_file = read_case_text(shapes.text(turned, rng))
        builder = Builder(other_file)
        other = builder.model(builder.choice())
        places = [model.states.options.index(option) for option in other.states.options]
        same = {"".join(label[place] for place in places): number for number, label in enumerate(model.states.labels)}
        ours, theirs = solve(model), solve(other)
        for concept in reference.CONCEPTS:
            for dm in order:
                mine, yours = ours.results[concept][dm].stable, theirs.results[concept][dm].stable
                assert all(mine[same[label]] == yours[number] for number, label in enumerate(other.states.labels)), (seed, concept, dm)
        back = aligned(other_file, file)  # the library's own way of writing one case in the order of another
        again = Builder(back)
        assert again.model(again.choice()).states.labels == model.states.labels, seed
        assert all(np.array_equal(one, two) for one, two in zip(_arcs(again.model(again.choice())), _arcs(model), strict=True)), seed


def _arcs(model: ConflictModel) -> list[np.ndarray]:
    return [
        np.array([(s, t) for s in range(model.num_states) for t in model.moves.successors(dm, s).tolist()])
        for dm in range(len(model.decision_makers))
    ]


def test_an_irreversible_option_is_a_disallowed_transition() -> None:
    """A direction written as an entry each leaves the same moves, as arcs and not lines, and the same verdicts."""
    compared = 0
    for seed in range(0, MANY, 2):
        shaped, _, _, _ = drawn(seed)
        one_way = [(dm, name, way) for dm, options in shaped.spec["options"].items() for name, way in options if way != "both"]
        if not one_way:
            continue
        case = json.loads(shapes.text(shaped, Random(seed)))
        case["disallowed"], case["coalesce"] = {}, {}
        rank = {code: place for place, code in enumerate(Random(seed).sample(shaped.spec["feasible"], len(shaped.spec["feasible"])))}
        for reading in case["readings"].values():
            reading["only"] = {"ranking": sorted(rank, key=rank.__getitem__)}
        direct = read_case_text(json.dumps(case))
        for dm, name, way in one_way:
            case["decision_makers"][dm]["options"][name] = {}
            taken, left = (name, f"not {name}") if way == "forward" else (f"not {name}", name)
            case["disallowed"][f"{dm}_{name}"] = {"from": taken, "to": left} | ({"by": [dm]} if compared % 2 else {})
        written = read_case_text(json.dumps(case))
        one, other = (Builder(there).model(Builder(there).choice()) for there in (direct, written))
        assert isinstance(one.moves, LineMoves)
        compared += isinstance(other.moves, ArcMoves)
        ours, theirs = solve(one), solve(other)
        for concept in reference.CONCEPTS:
            for dm in one.decision_makers:
                mine, yours = ours.results[concept][dm].stable, theirs.results[concept][dm].stable
                assert np.array_equal(mine, yours), (seed, concept, dm)
    assert compared > 100


def test_what_is_drawn_has_arcs_lines_groups_and_intransitive_moves() -> None:
    kinds = {"arcs": 0, "lines": 0, "groups": 0, "intransitive": 0}
    for seed in range(MANY):
        _, _, model, game = drawn(seed)
        kinds["arcs" if isinstance(model.moves, ArcMoves) else "lines"] += 1
        kinds["groups"] += model.states.groups is not None
        moves = game.moves.values()
        kinds["intransitive"] += any(not there[b] - {a} <= there[a] for there in moves for a in there for b in there[a])
    assert min(kinds.values()) > 60, kinds


def test_groups_that_overlap_or_share_a_label_are_refused() -> None:
    refused = 0
    for seed in range(300):
        rng = Random(seed)
        shaped = shapes.random_shaped(rng, 4)
        ends = {f"g{k}": "".join(rng.choice("YN--") for _ in shaped.labels) for k in range(2)}
        other = shapes.Shaped(shaped.spec, {}, ends, {})
        case = json.loads(shapes.text(shaped, rng))
        case["coalesce"] = {name: {"pattern": end} for name, end in ends.items()}
        for reading in case["readings"].values():
            reading["only"] = {"prefers": []}
        builder = Builder(read_case_text(json.dumps(case)))
        if shapes.is_whole(other):
            assert builder.world(builder.choice()).states.labels == tuple(map(shapes.label, shapes.groups(other))), seed
        else:
            refused += 1
            with pytest.raises(CaseError):
                builder.world(builder.choice())
    assert refused > 20

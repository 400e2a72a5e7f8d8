"""What ways out achieve: by hand on a small case, and against a search that lists every path."""

from collections import deque
from random import Random
from types import SimpleNamespace

import numpy as np

import reference
from bridge import to_model
from generators import random_graph_spec, random_option_spec, to_game
from offramp.analysis.evolution import Evolution
from offramp.analysis.findings import findings, is_harmless, is_lawful
from offramp.analysis.grid import Grid
from offramp.analysis.openings import Endings, Looker
from offramp.analysis.ways import Reach, ways_out
from offramp.case.load import read_case_text
from offramp.model.build import Builder

# Anna wants `sign` and can only get there by `seize` (rule), which is forbidden and harms eve; then `seize` can be dropped.
STEPS = """
offramp: 1
title: An unlawful step
decision_makers: {anna: {options: {seize: {}, sign: {irreversible: true}}}, bert: {options: {open: {}}}}
rules: {door: {require: "sign -> seize or open"}}
readings:
  anna: {only: {prefers: [{that: sign}, {that: not seize}]}}
  bert: {only: {prefers: [{that: sign and open}]}}
norms: {no_seizing: {binds: [anna], forbids: seize, absolute: true}}
people: {eve: {wish: sign}}
harms: [{to: eve, that: seize, by: [anna], grade: grave}]
"""


def test_an_unlawful_way_with_a_lawful_one_of_a_larger_coalition():
    """Anna alone has to seize; with Bert, who opens first, she need not. Only Anna's coalition is minimal."""
    builder = Builder(read_case_text(STEPS))
    cell = Grid(builder).cell(builder.choice())
    assert {way.coalition for way in cell.ways} == {("anna",)}
    assert not any(is_lawful(cell, way) or is_harmless(cell, way) for way in cell.ways)
    assert cell.openings.lawful
    assert cell.openings.unharmed
    assert cell.openings.clear
    assert cell.openings.wishes == ("eve",)
    found = findings(builder)
    assert (found.lawful.cells, found.unharmed.cells, found.clear.cells, found.wishes["eve"].cells) == (1, 1, 1, 1)
    assert all(route.lawful_cells == 0 for route in found.routes)


def test_a_breach_on_the_way_counts_though_the_end_is_lawful():
    """Without Bert's door: seizing first, signing, and letting go again ends lawfully by a way that is not."""
    text = STEPS.replace("sign -> seize or open", "sign -> seize or open or true").replace("forbids: seize", "forbids: seize or not sign")
    builder = Builder(read_case_text(text))
    cell = Grid(builder).cell(builder.choice())
    assert not cell.status_quo.is_lawful
    assert cell.openings.lawful, "what the status quo breaches already is no breach of the way"


def paths_within(game, coalition, start, allowed):
    """Return what the coalition reaches by legal sequences all of whose states are allowed: a search that knows sets only."""
    seen, waiting = {(start, None)}, deque([(start, None)])
    while waiting:
        here, last = waiting.popleft()
        for dm in coalition - {last}:
            for there in game.moves[dm][here] & (allowed | {start}):
                if (there, dm) not in seen:
                    seen.add((there, dm))
                    waiting.append((there, dm))
    return {state for state, _ in seen}


def test_random_models_against_a_plain_search():
    for seed in range(600):
        rng = Random(seed)
        spec = random_option_spec(rng, 4) if seed % 3 else random_graph_spec(rng)
        game, model = to_game(spec), to_model(spec)
        masks = {name: np.array([rng.random() < 0.7 for _ in range(model.num_states)]) for name in ("lawful", "harmless", "law", "harm")}
        found = engine(model, masks)
        assert found == plain(game, model, spec["status_quo"], masks), (seed, spec)


def engine(model, masks):
    evolution, ways = Evolution(model), ways_out(model, Reach(model.moves, model.status_quo))
    final = {int(s): tuple(e for end in evolution.ends(int(s)) for e in end.states) for mask in ways.values() for s in np.nonzero(mask)[0]}
    world = SimpleNamespace(moves=model.moves, status_quo=model.status_quo)
    assessor = SimpleNamespace(
        world=world,
        lawful=masks["lawful"],
        harmless=masks["harmless"],
        no_new_breach=masks["law"],
        no_new_harm=masks["harm"],
        wishes={"eve": masks["law"]},
    )
    found = Looker(assessor).openings(ways, Endings({s: tuple(dict.fromkeys((s, *e))) for s, e in final.items()}, final))
    return found.lawful, found.unharmed, found.clear, found.wishes


def plain(game, model, start, masks):
    allowed = {name: {label for label, holds in zip(model.states.labels, mask, strict=True) if holds} for name, mask in masks.items()}
    ways = {}
    for members in Reach(model.moves, model.status_quo).coalitions:
        coalition = frozenset(model.decision_makers[dm] for dm in members)
        ways[coalition] = reference.ways_out(game, start, coalition)
    ends = {way: {state for end in reference.ends(game, way) for state in end} for found in ways.values() for way in found}

    def some(good, path):
        return any(
            {way, *ends[way]} <= good and way in paths_within(game, coalition, start, path)
            for coalition, found in ways.items()
            for way in found
        )

    both = allowed["law"] & allowed["harm"]
    wish = any(ends[way] <= allowed["law"] for way in ends)
    return (
        some(allowed["lawful"], allowed["law"]),
        some(allowed["harmless"], allowed["harm"]),
        some(allowed["lawful"] & allowed["harmless"], both),
        ("eve",) if wish else (),
    )

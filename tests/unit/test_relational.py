"""The plain reference for all preferences and settings, against print, two programs' results and the other references."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import further
import published
import reference
from generators import random_graph_spec, random_option_spec, to_game
from relational import (
    OPPOSITE,
    Game,
    Rules,
    graph,
    is_deterred,
    merged,
    of_tiers,
    option_form,
    stable,
    stable_for_coalition,
    stable_when_merged,
    tempts,
)
from relations import KINDS, Statement, by_statements, random_case, with_great_steps

CASES = Path(__file__).parent.parent / "cases"
THEIR_SIGNS = {"+": ">", "-": "<", "=": "=", "u": "?", "++": ">>", "--": "<<"}
MATRIX_FORM = {"return_to_start": "ignored", "return_to_move": "ignored"}


def games_of(name: str) -> list[tuple[dict, Game]]:
    """Return the models of a file of the second program, each as its data and as a game."""
    models = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))["models"]
    return [(model, graph(model["states"], model["moves"], signs_of(model))) for model in models]


def signs_of(model: dict) -> dict:
    if "tiers" in model:
        return {dm: of_tiers(tiers) for dm, tiers in model["tiers"].items()}
    return {
        dm: {int(s): {int(t): THEIR_SIGNS[how] for t, how in row.items()} for s, row in rows.items()}
        for dm, rows in model["relation"].items()
    }


def asked(flag: str) -> tuple[str, dict[str, str]]:
    """Return the concept and settings behind a flag such as SEQa, strongGMR or R."""
    strength = {"strength": "strong"} if flag.startswith("strong") else {}
    plain = flag.removeprefix("strong")
    unknown = {"unknown": plain[-1]} if plain[-1] in "abcd" else {}
    plain = plain.rstrip("abcd")
    return {"R": "nash"}.get(plain, plain.lower()), strength | unknown


def of_print(name: str) -> tuple[Game, dict[str, str]]:
    """Return a published game and the number of each of its states."""
    model = published.ALL[name]
    signs = {dm: of_tiers([[model.states[n] for n in tier] for tier in tiers]) for dm, tiers in model.tiers.items()}
    game = option_form(model.model, model.game().states, signs)
    return game, {state: number for number, state in model.states.items()}


def numbers(found, number):
    return sorted(number[s] for s in found)


# Print and programs.


@pytest.mark.parametrize("name", ["second_program", "second_program_unknown", "second_program_strength"])
def test_every_flag_of_the_second_program(name):
    num_flags = 0
    for model, game in games_of(name):
        for flag, by_dm in model["stable"].items():
            concept, settings = asked(flag)
            for dm, theirs in by_dm.items():
                assert sorted(stable(game, Rules(**MATRIX_FORM, **settings), concept, dm)) == theirs, (flag, dm)
                num_flags += 1
    assert num_flags == {"second_program": 228, "second_program_unknown": 880, "second_program_strength": 406}[name]


@pytest.mark.parametrize("return_to_move", ["sanctions", "ignored"])
@pytest.mark.parametrize("name", ["second_program", "second_program_unknown", "second_program_strength"])
def test_what_a_return_to_the_start_changes(name, return_to_move):
    """A return to the move itself makes no difference once a return to the start counts, in these models."""
    for model, game in games_of(name):
        for flag, by_dm in model["stable"].items():
            concept, settings = asked(flag)
            for dm, theirs in by_dm.items():
                expected = model["if_return_to_s_sanctions"].get(flag, {}).get(dm, theirs)
                assert sorted(stable(game, Rules(return_to_move=return_to_move, **settings), concept, dm)) == expected, (flag, dm)


def test_a_return_to_the_move_is_no_response_in_the_second_program():
    """With the return to the start left out, counting it gets flags of extension c wrong, and no other."""
    wrong = [
        flag
        for model, game in games_of("second_program_unknown")
        for flag, by_dm in model["stable"].items()
        for dm, theirs in by_dm.items()
        if sorted(stable(game, Rules(return_to_start="ignored", **asked(flag)[1]), asked(flag)[0], dm)) != theirs
    ]
    assert len(wrong) == 10
    assert set(wrong) == {"GMRc", "SMRc", "SEQc"}


GARRISON_GMR = {
    "one_step": [2, 3, 8, 11, 13, 14, 15, 17, 18, 19, 21, 22],
    "once": [2, 3, 4, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22],
    "legal": [2, 3, 4, 6, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22],
}


@pytest.mark.parametrize("sequences", GARRISON_GMR)
def test_garrison_has_three_answers(sequences):
    game, number = of_print("garrison-23")
    for concept in ("gmr", "smr"):
        for_each = [stable(game, Rules(sequences=sequences), concept, dm) for dm in game.names]
        assert numbers(set.intersection(*for_each), number) == GARRISON_GMR[sequences]


OPTION_CASES = [name for name in published.ALL if name not in ("elmira-9-xu", "north-korea-2017-irreversible")]


@pytest.mark.parametrize("name", OPTION_CASES)
def test_the_published_tables(name):
    game, number = of_print(name)
    for concept, by_dm in published.ALL[name].stable.items():
        for dm, expected in zip(game.names, by_dm, strict=True):
            assert numbers(stable(game, Rules(), concept, dm), number) == list(expected), (concept, dm)


SIM = {
    "prisoners-dilemma": [[1, 3, 4], [1, 2, 4]],
    "syria-iraq-1975": [[1, 3, 6], [2, 4, 5, 6]],
    "cuban-missile-gmcrplus": [[2, 3, 5, 6, 12], [1, 6, 7, 8]],
    "elmira-12": [published.but(12), published.but(12, 2, 3, 8, 9), published.but(12, 1, 4)],
    "garrison-23": [
        [1, 2, 3, 5, 6, 7, 9, 11, 12, 15, 17, 18, 21, 22],
        published.but(23, 1, 5, 9, 12, 16, 20),
        published.but(23, 5, 6, 7, 12, 13, 15),
        published.but(23),
    ],
    "north-korea-2017": [[0, 1, 4, 5, 8, 9, 10, 12, 13], [0, 2, 4, 5, 6, 10, 14]],
}


@pytest.mark.parametrize("name", SIM)
def test_simultaneous_sanctions(name):
    game, number = of_print(name)
    assert [numbers(stable(game, Rules(), "sim", dm), number) for dm in game.names] == SIM[name]


ELMIRA_MERGED = {
    "nash": ([1, 3, 4, 5, 6, 9, 10, 11, 12], [5, 6, 7, 8, 9, 10, 11, 12]),
    "gmr": ([1, 3, 4, 5, 6, 9, 10, 11, 12], published.but(12)),
    "smr": ([1, 3, 4, 5, 6, 9, 10, 11, 12], published.but(12)),
    "seq": ([1, 3, 4, 5, 6, 9, 10, 11, 12], [1, 5, 6, 7, 8, 9, 10, 11, 12]),
    "sseq": ([1, 3, 4, 5, 6, 9, 10, 11, 12], [1, 5, 6, 7, 8, 9, 10, 11, 12]),
    "sim": ([1, 3, 4, 5, 6, 9, 10, 11, 12], [5, 6, 7, 8, 9, 10, 11, 12]),
}


@pytest.mark.parametrize("concept", ELMIRA_MERGED)
def test_elmira_with_two_merged(concept):
    game, number = of_print("elmira-12")
    pair = ("moe", "uniroyal")
    both = stable_when_merged(game, Rules(), concept, pair), stable_when_merged(game, Rules(), concept, pair, "local")
    assert tuple(numbers(found, number) for found in both) == ELMIRA_MERGED[concept]


def test_the_merged_improve_in_elmira():
    """From state 7 they have five moves, of which only 7 to 10 is better for both."""
    game, number = of_print("elmira-12")
    pair = merged(game, ("moe", "uniroyal"))
    (seven,) = (s for s in game.states if number[s] == 7)
    assert len(pair.moves[seven]) == 5
    assert [number[t] for t in pair.moves[seven] if not is_deterred(game, Rules(), pair, seven, t)] == [10]


# The other references, where preferences are rankings.


def ranked(spec) -> tuple[reference.Game, Game]:
    """Return a random model for the other references and for this one."""
    game = to_game(spec)
    signs = {}
    for dm, rank in game.rank.items():
        levels = sorted({rank[s] for s in game.states}, reverse=True)
        signs[dm] = of_tiers([[s for s in game.states if rank[s] == level] for level in levels])
    if "options" in spec:
        return game, option_form(spec["options"], spec["feasible"], signs)
    return game, graph(spec["states"], spec["moves"], signs)


@pytest.mark.parametrize("seed", range(150))
def test_rankings_give_what_the_other_references_give(seed):
    rng = Random(seed)
    theirs, ours = ranked(random_option_spec(rng, 4) if seed % 2 else random_graph_spec(rng))
    for dm in theirs.names:
        for concept in reference.CONCEPTS:
            assert stable(ours, Rules(), concept, dm) == reference.stable(theirs, concept)[dm]
        if seed % 2:
            assert stable(ours, Rules(), "sim", dm) == {s for s in theirs.states if further.sim_stable(theirs, dm, s)}
    for members in further.coalitions(theirs.names):
        for concept in ("nash", "gmr", "smr", "seq"):
            assert stable_for_coalition(ours, Rules(), concept, members) == further.coalition_stable(theirs, concept, members)
        expected = further.coalition_stable(theirs, "seq by individuals", members)
        assert stable_for_coalition(ours, Rules(sanctions="individuals"), "seq", members) == expected


@pytest.mark.parametrize("seed", range(60))
def test_one_member_is_a_decision_maker(seed):
    """Merged or as a coalition, whatever the preferences and settings."""
    rng = Random(seed)
    game = random_case(rng).game
    rules = drawn_rules(rng)
    concepts = ("nash", "gmr", "smr", "seq", "sseq", "sim") if game.own else ("nash", "gmr", "smr", "seq", "sseq")
    for dm in game.names:
        for concept in concepts:
            expected = stable(game, rules, concept, dm)
            assert stable_when_merged(game, rules, concept, [dm]) == expected
            if concept in ("nash", "gmr", "smr"):
                assert stable_for_coalition(game, rules, concept, [dm]) == expected
        by_one = replace(rules, sanctions="individuals")
        assert stable_for_coalition(game, by_one, "seq", [dm]) == stable(game, rules, "seq", dm)


def drawn_rules(rng):
    return Rules(
        sequences=rng.choice(["legal", "once", "one_step"]),
        return_to_start=rng.choice(["sanctions", "ignored"]),
        return_to_move=rng.choice(["sanctions", "ignored"]),
        unknown=rng.choice("abcd"),
        strength=rng.choice(["general", "strong", "weak"]),
        simultaneous=rng.choice(["all", "unstable"]),
    )


# Small facts, by hand.


TABLE = {  # DEFINITIONS: by extension, whether unknown tempts, and whether it deters
    "a": (True, False),
    "b": (False, False),
    "c": (True, True),
    "d": (False, True),
}


@pytest.mark.parametrize("unknown", TABLE)
@pytest.mark.parametrize("strength", ["general", "strong"])
def test_the_table_of_the_extensions(unknown, strength):
    """One decision maker leaves s for t, of which it knows nothing, and is put back to a state x of which it knows nothing either."""
    tempted, deterred = TABLE[unknown]
    rules = Rules(unknown=unknown, strength=strength)
    assert tempts(rules, "?") is tempted
    rows = {s: {t: "?" for t in "stx" if t != s} for s in "stx"}
    indifferent = {s: {t: "<" if t == "t" else ">" if s == "t" else "=" for t in "stx" if t != s} for s in "stx"}
    game = graph("stx", {"i": [("s", "t")], "j": [("t", "x")]}, {"i": rows, "j": indifferent})
    assert ("s" in stable(game, rules, "nash", "i")) is not tempted
    for concept in ("gmr", "smr", "seq", "sseq"):
        assert ("s" in stable(game, rules, concept, "i")) is (not tempted or deterred)


def only_together() -> Game:
    """Once a has moved, three others can only together get to z, which they all want; what lies between nobody wants."""
    arcs = {"a": [("s", "t")], "b": [("t", "p")], "c": [("p", "q")], "d": [("q", "z")]}
    others = of_tiers([["z"], ["t"], ["s"], ["q"], ["p"]])
    return graph("stpqz", arcs, {"a": of_tiers([["t"], ["p", "q"], ["s"], ["z"]]), "b": others, "c": others, "d": others})


@pytest.mark.parametrize(("sanctions", "is_stable"), [("coalitions", True), ("individuals", False)])
def test_three_who_improve_only_together(sanctions, is_stable):
    assert ("s" in stable_for_coalition(only_together(), Rules(sanctions=sanctions), "seq", ["a"])) is is_stable


def test_what_the_merged_reach_in_a_graph():
    """Where they stand is no move of theirs, though the turns of both lead back there."""
    game = graph("xyz", {"a": [("x", "y")], "b": [("y", "x"), ("y", "z")]}, dict.fromkeys("ab", of_tiers([["x", "y", "z"]])))
    assert merged(game, "ab").moves == {"x": {"y", "z"}, "y": {"x", "z"}, "z": set()}  # y by b to x, then by a to y


# The generators.


@pytest.mark.parametrize("kind", KINDS)
def test_comparisons_are_whole_and_two_sided(kind):
    for seed in range(40):
        game = random_case(Random(seed), [kind]).game
        for dm in game.names:
            signs = game.signs[dm]
            assert set(signs) == set(game.states)
            assert all(set(signs[s]) == set(game.states) - {s} for s in game.states)
            assert all(signs[t][s] == OPPOSITE[signs[s][t]] for s in game.states for t in signs[s])


def test_every_sign_comes_up():
    expected = {
        "ranking": set("<>="),
        "great ranking": {"<", ">", "=", "<<", ">>"},
        "partial ranking": {"<", ">", "=", "<<", ">>", "?"},
        "tied ranking": {"<", ">", "=", "<<", ">>"},
        "pairs": {"<", ">", "=", "<<", ">>", "?"},
        "chains": {"<", ">", "=", "<<", ">>", "?"},
        "statements": set("<>="),
        "great statements": {"<", ">", "=", "<<", ">>"},
        "doubtful statements": set("<>=?"),
        "hybrid statements": {"<", ">", "=", "<<", ">>", "?"},
    }
    for kind in KINDS:
        games = [random_case(Random(seed), [kind]).game for seed in range(60)]
        assert {how for game in games for dm in game.names for row in game.signs[dm].values() for how in row.values()} == expected[kind]


def test_the_same_seed_gives_the_same_case():
    assert [random_case(Random(seed)).case for seed in range(50)] == [random_case(Random(seed)).case for seed in range(50)]


def test_a_great_step_lies_right_below_the_tier_named():
    signs = with_great_steps([["p"], ["q", "r"], ["s"]], [1])
    assert signs["p"] == {"q": "<", "r": "<", "s": "<<"}
    assert signs["s"] == {"p": ">>", "q": ">>", "r": ">>"}
    assert signs["q"] == {"p": ">", "r": "=", "s": "<<"}


def test_the_first_statement_that_differs_decides():
    statements = [Statement(frozenset("pq"), True, False), Statement(frozenset("pr"), False, True), Statement(frozenset("s"), False, False)]
    assert by_statements(statements, "p", "r") == "<<"
    assert by_statements(statements, "q", "p") == "?"
    assert by_statements(statements, "r", "s") == "?"
    assert by_statements([statements[2]], "q", "s") == ">"
    assert by_statements(statements, "q", "q") == "="

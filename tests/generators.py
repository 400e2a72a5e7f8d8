"""Random models as plain data, the same for the same seed.

A model is a dict of strings, numbers, lists and dicts, tied to no library:
each test turns it into what it tests, and `to_game` into the reference.
"""

from random import Random
from typing import TypedDict, final

from reference import Game, all_codes, graph_game, option_game

NAMES = ("a", "b", "c", "d")
DIRECTIONS = ("both", "forward", "backward")


@final
class OptionSpec(TypedDict):
    """A model in option form; every list is in file or numbering order."""

    options: dict[str, list[tuple[str, str]]]
    feasible: list[str]
    rank: dict[str, dict[str, int]]
    status_quo: str


@final
class GraphSpec(TypedDict):
    """A model as an explicit graph, in general intransitive."""

    states: list[str]
    moves: dict[str, list[tuple[str, str]]]
    rank: dict[str, dict[str, int]]
    status_quo: str


def random_option_spec(rng: Random, max_options: int = 6) -> OptionSpec:
    """Draw a model in option form.

    One to four decision makers share one to `max_options` options unequally;
    some may have none. Directions, the feasible states and the ties are drawn
    at densities that vary from none to all.

    Parameters
    ----------
    rng : random.Random
        The only source of chance.
    max_options : int
        The most options of all decision makers together, at least 1.

    Returns
    -------
    spec : dict
        With keys options, feasible, rank and status_quo.
    """
    options = _random_options(rng, max_options)
    feasible = _random_subset(rng, all_codes(sum(map(len, options.values()))))
    return {
        "options": options,
        "feasible": feasible,
        "rank": {name: _random_rank(rng, feasible) for name in options},
        "status_quo": _random_status_quo(rng, feasible),
    }


def random_graph_spec(rng: Random) -> GraphSpec:
    """Draw an explicit graph: two to four decision makers, three to eight states.

    Arcs are drawn one by one, without self loops and closed under nothing;
    some decision makers have none.

    Parameters
    ----------
    rng : random.Random
        The only source of chance.

    Returns
    -------
    spec : dict
        With keys states, moves, rank and status_quo.
    """
    names = NAMES[: rng.randint(2, 4)]
    states = [f"s{number}" for number in range(1, rng.randint(3, 8) + 1)]
    return {
        "states": states,
        "moves": {name: _random_arcs(rng, states) for name in names},
        "rank": {name: _random_rank(rng, states) for name in names},
        "status_quo": _random_status_quo(rng, states),
    }


def to_game(spec: OptionSpec | GraphSpec) -> Game:
    """Turn either kind of model into a game of the reference."""
    if "options" in spec:
        return option_game(spec["options"], spec["feasible"], spec["rank"])
    return graph_game(spec["states"], spec["moves"], spec["rank"])


def _random_options(rng: Random, max_options: int) -> dict[str, list[tuple[str, str]]]:
    """Deal options to decision makers, and a direction to each."""
    names = NAMES[: rng.randint(1, 4)]
    one_way = rng.choice((0.0, 0.3, 0.7))
    options: dict[str, list[tuple[str, str]]] = {name: [] for name in names}
    for _ in range(rng.randint(1, max_options)):
        name = rng.choice(names)
        direction = rng.choice(DIRECTIONS[1:]) if rng.random() < one_way else "both"
        options[name].append((f"{name}{len(options[name]) + 1}", direction))
    return options


def _random_subset(rng: Random, codes: list[str]) -> list[str]:
    """Keep all codes, or some of them at a random density, never none."""
    density = rng.choice((1.0, 1.0, 0.9, 0.7, 0.5, 0.2))
    kept = [code for code in codes if rng.random() < density]
    return kept or [rng.choice(codes)]


def _random_rank(rng: Random, states: list[str]) -> dict[str, int]:
    """Rank states strictly, all alike, or on few to many levels."""
    kind = rng.choice(("strict", "strict", "tied", "levels", "levels", "levels", "levels"))
    if kind == "strict":
        return dict(zip(states, rng.sample(range(len(states)), len(states)), strict=True))
    num_levels = 1 if kind == "tied" else rng.randint(2, max(2, len(states)))
    return {state: rng.randrange(num_levels) for state in states}


def _random_arcs(rng: Random, states: list[str]) -> list[tuple[str, str]]:
    """Draw each arc between two different states at a random density."""
    density = rng.choice((0.0, 0.1, 0.2, 0.2, 0.3, 0.3, 0.5))
    return [(a, b) for a in states for b in states if a != b and rng.random() < density]


def _random_status_quo(rng: Random, states: list[str]) -> str:
    """Take the first state one time in three, else any."""
    return states[0] if rng.random() < 1 / 3 else rng.choice(states)

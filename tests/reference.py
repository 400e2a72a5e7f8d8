"""A plain reference for the Graph Model for Conflict Resolution.

Sets, dicts and the definitions, nothing else: slow, short, and sharing no line
with the library it checks. The settings are the default ones: legal sequences
(no decision maker twice in succession; one who moved may move again after
another), and a return to the state of departure counts as a sanction.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any, TypeAlias

State: TypeAlias = Any  # a code such as "YNN", or any other hashable label
Options: TypeAlias = dict[str, list[tuple[str, str]]]
Feasible: TypeAlias = Callable[[dict[str, bool]], bool] | Iterable[str]

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
MAY_LEAVE = {"both": "NY", "forward": "N", "backward": "Y"}


@dataclass(frozen=True, eq=False)
class Game:
    """States, the moves R_i and the ranks of some decision makers.

    Not to be changed in place: answers are cached for each object.

    Attributes
    ----------
    names : tuple of str
        The decision makers, in file order.
    states : tuple of hashable
        The feasible states, in numbering order.
    moves : dict of str to dict
        ``moves[i][s]`` is R_i(s), a frozenset; every name and state is there.
    rank : dict of str to dict
        ``rank[i][s]``, an integer; larger is better.
    """

    names: tuple[str, ...]
    states: tuple[State, ...]
    moves: dict[str, dict[State, frozenset[State]]]
    rank: dict[str, dict[State, int]]


def all_codes(num_options: int) -> list[str]:
    """List all codes in numbering order, the first option least significant.

    Examples
    --------
    >>> all_codes(2)
    ['NN', 'YN', 'NY', 'YY']
    """
    numbers = range(2**num_options)
    return ["".join("NY"[n >> k & 1] for k in range(num_options)) for n in numbers]


def option_game(options: Options, feasible: Feasible, rank: dict[str, dict[State, int]]) -> Game:
    """Build the game of a model in option form.

    Parameters
    ----------
    options : dict of str to list of (str, str)
        The options of each decision maker, each with its direction: ``both``,
        ``forward`` (N to Y only) or ``backward`` (Y to N only).
    feasible : callable or iterable of str
        A predicate on ``{option: is it Y}``, or the codes that are feasible.
    rank : dict of str to dict
        The rank of each code for each decision maker; larger is better.

    Returns
    -------
    game : Game
        Its states are codes, one letter an option in file order.

    Raises
    ------
    ValueError
        If a code has no place among the codes of these options, or a
        predicate is given and two options have the same name.
    """
    owners = [(name, option, way) for name in options for option, way in options[name]]
    states = feasible_codes([option for _, option, _ in owners], feasible)
    moves = {}
    for name in options:
        own = {k: way for k, (owner, _, way) in enumerate(owners) if owner == name}
        moves[name] = {s: frozenset(t for t in states if is_option_move(s, t, own)) for s in states}
    return Game(tuple(options), states, moves, rank)


def feasible_codes(options: list[str], feasible: Feasible) -> tuple[str, ...]:
    """List the feasible codes in numbering order."""
    codes = all_codes(len(options))
    if callable(feasible):
        if len(set(options)) < len(options):
            raise ValueError(f"a predicate needs options with different names, got {options}")
        return tuple(code for code in codes if feasible(_values(options, code)))
    listed = set(feasible)
    if not listed <= set(codes):
        raise ValueError(f"not codes of {len(options)} options: {sorted(listed - set(codes))}")
    return tuple(code for code in codes if code in listed)


def _values(options: list[str], code: str) -> dict[str, bool]:
    """Map each option to whether it is Y."""
    return {option: letter == "Y" for option, letter in zip(options, code, strict=True)}


def is_option_move(s: str, t: str, own: dict[int, str]) -> bool:
    """Tell whether s to t changes one or more options, all own, none blocked.

    `own` maps the mover's positions in the code to their directions.
    """
    changed = [k for k in range(len(s)) if s[k] != t[k]]
    return bool(changed) and all(k in own and s[k] in MAY_LEAVE[own[k]] for k in changed)


def graph_game(
    states: Iterable[State],
    arcs: dict[str, list[tuple[State, State]]],
    rank: dict[str, dict[State, int]],
) -> Game:
    """Build the game of an explicit graph: one unilateral move an arc."""
    states = tuple(states)
    moves = {name: {s: frozenset(b for a, b in arcs[name] if a == s) for s in states} for name in arcs}
    return Game(tuple(arcs), states, moves, rank)


def is_better(game: Game, name: str, t: State, s: State) -> bool:
    """Tell whether `name` strictly prefers t to s."""
    return game.rank[name][t] > game.rank[name][s]


def improvements(game: Game, name: str, s: State) -> frozenset[State]:
    """R_i+(s): the moves of `name` from s to states it strictly prefers to s."""
    return frozenset(t for t in game.moves[name][s] if is_better(game, name, t, s))


def reach(game: Game, coalition: Iterable[str], s: State, improving: bool = False) -> frozenset[State]:
    """R_H(s) or R_H+(s): what a coalition reaches from s by legal sequences.

    Parameters
    ----------
    game : Game
        The states, moves and ranks.
    coalition : iterable of str
        The decision makers who may move.
    s : hashable
        The state they start from.
    improving : bool
        Whether each move must be an improvement for its mover over the state
        the mover stands on.

    Returns
    -------
    states : frozenset
        The ends of all non-empty legal sequences; s is among them when a
        sequence returns to it.
    """
    return frozenset(_lengths(game, frozenset(coalition), s, improving))


def shortest_length(game: Game, coalition: Iterable[str], s: State, t: State) -> int:
    """Count the moves of a shortest non-empty legal sequence from s to t.

    Raises
    ------
    ValueError
        If the coalition cannot reach t from s.
    """
    lengths = _lengths(game, frozenset(coalition), s, False)
    if t not in lengths:
        raise ValueError(f"no legal sequence from {s} to {t}")
    return lengths[t]


@lru_cache(maxsize=50_000)
def _lengths(game: Game, coalition: frozenset[str], s: State, improving: bool) -> dict[State, int]:
    """Map what a coalition reaches from s to its fewest moves.

    The search is over pairs (state, last mover), one move a round.
    """
    options = improvements if improving else _moves
    lengths: dict[State, int] = {}
    seen: set[tuple[State, str]] = set()
    standing: set[tuple[State, str | None]] = {(s, None)}
    num_moves = 0
    while standing:
        num_moves += 1
        reached = {(t, mover) for here, last in standing for mover in coalition if mover != last for t in options(game, mover, here)}
        standing = {pair for pair in reached if pair not in seen}
        seen |= reached
        for t, _ in reached:
            lengths.setdefault(t, num_moves)
    return lengths


def _moves(game: Game, name: str, s: State) -> frozenset[State]:
    """R_i(s)."""
    return game.moves[name][s]


def is_stable(game: Game, concept: str, focal: str, s: State) -> bool:
    """Tell whether s is stable for one decision maker.

    Stable: each of its unilateral improvements from s is deterred, and by
    Nash none ever is.

    Parameters
    ----------
    game : Game
        The states, moves and ranks.
    concept : str
        ``nash``, ``gmr``, ``smr``, ``seq`` or ``sseq``.
    focal : str
        The decision maker.
    s : hashable
        The state.

    Raises
    ------
    ValueError
        If `concept` is none of these.
    """
    if concept not in CONCEPTS:
        raise ValueError(f"no concept {concept!r}; there are {', '.join(CONCEPTS)}")
    return all(is_deterred(game, concept, focal, s, s1) for s1 in improvements(game, focal, s))


def is_deterred(game: Game, concept: str, focal: str, s: State, s1: State) -> bool:
    """Tell whether the opponents have a sanction for the improvement s to s1."""
    if concept == "nash":
        return False
    opponents = [name for name in game.names if name != focal]
    answers = reach(game, opponents, s1, improving=concept in ("seq", "sseq"))
    if concept in ("gmr", "seq"):
        return any(not is_better(game, focal, s2, s) for s2 in answers)
    return any(
        not is_better(game, focal, s2, s) and not any(is_better(game, focal, s3, s) for s3 in game.moves[focal][s2]) for s2 in answers
    )


def stable(game: Game, concept: str) -> dict[str, set[State]]:
    """Map each decision maker to the states that are stable for it."""
    return {name: {s for s in game.states if is_stable(game, concept, name, s)} for name in game.names}


def equilibria(game: Game, concept: str) -> set[State]:
    """Collect the states that are stable for every decision maker."""
    return {s for s in game.states if all(is_stable(game, concept, name, s) for name in game.names)}


def ways_out(game: Game, s: State, coalition: Iterable[str]) -> set[State]:
    """Collect what a coalition reaches and every member strictly prefers to s.

    The single moves need not be improvements.
    """
    members = frozenset(coalition)
    return {t for t in reach(game, members, s) if all(is_better(game, name, t, s) for name in members)}


def minimal_coalitions(game: Game, s: State) -> list[frozenset[str]]:
    """List the coalitions with a way out of s and no proper subset with one.

    In ascending order of size, then in file order.
    """
    coalitions = [frozenset(members) for size in range(1, len(game.names) + 1) for members in combinations(game.names, size)]
    able = [coalition for coalition in coalitions if ways_out(game, s, coalition)]
    return [h for h in able if not any(smaller < h for smaller in able)]


def drift(game: Game, s: State) -> frozenset[State]:
    """Collect s and what improvements of anybody lead to, in whatever order.

    Who moved last does not matter here.
    """
    found = {s}
    while True:
        more = {t for here in found for name in game.names for t in improvements(game, name, here)}
        if more <= found:
            return frozenset(found)
        found |= more


def ends(game: Game, s: State) -> set[frozenset[State]]:
    """Collect the ends of the improvements that start at s.

    An end is a set of states that lead to one another and to nothing else: a
    single state is at rest, a larger set is a cycle.
    """
    onward = {t: drift(game, t) for t in drift(game, s)}
    return {onward[t] for t in onward if all(t in onward[u] for u in onward[t])}
